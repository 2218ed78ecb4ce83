/* SPDX-License-Identifier: MIT
 *
 * harness/alloc_check.h: makes each request for memory fail in turn.
 */
#ifndef HARNESS_ALLOC_CHECK_H
#define HARNESS_ALLOC_CHECK_H

#include <stdint.h>

#include <rpcsec/status.h>

/* Runs `run` with its first request for memory failing, then its second, and so on until a run
 * makes no request that fails; each once with that request alone and once with all after it.
 * A run in which a request failed must give NO_MEMORY, the last one RPCSEC_OK. Gives the number
 * of requests that a good run makes, for a check that there were any.
 *
 * `run` frees all that it made, also on failure (ASan sees leaks; secret memory is counted
 * here), and returns a status instead of asserting: an assert would leave requests failing. */
uint64_t alloc_check(rpcsec_status (*run)(void *arg), void *arg);

/* The same for code that may get along without some of its memory: a run in which a request
 * failed gives NO_MEMORY or RPCSEC_OK. */
uint64_t alloc_check_tolerant(rpcsec_status (*run)(void *arg), void *arg);

#endif
