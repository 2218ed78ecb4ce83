/* SPDX-License-Identifier: MIT
 *
 * ndr/checks.c: correlations that can be checked only later. Layer: ndr.
 * Document: MS-RPCE 3.1.1.5.3.3.1.
 */
#include "ndr/checks.h"

#include <inttypes.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "ndr/types.h"

#define FIRST_ROOM 16

void checks_done(struct ndr_checks *checks)
{
    if (checks->list != checks->first)
        mem_free(checks->list);
    checks->list = NULL;
}

void checks_run_one(struct ndr_walk *walk, const struct ndr_check *check)
{
    int64_t expected;

    if (!ndr_value(check->expr, check->record, &expected) ||
        (check->tag && !ndr_tag(check->tag, expected, walk->ndr64, &expected))) {
        walk_fail(walk, RPCSEC_BAD_STUB, check->fault, check->type, check->mem,
                  "%s %" PRId64 ", and its correlated value is not valid", check->what,
                  check->value);
        return;
    }
    if (expected != check->value)
        walk_fail(walk, RPCSEC_BAD_STUB, check->fault, check->type, check->mem,
                  "%s %" PRId64 ", must be %" PRId64, check->what, check->value, expected);
}

/* Leaves the places that need no memory. */
static bool move_out(struct ndr_checks *checks)
{
    struct ndr_check *list = mem_alloc(FIRST_ROOM * sizeof(*list));

    if (!list)
        return false;
    memcpy(list, checks->first, sizeof(checks->first));
    checks->list = list;
    checks->room = FIRST_ROOM;
    return true;
}

static bool make_room(struct ndr_checks *checks)
{
    struct ndr_check *list;

    if (!checks->list) {
        checks->list = checks->first;
        checks->room = NDR_FIRST_CHECKS;
    }
    if (checks->num < checks->room)
        return true;
    if (checks->list == checks->first)
        return move_out(checks);
    list = mem_resize(checks->list, checks->room * 2 * sizeof(*list));
    if (!list)
        return false;
    checks->list = list;
    checks->room *= 2;
    return true;
}

void checks_add(struct ndr_walk *walk, struct ndr_checks *checks, const struct ndr_check *check)
{
    if (walk->status)
        return;
    if (checks->num >= LIMIT_NDR_CHECKS)
        walk_fail(walk, RPCSEC_LIMIT, NDR_FAULT_BAD_STUB, check->type, check->mem,
                  "too many correlations to check");
    else if (!make_room(checks))
        walk_fail(walk, RPCSEC_NO_MEMORY, NDR_FAULT_NO_MEMORY, check->type, check->mem,
                  "out of memory");
    else {
        checks->list[checks->num] = *check;
        checks->list[checks->num++].arg = walk->arg;
    }
}

void checks_run_from(struct ndr_walk *walk, struct ndr_checks *checks, size_t mark)
{
    size_t kept = mark;

    for (size_t i = mark; i < checks->num; i++) {
        if (ndr_follows_pointers(checks->list[i].expr))
            checks->list[kept++] = checks->list[i];
        else
            checks_run_one(walk, &checks->list[i]);
    }
    checks->num = kept;
}

void checks_run_all(struct ndr_walk *walk, struct ndr_checks *checks)
{
    for (size_t i = 0; i < checks->num && !walk->status; i++) {
        walk->arg = checks->list[i].arg;
        checks_run_one(walk, &checks->list[i]);
    }
    checks->num = 0;
}
