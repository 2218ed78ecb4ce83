/* SPDX-License-Identifier: MIT
 *
 * flow/test_flow_call.c: calls from end to end, in memory: every level, both third legs, every
 * split of the stream, fragments both ways, several calls at once.
 *
 * "test_flow_call kerberos" and "test_flow_call negotiate" do the same over these packages, in
 * a realm that the environment names (tests/flow/kerberos.sh makes one).
 */
#include "harness/test.h"

#include <stdio.h>

#include "flow/pair.h"
#include "packages/package.h"

static struct pair *bound_pair(const struct pair_options *options, uint16_t *ret_context)
{
    struct pair *p = NULL;
    const struct pair_event *closed;

    assert_ok(pair_new(options, &p));
    assert_ok(pair_bind(p, &pair_echo, ret_context));
    closed = pair_find(p, false, ASSOC_CLOSED, 0);
    if (closed)
        print_error("%s\n", rpcsec_error_text(closed->event.closed.error));
    assert_null(closed);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    return p;
}

/* byte i of a stub is i & 255 */
static void expect_stub(const struct pair_event *event, size_t len)
{
    assert_non_null(event);
    assert_true(event->len >= len && event->len < len + 4);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(event->data[i], i & 255);
}

static void call_and_check(struct pair *p, uint16_t context, size_t len)
{
    uint32_t call = 0;

    pair_forget_events(p);
    assert_ok(pair_call(p, context, 1, NULL, len, &call));
    pair_run(p);
    expect_stub(pair_find(p, true, ASSOC_CALL, 0), len);
    expect_stub(pair_find(p, false, ASSOC_REPLY, 0), len);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->event.reply.call_id, call);
    assert_int_equal(pair_count(p, false, ASSOC_CLOSED), 0);
    assert_int_equal(pair_count(p, true, ASSOC_CLOSED), 0);
}

/* ---- every level, third leg and length ---- */

static void calls_are_answered_at_every_level(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_NONE,      RPCSEC_LEVEL_CONNECT,
                                               RPCSEC_LEVEL_CALL,      RPCSEC_LEVEL_PACKET,
                                               RPCSEC_LEVEL_INTEGRITY, RPCSEC_LEVEL_PRIVACY};
    static const size_t lens[] = {0, 1, 2, 3, 4, 15, 16, 17, 68, 5000, 5840, 11600, 200000};

    (void)state;
    for (size_t i = 0; i < NUM_OF(levels) * 4; i++) {
        const struct pair_options options = {
            .level = levels[i / 4],
            .least = levels[i / 4],
            .anonymous = true,
            .third_leg = i & 1 ? RPCSEC_THIRD_LEG_AUTH3 : RPCSEC_THIRD_LEG_ALTER,
            .header_signing = i & 2 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED,
        };
        uint16_t context = 99;
        struct pair *p;

        p = bound_pair(&options, &context);
        for (size_t j = 0; j < NUM_OF(lens); j++)
            call_and_check(p, context, lens[j]);
        pair_free(p);
    }
}

static void packet_is_protected_like_integrity(void **state)
{
    const struct pair_options options = {.level = RPCSEC_LEVEL_PACKET,
                                         .least = RPCSEC_LEVEL_PACKET};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t call;
    size_t len;
    uint8_t *pdu;

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 8, &call));
    pair_collect(p, false);
    pdu = pair_pdu(p, false, 0, &len);
    assert_int_equal(pdu[10], 28); /* auth_len: a MIC */
    pdu[24] ^= 1;                  /* of the stub */
    pair_run(p);
    assert_int_equal(pair_find(p, false, ASSOC_FAULT, 0)->event.fault.status,
                     PDU_FAULT_SEC_PKG_ERROR);
    pair_free(p);
}

static void a_sealed_request_shows_nothing_of_its_stub(void **state)
{
    static const char marked[] = "this pattern must not be seen by anyone on the way";
    uint16_t context = 0;
    struct pair *p = bound_pair(NULL, &context);
    uint32_t call;

    (void)state;
    assert_ok(pair_call(p, context, 1, (const uint8_t *)marked, sizeof(marked), &call));
    pair_collect(p, false);
    assert_null(memmem(p->client.wire.data, p->client.wire.len, marked, 8));
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    pair_collect(p, true);
    assert_null(memmem(p->server.wire.data, p->server.wire.len, marked, 8));
    pair_run(p);
    assert_memory_equal(pair_find(p, false, ASSOC_REPLY, 0)->data, marked, sizeof(marked));
    pair_free(p);
}

/* MS-RPCE 2.2.2.11: the trailer lies 16-aligned from the start of the body. */
static void the_trailer_is_16_aligned_to_the_body(void **state)
{
    uint16_t context = 0;
    struct pair *p = bound_pair(NULL, &context);

    (void)state;
    for (size_t len = 0; len < 40; len++) {
        uint32_t call;
        size_t pdu_len = 0;
        const uint8_t *pdu;
        size_t auth_len;

        assert_ok(pair_call(p, context, 1, NULL, len, &call));
        pair_collect(p, false);
        pdu = pair_pdu(p, false, 0, &pdu_len);
        assert_non_null(pdu);
        auth_len = pdu[10] | (size_t)pdu[11] << 8;
        assert_int_equal((pdu_len - auth_len - PDU_TRAILER_LEN - PDU_REQUEST_LEN) % 16, 0);
        pair_run(p);
    }
    pair_free(p);
}

/* ---- several things on one connection ---- */

static void several_contexts_share_a_connection(void **state)
{
    const struct pair_options options = {.ndr64 = true};
    uint16_t one = 9;
    uint16_t two = 9;
    uint16_t none = 9;
    struct pair *p = bound_pair(&options, &one);

    (void)state;
    assert_ok(assoc_bind(p->client.a, &pair_other, &syntax_ndr64, 1, &two, p->now_ms));
    pair_run(p);
    assert_true(pair_find(p, false, ASSOC_BOUND, 1)->event.bound.ndr64);
    assert_ok(pair_bind(p, &pair_unknown, &none));
    assert_false(pair_find(p, false, ASSOC_BOUND, 2)->event.bound.accepted);
    call_and_check(p, two, 100);
    assert_true(pair_find(p, true, ASSOC_CALL, 0)->event.call.ndr64);
    call_and_check(p, one, 100);
    assert_false(pair_find(p, true, ASSOC_CALL, 0)->event.call.ndr64);
    pair_free(p);
}

static void calls_are_answered_in_any_order(void **state)
{
    const struct pair_options options = {.hold_calls = true};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t ids[8];

    (void)state;
    for (size_t i = 0; i < 8; i++)
        assert_ok(pair_call(p, context, 1, NULL, 6000 * i, &ids[i]));
    pair_run(p);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 8);
    for (size_t i = 8; i-- > 0;)
        assert_ok(pair_reply(p, ids[i], NULL, 6000 * i));
    pair_run(p);
    for (size_t i = 0; i < 8; i++) {
        const struct pair_event *reply = pair_find(p, false, ASSOC_REPLY, i);

        expect_stub(reply, 6000 * (7 - i));
        assert_int_equal(reply->event.reply.call_id, ids[7 - i]);
    }
    pair_free(p);
}

static void both_ends_agree_on_the_smaller_fragments(void **state)
{
    const struct pair_options options = {.fragment_bytes = 5840, .server_fragment_bytes = 2048};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t call;
    size_t len;

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 6000, &call));
    pair_collect(p, false);
    for (size_t i = 0; i < 4; i++) {
        assert_non_null(pair_pdu(p, false, i, &len));
        assert_true(len <= 2048);
    }
    pair_run(p);
    expect_stub(pair_find(p, false, ASSOC_REPLY, 0), 6000);
    pair_free(p);
}

static void an_object_travels_with_its_call(void **state)
{
    const struct rpcsec_uuid object = {0xAABBCCDD, 2, 3, {4, 5}, {6, 7, 8}};
    const struct assoc_request request = {.context_id = 0, .opnum = 1, .object = &object};
    uint16_t context = 0;
    struct pair *p = bound_pair(NULL, &context);
    struct writer_shape shape;
    struct writer w;
    uint32_t call;

    (void)state;
    assert_ok(assoc_request_shape(p->client.a, 0, true, &shape));
    writer_init(&w, &shape, false);
    writer_zeros(&w, 20000);
    assert_ok(assoc_call(p->client.a, &request, &w, &call, p->now_ms));
    writer_done(&w);
    pair_run(p);
    assert_true(pair_find(p, true, ASSOC_CALL, 0)->event.call.has_object);
    assert_true(uuid_equal(&pair_find(p, true, ASSOC_CALL, 0)->event.call.object, &object));
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->len, 20000);
    pair_free(p);
}

static void a_cancelled_call_can_still_be_answered(void **state)
{
    const struct pair_options options = {.hold_calls = true};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t one;
    uint32_t two;

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 8, &one));
    assert_ok(pair_call(p, context, 1, NULL, 8, &two));
    pair_run(p);
    assert_ok(assoc_cancel(p->client.a, one, false));
    assert_ok(assoc_cancel(p->client.a, two, true));
    pair_run(p);
    assert_int_equal(pair_count(p, true, ASSOC_CANCELLED), 2);
    assert_ok(pair_reply(p, one, NULL, 8));
    assert_ok(pair_reply(p, two, NULL, 8));
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 1);
    assert_int_equal(pair_find(p, false, ASSOC_REPLY, 0)->event.reply.call_id, one);

    pair_free(p);
}

/* ---- every split of the stream ---- */

static void run_split(size_t piece)
{
    uint16_t context = 0;
    struct pair *p = NULL;
    uint32_t call;

    assert_ok(pair_new(NULL, &p));
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_run_pieces(p, piece);
    assert_ok(pair_call(p, context, 1, NULL, 6000, &call));
    pair_run_pieces(p, piece);
    expect_stub(pair_find(p, false, ASSOC_REPLY, 0), 6000);
    pair_free(p);
}

static void the_stream_may_arrive_in_pieces_of_any_size(void **state)
{
    static const size_t pieces[] = {1, 2, 3, 7, 15, 16, 17, 23, 24, 25, 1000, 5839, 5840, 5841};

    (void)state;
    for (size_t i = 0; i < NUM_OF(pieces); i++)
        run_split(pieces[i]);
}

/* Bind, third leg and a request, cut in two at `cut` of the request. */
static bool run_cut(size_t cut)
{
    uint16_t context = 0;
    struct pair *p = bound_pair(NULL, &context);
    uint32_t call;
    bool inside;

    assert_ok(pair_call(p, context, 1, NULL, 20, &call));
    pair_collect(p, false);
    inside = cut < p->client.wire.len;
    pair_deliver(p, false, cut, SIZE_MAX);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), !inside);
    pair_run(p);
    expect_stub(pair_find(p, false, ASSOC_REPLY, 0), 20);
    pair_free(p);
    return inside;
}

static void a_request_may_be_cut_anywhere(void **state)
{
    size_t cut = 0;

    (void)state;
    while (run_cut(cut))
        cut++;
    assert_true(cut > 100);
}

/* ---- handshakes of every length ---- */

static void legs_are_never_counted(void **state)
{
    char legs[16];

    (void)state;
    for (unsigned n = 1; n <= 8; n++) {
        const struct pair_options options = {.client_principal = legs,
                                             .server_principal = legs};
        uint16_t context = 0;
        struct pair *p;

        (void)snprintf(legs, sizeof(legs), "legs=%u", n);
        p = bound_pair(&options, &context);
        call_and_check(p, context, 100);
        pair_free(p);
    }
}

static void tokens_may_be_long(void **state)
{
    const struct pair_options options = {.client_principal = "token=60000",
                                         .server_principal = "token=60000"};
    uint16_t context = 0;
    struct pair *p;

    (void)state;
    p = bound_pair(&options, &context);
    call_and_check(p, context, 100);
    pair_free(p);
}

static void the_legs_are_shown(void **state)
{
    static const struct {
        const char *pdu;
        const char *result;
    } rows[] = {{"bind", "continue"},
                {"bind_ack", "continue"},
                {"alter_context", "done"},
                {"alter_context_resp", "done"}};
    uint16_t context = 0;
    struct pair *p;

    (void)state;
    if (pair_package->ops == &pkg_negotiate)
        skip(); /* SPNEGO's last word is a token of the server */
    p = bound_pair(NULL, &context);
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct rpcsec_leg *leg = &pair_find(p, false, ASSOC_LEG, i)->event.leg;

        assert_int_equal(leg->number, i + 1);
        assert_string_equal(leg->pdu, rows[i].pdu);
        assert_string_equal(leg->result, rows[i].result);
        assert_int_equal(leg->sent, i % 2 == 0);
        assert_true(i == 3 ? leg->token_len == 0 : leg->token_len > 20);
        assert_true(leg->pdu_len > leg->token_len);
        assert_true(i < 2 || leg->flags_granted != 0);
        assert_string_equal(pair_find(p, true, ASSOC_LEG, i)->event.leg.pdu, rows[i].pdu);
    }
    pair_free(p);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_answered_at_every_level),
        cmocka_unit_test(packet_is_protected_like_integrity),
        cmocka_unit_test(a_sealed_request_shows_nothing_of_its_stub),
        cmocka_unit_test(the_trailer_is_16_aligned_to_the_body),
        cmocka_unit_test(several_contexts_share_a_connection),
        cmocka_unit_test(calls_are_answered_in_any_order),
        cmocka_unit_test(both_ends_agree_on_the_smaller_fragments),
        cmocka_unit_test(an_object_travels_with_its_call),
        cmocka_unit_test(a_cancelled_call_can_still_be_answered),
        cmocka_unit_test(the_stream_may_arrive_in_pieces_of_any_size),
        cmocka_unit_test(a_request_may_be_cut_anywhere),
        cmocka_unit_test(the_legs_are_shown),
    };
    const struct CMUnitTest fake_tests[] = {
        cmocka_unit_test(legs_are_never_counted),
        cmocka_unit_test(tokens_may_be_long),
    };

    if (pair_choose_package(argc, argv))
        return cmocka_run_group_tests(tests, NULL, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL) |
           cmocka_run_group_tests(fake_tests, NULL, NULL);
}
