/* locker_s.c: server stubs, made by rpcsec-idl from locker.idl. Do not edit. */
#include "locker.h"

#include <stddef.h>

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


static rpcsec_status dispatch_locker_open(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_open_args *args = (struct locker_open_args *)args_;

    if (!ops->open)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->open(call, args->number, &args->box);
}

static rpcsec_status dispatch_locker_read(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_read_args *args = (struct locker_read_args *)args_;

    if (!ops->read)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->read(call, args->box, args->wait_ms, &args->number);
}

static rpcsec_status dispatch_locker_close(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_close_args *args = (struct locker_close_args *)args_;

    if (!ops->close)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->close(call, &args->box);
}

static rpcsec_status dispatch_locker_open_shelf(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_open_shelf_args *args = (struct locker_open_shelf_args *)args_;

    if (!ops->open_shelf)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->open_shelf(call, args->number, &args->shelf);
}

static rpcsec_status dispatch_locker_read_shelf(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_read_shelf_args *args = (struct locker_read_shelf_args *)args_;

    if (!ops->read_shelf)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->read_shelf(call, args->shelf, args->wait_ms, &args->number);
}

static rpcsec_status dispatch_locker_close_shelf(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_close_shelf_args *args = (struct locker_close_shelf_args *)args_;

    if (!ops->close_shelf)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->close_shelf(call, &args->shelf);
}

static rpcsec_status dispatch_locker_next(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_next_args *args = (struct locker_next_args *)args_;

    if (!ops->next)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->next(call, &args->box);
}

static rpcsec_status dispatch_locker_fail(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_fail_args *args = (struct locker_fail_args *)args_;

    if (!ops->fail)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->fail(call, &args->box);
}

static rpcsec_status dispatch_locker_move(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_move_args *args = (struct locker_move_args *)args_;

    if (!ops->move)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->move(call, args->from, args->to);
}

static rpcsec_status dispatch_locker_raw(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_raw_args *args = (struct locker_raw_args *)args_;

    if (!ops->raw)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->raw(call, args->number, &args->made);
}

static rpcsec_status dispatch_locker_read_raw(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct locker_ops *ops = (const struct locker_ops *)ops_;
    struct locker_read_raw_args *args = (struct locker_read_raw_args *)args_;

    if (!ops->read_raw)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->read_raw(call, args->raw, &args->number);
}

static const struct rpcsec_operation locker_operations[] = {
    {"open", 0, &ndr_locker_open_args, dispatch_locker_open},
    {"read", 0, &ndr_locker_read_args, dispatch_locker_read},
    {"close", 0, &ndr_locker_close_args, dispatch_locker_close},
    {"open_shelf", 0, &ndr_locker_open_shelf_args, dispatch_locker_open_shelf},
    {"read_shelf", 0, &ndr_locker_read_shelf_args, dispatch_locker_read_shelf},
    {"close_shelf", 0, &ndr_locker_close_shelf_args, dispatch_locker_close_shelf},
    {"next", 0, &ndr_locker_next_args, dispatch_locker_next},
    {"fail", 0, &ndr_locker_fail_args, dispatch_locker_fail},
    {"move", 0, &ndr_locker_move_args, dispatch_locker_move},
    {"raw", 0, &ndr_locker_raw_args, dispatch_locker_raw},
    {"read_raw", 0, &ndr_locker_read_raw_args, dispatch_locker_read_raw},
};

static const struct rpcsec_handle_type locker_handles[] = {
    {"locker_box", offsetof(struct locker_ops, locker_box_rundown)},
    {"locker_shelf", offsetof(struct locker_ops, locker_shelf_rundown)},
    {"context_handle", offsetof(struct locker_ops, context_handle_rundown)},
};

static const struct rpcsec_interface locker_server_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "locker",
    .id = {{0x6c0cce12, 0x5a0d, 0x4e57, {0x9d, 0x0b}, {0x0e, 0x3a, 0x9f, 0x3f, 0x5a, 0x11}}, 1, 0},
    .operations = locker_operations,
    .num_operations = 11,
    .handles = locker_handles,
    .num_handles = 3,
};

struct rpcsec_service locker_interface(const struct locker_ops *ops)
{
    struct rpcsec_service service = {&locker_server_interface, ops};

    return service;
}
