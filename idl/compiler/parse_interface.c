/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_interface.c: interfaces, operations and their numbers. Layer: compiler.
 * Documents: C706 4.2.2 to 4.2.4, 4.2.12; callback, call_as and local as MIDL has them.
 */
#include "parse.h"

#include <string.h>

#include "base/uuid.h"

/* OpnumNNotUsedOnWire and the like: Microsoft's way to leave a number out. */
static bool is_unused_name(struct parser *p, const struct operation *op)
{
    unsigned long number = 0;
    const char *name = op->name;

    if (strncmp(name, "Opnum", 5) != 0 || name[5] < '0' || name[5] > '9')
        return false;
    for (name += 5; *name >= '0' && *name <= '9' && number < 100000; name++)
        number = number * 10 + (unsigned long)(*name - '0');
    if (strncmp(name, "NotUsed", 7) != 0)
        return false;
    if (number != op->number)
        diag_warning(p->c, op->at, "'%s' has the number %u", op->name, op->number);
    return true;
}

static void check_twice(struct parser *p, const struct operation *op)
{
    const char *text = compiler_printf(p->c, "%p %s", (void *)p->interface, op->name);
    const char *word = compiler_word(p->c, text, strlen(text));
    const struct symbol *old = names_find(p->tree->operations, word);

    if (!old) {
        names_add(p->c, p->tree->operations, word, SYMBOL_OPERATION, op->at);
        return;
    }
    diag_error(p->c, op->at, "operation '%s' is declared twice", op->name);
    diag_note(p->c, old->at, "it was declared here");
}

/* An operation and its place: a [local] one and the one that is sent for it (`call_as`) share a
 * number, that of the first of them. NULL: it goes behind all others. */
static struct operation *find_partner(const struct interface *i, const struct operation *op)
{
    const struct attr *as = attr_find(op->attrs, ATTR_call_as);

    if (!as && !attr_find(op->attrs, ATTR_local))
        return NULL;
    for (struct operation *o = i->operations; o; o = o->next) {
        const struct attr *other = attr_find(o->attrs, ATTR_call_as);
        if ((as && attr_find(o->attrs, ATTR_local) && o->name == as->text) ||
            (other && attr_find(op->attrs, ATTR_local) && op->name == other->text))
            return o;
    }
    return NULL;
}

static void add_operation(struct parser *p, struct operation *op)
{
    struct interface *i = p->interface;
    struct operation *partner = find_partner(i, op);

    if (partner && attr_find(op->attrs, ATTR_local))
        return;
    if (partner) {
        op->number = partner->number;
        op->next = partner->next;
        *partner = *op;
        return;
    }
    if (i->num_operations > UINT16_MAX) {
        diag_error(p->c, op->at, "more than 65536 operations");
        compiler_stop(p->c);
    }
    op->number = i->num_operations++;
    op->unused = is_unused_name(p, op) || attr_find(op->attrs, ATTR_local);
    if (i->last_operation)
        i->last_operation->next = op;
    else
        i->operations = op;
    i->last_operation = op;
}

void parse_operation(struct parser *p, struct attr *attrs, struct type *result,
                     const char *name, struct loc at)
{
    struct operation *op = compiler_alloc(p->c, sizeof(*op));

    op->name = name;
    op->at = at;
    op->attrs = attrs;
    op->result = type_unconst(result);
    op->params = parse_params(p);
    if (parse_at_word(p, "const"))
        parse_take(p);
    parse_expect(p, ';', "';'");
    if (p->failed)
        return;
    if (!p->interface) {
        diag_error(p->c, at, "operation '%s' stands outside an interface", name);
        return;
    }
    check_twice(p, op);
    if (attr_find(attrs, ATTR_callback)) {
        /* The server calls it; MIDL counts such operations apart from the others. */
        diag_warning(p->c, at, "operation '%s' is left out: callbacks are not supported", name);
        return;
    }
    add_operation(p, op);
}

/* ---- Interfaces ---- */

static void set_uuid(struct parser *p, struct interface *i, const struct attr *a)
{
    if (!a)
        return;
    i->has_uuid = uuid_parse(a->text, &i->uuid) == RPCSEC_OK;
    if (!i->has_uuid)
        diag_error(p->c, a->at, "'%s' is not a UUID", a->text);
}

/* Decimal digits up to `stop`; false when there are none or the number is too large. */
static bool version_part(const char **text, uint16_t *ret_value)
{
    unsigned value = 0;
    const char *start = *text;

    for (; **text >= '0' && **text <= '9' && value <= UINT16_MAX; (*text)++)
        value = value * 10 + (unsigned)(**text - '0');
    *ret_value = (uint16_t)value;
    return *text > start && value <= UINT16_MAX;
}

static void set_version(struct parser *p, struct interface *i, const struct attr *a)
{
    const char *text = a ? a->text : "0.0";
    bool fine = version_part(&text, &i->major);

    if (fine && *text == '.') {
        text++;
        fine = version_part(&text, &i->minor);
    }
    if (a && (!fine || *text))
        diag_error(p->c, a->at, "'%s' is not a version: major.minor, each at most 65535",
                   a->text);
}

static enum attr_id pointer_default(struct parser *p, const struct attr *a)
{
    if (!a || !a->text || strcmp(a->text, "unique") == 0)
        return ATTR_unique;
    if (strcmp(a->text, "ptr") == 0)
        return ATTR_ptr;
    if (strcmp(a->text, "ref") != 0)
        diag_error(p->c, a->at, "pointer_default is ref, unique or ptr");
    return ATTR_ref;
}

static void take_interface_body(struct parser *p, struct interface *i)
{
    enum attr_id outer = p->pointer_default;

    if (p->interface) {
        parse_error(p, i->at, "an interface cannot stand in an interface");
        return;
    }
    p->interface = i;
    p->pointer_default = pointer_default(p, attr_find(i->attrs, ATTR_pointer_default));
    parse_take(p);
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        parse_declaration(p);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
    parse_accept(p, ';');
    p->pointer_default = outer;
    p->interface = NULL;
}

static struct interface *new_interface(struct parser *p, struct attr *attrs, const char *name,
                                       struct loc at)
{
    struct interface *i = compiler_alloc(p->c, sizeof(*i));

    i->name = name;
    i->at = at;
    i->attrs = attrs;
    i->imported = p->imported;
    i->local = attr_find(attrs, ATTR_local) != NULL;
    i->object = attr_find(attrs, ATTR_object) != NULL;
    set_uuid(p, i, attr_find(attrs, ATTR_uuid));
    set_version(p, i, attr_find(attrs, ATTR_version));
    return i;
}

static void declare_interface(struct parser *p, struct interface *i)
{
    struct symbol *s = names_find(p->tree->names, i->name);

    if (s && s->kind == SYMBOL_INTERFACE && s->interface && !s->interface->imported &&
        !i->imported) {
        diag_error(p->c, i->at, "interface '%s' is defined twice", i->name);
        diag_note(p->c, s->at, "it was defined here");
    }
    if (!s)
        s = names_add(p->c, p->tree->names, i->name, SYMBOL_INTERFACE, i->at);
    if (s->kind == SYMBOL_INTERFACE && !i->imported)
        s->interface = i;
}

static void forward_interfaces(struct parser *p, const char *name, struct loc at)
{
    for (;;) {
        if (!names_find(p->tree->names, name))
            names_add(p->c, p->tree->names, name, SYMBOL_INTERFACE, at);
        if (!parse_accept(p, ','))
            break;
        name = parse_name(p, "a name", &at);
        if (!name)
            return;
    }
    parse_expect(p, ';', "';'");
}

/* Behind `interface`: `name [: base] { .. }` or `name, name;` */
static void take_interface(struct parser *p, struct attr *attrs)
{
    struct loc at;
    const char *name = parse_name(p, "a name", &at);

    if (!name)
        return;
    if (parse_at(p, ';') || parse_at(p, ',')) {
        forward_interfaces(p, name, at);
        return;
    }
    struct interface *i = new_interface(p, attrs, name, at);
    if (parse_accept(p, ':')) {
        parse_name(p, "an interface", NULL);
        i->object = true;
    }
    declare_interface(p, i);
    parse_add_decl(p, DECL_INTERFACE, at)->interface = i;
    if (!p->imported) {
        *p->tree->last_interface = i;
        p->tree->last_interface = &i->next;
    }
    if (parse_at(p, '{'))
        take_interface_body(p, i);
    else
        parse_expect(p, '{', "'{'");
}

bool parse_interface(struct parser *p, struct attr *attrs)
{
    if (!parse_at_word(p, "interface") || parse_peek(p, 1)->kind != TOKEN_WORD ||
        parse_peek(p, 2)->kind == '*')
        return false;
    parse_take(p);
    take_interface(p, attrs);
    return true;
}
