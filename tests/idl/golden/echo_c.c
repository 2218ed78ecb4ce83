/* echo_c.c: client stubs, made by rpcsec-idl from echo.idl. Do not edit. */
#include "echo.h"

#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

struct rpcecho_AddOne_args {
    uint32_t in_data;
    uint32_t out_data;
};

struct rpcecho_EchoData_args {
    uint32_t len;
    const uint8_t *in_data;
    uint8_t *out_data;
};

struct rpcecho_SinkData_args {
    uint32_t len;
    const uint8_t *data;
};

struct rpcecho_SourceData_args {
    uint32_t len;
    uint8_t *data;
};

struct rpcecho_TestCall_args {
    const uint16_t *s1;
    uint16_t *s2;
};

struct rpcecho_TestCall2_args {
    uint16_t level;
    echo_Info info;
    NTSTATUS result;
};

struct rpcecho_TestSleep_args {
    uint32_t seconds;
    uint32_t result;
};

struct rpcecho_TestEnum_args {
    echo_Enum1 foo1;
    echo_Enum2 foo2;
    echo_Enum3 foo3;
};

struct rpcecho_TestSurrounding_args {
    echo_Surrounding *data;
};

struct rpcecho_TestDoublePointer_args {
    uint16_t **data;
    uint16_t result;
};

static const struct rpcsec_ndr_bounds ndr_rpcecho_EchoData_in_data_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct rpcecho_EchoData_args, len)},
};
static const struct rpcsec_ndr_type ndr_rpcecho_EchoData_in_data_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u8,
    .bounds = &ndr_rpcecho_EchoData_in_data_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_rpcecho_EchoData_in_data_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_rpcecho_EchoData_in_data_array,
};

static const struct rpcsec_ndr_bounds ndr_rpcecho_SinkData_data_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct rpcecho_SinkData_args, len)},
};
static const struct rpcsec_ndr_type ndr_rpcecho_SinkData_data_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u8,
    .bounds = &ndr_rpcecho_SinkData_data_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_rpcecho_SinkData_data_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_rpcecho_SinkData_data_array,
};

static const struct rpcsec_ndr_bounds ndr_rpcecho_SourceData_data_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct rpcecho_SourceData_args, len)},
};
static const struct rpcsec_ndr_type ndr_rpcecho_SourceData_data_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u8,
    .bounds = &ndr_rpcecho_SourceData_data_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_rpcecho_SourceData_data_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_rpcecho_SourceData_data_array,
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

static const struct rpcsec_ndr_type ndr_unique_wchar_string = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_wchar_string,
};

static const struct rpcsec_ndr_field ndr_echo_info1_fields[] = {
    {"v", offsetof(struct echo_info1, v), &rpcsec_ndr_u8},
};
RPCSEC_NDR_ASSERT(struct echo_info1, v, uint8_t);
static const struct rpcsec_ndr_step ndr_echo_info1_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 1, 1, offsetof(struct echo_info1, v), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info1 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 1,
    .align64 = 1,
    .wire_min = 1U,
    .wire_min64 = 1U,
    .mem_size = sizeof(struct echo_info1),
    .num = 1,
    .name = "echo_info1",
    .fields = ndr_echo_info1_fields,
    .steps = ndr_echo_info1_steps,
    .num_steps = 1,
    .steps_len = 1U,
};

static const struct rpcsec_ndr_field ndr_echo_info2_fields[] = {
    {"v", offsetof(struct echo_info2, v), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct echo_info2, v, uint16_t);
static const struct rpcsec_ndr_step ndr_echo_info2_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 2, 2, offsetof(struct echo_info2, v), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info2 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 2,
    .align64 = 2,
    .wire_min = 2U,
    .wire_min64 = 2U,
    .mem_size = sizeof(struct echo_info2),
    .num = 1,
    .name = "echo_info2",
    .fields = ndr_echo_info2_fields,
    .steps = ndr_echo_info2_steps,
    .num_steps = 1,
    .steps_len = 2U,
};

static const struct rpcsec_ndr_field ndr_echo_info3_fields[] = {
    {"v", offsetof(struct echo_info3, v), &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct echo_info3, v, uint32_t);
static const struct rpcsec_ndr_step ndr_echo_info3_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 4, offsetof(struct echo_info3, v), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info3 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 4U,
    .mem_size = sizeof(struct echo_info3),
    .num = 1,
    .name = "echo_info3",
    .fields = ndr_echo_info3_fields,
    .steps = ndr_echo_info3_steps,
    .num_steps = 1,
    .steps_len = 4U,
};

static const struct rpcsec_ndr_field ndr_echo_info4_fields[] = {
    {"v", offsetof(struct echo_info4, v), &rpcsec_ndr_u64},
};
RPCSEC_NDR_ASSERT(struct echo_info4, v, uint64_t);
static const struct rpcsec_ndr_step ndr_echo_info4_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 8, 8, offsetof(struct echo_info4, v), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info4 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 8,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 8U,
    .mem_size = sizeof(struct echo_info4),
    .num = 1,
    .name = "echo_info4",
    .fields = ndr_echo_info4_fields,
    .steps = ndr_echo_info4_steps,
    .num_steps = 1,
    .steps_len = 8U,
};

static const struct rpcsec_ndr_field ndr_echo_info5_fields[] = {
    {"v1", offsetof(struct echo_info5, v1), &rpcsec_ndr_u8},
    {"v2", offsetof(struct echo_info5, v2), &rpcsec_ndr_u64},
};
RPCSEC_NDR_ASSERT(struct echo_info5, v1, uint8_t);
RPCSEC_NDR_ASSERT(struct echo_info5, v2, uint64_t);
static const struct rpcsec_ndr_step ndr_echo_info5_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 8, 1, offsetof(struct echo_info5, v1), 0, NULL},
    {RPCSEC_NDR_STEP_RUN, 8, 8, offsetof(struct echo_info5, v2), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info5 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 8,
    .align64 = 8,
    .wire_min = 9U,
    .wire_min64 = 9U,
    .mem_size = sizeof(struct echo_info5),
    .num = 2,
    .name = "echo_info5",
    .fields = ndr_echo_info5_fields,
    .steps = ndr_echo_info5_steps,
    .num_steps = 2,
    .steps_len = 16U,
};

static const struct rpcsec_ndr_field ndr_echo_info6_fields[] = {
    {"v1", offsetof(struct echo_info6, v1), &rpcsec_ndr_u8},
    {"info1", offsetof(struct echo_info6, info1), &ndr_echo_info1},
};
RPCSEC_NDR_ASSERT(struct echo_info6, v1, uint8_t);
RPCSEC_NDR_ASSERT(struct echo_info6, info1, struct echo_info1);
static const struct rpcsec_ndr_step ndr_echo_info6_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 1, 2, offsetof(struct echo_info6, v1), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info6 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 1,
    .align64 = 1,
    .wire_min = 2U,
    .wire_min64 = 2U,
    .mem_size = sizeof(struct echo_info6),
    .num = 2,
    .name = "echo_info6",
    .fields = ndr_echo_info6_fields,
    .steps = ndr_echo_info6_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct echo_info6, v1, info1.v, 2) ? 1 : 0,
    .steps_len = 2U,
};

static const struct rpcsec_ndr_field ndr_echo_info7_fields[] = {
    {"v1", offsetof(struct echo_info7, v1), &rpcsec_ndr_u8},
    {"info4", offsetof(struct echo_info7, info4), &ndr_echo_info4},
};
RPCSEC_NDR_ASSERT(struct echo_info7, v1, uint8_t);
RPCSEC_NDR_ASSERT(struct echo_info7, info4, struct echo_info4);
static const struct rpcsec_ndr_step ndr_echo_info7_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 8, 1, offsetof(struct echo_info7, v1), 0, NULL},
    {RPCSEC_NDR_STEP_RUN, 8, 8, offsetof(struct echo_info7, info4.v), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_info7 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 8,
    .align64 = 8,
    .wire_min = 9U,
    .wire_min64 = 9U,
    .mem_size = sizeof(struct echo_info7),
    .num = 2,
    .name = "echo_info7",
    .fields = ndr_echo_info7_fields,
    .steps = ndr_echo_info7_steps,
    .num_steps = 2,
    .steps_len = 16U,
};

static const struct rpcsec_ndr_arm ndr_echo_Info_arms[] = {
    {"info1", 1, 0, &ndr_echo_info1},
    {"info2", 2, 0, &ndr_echo_info2},
    {"info3", 3, 0, &ndr_echo_info3},
    {"info4", 4, 0, &ndr_echo_info4},
    {"info5", 5, 0, &ndr_echo_info5},
    {"info6", 6, 0, &ndr_echo_info6},
    {"info7", 7, 0, &ndr_echo_info7},
};
static const struct rpcsec_ndr_expr ndr_rpcecho_TestCall2_info_switch = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U16, .offset = offsetof(struct rpcecho_TestCall2_args, level)};
static const struct rpcsec_ndr_type ndr_rpcecho_TestCall2_info = {
    .kind = RPCSEC_NDR_UNION,
    .align = 8,
    .align64 = 8,
    .wire_min = 3U,
    .wire_min64 = 3U,
    .mem_size = sizeof(union echo_Info),
    .num = 7,
    .name = "echo_Info",
    .of = &rpcsec_ndr_u16,
    .arms = ndr_echo_Info_arms,
    .switch_is = &ndr_rpcecho_TestCall2_info_switch,
};

static const struct rpcsec_ndr_field ndr_echo_Enum2_fields[] = {
    {"e1", offsetof(struct echo_Enum2, e1), &rpcsec_ndr_enum16},
    {"e2", offsetof(struct echo_Enum2, e2), &rpcsec_ndr_enum32},
};
RPCSEC_NDR_ASSERT(struct echo_Enum2, e1, uint32_t);
RPCSEC_NDR_ASSERT(struct echo_Enum2, e2, uint32_t);
static const struct rpcsec_ndr_step ndr_echo_Enum2_steps[] = {
    {RPCSEC_NDR_STEP_SCALAR, 4, 0, offsetof(struct echo_Enum2, e1), 0, &rpcsec_ndr_enum16},
    {RPCSEC_NDR_STEP_RUN, 4, 4, offsetof(struct echo_Enum2, e2), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_Enum2 = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 6U,
    .wire_min64 = 8U,
    .mem_size = sizeof(struct echo_Enum2),
    .num = 2,
    .name = "echo_Enum2",
    .fields = ndr_echo_Enum2_fields,
    .steps = ndr_echo_Enum2_steps,
    .num_steps = 2,
};

static const struct rpcsec_ndr_arm ndr_echo_Enum3_arms[] = {
    {"e1", 1, 0, &rpcsec_ndr_enum16},
    {"e2", 2, 0, &ndr_echo_Enum2},
};
static const struct rpcsec_ndr_expr ndr_rpcecho_TestEnum_foo3_switch = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct rpcecho_TestEnum_args, foo1)};
static const struct rpcsec_ndr_type ndr_rpcecho_TestEnum_foo3 = {
    .kind = RPCSEC_NDR_UNION,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 6U,
    .mem_size = sizeof(union echo_Enum3),
    .num = 2,
    .name = "echo_Enum3",
    .of = &rpcsec_ndr_u16,
    .arms = ndr_echo_Enum3_arms,
    .switch_is = &ndr_rpcecho_TestEnum_foo3_switch,
};

static const struct rpcsec_ndr_bounds ndr_echo_Surrounding_surrounding_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct echo_Surrounding, x)},
};
static const struct rpcsec_ndr_type ndr_echo_Surrounding_surrounding_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 2,
    .align64 = 2,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u16,
    .bounds = &ndr_echo_Surrounding_surrounding_array_bounds,
};

static const struct rpcsec_ndr_field ndr_echo_Surrounding_fields[] = {
    {"x", offsetof(struct echo_Surrounding, x), &rpcsec_ndr_u32},
    {"surrounding", offsetof(struct echo_Surrounding, surrounding), &ndr_echo_Surrounding_surrounding_array},
};
RPCSEC_NDR_ASSERT(struct echo_Surrounding, x, uint32_t);
static const struct rpcsec_ndr_step ndr_echo_Surrounding_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 4, offsetof(struct echo_Surrounding, x), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_echo_Surrounding = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 4,
    .align64 = 4,
    .wire_min = 8U,
    .wire_min64 = 12U,
    .mem_size = sizeof(struct echo_Surrounding),
    .num = 2,
    .name = "echo_Surrounding",
    .fields = ndr_echo_Surrounding_fields,
    .steps = ndr_echo_Surrounding_steps,
    .num_steps = 1,
    .steps_len = 4U,
};

static const struct rpcsec_ndr_type ndr_ref_echo_Surrounding = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_echo_Surrounding,
};

static const struct rpcsec_ndr_type ndr_unique_u16 = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &rpcsec_ndr_u16,
};

static const struct rpcsec_ndr_type ndr_unique_unique_u16 = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_unique_u16,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_AddOne_args_list[] = {
    {"in_data", offsetof(struct rpcecho_AddOne_args, in_data), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"out_data", offsetof(struct rpcecho_AddOne_args, out_data), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct rpcecho_AddOne_args, in_data, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_AddOne_args, out_data, uint32_t);
static const struct rpcsec_ndr_record ndr_rpcecho_AddOne_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "AddOne",
    .mem_size = sizeof(struct rpcecho_AddOne_args),
    .num_args = 2,
    .args = ndr_rpcecho_AddOne_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_EchoData_args_list[] = {
    {"len", offsetof(struct rpcecho_EchoData_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"in_data", offsetof(struct rpcecho_EchoData_args, in_data), RPCSEC_NDR_IN, &ndr_ref_rpcecho_EchoData_in_data_array},
    {"out_data", offsetof(struct rpcecho_EchoData_args, out_data), RPCSEC_NDR_OUT, &ndr_ref_rpcecho_EchoData_in_data_array},
};
RPCSEC_NDR_ASSERT(struct rpcecho_EchoData_args, len, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_EchoData_args, in_data, void *);
RPCSEC_NDR_ASSERT(struct rpcecho_EchoData_args, out_data, void *);
static const struct rpcsec_ndr_record ndr_rpcecho_EchoData_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "EchoData",
    .mem_size = sizeof(struct rpcecho_EchoData_args),
    .num_args = 3,
    .args = ndr_rpcecho_EchoData_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_SinkData_args_list[] = {
    {"len", offsetof(struct rpcecho_SinkData_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"data", offsetof(struct rpcecho_SinkData_args, data), RPCSEC_NDR_IN, &ndr_ref_rpcecho_SinkData_data_array},
};
RPCSEC_NDR_ASSERT(struct rpcecho_SinkData_args, len, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_SinkData_args, data, void *);
static const struct rpcsec_ndr_record ndr_rpcecho_SinkData_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "SinkData",
    .mem_size = sizeof(struct rpcecho_SinkData_args),
    .num_args = 2,
    .args = ndr_rpcecho_SinkData_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_SourceData_args_list[] = {
    {"len", offsetof(struct rpcecho_SourceData_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"data", offsetof(struct rpcecho_SourceData_args, data), RPCSEC_NDR_OUT, &ndr_ref_rpcecho_SourceData_data_array},
};
RPCSEC_NDR_ASSERT(struct rpcecho_SourceData_args, len, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_SourceData_args, data, void *);
static const struct rpcsec_ndr_record ndr_rpcecho_SourceData_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "SourceData",
    .mem_size = sizeof(struct rpcecho_SourceData_args),
    .num_args = 2,
    .args = ndr_rpcecho_SourceData_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestCall_args_list[] = {
    {"s1", offsetof(struct rpcecho_TestCall_args, s1), RPCSEC_NDR_IN, &ndr_ref_wchar_string},
    {"s2", offsetof(struct rpcecho_TestCall_args, s2), RPCSEC_NDR_OUT, &ndr_unique_wchar_string},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestCall_args, s1, void *);
RPCSEC_NDR_ASSERT(struct rpcecho_TestCall_args, s2, void *);
static const struct rpcsec_ndr_record ndr_rpcecho_TestCall_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestCall",
    .mem_size = sizeof(struct rpcecho_TestCall_args),
    .num_args = 2,
    .args = ndr_rpcecho_TestCall_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestCall2_args_list[] = {
    {"level", offsetof(struct rpcecho_TestCall2_args, level), RPCSEC_NDR_IN, &rpcsec_ndr_u16},
    {"info", offsetof(struct rpcecho_TestCall2_args, info), RPCSEC_NDR_OUT, &ndr_rpcecho_TestCall2_info},
    {"result", offsetof(struct rpcecho_TestCall2_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_i32},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestCall2_args, level, uint16_t);
RPCSEC_NDR_ASSERT(struct rpcecho_TestCall2_args, info, union echo_Info);
RPCSEC_NDR_ASSERT(struct rpcecho_TestCall2_args, result, int32_t);
static const struct rpcsec_ndr_record ndr_rpcecho_TestCall2_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestCall2",
    .mem_size = sizeof(struct rpcecho_TestCall2_args),
    .num_args = 3,
    .args = ndr_rpcecho_TestCall2_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestSleep_args_list[] = {
    {"seconds", offsetof(struct rpcecho_TestSleep_args, seconds), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"result", offsetof(struct rpcecho_TestSleep_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestSleep_args, seconds, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_TestSleep_args, result, uint32_t);
static const struct rpcsec_ndr_record ndr_rpcecho_TestSleep_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestSleep",
    .mem_size = sizeof(struct rpcecho_TestSleep_args),
    .num_args = 2,
    .args = ndr_rpcecho_TestSleep_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestEnum_args_list[] = {
    {"foo1", offsetof(struct rpcecho_TestEnum_args, foo1), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &rpcsec_ndr_enum16},
    {"foo2", offsetof(struct rpcecho_TestEnum_args, foo2), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_echo_Enum2},
    {"foo3", offsetof(struct rpcecho_TestEnum_args, foo3), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_rpcecho_TestEnum_foo3},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestEnum_args, foo1, uint32_t);
RPCSEC_NDR_ASSERT(struct rpcecho_TestEnum_args, foo2, struct echo_Enum2);
RPCSEC_NDR_ASSERT(struct rpcecho_TestEnum_args, foo3, union echo_Enum3);
static const struct rpcsec_ndr_record ndr_rpcecho_TestEnum_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestEnum",
    .mem_size = sizeof(struct rpcecho_TestEnum_args),
    .num_args = 3,
    .args = ndr_rpcecho_TestEnum_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestSurrounding_args_list[] = {
    {"data", offsetof(struct rpcecho_TestSurrounding_args, data), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_ref_echo_Surrounding},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestSurrounding_args, data, void *);
static const struct rpcsec_ndr_record ndr_rpcecho_TestSurrounding_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestSurrounding",
    .mem_size = sizeof(struct rpcecho_TestSurrounding_args),
    .num_args = 1,
    .args = ndr_rpcecho_TestSurrounding_args_list,
};

static const struct rpcsec_ndr_arg ndr_rpcecho_TestDoublePointer_args_list[] = {
    {"data", offsetof(struct rpcecho_TestDoublePointer_args, data), RPCSEC_NDR_IN, &ndr_unique_unique_u16},
    {"result", offsetof(struct rpcecho_TestDoublePointer_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct rpcecho_TestDoublePointer_args, data, void *);
RPCSEC_NDR_ASSERT(struct rpcecho_TestDoublePointer_args, result, uint16_t);
static const struct rpcsec_ndr_record ndr_rpcecho_TestDoublePointer_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "TestDoublePointer",
    .mem_size = sizeof(struct rpcecho_TestDoublePointer_args),
    .num_args = 2,
    .args = ndr_rpcecho_TestDoublePointer_args_list,
};

static const struct rpcsec_operation rpcecho_operations[] = {
    {"AddOne", 0, &ndr_rpcecho_AddOne_args, NULL},
    {"EchoData", 0, &ndr_rpcecho_EchoData_args, NULL},
    {"SinkData", 0, &ndr_rpcecho_SinkData_args, NULL},
    {"SourceData", 0, &ndr_rpcecho_SourceData_args, NULL},
    {"TestCall", 0, &ndr_rpcecho_TestCall_args, NULL},
    {"TestCall2", 0, &ndr_rpcecho_TestCall2_args, NULL},
    {"TestSleep", 0, &ndr_rpcecho_TestSleep_args, NULL},
    {"TestEnum", 0, &ndr_rpcecho_TestEnum_args, NULL},
    {"TestSurrounding", 0, &ndr_rpcecho_TestSurrounding_args, NULL},
    {"TestDoublePointer", 0, &ndr_rpcecho_TestDoublePointer_args, NULL},
};

const struct rpcsec_interface rpcecho_client_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "rpcecho",
    .id = {{0x60a15ec5, 0x4de8, 0x11d7, {0xa6, 0x37}, {0x00, 0x50, 0x56, 0xa2, 0x01, 0x82}}, 1, 0},
    .operations = rpcecho_operations,
    .num_operations = 10,
};

rpcsec_status rpcecho_AddOne(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t in_data,
    uint32_t *ret_out_data,
    struct rpcsec_error *err)
{
    struct rpcecho_AddOne_args args;
    rpcsec_status status;

    if (!ret_out_data)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 0, NULL, err);
    memset(&args, 0, sizeof(args));
    args.in_data = in_data;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_out_data = args.out_data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_AddOne_send(
    struct rpcsec_client *client,
    uint32_t in_data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_AddOne_args args;

    memset(&args, 0, sizeof(args));
    args.in_data = in_data;
    return rpcsec_client_send(client, &rpcecho_client_interface, 0, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_AddOne_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_out_data,
    struct rpcsec_error *err)
{
    struct rpcecho_AddOne_args args;
    rpcsec_status status;

    if (!ret_out_data)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 0, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_out_data = args.out_data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_EchoData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    const uint8_t *in_data,
    uint8_t **ret_out_data,
    struct rpcsec_error *err)
{
    struct rpcecho_EchoData_args args;
    rpcsec_status status;

    if (!in_data || !ret_out_data)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 1, NULL, err);
    memset(&args, 0, sizeof(args));
    args.len = len;
    args.in_data = in_data;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_out_data = args.out_data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_EchoData_send(
    struct rpcsec_client *client,
    uint32_t len,
    const uint8_t *in_data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_EchoData_args args;

    if (!in_data)
        return rpcsec_client_send(client, &rpcecho_client_interface, 1, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.len = len;
    args.in_data = in_data;
    return rpcsec_client_send(client, &rpcecho_client_interface, 1, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_EchoData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint8_t **ret_out_data,
    struct rpcsec_error *err)
{
    struct rpcecho_EchoData_args args;
    rpcsec_status status;

    if (!ret_out_data)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 1, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_out_data = args.out_data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_SinkData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    const uint8_t *data,
    struct rpcsec_error *err)
{
    struct rpcecho_SinkData_args args;

    if (!data)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 2, NULL, err);
    memset(&args, 0, sizeof(args));
    args.len = len;
    args.data = data;
    return rpcsec_client_call(client, arena, &rpcecho_client_interface, 2, &args, err);
}

rpcsec_status rpcecho_SinkData_send(
    struct rpcsec_client *client,
    uint32_t len,
    const uint8_t *data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_SinkData_args args;

    if (!data)
        return rpcsec_client_send(client, &rpcecho_client_interface, 2, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.len = len;
    args.data = data;
    return rpcsec_client_send(client, &rpcecho_client_interface, 2, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_SinkData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct rpcecho_SinkData_args args;

    return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 2, &args, err);
}

rpcsec_status rpcecho_SourceData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    uint8_t **ret_data,
    struct rpcsec_error *err)
{
    struct rpcecho_SourceData_args args;
    rpcsec_status status;

    if (!ret_data)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 3, NULL, err);
    memset(&args, 0, sizeof(args));
    args.len = len;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_data = args.data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_SourceData_send(
    struct rpcsec_client *client,
    uint32_t len,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_SourceData_args args;

    memset(&args, 0, sizeof(args));
    args.len = len;
    return rpcsec_client_send(client, &rpcecho_client_interface, 3, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_SourceData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint8_t **ret_data,
    struct rpcsec_error *err)
{
    struct rpcecho_SourceData_args args;
    rpcsec_status status;

    if (!ret_data)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 3, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_data = args.data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestCall(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint16_t *s1,
    uint16_t **ret_s2,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall_args args;
    rpcsec_status status;

    if (!s1 || !ret_s2)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 4, NULL, err);
    memset(&args, 0, sizeof(args));
    args.s1 = s1;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_s2 = args.s2;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestCall_send(
    struct rpcsec_client *client,
    const uint16_t *s1,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall_args args;

    if (!s1)
        return rpcsec_client_send(client, &rpcecho_client_interface, 4, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.s1 = s1;
    return rpcsec_client_send(client, &rpcecho_client_interface, 4, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestCall_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint16_t **ret_s2,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall_args args;
    rpcsec_status status;

    if (!ret_s2)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 4, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_s2 = args.s2;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestCall2(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t level,
    echo_Info *ret_info,
    NTSTATUS *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall2_args args;
    rpcsec_status status;

    if (!ret_info || !ret_result)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 5, NULL, err);
    memset(&args, 0, sizeof(args));
    args.level = level;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_info = args.info;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestCall2_send(
    struct rpcsec_client *client,
    uint16_t level,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall2_args args;

    memset(&args, 0, sizeof(args));
    args.level = level;
    return rpcsec_client_send(client, &rpcecho_client_interface, 5, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestCall2_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Info *ret_info,
    NTSTATUS *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestCall2_args args;
    rpcsec_status status;

    if (!ret_info || !ret_result)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 5, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_info = args.info;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestSleep(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t seconds,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSleep_args args;
    rpcsec_status status;

    if (!ret_result)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 6, NULL, err);
    memset(&args, 0, sizeof(args));
    args.seconds = seconds;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestSleep_send(
    struct rpcsec_client *client,
    uint32_t seconds,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSleep_args args;

    memset(&args, 0, sizeof(args));
    args.seconds = seconds;
    return rpcsec_client_send(client, &rpcecho_client_interface, 6, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestSleep_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSleep_args args;
    rpcsec_status status;

    if (!ret_result)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 6, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestEnum(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    struct rpcsec_error *err)
{
    struct rpcecho_TestEnum_args args;
    rpcsec_status status;

    if (!foo1 || !foo2 || !foo3)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 7, NULL, err);
    memset(&args, 0, sizeof(args));
    args.foo1 = *foo1;
    args.foo2 = *foo2;
    args.foo3 = *foo3;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 7, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *foo1 = args.foo1;
    *foo2 = args.foo2;
    *foo3 = args.foo3;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestEnum_send(
    struct rpcsec_client *client,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestEnum_args args;

    if (!foo1 || !foo2 || !foo3)
        return rpcsec_client_send(client, &rpcecho_client_interface, 7, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.foo1 = *foo1;
    args.foo2 = *foo2;
    args.foo3 = *foo3;
    return rpcsec_client_send(client, &rpcecho_client_interface, 7, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestEnum_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    struct rpcsec_error *err)
{
    struct rpcecho_TestEnum_args args;
    rpcsec_status status;

    if (!foo1 || !foo2 || !foo3)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 7, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 7, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *foo1 = args.foo1;
    *foo2 = args.foo2;
    *foo3 = args.foo3;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestSurrounding(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    echo_Surrounding **data,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSurrounding_args args;
    rpcsec_status status;

    if (!data)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 8, NULL, err);
    memset(&args, 0, sizeof(args));
    args.data = *data;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 8, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *data = args.data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestSurrounding_send(
    struct rpcsec_client *client,
    echo_Surrounding **data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSurrounding_args args;

    if (!data)
        return rpcsec_client_send(client, &rpcecho_client_interface, 8, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.data = *data;
    return rpcsec_client_send(client, &rpcecho_client_interface, 8, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestSurrounding_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Surrounding **data,
    struct rpcsec_error *err)
{
    struct rpcecho_TestSurrounding_args args;
    rpcsec_status status;

    if (!data)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 8, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 8, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *data = args.data;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestDoublePointer(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t **const *data,
    uint16_t *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestDoublePointer_args args;
    rpcsec_status status;

    if (!data || !ret_result)
        return rpcsec_client_call(client, arena, &rpcecho_client_interface, 9, NULL, err);
    memset(&args, 0, sizeof(args));
    args.data = *data;
    status = rpcsec_client_call(client, arena, &rpcecho_client_interface, 9, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}

rpcsec_status rpcecho_TestDoublePointer_send(
    struct rpcsec_client *client,
    uint16_t **const *data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct rpcecho_TestDoublePointer_args args;

    if (!data)
        return rpcsec_client_send(client, &rpcecho_client_interface, 9, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.data = *data;
    return rpcsec_client_send(client, &rpcecho_client_interface, 9, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status rpcecho_TestDoublePointer_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint16_t *ret_result,
    struct rpcsec_error *err)
{
    struct rpcecho_TestDoublePointer_args args;
    rpcsec_status status;

    if (!ret_result)
        return rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 9, NULL, err);
    status = rpcsec_pending_recv(call, arena, &rpcecho_client_interface, 9, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_result = args.result;
    return RPCSEC_OK;
}
