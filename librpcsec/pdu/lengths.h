/* SPDX-License-Identifier: MIT
 *
 * pdu/lengths.h: where body, auth trailer and token lie in a PDU, from its lengths. Layer: pdu.
 * Documents: C706 12.6.3.1, 13.2.6.1, MS-RPCE 2.2.2.11.
 *
 * Arithmetic only, so that its contracts can be proved (`make prove`). From the end of a PDU:
 * the token of auth_len bytes, the trailer of PDU_TRAILER_LEN, pad_len bytes, the body.
 */
#ifndef PDU_LENGTHS_H
#define PDU_LENGTHS_H

#include "pdu/pdu.h"

#define PDU_TRAILER_ALIGNMENT 4 /* C706 13.2.6.1: what is asked of a trailer on receipt */

/*@ // Trailer and token: none without a token.
    logic integer verifier_len(integer auth_len) =
        auth_len == 0 ? 0 : PDU_TRAILER_LEN + auth_len;
 */

/* MS-RPCE 2.2.2.11: a token brings its trailer with it, both inside the fragment. */
/*@ assigns \nothing;
    ensures \result <==> PDU_HEADER_LEN + verifier_len(auth_len) <= frag_len;
 */
static inline bool pdu_lengths_fit(uint16_t frag_len, uint16_t auth_len)
{
    size_t least = PDU_HEADER_LEN;

    if (auth_len != 0)
        least += PDU_TRAILER_LEN + (size_t)auth_len;
    return least <= frag_len;
}

/* Where the body ends, padding included: at the auth trailer, else at the end of the PDU. 0
 * when the lengths do not fit. */
/*@ assigns \nothing;
    ensures PDU_HEADER_LEN + verifier_len(auth_len) <= frag_len ==>
        \result + verifier_len(auth_len) == frag_len && \result >= PDU_HEADER_LEN;
    ensures PDU_HEADER_LEN + verifier_len(auth_len) > frag_len ==> \result == 0;
 */
static inline size_t pdu_lengths_body_end(uint16_t frag_len, uint16_t auth_len)
{
    if (!pdu_lengths_fit(frag_len, auth_len))
        return 0;
    if (auth_len == 0)
        return frag_len;
    return (size_t)frag_len - auth_len - PDU_TRAILER_LEN;
}

/* MS-RPCE 2.2.2.11 asks senders for 16 bytes from the body's start; C706 13.2.6.1 asks for 4,
 * and clients that follow it are served.
 * DEVIATION: 4 is enough on receipt (test trailer_is_refused_where_its_place_is_wrong). */
/*@ assigns \nothing;
    ensures \result <==> offset % PDU_TRAILER_ALIGNMENT == 0 && body_offset + pad_len <= offset;
 */
static inline bool pdu_trailer_place_is_right(size_t offset, size_t pad_len, size_t body_offset)
{
    if (offset < body_offset || offset % PDU_TRAILER_ALIGNMENT != 0)
        return false;
    return pad_len <= offset - body_offset;
}

#endif
