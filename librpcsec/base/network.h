/* SPDX-License-Identifier: MIT
 *
 * base/network.h: blocks of IP addresses, "192.0.2.0/24" or "2001:db8::/32". Layer: base.
 * Documents: RFC 4632 3.1, RFC 4291 2.3 and 2.5.5.2 (IPv4 inside IPv6).
 */
#ifndef BASE_NETWORK_H
#define BASE_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

struct sockaddr_storage; /* of <sys/socket.h>, whose names would be everybody's */

/* Both families in one form: IPv4 is ::ffff:a.b.c.d. */
struct network {
    uint8_t address[16];
    unsigned prefix_len; /* bits */
};

/* An address alone is a network of its own. **Errors**: INVALID_ARGUMENT: no network, or bits
 * of the host are set: that is a slip, and a guess would let somebody in or out. */
RPCSEC_MUST_USE rpcsec_status network_parse(const char *text, struct network *ret_network);
/* False for an address that is not of IP. A socket of both families may name an IPv4 peer by
 * its IPv6 form: it is found alike. */
bool network_holds(const struct network *network, const struct sockaddr_storage *address);

#endif
