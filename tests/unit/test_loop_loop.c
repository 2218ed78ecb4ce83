/* SPDX-License-Identifier: MIT
 *
 * Tests of loop/loop.c.
 */
#include <config.h>

#include <malloc.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "loop/loop.h"

struct fixture {
    struct loop *loop;
    struct loop_watch *watch;
    struct loop_timer *timer;
    int fds[2];
    unsigned events;
    unsigned num_ready;
    unsigned num_fired;
    unsigned num_posted;
    unsigned order[8];
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    assert_int_equal(loop_new(&f->loop), RPCSEC_OK);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, f->fds),
                     0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    loop_watch_free(f->watch);
    loop_timer_free(f->timer);
    loop_free(f->loop);
    close(f->fds[0]);
    close(f->fds[1]);
    mem_free(f);
    return 0;
}

static void note_ready(void *arg, unsigned events)
{
    struct fixture *f = arg;

    f->events = events;
    f->num_ready++;
    loop_watch_set(f->watch, 0);
    loop_stop(f->loop);
}

static void note_fired(void *arg)
{
    struct fixture *f = arg;

    f->num_fired++;
    loop_stop(f->loop);
}

static void a_readable_descriptor_is_reported(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(loop_watch_new(f->loop, f->fds[0], note_ready, f, &f->watch), RPCSEC_OK);
    assert_int_equal(write(f->fds[1], "x", 1), 1);
    loop_watch_set(f->watch, LOOP_READ);
    loop_run(f->loop);
    assert_int_equal(f->events, LOOP_READ);
    loop_watch_set(f->watch, LOOP_READ | LOOP_WRITE);
    loop_run(f->loop);
    assert_int_equal(f->events, LOOP_READ | LOOP_WRITE);
    assert_int_equal(f->num_ready, 2);
}

static void nothing_is_reported_before_it_is_asked_for(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(loop_watch_new(f->loop, f->fds[0], note_ready, f, &f->watch), RPCSEC_OK);
    assert_int_equal(loop_timer_new(f->loop, note_fired, f, &f->timer), RPCSEC_OK);
    assert_int_equal(write(f->fds[1], "x", 1), 1);
    loop_timer_set(f->timer, loop_now_ms() + 20);
    loop_run(f->loop);
    assert_int_equal(f->num_ready, 0);
    assert_int_equal(f->num_fired, 1);
}

/* What malloc has given out, libuv's memory included; a sanitizer's malloc does not tell. */
static size_t bytes_in_use(void)
{
#ifdef RPCSEC_SANITIZED
    return 0;
#else
    return mallinfo2().uordblks;
#endif
}

static void a_watch_that_is_set_again_allocates_nothing(void **state)
{
    struct fixture *f = *state;
    size_t before;

    assert_int_equal(loop_watch_new(f->loop, f->fds[0], note_ready, f, &f->watch), RPCSEC_OK);
    before = bytes_in_use();
    for (int i = 0; i < 100; i++)
        loop_watch_set(f->watch, (unsigned)i % 4); /* also to nothing and back */
    assert_int_equal(bytes_in_use(), before);
}

static void a_closed_peer_is_reported(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(loop_watch_new(f->loop, f->fds[0], note_ready, f, &f->watch), RPCSEC_OK);
    loop_watch_set(f->watch, LOOP_READ);
    shutdown(f->fds[1], SHUT_RDWR);
    loop_run(f->loop);
    assert_true(f->events & LOOP_READ);
}

static void a_timer_fires_not_before_its_time_and_once(void **state)
{
    struct fixture *f = *state;
    uint64_t start = loop_now_ms();

    assert_int_equal(loop_timer_new(f->loop, note_fired, f, &f->timer), RPCSEC_OK);
    loop_timer_set(f->timer, start + 500000);
    loop_timer_set(f->timer, start + 25);
    loop_run(f->loop);
    assert_true(loop_now_ms() >= start + 25);
    assert_int_equal(f->num_fired, 1);
    loop_timer_set(f->timer, 0); /* long past: at once */
    loop_run(f->loop);
    assert_int_equal(f->num_fired, 2);
}

static void a_disarmed_timer_does_not_fire(void **state)
{
    struct fixture *f = *state;
    struct loop_timer *other = NULL;

    assert_int_equal(loop_timer_new(f->loop, note_fired, f, &f->timer), RPCSEC_OK);
    assert_int_equal(loop_timer_new(f->loop, note_fired, f, &other), RPCSEC_OK);
    loop_timer_set(f->timer, loop_now_ms() + 5);
    loop_timer_set(other, loop_now_ms() + 40);
    loop_timer_set(f->timer, LOOP_NEVER);
    loop_run(f->loop);
    assert_int_equal(f->num_fired, 1);
    loop_timer_free(other);
}

/* ---- wake-ups ---- */

struct posting {
    struct loop_task task;
    struct fixture *f;
    unsigned number;
};

static void note_posted(void *arg)
{
    struct posting *p = arg;

    if (p->f->num_posted < 8)
        p->f->order[p->f->num_posted] = p->number;
    p->f->num_posted++;
}

static void stop_loop(void *arg)
{
    loop_stop(((struct posting *)arg)->f->loop);
}

static void posted_tasks_run_in_order(void **state)
{
    struct fixture *f = *state;
    struct posting p[4];

    for (unsigned i = 0; i < 4; i++) {
        p[i] = (struct posting){
            .task = {NULL, i < 3 ? note_posted : stop_loop, &p[i]}, .f = f, .number = i};
        loop_post(f->loop, &p[i].task);
    }
    loop_run(f->loop);
    assert_int_equal(f->num_posted, 3);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(f->order[i], i);
}

enum { NUM_THREADS = 4, NUM_EACH = 1000 };

struct poster {
    pthread_t thread;
    struct fixture *f;
    struct posting postings[NUM_EACH];
};

static void count_and_stop(void *arg)
{
    struct posting *p = arg;

    if (++p->f->num_posted == NUM_THREADS * NUM_EACH)
        loop_stop(p->f->loop);
}

static void *post_many(void *arg)
{
    struct poster *poster = arg;

    for (unsigned i = 0; i < NUM_EACH; i++) {
        struct posting *p = &poster->postings[i];

        *p = (struct posting){.task = {NULL, count_and_stop, p}, .f = poster->f};
        loop_post(poster->f->loop, &p->task);
    }
    return NULL;
}

static void tasks_posted_by_many_threads_all_run(void **state)
{
    struct fixture *f = *state;
    struct poster *posters = mem_array(NUM_THREADS, sizeof(*posters));

    assert_non_null(posters);
    for (int i = 0; i < NUM_THREADS; i++) {
        posters[i].f = f;
        assert_int_equal(pthread_create(&posters[i].thread, NULL, post_many, &posters[i]), 0);
    }
    loop_run(f->loop);
    for (int i = 0; i < NUM_THREADS; i++)
        pthread_join(posters[i].thread, NULL);
    assert_int_equal(f->num_posted, NUM_THREADS * NUM_EACH);
    mem_free(posters);
}

static void free_watch_and_stop(void *arg, unsigned events)
{
    struct fixture *f = arg;

    (void)events;
    loop_watch_free(f->watch);
    f->watch = NULL;
    close(f->fds[0]);
    f->fds[0] = -1;
    loop_stop(f->loop);
}

static void a_watch_may_be_freed_by_its_own_callback(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(loop_watch_new(f->loop, f->fds[0], free_watch_and_stop, f, &f->watch),
                     RPCSEC_OK);
    loop_watch_set(f->watch, LOOP_WRITE);
    loop_run(f->loop);
    assert_null(f->watch);
}

static void memory_that_ends_is_reported(void **state)
{
    struct fixture *f = *state;
    struct loop *loop = NULL;

    mem_test_fail_at(1, true);
    assert_int_equal(loop_new(&loop), RPCSEC_NO_MEMORY);
    assert_int_equal(loop_watch_new(f->loop, f->fds[0], note_ready, f, &f->watch),
                     RPCSEC_NO_MEMORY);
    assert_int_equal(loop_timer_new(f->loop, note_fired, f, &f->timer), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
}

#define LOOP_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOOP_TEST(a_readable_descriptor_is_reported),
        LOOP_TEST(nothing_is_reported_before_it_is_asked_for),
        LOOP_TEST(a_watch_that_is_set_again_allocates_nothing),
        LOOP_TEST(a_closed_peer_is_reported),
        LOOP_TEST(a_timer_fires_not_before_its_time_and_once),
        LOOP_TEST(a_disarmed_timer_does_not_fire),
        LOOP_TEST(posted_tasks_run_in_order),
        LOOP_TEST(tasks_posted_by_many_threads_all_run),
        LOOP_TEST(a_watch_may_be_freed_by_its_own_callback),
        LOOP_TEST(memory_that_ends_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
