/* SPDX-License-Identifier: MIT
 *
 * test_assoc_server_bind: the server's side of bind, alter_context and auth3, refusals
 * included.
 */
#include "harness/test.h"

#include <stdio.h>

#include "flow/raw.h"

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};
static const struct pair_options trusting = {.server_principal = "trust=1"};

static struct pair *new_pair(const struct pair_options *options)
{
    struct pair *p = NULL;

    assert_ok(pair_new(options, &p));
    return p;
}

static bool is_closed(const struct pair *p)
{
    return pair_find(p, true, ASSOC_CLOSED, 0) != NULL;
}

static void expect(struct pair *p, uint8_t type, uint32_t code, bool closed)
{
    struct raw_answer answer;

    raw_exchange(p, false);
    answer = raw_take_answer(p, true);
    assert_string_equal(pdu_type_name(answer.type), pdu_type_name(type));
    assert_int_equal(answer.code, code);
    assert_int_equal(is_closed(p), closed);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 0);
}

static void expect_silence(struct pair *p, bool closed)
{
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, 0xFF);
    assert_int_equal(is_closed(p), closed);
}

/* ---- bind, by the failure table ---- */

static struct pdu_context_elem feature(uint16_t id, uint16_t mask)
{
    struct pdu_context_elem elem = raw_elem(id, &pair_echo);

    elem.transfers[0] = pdu_feature_syntax(mask);
    return elem;
}

static void level_0(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->level = 0;
    bind->auth = auth;
}

static void level_1(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->level = 1;
    bind->auth = auth;
}

static void level_7(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->level = 7;
    bind->auth = auth;
}

static void level_255(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->level = 255;
    bind->auth = auth;
}

static void level_call(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->level = RPCSEC_LEVEL_CALL;
    bind->auth = auth;
}

static void unknown_type(struct raw_bind *bind, struct raw_auth *auth)
{
    auth->type = 0x44;
    bind->auth = auth;
}

static void misaligned(struct raw_bind *bind, struct raw_auth *auth)
{
    bind->gap = 2;
    bind->auth = auth;
}

static void no_contexts(struct raw_bind *bind, struct raw_auth *auth)
{
    (void)auth;
    bind->num_elems = 0;
}

static void truncated(struct raw_bind *bind, struct raw_auth *auth)
{
    (void)auth;
    bind->claimed_elems = 3;
}

static void no_transfers(struct raw_bind *bind, struct raw_auth *auth)
{
    (void)auth;
    bind->elems[0].num_transfers = 0;
}

static void two_features(struct raw_bind *bind, struct raw_auth *auth)
{
    (void)auth;
    bind->num_elems = 3;
    bind->elems[1] = feature(1, 1);
    bind->elems[2] = feature(2, 2);
}

static void unknown_group(struct raw_bind *bind, struct raw_auth *auth)
{
    (void)auth;
    bind->group_id = 0x7777;
}

static void refused_token(struct raw_bind *bind, struct raw_auth *auth)
{
    bind->auth = auth;
}

static void a_bind_is_refused_as_the_failure_table_says(void **state)
{
    static const struct {
        void (*change)(struct raw_bind *bind, struct raw_auth *auth);
        uint16_t reason;
    } rows[] = {
        {level_0, PDU_NAK_NOT_SPECIFIED},
        {level_1, PDU_NAK_NOT_SPECIFIED},
        {level_7, PDU_NAK_NOT_SPECIFIED},
        {level_255, PDU_NAK_NOT_SPECIFIED},
        {level_call, PDU_NAK_INVALID_CHECKSUM},
        {unknown_type, PDU_NAK_AUTH_TYPE},
        {misaligned, PDU_NAK_NOT_SPECIFIED},
        {no_contexts, PDU_NAK_NOT_SPECIFIED},
        {truncated, PDU_NAK_VERSION},
        {no_transfers, PDU_NAK_NOT_SPECIFIED},
        {two_features, PDU_NAK_NOT_SPECIFIED},
        {unknown_group, PDU_NAK_NOT_SPECIFIED},
        {refused_token, PDU_NAK_INVALID_CHECKSUM},
    };
    const struct pair_options options = {.anonymous = true};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = new_pair(&options);
        struct raw_auth auth = privacy;
        struct raw_bind bind = raw_simple_bind(NULL);

        rows[i].change(&bind, &auth);
        raw_send_bind(p, &bind);
        expect(p, PDU_BIND_NAK, rows[i].reason, true);
        assert_int_equal(pair_count(p, true, ASSOC_LEG), 2);
        pair_free(p);
    }
}

/* Says of the padding what is not there: the byte is that of the trailer on the wire. */
static void say_padding(struct pair *p, uint8_t pad_len)
{
    size_t len = 0;
    uint8_t *pdu = pair_pdu(p, false, 0, &len);

    pdu[len - privacy.token_len - PDU_TRAILER_LEN + 2] = pad_len;
}

/* 48: the count and one element, all that could be padding. Behind it the fixed part begins. */
static void padding_of_a_bind_is_let_be(void **state)
{
    struct raw_bind bind = raw_simple_bind(&privacy);
    struct pair *p;

    (void)state;
    for (int pad_len = 48; pad_len <= 49; pad_len++) {
        p = new_pair(&trusting);
        raw_send_bind(p, &bind);
        say_padding(p, (uint8_t)pad_len);
        if (pad_len == 48)
            expect(p, PDU_BIND_ACK, 0, false);
        else
            expect(p, PDU_BIND_NAK, PDU_NAK_VERSION, true);
        pair_free(p);
    }
}

static void a_server_without_keys_answers_congestion(void **state)
{
    static const rpcsec_status temporary[] = {RPCSEC_NO_CREDENTIALS, RPCSEC_NO_MEMORY,
                                              RPCSEC_INTERNAL};
    char principal[32];
    struct pair_options options = {.server_principal = principal};

    (void)state;
    for (size_t i = 0; i < NUM_OF(temporary); i++) {
        struct pair *p;
        struct raw_bind bind = raw_simple_bind(&privacy);

        snprintf(principal, sizeof(principal), "fail=1,status=%d", (int)temporary[i]);
        p = new_pair(&options);
        raw_send_bind(p, &bind);
        expect(p, PDU_BIND_NAK, PDU_NAK_CONGESTION, true);
        pair_free(p);
    }
}

static void a_mechanism_inside_of_spnego_that_is_not_served_is_told(void **state)
{
    char principal[32];
    const struct pair_options options = {.server_principal = principal};
    struct raw_bind bind = raw_simple_bind(&privacy);
    struct pair *p;

    (void)state;
    snprintf(principal, sizeof(principal), "fail=1,status=%d", (int)RPCSEC_UNSUPPORTED);
    p = new_pair(&options);
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_NAK, PDU_NAK_AUTH_TYPE, true);
    pair_free(p);
}

static void an_unauthenticated_bind_needs_an_open_operation(void **state)
{
    const struct pair_options rows[] = {
        {.anonymous = false}, {.anonymous = true}, {.open_binds = true, .open_operations = 1}};
    struct raw_bind bind = raw_simple_bind(NULL);

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = new_pair(&rows[i]);

        raw_send_bind(p, &bind);
        if (i == 0)
            expect(p, PDU_BIND_NAK, PDU_NAK_AUTH_TYPE, true);
        else
            expect(p, PDU_BIND_ACK, 0, false);
        pair_free(p);
    }
}

static void garbage_before_the_trailer_is_let_be(void **state)
{
    struct pair *p = new_pair(&trusting);
    struct raw_bind bind = raw_simple_bind(&privacy);

    (void)state;
    bind.gap = 44; /* what Windows leaves of a longer list */
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_ACK, 0, false);
    pair_free(p);
}

static void only_a_bind_is_taken_first_and_only_once(void **state)
{
    const struct pair_options options = {.anonymous = true};
    struct raw_bind bind = raw_simple_bind(NULL);
    struct pair *p = new_pair(&options);

    (void)state;
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_ACK, 0, false);
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_NAK, PDU_NAK_NOT_SPECIFIED, true);
    pair_free(p);
    p = new_pair(&options);
    bind.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_NAK, PDU_NAK_VERSION, true);
    pair_free(p);
}

static void a_bind_of_another_version_is_refused(void **state)
{
    const struct pair_options options = {.anonymous = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);

    (void)state;
    raw_send_bind(p, &bind);
    p->client.wire.data[0] = 4;
    expect(p, PDU_BIND_NAK, PDU_NAK_VERSION, true);
    pair_free(p);
}

/* ---- what bind_ack says ---- */

static void decode_ack(struct pair *p, struct pdu_bind_ack *ack,
                       struct pdu_context_result *results)
{
    struct pdu_header header;

    raw_exchange(p, false);
    assert_ok(pdu_header_decode(p->server.wire.data, &header));
    assert_ok(pdu_bind_ack_decode(p->server.wire.data, &header, results, 4, ack));
}

static void fragment_sizes_are_negotiated_as_windows_does(void **state)
{
    static const struct {
        uint16_t xmit, recv, expected;
    } rows[] = {
        {0, 0, 2048},           {0, 0x3199, 2048},      {0, 0xFFFF, 2048},  {0x3199, 0, 2048},
        {0x3199, 0xFFFF, 5840}, {0xFFFF, 0xFFFF, 5840}, {4280, 5840, 4280}, {4287, 4287, 4280},
    };
    const struct pair_options options = {.anonymous = true};
    struct pdu_context_result results[4];
    struct pdu_bind_ack ack;

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = new_pair(&options);
        struct raw_bind bind = raw_simple_bind(NULL);

        bind.max_xmit = rows[i].xmit;
        bind.max_recv = rows[i].recv;
        raw_send_bind(p, &bind);
        decode_ack(p, &ack, results);
        assert_int_equal(ack.max_xmit, rows[i].expected);
        assert_int_equal(ack.max_recv, rows[i].expected);
        pair_free(p);
    }
}

static void each_offered_context_gets_its_result(void **state)
{
    static const struct rpcsec_syntax *const abstracts[] = {&pair_unknown, &pair_echo,
                                                            &pair_other, &pair_echo};
    static const struct {
        uint16_t result, reason;
    } expected[] = {{PDU_RESULT_PROVIDER_REJECTION, PDU_REASON_ABSTRACT_SYNTAX},
                    {PDU_RESULT_PROVIDER_REJECTION, PDU_REASON_TRANSFER_SYNTAX},
                    {PDU_RESULT_ACCEPTANCE, 0},
                    {PDU_RESULT_PROVIDER_REJECTION, PDU_REASON_TRANSFER_SYNTAX}};
    const struct pair_options options = {.anonymous = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);
    struct pdu_context_result results[4];
    struct pdu_bind_ack ack;

    (void)state;
    bind.num_elems = 4;
    for (uint16_t i = 0; i < 4; i++)
        bind.elems[i] = raw_elem(i, abstracts[i]);
    bind.elems[1].transfers[0] = pair_unknown;
    raw_send_bind(p, &bind);
    decode_ack(p, &ack, results);
    assert_int_equal(ack.num_results, 4);
    assert_int_equal(ack.group_id, 0x01000007);
    assert_string_equal(ack.secondary_address, "7001");
    for (size_t i = 0; i < 4; i++) { /* one is accepted, not two */
        assert_int_equal(results[i].result, expected[i].result);
        assert_int_equal(results[i].reason, expected[i].reason);
    }
    pair_free(p);
}

static void ndr64_is_chosen_where_one_element_names_both(void **state)
{
    static const struct {
        bool ndr64;
        const struct rpcsec_syntax *first, *second, *chosen;
    } rows[] = {
        {true, &syntax_ndr64, &syntax_ndr, &syntax_ndr64},
        {true, &syntax_ndr, &syntax_ndr64, &syntax_ndr64},
        {true, &syntax_ndr64, &pair_unknown, &syntax_ndr64},
        {false, &syntax_ndr64, &pair_unknown, NULL},
        {false, &syntax_ndr64, &syntax_ndr, &syntax_ndr},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct pair_options options = {.anonymous = true, .ndr64 = rows[i].ndr64};
        struct pair *p = new_pair(&options);
        struct raw_bind bind = raw_simple_bind(NULL);
        struct pdu_context_result results[4];
        struct pdu_bind_ack ack;

        bind.elems[0].num_transfers = 2;
        bind.elems[0].transfers[0] = *rows[i].first;
        bind.elems[0].transfers[1] = *rows[i].second;
        raw_send_bind(p, &bind);
        decode_ack(p, &ack, results);
        assert_int_equal(results[0].result == PDU_RESULT_ACCEPTANCE, rows[i].chosen != NULL);
        if (rows[i].chosen)
            assert_true(syntax_equal(&results[0].transfer, rows[i].chosen));
        pair_free(p);
    }
}

static void features_are_answered_with_what_is_done(void **state)
{
    static const struct {
        uint64_t security_contexts;
        uint16_t offered, answered;
    } rows[] = {{8, 0xFFFF, 3}, {1, 0xFFFF, 2}, {8, 1, 1}, {8, 0, 0}, {8, 4, 0}};
    struct pdu_context_result results[4];
    struct pdu_bind_ack ack;

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct pair_options options = {.anonymous = true,
                                             .security_contexts = rows[i].security_contexts};
        struct pair *p = new_pair(&options);
        struct raw_bind bind = raw_simple_bind(NULL);

        bind.num_elems = 2;
        bind.elems[1] = feature(1, rows[i].offered);
        raw_send_bind(p, &bind);
        decode_ack(p, &ack, results);
        assert_int_equal(results[1].result, PDU_RESULT_NEGOTIATE_ACK);
        assert_int_equal(results[1].reason, rows[i].answered);
        pair_free(p);
    }
}

static void bits_of_the_bind_are_echoed_when_asked_for(void **state)
{
    static const uint8_t bits[] = {
        0,        PDU_HEADER_SIGN, PDU_CONC_MPX, PDU_HEADER_SIGN | PDU_CONC_MPX, PDU_RESERVED,
        PDU_MAYBE};
    const uint8_t echoed = PDU_HEADER_SIGN | PDU_CONC_MPX;
    const struct pair_options options = {.anonymous = true};

    (void)state;
    for (size_t i = 0; i < NUM_OF(bits); i++) {
        struct pair *p = new_pair(&options);
        struct raw_bind bind = raw_simple_bind(NULL);

        bind.flags |= bits[i];
        raw_send_bind(p, &bind);
        raw_exchange(p, false);
        assert_int_equal(raw_take_answer(p, true).flags, RAW_WHOLE | (bits[i] & echoed));
        pair_free(p);
    }
}

static void header_signing_that_policy_turns_off_is_not_echoed(void **state)
{
    const struct pair_options options = {.anonymous = true, .header_signing = RPCSEC_OFF};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);

    (void)state;
    bind.flags |= PDU_HEADER_SIGN;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).flags, RAW_WHOLE);
    pair_free(p);
}

static void contexts_beyond_the_limit_are_rejected(void **state)
{
    const struct pair_options options = {.anonymous = true, .presentation_contexts = 1};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);
    struct pdu_context_result results[4];
    struct pdu_bind_ack ack;

    (void)state;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_BIND_ACK);
    bind.type = PDU_ALTER_CONTEXT;
    bind.elems[0] = raw_elem(1, &pair_other);
    raw_send_bind(p, &bind);
    decode_ack(p, &ack, results);
    assert_int_equal(results[0].result, PDU_RESULT_PROVIDER_REJECTION);
    assert_int_equal(results[0].reason, PDU_REASON_LOCAL_LIMIT);
    pair_free(p);
}

static void a_known_context_may_be_offered_again_as_it_is(void **state)
{
    const struct pair_options options = {.anonymous = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);
    struct pdu_context_result results[4];
    struct pdu_bind_ack ack;

    (void)state;
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_BIND_ACK);
    bind.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &bind);
    decode_ack(p, &ack, results);
    assert_int_equal(results[0].result, PDU_RESULT_ACCEPTANCE);
    assert_string_equal(ack.secondary_address, ""); /* only a bind_ack tells it */
    raw_take_answer(p, true);
    bind.elems[0].transfers[0] = syntax_ndr64;
    raw_send_bind(p, &bind);
    decode_ack(p, &ack, results);
    assert_int_equal(results[0].result, PDU_RESULT_PROVIDER_REJECTION);
    assert_int_equal(results[0].reason, PDU_REASON_TRANSFER_SYNTAX);
    assert_false(is_closed(p));
    pair_free(p);
}

/* Windows and Samba do not ask for them in these PDUs. */
static void first_and_last_may_be_missing_in_a_bind(void **state)
{
    const struct pair_options options = {.anonymous = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(NULL);

    (void)state;
    bind.flags = 0;
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_ACK, 0, false);
    bind.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &bind);
    expect(p, PDU_ALTER_CONTEXT_RESP, 0, false);
    pair_free(p);
}

/* ---- alter_context and auth3 in the middle of a handshake ---- */

static struct pair *half_open(const struct pair_options *options, uint8_t level)
{
    struct pair *p = new_pair(options);
    struct raw_auth auth = privacy;
    struct raw_bind bind;

    auth.level = level;
    bind = raw_simple_bind(&auth);
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_ACK, 0, false);
    return p;
}

static void an_alter_that_does_not_go_on_as_begun_is_refused(void **state)
{
    static const struct {
        struct raw_auth auth;
        uint32_t fault;
    } rows[] = {
        {{9, 6, 0, 1, 100, NULL}, PDU_FAULT_SEC_PKG_ERROR},
        {{16, 5, 0, 1, 100, NULL}, PDU_FAULT_ACCESS_DENIED},
        {{16, 6, 0, 2, 100, NULL}, PDU_FAULT_ACCESS_DENIED},
        {{0, 6, 0, 1, 100, NULL}, PDU_FAULT_ACCESS_DENIED},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
        struct raw_bind alter = raw_simple_bind(&rows[i].auth);

        alter.type = PDU_ALTER_CONTEXT;
        raw_send_bind(p, &alter);
        expect(p, PDU_FAULT, rows[i].fault, true);
        pair_free(p);
    }
}

static void a_token_refused_in_an_alter_ends_the_connection(void **state)
{
    static const struct {
        const char *principal;
        uint32_t fault;
    } rows[] = {
        {"trust=1,fail=2,status=28", PDU_FAULT_SEC_PKG_ERROR},
        {"trust=1,fail=2,status=26", PDU_FAULT_ACCESS_DENIED},
        {"trust=1,fail=2,status=31", PDU_FAULT_SEC_PKG_ERROR},
        {"trust=1,fail=2,status=29", PDU_FAULT_ACCESS_DENIED},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct pair_options options = {.server_principal = rows[i].principal};
        struct pair *p = half_open(&options, RPCSEC_LEVEL_PRIVACY);
        struct raw_bind alter = raw_simple_bind(&privacy);

        alter.type = PDU_ALTER_CONTEXT;
        raw_send_bind(p, &alter);
        expect(p, PDU_FAULT, rows[i].fault, true);
        pair_free(p);
    }
}

static void an_alter_with_authentication_after_the_end_is_refused(void **state)
{
    struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
    struct raw_bind alter = raw_simple_bind(&privacy);

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &alter);
    expect(p, PDU_ALTER_CONTEXT_RESP, 0, false);
    raw_send_bind(p, &alter);
    expect(p, PDU_FAULT, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void an_alter_does_not_redefine_a_context(void **state)
{
    struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
    struct raw_bind alter = raw_simple_bind(&privacy);

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    alter.elems[0].abstract = pair_other;
    raw_send_bind(p, &alter);
    expect(p, PDU_FAULT, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void an_alter_does_not_change_the_transfer_syntax(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1", .ndr64 = true};
    struct raw_bind alter = raw_simple_bind(&privacy);
    struct pair *p;

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    alter.elems[0].num_transfers = 2;
    alter.elems[0].transfers[1] = syntax_ndr64;
    p = half_open(&options, RPCSEC_LEVEL_PRIVACY);
    raw_send_bind(p, &alter);
    expect(p, PDU_FAULT, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
    p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY); /* which has no NDR64 to change to */
    raw_send_bind(p, &alter);
    expect(p, PDU_ALTER_CONTEXT_RESP, 0, false);
    pair_free(p);
}

static void a_failed_auth3_is_not_answered_but_the_next_request_is(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1,fail=2"};
    const struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2};
    struct pair *p = half_open(&options, RPCSEC_LEVEL_PRIVACY);

    (void)state;
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    expect_silence(p, false);
    raw_send_call(p, false, &request);
    expect(p, PDU_FAULT, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void an_unfit_auth3_is_refused(void **state)
{
    static const struct raw_auth wrong_type = {9, 6, 0, 1, 100, NULL};
    static const struct raw_auth wrong_level = {16, 5, 0, 1, 100, NULL};
    static const struct raw_auth too_long = {16, 6, 0, 1, 4100, NULL};
    static const struct {
        uint8_t flags;
        const struct raw_auth *auth;
        uint32_t fault;
    } rows[] = {
        {RAW_WHOLE, NULL, PDU_FAULT_REMOTE_NO_MEMORY},
        {RAW_WHOLE, &wrong_type, PDU_FAULT_REMOTE_NO_MEMORY},
        {RAW_WHOLE, &wrong_level, PDU_FAULT_REMOTE_NO_MEMORY},
        {RAW_WHOLE, &too_long, PDU_FAULT_PROTO_ERROR},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);

        raw_send_auth3(p, rows[i].flags, 1, rows[i].auth);
        expect(p, PDU_FAULT, rows[i].fault, true);
        pair_free(p);
    }
}

static void an_auth3_that_needs_an_answer_is_refused_later(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1,legs=5"};
    const struct raw_call request = {.flags = RAW_WHOLE, .call_id = 2};
    struct pair *p = half_open(&options, RPCSEC_LEVEL_PRIVACY);

    (void)state;
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    expect_silence(p, false);
    raw_send_call(p, false, &request);
    expect(p, PDU_FAULT, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void both_forms_of_the_third_leg_open_the_connection(void **state)
{
    struct raw_bind alter = raw_simple_bind(&privacy);
    struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
    struct raw_answer answer;

    (void)state;
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    expect_silence(p, false);
    assert_non_null(assoc_security(p->server.a));
    pair_free(p);
    p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
    alter.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &alter);
    raw_exchange(p, false);
    answer = raw_take_answer(p, true);
    assert_int_equal(answer.type, PDU_ALTER_CONTEXT_RESP);
    assert_int_equal(answer.auth_len, 0);
    assert_non_null(assoc_security(p->server.a));
    pair_free(p);
}

static void nothing_is_handled_while_a_step_is_taken(void **state)
{
    const struct pair_options options = {.server_principal = "trust=1",
                                         .no_server_steps = true};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(&privacy);
    size_t room;

    (void)state;
    raw_send_bind(p, &bind);
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_NEED_TOKEN), 1);
    assert_null(assoc_input(p->server.a, &room));
    assert_int_equal(room, 0);
    pair_free(p);
}

/* ---- more than one security context ---- */

static struct pair *multiplexing(uint64_t limit)
{
    const struct pair_options options = {.server_principal = "trust=1",
                                         .security_contexts = limit};
    struct pair *p = new_pair(&options);
    struct raw_bind bind = raw_simple_bind(&privacy);

    bind.num_elems = 2;
    bind.elems[1] = feature(1, PDU_FEATURE_SECURITY_CONTEXTS);
    raw_send_bind(p, &bind);
    expect(p, PDU_BIND_ACK, 0, false);
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    expect_silence(p, false);
    return p;
}

static void a_second_security_context_may_be_opened_when_negotiated(void **state)
{
    struct raw_auth second = privacy;
    struct pair *p = multiplexing(2);
    struct raw_bind alter;

    (void)state;
    second.context_id = 2;
    alter = raw_simple_bind(&second);
    alter.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &alter);
    expect(p, PDU_ALTER_CONTEXT_RESP, 0, false);
    second.context_id = 3;
    raw_send_bind(p, &alter);
    expect(p, PDU_FAULT, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void security_contexts_follow_each_other_where_nothing_was_negotiated(void **state)
{
    struct raw_auth second = privacy;
    struct pair *p = half_open(&trusting, RPCSEC_LEVEL_PRIVACY);
    struct raw_bind alter;

    (void)state;
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    expect_silence(p, false);
    second.context_id = 2;
    alter = raw_simple_bind(&second);
    alter.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &alter);
    expect(p, PDU_ALTER_CONTEXT_RESP, 0, false);
    second.context_id = 3; /* between the legs of the second */
    raw_send_bind(p, &alter);
    expect(p, PDU_FAULT, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bind_is_refused_as_the_failure_table_says),
        cmocka_unit_test(padding_of_a_bind_is_let_be),
        cmocka_unit_test(a_server_without_keys_answers_congestion),
        cmocka_unit_test(a_mechanism_inside_of_spnego_that_is_not_served_is_told),
        cmocka_unit_test(an_unauthenticated_bind_needs_an_open_operation),
        cmocka_unit_test(garbage_before_the_trailer_is_let_be),
        cmocka_unit_test(only_a_bind_is_taken_first_and_only_once),
        cmocka_unit_test(a_bind_of_another_version_is_refused),
        cmocka_unit_test(fragment_sizes_are_negotiated_as_windows_does),
        cmocka_unit_test(each_offered_context_gets_its_result),
        cmocka_unit_test(ndr64_is_chosen_where_one_element_names_both),
        cmocka_unit_test(features_are_answered_with_what_is_done),
        cmocka_unit_test(bits_of_the_bind_are_echoed_when_asked_for),
        cmocka_unit_test(header_signing_that_policy_turns_off_is_not_echoed),
        cmocka_unit_test(contexts_beyond_the_limit_are_rejected),
        cmocka_unit_test(first_and_last_may_be_missing_in_a_bind),
        cmocka_unit_test(a_known_context_may_be_offered_again_as_it_is),
        cmocka_unit_test(an_alter_that_does_not_go_on_as_begun_is_refused),
        cmocka_unit_test(a_token_refused_in_an_alter_ends_the_connection),
        cmocka_unit_test(an_alter_with_authentication_after_the_end_is_refused),
        cmocka_unit_test(an_alter_does_not_redefine_a_context),
        cmocka_unit_test(an_alter_does_not_change_the_transfer_syntax),
        cmocka_unit_test(a_failed_auth3_is_not_answered_but_the_next_request_is),
        cmocka_unit_test(an_unfit_auth3_is_refused),
        cmocka_unit_test(an_auth3_that_needs_an_answer_is_refused_later),
        cmocka_unit_test(both_forms_of_the_third_leg_open_the_connection),
        cmocka_unit_test(nothing_is_handled_while_a_step_is_taken),
        cmocka_unit_test(a_second_security_context_may_be_opened_when_negotiated),
        cmocka_unit_test(security_contexts_follow_each_other_where_nothing_was_negotiated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
