/* SPDX-License-Identifier: MIT
 *
 * ndr/same_value.c: values of type tables compared.
 *
 * Full pointers share what they lead to: each shared pair is compared once, else a value whose
 * structures share two pointers each would take 2^depth comparisons.
 */
#include "random_value.h"

#include <string.h>

#include "ndr/types.h"

enum { MAX_PAIRS = 256 };

/* What full pointers led to so far. */
struct pairs {
    struct {
        const void *a;
        const void *b;
    } list[MAX_PAIRS];
    size_t num;
};

static bool same(struct pairs *pairs, const struct rpcsec_ndr_type *type, const void *a,
                 const void *b, const void *record);

static bool same_scalar(const struct rpcsec_ndr_type *type, const void *a, const void *b)
{
    if (type->kind == RPCSEC_NDR_BOOLEAN)
        return !ndr_load(type, a) == !ndr_load(type, b);
    return ndr_load(type, a) == ndr_load(type, b);
}

static bool same_struct(struct pairs *pairs, const struct rpcsec_ndr_type *type,
                        const uint8_t *a, const uint8_t *b)
{
    for (uint32_t i = 0; i < type->num; i++) {
        uint32_t offset = type->fields[i].offset;

        if (!same(pairs, type->fields[i].type, a + offset, b + offset, a))
            return false;
    }
    return true;
}

static bool same_union(struct pairs *pairs, const struct rpcsec_ndr_type *type,
                       const uint8_t *a, const uint8_t *b, const void *record)
{
    const struct rpcsec_ndr_arm *arm;
    int64_t tag;

    if (type->kind == RPCSEC_NDR_ENCAPSULATED) {
        if (!same_scalar(type->of, a + type->tag_offset, b + type->tag_offset))
            return false;
        tag = (int64_t)ndr_load(type->of, a + type->tag_offset);
    } else if (!ndr_value(type->switch_is, record, &tag) ||
               !ndr_tag(type->of, tag, false, &tag)) {
        return false;
    }
    arm = ndr_find_arm(type, tag);
    return arm && (!arm->type || same(pairs, arm->type, a + type->body_offset,
                                      b + type->body_offset, record));
}

/* `max`: elements in memory. */
static bool same_array(struct pairs *pairs, const struct rpcsec_ndr_type *type,
                       const uint8_t *a, const uint8_t *b, const void *record, uint64_t max)
{
    const struct rpcsec_ndr_bounds *bounds =
        type->kind == RPCSEC_NDR_FIXED ? NULL : type->bounds;
    size_t size = type->of->mem_size;
    uint64_t first = 0;
    uint64_t num = max;

    if (type->flags & RPCSEC_NDR_FLAG_STRING)
        num = ndr_string_len(a, size, max) + 1;
    else if (bounds && ndr_has(&bounds->first) && !ndr_count(&bounds->first, record, &first))
        return false;
    else if (bounds && ndr_has(&bounds->length) && !ndr_count(&bounds->length, record, &num))
        return false;
    if (first > max || (num > max - first && bounds && ndr_has(&bounds->length)))
        return false;
    if (num > max - first)
        num = max - first;
    for (uint64_t i = first; i < first + num; i++)
        if (!same(pairs, type->of, a + i * size, b + i * size, record))
            return false;
    return true;
}

static bool same_conformant(struct pairs *pairs, const struct rpcsec_ndr_type *type,
                            const void *a, const void *b, const void *record)
{
    const struct rpcsec_ndr_expr *size = ndr_size_expr(type);
    uint64_t max = 0;

    if (!size)
        max = ndr_string_len(a, type->of->mem_size, SIZE_MAX) + 1;
    else if (!ndr_count(size, record, &max))
        return false;
    return same_array(pairs, type, a, b, record, max);
}

/* True when this pair was compared, or is being compared; else it is kept. */
static bool is_known_pair(struct pairs *pairs, const void *a, const void *b)
{
    for (size_t i = 0; i < pairs->num; i++)
        if (pairs->list[i].a == a && pairs->list[i].b == b)
            return true;
    if (pairs->num < MAX_PAIRS) {
        pairs->list[pairs->num].a = a;
        pairs->list[pairs->num++].b = b;
    }
    return false;
}

static bool same_pointer(struct pairs *pairs, const struct rpcsec_ndr_type *type, const void *a,
                         const void *b, const void *record)
{
    const void *x;
    const void *y;

    memcpy(&x, a, sizeof(x));
    memcpy(&y, b, sizeof(y));
    if (type->kind == RPCSEC_NDR_IGNORED)
        return true;
    if (!x || !y)
        return x == y;
    if (type->kind == RPCSEC_NDR_FULL && is_known_pair(pairs, x, y))
        return true;
    return same(pairs, type->of, x, y, record);
}

static bool same(struct pairs *pairs, const struct rpcsec_ndr_type *type, const void *a,
                 const void *b, const void *record)
{
    if (ndr_width(type, false))
        return same_scalar(type, a, b);
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        return same_struct(pairs, type, a, b);
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        return same_union(pairs, type, a, b, record);
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
        return same_array(pairs, type, a, b, record, type->num);
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        return same_conformant(pairs, type, a, b, record);
    case RPCSEC_NDR_CONTEXT_HANDLE:
        return memcmp(a, b, sizeof(struct rpcsec_context_handle)) == 0;
    default:
        return same_pointer(pairs, type, a, b, record);
    }
}

bool same_value(const struct rpcsec_ndr_record *record, uint32_t direction, const void *a,
                const void *b)
{
    struct pairs pairs;

    pairs.num = 0;
    for (uint32_t i = 0; i < record->num_args; i++) {
        const struct rpcsec_ndr_arg *arg = &record->args[i];

        if ((arg->flags & direction) &&
            !same(&pairs, arg->type, (const uint8_t *)a + arg->offset,
                  (const uint8_t *)b + arg->offset, a))
            return false;
    }
    return true;
}
