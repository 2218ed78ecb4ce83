/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_expr.c: expressions. Layer: compiler. Documents: C706 4.2.10 (constants), the
 * MIDL reference for size_is and its kin; precedence as in C.
 */
#include "number.h"
#include "parse.h"

#include <string.h>

static struct expr *conditional(struct parser *p);

static struct expr *new_expr(struct parser *p, enum expr_kind kind, struct loc at)
{
    struct expr *e = compiler_alloc(p->c, sizeof(*e));

    e->kind = kind;
    e->at = at;
    return e;
}

static struct expr *number_expr(struct parser *p, const struct token *t)
{
    uint64_t value;
    struct expr *e = new_expr(p, EXPR_NUMBER, t->at);

    if (number_parse(t->text, t->len, &value)) {
        e->value = (int64_t)value;
        return e;
    }
    if (memchr(t->text, '.', t->len)) {
        e->kind = EXPR_REAL;
        e->word = compiler_word(p->c, t->text, t->len);
        return e;
    }
    parse_error(p, t->at, "'%.*s' is not a number of at most 64 bits",
                (int)(t->len < 64 ? t->len : 64), t->text);
    return e;
}

/* The character behind a backslash; false: not one, or more than one. */
static bool escape_value(const char *text, size_t len, int64_t *ret_value)
{
    static const char from[] = "abfnrtv", to[] = "\a\b\f\n\r\t\v";
    const char *found = memchr(from, text[0], sizeof(from) - 1);
    uint64_t value;

    if (text[0] == 'x' || (text[0] >= '0' && text[0] <= '7')) {
        char digits[24] = "0";
        if (len >= sizeof(digits) - 1)
            return false;
        memcpy(digits + 1, text, len);
        if (!number_parse(digits, len + 1, &value))
            return false;
        *ret_value = (int64_t)value;
        return value <= UINT16_MAX;
    }
    *ret_value = found ? to[found - from] : (unsigned char)text[0];
    return len == 1;
}

static struct expr *char_expr(struct parser *p, const struct token *t)
{
    struct expr *e = new_expr(p, EXPR_NUMBER, t->at);

    if (t->len == 1)
        e->value = (unsigned char)t->text[0];
    else if (t->len < 2 || t->text[0] != '\\' ||
             !escape_value(t->text + 1, t->len - 1, &e->value))
        parse_error(p, t->at, "a character constant holds one character");
    return e;
}

/* Adjacent strings are one. */
static struct expr *string_expr(struct parser *p, const struct token *t)
{
    struct expr *e =
        new_expr(p, t->kind == TOKEN_STRING ? EXPR_STRING : EXPR_WIDE_STRING, t->at);
    struct text text;

    text_init(&text, p->c);
    text_add(&text, t->text, t->len);
    while (parse_at(p, TOKEN_STRING) || parse_at(p, TOKEN_WIDE_STRING)) {
        struct token more = parse_take(p);
        text_add(&text, more.text, more.len);
    }
    e->word = text.data;
    return e;
}

static struct expr *word_expr(struct parser *p, const struct token *t)
{
    struct expr *e = new_expr(p, EXPR_NUMBER, t->at);

    if (token_is(t, "TRUE") || token_is(t, "FALSE")) {
        e->value = token_is(t, "TRUE");
        return e;
    }
    if (token_is(t, "NULL"))
        return e;
    e->kind = EXPR_NAME;
    e->word = t->word;
    return e;
}

static bool at_operand(struct parser *p)
{
    int kind = parse_peek(p, 0)->kind;

    return kind == TOKEN_NUMBER || kind == TOKEN_CHAR || kind == TOKEN_STRING ||
           kind == TOKEN_WIDE_STRING || kind == TOKEN_WORD || kind == '(';
}

static struct expr *primary(struct parser *p)
{
    struct token t = *parse_peek(p, 0);
    struct expr *e;

    if (!at_operand(p)) {
        parse_error(p, t.at, "expected an expression before %s", token_show(p->c, &t));
        return new_expr(p, EXPR_NUMBER, t.at);
    }
    parse_take(p);
    switch (t.kind) {
    case TOKEN_NUMBER:
        return number_expr(p, &t);
    case TOKEN_CHAR:
        return char_expr(p, &t);
    case TOKEN_WORD:
        return word_expr(p, &t);
    case '(':
        e = conditional(p);
        parse_expect(p, ')', "')'");
        return e;
    default:
        return string_expr(p, &t);
    }
}

static struct expr *postfix(struct parser *p)
{
    struct expr *e = primary(p);

    while (parse_at(p, '.') || parse_at(p, TOKEN_ARROW)) {
        struct token t = parse_take(p);
        struct expr *m = new_expr(p, EXPR_MEMBER, t.at);
        m->op = t.kind;
        m->a = e;
        m->word = parse_name(p, "a member name", NULL);
        e = m;
    }
    return e;
}

/* `(type) x` */
static struct expr *cast(struct parser *p)
{
    struct token t = parse_take(p);
    struct expr *e = new_expr(p, EXPR_CAST, t.at);

    e->type = parse_type_name(p);
    parse_expect(p, ')', "')'");
    return e;
}

static bool at_cast(struct parser *p)
{
    return parse_at(p, '(') && parse_begins_type(p, parse_peek(p, 1));
}

static struct expr *size_of(struct parser *p)
{
    struct token t = parse_take(p);
    struct expr *e = new_expr(p, EXPR_SIZEOF, t.at);

    parse_expect(p, '(', "'('");
    e->type = parse_type_name(p);
    parse_expect(p, ')', "')'");
    return e;
}

static bool at_unary(struct parser *p)
{
    int kind = parse_peek(p, 0)->kind;

    return kind == '*' || kind == '&' || kind == '-' || kind == '+' || kind == '~' ||
           kind == '!';
}

static struct expr *unary(struct parser *p)
{
    struct expr *e;

    if (!parse_enter(p))
        return new_expr(p, EXPR_NUMBER, parse_peek(p, 0)->at);
    if (at_cast(p)) {
        e = cast(p);
        e->a = unary(p);
    } else if (at_unary(p)) {
        struct token t = parse_take(p);
        e = new_expr(p, EXPR_UNARY, t.at);
        e->op = t.kind;
        e->a = unary(p);
    } else if (parse_at_word(p, "sizeof")) {
        e = size_of(p);
    } else {
        e = postfix(p);
    }
    parse_leave(p);
    return e;
}

static unsigned next_level(struct parser *p)
{
    return number_level(parse_peek(p, 0)->kind);
}

/* Operators that bind tighter than `level`. */
static struct expr *binary(struct parser *p, unsigned level)
{
    struct expr *e = unary(p);

    while (next_level(p) > level) {
        unsigned this_level = next_level(p);
        struct token t = parse_take(p);
        struct expr *both = new_expr(p, EXPR_BINARY, t.at);
        both->op = t.kind;
        both->a = e;
        both->b = binary(p, this_level);
        e = both;
    }
    return e;
}

static struct expr *conditional(struct parser *p)
{
    if (!parse_enter(p))
        return new_expr(p, EXPR_NUMBER, parse_peek(p, 0)->at);
    struct expr *e = binary(p, 0);
    if (parse_at(p, '?')) {
        struct expr *all = new_expr(p, EXPR_CONDITION, parse_take(p).at);
        all->a = e;
        all->b = conditional(p);
        parse_expect(p, ':', "':'");
        all->c = conditional(p);
        e = all;
    }
    parse_leave(p);
    return e;
}

struct expr *parse_expression(struct parser *p)
{
    struct expr *e = conditional(p);

    return p->failed ? NULL : e;
}

int64_t parse_constant(struct parser *p, struct expr **ret_expr)
{
    struct expr *e = parse_expression(p);
    int64_t value = 0;
    const char *why = NULL;

    if (ret_expr)
        *ret_expr = e;
    if (e && !expr_value(p->tree, e, &value, &why)) {
        diag_error(p->c, e->at, "%s", why ? why : "the expression is not constant");
        return 0;
    }
    return value;
}
