/* SPDX-License-Identifier: MIT
 *
 * loop/loop.h: readiness, timers and wake-ups. Layer: loop.
 *
 * A loop belongs to the thread that runs it: every call but loop_post is that thread's, or of
 * any one thread while the loop does not run. No type of the library below shows here.
 * DEVIATION: libuv aborts when memory ends while it makes room for a descriptor. Its
 * allocations happen in loop_new and loop_watch_new only, never per message. Test:
 * a_watch_that_is_set_again_allocates_nothing.
 */
#ifndef LOOP_LOOP_H
#define LOOP_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

struct loop;
struct loop_watch;
struct loop_timer;

enum loop_events {
    LOOP_READ = 1,
    LOOP_WRITE = 2,
};

#define LOOP_NEVER UINT64_MAX

RPCSEC_MUST_USE rpcsec_status loop_new(struct loop **ret_loop);
/* All watches and timers must have been freed. Tasks posted and not run yet are run. */
void loop_free(struct loop *loop);
/* Runs until loop_stop. */
void loop_run(struct loop *loop);
/* Makes loop_run return after the callbacks that are due. */
void loop_stop(struct loop *loop);
/* Processors that this process may run on: more loops would only take turns. At least 1. */
size_t loop_num_processors(void);
/* Milliseconds of a monotonic clock, read anew at each call; the same clock in every loop. */
uint64_t loop_now_ms(void);
/* The same clock as it stood when the loop last woke up: costs nothing. */
uint64_t loop_time_ms(const struct loop *loop);

/* ---- descriptors ---- */

typedef void loop_ready_fn(void *arg, unsigned events);

/* Watches a descriptor; nothing is reported until loop_watch_set. An error on the descriptor is
 * reported as all the events asked for. */
RPCSEC_MUST_USE rpcsec_status loop_watch_new(struct loop *loop, int fd, loop_ready_fn *ready,
                                             void *arg, struct loop_watch **ret_watch);
void loop_watch_set(struct loop_watch *watch, unsigned events);
/* Ends the watch: no callback comes any more and the descriptor may be closed. */
void loop_watch_free(struct loop_watch *watch);

/* ---- timers ---- */

typedef void loop_timer_fn(void *arg);

RPCSEC_MUST_USE rpcsec_status loop_timer_new(struct loop *loop, loop_timer_fn *fire, void *arg,
                                             struct loop_timer **ret_timer);
/* Fires once, at a time of loop_now_ms; LOOP_NEVER disarms. */
void loop_timer_set(struct loop_timer *timer, uint64_t when_ms);
void loop_timer_free(struct loop_timer *timer);

/* ---- wake-ups ---- */

/* Lives in its owner's memory, so that posting cannot fail. */
struct loop_task {
    struct loop_task *next;
    void (*run)(void *arg);
    void *arg;
};

/* Runs task->run(task->arg) on the loop's thread. A task must not be posted again before it
 * ran. **Threads**: any. */
void loop_post(struct loop *loop, struct loop_task *task);
/* Runs the tasks that are posted, of a loop that does not run; false when there were none. */
bool loop_run_posted(struct loop *loop);

#endif
