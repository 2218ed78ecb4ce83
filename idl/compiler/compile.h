/* SPDX-License-Identifier: MIT
 *
 * compiler/compile.h: one file through all passes. Layer: compiler.
 */
#ifndef COMPILER_COMPILE_H
#define COMPILER_COMPILE_H

#include "compiler.h"

enum compile_mode {
    COMPILE_STUBS = 0, /* header, client, server */
    COMPILE_PRINT,     /* the file, laid out anew */
    COMPILE_DUMP,      /* the layout, for people */
};

/* What to make, and what was made: texts live as long as the run's arena. */
struct compile_job {
    enum compile_mode mode;
    const char *path; /* input file; used when text is NULL */
    const char *text; /* input in memory */
    size_t text_len;
    const char *acf_path; /* NULL: the one beside the input file, if there is one */
    const char *acf_text; /* in memory; NULL: a file, if any */
    size_t acf_len;
    const char *stem; /* "foo" of foo.h; NULL: from the path */
    struct text header;
    struct text client;
    struct text server;
    struct text print; /* of COMPILE_PRINT and COMPILE_DUMP */
};

/* For compiler_run; `arg` is a struct compile_job. */
void compile_work(struct compiler *c, void *arg);
/* "greeter" of "dir/greeter.idl". */
char *compile_stem(struct compiler *c, const char *path);

#endif
