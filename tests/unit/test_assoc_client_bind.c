/* SPDX-License-Identifier: MIT
 *
 * test_assoc_client_bind: the client's bind and alter_context: what it sends and what it takes.
 */
#include "harness/test.h"

#include "flow/raw.h"
#include "harness/fake_package.h"

static const struct raw_auth server_auth = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};

/* A client that was told to bind; what it sent is thrown away. */
static struct pair *binding(const struct pair_options *options)
{
    struct pair_options trusting = options ? *options : (struct pair_options){.ndr64 = false};
    struct pair *p = NULL;
    uint16_t context;

    if (!trusting.client_principal)
        trusting.client_principal = "trust=1";
    assert_ok(pair_new(&trusting, &p));
    assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    return p;
}

static rpcsec_status closed_with(const struct pair *p)
{
    const struct pair_event *closed = pair_find(p, false, ASSOC_CLOSED, 0);

    return closed ? closed->event.closed.status : RPCSEC_NOT_FOUND;
}

static const char *closed_text(const struct pair *p)
{
    return rpcsec_error_text(pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.error);
}

/* The parts of an answer that a row may spoil. */
struct ack {
    uint8_t type;
    uint8_t flags;
    uint32_t call_id;
    struct pdu_bind_ack ack;
    struct pdu_context_result results[2];
    struct raw_auth auth;
    bool without_auth;
};

static struct ack good_ack(uint8_t type)
{
    return (struct ack){
        .type = type,
        .flags = RAW_WHOLE | PDU_HEADER_SIGN | PDU_CONC_MPX,
        .call_id = 1,
        .ack = {5840, 5840, 0x77, "7001", 1, NULL},
        .results = {{.transfer = syntax_ndr}},
        .auth = server_auth,
    };
}

static void answer(struct pair *p, struct ack *ack)
{
    ack->ack.results = ack->results;
    raw_send_ack(p, ack->type, ack->flags, ack->call_id, &ack->ack,
                 ack->without_auth ? NULL : &ack->auth);
    raw_exchange(p, true);
}

/* A client whose handshake went well. */
static struct pair *bound(void)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);

    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    ack.without_auth = true;
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    return p;
}

static void the_third_leg_goes_out_in_an_alter_context(void **state)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);
    struct raw_answer sent = raw_take_answer(p, false);

    (void)state;
    assert_int_equal(sent.type, PDU_BIND);
    assert_int_equal(sent.flags, RAW_WHOLE | PDU_HEADER_SIGN | PDU_CONC_MPX);
    answer(p, &ack);
    sent = raw_take_answer(p, false);
    assert_int_equal(sent.type, PDU_ALTER_CONTEXT);
    assert_int_equal(sent.call_id, 1); /* one id for the whole handshake */
    assert_int_equal(sent.auth_len, 100);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 0);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    ack.without_auth = true;
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_int_equal(assoc_group(p->client.a), 0x77);
    assert_int_equal(pair_count(p, false, ASSOC_LEG), 4);
    pair_free(p);
}

static void the_third_leg_goes_out_in_an_auth3_when_policy_says_so(void **state)
{
    const struct pair_options options = {.third_leg = RPCSEC_THIRD_LEG_AUTH3};
    struct pair *p = binding(&options);
    struct ack ack = good_ack(PDU_BIND_ACK);
    struct raw_answer sent;

    (void)state;
    raw_take_answer(p, false);
    answer(p, &ack);
    sent = raw_take_answer(p, false);
    assert_int_equal(sent.type, PDU_AUTH3);
    assert_int_equal(sent.len, 16 + 4 + 8 + 100);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_string_equal(pair_find(p, false, ASSOC_LEG, 2)->event.leg.pdu, "auth3");
    assert_int_equal(pair_find(p, false, ASSOC_LEG, 2)->event.leg.token_len, 100);
    pair_free(p);
}

static void stray_bytes_of_an_empty_trailer_are_let_be(void **state)
{
    static const struct raw_auth empty = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 0, NULL};
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    ack.auth = empty;
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    pair_free(p);
}

/* ---- answers that do not fit ---- */

static void other_call_id(struct ack *ack)
{
    ack->call_id = 2;
}

static void not_whole(struct ack *ack)
{
    ack->flags = PDU_FIRST_FRAG | PDU_HEADER_SIGN;
}

static void no_result(struct ack *ack)
{
    ack->ack.num_results = 0;
}

static void two_results(struct ack *ack)
{
    ack->ack.num_results = 2;
}

static void other_transfer(struct ack *ack)
{
    ack->results[0].transfer = syntax_ndr64;
}

static void small_fragments(struct ack *ack)
{
    ack->ack.max_recv = 1431;
}

static void small_sent_fragments(struct ack *ack)
{
    ack->ack.max_xmit = 0;
}

static void other_type(struct ack *ack)
{
    ack->auth.type = 9;
}

static void lower_level(struct ack *ack)
{
    ack->auth.level = RPCSEC_LEVEL_CONNECT;
}

static void other_security_context(struct ack *ack)
{
    ack->auth.context_id = 7;
}

static void no_auth(struct ack *ack)
{
    ack->without_auth = true;
}

static void wrong_type_of_answer(struct ack *ack)
{
    ack->type = PDU_ALTER_CONTEXT_RESP;
}

static void no_header_signing(struct ack *ack)
{
    ack->flags = RAW_WHOLE;
}

static void a_bind_ack_that_does_not_fit_ends_the_connection(void **state)
{
    static const struct {
        void (*spoil)(struct ack *ack);
        rpcsec_status status;
    } rows[] = {
        {other_call_id, RPCSEC_PROTOCOL_ERROR},
        {not_whole, RPCSEC_PROTOCOL_ERROR},
        {no_result, RPCSEC_PROTOCOL_ERROR},
        {two_results, RPCSEC_PROTOCOL_ERROR},
        {other_transfer, RPCSEC_PROTOCOL_ERROR},
        {small_fragments, RPCSEC_PROTOCOL_ERROR},
        {small_sent_fragments, RPCSEC_PROTOCOL_ERROR},
        {other_type, RPCSEC_PROTOCOL_ERROR},
        {lower_level, RPCSEC_PROTOCOL_ERROR},
        {other_security_context, RPCSEC_PROTOCOL_ERROR},
        {no_auth, RPCSEC_PROTOCOL_ERROR},
        {wrong_type_of_answer, RPCSEC_PROTOCOL_ERROR},
        {no_header_signing, RPCSEC_POLICY_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = binding(NULL);
        struct ack ack = good_ack(PDU_BIND_ACK);

        rows[i].spoil(&ack);
        answer(p, &ack);
        assert_status(closed_with(p), rows[i].status);
        assert_int_equal(pair_count(p, false, ASSOC_BOUND), 0);
        assert_int_equal(pair_count(p, false, ASSOC_NEED_TOKEN), 1);
        pair_free(p);
    }
}

static void an_alter_response_that_does_not_fit_ends_the_connection(void **state)
{
    void (*const rows[])(struct ack * ack) = {other_call_id,         not_whole,  no_result,
                                              other_transfer,        other_type, lower_level,
                                              other_security_context};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = binding(NULL);
        struct ack ack = good_ack(PDU_BIND_ACK);

        answer(p, &ack);
        ack = good_ack(PDU_ALTER_CONTEXT_RESP);
        rows[i](&ack);
        answer(p, &ack);
        assert_status(closed_with(p), RPCSEC_PROTOCOL_ERROR);
        assert_int_equal(pair_count(p, false, ASSOC_BOUND), 0);
        pair_free(p);
    }
}

static void the_least_fragments_are_accepted(void **state)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);
    struct writer_shape shape;

    (void)state;
    ack.ack.max_xmit = LIMIT_MUST_RECV_LEN;
    ack.ack.max_recv = LIMIT_MUST_RECV_LEN;
    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    no_auth(&ack);
    answer(p, &ack);
    assert_ok(assoc_request_shape(p->client.a, 0, false, &shape));
    /* of 1432 less header, trailer and token, a multiple of 16 */
    assert_int_equal(shape.body_max, (1432 - 24 - 8 - 76) & ~15);
    assert_int_equal(shape.head_len, 24);
    pair_free(p);
}

static void a_token_after_the_end_ends_the_connection(void **state)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    answer(p, &ack);
    assert_status(closed_with(p), RPCSEC_PROTOCOL_ERROR);
    pair_free(p);
}

/* RFC 4178 4.2.2: accept-completed, when both sides have proved it to each other before. */
static void a_last_word_after_the_end_changes_nothing(void **state)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);
    const struct pair_event *leg;

    (void)state;
    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    ack.auth.token = (const uint8_t *)FAKE_LAST_WORD;
    ack.auth.token_len = strlen(FAKE_LAST_WORD);
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_int_equal(pair_count(p, false, ASSOC_CLOSED), 0);
    assert_int_equal(pair_count(p, false, ASSOC_NEED_TOKEN), 2);
    leg = pair_find(p, false, ASSOC_LEG, 3);
    assert_string_equal(leg->event.leg.result, "done");
    pair_free(p);
}

static void the_client_goes_without_header_signing_where_policy_accepts_it(void **state)
{
    const struct pair_options options = {.header_signing = RPCSEC_ACCEPTED};
    struct pair *p = binding(&options);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    no_header_signing(&ack);
    answer(p, &ack);
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    no_auth(&ack);
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_false(assoc_security(p->client.a)->header_signing);
    pair_free(p);
}

static void the_client_does_not_offer_header_signing_that_policy_turns_off(void **state)
{
    const struct pair_options options = {.header_signing = RPCSEC_OFF};
    struct pair *p = binding(&options);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    assert_int_equal(raw_take_answer(p, false).flags, RAW_WHOLE | PDU_CONC_MPX);
    answer(p, &ack); /* with the bit: it means nothing */
    ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    no_auth(&ack);
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_false(assoc_security(p->client.a)->header_signing);
    pair_free(p);
}

static void a_rejected_context_is_told(void **state)
{
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);
    const struct pair_event *told;
    uint32_t call;

    (void)state;
    ack.results[0] = (struct pdu_context_result){.result = PDU_RESULT_PROVIDER_REJECTION,
                                                 .reason = PDU_REASON_ABSTRACT_SYNTAX};
    answer(p, &ack);
    ack.type = PDU_ALTER_CONTEXT_RESP;
    no_auth(&ack);
    answer(p, &ack);
    told = pair_find(p, false, ASSOC_BOUND, 0);
    assert_non_null(told);
    assert_false(told->event.bound.accepted);
    assert_int_equal(told->event.bound.reason, PDU_REASON_ABSTRACT_SYNTAX);
    assert_status(pair_call(p, 0, 1, NULL, 4, &call), RPCSEC_NOT_FOUND);
    pair_free(p);
}

static void a_bind_nak_is_explained(void **state)
{
    static const struct {
        uint16_t reason;
        const char *text;
    } rows[] = {
        {PDU_NAK_INVALID_CHECKSUM, "wrong service principal"},
        {PDU_NAK_AUTH_TYPE, "does not take this mechanism"},
        {PDU_NAK_CONGESTION, "keytab"},
        {PDU_NAK_LOCAL_LIMIT, "short of something"},
        {PDU_NAK_VERSION, "malformed"},
        {PDU_NAK_NOT_SPECIFIED, "no reason"},
        {77, "no reason"},
    };
    uint8_t body[6] = {0, 0, 1, 5, 0, 0};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = binding(NULL);
        const struct rpcsec_error *err;

        body[0] = (uint8_t)rows[i].reason;
        raw_send_header(p, true, PDU_BIND_NAK, RAW_WHOLE, 1, sizeof(body));
        memcpy(p->server.wire.data + PDU_HEADER_LEN, body, sizeof(body));
        raw_exchange(p, true);
        assert_status(closed_with(p), RPCSEC_BIND_REJECTED);
        err = pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.error;
        assert_int_equal(err->wire_status, rows[i].reason);
        assert_int_equal(err->layer, RPCSEC_LAYER_REMOTE);
        assert_int_equal(err->outcome, RPCSEC_OUTCOME_NOT_RUN);
        assert_non_null(strstr(closed_text(p), rows[i].text));
        pair_free(p);
    }
}

/* What other programs say when a bind reaches them. */
static void a_peer_of_another_protocol_is_named(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *text;
    } rows[] = {
        {"HTTP/1.1 400 Bad Request\r\n\r\n", 28, "it speaks HTTP:"},
        {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", 32, "it speaks SSH:"},
        {"\x15\x03\x01\x00\x02\x02\x46", 7, "it speaks TLS:"},
        {"\x00\x00\x00\x40\xFESMB\x40\x00\x00\x00\x00\x00\x00\x00", 16, "it speaks SMB:"},
        {"220 mail.example.com ESMTP\r\n", 28, "it speaks SMTP, FTP or the like:"},
        {"554-busy\r\n", 10, "it speaks SMTP, FTP or the like:"},
        {"\x15\x03\x05\x00\x02\x02\x46", 7, "no protocol that is known"},
        {"22", 2, "no protocol that is known"},
        {"660 nothing of SMTP\r\n", 21, "no protocol that is known"},
        {"", 0, "did not answer the bind: is it a DCE/RPC server?"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = binding(NULL);

        pair_inject(p, true, rows[i].bytes, rows[i].len);
        p->server.eof = true;
        pair_deliver(p, true, SIZE_MAX, SIZE_MAX);
        assert_status(closed_with(p),
                      rows[i].len ? RPCSEC_PROTOCOL_ERROR : RPCSEC_CONNECTION_LOST);
        assert_non_null(strstr(closed_text(p), rows[i].text));
        pair_free(p);
    }
}

static void a_fault_ends_the_handshake(void **state)
{
    const struct raw_call fault = {.type = PDU_FAULT,
                                   .flags = RAW_WHOLE,
                                   .call_id = 1,
                                   .fault_status = PDU_FAULT_SEC_PKG_ERROR};
    struct pair *p = binding(NULL);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    answer(p, &ack);
    raw_send_call(p, true, &fault);
    raw_exchange(p, true);
    assert_status(closed_with(p), RPCSEC_BIND_REJECTED);
    assert_non_null(strstr(closed_text(p), "0x00000721"));
    pair_free(p);
}

static void a_step_that_fails_tells_why(void **state)
{
    const struct pair_options options = {.client_principal = "trust=1,fail=2,status=32"};
    struct pair *p = binding(&options);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    answer(p, &ack);
    assert_status(closed_with(p), RPCSEC_MUTUAL_AUTH_FAILED);
    assert_non_null(strstr(closed_text(p), "told to fail at step 2"));
    assert_int_equal(pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.error->leg, 3);
    assert_int_equal(assoc_queued(p->client.a), 0);
    pair_free(p);
}

static void a_package_that_is_not_done_and_silent_ends_the_connection(void **state)
{
    const struct pair_options options = {.client_principal = "trust=1,quiet=2"};
    struct pair *p = binding(&options);
    struct ack ack = good_ack(PDU_BIND_ACK);

    (void)state;
    answer(p, &ack);
    assert_status(closed_with(p), RPCSEC_SECURITY_FAILURE);
    pair_free(p);
}

/* ---- further contexts ---- */

static void another_context_is_added_by_an_alter(void **state)
{
    struct pair *p = bound();
    struct ack ack = good_ack(PDU_ALTER_CONTEXT_RESP);
    struct raw_answer sent;
    uint16_t context = 0;

    (void)state;
    while (raw_take_answer(p, false).type != 0xFF)
        ;
    assert_ok(assoc_bind(p->client.a, &pair_other, &syntax_ndr, 1, &context, p->now_ms));
    assert_int_equal(context, 1);
    assert_status(assoc_bind(p->client.a, &pair_other, &syntax_ndr, 1, &context, p->now_ms),
                  RPCSEC_INVALID_STATE);
    pair_collect(p, false);
    sent = raw_take_answer(p, false);
    assert_int_equal(sent.type, PDU_ALTER_CONTEXT);
    assert_int_equal(sent.call_id, 2);
    assert_int_equal(sent.auth_len, 0);
    ack.call_id = 2;
    no_auth(&ack);
    answer(p, &ack);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 2);
    pair_free(p);
}

static void intents_of_the_other_role_are_refused(void **state)
{
    struct pair *p = bound();
    uint16_t context;

    (void)state;
    assert_status(assoc_bind(p->server.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms),
                  RPCSEC_INVALID_STATE);
    assert_status(assoc_reply(p->client.a, 1, NULL, p->now_ms), RPCSEC_INVALID_STATE);
    assert_status(assoc_cancel(p->server.a, 1, true), RPCSEC_INVALID_STATE);
    pair_free(p);
}

static void a_token_that_nobody_asked_for_is_refused(void **state)
{
    struct pair *p = bound();
    const struct assoc_token token = {.sec_id = 0, .done = true};

    (void)state;
    assert_status(assoc_token(p->client.a, &token, p->now_ms), RPCSEC_INVALID_STATE);
    assoc_close(p->client.a);
    assert_status(assoc_token(p->client.a, &token, p->now_ms), RPCSEC_CLOSED);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_third_leg_goes_out_in_an_alter_context),
        cmocka_unit_test(the_third_leg_goes_out_in_an_auth3_when_policy_says_so),
        cmocka_unit_test(stray_bytes_of_an_empty_trailer_are_let_be),
        cmocka_unit_test(a_bind_ack_that_does_not_fit_ends_the_connection),
        cmocka_unit_test(an_alter_response_that_does_not_fit_ends_the_connection),
        cmocka_unit_test(the_least_fragments_are_accepted),
        cmocka_unit_test(a_token_after_the_end_ends_the_connection),
        cmocka_unit_test(a_last_word_after_the_end_changes_nothing),
        cmocka_unit_test(the_client_goes_without_header_signing_where_policy_accepts_it),
        cmocka_unit_test(the_client_does_not_offer_header_signing_that_policy_turns_off),
        cmocka_unit_test(a_rejected_context_is_told),
        cmocka_unit_test(a_bind_nak_is_explained),
        cmocka_unit_test(a_peer_of_another_protocol_is_named),
        cmocka_unit_test(a_fault_ends_the_handshake),
        cmocka_unit_test(a_step_that_fails_tells_why),
        cmocka_unit_test(a_package_that_is_not_done_and_silent_ends_the_connection),
        cmocka_unit_test(another_context_is_added_by_an_alter),
        cmocka_unit_test(intents_of_the_other_role_are_refused),
        cmocka_unit_test(a_token_that_nobody_asked_for_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
