/* SPDX-License-Identifier: MIT
 *
 * sec/seal.c: completes a fragment that is to be sent: lengths, padding, trailer, token.
 * Layer: sec. Documents: MS-RPCE 2.2.2.11, 2.2.2.12, 3.3.1.5.2.2; C706 13.2.6.1.
 *
 * The lengths in the header are final before anything is signed. It must not know of calls or
 * connections.
 */
#include "sec/layout.h"

bool sec_protects(const struct sec_context *sec)
{
    /* DEVIATION: MS-RPCE 2.2.1.1.8 gives level packet no protection of its own; Windows and
     * Samba treat it as integrity, and so do we (test: packet_is_protected_like_integrity). */
    return sec && sec->level >= RPCSEC_LEVEL_PACKET;
}

size_t sec_token_len(const struct sec_context *sec)
{
    const struct pkg_sizes *sizes;

    if (!sec_protects(sec))
        return 0;
    sizes = sspi_ctx_sizes(sec->ctx);
    return sec->level == RPCSEC_LEVEL_PRIVACY ? sizes->wrap_len : sizes->mic_len;
}

size_t sec_tail_len(const struct sec_context *sec)
{
    if (!sec_protects(sec))
        return 0;
    return SEC_ALIGNMENT - 1 + PDU_TRAILER_LEN + sec_token_len(sec);
}

/* MS-NLMP 3.4.6.1: NTLM with extended session security signs all buffers, whatever was
 * negotiated. */
bool sec_signs_header(const struct sec_context *sec)
{
    return sec->header_signing || sspi_ctx_info(sec->ctx)->is_ntlm;
}

size_t sec_buffers(const struct sec_context *sec, const struct sec_layout *at,
                   struct pkg_buffer ret_buffers[SEC_NUM_BUFFERS])
{
    const struct pkg_buffer all[SEC_NUM_BUFFERS] = {
        {PKG_SIGN_ONLY, at->pdu, at->body_offset},
        {PKG_DATA, at->pdu + at->body_offset, at->trailer_offset - at->body_offset},
        {PKG_SIGN_ONLY, at->pdu + at->trailer_offset, PDU_TRAILER_LEN},
    };

    /* MS-RPCE 3.3.1.5.2.2: without header signing only the body is covered. */
    if (!sec_signs_header(sec)) {
        ret_buffers[0] = all[1];
        return 1;
    }
    memcpy(ret_buffers, all, sizeof(all));
    return SEC_NUM_BUFFERS;
}

static void store_trailer(const struct sec_context *sec, uint8_t *at, size_t pad_len,
                          bool big_endian)
{
    const struct pdu_trailer trailer = {
        .type = sec->auth_type,
        .level = (uint8_t)sec->level,
        .pad_len = (uint8_t)pad_len,
        .context_id = sec->context_id,
    };

    pdu_trailer_store(at, &trailer, big_endian);
}

/* As the header that is there already says. */
static bool is_big_endian(const uint8_t *pdu)
{
    return (pdu[SEC_DREP_AT] & SEC_DREP_LITTLE_ENDIAN) == 0;
}

static void store_lengths(uint8_t *pdu, size_t frag_len, size_t auth_len)
{
    put_u16(pdu + SEC_FRAG_LEN_AT, (uint16_t)frag_len, is_big_endian(pdu));
    put_u16(pdu + SEC_AUTH_LEN_AT, (uint16_t)auth_len, is_big_endian(pdu));
}

static rpcsec_status protect(const struct sec_context *sec, const struct sec_layout *at,
                             uint8_t *token, size_t token_len)
{
    struct pkg_buffer buffers[SEC_NUM_BUFFERS];
    size_t num = sec_buffers(sec, at, buffers);

    if (sec->level == RPCSEC_LEVEL_PRIVACY)
        return sspi_ctx_wrap(sec->ctx, buffers, num, token, token_len);
    return sspi_ctx_mic(sec->ctx, buffers, num, token, token_len);
}

static rpcsec_status seal_protected(const struct sec_context *sec, struct segment *segment,
                                    size_t *ret_len)
{
    const size_t room = segment->head_len + segment->body_max + segment->tail_len;
    const size_t body_end = segment->head_len + segment->body_len;
    const size_t token_len = sec_token_len(sec);
    struct sec_layout at = {.pdu = segment->mem, .body_offset = segment->head_len};
    struct sec_lengths lengths;
    uint8_t *trailer;
    rpcsec_status status;

    if (token_len == 0)
        return RPCSEC_INVALID_STATE;
    if (!sec_sealed_lengths(segment->head_len, segment->body_len, token_len,
                            room < LIMIT_PDU_LEN ? room : LIMIT_PDU_LEN, &lengths))
        return RPCSEC_LIMIT;
    at.trailer_offset = lengths.trailer_at;
    trailer = segment->mem + lengths.trailer_at;
    memset(segment->mem + body_end, 0, lengths.pad_len);
    store_trailer(sec, trailer, lengths.pad_len, is_big_endian(segment->mem));
    store_lengths(segment->mem, lengths.len, token_len);
    status = protect(sec, &at, trailer + PDU_TRAILER_LEN, token_len);
    if (status != RPCSEC_OK)
        return status;
    *ret_len = lengths.len;
    return RPCSEC_OK;
}

rpcsec_status sec_seal(const struct sec_context *sec, struct segment *segment, size_t *ret_len)
{
    const size_t len = segment->head_len + segment->body_len;

    if (sec_protects(sec))
        return seal_protected(sec, segment, ret_len);
    if (len > LIMIT_PDU_LEN)
        return RPCSEC_LIMIT;
    store_lengths(segment->mem, len, 0);
    *ret_len = len;
    return RPCSEC_OK;
}
