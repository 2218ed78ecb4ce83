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

/* Sets an error; the first one stays. */
void cur_fail(struct cur *c, rpcsec_status status);

/* The next len bytes, in place; NULL after an error. With len 0 the pointer is valid, not NULL.
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
static inline uint16_t get_u16(const uint8_t *at, bool big_endian)
{
    return (uint16_t)(big_endian ? at[0] << 8 | at[1] : at[1] << 8 | at[0]);
}

static inline uint32_t get_u32(const uint8_t *at, bool big_endian)
{
    uint32_t first = get_u16(at, big_endian);
    uint32_t second = get_u16(at + 2, big_endian);

    return big_endian ? first << 16 | second : second << 16 | first;
}

static inline uint64_t get_u64(const uint8_t *at, bool big_endian)
{
    uint64_t first = get_u32(at, big_endian);
    uint64_t second = get_u32(at + 4, big_endian);

    return big_endian ? first << 32 | second : second << 32 | first;
}

static inline uint8_t cur_u8(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 1);

    return at ? at[0] : 0;
}

static inline uint16_t cur_u16(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 2);

    return at ? get_u16(at, c->big_endian) : 0;
}

static inline uint32_t cur_u32(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 4);

    return at ? get_u32(at, c->big_endian) : 0;
}

static inline uint64_t cur_u64(struct cur *c)
{
    const uint8_t *at = cur_bytes(c, 8);

    return at ? get_u64(at, c->big_endian) : 0;
}

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
RPCSEC_MUST_USE rpcsec_status cur_status(const struct cur *c);
/* The status, or TRAILING_DATA when bytes are left. */
RPCSEC_MUST_USE rpcsec_status cur_end(const struct cur *c);

#endif
