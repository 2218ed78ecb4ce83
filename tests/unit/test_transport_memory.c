/* SPDX-License-Identifier: MIT
 *
 * unit/test_transport_memory.c: a connection inside one process.
 */
#include "harness/test.h"

#include <errno.h>

#include "harness/alloc_check.h"
#include "transport/transport.h"

struct pair {
    struct transport *a;
    struct transport *b;
};

static struct pair make(size_t capacity, size_t chunk)
{
    struct pair pair;

    assert_ok(transport_memory_pair(capacity, chunk, &pair.a, &pair.b));
    return pair;
}

static void close_both(struct pair *pair)
{
    pair->a->ops->close(pair->a);
    pair->b->ops->close(pair->b);
}

static enum transport_io send_text(struct transport *t, const char *text, size_t *ret_len)
{
    struct iovec iov = {.iov_base = (char *)text, .iov_len = strlen(text)};

    return t->ops->send(t, &iov, 1, ret_len);
}

static enum transport_io recv_some(struct transport *t, void *data, size_t len, size_t *ret_len)
{
    return t->ops->recv(t, data, len, ret_len);
}

static void bytes_go_both_ways(void **state)
{
    struct pair pair = make(16, 0);
    char data[16];
    size_t len;

    (void)state;
    assert_int_equal(send_text(pair.a, "ping", &len), TRANSPORT_DONE);
    assert_int_equal(send_text(pair.b, "pong!", &len), TRANSPORT_DONE);
    assert_int_equal(recv_some(pair.b, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 4);
    assert_memory_equal(data, "ping", 4);
    assert_int_equal(recv_some(pair.a, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 5);
    assert_memory_equal(data, "pong!", 5);
    assert_int_equal(recv_some(pair.a, data, sizeof(data), &len), TRANSPORT_WAIT);
    close_both(&pair);
}

static void a_full_pipe_takes_what_fits_then_nothing(void **state)
{
    struct pair pair = make(6, 0);
    char data[16];
    size_t len = 0;

    (void)state;
    assert_int_equal(send_text(pair.a, "abcd", &len), TRANSPORT_DONE);
    assert_int_equal(send_text(pair.a, "efgh", &len), TRANSPORT_DONE);
    assert_int_equal(len, 2);
    assert_int_equal(send_text(pair.a, "gh", &len), TRANSPORT_WAIT);
    assert_int_equal(recv_some(pair.b, data, 3, &len), TRANSPORT_DONE);
    assert_int_equal(send_text(pair.a, "ghij", &len), TRANSPORT_DONE); /* around the end */
    assert_int_equal(len, 3);
    assert_int_equal(recv_some(pair.b, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 6);
    assert_memory_equal(data, "defghi", 6);
    close_both(&pair);
}

static void pieces_are_gathered_across_the_capacity(void **state)
{
    struct pair pair = make(5, 0);
    const struct iovec iov[] = {{(char *)"ab", 2}, {NULL, 0}, {(char *)"cdef", 4}};
    char data[8];
    size_t len;

    (void)state;
    assert_int_equal(pair.a->ops->send(pair.a, iov, NUM_OF(iov), &len), TRANSPORT_DONE);
    assert_int_equal(len, 5);
    assert_int_equal(recv_some(pair.b, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_memory_equal(data, "abcde", 5);
    close_both(&pair);
}

/* Any capacity and chunk carries a stream unchanged. */
static void check_stream(size_t capacity, size_t chunk)
{
    struct pair pair = make(capacity, chunk);
    uint8_t next_sent = 0;
    uint8_t next_received = 0;

    for (int i = 0; i < 1000; i++) {
        uint8_t data[7] = {0};
        struct iovec iov[] = {{data, 3}, {data + 3, 4}};
        size_t len = 0;

        for (size_t j = 0; j < sizeof(data); j++)
            data[j] = (uint8_t)(next_sent + j);
        if (pair.a->ops->send(pair.a, iov, 2, &len) == TRANSPORT_DONE)
            next_sent = (uint8_t)(next_sent + len);
        assert_true(chunk == 0 || len <= chunk);
        len = 0;
        if (i % 3 != 0)
            assert_int_not_equal(recv_some(pair.b, data, 5, &len), TRANSPORT_FAILED);
        assert_true(chunk == 0 || len <= chunk);
        for (size_t j = 0; j < len; j++)
            assert_int_equal(data[j], next_received++);
    }
    assert_true(next_received != 0 || next_sent != 0);
    close_both(&pair);
}

static void any_capacity_and_chunk_carries_the_stream(void **state)
{
    static const size_t capacities[] = {1, 2, 7, 64};
    static const size_t chunks[] = {0, 1, 2, 5, 100};

    (void)state;
    for (size_t i = 0; i < NUM_OF(capacities); i++) {
        for (size_t j = 0; j < NUM_OF(chunks); j++)
            check_stream(capacities[i], chunks[j]);
    }
}

static void the_end_comes_after_what_was_sent(void **state)
{
    struct pair pair = make(16, 0);
    char data[16];
    size_t len;

    (void)state;
    assert_int_equal(send_text(pair.a, "last", &len), TRANSPORT_DONE);
    pair.a->ops->close(pair.a);
    assert_int_equal(recv_some(pair.b, data, sizeof(data), &len), TRANSPORT_DONE);
    assert_int_equal(len, 4);
    assert_int_equal(recv_some(pair.b, data, sizeof(data), &len), TRANSPORT_EOF);
    pair.b->ops->close(pair.b);
}

static void sending_to_a_closed_end_fails(void **state)
{
    struct pair pair = make(16, 0);
    size_t len = 12345;

    (void)state;
    pair.b->ops->close(pair.b);
    assert_int_equal(send_text(pair.a, "x", &len), TRANSPORT_FAILED);
    assert_int_equal(pair.a->error, EPIPE);
    assert_int_equal(len, 12345);
    pair.a->ops->close(pair.a);
}

static void nothing_to_move_is_refused(void **state)
{
    struct pair pair = make(16, 0);
    struct iovec iov = {NULL, 0};
    char data[1];
    size_t len;

    (void)state;
    assert_int_equal(recv_some(pair.a, data, 0, &len), TRANSPORT_FAILED);
    assert_int_equal(pair.a->ops->send(pair.a, &iov, 1, &len), TRANSPORT_FAILED);
    assert_int_equal(pair.a->error, EINVAL);
    close_both(&pair);
}

static void there_is_no_descriptor_to_wait_on(void **state)
{
    struct pair pair = make(1, 0);

    (void)state;
    assert_int_equal(pair.a->ops->descriptor(pair.a), -1);
    assert_string_equal(pair.a->ops->peer_address(pair.a), "memory");
    close_both(&pair);
}

static rpcsec_status make_and_close(void *arg)
{
    struct pair pair;
    rpcsec_status status = transport_memory_pair(16, 0, &pair.a, &pair.b);

    (void)arg;
    if (status == RPCSEC_OK)
        close_both(&pair);
    return status;
}

static void making_a_pair_checks_its_arguments_and_memory(void **state)
{
    struct transport *a = NULL;
    struct transport *b = NULL;

    (void)state;
    assert_status(transport_memory_pair(0, 0, &a, &b), RPCSEC_INVALID_ARGUMENT);
    assert_null(a);
    assert_null(b);
    assert_int_equal(alloc_check(make_and_close, NULL), 3);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_go_both_ways),
        cmocka_unit_test(a_full_pipe_takes_what_fits_then_nothing),
        cmocka_unit_test(pieces_are_gathered_across_the_capacity),
        cmocka_unit_test(any_capacity_and_chunk_carries_the_stream),
        cmocka_unit_test(the_end_comes_after_what_was_sent),
        cmocka_unit_test(sending_to_a_closed_end_fails),
        cmocka_unit_test(nothing_to_move_is_refused),
        cmocka_unit_test(there_is_no_descriptor_to_wait_on),
        cmocka_unit_test(making_a_pair_checks_its_arguments_and_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
