/* SPDX-License-Identifier: MIT
 *
 * base/trace.h: one line per event on the file that RPCSEC_TRACE names. Layer: base.
 *
 * A line is: time, layer, event, key=value... Never keys, tokens or stub bytes. Off unless the
 * variable is set; the check is one load. The variable holds a path, made with mode 0600 and
 * appended to, or the number of an open descriptor. Programs with raised privileges ignore it.
 */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

#include <stdbool.h>

bool trace_on(void);
/* Writes one line with one write(2). Control characters in it become '?'; errno is kept.
 * **Threads**: any. */
void trace_event(const char *layer, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define TRACE(layer, event, ...)                    \
    do {                                            \
        if (trace_on())                             \
            trace_event(layer, event, __VA_ARGS__); \
    } while (0)

#endif
