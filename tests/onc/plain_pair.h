/* SPDX-License-Identifier: MIT
 *
 * onc/plain_pair.h: two ends of a plain security context in one process, over Kerberos in a
 * realm or over the fake package.
 */
#ifndef ONC_PLAIN_PAIR_H
#define ONC_PLAIN_PAIR_H

#include "harness/test.h"

#include "sspi/context.h"

#define PLAIN_SERVICE "greeter/server.test"

struct plain_pair {
    struct sspi_ctx *client;
    struct sspi_ctx *server;
};

/* Makes a context over the package; `behaviour` is the principal of the server's, which the
 * fake package takes its behaviour from. Asserts that it went well. */
void plain_pair_make(struct plain_pair *pair, const struct pkg_ops *package,
                     const char *behaviour);
void plain_pair_free(struct plain_pair *pair);

#endif
