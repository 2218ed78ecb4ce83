/* SPDX-License-Identifier: MIT
 *
 * runtime/binding.h: string bindings. Layer: runtime. Documents: C706 3.1, MS-RPCE 2.1.1.1.
 *
 *     [object@]ncacn_ip_tcp:host[port]
 *     [object@]ncacn_ip_tcp:host[endpoint=port,epm_port=port,epm_level=level]
 *     [object@]ncalrpc:[name]
 *
 * A client whose binding has no endpoint asks the endpoint mapper of the host for it: on port
 * epm_port (135 when left out), protected at epm_level (none). The host is a name, an IPv4
 * address or an IPv6 address, which may stand in brackets of its own. A name of ncalrpc has
 * letters, digits and "-._" and begins with none of these; there is no host. Anything that is
 * not understood is refused.
 */
#ifndef RUNTIME_BINDING_H
#define RUNTIME_BINDING_H

#include "base/limits.h"
#include "base/uuid.h"

#define BINDING_HOST_LEN 254 /* with the NUL: RFC 1035 2.3.4, without the last dot */
#define BINDING_PORT_LEN 6   /* with the NUL */
#define BINDING_NAME_LEN 65  /* with the NUL; as TRANSPORT_LOCAL_NAME_LEN */

struct binding {
    bool has_object;
    struct rpcsec_uuid object;
    char host[BINDING_HOST_LEN]; /* without brackets; "" when none */
    bool is_address;             /* the host is an address, not a name */
    bool is_local;               /* ncalrpc, with a name and neither host nor port */
    char name[BINDING_NAME_LEN];
    bool has_port;
    uint16_t port;
    uint16_t epm_port;           /* 0: not given */
    enum rpcsec_level epm_level; /* DEFAULT: not given */
};

/* **Errors**: BAD_BINDING. */
RPCSEC_MUST_USE rpcsec_status binding_parse(const char *text, struct binding *ret_binding,
                                            struct rpcsec_error *err);
/* Writes the canonical form; IPv6 addresses in brackets. */
void binding_print(const struct binding *binding, char out[LIMIT_BINDING_LEN]);

#endif
