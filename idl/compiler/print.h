/* SPDX-License-Identifier: MIT
 *
 * compiler/print.h: IDL text, laid out anew. Layer: compiler.
 */
#ifndef COMPILER_PRINT_H
#define COMPILER_PRINT_H

#include "source.h"

/* The text of a file that was parsed without errors, with the same tokens,
 * comments and directives; only blanks and line ends differ. Printing it once
 * more changes nothing. */
void print_source(struct text *out, struct compiler *c, struct source *source);

#endif
