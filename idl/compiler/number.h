/* SPDX-License-Identifier: MIT
 *
 * compiler/number.h: integers as C writes them, and C's operators on them. Layer: compiler.
 */
#ifndef COMPILER_NUMBER_H
#define COMPILER_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal, 0x or octal, with any of the suffixes u, l, i64. False: not such a number, or more
 * than 64 bits. */
bool number_parse(const char *text, size_t len, uint64_t *ret_value);

/* How tightly a binary operator (a token kind) binds, from 1; 0: it is none. */
unsigned number_level(int op);
/* False: there is no such operator, or the result does not fit into 64 bits. */
bool number_unary(int op, int64_t a, int64_t *ret_value);
bool number_binary(int op, int64_t a, int64_t b, int64_t *ret_value);

#endif
