/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_handshake.c: every PDU of a handshake with each of its bytes changed, its
 * token cut short at every byte, itself left out or sent twice. Whatever comes of it: nothing
 * runs that was not called, as it was not called, twice, or before the handshake was done; no
 * result is another's; both ends come to an end. A good handshake works after each.
 *
 * "test_fault_handshake kerberos" (negotiate) does the same over Kerberos (Negotiate).
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/pair.h"

#define NUM_LEGS 6 /* PDUs of a handshake, at most; both ends in turn, the client first */

static const struct pair_options third_legs[] = {
    {.third_leg = RPCSEC_THIRD_LEG_ALTER},
    {.third_leg = RPCSEC_THIRD_LEG_AUTH3},
};

static unsigned num_bad;     /* handshakes that somebody meddled with */
static unsigned num_answers; /* of their calls */

static bool from_server(unsigned leg)
{
    return leg % 2 != 0;
}

/* ---- one handshake ---- */

/* A pair of which the given PDU is on its wire; NULL when that handshake has no such PDU. */
static struct pair *pair_at(const struct pair_options *options, unsigned leg,
                            uint16_t *ret_context)
{
    struct pair *p = NULL;
    size_t len;

    assert_ok(pair_new(options, &p));
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, ret_context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    for (unsigned passed = 0; passed < leg; passed++) {
        pair_deliver(p, from_server(passed), SIZE_MAX, SIZE_MAX);
        pair_collect(p, !from_server(passed));
    }
    if (pair_pdu(p, from_server(leg), 0, &len))
        return p;
    pair_free(p);
    return NULL;
}

static void check_calls(const struct pair *p)
{
    const struct pair_event *ran = pair_find(p, true, ASSOC_CALL, 0);
    const struct pair_event *reply = pair_find(p, false, ASSOC_REPLY, 0);

    assert_true(pair_count(p, true, ASSOC_CALL) <= 1);
    assert_true(pair_count(p, false, ASSOC_REPLY) <= 1);
    if (ran) {
        assert_ptr_equal(ran->event.call.interface, &p->interfaces[0]);
        assert_int_equal(ran->event.call.opnum, 1);
        assert_non_null(ran->event.call.sec);
        assert_true(sspi_ctx_is_done(ran->event.call.sec->ctx));
        assert_true(ran->event.call.sec->header_signing);
        assert_int_equal(ran->event.call.sec->level, RPCSEC_LEVEL_PRIVACY);
    }
    assert_true(!reply || (ran && reply->len == 40 && reply->data[39] == 39));
}

/* Time passes; whoever still waits gives up. */
static void check_ends(struct pair *p)
{
    for (int server = 0; server < 2; server++) {
        struct pair_end *end = server ? &p->server : &p->client;
        const enum assoc_state state = end->a->state;

        if (state == ASSOC_STATE_OPEN || state == ASSOC_STATE_CLOSED ||
            state == ASSOC_STATE_POISONED)
            continue;
        p->now_ms += 3600000;
        assert_true(assoc_deadline(end->a) <= p->now_ms);
        assoc_tick(end->a, p->now_ms);
        pair_events(p, server != 0);
        assert_int_equal(end->a->state, ASSOC_STATE_CLOSED);
    }
}

/* Plays the rest, makes a call if that can be, and looks at what happened. */
static void finish(struct pair *p, uint16_t context)
{
    uint32_t call;

    num_bad++;
    pair_run(p);
    if (assoc_can_call(p->client.a) && pair_call(p, context, 1, NULL, 40, &call) == RPCSEC_OK)
        pair_run(p);
    assert_ok(p->status);
    check_calls(p);
    num_answers += (unsigned)pair_count(p, false, ASSOC_REPLY);
    check_ends(p);
    pair_free(p);
}

static void check_good(void)
{
    uint16_t context = 0;
    uint32_t call;
    struct pair *p = NULL;

    assert_ok(pair_new(NULL, &p));
    assert_ok(pair_bind(p, &pair_echo, &context));
    assert_ok(pair_call(p, context, 1, NULL, 40, &call));
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 1);
    pair_free(p);
}

/* ---- what is done to a PDU ---- */

static void put16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

/* A bit of byte `at`; false behind the end. */
static bool flip(struct pair *p, unsigned leg, size_t at)
{
    size_t len = 0;
    uint8_t *pdu = pair_pdu(p, from_server(leg), 0, &len);

    if (at >= len)
        return false;
    pdu[at] ^= (uint8_t)(1u << (at * 5 + 1) % 8);
    return true;
}

/* The token is `at` bytes long, and the header says so; false when it is whole. */
static bool cut(struct pair *p, unsigned leg, size_t at)
{
    size_t len = 0;
    uint8_t *pdu = pair_pdu(p, from_server(leg), 0, &len);
    const size_t auth_len = pdu[10] | (size_t)pdu[11] << 8;

    if (at >= auth_len)
        return false;
    put16(pdu + 8, len - auth_len + at);
    put16(pdu + 10, at);
    (from_server(leg) ? &p->server : &p->client)->wire.len = len - auth_len + at;
    return true;
}

/* 0: left out; 1: sent twice. */
static bool lose_or_repeat(struct pair *p, unsigned leg, size_t how)
{
    struct pair_wire *wire = from_server(leg) ? &p->server.wire : &p->client.wire;

    if (how == 0)
        wire->len = 0;
    else if (how == 1)
        pair_inject(p, from_server(leg), wire->data, wire->len);
    return how < 2;
}

static void meddle_with_leg(const struct pair_options *options, unsigned leg,
                            bool (*meddle)(struct pair *p, unsigned leg, size_t how))
{
    bool more = true;

    for (size_t how = 0; more; how++) {
        uint16_t context = 0;
        struct pair *p = pair_at(options, leg, &context);

        if (!p)
            return;
        more = meddle(p, leg, how);
        finish(p, context);
        if (how % 8 == 0)
            check_good();
    }
}

static void meddle_with_all(bool (*meddle)(struct pair *p, unsigned leg, size_t how))
{
    num_bad = 0;
    num_answers = 0;
    for (size_t i = 0; i < NUM_OF(third_legs); i++) {
        for (unsigned leg = 0; leg < NUM_LEGS; leg++)
            meddle_with_leg(&third_legs[i], leg, meddle);
    }
    check_good();
    print_message("%u handshakes, %u of them came to a call\n", num_bad, num_answers);
    assert_true(num_answers < num_bad / 2);
}

static void any_changed_byte_changes_nothing_that_runs(void **state)
{
    (void)state;
    meddle_with_all(flip);
}

static void a_token_cut_at_any_byte_is_refused(void **state)
{
    (void)state;
    meddle_with_all(cut);
    /* Only those that were whole after all: one for each leg. */
    assert_true(num_answers <= NUM_OF(third_legs) * NUM_LEGS);
}

static void a_lost_or_repeated_leg_ends_in_order(void **state)
{
    (void)state;
    meddle_with_all(lose_or_repeat);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_changed_byte_changes_nothing_that_runs),
        cmocka_unit_test(a_token_cut_at_any_byte_is_refused),
        cmocka_unit_test(a_lost_or_repeated_leg_ends_in_order),
    };

    (void)pair_choose_package(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
