/* SPDX-License-Identifier: MIT
 *
 * compiler/layout.c: argument records, sizes, and the list of nodes. Layer: compiler. Document:
 * rpcsec/ndr.h ("The argument record", "Sizes").
 */
#include "layout.h"

#include <string.h>

/* ---- Nodes ---- */

#define SYMBOL_BUCKETS 1024

struct symbol_word {
    const char *word;
    struct symbol_word *next;
};

struct words {
    struct symbol_word *buckets[SYMBOL_BUCKETS];
    struct wire *builtins;
};

static bool take_symbol(struct layout *l, const char *word)
{
    struct symbol_word **bucket = &l->symbols->buckets[((uintptr_t)word >> 4) % SYMBOL_BUCKETS];

    for (struct symbol_word *s = *bucket; s; s = s->next)
        if (s->word == word)
            return false;
    struct symbol_word *s = compiler_alloc(l->c, sizeof(*s));
    s->word = word;
    s->next = *bucket;
    *bucket = s;
    return true;
}

const char *layout_symbol(struct layout *l, const char *stem)
{
    const char *word = compiler_word(l->c, stem, strlen(stem));

    for (unsigned i = 2; !take_symbol(l, word); i++) {
        const char *text = compiler_printf(l->c, "%s_%u", stem, i);
        word = compiler_word(l->c, text, strlen(text));
    }
    return word;
}

struct wire *layout_builtin(struct layout *l, const char *builtin, enum rpcsec_ndr_kind kind,
                            unsigned size, unsigned size64)
{
    for (struct wire *w = l->symbols->builtins; w; w = w->next)
        if (strcmp(w->builtin, builtin) == 0)
            return w;
    struct wire *w = compiler_alloc(l->c, sizeof(*w));
    *w = (struct wire){.kind = kind,
                       .builtin = builtin,
                       .align = size,
                       .align64 = size64,
                       .min = size,
                       .min64 = size64,
                       .sized = SIZE_KNOWN,
                       .next = l->symbols->builtins};
    if (kind == RPCSEC_NDR_CONTEXT_HANDLE)
        w->min = w->min64 = 20;
    l->symbols->builtins = w;
    return w;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_expr(const struct wire_expr *a, const struct wire_expr *b)
{
    if (a == b)
        return true;
    return a && b && a->kind == b->kind && same_text(a->var, b->var) &&
           a->multiply == b->multiply && a->divide == b->divide && a->add == b->add &&
           same_text(a->record, b->record) && same_text(a->member, b->member) &&
           same_text(a->symbol, b->symbol);
}

static bool same_wire(const struct wire *a, const struct wire *b)
{
    return a->kind == b->kind && a->flags == b->flags && a->of == b->of && a->num == b->num &&
           a->fields == b->fields && a->arms == b->arms && same_text(a->c_type, b->c_type) &&
           same_expr(a->bounds.size, b->bounds.size) &&
           same_expr(a->bounds.first, b->bounds.first) &&
           same_expr(a->bounds.length, b->bounds.length) &&
           same_expr(a->switch_is, b->switch_is) && a->has_range == b->has_range &&
           a->least == b->least && a->most == b->most;
}

void layout_add(struct layout *l, struct wire *w)
{
    w->next = NULL;
    *l->last_wire = w;
    l->last_wire = &w->next;
}

struct wire *layout_intern(struct layout *l, struct wire w, const char *symbol)
{
    for (struct wire *o = l->wires; o; o = o->next)
        if (same_wire(o, &w))
            return o;
    struct wire *kept = compiler_alloc(l->c, sizeof(*kept));
    *kept = w;
    kept->symbol = layout_symbol(l, symbol);
    layout_add(l, kept);
    return kept;
}

/* ---- Sizes ---- */

static void grow(struct wire *w, unsigned align, unsigned align64)
{
    w->align = w->align > align ? w->align : align;
    w->align64 = w->align64 > align64 ? w->align64 : align64;
}

static uint64_t capped(uint64_t value)
{
    return value > UINT32_MAX ? UINT32_MAX : value;
}

static bool is_conformant(const struct wire *w)
{
    return w->kind == RPCSEC_NDR_CONFORMANT || w->kind == RPCSEC_NDR_CONFORMANT_VARYING ||
           (w->kind == RPCSEC_NDR_STRUCT && w->flags & RPCSEC_NDR_FLAG_CONFORMANT);
}

/* Only the last member of a structure may be conformant: C706 4.2.18.2. */
static bool size_struct(struct layout *l, struct wire *w)
{
    for (uint64_t i = 0; i < w->num; i++) {
        struct wire *f = w->fields[i].type;
        if (!layout_size(l, f))
            return false;
        grow(w, f->align, f->align64);
        w->min = capped(w->min + f->min);
        w->min64 = capped(w->min64 + f->min64);
        if (!is_conformant(f))
            continue;
        if (i + 1 < w->num) {
            diag_error(l->c, w->at, "member '%s' of '%s' has no fixed size and is not the last",
                       w->fields[i].name, w->name);
            return false;
        }
        w->flags |= RPCSEC_NDR_FLAG_CONFORMANT;
    }
    return true;
}

static bool size_union(struct layout *l, struct wire *w)
{
    uint64_t least = UINT32_MAX, least64 = UINT32_MAX;

    grow(w, w->of->align, w->of->align64);
    for (uint64_t i = 0; i < w->num; i++) {
        struct wire *arm = w->arms[i].type;
        if (arm && !layout_size(l, arm))
            return false;
        if (arm && is_conformant(arm)) {
            diag_error(l->c, w->at, "arm '%s' of '%s' has no fixed size", w->arms[i].name,
                       w->name);
            return false;
        }
        if (arm)
            grow(w, arm->align, arm->align64);
        least = arm && arm->min < least ? arm->min : arm ? least : 0;
        least64 = arm && arm->min64 < least64 ? arm->min64 : arm ? least64 : 0;
    }
    w->min = capped(w->of->min + (w->num ? least : 0));
    w->min64 = capped(w->of->min64 + (w->num ? least64 : 0));
    return true;
}

static bool size_array(struct layout *l, struct wire *w)
{
    static const unsigned counts[] = {[RPCSEC_NDR_VARYING - RPCSEC_NDR_FIXED] = 8,
                                      [RPCSEC_NDR_CONFORMANT - RPCSEC_NDR_FIXED] = 4,
                                      [RPCSEC_NDR_CONFORMANT_VARYING - RPCSEC_NDR_FIXED] = 12};

    if (!layout_size(l, w->of))
        return false;
    if (is_conformant(w->of)) {
        diag_error(l->c, w->at, "an array cannot hold what has no fixed size");
        return false;
    }
    grow(w, w->of->align, w->of->align64);
    if (w->kind == RPCSEC_NDR_FIXED) {
        /* C706 14.3.12.3: reference pointers in arrays take no place, only their referents. */
        w->min = capped(w->num * (w->of->kind == RPCSEC_NDR_REF ? 1 : capped(w->of->min)));
        w->min64 = capped(w->num * capped(w->of->min64));
        return true;
    }
    w->min = counts[w->kind - RPCSEC_NDR_FIXED];
    w->min64 = w->min * 2;
    if (w->kind != RPCSEC_NDR_CONFORMANT)
        grow(w, 4, 8);
    return true;
}

static bool size_node(struct layout *l, struct wire *w)
{
    switch (w->kind) {
    case RPCSEC_NDR_STRUCT:
        return size_struct(l, w);
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        return size_union(l, w);
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        return size_array(l, w);
    case RPCSEC_NDR_REF:
    case RPCSEC_NDR_UNIQUE:
    case RPCSEC_NDR_FULL:
    case RPCSEC_NDR_IGNORED:
        w->align = 4;
        w->align64 = 8;
        w->min = 4;
        w->min64 = 8;
        return true;
    default:
        return true; /* scalars with a range keep the sizes of their type */
    }
}

bool layout_size(struct layout *l, struct wire *w)
{
    if (w->sized == SIZE_KNOWN)
        return true;
    if (w->sized == SIZE_FAILED)
        return false;
    if (w->sized == SIZE_BUSY) {
        diag_error(l->c, w->at, "'%s' contains itself", w->name ? w->name : w->symbol);
        w->sized = SIZE_FAILED;
        return false;
    }
    w->sized = SIZE_BUSY;
    w->sized = size_node(l, w) ? SIZE_KNOWN : SIZE_FAILED;
    return w->sized == SIZE_KNOWN;
}

static void size_all(struct layout *l)
{
    for (struct wire *w = l->wires; w; w = w->next)
        (void)layout_size(l, w);
}

/* ---- Argument records ---- */

/* handle_t and pointers to it: the binding, which is not sent. */
static bool is_binding(struct type *type)
{
    type = type_strip(type);
    if (type->kind == TYPE_POINTER)
        type = type_strip(type->target);
    return type_is_base(type, BASE_HANDLE);
}

/* The parameter's type as C has it: an array parameter is a pointer unless it has a bound. */
static struct type *as_pointer(struct compiler *c, struct type *type)
{
    struct type *array = type_strip(type);

    if (array->kind != TYPE_ARRAY || array->bound)
        return type;
    struct type *pointer = type_new(c, TYPE_POINTER, array->at);
    pointer->target = array->target;
    pointer->was_array = true;
    return pointer;
}

/* What is behind a top-level ref to something of fixed size; the record holds it. */
static void vanish(struct layout *l, struct wire_param *p)
{
    struct wire *to = p->wire->kind == RPCSEC_NDR_REF ? p->wire->of : NULL;

    p->vanished = false;
    if (type_strip(p->type)->kind == TYPE_ARRAY) {
        p->vanished = true; /* an array with a bound: C passes its address */
        return;
    }
    if (!to || !layout_size(l, to) || is_conformant(to))
        return;
    p->vanished = true;
    p->type = type_unconst(type_strip(p->type)->target);
    p->wire = to;
}

/* The class that the parameter's outermost pointer has: ref, where nobody says otherwise. */
static bool is_top_ref(struct type *type, struct attr *attrs)
{
    for (;;) {
        if (attr_find(attrs, ATTR_unique) || attr_find(attrs, ATTR_ptr))
            return false;
        if (attr_find(attrs, ATTR_ref))
            break;
        type = type_open(type);
        if (type->kind != TYPE_ALIAS)
            break;
        attrs = type->attrs;
        type = type->target;
    }
    return type_strip(type)->kind == TYPE_POINTER;
}

/* Correlations are laid out before the parameters they name are: guess what will vanish. */
static void guess_vanished(struct wire_param *p, struct member *m)
{
    struct type *to = is_top_ref(m->type, m->attrs) ? type_strip(m->type)->target : NULL;
    bool array = attr_find(m->attrs, ATTR_size_is) || attr_find(m->attrs, ATTR_max_is) ||
                 attr_find(m->attrs, ATTR_string);

    p->vanished = to && !array &&
                  (type_is_integer(to) || type_strip(to)->kind == TYPE_POINTER ||
                   type_strip(to)->kind == TYPE_STRUCT);
}

static struct wire *param_wire(struct layout *l, struct record *record, struct member *m,
                               struct wire_param *p, const char **ret_left_out)
{
    struct use use = {.layout = l,
                      .record = record,
                      .path = compiler_printf(l->c, "%s_%s", record->symbol, m->name),
                      .at = m->at,
                      .fallback = p->is_result ? ATTR_UNKNOWN : ATTR_ref};

    layout_attributes(&use, m->attrs);
    if (use.left_out) {
        *ret_left_out = use.left_out;
        return NULL;
    }
    bool context = use.context;
    struct type *type = as_pointer(l->c, m->type);
    struct wire *w = layout_use(&use, type);
    *ret_left_out = use.left_out;
    p->type = context ? name_context(l->c, type) : type;
    return w;
}

static const char *param_name(struct layout *l, struct wire_operation *op, const char *word)
{
    static const char *const taken[] = {"client", "arena",    "err",     "call",
                                        "args",   "ops",      "status",  "result",
                                        "done",   "done_arg", "ret_call"};
    const char *name = name_c(l->c, word);

    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        if (strcmp(name, taken[i]) == 0)
            name = compiler_printf(l->c, "%s_", name);
    for (struct wire_param *p = op->params; p; p = p->next)
        if (strcmp(p->c_param, name) == 0 || strcmp(p->member, name) == 0)
            name = compiler_printf(l->c, "%s_", name);
    return name;
}

static void name_param(struct layout *l, struct wire_operation *op, struct wire_param *p,
                       const char *word)
{
    p->name = word;
    p->member = p->is_result ? "result" : param_name(l, op, word);
    p->c_param = p->member;
    if (p->out && !p->in) {
        const char *text = compiler_printf(l->c, "ret_%s", word);
        p->c_param = param_name(l, op, text);
    }
}

static struct wire_param *new_param(struct layout *l, struct wire_operation *op,
                                    struct member *m)
{
    struct wire_param *p = compiler_alloc(l->c, sizeof(*p));
    struct wire_param **end = &op->params;

    p->at = m->at;
    p->in = attr_find(m->attrs, ATTR_in) != NULL;
    p->out = attr_find(m->attrs, ATTR_out) != NULL;
    if (!p->in && !p->out)
        p->in = true; /* as MIDL; the check pass warned */
    name_param(l, op, p, m->name);
    guess_vanished(p, m);
    while (*end)
        end = &(*end)->next;
    *end = p;
    op->num_params++;
    return p;
}

static void add_result(struct layout *l, struct wire_operation *op)
{
    struct wire_param *p = compiler_alloc(l->c, sizeof(*p));
    struct wire_param **end = &op->params;

    p->at = op->op->at;
    p->out = p->is_result = true;
    while (*end)
        end = &(*end)->next;
    name_param(l, op, p, "result");
    *end = p;
    op->num_params++;
}

/* What C passes by address must be a ref pointer: [out] parameters (C706 4.2.23), and arrays
 * with a bound, which lie in the record. */
static bool check_pointer(struct layout *l, struct member *m, struct wire_param *p)
{
    struct type *type = type_strip(p->type);

    if (type->kind == TYPE_ARRAY &&
        (attr_find(m->attrs, ATTR_unique) || attr_find(m->attrs, ATTR_ptr))) {
        diag_error(l->c, m->at, "array '%s' has a bound: it can only be a ref pointer",
                   m->name);
        return false;
    }
    if (!p->out || p->is_result || type->kind == TYPE_ARRAY)
        return true;
    if (type->kind != TYPE_POINTER) {
        diag_error(l->c, m->at, "[out] parameter '%s' is not a pointer", m->name);
        return false;
    }
    if (!p->in && p->wire->kind != RPCSEC_NDR_REF) {
        diag_error(l->c, m->at, "[out] parameter '%s' must be a ref pointer", m->name);
        return false;
    }
    return true;
}

static bool lay_param(struct layout *l, struct wire_operation *op, struct record *record,
                      struct member *m, struct wire_param *p)
{
    const char *left_out = NULL;

    p->wire = param_wire(l, record, m, p, &left_out);
    if (!p->wire) {
        if (left_out && !op->op->left_out)
            op->op->left_out = left_out;
        return false;
    }
    if (!layout_size(l, p->wire) || !check_pointer(l, m, p))
        return false;
    if (!p->is_result)
        vanish(l, p);
    return true;
}

bool layout_params(struct layout *l, struct wire_operation *op)
{
    struct operation *o = op->op;
    struct record record = {.c_type = compiler_printf(l->c, "struct %s", op->record),
                            .symbol = op->c_name,
                            .members = &o->params,
                            .params = op};
    bool has_result = !type_is_base(o->result, BASE_VOID);
    struct member result = {
        .name = "result", .at = o->at, .attrs = o->attrs, .type = o->result};

    for (struct member *m = o->params.first; m; m = m->next)
        if (!is_binding(m->type))
            new_param(l, op, m);
    if (has_result)
        add_result(l, op);
    struct wire_param *p = op->params;
    for (struct member *m = o->params.first; m; m = m->next)
        if (!is_binding(m->type)) {
            if (!lay_param(l, op, &record, m, p))
                return false;
            p = p->next;
        }
    return !has_result || lay_param(l, op, &record, &result, p);
}

const char *layout_record_tag(struct layout *l, const char *tag)
{
    while (names_find(l->tree->tags, compiler_word(l->c, tag, strlen(tag))))
        tag = compiler_printf(l->c, "%s_", tag);
    return tag;
}

/* ---- Interfaces ---- */

static bool is_serial(struct attr *attrs)
{
    return attr_find(attrs, ATTR_encode) || attr_find(attrs, ATTR_decode);
}

static void lay_operation(struct layout *l, struct wire_interface *i, struct operation *o,
                          struct wire_operation *w)
{
    const char *prefix = l->c->options.prefix ? l->c->options.prefix : "";

    w->op = o;
    w->member = name_c(l->c, o->name);
    w->c_name = compiler_printf(l->c, "%s%s_%s", prefix, i->interface->name, o->name);
    w->record = layout_record_tag(l, compiler_printf(l->c, "%s_args", w->c_name));
    w->no_client =
        attr_find(o->attrs, ATTR_nocode) ||
        (attr_find(i->interface->attrs, ATTR_nocode) && !attr_find(o->attrs, ATTR_code));
    if (o->unused)
        return;
    if (is_serial(o->attrs) || is_serial(i->interface->attrs))
        o->left_out = "only types are serialised by encode and decode";
    for (struct attr *a = o->attrs; a && !o->left_out; a = a->next)
        if (a->info->effect == EFFECT_LEAVE_OUT)
            o->left_out = compiler_printf(l->c, "'%s' is not supported", a->info->word);
    w->is_served = !o->left_out && layout_params(l, w);
    if (o->left_out && *o->left_out)
        diag_warning(l->c, o->at, "operation '%s' is left out: %s", o->name, o->left_out);
}

static void add_handle(struct layout *l, struct wire_interface *i, const struct wire *w)
{
    const char *name = w->builtin ? w->builtin : w->name;
    struct wire_handle **end = &i->handles;

    while (*end && strcmp((*end)->name, name) != 0)
        end = &(*end)->next;
    if (*end)
        return;
    *end = compiler_alloc(l->c, sizeof(**end));
    (*end)->name = name;
}

/* Context handles are parameters, never parts of them: C706 5.1.6. */
static void add_handles(struct layout *l, struct wire_interface *i,
                        const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; op->is_served && p; p = p->next)
        if (p->wire->kind == RPCSEC_NDR_CONTEXT_HANDLE)
            add_handle(l, i, p->wire);
}

static struct wire_interface *lay_interface(struct layout *l, struct interface *i)
{
    struct wire_interface *w = compiler_alloc(l->c, sizeof(*w));
    struct wire_operation **last = &w->operations;
    const char *prefix = l->c->options.prefix ? l->c->options.prefix : "";

    l->ms_union = attr_find(i->attrs, ATTR_ms_union) != NULL;
    w->interface = i;
    w->c_name = compiler_printf(l->c, "%s%s", prefix, i->name);
    for (struct operation *o = i->operations; o; o = o->next) {
        *last = compiler_alloc(l->c, sizeof(**last));
        lay_operation(l, w, o, *last);
        add_handles(l, w, *last);
        last = &(*last)->next;
    }
    return w;
}

struct layout *layout_make(struct compiler *c, struct tree *tree)
{
    struct layout *l = compiler_alloc(c, sizeof(*l));
    struct wire_interface **last = &l->interfaces;

    l->c = c;
    l->tree = tree;
    l->last_wire = &l->wires;
    l->last_call = &l->calls;
    l->symbols = compiler_alloc(c, sizeof(*l->symbols));
    for (struct interface *i = tree->interfaces; i; i = i->next) {
        if (i->local || i->object || !i->has_uuid)
            continue;
        *last = lay_interface(l, i);
        last = &(*last)->next;
    }
    layout_serials(l);
    size_all(l);
    return c->num_errors ? NULL : l;
}
