/* SPDX-License-Identifier: MIT
 *
 * base/writer.h: the fragment writer: stub bytes straight into PDU buffers. Layer: base.
 *
 * A writer is a chain of segments, one per fragment to be. Each has room before its body for
 * the PDU header and room after it for padding, trailer and token, so a fragment is completed
 * and sealed where it lies. The body length of a segment is a multiple of 16 for all but the
 * last, so an aligned value never crosses segments. The one exception is the segment that
 * writer_keep_together closes early, as a verification trailer's must be (MS-RPCE 2.2.2.13); as
 * only that trailer follows, it is the last but one. The first error sticks.
 */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

/* One segment: head room | body | tail room, in one allocation. */
struct segment {
    struct segment *next;
    size_t head_len; /* room before the body */
    size_t body_len; /* bytes written */
    size_t body_max;
    size_t tail_len; /* room after the body, behind body_max */
    size_t offset;   /* of the body's first byte in the whole message */
    uint8_t mem[];   /* head_len + body_max + tail_len */
};

/* Where a segment's body begins. */
uint8_t *segment_body(struct segment *s);
void segment_free(struct segment *s); /* one */
void segment_free_chain(struct segment *s);

struct writer_shape {
    size_t head_len; /* room before each body */
    size_t body_max; /* of each segment; rounded down to a multiple of 16 */
    size_t tail_len; /* room after each body */
    size_t max;      /* bytes of the whole message; more fails with LIMIT */
};

struct writer {
    struct writer_shape shape;
    struct segment *first; /* NULL until the first byte or writer_finish */
    struct segment *last;
    size_t len; /* bytes written in all */
    bool big_endian;
    rpcsec_status status;
    struct segment *spare; /* memory kept by writer_reset and writer_recycle */
    size_t num_spare;
};

void writer_init(struct writer *w, const struct writer_shape *shape, bool big_endian);
void writer_done(struct writer *w);
/* Empties the writer for a new message. A few segments are kept for use again when the new
 * shape has the same room. */
void writer_reset(struct writer *w, const struct writer_shape *shape, bool big_endian);
/* Gives segments back that writer_take handed out, for use again, when there is room for spare
 * ones and the shape is the same; else they are freed. The chain may be NULL. */
void writer_recycle(struct writer *w, struct segment *chain);

void writer_u8(struct writer *w, uint8_t value);
void writer_u16(struct writer *w,
                uint16_t value); /* in the writer's byte order; must be aligned */
void writer_u32(struct writer *w, uint32_t value);
void writer_u64(struct writer *w, uint64_t value);
void writer_bytes(struct writer *w, const void *data, size_t len); /* may cross segments */
void writer_zeros(struct writer *w, size_t len);
/* Zero-fills to a multiple of alignment (2, 4, 8 or 16) from the message's start. */
void writer_align(struct writer *w, size_t alignment);
/* Contiguous room for len bytes, counted as written, at most *ret_len of them where the segment
 * ends earlier; for block copies. NULL after an error. */
uint8_t *writer_reserve(struct writer *w, size_t len, size_t *ret_len);
/* The place of an aligned value or run of bytes, counted as written, with zeros before it. NULL
 * when the current segment does not hold all of it: the functions above do it then. */
static inline uint8_t *writer_place(struct writer *w, size_t alignment, size_t len)
{
    struct segment *s = w->last;
    size_t gap = -w->len & (alignment - 1);
    uint8_t *at;

    if (w->status != RPCSEC_OK || !s || len > s->body_max || len > w->shape.max ||
        gap + len > s->body_max - s->body_len || gap + len > w->shape.max - w->len)
        return NULL;
    at = s->mem + s->head_len + s->body_len;
    s->body_len += gap + len;
    w->len += gap + len;
    while (gap) {
        *at++ = 0;
        gap--;
    }
    return at;
}
/* Closes the current segment early and starts a new one unless len bytes fit into it.
 * len <= body_max. */
void writer_keep_together(struct writer *w, size_t len);
/* Overwrites a value written before, at an offset from the message's start. */
void writer_patch_u32(struct writer *w, size_t offset, uint32_t value);
void writer_patch_u64(struct writer *w, size_t offset, uint64_t value);

void writer_fail(struct writer *w, rpcsec_status status);
RPCSEC_MUST_USE rpcsec_status writer_status(const struct writer *w);

/* Hands the chain over; at least one segment, perhaps with an empty body. The writer is empty
 * after it. **Errors**: the sticky status; then the chain stays with the writer. */
RPCSEC_MUST_USE rpcsec_status writer_take(struct writer *w, struct segment **ret_chain);
/* Copies the whole message into `out`, len bytes long as writer.len says; for tests and dumps.
 */
void writer_copy(const struct writer *w, uint8_t *out);

#endif
