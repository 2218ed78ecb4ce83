/* SPDX-License-Identifier: MIT
 *
 * ndr/walk.h: what the encoder and the decoder have in common while they walk: the place in the
 * tables, the queue of deferred referents, errors with a path. Layer: ndr.
 *
 * Structures inside structures use the C stack, at most LIMIT_NDR_NESTING deep. Pointers never
 * do: what they point to waits in the queue until the construction that holds them is done
 * (C706 14.3.12.3). Referents of a referent come before its later siblings, so new entries go
 * in at the front, in order.
 */
#ifndef NDR_WALK_H
#define NDR_WALK_H

#include "ndr/ndr.h"
#include "ndr/types.h"

/* For what put_inline and get_inline call: keeps the frames of the functions that recurse, and
 * what the compiler zeroes in them, small. */
#define OUT_OF_LINE __attribute__((noinline))

/* A pointer whose referent waits or is being walked. It stays as long as a referent below it
 * does, so that an error can name the way. */
struct ndr_deferred {
    struct ndr_deferred *next;
    struct ndr_deferred *parent;        /* the referent that the pointer stands in; NULL: arg */
    const struct rpcsec_ndr_type *type; /* of the pointer */
    const void *slot;                   /* the pointer in memory; for paths */
    const void *record;                 /* where the correlations of its chain start */
    const void *mem;                    /* the referent; decoder: NULL until it has memory */
    void *fill;                         /* decoder: the slot */
    size_t users;                       /* itself and the referents below it */
};

#define NDR_QUEUE_CHUNK 16
struct ndr_chunk {
    struct ndr_chunk *next;
    struct ndr_deferred entries[NDR_QUEUE_CHUNK];
};

struct ndr_walk {
    const struct rpcsec_ndr_record *record;
    const struct rpcsec_ndr_arg *arg; /* being walked */
    const void *args;
    bool ndr64;
    bool swapped;  /* the wire's byte order is not the machine's */
    bool is_short; /* the short way through structures is open: struct rpcsec_ndr_step */
    bool is_whole; /* what is walked next is all that is left of its construction */
    enum ndr_direction direction;
    uint64_t hoisted;     /* maximum count of the conformant thing being walked */
    unsigned depth;       /* embedded types */
    unsigned num_structs; /* of them: structures */
    size_t referents_left;
    uint32_t next_referent; /* encoder */
    rpcsec_status status;   /* the first error */
    struct rpcsec_error *err;

    const struct rpcsec_ndr_type
        *flat_type; /* the last one that walk_flat_array was asked for */
    struct ndr_flat_array flat;

    struct ndr_deferred *head;
    struct ndr_deferred **insert; /* where the next one goes */
    struct ndr_deferred
        *current; /* whose referent is being walked; NULL: the argument itself */
    struct ndr_deferred *spare;
    struct ndr_deferred *fresh; /* never used yet, in the newest chunk */
    size_t num_fresh;
    struct ndr_chunk *chunks; /* all but the first */
    struct ndr_chunk first;   /* last here: its entries are not cleared in advance */
};

/* Starts a walk; checks the table's version. */
RPCSEC_MUST_USE rpcsec_status walk_init(struct ndr_walk *walk,
                                        const struct rpcsec_ndr_record *record,
                                        const void *args, const struct ndr_options *options,
                                        bool big_endian, struct rpcsec_error *err);
void walk_done(struct ndr_walk *walk);

/* Queues the referent of the pointer at `slot`. NULL after an error. */
struct ndr_deferred *walk_defer(struct ndr_walk *walk, const struct rpcsec_ndr_type *type,
                                const void *slot, const void *record);
/* Makes `entry` the current referent, below the one before, without the queue: for a pointer to
 * something without pointers. Ends with walk_leave_leaf. */
void walk_enter_leaf(struct ndr_walk *walk, struct ndr_deferred *entry,
                     const struct rpcsec_ndr_type *type, const void *slot, const void *record);
void walk_leave_leaf(struct ndr_walk *walk);
void walk_fail_referents(struct ndr_walk *walk, const struct rpcsec_ndr_type *type,
                         const void *slot);
/* Counts one more pointer that is not NULL; false when there are too many. */
static inline bool walk_count_referent(struct ndr_walk *walk,
                                       const struct rpcsec_ndr_type *type, const void *slot)
{
    if (walk->status)
        return false;
    if (!walk->referents_left) {
        walk_fail_referents(walk, type, slot);
        return false;
    }
    walk->referents_left--;
    return true;
}
/* ndr_flat_array(type): many pointers in a row lead to one type. */
static inline const struct ndr_flat_array *walk_flat_array(struct ndr_walk *walk,
                                                           const struct rpcsec_ndr_type *type)
{
    if (walk->flat_type != type) {
        walk->flat = ndr_flat_array(type);
        walk->flat_type = type;
    }
    return &walk->flat;
}
/* What is walked next is all that is left of its construction: asked once. */
static inline bool walk_take_whole(struct ndr_walk *walk)
{
    bool is_whole = walk->is_whole;

    walk->is_whole = false;
    return is_whole;
}
/* The next referent to walk, made current; NULL when none is left. */
struct ndr_deferred *walk_next(struct ndr_walk *walk);

/* Fault codes. Source: C706 appendix E, MS-RPCE 3.1.1.5.5 (RPC_X_BAD_STUB_DATA). */
enum ndr_fault {
    NDR_FAULT_BAD_STUB = 0x000006f7,
    NDR_FAULT_INVALID_TAG = 0x1c000006,
    NDR_FAULT_INVALID_BOUND = 0x1c000007,
    NDR_FAULT_NO_MEMORY = 0x1c00001b, /* nca_s_fault_remote_no_memory */
};

/* Sets the first error: a sentence that begins with the path to `type` at `mem`. */
void walk_fail(struct ndr_walk *walk, rpcsec_status status, uint32_t fault,
               const struct rpcsec_ndr_type *type, const void *mem, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Counts one more embedded type; false when there are too many. */
bool walk_enter(struct ndr_walk *walk, const struct rpcsec_ndr_type *type, const void *mem);

/* Writes "arg.field[3].field" for a place in the current referent into `out`. */
void walk_path(const struct ndr_walk *walk, const struct rpcsec_ndr_type *type, const void *mem,
               char *out, size_t max);

#endif
