/* SPDX-License-Identifier: MIT
 *
 * base/arith.h: sums, products and paddings of lengths that cannot wrap. Layer: base.
 *
 * A length that a peer, a file or a caller chose is added or multiplied only through these. The
 * comments that begin with an at-sign are contracts: `make prove` shows with Frama-C that the
 * code obeys them for every argument (tests/prove/README).
 */
#ifndef BASE_ARITH_H
#define BASE_ARITH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*@ predicate is_alignment(integer a) = a == 1 || a == 2 || a == 4 || a == 8 || a == 16;

    // What is added to len to make it a multiple of a.
    logic integer padding(integer len, integer a) = (a - len % a) % a;

    // What dividing a limit says of a product: steps of the proof.
    lemma quotient: \forall integer len, max; 0 < len && 0 <= max ==>
        max / len * len <= max < (max / len + 1) * len;
    lemma product: \forall integer num, len, max; 0 <= num && 0 < len && 0 <= max ==>
        (num <= max / len <==> num * len <= max);
 */

/* a + b; false where that wraps. */
/*@ requires \valid(ret_sum);
    assigns *ret_sum;
    ensures \result <==> a + b <= SIZE_MAX;
    ensures \result ==> *ret_sum == a + b;
    ensures !\result ==> *ret_sum == \old(*ret_sum);
 */
static inline bool arith_add(size_t a, size_t b, size_t *ret_sum)
{
    if (b > SIZE_MAX - a)
        return false;
    *ret_sum = a + b;
    return true;
}

/* num * len; false where that wraps. */
/*@ requires \valid(ret_product);
    assigns *ret_product;
    ensures \result <==> num * len <= SIZE_MAX;
    ensures \result ==> *ret_product == num * len;
    ensures !\result ==> *ret_product == \old(*ret_product);
 */
static inline bool arith_mul(size_t num, size_t len, size_t *ret_product)
{
    if (len != 0 && num > SIZE_MAX / len)
        return false;
    *ret_product = num * len;
    return true;
}

/* True when num elements of len bytes each fit into `left` bytes. Elements without a length do
 * not bound their number, so only none of them fits. */
/*@ assigns \nothing;
    ensures num == 0 ==> \result;
    ensures num != 0 && len == 0 ==> !\result;
    ensures num != 0 && len != 0 ==> (\result <==> num * len <= left);
 */
static inline bool arith_fits(uint64_t num, size_t len, size_t left)
{
    if (num == 0)
        return true;
    return len != 0 && num <= left / len;
}

/* A time span_ms after from_ms; the end of time where that wraps. */
/*@ assigns \nothing;
    ensures from_ms + span_ms <= UINT64_MAX ==> \result == from_ms + span_ms;
    ensures from_ms + span_ms > UINT64_MAX ==> \result == UINT64_MAX;
 */
static inline uint64_t arith_later(uint64_t from_ms, uint64_t span_ms)
{
    return span_ms > UINT64_MAX - from_ms ? UINT64_MAX : from_ms + span_ms;
}

/* The alignments of C706 14.2.2 and of the auth trailer: 1, 2, 4, 8, 16. */
/*@ assigns \nothing;
    ensures \result <==> is_alignment(alignment);
 */
static inline bool arith_is_alignment(size_t alignment)
{
    return alignment == 1 || alignment == 2 || alignment == 4 || alignment == 8 ||
           alignment == 16;
}

/* Bytes from len to the next multiple of an alignment. Each modulus is a constant, so none is
 * divided by. */
/*@ requires is_alignment(alignment);
    assigns \nothing;
    ensures \result == padding(len, alignment);
    ensures \result < alignment;
    ensures (len + \result) % alignment == 0;
 */
static inline size_t arith_pad(size_t len, size_t alignment)
{
    switch (alignment) {
    case 1:
        return 0;
    case 2:
        return (2 - len % 2) % 2;
    case 4:
        return (4 - len % 4) % 4;
    case 8:
        return (8 - len % 8) % 8;
    default:
        return (16 - len % 16) % 16;
    }
}

#endif
