/* SPDX-License-Identifier: MIT
 *
 * sspi/memory.h: memory that the public calls give away and FreeContextBuffer takes back.
 * Layer: sspi. **Threads**: all.
 */
#ifndef SSPI_MEMORY_H
#define SSPI_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed. NULL when memory ends. Secret memory is zeroed again before it is freed. */
void *sspi_mem_alloc(size_t len, bool secret);
/* NULL when memory ends. */
char *sspi_mem_strdup(const char *text);
/* False for any pointer that did not come from here; it is not read. */
bool sspi_mem_free(void *mem);

#endif
