/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_cts.c: AES with ciphertext stealing over scattered bytes. Layer: packages.
 * Documents: RFC 3962 5, NIST SP 800-38A addendum (CBC-CS3).
 *
 * CS3 is CBC but for the last two blocks, which change places, the shorter one losing what the
 * longer one repeats. So all but that tail goes through CBC where it lies, whole runs at a
 * time; a block that two spans share, and the tail, are gathered, worked on and scattered back.
 */
#include "packages/krb5_cts.h"

#include <pthread.h>
#include <string.h>

#include "base/alloc.h"

enum { BLOCK = KRB5_BLOCK_LEN, SMALL_LEN = 512 };

/* ---- Cipher contexts ---- */

static const uint8_t zeros[BLOCK];

static EVP_CIPHER *aes128;
static EVP_CIPHER *aes256;

/* Looked up once: a look-up costs more than a message. */
static void fetch_ciphers(void)
{
    aes128 = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
    aes256 = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
}

rpcsec_status krb5_cts_init(struct krb5_cts *cts, const uint8_t *key, size_t key_len,
                            bool encrypts)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    EVP_CIPHER *cipher;

    memset(cts, 0, sizeof(*cts));
    pthread_once(&once, fetch_ciphers);
    cipher = key_len == 16 ? aes128 : aes256;
    if (!cipher)
        return RPCSEC_UNSUPPORTED;
    cts->aes = EVP_CIPHER_CTX_new();
    if (!cts->aes)
        return RPCSEC_NO_MEMORY;
    if (EVP_CipherInit_ex2(cts->aes, cipher, key, zeros, encrypts, NULL) == 1 &&
        EVP_CIPHER_CTX_set_padding(cts->aes, 0) == 1)
        return RPCSEC_OK;
    krb5_cts_done(cts);
    return RPCSEC_SECURITY_FAILURE;
}

void krb5_cts_done(struct krb5_cts *cts)
{
    EVP_CIPHER_CTX_free(cts->aes);
    cts->aes = NULL;
}

/* ---- A walk over the sealed bytes ---- */

struct walk {
    const struct krb5_span *spans;
    size_t num;
    size_t offset; /* in the first span */
};

static size_t sealed_len(const struct krb5_span *spans, size_t num)
{
    size_t len = 0;

    for (size_t i = 0; i < num; i++)
        len += spans[i].sealed ? spans[i].len : 0;
    return len;
}

/* The sealed bytes that lie together at the place of the walk; none at the end only. */
static size_t walk_run(struct walk *walk, uint8_t **ret_data)
{
    while (walk->num > 0 && (!walk->spans->sealed || walk->offset == walk->spans->len)) {
        walk->spans++;
        walk->num--;
        walk->offset = 0;
    }
    if (walk->num == 0)
        return 0;
    *ret_data = walk->spans->data + walk->offset;
    return walk->spans->len - walk->offset;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void walk_gather(struct walk walk, uint8_t *ret_bytes, size_t len)
{
    uint8_t *data = NULL;

    for (size_t run; len > 0 && (run = walk_run(&walk, &data)) > 0;) {
        run = smaller(run, len);
        memcpy(ret_bytes, data, run);
        ret_bytes += run;
        len -= run;
        walk.offset += run;
    }
}

static void walk_scatter(struct walk *walk, const uint8_t *bytes, size_t len)
{
    uint8_t *data = NULL;

    for (size_t run; len > 0 && (run = walk_run(walk, &data)) > 0;) {
        run = smaller(run, len);
        memcpy(data, bytes, run);
        bytes += run;
        len -= run;
        walk->offset += run;
    }
}

static void xor_block(uint8_t *block, const uint8_t *with)
{
    for (size_t i = 0; i < BLOCK; i++)
        block[i] ^= with[i];
}

static void walk_xor(struct walk walk, const uint8_t with[BLOCK])
{
    uint8_t block[BLOCK];

    walk_gather(walk, block, BLOCK);
    xor_block(block, with);
    walk_scatter(&walk, block, BLOCK);
}

/* ---- CBC ---- */

static bool set_vector(struct krb5_cts *cts, const uint8_t vector[BLOCK])
{
    memcpy(cts->vector, vector, BLOCK);
    return EVP_CipherInit_ex2(cts->aes, NULL, NULL, vector, -1, NULL) == 1;
}

/* The library takes int lengths; callers cut a run to what it takes. */
static bool cbc(struct krb5_cts *cts, uint8_t *data, size_t len)
{
    int done = 0;

    return EVP_CipherUpdate(cts->aes, data, &done, data, (int)len) == 1 && (size_t)done == len;
}

/* Whole blocks, as many as `len` has. */
static bool cbc_walk(struct krb5_cts *cts, struct walk *walk, size_t len)
{
    const size_t most = 1U << 30;
    uint8_t block[BLOCK];
    uint8_t *data = NULL;

    while (len > 0) {
        size_t run = smaller(smaller(walk_run(walk, &data), len), most) / BLOCK * BLOCK;

        if (run > 0) {
            if (!cbc(cts, data, run))
                return false;
            walk->offset += run;
        } else {
            run = BLOCK;
            walk_gather(*walk, block, BLOCK);
            if (!cbc(cts, block, BLOCK))
                return false;
            walk_scatter(walk, block, BLOCK);
        }
        len -= run;
    }
    return true;
}

/* ---- CTS ---- */

/* A text of `len` bytes in two parts. */
struct text {
    struct walk walk;
    size_t head_len; /* whole blocks */
    size_t tail_len; /* the last two, the second of 1 to 16 bytes */
};

static rpcsec_status text_init(struct text *text, const struct krb5_cts *cts,
                               const struct krb5_span *spans, size_t num)
{
    size_t len = sealed_len(spans, num);

    if (!cts->aes)
        return RPCSEC_SECURITY_FAILURE;
    if (len <= BLOCK)
        return RPCSEC_INVALID_ARGUMENT;
    text->walk = (struct walk){spans, num, 0};
    text->tail_len = BLOCK + (len - 1) % BLOCK + 1;
    text->head_len = len - text->tail_len;
    return RPCSEC_OK;
}

/* What a failure leaves of the cipher's state is not known: it serves no more. */
static rpcsec_status finish(struct krb5_cts *cts, bool done)
{
    if (done)
        return RPCSEC_OK;
    krb5_cts_done(cts);
    return RPCSEC_SECURITY_FAILURE;
}

static bool encrypt_text(struct krb5_cts *cts, struct text *text)
{
    uint8_t tail[2 * BLOCK] = {0};

    walk_xor(text->walk, cts->vector);
    if (!cbc_walk(cts, &text->walk, text->head_len))
        return false;
    walk_gather(text->walk, tail, text->tail_len);
    if (!cbc(cts, tail, sizeof(tail)))
        return false;
    memcpy(cts->vector, tail + BLOCK, BLOCK);
    walk_scatter(&text->walk, tail + BLOCK, BLOCK);
    walk_scatter(&text->walk, tail, text->tail_len - BLOCK);
    return true;
}

rpcsec_status krb5_cts_encrypt(struct krb5_cts *cts, const struct krb5_span *spans, size_t num)
{
    struct text text;
    rpcsec_status status = text_init(&text, cts, spans, num);

    if (status != RPCSEC_OK)
        return status;
    return finish(cts, encrypt_text(cts, &text));
}

/* On the wire stand C[n], then the first bytes of C[n-1]. What C[n-1] lost is in D(C[n]),
 * behind the last bytes of the text; CBC has XORed that with the ciphertext before. */
static bool decrypt_tail(struct krb5_cts *cts, uint8_t tail[2 * BLOCK], size_t tail_len,
                         const uint8_t before[BLOCK])
{
    size_t cut = tail_len - BLOCK;
    uint8_t last[BLOCK];

    memcpy(last, tail, BLOCK);
    if (cut < BLOCK) {
        if (!cbc(cts, tail, BLOCK))
            return false;
        xor_block(tail, before);
        memcpy(tail + BLOCK + cut, tail + cut, BLOCK - cut);
        if (!set_vector(cts, before))
            return false;
    }
    memcpy(tail, tail + BLOCK, BLOCK);
    memcpy(tail + BLOCK, last, BLOCK);
    memcpy(cts->vector, last, BLOCK);
    return cbc(cts, tail, 2 * BLOCK);
}

/* The ciphertext block before the tail; where there is none, what CBC holds. */
static void block_before_tail(const struct krb5_cts *cts, const struct text *text,
                              uint8_t ret_block[BLOCK])
{
    struct walk walk = text->walk;
    uint8_t *data = NULL;

    if (text->head_len == 0) {
        memcpy(ret_block, cts->vector, BLOCK);
        return;
    }
    for (size_t skip = text->head_len - BLOCK, run; skip > 0; skip -= run) {
        run = smaller(walk_run(&walk, &data), skip);
        walk.offset += run;
    }
    walk_gather(walk, ret_block, BLOCK);
}

static bool decrypt_text(struct krb5_cts *cts, struct text *text)
{
    struct walk start = text->walk;
    uint8_t tail[2 * BLOCK] = {0};
    uint8_t before[BLOCK];
    uint8_t vector[BLOCK];

    memcpy(vector, cts->vector, BLOCK);
    block_before_tail(cts, text, before);
    if (!cbc_walk(cts, &text->walk, text->head_len))
        return false;
    walk_gather(text->walk, tail, text->tail_len);
    if (!decrypt_tail(cts, tail, text->tail_len, before))
        return false;
    walk_scatter(&text->walk, tail, text->tail_len);
    walk_xor(start, vector);
    secret_wipe(tail, sizeof(tail));
    return true;
}

/* ---- Small texts of whole blocks ---- */

/* Most messages are: a copy in one piece costs less than a call of the library for each run. */
static bool is_small(const struct text *text)
{
    return text->head_len + text->tail_len <= SMALL_LEN && text->tail_len == 2 * BLOCK;
}

static bool decrypt_blocks(struct krb5_cts *cts, uint8_t *bytes, size_t len)
{
    uint8_t *last = bytes + len - BLOCK;
    uint8_t vector[BLOCK];

    memcpy(vector, cts->vector, BLOCK);
    memcpy(cts->vector, last - BLOCK, BLOCK);
    memcpy(last - BLOCK, last, BLOCK);
    memcpy(last, cts->vector, BLOCK);
    if (!cbc(cts, bytes, len))
        return false;
    xor_block(bytes, vector);
    return true;
}

static bool decrypt_small(struct krb5_cts *cts, struct text *text)
{
    uint8_t bytes[SMALL_LEN] __attribute__((uninitialized));
    const size_t len = text->head_len + text->tail_len;
    bool done;

    walk_gather(text->walk, bytes, len);
    done = decrypt_blocks(cts, bytes, len);
    walk_scatter(&text->walk, bytes, len);
    secret_wipe(bytes, len);
    return done;
}

rpcsec_status krb5_cts_decrypt(struct krb5_cts *cts, const struct krb5_span *spans, size_t num)
{
    struct text text;
    rpcsec_status status = text_init(&text, cts, spans, num);

    if (status != RPCSEC_OK)
        return status;
    return finish(cts, is_small(&text) ? decrypt_small(cts, &text) : decrypt_text(cts, &text));
}
