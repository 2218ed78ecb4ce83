/* SPDX-License-Identifier: MIT
 *
 * compiler/print.c: IDL text, laid out anew. Layer: compiler.
 *
 * Works on the tokens of the file itself, before directives and macros: nothing
 * that its author wrote is lost. A line is collected as pieces and broken
 * behind commas when it is too long. Between two tokens the author's choice of
 * a blank or none stays, but around brackets and commas.
 */
#include "print.h"

#include <string.h>

#include "lex.h"

#define WIDTH  96
#define INDENT 4

struct printer {
    struct text *out;
    struct lexer lex;
    struct text line;   /* without its indentation */
    size_t line_break;  /* length of what may stand before a line end; 0: nothing */
    bool continued;     /* the line goes on with the statement of the one before */
    unsigned level;     /* of braces */
    unsigned nesting;   /* of ( and [ */
    int last;           /* kind of the last token; 0: a statement begins */
    const char *opened; /* the word that the statement began with, behind its
                           attributes */
    bool in_enum;       /* the innermost braces are an enum's: a line each */
    bool fresh;         /* nothing stands in these braces, or the file, yet */
    uint64_t blocks;    /* a bit for each level: braces of an interface and the like */
    bool after_block;   /* such braces were just closed: a ';' may follow */
};

static void put_line(struct printer *p, const char *text, size_t len)
{
    for (unsigned i = 0; i < (p->level + p->continued) * INDENT; i++)
        text_put(p->out, " ");
    text_add(p->out, text, len);
    text_put(p->out, "\n");
}

/* Ends the line; what follows belongs to the same statement when it is not at
 * an end. */
static void end_line(struct printer *p)
{
    if (p->line.len)
        put_line(p, p->line.data, p->line.len);
    if (p->line.len)
        p->continued = p->last != 0;
    p->line.len = 0;
    p->line_break = 0;
}

/* Adds to the line, which is broken at its last comma when it is too long. */
static void add_piece(struct printer *p, const char *text, size_t len, bool blank)
{
    size_t used = (p->level + p->continued) * INDENT + p->line.len;

    if (p->line_break && used + blank + len > WIDTH) {
        size_t at = p->line_break, rest = p->line.len;
        put_line(p, p->line.data, at);
        p->continued = true;
        while (at < rest && p->line.data[at] == ' ')
            at++;
        memmove(p->line.data, p->line.data + at, rest - at);
        p->line.len = rest - at;
        p->line_break = 0;
    }
    if (blank && p->line.len)
        text_put(&p->line, " ");
    text_add(&p->line, text, len);
}

/* ---- Comments ---- */

static size_t comment_len(const char *text, size_t len)
{
    size_t at = 2;

    if (len < 2 || text[0] != '/' || (text[1] != '/' && text[1] != '*'))
        return 0;
    if (text[1] == '/') {
        while (at < len && text[at] != '\n' && text[at] != '\r')
            at++;
        return at;
    }
    while (at + 1 < len && !(text[at] == '*' && text[at + 1] == '/'))
        at++;
    return at + 2 < len ? at + 2 : len;
}

static void put_comment(struct printer *p, const char *text, size_t len, bool own_line)
{
    bool ends_line = text[1] == '/' || own_line || memchr(text, '\n', len);

    if (own_line)
        end_line(p);
    add_piece(p, text, len, p->last != '(' && p->last != '[');
    if (ends_line)
        end_line(p);
}

/* What stands between two tokens: comments, and an empty line where a statement
 * begins. */
static void put_gap(struct printer *p, const char *text, size_t len)
{
    unsigned line_ends = 0;

    for (size_t i = 0; i < len;) {
        size_t comment = comment_len(text + i, len - i);
        line_ends += text[i] == '\n';
        if (line_ends == 2 && text[i] == '\n' && p->last == 0 && !p->fresh) {
            end_line(p);
            text_put(p->out, "\n");
        }
        if (!comment) {
            if (!strchr(" \t\r\n\f\v\\\xa0\xc2", text[i]))
                add_piece(p, text + i, 1, true); /* in lines that #if skips */
            i++;
            continue;
        }
        put_comment(p, text + i, comment, line_ends > 0 || p->fresh);
        p->fresh = false;
        line_ends = 0;
        i += comment;
    }
    if (line_ends && p->last == 0)
        end_line(p);
}

/* ---- Directives ---- */

/* Behind the directive's last line; a line goes on behind a backslash and
 * inside comments. */
static size_t directive_end(const struct source *s, size_t at)
{
    while (at < s->len && s->text[at] != '\n') {
        size_t comment = comment_len(s->text + at, s->len - at);
        if (s->text[at] == '\\' && at + 1 < s->len)
            at++;
        at += comment && s->text[at + 1] == '*' ? comment : 1;
    }
    return at < s->len ? at : s->len;
}

static void put_directive(struct printer *p, size_t start)
{
    const struct source *s = p->lex.source;
    size_t end = directive_end(s, start), len = end - start;

    end_line(p);
    while (len && (s->text[start + len - 1] == '\r' || s->text[start + len - 1] == ' ' ||
                   s->text[start + len - 1] == '\t'))
        len--;
    text_add(p->out, s->text + start, len);
    text_put(p->out, "\n");
    p->lex.at = end;
    p->fresh = false;
}

/* ---- Tokens ---- */

static bool is_word_like(int kind)
{
    return kind >= TOKEN_WORD && kind <= TOKEN_CHAR;
}

/* `[` that begins an array bound and not attributes. */
static bool opens_bound(const struct printer *p)
{
    return p->opened && (p->last == TOKEN_WORD || p->last == ']');
}

static bool wants_blank(const struct printer *p, const struct token *t)
{
    if (p->last == 0 || p->last == '(' || p->last == '[')
        return false;
    if (t->kind == ')' || t->kind == ']' || t->kind == ',' || t->kind == ';')
        return false;
    if (p->last == ',' || p->last == '}' || t->kind == '{' || p->last == '{')
        return true;
    if (t->kind == '(' && is_word_like(p->last))
        return !t->glued;
    if (t->kind == '[' && opens_bound(p))
        return !t->glued;
    if (p->last == ']' && is_word_like(t->kind))
        return true;
    return !t->glued;
}

/* Words behind which an attribute list or a type goes on. */
static void note_word(struct printer *p, const struct token *t)
{
    if (!p->opened && p->nesting == 0 && t->kind == TOKEN_WORD)
        p->opened = t->word;
}

static bool begins_block(const struct token *t)
{
    static const char *const words[] = {"interface", "library", "coclass", "dispinterface",
                                        "module"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (token_is(t, words[i]))
            return true;
    return false;
}

static bool opened_block(const struct printer *p)
{
    const struct token t = {.kind = TOKEN_WORD, .word = p->opened ? p->opened : ""};

    return begins_block(&t);
}

static void begin_statement(struct printer *p)
{
    p->last = 0;
    p->opened = NULL;
    p->after_block = false;
    end_line(p);
    p->continued = false;
}

/* What has no ';' behind it: `cpp_quote("..")` and a macro, each on its own
 * line. */
static bool ends_bare(const struct printer *p, const struct token *t)
{
    return p->last == ')' && p->nesting == 0 && t->first &&
           (t->kind == TOKEN_WORD || t->kind == '[' || t->kind == '#');
}

static void open_brace(struct printer *p, const char *text)
{
    bool own_line = opened_block(p) || p->last == 0;
    uint64_t bit = UINT64_C(1) << (p->level % 64);

    if (own_line)
        end_line(p);
    p->continued = p->continued && !own_line;
    add_piece(p, text, 1, !own_line);
    p->in_enum = p->opened && strcmp(p->opened, "enum") == 0;
    p->blocks = own_line ? p->blocks | bit : p->blocks & ~bit;
    begin_statement(p);
    p->level++;
    p->nesting = 0;
    p->fresh = true;
}

static void close_brace(struct printer *p, const char *text)
{
    begin_statement(p);
    p->level -= p->level > 0;
    add_piece(p, text, 1, false);
    p->nesting = 0;
    p->in_enum = false;
    p->fresh = false;
    p->after_block = (p->blocks >> (p->level % 64)) & 1;
    p->last = p->after_block ? 0 : '}';
    p->opened = "}";
}

/* `typedef enum {`, `typedef [attributes] struct name {`: the word before the
 * brace counts. */
static void note_kind(struct printer *p, const struct token *t)
{
    if (token_is(t, "enum") && p->nesting == 0)
        p->opened = t->word;
}

static void put_token(struct printer *p, const struct token *t, size_t len)
{
    const char *text = p->lex.source->text + t->at.at;
    bool was_list = p->last == ']' && !p->opened && p->nesting == 0;

    if (t->kind == '{') {
        open_brace(p, text);
        return;
    }
    if (t->kind == '}') {
        close_brace(p, text);
        return;
    }
    if (was_list && begins_block(t) && p->level == 0) {
        p->last = 0;
        end_line(p);
    }
    add_piece(p, text, len, wants_blank(p, t));
    note_word(p, t);
    note_kind(p, t);
    p->nesting += t->kind == '(' || t->kind == '[';
    p->nesting -= (t->kind == ')' || t->kind == ']') && p->nesting > 0;
    p->last = t->kind;
    p->fresh = p->after_block = false;
    if (t->kind == ',')
        p->line_break = p->line.len;
    if ((t->kind == ';' && p->nesting == 0) || (t->kind == ',' && p->in_enum && !p->nesting))
        p->last = 0;
}

void print_source(struct text *out, struct compiler *c, struct source *source)
{
    struct printer *p = compiler_alloc(c, sizeof(*p));

    p->out = out;
    p->fresh = true;
    text_init(&p->line, c);
    lex_init(&p->lex, c, source);
    p->lex.quiet = true;
    for (;;) {
        size_t before = p->lex.at;
        struct token t = lex_next(&p->lex);
        size_t end = p->lex.at;
        if (ends_bare(p, &t))
            p->last = 0;
        put_gap(p, source->text + before, t.at.at - before);
        if (t.kind == TOKEN_END)
            break;
        if (p->last == 0 && !(p->after_block && t.kind == ';'))
            begin_statement(p);
        if (t.kind == '#' && t.first)
            put_directive(p, t.at.at);
        else
            put_token(p, &t, end - t.at.at);
    }
    p->last = 0;
    end_line(p);
}
