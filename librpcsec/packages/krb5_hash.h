/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_hash.h: HMAC whose keyed start is kept. Layer: packages. Documents: RFC 2104,
 * FIPS 180-4.
 *
 * A key is hashed into two states once; each message then starts from copies of them. All of it
 * is plain memory that the caller owns: nothing is allocated, and wiping the key wipes
 * everything that was derived from it.
 */
#ifndef PACKAGES_KRB5_HASH_H
#define PACKAGES_KRB5_HASH_H

#include <openssl/sha.h>
#include <stddef.h>
#include <stdint.h>

#define KRB5_MAX_HASH_LEN 48

enum krb5_hash { KRB5_SHA1, KRB5_SHA256, KRB5_SHA384 };

union krb5_hash_state {
    SHA_CTX sha1;
    SHA256_CTX sha256;
    SHA512_CTX sha384;
};

/* What a hash function carries from block to block; between blocks that is its whole state. */
union krb5_hash_chain {
    uint32_t words[8];
    uint64_t longs[8];
};

struct krb5_hmac_key {
    enum krb5_hash hash;
    union krb5_hash_chain inner; /* after the block of key and ipad */
    union krb5_hash_chain outer; /* after the block of key and opad */
};

/* A message on its way. */
struct krb5_hmac {
    const struct krb5_hmac_key *key;
    union krb5_hash_state state;
};

/* Bytes of the whole HMAC. */
size_t krb5_hash_len(enum krb5_hash hash);

/* The key has at most 64 bytes, as all of Kerberos' have. */
void krb5_hmac_key_init(struct krb5_hmac_key *key, enum krb5_hash hash, const uint8_t *bytes,
                        size_t len);
void krb5_hmac_begin(struct krb5_hmac *hmac, const struct krb5_hmac_key *key);
void krb5_hmac_update(struct krb5_hmac *hmac, const uint8_t *data, size_t len);
/* Gives the first `len` bytes of the result, and leaves no state behind. */
void krb5_hmac_end(struct krb5_hmac *hmac, uint8_t *ret_mac, size_t len);

#endif
