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

static int64_t whole_value(struct condition *k);

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

static int64_t unary(struct condition *k, int op, int64_t a)
{
    int64_t value = 0;

    return number_unary(op, a, &value) ? value : fail(k, "the value does not fit into 64 bits");
}

static int64_t binary(struct condition *k, int op, int64_t a, int64_t b)
{
    int64_t value = 0;

    return number_binary(op, a, b, &value)
               ? value
               : fail(k, "the value does not fit into 64 bits, or divides by zero");
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
    if (t->kind == '!' || t->kind == '-' || t->kind == '~' || t->kind == '+')
        value = unary(k, t->kind, one_value(k));
    else if (t->kind == '(')
        value = whole_value(k);
    else if (t->kind == TOKEN_NUMBER && number_parse(t->text, t->len, &number))
        value = (int64_t)number;
    else if (t->kind != TOKEN_WORD) /* a word that is no macro is 0 */
        fail(k, "a value is missing");
    if (t->kind == '(' && !accept(k, ')'))
        fail(k, "missing ')'");
    k->depth--;
    return value;
}

/* The level of the operator that comes next; 0: none. */
static unsigned next_level(struct condition *k)
{
    const struct token *t = peek(k);

    return t ? number_level(t->kind) : 0;
}

/* Operators that bind tighter than `level`. */
static int64_t any_value(struct condition *k, unsigned level)
{
    int64_t value = one_value(k);

    while (next_level(k) > level) {
        int kind = peek(k)->kind;
        unsigned this_level = next_level(k);
        k->at++;
        value = binary(k, kind, value, any_value(k, this_level));
    }
    return value;
}

static int64_t whole_value(struct condition *k)
{
    int64_t value = any_value(k, 0);

    if (!accept(k, '?'))
        return value;
    if (k->depth > LIMIT_IDL_DEPTH)
        return fail(k, "too deep");
    k->depth++;
    int64_t yes = whole_value(k);
    int64_t no = accept(k, ':') ? whole_value(k) : fail(k, "missing ':'");
    k->depth--;
    return value ? yes : no;
}

/* `defined X` and `defined(X)` become numbers before macros are expanded. False after an error.
 */
static bool resolve_defined(struct preprocessor *pp, const struct token_list *line,
                            struct loc at, struct token_list *out)
{
    for (size_t i = 0; i < line->num; i++) {
        struct token t = line->tokens[i];
        if (token_is(&t, "defined")) {
            bool open = i + 1 < line->num && line->tokens[i + 1].kind == '(';
            i += open ? 2 : 1;
            if (i >= line->num || line->tokens[i].kind != TOKEN_WORD) {
                diag_error(pp->c, at, "#if: defined needs a name");
                return false;
            }
            t.kind = TOKEN_NUMBER;
            t.text = preprocess_find(pp, line->tokens[i].word) ? "1" : "0";
            t.len = 1;
            i += open;
            if (open && (i >= line->num || line->tokens[i].kind != ')')) {
                diag_error(pp->c, at, "#if: missing ')'");
                return false;
            }
        }
        tokens_add(pp->c, out, &t);
    }
    return true;
}

bool preprocess_condition(struct preprocessor *pp, const struct token_list *line, struct loc at)
{
    struct token_list resolved = {0};

    if (!resolve_defined(pp, line, at, &resolved))
        return false;
    struct token_list all = preprocess_expand_all(pp, &resolved, at);
    struct condition k = {.pp = pp, .tokens = all.tokens, .num = all.num, .place = at};
    int64_t value = whole_value(&k);
    if (!k.failed && k.at < k.num)
        fail(&k, "something follows the condition");
    return !k.failed && value != 0;
}
