/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess.h: directives and macros: the tokens that the parser sees. Third pass.
 * Layer: compiler.
 *
 * #define (object-like), #undef, #if .. #endif, #include, #error; #pragma and #line have no
 * effect. An expanded token keeps the place where the macro was used. #include puts the tokens
 * of another file here; import is the parser's business and sees none of these macros.
 */
#ifndef COMPILER_PREPROCESS_H
#define COMPILER_PREPROCESS_H

#include "lex.h"

struct macro {
    const char *word;
    const struct token *tokens;
    size_t num;
    bool busy; /* being expanded: its own name in it is a plain word */
    bool call; /* function-like: an error where it is used */
    struct loc at;
    struct macro *next;
};

/* One of nested #if. */
struct branch {
    bool active; /* these lines count */
    bool taken;  /* some branch of this #if did */
    bool last;   /* #else was seen */
    struct loc at;
    struct branch *outer;
};

/* Where tokens come from: a file, or a macro being expanded. */
struct feed {
    struct lexer lex;
    struct macro *macro; /* NULL: a file */
    size_t at;           /* next token of the macro */
    struct loc used;     /* of the macro */
    struct branch *branches;
    struct feed *below;
    unsigned depth;
};

struct preprocessor {
    struct compiler *c;
    struct feed *feed;
    struct macro *macros;
    struct token held; /* one token put back */
    bool has_held;
    unsigned long num_expanded;
};

void preprocess_init(struct preprocessor *pp, struct compiler *c, const struct source *source);
/* The next token behind directives and macros. */
struct token preprocess_next(struct preprocessor *pp);

/* preprocess_if.c: the value of the tokens behind #if. */
bool preprocess_condition(struct preprocessor *pp, const struct token *tokens, size_t num,
                          struct loc at);
struct macro *preprocess_find(struct preprocessor *pp, const char *word);

#endif
