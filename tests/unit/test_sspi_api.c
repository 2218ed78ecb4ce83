/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_api.c: tests of the public SSPI calls over a real KDC, written as a program
 * that uses them would be. Run by test_sspi_api.sh.
 */
#include "sspi_pair.h"

#include <pthread.h>
#include <time.h>

#include <rpcsec/sspi.h>

#include "base/alloc.h"
#include "harness/alloc_check.h"

#define SECURE                                                               \
    (ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | \
     ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY)

/* Both ends of a conversation. */
struct talk {
    CredHandle client_cred;
    CredHandle server_cred;
    CtxtHandle client;
    CtxtHandle server;
    bool has_client;
    bool has_server;
    ULONG client_flags;
    ULONG server_flags;
    size_t legs;
};

struct token {
    uint8_t bytes[4096];
    SecBuffer buffer;
    SecBufferDesc desc;
};

/* An output buffer of `len` bytes. */
static PSecBufferDesc token_out(struct token *token, ULONG len)
{
    token->buffer = (SecBuffer){len, SECBUFFER_TOKEN, token->bytes};
    token->desc = (SecBufferDesc){SECBUFFER_VERSION, 1, &token->buffer};
    return &token->desc;
}

static SECURITY_STATUS open_creds(struct talk *talk)
{
    TimeStamp expiry;
    SECURITY_STATUS status =
        AcquireCredentialsHandle(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL, NULL,
                                 &talk->client_cred, &expiry);

    if (status == SEC_E_OK)
        status = AcquireCredentialsHandle(NULL, "Kerberos", SECPKG_CRED_INBOUND, NULL, NULL,
                                          NULL, NULL, &talk->server_cred, NULL);
    return status;
}

static SECURITY_STATUS client_step(struct talk *talk, ULONG req, PSecBufferDesc in,
                                   PSecBufferDesc out)
{
    SECURITY_STATUS status = InitializeSecurityContext(
        &talk->client_cred, talk->has_client ? &talk->client : NULL, PAIR_SERVICE, req, 0,
        SECURITY_NATIVE_DREP, in, 0, &talk->client, out, &talk->client_flags, NULL);

    talk->legs++;
    if (status >= 0)
        talk->has_client = true;
    return status;
}

static SECURITY_STATUS server_step(struct talk *talk, ULONG req, PSecBufferDesc in,
                                   PSecBufferDesc out)
{
    SECURITY_STATUS status = AcceptSecurityContext(
        &talk->server_cred, talk->has_server ? &talk->server : NULL, in, req,
        SECURITY_NETWORK_DREP, &talk->server, out, &talk->server_flags, NULL);

    talk->legs++;
    if (status >= 0)
        talk->has_server = true;
    return status;
}

/* Steps in turn until both say OK. */
static SECURITY_STATUS shake(struct talk *talk, ULONG client_req, ULONG server_req)
{
    SECURITY_STATUS client = SEC_I_CONTINUE_NEEDED;
    SECURITY_STATUS server = SEC_I_CONTINUE_NEEDED;
    struct token there;
    struct token back;

    token_out(&back, 0);
    while (client == SEC_I_CONTINUE_NEEDED || server == SEC_I_CONTINUE_NEEDED) {
        client = client_step(talk, client_req, talk->has_client ? &back.desc : NULL,
                             token_out(&there, sizeof(there.bytes)));
        if (client < 0)
            return client;
        if (there.buffer.cbBuffer == 0)
            break;
        server = server_step(talk, server_req, &there.desc, token_out(&back, 4096));
        if (server < 0)
            return server;
        if (back.buffer.cbBuffer == 0)
            break;
    }
    return client == SEC_E_OK ? server : client;
}

static void talk_open(struct talk *talk, ULONG client_req)
{
    memset(talk, 0, sizeof(*talk));
    assert_int_equal(open_creds(talk), SEC_E_OK);
    assert_int_equal(shake(talk, client_req, 0), SEC_E_OK);
}

static void talk_close(struct talk *talk)
{
    if (talk->has_client)
        assert_int_equal(DeleteSecurityContext(&talk->client), SEC_E_OK);
    if (talk->has_server)
        assert_int_equal(DeleteSecurityContext(&talk->server), SEC_E_OK);
    assert_int_equal(FreeCredentialHandle(&talk->client_cred), SEC_E_OK);
    assert_int_equal(FreeCredentialsHandle(&talk->server_cred), SEC_E_OK);
}

/* ---- Handshakes ---- */

static void flags_choose_the_number_of_legs(void **state)
{
    static const struct {
        ULONG req;
        size_t legs;
    } cases[] = {
        {ISC_REQ_INTEGRITY, 2},                        /* one token */
        {SECURE, 3},                                   /* two tokens */
        {SECURE | ISC_REQ_USE_DCE_STYLE, 4},           /* three */
        {ISC_REQ_INTEGRITY | ISC_REQ_USE_DCE_STYLE, 4} /* three, without mutual */
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct talk talk;

        talk_open(&talk, cases[i].req);
        assert_int_equal(talk.legs, cases[i].legs);
        talk_close(&talk);
    }
}

static void each_role_tells_flags_in_its_own_numbers(void **state)
{
    static const struct {
        ULONG req;
        ULONG isc;
        ULONG asc;
    } cases[] = {
        {0, 0, 0},
        {ISC_REQ_MUTUAL_AUTH, ISC_RET_MUTUAL_AUTH, ASC_RET_MUTUAL_AUTH},
        {ISC_REQ_INTEGRITY, ISC_RET_INTEGRITY, ASC_RET_INTEGRITY},
        {ISC_REQ_INTEGRITY | ISC_REQ_NO_INTEGRITY, 0, 0},
        {ISC_REQ_IDENTIFY, ISC_RET_IDENTIFY, ASC_RET_IDENTIFY},
        {ISC_REQ_REPLAY_DETECT, ISC_RET_REPLAY_DETECT | ISC_RET_INTEGRITY,
         ASC_RET_REPLAY_DETECT | ASC_RET_INTEGRITY},
        {SECURE | ISC_REQ_CONNECTION, SECURE | ISC_RET_CONNECTION,
         ASC_RET_MUTUAL_AUTH | ASC_RET_REPLAY_DETECT | ASC_RET_SEQUENCE_DETECT |
             ASC_RET_CONFIDENTIALITY | ASC_RET_INTEGRITY},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct talk talk;
        SecPkgContext_Flags flags;

        talk_open(&talk, cases[i].req);
        assert_int_equal(talk.client_flags, cases[i].isc);
        assert_int_equal(talk.server_flags, cases[i].asc);
        assert_int_equal(QueryContextAttributes(&talk.server, SECPKG_ATTR_FLAGS, &flags), 0);
        assert_int_equal(flags.Flags, cases[i].asc);
        talk_close(&talk);
    }
}

static void security_is_not_told_before_it_is_there(void **state)
{
    struct talk talk = {0};
    struct token there;
    SecPkgContext_Sizes sizes;
    SecPkgContext_Names names = {NULL};

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 4096)),
                     SEC_I_CONTINUE_NEEDED);
    assert_int_equal(talk.client_flags, 0);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
    assert_int_equal(sizes.cbMaxToken, 48000);
    assert_int_equal(sizes.cbSecurityTrailer, 0);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_NAMES, &names),
                     SEC_E_OUT_OF_SEQUENCE);
    assert_null(names.sUserName);
    talk_close(&talk);
}

static void tokens_can_come_in_memory_of_ours(void **state)
{
    struct talk talk = {0};
    SecBuffer buffer = {0, SECBUFFER_TOKEN, NULL};
    SecBufferDesc desc = {SECBUFFER_VERSION, 1, &buffer};

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(client_step(&talk, SECURE | ISC_REQ_ALLOCATE_MEMORY, NULL, &desc),
                     SEC_I_CONTINUE_NEEDED);
    assert_int_equal(talk.client_flags, ISC_RET_ALLOCATED_MEMORY);
    assert_true(buffer.cbBuffer > 100 && buffer.pvBuffer);
    assert_int_equal(FreeContextBuffer(buffer.pvBuffer), SEC_E_OK);
    assert_int_equal(FreeContextBuffer(buffer.pvBuffer), SEC_E_INVALID_HANDLE);
    talk_close(&talk);
}

static void a_first_step_that_fails_gives_no_context(void **state)
{
    struct talk talk = {0};
    struct token there;
    CtxtHandle context = {11, 12};

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(InitializeSecurityContext(&talk.client_cred, NULL, "no/such.service",
                                               SECURE, 0, 0, NULL, 0, &context,
                                               token_out(&there, 4096), NULL, NULL),
                     SEC_E_TARGET_UNKNOWN);
    assert_int_equal(context.dwLower, 11);
    assert_string_equal(rpcsec_sspi_last_error()->spn, "no/such.service");
    assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 10)),
                     SEC_E_BUFFER_TOO_SMALL);
    assert_true(there.buffer.cbBuffer > 10); /* the size it takes */
    assert_false(talk.has_client);
    talk_close(&talk);
}

static void a_token_that_did_not_fit_waits_for_the_next_call(void **state)
{
    struct talk talk = {0};
    struct token there;
    struct token back;

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(
        client_step(&talk, SECURE | ISC_REQ_USE_DCE_STYLE, NULL, token_out(&there, 4096)),
        SEC_I_CONTINUE_NEEDED);
    assert_int_equal(server_step(&talk, 0, &there.desc, token_out(&back, 4096)),
                     SEC_I_CONTINUE_NEEDED);
    assert_int_equal(client_step(&talk, SECURE, &back.desc, token_out(&there, 10)),
                     SEC_E_BUFFER_TOO_SMALL);
    assert_in_range(there.buffer.cbBuffer, 80, 100); /* an AP-REP; the size it takes */
    assert_int_equal(
        client_step(&talk, SECURE, &back.desc, token_out(&there, there.buffer.cbBuffer)),
        SEC_E_OK);
    assert_int_equal(talk.client_flags & SECURE, SECURE);
    assert_int_equal(server_step(&talk, 0, &there.desc, token_out(&back, 4096)), SEC_E_OK);
    talk_close(&talk);
}

static void a_failed_context_lives_until_it_is_deleted(void **state)
{
    struct talk talk = {0};
    struct token there;
    struct token back;

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 4096)),
                     SEC_I_CONTINUE_NEEDED);
    memset(back.bytes, 'x', 200);
    token_out(&back, 200);
    assert_true(client_step(&talk, SECURE, &back.desc, token_out(&there, 4096)) < 0);
    assert_int_equal(client_step(&talk, SECURE, &back.desc, token_out(&there, 4096)),
                     SEC_E_OUT_OF_SEQUENCE);
    talk_close(&talk);
}

static void a_finished_context_takes_no_more_steps(void **state)
{
    struct talk talk;
    struct token there;

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 4096)),
                     SEC_E_UNSUPPORTED_FUNCTION);
    talk_close(&talk);
}

static void roles_are_not_mixed(void **state)
{
    struct talk talk;
    struct token in;
    struct token out;
    CtxtHandle context = {0, 0};

    (void)state;
    talk_open(&talk, SECURE);
    token_out(&in, 20);
    assert_int_equal(AcceptSecurityContext(&talk.client_cred, NULL, &in.desc, 0, 0, &context,
                                           token_out(&out, 4096), NULL, NULL),
                     SEC_E_NO_CREDENTIALS);
    assert_non_null(strstr(rpcsec_sspi_last_error()->text, "SECPKG_CRED_INBOUND"));
    assert_int_equal(InitializeSecurityContext(&talk.server_cred, NULL, PAIR_SERVICE, 0, 0, 0,
                                               NULL, 0, &context, token_out(&out, 4096), NULL,
                                               NULL),
                     SEC_E_NO_CREDENTIALS);
    assert_int_equal(AcceptSecurityContext(NULL, &talk.client, &in.desc, 0, 0, NULL,
                                           token_out(&out, 4096), NULL, NULL),
                     SEC_E_INVALID_PARAMETER);
    talk_close(&talk);
}

static void what_would_be_ignored_is_refused(void **state)
{
    static const ULONG flags[] = {ISC_REQ_DATAGRAM, ISC_REQ_USE_SESSION_KEY,
                                  ISC_REQ_USE_SUPPLIED_CREDS, ISC_REQ_NULL_SESSION};
    struct talk talk = {0};
    struct token there;

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    for (size_t i = 0; i < NUM_OF(flags); i++)
        assert_int_equal(client_step(&talk, SECURE | flags[i], NULL, token_out(&there, 4096)),
                         SEC_E_UNSUPPORTED_FUNCTION);
    talk_close(&talk);
}

static void a_server_can_give_an_error_token(void **state)
{
    static const ULONG reqs[] = {0, ASC_REQ_EXTENDED_ERROR};

    (void)state;
    for (size_t i = 0; i < NUM_OF(reqs); i++) {
        struct talk talk = {0};
        struct token there;
        struct token back;

        assert_int_equal(open_creds(&talk), SEC_E_OK);
        assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 4096)),
                         SEC_I_CONTINUE_NEEDED);
        there.bytes[there.buffer.cbBuffer - 1] ^= 1;
        token_out(&back, 4096);
        assert_true(server_step(&talk, reqs[i], &there.desc, &back.desc) < 0);
        if (reqs[i])
            assert_in_range(back.buffer.cbBuffer, 50, 500);
        else
            assert_int_equal(back.buffer.cbBuffer, 4096); /* untouched */
        talk_close(&talk);
    }
}

static void a_credential_may_go_before_its_contexts(void **state)
{
    struct talk talk;
    SecPkgContext_Sizes sizes;

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(FreeCredentialsHandle(&talk.client_cred), SEC_E_OK);
    assert_int_equal(FreeCredentialsHandle(&talk.client_cred), SEC_E_INVALID_HANDLE);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
    assert_int_equal(DeleteSecurityContext(&talk.client), SEC_E_OK);
    assert_int_equal(DeleteSecurityContext(&talk.client), SEC_E_INVALID_HANDLE);
    assert_int_equal(DeleteSecurityContext(&talk.server_cred), SEC_E_INVALID_HANDLE);
    assert_int_equal(DeleteSecurityContext(&talk.server), SEC_E_OK);
    assert_int_equal(FreeCredentialsHandle(&talk.server_cred), SEC_E_OK);
}

/* ---- Attributes ---- */

static void names_are_those_of_both_sides(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk, SECURE);
    for (int i = 0; i < 2; i++) {
        CtxtHandle *context = i ? &talk.server : &talk.client;
        SecPkgContext_Names names;
        SecPkgContext_NativeNames native;

        assert_int_equal(QueryContextAttributes(context, SECPKG_ATTR_NAMES, &names), SEC_E_OK);
        assert_string_equal(names.sUserName, "ada@" PAIR_REALM);
        assert_int_equal(QueryContextAttributes(context, SECPKG_ATTR_NATIVE_NAMES, &native), 0);
        assert_string_equal(native.sClientName, "ada@" PAIR_REALM);
        assert_string_equal(native.sServerName, PAIR_SERVICE "@" PAIR_REALM);
        assert_int_equal(FreeContextBuffer(names.sUserName), SEC_E_OK);
        assert_int_equal(FreeContextBuffer(native.sClientName), SEC_E_OK);
        assert_int_equal(FreeContextBuffer(native.sServerName), SEC_E_OK);
    }
    talk_close(&talk);
}

static void sizes_are_measured(void **state)
{
    static const struct {
        ULONG req;
        ULONG trailer;
    } cases[] = {{SECURE, 60}, {SECURE | ISC_REQ_USE_DCE_STYLE, 76}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct talk talk;
        SecPkgContext_Sizes sizes;

        talk_open(&talk, cases[i].req);
        assert_int_equal(QueryContextAttributes(&talk.server, SECPKG_ATTR_SIZES, &sizes), 0);
        assert_int_equal(sizes.cbSecurityTrailer, cases[i].trailer);
        assert_int_equal(sizes.cbMaxSignature, 28);
        assert_int_equal(sizes.cbBlockSize, 1);
        talk_close(&talk);
    }
}

static void the_session_key_is_the_same_on_both_sides(void **state)
{
    struct talk talk;
    SecPkgContext_SessionKey client;
    SecPkgContext_SessionKey server;

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_SESSION_KEY, &client), 0);
    assert_int_equal(QueryContextAttributes(&talk.server, SECPKG_ATTR_SESSION_KEY, &server), 0);
    assert_int_equal(client.SessionKeyLength, 32);
    assert_memory_equal(client.SessionKey, server.SessionKey, 32);
    assert_int_equal(FreeContextBuffer(client.SessionKey), SEC_E_OK);
    assert_int_equal(FreeContextBuffer(server.SessionKey), SEC_E_OK);
    talk_close(&talk);
}

static void key_and_package_are_described(void **state)
{
    struct talk talk;
    SecPkgContext_KeyInfo key;
    SecPkgContext_PackageInfo package;
    SecPkgContext_NegotiationInfo negotiation;

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_KEY_INFO, &key), 0);
    assert_string_equal(key.sEncryptAlgorithmName, "aes256-cts-hmac-sha1-96");
    assert_int_equal(key.EncryptAlgorithm, 18);
    assert_int_equal(key.KeySize, 256);
    assert_int_equal(FreeContextBuffer(key.sEncryptAlgorithmName), SEC_E_OK);
    assert_int_equal(FreeContextBuffer(key.sSignatureAlgorithmName), SEC_E_OK);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_PACKAGE_INFO, &package),
                     SEC_E_OK);
    assert_string_equal(package.PackageInfo->Name, "Kerberos");
    assert_int_equal(FreeContextBuffer(package.PackageInfo), SEC_E_OK);
    assert_int_equal(
        QueryContextAttributes(&talk.client, SECPKG_ATTR_NEGOTIATION_INFO, &negotiation), 0);
    assert_int_equal(negotiation.NegotiationState, SECPKG_NEGOTIATION_COMPLETE);
    assert_int_equal(FreeContextBuffer(negotiation.PackageInfo), SEC_E_OK);
    talk_close(&talk);
}

/* 1601 as 100 ns of local time -> Unix seconds. */
static int64_t unix_of(TimeStamp stamp)
{
    int64_t local = stamp.QuadPart / 10000000 - INT64_C(11644473600);
    time_t guess = (time_t)local;
    struct tm tm;

    localtime_r(&guess, &tm);
    return local - tm.tm_gmtoff;
}

static void the_lifespan_is_that_of_the_ticket(void **state)
{
    struct talk talk;
    SecPkgContext_Lifespan lifespan;
    int64_t now = (int64_t)time(NULL);

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_LIFESPAN, &lifespan), 0);
    assert_in_range(unix_of(lifespan.tsStart), now - 1, now + 30);
    assert_in_range(unix_of(lifespan.tsExpiry), now + 3600, now + 2 * 86400);
    talk_close(&talk);
}

static void other_attributes_are_unsupported(void **state)
{
    struct talk talk;
    uint8_t answer[64];

    (void)state;
    talk_open(&talk, SECURE);
    memset(answer, 0x5a, sizeof(answer));
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_UNIQUE_BINDINGS, answer),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(QueryContextAttributes(&talk.client, 0xffffffff, answer),
                     SEC_E_UNSUPPORTED_FUNCTION);
    assert_int_equal(answer[0], 0x5a);
    assert_int_equal(QueryContextAttributes(&talk.client, SECPKG_ATTR_SIZES, NULL),
                     SEC_E_INVALID_PARAMETER);
    talk_close(&talk);
}

/* ---- Messages ---- */

struct mail {
    uint8_t header[16];
    uint8_t body[64];
    uint8_t token[128];
    SecBuffer buffers[4];
    SecBufferDesc desc;
};

/* TOKEN, signed header, encrypted body, PADDING. */
static PSecBufferDesc mail_init(struct mail *mail, ULONG token_len)
{
    memset(mail->header, 'h', sizeof(mail->header));
    memset(mail->body, 'b', sizeof(mail->body));
    mail->buffers[0] = (SecBuffer){token_len, SECBUFFER_TOKEN, mail->token};
    mail->buffers[1] = (SecBuffer){
        sizeof(mail->header), SECBUFFER_DATA | SECBUFFER_READONLY_WITH_CHECKSUM, mail->header};
    mail->buffers[2] = (SecBuffer){sizeof(mail->body), SECBUFFER_DATA, mail->body};
    mail->buffers[3] = (SecBuffer){16, SECBUFFER_PADDING, mail->token};
    mail->desc = (SecBufferDesc){SECBUFFER_VERSION, 4, mail->buffers};
    return &mail->desc;
}

static void messages_are_encrypted_in_place(void **state)
{
    static const ULONG styles[] = {0, ISC_REQ_USE_DCE_STYLE};

    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct talk talk;
        struct mail mail;
        ULONG qop = 7;

        talk_open(&talk, SECURE | styles[i]);
        mail_init(&mail, sizeof(mail.token));
        assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_OK);
        assert_int_equal(mail.buffers[0].cbBuffer, styles[i] ? 76 : 60);
        assert_int_equal(mail.buffers[3].cbBuffer, 0);
        assert_memory_not_equal(mail.body, "bbbbbbbbbbbbbbbb", 16);
        assert_memory_equal(mail.header, "hhhhhhhhhhhhhhhh", 16);
        assert_int_equal(DecryptMessage(&talk.server, &mail.desc, 0, &qop), SEC_E_OK);
        assert_memory_equal(mail.body, "bbbbbbbbbbbbbbbb", 16);
        assert_int_equal(qop, 0);
        talk_close(&talk);
    }
}

static void a_changed_header_is_noticed_and_the_body_wiped(void **state)
{
    struct talk talk;
    struct mail mail;

    (void)state;
    talk_open(&talk, SECURE);
    mail_init(&mail, sizeof(mail.token));
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_OK);
    mail.header[3] ^= 1;
    assert_int_equal(DecryptMessage(&talk.server, &mail.desc, 0, NULL), SEC_E_MESSAGE_ALTERED);
    for (size_t i = 0; i < sizeof(mail.body); i++)
        assert_int_equal(mail.body[i], 0);
    talk_close(&talk);
}

static void a_small_token_buffer_changes_nothing(void **state)
{
    struct talk talk;
    struct mail mail;

    (void)state;
    talk_open(&talk, SECURE);
    mail_init(&mail, 59);
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_BUFFER_TOO_SMALL);
    assert_memory_equal(mail.body, "bbbbbbbbbbbbbbbb", 16);
    mail_init(&mail, 27);
    assert_int_equal(MakeSignature(&talk.client, 0, &mail.desc, 0), SEC_E_BUFFER_TOO_SMALL);
    mail_init(&mail, 60);
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_OK);
    assert_int_equal(DecryptMessage(&talk.server, &mail.desc, 0, NULL), SEC_E_OK);
    talk_close(&talk);
}

static void a_stream_is_decrypted_where_it_lies(void **state)
{
    struct talk talk;
    struct mail mail;
    uint8_t wire[60 + 64];
    SecBuffer in[2] = {{sizeof(wire), SECBUFFER_STREAM, wire}, {0, SECBUFFER_DATA, NULL}};
    SecBufferDesc stream = {SECBUFFER_VERSION, 2, in};

    (void)state;
    talk_open(&talk, SECURE);
    mail_init(&mail, 60);
    mail.buffers[1].BufferType = SECBUFFER_EMPTY;
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_OK);
    memcpy(wire, mail.token, 60);
    memcpy(wire + 60, mail.body, 64);
    in[0].cbBuffer = 59;
    assert_int_equal(DecryptMessage(&talk.server, &stream, 0, NULL), SEC_E_INCOMPLETE_MESSAGE);
    in[0].cbBuffer = sizeof(wire);
    assert_int_equal(DecryptMessage(&talk.server, &stream, 0, NULL), SEC_E_OK);
    assert_ptr_equal(in[1].pvBuffer, wire + 60);
    assert_int_equal(in[1].cbBuffer, 64);
    assert_memory_equal(in[1].pvBuffer, "bbbbbbbbbbbbbbbb", 16);
    talk_close(&talk);
}

static void signatures_cover_all_data_in_any_place_of_the_token(void **state)
{
    struct talk talk;
    uint8_t first[5] = "first";
    uint8_t second[6] = "second";
    uint8_t token[64];
    SecBuffer buffers[3] = {{sizeof(first), SECBUFFER_DATA, first},
                            {sizeof(token), SECBUFFER_TOKEN, token},
                            {sizeof(second), SECBUFFER_DATA | SECBUFFER_READONLY, second}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 3, buffers};

    (void)state;
    talk_open(&talk, SECURE);
    assert_int_equal(MakeSignature(&talk.server, 0, &desc, 0), SEC_E_OK);
    assert_int_equal(buffers[1].cbBuffer, 28);
    assert_int_equal(VerifySignature(&talk.client, &desc, 0, NULL), SEC_E_OK);
    assert_int_equal(VerifySignature(&talk.client, &desc, 0, NULL), SEC_E_OUT_OF_SEQUENCE);
    buffers[1].cbBuffer = sizeof(token);
    assert_int_equal(MakeSignature(&talk.server, 0, &desc, 0), SEC_E_OK);
    second[0] ^= 1;
    assert_int_equal(VerifySignature(&talk.client, &desc, 0, NULL), SEC_E_MESSAGE_ALTERED);
    talk_close(&talk);
}

static void wrong_sets_of_buffers_are_refused(void **state)
{
    uint8_t bytes[128];
    const SecBuffer token = {128, SECBUFFER_TOKEN, bytes};
    const SecBuffer data = {4, SECBUFFER_DATA, bytes};
    const SecBuffer none = {4, SECBUFFER_DATA, NULL};
    const SecBuffer read_only = {4, SECBUFFER_DATA | SECBUFFER_READONLY, bytes};
    const SecBuffer stream = {128, SECBUFFER_STREAM, bytes};
    const SecBuffer target = {4, SECBUFFER_TARGET, bytes};
    const struct {
        ULONG num;
        SecBuffer buffers[3];
        SECURITY_STATUS status;
    } cases[] = {
        {0, {{0, 0, NULL}}, SEC_E_INVALID_TOKEN},
        {1, {token}, SEC_E_INVALID_TOKEN},
        {1, {data}, SEC_E_INVALID_TOKEN},
        {3, {token, data, token}, SEC_E_INVALID_TOKEN},
        {2, {token, none}, SEC_E_INVALID_PARAMETER},
        {2, {token, read_only}, SEC_E_INVALID_TOKEN},
        {2, {stream, data}, SEC_E_INVALID_TOKEN},
        {3, {token, data, target}, SEC_E_INVALID_TOKEN},
    };
    struct talk talk;

    (void)state;
    talk_open(&talk, SECURE);
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        SecBuffer buffers[3];
        SecBufferDesc desc = {SECBUFFER_VERSION, cases[i].num, buffers};

        memcpy(buffers, cases[i].buffers, sizeof(buffers));
        assert_int_equal(EncryptMessage(&talk.client, 0, &desc, 0), cases[i].status);
    }
    assert_int_equal(EncryptMessage(&talk.client, 0, NULL, 0), SEC_E_INVALID_PARAMETER);
    talk_close(&talk);
}

static void only_what_was_granted_and_known_qops_are_to_be_had(void **state)
{
    struct talk talk;
    struct mail mail;

    (void)state;
    talk_open(&talk, ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY);
    mail_init(&mail, sizeof(mail.token));
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_QOP_NOT_SUPPORTED);
    assert_int_equal(MakeSignature(&talk.client, 1, &mail.desc, 0), SEC_E_QOP_NOT_SUPPORTED);
    assert_int_equal(EncryptMessage(&talk.client, SECQOP_WRAP_OOB_DATA, &mail.desc, 0),
                     SEC_E_QOP_NOT_SUPPORTED);
    assert_int_equal(MakeSignature(&talk.client, 0, &mail.desc, 0), SEC_E_OK);
    assert_int_equal(VerifySignature(&talk.server, &mail.desc, 0, NULL), SEC_E_OK);
    talk_close(&talk);
}

static void messages_before_the_handshake_is_done_are_refused(void **state)
{
    struct talk talk = {0};
    struct token there;
    struct mail mail;

    (void)state;
    assert_int_equal(open_creds(&talk), SEC_E_OK);
    assert_int_equal(client_step(&talk, SECURE, NULL, token_out(&there, 4096)),
                     SEC_I_CONTINUE_NEEDED);
    mail_init(&mail, sizeof(mail.token));
    assert_int_equal(EncryptMessage(&talk.client, 0, &mail.desc, 0), SEC_E_OUT_OF_SEQUENCE);
    assert_int_equal(MakeSignature(&talk.client, 0, &mail.desc, 0), SEC_E_OUT_OF_SEQUENCE);
    assert_int_equal(DecryptMessage(&talk.client, &mail.desc, 0, NULL), SEC_E_OUT_OF_SEQUENCE);
    assert_int_equal(VerifySignature(&talk.client, &mail.desc, 0, NULL), SEC_E_OUT_OF_SEQUENCE);
    talk_close(&talk);
}

/* ---- Memory ---- */

static rpcsec_status of_code(SECURITY_STATUS code)
{
    if (code >= 0)
        return RPCSEC_OK;
    return code == SEC_E_INSUFFICIENT_MEMORY ? RPCSEC_NO_MEMORY : RPCSEC_INTERNAL;
}

static SECURITY_STATUS query_all(struct talk *talk)
{
    SecPkgContext_NativeNames names;
    SecPkgContext_SessionKey key;
    SecPkgContext_PackageInfo package;
    SECURITY_STATUS code =
        QueryContextAttributes(&talk->server, SECPKG_ATTR_NATIVE_NAMES, &names);

    if (code != SEC_E_OK)
        return code;
    FreeContextBuffer(names.sClientName);
    FreeContextBuffer(names.sServerName);
    code = QueryContextAttributes(&talk->server, SECPKG_ATTR_SESSION_KEY, &key);
    if (code != SEC_E_OK)
        return code;
    FreeContextBuffer(key.SessionKey);
    code = QueryContextAttributes(&talk->server, SECPKG_ATTR_PACKAGE_INFO, &package);
    if (code == SEC_E_OK)
        FreeContextBuffer(package.PackageInfo);
    return code;
}

/* A first step whose token comes in memory of ours. */
static SECURITY_STATUS allocating_step(struct talk *talk)
{
    SecBuffer buffer = {0, SECBUFFER_TOKEN, NULL};
    SecBufferDesc desc = {SECBUFFER_VERSION, 1, &buffer};
    CtxtHandle context;
    SECURITY_STATUS code = InitializeSecurityContext(&talk->client_cred, NULL, PAIR_SERVICE,
                                                     ISC_REQ_ALLOCATE_MEMORY | SECURE, 0, 0,
                                                     NULL, 0, &context, &desc, NULL, NULL);

    if (code < 0)
        return code;
    FreeContextBuffer(buffer.pvBuffer);
    DeleteSecurityContext(&context);
    return SEC_E_OK;
}

static rpcsec_status whole_talk(void *arg)
{
    struct talk talk = {0};
    struct mail mail;
    SECURITY_STATUS code = open_creds(&talk);

    (void)arg;
    if (code == SEC_E_OK)
        code = shake(&talk, SECURE, 0);
    if (code == SEC_E_OK)
        code = EncryptMessage(&talk.client, 0, mail_init(&mail, 60), 0);
    if (code == SEC_E_OK)
        code = DecryptMessage(&talk.server, &mail.desc, 0, NULL);
    if (code == SEC_E_OK)
        code = query_all(&talk);
    if (code == SEC_E_OK)
        code = allocating_step(&talk);
    if (talk.has_client)
        DeleteSecurityContext(&talk.client);
    if (talk.has_server)
        DeleteSecurityContext(&talk.server);
    FreeCredentialsHandle(&talk.client_cred);
    FreeCredentialsHandle(&talk.server_cred);
    return of_code(code);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(alloc_check(whole_talk, NULL) > 20);
}

/* ---- Threads ---- */

static void *talk_with_shared_credentials(void *arg)
{
    const struct talk *shared = arg;
    intptr_t failures = 0;

    for (int i = 0; i < 5; i++) {
        struct talk talk = {.client_cred = shared->client_cred,
                            .server_cred = shared->server_cred};
        struct mail mail;

        failures += shake(&talk, SECURE | ISC_REQ_USE_DCE_STYLE, 0) != SEC_E_OK;
        failures += EncryptMessage(&talk.client, 0, mail_init(&mail, 128), 0) != SEC_E_OK;
        failures += DecryptMessage(&talk.server, &mail.desc, 0, NULL) != SEC_E_OK;
        DeleteSecurityContext(&talk.client);
        DeleteSecurityContext(&talk.server);
    }
    return (void *)failures;
}

static void threads_share_credentials(void **state)
{
    struct talk shared = {0};
    pthread_t threads[4];

    (void)state;
    assert_int_equal(open_creds(&shared), SEC_E_OK);
    for (size_t i = 0; i < NUM_OF(threads); i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, talk_with_shared_credentials, &shared), 0);
    for (size_t i = 0; i < NUM_OF(threads); i++) {
        void *failures;

        pthread_join(threads[i], &failures);
        assert_null(failures);
    }
    talk_close(&shared);
}

static void *sign_many(void *arg)
{
    struct talk *talk = arg;
    intptr_t failures = 0;

    for (int i = 0; i < 200; i++) {
        struct mail mail;

        failures += EncryptMessage(&talk->client, 0, mail_init(&mail, 128), 0) != SEC_E_OK;
        failures += MakeSignature(&talk->server, 0, mail_init(&mail, 128), 0) != SEC_E_OK;
    }
    return (void *)failures;
}

static void threads_share_a_context(void **state)
{
    struct talk talk;
    pthread_t threads[4];

    (void)state;
    talk_open(&talk, SECURE);
    for (size_t i = 0; i < NUM_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, sign_many, &talk), 0);
    for (size_t i = 0; i < NUM_OF(threads); i++) {
        void *failures;

        pthread_join(threads[i], &failures);
        assert_null(failures);
    }
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(flags_choose_the_number_of_legs),
        cmocka_unit_test(each_role_tells_flags_in_its_own_numbers),
        cmocka_unit_test(security_is_not_told_before_it_is_there),
        cmocka_unit_test(tokens_can_come_in_memory_of_ours),
        cmocka_unit_test(a_first_step_that_fails_gives_no_context),
        cmocka_unit_test(a_token_that_did_not_fit_waits_for_the_next_call),
        cmocka_unit_test(a_failed_context_lives_until_it_is_deleted),
        cmocka_unit_test(a_finished_context_takes_no_more_steps),
        cmocka_unit_test(roles_are_not_mixed),
        cmocka_unit_test(what_would_be_ignored_is_refused),
        cmocka_unit_test(a_server_can_give_an_error_token),
        cmocka_unit_test(a_credential_may_go_before_its_contexts),
        cmocka_unit_test(names_are_those_of_both_sides),
        cmocka_unit_test(sizes_are_measured),
        cmocka_unit_test(the_session_key_is_the_same_on_both_sides),
        cmocka_unit_test(key_and_package_are_described),
        cmocka_unit_test(the_lifespan_is_that_of_the_ticket),
        cmocka_unit_test(other_attributes_are_unsupported),
        cmocka_unit_test(messages_are_encrypted_in_place),
        cmocka_unit_test(a_changed_header_is_noticed_and_the_body_wiped),
        cmocka_unit_test(a_small_token_buffer_changes_nothing),
        cmocka_unit_test(a_stream_is_decrypted_where_it_lies),
        cmocka_unit_test(signatures_cover_all_data_in_any_place_of_the_token),
        cmocka_unit_test(wrong_sets_of_buffers_are_refused),
        cmocka_unit_test(only_what_was_granted_and_known_qops_are_to_be_had),
        cmocka_unit_test(messages_before_the_handshake_is_done_are_refused),
        cmocka_unit_test(threads_share_credentials),
        cmocka_unit_test(threads_share_a_context),
    };

    if (!pair_in_realm())
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
