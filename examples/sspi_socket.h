/* SPDX-License-Identifier: MIT
 *
 * examples/sspi_socket.h: messages over a socket: four bytes of length, big-endian, then as
 * many bytes. A peer that stays silent is given up on: SSPI itself never waits for one.
 */
#ifndef SSPI_SOCKET_H
#define SSPI_SOCKET_H

#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <rpcsec/sspi.h>

#define MAX_MESSAGE 65536
#define PATIENCE_MS 10000

static inline bool send_all(int s, const void *data, size_t len)
{
    const char *at = data;

    while (len > 0) {
        ssize_t sent = send(s, at, len, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

static inline bool receive_all(int s, void *data, size_t len)
{
    char *at = data;

    while (len > 0) {
        struct pollfd wait = {.fd = s, .events = POLLIN};
        ssize_t got = poll(&wait, 1, PATIENCE_MS) == 1 ? recv(s, at, len, 0) : -1;

        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

static inline bool send_message(int s, const void *data, uint32_t len)
{
    uint32_t head = htonl(len);

    return send_all(s, &head, sizeof(head)) && send_all(s, data, len);
}

static inline bool receive_message(int s, void *data, uint32_t max, uint32_t *ret_len)
{
    uint32_t len;

    if (!receive_all(s, &len, sizeof(len)))
        return false;
    len = ntohl(len);
    *ret_len = len;
    return len <= max && receive_all(s, data, len);
}

static inline bool failed(const char *what, SECURITY_STATUS code)
{
    fprintf(stderr, "%s: %s (0x%08x)\n", what, rpcsec_error_text(rpcsec_sspi_last_error()),
            (unsigned)code);
    return false;
}

/* An encrypted message is the token and the data behind it, each as long as the library says.
 */
static inline bool send_sealed(int s, CtxtHandle *context, const char *text)
{
    char message[MAX_MESSAGE];
    SecPkgContext_Sizes sizes;
    SecBuffer buffers[2] = {{0, SECBUFFER_TOKEN, message}, {0, SECBUFFER_DATA, NULL}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    SECURITY_STATUS code = QueryContextAttributes(context, SECPKG_ATTR_SIZES, &sizes);

    if (!SEC_SUCCESS(code) || strlen(text) > MAX_MESSAGE - sizes.cbSecurityTrailer)
        return failed("QueryContextAttributes", code);
    buffers[0].cbBuffer = sizes.cbSecurityTrailer;
    buffers[1].cbBuffer = (ULONG)strlen(text);
    buffers[1].pvBuffer = message + sizes.cbSecurityTrailer;
    memcpy(buffers[1].pvBuffer, text, strlen(text));
    code = EncryptMessage(context, 0, &desc, 0);
    if (!SEC_SUCCESS(code))
        return failed("EncryptMessage", code);
    return send_message(s, message, buffers[0].cbBuffer + buffers[1].cbBuffer);
}

static inline bool receive_sealed(int s, CtxtHandle *context, char *message,
                                  SecBuffer *ret_data)
{
    SecBuffer buffers[2] = {{0, SECBUFFER_STREAM, message}, {0, SECBUFFER_DATA, NULL}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    SECURITY_STATUS code;

    if (!receive_message(s, message, MAX_MESSAGE, &buffers[0].cbBuffer))
        return false;
    code = DecryptMessage(context, &desc, 0, NULL);
    if (!SEC_SUCCESS(code))
        return failed("DecryptMessage", code);
    *ret_data = buffers[1];
    return true;
}

#endif
