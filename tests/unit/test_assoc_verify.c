/* SPDX-License-Identifier: MIT
 *
 * test_assoc_verify: verification trailers, sent and demanded.
 */
#include "harness/test.h"

#include "flow/raw.h"

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};
static const struct raw_auth sealed = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 76, NULL};

/* A request whose stub is 8 bytes, then what a test says of a verification trailer. */
struct request {
    struct pdu_verification trailer;
    struct raw_call call;
    struct buf stub;
};

static void make(struct request *r, uint32_t call_id, bool with_trailer)
{
    buf_init(&r->stub, 4096);
    buf_zeros(&r->stub, 8);
    if (with_trailer)
        pdu_verification_encode(&r->stub, &r->trailer);
    assert_ok(buf_status(&r->stub));
    r->call = (struct raw_call){.flags = RAW_WHOLE,
                                .call_id = call_id,
                                .opnum = 1,
                                .stub = r->stub.data,
                                .stub_len = r->stub.len,
                                .auth = &sealed};
}

static struct pdu_verification good_trailer(void)
{
    return (struct pdu_verification){.has_bitmask = true,
                                     .bitmask = 1,
                                     .has_pcontext = true,
                                     .interface = pair_echo,
                                     .transfer = syntax_ndr};
}

static struct pair *open_pair(enum rpcsec_demand demand, uint8_t flags)
{
    const struct pair_options options = {.server_principal = "trust=1",
                                         .header_signing = RPCSEC_ACCEPTED,
                                         .verification = demand,
                                         .hold_calls = true};
    struct pair *p = NULL;

    assert_ok(raw_open(&options, &privacy, (uint8_t)(flags | PDU_CONC_MPX), &p));
    return p;
}

/* Sends it; true when it was dispatched, else the fault must be 5 and the connection open. */
static bool is_taken(struct pair *p, struct request *r)
{
    const size_t before = pair_count(p, true, ASSOC_CALL);
    struct raw_answer answer;

    raw_send_call(p, false, &r->call);
    buf_done(&r->stub);
    raw_exchange(p, false);
    answer = raw_take_answer(p, true);
    if (pair_count(p, true, ASSOC_CALL) != before)
        return true;
    assert_int_equal(answer.type, PDU_FAULT);
    assert_int_equal(answer.code, PDU_FAULT_ACCESS_DENIED);
    assert_null(pair_find(p, true, ASSOC_CLOSED, 0));
    return false;
}

static void a_trailer_is_checked_and_stripped(void **state)
{
    struct pair *p = open_pair(RPCSEC_REQUIRED, PDU_HEADER_SIGN);
    struct request r = {.trailer = good_trailer()};

    (void)state;
    make(&r, 2, true);
    assert_true(is_taken(p, &r));
    assert_int_equal(pair_find(p, true, ASSOC_CALL, 0)->len, 8);
    make(&r, 3, false); /* once is enough */
    assert_true(is_taken(p, &r));
    pair_free(p);
}

static void without_a_trailer_nothing_runs_where_policy_requires_one(void **state)
{
    struct pair *p = open_pair(RPCSEC_REQUIRED, PDU_HEADER_SIGN);
    struct request r = {.trailer = good_trailer()};

    (void)state;
    make(&r, 2, false);
    assert_false(is_taken(p, &r));
    pair_free(p);
    p = open_pair(RPCSEC_ACCEPTED, PDU_HEADER_SIGN);
    make(&r, 2, false);
    assert_true(is_taken(p, &r));
    pair_free(p);
}

static void both_commands_are_required(void **state)
{
    (void)state;
    for (int without = 0; without < 2; without++) {
        struct pair *p = open_pair(RPCSEC_REQUIRED, PDU_HEADER_SIGN);
        struct request r = {.trailer = good_trailer()};

        if (without)
            r.trailer.has_bitmask = false;
        else
            r.trailer.has_pcontext = false;
        make(&r, 2, true);
        assert_false(is_taken(p, &r));
        pair_free(p);
    }
}

static void each_context_is_verified_at_its_first_use(void **state)
{
    struct pair *p = open_pair(RPCSEC_REQUIRED, PDU_HEADER_SIGN);
    struct request r = {.trailer = good_trailer()};

    (void)state;
    make(&r, 2, true);
    assert_true(is_taken(p, &r));
    make(&r, 3, false);
    r.call.context_id = 1;
    assert_false(is_taken(p, &r));
    r.trailer.has_bitmask = false;
    r.trailer.interface = pair_other;
    make(&r, 4, true);
    r.call.context_id = 1;
    assert_true(is_taken(p, &r));
    pair_free(p);
}

static void bit_claimed(struct pdu_verification *trailer)
{
    trailer->bitmask = 1; /* and the bind had no 0x04 */
}

static void other_interface(struct pdu_verification *trailer)
{
    trailer->interface = pair_other;
}

static void other_version(struct pdu_verification *trailer)
{
    trailer->interface.minor++;
}

static void other_transfer(struct pdu_verification *trailer)
{
    trailer->transfer = syntax_ndr64;
}

static void good_header2(struct pdu_verification *trailer)
{
    trailer->has_header2 = true;
    trailer->header2_type = PDU_REQUEST;
    trailer->header2_call_id = 2;
    trailer->header2_opnum = 1;
}

static void other_type(struct pdu_verification *trailer)
{
    good_header2(trailer);
    trailer->header2_type = PDU_RESPONSE;
}

static void other_order(struct pdu_verification *trailer)
{
    good_header2(trailer);
    trailer->header2_big_endian = true;
}

static void other_call_id(struct pdu_verification *trailer)
{
    good_header2(trailer);
    trailer->header2_call_id = 3;
}

static void other_context(struct pdu_verification *trailer)
{
    good_header2(trailer);
    trailer->header2_context_id = 1;
}

static void other_opnum(struct pdu_verification *trailer)
{
    good_header2(trailer);
    trailer->header2_opnum = 2;
}

static void what_does_not_agree_is_refused(void **state)
{
    static const struct {
        void (*change)(struct pdu_verification *trailer);
        bool taken;
    } rows[] = {
        {bit_claimed, false},    {other_interface, false}, {other_version, false},
        {other_transfer, false}, {good_header2, true},     {other_type, false},
        {other_order, false},    {other_call_id, false},   {other_context, false},
        {other_opnum, false},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows) * 2; i++) {
        struct pair *p = open_pair(i % 2 ? RPCSEC_REQUIRED : RPCSEC_ACCEPTED, 0);
        struct request r = {.trailer = good_trailer()};

        r.trailer.bitmask = 0;
        rows[i / 2].change(&r.trailer);
        make(&r, 2, true);
        assert_int_equal(is_taken(p, &r), rows[i / 2].taken);
        pair_free(p);
    }
}

static void a_malformed_trailer_is_refused(void **state)
{
    static const uint8_t truncated[] = {0,    0,    0,    0,    0x8a, 0xe3, 0x13, 0x71,
                                        0x02, 0xf4, 0x36, 0x71, 0x01, 0x00, 0x04, 0x00};
    struct pair *p = open_pair(RPCSEC_ACCEPTED, PDU_HEADER_SIGN);
    struct request r;

    (void)state;
    make(&r, 2, false);
    r.call.stub = truncated;
    r.call.stub_len = sizeof(truncated);
    assert_false(is_taken(p, &r));
    pair_free(p);
}

static void nothing_is_looked_for_without_protection(void **state)
{
    const struct pair_options options = {
        .anonymous = true, .least = RPCSEC_LEVEL_NONE, .hold_calls = true};
    struct request r = {.trailer = good_trailer()};
    struct pair *p = NULL;

    (void)state;
    assert_ok(raw_open(&options, NULL, 0, &p));
    make(&r, 2, true);
    r.call.auth = NULL;
    assert_true(is_taken(p, &r));
    assert_int_equal(pair_find(p, true, ASSOC_CALL, 0)->len, 8 + 60);
    pair_free(p);
}

/* ---- the client's side ---- */

/* Bytes that the client puts behind its stub of 8: 0, or the trailer's. */
static size_t appended(struct pair *p, uint16_t context)
{
    size_t pdu_len = 0;
    const uint8_t *pdu;
    size_t body_len;
    uint32_t id;

    assert_ok(pair_call(p, context, 1, NULL, 8, &id));
    pair_collect(p, false);
    pdu = pair_pdu(p, false, 0, &pdu_len);
    assert_non_null(pdu);
    body_len = pdu_len - 24 - 8 - (pdu[10] | (size_t)pdu[11] << 8);
    body_len -= pdu[24 + body_len + 2];
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_FAULT), 0);
    return body_len - 8;
}

static void the_client_says_each_thing_once(void **state)
{
    uint16_t one = 0;
    uint16_t two = 0;
    struct pair *p = NULL;

    (void)state;
    assert_ok(pair_new(NULL, &p));
    assert_ok(pair_bind(p, &pair_echo, &one));
    assert_ok(pair_bind(p, &pair_other, &two));
    assert_int_equal(appended(p, one), 8 + 8 + 44);
    assert_int_equal(appended(p, one), 0);
    assert_int_equal(appended(p, two), 8 + 44);
    assert_int_equal(appended(p, two), 0);
    pair_free(p);
}

static void the_client_appends_nothing_when_policy_turns_trailers_off(void **state)
{
    const struct pair_options options = {.verification = RPCSEC_OFF};
    struct pair *p = NULL;
    uint16_t one = 0;

    (void)state;
    assert_ok(pair_new(&options, &p));
    assert_ok(pair_bind(p, &pair_echo, &one));
    assert_int_equal(appended(p, one), 0);
    pair_free(p);
}

static void the_client_repeats_the_header_while_headers_are_not_signed(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1",
                                         .client_principal = "trust=1",
                                         .header_signing = RPCSEC_ACCEPTED,
                                         .verification = RPCSEC_ACCEPTED};
    struct pdu_context_result result = {.transfer = syntax_ndr};
    const struct pdu_bind_ack ack = {5840, 5840, 7, "", 1, &result};
    struct raw_answer sent;
    struct pair *p = NULL;
    uint16_t context;
    uint32_t id;

    (void)state;
    assert_ok(pair_new(&options, &p));
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    raw_send_ack(p, PDU_BIND_ACK, RAW_WHOLE, 1, &ack, &privacy);
    raw_exchange(p, true);
    raw_send_ack(p, PDU_ALTER_CONTEXT_RESP, RAW_WHOLE, 1, &ack, NULL);
    raw_exchange(p, true);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    while (raw_take_answer(p, false).type != 0xFF)
        ;
    assert_ok(pair_call(p, context, 1, NULL, 8, &id));
    pair_collect(p, false);
    sent = raw_take_answer(p, false);
    /* stub, bitmask1 8, pcontext 44, header2 20 behind the signature of 8, padded to 16 */
    assert_int_equal(sent.len, 24 + ((8 + 8 + 8 + 44 + 20 + 15) & ~15) + 8 + 76);
    pair_free(p);
}

/* The body of the last fragment on the client's wire, without padding. */
static size_t last_body_len(struct pair *p)
{
    const uint8_t *pdu = NULL;
    const uint8_t *next;
    size_t len = 0;
    size_t next_len = 0;
    size_t nth = 0;

    while ((next = pair_pdu(p, false, nth++, &next_len))) {
        pdu = next;
        len = next_len;
    }
    assert_non_null(pdu);
    len -= 8 + (pdu[10] | (size_t)pdu[11] << 8); /* the trailer's place */
    return len - 24 - pdu[len + 2];
}

static void the_trailer_stands_whole_in_the_last_fragment(void **state)
{
    struct pair *p = NULL;
    uint16_t context = 0;
    const struct pair_event *ran;
    uint32_t id;

    (void)state;
    for (size_t len = 5640; len < 5760; len += 4) {
        assert_ok(pair_new(NULL, &p));
        assert_ok(pair_bind(p, &pair_echo, &context));
        assert_ok(pair_call(p, context, 1, NULL, len, &id));
        pair_collect(p, false);
        assert_true(last_body_len(p) >= 8 + 8 + 44);
        pair_run(p);
        ran = pair_find(p, true, ASSOC_CALL, 0);
        assert_non_null(ran);
        assert_int_equal(ran->len, len);
        pair_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trailer_is_checked_and_stripped),
        cmocka_unit_test(without_a_trailer_nothing_runs_where_policy_requires_one),
        cmocka_unit_test(both_commands_are_required),
        cmocka_unit_test(each_context_is_verified_at_its_first_use),
        cmocka_unit_test(what_does_not_agree_is_refused),
        cmocka_unit_test(a_malformed_trailer_is_refused),
        cmocka_unit_test(nothing_is_looked_for_without_protection),
        cmocka_unit_test(the_client_says_each_thing_once),
        cmocka_unit_test(the_client_appends_nothing_when_policy_turns_trailers_off),
        cmocka_unit_test(the_client_repeats_the_header_while_headers_are_not_signed),
        cmocka_unit_test(the_trailer_stands_whole_in_the_last_fragment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
