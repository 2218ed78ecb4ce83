/* SPDX-License-Identifier: MIT
 *
 * Every state of both roles x every PDU type x every byte of flags: nothing is dispatched that
 * the table does not name, and what it does not name closes the connection.
 */
#include "harness/test.h"

#include "assoc/engine.h"
#include "flow/raw.h"

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};

/* A pair of which one end is in a state, reached as it is in life. */
static struct pair *end_in_state(bool server, enum assoc_state state)
{
    struct pair_options options = {
        .client_principal = "trust=1", .server_principal = "trust=1", .hold_calls = true};
    struct raw_bind bind = raw_simple_bind(&privacy);
    struct pair *p = NULL;
    uint16_t context;

    if (server && state == ASSOC_STATE_POISONED)
        options.server_principal = "trust=1,fail=2";
    assert_ok(pair_new(&options, &p));
    if (state == ASSOC_STATE_START)
        return p;
    if (!server || state == ASSOC_STATE_OPEN) {
        assert_ok(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
        pair_events(p, false);
        pair_collect(p, false);
        if (state == ASSOC_STATE_BINDING)
            return p;
        pair_deliver(p, false, SIZE_MAX, SIZE_MAX);
        pair_collect(p, true);
        pair_deliver(p, true, SIZE_MAX, SIZE_MAX);
        pair_collect(p, false);
        if (state == ASSOC_STATE_LEG)
            return p;
        pair_run(p);
        if (state == ASSOC_STATE_ALTERING)
            assert_ok(
                assoc_bind(p->client.a, &pair_other, &syntax_ndr, 1, &context, p->now_ms));
        return p;
    }
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    if (state == ASSOC_STATE_POISONED) {
        raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
        raw_exchange(p, false);
    }
    return p;
}

static const enum assoc_state server_states[] = {ASSOC_STATE_START, ASSOC_STATE_LEG,
                                                 ASSOC_STATE_OPEN, ASSOC_STATE_POISONED};
static const enum assoc_state client_states[] = {ASSOC_STATE_START, ASSOC_STATE_BINDING,
                                                 ASSOC_STATE_LEG, ASSOC_STATE_OPEN,
                                                 ASSOC_STATE_ALTERING};

static struct assoc *engine_of(struct pair *p, bool server)
{
    return server ? p->server.a : p->client.a;
}

/* A bare PDU of a type: 40 zeros for a body. */
static void send_bare(struct pair *p, bool to_server, uint8_t type, uint8_t flags)
{
    (to_server ? &p->client : &p->server)->wire.len = 0;
    raw_send_header(p, !to_server, type, flags, 9, 40);
    pair_deliver(p, !to_server, SIZE_MAX, SIZE_MAX);
}

static void check_cell(bool server, enum assoc_state state, uint8_t type, uint8_t flags)
{
    struct pair *p = end_in_state(server, state);
    const char *name = NULL;
    const bool known = table_handler(server, state, type, &name) != NULL;

    assert_int_equal(engine_of(p, server)->state, state);
    pair_forget_events(p);
    send_bare(p, server, type, flags);
    if (!known)
        assert_int_equal(engine_of(p, server)->state, ASSOC_STATE_CLOSED);
    else
        assert_non_null(name);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 0);
    assert_int_equal(pair_count(p, false, ASSOC_REPLY), 0);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 0);
    pair_free(p);
}

static void check_role(bool server, const enum assoc_state *states, size_t num)
{
    static const uint8_t flags[] = {0,
                                    PDU_FIRST_FRAG,
                                    PDU_LAST_FRAG,
                                    RAW_WHOLE,
                                    RAW_WHOLE | PDU_HEADER_SIGN,
                                    RAW_WHOLE | PDU_RESERVED,
                                    RAW_WHOLE | PDU_OBJECT_UUID,
                                    0xFF};

    for (size_t i = 0; i < num; i++) {
        for (unsigned type = 0; type < 24; type++) {
            for (size_t j = 0; j < NUM_OF(flags); j++)
                check_cell(server, states[i], (uint8_t)type, flags[j]);
        }
        check_cell(server, states[i], 255, RAW_WHOLE);
    }
}

static void a_server_fails_closed_in_every_state(void **state)
{
    (void)state;
    check_role(true, server_states, NUM_OF(server_states));
}

static void a_client_fails_closed_in_every_state(void **state)
{
    (void)state;
    check_role(false, client_states, NUM_OF(client_states));
}

static void nothing_is_taken_in_a_step_or_after_the_end(void **state)
{
    (void)state;
    for (unsigned type = 0; type <= 255; type++) {
        for (int server = 0; server < 2; server++) {
            assert_null(table_handler(server != 0, ASSOC_STATE_STEP, (uint8_t)type, NULL));
            assert_null(table_handler(server != 0, ASSOC_STATE_CLOSED, (uint8_t)type, NULL));
        }
    }
}

static void the_table_is_small_enough_to_read(void **state)
{
    size_t cells = 0;

    (void)state;
    for (unsigned s = 0; s < ASSOC_NUM_STATES + 2; s++) {
        for (unsigned type = 0; type <= 255; type++) {
            const enum assoc_state in = (enum assoc_state)s;

            cells += table_handler(true, in, (uint8_t)type, NULL) != NULL;
            cells += table_handler(false, in, (uint8_t)type, NULL) != NULL;
        }
    }
    assert_int_equal(cells, 12 + 12);
    assert_string_equal(assoc_state_name(ASSOC_STATE_POISONED), "poisoned");
    assert_string_equal(assoc_state_name((enum assoc_state)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_fails_closed_in_every_state),
        cmocka_unit_test(a_client_fails_closed_in_every_state),
        cmocka_unit_test(nothing_is_taken_in_a_step_or_after_the_end),
        cmocka_unit_test(the_table_is_small_enough_to_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
