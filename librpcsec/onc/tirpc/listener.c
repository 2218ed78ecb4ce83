/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/listener.c: listening sockets of an ONC RPC server. Layer: onc/tirpc. Accepts on
 * the first loop; a connection then goes to a home of its own.
 */
#include "onc/tirpc/server.h"

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"

#define ACCEPTS_PER_TURN 32
#define ACCEPT_PAUSE_MS  100 /* when descriptors have run out */

/* ---- opening ---- */

void onc_listeners_stop(struct rpcsec_onc_server *server)
{
    for (struct onc_listener *l = server->listeners; l; l = l->next) {
        loop_watch_free(l->watch);
        loop_timer_free(l->resume);
        l->watch = NULL;
        l->resume = NULL;
        if (l->fd >= 0)
            close(l->fd); /* who connects from now on is refused */
        l->fd = -1;
    }
}

void onc_listeners_free(struct rpcsec_onc_server *server)
{
    onc_listeners_stop(server);
    while (server->listeners) {
        struct onc_listener *next = server->listeners->next;

        mem_free(server->listeners);
        server->listeners = next;
    }
}

static void append(struct rpcsec_onc_server *server, struct onc_listener *listener)
{
    struct onc_listener **last = &server->listeners;

    while (*last)
        last = &(*last)->next;
    *last = listener;
}

/* The address that a client can use: the host as it was given, the real port. */
static void name_listener(struct onc_listener *listener, const struct onc_address *asked,
                          int family)
{
    struct onc_address real = *asked;

    if (!real.host[0])
        text_print(real.host, sizeof(real.host), "%s", family == AF_INET6 ? "::" : "0.0.0.0");
    text_print(real.port, sizeof(real.port), "%u", (unsigned)transport_port(listener->fd));
    onc_address_print(&real, listener->binding);
    listener->address_len = sizeof(listener->address);
    if (getsockname(listener->fd, (struct sockaddr *)&listener->address,
                    &listener->address_len))
        listener->address_len = 0;
}

static rpcsec_status open_listener(struct rpcsec_onc_server *server,
                                   const struct onc_address *asked,
                                   const struct addrinfo *address, unsigned flags,
                                   struct rpcsec_error *err)
{
    struct onc_listener *listener = mem_zalloc(sizeof(*listener));

    if (!listener)
        return error_no_memory(err);
    listener->server = server;
    listener->flags = flags;
    listener->fd = transport_listen(address);
    if (listener->fd < 0) {
        int errnum = errno;

        mem_free(listener);
        return error_set_errno(err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT, errnum,
                               "cannot listen on %s port %s%s", asked->host, asked->port,
                               transport_listen_advice(errnum));
    }
    name_listener(listener, asked, address->ai_family);
    append(server, listener);
    return RPCSEC_OK;
}

static int last_fd(const struct rpcsec_onc_server *server)
{
    const struct onc_listener *last = server->listeners;

    while (last->next)
        last = last->next;
    return last->fd;
}

/* A name may have several addresses, a host of none has two families; those that this machine
 * does not have are left out as long as one works. Any free port means one port for all. */
static rpcsec_status open_all(struct rpcsec_onc_server *server, const struct onc_address *asked,
                              struct addrinfo *addresses, unsigned flags,
                              struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status = RPCSEC_HOST_NOT_FOUND;
    uint16_t port = 0; /* of the first that works */

    for (struct addrinfo *at = addresses; at; at = at->ai_next) {
        error_clear(&why);
        if (port)
            transport_set_port(at, port);
        status = open_listener(server, asked, at, flags, &why);
        if (status == RPCSEC_OK && !port)
            port = transport_port(last_fd(server));
    }
    if (port)
        return RPCSEC_OK;
    error_copy(err, &why);
    return status;
}

static rpcsec_status check_listen(const struct rpcsec_onc_server *server, const char *binding,
                                  unsigned flags, struct rpcsec_error *err)
{
    if (!server || !binding || (flags & ~RPCSEC_REGISTER) != 0)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "listening needs a server, an address and known flags");
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server runs already");
    return RPCSEC_OK;
}

rpcsec_status rpcsec_onc_server_listen(struct rpcsec_onc_server *server, const char *binding,
                                       unsigned flags, struct rpcsec_error *err)
{
    struct onc_address asked;
    struct addrinfo *addresses = NULL;
    rpcsec_status status;
    int failed;

    error_clear(err);
    status = check_listen(server, binding, flags, err);
    if (status == RPCSEC_OK)
        status = onc_address_parse(binding, &asked, err);
    if (status == RPCSEC_OK)
        status = onc_server_acquire(server, err);
    if (status)
        return status;
    failed = transport_look_up(asked.host[0] ? asked.host : NULL, asked.port, true, &addresses);
    if (failed)
        return error_set(err, RPCSEC_HOST_NOT_FOUND, RPCSEC_LAYER_TRANSPORT,
                         "no address to listen on for '%s': %s", asked.host,
                         gai_strerror(failed));
    status = open_all(server, &asked, addresses, flags, err);
    freeaddrinfo(addresses);
    return status;
}

const char *rpcsec_onc_server_binding(const struct rpcsec_onc_server *server, size_t index)
{
    const struct onc_listener *listener = server->listeners;

    while (listener && index--)
        listener = listener->next;
    return listener ? listener->binding : NULL;
}

/* ---- accepting ---- */

static bool ran_out(int errnum)
{
    return errnum == EMFILE || errnum == ENFILE || errnum == ENOBUFS || errnum == ENOMEM;
}

static void on_readable(void *arg, unsigned events)
{
    struct onc_listener *listener = arg;

    (void)events;
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int errnum = errno;

        if (fd >= 0) {
            onc_connection_accept(listener->server, fd);
            continue;
        }
        if (ran_out(errnum)) {
            TRACE("onc", "accept_paused", "errno=%d", errnum);
            loop_watch_set(listener->watch, 0);
            loop_timer_set(listener->resume, loop_now_ms() + ACCEPT_PAUSE_MS);
        }
        if (errnum != ECONNABORTED && errnum != EINTR)
            return; /* nobody waits */
    }
}

static void on_resume(void *arg)
{
    struct onc_listener *listener = arg;

    loop_watch_set(listener->watch, LOOP_READ);
}

rpcsec_status onc_listeners_start(struct rpcsec_onc_server *server)
{
    struct loop *loop = server->homes[0].loop;

    for (struct onc_listener *l = server->listeners; l; l = l->next) {
        rpcsec_status status = loop_watch_new(loop, l->fd, on_readable, l, &l->watch);

        if (status == RPCSEC_OK)
            status = loop_timer_new(loop, on_resume, l, &l->resume);
        if (status)
            return status;
        loop_watch_set(l->watch, LOOP_READ);
    }
    return RPCSEC_OK;
}
