/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/auth_base.c: what a program asks of an AUTH of ours. Layer: onc/tirpc.
 */
#include "onc/tirpc/auth.h"

#include "base/error.h"

rpcsec_status onc_base_init(struct onc_auth_base *base, const char *target,
                            struct rpcsec_policy *policy,
                            const struct rpcsec_onc_options *options, struct rpcsec_error *err)
{
    rpcsec_status status = onc_config_init(&base->config, target, policy, options, err);

    if (status != RPCSEC_OK)
        return status;
    pthread_mutex_init(&base->lock, NULL);
    rpcsec_error_init(&base->error, sizeof(base->error));
    atomic_init(&base->service, onc_service_of(base->config.level));
    return RPCSEC_OK;
}

void onc_base_done(struct onc_auth_base *base)
{
    onc_security_unref(base->security);
    pthread_mutex_destroy(&base->lock);
    onc_config_done(&base->config);
}

void onc_base_fail(struct onc_auth_base *base, const struct rpcsec_error *err)
{
    pthread_mutex_lock(&base->lock);
    base->error = *err;
    pthread_mutex_unlock(&base->lock);
}

/* NULL: it is not ours. */
static struct onc_auth_base *base_of(const AUTH *auth)
{
    if (!auth || (auth->ah_ops != onc_wrapped_ops && auth->ah_ops != onc_own_ops))
        return NULL;
    return auth->ah_private;
}

rpcsec_status rpcsec_onc_auth_set_level(AUTH *auth, enum rpcsec_level level)
{
    struct onc_auth_base *base = base_of(auth);

    if (!base || !onc_service_of(level))
        return RPCSEC_INVALID_ARGUMENT;
    if (level < base->config.level)
        return RPCSEC_POLICY_REFUSED;
    atomic_store(&base->service, onc_service_of(level));
    return RPCSEC_OK;
}

void rpcsec_onc_error(AUTH *auth, struct rpcsec_error *err)
{
    struct onc_auth_base *base = base_of(auth);

    error_clear(err);
    if (!base)
        return;
    pthread_mutex_lock(&base->lock);
    error_copy(err, &base->error);
    pthread_mutex_unlock(&base->lock);
}

const struct rpcsec_peer *rpcsec_onc_auth_peer(AUTH *auth)
{
    struct onc_auth_base *base = base_of(auth);
    const struct rpcsec_peer *peer = NULL;

    if (!base)
        return NULL;
    pthread_mutex_lock(&base->lock);
    if (base->security)
        peer = sspi_ctx_peer(base->security->ctx);
    pthread_mutex_unlock(&base->lock);
    return peer;
}
