/* locker_c.c: client stubs, made by rpcsec-idl from locker.idl. Do not edit. */
#include "locker.h"

#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

struct locker_open_args {
    uint32_t number;
    locker_box box;
};

struct locker_read_args {
    locker_box box;
    uint32_t wait_ms;
    uint32_t number;
};

struct locker_close_args {
    locker_box box;
};

struct locker_open_shelf_args {
    uint32_t number;
    locker_shelf shelf;
};

struct locker_read_shelf_args {
    locker_shelf shelf;
    uint32_t wait_ms;
    uint32_t number;
};

struct locker_close_shelf_args {
    locker_shelf shelf;
};

struct locker_next_args {
    locker_box box;
};

struct locker_fail_args {
    locker_box box;
};

struct locker_move_args {
    locker_box from;
    locker_box to;
};

struct locker_raw_args {
    uint32_t number;
    struct rpcsec_context_handle made;
};

struct locker_read_raw_args {
    struct rpcsec_context_handle raw;
    uint32_t number;
};

static const struct rpcsec_ndr_type ndr_locker_box = {
    .kind = RPCSEC_NDR_CONTEXT_HANDLE,
    .align = 4,
    .align64 = 4,
    .wire_min = 20U,
    .wire_min64 = 20U,
    .mem_size = sizeof(locker_box),
    .name = "locker_box",
};

static const struct rpcsec_ndr_type ndr_locker_shelf = {
    .kind = RPCSEC_NDR_CONTEXT_HANDLE,
    .flags = RPCSEC_NDR_FLAG_SHARED,
    .align = 4,
    .align64 = 4,
    .wire_min = 20U,
    .wire_min64 = 20U,
    .mem_size = sizeof(locker_shelf),
    .name = "locker_shelf",
};

static const struct rpcsec_ndr_arg ndr_locker_open_args_list[] = {
    {"number", offsetof(struct locker_open_args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"box", offsetof(struct locker_open_args, box), RPCSEC_NDR_OUT, &ndr_locker_box},
};
RPCSEC_NDR_ASSERT(struct locker_open_args, number, uint32_t);
RPCSEC_NDR_ASSERT(struct locker_open_args, box, locker_box);
static const struct rpcsec_ndr_record ndr_locker_open_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "open",
    .mem_size = sizeof(struct locker_open_args),
    .num_args = 2,
    .args = ndr_locker_open_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_read_args_list[] = {
    {"box", offsetof(struct locker_read_args, box), RPCSEC_NDR_IN, &ndr_locker_box},
    {"wait_ms", offsetof(struct locker_read_args, wait_ms), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"number", offsetof(struct locker_read_args, number), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct locker_read_args, box, locker_box);
RPCSEC_NDR_ASSERT(struct locker_read_args, wait_ms, uint32_t);
RPCSEC_NDR_ASSERT(struct locker_read_args, number, uint32_t);
static const struct rpcsec_ndr_record ndr_locker_read_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "read",
    .mem_size = sizeof(struct locker_read_args),
    .num_args = 3,
    .args = ndr_locker_read_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_close_args_list[] = {
    {"box", offsetof(struct locker_close_args, box), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_locker_box},
};
RPCSEC_NDR_ASSERT(struct locker_close_args, box, locker_box);
static const struct rpcsec_ndr_record ndr_locker_close_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "close",
    .mem_size = sizeof(struct locker_close_args),
    .num_args = 1,
    .args = ndr_locker_close_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_open_shelf_args_list[] = {
    {"number", offsetof(struct locker_open_shelf_args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"shelf", offsetof(struct locker_open_shelf_args, shelf), RPCSEC_NDR_OUT, &ndr_locker_shelf},
};
RPCSEC_NDR_ASSERT(struct locker_open_shelf_args, number, uint32_t);
RPCSEC_NDR_ASSERT(struct locker_open_shelf_args, shelf, locker_shelf);
static const struct rpcsec_ndr_record ndr_locker_open_shelf_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "open_shelf",
    .mem_size = sizeof(struct locker_open_shelf_args),
    .num_args = 2,
    .args = ndr_locker_open_shelf_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_read_shelf_args_list[] = {
    {"shelf", offsetof(struct locker_read_shelf_args, shelf), RPCSEC_NDR_IN, &ndr_locker_shelf},
    {"wait_ms", offsetof(struct locker_read_shelf_args, wait_ms), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"number", offsetof(struct locker_read_shelf_args, number), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct locker_read_shelf_args, shelf, locker_shelf);
RPCSEC_NDR_ASSERT(struct locker_read_shelf_args, wait_ms, uint32_t);
RPCSEC_NDR_ASSERT(struct locker_read_shelf_args, number, uint32_t);
static const struct rpcsec_ndr_record ndr_locker_read_shelf_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "read_shelf",
    .mem_size = sizeof(struct locker_read_shelf_args),
    .num_args = 3,
    .args = ndr_locker_read_shelf_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_close_shelf_args_list[] = {
    {"shelf", offsetof(struct locker_close_shelf_args, shelf), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_locker_shelf},
};
RPCSEC_NDR_ASSERT(struct locker_close_shelf_args, shelf, locker_shelf);
static const struct rpcsec_ndr_record ndr_locker_close_shelf_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "close_shelf",
    .mem_size = sizeof(struct locker_close_shelf_args),
    .num_args = 1,
    .args = ndr_locker_close_shelf_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_next_args_list[] = {
    {"box", offsetof(struct locker_next_args, box), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_locker_box},
};
RPCSEC_NDR_ASSERT(struct locker_next_args, box, locker_box);
static const struct rpcsec_ndr_record ndr_locker_next_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "next",
    .mem_size = sizeof(struct locker_next_args),
    .num_args = 1,
    .args = ndr_locker_next_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_fail_args_list[] = {
    {"box", offsetof(struct locker_fail_args, box), RPCSEC_NDR_OUT, &ndr_locker_box},
};
RPCSEC_NDR_ASSERT(struct locker_fail_args, box, locker_box);
static const struct rpcsec_ndr_record ndr_locker_fail_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "fail",
    .mem_size = sizeof(struct locker_fail_args),
    .num_args = 1,
    .args = ndr_locker_fail_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_move_args_list[] = {
    {"from", offsetof(struct locker_move_args, from), RPCSEC_NDR_IN, &ndr_locker_box},
    {"to", offsetof(struct locker_move_args, to), RPCSEC_NDR_IN, &ndr_locker_box},
};
RPCSEC_NDR_ASSERT(struct locker_move_args, from, locker_box);
RPCSEC_NDR_ASSERT(struct locker_move_args, to, locker_box);
static const struct rpcsec_ndr_record ndr_locker_move_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "move",
    .mem_size = sizeof(struct locker_move_args),
    .num_args = 2,
    .args = ndr_locker_move_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_raw_args_list[] = {
    {"number", offsetof(struct locker_raw_args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"made", offsetof(struct locker_raw_args, made), RPCSEC_NDR_OUT, &rpcsec_ndr_context_handle},
};
RPCSEC_NDR_ASSERT(struct locker_raw_args, number, uint32_t);
RPCSEC_NDR_ASSERT(struct locker_raw_args, made, struct rpcsec_context_handle);
static const struct rpcsec_ndr_record ndr_locker_raw_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "raw",
    .mem_size = sizeof(struct locker_raw_args),
    .num_args = 2,
    .args = ndr_locker_raw_args_list,
};

static const struct rpcsec_ndr_arg ndr_locker_read_raw_args_list[] = {
    {"raw", offsetof(struct locker_read_raw_args, raw), RPCSEC_NDR_IN, &rpcsec_ndr_context_handle},
    {"number", offsetof(struct locker_read_raw_args, number), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct locker_read_raw_args, raw, struct rpcsec_context_handle);
RPCSEC_NDR_ASSERT(struct locker_read_raw_args, number, uint32_t);
static const struct rpcsec_ndr_record ndr_locker_read_raw_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "read_raw",
    .mem_size = sizeof(struct locker_read_raw_args),
    .num_args = 2,
    .args = ndr_locker_read_raw_args_list,
};

static const struct rpcsec_operation locker_operations[] = {
    {"open", 0, &ndr_locker_open_args, NULL},
    {"read", 0, &ndr_locker_read_args, NULL},
    {"close", 0, &ndr_locker_close_args, NULL},
    {"open_shelf", 0, &ndr_locker_open_shelf_args, NULL},
    {"read_shelf", 0, &ndr_locker_read_shelf_args, NULL},
    {"close_shelf", 0, &ndr_locker_close_shelf_args, NULL},
    {"next", 0, &ndr_locker_next_args, NULL},
    {"fail", 0, &ndr_locker_fail_args, NULL},
    {"move", 0, &ndr_locker_move_args, NULL},
    {"raw", 0, &ndr_locker_raw_args, NULL},
    {"read_raw", 0, &ndr_locker_read_raw_args, NULL},
};

const struct rpcsec_interface locker_client_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "locker",
    .id = {{0x6c0cce12, 0x5a0d, 0x4e57, {0x9d, 0x0b}, {0x0e, 0x3a, 0x9f, 0x3f, 0x5a, 0x11}}, 1, 0},
    .operations = locker_operations,
    .num_operations = 11,
};

rpcsec_status locker_open(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    locker_box *ret_box,
    struct rpcsec_error *err)
{
    struct locker_open_args args;
    rpcsec_status status;

    if (!ret_box)
        return rpcsec_client_call(client, arena, &locker_client_interface, 0, NULL, err);
    memset(&args, 0, sizeof(args));
    args.number = number;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_open_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_open_args args;

    memset(&args, 0, sizeof(args));
    args.number = number;
    return rpcsec_client_send(client, &locker_client_interface, 0, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_open_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err)
{
    struct locker_open_args args;
    rpcsec_status status;

    if (!ret_box)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 0, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_read(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box box,
    uint32_t wait_ms,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_client_call(client, arena, &locker_client_interface, 1, NULL, err);
    memset(&args, 0, sizeof(args));
    args.box = box;
    args.wait_ms = wait_ms;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}

rpcsec_status locker_read_send(
    struct rpcsec_client *client,
    locker_box box,
    uint32_t wait_ms,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_read_args args;

    memset(&args, 0, sizeof(args));
    args.box = box;
    args.wait_ms = wait_ms;
    return rpcsec_client_send(client, &locker_client_interface, 1, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_read_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 1, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}

rpcsec_status locker_close(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err)
{
    struct locker_close_args args;
    rpcsec_status status;

    if (!box)
        return rpcsec_client_call(client, arena, &locker_client_interface, 2, NULL, err);
    memset(&args, 0, sizeof(args));
    args.box = *box;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_close_send(
    struct rpcsec_client *client,
    locker_box *box,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_close_args args;

    if (!box)
        return rpcsec_client_send(client, &locker_client_interface, 2, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.box = *box;
    return rpcsec_client_send(client, &locker_client_interface, 2, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_close_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err)
{
    struct locker_close_args args;
    rpcsec_status status;

    if (!box)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 2, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_open_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    locker_shelf *ret_shelf,
    struct rpcsec_error *err)
{
    struct locker_open_shelf_args args;
    rpcsec_status status;

    if (!ret_shelf)
        return rpcsec_client_call(client, arena, &locker_client_interface, 3, NULL, err);
    memset(&args, 0, sizeof(args));
    args.number = number;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_shelf = args.shelf;
    return RPCSEC_OK;
}

rpcsec_status locker_open_shelf_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_open_shelf_args args;

    memset(&args, 0, sizeof(args));
    args.number = number;
    return rpcsec_client_send(client, &locker_client_interface, 3, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_open_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_shelf *ret_shelf,
    struct rpcsec_error *err)
{
    struct locker_open_shelf_args args;
    rpcsec_status status;

    if (!ret_shelf)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 3, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_shelf = args.shelf;
    return RPCSEC_OK;
}

rpcsec_status locker_read_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_shelf shelf,
    uint32_t wait_ms,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_shelf_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_client_call(client, arena, &locker_client_interface, 4, NULL, err);
    memset(&args, 0, sizeof(args));
    args.shelf = shelf;
    args.wait_ms = wait_ms;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}

rpcsec_status locker_read_shelf_send(
    struct rpcsec_client *client,
    locker_shelf shelf,
    uint32_t wait_ms,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_read_shelf_args args;

    memset(&args, 0, sizeof(args));
    args.shelf = shelf;
    args.wait_ms = wait_ms;
    return rpcsec_client_send(client, &locker_client_interface, 4, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_read_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_shelf_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 4, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}

rpcsec_status locker_close_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_shelf *shelf,
    struct rpcsec_error *err)
{
    struct locker_close_shelf_args args;
    rpcsec_status status;

    if (!shelf)
        return rpcsec_client_call(client, arena, &locker_client_interface, 5, NULL, err);
    memset(&args, 0, sizeof(args));
    args.shelf = *shelf;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *shelf = args.shelf;
    return RPCSEC_OK;
}

rpcsec_status locker_close_shelf_send(
    struct rpcsec_client *client,
    locker_shelf *shelf,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_close_shelf_args args;

    if (!shelf)
        return rpcsec_client_send(client, &locker_client_interface, 5, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.shelf = *shelf;
    return rpcsec_client_send(client, &locker_client_interface, 5, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_close_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_shelf *shelf,
    struct rpcsec_error *err)
{
    struct locker_close_shelf_args args;
    rpcsec_status status;

    if (!shelf)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 5, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *shelf = args.shelf;
    return RPCSEC_OK;
}

rpcsec_status locker_next(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err)
{
    struct locker_next_args args;
    rpcsec_status status;

    if (!box)
        return rpcsec_client_call(client, arena, &locker_client_interface, 6, NULL, err);
    memset(&args, 0, sizeof(args));
    args.box = *box;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_next_send(
    struct rpcsec_client *client,
    locker_box *box,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_next_args args;

    if (!box)
        return rpcsec_client_send(client, &locker_client_interface, 6, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.box = *box;
    return rpcsec_client_send(client, &locker_client_interface, 6, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_next_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err)
{
    struct locker_next_args args;
    rpcsec_status status;

    if (!box)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 6, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_fail(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err)
{
    struct locker_fail_args args;
    rpcsec_status status;

    if (!ret_box)
        return rpcsec_client_call(client, arena, &locker_client_interface, 7, NULL, err);
    memset(&args, 0, sizeof(args));
    status = rpcsec_client_call(client, arena, &locker_client_interface, 7, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_fail_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_fail_args args;

    memset(&args, 0, sizeof(args));
    return rpcsec_client_send(client, &locker_client_interface, 7, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_fail_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err)
{
    struct locker_fail_args args;
    rpcsec_status status;

    if (!ret_box)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 7, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 7, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_box = args.box;
    return RPCSEC_OK;
}

rpcsec_status locker_move(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box from,
    locker_box to,
    struct rpcsec_error *err)
{
    struct locker_move_args args;

    memset(&args, 0, sizeof(args));
    args.from = from;
    args.to = to;
    return rpcsec_client_call(client, arena, &locker_client_interface, 8, &args, err);
}

rpcsec_status locker_move_send(
    struct rpcsec_client *client,
    locker_box from,
    locker_box to,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_move_args args;

    memset(&args, 0, sizeof(args));
    args.from = from;
    args.to = to;
    return rpcsec_client_send(client, &locker_client_interface, 8, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_move_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err)
{
    struct locker_move_args args;

    return rpcsec_pending_recv(call, arena, &locker_client_interface, 8, &args, err);
}

rpcsec_status locker_raw(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    struct rpcsec_context_handle *ret_made,
    struct rpcsec_error *err)
{
    struct locker_raw_args args;
    rpcsec_status status;

    if (!ret_made)
        return rpcsec_client_call(client, arena, &locker_client_interface, 9, NULL, err);
    memset(&args, 0, sizeof(args));
    args.number = number;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 9, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_made = args.made;
    return RPCSEC_OK;
}

rpcsec_status locker_raw_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_raw_args args;

    memset(&args, 0, sizeof(args));
    args.number = number;
    return rpcsec_client_send(client, &locker_client_interface, 9, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_raw_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_context_handle *ret_made,
    struct rpcsec_error *err)
{
    struct locker_raw_args args;
    rpcsec_status status;

    if (!ret_made)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 9, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 9, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_made = args.made;
    return RPCSEC_OK;
}

rpcsec_status locker_read_raw(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    struct rpcsec_context_handle raw,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_raw_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_client_call(client, arena, &locker_client_interface, 10, NULL, err);
    memset(&args, 0, sizeof(args));
    args.raw = raw;
    status = rpcsec_client_call(client, arena, &locker_client_interface, 10, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}

rpcsec_status locker_read_raw_send(
    struct rpcsec_client *client,
    struct rpcsec_context_handle raw,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct locker_read_raw_args args;

    memset(&args, 0, sizeof(args));
    args.raw = raw;
    return rpcsec_client_send(client, &locker_client_interface, 10, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status locker_read_raw_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err)
{
    struct locker_read_raw_args args;
    rpcsec_status status;

    if (!ret_number)
        return rpcsec_pending_recv(call, arena, &locker_client_interface, 10, NULL, err);
    status = rpcsec_pending_recv(call, arena, &locker_client_interface, 10, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_number = args.number;
    return RPCSEC_OK;
}
