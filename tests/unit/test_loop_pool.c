/* SPDX-License-Identifier: MIT
 *
 * Tests of loop/pool.c.
 */
#include "harness/test.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/alloc.h"
#include "loop/pool.h"

struct work {
    struct pool_job job;
    atomic_uint *done;
    pthread_barrier_t *meet; /* NULL: none */
    bool signals_blocked;
};

static void do_work(void *arg)
{
    struct work *w = arg;
    sigset_t blocked;

    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    w->signals_blocked = sigismember(&blocked, SIGTERM) == 1;
    if (w->meet)
        pthread_barrier_wait(w->meet);
    atomic_fetch_add(w->done, 1);
}

static void submit(struct pool *pool, struct work *w, atomic_uint *done,
                   pthread_barrier_t *meet)
{
    *w = (struct work){.job = {.run = do_work, .arg = w}, .done = done, .meet = meet};
    pool_submit(pool, &w->job);
}

static void all_jobs_are_run_before_the_pool_ends(void **state)
{
    struct pool *pool = NULL;
    struct work work[100];
    atomic_uint done = 0;

    (void)state;
    assert_ok(pool_new(3, &pool));
    for (size_t i = 0; i < NUM_OF(work); i++)
        submit(pool, &work[i], &done, NULL);
    pool_free(pool);
    assert_int_equal(atomic_load(&done), NUM_OF(work));
    for (size_t i = 0; i < NUM_OF(work); i++)
        assert_true(work[i].signals_blocked);
}

/* They meet at a barrier: this ends only when all run at once. */
static void as_many_jobs_run_at_once_as_there_may_be_threads(void **state)
{
    struct pool *pool = NULL;
    pthread_barrier_t meet;
    struct work work[8];
    atomic_uint done = 0;

    (void)state;
    pthread_barrier_init(&meet, NULL, NUM_OF(work));
    assert_ok(pool_new(NUM_OF(work), &pool));
    for (size_t i = 0; i < NUM_OF(work); i++)
        submit(pool, &work[i], &done, &meet);
    pool_free(pool);
    assert_int_equal(atomic_load(&done), NUM_OF(work));
    pthread_barrier_destroy(&meet);
}

static void jobs_beyond_the_threads_wait(void **state)
{
    struct pool *pool = NULL;
    pthread_barrier_t meet;
    struct work work[3];
    atomic_uint done = 0;

    (void)state;
    pthread_barrier_init(&meet, NULL, 2);
    assert_ok(pool_new(1, &pool));
    submit(pool, &work[0], &done, &meet);
    submit(pool, &work[1], &done, NULL);
    usleep(20000);
    assert_int_equal(atomic_load(&done), 0);
    pthread_barrier_wait(&meet);
    submit(pool, &work[2], &done, NULL);
    pool_free(pool);
    assert_int_equal(atomic_load(&done), 3);
    pthread_barrier_destroy(&meet);
}

static void memory_that_ends_is_reported(void **state)
{
    struct pool *pool = NULL;

    (void)state;
    mem_test_fail_at(1, false);
    assert_status(pool_new(1, &pool), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    assert_null(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_jobs_are_run_before_the_pool_ends),
        cmocka_unit_test(as_many_jobs_run_at_once_as_there_may_be_threads),
        cmocka_unit_test(jobs_beyond_the_threads_wait),
        cmocka_unit_test(memory_that_ends_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
