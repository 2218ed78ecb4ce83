/* SPDX-License-Identifier: MIT
 *
 * pdu/request.c: what stands before the stub of requests, responses and faults. Layer: pdu.
 * Documents: C706 12.6.4.9, 12.6.4.10 and 12.6.4.7, MS-RPCE 2.2.2.6 and 2.2.2.8. alloc_hint is
 * what the peer says; nothing here or above may allocate by it.
 */
#include "pdu/body.h"

#include "base/uuid.h"

rpcsec_status pdu_request_decode(const uint8_t *pdu, const struct pdu_header *header,
                                 struct pdu_request *ret_request)
{
    struct cur c = pdu_body(pdu, header);
    struct pdu_request request = {.has_object = header->flags & PDU_OBJECT_UUID};

    request.alloc_hint = cur_u32(&c);
    request.context_id = cur_u16(&c);
    request.opnum = cur_u16(&c);
    if (request.has_object)
        uuid_get(&c, &request.object);
    request.body_offset = cur_offset(&c);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_request = request;
    return cur_status(&c);
}

/* The header with one flag as the body has it. */
static struct pdu_header with_flag(const struct pdu_header *header, uint8_t flag, bool set)
{
    struct pdu_header copy = *header;

    copy.flags = (uint8_t)(set ? copy.flags | flag : copy.flags & ~flag);
    return copy;
}

void pdu_request_store(uint8_t *at, const struct pdu_header *header,
                       const struct pdu_request *request)
{
    struct pdu_header own = with_flag(header, PDU_OBJECT_UUID, request->has_object);

    pdu_header_store(at, &own);
    put_u32(at + 16, request->alloc_hint, header->big_endian);
    put_u16(at + 20, request->context_id, header->big_endian);
    put_u16(at + 22, request->opnum, header->big_endian);
    if (request->has_object)
        uuid_store(at + PDU_REQUEST_LEN, &request->object, header->big_endian);
}

rpcsec_status pdu_response_decode(const uint8_t *pdu, const struct pdu_header *header,
                                  struct pdu_response *ret_response)
{
    struct cur c = pdu_body(pdu, header);
    struct pdu_response response;

    response.alloc_hint = cur_u32(&c);
    response.context_id = cur_u16(&c);
    response.cancel_count = cur_u8(&c);
    cur_skip(&c, 1); /* reserved */
    if (cur_status(&c) == RPCSEC_OK)
        *ret_response = response;
    return cur_status(&c);
}

void pdu_response_store(uint8_t at[PDU_RESPONSE_LEN], const struct pdu_header *header,
                        const struct pdu_response *response)
{
    pdu_header_store(at, header);
    put_u32(at + 16, response->alloc_hint, header->big_endian);
    put_u16(at + 20, response->context_id, header->big_endian);
    at[22] = response->cancel_count;
    at[23] = 0;
}

/* MS-RPCE 2.2.2.8: stub data of a fault is ignored, and the status field alone counts.
 * DEVIATION: reserved2, which only aligns that stub data, may be absent; impacket's server
 * sends faults of 28 bytes (test fault_may_end_behind_its_status). */
rpcsec_status pdu_fault_decode(const uint8_t *pdu, const struct pdu_header *header,
                               struct pdu_fault *ret_fault)
{
    struct cur c = pdu_body(pdu, header);
    struct pdu_fault fault;

    fault.alloc_hint = cur_u32(&c);
    fault.context_id = cur_u16(&c);
    fault.cancel_count = cur_u8(&c);
    fault.flags = cur_u8(&c);
    fault.status = cur_u32(&c);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_fault = fault;
    return cur_status(&c);
}

void pdu_fault_store(uint8_t at[PDU_FAULT_LEN], const struct pdu_header *header,
                     const struct pdu_fault *fault)
{
    pdu_header_store(at, header);
    put_u32(at + 16, fault->alloc_hint, header->big_endian);
    put_u16(at + 20, fault->context_id, header->big_endian);
    at[22] = fault->cancel_count;
    at[23] = fault->flags;
    put_u32(at + 24, fault->status, header->big_endian);
    put_u32(at + 28, 0, false);
}
