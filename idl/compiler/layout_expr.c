/* SPDX-License-Identifier: MIT
 *
 * compiler/layout_expr.c: correlations: size_is(n), length_is(*p / 2), switch_is(level) ...
 * Layer: compiler. Documents: rpcsec/ndr.h "Correlations", C706 4.2.18.
 *
 * What fits struct rpcsec_ndr_expr (variable * multiply / divide + add) goes into the table;
 * anything else becomes a C function of the record. In it all arithmetic is 64 bits, wraps, and
 * divides by zero to -1: its operands come from a peer.
 */
#include <string.h>

#include "layout.h"
#include "lex.h"

/* A variable of the record. */
struct place {
    const char *text; /* C text behind `r->` */
    unsigned derefs;  /* pointers followed in memory */
    bool vanished;    /* a top-level ref parameter: its first dereference costs nothing */
    struct type *type;
};

static struct compiler *compiler_of(struct use *use)
{
    return use->layout->c;
}

static struct wire_param *find_param(struct wire_operation *op, const char *word)
{
    for (struct wire_param *p = op->params; p; p = p->next)
        if (p->name == word)
            return p;
    return NULL;
}

/* The variable that a name means; false when the record has none such. */
static bool find_place(struct use *use, const char *word, struct place *ret_place)
{
    struct record *r = use->record;

    *ret_place = (struct place){0};
    if (!r->members)
        return false;
    struct member *m = members_find(r->members, word);
    if (!m || !m->type)
        return false;
    ret_place->text = name_c(compiler_of(use), word);
    ret_place->type = m->type;
    if (r->params) {
        struct wire_param *p = find_param(r->params, word);
        ret_place->vanished = p && p->vanished;
        ret_place->text = p ? p->member : ret_place->text;
    }
    return true;
}

static struct type *pointee(struct type *type)
{
    type = type_strip(type);
    return type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY ? type->target : NULL;
}

static bool follow(struct place *p)
{
    struct type *target = pointee(p->type);

    if (!target)
        return false;
    p->type = target;
    if (p->vanished) {
        p->vanished = false;
        return true;
    }
    p->derefs++;
    return true;
}

/* A name, `*place`, `place->member` or `place.member`. */
static bool expr_place(struct use *use, struct expr *e, struct place *ret_place)
{
    struct type *type;

    switch (e->kind) {
    case EXPR_NAME:
        return find_place(use, e->word, ret_place);
    case EXPR_CAST:
        return expr_place(use, e->a, ret_place);
    case EXPR_UNARY:
        return e->op == '*' && expr_place(use, e->a, ret_place) && follow(ret_place);
    case EXPR_MEMBER:
        if (!expr_place(use, e->a, ret_place) || (e->op == TOKEN_ARROW && !follow(ret_place)))
            return false;
        type = type_strip(ret_place->type);
        struct member *m =
            type->kind == TYPE_STRUCT ? members_find(&type->members, e->word) : NULL;
        if (!m || ret_place->derefs)
            return false;
        ret_place->text = compiler_printf(compiler_of(use), "%s.%s", ret_place->text,
                                          name_c(compiler_of(use), e->word));
        ret_place->type = m->type;
        return true;
    default:
        return false;
    }
}

static bool has_negative(struct type *type)
{
    for (struct enumerator *e = type->enumerators; e; e = e->next)
        if (e->number < 0)
            return true;
    return false;
}

/* How the variable lies in memory; NULL: it is no integer. */
static const char *var_kind(struct type *type)
{
    static const char *const kinds[BASE_UNKNOWN + 1] = {
        [BASE_BOOLEAN] = "U8",  [BASE_BYTE] = "U8",      [BASE_CHAR] = "U8",
        [BASE_UCHAR] = "U8",    [BASE_SCHAR] = "I8",     [BASE_WCHAR] = "U16",
        [BASE_INT16] = "I16",   [BASE_UINT16] = "U16",   [BASE_INT32] = "I32",
        [BASE_UINT32] = "U32",  [BASE_INT64] = "I64",    [BASE_UINT64] = "U64",
        [BASE_INT3264] = "I64", [BASE_UINT3264] = "U64", [BASE_ERROR_STATUS] = "U32",
    };

    type = type_strip(type);
    if (type->kind == TYPE_ENUM)
        return has_negative(type) ? "I32" : "U32";
    return type->kind == TYPE_BASE ? kinds[type->base] : NULL;
}

/* ---- The table form ---- */

/* A form of variable * multiply / divide + add that grows from the inside out. */
struct linear {
    struct place place;
    int64_t multiply, divide, add;
};

static bool small(int64_t value)
{
    return value > 0 && value <= UINT16_MAX;
}

static bool apply_constant(struct linear *f, int op, int64_t k)
{
    if (op == '+')
        return !__builtin_add_overflow(f->add, k, &f->add);
    if (op == '-')
        return !__builtin_sub_overflow(f->add, k, &f->add);
    if (op == TOKEN_SHIFT_LEFT && k >= 0 && k < 16) {
        op = '*';
        k = (int64_t)1 << k;
    }
    if (f->add || f->divide != 1)
        return false;
    if (op == '*' && f->multiply == 1 && small(k)) {
        f->multiply = k;
        return true;
    }
    if (op == '/' && small(k)) {
        f->divide = k;
        return true;
    }
    return false;
}

static bool is_constant(struct use *use, struct expr *e, int64_t *ret_value)
{
    const char *why;
    struct place place;

    if (e->kind == EXPR_NAME && find_place(use, e->word, &place))
        return false;
    return expr_value(use->layout->tree, e, ret_value, &why);
}

static bool to_linear(struct use *use, struct expr *e, struct linear *f)
{
    int64_t k;

    if (e->kind == EXPR_CAST && !expr_place(use, e, &f->place))
        return to_linear(use, e->a, f);
    if (e->kind != EXPR_BINARY) {
        f->multiply = f->divide = 1;
        f->add = 0;
        return expr_place(use, e, &f->place) && f->place.derefs <= 1;
    }
    if (is_constant(use, e->b, &k))
        return to_linear(use, e->a, f) && apply_constant(f, e->op, k);
    if ((e->op == '+' || e->op == '*') && is_constant(use, e->a, &k))
        return to_linear(use, e->b, f) && apply_constant(f, e->op, k);
    return false;
}

static struct wire_expr *linear_expr(struct use *use, const struct linear *f)
{
    struct wire_expr *w = compiler_alloc(compiler_of(use), sizeof(*w));

    w->kind = f->place.derefs ? RPCSEC_NDR_EXPR_DEREF : RPCSEC_NDR_EXPR_VAR;
    w->var = var_kind(f->place.type);
    w->multiply = (uint16_t)f->multiply;
    w->divide = (uint16_t)f->divide;
    w->add = f->add;
    w->record = use->record->c_type;
    w->member = f->place.text;
    return w;
}

/* `p ? *p : 0` is what DEREF means anyway: gives the middle of it. */
static struct expr *guarded_value(struct use *use, struct expr *e)
{
    int64_t otherwise;
    struct place pointer, value;

    if (e->kind != EXPR_CONDITION || !is_constant(use, e->c, &otherwise) || otherwise ||
        !expr_place(use, e->a, &pointer) || !expr_place(use, e->b, &value))
        return e;
    bool same = value.derefs == 1 && !pointer.derefs && strcmp(pointer.text, value.text) == 0;
    return same && pointee(pointer.type) ? e->b : e;
}

/* ---- The function form ---- */

/* Writes the C text of an expression; `failed` when it holds what we do not know. */
struct writer_state {
    struct use *use;
    struct text text;
    bool derefs;
    bool failed;
    unsigned depth;
};

static void write_expr(struct writer_state *s, struct expr *e);

/* A variable behind any number of pointers: `(r->a && *r->a ? (int64_t)**r->a : 0)`. */
static void write_place(struct writer_state *s, const struct place *p)
{
    struct text guards, stars;

    if (!var_kind(p->type) && !pointee(p->type)) {
        s->failed = true;
        return;
    }
    text_init(&guards, s->text.c);
    text_init(&stars, s->text.c);
    for (unsigned i = 0; i < p->derefs; i++) {
        text_printf(&guards, "%s%sr->%s", i ? " && " : "", stars.data, p->text);
        text_put(&stars, "*");
    }
    if (pointee(p->type)) /* a pointer as a condition */
        text_printf(&s->text, "(%s%s%sr->%s ? 1 : 0)", guards.data, p->derefs ? " && " : "",
                    stars.data, p->text);
    else if (p->derefs)
        text_printf(&s->text, "(%s ? (int64_t)%sr->%s : 0)", guards.data, stars.data, p->text);
    else
        text_printf(&s->text, "(int64_t)r->%s", p->text);
    s->derefs = s->derefs || p->derefs;
}

static const char *helper(int op)
{
    switch (op) {
    case '+':
        return "rpcsec_ndr_add";
    case '-':
        return "rpcsec_ndr_subtract";
    case '*':
        return "rpcsec_ndr_multiply";
    case '/':
        return "rpcsec_ndr_divide";
    case '%':
        return "rpcsec_ndr_modulo";
    case TOKEN_SHIFT_LEFT:
        return "rpcsec_ndr_shift_left";
    case TOKEN_SHIFT_RIGHT:
        return "rpcsec_ndr_shift_right";
    default:
        return NULL;
    }
}

static const char *operator_text(int op)
{
    switch (op) {
    case TOKEN_EQUAL:
        return "==";
    case TOKEN_NOT_EQUAL:
        return "!=";
    case TOKEN_LESS_EQUAL:
        return "<=";
    case TOKEN_GREATER_EQUAL:
        return ">=";
    case TOKEN_AND:
        return "&&";
    case TOKEN_OR:
        return "||";
    case '<':
        return "<";
    case '>':
        return ">";
    case '&':
        return "&";
    case '|':
        return "|";
    default:
        return "^";
    }
}

static void write_binary(struct writer_state *s, struct expr *e)
{
    const char *function = helper(e->op);

    text_printf(&s->text, "%s(", function ? function : "");
    write_expr(s, e->a);
    if (function)
        text_put(&s->text, ", ");
    else
        text_printf(&s->text, " %s ", operator_text(e->op));
    write_expr(s, e->b);
    text_put(&s->text, ")");
}

static void write_unary(struct writer_state *s, struct expr *e)
{
    if (e->op == '&' || e->op == '*') {
        s->failed = true;
        return;
    }
    text_put(&s->text, e->op == '-'   ? "rpcsec_ndr_subtract(0, "
                       : e->op == '!' ? "!("
                       : e->op == '~' ? "~("
                                      : "(");
    write_expr(s, e->a);
    text_put(&s->text, ")");
}

static void write_condition(struct writer_state *s, struct expr *e)
{
    text_put(&s->text, "(");
    write_expr(s, e->a);
    text_put(&s->text, " ? ");
    write_expr(s, e->b);
    text_put(&s->text, " : ");
    write_expr(s, e->c);
    text_put(&s->text, ")");
}

static void write_expr(struct writer_state *s, struct expr *e)
{
    int64_t value;
    struct place place;

    if (is_constant(s->use, e, &value))
        text_printf(&s->text, value == INT64_MIN ? "INT64_MIN" : "(int64_t)%lld",
                    (long long)value);
    else if (expr_place(s->use, e, &place))
        write_place(s, &place);
    else if (e->kind == EXPR_BINARY)
        write_binary(s, e);
    else if (e->kind == EXPR_UNARY)
        write_unary(s, e);
    else if (e->kind == EXPR_CONDITION)
        write_condition(s, e);
    else if (e->kind == EXPR_CAST)
        write_expr(s, e->a);
    else
        s->failed = true;
}

static struct wire_expr *call_expr(struct use *use, struct expr *e)
{
    struct writer_state s = {.use = use};
    struct wire_expr *w = compiler_alloc(compiler_of(use), sizeof(*w));

    text_init(&s.text, compiler_of(use));
    write_expr(&s, e);
    if (s.failed)
        return NULL;
    w->kind = s.derefs ? RPCSEC_NDR_EXPR_CALL_DEREF : RPCSEC_NDR_EXPR_CALL;
    w->body = s.text.data;
    w->record = use->record->c_type;
    for (struct wire_expr *o = use->layout->calls; o; o = o->next)
        if (strcmp(o->body, w->body) == 0 && strcmp(o->record, w->record) == 0)
            return o;
    w->symbol =
        layout_symbol(use->layout, compiler_printf(compiler_of(use), "%s_value", use->path));
    *use->layout->last_call = w;
    use->layout->last_call = &w->next;
    return w;
}

/* ---- */

/* Reports the first name in the expression that the record does not have. */
static bool report_unknown(struct use *use, struct expr *e)
{
    struct place place;
    int64_t value;

    if (!e || is_constant(use, e, &value))
        return false;
    if (e->kind == EXPR_NAME && !find_place(use, e->word, &place)) {
        diag_error(compiler_of(use), e->at, "unknown name '%s'", e->word);
        return true;
    }
    return report_unknown(use, e->a) || report_unknown(use, e->b) || report_unknown(use, e->c);
}

struct wire_expr *layout_expr(struct use *use, struct expr *e)
{
    int64_t value;
    struct linear f = {0};

    if (e->kind == EXPR_OPEN) {
        use->left_out = "an array without a size cannot be sent";
        return NULL;
    }
    if (is_constant(use, e, &value)) {
        struct wire_expr *w = compiler_alloc(compiler_of(use), sizeof(*w));
        w->kind = RPCSEC_NDR_EXPR_CONST;
        w->add = value;
        return w;
    }
    if (report_unknown(use, e))
        return NULL;
    e = guarded_value(use, e);
    if (to_linear(use, e, &f) && var_kind(f.place.type))
        return linear_expr(use, &f);
    struct wire_expr *w = call_expr(use, e);
    if (!w)
        diag_error(compiler_of(use), e->at,
                   "not an expression of integers that the same record holds");
    return w;
}
