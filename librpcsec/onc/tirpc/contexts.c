/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/contexts.c: the contexts of a server. Layer: onc/tirpc. Document: RFC 2203 5.3.3.1.
 */
#include "onc/tirpc/contexts.h"

#include <time.h>

#include <openssl/rand.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/trace.h"
#include "loop/loop.h"

#define HANDSHAKE_S 60 /* an unproved context lives no longer */

/* ---- The set ---- */

static void shard_init(struct onc_shard *shard)
{
    pthread_mutex_init(&shard->lock, NULL);
}

void contexts_init(struct onc_contexts *contexts, const struct rpcsec_policy *policy)
{
    *contexts = (struct onc_contexts){.policy = policy};
    pthread_mutex_init(&contexts->count_lock, NULL);
    shard_init(&contexts->unproved);
    for (size_t i = 0; i < CONTEXTS_SHARDS; i++)
        shard_init(&contexts->shards[i]);
}

static struct onc_context *context_of(struct onc_entry *entry)
{
    return (struct onc_context *)(void *)entry; /* its first member */
}

static struct onc_shard *shard_of(struct onc_contexts *contexts,
                                  const struct onc_context *context)
{
    if (!atomic_load(&context->proved))
        return &contexts->unproved;
    return &contexts->shards[context->entry.handle[1] % CONTEXTS_SHARDS];
}

static void empty_shard(struct onc_shard *shard)
{
    while (shard->table.oldest) {
        struct onc_entry *entry = shard->table.oldest;

        onc_table_remove(&shard->table, entry);
        context_unref(context_of(entry));
    }
    pthread_mutex_destroy(&shard->lock);
}

void contexts_done(struct onc_contexts *contexts)
{
    for (size_t i = 0; i < CONTEXTS_SHARDS; i++) {
        for (struct onc_entry *e = contexts->shards[i].table.oldest; e; e = e->newer) {
            struct onc_context *context = context_of(e);

            onc_counts_remove(&contexts->principals, sspi_ctx_peer(context->ctx)->principal);
            onc_counts_remove(&contexts->hosts, context->host);
        }
        empty_shard(&contexts->shards[i]);
    }
    empty_shard(&contexts->unproved);
    pthread_mutex_destroy(&contexts->count_lock);
}

/* ---- One context ---- */

void context_unref(struct onc_context *context)
{
    if (!context || atomic_fetch_sub_explicit(&context->refs, 1, memory_order_acq_rel) != 1)
        return;
    pthread_mutex_destroy(&context->lock);
    sspi_ctx_free(context->ctx);
    mem_free(context);
}

/* The handle tells nothing but the node that issued it. */
static bool make_handle(uint8_t handle[ONC_HANDLE_LEN], uint8_t node)
{
    if (RAND_bytes(handle, ONC_HANDLE_LEN) != 1)
        return false;
    handle[0] = node;
    return true;
}

static struct onc_context *new_context(struct sspi_ctx *ctx, const char *host)
{
    struct onc_context *context = mem_zalloc(sizeof(*context));

    if (!context)
        return NULL;
    atomic_init(&context->refs, 2); /* the table's and the caller's */
    atomic_init(&context->proved, false);
    pthread_mutex_init(&context->lock, NULL);
    text_print(context->host, sizeof(context->host), "%s", host);
    context->ctx = ctx;
    context->entry.expires = (int64_t)time(NULL) + HANDSHAKE_S;
    return context;
}

/* The pool is full: the oldest in it gives way. The shard is locked. */
static struct onc_context *make_way(struct onc_contexts *contexts)
{
    struct onc_table *table = &contexts->unproved.table;
    struct onc_entry *oldest = table->oldest;

    if (table->num <= policy_limit(contexts->policy, RPCSEC_LIMIT_ONC_UNPROVED))
        return NULL;
    onc_table_remove(table, oldest);
    return context_of(oldest);
}

rpcsec_status contexts_add(struct onc_contexts *contexts, struct sspi_ctx *ctx,
                           const char *host, struct onc_context **ret_context)
{
    struct onc_context *context = new_context(ctx, host);
    struct onc_context *out_of_place = NULL;
    rpcsec_status status = RPCSEC_SYSTEM;

    if (!context)
        return RPCSEC_NO_MEMORY;
    if (make_handle(context->entry.handle, contexts->policy->node)) {
        pthread_mutex_lock(&contexts->unproved.lock);
        status = onc_table_add(&contexts->unproved.table, &context->entry, loop_now_ms());
        if (status == RPCSEC_OK)
            out_of_place = make_way(contexts);
        pthread_mutex_unlock(&contexts->unproved.lock);
    }
    context_unref(out_of_place);
    if (status != RPCSEC_OK) {
        context->ctx = NULL; /* still the caller's */
        context_unref(context);
        context_unref(context);
        return status;
    }
    *ret_context = context;
    return RPCSEC_OK;
}

static struct onc_context *find_in(struct onc_shard *shard, const uint8_t *handle, size_t len)
{
    struct onc_entry *entry;
    struct onc_context *context = NULL;

    pthread_mutex_lock(&shard->lock);
    entry = onc_table_find(&shard->table, handle, len, loop_now_ms());
    if (entry) {
        context = context_of(entry);
        atomic_fetch_add_explicit(&context->refs, 1, memory_order_relaxed);
    }
    pthread_mutex_unlock(&shard->lock);
    return context;
}

struct onc_context *contexts_find(struct onc_contexts *contexts, const uint8_t *handle,
                                  size_t len)
{
    struct onc_shard *shard;
    struct onc_context *context;

    if (len != ONC_HANDLE_LEN)
        return NULL;
    shard = &contexts->shards[handle[1] % CONTEXTS_SHARDS];
    context = find_in(shard, handle, len);
    if (!context)
        context = find_in(&contexts->unproved, handle, len);
    return context ? context : find_in(shard, handle, len); /* it was moved meanwhile */
}

/* ---- Caps ---- */

static rpcsec_status count_both(struct onc_contexts *contexts, struct onc_context *context,
                                const char *principal)
{
    uint64_t limit = policy_limit(contexts->policy, RPCSEC_LIMIT_ONC_CONTEXTS_EACH);
    rpcsec_status status = onc_counts_add(&contexts->principals, principal, limit);

    if (status != RPCSEC_OK)
        return status;
    status = onc_counts_add(&contexts->hosts, context->host, limit);
    if (status != RPCSEC_OK)
        onc_counts_remove(&contexts->principals, principal);
    return status;
}

static rpcsec_status count_in(struct onc_contexts *contexts, struct onc_context *context)
{
    uint64_t limit = policy_limit(contexts->policy, RPCSEC_LIMIT_ONC_CONTEXTS);
    rpcsec_status status = RPCSEC_LIMIT;

    if (atomic_fetch_add(&contexts->num_proved, 1) < limit) {
        pthread_mutex_lock(&contexts->count_lock);
        status = count_both(contexts, context, sspi_ctx_peer(context->ctx)->principal);
        pthread_mutex_unlock(&contexts->count_lock);
    }
    if (status != RPCSEC_OK)
        atomic_fetch_sub(&contexts->num_proved, 1);
    return status;
}

static void count_out(struct onc_contexts *contexts, struct onc_context *context)
{
    pthread_mutex_lock(&contexts->count_lock);
    onc_counts_remove(&contexts->principals, sspi_ctx_peer(context->ctx)->principal);
    onc_counts_remove(&contexts->hosts, context->host);
    pthread_mutex_unlock(&contexts->count_lock);
    atomic_fetch_sub(&contexts->num_proved, 1);
}

/* ---- Moving and leaving ---- */

/* Takes it out of its table; false: it is in none, or is being moved. */
static bool take_out(struct onc_shard *shard, struct onc_context *context)
{
    bool there;

    pthread_mutex_lock(&shard->lock);
    there = context->entry.table == &shard->table;
    if (there)
        onc_table_remove(&shard->table, &context->entry);
    pthread_mutex_unlock(&shard->lock);
    return there;
}

static rpcsec_status put_in(struct onc_contexts *contexts, struct onc_context *context)
{
    struct onc_shard *shard;
    rpcsec_status status;

    context->entry.expires = sspi_ctx_peer(context->ctx)->expires;
    atomic_store(&context->proved, true);
    shard = shard_of(contexts, context);
    pthread_mutex_lock(&shard->lock);
    status = onc_table_add(&shard->table, &context->entry, loop_now_ms());
    pthread_mutex_unlock(&shard->lock);
    if (status != RPCSEC_OK)
        count_out(contexts, context);
    return status;
}

/* The pool is locked all the while, so that others who look find it there or, after, here. */
static rpcsec_status move(struct onc_contexts *contexts, struct onc_context *context)
{
    rpcsec_status status;

    if (context->entry.table != &contexts->unproved.table)
        return atomic_load(&context->proved) ? RPCSEC_OK : RPCSEC_NOT_FOUND;
    onc_table_remove(&contexts->unproved.table, &context->entry);
    status = count_in(contexts, context);
    if (status == RPCSEC_OK)
        status = put_in(contexts, context);
    if (status == RPCSEC_OK)
        return RPCSEC_OK;
    TRACE("onc", "context_refused", "principal=%s status=%s",
          sspi_ctx_peer(context->ctx)->principal, rpcsec_status_name(status));
    context_unref(context); /* the table's reference; the caller has one */
    return status;
}

rpcsec_status contexts_prove(struct onc_contexts *contexts, struct onc_context *context)
{
    rpcsec_status status;

    if (atomic_load(&context->proved))
        return RPCSEC_OK;
    pthread_mutex_lock(&contexts->unproved.lock);
    status = move(contexts, context);
    pthread_mutex_unlock(&contexts->unproved.lock);
    return status;
}

void contexts_drop(struct onc_contexts *contexts, struct onc_context *context)
{
    if (!take_out(shard_of(contexts, context), context))
        return;
    if (atomic_load(&context->proved))
        count_out(contexts, context);
    context_unref(context);
}

static struct onc_context *sweep_one(struct onc_shard *shard, uint64_t idle_ms)
{
    struct onc_entry *entry;

    pthread_mutex_lock(&shard->lock);
    entry = onc_table_sweep(&shard->table, loop_now_ms(), idle_ms, (int64_t)time(NULL));
    pthread_mutex_unlock(&shard->lock);
    return entry ? context_of(entry) : NULL;
}

void contexts_sweep(struct onc_contexts *contexts)
{
    uint64_t idle_ms = policy_limit(contexts->policy, RPCSEC_LIMIT_ONC_IDLE_MS);
    struct onc_context *context;

    while ((context = sweep_one(&contexts->unproved, HANDSHAKE_S * 1000)))
        context_unref(context);
    for (size_t i = 0; i < CONTEXTS_SHARDS; i++) {
        while ((context = sweep_one(&contexts->shards[i], idle_ms))) {
            count_out(contexts, context);
            context_unref(context);
        }
    }
}
