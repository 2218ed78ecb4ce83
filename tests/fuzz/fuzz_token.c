/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_token.c: any bytes as the first token that an acceptor of Kerberos and one of
 * Negotiate get. Their keytab is in memory and holds a known key; no KDC, file or replay cache
 * is used.
 */
#include "fuzz.h"

#include <krb5/krb5.h>

#include "base/limits.h"
#include "sspi/context.h"

static const struct pkg_ops *const packages[] = {&pkg_kerberos, &pkg_negotiate};
enum { NUM_PACKAGES = sizeof(packages) / sizeof(packages[0]) };

static void acquire(struct sspi_cred *creds[NUM_PACKAGES])
{
    const struct pkg_cred_params params = {.inbound = true, .keytab = "MEMORY:fuzz"};
    krb5_keytab_entry entry = {.vno = 2};
    uint8_t key[32] = "a key that everybody knows .....";
    static krb5_context krb5; /* both until the process ends: the keytab is gone when closed */
    static krb5_keytab keytab;

    setenv("KRB5_CONFIG", "/dev/null", 1);
    setenv("KRB5RCACHENAME", "none:", 1);
    entry.key = (krb5_keyblock){.enctype = 18, .length = sizeof(key), .contents = key};
    FUZZ_CHECK(krb5_init_context(&krb5) == 0);
    FUZZ_CHECK(krb5_kt_resolve(krb5, params.keytab, &keytab) == 0);
    FUZZ_CHECK(krb5_parse_name(krb5, "greeter/server.test@RPCSEC.TEST", &entry.principal) == 0);
    FUZZ_CHECK(krb5_kt_add_entry(krb5, keytab, &entry) == 0);
    for (size_t i = 0; i < NUM_PACKAGES; i++)
        FUZZ_CHECK(sspi_cred_acquire(packages[i], &params, &creds[i], NULL) == RPCSEC_OK);
    krb5_free_principal(krb5, entry.principal);
}

static void accept_first(struct sspi_cred *cred, const uint8_t *data, size_t len)
{
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct sspi_ctx *ctx = NULL;
    struct buf token;
    bool done = false;

    buf_init(&token, LIMIT_TOKEN_LEN);
    FUZZ_CHECK(sspi_ctx_new(cred, &params, &ctx, NULL) == RPCSEC_OK);
    if (sspi_ctx_step(ctx, data, len, &token, &done, &err) != RPCSEC_OK)
        FUZZ_CHECK(err.status != RPCSEC_OK && token.len == 0);
    FUZZ_CHECK(!done && !sspi_ctx_is_done(ctx)); /* DCE style takes two tokens */
    sspi_ctx_free(ctx);
    buf_done(&token);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct sspi_cred *creds[NUM_PACKAGES];

    if (!creds[0])
        acquire(creds);
    for (size_t i = 0; i < NUM_PACKAGES; i++)
        accept_first(creds[i], data, len);
    return 0;
}
