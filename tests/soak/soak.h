/* SPDX-License-Identifier: MIT
 *
 * soak/soak.h: the interface of the soak tests, and random numbers for their threads.
 */
#ifndef SOAK_SOAK_H
#define SOAK_SOAK_H

#include <rpcsec/ndr.h>

#include "sim/random.h"

/* soak_note runs once at most; soak_again is [idempotent]. Both take a call's number and give
 * it back with its bits turned over. */
enum { SOAK_NOTE = 0, SOAK_AGAIN = 1 };
struct soak_args {
    uint32_t number;
    uint32_t turned;
};

/* What runs in the server. `ops` of the service; `again`: it is soak_again. */
struct soak_ops {
    rpcsec_status (*note)(struct rpcsec_call *call, const struct soak_ops *ops, uint32_t number,
                          bool again);
    void *arg;
};

extern const struct rpcsec_interface soak_interface;

#endif
