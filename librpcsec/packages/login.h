/* SPDX-License-Identifier: MIT
 *
 * packages/login.h: tickets of the KDC for a password or a keytab, into a cache in memory.
 * Layer: packages. Documents: RFC 4120 3.1, RFC 6806 5, RFC 3244.
 *
 * No cache of the user's is ever read or written here.
 */
#ifndef PACKAGES_LOGIN_H
#define PACKAGES_LOGIN_H

#include "packages/identity.h"

/* Asks the KDC. *ret_ccache: "MEMORY:...", from base/alloc.h, for login_done. May block. */
RPCSEC_MUST_USE rpcsec_status login(const struct identity *identity, char **ret_ccache,
                                    struct rpcsec_error *err);
/* Destroys the cache and frees its name; NULL is fine. */
void login_done(char *ccache);

/* Puts a keytab's contents into a keytab in memory: "MEMORY:...", for login_keytab_done. */
RPCSEC_MUST_USE rpcsec_status login_keytab(const struct identity *identity, char **ret_keytab,
                                           struct rpcsec_error *err);
void login_keytab_done(char *keytab);

/* RFC 3244: sets the identity's password to `to`. May block. */
RPCSEC_MUST_USE rpcsec_status login_change_password(const struct identity *identity,
                                                    const char *to, struct rpcsec_error *err);

#endif
