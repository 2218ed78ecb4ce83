/* SPDX-License-Identifier: MIT
 *
 * runtime/share.h: what one client may have of a server, whatever its number of connections:
 * threads for its calls, and connections. Layer: runtime.
 *
 * A client is known by its address until it has authenticated, and by its name (SID or
 * principal) as well from then on. So one that holds all it may have does not hold up others.
 */
#ifndef RUNTIME_SHARE_H
#define RUNTIME_SHARE_H

#include <pthread.h>

#include "loop/pool.h"

struct share;

/* **Threads**: any. */
struct shares {
    pthread_mutex_t lock;
    struct share *by_key;
};

enum share_kind {
    SHARE_ADDRESS = 'a', /* "192.0.2.1" */
    SHARE_NAME = 'n',    /* a SID or a principal */
};

/* Work that waits for its client's share of the pool. Lives in its owner's memory. */
struct share_job {
    struct share_job *next;
    struct share *share;
    struct pool *pool;
    struct pool_job job;
};

void shares_init(struct shares *shares);
void shares_done(struct shares *shares);

/* Takes the place of one more connection. **Errors**: LIMIT when the client has `max` already,
 * NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status share_join(struct shares *shares, enum share_kind kind,
                                         const char *name, size_t max,
                                         struct share **ret_share);
/* Gives the place back; NULL is allowed. */
void share_leave(struct shares *shares, struct share *share);

/* Runs job->job on the pool as soon as fewer than max_running of this client's run. */
void share_submit(struct shares *shares, struct share *share, struct pool *pool,
                  struct share_job *job, size_t max_running);
/* On the pool, when the work is done and before its owner's memory may go: lets the client's
 * next begin. */
void share_ran(struct shares *shares, struct share_job *job);

#endif
