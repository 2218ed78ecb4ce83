/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_cred.c: credentials. Layer: packages. Documents: RFC 2743 2.1, MIT krb5
 * "Developing with GSSAPI" (credential stores, GSS_KRB5_CRED_NO_CI_FLAGS_X).
 *
 * An acceptor takes the keytab as it is, without a name: which principal was meant is read from
 * the ticket, and which ones are served is policy's matter. The replay cache is MIT's default,
 * or what the environment says.
 */
#include "packages/gssw.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

static struct gssw_act act_of(gss_OID mech, gss_cred_usage_t usage,
                              const struct pkg_cred_params *params)
{
    bool initiator = usage == GSS_C_INITIATE;

    return (struct gssw_act){
        .doing = initiator ? "use the credential cache" : "use the keytab",
        .name = initiator ? params->ccache : params->keytab,
        .initiator = initiator,
        .mech = mech,
    };
}

static rpcsec_status import_principal(gss_OID mech, const char *principal, gss_name_t *ret_name,
                                      struct rpcsec_error *err)
{
    struct gssw_act act = {.doing = "use the name", .name = principal, .mech = mech};
    gss_buffer_desc text = {strlen(principal), (void *)(uintptr_t)principal};
    OM_uint32 minor = 0;
    OM_uint32 major =
        gss_import_name(&minor, &text, (gss_OID)GSS_KRB5_NT_PRINCIPAL_NAME, ret_name);

    return major == GSS_S_COMPLETE ? RPCSEC_OK : gssw_fail(&act, major, minor, err);
}

/* MIT's initiator otherwise offers confidentiality and integrity that nobody asked for, and a
 * peer sizes its signatures by what was offered.
 * Test: context_without_confidentiality_does_not_offer_it. */
static OM_uint32 ask_only_what_is_asked(gss_cred_id_t *cred, OM_uint32 *minor)
{
    gss_buffer_desc empty = GSS_C_EMPTY_BUFFER;

    return gss_set_cred_option(minor, cred, (gss_OID)GSS_KRB5_CRED_NO_CI_FLAGS_X, &empty);
}

/* Negotiate is for Kerberos only: neither offered nor taken is anything else. */
static OM_uint32 limit_to_kerberos(gss_cred_id_t cred, OM_uint32 *minor)
{
    gss_OID_set_desc kerberos = {1, gss_mech_krb5};

    return gss_set_neg_mechs(minor, cred, &kerberos);
}

static void release_cred(gss_cred_id_t *cred)
{
    OM_uint32 minor = 0;

    if (*cred != GSS_C_NO_CREDENTIAL)
        gss_release_cred(&minor, cred);
}

/* What is asked of a credential that was had. */
static OM_uint32 restrict_cred(gss_OID mech, gss_cred_usage_t usage, gss_cred_id_t *cred,
                               OM_uint32 *minor)
{
    OM_uint32 major = GSS_S_COMPLETE;

    if (gssw_is_spnego(mech))
        major = limit_to_kerberos(*cred, minor);
    if (major == GSS_S_COMPLETE && usage == GSS_C_INITIATE)
        major = ask_only_what_is_asked(cred, minor);
    return major;
}

/* A credential for Kerberos; and for Negotiate SPNEGO's beside it. Asked for both at once, GSS
 * would be content with SPNEGO over any other mechanism that is installed. Kerberos by itself
 * stays in: bare tokens are taken under auth type 9. */
static OM_uint32 acquire_elements(struct gssw_act *act, gss_cred_usage_t usage, gss_name_t name,
                                  const gss_key_value_set_desc *store, gss_cred_id_t *ret_cred,
                                  OM_uint32 *minor)
{
    gss_OID_set_desc kerberos = {1, gss_mech_krb5};
    gss_OID mech = act->mech;
    OM_uint32 major;

    act->mech = gss_mech_krb5;
    major = gss_acquire_cred_from(minor, name, GSS_C_INDEFINITE, &kerberos, usage, store,
                                  ret_cred, NULL, NULL);
    if (major != GSS_S_COMPLETE)
        return major;
    act->mech = mech;
    if (gssw_is_spnego(mech))
        major = gss_add_cred_from(minor, *ret_cred, name, mech, usage, GSS_C_INDEFINITE,
                                  GSS_C_INDEFINITE, store, NULL, NULL, NULL, NULL);
    return major == GSS_S_COMPLETE ? restrict_cred(mech, usage, ret_cred, minor) : major;
}

static rpcsec_status fail(const struct gssw_act *act, OM_uint32 major, OM_uint32 minor,
                          struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status = gssw_fail(act, major, minor, &why);

    if (status != RPCSEC_NO_MEMORY)
        status = gssw_blame_file(act, &why);
    if (error_wants(err))
        error_copy(err, &why);
    return status;
}

static rpcsec_status acquire_from(gss_OID mech, gss_cred_usage_t usage, gss_name_t name,
                                  const struct pkg_cred_params *params, gss_cred_id_t *ret_cred,
                                  struct rpcsec_error *err)
{
    struct gssw_act act = act_of(mech, usage, params);
    gss_key_value_element_desc element = {usage == GSS_C_INITIATE ? "ccache" : "keytab",
                                          act.name};
    gss_key_value_set_desc store = {1, &element};
    gss_cred_id_t cred = GSS_C_NO_CREDENTIAL;
    OM_uint32 minor = 0;
    OM_uint32 major = acquire_elements(&act, usage, name,
                                       act.name ? &store : GSS_C_NO_CRED_STORE, &cred, &minor);

    if (major != GSS_S_COMPLETE) {
        rpcsec_status status = fail(&act, major, minor, err);

        release_cred(&cred);
        return status;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

static rpcsec_status acquire_for(gss_OID mech, gss_cred_usage_t usage,
                                 const struct pkg_cred_params *params, gss_cred_id_t *ret_cred,
                                 struct rpcsec_error *err)
{
    gss_name_t name = GSS_C_NO_NAME;
    rpcsec_status status;

    if (usage == GSS_C_INITIATE && !params->ccache) {
        status = gssw_check_caches(err);
        if (status != RPCSEC_OK)
            return status;
    }
    if (params->principal) {
        status = import_principal(mech, params->principal, &name, err);
        if (status != RPCSEC_OK)
            return status;
    }
    status = acquire_from(mech, usage, name, params, ret_cred, err);
    gssw_release_name(&name);
    return status;
}

/* For both uses one of them is enough: which one is missing shows when it is needed. */
static rpcsec_status acquire_uses(struct pkg_cred *cred, const struct pkg_cred_params *params,
                                  struct rpcsec_error *err)
{
    rpcsec_status outbound = RPCSEC_NO_CREDENTIALS;
    rpcsec_status inbound = RPCSEC_NO_CREDENTIALS;

    if (params->outbound)
        outbound = acquire_for(cred->mech, GSS_C_INITIATE, params, &cred->initiator,
                               params->inbound ? NULL : err);
    if (params->inbound)
        inbound = acquire_for(cred->mech, GSS_C_ACCEPT, params, &cred->acceptor,
                              outbound == RPCSEC_OK ? NULL : err);
    if (outbound == RPCSEC_OK || inbound == RPCSEC_OK)
        return RPCSEC_OK;
    return params->inbound ? inbound : outbound;
}

rpcsec_status gssw_acquire(gss_OID mech, const struct pkg_cred_params *params,
                           struct pkg_cred **ret_cred, struct rpcsec_error *err)
{
    struct pkg_cred *cred;
    rpcsec_status status;

    if (!params->inbound && !params->outbound)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a credential is for inbound or outbound use, or both");
    cred = mem_zalloc(sizeof(*cred));
    if (!cred)
        return error_no_memory(err);
    cred->mech = mech;
    status = acquire_uses(cred, params, err);
    if (status != RPCSEC_OK) {
        gssw_free_cred(cred);
        return status;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

void gssw_free_cred(struct pkg_cred *cred)
{
    if (!cred)
        return;
    release_cred(&cred->initiator);
    release_cred(&cred->acceptor);
    mem_free(cred);
}
