/* SPDX-License-Identifier: MIT
 *
 * test_assoc_deadlines: handshake, stall and output deadlines on a clock of the test.
 */
#include "harness/test.h"

#include "flow/raw.h"

#define HANDSHAKE_MS 10000
#define STALL_MS     30000

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};

static struct pair *new_pair(const struct pair_options *options)
{
    struct pair *p = NULL;

    assert_ok(pair_new(options, &p));
    return p;
}

static void tick(struct pair *p, bool server, uint64_t now_ms)
{
    p->now_ms = now_ms;
    assoc_tick(server ? p->server.a : p->client.a, now_ms);
    pair_events(p, server);
}

static rpcsec_status closed_with(const struct pair *p, bool server)
{
    const struct pair_event *closed = pair_find(p, server, ASSOC_CLOSED, 0);

    return closed ? closed->event.closed.status : RPCSEC_NOT_FOUND;
}

static void a_stranger_has_so_long_for_a_handshake(void **state)
{
    struct pair *p = new_pair(NULL);
    struct raw_bind bind = raw_simple_bind(&privacy);

    (void)state;
    assert_int_equal(assoc_deadline(p->server.a), 1000 + HANDSHAKE_MS);
    tick(p, true, 1000 + HANDSHAKE_MS - 1);
    assert_status(closed_with(p, true), RPCSEC_NOT_FOUND);
    tick(p, true, 1000 + HANDSHAKE_MS);
    assert_status(closed_with(p, true), RPCSEC_TIMED_OUT);
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_NEED_TOKEN), 0);
    pair_free(p);
}

static void a_half_done_handshake_does_not_stop_the_clock(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1"};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(&privacy);

    (void)state;
    p->now_ms = 9000;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_BIND_ACK);
    assert_int_equal(assoc_deadline(p->server.a), 1000 + HANDSHAKE_MS);
    pair_free(p);
}

static void a_later_handshake_has_a_clock_of_its_own(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1", .anonymous = true};
    struct raw_bind bind = raw_simple_bind(NULL);
    struct pair *p = new_pair(&options);

    (void)state;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_BIND_ACK);
    assert_true(assoc_deadline(p->server.a) == UINT64_MAX);
    p->now_ms = 500000;
    bind = raw_simple_bind(&privacy);
    bind.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_ALTER_CONTEXT_RESP);
    assert_int_equal(assoc_deadline(p->server.a), 500000 + HANDSHAKE_MS);
    pair_free(p);
}

static void the_clock_runs_while_the_driver_takes_a_step(void **state)
{
    const struct pair_options options = {.no_server_steps = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(&privacy);
    const struct assoc_token late = {.sec_id = 0, .done = true};

    (void)state;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    tick(p, true, 1000 + HANDSHAKE_MS);
    assert_status(closed_with(p, true), RPCSEC_TIMED_OUT);
    assert_status(assoc_token(p->server.a, &late, p->now_ms), RPCSEC_CLOSED);
    pair_free(p);
}

static void an_idle_connection_has_no_deadline(void **state)
{
    struct pair *p = new_pair(NULL);
    uint16_t context;

    (void)state;
    assert_ok(pair_bind(p, &pair_echo, &context));
    assert_true(assoc_deadline(p->client.a) == UINT64_MAX);
    assert_true(assoc_deadline(p->server.a) == UINT64_MAX);
    tick(p, true, UINT64_MAX - 1);
    assert_status(closed_with(p, true), RPCSEC_NOT_FOUND);
    pair_free(p);
}

static void a_bind_without_an_answer_times_out(void **state)
{
    struct pair *p = new_pair(NULL);
    uint16_t context;

    (void)state;
    p->now_ms = 5000;
    assert_true(assoc_deadline(p->client.a) == UINT64_MAX);
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    assert_int_equal(assoc_deadline(p->client.a), 5000 + HANDSHAKE_MS);
    tick(p, false, 5000 + HANDSHAKE_MS);
    assert_status(closed_with(p, false), RPCSEC_TIMED_OUT);
    pair_free(p);
}

static struct pair *anonymous(void)
{
    const struct pair_options options = {.anonymous = true, .least = RPCSEC_LEVEL_NONE};
    struct pair *p = NULL;

    assert_ok(raw_open(&options, NULL, 0, &p));
    return p;
}

static void silence_inside_a_pdu_times_out(void **state)
{
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = anonymous();

    (void)state;
    raw_send_call(p, false, &request);
    p->now_ms = 2000;
    pair_deliver(p, false, 5, SIZE_MAX);
    assert_int_equal(assoc_deadline(p->server.a), 2000 + STALL_MS);
    p->now_ms = 3000;
    pair_deliver(p, false, 5, SIZE_MAX); /* a trickle gives no new time, a whole PDU does */
    assert_int_equal(assoc_deadline(p->server.a), 2000 + STALL_MS);
    tick(p, true, 2000 + STALL_MS);
    assert_status(closed_with(p, true), RPCSEC_TIMED_OUT);
    pair_free(p);
}

static void silence_between_fragments_times_out(void **state)
{
    struct raw_call request = {.flags = PDU_FIRST_FRAG, .call_id = 2, .opnum = 1};
    struct pair *p = anonymous();

    (void)state;
    p->now_ms = 2000;
    raw_send_call(p, false, &request);
    raw_exchange(p, false);
    assert_int_equal(assoc_deadline(p->server.a), 2000 + STALL_MS);
    request.flags = PDU_LAST_FRAG;
    raw_send_call(p, false, &request);
    raw_exchange(p, false);
    assert_true(assoc_deadline(p->server.a) == UINT64_MAX);
    pair_free(p);
}

static void silence_inside_a_response_times_out(void **state)
{
    const struct pair_options options = {.anonymous = true,
                                         .least = RPCSEC_LEVEL_NONE,
                                         .level = RPCSEC_LEVEL_NONE,
                                         .hold_calls = true};
    struct raw_call response = {.type = PDU_RESPONSE, .flags = PDU_FIRST_FRAG, .call_id = 2};
    struct pair *p = new_pair(&options);
    uint16_t context;
    uint32_t id;

    (void)state;
    assert_ok(pair_bind(p, &pair_echo, &context));
    assert_ok(pair_call(p, context, 1, NULL, 4, &id));
    pair_run(p);
    assert_true(assoc_deadline(p->client.a) == UINT64_MAX); /* the call's own is the driver's */
    p->now_ms = 7000;
    response.call_id = id;
    raw_send_call(p, true, &response);
    pair_deliver(p, true, SIZE_MAX, SIZE_MAX);
    assert_int_equal(assoc_deadline(p->client.a), 7000 + STALL_MS);
    pair_free(p);
}

/* It was we who did not read: the rest of the PDU behind the held one gets its time. */
static void what_waited_behind_a_held_request_gets_its_time(void **state)
{
    const struct pair_options options = {.anonymous = true,
                                         .least = RPCSEC_LEVEL_NONE,
                                         .hold_calls = true,
                                         .calls_in_flight = 1};
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1, .stub_len = 64};
    struct pair *p = NULL;

    (void)state;
    assert_ok(raw_open(&options, NULL, PDU_CONC_MPX, &p));
    for (; request.call_id < 4; request.call_id++)
        raw_send_call(p, false, &request);
    pair_deliver(p, false, p->client.wire.len - 8, SIZE_MAX);
    p->now_ms += 2 * STALL_MS;
    assert_ok(pair_reply(p, 2, NULL, 4));
    pair_collect(p, true);
    pair_events(p, true);
    assert_int_equal(assoc_deadline(p->server.a), p->now_ms + STALL_MS);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 2);
    pair_free(p);
}

static void a_peer_that_does_not_read_times_out(void **state)
{
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = anonymous();

    (void)state;
    p->now_ms = 4000;
    raw_send_call(p, false, &request);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX); /* answered, not collected */
    assert_int_equal(assoc_deadline(p->server.a), 4000 + STALL_MS);
    assoc_consumed(p->server.a, 1, 5000);
    assert_int_equal(assoc_deadline(p->server.a), 5000 + STALL_MS);
    tick(p, true, 5000 + STALL_MS);
    assert_status(closed_with(p, true), RPCSEC_TIMED_OUT);
    assert_int_equal(assoc_queued(p->server.a), 0);
    pair_free(p);
}

static void an_answer_counts_from_when_it_is_given(void **state)
{
    const struct pair_options options = {
        .anonymous = true, .least = RPCSEC_LEVEL_NONE, .hold_calls = true};
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = NULL;

    (void)state;
    assert_ok(raw_open(&options, NULL, 0, &p));
    raw_send_call(p, false, &request);
    raw_exchange(p, false);
    assert_true(assoc_deadline(p->server.a) == UINT64_MAX); /* it may run for long */
    p->now_ms = 900000;
    assert_ok(pair_reply(p, 2, NULL, 8));
    assert_int_equal(assoc_deadline(p->server.a), 900000 + STALL_MS);
    pair_free(p);
}

static void the_last_word_of_a_closed_engine_is_not_waited_for_for_ever(void **state)
{
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = anonymous();

    (void)state;
    request.flags |= PDU_PENDING_CANCEL;
    raw_send_call(p, false, &request);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    assert_int_equal(assoc_queued(p->server.a), PDU_FAULT_LEN);
    assert_status(closed_with(p, true), RPCSEC_NOT_FOUND); /* the fault first */
    tick(p, true, 1000 + STALL_MS);
    assert_status(closed_with(p, true), RPCSEC_PROTOCOL_ERROR);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranger_has_so_long_for_a_handshake),
        cmocka_unit_test(a_half_done_handshake_does_not_stop_the_clock),
        cmocka_unit_test(a_later_handshake_has_a_clock_of_its_own),
        cmocka_unit_test(the_clock_runs_while_the_driver_takes_a_step),
        cmocka_unit_test(an_idle_connection_has_no_deadline),
        cmocka_unit_test(a_bind_without_an_answer_times_out),
        cmocka_unit_test(silence_inside_a_pdu_times_out),
        cmocka_unit_test(silence_between_fragments_times_out),
        cmocka_unit_test(silence_inside_a_response_times_out),
        cmocka_unit_test(what_waited_behind_a_held_request_gets_its_time),
        cmocka_unit_test(a_peer_that_does_not_read_times_out),
        cmocka_unit_test(an_answer_counts_from_when_it_is_given),
        cmocka_unit_test(the_last_word_of_a_closed_engine_is_not_waited_for_for_ever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
