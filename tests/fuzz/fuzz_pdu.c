/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_pdu.c: one whole PDU: its header, its trailer, and its body by its type.
 */
#include "fuzz.h"

#include "pdu/pdu.h"

static void decode_body(const uint8_t *pdu, const struct pdu_header *header)
{
    static struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
    static struct pdu_context_result results[LIMIT_CONTEXT_ELEMS];
    struct pdu_bind bind;
    struct pdu_bind_ack ack;
    struct pdu_request request;
    struct pdu_response response;
    struct pdu_fault fault;
    uint16_t reason;

    if (pdu_bind_decode(pdu, header, contexts, LIMIT_CONTEXT_ELEMS, &bind) == RPCSEC_OK)
        FUZZ_CHECK(bind.num_contexts >= 1 && bind.num_contexts <= LIMIT_CONTEXT_ELEMS);
    if (pdu_bind_ack_decode(pdu, header, results, LIMIT_CONTEXT_ELEMS, &ack) == RPCSEC_OK)
        FUZZ_CHECK(ack.num_results <= LIMIT_CONTEXT_ELEMS);
    if (pdu_request_decode(pdu, header, &request) == RPCSEC_OK)
        FUZZ_CHECK(request.body_offset <= header->frag_len);
    (void)!pdu_response_decode(pdu, header, &response);
    (void)!pdu_fault_decode(pdu, header, &fault);
    (void)!pdu_bind_nak_decode(pdu, header, &reason);
}

/* Every decoder sees every PDU: which one is called is the association's choice. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pdu_header header;
    struct pdu_trailer trailer;

    if (len < PDU_HEADER_LEN || pdu_header_decode(data, &header) != RPCSEC_OK)
        return 0;
    if (len > LIMIT_PDU_LEN)
        return 0;
    header.frag_len = (uint16_t)len; /* the bytes that are there; auth_len may now not fit */
    if (pdu_trailer_decode(data, &header, PDU_HEADER_LEN, &trailer) == RPCSEC_OK)
        FUZZ_CHECK(trailer.token + trailer.token_len == data + len && trailer.pad_len <= len);
    decode_body(data, &header);
    return 0;
}
