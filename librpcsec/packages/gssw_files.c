/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_files.c: which file of Kerberos cannot be used, and why. Layer: packages.
 * Document: MIT krb5 "Developing with krb5" (credential caches, keytabs).
 *
 * GSS-API calls every file that it cannot open "nonexistent or empty", blames krb5.conf's
 * faults on whatever it was about to do, and in MIT 1.20 frees garbage when a cache of the
 * default collection cannot be read. So caches are looked at before, the rest after a failure.
 */
#include "packages/gssw.h"

#include <errno.h>
#include <stdlib.h>

#include <krb5/krb5.h>

#include "base/error.h"
#include "base/text.h"

#define DEFAULT_CONFIG "/etc/krb5.conf"

/* ---- krb5.conf ---- */

static const char *config_path(void)
{
    const char *path = secure_getenv("KRB5_CONFIG");

    return path ? path : DEFAULT_CONFIG;
}

/* A context, or the sentence that blames the configuration. */
static rpcsec_status open_krb5(krb5_context *ret_krb5, struct rpcsec_error *err)
{
    krb5_error_code code = krb5_init_context(ret_krb5);
    const char *text;

    if (code == 0)
        return RPCSEC_OK;
    if (code == ENOMEM)
        return error_no_memory(err);
    text = krb5_get_error_message(NULL, code);
    error_set(
        err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
        "cannot use the Kerberos configuration %s: %s; mend it, let this user read it, or "
        "name another with KRB5_CONFIG",
        config_path(), text);
    krb5_free_error_message(NULL, text);
    return RPCSEC_NO_CREDENTIALS;
}

/* ---- credential caches ---- */

static bool is_unreadable(krb5_error_code code)
{
    return code != 0 && code != KRB5_FCC_NOFILE && code != KRB5_CC_NOTFOUND;
}

static rpcsec_status blame_cache(krb5_context krb5, krb5_ccache cache, krb5_error_code code,
                                 struct rpcsec_error *err)
{
    const char *text = krb5_get_error_message(krb5, code);
    char *name = NULL;
    krb5_error_code unnamed = krb5_cc_get_full_name(krb5, cache, &name);

    error_set(
        err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
        "cannot use the credential cache %s: %s; let this user read it, run kinit, or name "
        "another with KRB5CCNAME",
        unnamed ? "" : name, text);
    krb5_free_string(krb5, name);
    krb5_free_error_message(krb5, text);
    return RPCSEC_NO_CREDENTIALS;
}

/* MIT looks through the collection until a cache has a principal; so does this. */
static rpcsec_status look_through(krb5_context krb5, krb5_cccol_cursor cursor,
                                  struct rpcsec_error *err)
{
    krb5_ccache cache = NULL;
    krb5_principal principal = NULL;
    krb5_error_code code = 0;
    rpcsec_status status = RPCSEC_OK;

    while (!principal && status == RPCSEC_OK &&
           krb5_cccol_cursor_next(krb5, cursor, &cache) == 0 && cache) {
        code = krb5_cc_get_principal(krb5, cache, &principal);
        if (is_unreadable(code))
            status = blame_cache(krb5, cache, code, err);
        krb5_cc_close(krb5, cache);
    }
    krb5_free_principal(krb5, principal);
    return status;
}

rpcsec_status gssw_check_caches(struct rpcsec_error *err)
{
    krb5_context krb5 = NULL;
    krb5_cccol_cursor cursor = NULL;
    rpcsec_status status = open_krb5(&krb5, err);

    if (status != RPCSEC_OK)
        return status;
    if (krb5_cccol_cursor_new(krb5, &cursor) == 0) {
        status = look_through(krb5, cursor, err);
        krb5_cccol_cursor_free(krb5, &cursor);
    }
    krb5_free_context(krb5);
    return status;
}

/* ---- keytabs ---- */

static krb5_error_code open_keytab(krb5_context krb5, const char *name, krb5_keytab *ret_keytab)
{
    return name ? krb5_kt_resolve(krb5, name, ret_keytab) : krb5_kt_default(krb5, ret_keytab);
}

/* 0 when an entry can be read. */
static krb5_error_code read_entry(krb5_context krb5, krb5_keytab keytab)
{
    krb5_kt_cursor cursor;
    krb5_keytab_entry entry;
    krb5_error_code code = krb5_kt_start_seq_get(krb5, keytab, &cursor);

    if (code != 0)
        return code;
    code = krb5_kt_next_entry(krb5, keytab, &entry, &cursor);
    if (code == 0)
        krb5_free_keytab_entry_contents(krb5, &entry);
    krb5_kt_end_seq_get(krb5, keytab, &cursor);
    return code;
}

static const char *keytab_advice(krb5_error_code code)
{
    switch (code) {
    case ENOENT:
    case KRB5_KT_NOTFOUND:
        return "there is no such file: extract a keytab (kadmin: ktadd), or name another with "
               "KRB5_KTNAME";
    case EACCES:
        return "it cannot be read: let the server's user read it";
    case KRB5_KT_END:
        return "it is empty: extract the service's key (kadmin: ktadd)";
    default:
        return "it is no keytab: extract it again (kadmin: ktadd)";
    }
}

static void blame_keytab(krb5_context krb5, krb5_keytab keytab, krb5_error_code code,
                         struct rpcsec_error *err)
{
    char name[256] = "";

    if (keytab && krb5_kt_get_name(krb5, keytab, name, sizeof(name)) != 0)
        name[0] = '\0';
    error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY, "cannot use the keytab %s: %s",
              name, keytab_advice(code));
}

static void look_at_keytab(krb5_context krb5, const char *name, struct rpcsec_error *err)
{
    krb5_keytab keytab = NULL;
    krb5_error_code code = open_keytab(krb5, name, &keytab);

    if (code == 0)
        code = read_entry(krb5, keytab);
    if (code != 0)
        blame_keytab(krb5, keytab, code, err);
    if (keytab)
        krb5_kt_close(krb5, keytab);
}

rpcsec_status gssw_blame_file(const struct gssw_act *act, struct rpcsec_error *err)
{
    const rpcsec_status before = err->status;
    krb5_context krb5 = NULL;

    err->status = RPCSEC_OK; /* so that a better sentence replaces the text */
    if (open_krb5(&krb5, err) == RPCSEC_OK && !act->initiator)
        look_at_keytab(krb5, act->name, err);
    if (krb5)
        krb5_free_context(krb5);
    if (err->status == RPCSEC_OK)
        err->status = before;
    return err->status;
}
