/* SPDX-License-Identifier: MIT
 *
 * ndr/types.c: questions that both walkers ask of the type tables. Layer: ndr.
 * Documents: C706 14.2, 14.3; MS-RPCE 2.2.5.
 */
#include "ndr/types.h"

const struct ndr_scalar ndr_scalars[UINT8_MAX + 1] = {
    [RPCSEC_NDR_U8] = {1, 1, false, true},           [RPCSEC_NDR_I8] = {1, 1, true, true},
    [RPCSEC_NDR_U16] = {2, 2, false, true},          [RPCSEC_NDR_I16] = {2, 2, true, true},
    [RPCSEC_NDR_U32] = {4, 4, false, true},          [RPCSEC_NDR_I32] = {4, 4, true, true},
    [RPCSEC_NDR_U64] = {8, 8, false, true},          [RPCSEC_NDR_I64] = {8, 8, true, true},
    [RPCSEC_NDR_UINT3264] = {4, 8, false, false},    [RPCSEC_NDR_INT3264] = {4, 8, true, false},
    [RPCSEC_NDR_CHAR] = {1, 1, false, true},         [RPCSEC_NDR_BYTE] = {1, 1, false, true},
    [RPCSEC_NDR_BOOLEAN] = {1, 1, false, false},     [RPCSEC_NDR_WCHAR] = {2, 2, false, true},
    [RPCSEC_NDR_FLOAT] = {4, 4, false, true},        [RPCSEC_NDR_DOUBLE] = {8, 8, false, true},
    [RPCSEC_NDR_ENUM16] = {2, 4, false, false},      [RPCSEC_NDR_ENUM32] = {4, 4, false, true},
    [RPCSEC_NDR_ERROR_STATUS] = {4, 4, false, true},
};

static bool is_signed(const struct rpcsec_ndr_type *type)
{
    return ndr_scalars[type->kind].is_signed;
}

bool ndr_is_placeless(const struct rpcsec_ndr_type *element, bool ndr64)
{
    return element->kind == RPCSEC_NDR_REF && !ndr64;
}

size_t ndr_element_min(const struct rpcsec_ndr_type *element, bool ndr64)
{
    if (ndr_is_placeless(element, ndr64))
        return element->of->wire_min;
    return ndr64 ? element->wire_min64 : element->wire_min;
}

static int64_t extend(uint64_t value, size_t width, bool with_sign)
{
    unsigned shift = (unsigned)(64 - 8 * width);

    if (!with_sign)
        return (int64_t)(value << shift >> shift);
    return (int64_t)(value << shift) >> shift;
}

uint64_t ndr_load(const struct rpcsec_ndr_type *type, const void *mem)
{
    return (uint64_t)extend(ndr_load_bits(mem, type->mem_size), type->mem_size,
                            is_signed(type));
}

void ndr_store(const struct rpcsec_ndr_type *type, void *mem, uint64_t value)
{
    ndr_store_bits(mem, value, type->mem_size);
}

int64_t ndr_as_type(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64)
{
    size_t width = ndr_width(type, ndr64);

    return width ? extend((uint64_t)value, width, is_signed(type)) : value;
}

bool ndr_fits(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64)
{
    if (type->kind == RPCSEC_NDR_ENUM16)
        return value >= 0 && value <= UINT16_MAX;
    return ndr_as_type(type, value, ndr64) == value;
}

bool ndr_tag(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64, int64_t *ret_tag)
{
    size_t width = ndr_width(type, ndr64);
    int64_t tag = ndr_as_type(type, value, ndr64);

    if ((extend((uint64_t)value, width, true) != value &&
         extend((uint64_t)value, width, false) != value) ||
        !ndr_fits(type, tag, ndr64))
        return false;
    *ret_tag = tag;
    return true;
}

bool ndr_in_range(const struct rpcsec_ndr_range *range, int64_t value)
{
    return !range || (value >= range->least && value <= range->most);
}

bool ndr_follows_pointers(const struct rpcsec_ndr_expr *expr)
{
    return expr->kind == RPCSEC_NDR_EXPR_DEREF || expr->kind == RPCSEC_NDR_EXPR_CALL_DEREF;
}

static int64_t load_variable(uint8_t kind, const void *variable)
{
    const struct ndr_scalar *scalar = &ndr_scalars[kind];

    if (kind == RPCSEC_NDR_U32)
        return (int64_t)ndr_load_bits(variable, 4);
    if (kind == RPCSEC_NDR_U16)
        return (int64_t)ndr_load_bits(variable, 2);
    return extend(ndr_load_bits(variable, scalar->width), scalar->width, scalar->is_signed);
}

static bool compute(const struct rpcsec_ndr_expr *expr, const void *variable,
                    int64_t *ret_value)
{
    int64_t value = load_variable(expr->var, variable);

    if (expr->var == RPCSEC_NDR_U64 && value < 0)
        return false;
    if (expr->multiply > 1 && __builtin_mul_overflow(value, (int64_t)expr->multiply, &value))
        return false;
    if (expr->divide == 2 && value >= 0) /* the usual one: octets of UTF-16 */
        value >>= 1;
    else if (expr->divide > 1)
        value /= expr->divide;
    return !__builtin_add_overflow(value, expr->add, ret_value);
}

bool ndr_value(const struct rpcsec_ndr_expr *expr, const void *record, int64_t *ret_value)
{
    const uint8_t *at = record;
    const void *pointer;

    switch (expr->kind) {
    case RPCSEC_NDR_EXPR_CONST:
        *ret_value = expr->add;
        return true;
    case RPCSEC_NDR_EXPR_VAR:
        return compute(expr, at + expr->offset, ret_value);
    case RPCSEC_NDR_EXPR_DEREF:
        memcpy(&pointer, at + expr->offset, sizeof(pointer));
        if (pointer)
            return compute(expr, pointer, ret_value);
        *ret_value = 0;
        return true;
    case RPCSEC_NDR_EXPR_CALL:
    case RPCSEC_NDR_EXPR_CALL_DEREF:
        *ret_value = expr->call(record);
        return true;
    default:
        return false;
    }
}

const struct rpcsec_ndr_arm *ndr_find_arm(const struct rpcsec_ndr_type *type, int64_t tag)
{
    const struct rpcsec_ndr_arm *found = NULL;

    for (uint32_t i = 0; i < type->num; i++) {
        const struct rpcsec_ndr_arm *arm = &type->arms[i];

        if (arm->flags & RPCSEC_NDR_ARM_DEFAULT)
            found = arm;
        else if (arm->value == tag)
            return arm;
    }
    return found;
}

struct ndr_tail ndr_tail(const struct rpcsec_ndr_type *type)
{
    struct ndr_tail tail = {NULL, 0, 0, false};

    while (type->kind == RPCSEC_NDR_STRUCT && (type->flags & RPCSEC_NDR_FLAG_CONFORMANT)) {
        const struct rpcsec_ndr_field *last = &type->fields[type->num - 1];

        tail.record = tail.offset;
        tail.offset += last->offset;
        tail.in_struct = true;
        type = last->type;
    }
    if (type->kind == RPCSEC_NDR_CONFORMANT || type->kind == RPCSEC_NDR_CONFORMANT_VARYING)
        tail.array = type;
    return tail;
}

const struct rpcsec_ndr_expr *ndr_size_expr(const struct rpcsec_ndr_type *array)
{
    return array->bounds && ndr_has(&array->bounds->size) ? &array->bounds->size : NULL;
}

const struct rpcsec_ndr_expr *ndr_pointee_size(const struct rpcsec_ndr_type *pointer)
{
    const struct rpcsec_ndr_type *of = pointer->of;

    if (of->kind != RPCSEC_NDR_CONFORMANT && of->kind != RPCSEC_NDR_CONFORMANT_VARYING)
        return NULL;
    return ndr_size_expr(of);
}

size_t ndr_string_len(const void *text, size_t unit, size_t max)
{
    const uint16_t *wide = text;
    size_t len = 0;

    if (unit == 1)
        return strnlen(text, max);
    while (len < max && wide[len])
        len++;
    return len;
}

/* The units of a word of eight bytes, each swapped. */
static inline __attribute__((always_inline)) uint64_t swap_units(uint64_t word, size_t unit)
{
    const uint64_t odd = UINT64_C(0x00ff00ff00ff00ff);

    if (unit == 2)
        return (word & odd) << 8 | (word >> 8 & odd);
    word = __builtin_bswap64(word);
    return unit == 4 ? word << 32 | word >> 32 : word;
}

/* A loop for each unit: two words a turn. */
static inline __attribute__((always_inline)) void copy_swapped(uint8_t *to, const uint8_t *from,
                                                               size_t len, size_t unit)
{
    uint64_t word[2];

    for (; len >= sizeof(word); len -= sizeof(word)) {
        memcpy(word, from, sizeof(word));
        word[0] = swap_units(word[0], unit);
        word[1] = swap_units(word[1], unit);
        memcpy(to, word, sizeof(word));
        from += sizeof(word);
        to += sizeof(word);
    }
    for (; len; len -= unit, from += unit, to += unit)
        ndr_put_bits(to, ndr_load_bits(from, unit), unit, true);
}

void ndr_copy_swapped(void *to, const void *from, size_t num, size_t unit)
{
    if (unit == 2)
        copy_swapped(to, from, num * 2, 2);
    else if (unit == 4)
        copy_swapped(to, from, num * 4, 4);
    else
        copy_swapped(to, from, num * 8, 8);
}

bool ndr_must_swap(bool big_endian)
{
    return big_endian != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
}
