/* SPDX-License-Identifier: MIT
 *
 * runtime/registry.h: the interfaces that a server serves. Layer: runtime.
 *
 * Filled before the server runs, only read afterwards: no lock.
 */
#ifndef RUNTIME_REGISTRY_H
#define RUNTIME_REGISTRY_H

#include "assoc/assoc.h"

struct registry_entry {
    struct assoc_interface assoc; /* what the engine sees; its arg is the entry */
    const struct rpcsec_interface *interface;
    const void *ops;
    bool non_blocking;
    bool session_key;
    bool (*authorise)(void *arg, const struct rpcsec_request *request);
    void *authorise_arg;
};

struct registry {
    struct registry_entry **entries;
    size_t num_entries;
};

void registry_done(struct registry *registry);
/* `options` may be NULL; `level` is the policy's, for an interface that names none. */
RPCSEC_MUST_USE rpcsec_status registry_add(struct registry *registry,
                                           struct rpcsec_service service,
                                           const struct rpcsec_service_options *options,
                                           enum rpcsec_level level, struct rpcsec_error *err);
/* assoc_params.find_interface: `arg` is the registry. */
const struct assoc_interface *registry_find(void *arg, const struct rpcsec_syntax *id);

#endif
