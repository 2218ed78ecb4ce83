/* SPDX-License-Identifier: MIT
 *
 * onc/engine/table.c: contexts by their handles, and how many each party has. Layer:
 * onc/engine.
 */
#define HASH_NONFATAL_OOM            1
#define uthash_nonfatal_oom(element) ((element)->failed = true)
#define uthash_malloc(len)           mem_alloc(len)
#define uthash_free(mem, len)        mem_free(mem)

#include "base/alloc.h"
#include "onc/engine/table.h"

#include <string.h>

/* ---- By handle ---- */

static void link_newest(struct onc_table *table, struct onc_entry *entry)
{
    entry->newer = NULL;
    entry->older = table->newest;
    *(entry->older ? &entry->older->newer : &table->oldest) = entry;
    table->newest = entry;
}

static void unlink_entry(struct onc_table *table, struct onc_entry *entry)
{
    *(entry->older ? &entry->older->newer : &table->oldest) = entry->newer;
    *(entry->newer ? &entry->newer->older : &table->newest) = entry->older;
}

rpcsec_status onc_table_add(struct onc_table *table, struct onc_entry *entry, uint64_t now_ms)
{
    entry->failed = false;
    HASH_ADD(hh, table->by_handle, handle, ONC_HANDLE_LEN, entry);
    if (entry->failed)
        return RPCSEC_NO_MEMORY;
    entry->used_ms = now_ms;
    link_newest(table, entry);
    entry->table = table;
    table->num++;
    return RPCSEC_OK;
}

struct onc_entry *onc_table_find(struct onc_table *table, const uint8_t *handle, size_t len,
                                 uint64_t now_ms)
{
    struct onc_entry *entry = NULL;

    if (len != ONC_HANDLE_LEN)
        return NULL;
    HASH_FIND(hh, table->by_handle, handle, ONC_HANDLE_LEN, entry);
    if (!entry)
        return NULL;
    entry->used_ms = now_ms;
    unlink_entry(table, entry);
    link_newest(table, entry);
    return entry;
}

void onc_table_remove(struct onc_table *table, struct onc_entry *entry)
{
    HASH_DELETE(hh, table->by_handle, entry);
    unlink_entry(table, entry);
    entry->table = NULL;
    table->num--;
}

static bool is_over(const struct onc_entry *entry, uint64_t now_ms, uint64_t idle_ms,
                    int64_t now_s)
{
    return now_ms - entry->used_ms >= idle_ms || now_s >= entry->expires;
}

struct onc_entry *onc_table_sweep(struct onc_table *table, uint64_t now_ms, uint64_t idle_ms,
                                  int64_t now_s)
{
    for (struct onc_entry *entry = table->oldest; entry; entry = entry->newer) {
        if (is_over(entry, now_ms, idle_ms, now_s)) {
            onc_table_remove(table, entry);
            return entry;
        }
    }
    return NULL;
}

/* ---- Counts ---- */

struct onc_count {
    uint64_t num;
    bool failed;
    UT_hash_handle hh;
    char name[];
};

static struct onc_count *find_count(const struct onc_counts *counts, const char *name)
{
    struct onc_count *count = NULL;

    HASH_FIND(hh, counts->by_name, name, strlen(name), count);
    return count;
}

static struct onc_count *new_count(struct onc_counts *counts, const char *name)
{
    const size_t len = strlen(name);
    struct onc_count *count = mem_zalloc(sizeof(*count) + len + 1);

    if (!count)
        return NULL;
    memcpy(count->name, name, len + 1);
    HASH_ADD_KEYPTR(hh, counts->by_name, count->name, len, count);
    if (!count->failed)
        return count;
    mem_free(count);
    return NULL;
}

rpcsec_status onc_counts_add(struct onc_counts *counts, const char *name, uint64_t limit)
{
    struct onc_count *count = find_count(counts, name);

    if (count && count->num >= limit)
        return RPCSEC_LIMIT;
    if (!count)
        count = new_count(counts, name);
    if (!count)
        return RPCSEC_NO_MEMORY;
    count->num++;
    return RPCSEC_OK;
}

void onc_counts_remove(struct onc_counts *counts, const char *name)
{
    struct onc_count *count = find_count(counts, name);

    if (!count || --count->num > 0)
        return;
    HASH_DEL(counts->by_name, count);
    mem_free(count);
}
