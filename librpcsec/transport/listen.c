/* SPDX-License-Identifier: MIT
 *
 * transport/listen.c: listening sockets. Layer: transport. Document: RFC 3493 5.3
 * (IPV6_V6ONLY).
 */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "transport/transport.h"

static bool bind_and_listen(int fd, const struct addrinfo *address)
{
    const int on = 1;

    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)))
        return false;
    /* Each address has a socket of its own: "::" must not take IPv4 as well. */
    if (address->ai_family == AF_INET6 &&
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)))
        return false;
    return bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0;
}

int transport_listen(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int errnum;

    if (fd < 0 || bind_and_listen(fd, address))
        return fd;
    errnum = errno;
    close(fd);
    errno = errnum;
    return -1;
}

const char *transport_listen_advice(int errnum)
{
    switch (errnum) {
    case EADDRINUSE:
        return " (another program does; ss -ltnp tells which)";
    case EACCES:
        return " (ports below 1024 need root or CAP_NET_BIND_SERVICE)";
    case EADDRNOTAVAIL:
        return " (no interface of this machine has that address)";
    default:
        return "";
    }
}

uint16_t transport_port(int fd)
{
    struct sockaddr_storage name = {.ss_family = AF_UNSPEC};
    socklen_t len = sizeof(name);

    if (getsockname(fd, (struct sockaddr *)&name, &len))
        return 0;
    if (name.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)&name)->sin6_port);
    return ntohs(((struct sockaddr_in *)&name)->sin_port);
}

void transport_set_port(struct addrinfo *address, uint16_t port)
{
    if (address->ai_family == AF_INET6)
        ((struct sockaddr_in6 *)(void *)address->ai_addr)->sin6_port = htons(port);
    else
        ((struct sockaddr_in *)(void *)address->ai_addr)->sin_port = htons(port);
}
