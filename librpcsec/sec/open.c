/* SPDX-License-Identifier: MIT
 *
 * sec/open.c: verifies a fragment that was received, decrypts it and strips what surrounds the
 * stub. Layer: sec. Documents: MS-RPCE 2.2.2.11, 3.3.1.5.2.
 *
 * Nothing of the body is looked at before it was verified. It must not know of calls or
 * connections.
 */
#include "sec/layout.h"

/* MS-RPCE 2.2.2.11 note 37: a sender that kept more room than the token needed zero-fills. */
static bool is_zero(const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (data[i] != 0)
            return false;
    }
    return true;
}

static rpcsec_status unprotect(const struct sec_context *sec, const struct sec_layout *at,
                               uint8_t *token, size_t token_len)
{
    struct pkg_buffer buffers[SEC_NUM_BUFFERS];
    size_t num = sec_buffers(sec, at, buffers);

    if (sec->level == RPCSEC_LEVEL_PRIVACY)
        return sspi_ctx_unwrap(sec->ctx, buffers, num, token, token_len);
    return sspi_ctx_verify(sec->ctx, buffers, num, token, token_len);
}

static rpcsec_status verify(const struct sec_context *sec, uint8_t *pdu, size_t body_offset,
                            const struct pdu_trailer *trailer)
{
    const struct sec_layout at = {pdu, body_offset, trailer->offset};
    size_t token_len = sec_token_len(sec);
    uint8_t *token = pdu + trailer->offset + PDU_TRAILER_LEN;

    if (token_len == 0)
        return RPCSEC_INVALID_STATE;
    if (sec->level == RPCSEC_LEVEL_PRIVACY)
        token_len = sspi_ctx_wrap_token_len(sec->ctx, token, trailer->token_len);
    if (trailer->token_len < token_len ||
        !is_zero(token + token_len, trailer->token_len - token_len))
        return RPCSEC_BAD_TOKEN;
    return unprotect(sec, &at, token, token_len);
}

rpcsec_status sec_open(const struct sec_context *sec, uint8_t *pdu,
                       const struct pdu_header *header, const struct pdu_trailer *trailer,
                       size_t body_offset, uint8_t **ret_stub, size_t *ret_stub_len)
{
    size_t end = header->frag_len;
    rpcsec_status status = RPCSEC_OK;

    if (body_offset > end || (!trailer && sec_protects(sec)))
        return RPCSEC_BAD_FORMAT;
    if (trailer) {
        if (!sec_places_fit(end, body_offset, trailer->offset, trailer->pad_len,
                            trailer->token_len))
            return RPCSEC_BAD_FORMAT;
        end = trailer->offset - trailer->pad_len;
    }
    if (sec_protects(sec))
        status = verify(sec, pdu, body_offset, trailer);
    if (status != RPCSEC_OK)
        return status;
    *ret_stub = pdu + body_offset;
    *ret_stub_len = end - body_offset;
    return RPCSEC_OK;
}
