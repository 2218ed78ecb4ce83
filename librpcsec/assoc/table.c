/* SPDX-License-Identifier: MIT
 *
 * assoc/table.c: which PDU is allowed in which state, one table per role. Layer: assoc.
 * Documents: C706 12.6.4, MS-RPCE 3.3.2.4, 3.3.3.4.
 *
 * An empty cell is a protocol error. Nothing is received in STEP (the driver takes a handshake
 * step) or CLOSED.
 */
#include "assoc/engine.h"

struct cell {
    assoc_handler handler;
    const char *name;
};

#define CELL(function)      \
    {                       \
        function, #function \
    }
#define NUM_PDU_TYPES (PDU_ORPHANED + 1)

static const struct cell server_table[ASSOC_NUM_STATES][NUM_PDU_TYPES] = {
    [ASSOC_STATE_START] =
        {
            [PDU_BIND] = CELL(server_bind),
        },
    [ASSOC_STATE_LEG] =
        {
            [PDU_ALTER_CONTEXT] = CELL(server_alter),
            [PDU_AUTH3] = CELL(server_auth3),
            [PDU_REQUEST] = CELL(server_request), /* refuses contexts that are not done */
            [PDU_CO_CANCEL] = CELL(server_cancel),
            [PDU_ORPHANED] = CELL(server_orphaned),
        },
    [ASSOC_STATE_OPEN] =
        {
            [PDU_ALTER_CONTEXT] = CELL(server_alter),
            [PDU_REQUEST] = CELL(server_request),
            [PDU_CO_CANCEL] = CELL(server_cancel),
            [PDU_ORPHANED] = CELL(server_orphaned),
        },
    [ASSOC_STATE_POISONED] =
        {
            [PDU_REQUEST] = CELL(server_poisoned),
            [PDU_ALTER_CONTEXT] = CELL(server_poisoned),
        },
};

static const struct cell client_table[ASSOC_NUM_STATES][NUM_PDU_TYPES] = {
    [ASSOC_STATE_BINDING] =
        {
            [PDU_BIND_ACK] = CELL(client_bind_ack),
            [PDU_BIND_NAK] = CELL(client_bind_nak),
            [PDU_FAULT] = CELL(client_fault),
        },
    [ASSOC_STATE_LEG] =
        {
            [PDU_ALTER_CONTEXT_RESP] = CELL(client_alter_resp),
            [PDU_FAULT] = CELL(client_fault),
        },
    [ASSOC_STATE_OPEN] =
        {
            [PDU_RESPONSE] = CELL(client_response),
            [PDU_FAULT] = CELL(client_fault),
            [PDU_SHUTDOWN] = CELL(client_shutdown),
        },
    [ASSOC_STATE_ALTERING] =
        {
            [PDU_ALTER_CONTEXT_RESP] = CELL(client_alter_resp),
            [PDU_RESPONSE] = CELL(client_response),
            [PDU_FAULT] = CELL(client_fault),
            [PDU_SHUTDOWN] = CELL(client_shutdown),
        },
};

assoc_handler table_handler(bool server, enum assoc_state state, uint8_t type,
                            const char **ret_name)
{
    const struct cell *cell;

    if ((unsigned)state >= ASSOC_NUM_STATES || type >= NUM_PDU_TYPES)
        return NULL;
    cell = server ? &server_table[state][type] : &client_table[state][type];
    if (ret_name)
        *ret_name = cell->name;
    return cell->handler;
}
