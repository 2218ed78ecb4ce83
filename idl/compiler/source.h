/* SPDX-License-Identifier: MIT
 *
 * compiler/source.h: the files of a run, and places in them. First pass. Layer: compiler.
 */
#ifndef COMPILER_SOURCE_H
#define COMPILER_SOURCE_H

#include "compiler.h"

struct source {
    const char *path; /* as opened: what diagnostics show */
    const char *name; /* as the user or the import named it */
    const char *text; /* with a NUL behind it */
    size_t len;
    struct loc
        from;       /* the import or #include that first asked for it; no place: command line */
    bool once;      /* #pragma once */
    bool included;  /* by #include, else imported or named on the command line */
    unsigned depth; /* 0: named on the command line */
    struct source *next;
};

/* Opens `name`: relative to the file that asks for it, then in the include directories. NULL
 * after a diagnostic. *ret_again is set when this run read the same file before. */
struct source *source_open(struct compiler *c, const char *name, struct loc from,
                           bool *ret_again);
bool source_exists(struct compiler *c, const char *name, struct loc from);
/* A text that is in memory already: tests, fuzzing, -D, pasted tokens. No file of the run. */
struct source *source_from_text(struct compiler *c, const char *name, const char *text,
                                size_t len);

struct position {
    unsigned line;   /* from 1 */
    unsigned column; /* bytes, from 1 */
    const char *line_text;
    size_t line_len;
};

struct position source_position(struct loc at);

#endif
