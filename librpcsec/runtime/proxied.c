/* SPDX-License-Identifier: MIT
 *
 * runtime/proxied.c: waits for the PROXY header of a listed proxy. Layer: runtime. Document:
 * The PROXY protocol, section 2. Not a byte after the header is read: the connection's engine
 * reads those, and refuses a second header there by its first byte.
 */
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/network.h"
#include "base/policy.h"
#include "base/trace.h"
#include "runtime/proxied.h"
#include "runtime/report.h"
#include "transport/proxy.h"

struct proxied {
    struct proxied *next;
    struct proxied *prev;
    struct rpcsec_server *server;
    struct transport *transport;
    struct loop_watch *watch;
    struct loop_timer *timer; /* the whole header by then */
    const char *port;
    size_t len;
    size_t total; /* to read, as far as it is known */
    uint8_t data[PROXY_PREFIX_LEN + PROXY_MAX_LEN];
};

bool proxied_is_listed(const struct rpcsec_server *server,
                       const struct sockaddr_storage *address)
{
    for (size_t i = 0; i < server->policy->num_proxies; i++)
        if (network_holds(&server->policy->proxies[i], address))
            return true;
    return false;
}

/* Frees it but for the transport, which the caller has. */
static void forget(struct proxied *p)
{
    struct rpcsec_server *server = p->server;

    loop_watch_free(p->watch);
    loop_timer_free(p->timer);
    *(p->prev ? &p->prev->next : &server->proxied) = p->next;
    if (p->next)
        p->next->prev = p->prev;
    server->num_proxied--;
    mem_free(p);
}

static void end(struct proxied *p)
{
    struct transport *transport = p->transport;

    forget(p);
    transport->ops->close(transport);
}

static void refuse(struct proxied *p, const char *why)
{
    const char *address = p->transport->ops->peer_address(p->transport);

    TRACE("runtime", "proxy_refused", "peer=%s why=\"%s\"", address, why);
    report_proxy(p->server, address, why);
    end(p);
}

static const char *reason(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_LIMIT:
        return "its PROXY header is too long";
    case RPCSEC_TRUNCATED:
    case RPCSEC_TRAILING_DATA:
        return "its PROXY header is cut short";
    case RPCSEC_UNSUPPORTED:
        return "its PROXY header names a client that did not come by TCP";
    default:
        return "it is a listed proxy, and sent no PROXY header of version 2: have the proxy "
               "send one, or do not list it";
    }
}

static void finish(struct proxied *p)
{
    struct proxy_header header;
    struct transport *transport = p->transport;
    struct rpcsec_server *server = p->server;
    const char *port = p->port;
    rpcsec_status status = proxy_decode(p->data, p->len, &header);

    if (status) {
        refuse(p, reason(status));
        return;
    }
    TRACE("runtime", "proxied", "proxy=%s peer=%s", transport->ops->peer_address(transport),
          header.has_peer ? header.peer : "-");
    if (header.has_peer)
        transport_tcp_set_peer(transport, header.peer);
    forget(p);
    connection_accept_over(server, transport, port);
}

static void on_readable(void *arg, unsigned events)
{
    struct proxied *p = arg;
    rpcsec_status status = RPCSEC_OK;

    (void)events;
    while (p->len < p->total) {
        size_t got = 0;
        enum transport_io io =
            p->transport->ops->recv(p->transport, p->data + p->len, p->total - p->len, &got);

        if (io == TRANSPORT_WAIT)
            return;
        if (io != TRANSPORT_DONE) {
            refuse(p, reason(RPCSEC_TRUNCATED));
            return;
        }
        p->len += got;
        status = proxy_len(p->data, p->len, &p->total);
        if (status) {
            refuse(p, reason(status));
            return;
        }
    }
    finish(p);
}

static void on_late(void *arg)
{
    refuse(arg, "it is a listed proxy, and its PROXY header did not come in time");
}

static void add(struct rpcsec_server *server, struct proxied *p)
{
    p->next = server->proxied;
    if (p->next)
        p->next->prev = p;
    server->proxied = p;
    server->num_proxied++;
}

static rpcsec_status wait_for_header(struct proxied *p)
{
    struct loop *loop = p->server->homes[0].loop;
    int fd = p->transport->ops->descriptor(p->transport);
    rpcsec_status status = loop_watch_new(loop, fd, on_readable, p, &p->watch);

    if (status == RPCSEC_OK)
        status = loop_timer_new(loop, on_late, p, &p->timer);
    if (status)
        return status;
    loop_watch_set(p->watch, LOOP_READ);
    loop_timer_set(p->timer,
                   loop_now_ms() + policy_limit(p->server->policy, RPCSEC_LIMIT_HANDSHAKE_MS));
    return RPCSEC_OK;
}

/* A place among those that have not authenticated. */
static struct proxied *proxied_new(struct rpcsec_server *server, struct transport *transport)
{
    struct proxied *p = NULL;

    if (server->num_proxied < policy_limit(server->policy, RPCSEC_LIMIT_HANDSHAKES))
        p = mem_zalloc(sizeof(*p));
    if (!p)
        return NULL;
    p->server = server;
    p->transport = transport;
    p->total = PROXY_PREFIX_LEN;
    add(server, p);
    return p;
}

void proxied_accept(struct rpcsec_server *server, int fd, const char *port)
{
    struct transport *transport = NULL;
    struct proxied *p;

    if (transport_tcp_adopt(fd, &transport)) {
        close(fd);
        return;
    }
    p = proxied_new(server, transport);
    if (!p) {
        report_no_room(server, transport->ops->peer_address(transport));
        transport->ops->close(transport);
        return;
    }
    p->port = port;
    if (wait_for_header(p))
        refuse(p, "memory ended");
}

void proxied_close_all(struct rpcsec_server *server)
{
    while (server->proxied)
        end(server->proxied);
}
