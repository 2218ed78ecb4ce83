/* SPDX-License-Identifier: MIT
 *
 * examples/sspi_client.c: the client of sspi_server.c.
 *
 *     sspi_client PORT SERVICE-PRINCIPAL TEXT [PACKAGE]
 */
#include <netinet/in.h>
#include <stdlib.h>

#include "sspi_socket.h"

#define ASKED                                                                  \
    (ISC_REQ_MUTUAL_AUTH | ISC_REQ_CONFIDENTIALITY | ISC_REQ_SEQUENCE_DETECT | \
     ISC_REQ_REPLAY_DETECT)

/* One step. The first has no token of the server. */
static bool gen_client_context(CredHandle *cred, CtxtHandle *context, bool *is_new,
                               const char *target, SecBuffer in, SecBuffer *out, bool *ret_done)
{
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, &in};
    SecBufferDesc out_desc = {SECBUFFER_VERSION, 1, out};
    ULONG flags = 0;
    SECURITY_STATUS code = InitializeSecurityContext(
        cred, *is_new ? NULL : context, target, ASKED, 0, SECURITY_NATIVE_DREP,
        *is_new ? NULL : &in_desc, 0, context, &out_desc, &flags, NULL);

    if (!SEC_SUCCESS(code))
        return failed("InitializeSecurityContext", code);
    *is_new = false;
    if (code == SEC_I_COMPLETE_NEEDED || code == SEC_I_COMPLETE_AND_CONTINUE)
        CompleteAuthToken(context, &out_desc);
    *ret_done = code != SEC_I_CONTINUE_NEEDED && code != SEC_I_COMPLETE_AND_CONTINUE;
    if (*ret_done && !(flags & ISC_RET_MUTUAL_AUTH))
        return failed("the server did not prove who it is", SEC_E_MUTUAL_AUTH_FAILED);
    return true;
}

static bool do_authentication(int s, CredHandle *cred, const char *target, CtxtHandle *context,
                              bool *has_context)
{
    char in[MAX_MESSAGE];
    char out[MAX_MESSAGE];
    SecBuffer token = {0, SECBUFFER_TOKEN, in};
    bool is_new = true;
    bool done = false;
    bool good = true;

    while (good && !done) {
        SecBuffer answer = {sizeof(out), SECBUFFER_TOKEN, out};

        good = gen_client_context(cred, context, &is_new, target, token, &answer, &done) &&
               (answer.cbBuffer == 0 || send_message(s, out, answer.cbBuffer)) &&
               (done || receive_message(s, in, sizeof(in), &token.cbBuffer));
    }
    *has_context = !is_new;
    return good;
}

static bool talk(int s, CredHandle *cred, const char *target, const char *text)
{
    char message[MAX_MESSAGE];
    CtxtHandle context;
    SecBuffer data = {0, SECBUFFER_EMPTY, NULL};
    bool has_context = false;
    bool good = do_authentication(s, cred, target, &context, &has_context) &&
                send_sealed(s, &context, text) && receive_sealed(s, &context, message, &data);

    if (good)
        printf("%.*s\n", (int)data.cbBuffer, (char *)data.pvBuffer);
    if (has_context)
        DeleteSecurityContext(&context);
    return good;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    CredHandle cred;
    SECURITY_STATUS code;
    bool good;

    if (argc < 4) {
        fprintf(stderr, "usage: sspi_client PORT SERVICE-PRINCIPAL TEXT [PACKAGE]\n");
        return 2;
    }
    address.sin_port = htons((uint16_t)atoi(argv[1]));
    code = AcquireCredentialsHandle(NULL, argc > 4 ? argv[4] : "Negotiate",
                                    SECPKG_CRED_OUTBOUND, NULL, NULL, NULL, NULL, &cred, NULL);
    if (!SEC_SUCCESS(code))
        return !failed("AcquireCredentialsHandle", code);
    good = connect(s, (struct sockaddr *)&address, sizeof(address)) == 0 &&
           talk(s, &cred, argv[2], argv[3]);
    FreeCredentialsHandle(&cred);
    close(s);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
