/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_io.c: each read and write of a client and a server over TCP goes wrong in
 * turn: one byte moves, a signal comes, nothing moves, the connection is reset or ends. Where
 * it can go on it does; where not, the call ends once and tells truly whether it ran; and the
 * next call works.
 *
 * "test_fault_io kerberos" does the same over Kerberos, in a realm that the environment names.
 */
#include "harness/test.h"

#include <time.h>
#include <unistd.h>

#include "fault/bad_io.h"
#include "unit/runtime_service.h"

#define TIME_LIMIT_S 300

static const char *spn; /* NULL: anonymous */
static struct test_server server;
static struct rpcsec_policy *policy;
static unsigned num_failed; /* calls; else nothing went wrong at all */

static int start_server(void **state)
{
    (void)state;
    if (spn)
        assert_ok(rpcsec_policy_new(&policy, NULL));
    else
        policy = anonymous_policy();
    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CALL_MS, 10000));
    test_server_start(&server, policy, "ncacn_ip_tcp:127.0.0.1[0]", NULL);
    return 0;
}

static int stop_server(void **state)
{
    (void)state;
    test_server_stop(&server);
    rpcsec_policy_free(policy);
    return 0;
}

/* ---- what is done while something goes wrong ---- */

struct flow {
    const char *name;
    rpcsec_status (*call)(struct rpcsec_client *client, struct rpcsec_error *err);
    unsigned runs; /* of the service, when all goes well */
};

static rpcsec_status short_call(struct rpcsec_client *client, struct rpcsec_error *err)
{
    uint32_t sum = 0;
    rpcsec_status status = do_add(client, 41, &sum, err);

    return status == RPCSEC_OK && sum != 42 ? RPCSEC_INTERNAL : status;
}

static rpcsec_status long_call(struct rpcsec_client *client, struct rpcsec_error *err)
{
    return do_echo(client, 70000, err);
}

static rpcsec_status second_call(struct rpcsec_client *client, struct rpcsec_error *err)
{
    rpcsec_status status = short_call(client, err);

    return status == RPCSEC_OK ? short_call(client, err) : status;
}

static const struct flow flows[] = {
    {"short call", short_call, 1},
    {"long call", long_call, 1},
    {"two calls", second_call, 2},
};

static rpcsec_status open_and_call(const struct flow *flow, struct rpcsec_error *err)
{
    struct rpcsec_client *client = NULL;
    rpcsec_status status = rpcsec_client_open(server.binding, spn, policy, &client, err);

    if (status == RPCSEC_OK)
        status = flow->call(client, err);
    rpcsec_client_close(client);
    return status;
}

/* ---- what is checked ---- */

/* The server's end of a call that was given up may still be running. */
static unsigned settled_runs(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    unsigned before;
    unsigned runs = atomic_load(&server.counts.runs);

    do {
        before = runs;
        nanosleep(&pause, NULL);
        runs = atomic_load(&server.counts.runs);
    } while (runs != before);
    return runs;
}

static void check_outcome(const struct flow *flow, uint64_t nth, enum bad_io kind,
                          rpcsec_status status, const struct rpcsec_error *err, unsigned runs)
{
    const char *wrong = NULL;

    if (runs > flow->runs)
        wrong = "it ran twice";
    else if (status == RPCSEC_OK && runs != flow->runs)
        wrong = "it has a result and did not run";
    else if (status == RPCSEC_TIMED_OUT)
        wrong = "nobody noticed";
    else if (status != RPCSEC_OK && err->outcome == RPCSEC_OUTCOME_NOT_RUN &&
             runs == flow->runs)
        wrong = "it is told as not run and ran";
    else if (status != RPCSEC_OK && kind <= BAD_IO_AGAIN)
        wrong = "nothing was lost";
    if (wrong)
        fail_msg("%s, operation %u, %s: %s (%s, %s)", flow->name, (unsigned)nth,
                 bad_io_name(kind), wrong, rpcsec_status_name(status), rpcsec_error_text(err));
}

static uint64_t check_bad(const struct flow *flow, uint64_t nth, bool every, enum bad_io kind)
{
    const unsigned before = settled_runs();
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status;
    uint64_t count;

    bad_io_at(nth, every, kind);
    status = open_and_call(flow, &err);
    count = bad_io_count();
    bad_io_at(0, false, BAD_IO_NONE);
    num_failed += status != RPCSEC_OK;
    check_outcome(flow, nth, kind, status, &err, settled_runs() - before);
    assert_ok(open_and_call(&flows[0], &err));
    return count;
}

static void check_flow(const struct flow *flow, enum bad_io kind)
{
    uint64_t nth = 1;

    num_failed = 0;
    while (check_bad(flow, nth, false, kind) >= nth)
        nth++;
    assert_true(nth > 4);
    assert_int_equal(num_failed != 0, kind > BAD_IO_AGAIN);
    print_message("%s, %s: each of %u operations\n", flow->name, bad_io_name(kind),
                  (unsigned)nth - 1);
}

static void each_operation_goes_wrong_in_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(flows); i++) {
        for (int kind = BAD_IO_SHORT; kind < BAD_IO_NUM; kind++)
            check_flow(&flows[i], (enum bad_io)kind);
    }
}

static void all_operations_go_slowly(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(flows); i++) {
        (void)check_bad(&flows[i], 1, true, BAD_IO_SHORT);
        for (uint64_t nth = 2; nth < 6; nth++) {
            (void)check_bad(&flows[i], nth, true, BAD_IO_SHORT);
            (void)check_bad(&flows[i], nth, true, BAD_IO_EINTR);
            (void)check_bad(&flows[i], nth, true, BAD_IO_AGAIN);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_operation_goes_wrong_in_turn),
        cmocka_unit_test(all_operations_go_slowly),
    };

    if (argc > 1 && strcmp(argv[1], "kerberos") == 0)
        spn = "host/localhost";
    alarm(TIME_LIMIT_S);
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
