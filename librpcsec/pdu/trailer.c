/* SPDX-License-Identifier: MIT
 *
 * pdu/trailer.c: the auth trailer and its token. Layer: pdu.
 * Document: MS-RPCE 2.2.2.11. Trusts neither the token nor the padding: it only says where
 * they are.
 */
#include "pdu/body.h"

rpcsec_status pdu_trailer_decode(const uint8_t *pdu, const struct pdu_header *header,
                                 size_t body_offset, struct pdu_trailer *ret_trailer)
{
    struct pdu_trailer trailer = {.offset = pdu_body_end(header)};
    struct cur c;

    if (header->auth_len == 0)
        return RPCSEC_NOT_FOUND;
    cur_init(&c, pdu, header->frag_len, header->big_endian);
    cur_seek(&c, trailer.offset);
    trailer.type = cur_u8(&c);
    trailer.level = cur_u8(&c);
    trailer.pad_len = cur_u8(&c);
    cur_skip(&c, 1); /* auth_reserved: ignored on read */
    trailer.context_id = cur_u32(&c);
    trailer.token_len = header->auth_len;
    trailer.token = cur_bytes(&c, trailer.token_len);
    if (!pdu_trailer_place_is_right(trailer.offset, trailer.pad_len, body_offset))
        cur_fail(&c, RPCSEC_BAD_FORMAT);
    if (cur_end(&c) == RPCSEC_OK)
        *ret_trailer = trailer;
    return cur_end(&c);
}

void pdu_trailer_store(uint8_t at[PDU_TRAILER_LEN], const struct pdu_trailer *trailer,
                       bool big_endian)
{
    at[0] = trailer->type;
    at[1] = trailer->level;
    at[2] = trailer->pad_len;
    at[3] = 0; /* auth_reserved */
    put_u32(at + 4, trailer->context_id, big_endian);
}
