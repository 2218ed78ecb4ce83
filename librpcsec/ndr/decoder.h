/* SPDX-License-Identifier: MIT
 *
 * ndr/decoder.h: what decode.c and decode_steps.c share. Layer: ndr.
 */
#ifndef NDR_DECODER_H
#define NDR_DECODER_H

#include "ndr/aliases.h"
#include "ndr/checks.h"
#include "ndr/types.h"
#include "ndr/walk.h"

/* A pointer that will be what another one is when all is read. */
struct decoder_alias {
    void *slot;
    const void *first;
};

struct decoder {
    struct ndr_walk walk;
    struct cur *cur;
    struct rpcsec_arena *arena;
    struct ndr_checks checks;
    size_t slack_left;       /* bytes for elements that are announced and not sent */
    struct ndr_aliases full; /* referents of full pointers, by their ids */
    struct decoder_alias *aliases;
    size_t num_aliases;
    size_t room_aliases;
};

void decode_place_error(struct decoder *d, const struct rpcsec_ndr_type *type, const void *mem);

/* True after an error; gives an error of the cursor its place. */
static inline bool failed(struct decoder *d, const struct rpcsec_ndr_type *type,
                          const void *mem)
{
    if (!d->walk.status && d->cur->status)
        decode_place_error(d, type, mem);
    return d->walk.status != RPCSEC_OK;
}

#define BAD_STUB(d, fault, type, mem, ...) \
    walk_fail(&(d)->walk, RPCSEC_BAD_STUB, fault, type, mem, __VA_ARGS__)

/* The next len bytes from a multiple of `align` on; NULL after an error. len was compared with
 * what is left, or comes from the table. */
static inline const uint8_t *take(struct decoder *d, size_t len, size_t align)
{
    size_t pad = -d->cur->at & (align - 1);
    const uint8_t *bytes = cur_bytes(d->cur, pad + len);

    return bytes ? bytes + pad : NULL;
}

static inline uint64_t get(struct decoder *d, size_t width)
{
    const uint8_t *bytes = take(d, width, width);

    return bytes ? ndr_get_bits(bytes, width, d->walk.swapped) : 0;
}

/* Counts, offsets and referent ids: 4 bytes, in NDR64 8 (MS-RPCE 2.2.5.3). */
static inline uint64_t get_size(struct decoder *d)
{
    return get(d, d->walk.ndr64 ? 8 : 4);
}

static inline void store_pointer(void *slot, const void *pointer)
{
    memcpy(slot, &pointer, sizeof(pointer));
}

static inline const void *load_pointer(const void *slot)
{
    const void *pointer;

    memcpy(&pointer, slot, sizeof(pointer));
    return pointer;
}

/* ---- decode.c ---- */

void decode_scalar(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem);
/* The pointer in place; its referent waits in the queue. */
void decode_pointer(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                    const void *record);
void decode_check_null(struct decoder *d, const struct rpcsec_ndr_type *type, const void *slot,
                       const void *record);
void decode_referent(struct decoder *d, struct ndr_deferred *entry);

/* ---- decode_steps.c ---- */

bool decode_has_steps(const struct decoder *d, const struct rpcsec_ndr_type *type);
/* What stands in place in one structure. `is_queued`: its referents wait in the queue. */
void decode_steps(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                  bool is_queued);
/* Structures with their referents, see encode_whole_structs. */
void decode_whole_structs(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                          size_t num);

#endif
