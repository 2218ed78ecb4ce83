/* SPDX-License-Identifier: MIT
 *
 * fault/states.h: an engine of either role in each of its states, and what it does with a PDU
 * there, for the program that prints the table and the test that goes through it.
 */
#ifndef FAULT_STATES_H
#define FAULT_STATES_H

#include "assoc/engine.h"
#include "flow/raw.h"

/* A pair of which one end is in that state, reached as it is in life; NULL when memory ends.
 * A role does not reach every state: see states_reaches. */
struct pair *states_pair(bool server, enum assoc_state state);
bool states_reaches(bool server, enum assoc_state state);
struct assoc *states_engine(struct pair *p, bool server);

enum states_body {
    STATES_ZEROS, /* 40 bytes */
    STATES_ONES,  /* 40 bytes */
    STATES_EMPTY,
    STATES_NUM_BODIES
};
/* Sends a PDU of a type to that end and lets it act. */
void states_send(struct pair *p, bool server, uint8_t type, uint8_t flags,
                 enum states_body body);

/* What an end does with a PDU that its table does not allow: "nak 4", "fault 0x1C01000B",
 * "close", "not read"; "?" is a defect. */
void states_refusal(struct pair *p, bool server, char *out, size_t max);

#endif
