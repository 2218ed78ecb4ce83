/* SPDX-License-Identifier: MIT
 *
 * ndr/types.h: questions that both walkers ask of the type tables. Layer: ndr.
 */
#ifndef NDR_TYPES_H
#define NDR_TYPES_H

#include <string.h>

#include <rpcsec/ndr.h>

/* How a scalar kind lies on the wire; widths of 0 for all other kinds. */
struct ndr_scalar {
    uint8_t width;
    uint8_t width64;
    bool is_signed;
    bool is_plain; /* every value of its width is a value of it, in memory as on the wire */
};
extern const struct ndr_scalar ndr_scalars[UINT8_MAX + 1];

static inline size_t ndr_width(const struct rpcsec_ndr_type *type, bool ndr64)
{
    const struct ndr_scalar *scalar = &ndr_scalars[type->kind];

    return ndr64 ? scalar->width64 : scalar->width;
}

static inline size_t ndr_align(const struct rpcsec_ndr_type *type, bool ndr64)
{
    return ndr64 ? type->align64 : type->align;
}

/* True for scalars that need no look at their value; arrays of them are copied as blocks. */
static inline bool ndr_is_plain(const struct rpcsec_ndr_type *type)
{
    return ndr_scalars[type->kind].is_plain && !type->range;
}

/* Bytes of a type whose values lie in memory as on the wire, one after the other in arrays too,
 * in NDR 2.0 and in NDR64 alike, but for the byte order; 0: it is not so. */
static inline size_t ndr_flat_len(const struct rpcsec_ndr_type *type)
{
    const struct rpcsec_ndr_type *of = type;
    bool is_flat;

    while (of->kind == RPCSEC_NDR_FIXED)
        of = of->of;
    if (of->kind == RPCSEC_NDR_STRUCT)
        is_flat = of->num_steps == 1 && of->steps[0].len == of->mem_size &&
                  of->mem_size % of->align == 0;
    else
        is_flat = ndr_is_plain(of);
    return is_flat ? type->mem_size : 0;
}

/* Fewest bytes of one element of an array. In NDR 2.0 a reference pointer in an array takes no
 * place of its own (C706 14.3.12.3), so its referent counts. */
size_t ndr_element_min(const struct rpcsec_ndr_type *element, bool ndr64);
/* True when an element of this type has no bytes in place, as said above. */
bool ndr_is_placeless(const struct rpcsec_ndr_type *element, bool ndr64);

/* A plain scalar's bits. Width 1, 2, 4 or 8. */
static inline uint64_t ndr_load_bits(const void *mem, size_t width)
{
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;

    switch (width) {
    case 1:
        return *(const uint8_t *)mem;
    case 2:
        memcpy(&u16, mem, sizeof(u16));
        return u16;
    case 4:
        memcpy(&u32, mem, sizeof(u32));
        return u32;
    default:
        memcpy(&u64, mem, sizeof(u64));
        return u64;
    }
}

static inline void ndr_store_bits(void *mem, uint64_t value, size_t width)
{
    uint16_t u16 = (uint16_t)value;
    uint32_t u32 = (uint32_t)value;

    switch (width) {
    case 1:
        *(uint8_t *)mem = (uint8_t)value;
        break;
    case 2:
        memcpy(mem, &u16, sizeof(u16));
        break;
    case 4:
        memcpy(mem, &u32, sizeof(u32));
        break;
    default:
        memcpy(mem, &value, sizeof(value));
        break;
    }
}

/* The bits as the wire has them. `swapped`: in the byte order that is not the machine's. */
static inline void ndr_put_bits(uint8_t *to, uint64_t value, size_t width, bool swapped)
{
    ndr_store_bits(to, swapped ? __builtin_bswap64(value) >> (64 - 8 * width) : value, width);
}

static inline uint64_t ndr_get_bits(const uint8_t *from, size_t width, bool swapped)
{
    uint64_t value = ndr_load_bits(from, width);

    return swapped ? __builtin_bswap64(value) >> (64 - 8 * width) : value;
}

/* memcpy for what is mostly short. */
static inline void ndr_copy_short(void *to, const void *from, size_t len)
{
    uint64_t first[2];
    uint64_t last[2];

    if (len == 4) {
        memcpy(to, from, 4);
    } else if (len == 8) {
        memcpy(to, from, 8);
    } else if (len >= 16 && len <= 32) { /* two pieces, which may overlap */
        memcpy(first, from, 16);
        memcpy(last, (const uint8_t *)from + len - 16, 16);
        memcpy(to, first, 16);
        memcpy((uint8_t *)to + len - 16, last, 16);
    } else {
        memcpy(to, from, len);
    }
}

/* A scalar's value in memory, extended to 64 bits as its kind says; floats as their bits. */
uint64_t ndr_load(const struct rpcsec_ndr_type *type, const void *mem);
void ndr_store(const struct rpcsec_ndr_type *type, void *mem, uint64_t value);
/* True when the type can hold the value: an enum16 is 16 bits wide in NDR64 too. */
bool ndr_fits(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64);
/* `value` as a variable of this type would hold it: cut to its width and extended again. */
int64_t ndr_as_type(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64);
/* The tag of this type that the value of a switch_is chooses; false when the value has more
 * bits than the tag. A signed variable may choose by an unsigned tag of its width, and the
 * reverse. */
bool ndr_tag(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64, int64_t *ret_tag);
bool ndr_in_range(const struct rpcsec_ndr_range *range, int64_t value);

/* Evaluates a correlation. False when it overflows. */
bool ndr_value(const struct rpcsec_ndr_expr *expr, const void *record, int64_t *ret_value);
static inline bool ndr_has(const struct rpcsec_ndr_expr *expr)
{
    return expr && expr->kind != RPCSEC_NDR_EXPR_NONE;
}

/* Bytes of an unsigned kind that has no more than 32 bits; 0: it is another one. */
static inline size_t ndr_unsigned_width(uint8_t kind)
{
    return kind == RPCSEC_NDR_U32 ? 4 : kind == RPCSEC_NDR_U16 ? 2 : kind == RPCSEC_NDR_U8;
}

/* The same for a count: no negative values. */
static inline bool ndr_count(const struct rpcsec_ndr_expr *expr, const void *record,
                             uint64_t *ret_count)
{
    size_t width = ndr_unsigned_width(expr->var);
    int64_t value;

    if (expr->kind == RPCSEC_NDR_EXPR_VAR && width && expr->multiply <= 1 &&
        expr->divide <= 2 && !expr->add) { /* most are so */
        *ret_count =
            ndr_load_bits((const uint8_t *)record + expr->offset, width) >> (expr->divide == 2);
        return true;
    }
    if (!ndr_value(expr, record, &value) || value < 0)
        return false;
    *ret_count = (uint64_t)value;
    return true;
}
/* True when evaluating follows pointers. */
bool ndr_follows_pointers(const struct rpcsec_ndr_expr *expr);

/* The arm that a tag selects, the default one if need be; NULL: there is none. */
const struct rpcsec_ndr_arm *ndr_find_arm(const struct rpcsec_ndr_type *type, int64_t tag);

/* The conformant array that a type is or ends in. array NULL: its size is fixed. */
struct ndr_tail {
    const struct rpcsec_ndr_type *array;
    size_t offset; /* of the array in the outermost structure */
    size_t record; /* of the structure whose field it is */
    bool in_struct;
};
struct ndr_tail ndr_tail(const struct rpcsec_ndr_type *type);

/* The size expression of the array that a pointer leads to; NULL when there is none. */
const struct rpcsec_ndr_expr *ndr_pointee_size(const struct rpcsec_ndr_type *pointer);
const struct rpcsec_ndr_expr *ndr_size_expr(const struct rpcsec_ndr_type *array);

/* The conformant array of scalars, or of structures of them, that a type is, or that ends it
 * behind a run of bytes of prefix_len. */
struct ndr_flat_array {
    const struct rpcsec_ndr_type *array; /* NULL: the type is neither */
    size_t prefix_len;
    size_t unit;  /* bytes of an element, in memory and on the wire */
    size_t align; /* on the wire: of the whole, behind its maximum count */
};
static inline struct ndr_flat_array ndr_flat_array(const struct rpcsec_ndr_type *type)
{
    struct ndr_flat_array flat = {NULL, 0, 0, type->align};
    const struct rpcsec_ndr_field *last;

    if (type->kind == RPCSEC_NDR_STRUCT && type->num_steps == 1 && type->num > 1 &&
        (type->flags & RPCSEC_NDR_FLAG_CONFORMANT)) {
        last = &type->fields[type->num - 1];
        flat.prefix_len = type->steps[0].len;
        if (!flat.prefix_len || flat.prefix_len != last->offset ||
            (flat.prefix_len & (last->type->align - 1u)))
            return flat;
        type = last->type;
        if (type->kind != RPCSEC_NDR_CONFORMANT || !type->bounds)
            return flat;
    }
    if (type->kind != RPCSEC_NDR_CONFORMANT && type->kind != RPCSEC_NDR_CONFORMANT_VARYING)
        return flat;
    flat.unit = ndr_flat_len(type->of);
    if (flat.unit && !type->range)
        flat.array = type;
    if (!flat.prefix_len)
        flat.align = type->of->align;
    return flat;
}

/* Units of a NUL-terminated string of 1 or 2 byte units, without the NUL; at most `max`. */
size_t ndr_string_len(const void *text, size_t unit, size_t max);
/* Swaps the bytes of `num` units of 2, 4 or 8 bytes while it copies. */
void ndr_copy_swapped(void *to, const void *from, size_t num, size_t unit);
/* True when a byte order is not the machine's. */
bool ndr_must_swap(bool big_endian);

#endif
