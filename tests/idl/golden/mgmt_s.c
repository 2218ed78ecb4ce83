/* mgmt_s.c: server stubs, made by rpcsec-idl from mgmt.idl. Do not edit. */
#include "mgmt.h"

#include <stddef.h>

#include <rpcsec/ndr.h>

struct mgmt_inq_if_ids_args {
    mgmt_if_id_vector_p if_id_vector;
    uint32_t status_;
};

struct mgmt_inq_stats_args {
    uint32_t count;
    uint32_t *statistics;
    uint32_t status_;
};

struct mgmt_is_server_listening_args {
    uint32_t status_;
    uint32_t result;
};

struct mgmt_stop_server_listening_args {
    uint32_t status_;
};

struct mgmt_inq_princ_name_args {
    uint32_t authn_proto;
    uint32_t princ_name_size;
    char *princ_name;
    uint32_t status_;
};

static const struct rpcsec_ndr_type ndr_byte_x2 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 1,
    .align64 = 1,
    .wire_min = 2U,
    .wire_min64 = 2U,
    .mem_size = sizeof(uint8_t[2]),
    .num = 2,
    .of = &rpcsec_ndr_byte,
};

static const struct rpcsec_ndr_type ndr_byte_x6 = {
    .kind = RPCSEC_NDR_FIXED,
    .align = 1,
    .align64 = 1,
    .wire_min = 6U,
    .wire_min64 = 6U,
    .mem_size = sizeof(uint8_t[6]),
    .num = 6,
    .of = &rpcsec_ndr_byte,
};

static const struct rpcsec_ndr_field ndr_mgmt_uuid_fields[] = {
    {"time_low", offsetof(struct mgmt_uuid, time_low), &rpcsec_ndr_u32},
    {"time_mid", offsetof(struct mgmt_uuid, time_mid), &rpcsec_ndr_u16},
    {"time_hi_and_version", offsetof(struct mgmt_uuid, time_hi_and_version), &rpcsec_ndr_u16},
    {"clock_seq", offsetof(struct mgmt_uuid, clock_seq), &ndr_byte_x2},
    {"node", offsetof(struct mgmt_uuid, node), &ndr_byte_x6},
};
RPCSEC_NDR_ASSERT(struct mgmt_uuid, time_low, uint32_t);
RPCSEC_NDR_ASSERT(struct mgmt_uuid, time_mid, uint16_t);
RPCSEC_NDR_ASSERT(struct mgmt_uuid, time_hi_and_version, uint16_t);
RPCSEC_NDR_ASSERT(struct mgmt_uuid, clock_seq, uint8_t[2]);
RPCSEC_NDR_ASSERT(struct mgmt_uuid, node, uint8_t[6]);
static const struct rpcsec_ndr_step ndr_mgmt_uuid_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 16, offsetof(struct mgmt_uuid, time_low), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_mgmt_uuid = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 16U,
    .wire_min64 = 16U,
    .mem_size = sizeof(struct mgmt_uuid),
    .num = 5,
    .name = "mgmt_uuid",
    .fields = ndr_mgmt_uuid_fields,
    .steps = ndr_mgmt_uuid_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct mgmt_uuid, time_low, node, 16) ? 1 : 0,
    .steps_len = 16U,
};

static const struct rpcsec_ndr_field ndr_mgmt_if_id_fields[] = {
    {"uuid", offsetof(struct mgmt_if_id, uuid), &ndr_mgmt_uuid},
    {"vers_major", offsetof(struct mgmt_if_id, vers_major), &rpcsec_ndr_u16},
    {"vers_minor", offsetof(struct mgmt_if_id, vers_minor), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct mgmt_if_id, uuid, struct mgmt_uuid);
RPCSEC_NDR_ASSERT(struct mgmt_if_id, vers_major, uint16_t);
RPCSEC_NDR_ASSERT(struct mgmt_if_id, vers_minor, uint16_t);
static const struct rpcsec_ndr_step ndr_mgmt_if_id_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 20, offsetof(struct mgmt_if_id, uuid.time_low), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_mgmt_if_id = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 20U,
    .wire_min64 = 20U,
    .mem_size = sizeof(struct mgmt_if_id),
    .num = 3,
    .name = "mgmt_if_id",
    .fields = ndr_mgmt_if_id_fields,
    .steps = ndr_mgmt_if_id_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct mgmt_if_id, uuid.time_low, vers_minor, 20) ? 1 : 0,
    .steps_len = 20U,
};

static const struct rpcsec_ndr_type ndr_full_mgmt_if_id = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_mgmt_if_id,
};

static const struct rpcsec_ndr_bounds ndr_mgmt_if_id_vector_if_id_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct mgmt_if_id_vector, count)},
};
static const struct rpcsec_ndr_type ndr_mgmt_if_id_vector_if_id_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_full_mgmt_if_id,
    .bounds = &ndr_mgmt_if_id_vector_if_id_array_bounds,
};

static const struct rpcsec_ndr_field ndr_mgmt_if_id_vector_fields[] = {
    {"count", offsetof(struct mgmt_if_id_vector, count), &rpcsec_ndr_u32},
    {"if_id", offsetof(struct mgmt_if_id_vector, if_id), &ndr_mgmt_if_id_vector_if_id_array},
};
RPCSEC_NDR_ASSERT(struct mgmt_if_id_vector, count, uint32_t);
static const struct rpcsec_ndr_type ndr_mgmt_if_id_vector = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 12U,
    .mem_size = sizeof(struct mgmt_if_id_vector),
    .num = 2,
    .name = "mgmt_if_id_vector",
    .fields = ndr_mgmt_if_id_vector_fields,
};

static const struct rpcsec_ndr_type ndr_full_mgmt_if_id_vector = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_mgmt_if_id_vector,
};

static const struct rpcsec_ndr_bounds ndr_mgmt_inq_stats_statistics_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct mgmt_inq_stats_args, count)},
};
static const struct rpcsec_ndr_type ndr_mgmt_inq_stats_statistics_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_u32,
    .bounds = &ndr_mgmt_inq_stats_statistics_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_mgmt_inq_stats_statistics_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_mgmt_inq_stats_statistics_array,
};

static const struct rpcsec_ndr_bounds ndr_mgmt_inq_princ_name_princ_name_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct mgmt_inq_princ_name_args, princ_name_size)},
};
static const struct rpcsec_ndr_type ndr_mgmt_inq_princ_name_princ_name_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &rpcsec_ndr_char,
    .bounds = &ndr_mgmt_inq_princ_name_princ_name_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_mgmt_inq_princ_name_princ_name_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_mgmt_inq_princ_name_princ_name_array,
};

static const struct rpcsec_ndr_arg ndr_mgmt_inq_if_ids_args_list[] = {
    {"if_id_vector", offsetof(struct mgmt_inq_if_ids_args, if_id_vector), RPCSEC_NDR_OUT, &ndr_full_mgmt_if_id_vector},
    {"status", offsetof(struct mgmt_inq_if_ids_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct mgmt_inq_if_ids_args, if_id_vector, void *);
RPCSEC_NDR_ASSERT(struct mgmt_inq_if_ids_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_mgmt_inq_if_ids_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "inq_if_ids",
    .mem_size = sizeof(struct mgmt_inq_if_ids_args),
    .num_args = 2,
    .args = ndr_mgmt_inq_if_ids_args_list,
};

static const struct rpcsec_ndr_arg ndr_mgmt_inq_stats_args_list[] = {
    {"count", offsetof(struct mgmt_inq_stats_args, count), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
    {"statistics", offsetof(struct mgmt_inq_stats_args, statistics), RPCSEC_NDR_OUT, &ndr_ref_mgmt_inq_stats_statistics_array},
    {"status", offsetof(struct mgmt_inq_stats_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct mgmt_inq_stats_args, count, uint32_t);
RPCSEC_NDR_ASSERT(struct mgmt_inq_stats_args, statistics, void *);
RPCSEC_NDR_ASSERT(struct mgmt_inq_stats_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_mgmt_inq_stats_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "inq_stats",
    .mem_size = sizeof(struct mgmt_inq_stats_args),
    .num_args = 3,
    .args = ndr_mgmt_inq_stats_args_list,
};

static const struct rpcsec_ndr_arg ndr_mgmt_is_server_listening_args_list[] = {
    {"status", offsetof(struct mgmt_is_server_listening_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
    {"result", offsetof(struct mgmt_is_server_listening_args, result), RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_u32},
};
RPCSEC_NDR_ASSERT(struct mgmt_is_server_listening_args, status_, uint32_t);
RPCSEC_NDR_ASSERT(struct mgmt_is_server_listening_args, result, uint32_t);
static const struct rpcsec_ndr_record ndr_mgmt_is_server_listening_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "is_server_listening",
    .mem_size = sizeof(struct mgmt_is_server_listening_args),
    .num_args = 2,
    .args = ndr_mgmt_is_server_listening_args_list,
};

static const struct rpcsec_ndr_arg ndr_mgmt_stop_server_listening_args_list[] = {
    {"status", offsetof(struct mgmt_stop_server_listening_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct mgmt_stop_server_listening_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_mgmt_stop_server_listening_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "stop_server_listening",
    .mem_size = sizeof(struct mgmt_stop_server_listening_args),
    .num_args = 1,
    .args = ndr_mgmt_stop_server_listening_args_list,
};

static const struct rpcsec_ndr_arg ndr_mgmt_inq_princ_name_args_list[] = {
    {"authn_proto", offsetof(struct mgmt_inq_princ_name_args, authn_proto), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"princ_name_size", offsetof(struct mgmt_inq_princ_name_args, princ_name_size), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"princ_name", offsetof(struct mgmt_inq_princ_name_args, princ_name), RPCSEC_NDR_OUT, &ndr_ref_mgmt_inq_princ_name_princ_name_array},
    {"status", offsetof(struct mgmt_inq_princ_name_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct mgmt_inq_princ_name_args, authn_proto, uint32_t);
RPCSEC_NDR_ASSERT(struct mgmt_inq_princ_name_args, princ_name_size, uint32_t);
RPCSEC_NDR_ASSERT(struct mgmt_inq_princ_name_args, princ_name, void *);
RPCSEC_NDR_ASSERT(struct mgmt_inq_princ_name_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_mgmt_inq_princ_name_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "inq_princ_name",
    .mem_size = sizeof(struct mgmt_inq_princ_name_args),
    .num_args = 4,
    .args = ndr_mgmt_inq_princ_name_args_list,
};


static rpcsec_status dispatch_mgmt_inq_if_ids(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct mgmt_ops *ops = (const struct mgmt_ops *)ops_;
    struct mgmt_inq_if_ids_args *args = (struct mgmt_inq_if_ids_args *)args_;

    if (!ops->inq_if_ids)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->inq_if_ids(call, &args->if_id_vector, &args->status_);
}

static rpcsec_status dispatch_mgmt_inq_stats(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct mgmt_ops *ops = (const struct mgmt_ops *)ops_;
    struct mgmt_inq_stats_args *args = (struct mgmt_inq_stats_args *)args_;

    if (!ops->inq_stats)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->inq_stats(call, &args->count, &args->statistics, &args->status_);
}

static rpcsec_status dispatch_mgmt_is_server_listening(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct mgmt_ops *ops = (const struct mgmt_ops *)ops_;
    struct mgmt_is_server_listening_args *args = (struct mgmt_is_server_listening_args *)args_;

    if (!ops->is_server_listening)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->is_server_listening(call, &args->status_, &args->result);
}

static rpcsec_status dispatch_mgmt_stop_server_listening(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct mgmt_ops *ops = (const struct mgmt_ops *)ops_;
    struct mgmt_stop_server_listening_args *args = (struct mgmt_stop_server_listening_args *)args_;

    if (!ops->stop_server_listening)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->stop_server_listening(call, &args->status_);
}

static rpcsec_status dispatch_mgmt_inq_princ_name(struct rpcsec_call *call, const void *ops_,
                                 void *args_)
{
    const struct mgmt_ops *ops = (const struct mgmt_ops *)ops_;
    struct mgmt_inq_princ_name_args *args = (struct mgmt_inq_princ_name_args *)args_;

    if (!ops->inq_princ_name)
        return rpcsec_call_fault(call, 0x1c010002);
    return ops->inq_princ_name(call, args->authn_proto, args->princ_name_size, &args->princ_name, &args->status_);
}

static const struct rpcsec_operation mgmt_operations[] = {
    {"inq_if_ids", 0, &ndr_mgmt_inq_if_ids_args, dispatch_mgmt_inq_if_ids},
    {"inq_stats", 0, &ndr_mgmt_inq_stats_args, dispatch_mgmt_inq_stats},
    {"is_server_listening", 0, &ndr_mgmt_is_server_listening_args, dispatch_mgmt_is_server_listening},
    {"stop_server_listening", 0, &ndr_mgmt_stop_server_listening_args, dispatch_mgmt_stop_server_listening},
    {"inq_princ_name", 0, &ndr_mgmt_inq_princ_name_args, dispatch_mgmt_inq_princ_name},
};

static const struct rpcsec_interface mgmt_server_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "mgmt",
    .id = {{0xafa8bd80, 0x7d8a, 0x11c9, {0xbe, 0xf4}, {0x08, 0x00, 0x2b, 0x10, 0x29, 0x89}}, 1, 0},
    .operations = mgmt_operations,
    .num_operations = 5,
};

struct rpcsec_service mgmt_interface(const struct mgmt_ops *ops)
{
    struct rpcsec_service service = {&mgmt_server_interface, ops};

    return service;
}
