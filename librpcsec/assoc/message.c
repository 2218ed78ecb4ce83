/* SPDX-License-Identifier: MIT
 *
 * assoc/message.c: a writer's content -> fragments, headers, seals, queue. Both roles.
 * Layer: assoc. Documents: C706 12.6.4.9, 12.6.4.10, MS-RPCE 3.3.1.5.2.
 *
 * The stub is not copied: each segment is completed where it lies. Sealing consumes sequence
 * numbers, so a failure in the middle ends the connection.
 */
#include "assoc/engine.h"
#include "sec/pad.h"

struct writer_shape message_shape(const struct assoc *a, const struct assoc_slot *slot,
                                  size_t head_len, size_t max)
{
    const struct sec_context *sec = slot ? &slot->sec : NULL;
    const size_t around_len = sec_protects(sec) ? PDU_TRAILER_LEN + sec_token_len(sec) : 0;

    return (struct writer_shape){
        .head_len = head_len,
        .body_max = sec_body_max(a->frag_len, head_len, around_len),
        .tail_len = sec_tail_len(sec),
        .max = max,
    };
}

rpcsec_status message_trailer(const struct pdu_in *pdu, size_t body_offset,
                              struct pdu_trailer *trailer, const struct pdu_trailer **ret)
{
    rpcsec_status status = pdu_trailer_decode(pdu->bytes, &pdu->header, body_offset, trailer);

    *ret = status == RPCSEC_OK ? trailer : NULL;
    return status == RPCSEC_NOT_FOUND ? RPCSEC_OK : status;
}

static void store_head(const struct assoc *a, const struct message *message,
                       struct segment *segment, size_t left, bool first)
{
    const struct pdu_header header = {
        .type = message->type,
        .big_endian = a->params.big_endian,
        .flags = (uint8_t)(message->flags | (first ? PDU_FIRST_FRAG : 0) |
                           (segment->next ? 0 : PDU_LAST_FRAG)),
        .call_id = message->call_id,
    };
    struct pdu_request request = message->request;
    struct pdu_response response = {
        .alloc_hint = (uint32_t)left,
        .context_id = message->request.context_id,
        .cancel_count = message->cancel_count,
    };

    request.alloc_hint = (uint32_t)left; /* C706 12.6.4.9: of what is still to come */
    if (message->type == PDU_REQUEST)
        pdu_request_store(segment->mem, &header, &request);
    else
        pdu_response_store(segment->mem, &header, &response);
}

static size_t num_segments(const struct segment *chain)
{
    size_t num = 0;

    for (; chain; chain = chain->next)
        num++;
    return num;
}

static rpcsec_status seal_and_queue(struct assoc *a, const struct sec_context *sec,
                                    const struct message *message, struct segment *chain,
                                    size_t left)
{
    struct segment *next;
    bool first = true;
    rpcsec_status status;
    size_t len = 0;

    for (; chain; chain = next) {
        store_head(a, message, chain, left, first);
        next = chain->next;
        left -= chain->body_len;
        first = false;
        status = sec_seal(sec, chain, &len);
        if (status != RPCSEC_OK) {
            segment_free_chain(chain);
            return status;
        }
        out_push(a, &(struct assoc_out){.bytes = chain->mem,
                                        .len = len,
                                        .segment = chain,
                                        .call_id = message->call_id,
                                        .ends_request = message->type == PDU_REQUEST && !next});
    }
    return RPCSEC_OK;
}

bool message_has_room(const struct assoc *a, const struct writer *w)
{
    const size_t num = num_segments(w->first) + 2; /* an empty one, a verification trailer's */

    return out_has_room(a, w->len + num * (w->shape.head_len + w->shape.tail_len) +
                               LIMIT_TRAILER_SEARCH);
}

rpcsec_status message_send(struct assoc *a, const struct assoc_slot *slot,
                           const struct message *message, struct writer *w)
{
    const struct sec_context *sec = slot ? &slot->sec : NULL;
    const size_t len = w->len;
    const size_t num = num_segments(w->first) + 1;
    struct segment *chain;
    rpcsec_status status;

    status = out_reserve(a, num);
    if (status == RPCSEC_OK)
        status = writer_take(w, &chain);
    if (status != RPCSEC_OK)
        return status;
    status = seal_and_queue(a, sec, message, chain, len);
    if (status != RPCSEC_OK)
        return assoc_fail(a, status, RPCSEC_LAYER_SECURITY,
                          "a message cannot be protected: %s; the connection is closed",
                          rpcsec_status_text(status));
    return RPCSEC_OK;
}
