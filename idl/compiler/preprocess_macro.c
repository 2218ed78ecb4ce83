/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess_macro.c: macros: how they are defined and what becomes of their uses.
 * Layer: compiler. Document: ISO C11 6.10.3.
 */
#include "preprocess.h"

#include <string.h>

#define MAX_EXPANDED 1000000 /* tokens out of macros in one file: bounds macro bombs */

void tokens_add(struct compiler *c, struct token_list *list, const struct token *t)
{
    size_t num = list->num;

    if (num == 0 || (num >= 16 && (num & (num - 1)) == 0)) {
        struct token *more = compiler_alloc(c, (num ? num * 2 : 16) * sizeof(*more));
        if (num)
            memcpy(more, list->tokens, num * sizeof(*more));
        list->tokens = more;
    }
    list->tokens[list->num++] = *t;
}

/* ---- Definitions ---- */

static struct macro **bucket(struct preprocessor *pp, const char *word)
{
    return &pp->macros[((uintptr_t)word >> 4) % MACRO_BUCKETS];
}

struct macro *preprocess_find(struct preprocessor *pp, const char *word)
{
    for (struct macro *m = *bucket(pp, word); m; m = m->next)
        if (m->word == word)
            return m;
    return NULL;
}

bool preprocess_drop(struct preprocessor *pp, const char *word)
{
    for (struct macro **m = bucket(pp, word); *m; m = &(*m)->next)
        if ((*m)->word == word) {
            *m = (*m)->next;
            return true;
        }
    return false;
}

/* `(a, b, ...)` behind the name. The index behind its ')', 0 when it is wrong. */
static size_t take_params(struct compiler *c, struct macro *m, const struct token_list *line)
{
    size_t i = 2;

    m->call = true;
    if (i < line->num && line->tokens[i].kind == ')')
        return i + 1;
    for (; i + 1 < line->num && m->num_params < MAX_MACRO_PARAMS && !m->open; i += 2) {
        const struct token *t = &line->tokens[i];
        size_t more = 0; /* `...` is one pair of dots and one dot */
        if (t->kind == TOKEN_RANGE && t[1].kind == '.') {
            m->open = true;
            m->params[m->num_params++] = compiler_word(c, "__VA_ARGS__", 11);
            more = 1;
        } else if (t->kind == TOKEN_WORD) {
            m->params[m->num_params++] = t->word;
        } else {
            return 0;
        }
        i += more;
        if (i + 1 < line->num && line->tokens[i + 1].kind == ')')
            return i + 2;
        if (i + 1 >= line->num || line->tokens[i + 1].kind != ',')
            return 0;
    }
    return 0;
}

void preprocess_define(struct preprocessor *pp, const struct token_list *line, struct loc at)
{
    struct macro *m = compiler_alloc(pp->c, sizeof(*m));
    size_t start = 1;

    if (line->num == 0 || line->tokens[0].kind != TOKEN_WORD) {
        diag_error(pp->c, at, "#define needs a name");
        return;
    }
    m->word = line->tokens[0].word;
    m->at = line->tokens[0].at;
    if (line->num > 1 && line->tokens[1].kind == '(' && line->tokens[1].glued)
        start = take_params(pp->c, m, line);
    if (!start) {
        diag_error(pp->c, m->at, "the parameters of macro '%s' are not a list of names",
                   m->word);
        return;
    }
    m->body = (struct token_list){line->tokens + start, line->num - start};
    (void)preprocess_drop(pp, m->word);
    m->next = *bucket(pp, m->word);
    *bucket(pp, m->word) = m;
}

/* ---- Lists of tokens as a source ---- */

static struct feed *push_list(struct preprocessor *pp, struct token_list list, struct loc used)
{
    struct feed *f = compiler_alloc(pp->c, sizeof(*f));

    if (pp->feed->depth >= LIMIT_IDL_DEPTH || pp->num_expanded > MAX_EXPANDED) {
        diag_error(pp->c, used, "macros expand too deeply");
        compiler_stop(pp->c);
    }
    pp->num_expanded += list.num + 1;
    f->is_list = true;
    f->list = list;
    f->used = used;
    f->below = pp->feed;
    f->depth = pp->feed->depth + 1;
    pp->feed = f;
    return f;
}

struct token_list preprocess_expand_all(struct preprocessor *pp, const struct token_list *list,
                                        struct loc at)
{
    struct token_list out = {0};
    struct feed *f = push_list(pp, *list, at);

    f->alone = true;
    for (;;) {
        struct token t = preprocess_next(pp);
        if (t.kind == TOKEN_END)
            break;
        tokens_add(pp->c, &out, &t);
    }
    pp->feed = f->below;
    return out;
}

/* ---- Arguments ---- */

struct arguments {
    struct token_list raw[MAX_MACRO_PARAMS];
    struct token_list expanded[MAX_MACRO_PARAMS];
    size_t num; /* as given, which may be more than there is room for */
};

static void add_argument(struct preprocessor *pp, const struct macro *m, struct arguments *a,
                         const struct token *t)
{
    size_t last = m->num_params ? m->num_params - 1 : 0;
    size_t at = m->open && a->num > last ? last : a->num;

    if (at < MAX_MACRO_PARAMS)
        tokens_add(pp->c, &a->raw[at], t);
}

/* What stands in the parentheses. False after an error. */
static bool take_arguments(struct preprocessor *pp, const struct macro *m, struct loc at,
                           struct arguments *a)
{
    unsigned depth = 0;

    (void)preprocess_raw(pp); /* the '(' */
    for (;;) {
        struct token t = preprocess_raw(pp);
        if (t.kind == TOKEN_END) {
            diag_error(pp->c, at, "the arguments of macro '%s' have no end", m->word);
            return false;
        }
        if (depth == 0 && t.kind == ')')
            break;
        depth += t.kind == '(';
        depth -= t.kind == ')';
        bool rest = m->open && a->num + 1 >= m->num_params;
        if (depth == 0 && t.kind == ',' && !rest)
            a->num++;
        else
            add_argument(pp, m, a, &t);
    }
    if (m->num_params || a->raw[0].num)
        a->num++;
    return true;
}

static bool check_number(struct preprocessor *pp, const struct macro *m, struct loc at,
                         const struct arguments *a)
{
    if (a->num == m->num_params || (m->open && a->num + 1 == m->num_params))
        return true;
    diag_error(pp->c, at, "macro '%s' takes %zu argument%s, not %zu", m->word, m->num_params,
               m->num_params == 1 ? "" : "s", a->num);
    diag_note(pp->c, m->at, "it is defined here");
    return false;
}

/* ---- Bodies ---- */

/* The parameter that a token names; num_params: none. */
static size_t param_of(const struct macro *m, const struct token *t)
{
    size_t i = 0;

    while (i < m->num_params && !(t->kind == TOKEN_WORD && t->word == m->params[i]))
        i++;
    return i;
}

static void add_all(struct preprocessor *pp, struct token_list *out,
                    const struct token_list *list)
{
    pp->num_expanded += list->num;
    if (pp->num_expanded > MAX_EXPANDED)
        return; /* push_list reports it */
    for (size_t i = 0; i < list->num; i++)
        tokens_add(pp->c, out, &list->tokens[i]);
}

static void put_as_written(struct text *text, const struct token *t)
{
    bool quoted = t->kind == TOKEN_STRING || t->kind == TOKEN_WIDE_STRING;

    if (t->kind == TOKEN_CHAR)
        text_printf(text, "'%.*s'", (int)t->len, t->text);
    else if (!quoted)
        text_add(text, t->text, t->len);
    else
        text_put(text, t->kind == TOKEN_STRING ? "\\\"" : "L\\\"");
    for (size_t i = 0; quoted && i < t->len; i++)
        text_printf(text, t->text[i] == '\\' || t->text[i] == '"' ? "\\%c" : "%c", t->text[i]);
    if (quoted)
        text_put(text, "\\\"");
}

/* `#param` */
static struct token to_string(struct preprocessor *pp, const struct token_list *list)
{
    struct token t = {.kind = TOKEN_STRING};
    struct text text;

    text_init(&text, pp->c);
    for (size_t i = 0; i < list->num; i++) {
        if (i && !list->tokens[i].glued)
            text_put(&text, " ");
        put_as_written(&text, &list->tokens[i]);
    }
    t.text = text.data;
    t.len = text.len;
    return t;
}

/* `a ## b`: the last token so far and the first of what comes are one. */
static void paste(struct preprocessor *pp, struct token_list *out,
                  const struct token_list *next, struct loc at)
{
    if (next->num == 0)
        return;
    if (out->num == 0) {
        add_all(pp, out, next);
        return;
    }
    const struct token *a = &out->tokens[out->num - 1], *b = &next->tokens[0];
    const char *text =
        compiler_printf(pp->c, "%.*s%.*s", (int)a->len, a->text, (int)b->len, b->text);
    struct lexer lex;
    lex_init(&lex, pp->c, source_from_text(pp->c, "<pasted>", text, strlen(text)));
    lex.quiet = true;
    struct token both = lex_next(&lex);
    if (lex_next(&lex).kind != TOKEN_END)
        diag_error(pp->c, at, "'%s' is not one token", text);
    both.glued = a->glued;
    out->tokens[out->num - 1] = both;
    const struct token_list rest = {next->tokens + 1, next->num - 1};
    add_all(pp, out, &rest);
}

static struct token_list substitute(struct preprocessor *pp, const struct macro *m,
                                    const struct arguments *a, struct loc at)
{
    struct token_list out = {0};
    const struct token_list *body = &m->body;
    bool pasting = false;

    for (size_t i = 0; i < body->num; i++) {
        struct token t = body->tokens[i];
        if (t.kind == TOKEN_PASTE) {
            pasting = true;
            continue;
        }
        size_t param = param_of(m, &t);
        bool pasted = pasting || (i + 1 < body->num && body->tokens[i + 1].kind == TOKEN_PASTE);
        struct token_list one = {&t, 1};
        if (m->call && t.kind == '#' && i + 1 < body->num &&
            param_of(m, &body->tokens[i + 1]) < m->num_params)
            t = to_string(pp, &a->raw[param_of(m, &body->tokens[++i])]);
        else if (param < m->num_params)
            one = pasted ? a->raw[param] : a->expanded[param];
        if (pasting)
            paste(pp, &out, &one, at);
        else
            add_all(pp, &out, &one);
        pasting = false;
    }
    return out;
}

/* False: it is no call, and the name is a plain word. */
static bool expand_call(struct preprocessor *pp, struct macro *m, struct loc at)
{
    struct arguments *a = compiler_alloc(pp->c, sizeof(*a));

    if (!take_arguments(pp, m, at, a) || !check_number(pp, m, at, a))
        return true; /* it stands for nothing */
    for (size_t i = 0; i < m->num_params; i++)
        a->expanded[i] = preprocess_expand_all(pp, &a->raw[i], at);
    push_list(pp, substitute(pp, m, a, at), at)->macro = m;
    m->busy = true;
    return true;
}

bool preprocess_expand(struct preprocessor *pp, struct token *t)
{
    static const struct arguments none;
    struct macro *m =
        t->kind == TOKEN_WORD && !t->painted ? preprocess_find(pp, t->word) : NULL;

    if (!m)
        return false;
    if (m->busy) {
        t->painted = true;
        return false;
    }
    if (m->call)
        return preprocess_at_open(pp) && expand_call(pp, m, t->at);
    push_list(pp, substitute(pp, m, &none, t->at), t->at)->macro = m;
    m->busy = true;
    return true;
}
