/* SPDX-License-Identifier: MIT
 *
 * runtime/group.c: the table of association groups. Layer: runtime. Documents: C706 12.6.3.1,
 * MS-RPCE 3.3.1.5.7.
 */
#define HASH_NONFATAL_OOM          1
#define uthash_nonfatal_oom(entry) ((entry)->id = 0)
#define uthash_malloc(len)         mem_alloc(len)
#define uthash_free(mem, len)      mem_free(mem)
#include "base/alloc.h"

#include <string.h>
#include <uthash.h>

#include "base/text.h"
#include "runtime/group.h"

struct group {
    UT_hash_handle hh;
    uint32_t id; /* 0: not in the table */
    unsigned num_members;
    char host[GROUP_ADDRESS_LEN];
    struct handle_owner handles;
};

void groups_init(struct groups *groups, uint8_t node)
{
    pthread_mutex_init(&groups->lock, NULL);
    groups->by_id = NULL;
    groups->node = node;
    groups->last_number = 0;
}

void groups_done(struct groups *groups)
{
    pthread_mutex_destroy(&groups->lock);
}

void group_host(char host[GROUP_ADDRESS_LEN], const char *address)
{
    char *colon;

    text_print(host, GROUP_ADDRESS_LEN, "%s", address);
    colon = strrchr(host, ':');
    if (colon)
        *colon = '\0';
}

static struct group *find(struct groups *groups, uint32_t id)
{
    struct group *found = NULL;

    HASH_FIND(hh, groups->by_id, &id, sizeof(id), found);
    return found;
}

/* An id that no living group has. At most as many tries as there are groups. */
static uint32_t free_id(struct groups *groups)
{
    uint32_t id;

    do {
        groups->last_number = (groups->last_number + 1) & 0xFFFFFF;
        id = (uint32_t)groups->node << 24 | groups->last_number;
    } while (id == 0 || find(groups, id));
    return id;
}

rpcsec_status group_new(struct groups *groups, const char *address, struct group **ret_group)
{
    struct group *group = mem_zalloc(sizeof(*group));

    if (!group)
        return RPCSEC_NO_MEMORY;
    group_host(group->host, address);
    group->num_members = 1;
    pthread_mutex_lock(&groups->lock);
    group->id = free_id(groups);
    HASH_ADD(hh, groups->by_id, id, sizeof(group->id), group);
    pthread_mutex_unlock(&groups->lock);
    if (!group->id) {
        mem_free(group);
        return RPCSEC_NO_MEMORY;
    }
    *ret_group = group;
    return RPCSEC_OK;
}

uint32_t group_id(const struct group *group)
{
    return group->id;
}

/* The table is locked. True when nobody is left. */
static bool drop_member(struct groups *groups, struct group *group)
{
    if (--group->num_members)
        return false;
    HASH_DEL(groups->by_id, group);
    return true;
}

bool group_join(struct groups *groups, struct group **group, uint32_t id)
{
    struct group *mine = *group;
    struct group *found;
    bool empty = false;

    pthread_mutex_lock(&groups->lock);
    found = find(groups, id);
    if (found && strcmp(found->host, mine->host) != 0)
        found = NULL;
    if (found && found != mine) {
        found->num_members++;
        empty = drop_member(groups, mine);
        *group = found;
    }
    pthread_mutex_unlock(&groups->lock);
    if (empty)
        mem_free(mine);
    return found != NULL;
}

bool group_leave(struct groups *groups, struct group *group)
{
    bool empty;

    pthread_mutex_lock(&groups->lock);
    empty = drop_member(groups, group);
    pthread_mutex_unlock(&groups->lock);
    return empty;
}

void group_free(struct group *group)
{
    mem_free(group);
}

struct handle_owner *group_handles(struct group *group)
{
    return &group->handles;
}
