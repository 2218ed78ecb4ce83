/* SPDX-License-Identifier: MIT
 *
 * assoc/events.c: the queue of events and the order in which they come out.
 * Layer: assoc.
 *
 * A handler gives few events and the next PDU is not touched before they were taken, so the
 * queue is small and what an event points to stays. CLOSED is the last event.
 * Document: none; this is of our own making.
 */
#include "assoc/engine.h"

void event_push(struct assoc *a, const struct assoc_event *event)
{
    size_t room = ASSOC_MAX_EVENTS - a->num_events;

    /* Legs are for show: they leave room for the others. */
    if (event->type == ASSOC_LEG && room < ASSOC_MAX_EVENTS / 2)
        return;
    if (room == 0) {
        assoc_fail(a, RPCSEC_INTERNAL, RPCSEC_LAYER_PROTOCOL,
                   "the driver of a connection does not take its events");
        return;
    }
    a->events[(a->first_event + a->num_events++) % ASSOC_MAX_EVENTS] = *event;
}

static bool pop(struct assoc *a, struct assoc_event *ret_event)
{
    if (a->num_events == 0)
        return false;
    *ret_event = a->events[a->first_event];
    a->first_event = (a->first_event + 1) % ASSOC_MAX_EVENTS;
    a->num_events--;
    return true;
}

void event_leg(struct assoc *a, uint8_t pdu_type, bool sent, size_t pdu_len, size_t token_len,
               const struct assoc_slot *slot, const char *result)
{
    const struct sspi_ctx *ctx = slot ? slot->sec.ctx : NULL;
    const struct pkg_info *info = ctx && slot->done ? sspi_ctx_info(ctx) : NULL;
    const struct assoc_event event = {
        .type = ASSOC_LEG,
        .leg =
            {
                .number = ++a->num_legs,
                .pdu = pdu_type_name(pdu_type),
                .sent = sent,
                .pdu_len = pdu_len,
                .token_len = token_len,
                .flags_asked = ctx ? sspi_ctx_flags_asked(ctx) : 0,
                .flags_granted = info ? info->flags : 0,
                .result = result,
            },
    };

    TRACE("assoc", "leg", "number=%u pdu=%s %s len=%zu token=%zu result=\"%s\"", a->num_legs,
          event.leg.pdu, sent ? "sent" : "received", pdu_len, token_len, result);
    event_push(a, &event);
}

void event_need_token(struct assoc *a, size_t slot_index, const uint8_t *token,
                      size_t token_len)
{
    struct assoc_slot *slot = a->slots[slot_index];
    const struct assoc_event event = {
        .type = ASSOC_NEED_TOKEN,
        .need_token =
            {
                .sec_id = (uint32_t)slot_index,
                .ctx = slot->sec.ctx,
                .auth_type = slot->sec.auth_type,
                .level = slot->sec.level,
                .token = token,
                .token_len = token_len,
            },
    };

    slot->sec.ctx = NULL; /* the driver's until assoc_token */
    a->stepping = slot_index;
    assoc_set_state(a, ASSOC_STATE_STEP);
    event_push(a, &event);
}

void events_done(struct assoc *a)
{
    struct assoc_event event;

    while (pop(a, &event)) {
        if (event.type == ASSOC_NEED_TOKEN)
            sspi_ctx_free(event.need_token.ctx);
    }
}

static bool closed_event(struct assoc *a, struct assoc_event *ret_event)
{
    if (a->state != ASSOC_STATE_CLOSED || a->closed_given || a->out.num != 0)
        return false;
    a->closed_given = true;
    memset(ret_event, 0, sizeof(*ret_event));
    ret_event->type = ASSOC_CLOSED;
    ret_event->closed.status = a->status;
    ret_event->closed.error = a->error;
    return true;
}

bool assoc_next(struct assoc *a, struct assoc_event *ret_event)
{
    do {
        if (pop(a, ret_event))
            return true;
    } while (in_step(a));
    return closed_event(a, ret_event);
}
