/* SPDX-License-Identifier: MIT
 *
 * assoc/pool.c: buffers that engines of one thread use in turn. Layer: assoc.
 * Document: none; this is of our own making.
 *
 * One engine at a time reads, decodes and sends, and most are at rest: what they need for that
 * is kept once for all of them, so that a call allocates nothing and rest costs nothing.
 */
#include "assoc/engine.h"

uint8_t *pool_take_input(struct assoc_pool *pool, size_t least, size_t *ret_len)
{
    uint8_t *data;

    if (pool->num_inputs != 0) {
        pool->num_inputs--;
        *ret_len = pool->inputs[pool->num_inputs].len;
        return pool->inputs[pool->num_inputs].data;
    }
    data = mem_alloc(least);
    if (data)
        *ret_len = least;
    return data;
}

void pool_give_input(struct assoc_pool *pool, uint8_t *data, size_t len)
{
    if (pool->num_inputs == ASSOC_POOL_INPUTS) {
        mem_free(data);
        return;
    }
    pool->inputs[pool->num_inputs].data = data;
    pool->inputs[pool->num_inputs].len = len;
    pool->num_inputs++;
}

static size_t bytes_of(const struct segment *segment)
{
    return segment->head_len + segment->body_max + segment->tail_len;
}

void pool_give_segment(struct assoc_pool *pool, struct segment *segment)
{
    if (pool->segment_bytes + bytes_of(segment) > ASSOC_SPARE_BYTES) {
        segment_free(segment);
        return;
    }
    pool->segment_bytes += bytes_of(segment);
    segment->next = pool->segments;
    pool->segments = segment;
    pool->num_segments++;
}

static struct segment *take_segment(struct assoc_pool *pool)
{
    struct segment *segment = pool->segments;

    pool->segments = segment->next;
    pool->num_segments--;
    pool->segment_bytes -= bytes_of(segment);
    segment->next = NULL;
    return segment;
}

void assoc_lend_segments(struct assoc *a, struct writer *w)
{
    struct assoc_pool *pool = a->pool;

    while (pool->segments && w->num_spare < LIMIT_SPARE_SEGMENTS)
        writer_recycle(w, take_segment(pool));
}

struct assoc_pool *assoc_pool_of(struct assoc *a)
{
    return a->pool;
}

void assoc_pool_trim(struct assoc_pool *pool)
{
    while (pool->num_segments > ASSOC_IDLE_SPARE)
        segment_free(take_segment(pool));
}

void assoc_pool_done(struct assoc_pool *pool)
{
    for (size_t i = 0; i < pool->num_inputs; i++)
        mem_free(pool->inputs[i].data);
    pool->num_inputs = 0;
    segment_free_chain(pool->segments);
    pool->segments = NULL;
    pool->num_segments = 0;
    pool->segment_bytes = 0;
}
