/* SPDX-License-Identifier: MIT
 *
 * sec/pad.h: lengths of a protected fragment: padding, trailer, token. Layer: sec.
 * Documents: MS-RPCE 2.2.2.11.
 *
 * Arithmetic only, so that its contracts can be proved (`make prove`). A fragment is
 *   header (head_len) | body (body_len) | padding to 16 | trailer | token (token_len).
 */
#ifndef SEC_PAD_H
#define SEC_PAD_H

#include "base/arith.h"
#include "pdu/lengths.h"

#define SEC_ALIGNMENT 16 /* MS-RPCE 2.2.2.11: of the trailer, from the start of the body */

/*@ logic integer sealed_len(integer head_len, integer body_len, integer token_len) =
        head_len + body_len + padding(body_len, SEC_ALIGNMENT) + PDU_TRAILER_LEN + token_len;
 */

/* Where the trailer of a fragment lies, and how long the whole is; false when that does not fit
 * into the room that there is. */
struct sec_lengths {
    size_t pad_len;
    size_t trailer_at;
    size_t len;
};

/*@ requires \valid(ret);
    assigns *ret;
    ensures \result <==> sealed_len(head_len, body_len, token_len) <= room;
    ensures \result ==> ret->pad_len == padding(body_len, SEC_ALIGNMENT);
    ensures \result ==> ret->trailer_at == head_len + body_len + ret->pad_len;
    ensures \result ==> (ret->trailer_at - head_len) % SEC_ALIGNMENT == 0;
    ensures \result ==> ret->len == ret->trailer_at + PDU_TRAILER_LEN + token_len;
    ensures \result ==> ret->len <= room;
 */
static inline bool sec_sealed_lengths(size_t head_len, size_t body_len, size_t token_len,
                                      size_t room, struct sec_lengths *ret)
{
    const size_t pad_len = arith_pad(body_len, SEC_ALIGNMENT);
    size_t trailer_at;
    size_t len;

    if (!arith_add(head_len, body_len, &trailer_at) ||
        !arith_add(trailer_at, pad_len, &trailer_at) ||
        !arith_add(trailer_at, PDU_TRAILER_LEN, &len) || !arith_add(len, token_len, &len) ||
        len > room)
        return false;
    ret->pad_len = pad_len;
    ret->trailer_at = trailer_at;
    ret->len = len;
    return true;
}

/* The most bytes of body, a multiple of 16, with which a fragment stays within frag_len. */
/*@ assigns \nothing;
    ensures \result % SEC_ALIGNMENT == 0;
    ensures \result != 0 ==> head_len + \result + around_len <= frag_len;
    ensures \forall integer body_len; 0 <= body_len <= \result && \result != 0 ==>
        head_len + body_len + padding(body_len, SEC_ALIGNMENT) + around_len <= frag_len;
 */
static inline size_t sec_body_max(size_t frag_len, size_t head_len, size_t around_len)
{
    size_t left;

    if (frag_len < head_len || frag_len - head_len < around_len)
        return 0;
    left = frag_len - head_len - around_len;
    return left - left % SEC_ALIGNMENT;
}

/* The places of a trailer that was received, against those of its PDU, whoever decoded it. */
/*@ assigns \nothing;
    ensures \result <==> body_offset + pad_len <= offset &&
        offset + PDU_TRAILER_LEN + token_len == frag_len;
 */
static inline bool sec_places_fit(size_t frag_len, size_t body_offset, size_t offset,
                                  size_t pad_len, size_t token_len)
{
    if (offset < body_offset || pad_len > offset - body_offset)
        return false;
    if (frag_len < offset || frag_len - offset < PDU_TRAILER_LEN)
        return false;
    return token_len == frag_len - offset - PDU_TRAILER_LEN;
}

#endif
