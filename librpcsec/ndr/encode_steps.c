/* SPDX-License-Identifier: MIT
 *
 * ndr/encode_steps.c: the short way through structures (struct rpcsec_ndr_step), for NDR 2.0 in
 * the machine's byte order. Layer: ndr.
 *
 * The mirror of decode_steps.c. Writes the bytes that encode.c would; whenever a value is not
 * as it should be, it leaves it to encode.c, which names the error.
 */
#include "ndr/encoder.h"

bool encode_has_steps(const struct encoder *e, const struct rpcsec_ndr_type *type)
{
    return e->walk.is_short && type->kind == RPCSEC_NDR_STRUCT && type->num_steps;
}

/* The id of a pointer whose referent put_leaves will write; 0 also after an error. */
static inline uint32_t take_leaf_id(struct encoder *e, const struct rpcsec_ndr_type *type,
                                    const void *slot, const void *record)
{
    uint32_t id = e->walk.next_referent;

    if (!load_pointer(slot)) {
        if (type->kind == RPCSEC_NDR_REF)
            BAD_VALUE(e, type, slot, "a NULL ref pointer");
        else
            encode_check_null(e, type, slot, record);
        return 0;
    }
    if (!walk_count_referent(&e->walk, type, slot))
        return 0;
    e->walk.next_referent += 4;
    return id;
}

/* All that stands in place, at its own place in the segment. */
static void put_place(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                      uint8_t *at)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    const uint8_t *start = mem;
    size_t used = 0;

    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        const uint8_t *from = start + step->offset;

        for (; used & (step->align - 1u); used++)
            at[used] = 0;
        if (step->kind == RPCSEC_NDR_STEP_RUN) {
            ndr_copy_short(at + used, from, step->len);
            used += step->len;
            continue;
        }
        ndr_store_bits(at + used, take_leaf_id(e, step->type, from, start + step->record), 4);
        used += 4;
    }
}

void encode_steps(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                  bool is_queued)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    const uint8_t *start = mem;
    uint8_t *place = NULL;

    if (type->steps_len && !is_queued)
        place = writer_place(e->writer, type->steps->align, type->steps_len);
    if (place) {
        put_place(e, type, mem, place);
        return;
    }
    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        const uint8_t *at = start + step->offset;

        if (step->kind == RPCSEC_NDR_STEP_RUN) {
            put_run(e, at, step->len, step->align);
            continue;
        }
        if (step->align > 1 && (e->writer->len & (step->align - 1u)))
            writer_align(e->writer, step->align);
        if (step->kind == RPCSEC_NDR_STEP_SCALAR)
            encode_scalar(e, step->type, at);
        else if (is_queued)
            encode_pointer(e, step->type, at, start + step->record);
        else
            put(e, take_leaf_id(e, step->type, at, start + step->record), 4);
    }
}

/* Maximum and actual count of a flat array; false when they are not valid. */
static bool find_counts(const struct rpcsec_ndr_type *array, const void *mem,
                        const void *record, uint64_t *ret_max, uint64_t *ret_num)
{
    const struct rpcsec_ndr_bounds *bounds = array->bounds;
    bool is_string = array->flags & RPCSEC_NDR_FLAG_STRING;
    size_t unit = array->of->mem_size;

    if (bounds && ndr_has(&bounds->size)) {
        if (ndr_has(&bounds->first) || !ndr_count(&bounds->size, record, ret_max))
            return false;
    } else if (is_string) {
        *ret_max = ndr_string_len(mem, unit, SIZE_MAX) + 1;
    } else {
        return false;
    }
    *ret_num = *ret_max;
    if (is_string)
        *ret_num = ndr_string_len(mem, unit, *ret_max) + 1;
    else if (ndr_has(&bounds->length) && !ndr_count(&bounds->length, record, ret_num))
        return false;
    return *ret_max <= UINT32_MAX && *ret_num <= *ret_max;
}

/* A flat array with its counts in one go, when its values are good and the segment holds it.
 * Else false and nothing is written: put_referent then does it, or says what is wrong. */
static bool put_flat_array(struct encoder *e, const struct rpcsec_ndr_type *type,
                           const void *mem, const void *record)
{
    const struct ndr_flat_array *flat = walk_flat_array(&e->walk, type);
    uint64_t max;
    uint64_t num;
    uint64_t len;
    size_t head_len;
    size_t gap = 0;
    uint8_t *at;

    if (!flat->array ||
        !find_counts(flat->array, mem, flat->prefix_len ? mem : record, &max, &num))
        return false;
    head_len = flat->array->kind == RPCSEC_NDR_CONFORMANT ? 4 : 12;
    len = flat->prefix_len + num * flat->unit;
    if (len && flat->align > 4)
        gap = -(e->writer->len + (-e->writer->len & 3) + head_len) & (flat->align - 1);
    at = len > INT32_MAX ? NULL : writer_place(e->writer, 4, head_len + gap + (size_t)len);
    if (!at)
        return false;
    ndr_store_bits(at, max, 4);
    if (head_len > 4) {
        ndr_store_bits(at + 4, 0, 4); /* the offset */
        ndr_store_bits(at + 8, num, 4);
    }
    if (gap)
        memset(at + head_len, 0, gap);
    ndr_copy_short(at + head_len + gap, mem, (size_t)len);
    return true;
}

static OUT_OF_LINE void put_leaf(struct encoder *e, const struct rpcsec_ndr_type *type,
                                 const void *slot, const void *record)
{
    struct ndr_deferred entry;

    walk_enter_leaf(&e->walk, &entry, type, slot, record);
    entry.mem = load_pointer(slot);
    encode_referent(e, &entry);
    walk_leave_leaf(&e->walk);
}

/* The referents of one structure. */
static void put_leaves(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    const uint8_t *start = mem;

    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        const void *slot = start + step->offset;
        const void *record = start + step->record;

        if (step->kind == RPCSEC_NDR_STEP_LEAF && load_pointer(slot) &&
            !put_flat_array(e, step->type->of, load_pointer(slot), record))
            put_leaf(e, step->type, slot, record);
    }
}

void encode_whole_structs(struct encoder *e, const struct rpcsec_ndr_type *type,
                          const void *mem, uint64_t num)
{
    const uint8_t *at = mem;

    for (uint64_t i = 0; i < num && !failed(e); i++)
        encode_steps(e, type, at + i * type->mem_size, false);
    for (uint64_t i = 0; i < num && !failed(e); i++)
        put_leaves(e, type, at + i * type->mem_size);
}
