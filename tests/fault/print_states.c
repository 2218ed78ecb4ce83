/* SPDX-License-Identifier: MIT
 *
 * fault/print_states.c: prints the engine's tables: for each role, state and PDU type the
 * handler, or how the PDU is refused. ARCHITECTURE.md has the same; tests/fault/states.sh
 * compares.
 */
#include <stdio.h>

#include "fault/states.h"

#define OTHER_TYPE 1 /* stands for all that connections have no use for */

static bool is_unknown(uint8_t type)
{
    return strcmp(pdu_type_name(type), pdu_type_name(OTHER_TYPE)) == 0;
}

static bool is_shown(bool server, enum assoc_state state)
{
    /* Nothing is read in these. */
    return states_reaches(server, state) && state != ASSOC_STATE_STEP &&
           state != ASSOC_STATE_CLOSED;
}

static bool print_cell(bool server, enum assoc_state state, uint8_t type)
{
    const char *name = NULL;
    char refusal[32];
    struct pair *p;

    if (table_handler(server, state, type, &name)) {
        printf(" `%s` |", name);
        return true;
    }
    p = states_pair(server, state);
    if (!p)
        return false;
    states_send(p, server, type, RAW_WHOLE, STATES_ZEROS);
    states_refusal(p, server, refusal, sizeof(refusal));
    pair_free(p);
    printf(" %s |", refusal);
    return refusal[0] != '?';
}

static bool print_role(bool server)
{
    bool fine = true;

    printf("| to the %s |", server ? "server" : "client");
    for (int s = 0; s < ASSOC_NUM_STATES; s++) {
        if (is_shown(server, (enum assoc_state)s))
            printf(" %s |", assoc_state_name((enum assoc_state)s));
    }
    printf("\n|---|");
    for (int s = 0; s < ASSOC_NUM_STATES; s++)
        fputs(is_shown(server, (enum assoc_state)s) ? "---|" : "", stdout);
    for (uint8_t type = 0; type <= PDU_ORPHANED; type++) {
        if (is_unknown(type) && type != OTHER_TYPE)
            continue;
        printf("\n| %s |", type == OTHER_TYPE ? "any other" : pdu_type_name(type));
        for (int s = 0; s < ASSOC_NUM_STATES; s++) {
            if (is_shown(server, (enum assoc_state)s))
                fine &= print_cell(server, (enum assoc_state)s, type);
        }
    }
    puts("");
    return fine;
}

int main(void)
{
    bool fine = print_role(true);

    puts("");
    fine &= print_role(false);
    return !fine;
}
