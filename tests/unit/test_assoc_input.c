/* SPDX-License-Identifier: MIT
 *
 * test_assoc_input: framing: PDUs in pieces, several at once, too long, at the end.
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/raw.h"

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};

static struct pair *anonymous(void)
{
    const struct pair_options options = {.anonymous = true, .least = RPCSEC_LEVEL_NONE};
    struct pair *p = NULL;

    assert_ok(raw_open(&options, NULL, PDU_CONC_MPX, &p));
    return p;
}

static rpcsec_status closed_with(const struct pair *p)
{
    const struct pair_event *closed = pair_find(p, true, ASSOC_CLOSED, 0);

    return closed ? closed->event.closed.status : RPCSEC_NOT_FOUND;
}

static size_t kept_input(const struct assoc *a)
{
    size_t len = a->in.cap;

    for (size_t i = 0; i < a->pool->num_inputs; i++)
        len += a->pool->inputs[i].len;
    return len;
}

static void memory_for_a_long_bind_is_given_back(void **state)
{
    const struct pair_options options = {.client_principal = "token=40000",
                                         .server_principal = "token=40000"};
    struct pair *p = NULL;
    uint16_t context;

    (void)state;
    assert_ok(pair_new(&options, &p));
    assert_int_equal(p->server.a->in.cap, 0);
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    pair_deliver(p, false, 16, SIZE_MAX);
    assert_true(p->server.a->in.cap > 40000 && p->server.a->in.cap <= LIMIT_PDU_LEN);
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_true(kept_input(p->server.a) <= 8192);
    assert_true(kept_input(p->client.a) <= 8192);
    pair_free(p);
}

/* Two connections of a loop: at rest neither has a buffer, and they use the same in turn. */
static void engines_of_a_pool_share_their_input(void **state)
{
    struct assoc_pool pool = {.num_inputs = 0};
    struct pair_options options = {.pool = &pool};
    struct pair *first = NULL;
    struct pair *second = NULL;
    uint16_t context;

    (void)state;
    assert_ok(pair_new(&options, &first));
    assert_ok(pair_new(&options, &second));
    assert_ok(assoc_bind(first->client.a, &pair_echo, &syntax_ndr, 1, &context, first->now_ms));
    assert_ok(
        assoc_bind(second->client.a, &pair_echo, &syntax_ndr, 1, &context, second->now_ms));
    pair_run(first);
    pair_run(second);
    assert_null(first->server.a->in.data);
    assert_null(second->server.a->in.data);
    assert_int_equal(pool.num_inputs, 1);
    pair_free(first);
    pair_free(second);
    assert_int_equal(pool.num_inputs, 1);
    assoc_pool_done(&pool);
}

/* Whatever a stranger sends, no more is kept than one bind. */
static void a_stranger_takes_little_memory(void **state)
{
    struct pair *p = NULL;

    (void)state;
    assert_ok(pair_new(NULL, &p));
    raw_send_header(p, false, PDU_BIND, RAW_WHOLE, 1, 65535 - 16);
    pair_deliver(p, false, 65534, SIZE_MAX);
    assert_true(sizeof(*p->server.a) + p->server.a->in.cap <= 70 * 1024);
    pair_free(p);
}

static void nothing_is_gathered_that_will_be_refused(void **state)
{
    struct pair *p = NULL;

    (void)state;
    assert_ok(pair_new(NULL, &p));
    raw_send_header(p, false, PDU_REQUEST, RAW_WHOLE, 1, 60000);
    pair_deliver(p, false, 16, SIZE_MAX); /* the header is enough */
    assert_status(closed_with(p), RPCSEC_NOT_FOUND);
    pair_collect(p, true);
    assert_status(closed_with(p), RPCSEC_BIND_REJECTED);
    assert_int_equal(p->server.a->in.cap, 8192);
    pair_free(p);
}

/* Sends the same PDU over and over and reads none of the answers; gives what piles up. */
static size_t queued_when_unread(struct pair *p)
{
    const size_t len = p->client.wire.len;
    const size_t most = 2 * (LIMIT_STRANGER_OUTPUT + LIMIT_PDU_LEN);
    uint8_t *pdu = mem_alloc(len);

    assert_non_null(pdu);
    memcpy(pdu, p->client.wire.data, len);
    for (size_t sent = len; sent < 64 * most; sent += len)
        pair_inject(p, false, pdu, len);
    mem_free(pdu);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    return p->server.a->out.cap * sizeof(struct assoc_out) + p->server.a->out.bytes;
}

static void answers_that_a_stranger_does_not_read_do_not_pile_up(void **state)
{
    const struct pair_options options = {.open_binds = true, .open_operations = 1u << 1};
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .context_id = 77, .opnum = 1};
    struct raw_bind alter = raw_simple_bind(NULL);
    struct pair *p = NULL;

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    for (int i = 0; i < 2; i++) {
        assert_ok(raw_open(&options, NULL, PDU_CONC_MPX, &p));
        if (i)
            raw_send_call(p, false, &request); /* answered with a fault */
        else
            raw_send_bind(p, &alter);
        assert_true(queued_when_unread(p) <= 2 * LIMIT_STRANGER_OUTPUT);
        assert_true(p->client.wire.len > 0); /* the rest waits */
        assert_status(closed_with(p), RPCSEC_NOT_FOUND);
        pair_run(p); /* it is served once the answers are read */
        assert_int_equal(p->client.wire.len, 0);
        assert_status(closed_with(p), RPCSEC_NOT_FOUND);
        pair_free(p);
    }
}

static void malformed_headers_close_the_connection(void **state)
{
    static const struct {
        size_t at;
        uint8_t value;
    } rows[] = {{0, 4}, {1, 1}, {4, 0x11}, {5, 1}, {8, 15}, {11, 0xFF}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct raw_call request = {.flags = RAW_WHOLE, .call_id = 0x01020304, .opnum = 1};
        struct pair *p = anonymous();
        struct raw_answer answer;

        raw_send_call(p, false, &request);
        p->client.wire.data[rows[i].at] = rows[i].value;
        raw_exchange(p, false);
        answer = raw_take_answer(p, true);
        assert_int_equal(answer.type, PDU_FAULT);
        assert_int_equal(answer.code, PDU_FAULT_PROTO_ERROR);
        assert_int_equal(answer.call_id, 0x01020304);
        assert_status(closed_with(p), RPCSEC_PROTOCOL_ERROR);
        pair_free(p);
    }
}

static void a_big_endian_header_is_understood_when_refused(void **state)
{
    struct raw_call request = {
        .flags = RAW_WHOLE, .call_id = 0x01020304, .opnum = 1, .big_endian = true};
    struct pair *p = anonymous();

    (void)state;
    raw_send_call(p, false, &request);
    p->client.wire.data[0] = 6;
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).call_id, 0x01020304);
    pair_free(p);
}

static void no_more_was_received_than_there_was_room(void **state)
{
    struct pair *p = anonymous();
    size_t room = 0;

    (void)state;
    assert_non_null(assoc_input(p->server.a, &room));
    memset(p->server.a->in.data, 0, room);
    assoc_received(p->server.a, room + 1, p->now_ms);
    assert_int_equal(p->server.a->in.end, p->server.a->in.cap);
    assert_null(assoc_input(p->server.a, &room));
    pair_free(p);
}

static void several_pdus_in_one_read_are_taken_one_by_one(void **state)
{
    struct pair *p = anonymous();

    (void)state;
    for (uint32_t id = 2; id < 30; id++) {
        struct raw_call request = {
            .flags = RAW_WHOLE, .call_id = id, .opnum = 1, .stub_len = id * 7};

        raw_send_call(p, false, &request);
    }
    raw_exchange(p, false);
    for (uint32_t id = 2; id < 30; id++) {
        const struct pair_event *call = pair_find(p, true, ASSOC_CALL, id - 2);

        assert_int_equal(call->event.call.call_id, id);
        assert_int_equal(call->len, id * 7);
    }
    pair_free(p);
}

static void what_came_before_the_end_is_still_done(void **state)
{
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = anonymous();

    (void)state;
    raw_send_call(p, false, &request);
    p->client.eof = true;
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 1);
    assert_status(closed_with(p), RPCSEC_OK);
    pair_free(p);
}

static void an_end_inside_a_pdu_or_handshake_is_a_loss(void **state)
{
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    const struct pair_options trusting = {.server_principal = "trust=1"};
    struct raw_bind bind = raw_simple_bind(&privacy);
    struct pair *p = anonymous();

    (void)state;
    raw_send_call(p, false, &request);
    p->client.wire.len -= 3;
    p->client.eof = true;
    raw_exchange(p, false);
    assert_status(closed_with(p), RPCSEC_CONNECTION_LOST);
    assert_true(pair_find(p, true, ASSOC_CLOSED, 0)->event.closed.error->pdu_type ==
                UINT32_MAX);
    pair_free(p);
    assert_ok(pair_new(&trusting, &p));
    raw_send_bind(p, &bind);
    p->client.eof = true;
    raw_exchange(p, false);
    assert_status(closed_with(p), RPCSEC_CONNECTION_LOST);
    pair_free(p);
}

static void an_end_while_requests_wait_is_noticed(void **state)
{
    const struct pair_options options = {.anonymous = true,
                                         .least = RPCSEC_LEVEL_NONE,
                                         .hold_calls = true,
                                         .calls_in_flight = 1};
    struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2, .opnum = 1};
    struct pair *p = NULL;

    (void)state;
    assert_ok(raw_open(&options, NULL, PDU_CONC_MPX, &p));
    raw_send_call(p, false, &request);
    request.call_id = 3;
    raw_send_call(p, false, &request);
    p->client.eof = true;
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 1);
    assert_status(closed_with(p), RPCSEC_OK);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_for_a_long_bind_is_given_back),
        cmocka_unit_test(engines_of_a_pool_share_their_input),
        cmocka_unit_test(a_stranger_takes_little_memory),
        cmocka_unit_test(nothing_is_gathered_that_will_be_refused),
        cmocka_unit_test(answers_that_a_stranger_does_not_read_do_not_pile_up),
        cmocka_unit_test(malformed_headers_close_the_connection),
        cmocka_unit_test(a_big_endian_header_is_understood_when_refused),
        cmocka_unit_test(no_more_was_received_than_there_was_room),
        cmocka_unit_test(several_pdus_in_one_read_are_taken_one_by_one),
        cmocka_unit_test(what_came_before_the_end_is_still_done),
        cmocka_unit_test(an_end_inside_a_pdu_or_handshake_is_a_loss),
        cmocka_unit_test(an_end_while_requests_wait_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
