/* SPDX-License-Identifier: MIT
 *
 * ndr/encoder.h: what encode.c and encode_steps.c share. Layer: ndr.
 */
#ifndef NDR_ENCODER_H
#define NDR_ENCODER_H

#include "ndr/aliases.h"
#include "ndr/types.h"
#include "ndr/walk.h"

struct encoder {
    struct ndr_walk walk;
    struct writer *writer;
    struct ndr_aliases full; /* referents of full pointers, by their addresses */
};

static inline bool failed(const struct encoder *e)
{
    return e->walk.status || e->writer->status;
}

/* Sets the error of a value that contradicts the interface. */
#define BAD_VALUE(e, type, mem, ...) \
    walk_fail(&(e)->walk, RPCSEC_INVALID_ARGUMENT, NDR_FAULT_BAD_STUB, type, mem, __VA_ARGS__)

/* A value that crosses into a new segment, or after an error. */
void encode_far(struct encoder *e, uint64_t value, size_t width);

static inline void put(struct encoder *e, uint64_t value, size_t width)
{
    uint8_t *at = writer_place(e->writer, width, width);

    if (at)
        ndr_put_bits(at, value, width, e->walk.swapped);
    else
        encode_far(e, value, width);
}

/* Bytes as they lie in memory. */
static inline void put_run(struct encoder *e, const void *mem, size_t len, size_t align)
{
    uint8_t *at = writer_place(e->writer, align, len);

    if (at) {
        ndr_copy_short(at, mem, len);
        return;
    }
    if (align > 1)
        writer_align(e->writer, align);
    writer_bytes(e->writer, mem, len);
}

static inline const void *load_pointer(const void *slot)
{
    const void *pointer;

    memcpy(&pointer, slot, sizeof(pointer));
    return pointer;
}

/* ---- encode.c ---- */

void encode_scalar(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem);
/* The pointer in place; its referent waits in the queue. */
void encode_pointer(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot,
                    const void *record);
void encode_check_null(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot,
                       const void *record);
void encode_referent(struct encoder *e, const struct ndr_deferred *entry);

/* ---- encode_steps.c ---- */

bool encode_has_steps(const struct encoder *e, const struct rpcsec_ndr_type *type);
/* What stands in place in one structure. `is_queued`: its referents wait in the queue. */
void encode_steps(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                  bool is_queued);
/* Structures that are all of their construction: nothing comes between them and their
 * referents, which have no pointers themselves, so none of them need wait in the queue. */
void encode_whole_structs(struct encoder *e, const struct rpcsec_ndr_type *type,
                          const void *mem, uint64_t num);

#endif
