/* SPDX-License-Identifier: MIT
 *
 * compiler/preprocess_if.c: the conditions of #if and #elif. Layer: compiler. Document: ISO C11
 * 6.10.1.
 */
#include "preprocess.h"
#include "number.h"

#include <string.h>

/* Reads the condition's tokens; the first error sticks. */
struct condition {
    struct preprocessor *pp;
    const struct token *tokens;
    size_t num;
    size_t at;
    struct loc place;
    unsigned depth;
    bool failed;
};

static int64_t any_value(struct condition *k, unsigned level);

static const struct token *peek(struct condition *k)
{
    return !k->failed && k->at < k->num ? &k->tokens[k->at] : NULL;
}

static bool accept(struct condition *k, int kind)
{
    const struct token *t = peek(k);

    if (!t || t->kind != kind)
        return false;
    k->at++;
    return true;
}

static int64_t fail(struct condition *k, const char *what)
{
    if (!k->failed)
        diag_error(k->pp->c, k->place, "#if: %s", what);
    k->failed = true;
    return 0;
}

static int64_t defined_value(struct condition *k)
{
    bool open = accept(k, '(');
    const struct token *t = peek(k);

    if (!t || t->kind != TOKEN_WORD)
        return fail(k, "defined needs a name");
    k->at++;
    if (open && !accept(k, ')'))
        return fail(k, "missing ')'");
    return preprocess_find(k->pp, t->word) != NULL;
}

/* A macro counts when it is one number or one word that is such a macro; other words are 0. */
static int64_t word_value(struct condition *k, const char *word)
{
    for (unsigned i = 0; i < LIMIT_IDL_DEPTH; i++) {
        struct macro *m = preprocess_find(k->pp, word);
        uint64_t value;
        if (!m || m->num == 0)
            return 0;
        if (m->num > 1 || m->call)
            return fail(k, "the macro is not one number");
        if (m->tokens[0].kind != TOKEN_WORD)
            return number_parse(m->tokens[0].text, m->tokens[0].len, &value)
                       ? (int64_t)value
                       : fail(k, "the macro is not a number");
        word = m->tokens[0].word;
    }
    return 0;
}

static int64_t one_value(struct condition *k)
{
    const struct token *t = peek(k);
    uint64_t number;

    if (!t || k->depth > LIMIT_IDL_DEPTH)
        return fail(k, t ? "too deep" : "a value is missing");
    k->at++;
    k->depth++;
    int64_t value = 0;
    if (t->kind == '!')
        value = !one_value(k);
    else if (t->kind == '-')
        value = (int64_t)(0 - (uint64_t)one_value(k));
    else if (t->kind == '(')
        value = any_value(k, 0);
    else if (t->kind == TOKEN_NUMBER && number_parse(t->text, t->len, &number))
        value = (int64_t)number;
    else if (token_is(t, "defined"))
        value = defined_value(k);
    else if (t->kind == TOKEN_WORD)
        value = word_value(k, t->word);
    else
        fail(k, "a value is missing");
    if (t->kind == '(' && !accept(k, ')'))
        fail(k, "missing ')'");
    k->depth--;
    return value;
}

static const struct {
    int kind;
    unsigned level;
} operators[] = {
    {TOKEN_OR, 1},
    {TOKEN_AND, 2},
    {TOKEN_EQUAL, 3},
    {TOKEN_NOT_EQUAL, 3},
    {TOKEN_LESS_EQUAL, 4},
    {'<', 4},
    {'>', 4},
    {TOKEN_GREATER_EQUAL, 4},
    {'+', 5},
    {'-', 5},
};

static int64_t apply(int kind, int64_t a, int64_t b)
{
    switch (kind) {
    case TOKEN_OR:
        return a || b;
    case TOKEN_AND:
        return a && b;
    case TOKEN_EQUAL:
        return a == b;
    case TOKEN_NOT_EQUAL:
        return a != b;
    case TOKEN_LESS_EQUAL:
        return a <= b;
    case '<':
        return a < b;
    case '>':
        return a > b;
    case TOKEN_GREATER_EQUAL:
        return a >= b;
    case '+':
        return (int64_t)((uint64_t)a + (uint64_t)b);
    default:
        return (int64_t)((uint64_t)a - (uint64_t)b);
    }
}

/* The level of the operator that comes next; 0: none. */
static unsigned next_level(struct condition *k)
{
    const struct token *t = peek(k);

    for (size_t i = 0; t && i < sizeof(operators) / sizeof(operators[0]); i++)
        if (operators[i].kind == t->kind)
            return operators[i].level;
    return 0;
}

/* Operators that bind tighter than `level`. */
static int64_t any_value(struct condition *k, unsigned level)
{
    int64_t value = one_value(k);

    while (next_level(k) > level) {
        int kind = peek(k)->kind;
        unsigned this_level = next_level(k);
        k->at++;
        value = apply(kind, value, any_value(k, this_level));
    }
    return value;
}

bool preprocess_condition(struct preprocessor *pp, const struct token *tokens, size_t num,
                          struct loc at)
{
    struct condition k = {.pp = pp, .tokens = tokens, .num = num, .place = at};
    int64_t value = any_value(&k, 0);

    if (!k.failed && k.at < k.num)
        fail(&k, "something follows the condition");
    return !k.failed && value != 0;
}
