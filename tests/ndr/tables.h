/* SPDX-License-Identifier: MIT
 *
 * ndr/tables.h: type tables written by hand, so that the engine is tested without the IDL
 * compiler. The macros only spare repetition; sizes are worked out by hand as rpcsec/ndr.h
 * says.
 */
#ifndef TESTS_NDR_TABLES_H
#define TESTS_NDR_TABLES_H

#include <rpcsec/ndr.h>

#define NUM(array_) (uint32_t)(sizeof(array_) / sizeof((array_)[0]))

/* Expressions: a variable of the record, what a pointer of it points to, a constant. */
#define VAR(kind_, record_, member_)                            \
    {                                                           \
        .kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_##kind_, \
        .offset = offsetof(struct record_, member_)             \
    }
#define HALF(kind_, record_, member_)                            \
    {                                                            \
        .kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_##kind_,  \
        .offset = offsetof(struct record_, member_), .divide = 2 \
    }
#define DEREF(kind_, record_, member_)                            \
    {                                                             \
        .kind = RPCSEC_NDR_EXPR_DEREF, .var = RPCSEC_NDR_##kind_, \
        .offset = offsetof(struct record_, member_)               \
    }
#define CONST_VALUE(value_)                            \
    {                                                  \
        .kind = RPCSEC_NDR_EXPR_CONST, .add = (value_) \
    }

#define POINTER(name_, kind_, of_)                \
    static const struct rpcsec_ndr_type name_ = { \
        .kind = RPCSEC_NDR_##kind_,               \
        .align = 4,                               \
        .align64 = 8,                             \
        .wire_min = 4,                            \
        .wire_min64 = 8,                          \
        .mem_size = sizeof(void *),               \
        .of = &of_,                               \
    }

/* A conformant array; align_ are those of its elements. The bounds follow. */
#define CONFORMANT(name_, of_, align_, align64_, ...)                     \
    static const struct rpcsec_ndr_bounds name_##_bounds = {__VA_ARGS__}; \
    static const struct rpcsec_ndr_type name_ = {                         \
        .kind = RPCSEC_NDR_CONFORMANT,                                    \
        .align = align_,                                                  \
        .align64 = align64_,                                              \
        .wire_min = 4,                                                    \
        .wire_min64 = 8,                                                  \
        .of = &of_,                                                       \
        .bounds = &name_##_bounds,                                        \
    }

#define CONFORMANT_VARYING(name_, of_, flags_, range_, ...)               \
    static const struct rpcsec_ndr_bounds name_##_bounds = {__VA_ARGS__}; \
    static const struct rpcsec_ndr_type name_ = {                         \
        .kind = RPCSEC_NDR_CONFORMANT_VARYING,                            \
        .flags = flags_,                                                  \
        .align = 4,                                                       \
        .align64 = 8,                                                     \
        .wire_min = 12,                                                   \
        .wire_min64 = 24,                                                 \
        .of = &of_,                                                       \
        .bounds = &name_##_bounds,                                        \
        .range = range_,                                                  \
    }

#define FIXED(name_, of_, num_, c_type_, align_, min_) \
    static const struct rpcsec_ndr_type name_ = {      \
        .kind = RPCSEC_NDR_FIXED,                      \
        .align = align_,                               \
        .align64 = align_,                             \
        .wire_min = min_,                              \
        .wire_min64 = min_,                            \
        .mem_size = sizeof(c_type_) * (num_),          \
        .num = num_,                                   \
        .of = &of_,                                    \
    }

#define FIELD(record_, member_, type_)                      \
    {                                                       \
#member_, offsetof(struct record_, member_), &type_ \
    }

/* A structure from name_##_fields. */
#define STRUCT(name_, flags_, align_, align64_, min_, min64_) \
    static const struct rpcsec_ndr_type name_##_type = {      \
        .kind = RPCSEC_NDR_STRUCT,                            \
        .flags = flags_,                                      \
        .align = align_,                                      \
        .align64 = align64_,                                  \
        .wire_min = min_,                                     \
        .wire_min64 = min64_,                                 \
        .mem_size = sizeof(struct name_),                     \
        .num = NUM(name_##_fields),                           \
        .name = #name_,                                       \
        .fields = name_##_fields,                             \
    }

/* One use of a union; its arms are union_##_arms. */
#define UNION(name_, union_, tag_, align_, align64_, min_, min64_, ...) \
    static const struct rpcsec_ndr_expr name_##_switch = __VA_ARGS__;   \
    static const struct rpcsec_ndr_type name_ = {                       \
        .kind = RPCSEC_NDR_UNION,                                       \
        .align = align_,                                                \
        .align64 = align64_,                                            \
        .wire_min = min_,                                               \
        .wire_min64 = min64_,                                           \
        .mem_size = sizeof(union union_),                               \
        .num = NUM(union_##_arms),                                      \
        .name = #union_,                                                \
        .of = &tag_,                                                    \
        .arms = union_##_arms,                                          \
        .switch_is = &name_##_switch,                                   \
    }

#define ARG(operation_, member_, flags_, type_)                                 \
    {                                                                           \
#member_, offsetof(struct operation_##_args, member_), (flags_), &type_ \
    }
#define IN     RPCSEC_NDR_IN
#define OUT    RPCSEC_NDR_OUT
#define INOUT  (RPCSEC_NDR_IN | RPCSEC_NDR_OUT)
#define RESULT (RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN)

/* The record of an operation from operation_##_list and struct operation_##_args. */
#define RECORD(operation_)                                                                \
    {                                                                                     \
        .version = RPCSEC_NDR_TABLE_VERSION, .name = #operation_,                         \
        .mem_size = sizeof(struct operation_##_args), .num_args = NUM(operation_##_list), \
        .args = operation_##_list                                                         \
    }

/* The operations of each set of tables, ended by a name of NULL. */
extern const struct rpcsec_ndr_record echo_records[];    /* rpcecho, by operation number */
extern const struct rpcsec_ndr_record real_records[];    /* of Microsoft's interfaces */
extern const struct rpcsec_ndr_record made_up_records[]; /* corner cases */

/* The record with this name in any of the sets, NULL: none. */
const struct rpcsec_ndr_record *find_record(const char *name);

#endif
