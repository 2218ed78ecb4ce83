/* SPDX-License-Identifier: MIT
 *
 * compiler/number.h: integers as C writes them. Layer: compiler.
 */
#ifndef COMPILER_NUMBER_H
#define COMPILER_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal, 0x or octal, with any of the suffixes u, l, i64. False: not such a number, or more
 * than 64 bits. */
bool number_parse(const char *text, size_t len, uint64_t *ret_value);

#endif
