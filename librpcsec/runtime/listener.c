/* SPDX-License-Identifier: MIT
 *
 * runtime/listener.c: listening sockets. Layer: runtime. Documents: C706 3.1, RFC 3493 5.3
 * (IPV6_V6ONLY). Accepts on the first loop; a connection then goes to a home of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"
#include "runtime/binding.h"
#include "runtime/local.h"
#include "runtime/proxied.h"
#include "runtime/server.h"

#define ACCEPTS_PER_TURN 32
#define ACCEPT_PAUSE_MS  100 /* when descriptors have run out */

struct listener {
    struct listener *next;
    struct rpcsec_server *server;
    int fd;
    struct loop_watch *watch;
    struct loop_timer *resume;
    struct transport_local *local; /* NULL: TCP */
    char endpoint[BINDING_NAME_LEN];
    char binding[LIMIT_BINDING_LEN];
};

/* ---- opening ---- */

static void listener_free(struct listener *listener)
{
    loop_watch_free(listener->watch);
    loop_timer_free(listener->resume);
    transport_local_free(
        listener->local); /* its name goes while it can still be connected to */
    if (listener->fd >= 0)
        close(listener->fd);
    mem_free(listener);
}

void listeners_free(struct rpcsec_server *server)
{
    while (server->listeners) {
        struct listener *next = server->listeners->next;

        listener_free(server->listeners);
        server->listeners = next;
    }
}

/* The binding that a client can use: the host as it was given, the real port. */
static void name_listener(struct listener *listener, const struct binding *asked,
                          const struct addrinfo *address)
{
    struct binding real = *asked;

    if (!real.host[0])
        text_print(real.host, sizeof(real.host), "%s",
                   address->ai_family == AF_INET6 ? "::" : "0.0.0.0");
    real.has_port = true;
    real.port = transport_port(listener->fd);
    text_print(listener->endpoint, sizeof(listener->endpoint), "%u", (unsigned)real.port);
    binding_print(&real, listener->binding);
}

static void append(struct rpcsec_server *server, struct listener *listener)
{
    struct listener **last = &server->listeners;

    while (*last)
        last = &(*last)->next;
    *last = listener;
}

static const struct listener *last_listener(const struct rpcsec_server *server)
{
    const struct listener *last = server->listeners;

    while (last->next)
        last = last->next;
    return last;
}

static rpcsec_status open_listener(struct rpcsec_server *server, const struct binding *asked,
                                   const struct addrinfo *address, struct rpcsec_error *err)
{
    struct listener *listener = mem_zalloc(sizeof(*listener));

    if (!listener)
        return error_no_memory(err);
    listener->server = server;
    listener->fd = transport_listen(address);
    if (listener->fd < 0) {
        int errnum = errno;

        listener_free(listener);
        return error_set_errno(err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT, errnum,
                               "cannot listen on %s port %u%s", asked->host,
                               (unsigned)asked->port, transport_listen_advice(errnum));
    }
    name_listener(listener, asked, address);
    append(server, listener);
    return RPCSEC_OK;
}

static rpcsec_status look_up(const struct binding *asked, struct addrinfo **ret_addresses,
                             struct rpcsec_error *err)
{
    char port[BINDING_PORT_LEN];
    int failed;

    text_print(port, sizeof(port), "%u", (unsigned)asked->port);
    failed = transport_look_up(asked->host[0] ? asked->host : NULL, port, true, ret_addresses);
    if (failed)
        return error_set(err, RPCSEC_HOST_NOT_FOUND, RPCSEC_LAYER_TRANSPORT,
                         "no address to listen on for '%s': %s", asked->host,
                         gai_strerror(failed));
    return RPCSEC_OK;
}

/* A name may have several addresses, a host of none has two families; those that this machine
 * does not have are left out as long as one works. Any free port means one port for all. */
static rpcsec_status open_all(struct rpcsec_server *server, const struct binding *asked,
                              struct addrinfo *addresses, struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status = RPCSEC_HOST_NOT_FOUND;
    uint16_t port = 0; /* of the first that works */

    for (struct addrinfo *at = addresses; at; at = at->ai_next) {
        error_clear(&why);
        if (port)
            transport_set_port(at, port);
        status = open_listener(server, asked, at, &why);
        if (status == RPCSEC_OK && !port)
            port = transport_port(last_listener(server)->fd);
    }
    if (port)
        return RPCSEC_OK;
    error_copy(err, &why);
    return status;
}

static rpcsec_status listen_locally(struct rpcsec_server *server, const struct binding *asked,
                                    struct rpcsec_error *err)
{
    const struct transport_place place = local_place(server->policy, asked->name, geteuid());
    struct listener *listener = mem_zalloc(sizeof(*listener));
    rpcsec_status status;

    if (!listener)
        return error_no_memory(err);
    status = transport_local_listen(&place, &listener->local, err);
    if (status) {
        mem_free(listener);
        return status;
    }
    listener->server = server;
    listener->fd = transport_local_fd(listener->local);
    text_print(listener->endpoint, sizeof(listener->endpoint), "%s", asked->name);
    binding_print(asked, listener->binding);
    append(server, listener);
    return RPCSEC_OK;
}

static rpcsec_status listen_on_tcp(struct rpcsec_server *server, const struct binding *asked,
                                   struct rpcsec_error *err)
{
    struct addrinfo *addresses = NULL;
    rpcsec_status status = look_up(asked, &addresses, err);

    if (status)
        return status;
    status = open_all(server, asked, addresses, err);
    freeaddrinfo(addresses);
    return status;
}

rpcsec_status rpcsec_server_listen(struct rpcsec_server *server, const char *binding,
                                   struct rpcsec_error *err)
{
    struct binding asked;
    rpcsec_status status;

    error_clear(err);
    if (!server || !binding)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "listening needs a server and a string binding");
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server runs already");
    status = binding_parse(binding, &asked, err);
    if (status == RPCSEC_OK)
        status = server_acquire(server, err);
    if (status)
        return status;
    return asked.is_local ? listen_locally(server, &asked, err)
                          : listen_on_tcp(server, &asked, err);
}

/* ---- sockets that somebody else opened ---- */

static bool is_listening_tcp(int fd, struct sockaddr_storage *ret_name)
{
    int type = 0;
    int listens = 0;
    socklen_t len = sizeof(type);
    socklen_t name_len = sizeof(*ret_name);

    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) || type != SOCK_STREAM)
        return false;
    len = sizeof(listens);
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) || !listens)
        return false;
    return getsockname(fd, (struct sockaddr *)ret_name, &name_len) == 0 &&
           (ret_name->ss_family == AF_INET || ret_name->ss_family == AF_INET6);
}

static rpcsec_status adopt(struct rpcsec_server *server, int fd,
                           const struct sockaddr_storage *name, struct rpcsec_error *err)
{
    const struct addrinfo address = {.ai_family = name->ss_family};
    struct binding asked = {.is_address = true};
    struct listener *listener = mem_zalloc(sizeof(*listener));

    if (!listener)
        return error_no_memory(err);
    (void)getnameinfo((const struct sockaddr *)name, sizeof(*name), asked.host,
                      sizeof(asked.host), NULL, 0, NI_NUMERICHOST);
    listener->server = server;
    listener->fd = fd;
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    (void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    name_listener(listener, &asked, &address);
    append(server, listener);
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_listen_fd(struct rpcsec_server *server, int fd,
                                      struct rpcsec_error *err)
{
    struct sockaddr_storage name;
    rpcsec_status status;

    error_clear(err);
    if (!server || !is_listening_tcp(fd, &name))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "descriptor %d is no TCP socket that listens", fd);
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server runs already");
    status = server_acquire(server, err);
    return status ? status : adopt(server, fd, &name, err);
}

const char *rpcsec_server_binding(const struct rpcsec_server *server, size_t index)
{
    const struct listener *listener = server->listeners;

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
    struct listener *listener = arg;

    (void)events;
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
        struct sockaddr_storage from = {.ss_family = AF_UNSPEC};
        socklen_t from_len = sizeof(from);
        int fd = accept4(listener->fd, (struct sockaddr *)&from, &from_len,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        int errnum;

        if (fd >= 0) {
            if (proxied_is_listed(listener->server, &from))
                proxied_accept(listener->server, fd, listener->endpoint);
            else
                connection_accept(listener->server, fd, listener->endpoint);
            continue;
        }
        errnum = errno;
        if (ran_out(errnum)) {
            TRACE("runtime", "accept_paused", "errno=%d", errnum);
            loop_watch_set(listener->watch, 0);
            loop_timer_set(listener->resume, loop_now_ms() + ACCEPT_PAUSE_MS);
        }
        if (errnum != ECONNABORTED && errnum != EINTR)
            return; /* nobody waits */
    }
}

static void on_resume(void *arg)
{
    struct listener *listener = arg;

    loop_watch_set(listener->watch, LOOP_READ);
}

rpcsec_status listeners_start(struct rpcsec_server *server)
{
    struct loop *loop = server->homes[0].loop;

    for (struct listener *l = server->listeners; l; l = l->next) {
        rpcsec_status status = loop_watch_new(loop, l->fd, on_readable, l, &l->watch);

        if (status == RPCSEC_OK)
            status = loop_timer_new(loop, on_resume, l, &l->resume);
        if (status)
            return status;
        loop_watch_set(l->watch, LOOP_READ);
    }
    return RPCSEC_OK;
}

void listeners_stop(struct rpcsec_server *server)
{
    proxied_close_all(server);
    for (struct listener *l = server->listeners; l; l = l->next) {
        loop_watch_free(l->watch);
        loop_timer_free(l->resume);
        l->watch = NULL;
        l->resume = NULL;
        transport_local_free(l->local);
        l->local = NULL;
        close(l->fd); /* who connects from now on is refused */
        l->fd = -1;
    }
}
