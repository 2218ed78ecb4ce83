/* SPDX-License-Identifier: MIT
 *
 * unit/test_transport_tcp.c: stream sockets behind the transport table.
 */
#include "harness/test.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/alloc_check.h"
#include "transport/transport.h"

/* Both ends of a connection: a transport, and the plain socket of its peer. */
struct pair {
    struct transport *ours;
    int theirs;
};

static struct pair unix_pair(void)
{
    struct pair pair;
    int fds[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_ok(transport_tcp_adopt(fds[0], &pair.ours));
    pair.theirs = fds[1];
    return pair;
}

/* Over TCP on the loopback interface, accepted by us. */
static struct pair tcp_pair(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct sockaddr *at = (struct sockaddr *)&address;
    socklen_t len = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct pair pair;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listener, at, len), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, at, &len), 0);
    pair.theirs = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(pair.theirs, at, len), 0);
    assert_ok(transport_tcp_adopt(accept(listener, NULL, NULL), &pair.ours));
    close(listener);
    return pair;
}

static void close_pair(struct pair *pair)
{
    pair->ours->ops->close(pair->ours);
    if (pair->theirs >= 0)
        close(pair->theirs);
}

static void wait_readable(struct transport *t)
{
    struct pollfd waiting = {.fd = t->ops->descriptor(t), .events = POLLIN};

    assert_int_equal(poll(&waiting, 1, 5000), 1);
}

static enum transport_io recv_some(struct transport *t, void *data, size_t len, size_t *ret_len)
{
    return t->ops->recv(t, data, len, ret_len);
}

static enum transport_io send_text(struct transport *t, const char *text, size_t *ret_len)
{
    struct iovec iov = {.iov_base = (char *)text, .iov_len = strlen(text)};

    return t->ops->send(t, &iov, 1, ret_len);
}

static void recv_waits_until_there_are_bytes(void **state)
{
    struct pair pair = unix_pair();
    char data[8];
    size_t len = 12345;

    (void)state;
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_WAIT);
    assert_int_equal(len, 12345);
    assert_int_equal(write(pair.theirs, "abc", 3), 3);
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 3);
    assert_memory_equal(data, "abc", 3);
    close_pair(&pair);
}

static void recv_takes_no_more_than_it_is_asked_for(void **state)
{
    struct pair pair = unix_pair();
    char data[8] = "........";
    size_t len;

    (void)state;
    assert_int_equal(write(pair.theirs, "abcdef", 6), 6);
    assert_int_equal(recv_some(pair.ours, data, 4, &len), TRANSPORT_DONE);
    assert_int_equal(len, 4);
    assert_memory_equal(data, "abcd....", 8);
    assert_int_equal(recv_some(pair.ours, data, 4, &len), TRANSPORT_DONE);
    assert_int_equal(len, 2);
    assert_memory_equal(data, "efcd....", 8);
    close_pair(&pair);
}

static void recv_tells_the_end_of_what_was_sent(void **state)
{
    struct pair pair = tcp_pair();
    char data[8];
    size_t len;

    (void)state;
    assert_int_equal(write(pair.theirs, "x", 1), 1);
    close(pair.theirs);
    pair.theirs = -1;
    wait_readable(pair.ours);
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 1);
    wait_readable(pair.ours);
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_EOF);
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_EOF);
    close_pair(&pair);
}

/* Closes the peer's socket so that the system sends a reset. */
static void reset_peer(struct pair *pair)
{
    struct linger at_once = {.l_onoff = 1};

    assert_int_equal(setsockopt(pair->theirs, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)),
                     0);
    close(pair->theirs);
    pair->theirs = -1;
    wait_readable(pair->ours);
}

static void recv_fails_after_a_reset(void **state)
{
    struct pair pair = tcp_pair();
    char data[8];
    size_t len = 12345;

    (void)state;
    reset_peer(&pair);
    assert_int_equal(recv_some(pair.ours, data, sizeof(data), &len), TRANSPORT_FAILED);
    assert_int_equal(pair.ours->error, ECONNRESET);
    assert_int_equal(len, 12345);
    close_pair(&pair);
}

static volatile sig_atomic_t num_signals;

static void count_signal(int number)
{
    (void)number;
    num_signals++;
}

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    assert_int_equal(sigaction(number, &action, NULL), 0);
}

static void send_to_a_closed_peer_fails_without_a_signal(void **state)
{
    struct pair pairs[] = {tcp_pair(), unix_pair()};
    size_t len = 0;

    (void)state;
    num_signals = 0;
    handle(SIGPIPE, count_signal, 0);
    reset_peer(&pairs[0]);
    close(pairs[1].theirs);
    pairs[1].theirs = -1;
    for (size_t i = 0; i < NUM_OF(pairs); i++) {
        enum transport_io io = TRANSPORT_DONE;

        for (int tries = 0; tries < 3 && io == TRANSPORT_DONE; tries++)
            io = send_text(pairs[i].ours, "hello", &len);
        assert_int_equal(io, TRANSPORT_FAILED);
        assert_true(pairs[i].ours->error == EPIPE || pairs[i].ours->error == ECONNRESET);
        assert_int_equal(send_text(pairs[i].ours, "hello", &len), TRANSPORT_FAILED);
        assert_int_equal(pairs[i].ours->error, EPIPE);
        close_pair(&pairs[i]);
    }
    handle(SIGPIPE, SIG_DFL, 0);
    assert_int_equal(num_signals, 0);
}

static void send_gathers_its_pieces_in_order(void **state)
{
    struct pair pair = unix_pair();
    const struct iovec iov[] = {
        {(char *)"head", 4},
        {NULL, 0},
        {(char *)" body ", 6},
        {(char *)"tail", 4},
    };
    char data[32];
    size_t len;

    (void)state;
    assert_int_equal(pair.ours->ops->send(pair.ours, iov, NUM_OF(iov), &len), TRANSPORT_DONE);
    assert_int_equal(len, 14);
    assert_int_equal(read(pair.theirs, data, sizeof(data)), 14);
    assert_memory_equal(data, "head body tail", 14);
    close_pair(&pair);
}

static void send_takes_more_pieces_than_the_system_does_at_once(void **state)
{
    struct pair pair = unix_pair();
    static struct iovec iov[IOV_MAX + 10];
    size_t len;

    (void)state;
    for (size_t i = 0; i < NUM_OF(iov); i++)
        iov[i] = (struct iovec){(char *)"x", 1};
    assert_int_equal(pair.ours->ops->send(pair.ours, iov, NUM_OF(iov), &len), TRANSPORT_DONE);
    assert_int_equal(len, IOV_MAX);
    close_pair(&pair);
}

/* Fills what the system holds, drains it at the other end, and goes on. */
static void send_is_partial_then_waits_then_goes_on(void **state)
{
    struct pair pair = tcp_pair();
    static uint8_t block[1 << 20];
    struct iovec iov = {block, sizeof(block)};
    size_t sent = 0;
    size_t received = 0;
    size_t len = 0;
    enum transport_io io;

    (void)state;
    while ((io = pair.ours->ops->send(pair.ours, &iov, 1, &len)) == TRANSPORT_DONE) {
        assert_in_range(len, 1, sizeof(block));
        sent += len;
    }
    assert_int_equal(io, TRANSPORT_WAIT);
    while (received < sent) {
        ssize_t got = read(pair.theirs, block, sizeof(block));

        assert_true(got > 0);
        received += (size_t)got;
    }
    assert_int_equal(pair.ours->ops->send(pair.ours, &iov, 1, &len), TRANSPORT_DONE);
    close_pair(&pair);
}

/* A request for nothing would look like the end, or like progress. */
static void nothing_to_move_is_refused(void **state)
{
    struct pair pair = unix_pair();
    struct iovec iov = {NULL, 0};
    char data[1];
    size_t len = 12345;

    (void)state;
    assert_int_equal(recv_some(pair.ours, data, 0, &len), TRANSPORT_FAILED);
    assert_int_equal(pair.ours->error, EINVAL);
    assert_int_equal(pair.ours->ops->send(pair.ours, &iov, 1, &len), TRANSPORT_FAILED);
    assert_int_equal(pair.ours->ops->send(pair.ours, &iov, 0, &len), TRANSPORT_FAILED);
    assert_int_equal(len, 12345);
    close_pair(&pair);
}

static int option(int fd, int level, int name)
{
    int value = 0;
    socklen_t len = sizeof(value);

    assert_int_equal(getsockopt(fd, level, name, &value, &len), 0);
    return value;
}

static void adopted_socket_is_non_blocking_and_sends_at_once(void **state)
{
    struct pair pair = tcp_pair();
    int fd = pair.ours->ops->descriptor(pair.ours);

    (void)state;
    assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
    assert_int_not_equal(option(fd, IPPROTO_TCP, TCP_NODELAY), 0);
    assert_string_equal(pair.ours->ops->name, "tcp");
    close_pair(&pair);
}

static void peer_address_is_printed(void **state)
{
    struct sockaddr_in address;
    socklen_t len = sizeof(address);
    struct pair pair = tcp_pair();
    struct pair local = unix_pair();
    char expected[64];

    (void)state;
    assert_int_equal(getsockname(pair.theirs, (struct sockaddr *)&address, &len), 0);
    snprintf(expected, sizeof(expected), "127.0.0.1:%u", ntohs(address.sin_port));
    assert_string_equal(pair.ours->ops->peer_address(pair.ours), expected);
    snprintf(expected, sizeof(expected), "uid-%u:%d", (unsigned)geteuid(), (int)getpid());
    assert_string_equal(local.ours->ops->peer_address(local.ours), expected);
    close_pair(&pair);
    close_pair(&local);
}

static void closed_descriptor_is_not_adopted(void **state)
{
    struct transport *t = NULL;

    (void)state;
    assert_status(transport_tcp_adopt(-1, &t), RPCSEC_SYSTEM);
    assert_null(t);
}

static rpcsec_status adopt_and_close(void *arg)
{
    int *fds = arg;
    struct transport *t;
    int fd = dup(fds[0]);
    rpcsec_status status = transport_tcp_adopt(fd, &t);

    if (status == RPCSEC_OK)
        t->ops->close(t);
    else
        close(fd); /* it stays the caller's */
    return status;
}

static void adopting_stands_memory_that_ends(void **state)
{
    int fds[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(alloc_check(adopt_and_close, fds), 1);
    close(fds[0]);
    close(fds[1]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(recv_waits_until_there_are_bytes),
        cmocka_unit_test(recv_takes_no_more_than_it_is_asked_for),
        cmocka_unit_test(recv_tells_the_end_of_what_was_sent),
        cmocka_unit_test(recv_fails_after_a_reset),
        cmocka_unit_test(send_to_a_closed_peer_fails_without_a_signal),
        cmocka_unit_test(send_gathers_its_pieces_in_order),
        cmocka_unit_test(send_takes_more_pieces_than_the_system_does_at_once),
        cmocka_unit_test(send_is_partial_then_waits_then_goes_on),
        cmocka_unit_test(nothing_to_move_is_refused),
        cmocka_unit_test(adopted_socket_is_non_blocking_and_sends_at_once),
        cmocka_unit_test(peer_address_is_printed),
        cmocka_unit_test(closed_descriptor_is_not_adopted),
        cmocka_unit_test(adopting_stands_memory_that_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
