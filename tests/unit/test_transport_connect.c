/* SPDX-License-Identifier: MIT
 *
 * unit/test_transport_connect.c: connecting within a deadline, on loopback addresses only.
 */
#include "harness/test.h"

#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "harness/alloc_check.h"
#include "transport/transport.h"

struct listener {
    int fd;
    char port[8];
};

static int bound_socket(int family, const void *address_bytes, size_t len, uint16_t *ret_port)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address = {.any = {.sa_family = (sa_family_t)family}};
    socklen_t size = family == AF_INET ? sizeof(address.v4) : sizeof(address.v6);
    int fd = socket(family, SOCK_STREAM, 0);

    if (family == AF_INET)
        memcpy(&address.v4.sin_addr, address_bytes, len);
    else
        memcpy(&address.v6.sin6_addr, address_bytes, len);
    if (fd < 0 || bind(fd, &address.any, size) != 0)
        return -1;
    assert_int_equal(getsockname(fd, &address.any, &size), 0);
    *ret_port = ntohs(family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
    return fd;
}

static struct listener listen_at(int family, const void *address_bytes, size_t len, int backlog)
{
    struct listener listener;
    uint16_t port = 0;

    listener.fd = bound_socket(family, address_bytes, len, &port);
    snprintf(listener.port, sizeof(listener.port), "%u", port);
    if (listener.fd >= 0)
        assert_int_equal(listen(listener.fd, backlog), 0);
    return listener;
}

static struct listener listen_v4(int backlog)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};

    return listen_at(AF_INET, loopback, sizeof(loopback), backlog);
}

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void check_connects(const char *host, const struct listener *listener,
                           const char *address_prefix)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;
    const char *address;

    assert_ok(transport_tcp_connect(host, listener->port, 5000, &t, &err));
    address = t->ops->peer_address(t);
    assert_memory_equal(address, address_prefix, strlen(address_prefix));
    assert_string_equal(address + strlen(address_prefix), listener->port);
    t->ops->close(t);
}

static void connects_over_ipv4(void **state)
{
    struct listener listener = listen_v4(4);

    (void)state;
    check_connects("127.0.0.1", &listener, "127.0.0.1:");
    close(listener.fd);
}

static void connects_over_ipv6(void **state)
{
    struct listener listener =
        listen_at(AF_INET6, &in6addr_loopback, sizeof(in6addr_loopback), 4);

    (void)state;
    if (listener.fd < 0) {
        print_message("this machine has no IPv6 loopback address\n");
        skip();
    }
    check_connects("::1", &listener, "[::1]:");
    close(listener.fd);
}

static bool has_address(const char *host)
{
    struct addrinfo *list = NULL;
    bool found = getaddrinfo(host, NULL, NULL, &list) == 0;

    if (found)
        freeaddrinfo(list);
    return found;
}

/* localhost is ::1 and 127.0.0.1 on most machines: what refuses first must not end it. */
static void the_next_address_is_tried_when_one_refuses(void **state)
{
    struct listener listener = listen_v4(4);

    (void)state;
    if (!has_address("localhost")) {
        close(listener.fd);
        print_message("this machine does not know localhost\n");
        skip();
    }
    check_connects("localhost", &listener, "127.0.0.1:");
    close(listener.fd);
}

/* A port that is bound, so that nobody else gets it, but not listened at. */
static void a_port_that_nobody_listens_at_refuses(void **state)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;
    uint16_t number = 0;
    int fd = bound_socket(AF_INET, loopback, sizeof(loopback), &number);
    char port[8];

    (void)state;
    snprintf(port, sizeof(port), "%u", number);
    assert_status(transport_tcp_connect("127.0.0.1", port, 5000, &t, &err),
                  RPCSEC_CONNECTION_REFUSED);
    assert_null(t);
    assert_int_equal(err.layer, RPCSEC_LAYER_TRANSPORT);
    assert_non_null(strstr(err.text, port));
    assert_non_null(strstr(err.text, "start the server"));
    close(fd);
}

/* A listener whose queue is full swallows connection requests: a stand-in for a host that never
 * answers. The sockets that fill it are kept. */
struct full {
    struct listener listener;
    int fillers[8];
};

static void fill(struct full *full)
{
    struct sockaddr_in address;
    socklen_t len = sizeof(address);

    full->listener = listen_v4(0);
    assert_int_equal(getsockname(full->listener.fd, (struct sockaddr *)&address, &len), 0);
    for (size_t i = 0; i < NUM_OF(full->fillers); i++) {
        full->fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(full->fillers[i], (struct sockaddr *)&address, len);
    }
}

static void drain(struct full *full)
{
    for (size_t i = 0; i < NUM_OF(full->fillers); i++)
        close(full->fillers[i]);
    close(full->listener.fd);
}

static void an_address_that_never_answers_costs_the_deadline(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;
    struct full full;
    uint64_t start;

    (void)state;
    fill(&full);
    start = now_ms();
    assert_status(transport_tcp_connect("127.0.0.1", full.listener.port, 300, &t, &err),
                  RPCSEC_TIMED_OUT);
    assert_in_range(now_ms() - start, 295, 10000);
    assert_null(t);
    assert_non_null(strstr(err.text, "within 300 ms"));
    drain(&full);
}

static void ignore_alarm(int number)
{
    (void)number;
}

/* Signals without SA_RESTART, ten times before the deadline. */
static void signals_neither_shorten_nor_prolong_the_wait(void **state)
{
    struct sigaction action = {.sa_handler = ignore_alarm};
    struct itimerval often = {{0, 30000}, {0, 30000}};
    struct itimerval never = {{0, 0}, {0, 0}};
    struct transport *t = NULL;
    struct full full;
    uint64_t start;

    (void)state;
    fill(&full);
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
    start = now_ms();
    assert_status(transport_tcp_connect("127.0.0.1", full.listener.port, 300, &t, NULL),
                  RPCSEC_TIMED_OUT);
    assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
    assert_in_range(now_ms() - start, 295, 10000);
    drain(&full);
}

static void no_time_at_all_is_a_timeout(void **state)
{
    struct transport *t = NULL;
    struct full full;

    (void)state;
    fill(&full);
    assert_status(transport_tcp_connect("127.0.0.1", full.listener.port, 0, &t, NULL),
                  RPCSEC_TIMED_OUT);
    drain(&full);
}

static void the_longest_deadline_does_not_wrap(void **state)
{
    struct listener listener = listen_v4(4);
    struct transport *t = NULL;

    (void)state;
    assert_ok(transport_tcp_connect("127.0.0.1", listener.port, UINT64_MAX, &t, NULL));
    t->ops->close(t);
    close(listener.fd);
}

/* A broadcast address takes no connection: the system refuses it whatever the routes are. */
static void an_address_that_cannot_be_connected_to_fails_with_its_reason(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;

    (void)state;
    assert_status(transport_tcp_connect("255.255.255.255", "7", 1000, &t, &err),
                  RPCSEC_CONNECT_FAILED);
    assert_null(t);
    assert_int_equal(err.layer, RPCSEC_LAYER_TRANSPORT);
    assert_non_null(strstr(err.text, "255.255.255.255 port 7"));
}

/* A label longer than 63 bytes is no DNS name (RFC 1035 2.3.4): no server is asked. */
static void a_host_that_does_not_exist_is_not_found(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;
    char host[80];

    (void)state;
    memset(host, 'x', sizeof(host) - 1);
    host[sizeof(host) - 1] = '\0';
    assert_status(transport_tcp_connect(host, "7", 1000, &t, &err), RPCSEC_HOST_NOT_FOUND);
    assert_null(t);
    assert_non_null(strstr(err.text, host));
}

static void hosts_are_cleaned_before_they_are_shown(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct transport *t = NULL;

    (void)state;
    assert_status(transport_tcp_connect("bad\x1b[2Jhost..", "7", 1000, &t, &err),
                  RPCSEC_HOST_NOT_FOUND);
    assert_null(strchr(err.text, 0x1b));
    assert_non_null(strstr(err.text, "bad?[2Jhost"));
}

static void ports_must_be_numbers(void **state)
{
    static const char *const ports[] = {"", "0", "65536", "-1", " 7", "7 ", "http", "0x50"};

    (void)state;
    for (size_t i = 0; i < NUM_OF(ports); i++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct transport *t = NULL;

        assert_status(transport_tcp_connect("127.0.0.1", ports[i], 1000, &t, &err),
                      RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(err.layer, RPCSEC_LAYER_ARGUMENT);
    }
}

static rpcsec_status connect_and_close(void *arg)
{
    const struct listener *listener = arg;
    struct transport *t;
    rpcsec_status status = transport_tcp_connect("127.0.0.1", listener->port, 5000, &t, NULL);

    if (status == RPCSEC_OK)
        t->ops->close(t);
    return status;
}

static void connecting_stands_memory_that_ends(void **state)
{
    struct listener listener = listen_v4(8);

    (void)state;
    assert_int_equal(alloc_check(connect_and_close, &listener), 1);
    close(listener.fd);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(connects_over_ipv4),
        cmocka_unit_test(connects_over_ipv6),
        cmocka_unit_test(the_next_address_is_tried_when_one_refuses),
        cmocka_unit_test(a_port_that_nobody_listens_at_refuses),
        cmocka_unit_test(an_address_that_never_answers_costs_the_deadline),
        cmocka_unit_test(signals_neither_shorten_nor_prolong_the_wait),
        cmocka_unit_test(no_time_at_all_is_a_timeout),
        cmocka_unit_test(the_longest_deadline_does_not_wrap),
        cmocka_unit_test(an_address_that_cannot_be_connected_to_fails_with_its_reason),
        cmocka_unit_test(a_host_that_does_not_exist_is_not_found),
        cmocka_unit_test(hosts_are_cleaned_before_they_are_shown),
        cmocka_unit_test(ports_must_be_numbers),
        cmocka_unit_test(connecting_stands_memory_that_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
