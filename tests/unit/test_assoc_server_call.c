/* SPDX-License-Identifier: MIT
 *
 * test_assoc_server_call: the server's calls: fragments, limits, who may call, cancels.
 */
#include "harness/test.h"

#include "flow/raw.h"

/* For the handshake, and for requests: the token's length is that of the level. */
static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};
static const struct raw_auth sealed = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 76, NULL};
static const struct raw_auth connect_auth = {16, RPCSEC_LEVEL_CONNECT, 0, 1, 100, NULL};

/* A trusting server without demands that a test is not about. */
static const struct pair_options lenient = {
    .server_principal = "trust=1",
    .header_signing = RPCSEC_ACCEPTED,
    .verification = RPCSEC_ACCEPTED,
    .hold_calls = true,
};
static const struct pair_options anonymous = {
    .anonymous = true,
    .least = RPCSEC_LEVEL_NONE,
    .hold_calls = true,
};

static struct pair *open_pair(const struct pair_options *options, const struct raw_auth *auth,
                              uint8_t flags)
{
    struct pair *p = NULL;

    assert_ok(raw_open(options, auth, flags, &p));
    return p;
}

static struct raw_call whole_request(uint32_t call_id, const struct raw_auth *auth)
{
    return (struct raw_call){.flags = RAW_WHOLE, .call_id = call_id, .opnum = 1, .auth = auth};
}

static bool is_closed(const struct pair *p)
{
    return pair_find(p, true, ASSOC_CLOSED, 0) != NULL;
}

static void send(struct pair *p, const struct raw_call *call)
{
    raw_send_call(p, false, call);
    raw_exchange(p, false);
}

static void expect_fault(struct pair *p, uint32_t call_id, uint32_t code, bool closed)
{
    struct raw_answer answer = raw_take_answer(p, true);

    assert_string_equal(pdu_type_name(answer.type), "fault");
    assert_string_equal(pdu_fault_name(answer.code), pdu_fault_name(code));
    assert_int_equal(answer.call_id, call_id);
    assert_int_equal(answer.auth_len, 0);
    assert_int_equal(is_closed(p), closed);
}

static void expect_calls(struct pair *p, size_t num)
{
    assert_int_equal(raw_take_answer(p, true).type, 0xFF);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), num);
    assert_false(is_closed(p));
}

/* ---- who may call ---- */

static void a_request_before_the_handshake_ended_is_refused(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct raw_bind bind = raw_simple_bind(&privacy);
    struct pair *p = NULL;

    (void)state;
    for (int tokenless = 0; tokenless < 2; tokenless++) {
        assert_ok(pair_new(&lenient, &p));
        raw_send_bind(p, &bind);
        raw_exchange(p, false);
        assert_int_equal(raw_take_answer(p, true).type, PDU_BIND_ACK);
        request.auth = tokenless ? NULL : &sealed;
        send(p, &request);
        expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
        assert_int_equal(pair_count(p, true, ASSOC_CALL), 0);
        pair_free(p);
    }
}

static void tokenless_request_is_refused(void **state)
{
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

/* The bind was anonymous, and security contexts came later: a call without a token stays what
 * it was, a stranger's. */
static void tokenless_requests_stay_anonymous_where_the_bind_was(void **state)
{
    const struct pair_options options = {.least = RPCSEC_LEVEL_NONE,
                                         .anonymous = true,
                                         .hold_calls = true,
                                         .server_principal = "trust=1"};
    struct raw_call request = whole_request(2, NULL);
    struct raw_bind alter = raw_simple_bind(&privacy);
    struct pair *p = open_pair(&options, NULL, 0);

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    raw_send_bind(p, &alter);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_ALTER_CONTEXT_RESP);
    raw_send_bind(p, &alter);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).type, PDU_ALTER_CONTEXT_RESP);
    send(p, &request);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 1);
    assert_null(pair_find(p, true, ASSOC_CALL, 0)->event.call.sec);
    pair_free(p);
}

static void a_request_that_names_another_security_context_is_refused(void **state)
{
    static const struct raw_auth rows[] = {
        {9, 6, 0, 1, 76, NULL}, {16, 5, 0, 1, 76, NULL}, {16, 6, 0, 2, 76, NULL}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct raw_call request = whole_request(2, &rows[i]);
        struct pair *p = open_pair(&lenient, &privacy, 0);

        send(p, &request);
        expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
        pair_free(p);
    }
}

static void a_token_on_an_unauthenticated_connection_is_refused(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&anonymous, NULL, 0);

    (void)state;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void a_level_below_the_least_is_refused(void **state)
{
    static const struct raw_auth integrity = {16, RPCSEC_LEVEL_INTEGRITY, 0, 1, 100, NULL};
    static const struct raw_auth signed_call = {16, RPCSEC_LEVEL_INTEGRITY, 0, 1, 28, NULL};
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&lenient, &connect_auth, 0);

    (void)state;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true); /* nothing protects this connection */
    pair_free(p);
    p = open_pair(&lenient, &integrity, 0);
    request.auth = &signed_call;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, false);
    pair_free(p);
}

static void packet_is_as_good_as_integrity(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_PACKET, RPCSEC_LEVEL_INTEGRITY};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct pair_options options = {.level = levels[i], .least = levels[1 - i]};
        struct pair *p = NULL;
        uint16_t context;
        uint32_t id;

        assert_ok(pair_new(&options, &p));
        assert_ok(pair_bind(p, &pair_echo, &context));
        assert_ok(pair_call(p, context, 1, NULL, 8, &id));
        pair_run(p);
        expect_calls(p, 1);
        assert_int_equal(pair_find(p, true, ASSOC_CALL, 0)->event.call.sec->level, levels[i]);
        pair_free(p);
    }
}

static void anonymous_calls_need_policy_as_well_as_the_interface(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&options, NULL, 0);

    (void)state;
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
    options.anonymous = false;
    options.open_binds = true;
    p = open_pair(&options, NULL, 0);
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void open_operations_are_for_everybody(void **state)
{
    const struct pair_options options = {
        .open_binds = true, .open_operations = 1u << 1, .hold_calls = true};
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&options, NULL, PDU_CONC_MPX);

    (void)state;
    send(p, &request);
    expect_calls(p, 1);
    assert_null(pair_find(p, true, ASSOC_CALL, 0)->event.call.sec);
    request.call_id = 3;
    request.opnum = 2;
    send(p, &request);
    expect_fault(p, 3, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void strangers_send_little_to_open_operations(void **state)
{
    const struct pair_options options = {
        .open_binds = true, .open_operations = 1u << 1, .hold_calls = true};
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&options, NULL, 0);

    (void)state;
    request.flags = PDU_FIRST_FRAG;
    request.alloc_hint = LIMIT_OPEN_REQUEST_LEN + 1;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void header_signing_is_required_unless_policy_says_otherwise(void **state)
{
    const struct pair_options strict = {
        .server_principal = "trust=1", .verification = RPCSEC_ACCEPTED, .hold_calls = true};
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&strict, &privacy, 0);

    (void)state;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
    p = open_pair(&strict, &privacy, PDU_HEADER_SIGN);
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
}

static void header_signing_may_be_switched_on_by_a_later_alter(void **state)
{
    const struct pair_options strict = {
        .server_principal = "trust=1", .verification = RPCSEC_ACCEPTED, .hold_calls = true};
    struct raw_call request = whole_request(3, &sealed);
    struct raw_bind alter = raw_simple_bind(NULL);
    struct pair *p = open_pair(&strict, &privacy, 0);

    (void)state;
    alter.type = PDU_ALTER_CONTEXT;
    alter.flags |= PDU_HEADER_SIGN;
    raw_send_bind(p, &alter);
    raw_exchange(p, false);
    assert_int_equal(raw_take_answer(p, true).flags, RAW_WHOLE | PDU_HEADER_SIGN);
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
}

/* ---- level connect ---- */

static void level_connect_needs_no_token_and_ignores_one(void **state)
{
    static const struct raw_auth ignored = {16, RPCSEC_LEVEL_CONNECT, 4, 1, 16, NULL};
    struct pair_options options = lenient;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;

    (void)state;
    options.least = RPCSEC_LEVEL_CONNECT;
    p = open_pair(&options, &connect_auth, 0);
    request.stub_len = 4;
    send(p, &request);
    request.call_id = 3;
    request.auth = &ignored;
    send(p, &request);
    expect_calls(p, 1); /* the second waits: one call at a time without multiplexing */
    assert_non_null(pair_find(p, true, ASSOC_CALL, 0)->event.call.sec);
    assert_ok(pair_reply(p, 2, NULL, 4));
    pair_events(p, true);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 2);
    assert_int_equal(pair_find(p, true, ASSOC_CALL, 1)->len, 4);
    pair_free(p);
}

/* ---- what may be called ---- */

static void unknown_contexts_and_operations_leave_the_connection_open(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.context_id = 9;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_UNK_IF, false);
    request = whole_request(3, &sealed);
    request.opnum = 5;
    send(p, &request);
    expect_fault(p, 3, PDU_FAULT_OP_RNG_ERROR, false);
    request = whole_request(4, &sealed);
    request.context_id = 1;
    request.opnum = 3;
    send(p, &request);
    expect_fault(p, 4, PDU_FAULT_OP_RNG_ERROR, false);
    request.opnum = 2;
    request.call_id = 5;
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
}

static void the_rest_of_a_refused_request_is_consumed(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.opnum = 77;
    request.stub_len = 16;
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_OP_RNG_ERROR, false);
    request.flags = 0;
    send(p, &request);
    request.flags = PDU_LAST_FRAG;
    send(p, &request);
    request = whole_request(3, &sealed);
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
}

static void what_a_call_is_reaches_the_driver(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);
    const struct assoc_event *event;

    (void)state;
    request.flags |= PDU_OBJECT_UUID | PDU_MAYBE;
    request.has_object = true;
    request.big_endian = true;
    request.opnum = 4;
    request.stub_len = 32;
    send(p, &request);
    expect_calls(p, 1);
    event = &pair_find(p, true, ASSOC_CALL, 0)->event;
    assert_int_equal(event->call.call_id, 2);
    assert_int_equal(event->call.opnum, 4);
    assert_ptr_equal(event->call.interface, &p->interfaces[0]);
    assert_true(event->call.has_object);
    assert_int_equal(event->call.object.time_low, 1);
    assert_true(event->call.big_endian);
    assert_true(event->call.maybe);
    assert_int_equal(event->call.stub_len, 32);
    assert_int_equal(event->call.sec->level, RPCSEC_LEVEL_PRIVACY);
    assert_ok(pair_reply(p, 2, NULL, 8)); /* dropped: none is wanted */
    pair_collect(p, true);
    assert_int_equal(raw_take_answer(p, true).type, 0xFF);
    pair_free(p);
}

/* ---- fragments ---- */

static void fragments_are_put_together(void **state)
{
    uint8_t stub[48];
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);
    const struct pair_event *call;

    (void)state;
    for (size_t i = 0; i < sizeof(stub); i++)
        stub[i] = (uint8_t)i;
    request.stub = stub;
    request.stub_len = 16;
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    request.flags = 0;
    request.stub = stub + 16;
    send(p, &request);
    expect_calls(p, 0);
    request.flags = PDU_LAST_FRAG;
    request.stub = stub + 32;
    send(p, &request);
    expect_calls(p, 1);
    call = pair_find(p, true, ASSOC_CALL, 0);
    assert_int_equal(call->len, sizeof(stub));
    assert_memory_equal(call->data, stub, sizeof(stub));
    pair_free(p);
}

static void later_fragments_inherit_the_security_context(void **state)
{
    static const struct raw_auth liar = {9, RPCSEC_LEVEL_CONNECT, 0, 77, 76, NULL};
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    request.flags = PDU_LAST_FRAG;
    request.auth = &liar; /* ignored, but the token must verify: CVE-2021-23192 */
    send(p, &request);
    expect_calls(p, 1);
    assert_int_equal(pair_find(p, true, ASSOC_CALL, 0)->event.call.sec->context_id, 1);
    request = whole_request(3, &sealed);
    assert_ok(pair_reply(p, 2, NULL, 0));
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    assert_int_equal(raw_take_answer(p, true).type, PDU_RESPONSE);
    request.flags = PDU_LAST_FRAG;
    request.auth = NULL;
    send(p, &request);
    expect_fault(p, 3, PDU_FAULT_SEC_PKG_ERROR, true);
    pair_free(p);
}

static void a_second_request_inside_the_first_is_refused(void **state)
{
    (void)state;
    for (int mpx = 0; mpx < 2; mpx++) {
        struct raw_call request = whole_request(2, &sealed);
        struct pair *p = open_pair(&lenient, &privacy, mpx ? PDU_CONC_MPX : 0);

        request.flags = PDU_FIRST_FRAG;
        send(p, &request);
        request.call_id = 3;
        send(p, &request);
        expect_fault(p, mpx ? 3 : 2, PDU_FAULT_PROTO_ERROR, true);
        pair_free(p);
    }
}

static void strays_of_old_calls_are_ignored_and_others_refused(void **state)
{
    struct raw_call request = whole_request(500, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);

    (void)state;
    send(p, &request);
    expect_calls(p, 1);
    request.flags = 0;
    request.call_id = 500 - 149;
    send(p, &request);
    expect_calls(p, 1);
    request.call_id = 500 - 150;
    send(p, &request);
    expect_fault(p, 350, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
    p = open_pair(&lenient, &privacy, PDU_CONC_MPX);
    request.call_id = 501;
    send(p, &request);
    expect_fault(p, 501, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void a_stray_fragment_must_verify_too(void **state)
{
    struct raw_call request = whole_request(500, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);

    (void)state;
    send(p, &request);
    expect_calls(p, 1);
    request.flags = 0;
    request.auth = NULL;
    send(p, &request);
    expect_fault(p, 500, PDU_FAULT_SEC_PKG_ERROR, true);
    pair_free(p);
}

static void the_byte_order_may_not_change_inside_a_call(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    request.flags = PDU_LAST_FRAG;
    request.big_endian = true;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void a_cancel_pending_on_a_first_fragment_is_refused(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.flags |= PDU_PENDING_CANCEL;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_NO_CALL_ACTIVE, true);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 0);
    pair_free(p);
}

static void a_call_id_in_use_is_refused(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);

    (void)state;
    send(p, &request);
    expect_calls(p, 1);
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void malformed_requests_are_refused(void **state)
{
    struct pair *p = open_pair(&lenient, &privacy, 0);
    struct raw_call request = whole_request(2, &sealed);

    (void)state;
    raw_send_header(p, false, PDU_REQUEST, RAW_WHOLE, 2, 4);
    raw_exchange(p, false);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
    p = open_pair(&lenient, &privacy, 0);
    request.stub_len = 2; /* the trailer is not 4-aligned */
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

/* ---- limits ---- */

static void a_fragment_beyond_the_ceiling_is_refused(void **state)
{
    struct raw_call request = whole_request(2, NULL);
    struct pair *p = open_pair(&anonymous, NULL, 0);

    (void)state;
    request.stub_len = 5840 - 24;
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
    p = open_pair(&anonymous, NULL, 0);
    request.stub_len++;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_PROTO_ERROR, true);
    pair_free(p);
}

static void alloc_hint_is_checked_and_never_believed(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;

    (void)state;
    options.request_bytes = 4096;
    p = open_pair(&options, NULL, 0);
    request.alloc_hint = UINT32_MAX; /* legal on a single fragment */
    send(p, &request);
    expect_calls(p, 1);
    pair_free(p);
    p = open_pair(&options, NULL, 0);
    request.flags = PDU_FIRST_FRAG;
    request.alloc_hint = 4096;
    request.stub_len = 16;
    send(p, &request);
    expect_calls(p, 0);
    request.flags = 0;
    request.alloc_hint = 4096 - 16 + 1;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void a_request_beyond_the_limit_is_refused(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;

    (void)state;
    options.request_bytes = 4096;
    for (size_t over = 0; over < 2; over++) {
        p = open_pair(&options, NULL, 0);
        request.flags = PDU_FIRST_FRAG;
        request.stub_len = 4000;
        send(p, &request);
        request.flags = PDU_LAST_FRAG;
        request.stub_len = 96 + over;
        send(p, &request);
        if (over)
            expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
        else
            expect_calls(p, 1);
        pair_free(p);
    }
    p = open_pair(&options, NULL, 0);
    request.flags = RAW_WHOLE;
    request.stub_len = 4097;
    send(p, &request);
    expect_fault(p, 2, PDU_FAULT_ACCESS_DENIED, true);
    pair_free(p);
}

static void requests_wait_when_enough_are_open(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;
    size_t room;

    (void)state;
    options.calls_in_flight = 2;
    p = open_pair(&options, NULL, PDU_CONC_MPX);
    for (uint32_t id = 2; id < 5; id++) {
        request.call_id = id;
        send(p, &request);
    }
    expect_calls(p, 2);
    assert_null(assoc_input(p->server.a, &room));
    assert_ok(pair_reply(p, 3, NULL, 0)); /* in any order */
    pair_events(p, true);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 3);
    assert_non_null(assoc_input(p->server.a, &room));
    pair_free(p);
}

static void a_cancel_does_not_wait_for_calls_to_end(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;

    (void)state;
    options.calls_in_flight = 1;
    p = open_pair(&options, NULL, PDU_CONC_MPX);
    send(p, &request);
    raw_send_header(p, false, PDU_CO_CANCEL, RAW_WHOLE, 2, 0);
    raw_send_header(p, false, PDU_ORPHANED, RAW_WHOLE, 2, 0);
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_CANCELLED), 2);
    pair_free(p);
}

static void a_client_that_does_not_read_is_given_up(void **state)
{
    struct pair_options options = anonymous;
    struct raw_call request = whole_request(2, NULL);
    struct pair *p;

    (void)state;
    options.output_bytes = 65536;
    p = open_pair(&options, NULL, PDU_CONC_MPX);
    send(p, &request);
    request.call_id = 3;
    send(p, &request);
    assert_ok(pair_reply(p, 2, NULL, 40000));
    assert_status(pair_reply(p, 3, NULL, 40000), RPCSEC_LIMIT);
    assert_status(pair_reply(p, 3, NULL, 1), RPCSEC_CLOSED);
    pair_free(p);
}

/* ---- cancel, orphaned, faults of the driver ---- */

static void a_cancel_is_told_and_the_call_still_answered(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);
    struct raw_answer answer;

    (void)state;
    request.context_id = 1;
    raw_send_header(p, false, PDU_CO_CANCEL, RAW_WHOLE, 2, 0);
    send(p, &request);
    raw_send_header(p, false, PDU_CO_CANCEL, RAW_WHOLE, 2, 0);
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_CANCELLED), 1);
    assert_false(pair_find(p, true, ASSOC_CANCELLED, 0)->event.cancelled.orphaned);
    assert_ok(assoc_fault(p->server.a, 2, PDU_FAULT_CANCEL, false, p->now_ms));
    pair_collect(p, true);
    answer = raw_take_answer(p, true);
    assert_int_equal(answer.code, PDU_FAULT_CANCEL);
    assert_int_equal(answer.context_id, 1);
    assert_status(assoc_fault(p->server.a, 2, PDU_FAULT_CANCEL, false, p->now_ms),
                  RPCSEC_NOT_FOUND);
    pair_free(p);
}

static void the_answer_to_an_orphan_is_dropped(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, PDU_CONC_MPX);

    (void)state;
    send(p, &request);
    raw_send_header(p, false, PDU_ORPHANED, RAW_WHOLE, 2, 0);
    raw_send_header(p, false, PDU_ORPHANED, RAW_WHOLE, 2, 0);
    raw_exchange(p, false);
    assert_int_equal(pair_count(p, true, ASSOC_CANCELLED), 1);
    assert_true(pair_find(p, true, ASSOC_CANCELLED, 0)->event.cancelled.orphaned);
    assert_ok(pair_reply(p, 2, NULL, 4));
    pair_collect(p, true);
    assert_int_equal(raw_take_answer(p, true).type, 0xFF);
    assert_status(pair_reply(p, 2, NULL, 4), RPCSEC_NOT_FOUND);
    pair_free(p);
}

static void an_orphan_does_not_end_a_request_on_its_way(void **state)
{
    struct raw_call request = whole_request(2, &sealed);
    struct pair *p = open_pair(&lenient, &privacy, 0);

    (void)state;
    request.flags = PDU_FIRST_FRAG;
    send(p, &request);
    raw_send_header(p, false, PDU_ORPHANED, RAW_WHOLE, 2, 0);
    request.flags = PDU_LAST_FRAG;
    send(p, &request);
    expect_calls(p, 1);
    assert_int_equal(pair_count(p, true, ASSOC_CANCELLED), 0);
    pair_free(p);
}

/* As Windows and Samba: the flag stands on few faults, and some do not name the context. */
static void faults_look_as_those_of_windows(void **state)
{
    static const struct {
        uint16_t context_id, opnum;
        bool with_token;
        uint32_t fault;
        uint16_t named;
        bool did_not_execute;
    } rows[] = {
        {1, 4, true, PDU_FAULT_OP_RNG_ERROR, 1, true},
        {9, 1, true, PDU_FAULT_UNK_IF, 0, true},
        {1, 1, false, PDU_FAULT_PROTO_ERROR, 0, true},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct raw_call request = whole_request(2, rows[i].with_token ? &sealed : NULL);
        struct pair *p = open_pair(&lenient, &privacy, 0);
        struct raw_answer answer;

        request.context_id = rows[i].context_id;
        request.opnum = rows[i].opnum;
        send(p, &request);
        answer = raw_take_answer(p, true);
        assert_int_equal(answer.code, rows[i].fault);
        assert_int_equal(answer.context_id, rows[i].named);
        assert_int_equal((answer.flags & PDU_DID_NOT_EXECUTE) != 0, rows[i].did_not_execute);
        pair_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_before_the_handshake_ended_is_refused),
        cmocka_unit_test(tokenless_request_is_refused),
        cmocka_unit_test(tokenless_requests_stay_anonymous_where_the_bind_was),
        cmocka_unit_test(a_request_that_names_another_security_context_is_refused),
        cmocka_unit_test(a_token_on_an_unauthenticated_connection_is_refused),
        cmocka_unit_test(a_level_below_the_least_is_refused),
        cmocka_unit_test(packet_is_as_good_as_integrity),
        cmocka_unit_test(anonymous_calls_need_policy_as_well_as_the_interface),
        cmocka_unit_test(open_operations_are_for_everybody),
        cmocka_unit_test(strangers_send_little_to_open_operations),
        cmocka_unit_test(header_signing_is_required_unless_policy_says_otherwise),
        cmocka_unit_test(header_signing_may_be_switched_on_by_a_later_alter),
        cmocka_unit_test(level_connect_needs_no_token_and_ignores_one),
        cmocka_unit_test(unknown_contexts_and_operations_leave_the_connection_open),
        cmocka_unit_test(the_rest_of_a_refused_request_is_consumed),
        cmocka_unit_test(what_a_call_is_reaches_the_driver),
        cmocka_unit_test(fragments_are_put_together),
        cmocka_unit_test(later_fragments_inherit_the_security_context),
        cmocka_unit_test(a_second_request_inside_the_first_is_refused),
        cmocka_unit_test(strays_of_old_calls_are_ignored_and_others_refused),
        cmocka_unit_test(a_stray_fragment_must_verify_too),
        cmocka_unit_test(the_byte_order_may_not_change_inside_a_call),
        cmocka_unit_test(a_cancel_pending_on_a_first_fragment_is_refused),
        cmocka_unit_test(a_call_id_in_use_is_refused),
        cmocka_unit_test(malformed_requests_are_refused),
        cmocka_unit_test(a_fragment_beyond_the_ceiling_is_refused),
        cmocka_unit_test(alloc_hint_is_checked_and_never_believed),
        cmocka_unit_test(a_request_beyond_the_limit_is_refused),
        cmocka_unit_test(requests_wait_when_enough_are_open),
        cmocka_unit_test(a_cancel_does_not_wait_for_calls_to_end),
        cmocka_unit_test(a_client_that_does_not_read_is_given_up),
        cmocka_unit_test(a_cancel_is_told_and_the_call_still_answered),
        cmocka_unit_test(the_answer_to_an_orphan_is_dropped),
        cmocka_unit_test(an_orphan_does_not_end_a_request_on_its_way),
        cmocka_unit_test(faults_look_as_those_of_windows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
