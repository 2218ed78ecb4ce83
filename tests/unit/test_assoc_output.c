/* SPDX-License-Identifier: MIT
 *
 * test_assoc_output: the output queue: order, partial consumption, its limit.
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/pair.h"

static struct pair *bound(void)
{
    struct pair *p = NULL;
    uint16_t context;

    assert_ok(pair_new(NULL, &p));
    assert_ok(pair_bind(p, &pair_echo, &context));
    return p;
}

static void output_stays_where_it_is_until_it_was_consumed(void **state)
{
    struct pair *p = bound();
    struct iovec first[4];
    struct iovec again[4];
    uint32_t id;

    (void)state;
    assert_int_equal(assoc_output(p->client.a, first, 4), 0);
    assert_ok(pair_call(p, 0, 1, NULL, 14000, &id));
    assert_int_equal(assoc_output(p->client.a, first, 4), 3);
    assert_int_equal(assoc_output(p->client.a, again, 2), 2);
    assert_ptr_equal(first[0].iov_base, again[0].iov_base);
    assoc_consumed(p->client.a, first[0].iov_len + 10, p->now_ms);
    assert_int_equal(assoc_output(p->client.a, again, 4), 2);
    assert_ptr_equal(again[0].iov_base, (uint8_t *)first[1].iov_base + 10);
    assert_int_equal(again[0].iov_len, first[1].iov_len - 10);
    assert_int_equal(assoc_queued(p->client.a), again[0].iov_len + again[1].iov_len);
    assoc_consumed(p->client.a, SIZE_MAX, p->now_ms); /* more than there is */
    assert_int_equal(assoc_queued(p->client.a), 0);
    pair_free(p);
}

static void output_may_be_consumed_in_pieces(void **state)
{
    struct pair *p = bound();
    struct iovec iov[1];
    uint32_t id;
    size_t left;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 14000, &id));
    left = assoc_queued(p->client.a);
    while (left > 7) {
        assoc_consumed(p->client.a, 7, p->now_ms);
        left -= 7;
        assert_int_equal(assoc_queued(p->client.a), left);
    }
    assert_int_equal(assoc_output(p->client.a, iov, 1), 1);
    assert_int_equal(iov[0].iov_len, left);
    assoc_consumed(p->client.a, left, p->now_ms);
    assert_int_equal(assoc_output(p->client.a, iov, 1), 0);
    pair_free(p);
}

static void the_queue_grows_and_keeps_the_order(void **state)
{
    struct pair *p = bound();
    uint32_t ids[40];

    (void)state;
    for (size_t i = 0; i < NUM_OF(ids); i++) {
        assert_ok(pair_call(p, 0, 1, NULL, 16 * i, &ids[i]));
        if (i == 3)
            pair_collect(p, false); /* the ring's head is not at its start */
    }
    pair_run(p);
    for (size_t i = 0; i < NUM_OF(ids); i++) {
        assert_int_equal(pair_find(p, true, ASSOC_CALL, i)->event.call.call_id, ids[i]);
        assert_int_equal(pair_find(p, false, ASSOC_REPLY, i)->len, 16 * i);
    }
    pair_free(p);
}

/* In the steady state a call of one fragment takes no memory for its segment. */
static void sent_segments_are_lent_to_the_next_writer(void **state)
{
    struct pair *p = bound();
    const struct assoc_request request = {.opnum = 1};
    struct writer_shape shape;
    struct segment *used;
    struct writer w;
    uint32_t id;

    (void)state;
    assert_ok(assoc_request_shape(p->client.a, 0, false, &shape));
    writer_init(&w, &shape, false);
    writer_zeros(&w, 8);
    used = w.first;
    assert_ok(assoc_call(p->client.a, &request, &w, &id, p->now_ms));
    pair_run(p);
    writer_reset(&w, &shape, false);
    assoc_lend_segments(p->client.a, &w);
    writer_zeros(&w, 8);
    assert_ptr_equal(w.first, used);
    writer_done(&w);
    pair_free(p);
}

static void few_segments_are_kept(void **state)
{
    struct pair *p = bound();
    uint32_t id;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 60000, &id));
    pair_run(p);
    assert_true(p->client.a->pool->num_segments > ASSOC_IDLE_SPARE);
    assert_true(p->client.a->pool->segment_bytes <= ASSOC_SPARE_BYTES);
    assoc_pool_trim(assoc_pool_of(p->client.a));
    assert_int_equal(p->client.a->pool->num_segments, ASSOC_IDLE_SPARE);
    pair_free(p);
}

static void a_client_says_nothing_more_to_a_server_it_does_not_trust(void **state)
{
    struct pair *p = bound();
    static const uint8_t junk[16] = {0xFF};
    uint32_t id;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 100, &id));
    pair_inject(p, true, junk, sizeof(junk));
    pair_deliver(p, true, SIZE_MAX, SIZE_MAX);
    assert_int_equal(assoc_queued(p->client.a), 0);
    assert_int_equal(pair_count(p, false, ASSOC_CLOSED), 1);
    assert_int_equal(assoc_call_outcome(p->client.a, id), RPCSEC_OUTCOME_NOT_RUN);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_stays_where_it_is_until_it_was_consumed),
        cmocka_unit_test(output_may_be_consumed_in_pieces),
        cmocka_unit_test(the_queue_grows_and_keeps_the_order),
        cmocka_unit_test(sent_segments_are_lent_to_the_next_writer),
        cmocka_unit_test(few_segments_are_kept),
        cmocka_unit_test(a_client_says_nothing_more_to_a_server_it_does_not_trust),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
