/* SPDX-License-Identifier: MIT
 *
 * ndr/decode_steps.c: the short way through structures (struct rpcsec_ndr_step), for NDR 2.0 in
 * the machine's byte order. Layer: ndr.
 *
 * The mirror of encode_steps.c. What it takes in one go it has checked as decode.c does;
 * whenever anything is not as it should be, it leaves the bytes to decode.c, which names the
 * error.
 */
#include "base/arena.h"
#include "ndr/decoder.h"

/* Stands in a pointer whose referent get_leaf will read. */
static const char awaited;

bool decode_has_steps(const struct decoder *d, const struct rpcsec_ndr_type *type)
{
    return d->walk.is_short && type->kind == RPCSEC_NDR_STRUCT && type->num_steps;
}

static inline void get_leaf_id(struct decoder *d, const struct rpcsec_ndr_type *type,
                               void *slot, uint64_t id)
{
    store_pointer(slot, NULL);
    if (!id && type->kind == RPCSEC_NDR_REF)
        BAD_STUB(d, NDR_FAULT_BAD_STUB, type, slot, "a NULL ref pointer");
    else if (id && walk_count_referent(&d->walk, type, slot))
        store_pointer(slot, &awaited);
}

/* All that stands in place, of type->steps_len bytes. */
static void get_place(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                      const uint8_t *bytes)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    uint8_t *start = mem;
    size_t used = 0;

    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        used += -used & (step->align - 1u);
        if (step->kind == RPCSEC_NDR_STEP_RUN) {
            ndr_copy_short(start + step->offset, bytes + used, step->len);
            used += step->len;
            continue;
        }
        get_leaf_id(d, step->type, start + step->offset, ndr_load_bits(bytes + used, 4));
        used += 4;
    }
}

static bool has_place(struct decoder *d, const struct rpcsec_ndr_type *type)
{
    size_t pad = -d->cur->at & (type->steps->align - 1u);

    return type->steps_len && cur_left(d->cur) >= pad + type->steps_len;
}

void decode_steps(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                  bool is_queued)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    uint8_t *start = mem;

    if (!is_queued && has_place(d, type)) {
        get_place(d, type, mem, take(d, type->steps_len, type->steps->align));
        return;
    }
    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        uint8_t *at = start + step->offset;
        const uint8_t *bytes =
            take(d, step->kind == RPCSEC_NDR_STEP_RUN ? step->len : 0, step->align);

        if (!bytes) {
            (void)failed(d, step->type ? step->type : type, at);
            return;
        }
        if (step->kind == RPCSEC_NDR_STEP_RUN)
            ndr_copy_short(at, bytes, step->len);
        else if (step->kind == RPCSEC_NDR_STEP_SCALAR)
            decode_scalar(d, step->type, at);
        else if (is_queued)
            decode_pointer(d, step->type, at, start + step->record);
        else
            get_leaf_id(d, step->type, at, get(d, 4));
    }
    (void)failed(d, type, mem);
}

static bool agrees(const struct rpcsec_ndr_expr *expr, const void *record, uint64_t count)
{
    uint64_t expected;

    return !ndr_has(expr) || (ndr_count(expr, record, &expected) && expected == count);
}

struct counts {
    uint64_t max;
    uint64_t num;
};

/* Maximum and actual count of a flat array. False when anything
 * about them is not as it should be. */
static bool get_counts(struct decoder *d, const struct ndr_flat_array *flat, const void *record,
                       struct counts *counts)
{
    const struct rpcsec_ndr_bounds *bounds = flat->array->bounds;
    bool is_varying = flat->array->kind == RPCSEC_NDR_CONFORMANT_VARYING;
    bool is_string = flat->array->flags & RPCSEC_NDR_FLAG_STRING;
    size_t head_len = is_varying ? 12 : 4;
    const uint8_t *head = take(d, head_len, 4);

    if (!head)
        return false;
    counts->max = counts->num = ndr_load_bits(head, 4);
    if (is_varying)
        counts->num = ndr_load_bits(head + 8, 4);
    if (is_varying && (ndr_load_bits(head + 4, 4) || counts->num > counts->max ||
                       (bounds && ndr_has(&bounds->first))))
        return false;
    if (counts->num * flat->unit > d->cur->len - d->cur->at ||
        (counts->max - counts->num) * flat->unit > d->slack_left)
        return false;
    if (flat->prefix_len || !bounds)
        return true;
    return agrees(&bounds->size, record, counts->max) &&
           (!is_varying || is_string || agrees(&bounds->length, record, counts->num));
}

/* The bytes of a flat array into memory. False as above. */
static bool get_flat_elements(struct decoder *d, const struct ndr_flat_array *flat, void *slot,
                              const struct counts *counts)
{
    const struct rpcsec_ndr_type *array = flat->array;
    size_t len = flat->prefix_len + (size_t)counts->num * flat->unit;
    size_t mem_len = flat->prefix_len + (size_t)counts->max * flat->unit;
    const uint8_t *bytes = take(d, len, len ? flat->align : 1);
    uint8_t *mem = bytes ? arena_array(d->arena, mem_len, 1, sizeof(uint64_t)) : NULL;

    if (!mem)
        return false;
    ndr_copy_short(mem, bytes, len);
    if (mem_len > len)
        memset(mem + len, 0, mem_len - len);
    if (flat->prefix_len && !agrees(&array->bounds->size, mem, counts->max))
        return false;
    if ((array->flags & RPCSEC_NDR_FLAG_STRING) &&
        (!counts->num ||
         ndr_string_len(mem, flat->unit, (size_t)counts->num) != counts->num - 1))
        return false;
    d->slack_left -= mem_len - len;
    store_pointer(slot, mem);
    return true;
}

/* A flat array with its counts in one go, when all about it is good. Else false and nothing is
 * read: get_referent then says what is wrong. */
static bool get_flat_array(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                           const void *record)
{
    const struct ndr_flat_array *flat = walk_flat_array(&d->walk, type);
    size_t start = d->cur->at;
    struct counts counts;

    if (!flat->array || d->cur->status)
        return false;
    if (get_counts(d, flat, record, &counts) && get_flat_elements(d, flat, slot, &counts))
        return true;
    d->cur->status = RPCSEC_OK; /* the one that takes no more sees it again */
    d->cur->at = start;
    return false;
}

static OUT_OF_LINE void get_leaf(struct decoder *d, const struct rpcsec_ndr_type *type,
                                 void *slot, const void *record)
{
    struct ndr_deferred entry;

    walk_enter_leaf(&d->walk, &entry, type, slot, record);
    entry.fill = slot;
    decode_referent(d, &entry);
    walk_leave_leaf(&d->walk);
}

/* The referents of one structure. After an error it only takes the marks away. */
static void get_leaves(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem)
{
    const struct rpcsec_ndr_step *end = type->steps + type->num_steps;
    uint8_t *start = mem;

    for (const struct rpcsec_ndr_step *step = type->steps; step < end; step++) {
        const void *record = start + step->record;
        void *slot = start + step->offset;

        if (step->kind != RPCSEC_NDR_STEP_LEAF)
            continue;
        if (!load_pointer(slot)) {
            decode_check_null(d, step->type, slot, record);
            continue;
        }
        store_pointer(slot, NULL);
        if (!d->walk.status && !get_flat_array(d, step->type->of, slot, record))
            get_leaf(d, step->type, slot, record);
    }
}

void decode_whole_structs(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                          size_t num)
{
    uint8_t *at = mem;
    size_t read = 0;

    for (; read < num && !failed(d, type, at + read * type->mem_size); read++)
        decode_steps(d, type, at + read * type->mem_size, false);
    for (size_t i = 0; i < read; i++)
        get_leaves(d, type, at + i * type->mem_size);
}
