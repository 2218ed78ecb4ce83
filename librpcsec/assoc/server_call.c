/* SPDX-License-Identifier: MIT
 *
 * assoc/server_call.c: requests, cancels and orphans as the server sees them, and its answers.
 * Layer: assoc. Documents: C706 12.6.4.9, 9.3; MS-RPCE 3.3.3.5.
 *
 * A fragment is verified before anything in it is believed, and in the order of arrival, also
 * when its call is long gone. Who may call what is decided on the first fragment, before the
 * rest is gathered.
 */
#include "assoc/engine.h"
#include "assoc/sequence.h"

/* Ends the connection with a fault. It does not say that nothing was executed: Windows and
 * Samba do not either, and as it is not signed nobody could rely on it. */
static void fault_and_close(struct assoc *a, uint32_t call_id, uint16_t context_id,
                            uint32_t fault, const char *why)
{
    if (out_fault(a, call_id, context_id, fault, false) != RPCSEC_OK)
        return;
    assoc_note_wire(a, fault);
    assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
               "the client's request was refused with fault 0x%08x (%s): %s", fault,
               pdu_fault_name(fault), why);
}

/* Ends the call only. An unknown context is not named again: Windows and Samba answer 0. */
static void fault_call(struct assoc *a, uint32_t call_id, const struct pdu_request *request,
                       const struct assoc_slot *slot, uint32_t fault, const char *why)
{
    const struct assoc_context *context = context_find(a, request->context_id);
    const struct assoc_event event = {
        .type = ASSOC_REFUSED,
        .refused = {call_id, request->opnum, fault, why, context ? context->interface : NULL,
                    slot ? &slot->sec : NULL},
    };

    (void)out_fault(a, call_id, fault == PDU_FAULT_UNK_IF ? 0 : request->context_id, fault,
                    fault != PDU_FAULT_ACCESS_DENIED);
    event_push(a, &event);
}

/* ---- which security context protects a request ---- */

/* MS-RPCE 3.3.1.5.4 note 102: no token is normal at level connect, if it is there. */
static const struct assoc_slot *connect_slot(const struct assoc *a)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        if (a->slots[i]->done && a->slots[i]->sec.level == RPCSEC_LEVEL_CONNECT)
            return a->slots[i];
    }
    return NULL;
}

/* By the first fragment's trailer, and only by that (MS-RPCE 3.3.1.5.4; CVE-2021-23192). Gives
 * the fault, or 0 and the slot; NULL: no authentication.
 * DEVIATION: Samba lets a request without token fall back to an anonymous context; we do so
 * only where the bind itself was unauthenticated, and refuse it on a connection that was
 * authenticated from its start (test: tokenless_request_is_refused). */
static uint32_t choose_slot(const struct assoc *a, const struct pdu_trailer *trailer,
                            const struct assoc_slot **ret_slot)
{
    const struct assoc_slot *slot;

    if (!trailer) {
        *ret_slot = connect_slot(a);
        return a->bound_openly || *ret_slot ? 0 : PDU_FAULT_PROTO_ERROR;
    }
    slot = slot_find(a, trailer->context_id, NULL);
    if (slot && !slot->done)
        return PDU_FAULT_PROTO_ERROR;
    if (!slot || !slot_matches(slot, trailer))
        return PDU_FAULT_ACCESS_DENIED;
    *ret_slot = slot;
    return 0;
}

static rpcsec_status open_fragment(const struct assoc_slot *slot, const struct pdu_in *pdu,
                                   const struct pdu_trailer *trailer, size_t body_offset,
                                   uint8_t **ret_stub, size_t *ret_len)
{
    return sec_open(slot ? &slot->sec : NULL, pdu->bytes, &pdu->header, trailer, body_offset,
                    ret_stub, ret_len);
}

/* ---- who may call what ---- */

/* DEVIATION: on the wire packet is integrity (MS-RPCE 2.2.1.1.8, see sec_protects), so it
 * protects as much (test: packet_is_as_good_as_integrity). */
static enum rpcsec_level protection(enum rpcsec_level level)
{
    return level == RPCSEC_LEVEL_PACKET ? RPCSEC_LEVEL_INTEGRITY : level;
}

static bool level_suffices(const struct assoc *a, const struct assoc_interface *interface,
                           const struct assoc_slot *slot)
{
    enum rpcsec_level level = slot ? slot->sec.level : assoc_bare_level(a);

    if (level == RPCSEC_LEVEL_NONE && !a->policy->anonymous)
        return false;
    return protection(level) >= protection(interface->least_level);
}

static bool is_open_operation(const struct assoc_interface *interface, uint16_t opnum)
{
    return opnum < 64 && (interface->open_operations >> opnum & 1) != 0;
}

/* Policy may ask that headers are signed wherever PDUs are protected. */
static bool headers_are_signed(const struct assoc *a, const struct assoc_slot *slot)
{
    return !slot || !sec_protects(&slot->sec) || sec_signs_header(&slot->sec) ||
           a->policy->header_signing != RPCSEC_REQUIRED;
}

/* The fault for a call that may not be made; 0: it may. */
static uint32_t refused_call(const struct assoc *a, const struct pdu_request *request,
                             const struct assoc_slot *slot, bool *ret_close)
{
    const struct assoc_context *context = context_find(a, request->context_id);

    *ret_close = false;
    if (!headers_are_signed(a, slot)) {
        *ret_close = true;
        return PDU_FAULT_ACCESS_DENIED;
    }
    if (!context)
        return PDU_FAULT_UNK_IF;
    if (!is_open_operation(context->interface, request->opnum) &&
        !level_suffices(a, context->interface, slot)) {
        *ret_close = !slot_any_protects(a);
        return PDU_FAULT_ACCESS_DENIED;
    }
    if (request->opnum >= context->interface->num_operations)
        return PDU_FAULT_OP_RNG_ERROR;
    return 0;
}

/* ---- gathering fragments ---- */

/* Bytes that a request may have: little for strangers, unless the interface is for them. */
static size_t request_max(const struct assoc *a, const struct pdu_request *request,
                          const struct assoc_slot *slot)
{
    const struct assoc_context *context = context_find(a, request->context_id);
    size_t max = (size_t)policy_limit(a->policy, RPCSEC_LIMIT_REQUEST_BYTES);

    if (slot || (context && level_suffices(a, context->interface, slot)))
        return max;
    return max < LIMIT_OPEN_REQUEST_LEN ? max : LIMIT_OPEN_REQUEST_LEN;
}

static void partial_end(struct assoc_partial *partial)
{
    partial->active = false;
}

static void partial_begin(struct assoc *a, const struct pdu_in *pdu,
                          const struct pdu_request *request, const struct assoc_slot *slot,
                          bool discard)
{
    struct assoc_partial *partial = &a->partial;

    buf_done(&partial->body);
    partial->active = true;
    partial->discard = discard;
    partial->header = pdu->header;
    partial->request = *request;
    partial->slot = slot;
    partial->max = request_max(a, request, slot);
    buf_init(&partial->body, partial->max);
}

static void gather(struct assoc *a, const struct pdu_request *request, const uint8_t *stub,
                   size_t len)
{
    struct assoc_partial *partial = &a->partial;

    if (partial->discard)
        return;
    if (!sequence_fits(partial->max, partial->body.len, request->alloc_hint, len)) {
        partial_end(partial);
        fault_and_close(a, partial->header.call_id, partial->request.context_id,
                        PDU_FAULT_ACCESS_DENIED, "the request is longer than policy allows");
        return;
    }
    buf_bytes(&partial->body, stub, len);
    if (buf_status(&partial->body) == RPCSEC_OK)
        return;
    partial_end(partial);
    fault_and_close(a, partial->header.call_id, partial->request.context_id,
                    PDU_FAULT_REMOTE_NO_MEMORY, "memory ended");
}

/* ---- the whole request ---- */

static void push_call(struct assoc *a, const struct pdu_header *header,
                      const struct pdu_request *request, const struct assoc_slot *slot,
                      const uint8_t *stub, size_t len)
{
    const struct assoc_context *context = context_find(a, request->context_id);
    const struct assoc_event event = {
        .type = ASSOC_CALL,
        .call =
            {
                .call_id = header->call_id,
                .context_id = request->context_id,
                .opnum = request->opnum,
                .interface = context->interface,
                .has_object = request->has_object,
                .object = request->object,
                .big_endian = header->big_endian,
                .ndr64 = context->ndr64,
                .maybe = (header->flags & PDU_MAYBE) != 0,
                .stub = stub,
                .stub_len = len,
                .sec = slot ? &slot->sec : NULL,
            },
    };

    event_push(a, &event);
}

static void complete(struct assoc *a, const struct pdu_header *header,
                     const struct pdu_request *request, const struct assoc_slot *slot,
                     const uint8_t *stub, size_t len)
{
    struct assoc_context *context = context_find(a, request->context_id);
    struct assoc_open_call *call;

    if (sec_protects(slot ? &slot->sec : NULL) &&
        verify_request(a, header, request, context, stub, &len) != RPCSEC_OK) {
        fault_call(a, header->call_id, request, slot, PDU_FAULT_ACCESS_DENIED,
                   "its verification trailer is missing or does not agree");
        return;
    }
    if (call_add(a, header->call_id, &call) != RPCSEC_OK) {
        fault_call(a, header->call_id, request, slot, PDU_FAULT_REMOTE_NO_MEMORY,
                   "memory ended");
        return;
    }
    call->context_id = request->context_id;
    call->maybe = (header->flags & PDU_MAYBE) != 0;
    call->slot = slot;
    push_call(a, header, request, slot, stub, len);
}

/* ---- first fragment ---- */

/* MS-RPCE 3.3.3.5.2, note 123: ids rise; Windows answers those that fall, or have come round,
 * with a fault. DEVIATION: the last one may come again once it was answered, as Samba's own
 * clients have it (test ids_of_calls_may_not_fall). */
static bool id_may_be(const struct assoc *a, uint32_t call_id)
{
    return call_id <= MAX_CALL_ID && (!a->has_last_call_id || call_id >= a->last_call_id) &&
           !call_find(a, call_id);
}

/* What is wrong with a first fragment in view of other calls; 0: nothing. The fault names the
 * call that is being received already, unless the client may have several. */
static bool collides(struct assoc *a, const struct pdu_in *pdu)
{
    const struct assoc_partial *partial = &a->partial;

    if (pdu->header.flags & PDU_PENDING_CANCEL) {
        fault_and_close(a, pdu->header.call_id, 0, PDU_FAULT_NO_CALL_ACTIVE,
                        "a first fragment with a cancel pending");
        return true;
    }
    if (partial->active && !partial->discard) {
        fault_and_close(a, a->multiplexing ? pdu->header.call_id : partial->header.call_id,
                        a->multiplexing ? 0 : partial->request.context_id,
                        PDU_FAULT_PROTO_ERROR, "another request is not complete yet");
        return true;
    }
    if (!id_may_be(a, pdu->header.call_id)) {
        fault_and_close(a, pdu->header.call_id, 0, PDU_FAULT_PROTO_ERROR,
                        "the call id falls, is in use, or is over 0x7fffffff");
        return true;
    }
    return false;
}

static const char *why_refused(uint32_t fault)
{
    switch (fault) {
    case PDU_FAULT_UNK_IF:
        return "its presentation context was not accepted";
    case PDU_FAULT_OP_RNG_ERROR:
        return "there is no such operation";
    default:
        return "the call is not allowed at this level of protection";
    }
}

static void refuse_call(struct assoc *a, const struct pdu_in *pdu,
                        const struct pdu_request *request, const struct assoc_slot *slot,
                        uint32_t fault, bool close)
{
    if (close) {
        fault_and_close(a, pdu->header.call_id, request->context_id, fault, why_refused(fault));
        return;
    }
    fault_call(a, pdu->header.call_id, request, slot, fault, why_refused(fault));
}

static void first_fragment(struct assoc *a, const struct pdu_in *pdu,
                           const struct pdu_request *request, const struct assoc_slot *slot,
                           const uint8_t *stub, size_t len)
{
    const bool last = (pdu->header.flags & PDU_LAST_FRAG) != 0;
    bool close = false;
    uint32_t fault = refused_call(a, request, slot, &close);

    a->last_call_id = pdu->header.call_id;
    a->has_last_call_id = true;
    if (fault)
        refuse_call(a, pdu, request, slot, fault, close);
    if (a->state == ASSOC_STATE_CLOSED || (fault && last))
        return;
    if (last && len <= request_max(a, request, slot)) {
        complete(a, &pdu->header, request, slot, stub, len);
        return;
    }
    partial_begin(a, pdu, request, slot, fault != 0);
    gather(a, request, stub, len);
}

/* ---- later fragments ---- */

static void stray_fragment(struct assoc *a, const struct pdu_in *pdu,
                           const struct pdu_request *request, const struct pdu_trailer *trailer)
{
    const struct assoc_slot *slot = NULL;
    uint8_t *stub;
    size_t len;

    if (!sequence_is_recent(a->last_call_id, pdu->header.call_id)) {
        fault_and_close(a, pdu->header.call_id, 0, PDU_FAULT_PROTO_ERROR,
                        "a fragment without a first one");
        return;
    }
    /* Its token counts in the sequence. */
    if (choose_slot(a, trailer, &slot) ||
        open_fragment(slot, pdu, trailer, request->body_offset, &stub, &len) != RPCSEC_OK)
        fault_and_close(a, pdu->header.call_id, 0, PDU_FAULT_SEC_PKG_ERROR,
                        "a stray fragment does not verify");
}

static void later_fragment(struct assoc *a, const struct pdu_in *pdu,
                           const struct pdu_request *request, const uint8_t *stub, size_t len)
{
    struct assoc_partial *partial = &a->partial;

    gather(a, request, stub, len);
    if (a->state == ASSOC_STATE_CLOSED || !(pdu->header.flags & PDU_LAST_FRAG))
        return;
    partial_end(partial);
    if (!partial->discard)
        complete(a, &partial->header, &partial->request, partial->slot, partial->body.data,
                 partial->body.len);
}

static bool belongs(const struct assoc *a, const struct pdu_in *pdu)
{
    return a->partial.active && a->partial.header.call_id == pdu->header.call_id;
}

static void more(struct assoc *a, const struct pdu_in *pdu, const struct pdu_request *request,
                 const struct pdu_trailer *trailer)
{
    const struct assoc_partial *partial = &a->partial;
    uint8_t *stub = NULL;
    size_t len = 0;

    if (!belongs(a, pdu)) {
        stray_fragment(a, pdu, request, trailer);
        return;
    }
    if (pdu->header.big_endian != partial->header.big_endian) {
        fault_and_close(a, pdu->header.call_id, partial->request.context_id,
                        PDU_FAULT_PROTO_ERROR, "the byte order changed inside a call");
        return;
    }
    if (open_fragment(partial->slot, pdu, trailer, request->body_offset, &stub, &len) !=
        RPCSEC_OK) {
        fault_and_close(a, pdu->header.call_id, partial->request.context_id,
                        PDU_FAULT_SEC_PKG_ERROR, "a fragment does not verify");
        return;
    }
    later_fragment(a, pdu, request, stub, len);
}

/* A request before the handshake ended says that it was not executed; C706 12.6.4.7. */
static void refuse_slot(struct assoc *a, const struct pdu_in *pdu,
                        const struct pdu_request *request, uint32_t fault)
{
    const bool early = fault == PDU_FAULT_PROTO_ERROR;

    if (out_fault(a, pdu->header.call_id, early ? 0 : request->context_id, fault, early) !=
        RPCSEC_OK)
        return;
    assoc_note_wire(a, fault);
    assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
               "the client's request does not name a finished security context");
}

static void first(struct assoc *a, const struct pdu_in *pdu, const struct pdu_request *request,
                  const struct pdu_trailer *trailer)
{
    const struct assoc_slot *slot = NULL;
    uint32_t fault = choose_slot(a, trailer, &slot);
    uint8_t *stub = NULL;
    size_t len = 0;

    if (fault) {
        refuse_slot(a, pdu, request, fault);
        return;
    }
    if (open_fragment(slot, pdu, trailer, request->body_offset, &stub, &len) != RPCSEC_OK) {
        fault_and_close(a, pdu->header.call_id, request->context_id, PDU_FAULT_SEC_PKG_ERROR,
                        "the request does not verify");
        return;
    }
    if (!collides(a, pdu))
        first_fragment(a, pdu, request, slot, stub, len);
}

void server_request(struct assoc *a, const struct pdu_in *pdu)
{
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth = NULL;
    struct pdu_request request;

    if (pdu_request_decode(pdu->bytes, &pdu->header, &request) != RPCSEC_OK ||
        message_trailer(pdu, request.body_offset, &trailer, &auth) != RPCSEC_OK) {
        fault_and_close(a, pdu->header.call_id, 0, PDU_FAULT_PROTO_ERROR,
                        "the request is malformed");
        return;
    }
    if (pdu->header.flags & PDU_FIRST_FRAG)
        first(a, pdu, &request, auth);
    else
        more(a, pdu, &request, auth);
}

/* ---- cancel, orphaned ---- */

static void push_cancelled(struct assoc *a, uint32_t call_id, bool orphaned)
{
    const struct assoc_event event = {
        .type = ASSOC_CANCELLED,
        .cancelled = {.call_id = call_id, .orphaned = orphaned},
    };

    event_push(a, &event);
}

/* C706 9.3: asks the call to end soon; it is answered all the same. */
void server_cancel(struct assoc *a, const struct pdu_in *pdu)
{
    struct assoc_open_call *call = call_find(a, pdu->header.call_id);

    if (!call || call->orphaned)
        return;
    if (call->cancel_count < UINT8_MAX)
        call->cancel_count++;
    push_cancelled(a, call->id, false);
}

/* C706 12.6.4.8: the client waits no longer. For a request that is not complete it does
 * nothing: Windows and Samba go on with it (test: an_orphan_does_not_end_a_request_on_its_way).
 */
void server_orphaned(struct assoc *a, const struct pdu_in *pdu)
{
    struct assoc_open_call *call = call_find(a, pdu->header.call_id);

    if (!call || call->orphaned)
        return;
    call->orphaned = true;
    push_cancelled(a, call->id, true);
}

/* ---- answers ---- */

rpcsec_status assoc_reply_shape(const struct assoc *a, uint32_t call_id,
                                struct writer_shape *ret_shape)
{
    const struct assoc_open_call *call = call_find(a, call_id);

    if (!a->params.server)
        return RPCSEC_INVALID_STATE;
    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    if (!call)
        return RPCSEC_NOT_FOUND;
    *ret_shape = message_shape(a, call->slot, PDU_RESPONSE_LEN,
                               (size_t)policy_limit(a->policy, RPCSEC_LIMIT_RESPONSE_BYTES));
    return RPCSEC_OK;
}

/* Finds the call that an answer is for; *ret_dropped: nobody waits for it. */
static rpcsec_status answered_call(struct assoc *a, uint32_t call_id, uint64_t now_ms,
                                   struct assoc_open_call **ret_call, bool *ret_dropped)
{
    a->now_ms = now_ms;
    if (!a->params.server)
        return RPCSEC_INVALID_STATE;
    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    *ret_call = call_find(a, call_id);
    if (!*ret_call)
        return RPCSEC_NOT_FOUND;
    *ret_dropped = (*ret_call)->orphaned || (*ret_call)->maybe;
    return RPCSEC_OK;
}

static rpcsec_status send_reply(struct assoc *a, const struct assoc_open_call *call,
                                struct writer *stub)
{
    const struct message message = {
        .type = PDU_RESPONSE,
        .call_id = call->id,
        .request = {.context_id = call->context_id & 0xFF}, /* as Windows answers */
        .cancel_count = call->cancel_count,
    };

    if (!message_has_room(a, stub))
        return assoc_fail(a, RPCSEC_LIMIT, RPCSEC_LAYER_PROTOCOL,
                          "the client does not read its answers; the connection is closed");
    return message_send(a, call->slot, &message, stub);
}

rpcsec_status assoc_reply(struct assoc *a, uint32_t call_id, struct writer *stub,
                          uint64_t now_ms)
{
    struct assoc_open_call *call = NULL;
    bool dropped = false;
    rpcsec_status status = answered_call(a, call_id, now_ms, &call, &dropped);

    if (status != RPCSEC_OK)
        return status;
    status = writer_status(stub);
    if (status != RPCSEC_OK)
        return status;
    if (!dropped)
        status = send_reply(a, call, stub);
    if (status == RPCSEC_OK)
        call_remove(a, call_find(a, call_id));
    return status;
}

rpcsec_status assoc_fault(struct assoc *a, uint32_t call_id, uint32_t fault,
                          bool did_not_execute, uint64_t now_ms)
{
    struct assoc_open_call *call = NULL;
    bool dropped = false;
    rpcsec_status status = answered_call(a, call_id, now_ms, &call, &dropped);

    if (status != RPCSEC_OK)
        return status;
    if (!dropped)
        status = out_fault(a, call_id, call->context_id, fault, did_not_execute);
    if (status == RPCSEC_OK)
        call_remove(a, call);
    return status;
}
