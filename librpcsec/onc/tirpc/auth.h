/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/auth.h: what the two kinds of our AUTH have in common. Layer: onc/tirpc.
 */
#ifndef ONC_TIRPC_AUTH_H
#define ONC_TIRPC_AUTH_H

#include "onc/tirpc/session.h"

/* Behind ah_private of every AUTH of ours. */
struct onc_auth_base {
    struct onc_config config;
    pthread_mutex_t lock; /* around what follows */
    struct onc_security *security;
    struct rpcsec_error error; /* of the last call that failed */
    _Atomic(enum onc_service) service;
};

extern struct auth_ops *const onc_wrapped_ops; /* auth.c */
extern struct auth_ops *const onc_own_ops;     /* clnt.c */

RPCSEC_MUST_USE rpcsec_status onc_base_init(struct onc_auth_base *base, const char *target,
                                            struct rpcsec_policy *policy,
                                            const struct rpcsec_onc_options *options,
                                            struct rpcsec_error *err);
void onc_base_done(struct onc_auth_base *base);
void onc_base_fail(struct onc_auth_base *base, const struct rpcsec_error *err);

#endif
