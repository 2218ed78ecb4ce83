/* SPDX-License-Identifier: MIT
 *
 * ndr/types.h: questions that both walkers ask of the type tables. Layer: ndr.
 */
#ifndef NDR_TYPES_H
#define NDR_TYPES_H

#include <rpcsec/ndr.h>

/* Widths on the wire of a scalar kind; 0 for all other kinds. */
size_t ndr_width(const struct rpcsec_ndr_type *type, bool ndr64);
size_t ndr_align(const struct rpcsec_ndr_type *type, bool ndr64);
bool ndr_is_pointer(const struct rpcsec_ndr_type *type);
bool ndr_is_signed(const struct rpcsec_ndr_type *type);
/* True when arrays of it lie in memory as on the wire, but for the byte order. */
bool ndr_is_block(const struct rpcsec_ndr_type *type, bool ndr64);
/* Fewest bytes of one element of an array. In NDR 2.0 a reference pointer in an array takes no
 * place of its own (C706 14.3.12.3), so its referent counts. */
size_t ndr_element_min(const struct rpcsec_ndr_type *element, bool ndr64);
/* True when an element of this type has no bytes in place, as said above. */
bool ndr_is_placeless(const struct rpcsec_ndr_type *element, bool ndr64);

/* A scalar's value in memory, extended to 64 bits as its kind says; floats as their bits. */
uint64_t ndr_load(const struct rpcsec_ndr_type *type, const void *mem);
void ndr_store(const struct rpcsec_ndr_type *type, void *mem, uint64_t value);
/* True when the type can hold the value: an enum16 is 16 bits wide in NDR64 too. */
bool ndr_fits(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64);
/* `value` as a variable of this type would hold it: cut to its width and extended again. */
int64_t ndr_as_type(const struct rpcsec_ndr_type *type, int64_t value, bool ndr64);
bool ndr_in_range(const struct rpcsec_ndr_range *range, int64_t value);

/* Evaluates a correlation. False when it overflows. */
bool ndr_value(const struct rpcsec_ndr_expr *expr, const void *record, int64_t *ret_value);
bool ndr_has(const struct rpcsec_ndr_expr *expr);
/* The same for a count: no negative values. */
bool ndr_count(const struct rpcsec_ndr_expr *expr, const void *record, uint64_t *ret_count);
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

/* Units of a NUL-terminated string of 1 or 2 byte units, without the NUL; at most `max`. */
size_t ndr_string_len(const void *text, size_t unit, size_t max);
/* Swaps the bytes of `num` units of 2, 4 or 8 bytes while it copies. */
void ndr_copy_swapped(void *to, const void *from, size_t num, size_t unit);
/* True when a byte order is not the machine's. */
bool ndr_must_swap(bool big_endian);

#endif
