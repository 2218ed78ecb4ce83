/* SPDX-License-Identifier: MIT
 *
 * runtime/proxied.h: connections of listed proxies, until their PROXY header has come. Layer:
 * runtime. All of it on the first loop's thread.
 */
#ifndef RUNTIME_PROXIED_H
#define RUNTIME_PROXIED_H

#include "runtime/server.h"

struct sockaddr_storage;

/* True for a peer that policy lists: it must send the header. */
bool proxied_is_listed(const struct rpcsec_server *server,
                       const struct sockaddr_storage *address);
/* Takes over a connected socket, reads exactly one header and makes a connection of it, or
 * reports why not and closes. */
void proxied_accept(struct rpcsec_server *server, int fd, const char *port);
/* Closes those that still wait. */
void proxied_close_all(struct rpcsec_server *server);

#endif
