/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_states.c: every state of both roles x every PDU type x every byte of flags x
 * three bodies: each has the result that the table gives it. What the table does not allow is
 * refused in one way, whatever its flags and body; what it allows leads to the states that its
 * handler may lead to; nothing is dispatched.
 */
#include "harness/test.h"

#include "fault/states.h"

#define BIT(state) (1u << ASSOC_STATE_##state)
#define SAME       (1u << ASSOC_NUM_STATES)

/* The states that a handler may leave an end in. */
static const struct {
    const char *handler;
    unsigned successors;
} handlers[] = {
    {"server_bind", BIT(STEP) | BIT(OPEN) | BIT(CLOSED)},
    {"server_alter", BIT(STEP) | SAME | BIT(CLOSED)},
    {"server_auth3", BIT(STEP) | BIT(CLOSED)},
    {"server_request", SAME | BIT(CLOSED)},
    {"server_cancel", SAME},
    {"server_orphaned", SAME},
    {"server_poisoned", BIT(CLOSED)},
    {"client_bind_ack", BIT(STEP) | BIT(OPEN) | BIT(CLOSED)},
    {"client_bind_nak", BIT(CLOSED)},
    {"client_alter_resp", BIT(STEP) | BIT(OPEN) | BIT(CLOSED)},
    {"client_response", SAME | BIT(CLOSED)},
    {"client_fault", SAME | BIT(CLOSED)},
    {"client_shutdown", SAME | BIT(CLOSED)},
};

static unsigned successors_of(const char *handler)
{
    for (size_t i = 0; i < NUM_OF(handlers); i++) {
        if (strcmp(handlers[i].handler, handler) == 0)
            return handlers[i].successors;
    }
    fail_msg("the handler %s is not known here", handler);
    return 0;
}

struct cell {
    bool server;
    enum assoc_state state;
    uint8_t type;
    char refusal[32]; /* "" where the table has a handler */
};

static void fail_cell(const struct cell *cell, uint8_t flags, const char *what)
{
    fail_msg("%s in state %s, %s (%u) with flags 0x%02X: %s",
             cell->server ? "server" : "client", assoc_state_name(cell->state),
             pdu_type_name(cell->type), cell->type, flags, what);
}

static void check_nothing_ran(struct pair *p, const struct cell *cell, uint8_t flags)
{
    if (pair_count(p, true, ASSOC_CALL) || pair_count(p, false, ASSOC_REPLY) ||
        pair_count(p, false, ASSOC_BOUND))
        fail_cell(cell, flags, "something was dispatched");
    if (pair_count(p, cell->server, ASSOC_CLOSED) > 1)
        fail_cell(cell, flags, "it closed twice");
}

/* A header with other flags may be malformed before it is not allowed: that is for bind alone
 * another answer. */
static void check_refused(struct pair *p, struct cell *cell, uint8_t flags)
{
    char refusal[32];

    states_refusal(p, cell->server, refusal, sizeof(refusal));
    if (!cell->refusal[0])
        memcpy(cell->refusal, refusal, sizeof(refusal));
    if (refusal[0] == '?' || strcmp(refusal, cell->refusal) != 0)
        fail_cell(cell, flags, refusal);
}

static void check_taken(struct pair *p, const struct cell *cell, uint8_t flags,
                        const char *handler)
{
    const enum assoc_state now = states_engine(p, cell->server)->state;
    const unsigned successors = successors_of(handler);

    if (!(successors & 1u << now) && !((successors & SAME) && now == cell->state))
        fail_cell(cell, flags, assoc_state_name(now));
}

static void check_pdu(struct cell *cell, uint8_t flags, enum states_body body)
{
    struct pair *p = states_pair(cell->server, cell->state);
    const char *handler = NULL;

    assert_non_null(p);
    assert_int_equal(states_engine(p, cell->server)->state, cell->state);
    states_send(p, cell->server, cell->type, flags, body);
    check_nothing_ran(p, cell, flags);
    if (table_handler(cell->server, cell->state, cell->type, &handler))
        check_taken(p, cell, flags, handler);
    else
        check_refused(p, cell, flags);
    pair_free(p);
}

static void check_cell(bool server, enum assoc_state state, uint8_t type)
{
    struct cell cell = {.server = server, .state = state, .type = type};

    for (unsigned flags = 0; flags <= 255; flags++)
        check_pdu(&cell, (uint8_t)flags, (enum states_body)(flags % STATES_NUM_BODIES));
    for (int body = 0; body < STATES_NUM_BODIES; body++)
        check_pdu(&cell, RAW_WHOLE, (enum states_body)body);
}

static void check_role(bool server)
{
    for (int state = 0; state < ASSOC_NUM_STATES; state++) {
        if (!states_reaches(server, (enum assoc_state)state))
            continue;
        for (uint8_t type = 0; type <= PDU_ORPHANED + 2; type++)
            check_cell(server, (enum assoc_state)state, type);
        check_cell(server, (enum assoc_state)state, 127);
        check_cell(server, (enum assoc_state)state, 255);
    }
}

static void every_cell_of_the_server_has_its_result(void **state)
{
    (void)state;
    check_role(true);
}

static void every_cell_of_the_client_has_its_result(void **state)
{
    (void)state;
    check_role(false);
}

/* An end that is not sent to is not in these: the table must not name them either. */
static void states_that_a_role_does_not_reach_have_no_handler(void **state)
{
    (void)state;
    for (int server = 0; server < 2; server++) {
        for (int s = 0; s < ASSOC_NUM_STATES; s++) {
            for (unsigned type = 0; type <= 255; type++) {
                if (!states_reaches(server != 0, (enum assoc_state)s))
                    assert_null(
                        table_handler(server != 0, (enum assoc_state)s, (uint8_t)type, NULL));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_the_server_has_its_result),
        cmocka_unit_test(every_cell_of_the_client_has_its_result),
        cmocka_unit_test(states_that_a_role_does_not_reach_have_no_handler),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
