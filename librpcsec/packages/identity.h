/* SPDX-License-Identifier: MIT
 *
 * packages/identity.h: a user as a program names it, with a password or a keytab. Layer:
 * packages. Documents: MicrosoftDocs/win32 SEC_WINNT_AUTH_IDENTITY, RFC 6806 5 (enterprise
 * names).
 */
#ifndef PACKAGES_IDENTITY_H
#define PACKAGES_IDENTITY_H

#include <stdbool.h>

#include <rpcsec/rpcsec.h>

#include "base/limits.h"

/* UTF-8, "" where not given. It lives in secret memory (identity_new). */
struct identity {
    char user[LIMIT_IDENTITY_LEN + 1];
    char domain[LIMIT_IDENTITY_LEN + 1];
    char password[LIMIT_IDENTITY_LEN + 1];
    char packages[LIMIT_IDENTITY_LEN + 1]; /* "!ntlm,kerberos" */
    bool has_password;
    uint8_t *keytab; /* contents of an MIT keytab file; secret memory, NULL: none */
    size_t keytab_len;
};

struct identity *identity_new(void);
struct identity *identity_copy(const struct identity *identity);
void identity_free(struct identity *identity);

/* The identity's principal: user, user@REALM, DOMAIN\user, or user and domain apart. A domain
 * without a dot is a NetBIOS name: the default realm when that begins with it, else what
 * krb5.conf's [domain_realm] says, else itself. *ret_enterprise: when the KDC does not know it,
 * ask it for the whole as an enterprise name. */
RPCSEC_MUST_USE rpcsec_status identity_principal(const struct identity *identity, char *out,
                                                 size_t max, bool *ret_enterprise);

/* True unless the package list says otherwise: "!name" leaves one out, names list the ones that
 * may be used. */
bool identity_allows(const struct identity *identity, const char *package);

#endif
