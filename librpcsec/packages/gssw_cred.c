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
#include "packages/login.h"

#define PRINCIPAL_LEN (3 * LIMIT_IDENTITY_LEN + 2)

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

/* An acceptor of Negotiate that takes NTLM too, where it is installed. */
static OM_uint32 add_ntlm(gss_cred_id_t cred, OM_uint32 *minor)
{
    gss_OID_desc list[2] = {*gss_mech_krb5, gssw_ntlm};
    gss_OID_set_desc both = {2, list};
    OM_uint32 major = gss_add_cred(minor, cred, GSS_C_NO_NAME, (gss_OID)(uintptr_t)&gssw_ntlm,
                                   GSS_C_ACCEPT, 0, GSS_C_INDEFINITE, NULL, NULL, NULL, NULL);

    return major == GSS_S_COMPLETE ? gss_set_neg_mechs(minor, cred, &both) : major;
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

enum { MAX_STORE = 4 };

struct store {
    gss_key_value_element_desc elements[MAX_STORE];
    gss_key_value_set_desc set;
};

static void store_add(struct store *store, const char *key, const char *value)
{
    if (value)
        store->elements[store->set.count++] = (gss_key_value_element_desc){key, value};
}

/* Where the credentials of a use lie. With a client keytab tickets go to a cache of their own,
 * not to the user's. */
static const gss_key_value_set_desc *store_fill(struct store *store, gss_cred_usage_t usage,
                                                const struct pkg_cred_params *params)
{
    const char *ccache = params->ccache;

    store->set.elements = store->elements;
    if (params->client_keytab && !ccache)
        ccache = "MEMORY:";
    if (usage != GSS_C_ACCEPT) {
        store_add(store, "ccache", ccache);
        store_add(store, "client_keytab", params->client_keytab);
    }
    if (usage != GSS_C_INITIATE) {
        store_add(store, "keytab", params->keytab);
        store_add(store, "rcache", params->rcache);
    }
    return store->set.count > 0 ? &store->set : GSS_C_NO_CRED_STORE;
}

static rpcsec_status acquire_from(gss_OID mech, gss_cred_usage_t usage, gss_name_t name,
                                  const struct pkg_cred_params *params, gss_cred_id_t *ret_cred,
                                  struct rpcsec_error *err)
{
    struct gssw_act act = act_of(mech, usage, params);
    struct store store = {.set = {0}};
    gss_cred_id_t cred = GSS_C_NO_CREDENTIAL;
    OM_uint32 minor = 0;
    OM_uint32 major =
        acquire_elements(&act, usage, name, store_fill(&store, usage, params), &cred, &minor);

    if (major == GSS_S_COMPLETE && usage != GSS_C_INITIATE && params->ntlm &&
        gssw_is_spnego(mech))
        major = add_ntlm(cred, &minor);
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

/* ---- On behalf of a user ---- */

/* MS-SFU 3.2.5.1: the KDC is asked for a ticket of the user to ourselves, then to others. */
static rpcsec_status impersonate(gss_OID mech, const char *user, gss_cred_id_t *cred,
                                 struct rpcsec_error *err)
{
    struct gssw_act act = {
        .doing = "act on behalf of", .name = user, .initiator = true, .mech = mech};
    gss_OID_set_desc mechs = {1, mech};
    gss_name_t name = GSS_C_NO_NAME;
    gss_cred_id_t theirs = GSS_C_NO_CREDENTIAL;
    OM_uint32 minor = 0;
    OM_uint32 major;
    rpcsec_status status = import_principal(gss_mech_krb5, user, &name, err);

    if (status != RPCSEC_OK)
        return status;
    major = gss_acquire_cred_impersonate_name(&minor, *cred, name, GSS_C_INDEFINITE, &mechs,
                                              GSS_C_INITIATE, &theirs, NULL, NULL);
    if (major == GSS_S_COMPLETE)
        major = restrict_cred(mech, GSS_C_INITIATE, &theirs, &minor);
    if (major != GSS_S_COMPLETE)
        status = gssw_fail(&act, major, minor, err);
    gssw_release_name(&name);
    release_cred(cred);
    *cred = theirs;
    if (status != RPCSEC_OK)
        release_cred(cred);
    return status;
}

/* ---- Identities ---- */

static struct gssw_ticket *ticket_new(void)
{
    return mem_zalloc(sizeof(struct gssw_ticket));
}

static void ticket_free(struct gssw_ticket *ticket)
{
    if (!ticket)
        return;
    release_cred(&ticket->cred);
    login_done(ticket->ccache);
    mem_free(ticket);
}

/* Kerberos could not be had: the realm or its KDC is not known, or not reached. A password that
 * the KDC refuses is not given to NTLM. */
static bool may_turn_to_ntlm(const struct pkg_cred *cred, rpcsec_status status)
{
    return cred->ntlm_allowed && status != RPCSEC_LOGON_DENIED && status != RPCSEC_NO_MEMORY &&
           identity_allows(cred->identity, "ntlm");
}

static rpcsec_status ask_ntlm(const struct pkg_cred *cred, struct gssw_ticket *ticket,
                              struct rpcsec_error *err)
{
    ticket->ntlm = true;
    return gssw_acquire_ntlm(cred->mech, GSS_C_INITIATE, cred->identity, &ticket->cred, err);
}

static rpcsec_status ask_kerberos(const struct pkg_cred *cred, struct gssw_ticket *ticket,
                                  struct rpcsec_error *err)
{
    struct pkg_cred_params params = {.outbound = true};
    rpcsec_status status;

    if (!identity_allows(cred->identity, "kerberos"))
        return RPCSEC_UNSUPPORTED;
    status = login(cred->identity, &ticket->ccache, err);

    if (status != RPCSEC_OK)
        return status;
    params.ccache = ticket->ccache;
    return acquire_for(cred->mech, GSS_C_INITIATE, &params, &ticket->cred, err);
}

static rpcsec_status ask_ticket(const struct pkg_cred *cred, struct gssw_ticket *ticket,
                                struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status = ask_kerberos(cred, ticket, &why);

    if (status != RPCSEC_OK && may_turn_to_ntlm(cred, status))
        return ask_ntlm(cred, ticket, err);
    if (status != RPCSEC_OK && error_wants(err))
        error_copy(err, &why);
    return status;
}

/* Two threads may ask at once: one of the tickets is kept. */
rpcsec_status gssw_initiator(struct pkg_cred *cred, gss_cred_id_t *ret_gss, bool *ret_ntlm,
                             struct rpcsec_error *err)
{
    struct gssw_ticket *there = atomic_load(&cred->ticket);
    struct gssw_ticket *ticket;
    rpcsec_status status;

    if (cred->initiator || !cred->identity || there) {
        *ret_gss = there ? there->cred : cred->initiator;
        *ret_ntlm = there ? there->ntlm : cred->ntlm;
        return *ret_gss ? RPCSEC_OK
                        : error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
                                    "the credential is not for outbound use");
    }
    ticket = ticket_new();
    if (!ticket)
        return error_no_memory(err);
    status = ask_ticket(cred, ticket, err);
    if (status != RPCSEC_OK) {
        ticket_free(ticket);
        return status;
    }
    if (!atomic_compare_exchange_strong(&cred->ticket, &there, ticket)) {
        ticket_free(ticket);
        ticket = there;
    }
    *ret_gss = ticket->cred;
    *ret_ntlm = ticket->ntlm;
    return RPCSEC_OK;
}

/* A name without a password or keytab means the cache that holds this principal's ticket. */
static rpcsec_status use_identity(struct pkg_cred *cred, struct pkg_cred_params *params,
                                  char *principal, size_t max, struct rpcsec_error *err)
{
    const struct identity *identity = params->identity;
    bool enterprise;

    if (!identity_allows(identity, "kerberos") && !cred->ntlm_allowed)
        return error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_ARGUMENT,
                         "the identity's package list leaves Kerberos out");
    if (identity_principal(identity, principal, max, &enterprise) != RPCSEC_OK) {
        if (identity->has_password)
            return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                             "the identity has a password and names no user");
        principal = NULL;
    }
    params->principal = principal;
    if (!identity->has_password && !identity->keytab)
        return RPCSEC_OK;
    cred->identity = identity_copy(identity);
    if (!cred->identity)
        return error_no_memory(err);
    params->outbound = false; /* asked for at the first use */
    if (!identity->keytab || !params->inbound)
        return RPCSEC_OK;
    params->principal = NULL;
    return login_keytab(cred->identity, &cred->keytab, err);
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
    if (outbound == RPCSEC_OK && params->impersonate)
        outbound = impersonate(cred->mech, params->impersonate, &cred->initiator, err);
    if (params->inbound)
        inbound = acquire_for(cred->mech, params->constrained ? GSS_C_BOTH : GSS_C_ACCEPT,
                              params, &cred->acceptor, outbound == RPCSEC_OK ? NULL : err);
    if (outbound == RPCSEC_OK || inbound == RPCSEC_OK)
        return RPCSEC_OK;
    return params->inbound ? inbound : outbound;
}

/* Without any Kerberos credential Negotiate is for NTLM alone. */
static rpcsec_status acquire_ntlm_uses(struct pkg_cred *cred,
                                       const struct pkg_cred_params *params,
                                       struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    error_clear(err);
    cred->ntlm = true;
    if (params->outbound)
        status = gssw_acquire_ntlm(cred->mech, GSS_C_INITIATE, NULL, &cred->initiator, err);
    if (status == RPCSEC_OK && params->inbound)
        status = gssw_acquire_ntlm(cred->mech, GSS_C_ACCEPT, NULL, &cred->acceptor, err);
    return status;
}

static rpcsec_status acquire_all(struct pkg_cred *cred, const struct pkg_cred_params *given,
                                 struct rpcsec_error *err)
{
    char principal[PRINCIPAL_LEN];
    struct pkg_cred_params params = *given;
    rpcsec_status status = RPCSEC_OK;

    if (params.identity)
        status = use_identity(cred, &params, principal, sizeof(principal), err);
    if (status != RPCSEC_OK)
        return status;
    if (cred->keytab)
        params.keytab = cred->keytab;
    if (!params.outbound && !params.inbound)
        return RPCSEC_OK; /* later */
    params.ntlm = cred->ntlm_allowed;
    status = acquire_uses(cred, &params, cred->identity && given->outbound ? NULL : err);
    if (status != RPCSEC_OK && cred->ntlm_allowed)
        status = acquire_ntlm_uses(cred, &params, err);
    return cred->identity && given->outbound ? RPCSEC_OK : status;
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
    cred->ntlm_allowed = params->ntlm && gssw_is_spnego(mech) && gssw_has_ntlm();
    status = acquire_all(cred, params, err);
    if (status != RPCSEC_OK) {
        gssw_free_cred(cred);
        return status;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

rpcsec_status gssw_cred_of(gss_OID mech, gss_cred_id_t gss, struct pkg_cred **ret_cred)
{
    struct pkg_cred *cred = mem_zalloc(sizeof(*cred));

    if (!cred)
        return RPCSEC_NO_MEMORY;
    cred->mech = mech;
    cred->initiator = gss;
    *ret_cred = cred;
    return RPCSEC_OK;
}

void gssw_free_cred(struct pkg_cred *cred)
{
    if (!cred)
        return;
    ticket_free(atomic_load(&cred->ticket));
    release_cred(&cred->initiator);
    release_cred(&cred->acceptor);
    login_keytab_done(cred->keytab);
    identity_free(cred->identity);
    mem_free(cred);
}

/* ---- Names ---- */

static rpcsec_status name_of_identity(const struct identity *identity, char **ret_name)
{
    char principal[PRINCIPAL_LEN];
    bool enterprise;

    if (identity_principal(identity, principal, sizeof(principal), &enterprise) != RPCSEC_OK)
        return RPCSEC_NOT_FOUND;
    *ret_name = mem_strdup(principal);
    return *ret_name ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

rpcsec_status gssw_cred_name(struct pkg_cred *cred, bool outbound, char **ret_name,
                             struct rpcsec_error *err)
{
    struct gssw_act act = {.doing = "name the credential", .mech = cred->mech};
    gss_cred_id_t gss = outbound ? cred->initiator : cred->acceptor;
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor = 0;
    OM_uint32 major;

    if (outbound && !gss && cred->identity)
        return name_of_identity(cred->identity, ret_name);
    /* gss-ntlmssp 1.2 reads a name that an acceptor's credential does not have.
     * Test: handshakes_of_ntlm. */
    if (!gss || (!outbound && cred->ntlm))
        return RPCSEC_NOT_FOUND;
    major = gss_inquire_cred(&minor, gss, &name, NULL, NULL, NULL);
    if (major != GSS_S_COMPLETE)
        return gssw_fail(&act, major, minor, err);
    if (name == GSS_C_NO_NAME)
        return RPCSEC_NOT_FOUND;
    *ret_name = gssw_name_text(name);
    gssw_release_name(&name);
    return *ret_name ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}
