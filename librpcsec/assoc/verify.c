/* SPDX-License-Identifier: MIT
 *
 * assoc/verify.c: verification trailers: what was negotiated in clear, said again under
 * protection. Layer: assoc. Documents: MS-RPCE 2.2.2.13, 3.3.1.5.2.2, notes 41-43.
 *
 * bitmask1 is the one thing that shows a stripped header-signing bit.
 */
#include "assoc/engine.h"

#define CLIENT_SUPPORTS_HEADER_SIGNING 1u /* bitmask1, bit 0 */

/* ---- client ---- */

/* The commands that are due; false when none is. */
static bool trailer_due(struct assoc *a, const struct message *message,
                        struct pdu_verification *trailer)
{
    const struct assoc_context *context = context_find(a, message->request.context_id);

    memset(trailer, 0, sizeof(*trailer));
    trailer->has_bitmask = !a->bitmask_known;
    if (a->policy->header_signing != RPCSEC_OFF)
        trailer->bitmask = CLIENT_SUPPORTS_HEADER_SIGNING;
    trailer->has_pcontext = !context->pcontext_known;
    trailer->interface = context->abstract;
    trailer->transfer = context->transfer;
    trailer->has_header2 = !a->header_signing;
    trailer->header2_type = PDU_REQUEST;
    trailer->header2_big_endian = a->params.big_endian;
    trailer->header2_call_id = message->call_id;
    trailer->header2_context_id = message->request.context_id;
    trailer->header2_opnum = message->request.opnum;
    return trailer->has_bitmask || trailer->has_pcontext || trailer->has_header2;
}

void verify_append(struct assoc *a, const struct message *message, struct writer *w)
{
    struct pdu_verification trailer;
    struct buf bytes;

    if (a->policy->verification_trailer == RPCSEC_OFF || !trailer_due(a, message, &trailer))
        return;
    buf_init(&bytes, LIMIT_TRAILER_SEARCH);
    pdu_verification_encode(&bytes, &trailer);
    if (buf_status(&bytes) != RPCSEC_OK) {
        writer_fail(w, buf_status(&bytes));
    } else {
        /* Whole in the last fragment, 4-aligned to the PDU: heads are multiples of 4. */
        w->shape.max += LIMIT_TRAILER_SEARCH;
        writer_align(w, 4);
        writer_keep_together(w, bytes.len);
        writer_bytes(w, bytes.data, bytes.len);
    }
    buf_done(&bytes);
}

void verify_sent(struct assoc *a, const struct message *message)
{
    a->bitmask_known = true;
    context_find(a, message->request.context_id)->pcontext_known = true;
}

/* ---- server ---- */

static bool bitmask_agrees(const struct assoc *a, const struct pdu_verification *trailer)
{
    return !trailer->has_bitmask || !(trailer->bitmask & CLIENT_SUPPORTS_HEADER_SIGNING) ||
           a->header_signing || a->policy->header_signing == RPCSEC_OFF;
}

static bool pcontext_agrees(const struct assoc_context *context,
                            const struct pdu_verification *trailer)
{
    return !trailer->has_pcontext || (syntax_equal(&trailer->interface, &context->abstract) &&
                                      syntax_equal(&trailer->transfer, &context->transfer));
}

static bool header2_agrees(const struct pdu_header *header, const struct pdu_request *request,
                           const struct pdu_verification *trailer)
{
    return !trailer->has_header2 || (trailer->header2_type == PDU_REQUEST &&
                                     trailer->header2_big_endian == header->big_endian &&
                                     trailer->header2_call_id == header->call_id &&
                                     trailer->header2_context_id == request->context_id &&
                                     trailer->header2_opnum == request->opnum);
}

/* Policy: bitmask1 before the first dispatch on a connection, pcontext at each context's first
 * use. Where a trailer did not agree somebody is between us: then they are required, whatever
 * policy says. */
static bool is_complete(const struct assoc *a, const struct assoc_context *context)
{
    return (a->policy->verification_trailer != RPCSEC_REQUIRED && !a->was_disagreed) ||
           (a->bitmask_known && context->pcontext_known);
}

static rpcsec_status refuse(const struct pdu_request *request, const char *why)
{
    TRACE("assoc", "verification", "context=%u opnum=%u refused=\"%s\"", request->context_id,
          request->opnum, why);
    return RPCSEC_POLICY_REFUSED;
}

static rpcsec_status disagree(struct assoc *a, const struct pdu_request *request,
                              struct assoc_context *context, const char *why)
{
    a->was_disagreed = true;
    a->bitmask_known = false;
    context->pcontext_known = false;
    return refuse(request, why);
}

rpcsec_status verify_request(struct assoc *a, const struct pdu_header *header,
                             const struct pdu_request *request, struct assoc_context *context,
                             const uint8_t *stub, size_t *stub_len)
{
    struct pdu_verification trailer = {.has_bitmask = false};
    size_t len = *stub_len;
    rpcsec_status status = pdu_verification_find(stub, *stub_len, &trailer, &len);

    if (status != RPCSEC_OK && status != RPCSEC_NOT_FOUND)
        return status;
    if (!bitmask_agrees(a, &trailer))
        return disagree(a, request, context, "header signing was stripped from the bind");
    if (!pcontext_agrees(context, &trailer))
        return disagree(a, request, context, "the presentation context is another");
    if (!header2_agrees(header, request, &trailer))
        return disagree(a, request, context, "the header was altered");
    a->bitmask_known |= trailer.has_bitmask;
    context->pcontext_known |= trailer.has_pcontext;
    if (!is_complete(a, context))
        return refuse(request, "no verification trailer, and policy requires it");
    if (status == RPCSEC_OK)
        *stub_len = len;
    return RPCSEC_OK;
}
