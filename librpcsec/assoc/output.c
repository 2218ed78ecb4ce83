/* SPDX-License-Identifier: MIT
 *
 * assoc/output.c: the queue of finished PDUs, and the small ones that are made here.
 * Layer: assoc. Documents: C706 12.6.4, MS-RPCE 2.2.2.
 *
 * A PDU enters in wire order, sealed, and is never taken out again except when the connection
 * is given up. Segments are sent from where the stub was written.
 */
#include "assoc/engine.h"

#define FIRST_CAP 8 /* PDUs: a power of two */

static struct assoc_out *entry(const struct assoc *a, size_t index)
{
    return &a->out.ring[(a->out.head + index) & (a->out.cap - 1)];
}

static size_t cap_for(size_t cap, size_t num)
{
    if (cap == 0)
        cap = FIRST_CAP;
    while (cap < num)
        cap *= 2;
    return cap;
}

rpcsec_status out_reserve(struct assoc *a, size_t num)
{
    size_t cap = cap_for(a->out.cap, a->out.num + num);
    struct assoc_out *ring;

    if (cap == a->out.cap)
        return RPCSEC_OK;
    ring = mem_array(cap, sizeof(*ring));
    if (!ring)
        return RPCSEC_NO_MEMORY;
    for (size_t i = 0; i < a->out.num; i++)
        ring[i] = *entry(a, i);
    mem_free(a->out.ring);
    a->out.ring = ring;
    a->out.cap = cap;
    a->out.head = 0;
    return RPCSEC_OK;
}

static size_t memory_of(const struct assoc_out *pdu)
{
    const struct segment *s = pdu->segment;

    return s ? s->head_len + s->body_max + s->tail_len : pdu->len;
}

void out_push(struct assoc *a, const struct assoc_out *pdu)
{
    if (a->out.num == 0)
        a->out.progress_ms = a->now_ms;
    *entry(a, a->out.num++) = *pdu;
    a->out.bytes += pdu->len;
    a->out.held += memory_of(pdu);
}

bool out_has_room(const struct assoc *a, size_t len)
{
    uint64_t cap = policy_limit(a->policy, RPCSEC_LIMIT_OUTPUT_BYTES);

    return a->out.bytes <= cap && len <= cap - a->out.bytes;
}

/* The PDU at the head was sent, or is given up. */
static void drop_head(struct assoc *a)
{
    struct assoc_out *head = entry(a, 0);

    a->out.held -= memory_of(head);
    if (head->segment)
        pool_give_segment(a->pool, head->segment);
    else
        mem_free(head->bytes);
    a->out.bytes -= head->len;
    a->out.head = (a->out.head + 1) & (a->out.cap - 1);
    a->out.num--;
    a->out.sent = 0;
}

void out_drop(struct assoc *a)
{
    while (a->out.num != 0)
        drop_head(a);
}

void out_done(struct assoc *a)
{
    out_drop(a);
    mem_free(a->out.ring);
    memset(&a->out, 0, sizeof(a->out));
}

size_t assoc_output(struct assoc *a, struct iovec *iov, size_t max)
{
    size_t num = a->out.num < max ? a->out.num : max;
    size_t skip = a->out.sent;

    for (size_t i = 0; i < num; i++) {
        iov[i].iov_base = entry(a, i)->bytes + skip;
        iov[i].iov_len = entry(a, i)->len - skip;
        skip = 0;
    }
    return num;
}

size_t assoc_queued(const struct assoc *a)
{
    return a->out.bytes - a->out.sent;
}

/* From here on the server may have the whole request. */
static void mark_sent(struct assoc *a, const struct assoc_out *pdu)
{
    struct assoc_open_call *call = pdu->ends_request ? call_find(a, pdu->call_id) : NULL;

    if (call)
        call->sent = true;
}

void assoc_consumed(struct assoc *a, size_t len, uint64_t now_ms)
{
    size_t left;

    a->now_ms = now_ms;
    a->out.progress_ms = now_ms;
    while (len != 0 && a->out.num != 0) {
        left = entry(a, 0)->len - a->out.sent;
        mark_sent(a, entry(a, 0));
        if (len < left) {
            a->out.sent += len;
            return;
        }
        len -= left;
        drop_head(a);
    }
}

/* ---- control PDUs ---- */

void out_begin(struct buf *pdu)
{
    buf_init(pdu, LIMIT_PDU_LEN);
    buf_zeros(pdu, PDU_HEADER_LEN);
}

/* MS-RPCE 2.2.2.11: no padding is declared in these PDUs; the trailer is 4-aligned. */
static void append_auth(struct buf *pdu, const struct out_control *control)
{
    const struct pdu_trailer trailer = {
        .type = control->slot->sec.auth_type,
        .level = (uint8_t)control->slot->sec.level,
        .context_id = control->slot->sec.context_id,
    };
    uint8_t *at;

    buf_align(pdu, 4);
    at = buf_reserve(pdu, PDU_TRAILER_LEN);
    if (at)
        pdu_trailer_store(at, &trailer, pdu->big_endian);
    buf_bytes(pdu, control->token, control->token_len);
}

static void complete_header(struct buf *pdu, const struct out_control *control)
{
    const struct pdu_header header = {
        .type = control->type,
        .big_endian = pdu->big_endian,
        .flags = control->flags | PDU_FIRST_FRAG | PDU_LAST_FRAG,
        .frag_len = (uint16_t)pdu->len,
        .auth_len = (uint16_t)(control->slot ? control->token_len : 0),
        .call_id = control->call_id,
    };

    pdu_header_store(pdu->data, &header);
}

rpcsec_status out_control(struct assoc *a, struct buf *pdu, const struct out_control *control,
                          size_t *ret_len)
{
    rpcsec_status status;

    pdu->big_endian = a->params.big_endian;
    if (control->slot)
        append_auth(pdu, control);
    status = buf_status(pdu);
    if (status == RPCSEC_OK)
        status = out_reserve(a, 1);
    if (status != RPCSEC_OK) {
        buf_done(pdu);
        return assoc_fail(a, status, RPCSEC_LAYER_PROTOCOL, "a %s cannot be made: %s",
                          pdu_type_name(control->type), rpcsec_status_text(status));
    }
    complete_header(pdu, control);
    out_push(a, &(struct assoc_out){.bytes = pdu->data, .len = pdu->len});
    if (ret_len)
        *ret_len = pdu->len;
    buf_init(pdu, 0);
    return RPCSEC_OK;
}

/* MS-RPCE 2.2.2.9: a fault is never signed; a client must not rely on it. */
rpcsec_status out_fault(struct assoc *a, uint32_t call_id, uint16_t context_id, uint32_t status,
                        bool did_not_execute)
{
    const struct pdu_header header = {
        .type = PDU_FAULT,
        .flags = (uint8_t)(PDU_FIRST_FRAG | PDU_LAST_FRAG |
                           (did_not_execute ? PDU_DID_NOT_EXECUTE : 0)),
        .frag_len = PDU_FAULT_LEN,
        .call_id = call_id,
    };
    const struct pdu_fault fault = {
        .alloc_hint = 24, /* what Windows and Samba send */
        .context_id = context_id,
        .status = status,
    };
    uint8_t *bytes = mem_alloc(PDU_FAULT_LEN);

    if (!bytes || out_reserve(a, 1) != RPCSEC_OK) {
        mem_free(bytes);
        return assoc_fail_no_memory(a);
    }
    pdu_fault_store(bytes, &header, &fault);
    out_push(a, &(struct assoc_out){.bytes = bytes, .len = PDU_FAULT_LEN});
    return RPCSEC_OK;
}
