/* SPDX-License-Identifier: MIT
 *
 * ndr/made_up.c: type tables of the corner cases F1 to F9; their IDL is in the vector file
 * tests/vectors/ndr/made-up.tsv.
 */
#include "tables.h"

struct pad {
    uint8_t a;
    int64_t b;
    uint16_t c;
};
static const struct rpcsec_ndr_field pad_fields[] = {
    FIELD(pad, a, rpcsec_ndr_u8), FIELD(pad, b, rpcsec_ndr_i64), FIELD(pad, c, rpcsec_ndr_u16)};
STRUCT(pad, 0, 8, 8, 11, 11);

struct holder {
    uint32_t n;
    struct pad *p;
    uint16_t tail;
};
CONFORMANT(holder_array, pad_type, 8, 8, .size = VAR(U32, holder, n));
POINTER(holder_p, UNIQUE, holder_array);
static const struct rpcsec_ndr_field holder_fields[] = {FIELD(holder, n, rpcsec_ndr_u32),
                                                        FIELD(holder, p, holder_p),
                                                        FIELD(holder, tail, rpcsec_ndr_u16)};
STRUCT(holder, 0, 4, 8, 10, 14);
POINTER(holder_unique, UNIQUE, holder_type);

struct trail {
    uint16_t n;
    uint32_t data[];
};
CONFORMANT(trail_array, rpcsec_ndr_u32, 4, 4, .size = VAR(U16, trail, n));
static const struct rpcsec_ndr_field trail_fields[] = {FIELD(trail, n, rpcsec_ndr_u16),
                                                       FIELD(trail, data, trail_array)};
STRUCT(trail, RPCSEC_NDR_FLAG_CONFORMANT, 4, 4, 6, 10);
POINTER(trail_unique, UNIQUE, trail_type);

union u {
    uint8_t b;
    int64_t h;
    struct holder *p;
};
static const struct rpcsec_ndr_arm u_arms[] = {{"b", 1, 0, &rpcsec_ndr_u8},
                                               {"h", 2, 0, &rpcsec_ndr_i64},
                                               {"p", 3, 0, &holder_unique},
                                               {NULL, 0, RPCSEC_NDR_ARM_DEFAULT, NULL}};

struct tu {
    uint16_t tag;
    union u u;
    uint8_t after;
};
UNION(tu_u, u, rpcsec_ndr_u16, 8, 8, 2, 2, VAR(U16, tu, tag));
static const struct rpcsec_ndr_field tu_fields[] = {
    FIELD(tu, tag, rpcsec_ndr_u16), FIELD(tu, u, tu_u), FIELD(tu, after, rpcsec_ndr_u8)};
STRUCT(tu, 0, 8, 8, 5, 5);

struct misc {
    uint32_t e1;
    uint32_t e2;
    uint8_t fixed[3];
    int64_t *nul;
};
FIXED(misc_fixed, rpcsec_ndr_u8, 3, uint8_t, 1, 3);
POINTER(i64_unique, UNIQUE, rpcsec_ndr_i64);
static const struct rpcsec_ndr_field misc_fields[] = {
    FIELD(misc, e1, rpcsec_ndr_enum32), FIELD(misc, e2, rpcsec_ndr_enum16),
    FIELD(misc, fixed, misc_fixed), FIELD(misc, nul, i64_unique)};
STRUCT(misc, 0, 4, 8, 13, 19);

struct htrail {
    uint32_t n;
    int64_t d[];
};
CONFORMANT(htrail_array, rpcsec_ndr_i64, 8, 8, .size = VAR(U32, htrail, n));
static const struct rpcsec_ndr_field htrail_fields[] = {FIELD(htrail, n, rpcsec_ndr_u32),
                                                        FIELD(htrail, d, htrail_array)};
STRUCT(htrail, RPCSEC_NDR_FLAG_CONFORMANT, 8, 8, 8, 12);
POINTER(htrail_ref, REF, htrail_type);

struct hptr {
    uint8_t k;
    int64_t *q;
    uint16_t z;
};
CONFORMANT(hptr_array, rpcsec_ndr_i64, 8, 8, .size = VAR(U8, hptr, k));
POINTER(hptr_q, UNIQUE, hptr_array);
static const struct rpcsec_ndr_field hptr_fields[] = {
    FIELD(hptr, k, rpcsec_ndr_u8), FIELD(hptr, q, hptr_q), FIELD(hptr, z, rpcsec_ndr_u16)};
STRUCT(hptr, 0, 4, 8, 7, 11);

struct F1_args {
    uint8_t x;
    struct holder h;
    struct trail *t;
    uint32_t result;
};
static const struct rpcsec_ndr_arg F1_list[] = {
    ARG(F1, x, IN, rpcsec_ndr_u8), ARG(F1, h, IN, holder_type), ARG(F1, t, IN, trail_unique),
    ARG(F1, result, RESULT, rpcsec_ndr_u32)};

struct F2_args {
    struct tu t;
};
static const struct rpcsec_ndr_arg F2_list[] = {ARG(F2, t, IN, tu_type)};

struct F3_args {
    uint32_t max;
    uint32_t off;
    uint32_t len;
    uint16_t *v;
    struct misc m;
    uint32_t result;
};
CONFORMANT_VARYING(F3_array, rpcsec_ndr_u16, 0, NULL, .size = VAR(U32, F3_args, max),
                   .length = VAR(U32, F3_args, len));
POINTER(F3_ref, REF, F3_array);
static const struct rpcsec_ndr_arg F3_list[] = {
    ARG(F3, max, IN, rpcsec_ndr_u32), ARG(F3, off, IN, rpcsec_ndr_u32),
    ARG(F3, len, IN, rpcsec_ndr_u32), ARG(F3, v, IN, F3_ref),
    ARG(F3, m, OUT, misc_type),       ARG(F3, result, RESULT, rpcsec_ndr_u32)};

struct F4_args {
    uint16_t *s;
    char *c;
    uint32_t n;
    struct misc *a;
};
CONFORMANT_VARYING(wide_string, rpcsec_ndr_wchar, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = {.add = 0});
CONFORMANT_VARYING(char_string, rpcsec_ndr_char, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = {.add = 0});
POINTER(wide_ref, REF, wide_string);
POINTER(char_unique, UNIQUE, char_string);
CONFORMANT(F4_array, misc_type, 4, 8, .size = VAR(U32, F4_args, n));
POINTER(F4_ref, REF, F4_array);
static const struct rpcsec_ndr_arg F4_list[] = {
    ARG(F4, s, IN, wide_ref), ARG(F4, c, IN, char_unique), ARG(F4, n, IN, rpcsec_ndr_u32),
    ARG(F4, a, IN, F4_ref)};

struct F5_args {
    uint32_t n;
    int64_t *v;
};
CONFORMANT(F5_array, rpcsec_ndr_i64, 8, 8, .size = VAR(U32, F5_args, n));
POINTER(F5_ref, REF, F5_array);
static const struct rpcsec_ndr_arg F5_list[] = {ARG(F5, n, IN, rpcsec_ndr_u32),
                                                ARG(F5, v, IN, F5_ref)};

struct F6_args {
    uint32_t x;
    struct htrail *t;
};
static const struct rpcsec_ndr_arg F6_list[] = {ARG(F6, x, IN, rpcsec_ndr_u32),
                                                ARG(F6, t, IN, htrail_ref)};

struct F7_args {
    uint32_t x;
    struct hptr t;
};
static const struct rpcsec_ndr_arg F7_list[] = {ARG(F7, x, IN, rpcsec_ndr_u32),
                                                ARG(F7, t, IN, hptr_type)};

struct F8_args {
    uint8_t x;
    struct pad p;
};
static const struct rpcsec_ndr_arg F8_list[] = {ARG(F8, x, IN, rpcsec_ndr_u8),
                                                ARG(F8, p, IN, pad_type)};

struct F9_args {
    uint32_t x;
    struct tu t;
};
static const struct rpcsec_ndr_arg F9_list[] = {ARG(F9, x, IN, rpcsec_ndr_u32),
                                                ARG(F9, t, IN, tu_type)};

const struct rpcsec_ndr_record made_up_records[] = {
    RECORD(F1), RECORD(F2), RECORD(F3), RECORD(F4), RECORD(F5),
    RECORD(F6), RECORD(F7), RECORD(F8), RECORD(F9), {.name = NULL}};
