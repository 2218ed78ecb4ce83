/* SPDX-License-Identifier: MIT
 *
 * base/cursor.h: the checked reader of peer bytes. Layer: base.
 *
 * The only place with pointer arithmetic on bytes that a peer sent. The first error sticks:
 * from then on every get gives 0 or NULL and moves nothing, so a decoder is a straight line of
 * gets that ends with one cur_end() or cur_status().
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

struct cur {
    const uint8_t *start;
    size_t len;
    size_t at; /* at <= len always */
    bool big_endian;
    rpcsec_status status;
};

/* data may be NULL when len is 0. */
void cur_init(struct cur *c, const void *data, size_t len, bool big_endian);

uint8_t cur_u8(struct cur *c);
uint16_t cur_u16(struct cur *c);
uint32_t cur_u32(struct cur *c);
uint64_t cur_u64(struct cur *c);
/* The next len bytes, in place; NULL after an error. With len 0 the pointer is valid, not NULL.
 */
const uint8_t *cur_bytes(struct cur *c, size_t len);
/* Copies the next len bytes out; zeroes `out` after an error. */
void cur_copy(struct cur *c, void *out, size_t len);
void cur_skip(struct cur *c, size_t len);
/* Skips to a multiple of `alignment` (a power of two), counted from the cursor's start. */
void cur_align(struct cur *c, size_t alignment);
/* Moves to an absolute offset, forwards or backwards. */
void cur_seek(struct cur *c, size_t offset);

/* A cursor over the next len bytes, which this one skips. After an error the child is empty and
 * carries the status. Offsets of the child count from its own start. */
struct cur cur_child(struct cur *c, size_t len);

/* Checks a peer's count: gives it back when count * element_len bytes are left, else fails with
 * TRUNCATED and gives 0. An element_len of 0 is refused for any count but 0. */
size_t cur_count(struct cur *c, uint64_t count, size_t element_len);

size_t cur_left(const struct cur *c);
size_t cur_offset(const struct cur *c);
/* Sets an error; the first one stays. */
void cur_fail(struct cur *c, rpcsec_status status);
RPCSEC_MUST_USE rpcsec_status cur_status(const struct cur *c);
/* The status, or TRAILING_DATA when bytes are left. */
RPCSEC_MUST_USE rpcsec_status cur_end(const struct cur *c);

#endif
