/* SPDX-License-Identifier: MIT
 *
 * base/arena.c: memory that is freed together. Layer: base.
 *
 * A list of chunks, each larger than the one before; pieces are cut off the newest. The limit
 * counts the chunks' bytes, so it bounds what the process really pays.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arith.h"

#define DEFAULT_MAX_LEN  (64u << 20) /* bytes */
#define FIRST_CHUNK_LEN  4096        /* bytes: holds the results of most calls */
#define LARGEST_STEP_LEN (1u << 20)  /* bytes: beyond it chunks no longer double */
#define MAX_ALIGNMENT    16

struct chunk {
    struct chunk *older;
    size_t len;
    size_t used;
    alignas(MAX_ALIGNMENT) uint8_t mem[];
};

struct rpcsec_arena {
    struct chunk *newest; /* NULL until the first piece */
    size_t max_len;
    size_t held_len; /* of all chunks */
    size_t used_len; /* of all pieces, with what alignment skipped */
};

struct rpcsec_arena *rpcsec_arena_new(size_t max_len)
{
    struct rpcsec_arena *arena = mem_zalloc(sizeof(*arena));

    if (arena)
        arena->max_len = max_len ? max_len : DEFAULT_MAX_LEN;
    return arena;
}

/* Frees all chunks but the oldest, or that too. */
static void free_chunks(struct rpcsec_arena *arena, bool keep_oldest)
{
    while (arena->newest && (arena->newest->older || !keep_oldest)) {
        struct chunk *chunk = arena->newest;

        arena->newest = chunk->older;
        arena->held_len -= chunk->len;
        mem_free(chunk);
    }
}

void rpcsec_arena_reset(struct rpcsec_arena *arena)
{
    if (!arena)
        return;
    free_chunks(arena, true);
    if (arena->newest)
        arena->newest->used = 0;
    arena->used_len = 0;
}

void rpcsec_arena_free(struct rpcsec_arena *arena)
{
    if (!arena)
        return;
    free_chunks(arena, false);
    mem_free(arena);
}

/* The length of the next chunk, which must hold `need` bytes; 0 when the limit forbids it. */
static size_t next_chunk_len(const struct rpcsec_arena *arena, size_t need)
{
    size_t left = arena->max_len - arena->held_len;
    size_t len = FIRST_CHUNK_LEN;

    if (need > left)
        return 0;
    if (arena->newest)
        len = arena->newest->len < LARGEST_STEP_LEN / 2 ? arena->newest->len * 2
                                                        : LARGEST_STEP_LEN;
    if (len < need)
        len = need;
    return len < left ? len : left;
}

static bool add_chunk(struct rpcsec_arena *arena, size_t need)
{
    size_t len = next_chunk_len(arena, need);
    struct chunk *chunk;
    size_t total;

    if (len == 0 || !arith_add(sizeof(*chunk), len, &total))
        return false;
    chunk = mem_alloc(total);
    if (!chunk)
        return false;
    chunk->older = arena->newest;
    chunk->len = len;
    chunk->used = 0;
    arena->newest = chunk;
    arena->held_len += len;
    return true;
}

/* Cuts a piece off a chunk; NULL when it does not fit. `mem` has the largest alignment, so an
 * aligned offset is enough. */
static void *cut(struct rpcsec_arena *arena, struct chunk *chunk, size_t len, size_t alignment)
{
    size_t skip = arith_pad(chunk->used, alignment);
    void *piece;

    if (skip > chunk->len - chunk->used || len > chunk->len - chunk->used - skip)
        return NULL;
    piece = chunk->mem + chunk->used + skip;
    chunk->used += skip + len;
    arena->used_len += skip + len;
    return piece;
}

static void *take(struct rpcsec_arena *arena, size_t len, size_t alignment)
{
    void *piece = NULL;

    /* Also an empty piece gets a place of its own, so its pointer is valid. */
    if (len == 0)
        len = 1;
    if (arena->newest)
        piece = cut(arena, arena->newest, len, alignment);
    if (!piece && add_chunk(arena, len))
        piece = cut(arena, arena->newest, len, alignment);
    return piece;
}

void *rpcsec_arena_alloc(struct rpcsec_arena *arena, size_t len)
{
    void *piece = arena ? take(arena, len, MAX_ALIGNMENT) : NULL;

    if (piece)
        memset(piece, 0, len);
    return piece;
}

void *arena_array(struct rpcsec_arena *arena, size_t num, size_t len, size_t alignment)
{
    size_t total;

    if (!arith_mul(num, len, &total) || !arith_is_alignment(alignment))
        return NULL;
    return take(arena, total, alignment);
}

char *arena_strndup(struct rpcsec_arena *arena, const char *text, size_t len)
{
    char *copy = len < SIZE_MAX ? arena_array(arena, len + 1, 1, 1) : NULL;

    if (!copy)
        return NULL;
    if (len != 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

bool arena_rewind(struct rpcsec_arena *arena)
{
    rpcsec_arena_reset(arena);
    return arena && arena->held_len <= FIRST_CHUNK_LEN;
}

void arena_set_max(struct rpcsec_arena *arena, size_t max_len)
{
    arena->max_len = max_len;
}

size_t arena_used(const struct rpcsec_arena *arena)
{
    return arena->used_len;
}
