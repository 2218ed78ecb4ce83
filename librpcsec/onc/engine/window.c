/* SPDX-License-Identifier: MIT
 *
 * onc/engine/window.c: the sequence numbers that a context has seen. Layer: onc/engine.
 * Document: RFC 2203 5.3.3.1.
 */
#include "onc/engine/window.h"

#include <string.h>

static uint64_t *word_of(struct onc_window *window, uint32_t seq)
{
    return &window->seen[seq % ONC_WINDOW / 64];
}

static uint64_t bit_of(uint32_t seq)
{
    return (uint64_t)1 << (seq % 64);
}

/* Forgets the places that the numbers up to seq now stand for. */
static void advance(struct onc_window *window, uint32_t seq)
{
    if (!window->any || seq - window->highest >= ONC_WINDOW) {
        memset(window->seen, 0, sizeof(window->seen));
    } else {
        for (uint32_t n = window->highest + 1; n != seq + 1; n++)
            *word_of(window, n) &= ~bit_of(n);
    }
    window->highest = seq;
    window->any = true;
}

bool onc_window_take(struct onc_window *window, uint32_t seq)
{
    if (!window->any || seq > window->highest)
        advance(window, seq);
    else if (window->highest - seq >= ONC_WINDOW || (*word_of(window, seq) & bit_of(seq)))
        return false;
    *word_of(window, seq) |= bit_of(seq);
    return true;
}
