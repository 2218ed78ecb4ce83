/* SPDX-License-Identifier: MIT
 *
 * packages/login.c: tickets of the KDC for a password or a keytab. Layer: packages. Documents:
 * RFC 4120 3.1, RFC 6806 5, RFC 3244.
 */
#include "packages/login.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <krb5/krb5.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "packages/gssw.h"

#define PRINCIPAL_LEN (3 * LIMIT_IDENTITY_LEN + 2)

/* One conversation with a KDC. */
struct talk {
    krb5_context context;
    krb5_principal principal;
    krb5_keytab keytab; /* NULL: the password */
    const char *password;
    char name[PRINCIPAL_LEN];
    bool enterprise;
};

static rpcsec_status fail(const struct talk *talk, krb5_error_code code, const char *doing,
                          struct rpcsec_error *err)
{
    const struct gssw_act act = {
        .doing = doing, .name = talk->name, .initiator = true, .mech = gss_mech_krb5};

    return gssw_fail_krb5(&act, talk->context, code, err);
}

static krb5_error_code parse(struct talk *talk, bool enterprise)
{
    krb5_free_principal(talk->context, talk->principal);
    talk->principal = NULL;
    return krb5_parse_name_flags(talk->context, talk->name,
                                 enterprise ? KRB5_PRINCIPAL_PARSE_ENTERPRISE : 0,
                                 &talk->principal);
}

static rpcsec_status talk_begin(struct talk *talk, const struct identity *identity,
                                struct rpcsec_error *err)
{
    krb5_error_code code;

    memset(talk, 0, sizeof(*talk));
    talk->password = identity->password;
    if (identity_principal(identity, talk->name, sizeof(talk->name), &talk->enterprise) !=
        RPCSEC_OK)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the identity names no user");
    code = krb5_init_context(&talk->context);
    if (code == 0)
        code = parse(talk, false);
    return code == 0 ? RPCSEC_OK : fail(talk, code, "use the name", err);
}

static void talk_end(struct talk *talk)
{
    if (talk->keytab)
        krb5_kt_close(talk->context, talk->keytab);
    krb5_free_principal(talk->context, talk->principal);
    if (talk->context)
        krb5_free_context(talk->context);
}

/* ---- Tickets ---- */

static krb5_error_code ask(struct talk *talk, krb5_get_init_creds_opt *options,
                           const char *service, krb5_creds *ret_creds)
{
    if (talk->keytab)
        return krb5_get_init_creds_keytab(talk->context, ret_creds, talk->principal,
                                          talk->keytab, 0, service, options);
    return krb5_get_init_creds_password(talk->context, ret_creds, talk->principal,
                                        talk->password, NULL, NULL, 0, service, options);
}

/* First the name as a principal; when the KDC does not know it, as an enterprise name. */
static krb5_error_code get_creds(struct talk *talk, const char *service, krb5_creds *ret_creds)
{
    krb5_get_init_creds_opt *options = NULL;
    krb5_error_code code = krb5_get_init_creds_opt_alloc(talk->context, &options);

    if (code != 0)
        return code;
    krb5_get_init_creds_opt_set_change_password_prompt(options, 0);
    krb5_get_init_creds_opt_set_forwardable(options, service == NULL);
    code = ask(talk, options, service, ret_creds);
    if (talk->enterprise &&
        (code == KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN || code == KRB5_REALM_UNKNOWN ||
         code == KRB5_KDC_UNREACH) &&
        parse(talk, true) == 0) {
        krb5_error_code second;

        krb5_get_init_creds_opt_set_canonicalize(options, 1);
        second = ask(talk, options, service, ret_creds);
        code = second == 0 ? 0 : code;
    }
    krb5_get_init_creds_opt_free(talk->context, options);
    return code;
}

static krb5_error_code store(struct talk *talk, krb5_creds *creds, char **ret_ccache)
{
    krb5_ccache cache = NULL;
    char *name = NULL;
    krb5_error_code code = krb5_cc_new_unique(talk->context, "MEMORY", NULL, &cache);

    if (code != 0)
        return code;
    code = krb5_cc_initialize(talk->context, cache, creds->client);
    if (code == 0)
        code = krb5_cc_store_cred(talk->context, cache, creds);
    if (code == 0)
        code = krb5_cc_get_full_name(talk->context, cache, &name);
    if (code == 0 && !(*ret_ccache = mem_strdup(name)))
        code = ENOMEM;
    krb5_free_string(talk->context, name);
    if (code == 0)
        krb5_cc_close(talk->context, cache);
    else
        krb5_cc_destroy(talk->context, cache);
    return code;
}

static rpcsec_status open_keys(struct talk *talk, const char *keytab, struct rpcsec_error *err)
{
    krb5_error_code code;

    if (!keytab)
        return RPCSEC_OK;
    code = krb5_kt_resolve(talk->context, keytab, &talk->keytab);
    return code == 0 ? RPCSEC_OK : fail(talk, code, "use the keytab for", err);
}

rpcsec_status login(const struct identity *identity, char **ret_ccache,
                    struct rpcsec_error *err)
{
    krb5_creds creds = {0};
    char *keytab = NULL;
    struct talk talk;
    rpcsec_status status = talk_begin(&talk, identity, err);
    krb5_error_code code;

    if (status == RPCSEC_OK && identity->keytab)
        status = login_keytab(identity, &keytab, err);
    if (status == RPCSEC_OK)
        status = open_keys(&talk, keytab, err);
    if (status == RPCSEC_OK) {
        code = get_creds(&talk, NULL, &creds);
        if (code == 0)
            code = store(&talk, &creds, ret_ccache);
        if (code != 0)
            status = fail(&talk, code, "get a ticket for", err);
        krb5_free_cred_contents(talk.context, &creds);
    }
    talk_end(&talk);
    login_keytab_done(keytab);
    return status;
}

void login_done(char *ccache)
{
    krb5_context context = NULL;
    krb5_ccache cache = NULL;

    if (!ccache)
        return;
    if (krb5_init_context(&context) == 0) {
        if (krb5_cc_resolve(context, ccache, &cache) == 0)
            krb5_cc_destroy(context, cache);
        krb5_free_context(context);
    }
    mem_free(ccache);
}

/* ---- Keytabs ---- */

static krb5_error_code copy_entries(krb5_context context, krb5_keytab from, krb5_keytab to)
{
    krb5_kt_cursor cursor;
    krb5_keytab_entry entry;
    krb5_error_code code = krb5_kt_start_seq_get(context, from, &cursor);

    if (code != 0)
        return code;
    while (code == 0 && (code = krb5_kt_next_entry(context, from, &entry, &cursor)) == 0) {
        code = krb5_kt_add_entry(context, to, &entry);
        krb5_free_keytab_entry_contents(context, &entry);
    }
    krb5_kt_end_seq_get(context, from, &cursor);
    return code == KRB5_KT_END ? 0 : code;
}

/* The Kerberos library reads keytabs by name only: so the bytes get one, for a moment. */
static int file_of(const struct identity *identity, char *out, size_t max)
{
    int fd = memfd_create("keytab", MFD_CLOEXEC);

    if (fd < 0)
        return -1;
    if (write(fd, identity->keytab, identity->keytab_len) != (ssize_t)identity->keytab_len) {
        close(fd);
        return -1;
    }
    text_print(out, max, "FILE:/proc/self/fd/%d", fd);
    return fd;
}

static krb5_error_code fill_keytab(krb5_context context, const char *from_name,
                                   const char *to_name)
{
    krb5_keytab from = NULL;
    krb5_keytab to = NULL;
    krb5_error_code code = krb5_kt_resolve(context, from_name, &from);

    if (code != 0)
        return code;
    code = krb5_kt_resolve(context, to_name, &to);
    if (code == 0)
        code = copy_entries(context, from, to);
    krb5_kt_close(context, from);
    /* Left open on success: a keytab in memory lives while it is. */
    if (code != 0 && to)
        krb5_kt_close(context, to);
    return code;
}

rpcsec_status login_keytab(const struct identity *identity, char **ret_keytab,
                           struct rpcsec_error *err)
{
    char from[64];
    char to[64];
    krb5_context context = NULL;
    krb5_error_code code;
    char *name;
    int fd = file_of(identity, from, sizeof(from));

    if (fd < 0)
        return error_set(err, RPCSEC_SYSTEM, RPCSEC_LAYER_SECURITY,
                         "there is no memory file for a keytab");
    text_print(to, sizeof(to), "MEMORY:rpcsec-%p", (const void *)identity);
    name = mem_strdup(to);
    code = name ? krb5_init_context(&context) : ENOMEM;
    if (code == 0)
        code = fill_keytab(context, from, to);
    close(fd);
    if (context)
        krb5_free_context(context);
    if (code == 0) {
        *ret_keytab = name;
        return RPCSEC_OK;
    }
    mem_free(name);
    if (code == ENOMEM)
        return error_no_memory(err);
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "the identity's keytab cannot be read: it is not an MIT keytab file");
}

void login_keytab_done(char *keytab)
{
    krb5_context context = NULL;
    krb5_keytab table = NULL;

    if (!keytab)
        return;
    if (krb5_init_context(&context) == 0) {
        /* Once for this use, once for the one that login_keytab left open: they are counted. */
        if (krb5_kt_resolve(context, keytab, &table) == 0) {
            krb5_kt_close(context, table);
            krb5_kt_close(context, table);
        }
        krb5_free_context(context);
    }
    mem_free(keytab);
}

/* ---- Passwords ---- */

/* RFC 3244 2: the result code, and text of the KDC. */
static rpcsec_status refused(int result, const krb5_data *text, struct rpcsec_error *err)
{
    char clean[256];

    text_clean(clean, sizeof(clean), text->data, text->length);
    return error_set(err, RPCSEC_LOGON_DENIED, RPCSEC_LAYER_SECURITY,
                     "the KDC refuses the new password (%d)%s%s", result, clean[0] ? ": " : "",
                     clean);
}

rpcsec_status login_change_password(const struct identity *identity, const char *to,
                                    struct rpcsec_error *err)
{
    krb5_creds creds = {0};
    krb5_data code_text = {0};
    krb5_data text = {0};
    int result = 0;
    struct talk talk;
    rpcsec_status status = talk_begin(&talk, identity, err);

    if (status == RPCSEC_OK) {
        krb5_error_code code = get_creds(&talk, "kadmin/changepw", &creds);

        if (code == 0)
            code = krb5_change_password(talk.context, &creds, (char *)(uintptr_t)to, &result,
                                        &code_text, &text);
        if (code != 0)
            status = fail(&talk, code, "change the password of", err);
        else if (result != 0)
            status = refused(result, &text, err);
        krb5_free_data_contents(talk.context, &code_text);
        krb5_free_data_contents(talk.context, &text);
        krb5_free_cred_contents(talk.context, &creds);
    }
    talk_end(&talk);
    return status;
}
