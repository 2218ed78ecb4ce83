/* greeter.h: made by rpcsec-idl from greeter.idl. Do not edit. */
#ifndef RPCSEC_IDL_GREETER_H
#define RPCSEC_IDL_GREETER_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif


/* ---- Interface greeter, version 1.0 ---- */

extern const struct rpcsec_interface greeter_client_interface;

RPCSEC_MUST_USE rpcsec_status greeter_greet(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const char *name,
    char **ret_text,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status greeter_greet_send(
    struct rpcsec_client *client,
    const char *name,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status greeter_greet_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    char **ret_text,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct greeter_ops {
    rpcsec_status (*greet)(struct rpcsec_call *call,
        const char *name,
        char **ret_text);
};

struct rpcsec_service greeter_interface(const struct greeter_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
