/* SPDX-License-Identifier: MIT
 *
 * server/test_server_memory.c: each request for memory fails in turn, once and for good, while
 * a client that authenticates (with the fake package) does what is rarer than a plain call:
 * context handles, deferred answers, asynchronous calls, views, refusals, mgmt, the mapper.
 * The client hears of it, no object of a handle is lost, and the same works right after.
 */
#include "harness/test.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/alloc.h"
#include "gen/epm.h"
#include "gen/mgmt.h"
#include "harness/fake_package.h"
#include "locker.h"
#include "loop/loop.h"
#include "pdu/tower.h"
#include "runtime/client.h"
#include "runtime/server.h"
#include "server/reports.h"

#define ANY_PORT     "ncacn_ip_tcp:127.0.0.1[0]"
#define MAX_REQUESTS 2000
#define REFUSED      13 /* time_low of an object whose calls are not authorised */
#define WAIT_MS      8000

/* ---- the service ---- */

static atomic_int num_objects;
static int object; /* what all handles stand for */

static void run_down(void *which)
{
    assert_ptr_equal(which, &object);
    atomic_fetch_sub(&num_objects, 1);
}

static rpcsec_status made(rpcsec_status status)
{
    atomic_fetch_add(&num_objects, status == RPCSEC_OK);
    return status;
}

static rpcsec_status taken(void *which)
{
    if (which != &object)
        return RPCSEC_INVALID_ARGUMENT;
    run_down(which);
    return RPCSEC_OK;
}

static rpcsec_status serve_open(struct rpcsec_call *call, uint32_t number, locker_box *ret_box)
{
    (void)number;
    if (rpcsec_call_handle_new(call, "no such type", &object, &ret_box->handle) !=
        RPCSEC_INVALID_ARGUMENT)
        return RPCSEC_INTERNAL;
    if (rpcsec_call_handle_new(call, NULL, &object, &ret_box->handle) !=
        RPCSEC_INVALID_ARGUMENT)
        return RPCSEC_INTERNAL;
    if (locker_box_new(call, NULL, ret_box) != RPCSEC_INVALID_ARGUMENT)
        return RPCSEC_INTERNAL;
    if (rpcsec_call_handle_new(call, "locker_box", &object, NULL) != RPCSEC_INVALID_ARGUMENT)
        return RPCSEC_INTERNAL;
    return made(locker_box_new(call, &object, ret_box));
}

static rpcsec_status serve_read(struct rpcsec_call *call, locker_box handle, uint32_t wait_ms,
                                uint32_t *ret_number)
{
    const locker_shelf wrong = {handle.handle};
    const uint8_t *key = NULL;
    size_t len = 0;

    *ret_number = 7;
    if (rpcsec_call_session_key(call, &key, &len) != RPCSEC_NOT_FOUND)
        return RPCSEC_INTERNAL; /* the service did not ask for it */
    if (locker_shelf_get(call, wrong) || rpcsec_call_handle_get(call, NULL, &handle.handle))
        return RPCSEC_INTERNAL;
    return wait_ms == 0 && locker_box_get(call, handle) == &object ? RPCSEC_OK
                                                                   : RPCSEC_INTERNAL;
}

static rpcsec_status serve_close(struct rpcsec_call *call, locker_box *handle)
{
    return taken(locker_box_take(call, handle));
}

static rpcsec_status serve_open_shelf(struct rpcsec_call *call, uint32_t number,
                                      locker_shelf *ret_shelf)
{
    (void)number;
    return made(locker_shelf_new(call, &object, ret_shelf));
}

static rpcsec_status serve_read_shelf(struct rpcsec_call *call, locker_shelf handle,
                                      uint32_t wait_ms, uint32_t *ret_number)
{
    (void)wait_ms;
    *ret_number = 8;
    return locker_shelf_take(call, &handle) ? RPCSEC_INTERNAL : RPCSEC_OK;
}

static rpcsec_status serve_close_shelf(struct rpcsec_call *call, locker_shelf *handle)
{
    return taken(locker_shelf_take(call, handle));
}

/* Two are made, the first is taken in the same call. */
static rpcsec_status serve_next(struct rpcsec_call *call, locker_box *handle)
{
    locker_box first = {{0}};
    rpcsec_status status;

    if (locker_box_get(call, *handle))
        return RPCSEC_OK;
    status = made(locker_box_new(call, &object, &first));
    if (status == RPCSEC_OK)
        status = made(locker_box_new(call, &object, handle));
    if (status == RPCSEC_OK && locker_box_get(call, first) != &object)
        status = RPCSEC_INTERNAL;
    return status ? status : taken(locker_box_take(call, &first));
}

static rpcsec_status serve_fail(struct rpcsec_call *call, locker_box *ret_box)
{
    rpcsec_status status = made(locker_box_new(call, &object, ret_box));

    return status ? status : rpcsec_call_fault(call, 4711);
}

static rpcsec_status serve_move(struct rpcsec_call *call, locker_box from, locker_box to)
{
    return locker_box_get(call, from) == locker_box_get(call, to) ? RPCSEC_OK : RPCSEC_INTERNAL;
}

static const struct locker_ops locker = {
    .open = serve_open,
    .read = serve_read,
    .close = serve_close,
    .open_shelf = serve_open_shelf,
    .read_shelf = serve_read_shelf,
    .close_shelf = serve_close_shelf,
    .next = serve_next,
    .fail = serve_fail,
    .move = serve_move,
    .locker_box_rundown = run_down,
    .locker_shelf_rundown = run_down,
};

static rpcsec_status serve_deferred(struct rpcsec_call *call, const void *ops, void *args)
{
    struct add_args *a = args;
    rpcsec_status status = rpcsec_call_defer(call, NULL, NULL);

    (void)ops;
    a->sum = a->number + 1;
    if (status == RPCSEC_OK)
        status = rpcsec_call_finish(call, RPCSEC_OK);
    rpcsec_call_unref(call);
    return status;
}

static rpcsec_status serve_key(struct rpcsec_call *call, const void *ops, void *args)
{
    const uint8_t *key = NULL;
    size_t len = 0;
    const rpcsec_status status = rpcsec_call_session_key(call, &key, &len);
    uint8_t *copy = rpcsec_call_alloc(call, len + 1);

    (void)ops;
    (void)args;
    if (status == RPCSEC_OK && (!key || len == 0))
        return RPCSEC_INTERNAL;
    if (!copy)
        return RPCSEC_NO_MEMORY;
    return rpcsec_call_arena(call) ? RPCSEC_OK : RPCSEC_INTERNAL;
}

static bool authorise(void *arg, const struct rpcsec_request *request)
{
    (void)arg;
    return !request->object || request->object->time_low != REFUSED;
}

static struct rpcsec_operation operations[SERVICE_AGAIN + 1];
static struct rpcsec_interface interface;

static void make_interface(void)
{
    interface = service_interface;
    memcpy(operations, service_interface.operations, sizeof(operations));
    operations[SERVICE_AGAIN].dispatch = serve_deferred;
    operations[SERVICE_SLEEP].dispatch = serve_key;
    interface.operations = operations;
}

/* ---- the server ---- */

static struct test_server server;
static struct rpcsec_policy *policy;
static struct reports reports;
static char port[8];

static int start_server(void **state)
{
    const struct rpcsec_service service = {&interface, &server.counts};
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .level = RPCSEC_LEVEL_INTEGRITY,
                                                   .authorise = authorise,
                                                   .session_key = true};

    (void)state;
    make_interface();
    reports_init(&reports);
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CALL_MS, WAIT_MS));
    test_server_make(&server, policy);
    server.server->acceptor.packages[0] = &fake_package;
    server.server->acceptor.num_packages = 1;
    assert_ok(rpcsec_server_add_with(server.server, service, &options, NULL));
    assert_ok(rpcsec_server_add(server.server, locker_interface(&locker), NULL));
    assert_ok(rpcsec_server_add_mgmt(server.server, NULL));
    assert_ok(rpcsec_server_add_epm(server.server, NULL));
    reports_from(&reports, server.server);
    test_server_run(&server, ANY_PORT);
    snprintf(port, sizeof(port), "%u", (unsigned)server.port);
    return 0;
}

static int stop_server(void **state)
{
    (void)state;
    test_server_stop(&server);
    assert_int_equal(atomic_load(&num_objects), 0);
    rpcsec_policy_free(policy);
    return 0;
}

/* ---- what the client does ---- */

static rpcsec_status expect_fault(rpcsec_status status)
{
    if (status == RPCSEC_REMOTE_FAULT)
        return RPCSEC_OK;
    return status == RPCSEC_OK ? RPCSEC_INTERNAL : status;
}

static rpcsec_status one_add(struct rpcsec_client *client)
{
    uint32_t sum = 0;
    rpcsec_status status = do_add(client, 41, &sum, NULL);

    return status == RPCSEC_OK && sum != 42 ? RPCSEC_INTERNAL : status;
}

static rpcsec_status use_handle(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    locker_box box = {{0}};
    uint32_t number = 0;
    rpcsec_status status = locker_open(client, arena, 1, &box, NULL);

    if (status == RPCSEC_OK)
        status = locker_read(client, arena, box, 0, &number, NULL);
    if (status == RPCSEC_OK && number != 7)
        status = RPCSEC_INTERNAL;
    return status ? status : locker_close(client, arena, &box, NULL);
}

static rpcsec_status leave_handles(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    locker_box a = {{0}};
    locker_box b = {{0}};
    rpcsec_status status = locker_next(client, arena, &a, NULL);

    if (status == RPCSEC_OK)
        status = locker_open(client, arena, 1, &b, NULL);
    if (status == RPCSEC_OK)
        status = locker_next(client, arena, &a, NULL);
    return status ? status : locker_move(client, arena, a, b, NULL);
}

static rpcsec_status use_shelf(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    locker_shelf shelf = {{0}};
    uint32_t number = 0;
    rpcsec_status status = locker_open_shelf(client, arena, 1, &shelf, NULL);

    if (status == RPCSEC_OK)
        status = locker_read_shelf(client, arena, shelf, 0, &number, NULL);
    return status ? status : locker_close_shelf(client, arena, &shelf, NULL);
}

static rpcsec_status lose_handle(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    locker_box box = {.handle = {.uuid = {.time_low = 99}}};
    uint32_t number = 0;
    rpcsec_status status = expect_fault(locker_read(client, arena, box, 0, &number, NULL));

    return status ? status : expect_fault(locker_fail(client, arena, &box, NULL));
}

static rpcsec_status be_answered_later(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    (void)arena;
    return do_number(client, SERVICE_AGAIN, 1, NULL);
}

static rpcsec_status use_key(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    (void)arena;
    return do_number(client, SERVICE_SLEEP, 1, NULL);
}

static rpcsec_status echo_much(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    (void)arena;
    return do_echo(client, 20000, NULL);
}

static rpcsec_status through_view(struct rpcsec_client *client,
                                  const struct rpcsec_call_options *options,
                                  rpcsec_status (*talk)(struct rpcsec_client *client))
{
    struct rpcsec_client *view = NULL;
    rpcsec_status status = rpcsec_client_with(client, options, &view, NULL);

    if (status == RPCSEC_OK)
        status = talk(view);
    rpcsec_client_close(view);
    return status;
}

static rpcsec_status be_two(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    const struct rpcsec_call_options options = {.size = sizeof(options),
                                                .level = RPCSEC_LEVEL_INTEGRITY};
    const struct rpcsec_call_options third = {.size = sizeof(third), .ccache = "MEMORY:third"};
    rpcsec_status status = through_view(client, &options, one_add);

    (void)arena;
    if (status == RPCSEC_OK)
        status = through_view(client, &third, one_add);
    if (status == RPCSEC_OK)
        status = through_view(client, &options, one_add);
    return status ? status : one_add(client);
}

static rpcsec_status be_refused(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    const struct rpcsec_uuid uuid = {.time_low = REFUSED};
    const struct rpcsec_call_options options = {.size = sizeof(options), .object = &uuid};
    rpcsec_status status = expect_fault(through_view(client, &options, one_add));

    (void)arena;
    if (status == RPCSEC_OK)
        status = expect_fault(do_number(client, SERVICE_UNUSED, 1, NULL));
    return status ? status : one_add(client);
}

static rpcsec_status ask_mgmt(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    mgmt_if_id_vector_p vector = NULL;
    uint32_t *numbers = NULL;
    uint32_t count = 4;
    uint32_t answer = 0;
    char *name = NULL;
    rpcsec_status status = mgmt_inq_if_ids(client, arena, &vector, &answer, NULL);

    if (status == RPCSEC_OK && vector->count != 4)
        return RPCSEC_INTERNAL;
    if (status == RPCSEC_OK)
        status = mgmt_inq_stats(client, arena, &count, &numbers, &answer, NULL);
    return status ? status : mgmt_inq_princ_name(client, arena, 16, 100, &name, &answer, NULL);
}

static rpcsec_status list_entries(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    epm_lookup_handle handle = {{0}};
    epm_entry *entries = NULL;
    uint32_t answer = 0;
    uint32_t num = 0;
    rpcsec_status status = RPCSEC_OK;

    for (int i = 0; i < 2 && status == RPCSEC_OK; i++)
        status = epm_ept_lookup(client, arena, 0, NULL, NULL, 1, &handle, 1, &num, &entries,
                                &answer, NULL);
    if (status == RPCSEC_OK && (answer || num != 1))
        return RPCSEC_INTERNAL;
    return status ? status : epm_ept_lookup_handle_free(client, arena, &handle, &answer, NULL);
}

static rpcsec_status map_service(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    const struct tower tower = {.interface = service_interface.id,
                                .transfer = syntax_ndr,
                                .rpc = TOWER_NCACN,
                                .transport = TOWER_TCP};
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    epm_twr *twr = NULL;
    uint32_t num = 0;
    uint32_t answer = 0;
    rpcsec_status status;
    struct buf octets;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, &tower);
    status = buf_status(&octets);
    if (status == RPCSEC_OK)
        twr = rpcsec_arena_alloc(arena, sizeof(*twr) + octets.len);
    if (twr) {
        twr->tower_length = (uint32_t)octets.len;
        memcpy(twr->tower_octet_string, octets.data, octets.len);
        status =
            epm_ept_map(client, arena, NULL, twr, &handle, 4, &num, &towers, &answer, NULL);
    }
    buf_done(&octets);
    if (twr && status == RPCSEC_OK && num != 1)
        return RPCSEC_INTERNAL;
    return twr ? status : RPCSEC_NO_MEMORY;
}

/* ---- asynchronous calls ---- */

static rpcsec_status send_add(struct rpcsec_client *client, uint32_t number,
                              rpcsec_pending_done *done, void *arg,
                              struct rpcsec_pending **ret_call)
{
    const struct add_args args = {.number = number};

    return rpcsec_client_send(client, &service_interface, SERVICE_ADD, &args, done, arg,
                              ret_call, NULL);
}

static rpcsec_status receive(struct rpcsec_pending *call, struct rpcsec_arena *arena)
{
    struct add_args args = {0};
    rpcsec_status status =
        rpcsec_pending_recv(call, arena, &service_interface, SERVICE_ADD, &args, NULL);

    return status == RPCSEC_OK && args.sum != args.number + 1 ? RPCSEC_INTERNAL : status;
}

static rpcsec_status pipeline(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    struct rpcsec_pending *calls[5] = {NULL};
    rpcsec_status status = RPCSEC_OK;

    for (uint32_t i = 0; i < NUM_OF(calls) && status == RPCSEC_OK; i++)
        status = send_add(client, i, NULL, NULL, &calls[i]);
    if (calls[1])
        rpcsec_pending_cancel(calls[1]);
    rpcsec_pending_free(calls[2]);
    calls[2] = NULL;
    for (size_t i = 0; i < NUM_OF(calls); i++) {
        rpcsec_status got = calls[i] ? receive(calls[i], arena) : RPCSEC_OK;

        if (status == RPCSEC_OK && got != RPCSEC_CANCELLED)
            status = got;
    }
    return status;
}

struct told {
    struct rpcsec_arena *arena;
    rpcsec_status status;
    bool is_told;
};

static void take_result(struct rpcsec_pending *call, void *arg)
{
    struct told *told = arg;

    told->status = receive(call, told->arena);
    told->is_told = true;
}

static rpcsec_status in_a_loop(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    struct told told = {.arena = arena};
    struct pollfd poller = {.fd = rpcsec_client_fd(client), .events = POLLIN};
    const uint64_t until_ms = loop_now_ms() + WAIT_MS;
    struct rpcsec_pending *call = NULL;
    rpcsec_status status = send_add(client, 1, take_result, &told, &call);

    while (status == RPCSEC_OK && !told.is_told) {
        if (loop_now_ms() > until_ms) {
            rpcsec_pending_free(call);
            return RPCSEC_TIMED_OUT;
        }
        (void)poll(&poller, 1, 20);
        status = rpcsec_client_process(client, NULL);
    }
    return status ? status : told.status;
}

/* ---- opening ---- */

typedef rpcsec_status use_client(struct rpcsec_client *client, struct rpcsec_arena *arena);

static void show_leg(void *arg, const struct rpcsec_leg *leg)
{
    (void)arg;
    assert_true(leg->number > 0);
}

static void show_request(void *arg, const uint8_t *plain, size_t plain_len, const uint8_t *wire,
                         size_t wire_len)
{
    (void)arg;
    assert_true(plain && wire && plain_len <= wire_len);
}

static rpcsec_status open_secured(struct rpcsec_client *join, unsigned transfers,
                                  struct rpcsec_client **ret_client)
{
    const struct rpcsec_client_options options = {.size = sizeof(options),
                                                  .policy = policy,
                                                  .transfers = transfers,
                                                  .on_leg = show_leg,
                                                  .on_request = show_request,
                                                  .join = join};
    struct transport *transport = NULL;
    rpcsec_status status = transport_tcp_connect("127.0.0.1", port, WAIT_MS, &transport, NULL);

    return status ? status
                  : client_open_over(transport, &fake_package, "test/server.example", &options,
                                     ret_client, NULL);
}

/* A handle of the one is used by the other. */
static rpcsec_status join_clients(struct rpcsec_client *client, struct rpcsec_arena *arena)
{
    struct rpcsec_client *other = NULL;
    locker_box box = {{0}};
    uint32_t number = 0;
    rpcsec_status status = locker_open(client, arena, 1, &box, NULL);

    if (status == RPCSEC_OK)
        status = open_secured(client, 0, &other);
    if (status == RPCSEC_OK)
        status = locker_read(other, arena, box, 0, &number, NULL);
    rpcsec_client_close(other);
    return status ? status : locker_close(client, arena, &box, NULL);
}

static const struct flow {
    const char *name;
    use_client *use;
    unsigned transfers;
} flows[] = {
    {"a handle", use_handle, RPCSEC_TRANSFER_NDR | RPCSEC_TRANSFER_NDR64},
    {"handles that are left", leave_handles, 0},
    {"a shared handle", use_shelf, RPCSEC_TRANSFER_NDR64},
    {"handles that are not there", lose_handle, 0},
    {"joined clients", join_clients, 0},
    {"a deferred answer", be_answered_later, 0},
    {"a session key", use_key, 0},
    {"fragments", echo_much, 0},
    {"three security contexts", be_two, 0},
    {"refusals", be_refused, 0},
    {"mgmt", ask_mgmt, 0},
    {"lookup", list_entries, 0},
    {"map", map_service, 0},
    {"a pipeline", pipeline, RPCSEC_TRANSFER_NDR | RPCSEC_TRANSFER_NDR64},
    {"an event loop", in_a_loop, 0},
};

static rpcsec_status run(const struct flow *flow)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct rpcsec_client *client = NULL;
    rpcsec_status status = arena ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    if (status == RPCSEC_OK)
        status = open_secured(NULL, flow->transfers, &client);
    if (status == RPCSEC_OK)
        status = flow->use(client, arena);
    rpcsec_client_close(client);
    rpcsec_arena_free(arena);
    return status;
}

static void check_works(const struct flow *flow, uint64_t nth)
{
    rpcsec_status status = run(flow);

    if (status)
        fail_msg("%s: after request %u had failed it does not work: %s", flow->name,
                 (unsigned)nth, rpcsec_status_name(status));
}

/* Nobody waits for nothing, and a wrong result is none, whichever end's memory ended. */
static uint64_t run_failing(const struct flow *flow, uint64_t nth, bool from_then_on)
{
    rpcsec_status status;
    uint64_t num;

    mem_test_fail_at(nth, from_then_on);
    status = run(flow);
    num = mem_test_requests();
    mem_test_fail_at(0, false);
    if (status == RPCSEC_TIMED_OUT || status == RPCSEC_INTERNAL)
        fail_msg("%s: request %u failed%s: %s", flow->name, (unsigned)nth,
                 from_then_on ? ", and all after it" : "", rpcsec_status_name(status));
    return num;
}

static void memory_that_ends_harms_one_client_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(flows); i++) {
        uint64_t nth = 1;

        check_works(&flows[i], 0);
        while (run_failing(&flows[i], nth, false) >= nth && nth < MAX_REQUESTS) {
            if (nth % 8 == 0) {
                (void)run_failing(&flows[i], nth, true);
                check_works(&flows[i], nth);
            }
            nth++;
        }
        check_works(&flows[i], nth);
        assert_in_range(nth, 10, MAX_REQUESTS - 1);
        print_message("%s: %u requests\n", flows[i].name, (unsigned)nth - 1);
    }
    assert_true(atomic_load(&reports.num_errors) > 0);
}

/* ---- limits of secured clients ---- */

static void one_security_context_is_all_that_a_limit_of_one_gives(void **state)
{
    const struct rpcsec_call_options options = {.size = sizeof(options),
                                                .level = RPCSEC_LEVEL_INTEGRITY};
    const struct rpcsec_call_options none = {
        .size = sizeof(none), .level = RPCSEC_LEVEL_NONE, .mechanism = RPCSEC_MECH_KERBEROS};
    struct rpcsec_policy *shared = policy;
    struct rpcsec_client *client = NULL;
    struct rpcsec_client *view = NULL;

    (void)state;
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_SECURITY_CONTEXTS, 1));
    assert_ok(open_secured(NULL, 0, &client));
    assert_ok(one_add(client));
    assert_status(rpcsec_client_with(client, &options, &view, NULL), RPCSEC_LIMIT);
    assert_status(rpcsec_client_with(client, &none, &view, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_null(view);
    assert_ok(one_add(client));
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
    policy = shared;
}

static void interfaces_of_a_connection_are_limited(void **state)
{
    struct rpcsec_policy *shared = policy;
    struct rpcsec_client *client = NULL;
    rpcsec_status status = RPCSEC_OK;
    int num = 0;

    (void)state;
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_PRESENTATION_CONTEXTS, 4));
    assert_ok(open_secured(NULL, 0, &client));
    while (num < 10 && (status == RPCSEC_OK || status == RPCSEC_BIND_REJECTED)) {
        struct rpcsec_interface unknown = other_interface;

        unknown.id.uuid.time_low += (uint32_t)num;
        status = num ? rpcsec_client_bind(client, &unknown, NULL) : one_add(client);
        num++;
    }
    assert_status(status, RPCSEC_LIMIT);
    assert_int_equal(num, 5);
    assert_ok(one_add(client)); /* what was bound still works */
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
    policy = shared;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_that_ends_harms_one_client_only, start_server,
                                        stop_server),
        cmocka_unit_test_setup_teardown(one_security_context_is_all_that_a_limit_of_one_gives,
                                        start_server, stop_server),
        cmocka_unit_test_setup_teardown(interfaces_of_a_connection_are_limited, start_server,
                                        stop_server),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
