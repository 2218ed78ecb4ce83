/* SPDX-License-Identifier: MIT
 *
 * ndr/by_hand.c: type tables for kinds of types that no foreign vector covers.
 */
#include "by_hand.h"

static const struct rpcsec_ndr_type node_type;
POINTER(node_unique, UNIQUE, node_type);
static const struct rpcsec_ndr_field node_fields[] = {FIELD(node, value, rpcsec_ndr_u32),
                                                      FIELD(node, next, node_unique)};
STRUCT(node, 0, 4, 8, 8, 12);
static const struct rpcsec_ndr_arg List_list[] = {ARG(List, head, IN, node_unique)};

POINTER(u32_ref, REF, rpcsec_ndr_u32);
static const struct rpcsec_ndr_field with_ref_fields[] = {FIELD(with_ref, a, u32_ref),
                                                          FIELD(with_ref, b, rpcsec_ndr_u16)};
STRUCT(with_ref, 0, 4, 8, 6, 10);
CONFORMANT(Refs_array, u32_ref, 4, 8, .size = VAR(U32, Refs_args, n));
POINTER(Refs_ref, REF, Refs_array);
static const struct rpcsec_ndr_arg Refs_list[] = {ARG(Refs, s, IN, with_ref_type),
                                                  ARG(Refs, n, IN, rpcsec_ndr_u32),
                                                  ARG(Refs, p, IN, Refs_ref)};

static const struct rpcsec_ndr_arm choice_arms[] = {
    {"a", 1, 0, &rpcsec_ndr_u8}, {"b", 2, 0, &rpcsec_ndr_u64}, {NULL, 3, 0, NULL}};
static const struct rpcsec_ndr_type choice_type = {.kind = RPCSEC_NDR_ENCAPSULATED,
                                                   .align = 8,
                                                   .align64 = 8,
                                                   .wire_min = 2,
                                                   .wire_min64 = 2,
                                                   .mem_size = sizeof(struct choice),
                                                   .num = 3,
                                                   .tag_offset = offsetof(struct choice, tag),
                                                   .body_offset = offsetof(struct choice, u),
                                                   .name = "choice",
                                                   .of = &rpcsec_ndr_u16,
                                                   .arms = choice_arms};
static const struct rpcsec_ndr_arg Choice_list[] = {ARG(Choice, x, IN, rpcsec_ndr_u8),
                                                    ARG(Choice, c, IN, choice_type)};

static const struct rpcsec_ndr_arm small_arms[] = {{"a", 1, 0, &rpcsec_ndr_u8},
                                                   {"b", 2, 0, &rpcsec_ndr_u32}};
static const struct rpcsec_ndr_expr small_switch = VAR(U16, MsUnion_args, tag);
static const struct rpcsec_ndr_type small_type = {.kind = RPCSEC_NDR_UNION,
                                                  .flags = RPCSEC_NDR_FLAG_MS_UNION,
                                                  .align = 4,
                                                  .align64 = 4,
                                                  .wire_min = 3,
                                                  .wire_min64 = 3,
                                                  .mem_size = sizeof(union small),
                                                  .num = 2,
                                                  .of = &rpcsec_ndr_u16,
                                                  .arms = small_arms,
                                                  .switch_is = &small_switch};
FIXED(small_array, small_type, 2, union small, 4, 6);
static const struct rpcsec_ndr_arg MsUnion_list[] = {ARG(MsUnion, tag, IN, rpcsec_ndr_u16),
                                                     ARG(MsUnion, one, IN, small_type),
                                                     ARG(MsUnion, array, IN, small_array)};

static const struct rpcsec_ndr_arg Scalars_list[] = {
    ARG(Scalars, i3264, IN, rpcsec_ndr_int3264), ARG(Scalars, u3264, IN, rpcsec_ndr_uint3264),
    ARG(Scalars, flag, IN, rpcsec_ndr_boolean), ARG(Scalars, f, IN, rpcsec_ndr_float),
    ARG(Scalars, d, IN, rpcsec_ndr_double)};

static const struct rpcsec_ndr_bounds varying_v_bounds = {.length = VAR(U8, varying, n)};
static const struct rpcsec_ndr_type varying_v = {.kind = RPCSEC_NDR_VARYING,
                                                 .align = 4,
                                                 .align64 = 8,
                                                 .wire_min = 8,
                                                 .wire_min64 = 16,
                                                 .mem_size = 4 * sizeof(uint16_t),
                                                 .num = 4,
                                                 .of = &rpcsec_ndr_u16,
                                                 .bounds = &varying_v_bounds};
static const struct rpcsec_ndr_type varying_s = {.kind = RPCSEC_NDR_VARYING,
                                                 .flags = RPCSEC_NDR_FLAG_STRING,
                                                 .align = 4,
                                                 .align64 = 8,
                                                 .wire_min = 8,
                                                 .wire_min64 = 16,
                                                 .mem_size = 6,
                                                 .num = 6,
                                                 .of = &rpcsec_ndr_char};
static const struct rpcsec_ndr_field varying_fields[] = {FIELD(varying, n, rpcsec_ndr_u8),
                                                         FIELD(varying, v, varying_v),
                                                         FIELD(varying, s, varying_s)};
STRUCT(varying, 0, 4, 8, 17, 33);
static const struct rpcsec_ndr_arg Varying_list[] = {ARG(Varying, s, IN, varying_type)};

CONFORMANT_VARYING(sized_string, rpcsec_ndr_char, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = VAR(U32, SizedString_args, size));
POINTER(sized_string_ref, REF, sized_string);
static const struct rpcsec_ndr_arg SizedString_list[] = {
    ARG(SizedString, size, IN, rpcsec_ndr_u32), ARG(SizedString, s, IN, sized_string_ref)};

static int64_t product(const void *record)
{
    const struct Called_args *args = record;

    return rpcsec_ndr_multiply(args->a == UINT32_MAX ? -1 : (int64_t)args->a, args->b);
}
CONFORMANT(Called_array, rpcsec_ndr_u8, 1, 1,
           .size = {.kind = RPCSEC_NDR_EXPR_CALL, .call = product});
POINTER(Called_ref, REF, Called_array);
static const struct rpcsec_ndr_arg Called_list[] = {ARG(Called, a, IN, rpcsec_ndr_u32),
                                                    ARG(Called, b, IN, rpcsec_ndr_u32),
                                                    ARG(Called, d, IN, Called_ref)};

CONFORMANT_VARYING(First_array, rpcsec_ndr_u16, 0, NULL, .size = CONST_VALUE(8),
                   .first = VAR(U32, First_args, f), .length = VAR(U32, First_args, l));
POINTER(First_ref, REF, First_array);
static const struct rpcsec_ndr_arg First_list[] = {ARG(First, f, IN, rpcsec_ndr_u32),
                                                   ARG(First, l, IN, rpcsec_ndr_u32),
                                                   ARG(First, v, IN, First_ref)};

POINTER(ignored, IGNORED, rpcsec_ndr_u32);
static const struct rpcsec_ndr_field ignoring_fields[] = {FIELD(ignoring, a, rpcsec_ndr_u32),
                                                          FIELD(ignoring, p, ignored),
                                                          FIELD(ignoring, b, rpcsec_ndr_u32)};
STRUCT(ignoring, 0, 4, 8, 12, 16);
static const struct rpcsec_ndr_arg Ignored_list[] = {ARG(Ignored, s, IN, ignoring_type)};

POINTER(u32_full, FULL, rpcsec_ndr_u32);
static const struct rpcsec_ndr_arg Full_list[] = {ARG(Full, a, IN, u32_full),
                                                  ARG(Full, b, IN, u32_full)};

FIXED(row, rpcsec_ndr_u16, 3, uint16_t, 2, 6);
FIXED(rows, row, 2, uint16_t[3], 2, 12);
FIXED(enums, rpcsec_ndr_enum16, 2, uint32_t, 4, 4);
static const struct rpcsec_ndr_field matrix_fields[] = {FIELD(matrix, m, rows),
                                                        FIELD(matrix, e, enums)};
STRUCT(matrix, 0, 2, 4, 16, 20);
static const struct rpcsec_ndr_arg Matrix_list[] = {ARG(Matrix, s, IN, matrix_type)};

CONFORMANT(Levels_inner, rpcsec_ndr_byte, 1, 1, .size = VAR(U32, Levels_args, n));
POINTER(Levels_element, UNIQUE, Levels_inner);
CONFORMANT(Levels_outer, Levels_element, 4, 8, .size = VAR(U32, Levels_args, m));
POINTER(Levels_ref, REF, Levels_outer);
static const struct rpcsec_ndr_arg Levels_list[] = {ARG(Levels, m, IN, rpcsec_ndr_u32),
                                                    ARG(Levels, n, IN, rpcsec_ndr_u32),
                                                    ARG(Levels, v, IN, Levels_ref)};

CONFORMANT_VARYING(label_text, rpcsec_ndr_char, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = {.add = 0});
static const struct rpcsec_ndr_field label_fields[] = {FIELD(label, n, rpcsec_ndr_u16),
                                                       FIELD(label, text, label_text)};
STRUCT(label, RPCSEC_NDR_FLAG_CONFORMANT, 4, 8, 14, 26);
POINTER(label_ref, REF, label_type);
static const struct rpcsec_ndr_arg Label_list[] = {ARG(Label, l, IN, label_ref)};

const struct rpcsec_ndr_record by_hand_records[] = {
    RECORD(List),    RECORD(Refs),   RECORD(Choice),      RECORD(MsUnion), RECORD(Scalars),
    RECORD(Varying), RECORD(Called), RECORD(SizedString), RECORD(First),   RECORD(Ignored),
    RECORD(Full),    RECORD(Matrix), RECORD(Levels),      RECORD(Label),   {.name = NULL}};
