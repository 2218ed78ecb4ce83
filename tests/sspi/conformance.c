/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/conformance.c: walks the calls of SSPI over packages, context flags, buffer forms
 * and attributes, and prints a matrix. Each cell is a status that is expected for a reason
 * written here; any other is an unexplained cell, and the test fails.
 *
 *     conformance TARGET PACKAGE...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/sspi.h>

static int num_cells;
static int num_bad;

static void cell(const char *row, const char *column, SECURITY_STATUS got, SECURITY_STATUS want)
{
    num_cells++;
    printf("  %-34s %-30s %08x%s\n", row, column, (unsigned)got,
           got == want ? "" : " UNEXPLAINED");
    if (got == want)
        return;
    num_bad++;
    printf("    expected %08x; %s\n", (unsigned)want,
           rpcsec_error_text(rpcsec_sspi_last_error()));
}

/* ---- Contexts ---- */

#define MAX_TOKEN 65536

struct ends {
    const char *package;
    bool ntlm;
    const char *target;
    CredHandle client_cred, server_cred;
    CtxtHandle client, server;
    ULONG req, client_ret, server_ret;
};

static SECURITY_STATUS shake(struct ends *e)
{
    static uint8_t there[MAX_TOKEN], back[MAX_TOKEN];
    SecBuffer in = {0, SECBUFFER_TOKEN, back}, out = {0, SECBUFFER_TOKEN, there};
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, &in},
                  out_desc = {SECBUFFER_VERSION, 1, &out};
    SECURITY_STATUS client = SEC_I_CONTINUE_NEEDED, server = SEC_I_CONTINUE_NEEDED;

    for (int leg = 0; client == SEC_I_CONTINUE_NEEDED || server == SEC_I_CONTINUE_NEEDED;
         leg++) {
        out.cbBuffer = sizeof(there);
        client = InitializeSecurityContextA(&e->client_cred, leg ? &e->client : NULL, e->target,
                                            e->req, 0, 0, leg ? &in_desc : NULL, 0, &e->client,
                                            &out_desc, &e->client_ret, NULL);
        if (client < 0 || out.cbBuffer == 0)
            return client < 0 ? client : server;
        in.cbBuffer = sizeof(back);
        server = AcceptSecurityContext(&e->server_cred, leg ? &e->server : NULL, &out_desc, 0,
                                       0, &e->server, &in_desc, &e->server_ret, NULL);
        if (server < 0 || in.cbBuffer == 0)
            return server < 0 ? server : client;
    }
    return SEC_E_OK;
}

static bool open_ends(struct ends *e, const char *package, const char *target, ULONG req)
{
    memset(e, 0, sizeof(*e));
    e->package = package;
    e->ntlm = strcmp(package, "NTLM") == 0;
    e->target = target;
    e->req = req;
    return AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_OUTBOUND, NULL, NULL, NULL,
                                     NULL, &e->client_cred, NULL) == SEC_E_OK &&
           AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_INBOUND, NULL, NULL, NULL, NULL,
                                     &e->server_cred, NULL) == SEC_E_OK;
}

static void close_ends(struct ends *e)
{
    DeleteSecurityContext(&e->client);
    DeleteSecurityContext(&e->server);
    FreeCredentialsHandle(&e->client_cred);
    FreeCredentialsHandle(&e->server_cred);
}

#define PROTECTS                                                                 \
    (ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONFIDENTIALITY | \
     ISC_REQ_INTEGRITY)

/* What must be granted: what was asked, and what that implies (2.1 of the mapping). NTLM proves
 * no server, and its signatures always carry numbers. */
static ULONG granted(const struct ends *e)
{
    ULONG flags = e->req & (PROTECTS | ISC_REQ_MUTUAL_AUTH | ISC_REQ_USE_DCE_STYLE |
                            ISC_REQ_IDENTIFY | ISC_REQ_CONNECTION);

    if (flags & PROTECTS)
        flags |= ISC_RET_INTEGRITY;
    if (e->ntlm) {
        flags &= ~(ULONG)(ISC_REQ_MUTUAL_AUTH | ISC_REQ_USE_DCE_STYLE);
        if (flags & PROTECTS)
            flags |= ISC_RET_REPLAY_DETECT | ISC_RET_SEQUENCE_DETECT;
    }
    return flags;
}

/* ---- Messages ---- */

#define RO    SECBUFFER_READONLY
#define RO_CS SECBUFFER_READONLY_WITH_CHECKSUM

struct form {
    const char *name;
    bool seals;
    ULONG qop;
    ULONG types[5];       /* until 0xffff */
    SECURITY_STATUS want; /* where the context grants it */
};
#define END   0xffffU
#define DATA  SECBUFFER_DATA
#define TOKEN SECBUFFER_TOKEN

static const struct form forms[] = {
    {"sign {DATA,TOKEN}", false, 0, {DATA, TOKEN, END}, SEC_E_OK},
    {"sign {TOKEN,DATA}", false, 0, {TOKEN, DATA, END}, SEC_E_OK},
    {"sign {DATA,DATA,TOKEN}", false, 0, {DATA, DATA, TOKEN, END}, SEC_E_OK},
    {"sign {DATA|RO,TOKEN}", false, 0, {DATA | RO, TOKEN, END}, SEC_E_OK},
    {"sign {DATA|RO_CS,TOKEN}", false, 0, {DATA | RO_CS, TOKEN, END}, SEC_E_OK},
    {"sign {DATA,TOKEN,EMPTY}", false, 0, {DATA, TOKEN, SECBUFFER_EMPTY, END}, SEC_E_OK},
    {"sign {DATA}", false, 0, {DATA, END}, SEC_E_INVALID_TOKEN},
    {"sign {TOKEN}", false, 0, {TOKEN, END}, SEC_E_INVALID_TOKEN},
    {"sign {TOKEN,DATA,TOKEN}", false, 0, {TOKEN, DATA, TOKEN, END}, SEC_E_INVALID_TOKEN},
    {"sign {DATA,TOKEN} qop 1", false, 1, {DATA, TOKEN, END}, SEC_E_QOP_NOT_SUPPORTED},
    {"seal {TOKEN,DATA,PADDING}", true, 0, {TOKEN, DATA, SECBUFFER_PADDING, END}, SEC_E_OK},
    {"seal {TOKEN,DATA}", true, 0, {TOKEN, DATA, END}, SEC_E_OK},
    {"seal {TOKEN,DATA,DATA}", true, 0, {TOKEN, DATA, DATA, END}, SEC_E_OK},
    {"seal {RO_CS,DATA,RO_CS,TOKEN}",
     true,
     0,
     {DATA | RO_CS, DATA, DATA | RO_CS, TOKEN, END},
     SEC_E_OK},
    {"seal {TOKEN,DATA|RO,DATA}", true, 0, {TOKEN, DATA | RO, DATA, END}, SEC_E_OK},
    {"seal {STREAM_HEADER,DATA,TRAILER}",
     true,
     0,
     {SECBUFFER_STREAM_HEADER, DATA, SECBUFFER_STREAM_TRAILER, END},
     SEC_E_OK},
    {"seal {TOKEN,DATA} no-encrypt",
     true,
     SECQOP_WRAP_NO_ENCRYPT,
     {TOKEN, DATA, END},
     SEC_E_OK},
    {"seal {TOKEN,DATA} oob",
     true,
     SECQOP_WRAP_OOB_DATA,
     {TOKEN, DATA, END},
     SEC_E_QOP_NOT_SUPPORTED},
    {"seal {DATA}", true, 0, {DATA, END}, SEC_E_INVALID_TOKEN},
    {"seal {TOKEN}", true, 0, {TOKEN, END}, SEC_E_INVALID_TOKEN},
    {"seal {TOKEN,RO_CS}", true, 0, {TOKEN, DATA | RO_CS, END}, SEC_E_INVALID_TOKEN},
    {"seal {TOKEN,DATA,TOKEN}", true, 0, {TOKEN, DATA, TOKEN, END}, SEC_E_INVALID_TOKEN},
    {"seal {TOKEN,DATA,TARGET}",
     true,
     0,
     {TOKEN, DATA, SECBUFFER_TARGET, END},
     SEC_E_INVALID_TOKEN},
    {"seal {STREAM,DATA}", true, 0, {SECBUFFER_STREAM, DATA, END}, SEC_E_INVALID_TOKEN},
};

#define BODY     "a message of some length"
#define BODY_LEN (sizeof(BODY) - 1)

struct mail {
    uint8_t bytes[5][256];
    SecBuffer buffers[5];
    SecBufferDesc desc;
};

static void fill(struct mail *m, const struct form *form, ULONG token_len)
{
    m->desc = (SecBufferDesc){SECBUFFER_VERSION, 0, m->buffers};
    for (ULONG i = 0; i < 5 && form->types[i] != END; i++) {
        ULONG type = form->types[i] & ~SECBUFFER_ATTRMASK;

        memset(m->bytes[i], 0, sizeof(m->bytes[i]));
        m->buffers[i] = (SecBuffer){token_len, form->types[i], m->bytes[i]};
        if (type == DATA) {
            memcpy(m->bytes[i], BODY, BODY_LEN);
            m->buffers[i].cbBuffer = BODY_LEN;
        }
        m->desc.cBuffers++;
    }
}

static SECURITY_STATUS protect(CtxtHandle *context, const struct form *form, struct mail *m)
{
    return form->seals ? EncryptMessage(context, form->qop, &m->desc, 0)
                       : MakeSignature(context, form->qop, &m->desc, 0);
}

static bool bodies_are_back(const struct form *form, const struct mail *m)
{
    for (ULONG i = 0; i < m->desc.cBuffers; i++) {
        if ((form->types[i] & ~SECBUFFER_ATTRMASK) == DATA &&
            memcmp(m->bytes[i], BODY, BODY_LEN) != 0)
            return false;
    }
    return true;
}

/* Where the flags do not grant the protection, or the package has no such form. */
static SECURITY_STATUS want_of(const struct ends *e, const struct form *form)
{
    bool clear = form->qop == SECQOP_WRAP_NO_ENCRYPT;
    ULONG needed = form->seals && !clear ? ISC_RET_CONFIDENTIALITY : ISC_RET_INTEGRITY;

    if (form->want != SEC_E_OK)
        return form->want;
    if ((clear && e->ntlm) || !(e->client_ret & needed))
        return SEC_E_QOP_NOT_SUPPORTED;
    return SEC_E_OK;
}

static void one_form(struct ends *e, const struct form *form, bool back)
{
    CtxtHandle *from = back ? &e->server : &e->client, *to = back ? &e->client : &e->server;
    struct mail m;
    ULONG qop = 77;
    SECURITY_STATUS got, want = want_of(e, form);
    char column[40];

    snprintf(column, sizeof(column), "%s", back ? "server to client" : "client to server");
    if (want == SEC_E_OK) {
        fill(&m, form, 3); /* too small a token: nothing happens, no number is used up */
        cell(form->name, "token of 3 bytes", protect(from, form, &m), SEC_E_BUFFER_TOO_SMALL);
        if (!bodies_are_back(form, &m))
            cell(form->name, "a failed call changed data", SEC_E_INTERNAL_ERROR, SEC_E_OK);
    }
    fill(&m, form, sizeof(m.bytes[0]));
    got = protect(from, form, &m);
    cell(form->name, column, got, want);
    if (got != SEC_E_OK)
        return;
    got = form->seals ? DecryptMessage(to, &m.desc, 0, &qop)
                      : VerifySignature(to, &m.desc, 0, &qop);
    if (got == SEC_E_OK && (!bodies_are_back(form, &m) || qop != form->qop))
        got = SEC_E_MESSAGE_ALTERED;
    cell(form->name, "and at the other end", got, SEC_E_OK);
}

/* {STREAM, DATA}: a token and data in one piece. */
static void stream(struct ends *e, ULONG qop)
{
    static const struct form sealed = {"", true, 0, {TOKEN, DATA, END}, SEC_E_OK};
    struct form form = sealed;
    struct mail m;
    uint8_t all[512];
    SecBuffer buffers[2] = {{0, SECBUFFER_STREAM, all}, {0, DATA, NULL}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    ULONG got_qop = 77;
    SECURITY_STATUS got;

    form.qop = qop;
    if (want_of(e, &form) != SEC_E_OK)
        return;
    fill(&m, &form, sizeof(m.bytes[0]));
    cell("seal for a stream", qop ? "no-encrypt" : "", protect(&e->client, &form, &m),
         SEC_E_OK);
    memcpy(all, m.bytes[0], m.buffers[0].cbBuffer);
    memcpy(all + m.buffers[0].cbBuffer, m.bytes[1], m.buffers[1].cbBuffer);
    buffers[0].cbBuffer = 5;
    cell("decrypt {STREAM,DATA}", "a beginning", DecryptMessage(&e->server, &desc, 0, &got_qop),
         SEC_E_INCOMPLETE_MESSAGE);
    buffers[0].cbBuffer = m.buffers[0].cbBuffer + m.buffers[1].cbBuffer;
    got = DecryptMessage(&e->server, &desc, 0, &got_qop);
    if (got == SEC_E_OK && (buffers[1].cbBuffer != BODY_LEN || got_qop != qop ||
                            memcmp(buffers[1].pvBuffer, BODY, BODY_LEN) != 0))
        got = SEC_E_MESSAGE_ALTERED;
    cell("decrypt {STREAM,DATA}", qop ? "no-encrypt" : "", got, SEC_E_OK);
}

/* A replayed message is out of sequence and leaves no plaintext. */
static void replay(struct ends *e)
{
    static const struct form form = {"", true, 0, {TOKEN, DATA, END}, SEC_E_OK};
    struct mail m, copy;
    bool detects =
        e->client_ret & ISC_RET_SEQUENCE_DETECT && e->client_ret & ISC_RET_REPLAY_DETECT;

    if (want_of(e, &form) != SEC_E_OK || !detects)
        return;
    fill(&m, &form, sizeof(m.bytes[0]));
    protect(&e->client, &form, &m);
    copy = m;
    copy.desc.pBuffers = copy.buffers;
    copy.buffers[0].pvBuffer = copy.bytes[0];
    copy.buffers[1].pvBuffer = copy.bytes[1];
    cell("decrypt", "once", DecryptMessage(&e->server, &m.desc, 0, NULL), SEC_E_OK);
    cell("decrypt", "a replay", DecryptMessage(&e->server, &copy.desc, 0, NULL),
         SEC_E_OUT_OF_SEQUENCE);
    if (memcmp(copy.bytes[1], BODY, 4) == 0)
        cell("decrypt", "a replay's plaintext", SEC_E_OK, SEC_E_OUT_OF_SEQUENCE);
}

/* ---- Attributes ---- */

/* S: both sides; A: an acceptor only, whose client it describes. Others are UNSUPPORTED: they
 * belong to TLS, to logon sessions, or to what the Kerberos library does not tell. */
static const struct {
    ULONG attribute;
    char side;
} answered[] = {
    {SECPKG_ATTR_SIZES, 'S'},
    {SECPKG_ATTR_NAMES, 'S'},
    {SECPKG_ATTR_LIFESPAN, 'S'},
    {SECPKG_ATTR_DCE_INFO, 'S'},
    {SECPKG_ATTR_STREAM_SIZES, 'S'},
    {SECPKG_ATTR_KEY_INFO, 'K'},
    {SECPKG_ATTR_AUTHORITY, 'S'},
    {SECPKG_ATTR_SESSION_KEY, 'S'},
    {SECPKG_ATTR_PACKAGE_INFO, 'S'},
    {SECPKG_ATTR_NEGOTIATION_INFO, 'S'},
    {SECPKG_ATTR_NATIVE_NAMES, 'S'},
    {SECPKG_ATTR_FLAGS, 'S'},
    {SECPKG_ATTR_ACCESS_TOKEN, 'A'},
    {SECPKG_ATTR_CLIENT_SPECIFIED_TARGET, 'S'},
    {SECPKG_ATTR_NEGO_STATUS, 'S'},
    {SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS, 'S'},
    {SECPKG_ATTR_SUBJECT_SECURITY_ATTRIBUTES, 'A'},
};

static SECURITY_STATUS want_attribute(const struct ends *e, ULONG attribute, bool acceptor)
{
    for (size_t i = 0; i < sizeof(answered) / sizeof(answered[0]); i++) {
        if (answered[i].attribute != attribute)
            continue;
        if ((answered[i].side == 'A' && !acceptor) || (answered[i].side == 'K' && e->ntlm))
            return SEC_E_UNSUPPORTED_FUNCTION;
        return SEC_E_OK;
    }
    return SEC_E_UNSUPPORTED_FUNCTION;
}

/* Everything in an answer that is memory of the library's. */
static void free_answer(void *answer)
{
    void *pointers[4];

    memcpy(pointers, answer, sizeof(pointers));
    for (int i = 0; i < 4; i++)
        FreeContextBuffer(pointers[i]); /* refuses what is none */
}

static void attributes(struct ends *e)
{
    for (ULONG a = 0; a <= 129; a++) {
        for (int acceptor = 0; acceptor < 2; acceptor++) {
            CtxtHandle *context = acceptor ? &e->server : &e->client;
            SECURITY_STATUS want = want_attribute(e, a, acceptor);
            void *answer[4] = {NULL};
            char row[40];

            if (a > 40 && a < 126)
                continue;
            snprintf(row, sizeof(row), "attribute %u", (unsigned)a);
            cell(row, acceptor ? "server A" : "client A",
                 QueryContextAttributesA(context, a, answer), want);
            free_answer(answer);
            memset(answer, 0, sizeof(answer));
            cell(row, acceptor ? "server ExW" : "client ExW",
                 QueryContextAttributesExW(context, a, answer, sizeof(answer)), want);
            free_answer(answer);
            if (want == SEC_E_OK)
                cell(row, "Ex, too small", QueryContextAttributesExA(context, a, answer, 1),
                     SEC_E_BUFFER_TOO_SMALL);
            cell(row, "set", SetContextAttributesA(context, a, answer, 8),
                 SEC_E_UNSUPPORTED_FUNCTION);
        }
    }
}

/* ---- Other calls on a context ---- */

static void export_and_import(struct ends *e)
{
    SecBuffer packed = {0};
    CtxtHandle copy;
    SECURITY_STATUS want = e->ntlm ? SEC_E_UNSUPPORTED_FUNCTION : SEC_E_OK;
    SECURITY_STATUS got =
        ExportSecurityContext(&e->server, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, NULL);

    cell("ExportSecurityContext", "delete old", got, want);
    if (got != SEC_E_OK)
        return;
    cell("DeleteSecurityContext", "of what is gone", DeleteSecurityContext(&e->server),
         SEC_E_INVALID_HANDLE);
    cell("ImportSecurityContext", "other package",
         ImportSecurityContextA(strcmp(e->package, "Kerberos") ? "Kerberos" : "Negotiate",
                                &packed, NULL, &copy),
         SEC_E_INVALID_TOKEN);
    cell("ImportSecurityContext", "", ImportSecurityContextA(e->package, &packed, NULL, &copy),
         SEC_E_OK);
    e->server = copy;
    packed.cbBuffer--;
    cell("ImportSecurityContext", "a beginning",
         ImportSecurityContextA(e->package, &packed, NULL, &copy), SEC_E_INVALID_TOKEN);
    FreeContextBuffer(packed.pvBuffer);
    cell("ExportSecurityContext", "to kernel",
         ExportSecurityContext(&e->server, SECPKG_CONTEXT_EXPORT_TO_KERNEL, &packed, NULL),
         SEC_E_UNSUPPORTED_FUNCTION);
}

static void identity(struct ends *e)
{
    HANDLE token = NULL;
    CredHandle cred;
    char name[300];
    ULONG len = sizeof(name);

    cell("QuerySecurityContextToken", "client", QuerySecurityContextToken(&e->client, &token),
         SEC_E_NO_IMPERSONATION);
    cell("QuerySecurityContextToken", "server", QuerySecurityContextToken(&e->server, &token),
         SEC_E_OK);
    if (!rpcsec_token_peer(token) || rpcsec_token_close(token) != RPCSEC_OK ||
        rpcsec_token_close(token) != RPCSEC_INVALID_ARGUMENT)
        cell("rpcsec_token_close", "", SEC_E_INTERNAL_ERROR, SEC_E_OK);
    cell("ImpersonateSecurityContext", "client", ImpersonateSecurityContext(&e->client),
         SEC_E_NO_IMPERSONATION);
    cell("ImpersonateSecurityContext", "server", ImpersonateSecurityContext(&e->server),
         SEC_E_OK);
    cell("GetUserNameEx", "while impersonating",
         GetUserNameExA(2, name, &len) ? SEC_E_OK : SEC_E_INTERNAL_ERROR, SEC_E_OK);
    cell("AcquireCredentialsHandle", "nothing was delegated",
         AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL,
                                   NULL, &cred, NULL),
         SEC_E_NO_CREDENTIALS);
    cell("RevertSecurityContext", "", RevertSecurityContext(&e->server), SEC_E_OK);
}

static void other_calls(struct ends *e)
{
    SecBufferDesc none = {SECBUFFER_VERSION, 0, NULL};
    void *name[2] = {NULL};
    CredHandle copy = e->client_cred;

    cell("CompleteAuthToken", "", CompleteAuthToken(&e->client, &none), SEC_E_OK);
    cell("ApplyControlToken", "", ApplyControlToken(&e->client, &none),
         SEC_E_UNSUPPORTED_FUNCTION);
    cell("QueryCredentialsAttributes", "NAMES",
         QueryCredentialsAttributesA(&e->client_cred, SECPKG_CRED_ATTR_NAMES, name), SEC_E_OK);
    free_answer((void *[4]){name[0]});
    for (ULONG a = 2; a <= 5; a++)
        cell("QueryCredentialsAttributes", "others",
             QueryCredentialsAttributesA(&e->client_cred, a, name), SEC_E_UNSUPPORTED_FUNCTION);
    cell("SetCredentialsAttributes", "", SetCredentialsAttributesA(&e->client_cred, 3, name, 8),
         SEC_E_UNSUPPORTED_FUNCTION);
    cell("AddCredentials", "a use it has",
         AddCredentialsA(&e->client_cred, NULL, e->package, SECPKG_CRED_OUTBOUND, NULL, NULL,
                         NULL, NULL),
         SEC_E_UNSUPPORTED_FUNCTION);
    cell("AddCredentials", "the other use",
         AddCredentialsA(&e->client_cred, NULL, e->package, SECPKG_CRED_INBOUND, NULL, NULL,
                         NULL, NULL),
         SEC_E_OK);
    cell("FreeCredentialsHandle", "a context", FreeCredentialsHandle(&e->client),
         SEC_E_INVALID_HANDLE);
    cell("DeleteSecurityContext", "a credential", DeleteSecurityContext(&e->client_cred),
         SEC_E_INVALID_HANDLE);
    cell("FreeCredentialsHandle", "", FreeCredentialsHandle(&e->client_cred), SEC_E_OK);
    cell("FreeCredentialsHandle", "a copy", FreeCredentialsHandle(&copy), SEC_E_INVALID_HANDLE);
}

/* ---- All ---- */

static const struct {
    const char *name;
    ULONG req;
} contexts[] = {
    {"nothing asked", 0},
    {"mutual", ISC_REQ_MUTUAL_AUTH},
    {"integrity", ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY},
    {"integrity, order", ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT},
    {"confidentiality", ISC_REQ_MUTUAL_AUTH | ISC_REQ_CONFIDENTIALITY},
    {"all", ISC_REQ_MUTUAL_AUTH | PROTECTS | ISC_REQ_CONNECTION},
    {"all, identify", ISC_REQ_MUTUAL_AUTH | PROTECTS | ISC_REQ_IDENTIFY},
    {"all, DCE style", ISC_REQ_MUTUAL_AUTH | PROTECTS | ISC_REQ_USE_DCE_STYLE},
    {"integrity, DCE style", ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT |
                                 ISC_REQ_SEQUENCE_DETECT | ISC_REQ_USE_DCE_STYLE},
};

static void walk(const char *package, const char *target, size_t which)
{
    struct ends e;

    printf("%s, %s\n", package, contexts[which].name);
    if (!open_ends(&e, package, target, contexts[which].req)) {
        cell("AcquireCredentialsHandle", package, SEC_E_NO_CREDENTIALS, SEC_E_OK);
        return;
    }
    cell("handshake", contexts[which].name, shake(&e), SEC_E_OK);
    cell("client's flags", "asked and implied", (SECURITY_STATUS)e.client_ret,
         (SECURITY_STATUS)granted(&e));
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        one_form(&e, &forms[i], false);
        one_form(&e, &forms[i], true);
    }
    stream(&e, 0);
    stream(&e, SECQOP_WRAP_NO_ENCRYPT);
    replay(&e);
    if (which == 0 || which == 5 || which == 7)
        attributes(&e);
    identity(&e);
    export_and_import(&e);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        one_form(&e, &forms[i], i % 2);
    other_calls(&e);
    close_ends(&e);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: conformance TARGET PACKAGE...\n");
        return 2;
    }
    for (int p = 2; p < argc; p++) {
        for (size_t i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
            walk(argv[p], argv[1], i);
    }
    printf("%d cells, %d unexplained\n", num_cells, num_bad);
    return num_bad != 0;
}
