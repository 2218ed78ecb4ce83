/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/server.h: the ONC RPC server from inside. Layer: onc/tirpc.
 *
 * Each connection belongs to one loop thread, its home; everything of it is that thread's. A
 * request holds its connection: it may be on a pool thread, or with a program that deferred its
 * reply, and comes home as a posted task.
 */
#ifndef ONC_TIRPC_SERVER_H
#define ONC_TIRPC_SERVER_H

#include <rpcsec/onc.h>

#include "loop/loop.h"
#include "loop/pool.h"
#include "loop/wait.h"
#include "onc/engine/gss.h"
#include "onc/engine/record.h"
#include "onc/tirpc/address.h"
#include "onc/tirpc/contexts.h"
#include "onc/tirpc/tirpc.h"
#include "transport/transport.h"

#define ONC_MAX_LOOPS         4
#define ONC_MAX_MECHANISMS    3
#define ONC_HANDSHAKE_THREADS 4  /* own threads: blocked calls hold up no handshake */
#define ONC_CALL_THREADS      64 /* procedures that may block at once, by default */
#define ONC_SCRATCH_LEN       65536
/* Bytes of a record beside arguments: header, verifier, the token of a sealed body. */
#define ONC_RECORD_OVERHEAD 2048
#define ONC_ADDRESS_LEN     80

struct onc_connection;

/* A version of a program, as it was added. */
struct onc_program {
    struct onc_program *next;
    uint32_t prog;
    uint32_t vers;
    rpcsec_onc_dispatch *dispatch;
    enum rpcsec_level least_level;
    bool non_blocking;
    size_t num_procedures;
    struct rpcsec_onc_procedure procedures[];
};

/* A loop and its thread. */
struct onc_home {
    struct rpcsec_onc_server *server;
    struct loop *loop;
    pthread_t thread;
    bool draining;
    struct loop_task drain;
    struct onc_connection *connections;
    /* Clients of which nothing is known yet, oldest first. */
    struct onc_connection *strangers;
    struct onc_connection *last_stranger;
    size_t num_strangers;
    uint8_t scratch[ONC_SCRATCH_LEN]; /* what one read gave */
};

struct onc_listener {
    struct onc_listener *next;
    struct rpcsec_onc_server *server;
    int fd;
    unsigned flags;
    struct loop_watch *watch;
    struct loop_timer *resume;
    struct sockaddr_storage address;
    socklen_t address_len;
    char binding[LIMIT_BINDING_LEN];
};

/* An acceptor's credential; acquired before the server runs, not changed after. */
struct onc_acceptor {
    const struct pkg_ops *package;
    struct sspi_cred *cred;
};

struct rpcsec_onc_server {
    struct rpcsec_policy *policy;
    struct onc_program *programs;
    struct onc_listener *listeners;
    struct onc_acceptor acceptors[ONC_MAX_MECHANISMS];
    size_t num_acceptors;
    struct onc_contexts contexts;
    struct wake stop;
    struct loop_watch *stop_watch;
    struct loop_timer *sweep;
    bool ran;
    atomic_bool stopping;
    size_t num_homes;
    size_t next_home;
    struct onc_home *homes;
    struct pool *call_pool;
    struct pool *handshake_pool;
    atomic_size_t num_connections;
    atomic_size_t bytes; /* of requests that are held */
};

/* On its home's thread only, but `home`. */
struct onc_connection {
    struct onc_home *home;
    struct transport *transport; /* NULL: closed */
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct onc_connection *prev;
    struct onc_connection *next;
    struct onc_connection *older; /* strangers */
    struct onc_connection *newer;
    bool is_stranger;
    struct onc_reader reader;
    struct onc_request *first_out; /* replies to be sent */
    struct onc_request *last_out;
    size_t first_sent; /* bytes of the first that are gone */
    size_t num_requests;
    uint64_t opened_ms;
    uint64_t received_ms; /* last */
    uint64_t sent_ms;     /* last, or since when there is something to send */
    uint64_t timer_ms;
    bool reads; /* it is watched for bytes to read */
    bool ended;
    struct loop_task start;
    struct sockaddr_storage remote;
    struct sockaddr_storage local;
    socklen_t remote_len;
    socklen_t local_len;
    char address[ONC_ADDRESS_LEN];
    char host[CONTEXT_HOST_LEN];
};

/* What libtirpc's functions for its own RPCSEC_GSS look for behind xp_p3: they find nothing. */
struct onc_facade_ext {
    int flags;
    struct {
        void *ops;
        void *private;
    } auth;
};

/* One call. Its first member is what dispatch functions see; see facade.c. */
struct onc_request {
    SVCXPRT xprt;
    struct svc_req svc;
    struct onc_facade_ext ext;
    struct onc_connection *connection;
    struct buf record;
    struct onc_call call;
    struct onc_gss_cred cred; /* where the flavour is RPCSEC_GSS */
    bool is_gss;
    struct onc_context *context;
    const struct onc_program *program;
    struct rpcsec_peer peer;
    struct authunix_parms *unix_parms;
    uint8_t *args;
    size_t args_len;
    struct buf reply; /* with its mark; empty: none */
    atomic_bool replied;
    atomic_bool deferred;
    atomic_uint holds; /* the dispatch function, and a deferral */
    struct pool_job job;
    struct loop_task home;
    struct onc_request *next;
};

/* ---- listener.c ---- */

void onc_listeners_free(struct rpcsec_onc_server *server);
RPCSEC_MUST_USE rpcsec_status onc_listeners_start(struct rpcsec_onc_server *server);
void onc_listeners_stop(struct rpcsec_onc_server *server);

/* ---- server.c ---- */

RPCSEC_MUST_USE rpcsec_status onc_server_acquire(struct rpcsec_onc_server *server,
                                                 struct rpcsec_error *err);

/* ---- rpcbind.c ---- */

/* Tells rpcbind of each program at this listener. NOT_FOUND: it does not take it. */
RPCSEC_MUST_USE rpcsec_status onc_register(struct rpcsec_onc_server *server,
                                           const struct onc_listener *listener,
                                           struct rpcsec_error *err);
void onc_unregister(struct rpcsec_onc_server *server);

/* ---- connection.c ---- */

/* Takes over a connected socket; on the first loop's thread. */
void onc_connection_accept(struct rpcsec_onc_server *server, int fd);
void onc_connections_drain(struct onc_home *home);
/* The client is known: it had a call taken. */
void onc_connection_known(struct onc_connection *c);
/* On the home's thread: queues the reply, or frees the request where there is none. */
void onc_connection_reply(struct onc_request *request);
/* Then: sends what there is. */
void onc_connection_turn(struct onc_connection *c);

/* ---- request.c ---- */

/* On the home's thread: one whole record. PROTOCOL_ERROR: the connection is to be closed. */
RPCSEC_MUST_USE rpcsec_status onc_request_begin(struct onc_connection *c, struct buf *record);
void onc_request_free(struct onc_request *request);
/* Gives the memory of the call's bytes back: its reply is whole. */
void onc_request_drop_record(struct onc_request *request);
/* Any thread: one hold less; after the last the request goes home. */
void onc_request_release(struct onc_request *request);
/* A whole reply in place of what was begun. */
void onc_request_deny(struct onc_request *request, enum onc_auth_stat why);
/* The beginning of an accepted reply: mark, header and verifier. */
RPCSEC_MUST_USE rpcsec_status onc_reply_begin(struct onc_request *request,
                                              enum onc_accept_stat stat);
/* Puts the record's length into its mark. */
RPCSEC_MUST_USE rpcsec_status onc_reply_end(struct onc_request *request);

/* ---- handshake.c ---- */

/* INIT or CONTINUE_INIT, whose step runs on a pool. */
void onc_handshake_begin(struct onc_request *request);

/* ---- facade.c ---- */

/* On the home's thread: what its dispatch function sees. */
void onc_facade_fill(struct onc_request *request);
/* Opens the body and hands the request to its dispatch function. */
void onc_dispatch(struct onc_request *request);

#endif
