/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_registry.h: what other processes of the host have registered with an endpoint
 * mapper. Layer: runtime. Documents: C706 appendix O (ept_insert), MS-RPCE 3.1.1.5.3.
 *
 * An entry belongs to the connection that registered it, and goes with it: what a process that
 * has died once served is not told any more. Its user is the kernel's word (SO_PEERCRED).
 */
#ifndef RUNTIME_EPM_REGISTRY_H
#define RUNTIME_EPM_REGISTRY_H

#include <pthread.h>

#include "pdu/tower.h"

#define EPM_ANNOTATION_LEN 64 /* EPT_MAX_ANNOTATION_SIZE */

struct epm_registration {
    struct epm_registration *next; /* by id */
    uint64_t id;                   /* from 1; never used again */
    const void *owner;             /* a connection */
    uint32_t uid;
    struct rpcsec_uuid object; /* nil: every object's */
    struct tower tower;
    char annotation[EPM_ANNOTATION_LEN];
};

/* **Threads**: any. */
struct epm_registry {
    pthread_mutex_t lock;
    bool is_open; /* constant while the server runs: it takes registrations */
    struct epm_registration *first;
    size_t num;
    uint64_t last_id;
};

void epm_registry_init(struct epm_registry *registry);
void epm_registry_done(struct epm_registry *registry);

/* Takes a copy of `entry` (its id is not looked at). What its owner has registered already is
 * OK and changes nothing. **Errors**: ACCESS_DENIED: another user serves that interface; LIMIT:
 * LIMIT_EPM_ENTRIES or LIMIT_EPM_USER_ENTRIES; NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status epm_register(struct epm_registry *registry,
                                           const struct epm_registration *entry);
/* **Errors**: NOT_FOUND: its owner has not registered it. */
RPCSEC_MUST_USE rpcsec_status epm_unregister(struct epm_registry *registry,
                                             const struct epm_registration *entry);
/* Removes all that this owner has registered. */
void epm_forget(struct epm_registry *registry, const void *owner);

typedef bool epm_fits_fn(const void *arg, const struct epm_registration *entry);
/* The first entry behind `id` (0: of all) that fits; false: there is none. */
bool epm_find_next(struct epm_registry *registry, uint64_t id, epm_fits_fn *fits,
                   const void *arg, struct epm_registration *ret_entry);

#endif
