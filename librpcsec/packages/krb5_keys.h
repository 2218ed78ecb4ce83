/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_keys.h: the AES enctypes, and the keys of one use derived from a context's.
 * Layer: packages. Documents: RFC 3961 5, RFC 3962 6, RFC 8009 3-5.
 */
#ifndef PACKAGES_KRB5_KEYS_H
#define PACKAGES_KRB5_KEYS_H

#include "packages/krb5_cts.h"
#include "packages/krb5_hash.h"

#define KRB5_MAX_KEY_LEN 32
#define KRB5_MAX_MAC_LEN 24

/* How one enctype protects. */
struct krb5_profile {
    int32_t enctype;
    enum krb5_hash hash;
    size_t key_len;
    size_t mac_key_len;
    size_t mac_len;
    bool mac_of_ciphertext; /* RFC 8009 5; else of the plaintext (RFC 3961 5.3) */
};

/* NULL for all but the enctypes 17 to 20. */
const struct krb5_profile *krb5_profile_find(int32_t enctype);

/* What a derived key is for, the last byte of the derivation constant. RFC 3961 5.3. */
enum krb5_key_use { KRB5_CHECKSUM = 0x99, KRB5_ENCRYPTION = 0xAA, KRB5_INTEGRITY = 0x55 };

/* A context's own key: what derivation starts from. */
struct krb5_base_key {
    const struct krb5_profile *profile;
    const uint8_t *bytes; /* profile->key_len */
};

/* Derives a key; ret_key has room for KRB5_MAX_KEY_LEN bytes. */
RPCSEC_MUST_USE rpcsec_status krb5_derive(const struct krb5_base_key *base, uint32_t usage,
                                          enum krb5_key_use use, uint8_t *ret_key,
                                          size_t *ret_len);

/* Derives the key of a MAC, ready for messages. */
RPCSEC_MUST_USE rpcsec_status krb5_derive_mac(const struct krb5_base_key *base, uint32_t usage,
                                              enum krb5_key_use use,
                                              struct krb5_hmac_key *ret_key);
/* Derives the key of the cipher, ready for messages. Free with krb5_cts_done. */
RPCSEC_MUST_USE rpcsec_status krb5_derive_cipher(const struct krb5_base_key *base,
                                                 uint32_t usage, bool encrypts,
                                                 struct krb5_cts *ret_cts);

#endif
