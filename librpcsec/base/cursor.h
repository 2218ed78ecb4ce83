/* SPDX-License-Identifier: MIT
 *
 * base/cursor.h: the checked reader of peer bytes. Layer: base.
 *
 * The only place with pointer arithmetic on bytes that a peer sent. The first error sticks:
 * from then on every get gives 0 or NULL and moves nothing, so a decoder is a straight line of
 * gets that ends with one cur_end() or cur_status(). The contracts (comments that begin with an
 * at-sign) are proved by `make prove`: no call can read outside the bytes of a valid cursor.
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#include "base/arith.h"

struct cur {
    const uint8_t *start;
    size_t len;
    size_t at; /* at <= len always */
    bool big_endian;
    rpcsec_status status;
};

/*@ predicate is_cur{L}(struct cur *c) =
        \valid(c) && c->at <= c->len && c->start != \null &&
        \valid_read(c->start + (0 .. c->len - 1));

    predicate is_good{L}(struct cur *c) = c->status == RPCSEC_OK;

    logic integer left{L}(struct cur *c) = c->len - c->at;

    // Numbers on the wire, most significant byte first (be) or last (le).
    logic uint16_t join_u16(uint8_t high, uint8_t low) =
        (uint16_t)((uint32_t)(high << 8) | low);
    logic uint32_t join_u32(uint16_t high, uint16_t low) =
        (uint32_t)((uint32_t)(high << 16) | low);
    logic uint64_t join_u64(uint32_t high, uint32_t low) =
        (uint64_t)((uint64_t)(high << 32) | low);
    logic uint16_t be_u16{L}(uint8_t *p) = join_u16(p[0], p[1]);
    logic uint16_t le_u16{L}(uint8_t *p) = join_u16(p[1], p[0]);
    logic uint32_t be_u32{L}(uint8_t *p) = join_u32(be_u16(p), be_u16(p + 2));
    logic uint32_t le_u32{L}(uint8_t *p) = join_u32(le_u16(p + 2), le_u16(p));
    logic uint64_t be_u64{L}(uint8_t *p) = join_u64(be_u32(p), be_u32(p + 4));
    logic uint64_t le_u64{L}(uint8_t *p) = join_u64(le_u32(p + 4), le_u32(p));

    // Only status and place change; what was good and had len bytes left gave them, and
    // everything else moved nothing.
    predicate is_taken{L1,L2}(struct cur *c, integer len) =
        \at(is_good(c), L1) && len <= left{L1}(c)
            ? \at(is_good(c), L2) && \at(c->at, L2) == \at(c->at, L1) + len
            : !\at(is_good(c), L2) && \at(c->at, L2) == \at(c->at, L1) &&
              (!\at(is_good(c), L1) ==> \at(c->status, L2) == \at(c->status, L1));
 */

/* data may be NULL when len is 0. */
/*@ requires \valid(c);
    requires data == \null || \valid_read((uint8_t *)data + (0 .. len - 1));
    assigns *c;
    ensures is_cur(c) && c->at == 0 && c->big_endian == big_endian;
    ensures data != \null ==> is_good(c) && c->start == (uint8_t *)data && c->len == len;
    ensures data == \null ==> c->len == 0 && (is_good(c) <==> len == 0);
 */
void cur_init(struct cur *c, const void *data, size_t len, bool big_endian);

/* Sets an error; the first one stays. */
/*@ requires \valid(c);
    assigns c->status;
    ensures \old(c->status) == RPCSEC_OK ==> c->status == status;
    ensures \old(c->status) != RPCSEC_OK ==> c->status == \old(c->status);
 */
void cur_fail(struct cur *c, rpcsec_status status);

/* The next len bytes, in place; NULL after an error. With len 0 the pointer is valid, not NULL.
 */
/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, len);
    ensures is_good(c) ==> \result == c->start + \old(c->at);
    ensures is_good(c) ==> \valid_read(\result + (0 .. len - 1));
    ensures !is_good(c) ==> \result == \null;
 */
static inline const uint8_t *cur_bytes(struct cur *c, size_t len)
{
    const uint8_t *bytes;

    if (c->status != RPCSEC_OK)
        return NULL;
    if (len > c->len - c->at) {
        cur_fail(c, RPCSEC_TRUNCATED);
        return NULL;
    }
    bytes = c->start + c->at;
    c->at += len;
    return bytes;
}

/* Fixed-place loads, the other side of put_u16 ... in base/buffer.h; and for bytes that
 * cur_bytes gave. */
/*@ requires \valid_read(at + (0 .. 1));
    assigns \nothing;
    ensures big_endian ? \result == be_u16(at) : \result == le_u16(at);
 */
static inline uint16_t get_u16(const uint8_t *at, bool big_endian)
{
    if (big_endian)
        return (uint16_t)((uint32_t)at[0] << 8 | at[1]);
    return (uint16_t)((uint32_t)at[1] << 8 | at[0]);
}

/*@ requires \valid_read(at + (0 .. 3));
    assigns \nothing;
    ensures big_endian ? \result == be_u32(at) : \result == le_u32(at);
 */
static inline uint32_t get_u32(const uint8_t *at, bool big_endian)
{
    uint32_t first = get_u16(at, big_endian);
    uint32_t second = get_u16(at + 2, big_endian);

    return big_endian ? first << 16 | second : second << 16 | first;
}

/*@ requires \valid_read(at + (0 .. 7));
    assigns \nothing;
    ensures big_endian ? \result == be_u64(at) : \result == le_u64(at);
 */
static inline uint64_t get_u64(const uint8_t *at, bool big_endian)
{
    uint64_t first = get_u32(at, big_endian);
    uint64_t second = get_u32(at + 4, big_endian);

    return big_endian ? first << 32 | second : second << 32 | first;
}

/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, 1);
    ensures is_good(c) ==> \result == c->start[\old(c->at)];
    ensures !is_good(c) ==> \result == 0;
 */
static inline uint8_t cur_u8(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 1);

    return at ? at[0] : 0;
}

/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, 2);
    ensures is_good(c) && c->big_endian ==> \result == be_u16(c->start + \old(c->at));
    ensures is_good(c) && !c->big_endian ==> \result == le_u16(c->start + \old(c->at));
    ensures !is_good(c) ==> \result == 0;
 */
static inline uint16_t cur_u16(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 2);

    return at ? get_u16(at, c->big_endian) : 0;
}

/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, 4);
    ensures is_good(c) && c->big_endian ==> \result == be_u32(c->start + \old(c->at));
    ensures is_good(c) && !c->big_endian ==> \result == le_u32(c->start + \old(c->at));
    ensures !is_good(c) ==> \result == 0;
 */
static inline uint32_t cur_u32(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 4);

    return at ? get_u32(at, c->big_endian) : 0;
}

/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, 8);
    ensures is_good(c) && c->big_endian ==> \result == be_u64(c->start + \old(c->at));
    ensures is_good(c) && !c->big_endian ==> \result == le_u64(c->start + \old(c->at));
    ensures !is_good(c) ==> \result == 0;
 */
static inline uint64_t cur_u64(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 8);

    return at ? get_u64(at, c->big_endian) : 0;
}

/* Copies the next len bytes out; zeroes `out` after an error. */
/*@ requires is_cur(c);
    requires len != 0 ==> \valid((uint8_t *)out + (0 .. len - 1));
    requires \separated((uint8_t *)out + (0 .. len - 1), c);
    requires \separated((uint8_t *)out + (0 .. len - 1), c->start + (0 .. c->len - 1));
    assigns c->at, c->status, ((uint8_t *)out)[0 .. len - 1];
    ensures is_cur(c) && is_taken{Pre,Post}(c, len);
 */
void cur_copy(struct cur *c, void *out, size_t len);
/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, len);
 */
void cur_skip(struct cur *c, size_t len);
/* Skips to a multiple of `alignment` (1, 2, 4, 8 or 16), counted from the cursor's start. */
/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c);
    ensures is_alignment(alignment) ==>
        is_taken{Pre,Post}(c, padding(\old(c->at), alignment));
    ensures !is_alignment(alignment) ==> !is_good(c);
    ensures is_good(c) ==> c->at % alignment == 0;
 */
void cur_align(struct cur *c, size_t alignment);
/* Moves to an absolute offset, forwards or backwards. */
/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c);
    ensures is_good(c) <==> \old(c->status) == RPCSEC_OK && offset <= c->len;
    ensures is_good(c) ? c->at == offset : c->at == \old(c->at);
 */
void cur_seek(struct cur *c, size_t offset);

/* A cursor over the next len bytes, which this one skips. After an error the child is empty and
 * carries the status. Offsets of the child count from its own start. */
/*@ requires is_cur(c);
    assigns c->at, c->status;
    ensures is_cur(c) && is_taken{Pre,Post}(c, len);
    ensures \result.status == c->status && \result.at == 0 && \result.start != \null;
    ensures \result.big_endian == c->big_endian;
    ensures is_good(c) ==> \result.start == c->start + \old(c->at) && \result.len == len;
    ensures !is_good(c) ==> \result.len == 0;
 */
struct cur cur_child(struct cur *c, size_t len);

/* Checks a peer's count: gives it back when count * element_len bytes are left, else fails with
 * TRUNCATED and gives 0. An element_len of 0 is refused for any count but 0. */
/*@ requires is_cur(c);
    assigns c->status;
    ensures is_cur(c);
    ensures \result == 0 || \result == count;
    ensures \result * element_len <= left(c);
    ensures is_good(c) <==> \old(c->status) == RPCSEC_OK &&
        (count == 0 || (element_len != 0 && count * element_len <= left(c)));
    ensures is_good(c) ==> \result == count;
 */
size_t cur_count(struct cur *c, uint64_t count, size_t element_len);

/*@ requires is_cur(c);
    assigns \nothing;
    ensures is_good(c) ? \result == left(c) : \result == 0;
 */
size_t cur_left(const struct cur *c);
/*@ requires is_cur(c);
    assigns \nothing;
    ensures \result == c->at;
 */
size_t cur_offset(const struct cur *c);
/*@ requires is_cur(c);
    assigns \nothing;
    ensures \result == c->status;
 */
RPCSEC_MUST_USE rpcsec_status cur_status(const struct cur *c);
/* The status, or TRAILING_DATA when bytes are left. */
/*@ requires is_cur(c);
    assigns \nothing;
    ensures \result == RPCSEC_OK <==> is_good(c) && c->at == c->len;
 */
RPCSEC_MUST_USE rpcsec_status cur_end(const struct cur *c);

#endif
