/* SPDX-License-Identifier: MIT
 *
 * ndr/random_value.c: random values of type tables.
 *
 * A structure (or the argument record) is filled in rounds: scalars first, then tags of unions,
 * then what depends on them. Numbers are small where an array counts by them. When a length
 * comes out larger than its size, or a range is missed, the structure is tried again.
 */
#include "random_value.h"

#include <string.h>

#include "ndr/aliases.h"
#include "ndr/types.h"

enum {
    MAX_TRIES = 30,      /* of one structure */
    MAX_DEPTH = 7,       /* pointers and structures in each other; then all pointers are NULL */
    MAX_ELEMENTS = 2048, /* of an array */
    MAX_TAIL = 64,       /* elements that end a conformant structure */
    MAX_MARKS = 64,
};

struct maker {
    struct rnd *rnd;
    struct rpcsec_arena *arena;
    unsigned depth;
    size_t left; /* things to make, in all */
    bool is_tidy;
    /* What a full pointer led to last, for another one to share. */
    const struct rpcsec_ndr_type *shared_of;
    void *shared;
};

/* What the correlations of one record use. */
struct marks {
    uint32_t variables[MAX_MARKS]; /* offsets */
    size_t num_variables;
    const struct rpcsec_ndr_type *unions[MAX_MARKS];
    size_t num_unions;
    bool has_calls;  /* then any integer may be a variable */
    uint64_t number; /* see fill_tidy */
};

static bool fill(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                 const void *record);

/* ---- What is used by correlations ---- */

static void mark_expr(struct marks *marks, const struct rpcsec_ndr_expr *expr)
{
    if (!ndr_has(expr))
        return;
    if (expr->kind == RPCSEC_NDR_EXPR_CALL || expr->kind == RPCSEC_NDR_EXPR_CALL_DEREF)
        marks->has_calls = true;
    else if (expr->kind != RPCSEC_NDR_EXPR_CONST && marks->num_variables < MAX_MARKS)
        marks->variables[marks->num_variables++] = expr->offset;
}

static void mark_type(struct marks *marks, const struct rpcsec_ndr_type *type, unsigned depth)
{
    if (!type || depth > MAX_DEPTH)
        return;
    if (type->bounds) {
        mark_expr(marks, &type->bounds->size);
        mark_expr(marks, &type->bounds->first);
        mark_expr(marks, &type->bounds->length);
    }
    if (type->kind == RPCSEC_NDR_UNION) {
        mark_expr(marks, type->switch_is);
        if (marks->num_unions < MAX_MARKS)
            marks->unions[marks->num_unions++] = type;
    }
    for (uint32_t i = 0; type->arms && i < type->num; i++)
        mark_type(marks, type->arms[i].type, depth + 1);
    if (type->kind != RPCSEC_NDR_STRUCT && !type->arms)
        mark_type(marks, type->of, depth + 1);
}

static bool is_marked(const struct marks *marks, uint32_t offset)
{
    bool found = marks->has_calls;

    for (size_t i = 0; i < marks->num_variables; i++)
        found |= marks->variables[i] == offset;
    return found;
}

/* ---- Scalars ---- */

static bool is_scalar(const struct rpcsec_ndr_type *type)
{
    return ndr_width(type, false) != 0;
}

static uint64_t random_scalar(struct maker *m, const struct rpcsec_ndr_type *type,
                              bool is_small)
{
    uint64_t span;

    if (type->range) {
        span = (uint64_t)(type->range->most - type->range->least);
        return (uint64_t)type->range->least + rnd_below(m->rnd, (span < 8 ? span : 8) + 1);
    }
    switch (type->kind) {
    case RPCSEC_NDR_BOOLEAN:
        return rnd_below(m->rnd, 2);
    case RPCSEC_NDR_ENUM16:
        return rnd_below(m->rnd, 6);
    case RPCSEC_NDR_CHAR:
        return 'a' + rnd_below(m->rnd, 26);
    case RPCSEC_NDR_UINT3264:
    case RPCSEC_NDR_INT3264:
        return rnd_below(m->rnd, is_small ? 7 : INT32_MAX);
    default:
        return is_small || rnd_percent(m->rnd, 30) ? rnd_below(m->rnd, 7) : rnd_next(m->rnd);
    }
}

/* Where arrays count by it, all integers of a tidy structure are `number`. */
static void fill_tidy(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                      uint64_t number)
{
    if (!ndr_in_range(type->range, (int64_t)number))
        number = random_scalar(m, type, true);
    ndr_store(type, mem, number);
}

static void fill_scalar(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                        bool is_small)
{
    float single = (float)rnd_below(m->rnd, 1000) / 4;
    double twice = single;

    if (type->kind == RPCSEC_NDR_FLOAT)
        memcpy(mem, &single, sizeof(single));
    else if (type->kind == RPCSEC_NDR_DOUBLE)
        memcpy(mem, &twice, sizeof(twice));
    else
        ndr_store(type, mem, random_scalar(m, type, is_small));
}

/* ---- Unions ---- */

static bool is_named(const struct rpcsec_ndr_type *type, int64_t tag)
{
    for (uint32_t i = 0; i < type->num; i++)
        if (!(type->arms[i].flags & RPCSEC_NDR_ARM_DEFAULT) && type->arms[i].value == tag)
            return true;
    return false;
}

static bool random_tag(struct maker *m, const struct rpcsec_ndr_type *type, int64_t *ret_tag)
{
    const struct rpcsec_ndr_arm *arm;

    if (!type->num)
        return false;
    arm = &type->arms[rnd_below(m->rnd, type->num)];
    *ret_tag = arm->value;
    if (!(arm->flags & RPCSEC_NDR_ARM_DEFAULT))
        return true;
    for (unsigned i = 0; i < 50; i++) {
        *ret_tag = (int64_t)rnd_below(m->rnd, 100);
        if (!is_named(type, *ret_tag) && ndr_fits(type->of, *ret_tag, false) &&
            ndr_in_range(type->of->range, *ret_tag))
            return true;
    }
    return false;
}

/* Sets the variable of a switch_is so that it chooses an arm, where it has one. */
static void set_tag(struct maker *m, const struct rpcsec_ndr_type *type, void *record)
{
    const struct rpcsec_ndr_expr *expr = type->switch_is;
    uint8_t *at = (uint8_t *)record + expr->offset;
    int64_t tag;
    void *pointer;

    if ((expr->kind != RPCSEC_NDR_EXPR_VAR && expr->kind != RPCSEC_NDR_EXPR_DEREF) ||
        expr->multiply > 1 || expr->divide > 1 || !random_tag(m, type, &tag))
        return;
    if (expr->kind == RPCSEC_NDR_EXPR_DEREF) {
        memcpy(&pointer, at, sizeof(pointer));
        if (!pointer)
            return;
        at = pointer;
    }
    ndr_store_bits(at, (uint64_t)(tag - expr->add), ndr_scalars[expr->var].width);
}

static bool fill_union(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                       const void *record)
{
    const struct rpcsec_ndr_arm *arm;
    int64_t tag;
    int64_t wide;

    if (type->kind == RPCSEC_NDR_ENCAPSULATED) {
        if (!random_tag(m, type, &tag))
            return false;
        ndr_store(type->of, (uint8_t *)mem + type->tag_offset, (uint64_t)tag);
    } else if (!ndr_value(type->switch_is, record, &tag) ||
               !ndr_tag(type->of, tag, true, &wide) || /* an enum of -1 fits NDR 2.0 only */
               !ndr_tag(type->of, tag, false, &tag)) {
        return false;
    }
    arm = ndr_find_arm(type, tag);
    return arm && ndr_in_range(type->of->range, tag) &&
           (!arm->type || fill(m, arm->type, (uint8_t *)mem + type->body_offset, record));
}

/* ---- Arrays ---- */

static bool fill_elements(struct maker *m, const struct rpcsec_ndr_type *of, void *mem,
                          uint64_t num, const void *record)
{
    for (uint64_t i = 0; i < num; i++)
        if (!fill(m, of, (uint8_t *)mem + i * of->mem_size, record))
            return false;
    return true;
}

/* A string of fewer than `room` units. */
static bool fill_string(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                        uint64_t room)
{
    size_t unit = type->of->mem_size;
    uint64_t least = type->range && type->range->least > 1 ? (uint64_t)type->range->least : 1;
    uint64_t most =
        type->range && (uint64_t)type->range->most < room ? (uint64_t)type->range->most : room;
    uint64_t num;

    if (!room || least > most)
        return false;
    num = least + rnd_below(m->rnd, (most - least < 9 ? most - least : 9) + 1) - 1;
    for (uint64_t i = 0; i < num; i++)
        ndr_store_bits((uint8_t *)mem + i * unit, 'a' + rnd_below(m->rnd, 26), unit);
    ndr_store_bits((uint8_t *)mem + num * unit, 0, unit);
    return true;
}

static bool in_range(const struct rpcsec_ndr_type *type, uint64_t num)
{
    return num <= INT64_MAX && ndr_in_range(type->range, (int64_t)num);
}

/* `max`: elements that there is room for. */
static bool fill_array(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                       uint64_t max, const void *record)
{
    const struct rpcsec_ndr_bounds *bounds = type->bounds;
    uint64_t first = 0;
    uint64_t num = max;

    if (type->flags & RPCSEC_NDR_FLAG_STRING)
        return fill_string(m, type, mem, max);
    if (type->kind != RPCSEC_NDR_FIXED && bounds) {
        if (ndr_has(&bounds->first) && !ndr_count(&bounds->first, record, &first))
            return false;
        if (ndr_has(&bounds->length) && !ndr_count(&bounds->length, record, &num))
            return false;
        if (first > max || (ndr_has(&bounds->length) && num > max - first))
            return false;
    }
    return in_range(type, num) && fill_elements(m, type->of, mem, max, record);
}

/* Elements of a conformant array. */
static bool find_size(struct maker *m, const struct rpcsec_ndr_type *type, const void *record,
                      uint64_t *ret_num)
{
    const struct rpcsec_ndr_expr *size = ndr_size_expr(type);

    if (size)
        return ndr_count(size, record, ret_num) && *ret_num <= MAX_ELEMENTS;
    *ret_num = type->range && type->range->most < 12 ? (uint64_t)type->range->most
                                                     : 2 + rnd_below(m->rnd, 10);
    return type->flags & RPCSEC_NDR_FLAG_STRING;
}

/* ---- Pointers ---- */

static bool make_array(struct maker *m, const struct rpcsec_ndr_type *type, const void *record,
                       void **ret_mem)
{
    uint64_t num;

    if (!find_size(m, type, record, &num))
        return false;
    *ret_mem = rpcsec_arena_alloc(m->arena, num * type->of->mem_size);
    return *ret_mem && fill_array(m, type, *ret_mem, num, record);
}

static bool make(struct maker *m, const struct rpcsec_ndr_type *type, const void *record,
                 void **ret_mem)
{
    struct ndr_tail tail = ndr_tail(type);
    size_t len = type->mem_size;

    if (tail.array == type)
        return make_array(m, type, record, ret_mem);
    if (tail.array)
        len += MAX_TAIL * tail.array->of->mem_size;
    *ret_mem = rpcsec_arena_alloc(m->arena, len);
    return *ret_mem && fill(m, type, *ret_mem, record);
}

static bool wants_null(struct maker *m, const struct rpcsec_ndr_type *type, const void *record)
{
    const struct rpcsec_ndr_expr *size;
    uint64_t num;

    if (type->kind == RPCSEC_NDR_IGNORED)
        return true;
    if (type->kind == RPCSEC_NDR_REF)
        return false;
    size = ndr_pointee_size(type);
    if (size && (!ndr_count(size, record, &num) || num))
        return false;
    return m->depth > MAX_DEPTH || rnd_percent(m->rnd, 25);
}

static bool fill_pointer(struct maker *m, const struct rpcsec_ndr_type *type, void *slot,
                         const void *record)
{
    bool is_full = type->kind == RPCSEC_NDR_FULL && !m->is_tidy && aliases_may_share(type->of);
    void *mem = NULL;
    bool good = true;

    if (is_full && m->shared_of == type->of && rnd_percent(m->rnd, 40)) {
        mem = m->shared;
    } else if (!wants_null(m, type, record)) {
        if (m->depth > 3 * MAX_DEPTH)
            return false;
        m->depth++;
        good = make(m, type->of, record, &mem);
        m->depth--;
    }
    if (is_full && mem && good) {
        m->shared_of = type->of;
        m->shared = mem;
    }
    memcpy(slot, &mem, sizeof(mem));
    return good;
}

/* ---- Records ---- */

struct member {
    uint32_t offset;
    const struct rpcsec_ndr_type *type;
};

static struct member field_of(const void *list, uint32_t i)
{
    const struct rpcsec_ndr_field *field = (const struct rpcsec_ndr_field *)list + i;

    return (struct member){field->offset, field->type};
}

static struct member arg_of(const void *list, uint32_t i)
{
    const struct rpcsec_ndr_arg *arg = (const struct rpcsec_ndr_arg *)list + i;

    return (struct member){arg->offset, arg->type};
}

typedef struct member (*member_of)(const void *list, uint32_t i);

/* When a member is filled: what others may depend on first. */
static unsigned round_of(const struct rpcsec_ndr_type *type)
{
    bool is_conformant = type->flags & RPCSEC_NDR_FLAG_CONFORMANT;

    if (is_scalar(type))
        return 0;
    if ((type->kind == RPCSEC_NDR_STRUCT && !is_conformant) ||
        type->kind == RPCSEC_NDR_CONTEXT_HANDLE)
        return 1;
    return type->of && is_scalar(type->of) && type->mem_size == sizeof(void *) &&
                   type->kind >= RPCSEC_NDR_REF
               ? 1
               : 2;
}

static bool fill_round(struct maker *m, const void *list, uint32_t num, member_of get,
                       void *record, const struct marks *marks, unsigned round)
{
    for (uint32_t i = 0; i < num; i++) {
        const struct member member = get(list, i);
        uint8_t *at = (uint8_t *)record + member.offset;

        if (round_of(member.type) != round)
            continue;
        if (round == 0 && m->is_tidy && is_marked(marks, member.offset))
            fill_tidy(m, member.type, at, marks->number);
        else if (round == 0)
            fill_scalar(m, member.type, at, is_marked(marks, member.offset));
        else if (!fill(m, member.type, at, record))
            return false;
        if (round == 1 && member.type->kind >= RPCSEC_NDR_REF &&
            is_marked(marks, member.offset)) {
            void *target;

            memcpy(&target, at, sizeof(target));
            if (target && is_scalar(member.type->of) && m->is_tidy)
                fill_tidy(m, member.type->of, target, marks->number);
            else if (target && is_scalar(member.type->of))
                fill_scalar(m, member.type->of, target, true);
        }
    }
    return true;
}

/* False when a tag that was set is out of its variable's range. */
static bool is_in_range(const struct rpcsec_ndr_type *type, const void *mem)
{
    const void *target;

    if (is_scalar(type))
        return ndr_in_range(type->range, (int64_t)ndr_load(type, mem));
    for (uint32_t i = 0; type->kind == RPCSEC_NDR_STRUCT && i < type->num; i++)
        if (!is_in_range(type->fields[i].type, (const uint8_t *)mem + type->fields[i].offset))
            return false;
    if (type->kind < RPCSEC_NDR_REF || type->kind > RPCSEC_NDR_FULL || !is_scalar(type->of))
        return true;
    memcpy(&target, mem, sizeof(target));
    return !target || is_in_range(type->of, target);
}

static bool fill_record(struct maker *m, const void *list, uint32_t num, member_of get,
                        void *record)
{
    struct marks marks = {.number = 2 * rnd_below(m->rnd, 4)};

    for (uint32_t i = 0; i < num; i++)
        mark_type(&marks, get(list, i).type, 0);
    if (!fill_round(m, list, num, get, record, &marks, 0) ||
        !fill_round(m, list, num, get, record, &marks, 1))
        return false;
    for (size_t i = 0; i < marks.num_unions; i++)
        set_tag(m, marks.unions[i], record);
    for (uint32_t i = 0; i < num; i++)
        if (round_of(get(list, i).type) < 2 &&
            !is_in_range(get(list, i).type, (const uint8_t *)record + get(list, i).offset))
            return false;
    return fill_round(m, list, num, get, record, &marks, 2);
}

static bool fill_struct(struct maker *m, const struct rpcsec_ndr_type *type, void *mem)
{
    bool good = false;

    if (m->depth > 3 * MAX_DEPTH)
        return false;
    m->depth++;
    for (unsigned i = 0; i < MAX_TRIES && !good && m->left; i++)
        good = fill_record(m, type->fields, type->num, field_of, mem);
    m->depth--;
    return good;
}

static void fill_context_handle(struct maker *m, void *mem)
{
    struct rpcsec_context_handle handle = {.attributes = 0};

    handle.uuid.time_low = (uint32_t)rnd_next(m->rnd);
    handle.uuid.time_mid = (uint16_t)rnd_next(m->rnd);
    handle.uuid.node[5] = (uint8_t)rnd_next(m->rnd);
    memcpy(mem, &handle, sizeof(handle));
}

static bool fill(struct maker *m, const struct rpcsec_ndr_type *type, void *mem,
                 const void *record)
{
    uint64_t num;

    if (!m->left)
        return false;
    m->left--;
    if (is_scalar(type)) {
        fill_scalar(m, type, mem, false);
        if (m->is_tidy && (type->kind == RPCSEC_NDR_WCHAR || type->kind == RPCSEC_NDR_U16))
            ndr_store(type, mem, 'a' + rnd_below(m->rnd, 26));
        return true;
    }
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        return fill_struct(m, type, mem);
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        return fill_union(m, type, mem, record);
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
        return fill_array(m, type, mem, type->num, record);
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING: /* at the end of a structure */
        return find_size(m, type, record, &num) && num <= MAX_TAIL &&
               fill_array(m, type, mem, num, record);
    case RPCSEC_NDR_CONTEXT_HANDLE:
        fill_context_handle(m, mem);
        return true;
    default:
        return fill_pointer(m, type, mem, record);
    }
}

bool random_value(struct rnd *rnd, const struct rpcsec_ndr_record *record, size_t effort,
                  bool is_tidy, void *args, struct rpcsec_arena *arena)
{
    for (size_t left = effort; left > effort / 100;) {
        struct maker m = {
            .rnd = rnd, .arena = arena, .left = left < 6000 ? left : 6000, .is_tidy = is_tidy};
        size_t before = m.left;

        rpcsec_arena_reset(arena);
        memset(args, 0, record->mem_size);
        /* What was filled later may have changed what counted before: then it is not even the
         * same as itself. */
        if (fill_record(&m, record->args, record->num_args, arg_of, args) &&
            same_value(record, RPCSEC_NDR_IN | RPCSEC_NDR_OUT, args, args))
            return true;
        left -= before - m.left < left ? before - m.left + 1 : left;
    }
    return false;
}
