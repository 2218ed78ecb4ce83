/* SPDX-License-Identifier: MIT
 *
 * tools/echo_service.c: rpcecho as other implementations serve it, so that their test clients
 * can be pointed at this one. Layer: tools.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "echo_service.h"
#include "gen/echo.h"

#define MAX_SLEEP_S      10          /* TestSleep: no client holds a thread for longer */
#define NT_INVALID_LEVEL 0xC0000148U /* STATUS_INVALID_LEVEL, MS-ERREF 2.3.1 */

static rpcsec_status add_one(struct rpcsec_call *call, uint32_t in_data, uint32_t *ret_out_data)
{
    (void)call;
    *ret_out_data = in_data + 1;
    return RPCSEC_OK;
}

static rpcsec_status echo_data(struct rpcsec_call *call, uint32_t len, const uint8_t *in_data,
                               uint8_t **ret_out_data)
{
    uint8_t *copy = rpcsec_call_alloc(call, len);

    if (!copy)
        return RPCSEC_NO_MEMORY;
    if (len)
        memcpy(copy, in_data, len);
    *ret_out_data = copy;
    return RPCSEC_OK;
}

static rpcsec_status sink_data(struct rpcsec_call *call, uint32_t len, const uint8_t *data)
{
    (void)call;
    (void)len;
    (void)data;
    return RPCSEC_OK;
}

static rpcsec_status source_data(struct rpcsec_call *call, uint32_t len, uint8_t **ret_data)
{
    uint8_t *data = rpcsec_call_alloc(call, len);

    if (!data)
        return RPCSEC_NO_MEMORY;
    for (uint32_t n = 0; n < len; n++)
        data[n] = (uint8_t)n;
    *ret_data = data;
    return RPCSEC_OK;
}

static rpcsec_status test_call(struct rpcsec_call *call, const uint16_t *s1, uint16_t **ret_s2)
{
    size_t len = 0;
    uint16_t *copy;

    while (s1[len])
        len++;
    copy = rpcsec_call_alloc(call, (len + 1) * sizeof(*copy));
    if (!copy)
        return RPCSEC_NO_MEMORY;
    memcpy(copy, s1, (len + 1) * sizeof(*copy));
    *ret_s2 = copy;
    return RPCSEC_OK;
}

static rpcsec_status test_call2(struct rpcsec_call *call, uint16_t level, echo_Info *ret_info,
                                NTSTATUS *ret_result)
{
    static const echo_Info answers[] = {
        [1] = {.info1 = {10}},       [2] = {.info2 = {20}},     [3] = {.info3 = {30}},
        [4] = {.info4 = {40}},       [5] = {.info5 = {50, 60}}, [6] = {.info6 = {70, {80}}},
        [7] = {.info7 = {80, {90}}},
    };

    (void)call;
    *ret_result = (NTSTATUS)NT_INVALID_LEVEL;
    if (level < 1 || level > 7)
        return RPCSEC_OK;
    *ret_info = answers[level];
    *ret_result = 0;
    return RPCSEC_OK;
}

static rpcsec_status test_sleep(struct rpcsec_call *call, uint32_t seconds,
                                uint32_t *ret_result)
{
    const struct timespec slice = {.tv_nsec = 100000000};
    uint32_t num = (seconds < MAX_SLEEP_S ? seconds : MAX_SLEEP_S) * 10;

    *ret_result = num / 10;
    while (num-- && !rpcsec_call_cancelled(call))
        nanosleep(&slice, NULL);
    return RPCSEC_OK;
}

static rpcsec_status test_enum(struct rpcsec_call *call, echo_Enum1 *foo1, echo_Enum2 *foo2,
                               echo_Enum3 *foo3)
{
    (void)call;
    (void)foo1;
    (void)foo3;
    foo2->e1 = ECHO_ENUM2;
    return RPCSEC_OK;
}

static rpcsec_status test_surrounding(struct rpcsec_call *call, echo_Surrounding **data)
{
    echo_Surrounding *twice;
    uint32_t num = (*data)->x;

    if (num > UINT32_MAX / 2)
        return RPCSEC_OUT_OF_RANGE;
    twice = rpcsec_call_alloc(call, sizeof(*twice) + (size_t)num * 2 * sizeof(uint16_t));
    if (!twice)
        return RPCSEC_NO_MEMORY;
    twice->x = num * 2;
    *data = twice;
    return RPCSEC_OK;
}

static rpcsec_status test_double_pointer(struct rpcsec_call *call, uint16_t **const *data,
                                         uint16_t *ret_result)
{
    (void)call;
    *ret_result = *data && **data ? ***data : 0;
    return RPCSEC_OK;
}

static const struct rpcecho_ops ops = {
    .AddOne = add_one,
    .EchoData = echo_data,
    .SinkData = sink_data,
    .SourceData = source_data,
    .TestCall = test_call,
    .TestCall2 = test_call2,
    .TestSleep = test_sleep,
    .TestEnum = test_enum,
    .TestSurrounding = test_surrounding,
    .TestDoublePointer = test_double_pointer,
};

struct rpcsec_service echo_service(void)
{
    return rpcecho_interface(&ops);
}
