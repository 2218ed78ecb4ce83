/* SPDX-License-Identifier: MIT
 *
 * sspi/handle.c: the table behind CredHandle and CtxtHandle. Layer: sspi.
 *
 * Life of a slot's word: free (not live, no references) -> claimed (generation + 1, one
 * reference, not live: nobody can get it) -> live (the table's reference and one per user) ->
 * closed (not live, the users' references) -> free. An object's pointer is written between
 * claimed and live, and read only with a reference.
 */
#include "sspi/handle.h"

#include "base/alloc.h"

#define REF_MASK         ((UINT64_C(1) << 23) - 1)
#define LIVE             (UINT64_C(1) << 23)
#define GENERATION_SHIFT 24
#define KIND_BITS        2 /* 3 is no kind, so no handle has all bits set */

static uint64_t generation_of(uint64_t word)
{
    return word >> GENERATION_SHIFT;
}

/* Generation 0 is left out: {0, 0} is no handle. */
static uint64_t next_generation(uint64_t word)
{
    uint64_t next = (generation_of(word) + 1) & (UINT64_MAX >> GENERATION_SHIFT);

    return next ? next : 1;
}

/* ---- Slots ---- */

static struct handle_slot *slot_at(struct handle_table *table, size_t index)
{
    struct handle_slot *chunk;

    if (index / HANDLE_CHUNK_SLOTS >= HANDLE_MAX_CHUNKS)
        return NULL;
    chunk =
        atomic_load_explicit(&table->chunks[index / HANDLE_CHUNK_SLOTS], memory_order_acquire);
    return chunk ? &chunk[index % HANDLE_CHUNK_SLOTS] : NULL;
}

static size_t num_slots(struct handle_table *table)
{
    size_t num = 0;

    while (slot_at(table, num))
        num += HANDLE_CHUNK_SLOTS;
    return num;
}

static bool claim(struct handle_slot *slot)
{
    uint64_t word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    uint64_t claimed = next_generation(word) << GENERATION_SHIFT | 1;

    return (word & (LIVE | REF_MASK)) == 0 &&
           atomic_compare_exchange_strong_explicit(&slot->word, &word, claimed,
                                                   memory_order_acq_rel, memory_order_relaxed);
}

/* Claims a free slot among the first `num`; false when there is none. */
static bool claim_any(struct handle_table *table, size_t num, size_t *ret_index)
{
    size_t start = atomic_load_explicit(&table->hint, memory_order_relaxed);

    for (size_t i = 0; i < num; i++) {
        size_t index = (start + i) % num;

        if (claim(slot_at(table, index))) {
            atomic_store_explicit(&table->hint, index + 1, memory_order_relaxed);
            *ret_index = index;
            return true;
        }
    }
    return false;
}

/* Adds a chunk behind `num` slots; another thread may have been quicker. */
static rpcsec_status grow(struct handle_table *table, size_t num)
{
    struct handle_slot *none = NULL;
    struct handle_slot *chunk;

    if (num / HANDLE_CHUNK_SLOTS >= HANDLE_MAX_CHUNKS)
        return RPCSEC_LIMIT;
    chunk = mem_array(HANDLE_CHUNK_SLOTS, sizeof(*chunk));
    if (!chunk)
        return RPCSEC_NO_MEMORY;
    if (!atomic_compare_exchange_strong_explicit(&table->chunks[num / HANDLE_CHUNK_SLOTS],
                                                 &none, chunk, memory_order_acq_rel,
                                                 memory_order_acquire))
        mem_free(chunk);
    return RPCSEC_OK;
}

rpcsec_status handle_open(struct handle_table *table, enum handle_kind kind, void *object,
                          SecHandle *ret_handle)
{
    struct handle_slot *slot;
    size_t index;
    uint64_t word;

    for (;;) {
        size_t num = num_slots(table);
        rpcsec_status status;

        if (claim_any(table, num, &index))
            break;
        status = grow(table, num);
        if (status != RPCSEC_OK)
            return status;
    }
    slot = slot_at(table, index);
    slot->kind = kind;
    slot->object = object;
    word = atomic_fetch_or_explicit(&slot->word, LIVE, memory_order_release);
    ret_handle->dwLower = (ULONG_PTR)(index << KIND_BITS | (size_t)kind);
    ret_handle->dwUpper = (ULONG_PTR)generation_of(word);
    return RPCSEC_OK;
}

/* ---- Use ---- */

static struct handle_slot *slot_of(struct handle_table *table, const SecHandle *handle)
{
    return slot_at(table, (size_t)(handle->dwLower >> KIND_BITS));
}

static bool word_fits(uint64_t word, const SecHandle *handle)
{
    return (word & LIVE) && (ULONG_PTR)generation_of(word) == handle->dwUpper;
}

static bool kind_fits(enum handle_kind kind, const SecHandle *handle)
{
    return (handle->dwLower & ((1U << KIND_BITS) - 1)) == (ULONG_PTR)kind;
}

/* Gives a reference back; the last one frees the object. The slot may be claimed by another
 * thread as soon as the reference is gone, so its fields are read before. */
static void unref(struct handle_table *table, struct handle_slot *slot)
{
    enum handle_kind kind = slot->kind;
    void *object = slot->object;
    uint64_t word = atomic_fetch_sub_explicit(&slot->word, 1, memory_order_acq_rel);

    if ((word & (LIVE | REF_MASK)) == 1)
        table->free_object(kind, object);
}

void *handle_get(struct handle_table *table, enum handle_kind kind, const SecHandle *handle)
{
    struct handle_slot *slot;
    uint64_t word;

    if (!handle || !kind_fits(kind, handle))
        return NULL;
    slot = slot_of(table, handle);
    if (!slot)
        return NULL;
    word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    do {
        if (!word_fits(word, handle) || (word & REF_MASK) == REF_MASK)
            return NULL;
    } while (!atomic_compare_exchange_weak_explicit(
        &slot->word, &word, word + 1, memory_order_acquire, memory_order_relaxed));
    if (slot->kind != kind) {
        unref(table, slot);
        return NULL;
    }
    return slot->object;
}

void handle_put(struct handle_table *table, const SecHandle *handle)
{
    unref(table, slot_of(table, handle));
}

bool handle_close(struct handle_table *table, enum handle_kind kind, const SecHandle *handle)
{
    struct handle_slot *slot;
    uint64_t word;

    if (!handle_get(table, kind, handle))
        return false;
    slot = slot_of(table, handle);
    word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    do {
        if (!word_fits(word, handle)) {
            unref(table, slot); /* another thread closed it first */
            return false;
        }
    } while (!atomic_compare_exchange_weak_explicit(
        &slot->word, &word, word & ~LIVE, memory_order_acq_rel, memory_order_relaxed));
    unref(table, slot); /* the table's */
    unref(table, slot);
    return true;
}
