/* SPDX-License-Identifier: MIT
 *
 * sspi/handle.h: the table behind CredHandle and CtxtHandle. Layer: sspi.
 *
 * A handle names a slot, the kind of object in it and the slot's generation. A stale, copied or
 * forged handle is found out without touching memory that is gone. Slots are never unmapped and
 * nothing here takes a lock. **Threads**: all.
 */
#ifndef SSPI_HANDLE_H
#define SSPI_HANDLE_H

#include <stdatomic.h>

#include <rpcsec/sspi.h>

enum handle_kind {
    HANDLE_CREDENTIAL = 1,
    HANDLE_CONTEXT = 2,
};

enum {
    HANDLE_CHUNK_SLOTS = 256,
    HANDLE_MAX_CHUNKS = 4096, /* a million handles of one process */
};

struct handle_slot {
    /* 40 bits of generation, 1 bit "live", 23 bits of references. Not live and without
     * references: free. */
    _Atomic uint64_t word;
    enum handle_kind kind;
    void *object;
};

struct handle_table {
    struct handle_slot *_Atomic chunks[HANDLE_MAX_CHUNKS];
    atomic_size_t hint; /* where a free slot is likely */
    /* What becomes of an object when its handle is closed and its last user is gone. */
    void (*free_object)(enum handle_kind kind, void *object);
};

/* Puts an object in; the table owns it then. NO_MEMORY, LIMIT. */
RPCSEC_MUST_USE rpcsec_status handle_open(struct handle_table *table, enum handle_kind kind,
                                          void *object, SecHandle *ret_handle);
/* The object, kept alive until handle_put; NULL when the handle is not valid. */
void *handle_get(struct handle_table *table, enum handle_kind kind, const SecHandle *handle);
/* For each handle_get that gave an object, with the same handle. */
void handle_put(struct handle_table *table, const SecHandle *handle);
/* Makes the handle invalid; the object goes when nobody uses it. False: it was not valid. */
bool handle_close(struct handle_table *table, enum handle_kind kind, const SecHandle *handle);

#endif
