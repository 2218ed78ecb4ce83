/* SPDX-License-Identifier: MIT
 *
 * Tests of asynchronous calls (runtime/client_pending.c, client_process.c) against a server
 * over TCP, at level none.
 */
#include "harness/test.h"

#include <poll.h>
#include <unistd.h>

#include "base/alloc.h"
#include "loop/loop.h"
#include "unit/runtime_service.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

enum { NUM_CALLS = 200 };

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
    unsigned told;
    rpcsec_status last; /* of the call that was received last in take_result */
    struct rpcsec_pending *next;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CANCEL_MS, 100));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_STARTED_CALLS, NUM_CALLS));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, &f->err));
    f->arena = rpcsec_arena_new(0);
    assert_non_null(f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    rpcsec_arena_free(f->arena);
    mem_free(f);
    return 0;
}

static rpcsec_status start_with(struct fixture *f, uint32_t opnum, uint32_t number,
                                rpcsec_pending_done *done, struct rpcsec_pending **ret_call)
{
    struct add_args args = {.number = number};
    rpcsec_status status = rpcsec_client_send(f->client, &service_interface, opnum, &args, done,
                                              f, ret_call, &f->err);

    memset(&args, 0xA5, sizeof(args)); /* they may go */
    return status;
}

static struct rpcsec_pending *start(struct fixture *f, uint32_t opnum, uint32_t number,
                                    rpcsec_pending_done *done)
{
    struct rpcsec_pending *call = NULL;

    assert_ok(start_with(f, opnum, number, done, &call));
    return call;
}

static rpcsec_status receive(struct fixture *f, struct rpcsec_pending *call, uint32_t opnum,
                             struct add_args *args)
{
    return rpcsec_pending_recv(call, f->arena, &service_interface, opnum, args, &f->err);
}

/* Runs an event loop until `told` calls were told or five seconds are over. */
static void run_loop(struct fixture *f, unsigned told)
{
    struct pollfd poller = {.fd = rpcsec_client_fd(f->client), .events = POLLIN};
    const uint64_t until_ms = loop_now_ms() + 5000;

    assert_true(poller.fd >= 0);
    while (f->told < told && loop_now_ms() < until_ms) {
        assert_true(poll(&poller, 1, rpcsec_client_timeout_ms(f->client)) >= 0);
        assert_ok(rpcsec_client_process(f->client, &f->err));
    }
    assert_int_equal(f->told, told);
}

static void take_result(struct rpcsec_pending *call, void *arg)
{
    struct fixture *f = arg;
    struct add_args args;

    f->last = receive(f, call, SERVICE_ADD, &args);
    f->told++;
    if (f->last == RPCSEC_OK && args.sum != args.number + 1)
        f->last = RPCSEC_INTERNAL;
}

/* ---- results ---- */

static void calls_are_pipelined_and_received_in_any_order(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *calls[NUM_CALLS];
    struct add_args args;

    for (uint32_t i = 0; i < NUM_CALLS; i++)
        calls[i] = start(f, SERVICE_ADD, i, NULL);
    for (uint32_t i = NUM_CALLS; i-- > 0;) {
        assert_ok(receive(f, calls[i], SERVICE_ADD, &args));
        assert_int_equal(args.number, i);
        assert_int_equal(args.sum, i + 1);
    }
    assert_int_equal(atomic_load(&f->server.counts.runs), NUM_CALLS);
}

static void sizes_of_results_may_refer_to_arguments_that_are_gone(void **state)
{
    struct fixture *f = *state;
    uint8_t *data = mem_alloc(100000);
    struct echo_args args = {.len = 100000, .data = data};
    struct rpcsec_pending *call = NULL;

    assert_non_null(data);
    memset(data, 7, args.len);
    assert_ok(rpcsec_client_send(f->client, &service_interface, SERVICE_ECHO, &args, NULL, NULL,
                                 &call, &f->err));
    mem_free(data);
    memset(&args, 0, sizeof(args));
    assert_ok(
        rpcsec_pending_recv(call, f->arena, &service_interface, SERVICE_ECHO, &args, &f->err));
    assert_int_equal(args.len, 100000);
    assert_int_equal(args.copy[0], 7);
    assert_int_equal(args.copy[99999], 7);
}

static void a_fault_is_received_with_its_code(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_FAIL, 0x12345678, NULL);
    struct add_args args;

    assert_status(receive(f, call, SERVICE_FAIL, &args), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 0x12345678);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
}

static void a_maybe_call_ends_when_it_was_sent(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_NOTE, 1, NULL);
    struct add_args args;

    assert_ok(receive(f, call, SERVICE_NOTE, &args));
}

static void a_blocking_call_moves_the_others(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_ADD, 1, take_result);
    uint32_t sum;

    (void)call;
    assert_ok(do_sleep(f->client, 50, &f->err));
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_int_equal(f->told, 1);
    assert_ok(f->last);
}

static void an_event_loop_of_the_programs_own_moves_calls(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(rpcsec_client_timeout_ms(f->client), -1);
    for (uint32_t i = 0; i < NUM_CALLS; i++)
        (void)start(f, SERVICE_ADD, i, take_result);
    assert_in_range(rpcsec_client_timeout_ms(f->client), 1000, 60000);
    run_loop(f, NUM_CALLS);
    assert_ok(f->last);
    assert_int_equal(rpcsec_client_timeout_ms(f->client), -1);
    assert_int_equal(rpcsec_client_fd(f->client), rpcsec_client_fd(f->client));
}

static void an_idle_event_loop_is_quiet(void **state)
{
    struct fixture *f = *state;
    struct pollfd poller = {.fd = rpcsec_client_fd(f->client), .events = POLLIN};

    (void)start(f, SERVICE_ADD, 1, take_result);
    run_loop(f, 1);
    for (int i = 0; i < 3; i++)
        assert_ok(rpcsec_client_process(f->client, &f->err));
    assert_int_equal(poll(&poller, 1, 20), 0);
}

static void start_another(struct rpcsec_pending *call, void *arg)
{
    struct fixture *f = arg;
    struct add_args args;
    uint32_t sum;

    f->last = receive(f, call, SERVICE_ADD, &args);
    if (++f->told < 20)
        (void)start(f, SERVICE_ADD, f->told, start_another);
    /* What would wait for itself is refused. */
    assert_status(do_add(f->client, 1, &sum, &f->err), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_client_process(f->client, &f->err), RPCSEC_INVALID_STATE);
}

static void a_done_function_starts_calls_and_waits_for_none(void **state)
{
    struct fixture *f = *state;

    (void)start(f, SERVICE_ADD, 0, start_another);
    run_loop(f, 20);
    assert_ok(f->last);
}

/* ---- misuse and limits ---- */

static void more_calls_than_policy_allows_are_refused(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *calls[NUM_CALLS];
    struct rpcsec_pending *more = NULL;
    struct add_args args;

    for (uint32_t i = 0; i < NUM_CALLS; i++)
        calls[i] = start(f, SERVICE_ADD, i, NULL);
    assert_status(start_with(f, SERVICE_ADD, 1, NULL, &more), RPCSEC_LIMIT);
    assert_null(more);
    assert_ok(receive(f, calls[0], SERVICE_ADD, &args));
    more = start(f, SERVICE_ADD, 1, NULL);
    rpcsec_pending_free(more);
    for (uint32_t i = 1; i < NUM_CALLS; i++)
        rpcsec_pending_free(calls[i]);
}

static void a_call_is_received_by_its_own_function_only(void **state)
{
    struct fixture *f = *state;
    struct add_args args;

    assert_status(receive(f, start(f, SERVICE_ADD, 1, NULL), SERVICE_FAIL, &args),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_pending_recv(NULL, f->arena, &service_interface, 0, &args, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
}

static void a_call_with_a_done_function_is_not_waited_for(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_ADD, 1, take_result);
    struct add_args args;

    assert_false(rpcsec_pending_has_ended(call));
    assert_status(receive(f, call, SERVICE_ADD, &args), RPCSEC_INVALID_STATE);
    run_loop(f, 1);
    assert_ok(f->last);
}

static void arguments_that_contradict_the_interface_start_nothing(void **state)
{
    struct fixture *f = *state;
    struct echo_args args = {.len = 5, .data = NULL};
    struct rpcsec_pending *call = NULL;

    assert_status(rpcsec_client_send(f->client, &service_interface, SERVICE_ECHO, &args, NULL,
                                     NULL, &call, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
    assert_null(call);
    assert_status(rpcsec_client_send(f->client, &service_interface, 99, &args, NULL, NULL,
                                     &call, &f->err),
                  RPCSEC_UNKNOWN_OPERATION);
}

/* ---- deadlines and cancels ---- */

static void a_deadline_ends_a_call(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_uuid object = {.time_low = 7};
    const struct rpcsec_call_options options = {
        .size = sizeof(options), .deadline_ms = 50, .object = &object};
    struct rpcsec_client *view = NULL;
    struct add_args args = {.number = 2000};
    struct rpcsec_pending *call = NULL;

    assert_ok(rpcsec_client_with(f->client, &options, &view, &f->err));
    assert_ok(rpcsec_client_send(view, &service_interface, SERVICE_SLEEP, &args, NULL, NULL,
                                 &call, &f->err));
    rpcsec_client_close(view);
    assert_status(receive(f, call, SERVICE_SLEEP, &args), RPCSEC_TIMED_OUT);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
}

static void a_call_cancelled_before_it_was_sent_did_not_run(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_ADD, 1, NULL);
    struct add_args args;

    rpcsec_pending_cancel(call);
    assert_status(receive(f, call, SERVICE_ADD, &args), RPCSEC_CANCELLED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
}

static void wait_for_runs(struct fixture *f, unsigned runs)
{
    for (int i = 0; i < 1000 && atomic_load(&f->server.counts.runs) < runs; i++) {
        assert_ok(rpcsec_client_process(f->client, &f->err));
        usleep(5000);
    }
    assert_int_equal(atomic_load(&f->server.counts.runs), runs);
}

static void a_call_cancelled_after_it_was_sent_reaches_the_manager(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_SLEEP, 5000, NULL);
    struct add_args args;
    uint32_t sum;

    wait_for_runs(f, 1);
    rpcsec_pending_cancel(call);
    assert_status(receive(f, call, SERVICE_SLEEP, &args), RPCSEC_CANCELLED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    for (int i = 0; i < 1000 && !atomic_load(&f->server.counts.cancelled); i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.counts.cancelled), 1);
    assert_ok(do_add(f->client, 1, &sum, &f->err)); /* the late answer disturbs nobody */
}

static void an_answer_within_the_grace_still_counts(void **state)
{
    struct fixture *f = *state;
    struct pollfd poller = {.fd = rpcsec_client_fd(f->client), .events = POLLIN};
    struct rpcsec_pending *call = NULL;
    struct add_args args;

    assert_ok(rpcsec_client_bind(f->client, &service_interface, &f->err));
    call = start(f, SERVICE_ADD, 41, NULL);
    assert_ok(rpcsec_client_process(f->client, &f->err));
    assert_int_equal(poll(&poller, 1, 5000), 1); /* it is there and was not read */
    rpcsec_pending_cancel(call);
    assert_ok(receive(f, call, SERVICE_ADD, &args));
    assert_int_equal(args.sum, 42);
}

static void a_call_that_is_given_up_is_orphaned(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call = start(f, SERVICE_SLEEP, 5000, take_result);
    uint32_t sum;

    wait_for_runs(f, 1);
    rpcsec_pending_free(call);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    for (int i = 0; i < 1000 && !atomic_load(&f->server.counts.cancelled); i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.counts.cancelled), 1);
    assert_int_equal(f->told, 0);
}

static void free_the_next(struct rpcsec_pending *call, void *arg)
{
    struct fixture *f = arg;

    f->told++;
    rpcsec_pending_free(f->next);
    rpcsec_pending_free(call);
}

static void a_done_function_may_free_any_call(void **state)
{
    struct fixture *f = *state;

    (void)start(f, SERVICE_ADD, 1, free_the_next);
    f->next = start(f, SERVICE_SLEEP, 300, take_result); /* is answered later */
    run_loop(f, 1);
    assert_ok(rpcsec_client_process(f->client, &f->err));
    assert_int_equal(f->told, 1);
}

/* ---- closing and losing ---- */

static void closing_ends_all_calls(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *sent = start(f, SERVICE_SLEEP, 5000, NULL);
    struct rpcsec_pending *queued;
    struct add_args args;

    wait_for_runs(f, 1);
    queued = start(f, SERVICE_ADD, 1, NULL);
    (void)start(f, SERVICE_ADD, 1, take_result);
    rpcsec_client_close(f->client);
    assert_int_equal(f->told, 1);
    assert_status(f->last, RPCSEC_CLOSED);
    assert_status(receive(f, queued, SERVICE_ADD, &args), RPCSEC_CLOSED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_status(receive(f, sent, SERVICE_SLEEP, &args), RPCSEC_CLOSED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    f->client = NULL;
}

static void a_server_that_goes_away_ends_calls(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_pending *call;
    struct add_args args;

    assert_ok(rpcsec_client_bind(f->client, &service_interface, &f->err));
    rpcsec_server_stop(f->server.server);
    pthread_join(f->server.thread, NULL);
    f->server.running = false;
    call = start(f, SERVICE_ADD, 1, NULL);
    assert_status(receive(f, call, SERVICE_ADD, &args), RPCSEC_CONNECTION_REFUSED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
}

/* ---- threads and memory ---- */

static void *receive_many(void *arg)
{
    struct fixture *f = arg;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct rpcsec_pending *calls[25];
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uintptr_t failed = arena == NULL;

    for (uint32_t i = 0; i < NUM_OF(calls); i++) {
        struct add_args args = {.number = i};

        failed += rpcsec_client_send(f->client, &service_interface, SERVICE_ADD, &args, NULL,
                                     NULL, &calls[i], &err) != RPCSEC_OK;
        if (i % 5 == 0)
            rpcsec_pending_cancel(calls[i]);
    }
    for (uint32_t i = 0; i < NUM_OF(calls); i++) {
        struct add_args args;
        rpcsec_status status =
            rpcsec_pending_recv(calls[i], arena, &service_interface, SERVICE_ADD, &args, &err);

        failed += status == RPCSEC_OK ? args.sum != i + 1 : status != RPCSEC_CANCELLED;
    }
    rpcsec_arena_free(arena);
    return (void *)failed;
}

static void threads_have_many_calls_each_on_one_connection(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[8];

    for (size_t i = 0; i < NUM_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, receive_many, f), 0);
    for (size_t i = 0; i < NUM_OF(threads); i++) {
        void *failed = NULL;

        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
}

static void memory_that_ends_is_survived(void **state)
{
    struct fixture *f = *state;
    unsigned failed = 0;

    for (uint64_t nth = 1; nth < 40; nth++) {
        struct rpcsec_pending *call = NULL;
        struct add_args args;
        rpcsec_status status;

        mem_test_fail_at(nth, false);
        status = start_with(f, SERVICE_ADD, 1, NULL, &call);
        if (status == RPCSEC_OK)
            status = receive(f, call, SERVICE_ADD, &args);
        mem_test_fail_at(0, false);
        failed += status != RPCSEC_OK;
        call = start(f, SERVICE_ADD, 1, NULL);
        assert_ok(receive(f, call, SERVICE_ADD, &args));
    }
    assert_true(failed > 3);
}

#define PENDING_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PENDING_TEST(calls_are_pipelined_and_received_in_any_order),
        PENDING_TEST(sizes_of_results_may_refer_to_arguments_that_are_gone),
        PENDING_TEST(a_fault_is_received_with_its_code),
        PENDING_TEST(a_maybe_call_ends_when_it_was_sent),
        PENDING_TEST(a_blocking_call_moves_the_others),
        PENDING_TEST(an_event_loop_of_the_programs_own_moves_calls),
        PENDING_TEST(an_idle_event_loop_is_quiet),
        PENDING_TEST(a_done_function_starts_calls_and_waits_for_none),
        PENDING_TEST(more_calls_than_policy_allows_are_refused),
        PENDING_TEST(a_call_is_received_by_its_own_function_only),
        PENDING_TEST(a_call_with_a_done_function_is_not_waited_for),
        PENDING_TEST(arguments_that_contradict_the_interface_start_nothing),
        PENDING_TEST(a_deadline_ends_a_call),
        PENDING_TEST(a_call_cancelled_before_it_was_sent_did_not_run),
        PENDING_TEST(a_call_cancelled_after_it_was_sent_reaches_the_manager),
        PENDING_TEST(an_answer_within_the_grace_still_counts),
        PENDING_TEST(a_call_that_is_given_up_is_orphaned),
        PENDING_TEST(a_done_function_may_free_any_call),
        PENDING_TEST(closing_ends_all_calls),
        PENDING_TEST(a_server_that_goes_away_ends_calls),
        PENDING_TEST(threads_have_many_calls_each_on_one_connection),
        PENDING_TEST(memory_that_ends_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
