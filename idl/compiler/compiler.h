/* SPDX-License-Identifier: MIT
 *
 * compiler/compiler.h: what every pass of rpcsec-idl shares: one run, its memory, its
 * diagnostics. Layer: compiler.
 *
 * Passes, left to right; none calls one to its left:
 *   source -> lex -> preprocess -> parse -> (tree) -> check -> layout -> emit_*
 * All memory of a run lies in one arena and is freed with it. A run that cannot go on (memory
 * ended, too many errors) jumps out to compiler_run; nothing but the arena is held there.
 */
#ifndef COMPILER_COMPILER_H
#define COMPILER_COMPILER_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <rpcsec/rpcsec.h>

#define LIMIT_IDL_ARENA   ((size_t)256 << 20) /* bytes of one run: several times the largest */
#define LIMIT_IDL_FILE    ((size_t)8 << 20)   /* bytes of one file */
#define LIMIT_IDL_FILES   512                 /* files of one run */
#define LIMIT_IDL_DEPTH   64   /* imports, includes, types, declarators, expressions inside */
#define LIMIT_IDL_ERRORS  20   /* then the run stops: later ones are mostly consequences */
#define LIMIT_IDL_MEMBERS 8192 /* parameters or members of one declaration */

struct source;

/* A place in a file. */
struct loc {
    const struct source *source; /* NULL: no place */
    uint32_t at;                 /* byte offset */
};

/* A growing text in the run's arena: generated files, long names. */
struct text {
    struct compiler *c;
    char *data; /* with a NUL behind it */
    size_t len;
    size_t cap;
};

/* -D on the command line. */
struct define {
    const char *name;
    const char *value;
    struct define *next;
};

/* --import-map: '%' stands for any text, the same in both. */
struct import_map {
    const char *pattern;
    const char *replacement;
    struct import_map *next; /* in the order of the command line */
};

struct compiler_options {
    const char *const *include_dirs;
    size_t num_include_dirs;
    const struct define *defines;
    const struct import_map *import_maps;
    const char *prefix; /* before every generated function name; "" for none */
    bool no_files;      /* imports are not looked for: the text may be anyone's */
};

struct compiler {
    struct rpcsec_arena *arena;
    struct compiler_options options;
    FILE *messages; /* where diagnostics go; NULL: they are only counted */
    unsigned num_errors;
    unsigned num_warnings;
    struct source *sources; /* newest first */
    unsigned num_sources;
    struct word_table *words;
    struct tree *tree;
    jmp_buf stop;
    bool stopped;
};

/* Zeroed memory of the run; does not return when it ends. */
void *compiler_alloc(struct compiler *c, size_t len);
char *compiler_strndup(struct compiler *c, const char *text, size_t len);
char *compiler_printf(struct compiler *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Ends the run: compiler_run returns false. */
_Noreturn void compiler_stop(struct compiler *c);

/* Calls `work(c, arg)` with memory and a way out. False when it stopped or reported errors. */
bool compiler_run(struct compiler *c, void (*work)(struct compiler *c, void *arg), void *arg);
/* Frees all that compiler_run left behind. */
void compiler_done(struct compiler *c);

/* The one copy of a word: equal words have equal pointers. */
const char *compiler_word(struct compiler *c, const char *text, size_t len);

void text_init(struct text *t, struct compiler *c);
void text_add(struct text *t, const char *data, size_t len);
void text_put(struct text *t, const char *string);
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Diagnostics (diag.c) ---- */

/* Each prints `file:line:col: error: text`, the source line and a caret, then a note for each
 * import that led to the file. The LIMIT_IDL_ERRORS-th error ends the run. */
void diag_error(struct compiler *c, struct loc at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(struct compiler *c, struct loc at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* More about the error or warning before it. */
void diag_note(struct compiler *c, struct loc at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
