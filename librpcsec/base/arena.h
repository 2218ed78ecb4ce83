/* SPDX-License-Identifier: MIT
 *
 * base/arena.h: struct rpcsec_arena from inside. Layer: base.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <rpcsec/rpcsec.h>

/* num * len bytes, checked, not zeroed; alignment is a power of two up to 16. */
void *arena_array(struct rpcsec_arena *arena, size_t num, size_t len, size_t alignment);
char *arena_strndup(struct rpcsec_arena *arena, const char *text, size_t len);
/* Bytes taken since the last reset. */
size_t arena_used(const struct rpcsec_arena *arena);
/* Resets an arena that is kept for another use; false, and it is to be freed, when it would
 * hold more than most need. NULL gives false. */
bool arena_rewind(struct rpcsec_arena *arena);
/* A new limit, not less than what a rewound arena holds (4 KiB). */
void arena_set_max(struct rpcsec_arena *arena, size_t max_len);

#endif
