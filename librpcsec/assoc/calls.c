/* SPDX-License-Identifier: MIT
 *
 * assoc/calls.c: the open calls of a connection. Layer: assoc.
 * Documents: C706 9.3, 12.6.3.1; MS-RPCE 3.3.1.5.9.
 *
 * A small array, searched in line: a peer chooses the ids, so nothing hashes them.
 */
#include "assoc/engine.h"

struct assoc_open_call *call_find(const struct assoc *a, uint32_t id)
{
    for (size_t i = 0; i < a->num_calls; i++) {
        if (a->calls[i].id == id)
            return &a->calls[i];
    }
    return NULL;
}

/* A client forgets the oldest orphan when there are too many. */
static void limit_orphans(struct assoc *a)
{
    struct assoc_open_call *oldest = NULL;
    size_t num = 0;

    for (size_t i = 0; i < a->num_calls; i++) {
        if (!a->calls[i].orphaned)
            continue;
        num++;
        if (!oldest || a->calls[i].id < oldest->id)
            oldest = &a->calls[i];
    }
    if (num > LIMIT_ORPHANS && !a->params.server)
        call_remove(a, oldest);
}

static rpcsec_status grow(struct assoc *a)
{
    size_t cap = a->calls_cap ? a->calls_cap * 2 : 4;
    struct assoc_open_call *calls;

    if (a->num_calls < a->calls_cap)
        return RPCSEC_OK;
    calls = mem_resize(a->calls, cap * sizeof(*calls));
    if (!calls)
        return RPCSEC_NO_MEMORY;
    a->calls = calls;
    a->calls_cap = cap;
    return RPCSEC_OK;
}

rpcsec_status call_add(struct assoc *a, uint32_t id, struct assoc_open_call **ret_call)
{
    struct assoc_open_call *call;

    limit_orphans(a);
    if (grow(a) != RPCSEC_OK)
        return RPCSEC_NO_MEMORY;
    call = &a->calls[a->num_calls++];
    memset(call, 0, sizeof(*call));
    call->id = id;
    buf_init(&call->body, (size_t)policy_limit(a->policy, RPCSEC_LIMIT_RESPONSE_BYTES));
    *ret_call = call;
    return RPCSEC_OK;
}

void call_remove(struct assoc *a, struct assoc_open_call *call)
{
    buf_done(&call->body);
    *call = a->calls[--a->num_calls];
}

void calls_done(struct assoc *a)
{
    while (a->num_calls != 0)
        call_remove(a, &a->calls[a->num_calls - 1]);
    mem_free(a->calls);
    a->calls = NULL;
    a->calls_cap = 0;
}

bool calls_full(const struct assoc *a)
{
    uint64_t max = a->multiplexing ? policy_limit(a->policy, RPCSEC_LIMIT_CALLS_IN_FLIGHT) : 1;
    size_t num = 0;

    for (size_t i = 0; i < a->num_calls; i++) {
        if (a->params.server || !a->calls[i].orphaned)
            num++;
    }
    return num >= max;
}
