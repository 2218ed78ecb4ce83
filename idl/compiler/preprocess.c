/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess.c: directives and macros on tokens. Layer: compiler. Document: ISO C11
 * 6.10, the part of it that IDL files use.
 */
#include "preprocess.h"

#include <string.h>

#define MAX_EXPANDED 1000000 /* tokens out of macros in one file: bounds macro bombs */

/* What stands behind a directive's '#'. */
struct line {
    struct token *tokens;
    size_t num;
};

struct macro *preprocess_find(struct preprocessor *pp, const char *word)
{
    for (struct macro *m = pp->macros; m; m = m->next)
        if (m->word == word)
            return m;
    return NULL;
}

static void drop_macro(struct preprocessor *pp, const char *word)
{
    for (struct macro **m = &pp->macros; *m; m = &(*m)->next)
        if ((*m)->word == word) {
            *m = (*m)->next;
            return;
        }
}

static void add_macro(struct preprocessor *pp, const struct token *name,
                      const struct token *tokens, size_t num)
{
    struct macro *m = compiler_alloc(pp->c, sizeof(*m));
    struct token *copy = compiler_alloc(pp->c, num * sizeof(*copy));

    if (num)
        memcpy(copy, tokens, num * sizeof(*copy));
    drop_macro(pp, name->word);
    *m = (struct macro){
        .word = name->word, .tokens = copy, .num = num, .at = name->at, .next = pp->macros};
    pp->macros = m;
}

static void push_source(struct preprocessor *pp, const struct source *source)
{
    struct feed *f = compiler_alloc(pp->c, sizeof(*f));

    lex_init(&f->lex, pp->c, source);
    f->below = pp->feed;
    f->depth = pp->feed ? pp->feed->depth + 1 : 0;
    pp->feed = f;
}

static void push_macro(struct preprocessor *pp, struct macro *m, struct loc used)
{
    struct feed *f = compiler_alloc(pp->c, sizeof(*f));

    m->busy = true;
    f->macro = m;
    f->used = used;
    f->below = pp->feed;
    f->depth = pp->feed->depth + 1;
    pp->feed = f;
}

/* A macro of the command line: its value is a text of its own. */
static void define_option(struct preprocessor *pp, const struct define *d)
{
    struct source *s = source_from_text(pp->c, "<command line>", d->value, strlen(d->value));
    struct token name = {.word = compiler_word(pp->c, d->name, strlen(d->name))};
    struct token tokens[64];
    size_t num = 0;
    struct lexer lex;

    lex_init(&lex, pp->c, s);
    for (;;) {
        struct token t = lex_next(&lex);
        if (t.kind == TOKEN_END || num == sizeof(tokens) / sizeof(tokens[0]))
            break;
        tokens[num++] = t;
    }
    add_macro(pp, &name, tokens, num);
}

void preprocess_init(struct preprocessor *pp, struct compiler *c, const struct source *source)
{
    *pp = (struct preprocessor){.c = c};
    for (const struct define *d = c->options.defines; d; d = d->next)
        define_option(pp, d);
    push_source(pp, source);
}

static void add_token(struct preprocessor *pp, struct line *line, const struct token *t)
{
    size_t num = line->num;

    if (num == 0 || (num >= 16 && (num & (num - 1)) == 0)) {
        struct token *more = compiler_alloc(pp->c, (num ? num * 2 : 16) * sizeof(*more));
        if (num)
            memcpy(more, line->tokens, num * sizeof(*more));
        line->tokens = more;
    }
    line->tokens[line->num++] = *t;
}

/* The rest of a directive's line. The token behind it stays in the file. */
static struct line take_line(struct preprocessor *pp)
{
    struct line line = {0};
    struct lexer *lex = &pp->feed->lex;

    for (;;) {
        struct lexer before = *lex;
        struct token t = lex_next(lex);
        if (t.kind == TOKEN_END || t.first) {
            *lex = before;
            return line;
        }
        add_token(pp, &line, &t);
    }
}

static bool is_active(const struct preprocessor *pp)
{
    return !pp->feed->branches || pp->feed->branches->active;
}

static void do_define(struct preprocessor *pp, const struct line *line, struct loc at)
{
    if (line->num == 0 || line->tokens[0].kind != TOKEN_WORD) {
        diag_error(pp->c, at, "#define needs a name");
        return;
    }
    add_macro(pp, &line->tokens[0], line->tokens + 1, line->num - 1);
    if (line->num > 1 && line->tokens[1].kind == '(' && line->tokens[1].glued)
        pp->macros->call = true;
}

static void do_undef(struct preprocessor *pp, const struct line *line, struct loc at)
{
    if (line->num != 1 || line->tokens[0].kind != TOKEN_WORD)
        diag_error(pp->c, at, "#undef needs one name");
    else
        drop_macro(pp, line->tokens[0].word);
}

/* The text of `"name"` or `<name>`; NULL when it is neither. */
static const char *include_name(struct preprocessor *pp, const struct line *line)
{
    if (line->num == 1 && line->tokens[0].kind == TOKEN_STRING)
        return compiler_strndup(pp->c, line->tokens[0].text, line->tokens[0].len);
    if (line->num < 3 || line->tokens[0].kind != '<' || line->tokens[line->num - 1].kind != '>')
        return NULL;
    const char *start = line->tokens[0].text + 1;
    return compiler_strndup(pp->c, start, (size_t)(line->tokens[line->num - 1].text - start));
}

static void do_include(struct preprocessor *pp, const struct line *line, struct loc at)
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
    if (!again)
        s->included = true;
    push_source(pp, s);
}

static void do_error(struct preprocessor *pp, const struct line *line, struct loc at)
{
    const struct token *last = line->num ? &line->tokens[line->num - 1] : NULL;
    const char *start = last ? line->tokens[0].text : "";

    diag_error(pp->c, at, "#error %.*s", last ? (int)(last->text + last->len - start) : 0,
               start);
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

static bool names_macro(struct preprocessor *pp, const struct line *line, struct loc at)
{
    if (line->num == 1 && line->tokens[0].kind == TOKEN_WORD)
        return preprocess_find(pp, line->tokens[0].word) != NULL;
    diag_error(pp->c, at, "#ifdef and #ifndef need one name");
    return false;
}

static void next_branch(struct preprocessor *pp, const struct line *line, struct loc at,
                        bool is_else)
{
    struct branch *b = pp->feed->branches;

    if (!b || b->last) {
        diag_error(pp->c, at, "#%s without #if", is_else ? "else" : "elif");
        return;
    }
    b->last = is_else;
    b->active = !b->taken && (is_else || preprocess_condition(pp, line->tokens, line->num, at));
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
                        const struct line *line)
{
    if (token_is(name, "if"))
        begin_branch(
            pp, is_active(pp) && preprocess_condition(pp, line->tokens, line->num, name->at),
            name->at);
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
    const struct line all = take_line(pp);

    if (all.num == 0)
        return;
    const struct token *name = &all.tokens[0];
    const struct line rest = {all.tokens + 1, all.num - 1};
    if (do_branches(pp, name, &rest) || !is_active(pp))
        return;
    if (token_is(name, "define"))
        do_define(pp, &rest, name->at);
    else if (token_is(name, "undef"))
        do_undef(pp, &rest, name->at);
    else if (token_is(name, "include"))
        do_include(pp, &rest, name->at);
    else if (token_is(name, "error"))
        do_error(pp, &rest, name->at);
    else if (!token_is(name, "pragma") && !token_is(name, "line") && name->kind != TOKEN_NUMBER)
        diag_error(pp->c, name->at, "unknown directive %s", token_show(pp->c, name));
}

/* Leaves a macro or file that ended. False: nothing is left. */
static bool pop_feed(struct preprocessor *pp)
{
    struct feed *f = pp->feed;

    if (f->macro)
        f->macro->busy = false;
    for (struct branch *b = f->branches; b; b = b->outer)
        diag_error(pp->c, b->at, "#if without #endif");
    f->branches = NULL;
    if (!f->below)
        return false;
    pp->feed = f->below;
    return true;
}

static struct token raw_next(struct preprocessor *pp)
{
    struct feed *f = pp->feed;

    if (!f->macro)
        return lex_next(&f->lex);
    if (f->at == f->macro->num)
        return (struct token){.kind = TOKEN_END, .at = f->used};
    struct token t = f->macro->tokens[f->at++];
    t.first = false;
    t.at = f->used;
    return t;
}

/* Begins the expansion of a macro that `t` names. False: it names none. */
static bool expand(struct preprocessor *pp, const struct token *t)
{
    struct macro *m = t->kind == TOKEN_WORD ? preprocess_find(pp, t->word) : NULL;

    if (!m || m->busy)
        return false;
    if (m->call) {
        diag_error(pp->c, t->at, "function-like macro '%s' cannot be used", m->word);
        diag_note(pp->c, m->at, "it is defined here");
        m->call = false;
        return false;
    }
    if (pp->feed->depth >= LIMIT_IDL_DEPTH || pp->num_expanded > MAX_EXPANDED) {
        diag_error(pp->c, t->at, "macros expand too deeply");
        compiler_stop(pp->c);
    }
    pp->num_expanded += m->num;
    push_macro(pp, m, t->at);
    return true;
}

struct token preprocess_next(struct preprocessor *pp)
{
    for (;;) {
        struct token t = raw_next(pp);
        if (t.kind == TOKEN_END) {
            if (!pop_feed(pp))
                return t;
        } else if (t.kind == '#' && t.first && !pp->feed->macro) {
            do_directive(pp);
        } else if (is_active(pp) && !expand(pp, &t)) {
            return t;
        }
    }
}
