/* SPDX-License-Identifier: MIT
 *
 * base/alloc.c: the one way to get memory. Layer: base.
 *
 * The only file that calls malloc. The counters are for tests: nothing counts before the first
 * mem_test_fail_at, so a program pays one load per request.
 */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arith.h"

static atomic_bool counting;
static atomic_uint_fast64_t num_requests;
static atomic_uint_fast64_t fail_at;
static atomic_bool fail_after;

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

static bool count_fails(void)
{
    uint64_t this_one = atomic_fetch_add(&num_requests, 1) + 1;
    uint64_t nth = atomic_load(&fail_at);

    if (nth == 0)
        return false;
    return this_one == nth || (this_one > nth && atomic_load(&fail_after));
}

bool mem_request_fails(void)
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
    return mem_request_fails() ? NULL : malloc(at_least_one(len));
}

void *mem_zalloc(size_t len)
{
    return mem_request_fails() ? NULL : calloc(1, at_least_one(len));
}

void *mem_array(size_t num, size_t len)
{
    size_t total;

    return arith_mul(num, len, &total) ? mem_zalloc(total) : NULL;
}

void *mem_resize(void *mem, size_t len)
{
    return mem_request_fails() ? NULL : realloc(mem, at_least_one(len));
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
