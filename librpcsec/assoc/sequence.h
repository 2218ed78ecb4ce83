/* SPDX-License-Identifier: MIT
 *
 * assoc/sequence.h: the order of call ids and of a message's fragments. Layer: assoc.
 * Documents: C706 12.6.4.9, MS-RPCE 3.3.3.5.2, 3.3.3.5.6.
 *
 * Arithmetic only, so that its contracts can be proved (`make prove`).
 */
#ifndef ASSOC_SEQUENCE_H
#define ASSOC_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

#define MAX_CALL_ID 0x7FFFFFFFu /* MS-RPCE 3.3.3.5.2 note 123: Windows takes no higher ones */

/* The id of the next call; false when they are used up. No id is ever given twice. */
/*@ requires \valid(next_id) && \valid(ret_id) && \separated(next_id, ret_id);
    assigns *next_id, *ret_id;
    ensures \result <==> \old(*next_id) <= MAX_CALL_ID;
    ensures \result ==> *ret_id == \old(*next_id) && *next_id == \old(*next_id) + 1;
    ensures !\result ==> *ret_id == \old(*ret_id) && *next_id == \old(*next_id);
 */
static inline bool sequence_next(uint32_t *next_id, uint32_t *ret_id)
{
    if (*next_id > MAX_CALL_ID)
        return false;
    *ret_id = *next_id;
    *next_id = *next_id + 1;
    return true;
}

/* MS-RPCE 3.3.3.5.6: what is left of a call that was given up is let pass. */
/*@ assigns \nothing;
    ensures \result <==> last_id - LIMIT_CALL_ID_GAP < call_id <= last_id;
 */
static inline bool sequence_is_recent(uint32_t last_id, uint32_t call_id)
{
    return last_id >= call_id && last_id - call_id < LIMIT_CALL_ID_GAP;
}

/* C706 12.6.4.9: alloc_hint tells what is still to come; it is checked, never believed. True
 * when neither it nor the fragment's len bytes lead beyond max; done_len were there before. */
/*@ requires done_len <= max;
    assigns \nothing;
    ensures \result <==> done_len + alloc_hint <= max && done_len + len <= max;
 */
static inline bool sequence_fits(size_t max, size_t done_len, uint32_t alloc_hint, size_t len)
{
    const size_t left = max - done_len;

    return alloc_hint <= left && len <= left;
}

#endif
