/* SPDX-License-Identifier: MIT
 *
 * onc/engine/table.h: contexts by their handles, and how many each party has. Layer:
 * onc/engine.
 *
 * No locks and no clock: who shares a table among threads locks it, the time is a parameter.
 * Entries live in their owner's memory.
 */
#ifndef ONC_ENGINE_TABLE_H
#define ONC_ENGINE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#include <uthash.h>

#define ONC_HANDLE_LEN 16

struct onc_table;

struct onc_entry {
    uint8_t handle[ONC_HANDLE_LEN];
    int64_t expires; /* Unix seconds */
    uint64_t used_ms;
    struct onc_entry *older;
    struct onc_entry *newer;
    _Atomic(struct onc_table *) table; /* that it is in, NULL: none */
    UT_hash_handle hh;
    bool failed; /* uthash's word for memory that ended */
};

/* Entries by handle, and in the order of their use. */
struct onc_table {
    struct onc_entry *by_handle;
    struct onc_entry *oldest;
    struct onc_entry *newest;
    size_t num;
};

/* NO_MEMORY. The handle must be new. */
RPCSEC_MUST_USE rpcsec_status onc_table_add(struct onc_table *table, struct onc_entry *entry,
                                            uint64_t now_ms);
/* NULL: there is none. What is found counts as used. */
struct onc_entry *onc_table_find(struct onc_table *table, const uint8_t *handle, size_t len,
                                 uint64_t now_ms);
void onc_table_remove(struct onc_table *table, struct onc_entry *entry);
/* Takes out one entry that was not used for idle_ms, or whose time is over; NULL: none is. */
struct onc_entry *onc_table_sweep(struct onc_table *table, uint64_t now_ms, uint64_t idle_ms,
                                  int64_t now_s);

/* A count per name: how many contexts a principal or an address has. */
struct onc_count;
struct onc_counts {
    struct onc_count *by_name;
};

/* LIMIT: it has that many already. NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status onc_counts_add(struct onc_counts *counts, const char *name,
                                             uint64_t limit);
void onc_counts_remove(struct onc_counts *counts, const char *name);

#endif
