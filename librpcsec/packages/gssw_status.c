/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_status.c: GSS status -> rpcsec_status, the one place. Layer: packages.
 * Documents: RFC 2744 3.9, RFC 4120 7.5.9.
 *
 * The minor status is looked at first, as the major of most Kerberos failures is FAILURE. The
 * mechanism's own text is kept: it names the principal, the file or the KDC.
 */
#include "packages/gssw.h"

#include <errno.h>
#include <string.h>

#include <krb5/krb5.h>

#include "base/error.h"
#include "base/text.h"

struct rule {
    krb5_error_code minor;
    rpcsec_status initiator;
    rpcsec_status acceptor;
    const char *cause; /* likely cause or next step */
};

#define BOTH(status) RPCSEC_##status, RPCSEC_##status

static const struct rule rules[] = {
    {KRB5_CC_NOTFOUND, BOTH(NO_CREDENTIALS), "there is no credential cache: run kinit"},
    {KRB5_FCC_NOFILE, BOTH(NO_CREDENTIALS), "there is no credential cache: run kinit"},
    {KRB5_FCC_PERM, BOTH(NO_CREDENTIALS), "the credential cache cannot be read"},
    {KRB5_NOCREDS_SUPPLIED, BOTH(NO_CREDENTIALS), "the credential cache is empty: run kinit"},
    {KRB5_KT_NOTFOUND, RPCSEC_NO_CREDENTIALS, RPCSEC_NO_KEY,
     "the keytab holds no key for the service principal"},
    {KRB5_KT_KVNONOTFOUND, BOTH(NO_KEY),
     "the ticket is for another key version than the keytab holds: extract the keytab again"},
    {KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, BOTH(TARGET_UNKNOWN),
     "the service principal is misspelt or not registered at the KDC"},
    {KRB5_KDC_UNREACH, BOTH(NO_KDC), "no KDC answers: check the network and krb5.conf"},
    {KRB5_REALM_UNKNOWN, BOTH(NO_KDC), "krb5.conf names no KDC for the realm"},
    {KRB5_REALM_CANT_RESOLVE, BOTH(NO_KDC), "the KDC's host name is not known"},
    {KRB5KRB_AP_ERR_SKEW, BOTH(TIME_SKEW), "set the clocks of client, server and KDC"},
    {KRB5KRB_AP_ERR_TKT_NYV, BOTH(TIME_SKEW), "the ticket is not valid yet: set the clocks"},
    {KRB5KRB_AP_ERR_TKT_EXPIRED, RPCSEC_CREDENTIALS_EXPIRED, RPCSEC_CONTEXT_EXPIRED,
     "the ticket has expired: run kinit"},
    {KRB5KRB_AP_ERR_BAD_INTEGRITY, BOTH(LOGON_DENIED),
     "the key or password is not the right one"},
    {KRB5KDC_ERR_PREAUTH_FAILED, BOTH(LOGON_DENIED), "the password is wrong"},
    {KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, BOTH(LOGON_DENIED), "the KDC does not know the client"},
    {KRB5KDC_ERR_CLIENT_REVOKED, BOTH(LOGON_DENIED), "the account is locked"},
    {KRB5KDC_ERR_NAME_EXP, BOTH(LOGON_DENIED), "the account has expired"},
    {KRB5KDC_ERR_KEY_EXP, BOTH(LOGON_DENIED), "the password has expired"},
    {KRB5KDC_ERR_POLICY, BOTH(LOGON_DENIED), "the KDC's policy refuses it"},
    {KRB5KDC_ERR_BADOPTION, BOTH(LOGON_DENIED), "the KDC refuses the option"},
    {KRB5KRB_AP_ERR_NOT_US, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY,
     "the ticket is for another principal than the keytab holds"},
    {KRB5KRB_AP_WRONG_PRINC, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY,
     "the ticket is for another principal than the keytab holds"},
    {KRB5KRB_AP_ERR_NOKEY, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY,
     "the keytab holds no key for the ticket"},
    {KRB5KRB_AP_ERR_BADKEYVER, RPCSEC_WRONG_PRINCIPAL, RPCSEC_NO_KEY,
     "the ticket is for another key version than the keytab holds: extract the keytab again"},
    {KRB5KRB_AP_ERR_MODIFIED, RPCSEC_WRONG_PRINCIPAL, RPCSEC_LOGON_DENIED,
     "the token was altered, or the service's key differs from the KDC's"},
    {KRB5_MUTUAL_FAILED, BOTH(WRONG_PRINCIPAL), "the server does not hold the ticket's key"},
    {KRB5KRB_AP_ERR_MUT_FAIL, BOTH(WRONG_PRINCIPAL),
     "the server does not hold the ticket's key"},
    {KRB5KRB_AP_ERR_REPEAT, BOTH(LOGON_DENIED), "the token was sent before: a replay"},
    {KRB5KRB_AP_ERR_MSG_TYPE, BOTH(BAD_TOKEN),
     "what the peer or the KDC sent is of another kind"},
    {KRB5KRB_AP_ERR_BADVERSION, BOTH(BAD_TOKEN),
     "what the peer or the KDC sent is of another kind"},
    {KRB5KDC_ERR_ETYPE_NOSUPP, BOTH(BAD_ENCTYPE),
     "client, service and KDC share no encryption type"},
    {KRB5_CONFIG_ETYPE_NOSUPP, BOTH(BAD_ENCTYPE), "krb5.conf leaves no encryption type to use"},
    {KRB5_CC_NOT_KTYPE, BOTH(BAD_ENCTYPE),
     "krb5.conf permits no encryption type that the ticket has (permitted_enctypes)"},
    {KRB5_NOPERM_ETYPE, BOTH(BAD_ENCTYPE), "krb5.conf does not permit the encryption type"},
    {KRB5_BAD_MSIZE, BOTH(BUFFER_TOO_SMALL), "the token's buffer is too small"},
    {KRB5_CONFIG_CANTOPEN, BOTH(NO_CREDENTIALS), "krb5.conf cannot be read"},
    {KRB5_CONFIG_BADFORMAT, BOTH(NO_CREDENTIALS), "krb5.conf is malformed"},
    {KRB5_CONFIG_NODEFREALM, BOTH(NO_CREDENTIALS), "set default_realm in krb5.conf"},
    {KRB5_PARSE_MALFORMED, BOTH(INVALID_ARGUMENT),
     "a principal is written SERVICE/HOST or SERVICE/HOST@REALM"},
    {KRB5KRB_ERR_GENERIC, BOTH(SECURITY_FAILURE), "the KDC's log may tell why"},
    {ENOENT, BOTH(NO_CREDENTIALS), "the file does not exist"},
    {EACCES, BOTH(NO_CREDENTIALS), "the file cannot be read"},
    {ENOMEM, BOTH(NO_MEMORY), ""},
};

/* For minors that mean something else in a server's answer. RFC 4120 3.1.5, 3.2.5. */
static const struct rule answer_rules[] = {
    {KRB5KRB_AP_ERR_BAD_INTEGRITY, BOTH(WRONG_PRINCIPAL),
     "the server does not hold the ticket's key"},
    {KRB5KRB_ERR_GENERIC, BOTH(LOGON_DENIED),
     "the server refuses the client; its log may tell why"},
};

/* For failures whose minor says nothing. */
static const struct {
    OM_uint32 major;
    rpcsec_status status;
    const char *cause;
} major_rules[] = {
    {GSS_S_NO_CRED, RPCSEC_NO_CREDENTIALS, "there are no credentials"},
    {GSS_S_DEFECTIVE_TOKEN, RPCSEC_BAD_TOKEN, "the peer's token is malformed"},
    {GSS_S_DEFECTIVE_CREDENTIAL, RPCSEC_NO_CREDENTIALS, "the credentials are not usable"},
    {GSS_S_CREDENTIALS_EXPIRED, RPCSEC_CREDENTIALS_EXPIRED, "the credentials have expired"},
    {GSS_S_CONTEXT_EXPIRED, RPCSEC_CONTEXT_EXPIRED, "the context has expired"},
    {GSS_S_BAD_SIG, RPCSEC_BAD_TOKEN, "the peer's token was altered"},
    {GSS_S_BAD_BINDINGS, RPCSEC_BAD_BINDINGS,
     "the client speaks through another channel than this one"},
    {GSS_S_BAD_NAME, RPCSEC_INVALID_ARGUMENT, "the name is not a principal"},
    {GSS_S_BAD_NAMETYPE, RPCSEC_INVALID_ARGUMENT, "the name is not a principal"},
    {GSS_S_BAD_MECH, RPCSEC_UNSUPPORTED, "the mechanism is not installed"},
    {GSS_S_UNAVAILABLE, RPCSEC_UNSUPPORTED, "the mechanism cannot do it"},
    {GSS_S_DUPLICATE_ELEMENT, RPCSEC_INTERNAL, ""},
};

static void status_text(OM_uint32 code, int kind, gss_OID mech, char *out, size_t max)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor = 0;
    OM_uint32 context = 0;

    out[0] = '\0';
    if (gss_display_status(&minor, code, kind, mech, &context, &text) != GSS_S_COMPLETE)
        return;
    text_clean(out, max, text.value, text.length);
    gss_release_buffer(&minor, &text);
}

/* The minor's text, which names things; the major's where there is none. */
static void gss_text(const struct gssw_act *act, OM_uint32 major, OM_uint32 minor, char *out,
                     size_t max)
{
    char major_text[256];
    char minor_text[256];

    status_text(major, GSS_C_GSS_CODE, GSS_C_NO_OID, major_text, sizeof(major_text));
    status_text(minor, GSS_C_MECH_CODE, act->mech, minor_text, sizeof(minor_text));
    text_print(out, max, "%s", minor != 0 && minor_text[0] ? minor_text : major_text);
}

/* MIT hands out a made-up minor status for what Kerberos says inside of SPNEGO. Both have the
 * same text, which the thread keeps until its next GSS failure; so that is how it is found. */
static OM_uint32 minor_inside(OM_uint32 minor)
{
    char text[256];
    char candidate[256];

    status_text(minor, GSS_C_MECH_CODE, (gss_OID)(uintptr_t)&gssw_spnego, text, sizeof(text));
    for (size_t i = 0; text[0] && i < sizeof(rules) / sizeof(rules[0]); i++) {
        status_text((OM_uint32)rules[i].minor, GSS_C_MECH_CODE, gss_mech_krb5, candidate,
                    sizeof(candidate));
        if (strcmp(text, candidate) == 0)
            return (OM_uint32)rules[i].minor;
    }
    return minor;
}

static const struct rule *find_rule(const struct rule *list, size_t num, OM_uint32 minor)
{
    for (size_t i = 0; minor != 0 && i < num; i++) {
        if ((OM_uint32)list[i].minor == minor)
            return &list[i];
    }
    return NULL;
}

static rpcsec_status by_minor(const struct gssw_act *act, OM_uint32 major, OM_uint32 minor,
                              const char **ret_cause)
{
    const struct rule *rule;

    if (minor != 0 && gssw_is_spnego(act->mech))
        minor = minor_inside(minor);
    /* When a credential is acquired this minor means that there is no keytab at all. */
    if (minor == (OM_uint32)KRB5_KT_NOTFOUND && GSS_ROUTINE_ERROR(major) == GSS_S_NO_CRED) {
        *ret_cause = "name a keytab that exists and can be read (KRB5_KTNAME)";
        return RPCSEC_NO_CREDENTIALS;
    }
    rule = act->answered
               ? find_rule(answer_rules, sizeof(answer_rules) / sizeof(answer_rules[0]), minor)
               : NULL;
    if (!rule)
        rule = find_rule(rules, sizeof(rules) / sizeof(rules[0]), minor);
    if (!rule)
        return RPCSEC_OK;
    *ret_cause = rule->cause;
    return act->initiator ? rule->initiator : rule->acceptor;
}

static rpcsec_status by_major(OM_uint32 major, const char **ret_cause)
{
    for (size_t i = 0; i < sizeof(major_rules) / sizeof(major_rules[0]); i++) {
        if (major_rules[i].major == GSS_ROUTINE_ERROR(major)) {
            *ret_cause = major_rules[i].cause;
            return major_rules[i].status;
        }
    }
    return RPCSEC_SECURITY_FAILURE;
}

/* Fills the fields of an error that nobody has filled yet. */
static void fill(const struct gssw_act *act, OM_uint32 major, OM_uint32 minor,
                 struct rpcsec_error *err)
{
    err->gss_major = major;
    err->gss_minor = minor;
    gss_text(act, major, minor, err->gss_text, sizeof(err->gss_text));
    if (act->initiator && act->name)
        text_print(err->spn, sizeof(err->spn), "%s", act->name);
}

rpcsec_status gssw_fail(const struct gssw_act *act, OM_uint32 major, OM_uint32 minor,
                        struct rpcsec_error *err)
{
    const char *cause = "";
    rpcsec_status status = by_minor(act, major, minor, &cause);

    if (status == RPCSEC_OK)
        status = by_major(major, &cause);
    if (!error_wants(err))
        return status;
    fill(act, major, minor, err);
    return error_set(err, status, RPCSEC_LAYER_SECURITY, "cannot %s%s%s: %s%s%s", act->doing,
                     act->name ? " " : "", act->name ? act->name : "", err->gss_text,
                     cause[0] ? "; " : "", cause);
}

rpcsec_status gssw_fail_krb5(const struct gssw_act *act, krb5_context context,
                             krb5_error_code code, struct rpcsec_error *err)
{
    const char *cause = "";
    rpcsec_status status = by_minor(act, GSS_S_FAILURE, (OM_uint32)code, &cause);
    const char *text;

    if (status == RPCSEC_OK)
        status = RPCSEC_SECURITY_FAILURE;
    if (!error_wants(err))
        return status;
    text = context ? krb5_get_error_message(context, code) : NULL;
    err->gss_minor = (OM_uint32)code;
    text_clean(err->gss_text, sizeof(err->gss_text), text ? text : "", text ? strlen(text) : 0);
    if (text)
        krb5_free_error_message(context, text);
    return error_set(err, status, RPCSEC_LAYER_SECURITY, "cannot %s %s: %s%s%s", act->doing,
                     act->name, err->gss_text, cause[0] ? "; " : "", cause);
}

rpcsec_status gssw_message_status(OM_uint32 major)
{
    if (major == GSS_S_COMPLETE)
        return RPCSEC_OK;
    switch (GSS_ROUTINE_ERROR(major)) {
    case 0: /* RFC 2743 1.2.3: replayed, old, out of order or with a gap before it */
        return (major &
                (GSS_S_DUPLICATE_TOKEN | GSS_S_OLD_TOKEN | GSS_S_UNSEQ_TOKEN | GSS_S_GAP_TOKEN))
                   ? RPCSEC_OUT_OF_SEQUENCE
                   : RPCSEC_SECURITY_FAILURE;
    case GSS_S_BAD_SIG:
        return RPCSEC_BAD_SIGNATURE;
    case GSS_S_DEFECTIVE_TOKEN:
        return RPCSEC_BAD_TOKEN;
    case GSS_S_CONTEXT_EXPIRED:
    case GSS_S_CREDENTIALS_EXPIRED:
        return RPCSEC_CONTEXT_EXPIRED;
    case GSS_S_NO_CONTEXT:
        return RPCSEC_INVALID_STATE;
    default:
        return RPCSEC_SECURITY_FAILURE;
    }
}
