/* epm.h: made by rpcsec-idl from epm.idl. Do not edit. */
#ifndef RPCSEC_IDL_EPM_H
#define RPCSEC_IDL_EPM_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct epm_uuid {
    uint32_t time_low;
    uint16_t time_mid;
    uint16_t time_hi_and_version;
    uint8_t clock_seq[2];
    uint8_t node[6];
} epm_uuid;
typedef epm_uuid *epm_uuid_p;
typedef struct epm_if_id {
    epm_uuid uuid;
    uint16_t vers_major;
    uint16_t vers_minor;
} epm_if_id;
typedef epm_if_id *epm_if_id_p;
typedef struct epm_twr {
    uint32_t tower_length;
    uint8_t tower_octet_string[];
} epm_twr;
typedef epm_twr *epm_twr_p;
#define EPT_MAX_ANNOTATION_SIZE 64
typedef struct epm_entry {
    epm_uuid object;
    epm_twr_p tower;
    char annotation[64];
} epm_entry;
typedef struct epm_lookup_handle {
    struct rpcsec_context_handle handle;
} epm_lookup_handle;
RPCSEC_MUST_USE static inline rpcsec_status epm_lookup_handle_new(struct rpcsec_call *call_,
    void *object_, epm_lookup_handle *ret_handle_)
{
    return rpcsec_call_handle_new(call_, "epm_lookup_handle", object_, &ret_handle_->handle);
}
static inline void *epm_lookup_handle_get(struct rpcsec_call *call_, epm_lookup_handle handle_)
{
    return rpcsec_call_handle_get(call_, "epm_lookup_handle", &handle_.handle);
}
static inline void *epm_lookup_handle_take(struct rpcsec_call *call_, epm_lookup_handle *handle_)
{
    return rpcsec_call_handle_take(call_, "epm_lookup_handle", &handle_->handle);
}

/* ---- Interface epm, version 3.0 ---- */

extern const struct rpcsec_interface epm_client_interface;

RPCSEC_MUST_USE rpcsec_status epm_ept_insert(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t replace,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_insert_send(
    struct rpcsec_client *client,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t replace,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_insert_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_delete(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t num_ents,
    const epm_entry *entries,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_delete_send(
    struct rpcsec_client *client,
    uint32_t num_ents,
    const epm_entry *entries,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_delete_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_lookup(
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
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_lookup_send(
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
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_lookup_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_num_ents,
    epm_entry **ret_entries,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_map(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const epm_uuid *object,
    const epm_twr *map_tower,
    epm_lookup_handle *entry_handle,
    uint32_t max_towers,
    uint32_t *ret_num_towers,
    epm_twr_p **ret_towers,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_map_send(
    struct rpcsec_client *client,
    const epm_uuid *object,
    const epm_twr *map_tower,
    epm_lookup_handle *entry_handle,
    uint32_t max_towers,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_map_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_num_towers,
    epm_twr_p **ret_towers,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_lookup_handle_free(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_lookup_handle_free_send(
    struct rpcsec_client *client,
    epm_lookup_handle *entry_handle,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_lookup_handle_free_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_lookup_handle *entry_handle,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_inq_object(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    epm_uuid *ret_ept_object,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_inq_object_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_inq_object_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    epm_uuid *ret_ept_object,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status epm_ept_mgmt_delete(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t object_speced,
    const epm_uuid *object,
    const epm_twr *tower,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_mgmt_delete_send(
    struct rpcsec_client *client,
    uint32_t object_speced,
    const epm_uuid *object,
    const epm_twr *tower,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status epm_ept_mgmt_delete_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct epm_ops {
    rpcsec_status (*ept_insert)(struct rpcsec_call *call,
        uint32_t num_ents,
        const epm_entry *entries,
        uint32_t replace,
        uint32_t *ret_status);
    rpcsec_status (*ept_delete)(struct rpcsec_call *call,
        uint32_t num_ents,
        const epm_entry *entries,
        uint32_t *ret_status);
    rpcsec_status (*ept_lookup)(struct rpcsec_call *call,
        uint32_t inquiry_type,
        const epm_uuid *object,
        const epm_if_id *interface_id,
        uint32_t vers_option,
        epm_lookup_handle *entry_handle,
        uint32_t max_ents,
        uint32_t *ret_num_ents,
        epm_entry **ret_entries,
        uint32_t *ret_status);
    rpcsec_status (*ept_map)(struct rpcsec_call *call,
        const epm_uuid *object,
        const epm_twr *map_tower,
        epm_lookup_handle *entry_handle,
        uint32_t max_towers,
        uint32_t *ret_num_towers,
        epm_twr_p **ret_towers,
        uint32_t *ret_status);
    rpcsec_status (*ept_lookup_handle_free)(struct rpcsec_call *call,
        epm_lookup_handle *entry_handle,
        uint32_t *ret_status);
    rpcsec_status (*ept_inq_object)(struct rpcsec_call *call,
        epm_uuid *ret_ept_object,
        uint32_t *ret_status);
    rpcsec_status (*ept_mgmt_delete)(struct rpcsec_call *call,
        uint32_t object_speced,
        const epm_uuid *object,
        const epm_twr *tower,
        uint32_t *ret_status);
    /* The client is gone, and left this object; NULL: nothing to do. */
    void (*epm_lookup_handle_rundown)(void *object);
};

struct rpcsec_service epm_interface(const struct epm_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
