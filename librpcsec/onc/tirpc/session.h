/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/session.h: a client's security contexts: what is asked for, and making one. Layer:
 * onc/tirpc. Document: RFC 2203 5.2.
 */
#ifndef ONC_TIRPC_SESSION_H
#define ONC_TIRPC_SESSION_H

#include <pthread.h>
#include <stdatomic.h>

#include <rpcsec/onc.h>

#include "base/policy.h"
#include "onc/engine/gss.h"
#include "onc/tirpc/tirpc.h"

/* What a client asks for. */
struct onc_config {
    struct rpcsec_policy *policy;
    char *target;
    const struct pkg_ops *package;
    enum rpcsec_level level; /* of the policy or options: the least */
    bool dce_style;
    bool resend;
};

RPCSEC_MUST_USE rpcsec_status onc_config_init(struct onc_config *config, const char *target,
                                              struct rpcsec_policy *policy,
                                              const struct rpcsec_onc_options *options,
                                              struct rpcsec_error *err);
void onc_config_done(struct onc_config *config);

/* A context with a server. Calls hold a reference until their answers are verified. */
struct onc_security {
    atomic_uint refs;
    pthread_mutex_t lock; /* around ctx and seq; see struct onc_context */
    struct sspi_ctx *ctx;
    uint32_t seq; /* of the last call */
    uint8_t handle[ONC_MAX_AUTH_LEN];
    size_t handle_len;
    uint32_t window;
    int64_t created; /* Unix seconds */
    int64_t expires;
    _Atomic(int64_t) used;
    atomic_bool refused; /* the server does not know it any more */
};

/* One exchange of tokens with the server: a call of the NULL procedure. The answer's memory is
 * the callee's, until the next exchange. */
struct onc_exchange {
    rpcsec_status (*run)(void *arg, const struct onc_gss_cred *cred, const struct buf *token,
                         struct onc_init_result *ret_result, struct onc_auth *ret_verf,
                         struct rpcsec_error *err);
    void *arg;
};

RPCSEC_MUST_USE rpcsec_status onc_security_make(const struct onc_config *config,
                                                const struct onc_exchange *exchange,
                                                struct onc_security **ret_security,
                                                struct rpcsec_error *err);
struct onc_security *onc_security_ref(struct onc_security *security);
void onc_security_unref(struct onc_security *security);

/* Whether a new one is due: none, refused, near its end, or idle for so long that a server may
 * have forgotten it. */
bool onc_security_is_stale(const struct onc_security *security);
/* Whether it can still be used when no new one can be had. */
bool onc_security_is_usable(const struct onc_security *security);

/* The status of a reply that is no success, with its sentence. */
RPCSEC_MUST_USE rpcsec_status onc_denied_status(uint32_t auth_stat, struct rpcsec_error *err);

#endif
