/* SPDX-License-Identifier: MIT
 *
 * ndr/random_table.h: type tables that bytes describe, any bytes: each is as valid as
 * rpcsec-idl's, with the memory layout that a C compiler would give. Needs no test library.
 */
#ifndef TESTS_NDR_RANDOM_TABLE_H
#define TESTS_NDR_RANDOM_TABLE_H

#include <rpcsec/ndr.h>

/* The argument record of one operation; memory of the arena. NULL: there was none. */
const struct rpcsec_ndr_record *random_table(const uint8_t *data, size_t len,
                                             struct rpcsec_arena *arena);

#endif
