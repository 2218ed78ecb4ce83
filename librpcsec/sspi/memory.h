/* SPDX-License-Identifier: MIT
 *
 * sspi/memory.h: memory that the public calls give away and FreeContextBuffer takes back.
 * Layer: sspi. **Threads**: all.
 */
#ifndef SSPI_MEMORY_H
#define SSPI_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* What a block is, for calls that take one back as a thing. */
enum sspi_mem_kind {
    SSPI_MEM_PLAIN,
    SSPI_MEM_TOKEN,    /* QuerySecurityContextToken */
    SSPI_MEM_IDENTITY, /* SspiEncodeStringsAsAuthIdentity */
};

void *sspi_mem_new(enum sspi_mem_kind kind, size_t len, bool secret);
/* The length of a block of this kind; 0 for anything else, which is not read. */
size_t sspi_mem_len(enum sspi_mem_kind kind, const void *mem);
/* Zeroed. NULL when memory ends. Secret memory is zeroed again before it is freed. */
void *sspi_mem_alloc(size_t len, bool secret);
/* NULL when memory ends. */
char *sspi_mem_strdup(const char *text);
/* False for any pointer that did not come from here; it is not read. */
bool sspi_mem_free(void *mem);

#endif
