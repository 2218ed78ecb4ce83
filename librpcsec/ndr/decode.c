/* SPDX-License-Identifier: MIT
 *
 * ndr/decode.c: stub bytes -> argument record. Layer: ndr.
 * Documents: C706 14.2, 14.3; MS-RPCE 2.2.5 (NDR64), 3.1.1.5.3 (strict checks).
 *
 * The mirror of encode.c. Every byte here is a peer's. Memory is taken only after the count
 * was compared with the bytes that are left; a member that a check has not yet vouched for is
 * never used to reach memory. After the first error all gets give 0 and loops end.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "ndr/decoder.h"

void decode_place_error(struct decoder *d, const struct rpcsec_ndr_type *type, const void *mem)
{
    walk_fail(&d->walk, cur_status(d->cur), NDR_FAULT_BAD_STUB, type, mem,
              "the data ends too early");
}

/* Compares what the wire says with an expression: now, or when its variables are known. */
static void correlate(struct decoder *d, const struct ndr_check *check)
{
    const struct rpcsec_ndr_expr *expr = check->expr;
    bool later = d->walk.num_structs || check->record == d->walk.args ||
                 (expr && ndr_follows_pointers(expr));

    if (!ndr_has(expr) || d->walk.status)
        return;
    if (later && expr->kind != RPCSEC_NDR_EXPR_CONST)
        checks_add(&d->walk, &d->checks, check);
    else
        checks_run_one(&d->walk, check);
}

static void correlate_count(struct decoder *d, const struct rpcsec_ndr_expr *expr,
                            const void *record, uint64_t count,
                            const struct rpcsec_ndr_type *type, const void *mem,
                            const char *what)
{
    const struct ndr_check check = {.expr = expr,
                                    .record = record,
                                    .value = (int64_t)count,
                                    .type = type,
                                    .mem = mem,
                                    .what = what,
                                    .fault = NDR_FAULT_INVALID_BOUND};

    correlate(d, &check);
}

/* ---- Scalars ---- */

/* A scalar whose value must be looked at. */
static OUT_OF_LINE void get_checked(struct decoder *d, const struct rpcsec_ndr_type *type,
                                    void *mem)
{
    uint64_t wire = get(d, ndr_width(type, d->walk.ndr64));
    int64_t value = ndr_as_type(type, (int64_t)wire, d->walk.ndr64);

    if (failed(d, type, mem))
        return;
    if (type->kind == RPCSEC_NDR_BOOLEAN)
        value = value != 0;
    if (!ndr_fits(type, value, d->walk.ndr64))
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem, "%" PRId64 " does not fit", value);
    else if (!ndr_in_range(type->range, value))
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem,
                 "%" PRId64 " is not in %" PRId64 "..%" PRId64, value, type->range->least,
                 type->range->most);
    else
        ndr_store(type, mem, (uint64_t)value);
}

void decode_scalar(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem)
{
    if (ndr_is_plain(type))
        ndr_store_bits(mem, get(d, type->mem_size), type->mem_size);
    else
        get_checked(d, type, mem);
}

/* Source: C706 appendix N (ndr_context_handle). */
static OUT_OF_LINE void get_context_handle(struct decoder *d, void *mem)
{
    struct rpcsec_context_handle handle;

    handle.attributes = (uint32_t)get(d, 4);
    handle.uuid.time_low = (uint32_t)get(d, 4);
    handle.uuid.time_mid = (uint16_t)get(d, 2);
    handle.uuid.time_hi_and_version = (uint16_t)get(d, 2);
    cur_copy(d->cur, handle.uuid.clock_seq, sizeof(handle.uuid.clock_seq));
    cur_copy(d->cur, handle.uuid.node, sizeof(handle.uuid.node));
    memcpy(mem, &handle, sizeof(handle));
}

/* ---- Pointers ---- */

/* Source: MS-RPCE 3.1.1.5.3.3.1.2. DEVIATION: asked of requests only, as registry servers
 * answer a question for a size with a NULL pointer and that size. Test:
 * response_may_hold_a_null_array_with_a_size. */
void decode_check_null(struct decoder *d, const struct rpcsec_ndr_type *type, const void *slot,
                       const void *record)
{
    const struct rpcsec_ndr_expr *size = ndr_pointee_size(type);

    if (d->walk.direction == NDR_IN && !(type->of->flags & RPCSEC_NDR_FLAG_RELAXED))
        correlate_count(d, size, record, 0, type, slot, "a NULL pointer has size");
}

static void defer(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                  const void *record)
{
    struct ndr_deferred *entry = walk_defer(&d->walk, type, slot, record);

    store_pointer(slot, NULL);
    if (entry)
        entry->fill = slot;
}

static void out_of_memory(struct decoder *d, const struct rpcsec_ndr_type *type,
                          const void *slot)
{
    walk_fail(&d->walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, type, slot, "out of memory");
}

/* Remembers that `slot` will point to what the pointer at `first` points to: its referent may
 * not have been read yet. */
static void add_alias(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                      const void *first)
{
    size_t room = d->room_aliases ? d->room_aliases * 2 : 16;
    struct decoder_alias *list = d->aliases;

    store_pointer(slot, NULL);
    if (!walk_count_referent(&d->walk, type, slot))
        return;
    if (d->num_aliases == d->room_aliases) {
        list = mem_resize(list, room * sizeof(*list));
        if (!list) {
            out_of_memory(d, type, slot);
            return;
        }
        d->aliases = list;
        d->room_aliases = room;
    }
    list[d->num_aliases++] = (struct decoder_alias){slot, first};
}

/* A full pointer whose id came before is an alias, with no referent of its own (C706 14.3.10).
 * The referent must have been read as what this pointer leads to, and no size or tag of it may
 * stand beside the pointer: it would be another one here. */
static bool is_alias(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                     uint64_t id)
{
    const struct ndr_alias *before = aliases_find(&d->full, id);

    if (before && before->of == type->of && aliases_may_share(type->of))
        add_alias(d, type, slot, before->slot);
    else if (before)
        BAD_STUB(d, NDR_FAULT_BAD_STUB, type, slot,
                 "a full pointer to a referent that is of another type or size");
    else if (!aliases_add(&d->full,
                          &(struct ndr_alias){.key = id, .of = type->of, .slot = slot}))
        out_of_memory(d, type, slot);
    return before != NULL;
}

static void resolve_aliases(struct decoder *d)
{
    for (size_t i = 0; i < d->num_aliases && !d->walk.status; i++)
        store_pointer(d->aliases[i].slot, load_pointer(d->aliases[i].first));
}

/* Source: C706 14.3.12.2, 14.3.12.3. */
void decode_pointer(struct decoder *d, const struct rpcsec_ndr_type *type, void *slot,
                    const void *record)
{
    uint64_t id = get_size(d);

    if (failed(d, type, slot))
        return;
    if (type->kind == RPCSEC_NDR_IGNORED) {
        store_pointer(slot, NULL);
        return;
    }
    if (!id && type->kind == RPCSEC_NDR_REF) {
        BAD_STUB(d, NDR_FAULT_BAD_STUB, type, slot, "a NULL ref pointer");
        return;
    }
    if (!id) {
        store_pointer(slot, NULL);
        decode_check_null(d, type, slot, record);
        return;
    }
    if (type->kind == RPCSEC_NDR_FULL && is_alias(d, type, slot, id))
        return;
    defer(d, type, slot, record);
}

static void get_inline(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                       const void *record);

/* ---- Arrays ---- */

static void get_block(struct decoder *d, const struct rpcsec_ndr_type *element, void *mem,
                      size_t num)
{
    size_t unit = element->mem_size;
    const uint8_t *bytes = num ? take(d, num * unit, ndr_align(element, d->walk.ndr64)) : NULL;

    if (!bytes)
        return;
    if (unit > 1 && d->walk.swapped)
        ndr_copy_swapped(mem, bytes, num, unit);
    else
        memcpy(mem, bytes, num * unit);
}

/* True for elements that get_block can read. */
static bool is_block(const struct decoder *d, const struct rpcsec_ndr_type *element)
{
    return d->walk.swapped ? ndr_is_plain(element) : ndr_flat_len(element) != 0;
}

/* `num` was compared with what is left, or comes from the table. */
static OUT_OF_LINE void get_elements(struct decoder *d, const struct rpcsec_ndr_type *element,
                                     void *mem, size_t num, const void *record)
{
    uint8_t *at = mem;
    bool aligned_union = element->kind == RPCSEC_NDR_UNION &&
                         (element->flags & RPCSEC_NDR_FLAG_MS_UNION) && !d->walk.ndr64;

    if (is_block(d, element)) {
        get_block(d, element, mem, num);
        return;
    }
    for (size_t i = 0; i < num && !failed(d, element, at); i++, at += element->mem_size) {
        if (aligned_union && element->align > 1) /* MS-RPCE 2.2.4.5 */
            cur_align(d->cur, element->align);
        if (ndr_is_placeless(element, d->walk.ndr64))
            defer(d, element, at, record);
        else
            get_inline(d, element, at, record);
    }
}

/* A count as a number of elements that the rest of the message can hold. */
static size_t fitting_count(struct decoder *d, const struct rpcsec_ndr_type *type,
                            const void *mem, const char *what, uint64_t count)
{
    size_t least = ndr_element_min(type->of, d->walk.ndr64);
    size_t left = cur_left(d->cur);
    size_t num = d->walk.status ? 0 : cur_count(d->cur, count, least);

    if (num != count)
        walk_fail(&d->walk, RPCSEC_TRUNCATED, NDR_FAULT_BAD_STUB, type, mem,
                  "%s %" PRIu64 ", but only %zu bytes are left", what, count, left);
    return num;
}

static void check_range(struct decoder *d, const struct rpcsec_ndr_type *type, const void *mem,
                        const char *what, uint64_t count)
{
    if (count > INT64_MAX || !ndr_in_range(type->range, (int64_t)count))
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem, "%s %" PRIu64 " is out of range", what,
                 count);
}

/* Source: C706 14.3.4.1, 14.3.4.2: the offset is 0 and the terminator is sent and counted. */
static void check_string(struct decoder *d, const struct rpcsec_ndr_type *type, const void *mem,
                         uint64_t first, size_t num)
{
    if (failed(d, type, mem))
        return;
    if (first)
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem, "a string with offset %" PRIu64, first);
    else if (!num || ndr_string_len(mem, type->of->mem_size, num) != num - 1)
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem,
                 "the string does not end at its actual_count %zu", num);
}

/* Source: C706 14.3.3.4. `max`: elements that there is memory for. */
static OUT_OF_LINE void get_varying(struct decoder *d, const struct rpcsec_ndr_type *type,
                                    void *mem, const void *record, uint64_t max)
{
    const struct rpcsec_ndr_bounds *bounds = type->bounds;
    bool is_string = type->flags & RPCSEC_NDR_FLAG_STRING;
    uint64_t first = get_size(d);
    uint64_t count = get_size(d);
    size_t num;

    if (failed(d, type, mem))
        return;
    if (first > max || count > max - first) {
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem,
                 "actual_count %" PRIu64 " from offset %" PRIu64 ", but the size is %" PRIu64,
                 count, first, max);
        return;
    }
    check_range(d, type, mem, "actual_count", count);
    if (bounds && ndr_has(&bounds->first))
        correlate_count(d, &bounds->first, record, first, type, mem, "offset");
    else if (first && !is_string)
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, type, mem, "offset %" PRIu64, first);
    if (bounds && !is_string)
        correlate_count(d, &bounds->length, record, count, type, mem, "actual_count");
    num = fitting_count(d, type, mem, "actual_count", count);
    if (type->kind == RPCSEC_NDR_CONFORMANT_VARYING)
        d->slack_left += num * type->of->mem_size;
    get_elements(d, type->of, (uint8_t *)mem + first * type->of->mem_size, num, record);
    if (is_string)
        check_string(d, type, mem, first, num);
}

/* The maximum count was read ahead, see get_conformance. */
static OUT_OF_LINE void get_conformant(struct decoder *d, const struct rpcsec_ndr_type *type,
                                       void *mem, const void *record, bool is_whole)
{
    uint64_t max = d->walk.hoisted;

    d->walk.hoisted = 0; /* it belongs to this array alone */
    correlate_count(d, ndr_size_expr(type), record, max, type, mem, "max_count");
    if (is_whole && type->kind == RPCSEC_NDR_CONFORMANT && decode_has_steps(d, type->of))
        decode_whole_structs(d, type->of, mem, (size_t)max);
    else if (type->kind == RPCSEC_NDR_CONFORMANT)
        get_elements(d, type->of, mem, (size_t)max, record);
    else
        get_varying(d, type, mem, record, max);
}

/* The maximum count of a conformant array or structure stands before all of it, so it is
 * checked and its memory reckoned before its structure is known.
 * Source: C706 14.3.3.3, 14.3.7.1. */
static size_t get_conformance(struct decoder *d, const struct rpcsec_ndr_type *type,
                              const struct ndr_tail *tail, const void *slot)
{
    const struct rpcsec_ndr_type *array = tail->array;
    size_t size = array->of->mem_size;
    uint64_t max = get_size(d);
    size_t len;

    d->walk.hoisted = max;
    if (failed(d, type, slot))
        return 0;
    if (array->kind == RPCSEC_NDR_CONFORMANT) {
        check_range(d, array, slot, "max_count", max);
        (void)fitting_count(d, array, slot, "max_count", max);
    }
    if (__builtin_mul_overflow(max, size, &len) || len > SIZE_MAX - tail->offset) {
        BAD_STUB(d, NDR_FAULT_INVALID_BOUND, array, slot, "max_count %" PRIu64, max);
        return 0;
    }
    if (array->kind == RPCSEC_NDR_CONFORMANT_VARYING && !d->walk.status) {
        if (len > d->slack_left) {
            walk_fail(&d->walk, RPCSEC_LIMIT, NDR_FAULT_INVALID_BOUND, array, slot,
                      "max_count %" PRIu64 " is too far above what is sent", max);
            return 0;
        }
        d->slack_left -= len;
    }
    len += tail->offset;
    return len > type->mem_size ? len : type->mem_size;
}

/* ---- Constructed types ---- */

/* Trailing padding of an NDR64 structure (MS-RPCE 2.2.5.3.4.1). DEVIATION: at the end of the
 * message it may be absent, as nothing shows that all peers send it there.
 * Test: trailing_padding_of_ndr64_may_be_absent_at_the_end_only. */
static void skip_trailing(struct decoder *d, size_t align)
{
    size_t pad = -cur_offset(d->cur) & (align - 1);
    size_t left = cur_left(d->cur);

    cur_skip(d->cur, pad < left ? pad : left);
}

static OUT_OF_LINE void get_struct(struct decoder *d, const struct rpcsec_ndr_type *type,
                                   void *mem)
{
    size_t align = ndr_align(type, d->walk.ndr64);
    size_t mark = d->checks.num;
    uint32_t i = 0;

    if (!walk_enter(&d->walk, type, mem))
        return;
    d->walk.num_structs++;
    if (align > 1)
        cur_align(d->cur, align);
    if (decode_has_steps(d, type)) {
        decode_steps(d, type, mem, true);
        i = type->flags & RPCSEC_NDR_FLAG_CONFORMANT ? type->num - 1 : type->num;
    }
    for (; i < type->num; i++) {
        void *at = (uint8_t *)mem + type->fields[i].offset;

        get_inline(d, type->fields[i].type, at, mem);
        if (failed(d, type->fields[i].type, at))
            return;
    }
    if (d->walk.ndr64 && align > 1)
        skip_trailing(d, align);
    d->walk.num_structs--;
    d->walk.depth--;
    checks_run_from(&d->walk, &d->checks, mark);
}

/* See put_union. */
static OUT_OF_LINE void get_union(struct decoder *d, const struct rpcsec_ndr_type *type,
                                  void *mem, const void *record, bool is_whole)
{
    bool ndr64 = d->walk.ndr64;
    size_t align = ndr_align(type, ndr64);
    const struct rpcsec_ndr_arm *arm;
    struct ndr_check check = {.expr = type->switch_is,
                              .record = record,
                              .type = type,
                              .mem = mem,
                              .what = "the tag",
                              .fault = NDR_FAULT_INVALID_TAG,
                              .tag = type->of};

    if (ndr64 && align > 1)
        cur_align(d->cur, align);
    check.value = ndr_as_type(type->of, (int64_t)get(d, ndr_width(type->of, ndr64)), ndr64);
    arm = ndr_find_arm(type, check.value);
    if (failed(d, type, mem) || !walk_enter(&d->walk, type, mem))
        return;
    if (!arm || !ndr_fits(type->of, check.value, ndr64)) {
        BAD_STUB(d, NDR_FAULT_INVALID_TAG, type, mem, "no arm for the tag %" PRId64,
                 check.value);
        return;
    }
    if (type->kind == RPCSEC_NDR_ENCAPSULATED)
        ndr_store(type->of, (uint8_t *)mem + type->tag_offset, (uint64_t)check.value);
    else
        correlate(d, &check);
    if ((ndr64 || (type->flags & RPCSEC_NDR_FLAG_MS_UNION)) && align > 1)
        cur_align(d->cur, align);
    d->walk.is_whole = is_whole;
    if (arm->type)
        get_inline(d, arm->type, (uint8_t *)mem + type->body_offset, record);
    d->walk.depth--;
}

static void get_inline(struct decoder *d, const struct rpcsec_ndr_type *type, void *mem,
                       const void *record)
{
    bool is_whole = walk_take_whole(&d->walk);

    if (ndr_width(type, false)) {
        decode_scalar(d, type, mem);
        return;
    }
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        if (is_whole && decode_has_steps(d, type) &&
            !(type->flags & RPCSEC_NDR_FLAG_CONFORMANT))
            decode_whole_structs(d, type, mem, 1);
        else
            get_struct(d, type, mem);
        break;
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        get_union(d, type, mem, record, is_whole);
        break;
    case RPCSEC_NDR_FIXED:
        get_elements(d, type->of, mem, type->num, record);
        break;
    case RPCSEC_NDR_VARYING:
        get_varying(d, type, mem, record, type->num);
        break;
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        get_conformant(d, type, mem, record, is_whole);
        break;
    case RPCSEC_NDR_REF:
    case RPCSEC_NDR_UNIQUE:
    case RPCSEC_NDR_FULL:
    case RPCSEC_NDR_IGNORED:
        decode_pointer(d, type, mem, record);
        break;
    case RPCSEC_NDR_CONTEXT_HANDLE:
        get_context_handle(d, mem);
        break;
    default:
        walk_fail(&d->walk, RPCSEC_UNSUPPORTED, NDR_FAULT_BAD_STUB, type, mem,
                  "unknown kind of type %u", type->kind);
        break;
    }
}

/* ---- Arguments ---- */

/* Zeroed, but for an array of which a block fills every byte. */
static void *get_memory(struct decoder *d, const struct rpcsec_ndr_type *type, size_t len)
{
    if (type->kind == RPCSEC_NDR_CONFORMANT && is_block(d, type->of))
        return arena_array(d->arena, len, 1, 16);
    return rpcsec_arena_alloc(d->arena, len);
}

void decode_referent(struct decoder *d, struct ndr_deferred *entry)
{
    const struct rpcsec_ndr_type *type = entry->type->of;
    struct ndr_tail tail = ndr_tail(type);
    size_t len = tail.array ? get_conformance(d, type, &tail, entry->slot) : type->mem_size;
    void *mem;

    if (failed(d, entry->type, entry->slot))
        return;
    mem = get_memory(d, type, len);
    if (!mem) {
        walk_fail(&d->walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, entry->type, entry->slot,
                  "no memory for %zu bytes", len);
        return;
    }
    entry->mem = mem;
    store_pointer(entry->fill, mem);
    get_inline(d, type, mem, entry->record);
    (void)failed(d, type, mem);
}

/* See put_argument. */
static void get_argument(struct decoder *d, const struct rpcsec_ndr_arg *arg, void *args)
{
    void *mem = (uint8_t *)args + arg->offset;
    struct ndr_deferred *entry;

    d->walk.arg = arg;
    d->walk.is_whole = true;
    if (arg->type->kind == RPCSEC_NDR_REF)
        defer(d, arg->type, mem, args);
    else
        get_inline(d, arg->type, mem, args);
    while (!failed(d, arg->type, mem) && (entry = walk_next(&d->walk))) {
        d->walk.is_whole = true;
        decode_referent(d, entry);
    }
}

/* Memory for an [out] array whose size the request tells: see rpcsec/ndr.h. */
static void prepare_out(struct decoder *d, const struct rpcsec_ndr_arg *arg, void *args,
                        size_t *len_left)
{
    const struct rpcsec_ndr_expr *size;
    const struct rpcsec_ndr_type *element;
    size_t least;
    uint64_t num;
    void *mem;

    d->walk.arg = arg;
    if (arg->type->kind != RPCSEC_NDR_REF || !(size = ndr_pointee_size(arg->type)))
        return;
    element = arg->type->of->of;
    least = ndr_element_min(element, d->walk.ndr64);
    if (!ndr_count(size, args, &num) || num > *len_left / (least ? least : 1)) {
        walk_fail(&d->walk, RPCSEC_LIMIT, NDR_FAULT_INVALID_BOUND, arg->type,
                  (uint8_t *)args + arg->offset, "too many elements are asked for");
        return;
    }
    *len_left -= num * least;
    mem = num > SIZE_MAX / (element->mem_size ? element->mem_size : 1)
              ? NULL
              : rpcsec_arena_alloc(d->arena, num * element->mem_size);
    if (!mem)
        walk_fail(&d->walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, arg->type,
                  (uint8_t *)args + arg->offset, "no memory for %" PRIu64 " elements", num);
    else
        store_pointer((uint8_t *)args + arg->offset, mem);
}

static void prepare_outs(struct decoder *d, const struct rpcsec_ndr_record *record, void *args,
                         size_t max_len)
{
    size_t len_left = max_len ? max_len : LIMIT_NDR_OUT_LEN;

    for (uint32_t i = 0; i < record->num_args && !d->walk.status; i++)
        if (!(record->args[i].flags & RPCSEC_NDR_IN))
            prepare_out(d, &record->args[i], args, &len_left);
}

static void get_arguments(struct decoder *d, const struct rpcsec_ndr_record *record, void *args,
                          const struct ndr_options *options)
{
    if (options->direction == NDR_IN)
        memset(args, 0, record->mem_size);
    for (uint32_t i = 0; i < record->num_args && !d->walk.status; i++)
        if (record->args[i].flags & options->direction)
            get_argument(d, &record->args[i], args);
    d->walk.arg = NULL;
    resolve_aliases(d);
    checks_run_all(&d->walk, &d->checks);
    if (options->direction == NDR_IN)
        prepare_outs(d, record, args, options->max_out_len);
}

rpcsec_status ndr_decode(struct cur *cur, const struct rpcsec_ndr_record *record, void *args,
                         const struct ndr_options *options, struct rpcsec_arena *arena,
                         struct rpcsec_error *err)
{
    struct decoder d __attribute__((uninitialized)); /* walk_init clears what must be */
    rpcsec_status status = walk_init(&d.walk, record, args, options, cur->big_endian, err);

    if (status) {
        cur_fail(cur, status);
        return status;
    }
    d.cur = cur;
    d.arena = arena;
    d.checks.list = NULL; /* its first places are not cleared in advance */
    d.checks.num = 0;
    d.checks.room = 0;
    d.full = (struct ndr_aliases){NULL, 0, 0};
    d.aliases = NULL;
    d.num_aliases = 0;
    d.room_aliases = 0;
    d.slack_left = LIMIT_NDR_SLACK + 4 * cur_left(cur);
    get_arguments(&d, record, args, options);
    if (d.walk.status)
        cur_fail(cur, d.walk.status);
    checks_done(&d.checks);
    mem_free(d.aliases);
    aliases_done(&d.full);
    walk_done(&d.walk);
    return d.walk.status;
}
