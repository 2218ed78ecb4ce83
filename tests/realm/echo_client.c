/* SPDX-License-Identifier: MIT
 *
 * tests/realm/echo_client.c: calls rpcecho of a running server and checks each answer.
 *
 *     echo_client BINDING SPN LEVEL all|sleep SECONDS
 *
 * Exit code: 0 well, 1 a wrong answer, 2 usage, 3 no connection, 4 refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/echo.h"

struct run {
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static bool wrong(const char *what)
{
    fprintf(stderr, "echo_client: wrong answer: %s\n", what);
    return false;
}

static bool refused(const struct run *run, const char *what)
{
    fprintf(stderr, "echo_client: %s: %s (%s, 0x%x)\n", what, rpcsec_error_text(&run->err),
            rpcsec_status_name(run->err.status), (unsigned)run->err.wire_status);
    return false;
}

static bool check_add_one(struct run *run)
{
    static const uint32_t numbers[] = {0, 1, 0x7fffffff, 0xffffffff};

    for (size_t n = 0; n < 4; n++) {
        uint32_t sum = 0;

        if (rpcecho_AddOne(run->client, run->arena, numbers[n], &sum, &run->err))
            return refused(run, "AddOne");
        if (sum != numbers[n] + 1)
            return wrong("AddOne");
    }
    return true;
}

static bool check_data(struct run *run, uint32_t len)
{
    uint8_t *sent = malloc(len + 1), *back = NULL, *source = NULL;
    bool good;

    for (uint32_t n = 0; sent && n < len; n++)
        sent[n] = (uint8_t)(n * 7);
    if (!sent || rpcecho_EchoData(run->client, run->arena, len, sent, &back, &run->err) ||
        rpcecho_SinkData(run->client, run->arena, len, sent, &run->err) ||
        rpcecho_SourceData(run->client, run->arena, len, &source, &run->err)) {
        free(sent);
        return refused(run, "EchoData, SinkData or SourceData");
    }
    good = len == 0 || memcmp(sent, back, len) == 0;
    for (uint32_t n = 0; n < len; n++)
        good = good && source[n] == (uint8_t)n;
    free(sent);
    return good ? true : wrong("EchoData or SourceData");
}

static bool check_call(struct run *run)
{
    static const uint16_t text[] = {'i', 'n', ' ', 0x20ac, 0xd83d, 0xde00, 0};
    static const uint16_t empty[] = {0};
    uint16_t *copy = NULL, *none = NULL;

    if (rpcecho_TestCall(run->client, run->arena, text, &copy, &run->err) ||
        rpcecho_TestCall(run->client, run->arena, empty, &none, &run->err))
        return refused(run, "TestCall");
    if (!copy || memcmp(copy, text, sizeof(text)) != 0 || !none || none[0])
        return wrong("TestCall");
    return true;
}

static bool is_answer(uint16_t level, const echo_Info *info)
{
    switch (level) {
    case 1:
        return info->info1.v == 10;
    case 2:
        return info->info2.v == 20;
    case 3:
        return info->info3.v == 30;
    case 4:
        return info->info4.v == 40;
    case 5:
        return info->info5.v1 == 50 && info->info5.v2 == 60;
    case 6:
        return info->info6.v1 == 70 && info->info6.info1.v == 80;
    default:
        return info->info7.v1 == 80 && info->info7.info4.v == 90;
    }
}

static bool check_call2(struct run *run)
{
    for (uint16_t level = 1; level <= 7; level++) {
        echo_Info info;
        NTSTATUS result = -1;

        if (rpcecho_TestCall2(run->client, run->arena, level, &info, &result, &run->err))
            return refused(run, "TestCall2");
        if (result != 0 || !is_answer(level, &info))
            return wrong("TestCall2");
    }
    return true;
}

static bool check_enum(struct run *run)
{
    echo_Enum1 foo1 = ECHO_ENUM1;
    echo_Enum2 foo2 = {ECHO_ENUM1, ECHO_ENUM1_32};
    echo_Enum3 foo3 = {.e1 = ECHO_ENUM2};

    if (rpcecho_TestEnum(run->client, run->arena, &foo1, &foo2, &foo3, &run->err))
        return refused(run, "TestEnum");
    if (foo1 != ECHO_ENUM1 || foo2.e1 != ECHO_ENUM2 || foo2.e2 != ECHO_ENUM1_32 ||
        foo3.e1 != ECHO_ENUM2)
        return wrong("TestEnum");
    return true;
}

static bool check_surrounding(struct run *run)
{
    echo_Surrounding *data = rpcsec_arena_alloc(run->arena, sizeof(*data) + 20 * 2);

    if (!data)
        return wrong("no memory");
    data->x = 20;
    for (uint16_t n = 0; n < 20; n++)
        data->surrounding[n] = n;
    if (rpcecho_TestSurrounding(run->client, run->arena, &data, &run->err))
        return refused(run, "TestSurrounding");
    for (uint32_t n = 0; data->x == 40 && n < 40; n++)
        if (data->surrounding[n])
            return wrong("TestSurrounding");
    return data->x == 40 ? true : wrong("TestSurrounding");
}

static bool check_double_pointer(struct run *run)
{
    uint16_t number = 12, got = 0;
    uint16_t *one = &number, *none = NULL;
    uint16_t **two = &one, **to_none = &none, **nothing = NULL;

    if (rpcecho_TestDoublePointer(run->client, run->arena, &two, &got, &run->err))
        return refused(run, "TestDoublePointer");
    if (got != 12)
        return wrong("TestDoublePointer");
    if (rpcecho_TestDoublePointer(run->client, run->arena, &to_none, &got, &run->err) ||
        got != 0)
        return wrong("TestDoublePointer with a null inside");
    got = 1;
    if (rpcecho_TestDoublePointer(run->client, run->arena, &nothing, &got, &run->err) ||
        got != 0)
        return wrong("TestDoublePointer with null");
    return true;
}

static bool check_sleep(struct run *run, uint32_t seconds)
{
    uint32_t slept = 99;

    if (rpcecho_TestSleep(run->client, run->arena, seconds, &slept, &run->err))
        return refused(run, "TestSleep");
    return slept == (seconds < 10 ? seconds : 10) ? true : wrong("TestSleep");
}

static bool check_all(struct run *run)
{
    return check_add_one(run) && check_data(run, 0) && check_data(run, 1) &&
           check_data(run, 5000) && check_data(run, 200000) && check_call(run) &&
           check_call2(run) && check_sleep(run, 0) && check_enum(run) &&
           check_surrounding(run) && check_double_pointer(run);
}

static bool open_client(struct run *run, char **argv)
{
    struct rpcsec_client_options options = {.size = sizeof(options)};

    if (rpcsec_level_parse(argv[3], &options.level))
        return wrong("no such level");
    options.mechanism =
        options.level == RPCSEC_LEVEL_NONE ? RPCSEC_MECH_NONE : RPCSEC_MECH_KERBEROS;
    run->arena = rpcsec_arena_new(0);
    if (!run->arena ||
        rpcsec_client_open_with(argv[1], argv[2], &options, &run->client, &run->err))
        return refused(run, "open");
    return true;
}

/* Refused for want of authentication or of a level: nothing else counts. */
static bool is_denied(const struct rpcsec_error *err)
{
    if (err->status == RPCSEC_REMOTE_FAULT)
        return err->wire_status == 5; /* ERROR_ACCESS_DENIED */
    return err->status == RPCSEC_ACCESS_DENIED || err->status == RPCSEC_BIND_REJECTED ||
           err->status == RPCSEC_LOGON_DENIED || err->status == RPCSEC_POLICY_REFUSED;
}

static int exit_code(const struct run *run, bool good)
{
    switch (run->err.status) {
    case RPCSEC_OK:
        return good ? 0 : 1;
    case RPCSEC_CONNECTION_REFUSED:
    case RPCSEC_CONNECT_FAILED:
    case RPCSEC_CONNECTION_LOST:
    case RPCSEC_TIMED_OUT:
        return 3;
    default:
        return is_denied(&run->err) ? 4 : 1;
    }
}

int main(int argc, char **argv)
{
    struct run run = {.err = RPCSEC_ERROR_INIT};
    bool good;

    if (argc != 5 && argc != 6)
        return 2;
    good = open_client(&run, argv);
    if (good && strcmp(argv[4], "sleep") == 0 && argc == 6)
        good = check_sleep(&run, (uint32_t)strtoul(argv[5], NULL, 10));
    else if (good)
        good = check_all(&run);
    rpcsec_client_close(run.client);
    rpcsec_arena_free(run.arena);
    return exit_code(&run, good);
}
