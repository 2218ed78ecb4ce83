/* SPDX-License-Identifier: MIT
 *
 * loop/pool.h: threads for work that may block. Layer: loop.
 *
 * The first thread is started with the pool, the others when work waits and none is idle: so
 * submitting cannot fail. Threads take no signals: those are the program's.
 */
#ifndef LOOP_POOL_H
#define LOOP_POOL_H

#include <pthread.h>

#include <rpcsec/rpcsec.h>

struct pool;

/* Lives in its owner's memory. */
struct pool_job {
    struct pool_job *next;
    void (*run)(void *arg);
    void *arg;
};

RPCSEC_MUST_USE rpcsec_status pool_new(size_t max_threads, struct pool **ret_pool);
/* Runs what waits, then ends the threads. */
void pool_free(struct pool *pool);
/* **Threads**: any. Jobs begin in the order of submission. */
void pool_submit(struct pool *pool, struct pool_job *job);

/* Starts a thread that takes no signals; false when the system refuses. */
bool thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg);

#endif
