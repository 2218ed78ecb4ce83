/* SPDX-License-Identifier: MIT
 *
 * base/writer.c: the fragment writer. Layer: base.
 *
 * Invariants of every function: len <= shape.max; the bodies of the chain hold len bytes in
 * all, and each segment's offset is the sum of the bodies before it; body_len <= body_max.
 */
#include "base/writer.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arith.h"
#include "base/buffer.h"
#include "base/limits.h"

#define BODY_GRAIN 16 /* bytes: the widest alignment that a value asks for */

uint8_t *segment_body(struct segment *s)
{
    return s->mem + s->head_len;
}

void segment_free(struct segment *s)
{
    mem_free(s);
}

void segment_free_chain(struct segment *s)
{
    while (s) {
        struct segment *next = s->next;

        segment_free(s);
        s = next;
    }
}

static struct segment *segment_new(const struct writer_shape *shape)
{
    struct segment *s;
    size_t total;

    if (!arith_add(sizeof(*s), shape->head_len, &total) ||
        !arith_add(total, shape->body_max, &total) ||
        !arith_add(total, shape->tail_len, &total))
        return NULL;
    s = mem_alloc(total);
    if (!s)
        return NULL;
    s->head_len = shape->head_len;
    s->body_max = shape->body_max;
    s->tail_len = shape->tail_len;
    return s;
}

static bool segment_fits(const struct segment *s, const struct writer_shape *shape)
{
    return s->head_len == shape->head_len && s->body_max == shape->body_max &&
           s->tail_len == shape->tail_len;
}

static void set_shape(struct writer *w, const struct writer_shape *shape, bool big_endian)
{
    w->shape = *shape;
    w->shape.body_max -= shape->body_max % BODY_GRAIN;
    w->first = NULL;
    w->last = NULL;
    w->len = 0;
    w->big_endian = big_endian;
    w->status = w->shape.body_max == 0 ? RPCSEC_INVALID_ARGUMENT : RPCSEC_OK;
}

void writer_init(struct writer *w, const struct writer_shape *shape, bool big_endian)
{
    w->spare = NULL;
    w->num_spare = 0;
    set_shape(w, shape, big_endian);
}

void writer_done(struct writer *w)
{
    segment_free_chain(w->first);
    segment_free_chain(w->spare);
    writer_init(w, &w->shape, w->big_endian);
}

static void keep_or_free(struct writer *w, struct segment *s)
{
    if (w->num_spare >= LIMIT_SPARE_SEGMENTS || !segment_fits(s, &w->shape)) {
        segment_free(s);
        return;
    }
    s->next = w->spare;
    w->spare = s;
    w->num_spare++;
}

void writer_recycle(struct writer *w, struct segment *chain)
{
    while (chain) {
        struct segment *next = chain->next;

        keep_or_free(w, chain);
        chain = next;
    }
}

void writer_reset(struct writer *w, const struct writer_shape *shape, bool big_endian)
{
    struct segment *used = w->first;
    struct segment *spare = w->spare;

    w->spare = NULL;
    w->num_spare = 0;
    set_shape(w, shape, big_endian);
    writer_recycle(w, spare);
    writer_recycle(w, used);
}

/* A spare segment, or a new one; NULL when memory ends. */
static struct segment *get_segment(struct writer *w)
{
    struct segment *s = w->spare;

    if (!s)
        return segment_new(&w->shape);
    w->spare = s->next;
    w->num_spare--;
    return s;
}

/* Appends an empty segment. */
static bool add_segment(struct writer *w)
{
    struct segment *s = get_segment(w);

    if (!s) {
        writer_fail(w, RPCSEC_NO_MEMORY);
        return false;
    }
    s->next = NULL;
    s->body_len = 0;
    s->offset = w->len;
    if (w->last)
        w->last->next = s;
    else
        w->first = s;
    w->last = s;
    return true;
}

/* Bytes that the current segment still takes. */
static size_t room(const struct writer *w)
{
    return w->last ? w->last->body_max - w->last->body_len : 0;
}

/* Counts len bytes as written in the current segment: len <= room(), len <= max - w->len. */
static uint8_t *take_room(struct writer *w, size_t len)
{
    uint8_t *at = segment_body(w->last) + w->last->body_len;

    w->last->body_len += len;
    w->len += len;
    return at;
}

uint8_t *writer_reserve(struct writer *w, size_t len, size_t *ret_len)
{
    if (w->status != RPCSEC_OK)
        return NULL;
    if (len > w->shape.max - w->len) {
        writer_fail(w, RPCSEC_LIMIT);
        return NULL;
    }
    /* Nothing to write opens a segment only where there is none to point into. */
    if (room(w) == 0 && (len != 0 || !w->last) && !add_segment(w))
        return NULL;
    if (len > room(w))
        len = room(w);
    *ret_len = len;
    return take_room(w, len);
}

/* The place of a value of len bytes, NULL when it is not all in the current segment. */
static uint8_t *value_place(struct writer *w, size_t len)
{
    if (w->status != RPCSEC_OK || len > room(w) || len > w->shape.max - w->len)
        return NULL;
    return take_room(w, len);
}

void writer_u8(struct writer *w, uint8_t value)
{
    uint8_t *at = value_place(w, 1);

    if (at)
        at[0] = value;
    else
        writer_bytes(w, &value, 1);
}

void writer_u16(struct writer *w, uint16_t value)
{
    uint8_t *at = value_place(w, 2);
    uint8_t bytes[2];

    put_u16(at ? at : bytes, value, w->big_endian);
    if (!at)
        writer_bytes(w, bytes, sizeof(bytes));
}

void writer_u32(struct writer *w, uint32_t value)
{
    uint8_t *at = value_place(w, 4);
    uint8_t bytes[4];

    put_u32(at ? at : bytes, value, w->big_endian);
    if (!at)
        writer_bytes(w, bytes, sizeof(bytes));
}

void writer_u64(struct writer *w, uint64_t value)
{
    uint8_t *at = value_place(w, 8);
    uint8_t bytes[8];

    put_u64(at ? at : bytes, value, w->big_endian);
    if (!at)
        writer_bytes(w, bytes, sizeof(bytes));
}

void writer_bytes(struct writer *w, const void *data, size_t len)
{
    const uint8_t *from = data;

    while (len != 0) {
        size_t part_len = 0;
        uint8_t *at = writer_reserve(w, len, &part_len);

        if (!at)
            return;
        memcpy(at, from, part_len);
        from += part_len;
        len -= part_len;
    }
}

void writer_zeros(struct writer *w, size_t len)
{
    while (len != 0) {
        size_t part_len = 0;
        uint8_t *at = writer_reserve(w, len, &part_len);

        if (!at)
            return;
        memset(at, 0, part_len);
        len -= part_len;
    }
}

void writer_align(struct writer *w, size_t alignment)
{
    if (!arith_is_alignment(alignment)) {
        writer_fail(w, RPCSEC_INTERNAL);
        return;
    }
    writer_zeros(w, arith_pad(w->len, alignment));
}

void writer_keep_together(struct writer *w, size_t len)
{
    if (w->status != RPCSEC_OK)
        return;
    if (len > w->shape.body_max) {
        writer_fail(w, RPCSEC_INVALID_ARGUMENT);
        return;
    }
    if (len > room(w))
        (void)add_segment(w);
}

/* The segment that holds the byte at an offset; offset < w->len. Patches are mostly near the
 * end, so that is looked at first. */
static struct segment *segment_at(const struct writer *w, size_t offset)
{
    struct segment *s = w->first;

    if (offset >= w->last->offset)
        return w->last;
    while (offset - s->offset >= s->body_len)
        s = s->next;
    return s;
}

static void patch(struct writer *w, size_t offset, const uint8_t *data, size_t len)
{
    if (w->status != RPCSEC_OK)
        return;
    if (offset > w->len || len > w->len - offset) {
        writer_fail(w, RPCSEC_INTERNAL);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        struct segment *s = segment_at(w, offset + i);

        segment_body(s)[offset + i - s->offset] = data[i];
    }
}

void writer_patch_u32(struct writer *w, size_t offset, uint32_t value)
{
    uint8_t bytes[4];

    put_u32(bytes, value, w->big_endian);
    patch(w, offset, bytes, sizeof(bytes));
}

void writer_patch_u64(struct writer *w, size_t offset, uint64_t value)
{
    uint8_t bytes[8];

    put_u64(bytes, value, w->big_endian);
    patch(w, offset, bytes, sizeof(bytes));
}

void writer_fail(struct writer *w, rpcsec_status status)
{
    if (w->status == RPCSEC_OK)
        w->status = status;
}

rpcsec_status writer_status(const struct writer *w)
{
    return w->status;
}

rpcsec_status writer_take(struct writer *w, struct segment **ret_chain)
{
    if (w->status == RPCSEC_OK && !w->first)
        (void)add_segment(w);
    if (w->status != RPCSEC_OK)
        return w->status;
    *ret_chain = w->first;
    w->first = NULL;
    w->last = NULL;
    w->len = 0;
    return RPCSEC_OK;
}

void writer_copy(const struct writer *w, uint8_t *out)
{
    for (struct segment *s = w->first; s; s = s->next) {
        if (s->body_len != 0)
            memcpy(out + s->offset, segment_body(s), s->body_len);
    }
}
