/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_keys.c: key derivation of the AES enctypes. Layer: packages. Documents:
 * RFC 3961 5.1 and 5.3, RFC 3962 6, RFC 8009 3 and 5.
 */
#include "packages/krb5_keys.h"

#include <string.h>

#include "base/alloc.h"

#define CONSTANT_LEN 5 /* usage and use: RFC 3961 5.3 */

static const struct krb5_profile profiles[] = {
    {17, KRB5_SHA1, 16, 16, 12, false},  /* RFC 3962 7 */
    {18, KRB5_SHA1, 32, 32, 12, false},  /* RFC 3962 7 */
    {19, KRB5_SHA256, 16, 16, 16, true}, /* RFC 8009 5 */
    {20, KRB5_SHA384, 32, 24, 24, true}, /* RFC 8009 5 */
};

const struct krb5_profile *krb5_profile_find(int32_t enctype)
{
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        if (profiles[i].enctype == enctype)
            return &profiles[i];
    }
    return NULL;
}

static void make_constant(uint32_t usage, enum krb5_key_use use, uint8_t constant[CONSTANT_LEN])
{
    for (unsigned i = 0; i < 4; i++)
        constant[i] = (uint8_t)(usage >> (24 - 8 * i));
    constant[4] = (uint8_t)use;
}

/* ---- RFC 3961 ---- */

/* Adds 16 bytes to a 16-byte sum in ones' complement: a carry out of the top comes in below. */
static void add_round(uint8_t sum[KRB5_BLOCK_LEN], const uint8_t *bytes)
{
    unsigned carry = 0;

    for (size_t i = KRB5_BLOCK_LEN; i-- > 0;) {
        carry += (unsigned)sum[i] + bytes[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
    }
    for (size_t i = KRB5_BLOCK_LEN; carry && i-- > 0;) {
        carry += sum[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

/* RFC 3961 5.1, 128-fold of five bytes: 16 copies, each rotated 13 bits further to the right,
 * are as long as five blocks; the blocks are added. */
static void fold_constant(const uint8_t constant[CONSTANT_LEN],
                          uint8_t ret_fold[KRB5_BLOCK_LEN])
{
    enum { BITS = 8 * CONSTANT_LEN, COPIES = KRB5_BLOCK_LEN };
    uint8_t copies[COPIES * CONSTANT_LEN];
    uint64_t value = 0;

    for (size_t i = 0; i < CONSTANT_LEN; i++)
        value = value << 8 | constant[i];
    for (unsigned i = 0; i < COPIES; i++) {
        unsigned by = 13 * i % BITS;
        uint64_t rotated = value >> by | value << (BITS - by);

        for (unsigned at = 0; at < CONSTANT_LEN; at++)
            copies[i * CONSTANT_LEN + at] = (uint8_t)(rotated >> (BITS - 8 - 8 * at));
    }
    memset(ret_fold, 0, KRB5_BLOCK_LEN);
    for (size_t i = 0; i < sizeof(copies); i += KRB5_BLOCK_LEN)
        add_round(ret_fold, copies + i);
}

/* DK of RFC 3961 5.1. The blocks of DR, each the encryption of the one before, are CBC of the
 * folded constant and zeros. */
static rpcsec_status derive_by_cipher(const struct krb5_base_key *base,
                                      const uint8_t constant[CONSTANT_LEN], uint8_t *ret_key,
                                      size_t len)
{
    uint8_t blocks[KRB5_MAX_KEY_LEN] = {0};
    struct krb5_cts cts;
    rpcsec_status status = krb5_cts_init(&cts, base->bytes, base->profile->key_len, true);
    int done = 0;

    if (status != RPCSEC_OK)
        return status;
    fold_constant(constant, blocks);
    if (EVP_CipherUpdate(cts.aes, blocks, &done, blocks, sizeof(blocks)) == 1)
        memcpy(ret_key, blocks, len);
    else
        status = RPCSEC_SECURITY_FAILURE;
    secret_wipe(blocks, sizeof(blocks));
    krb5_cts_done(&cts);
    return status;
}

/* ---- RFC 8009 ---- */

/* KDF-HMAC-SHA2 of RFC 8009 3. One block of it is enough for each key that we derive. */
static void derive_by_hash(const struct krb5_base_key *base,
                           const uint8_t constant[CONSTANT_LEN], uint8_t *ret_key, size_t len)
{
    const uint8_t number[4] = {0, 0, 0, 1};
    const uint8_t bits[4] = {0, 0, (uint8_t)(len * 8 >> 8), (uint8_t)(len * 8)};
    struct krb5_hmac_key key;
    struct krb5_hmac hmac;

    krb5_hmac_key_init(&key, base->profile->hash, base->bytes, base->profile->key_len);
    krb5_hmac_begin(&hmac, &key);
    krb5_hmac_update(&hmac, number, sizeof(number));
    krb5_hmac_update(&hmac, constant, CONSTANT_LEN);
    krb5_hmac_update(&hmac, (const uint8_t *)"", 1);
    krb5_hmac_update(&hmac, bits, sizeof(bits));
    krb5_hmac_end(&hmac, ret_key, len);
    secret_wipe(&key, sizeof(key));
    secret_wipe(&hmac, sizeof(hmac));
}

/* ---- Both ---- */

rpcsec_status krb5_derive(const struct krb5_base_key *base, uint32_t usage,
                          enum krb5_key_use use, uint8_t *ret_key, size_t *ret_len)
{
    const struct krb5_profile *profile = base->profile;
    size_t len = use == KRB5_ENCRYPTION ? profile->key_len : profile->mac_key_len;
    uint8_t constant[CONSTANT_LEN];
    rpcsec_status status = RPCSEC_OK;

    make_constant(usage, use, constant);
    if (profile->hash == KRB5_SHA1)
        status = derive_by_cipher(base, constant, ret_key, len);
    else
        derive_by_hash(base, constant, ret_key, len);
    if (status == RPCSEC_OK)
        *ret_len = len;
    return status;
}

rpcsec_status krb5_derive_mac(const struct krb5_base_key *base, uint32_t usage,
                              enum krb5_key_use use, struct krb5_hmac_key *ret_key)
{
    uint8_t key[KRB5_MAX_KEY_LEN];
    size_t len = 0;
    rpcsec_status status = krb5_derive(base, usage, use, key, &len);

    if (status == RPCSEC_OK)
        krb5_hmac_key_init(ret_key, base->profile->hash, key, len);
    secret_wipe(key, sizeof(key));
    return status;
}

rpcsec_status krb5_derive_cipher(const struct krb5_base_key *base, uint32_t usage,
                                 bool encrypts, struct krb5_cts *ret_cts)
{
    uint8_t key[KRB5_MAX_KEY_LEN];
    size_t len = 0;
    rpcsec_status status = krb5_derive(base, usage, KRB5_ENCRYPTION, key, &len);

    if (status == RPCSEC_OK)
        status = krb5_cts_init(ret_cts, key, len, encrypts);
    secret_wipe(key, sizeof(key));
    return status;
}
