/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_body.c: the bodies of structures, unions and enums, and parameter lists.
 * Layer: compiler. Documents: C706 4.2.8, 4.2.9.
 */
#include "parse.h"

static struct member *new_member(struct parser *p, struct attr *attrs, struct loc at)
{
    struct member *m = compiler_alloc(p->c, sizeof(*m));

    m->attrs = attrs;
    m->at = at;
    return m;
}

static void add_member(struct parser *p, struct members *list, struct member *m)
{
    if (m->name && members_find(list, m->name))
        diag_error(p->c, m->at, "'%s' is declared twice", m->name);
    if (list->num >= LIMIT_IDL_MEMBERS) {
        diag_error(p->c, m->at, "more than %d members", LIMIT_IDL_MEMBERS);
        compiler_stop(p->c);
    }
    members_add(list, m);
}

/* A name for a member without one: u, u2, u3 ... for unions, s, s2 ... for structures. */
static const char *invent_name(struct parser *p, const struct members *list,
                               const struct type *type)
{
    const char *stem = type->kind == TYPE_UNION ? "u" : "s";
    const char *name = compiler_word(p->c, stem, 1);

    for (unsigned i = 2; members_find(list, name); i++) {
        char *text = compiler_printf(p->c, "%s%u", stem, i);
        name = compiler_word(p->c, text, i < 10 ? 2 : i < 100 ? 3 : i < 1000 ? 4 : 5);
    }
    return name;
}

static bool is_unnamed(struct parser *p, struct type *head)
{
    struct type *type = type_open(head);

    return parse_at(p, ';') && (type->kind == TYPE_UNION || type->kind == TYPE_STRUCT);
}

/* `: bits` behind a name; C has it, no wire has. */
static void take_bits(struct parser *p, struct members *list, struct member *m)
{
    if (!parse_accept(p, ':'))
        return;
    m->bits = parse_expression(p);
    if (!m->name)
        m->name = invent_name(p, list, m->type);
}

/* The names behind a type: `a, *b, c[4]`. */
static void take_declarators(struct parser *p, struct members *list, struct attr *attrs,
                             struct type *head)
{
    do {
        struct member *m = new_member(p, attrs, parse_peek(p, 0)->at);
        m->type = parse_declarator(p, head, &m->name, &m->at);
        m->type = type_unconst(m->type); /* a `const` member could not be decoded */
        take_bits(p, list, m);
        if (!m->name)
            parse_error(p, m->at, "expected a name before %s",
                        token_show(p->c, parse_peek(p, 0)));
        if (!p->failed)
            add_member(p, list, m);
    } while (parse_accept(p, ','));
}

/* One declaration of members, up to its ';'. */
static void take_member(struct parser *p, struct members *list, struct attr *attrs)
{
    struct loc at = parse_peek(p, 0)->at;
    struct type *head = parse_type_head(p, attrs);

    if (p->failed)
        return;
    if (is_unnamed(p, head)) {
        struct member *m = new_member(p, attrs, at);
        m->unnamed = true;
        m->type = head;
        m->name = invent_name(p, list, type_open(head));
        add_member(p, list, m);
    } else {
        take_declarators(p, list, attrs, head);
    }
    parse_expect(p, ';', "';'");
}

/* `char *RootDirectory[]` amid a structure, with no size, as published files of MS-LSAT have
 * it: the bound means nothing and the member is the pointer. */
static void drop_open_arrays(struct parser *p, struct type *type)
{
    for (struct member *m = type->members.first; m && m->next; m = m->next) {
        struct type *array = type_open(m->type);
        if (array->kind != TYPE_ARRAY || array->bound || attr_find(m->attrs, ATTR_size_is) ||
            attr_find(m->attrs, ATTR_max_is) || type_strip(array->target)->kind != TYPE_POINTER)
            continue;
        diag_warning(p->c, m->at,
                     "array '%s' has no size and is not the last member; "
                     "it is taken as a pointer",
                     m->name);
        m->type = array->target;
    }
}

void parse_struct_body(struct parser *p, struct type *type)
{
    parse_take(p);
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        if (parse_accept(p, ';'))
            continue;
        struct attr *attrs = parse_attributes(p, ON_FIELD);
        take_member(p, &type->members, attrs);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
    drop_open_arrays(p, type);
}

/* ---- Unions ---- */

#define MAX_CASES 4096

struct labels {
    struct expr *cases[MAX_CASES];
    size_t num;
    bool is_default;
};

static void add_case(struct parser *p, struct labels *labels, struct expr *e);

/* `1..5` is 1, 2, 3, 4, 5. */
static void add_case_range(struct parser *p, struct labels *labels, const struct expr *range)
{
    int64_t least, most;
    const char *why = NULL;

    if (!range->b)
        return;
    if (!expr_value(p->tree, range->a, &least, &why) ||
        !expr_value(p->tree, range->b, &most, &why) || least > most ||
        (uint64_t)most - (uint64_t)least >= MAX_CASES) {
        parse_error(p, range->at, "the cases 'least..most' are not from 1 to %d constants",
                    MAX_CASES);
        return;
    }
    for (int64_t value = least; value <= most; value++) {
        struct expr *e = compiler_alloc(p->c, sizeof(*e));
        *e = (struct expr){.kind = EXPR_NUMBER, .at = range->at, .value = value};
        add_case(p, labels, e);
    }
}

static void add_case(struct parser *p, struct labels *labels, struct expr *e)
{
    if (!e)
        return;
    if (e->kind == EXPR_RANGE)
        add_case_range(p, labels, e);
    else if (labels->num == MAX_CASES)
        parse_error(p, e->at, "more than %d cases", MAX_CASES);
    else
        labels->cases[labels->num++] = e;
}

/* `1` or `1..5` */
static void take_case(struct parser *p, struct labels *labels)
{
    struct expr *e = parse_expression(p);

    if (e && parse_at(p, TOKEN_RANGE)) {
        struct expr range = {.kind = EXPR_RANGE, .at = parse_take(p).at, .a = e};
        range.b = parse_expression(p);
        add_case(p, labels, &range);
    } else {
        add_case(p, labels, e);
    }
}

/* `case 1: case 2:` or `default:` of an encapsulated union. */
static void take_labels(struct parser *p, struct labels *labels)
{
    while (parse_at_word(p, "case") || parse_at_word(p, "default")) {
        if (token_is(parse_peek(p, 0), "default"))
            labels->is_default = true;
        bool is_case = parse_at_word(p, "case");
        parse_take(p);
        if (is_case)
            take_case(p, labels);
        parse_expect(p, ':', "':'");
    }
}

/* [case(1, 2)] and [default]. */
static void take_label_attributes(struct parser *p, struct labels *labels, struct attr *attrs)
{
    for (struct attr *a = attrs; a; a = a->next) {
        if (a->info->id == ATTR_default)
            labels->is_default = true;
        for (size_t i = 0; a->info->id == ATTR_case && i < a->num_args; i++) {
            if (!a->args[i])
                parse_error(p, a->at, "a case needs a value");
            add_case(p, labels, a->args[i]);
        }
    }
}

static void keep_labels(struct parser *p, struct member *m, const struct labels *labels)
{
    m->is_default = labels->is_default;
    m->num_cases = labels->num;
    m->cases = compiler_alloc(p->c, labels->num * sizeof(labels->cases[0]));
    for (size_t i = 0; i < labels->num; i++)
        m->cases[i] = labels->cases[i];
}

static void take_arm(struct parser *p, struct type *type, struct labels *labels)
{
    struct loc at = parse_peek(p, 0)->at;

    take_labels(p, labels);
    struct attr *attrs = parse_attributes(p, ON_FIELD);
    take_label_attributes(p, labels, attrs);
    struct member *last = type->members.last;
    if (parse_at(p, ';')) {
        add_member(p, &type->members, new_member(p, attrs, at));
        parse_take(p);
    } else {
        take_member(p, &type->members, attrs);
    }
    struct member *m = last ? last->next : type->members.first;
    for (; m; m = m->next)
        keep_labels(p, m, labels);
}

void parse_union_body(struct parser *p, struct type *type)
{
    struct labels *labels = compiler_alloc(p->c, sizeof(*labels));

    parse_take(p);
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        labels->num = 0;
        labels->is_default = false;
        take_arm(p, type, labels);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
}

/* ---- Enums ---- */

static void declare_enumerator(struct parser *p, struct enumerator *e)
{
    struct symbol *old = names_find(p->tree->names, e->name);

    if (old) {
        diag_error(p->c, e->at, "'%s' is declared twice", e->name);
        diag_note(p->c, old->at, "it was declared here");
        return;
    }
    names_add(p->c, p->tree->names, e->name, SYMBOL_ENUMERATOR, e->at)->enumerator = e;
}

static struct enumerator *take_enumerator(struct parser *p, int64_t next)
{
    struct enumerator *e = compiler_alloc(p->c, sizeof(*e));

    if (parse_at(p, '['))
        parse_attributes(p, ON_ANY);
    e->name = parse_name(p, "an enumerator", &e->at);
    e->number = next;
    if (parse_accept(p, '='))
        e->number = parse_constant(p, &e->value);
    if (e->number < INT32_MIN || e->number > UINT32_MAX)
        diag_error(p->c, e->at, "the value of '%s' does not fit into 32 bits",
                   e->name ? e->name : "");
    e->number = (int32_t)e->number; /* an enum is a long: 0xffffffff is -1 */
    return e;
}

void parse_enum_body(struct parser *p, struct type *type)
{
    struct enumerator **last = &type->enumerators;
    int64_t next = 0;

    parse_take(p);
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        struct enumerator *e = take_enumerator(p, next);
        if (!e->name)
            break;
        declare_enumerator(p, e);
        next = e->number + 1;
        *last = e;
        last = &e->next;
        if (!parse_accept(p, ','))
            break;
    }
    parse_expect(p, '}', "',' or '}'");
}

/* ---- Parameters ---- */

/* C has no name either by which a caller could make such a value. */
static struct type *take_param_head(struct parser *p, struct attr *attrs)
{
    struct type *head = parse_type_head(p, attrs);
    struct type *type = p->failed ? NULL : type_strip(head); /* NULL: not declared yet */

    if (type && !type->name &&
        (type->kind == TYPE_STRUCT || type->kind == TYPE_UNION || type->kind == TYPE_ENUM))
        parse_error(p, type->at,
                    "a type in a parameter needs a name: declare it before with typedef");
    return head;
}

static void take_param(struct parser *p, struct members *list)
{
    struct attr *attrs = parse_attributes(p, ON_PARAM);
    struct member *m = new_member(p, attrs, parse_peek(p, 0)->at);

    m->type = type_unconst(parse_declarator(p, take_param_head(p, attrs), &m->name, &m->at));
    if (p->failed)
        return;
    if (!m->name) {
        m->unnamed = true;
        char *text = compiler_printf(p->c, "p%05zu", list->num + 1);
        m->name = compiler_word(p->c, text, 6);
    }
    add_member(p, list, m);
}

/* `(void)` */
static bool take_no_params(struct parser *p)
{
    if (!parse_at_word(p, "void") || parse_peek(p, 1)->kind != ')')
        return false;
    parse_take(p);
    return true;
}

/* `...` of COM's [vararg] */
static void take_rest(struct parser *p)
{
    parse_take(p);
    parse_expect(p, '.', "'...'");
}

struct members parse_params(struct parser *p)
{
    struct members list = {0};
    bool in_com = p->interface && p->interface->object;

    parse_expect(p, '(', "'('");
    if (!parse_at(p, ')') && !take_no_params(p))
        do {
            if (parse_at(p, TOKEN_RANGE) && in_com)
                take_rest(p);
            else
                take_param(p, &list);
        } while (parse_accept(p, ','));
    parse_expect(p, ')', "',' or ')'");
    return list;
}
