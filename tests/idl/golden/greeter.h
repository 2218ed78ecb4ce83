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
