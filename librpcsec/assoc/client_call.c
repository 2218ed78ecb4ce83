/* SPDX-License-Identifier: MIT
 *
 * assoc/client_call.c: calls as the client sees them: requests out, responses and faults in.
 * Layer: assoc. Documents: C706 12.6.4.6, 12.6.4.9-10, 9.3; MS-RPCE 3.3.2.
 *
 * A response fragment is verified in the order of arrival and before its call is looked up, or
 * the security context would fall out of step.
 */
#include "assoc/engine.h"
#include "assoc/sequence.h"

/* The security context of a request; NULL: none. False: there is no such one, or it is not
 * complete. */
static bool find_slot(const struct assoc *a, uint32_t sec_id,
                      const struct assoc_slot **ret_slot)
{
    const struct assoc_slot *slot = sec_id < a->num_slots ? a->slots[sec_id] : NULL;

    *ret_slot = slot;
    if (slot)
        return slot->done;
    return sec_id == ASSOC_NO_SECURITY || a->num_slots + sec_id == 0;
}

static const struct sec_context *security(const struct assoc_slot *slot)
{
    return slot ? &slot->sec : NULL;
}

static bool is_bound(const struct assoc *a)
{
    return !a->params.server &&
           (a->state == ASSOC_STATE_OPEN || a->state == ASSOC_STATE_ALTERING);
}

bool assoc_can_call(const struct assoc *a)
{
    return is_bound(a) && !calls_full(a) && a->next_call_id <= MAX_CALL_ID;
}

enum rpcsec_outcome assoc_call_outcome(const struct assoc *a, uint32_t call_id)
{
    const struct assoc_open_call *call = call_find(a, call_id);

    return call && !call->sent ? RPCSEC_OUTCOME_NOT_RUN : RPCSEC_OUTCOME_UNKNOWN;
}

rpcsec_status assoc_request_shape(const struct assoc *a, uint32_t sec_id, bool has_object,
                                  struct writer_shape *ret_shape)
{
    const struct assoc_slot *slot;

    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    if (!is_bound(a) || !find_slot(a, sec_id, &slot))
        return RPCSEC_INVALID_STATE;
    *ret_shape = message_shape(a, slot, has_object ? PDU_REQUEST_OBJECT_LEN : PDU_REQUEST_LEN,
                               (size_t)policy_limit(a->policy, RPCSEC_LIMIT_REQUEST_BYTES));
    return RPCSEC_OK;
}

/* ---- requests ---- */

static void describe(struct message *message, const struct assoc_request *request,
                     uint32_t call_id)
{
    *message = (struct message){
        .type = PDU_REQUEST,
        .flags = request->maybe ? PDU_MAYBE : 0,
        .call_id = call_id,
        .request = {.context_id = request->context_id, .opnum = request->opnum},
    };
    if (!request->object)
        return;
    message->flags |= PDU_OBJECT_UUID;
    message->request.has_object = true;
    message->request.object = *request->object;
}

static rpcsec_status check_call(const struct assoc *a, const struct assoc_request *request,
                                const struct writer *stub, const struct assoc_slot **ret_slot)
{
    const struct assoc_context *context = context_find(a, request->context_id);
    const size_t head_len = request->object ? PDU_REQUEST_OBJECT_LEN : PDU_REQUEST_LEN;

    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    if (!assoc_can_call(a) || !find_slot(a, request->sec_id, ret_slot))
        return RPCSEC_INVALID_STATE;
    if (!context || !context->accepted)
        return RPCSEC_NOT_FOUND;
    if (stub->shape.head_len != head_len)
        return RPCSEC_INVALID_ARGUMENT;
    if (writer_status(stub) == RPCSEC_OK && !message_has_room(a, stub))
        return RPCSEC_LIMIT;
    return writer_status(stub);
}

/* Registers the call before its bytes can leave. */
static rpcsec_status send_request(struct assoc *a, const struct assoc_slot *slot,
                                  const struct message *message, struct writer *stub,
                                  bool maybe)
{
    struct assoc_open_call *call;
    rpcsec_status status = call_add(a, message->call_id, &call);

    if (status != RPCSEC_OK)
        return status;
    call->context_id = message->request.context_id;
    call->maybe = maybe;
    call->slot = slot;
    if (sec_protects(security(slot)))
        verify_append(a, message, stub);
    status = message_send(a, slot, message, stub);
    if (status != RPCSEC_OK || maybe)
        call_remove(a, call_find(a, message->call_id));
    return status;
}

rpcsec_status assoc_call(struct assoc *a, const struct assoc_request *request,
                         struct writer *stub, uint32_t *ret_call_id, uint64_t now_ms)
{
    const struct assoc_slot *slot = NULL;
    struct message message;
    rpcsec_status status = check_call(a, request, stub, &slot);

    if (status != RPCSEC_OK)
        return status;
    a->now_ms = now_ms;
    describe(&message, request, a->next_call_id);
    status = send_request(a, slot, &message, stub, request->maybe);
    if (status != RPCSEC_OK)
        return status;
    if (sec_protects(security(slot)))
        verify_sent(a, &message);
    a->next_call_id++;
    *ret_call_id = message.call_id;
    return RPCSEC_OK;
}

rpcsec_status assoc_cancel(struct assoc *a, uint32_t call_id, bool orphan)
{
    const struct out_control control = {
        .type = orphan ? PDU_ORPHANED : PDU_CO_CANCEL,
        .call_id = call_id,
    };
    struct assoc_open_call *call = call_find(a, call_id);
    rpcsec_status status;
    struct buf pdu;

    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    if (a->params.server)
        return RPCSEC_INVALID_STATE;
    if (!call || call->orphaned)
        return RPCSEC_NOT_FOUND;
    out_begin(&pdu);
    status = out_control(a, &pdu, &control, NULL);
    if (status != RPCSEC_OK)
        return status;
    call->orphaned = orphan;
    return RPCSEC_OK;
}

/* ---- responses ---- */

static void fail(struct assoc *a, rpcsec_status status, const char *why)
{
    if (assoc_error(a))
        a->error->outcome = RPCSEC_OUTCOME_UNKNOWN;
    assoc_fail(a, status, RPCSEC_LAYER_PROTOCOL,
               "%s; the connection is closed and its open calls may have run", why);
}

/* Whose answer this is; without one, any connection's only security context will do to refuse
 * what is not protected. */
static const struct assoc_slot *expected_slot(const struct assoc *a, const struct pdu_in *pdu)
{
    const struct assoc_open_call *call = call_find(a, pdu->header.call_id);

    if (call)
        return call->slot;
    return a->num_slots ? a->slots[0] : NULL;
}

/* Opens a response, or a fault that claims to be protected. It is opened by the security
 * context that its trailer names, to keep that one in step, and must be the call's own. */
static rpcsec_status open_answer(struct assoc *a, const struct pdu_in *pdu,
                                 const struct pdu_trailer *auth, size_t body_offset,
                                 uint8_t **ret_stub, size_t *ret_len)
{
    const struct assoc_slot *expected = expected_slot(a, pdu);

    if (auth && (!expected || !slot_matches(expected, auth)))
        return RPCSEC_PROTOCOL_ERROR;
    return sec_open(security(expected), pdu->bytes, &pdu->header, auth, body_offset, ret_stub,
                    ret_len);
}

static const char *wrong_order(const struct pdu_in *pdu, const struct assoc_open_call *call)
{
    const bool first = (pdu->header.flags & PDU_FIRST_FRAG) != 0;

    if (!call)
        return "the server answered a call that was not made";
    if (!call->sent)
        return "the server answered a request before it was sent";
    if (first == call->started)
        return "the server sent fragments of a response in the wrong order";
    if (!first && pdu->header.big_endian != call->big_endian)
        return "the server changed the byte order inside a response";
    return NULL;
}

static void push_reply(struct assoc *a, const struct pdu_header *header, const uint8_t *stub,
                       size_t len)
{
    const struct assoc_event event = {
        .type = ASSOC_REPLY,
        .reply = {header->call_id, header->big_endian, stub, len},
    };

    event_push(a, &event);
}

/* One fragment of several. The whole is kept until the event was taken. */
static void gather(struct assoc *a, const struct pdu_in *pdu, struct assoc_open_call *call,
                   const uint8_t *stub, size_t len)
{
    if (!call->orphaned)
        buf_bytes(&call->body, stub, len);
    if (buf_status(&call->body) != RPCSEC_OK) {
        fail(a, buf_status(&call->body), "a response is longer than policy allows");
        return;
    }
    if (!(pdu->header.flags & PDU_LAST_FRAG))
        return;
    buf_done(&a->delivered);
    a->delivered = call->body;
    buf_init(&call->body, 0);
    if (!call->orphaned)
        push_reply(a, &pdu->header, a->delivered.data, a->delivered.len);
    call_remove(a, call);
}

static void take_response(struct assoc *a, const struct pdu_in *pdu, const uint8_t *stub,
                          size_t len)
{
    struct assoc_open_call *call = call_find(a, pdu->header.call_id);
    const char *wrong = wrong_order(pdu, call);

    if (wrong) {
        fail(a, RPCSEC_PROTOCOL_ERROR, wrong);
        return;
    }
    if (call->started || !(pdu->header.flags & PDU_LAST_FRAG)) {
        call->started = true;
        call->big_endian = pdu->header.big_endian;
        gather(a, pdu, call, stub, len);
        return;
    }
    if (len > policy_limit(a->policy, RPCSEC_LIMIT_RESPONSE_BYTES)) {
        fail(a, RPCSEC_LIMIT, "a response is longer than policy allows");
        return;
    }
    if (!call->orphaned)
        push_reply(a, &pdu->header, stub, len);
    call_remove(a, call);
}

void client_response(struct assoc *a, const struct pdu_in *pdu)
{
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth = NULL;
    struct pdu_response response;
    uint8_t *stub = NULL;
    size_t len = 0;
    rpcsec_status status;

    if (pdu_response_decode(pdu->bytes, &pdu->header, &response) != RPCSEC_OK ||
        message_trailer(pdu, PDU_RESPONSE_LEN, &trailer, &auth) != RPCSEC_OK) {
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server sent a malformed response");
        return;
    }
    status = open_answer(a, pdu, auth, PDU_RESPONSE_LEN, &stub, &len);
    if (status != RPCSEC_OK) {
        fail(a, status,
             "a response does not verify: it was altered, or the server did not "
             "protect it as agreed");
        return;
    }
    take_response(a, pdu, stub, len);
}

/* ---- faults ---- */

static void push_fault(struct assoc *a, const struct pdu_in *pdu, const struct pdu_fault *fault,
                       bool authenticated)
{
    struct assoc_open_call *call = call_find(a, pdu->header.call_id);
    const struct assoc_event event = {
        .type = ASSOC_FAULT,
        .fault =
            {
                .call_id = pdu->header.call_id,
                .status = fault->status,
                .did_not_execute = (pdu->header.flags & PDU_DID_NOT_EXECUTE) != 0,
                .authenticated = authenticated,
            },
    };

    if (!call) {
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server sent a fault for a call that was not made");
        return;
    }
    if (!call->orphaned)
        event_push(a, &event);
    call_remove(a, call);
}

/* A fault that carries a token must verify; one without is hearsay (MS-RPCE 2.2.2.9). */
static rpcsec_status verify_fault(struct assoc *a, const struct pdu_in *pdu,
                                  const struct pdu_trailer *auth, bool *ret_authenticated)
{
    uint8_t *stub = NULL;
    size_t len = 0;

    *ret_authenticated = auth && sec_protects(security(expected_slot(a, pdu)));
    if (!*ret_authenticated)
        return RPCSEC_OK;
    return open_answer(a, pdu, auth, PDU_FAULT_LEN, &stub, &len);
}

void client_fault(struct assoc *a, const struct pdu_in *pdu)
{
    const bool binding = a->state != ASSOC_STATE_OPEN;
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth = NULL;
    struct pdu_fault fault;
    bool authenticated = false;

    if (pdu_fault_decode(pdu->bytes, &pdu->header, &fault) != RPCSEC_OK ||
        message_trailer(pdu, PDU_FAULT_LEN, &trailer, &auth) != RPCSEC_OK) {
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server sent a malformed fault");
        return;
    }
    if (binding && pdu->header.call_id == a->bind_call_id) {
        client_bind_fault(a, &fault);
        return;
    }
    if (verify_fault(a, pdu, auth, &authenticated) != RPCSEC_OK) {
        fail(a, RPCSEC_BAD_SIGNATURE, "a fault does not verify");
        return;
    }
    push_fault(a, pdu, &fault, authenticated);
}

/* C706 12.6.4.11: the server wants the connection to end. */
void client_shutdown(struct assoc *a, const struct pdu_in *pdu)
{
    (void)pdu;
    if (a->num_calls == 0)
        assoc_close(a);
}
