/* SPDX-License-Identifier: MIT
 *
 * unit/sspi_pair.h: a client's and a server's security context that talk in one process, for
 * tests that need a real KDC.
 */
#ifndef UNIT_SSPI_PAIR_H
#define UNIT_SSPI_PAIR_H

#include "harness/test.h"

#include "sspi/context.h"

/* The realm's service and user (see the scripts test_*.sh). */
#define PAIR_SERVICE "greeter/server.test"
#define PAIR_REALM   "RPCSEC.TEST"

/* The package that pairs use; a test's main may choose another. */
extern const struct pkg_ops *pair_ops;

struct pair {
    struct sspi_cred *client_cred;
    struct sspi_cred *server_cred;
    struct sspi_ctx *client;
    struct sspi_ctx *server;
};

/* False outside of `rpcsec realm`: then main returns 77. */
bool pair_in_realm(void);

/* Credentials and contexts without a step. keytab NULL: the realm's. */
rpcsec_status pair_open(struct pair *pair, enum rpcsec_level level, const char *target,
                        const char *keytab);
/* Steps until both are done or one fails; the failing one's status. */
rpcsec_status pair_shake(struct pair *pair, struct rpcsec_error *err);
/* Both, and asserts that it went well. */
void pair_make(struct pair *pair, enum rpcsec_level level);
void pair_free(struct pair *pair);

/* Copies of the realm's keytab, with something wrong about the service's key. */
enum keytab_fault {
    KEYTAB_GOOD,
    KEYTAB_OTHER_SERVICE, /* the service is left out */
    KEYTAB_OTHER_KEY,
    KEYTAB_OTHER_VERSION, /* and key: MIT takes the right key under any version */
};

/* Writes such a keytab into the realm's directory, or adds to it where it is there; gives its
 * name ("FILE:..."). */
void pair_keytab(enum keytab_fault fault, char *ret_name, size_t max);
/* Adds the entries of such a copy to a keytab. */
void pair_keytab_add(enum keytab_fault fault, const char *name);

#endif
