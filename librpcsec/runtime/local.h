/* SPDX-License-Identifier: MIT
 *
 * runtime/local.h: peers that the kernel vouches for, and where their sockets are. Layer:
 * runtime. Document: unix(7).
 */
#ifndef RUNTIME_LOCAL_H
#define RUNTIME_LOCAL_H

#include "base/policy.h"
#include "transport/transport.h"

/* Where policy has the sockets of ncalrpc; `owner` counts when policy names none. */
struct transport_place local_place(const struct rpcsec_policy *policy, const char *name,
                                   uint32_t owner);

/* Fills in a peer of the mechanism LOCAL; `principal` and `ids` are to live as long as it. */
#define LOCAL_PRINCIPAL_LEN 16 /* "uid:4294967295" */
void local_peer_fill(struct rpcsec_peer *peer, char principal[LOCAL_PRINCIPAL_LEN],
                     const struct rpcsec_local_peer *ids);

struct local_peer;
/* Who is at the other end of a server's connection; NULL when the transport does not tell, or
 * policy has it that this does not count. **Errors**: NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status local_peer_new(const struct rpcsec_policy *policy,
                                             struct transport *transport,
                                             struct local_peer **ret_local);
void local_peer_free(struct local_peer *local);
/* NULL for NULL. */
const struct rpcsec_peer *local_peer(const struct local_peer *local);

#endif
