/* SPDX-License-Identifier: MIT
 *
 * ndr/encode.c: argument record -> stub bytes. Layer: ndr.
 * Documents: C706 14.2, 14.3; MS-RPCE 2.2.5 (NDR64).
 *
 * The mirror of decode.c: put_x here writes what get_x there reads, in the same order of
 * functions. Gaps are zeros. Values come from our own side, yet each is checked against what
 * the peer's strict decoder will ask.
 */
#include <inttypes.h>
#include <string.h>

#include "ndr/encoder.h"

/* ---- Scalars ---- */

void encode_far(struct encoder *e, uint64_t value, size_t width)
{
    uint8_t bytes[8];

    ndr_put_bits(bytes, value, width, e->walk.swapped);
    if (width > 1)
        writer_align(e->writer, width);
    writer_bytes(e->writer, bytes, width);
}

/* Counts, offsets and referent ids: 4 bytes, in NDR64 8 (MS-RPCE 2.2.5.3). */
static void put_size(struct encoder *e, uint64_t value, const struct rpcsec_ndr_type *type,
                     const void *mem)
{
    if (!e->walk.ndr64 && value > UINT32_MAX)
        BAD_VALUE(e, type, mem, "count %" PRIu64 " does not fit into 32 bits", value);
    put(e, value, e->walk.ndr64 ? 8 : 4);
}

/* A scalar whose value must be looked at. */
static OUT_OF_LINE void put_checked(struct encoder *e, const struct rpcsec_ndr_type *type,
                                    const void *mem)
{
    int64_t value = (int64_t)ndr_load(type, mem);

    if (type->kind == RPCSEC_NDR_BOOLEAN)
        value = value != 0;
    if (!ndr_fits(type, value, e->walk.ndr64))
        BAD_VALUE(e, type, mem, "%" PRId64 " does not fit", value);
    else if (!ndr_in_range(type->range, value))
        BAD_VALUE(e, type, mem, "%" PRId64 " is not in %" PRId64 "..%" PRId64, value,
                  type->range->least, type->range->most);
    put(e, (uint64_t)value, ndr_width(type, e->walk.ndr64));
}

void encode_scalar(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem)
{
    if (ndr_is_plain(type))
        put(e, ndr_load_bits(mem, type->mem_size), type->mem_size);
    else
        put_checked(e, type, mem);
}

/* Source: C706 appendix N (ndr_context_handle). */
static OUT_OF_LINE void put_context_handle(struct encoder *e, const void *mem)
{
    struct rpcsec_context_handle handle;

    memcpy(&handle, mem, sizeof(handle));
    put(e, handle.attributes, 4);
    put(e, handle.uuid.time_low, 4);
    put(e, handle.uuid.time_mid, 2);
    put(e, handle.uuid.time_hi_and_version, 2);
    writer_bytes(e->writer, handle.uuid.clock_seq, sizeof(handle.uuid.clock_seq));
    writer_bytes(e->writer, handle.uuid.node, sizeof(handle.uuid.node));
}

/* ---- Pointers ---- */

/* A request with a NULL pointer to an array that should have elements is refused by strict
 * peers. A response with one is not: registry servers answer a question for a size so.
 * Source: MS-RPCE 3.1.1.5.3.3.1.2. */
void encode_check_null(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot,
                       const void *record)
{
    const struct rpcsec_ndr_expr *size = ndr_pointee_size(type);
    uint64_t count;

    if (!size || e->walk.direction != NDR_IN || (type->of->flags & RPCSEC_NDR_FLAG_RELAXED))
        return;
    if (!ndr_count(size, record, &count) || count)
        BAD_VALUE(e, type, slot, "a NULL pointer, but its size is not 0");
}

static void defer(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot,
                  const void *record)
{
    const void *pointer = load_pointer(slot);
    struct ndr_deferred *entry;

    if (!pointer) {
        BAD_VALUE(e, type, slot, "a NULL ref pointer");
        return;
    }
    entry = walk_defer(&e->walk, type, slot, record);
    if (entry)
        entry->mem = pointer;
}

/* Writes the id of a full pointer to what another one of the message pointed to: an alias, with
 * no referent of its own (C706 14.3.10). */
static bool put_alias(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot)
{
    uint64_t address = (uintptr_t)load_pointer(slot);
    const struct ndr_alias *before = aliases_find(&e->full, address);

    if (!aliases_may_share(type->of))
        return false;
    if (before && before->of == type->of) {
        put_size(e, before->id, type, slot);
        return true;
    }
    if (!before && !aliases_add(&e->full, &(struct ndr_alias){.key = address,
                                                              .id = e->walk.next_referent,
                                                              .of = type->of}))
        walk_fail(&e->walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, type, slot, "out of memory");
    return false;
}

void encode_pointer(struct encoder *e, const struct rpcsec_ndr_type *type, const void *slot,
                    const void *record)
{
    bool is_null = type->kind == RPCSEC_NDR_IGNORED || !load_pointer(slot);

    if (is_null && type->kind != RPCSEC_NDR_REF) {
        if (type->kind != RPCSEC_NDR_IGNORED)
            encode_check_null(e, type, slot, record);
        put_size(e, 0, type, slot);
        return;
    }
    if (type->kind == RPCSEC_NDR_FULL && put_alias(e, type, slot))
        return;
    defer(e, type, slot, record);
    put_size(e, e->walk.next_referent, type, slot);
    e->walk.next_referent += 4;
}

static void put_inline(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                       const void *record);

/* ---- Arrays ---- */

static void put_block_swapped(struct encoder *e, const uint8_t *mem, size_t len, size_t unit)
{
    while (len && !failed(e)) {
        size_t part = 0;
        uint8_t *to = writer_reserve(e->writer, len, &part);

        if (!to)
            return;
        ndr_copy_swapped(to, mem, part / unit, unit);
        mem += part;
        len -= part;
    }
}

static void put_block(struct encoder *e, const struct rpcsec_ndr_type *element, const void *mem,
                      uint64_t num)
{
    size_t unit = element->mem_size;
    size_t align = ndr_align(element, e->walk.ndr64);

    if (!num)
        return;
    if (num > SIZE_MAX / unit) {
        writer_fail(e->writer, RPCSEC_LIMIT);
        return;
    }
    if (!e->walk.swapped || unit == 1) {
        put_run(e, mem, num * unit, align);
        return;
    }
    writer_align(e->writer, align);
    put_block_swapped(e, mem, num * unit, unit);
}

/* True for elements that put_block can write. */
static bool is_block(const struct encoder *e, const struct rpcsec_ndr_type *element)
{
    return e->walk.swapped ? ndr_is_plain(element) : ndr_flat_len(element) != 0;
}

static OUT_OF_LINE void put_elements(struct encoder *e, const struct rpcsec_ndr_type *element,
                                     const void *mem, uint64_t num, const void *record)
{
    const uint8_t *at = mem;
    bool aligned_union = element->kind == RPCSEC_NDR_UNION &&
                         (element->flags & RPCSEC_NDR_FLAG_MS_UNION) && !e->walk.ndr64;

    if (is_block(e, element)) {
        put_block(e, element, mem, num);
        return;
    }
    for (uint64_t i = 0; i < num && !failed(e); i++, at += element->mem_size) {
        if (aligned_union && element->align > 1) /* MS-RPCE 2.2.4.5 */
            writer_align(e->writer, element->align);
        if (ndr_is_placeless(element, e->walk.ndr64))
            defer(e, element, at, record);
        else
            put_inline(e, element, at, record);
    }
}

static void check_range(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                        const char *what, uint64_t count)
{
    if (count > INT64_MAX || !ndr_in_range(type->range, (int64_t)count))
        BAD_VALUE(e, type, mem, "%s %" PRIu64 " is out of range", what, count);
}

/* The elements of a varying array that are sent. */
static bool find_part(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                      const void *record, uint64_t max, uint64_t *ret_first, uint64_t *ret_num)
{
    const struct rpcsec_ndr_bounds *bounds = type->bounds;
    uint64_t first = 0;
    uint64_t num = max;

    if (type->flags & RPCSEC_NDR_FLAG_STRING) {
        num = ndr_string_len(mem, type->of->mem_size, max) + 1;
    } else if (bounds && ndr_has(&bounds->first) &&
               !ndr_count(&bounds->first, record, &first)) {
        BAD_VALUE(e, type, mem, "first_is is not valid");
        return false;
    } else if (!bounds || !ndr_has(&bounds->length)) {
        num = first < max ? max - first : 0;
    } else if (!ndr_count(&bounds->length, record, &num)) {
        BAD_VALUE(e, type, mem, "length_is is not valid");
        return false;
    }
    if (first > max || num > max - first) {
        BAD_VALUE(e, type, mem,
                  "%" PRIu64 " elements from %" PRIu64 ", but the size is %" PRIu64, num, first,
                  max);
        return false;
    }
    *ret_first = first;
    *ret_num = num;
    return true;
}

/* Source: C706 14.3.3.4, 14.3.4.2. */
static OUT_OF_LINE void put_varying(struct encoder *e, const struct rpcsec_ndr_type *type,
                                    const void *mem, const void *record, uint64_t max)
{
    uint64_t first;
    uint64_t num;

    if (!find_part(e, type, mem, record, max, &first, &num))
        return;
    check_range(e, type, mem, "length", num);
    put_size(e, first, type, mem);
    put_size(e, num, type, mem);
    put_elements(e, type->of, (const uint8_t *)mem + first * type->of->mem_size, num, record);
}

/* The maximum count was written ahead, see put_conformance. */
static void put_conformant(struct encoder *e, const struct rpcsec_ndr_type *type,
                           const void *mem, const void *record, bool is_whole)
{
    uint64_t max = e->walk.hoisted;

    e->walk.hoisted = 0; /* it belongs to this array alone */
    if (is_whole && type->kind == RPCSEC_NDR_CONFORMANT && encode_has_steps(e, type->of))
        encode_whole_structs(e, type->of, mem, max);
    else if (type->kind == RPCSEC_NDR_CONFORMANT)
        put_elements(e, type->of, mem, max, record);
    else
        put_varying(e, type, mem, record, max);
}

/* The maximum count of a conformant array or structure stands before all of it.
 * Source: C706 14.3.3.3, 14.3.7.1. */
static void put_conformance(struct encoder *e, const struct rpcsec_ndr_type *type,
                            const void *mem, const void *record)
{
    struct ndr_tail tail = ndr_tail(type);
    const struct rpcsec_ndr_type *array = tail.array;
    const uint8_t *at = mem;
    const void *array_record = tail.in_struct ? at + tail.record : record;
    const struct rpcsec_ndr_expr *size;

    if (!array)
        return;
    at += tail.offset;
    size = ndr_size_expr(array);
    if (size) {
        if (!ndr_count(size, array_record, &e->walk.hoisted))
            BAD_VALUE(e, array, at, "size_is is not valid");
    } else if (array->flags & RPCSEC_NDR_FLAG_STRING) {
        e->walk.hoisted = ndr_string_len(at, array->of->mem_size, SIZE_MAX) + 1;
    } else {
        walk_fail(&e->walk, RPCSEC_INTERNAL, NDR_FAULT_BAD_STUB, array, at, "no size_is");
    }
    if (array->kind == RPCSEC_NDR_CONFORMANT)
        check_range(e, array, at, "size", e->walk.hoisted);
    put_size(e, e->walk.hoisted, array, at);
}

/* ---- Constructed types ---- */

static OUT_OF_LINE void put_struct(struct encoder *e, const struct rpcsec_ndr_type *type,
                                   const void *mem)
{
    size_t align = ndr_align(type, e->walk.ndr64);
    uint32_t i = 0;

    if (!walk_enter(&e->walk, type, mem))
        return;
    if (align > 1)
        writer_align(e->writer, align);
    if (encode_has_steps(e, type)) {
        encode_steps(e, type, mem, true);
        i = type->flags & RPCSEC_NDR_FLAG_CONFORMANT ? type->num - 1 : type->num;
    }
    for (; i < type->num && !failed(e); i++)
        put_inline(e, type->fields[i].type, (const uint8_t *)mem + type->fields[i].offset, mem);
    if (e->walk.ndr64 && align > 1) /* MS-RPCE 2.2.5.3.4.1 */
        writer_align(e->writer, align);
    e->walk.depth--;
}

static bool find_tag(const struct rpcsec_ndr_type *type, const void *mem, const void *record,
                     bool ndr64, int64_t *ret_tag)
{
    if (type->kind == RPCSEC_NDR_ENCAPSULATED)
        *ret_tag = (int64_t)ndr_load(type->of, (const uint8_t *)mem + type->tag_offset);
    else if (!ndr_value(type->switch_is, record, ret_tag))
        return false;
    return ndr_tag(type->of, *ret_tag, ndr64, ret_tag);
}

/* The tag stands at its own alignment, the arm at its own too in NDR 2.0 (C706 14.3.8); with
 * ms_union (MS-RPCE 2.2.4.5) and in NDR64 (MS-RPCE 2.2.5.3.4.4) at that of the largest arm. */
static OUT_OF_LINE void put_union(struct encoder *e, const struct rpcsec_ndr_type *type,
                                  const void *mem, const void *record, bool is_whole)
{
    bool ndr64 = e->walk.ndr64;
    size_t align = ndr_align(type, ndr64);
    const struct rpcsec_ndr_arm *arm;
    int64_t tag = 0;

    if (!find_tag(type, mem, record, ndr64, &tag) || !(arm = ndr_find_arm(type, tag))) {
        BAD_VALUE(e, type, mem, "no arm for the tag %" PRId64, tag);
        return;
    }
    if (!walk_enter(&e->walk, type, mem))
        return;
    if (ndr64 && align > 1)
        writer_align(e->writer, align);
    put(e, (uint64_t)tag, ndr_width(type->of, ndr64));
    if ((ndr64 || (type->flags & RPCSEC_NDR_FLAG_MS_UNION)) && align > 1)
        writer_align(e->writer, align);
    e->walk.is_whole = is_whole;
    if (arm->type)
        put_inline(e, arm->type, (const uint8_t *)mem + type->body_offset, record);
    e->walk.depth--;
}

static void put_inline(struct encoder *e, const struct rpcsec_ndr_type *type, const void *mem,
                       const void *record)
{
    bool is_whole = walk_take_whole(&e->walk);

    if (ndr_width(type, false)) {
        encode_scalar(e, type, mem);
        return;
    }
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        if (is_whole && encode_has_steps(e, type) &&
            !(type->flags & RPCSEC_NDR_FLAG_CONFORMANT))
            encode_whole_structs(e, type, mem, 1);
        else
            put_struct(e, type, mem);
        break;
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        put_union(e, type, mem, record, is_whole);
        break;
    case RPCSEC_NDR_FIXED:
        put_elements(e, type->of, mem, type->num, record);
        break;
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        put_conformant(e, type, mem, record, is_whole);
        break;
    case RPCSEC_NDR_VARYING:
        put_varying(e, type, mem, record, type->num);
        break;
    case RPCSEC_NDR_REF:
    case RPCSEC_NDR_UNIQUE:
    case RPCSEC_NDR_FULL:
    case RPCSEC_NDR_IGNORED:
        encode_pointer(e, type, mem, record);
        break;
    case RPCSEC_NDR_CONTEXT_HANDLE:
        put_context_handle(e, mem);
        break;
    default:
        walk_fail(&e->walk, RPCSEC_UNSUPPORTED, NDR_FAULT_BAD_STUB, type, mem,
                  "unknown kind of type %u", type->kind);
        break;
    }
}

/* ---- Arguments ---- */

void encode_referent(struct encoder *e, const struct ndr_deferred *entry)
{
    put_conformance(e, entry->type->of, entry->mem, entry->record);
    put_inline(e, entry->type->of, entry->mem, entry->record);
}

/* A top-level ref pointer has no place of its own (C706 14.3.12.1). All referents of an
 * argument come before the next argument. */
static void put_argument(struct encoder *e, const struct rpcsec_ndr_arg *arg)
{
    const void *args = e->walk.args;
    const void *mem = (const uint8_t *)args + arg->offset;
    struct ndr_deferred *entry;

    e->walk.arg = arg;
    e->walk.is_whole = true;
    if (arg->type->kind == RPCSEC_NDR_REF)
        defer(e, arg->type, mem, args);
    else
        put_inline(e, arg->type, mem, args);
    while (!failed(e) && (entry = walk_next(&e->walk))) {
        e->walk.is_whole = true;
        encode_referent(e, entry);
    }
}

rpcsec_status ndr_encode(struct writer *writer, const struct rpcsec_ndr_record *record,
                         const void *args, const struct ndr_options *options,
                         struct rpcsec_error *err)
{
    struct encoder e __attribute__((uninitialized)); /* walk_init clears what must be */
    rpcsec_status status = walk_init(&e.walk, record, args, options, writer->big_endian, err);

    e.writer = writer;
    e.full = (struct ndr_aliases){NULL, 0, 0};
    if (status) {
        writer_fail(writer, status);
        return status;
    }
    for (uint32_t i = 0; i < record->num_args && !failed(&e); i++)
        if (record->args[i].flags & options->direction)
            put_argument(&e, &record->args[i]);
    if (e.walk.status)
        writer_fail(writer, e.walk.status);
    else if (writer_status(writer)) /* memory or the message's limit ended */
        walk_fail(&e.walk, writer_status(writer), NDR_FAULT_BAD_STUB, NULL, NULL,
                  "the message cannot be written");
    aliases_done(&e.full);
    walk_done(&e.walk);
    return e.walk.status;
}
