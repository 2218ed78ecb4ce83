/* SPDX-License-Identifier: MIT
 *
 * sspi/registry.c: the security packages that exist. Layer: sspi. Document: MS-RPCE 2.2.1.1.7.
 */
#include "packages/token.h"
#include "sspi/context.h"

#include <strings.h>

static const struct pkg_ops *const packages[] = {
    &pkg_kerberos,
    &pkg_negotiate,
    &pkg_ntlm,
};

enum { NUM_PACKAGES = sizeof(packages) / sizeof(packages[0]) };

static bool is_there(const struct pkg_ops *package)
{
    return !package->is_there || package->is_there();
}

const struct pkg_ops *sspi_package_at(size_t index)
{
    for (size_t i = 0; i < NUM_PACKAGES; i++) {
        if (is_there(packages[i]) && index-- == 0)
            return packages[i];
    }
    return NULL;
}

const struct pkg_ops *sspi_package(enum rpcsec_mechanism mechanism)
{
    for (size_t i = 0; i < NUM_PACKAGES; i++) {
        if (packages[i]->mechanism == mechanism && is_there(packages[i]))
            return packages[i];
    }
    return NULL;
}

const struct pkg_ops *sspi_package_by_auth_type(uint8_t auth_type)
{
    for (size_t i = 0; i < NUM_PACKAGES; i++) {
        if (packages[i]->auth_type == auth_type && is_there(packages[i]))
            return packages[i];
    }
    return NULL;
}

const struct pkg_ops *sspi_package_by_name(const char *name)
{
    for (size_t i = 0; name && i < NUM_PACKAGES; i++) {
        if (strcasecmp(packages[i]->name, name) == 0 && is_there(packages[i]))
            return packages[i];
    }
    return NULL;
}

const struct pkg_ops *sspi_package_of_token(const uint8_t *token, size_t token_len)
{
    switch (token_kind(token, token_len)) {
    case TOKEN_KERBEROS:
        return sspi_package(RPCSEC_MECH_KERBEROS);
    case TOKEN_SPNEGO:
        return sspi_package(RPCSEC_MECH_NEGOTIATE);
    case TOKEN_NTLM:
        return sspi_package(RPCSEC_MECH_NTLM);
    case TOKEN_UNKNOWN:
        break;
    }
    return NULL;
}
