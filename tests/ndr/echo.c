/* SPDX-License-Identifier: MIT
 *
 * ndr/echo.c: type tables of rpcecho (60a15ec5-4de8-11d7-a637-005056a20182 v1.0).
 */
#include "echo.h"

static const struct rpcsec_ndr_arg AddOne_list[] = {ARG(AddOne, in_data, IN, rpcsec_ndr_u32),
                                                    ARG(AddOne, out_data, OUT, rpcsec_ndr_u32)};

CONFORMANT(EchoData_array, rpcsec_ndr_u8, 1, 1, .size = VAR(U32, EchoData_args, len));
POINTER(EchoData_ref, REF, EchoData_array);
static const struct rpcsec_ndr_arg EchoData_list[] = {
    ARG(EchoData, len, IN, rpcsec_ndr_u32), ARG(EchoData, in_data, IN, EchoData_ref),
    ARG(EchoData, out_data, OUT, EchoData_ref)};

CONFORMANT(SinkData_array, rpcsec_ndr_u8, 1, 1, .size = VAR(U32, SinkData_args, len));
POINTER(SinkData_ref, REF, SinkData_array);
static const struct rpcsec_ndr_arg SinkData_list[] = {ARG(SinkData, len, IN, rpcsec_ndr_u32),
                                                      ARG(SinkData, data, IN, SinkData_ref)};

CONFORMANT(SourceData_array, rpcsec_ndr_u8, 1, 1, .size = VAR(U32, SourceData_args, len));
POINTER(SourceData_ref, REF, SourceData_array);
static const struct rpcsec_ndr_arg SourceData_list[] = {
    ARG(SourceData, len, IN, rpcsec_ndr_u32), ARG(SourceData, data, OUT, SourceData_ref)};

CONFORMANT_VARYING(wide_string, rpcsec_ndr_wchar, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = {.add = 0});
POINTER(wide_ref, REF, wide_string);
POINTER(wide_unique, UNIQUE, wide_string);
static const struct rpcsec_ndr_arg TestCall_list[] = {ARG(TestCall, s1, IN, wide_ref),
                                                      ARG(TestCall, s2, OUT, wide_unique)};

static const struct rpcsec_ndr_field echo_info1_fields[] = {
    FIELD(echo_info1, v, rpcsec_ndr_u8)};
STRUCT(echo_info1, 0, 1, 1, 1, 1);
static const struct rpcsec_ndr_field echo_info2_fields[] = {
    FIELD(echo_info2, v, rpcsec_ndr_u16)};
STRUCT(echo_info2, 0, 2, 2, 2, 2);
static const struct rpcsec_ndr_field echo_info3_fields[] = {
    FIELD(echo_info3, v, rpcsec_ndr_u32)};
STRUCT(echo_info3, 0, 4, 4, 4, 4);
static const struct rpcsec_ndr_field echo_info4_fields[] = {
    FIELD(echo_info4, v, rpcsec_ndr_i64)};
STRUCT(echo_info4, 0, 8, 8, 8, 8);
static const struct rpcsec_ndr_field echo_info5_fields[] = {
    FIELD(echo_info5, v1, rpcsec_ndr_u8), FIELD(echo_info5, v2, rpcsec_ndr_i64)};
STRUCT(echo_info5, 0, 8, 8, 9, 9);
static const struct rpcsec_ndr_field echo_info6_fields[] = {
    FIELD(echo_info6, v1, rpcsec_ndr_u8), FIELD(echo_info6, info1, echo_info1_type)};
STRUCT(echo_info6, 0, 1, 1, 2, 2);
static const struct rpcsec_ndr_field echo_info7_fields[] = {
    FIELD(echo_info7, v1, rpcsec_ndr_u8), FIELD(echo_info7, info4, echo_info4_type)};
STRUCT(echo_info7, 0, 8, 8, 9, 9);
static const struct rpcsec_ndr_arm echo_info_arms[] = {
    {"info1", 1, 0, &echo_info1_type}, {"info2", 2, 0, &echo_info2_type},
    {"info3", 3, 0, &echo_info3_type}, {"info4", 4, 0, &echo_info4_type},
    {"info5", 5, 0, &echo_info5_type}, {"info6", 6, 0, &echo_info6_type},
    {"info7", 7, 0, &echo_info7_type}};
UNION(TestCall2_info, echo_info, rpcsec_ndr_u16, 8, 8, 3, 3, VAR(U16, TestCall2_args, level));
static const struct rpcsec_ndr_arg TestCall2_list[] = {
    ARG(TestCall2, level, IN, rpcsec_ndr_u16), ARG(TestCall2, info, OUT, TestCall2_info),
    ARG(TestCall2, result, RESULT, rpcsec_ndr_error_status)};

static const struct rpcsec_ndr_arg TestSleep_list[] = {
    ARG(TestSleep, seconds, IN, rpcsec_ndr_u32),
    ARG(TestSleep, result, RESULT, rpcsec_ndr_u32)};

static const struct rpcsec_ndr_field echo_enum2_fields[] = {
    FIELD(echo_enum2, e1, rpcsec_ndr_enum16), FIELD(echo_enum2, e2, rpcsec_ndr_enum32)};
STRUCT(echo_enum2, 0, 4, 4, 6, 8);
static const struct rpcsec_ndr_arm echo_enum3_arms[] = {{"e1", 1, 0, &rpcsec_ndr_enum16},
                                                        {"e2", 2, 0, &echo_enum2_type}};
UNION(TestEnum_foo3, echo_enum3, rpcsec_ndr_u16, 4, 4, 4, 6, VAR(U32, TestEnum_args, foo1));
static const struct rpcsec_ndr_arg TestEnum_list[] = {
    ARG(TestEnum, foo1, INOUT, rpcsec_ndr_enum16), ARG(TestEnum, foo2, INOUT, echo_enum2_type),
    ARG(TestEnum, foo3, INOUT, TestEnum_foo3)};

CONFORMANT(surrounding_array, rpcsec_ndr_u16, 2, 2, .size = VAR(U32, echo_surrounding, x));
static const struct rpcsec_ndr_field echo_surrounding_fields[] = {
    FIELD(echo_surrounding, x, rpcsec_ndr_u32),
    FIELD(echo_surrounding, surrounding, surrounding_array)};
STRUCT(echo_surrounding, RPCSEC_NDR_FLAG_CONFORMANT, 4, 4, 8, 12);
POINTER(surrounding_ref, REF, echo_surrounding_type);
static const struct rpcsec_ndr_arg TestSurrounding_list[] = {
    ARG(TestSurrounding, data, INOUT, surrounding_ref)};

POINTER(u16_unique, UNIQUE, rpcsec_ndr_u16);
POINTER(u16_unique_unique, UNIQUE, u16_unique);
static const struct rpcsec_ndr_arg TestDoublePointer_list[] = {
    ARG(TestDoublePointer, data, IN, u16_unique_unique),
    ARG(TestDoublePointer, result, RESULT, rpcsec_ndr_u16)};

const struct rpcsec_ndr_record echo_records[] = {
    RECORD(AddOne),          RECORD(EchoData),          RECORD(SinkData),  RECORD(SourceData),
    RECORD(TestCall),        RECORD(TestCall2),         RECORD(TestSleep), RECORD(TestEnum),
    RECORD(TestSurrounding), RECORD(TestDoublePointer), {.name = NULL}};
