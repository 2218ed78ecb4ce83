/* SPDX-License-Identifier: MIT
 *
 * Tests of the server of runtime/: peers that misbehave, limits, addresses, the management
 * interface, the order of its entries.
 */
#include "harness/test.h"

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/uuid.h"
#include "base/limits.h"
#include "harness/alloc_check.h"
#include "idl/gen/mgmt.h"
#include "loop/loop.h"
#include "pdu/pdu.h"
#include "runtime/server.h"
#include "unit/runtime_service.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    if (f->server.server)
        test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void assert_served(struct fixture *f)
{
    struct rpcsec_client *client = NULL;
    uint32_t sum = 0;
    rpcsec_status status =
        rpcsec_client_open(f->server.binding, NULL, f->policy, &client, &f->err);

    if (status == RPCSEC_OK)
        status = do_add(client, 6, &sum, &f->err);
    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    assert_int_equal(sum, 7);
    rpcsec_client_close(client);
}

/* True when the peer closed the connection within the time. */
static bool is_closed(int fd, int within_ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char bytes[4096];

    while (poll(&p, 1, within_ms) > 0) {
        if (recv(fd, bytes, sizeof(bytes), 0) <= 0)
            return true;
    }
    return false;
}

/* ---- strangers ---- */

static void garbage_closes_the_connection_and_harms_nobody(void **state)
{
    static const char *garbage[] = {
        "GET / HTTP/1.0\r\n\r\n",
        "\x05\x01\x0b\x03\x10\x00\x00\x00\x48\x00\x00\x00\x01\x00\x00\x00", /* minor version 1
                                                                             */
        "\x05\x00\x0b\x03\x10\x00\x00\x00\x0f\x00\x00\x00\x01\x00\x00\x00", /* too short */
        "\x05\x00\x0b\x03\x10\x00\x00\x00\x10\x00\xff\xff\x01\x00\x00\x00", /* auth_len */
        "\x05\x00\x00\x03\x10\x00\x00\x00\x18\x00\x00\x00\x01\x00\x00\x00"
        "\x00\x00\x00\x00\x00\x00\x00\x00", /* a request before any bind */
        "\x05\x00\x02\x03\x10\x00\x00\x00\x18\x00\x00\x00\x01\x00\x00\x00"
        "\x00\x00\x00\x00\x00\x00\x00\x00",                                 /* a response */
        "\x05\x00\xff\x03\x10\x00\x00\x00\x10\x00\x00\x00\x01\x00\x00\x00", /* no such type */
    };
    static const size_t lens[] = {18, 16, 16, 16, 24, 24, 16};
    struct fixture *f = *state;

    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    for (size_t i = 0; i < NUM_OF(garbage); i++) {
        int fd = test_server_connect(&f->server);

        assert_int_equal(send(fd, garbage[i], lens[i], 0), lens[i]);
        assert_true(is_closed(fd, 2000));
        close(fd);
    }
    assert_served(f);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
}

static void a_handshake_that_takes_too_long_is_ended(void **state)
{
    struct fixture *f = *state;
    int silent;
    int slow;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDSHAKE_MS, 150));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    silent = test_server_connect(&f->server);
    slow = test_server_connect(&f->server);
    assert_int_equal(send(slow, "\x05\x00\x0b\x03\x10", 5, 0), 5);
    assert_served(f);
    assert_true(is_closed(silent, 2000));
    assert_true(is_closed(slow, 2000));
    assert_served(f);
    close(silent);
    close(slow);
}

static void the_oldest_half_open_connection_gives_way(void **state)
{
    enum { NUM_STRANGERS = 40 };
    struct fixture *f = *state;
    int fds[NUM_STRANGERS];
    int num_closed = 0;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDSHAKES, 8));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    for (int i = 0; i < NUM_STRANGERS; i++)
        fds[i] = test_server_connect(&f->server);
    assert_served(f); /* one who comes now is served */
    for (int i = 0; i < NUM_STRANGERS; i++)
        num_closed += is_closed(fds[i], 10);
    assert_in_range(num_closed, NUM_STRANGERS - 8, NUM_STRANGERS);
    assert_true(is_closed(fds[0], 10));
    for (int i = 0; i < NUM_STRANGERS; i++)
        close(fds[i]);
}

static void connections_beyond_the_limit_are_closed_at_once(void **state)
{
    struct fixture *f = *state;
    int fds[3];

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CONNECTIONS, 2));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    for (int i = 0; i < 3; i++)
        fds[i] = test_server_connect(&f->server);
    assert_true(is_closed(fds[2], 2000));
    assert_false(is_closed(fds[0], 20));
    assert_false(is_closed(fds[1], 20));
    for (int i = 0; i < 3; i++)
        close(fds[i]);
    for (int i = 0; i < 100; i++) { /* their places are free again */
        struct rpcsec_client *client = NULL;
        uint32_t sum;
        rpcsec_status status =
            rpcsec_client_open(f->server.binding, NULL, f->policy, &client, NULL);

        if (status == RPCSEC_OK)
            status = do_add(client, 1, &sum, NULL);
        rpcsec_client_close(client);
        if (status == RPCSEC_OK)
            return;
        usleep(10000);
    }
    fail_msg("no place became free");
}

/* ---- addresses ---- */

static void ipv6_is_served(void **state)
{
    struct fixture *f = *state;

    test_server_start(&f->server, f->policy, "ncacn_ip_tcp:[::1][0]", NULL);
    assert_non_null(strstr(f->server.binding, "ncacn_ip_tcp:[::1]["));
    assert_served(f);
}

static void several_listeners_have_their_real_ports(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_server *server = NULL;

    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    assert_ok(rpcsec_server_listen(server, ANY_PORT, &f->err));
    assert_ok(rpcsec_server_listen(server, "ncacn_ip_tcp:127.0.0.1", &f->err));
    assert_null(strstr(rpcsec_server_binding(server, 0), "[0]"));
    assert_string_not_equal(rpcsec_server_binding(server, 0), rpcsec_server_binding(server, 1));
    assert_null(rpcsec_server_binding(server, 2));
    rpcsec_server_free(server);
}

static void addresses_that_cannot_be_used_are_errors(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_server *server = NULL;
    char taken[128];

    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    assert_ok(rpcsec_server_listen(server, ANY_PORT, &f->err));
    snprintf(taken, sizeof(taken), "%s", rpcsec_server_binding(server, 0));
    assert_status(rpcsec_server_listen(server, taken, &f->err), RPCSEC_SYSTEM);
    assert_status(rpcsec_server_listen(server, "ncacn_ip_tcp:192.0.2.1[0]", &f->err),
                  RPCSEC_SYSTEM);
    assert_status(rpcsec_server_listen(server, "ncacn_np:x", &f->err), RPCSEC_BAD_BINDING);
    rpcsec_server_free(server);
}

/* ---- clients that vanish ---- */

static void put_bind(struct buf *out)
{
    struct pdu_context_elem elem = {
        .abstract = service_interface.id, .num_transfers = 1, .transfers = {syntax_ndr}};
    const struct pdu_bind bind = {5840, 5840, 0, 1, &elem};
    struct pdu_header header = {
        .type = PDU_BIND, .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG | PDU_CONC_MPX, .call_id = 1};

    buf_zeros(out, PDU_HEADER_LEN);
    pdu_bind_encode(out, &bind);
    assert_ok(buf_status(out));
    header.frag_len = (uint16_t)out->len;
    pdu_header_store(out->data, &header);
}

static void put_sleep(struct buf *out, uint32_t call_id, uint32_t ms)
{
    const struct pdu_request request = {.alloc_hint = 4, .opnum = SERVICE_SLEEP};
    const struct pdu_header header = {.type = PDU_REQUEST,
                                      .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG,
                                      .frag_len = PDU_REQUEST_LEN + 4,
                                      .call_id = call_id};
    uint8_t *at = buf_reserve(out, PDU_REQUEST_LEN);

    assert_non_null(at);
    pdu_request_store(at, &header, &request);
    buf_u32(out, ms);
}

static void calls_of_a_client_that_left_take_no_thread(void **state)
{
    enum { NUM_THREADS = 64 };
    struct fixture *f = *state;
    unsigned runs = 0;
    struct buf bytes;
    int fd;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CALLS_IN_FLIGHT, 200));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_THREADS, NUM_THREADS));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CLIENT_THREADS, NUM_THREADS));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    fd = test_server_connect(&f->server);
    buf_init(&bytes, 65536);
    put_bind(&bytes);
    for (uint32_t id = 2; id < 2 + NUM_THREADS + 40; id++)
        put_sleep(&bytes, id, 3000);
    assert_int_equal(send(fd, bytes.data, bytes.len, 0), bytes.len);
    buf_done(&bytes);
    for (int i = 0; i < 400 && runs < NUM_THREADS; i++, usleep(5000))
        runs = atomic_load(&f->server.counts.runs);
    close(fd);
    test_server_stop(&f->server);
    assert_int_equal(atomic_load(&f->server.counts.runs), NUM_THREADS);
}

/* A small request may make the server hold much: all of a connection share one budget. */
static void open_calls_of_a_connection_share_its_memory(void **state)
{
    struct fixture *f = *state;
    struct buf bytes;
    int fd;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CALLS_IN_FLIGHT, 200));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_ARENA_BYTES, 8192));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    fd = test_server_connect(&f->server);
    buf_init(&bytes, 65536);
    put_bind(&bytes);
    for (uint32_t id = 2; id < 2 + 180; id++)
        put_sleep(&bytes, id, 500);
    assert_int_equal(send(fd, bytes.data, bytes.len, 0), bytes.len);
    buf_done(&bytes);
    usleep(300000);
    assert_served(f); /* others have their own */
    assert_in_range(atomic_load(&f->server.server->call_bytes), 1, 8192);
    for (int i = 0; i < 200 && atomic_load(&f->server.server->call_bytes); i++)
        usleep(50000);
    assert_int_equal(atomic_load(&f->server.server->call_bytes), 0); /* given back */
    assert_in_range(atomic_load(&f->server.counts.runs), 2, 179);
    close(fd);
}

/* ---- the order of things ---- */

static void entries_out_of_order_are_refused(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_service service = {&service_interface, &f->server.counts};
    struct rpcsec_server *idle = NULL;

    assert_ok(rpcsec_server_new(f->policy, &idle, &f->err));
    assert_status(rpcsec_server_run(idle, &f->err), RPCSEC_INVALID_STATE);
    rpcsec_server_free(idle);
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    assert_served(f); /* it runs */
    assert_status(rpcsec_server_add(f->server.server, service, &f->err), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_listen(f->server.server, ANY_PORT, &f->err),
                  RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_run(f->server.server, &f->err), RPCSEC_INVALID_STATE);
}

static void a_stop_before_the_run_ends_it_at_once(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_server *server = NULL;

    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    assert_ok(rpcsec_server_listen(server, ANY_PORT, &f->err));
    rpcsec_server_stop(server);
    assert_ok(rpcsec_server_run(server, &f->err));
    rpcsec_server_free(server);
}

static void stopping_closes_idle_and_half_open_connections(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client = NULL;
    uint64_t start;
    uint32_t sum;
    int fd;

    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &client, &f->err));
    assert_ok(do_add(client, 1, &sum, &f->err));
    fd = test_server_connect(&f->server);
    start = loop_now_ms();
    test_server_stop(&f->server);
    assert_true(loop_now_ms() - start < 1000);
    assert_true(is_closed(fd, 1000));
    close(fd);
    rpcsec_client_close(client);
}

static void a_service_that_does_not_block_runs_on_the_loop(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .non_blocking = true};
    struct rpcsec_client *client = NULL;

    test_server_start(&f->server, f->policy, ANY_PORT, &options);
    assert_served(f);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &client, &f->err));
    assert_ok(do_echo(client, 200000, &f->err));
    assert_status(do_number(client, SERVICE_FAIL, 4711, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 4711);
    rpcsec_client_close(client);
}

static rpcsec_status set_up_server(void *arg)
{
    struct fixture *f = arg;
    const struct rpcsec_service service = {&service_interface, NULL};
    struct rpcsec_server *server = NULL;
    rpcsec_status status = rpcsec_server_new(f->policy, &server, NULL);

    if (status == RPCSEC_OK)
        status = rpcsec_server_add(server, service, NULL);
    if (status == RPCSEC_OK)
        status = rpcsec_server_add_mgmt(server, NULL);
    if (status == RPCSEC_OK)
        status = rpcsec_server_listen(server, ANY_PORT, NULL);
    if (server)
        rpcsec_server_stop(server);
    if (status == RPCSEC_OK)
        status = rpcsec_server_run(server, NULL);
    rpcsec_server_free(server);
    return status;
}

static void memory_that_ends_in_set_up_is_reported(void **state)
{
    assert_true(alloc_check_tolerant(set_up_server, *state) > 8);
}

/* ---- everything at once ---- */

enum { NUM_USERS = 6, STRESS_MS = 1500 };

struct user {
    pthread_t thread;
    struct fixture *f;
    unsigned seed;
    unsigned num_done; /* calls that gave a result */
    unsigned num_strange;
};

static unsigned draw(struct user *u, unsigned below)
{
    u->seed = u->seed * 1103515245u + 12345u;
    return (u->seed >> 16) % below;
}

/* One call with a short deadline: a result or TIMED_OUT, nothing else. */
static void make_call(struct user *u, struct rpcsec_client *client)
{
    const struct rpcsec_call_options options = {.size = sizeof(options),
                                                .deadline_ms = 1 + draw(u, 300)};
    struct rpcsec_client *view = NULL;
    rpcsec_status status = rpcsec_client_with(client, &options, &view, NULL);

    if (status == RPCSEC_OK && draw(u, 3) == 0)
        status = do_sleep(view, draw(u, 60), NULL);
    else if (status == RPCSEC_OK)
        status = do_echo(view, draw(u, 30000), NULL);
    u->num_done += status == RPCSEC_OK;
    u->num_strange += status != RPCSEC_OK && status != RPCSEC_TIMED_OUT;
    rpcsec_client_close(view);
}

static void drop_in(struct user *u)
{
    int fd = test_server_connect(&u->f->server);

    if (draw(u, 2))
        (void)!send(fd, "\x05\x00\x0b", 3, MSG_NOSIGNAL);
    close(fd);
}

struct guest {
    pthread_t thread;
    struct user user;
    struct rpcsec_client *client;
};

static void *be_guest(void *arg)
{
    struct guest *g = arg;

    for (int i = 0; i < 4; i++)
        make_call(&g->user, g->client);
    return NULL;
}

/* Two threads share a client, which is closed while late answers are still on their way. */
static void visit(struct user *u)
{
    struct guest guest = {.user = {.f = u->f, .seed = u->seed + 1}};
    rpcsec_status status =
        rpcsec_client_open(u->f->server.binding, NULL, u->f->policy, &guest.client, NULL);

    u->num_strange += status != RPCSEC_OK;
    if (status || pthread_create(&guest.thread, NULL, be_guest, &guest))
        return;
    for (int i = 0; i < 4; i++)
        make_call(u, guest.client);
    pthread_join(guest.thread, NULL);
    rpcsec_client_close(guest.client);
    u->num_done += guest.user.num_done;
    u->num_strange += guest.user.num_strange;
}

static void *use_server(void *arg)
{
    struct user *u = arg;
    uint64_t end_ms = loop_now_ms() + STRESS_MS;

    while (loop_now_ms() < end_ms) {
        if (draw(u, 4) == 0)
            drop_in(u);
        else
            visit(u);
    }
    return NULL;
}

static void clients_come_and_go_while_others_call(void **state)
{
    struct fixture *f = *state;
    struct user users[NUM_USERS];
    unsigned num_done = 0;

    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    for (unsigned i = 0; i < NUM_USERS; i++) {
        users[i] = (struct user){.f = f, .seed = i * 7919};
        assert_int_equal(pthread_create(&users[i].thread, NULL, use_server, &users[i]), 0);
    }
    for (unsigned i = 0; i < NUM_USERS; i++)
        pthread_join(users[i].thread, NULL);
    for (unsigned i = 0; i < NUM_USERS; i++) {
        assert_int_equal(users[i].num_strange, 0);
        num_done += users[i].num_done;
    }
    assert_true(num_done > 50);
    assert_true(atomic_load(&f->server.counts.runs) >= num_done);
    assert_served(f);
}

/* ---- mgmt ---- */

struct mgmt_fixture {
    struct test_server s;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
};

static void *run_server(void *arg)
{
    struct test_server *s = arg;

    s->status = rpcsec_server_run(s->server, &s->err);
    return NULL;
}

static void start_mgmt(struct fixture *f, struct mgmt_fixture *m)
{
    const struct rpcsec_service service = {&service_interface, &m->s.counts};

    *m = (struct mgmt_fixture){.s.err = RPCSEC_ERROR_INIT};
    assert_ok(rpcsec_policy_accept_spn(f->policy, "service/localhost"));
    assert_ok(rpcsec_server_new(f->policy, &m->s.server, &f->err));
    assert_ok(rpcsec_server_add(m->s.server, service, &f->err));
    assert_ok(rpcsec_server_add_mgmt(m->s.server, &f->err));
    assert_status(rpcsec_server_add_mgmt(m->s.server, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_server_listen(m->s.server, ANY_PORT, &f->err));
    assert_int_equal(pthread_create(&m->s.thread, NULL, run_server, &m->s), 0);
    m->s.running = true;
    assert_ok(rpcsec_client_open(rpcsec_server_binding(m->s.server, 0), NULL, f->policy,
                                 &m->client, &f->err));
    m->arena = rpcsec_arena_new(0);
    assert_non_null(m->arena);
}

static void stop_mgmt(struct mgmt_fixture *m)
{
    rpcsec_arena_free(m->arena);
    rpcsec_client_close(m->client);
    test_server_stop(&m->s);
}

static void mgmt_lists_the_interfaces(void **state)
{
    struct fixture *f = *state;
    struct mgmt_fixture m;
    mgmt_if_id_vector_p vector = NULL;
    uint32_t status = 99;

    start_mgmt(f, &m);
    assert_ok(mgmt_inq_if_ids(m.client, m.arena, &vector, &status, &f->err));
    assert_int_equal(status, 0);
    assert_int_equal(vector->count, 2);
    assert_int_equal(vector->if_id[0]->uuid.time_low, 0x5e40a1ce);
    assert_int_equal(vector->if_id[0]->vers_major, 1);
    assert_int_equal(vector->if_id[1]->uuid.time_low, 0xafa8bd80);
    assert_int_equal(vector->if_id[1]->uuid.node[5], 0x89);
    stop_mgmt(&m);
}

static void mgmt_counts_calls(void **state)
{
    struct fixture *f = *state;
    struct mgmt_fixture m;
    uint32_t *statistics = NULL;
    uint32_t status = 99;
    uint32_t count = 4;

    start_mgmt(f, &m);
    assert_ok(mgmt_inq_stats(m.client, m.arena, &count, &statistics, &status, &f->err));
    assert_int_equal(count, 4);
    assert_int_equal(statistics[0], 1);
    assert_int_equal(statistics[1], 0);
    assert_true(statistics[2] >= 2 && statistics[3] >= 1);
    count = 1;
    assert_ok(mgmt_inq_stats(m.client, m.arena, &count, &statistics, &status, &f->err));
    assert_int_equal(count, 1);
    assert_int_equal(statistics[0], 2);
    count = 1000; /* more than there are */
    assert_ok(mgmt_inq_stats(m.client, m.arena, &count, &statistics, &status, &f->err));
    assert_int_equal(count, 4);
    count = LIMIT_OPEN_REPLY_LEN; /* would cost megabytes at a stranger's word */
    assert_status(mgmt_inq_stats(m.client, m.arena, &count, &statistics, &status, &f->err),
                  RPCSEC_REMOTE_FAULT);
    count = 0xFFFFFFFF; /* more than fits into an answer */
    assert_status(mgmt_inq_stats(m.client, m.arena, &count, &statistics, &status, &f->err),
                  RPCSEC_REMOTE_FAULT);
    stop_mgmt(&m);
}

static void mgmt_does_not_stop_the_server(void **state)
{
    struct fixture *f = *state;
    struct mgmt_fixture m;
    uint32_t status = 99;
    uint32_t listening = 99;

    start_mgmt(f, &m);
    assert_ok(mgmt_stop_server_listening(m.client, m.arena, &status, &f->err));
    assert_int_equal(status, 5);
    assert_ok(mgmt_is_server_listening(m.client, m.arena, &status, &listening, &f->err));
    assert_int_equal(status, 0);
    assert_int_equal(listening, 1);
    stop_mgmt(&m);
}

static void mgmt_tells_a_principal_name(void **state)
{
    struct fixture *f = *state;
    struct mgmt_fixture m;
    uint32_t status = 99;
    char *name = NULL;

    start_mgmt(f, &m);
    assert_ok(mgmt_inq_princ_name(m.client, m.arena, 16, 100, &name, &status, &f->err));
    assert_int_equal(status, 0);
    assert_string_equal(name, "service/localhost");
    assert_ok(mgmt_inq_princ_name(m.client, m.arena, 16, 18, &name, &status, &f->err));
    assert_string_equal(name, "service/localhost");
    assert_ok(mgmt_inq_princ_name(m.client, m.arena, 16, 17, &name, &status, &f->err));
    assert_int_equal(status, 122);
    assert_string_equal(name, "");
    assert_ok(mgmt_inq_princ_name(m.client, m.arena, 10, 100, &name, &status, &f->err));
    assert_int_equal(status, 1747);
    assert_status(mgmt_inq_princ_name(m.client, m.arena, 16, 0, &name, &status, &f->err),
                  RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 0x6F7);
    stop_mgmt(&m);
}

#define SERVER_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVER_TEST(garbage_closes_the_connection_and_harms_nobody),
        SERVER_TEST(a_handshake_that_takes_too_long_is_ended),
        SERVER_TEST(the_oldest_half_open_connection_gives_way),
        SERVER_TEST(connections_beyond_the_limit_are_closed_at_once),
        SERVER_TEST(ipv6_is_served),
        SERVER_TEST(several_listeners_have_their_real_ports),
        SERVER_TEST(addresses_that_cannot_be_used_are_errors),
        SERVER_TEST(calls_of_a_client_that_left_take_no_thread),
        SERVER_TEST(open_calls_of_a_connection_share_its_memory),
        SERVER_TEST(entries_out_of_order_are_refused),
        SERVER_TEST(a_stop_before_the_run_ends_it_at_once),
        SERVER_TEST(stopping_closes_idle_and_half_open_connections),
        SERVER_TEST(a_service_that_does_not_block_runs_on_the_loop),
        SERVER_TEST(memory_that_ends_in_set_up_is_reported),
        SERVER_TEST(clients_come_and_go_while_others_call),
        SERVER_TEST(mgmt_lists_the_interfaces),
        SERVER_TEST(mgmt_counts_calls),
        SERVER_TEST(mgmt_does_not_stop_the_server),
        SERVER_TEST(mgmt_tells_a_principal_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
