/* SPDX-License-Identifier: MIT
 *
 * Tests of calls that end after their manager function has returned, and of shares: what one
 * client may have of the pool.
 */
#include "harness/test.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "runtime/server.h"
#include "server/raw_peer.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

/* ---- the service: Add defers, the test finishes ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct rpcsec_call *deferred[16];
static struct add_args *deferred_args[16];
static atomic_int num_deferred;
static atomic_int num_cancelled;
static bool finishes_at_once;
static bool finishes_on_cancel;

static void on_cancel(struct rpcsec_call *call, void *arg)
{
    (void)arg;
    atomic_fetch_add(&num_cancelled, 1);
    if (finishes_on_cancel)
        assert_ok(rpcsec_call_finish(call, RPCSEC_CANCELLED));
}

static rpcsec_status serve_add(struct rpcsec_call *call, const void *ops, void *args)
{
    int index;

    (void)ops;
    assert_ok(rpcsec_call_defer(call, on_cancel, NULL));
    assert_status(rpcsec_call_defer(call, on_cancel, NULL), RPCSEC_INVALID_STATE);
    if (finishes_at_once) {
        ((struct add_args *)args)->sum = 99;
        assert_ok(rpcsec_call_finish(call, RPCSEC_OK));
        rpcsec_call_unref(call);
        return RPCSEC_INTERNAL; /* counts no more */
    }
    pthread_mutex_lock(&lock);
    index = atomic_load(&num_deferred);
    deferred[index] = call;
    deferred_args[index] = args;
    pthread_mutex_unlock(&lock);
    atomic_fetch_add(&num_deferred, 1);
    return RPCSEC_OK;
}

static rpcsec_status serve_not_deferred(struct rpcsec_call *call, const void *ops, void *args)
{
    (void)ops;
    ((struct add_args *)args)->sum = 1;
    return rpcsec_call_finish(call, RPCSEC_OK) == RPCSEC_INVALID_STATE ? RPCSEC_OK
                                                                       : RPCSEC_INTERNAL;
}

static struct rpcsec_operation operations[SERVICE_SLEEP + 1];
static struct rpcsec_interface interface;

/* The service of runtime_service.h with functions of its own. */
static void make_interface(void)
{
    operations[0] = service_interface.operations[SERVICE_ADD];
    operations[0].dispatch = serve_add;
    operations[SERVICE_SLEEP] = operations[0];
    operations[SERVICE_SLEEP].dispatch = serve_not_deferred;
    interface = service_interface;
    interface.operations = operations;
    interface.num_operations = NUM_OF(operations);
}

/* ---- set-up ---- */

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    atomic_store(&num_deferred, 0);
    atomic_store(&num_cancelled, 0);
    finishes_at_once = finishes_on_cancel = false;
    make_interface();
    *state = f;
    return 0;
}

static void start(struct fixture *f, bool non_blocking)
{
    const struct rpcsec_service service = {&interface, NULL};
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .non_blocking = non_blocking};

    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add_with(f->server.server, service, &options, NULL));
    test_server_run(&f->server, ANY_PORT);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, NULL));
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    if (f->server.server)
        test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static bool becomes(atomic_int *value, int wanted)
{
    for (int i = 0; i < 2000 && atomic_load(value) != wanted; i++)
        usleep(5000);
    return atomic_load(value) == wanted;
}

/* Calls Add on a thread of its own. */
struct caller {
    struct fixture *f;
    pthread_t thread;
    uint32_t sum;
    rpcsec_status status;
    struct rpcsec_error err;
};

static void *run_caller(void *arg)
{
    struct caller *caller = arg;

    caller->err = (struct rpcsec_error)RPCSEC_ERROR_INIT;
    caller->status = do_add(caller->f->client, 1, &caller->sum, &caller->err);
    return NULL;
}

static void caller_start(struct caller *caller, struct fixture *f)
{
    *caller = (struct caller){.f = f};
    assert_int_equal(pthread_create(&caller->thread, NULL, run_caller, caller), 0);
}

/* ---- tests ---- */

static void a_deferred_call_ends_when_it_is_finished(void **state)
{
    struct fixture *f = *state;

    for (int inline_ = 0; inline_ < 2; inline_++) {
        struct caller caller;

        atomic_store(&num_deferred, 0);
        start(f, inline_ == 1);
        caller_start(&caller, f);
        assert_true(becomes(&num_deferred, 1));
        deferred_args[0]->sum = 42;
        assert_ok(rpcsec_call_finish(deferred[0], RPCSEC_OK));
        pthread_join(caller.thread, NULL);
        assert_ok(caller.status);
        assert_int_equal(caller.sum, 42);
        assert_status(rpcsec_call_finish(deferred[0], RPCSEC_OK), RPCSEC_INVALID_STATE);
        rpcsec_call_unref(deferred[0]);
        rpcsec_client_close(f->client);
        f->client = NULL;
        test_server_stop(&f->server);
    }
}

static void it_may_end_before_its_function_returns(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    finishes_at_once = true;
    start(f, false);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_int_equal(sum, 99);
    rpcsec_client_close(f->client);
    test_server_stop(&f->server);
    start(f, true);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_int_equal(sum, 99);
}

static void a_fault_may_be_the_end(void **state)
{
    struct fixture *f = *state;
    struct caller caller;

    start(f, false);
    caller_start(&caller, f);
    assert_true(becomes(&num_deferred, 1));
    assert_ok(rpcsec_call_finish(deferred[0], rpcsec_call_fault(deferred[0], 77)));
    rpcsec_call_unref(deferred[0]);
    pthread_join(caller.thread, NULL);
    assert_status(caller.status, RPCSEC_REMOTE_FAULT);
    assert_int_equal(caller.err.wire_status, 77);
}

static void a_reference_given_back_unfinished_cancels(void **state)
{
    struct fixture *f = *state;
    struct caller caller;

    start(f, false);
    caller_start(&caller, f);
    assert_true(becomes(&num_deferred, 1));
    rpcsec_call_unref(deferred[0]);
    pthread_join(caller.thread, NULL);
    assert_status(caller.status, RPCSEC_REMOTE_FAULT);
    assert_int_equal(caller.err.wire_status, PDU_FAULT_CANCEL);
}

static void a_call_that_is_not_deferred_cannot_be_finished(void **state)
{
    struct fixture *f = *state;

    start(f, false);
    assert_ok(do_number(f->client, SERVICE_SLEEP, 0, &f->err));
}

static void deferred_calls_hold_no_thread(void **state)
{
    enum { NUM = 8 };
    struct fixture *f = *state;
    struct caller callers[NUM];

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_THREADS, 1));
    start(f, false);
    for (int i = 0; i < NUM; i++)
        caller_start(&callers[i], f);
    assert_true(becomes(&num_deferred, NUM));
    for (int i = NUM - 1; i >= 0; i--) {
        deferred_args[i]->sum = 5;
        assert_ok(rpcsec_call_finish(deferred[i], RPCSEC_OK));
        rpcsec_call_unref(deferred[i]);
    }
    for (int i = 0; i < NUM; i++) {
        pthread_join(callers[i].thread, NULL);
        assert_ok(callers[i].status);
    }
}

static void a_client_that_leaves_is_heard_of(void **state)
{
    const uint8_t number[4] = {1};
    struct fixture *f = *state;
    int fd;

    start(f, false);
    fd = test_server_connect(&f->server);
    raw_bind(fd, &interface, 0);
    raw_request(fd, 2, 0, number, 4);
    assert_true(becomes(&num_deferred, 1));
    assert_false(rpcsec_call_cancelled(deferred[0]));
    close(fd);
    assert_true(becomes(&num_cancelled, 1));
    assert_true(rpcsec_call_cancelled(deferred[0]));
    assert_ok(rpcsec_call_finish(deferred[0], RPCSEC_OK)); /* nobody minds */
    rpcsec_call_unref(deferred[0]);
}

static void send_pdu(int fd, uint8_t type, uint32_t call_id)
{
    const struct pdu_header header = {.type = type,
                                      .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG,
                                      .frag_len = PDU_HEADER_LEN,
                                      .call_id = call_id};
    uint8_t bytes[PDU_HEADER_LEN];

    pdu_header_store(bytes, &header);
    assert_int_equal(write(fd, bytes, sizeof(bytes)), sizeof(bytes));
}

static void cancels_and_orphans_are_told_once(void **state)
{
    const uint8_t number[4] = {1};
    uint8_t pdu[LIMIT_PDU_LEN];
    struct fixture *f = *state;
    struct pdu_header header;
    int fd;

    finishes_on_cancel = true;
    start(f, false);
    fd = test_server_connect(&f->server);
    raw_bind(fd, &interface, 0);
    raw_request(fd, 2, 0, number, 4);
    assert_true(becomes(&num_deferred, 1));
    send_pdu(fd, PDU_CO_CANCEL, 2);
    send_pdu(fd, PDU_CO_CANCEL, 2);
    assert_true(raw_receive(fd, pdu, &header));
    assert_int_equal(header.type, PDU_FAULT);
    assert_int_equal(atomic_load(&num_cancelled), 1);
    rpcsec_call_unref(deferred[0]);
    raw_request(fd, 3, 0, number, 4);
    assert_true(becomes(&num_deferred, 2));
    send_pdu(fd, PDU_ORPHANED, 3);
    assert_true(becomes(&num_cancelled, 2));
    close(fd);
    rpcsec_call_unref(deferred[1]);
}

static void a_server_that_stops_waits_for_deferred_calls(void **state)
{
    struct fixture *f = *state;
    struct caller caller;

    start(f, false);
    caller_start(&caller, f);
    assert_true(becomes(&num_deferred, 1));
    rpcsec_server_stop(f->server.server);
    usleep(50000);
    deferred_args[0]->sum = 8;
    assert_ok(rpcsec_call_finish(deferred[0], RPCSEC_OK));
    rpcsec_call_unref(deferred[0]);
    pthread_join(caller.thread, NULL);
    assert_ok(caller.status);
    assert_int_equal(caller.sum, 8);
}

static void but_not_for_ever(void **state)
{
    struct fixture *f = *state;
    struct caller callers[2];

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_DRAIN_MS, 50));
    start(f, false);
    for (int i = 0; i < 2; i++)
        caller_start(&callers[i], f);
    assert_true(becomes(&num_deferred, 2));
    rpcsec_server_stop(f->server.server);
    pthread_join(f->server.thread, NULL);
    f->server.running = false;
    for (int i = 0; i < 2; i++) {
        pthread_join(callers[i].thread, NULL);
        assert_status(callers[i].status, RPCSEC_CONNECTION_LOST);
        assert_int_equal(callers[i].err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    }
    assert_int_equal(atomic_load(&num_cancelled), 2);
    assert_ok(rpcsec_call_finish(deferred[0], RPCSEC_OK)); /* late, but before the end */
    rpcsec_server_free(f->server.server);
    f->server.server = NULL;
    assert_status(rpcsec_call_finish(deferred[1], RPCSEC_OK), RPCSEC_INVALID_STATE);
    rpcsec_call_unref(deferred[0]);
    rpcsec_call_unref(deferred[1]);
}

/* ---- shares ---- */

static void one_client_does_not_get_all_threads(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *other = NULL;
    const struct rpcsec_service service = {&service_interface, &f->server.counts};
    const uint8_t ms[4] = {0xd0, 0x07}; /* two seconds */
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint32_t sum = 0;
    int fd;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_THREADS, 2));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CLIENT_THREADS, 1));
    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add(f->server.server, service, NULL));
    assert_ok(rpcsec_server_listen(f->server.server, ANY_PORT, NULL));
    test_server_run(&f->server, "ncacn_ip_tcp:[::1][0]");
    fd = test_server_connect(&f->server); /* from 127.0.0.1 */
    raw_bind(fd, &service_interface, 0);
    for (uint32_t id = 2; id < 10; id++)
        raw_request(fd, id, SERVICE_SLEEP, ms, 4);
    for (int i = 0; i < 1000 && !atomic_load(&f->server.counts.runs); i++)
        usleep(5000);
    usleep(50000);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
    assert_ok(rpcsec_client_open(rpcsec_server_binding(f->server.server, 1), NULL, f->policy,
                                 &other, &err));
    assert_ok(do_add(other, 1, &sum, &err));
    rpcsec_client_close(other);
    close(fd);
}

static void an_address_has_so_many_connections(void **state)
{
    struct fixture *f = *state;
    char byte;
    int fds[3];

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_ADDRESS_CONNECTIONS, 2));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    for (int i = 0; i < 2; i++) {
        fds[i] = test_server_connect(&f->server);
        raw_bind(fds[i], &service_interface, 0);
    }
    fds[2] = test_server_connect(&f->server);
    assert_true(read(fds[2], &byte, 1) <= 0);
    close(fds[0]);
    for (int i = 0; i < 1000; i++) {
        int fd = test_server_connect(&f->server);
        const struct timeval wait = {.tv_usec = 20000};
        bool open;

        assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)), 0);
        open = read(fd, &byte, 1) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        close(fd);
        if (open)
            break; /* the place is free again */
        assert_true(i < 999);
    }
    close(fds[1]);
    close(fds[2]);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_deferred_call_ends_when_it_is_finished),
        T(it_may_end_before_its_function_returns),
        T(a_fault_may_be_the_end),
        T(a_reference_given_back_unfinished_cancels),
        T(a_call_that_is_not_deferred_cannot_be_finished),
        T(deferred_calls_hold_no_thread),
        T(a_client_that_leaves_is_heard_of),
        T(cancels_and_orphans_are_told_once),
        T(a_server_that_stops_waits_for_deferred_calls),
        T(but_not_for_ever),
        T(one_client_does_not_get_all_threads),
        T(an_address_has_so_many_connections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
