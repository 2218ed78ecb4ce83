/* SPDX-License-Identifier: MIT
 *
 * assoc/input.c: received bytes -> whole PDUs -> the table. Layer: assoc.
 * Documents: C706 12.6.2, MS-RPCE 2.2.2.1, 3.3.1.5.
 *
 * 16 bytes tell how long a PDU is and whether it is allowed now; only then is room made for
 * it. A PDU stays where it is until the events that it gave were taken.
 */
#include <string.h>

#include "assoc/engine.h"

#define INPUT_BYTES 8192 /* one fragment of the usual size */

/* The memory of a long bind is given back where nothing so long is expected. */
void in_done(struct assoc *a)
{
    struct assoc_input_buffer *in = &a->in;

    if (in->data && in->cap > INPUT_BYTES && a->frag_len <= INPUT_BYTES)
        mem_free(in->data);
    else if (in->data)
        pool_give_input(a->pool, in->data, in->cap);
    in->data = NULL;
    in->cap = 0;
}

bool assoc_reads(const struct assoc *a)
{
    const struct assoc_input_buffer *in = &a->in;

    return a->state != ASSOC_STATE_CLOSED && a->state != ASSOC_STATE_STEP && !in->held &&
           !in->eof && (!in->data || in->end != in->cap);
}

uint8_t *assoc_input(struct assoc *a, size_t *ret_room)
{
    struct assoc_input_buffer *in = &a->in;

    *ret_room = 0;
    if (!assoc_reads(a))
        return NULL;
    if (!in->data)
        in->data = pool_take_input(a->pool, INPUT_BYTES, &in->cap);
    if (!in->data) {
        assoc_fail_no_memory(a);
        return NULL;
    }
    *ret_room = in->cap - in->end;
    return in->data + in->end;
}

void assoc_received(struct assoc *a, size_t len, uint64_t now_ms)
{
    struct assoc_input_buffer *in = &a->in;

    a->now_ms = now_ms;
    /* A peer that trickles makes no progress: only a whole PDU is some. */
    if (!in_is_partial(a))
        in->progress_ms = now_ms;
    if (len == 0)
        in->eof = true;
    in->end += len <= in->cap - in->end ? len : in->cap - in->end;
}

/* Moves what is left to the front and makes room for len bytes from there. */
static rpcsec_status make_room(struct assoc_input_buffer *in, size_t len)
{
    uint8_t *data;

    if (in->start != 0)
        memmove(in->data, in->data + in->start, in->end - in->start);
    in->end -= in->start;
    in->start = 0;
    if (len <= in->cap)
        return RPCSEC_OK;
    data = mem_resize(in->data, len);
    if (!data)
        return RPCSEC_NO_MEMORY;
    in->data = data;
    in->cap = len;
    return RPCSEC_OK;
}

bool assoc_is_busy(const struct assoc *a)
{
    return a->out.num || a->num_calls || a->num_events || in_is_partial(a) ||
           (a->state != ASSOC_STATE_OPEN && a->state != ASSOC_STATE_CLOSED);
}

bool in_is_partial(const struct assoc *a)
{
    if (a->in.held || a->state == ASSOC_STATE_STEP)
        return false; /* it is we who do not go on */
    if (a->in.end - a->in.start > a->in.pdu_len || a->partial.active)
        return true;
    for (size_t i = 0; i < a->num_calls; i++) {
        if (a->calls[i].started && !a->params.server)
            return true;
    }
    return false;
}

static bool peer_closed(struct assoc *a)
{
    bool waits = a->num_calls != 0 && !a->params.server;

    if (stranger_is_silent(a)) {
        stranger_fail(a, a->in.data ? a->in.data + a->in.start : NULL, a->in.end - a->in.start);
    } else if (a->state == ASSOC_STATE_OPEN && !waits && !in_is_partial(a)) {
        out_drop(a);
        assoc_close(a);
    } else {
        assoc_fail(a, RPCSEC_CONNECTION_LOST, RPCSEC_LAYER_TRANSPORT,
                   "the peer closed the connection in state %s%s%s", assoc_state_name(a->state),
                   waits ? "; a call had no answer yet" : "",
                   a->params.server ? "" : ": the server's log may tell why");
        out_drop(a);
    }
    return true;
}

/* More bytes are needed: len from the start of the PDU. */
static bool wait_for(struct assoc *a, size_t len)
{
    if (a->in.eof)
        return peer_closed(a);
    if (a->in.start == a->in.end) {
        a->in.start = 0;
        a->in.end = 0;
        in_done(a);
        return false;
    }
    if (make_room(&a->in, len) != RPCSEC_OK) {
        assoc_fail_no_memory(a);
        return true;
    }
    return false;
}

/* The PDU that the last events pointed to is done with. */
static void finish_pdu(struct assoc *a)
{
    struct assoc_partial *partial = &a->partial;

    a->in.start += a->in.pdu_len;
    a->in.pdu_len = 0;
    if (!partial->active)
        buf_done(&partial->body);
    buf_done(&a->delivered);
}

/* The longest fragment that is taken. MS-RPCE 3.3.1.5.1: binds are not bounded by what they
 * are to negotiate; Windows and Samba take 5840 bytes on TCP whatever was negotiated. */
static size_t max_frag_len(const struct assoc *a, uint8_t type)
{
    size_t policy = (size_t)policy_limit(a->policy, RPCSEC_LIMIT_FRAGMENT_BYTES);

    switch (type) {
    case PDU_BIND:
    case PDU_BIND_ACK:
    case PDU_ALTER_CONTEXT:
    case PDU_ALTER_CONTEXT_RESP:
        return LIMIT_PDU_LEN;
    default:
        return policy > LIMIT_TCP_FRAG_LEN ? policy : LIMIT_TCP_FRAG_LEN;
    }
}

static void refuse(struct assoc *a, uint8_t type, uint32_t call_id, const char *why)
{
    if (assoc_error(a))
        a->error->pdu_type = type;
    if (a->params.server) {
        server_refuse(a, type, call_id, why);
        return;
    }
    assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
               "the server sent %s (%s) in state %s; it is not a sound RPC server",
               pdu_type_name(type), why, assoc_state_name(a->state));
}

/* The PROXY protocol, section 2.2: its first bytes. Who sends them here is no listed proxy, or
 * sends them twice. */
static bool is_proxy_header(const uint8_t *at)
{
    return memcmp(at, "\r\n\r\n\0\r\nQUIT\n", 12) == 0;
}

/* A header that cannot be decoded still says where its call id would be. */
static void refuse_header(struct assoc *a, const uint8_t *at)
{
    struct cur c;

    if (stranger_is_silent(a)) {
        stranger_fail(a, at, PDU_HEADER_LEN);
        return;
    }
    cur_init(&c, at, PDU_HEADER_LEN, (at[4] & 0x10) == 0);
    cur_seek(&c, 12);
    refuse(a, at[2], cur_u32(&c),
           is_proxy_header(at) ? "a PROXY header of an unlisted proxy, or a second one"
                               : "a malformed header");
}

/* The peer has not read what it was answered: little is kept for a stranger. A small PDU costs
 * more than its bytes. */
static bool is_unread(const struct assoc *a)
{
    size_t cap = (size_t)policy_limit(a->policy, RPCSEC_LIMIT_OUTPUT_BYTES) / 2;

    if (!slot_any_done(a) && cap > LIMIT_STRANGER_OUTPUT)
        cap = LIMIT_STRANGER_OUTPUT;
    return a->out.held + a->out.num * LIMIT_OUTPUT_PDU_COST > cap;
}

/* C706 12.6.3.1: a server takes no more calls than it can carry out, and what is answered waits
 * until the answers before it were read. */
static bool must_hold(const struct assoc *a, const struct pdu_header *header)
{
    if (!a->params.server)
        return false;
    if (header->type == PDU_ALTER_CONTEXT)
        return is_unread(a);
    if (header->type != PDU_REQUEST || !(header->flags & PDU_FIRST_FRAG))
        return false;
    return calls_full(a) || is_unread(a);
}

/* While a PDU is held it is we who do not read: the peer's time begins anew after it. */
static void release(struct assoc *a)
{
    if (a->in.held)
        a->in.progress_ms = a->now_ms;
    a->in.held = false;
}

static bool dispatch(struct assoc *a, const struct pdu_header *header, assoc_handler handler)
{
    const struct pdu_in pdu = {a->in.data + a->in.start, *header};

    a->in.pdu_len = header->frag_len;
    a->in.progress_ms = a->now_ms;
    handler(a, &pdu);
    return true;
}

bool in_step(struct assoc *a)
{
    struct pdu_header header;
    assoc_handler handler;

    if (a->state == ASSOC_STATE_STEP || a->state == ASSOC_STATE_CLOSED)
        return false;
    finish_pdu(a);
    release(a);
    if (a->in.end - a->in.start < PDU_HEADER_LEN)
        return wait_for(a, PDU_HEADER_LEN);
    if (pdu_header_decode(a->in.data + a->in.start, &header) != RPCSEC_OK) {
        refuse_header(a, a->in.data + a->in.start);
        return true;
    }
    handler = table_handler(a->params.server, a->state, header.type, NULL);
    if (!handler || header.frag_len > max_frag_len(a, header.type)) {
        refuse(a, header.type, header.call_id, handler ? "too long" : "not allowed");
        return true;
    }
    a->in.held = must_hold(a, &header);
    if (a->in.held)
        return a->in.eof ? peer_closed(a) : false;
    if (a->in.end - a->in.start < header.frag_len)
        return wait_for(a, header.frag_len);
    return dispatch(a, &header, handler);
}
