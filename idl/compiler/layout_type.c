/* SPDX-License-Identifier: MIT
 *
 * compiler/layout_type.c: the nodes of base types, structures and unions. Layer: compiler.
 * Documents: C706 4.2.8, 4.2.9, 14.2, 14.3.6 to 14.3.8; rpcsec/ndr.h.
 */
#include "layout.h"

/* ---- Base types ---- */

static const struct {
    const char *builtin;
    enum rpcsec_ndr_kind kind;
    unsigned size;
    unsigned size64;
} bases[BASE_UNKNOWN + 1] = {
    [BASE_BOOLEAN] = {"boolean", RPCSEC_NDR_BOOLEAN, 1, 1},
    [BASE_BYTE] = {"byte", RPCSEC_NDR_BYTE, 1, 1},
    [BASE_CHAR] = {"char", RPCSEC_NDR_CHAR, 1, 1},
    [BASE_UCHAR] = {"u8", RPCSEC_NDR_U8, 1, 1},
    [BASE_SCHAR] = {"i8", RPCSEC_NDR_I8, 1, 1},
    [BASE_WCHAR] = {"wchar", RPCSEC_NDR_WCHAR, 2, 2},
    [BASE_INT16] = {"i16", RPCSEC_NDR_I16, 2, 2},
    [BASE_UINT16] = {"u16", RPCSEC_NDR_U16, 2, 2},
    [BASE_INT32] = {"i32", RPCSEC_NDR_I32, 4, 4},
    [BASE_UINT32] = {"u32", RPCSEC_NDR_U32, 4, 4},
    [BASE_INT64] = {"i64", RPCSEC_NDR_I64, 8, 8},
    [BASE_UINT64] = {"u64", RPCSEC_NDR_U64, 8, 8},
    [BASE_INT3264] = {"int3264", RPCSEC_NDR_INT3264, 4, 8},
    [BASE_UINT3264] = {"uint3264", RPCSEC_NDR_UINT3264, 4, 8},
    [BASE_FLOAT] = {"float", RPCSEC_NDR_FLOAT, 4, 4},
    [BASE_DOUBLE] = {"double", RPCSEC_NDR_DOUBLE, 8, 8},
    [BASE_ERROR_STATUS] = {"error_status", RPCSEC_NDR_ERROR_STATUS, 4, 4},
};

/* A scalar with a range is a node of its own. */
static struct wire *ranged(struct use *use, struct wire *scalar, const char *c_type)
{
    if (!use->has_range)
        return scalar;
    struct wire w = *scalar;
    w.builtin = NULL;
    w.next = NULL;
    w.c_type = c_type;
    w.has_range = true;
    w.least = use->least;
    w.most = use->most;
    w.at = use->at;
    use->has_range = false;
    return layout_intern(use->layout, w, use->path);
}

static struct wire *enum_node(struct use *use, struct type *type)
{
    bool v1 = attr_find(type->attrs, ATTR_v1_enum) != NULL;
    struct wire *w = v1 ? layout_builtin(use->layout, "enum32", RPCSEC_NDR_ENUM32, 4, 4)
                        : layout_builtin(use->layout, "enum16", RPCSEC_NDR_ENUM16, 2, 4);

    if (!type->complete) {
        diag_error(use->layout->c, use->at, "enum '%s' is not defined", type->name);
        return NULL;
    }
    return ranged(use, w, name_head(use->layout->c, type));
}

struct wire *layout_base(struct use *use, struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return enum_node(use, type);
    if (type->kind != TYPE_BASE || !bases[type->base].builtin) {
        if (!use->left_out)
            use->left_out = type->kind == TYPE_INTERFACE ? "interfaces cannot be sent"
                            : type_is_base(type, BASE_HANDLE)
                                ? "a handle_t can only be a parameter"
                                : "'void' cannot be sent";
        return NULL;
    }
    struct wire *w =
        layout_builtin(use->layout, bases[type->base].builtin, bases[type->base].kind,
                       bases[type->base].size, bases[type->base].size64);
    return ranged(use, w, name_head(use->layout->c, type));
}

/* ---- Structures ---- */

/* The layout of a member with its own attributes. */
static struct wire *member_node(struct use *outer, struct record *record, struct member *m)
{
    struct use use = {.layout = outer->layout,
                      .record = record,
                      .path =
                          compiler_printf(outer->layout->c, "%s_%s", record->symbol, m->name),
                      .at = m->at,
                      .depth = outer->depth};

    layout_attributes(&use, m->attrs);
    struct wire *w = use.left_out ? NULL : layout_use(&use, m->type);
    if (!w && use.left_out && !outer->left_out)
        outer->left_out = use.left_out;
    return w;
}

/* The word that people know a type by. */
static const char *people_name(const struct type *type)
{
    return type->self_alias ? type->self_alias->name : type->name;
}

static struct wire *new_node(struct use *use, struct type *type, enum rpcsec_ndr_kind kind)
{
    struct layout *l = use->layout;
    struct wire *w = compiler_alloc(l->c, sizeof(*w));

    w->kind = kind;
    w->c_type = name_head(l->c, type);
    w->name = people_name(type);
    w->type = type;
    w->at = type->at;
    w->symbol = layout_symbol(l, w->name);
    type->layout = w;
    return w;
}

static bool struct_fields(struct use *use, struct type *type, struct wire *w)
{
    struct layout *l = use->layout;
    struct record record = {
        .c_type = w->c_type, .symbol = w->symbol, .members = &type->members};
    size_t i = 0;

    w->fields = compiler_alloc(l->c, type->members.num * sizeof(*w->fields));
    for (struct member *m = type->members.first; m; m = m->next) {
        struct wire *f = member_node(use, &record, m);
        if (!f)
            return false;
        w->fields[i++] = (struct wire_field){m->name, name_c(l->c, m->name), f};
    }
    w->num = i;
    return true;
}

static bool has_bits(const struct type *type)
{
    for (const struct member *m = type->members.first; m; m = m->next)
        if (m->bits)
            return true;
    return false;
}

struct wire *layout_struct(struct use *use, struct type *type)
{
    struct layout *l = use->layout;

    if (type->layout)
        return type->layout;
    if (type->left_out) {
        if (!use->left_out)
            use->left_out = type->left_out;
        return NULL;
    }
    if (!type->complete || !type->members.num) {
        diag_error(l->c, use->at,
                   type->complete ? "structure '%s' is empty" : "structure '%s' is not defined",
                   type->name);
        return NULL;
    }
    if (has_bits(type)) {
        type->left_out = use->left_out = "bit fields cannot be sent";
        return NULL;
    }
    struct wire *w = new_node(use, type, RPCSEC_NDR_STRUCT);
    if (struct_fields(use, type, w)) {
        layout_add(l, w);
        return w;
    }
    type->layout = NULL;
    type->left_out = use->left_out ? use->left_out : "";
    return NULL;
}

/* ---- Unions ---- */

/* A case as the tag's type extends it: -1 of an unsigned short is 65535. */
static int64_t extend(const struct wire *tag, int64_t value)
{
    switch (tag->kind) {
    case RPCSEC_NDR_U8:
    case RPCSEC_NDR_BYTE:
    case RPCSEC_NDR_BOOLEAN:
    case RPCSEC_NDR_CHAR:
        return (uint8_t)value;
    case RPCSEC_NDR_I8:
        return (int8_t)value;
    case RPCSEC_NDR_U16:
    case RPCSEC_NDR_WCHAR:
    case RPCSEC_NDR_ENUM16:
        return (uint16_t)value;
    case RPCSEC_NDR_I16:
        return (int16_t)value;
    case RPCSEC_NDR_U32:
    case RPCSEC_NDR_ENUM32:
    case RPCSEC_NDR_ERROR_STATUS:
        return (uint32_t)value;
    case RPCSEC_NDR_I32:
        return (int32_t)value;
    default:
        return value;
    }
}

static bool add_arm(struct use *use, struct wire *w, const struct member *m, struct wire *type,
                    const struct expr *label)
{
    struct wire_arm arm = {.name = m->type ? m->name : NULL, .type = type};
    const char *why = NULL;

    if (label && !expr_value(use->layout->tree, label, &arm.value, &why)) {
        diag_error(use->layout->c, label->at, "%s", why ? why : "the case is not constant");
        return false;
    }
    arm.is_default = !label;
    arm.value = extend(w->of, arm.value);
    for (uint64_t i = 0; i < w->num; i++)
        if (label ? !w->arms[i].is_default && w->arms[i].value == arm.value
                  : w->arms[i].is_default) {
            diag_error(use->layout->c, label ? label->at : m->at, "the case is given twice");
            return false;
        }
    w->arms[w->num++] = arm;
    return true;
}

static size_t count_arms(const struct type *type)
{
    size_t num = 0;

    for (const struct member *m = type->members.first; m; m = m->next)
        num += m->num_cases + 1;
    return num;
}

static bool union_arms(struct use *use, struct type *type, struct wire *w)
{
    struct record record = {.c_type = w->c_type, .symbol = w->symbol};

    w->arms = compiler_alloc(use->layout->c, count_arms(type) * sizeof(*w->arms));
    for (struct member *m = type->members.first; m; m = m->next) {
        if (!m->num_cases && !m->is_default) {
            if (!use->left_out)
                use->left_out = "a union without cases cannot be sent";
            return false;
        }
        struct wire *arm = m->type ? member_node(use, &record, m) : NULL;
        if (m->type && !arm)
            return false;
        for (size_t i = 0; i < m->num_cases; i++)
            if (!add_arm(use, w, m, arm, m->cases[i]))
                return false;
        if (m->is_default && !add_arm(use, w, m, arm, NULL))
            return false;
    }
    return true;
}

/* The tag: an integer, character, boolean or enum (C706 4.2.9.1). */
static struct wire *tag_node(struct use *use, struct type *tag)
{
    struct use plain = {
        .layout = use->layout, .record = use->record, .path = use->path, .at = use->at};

    if (!type_is_integer(tag)) {
        diag_error(use->layout->c, use->at, "a union cannot switch on this type");
        return NULL;
    }
    return layout_use(&plain, type_strip(tag));
}

static struct wire *encapsulated(struct use *use, struct type *type)
{
    struct wire *w = new_node(use, type, RPCSEC_NDR_ENCAPSULATED);

    w->flags = use->ms_union ? RPCSEC_NDR_FLAG_MS_UNION : 0;
    w->tag_member = name_c(use->layout->c, type->tag_name);
    w->body_member = name_c(use->layout->c, type->union_name);
    w->of = tag_node(use, type->tag_type);
    if (!w->of || !union_arms(use, type, w)) {
        type->layout = NULL;
        type->left_out = use->left_out ? use->left_out : "";
        return NULL;
    }
    w->arms_symbol = w->symbol;
    layout_add(use->layout, w);
    return w;
}

/* The type of the variable that switch_is names: what there is without switch_type. */
static struct type *switch_variable(struct use *use, struct expr *e)
{
    struct member *m = e->kind == EXPR_NAME && use->record->members
                           ? members_find(use->record->members, e->word)
                           : NULL;

    if (e->kind == EXPR_UNARY && e->op == '*') {
        struct type *pointer = switch_variable(use, e->a);
        return pointer && type_strip(pointer)->kind == TYPE_POINTER
                   ? type_strip(pointer)->target
                   : NULL;
    }
    return m ? m->type : NULL;
}

static struct type *tag_type(struct use *use, struct type *type, struct expr *e)
{
    struct attr *own = attr_find(type->attrs, ATTR_switch_type);

    if (use->switch_type)
        return use->switch_type;
    return own ? own->type : switch_variable(use, e);
}

/* The arms are shared by all uses of the union: a model node holds them. */
static struct wire *union_model(struct use *use, struct type *type, struct type *tag)
{
    if (type->layout)
        return type->layout;
    struct wire *w = new_node(use, type, RPCSEC_NDR_UNION);
    w->of = tag_node(use, tag);
    if (w->of && union_arms(use, type, w)) {
        w->arms_symbol = w->symbol;
        return w;
    }
    type->layout = NULL;
    type->left_out = use->left_out ? use->left_out : "";
    return NULL;
}

static struct wire *union_use(struct use *use, struct type *type)
{
    struct layout *l = use->layout;
    struct attr *a = use->switch_is;
    struct expr *e = a && a->num_args == 1 ? a->args[0] : NULL;
    struct type *tag = e ? tag_type(use, type, e) : NULL;

    if (!e || !tag) {
        diag_error(l->c, use->at,
                   e ? "the union needs switch_type" : "the union needs switch_is");
        return NULL;
    }
    struct wire *model = union_model(use, type, tag);
    if (!model)
        return NULL;
    struct wire w = *model;
    w.of = tag_node(use, tag);
    w.flags = (use->ms_union ? RPCSEC_NDR_FLAG_MS_UNION : 0) |
              (use->relaxed ? RPCSEC_NDR_FLAG_RELAXED : 0);
    w.switch_is = layout_expr(use, e);
    w.at = use->at;
    w.next = NULL;
    use->switch_is = NULL;
    return w.of && w.switch_is ? layout_intern(l, w, use->path) : NULL;
}

struct wire *layout_union(struct use *use, struct type *type)
{
    if (type->left_out) {
        if (!use->left_out)
            use->left_out = type->left_out;
        return NULL;
    }
    if (!type->complete) {
        diag_error(use->layout->c, use->at, "union '%s' is not defined", type->name);
        return NULL;
    }
    use->ms_union =
        use->ms_union || use->layout->ms_union || attr_find(type->attrs, ATTR_ms_union);
    if (!type->tag_type)
        return union_use(use, type);
    return type->layout ? type->layout : encapsulated(use, type);
}
