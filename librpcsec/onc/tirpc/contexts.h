/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/contexts.h: the contexts of a server. Layer: onc/tirpc. Document: RFC 2203 5.3.3.1.
 *
 * A context whose client has proved nothing yet lives in a small pool of its own, in which the
 * oldest gives way. Its first verified MIC moves it into a table, sharded by the handle, where
 * it counts against the caps of its principal and address. A context is bound to its key only:
 * any connection may use it.
 */
#ifndef ONC_TIRPC_CONTEXTS_H
#define ONC_TIRPC_CONTEXTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/policy.h"
#include "onc/engine/table.h"
#include "onc/engine/window.h"
#include "sspi/context.h"

#define CONTEXTS_SHARDS  16
#define CONTEXT_HOST_LEN 64

/* Found by many threads; each holds a reference while it works with it. */
struct onc_context {
    struct onc_entry entry;
    atomic_uint refs;
    char host[CONTEXT_HOST_LEN]; /* the client's address, for the cap */
    atomic_bool proved;
    /* Around what follows. DEVIATION: held across calls of GSS-API, because a context of MIT's
     * has one user at a time; different contexts do not wait for each other. Test:
     * tests/onc/matrix.sh, threads_share_a_context. */
    pthread_mutex_t lock;
    struct sspi_ctx *ctx;
    struct onc_window window;
    bool established;
};

struct onc_shard {
    pthread_mutex_t lock;
    struct onc_table table;
};

struct onc_contexts {
    const struct rpcsec_policy *policy;
    struct onc_shard unproved;
    struct onc_shard shards[CONTEXTS_SHARDS];
    atomic_size_t num_proved;
    pthread_mutex_t count_lock;
    struct onc_counts principals;
    struct onc_counts hosts;
};

void contexts_init(struct onc_contexts *contexts, const struct rpcsec_policy *policy);
/* Nobody holds a reference any more. */
void contexts_done(struct onc_contexts *contexts);

/* Makes a context around `ctx`, which it owns from then on, with a random handle, in the pool
 * of unproved ones. The caller gets a reference. NO_MEMORY, SYSTEM: no random bytes. */
RPCSEC_MUST_USE rpcsec_status contexts_add(struct onc_contexts *contexts, struct sspi_ctx *ctx,
                                           const char *host, struct onc_context **ret_context);
/* NULL: there is none. The caller gets a reference. */
struct onc_context *contexts_find(struct onc_contexts *contexts, const uint8_t *handle,
                                  size_t len);
/* After the first verified MIC. LIMIT: a cap is reached; NOT_FOUND: it is gone. */
RPCSEC_MUST_USE rpcsec_status contexts_prove(struct onc_contexts *contexts,
                                             struct onc_context *context);
/* It cannot be found any more. */
void contexts_drop(struct onc_contexts *contexts, struct onc_context *context);
/* Drops what is idle or over. */
void contexts_sweep(struct onc_contexts *contexts);
void context_unref(struct onc_context *context);

#endif
