/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_acf.c: attribute configuration files: attributes for what an IDL file
 * declares. Layer: compiler. Documents: C706 4.3, the MIDL reference.
 */
#include "parse.h"

#include <string.h>

/* `include "file";`: of use only to representations that are not made here. */
static void take_include(struct parser *p)
{
    struct loc at = parse_take(p).at;

    diag_warning(p->c, at, "'include' has no effect");
    do {
        struct token t = parse_take(p);
        if (t.kind != TOKEN_STRING)
            parse_error(p, t.at, "expected a file name before %s", token_show(p->c, &t));
    } while (parse_accept(p, ','));
    parse_expect(p, ';', "';'");
}

/* `typedef [attributes] name, name;` */
static void take_types(struct parser *p, struct attr *attrs)
{
    parse_take(p);
    parse_append(&attrs, parse_attributes(p, ON_TYPE));
    do {
        struct loc at;
        const char *name = parse_name(p, "a type", &at);
        struct symbol *s = name ? names_find(p->tree->names, name) : NULL;
        if (name && (!s || s->kind != SYMBOL_TYPE)) {
            diag_error(p->c, at, "the IDL file has no type '%s'", name);
        } else if (name) {
            struct attr *copy = NULL; /* each type has a list of its own */
            for (struct attr *a = attrs; a; a = a->next) {
                struct attr *one = compiler_alloc(p->c, sizeof(*one));
                *one = *a;
                one->next = copy;
                copy = one;
            }
            parse_append(&s->type->attrs, copy);
        }
    } while (parse_accept(p, ','));
    parse_expect(p, ';', "';'");
}

/* C706 4.3.7: a status parameter that only the ACF file names would be added to the function;
 * here functions return the status anyway. */
static void unknown_param(struct parser *p, struct operation *op, const char *name,
                          struct loc at, struct attr *attrs)
{
    if (attr_find(attrs, ATTR_comm_status) || attr_find(attrs, ATTR_fault_status))
        diag_warning(p->c, at, "no parameter '%s' is made: functions return the status", name);
    else
        diag_error(p->c, at, "operation '%s' has no parameter '%s'", op->name, name);
}

static void take_param(struct parser *p, struct operation *op)
{
    struct attr *attrs = parse_attributes(p, ON_PARAM);
    struct loc at;
    const char *name = parse_name(p, "a parameter", &at);

    if (!name || !op)
        return;
    struct member *m = members_find(&op->params, name);
    if (m)
        parse_append(&m->attrs, attrs);
    else
        unknown_param(p, op, name, at, attrs);
}

/* `name(parameters);` */
static void take_operation(struct parser *p, struct interface *i, struct attr *attrs)
{
    struct loc at;
    const char *name = parse_name(p, "an operation", &at);
    struct operation *op = i ? i->operations : NULL;

    while (op && op->name != name)
        op = op->next;
    if (name && i && !op)
        diag_error(p->c, at, "interface '%s' has no operation '%s'", i->name, name);
    if (op)
        parse_append(&op->attrs, attrs);
    parse_expect(p, '(', "'('");
    if (!parse_at(p, ')'))
        do {
            take_param(p, op);
        } while (parse_accept(p, ','));
    parse_expect(p, ')', "',' or ')'");
    parse_expect(p, ';', "';'");
}

static void take_declaration(struct parser *p, struct interface *i)
{
    struct attr *attrs = parse_attributes(p, ON_OPERATION | ON_TYPE);

    if (parse_accept(p, ';'))
        return;
    if (parse_at_word(p, "typedef"))
        take_types(p, attrs);
    else if (parse_at_word(p, "include"))
        take_include(p);
    else
        take_operation(p, i, attrs);
}

static struct interface *find_interface(struct parser *p, const char *name, struct loc at)
{
    for (struct interface *i = p->tree->interfaces; i; i = i->next)
        if (i->name == name)
            return i;
    diag_error(p->c, at, "the IDL file has no interface '%s'", name);
    return NULL;
}

static void take_interface(struct parser *p)
{
    struct attr *attrs = parse_attributes(p, ON_INTERFACE);
    struct loc at = parse_peek(p, 0)->at;

    if (!parse_accept_word(p, "interface")) {
        parse_error(p, at, "expected 'interface' before %s",
                    token_show(p->c, parse_peek(p, 0)));
        return;
    }
    const char *name = parse_name(p, "a name", &at);
    struct interface *i = name ? find_interface(p, name, at) : NULL;
    if (i)
        parse_append(&i->attrs, attrs);
    parse_expect(p, '{', "'{'");
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        take_declaration(p, i);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
    parse_accept(p, ';');
}

void parse_acf(struct compiler *c, struct tree *tree, struct source *source)
{
    struct parser *p = compiler_alloc(c, sizeof(*p));

    p->c = c;
    p->tree = tree;
    p->source = source;
    p->acf = true;
    preprocess_init(&p->pp, c, source);
    while (!parse_at(p, TOKEN_END)) {
        take_interface(p);
        if (p->failed)
            break; /* what follows is of an interface that is not known */
    }
}
