/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_attr.c: attribute lists. Layer: compiler. Document: C706 4.2; published IDL
 * writes several lists in a row, and attributes that are its author's own.
 */
#include "parse.h"

#include <string.h>

/* Skips what is in parentheses that were just opened, and the closing one. */
static void skip_arguments(struct parser *p)
{
    unsigned inside = p->nesting;

    while (!parse_at(p, TOKEN_END)) {
        bool closes = parse_at(p, ')') && p->nesting == inside;
        parse_take(p);
        if (closes)
            return;
    }
    parse_expect(p, ')', "')'");
}

#define MAX_ARGS 64

/* The '*' of size_is(*). */
static struct expr *take_open(struct parser *p)
{
    struct expr *e = compiler_alloc(p->c, sizeof(*e));

    e->kind = EXPR_OPEN;
    e->at = parse_take(p).at;
    return e;
}

/* `a..b` of case(a..b); in range(a..b) the dots are as a comma. */
static struct expr *take_range(struct parser *p, const struct attr *a, struct expr *least)
{
    struct expr *e = compiler_alloc(p->c, sizeof(*e));

    e->kind = EXPR_RANGE;
    e->at = parse_take(p).at;
    e->a = least;
    e->b = parse_expression(p);
    if (a->info->id != ATTR_case)
        parse_error(p, e->at, "'%s' takes no 'least..most'", a->info->word);
    return e;
}

static void take_expressions(struct parser *p, struct attr *a)
{
    struct expr *args[MAX_ARGS];

    do {
        bool empty = parse_at(p, ',') || parse_at(p, ')');
        bool open = parse_at(p, '*') &&
                    (parse_peek(p, 1)->kind == ')' || parse_peek(p, 1)->kind == ',');
        if (a->num_args == MAX_ARGS) {
            parse_error(p, a->at, "'%s' has more than %d arguments", a->info->word, MAX_ARGS);
            return;
        }
        struct expr *e = empty ? NULL : open ? take_open(p) : parse_expression(p);
        if (e && parse_at(p, TOKEN_RANGE) && a->info->id != ATTR_range)
            e = take_range(p, a, e);
        args[a->num_args++] = e;
    } while (parse_accept(p, ',') ||
             (a->info->id == ATTR_range && parse_accept(p, TOKEN_RANGE)));
    a->args = compiler_alloc(p->c, a->num_args * sizeof(args[0]));
    memcpy(a->args, args, a->num_args * sizeof(args[0]));
}

/* The text of all tokens up to the ')': UUIDs and versions. */
static void take_text(struct parser *p, struct attr *a)
{
    struct text text;

    text_init(&text, p->c);
    while (!parse_at(p, ')') && !parse_at(p, TOKEN_END) && text.len < 256) {
        struct token t = parse_take(p);
        text_add(&text, t.text, t.len);
    }
    a->text = text.data;
}

static void take_arguments(struct parser *p, struct attr *a)
{
    switch (a->info->form) {
    case FORM_EXPRS:
        take_expressions(p, a);
        break;
    case FORM_TYPE:
        a->type = parse_type_name(p);
        break;
    case FORM_WORD:
        a->text = parse_name(p, "a word", NULL);
        break;
    default:
        take_text(p, a);
        break;
    }
    parse_expect(p, ')', "')'");
}

/* A misspelt attribute that would change what is sent is an error: without it the stubs would
 * talk to nobody. */
static void report_unknown(struct parser *p, struct loc at, const char *word)
{
    const struct attr_info *near = attr_suggest(word);

    if (near && near->effect != EFFECT_NONE)
        diag_error(p->c, at, "unknown attribute '%s'; did you mean '%s'?", word, near->word);
    else if (near)
        diag_warning(p->c, at, "unknown attribute '%s' has no effect; did you mean '%s'?", word,
                     near->word);
    else
        diag_warning(p->c, at, "unknown attribute '%s' has no effect", word);
}

static void check_place(struct parser *p, const struct attr *a, enum attr_place place)
{
    if (a->info->effect == EFFECT_ERROR)
        diag_error(p->c, a->at, "attribute '%s' is not supported", a->info->word);
    else if (p->acf && !(a->info->places & IN_ACF))
        diag_error(p->c, a->at, "attribute '%s' cannot stand in an ACF file", a->info->word);
    else if (!(a->info->places & place))
        diag_error(p->c, a->at, "attribute '%s' cannot stand here", a->info->word);
    else if (a->info->id == ATTR_implicit_handle || a->info->id == ATTR_auto_handle)
        diag_warning(p->c, a->at,
                     "'%s' has no effect: functions take their client as a parameter",
                     a->info->word);
    else if (a->info->effect == EFFECT_NOTE)
        diag_warning(p->c, a->at, "attribute '%s' has no effect", a->info->word);
}

/* One attribute; NULL when it is unknown or wrong. */
static struct attr *take_attribute(struct parser *p, enum attr_place place)
{
    struct loc at;
    const char *word = parse_name(p, "an attribute", &at);

    if (!word)
        return NULL;
    const struct attr_info *info = attr_lookup(word);
    if (!info) {
        report_unknown(p, at, word);
        if (parse_accept(p, '('))
            skip_arguments(p);
        return NULL;
    }
    struct attr *a = compiler_alloc(p->c, sizeof(*a));
    a->info = info;
    a->at = at;
    if (info->form == FORM_TEXT) {
        if (parse_accept(p, '('))
            skip_arguments(p);
    } else if (info->form != FORM_NONE && parse_expect(p, '(', "'('")) {
        take_arguments(p, a);
    }
    if (p->failed)
        return NULL;
    check_place(p, a, place);
    return p->acf && !(info->places & IN_ACF) ? NULL : a;
}

static void append(struct parser *p, struct attr **list, struct attr *a)
{
    struct attr **end = list;

    for (; *end; end = &(*end)->next)
        if ((*end)->info == a->info && a->info->id != ATTR_case) {
            diag_warning(p->c, a->at, "attribute '%s' is given twice", a->info->word);
            return;
        }
    *end = a;
}

static void take_list(struct parser *p, enum attr_place place, struct attr **list)
{
    unsigned outside = p->nesting;

    parse_take(p);
    do {
        if (parse_at(p, ']'))
            break; /* `[a, b, ]` and `[]` are taken */
        struct attr *a = take_attribute(p, place);
        if (a)
            append(p, list, a);
    } while (parse_accept(p, ','));
    parse_expect(p, ']', "',' or ']'");
    if (p->failed)
        parse_recover(p, outside, ']');
}

struct attr *parse_attributes(struct parser *p, enum attr_place place)
{
    struct attr *list = NULL;

    while (parse_at(p, '['))
        take_list(p, place, &list);
    return list;
}

void parse_append(struct attr **list, struct attr *more)
{
    while (more) {
        struct attr *next = more->next;
        if (!attr_find(*list, more->info->id)) {
            more->next = *list;
            *list = more;
        }
        more = next;
    }
}
