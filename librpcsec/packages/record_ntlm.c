/* SPDX-License-Identifier: MIT
 *
 * packages/record_ntlm.c: protection of the messages of NTLM contexts. Layer: packages.
 * Document: MS-NLMP 3.4.
 *
 * One RC4 key stream each way runs on from message to message. A message that is refused has
 * moved it, so after a refusal nothing more is accepted: RPC closes the connection then anyway.
 */
#include "packages/record_ntlm.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/cursor.h"

enum {
    TOKEN_LEN = 16, /* MS-NLMP 2.2.2.9.2: version, checksum, sequence number */
    CHECKSUM_AT = 4,
    CHECKSUM_LEN = 8,
    SEQUENCE_AT = 12,
    VERSION = 1,
    HMAC_BLOCK_LEN = 64, /* RFC 2104 2 */
};

struct direction {
    EVP_CIPHER_CTX *stream;
    uint8_t sign_key[NTLM_MD5_LEN];
    uint32_t sequence;
};

struct record {
    EVP_MD_CTX *md5;
    bool key_exchange; /* checksums are encrypted too */
    bool dead;         /* the receiving stream is lost */
    struct direction send;
    struct direction receive;
};

/* ---- Keys ---- */

/* MS-NLMP 3.4.5.2, 3.4.5.3: the NUL at the end belongs to each. */
#define MAGIC(way, kind) "session key to " way " " kind " key magic constant"
static const char client_signing[] = MAGIC("client-to-server", "signing");
static const char server_signing[] = MAGIC("server-to-client", "signing");
static const char client_sealing[] = MAGIC("client-to-server", "sealing");
static const char server_sealing[] = MAGIC("server-to-client", "sealing");

static bool derive(EVP_MD_CTX *md5, const uint8_t *session_key, const char *magic,
                   size_t magic_len, uint8_t ret_key[NTLM_MD5_LEN])
{
    return ntlm_md5_begin(md5) && ntlm_md5_add(md5, session_key, NTLM_KEY_LEN) &&
           ntlm_md5_add(md5, magic, magic_len) && ntlm_md5_end(md5, ret_key);
}

static bool make_direction(struct record *record, const uint8_t *session_key, bool by_client,
                           struct direction *direction)
{
    uint8_t seal_key[NTLM_MD5_LEN];
    bool good = by_client ? derive(record->md5, session_key, client_signing,
                                   sizeof(client_signing), direction->sign_key) &&
                                derive(record->md5, session_key, client_sealing,
                                       sizeof(client_sealing), seal_key)
                          : derive(record->md5, session_key, server_signing,
                                   sizeof(server_signing), direction->sign_key) &&
                                derive(record->md5, session_key, server_sealing,
                                       sizeof(server_sealing), seal_key);

    if (good)
        direction->stream = ntlm_rc4_new(seal_key);
    secret_wipe(seal_key, sizeof(seal_key));
    return direction->stream != NULL;
}

static void free_record(struct record *record)
{
    if (!record)
        return;
    EVP_CIPHER_CTX_free(record->send.stream);
    EVP_CIPHER_CTX_free(record->receive.stream);
    EVP_MD_CTX_free(record->md5);
    secret_free(record, sizeof(*record));
}

rpcsec_status record_ntlm_make(const struct ntlm_keys *keys, struct record **ret_record)
{
    const uint32_t needed = NTLM_EXTENDED_SESSION_SECURITY | NTLM_128;
    struct record *record;

    if ((keys->flags & needed) != needed)
        return RPCSEC_BAD_ENCTYPE;
    record = secret_alloc(sizeof(*record));
    if (!record)
        return RPCSEC_NO_MEMORY;
    memset(record, 0, sizeof(*record));
    record->key_exchange = keys->flags & NTLM_KEY_EXCHANGE;
    record->send.sequence = keys->send_sequence;
    record->receive.sequence = keys->receive_sequence;
    record->md5 = ntlm_md5_new();
    if (!record->md5 ||
        !make_direction(record, keys->session_key, keys->initiator, &record->send) ||
        !make_direction(record, keys->session_key, !keys->initiator, &record->receive)) {
        free_record(record);
        return RPCSEC_NO_MEMORY;
    }
    *ret_record = record;
    return RPCSEC_OK;
}

static void sizes(const struct record *record, struct pkg_sizes *ret_sizes)
{
    (void)record;
    *ret_sizes =
        (struct pkg_sizes){.wrap_len = TOKEN_LEN, .mic_len = TOKEN_LEN, .block_len = 1};
}

static size_t wrap_token_len(const struct record *record, const uint8_t *token, size_t len)
{
    (void)record;
    (void)token;
    (void)len;
    return TOKEN_LEN;
}

/* ---- Checksums ---- */

/* RFC 2104 with MD5, over the sequence number and all buffers (MS-NLMP 3.4.4.2). */
static bool hmac_half(EVP_MD_CTX *md5, const struct direction *direction, uint8_t pad_byte)
{
    uint8_t pad[HMAC_BLOCK_LEN];
    bool good;

    memset(pad, pad_byte, sizeof(pad));
    for (size_t i = 0; i < NTLM_MD5_LEN; i++)
        pad[i] ^= direction->sign_key[i];
    good = ntlm_md5_begin(md5) && ntlm_md5_add(md5, pad, sizeof(pad));
    secret_wipe(pad, sizeof(pad));
    return good;
}

static bool checksum(const struct record *record, const struct direction *direction,
                     const struct pkg_buffer *buffers, size_t num, uint8_t ret[NTLM_MD5_LEN])
{
    uint8_t sequence[4];

    put_u32(sequence, direction->sequence, false);
    if (!hmac_half(record->md5, direction, 0x36) ||
        !ntlm_md5_add(record->md5, sequence, sizeof(sequence)))
        return false;
    for (size_t i = 0; i < num; i++) {
        if (!ntlm_md5_add(record->md5, buffers[i].data, buffers[i].len))
            return false;
    }
    return ntlm_md5_end(record->md5, ret) && hmac_half(record->md5, direction, 0x5c) &&
           ntlm_md5_add(record->md5, ret, NTLM_MD5_LEN) && ntlm_md5_end(record->md5, ret);
}

static bool encrypt_data(EVP_CIPHER_CTX *stream, const struct pkg_buffer *buffers, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (buffers[i].kind == PKG_DATA && !ntlm_rc4(stream, buffers[i].data, buffers[i].len))
            return false;
    }
    return true;
}

static void put_token(uint8_t token[TOKEN_LEN], const uint8_t *sum, uint32_t sequence)
{
    put_u32(token, VERSION, false);
    memcpy(token + CHECKSUM_AT, sum, CHECKSUM_LEN);
    put_u32(token + SEQUENCE_AT, sequence, false);
}

/* ---- Messages ---- */

/* The checksum is of the plaintext, and is encrypted behind the data. */
static rpcsec_status protect(struct record *record, const struct pkg_buffer *buffers,
                             size_t num, bool seal, uint8_t *token, size_t token_len)
{
    struct direction *send = &record->send;
    uint8_t sum[NTLM_MD5_LEN];

    if (token_len != TOKEN_LEN)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    if (!checksum(record, send, buffers, num, sum) ||
        (seal && !encrypt_data(send->stream, buffers, num)) ||
        (record->key_exchange && !ntlm_rc4(send->stream, sum, CHECKSUM_LEN)))
        return RPCSEC_SECURITY_FAILURE;
    put_token(token, sum, send->sequence);
    send->sequence++;
    return RPCSEC_OK;
}

static rpcsec_status check(struct record *record, const struct pkg_buffer *buffers, size_t num,
                           bool sealed, const uint8_t *token)
{
    struct direction *receive = &record->receive;
    uint32_t sequence = get_u32(token + SEQUENCE_AT, false);
    uint8_t expected[TOKEN_LEN];
    uint8_t sum[NTLM_MD5_LEN];

    /* Before the stream moves: a replay does not end the context. */
    if (sequence != receive->sequence)
        return RPCSEC_OUT_OF_SEQUENCE;
    if ((sealed && !encrypt_data(receive->stream, buffers, num)) ||
        !checksum(record, receive, buffers, num, sum) ||
        (record->key_exchange && !ntlm_rc4(receive->stream, sum, CHECKSUM_LEN)))
        return RPCSEC_SECURITY_FAILURE;
    put_token(expected, sum, sequence);
    if (!secret_equal(expected, token, TOKEN_LEN))
        return RPCSEC_BAD_SIGNATURE;
    receive->sequence++;
    return RPCSEC_OK;
}

static rpcsec_status unprotect(struct record *record, const struct pkg_buffer *buffers,
                               size_t num, bool sealed, const uint8_t *token, size_t token_len)
{
    rpcsec_status status;

    if (token_len != TOKEN_LEN)
        return RPCSEC_BAD_TOKEN;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    if (record->dead)
        return RPCSEC_BAD_SIGNATURE;
    status = check(record, buffers, num, sealed, token);
    if (status != RPCSEC_OK && status != RPCSEC_OUT_OF_SEQUENCE)
        record->dead = true;
    return status;
}

static rpcsec_status wrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    return protect(record, buffers, num, true, token, token_len);
}

static rpcsec_status unwrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len)
{
    rpcsec_status status = unprotect(record, buffers, num, true, token, token_len);

    for (size_t i = 0; status != RPCSEC_OK && i < num; i++) {
        if (buffers[i].kind == PKG_DATA && buffers[i].len > 0)
            secret_wipe(buffers[i].data, buffers[i].len);
    }
    return status;
}

static rpcsec_status mic(struct record *record, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    return protect(record, buffers, num, false, token, token_len);
}

static rpcsec_status verify(struct record *record, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    return unprotect(record, buffers, num, false, token, token_len);
}

const struct record_ops record_ntlm = {
    .name = "ntlm",
    .free = free_record,
    .sizes = sizes,
    .wrap_token_len = wrap_token_len,
    .wrap = wrap,
    .unwrap = unwrap,
    .mic = mic,
    .verify = verify,
};
