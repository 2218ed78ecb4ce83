/* SPDX-License-Identifier: MIT
 *
 * packages/ntlm_crypto.h: the ciphers and digests of NTLM. Layer: packages. Document:
 * MS-NLMP 6.
 *
 * RC4 lives in OpenSSL's legacy provider. It is loaded into a library context of our own, so
 * that nothing else in the process gets it.
 */
#ifndef PACKAGES_NTLM_CRYPTO_H
#define PACKAGES_NTLM_CRYPTO_H

#include <openssl/evp.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#define NTLM_KEY_LEN 16
#define NTLM_MD5_LEN 16

/* Loads the provider at the first call. False: this system has no RC4 or MD5. */
bool ntlm_crypto_works(void);

/* A running RC4 key stream; NULL when memory ends. Free with EVP_CIPHER_CTX_free. */
EVP_CIPHER_CTX *ntlm_rc4_new(const uint8_t key[NTLM_KEY_LEN]);
/* In place. */
bool ntlm_rc4(EVP_CIPHER_CTX *stream, uint8_t *data, size_t len);

/* A context for ntlm_md5_...; NULL when memory ends. Free with EVP_MD_CTX_free. */
EVP_MD_CTX *ntlm_md5_new(void);
bool ntlm_md5_begin(EVP_MD_CTX *md5);
bool ntlm_md5_add(EVP_MD_CTX *md5, const void *data, size_t len);
bool ntlm_md5_end(EVP_MD_CTX *md5, uint8_t ret_digest[NTLM_MD5_LEN]);

#endif
