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

struct rpcsec_call {
    struct rpcsec_call *next; /* of the connection */
    struct connection *connection;
    const struct registry_entry *entry;
    const struct rpcsec_operation *operation;
    uint32_t call_id;
    bool ndr64;
    bool has_object;
    struct rpcsec_uuid object;
    struct rpcsec_peer peer;
    struct pac *pac; /* owns the peer's SIDs */
    struct rpcsec_arena *arena;
    size_t charged; /* bytes of the arena that its connection and server count */
    void *args;
    struct handle_wait handles;  /* that came with it */
    struct handle *handles_made; /* in it */
    atomic_bool cancelled;
    bool orphaned;        /* nobody waits for its answer */
    rpcsec_status status; /* the manager's */
    uint32_t fault_code;  /* the manager's; 0: none */
    struct pool_job job;
    struct loop_task back;
};

/* ---- call_handle.c: its context handles ---- */

/* Finds those that came with it. **Errors**: CONTEXT_MISMATCH, NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status call_handles_find(struct rpcsec_call *call);
/* The call ended; without a result that a client sees, what it made is undone. */
void call_handles_end(struct rpcsec_call *call, bool delivered);

#endif
