/* SPDX-License-Identifier: MIT
 *
 * packages/ntlm_crypto.c: the ciphers and digests of NTLM. Layer: packages.
 */
#include "packages/ntlm_crypto.h"

#include <openssl/provider.h>

#include <limits.h>
#include <pthread.h>

/* Kept until the process ends, as OpenSSL keeps its own. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_CIPHER *rc4;
static EVP_MD *md5;

static void load(void)
{
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();

    if (!library || !OSSL_PROVIDER_load(library, "legacy") ||
        !OSSL_PROVIDER_load(library, "default")) {
        OSSL_LIB_CTX_free(library);
        return;
    }
    rc4 = EVP_CIPHER_fetch(library, "RC4", NULL);
    md5 = EVP_MD_fetch(library, "MD5", NULL);
}

bool ntlm_crypto_works(void)
{
    pthread_once(&once, load);
    return rc4 && md5;
}

EVP_CIPHER_CTX *ntlm_rc4_new(const uint8_t key[NTLM_KEY_LEN])
{
    EVP_CIPHER_CTX *stream;

    if (!ntlm_crypto_works())
        return NULL;
    stream = EVP_CIPHER_CTX_new();
    if (stream && EVP_EncryptInit_ex2(stream, rc4, key, NULL, NULL) == 1)
        return stream;
    EVP_CIPHER_CTX_free(stream);
    return NULL;
}

bool ntlm_rc4(EVP_CIPHER_CTX *stream, uint8_t *data, size_t len)
{
    while (len > 0) {
        int part = len > INT_MAX ? INT_MAX : (int)len;
        int done = 0;

        if (EVP_EncryptUpdate(stream, data, &done, data, part) != 1 || done != part)
            return false;
        data += part;
        len -= (size_t)part;
    }
    return true;
}

EVP_MD_CTX *ntlm_md5_new(void)
{
    return ntlm_crypto_works() ? EVP_MD_CTX_new() : NULL;
}

bool ntlm_md5_begin(EVP_MD_CTX *context)
{
    return EVP_DigestInit_ex2(context, md5, NULL) == 1;
}

bool ntlm_md5_add(EVP_MD_CTX *context, const void *data, size_t len)
{
    return len == 0 || EVP_DigestUpdate(context, data, len) == 1;
}

bool ntlm_md5_end(EVP_MD_CTX *context, uint8_t ret_digest[NTLM_MD5_LEN])
{
    return EVP_DigestFinal_ex(context, ret_digest, NULL) == 1;
}
