/* SPDX-License-Identifier: MIT
 *
 * runtime/handle.h: context handles: objects of a server that a client names with 20 bytes.
 * Layer: runtime. Documents: C706 5.1.6, appendix N (ndr_context_handle); MS-RPCE 3.3.1.4.1.
 *
 * A handle belongs to the association group that it was made in, and is good only for the
 * identity, interface and type that it was made with, at no lower level. Calls that take one
 * have it for themselves, unless its type is shared and they only read it: a call that cannot
 * have all of its handles yet waits, and holds none meanwhile.
 */
#ifndef RUNTIME_HANDLE_H
#define RUNTIME_HANDLE_H

#include <pthread.h>

#include <rpcsec/ndr.h>

#include "loop/pool.h"

struct handle;
struct handle_wait;

/* All handles of a server. **Threads**: any; the lock guards the owners too. */
struct handles {
    pthread_mutex_t lock;
    struct handle *by_uuid;
    size_t num;
    size_t max;           /* of the server */
    size_t max_per_owner; /* of an association group */
};

/* An association group as an owner of handles. All zero: it has none. */
struct handle_owner {
    struct handle *first;
    size_t num;
    struct handle_wait *waiting; /* calls, in order */
};

/* Who makes a handle, or uses it. */
struct handle_identity {
    const void *interface;
    enum rpcsec_level level;
    enum rpcsec_mechanism mechanism;
    const char *name; /* SID from the ticket, else the principal, which is never like one */
};

/* A handle as a parameter of a call. */
struct handle_use {
    const struct rpcsec_context_handle *wire;
    const struct rpcsec_handle_type *type;
    bool shared;           /* others may have it at the same time */
    bool may_be_null;      /* C706 5.1.6: an [in, out] one may still have to be made */
    struct handle *handle; /* NULL: the client sent none */
};

/* All handles that a call needs, in memory of the call. */
struct handle_wait {
    struct handle_wait *next; /* of the owner's waiting ones */
    struct handle_owner *owner;
    struct handle_use *uses;
    size_t num_uses;
    rpcsec_status status; /* once ready: OK, or CONTEXT_MISMATCH: a handle ended meanwhile */
    void (*ready)(void *arg); /* on any thread; must not block */
    void *arg;
};

void handles_init(struct handles *handles, size_t max, size_t max_per_owner);
void handles_done(struct handles *handles);
size_t handles_num(struct handles *handles);

/* Finds the handles of a call. **Errors**: CONTEXT_MISMATCH: one is not there, or not for this
 * identity, interface or type. */
RPCSEC_MUST_USE rpcsec_status handles_find(struct handles *handles, struct handle_wait *wait,
                                           const struct handle_identity *identity);
/* After handles_find: takes them all, true; or false, and `ready` is called when they are
 * taken. Who has them must release them. */
bool handles_acquire(struct handles *handles, struct handle_wait *wait);
void handles_release(struct handles *handles, struct handle_wait *wait);

/* A new handle for `object`; *ret_handle keeps it in reach for handle_abandon and tells the
 * bytes. **Errors**: LIMIT, NO_MEMORY, SYSTEM. */
struct handle_params {
    const struct handle_identity *identity;
    const struct rpcsec_handle_type *type;
    void *object;
    void (*rundown)(void *object); /* NULL: none */
};
RPCSEC_MUST_USE rpcsec_status handle_new(struct handles *handles, struct handle_owner *owner,
                                         const struct handle_params *params,
                                         struct handle **ret_handle);
struct rpcsec_context_handle handle_wire(const struct handle *handle);
bool handle_is(const struct handle *handle, const struct rpcsec_context_handle *wire);
void *handle_object(const struct handle *handle);
/* For lists of a call's new handles. */
struct handle **handle_next_made(struct handle *handle);
/* Ends a handle that the call has for itself, or has made; gives the object back. */
void *handle_take(struct handles *handles, struct handle *handle);
/* The same for a new one that no client will hear of: its object is run down on the pool. */
void handle_abandon(struct handles *handles, struct handle *handle, struct pool *pool);
/* The owner's last connection and call are gone: all objects are run down on the pool. */
void handles_run_down(struct handles *handles, struct handle_owner *owner, struct pool *pool);

#endif
