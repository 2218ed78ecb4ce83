/* SPDX-License-Identifier: MIT
 *
 * packages/enctype.c: Kerberos encryption types by number. Layer: packages. Documents: RFC 3961
 * 8, RFC 3962 7, RFC 8009 6, RFC 4757, RFC 6803.
 *
 * Weak and uncommon types are listed so that a refusal can name them.
 */
#include "packages/enctype.h"

#include <stddef.h>

static const struct enctype enctypes[] = {
    {17, "aes128-cts-hmac-sha1-96", 128, 15, "hmac-sha1-96-aes128", true},
    {18, "aes256-cts-hmac-sha1-96", 256, 16, "hmac-sha1-96-aes256", true},
    {19, "aes128-cts-hmac-sha256-128", 128, 19, "hmac-sha256-128-aes128", true},
    {20, "aes256-cts-hmac-sha384-192", 256, 20, "hmac-sha384-192-aes256", true},
    {16, "des3-cbc-sha1-kd", 168, 12, "hmac-sha1-des3-kd", false},
    {23, "arcfour-hmac", 128, -138, "hmac-md5", false},
    {25, "camellia128-cts-cmac", 128, 17, "cmac-camellia128", false},
    {26, "camellia256-cts-cmac", 256, 18, "cmac-camellia256", false},
};

const struct enctype *enctype_find(int32_t number)
{
    for (size_t i = 0; i < sizeof(enctypes) / sizeof(enctypes[0]); i++) {
        if (enctypes[i].number == number)
            return &enctypes[i];
    }
    return NULL;
}

const char *enctype_name(int32_t number)
{
    const struct enctype *type = enctype_find(number);

    return type ? type->name : "unknown";
}

bool enctype_is_strong(int32_t number)
{
    const struct enctype *type = enctype_find(number);

    return type && type->strong;
}
