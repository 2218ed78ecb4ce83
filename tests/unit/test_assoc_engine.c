/* SPDX-License-Identifier: MIT
 *
 * test_assoc_engine: how an engine begins and ends.
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/raw.h"

static const struct assoc_interface *find_nothing(void *arg, const struct rpcsec_syntax *id)
{
    (void)arg;
    (void)id;
    return NULL;
}

static void parameters_that_make_no_sense_are_refused(void **state)
{
    struct rpcsec_policy *policy = NULL;
    struct assoc *a = NULL;
    struct assoc_params good;

    (void)state;
    assert_ok(rpcsec_policy_new(&policy, NULL));
    good = (struct assoc_params){.policy = policy, .level = RPCSEC_LEVEL_NONE};
    assert_status(assoc_new(NULL, &a), RPCSEC_INVALID_ARGUMENT);
    assert_status(assoc_new(&good, NULL), RPCSEC_INVALID_ARGUMENT);
    good.policy = NULL;
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    good.policy = policy;
    good.level = RPCSEC_LEVEL_PRIVACY; /* without an auth type */
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    good.level = (enum rpcsec_level)7;
    good.auth_type = 16;
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    good.level = RPCSEC_LEVEL_DEFAULT;
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    good = (struct assoc_params){.server = true, .policy = policy, .group_id = 1};
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    good.find_interface = find_nothing;
    good.group_id = 0;
    assert_status(assoc_new(&good, &a), RPCSEC_INVALID_ARGUMENT);
    assert_null(a);
    good.group_id = 1;
    assert_ok(assoc_new(&good, &a));
    assoc_free(a);
    assoc_free(NULL);
    rpcsec_policy_free(policy);
}

static struct pair *bound(const struct pair_options *options)
{
    struct pair *p = NULL;
    uint16_t context;

    assert_ok(pair_new(options, &p));
    assert_ok(pair_bind(p, &pair_echo, &context));
    return p;
}

static void closing_lets_the_queue_out_first(void **state)
{
    struct pair *p = bound(NULL);
    uint32_t id;

    (void)state;
    assert_ok(pair_call(p, 0, 1, NULL, 8, &id));
    assoc_close(p->client.a);
    pair_events(p, false);
    assert_null(pair_find(p, false, ASSOC_CLOSED, 0));
    pair_run(p);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 1);
    assert_status(pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.status, RPCSEC_OK);
    pair_free(p);
}

static void after_the_end_every_intent_is_refused(void **state)
{
    struct pair *p = bound(NULL);
    const struct assoc_request request = {.opnum = 1};
    struct writer_shape shape = {24, 1024, 128, 4096};
    struct assoc_event event;
    struct writer w;
    uint16_t context;
    uint32_t id;
    size_t room;

    (void)state;
    writer_init(&w, &shape, false);
    assoc_close(p->client.a);
    assoc_close(p->server.a);
    pair_run(p);
    assert_int_equal(pair_count(p, false, ASSOC_CLOSED), 1);
    assert_false(assoc_next(p->client.a, &event)); /* once, last */
    assert_null(assoc_input(p->client.a, &room));
    assert_false(assoc_can_call(p->client.a));
    assert_status(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, 0),
                  RPCSEC_CLOSED);
    assert_status(assoc_request_shape(p->client.a, 0, false, &shape), RPCSEC_CLOSED);
    assert_status(assoc_call(p->client.a, &request, &w, &id, 0), RPCSEC_CLOSED);
    assert_status(assoc_cancel(p->client.a, 2, true), RPCSEC_CLOSED);
    assert_status(assoc_reply_shape(p->server.a, 2, &shape), RPCSEC_CLOSED);
    assert_status(assoc_reply(p->server.a, 2, &w, 0), RPCSEC_CLOSED);
    assert_status(assoc_fault(p->server.a, 2, 5, true, 0), RPCSEC_CLOSED);
    writer_done(&w);
    pair_free(p);
}

static void before_the_bind_there_is_nothing_to_call(void **state)
{
    const struct assoc_request request = {.opnum = 1};
    struct writer_shape shape = {24, 1024, 128, 4096};
    struct pair *p = NULL;
    struct writer w;
    uint32_t id;

    (void)state;
    writer_init(&w, &shape, false);
    assert_ok(pair_new(NULL, &p));
    assert_null(assoc_security(p->client.a));
    assert_int_equal(assoc_group(p->server.a), 0);
    assert_status(assoc_request_shape(p->client.a, 0, false, &shape), RPCSEC_INVALID_STATE);
    assert_status(assoc_call(p->client.a, &request, &w, &id, 0), RPCSEC_INVALID_STATE);
    assert_status(assoc_cancel(p->client.a, 2, true), RPCSEC_NOT_FOUND);
    assert_status(assoc_reply_shape(p->server.a, 2, &shape), RPCSEC_NOT_FOUND);
    writer_done(&w);
    pair_free(p);
}

static bool join_any(void *arg, uint32_t group_id)
{
    *(uint32_t *)arg = group_id;
    return group_id == 77;
}

static void a_client_may_join_a_group_that_the_driver_knows(void **state)
{
    const struct pair_options options = {.anonymous = true};
    uint32_t asked = 0;

    (void)state;
    for (uint32_t group = 77; group < 79; group++) {
        struct raw_bind bind = raw_simple_bind(NULL);
        struct pair *p = NULL;

        assert_ok(pair_new(&options, &p));
        p->server.a->params.join_group = join_any;
        p->server.a->params.join_group_arg = &asked;
        bind.group_id = group;
        raw_send_bind(p, &bind);
        raw_exchange(p, false);
        assert_int_equal(asked, group);
        assert_int_equal(raw_take_answer(p, true).type,
                         group == 77 ? PDU_BIND_ACK : PDU_BIND_NAK);
        assert_true(group != 77 || assoc_group(p->server.a) == 77);
        pair_free(p);
    }
}

static void a_call_level_client_binds_at_packet(void **state)
{
    const struct pair_options options = {.level = RPCSEC_LEVEL_CALL,
                                         .least = RPCSEC_LEVEL_PACKET};
    struct pair *p = bound(&options);

    (void)state;
    assert_int_equal(assoc_security(p->client.a)->level, RPCSEC_LEVEL_PACKET);
    assert_int_equal(assoc_security(p->server.a)->level, RPCSEC_LEVEL_PACKET);
    pair_free(p);
}

static void a_message_that_cannot_be_sealed_closes_the_engine(void **state)
{
    struct pair *p = bound(NULL);
    const struct assoc_slot *slot = p->client.a->slots[0];
    struct sspi_ctx *ctx = slot->sec.ctx;
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY, .initiator = true};
    struct sspi_ctx *unfinished = NULL;
    struct writer_shape shape;
    struct writer w;
    uint32_t id;

    (void)state;
    assert_ok(assoc_request_shape(p->client.a, 0, false, &shape));
    writer_init(&w, &shape, false);
    assert_ok(sspi_ctx_new(p->client.cred, &params, &unfinished, NULL));
    p->client.a->slots[0]->sec.ctx = unfinished;
    assert_status(assoc_call(p->client.a, &(struct assoc_request){.opnum = 1}, &w, &id, 0),
                  RPCSEC_INVALID_STATE);
    pair_events(p, false);
    assert_status(pair_find(p, false, ASSOC_CLOSED, 0)->event.closed.status,
                  RPCSEC_INVALID_STATE);
    sspi_ctx_free(ctx);
    writer_done(&w);
    pair_free(p);
}

static void a_driver_that_takes_no_events_is_noticed(void **state)
{
    struct pair *p = bound(NULL);
    const struct assoc_event event = {.type = ASSOC_CANCELLED};
    struct assoc_event got;
    size_t num = 0;

    (void)state;
    for (size_t i = 0; i <= ASSOC_MAX_EVENTS; i++)
        event_push(p->client.a, &event);
    while (assoc_next(p->client.a, &got))
        num++;
    assert_int_equal(num, ASSOC_MAX_EVENTS + 1);
    assert_int_equal(got.type, ASSOC_CLOSED);
    assert_status(got.closed.status, RPCSEC_INTERNAL);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_that_make_no_sense_are_refused),
        cmocka_unit_test(closing_lets_the_queue_out_first),
        cmocka_unit_test(after_the_end_every_intent_is_refused),
        cmocka_unit_test(before_the_bind_there_is_nothing_to_call),
        cmocka_unit_test(a_client_may_join_a_group_that_the_driver_knows),
        cmocka_unit_test(a_call_level_client_binds_at_packet),
        cmocka_unit_test(a_message_that_cannot_be_sealed_closes_the_engine),
        cmocka_unit_test(a_driver_that_takes_no_events_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
