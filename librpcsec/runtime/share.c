/* SPDX-License-Identifier: MIT
 *
 * runtime/share.c: the table of clients, and the work that waits for its turn. Layer: runtime.
 */
#define HASH_NONFATAL_OOM          1
#define uthash_nonfatal_oom(entry) ((entry)->is_known = false)
#define uthash_malloc(len)         mem_alloc(len)
#define uthash_free(mem, len)      mem_free(mem)
#include "base/alloc.h"

#include <string.h>
#include <uthash.h>

#include "runtime/share.h"

struct share {
    UT_hash_handle hh;
    bool is_known; /* in the table */
    size_t num_connections;
    size_t num_running;
    struct share_job *first; /* waiting */
    struct share_job *last;
    char key[]; /* the kind, and the name */
};

void shares_init(struct shares *shares)
{
    shares->by_key = NULL;
    pthread_mutex_init(&shares->lock, NULL);
}

void shares_done(struct shares *shares)
{
    pthread_mutex_destroy(&shares->lock);
}

static struct share *share_new(enum share_kind kind, const char *name)
{
    size_t len = strlen(name);
    struct share *share = mem_zalloc(sizeof(*share) + len + 2);

    if (!share)
        return NULL;
    share->key[0] = (char)kind;
    memcpy(share->key + 1, name, len + 1);
    return share;
}

/* The table is locked. Gives `fresh` where there is none yet; NULL when memory ends. */
static struct share *find_or_add(struct shares *shares, struct share *fresh)
{
    struct share *found = NULL;

    HASH_FIND_STR(shares->by_key, fresh->key, found);
    if (found)
        return found;
    fresh->is_known = true;
    HASH_ADD_STR(shares->by_key, key, fresh);
    return fresh->is_known ? fresh : NULL;
}

rpcsec_status share_join(struct shares *shares, enum share_kind kind, const char *name,
                         size_t max, struct share **ret_share)
{
    struct share *fresh = share_new(kind, name);
    rpcsec_status status = RPCSEC_OK;
    struct share *share;

    if (!fresh)
        return RPCSEC_NO_MEMORY;
    pthread_mutex_lock(&shares->lock);
    share = find_or_add(shares, fresh);
    if (!share)
        status = RPCSEC_NO_MEMORY;
    else if (share->num_connections >= max)
        status = RPCSEC_LIMIT;
    else
        share->num_connections++;
    pthread_mutex_unlock(&shares->lock);
    if (share != fresh)
        mem_free(fresh);
    if (status == RPCSEC_OK)
        *ret_share = share;
    return status;
}

void share_leave(struct shares *shares, struct share *share)
{
    bool is_last;

    if (!share)
        return;
    pthread_mutex_lock(&shares->lock);
    is_last = --share->num_connections == 0;
    if (is_last)
        HASH_DEL(shares->by_key, share);
    pthread_mutex_unlock(&shares->lock);
    if (is_last)
        mem_free(share);
}

void share_submit(struct shares *shares, struct share *share, struct pool *pool,
                  struct share_job *job, size_t max_running)
{
    bool runs;

    job->next = NULL;
    job->share = share;
    job->pool = pool;
    pthread_mutex_lock(&shares->lock);
    runs = share->num_running < max_running;
    if (runs)
        share->num_running++;
    else if (share->last)
        share->last->next = job;
    else
        share->first = job;
    if (!runs)
        share->last = job;
    pthread_mutex_unlock(&shares->lock);
    if (runs)
        pool_submit(pool, &job->job);
}

void share_ran(struct shares *shares, struct share_job *job)
{
    struct share *share = job->share;
    struct share_job *next;

    pthread_mutex_lock(&shares->lock);
    next = share->first;
    if (!next)
        share->num_running--;
    else if (!(share->first = next->next))
        share->last = NULL;
    pthread_mutex_unlock(&shares->lock);
    if (next)
        pool_submit(next->pool, &next->job);
}
