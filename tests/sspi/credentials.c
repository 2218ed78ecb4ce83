/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/credentials.c: explicit identities in every form, channel bindings, wide calls.
 * Compiled twice: W is UTF-32 once, and UTF-16 with RPCSEC_UTF16.
 *
 *     credentials TARGET USER REALM PASSWORD
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/sspi.h>

static const char *target, *user, *realm, *password;
static int num_bad;

static void check(const char *what, SECURITY_STATUS got, SECURITY_STATUS want)
{
    printf("%s %s: %08x\n", got == want ? "ok:" : "FAILED:", what, (unsigned)got);
    if (got == want)
        return;
    num_bad++;
    printf("  expected %08x; %s\n", (unsigned)want,
           rpcsec_error_text(rpcsec_sspi_last_error()));
}

/* ASCII as SEC_WCHAR, in one of four places. */
static SEC_WCHAR *wide(const char *text)
{
    static SEC_WCHAR places[4][128];
    static int next;
    SEC_WCHAR *place = places[next++ % 4];
    size_t i = 0;

    for (; text[i]; i++)
        place[i] = (SEC_WCHAR)text[i];
    place[i] = 0;
    return place;
}

/* ---- A handshake, perhaps with channel bindings ---- */

struct bound {
    SEC_CHANNEL_BINDINGS head;
    char data[16];
};

static SecBuffer bindings_of(const char *text, struct bound *bound)
{
    memset(bound, 0, sizeof(*bound));
    if (!text)
        return (SecBuffer){0, SECBUFFER_EMPTY, NULL};
    bound->head.cbApplicationDataLength = (ULONG)strlen(text);
    bound->head.dwApplicationDataOffset = sizeof(bound->head);
    memcpy(bound->data, text, strlen(text));
    return (SecBuffer){sizeof(*bound), SECBUFFER_CHANNEL_BINDINGS, bound};
}

static SECURITY_STATUS talk(CredHandle *client_cred, const char *ours, const char *theirs,
                            ULONG asc, char *ret_name)
{
    static uint8_t there[65536], back[65536];
    struct bound our_bound, their_bound;
    SecBuffer in[2] = {{0, SECBUFFER_TOKEN, there}, bindings_of(theirs, &their_bound)};
    SecBuffer out = {sizeof(there), SECBUFFER_TOKEN, there};
    SecBuffer answer = {sizeof(back), SECBUFFER_TOKEN, back},
              first = bindings_of(ours, &our_bound);
    SecBufferDesc first_desc = {SECBUFFER_VERSION, 1, &first},
                  out_desc = {SECBUFFER_VERSION, 1, &out};
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 2, in},
                  answer_desc = {SECBUFFER_VERSION, 1, &answer};
    SecPkgContext_NamesA names;
    CredHandle server_cred;
    CtxtHandle client, server;
    ULONG flags;
    SECURITY_STATUS code =
        InitializeSecurityContextW(client_cred, NULL, wide(target), ISC_REQ_INTEGRITY, 0, 0,
                                   &first_desc, 0, &client, &out_desc, &flags, NULL);

    if (code != SEC_E_OK)
        return code;
    AcquireCredentialsHandleW(NULL, wide("Kerberos"), SECPKG_CRED_INBOUND, NULL, NULL, NULL,
                              NULL, &server_cred, NULL);
    in[0].cbBuffer = out.cbBuffer;
    code = AcceptSecurityContext(&server_cred, NULL, &in_desc, asc, 0, &server, &answer_desc,
                                 &flags, NULL);
    if (code == SEC_E_OK &&
        QueryContextAttributesA(&server, SECPKG_ATTR_NAMES, &names) == SEC_E_OK) {
        if (ret_name)
            snprintf(ret_name, 128, "%s", names.sUserName);
        FreeContextBuffer(names.sUserName);
        DeleteSecurityContext(&server);
    }
    DeleteSecurityContext(&client);
    FreeCredentialsHandle(&server_cred);
    return code;
}

/* ---- Channel bindings ---- */

static void bindings(void)
{
    static const struct {
        const char *what, *ours, *theirs;
        ULONG asc;
        SECURITY_STATUS want;
    } cases[] = {
        {"bindings: none", NULL, NULL, 0, SEC_E_OK},
        {"bindings: the client's only", "channel", NULL, 0, SEC_E_OK},
        {"bindings: the same", "channel", "channel", 0, SEC_E_OK},
        {"bindings: others", "channel", "tunnel", 0, SEC_E_BAD_BINDINGS},
        {"bindings: required and missing", NULL, "channel", 0, SEC_E_BAD_BINDINGS},
        {"bindings: allowed to be missing", NULL, "channel", ASC_REQ_ALLOW_MISSING_BINDINGS,
         SEC_E_OK},
        {"bindings: others, allowed to be missing", "tunnel", "channel",
         ASC_REQ_ALLOW_MISSING_BINDINGS, SEC_E_BAD_BINDINGS},
        {"bindings: proxy", "channel", "channel", ASC_REQ_PROXY_BINDINGS,
         SEC_E_UNSUPPORTED_FUNCTION},
    };
    CredHandle cred;

    check("default credentials",
          AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL,
                                    NULL, &cred, NULL),
          SEC_E_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(cases[i].what, talk(&cred, cases[i].ours, cases[i].theirs, cases[i].asc, NULL),
              cases[i].want);
    FreeCredentialsHandle(&cred);
}

/* ---- Identities ---- */

/* Acquires with an identity and shakes hands; the server must know the user. */
static void try_identity(const char *what, void *auth, SECURITY_STATUS acquired,
                         SECURITY_STATUS want)
{
    char name[128] = "", expected[128];
    CredHandle cred;
    SECURITY_STATUS code = AcquireCredentialsHandleW(
        NULL, wide("Kerberos"), SECPKG_CRED_OUTBOUND, NULL, auth, NULL, NULL, &cred, NULL);

    snprintf(expected, sizeof(expected), "%s@%s", user, realm);
    check(what, code, acquired);
    if (code != SEC_E_OK)
        return;
    code = talk(&cred, NULL, NULL, 0, name);
    if (code == SEC_E_OK && strcmp(name, expected) != 0)
        code = SEC_E_WRONG_PRINCIPAL;
    check(what, code, want);
    FreeCredentialsHandle(&cred);
}

static void ansi(const char *what, const char *name, const char *domain, const char *secret,
                 SECURITY_STATUS acquired, SECURITY_STATUS want)
{
    SEC_WINNT_AUTH_IDENTITY_A id = {
        .User = (UCHAR *)(uintptr_t)name,
        .UserLength = (ULONG)strlen(name),
        .Domain = (UCHAR *)(uintptr_t)domain,
        .DomainLength = (ULONG)strlen(domain),
        .Password = (UCHAR *)(uintptr_t)secret,
        .PasswordLength = (ULONG)strlen(secret),
        .Flags = SEC_WINNT_AUTH_IDENTITY_ANSI,
    };

    try_identity(what, &id, acquired, want);
}

static void names(void)
{
    char text[128], first_label[64];

    ansi("identity: user and realm", user, realm, password, SEC_E_OK, SEC_E_OK);
    ansi("identity: user and realm in lower case", user, "rpcsec.test", password, SEC_E_OK,
         SEC_E_OK);
    ansi("identity: user of the default realm", user, "", password, SEC_E_OK, SEC_E_OK);
    snprintf(text, sizeof(text), "%s@%s", user, realm);
    ansi("identity: user@REALM", text, "", password, SEC_E_OK, SEC_E_OK);
    snprintf(first_label, sizeof(first_label), "%.*s", (int)strcspn(realm, "."), realm);
    snprintf(text, sizeof(text), "%s\\%s", first_label, user);
    ansi("identity: DOMAIN\\user", text, "", password, SEC_E_OK, SEC_E_OK);
    ansi("identity: a wrong password", user, realm, "wrong", SEC_E_OK, SEC_E_LOGON_DENIED);
    ansi("identity: an unknown user", "nobody", realm, password, SEC_E_OK, SEC_E_LOGON_DENIED);
    ansi("identity: a realm that nobody serves", user, "NOWHERE.TEST", password, SEC_E_OK,
         SEC_E_NO_AUTHENTICATING_AUTHORITY);
    ansi("identity: no user", "", realm, password, SEC_E_UNKNOWN_CREDENTIALS, 0);
}

static void structures(void)
{
    SEC_WINNT_AUTH_IDENTITY_W old = {.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE};
    SEC_WINNT_AUTH_IDENTITY_EXW ex = {.Version = SEC_WINNT_AUTH_IDENTITY_VERSION,
                                      .Length = sizeof(ex),
                                      .Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE};
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE one = NULL, two = NULL, three = NULL;
    char *bytes = NULL;
    ULONG len = 0;
    BOOLEAN same_user = 0, same_all = 0;

    old.User = ex.User = wide(user);
    old.UserLength = ex.UserLength = (ULONG)strlen(user);
    old.Domain = ex.Domain = wide(realm);
    old.DomainLength = ex.DomainLength = (ULONG)strlen(realm);
    old.Password = ex.Password = wide(password);
    old.PasswordLength = ex.PasswordLength = (ULONG)strlen(password);
    {
        /* try_identity uses wide() as well: copies of its own. */
        SEC_WCHAR copies[3][128];

        memcpy(copies[0], old.User, sizeof(copies[0]));
        memcpy(copies[1], old.Domain, sizeof(copies[1]));
        memcpy(copies[2], old.Password, sizeof(copies[2]));
        old.User = ex.User = copies[0];
        old.Domain = ex.Domain = copies[1];
        old.Password = ex.Password = copies[2];
        try_identity("identity: wide", &old, SEC_E_OK, SEC_E_OK);
        try_identity("identity: EX", &ex, SEC_E_OK, SEC_E_OK);
        check("identity: in one piece",
              SspiEncodeStringsAsAuthIdentity(copies[0], copies[1], copies[2], &one), SEC_E_OK);
        old.Password = NULL; /* and a length */
        try_identity("identity: a length without a pointer", &old, SEC_E_UNKNOWN_CREDENTIALS,
                     0);
        old.Flags = 0;
        try_identity("identity: no flags", &old, SEC_E_UNKNOWN_CREDENTIALS, 0);
    }
    try_identity("identity: EX2", one, SEC_E_OK, SEC_E_OK);
    check("identity: validate", SspiValidateAuthIdentity(one), SEC_E_OK);
    check("identity: copy", SspiCopyAuthIdentity(one, &two), SEC_E_OK);
    check("identity: marshal", SspiMarshalAuthIdentity(two, &len, &bytes), SEC_E_OK);
    check("identity: unmarshal", SspiUnmarshalAuthIdentity(len, bytes, &three), SEC_E_OK);
    check("identity: unmarshal a part", SspiUnmarshalAuthIdentity(len - 1, bytes, &two),
          SEC_E_UNKNOWN_CREDENTIALS);
    check("identity: compare", SspiCompareAuthIdentities(one, three, &same_user, &same_all),
          SEC_E_OK);
    check("identity: the same", same_user && same_all ? SEC_E_OK : SEC_E_INTERNAL_ERROR,
          SEC_E_OK);
    SspiZeroAuthIdentity(three);
    SspiCompareAuthIdentities(one, three, &same_user, &same_all);
    check("identity: zeroed", same_user && !same_all ? SEC_E_OK : SEC_E_INTERNAL_ERROR,
          SEC_E_OK);
    SspiFreeAuthIdentity(one);
    SspiFreeAuthIdentity(two);
    SspiFreeAuthIdentity(three);
    SspiFreeAuthIdentity(&len); /* none of theirs: left alone */
    SspiLocalFree(bytes);
}

/* ---- Delegation ---- */

/* A mutual handshake of two legs; the contexts are left to the caller. */
static SECURITY_STATUS pair(CredHandle *client_cred, CredHandle *server_cred,
                            CtxtHandle *client, CtxtHandle *server, ULONG *ret_flags)
{
    static uint8_t there[65536], back[65536];
    SecBuffer out = {sizeof(there), SECBUFFER_TOKEN, there};
    SecBuffer answer = {sizeof(back), SECBUFFER_TOKEN, back};
    SecBufferDesc out_desc = {SECBUFFER_VERSION, 1, &out};
    SecBufferDesc answer_desc = {SECBUFFER_VERSION, 1, &answer};
    ULONG flags;
    SECURITY_STATUS code = InitializeSecurityContextA(
        client_cred, NULL, target, ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY | ISC_REQ_DELEGATE,
        0, 0, NULL, 0, client, &out_desc, &flags, NULL);

    if (code < 0)
        return code;
    return AcceptSecurityContext(server_cred, NULL, &out_desc, 0, 0, server, &answer_desc,
                                 ret_flags, NULL);
}

static bool is_name(const char *want)
{
    char name[128];
    ULONG len = sizeof(name);

    return GetUserNameExA(8 /* NameUserPrincipal */, name, &len) && strcmp(name, want) == 0;
}

/* The service is ok-as-delegate: it may act for its client, and for nobody else then. */
static void delegation(void)
{
    SEC_WINNT_AUTH_IDENTITY_A id = {.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI};
    CredHandle client_cred, server_cred, theirs;
    SecPkgCredentials_NamesA names;
    CtxtHandle client, server;
    char expected[128];
    ULONG flags = 0;

    id.User = (UCHAR *)(uintptr_t)user;
    id.UserLength = (ULONG)strlen(user);
    id.Password = (UCHAR *)(uintptr_t)password;
    id.PasswordLength = (ULONG)strlen(password);
    snprintf(expected, sizeof(expected), "%s@%s", user, realm);
    AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, &id, NULL, NULL,
                              &client_cred, NULL);
    AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_INBOUND, NULL, NULL, NULL, NULL,
                              &server_cred, NULL);
    check("delegation: handshake", pair(&client_cred, &server_cred, &client, &server, &flags),
          SEC_E_OK);
    check("delegation: granted",
          flags & ASC_RET_DELEGATE ? SEC_E_OK : SEC_E_DELEGATION_REQUIRED, SEC_E_OK);
    check("delegation: impersonate", ImpersonateSecurityContext(&server), SEC_E_OK);
    DeleteSecurityContext(&server); /* the thread goes on acting for the client */
    check("delegation: the name", is_name(expected) ? SEC_E_OK : SEC_E_WRONG_PRINCIPAL,
          SEC_E_OK);
    check("delegation: the client's credentials",
          AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL,
                                    NULL, &theirs, NULL),
          SEC_E_OK);
    check("delegation: whose",
          QueryCredentialsAttributesA(&theirs, SECPKG_CRED_ATTR_NAMES, &names), SEC_E_OK);
    check("delegation: the client's",
          strcmp(names.sUserName, expected) == 0 ? SEC_E_OK : SEC_E_WRONG_PRINCIPAL, SEC_E_OK);
    FreeContextBuffer(names.sUserName);
    check("delegation: they serve", talk(&theirs, NULL, NULL, 0, NULL), SEC_E_OK);
    check("delegation: revert", RevertSecurityContext(&server), SEC_E_OK);
    check("delegation: the own name", !is_name(expected) ? SEC_E_OK : SEC_E_WRONG_PRINCIPAL,
          SEC_E_OK);
    FreeCredentialsHandle(&theirs);
    FreeCredentialsHandle(&client_cred);
    FreeCredentialsHandle(&server_cred);
    DeleteSecurityContext(&client);
}

/* ---- By path ---- */

static void stores(const char *dir)
{
    struct rpcsec_sspi_store store = RPCSEC_SSPI_STORE_INIT;
    char ccache[256], keytab[256], name[128] = "", expected[128];
    CredHandle cred;

    snprintf(ccache, sizeof(ccache), "FILE:%s/ada.ccache", dir);
    store.ccache = ccache;
    check("store: a cache by name",
          rpcsec_sspi_acquire(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, &store, &cred), SEC_E_OK);
    check("store: it serves", talk(&cred, NULL, NULL, 0, NULL), SEC_E_OK);
    FreeCredentialsHandle(&cred);
    store.ccache = "FILE:/nonexistent/cache";
    check("store: a cache that is not there",
          rpcsec_sspi_acquire(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, &store, &cred),
          SEC_E_NO_CREDENTIALS);
    store.ccache = NULL;
    snprintf(keytab, sizeof(keytab), "%s", getenv("KRB5_KTNAME") ? getenv("KRB5_KTNAME") : "");
    store.client_keytab = keytab;
    check("store: a client keytab",
          rpcsec_sspi_acquire(target, "Kerberos", SECPKG_CRED_OUTBOUND, &store, &cred),
          SEC_E_OK);
    check("store: it gets tickets", talk(&cred, NULL, NULL, 0, NULL), SEC_E_OK);
    FreeCredentialsHandle(&cred);
    store.impersonate = user;
    check("store: a user without a password (S4U2self)",
          rpcsec_sspi_acquire(target, "Kerberos", SECPKG_CRED_OUTBOUND, &store, &cred),
          SEC_E_OK);
    check("store: in that user's name", talk(&cred, NULL, NULL, 0, name), SEC_E_OK);
    snprintf(expected, sizeof(expected), "%s@%s", user, realm);
    check("store: the server sees that user",
          strcmp(name, expected) == 0 ? SEC_E_OK : SEC_E_WRONG_PRINCIPAL, SEC_E_OK);
    FreeCredentialsHandle(&cred);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    target = argv[1];
    user = argv[2];
    realm = argv[3];
    password = argv[4];
    bindings();
    names();
    structures();
    delegation();
    if (getenv("RPCSEC_REALM_DIR"))
        stores(getenv("RPCSEC_REALM_DIR"));
    printf("%d failed\n", num_bad);
    return num_bad != 0;
}
