/* SPDX-License-Identifier: MIT
 *
 * Tests of a server behind a proxy: PROXY headers that are whole, missing, doubled, forged, cut
 * short or late. The address in a header is the client's, for logs and limits.
 */
#include "harness/test.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "server/raw_peer.h"
#include "server/reports.h"

#define HEADER \
    "\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0C\xC0\x00\x02\x01\xC0\x00\x02\x63\xC3\x51\x1B\x59"
#define OTHER_CLIENT \
    "\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0C\xC0\x00\x02\x02\xC0\x00\x02\x63\xC3\x51\x1B\x59"
#define LOCAL_COMMAND  "\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00"
#define SEND(fd, text) send_bytes(fd, text, sizeof(text) - 1)

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

static int tear_down(void **state)
{
    struct fixture *f = *state;

    if (f->server.server)
        test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void start(struct fixture *f, const char *network)
{
    const struct rpcsec_service service = {&service_interface, &f->server.counts};

    assert_ok(rpcsec_policy_add_proxy(f->policy, network));
    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add(f->server.server, service, NULL));
    reports_from(&f->reports, f->server.server);
    test_server_run(&f->server, "ncacn_ip_tcp:127.0.0.1[0]");
}

static void send_bytes(int fd, const void *data, size_t len)
{
    assert_int_equal(send(fd, data, len, MSG_NOSIGNAL), (ssize_t)len);
}

static bool call_works(int fd)
{
    const uint8_t number[4] = {1};
    uint8_t answer[8];

    return raw_call(fd, 5, SERVICE_ADD, number, 4, answer, 8) == 4;
}

static bool is_closed(int fd)
{
    uint8_t pdu[LIMIT_PDU_LEN];
    struct pdu_header header;

    while (raw_receive(fd, pdu, &header))
        ;
    return true; /* raw_receive waits for as long as it takes */
}

/* The connection ended without a call, and the program was told why. */
static void assert_refused(struct fixture *f, int fd, int num_lines, const char *why)
{
    assert_true(is_closed(fd));
    assert_true(reports_become(&f->reports, 1, num_lines));
    assert_non_null(strstr(f->reports.errors[0].text, why));
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
    close(fd);
}

static void the_header_tells_the_clients_address(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.0/8");
    fd = test_server_connect(&f->server);
    SEND(fd, HEADER);
    raw_bind(fd, &service_interface, 0);
    assert_true(call_works(fd));
    assert_true(reports_become(&f->reports, 0, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"address\":\"192.0.2.1:50001\""));
    close(fd);
}

static void a_header_may_come_byte_by_byte(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    for (size_t i = 0; i < sizeof(HEADER) - 1; i++) {
        send_bytes(fd, &HEADER[i], 1);
        usleep(1000);
    }
    raw_bind(fd, &service_interface, 0);
    assert_true(call_works(fd));
    close(fd);
}

static void a_local_connection_keeps_the_proxys_address(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, LOCAL_COMMAND);
    raw_bind(fd, &service_interface, 0);
    assert_true(reports_become(&f->reports, 0, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"address\":\"127.0.0.1:"));
    close(fd);
}

static void associations_are_joined_by_the_clients_address(void **state)
{
    struct fixture *f = *state;
    uint32_t group;
    int fds[3];

    start(f, "127.0.0.1");
    for (size_t i = 0; i < NUM_OF(fds); i++)
        fds[i] = test_server_connect(&f->server);
    SEND(fds[0], HEADER);
    SEND(fds[1], HEADER);
    SEND(fds[2], OTHER_CLIENT);
    group = raw_bind(fds[0], &service_interface, 0);
    assert_int_equal(raw_bind(fds[1], &service_interface, group), group);
    assert_int_not_equal(raw_bind(fds[2], &service_interface, 0), group);
    for (size_t i = 0; i < NUM_OF(fds); i++)
        close(fds[i]);
}

static void connections_count_by_the_clients_address(void **state)
{
    struct fixture *f = *state;
    int first, second, other;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_ADDRESS_CONNECTIONS, 1));
    start(f, "127.0.0.1");
    first = test_server_connect(&f->server);
    SEND(first, HEADER);
    raw_bind(first, &service_interface, 0);
    second = test_server_connect(&f->server);
    SEND(second, HEADER);
    assert_true(is_closed(second));
    other = test_server_connect(&f->server);
    SEND(other, OTHER_CLIENT);
    raw_bind(other, &service_interface, 0);
    close(first);
    close(second);
    close(other);
}

static void a_listed_proxy_must_send_a_header(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, "\x05\x00\x0b\x03\x10\x00\x00\x00\x48\x00\x00\x00\x01\x00\x00\x00");
    assert_refused(f, fd, 1, "sent no PROXY header");
    assert_true(reports_line_has(&f->reports, 0, "\"verdict\":\"refused\""));
}

static void a_header_of_version_1_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, "PROXY TCP4 192.0.2.1 192.0.2.99 50001 7001\r\n");
    assert_refused(f, fd, 1, "sent no PROXY header");
}

static void a_header_cut_short_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    send_bytes(fd, HEADER, sizeof(HEADER) - 2);
    shutdown(fd, SHUT_WR);
    assert_refused(f, fd, 1, "cut short");
}

static void a_header_that_is_short_of_its_addresses_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, "\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x02\xC0\x00");
    assert_refused(f, fd, 1, "cut short");
}

static void a_late_header_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDSHAKE_MS, 100));
    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, "\r\n\r\n");
    assert_refused(f, fd, 1, "did not come in time");
}

static void a_second_header_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, HEADER HEADER);
    assert_refused(f, fd, 1, "PROXY header");
}

static void a_header_from_elsewhere_is_refused(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "192.0.2.0/24");
    fd = test_server_connect(&f->server);
    SEND(fd, HEADER);
    assert_refused(f, fd, 1, "PROXY header");
}

static void who_is_not_listed_needs_no_header(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "192.0.2.0/24");
    fd = test_server_connect(&f->server);
    raw_bind(fd, &service_interface, 0);
    assert_true(call_works(fd));
    close(fd);
}

static void awaited_headers_are_limited_in_number(void **state)
{
    struct fixture *f = *state;
    int waits, refused;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDSHAKES, 1));
    start(f, "127.0.0.1");
    waits = test_server_connect(&f->server);
    SEND(waits, "\r\n\r\n");
    refused = test_server_connect(&f->server);
    assert_refused(f, refused, 0, "refused");
    close(waits);
}

static void a_server_stops_while_headers_are_awaited(void **state)
{
    struct fixture *f = *state;
    int fd;

    start(f, "127.0.0.1");
    fd = test_server_connect(&f->server);
    SEND(fd, "\r\n\r\n");
    usleep(20000);
    test_server_stop(&f->server);
    f->server.server = NULL;
    assert_true(is_closed(fd));
    close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_header_tells_the_clients_address),
        TEST(a_header_may_come_byte_by_byte),
        TEST(a_local_connection_keeps_the_proxys_address),
        TEST(associations_are_joined_by_the_clients_address),
        TEST(connections_count_by_the_clients_address),
        TEST(a_listed_proxy_must_send_a_header),
        TEST(a_header_of_version_1_is_refused),
        TEST(a_header_cut_short_is_refused),
        TEST(a_header_that_is_short_of_its_addresses_is_refused),
        TEST(a_late_header_is_refused),
        TEST(a_second_header_is_refused),
        TEST(a_header_from_elsewhere_is_refused),
        TEST(who_is_not_listed_needs_no_header),
        TEST(awaited_headers_are_limited_in_number),
        TEST(a_server_stops_while_headers_are_awaited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
