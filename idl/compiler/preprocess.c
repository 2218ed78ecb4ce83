/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess.c: directives and macros on tokens. Layer: compiler. Document: ISO C11
 * 6.10, the part of it that IDL files use.
 */
#include "preprocess.h"

#include <string.h>

static void push_feed(struct preprocessor *pp, struct feed *f)
{
    f->below = pp->feed;
    f->depth = pp->feed ? pp->feed->depth + 1 : 0;
    pp->feed = f;
}

static void push_source(struct preprocessor *pp, struct source *source)
{
    struct feed *f = compiler_alloc(pp->c, sizeof(*f));

    lex_init(&f->lex, pp->c, source);
    push_feed(pp, f);
}

/* A macro of the command line: its value is a text of its own. */
static void define_option(struct preprocessor *pp, const struct define *d)
{
    struct source *s = source_from_text(pp->c, "<command line>", d->value, strlen(d->value));
    struct token t = {.kind = TOKEN_WORD,
                      .word = compiler_word(pp->c, d->name, strlen(d->name))};
    struct token_list line = {0};
    struct lexer lex;

    lex_init(&lex, pp->c, s);
    for (; t.kind != TOKEN_END; t = lex_next(&lex)) {
        t.glued = false;
        tokens_add(pp->c, &line, &t);
    }
    preprocess_define(pp, &line, (struct loc){s, 0});
}

void preprocess_init(struct preprocessor *pp, struct compiler *c, struct source *source)
{
    *pp = (struct preprocessor){.c = c};
    for (const struct define *d = c->options.defines; d; d = d->next)
        define_option(pp, d);
    push_source(pp, source);
}

/* The rest of a directive's line. The token behind it stays in the file. */
static struct token_list take_line(struct preprocessor *pp)
{
    struct token_list line = {0};
    struct lexer *lex = &pp->feed->lex;

    for (;;) {
        struct lexer before = *lex;
        struct token t = lex_next(lex);
        if (t.kind == TOKEN_END || t.first) {
            *lex = before;
            return line;
        }
        tokens_add(pp->c, &line, &t);
    }
}

static bool is_active(const struct preprocessor *pp)
{
    return !pp->feed->branches || pp->feed->branches->active;
}

static void do_undef(struct preprocessor *pp, const struct token_list *line, struct loc at)
{
    if (line->num != 1 || line->tokens[0].kind != TOKEN_WORD)
        diag_error(pp->c, at, "#undef needs one name");
    else
        (void)preprocess_drop(pp, line->tokens[0].word);
}

/* The text of `"name"` or `<name>`; NULL when it is neither. */
static const char *include_name(struct preprocessor *pp, const struct token_list *line)
{
    if (line->num == 1 && line->tokens[0].kind == TOKEN_STRING)
        return compiler_strndup(pp->c, line->tokens[0].text, line->tokens[0].len);
    if (line->num < 3 || line->tokens[0].kind != '<' || line->tokens[line->num - 1].kind != '>')
        return NULL;
    const char *start = line->tokens[0].text + 1;
    return compiler_strndup(pp->c, start, (size_t)(line->tokens[line->num - 1].text - start));
}

static void do_include(struct preprocessor *pp, const struct token_list *line, struct loc at)
{
    const char *name = include_name(pp, line);
    bool again;

    if (!name) {
        diag_error(pp->c, at, "#include needs \"file\" or <file>");
        return;
    }
    struct source *s = source_open(pp->c, name, at, &again);
    if (!s)
        return;
    if (pp->feed->depth >= LIMIT_IDL_DEPTH) {
        diag_error(pp->c, at, "files include each other too deeply");
        return;
    }
    if (again && s->once)
        return;
    if (!again)
        s->included = true;
    push_source(pp, s);
}

/* The words behind #error and #warning, as they are written. */
static const char *line_text(struct preprocessor *pp, const struct token_list *line)
{
    const struct token *last = line->num ? &line->tokens[line->num - 1] : NULL;
    const char *start = last ? line->tokens[0].text : "";

    return compiler_strndup(pp->c, start, last ? (size_t)(last->text + last->len - start) : 0);
}

/* `#pragma once`; all others are for C compilers. */
static void do_pragma(struct preprocessor *pp, const struct token_list *line)
{
    if (line->num == 1 && token_is(&line->tokens[0], "once"))
        pp->feed->lex.source->once = true;
}

static void begin_branch(struct preprocessor *pp, bool condition, struct loc at)
{
    struct branch *b = compiler_alloc(pp->c, sizeof(*b));
    bool outer = is_active(pp);

    b->active = outer && condition;
    b->taken = !outer || condition;
    b->at = at;
    b->outer = pp->feed->branches;
    pp->feed->branches = b;
}

static bool names_macro(struct preprocessor *pp, const struct token_list *line, struct loc at)
{
    if (line->num == 1 && line->tokens[0].kind == TOKEN_WORD)
        return preprocess_find(pp, line->tokens[0].word) != NULL;
    diag_error(pp->c, at, "#ifdef and #ifndef need one name");
    return false;
}

static void next_branch(struct preprocessor *pp, const struct token_list *line, struct loc at,
                        bool is_else)
{
    struct branch *b = pp->feed->branches;

    if (!b || b->last) {
        diag_error(pp->c, at, "#%s without #if", is_else ? "else" : "elif");
        return;
    }
    b->last = is_else;
    b->active = !b->taken && (is_else || preprocess_condition(pp, line, at));
    b->taken = b->taken || b->active;
}

static void end_branch(struct preprocessor *pp, struct loc at)
{
    if (!pp->feed->branches)
        diag_error(pp->c, at, "#endif without #if");
    else
        pp->feed->branches = pp->feed->branches->outer;
}

/* Directives that count in skipped lines too. False: not one of them. */
static bool do_branches(struct preprocessor *pp, const struct token *name,
                        const struct token_list *line)
{
    if (token_is(name, "if"))
        begin_branch(pp, is_active(pp) && preprocess_condition(pp, line, name->at), name->at);
    else if (token_is(name, "ifdef"))
        begin_branch(pp, is_active(pp) && names_macro(pp, line, name->at), name->at);
    else if (token_is(name, "ifndef"))
        begin_branch(pp, is_active(pp) && !names_macro(pp, line, name->at), name->at);
    else if (token_is(name, "elif"))
        next_branch(pp, line, name->at, false);
    else if (token_is(name, "else"))
        next_branch(pp, line, name->at, true);
    else if (token_is(name, "endif"))
        end_branch(pp, name->at);
    else
        return false;
    return true;
}

static void do_directive(struct preprocessor *pp)
{
    const struct token_list all = take_line(pp);

    if (all.num == 0)
        return;
    const struct token *name = &all.tokens[0];
    const struct token_list rest = {all.tokens + 1, all.num - 1};
    if (do_branches(pp, name, &rest) || !is_active(pp))
        return;
    if (token_is(name, "define"))
        preprocess_define(pp, &rest, name->at);
    else if (token_is(name, "undef"))
        do_undef(pp, &rest, name->at);
    else if (token_is(name, "include"))
        do_include(pp, &rest, name->at);
    else if (token_is(name, "error"))
        diag_error(pp->c, name->at, "#error %s", line_text(pp, &rest));
    else if (token_is(name, "warning"))
        diag_warning(pp->c, name->at, "#warning %s", line_text(pp, &rest));
    else if (token_is(name, "pragma"))
        do_pragma(pp, &rest);
    else if (!token_is(name, "line") && name->kind != TOKEN_NUMBER)
        diag_error(pp->c, name->at, "unknown directive %s", token_show(pp->c, name));
}

/* Leaves a list or file that ended. False: nothing is left. */
static bool pop_feed(struct preprocessor *pp)
{
    struct feed *f = pp->feed;

    if (f->macro)
        f->macro->busy = false;
    for (struct branch *b = f->branches; b; b = b->outer)
        diag_error(pp->c, b->at, "#if without #endif");
    f->branches = NULL;
    if (!f->below || f->alone)
        return false;
    pp->feed = f->below;
    return true;
}

/* The next token of a feed; it stays there when `keep`. */
static struct token feed_next(struct feed *f, bool keep)
{
    if (f->is_list && f->list.num == 0)
        return (struct token){.kind = TOKEN_END, .at = f->used};
    if (f->is_list) {
        struct token t = f->list.tokens[0];
        t.first = false;
        t.at = f->used;
        f->list.tokens += keep ? 0 : 1;
        f->list.num -= keep ? 0 : 1;
        return t;
    }
    if (!f->has_held)
        f->held = lex_next(&f->lex);
    f->has_held = keep;
    return f->held;
}

struct token preprocess_raw(struct preprocessor *pp)
{
    for (;;) {
        pp->feed->lex.quiet = !is_active(pp);
        struct token t = feed_next(pp->feed, false);
        if (t.kind == TOKEN_END) {
            if (!pop_feed(pp))
                return t;
        } else if (t.kind == '#' && t.first && !pp->feed->is_list) {
            do_directive(pp);
        } else if (is_active(pp)) {
            return t;
        }
    }
}

bool preprocess_at_open(struct preprocessor *pp)
{
    struct feed *f = pp->feed;

    while (f->is_list && f->list.num == 0 && !f->alone)
        f = f->below;
    return feed_next(f, true).kind == '(';
}

struct token preprocess_next(struct preprocessor *pp)
{
    for (;;) {
        struct token t = preprocess_raw(pp);
        if (t.kind == TOKEN_END || !preprocess_expand(pp, &t))
            return t;
    }
}
