/* SPDX-License-Identifier: MIT
 *
 * examples/sspi_server.c: a socket service that authenticates its clients with SSPI, after "How
 * a Windows Sockets Service Authenticates a Client". It serves one client at a time.
 *
 *     sspi_server [PACKAGE]        prints "listening PORT"
 */
#include <netinet/in.h>
#include <stdlib.h>

#include "sspi_socket.h"

/* One step: the client's token in, ours out. The caller looks at what was agreed only at the
 * end, as flags of security mean nothing before. */
static bool gen_server_context(CredHandle *cred, CtxtHandle *context, bool *is_new,
                               SecBuffer in, SecBuffer *out, bool *ret_done)
{
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, &in};
    SecBufferDesc out_desc = {SECBUFFER_VERSION, 1, out};
    ULONG flags = 0;
    SECURITY_STATUS code = AcceptSecurityContext(
        cred, *is_new ? NULL : context, &in_desc,
        ASC_REQ_MUTUAL_AUTH | ASC_REQ_CONFIDENTIALITY | ASC_REQ_SEQUENCE_DETECT,
        SECURITY_NATIVE_DREP, context, &out_desc, &flags, NULL);

    if (!SEC_SUCCESS(code))
        return failed("AcceptSecurityContext", code);
    *is_new = false;
    if (code == SEC_I_COMPLETE_NEEDED || code == SEC_I_COMPLETE_AND_CONTINUE)
        CompleteAuthToken(context, &out_desc);
    *ret_done = code != SEC_I_CONTINUE_NEEDED && code != SEC_I_COMPLETE_AND_CONTINUE;
    if (*ret_done && !(flags & ASC_RET_CONFIDENTIALITY))
        return failed("the client does not encrypt", SEC_E_QOP_NOT_SUPPORTED);
    return true;
}

static bool do_authentication(int s, CredHandle *cred, CtxtHandle *context, bool *has_context)
{
    char in[MAX_MESSAGE];
    char out[MAX_MESSAGE];
    bool is_new = true;
    bool done = false;
    bool good = true;

    while (good && !done) {
        SecBuffer token = {0, SECBUFFER_TOKEN, in};
        SecBuffer answer = {sizeof(out), SECBUFFER_TOKEN, out};

        good = receive_message(s, in, sizeof(in), &token.cbBuffer) &&
               gen_server_context(cred, context, &is_new, token, &answer, &done) &&
               (answer.cbBuffer == 0 || send_message(s, out, answer.cbBuffer));
    }
    *has_context = !is_new;
    return good;
}

static void serve(int s, CredHandle *cred)
{
    char message[MAX_MESSAGE];
    SecPkgContext_Names names;
    CtxtHandle context;
    SecBuffer data = {0, SECBUFFER_EMPTY, NULL};
    bool has_context = false;

    if (do_authentication(s, cred, &context, &has_context) &&
        QueryContextAttributes(&context, SECPKG_ATTR_NAMES, &names) == SEC_E_OK) {
        printf("client %s\n", names.sUserName);
        FreeContextBuffer(names.sUserName);
        if (receive_sealed(s, &context, message, &data)) {
            printf("said %.*s\n", (int)data.cbBuffer, (char *)data.pvBuffer);
            send_sealed(s, &context, "Welcome");
        }
    }
    fflush(stdout);
    if (has_context)
        DeleteSecurityContext(&context);
    close(s);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    CredHandle cred;
    SECURITY_STATUS code =
        AcquireCredentialsHandle(NULL, argc > 1 ? argv[1] : "Negotiate", SECPKG_CRED_INBOUND,
                                 NULL, NULL, NULL, NULL, &cred, NULL);

    if (!SEC_SUCCESS(code))
        return !failed("AcquireCredentialsHandle", code);
    if (bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 5) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &len) != 0)
        return EXIT_FAILURE;
    printf("listening %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int s = accept(listener, NULL, NULL);

        if (s >= 0)
            serve(s, &cred);
    }
}
