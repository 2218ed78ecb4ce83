/* SPDX-License-Identifier: MIT
 *
 * Tests of context handles, through stubs that rpcsec-idl makes and a server that runs.
 */
#include "harness/test.h"

#include <stdatomic.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/uuid.h"
#include "locker.h"
#include "runtime/server.h"
#include "server/raw_peer.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

/* ---- the service ---- */

struct box {
    uint32_t number;
    atomic_uint inside; /* calls */
    atomic_uint most_inside;
};

static atomic_int num_boxes;
static atomic_int num_run_down;

static struct box *new_box(uint32_t number)
{
    struct box *box = mem_zalloc(sizeof(*box));

    assert_non_null(box);
    box->number = number;
    atomic_fetch_add(&num_boxes, 1);
    return box;
}

static void free_box(struct box *box)
{
    mem_free(box);
    atomic_fetch_sub(&num_boxes, 1);
}

static void run_down(void *object)
{
    atomic_fetch_add(&num_run_down, 1);
    free_box(object);
}

static rpcsec_status serve_open(struct rpcsec_call *call, uint32_t number, locker_box *ret_box)
{
    struct box *box = new_box(number);
    rpcsec_status status = locker_box_new(call, box, ret_box);

    if (status)
        free_box(box);
    return status;
}

/* Stays inside until another call is too, at most for the time given. */
static void stay(struct box *box, uint32_t wait_ms)
{
    unsigned now = atomic_fetch_add(&box->inside, 1) + 1;

    if (now > atomic_load(&box->most_inside))
        atomic_store(&box->most_inside, now);
    for (uint32_t ms = 0; ms < wait_ms && atomic_load(&box->most_inside) < 2; ms += 5)
        usleep(5000);
    atomic_fetch_sub(&box->inside, 1);
}

static rpcsec_status serve_read(struct rpcsec_call *call, locker_box handle, uint32_t wait_ms,
                                uint32_t *ret_number)
{
    struct box *box = locker_box_get(call, handle);

    stay(box, wait_ms);
    *ret_number = box->number + 1000 * atomic_load(&box->most_inside);
    return RPCSEC_OK;
}

static rpcsec_status serve_close(struct rpcsec_call *call, locker_box *handle)
{
    struct box *box = locker_box_take(call, handle);

    if (!box)
        return RPCSEC_INVALID_ARGUMENT;
    free_box(box);
    return RPCSEC_OK;
}

static rpcsec_status serve_open_shelf(struct rpcsec_call *call, uint32_t number,
                                      locker_shelf *ret_shelf)
{
    return locker_shelf_new(call, new_box(number), ret_shelf);
}

static rpcsec_status serve_read_shelf(struct rpcsec_call *call, locker_shelf handle,
                                      uint32_t wait_ms, uint32_t *ret_number)
{
    struct box *box = locker_shelf_get(call, handle);

    stay(box, wait_ms);
    if (locker_shelf_take(call, &handle)) /* others may have it */
        return RPCSEC_INTERNAL;
    *ret_number = box->number + 1000 * atomic_load(&box->most_inside);
    return RPCSEC_OK;
}

static rpcsec_status serve_close_shelf(struct rpcsec_call *call, locker_shelf *handle)
{
    struct box *box = locker_shelf_take(call, handle);

    if (atomic_load(&box->inside))
        return RPCSEC_INTERNAL;
    free_box(box);
    return RPCSEC_OK;
}

static rpcsec_status serve_next(struct rpcsec_call *call, locker_box *handle)
{
    struct box *box = locker_box_get(call, *handle);

    if (!box)
        return locker_box_new(call, new_box(1), handle);
    box->number++;
    return RPCSEC_OK;
}

static rpcsec_status serve_fail(struct rpcsec_call *call, locker_box *ret_box)
{
    rpcsec_status status = locker_box_new(call, new_box(9), ret_box);

    return status ? status : RPCSEC_ACCESS_DENIED;
}

static rpcsec_status serve_move(struct rpcsec_call *call, locker_box from, locker_box to)
{
    struct box *source = locker_box_get(call, from);
    struct box *target = locker_box_get(call, to);

    target->number = source->number;
    return RPCSEC_OK;
}

static rpcsec_status serve_raw(struct rpcsec_call *call, uint32_t number,
                               struct rpcsec_context_handle *ret_made)
{
    return rpcsec_call_handle_new(call, "context_handle", new_box(number), ret_made);
}

static rpcsec_status serve_read_raw(struct rpcsec_call *call, struct rpcsec_context_handle raw,
                                    uint32_t *ret_number)
{
    struct box *box = rpcsec_call_handle_get(call, "context_handle", &raw);

    *ret_number = box->number;
    return RPCSEC_OK;
}

static const struct locker_ops ops = {
    .open = serve_open,
    .read = serve_read,
    .close = serve_close,
    .open_shelf = serve_open_shelf,
    .read_shelf = serve_read_shelf,
    .close_shelf = serve_close_shelf,
    .next = serve_next,
    .fail = serve_fail,
    .move = serve_move,
    .raw = serve_raw,
    .read_raw = serve_read_raw,
    .locker_box_rundown = run_down,
    .locker_shelf_rundown = run_down,
    .context_handle_rundown = run_down,
};

/* ---- set-up ---- */

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    f->arena = rpcsec_arena_new(0);
    atomic_store(&num_run_down, 0);
    *state = f;
    return 0;
}

static void start(struct fixture *f)
{
    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add(f->server.server, locker_interface(&ops), NULL));
    test_server_run(&f->server, ANY_PORT);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, NULL));
}

/* Whatever a test left open is run down at the latest now. */
static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    if (f->server.server)
        test_server_stop(&f->server);
    assert_int_equal(atomic_load(&num_boxes), 0);
    rpcsec_arena_free(f->arena);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void assert_mismatch(struct fixture *f, rpcsec_status status)
{
    assert_status(status, RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, PDU_FAULT_CONTEXT_MISMATCH);
}

static bool becomes(atomic_int *value, int wanted)
{
    for (int i = 0; i < 1000 && atomic_load(value) != wanted; i++)
        usleep(5000);
    return atomic_load(value) == wanted;
}

/* ---- tests ---- */

static void a_handle_names_its_object_until_it_is_closed(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};
    locker_box copy;
    uint32_t number = 0;

    start(f);
    assert_ok(locker_open(f->client, f->arena, 7, &box, &f->err));
    assert_false(uuid_is_nil(&box.handle.uuid));
    assert_ok(locker_read(f->client, f->arena, box, 0, &number, &f->err));
    assert_int_equal(number % 1000, 7);
    copy = box;
    assert_ok(locker_close(f->client, f->arena, &box, &f->err));
    assert_true(uuid_is_nil(&box.handle.uuid));
    assert_int_equal(atomic_load(&num_boxes), 0);
    assert_mismatch(f, locker_read(f->client, f->arena, copy, 0, &number, &f->err));
    assert_mismatch(f, locker_close(f->client, f->arena, &copy, &f->err));
    assert_int_equal(atomic_load(&num_run_down), 0);
}

static void handles_that_are_not_there_are_refused_before_the_manager(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};
    locker_box wrong;
    uint32_t number;

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &box, &f->err));
    wrong = box;
    wrong.handle.uuid.node[5] ^= 1;
    assert_mismatch(f, locker_read(f->client, f->arena, wrong, 0, &number, &f->err));
    wrong = box;
    wrong.handle.attributes = 1;
    assert_mismatch(f, locker_read(f->client, f->arena, wrong, 0, &number, &f->err));
    memset(&wrong, 0, sizeof(wrong)); /* none at all, where one must be */
    assert_mismatch(f, locker_read(f->client, f->arena, wrong, 0, &number, &f->err));
    assert_mismatch(f, locker_move(f->client, f->arena, box, wrong, &f->err));
    assert_ok(locker_read(f->client, f->arena, box, 0, &number, &f->err));
}

static void a_handle_of_another_type_is_refused(void **state)
{
    struct fixture *f = *state;
    locker_shelf shelf = {{0}};
    struct rpcsec_context_handle raw = {0};
    uint32_t number = 0;

    start(f);
    assert_ok(locker_open_shelf(f->client, f->arena, 1, &shelf, &f->err));
    assert_ok(locker_raw(f->client, f->arena, 5, &raw, &f->err));
    assert_mismatch(
        f, locker_read(f->client, f->arena, (locker_box){shelf.handle}, 0, &number, &f->err));
    assert_mismatch(f, locker_read_raw(f->client, f->arena, shelf.handle, &number, &f->err));
    assert_mismatch(f,
                    locker_read(f->client, f->arena, (locker_box){raw}, 0, &number, &f->err));
    assert_ok(locker_read_raw(f->client, f->arena, raw, &number, &f->err));
    assert_int_equal(number, 5);
}

static void an_empty_in_out_handle_is_there_to_be_made(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};
    locker_box before;
    uint32_t number = 0;

    start(f);
    assert_ok(locker_next(f->client, f->arena, &box, &f->err));
    before = box;
    assert_ok(locker_next(f->client, f->arena, &box, &f->err));
    assert_memory_equal(&before, &box, sizeof(box));
    assert_ok(locker_read(f->client, f->arena, box, 0, &number, &f->err));
    assert_int_equal(number % 1000, 2);
}

static void one_handle_may_be_two_parameters_of_a_call(void **state)
{
    struct fixture *f = *state;
    locker_box a = {{0}};
    locker_box b = {{0}};
    uint32_t number = 0;

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &a, &f->err));
    assert_ok(locker_open(f->client, f->arena, 2, &b, &f->err));
    assert_ok(locker_move(f->client, f->arena, a, a, &f->err));
    assert_ok(locker_move(f->client, f->arena, b, a, &f->err));
    assert_ok(locker_read(f->client, f->arena, a, 0, &number, &f->err));
    assert_int_equal(number % 1000, 2);
}

static void a_call_that_fails_leaves_no_handle_behind(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};

    start(f);
    assert_status(locker_fail(f->client, f->arena, &box, &f->err), RPCSEC_REMOTE_FAULT);
    assert_true(becomes(&num_run_down, 1));
    assert_int_equal(f->server.server->handles.num, 0);
}

static void what_a_client_leaves_open_is_run_down(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};
    locker_shelf shelf = {{0}};

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &box, &f->err));
    assert_ok(locker_open_shelf(f->client, f->arena, 1, &shelf, &f->err));
    rpcsec_client_close(f->client);
    f->client = NULL;
    assert_true(becomes(&num_run_down, 2));
    assert_true(becomes(&num_boxes, 0));
}

static void a_server_that_stops_runs_all_down_first(void **state)
{
    struct fixture *f = *state;
    locker_box box = {{0}};

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &box, &f->err));
    test_server_stop(&f->server);
    assert_int_equal(atomic_load(&num_run_down), 1);
}

static void another_association_may_not_use_a_handle(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *other = NULL;
    locker_box box = {{0}};
    uint32_t number;

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &box, &f->err));
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &other, NULL));
    assert_mismatch(f, locker_read(other, f->arena, box, 0, &number, &f->err));
    assert_mismatch(f, locker_close(other, f->arena, &box, &f->err));
    rpcsec_client_close(other);
    assert_ok(locker_read(f->client, f->arena, box, 0, &number, &f->err));
}

/* ---- several connections of one association ---- */

enum { OPEN = 0, READ = 1, CLOSE = 2 };

static void a_handle_lives_as_long_as_the_last_connection(void **state)
{
    struct fixture *f = *state;
    const uint8_t number[4] = {0x2a, 0, 0, 0};
    uint8_t stub[64] = {0};
    uint8_t handle[24] = {0}; /* and what read waits */
    uint32_t group;
    int first;
    int second;

    start(f);
    first = test_server_connect(&f->server);
    second = test_server_connect(&f->server);
    group = raw_bind(first, &locker_client_interface, 0);
    assert_int_equal(raw_bind(second, &locker_client_interface, group), group);
    assert_int_equal(raw_call(first, 2, OPEN, number, 4, handle, sizeof(handle)), 20);
    assert_int_equal(raw_call(second, 2, READ, handle, 24, stub, sizeof(stub)), 4);
    assert_int_equal(stub[0], (0x2a + 1000) & 0xFF);
    close(first);
    assert_int_equal(raw_call(second, 3, READ, handle, 24, stub, sizeof(stub)), 4);
    assert_int_equal(atomic_load(&num_run_down), 0);
    close(second);
    assert_true(becomes(&num_run_down, 1));
}

/* ---- one after the other ---- */

struct reader {
    struct fixture *f;
    locker_box box;
    locker_shelf shelf;
    uint32_t wait_ms;
    uint32_t number;
    rpcsec_status status;
};

static void *read_box(void *arg)
{
    struct reader *r = arg;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    r->status = locker_read(r->f->client, arena, r->box, r->wait_ms, &r->number, NULL);
    rpcsec_arena_free(arena);
    return NULL;
}

static void *read_shelf(void *arg)
{
    struct reader *r = arg;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    r->status = locker_read_shelf(r->f->client, arena, r->shelf, r->wait_ms, &r->number, NULL);
    rpcsec_arena_free(arena);
    return NULL;
}

static void calls_on_one_handle_run_one_after_the_other(void **state)
{
    enum { NUM_READERS = 4 };
    struct fixture *f = *state;
    struct reader readers[NUM_READERS];
    pthread_t threads[NUM_READERS];
    locker_box box = {{0}};

    start(f);
    assert_ok(locker_open(f->client, f->arena, 1, &box, &f->err));
    for (int i = 0; i < NUM_READERS; i++) {
        readers[i] = (struct reader){.f = f, .box = box, .wait_ms = 30};
        assert_int_equal(pthread_create(&threads[i], NULL, read_box, &readers[i]), 0);
    }
    for (int i = 0; i < NUM_READERS; i++) {
        pthread_join(threads[i], NULL);
        assert_ok(readers[i].status);
        assert_int_equal(readers[i].number, 1001); /* never two inside */
    }
}

static void shared_handles_are_read_at_once_and_ended_alone(void **state)
{
    struct fixture *f = *state;
    struct reader readers[2];
    pthread_t threads[2];
    locker_shelf shelf = {{0}};

    start(f);
    assert_ok(locker_open_shelf(f->client, f->arena, 1, &shelf, &f->err));
    for (int i = 0; i < 2; i++) {
        readers[i] = (struct reader){.f = f, .shelf = shelf, .wait_ms = 20000};
        assert_int_equal(pthread_create(&threads[i], NULL, read_shelf, &readers[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_ok(readers[i].status);
        assert_int_equal(readers[i].number, 2001); /* both inside */
    }
    assert_ok(locker_close_shelf(f->client, f->arena, &shelf, &f->err));
}

/* Who waits for a handle that ends meanwhile hears what he would have heard later. */
static void a_call_that_waited_for_a_closed_handle_is_refused(void **state)
{
    struct fixture *f = *state;
    const uint8_t number[4] = {1};
    uint8_t handle[24] = {0};
    uint8_t pdu[LIMIT_PDU_LEN];
    struct pdu_header header;
    int fd;

    start(f);
    fd = test_server_connect(&f->server);
    raw_bind(fd, &locker_client_interface, 0);
    assert_int_equal(raw_call(fd, 2, OPEN, number, 4, handle, sizeof(handle)), 20);
    handle[20] = 100; /* milliseconds */
    raw_request(fd, 3, READ, handle, 24);
    raw_request(fd, 4, CLOSE, handle, 20);
    raw_request(fd, 5, READ, handle, 24);
    for (uint32_t id = 3; id < 6; id++) {
        assert_true(raw_receive(fd, pdu, &header));
        assert_int_equal(header.call_id, id);
        assert_int_equal(header.type, id == 5 ? PDU_FAULT : PDU_RESPONSE);
    }
    close(fd);
}

static void handles_have_a_limit_for_each_association_and_for_all(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *other = NULL;
    locker_box boxes[3];
    locker_box box;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDLES, 2));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_SERVER_HANDLES, 3));
    start(f);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &other, NULL));
    assert_ok(locker_open(f->client, f->arena, 1, &boxes[0], &f->err));
    assert_ok(locker_open(f->client, f->arena, 1, &boxes[1], &f->err));
    assert_status(locker_open(f->client, f->arena, 1, &box, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, PDU_FAULT_SERVER_TOO_BUSY);
    assert_ok(locker_open(other, f->arena, 1, &boxes[2], &f->err));
    assert_status(locker_open(other, f->arena, 1, &box, &f->err), RPCSEC_REMOTE_FAULT);
    assert_ok(locker_close(f->client, f->arena, &boxes[0], &f->err));
    assert_ok(locker_open(other, f->arena, 1, &box, &f->err)); /* a place became free */
    rpcsec_client_close(other);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_handle_names_its_object_until_it_is_closed),
        T(handles_that_are_not_there_are_refused_before_the_manager),
        T(a_handle_of_another_type_is_refused),
        T(an_empty_in_out_handle_is_there_to_be_made),
        T(one_handle_may_be_two_parameters_of_a_call),
        T(a_call_that_fails_leaves_no_handle_behind),
        T(what_a_client_leaves_open_is_run_down),
        T(a_server_that_stops_runs_all_down_first),
        T(another_association_may_not_use_a_handle),
        T(a_handle_lives_as_long_as_the_last_connection),
        T(calls_on_one_handle_run_one_after_the_other),
        T(shared_handles_are_read_at_once_and_ended_alone),
        T(a_call_that_waited_for_a_closed_handle_is_refused),
        T(handles_have_a_limit_for_each_association_and_for_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
