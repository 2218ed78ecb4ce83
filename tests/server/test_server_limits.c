/* SPDX-License-Identifier: MIT
 *
 * Tests of what a server does at its limits: answers that nobody reads, descriptors, age, ids
 * of calls, requests that wait when it stops.
 */
#include "harness/test.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "runtime/server.h"
#include "server/raw_peer.h"
#include "server/reports.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct reports reports;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    f->policy = anonymous_policy();
    reports_init(&f->reports);
    *state = f;
    return 0;
}

static void limit(struct fixture *f, enum rpcsec_limit which, uint64_t value)
{
    assert_ok(rpcsec_policy_set_limit(f->policy, which, value));
}

static void start(struct fixture *f)
{
    const struct rpcsec_service service = {&service_interface, &f->server.counts};

    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add(f->server.server, service, NULL));
    reports_from(&f->reports, f->server.server);
    test_server_run(&f->server, ANY_PORT);
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

static int connect_and_bind(struct fixture *f)
{
    int fd = test_server_connect(&f->server);
    const int on = 1;

    assert_int_equal(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)), 0);
    raw_bind(fd, &service_interface, 0);
    return fd;
}

static bool is_closed(int fd)
{
    uint8_t pdu[LIMIT_PDU_LEN];
    struct pdu_header header;

    while (raw_receive(fd, pdu, &header))
        ;
    return true; /* raw_receive waits for as long as it takes */
}

static uint64_t now_ms(void)
{
    struct timeval now;

    gettimeofday(&now, NULL);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000;
}

/* ---- ids of calls ---- */

static void ids_of_calls_may_not_fall(void **state)
{
    static const uint32_t wrong[] = {4, 3, 0, 0x80000000, UINT32_MAX};
    const uint8_t number[4] = {1};
    struct fixture *f = *state;
    uint8_t answer[8];

    start(f);
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        int fd = connect_and_bind(f);

        assert_int_equal(raw_call(fd, 3, SERVICE_ADD, number, 4, answer, 8), 4);
        assert_int_equal(raw_call(fd, 5, SERVICE_ADD, number, 4, answer, 8), 4);
        assert_int_equal(raw_call(fd, 5, SERVICE_ADD, number, 4, answer, 8), 4); /* again */
        assert_int_equal(raw_call(fd, wrong[i], SERVICE_ADD, number, 4, answer, 8),
                         -(int64_t)PDU_FAULT_PROTO_ERROR);
        assert_true(is_closed(fd));
        close(fd);
    }
    assert_int_equal(atomic_load(&f->server.counts.runs), 3 * NUM_OF(wrong));
}

static void the_first_id_may_be_any_and_the_last_is_taken(void **state)
{
    const uint8_t number[4] = {1};
    struct fixture *f = *state;
    uint8_t answer[8];
    int fd;

    start(f);
    fd = connect_and_bind(f);
    assert_int_equal(raw_call(fd, 0, SERVICE_ADD, number, 4, answer, 8), 4);
    assert_int_equal(raw_call(fd, 0x7FFFFFFF, SERVICE_ADD, number, 4, answer, 8), 4);
    close(fd);
}

/* ---- answers that nobody reads ---- */

enum { NUM_DEAF = 8, DEAF_LEN = 5000, DEAF_STUB = 8 + DEAF_LEN, DEAF_REQUEST = 24 + DEAF_STUB };

/* A client that asks for echoes and never reads one. */
struct deaf {
    int fd;
    size_t sent; /* of the request on its way */
    uint8_t request[DEAF_REQUEST];
};

static void fill_request(struct deaf *deaf, uint32_t call_id)
{
    const struct pdu_request body = {.alloc_hint = DEAF_STUB, .opnum = SERVICE_ECHO};
    const struct pdu_header header = {.type = PDU_REQUEST,
                                      .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG,
                                      .frag_len = DEAF_REQUEST,
                                      .call_id = call_id};
    const uint8_t lengths[8] = {DEAF_LEN & 0xFF, DEAF_LEN >> 8, 0, 0,
                                DEAF_LEN & 0xFF, DEAF_LEN >> 8};

    pdu_request_store(deaf->request, &header, &body);
    memcpy(deaf->request + 24, lengths, sizeof(lengths));
}

/* As much as the connection takes now: a server that is slow for a while is asked again. */
static void ask_on(struct deaf *deaf, uint32_t call_id)
{
    ssize_t sent;

    if (deaf->sent == 0)
        fill_request(deaf, call_id);
    sent = send(deaf->fd, deaf->request + deaf->sent, DEAF_REQUEST - deaf->sent,
                MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0)
        deaf->sent = (deaf->sent + (size_t)sent) % DEAF_REQUEST;
}

static void answers_of_all_that_nobody_reads_have_a_limit(void **state)
{
    static struct deaf deaf[NUM_DEAF];
    struct fixture *f = *state;
    size_t most = 0;
    uint64_t end;

    limit(f, RPCSEC_LIMIT_SERVER_OUTPUT_BYTES, 65536);
    start(f);
    for (int i = 0; i < NUM_DEAF; i++) {
        const int small = 4096;

        deaf[i] = (struct deaf){.fd = connect_and_bind(f)};
        (void)setsockopt(deaf[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    }
    end = now_ms() + 60000;
    for (uint32_t id = 2; now_ms() < end && f->reports.num_errors == 0; id++) {
        for (int i = 0; i < NUM_DEAF; i++) {
            size_t held = atomic_load(&f->server.server->output_bytes);

            most = held > most ? held : most;
            ask_on(&deaf[i], id);
        }
    }
    assert_true(f->reports.num_errors > 0);
    assert_status(f->reports.errors[0].status, RPCSEC_LIMIT);
    assert_non_null(strstr(f->reports.errors[0].text, "do not read their answers"));
    assert_in_range(most, 0, 65536 + NUM_DEAF * 16384);
    for (int i = 0; i < NUM_DEAF; i++)
        close(deaf[i].fd);
    for (int i = 0; i < 1000 && atomic_load(&f->server.server->output_bytes); i++)
        usleep(5000);
    assert_int_equal(atomic_load(&f->server.server->output_bytes), 0);
}

/* ---- descriptors ---- */

static void connections_are_no_more_than_descriptors(void **state)
{
    struct fixture *f = *state;
    struct rlimit before;
    struct rlimit fewer;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    fewer = before;
    fewer.rlim_cur = 300;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &fewer), 0);
    start(f);
    assert_true(reports_become(&f->reports, 1, 0));
    assert_int_equal(f->server.server->max_connections, 300 - 64);
    assert_non_null(strstr(f->reports.errors[0].text, "may open 300 files"));
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* ---- age ---- */

static void an_old_connection_ends_when_it_is_idle(void **state)
{
    const uint8_t ms[4] = {0xf4, 1}; /* 500 */
    struct fixture *f = *state;
    uint8_t answer[8];
    int idle;
    int busy;

    limit(f, RPCSEC_LIMIT_CONNECTION_AGE_MS, 200);
    start(f);
    idle = connect_and_bind(f);
    busy = connect_and_bind(f);
    assert_int_equal(raw_call(busy, 2, SERVICE_SLEEP, ms, 4, answer, 8),
                     4); /* it is answered */
    assert_true(is_closed(busy));
    assert_true(is_closed(idle));
    close(busy);
    close(idle);
}

/* ---- stopping ---- */

static void requests_that_wait_when_it_stops_are_answered(void **state)
{
    const uint8_t ms[4] = {0xc8}; /* 200 */
    const uint8_t number[4] = {1};
    struct fixture *f = *state;
    uint8_t pdu[LIMIT_PDU_LEN];
    struct pdu_header header;
    uint32_t num = 0;
    int fd;

    start(f);
    fd = connect_and_bind(f);
    raw_request(fd, 2, SERVICE_SLEEP, ms, 4);
    for (int i = 0; i < 2000 && !atomic_load(&f->server.counts.runs); i++)
        usleep(2000);
    for (uint32_t id = 3; id < 20; id++)
        raw_request(fd, id, SERVICE_ADD, number, 4);
    rpcsec_server_stop(f->server.server);
    while (raw_receive(fd, pdu, &header)) {
        assert_int_equal(header.type, PDU_RESPONSE);
        num++;
    }
    assert_int_equal(num, 18);
    close(fd);
}

/* ---- among others ---- */

static void associations_carry_the_node(void **state)
{
    struct fixture *f = *state;
    int fd;

    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add(f->server.server,
                                (struct rpcsec_service){&service_interface, &f->server.counts},
                                NULL));
    assert_ok(rpcsec_server_set_node(f->server.server, 0xA7));
    test_server_run(&f->server, ANY_PORT);
    fd = test_server_connect(&f->server);
    assert_int_equal(raw_bind(fd, &service_interface, 0) >> 24, 0xA7);
    assert_status(rpcsec_server_set_node(f->server.server, 1), RPCSEC_INVALID_STATE);
    close(fd);
}

static void sockets_that_listen_already_are_taken(void **state)
{
    struct fixture *f = *state;
    const struct sockaddr_in any = {.sin_family = AF_INET,
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int pair[2];

    test_server_make(&f->server, f->policy);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&any, sizeof(any)), 0);
    assert_status(rpcsec_server_listen_fd(f->server.server, pair[0], NULL),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_listen_fd(f->server.server, fd, NULL),
                  RPCSEC_INVALID_ARGUMENT); /* it does not listen yet */
    assert_status(rpcsec_server_listen_fd(f->server.server, -1, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(listen(fd, 1), 0);
    assert_ok(rpcsec_server_listen_fd(f->server.server, fd, NULL));
    assert_non_null(strstr(rpcsec_server_binding(f->server.server, 0), "127.0.0.1["));
    close(pair[0]);
    close(pair[1]);
}

static void statistics_tell_what_there_is(void **state)
{
    const uint8_t number[4] = {1};
    struct rpcsec_server_stats stats = {.size = offsetof(struct rpcsec_server_stats, calls)};
    struct fixture *f = *state;
    uint8_t answer[8];
    int fd;

    limit(f, RPCSEC_LIMIT_CONNECTIONS, 50);
    start(f);
    fd = connect_and_bind(f);
    assert_int_equal(raw_call(fd, 2, SERVICE_ADD, number, 4, answer, 8), 4);
    stats.calls = 77; /* beyond the size: not touched */
    rpcsec_server_stats(f->server.server, &stats);
    assert_int_equal(stats.connections, 1);
    assert_int_equal(stats.max_connections, 50);
    assert_int_equal(stats.calls, 77);
    stats.size = sizeof(stats);
    rpcsec_server_stats(f->server.server, &stats);
    assert_int_equal(stats.calls, 1);
    assert_true(stats.reads >= 2 && stats.writes >= 1);
    assert_int_equal(stats.handles, 0);
    close(fd);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(ids_of_calls_may_not_fall),
        T(the_first_id_may_be_any_and_the_last_is_taken),
        T(answers_of_all_that_nobody_reads_have_a_limit),
        T(connections_are_no_more_than_descriptors),
        T(an_old_connection_ends_when_it_is_idle),
        T(requests_that_wait_when_it_stops_are_answered),
        T(associations_carry_the_node),
        T(sockets_that_listen_already_are_taken),
        T(statistics_tell_what_there_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
