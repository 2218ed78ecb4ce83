/* SPDX-License-Identifier: MIT
 *
 * transport/proxy.h: the header that a proxy puts before a connection's bytes. Layer:
 * transport. Document: The PROXY protocol, versions 1 and 2, section 2.2 (version 2 alone is
 * taken: its length is known after 16 bytes).
 *
 * What it says is the proxy's word: only for logs, limits and joins, never for identity.
 */
#ifndef TRANSPORT_PROXY_H
#define TRANSPORT_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

#define PROXY_PREFIX_LEN  16   /* signature, version, command, family, length */
#define PROXY_MAX_LEN     2048 /* bytes: addresses and TLVs; balancers send a few hundred */
#define PROXY_ADDRESS_LEN 80

struct proxy_header {
    bool has_peer; /* false: the connection is the proxy's own, or says nothing */
    char peer[PROXY_ADDRESS_LEN]; /* "192.0.2.1:50123", "[2001:db8::1]:50123" */
};

/* How long the whole header is that these bytes begin, as far as they tell: PROXY_PREFIX_LEN
 * until that much is there. **Errors**: PROTOCOL_ERROR: no header of version 2; LIMIT. */
RPCSEC_MUST_USE rpcsec_status proxy_len(const uint8_t *data, size_t len, size_t *ret_total);
/* One whole header, and nothing after it. **Errors**: as above; TRUNCATED, TRAILING_DATA;
 * UNSUPPORTED: a family that is not TCP over IP. */
RPCSEC_MUST_USE rpcsec_status proxy_decode(const uint8_t *data, size_t len,
                                           struct proxy_header *ret_header);

#endif
