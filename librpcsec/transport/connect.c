/* SPDX-License-Identifier: MIT
 *
 * transport/connect.c: makes TCP connections within a deadline. Layer: transport.
 * Documents: getaddrinfo(3), connect(2), RFC 6724 (the order of addresses is the resolver's).
 *
 * The addresses are tried in turn, each with an equal share of the time that is left, so that
 * one that swallows packets does not use up the others' time. The name lookup itself is
 * bounded by the resolver's own timeouts (resolv.conf(5)), not by the deadline.
 */
#include "transport/transport.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arith.h"
#include "base/error.h"
#include "base/text.h"

#define MAX_PORT 65535

/* What is tried, and the failure worth telling when nothing works. */
struct attempt {
    char host[256]; /* cleaned, for messages */
    char port[8];
    uint64_t timeout_ms;
    uint64_t deadline_ms;
    int error; /* errno of the most telling failure, 0: none yet */
};

static uint64_t now_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static uint64_t left_ms(uint64_t deadline_ms)
{
    uint64_t now = now_ms();

    return deadline_ms > now ? deadline_ms - now : 0;
}

static int poll_timeout(uint64_t deadline_ms)
{
    uint64_t left = left_ms(deadline_ms);

    return left > INT_MAX ? INT_MAX : (int)left;
}

/* Waits until the connection is made or has failed: 0 or an errno value. */
static int wait_connected(int fd, uint64_t deadline_ms)
{
    struct pollfd waiting = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof(error);
    int num;

    do {
        num = poll(&waiting, 1, poll_timeout(deadline_ms));
        if (num < 0 && errno != EINTR)
            return errno;
    } while (num <= 0 && left_ms(deadline_ms) > 0);
    if (num <= 0)
        return ETIMEDOUT;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0)
        return errno;
    return error;
}

/* A connect to a free local port can meet itself when the system picks that very port as the
 * source: then nobody listens. */
static bool met_itself(int fd)
{
    struct sockaddr_storage own = {0};
    struct sockaddr_storage peer = {0};
    socklen_t own_len = sizeof(own);
    socklen_t peer_len = sizeof(peer);

    if (getsockname(fd, (struct sockaddr *)&own, &own_len) != 0 ||
        getpeername(fd, (struct sockaddr *)&peer, &peer_len) != 0)
        return false;
    return own_len == peer_len && memcmp(&own, &peer, own_len) == 0;
}

static int connect_socket(int fd, const struct addrinfo *address, uint64_t deadline_ms)
{
    int error = 0;

    /* Interrupted, it goes on in the background like one that is in progress (connect(2)). */
    if (connect(fd, address->ai_addr, address->ai_addrlen) != 0)
        error =
            errno == EINPROGRESS || errno == EINTR ? wait_connected(fd, deadline_ms) : errno;
    if (error == 0 && met_itself(fd))
        error = ECONNREFUSED;
    return error;
}

/* 0 and a connected socket, or an errno value. */
static int try_address(const struct addrinfo *address, uint64_t deadline_ms, int *ret_fd)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int error;

    if (fd < 0)
        return errno;
    error = connect_socket(fd, address, deadline_ms);
    if (error != 0) {
        close(fd);
        return error;
    }
    *ret_fd = fd;
    return 0;
}

/* An address that never answered may be the right one; one that refused was at least reached.
 */
static int weight(int error)
{
    switch (error) {
    case 0:
        return 0;
    case ETIMEDOUT:
        return 3;
    case ECONNREFUSED:
        return 2;
    default:
        return 1;
    }
}

static void note_failure(struct attempt *attempt, int error)
{
    if (weight(error) > weight(attempt->error))
        attempt->error = error;
}

static uint64_t num_addresses(const struct addrinfo *list)
{
    uint64_t num = 0;

    for (; list; list = list->ai_next)
        num++;
    return num;
}

/* Gives false when no address works; attempt->error tells why. */
static bool try_addresses(struct attempt *attempt, const struct addrinfo *list, int *ret_fd)
{
    for (const struct addrinfo *address = list; address; address = address->ai_next) {
        uint64_t share_ms = left_ms(attempt->deadline_ms) / num_addresses(address);
        int error = try_address(address, arith_later(now_ms(), share_ms), ret_fd);

        if (error == 0)
            return true;
        note_failure(attempt, error);
    }
    return false;
}

static rpcsec_status lookup_failed(const struct attempt *attempt, int code, int error,
                                   struct rpcsec_error *err)
{
    if (code == EAI_MEMORY)
        return error_no_memory(err);
    if (code == EAI_SYSTEM)
        return error_set_errno(err, RPCSEC_HOST_NOT_FOUND, RPCSEC_LAYER_TRANSPORT, error,
                               "cannot look up the host \"%s\"", attempt->host);
    if (code == EAI_AGAIN)
        return error_set(err, RPCSEC_HOST_NOT_FOUND, RPCSEC_LAYER_TRANSPORT,
                         "cannot look up the host \"%s\": no name server answered; check "
                         "/etc/resolv.conf and the network",
                         attempt->host);
    return error_set(err, RPCSEC_HOST_NOT_FOUND, RPCSEC_LAYER_TRANSPORT,
                     "there is no host \"%s\": check its spelling, DNS and /etc/hosts",
                     attempt->host);
}

static rpcsec_status connect_failed(const struct attempt *attempt, struct rpcsec_error *err)
{
    switch (attempt->error) {
    case ETIMEDOUT:
        return error_set(err, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                         "no answer from %s port %s within %" PRIu64
                         " ms: check that the host is up and that no firewall drops packets to "
                         "the port",
                         attempt->host, attempt->port, attempt->timeout_ms);
    case ECONNREFUSED:
        return error_set(err, RPCSEC_CONNECTION_REFUSED, RPCSEC_LAYER_TRANSPORT,
                         "nobody listens at %s port %s: start the server or check the port",
                         attempt->host, attempt->port);
    case ENETUNREACH:
    case EHOSTUNREACH:
        return error_set(err, RPCSEC_CONNECT_FAILED, RPCSEC_LAYER_TRANSPORT,
                         "there is no route to %s port %s: check the address, the network and "
                         "firewalls",
                         attempt->host, attempt->port);
    default:
        return error_set_errno(err, RPCSEC_CONNECT_FAILED, RPCSEC_LAYER_TRANSPORT,
                               attempt->error, "cannot connect to %s port %s", attempt->host,
                               attempt->port);
    }
}

static bool is_port(const char *text)
{
    uint64_t port;

    return text_number(text, strlen(text), MAX_PORT, &port) == RPCSEC_OK && port != 0;
}

static rpcsec_status look_up(const struct attempt *attempt, const char *host,
                             struct addrinfo **ret_list, struct rpcsec_error *err)
{
    int code = transport_look_up(host, attempt->port, false, ret_list);

    return code == 0 ? RPCSEC_OK : lookup_failed(attempt, code, errno, err);
}

static rpcsec_status connect_and_adopt(struct attempt *attempt, const char *host,
                                       struct transport **ret_transport,
                                       struct rpcsec_error *err)
{
    struct addrinfo *list = NULL;
    rpcsec_status status = look_up(attempt, host, &list, err);
    bool connected;
    int fd = -1;

    if (status != RPCSEC_OK)
        return status;
    connected = try_addresses(attempt, list, &fd);
    freeaddrinfo(list);
    if (!connected)
        return connect_failed(attempt, err);
    status = transport_tcp_adopt(fd, ret_transport);
    if (status != RPCSEC_OK)
        close(fd);
    if (status == RPCSEC_NO_MEMORY)
        return error_no_memory(err);
    return status == RPCSEC_OK
               ? RPCSEC_OK
               : error_set(err, status, RPCSEC_LAYER_TRANSPORT,
                           "cannot use the socket to %s port %s", attempt->host, attempt->port);
}

rpcsec_status transport_tcp_connect(const char *host, const char *port, uint64_t timeout_ms,
                                    struct transport **ret_transport, struct rpcsec_error *err)
{
    struct attempt attempt = {
        .timeout_ms = timeout_ms,
        .deadline_ms = arith_later(now_ms(), timeout_ms),
    };

    if (!host || !*host || !port || !is_port(port))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a connection needs a host and a port from 1 to %d", MAX_PORT);
    text_clean(attempt.host, sizeof(attempt.host), host, strlen(host));
    text_print(attempt.port, sizeof(attempt.port), "%s", port);
    return connect_and_adopt(&attempt, host, ret_transport, err);
}
