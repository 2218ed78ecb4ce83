/* SPDX-License-Identifier: MIT
 *
 * compiler/lex.h: the tokens of one file. Second pass. Layer: compiler.
 *
 * No word is reserved: type names, attribute names and keywords are all TOKEN_WORD, and the
 * parser decides by place. Numbers keep their text (versions and UUIDs are made of them).
 */
#ifndef COMPILER_LEX_H
#define COMPILER_LEX_H

#include "source.h"

enum token_kind {
    TOKEN_END = 0,
    /* Punctuation of one character is its own kind: '(' '{' ';' ... */
    TOKEN_WORD = 256,
    TOKEN_NUMBER,
    TOKEN_STRING, /* text: without quotes, escapes as written */
    TOKEN_WIDE_STRING,
    TOKEN_CHAR,
    TOKEN_SHIFT_LEFT,
    TOKEN_SHIFT_RIGHT,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_EQUAL,
    TOKEN_NOT_EQUAL,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER_EQUAL,
    TOKEN_ARROW,
    TOKEN_RANGE, /* .. */
    TOKEN_PASTE, /* ## */
};

struct token {
    int kind;
    bool first;   /* on its line: a '#' here begins a directive */
    bool glued;   /* no blank before it */
    bool painted; /* named a macro inside that macro: a plain word for ever (C11 6.10.3.4) */
    const char *text;
    size_t len;
    const char *word; /* WORD: the one copy of it */
    struct loc at;
};

struct lexer {
    struct compiler *c;
    struct source *source;
    size_t at;
    bool quiet; /* in lines that #if skips: nothing is reported */
};

void lex_init(struct lexer *lex, struct compiler *c, struct source *source);
/* The next token; TOKEN_END for ever after the last. Bad characters are reported and skipped.
 */
struct token lex_next(struct lexer *lex);

bool token_is(const struct token *t, const char *word);
/* "'foo'", "end of file": for messages. */
const char *token_show(struct compiler *c, const struct token *t);

#endif
