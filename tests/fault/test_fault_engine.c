/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_engine.c: what the simulation and slow or greedy peers taught the engine:
 * who stalls, who only waits, and how much an end holds for a peer that does not read.
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/raw.h"

#define STALL_MS 30000 /* the default */

static struct pair *bound_pair(const struct pair_options *options, uint16_t *ret_context)
{
    struct pair *p = NULL;

    assert_ok(pair_new(options, &p));
    assert_ok(pair_bind(p, &pair_echo, ret_context));
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    return p;
}

static void tick(struct pair *p, bool server)
{
    struct assoc *a = server ? p->server.a : p->client.a;

    if (assoc_deadline(a) <= p->now_ms)
        assoc_tick(a, p->now_ms);
    pair_events(p, server);
}

/* Bytes that come in while nobody takes events. */
static void receive(struct assoc *a, struct pair_wire *wire, uint64_t now_ms)
{
    size_t room = 0;
    uint8_t *at = assoc_input(a, &room);

    assert_non_null(at);
    assert_true(room >= wire->len);
    memcpy(at, wire->data, wire->len);
    assoc_received(a, wire->len, now_ms);
}

/* ---- who stalls ---- */

/* Half of a second request waits in the server while it may take no more calls. */
static void a_client_that_is_kept_waiting_does_not_stall(void **state)
{
    const struct pair_options options = {.calls_in_flight = 2, .hold_calls = true};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t calls[3];

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 8, &calls[0]));
    assert_ok(pair_call(p, context, 1, NULL, 8, &calls[1]));
    /* The client believes that two calls are open at most: it orphans one to make a third. */
    assert_ok(assoc_cancel(p->client.a, calls[0], true));
    assert_ok(pair_call(p, context, 1, NULL, 8, &calls[2]));
    pair_collect(p, false);
    pair_deliver(p, false, p->client.wire.len - 10, SIZE_MAX);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 2);
    p->now_ms += STALL_MS * 3;
    tick(p, true);
    assert_ok(pair_reply(p, calls[1], NULL, 8));
    pair_events(p, true);
    tick(p, true);
    assert_int_equal(pair_count(p, true, ASSOC_CLOSED), 0);
    pair_run(p);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 3);
    pair_free(p);
}

/* A step may wait for a KDC; what the peer had sent of its next PDU meanwhile is not late. */
static void a_client_that_waits_for_a_step_does_not_stall(void **state)
{
    const struct raw_auth auth = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};
    const struct pair_options options = {.server_principal = "trust=1", .hold_calls = true};
    struct raw_bind bind = raw_simple_bind(&auth);
    struct assoc_event event = {.type = ASSOC_CLOSED};
    struct assoc_token result = {.token = (const uint8_t *)"token", .token_len = 5};
    struct pair *p = NULL;

    (void)state;
    assert_ok(pair_new(&options, &p));
    p->server.a->handshake_deadline_ms = UINT64_MAX; /* only the stall is in question */
    raw_send_bind(p, &bind);
    pair_inject(p, false, "\5\0\16", 3); /* the next PDU begins */
    receive(p->server.a, &p->client.wire, p->now_ms);
    while (event.type != ASSOC_NEED_TOKEN)
        assert_true(assoc_next(p->server.a, &event));
    p->now_ms += STALL_MS * 2;
    result.ctx = event.need_token.ctx;
    assert_ok(assoc_token(p->server.a, &result, p->now_ms));
    pair_events(p, true);
    tick(p, true);
    assert_int_equal(p->server.a->state, ASSOC_STATE_LEG);
    assert_true(assoc_deadline(p->server.a) > p->now_ms);
    pair_free(p);
}

static void trickle(struct pair *p, bool to_server, size_t num_bytes, uint64_t every_ms)
{
    for (size_t i = 0; i < num_bytes; i++) {
        pair_deliver(p, !to_server, 1, 1);
        p->now_ms += every_ms;
        tick(p, to_server);
    }
}

/* A byte now and then is no progress: a fragment must be whole in time. */
static void a_peer_that_trickles_is_dropped(void **state)
{
    (void)state;
    for (int server = 0; server < 2; server++) {
        uint16_t context = 0;
        struct pair *p = bound_pair(NULL, &context);
        uint32_t call;

        assert_ok(pair_call(p, context, 1, NULL, 40, &call));
        pair_collect(p, false);
        if (!server) {
            pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
            pair_collect(p, true);
        }
        trickle(p, server != 0, 40, STALL_MS / 20);
        assert_int_equal(pair_count(p, server != 0, ASSOC_CLOSED), 1);
        assert_status(pair_find(p, server != 0, ASSOC_CLOSED, 0)->event.closed.error->status,
                      RPCSEC_TIMED_OUT);
        assert_int_equal(pair_count(p, server != 0, ASSOC_CALL), 0);
        pair_free(p);
    }
}

/* Long messages may take their time as long as their fragments come. */
static void a_slow_message_of_whole_fragments_is_served(void **state)
{
    uint16_t context = 0;
    struct pair *p = bound_pair(NULL, &context);
    uint32_t call;

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 60000, &call));
    pair_collect(p, false);
    while (p->client.wire.len != 0) {
        pair_deliver(p, false, 5840, 1000);
        p->now_ms += STALL_MS - 1000;
        tick(p, true);
    }
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 1);
    pair_free(p);
}

/* ---- how much is held ---- */

/* The answers of alter_context are queued like any other. */
static void alter_contexts_wait_while_answers_are_not_read(void **state)
{
    const struct raw_auth auth = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};
    const struct pair_options options = {.server_principal = "trust=1", .output_bytes = 65536};
    struct raw_bind alter = raw_simple_bind(NULL);
    struct pair *p = NULL;
    size_t left;

    (void)state;
    assert_ok(raw_open(&options, &auth, PDU_HEADER_SIGN | PDU_CONC_MPX, &p));
    alter.type = PDU_ALTER_CONTEXT;
    for (size_t i = 0; i < 10000; i++)
        raw_send_bind(p, &alter);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    left = p->client.wire.len;
    assert_true(left != 0);
    assert_true(assoc_queued(p->server.a) <= 65536);
    pair_collect(p, true); /* reads them: then more are taken */
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    assert_true(p->client.wire.len < left);
    assert_int_equal(pair_count(p, true, ASSOC_CLOSED), 0);
    pair_free(p);
}

/* A short answer fills a whole segment; the segment counts. */
static void short_answers_count_with_the_memory_that_they_hold(void **state)
{
    const struct pair_options options = {.output_bytes = 1 << 20, .calls_in_flight = 100};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t call;

    (void)state;
    for (size_t round = 0; round < 50; round++) {
        while (assoc_can_call(p->client.a))
            assert_ok(pair_call(p, context, 1, NULL, 8, &call));
        for (size_t i = 0; i < p->client.a->num_calls; i++)
            p->client.a->calls[i].orphaned = true; /* it does not wait, and does not read */
        pair_collect(p, false);
        pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    }
    assert_true(p->client.wire.len != 0);
    assert_true(p->server.a->out.held <= (1 << 20) / 2 + 5840 * 2);
    pair_free(p);
}

/* ---- who owns a step ---- */

/* A connection may end between a step's event and the driver that takes it (ASan sees it). */
static void a_step_that_nobody_took_is_freed_with_its_engine(void **state)
{
    uint16_t context = 0;
    struct pair *p = NULL;
    struct assoc_event event;

    (void)state;
    assert_ok(pair_new(NULL, &p));
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    pair_collect(p, true);
    receive(p->client.a, &p->server.wire, p->now_ms);
    /* The leg is shown; the step, which has a context by now, stays in the queue. */
    assert_true(assoc_next(p->client.a, &event));
    assert_int_equal(event.type, ASSOC_LEG);
    assert_int_equal(p->client.a->num_events, 1);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_that_is_kept_waiting_does_not_stall),
        cmocka_unit_test(a_client_that_waits_for_a_step_does_not_stall),
        cmocka_unit_test(a_peer_that_trickles_is_dropped),
        cmocka_unit_test(a_slow_message_of_whole_fragments_is_served),
        cmocka_unit_test(alter_contexts_wait_while_answers_are_not_read),
        cmocka_unit_test(short_answers_count_with_the_memory_that_they_hold),
        cmocka_unit_test(a_step_that_nobody_took_is_freed_with_its_engine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
