/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_registry.c: the list of registrations of an endpoint mapper. Layer: runtime.
 * Documents: C706 appendix O (ept_insert, ept_delete).
 *
 * One list in the order of registration: a lookup goes on behind the last id that it told, and
 * what comes or goes meanwhile moves nothing.
 */
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "base/uuid.h"
#include "runtime/epm_registry.h"

void epm_registry_init(struct epm_registry *registry)
{
    *registry = (struct epm_registry){.num = 0};
    pthread_mutex_init(&registry->lock, NULL);
}

void epm_registry_done(struct epm_registry *registry)
{
    while (registry->first) {
        struct epm_registration *next = registry->first->next;

        mem_free(registry->first);
        registry->first = next;
    }
    pthread_mutex_destroy(&registry->lock);
}

static bool same_tower(const struct tower *a, const struct tower *b)
{
    return syntax_equal(&a->interface, &b->interface) &&
           syntax_equal(&a->transfer, &b->transfer) && a->rpc == b->rpc &&
           a->transport == b->transport && a->port == b->port && strcmp(a->name, b->name) == 0;
}

static bool same_entry(const struct epm_registration *a, const struct epm_registration *b)
{
    return a->owner == b->owner && uuid_equal(&a->object, &b->object) &&
           same_tower(&a->tower, &b->tower);
}

/* An interface that one user serves is not taken from him by another, whatever its version; but
 * see oust_strangers. */
static rpcsec_status check(const struct epm_registry *registry,
                           const struct epm_registration *entry)
{
    size_t num = 0;

    for (const struct epm_registration *e = registry->first; e; e = e->next) {
        if (e->uid == entry->uid)
            num++;
        else if (uuid_equal(&e->tower.interface.uuid, &entry->tower.interface.uuid))
            return RPCSEC_ACCESS_DENIED;
    }
    return num < LIMIT_EPM_USER_ENTRIES && registry->num < LIMIT_EPM_ENTRIES ? RPCSEC_OK
                                                                             : RPCSEC_LIMIT;
}

/* Where the entry is linked in, or the end of the list. */
static struct epm_registration **place_of(struct epm_registry *registry,
                                          const struct epm_registration *entry)
{
    struct epm_registration **at = &registry->first;

    while (*at && !same_entry(*at, entry))
        at = &(*at)->next;
    return at;
}

static void remove_at(struct epm_registry *registry, struct epm_registration **at)
{
    struct epm_registration *entry = *at;

    *at = entry->next;
    mem_free(entry);
    registry->num--;
}

/* Root, and the user that the mapper runs as. */
static bool is_trusted(uint32_t uid)
{
    return uid == 0 || uid == geteuid();
}

/* A service of the system's gets its interface back from whoever took it in its absence. */
static void oust_strangers(struct epm_registry *registry, const struct epm_registration *entry)
{
    struct epm_registration **at = &registry->first;

    while (*at) {
        if (!is_trusted((*at)->uid) &&
            uuid_equal(&(*at)->tower.interface.uuid, &entry->tower.interface.uuid))
            remove_at(registry, at);
        else
            at = &(*at)->next;
    }
}

static rpcsec_status add(struct epm_registry *registry, const struct epm_registration *entry)
{
    struct epm_registration **at;
    struct epm_registration *copy;
    rpcsec_status status;

    if (is_trusted(entry->uid))
        oust_strangers(registry, entry);
    at = place_of(registry, entry);
    if (*at)
        return RPCSEC_OK;
    status = check(registry, entry);
    if (status)
        return status;
    copy = mem_zalloc(sizeof(*copy));
    if (!copy)
        return RPCSEC_NO_MEMORY;
    *copy = *entry;
    copy->next = NULL;
    copy->id = ++registry->last_id;
    *at = copy;
    registry->num++;
    return RPCSEC_OK;
}

rpcsec_status epm_register(struct epm_registry *registry, const struct epm_registration *entry)
{
    rpcsec_status status;

    pthread_mutex_lock(&registry->lock);
    status = add(registry, entry);
    pthread_mutex_unlock(&registry->lock);
    return status;
}

rpcsec_status epm_unregister(struct epm_registry *registry,
                             const struct epm_registration *entry)
{
    struct epm_registration **at;
    rpcsec_status status = RPCSEC_NOT_FOUND;

    pthread_mutex_lock(&registry->lock);
    at = place_of(registry, entry);
    if (*at) {
        remove_at(registry, at);
        status = RPCSEC_OK;
    }
    pthread_mutex_unlock(&registry->lock);
    return status;
}

void epm_forget(struct epm_registry *registry, const void *owner)
{
    struct epm_registration **at = &registry->first;

    pthread_mutex_lock(&registry->lock);
    while (*at) {
        if ((*at)->owner == owner)
            remove_at(registry, at);
        else
            at = &(*at)->next;
    }
    pthread_mutex_unlock(&registry->lock);
}

bool epm_find_next(struct epm_registry *registry, uint64_t id, epm_fits_fn *fits,
                   const void *arg, struct epm_registration *ret_entry)
{
    const struct epm_registration *entry;

    pthread_mutex_lock(&registry->lock);
    entry = registry->first;
    while (entry && (entry->id <= id || !fits(arg, entry)))
        entry = entry->next;
    if (entry)
        *ret_entry = *entry;
    pthread_mutex_unlock(&registry->lock);
    return entry != NULL;
}
