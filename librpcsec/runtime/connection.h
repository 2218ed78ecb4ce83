/* SPDX-License-Identifier: MIT
 *
 * runtime/connection.h: one connection of a server. Layer: runtime. All fields are the home
 * thread's.
 */
#ifndef RUNTIME_CONNECTION_H
#define RUNTIME_CONNECTION_H

#include "runtime/server.h"

struct connection {
    struct home *home;
    struct connection *next; /* of the home */
    struct connection *prev;
    struct connection *newer; /* half-open ones */
    struct connection *older;
    struct loop_task start;
    struct transport *transport; /* NULL once closed */
    struct assoc *assoc;
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct rpcsec_call *calls; /* open ones */
    size_t call_bytes;         /* decoded data of the open calls */
    size_t output_bytes;       /* unread answers, as the server counts them */
    uint64_t ends_ms;          /* it is old enough then to end when it is idle */
    size_t num_jobs;           /* calls and handshake steps that have not come back */
    struct group *group;
    struct local_peer *local; /* who the kernel says it is; NULL: nobody that counts */
    struct share *by_address; /* the client's shares */
    struct share *by_name;    /* NULL until it has authenticated */
    const char *port;         /* the listener's */
    bool is_watched;          /* for bytes that came, also while none are wanted */
    bool is_half_open;
    bool has_registered; /* something with the endpoint mapper that we are */
    bool was_refused;    /* the audit has heard of it */
    bool ended;          /* the engine is done with it */
};

/* A connection over a transport, which it takes over; NULL when there are too many or memory
 * ends. connection_start begins it, on its home's thread. */
struct connection *connection_new(struct rpcsec_server *server, struct transport *transport,
                                  const char *port);
void connection_start(struct connection *c);
/* The transport is ready for these loop_events. A transport without descriptor is nobody's to
 * watch: who made it calls this. */
void connection_ready(void *connection, unsigned events);
/* Handles the engine's events, writes, and waits for what comes next; or ends the connection.
 * It may be freed by this. */
void connection_turn(struct connection *c);
/* A job came back: frees a connection that was closed meanwhile, else takes a turn. */
void connection_job_done(struct connection *c);
bool connection_is_closed(const struct connection *c);
/* Who the peer proved to be, by its last security context, else by its transport; NULL: nobody.
 */
const struct rpcsec_peer *connection_peer(const struct connection *c);
/* False when the clients of this server have read too little of their answers, and this one
 * too.
 */
bool connection_may_answer(const struct connection *c);
/* Takes a handshake step on the pool. */
void connection_step(struct connection *c, const struct assoc_event *event);
/* The peer authenticated: takes its place among its connections, by name. **Errors**: LIMIT,
 * NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status connection_join_name(struct connection *c,
                                                   const struct rpcsec_peer *peer,
                                                   struct rpcsec_error *err);
/* The peer has proved its key: it is half-open no longer. */
void connection_authenticated(struct connection *c);

#endif
