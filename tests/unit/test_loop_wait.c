/* SPDX-License-Identifier: MIT
 *
 * Tests of loop/wait.c.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "loop/wait.h"

static void a_deadline_in_the_past_polls_once(void **state)
{
    int fds[2];
    unsigned events = 99;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(wait_ready(fds[0], LOOP_READ, NULL, 0, &events), RPCSEC_OK);
    assert_int_equal(events, 0);
    assert_int_equal(wait_ready(fds[0], LOOP_READ | LOOP_WRITE, NULL, 0, &events), RPCSEC_OK);
    assert_int_equal(events, LOOP_WRITE);
    close(fds[0]);
    close(fds[1]);
}

static void a_wait_ends_at_its_deadline(void **state)
{
    int fds[2];
    unsigned events = 99;
    uint64_t start = loop_now_ms();

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(wait_ready(fds[0], LOOP_READ, NULL, start + 30, &events), RPCSEC_OK);
    assert_int_equal(events, 0);
    assert_true(loop_now_ms() >= start + 30);
    close(fds[0]);
    close(fds[1]);
}

static void a_closed_peer_is_readable(void **state)
{
    int fds[2];
    unsigned events = 0;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    close(fds[1]);
    assert_int_equal(wait_ready(fds[0], LOOP_READ, NULL, LOOP_NEVER, &events), RPCSEC_OK);
    assert_int_equal(events, LOOP_READ);
    events = 0;
    assert_int_equal(wait_ready(fds[0], 0, NULL, LOOP_NEVER, &events), RPCSEC_OK);
    assert_int_not_equal(events, 0);
    close(fds[0]);
}

static void *ring(void *arg)
{
    wake_ring(arg);
    return NULL;
}

static void a_ring_from_another_thread_ends_a_wait(void **state)
{
    int fds[2];
    unsigned events = 99;
    struct wake wake;
    pthread_t thread;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(wake_init(&wake), RPCSEC_OK);
    assert_int_equal(pthread_create(&thread, NULL, ring, &wake), 0);
    assert_int_equal(wait_ready(fds[0], LOOP_READ, &wake, LOOP_NEVER, &events), RPCSEC_OK);
    assert_int_equal(events, 0);
    pthread_join(thread, NULL);
    /* Heard once: the next wait lasts. */
    wake_clear(&wake);
    assert_int_equal(wait_ready(fds[0], LOOP_READ, &wake, loop_now_ms() + 10, &events),
                     RPCSEC_OK);
    wake_done(&wake);
    close(fds[0]);
    close(fds[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadline_in_the_past_polls_once),
        cmocka_unit_test(a_wait_ends_at_its_deadline),
        cmocka_unit_test(a_closed_peer_is_readable),
        cmocka_unit_test(a_ring_from_another_thread_ends_a_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
