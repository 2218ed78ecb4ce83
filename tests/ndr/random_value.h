/* SPDX-License-Identifier: MIT
 *
 * ndr/random_value.h: values of any type table, from a seed, and their comparison. Needs no
 * test library.
 */
#ifndef TESTS_NDR_RANDOM_VALUE_H
#define TESTS_NDR_RANDOM_VALUE_H

#include <rpcsec/ndr.h>

#include "../sim/random.h"

/* Fills an argument record, all zero before, with values that its correlations, ranges and
 * pointers allow; memory comes from the arena. `effort`: things that are made at most while
 * it tries. `is_tidy`: as programs would have them: sizes and lengths of a structure agree,
 * text is letters. False when nothing was found: the correlations cannot be met by trying. */
bool random_value(struct rnd *rnd, const struct rpcsec_ndr_record *record, size_t effort,
                  bool is_tidy, void *args, struct rpcsec_arena *arena);

/* True when the arguments of one direction (RPCSEC_NDR_IN or OUT) are the same in both records:
 * what pointers lead to, what varying arrays send, the arms that are chosen. */
bool same_value(const struct rpcsec_ndr_record *record, uint32_t direction, const void *a,
                const void *b);

#endif
