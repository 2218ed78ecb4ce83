/* SPDX-License-Identifier: MIT
 *
 * runtime/call.h: a call on a server from inside. Layer: runtime.
 *
 * Its fields are the home thread's, but while the manager function runs: then they are that
 * function's, except `next` and `cancelled`.
 */
#ifndef RUNTIME_CALL_H
#define RUNTIME_CALL_H

#include <rpcsec/ndr.h>

#include "runtime/connection.h"

enum call_state {
    CALL_DEFERRED = 1, /* it ends by rpcsec_call_finish */
    CALL_RETURNED = 2, /* its manager function has returned */
    CALL_CLAIMED = 4,  /* somebody ends it */
    CALL_FINISHED = 8, /* its status stands */
    CALL_TOLD = 16,    /* its on_cancel was called */
};

struct rpcsec_call {
    struct rpcsec_call *next; /* of the connection */
    struct connection *connection;
    struct share *share; /* of its client, by name or by address, when it came */
    const struct registry_entry *entry;
    const struct rpcsec_operation *operation;
    uint32_t call_id;
    bool ndr64;
    bool has_object;
    struct rpcsec_uuid object;
    struct rpcsec_peer peer;
    struct rpcsec_local_peer local; /* peer.local points here where there is one */
    struct pac *pac;                /* owns the peer's SIDs */
    uint8_t *session_key;           /* secret; NULL: nobody asks, or there is none */
    size_t session_key_len;
    struct rpcsec_arena *arena;
    size_t charged; /* bytes of the arena that its connection and server count */
    void *args;
    struct handle_wait handles;  /* that came with it */
    struct handle *handles_made; /* in it */
    atomic_bool cancelled;
    bool orphaned;     /* nobody waits for its answer */
    atomic_uint state; /* enum call_state */
    atomic_uint num_refs;
    void (*on_cancel)(struct rpcsec_call *call, void *arg);
    void *on_cancel_arg;
    rpcsec_status status; /* the manager's */
    uint32_t fault_code;  /* the manager's; 0: none */
    struct share_job job;
    struct loop_task back;
};

/* ---- call_defer.c: calls that end later ---- */

/* The manager function returned: true when the call is over. If not, it may be gone already. */
bool call_returned(struct rpcsec_call *call, rpcsec_status status);
/* True for the first who wants to end a deferred call. */
bool call_claim(struct rpcsec_call *call);
/* The client gave up. */
void call_cancel(struct rpcsec_call *call);
void call_unref(struct rpcsec_call *call);
/* Lets go of what it holds beside its arena. */
void call_let_go(struct rpcsec_call *call);

/* ---- call_handle.c: its context handles ---- */

/* Finds those that came with it. **Errors**: CONTEXT_MISMATCH, NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status call_handles_find(struct rpcsec_call *call);
/* The call ended; without a result that a client sees, what it made is undone. */
void call_handles_end(struct rpcsec_call *call, bool delivered);

#endif
