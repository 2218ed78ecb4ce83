/* made_up_c.c: client stubs, made by rpcsec-idl from made_up.idl. Do not edit. */
#include "made_up.h"

#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

struct made_up_F1_args {
    uint8_t x;
    holder h;
    const trail *t;
    uint32_t result;
};

struct made_up_F2_args {
    tu t;
};

struct made_up_F3_args {
    uint32_t max;
    uint32_t off;
    uint32_t len;
    const uint16_t *v;
    misc m;
    uint32_t result;
};

struct made_up_F4_args {
    const uint16_t *s;
    const char *c;
    uint32_t n;
    const misc *a;
};

struct made_up_F5_args {
    uint32_t n;
    const int64_t *v;
};

struct made_up_F6_args {
    uint32_t x;
    const htrail *t;
};

struct made_up_F7_args {
    uint32_t x;
    hptr t;
};

struct made_up_F8_args {
    uint8_t x;
    pad p;
};

struct made_up_F9_args {
    uint32_t x;
    tu t;
};

struct made_up_List_args {
    const node *head;
};

struct made_up_Refs_args {
    with_ref s;
    uint32_t n;
    const ref_number *p;
};

struct made_up_Choice_args {
    uint8_t x;
    choice c;
};

struct made_up_MsUnion_args {
    uint16_t tag;
    small_union one;
    small_union array[2];
};

struct made_up_Scalars_args {
    int64_t i3264;
    uint64_t u3264;
    uint8_t flag;
    float f;
    double d;
};

struct made_up_Varying_args {
    varying s;
};

struct made_up_SizedString_args {
    uint32_t size;
    const char *s;
};

struct made_up_Called_args {
    uint32_t a;
    uint32_t b;
    const uint8_t *d;
};

struct made_up_First_args {
    uint32_t f;
    uint32_t l;
    const uint16_t *v;
};

struct made_up_Ignored_args {
    ignoring s;
};

struct made_up_Full_args {
    const uint32_t *a;
    const uint32_t *b;
};

struct made_up_Matrix_args {
    matrix s;
};

struct made_up_Levels_args {
    uint32_t m;
    uint32_t n;
    uint8_t *const *v;
};

struct made_up_Label_args {
    const label *l;
};

static int64_t ndr_made_up_Called_d_value(const void *record)
{
    const struct made_up_Called_args *r = (const struct made_up_Called_args *)record;

    return rpcsec_ndr_multiply((int64_t)r->a, (int64_t)r->b);
}

static const struct rpcsec_ndr_type ndr_unique_node;

static const struct rpcsec_ndr_field ndr_pad_fields[] = {
    {"a", offsetof(struct pad, a), &rpcsec_ndr_u8},
    {"b", offsetof(struct pad, b), &rpcsec_ndr_i64},
    {"c", offsetof(struct pad, c), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct pad, a, uint8_t);
RPCSEC_NDR_ASSERT(struct pad, b, int64_t);
RPCSEC_NDR_ASSERT(struct pad, c, uint16_t);
static const struct rpcsec_ndr_step ndr_pad_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 8, 1, offsetof(struct pad, a), 0, NULL},
    {RPCSEC_NDR_STEP_RUN, 8, 10, offsetof(struct pad, b), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_pad = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 8,
    .align64 = 8,
    .wire_min = 11U,
    .wire_min64 = 11U,
    .mem_size = sizeof(struct pad),
    .num = 3,
    .name = "pad",
    .fields = ndr_pad_fields,
    .steps = ndr_pad_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct pad, b, c, 10) ? 2 : 0,
    .steps_len = 18U,
};

static const struct rpcsec_ndr_bounds ndr_holder_p_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct holder, n)},
};
static const struct rpcsec_ndr_type ndr_holder_p_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 8,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_pad,
    .bounds = &ndr_holder_p_array_bounds,
};

static const struct rpcsec_ndr_type ndr_unique_holder_p_array = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_holder_p_array,
};

static const struct rpcsec_ndr_field ndr_holder_fields[] = {
    {"n", offsetof(struct holder, n), &rpcsec_ndr_u32},
    {"p", offsetof(struct holder, p), &ndr_unique_holder_p_array},
    {"tail", offsetof(struct holder, tail), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct holder, n, uint32_t);
RPCSEC_NDR_ASSERT(struct holder, p, void *);
RPCSEC_NDR_ASSERT(struct holder, tail, uint16_t);
static const struct rpcsec_ndr_step ndr_holder_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 4, offsetof(struct holder, n), 0, NULL},
    {RPCSEC_NDR_STEP_LEAF, 4, 0, offsetof(struct holder, p), 0, &ndr_unique_holder_p_array},
    {RPCSEC_NDR_STEP_RUN, 2, 2, offsetof(struct holder, tail), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_holder = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 10U,
    .wire_min64 = 14U,
    .mem_size = sizeof(struct holder),
    .num = 3,
    .name = "holder",
    .fields = ndr_holder_fields,
    .steps = ndr_holder_steps,
    .num_steps = 3,
    .steps_len = 10U,
};

static const struct rpcsec_ndr_bounds ndr_trail_data_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U16, .offset = offsetof(struct trail, n)},
};
static const struct rpcsec_ndr_type ndr_trail_data_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u32,
    .bounds = &ndr_trail_data_array_bounds,
};

static const struct rpcsec_ndr_field ndr_trail_fields[] = {
    {"n", offsetof(struct trail, n), &rpcsec_ndr_u16},
    {"data", offsetof(struct trail, data), &ndr_trail_data_array},
};
RPCSEC_NDR_ASSERT(struct trail, n, uint16_t);
static const struct rpcsec_ndr_step ndr_trail_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 2, offsetof(struct trail, n), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_trail = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 4,
    .align64 = 4,
    .wire_min = 6U,
    .wire_min64 = 10U,
    .mem_size = sizeof(struct trail),
    .num = 2,
    .name = "trail",
    .fields = ndr_trail_fields,
    .steps = ndr_trail_steps,
    .num_steps = 1,
    .steps_len = 2U,
};

static const struct rpcsec_ndr_type ndr_unique_trail = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_trail,
};

static const struct rpcsec_ndr_type ndr_unique_holder = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_holder,
};

static const struct rpcsec_ndr_arm ndr_u_arms[] = {
    {"b", 1, 0, &rpcsec_ndr_u8},
    {"h", 2, 0, &rpcsec_ndr_i64},
    {"p", 3, 0, &ndr_unique_holder},
    {NULL, 0, RPCSEC_NDR_ARM_DEFAULT, NULL},
};
static const struct rpcsec_ndr_expr ndr_tu_u_switch = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U16, .offset = offsetof(struct tu, tag)};
static const struct rpcsec_ndr_type ndr_tu_u = {
    .kind = RPCSEC_NDR_UNION,
    .align = 8,
    .align64 = 8,
    .wire_min = 2U,
    .wire_min64 = 2U,
    .mem_size = sizeof(union u),
    .num = 4,
    .name = "u",
    .of = &rpcsec_ndr_u16,
    .arms = ndr_u_arms,
    .switch_is = &ndr_tu_u_switch,
};

static const struct rpcsec_ndr_field ndr_tu_fields[] = {
    {"tag", offsetof(struct tu, tag), &rpcsec_ndr_u16},
    {"u", offsetof(struct tu, u), &ndr_tu_u},
    {"after", offsetof(struct tu, after), &rpcsec_ndr_u8},
};
RPCSEC_NDR_ASSERT(struct tu, tag, uint16_t);
RPCSEC_NDR_ASSERT(struct tu, u, union u);
RPCSEC_NDR_ASSERT(struct tu, after, uint8_t);
static const struct rpcsec_ndr_type ndr_tu = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 8,
    .align64 = 8,
    .wire_min = 5U,
    .wire_min64 = 5U,
    .mem_size = sizeof(struct tu),
    .num = 3,
    .name = "tu",
    .fields = ndr_tu_fields,
};

static const struct rpcsec_ndr_bounds ndr_made_up_F3_v_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_F3_args, max)},
    .length = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_F3_args, len)},
};
static const struct rpcsec_ndr_type ndr_made_up_F3_v_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_u16,
    .bounds = &ndr_made_up_F3_v_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_F3_v_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_F3_v_array,
};

static const struct rpcsec_ndr_type ndr_u8_x3 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 1,
    .align64 = 1,
    .wire_min = 3U,
    .wire_min64 = 3U,
    .mem_size = sizeof(uint8_t[3]),
    .num = 3,
    .of = &rpcsec_ndr_u8,
};

static const struct rpcsec_ndr_type ndr_unique_i64 = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &rpcsec_ndr_i64,
};

static const struct rpcsec_ndr_field ndr_misc_fields[] = {
    {"e1", offsetof(struct misc, e1), &rpcsec_ndr_enum32},
    {"e2", offsetof(struct misc, e2), &rpcsec_ndr_enum16},
    {"fixed", offsetof(struct misc, fixed), &ndr_u8_x3},
    {"nul", offsetof(struct misc, nul), &ndr_unique_i64},
};
RPCSEC_NDR_ASSERT(struct misc, e1, uint32_t);
RPCSEC_NDR_ASSERT(struct misc, e2, uint32_t);
RPCSEC_NDR_ASSERT(struct misc, fixed, uint8_t[3]);
RPCSEC_NDR_ASSERT(struct misc, nul, void *);
static const struct rpcsec_ndr_step ndr_misc_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 4, offsetof(struct misc, e1), 0, NULL},
    {RPCSEC_NDR_STEP_SCALAR, 2, 0, offsetof(struct misc, e2), 0, &rpcsec_ndr_enum16},
    {RPCSEC_NDR_STEP_RUN, 1, 3, offsetof(struct misc, fixed), 0, NULL},
    {RPCSEC_NDR_STEP_LEAF, 4, 0, offsetof(struct misc, nul), 0, &ndr_unique_i64},
};
static const struct rpcsec_ndr_type ndr_misc = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 13U,
    .wire_min64 = 19U,
    .mem_size = sizeof(struct misc),
    .num = 4,
    .name = "misc",
    .fields = ndr_misc_fields,
    .steps = ndr_misc_steps,
    .num_steps = 4,
};

static const struct rpcsec_ndr_type ndr_wchar_string = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_wchar,
};

static const struct rpcsec_ndr_type ndr_ref_wchar_string = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_wchar_string,
};

static const struct rpcsec_ndr_type ndr_char_string = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_char,
};

static const struct rpcsec_ndr_type ndr_unique_char_string = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_char_string,
};

static const struct rpcsec_ndr_bounds ndr_made_up_F4_a_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_F4_args, n)},
};
static const struct rpcsec_ndr_type ndr_made_up_F4_a_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_misc,
    .bounds = &ndr_made_up_F4_a_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_F4_a_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_F4_a_array,
};

static const struct rpcsec_ndr_bounds ndr_made_up_F5_v_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_F5_args, n)},
};
static const struct rpcsec_ndr_type ndr_made_up_F5_v_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 8,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_i64,
    .bounds = &ndr_made_up_F5_v_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_F5_v_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_F5_v_array,
};

static const struct rpcsec_ndr_bounds ndr_htrail_d_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct htrail, n)},
};
static const struct rpcsec_ndr_type ndr_htrail_d_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 8,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_i64,
    .bounds = &ndr_htrail_d_array_bounds,
};

static const struct rpcsec_ndr_field ndr_htrail_fields[] = {
    {"n", offsetof(struct htrail, n), &rpcsec_ndr_u32},
    {"d", offsetof(struct htrail, d), &ndr_htrail_d_array},
};
RPCSEC_NDR_ASSERT(struct htrail, n, uint32_t);
static const struct rpcsec_ndr_step ndr_htrail_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 8, 4, offsetof(struct htrail, n), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_htrail = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 8,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 12U,
    .mem_size = sizeof(struct htrail),
    .num = 2,
    .name = "htrail",
    .fields = ndr_htrail_fields,
    .steps = ndr_htrail_steps,
    .num_steps = 1,
    .steps_len = 4U,
};

static const struct rpcsec_ndr_type ndr_ref_htrail = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_htrail,
};

static const struct rpcsec_ndr_bounds ndr_hptr_q_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U8, .offset = offsetof(struct hptr, k)},
};
static const struct rpcsec_ndr_type ndr_hptr_q_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 8,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_i64,
    .bounds = &ndr_hptr_q_array_bounds,
};

static const struct rpcsec_ndr_type ndr_unique_hptr_q_array = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_hptr_q_array,
};

static const struct rpcsec_ndr_field ndr_hptr_fields[] = {
    {"k", offsetof(struct hptr, k), &rpcsec_ndr_u8},
    {"q", offsetof(struct hptr, q), &ndr_unique_hptr_q_array},
    {"z", offsetof(struct hptr, z), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct hptr, k, uint8_t);
RPCSEC_NDR_ASSERT(struct hptr, q, void *);
RPCSEC_NDR_ASSERT(struct hptr, z, uint16_t);
static const struct rpcsec_ndr_step ndr_hptr_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 1, offsetof(struct hptr, k), 0, NULL},
    {RPCSEC_NDR_STEP_LEAF, 4, 0, offsetof(struct hptr, q), 0, &ndr_unique_hptr_q_array},
    {RPCSEC_NDR_STEP_RUN, 2, 2, offsetof(struct hptr, z), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_hptr = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 7U,
    .wire_min64 = 11U,
    .mem_size = sizeof(struct hptr),
    .num = 3,
    .name = "hptr",
    .fields = ndr_hptr_fields,
    .steps = ndr_hptr_steps,
    .num_steps = 3,
    .steps_len = 10U,
};

static const struct rpcsec_ndr_field ndr_node_fields[] = {
    {"value", offsetof(struct node, value), &rpcsec_ndr_u32},
    {"next", offsetof(struct node, next), &ndr_unique_node},
};
RPCSEC_NDR_ASSERT(struct node, value, uint32_t);
RPCSEC_NDR_ASSERT(struct node, next, void *);
static const struct rpcsec_ndr_type ndr_node = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 12U,
    .mem_size = sizeof(struct node),
    .num = 2,
    .name = "node",
    .fields = ndr_node_fields,
};

static const struct rpcsec_ndr_type ndr_unique_node = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_node,
};

static const struct rpcsec_ndr_type ndr_ref_u32 = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &rpcsec_ndr_u32,
};

static const struct rpcsec_ndr_field ndr_with_ref_fields[] = {
    {"a", offsetof(struct with_ref, a), &ndr_ref_u32},
    {"b", offsetof(struct with_ref, b), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct with_ref, a, void *);
RPCSEC_NDR_ASSERT(struct with_ref, b, uint16_t);
static const struct rpcsec_ndr_step ndr_with_ref_steps[] = {
    {RPCSEC_NDR_STEP_LEAF, 4, 0, offsetof(struct with_ref, a), 0, &ndr_ref_u32},
    {RPCSEC_NDR_STEP_RUN, 2, 2, offsetof(struct with_ref, b), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_with_ref = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 6U,
    .wire_min64 = 10U,
    .mem_size = sizeof(struct with_ref),
    .num = 2,
    .name = "with_ref",
    .fields = ndr_with_ref_fields,
    .steps = ndr_with_ref_steps,
    .num_steps = 2,
    .steps_len = 6U,
};

static const struct rpcsec_ndr_bounds ndr_made_up_Refs_p_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_Refs_args, n)},
};
static const struct rpcsec_ndr_type ndr_made_up_Refs_p_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_ref_u32,
    .bounds = &ndr_made_up_Refs_p_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_Refs_p_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_Refs_p_array,
};

static const struct rpcsec_ndr_arm ndr_choice_arms[] = {
    {"a", 1, 0, &rpcsec_ndr_u8},
    {"b", 2, 0, &rpcsec_ndr_u64},
    {NULL, 3, 0, NULL},
};
static const struct rpcsec_ndr_type ndr_choice = {
    .kind = RPCSEC_NDR_ENCAPSULATED,
    .align = 8,
    .align64 = 8,
    .wire_min = 2U,
    .wire_min64 = 2U,
    .mem_size = sizeof(struct choice),
    .num = 3,
    .tag_offset = offsetof(struct choice, tag),
    .body_offset = offsetof(struct choice, u),
    .name = "choice",
    .of = &rpcsec_ndr_u16,
    .arms = ndr_choice_arms,
};

static const struct rpcsec_ndr_arm ndr_small_union_arms[] = {
    {"a", 1, 0, &rpcsec_ndr_u8},
    {"b", 2, 0, &rpcsec_ndr_u32},
};
static const struct rpcsec_ndr_expr ndr_made_up_MsUnion_one_switch = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U16, .offset = offsetof(struct made_up_MsUnion_args, tag)};
static const struct rpcsec_ndr_type ndr_made_up_MsUnion_one = {
    .kind = RPCSEC_NDR_UNION,
    .flags = RPCSEC_NDR_FLAG_MS_UNION,
    .align = 4,
    .align64 = 4,
    .wire_min = 3U,
    .wire_min64 = 3U,
    .mem_size = sizeof(union small_union),
    .num = 2,
    .name = "small_union",
    .of = &rpcsec_ndr_u16,
    .arms = ndr_small_union_arms,
    .switch_is = &ndr_made_up_MsUnion_one_switch,
};

static const struct rpcsec_ndr_type ndr_made_up_MsUnion_one_x2 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 4,
    .align64 = 4,
    .wire_min = 6U,
    .wire_min64 = 6U,
    .mem_size = sizeof(small_union[2]),
    .num = 2,
    .of = &ndr_made_up_MsUnion_one,
};

static const struct rpcsec_ndr_bounds ndr_varying_v_array_bounds = {
    .length = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U8, .offset = offsetof(struct varying, n)},
};
static const struct rpcsec_ndr_type ndr_varying_v_array = {
    .kind = RPCSEC_NDR_VARYING,
    .align = 4,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 16U,
    .mem_size = sizeof(uint16_t[4]),
    .num = 4,
    .of = &rpcsec_ndr_u16,
    .bounds = &ndr_varying_v_array_bounds,
};

static const struct rpcsec_ndr_type ndr_char_string_2 = {
    .kind = RPCSEC_NDR_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 16U,
    .mem_size = sizeof(char[6]),
    .num = 6,
    .of = &rpcsec_ndr_char,
};

static const struct rpcsec_ndr_field ndr_varying_fields[] = {
    {"n", offsetof(struct varying, n), &rpcsec_ndr_u8},
    {"v", offsetof(struct varying, v), &ndr_varying_v_array},
    {"s", offsetof(struct varying, s), &ndr_char_string_2},
};
RPCSEC_NDR_ASSERT(struct varying, n, uint8_t);
RPCSEC_NDR_ASSERT(struct varying, v, uint16_t[4]);
RPCSEC_NDR_ASSERT(struct varying, s, char[6]);
static const struct rpcsec_ndr_type ndr_varying = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 17U,
    .wire_min64 = 33U,
    .mem_size = sizeof(struct varying),
    .num = 3,
    .name = "varying",
    .fields = ndr_varying_fields,
};

static const struct rpcsec_ndr_bounds ndr_made_up_SizedString_s_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_SizedString_args, size)},
};
static const struct rpcsec_ndr_type ndr_made_up_SizedString_s_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_char,
    .bounds = &ndr_made_up_SizedString_s_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_SizedString_s_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_SizedString_s_array,
};

static const struct rpcsec_ndr_bounds ndr_made_up_Called_d_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_CALL, .call = ndr_made_up_Called_d_value},
};
static const struct rpcsec_ndr_type ndr_made_up_Called_d_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_byte,
    .bounds = &ndr_made_up_Called_d_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_Called_d_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_Called_d_array,
};

static const struct rpcsec_ndr_bounds ndr_made_up_First_v_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_CONST, .add = 8},
    .first = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_First_args, f)},
    .length = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_First_args, l)},
};
static const struct rpcsec_ndr_type ndr_made_up_First_v_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_u16,
    .bounds = &ndr_made_up_First_v_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_First_v_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_First_v_array,
};

static const struct rpcsec_ndr_type ndr_ignored = {
    .kind = RPCSEC_NDR_IGNORED,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
};

static const struct rpcsec_ndr_field ndr_ignoring_fields[] = {
    {"a", offsetof(struct ignoring, a), &rpcsec_ndr_u32},
    {"p", offsetof(struct ignoring, p), &ndr_ignored},
    {"b", offsetof(struct ignoring, b), &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct ignoring, a, uint32_t);
RPCSEC_NDR_ASSERT(struct ignoring, p, void *);
RPCSEC_NDR_ASSERT(struct ignoring, b, uint32_t);
static const struct rpcsec_ndr_type ndr_ignoring = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 16U,
    .mem_size = sizeof(struct ignoring),
    .num = 3,
    .name = "ignoring",
    .fields = ndr_ignoring_fields,
};

static const struct rpcsec_ndr_type ndr_full_u32 = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &rpcsec_ndr_u32,
};

static const struct rpcsec_ndr_type ndr_u16_x3 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 2,
    .align64 = 2,
    .wire_min = 6U,
    .wire_min64 = 6U,
    .mem_size = sizeof(uint16_t[3]),
    .num = 3,
    .of = &rpcsec_ndr_u16,
};

static const struct rpcsec_ndr_type ndr_u16_x3_x2 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 2,
    .align64 = 2,
    .wire_min = 12U,
    .wire_min64 = 12U,
    .mem_size = sizeof(uint16_t[2][3]),
    .num = 2,
    .of = &ndr_u16_x3,
};

static const struct rpcsec_ndr_type ndr_enum16_x2 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 2,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(small_enum[2]),
    .num = 2,
    .of = &rpcsec_ndr_enum16,
};

static const struct rpcsec_ndr_field ndr_matrix_fields[] = {
    {"m", offsetof(struct matrix, m), &ndr_u16_x3_x2},
    {"e", offsetof(struct matrix, e), &ndr_enum16_x2},
};
RPCSEC_NDR_ASSERT(struct matrix, m, uint16_t[2][3]);
RPCSEC_NDR_ASSERT(struct matrix, e, small_enum[2]);
static const struct rpcsec_ndr_type ndr_matrix = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 2,
    .align64 = 4,
    .wire_min = 16U,
    .wire_min64 = 20U,
    .mem_size = sizeof(struct matrix),
    .num = 2,
    .name = "matrix",
    .fields = ndr_matrix_fields,
};

static const struct rpcsec_ndr_bounds ndr_made_up_Levels_v_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_Levels_args, n)},
};
static const struct rpcsec_ndr_type ndr_made_up_Levels_v_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_byte,
    .bounds = &ndr_made_up_Levels_v_array_bounds,
};

static const struct rpcsec_ndr_type ndr_unique_made_up_Levels_v_array = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_Levels_v_array,
};

static const struct rpcsec_ndr_bounds ndr_made_up_Levels_v_array_2_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct made_up_Levels_args, m)},
};
static const struct rpcsec_ndr_type ndr_made_up_Levels_v_array_2 = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_unique_made_up_Levels_v_array,
    .bounds = &ndr_made_up_Levels_v_array_2_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_made_up_Levels_v_array_2 = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_made_up_Levels_v_array_2,
};

static const struct rpcsec_ndr_field ndr_label_fields[] = {
    {"n", offsetof(struct label, n), &rpcsec_ndr_u16},
    {"text", offsetof(struct label, text), &ndr_char_string},
};
RPCSEC_NDR_ASSERT(struct label, n, uint16_t);
static const struct rpcsec_ndr_step ndr_label_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 2, offsetof(struct label, n), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_label = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 14U,
    .wire_min64 = 26U,
    .mem_size = sizeof(struct label),
    .num = 2,
    .name = "label",
    .fields = ndr_label_fields,
    .steps = ndr_label_steps,
    .num_steps = 1,
    .steps_len = 2U,
};

static const struct rpcsec_ndr_type ndr_ref_label = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_label,
};

static const struct rpcsec_ndr_arg ndr_made_up_F1_args_list[] = {
    {"x", offsetof(struct made_up_F1_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u8},
    {"h", offsetof(struct made_up_F1_args, h), RPCSEC_NDR_IN, &ndr_holder},
    {"t", offsetof(struct made_up_F1_args, t), RPCSEC_NDR_IN, &ndr_unique_trail},
    {"result", offsetof(struct made_up_F1_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct made_up_F1_args, x, uint8_t);
RPCSEC_NDR_ASSERT(struct made_up_F1_args, h, struct holder);
RPCSEC_NDR_ASSERT(struct made_up_F1_args, t, void *);
RPCSEC_NDR_ASSERT(struct made_up_F1_args, result, uint32_t);
static const struct rpcsec_ndr_record ndr_made_up_F1_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F1",
    .mem_size = sizeof(struct made_up_F1_args),
    .num_args = 4,
    .args = ndr_made_up_F1_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F2_args_list[] = {
    {"t", offsetof(struct made_up_F2_args, t), RPCSEC_NDR_IN, &ndr_tu},
};
RPCSEC_NDR_ASSERT(struct made_up_F2_args, t, struct tu);
static const struct rpcsec_ndr_record ndr_made_up_F2_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F2",
    .mem_size = sizeof(struct made_up_F2_args),
    .num_args = 1,
    .args = ndr_made_up_F2_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F3_args_list[] = {
    {"max", offsetof(struct made_up_F3_args, max), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"off", offsetof(struct made_up_F3_args, off), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"len", offsetof(struct made_up_F3_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"v", offsetof(struct made_up_F3_args, v), RPCSEC_NDR_IN, &ndr_ref_made_up_F3_v_array},
    {"m", offsetof(struct made_up_F3_args, m), RPCSEC_NDR_OUT, &ndr_misc},
    {"result", offsetof(struct made_up_F3_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct made_up_F3_args, max, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F3_args, off, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F3_args, len, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F3_args, v, void *);
RPCSEC_NDR_ASSERT(struct made_up_F3_args, m, struct misc);
RPCSEC_NDR_ASSERT(struct made_up_F3_args, result, uint32_t);
static const struct rpcsec_ndr_record ndr_made_up_F3_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F3",
    .mem_size = sizeof(struct made_up_F3_args),
    .num_args = 6,
    .args = ndr_made_up_F3_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F4_args_list[] = {
    {"s", offsetof(struct made_up_F4_args, s), RPCSEC_NDR_IN, &ndr_ref_wchar_string},
    {"c", offsetof(struct made_up_F4_args, c), RPCSEC_NDR_IN, &ndr_unique_char_string},
    {"n", offsetof(struct made_up_F4_args, n), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"a", offsetof(struct made_up_F4_args, a), RPCSEC_NDR_IN, &ndr_ref_made_up_F4_a_array},
};
RPCSEC_NDR_ASSERT(struct made_up_F4_args, s, void *);
RPCSEC_NDR_ASSERT(struct made_up_F4_args, c, void *);
RPCSEC_NDR_ASSERT(struct made_up_F4_args, n, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F4_args, a, void *);
static const struct rpcsec_ndr_record ndr_made_up_F4_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F4",
    .mem_size = sizeof(struct made_up_F4_args),
    .num_args = 4,
    .args = ndr_made_up_F4_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F5_args_list[] = {
    {"n", offsetof(struct made_up_F5_args, n), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"v", offsetof(struct made_up_F5_args, v), RPCSEC_NDR_IN, &ndr_ref_made_up_F5_v_array},
};
RPCSEC_NDR_ASSERT(struct made_up_F5_args, n, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F5_args, v, void *);
static const struct rpcsec_ndr_record ndr_made_up_F5_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F5",
    .mem_size = sizeof(struct made_up_F5_args),
    .num_args = 2,
    .args = ndr_made_up_F5_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F6_args_list[] = {
    {"x", offsetof(struct made_up_F6_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"t", offsetof(struct made_up_F6_args, t), RPCSEC_NDR_IN, &ndr_ref_htrail},
};
RPCSEC_NDR_ASSERT(struct made_up_F6_args, x, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F6_args, t, void *);
static const struct rpcsec_ndr_record ndr_made_up_F6_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F6",
    .mem_size = sizeof(struct made_up_F6_args),
    .num_args = 2,
    .args = ndr_made_up_F6_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F7_args_list[] = {
    {"x", offsetof(struct made_up_F7_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"t", offsetof(struct made_up_F7_args, t), RPCSEC_NDR_IN, &ndr_hptr},
};
RPCSEC_NDR_ASSERT(struct made_up_F7_args, x, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F7_args, t, struct hptr);
static const struct rpcsec_ndr_record ndr_made_up_F7_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F7",
    .mem_size = sizeof(struct made_up_F7_args),
    .num_args = 2,
    .args = ndr_made_up_F7_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F8_args_list[] = {
    {"x", offsetof(struct made_up_F8_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u8},
    {"p", offsetof(struct made_up_F8_args, p), RPCSEC_NDR_IN, &ndr_pad},
};
RPCSEC_NDR_ASSERT(struct made_up_F8_args, x, uint8_t);
RPCSEC_NDR_ASSERT(struct made_up_F8_args, p, struct pad);
static const struct rpcsec_ndr_record ndr_made_up_F8_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F8",
    .mem_size = sizeof(struct made_up_F8_args),
    .num_args = 2,
    .args = ndr_made_up_F8_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_F9_args_list[] = {
    {"x", offsetof(struct made_up_F9_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"t", offsetof(struct made_up_F9_args, t), RPCSEC_NDR_IN, &ndr_tu},
};
RPCSEC_NDR_ASSERT(struct made_up_F9_args, x, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_F9_args, t, struct tu);
static const struct rpcsec_ndr_record ndr_made_up_F9_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "F9",
    .mem_size = sizeof(struct made_up_F9_args),
    .num_args = 2,
    .args = ndr_made_up_F9_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_List_args_list[] = {
    {"head", offsetof(struct made_up_List_args, head), RPCSEC_NDR_IN, &ndr_unique_node},
};
RPCSEC_NDR_ASSERT(struct made_up_List_args, head, void *);
static const struct rpcsec_ndr_record ndr_made_up_List_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "List",
    .mem_size = sizeof(struct made_up_List_args),
    .num_args = 1,
    .args = ndr_made_up_List_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Refs_args_list[] = {
    {"s", offsetof(struct made_up_Refs_args, s), RPCSEC_NDR_IN, &ndr_with_ref},
    {"n", offsetof(struct made_up_Refs_args, n), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"p", offsetof(struct made_up_Refs_args, p), RPCSEC_NDR_IN, &ndr_ref_made_up_Refs_p_array},
};
RPCSEC_NDR_ASSERT(struct made_up_Refs_args, s, struct with_ref);
RPCSEC_NDR_ASSERT(struct made_up_Refs_args, n, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_Refs_args, p, void *);
static const struct rpcsec_ndr_record ndr_made_up_Refs_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Refs",
    .mem_size = sizeof(struct made_up_Refs_args),
    .num_args = 3,
    .args = ndr_made_up_Refs_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Choice_args_list[] = {
    {"x", offsetof(struct made_up_Choice_args, x), RPCSEC_NDR_IN, &rpcsec_ndr_u8},
    {"c", offsetof(struct made_up_Choice_args, c), RPCSEC_NDR_IN, &ndr_choice},
};
RPCSEC_NDR_ASSERT(struct made_up_Choice_args, x, uint8_t);
RPCSEC_NDR_ASSERT(struct made_up_Choice_args, c, struct choice);
static const struct rpcsec_ndr_record ndr_made_up_Choice_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Choice",
    .mem_size = sizeof(struct made_up_Choice_args),
    .num_args = 2,
    .args = ndr_made_up_Choice_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_MsUnion_args_list[] = {
    {"tag", offsetof(struct made_up_MsUnion_args, tag), RPCSEC_NDR_IN, &rpcsec_ndr_u16},
    {"one", offsetof(struct made_up_MsUnion_args, one), RPCSEC_NDR_IN, &ndr_made_up_MsUnion_one},
    {"array", offsetof(struct made_up_MsUnion_args, array), RPCSEC_NDR_IN, &ndr_made_up_MsUnion_one_x2},
};
RPCSEC_NDR_ASSERT(struct made_up_MsUnion_args, tag, uint16_t);
RPCSEC_NDR_ASSERT(struct made_up_MsUnion_args, one, union small_union);
RPCSEC_NDR_ASSERT(struct made_up_MsUnion_args, array, small_union[2]);
static const struct rpcsec_ndr_record ndr_made_up_MsUnion_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "MsUnion",
    .mem_size = sizeof(struct made_up_MsUnion_args),
    .num_args = 3,
    .args = ndr_made_up_MsUnion_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Scalars_args_list[] = {
    {"i3264", offsetof(struct made_up_Scalars_args, i3264), RPCSEC_NDR_IN, &rpcsec_ndr_int3264},
    {"u3264", offsetof(struct made_up_Scalars_args, u3264), RPCSEC_NDR_IN, &rpcsec_ndr_uint3264},
    {"flag", offsetof(struct made_up_Scalars_args, flag), RPCSEC_NDR_IN, &rpcsec_ndr_boolean},
    {"f", offsetof(struct made_up_Scalars_args, f), RPCSEC_NDR_IN, &rpcsec_ndr_float},
    {"d", offsetof(struct made_up_Scalars_args, d), RPCSEC_NDR_IN, &rpcsec_ndr_double},
};
RPCSEC_NDR_ASSERT(struct made_up_Scalars_args, i3264, int64_t);
RPCSEC_NDR_ASSERT(struct made_up_Scalars_args, u3264, uint64_t);
RPCSEC_NDR_ASSERT(struct made_up_Scalars_args, flag, uint8_t);
RPCSEC_NDR_ASSERT(struct made_up_Scalars_args, f, float);
RPCSEC_NDR_ASSERT(struct made_up_Scalars_args, d, double);
static const struct rpcsec_ndr_record ndr_made_up_Scalars_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Scalars",
    .mem_size = sizeof(struct made_up_Scalars_args),
    .num_args = 5,
    .args = ndr_made_up_Scalars_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Varying_args_list[] = {
    {"s", offsetof(struct made_up_Varying_args, s), RPCSEC_NDR_IN, &ndr_varying},
};
RPCSEC_NDR_ASSERT(struct made_up_Varying_args, s, struct varying);
static const struct rpcsec_ndr_record ndr_made_up_Varying_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Varying",
    .mem_size = sizeof(struct made_up_Varying_args),
    .num_args = 1,
    .args = ndr_made_up_Varying_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_SizedString_args_list[] = {
    {"size", offsetof(struct made_up_SizedString_args, size), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"s", offsetof(struct made_up_SizedString_args, s), RPCSEC_NDR_IN, &ndr_ref_made_up_SizedString_s_array},
};
RPCSEC_NDR_ASSERT(struct made_up_SizedString_args, size, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_SizedString_args, s, void *);
static const struct rpcsec_ndr_record ndr_made_up_SizedString_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "SizedString",
    .mem_size = sizeof(struct made_up_SizedString_args),
    .num_args = 2,
    .args = ndr_made_up_SizedString_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Called_args_list[] = {
    {"a", offsetof(struct made_up_Called_args, a), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"b", offsetof(struct made_up_Called_args, b), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"d", offsetof(struct made_up_Called_args, d), RPCSEC_NDR_IN, &ndr_ref_made_up_Called_d_array},
};
RPCSEC_NDR_ASSERT(struct made_up_Called_args, a, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_Called_args, b, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_Called_args, d, void *);
static const struct rpcsec_ndr_record ndr_made_up_Called_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Called",
    .mem_size = sizeof(struct made_up_Called_args),
    .num_args = 3,
    .args = ndr_made_up_Called_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_First_args_list[] = {
    {"f", offsetof(struct made_up_First_args, f), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"l", offsetof(struct made_up_First_args, l), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"v", offsetof(struct made_up_First_args, v), RPCSEC_NDR_IN, &ndr_ref_made_up_First_v_array},
};
RPCSEC_NDR_ASSERT(struct made_up_First_args, f, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_First_args, l, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_First_args, v, void *);
static const struct rpcsec_ndr_record ndr_made_up_First_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "First",
    .mem_size = sizeof(struct made_up_First_args),
    .num_args = 3,
    .args = ndr_made_up_First_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Ignored_args_list[] = {
    {"s", offsetof(struct made_up_Ignored_args, s), RPCSEC_NDR_IN, &ndr_ignoring},
};
RPCSEC_NDR_ASSERT(struct made_up_Ignored_args, s, struct ignoring);
static const struct rpcsec_ndr_record ndr_made_up_Ignored_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Ignored",
    .mem_size = sizeof(struct made_up_Ignored_args),
    .num_args = 1,
    .args = ndr_made_up_Ignored_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Full_args_list[] = {
    {"a", offsetof(struct made_up_Full_args, a), RPCSEC_NDR_IN, &ndr_full_u32},
    {"b", offsetof(struct made_up_Full_args, b), RPCSEC_NDR_IN, &ndr_full_u32},
};
RPCSEC_NDR_ASSERT(struct made_up_Full_args, a, void *);
RPCSEC_NDR_ASSERT(struct made_up_Full_args, b, void *);
static const struct rpcsec_ndr_record ndr_made_up_Full_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Full",
    .mem_size = sizeof(struct made_up_Full_args),
    .num_args = 2,
    .args = ndr_made_up_Full_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Matrix_args_list[] = {
    {"s", offsetof(struct made_up_Matrix_args, s), RPCSEC_NDR_IN, &ndr_matrix},
};
RPCSEC_NDR_ASSERT(struct made_up_Matrix_args, s, struct matrix);
static const struct rpcsec_ndr_record ndr_made_up_Matrix_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Matrix",
    .mem_size = sizeof(struct made_up_Matrix_args),
    .num_args = 1,
    .args = ndr_made_up_Matrix_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Levels_args_list[] = {
    {"m", offsetof(struct made_up_Levels_args, m), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"n", offsetof(struct made_up_Levels_args, n), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"v", offsetof(struct made_up_Levels_args, v), RPCSEC_NDR_IN, &ndr_ref_made_up_Levels_v_array_2},
};
RPCSEC_NDR_ASSERT(struct made_up_Levels_args, m, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_Levels_args, n, uint32_t);
RPCSEC_NDR_ASSERT(struct made_up_Levels_args, v, void *);
static const struct rpcsec_ndr_record ndr_made_up_Levels_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Levels",
    .mem_size = sizeof(struct made_up_Levels_args),
    .num_args = 3,
    .args = ndr_made_up_Levels_args_list,
};

static const struct rpcsec_ndr_arg ndr_made_up_Label_args_list[] = {
    {"l", offsetof(struct made_up_Label_args, l), RPCSEC_NDR_IN, &ndr_ref_label},
};
RPCSEC_NDR_ASSERT(struct made_up_Label_args, l, void *);
static const struct rpcsec_ndr_record ndr_made_up_Label_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Label",
    .mem_size = sizeof(struct made_up_Label_args),
    .num_args = 1,
    .args = ndr_made_up_Label_args_list,
};

static const struct rpcsec_operation made_up_operations[] = {
    {"F1", 0, &ndr_made_up_F1_args, NULL},
    {"F2", 0, &ndr_made_up_F2_args, NULL},
    {"F3", 0, &ndr_made_up_F3_args, NULL},
    {"F4", 0, &ndr_made_up_F4_args, NULL},
    {"F5", 0, &ndr_made_up_F5_args, NULL},
    {"F6", 0, &ndr_made_up_F6_args, NULL},
    {"F7", 0, &ndr_made_up_F7_args, NULL},
    {"F8", 0, &ndr_made_up_F8_args, NULL},
    {"F9", 0, &ndr_made_up_F9_args, NULL},
    {"List", 0, &ndr_made_up_List_args, NULL},
    {"Refs", 0, &ndr_made_up_Refs_args, NULL},
    {"Choice", 0, &ndr_made_up_Choice_args, NULL},
    {"MsUnion", 0, &ndr_made_up_MsUnion_args, NULL},
    {"Scalars", 0, &ndr_made_up_Scalars_args, NULL},
    {"Varying", 0, &ndr_made_up_Varying_args, NULL},
    {"SizedString", 0, &ndr_made_up_SizedString_args, NULL},
    {"Called", 0, &ndr_made_up_Called_args, NULL},
    {"First", 0, &ndr_made_up_First_args, NULL},
    {"Ignored", 0, &ndr_made_up_Ignored_args, NULL},
    {"Full", 0, &ndr_made_up_Full_args, NULL},
    {"Matrix", 0, &ndr_made_up_Matrix_args, NULL},
    {"Levels", 0, &ndr_made_up_Levels_args, NULL},
    {"Label", 0, &ndr_made_up_Label_args, NULL},
};

const struct rpcsec_interface made_up_client_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "made_up",
    .id = {{0x1f0c5a9e, 0x8c1b, 0x4a0e, {0x9a, 0x51}, {0x3b, 0x7d, 0x0c, 0x2e, 0x4f, 0x60}}, 1, 0},
    .operations = made_up_operations,
    .num_operations = 23,
};

rpcsec_status made_up_F1(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const holder *h,
    const trail *t,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct made_up_F1_args args;
    rpcsec_status status;

    if (!h || !ret_result)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 0, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.h = *h;
    args.t = t;
    status = rpcsec_client_call(client, arena, &made_up_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status made_up_F1_send(
    struct rpcsec_client *client,
    uint8_t x,
    const holder *h,
    const trail *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F1_args args;

    if (!h)
        return rpcsec_client_send(client, &made_up_client_interface, 0, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.h = *h;
    args.t = t;
    return rpcsec_client_send(client, &made_up_client_interface, 0, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F1_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct made_up_F1_args args;
    rpcsec_status status;

    if (!ret_result)
        return rpcsec_pending_recv(call, arena, &made_up_client_interface, 0, NULL, err);
    status = rpcsec_pending_recv(call, arena, &made_up_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status made_up_F2(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const tu *t,
    struct rpcsec_error *err)
{
    struct made_up_F2_args args;

    if (!t)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 1, NULL, err);
    memset(&args, 0, sizeof(args));
    args.t = *t;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 1, &args, err);
}

rpcsec_status made_up_F2_send(
    struct rpcsec_client *client,
    const tu *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F2_args args;

    if (!t)
        return rpcsec_client_send(client, &made_up_client_interface, 1, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.t = *t;
    return rpcsec_client_send(client, &made_up_client_interface, 1, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F2_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F2_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 1, &args, err);
}

rpcsec_status made_up_F3(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t max,
    uint32_t off,
    uint32_t len,
    const uint16_t *v,
    misc *ret_m,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct made_up_F3_args args;
    rpcsec_status status;

    if (!v || !ret_m || !ret_result)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 2, NULL, err);
    memset(&args, 0, sizeof(args));
    args.max = max;
    args.off = off;
    args.len = len;
    args.v = v;
    status = rpcsec_client_call(client, arena, &made_up_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_m = args.m;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status made_up_F3_send(
    struct rpcsec_client *client,
    uint32_t max,
    uint32_t off,
    uint32_t len,
    const uint16_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F3_args args;

    if (!v)
        return rpcsec_client_send(client, &made_up_client_interface, 2, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.max = max;
    args.off = off;
    args.len = len;
    args.v = v;
    return rpcsec_client_send(client, &made_up_client_interface, 2, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F3_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    misc *ret_m,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct made_up_F3_args args;
    rpcsec_status status;

    if (!ret_m || !ret_result)
        return rpcsec_pending_recv(call, arena, &made_up_client_interface, 2, NULL, err);
    status = rpcsec_pending_recv(call, arena, &made_up_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_m = args.m;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status made_up_F4(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint16_t *s,
    const char *c,
    uint32_t n,
    const misc *a,
    struct rpcsec_error *err)
{
    struct made_up_F4_args args;

    if (!s || !a)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 3, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s = s;
    args.c = c;
    args.n = n;
    args.a = a;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 3, &args, err);
}

rpcsec_status made_up_F4_send(
    struct rpcsec_client *client,
    const uint16_t *s,
    const char *c,
    uint32_t n,
    const misc *a,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F4_args args;

    if (!s || !a)
        return rpcsec_client_send(client, &made_up_client_interface, 3, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s = s;
    args.c = c;
    args.n = n;
    args.a = a;
    return rpcsec_client_send(client, &made_up_client_interface, 3, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F4_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F4_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 3, &args, err);
}

rpcsec_status made_up_F5(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t n,
    const int64_t *v,
    struct rpcsec_error *err)
{
    struct made_up_F5_args args;

    if (!v)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 4, NULL, err);
    memset(&args, 0, sizeof(args));
    args.n = n;
    args.v = v;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 4, &args, err);
}

rpcsec_status made_up_F5_send(
    struct rpcsec_client *client,
    uint32_t n,
    const int64_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F5_args args;

    if (!v)
        return rpcsec_client_send(client, &made_up_client_interface, 4, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.n = n;
    args.v = v;
    return rpcsec_client_send(client, &made_up_client_interface, 4, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F5_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F5_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 4, &args, err);
}

rpcsec_status made_up_F6(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const htrail *t,
    struct rpcsec_error *err)
{
    struct made_up_F6_args args;

    if (!t)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 5, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = t;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 5, &args, err);
}

rpcsec_status made_up_F6_send(
    struct rpcsec_client *client,
    uint32_t x,
    const htrail *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F6_args args;

    if (!t)
        return rpcsec_client_send(client, &made_up_client_interface, 5, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = t;
    return rpcsec_client_send(client, &made_up_client_interface, 5, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F6_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F6_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 5, &args, err);
}

rpcsec_status made_up_F7(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const hptr *t,
    struct rpcsec_error *err)
{
    struct made_up_F7_args args;

    if (!t)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 6, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = *t;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 6, &args, err);
}

rpcsec_status made_up_F7_send(
    struct rpcsec_client *client,
    uint32_t x,
    const hptr *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F7_args args;

    if (!t)
        return rpcsec_client_send(client, &made_up_client_interface, 6, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = *t;
    return rpcsec_client_send(client, &made_up_client_interface, 6, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F7_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F7_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 6, &args, err);
}

rpcsec_status made_up_F8(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const pad *p,
    struct rpcsec_error *err)
{
    struct made_up_F8_args args;

    if (!p)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 7, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.p = *p;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 7, &args, err);
}

rpcsec_status made_up_F8_send(
    struct rpcsec_client *client,
    uint8_t x,
    const pad *p,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F8_args args;

    if (!p)
        return rpcsec_client_send(client, &made_up_client_interface, 7, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.p = *p;
    return rpcsec_client_send(client, &made_up_client_interface, 7, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F8_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F8_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 7, &args, err);
}

rpcsec_status made_up_F9(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const tu *t,
    struct rpcsec_error *err)
{
    struct made_up_F9_args args;

    if (!t)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 8, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = *t;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 8, &args, err);
}

rpcsec_status made_up_F9_send(
    struct rpcsec_client *client,
    uint32_t x,
    const tu *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_F9_args args;

    if (!t)
        return rpcsec_client_send(client, &made_up_client_interface, 8, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.t = *t;
    return rpcsec_client_send(client, &made_up_client_interface, 8, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_F9_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_F9_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 8, &args, err);
}

rpcsec_status made_up_List(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const node *head,
    struct rpcsec_error *err)
{
    struct made_up_List_args args;

    memset(&args, 0, sizeof(args));
    args.head = head;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 9, &args, err);
}

rpcsec_status made_up_List_send(
    struct rpcsec_client *client,
    const node *head,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_List_args args;

    memset(&args, 0, sizeof(args));
    args.head = head;
    return rpcsec_client_send(client, &made_up_client_interface, 9, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_List_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_List_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 9, &args, err);
}

rpcsec_status made_up_Refs(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const with_ref *s,
    uint32_t n,
    const ref_number *p,
    struct rpcsec_error *err)
{
    struct made_up_Refs_args args;

    if (!s || !p)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 10, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    args.n = n;
    args.p = p;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 10, &args, err);
}

rpcsec_status made_up_Refs_send(
    struct rpcsec_client *client,
    const with_ref *s,
    uint32_t n,
    const ref_number *p,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Refs_args args;

    if (!s || !p)
        return rpcsec_client_send(client, &made_up_client_interface, 10, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    args.n = n;
    args.p = p;
    return rpcsec_client_send(client, &made_up_client_interface, 10, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Refs_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Refs_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 10, &args, err);
}

rpcsec_status made_up_Choice(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const choice *c,
    struct rpcsec_error *err)
{
    struct made_up_Choice_args args;

    if (!c)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 11, NULL, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.c = *c;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 11, &args, err);
}

rpcsec_status made_up_Choice_send(
    struct rpcsec_client *client,
    uint8_t x,
    const choice *c,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Choice_args args;

    if (!c)
        return rpcsec_client_send(client, &made_up_client_interface, 11, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.x = x;
    args.c = *c;
    return rpcsec_client_send(client, &made_up_client_interface, 11, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Choice_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Choice_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 11, &args, err);
}

rpcsec_status made_up_MsUnion(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t tag,
    const small_union *one,
    const small_union array[2],
    struct rpcsec_error *err)
{
    struct made_up_MsUnion_args args;

    if (!one || !array)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 12, NULL, err);
    memset(&args, 0, sizeof(args));
    args.tag = tag;
    args.one = *one;
    memcpy(args.array, array, sizeof(args.array));
    return rpcsec_client_call(client, arena, &made_up_client_interface, 12, &args, err);
}

rpcsec_status made_up_MsUnion_send(
    struct rpcsec_client *client,
    uint16_t tag,
    const small_union *one,
    const small_union array[2],
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_MsUnion_args args;

    if (!one || !array)
        return rpcsec_client_send(client, &made_up_client_interface, 12, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.tag = tag;
    args.one = *one;
    memcpy(args.array, array, sizeof(args.array));
    return rpcsec_client_send(client, &made_up_client_interface, 12, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_MsUnion_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_MsUnion_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 12, &args, err);
}

rpcsec_status made_up_Scalars(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    int64_t i3264,
    uint64_t u3264,
    uint8_t flag,
    float f,
    double d,
    struct rpcsec_error *err)
{
    struct made_up_Scalars_args args;

    memset(&args, 0, sizeof(args));
    args.i3264 = i3264;
    args.u3264 = u3264;
    args.flag = flag;
    args.f = f;
    args.d = d;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 13, &args, err);
}

rpcsec_status made_up_Scalars_send(
    struct rpcsec_client *client,
    int64_t i3264,
    uint64_t u3264,
    uint8_t flag,
    float f,
    double d,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Scalars_args args;

    memset(&args, 0, sizeof(args));
    args.i3264 = i3264;
    args.u3264 = u3264;
    args.flag = flag;
    args.f = f;
    args.d = d;
    return rpcsec_client_send(client, &made_up_client_interface, 13, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Scalars_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Scalars_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 13, &args, err);
}

rpcsec_status made_up_Varying(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const varying *s,
    struct rpcsec_error *err)
{
    struct made_up_Varying_args args;

    if (!s)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 14, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 14, &args, err);
}

rpcsec_status made_up_Varying_send(
    struct rpcsec_client *client,
    const varying *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Varying_args args;

    if (!s)
        return rpcsec_client_send(client, &made_up_client_interface, 14, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_send(client, &made_up_client_interface, 14, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Varying_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Varying_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 14, &args, err);
}

rpcsec_status made_up_SizedString(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t size,
    const char *s,
    struct rpcsec_error *err)
{
    struct made_up_SizedString_args args;

    if (!s)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 15, NULL, err);
    memset(&args, 0, sizeof(args));
    args.size = size;
    args.s = s;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 15, &args, err);
}

rpcsec_status made_up_SizedString_send(
    struct rpcsec_client *client,
    uint32_t size,
    const char *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_SizedString_args args;

    if (!s)
        return rpcsec_client_send(client, &made_up_client_interface, 15, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.size = size;
    args.s = s;
    return rpcsec_client_send(client, &made_up_client_interface, 15, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_SizedString_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_SizedString_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 15, &args, err);
}

rpcsec_status made_up_Called(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t a,
    uint32_t b,
    const uint8_t *d,
    struct rpcsec_error *err)
{
    struct made_up_Called_args args;

    if (!d)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 16, NULL, err);
    memset(&args, 0, sizeof(args));
    args.a = a;
    args.b = b;
    args.d = d;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 16, &args, err);
}

rpcsec_status made_up_Called_send(
    struct rpcsec_client *client,
    uint32_t a,
    uint32_t b,
    const uint8_t *d,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Called_args args;

    if (!d)
        return rpcsec_client_send(client, &made_up_client_interface, 16, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.a = a;
    args.b = b;
    args.d = d;
    return rpcsec_client_send(client, &made_up_client_interface, 16, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Called_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Called_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 16, &args, err);
}

rpcsec_status made_up_First(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t f,
    uint32_t l,
    const uint16_t *v,
    struct rpcsec_error *err)
{
    struct made_up_First_args args;

    if (!v)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 17, NULL, err);
    memset(&args, 0, sizeof(args));
    args.f = f;
    args.l = l;
    args.v = v;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 17, &args, err);
}

rpcsec_status made_up_First_send(
    struct rpcsec_client *client,
    uint32_t f,
    uint32_t l,
    const uint16_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_First_args args;

    if (!v)
        return rpcsec_client_send(client, &made_up_client_interface, 17, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.f = f;
    args.l = l;
    args.v = v;
    return rpcsec_client_send(client, &made_up_client_interface, 17, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_First_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_First_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 17, &args, err);
}

rpcsec_status made_up_Ignored(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const ignoring *s,
    struct rpcsec_error *err)
{
    struct made_up_Ignored_args args;

    if (!s)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 18, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 18, &args, err);
}

rpcsec_status made_up_Ignored_send(
    struct rpcsec_client *client,
    const ignoring *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Ignored_args args;

    if (!s)
        return rpcsec_client_send(client, &made_up_client_interface, 18, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_send(client, &made_up_client_interface, 18, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Ignored_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Ignored_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 18, &args, err);
}

rpcsec_status made_up_Full(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint32_t *a,
    const uint32_t *b,
    struct rpcsec_error *err)
{
    struct made_up_Full_args args;

    memset(&args, 0, sizeof(args));
    args.a = a;
    args.b = b;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 19, &args, err);
}

rpcsec_status made_up_Full_send(
    struct rpcsec_client *client,
    const uint32_t *a,
    const uint32_t *b,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Full_args args;

    memset(&args, 0, sizeof(args));
    args.a = a;
    args.b = b;
    return rpcsec_client_send(client, &made_up_client_interface, 19, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Full_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Full_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 19, &args, err);
}

rpcsec_status made_up_Matrix(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const matrix *s,
    struct rpcsec_error *err)
{
    struct made_up_Matrix_args args;

    if (!s)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 20, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 20, &args, err);
}

rpcsec_status made_up_Matrix_send(
    struct rpcsec_client *client,
    const matrix *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Matrix_args args;

    if (!s)
        return rpcsec_client_send(client, &made_up_client_interface, 20, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s = *s;
    return rpcsec_client_send(client, &made_up_client_interface, 20, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Matrix_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Matrix_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 20, &args, err);
}

rpcsec_status made_up_Levels(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t m,
    uint32_t n,
    uint8_t *const *v,
    struct rpcsec_error *err)
{
    struct made_up_Levels_args args;

    if (!v)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 21, NULL, err);
    memset(&args, 0, sizeof(args));
    args.m = m;
    args.n = n;
    args.v = v;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 21, &args, err);
}

rpcsec_status made_up_Levels_send(
    struct rpcsec_client *client,
    uint32_t m,
    uint32_t n,
    uint8_t *const *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Levels_args args;

    if (!v)
        return rpcsec_client_send(client, &made_up_client_interface, 21, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.m = m;
    args.n = n;
    args.v = v;
    return rpcsec_client_send(client, &made_up_client_interface, 21, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Levels_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Levels_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 21, &args, err);
}

rpcsec_status made_up_Label(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const label *l,
    struct rpcsec_error *err)
{
    struct made_up_Label_args args;

    if (!l)
        return rpcsec_client_call(client, arena, &made_up_client_interface, 22, NULL, err);
    memset(&args, 0, sizeof(args));
    args.l = l;
    return rpcsec_client_call(client, arena, &made_up_client_interface, 22, &args, err);
}

rpcsec_status made_up_Label_send(
    struct rpcsec_client *client,
    const label *l,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct made_up_Label_args args;

    if (!l)
        return rpcsec_client_send(client, &made_up_client_interface, 22, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.l = l;
    return rpcsec_client_send(client, &made_up_client_interface, 22, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status made_up_Label_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct made_up_Label_args args;

    return rpcsec_pending_recv(call, arena, &made_up_client_interface, 22, &args, err);
}
