/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_hash.c: HMAC over libcrypto's hash functions. Layer: packages. Documents:
 * RFC 2104, FIPS 180-4.
 *
 * The structures of <openssl/sha.h> are used, not EVP: only they can be copied without an
 * allocation, which EVP makes for each message. man/decisions has the figures.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "packages/krb5_hash.h"

#include <string.h>

#include "base/alloc.h"

#define MAX_BLOCK_LEN SHA512_CBLOCK

size_t krb5_hash_len(enum krb5_hash hash)
{
    switch (hash) {
    case KRB5_SHA1:
        return SHA_DIGEST_LENGTH;
    case KRB5_SHA256:
        return SHA256_DIGEST_LENGTH;
    default:
        return SHA384_DIGEST_LENGTH;
    }
}

static void hash_init(enum krb5_hash hash, union krb5_hash_state *state)
{
    switch (hash) {
    case KRB5_SHA1:
        SHA1_Init(&state->sha1);
        break;
    case KRB5_SHA256:
        SHA256_Init(&state->sha256);
        break;
    default:
        SHA384_Init(&state->sha384);
        break;
    }
}

static void hash_update(enum krb5_hash hash, union krb5_hash_state *state, const uint8_t *data,
                        size_t len)
{
    switch (hash) {
    case KRB5_SHA1:
        SHA1_Update(&state->sha1, data, len);
        break;
    case KRB5_SHA256:
        SHA256_Update(&state->sha256, data, len);
        break;
    default:
        SHA384_Update(&state->sha384, data, len);
        break;
    }
}

static void hash_final(enum krb5_hash hash, union krb5_hash_state *state, uint8_t *ret_digest)
{
    switch (hash) {
    case KRB5_SHA1:
        SHA1_Final(ret_digest, &state->sha1);
        break;
    case KRB5_SHA256:
        SHA256_Final(ret_digest, &state->sha256);
        break;
    default:
        SHA384_Final(ret_digest, &state->sha384);
        break;
    }
}

/* ---- Between blocks ---- */

/* FIPS 180-4 5.3, 6: SHA-1 has five words, SHA-256 eight; SHA-384 eight of 64 bits. */
static void keep_chain(enum krb5_hash hash, const union krb5_hash_state *state,
                       union krb5_hash_chain *ret_chain)
{
    if (hash == KRB5_SHA1) {
        ret_chain->words[0] = state->sha1.h0;
        ret_chain->words[1] = state->sha1.h1;
        ret_chain->words[2] = state->sha1.h2;
        ret_chain->words[3] = state->sha1.h3;
        ret_chain->words[4] = state->sha1.h4;
    } else if (hash == KRB5_SHA256) {
        memcpy(ret_chain->words, state->sha256.h, sizeof(ret_chain->words));
    } else {
        memcpy(ret_chain->longs, state->sha384.h, sizeof(ret_chain->longs));
    }
}

/* One block was hashed, and nothing waits to be. */
static void resume(enum krb5_hash hash, const union krb5_hash_chain *chain,
                   union krb5_hash_state *state)
{
    if (hash == KRB5_SHA1) {
        state->sha1.h0 = chain->words[0];
        state->sha1.h1 = chain->words[1];
        state->sha1.h2 = chain->words[2];
        state->sha1.h3 = chain->words[3];
        state->sha1.h4 = chain->words[4];
        state->sha1.Nl = SHA_CBLOCK * 8;
        state->sha1.Nh = 0;
        state->sha1.num = 0;
    } else if (hash == KRB5_SHA256) {
        memcpy(state->sha256.h, chain->words, sizeof(chain->words));
        state->sha256.Nl = SHA256_CBLOCK * 8;
        state->sha256.Nh = 0;
        state->sha256.num = 0;
        state->sha256.md_len = SHA256_DIGEST_LENGTH;
    } else {
        memcpy(state->sha384.h, chain->longs, sizeof(chain->longs));
        state->sha384.Nl = SHA512_CBLOCK * 8;
        state->sha384.Nh = 0;
        state->sha384.num = 0;
        state->sha384.md_len = SHA384_DIGEST_LENGTH;
    }
}

/* RFC 2104 2: the key, filled up with zeros, XORed with a constant, is the first block. */
static void keyed_start(enum krb5_hash hash, const uint8_t *bytes, size_t len, uint8_t pad,
                        union krb5_hash_chain *ret_chain)
{
    union krb5_hash_state state;
    uint8_t block[MAX_BLOCK_LEN];
    size_t block_len = hash == KRB5_SHA384 ? SHA512_CBLOCK : SHA_CBLOCK;

    memset(block, pad, block_len);
    for (size_t i = 0; i < len && i < block_len; i++)
        block[i] = bytes[i] ^ pad;
    hash_init(hash, &state);
    hash_update(hash, &state, block, block_len);
    keep_chain(hash, &state, ret_chain);
    secret_wipe(&state, sizeof(state));
    secret_wipe(block, sizeof(block));
}

void krb5_hmac_key_init(struct krb5_hmac_key *key, enum krb5_hash hash, const uint8_t *bytes,
                        size_t len)
{
    key->hash = hash;
    keyed_start(hash, bytes, len, 0x36, &key->inner);
    keyed_start(hash, bytes, len, 0x5c, &key->outer);
}

void krb5_hmac_begin(struct krb5_hmac *hmac, const struct krb5_hmac_key *key)
{
    hmac->key = key;
    resume(key->hash, &key->inner, &hmac->state);
}

void krb5_hmac_update(struct krb5_hmac *hmac, const uint8_t *data, size_t len)
{
    if (len > 0)
        hash_update(hmac->key->hash, &hmac->state, data, len);
}

void krb5_hmac_end(struct krb5_hmac *hmac, uint8_t *ret_mac, size_t len)
{
    uint8_t digest[KRB5_MAX_HASH_LEN];
    enum krb5_hash hash = hmac->key->hash;

    hash_final(hash, &hmac->state, digest);
    resume(hash, &hmac->key->outer, &hmac->state);
    hash_update(hash, &hmac->state, digest, krb5_hash_len(hash));
    hash_final(hash, &hmac->state, digest);
    memcpy(ret_mac, digest, len);
}
