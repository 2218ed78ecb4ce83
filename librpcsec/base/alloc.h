/* SPDX-License-Identifier: MIT
 *
 * base/alloc.h: the one way to get memory. Layer: base.
 *
 * All of the library's memory comes from here, so that a test can make the n-th request fail.
 * Each function gives NULL when memory ends. Sizes that overflow count as memory that ended.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *mem_alloc(size_t len);             /* not initialised */
void *mem_zalloc(size_t len);            /* zeroed */
void *mem_array(size_t num, size_t len); /* zeroed; num * len checked */
void *mem_resize(void *mem, size_t len); /* the old block lives on when this gives NULL */
char *mem_strdup(const char *text);
void mem_free(void *mem);

/* Frees and clears a pointer variable: for __attribute__((cleanup(mem_cleanup))). */
void mem_cleanup(void *pointer_to_pointer);

/* Memory for keys and passwords: zeroed, locked where the system lets us, left out of core
 * dumps, zeroed when freed. len must be the length that was asked for. */
void *secret_alloc(size_t len);
void secret_free(void *mem, size_t len);
/* Zeroes bytes; the compiler cannot leave it out. */
void secret_wipe(void *mem, size_t len);
/* Compares in time that depends on len only. */
bool secret_equal(const void *a, const void *b, size_t len);

/* Tests only: the n-th request from now on fails (0: none does); with `from_then_on` all later
 * ones fail as well. */
void mem_test_fail_at(uint64_t nth, bool from_then_on);
/* Tests only: requests made since the last mem_test_fail_at. */
uint64_t mem_test_requests(void);
/* Whether a test wants this request to fail: asked once for each, by what gives memory. */
bool mem_request_fails(void);
/* Tests only: pieces of secret memory that are not freed yet; a leak checker does not see them.
 */
uint64_t secret_test_live(void);

#endif
