/* SPDX-License-Identifier: MIT
 *
 * compiler/check.h: what the grammar allows and IDL does not. Fifth pass. Layer: compiler.
 */
#ifndef COMPILER_CHECK_H
#define COMPILER_CHECK_H

#include "tree.h"

/* Reports errors and warnings; changes nothing. */
void check_tree(struct compiler *c, struct tree *tree);

#endif
