/* SPDX-License-Identifier: MIT
 *
 * assoc/client_bind.c: binding, the handshake and further presentation contexts as the client
 * sees them. Layer: assoc. Documents: C706 12.6.4.3-5; MS-RPCE 2.2.1.1.7, 3.3.1.5.2, 3.3.2.
 *
 * What the server answers must fit what was asked, to the letter; otherwise the connection
 * ends. Legs are never counted: the loop ends when the package is done and has no token.
 */
#include <stdio.h>

#include "assoc/engine.h"
#include "assoc/sequence.h"
#include "base/arith.h"

#define AUTH_SPNEGO 9
#define AUTH_NTLM   10
#define WHOLE       (PDU_FIRST_FRAG | PDU_LAST_FRAG)

static rpcsec_status fail(struct assoc *a, rpcsec_status status, const char *text)
{
    return assoc_fail(a, status, RPCSEC_LAYER_PROTOCOL, "%s", text);
}

/* The security context that the bind or alter under way makes; NULL: none. */
static struct assoc_slot *bind_slot(const struct assoc *a)
{
    return a->bind_slot < a->num_slots ? a->slots[a->bind_slot] : NULL;
}

/* ---- what is sent ---- */

static uint8_t bind_flags(const struct assoc *a)
{
    const bool first = a->answer.type == PDU_BIND;

    return (uint8_t)((first || a->multiplexing ? PDU_CONC_MPX : 0) |
                     (a->header_signing || a->asks_signing ? PDU_HEADER_SIGN : 0));
}

/* MS-RPCE 2.2.2.14: the features stand last, in the bind alone. */
static bool names_features(const struct assoc *a)
{
    return a->answer.type == PDU_BIND && a->params.features != 0;
}

static void describe_context(const struct assoc *a, size_t index, struct pdu_context_elem *elem)
{
    const struct assoc_context *context = &a->contexts[index];

    elem->context_id = context->id;
    elem->abstract = context->abstract;
    elem->num_transfers = 1;
    elem->transfers[0] = context->transfer;
}

/* The elements of the bind or alter under way; gives their number. */
static size_t describe_contexts(const struct assoc *a,
                                struct pdu_context_elem elems[ASSOC_MAX_TRANSFERS + 1])
{
    size_t num = a->num_bound;

    for (size_t i = 0; i < num; i++)
        describe_context(a, a->bind_context + i, &elems[i]);
    if (!names_features(a))
        return num;
    describe_context(a, a->bind_context, &elems[num]);
    elems[num].context_id = (uint16_t)a->num_contexts;
    elems[num].transfers[0] = pdu_feature_syntax(a->params.features);
    return num + 1;
}

/* A bind or alter_context for the contexts that are being bound. */
static rpcsec_status send_bind(struct assoc *a, const struct assoc_slot *slot,
                               const uint8_t *token, size_t token_len)
{
    struct pdu_context_elem elems[ASSOC_MAX_TRANSFERS + 1];
    const struct pdu_bind bind = {a->frag_len, a->frag_len, a->group_id,
                                  (uint16_t)describe_contexts(a, elems), elems};
    const struct out_control control = {a->answer.type, bind_flags(a), a->bind_call_id,
                                        slot,           token,         token_len};
    rpcsec_status status;
    struct buf pdu;
    size_t len = 0;

    out_begin(&pdu);
    pdu.big_endian = a->params.big_endian;
    pdu_bind_encode(&pdu, &bind);
    status = out_control(a, &pdu, &control, &len);
    if (status != RPCSEC_OK)
        return status;
    a->bind_sent = true;
    event_leg(a, control.type, true, len, token_len, slot,
              slot && !slot->done ? "continue" : "done");
    return RPCSEC_OK;
}

/* MS-RPCE 2.2.2.10: four bytes that mean nothing, then the trailer. */
static rpcsec_status send_auth3(struct assoc *a, const struct assoc_slot *slot,
                                const uint8_t *token, size_t token_len)
{
    const struct out_control control = {PDU_AUTH3, 0, a->bind_call_id, slot, token, token_len};
    rpcsec_status status;
    struct buf pdu;
    size_t len = 0;

    out_begin(&pdu);
    buf_zeros(&pdu, 4);
    status = out_control(a, &pdu, &control, &len);
    if (status != RPCSEC_OK)
        return status;
    event_leg(a, PDU_AUTH3, true, len, token_len, slot, "done");
    return RPCSEC_OK;
}

/* ---- the end of a bind ---- */

/* The one that the server took, else the first. */
static size_t index_bound(const struct assoc *a)
{
    for (size_t i = 0; i < a->num_bound; i++) {
        if (a->contexts[a->bind_context + i].accepted)
            return i;
    }
    return 0;
}

static void push_bound(struct assoc *a)
{
    const size_t index = index_bound(a);
    const struct assoc_context *context = &a->contexts[a->bind_context + index];
    const struct assoc_event event = {
        .type = ASSOC_BOUND,
        .bound =
            {
                .context_id = context->id,
                .accepted = context->accepted,
                .result = context->result,
                .reason = context->reason,
                .ndr64 = context->ndr64,
            },
    };

    event_push(a, &event);
}

static void push_secured(struct assoc *a, rpcsec_status status)
{
    const struct assoc_event event = {
        .type = ASSOC_SECURED,
        .secured = {(uint32_t)a->bind_slot, status},
    };

    event_push(a, &event);
}

/* What was under way is complete. */
static void finish(struct assoc *a)
{
    assoc_set_state(a, ASSOC_STATE_OPEN);
    a->opened = true;
    if (a->securing)
        push_secured(a, RPCSEC_OK);
    else
        push_bound(a);
    a->securing = false;
}

/* ---- intents ---- */

static rpcsec_status next_call_id(struct assoc *a, uint32_t *ret_id)
{
    return sequence_next(&a->next_call_id, ret_id) ? RPCSEC_OK : RPCSEC_LIMIT;
}

static rpcsec_status add_contexts(struct assoc *a, const struct rpcsec_syntax *interface,
                                  const struct rpcsec_syntax *transfers, size_t num)
{
    const size_t first = a->num_contexts;
    rpcsec_status status = RPCSEC_OK;

    for (size_t i = 0; i < num && status == RPCSEC_OK; i++) {
        const struct assoc_context context = {
            .id = (uint16_t)a->num_contexts,
            .ndr64 = syntax_equal(&transfers[i], &syntax_ndr64),
            .abstract = *interface,
            .transfer = transfers[i],
        };

        status = context_add(a, &context);
    }
    if (status != RPCSEC_OK) {
        a->num_contexts = first;
        return status;
    }
    a->bind_context = first;
    a->num_bound = num;
    return RPCSEC_OK;
}

/* The first step of the handshake comes before the bind. The ids of security contexts are ours
 * to choose: MS-RPCE 2.2.2.11. */
static rpcsec_status begin_handshake(struct assoc *a, uint8_t auth_type,
                                     enum rpcsec_level level)
{
    const bool first = !slot_any_protects(a);
    size_t index = 0;
    rpcsec_status status = slot_add(a, auth_type, level, (uint32_t)a->num_slots + 1, &index);

    if (status != RPCSEC_OK)
        return status;
    /* MS-RPCE 3.3.1.5.2.2: asked for by the first that protects messages, in the bind or, where
     * the bind's own context does not, in an alter_context. */
    a->asks_signing =
        first && level >= RPCSEC_LEVEL_PACKET && a->policy->header_signing != RPCSEC_OFF;
    a->bind_slot = index;
    event_need_token(a, index, NULL, 0);
    return RPCSEC_OK;
}

static rpcsec_status begin_bind(struct assoc *a)
{
    rpcsec_status status;

    a->answer.type = PDU_BIND;
    if (a->params.level != RPCSEC_LEVEL_NONE)
        return begin_handshake(a, a->params.auth_type, a->params.level);
    a->bind_slot = SIZE_MAX;
    status = send_bind(a, NULL, NULL, 0);
    if (status == RPCSEC_OK)
        assoc_set_state(a, ASSOC_STATE_BINDING);
    return status;
}

static rpcsec_status begin_alter(struct assoc *a)
{
    rpcsec_status status;

    a->answer.type = PDU_ALTER_CONTEXT;
    a->bind_slot = SIZE_MAX;
    status = send_bind(a, NULL, NULL, 0);
    if (status == RPCSEC_OK)
        assoc_set_state(a, ASSOC_STATE_ALTERING);
    return status;
}

static void start_clock(struct assoc *a)
{
    a->handshake_deadline_ms =
        arith_later(a->now_ms, policy_limit(a->policy, RPCSEC_LIMIT_HANDSHAKE_MS));
}

static rpcsec_status can_bind(const struct assoc *a)
{
    if (a->state == ASSOC_STATE_CLOSED)
        return RPCSEC_CLOSED;
    if (a->params.server || (a->state != ASSOC_STATE_START && a->state != ASSOC_STATE_OPEN))
        return RPCSEC_INVALID_STATE;
    return RPCSEC_OK;
}

rpcsec_status assoc_bind(struct assoc *a, const struct rpcsec_syntax *interface,
                         const struct rpcsec_syntax *transfers, size_t num_transfers,
                         uint16_t *ret_context_id, uint64_t now_ms)
{
    rpcsec_status status = can_bind(a);

    if (status != RPCSEC_OK)
        return status;
    if (num_transfers == 0 || num_transfers > ASSOC_MAX_TRANSFERS)
        return RPCSEC_INVALID_ARGUMENT;
    a->now_ms = now_ms;
    status = next_call_id(a, &a->bind_call_id);
    if (status == RPCSEC_OK)
        status = add_contexts(a, interface, transfers, num_transfers);
    if (status != RPCSEC_OK)
        return status;
    start_clock(a);
    status = a->state == ASSOC_STATE_START ? begin_bind(a) : begin_alter(a);
    if (status == RPCSEC_OK)
        *ret_context_id = a->contexts[a->bind_context].id;
    return status;
}

/* MS-RPCE 3.3.1.5.4: several security contexts only where the server agreed. The first one of a
 * connection that was bound without needs no agreement. */
bool assoc_can_secure(const struct assoc *a)
{
    return a->num_slots == 0 || a->security_multiplexing;
}

rpcsec_status assoc_secure(struct assoc *a, uint8_t auth_type, enum rpcsec_level level,
                           uint32_t *ret_sec_id, uint64_t now_ms)
{
    rpcsec_status status = can_bind(a);

    if (status != RPCSEC_OK)
        return status;
    if (a->state != ASSOC_STATE_OPEN)
        return RPCSEC_INVALID_STATE;
    if (!assoc_can_secure(a))
        return RPCSEC_UNSUPPORTED;
    a->now_ms = now_ms;
    status = next_call_id(a, &a->bind_call_id);
    if (status == RPCSEC_OK)
        status = begin_handshake(a, auth_type, level);
    if (status != RPCSEC_OK)
        return status;
    a->securing = true;
    a->answer.type = PDU_ALTER_CONTEXT;
    /* An alter_context names a context again that was accepted. */
    a->bind_context += index_bound(a);
    a->num_bound = 1;
    start_clock(a);
    *ret_sec_id = (uint32_t)a->bind_slot;
    return RPCSEC_OK;
}

/* ---- a step was taken ---- */

static rpcsec_status step_failed(struct assoc *a, const struct assoc_token *result)
{
    assoc_note_step(a, result->error, a->num_legs + 1);
    return assoc_fail(a, result->status, RPCSEC_LAYER_SECURITY,
                      "the handshake failed before leg %u: %s", a->num_legs + 1,
                      rpcsec_status_text(result->status));
}

/* MS-RPCE 2.2.1.1.7: Kerberos' third leg in alter_context, which gives a verdict back, or in
 * auth3. SPNEGO has an even number of legs: auth3 would be fatal. NTLM has three, and servers
 * await the last in auth3. */
static bool uses_auth3(const struct assoc *a, const struct assoc_slot *slot)
{
    if (slot->sec.auth_type == AUTH_NTLM)
        return slot->done;
    return slot->done && a->policy->third_leg == RPCSEC_THIRD_LEG_AUTH3 && !a->opened &&
           slot->sec.auth_type != AUTH_SPNEGO;
}

static rpcsec_status send_leg(struct assoc *a, struct assoc_slot *slot,
                              const struct assoc_token *result)
{
    const bool first = !a->bind_sent;
    rpcsec_status status;

    if (!first && uses_auth3(a, slot)) {
        status = send_auth3(a, slot, result->token, result->token_len);
        if (status == RPCSEC_OK)
            finish(a);
        return status;
    }
    a->answer.type = first ? PDU_BIND : PDU_ALTER_CONTEXT;
    status = send_bind(a, slot, result->token, result->token_len);
    if (status == RPCSEC_OK)
        assoc_set_state(a, first       ? ASSOC_STATE_BINDING
                           : a->opened ? ASSOC_STATE_ALTERING
                                       : ASSOC_STATE_LEG);
    return status;
}

/* The server knows nothing of it yet: the connection lives. */
static bool is_unknown_to_server(const struct assoc *a, const struct assoc_slot *slot)
{
    return a->securing && !slot->begun;
}

static void give_up_securing(struct assoc *a, rpcsec_status status)
{
    slot_drop_last(a);
    a->securing = false;
    assoc_set_state(a, ASSOC_STATE_OPEN);
    push_secured(a, status);
}

rpcsec_status client_token(struct assoc *a, struct assoc_slot *slot,
                           const struct assoc_token *result)
{
    if (result->status != RPCSEC_OK) {
        if (is_unknown_to_server(a, slot))
            give_up_securing(a, result->status);
        else
            (void)step_failed(a, result);
        return RPCSEC_OK;
    }
    slot_step_done(slot, result->done);
    slot->begun = true;
    if (result->token_len != 0)
        return send_leg(a, slot, result);
    if (!result->done) {
        (void)fail(a, RPCSEC_SECURITY_FAILURE,
                   "the security package is not done and has nothing to send");
        return RPCSEC_OK;
    }
    finish(a);
    return RPCSEC_OK;
}

/* ---- what the server answers ---- */

static rpcsec_status take_result(struct assoc *a, struct assoc_context *context,
                                 const struct pdu_context_result *result)
{
    if (result->result == PDU_RESULT_ACCEPTANCE &&
        !syntax_equal(&result->transfer, &context->transfer))
        return fail(a, RPCSEC_PROTOCOL_ERROR,
                    "the server chose a transfer syntax that was not offered");
    context->accepted = result->result == PDU_RESULT_ACCEPTANCE;
    context->result = result->result;
    context->reason = result->reason;
    return RPCSEC_OK;
}

/* MS-RPCE 3.3.1.5.3: a server that knows no features rejects them; what it grants beyond what
 * was asked is nothing. */
static void take_features(struct assoc *a, const struct pdu_context_result *result)
{
    const uint16_t granted =
        result->result == PDU_RESULT_NEGOTIATE_ACK ? result->reason & a->params.features : 0;

    a->security_multiplexing = (granted & PDU_FEATURE_SECURITY_CONTEXTS) != 0;
}

/* The answer's presentation results, one for each that was asked for. */
static rpcsec_status take_results(struct assoc *a, const struct pdu_bind_ack *ack,
                                  const struct pdu_context_result *results)
{
    rpcsec_status status = RPCSEC_OK;

    if (ack->num_results != a->num_bound + names_features(a))
        return fail(a, RPCSEC_PROTOCOL_ERROR,
                    "the server did not answer each presentation context that was offered");
    for (size_t i = 0; i < a->num_bound && status == RPCSEC_OK; i++)
        status = take_result(a, &a->contexts[a->bind_context + i], &results[i]);
    if (names_features(a))
        take_features(a, &results[a->num_bound]);
    return status;
}

/* Decodes bind_ack or alter_context_resp and its trailer; *ret_auth is NULL without one. */
static rpcsec_status decode_ack(struct assoc *a, const struct pdu_in *pdu,
                                struct pdu_bind_ack *ack, struct pdu_trailer *trailer,
                                const struct pdu_trailer **ret_auth)
{
    struct pdu_context_result results[LIMIT_CONTEXT_ELEMS];

    if ((pdu->header.flags & WHOLE) != WHOLE || pdu->header.call_id != a->bind_call_id)
        return fail(a, RPCSEC_PROTOCOL_ERROR, "the server's answer is not for our bind");
    if (pdu_bind_ack_decode(pdu->bytes, &pdu->header, results, LIMIT_CONTEXT_ELEMS, ack) !=
            RPCSEC_OK ||
        message_trailer(pdu, PDU_HEADER_LEN, trailer, ret_auth) != RPCSEC_OK)
        return fail(a, RPCSEC_PROTOCOL_ERROR, "the server's answer to the bind is malformed");
    return take_results(a, ack, results);
}

/* C706 12.6.3.1: every implementation takes and sends 1432 bytes. */
static rpcsec_status take_sizes(struct assoc *a, const struct pdu_bind_ack *ack)
{
    if (ack->max_xmit < LIMIT_MUST_RECV_LEN || ack->max_recv < LIMIT_MUST_RECV_LEN)
        return fail(a, RPCSEC_PROTOCOL_ERROR, "the server wants fragments that are too small");
    if (ack->max_recv < a->frag_len)
        a->frag_len = (uint16_t)(ack->max_recv & 0xFFF8);
    if (a->group_id != 0 && ack->group_id != a->group_id)
        return fail(a, RPCSEC_PROTOCOL_ERROR,
                    "the server put the connection into another association group");
    a->group_id = ack->group_id;
    return RPCSEC_OK;
}

/* MS-RPCE 3.3.1.5.2.2: a server that clears the bit signs no headers. Once it is on it stays,
 * for all security contexts. */
static rpcsec_status take_header_signing(struct assoc *a, uint8_t flags)
{
    if (!a->asks_signing)
        return RPCSEC_OK;
    a->asks_signing = false;
    slot_set_header_signing(a, (flags & PDU_HEADER_SIGN) != 0);
    if (a->header_signing || a->policy->header_signing != RPCSEC_REQUIRED)
        return RPCSEC_OK;
    return assoc_fail(a, RPCSEC_POLICY_REFUSED, RPCSEC_LAYER_POLICY,
                      "the server does not sign headers, or somebody cleared the bit; policy "
                      "requires it (see rpcsec_policy_set_header_signing)");
}

/* What the server's auth trailer must be like, whose slot may be NULL. */
static rpcsec_status check_auth(struct assoc *a, const struct assoc_slot *slot,
                                const struct pdu_trailer *auth)
{
    if (!auth)
        return RPCSEC_OK;
    if (!slot || !slot_matches(slot, auth))
        return fail(a, RPCSEC_PROTOCOL_ERROR,
                    "the server answered with another authentication type, level or context");
    return RPCSEC_OK;
}

static const char *leg_result(const struct assoc_slot *slot, const struct pdu_trailer *auth)
{
    return slot && auth && !slot->done ? "continue" : "done";
}

/* Goes on with the server's token, or ends the handshake. */
static void next_leg(struct assoc *a, struct assoc_slot *slot, const struct pdu_trailer *auth)
{
    const size_t len = auth ? auth->token_len : 0;

    if (slot && !slot->done && len == 0)
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server ended the handshake before it was complete");
    else if (slot && slot->done && len != 0 &&
             !sspi_ctx_is_last_word(slot->sec.ctx, auth->token, len))
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server sent a token after the handshake's end");
    else if (len != 0 && !slot->done)
        event_need_token(a, a->bind_slot, auth->token, len);
    else
        finish(a);
}

void client_bind_ack(struct assoc *a, const struct pdu_in *pdu)
{
    struct assoc_slot *slot = bind_slot(a);
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth = NULL;
    struct pdu_bind_ack ack;

    if (decode_ack(a, pdu, &ack, &trailer, &auth) != RPCSEC_OK ||
        take_sizes(a, &ack) != RPCSEC_OK ||
        take_header_signing(a, pdu->header.flags) != RPCSEC_OK ||
        check_auth(a, slot, auth) != RPCSEC_OK)
        return;
    a->multiplexing = (pdu->header.flags & PDU_CONC_MPX) != 0;
    event_leg(a, PDU_BIND_ACK, false, pdu->header.frag_len, auth ? auth->token_len : 0, slot,
              leg_result(slot, auth));
    next_leg(a, slot, auth);
}

void client_alter_resp(struct assoc *a, const struct pdu_in *pdu)
{
    struct assoc_slot *slot = bind_slot(a);
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth = NULL;
    struct pdu_bind_ack ack;

    if (decode_ack(a, pdu, &ack, &trailer, &auth) != RPCSEC_OK ||
        (a->securing && take_header_signing(a, pdu->header.flags) != RPCSEC_OK) ||
        check_auth(a, slot, auth) != RPCSEC_OK)
        return;
    event_leg(a, PDU_ALTER_CONTEXT_RESP, false, pdu->header.frag_len,
              auth ? auth->token_len : 0, slot, leg_result(slot, auth));
    next_leg(a, slot, auth);
}

/* ---- refusals ---- */

/* What a reason usually means, for people; C706 12.6.4.5, MS-RPCE 2.2.2.5. */
static const char *nak_advice(uint16_t reason)
{
    switch (reason) {
    case PDU_NAK_INVALID_CHECKSUM:
        return "usually a wrong service principal, a clock that differs, or an old key in the "
               "server's keytab; or the level is not served";
    case PDU_NAK_AUTH_TYPE:
        return "the server does not take this mechanism, or takes no unauthenticated clients";
    case PDU_NAK_CONGESTION:
    case PDU_NAK_LOCAL_LIMIT:
        return "the server is short of something, perhaps of a keytab that it can read";
    case PDU_NAK_VERSION:
        return "the server found the bind malformed or of another version";
    default:
        return "the server gave no reason; the authentication level may not be served";
    }
}

static void note_refusal(struct assoc *a, uint8_t pdu_type, uint32_t wire_status)
{
    struct rpcsec_error *error = assoc_error(a);

    if (!error)
        return;
    error->wire_status = wire_status;
    error->leg = a->num_legs;
    error->pdu_type = pdu_type;
}

void client_bind_nak(struct assoc *a, const struct pdu_in *pdu)
{
    uint16_t reason = 0;

    if (pdu->header.call_id != a->bind_call_id ||
        pdu_bind_nak_decode(pdu->bytes, &pdu->header, &reason) != RPCSEC_OK) {
        fail(a, RPCSEC_PROTOCOL_ERROR, "the server sent a malformed bind_nak");
        return;
    }
    event_leg(a, PDU_BIND_NAK, false, pdu->header.frag_len, 0, bind_slot(a), "rejected");
    note_refusal(a, PDU_BIND_NAK, reason);
    assoc_fail(a, RPCSEC_BIND_REJECTED, RPCSEC_LAYER_REMOTE,
               "the server rejected the bind with reason %u (%s): %s", reason,
               pdu_nak_reason_name(reason), nak_advice(reason));
}

void client_bind_fault(struct assoc *a, const struct pdu_fault *fault)
{
    event_leg(a, PDU_FAULT, false, PDU_FAULT_LEN, 0, bind_slot(a), "rejected");
    note_refusal(a, PDU_FAULT, fault->status);
    assoc_fail(a, RPCSEC_BIND_REJECTED, RPCSEC_LAYER_REMOTE,
               "the server ended the handshake with fault 0x%08x (%s) in leg %u; its log tells "
               "what it did not accept of the token",
               fault->status, pdu_fault_name(fault->status), a->num_legs);
}
