/* SPDX-License-Identifier: MIT
 *
 * transport/tcp.c: connected stream sockets, over IPv4, IPv6 and unix. Layer: transport.
 * Documents: tcp(7), sendmsg(2). Blocks nowhere and raises no SIGPIPE; making connections is
 * in transport/connect.c.
 */
#include "transport/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

struct tcp {
    struct transport transport; /* first: the two share their address */
    int fd;
    bool is_local;
    struct rpcsec_local_peer local; /* where it is */
    char peer[80]; /* "192.0.2.1:50123", "[2001:db8::1]:50123", "uid-1000:4242" */
};

static struct tcp *tcp_of(struct transport *t)
{
    return (struct tcp *)t;
}

/* What a failed call on the socket means. */
static enum transport_io failed(struct transport *t, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK)
        return TRANSPORT_WAIT;
    t->error = error;
    return TRANSPORT_FAILED;
}

static enum transport_io tcp_recv(struct transport *t, void *data, size_t len, size_t *ret_len)
{
    ssize_t got;

    if (len == 0) /* the socket's 0 would read as the end */
        return failed(t, EINVAL);
    do {
        got = recv(tcp_of(t)->fd, data, len, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return failed(t, errno);
    if (got == 0)
        return TRANSPORT_EOF;
    *ret_len = (size_t)got;
    return TRANSPORT_DONE;
}

static enum transport_io tcp_send(struct transport *t, const struct iovec *iov, size_t num,
                                  size_t *ret_len)
{
    struct msghdr message = {
        .msg_iov = (struct iovec *)iov, /* sendmsg only reads it */
        .msg_iovlen = num < IOV_MAX ? num : IOV_MAX,
    };
    ssize_t sent;

    do {
        sent = sendmsg(tcp_of(t)->fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return failed(t, errno);
    if (sent == 0)
        return failed(t, EINVAL); /* only for no bytes at all */
    *ret_len = (size_t)sent;
    return TRANSPORT_DONE;
}

static int tcp_descriptor(struct transport *t)
{
    return tcp_of(t)->fd;
}

static const char *tcp_peer_address(struct transport *t)
{
    return tcp_of(t)->peer;
}

static bool tcp_credentials(struct transport *t, struct rpcsec_local_peer *ret_peer)
{
    if (tcp_of(t)->is_local)
        *ret_peer = tcp_of(t)->local;
    return tcp_of(t)->is_local;
}

static void tcp_close(struct transport *t)
{
    close(tcp_of(t)->fd);
    mem_free(t);
}

static const struct transport_ops tcp_ops = {
    .name = "tcp",
    .recv = tcp_recv,
    .send = tcp_send,
    .descriptor = tcp_descriptor,
    .peer_address = tcp_peer_address,
    .credentials = tcp_credentials,
    .close = tcp_close,
};

static void print_address(char *out, size_t max, const struct sockaddr *address, socklen_t len)
{
    char host[INET6_ADDRSTRLEN + IF_NAMESIZE];
    char port[8];

    if (getnameinfo(address, len, host, sizeof(host), port, sizeof(port),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        text_print(out, max, "unknown");
    else if (address->sa_family == AF_INET6)
        text_print(out, max, "[%s]:%s", host, port);
    else
        text_print(out, max, "%s:%s", host, port);
}

/* unix(7): what the kernel noted when the connection was made. */
static void print_local(struct tcp *tcp)
{
    struct ucred cred;
    socklen_t len = sizeof(cred);

    tcp->is_local =
        getsockopt(tcp->fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0 && len == sizeof(cred);
    if (!tcp->is_local) {
        text_print(tcp->peer, sizeof(tcp->peer), "local");
        return;
    }
    tcp->local = (struct rpcsec_local_peer){cred.uid, cred.gid, cred.pid};
    text_print(tcp->peer, sizeof(tcp->peer), "uid-%u:%d", (unsigned)cred.uid, (int)cred.pid);
}

void transport_tcp_set_peer(struct transport *t, const char *address)
{
    text_print(tcp_of(t)->peer, sizeof(tcp_of(t)->peer), "%s", address);
}

/* A peer that has gone already is no failure here: the first recv tells. */
static void print_peer(struct tcp *tcp)
{
    struct sockaddr_storage storage;
    struct sockaddr *address = (struct sockaddr *)&storage;
    socklen_t len = sizeof(storage);

    if (getpeername(tcp->fd, address, &len) != 0)
        text_print(tcp->peer, sizeof(tcp->peer), "unknown");
    else if (address->sa_family == AF_UNIX)
        print_local(tcp);
    else
        print_address(tcp->peer, sizeof(tcp->peer), address, len);
}

/* Requests and answers are written whole: waiting to join small ones only costs time. On a unix
 * socket the option does not exist, and is not needed. */
static void send_at_once(int fd)
{
    int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

/* Checked and not only documented: one blocking socket would stall a whole loop. */
static bool make_non_blocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0)
        return false;
    return flags & O_NONBLOCK || fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

rpcsec_status transport_tcp_adopt(int fd, struct transport **ret_transport)
{
    struct tcp *tcp;

    if (!make_non_blocking(fd))
        return RPCSEC_SYSTEM;
    tcp = mem_zalloc(sizeof(*tcp));
    if (!tcp)
        return RPCSEC_NO_MEMORY;
    tcp->transport.ops = &tcp_ops;
    tcp->fd = fd;
    send_at_once(fd);
    print_peer(tcp);
    *ret_transport = &tcp->transport;
    return RPCSEC_OK;
}

#define NUM_PROBES 5

static void set_option(int fd, int level, int option, int value)
{
    (void)setsockopt(fd, level, option, &value, sizeof(value));
}

/* tcp(7): seconds, all of them. */
void transport_tcp_keep_alive(struct transport *t, uint64_t idle_ms)
{
    const int idle = idle_ms / 1000 > 32767 ? 32767 : (int)(idle_ms / 1000);
    const int interval = idle / NUM_PROBES ? idle / NUM_PROBES : 1;

    if (t->ops != &tcp_ops)
        return;
    set_option(tcp_of(t)->fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(tcp_of(t)->fd, IPPROTO_TCP, TCP_KEEPIDLE, idle ? idle : 1);
    set_option(tcp_of(t)->fd, IPPROTO_TCP, TCP_KEEPINTVL, interval);
    set_option(tcp_of(t)->fd, IPPROTO_TCP, TCP_KEEPCNT, NUM_PROBES);
}
