/* SPDX-License-Identifier: MIT
 *
 * soak/soak.c: the tables of the soak interface, written by hand.
 */
#include <stddef.h>

#include "soak/soak.h"

static const struct rpcsec_ndr_arg arg_list[] = {
    {"number", offsetof(struct soak_args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"turned", offsetof(struct soak_args, turned), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
static const struct rpcsec_ndr_record record = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "note",
    .mem_size = sizeof(struct soak_args),
    .num_args = 2,
    .args = arg_list,
};

static rpcsec_status serve(struct rpcsec_call *call, const void *ops, void *args, bool again)
{
    const struct soak_ops *o = ops;
    struct soak_args *a = args;

    a->turned = ~a->number;
    return o->note(call, o, a->number, again);
}

static rpcsec_status serve_note(struct rpcsec_call *call, const void *ops, void *args)
{
    return serve(call, ops, args, false);
}

static rpcsec_status serve_again(struct rpcsec_call *call, const void *ops, void *args)
{
    return serve(call, ops, args, true);
}

static const struct rpcsec_operation operations[] = {
    [SOAK_NOTE] = {"note", 0, &record, serve_note},
    [SOAK_AGAIN] = {"again", RPCSEC_OPERATION_IDEMPOTENT, &record, serve_again},
};

const struct rpcsec_interface soak_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "soak",
    .id = {.uuid = {.time_low = 0x50a4c0de, .node = {1, 2, 3, 4, 5, 6}}, .major = 1},
    .operations = operations,
    .num_operations = 2,
};
