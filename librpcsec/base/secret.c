/* SPDX-License-Identifier: MIT
 *
 * base/secret.c: memory for keys and passwords. Layer: base.
 *
 * Secrets live in pages of their own, so that what is locked and left out of core dumps is
 * theirs alone. Small ones share a region, cut into cells: a mapping for each would cost a
 * connection three system calls and most of a page. The lock is held for a few instructions; no
 * secret is asked for or freed on the way of a message.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"

enum {
    CELL_LEN = 1024,
    REGION_LEN = 65536, /* and its alignment, so that a cell tells its region */
};

/* A bit for each of 64 cells; the first cell holds the region's own words. */
#define ALL_FREE (~UINT64_C(1))
_Static_assert(REGION_LEN / CELL_LEN == 64, "a region has as many cells as its word has bits");

struct region {
    struct region *next; /* with free cells */
    struct region *prev;
    uint64_t free_cells; /* bit n: cell n is free */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct region *regions; /* those with free cells */
static atomic_uint_fast64_t live_secrets;

uint64_t secret_test_live(void)
{
    return atomic_load(&live_secrets);
}

/* ---- Pages ---- */

/* The length of the pages that hold len bytes, 0 when there is none. */
static size_t pages_len(size_t len)
{
    size_t page_len = (size_t)sysconf(_SC_PAGESIZE);

    if (len > SIZE_MAX - page_len)
        return 0;
    return (len + page_len - 1) / page_len * page_len;
}

static void *map_pages(size_t len)
{
    void *mem = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mem == MAP_FAILED ? NULL : mem;
}

/* False, and unmapped, when the pages would be dumped. */
static bool protect_pages(void *mem, size_t len)
{
    if (madvise(mem, len, MADV_DONTDUMP) != 0) {
        (void)munmap(mem, len);
        return false;
    }
    /* RLIMIT_MEMLOCK is small on many systems, and a swapped key is better than no service. */
    (void)mlock(mem, len);
    return true;
}

static void *alloc_pages(size_t len)
{
    size_t map_len = pages_len(len);
    void *mem = map_len > 0 ? map_pages(map_len) : NULL;

    return mem && protect_pages(mem, map_len) ? mem : NULL;
}

/* ---- Regions ---- */

/* Maps twice as much and gives back what lies outside of an aligned half. */
static struct region *map_region(void)
{
    uint8_t *mem = map_pages((size_t)2 * REGION_LEN);
    size_t before;

    if (!mem)
        return NULL;
    before = (REGION_LEN - (uintptr_t)mem % REGION_LEN) % REGION_LEN;
    if (before > 0)
        (void)munmap(mem, before);
    (void)munmap(mem + before + REGION_LEN, REGION_LEN - before);
    return (struct region *)(void *)(mem + before);
}

static void list_add(struct region *region)
{
    region->prev = NULL;
    region->next = regions;
    if (regions)
        regions->prev = region;
    regions = region;
}

static void list_remove(struct region *region)
{
    if (region->prev)
        region->prev->next = region->next;
    else
        regions = region->next;
    if (region->next)
        region->next->prev = region->prev;
}

static bool add_region(void)
{
    struct region *region = map_region();

    if (!region || !protect_pages(region, REGION_LEN))
        return false;
    region->free_cells = ALL_FREE;
    list_add(region);
    return true;
}

static void *take_cell(void)
{
    struct region *region;
    unsigned cell;

    if (!regions && !add_region())
        return NULL;
    region = regions;
    cell = (unsigned)__builtin_ctzll(region->free_cells);
    region->free_cells &= ~(UINT64_C(1) << cell);
    if (region->free_cells == 0)
        list_remove(region);
    return (uint8_t *)region + (size_t)cell * CELL_LEN;
}

static void *alloc_cell(void)
{
    void *cell;

    pthread_mutex_lock(&lock);
    cell = take_cell();
    pthread_mutex_unlock(&lock);
    return cell;
}

/* One empty region is kept: a server between two clients would map and lock it anew for each.
 */
static void free_cell(uint8_t *mem)
{
    size_t at = (uintptr_t)mem % REGION_LEN;
    struct region *region = (struct region *)(void *)(mem - at);

    pthread_mutex_lock(&lock);
    if (region->free_cells == 0)
        list_add(region);
    region->free_cells |= UINT64_C(1) << at / CELL_LEN;
    if (region->free_cells == ALL_FREE && (region->next || region->prev)) {
        list_remove(region);
        (void)munmap(region, REGION_LEN);
    }
    pthread_mutex_unlock(&lock);
}

/* ---- Secrets ---- */

/* Cells are zeroed as they are freed, so both kinds begin zeroed. */
void *secret_alloc(size_t len)
{
    void *mem;

    if (mem_request_fails())
        return NULL;
    mem = len <= CELL_LEN ? alloc_cell() : alloc_pages(len);
    if (mem)
        atomic_fetch_add(&live_secrets, 1);
    return mem;
}

void secret_free(void *mem, size_t len)
{
    if (!mem)
        return;
    secret_wipe(mem, len);
    if (len <= CELL_LEN)
        free_cell(mem);
    else
        (void)munmap(mem, pages_len(len));
    atomic_fetch_sub(&live_secrets, 1);
}

void secret_wipe(void *mem, size_t len)
{
    if (len != 0)
        explicit_bzero(mem, len);
}

bool secret_equal(const void *a, const void *b, size_t len)
{
    const volatile uint8_t *left = a;
    const volatile uint8_t *right = b;
    unsigned difference = 0;

    for (size_t i = 0; i < len; i++)
        difference |= (unsigned)(left[i] ^ right[i]);
    return difference == 0;
}
