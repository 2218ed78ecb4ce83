/* SPDX-License-Identifier: MIT
 *
 * harness/alloc_check.c: makes each request for memory fail in turn.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include "base/alloc.h"

#define MAX_REQUESTS 100000

struct attempt {
    rpcsec_status status;
    uint64_t num_requests;
};

static struct attempt run_failing(rpcsec_status (*run)(void *arg), void *arg, uint64_t nth,
                                  bool from_then_on)
{
    uint64_t live_before = secret_test_live();
    struct attempt attempt;

    mem_test_fail_at(nth, from_then_on);
    attempt.status = run(arg);
    attempt.num_requests = mem_test_requests();
    mem_test_fail_at(0, false);
    if (secret_test_live() != live_before)
        fail_msg("secret memory leaks when request %u fails", (unsigned)nth);
    return attempt;
}

static void check_attempt(const struct attempt *attempt, uint64_t nth, bool tolerant)
{
    if (attempt->status == RPCSEC_NO_MEMORY || (tolerant && attempt->status == RPCSEC_OK))
        return;
    fail_msg("request %u of %u failed, and the result was %s", (unsigned)nth,
             (unsigned)attempt->num_requests, rpcsec_status_name(attempt->status));
}

static uint64_t check(rpcsec_status (*run)(void *arg), void *arg, bool tolerant)
{
    for (uint64_t nth = 1; nth < MAX_REQUESTS; nth++) {
        struct attempt attempt = run_failing(run, arg, nth, false);

        if (attempt.num_requests < nth) {
            assert_status(attempt.status, RPCSEC_OK);
            return attempt.num_requests;
        }
        check_attempt(&attempt, nth, tolerant);
        attempt = run_failing(run, arg, nth, true);
        check_attempt(&attempt, nth, tolerant);
    }
    fail_msg("the code under test never stops asking for memory");
    return 0;
}

uint64_t alloc_check(rpcsec_status (*run)(void *arg), void *arg)
{
    return check(run, arg, false);
}

uint64_t alloc_check_tolerant(rpcsec_status (*run)(void *arg), void *arg)
{
    return check(run, arg, true);
}
