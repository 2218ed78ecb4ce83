/* SPDX-License-Identifier: MIT
 *
 * ndr/walk.c: the queue of deferred referents and the first error. Layer: ndr.
 * Documents: C706 14.3.12.3 (deferral), appendix E (fault codes).
 */
#include "ndr/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "ndr/types.h"

#define FIRST_REFERENT 0x00020000 /* as Windows and Samba number them */

static void add_fresh(struct ndr_walk *walk, struct ndr_chunk *chunk)
{
    walk->fresh = chunk->entries;
    walk->num_fresh = NDR_QUEUE_CHUNK;
}

rpcsec_status walk_init(struct ndr_walk *walk, const struct rpcsec_ndr_record *record,
                        const void *args, const struct ndr_options *options, bool big_endian,
                        struct rpcsec_error *err)
{
    if (record->version == 0 || record->version > RPCSEC_NDR_TABLE_VERSION)
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_STUB,
                         "%s: the type tables have version %u, this library knows %u; "
                         "regenerate the stubs or update the library",
                         record->name, record->version, RPCSEC_NDR_TABLE_VERSION);
    memset(walk, 0, offsetof(struct ndr_walk, first));
    walk->record = record;
    walk->args = args;
    walk->ndr64 = options->syntax == NDR_SYNTAX_NDR64;
    walk->swapped = ndr_must_swap(big_endian);
    walk->is_short = !walk->ndr64 && !walk->swapped && !options->by_fields;
    walk->direction = options->direction;
    walk->referents_left =
        options->max_referents ? options->max_referents : LIMIT_NDR_REFERENTS;
    walk->next_referent = FIRST_REFERENT;
    walk->err = err;
    walk->insert = &walk->head;
    add_fresh(walk, &walk->first);
    return RPCSEC_OK;
}

void walk_done(struct ndr_walk *walk)
{
    while (walk->chunks) {
        struct ndr_chunk *next = walk->chunks->next;

        mem_free(walk->chunks);
        walk->chunks = next;
    }
}

static bool add_chunk(struct ndr_walk *walk)
{
    struct ndr_chunk *chunk = mem_alloc(sizeof(*chunk));

    if (!chunk)
        return false;
    chunk->next = walk->chunks;
    walk->chunks = chunk;
    add_fresh(walk, chunk);
    return true;
}

void walk_fail_referents(struct ndr_walk *walk, const struct rpcsec_ndr_type *type,
                         const void *slot)
{
    walk_fail(walk, RPCSEC_LIMIT, NDR_FAULT_BAD_STUB, type, slot, "too many pointers");
}

/* An entry that was given back, else one that was never used. */
static struct ndr_deferred *get_entry(struct ndr_walk *walk)
{
    struct ndr_deferred *entry = walk->spare;

    if (entry) {
        walk->spare = entry->next;
        return entry;
    }
    if (!walk->num_fresh && !add_chunk(walk))
        return NULL;
    walk->num_fresh--;
    return walk->fresh++;
}

struct ndr_deferred *walk_defer(struct ndr_walk *walk, const struct rpcsec_ndr_type *type,
                                const void *slot, const void *record)
{
    struct ndr_deferred *entry;

    if (!walk_count_referent(walk, type, slot))
        return NULL;
    entry = get_entry(walk);
    if (!entry) {
        walk_fail(walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, type, slot, "out of memory");
        return NULL;
    }
    *entry = (struct ndr_deferred){.next = *walk->insert,
                                   .parent = walk->current,
                                   .type = type,
                                   .slot = slot,
                                   .record = record,
                                   .users = 1};
    if (walk->current)
        walk->current->users++;
    *walk->insert = entry;
    walk->insert = &entry->next;
    return entry;
}

/* Gives back the current entry and those above it that nobody waits below. */
static void leave(struct ndr_walk *walk)
{
    struct ndr_deferred *entry = walk->current;

    walk->current = NULL;
    while (entry && --entry->users == 0) {
        struct ndr_deferred *parent = entry->parent;

        entry->next = walk->spare;
        walk->spare = entry;
        entry = parent;
    }
}

struct ndr_deferred *walk_next(struct ndr_walk *walk)
{
    leave(walk);
    walk->insert = &walk->head;
    if (walk->status || !walk->head)
        return NULL;
    walk->current = walk->head;
    walk->head = walk->current->next;
    return walk->current;
}

void walk_enter_leaf(struct ndr_walk *walk, struct ndr_deferred *entry,
                     const struct rpcsec_ndr_type *type, const void *slot, const void *record)
{
    *entry = (struct ndr_deferred){
        .parent = walk->current, .type = type, .slot = slot, .record = record};
    walk->current = entry;
}

void walk_leave_leaf(struct ndr_walk *walk)
{
    walk->current = walk->current->parent;
}

void walk_fail(struct ndr_walk *walk, rpcsec_status status, uint32_t fault,
               const struct rpcsec_ndr_type *type, const void *mem, const char *format, ...)
{
    char path[200];
    char reason[200];
    va_list args;

    if (walk->status)
        return;
    walk->status = status;
    if (!error_wants(walk->err))
        return;
    va_start(args, format);
    (void)vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    walk_path(walk, type, mem, path, sizeof(path));
    (void)error_set(walk->err, status, RPCSEC_LAYER_STUB, "%s: %s: %s", walk->record->name,
                    path, reason);
    walk->err->wire_status = fault;
}

bool walk_enter(struct ndr_walk *walk, const struct rpcsec_ndr_type *type, const void *mem)
{
    if (walk->depth < LIMIT_NDR_NESTING) {
        walk->depth++;
        return true;
    }
    walk_fail(walk, RPCSEC_LIMIT, NDR_FAULT_BAD_STUB, type, mem, "types nested too deep");
    return false;
}
