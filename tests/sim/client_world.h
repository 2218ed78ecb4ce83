/* SPDX-License-Identifier: MIT
 *
 * sim/client_world.h: the client runtime (asynchronous calls, cancels, deadlines, connections
 * made anew, calls sent again, security contexts that expire) over connections that a seed
 * loses, against servers that lag behind it. One thread, a clock that the seed moves.
 */
#ifndef SIM_CLIENT_WORLD_H
#define SIM_CLIENT_WORLD_H

#include "assoc/assoc.h"
#include "sim/random.h"
#include "transport/transport.h"

enum {
    CLIENT_WORLD_CALLS = 24,
    CLIENT_WORLD_SERVERS = 4,
    CLIENT_WORLD_RUNNING = 64,
};

enum {
    OP_ONCE = 0,  /* never sent again once it may have run */
    OP_AGAIN = 1, /* idempotent: sent again, once */
    OP_MAYBE = 2, /* no answer */
    OP_FAULTS = 3,
    NUM_OPS = 4,
};

/* What one call was to be and what became of it. */
struct async_call {
    struct rpcsec_pending *pending; /* NULL: not started, received or given up */
    uint32_t opnum;
    bool has_done;
    bool received;
    bool given_up;
    bool told_not_run;
    unsigned num_done; /* of its done function */
    unsigned runs;
};

/* A server's side of one connection. An old one goes on reading what is on its way when the
 * client has a new one already. */
struct served {
    struct transport *transport; /* NULL: a free place */
    struct assoc *a;
    struct {
        uint32_t call_id;
        uint32_t number;
        uint32_t opnum;
    } running[CLIENT_WORLD_RUNNING];
    size_t num_running;
};

struct client_world {
    struct rnd rnd;
    uint64_t now_ms;
    uint64_t hash;
    unsigned cut_percent;    /* of the steps that lose a connection */
    unsigned refuse_percent; /* of the connections */
    unsigned cancel_percent;
    unsigned lifetime_s; /* of security contexts; 0: for ever */
    bool big_endian;
    bool settles; /* from now on nothing goes wrong */
    size_t num_calls;
    size_t num_connections;
    size_t num_lost;
    struct rpcsec_policy *policy;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct async_call calls[CLIENT_WORLD_CALLS + 1]; /* the last is made when all has settled */
    struct served servers[CLIENT_WORLD_SERVERS];
    char broken[160];
};

extern struct client_world client_world; /* the runtime has no place to hang it on */

void world_breaks(const char *format, ...) __attribute__((format(printf, 1, 2)));
void world_adds(uint64_t what); /* to the hash */

/* ---- client_servers.c ---- */
extern const struct rpcsec_syntax served_id;
rpcsec_status servers_accept(struct transport *transport);
void servers_move(void); /* one of them reads, or answers a call */
void servers_lose(void); /* one of the connections */
void servers_done(void);

#endif
