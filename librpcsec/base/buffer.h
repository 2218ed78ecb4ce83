/* SPDX-License-Identifier: MIT
 *
 * base/buffer.h: a growing byte buffer with a hard maximum. Layer: base.
 *
 * The first error sticks: later puts do nothing, and buf_status tells. For tokens and small
 * messages; stub bytes go through base/writer.h.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

struct buf {
    uint8_t *data;
    size_t len;
    size_t cap;
    size_t max;  /* buffers never hold more */
    bool secret; /* zeroed before memory is given back */
    bool big_endian;
    rpcsec_status status;
};

void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
/* Empties the buffer, keeps its memory, clears the error. */
void buf_reset(struct buf *b);

void buf_u8(struct buf *b, uint8_t value);
void buf_u16(struct buf *b, uint16_t value);
void buf_u32(struct buf *b, uint32_t value);
void buf_u64(struct buf *b, uint64_t value);
void buf_bytes(struct buf *b, const void *data, size_t len);
void buf_zeros(struct buf *b, size_t len);
/* Zero-fills to a multiple of alignment (a power of two) from the start. */
void buf_align(struct buf *b, size_t alignment);
/* Room for len bytes at the end, counted as written; NULL after an error. The pointer is valid
 * until the next call. */
uint8_t *buf_reserve(struct buf *b, size_t len);
/* Removes len bytes from the front; more than there are is INTERNAL. */
void buf_consume(struct buf *b, size_t len);
/* Overwrites bytes that were written before; a place outside them is INTERNAL. */
void buf_patch_u16(struct buf *b, size_t offset, uint16_t value);
void buf_patch_u32(struct buf *b, size_t offset, uint32_t value);

void buf_fail(struct buf *b, rpcsec_status status);
RPCSEC_MUST_USE rpcsec_status buf_status(const struct buf *b);

/* Fixed-place stores, for headers that are written into room kept before a body. */
void put_u16(uint8_t *at, uint16_t value, bool big_endian);
void put_u32(uint8_t *at, uint32_t value, bool big_endian);
void put_u64(uint8_t *at, uint64_t value, bool big_endian);

#endif
