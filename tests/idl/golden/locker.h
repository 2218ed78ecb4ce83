/* locker.h: made by rpcsec-idl from locker.idl. Do not edit. */
#ifndef RPCSEC_IDL_LOCKER_H
#define RPCSEC_IDL_LOCKER_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct locker_box {
    struct rpcsec_context_handle handle;
} locker_box;
RPCSEC_MUST_USE static inline rpcsec_status locker_box_new(struct rpcsec_call *call_,
    void *object_, locker_box *ret_handle_)
{
    return rpcsec_call_handle_new(call_, "locker_box", object_, &ret_handle_->handle);
}
static inline void *locker_box_get(struct rpcsec_call *call_, locker_box handle_)
{
    return rpcsec_call_handle_get(call_, "locker_box", &handle_.handle);
}
static inline void *locker_box_take(struct rpcsec_call *call_, locker_box *handle_)
{
    return rpcsec_call_handle_take(call_, "locker_box", &handle_->handle);
}
typedef struct locker_shelf {
    struct rpcsec_context_handle handle;
} locker_shelf;
RPCSEC_MUST_USE static inline rpcsec_status locker_shelf_new(struct rpcsec_call *call_,
    void *object_, locker_shelf *ret_handle_)
{
    return rpcsec_call_handle_new(call_, "locker_shelf", object_, &ret_handle_->handle);
}
static inline void *locker_shelf_get(struct rpcsec_call *call_, locker_shelf handle_)
{
    return rpcsec_call_handle_get(call_, "locker_shelf", &handle_.handle);
}
static inline void *locker_shelf_take(struct rpcsec_call *call_, locker_shelf *handle_)
{
    return rpcsec_call_handle_take(call_, "locker_shelf", &handle_->handle);
}

/* ---- Interface locker, version 1.0 ---- */

extern const struct rpcsec_interface locker_client_interface;

RPCSEC_MUST_USE rpcsec_status locker_open(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    locker_box *ret_box,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_open_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_open_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_read(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box box,
    uint32_t wait_ms,
    uint32_t *ret_number,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_send(
    struct rpcsec_client *client,
    locker_box box,
    uint32_t wait_ms,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_close(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_close_send(
    struct rpcsec_client *client,
    locker_box *box,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_close_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_open_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    locker_shelf *ret_shelf,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_open_shelf_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_open_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_shelf *ret_shelf,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_read_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_shelf shelf,
    uint32_t wait_ms,
    uint32_t *ret_number,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_shelf_send(
    struct rpcsec_client *client,
    locker_shelf shelf,
    uint32_t wait_ms,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_close_shelf(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_shelf *shelf,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_close_shelf_send(
    struct rpcsec_client *client,
    locker_shelf *shelf,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_close_shelf_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_shelf *shelf,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_next(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_next_send(
    struct rpcsec_client *client,
    locker_box *box,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_next_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *box,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_fail(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_fail_send(
    struct rpcsec_client *client,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_fail_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    locker_box *ret_box,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_move(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    locker_box from,
    locker_box to,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_move_send(
    struct rpcsec_client *client,
    locker_box from,
    locker_box to,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_move_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_raw(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t number,
    struct rpcsec_context_handle *ret_made,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_raw_send(
    struct rpcsec_client *client,
    uint32_t number,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_raw_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_context_handle *ret_made,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status locker_read_raw(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    struct rpcsec_context_handle raw,
    uint32_t *ret_number,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_raw_send(
    struct rpcsec_client *client,
    struct rpcsec_context_handle raw,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status locker_read_raw_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_number,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct locker_ops {
    rpcsec_status (*open)(struct rpcsec_call *call,
        uint32_t number,
        locker_box *ret_box);
    rpcsec_status (*read)(struct rpcsec_call *call,
        locker_box box,
        uint32_t wait_ms,
        uint32_t *ret_number);
    rpcsec_status (*close)(struct rpcsec_call *call,
        locker_box *box);
    rpcsec_status (*open_shelf)(struct rpcsec_call *call,
        uint32_t number,
        locker_shelf *ret_shelf);
    rpcsec_status (*read_shelf)(struct rpcsec_call *call,
        locker_shelf shelf,
        uint32_t wait_ms,
        uint32_t *ret_number);
    rpcsec_status (*close_shelf)(struct rpcsec_call *call,
        locker_shelf *shelf);
    rpcsec_status (*next)(struct rpcsec_call *call,
        locker_box *box);
    rpcsec_status (*fail)(struct rpcsec_call *call,
        locker_box *ret_box);
    rpcsec_status (*move)(struct rpcsec_call *call,
        locker_box from,
        locker_box to);
    rpcsec_status (*raw)(struct rpcsec_call *call,
        uint32_t number,
        struct rpcsec_context_handle *ret_made);
    rpcsec_status (*read_raw)(struct rpcsec_call *call,
        struct rpcsec_context_handle raw,
        uint32_t *ret_number);
    /* The client is gone, and left this object; NULL: nothing to do. */
    void (*locker_box_rundown)(void *object);
    /* The client is gone, and left this object; NULL: nothing to do. */
    void (*locker_shelf_rundown)(void *object);
    /* The client is gone, and left this object; NULL: nothing to do. */
    void (*context_handle_rundown)(void *object);
};

struct rpcsec_service locker_interface(const struct locker_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
