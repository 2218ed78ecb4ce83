/* SPDX-License-Identifier: MIT
 *
 * runtime/handle.c: the table of context handles, and who may have which when. Layer: runtime.
 * Documents: C706 5.1.6, appendix N; MS-RPCE 3.3.1.4.1.
 */
#define HASH_NONFATAL_OOM          1
#define uthash_nonfatal_oom(entry) ((entry)->owner = NULL)
#define uthash_malloc(len)         mem_alloc(len)
#define uthash_free(mem, len)      mem_free(mem)
#include "base/alloc.h"

#include <string.h>
#include <uthash.h>

#include "base/uuid.h"
#include "runtime/handle.h"

struct handle {
    UT_hash_handle hh;
    struct rpcsec_uuid uuid;
    struct handle_owner *owner; /* NULL: ended */
    struct handle *next;        /* of the owner */
    struct handle *prev;
    struct handle *next_made; /* of the call that makes it */
    const struct rpcsec_handle_type *type;
    struct handle_identity identity; /* its name is ours */
    char *name;
    void *object;
    void (*rundown)(void *object);
    struct pool_job job;
    /* Calls that have it or wait for it, and handle_new's caller. */
    size_t num_refs;
    size_t num_shared;
    bool is_exclusive;
    bool is_claimed; /* by a call that waits for longer */
};

void handles_init(struct handles *handles, size_t max, size_t max_per_owner)
{
    *handles = (struct handles){.max = max, .max_per_owner = max_per_owner};
    pthread_mutex_init(&handles->lock, NULL);
}

void handles_done(struct handles *handles)
{
    pthread_mutex_destroy(&handles->lock);
}

size_t handles_num(struct handles *handles)
{
    size_t num;

    pthread_mutex_lock(&handles->lock);
    num = handles->num;
    pthread_mutex_unlock(&handles->lock);
    return num;
}

/* ---- the table; it is locked ---- */

static void handle_free(struct handle *handle)
{
    mem_free(handle->name);
    mem_free(handle);
}

/* Takes a handle out of the table: nobody finds it any more. */
static void detach(struct handles *handles, struct handle *handle)
{
    struct handle_owner *owner = handle->owner;

    if (!owner)
        return;
    HASH_DEL(handles->by_uuid, handle);
    *(handle->prev ? &handle->prev->next : &owner->first) = handle->next;
    if (handle->next)
        handle->next->prev = handle->prev;
    owner->num--;
    handles->num--;
    handle->owner = NULL;
}

static void unref(struct handle *handle)
{
    if (--handle->num_refs == 0 && !handle->owner && !handle->object)
        handle_free(handle);
}

static bool attach(struct handles *handles, struct handle_owner *owner, struct handle *handle)
{
    handle->owner = owner;
    HASH_ADD(hh, handles->by_uuid, uuid, sizeof(handle->uuid), handle);
    if (!handle->owner)
        return false; /* memory ended */
    handle->next = owner->first;
    if (handle->next)
        handle->next->prev = handle;
    owner->first = handle;
    owner->num++;
    handles->num++;
    return true;
}

/* ---- finding ---- */

static bool wire_is_null(const struct rpcsec_context_handle *wire)
{
    return wire->attributes == 0 && uuid_is_nil(&wire->uuid);
}

/* On the wire packet is integrity (MS-RPCE 2.2.1.1.8): it protects as much. */
static enum rpcsec_level protection(enum rpcsec_level level)
{
    return level == RPCSEC_LEVEL_PACKET ? RPCSEC_LEVEL_INTEGRITY : level;
}

static bool is_allowed(const struct handle *handle, const struct handle_identity *who)
{
    const struct handle_identity *maker = &handle->identity;

    return maker->interface == who->interface && maker->mechanism == who->mechanism &&
           protection(who->level) >= protection(maker->level) &&
           strcmp(maker->name, who->name) == 0;
}

static struct handle *find(const struct handles *handles, const struct handle_wait *wait,
                           const struct handle_use *use, const struct handle_identity *who)
{
    struct handle *found = NULL;

    if (use->wire->attributes != 0)
        return NULL;
    HASH_FIND(hh, handles->by_uuid, &use->wire->uuid, sizeof(use->wire->uuid), found);
    if (!found || found->owner != wait->owner || found->type != use->type)
        return NULL;
    return is_allowed(found, who) ? found : NULL;
}

static rpcsec_status find_all(const struct handles *handles, struct handle_wait *wait,
                              const struct handle_identity *who)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        struct handle_use *use = &wait->uses[i];

        use->handle = NULL;
        if (wire_is_null(use->wire) && use->may_be_null)
            continue;
        use->handle = find(handles, wait, use, who);
        if (!use->handle)
            return RPCSEC_CONTEXT_MISMATCH;
    }
    return RPCSEC_OK;
}

rpcsec_status handles_find(struct handles *handles, struct handle_wait *wait,
                           const struct handle_identity *identity)
{
    rpcsec_status status;

    pthread_mutex_lock(&handles->lock);
    status = find_all(handles, wait, identity);
    for (size_t i = 0; i < wait->num_uses && !status; i++) {
        if (wait->uses[i].handle)
            wait->uses[i].handle->num_refs++;
    }
    pthread_mutex_unlock(&handles->lock);
    if (status)
        wait->num_uses = 0;
    return status;
}

/* ---- having ---- */

static bool can_have(const struct handle_use *use)
{
    const struct handle *handle = use->handle;

    return !handle || (!handle->is_claimed && !handle->is_exclusive &&
                       (use->shared || handle->num_shared == 0));
}

/* A call may name one handle twice: what it has already is no hindrance. */
static bool is_repeated(const struct handle_wait *wait, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (wait->uses[i].handle == wait->uses[index].handle)
            return true;
    }
    return false;
}

static bool is_shared(const struct handle_wait *wait, const struct handle *handle)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        if (wait->uses[i].handle == handle && !wait->uses[i].shared)
            return false;
    }
    return true;
}

static void have(struct handle_wait *wait, bool on)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        struct handle *handle = wait->uses[i].handle;

        if (!handle || is_repeated(wait, i))
            continue;
        if (!is_shared(wait, handle))
            handle->is_exclusive = on;
        else if (on)
            handle->num_shared++;
        else
            handle->num_shared--;
    }
}

static void claim(struct handle_wait *wait, bool on)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        if (wait->uses[i].handle)
            wait->uses[i].handle->is_claimed = on;
    }
}

static bool can_have_all(const struct handle_wait *wait)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        struct handle_use use = wait->uses[i];

        use.shared = use.handle && is_shared(wait, use.handle);
        if (!can_have(&use))
            return false;
    }
    return true;
}

static rpcsec_status status_of(const struct handle_wait *wait)
{
    for (size_t i = 0; i < wait->num_uses; i++) {
        if (wait->uses[i].handle && !wait->uses[i].handle->owner)
            return RPCSEC_CONTEXT_MISMATCH;
    }
    return RPCSEC_OK;
}

/* Gives handles to those who wait, in their order: nobody overtakes one who waits for the same
 * handle. Those who are ready now are moved to a list. */
static struct handle_wait *serve_waiting(struct handle_owner *owner)
{
    struct handle_wait **at = &owner->waiting;
    struct handle_wait *ready = NULL;
    struct handle_wait **last = &ready;

    while (*at) {
        struct handle_wait *wait = *at;

        if (!can_have_all(wait)) {
            claim(wait, true);
            at = &wait->next;
            continue;
        }
        have(wait, true);
        wait->status = status_of(wait);
        *at = wait->next;
        wait->next = NULL;
        *last = wait;
        last = &wait->next;
    }
    for (struct handle_wait *wait = owner->waiting; wait; wait = wait->next)
        claim(wait, false);
    return ready;
}

bool handles_acquire(struct handles *handles, struct handle_wait *wait)
{
    struct handle_wait **last = &wait->owner->waiting;
    struct handle_wait *ready;

    wait->next = NULL;
    wait->status = RPCSEC_OK;
    if (!wait->num_uses)
        return true;
    pthread_mutex_lock(&handles->lock);
    while (*last)
        last = &(*last)->next;
    *last = wait;
    ready = serve_waiting(wait->owner);
    pthread_mutex_unlock(&handles->lock);
    return ready != NULL; /* nothing was released: it can only be this one */
}

void handles_release(struct handles *handles, struct handle_wait *wait)
{
    struct handle_wait *ready;

    if (!wait->num_uses)
        return;
    pthread_mutex_lock(&handles->lock);
    have(wait, false);
    for (size_t i = 0; i < wait->num_uses; i++) {
        if (wait->uses[i].handle)
            unref(wait->uses[i].handle);
    }
    wait->num_uses = 0;
    ready = serve_waiting(wait->owner);
    pthread_mutex_unlock(&handles->lock);
    while (ready) {
        struct handle_wait *next = ready->next;

        ready->ready(ready->arg); /* it may be gone after this */
        ready = next;
    }
}

/* ---- making and ending ---- */

static struct handle *make(const struct handle_params *params)
{
    struct handle *handle = mem_zalloc(sizeof(*handle));

    if (!handle)
        return NULL;
    handle->name = mem_strdup(params->identity->name);
    if (!handle->name || uuid_random(&handle->uuid)) {
        handle_free(handle);
        return NULL;
    }
    handle->identity = *params->identity;
    handle->identity.name = handle->name;
    handle->type = params->type;
    handle->object = params->object;
    handle->rundown = params->rundown;
    return handle;
}

rpcsec_status handle_new(struct handles *handles, struct handle_owner *owner,
                         const struct handle_params *params, struct handle **ret_handle)
{
    struct handle *handle = make(params);
    rpcsec_status status = RPCSEC_OK;

    if (!handle)
        return RPCSEC_NO_MEMORY;
    pthread_mutex_lock(&handles->lock);
    if (owner->num >= handles->max_per_owner || handles->num >= handles->max)
        status = RPCSEC_LIMIT;
    else if (!attach(handles, owner, handle))
        status = RPCSEC_NO_MEMORY;
    pthread_mutex_unlock(&handles->lock);
    if (status) {
        handle_free(handle);
        return status;
    }
    *ret_handle = handle;
    return RPCSEC_OK;
}

struct rpcsec_context_handle handle_wire(const struct handle *handle)
{
    return (struct rpcsec_context_handle){.uuid = handle->uuid};
}

bool handle_is(const struct handle *handle, const struct rpcsec_context_handle *wire)
{
    return handle && wire->attributes == 0 && uuid_equal(&handle->uuid, &wire->uuid);
}

void *handle_object(const struct handle *handle)
{
    return handle->object;
}

struct handle **handle_next_made(struct handle *handle)
{
    return &handle->next_made;
}

void *handle_take(struct handles *handles, struct handle *handle)
{
    void *object;

    pthread_mutex_lock(&handles->lock);
    detach(handles, handle);
    object = handle->object;
    handle->object = NULL;
    if (handle->num_refs == 0)
        handle_free(handle);
    pthread_mutex_unlock(&handles->lock);
    return object;
}

static void run_rundown(void *arg)
{
    struct handle *handle = arg;

    if (handle->rundown)
        handle->rundown(handle->object);
    handle_free(handle);
}

/* A server that has ended has no pool any more. */
static void submit_rundown(struct handle *handle, struct pool *pool)
{
    if (!pool) {
        run_rundown(handle);
        return;
    }
    handle->job = (struct pool_job){.run = run_rundown, .arg = handle};
    pool_submit(pool, &handle->job);
}

void handle_abandon(struct handles *handles, struct handle *handle, struct pool *pool)
{
    pthread_mutex_lock(&handles->lock);
    detach(handles, handle);
    pthread_mutex_unlock(&handles->lock);
    submit_rundown(handle, pool);
}

void handles_run_down(struct handles *handles, struct handle_owner *owner, struct pool *pool)
{
    struct handle *handle;

    do {
        pthread_mutex_lock(&handles->lock);
        handle = owner->first;
        if (handle)
            detach(handles, handle);
        pthread_mutex_unlock(&handles->lock);
        if (handle)
            submit_rundown(handle, pool);
    } while (handle);
}
