/* SPDX-License-Identifier: MIT
 *
 * runtime/acceptor.c: acquiring and sharing the acceptor's credentials. Layer: runtime.
 */
#include "base/error.h"
#include "runtime/acceptor.h"

void acceptor_init(struct acceptor *acceptor, const struct rpcsec_policy *policy)
{
    *acceptor = (struct acceptor){.policy = policy};
    pthread_mutex_init(&acceptor->lock, NULL);
    for (unsigned bit = 1; bit <= RPCSEC_MECH_NTLM; bit <<= 1) {
        /* What policy leaves out is not even looked for: NTLM's library would be loaded. */
        const struct pkg_ops *package =
            policy->mechanisms & bit ? sspi_package((enum rpcsec_mechanism)bit) : NULL;

        if (package)
            acceptor->packages[acceptor->num_packages++] = package;
    }
}

void acceptor_done(struct acceptor *acceptor)
{
    for (size_t i = 0; i < acceptor->num_packages; i++)
        sspi_cred_unref(acceptor->creds[i]);
    acceptor->num_packages = 0;
    pthread_mutex_destroy(&acceptor->lock);
}

void acceptor_auth_types(const struct acceptor *acceptor, uint8_t ret_types[4])
{
    size_t num = 0;

    while (num < acceptor->num_packages) {
        ret_types[num] = acceptor->packages[num]->auth_type;
        num++;
    }
    ret_types[num] = 0;
}

static struct sspi_cred *cached(struct acceptor *acceptor, size_t index)
{
    struct sspi_cred *cred;

    pthread_mutex_lock(&acceptor->lock);
    cred = acceptor->creds[index] ? sspi_cred_ref(acceptor->creds[index]) : NULL;
    pthread_mutex_unlock(&acceptor->lock);
    return cred;
}

/* Two threads may acquire at once; the second one's is used by itself and not kept. */
static void keep(struct acceptor *acceptor, size_t index, struct sspi_cred *cred)
{
    pthread_mutex_lock(&acceptor->lock);
    if (!acceptor->creds[index])
        acceptor->creds[index] = sspi_cred_ref(cred);
    pthread_mutex_unlock(&acceptor->lock);
}

static rpcsec_status get_cred(struct acceptor *acceptor, size_t index,
                              struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    const struct pkg_cred_params params = {
        .inbound = true,
        .keytab = acceptor->policy->keytab,
        .ntlm = acceptor->policy->mechanisms & RPCSEC_MECH_NTLM,
    };
    struct sspi_cred *cred = cached(acceptor, index);
    rpcsec_status status;

    if (!cred) {
        status = sspi_cred_acquire(acceptor->packages[index], &params, &cred, err);
        if (status)
            return status;
        keep(acceptor, index, cred);
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

/* What policy names and this system lacks is not left out in silence. */
static bool lacks_ntlm(const struct acceptor *acceptor)
{
    return (acceptor->policy->mechanisms & RPCSEC_MECH_NTLM) && !sspi_package(RPCSEC_MECH_NTLM);
}

rpcsec_status acceptor_acquire(struct acceptor *acceptor, struct rpcsec_error *err)
{
    if (lacks_ntlm(acceptor))
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_SECURITY,
                         "NTLM cannot be served: it needs gss-ntlmssp and OpenSSL's legacy "
                         "provider");
    for (size_t i = 0; i < acceptor->num_packages; i++) {
        struct sspi_cred *cred = NULL;
        rpcsec_status status = get_cred(acceptor, i, &cred, err);

        if (status)
            return status;
        sspi_cred_unref(cred);
    }
    /* Peers that the kernel vouches for need no package. */
    if (acceptor->num_packages || acceptor->policy->mechanisms & RPCSEC_MECH_LOCAL)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_POLICY,
                     "policy allows no mechanism that this library serves");
}

rpcsec_status acceptor_context(struct acceptor *acceptor, uint8_t auth_type,
                               enum rpcsec_level level, struct sspi_ctx **ret_ctx,
                               struct rpcsec_error *err)
{
    const struct sspi_ctx_params params = {.policy = acceptor->policy, .level = level};
    struct sspi_cred *cred = NULL;
    size_t index = 0;
    rpcsec_status status;

    while (index < acceptor->num_packages && acceptor->packages[index]->auth_type != auth_type)
        index++;
    if (index == acceptor->num_packages)
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_SECURITY,
                         "auth type %u is not served", (unsigned)auth_type);
    status = get_cred(acceptor, index, &cred, err);
    if (status)
        return status;
    status = sspi_ctx_new(cred, &params, ret_ctx, err);
    sspi_cred_unref(cred);
    return status;
}
