/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_name.c: names between callers and GSS-API. Layer: packages. Documents: RFC 1964
 * 2.1.1, RFC 4120 6.2.
 *
 * Targets are imported as principal names, never as host-based services: GSS-API would look
 * the latter up in DNS, and whoever answers there would choose the server's identity.
 */
#include "packages/gssw.h"

#include <string.h>

#include <krb5/krb5.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

const gss_OID_desc gssw_spnego = {6, (void *)(uintptr_t) "\x2b\x06\x01\x05\x05\x02"};

const gss_OID_desc gssw_ntlm = {10, (void *)(uintptr_t) "\x2b\x06\x01\x04\x01\x82\x37"
                                                        "\x02\x02\x0a"};

static bool same_oid(gss_const_OID a, gss_const_OID b)
{
    return a && a->length == b->length && memcmp(a->elements, b->elements, b->length) == 0;
}

bool gssw_is_spnego(gss_const_OID mech)
{
    return same_oid(mech, &gssw_spnego);
}

bool gssw_is_kerberos(gss_const_OID mech)
{
    return same_oid(mech, gss_mech_krb5) || same_oid(mech, gss_mech_krb5_wrong);
}

bool gssw_is_ntlm(gss_const_OID mech)
{
    return same_oid(mech, &gssw_ntlm);
}

/* A principal with room for a realm. */
#define NAME_LEN (2 * LIMIT_SPN_LEN + 2)

static rpcsec_status bad_target(const char *target, const char *why, struct rpcsec_error *err)
{
    char clean[LIMIT_SPN_LEN + 1];

    text_clean(clean, sizeof(clean), target, strnlen(target, LIMIT_SPN_LEN));
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "the target \"%s\" is not a service principal: %s", clean, why);
}

/* "host" of "service/host:port/more". */
static void host_of(const char *target, char *out, size_t max)
{
    const char *host = strchr(target, '/') + 1;

    text_print(out, max, "%.*s", (int)strcspn(host, ":/@"), host);
}

/* The realm that krb5.conf's [domain_realm] gives for a host; "" when it gives none. */
static void mapped_realm(const char *host, char *out, size_t max)
{
    krb5_context context = NULL;
    char **realms = NULL;

    out[0] = '\0';
    if (host[0] == '\0' || krb5_init_context(&context) != 0)
        return;
    if (krb5_get_host_realm(context, host, &realms) == 0) {
        if (realms && realms[0])
            text_print(out, max, "%s", realms[0]);
        krb5_free_host_realm(context, realms);
    }
    krb5_free_context(context);
}

static bool has_lower_case(const char *text)
{
    return strpbrk(text, "abcdefghijklmnopqrstuvwxyz") != NULL;
}

/* The principal's text for each form of target. */
static void principal_text(const char *target, char *out, size_t max)
{
    const char *at = strchr(target, '@');
    char host[LIMIT_SPN_LEN + 1];
    char realm[LIMIT_SPN_LEN + 1] = "";

    if (!strchr(target, '/')) {
        /* service@host.name against user@REALM: realms are written in upper case. */
        if (at && has_lower_case(at))
            text_print(out, max, "%.*s/%s", (int)(at - target), target, at + 1);
        else
            text_print(out, max, "%s", target);
        return;
    }
    if (!at) {
        host_of(target, host, sizeof(host));
        mapped_realm(host, realm, sizeof(realm));
    }
    text_print(out, max, "%s%s%s", target, realm[0] ? "@" : "", realm);
}

rpcsec_status gssw_import_target(const char *target, gss_name_t *ret_name,
                                 struct rpcsec_error *err)
{
    char principal[NAME_LEN];
    gss_buffer_desc text;
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 major;
    OM_uint32 minor = 0;

    if (!target || target[0] == '\0')
        return error_set(err, RPCSEC_TARGET_UNKNOWN, RPCSEC_LAYER_ARGUMENT,
                         "Kerberos needs the service principal of the server");
    if (strnlen(target, LIMIT_SPN_LEN + 1) > LIMIT_SPN_LEN)
        return bad_target(target, "it is too long", err);
    if (strchr(target, '\\'))
        return bad_target(target, "DOMAIN\\name is not taken, write name@REALM", err);
    principal_text(target, principal, sizeof(principal));
    text.value = principal;
    text.length = strlen(principal);
    major = gss_import_name(&minor, &text, (gss_OID)GSS_KRB5_NT_PRINCIPAL_NAME, &name);
    if (major != GSS_S_COMPLETE)
        return gssw_fail(&(struct gssw_act){.doing = "use the name",
                                            .name = principal,
                                            .initiator = true,
                                            .mech = (gss_OID)gss_mech_krb5},
                         major, minor, err);
    *ret_name = name;
    return RPCSEC_OK;
}

rpcsec_status gssw_import_ntlm_target(const char *target, gss_name_t *ret_name,
                                      struct rpcsec_error *err)
{
    char service[NAME_LEN];
    char host[LIMIT_SPN_LEN + 1];
    gss_buffer_desc text = {.value = service};
    OM_uint32 minor = 0;
    OM_uint32 major;

    if (!target || !strchr(target, '/'))
        return RPCSEC_OK;
    if (strnlen(target, LIMIT_SPN_LEN + 1) > LIMIT_SPN_LEN)
        return bad_target(target, "it is too long", err);
    host_of(target, host, sizeof(host));
    text_print(service, sizeof(service), "%.*s@%s", (int)strcspn(target, "/"), target, host);
    text.length = strlen(service);
    major = gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, ret_name);
    return major == GSS_S_COMPLETE ? RPCSEC_OK : bad_target(target, "GSS refuses it", err);
}

char *gssw_name_text(gss_name_t name)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor = 0;
    char *copy;

    if (name == GSS_C_NO_NAME)
        return NULL;
    if (gss_display_name(&minor, name, &text, NULL) != GSS_S_COMPLETE)
        return NULL;
    copy = mem_zalloc(text.length + 1);
    if (copy && text.length > 0)
        memcpy(copy, text.value, text.length);
    gss_release_buffer(&minor, &text);
    return copy;
}

void gssw_release_name(gss_name_t *name)
{
    OM_uint32 minor = 0;

    if (*name != GSS_C_NO_NAME)
        gss_release_name(&minor, name);
}
