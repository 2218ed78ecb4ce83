/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_calls.c: tests of the public SSPI calls with wide text, of arguments that they
 * refuse, and of those that few programs use. Compiled for both widths of wide text; run in a
 * realm by test_sspi_calls.sh.
 */
#include "sspi_pair.h"

#include <rpcsec/sspi.h>

#include "base/limits.h"
#include "harness/alloc_check.h"

#define USER "ada@RPCSEC.TEST"

/* ASCII as SEC_WCHAR, in one of some places. */
static SEC_WCHAR *wide(const char *text)
{
    static SEC_WCHAR places[8][64];
    static size_t next;
    SEC_WCHAR *place = places[next++ % NUM_OF(places)];
    size_t i = 0;

    for (; text[i]; i++)
        place[i] = (SEC_WCHAR)text[i];
    place[i] = 0;
    return place;
}

static SEC_WCHAR bad_w[] = {0xd83d, 'x', 0}; /* half a character */

static void assert_wide(const SEC_WCHAR *got, const char *want)
{
    size_t i = 0;

    for (; want[i]; i++)
        assert_int_equal(got[i], want[i]);
    assert_int_equal(got[i], 0);
}

/* ---- A client and a server of one leg ---- */

#define FLAGS (ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY | ISC_REQ_SEQUENCE_DETECT)

struct talk {
    CredHandle client_cred, server_cred;
    CtxtHandle client, server;
    TimeStamp expiry;
};

static SECURITY_STATUS acquire(const char *package, ULONG use, PCredHandle ret_cred)
{
    return AcquireCredentialsHandleW(NULL, wide(package), use, NULL, NULL, NULL, NULL, ret_cred,
                                     NULL);
}

static SECURITY_STATUS shake(struct talk *talk)
{
    uint8_t bytes[4096], back[4096];
    SecBuffer token = {sizeof(bytes), SECBUFFER_TOKEN, bytes};
    SecBuffer answer = {sizeof(back), SECBUFFER_TOKEN, back};
    SecBufferDesc there = {SECBUFFER_VERSION, 1, &token}, out = {SECBUFFER_VERSION, 1, &answer};
    ULONG flags;
    SECURITY_STATUS code =
        InitializeSecurityContextW(&talk->client_cred, NULL, wide(PAIR_SERVICE), FLAGS, 0, 0,
                                   NULL, 0, &talk->client, &there, &flags, &talk->expiry);

    if (code != SEC_E_OK)
        return code;
    return AcceptSecurityContext(&talk->server_cred, NULL, &there, 0, 0, &talk->server, &out,
                                 &flags, &talk->expiry);
}

static SECURITY_STATUS talk_try(struct talk *talk)
{
    SECURITY_STATUS code;

    memset(talk, 0, sizeof(*talk));
    code = acquire("Kerberos", SECPKG_CRED_OUTBOUND, &talk->client_cred);
    if (code == SEC_E_OK)
        code = acquire("Kerberos", SECPKG_CRED_INBOUND, &talk->server_cred);
    return code == SEC_E_OK ? shake(talk) : code;
}

static void talk_close(struct talk *talk)
{
    DeleteSecurityContext(&talk->client);
    DeleteSecurityContext(&talk->server);
    FreeCredentialsHandle(&talk->client_cred);
    FreeCredentialsHandle(&talk->server_cred);
}

static void talk_open(struct talk *talk)
{
    assert_int_equal(talk_try(talk), SEC_E_OK);
}

/* ---- Packages and credentials ---- */

static void packages_are_described_in_wide_text(void **state)
{
    PSecPkgInfoW info = NULL;
    ULONG num = 0;

    (void)state;
    assert_int_equal(EnumerateSecurityPackagesW(&num, &info), SEC_E_OK);
    assert_true(num >= 2);
    assert_wide(info[0].Name, "Kerberos");
    FreeContextBuffer(info);
    assert_int_equal(EnumerateSecurityPackagesW(&num, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(QuerySecurityPackageInfoW(wide("negotiate"), &info), SEC_E_OK);
    assert_wide(info->Name, "Negotiate");
    FreeContextBuffer(info);
    assert_int_equal(QuerySecurityPackageInfoW(wide("none"), &info), SEC_E_SECPKG_NOT_FOUND);
    assert_int_equal(QuerySecurityPackageInfoW(bad_w, &info), SEC_E_SECPKG_NOT_FOUND);
    assert_int_equal(QuerySecurityPackageInfoW(wide("kerberos"), NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(AddSecurityPackageW(wide("x"), NULL), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(DeleteSecurityPackageW(wide("x")), SEC_E_UNSUPPORTED_FUNCTION);
}

static void credentials_are_acquired_and_added_with_good_arguments_only(void **state)
{
    struct rpcsec_sspi_store store = RPCSEC_SSPI_STORE_INIT;
    SEC_WINNT_AUTH_IDENTITY_W malformed = {.Flags = 0};
    TimeStamp expiry = {0};
    CredHandle cred, none = {77, 77};

    (void)state;
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_OUTBOUND, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(AcquireCredentialsHandleW(bad_w, wide("Kerberos"), SECPKG_CRED_OUTBOUND,
                                               NULL, NULL, NULL, NULL, &cred, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(rpcsec_sspi_acquire(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, &cred),
                     SEC_E_INVALID_PARAMETER);
    store.size--;
    assert_int_equal(rpcsec_sspi_acquire(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, &store, &cred),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(AcquireCredentialsHandleW(wide(""), wide("Kerberos"), SECPKG_CRED_OUTBOUND,
                                               NULL, NULL, NULL, NULL, &cred, &expiry),
                     SEC_E_OK);
    assert_true(expiry.QuadPart == INT64_MAX);
#define ADD(handle, name, package, use) \
    AddCredentialsW(handle, name, wide(package), use, NULL, NULL, NULL, &expiry)
    assert_int_equal(ADD(&none, NULL, "Kerberos", SECPKG_CRED_INBOUND), SEC_E_INVALID_HANDLE);
    assert_int_equal(ADD(&cred, bad_w, "Kerberos", SECPKG_CRED_INBOUND),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(ADD(&cred, NULL, "none", SECPKG_CRED_INBOUND), SEC_E_SECPKG_NOT_FOUND);
    assert_int_equal(ADD(&cred, NULL, "Kerberos", 0), SEC_E_INVALID_PARAMETER);
    assert_int_equal(ADD(&cred, NULL, "Negotiate", SECPKG_CRED_INBOUND),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(ADD(&cred, NULL, "Kerberos", SECPKG_CRED_BOTH),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(ADD(&cred, NULL, "Kerberos", SECPKG_CRED_OUTBOUND),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(AddCredentialsW(&cred, NULL, wide("Kerberos"), SECPKG_CRED_INBOUND,
                                     &malformed, NULL, NULL, NULL),
                     SEC_E_UNKNOWN_CREDENTIALS);
    assert_int_equal(ADD(&cred, NULL, "Kerberos", SECPKG_CRED_INBOUND), SEC_E_OK);
    assert_int_equal(ADD(&cred, NULL, "Kerberos", SECPKG_CRED_INBOUND),
                     SEC_E_UNSUPPORTED_FUNCTION);
    FreeCredentialsHandle(&cred);
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_INBOUND, &cred), SEC_E_OK);
    assert_int_equal(
        AddCredentialsA(&cred, NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL, NULL),
        SEC_E_OK);
    FreeCredentialsHandle(&cred);
}

static void attributes_of_credentials_are_told_or_refused(void **state)
{
    SecPkgCredentials_NamesW names = {NULL};
    CredHandle cred, none = {77, 77};

    (void)state;
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_OUTBOUND, &cred), SEC_E_OK);
    assert_int_equal(QueryCredentialsAttributesW(&cred, SECPKG_CRED_ATTR_NAMES, &names),
                     SEC_E_OK);
    assert_wide(names.sUserName, USER);
    FreeContextBuffer(names.sUserName);
    names.sUserName = NULL;
    assert_int_equal(
        QueryCredentialsAttributesExW(&cred, SECPKG_CRED_ATTR_NAMES, &names, sizeof(names) - 1),
        SEC_E_BUFFER_TOO_SMALL);
    assert_int_equal(QueryCredentialsAttributesExA(&cred, 99, &names, sizeof(names)),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(QueryCredentialsAttributesW(&cred, SECPKG_CRED_ATTR_NAMES, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(QueryCredentialsAttributesW(&none, SECPKG_CRED_ATTR_NAMES, &names),
                     SEC_E_INVALID_HANDLE);
    assert_null(names.sUserName);
    assert_int_equal(SetCredentialsAttributesW(&cred, 1, &names, 4),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SetCredentialsAttributesW(&none, 1, &names, 4), SEC_E_INVALID_HANDLE);
    FreeCredentialsHandle(&cred);
}

static void passwords_are_changed_with_good_arguments_only(void **state)
{
    static char much[LIMIT_IDENTITY_LEN + 2];
    const char *names[][3] = {{much, "", "x"}, {"bert", much, "x"}, {"bert", NULL, much}};

    (void)state;
    memset(much, 'x', sizeof(much) - 1);
    for (size_t i = 0; i < NUM_OF(names); i++)
        assert_int_equal(ChangeAccountPasswordA("Kerberos", names[i][1], names[i][0],
                                                names[i][2], "new", 0, 0, NULL),
                         SEC_E_INVALID_PARAMETER);
    for (size_t missing = 0; missing < 4; missing++) {
        SEC_WCHAR *texts[] = {wide("Kerberos"), wide("bert"), wide("old"), wide("new")};

        texts[missing] = NULL;
        assert_int_equal(
            ChangeAccountPasswordW(texts[0], NULL, texts[1], texts[2], texts[3], 0, 0, NULL),
            SEC_E_INVALID_PARAMETER);
    }
    for (size_t bad = 0; bad < 4; bad++) {
        SEC_WCHAR *texts[] = {wide("R"), wide("bert"), wide("old"), wide("new")};

        texts[bad] = bad_w;
        assert_int_equal(ChangeAccountPasswordW(wide("Kerberos"), texts[0], texts[1], texts[2],
                                                texts[3], 0, 0, NULL),
                         SEC_E_INVALID_PARAMETER);
    }
#define CHANGE(package, impersonating, reserved)                                      \
    ChangeAccountPasswordW(wide(package), NULL, wide("nobody"), wide("a"), wide("b"), \
                           impersonating, reserved, NULL)
    assert_int_equal(CHANGE("none", 0, 0), SEC_E_SECPKG_NOT_FOUND);
    assert_int_equal(CHANGE("Kerberos", 1, 0), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(CHANGE("Kerberos", 0, 1), SEC_E_INVALID_PARAMETER);
    assert_true(CHANGE("Kerberos", 0, 0) < 0);
}

/* ---- Handshakes ---- */

static void descriptors_and_bindings_are_checked_before_any_step(void **state)
{
    uint8_t bytes[4096] = {0};
    SEC_CHANNEL_BINDINGS outside[3];
    SecBuffer none = {4, SECBUFFER_DATA, NULL}, token = {4, SECBUFFER_TOKEN, NULL};
    SecBuffer head = {sizeof(SEC_CHANNEL_BINDINGS) - 1, SECBUFFER_CHANNEL_BINDINGS, bytes};
    SecBuffer beyond[3];
    SecBufferDesc bad[] = {
        {SECBUFFER_VERSION + 1, 0, NULL},   {SECBUFFER_VERSION, 1, NULL},
        {SECBUFFER_VERSION, 1, &none},      {SECBUFFER_VERSION, 1, &token},
        {SECBUFFER_VERSION, 1, &head},      {SECBUFFER_VERSION, 1, &beyond[0]},
        {SECBUFFER_VERSION, 1, &beyond[1]}, {SECBUFFER_VERSION, 1, &beyond[2]},
    };
    CtxtHandle ctx;
    CredHandle cred;
    SecBuffer out = {sizeof(bytes), SECBUFFER_TOKEN, bytes};
    SecBufferDesc good = {SECBUFFER_VERSION, 1, &out};

    (void)state;
    memset(outside, 0, sizeof(outside));
    outside[0].cbInitiatorLength = 1;
    outside[1].cbAcceptorLength = UINT32_MAX;
    outside[2].cbApplicationDataLength = 1;
    for (size_t i = 0; i < NUM_OF(outside); i++) {
        beyond[i] = (SecBuffer){sizeof(outside[i]), SECBUFFER_CHANNEL_BINDINGS, &outside[i]};
        outside[i].dwInitiatorOffset = outside[i].dwAcceptorOffset =
            outside[i].dwApplicationDataOffset = sizeof(outside[i]);
    }
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_OUTBOUND, &cred), SEC_E_OK);
    for (size_t i = 0; i < NUM_OF(bad); i++)
        assert_int_equal(InitializeSecurityContextW(&cred, NULL, wide(PAIR_SERVICE), 0, 0, 0,
                                                    &bad[i], 0, &ctx, &good, NULL, NULL),
                         SEC_E_INVALID_PARAMETER);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(InitializeSecurityContextW(&cred, NULL, wide(PAIR_SERVICE), 0, 0, 0,
                                                    NULL, 0, &ctx, &bad[i], NULL, NULL),
                         SEC_E_INVALID_PARAMETER);
    assert_int_equal(InitializeSecurityContextW(&cred, NULL, bad_w, 0, 0, 0, NULL, 0, &ctx,
                                                &good, NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(InitializeSecurityContextW(&cred, NULL, wide(PAIR_SERVICE), 0, 0, 0, NULL,
                                                0, NULL, &good, NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(InitializeSecurityContextW(&cred, NULL, wide(PAIR_SERVICE), 0, 0, 0, NULL,
                                                0, &ctx, NULL, NULL, NULL),
                     SEC_E_BUFFER_TOO_SMALL);
    FreeCredentialsHandle(&cred);
}

static void contexts_answer_to_calls_that_there_is_nothing_for(void **state)
{
    CtxtHandle none = {77, 77};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_int_equal(CompleteAuthToken(&talk.client, NULL), SEC_E_OK);
    assert_int_equal(CompleteAuthToken(&none, NULL), SEC_E_INVALID_HANDLE);
    assert_int_equal(ApplyControlToken(&talk.client, NULL), SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(ApplyControlToken(&none, NULL), SEC_E_INVALID_HANDLE);
    assert_int_equal(SetContextAttributesW(&talk.client, 1, NULL, 0),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(SetContextAttributesW(&none, 1, NULL, 0), SEC_E_INVALID_HANDLE);
    assert_true(talk.expiry.QuadPart < INT64_MAX);
    talk_close(&talk);
}

/* ---- Attributes ---- */

static const ULONG texts[] = {
    SECPKG_ATTR_NAMES,        SECPKG_ATTR_AUTHORITY,
    SECPKG_ATTR_SESSION_KEY,  SECPKG_ATTR_KEY_INFO,
    SECPKG_ATTR_PACKAGE_INFO, SECPKG_ATTR_NEGOTIATION_INFO,
    SECPKG_ATTR_NATIVE_NAMES, SECPKG_ATTR_CLIENT_SPECIFIED_TARGET,
};
static const ULONG plain[] = {
    SECPKG_ATTR_SIZES, SECPKG_ATTR_LIFESPAN,    SECPKG_ATTR_STREAM_SIZES,
    SECPKG_ATTR_FLAGS, SECPKG_ATTR_NEGO_STATUS, SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS,
};

/* The pointers of an answer are at even places of it; what is not ours is left alone. */
static void free_answer(void **answer, size_t num)
{
    for (size_t i = 0; i < num; i++)
        FreeContextBuffer(answer[i]);
}

static SECURITY_STATUS query_texts(CtxtHandle *ctx)
{
    for (size_t i = 0; i < NUM_OF(texts); i++) {
        void *answer[8] = {NULL};
        SECURITY_STATUS code = QueryContextAttributesW(ctx, texts[i], answer);

        free_answer(answer, NUM_OF(answer));
        if (code != SEC_E_OK)
            return code;
    }
    return SEC_E_OK;
}

static void each_attribute_asks_for_room_of_its_own_size(void **state)
{
    SecPkgContext_NamesW names;
    SecPkgContext_DceInfo dce;
    void *answer[8] = {NULL};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_int_equal(query_texts(&talk.client), SEC_E_OK);
    for (size_t i = 0; i < NUM_OF(texts); i++)
        assert_int_equal(QueryContextAttributesExW(&talk.client, texts[i], answer, 3),
                         SEC_E_BUFFER_TOO_SMALL);
    for (size_t i = 0; i < NUM_OF(plain); i++) {
        assert_int_equal(QueryContextAttributesExA(&talk.client, plain[i], answer, 3),
                         SEC_E_BUFFER_TOO_SMALL);
        assert_int_equal(QueryContextAttributesExA(&talk.client, plain[i], answer, 64),
                         SEC_E_OK);
    }
    assert_int_equal(QueryContextAttributesW(&talk.server, SECPKG_ATTR_NAMES, &names),
                     SEC_E_OK);
    assert_wide(names.sUserName, USER);
    FreeContextBuffer(names.sUserName);
    assert_int_equal(QueryContextAttributesW(&talk.server, SECPKG_ATTR_DCE_INFO, &dce),
                     SEC_E_OK);
    assert_wide(dce.pPac, USER);
    FreeContextBuffer(dce.pPac);
    talk_close(&talk);
}

/* ---- Who a client is ---- */

static void tokens_are_had_of_servers_only(void **state)
{
    SecPkgContext_AccessToken access = {NULL};
    CtxtHandle none = {77, 77};
    HANDLE token = NULL;
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_int_equal(QuerySecurityContextToken(&talk.server, NULL), SEC_E_INVALID_PARAMETER);
    assert_int_equal(QuerySecurityContextToken(&none, &token), SEC_E_INVALID_HANDLE);
    assert_int_equal(QuerySecurityContextToken(&talk.client, &token), SEC_E_NO_IMPERSONATION);
    assert_null(token);
    assert_int_equal(QuerySecurityContextToken(&talk.server, &token), SEC_E_OK);
    assert_string_equal(rpcsec_token_peer(token)->principal, USER);
    assert_ok(rpcsec_token_close(token));
    assert_null(rpcsec_token_peer(token));
    assert_status(rpcsec_token_close(token), RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(QueryContextAttributesA(&talk.client, SECPKG_ATTR_ACCESS_TOKEN, &access),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(QueryContextAttributesA(&talk.server, SECPKG_ATTR_ACCESS_TOKEN, &access),
                     SEC_E_OK);
    assert_ok(rpcsec_token_close(access.AccessToken));
    talk_close(&talk);
}

static void assert_user(int format, const char *want)
{
    SEC_WCHAR name[64];
    ULONG len = 4;

    assert_false(GetUserNameExW(format, name, &len));
    assert_int_equal(len, strlen(want) + 1);
    assert_true(GetUserNameExW(format, name, &len));
    assert_int_equal(len, strlen(want));
    assert_wide(name, want);
}

static void a_thread_has_the_name_of_whom_it_impersonates(void **state)
{
    CtxtHandle none = {77, 77};
    SEC_WCHAR name[64];
    CredHandle cred;
    ULONG len = NUM_OF(name);
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_false(GetUserNameExW(1, name, &len));
    assert_false(GetUserNameExW(8, name, NULL));
    assert_false(GetUserNameExW(8, NULL, &len));
    assert_int_equal(ImpersonateSecurityContext(&talk.client), SEC_E_NO_IMPERSONATION);
    assert_int_equal(ImpersonateSecurityContext(&none), SEC_E_INVALID_HANDLE);
    assert_int_equal(RevertSecurityContext(&none), SEC_E_INVALID_HANDLE);
    assert_int_equal(RevertSecurityContext(&talk.server), SEC_E_OK);
    for (int i = 0; i < 2; i++) {
        assert_user(8, USER);
        assert_user(2, "RPCSEC.TEST\\ada");
        assert_int_equal(ImpersonateSecurityContext(&talk.server), SEC_E_OK);
    }
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_OUTBOUND, &cred), SEC_E_NO_CREDENTIALS);
    assert_int_equal(acquire("Kerberos", SECPKG_CRED_INBOUND, &cred), SEC_E_OK);
    FreeCredentialsHandle(&cred);
    assert_int_equal(RevertSecurityContext(&talk.server), SEC_E_OK);
    talk_close(&talk);
}

/* ---- Export and import ---- */

static void exported_contexts_come_back_whole_or_not_at_all(void **state)
{
    SecBuffer packed = {0, 0, NULL};
    CtxtHandle none = {77, 77}, back;
    void *token = &packed;
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_int_equal(ExportSecurityContext(&talk.server, 0, NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(
        ExportSecurityContext(&talk.server, SECPKG_CONTEXT_EXPORT_TO_KERNEL, &packed, NULL),
        SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(ExportSecurityContext(&none, 0, &packed, NULL), SEC_E_INVALID_HANDLE);
    assert_int_equal(
        ExportSecurityContext(&talk.server, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, &token),
        SEC_E_OK);
    assert_null(token);
    assert_int_equal(ImportSecurityContextW(NULL, &packed, NULL, &back),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(ImportSecurityContextW(wide("Kerberos"), NULL, NULL, &back),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(ImportSecurityContextW(wide("Kerberos"), &packed, NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    assert_int_equal(ImportSecurityContextW(wide("none"), &packed, NULL, &back),
                     SEC_E_SECPKG_NOT_FOUND);
    assert_true(ImportSecurityContextW(wide("Negotiate"), &packed, NULL, &back) < 0);
    for (ULONG len = 0; len < packed.cbBuffer; len += 1 + len / 8) {
        SecBuffer part = {len, 0, packed.pvBuffer};

        assert_true(ImportSecurityContextW(wide("Kerberos"), &part, NULL, &back) < 0);
    }
    assert_int_equal(ImportSecurityContextW(wide("Kerberos"), &packed, NULL, &back), SEC_E_OK);
    assert_int_equal(CompleteAuthToken(&back, NULL), SEC_E_OK);
    DeleteSecurityContext(&back);
    FreeContextBuffer(packed.pvBuffer);
    talk_close(&talk);
}

/* ---- Messages ---- */

enum { TOKEN_LEN = 60, BODY_LEN = 16 };

/* A message in one piece: token, then body. */
static ULONG make_message(struct talk *talk, ULONG qop, uint8_t *wire)
{
    uint8_t token[128], body[BODY_LEN];
    SecBuffer buffers[] = {{sizeof(token), SECBUFFER_TOKEN, token},
                           {sizeof(body), SECBUFFER_DATA, body}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};

    memset(body, 'b', sizeof(body));
    assert_int_equal(EncryptMessage(&talk->client, qop, &desc, 0), SEC_E_OK);
    memcpy(wire, token, buffers[0].cbBuffer);
    memcpy(wire + buffers[0].cbBuffer, body, sizeof(body));
    return buffers[0].cbBuffer;
}

static void signed_messages_are_opened_as_such_only_for_who_looks(void **state)
{
    static const ULONG qops[] = {0, SECQOP_WRAP_NO_ENCRYPT};

    (void)state;
    for (size_t i = 0; i < NUM_OF(qops); i++) {
        for (int stream = 0; stream < 2; stream++) {
            uint8_t wire[256];
            struct talk talk;
            ULONG len, qop = 9;
            SecBuffer buffers[2];
            SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};

            talk_open(&talk);
            len = make_message(&talk, qops[i], wire);
            buffers[0] = stream ? (SecBuffer){len + BODY_LEN, SECBUFFER_STREAM, wire}
                                : (SecBuffer){len, SECBUFFER_TOKEN, wire};
            buffers[1] = stream ? (SecBuffer){0, SECBUFFER_DATA, NULL}
                                : (SecBuffer){BODY_LEN, SECBUFFER_DATA, wire + len};
            if (qops[i] != 0)
                assert_int_equal(DecryptMessage(&talk.server, &desc, 0, NULL),
                                 SEC_E_MESSAGE_ALTERED);
            talk_close(&talk);
            talk_open(&talk);
            make_message(&talk, qops[i], wire);
            assert_int_equal(DecryptMessage(&talk.server, &desc, 0, &qop), SEC_E_OK);
            assert_int_equal(qop, qops[i]);
            assert_int_equal(buffers[1].cbBuffer, BODY_LEN);
            assert_memory_equal(buffers[1].pvBuffer, "bbbbbbbbbbbbbbbb", BODY_LEN);
            assert_true(DecryptMessage(&talk.server, &desc, 0, &qop) < 0);
            talk_close(&talk);
        }
    }
}

static void messages_of_wrong_descriptors_are_refused(void **state)
{
    uint8_t bytes[128] = {0};
    SecBuffer many[80];
    SecBuffer no_token[] = {{4, SECBUFFER_TOKEN, NULL}, {4, SECBUFFER_DATA, bytes}};
    SecBuffer no_stream[] = {{4, SECBUFFER_STREAM, NULL}, {0, SECBUFFER_DATA, NULL}};
    SecBuffer no_data[] = {{4, SECBUFFER_STREAM, bytes}};
    SecBufferDesc bad[] = {
        {SECBUFFER_VERSION + 1, 2, many},        {SECBUFFER_VERSION, 1, NULL},
        {SECBUFFER_VERSION, NUM_OF(many), many}, {SECBUFFER_VERSION, 2, no_token},
        {SECBUFFER_VERSION, 2, no_stream},       {SECBUFFER_VERSION, 1, no_data}};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    many[0] = (SecBuffer){sizeof(bytes), SECBUFFER_TOKEN, bytes};
    for (size_t i = 1; i < NUM_OF(many); i++)
        many[i] = (SecBuffer){1, SECBUFFER_DATA, bytes};
    for (size_t i = 0; i < NUM_OF(bad); i++) {
        ULONG qop = 9;

        assert_true(MakeSignature(&talk.client, 0, &bad[i], 0) < 0);
        assert_true(EncryptMessage(&talk.client, 0, &bad[i], 0) < 0);
        assert_true(VerifySignature(&talk.server, &bad[i], 0, &qop) < 0);
        assert_true(DecryptMessage(&talk.server, &bad[i], 0, &qop) < 0);
        assert_int_equal(qop, 9);
    }
    talk_close(&talk);
}

/* ---- Memory ---- */

static rpcsec_status of_code(SECURITY_STATUS code)
{
    if (code >= 0)
        return RPCSEC_OK;
    return code == SEC_E_INSUFFICIENT_MEMORY ? RPCSEC_NO_MEMORY : RPCSEC_INTERNAL;
}

static SECURITY_STATUS move(CtxtHandle *ctx)
{
    SecBuffer packed = {0, 0, NULL};
    CtxtHandle back;
    SECURITY_STATUS code = ExportSecurityContext(ctx, 0, &packed, NULL);

    if (code != SEC_E_OK)
        return code;
    code = ImportSecurityContextW(wide("Kerberos"), &packed, NULL, &back);
    FreeContextBuffer(packed.pvBuffer);
    if (code == SEC_E_OK)
        DeleteSecurityContext(&back);
    return code;
}

static SECURITY_STATUS know_client(CtxtHandle *ctx)
{
    HANDLE token = NULL;
    SECURITY_STATUS code = QuerySecurityContextToken(ctx, &token);

    if (code != SEC_E_OK)
        return code;
    (void)rpcsec_token_close(token);
    code = ImpersonateSecurityContext(ctx);
    RevertSecurityContext(ctx);
    return code;
}

static rpcsec_status use_contexts(void *arg)
{
    struct talk talk;
    PSecPkgInfoW infos = NULL;
    ULONG num;
    SECURITY_STATUS code = talk_try(&talk);

    (void)arg;
    if (code == SEC_E_OK)
        code = query_texts(&talk.server);
    if (code == SEC_E_OK)
        code = know_client(&talk.server);
    if (code == SEC_E_OK)
        code = move(&talk.client);
    if (code == SEC_E_OK)
        code = EnumerateSecurityPackagesW(&num, &infos);
    if (code == SEC_E_OK)
        FreeContextBuffer(infos);
    talk_close(&talk);
    return of_code(code);
}

static rpcsec_status use_credentials(void *arg)
{
    SecPkgCredentials_NamesW names = {NULL};
    CredHandle cred;
    SECURITY_STATUS code = acquire("Kerberos", SECPKG_CRED_INBOUND, &cred);

    (void)arg;
    if (code != SEC_E_OK)
        return of_code(code);
    code = AddCredentialsW(&cred, NULL, wide("Kerberos"), SECPKG_CRED_OUTBOUND, NULL, NULL,
                           NULL, NULL);
    if (code == SEC_E_OK)
        code = QueryCredentialsAttributesW(&cred, SECPKG_CRED_ATTR_NAMES, &names);
    if (code == SEC_E_OK)
        FreeContextBuffer(names.sUserName);
    FreeCredentialsHandle(&cred);
    return of_code(code);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(alloc_check_tolerant(use_contexts, NULL) > 10);
    assert_true(alloc_check(use_credentials, NULL) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packages_are_described_in_wide_text),
        cmocka_unit_test(credentials_are_acquired_and_added_with_good_arguments_only),
        cmocka_unit_test(attributes_of_credentials_are_told_or_refused),
        cmocka_unit_test(passwords_are_changed_with_good_arguments_only),
        cmocka_unit_test(descriptors_and_bindings_are_checked_before_any_step),
        cmocka_unit_test(contexts_answer_to_calls_that_there_is_nothing_for),
        cmocka_unit_test(each_attribute_asks_for_room_of_its_own_size),
        cmocka_unit_test(tokens_are_had_of_servers_only),
        cmocka_unit_test(a_thread_has_the_name_of_whom_it_impersonates),
        cmocka_unit_test(exported_contexts_come_back_whole_or_not_at_all),
        cmocka_unit_test(signed_messages_are_opened_as_such_only_for_who_looks),
        cmocka_unit_test(messages_of_wrong_descriptors_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };

    if (!pair_in_realm())
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
