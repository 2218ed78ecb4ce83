/* SPDX-License-Identifier: MIT
 *
 * ndr/types.c: questions that both walkers ask of the type tables. Layer: ndr.
 * Documents: C706 14.2, 14.3; MS-RPCE 2.2.5.
 */
#include "ndr/types.h"

#include <string.h>

struct scalar {
    uint8_t width;
    uint8_t width64;
    bool is_signed;
};

static const struct scalar scalars[] = {
    [RPCSEC_NDR_U8] = {1, 1, false},           [RPCSEC_NDR_I8] = {1, 1, true},
    [RPCSEC_NDR_U16] = {2, 2, false},          [RPCSEC_NDR_I16] = {2, 2, true},
    [RPCSEC_NDR_U32] = {4, 4, false},          [RPCSEC_NDR_I32] = {4, 4, true},
    [RPCSEC_NDR_U64] = {8, 8, false},          [RPCSEC_NDR_I64] = {8, 8, true},
    [RPCSEC_NDR_UINT3264] = {4, 8, false},     [RPCSEC_NDR_INT3264] = {4, 8, true},
    [RPCSEC_NDR_CHAR] = {1, 1, false},         [RPCSEC_NDR_BYTE] = {1, 1, false},
    [RPCSEC_NDR_BOOLEAN] = {1, 1, false},      [RPCSEC_NDR_WCHAR] = {2, 2, false},
    [RPCSEC_NDR_FLOAT] = {4, 4, false},        [RPCSEC_NDR_DOUBLE] = {8, 8, false},
    [RPCSEC_NDR_ENUM16] = {2, 4, false},       [RPCSEC_NDR_ENUM32] = {4, 4, false},
    [RPCSEC_NDR_ERROR_STATUS] = {4, 4, false},
};

static const struct scalar *find_scalar(unsigned kind)
{
    static const struct scalar none = {0, 0, false};

    return kind < sizeof(scalars) / sizeof(scalars[0]) ? &scalars[kind] : &none;
}

size_t ndr_width(const struct rpcsec_ndr_type *type, bool ndr64)
{
    const struct scalar *scalar = find_scalar(type->kind);

    return ndr64 ? scalar->width64 : scalar->width;
}

size_t ndr_align(const struct rpcsec_ndr_type *type, bool ndr64)
{
    return ndr64 ? type->align64 : type->align;
}

bool ndr_is_pointer(const struct rpcsec_ndr_type *type)
{
    return type->kind >= RPCSEC_NDR_REF && type->kind <= RPCSEC_NDR_IGNORED;
}

bool ndr_is_signed(const struct rpcsec_ndr_type *type)
{
    return find_scalar(type->kind)->is_signed;
}

bool ndr_is_block(const struct rpcsec_ndr_type *type, bool ndr64)
{
    size_t width = ndr_width(type, ndr64);

    return width && width == type->mem_size && !type->range && type->kind != RPCSEC_NDR_BOOLEAN;
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

static int64_t extend(uint64_t value, size_t width, bool is_signed)
{
    unsigned shift = (unsigned)(64 - 8 * width);

    if (!is_signed)
        return (int64_t)(value << shift >> shift);
    return (int64_t)(value << shift) >> shift;
}

static uint64_t load(const void *mem, size_t width, bool is_signed)
{
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64 = 0;

    switch (width) {
    case 1:
        memcpy(&u8, mem, sizeof(u8));
        u64 = u8;
        break;
    case 2:
        memcpy(&u16, mem, sizeof(u16));
        u64 = u16;
        break;
    case 4:
        memcpy(&u32, mem, sizeof(u32));
        u64 = u32;
        break;
    case 8:
        memcpy(&u64, mem, sizeof(u64));
        return u64;
    default:
        return 0;
    }
    return (uint64_t)extend(u64, width, is_signed);
}

uint64_t ndr_load(const struct rpcsec_ndr_type *type, const void *mem)
{
    return load(mem, type->mem_size, ndr_is_signed(type));
}

void ndr_store(const struct rpcsec_ndr_type *type, void *mem, uint64_t value)
{
    uint8_t u8 = (uint8_t)value;
    uint16_t u16 = (uint16_t)value;
    uint32_t u32 = (uint32_t)value;

    switch (type->mem_size) {
    case 1:
        memcpy(mem, &u8, sizeof(u8));
        break;
    case 2:
        memcpy(mem, &u16, sizeof(u16));
        break;
    case 4:
        memcpy(mem, &u32, sizeof(u32));
        break;
    case 8:
        memcpy(mem, &value, sizeof(value));
        break;
    default:
        break;
    }
}

int64_t ndr_as_type(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64)
{
    size_t width = ndr_width(type, ndr64);

    return width ? extend((uint64_t)value, width, ndr_is_signed(type)) : value;
}

bool ndr_fits(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64)
{
    if (type->kind == RPCSEC_NDR_ENUM16)
        return value >= 0 && value <= UINT16_MAX;
    return ndr_as_type(type, value, ndr64) == value;
}

bool ndr_in_range(const struct rpcsec_ndr_range *range, int64_t value)
{
    return !range || (value >= range->least && value <= range->most);
}

bool ndr_has(const struct rpcsec_ndr_expr *expr)
{
    return expr && expr->kind != RPCSEC_NDR_EXPR_NONE;
}

bool ndr_follows_pointers(const struct rpcsec_ndr_expr *expr)
{
    return expr->kind == RPCSEC_NDR_EXPR_DEREF || expr->kind == RPCSEC_NDR_EXPR_CALL_DEREF;
}

static bool compute(const struct rpcsec_ndr_expr *expr, const void *variable,
                    int64_t *ret_value)
{
    const struct scalar *scalar = find_scalar(expr->var);
    int64_t value = (int64_t)load(variable, scalar->width, scalar->is_signed);

    if (expr->var == RPCSEC_NDR_U64 && value < 0)
        return false;
    if (expr->multiply > 1 && __builtin_mul_overflow(value, (int64_t)expr->multiply, &value))
        return false;
    if (expr->divide > 1)
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

bool ndr_count(const struct rpcsec_ndr_expr *expr, const void *record, uint64_t *ret_count)
{
    int64_t value;

    if (!ndr_value(expr, record, &value) || value < 0)
        return false;
    *ret_count = (uint64_t)value;
    return true;
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

void ndr_copy_swapped(void *to, const void *from, size_t num, size_t unit)
{
    const uint8_t *in = from;
    uint8_t *out = to;

    for (size_t i = 0; i < num; i++, in += unit, out += unit)
        for (size_t k = 0; k < unit; k++)
            out[k] = in[unit - 1 - k];
}

bool ndr_must_swap(bool big_endian)
{
    return big_endian != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
}
