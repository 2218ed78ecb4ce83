/* SPDX-License-Identifier: MIT
 *
 * compiler/layout_use.c: one use of a type: pointers, arrays, strings, with the attributes of
 * the use and of the typedef names on the way. Layer: compiler. Documents: C706 4.2.18 to
 * 4.2.21, 14.3.3 to 14.3.5; rpcsec/ndr.h.
 *
 * Attributes are used up from the outside in: size_is' first argument by the outermost pointer
 * or dimension, `unique` by the outermost pointer, `string` by the innermost character type.
 */
#include "layout.h"

static const enum attr_id dim_ids[] = {ATTR_size_is, ATTR_max_is, ATTR_length_is, ATTR_first_is,
                                       ATTR_last_is};

#define NUM_DIMS (sizeof(dim_ids) / sizeof(dim_ids[0]))

static void add_range(struct use *use, const struct attr *a)
{
    const char *why;
    struct tree *tree = use->layout->tree;

    if (use->has_range || a->num_args != 2 || !a->args[0] || !a->args[1])
        return;
    use->has_range = expr_value(tree, a->args[0], &use->least, &why) &&
                     expr_value(tree, a->args[1], &use->most, &why);
}

static bool has_dims(const struct use *use)
{
    for (size_t i = 0; i < NUM_DIMS; i++)
        if (use->dims[dim_ids[i]])
            return true;
    return false;
}

/* Adds attributes that the use does not have itself. */
void layout_attributes(struct use *use, struct attr *attrs)
{
    bool own_dims = has_dims(use);

    for (struct attr *a = attrs; a; a = a->next) {
        enum attr_id id = a->info->id;
        if ((id == ATTR_ref || id == ATTR_unique || id == ATTR_ptr) && !use->pointer_class)
            use->pointer_class = id;
        else if (a->info->form == FORM_EXPRS && !own_dims && id != ATTR_range)
            use->dims[id] = a;
        if (a->info->effect == EFFECT_LEAVE_OUT && !use->left_out)
            use->left_out =
                compiler_printf(use->layout->c, "'%s' is not supported", a->info->word);
        use->string = use->string || id == ATTR_string;
        use->ignore = use->ignore || id == ATTR_ignore;
        use->context = use->context || id == ATTR_context_handle ||
                       id == ATTR_context_handle_noserialize ||
                       id == ATTR_context_handle_serialize;
        use->is_shared = use->is_shared || id == ATTR_context_handle_noserialize;
        use->relaxed = use->relaxed || id == ATTR_disable_consistency_check;
        use->ms_union = use->ms_union || id == ATTR_ms_union;
        if (id == ATTR_range)
            add_range(use, a);
        if (id == ATTR_switch_is && !use->switch_is)
            use->switch_is = a;
        if (id == ATTR_switch_type && !use->switch_type)
            use->switch_type = a->type;
    }
}

/* The argument of a dimension attribute for the level we are at; NULL: none. */
static struct expr *dim_arg(const struct use *use, enum attr_id id)
{
    const struct attr *a = use->dims[id];

    return a && use->level < a->num_args ? a->args[use->level] : NULL;
}

static bool at_dim(const struct use *use)
{
    for (size_t i = 0; i < NUM_DIMS; i++)
        if (dim_arg(use, dim_ids[i]))
            return true;
    return false;
}

static struct expr *combine(struct use *use, struct expr *a, int op, struct expr *b, int64_t k)
{
    struct compiler *c = use->layout->c;
    struct expr *e = compiler_alloc(c, sizeof(*e));

    if (!b) {
        b = compiler_alloc(c, sizeof(*b));
        *b = (struct expr){.kind = EXPR_NUMBER, .at = a->at, .value = k};
    }
    *e = (struct expr){.kind = EXPR_BINARY, .op = op, .at = a->at, .a = a, .b = b};
    return e;
}

/* size_is(e), or max_is(e) as e + 1. */
static struct expr *size_of(struct use *use)
{
    struct expr *max = dim_arg(use, ATTR_max_is);

    return max ? combine(use, max, '+', NULL, 1) : dim_arg(use, ATTR_size_is);
}

/* length_is(e), or last_is(e) as e - first + 1. */
static struct expr *length_of(struct use *use)
{
    struct expr *first = dim_arg(use, ATTR_first_is);
    struct expr *last = dim_arg(use, ATTR_last_is);

    if (!last)
        return dim_arg(use, ATTR_length_is);
    if (first)
        last = combine(use, last, '-', first, 0);
    return combine(use, last, '+', NULL, 1);
}

static bool set_bounds(struct use *use, struct wire *w)
{
    struct expr *size = size_of(use);
    struct expr *first = dim_arg(use, ATTR_first_is);
    struct expr *length = use->string ? NULL : length_of(use);

    w->bounds.size = size ? layout_expr(use, size) : NULL;
    w->bounds.first = first ? layout_expr(use, first) : NULL;
    w->bounds.length = length ? layout_expr(use, length) : NULL;
    return !(size && !w->bounds.size) && !(first && !w->bounds.first) &&
           !(length && !w->bounds.length);
}

/* Characters, and what published files use as such. */
static bool is_character(struct type *type)
{
    type = type_strip(type);
    return type->kind == TYPE_BASE &&
           (type->base == BASE_CHAR || type->base == BASE_UCHAR || type->base == BASE_SCHAR ||
            type->base == BASE_BYTE || type->base == BASE_WCHAR || type->base == BASE_UINT16);
}

static bool has_bounds(const struct wire *w)
{
    return w->bounds.size || w->bounds.first || w->bounds.length;
}

/* A range goes to the first thing that can have one. */
static void take_range(struct use *use, struct wire *w)
{
    w->has_range = use->has_range;
    w->least = use->least;
    w->most = use->most;
    use->has_range = false;
}

/* The name of an array: what it holds when nothing else tells it from others. */
static const char *array_symbol(struct use *use, const struct wire *w, const char *of)
{
    struct compiler *c = use->layout->c;

    if (has_bounds(w) || w->has_range)
        return compiler_printf(c, "%s_array", use->path);
    if (w->kind == RPCSEC_NDR_FIXED)
        return compiler_printf(c, "%s_x%llu", of, (unsigned long long)w->num);
    return compiler_printf(c, "%s_%s", of,
                           w->flags & RPCSEC_NDR_FLAG_STRING ? "string" : "array");
}

static const char *wire_word(const struct wire *w)
{
    return w->builtin ? w->builtin : w->symbol;
}

/* An array node around an element that is laid out already. `bound`: of a C array, 0: none. */
static struct wire *array_node(struct use *use, struct wire w, struct wire *element,
                               const char *c_type)
{
    if (!element)
        return NULL;
    w.of = element;
    w.c_type = c_type;
    w.at = use->at;
    w.flags |= use->relaxed ? RPCSEC_NDR_FLAG_RELAXED : 0;
    return layout_intern(use->layout, w, array_symbol(use, &w, wire_word(element)));
}

static bool lacks_size(struct use *use, struct type *element)
{
    if (at_dim(use) || (use->string && is_character(element)))
        return false;
    diag_error(use->layout->c, use->at, "an array without a bound needs size_is");
    return true;
}

/* What a pointer with a dimension, or to a string, points to: elements of `type`. */
static struct wire *pointed_array(struct use *use, struct type *type)
{
    struct wire w = {.kind = RPCSEC_NDR_CONFORMANT};
    bool is_string = use->string && is_character(type);

    if (!set_bounds(use, &w))
        return NULL;
    if (is_string || w.bounds.length || w.bounds.first)
        w.kind = RPCSEC_NDR_CONFORMANT_VARYING;
    w.flags = is_string ? RPCSEC_NDR_FLAG_STRING : 0;
    use->string = use->string && !is_string;
    take_range(use, &w);
    use->level++;
    return array_node(use, w, layout_use(use, type), NULL);
}

/* ---- Arrays ---- */

static bool fixed_bound(struct use *use, struct type *array, struct wire *w)
{
    int64_t bound;
    const char *why = NULL;

    if (!expr_value(use->layout->tree, array->bound, &bound, &why)) {
        diag_error(use->layout->c, array->bound->at, "%s",
                   why ? why : "the array's bound is not constant");
        return false;
    }
    if (bound <= 0 || bound > INT32_MAX) {
        diag_error(use->layout->c, array->bound->at,
                   "the array's bound is not from 1 to 2147483647");
        return false;
    }
    w->num = (uint64_t)bound;
    return true;
}

/* Fixed or varying: the C array has its bound. */
static struct wire *bound_array(struct use *use, struct type *array, const char *c_type)
{
    struct wire w = {.kind = RPCSEC_NDR_FIXED};
    bool is_string = use->string && is_character(array->target);

    if (!fixed_bound(use, array, &w) || !set_bounds(use, &w))
        return NULL;
    w.bounds.size = NULL; /* size_is beside a constant bound says nothing new */
    if (is_string || w.bounds.length || w.bounds.first)
        w.kind = RPCSEC_NDR_VARYING;
    w.flags = is_string ? RPCSEC_NDR_FLAG_STRING : 0;
    use->string = use->string && !is_string;
    if (w.kind == RPCSEC_NDR_VARYING)
        take_range(use, &w);
    use->level++;
    return array_node(use, w, layout_use(use, array->target), c_type);
}

static struct wire *use_array(struct use *use, struct type *array)
{
    if (array->bound)
        return bound_array(use, array, name_declare(use->layout->c, array, ""));
    if (lacks_size(use, array->target))
        return NULL;
    return pointed_array(use, array->target);
}

/* ---- Pointers ---- */

static enum rpcsec_ndr_kind pointer_kind(enum attr_id id)
{
    return id == ATTR_ref   ? RPCSEC_NDR_REF
           : id == ATTR_ptr ? RPCSEC_NDR_FULL
                            : RPCSEC_NDR_UNIQUE;
}

static const char *pointer_word(enum rpcsec_ndr_kind kind)
{
    return kind == RPCSEC_NDR_REF ? "ref" : kind == RPCSEC_NDR_FULL ? "full" : "unique";
}

static struct wire *pointer_node(struct use *use, enum rpcsec_ndr_kind kind, struct wire *of)
{
    struct wire w = {.kind = kind, .of = of, .c_type = "void *", .at = use->at};

    if (!of)
        return NULL;
    return layout_intern(
        use->layout, w,
        compiler_printf(use->layout->c, "%s_%s", pointer_word(kind), wire_word(of)));
}

static struct wire *ignored_pointer(struct use *use)
{
    struct wire w = {.kind = RPCSEC_NDR_IGNORED, .c_type = "void *", .at = use->at};

    return layout_intern(use->layout, w, "ignored");
}

static bool more_dims(const struct use *use)
{
    for (size_t i = 0; i < NUM_DIMS; i++)
        if (use->dims[dim_ids[i]] && use->dims[dim_ids[i]]->num_args > use->level)
            return true;
    return false;
}

/* `void *` and the like: nothing that could be sent is behind them. */
static struct wire *cannot_point(struct use *use, const char *what)
{
    if (!use->left_out)
        use->left_out = what;
    return NULL;
}

/* Each typedef is a type of its own, also in the tables. */
static struct wire *context_handle(struct use *use)
{
    struct compiler *c = use->layout->c;
    const char *name = use->handle ? name_head(c, use->handle) : "context_handle";
    struct wire w = {.kind = RPCSEC_NDR_CONTEXT_HANDLE,
                     .flags = use->is_shared ? RPCSEC_NDR_FLAG_SHARED : 0,
                     .align = 4,
                     .align64 = 4,
                     .min = 20,
                     .min64 = 20,
                     .sized = SIZE_KNOWN,
                     .c_type = use->handle ? name : "struct rpcsec_context_handle",
                     .name = name};

    if (!use->handle && !use->is_shared)
        return layout_builtin(use->layout, name, RPCSEC_NDR_CONTEXT_HANDLE, 4, 4);
    return layout_intern(use->layout, w, name);
}

static struct wire *use_pointer(struct use *use, struct type *pointer)
{
    struct type *target = type_strip(pointer->target);
    enum attr_id class = use->pointer_class ? use->pointer_class
                         : use->fallback    ? use->fallback
                                            : pointer->pointer_class;

    use->pointer_class = use->fallback = ATTR_UNKNOWN;
    if (use->ignore)
        return ignored_pointer(use);
    if (use->context && target->kind != TYPE_POINTER)
        return context_handle(use);
    if (pointer->was_array && lacks_size(use, target))
        return NULL;
    if (target->kind == TYPE_FUNCTION)
        return cannot_point(use, "function pointers cannot be sent");
    if (target->kind == TYPE_INTERFACE)
        return cannot_point(use, "interface pointers are not supported");
    if (type_is_base(target, BASE_VOID))
        return cannot_point(use, "'void *' cannot be sent");
    if (at_dim(use) || (use->string && is_character(target) && !more_dims(use)))
        return pointer_node(use, pointer_kind(class), pointed_array(use, pointer->target));
    use->level++;
    return pointer_node(use, pointer_kind(class), layout_use(use, pointer->target));
}

static struct wire *use_alias(struct use *use, struct type *alias)
{
    layout_attributes(use, alias->attrs);
    if (use->left_out)
        return NULL;
    if (type_says_context(alias) && !use->handle)
        use->handle = alias;
    return layout_use(use, alias->target);
}

struct wire *layout_use(struct use *use, struct type *type)
{
    struct wire *w;

    if (use->depth > LIMIT_IDL_DEPTH) {
        diag_error(use->layout->c, use->at, "the type is nested too deeply");
        return NULL;
    }
    use->depth++;
    switch (type->kind) {
    case TYPE_ALIAS:
        w = use_alias(use, type);
        break;
    case TYPE_GROUP:
        w = layout_use(use, type->target);
        break;
    case TYPE_POINTER:
        w = use_pointer(use, type);
        break;
    case TYPE_ARRAY:
        w = use_array(use, type);
        break;
    case TYPE_STRUCT:
        w = layout_struct(use, type);
        break;
    case TYPE_UNION:
        w = layout_union(use, type);
        break;
    case TYPE_PIPE:
        w = cannot_point(use, "pipes are not supported");
        break;
    default:
        w = layout_base(use, type);
        break;
    }
    use->depth--;
    return w;
}
