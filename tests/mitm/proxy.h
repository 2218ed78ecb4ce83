/* SPDX-License-Identifier: MIT
 *
 * mitm/proxy.h: a man in the middle on real sockets. It hands whole PDUs, one at a time and
 * each way, to a function that passes them on, changes, drops, repeats or holds them, or sends
 * others.
 */
#ifndef MITM_PROXY_H
#define MITM_PROXY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct proxy;

/* One whole PDU; it goes on only when the function says so, by proxy_send. */
typedef void proxy_meddle(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len);

/* Who ended the first connection, as far as the man in the middle can tell. */
enum proxy_end {
    PROXY_OPEN = 0,
    PROXY_SERVER_CLOSED,
    PROXY_CLIENT_CLOSED,
    PROXY_CUT, /* by himself */
};

struct proxy {
    uint16_t port;
    uint16_t server_port;
    proxy_meddle *meddle;
    const void *arg;
    atomic_uint num_connections;
    /* The first refusal of the server, as it left it: a fault or a bind_nak. */
    atomic_uint refusal_type; /* 0: none */
    atomic_uint refusal;      /* fault status or reason */
    atomic_int end;           /* enum proxy_end, of the first connection */
    /* The meddler's. */
    unsigned nth[2][32]; /* PDUs seen, by direction (1: to the server) and type */
    bool done;           /* the attack was made */
    uint8_t *held;
    size_t held_len;

    int listener;
    int wake[2]; /* a pipe that ends the thread */
    int fds[2];  /* client, server; -1: none */
    bool cut;
    pthread_t thread;
};

/* Listens on 127.0.0.1 and connects to the server at the same address. */
void proxy_start(struct proxy *proxy, uint16_t server_port, proxy_meddle *meddle,
                 const void *arg);
void proxy_stop(struct proxy *proxy);

/* For meddlers. */
void proxy_send(struct proxy *proxy, bool to_server, const uint8_t *pdu, size_t len);
/* Resets both connections; nothing more is passed on. */
void proxy_cut(struct proxy *proxy);

#endif
