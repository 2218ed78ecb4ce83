/* SPDX-License-Identifier: MIT
 *
 * runtime/server.h: the server from inside. Layer: runtime.
 *
 * Each connection belongs to one loop thread, its home; everything of it is that thread's, but
 * a handshake step or a manager function that runs on a pool. Such a job holds the connection
 * (num_jobs) and comes back to its home as a posted task. Locks guard four things only: the
 * association groups, their context handles, the clients' shares and the acceptor's
 * credentials.
 */
#ifndef RUNTIME_SERVER_H
#define RUNTIME_SERVER_H

#include <stdatomic.h>

#include "assoc/assoc.h"
#include "loop/loop.h"
#include "loop/wait.h"
#include "runtime/acceptor.h"
#include "runtime/epm_registry.h"
#include "runtime/group.h"
#include "runtime/handle.h"
#include "loop/pool.h"
#include "runtime/registry.h"
#include "runtime/share.h"
#include "transport/transport.h"

#define SERVER_MAX_LOOPS         4
#define SERVER_HANDSHAKE_THREADS 4 /* own threads: blocked calls hold up no handshake */

struct rpcsec_server;
struct connection;

/* A loop and its thread. */
struct home {
    struct rpcsec_server *server;
    struct loop *loop;
    pthread_t thread;
    bool started; /* it has a thread of its own */
    bool draining;
    struct loop_task drain;
    struct loop_timer *drain_timer;
    struct connection *connections;
    struct assoc_pool pool; /* of their engines */
    struct writer writer;   /* of answers, one at a time */
    /* Calls that have ended, for use again. */
    struct rpcsec_call *spare_calls;
    size_t num_spare_calls;
    struct rpcsec_error error; /* why the call at hand failed; clean when it did not */
    /* Not authenticated yet, oldest first. */
    struct connection *half_open;
    struct connection *half_open_last;
    size_t num_half_open;
};

/* What mgmt tells of a server. Source: C706 appendix Q (rpc_stats_vector_t). */
struct server_stats {
    atomic_uint calls_in;
    atomic_uint packets_in;
    atomic_uint packets_out;
};

struct listener;
struct registrar;
struct proxied;

struct rpcsec_server {
    struct rpcsec_policy *policy;
    struct registry registry;
    struct acceptor acceptor;
    struct groups groups;
    struct handles handles;
    struct shares shares;
    struct listener *listeners;
    struct epm_registry epm;     /* what others have registered with us */
    struct registrar *registrar; /* what we register with others; NULL: nothing */
    struct proxied *proxied;     /* whose PROXY header is awaited; the first loop's */
    size_t num_proxied;
    struct wake stop;
    struct loop_watch *stop_watch;
    bool ran;
    atomic_bool stopping;
    size_t num_homes;
    size_t next_home;
    struct home homes[SERVER_MAX_LOOPS];
    struct pool *call_pool;
    struct pool *handshake_pool;
    atomic_size_t num_connections;
    atomic_size_t call_bytes;   /* decoded data of all open calls */
    atomic_size_t output_bytes; /* that clients have not read */
    uint64_t max_connections;
    struct server_stats stats;
    void (*on_error)(void *arg, const struct rpcsec_error *error,
                     const struct rpcsec_peer *peer);
    void *on_error_arg;
    void (*on_audit)(void *arg, const char *line);
    void *on_audit_arg;
};

/* ---- server.c ---- */

/* Acquires the credentials that policy asks for, before anybody is told where to connect. */
RPCSEC_MUST_USE rpcsec_status server_acquire(struct rpcsec_server *server,
                                             struct rpcsec_error *err);

/* ---- epm_register.c ---- */

/* All do nothing for NULL. `stop` makes its thread end, also from the loop's; `end` waits for
 * that and frees it. */
void registrar_start(struct registrar *registrar);
void registrar_stop(struct registrar *registrar);
void registrar_end(struct rpcsec_server *server);

/* ---- listener.c ---- */

void listeners_free(struct rpcsec_server *server);
/* Watches all listeners with the first loop. */
RPCSEC_MUST_USE rpcsec_status listeners_start(struct rpcsec_server *server);
void listeners_stop(struct rpcsec_server *server);

/* ---- connection.c ---- */

/* Takes over a connected socket; on the first loop's thread. The connection goes to a home. */
void connection_accept(struct rpcsec_server *server, int fd, const char *port);
/* The same of a transport. */
void connection_accept_over(struct rpcsec_server *server, struct transport *transport,
                            const char *port);
/* On the home's thread: finishes open calls, then closes all. */
void connections_drain(struct home *home);
/* On the home's thread: draining took too long, all is closed. */
void connections_give_up(struct home *home);
/* After the loops have ended: frees what is left. */
void connections_abandon(struct home *home);

/* ---- call.c ---- */

/* On the home's thread: decodes a request and has it run. */
void server_call_begin(struct connection *connection, const struct assoc_event *event);
/* The client gave up on a call, or its connection is gone (all calls). */
void server_call_cancel(struct connection *connection, uint32_t call_id, bool orphaned);
void server_calls_cancel(struct connection *connection);
/* After the server has run: ends deferred calls that nobody finished. */
void server_calls_abandon(struct connection *connection);
/* Frees the calls that are kept for use again. */
void server_calls_done(struct home *home);
/* The server that a call came to. */
struct rpcsec_server *server_of_call(const struct rpcsec_call *call);

#endif
