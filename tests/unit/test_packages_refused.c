/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_refused.c: what becomes of logins, handshakes, messages and exports when a
 * call of libkrb5, GSS-API or libcrypto fails: each call in turn. And when memory ends, at each
 * place. Needs a realm with a user "bert" whose password is below; NTLM where it is installed.
 */
#include "harness/test.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "harness/alloc_check.h"
#include "packages/gssw.h"
#include "packages/login.h"

#define SERVICE  "greeter/server.test"
#define PASSWORD "Secret-of-bert"

/* ---- Libraries whose calls fail ---- */

static unsigned num_calls;  /* of wrapped functions */
static unsigned failing;    /* which of them; 0: none */
static const char *failed;  /* the function that did */
static int password_result; /* of krb5_change_password, which no KDC is asked for here */

static bool fails(const char *function)
{
    if (++num_calls != failing)
        return false;
    failed = function;
    return true;
}

#define WRAPPED(type, bad, name, params, args)            \
    type __real_##name params;                            \
    type __wrap_##name params;                            \
    type __wrap_##name params                             \
    {                                                     \
        return fails(#name) ? (bad) : __real_##name args; \
    }

#define KRB5(name, params, args) \
    WRAPPED(krb5_error_code, KRB5_CONFIG_BADFORMAT, name, params, args)

KRB5(krb5_init_context, (krb5_context * a), (a))
KRB5(krb5_parse_name_flags, (krb5_context a, const char *b, int c, krb5_principal *d),
     (a, b, c, d))
KRB5(krb5_get_init_creds_opt_alloc, (krb5_context a, krb5_get_init_creds_opt **b), (a, b))
KRB5(krb5_get_init_creds_keytab,
     (krb5_context a, krb5_creds *b, krb5_principal c, krb5_keytab d, krb5_deltat e,
      const char *f, krb5_get_init_creds_opt *g),
     (a, b, c, d, e, f, g))
KRB5(krb5_cc_new_unique, (krb5_context a, const char *b, const char *c, krb5_ccache *d),
     (a, b, c, d))
KRB5(krb5_cc_initialize, (krb5_context a, krb5_ccache b, krb5_principal c), (a, b, c))
KRB5(krb5_cc_store_cred, (krb5_context a, krb5_ccache b, krb5_creds *c), (a, b, c))
KRB5(krb5_cc_get_full_name, (krb5_context a, krb5_ccache b, char **c), (a, b, c))
KRB5(krb5_cc_resolve, (krb5_context a, const char *b, krb5_ccache *c), (a, b, c))
KRB5(krb5_kt_resolve, (krb5_context a, const char *b, krb5_keytab *c), (a, b, c))
KRB5(krb5_kt_start_seq_get, (krb5_context a, krb5_keytab b, krb5_kt_cursor *c), (a, b, c))
KRB5(krb5_kt_next_entry,
     (krb5_context a, krb5_keytab b, krb5_keytab_entry *c, krb5_kt_cursor *d), (a, b, c, d))
KRB5(krb5_kt_add_entry, (krb5_context a, krb5_keytab b, krb5_keytab_entry *c), (a, b, c))
KRB5(krb5_get_host_realm, (krb5_context a, const char *b, char ***c), (a, b, c))
KRB5(krb5_get_default_realm, (krb5_context a, char **b), (a, b))
WRAPPED(int, -1, memfd_create, (const char *a, unsigned b), (a, b))

/* The KDC does not know the name: so it is asked again for enterprise names. */
#define UNKNOWN KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN
WRAPPED(krb5_error_code, UNKNOWN, krb5_get_init_creds_password,
        (krb5_context a, krb5_creds *b, krb5_principal c, const char *d, krb5_prompter_fct e,
         void *f, krb5_deltat g, const char *h, krb5_get_init_creds_opt *i),
        (a, b, c, d, e, f, g, h, i))

krb5_error_code __wrap_krb5_change_password(krb5_context context, krb5_creds *creds,
                                            char *password, int *result, krb5_data *code,
                                            krb5_data *text);
krb5_error_code __wrap_krb5_change_password(krb5_context context, krb5_creds *creds,
                                            char *password, int *result, krb5_data *code,
                                            krb5_data *text)
{
    (void)context;
    (void)code;
    if (fails("krb5_change_password"))
        return KRB5_KDC_UNREACH;
    assert_non_null(creds->client);
    assert_string_equal(password, "Another-secret");
    *result = password_result;
    if (password_result == 4) {
        text->data = strdup("too \x1bshort");
        text->length = (unsigned)strlen("too \x1bshort");
    }
    return 0;
}

#define GSS(name, params, args) WRAPPED(OM_uint32, GSS_S_FAILURE, name, params, args)

GSS(gss_import_name, (OM_uint32 * a, gss_buffer_t b, gss_OID c, gss_name_t *d), (a, b, c, d))
GSS(gss_set_cred_option, (OM_uint32 * a, gss_cred_id_t *b, gss_OID c, gss_buffer_t d),
    (a, b, c, d))
GSS(gss_set_neg_mechs, (OM_uint32 * a, gss_cred_id_t b, gss_OID_set c), (a, b, c))
GSS(gss_add_cred,
    (OM_uint32 * a, gss_cred_id_t b, gss_name_t c, gss_OID d, gss_cred_usage_t e, OM_uint32 f,
     OM_uint32 g, gss_cred_id_t *h, gss_OID_set *i, OM_uint32 *j, OM_uint32 *k),
    (a, b, c, d, e, f, g, h, i, j, k))
GSS(gss_acquire_cred_from,
    (OM_uint32 * a, gss_name_t b, OM_uint32 c, gss_OID_set d, gss_cred_usage_t e,
     gss_const_key_value_set_t f, gss_cred_id_t *g, gss_OID_set *h, OM_uint32 *i),
    (a, b, c, d, e, f, g, h, i))
GSS(gss_add_cred_from,
    (OM_uint32 * a, gss_cred_id_t b, gss_name_t c, gss_OID d, gss_cred_usage_t e, OM_uint32 f,
     OM_uint32 g, gss_const_key_value_set_t h, gss_cred_id_t *i, gss_OID_set *j, OM_uint32 *k,
     OM_uint32 *l),
    (a, b, c, d, e, f, g, h, i, j, k, l))
GSS(gss_acquire_cred_impersonate_name,
    (OM_uint32 * a, const gss_cred_id_t b, const gss_name_t c, OM_uint32 d, const gss_OID_set e,
     gss_cred_usage_t f, gss_cred_id_t *g, gss_OID_set *h, OM_uint32 *i),
    (a, b, c, d, e, f, g, h, i))
GSS(gss_acquire_cred,
    (OM_uint32 * a, gss_name_t b, OM_uint32 c, gss_OID_set d, gss_cred_usage_t e,
     gss_cred_id_t *f, gss_OID_set *g, OM_uint32 *h),
    (a, b, c, d, e, f, g, h))
GSS(gss_acquire_cred_with_password,
    (OM_uint32 * a, const gss_name_t b, const gss_buffer_t c, OM_uint32 d, const gss_OID_set e,
     gss_cred_usage_t f, gss_cred_id_t *g, gss_OID_set *h, OM_uint32 *i),
    (a, b, c, d, e, f, g, h, i))
GSS(gss_inquire_cred,
    (OM_uint32 * a, gss_cred_id_t b, gss_name_t *c, OM_uint32 *d, gss_cred_usage_t *e,
     gss_OID_set *f),
    (a, b, c, d, e, f))
GSS(gss_display_name, (OM_uint32 * a, gss_name_t b, gss_buffer_t c, gss_OID *d), (a, b, c, d))
GSS(gss_init_sec_context,
    (OM_uint32 * a, gss_cred_id_t b, gss_ctx_id_t *c, gss_name_t d, gss_OID e, OM_uint32 f,
     OM_uint32 g, gss_channel_bindings_t h, gss_buffer_t i, gss_OID *j, gss_buffer_t k,
     OM_uint32 *l, OM_uint32 *m),
    (a, b, c, d, e, f, g, h, i, j, k, l, m))
GSS(gss_accept_sec_context,
    (OM_uint32 * a, gss_ctx_id_t *b, gss_cred_id_t c, gss_buffer_t d, gss_channel_bindings_t e,
     gss_name_t *f, gss_OID *g, gss_buffer_t h, OM_uint32 *i, OM_uint32 *j, gss_cred_id_t *k),
    (a, b, c, d, e, f, g, h, i, j, k))
GSS(gss_inquire_sec_context_by_oid,
    (OM_uint32 * a, const gss_ctx_id_t b, const gss_OID c, gss_buffer_set_t *d), (a, b, c, d))
GSS(gss_get_name_attribute,
    (OM_uint32 * a, gss_name_t b, gss_buffer_t c, int *d, int *e, gss_buffer_t f,
     gss_buffer_t g, int *h),
    (a, b, c, d, e, f, g, h))
GSS(gss_inquire_context,
    (OM_uint32 * a, gss_ctx_id_t b, gss_name_t *c, gss_name_t *d, OM_uint32 *e, gss_OID *f,
     OM_uint32 *g, int *h, int *i),
    (a, b, c, d, e, f, g, h, i))
GSS(gss_export_sec_context, (OM_uint32 * a, gss_ctx_id_t *b, gss_buffer_t c), (a, b, c))
GSS(gss_import_sec_context, (OM_uint32 * a, gss_buffer_t b, gss_ctx_id_t *c), (a, b, c))
GSS(gss_indicate_mechs, (OM_uint32 * a, gss_OID_set *b), (a, b))

WRAPPED(EVP_CIPHER_CTX *, NULL, EVP_CIPHER_CTX_new, (void), ())
WRAPPED(int, 0, EVP_CIPHER_CTX_set_padding, (EVP_CIPHER_CTX * a, int b), (a, b))
WRAPPED(int, 0, EVP_CipherInit_ex2,
        (EVP_CIPHER_CTX * a, const EVP_CIPHER *b, const unsigned char *c,
         const unsigned char *d, int e, const OSSL_PARAM *f),
        (a, b, c, d, e, f))
WRAPPED(int, 0, EVP_CipherUpdate,
        (EVP_CIPHER_CTX * a, unsigned char *b, int *c, const unsigned char *d, int e),
        (a, b, c, d, e))
WRAPPED(int, 0, EVP_EncryptInit_ex2,
        (EVP_CIPHER_CTX * a, const EVP_CIPHER *b, const unsigned char *c,
         const unsigned char *d, const OSSL_PARAM *e),
        (a, b, c, d, e))
WRAPPED(int, 0, EVP_EncryptUpdate,
        (EVP_CIPHER_CTX * a, unsigned char *b, int *c, const unsigned char *d, int e),
        (a, b, c, d, e))
WRAPPED(EVP_MD_CTX *, NULL, EVP_MD_CTX_new, (void), ())
WRAPPED(int, 0, EVP_DigestInit_ex2, (EVP_MD_CTX * a, const EVP_MD *b, const OSSL_PARAM *c),
        (a, b, c))
WRAPPED(int, 0, EVP_DigestUpdate, (EVP_MD_CTX * a, const void *b, size_t c), (a, b, c))
WRAPPED(int, 0, EVP_DigestFinal_ex, (EVP_MD_CTX * a, unsigned char *b, unsigned *c), (a, b, c))

/* ---- What is tried ---- */

struct attempt {
    const struct pkg_ops *ops;
    struct pkg_cred_params client;
    struct pkg_cred_params server;
    uint32_t flags;
    bool export; /* contexts go through bytes */
};

struct end {
    struct pkg_cred *cred;
    struct pkg_ctx *ctx;
};

static rpcsec_status shake(const struct attempt *attempt, struct end *client,
                           struct end *server, struct buf *there, struct buf *back)
{
    struct pkg_step step = {.target = SERVICE, .flags = attempt->flags};
    bool client_done = false;
    bool server_done = false;
    rpcsec_status status;

    while (!client_done || !server_done) {
        step.target = SERVICE;
        step.token = back->data;
        step.token_len = back->len;
        buf_reset(there);
        status =
            attempt->ops->init(client->cred, &client->ctx, &step, there, &client_done, NULL);
        if (status != RPCSEC_OK || there->len == 0)
            return status;
        step.target = NULL;
        step.token = there->data;
        step.token_len = there->len;
        buf_reset(back);
        status =
            attempt->ops->accept(server->cred, &server->ctx, &step, back, &server_done, NULL);
        if (status != RPCSEC_OK)
            return status;
    }
    return RPCSEC_OK;
}

static rpcsec_status look(const struct attempt *attempt, struct end *end, bool outbound)
{
    struct pkg_info info;
    struct buf key;
    char *name = NULL;
    rpcsec_status status = attempt->ops->info(end->ctx, &info);

    buf_init(&key, 64);
    if (status == RPCSEC_OK)
        status = attempt->ops->session_key(end->ctx, &key);
    if (status == RPCSEC_OK)
        status = attempt->ops->cred_name(end->cred, outbound, &name, NULL);
    mem_free(name);
    buf_done(&key);
    /* Acceptors without a name have none. */
    return status == RPCSEC_NOT_FOUND ? RPCSEC_OK : status;
}

static rpcsec_status through_bytes(const struct attempt *attempt, struct end *end)
{
    struct pkg_ctx *back = NULL;
    struct buf bytes;
    rpcsec_status status;

    buf_init(&bytes, 65536);
    status = attempt->ops->export_ctx(end->ctx, &bytes);
    if (status == RPCSEC_OK)
        status = attempt->ops->import_ctx(bytes.data, bytes.len, &back, NULL);
    if (status == RPCSEC_OK) {
        attempt->ops->free_ctx(end->ctx);
        end->ctx = back;
    }
    buf_done(&bytes);
    return status;
}

/* A message's text must not come out when it was not what was sent. */
static rpcsec_status send(const struct attempt *attempt, struct end *from, struct end *to,
                          size_t len)
{
    uint8_t head[4] = "head";
    uint8_t text[100];
    uint8_t token[128];
    struct pkg_buffer buffers[2] = {{PKG_SIGN_ONLY, head, 4}, {PKG_DATA, text, len}};
    struct pkg_sizes sizes = {0};
    rpcsec_status status = attempt->ops->sizes(from->ctx, &sizes);

    memset(text, 'x', sizeof(text));
    if (status == RPCSEC_OK)
        status = attempt->ops->wrap(from->ctx, buffers, 2, token, sizes.wrap_len);
    if (status == RPCSEC_OK)
        status = attempt->ops->unwrap(to->ctx, buffers, 2, token, sizes.wrap_len);
    if (status == RPCSEC_OK)
        status = attempt->ops->mic(from->ctx, buffers, 2, token, sizes.mic_len);
    if (status == RPCSEC_OK)
        status = attempt->ops->verify(to->ctx, buffers, 2, token, sizes.mic_len);
    for (size_t i = 0; status == RPCSEC_OK && i < len; i++) {
        if (text[i] != 'x')
            return RPCSEC_INTERNAL;
    }
    return status;
}

static rpcsec_status converse(const struct attempt *attempt, struct end *client,
                              struct end *server)
{
    static const size_t lens[] = {1, 16, 37, 100};
    rpcsec_status status = RPCSEC_OK;

    for (size_t i = 0; status == RPCSEC_OK && i < NUM_OF(lens); i++) {
        status = send(attempt, client, server, lens[i]);
        if (status == RPCSEC_OK)
            status = send(attempt, server, client, lens[i]);
    }
    return status;
}

static rpcsec_status run_ends(const struct attempt *attempt, struct end *client,
                              struct end *server)
{
    struct buf there;
    struct buf back;
    rpcsec_status status;

    buf_init(&there, LIMIT_TOKEN_LEN);
    buf_init(&back, LIMIT_TOKEN_LEN);
    status = shake(attempt, client, server, &there, &back);
    buf_done(&there);
    buf_done(&back);
    if (status == RPCSEC_OK)
        status = look(attempt, client, true);
    if (status == RPCSEC_OK)
        status = look(attempt, server, false);
    if (status == RPCSEC_OK)
        status = converse(attempt, client, server);
    if (status == RPCSEC_OK && attempt->export)
        status = through_bytes(attempt, client);
    if (status == RPCSEC_OK && attempt->export)
        status = through_bytes(attempt, server);
    return status == RPCSEC_OK && attempt->export ? converse(attempt, client, server) : status;
}

static rpcsec_status run(void *arg)
{
    const struct attempt *attempt = arg;
    struct end client = {0};
    struct end server = {0};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status = attempt->ops->acquire(&attempt->client, &client.cred, &err);

    if (status == RPCSEC_OK)
        status = attempt->ops->acquire(&attempt->server, &server.cred, &err);
    if (status == RPCSEC_OK)
        status = run_ends(attempt, &client, &server);
    else if (!err.text[0])
        status = RPCSEC_INTERNAL; /* a refusal without a word */
    attempt->ops->free_ctx(client.ctx);
    attempt->ops->free_ctx(server.ctx);
    attempt->ops->free_cred(client.cred);
    attempt->ops->free_cred(server.cred);
    return status;
}

/* ---- Each call fails once ---- */

/* Without these all may go well: nothing depends on them, there is another way (another record
 * protector, for one), or what they do is cleaning up. */
static bool may_be_missed(const char *function)
{
    static const char *const names[] = {
        "krb5_init_context",
        "krb5_get_host_realm",
        "krb5_get_default_realm",
        "krb5_cc_resolve",
        "krb5_kt_resolve",
        "krb5_get_init_creds_password",
        "gss_get_name_attribute",
        "gss_indicate_mechs",
        "gss_inquire_sec_context_by_oid",
        "gss_display_name",
        "EVP_CIPHER_CTX_new",
        "EVP_CipherInit_ex2",
        "EVP_CipherUpdate",
        "EVP_CIPHER_CTX_set_padding",
    };

    for (size_t i = 0; i < NUM_OF(names); i++) {
        if (strcmp(names[i], function) == 0)
            return true;
    }
    return false;
}

static rpcsec_status run_failing(rpcsec_status (*what)(void *arg), void *arg, unsigned nth)
{
    uint64_t live = secret_test_live();
    rpcsec_status status;

    num_calls = 0;
    failed = NULL;
    failing = nth;
    status = what(arg);
    failing = 0;
    assert_int_equal(secret_test_live(), live);
    return status;
}

static void each_call_fails(rpcsec_status (*what)(void *arg), void *arg, bool tolerant)
{
    unsigned num_refused = 0;

    assert_ok(run_failing(what, arg, 0));
    for (unsigned nth = 1;; nth++) {
        rpcsec_status status = run_failing(what, arg, nth);

        if (!failed)
            break;
        assert_int_not_equal(status, RPCSEC_INTERNAL);
        if (status == RPCSEC_OK && !tolerant && !may_be_missed(failed))
            fail_msg("call %u, %s, failed, and all went well", nth, failed);
        num_refused += status != RPCSEC_OK;
    }
    assert_true(num_refused > 0);
    assert_ok(run_failing(what, arg, 0));
}

/* ---- Leaks ---- */

/* gss-ntlmssp loses memory of its own and of libcrypto's with each handshake. Only where there
 * is a leak checker. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

static int leaks_are_not_ours(void **state)
{
    (void)state;
    if (__lsan_disable)
        __lsan_disable();
    return 0;
}

static int leaks_are_ours(void **state)
{
    (void)state;
    if (__lsan_enable)
        __lsan_enable();
    return 0;
}

/* ---- Identities ---- */

static uint8_t keytab[4096];

static struct identity identity_of(const char *user, const char *domain, bool with_keytab)
{
    struct identity identity = {.has_password = !with_keytab};

    snprintf(identity.user, sizeof(identity.user), "%s", user);
    snprintf(identity.domain, sizeof(identity.domain), "%s", domain);
    if (!with_keytab) {
        snprintf(identity.password, sizeof(identity.password), "%s", PASSWORD);
        return identity;
    }
    identity.keytab = keytab;
    FILE *file = fopen(getenv("KRB5_KTNAME") + strlen("FILE:"), "rb");
    assert_non_null(file);
    identity.keytab_len = fread(keytab, 1, sizeof(keytab), file);
    fclose(file);
    return identity;
}

#define FLAGS                                                              \
    (ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY | ISC_REQ_REPLAY_DETECT | \
     ISC_REQ_SEQUENCE_DETECT | ISC_REQ_MUTUAL_AUTH)

static const struct pkg_ops *const kerberos_and_negotiate[] = {&pkg_kerberos, &pkg_negotiate};

static void handshakes(const struct pkg_ops *ops)
{
    static const uint32_t flags[] = {FLAGS, FLAGS | ISC_REQ_USE_DCE_STYLE};

    for (size_t i = 0; i < NUM_OF(flags); i++) {
        struct attempt attempt = {.ops = ops,
                                  .client = {.outbound = true},
                                  .server = {.inbound = true},
                                  .flags = flags[i],
                                  .export = true};

        each_call_fails(run, &attempt, false);
        alloc_check_tolerant(run, &attempt);
    }
}

static void handshakes_of_kerberos(void **state)
{
    (void)state;
    handshakes(&pkg_kerberos);
}

/* SPNEGO asks every mechanism that is installed for credentials. */
static void handshakes_of_negotiate(void **state)
{
    (void)state;
    handshakes(&pkg_negotiate);
}

static void logins_with_a_password(void **state)
{
    static const char *const users[][2] = {
        {"bert", "RPCSEC"}, {"bert@RPCSEC.TEST", ""}, {"RPCSEC\\bert", ""}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(users); i++) {
        struct identity identity = identity_of(users[i][0], users[i][1], false);
        struct attempt attempt = {.ops = kerberos_and_negotiate[i % 2],
                                  .client = {.outbound = true, .identity = &identity},
                                  .server = {.inbound = true},
                                  .flags = FLAGS};

        each_call_fails(run, &attempt, false);
        alloc_check_tolerant(run, &attempt);
    }
}

static void logins_with_a_keytab(void **state)
{
    struct identity identity = identity_of(SERVICE "@"
                                                   "RPCSEC.TEST",
                                           "", true);
    struct attempt attempt = {.ops = &pkg_kerberos,
                              .client = {.outbound = true, .identity = &identity},
                              .server = {.inbound = true, .identity = &identity},
                              .flags = FLAGS};

    (void)state;
    each_call_fails(run, &attempt, false);
    alloc_check_tolerant(run, &attempt);
}

static void a_keytab_that_is_none_is_refused(void **state)
{
    struct identity identity = identity_of(SERVICE, "", true);
    struct pkg_cred_params params = {.inbound = true, .identity = &identity};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct pkg_cred *cred = NULL;

    (void)state;
    memset(keytab, 'k', sizeof(keytab));
    assert_status(pkg_kerberos.acquire(&params, &cred, &err), RPCSEC_INVALID_ARGUMENT);
    assert_non_null(strstr(err.text, "keytab"));
    assert_null(cred);
}

/* ---- Passwords are changed ---- */

static rpcsec_status change(void *arg)
{
    return login_change_password(arg, "Another-secret", NULL);
}

static void changes_of_passwords(void **state)
{
    struct identity identity = identity_of("bert", "", false);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    each_call_fails(change, &identity, false);
    password_result = 4; /* RFC 3244 2: soft error */
    assert_status(login_change_password(&identity, "Another-secret", &err),
                  RPCSEC_LOGON_DENIED);
    assert_non_null(strstr(err.text, "(4): too"));
    assert_null(strchr(err.text, '\x1b'));
    password_result = 3;
    assert_status(login_change_password(&identity, "Another-secret", &err),
                  RPCSEC_LOGON_DENIED);
    assert_null(strstr(err.text, ": :"));
    password_result = 0;
    identity.password[0] ^= 1;
    assert_status(login_change_password(&identity, "Another-secret", NULL),
                  RPCSEC_LOGON_DENIED);
    identity.user[0] = '\0';
    assert_status(login_change_password(&identity, "Another-secret", NULL),
                  RPCSEC_INVALID_ARGUMENT);
}

/* ---- NTLM ---- */

static void handshakes_of_ntlm(void **state)
{
    const uint32_t flags = FLAGS & ~(uint32_t)ISC_REQ_MUTUAL_AUTH;
    struct identity identity = identity_of("bert", "TEST", false);

    (void)state;
    if (!pkg_ntlm.is_there())
        skip();
    for (int negotiate = 0; negotiate < 2; negotiate++) {
        struct attempt attempt = {
            .ops = negotiate ? &pkg_negotiate : &pkg_ntlm,
            .client = {.outbound = true, .identity = &identity, .ntlm = negotiate},
            .server = {.inbound = true, .ntlm = negotiate},
            .flags = flags};

        if (negotiate)
            snprintf(identity.packages, sizeof(identity.packages), "!kerberos");
        each_call_fails(run, &attempt, negotiate);
        alloc_check_tolerant(run, &attempt);
    }
}

/* A realm that nobody serves leads to NTLM; a password that the KDC refuses does not. */
static void negotiate_turns_to_ntlm_only_without_a_kdc(void **state)
{
    static const struct {
        const char *domain, *packages;
        char first;
        rpcsec_status status;
    } rows[] = {{"TEST", "", 'S', RPCSEC_OK},
                {"RPCSEC.TEST", "", 's', RPCSEC_LOGON_DENIED},
                {"TEST", "!ntlm", 'S', RPCSEC_NO_KDC},
                {"TEST", "kerberos", 'S', RPCSEC_NO_KDC}};

    (void)state;
    if (!pkg_ntlm.is_there())
        skip();
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct identity identity = identity_of("bert", rows[i].domain, false);
        struct attempt attempt = {
            .ops = &pkg_negotiate,
            .client = {.outbound = true, .identity = &identity, .ntlm = true},
            .server = {.inbound = true, .ntlm = true},
            .flags = FLAGS & ~(uint32_t)ISC_REQ_MUTUAL_AUTH};

        identity.password[0] = rows[i].first;
        snprintf(identity.packages, sizeof(identity.packages), "%s", rows[i].packages);
        assert_status(run(&attempt), rows[i].status);
    }
}

/* ---- Bytes that are no context ---- */

static void cut_and_altered_exports_are_refused(void **state)
{
    struct attempt attempt = {.ops = &pkg_kerberos,
                              .client = {.outbound = true},
                              .server = {.inbound = true},
                              .flags = FLAGS};
    struct end client = {0};
    struct end server = {0};
    struct pkg_ctx *back = NULL;
    struct buf bytes;

    (void)state;
    assert_ok(pkg_kerberos.acquire(&attempt.client, &client.cred, NULL));
    assert_ok(pkg_kerberos.acquire(&attempt.server, &server.cred, NULL));
    assert_ok(run_ends(&attempt, &client, &server));
    buf_init(&bytes, 65536);
    assert_ok(pkg_kerberos.export_ctx(server.ctx, &bytes));
    for (size_t len = 0; len < bytes.len; len++)
        assert_status(pkg_kerberos.import_ctx(bytes.data, len, &back, NULL), RPCSEC_BAD_TOKEN);
    bytes.data[0] ^= 1; /* the magic number */
    assert_status(pkg_kerberos.import_ctx(bytes.data, bytes.len, &back, NULL),
                  RPCSEC_BAD_TOKEN);
    bytes.data[0] ^= 1;
    bytes.data[13] ^= 0xff; /* the length of the service's name */
    assert_status(pkg_kerberos.import_ctx(bytes.data, bytes.len, &back, NULL),
                  RPCSEC_BAD_TOKEN);
    assert_null(back);
    buf_done(&bytes);
    pkg_kerberos.free_ctx(client.ctx);
    pkg_kerberos.free_ctx(server.ctx);
    pkg_kerberos.free_cred(client.cred);
    pkg_kerberos.free_cred(server.cred);
}

/* ---- Other ways to a credential ---- */

static void tickets_of_a_client_keytab_and_for_a_user(void **state)
{
    (void)state;
    for (int impersonate = 0; impersonate < 2; impersonate++) {
        struct attempt attempt = {.ops = kerberos_and_negotiate[impersonate],
                                  .client = {.outbound = true,
                                             .client_keytab = getenv("KRB5_KTNAME"),
                                             .principal = SERVICE,
                                             .impersonate = impersonate ? "bert" : NULL},
                                  .server = {.inbound = true, .rcache = "none:"},
                                  .flags = FLAGS};

        each_call_fails(run, &attempt, false);
    }
}

static void credentials_for_no_use_are_refused(void **state)
{
    struct identity none = {.has_password = true};
    struct identity no_kerberos = identity_of("bert", "", false);
    struct pkg_cred_params params = {0};
    struct pkg_cred *cred = NULL;

    (void)state;
    assert_status(pkg_kerberos.acquire(&params, &cred, NULL), RPCSEC_INVALID_ARGUMENT);
    params.outbound = true;
    params.identity = &none; /* a password, and nobody's */
    assert_status(pkg_kerberos.acquire(&params, &cred, NULL), RPCSEC_INVALID_ARGUMENT);
    snprintf(no_kerberos.packages, sizeof(no_kerberos.packages), "!kerberos");
    params.identity = &no_kerberos;
    assert_status(pkg_kerberos.acquire(&params, &cred, NULL), RPCSEC_NO_CREDENTIALS);
    assert_null(cred);
}

/* Each role is refused to a credential of the other. */
static void a_credential_serves_its_use_only(void **state)
{
    const struct pkg_cred_params outbound = {.outbound = true};
    const struct pkg_cred_params inbound = {.inbound = true};
    static const uint8_t byte[1] = {0x60};
    struct pkg_step step = {.target = SERVICE};
    struct pkg_cred *cred = NULL;
    struct pkg_ctx *ctx = NULL;
    struct buf out;
    char *name = NULL;
    bool done = false;

    (void)state;
    buf_init(&out, LIMIT_TOKEN_LEN);
    assert_ok(pkg_kerberos.acquire(&inbound, &cred, NULL));
    assert_status(pkg_kerberos.init(cred, &ctx, &step, &out, &done, NULL),
                  RPCSEC_NO_CREDENTIALS);
    assert_status(pkg_kerberos.cred_name(cred, true, &name, NULL), RPCSEC_NOT_FOUND);
    assert_status(pkg_kerberos.accept(cred, &ctx, &step, &out, &done, NULL), RPCSEC_BAD_TOKEN);
    pkg_kerberos.free_cred(cred);
    assert_ok(pkg_kerberos.acquire(&outbound, &cred, NULL));
    step.token = byte;
    step.token_len = 1;
    assert_status(pkg_kerberos.accept(cred, &ctx, &step, &out, &done, NULL),
                  RPCSEC_NO_CREDENTIALS);
    assert_null(ctx);
    assert_null(name);
    assert_int_equal(out.len, 0);
    assert_false(done);
    pkg_kerberos.free_cred(cred);
    buf_done(&out);
}

/* ---- Contexts that are not finished, and those that are over ---- */

static void expect_all(struct pkg_ctx *ctx, rpcsec_status status)
{
    uint8_t text[8] = "the text";
    uint8_t token[128] = {0};
    struct pkg_buffer buffer = {PKG_DATA, text, sizeof(text)};

    assert_status(gssw_wrap(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_status(gssw_unwrap(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_status(gssw_mic(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_status(gssw_verify(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_status(gssw_wrap_clear(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_status(gssw_unwrap_clear(ctx, &buffer, 1, token, sizeof(token)), status);
    assert_memory_equal(text, "the text", sizeof(text));
}

static void unfinished_contexts_protect_nothing(void **state)
{
    struct pkg_ctx unfinished = {0};
    struct pkg_ctx *const contexts[] = {NULL, &unfinished};

    (void)state;
    for (size_t i = 0; i < NUM_OF(contexts); i++) {
        struct pkg_info info;
        struct pkg_sizes sizes;
        struct pkg_cred *cred = NULL;
        struct buf out;
        uint8_t token[40] = {0};
        uint8_t *data = NULL;
        size_t len = 0;

        buf_init(&out, 100);
        expect_all(contexts[i], RPCSEC_INVALID_STATE);
        assert_status(gssw_info(contexts[i], &info), RPCSEC_INVALID_STATE);
        assert_status(gssw_sizes(contexts[i], &sizes), RPCSEC_INVALID_STATE);
        assert_status(gssw_session_key(contexts[i], &out), RPCSEC_INVALID_STATE);
        assert_status(gssw_export(contexts[i], &out), RPCSEC_INVALID_STATE);
        assert_status(gssw_unrotate(contexts[i], token, sizeof(token)), RPCSEC_INVALID_STATE);
        assert_status(gssw_clear_len(contexts[i], &len), RPCSEC_INVALID_STATE);
        assert_status(gssw_open_clear(contexts[i], token, sizeof(token), &data, &len),
                      RPCSEC_INVALID_STATE);
        assert_status(gssw_take_delegated(contexts[i], &cred), RPCSEC_NOT_FOUND);
        assert_int_equal(out.len, 0);
        assert_null(data);
        buf_done(&out);
    }
}

/* RFC 4121 4.2.5: the checksum behind the data, or before it. */
static void clear_message(struct pkg_ctx *from, struct pkg_ctx *to)
{
    enum { LEN = 8, MAX = 128 };
    uint8_t stream[MAX + LEN];
    uint8_t was[MAX + LEN];
    struct pkg_buffer buffer = {PKG_DATA, NULL, LEN};
    uint8_t *data = NULL;
    size_t token_len = 0;
    size_t len = 0;

    assert_ok(gssw_clear_len(from, &token_len));
    assert_in_range(token_len, 17, MAX);
    buffer.data = stream + token_len;
    memcpy(buffer.data, "the text", LEN);
    assert_ok(gssw_wrap_clear(from, &buffer, 1, stream, token_len));
    assert_true(gssw_is_clear(stream, token_len + LEN));
    assert_false(gssw_is_clear(stream, 15));
    memcpy(was, stream, sizeof(was));
    for (size_t cut = 0; cut < token_len; cut++) {
        assert_status(gssw_open_clear(to, stream, cut, &data, &len), RPCSEC_TRUNCATED);
        assert_memory_equal(stream, was, cut);
    }
    for (size_t at = 4; at < 8; at++) { /* its length, and where it stands */
        stream[at] ^= 0x40;
        assert_status(gssw_open_clear(to, stream, token_len + LEN, &data, &len),
                      RPCSEC_BAD_TOKEN);
        stream[at] ^= 0x40;
    }
    assert_null(data);
    stream[6] = stream[7] = 0; /* behind the data */
    memcpy(stream + 16, was + token_len, LEN);
    memcpy(stream + 16 + LEN, was + 16, token_len - 16);
    assert_ok(gssw_open_clear(to, stream, token_len + LEN, &data, &len));
    assert_int_equal(len, LEN);
    assert_memory_equal(data, "the text", LEN);
}

static void clear_messages_and_what_is_over(void **state)
{
    struct attempt attempt = {.ops = &pkg_kerberos,
                              .client = {.outbound = true},
                              .server = {.inbound = true},
                              .flags = FLAGS};
    struct end client = {0};
    struct end server = {0};

    (void)state;
    assert_ok(pkg_kerberos.acquire(&attempt.client, &client.cred, NULL));
    assert_ok(pkg_kerberos.acquire(&attempt.server, &server.cred, NULL));
    assert_ok(run_ends(&attempt, &client, &server));
    clear_message(client.ctx, server.ctx);
    clear_message(server.ctx, client.ctx);
    server.ctx->info.expires = 0;
    expect_all(server.ctx, RPCSEC_CONTEXT_EXPIRED);
    pkg_kerberos.free_ctx(client.ctx);
    pkg_kerberos.free_ctx(server.ctx);
    pkg_kerberos.free_cred(client.cred);
    pkg_kerberos.free_cred(server.cred);
}

/* ---- Names ---- */

static void targets_are_names_or_refused(void **state)
{
    static const struct {
        const char *target;
        rpcsec_status status;
        const char *text;
    } rows[] = {{NULL, RPCSEC_TARGET_UNKNOWN, NULL},
                {"", RPCSEC_TARGET_UNKNOWN, NULL},
                {"DOMAIN\\user", RPCSEC_INVALID_ARGUMENT, NULL},
                {"greeter/server.test", RPCSEC_OK, "greeter/server.test"},
                {"greeter/server.test@OTHER", RPCSEC_OK, "greeter/server.test@OTHER"},
                {"greeter@server.test", RPCSEC_OK, "greeter/server.test"},
                {"bert@RPCSEC.TEST", RPCSEC_OK, "bert@RPCSEC.TEST"},
                {"bert", RPCSEC_OK, "bert"}};
    char too_long[LIMIT_SPN_LEN + 2];
    gss_name_t name = GSS_C_NO_NAME;

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        name = GSS_C_NO_NAME;
        assert_status(gssw_import_target(rows[i].target, &name, NULL), rows[i].status);
        char *text = gssw_name_text(name);
        assert_int_equal(text != NULL, rows[i].text != NULL);
        if (text)
            assert_string_equal(text, rows[i].text);
        mem_free(text);
        gssw_release_name(&name);
    }
    memset(too_long, 'x', sizeof(too_long));
    too_long[sizeof(too_long) - 1] = '\0';
    name = GSS_C_NO_NAME;
    assert_status(gssw_import_target(too_long, &name, NULL), RPCSEC_INVALID_ARGUMENT);
    too_long[1] = '/';
    assert_status(gssw_import_ntlm_target(too_long, &name, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_ok(gssw_import_ntlm_target("no-service", &name, NULL));
    assert_ok(gssw_import_ntlm_target(NULL, &name, NULL));
    assert_null(name);
}

static void package_lists_leave_out_and_list(void **state)
{
    static const struct {
        const char *list;
        bool kerberos, ntlm;
    } rows[] = {{"", true, true},
                {"!ntlm", true, false},
                {"Kerberos", true, false},
                {"!kerberos", false, true},
                {"ntlm,kerberos", true, true},
                {"!", true, true},
                {",", true, true},
                {"kerb", false, false},
                {"!ntlm,kerberos", true, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct identity identity = {.user = "bert"};

        snprintf(identity.packages, sizeof(identity.packages), "%s", rows[i].list);
        assert_int_equal(identity_allows(&identity, "kerberos"), rows[i].kerberos);
        assert_int_equal(identity_allows(&identity, "ntlm"), rows[i].ntlm);
    }
    assert_true(identity_allows(NULL, "ntlm"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handshakes_of_kerberos),
        cmocka_unit_test_setup_teardown(handshakes_of_negotiate, leaks_are_not_ours,
                                        leaks_are_ours),
        cmocka_unit_test(logins_with_a_password),
        cmocka_unit_test(logins_with_a_keytab),
        cmocka_unit_test(a_keytab_that_is_none_is_refused),
        cmocka_unit_test(changes_of_passwords),
        cmocka_unit_test(tickets_of_a_client_keytab_and_for_a_user),
        cmocka_unit_test(credentials_for_no_use_are_refused),
        cmocka_unit_test(a_credential_serves_its_use_only),
        cmocka_unit_test(unfinished_contexts_protect_nothing),
        cmocka_unit_test(clear_messages_and_what_is_over),
        cmocka_unit_test(targets_are_names_or_refused),
        cmocka_unit_test(package_lists_leave_out_and_list),
        cmocka_unit_test_setup_teardown(handshakes_of_ntlm, leaks_are_not_ours, leaks_are_ours),
        cmocka_unit_test_setup_teardown(negotiate_turns_to_ntlm_only_without_a_kdc,
                                        leaks_are_not_ours, leaks_are_ours),
        cmocka_unit_test(cut_and_altered_exports_are_refused),
    };

    if (!getenv("RPCSEC_REALM_DIR")) {
        printf("SKIP: needs a realm, see test_packages_refused.sh\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
