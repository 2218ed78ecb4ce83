/* SPDX-License-Identifier: MIT
 *
 * loop/wait.h: waiting for one descriptor or a wake-up, for callers without a loop. Layer:
 * loop.
 */
#ifndef LOOP_WAIT_H
#define LOOP_WAIT_H

#include "loop/loop.h"

/* Something that another thread can ring to end a wait. */
struct wake {
    int fd;
};

RPCSEC_MUST_USE rpcsec_status wake_init(struct wake *wake);
void wake_done(struct wake *wake);
/* **Threads**: any; also from a signal handler. */
void wake_ring(const struct wake *wake);
/* Forgets the rings so far. */
void wake_clear(const struct wake *wake);

/* Waits until `fd` is ready for one of `events` (0: only for errors and the wake-up), until
 * `wake` rings (NULL: none), or until `deadline_ms` of loop_now_ms. *ret_events: what is ready,
 * 0 after a ring or at the deadline. **Errors**: SYSTEM. */
RPCSEC_MUST_USE rpcsec_status wait_ready(int fd, unsigned events, const struct wake *wake,
                                         uint64_t deadline_ms, unsigned *ret_events);

/* ---- for a program's own loop ---- */

/* One descriptor that is readable while the wake-up has rung or another descriptor is ready. */
struct watch {
    int fd;          /* -1: not made */
    int watched;     /* -1: nothing but the wake-up */
    unsigned events; /* that `watched` is watched for */
};

/* **Errors**: SYSTEM. */
RPCSEC_MUST_USE rpcsec_status watch_init(struct watch *watch, const struct wake *wake);
void watch_done(struct watch *watch);
/* Watches `fd` and nothing else beside the wake-up. Does nothing while the watch is not made.
 * What cannot be watched (no memory in the kernel) is tried again the next time. */
void watch_set(struct watch *watch, int fd, unsigned events);
/* Before the watched descriptor is closed. */
void watch_forget(struct watch *watch);

#endif
