/* SPDX-License-Identifier: MIT
 *
 * compiler/layout_serial.c: types with [encode] or [decode]. Layer: compiler. Documents:
 * MS-RPCE 2.2.6 (type serialisation version 1), the MIDL reference.
 *
 * A serialised type has the bytes of an operation with one parameter, a ref pointer to it. So
 * it is laid out as such operations: one with an [in] parameter to encode, one with an [out]
 * parameter to decode.
 */
#include "layout.h"

/* The operation `name` with a parameter `value`. */
static void add_operation(struct layout *l, struct wire_operation ***last, struct type *type,
                          const char *tail, const char *direction)
{
    struct operation *op = compiler_alloc(l->c, sizeof(*op));
    struct member *value = compiler_alloc(l->c, sizeof(*value));
    struct attr *attr = compiler_alloc(l->c, sizeof(*attr));
    struct wire_operation *w = compiler_alloc(l->c, sizeof(*w));
    const char *prefix = l->c->options.prefix ? l->c->options.prefix : "";
    const char *name = type->c_name ? type->c_name : type->name;

    attr->info = attr_lookup(direction);
    attr->at = type->at;
    value->name = "value";
    value->at = type->at;
    value->attrs = attr;
    value->type = type_new(l->c, TYPE_POINTER, type->at);
    value->type->target = type;
    value->type->complete = true;
    op->name = name;
    op->at = type->at;
    op->result = type_base(l->c, BASE_VOID, type->at);
    members_add(&op->params, value);
    w->op = op;
    w->c_name = compiler_printf(l->c, "%s%s_%s", prefix, name, tail);
    w->record = layout_record_tag(l, compiler_printf(l->c, "%s_args", w->c_name));
    w->is_served = layout_params(l, w);
    if (op->left_out && *op->left_out)
        diag_warning(l->c, type->at, "type '%s' is not serialised: %s", name, op->left_out);
    **last = w;
    *last = &w->next;
}

static void add_type(struct layout *l, struct wire_operation ***last, struct type *type,
                     struct attr *attrs)
{
    if (attr_find(attrs, ATTR_encode) || attr_find(type->attrs, ATTR_encode))
        add_operation(l, last, type, "encode", "in");
    if (attr_find(attrs, ATTR_decode) || attr_find(type->attrs, ATTR_decode))
        add_operation(l, last, type, "decode", "out");
}

/* What can stand behind a ref pointer; context handles and the like are nobody's data. */
static bool is_data(struct type *type)
{
    struct type *core = type_strip(type);

    return core->kind != TYPE_FUNCTION && core->kind != TYPE_INTERFACE &&
           core->kind != TYPE_PIPE && !type_is_base(core, BASE_VOID) &&
           !type_is_base(core, BASE_HANDLE) && !attr_find(type->attrs, ATTR_context_handle);
}

/* Those of the attributes of the interface that a declaration stands in. */
static struct attr *outer_attributes(const struct decl *d)
{
    return d->inside ? d->inside->attrs : NULL;
}

void layout_serials(struct layout *l)
{
    struct wire_interface *i = compiler_alloc(l->c, sizeof(*i));
    struct wire_operation **last = &i->operations;

    for (struct decl *d = l->tree->decls; d; d = d->next)
        if (d->kind == DECL_TYPEDEF && is_data(d->type))
            add_type(l, &last, d->type, outer_attributes(d));
        else if (d->kind == DECL_TYPEDEF && (attr_find(d->type->attrs, ATTR_encode) ||
                                             attr_find(d->type->attrs, ATTR_decode)))
            diag_warning(l->c, d->at, "type '%s' is not serialised: it is no data",
                         d->type->name);
    if (i->operations)
        l->serials = i;
}
