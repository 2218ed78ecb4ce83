/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz.h: what a fuzz target includes first.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The one function of a target: any bytes, always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* An invariant that holds for every input. */
#define FUZZ_CHECK(condition)                                                         \
    do {                                                                              \
        if (!(condition)) {                                                           \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                  \
        }                                                                             \
    } while (0)

#endif
