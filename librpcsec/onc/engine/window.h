/* SPDX-License-Identifier: MIT
 *
 * onc/engine/window.h: the sequence numbers that a context has seen. Layer: onc/engine.
 * Document: RFC 2203 5.3.3.1.
 */
#ifndef ONC_ENGINE_WINDOW_H
#define ONC_ENGINE_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

/* Numbers this far behind the highest are still told apart: more than a pipelining client has
 * under way. */
#define ONC_WINDOW 256

struct onc_window {
    uint32_t highest;
    bool any;
    uint64_t seen[ONC_WINDOW / 64]; /* bit seq % ONC_WINDOW */
};

/* Takes a number whose message was verified. False: it was taken before or lies behind the
 * window; the message is then dropped without an answer. */
bool onc_window_take(struct onc_window *window, uint32_t seq);

#endif
