/* SPDX-License-Identifier: MIT
 *
 * onc/meddler.h: somebody between a client and a server of ONC RPC, who changes one record.
 */
#ifndef ONC_MEDDLER_H
#define ONC_MEDDLER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum meddling {
    MEDDLE_FLIP, /* the byte `at` is changed by `value` */
    MEDDLE_CUT,  /* only the first `at` bytes go on */
    MEDDLE_DENY, /* a denial with the auth_stat `value` instead; 0: RPC_MISMATCH */
    MEDDLE_TWICE,
    MEDDLE_CLOSE, /* both connections, before the record */
};

struct meddler {
    /* What is to be done, before it is started. */
    enum meddling what;
    bool answers; /* to the server's records, not the client's */
    unsigned nth; /* record of these, from 0 */
    size_t at;
    uint32_t value;

    unsigned port; /* where to connect */
    bool done;     /* there was such a record, and it had such a byte; after meddler_stop */

    unsigned server_port;
    unsigned seen;
    int listener;
    int stop[2];
    pthread_t thread;
};

/* Asserts that it works. */
void meddler_start(struct meddler *meddler, unsigned server_port);
void meddler_stop(struct meddler *meddler);

#endif
