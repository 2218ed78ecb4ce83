/* SPDX-License-Identifier: MIT
 *
 * ndr/aliases.c: the table of full pointers' referents. Layer: ndr.
 *
 * Open addressing. A peer chooses the ids, so where they go depends on an address, which it
 * does not know: else it could make every search a long one.
 */
#include "ndr/aliases.h"

#include <string.h>

#include "base/alloc.h"
#include "ndr/types.h"

#define FIRST_ROOM 16

void aliases_done(struct ndr_aliases *aliases)
{
    mem_free(aliases->table);
    *aliases = (struct ndr_aliases){NULL, 0, 0};
}

/* Each bit of the key reaches the low ones: ids of NDR64 may differ in the highest alone. */
static uint64_t mix(uint64_t bits)
{
    bits = (bits ^ bits >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ bits >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return bits ^ bits >> 32;
}

/* The place of a key, or the free one where it would go. There is always a free one. */
static struct ndr_alias *place(struct ndr_alias *table, size_t room, uint64_t key)
{
    size_t i = (size_t)(mix(key ^ (uintptr_t)table) & (room - 1));

    while (table[i].key && table[i].key != key)
        i = (i + 1) & (room - 1);
    return &table[i];
}

const struct ndr_alias *aliases_find(const struct ndr_aliases *aliases, uint64_t key)
{
    const struct ndr_alias *found;

    if (!aliases->room)
        return NULL;
    found = place(aliases->table, aliases->room, key);
    return found->key ? found : NULL;
}

static bool grow(struct ndr_aliases *aliases)
{
    size_t room = aliases->room ? aliases->room * 2 : FIRST_ROOM;
    struct ndr_alias *table = mem_zalloc(room * sizeof(*table));

    if (!table)
        return false;
    for (size_t i = 0; i < aliases->room; i++)
        if (aliases->table[i].key)
            *place(table, room, aliases->table[i].key) = aliases->table[i];
    mem_free(aliases->table);
    aliases->table = table;
    aliases->room = room;
    return true;
}

bool aliases_add(struct ndr_aliases *aliases, const struct ndr_alias *alias)
{
    if (2 * (aliases->num + 1) > aliases->room && !grow(aliases))
        return false;
    *place(aliases->table, aliases->room, alias->key) = *alias;
    aliases->num++;
    return true;
}

bool aliases_may_share(const struct rpcsec_ndr_type *of)
{
    for (; of && of->kind != RPCSEC_NDR_STRUCT; of = of->of)
        if (of->kind == RPCSEC_NDR_UNION || of->kind == RPCSEC_NDR_ENCAPSULATED || of->bounds)
            return false;
    return true;
}
