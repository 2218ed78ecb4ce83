/* SPDX-License-Identifier: MIT
 *
 * flow/test_flow_client.c: what a client may ask for beside one security context and NDR: both
 * transfer syntaxes, features, several security contexts, header signing that begins late,
 * association groups, big-endian PDUs. Against our own server, in memory.
 *
 * With "kerberos" or "negotiate" as its argument, over these packages.
 */
#include "harness/test.h"

#include "flow/pair.h"
#include "packages/package.h"

#define BOTH_FEATURES (PDU_FEATURE_SECURITY_CONTEXTS | PDU_FEATURE_KEEP_ON_ORPHAN)

static const struct rpcsec_syntax both_transfers[2] = {
    {{0x8a885d04, 0x1ceb, 0x11c9, {0x9f, 0xe8}, {0x08, 0x00, 0x2b, 0x10, 0x48, 0x60}}, 2, 0},
    {{0x71710533, 0xbeba, 0x4937, {0x83, 0x19}, {0xb5, 0xdb, 0xef, 0x9c, 0xcc, 0x36}}, 1, 0},
};

static struct pair *new_pair(const struct pair_options *options)
{
    struct pair *p = NULL;

    assert_ok(pair_new(options, &p));
    return p;
}

static struct pair *bound_pair(const struct pair_options *options, uint16_t *ret_context)
{
    struct pair *p = new_pair(options);

    assert_ok(pair_bind(p, &pair_echo, ret_context));
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_true(pair_find(p, false, ASSOC_BOUND, 0)->event.bound.accepted);
    return p;
}

static const struct pair_event *expect_closed(struct pair *p, rpcsec_status status)
{
    const struct pair_event *closed = pair_find(p, false, ASSOC_CLOSED, 0);

    assert_non_null(closed);
    assert_status(closed->event.closed.status, status);
    return closed;
}

static void expect_answer(struct pair *p, uint32_t call, size_t len)
{
    const struct pair_event *event = NULL;

    for (size_t i = 0; (event = pair_find(p, false, ASSOC_REPLY, i)) != NULL; i++)
        if (event->event.reply.call_id == call)
            break;
    assert_non_null(event);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(event->data[i], i & 255);
}

static void call_and_check(struct pair *p, uint16_t context, size_t len)
{
    uint32_t call = 0;

    pair_forget_events(p);
    assert_ok(pair_call(p, context, 1, NULL, len, &call));
    pair_run(p);
    expect_answer(p, call, len);
}

static enum rpcsec_level level_of_last_call(const struct pair *p)
{
    const struct pair_event *event =
        pair_find(p, true, ASSOC_CALL, pair_count(p, true, ASSOC_CALL) - 1);

    assert_non_null(event);
    return event->event.call.sec ? event->event.call.sec->level : RPCSEC_LEVEL_NONE;
}

/* ---- transfer syntaxes ---- */

static void bind_both(struct pair *p, uint16_t *ret_context)
{
    const struct pair_event *bound;

    assert_ok(assoc_bind(p->client.a, &pair_echo, both_transfers, 2, ret_context, p->now_ms));
    pair_run(p);
    bound = pair_find(p, false, ASSOC_BOUND, 0);
    assert_non_null(bound);
    assert_true(bound->event.bound.accepted);
    *ret_context = bound->event.bound.context_id;
}

static void the_server_chooses_among_transfer_syntaxes(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES, .ndr64 = true};
    struct pair *p = new_pair(&options);
    uint16_t context = 9;

    (void)state;
    bind_both(p, &context);
    assert_int_equal(context, 0); /* NDR stood first, and one is taken */
    assert_false(pair_find(p, false, ASSOC_BOUND, 0)->event.bound.ndr64);
    call_and_check(p, context, 5000);
    pair_free(p);
}

static void the_second_syntax_is_used_when_only_that_is_taken(void **state)
{
    const struct rpcsec_syntax transfers[2] = {pair_unknown, both_transfers[1]};
    const struct pair_options options = {.ndr64 = true};
    struct pair *p = new_pair(&options);
    uint16_t context = 9;

    (void)state;
    assert_ok(assoc_bind(p->client.a, &pair_echo, transfers, 2, &context, p->now_ms));
    assert_int_equal(context, 0);
    pair_run(p);
    assert_true(pair_find(p, false, ASSOC_BOUND, 0)->event.bound.accepted);
    assert_true(pair_find(p, false, ASSOC_BOUND, 0)->event.bound.ndr64);
    assert_int_equal(pair_find(p, false, ASSOC_BOUND, 0)->event.bound.context_id, 1);
    call_and_check(p, 1, 100);
    pair_free(p);
}

static void no_transfer_syntax_or_too_many_are_refused(void **state)
{
    struct pair *p = new_pair(NULL);
    uint16_t context = 0;

    (void)state;
    assert_status(assoc_bind(p->client.a, &pair_echo, both_transfers, 0, &context, p->now_ms),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(assoc_bind(p->client.a, &pair_echo, both_transfers, 3, &context, p->now_ms),
                  RPCSEC_INVALID_ARGUMENT);
    pair_free(p);
}

/* ---- features and security contexts ---- */

static void a_feature_that_was_not_asked_for_is_not_had(void **state)
{
    const struct pair_options options = {.client_features = PDU_FEATURE_KEEP_ON_ORPHAN};
    uint16_t context = 0;
    uint32_t sec_id = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    assert_false(assoc_can_secure(p->client.a));
    assert_status(assoc_secure(p->client.a, pair_package->ops->auth_type,
                               RPCSEC_LEVEL_INTEGRITY, &sec_id, p->now_ms),
                  RPCSEC_UNSUPPORTED);
    call_and_check(p, context, 10);
    pair_free(p);
}

static uint32_t secure(struct pair *p, enum rpcsec_level level)
{
    const size_t before = pair_count(p, false, ASSOC_SECURED);
    uint32_t sec_id = 99;

    assert_ok(
        assoc_secure(p->client.a, pair_package->ops->auth_type, level, &sec_id, p->now_ms));
    pair_run(p);
    assert_non_null(pair_find(p, false, ASSOC_SECURED, before));
    assert_ok(pair_find(p, false, ASSOC_SECURED, before)->event.secured.status);
    assert_int_equal(pair_find(p, false, ASSOC_SECURED, before)->event.secured.sec_id, sec_id);
    return sec_id;
}

static void calls_of_several_security_contexts_share_a_connection(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_PRIVACY, RPCSEC_LEVEL_INTEGRITY,
                                               RPCSEC_LEVEL_PACKET, RPCSEC_LEVEL_PRIVACY};
    const struct pair_options options = {
        .client_features = BOTH_FEATURES, .least = RPCSEC_LEVEL_PACKET, .hold_calls = true};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);
    uint32_t calls[4 * 8];

    (void)state;
    for (size_t i = 1; i < NUM_OF(levels); i++)
        assert_int_equal(secure(p, levels[i]), i);
    pair_forget_events(p);
    for (size_t i = 0; i < NUM_OF(calls); i++) {
        p->options.sec_id = (uint32_t)(i % NUM_OF(levels));
        assert_ok(pair_call(p, context, 1, NULL, 400 * i, &calls[i]));
        pair_run(p);
        assert_int_equal(level_of_last_call(p), levels[i % NUM_OF(levels)]);
    }
    for (size_t i = NUM_OF(calls); i-- > 0;) /* answered in another order */
        assert_ok(pair_reply(p, calls[i], NULL, 400 * i));
    pair_run(p);
    for (size_t i = 0; i < NUM_OF(calls); i++)
        expect_answer(p, calls[i], 400 * i);
    pair_free(p);
}

static void calls_under_way_are_answered_while_a_security_context_is_made(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES, .hold_calls = true};
    uint16_t context = 0;
    uint32_t sec_id = 0;
    uint32_t call = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    assert_ok(pair_call(p, context, 1, NULL, 9000, &call));
    pair_run(p);
    assert_ok(assoc_secure(p->client.a, pair_package->ops->auth_type, RPCSEC_LEVEL_PRIVACY,
                           &sec_id, p->now_ms));
    pair_events(p, false);
    assert_ok(pair_reply(p, call, NULL, 9000));
    pair_run(p);
    expect_answer(p, call, 9000);
    assert_int_equal(pair_count(p, false, ASSOC_SECURED), 1);
    pair_free(p);
}

static void more_security_contexts_than_policy_allows_are_refused(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES,
                                         .security_contexts = 2};
    uint16_t context = 0;
    uint32_t sec_id = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    (void)secure(p, RPCSEC_LEVEL_PRIVACY);
    assert_status(assoc_secure(p->client.a, pair_package->ops->auth_type, RPCSEC_LEVEL_PRIVACY,
                               &sec_id, p->now_ms),
                  RPCSEC_LIMIT);
    call_and_check(p, context, 10);
    pair_free(p);
}

static void eight_security_contexts_are_had_by_default(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    for (uint32_t i = 1; i < 8; i++)
        assert_int_equal(secure(p, RPCSEC_LEVEL_PRIVACY), i);
    p->options.sec_id = 7;
    call_and_check(p, context, 10);
    pair_free(p);
}

/* A context's first step that fails at our own end: nothing was sent, nothing is lost. */
static void a_step_that_fails_before_anything_was_sent_costs_only_itself(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES};
    const struct rpcsec_error why = RPCSEC_ERROR_INIT;
    struct assoc_token failed = {.status = RPCSEC_NO_CREDENTIALS, .error = &why};
    struct assoc_event event;
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    assert_ok(assoc_secure(p->client.a, pair_package->ops->auth_type, RPCSEC_LEVEL_PRIVACY,
                           &failed.sec_id, p->now_ms));
    assert_true(assoc_next(p->client.a, &event));
    assert_int_equal(event.type, ASSOC_NEED_TOKEN);
    assert_ok(assoc_token(p->client.a, &failed, p->now_ms));
    assert_true(assoc_next(p->client.a, &event));
    assert_int_equal(event.type, ASSOC_SECURED);
    assert_status(event.secured.status, RPCSEC_NO_CREDENTIALS);
    call_and_check(p, context, 10);
    assert_int_equal(secure(p, RPCSEC_LEVEL_PRIVACY), failed.sec_id);
    pair_free(p);
}

static void an_answer_under_another_security_context_closes(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES};
    uint16_t context = 0;
    uint32_t call = 0;
    size_t len = 0;
    uint8_t *pdu;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    (void)secure(p, RPCSEC_LEVEL_PRIVACY);
    pair_forget_events(p);
    assert_ok(pair_call(p, context, 1, NULL, 10, &call));
    pair_collect(p, false);
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    pair_collect(p, true);
    pdu = pair_pdu(p, true, 0, &len);
    assert_non_null(pdu);
    pdu[len - (pdu[10] | (size_t)pdu[11] << 8) - 4] = 2; /* its trailer names the other one */
    pair_run(p);
    (void)expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 0);
    pair_free(p);
}

/* ---- header signing that begins late ---- */

/* MS-RPCE 3.3.1.5.2.2: the connection's first context does not protect; the second turns header
 * signing on for all. */
static void header_signing_begins_with_the_first_context_that_protects(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES,
                                         .level = RPCSEC_LEVEL_CONNECT,
                                         .least = RPCSEC_LEVEL_CONNECT};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    assert_false(assoc_security(p->client.a)->header_signing);
    call_and_check(p, context, 10);
    p->options.sec_id = secure(p, RPCSEC_LEVEL_PRIVACY);
    assert_true(assoc_security(p->client.a)->header_signing);
    assert_true(assoc_security(p->server.a)->header_signing);
    call_and_check(p, context, 10);
    assert_int_equal(level_of_last_call(p), RPCSEC_LEVEL_PRIVACY);
    p->options.sec_id = 0;
    call_and_check(p, context, 10);
    assert_int_equal(level_of_last_call(p), RPCSEC_LEVEL_CONNECT);
    pair_free(p);
}

static void header_signing_that_is_stripped_late_is_noticed(void **state)
{
    const struct pair_options options = {.client_features = BOTH_FEATURES,
                                         .level = RPCSEC_LEVEL_CONNECT,
                                         .least = RPCSEC_LEVEL_CONNECT};
    uint16_t context = 0;
    uint32_t sec_id = 0;
    size_t len = 0;
    uint8_t *pdu;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    assert_ok(assoc_secure(p->client.a, pair_package->ops->auth_type, RPCSEC_LEVEL_PRIVACY,
                           &sec_id, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    pdu = pair_pdu(p, false, 0, &len);
    assert_non_null(pdu);
    assert_true(pdu[3] & PDU_HEADER_SIGN);
    pdu[3] &= (uint8_t)~PDU_HEADER_SIGN;
    pair_run(p);
    (void)expect_closed(p, RPCSEC_POLICY_REFUSED);
    pair_free(p);
}

static void a_connection_bound_openly_is_secured_later(void **state)
{
    const struct pair_options options = {.level = RPCSEC_LEVEL_NONE,
                                         .least = RPCSEC_LEVEL_NONE,
                                         .anonymous = true,
                                         .sec_id = ASSOC_NO_SECURITY};
    uint16_t context = 0;
    struct pair *p = bound_pair(&options, &context);

    (void)state;
    call_and_check(p, context, 10);
    assert_int_equal(level_of_last_call(p), RPCSEC_LEVEL_NONE);
    p->options.sec_id = secure(p, RPCSEC_LEVEL_PRIVACY);
    call_and_check(p, context, 10);
    assert_int_equal(level_of_last_call(p), RPCSEC_LEVEL_PRIVACY);
    p->options.sec_id = ASSOC_NO_SECURITY;
    call_and_check(p, context, 10);
    assert_int_equal(level_of_last_call(p), RPCSEC_LEVEL_NONE);
    pair_free(p);
}

/* ---- association groups ---- */

static void a_group_that_the_server_does_not_know_is_an_error(void **state)
{
    const struct pair_options options = {.client_group = 0x01000099};
    struct pair *p = new_pair(&options);
    uint16_t context = 0;

    (void)state;
    assert_int_equal(assoc_group(p->client.a), 0x01000099);
    assert_ok(pair_bind(p, &pair_echo, &context));
    (void)expect_closed(p, RPCSEC_BIND_REJECTED);
    pair_free(p);
}

static void another_group_than_asked_for_is_an_error(void **state)
{
    const struct pair_options options = {.client_group = 0x01000007};
    struct pair *p = new_pair(&options);
    uint16_t context = 0;
    size_t len = 0;
    uint8_t *pdu;

    (void)state;
    assert_ok(assoc_bind(p->client.a, &pair_echo, both_transfers, 1, &context, p->now_ms));
    pair_events(p, false);
    pair_collect(p, false);
    pdu = pair_pdu(p, false, 0, &len);
    assert_int_equal(pdu[20], 7);
    memset(pdu + 20, 0, 4); /* somebody on the way: a group of its own */
    pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
    pair_collect(p, true);
    pdu = pair_pdu(p, true, 0, &len);
    assert_non_null(pdu);
    pdu[20] = 8;
    pair_run(p);
    (void)expect_closed(p, RPCSEC_PROTOCOL_ERROR);
    pair_free(p);
}

/* ---- byte order ---- */

static void a_big_endian_client_is_served_at_every_level(void **state)
{
    static const size_t lens[] = {0, 1, 16, 5840, 70000};

    (void)state;
    for (int level = RPCSEC_LEVEL_NONE; level <= RPCSEC_LEVEL_PRIVACY; level++) {
        const struct pair_options options = {
            .level = (enum rpcsec_level)level,
            .least = RPCSEC_LEVEL_NONE,
            .anonymous = true,
            .client_features = BOTH_FEATURES,
            .client_big_endian = true,
            .header_signing = level & 1 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED,
        };
        uint16_t context = 0;
        struct pair *p = bound_pair(&options, &context);

        for (size_t i = 0; i < NUM_OF(lens); i++)
            call_and_check(p, context, lens[i]);
        assert_true(pair_find(p, true, ASSOC_CALL, 0)->event.call.big_endian);
        pair_free(p);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_server_chooses_among_transfer_syntaxes),
        cmocka_unit_test(the_second_syntax_is_used_when_only_that_is_taken),
        cmocka_unit_test(no_transfer_syntax_or_too_many_are_refused),
        cmocka_unit_test(a_feature_that_was_not_asked_for_is_not_had),
        cmocka_unit_test(calls_of_several_security_contexts_share_a_connection),
        cmocka_unit_test(calls_under_way_are_answered_while_a_security_context_is_made),
        cmocka_unit_test(more_security_contexts_than_policy_allows_are_refused),
        cmocka_unit_test(eight_security_contexts_are_had_by_default),
        cmocka_unit_test(a_step_that_fails_before_anything_was_sent_costs_only_itself),
        cmocka_unit_test(an_answer_under_another_security_context_closes),
        cmocka_unit_test(header_signing_begins_with_the_first_context_that_protects),
        cmocka_unit_test(header_signing_that_is_stripped_late_is_noticed),
        cmocka_unit_test(a_connection_bound_openly_is_secured_later),
        cmocka_unit_test(a_group_that_the_server_does_not_know_is_an_error),
        cmocka_unit_test(another_group_than_asked_for_is_an_error),
        cmocka_unit_test(a_big_endian_client_is_served_at_every_level),
    };

    (void)pair_choose_package(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
