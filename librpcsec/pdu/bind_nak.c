/* SPDX-License-Identifier: MIT
 *
 * pdu/bind_nak.c: the refusal of a bind. Layer: pdu.
 * Documents: C706 12.6.4.5, MS-RPCE 2.2.2.5 and 2.2.2.9.
 */
#include "pdu/body.h"

/* C706 12.6.3.1 p_rt_versions_supported_t: a count, then major and minor of each. What follows
 * (MS-RPCE 2.2.2.9: a signature and extended error information) clients may ignore. */
rpcsec_status pdu_bind_nak_decode(const uint8_t *pdu, const struct pdu_header *header,
                                  uint16_t *ret_reason)
{
    struct cur c = pdu_body(pdu, header);
    uint16_t reason = cur_u16(&c);

    cur_skip(&c, 2 * cur_count(&c, cur_u8(&c), 2));
    if (cur_status(&c) == RPCSEC_OK)
        *ret_reason = reason;
    return cur_status(&c);
}

void pdu_bind_nak_encode(struct buf *out, uint16_t reason)
{
    buf_u16(out, reason);
    buf_u8(out, 1); /* one version: 5.0 */
    buf_u8(out, 5);
    buf_u8(out, 0);
    buf_zeros(out, 3); /* to a length of 24, as Windows and Samba send it */
}
