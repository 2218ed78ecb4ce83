/* SPDX-License-Identifier: MIT
 *
 * compiler/check.c: what the grammar allows and IDL does not. Layer: compiler. Documents: C706
 * chapter 4, the MIDL attribute reference.
 *
 * Only what can be seen without the wire is checked here; the layout pass reports what cannot
 * be sent.
 */
#include "check.h"

#include <string.h>

static bool is_pointer_attr(enum attr_id id)
{
    return id == ATTR_ref || id == ATTR_unique || id == ATTR_ptr;
}

static bool is_dimension(enum attr_id id)
{
    return id == ATTR_size_is || id == ATTR_max_is || id == ATTR_length_is ||
           id == ATTR_first_is || id == ATTR_last_is;
}

/* Two attributes of which only one can stand. */
static void check_pair(struct compiler *c, struct attr *attrs, enum attr_id a, enum attr_id b)
{
    struct attr *first = attr_find(attrs, a);
    struct attr *second = attr_find(attrs, b);

    if (first && second)
        diag_error(c, second->at, "'%s' and '%s' exclude each other", first->info->word,
                   second->info->word);
}

static void check_range(struct compiler *c, struct tree *tree, const struct attr *a)
{
    int64_t least, most;
    const char *why = NULL;

    for (size_t i = 0; i < a->num_args; i++)
        if (a->args[i] && a->args[i]->kind == EXPR_OPEN)
            return; /* range(111 .. *): published files have it on what is never sent */
    if (a->num_args != 2 || !a->args[0] || !a->args[1])
        diag_error(c, a->at, "'range' needs a least and a greatest value");
    else if (!expr_value(tree, a->args[0], &least, &why) ||
             !expr_value(tree, a->args[1], &most, &why))
        diag_error(c, a->at, "the values of 'range' are not constant");
    else if (least > most)
        diag_error(c, a->at, "the range is empty: %lld is more than %lld", (long long)least,
                   (long long)most);
}

static void check_expressions(struct compiler *c, const struct attr *a)
{
    bool any = false;

    for (size_t i = 0; i < a->num_args; i++)
        any = any || a->args[i];
    if (!any)
        diag_error(c, a->at, "'%s' needs an expression", a->info->word);
    if (a->info->id == ATTR_switch_is && a->num_args > 1)
        diag_error(c, a->at, "'switch_is' takes one expression");
}

/* What attributes alone can have wrong. */
static void check_attributes(struct compiler *c, struct tree *tree, struct attr *attrs)
{
    check_pair(c, attrs, ATTR_ref, ATTR_unique);
    check_pair(c, attrs, ATTR_ref, ATTR_ptr);
    check_pair(c, attrs, ATTR_unique, ATTR_ptr);
    check_pair(c, attrs, ATTR_size_is, ATTR_max_is);
    check_pair(c, attrs, ATTR_length_is, ATTR_last_is);
    check_pair(c, attrs, ATTR_context_handle, ATTR_string);
    check_pair(c, attrs, ATTR_code, ATTR_nocode);
    check_pair(c, attrs, ATTR_explicit_handle, ATTR_implicit_handle);
    check_pair(c, attrs, ATTR_explicit_handle, ATTR_auto_handle);
    check_pair(c, attrs, ATTR_implicit_handle, ATTR_auto_handle);
    for (struct attr *a = attrs; a; a = a->next) {
        if (a->info->id == ATTR_range)
            check_range(c, tree, a);
        else if (is_dimension(a->info->id) || a->info->id == ATTR_switch_is)
            check_expressions(c, a);
    }
}

/* Levels of pointers and array bounds: what size_is can speak of. */
static size_t count_levels(struct type *type)
{
    size_t levels = 0;

    for (type = type_strip(type); type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY;
         type = type_strip(type->target))
        levels++;
    return levels;
}

static struct type *innermost(struct type *type)
{
    for (type = type_strip(type); type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY;
         type = type_strip(type->target))
        ;
    return type;
}

static bool is_text(struct type *type)
{
    return type->kind == TYPE_BASE &&
           (type->base == BASE_CHAR || type->base == BASE_UCHAR || type->base == BASE_SCHAR ||
            type->base == BASE_BYTE || type->base == BASE_WCHAR || type->base == BASE_UINT16);
}

/* Attributes against the type that they stand on. */
static void check_use(struct compiler *c, struct attr *attrs, struct type *type)
{
    size_t levels = count_levels(type);
    struct type *core = innermost(type);

    for (struct attr *a = attrs; a; a = a->next) {
        enum attr_id id = a->info->id;
        if (is_pointer_attr(id) && levels == 0)
            diag_error(c, a->at, "'%s' needs a pointer", a->info->word);
        else if (is_dimension(id) && a->num_args > levels)
            diag_error(c, a->at, "'%s' has %zu arguments for %zu pointers and dimensions",
                       a->info->word, a->num_args, levels);
        else if (id == ATTR_string && (levels == 0 || !is_text(core)))
            diag_error(c, a->at, "'string' needs a pointer to characters, or an array of them");
        else if (id == ATTR_switch_is && core->kind != TYPE_UNION)
            diag_error(c, a->at, "'switch_is' needs a union");
        else if (id == ATTR_context_handle && levels == 0 &&
                 type_strip(type)->kind != TYPE_POINTER)
            diag_error(c, a->at, "'context_handle' needs a pointer");
        else if (id == ATTR_ignore && levels == 0)
            diag_warning(c, a->at, "'ignore' has no effect on what is not a pointer");
    }
}

/* ---- Types ---- */

static bool holds_itself(struct compiler *c, struct type *type, unsigned depth);
static void check_type(struct compiler *c, struct tree *tree, struct type *type,
                       unsigned depth);

static void check_members(struct compiler *c, struct tree *tree, struct type *type,
                          unsigned depth)
{
    for (struct member *m = type->members.first; m; m = m->next) {
        check_attributes(c, tree, m->attrs);
        if (!m->type)
            continue;
        check_use(c, m->attrs, m->type);
        check_type(c, tree, m->type, depth);
        if (type_is_base(m->type, BASE_VOID))
            diag_error(c, m->at, "member '%s' is void", m->name);
    }
}

static void check_tag(struct compiler *c, struct type *type)
{
    struct attr *a = attr_find(type->attrs, ATTR_switch_type);

    if (a && a->type && !type_is_integer(a->type))
        diag_error(c, a->at, "a union cannot switch on this type");
    if (attr_find(type->attrs, ATTR_v1_enum) && type->kind != TYPE_ENUM)
        diag_error(c, attr_find(type->attrs, ATTR_v1_enum)->at, "'v1_enum' needs an enum");
}

static void check_type(struct compiler *c, struct tree *tree, struct type *type, unsigned depth)
{
    while (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_GROUP)
        type = type->target;
    if ((type->kind != TYPE_STRUCT && type->kind != TYPE_UNION && type->kind != TYPE_ENUM) ||
        type->checked || depth > LIMIT_IDL_DEPTH)
        return;
    type->checked = true;
    (void)holds_itself(c, type, 0);
    check_tag(c, type);
    check_members(c, tree, type, depth + 1);
}

/* ---- Types that hold themselves ---- */

static bool member_holds(struct compiler *c, struct type *in, struct member *m, unsigned depth)
{
    struct type *type = type_strip(m->type);

    while (type->kind == TYPE_ARRAY)
        type = type_strip(type->target);
    if (type->kind != TYPE_STRUCT && type->kind != TYPE_UNION)
        return false;
    if (!type->complete) {
        diag_error(c, m->at, "the type of '%s' is not defined", m->name);
        return true;
    }
    if (type->holding == 1) {
        diag_error(c, m->at, "'%s' contains itself", in->name);
        return true;
    }
    if (holds_itself(c, type, depth + 1))
        return true;
    if (depth < LIMIT_IDL_DEPTH && type->holds < LIMIT_IDL_DEPTH) {
        in->holds = in->holds > type->holds ? in->holds : (uint8_t)(type->holds + 1);
        return false;
    }
    diag_error(c, m->at, "more than %d types are inside each other", LIMIT_IDL_DEPTH);
    return true;
}

/* Without pointers between: such a type has no size. True after a report. */
static bool holds_itself(struct compiler *c, struct type *type, unsigned depth)
{
    bool found = depth > LIMIT_IDL_DEPTH; /* the caller reports it */

    if (type->holding || found)
        return false;
    type->holding = 1;
    for (struct member *m = type->members.first; m && !found; m = m->next)
        found = m->type && member_holds(c, type, m, depth);
    type->holding = 2;
    return found;
}

/* ---- Operations ---- */

/* Attributes of what turned out to be an operation or an interface. */
static void check_places(struct compiler *c, const struct attr *attrs, enum attr_place place)
{
    for (const struct attr *a = attrs; a; a = a->next)
        if (!(a->info->places & place))
            diag_error(c, a->at, "attribute '%s' cannot stand here", a->info->word);
}

static bool uses_name(const struct expr *e, const char *word)
{
    if (!e)
        return false;
    return (e->kind == EXPR_NAME && e->word == word) || uses_name(e->a, word) ||
           uses_name(e->b, word) || uses_name(e->c, word);
}

/* An [in] parameter's size must be known to the server: C706 4.2.18.1. */
static void check_sizes(struct compiler *c, const struct operation *op, const struct member *m)
{
    if (!attr_find(m->attrs, ATTR_in))
        return;
    for (struct attr *a = m->attrs; a; a = a->next)
        for (size_t i = 0; is_dimension(a->info->id) && i < a->num_args; i++)
            for (struct member *n = op->params.first; n; n = n->next)
                if (uses_name(a->args[i], n->name) && !attr_find(n->attrs, ATTR_in) &&
                    attr_find(n->attrs, ATTR_out))
                    diag_error(c, a->args[i]->at,
                               "[in] parameter '%s' depends on '%s', which is only [out]",
                               m->name, n->name);
}

static bool is_binding(struct type *type)
{
    struct type *core = innermost(type);

    return type_is_base(core, BASE_HANDLE);
}

static void check_param(struct compiler *c, struct tree *tree, const struct operation *op,
                        struct member *m)
{
    bool in = attr_find(m->attrs, ATTR_in), out = attr_find(m->attrs, ATTR_out);

    check_attributes(c, tree, m->attrs);
    check_use(c, m->attrs, m->type);
    check_type(c, tree, m->type, 0);
    if (is_binding(m->type))
        return;
    if (!in && !out)
        diag_warning(c, m->at, "parameter '%s' is neither [in] nor [out]; [in] is taken",
                     m->name);
    if (out && count_levels(m->type) == 0)
        diag_error(c, m->at, "[out] parameter '%s' is not a pointer", m->name);
    check_sizes(c, op, m);
}

static void check_operation(struct compiler *c, struct tree *tree, const struct operation *op)
{
    check_places(c, op->attrs, ON_OPERATION);
    check_attributes(c, tree, op->attrs);
    if (op->unused)
        return;
    for (struct member *m = op->params.first; m; m = m->next)
        check_param(c, tree, op, m);
    struct attr *maybe = attr_find(op->attrs, ATTR_maybe);
    if (!maybe)
        return;
    if (!type_is_base(op->result, BASE_VOID))
        diag_error(c, maybe->at, "a 'maybe' operation cannot have a result");
    for (struct member *m = op->params.first; m; m = m->next)
        if (attr_find(m->attrs, ATTR_out))
            diag_error(c, m->at, "a 'maybe' operation cannot have [out] parameters");
}

static void check_interface(struct compiler *c, struct tree *tree, const struct interface *i)
{
    check_places(c, i->attrs, ON_INTERFACE);
    check_attributes(c, tree, i->attrs);
    bool served = i->num_operations > 0 && !i->local && !i->object;

    if (served && !i->has_uuid && !attr_find(i->attrs, ATTR_uuid))
        diag_error(c, i->at, "interface '%s' has operations and no uuid", i->name);
    if (i->object)
        diag_warning(c, i->at, "interface '%s' is left out: COM is not supported", i->name);
    if (i->object || i->local)
        return;
    for (const struct operation *op = i->operations; op; op = op->next)
        check_operation(c, tree, op);
}

static void check_decl(struct compiler *c, struct tree *tree, const struct decl *d)
{
    switch (d->kind) {
    case DECL_TYPEDEF:
        check_attributes(c, tree, d->type->attrs);
        check_use(c, d->type->attrs, d->type->target);
        check_type(c, tree, d->type->target, 0);
        break;
    case DECL_TYPE:
        check_type(c, tree, d->type, 0);
        break;
    case DECL_INTERFACE:
        check_interface(c, tree, d->interface);
        break;
    default:
        break;
    }
}

void check_tree(struct compiler *c, struct tree *tree)
{
    for (const struct decl *d = tree->decls; d; d = d->next)
        check_decl(c, tree, d);
}
