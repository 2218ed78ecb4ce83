/* SPDX-License-Identifier: MIT
 *
 * Tests of the client and the server of runtime/ against each other over TCP, at level none.
 */
#include "harness/test.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "loop/loop.h"
#include "runtime/client.h"
#include "unit/runtime_service.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

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
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, &f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void assert_call(struct fixture *f, rpcsec_status status)
{
    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
}

static void a_call_gives_its_result(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    assert_call(f, do_add(f->client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
}

static void the_peer_of_an_anonymous_call_is_nobody(void **state)
{
    struct fixture *f = *state;
    char who[128];

    assert_call(f, do_who(f->client, who, sizeof(who), &f->err));
    assert_string_equal(who, "  none none");
    assert_int_equal(rpcsec_client_peer(f->client)->level, RPCSEC_LEVEL_NONE);
    assert_non_null(strstr(rpcsec_client_peer(f->client)->address, "127.0.0.1:"));
}

static void large_arguments_travel_both_ways(void **state)
{
    static const uint32_t lens[] = {0, 1, 1400, 5000, 5840, 65536, 200000, 4000000};
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(lens); i++)
        assert_call(f, do_echo(f->client, lens[i], &f->err));
}

static void a_request_beyond_the_limit_did_not_run(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_status(do_echo(f->client, 5000000, &f->err), RPCSEC_LIMIT);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
}

struct failure {
    uint32_t number;
    uint32_t fault;
};

static const struct failure failures[] = {
    {RPCSEC_ACCESS_DENIED, 5},
    {RPCSEC_POLICY_REFUSED, 5},
    {RPCSEC_NO_MEMORY, 0x1C00001B},
    {RPCSEC_BAD_STUB, 0x6F7},
    {RPCSEC_CONTEXT_MISMATCH, 0x1C00001A},
    {RPCSEC_UNKNOWN_OPERATION, 0x1C010002},
    {RPCSEC_CANCELLED, 0x1C00000D},
    {RPCSEC_INTERNAL, 0x1C000012},
    {RPCSEC_NOT_FOUND, 0x1C000012},
    {RPCSEC_CLOSED, 0x1C000012},
    {0x12345678, 0x12345678},
};

static void what_a_manager_returns_becomes_a_fault(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(failures); i++) {
        assert_status(do_number(f->client, SERVICE_FAIL, failures[i].number, &f->err),
                      RPCSEC_REMOTE_FAULT);
        assert_int_equal(f->err.wire_status, failures[i].fault);
        assert_int_equal(f->err.layer, RPCSEC_LAYER_REMOTE);
        /* Nothing signs a fault. */
        assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    }
}

static void an_operation_that_is_not_served_is_a_fault(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_status(do_number(f->client, SERVICE_UNUSED, 1, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 0x1C010002);
    assert_status(do_number(f->client, 100, 1, &f->err), RPCSEC_UNKNOWN_OPERATION);
    assert_int_equal(f->err.layer, RPCSEC_LAYER_ARGUMENT);
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
}

static void an_unknown_interface_is_rejected_and_the_connection_lives(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_status(rpcsec_client_bind(f->client, &other_interface, &f->err),
                  RPCSEC_BIND_REJECTED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_non_null(strstr(f->err.text, "other"));
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    assert_status(rpcsec_client_bind(f->client, &other_interface, &f->err),
                  RPCSEC_BIND_REJECTED);
    assert_ok(rpcsec_client_bind(f->client, &service_interface, &f->err));
}

static void a_maybe_call_wants_no_answer(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_call(f, do_number(f->client, SERVICE_NOTE, 1, &f->err));
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    for (int i = 0; i < 200 && atomic_load(&f->server.counts.runs) < 2; i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.counts.runs), 2);
}

/* ---- views ---- */

static void a_view_carries_an_object_and_a_deadline(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_uuid object = {.time_low = 7};
    const struct rpcsec_call_options options = {
        .size = sizeof(options),
        .deadline_ms = 50,
        .object = &object,
    };
    struct rpcsec_client *view = NULL;
    char who[128];
    uint64_t start;

    assert_ok(rpcsec_client_with(f->client, &options, &view, &f->err));
    assert_call(f, do_who(view, who, sizeof(who), &f->err));
    assert_string_equal(who, "  none none object");
    start = loop_now_ms();
    assert_status(do_sleep(view, 2000, &f->err), RPCSEC_TIMED_OUT);
    assert_in_range(loop_now_ms() - start, 50, 1000);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    /* The server is told, and the late answer disturbs nobody. */
    for (int i = 0; i < 200 && !atomic_load(&f->server.counts.cancelled); i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.counts.cancelled), 1);
    assert_call(f, do_who(f->client, who, sizeof(who), &f->err));
    assert_string_equal(who, "  none none");
    rpcsec_client_close(view);
}

/* ---- threads ---- */

enum { NUM_THREADS = 8, NUM_CALLS = 100 };

struct caller {
    pthread_t thread;
    struct rpcsec_client *client;
    unsigned number;
    rpcsec_status status;
};

static void *make_calls(void *arg)
{
    struct caller *c = arg;

    for (uint32_t i = 0; i < NUM_CALLS && c->status == RPCSEC_OK; i++) {
        uint32_t sum = 0;

        c->status = do_add(c->client, i * NUM_THREADS + c->number, &sum, NULL);
        if (c->status == RPCSEC_OK && sum != i * NUM_THREADS + c->number + 1)
            c->status = RPCSEC_INTERNAL;
        if (c->status == RPCSEC_OK && i % 10 == c->number)
            c->status = do_echo(c->client, i * 1000, NULL);
    }
    return NULL;
}

static void threads_share_a_client(void **state)
{
    struct fixture *f = *state;
    struct caller callers[NUM_THREADS];

    for (unsigned i = 0; i < NUM_THREADS; i++) {
        callers[i] = (struct caller){.client = f->client, .number = i};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, make_calls, &callers[i]), 0);
    }
    for (unsigned i = 0; i < NUM_THREADS; i++)
        pthread_join(callers[i].thread, NULL);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        assert_ok(callers[i].status);
}

static void *sleep_once(void *arg)
{
    struct caller *c = arg;

    c->status = do_sleep(c->client, 300, NULL);
    return NULL;
}

static void sleeping_calls_of_one_connection_run_at_once(void **state)
{
    struct fixture *f = *state;
    struct caller callers[4];
    uint64_t start = loop_now_ms();
    uint32_t sum;

    for (unsigned i = 0; i < 4; i++) {
        callers[i] = (struct caller){.client = f->client};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, sleep_once, &callers[i]), 0);
    }
    usleep(50000);
    assert_call(f, do_add(f->client, 1, &sum, &f->err)); /* and do not hold up another */
    assert_true(loop_now_ms() - start < 290);
    for (unsigned i = 0; i < 4; i++)
        pthread_join(callers[i].thread, NULL);
    for (unsigned i = 0; i < 4; i++)
        assert_ok(callers[i].status);
    assert_true(loop_now_ms() - start < 1000);
}

static void *view_sleep(void *arg)
{
    struct caller *c = arg;
    const struct rpcsec_call_options options = {.size = sizeof(options),
                                                .deadline_ms = 20 + 30 * c->number};
    struct rpcsec_client *view = NULL;

    c->status = rpcsec_client_with(c->client, &options, &view, NULL);
    if (c->status == RPCSEC_OK)
        c->status = do_sleep(view, 400, NULL);
    rpcsec_client_close(view);
    return NULL;
}

static void deadlines_of_threads_pass_each_in_its_time(void **state)
{
    struct fixture *f = *state;
    struct caller callers[NUM_THREADS];
    uint32_t sum;

    for (unsigned i = 0; i < NUM_THREADS; i++) {
        callers[i] = (struct caller){.client = f->client, .number = i};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, view_sleep, &callers[i]), 0);
    }
    for (unsigned i = 0; i < NUM_THREADS; i++)
        pthread_join(callers[i].thread, NULL);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        assert_status(callers[i].status, RPCSEC_TIMED_OUT);
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
}

/* ---- servers that go away ---- */

static void restart(struct fixture *f)
{
    char binding[128];

    memcpy(binding, f->server.binding, sizeof(binding));
    test_server_stop(&f->server);
    test_server_start(&f->server, f->policy, binding, NULL);
}

static void an_idle_connection_that_was_closed_is_made_again(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    restart(f);
    assert_call(f, do_add(f->client, 2, &sum, &f->err));
    assert_int_equal(sum, 3);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
    restart(f); /* also when nothing was ever written on it */
    assert_call(f, do_add(f->client, 3, &sum, &f->err));
}

static void a_server_that_is_gone_is_reported_as_not_run(void **state)
{
    struct fixture *f = *state;
    uint32_t sum;

    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    rpcsec_server_stop(f->server.server);
    pthread_join(f->server.thread, NULL);
    f->server.running = false;
    assert_status(do_add(f->client, 2, &sum, &f->err), RPCSEC_CONNECTION_REFUSED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
}

static void *stop_soon(void *arg)
{
    struct fixture *f = arg;

    usleep(50000);
    rpcsec_server_stop(f->server.server);
    return NULL;
}

static void stopping_finishes_open_calls(void **state)
{
    struct fixture *f = *state;
    pthread_t thread;
    uint64_t start = loop_now_ms();

    assert_int_equal(pthread_create(&thread, NULL, stop_soon, f), 0);
    assert_call(f, do_sleep(f->client, 300, &f->err));
    assert_true(loop_now_ms() - start >= 300);
    pthread_join(thread, NULL);
    pthread_join(f->server.thread, NULL);
    f->server.running = false;
    assert_ok(f->server.status);
}

static int tcp_option(struct rpcsec_client *client, int level, int option)
{
    struct transport *t = client->link->transport;
    int value = -1;
    socklen_t len = sizeof(value);

    assert_int_equal(getsockopt(t->ops->descriptor(t), level, option, &value, &len), 0);
    return value;
}

static void the_kernel_watches_over_an_idle_connection(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client = NULL;
    struct rpcsec_policy *policy = anonymous_policy();

    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_KEEPALIVE_MS, 7000));
    assert_ok(rpcsec_client_open(f->server.binding, NULL, policy, &client, &f->err));
    assert_int_equal(tcp_option(client, SOL_SOCKET, SO_KEEPALIVE), 1);
    assert_int_equal(tcp_option(client, IPPROTO_TCP, TCP_KEEPIDLE), 7);
    assert_int_equal(tcp_option(client, IPPROTO_TCP, TCP_KEEPINTVL), 1);
    assert_int_equal(tcp_option(f->client, IPPROTO_TCP, TCP_KEEPIDLE), 60);
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
}

/* ---- a server of our own that breaks off ---- */

struct breaking_server {
    pthread_t thread;
    int fd;
    struct rpcsec_error err;
    int proxy_to;       /* port of a real server */
    size_t let_through; /* bytes of the client's that are passed on; then it closes */
    size_t bind_len;
    unsigned num_accepted;
    atomic_bool once; /* stops listening when the first connection is over */
};

static size_t forward(int from, int to, size_t most)
{
    char bytes[4096];
    ssize_t got = recv(from, bytes, most < sizeof(bytes) ? most : sizeof(bytes), 0);

    if (got <= 0 || send(to, bytes, (size_t)got, MSG_NOSIGNAL) != got)
        return 0;
    return (size_t)got;
}

static void proxy(struct breaking_server *b, int client, int server)
{
    size_t left = b->num_accepted == 1 ? b->let_through : SIZE_MAX;

    while (left) {
        struct pollfd fds[2] = {{.fd = client, .events = POLLIN},
                                {.fd = server, .events = POLLIN}};
        size_t moved = 1;

        if (poll(fds, 2, 5000) <= 0)
            return;
        if (fds[0].revents) {
            moved = forward(client, server, left);
            left -= left == SIZE_MAX ? 0 : moved;
            b->bind_len = b->bind_len ? b->bind_len : moved;
        }
        if (moved && fds[1].revents)
            moved = forward(server, client, SIZE_MAX);
        if (!moved)
            return;
    }
    usleep(20000); /* what was let through arrives */
}

static void *run_breaking(void *arg)
{
    struct breaking_server *b = arg;
    struct test_server real = {.port = (uint16_t)b->proxy_to};
    int client;

    while ((client = accept(b->fd, NULL, NULL)) >= 0) {
        int server = test_server_connect(&real);

        b->num_accepted++;
        proxy(b, client, server);
        if (atomic_load(&b->once))
            shutdown(b->fd, SHUT_RDWR);
        close(client);
        close(server);
    }
    return NULL;
}

static void start_breaking(struct breaking_server *b, const struct fixture *f,
                           size_t let_through, char binding[64])
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(name);

    *b = (struct breaking_server){.proxy_to = f->server.port, .let_through = let_through};
    b->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(b->fd, (struct sockaddr *)&name, sizeof(name)), 0);
    assert_int_equal(listen(b->fd, 5), 0);
    assert_int_equal(getsockname(b->fd, (struct sockaddr *)&name, &len), 0);
    snprintf(binding, 64, "ncacn_ip_tcp:127.0.0.1[%u]", (unsigned)ntohs(name.sin_port));
    assert_int_equal(pthread_create(&b->thread, NULL, run_breaking, b), 0);
}

static void stop_breaking(struct breaking_server *b)
{
    shutdown(b->fd, SHUT_RDWR);
    pthread_join(b->thread, NULL);
    close(b->fd);
}

struct broken {
    const char *what;
    uint32_t opnum;
    bool may_resend;
    bool in_bind; /* else the bind is let through as well */
    size_t let_through;
    rpcsec_status status;
    enum rpcsec_outcome outcome;
    unsigned num_accepted;
    unsigned runs;
};

static const struct broken broken[] = {
    {"inside the bind", SERVICE_ADD, false, true, 20, RPCSEC_CONNECTION_LOST,
     RPCSEC_OUTCOME_NOT_RUN, 1, 0},
    {"inside the request", SERVICE_ADD, false, false, 10, RPCSEC_CONNECTION_LOST,
     RPCSEC_OUTCOME_UNKNOWN, 1, 0},
    {"after the request", SERVICE_ADD, false, false, 28, RPCSEC_CONNECTION_LOST,
     RPCSEC_OUTCOME_UNKNOWN, 1, 1},
    {"after an idempotent request", SERVICE_AGAIN, false, false, 28, RPCSEC_OK, 0, 2, 2},
    {"after a request that may be re-sent", SERVICE_ADD, true, false, 28, RPCSEC_OK, 0, 2, 2},
};

static size_t measure_bind(struct fixture *f)
{
    struct rpcsec_client *client = NULL;
    struct breaking_server between;
    char binding[64];

    start_breaking(&between, f, SIZE_MAX, binding);
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &client, &f->err));
    assert_ok(rpcsec_client_bind(client, &service_interface, &f->err));
    rpcsec_client_close(client);
    stop_breaking(&between);
    return between.bind_len;
}

static void a_connection_that_breaks_tells_what_is_known(void **state)
{
    struct fixture *f = *state;
    size_t bind_len = measure_bind(f);

    for (size_t i = 0; i < NUM_OF(broken); i++) {
        const struct broken *b = &broken[i];
        const struct rpcsec_call_options options = {.size = sizeof(options),
                                                    .may_resend = b->may_resend};
        struct rpcsec_client *client = NULL;
        struct rpcsec_client *view = NULL;
        struct breaking_server between;
        char binding[64];

        print_message("%s\n", b->what);
        atomic_store(&f->server.counts.runs, 0);
        start_breaking(&between, f, b->let_through + (b->in_bind ? 0 : bind_len), binding);
        assert_ok(rpcsec_client_open(binding, NULL, f->policy, &client, &f->err));
        assert_ok(rpcsec_client_with(client, &options, &view, &f->err));
        assert_status(do_number(view, b->opnum, 1, &f->err), b->status);
        assert_int_equal(f->err.outcome, b->outcome);
        rpcsec_client_close(view);
        rpcsec_client_close(client);
        stop_breaking(&between);
        assert_int_equal(between.num_accepted, b->num_accepted);
        assert_int_equal(atomic_load(&f->server.counts.runs), b->runs);
    }
}

/* It was sent once already: that it could not be sent again proves nothing. */
static void a_call_that_cannot_be_re_sent_may_have_run(void **state)
{
    struct fixture *f = *state;
    size_t bind_len = measure_bind(f);
    struct rpcsec_client *client = NULL;
    struct breaking_server between;
    char binding[64];

    start_breaking(&between, f, bind_len + 28, binding);
    atomic_store(&between.once, true);
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &client, &f->err));
    assert_status(do_number(client, SERVICE_AGAIN, 1, &f->err), RPCSEC_CONNECTION_REFUSED);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
    rpcsec_client_close(client);
    stop_breaking(&between);
}

static void a_call_of_a_peer_that_vanished_is_cancelled(void **state)
{
    struct fixture *f = *state;
    size_t bind_len = measure_bind(f);
    struct rpcsec_client *client = NULL;
    struct breaking_server between;
    char binding[64];

    start_breaking(&between, f, bind_len + 28,
                   binding); /* closes when the request is through */
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &client, &f->err));
    assert_status(do_sleep(client, 3000, &f->err), RPCSEC_CONNECTION_LOST);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_UNKNOWN);
    rpcsec_client_close(client);
    stop_breaking(&between);
    for (int i = 0; i < 200 && !atomic_load(&f->server.counts.cancelled); i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.counts.cancelled), 1);
}

/* ---- opening ---- */

static void wrong_openings_are_refused(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client = NULL;
    const struct rpcsec_client_options no_size = {.size = 1};

    assert_status(rpcsec_client_open("nonsense", NULL, NULL, &client, &f->err),
                  RPCSEC_BAD_BINDING);
    assert_status(rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[0]", NULL, NULL, &client, &f->err),
                  RPCSEC_BAD_BINDING);
    assert_non_null(strstr(f->err.text, "names port 0"));
    assert_status(rpcsec_client_open("ncacn_ip_tcp:[7]", NULL, NULL, &client, &f->err),
                  RPCSEC_BAD_BINDING);
    assert_status(rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[1]", NULL, NULL, &client, &f->err),
                  RPCSEC_INVALID_ARGUMENT); /* an address has no service principal */
    assert_non_null(strstr(f->err.text, "service principal"));
    assert_status(
        rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[1]", NULL, f->policy, &client, &f->err),
        RPCSEC_CONNECTION_REFUSED);
    assert_status(rpcsec_client_open_with(f->server.binding, NULL, &no_size, &client, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
    assert_null(client);
}

/* ---- transfer syntaxes, byte order, groups ---- */

static struct rpcsec_client *open_as(struct fixture *f,
                                     const struct rpcsec_client_options *options)
{
    struct rpcsec_client_options own = *options;
    struct rpcsec_client *client = NULL;

    own.size = sizeof(own);
    own.policy = f->policy;
    assert_call(f, rpcsec_client_open_with(f->server.binding, NULL, &own, &client, &f->err));
    return client;
}

static void assert_all_calls_work(struct fixture *f, struct rpcsec_client *client)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct rpcsec_pending *call = NULL;
    struct add_args args = {.number = 7};
    char who[128];
    uint32_t sum = 0;

    assert_call(f, do_add(client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
    assert_call(f, do_echo(client, 20001, &f->err));
    assert_call(f, do_who(client, who, sizeof(who), &f->err));
    assert_string_equal(who, "  none none");
    assert_ok(rpcsec_client_send(client, &service_interface, SERVICE_ADD, &args, NULL, NULL,
                                 &call, &f->err));
    assert_call(
        f, rpcsec_pending_recv(call, arena, &service_interface, SERVICE_ADD, &args, &f->err));
    assert_int_equal(args.sum, 8);
    rpcsec_arena_free(arena);
}

static void calls_travel_in_each_transfer_syntax_and_byte_order(void **state)
{
    static const struct rpcsec_client_options rows[] = {
        {.transfers = RPCSEC_TRANSFER_NDR},
        {.transfers = RPCSEC_TRANSFER_NDR64},
        {.transfers = RPCSEC_TRANSFER_NDR | RPCSEC_TRANSFER_NDR64},
        {.big_endian = true},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct rpcsec_client *client = open_as(f, &rows[i]);

        assert_all_calls_work(f, client);
        assert_int_equal(client->link->contexts[0].ndr64, i == 1);
        rpcsec_client_close(client);
    }
}

static void transfer_syntaxes_that_are_not_there_are_refused(void **state)
{
    static const struct rpcsec_client_options rows[] = {
        {.transfers = 4},
        {.transfers = RPCSEC_TRANSFER_NDR64, .big_endian = true},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct rpcsec_client_options options = rows[i];
        struct rpcsec_client *client = NULL;

        options.size = sizeof(options);
        options.policy = f->policy;
        assert_status(
            rpcsec_client_open_with(f->server.binding, NULL, &options, &client, &f->err),
            RPCSEC_INVALID_ARGUMENT);
    }
}

static void a_second_connection_joins_the_group_of_the_first(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_client_options options = {.join = f->client};
    struct rpcsec_client_options early = {.size = sizeof(early), .policy = f->policy};
    struct rpcsec_client *second = NULL;
    uint32_t group;
    uint32_t sum;

    early.join = f->client;
    assert_status(rpcsec_client_open_with(f->server.binding, NULL, &early, &second, &f->err),
                  RPCSEC_INVALID_ARGUMENT); /* not bound yet */
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    group = assoc_group(f->client->link->assoc);
    assert_int_not_equal(group, 0);
    second = open_as(f, &options);
    assert_call(f, do_add(second, 1, &sum, &f->err));
    assert_int_equal(assoc_group(second->link->assoc), group);
    rpcsec_client_close(f->client); /* the group lives on with the second connection */
    f->client = NULL;
    assert_call(f, do_add(second, 1, &sum, &f->err));
    rpcsec_client_close(second);
}

static void a_group_whose_connections_are_gone_is_made_anew(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client_options options = {.join = f->client};
    struct rpcsec_client *second;
    uint32_t sum;

    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    second = open_as(f, &options);
    assert_call(f, do_add(second, 1, &sum, &f->err));
    restart(f);
    assert_call(f, do_add(f->client, 1, &sum, &f->err));
    assert_call(f, do_add(second, 1, &sum, &f->err));
    rpcsec_client_close(second);
}

/* ---- memory ---- */

static rpcsec_status open_and_call(void *arg)
{
    struct fixture *f = arg;
    struct rpcsec_client *client = NULL;
    rpcsec_status status =
        rpcsec_client_open(f->server.binding, NULL, f->policy, &client, &f->err);
    uint32_t sum;

    if (status == RPCSEC_OK)
        status = do_add(client, 1, &sum, &f->err);
    rpcsec_client_close(client);
    return status;
}

/* Server and client share the counter: whichever fails, nothing leaks or hangs and the next
 * call works. */
static void memory_that_ends_is_survived(void **state)
{
    struct fixture *f = *state;
    unsigned failed = 0;

    for (uint64_t nth = 1; nth < 60; nth++) {
        mem_test_fail_at(nth, false);
        failed += open_and_call(f) != RPCSEC_OK;
        mem_test_fail_at(0, false);
        assert_ok(open_and_call(f));
    }
    assert_true(failed > 5);
}

#define CLIENT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(a_call_gives_its_result),
        CLIENT_TEST(the_peer_of_an_anonymous_call_is_nobody),
        CLIENT_TEST(large_arguments_travel_both_ways),
        CLIENT_TEST(a_request_beyond_the_limit_did_not_run),
        CLIENT_TEST(what_a_manager_returns_becomes_a_fault),
        CLIENT_TEST(an_operation_that_is_not_served_is_a_fault),
        CLIENT_TEST(an_unknown_interface_is_rejected_and_the_connection_lives),
        CLIENT_TEST(a_maybe_call_wants_no_answer),
        CLIENT_TEST(a_view_carries_an_object_and_a_deadline),
        CLIENT_TEST(threads_share_a_client),
        CLIENT_TEST(sleeping_calls_of_one_connection_run_at_once),
        CLIENT_TEST(deadlines_of_threads_pass_each_in_its_time),
        CLIENT_TEST(an_idle_connection_that_was_closed_is_made_again),
        CLIENT_TEST(a_server_that_is_gone_is_reported_as_not_run),
        CLIENT_TEST(stopping_finishes_open_calls),
        CLIENT_TEST(the_kernel_watches_over_an_idle_connection),
        CLIENT_TEST(a_connection_that_breaks_tells_what_is_known),
        CLIENT_TEST(a_call_that_cannot_be_re_sent_may_have_run),
        CLIENT_TEST(a_call_of_a_peer_that_vanished_is_cancelled),
        CLIENT_TEST(wrong_openings_are_refused),
        CLIENT_TEST(calls_travel_in_each_transfer_syntax_and_byte_order),
        CLIENT_TEST(transfer_syntaxes_that_are_not_there_are_refused),
        CLIENT_TEST(a_second_connection_joins_the_group_of_the_first),
        CLIENT_TEST(a_group_whose_connections_are_gone_is_made_anew),
        CLIENT_TEST(memory_that_ends_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
