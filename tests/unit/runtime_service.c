/* SPDX-License-Identifier: MIT
 *
 * unit/runtime_service.c: the service and the server of runtime_service.h.
 */
#include "harness/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "unit/runtime_service.h"

/* ---- tables ---- */

static const struct rpcsec_ndr_arg add_arg_list[] = {
    {"number", offsetof(struct add_args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"sum", offsetof(struct add_args, sum), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
static const struct rpcsec_ndr_record add_record = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Add",
    .mem_size = sizeof(struct add_args),
    .num_args = 2,
    .args = add_arg_list,
};

static const struct rpcsec_ndr_bounds echo_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR,
             .var = RPCSEC_NDR_U32,
             .offset = offsetof(struct echo_args, len)},
};
static const struct rpcsec_ndr_type bytes = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4,
    .wire_min64 = 8,
    .of = &rpcsec_ndr_byte,
    .bounds = &echo_bounds,
};
static const struct rpcsec_ndr_type bytes_ref = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4,
    .wire_min64 = 8,
    .mem_size = sizeof(void *),
    .of = &bytes,
};
static const struct rpcsec_ndr_arg echo_arg_list[] = {
    {"len", offsetof(struct echo_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"data", offsetof(struct echo_args, data), RPCSEC_NDR_IN, &bytes_ref},
    {"copy", offsetof(struct echo_args, copy), RPCSEC_NDR_OUT, &bytes_ref},
};
static const struct rpcsec_ndr_record echo_record = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Echo",
    .mem_size = sizeof(struct echo_args),
    .num_args = 3,
    .args = echo_arg_list,
};

static const struct rpcsec_ndr_type text = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12,
    .wire_min64 = 24,
    .of = &rpcsec_ndr_char,
};
static const struct rpcsec_ndr_type text_pointer = {
    .kind = RPCSEC_NDR_UNIQUE,
    .align = 4,
    .align64 = 8,
    .wire_min = 4,
    .wire_min64 = 8,
    .mem_size = sizeof(char *),
    .of = &text,
};
static const struct rpcsec_ndr_arg who_arg_list[] = {
    {"text", offsetof(struct who_args, text), RPCSEC_NDR_OUT, &text_pointer},
};
static const struct rpcsec_ndr_record who_record = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "Who",
    .mem_size = sizeof(struct who_args),
    .num_args = 1,
    .args = who_arg_list,
};

/* ---- the service ---- */

static struct service_counts *counts_of(const void *ops)
{
    return (struct service_counts *)(uintptr_t)ops;
}

static rpcsec_status serve_add(struct rpcsec_call *call, const void *ops, void *args)
{
    struct add_args *a = args;

    (void)call;
    atomic_fetch_add(&counts_of(ops)->runs, 1);
    a->sum = a->number + 1;
    return RPCSEC_OK;
}

static rpcsec_status serve_echo(struct rpcsec_call *call, const void *ops, void *args)
{
    struct echo_args *a = args;

    (void)call;
    atomic_fetch_add(&counts_of(ops)->runs, 1);
    memcpy(a->copy, a->data, a->len);
    return RPCSEC_OK;
}

static void sleep_ms(uint32_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static rpcsec_status serve_sleep(struct rpcsec_call *call, const void *ops, void *args)
{
    struct sleep_args *a = args;

    atomic_fetch_add(&counts_of(ops)->runs, 1);
    for (a->slept_ms = 0; a->slept_ms < a->ms; a->slept_ms += 10) {
        if (rpcsec_call_cancelled(call)) {
            atomic_fetch_add(&counts_of(ops)->cancelled, 1);
            return RPCSEC_CANCELLED;
        }
        sleep_ms(10);
    }
    return RPCSEC_OK;
}

static rpcsec_status serve_who(struct rpcsec_call *call, const void *ops, void *args)
{
    const struct rpcsec_peer *peer = rpcsec_call_peer(call);
    struct who_args *a = args;

    atomic_fetch_add(&counts_of(ops)->runs, 1);
    a->text = rpcsec_call_printf(call, "%s %s %s %s%s", peer->principal, peer->target,
                                 rpcsec_mechanism_name(peer->mechanism),
                                 rpcsec_level_name(peer->level),
                                 rpcsec_call_object(call) ? " object" : "");
    return a->text ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

/* Fails as the number says: a status below 1000, else a fault code. */
static rpcsec_status serve_fail(struct rpcsec_call *call, const void *ops, void *args)
{
    struct add_args *a = args;

    atomic_fetch_add(&counts_of(ops)->runs, 1);
    return a->number < 1000 ? (rpcsec_status)a->number : rpcsec_call_fault(call, a->number);
}

static const struct rpcsec_operation operations[] = {
    [SERVICE_ADD] = {"Add", 0, &add_record, serve_add},
    [SERVICE_ECHO] = {"Echo", 0, &echo_record, serve_echo},
    [SERVICE_SLEEP] = {"Sleep", 0, &add_record, serve_sleep},
    [SERVICE_WHO] = {"Who", 0, &who_record, serve_who},
    [SERVICE_FAIL] = {"Fail", 0, &add_record, serve_fail},
    [SERVICE_UNUSED] = {"Unused", RPCSEC_OPERATION_UNUSED, &add_record, NULL},
    [SERVICE_NOTE] = {"Note", RPCSEC_OPERATION_MAYBE, &add_record, serve_add},
    [SERVICE_AGAIN] = {"Again", RPCSEC_OPERATION_IDEMPOTENT, &add_record, serve_add},
};

const struct rpcsec_interface service_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "service",
    .id = {.uuid = {.time_low = 0x5e40a1ce, .node = {1, 2, 3, 4, 5, 6}}, .major = 1},
    .operations = operations,
    .num_operations = NUM_OF(operations),
};

const struct rpcsec_interface other_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "other",
    .id = {.uuid = {.time_low = 0x07e40a1c, .node = {1, 2, 3, 4, 5, 6}}, .major = 2},
    .operations = operations,
    .num_operations = NUM_OF(operations),
};

/* ---- typed calls ---- */

rpcsec_status do_number(struct rpcsec_client *client, uint32_t opnum, uint32_t number,
                        struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct add_args args = {.number = number};
    rpcsec_status status = arena ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    if (arena)
        status = rpcsec_client_call(client, arena, &service_interface, opnum, &args, err);
    rpcsec_arena_free(arena);
    return status;
}

rpcsec_status do_add(struct rpcsec_client *client, uint32_t number, uint32_t *ret_sum,
                     struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct add_args args = {.number = number};
    rpcsec_status status = arena ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    if (arena)
        status = rpcsec_client_call(client, arena, &service_interface, SERVICE_ADD, &args, err);
    if (status == RPCSEC_OK)
        *ret_sum = args.sum;
    rpcsec_arena_free(arena);
    return status;
}

rpcsec_status do_echo(struct rpcsec_client *client, uint32_t len, struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint8_t *data = mem_alloc(len + 1);
    struct echo_args args = {.len = len, .data = data};
    rpcsec_status status = RPCSEC_NO_MEMORY;

    for (uint32_t i = 0; data && i < len; i++)
        data[i] = (uint8_t)(i * 7 + i / 251);
    if (arena && data)
        status =
            rpcsec_client_call(client, arena, &service_interface, SERVICE_ECHO, &args, err);
    if (status == RPCSEC_OK && (args.copy == data || memcmp(args.copy, data, len) != 0))
        status = RPCSEC_INTERNAL;
    mem_free(data);
    rpcsec_arena_free(arena);
    return status;
}

rpcsec_status do_sleep(struct rpcsec_client *client, uint32_t ms, struct rpcsec_error *err)
{
    return do_number(client, SERVICE_SLEEP, ms, err);
}

rpcsec_status do_who(struct rpcsec_client *client, char *out, size_t max,
                     struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct who_args args = {NULL};
    rpcsec_status status = arena ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    if (arena)
        status = rpcsec_client_call(client, arena, &service_interface, SERVICE_WHO, &args, err);
    if (status == RPCSEC_OK)
        snprintf(out, max, "%s", args.text ? args.text : "(null)");
    rpcsec_arena_free(arena);
    return status;
}

/* ---- the server ---- */

static void *run_server(void *arg)
{
    struct test_server *s = arg;

    s->status = rpcsec_server_run(s->server, &s->err);
    return NULL;
}

void test_server_make(struct test_server *s, struct rpcsec_policy *policy)
{
    *s = (struct test_server){.err = RPCSEC_ERROR_INIT};
    assert_ok(rpcsec_server_new(policy, &s->server, NULL));
}

void test_server_run(struct test_server *s, const char *binding)
{
    const char *port;

    assert_ok(rpcsec_server_listen(s->server, binding, NULL));
    snprintf(s->binding, sizeof(s->binding), "%s", rpcsec_server_binding(s->server, 0));
    port = strrchr(s->binding, '[');
    assert_non_null(port);
    s->port = (uint16_t)atoi(port + 1);
    assert_int_equal(pthread_create(&s->thread, NULL, run_server, s), 0);
    s->running = true;
}

void test_server_start(struct test_server *s, struct rpcsec_policy *policy, const char *binding,
                       const struct rpcsec_service_options *options)
{
    const struct rpcsec_service service = {&service_interface, &s->counts};

    test_server_make(s, policy);
    if (options)
        assert_ok(rpcsec_server_add_with(s->server, service, options, NULL));
    else
        assert_ok(rpcsec_server_add(s->server, service, NULL));
    test_server_run(s, binding);
}

void test_server_stop(struct test_server *s)
{
    if (s->running) {
        rpcsec_server_stop(s->server);
        pthread_join(s->thread, NULL);
        s->running = false;
        assert_ok(s->status);
    }
    rpcsec_server_free(s->server);
    s->server = NULL;
}

struct rpcsec_policy *anonymous_policy(void)
{
    struct rpcsec_policy *policy = NULL;

    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_level(policy, RPCSEC_LEVEL_NONE));
    assert_ok(rpcsec_policy_set_anonymous(policy, true));
    return policy;
}

int test_server_connect(const struct test_server *s)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(s->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    return fd;
}
