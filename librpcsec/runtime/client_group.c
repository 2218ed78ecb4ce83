/* SPDX-License-Identifier: MIT
 *
 * runtime/client_group.c: the association group that connections of several clients share.
 * Layer: runtime. Documents: C706 9.4, MS-RPCE 3.3.1.5.7.
 *
 * The server forgets a group with its last connection; so do we, and the next connection begins
 * a new one.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "runtime/client.h"

static struct client_group *group_new(void)
{
    struct client_group *group = mem_zalloc(sizeof(*group));

    if (!group)
        return NULL;
    atomic_init(&group->refs, 1);
    pthread_mutex_init(&group->lock, NULL);
    return group;
}

void client_group_unref(struct client_group *group)
{
    if (!group || atomic_fetch_sub(&group->refs, 1) != 1)
        return;
    pthread_mutex_destroy(&group->lock);
    mem_free(group);
}

static bool has_connections(struct client_group *group)
{
    bool any;

    pthread_mutex_lock(&group->lock);
    any = group->num_connections != 0;
    pthread_mutex_unlock(&group->lock);
    return any;
}

rpcsec_status client_group_find(struct client_link *link, struct rpcsec_error *err)
{
    if (!link->options.join) {
        link->group = group_new();
        return link->group ? RPCSEC_OK : error_no_memory(err);
    }
    if (!has_connections(link->options.join->link->group))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the client to join is not bound: call rpcsec_client_bind with it "
                         "first");
    link->group = link->options.join->link->group;
    atomic_fetch_add(&link->group->refs, 1);
    link->options.join = NULL; /* it may be closed before us */
    return RPCSEC_OK;
}

uint32_t client_group_to_join(struct client_link *link)
{
    uint32_t id;

    pthread_mutex_lock(&link->group->lock);
    id = link->group->id;
    pthread_mutex_unlock(&link->group->lock);
    return id;
}

void client_group_enter(struct client_link *link, uint32_t id)
{
    if (link->in_group)
        return;
    pthread_mutex_lock(&link->group->lock);
    link->group->id = id;
    link->group->num_connections++;
    pthread_mutex_unlock(&link->group->lock);
    link->in_group = true;
}

void client_group_leave(struct client_link *link)
{
    if (!link->in_group)
        return;
    pthread_mutex_lock(&link->group->lock);
    if (--link->group->num_connections == 0)
        link->group->id = 0;
    pthread_mutex_unlock(&link->group->lock);
    link->in_group = false;
}
