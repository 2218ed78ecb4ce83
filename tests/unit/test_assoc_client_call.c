/* SPDX-License-Identifier: MIT
 *
 * test_assoc_client_call: the client's calls: fragments, replies in any order, faults, cancels.
 */
#include "harness/test.h"

#include "flow/raw.h"

static const struct raw_auth sealed = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 76, NULL};

/* A bound client whose own package trusts, and the server's engine is no longer heard: tests
 * answer for it. */
static struct pair *bound(const struct pair_options *options)
{
    struct pair_options trusting = options ? *options : (struct pair_options){.ndr64 = false};
    struct pair *p = NULL;
    uint16_t context = 9;

    trusting.client_principal = "trust=1";
    trusting.server_principal = "trust=1";
    assert_ok(pair_new(&trusting, &p));
    assert_ok(pair_bind(p, &pair_echo, &context));
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    return p;
}

/* Calls, and lets the bytes leave. */
static uint32_t call(struct pair *p)
{
    uint32_t id = 0;

    assert_ok(pair_call(p, 0, 1, NULL, 8, &id));
    pair_collect(p, false);
    return id;
}

static struct raw_call response(uint32_t call_id, uint8_t flags, size_t len)
{
    return (struct raw_call){.type = PDU_RESPONSE,
                             .flags = flags,
                             .call_id = call_id,
                             .stub_len = len,
                             .auth = &sealed};
}

static void answer(struct pair *p, const struct raw_call *pdu)
{
    raw_send_call(p, true, pdu);
    raw_exchange(p, true);
}

static rpcsec_status closed_with(const struct pair *p)
{
    const struct pair_event *closed = pair_find(p, false, ASSOC_CLOSED, 0);

    return closed ? closed->event.closed.status : RPCSEC_NOT_FOUND;
}

static void expect_closed(struct pair *p, rpcsec_status status)
{
    assert_status(closed_with(p), status);
    assert_int_equal(pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.error->outcome,
                     RPCSEC_OUTCOME_UNKNOWN);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 0);
    pair_free(p);
}

static void a_response_in_fragments_is_put_together(void **state)
{
    struct pair *p = bound(NULL);
    const uint32_t id = call(p);
    struct raw_call pdu = response(id, PDU_FIRST_FRAG, 32);

    (void)state;
    answer(p, &pdu);
    pdu.flags = 0;
    answer(p, &pdu);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 0);
    pdu.flags = PDU_LAST_FRAG;
    pdu.stub_len = 16;
    answer(p, &pdu);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->len, 80);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->event.reply.call_id, id);
    pdu.flags = RAW_WHOLE; /* the call has ended */
    answer(p, &pdu);
    assert_status(closed_with(p), RPCSEC_PROTOCOL_ERROR);
    pair_free(p);
}

static void answers_come_in_any_order_and_interleaved(void **state)
{
    struct pair *p = bound(NULL);
    const uint32_t one = call(p);
    const uint32_t two = call(p);
    struct raw_call pdu = response(two, PDU_FIRST_FRAG, 16);

    (void)state;
    answer(p, &pdu);
    pdu.call_id = one;
    answer(p, &pdu);
    pdu.flags = PDU_LAST_FRAG;
    answer(p, &pdu);
    pdu.call_id = two;
    answer(p, &pdu);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->event.reply.call_id, one);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 1)->event.reply.call_id, two);
    pair_free(p);
}

/* ---- a hostile server ---- */

static void a_response_without_a_token_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = response(call(p), RAW_WHOLE, 8);

    (void)state;
    pdu.auth = NULL;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_BAD_FORMAT);
}

static void a_response_under_another_context_is_refused(void **state)
{
    static const struct raw_auth rows[] = {
        {9, 6, 0, 1, 76, NULL}, {16, 2, 0, 1, 76, NULL}, {16, 6, 0, 2, 76, NULL}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = bound(NULL);
        struct raw_call pdu = response(call(p), RAW_WHOLE, 16);

        pdu.auth = &rows[i];
        answer(p, &pdu);
        expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    }
}

static void a_response_to_no_call_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = response(call(p) + 1, RAW_WHOLE, 16);

    (void)state;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    p = bound(NULL);
    pdu.call_id = call(p);
    pdu.type = PDU_FAULT;
    pdu.call_id++;
    pdu.auth = NULL;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
}

static void a_second_response_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = response(call(p), RAW_WHOLE, 16);

    (void)state;
    answer(p, &pdu);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 1);
    answer(p, &pdu);
    assert_status(closed_with(p), RPCSEC_PROTOCOL_ERROR);
    pair_free(p);
}

static void a_response_before_the_request_was_sent_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu;
    uint32_t id = 0;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 8, &id));
    pdu = response(id, RAW_WHOLE, 16);
    assert_int_equal(assoc_call_outcome(p->client.a, id), RPCSEC_OUTCOME_NOT_RUN);
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
}

static void fragments_out_of_order_are_refused(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = response(call(p), PDU_LAST_FRAG, 16);

    (void)state;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    p = bound(NULL);
    pdu = response(call(p), PDU_FIRST_FRAG, 16);
    answer(p, &pdu);
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
}

static void the_byte_order_may_not_change_inside_a_response(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = response(call(p), PDU_FIRST_FRAG, 16);

    (void)state;
    answer(p, &pdu);
    pdu.flags = PDU_LAST_FRAG;
    pdu.big_endian = true;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
}

static void responses_are_bounded(void **state)
{
    const struct pair_options options = {.response_bytes = 4096};
    struct pair *p = bound(&options);
    struct raw_call pdu = response(call(p), PDU_FIRST_FRAG, 4000);

    (void)state;
    answer(p, &pdu);
    pdu.flags = 0;
    pdu.stub_len = 112;
    answer(p, &pdu);
    expect_closed(p, RPCSEC_LIMIT);
    p = bound(&options);
    pdu = response(call(p), RAW_WHOLE, 4112);
    answer(p, &pdu);
    expect_closed(p, RPCSEC_LIMIT);
}

static void malformed_answers_are_refused(void **state)
{
    static const struct {
        uint8_t type;
        size_t body_len;
    } rows[] = {{PDU_RESPONSE, 4}, {PDU_FAULT, 8}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = bound(NULL);
        const uint32_t id = call(p);

        raw_send_header(p, true, rows[i].type, RAW_WHOLE, id, rows[i].body_len);
        raw_exchange(p, true);
        expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    }
}

/* ---- faults ---- */

static void an_unsigned_fault_is_hearsay(void **state)
{
    struct pair *p = bound(NULL);
    const uint32_t id = call(p);
    const struct raw_call pdu = {.type = PDU_FAULT,
                                 .flags = RAW_WHOLE | PDU_DID_NOT_EXECUTE,
                                 .call_id = id,
                                 .fault_status = PDU_FAULT_ACCESS_DENIED};
    const struct assoc_event *event;

    (void)state;
    answer(p, &pdu);
    event = &pair_find(p, false, ASSOC_FAULT, 0)->event;
    assert_int_equal(event->fault.status, PDU_FAULT_ACCESS_DENIED);
    assert_true(event->fault.did_not_execute);
    assert_false(event->fault.authenticated);
    assert_status(closed_with(p), RPCSEC_NOT_FOUND);
    assert_true(assoc_can_call(p->client.a));
    pair_free(p);
}

static void a_signed_fault_is_verified(void **state)
{
    struct pair *p = bound(NULL);
    struct raw_call pdu = {.type = PDU_FAULT,
                           .flags = RAW_WHOLE,
                           .call_id = call(p),
                           .fault_status = 77,
                           .auth = &sealed};
    static const struct raw_auth short_token = {16, 6, 0, 1, 20, NULL};

    (void)state;
    answer(p, &pdu);
    assert_true(pair_find(p, false, ASSOC_FAULT, 0)->event.fault.authenticated);
    pdu.call_id = call(p);
    pdu.auth = &short_token;
    answer(p, &pdu);
    assert_status(closed_with(p), RPCSEC_BAD_SIGNATURE);
    pair_free(p);
}

/* ---- intents ---- */

static void no_more_calls_are_open_than_policy_allows(void **state)
{
    const struct pair_options options = {.calls_in_flight = 1};
    struct pair *p = bound(&options);
    struct raw_call pdu = response(call(p), RAW_WHOLE, 16);
    uint32_t id;

    (void)state;
    assert_false(assoc_can_call(p->client.a));
    assert_status(pair_call(p, 0, 1, NULL, 4, &id), RPCSEC_INVALID_STATE);
    answer(p, &pdu);
    assert_true(assoc_can_call(p->client.a));
    pair_free(p);
}

static void the_outcome_is_known_until_the_last_fragment_leaves(void **state)
{
    struct pair *p = bound(NULL);
    struct iovec iov[4];
    uint32_t id = 0;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 7000, &id));
    assert_int_equal(assoc_output(p->client.a, iov, 4), 2);
    assoc_consumed(p->client.a, iov[0].iov_len, p->now_ms);
    assert_int_equal(assoc_call_outcome(p->client.a, id), RPCSEC_OUTCOME_NOT_RUN);
    assoc_consumed(p->client.a, 1, p->now_ms);
    assert_int_equal(assoc_call_outcome(p->client.a, id), RPCSEC_OUTCOME_UNKNOWN);
    assoc_close(p->client.a);
    assert_int_equal(assoc_call_outcome(p->client.a, id), RPCSEC_OUTCOME_UNKNOWN);
    assert_int_equal(assoc_call_outcome(p->client.a, 999), RPCSEC_OUTCOME_UNKNOWN);
    pair_free(p);
}

static void the_late_answer_to_an_orphan_is_consumed(void **state)
{
    struct pair *p = bound(NULL);
    const uint32_t one = call(p);
    const uint32_t two = call(p);
    struct raw_call pdu = response(one, PDU_FIRST_FRAG, 16);

    (void)state;
    assert_ok(assoc_cancel(p->client.a, one, false));
    assert_ok(assoc_cancel(p->client.a, one, true));
    assert_status(assoc_cancel(p->client.a, one, true), RPCSEC_NOT_FOUND);
    answer(p, &pdu);
    pdu.flags = PDU_LAST_FRAG;
    answer(p, &pdu);
    pdu = response(two, RAW_WHOLE, 16);
    answer(p, &pdu);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 1);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->event.reply.call_id, two);
    pair_free(p);
}

static void old_orphans_are_forgotten(void **state)
{
    struct pair *p = bound(NULL);
    const uint32_t first = call(p);
    struct raw_call pdu = response(first, RAW_WHOLE, 16);

    (void)state;
    assert_ok(assoc_cancel(p->client.a, first, true));
    for (size_t i = 0; i < LIMIT_ORPHANS; i++)
        assert_ok(assoc_cancel(p->client.a, call(p), true));
    call(p);
    answer(p, &pdu);
    expect_closed(p, RPCSEC_PROTOCOL_ERROR);
}

static void a_call_with_the_wrong_shape_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    const struct rpcsec_uuid object = {1, 2, 3, {4, 5}, {6}};
    struct assoc_request request = {.context_id = 0, .opnum = 1, .object = &object};
    struct writer_shape shape;
    struct writer w;
    uint32_t id;

    (void)state;
    assert_ok(assoc_request_shape(p->client.a, 0, false, &shape));
    writer_init(&w, &shape, false);
    assert_status(assoc_call(p->client.a, &request, &w, &id, p->now_ms),
                  RPCSEC_INVALID_ARGUMENT);
    request.object = NULL;
    request.context_id = 5;
    assert_status(assoc_call(p->client.a, &request, &w, &id, p->now_ms), RPCSEC_NOT_FOUND);
    writer_fail(&w, RPCSEC_BAD_STUB);
    request.context_id = 0;
    assert_status(assoc_call(p->client.a, &request, &w, &id, p->now_ms), RPCSEC_BAD_STUB);
    assert_int_equal(assoc_queued(p->client.a), 0);
    writer_done(&w);
    pair_free(p);
}

static void output_that_waits_is_bounded(void **state)
{
    const struct pair_options options = {.output_bytes = 65536};
    struct pair *p = bound(&options);
    uint32_t id;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 40000, &id));
    assert_status(pair_call(p, 0, 1, NULL, 40000, &id), RPCSEC_LIMIT);
    assert_status(closed_with(p), RPCSEC_NOT_FOUND);
    pair_collect(p, false);
    assert_ok(pair_call(p, 0, 1, NULL, 40000, &id));
    pair_free(p);
}

static void a_maybe_call_is_not_waited_for(void **state)
{
    struct pair *p = bound(NULL);
    struct assoc_request request = {.context_id = 0, .opnum = 1, .maybe = true};
    struct writer_shape shape;
    struct writer w;
    uint32_t id;

    (void)state;
    assert_ok(assoc_request_shape(p->client.a, 0, false, &shape));
    writer_init(&w, &shape, false);
    assert_ok(assoc_call(p->client.a, &request, &w, &id, p->now_ms));
    writer_done(&w);
    pair_run(p);
    assert_true(pair_find(p, true, ASSOC_CALL, 0)->event.call.maybe);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 0);
    pair_free(p);
}

static void a_server_that_shuts_down_ends_an_idle_connection(void **state)
{
    struct pair *p = bound(NULL);

    (void)state;
    raw_send_header(p, true, PDU_SHUTDOWN, RAW_WHOLE, 0, 0);
    raw_exchange(p, true);
    assert_status(closed_with(p), RPCSEC_OK);
    pair_free(p);
}

static void an_end_of_stream_is_in_order_only_when_idle(void **state)
{
    struct pair *p = bound(NULL);

    (void)state;
    assoc_received(p->client.a, 0, p->now_ms);
    pair_events(p, false);
    assert_status(closed_with(p), RPCSEC_OK);
    pair_free(p);
    p = bound(NULL);
    call(p);
    assoc_received(p->client.a, 0, p->now_ms);
    pair_events(p, false);
    assert_status(closed_with(p), RPCSEC_CONNECTION_LOST);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_response_in_fragments_is_put_together),
        cmocka_unit_test(answers_come_in_any_order_and_interleaved),
        cmocka_unit_test(a_response_without_a_token_is_refused),
        cmocka_unit_test(a_response_under_another_context_is_refused),
        cmocka_unit_test(a_response_to_no_call_is_refused),
        cmocka_unit_test(a_second_response_is_refused),
        cmocka_unit_test(a_response_before_the_request_was_sent_is_refused),
        cmocka_unit_test(fragments_out_of_order_are_refused),
        cmocka_unit_test(the_byte_order_may_not_change_inside_a_response),
        cmocka_unit_test(responses_are_bounded),
        cmocka_unit_test(malformed_answers_are_refused),
        cmocka_unit_test(an_unsigned_fault_is_hearsay),
        cmocka_unit_test(a_signed_fault_is_verified),
        cmocka_unit_test(no_more_calls_are_open_than_policy_allows),
        cmocka_unit_test(the_outcome_is_known_until_the_last_fragment_leaves),
        cmocka_unit_test(the_late_answer_to_an_orphan_is_consumed),
        cmocka_unit_test(old_orphans_are_forgotten),
        cmocka_unit_test(a_call_with_the_wrong_shape_is_refused),
        cmocka_unit_test(output_that_waits_is_bounded),
        cmocka_unit_test(a_maybe_call_is_not_waited_for),
        cmocka_unit_test(a_server_that_shuts_down_ends_an_idle_connection),
        cmocka_unit_test(an_end_of_stream_is_in_order_only_when_idle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
