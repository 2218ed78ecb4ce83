/* SPDX-License-Identifier: MIT
 *
 * assoc/server_bind.c: bind, alter_context and auth3 as the server sees them, and their
 * answers. Layer: assoc. Documents: C706 12.6.4.3-5; MS-RPCE 2.2.2.10, 3.3.1.5.2, 3.3.3.5.5.
 *
 * Whatever is refused closes the connection. Nothing is dispatched before the handshake of the
 * context that protects it is done.
 */
#include <stdio.h>

#include "assoc/engine.h"

#define BIND_FIXED_LEN 8 /* of a bind's body, before the list of presentation contexts */

static void nak(struct assoc *a, uint32_t call_id, uint16_t reason, const char *why)
{
    const struct out_control control = {.type = PDU_BIND_NAK, .call_id = call_id};
    struct buf pdu;
    size_t len = 0;

    out_begin(&pdu);
    pdu_bind_nak_encode(&pdu, reason);
    if (out_control(a, &pdu, &control, &len) != RPCSEC_OK)
        return;
    event_leg(a, PDU_BIND_NAK, true, len, 0, NULL, "rejected");
    assoc_note_wire(a, reason);
    assoc_fail(a, RPCSEC_BIND_REJECTED, RPCSEC_LAYER_PROTOCOL,
               "the client's bind was refused with bind_nak %u: %s", reason, why);
}

static void fault_and_close(struct assoc *a, uint32_t call_id, uint16_t context_id,
                            uint32_t fault, bool did_not_execute, const char *why)
{
    if (out_fault(a, call_id, context_id, fault, did_not_execute) != RPCSEC_OK)
        return;
    assoc_note_wire(a, fault);
    assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
               "the client's PDU was refused with fault 0x%08x: %s", fault, why);
}

void server_refuse(struct assoc *a, uint8_t type, uint32_t call_id, const char *why)
{
    char text[128];

    (void)snprintf(text, sizeof(text), "%s in state %s: %s", pdu_type_name(type),
                   assoc_state_name(a->state), why);
    /* Before a bind there is no other answer, whatever came. */
    if (a->state == ASSOC_STATE_START) {
        nak(a, call_id, PDU_NAK_VERSION, text);
        return;
    }
    switch (type) {
    case PDU_BIND:
        nak(a, call_id, PDU_NAK_NOT_SPECIFIED, text);
        return;
    case PDU_REQUEST:
    case PDU_ALTER_CONTEXT:
    case PDU_AUTH3:
        fault_and_close(a, call_id, 0, PDU_FAULT_PROTO_ERROR, type != PDU_REQUEST, text);
        return;
    default:
        assoc_fail(a, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL, "the client sent %s", text);
    }
}

/* ---- what a bind or alter_context says ---- */

/* A bind's or alter's parts, in memory that lives as long as the handler. */
struct offer {
    struct pdu_bind bind;
    struct pdu_context_elem *elems;
    struct pdu_trailer trailer;
    const struct pdu_trailer *auth; /* NULL: none */
};

static void offer_done(struct offer *offer)
{
    mem_free(offer->elems);
}

static rpcsec_status offer_decode(const struct pdu_in *pdu, struct offer *offer)
{
    offer->elems = mem_array(LIMIT_CONTEXT_ELEMS, sizeof(*offer->elems));
    if (!offer->elems)
        return RPCSEC_NO_MEMORY;
    return pdu_bind_decode(pdu->bytes, &pdu->header, offer->elems, LIMIT_CONTEXT_ELEMS,
                           &offer->bind);
}

static void note_asked(struct assoc *a, const struct pdu_bind *bind)
{
    if (!bind->num_contexts)
        return;
    a->asked = bind->contexts[0].abstract;
    a->has_asked = true;
}

const struct rpcsec_syntax *assoc_asked_interface(const struct assoc *a)
{
    return a->has_asked ? &a->asked : NULL;
}

static rpcsec_status offer_decode_auth(const struct pdu_in *pdu, struct offer *offer)
{
    return message_trailer(pdu, PDU_HEADER_LEN, &offer->trailer, &offer->auth);
}

/* MS-RPCE 3.3.1.5.1: the least of what the client named, as Windows clamps it; both directions
 * get it. C706 12.6.3.1: a multiple of 8. */
static void negotiate_fragments(struct assoc *a, const struct pdu_bind *bind)
{
    size_t most = (size_t)policy_limit(a->policy, RPCSEC_LIMIT_FRAGMENT_BYTES);
    size_t least = most < LIMIT_MIN_FRAG_LEN ? most : LIMIT_MIN_FRAG_LEN;
    size_t len = bind->max_xmit < bind->max_recv ? bind->max_xmit : bind->max_recv;

    if (len > most)
        len = most;
    if (len < least)
        len = least;
    a->frag_len = (uint16_t)(len & 0xFFF8);
}

static bool takes_auth_type(const struct assoc *a, uint8_t type)
{
    for (size_t i = 0; i < sizeof(a->params.auth_types); i++) {
        if (a->params.auth_types[i] == type && type != 0)
            return true;
    }
    return false;
}

/* ---- bind ---- */

static bool join_group(struct assoc *a, uint32_t group_id)
{
    bool known = group_id == 0 || group_id == a->params.group_id;

    if (!known && a->params.join_group)
        known = a->params.join_group(a->params.join_group_arg, group_id);
    a->group_id = group_id ? group_id : a->params.group_id;
    return known;
}

/* MS-RPCE 2.2.2.11: padding is 0 here. What is said of it is let be as long as it could be
 * true: no more than the list of presentation contexts. DEVIATION: later versions of Windows
 * refuse all of it (test padding_of_a_bind_is_let_be). */
static bool has_bad_padding(const struct pdu_trailer *auth)
{
    return auth->pad_len > auth->offset - (PDU_HEADER_LEN + BIND_FIXED_LEN);
}

/* The reason to refuse what a first bind asks of security; -1: none. MS-RPCE 2.2.1.1.8: levels
 * are 2..6; call cannot be served. */
static int refused_auth(const struct assoc *a, const struct pdu_trailer *auth)
{
    if (!auth)
        return a->policy->anonymous || a->params.open_binds ||
                       assoc_bare_level(a) != RPCSEC_LEVEL_NONE
                   ? -1
                   : PDU_NAK_AUTH_TYPE;
    if (has_bad_padding(auth))
        return PDU_NAK_VERSION;
    if (auth->level < RPCSEC_LEVEL_CONNECT || auth->level > RPCSEC_LEVEL_PRIVACY)
        return PDU_NAK_NOT_SPECIFIED;
    if (!takes_auth_type(a, auth->type))
        return PDU_NAK_AUTH_TYPE;
    return auth->level == RPCSEC_LEVEL_CALL ? PDU_NAK_INVALID_CHECKSUM : -1;
}

static uint16_t nak_of(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_NO_MEMORY:
    case RPCSEC_NO_CREDENTIALS:
    case RPCSEC_INTERNAL:
    case RPCSEC_SYSTEM:
        return PDU_NAK_CONGESTION;
    case RPCSEC_LIMIT:
        return PDU_NAK_LOCAL_LIMIT;
    default:
        return PDU_NAK_NOT_SPECIFIED;
    }
}

/* ---- answers ---- */

static uint8_t answer_type(const struct assoc *a)
{
    return a->answer.type == PDU_BIND ? PDU_BIND_ACK : PDU_ALTER_CONTEXT_RESP;
}

/* A bit is echoed to a PDU that had it, where it was taken. */
static uint8_t answer_flags(const struct assoc *a)
{
    const uint8_t taken = (uint8_t)((a->header_signing ? PDU_HEADER_SIGN : 0) |
                                    (a->multiplexing ? PDU_CONC_MPX : 0));

    return a->answer.flags & taken;
}

static void begin_answer(struct assoc *a, const struct pdu_in *pdu)
{
    a->answer.type = pdu->header.type;
    a->answer.flags = pdu->header.flags;
    a->answer.call_id = pdu->header.call_id;
}

/* Sends bind_ack or alter_context_resp; slot is NULL where no security is set up. */
static rpcsec_status send_answer(struct assoc *a, const struct assoc_slot *slot,
                                 const uint8_t *token, size_t token_len)
{
    const struct out_control control = {answer_type(a), answer_flags(a), a->answer.call_id,
                                        slot,           token,           token_len};
    struct pdu_bind_ack ack = {
        .max_xmit = a->frag_len,
        .max_recv = a->frag_len,
        .group_id = a->group_id,
        .num_results = a->answer.num_results,
        .results = a->answer.results,
    };
    struct buf pdu;
    size_t len = 0;

    if (a->answer.type == PDU_BIND && a->params.secondary_address)
        (void)snprintf(ack.secondary_address, sizeof(ack.secondary_address), "%s",
                       a->params.secondary_address);
    out_begin(&pdu);
    pdu_bind_ack_encode(&pdu, &ack);
    mem_free(a->answer.results);
    a->answer.results = NULL;
    a->answer.num_results = 0;
    if (out_control(a, &pdu, &control, &len) != RPCSEC_OK)
        return RPCSEC_CLOSED;
    event_leg(a, control.type, true, len, token_len, slot,
              !slot || slot->done ? "done" : "continue");
    return RPCSEC_OK;
}

static void answer_without_auth(struct assoc *a)
{
    if (send_answer(a, NULL, NULL, 0) == RPCSEC_OK && a->answer.type == PDU_BIND)
        assoc_set_state(a, ASSOC_STATE_OPEN);
}

/* ---- bind ---- */

static bool signs_headers(const struct assoc *a, const struct pdu_in *pdu)
{
    return (pdu->header.flags & PDU_HEADER_SIGN) && a->policy->header_signing != RPCSEC_OFF;
}

/* The reason to refuse a bind; -1: it is taken. */
static int take_bind(struct assoc *a, const struct pdu_in *pdu, struct offer *offer,
                     size_t *ret_slot)
{
    int refused = refused_auth(a, offer->auth);
    rpcsec_status status;

    if (refused >= 0)
        return refused;
    if (!join_group(a, offer->bind.group_id))
        return PDU_NAK_NOT_SPECIFIED;
    status = contexts_negotiate(a, &offer->bind, true);
    if (status != RPCSEC_OK)
        return nak_of(status);
    negotiate_fragments(a, &offer->bind);
    a->multiplexing = (pdu->header.flags & PDU_CONC_MPX) != 0;
    slot_set_header_signing(a, signs_headers(a, pdu));
    a->bound_openly = !offer->auth;
    if (!offer->auth)
        return -1;
    status = slot_add(a, offer->auth->type, (enum rpcsec_level)offer->auth->level,
                      offer->auth->context_id, ret_slot);
    return status == RPCSEC_OK ? -1 : nak_of(status);
}

/* C706 12.6.3.1: the count stands behind the sizes and the group. */
static bool offers_nothing(const struct pdu_in *pdu)
{
    struct cur c;

    cur_init(&c, pdu->bytes, pdu->header.frag_len, pdu->header.big_endian);
    cur_seek(&c, PDU_HEADER_LEN + BIND_FIXED_LEN);
    return cur_u8(&c) == 0 && cur_status(&c) == RPCSEC_OK;
}

/* The reason to refuse how a bind is made; -1: none. FIRST and LAST may be missing: Windows and
 * Samba do not ask for them here. */
static int decode_bind(const struct pdu_in *pdu, struct offer *offer)
{
    rpcsec_status status = offer_decode(pdu, offer);

    if (status == RPCSEC_OK)
        return offer_decode_auth(pdu, offer) == RPCSEC_OK ? -1 : PDU_NAK_NOT_SPECIFIED;
    if (status == RPCSEC_NO_MEMORY || status == RPCSEC_LIMIT)
        return nak_of(status);
    return offers_nothing(pdu) ? PDU_NAK_NOT_SPECIFIED : PDU_NAK_VERSION; /* malformed */
}

void server_bind(struct assoc *a, const struct pdu_in *pdu)
{
    __attribute__((cleanup(offer_done))) struct offer offer = {.auth = NULL};
    int refused = decode_bind(pdu, &offer);
    size_t slot = 0;

    begin_answer(a, pdu);
    event_leg(a, PDU_BIND, false, pdu->header.frag_len, offer.auth ? offer.auth->token_len : 0,
              NULL, "continue");
    if (refused < 0) {
        note_asked(a, &offer.bind);
        refused = take_bind(a, pdu, &offer, &slot);
    }
    if (refused >= 0) {
        nak(a, pdu->header.call_id, (uint16_t)refused, pdu_nak_reason_name((uint32_t)refused));
        return;
    }
    if (offer.auth)
        event_need_token(a, slot, offer.auth->token, offer.auth->token_len);
    else
        answer_without_auth(a);
}

/* ---- alter_context ---- */

/* The fault for an auth trailer that does not go on with the slot as it began; 0: it does. */
static uint32_t refused_leg(const struct assoc_slot *slot, const struct pdu_trailer *auth)
{
    if (slot->done)
        return PDU_FAULT_ACCESS_DENIED;
    if (slot->sec.auth_type != auth->type)
        return PDU_FAULT_SEC_PKG_ERROR;
    return slot_matches(slot, auth) ? 0 : PDU_FAULT_ACCESS_DENIED;
}

static uint32_t refused_new_slot(const struct assoc *a, const struct pdu_trailer *auth)
{
    if (auth->level < RPCSEC_LEVEL_CONNECT || auth->level > RPCSEC_LEVEL_PRIVACY ||
        auth->level == RPCSEC_LEVEL_CALL || !takes_auth_type(a, auth->type))
        return PDU_FAULT_ACCESS_DENIED;
    return 0;
}

/* Finds the slot that an alter's trailer goes on with, or makes one; a fault, or 0. */
static uint32_t slot_for_alter(struct assoc *a, const struct pdu_trailer *auth,
                               size_t *ret_slot)
{
    struct assoc_slot *slot = slot_find(a, auth->context_id, ret_slot);
    uint32_t fault;

    /* Without multiplexing a handshake that was begun goes on: no other comes between its legs.
     * After it a client may add contexts all the same (MS-RPCE 3.3.1.5.4 forbids it to the
     * client only): policy's limit is what counts. */
    if (!slot && !a->security_multiplexing)
        slot = slot_unfinished(a, ret_slot);
    if (slot)
        return refused_leg(slot, auth);
    fault = refused_new_slot(a, auth);
    if (fault)
        return fault;
    if (slot_add(a, auth->type, (enum rpcsec_level)auth->level, auth->context_id, ret_slot) !=
        RPCSEC_OK)
        return PDU_FAULT_PROTO_ERROR;
    a->handshake_deadline_ms = a->now_ms + policy_limit(a->policy, RPCSEC_LIMIT_HANDSHAKE_MS);
    return 0;
}

/* The fault for an alter_context; 0: it is taken. Windows looks at the presentation contexts
 * before it looks at the security context, but for the type NONE. */
static uint32_t take_alter(struct assoc *a, const struct pdu_in *pdu, struct offer *offer,
                           size_t *ret_slot)
{
    uint32_t fault;

    if (offer->auth && offer->auth->type == 0)
        return PDU_FAULT_ACCESS_DENIED;
    if (offer->auth && has_bad_padding(offer->auth))
        return PDU_FAULT_PROTO_ERROR;
    if (contexts_negotiate(a, &offer->bind, false) != RPCSEC_OK)
        return PDU_FAULT_PROTO_ERROR;
    if (offer->auth) {
        fault = slot_for_alter(a, offer->auth, ret_slot);
        if (fault)
            return fault;
    }
    /* MS-RPCE 3.3.1.5.2.2: a switch of the whole connection, that a later alter_context may
     * still turn on, also for contexts that are established. */
    if (signs_headers(a, pdu))
        slot_set_header_signing(a, true);
    return 0;
}

void server_alter(struct assoc *a, const struct pdu_in *pdu)
{
    __attribute__((cleanup(offer_done))) struct offer offer = {.auth = NULL};
    uint32_t fault = PDU_FAULT_PROTO_ERROR;
    size_t slot = 0;

    if (offer_decode(pdu, &offer) == RPCSEC_OK && offer_decode_auth(pdu, &offer) == RPCSEC_OK) {
        note_asked(a, &offer.bind);
        fault = take_alter(a, pdu, &offer, &slot);
    }
    begin_answer(a, pdu);
    event_leg(a, PDU_ALTER_CONTEXT, false, pdu->header.frag_len,
              offer.auth ? offer.auth->token_len : 0,
              offer.auth && !fault ? a->slots[slot] : NULL, fault ? "rejected" : "continue");
    if (fault)
        fault_and_close(a, pdu->header.call_id, 0, fault, true,
                        "the alter_context is not acceptable");
    else if (offer.auth)
        event_need_token(a, slot, offer.auth->token, offer.auth->token_len);
    else
        answer_without_auth(a);
}

/* ---- auth3 ---- */

/* The fault for an auth3, which otherwise is never answered; 0: its token is looked at. */
static uint32_t refused_auth3(const struct pdu_in *pdu, const struct assoc_slot *slot,
                              struct pdu_trailer *trailer)
{
    const struct pdu_trailer *auth = NULL;

    if (pdu->header.auth_len > LIMIT_AUTH3_TOKEN_LEN ||
        message_trailer(pdu, PDU_HEADER_LEN, trailer, &auth) != RPCSEC_OK)
        return PDU_FAULT_PROTO_ERROR;
    if (!auth || !slot || !slot_matches(slot, auth))
        return PDU_FAULT_REMOTE_NO_MEMORY; /* as Windows and Samba answer */
    return auth->pad_len != 0 ? PDU_FAULT_PROTO_ERROR : 0;
}

void server_auth3(struct assoc *a, const struct pdu_in *pdu)
{
    struct pdu_trailer trailer = {.type = 0};
    size_t index = 0;
    const struct assoc_slot *slot = slot_unfinished(a, &index);
    uint32_t fault = refused_auth3(pdu, slot, &trailer);

    event_leg(a, PDU_AUTH3, false, pdu->header.frag_len, trailer.token_len, slot,
              fault ? "rejected" : "continue");
    if (fault) {
        fault_and_close(a, pdu->header.call_id, 0, fault, fault == PDU_FAULT_REMOTE_NO_MEMORY,
                        "the auth3 is not acceptable");
        return;
    }
    begin_answer(a, pdu);
    event_need_token(a, index, trailer.token, trailer.token_len);
}

/* MS-RPCE 3.3.3.5.4: the next PDU after a failed auth3 hears of it. */
void server_poisoned(struct assoc *a, const struct pdu_in *pdu)
{
    struct pdu_request request = {.context_id = 0};

    if (pdu->header.type == PDU_REQUEST &&
        pdu_request_decode(pdu->bytes, &pdu->header, &request) != RPCSEC_OK)
        request.context_id = 0;
    fault_and_close(a, pdu->header.call_id, request.context_id, PDU_FAULT_ACCESS_DENIED, false,
                    "the authentication failed before");
}

/* ---- the verdict on a token ---- */

/* The reason to refuse a bind for its token. A client that has nothing but a mechanism that is
 * not served, inside of SPNEGO, hears what it would hear outside of it. */
static uint16_t nak_of_token(rpcsec_status status)
{
    if (status == RPCSEC_UNSUPPORTED)
        return PDU_NAK_AUTH_TYPE;
    return nak_of(status) == PDU_NAK_CONGESTION ? PDU_NAK_CONGESTION : PDU_NAK_INVALID_CHECKSUM;
}

/* The same for an alter_context. A context that was made and is not good enough for its level
 * counts as the security package's failure, as on Windows. */
static uint32_t fault_of_token(rpcsec_status status)
{
    return status == RPCSEC_BAD_SIGNATURE || status == RPCSEC_POLICY_REFUSED
               ? PDU_FAULT_SEC_PKG_ERROR
               : PDU_FAULT_ACCESS_DENIED;
}

static void token_refused(struct assoc *a, const struct assoc_token *result)
{
    const char *why = rpcsec_status_text(result->status);

    assoc_note_step(a, result->error, a->num_legs);
    switch (a->answer.type) {
    case PDU_BIND:
        nak(a, a->answer.call_id, nak_of_token(result->status), why);
        return;
    case PDU_ALTER_CONTEXT:
        fault_and_close(a, a->answer.call_id, 0, fault_of_token(result->status), true, why);
        return;
    default:
        assoc_set_state(a, ASSOC_STATE_POISONED);
    }
}

static rpcsec_status after_auth3(struct assoc *a, struct assoc_slot *slot,
                                 const struct assoc_token *result)
{
    /* An auth3 cannot be answered: a package that has more to say failed. */
    if (result->token_len != 0) {
        assoc_set_state(a, ASSOC_STATE_POISONED);
        return RPCSEC_OK;
    }
    slot_step_done(slot, result->done);
    assoc_set_state(a, slot_all_done(a) ? ASSOC_STATE_OPEN : ASSOC_STATE_LEG);
    return RPCSEC_OK;
}

rpcsec_status server_token(struct assoc *a, struct assoc_slot *slot,
                           const struct assoc_token *result)
{
    if (result->status != RPCSEC_OK) {
        token_refused(a, result);
        return RPCSEC_OK;
    }
    if (a->answer.type == PDU_AUTH3)
        return after_auth3(a, slot, result);
    slot_step_done(slot, result->done);
    if (send_answer(a, slot, result->token, result->token_len) != RPCSEC_OK)
        return RPCSEC_CLOSED;
    assoc_set_state(a, slot_all_done(a) ? ASSOC_STATE_OPEN : ASSOC_STATE_LEG);
    return RPCSEC_OK;
}
