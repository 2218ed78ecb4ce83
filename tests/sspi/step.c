/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/step.c: one handshake, and the status of each step on a line. tests/sspi/errors.sh
 * makes the surroundings in which it fails.
 *
 *     step TARGET [user=USER] [realm=REALM] [password=PASSWORD] [s4u=USER] [bind=TEXT]
 * [require=TEXT] [accept=garbage|twice] [answer=altered] step change USER REALM OLD NEW
 */
#include <stdio.h>
#include <string.h>

#include <rpcsec/sspi.h>

enum { TOKEN_LEN = 65536, BOUND_LEN = 64 };

static const char *argument(char **argv, const char *name)
{
    size_t len = strlen(name);

    for (; *argv; argv++) {
        if (strncmp(*argv, name, len) == 0 && (*argv)[len] == '=')
            return *argv + len + 1;
    }
    return NULL;
}

static int is(char **argv, const char *name, const char *value)
{
    const char *given = argument(argv, name);

    return given && strcmp(given, value) == 0;
}

static SECURITY_STATUS tell(const char *step, SECURITY_STATUS code)
{
    printf("%s %08x %s\n", step, (unsigned)code,
           code < 0 ? rpcsec_error_text(rpcsec_sspi_last_error()) : "");
    return code;
}

static SECURITY_STATUS outbound(char **argv, CredHandle *cred)
{
    SEC_WINNT_AUTH_IDENTITY_A identity = {.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI};
    struct rpcsec_sspi_store store = RPCSEC_SSPI_STORE_INIT;
    char *user = (char *)argument(argv, "user"), *realm = (char *)argument(argv, "realm");
    char *password = (char *)argument(argv, "password");

    store.impersonate = argument(argv, "s4u");
    if (store.impersonate)
        return rpcsec_sspi_acquire(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, &store, cred);
    identity.User = (void *)user;
    identity.UserLength = user ? (ULONG)strlen(user) : 0;
    identity.Domain = (void *)realm;
    identity.DomainLength = realm ? (ULONG)strlen(realm) : 0;
    identity.Password = (void *)password;
    identity.PasswordLength = password ? (ULONG)strlen(password) : 0;
    return AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL,
                                     user ? &identity : NULL, NULL, NULL, cred, NULL);
}

/* A CHANNEL_BINDINGS buffer of a text, EMPTY for none. */
static SecBuffer bound(const char *text, uint8_t *place)
{
    SEC_CHANNEL_BINDINGS head = {.dwApplicationDataOffset = sizeof(head)};

    if (!text || sizeof(head) + strlen(text) > BOUND_LEN)
        return (SecBuffer){0, SECBUFFER_EMPTY, NULL};
    head.cbApplicationDataLength = (ULONG)strlen(text);
    memcpy(place, &head, sizeof(head));
    memcpy(place + sizeof(head), text, strlen(text));
    return (SecBuffer){(ULONG)(sizeof(head) + strlen(text)), SECBUFFER_CHANNEL_BINDINGS, place};
}

static SECURITY_STATUS init(CredHandle *cred, CtxtHandle *ctx, int first, char **argv,
                            SecBuffer *in, SecBuffer *out)
{
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, in}, out_desc = {SECBUFFER_VERSION, 1, out};
    ULONG flags;

    out->cbBuffer = TOKEN_LEN;
    return InitializeSecurityContextA(
        cred, first ? NULL : ctx, argv[1],
        ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY | ISC_REQ_EXTENDED_ERROR, 0,
        SECURITY_NATIVE_DREP, &in_desc, 0, ctx, &out_desc, &flags, NULL);
}

static SECURITY_STATUS accept_token(CredHandle *cred, char **argv, SecBuffer token,
                                    SecBuffer *out)
{
    static uint8_t place[BOUND_LEN];
    SecBuffer in[2] = {token, bound(argument(argv, "require"), place)};
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 2, in}, out_desc = {SECBUFFER_VERSION, 1, out};
    CtxtHandle ctx;
    SECURITY_STATUS code;
    ULONG flags;

    out->cbBuffer = TOKEN_LEN;
    code = AcceptSecurityContext(cred, NULL, &in_desc, ASC_REQ_EXTENDED_ERROR,
                                 SECURITY_NATIVE_DREP, &ctx, &out_desc, &flags, NULL);
    if (code >= 0)
        DeleteSecurityContext(&ctx);
    return code;
}

static void talk(char **argv, CredHandle *client, CredHandle *server)
{
    static uint8_t there[TOKEN_LEN], back[TOKEN_LEN], last[TOKEN_LEN], place[BOUND_LEN];
    SecBuffer token = {TOKEN_LEN, SECBUFFER_TOKEN, there};
    SecBuffer answer = {TOKEN_LEN, SECBUFFER_TOKEN, back};
    SecBuffer end = {TOKEN_LEN, SECBUFFER_TOKEN, last};
    SecBuffer first = bound(argument(argv, "bind"), place);
    CtxtHandle ctx;

    if (tell("init", init(client, &ctx, 1, argv, &first, &token)) < 0)
        return;
    if (is(argv, "accept", "garbage"))
        memset(there, 'x', token.cbBuffer);
    if (is(argv, "accept", "twice"))
        accept_token(server, argv, token, &answer);
    tell("accept", accept_token(server, argv, token, &answer));
    if (is(argv, "answer", "altered") && answer.cbBuffer > 0)
        back[answer.cbBuffer - 1] ^= 1;
    if (answer.cbBuffer > 0)
        tell("answer", init(client, &ctx, 0, argv, &answer, &end));
    DeleteSecurityContext(&ctx);
}

int main(int argc, char **argv)
{
    CredHandle client, server;

    if (argc == 6 && strcmp(argv[1], "change") == 0)
        return tell("change", ChangeAccountPasswordA("Kerberos", argv[3], argv[2], argv[4],
                                                     argv[5], 0, 0, NULL)) < 0;
    if (argc < 2)
        return 2;
    if (tell("outbound", outbound(argv, &client)) < 0)
        return 1;
    if (tell("inbound", AcquireCredentialsHandleA(NULL, "Kerberos", SECPKG_CRED_INBOUND, NULL,
                                                  NULL, NULL, NULL, &server, NULL)) < 0) {
        FreeCredentialsHandle(&client);
        return 1;
    }
    talk(argv, &client, &server);
    FreeCredentialsHandle(&client);
    FreeCredentialsHandle(&server);
    return 0;
}
