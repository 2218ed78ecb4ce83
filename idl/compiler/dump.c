/* SPDX-License-Identifier: MIT
 *
 * compiler/dump.c: the layout as text, for people: what crosses the wire and
 * how. Layer: compiler. Document: rpcsec/ndr.h.
 */
#include "emit.h"

static const char *kind_word(const struct wire *w)
{
    switch (w->kind) {
    case RPCSEC_NDR_STRUCT:
        return "struct";
    case RPCSEC_NDR_UNION:
        return "union";
    case RPCSEC_NDR_ENCAPSULATED:
        return "union switch";
    case RPCSEC_NDR_FIXED:
        return "fixed array";
    case RPCSEC_NDR_VARYING:
        return "varying array";
    case RPCSEC_NDR_CONFORMANT:
        return "conformant array";
    case RPCSEC_NDR_CONFORMANT_VARYING:
        return "conformant varying array";
    case RPCSEC_NDR_REF:
        return "ref";
    case RPCSEC_NDR_UNIQUE:
        return "unique";
    case RPCSEC_NDR_FULL:
        return "ptr";
    case RPCSEC_NDR_IGNORED:
        return "ignored pointer";
    default:
        return "scalar";
    }
}

static const char *word_of(const struct wire *w)
{
    return w->builtin ? w->builtin : w->symbol;
}

static void put_expr(struct text *out, const char *word, const struct wire_expr *e)
{
    if (!e)
        return;
    text_printf(out, ", %s ", word);
    if (e->body) {
        text_printf(out, "(%s)", e->body);
        return;
    }
    if (e->kind != RPCSEC_NDR_EXPR_CONST)
        text_printf(out, "%s%s", e->kind == RPCSEC_NDR_EXPR_DEREF ? "*" : "", e->member);
    if (e->multiply > 1)
        text_printf(out, " * %u", e->multiply);
    if (e->divide > 1)
        text_printf(out, " / %u", e->divide);
    if (e->kind == RPCSEC_NDR_EXPR_CONST)
        text_printf(out, "%lld", (long long)e->add);
    else if (e->add)
        text_printf(out, " + %lld", (long long)e->add);
}

static void put_details(struct text *out, const struct wire *w)
{
    if (w->kind == RPCSEC_NDR_FIXED || w->kind == RPCSEC_NDR_VARYING)
        text_printf(out, ", %llu elements", (unsigned long long)w->num);
    if (w->flags & RPCSEC_NDR_FLAG_STRING)
        text_put(out, ", string");
    if (w->flags & RPCSEC_NDR_FLAG_RELAXED)
        text_put(out, ", relaxed");
    if (w->flags & RPCSEC_NDR_FLAG_MS_UNION)
        text_put(out, ", ms_union");
    put_expr(out, "size", w->bounds.size);
    put_expr(out, "first", w->bounds.first);
    put_expr(out, "length", w->bounds.length);
    put_expr(out, "switch", w->switch_is);
    if (w->has_range)
        text_printf(out, ", range %lld..%lld", (long long)w->least, (long long)w->most);
}

static void put_members(struct text *out, const struct wire *w)
{
    for (uint64_t i = 0; w->fields && i < w->num; i++)
        text_printf(out, "    %s: %s\n", w->fields[i].name, word_of(w->fields[i].type));
    for (uint64_t i = 0; w->arms && i < w->num; i++) {
        const struct wire_arm *a = &w->arms[i];
        if (a->is_default)
            text_put(out, "    default");
        else
            text_printf(out, "    case %lld", (long long)a->value);
        text_printf(out, ": %s%s%s\n", a->type && a->name ? a->name : "",
                    a->type && a->name ? ": " : "", a->type ? word_of(a->type) : "nothing");
    }
}

static void put_type(struct text *out, const struct wire *w)
{
    text_printf(out, "%s: %s", w->symbol, kind_word(w));
    if (w->of)
        text_printf(out, " %s %s", w->arms ? "on" : "of", word_of(w->of));
    put_details(out, w);
    text_printf(out, "; aligned to %u, at least %llu bytes; in NDR64 to %u, %llu\n", w->align,
                (unsigned long long)w->min, w->align64, (unsigned long long)w->min64);
    put_members(out, w);
}

static void put_operation(struct text *out, const struct wire_operation *op)
{
    text_printf(out, "%u %s%s\n", op->op->number, op->op->name,
                op->is_served      ? ""
                : op->op->left_out ? ": left out"
                                   : ": not sent");
    for (const struct wire_param *p = op->params; op->is_served && p; p = p->next)
        text_printf(out, "    %s%s%s %s: %s\n", p->in ? "in" : "", p->in && p->out ? ", " : "",
                    p->out ? "out" : "", p->name, word_of(p->wire));
}

void dump_types(struct text *out, struct layout *l)
{
    for (const struct wire_interface *i = l->interfaces; i; i = i->next) {
        text_printf(out, "interface %s, version %u.%u\n", i->interface->name,
                    i->interface->major, i->interface->minor);
        for (const struct wire_operation *op = i->operations; op; op = op->next)
            put_operation(out, op);
        text_put(out, "\n");
    }
    for (const struct wire *w = l->wires; w; w = w->next)
        put_type(out, w);
}
