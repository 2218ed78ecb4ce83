/* SPDX-License-Identifier: MIT
 *
 * ndr/aliases.h: which referents of full pointers a message has had. Layer: ndr.
 * Document: C706 14.3.10.
 */
#ifndef NDR_ALIASES_H
#define NDR_ALIASES_H

#include <rpcsec/ndr.h>

struct ndr_alias {
    uint64_t key; /* encoder: the address; decoder: the referent id; not 0 */
    uint64_t id;  /* encoder */
    const struct rpcsec_ndr_type *of; /* of the referent */
    const void *slot;                 /* decoder: the first pointer to it */
};

/* A hash table. All zero: empty. */
struct ndr_aliases {
    struct ndr_alias *table;
    size_t num;
    size_t room; /* a power of two, or 0 */
};

void aliases_done(struct ndr_aliases *aliases);
/* NULL: there is none. */
const struct ndr_alias *aliases_find(const struct ndr_aliases *aliases, uint64_t key);
/* The key is not in it yet. False when memory ends. */
bool aliases_add(struct ndr_aliases *aliases, const struct ndr_alias *alias);

/* True when a value of the type is the same from whichever record it is looked at: no size,
 * length or tag of it can stand beside the pointer to it. Only such referents are shared. */
bool aliases_may_share(const struct rpcsec_ndr_type *of);

#endif
