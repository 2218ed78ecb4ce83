/* SPDX-License-Identifier: MIT
 *
 * runtime/report.h: what a server tells its program: failures, and who was let in. Layer:
 * runtime. All of it on the home's thread.
 */
#ifndef RUNTIME_REPORT_H
#define RUNTIME_REPORT_H

#include "runtime/connection.h"

/* A bind, handshake or call failed. `peer` NULL: not known, or nobody. */
void report_error(struct connection *c, const struct rpcsec_peer *peer,
                  const struct rpcsec_error *err);
/* A connection was refused: no memory, or no place by one of policy's limits. */
void report_no_room(const struct rpcsec_server *server, const char *address);
/* A listed proxy's connection was refused. */
void report_proxy(const struct rpcsec_server *server, const char *address, const char *why);
/* A security context, or a bind without one, was accepted (why NULL) or refused. */
void report_audit(struct connection *c, const struct rpcsec_peer *peer, const char *why);

#endif
