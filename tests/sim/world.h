/* SPDX-License-Identifier: MIT
 *
 * sim/world.h: a client, a server, the wires between them, a clock, and what is known of each
 * call. One seed is one world; world_run plays it to its end and checks, at every step, what
 * the engine promises (struct ledger below).
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "assoc/engine.h"
#include "sim/plan.h"
#include "sim/wire.h"

#define WORLD_MAX_CALLS 32
#define WORLD_MAX_OPEN  256

enum call_end {
    END_NONE,
    END_RESULT,
    END_FAULT,
    END_NOT_RUN,
    END_UNKNOWN,
};

/* What one call was to be and what became of it. */
struct ledger {
    uint32_t call_id; /* 0: never sent */
    uint16_t context_id;
    uint16_t opnum;
    bool ndr64;
    uint32_t sec_id;
    size_t len;
    size_t reply_len;
    bool maybe;
    bool to_fault;
    bool given_up;
    uint64_t cancel_ms; /* UINT64_MAX: never */
    uint64_t orphan_ms;
    uint64_t deadline_ms;
    unsigned runs;
    unsigned ends;
    enum call_end end;
};

/* A handshake step that the driver is taking. */
struct step {
    bool pending;
    struct assoc_event event;
    uint64_t due_ms;
};

struct end {
    struct assoc *a;
    struct sspi_cred *cred;
    struct rpcsec_policy *policy;
    struct wire wire; /* what it sends */
    struct step step;
    bool closed; /* ASSOC_CLOSED came */
    bool gone;   /* nothing more is done with it */
    rpcsec_status status;
};

/* A call that the server is executing. */
struct running {
    uint32_t call_id;
    uint32_t number; /* in the ledger; UINT32_MAX: not one of ours */
    uint64_t due_ms;
};

struct world {
    uint64_t seed;
    struct rnd rnd;
    struct plan plan;
    uint64_t now_ms;
    struct end client;
    struct end server;
    struct assoc_interface interfaces[2];
    struct ledger calls[WORLD_MAX_CALLS];
    size_t num_calls; /* started */
    struct running running[WORLD_MAX_OPEN];
    size_t num_running;
    uint64_t next_call_ms;
    bool binding;
    bool bound[2];
    uint16_t context[2];
    bool ndr64[2];
    bool second_asked;
    bool securing;
    size_t num_secured; /* further security contexts that are there */
    bool cut;
    size_t num_steps;
    uint64_t hash; /* over all that happened */
    bool trace;
    char broken[200]; /* which promise, "" while all hold */
};

/* ---- world.c ---- */
void world_init(struct world *w, uint64_t seed, bool trace);
void world_done(struct world *w);
void world_run(struct world *w);
/* Notes that something happened: part of the hash, and shown where asked. */
void world_note(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- driver.c: what the users of both engines do ---- */
void driver_start(struct world *w);
void driver_take_events(struct world *w, bool server);
void driver_take_step(struct world *w, bool server);
void driver_call(struct world *w);
void driver_cancel(struct world *w, struct ledger *call, bool orphan);
void driver_answer(struct world *w, size_t index);
void driver_lost(struct world *w, bool server); /* a write failed */
void driver_bind(struct world *w, size_t which);
void driver_secure(struct world *w);

/* ---- check.c: promises ---- */
void check_broken(struct world *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void check_ends(struct world *w, struct ledger *call, enum call_end end);
void check_runs(struct world *w, const struct assoc_event *event, uint32_t *ret_number);
void check_reply(struct world *w, const struct assoc_event *event);
void check_step(struct world *w);
void check_end(struct world *w);
/* Byte i of a call's stub or of its answer. */
void check_fill(uint32_t number, bool reply, uint8_t *into, size_t len);

static inline struct end *world_end(struct world *w, bool server)
{
    return server ? &w->server : &w->client;
}

#endif
