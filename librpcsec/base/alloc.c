/* SPDX-License-Identifier: MIT
 *
 * base/alloc.c: the one way to get memory, and memory for secrets. Layer: base.
 *
 * The only file that calls malloc. The counters are for tests: nothing counts before the first
 * mem_test_fail_at, so a program pays one load per request. Secrets live in pages of their own,
 * so that what is locked and left out of core dumps is theirs alone.
 */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arith.h"

static atomic_bool counting;
static atomic_uint_fast64_t num_requests;
static atomic_uint_fast64_t fail_at;
static atomic_bool fail_after;
static atomic_uint_fast64_t live_secrets;

void mem_test_fail_at(uint64_t nth, bool from_then_on)
{
    atomic_store(&num_requests, 0);
    atomic_store(&fail_at, nth);
    atomic_store(&fail_after, from_then_on);
    atomic_store(&counting, true);
}

uint64_t mem_test_requests(void)
{
    return atomic_load(&num_requests);
}

uint64_t secret_test_live(void)
{
    return atomic_load(&live_secrets);
}

static bool count_fails(void)
{
    uint64_t this_one = atomic_fetch_add(&num_requests, 1) + 1;
    uint64_t nth = atomic_load(&fail_at);

    if (nth == 0)
        return false;
    return this_one == nth || (this_one > nth && atomic_load(&fail_after));
}

/* Whether a test wants this request to fail. */
static bool request_fails(void)
{
    return atomic_load_explicit(&counting, memory_order_relaxed) && count_fails();
}

/* malloc(0) may give NULL, which means failure here. */
static size_t at_least_one(size_t len)
{
    return len ? len : 1;
}

void *mem_alloc(size_t len)
{
    return request_fails() ? NULL : malloc(at_least_one(len));
}

void *mem_zalloc(size_t len)
{
    return request_fails() ? NULL : calloc(1, at_least_one(len));
}

void *mem_array(size_t num, size_t len)
{
    size_t total;

    return arith_mul(num, len, &total) ? mem_zalloc(total) : NULL;
}

void *mem_resize(void *mem, size_t len)
{
    return request_fails() ? NULL : realloc(mem, at_least_one(len));
}

char *mem_strdup(const char *text)
{
    size_t len = strlen(text) + 1;
    char *copy = mem_alloc(len);

    if (copy)
        memcpy(copy, text, len);
    return copy;
}

void mem_free(void *mem)
{
    free(mem);
}

void mem_cleanup(void *pointer_to_pointer)
{
    void *mem;

    /* Through memcpy: the variable may have any pointer type. */
    memcpy(&mem, pointer_to_pointer, sizeof(mem));
    free(mem);
    memset(pointer_to_pointer, 0, sizeof(mem));
}

/* The length of the pages that hold len bytes, 0 when there is none. */
static size_t pages_len(size_t len)
{
    size_t page_len = (size_t)sysconf(_SC_PAGESIZE);

    if (len > SIZE_MAX - page_len)
        return 0;
    return (at_least_one(len) + page_len - 1) / page_len * page_len;
}

void *secret_alloc(size_t len)
{
    size_t map_len = pages_len(len);
    void *mem;

    if (request_fails() || map_len == 0)
        return NULL;
    mem = mmap(NULL, map_len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mem == MAP_FAILED)
        return NULL;
    if (madvise(mem, map_len, MADV_DONTDUMP) != 0) {
        (void)munmap(mem, map_len);
        return NULL;
    }
    /* RLIMIT_MEMLOCK is small on many systems, and a swapped key is better than no service. */
    (void)mlock(mem, map_len);
    atomic_fetch_add(&live_secrets, 1);
    return mem;
}

void secret_free(void *mem, size_t len)
{
    if (!mem)
        return;
    secret_wipe(mem, len);
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
