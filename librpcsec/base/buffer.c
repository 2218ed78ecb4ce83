/* SPDX-License-Identifier: MIT
 *
 * base/buffer.c: a growing byte buffer with a hard maximum. Layer: base.
 *
 * Invariant of every function: len <= cap, len <= max, and `data` has cap bytes.
 */
#include "base/buffer.h"

#include <string.h>

#include "base/alloc.h"

#define FIRST_CAP 256 /* bytes: holds most PDUs of a handshake but not their tokens */

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

static void give_back(struct buf *b)
{
    if (b->secret && b->data)
        secret_wipe(b->data, b->cap);
    mem_free(b->data);
}

void buf_done(struct buf *b)
{
    give_back(b);
    *b = (struct buf){.max = b->max, .secret = b->secret, .big_endian = b->big_endian};
}

void buf_reset(struct buf *b)
{
    if (b->secret && b->data)
        secret_wipe(b->data, b->cap);
    b->len = 0;
    b->status = RPCSEC_OK;
}

/* The capacity to have for `need` bytes: doubled, but never above max. need <= max. */
/*@ requires \valid_read(b) && need <= b->max;
    assigns \nothing;
    ensures need <= \result <= b->max;
 */
static size_t next_cap(const struct buf *b, size_t need)
{
    size_t cap = b->cap > b->max / 2 ? b->max : b->cap * 2;

    if (cap < FIRST_CAP)
        cap = FIRST_CAP;
    if (cap > b->max)
        cap = b->max;
    return cap < need ? need : cap;
}

/* A new block and a copy instead of mem_resize: that may leave a secret behind. */
/*@ requires is_buf(b) && need <= b->max;
    ensures is_buf(b) && b->len == \old(b->len) && b->max == \old(b->max);
    ensures \result ==> b->data != \null && b->cap >= need && b->status == \old(b->status);
    ensures !\result ==> b->status != RPCSEC_OK;
 */
static bool grow(struct buf *b, size_t need)
{
    size_t cap = next_cap(b, need);
    uint8_t *data = mem_alloc(cap);

    if (!data) {
        buf_fail(b, RPCSEC_NO_MEMORY);
        return false;
    }
    if (b->len != 0)
        memcpy(data, b->data, b->len);
    give_back(b);
    b->data = data;
    b->cap = cap;
    return true;
}

/* An empty buffer gets memory also for 0 bytes: NULL means an error. */
/*@ requires is_buf(b);
    assigns \nothing;
    ensures \result <==> b->data != \null && b->len + len <= b->cap;
 */
static bool has_room(const struct buf *b, size_t len)
{
    return b->data && len <= b->cap - b->len;
}

uint8_t *buf_reserve(struct buf *b, size_t len)
{
    uint8_t *at;

    if (b->status != RPCSEC_OK)
        return NULL;
    if (len > b->max - b->len) {
        buf_fail(b, RPCSEC_LIMIT);
        return NULL;
    }
    if (!has_room(b, len) && !grow(b, b->len + len))
        return NULL;
    at = b->data + b->len;
    b->len += len;
    return at;
}

void buf_u8(struct buf *b, uint8_t value)
{
    uint8_t *at = buf_reserve(b, 1);

    if (at)
        at[0] = value;
}

void buf_u16(struct buf *b, uint16_t value)
{
    uint8_t *at = buf_reserve(b, 2);

    if (at)
        put_u16(at, value, b->big_endian);
}

void buf_u32(struct buf *b, uint32_t value)
{
    uint8_t *at = buf_reserve(b, 4);

    if (at)
        put_u32(at, value, b->big_endian);
}

void buf_u64(struct buf *b, uint64_t value)
{
    uint8_t *at = buf_reserve(b, 8);

    if (at)
        put_u64(at, value, b->big_endian);
}

void buf_bytes(struct buf *b, const void *data, size_t len)
{
    uint8_t *at = buf_reserve(b, len);

    if (at && len != 0)
        memcpy(at, data, len);
}

void buf_zeros(struct buf *b, size_t len)
{
    uint8_t *at = buf_reserve(b, len);

    if (at && len != 0)
        memset(at, 0, len);
}

void buf_align(struct buf *b, size_t alignment)
{
    size_t pad_len;

    if (!arith_is_alignment(alignment)) {
        buf_fail(b, RPCSEC_INTERNAL);
        return;
    }
    pad_len = arith_pad(b->len, alignment);
    if (pad_len != 0)
        buf_zeros(b, pad_len);
}

void buf_consume(struct buf *b, size_t len)
{
    if (len > b->len) {
        buf_fail(b, RPCSEC_INTERNAL);
        return;
    }
    if (len == 0)
        return;
    b->len -= len;
    if (b->len != 0)
        memmove(b->data, b->data + len, b->len);
    if (b->secret)
        secret_wipe(b->data + b->len, len);
}

/* Where `len` written bytes at an offset are; NULL and an error when they are not there. */
/*@ requires is_buf(b) && len > 0;
    assigns b->status;
    ensures is_buf(b);
    ensures \result == \null <==> b->status != RPCSEC_OK;
    ensures \result != \null ==> \result == b->data + offset && offset + len <= b->len;
    ensures b->status == RPCSEC_OK <==>
        \old(b->status) == RPCSEC_OK && offset + len <= b->len;
 */
static uint8_t *written(struct buf *b, size_t offset, size_t len)
{
    if (b->status != RPCSEC_OK)
        return NULL;
    if (offset > b->len || len > b->len - offset) {
        buf_fail(b, RPCSEC_INTERNAL);
        return NULL;
    }
    return b->data + offset;
}

void buf_patch_u16(struct buf *b, size_t offset, uint16_t value)
{
    uint8_t *at = written(b, offset, 2);

    if (at)
        put_u16(at, value, b->big_endian);
}

void buf_patch_u32(struct buf *b, size_t offset, uint32_t value)
{
    uint8_t *at = written(b, offset, 4);

    if (at)
        put_u32(at, value, b->big_endian);
}

void buf_fail(struct buf *b, rpcsec_status status)
{
    if (b->status == RPCSEC_OK)
        b->status = status;
}

rpcsec_status buf_status(const struct buf *b)
{
    return b->status;
}

void put_u16(uint8_t *at, uint16_t value, bool big_endian)
{
    at[big_endian ? 0 : 1] = (uint8_t)(value >> 8);
    at[big_endian ? 1 : 0] = (uint8_t)value;
}

void put_u32(uint8_t *at, uint32_t value, bool big_endian)
{
    put_u16(at + (big_endian ? 0 : 2), (uint16_t)(value >> 16), big_endian);
    put_u16(at + (big_endian ? 2 : 0), (uint16_t)value, big_endian);
}

void put_u64(uint8_t *at, uint64_t value, bool big_endian)
{
    put_u32(at + (big_endian ? 0 : 4), (uint32_t)(value >> 32), big_endian);
    put_u32(at + (big_endian ? 4 : 0), (uint32_t)value, big_endian);
}
