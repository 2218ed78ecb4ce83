/* echo.h: made by rpcsec-idl from echo.idl. Do not edit. */
#ifndef RPCSEC_IDL_ECHO_H
#define RPCSEC_IDL_ECHO_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t NTSTATUS;
typedef struct echo_info1 {
    uint8_t v;
} echo_info1;
typedef struct echo_info2 {
    uint16_t v;
} echo_info2;
typedef struct echo_info3 {
    uint32_t v;
} echo_info3;
typedef struct echo_info4 {
    uint64_t v;
} echo_info4;
typedef struct echo_info5 {
    uint8_t v1;
    uint64_t v2;
} echo_info5;
typedef struct echo_info6 {
    uint8_t v1;
    echo_info1 info1;
} echo_info6;
typedef struct echo_info7 {
    uint8_t v1;
    echo_info4 info4;
} echo_info7;
typedef union echo_Info {
    echo_info1 info1;
    echo_info2 info2;
    echo_info3 info3;
    echo_info4 info4;
    echo_info5 info5;
    echo_info6 info6;
    echo_info7 info7;
} echo_Info;
typedef enum echo_Enum1 {
    ECHO_ENUM1 = 1,
    ECHO_ENUM2 = 2,
} echo_Enum1;
typedef enum echo_Enum1_32 {
    ECHO_ENUM1_32 = 1,
    ECHO_ENUM2_32 = 2,
} echo_Enum1_32;
typedef struct echo_Enum2 {
    echo_Enum1 e1;
    echo_Enum1_32 e2;
} echo_Enum2;
typedef union echo_Enum3 {
    echo_Enum1 e1;
    echo_Enum2 e2;
} echo_Enum3;
typedef struct echo_Surrounding {
    uint32_t x;
    uint16_t surrounding[];
} echo_Surrounding;

/* ---- Interface rpcecho, version 1.0 ---- */

extern const struct rpcsec_interface rpcecho_client_interface;

RPCSEC_MUST_USE rpcsec_status rpcecho_AddOne(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t in_data,
    uint32_t *ret_out_data,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_AddOne_send(
    struct rpcsec_client *client,
    uint32_t in_data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_AddOne_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_out_data,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_EchoData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    const uint8_t *in_data,
    uint8_t **ret_out_data,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_EchoData_send(
    struct rpcsec_client *client,
    uint32_t len,
    const uint8_t *in_data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_EchoData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint8_t **ret_out_data,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_SinkData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    const uint8_t *data,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_SinkData_send(
    struct rpcsec_client *client,
    uint32_t len,
    const uint8_t *data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_SinkData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_SourceData(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t len,
    uint8_t **ret_data,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_SourceData_send(
    struct rpcsec_client *client,
    uint32_t len,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_SourceData_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint8_t **ret_data,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint16_t *s1,
    uint16_t **ret_s2,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall_send(
    struct rpcsec_client *client,
    const uint16_t *s1,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint16_t **ret_s2,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall2(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t level,
    echo_Info *ret_info,
    NTSTATUS *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall2_send(
    struct rpcsec_client *client,
    uint16_t level,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestCall2_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Info *ret_info,
    NTSTATUS *ret_result,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestSleep(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t seconds,
    uint32_t *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestSleep_send(
    struct rpcsec_client *client,
    uint32_t seconds,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestSleep_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_result,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestEnum(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestEnum_send(
    struct rpcsec_client *client,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestEnum_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Enum1 *foo1,
    echo_Enum2 *foo2,
    echo_Enum3 *foo3,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestSurrounding(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    echo_Surrounding **data,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestSurrounding_send(
    struct rpcsec_client *client,
    echo_Surrounding **data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestSurrounding_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    echo_Surrounding **data,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status rpcecho_TestDoublePointer(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t **const *data,
    uint16_t *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestDoublePointer_send(
    struct rpcsec_client *client,
    uint16_t **const *data,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status rpcecho_TestDoublePointer_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint16_t *ret_result,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct rpcecho_ops {
    rpcsec_status (*AddOne)(struct rpcsec_call *call,
        uint32_t in_data,
        uint32_t *ret_out_data);
    rpcsec_status (*EchoData)(struct rpcsec_call *call,
        uint32_t len,
        const uint8_t *in_data,
        uint8_t **ret_out_data);
    rpcsec_status (*SinkData)(struct rpcsec_call *call,
        uint32_t len,
        const uint8_t *data);
    rpcsec_status (*SourceData)(struct rpcsec_call *call,
        uint32_t len,
        uint8_t **ret_data);
    rpcsec_status (*TestCall)(struct rpcsec_call *call,
        const uint16_t *s1,
        uint16_t **ret_s2);
    rpcsec_status (*TestCall2)(struct rpcsec_call *call,
        uint16_t level,
        echo_Info *ret_info,
        NTSTATUS *ret_result);
    rpcsec_status (*TestSleep)(struct rpcsec_call *call,
        uint32_t seconds,
        uint32_t *ret_result);
    rpcsec_status (*TestEnum)(struct rpcsec_call *call,
        echo_Enum1 *foo1,
        echo_Enum2 *foo2,
        echo_Enum3 *foo3);
    rpcsec_status (*TestSurrounding)(struct rpcsec_call *call,
        echo_Surrounding **data);
    rpcsec_status (*TestDoublePointer)(struct rpcsec_call *call,
        uint16_t **const *data,
        uint16_t *ret_result);
};

struct rpcsec_service rpcecho_interface(const struct rpcecho_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
