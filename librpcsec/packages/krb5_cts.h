/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_cts.h: AES with ciphertext stealing over scattered bytes, in place. Layer:
 * packages. Documents: RFC 3962 5, NIST SP 800-38A addendum (CBC-CS3).
 */
#ifndef PACKAGES_KRB5_CTS_H
#define PACKAGES_KRB5_CTS_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#define KRB5_BLOCK_LEN 16

/* A piece of a message. What is not sealed is only checksummed: CTS steps over it. */
struct krb5_span {
    uint8_t *data;
    size_t len;
    bool sealed;
};

/* A cipher that encrypts or decrypts with one key. CBC goes on where the text before ended:
 * setting the vector back costs more than a block, so its value is kept and taken out of the
 * first block instead. */
struct krb5_cts {
    EVP_CIPHER_CTX *aes;
    uint8_t vector[KRB5_BLOCK_LEN];
};

RPCSEC_MUST_USE rpcsec_status krb5_cts_init(struct krb5_cts *cts, const uint8_t *key,
                                            size_t key_len, bool encrypts);
/* Wipes the key schedule. A zeroed structure is allowed. */
void krb5_cts_done(struct krb5_cts *cts);

/* Encrypts or decrypts the sealed spans as one text that starts with a zero vector. The text
 * must be longer than one block. A failure leaves the spans in an unknown state. */
RPCSEC_MUST_USE rpcsec_status krb5_cts_encrypt(struct krb5_cts *cts,
                                               const struct krb5_span *spans, size_t num);
RPCSEC_MUST_USE rpcsec_status krb5_cts_decrypt(struct krb5_cts *cts,
                                               const struct krb5_span *spans, size_t num);

#endif
