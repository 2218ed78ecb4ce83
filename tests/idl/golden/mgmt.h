/* mgmt.h: made by rpcsec-idl from mgmt.idl. Do not edit. */
#ifndef RPCSEC_IDL_MGMT_H
#define RPCSEC_IDL_MGMT_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mgmt_uuid {
    uint32_t time_low;
    uint16_t time_mid;
    uint16_t time_hi_and_version;
    uint8_t clock_seq[2];
    uint8_t node[6];
} mgmt_uuid;
typedef struct mgmt_if_id {
    mgmt_uuid uuid;
    uint16_t vers_major;
    uint16_t vers_minor;
} mgmt_if_id;
typedef mgmt_if_id *mgmt_if_id_p;
typedef struct mgmt_if_id_vector {
    uint32_t count;
    mgmt_if_id_p if_id[];
} mgmt_if_id_vector;
typedef mgmt_if_id_vector *mgmt_if_id_vector_p;

/* ---- Interface mgmt, version 1.0 ---- */

extern const struct rpcsec_interface mgmt_client_interface;

RPCSEC_MUST_USE rpcsec_status mgmt_inq_if_ids(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    mgmt_if_id_vector_p *ret_if_id_vector,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_if_ids_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_if_ids_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    mgmt_if_id_vector_p *ret_if_id_vector,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status mgmt_inq_stats(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t *count,
    uint32_t **ret_statistics,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_stats_send(
    struct rpcsec_client *client,
    uint32_t *count,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_stats_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *count,
    uint32_t **ret_statistics,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status mgmt_is_server_listening(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    uint32_t *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_is_server_listening_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_is_server_listening_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    uint32_t *ret_result,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status mgmt_stop_server_listening(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_stop_server_listening_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_stop_server_listening_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_status,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status mgmt_inq_princ_name(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t authn_proto,
    uint32_t princ_name_size,
    char **ret_princ_name,
    uint32_t *ret_status,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_princ_name_send(
    struct rpcsec_client *client,
    uint32_t authn_proto,
    uint32_t princ_name_size,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status mgmt_inq_princ_name_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    char **ret_princ_name,
    uint32_t *ret_status,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct mgmt_ops {
    rpcsec_status (*inq_if_ids)(struct rpcsec_call *call,
        mgmt_if_id_vector_p *ret_if_id_vector,
        uint32_t *ret_status);
    rpcsec_status (*inq_stats)(struct rpcsec_call *call,
        uint32_t *count,
        uint32_t **ret_statistics,
        uint32_t *ret_status);
    rpcsec_status (*is_server_listening)(struct rpcsec_call *call,
        uint32_t *ret_status,
        uint32_t *ret_result);
    rpcsec_status (*stop_server_listening)(struct rpcsec_call *call,
        uint32_t *ret_status);
    rpcsec_status (*inq_princ_name)(struct rpcsec_call *call,
        uint32_t authn_proto,
        uint32_t princ_name_size,
        char **ret_princ_name,
        uint32_t *ret_status);
};

struct rpcsec_service mgmt_interface(const struct mgmt_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
