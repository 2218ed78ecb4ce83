/* SPDX-License-Identifier: MIT
 *
 * base/buffer.h: a growing byte buffer with a hard maximum. Layer: base.
 *
 * The first error sticks: later puts do nothing, and buf_status tells. For tokens and small
 * messages; stub bytes go through base/writer.h. The contracts (comments that begin with an
 * at-sign) are proved by `make prove`, given that memory is what base/alloc.h says.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#include "base/arith.h"

struct buf {
    uint8_t *data;
    size_t len;
    size_t cap;
    size_t max;  /* buffers never hold more */
    bool secret; /* zeroed before memory is given back */
    bool big_endian;
    rpcsec_status status;
};

/*@ // A buffer as buf_init makes it and every function leaves it.
    predicate is_buf{L}(struct buf *b) =
        \valid(b) && b->len <= b->cap && b->len <= b->max &&
        (b->data == \null ==> b->cap == 0) && \valid(b->data + (0 .. b->cap - 1));
 */

/*@ requires \valid(b);
    assigns *b;
    ensures is_buf(b) && b->len == 0 && b->max == max && b->status == RPCSEC_OK;
 */
void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
/* Empties the buffer, keeps its memory, clears the error. */
void buf_reset(struct buf *b);

/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==> b->len == \old(b->len) + 1;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
 */
void buf_u8(struct buf *b, uint8_t value);
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==> b->len == \old(b->len) + 2;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
 */
void buf_u16(struct buf *b, uint16_t value);
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==> b->len == \old(b->len) + 4;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
 */
void buf_u32(struct buf *b, uint32_t value);
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==> b->len == \old(b->len) + 8;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
 */
void buf_u64(struct buf *b, uint64_t value);
void buf_bytes(struct buf *b, const void *data, size_t len);
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==> b->len == \old(b->len) + len;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
 */
void buf_zeros(struct buf *b, size_t len);
/* Zero-fills to a multiple of alignment (1, 2, 4, 8 or 16) from the start. */
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK ==>
        b->len == \old(b->len) + padding(\old(b->len), alignment);
    ensures b->status == RPCSEC_OK ==> b->len % alignment == 0;
    ensures b->status != RPCSEC_OK ==> b->len == \old(b->len);
    ensures !is_alignment(alignment) ==> b->status != RPCSEC_OK;
 */
void buf_align(struct buf *b, size_t alignment);
/* Room for len bytes at the end, counted as written; NULL after an error. The pointer is valid
 * until the next call. */
/*@ requires is_buf(b);
    ensures is_buf(b) && b->max == \old(b->max);
    ensures \result == \null <==> b->status != RPCSEC_OK;
    ensures \result == \null ==> b->len == \old(b->len);
    ensures \result != \null ==> b->len == \old(b->len) + len;
    ensures \result != \null ==> \result == b->data + \old(b->len);
    ensures \result != \null ==> \valid(\result + (0 .. len - 1));
    ensures \old(b->len) + len > \old(b->max) ==> \result == \null;
 */
uint8_t *buf_reserve(struct buf *b, size_t len);
/* Removes len bytes from the front; more than there are is INTERNAL. */
/*@ requires is_buf(b);
    ensures is_buf(b);
    ensures len <= \old(b->len) ==> b->len == \old(b->len) - len;
    ensures len > \old(b->len) ==> b->len == \old(b->len) && b->status != RPCSEC_OK;
 */
void buf_consume(struct buf *b, size_t len);
/* Overwrites bytes that were written before; a place outside them is INTERNAL. */
/*@ requires is_buf(b) && \separated(b, b->data + (0 .. b->cap - 1));
    assigns b->status, b->data[offset .. offset + 1];
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK <==>
        \old(b->status) == RPCSEC_OK && offset + 2 <= b->len;
 */
void buf_patch_u16(struct buf *b, size_t offset, uint16_t value);
/*@ requires is_buf(b) && \separated(b, b->data + (0 .. b->cap - 1));
    assigns b->status, b->data[offset .. offset + 3];
    ensures is_buf(b);
    ensures b->status == RPCSEC_OK <==>
        \old(b->status) == RPCSEC_OK && offset + 4 <= b->len;
 */
void buf_patch_u32(struct buf *b, size_t offset, uint32_t value);

/*@ requires \valid(b);
    assigns b->status;
    ensures b->status == (\old(b->status) == RPCSEC_OK ? status : \old(b->status));
 */
void buf_fail(struct buf *b, rpcsec_status status);
/*@ requires \valid_read(b);
    assigns \nothing;
    ensures \result == b->status;
 */
RPCSEC_MUST_USE rpcsec_status buf_status(const struct buf *b);

/* Fixed-place stores, for headers that are written into room kept before a body. */
/*@ requires \valid(at + (0 .. 1));
    assigns at[0 .. 1];
 */
void put_u16(uint8_t *at, uint16_t value, bool big_endian);
/*@ requires \valid(at + (0 .. 3));
    assigns at[0 .. 3];
 */
void put_u32(uint8_t *at, uint32_t value, bool big_endian);
/*@ requires \valid(at + (0 .. 7));
    assigns at[0 .. 7];
 */
void put_u64(uint8_t *at, uint64_t value, bool big_endian);

#endif
