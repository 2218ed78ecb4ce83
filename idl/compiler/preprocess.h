/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess.h: directives and macros: the tokens that the parser sees. Third pass.
 * Layer: compiler.
 *
 * #define with and without parameters, #undef, #if .. #endif, #include, #error, #warning and
 * #pragma once; other #pragma and #line have no effect. An expanded token keeps the place where
 * the macro was used. #include puts the tokens of another file here; import is the parser's
 * business and sees none of these macros.
 */
#ifndef COMPILER_PREPROCESS_H
#define COMPILER_PREPROCESS_H

#include "lex.h"

#define MAX_MACRO_PARAMS 32
#define MACRO_BUCKETS    1024

struct token_list {
    struct token *tokens;
    size_t num;
};

struct macro {
    const char *word;
    struct token_list body;
    bool busy; /* being expanded: its own name in it is a plain word */
    bool call; /* function-like */
    bool open; /* its last parameter takes all that is left: __VA_ARGS__ */
    const char *params[MAX_MACRO_PARAMS];
    size_t num_params;
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

/* Where tokens come from: a file, or a list of them: the body of a macro, an argument. */
struct feed {
    struct lexer lex;
    bool is_list;
    bool alone;             /* list: its end is an end; nothing below is read */
    struct token_list list; /* tokens to come */
    struct macro *macro;    /* list: whose body it is; NULL: nobody's */
    struct loc used;        /* list: where the macro was used */
    struct token held;      /* file: one token put back */
    bool has_held;
    struct branch *branches;
    struct feed *below;
    unsigned depth;
};

struct preprocessor {
    struct compiler *c;
    struct feed *feed;
    struct macro *macros[MACRO_BUCKETS];
    unsigned long num_expanded;
};

void preprocess_init(struct preprocessor *pp, struct compiler *c, struct source *source);
/* The next token behind directives and macros. */
struct token preprocess_next(struct preprocessor *pp);

/* ---- Between the preprocessor's files ---- */

struct macro *preprocess_find(struct preprocessor *pp, const char *word);
void preprocess_define(struct preprocessor *pp, const struct token_list *line, struct loc at);
/* False: there was none. */
bool preprocess_drop(struct preprocessor *pp, const char *word);
void tokens_add(struct compiler *c, struct token_list *list, const struct token *t);
/* A token that no macro has been looked for; directives are done on the way. */
struct token preprocess_raw(struct preprocessor *pp);
/* True when the next token is `(`; nothing is taken. */
bool preprocess_at_open(struct preprocessor *pp);

/* preprocess_macro.c: begins the expansion of a macro that `t` names; false: it names none. */
bool preprocess_expand(struct preprocessor *pp, struct token *t);
/* The tokens with all macros in them expanded. */
struct token_list preprocess_expand_all(struct preprocessor *pp, const struct token_list *list,
                                        struct loc at);

/* preprocess_if.c: the value of the tokens behind #if. */
bool preprocess_condition(struct preprocessor *pp, const struct token_list *line,
                          struct loc at);

#endif
