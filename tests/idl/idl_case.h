/* SPDX-License-Identifier: MIT
 *
 * idl/idl_case.h: runs the compiler, or its first passes, on a text in memory. For tests.
 */
#ifndef TESTS_IDL_CASE_H
#define TESTS_IDL_CASE_H

#include "compile.h"
#include "layout.h"
#include "parse.h"

struct idl_case {
    struct compiler compiler;
    const char *text;
    char *messages; /* what was reported */
    size_t messages_len;
    struct token *tokens; /* behind the preprocessor, ended by TOKEN_END */
    size_t num_tokens;
    struct tree *tree;
    struct layout *layout;
    struct compile_job job;
    bool fine;
};

/* Runs up to that pass on `text`, which is called test.idl. Free with idl_free. */
void idl_tokens(struct idl_case *idl, const char *text);
void idl_tree(struct idl_case *idl, const char *text);
void idl_layout(struct idl_case *idl, const char *text);
void idl_compile(struct idl_case *idl, const char *text);
/* Compiles each text: what must stand in the messages is beside it; "" or a warning: it is
 * fine. */
void idl_check_texts(const char *const (*cases)[2], size_t num);

void idl_free(struct idl_case *idl);

/* `typedef` of this name, without its alias; the test fails when there is none. */
struct type *idl_type(struct idl_case *idl, const char *name);
/* The n-th parameter of the first interface's n-th operation. */
struct wire_param *idl_param(struct idl_case *idl, unsigned operation, unsigned param);

#endif
