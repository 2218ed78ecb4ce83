/* SPDX-License-Identifier: MIT
 *
 * runtime/acceptor.h: the acceptor's credentials, one for each mechanism that policy allows.
 * Layer: runtime.
 *
 * A credential is the keytab without a name (policy's list of service principals decides). It
 * is acquired once; the Kerberos library opens the keytab anew for each ticket, so a keytab
 * that is appended to or replaced is picked up by the running server. A server that may run
 * without a keytab looks for one again at each handshake.
 */
#ifndef RUNTIME_ACCEPTOR_H
#define RUNTIME_ACCEPTOR_H

#include <pthread.h>

#include "sspi/context.h"

#define ACCEPTOR_MAX_PACKAGES 3

/* **Threads**: any. */
struct acceptor {
    const struct rpcsec_policy *policy;
    pthread_mutex_t lock;
    size_t num_packages;
    const struct pkg_ops *packages[ACCEPTOR_MAX_PACKAGES];
    struct sspi_cred *creds[ACCEPTOR_MAX_PACKAGES]; /* NULL: not acquired yet */
};

void acceptor_init(struct acceptor *acceptor, const struct rpcsec_policy *policy);
void acceptor_done(struct acceptor *acceptor);
/* The auth types that can be served; 0 ends the list. */
void acceptor_auth_types(const struct acceptor *acceptor, uint8_t ret_types[4]);
/* Acquires what is missing. */
RPCSEC_MUST_USE rpcsec_status acceptor_acquire(struct acceptor *acceptor,
                                               struct rpcsec_error *err);
/* Makes a context for a client that asks for this auth type. May block on a file. */
RPCSEC_MUST_USE rpcsec_status acceptor_context(struct acceptor *acceptor, uint8_t auth_type,
                                               enum rpcsec_level level,
                                               struct sspi_ctx **ret_ctx,
                                               struct rpcsec_error *err);

#endif
