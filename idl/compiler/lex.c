/* SPDX-License-Identifier: MIT
 *
 * compiler/lex.c: characters to tokens. Layer: compiler. Document: C706 3.2 (IDL lexemes).
 */
#include "lex.h"

#include <string.h>

static const struct {
    char text[3];
    int kind;
} pairs[] = {
    {"<<", TOKEN_SHIFT_LEFT}, {">>", TOKEN_SHIFT_RIGHT},   {"&&", TOKEN_AND},
    {"||", TOKEN_OR},         {"==", TOKEN_EQUAL},         {"!=", TOKEN_NOT_EQUAL},
    {"<=", TOKEN_LESS_EQUAL}, {">=", TOKEN_GREATER_EQUAL}, {"->", TOKEN_ARROW},
    {"..", TOKEN_RANGE},      {"##", TOKEN_PASTE},
};

void lex_init(struct lexer *lex, struct compiler *c, struct source *source)
{
    *lex = (struct lexer){.c = c, .source = source};
    if (source->len >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0)
        lex->at = 3; /* a byte order mark of UTF-8 */
}

/* The character `ahead` of the place; NUL at the end. */
static char peek(const struct lexer *lex, size_t ahead)
{
    return lex->at + ahead < lex->source->len ? lex->source->text[lex->at + ahead] : 0;
}

static bool at_end(const struct lexer *lex)
{
    return lex->at >= lex->source->len;
}

static struct loc here(const struct lexer *lex, size_t at)
{
    return (struct loc){lex->source, (uint32_t)at};
}

static bool is_letter(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static void skip_line(struct lexer *lex)
{
    while (!at_end(lex) && peek(lex, 0) != '\n')
        lex->at++;
}

static void skip_comment(struct lexer *lex)
{
    size_t start = lex->at;

    lex->at += 2;
    while (!at_end(lex) && !(peek(lex, 0) == '*' && peek(lex, 1) == '/'))
        lex->at++;
    if (!at_end(lex))
        lex->at += 2;
    else if (!lex->quiet)
        diag_error(lex->c, here(lex, start), "comment has no end");
}

/* Published texts have no-break spaces, of Windows-1252 and of UTF-8. */
static size_t blank_len(const struct lexer *lex)
{
    char ch = peek(lex, 0);

    if (ch == '\xc2' && peek(lex, 1) == '\xa0')
        return 2;
    return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\f' || ch == '\v' || ch == '\xa0';
}

/* Skips blanks, comments and joined lines; tells whether a line ended. */
static bool skip_blank(struct lexer *lex)
{
    bool new_line = lex->at == 0;

    while (!at_end(lex)) {
        char ch = peek(lex, 0);
        if (ch == '/' && peek(lex, 1) == '/') {
            skip_line(lex);
        } else if (ch == '/' && peek(lex, 1) == '*') {
            skip_comment(lex);
        } else if (ch == '\\' && (peek(lex, 1) == '\n' || peek(lex, 1) == '\r')) {
            lex->at += peek(lex, 1) == '\r' && peek(lex, 2) == '\n' ? 3 : 2;
        } else if (ch == '\n') {
            new_line = true;
            lex->at++;
        } else if (blank_len(lex)) {
            lex->at += blank_len(lex);
        } else {
            break;
        }
    }
    return new_line;
}

/* A number, or anything that begins like one: the parts of UUIDs and versions. */
static void take_number(struct lexer *lex)
{
    bool fraction = false;

    while (is_letter(peek(lex, 0)) || is_digit(peek(lex, 0)) ||
           (peek(lex, 0) == '.' && peek(lex, 1) != '.')) {
        char ch = peek(lex, 0);
        fraction = fraction || ch == '.';
        lex->at++;
        if (fraction && (ch == 'e' || ch == 'E') &&
            (peek(lex, 0) == '-' || peek(lex, 0) == '+'))
            lex->at++;
    }
}

/* Moves behind the closing quote. The text keeps its escapes. */
static void take_quoted(struct lexer *lex, struct token *t, char quote)
{
    size_t start = ++lex->at;

    while (!at_end(lex) && peek(lex, 0) != quote && peek(lex, 0) != '\n')
        lex->at += peek(lex, 0) == '\\' && peek(lex, 1) && peek(lex, 1) != '\n' ? 2 : 1;
    t->text = lex->source->text + start;
    t->len = lex->at - start;
    if (peek(lex, 0) == quote && !at_end(lex))
        lex->at++;
    else if (!lex->quiet)
        diag_error(lex->c, t->at, "missing closing %c", quote);
}

static bool take_pair(struct lexer *lex, struct token *t)
{
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (peek(lex, 0) == pairs[i].text[0] && peek(lex, 1) == pairs[i].text[1]) {
            t->kind = pairs[i].kind;
            lex->at += 2;
            return true;
        }
    return false;
}

static bool take_punctuation(struct lexer *lex, struct token *t)
{
    if (take_pair(lex, t))
        return true;
    if (!peek(lex, 0) || !strchr("()[]{}<>,;:=*&|^~!+-/%?.#", peek(lex, 0)))
        return false;
    t->kind = (unsigned char)peek(lex, 0);
    lex->at++;
    return true;
}

static bool take_token(struct lexer *lex, struct token *t)
{
    char ch = peek(lex, 0);

    if (ch == '"' || ch == '\'') {
        t->kind = ch == '"' ? TOKEN_STRING : TOKEN_CHAR;
        take_quoted(lex, t, ch);
        return true;
    }
    if (ch == 'L' && (peek(lex, 1) == '"' || peek(lex, 1) == '\'')) {
        lex->at++;
        t->kind = peek(lex, 0) == '"' ? TOKEN_WIDE_STRING : TOKEN_CHAR;
        take_quoted(lex, t, peek(lex, 0));
        return true;
    }
    if (is_digit(ch)) {
        t->kind = TOKEN_NUMBER;
        take_number(lex);
    } else if (is_letter(ch)) {
        t->kind = TOKEN_WORD;
        while (is_letter(peek(lex, 0)) || is_digit(peek(lex, 0)))
            lex->at++;
    } else if (!take_punctuation(lex, t)) {
        return false;
    }
    t->len = lex->at - t->at.at;
    if (t->kind == TOKEN_WORD)
        t->word = compiler_word(lex->c, t->text, t->len);
    return true;
}

struct token lex_next(struct lexer *lex)
{
    bool first = false;

    for (;;) {
        size_t before = lex->at;
        first = skip_blank(lex) || first;
        struct token t = {.kind = TOKEN_END,
                          .first = first,
                          .glued = lex->at == before && before > 0,
                          .text = lex->source->text + lex->at,
                          .at = here(lex, lex->at)};
        if (at_end(lex) || take_token(lex, &t))
            return t;
        if (!lex->quiet)
            diag_error(lex->c, t.at, "stray character 0x%02x", (unsigned char)*t.text);
        lex->at++;
    }
}

bool token_is(const struct token *t, const char *word)
{
    return t->kind == TOKEN_WORD && strcmp(t->word, word) == 0;
}

const char *token_show(struct compiler *c, const struct token *t)
{
    if (t->kind == TOKEN_END)
        return "end of file";
    if (t->kind == TOKEN_STRING || t->kind == TOKEN_WIDE_STRING)
        return "a string";
    return compiler_printf(c, "'%.*s'", (int)(t->len < 64 ? t->len : 64), t->text);
}
