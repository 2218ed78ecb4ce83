/* SPDX-License-Identifier: MIT
 *
 * ndr/echo.h: the argument records of rpcecho, as rpcsec-idl would lay them out.
 */
#ifndef TESTS_NDR_ECHO_H
#define TESTS_NDR_ECHO_H

#include "tables.h"

struct echo_info1 {
    uint8_t v;
};
struct echo_info2 {
    uint16_t v;
};
struct echo_info3 {
    uint32_t v;
};
struct echo_info4 {
    int64_t v;
};
struct echo_info5 {
    uint8_t v1;
    int64_t v2;
};
struct echo_info6 {
    uint8_t v1;
    struct echo_info1 info1;
};
struct echo_info7 {
    uint8_t v1;
    struct echo_info4 info4;
};
union echo_info {
    struct echo_info1 info1;
    struct echo_info2 info2;
    struct echo_info3 info3;
    struct echo_info4 info4;
    struct echo_info5 info5;
    struct echo_info6 info6;
    struct echo_info7 info7;
};
struct echo_enum2 {
    uint32_t e1;
    uint32_t e2;
};
union echo_enum3 {
    uint32_t e1;
    struct echo_enum2 e2;
};
struct echo_surrounding {
    uint32_t x;
    uint16_t surrounding[];
};

struct AddOne_args {
    uint32_t in_data;
    uint32_t out_data;
};
struct EchoData_args {
    uint32_t len;
    uint8_t *in_data;
    uint8_t *out_data;
};
struct SinkData_args {
    uint32_t len;
    uint8_t *data;
};
struct SourceData_args {
    uint32_t len;
    uint8_t *data;
};
struct TestCall_args {
    uint16_t *s1;
    uint16_t *s2;
};
struct TestCall2_args {
    uint16_t level;
    union echo_info info;
    uint32_t result;
};
struct TestSleep_args {
    uint32_t seconds;
    uint32_t result;
};
struct TestEnum_args {
    uint32_t foo1;
    struct echo_enum2 foo2;
    union echo_enum3 foo3;
};
struct TestSurrounding_args {
    struct echo_surrounding *data;
};
struct TestDoublePointer_args {
    uint16_t **data;
    uint16_t result;
};

enum echo_operation {
    ECHO_ADD_ONE = 0,
    ECHO_ECHO_DATA = 1,
    ECHO_SINK_DATA = 2,
    ECHO_SOURCE_DATA = 3,
    ECHO_TEST_CALL = 4,
    ECHO_TEST_CALL2 = 5,
    ECHO_TEST_SLEEP = 6,
    ECHO_TEST_ENUM = 7,
    ECHO_TEST_SURROUNDING = 8,
    ECHO_TEST_DOUBLE_POINTER = 9,
};

#endif
