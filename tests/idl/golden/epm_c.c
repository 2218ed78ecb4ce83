/* epm_c.c: client stubs, made by rpcsec-idl from epm.idl. Do not edit. */
#include "epm.h"

#include <stddef.h>
#include <string.h>

#include <rpcsec/ndr.h>

struct epm_ept_insert_args {
    uint32_t num_ents;
    const epm_entry *entries;
    uint32_t replace;
    uint32_t status_;
};

struct epm_ept_delete_args {
    uint32_t num_ents;
    const epm_entry *entries;
    uint32_t status_;
};

struct epm_ept_lookup_args {
    uint32_t inquiry_type;
    const epm_uuid *object;
    const epm_if_id *interface_id;
    uint32_t vers_option;
    epm_lookup_handle entry_handle;
    uint32_t max_ents;
    uint32_t num_ents;
    epm_entry *entries;
    uint32_t status_;
};

struct epm_ept_map_args {
    const epm_uuid *object;
    const epm_twr *map_tower;
    epm_lookup_handle entry_handle;
    uint32_t max_towers;
    uint32_t num_towers;
    epm_twr_p *towers;
    uint32_t status_;
};

struct epm_ept_lookup_handle_free_args {
    epm_lookup_handle entry_handle;
    uint32_t status_;
};

struct epm_ept_inq_object_args {
    epm_uuid ept_object;
    uint32_t status_;
};

struct epm_ept_mgmt_delete_args {
    uint32_t object_speced;
    const epm_uuid *object;
    const epm_twr *tower;
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

static const struct rpcsec_ndr_field ndr_epm_uuid_fields[] = {
    {"time_low", offsetof(struct epm_uuid, time_low), &rpcsec_ndr_u32},
    {"time_mid", offsetof(struct epm_uuid, time_mid), &rpcsec_ndr_u16},
    {"time_hi_and_version", offsetof(struct epm_uuid, time_hi_and_version), &rpcsec_ndr_u16},
    {"clock_seq", offsetof(struct epm_uuid, clock_seq), &ndr_byte_x2},
    {"node", offsetof(struct epm_uuid, node), &ndr_byte_x6},
};
RPCSEC_NDR_ASSERT(struct epm_uuid, time_low, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_uuid, time_mid, uint16_t);
RPCSEC_NDR_ASSERT(struct epm_uuid, time_hi_and_version, uint16_t);
RPCSEC_NDR_ASSERT(struct epm_uuid, clock_seq, uint8_t[2]);
RPCSEC_NDR_ASSERT(struct epm_uuid, node, uint8_t[6]);
static const struct rpcsec_ndr_step ndr_epm_uuid_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 16, offsetof(struct epm_uuid, time_low), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_epm_uuid = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 16U,
    .wire_min64 = 16U,
    .mem_size = sizeof(struct epm_uuid),
    .num = 5,
    .name = "epm_uuid",
    .fields = ndr_epm_uuid_fields,
    .steps = ndr_epm_uuid_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct epm_uuid, time_low, node, 16) ? 1 : 0,
    .steps_len = 16U,
};

static const struct rpcsec_ndr_range ndr_epm_twr_tower_length_range = {0, 2000};
static const struct rpcsec_ndr_type ndr_epm_twr_tower_length = {
    .kind = RPCSEC_NDR_U32,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 4U,
    .mem_size = sizeof(uint32_t),
    .range = &ndr_epm_twr_tower_length_range,
};

static const struct rpcsec_ndr_bounds ndr_epm_twr_tower_octet_string_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_twr, tower_length)},
};
static const struct rpcsec_ndr_type ndr_epm_twr_tower_octet_string_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 1,
    .align64 = 1,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &rpcsec_ndr_byte,
    .bounds = &ndr_epm_twr_tower_octet_string_array_bounds,
};

static const struct rpcsec_ndr_field ndr_epm_twr_fields[] = {
    {"tower_length", offsetof(struct epm_twr, tower_length), &ndr_epm_twr_tower_length},
    {"tower_octet_string", offsetof(struct epm_twr, tower_octet_string), &ndr_epm_twr_tower_octet_string_array},
};
RPCSEC_NDR_ASSERT(struct epm_twr, tower_length, uint32_t);
static const struct rpcsec_ndr_step ndr_epm_twr_steps[] = {
    {RPCSEC_NDR_STEP_SCALAR, 4, 0, offsetof(struct epm_twr, tower_length), 0, &ndr_epm_twr_tower_length},
};
static const struct rpcsec_ndr_type ndr_epm_twr = {
    .kind = RPCSEC_NDR_STRUCT,
    .flags = RPCSEC_NDR_FLAG_CONFORMANT,
    .align = 4,
    .align64 = 4,
    .wire_min = 8U,
    .wire_min64 = 12U,
    .mem_size = sizeof(struct epm_twr),
    .num = 2,
    .name = "epm_twr",
    .fields = ndr_epm_twr_fields,
    .steps = ndr_epm_twr_steps,
    .num_steps = 1,
};

static const struct rpcsec_ndr_type ndr_full_epm_twr = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_twr,
};

static const struct rpcsec_ndr_type ndr_char_string = {
    .kind = RPCSEC_NDR_VARYING,
    .flags = RPCSEC_NDR_FLAG_STRING,
    .align = 4,
    .align64 = 8,
    .wire_min = 8U,
    .wire_min64 = 16U,
    .mem_size = sizeof(char[64]),
    .num = 64,
    .of = &rpcsec_ndr_char,
};

static const struct rpcsec_ndr_field ndr_epm_entry_fields[] = {
    {"object", offsetof(struct epm_entry, object), &ndr_epm_uuid},
    {"tower", offsetof(struct epm_entry, tower), &ndr_full_epm_twr},
    {"annotation", offsetof(struct epm_entry, annotation), &ndr_char_string},
};
RPCSEC_NDR_ASSERT(struct epm_entry, object, struct epm_uuid);
RPCSEC_NDR_ASSERT(struct epm_entry, tower, void *);
RPCSEC_NDR_ASSERT(struct epm_entry, annotation, char[64]);
static const struct rpcsec_ndr_type ndr_epm_entry = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 8,
    .wire_min = 28U,
    .wire_min64 = 40U,
    .mem_size = sizeof(struct epm_entry),
    .num = 3,
    .name = "epm_entry",
    .fields = ndr_epm_entry_fields,
};

static const struct rpcsec_ndr_bounds ndr_epm_ept_insert_entries_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_insert_args, num_ents)},
};
static const struct rpcsec_ndr_type ndr_epm_ept_insert_entries_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_epm_entry,
    .bounds = &ndr_epm_ept_insert_entries_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_epm_ept_insert_entries_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_ept_insert_entries_array,
};

static const struct rpcsec_ndr_bounds ndr_epm_ept_delete_entries_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_delete_args, num_ents)},
};
static const struct rpcsec_ndr_type ndr_epm_ept_delete_entries_array = {
    .kind = RPCSEC_NDR_CONFORMANT,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .of = &ndr_epm_entry,
    .bounds = &ndr_epm_ept_delete_entries_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_epm_ept_delete_entries_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_ept_delete_entries_array,
};

static const struct rpcsec_ndr_type ndr_full_epm_uuid = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_uuid,
};

static const struct rpcsec_ndr_field ndr_epm_if_id_fields[] = {
    {"uuid", offsetof(struct epm_if_id, uuid), &ndr_epm_uuid},
    {"vers_major", offsetof(struct epm_if_id, vers_major), &rpcsec_ndr_u16},
    {"vers_minor", offsetof(struct epm_if_id, vers_minor), &rpcsec_ndr_u16},
};
RPCSEC_NDR_ASSERT(struct epm_if_id, uuid, struct epm_uuid);
RPCSEC_NDR_ASSERT(struct epm_if_id, vers_major, uint16_t);
RPCSEC_NDR_ASSERT(struct epm_if_id, vers_minor, uint16_t);
static const struct rpcsec_ndr_step ndr_epm_if_id_steps[] = {
    {RPCSEC_NDR_STEP_RUN, 4, 20, offsetof(struct epm_if_id, uuid.time_low), 0, NULL},
};
static const struct rpcsec_ndr_type ndr_epm_if_id = {
    .kind = RPCSEC_NDR_STRUCT,
    .align = 4,
    .align64 = 4,
    .wire_min = 20U,
    .wire_min64 = 20U,
    .mem_size = sizeof(struct epm_if_id),
    .num = 3,
    .name = "epm_if_id",
    .fields = ndr_epm_if_id_fields,
    .steps = ndr_epm_if_id_steps,
    .num_steps = RPCSEC_NDR_FILLS(struct epm_if_id, uuid.time_low, vers_minor, 20) ? 1 : 0,
    .steps_len = 20U,
};

static const struct rpcsec_ndr_type ndr_full_epm_if_id = {
    .kind = RPCSEC_NDR_FULL,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_if_id,
};

static const struct rpcsec_ndr_type ndr_epm_lookup_handle = {
    .kind = RPCSEC_NDR_CONTEXT_HANDLE,
    .align = 4,
    .align64 = 4,
    .wire_min = 20U,
    .wire_min64 = 20U,
    .mem_size = sizeof(epm_lookup_handle),
    .name = "epm_lookup_handle",
};

static const struct rpcsec_ndr_range ndr_epm_ept_lookup_max_ents_range = {0, 500};
static const struct rpcsec_ndr_type ndr_epm_ept_lookup_max_ents = {
    .kind = RPCSEC_NDR_U32,
    .align = 4,
    .align64 = 4,
    .wire_min = 4U,
    .wire_min64 = 4U,
    .mem_size = sizeof(uint32_t),
    .range = &ndr_epm_ept_lookup_max_ents_range,
};

static const struct rpcsec_ndr_bounds ndr_epm_ept_lookup_entries_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_lookup_args, max_ents)},
    .length = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_lookup_args, num_ents)},
};
static const struct rpcsec_ndr_type ndr_epm_ept_lookup_entries_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &ndr_epm_entry,
    .bounds = &ndr_epm_ept_lookup_entries_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_epm_ept_lookup_entries_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_ept_lookup_entries_array,
};

static const struct rpcsec_ndr_bounds ndr_epm_ept_map_towers_array_bounds = {
    .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_map_args, max_towers)},
    .length = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32, .offset = offsetof(struct epm_ept_map_args, num_towers)},
};
static const struct rpcsec_ndr_type ndr_epm_ept_map_towers_array = {
    .kind = RPCSEC_NDR_CONFORMANT_VARYING,
    .align = 4,
    .align64 = 8,
    .wire_min = 12U,
    .wire_min64 = 24U,
    .of = &ndr_full_epm_twr,
    .bounds = &ndr_epm_ept_map_towers_array_bounds,
};

static const struct rpcsec_ndr_type ndr_ref_epm_ept_map_towers_array = {
    .kind = RPCSEC_NDR_REF,
    .align = 4,
    .align64 = 8,
    .wire_min = 4U,
    .wire_min64 = 8U,
    .mem_size = sizeof(void *),
    .of = &ndr_epm_ept_map_towers_array,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_insert_args_list[] = {
    {"num_ents", offsetof(struct epm_ept_insert_args, num_ents), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"entries", offsetof(struct epm_ept_insert_args, entries), RPCSEC_NDR_IN, &ndr_ref_epm_ept_insert_entries_array},
    {"replace", offsetof(struct epm_ept_insert_args, replace), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"status", offsetof(struct epm_ept_insert_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_insert_args, num_ents, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_insert_args, entries, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_insert_args, replace, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_insert_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_insert_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_insert",
    .mem_size = sizeof(struct epm_ept_insert_args),
    .num_args = 4,
    .args = ndr_epm_ept_insert_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_delete_args_list[] = {
    {"num_ents", offsetof(struct epm_ept_delete_args, num_ents), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"entries", offsetof(struct epm_ept_delete_args, entries), RPCSEC_NDR_IN, &ndr_ref_epm_ept_delete_entries_array},
    {"status", offsetof(struct epm_ept_delete_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_delete_args, num_ents, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_delete_args, entries, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_delete_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_delete_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_delete",
    .mem_size = sizeof(struct epm_ept_delete_args),
    .num_args = 3,
    .args = ndr_epm_ept_delete_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_lookup_args_list[] = {
    {"inquiry_type", offsetof(struct epm_ept_lookup_args, inquiry_type), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"object", offsetof(struct epm_ept_lookup_args, object), RPCSEC_NDR_IN, &ndr_full_epm_uuid},
    {"interface_id", offsetof(struct epm_ept_lookup_args, interface_id), RPCSEC_NDR_IN, &ndr_full_epm_if_id},
    {"vers_option", offsetof(struct epm_ept_lookup_args, vers_option), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"entry_handle", offsetof(struct epm_ept_lookup_args, entry_handle), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_epm_lookup_handle},
    {"max_ents", offsetof(struct epm_ept_lookup_args, max_ents), RPCSEC_NDR_IN, &ndr_epm_ept_lookup_max_ents},
    {"num_ents", offsetof(struct epm_ept_lookup_args, num_ents), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
    {"entries", offsetof(struct epm_ept_lookup_args, entries), RPCSEC_NDR_OUT, &ndr_ref_epm_ept_lookup_entries_array},
    {"status", offsetof(struct epm_ept_lookup_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, inquiry_type, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, object, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, interface_id, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, vers_option, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, entry_handle, epm_lookup_handle);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, max_ents, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, num_ents, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, entries, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_lookup_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_lookup",
    .mem_size = sizeof(struct epm_ept_lookup_args),
    .num_args = 9,
    .args = ndr_epm_ept_lookup_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_map_args_list[] = {
    {"object", offsetof(struct epm_ept_map_args, object), RPCSEC_NDR_IN, &ndr_full_epm_uuid},
    {"map_tower", offsetof(struct epm_ept_map_args, map_tower), RPCSEC_NDR_IN, &ndr_full_epm_twr},
    {"entry_handle", offsetof(struct epm_ept_map_args, entry_handle), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_epm_lookup_handle},
    {"max_towers", offsetof(struct epm_ept_map_args, max_towers), RPCSEC_NDR_IN, &ndr_epm_ept_lookup_max_ents},
    {"num_towers", offsetof(struct epm_ept_map_args, num_towers), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
    {"towers", offsetof(struct epm_ept_map_args, towers), RPCSEC_NDR_OUT, &ndr_ref_epm_ept_map_towers_array},
    {"status", offsetof(struct epm_ept_map_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, object, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, map_tower, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, entry_handle, epm_lookup_handle);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, max_towers, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, num_towers, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, towers, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_map_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_map_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_map",
    .mem_size = sizeof(struct epm_ept_map_args),
    .num_args = 7,
    .args = ndr_epm_ept_map_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_lookup_handle_free_args_list[] = {
    {"entry_handle", offsetof(struct epm_ept_lookup_handle_free_args, entry_handle), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &ndr_epm_lookup_handle},
    {"status", offsetof(struct epm_ept_lookup_handle_free_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_handle_free_args, entry_handle, epm_lookup_handle);
RPCSEC_NDR_ASSERT(struct epm_ept_lookup_handle_free_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_lookup_handle_free_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_lookup_handle_free",
    .mem_size = sizeof(struct epm_ept_lookup_handle_free_args),
    .num_args = 2,
    .args = ndr_epm_ept_lookup_handle_free_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_inq_object_args_list[] = {
    {"ept_object", offsetof(struct epm_ept_inq_object_args, ept_object), RPCSEC_NDR_OUT, &ndr_epm_uuid},
    {"status", offsetof(struct epm_ept_inq_object_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_inq_object_args, ept_object, struct epm_uuid);
RPCSEC_NDR_ASSERT(struct epm_ept_inq_object_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_inq_object_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_inq_object",
    .mem_size = sizeof(struct epm_ept_inq_object_args),
    .num_args = 2,
    .args = ndr_epm_ept_inq_object_args_list,
};

static const struct rpcsec_ndr_arg ndr_epm_ept_mgmt_delete_args_list[] = {
    {"object_speced", offsetof(struct epm_ept_mgmt_delete_args, object_speced), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"object", offsetof(struct epm_ept_mgmt_delete_args, object), RPCSEC_NDR_IN, &ndr_full_epm_uuid},
    {"tower", offsetof(struct epm_ept_mgmt_delete_args, tower), RPCSEC_NDR_IN, &ndr_full_epm_twr},
    {"status", offsetof(struct epm_ept_mgmt_delete_args, status_), RPCSEC_NDR_OUT, &rpcsec_ndr_error_status},
};
RPCSEC_NDR_ASSERT(struct epm_ept_mgmt_delete_args, object_speced, uint32_t);
RPCSEC_NDR_ASSERT(struct epm_ept_mgmt_delete_args, object, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_mgmt_delete_args, tower, void *);
RPCSEC_NDR_ASSERT(struct epm_ept_mgmt_delete_args, status_, uint32_t);
static const struct rpcsec_ndr_record ndr_epm_ept_mgmt_delete_args = {
    .version = RPCSEC_NDR_TABLE_VERSION,
    .name = "ept_mgmt_delete",
    .mem_size = sizeof(struct epm_ept_mgmt_delete_args),
    .num_args = 4,
    .args = ndr_epm_ept_mgmt_delete_args_list,
};

static const struct rpcsec_operation epm_operations[] = {
    {"ept_insert", 0, &ndr_epm_ept_insert_args, NULL},
    {"ept_delete", 0, &ndr_epm_ept_delete_args, NULL},
    {"ept_lookup", 0, &ndr_epm_ept_lookup_args, NULL},
    {"ept_map", 0, &ndr_epm_ept_map_args, NULL},
    {"ept_lookup_handle_free", 0, &ndr_epm_ept_lookup_handle_free_args, NULL},
    {"ept_inq_object", 0, &ndr_epm_ept_inq_object_args, NULL},
    {"ept_mgmt_delete", 0, &ndr_epm_ept_mgmt_delete_args, NULL},
};

const struct rpcsec_interface epm_client_interface = {
    .table_version = RPCSEC_INTERFACE_VERSION,
    .name = "epm",
    .id = {{0xe1af8308, 0x5d1f, 0x11c9, {0x91, 0xa4}, {0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa}}, 3, 0},
    .operations = epm_operations,
    .num_operations = 7,
};

rpcsec_status epm_ept_insert(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t replace,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_insert_args args;
    rpcsec_status status;

    if (!entries || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 0, NULL, err);
    memset(&args, 0, sizeof(args));
    args.num_ents = num_ents;
    args.entries = entries;
    args.replace = replace;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_insert_send(
    struct rpcsec_client *client,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t replace,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_insert_args args;

    if (!entries)
        return rpcsec_client_send(client, &epm_client_interface, 0, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.num_ents = num_ents;
    args.entries = entries;
    args.replace = replace;
    return rpcsec_client_send(client, &epm_client_interface, 0, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_insert_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_insert_args args;
    rpcsec_status status;

    if (!ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 0, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 0, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_delete(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_delete_args args;
    rpcsec_status status;

    if (!entries || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 1, NULL, err);
    memset(&args, 0, sizeof(args));
    args.num_ents = num_ents;
    args.entries = entries;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_delete_send(
    struct rpcsec_client *client,
    uint32_t num_ents,
    const epm_entry *entries,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_delete_args args;

    if (!entries)
        return rpcsec_client_send(client, &epm_client_interface, 1, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.num_ents = num_ents;
    args.entries = entries;
    return rpcsec_client_send(client, &epm_client_interface, 1, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_delete_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_delete_args args;
    rpcsec_status status;

    if (!ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 1, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 1, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_lookup(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t inquiry_type,
    const epm_uuid *object,
    const epm_if_id *interface_id,
    uint32_t vers_option,
    epm_lookup_handle *entry_handle,
    uint32_t max_ents,
    uint32_t *ret_num_ents,
    epm_entry **ret_entries,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_num_ents || !ret_entries || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 2, NULL, err);
    memset(&args, 0, sizeof(args));
    args.inquiry_type = inquiry_type;
    args.object = object;
    args.interface_id = interface_id;
    args.vers_option = vers_option;
    args.entry_handle = *entry_handle;
    args.max_ents = max_ents;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_num_ents = args.num_ents;
    *ret_entries = args.entries;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_lookup_send(
    struct rpcsec_client *client,
    uint32_t inquiry_type,
    const epm_uuid *object,
    const epm_if_id *interface_id,
    uint32_t vers_option,
    epm_lookup_handle *entry_handle,
    uint32_t max_ents,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_args args;

    if (!entry_handle)
        return rpcsec_client_send(client, &epm_client_interface, 2, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.inquiry_type = inquiry_type;
    args.object = object;
    args.interface_id = interface_id;
    args.vers_option = vers_option;
    args.entry_handle = *entry_handle;
    args.max_ents = max_ents;
    return rpcsec_client_send(client, &epm_client_interface, 2, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_lookup_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_num_ents,
    epm_entry **ret_entries,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_num_ents || !ret_entries || !ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 2, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 2, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_num_ents = args.num_ents;
    *ret_entries = args.entries;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_map(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const epm_uuid *object,
    const epm_twr *map_tower,
    epm_lookup_handle *entry_handle,
    uint32_t max_towers,
    uint32_t *ret_num_towers,
    epm_twr_p **ret_towers,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_map_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_num_towers || !ret_towers || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 3, NULL, err);
    memset(&args, 0, sizeof(args));
    args.object = object;
    args.map_tower = map_tower;
    args.entry_handle = *entry_handle;
    args.max_towers = max_towers;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_num_towers = args.num_towers;
    *ret_towers = args.towers;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_map_send(
    struct rpcsec_client *client,
    const epm_uuid *object,
    const epm_twr *map_tower,
    epm_lookup_handle *entry_handle,
    uint32_t max_towers,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_map_args args;

    if (!entry_handle)
        return rpcsec_client_send(client, &epm_client_interface, 3, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.object = object;
    args.map_tower = map_tower;
    args.entry_handle = *entry_handle;
    args.max_towers = max_towers;
    return rpcsec_client_send(client, &epm_client_interface, 3, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_map_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_num_towers,
    epm_twr_p **ret_towers,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_map_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_num_towers || !ret_towers || !ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 3, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 3, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_num_towers = args.num_towers;
    *ret_towers = args.towers;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_lookup_handle_free(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_handle_free_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 4, NULL, err);
    memset(&args, 0, sizeof(args));
    args.entry_handle = *entry_handle;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_lookup_handle_free_send(
    struct rpcsec_client *client,
    epm_lookup_handle *entry_handle,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_handle_free_args args;

    if (!entry_handle)
        return rpcsec_client_send(client, &epm_client_interface, 4, NULL, done, done_arg,
                              ret_call, err);
    memset(&args, 0, sizeof(args));
    args.entry_handle = *entry_handle;
    return rpcsec_client_send(client, &epm_client_interface, 4, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_lookup_handle_free_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_lookup_handle_free_args args;
    rpcsec_status status;

    if (!entry_handle || !ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 4, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 4, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *entry_handle = args.entry_handle;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_inq_object(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    epm_uuid *ret_ept_object,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_inq_object_args args;
    rpcsec_status status;

    if (!ret_ept_object || !ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 5, NULL, err);
    memset(&args, 0, sizeof(args));
    status = rpcsec_client_call(client, arena, &epm_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_ept_object = args.ept_object;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_inq_object_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_inq_object_args args;

    memset(&args, 0, sizeof(args));
    return rpcsec_client_send(client, &epm_client_interface, 5, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_inq_object_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_uuid *ret_ept_object,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_inq_object_args args;
    rpcsec_status status;

    if (!ret_ept_object || !ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 5, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 5, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_ept_object = args.ept_object;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_mgmt_delete(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t object_speced,
    const epm_uuid *object,
    const epm_twr *tower,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_mgmt_delete_args args;
    rpcsec_status status;

    if (!ret_status)
        return rpcsec_client_call(client, arena, &epm_client_interface, 6, NULL, err);
    memset(&args, 0, sizeof(args));
    args.object_speced = object_speced;
    args.object = object;
    args.tower = tower;
    status = rpcsec_client_call(client, arena, &epm_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}

rpcsec_status epm_ept_mgmt_delete_send(
    struct rpcsec_client *client,
    uint32_t object_speced,
    const epm_uuid *object,
    const epm_twr *tower,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err)
{
    struct epm_ept_mgmt_delete_args args;

    memset(&args, 0, sizeof(args));
    args.object_speced = object_speced;
    args.object = object;
    args.tower = tower;
    return rpcsec_client_send(client, &epm_client_interface, 6, &args, done, done_arg,
                              ret_call, err);
}

rpcsec_status epm_ept_mgmt_delete_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err)
{
    struct epm_ept_mgmt_delete_args args;
    rpcsec_status status;

    if (!ret_status)
        return rpcsec_pending_recv(call, arena, &epm_client_interface, 6, NULL, err);
    status = rpcsec_pending_recv(call, arena, &epm_client_interface, 6, &args, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_status = args.status_;
    return RPCSEC_OK;
}
