/* SPDX-License-Identifier: MIT
 *
 * fault/states.c: see states.h.
 */
#include "fault/states.h"

#include <stdio.h>

static const struct raw_auth privacy = {16, RPCSEC_LEVEL_PRIVACY, 0, 1, 100, NULL};

struct assoc *states_engine(struct pair *p, bool server)
{
    return server ? p->server.a : p->client.a;
}

bool states_reaches(bool server, enum assoc_state state)
{
    switch (state) {
    case ASSOC_STATE_BINDING:
    case ASSOC_STATE_ALTERING:
        return !server;
    case ASSOC_STATE_POISONED:
        return server;
    default:
        return (unsigned)state < ASSOC_NUM_STATES;
    }
}

/* ---- the way there ---- */

/* Whatever it gives, the state is looked at in the end. */
static void ignore(rpcsec_status status)
{
    (void)status;
}

/* Gives one end what the other sent, without letting the other answer. */
static void pass(struct pair *p, bool from_server)
{
    pair_collect(p, from_server);
    pair_deliver(p, from_server, SIZE_MAX, SIZE_MAX);
}

static void client_to(struct pair *p, enum assoc_state state)
{
    struct assoc_event event;
    uint16_t context;

    if (state == ASSOC_STATE_START)
        return;
    ignore(assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms));
    if (state == ASSOC_STATE_STEP) { /* the first step: there is nothing to be freed */
        while (assoc_next(p->client.a, &event))
            ;
        return;
    }
    pair_events(p, false);
    pair_collect(p, false);
    if (state == ASSOC_STATE_BINDING)
        return;
    pass(p, false);
    pass(p, true);
    pair_collect(p, false);
    if (state == ASSOC_STATE_LEG)
        return;
    pair_run(p);
    if (state == ASSOC_STATE_ALTERING)
        ignore(assoc_bind(p->client.a, &pair_other, &syntax_ndr, 1, &context, p->now_ms));
}

static void server_to(struct pair *p, enum assoc_state state)
{
    struct raw_bind bind = raw_simple_bind(&privacy);

    if (state == ASSOC_STATE_START)
        return;
    if (state == ASSOC_STATE_OPEN) {
        client_to(p, ASSOC_STATE_OPEN);
        return;
    }
    raw_send_bind(p, &bind);
    raw_exchange(p, false);
    if (state != ASSOC_STATE_POISONED)
        return;
    raw_send_auth3(p, RAW_WHOLE, 1, &privacy);
    raw_exchange(p, false);
}

struct pair *states_pair(bool server, enum assoc_state state)
{
    const struct pair_options options = {
        .client_principal = "trust=1",
        .server_principal =
            server && state == ASSOC_STATE_POISONED ? "trust=1,fail=2" : "trust=1",
        .hold_calls = true,
        .no_server_steps = server && state == ASSOC_STATE_STEP,
    };
    struct pair *p = NULL;

    if (pair_new(&options, &p) != RPCSEC_OK)
        return NULL;
    if (state == ASSOC_STATE_CLOSED)
        assoc_close(states_engine(p, server));
    else if (server)
        server_to(p, state);
    else
        client_to(p, state);
    pair_forget_events(p);
    p->client.wire.len = 0;
    p->server.wire.len = 0;
    return p;
}

/* ---- a PDU there ---- */

void states_send(struct pair *p, bool server, uint8_t type, uint8_t flags,
                 enum states_body body)
{
    struct pair_wire *wire = server ? &p->client.wire : &p->server.wire;

    raw_send_header(p, !server, type, flags, 9, body == STATES_EMPTY ? 0 : 40);
    if (body == STATES_ONES)
        memset(wire->data + PDU_HEADER_LEN, 0xFF, wire->len - PDU_HEADER_LEN);
    pair_deliver(p, !server, SIZE_MAX, SIZE_MAX);
    pair_collect(p, server);
}

void states_refusal(struct pair *p, bool server, char *out, size_t max)
{
    const struct pair_wire *unread = server ? &p->client.wire : &p->server.wire;
    const struct raw_answer answer = raw_take_answer(p, server);
    const bool closed = states_engine(p, server)->state == ASSOC_STATE_CLOSED;

    if (unread->len != 0)
        (void)snprintf(out, max, "not read");
    else if (closed && answer.type == PDU_BIND_NAK)
        (void)snprintf(out, max, "nak %u", answer.code);
    else if (closed && answer.type == PDU_FAULT)
        (void)snprintf(out, max, "fault 0x%08X", answer.code);
    else
        (void)snprintf(out, max, closed && answer.type == 0xFF ? "close" : "?");
}
