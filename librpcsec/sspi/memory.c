/* SPDX-License-Identifier: MIT
 *
 * sspi/memory.c: memory that the public calls give away and FreeContextBuffer takes back.
 * Layer: sspi.
 *
 * Programs call FreeContextBuffer on addresses that never came from SSPI, so a pointer is
 * looked up among those given away before anything at it is read.
 */
#include "sspi/memory.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

struct block {
    struct block *next;
    size_t len; /* of what follows */
    enum sspi_mem_kind kind;
    bool secret;
};

#define HEAD_LEN                                                                \
    ((sizeof(struct block) + alignof(max_align_t) - 1) / alignof(max_align_t) * \
     alignof(max_align_t))

enum { NUM_BUCKETS = 256 };

/* Shared by all users of the process on purpose: a pointer says nothing of who asked for it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct block *buckets[NUM_BUCKETS];

static uint8_t *memory_of(struct block *block)
{
    return (uint8_t *)block + HEAD_LEN;
}

static struct block **bucket_of(const void *mem)
{
    return &buckets[((uintptr_t)mem >> 4) % NUM_BUCKETS];
}

static struct block *block_new(size_t len, bool secret)
{
    struct block *block;

    if (len > SIZE_MAX - HEAD_LEN)
        return NULL;
    block = secret ? secret_alloc(HEAD_LEN + len) : mem_alloc(HEAD_LEN + len);
    if (!block)
        return NULL;
    memset(block, 0, HEAD_LEN + len);
    block->len = len;
    block->secret = secret;
    return block;
}

void *sspi_mem_alloc(size_t len, bool secret)
{
    return sspi_mem_new(SSPI_MEM_PLAIN, len, secret);
}

void *sspi_mem_new(enum sspi_mem_kind kind, size_t len, bool secret)
{
    struct block *block = block_new(len, secret);
    struct block **bucket;

    if (!block)
        return NULL;
    block->kind = kind;
    bucket = bucket_of(memory_of(block));
    pthread_mutex_lock(&lock);
    block->next = *bucket;
    *bucket = block;
    pthread_mutex_unlock(&lock);
    return memory_of(block);
}

char *sspi_mem_strdup(const char *text)
{
    size_t len = strlen(text) + 1;
    char *copy = sspi_mem_alloc(len, false);

    if (copy)
        memcpy(copy, text, len);
    return copy;
}

size_t sspi_mem_len(enum sspi_mem_kind kind, const void *mem)
{
    size_t len = 0;

    pthread_mutex_lock(&lock);
    for (struct block *block = *bucket_of(mem); block; block = block->next) {
        if (memory_of(block) == mem && block->kind == kind)
            len = block->len;
    }
    pthread_mutex_unlock(&lock);
    return len;
}

/* Takes the block of this memory out of its bucket; NULL when there is none. */
static struct block *take(const void *mem)
{
    struct block *found = NULL;

    pthread_mutex_lock(&lock);
    for (struct block **place = bucket_of(mem); *place; place = &(*place)->next) {
        if (memory_of(*place) == mem) {
            found = *place;
            *place = found->next;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    return found;
}

bool sspi_mem_free(void *mem)
{
    struct block *block = mem ? take(mem) : NULL;

    if (!block)
        return false;
    if (block->secret)
        secret_free(block, HEAD_LEN + block->len);
    else
        mem_free(block);
    return true;
}
