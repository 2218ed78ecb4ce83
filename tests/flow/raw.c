/* SPDX-License-Identifier: MIT
 *
 * flow/raw.c: see raw.h.
 */
#include "flow/raw.h"

#include <string.h>

#define NO_PDU 0xFF

struct pdu_context_elem raw_elem(uint16_t id, const struct rpcsec_syntax *abstract)
{
    return (struct pdu_context_elem){
        .context_id = id, .abstract = *abstract, .num_transfers = 1, .transfers = {syntax_ndr}};
}

struct raw_bind raw_simple_bind(const struct raw_auth *auth)
{
    return (struct raw_bind){
        .flags = RAW_WHOLE,
        .call_id = 1,
        .max_xmit = 5840,
        .max_recv = 5840,
        .num_elems = 1,
        .elems = {raw_elem(0, &pair_echo)},
        .auth = auth,
    };
}

static void begin(struct buf *pdu, bool big_endian)
{
    buf_init(pdu, 1 << 20);
    pdu->big_endian = big_endian;
    buf_zeros(pdu, PDU_HEADER_LEN);
}

static void put_auth(struct buf *pdu, const struct raw_auth *auth)
{
    uint8_t *token;

    buf_zeros(pdu, auth->pad_len);
    buf_u8(pdu, auth->type);
    buf_u8(pdu, auth->level);
    buf_u8(pdu, auth->pad_len);
    buf_u8(pdu, 0);
    buf_u32(pdu, auth->context_id);
    token = buf_reserve(pdu, auth->token_len);
    if (!token)
        return;
    memset(token, 0xA5, auth->token_len);
    if (auth->token)
        memcpy(token, auth->token, auth->token_len);
}

/* The header by hand, in the byte order that is asked for. */
static void finish(struct pair *p, bool from_server, struct buf *pdu, uint8_t type,
                   uint8_t flags, uint32_t call_id, const struct raw_auth *auth)
{
    if (auth)
        put_auth(pdu, auth);
    if (buf_status(pdu) == RPCSEC_OK) {
        pdu->data[0] = 5;
        pdu->data[2] = type;
        pdu->data[3] = flags;
        pdu->data[4] = pdu->big_endian ? 0 : 0x10;
        put_u16(pdu->data + 8, (uint16_t)pdu->len, pdu->big_endian);
        put_u16(pdu->data + 10, (uint16_t)(auth ? auth->token_len : 0), pdu->big_endian);
        put_u32(pdu->data + 12, call_id, pdu->big_endian);
        pair_inject(p, from_server, pdu->data, pdu->len);
    }
    buf_done(pdu);
}

static void put_syntax(struct buf *pdu, const struct rpcsec_syntax *syntax)
{
    uuid_put(pdu, &syntax->uuid);
    buf_u16(pdu, syntax->major);
    buf_u16(pdu, syntax->minor);
}

static void put_elem(struct buf *pdu, const struct pdu_context_elem *elem)
{
    buf_u16(pdu, elem->context_id);
    buf_u8(pdu, (uint8_t)elem->num_transfers);
    buf_u8(pdu, 0);
    put_syntax(pdu, &elem->abstract);
    for (size_t i = 0; i < elem->num_transfers; i++)
        put_syntax(pdu, &elem->transfers[i]);
}

void raw_send_bind(struct pair *p, const struct raw_bind *bind)
{
    struct buf pdu;

    begin(&pdu, false);
    buf_u16(&pdu, bind->max_xmit);
    buf_u16(&pdu, bind->max_recv);
    buf_u32(&pdu, bind->group_id);
    buf_u8(&pdu, (uint8_t)(bind->claimed_elems ? bind->claimed_elems : bind->num_elems));
    buf_zeros(&pdu, 3);
    for (size_t i = 0; i < bind->num_elems; i++)
        put_elem(&pdu, &bind->elems[i]);
    buf_zeros(&pdu, bind->gap);
    finish(p, false, &pdu, bind->type ? bind->type : PDU_BIND, bind->flags, bind->call_id,
           bind->auth);
}

void raw_send_ack(struct pair *p, uint8_t type, uint8_t flags, uint32_t call_id,
                  const struct pdu_bind_ack *ack, const struct raw_auth *auth)
{
    struct buf pdu;

    begin(&pdu, false);
    pdu_bind_ack_encode(&pdu, ack);
    finish(p, true, &pdu, type, flags, call_id, auth);
}

void raw_send_auth3(struct pair *p, uint8_t flags, uint32_t call_id,
                    const struct raw_auth *auth)
{
    struct buf pdu;

    begin(&pdu, false);
    buf_zeros(&pdu, 4);
    finish(p, false, &pdu, PDU_AUTH3, flags, call_id, auth);
}

void raw_send_call(struct pair *p, bool from_server, const struct raw_call *call)
{
    static const struct rpcsec_uuid object = {1, 2, 3, {4, 5}, {6}};
    struct buf pdu;
    uint8_t *stub;

    begin(&pdu, call->big_endian);
    buf_u32(&pdu, call->alloc_hint);
    buf_u16(&pdu, call->context_id);
    buf_u16(&pdu, call->opnum);
    if (call->has_object)
        uuid_put(&pdu, &object);
    if (call->type == PDU_FAULT) {
        buf_u32(&pdu, call->fault_status);
        buf_u32(&pdu, 0);
    }
    stub = buf_reserve(&pdu, call->stub_len);
    if (stub) {
        memset(stub, 0, call->stub_len);
        if (call->stub)
            memcpy(stub, call->stub, call->stub_len);
    }
    finish(p, from_server, &pdu, call->type, call->flags, call->call_id, call->auth);
}

void raw_send_header(struct pair *p, bool from_server, uint8_t type, uint8_t flags,
                     uint32_t call_id, size_t body_len)
{
    struct buf pdu;

    begin(&pdu, false);
    buf_zeros(&pdu, body_len);
    finish(p, from_server, &pdu, type, flags, call_id, NULL);
}

rpcsec_status raw_open(const struct pair_options *options, const struct raw_auth *auth,
                       uint8_t bind_flags, struct pair **ret_pair)
{
    struct raw_bind bind = raw_simple_bind(auth);
    rpcsec_status status = pair_new(options, ret_pair);

    if (status != RPCSEC_OK)
        return status;
    bind.flags |= bind_flags;
    raw_send_bind(*ret_pair, &bind);
    raw_exchange(*ret_pair, false);
    if (raw_take_answer(*ret_pair, true).type != PDU_BIND_ACK)
        return RPCSEC_BIND_REJECTED;
    if (auth)
        raw_send_auth3(*ret_pair, RAW_WHOLE, 1, auth);
    bind = raw_simple_bind(NULL);
    bind.type = PDU_ALTER_CONTEXT;
    bind.elems[0] = raw_elem(1, &pair_other);
    raw_send_bind(*ret_pair, &bind);
    raw_exchange(*ret_pair, false);
    if (raw_take_answer(*ret_pair, true).type != PDU_ALTER_CONTEXT_RESP)
        return RPCSEC_BIND_REJECTED;
    if (!auth)
        return RPCSEC_OK;
    return assoc_security((*ret_pair)->server.a) ? RPCSEC_OK : RPCSEC_LOGON_DENIED;
}

void raw_exchange(struct pair *p, bool from_server)
{
    size_t before;

    do {
        before = p->client.wire.len + p->server.wire.len;
        pair_deliver(p, from_server, SIZE_MAX, SIZE_MAX);
        pair_collect(p, !from_server);
    } while (before != p->client.wire.len + p->server.wire.len);
}

struct raw_answer raw_take_answer(struct pair *p, bool from_server)
{
    struct pair_wire *wire = from_server ? &p->server.wire : &p->client.wire;
    struct raw_answer answer = {.type = NO_PDU};
    struct pdu_header header;
    struct pdu_fault fault;
    uint16_t reason = 0;

    if (wire->len < PDU_HEADER_LEN || pdu_header_decode(wire->data, &header) != RPCSEC_OK)
        return answer;
    answer = (struct raw_answer){
        .type = header.type,
        .flags = header.flags,
        .call_id = header.call_id,
        .len = header.frag_len,
        .auth_len = header.auth_len,
    };
    if (header.type == PDU_FAULT &&
        pdu_fault_decode(wire->data, &header, &fault) == RPCSEC_OK) {
        answer.code = fault.status;
        answer.context_id = fault.context_id;
    }
    if (header.type == PDU_BIND_NAK &&
        pdu_bind_nak_decode(wire->data, &header, &reason) == RPCSEC_OK)
        answer.code = reason;
    memmove(wire->data, wire->data + header.frag_len, wire->len - header.frag_len);
    wire->len -= header.frag_len;
    return answer;
}
