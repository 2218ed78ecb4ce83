/* SPDX-License-Identifier: MIT
 *
 * packages/identity.c: a user as a program names it. Layer: packages.
 */
#include "packages/identity.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <krb5/krb5.h>

#include "base/alloc.h"
#include "base/text.h"

struct identity *identity_new(void)
{
    struct identity *identity = secret_alloc(sizeof(*identity));

    if (identity)
        memset(identity, 0, sizeof(*identity));
    return identity;
}

struct identity *identity_copy(const struct identity *identity)
{
    struct identity *copy = identity_new();

    if (!copy)
        return NULL;
    memcpy(copy, identity, sizeof(*copy));
    copy->keytab = NULL;
    if (identity->keytab) {
        copy->keytab = secret_alloc(identity->keytab_len);
        if (!copy->keytab) {
            identity_free(copy);
            return NULL;
        }
        memcpy(copy->keytab, identity->keytab, identity->keytab_len);
    }
    return copy;
}

void identity_free(struct identity *identity)
{
    if (!identity)
        return;
    if (identity->keytab)
        secret_free(identity->keytab, identity->keytab_len);
    secret_free(identity, sizeof(*identity));
}

/* ---- Principals ---- */

static void upper_case(const char *text, char *out, size_t max)
{
    size_t at = 0;

    for (; text[at] && at + 1 < max; at++)
        out[at] = (char)toupper((unsigned char)text[at]);
    out[at] = '\0';
}

/* "LAB" of LAB.EXAMPLE. */
static bool is_first_label(const char *domain, const char *realm)
{
    size_t len = strlen(domain);

    return strncasecmp(domain, realm, len) == 0 && realm[len] == '.';
}

static bool realm_by_config(krb5_context context, const char *domain, char *out, size_t max)
{
    char **realms = NULL;
    bool found;

    if (krb5_get_host_realm(context, domain, &realms) != 0)
        return false;
    found = realms && realms[0] && realms[0][0];
    if (found)
        text_print(out, max, "%s", realms[0]);
    krb5_free_host_realm(context, realms);
    return found;
}

static void realm_of(const char *domain, char *out, size_t max)
{
    krb5_context context = NULL;
    char *realm = NULL;
    bool found = false;

    if (!strchr(domain, '.') && krb5_init_context(&context) == 0) {
        if (krb5_get_default_realm(context, &realm) == 0 && is_first_label(domain, realm)) {
            text_print(out, max, "%s", realm);
            found = true;
        }
        if (!found)
            found = realm_by_config(context, domain, out, max);
        krb5_free_default_realm(context, realm);
        krb5_free_context(context);
    }
    if (!found)
        upper_case(domain, out, max);
}

/* Puts a backslash before what separates in principals. */
static void quote(const char *text, char *out, size_t max)
{
    size_t at = 0;

    for (; *text && at + 2 < max; text++) {
        if (strchr("\\@/", *text))
            out[at++] = '\\';
        out[at++] = *text;
    }
    out[at] = '\0';
}

rpcsec_status identity_principal(const struct identity *identity, char *out, size_t max,
                                 bool *ret_enterprise)
{
    const char *user = identity->user;
    const char *split = strchr(user, '\\');
    char domain[LIMIT_IDENTITY_LEN + 1];
    char name[2 * LIMIT_IDENTITY_LEN + 1];
    char realm[LIMIT_IDENTITY_LEN + 1] = "";
    int len;

    text_print(domain, sizeof(domain), "%s", identity->domain);
    *ret_enterprise = false;
    if (!domain[0] && !split && strchr(user, '@')) {
        *ret_enterprise = true;
        text_print(out, max, "%s", user);
        return RPCSEC_OK;
    }
    if (split && !domain[0]) {
        text_print(domain, sizeof(domain), "%.*s", (int)(split - user), user);
        user = split + 1;
    }
    if (!user[0])
        return RPCSEC_INVALID_ARGUMENT;
    quote(user, name, sizeof(name));
    if (domain[0])
        realm_of(domain, realm, sizeof(realm));
    len = (int)strlen(name);
    text_print(out, max, "%.*s%s%s", len, name, realm[0] ? "@" : "", realm);
    return RPCSEC_OK;
}

/* ---- Package lists ---- */

bool identity_allows(const struct identity *identity, const char *package)
{
    const char *at = identity ? identity->packages : "";
    bool is_listed = false;
    bool has_names = false;

    while (*at) {
        size_t len = strcspn(at, ",");
        bool leaves_out = *at == '!';
        const char *name = at + leaves_out;
        size_t name_len = len - leaves_out;
        bool same = strlen(package) == name_len && strncasecmp(name, package, name_len) == 0;

        if (same && leaves_out)
            return false;
        has_names = has_names || (!leaves_out && name_len > 0);
        is_listed = is_listed || same;
        at += len + (at[len] == ',');
    }
    return is_listed || !has_names;
}
