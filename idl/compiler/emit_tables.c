/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_tables.c: argument records and the constant tables of rpcsec/ndr.h. Layer:
 * compiler. Document: rpcsec/ndr.h.
 *
 * Memory sizes and offsets are left to the C compiler (sizeof, offsetof): the output is the
 * same for every target.
 */
#include "emit.h"

#include <string.h>

static void put_type(struct text *out, struct wire *w);

/* &ndr_foo or &rpcsec_ndr_u32 */
void emit_address(struct text *out, const struct wire *w)
{
    if (w->builtin)
        text_printf(out, "&rpcsec_ndr_%s", w->builtin);
    else
        text_printf(out, "&ndr_%s", w->symbol);
}

static void put_number(struct text *out, int64_t value)
{
    if (value == INT64_MIN)
        text_put(out, "INT64_MIN");
    else if (value > INT32_MAX || value < INT32_MIN)
        text_printf(out, "INT64_C(%lld)", (long long)value);
    else
        text_printf(out, "%lld", (long long)value);
}

/* ---- Expressions ---- */

static const char *expr_kind_name(enum rpcsec_ndr_expr_kind kind)
{
    static const char *const names[] = {"NONE", "CONST", "VAR", "DEREF", "CALL", "CALL_DEREF"};

    return names[kind];
}

static void put_expr(struct text *out, const struct wire_expr *e)
{
    text_printf(out, "{.kind = RPCSEC_NDR_EXPR_%s", expr_kind_name(e->kind));
    if (e->var)
        text_printf(out, ", .var = RPCSEC_NDR_%s, .offset = offsetof(%s, %s)", e->var,
                    e->record, e->member);
    if (e->multiply > 1)
        text_printf(out, ", .multiply = %u", e->multiply);
    if (e->divide > 1)
        text_printf(out, ", .divide = %u", e->divide);
    if (e->add) {
        text_put(out, ", .add = ");
        put_number(out, e->add);
    }
    if (e->symbol)
        text_printf(out, ", .call = ndr_%s", e->symbol);
    text_put(out, "}");
}

static void put_calls(struct text *out, const struct layout *l)
{
    for (const struct wire_expr *e = l->calls; e; e = e->next)
        text_printf(out,
                    "static int64_t ndr_%s(const void *record)\n"
                    "{\n"
                    "    const %s *r = (const %s *)record;\n"
                    "\n"
                    "    return %s;\n"
                    "}\n\n",
                    e->symbol, e->record, e->record, e->body);
}

/* ---- What a node points to ---- */

/* The C object that a built-in node is for. */
static const char *builtin_c(const struct wire *w)
{
    static const char *const types[] = {
        [RPCSEC_NDR_U8] = "uint8_t",
        [RPCSEC_NDR_I8] = "int8_t",
        [RPCSEC_NDR_U16] = "uint16_t",
        [RPCSEC_NDR_I16] = "int16_t",
        [RPCSEC_NDR_U32] = "uint32_t",
        [RPCSEC_NDR_I32] = "int32_t",
        [RPCSEC_NDR_U64] = "uint64_t",
        [RPCSEC_NDR_I64] = "int64_t",
        [RPCSEC_NDR_UINT3264] = "uint64_t",
        [RPCSEC_NDR_INT3264] = "int64_t",
        [RPCSEC_NDR_CHAR] = "char",
        [RPCSEC_NDR_BYTE] = "uint8_t",
        [RPCSEC_NDR_BOOLEAN] = "uint8_t",
        [RPCSEC_NDR_WCHAR] = "uint16_t",
        [RPCSEC_NDR_FLOAT] = "float",
        [RPCSEC_NDR_DOUBLE] = "double",
        [RPCSEC_NDR_ENUM16] = "uint32_t",
        [RPCSEC_NDR_ENUM32] = "uint32_t",
        [RPCSEC_NDR_ERROR_STATUS] = "uint32_t",
        [RPCSEC_NDR_CONTEXT_HANDLE] = "struct rpcsec_context_handle",
    };

    return types[w->kind];
}

static bool has_bounds(const struct wire *w)
{
    return w->bounds.size || w->bounds.first || w->bounds.length;
}

static void put_bound(struct text *out, const char *name, const struct wire_expr *e)
{
    if (!e)
        return;
    text_printf(out, "    .%s = ", name);
    put_expr(out, e);
    text_put(out, ",\n");
}

static void put_bounds(struct text *out, const struct wire *w)
{
    text_printf(out, "static const struct rpcsec_ndr_bounds ndr_%s_bounds = {\n", w->symbol);
    put_bound(out, "size", w->bounds.size);
    put_bound(out, "first", w->bounds.first);
    put_bound(out, "length", w->bounds.length);
    text_put(out, "};\n");
}

static void put_range(struct text *out, const struct wire *w)
{
    text_printf(out, "static const struct rpcsec_ndr_range ndr_%s_range = {", w->symbol);
    put_number(out, w->least);
    text_put(out, ", ");
    put_number(out, w->most);
    text_put(out, "};\n");
}

/* What the tables say of memory is what C has: a mistake here would be one of memory. */
static void put_assert(struct text *out, const char *record, const char *member,
                       const struct wire *type)
{
    if (type->builtin)
        text_printf(out, "RPCSEC_NDR_ASSERT(%s, %s, %s);\n", record, member, builtin_c(type));
    else if (type->c_type)
        text_printf(out, "RPCSEC_NDR_ASSERT(%s, %s, %s);\n", record, member, type->c_type);
}

static void put_fields(struct text *out, const struct wire *w)
{
    text_printf(out, "static const struct rpcsec_ndr_field ndr_%s_fields[] = {\n", w->symbol);
    for (uint64_t i = 0; i < w->num; i++) {
        text_printf(out, "    {\"%s\", offsetof(%s, %s), ", w->fields[i].name, w->c_type,
                    w->fields[i].member);
        emit_address(out, w->fields[i].type);
        text_put(out, "},\n");
    }
    text_put(out, "};\n");
    for (uint64_t i = 0; i < w->num; i++)
        put_assert(out, w->c_type, w->fields[i].member, w->fields[i].type);
}

static void put_arm(struct text *out, const struct wire_arm *a)
{
    if (a->name)
        text_printf(out, "    {\"%s\", ", a->name);
    else
        text_put(out, "    {NULL, ");
    put_number(out, a->value);
    text_printf(out, ", %s, ", a->is_default ? "RPCSEC_NDR_ARM_DEFAULT" : "0");
    if (a->type)
        emit_address(out, a->type);
    else
        text_put(out, "NULL");
    text_put(out, "},\n");
}

static void put_arms(struct text *out, const struct wire *w)
{
    text_printf(out, "static const struct rpcsec_ndr_arm ndr_%s_arms[] = {\n", w->arms_symbol);
    for (uint64_t i = 0; i < w->num; i++)
        put_arm(out, &w->arms[i]);
    text_put(out, "};\n");
}

static void put_switch(struct text *out, const struct wire *w)
{
    text_printf(out, "static const struct rpcsec_ndr_expr ndr_%s_switch = ", w->symbol);
    put_expr(out, w->switch_is);
    text_put(out, ";\n");
}

/* ---- Nodes ---- */

static const char *const kind_names[] = {
    [RPCSEC_NDR_U8] = "U8",
    [RPCSEC_NDR_I8] = "I8",
    [RPCSEC_NDR_U16] = "U16",
    [RPCSEC_NDR_I16] = "I16",
    [RPCSEC_NDR_U32] = "U32",
    [RPCSEC_NDR_I32] = "I32",
    [RPCSEC_NDR_U64] = "U64",
    [RPCSEC_NDR_I64] = "I64",
    [RPCSEC_NDR_UINT3264] = "UINT3264",
    [RPCSEC_NDR_INT3264] = "INT3264",
    [RPCSEC_NDR_CHAR] = "CHAR",
    [RPCSEC_NDR_BYTE] = "BYTE",
    [RPCSEC_NDR_BOOLEAN] = "BOOLEAN",
    [RPCSEC_NDR_WCHAR] = "WCHAR",
    [RPCSEC_NDR_FLOAT] = "FLOAT",
    [RPCSEC_NDR_DOUBLE] = "DOUBLE",
    [RPCSEC_NDR_ENUM16] = "ENUM16",
    [RPCSEC_NDR_ENUM32] = "ENUM32",
    [RPCSEC_NDR_ERROR_STATUS] = "ERROR_STATUS",
    [RPCSEC_NDR_STRUCT] = "STRUCT",
    [RPCSEC_NDR_UNION] = "UNION",
    [RPCSEC_NDR_ENCAPSULATED] = "ENCAPSULATED",
    [RPCSEC_NDR_FIXED] = "FIXED",
    [RPCSEC_NDR_VARYING] = "VARYING",
    [RPCSEC_NDR_CONFORMANT] = "CONFORMANT",
    [RPCSEC_NDR_CONFORMANT_VARYING] = "CONFORMANT_VARYING",
    [RPCSEC_NDR_REF] = "REF",
    [RPCSEC_NDR_UNIQUE] = "UNIQUE",
    [RPCSEC_NDR_FULL] = "FULL",
    [RPCSEC_NDR_IGNORED] = "IGNORED",
    [RPCSEC_NDR_CONTEXT_HANDLE] = "CONTEXT_HANDLE",
};

static void put_flags(struct text *out, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } all[] = {
        {RPCSEC_NDR_FLAG_CONFORMANT, "CONFORMANT"}, {RPCSEC_NDR_FLAG_STRING, "STRING"},
        {RPCSEC_NDR_FLAG_RELAXED, "RELAXED"},       {RPCSEC_NDR_FLAG_MS_UNION, "MS_UNION"},
        {RPCSEC_NDR_FLAG_SHARED, "SHARED"},
    };
    const char *before = "    .flags = ";

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (flags & all[i].flag) {
            text_printf(out, "%sRPCSEC_NDR_FLAG_%s", before, all[i].name);
            before = " | ";
        }
    if (flags)
        text_put(out, ",\n");
}

static bool is_union(const struct wire *w)
{
    return w->kind == RPCSEC_NDR_UNION || w->kind == RPCSEC_NDR_ENCAPSULATED;
}

static void put_members(struct text *out, const struct wire *w)
{
    if (w->c_type)
        text_printf(out, "    .mem_size = sizeof(%s),\n", w->c_type);
    if (w->num)
        text_printf(out, "    .num = %llu,\n", (unsigned long long)w->num);
    if (w->tag_member)
        text_printf(out, "    .tag_offset = offsetof(%s, %s),\n", w->c_type, w->tag_member);
    if (w->body_member)
        text_printf(out, "    .body_offset = offsetof(%s, %s),\n", w->c_type, w->body_member);
    if (w->name)
        text_printf(out, "    .name = \"%s\",\n", w->name);
    if (w->of) {
        text_put(out, "    .of = ");
        emit_address(out, w->of);
        text_put(out, ",\n");
    }
    if (w->fields)
        text_printf(out, "    .fields = ndr_%s_fields,\n", w->symbol);
    if (is_union(w))
        text_printf(out, "    .arms = ndr_%s_arms,\n", w->arms_symbol);
    if (has_bounds(w))
        text_printf(out, "    .bounds = &ndr_%s_bounds,\n", w->symbol);
    if (w->switch_is)
        text_printf(out, "    .switch_is = &ndr_%s_switch,\n", w->symbol);
    if (w->has_range)
        text_printf(out, "    .range = &ndr_%s_range,\n", w->symbol);
    emit_use_of_steps(out, w);
}

static void put_node(struct text *out, const struct wire *w)
{
    if (w->fields)
        put_fields(out, w);
    if (has_bounds(w))
        put_bounds(out, w);
    if (w->switch_is)
        put_switch(out, w);
    if (w->has_range)
        put_range(out, w);
    emit_steps(out, w);
    text_printf(out,
                "static const struct rpcsec_ndr_type ndr_%s = {\n"
                "    .kind = RPCSEC_NDR_%s,\n",
                w->symbol, kind_names[w->kind]);
    put_flags(out, w->flags);
    text_printf(out,
                "    .align = %u,\n"
                "    .align64 = %u,\n"
                "    .wire_min = %lluU,\n"
                "    .wire_min64 = %lluU,\n",
                w->align, w->align64, (unsigned long long)w->min, (unsigned long long)w->min64);
    put_members(out, w);
    text_put(out, "};\n\n");
}

/* ---- Order ---- */

/* Arms are shared by all uses of a union: written with the first of them. */
static void put_shared_arms(struct text *out, struct wire *w)
{
    struct wire *model = w->type && w->kind == RPCSEC_NDR_UNION ? w->type->layout : w;

    for (uint64_t i = 0; i < w->num; i++)
        if (w->arms[i].type)
            put_type(out, w->arms[i].type);
    if (model->state == 2 && model != w)
        return;
    if (model != w)
        model->state = 2;
    put_arms(out, w);
}

/* Writes what a node stands on, then the node. A node that is being written was declared
 * before (forward). */
static void put_type(struct text *out, struct wire *w)
{
    if (w->builtin || w->state)
        return;
    w->state = 1;
    if (w->of)
        put_type(out, w->of);
    for (uint64_t i = 0; w->fields && i < w->num; i++)
        put_type(out, w->fields[i].type);
    if (is_union(w))
        put_shared_arms(out, w);
    put_node(out, w);
    w->state = 2;
}

/* Marks nodes that something refers to before they can be written: those in cycles. */
static void find_forward(struct wire *w)
{
    if (w->builtin || w->state == 2)
        return;
    if (w->state == 1) {
        w->forward = true;
        return;
    }
    w->state = 1;
    if (w->of)
        find_forward(w->of);
    for (uint64_t i = 0; w->fields && i < w->num; i++)
        find_forward(w->fields[i].type);
    for (uint64_t i = 0; is_union(w) && i < w->num; i++)
        if (w->arms[i].type)
            find_forward(w->arms[i].type);
    w->state = 2;
}

static void clear_states(struct layout *l)
{
    for (struct wire *w = l->wires; w; w = w->next) {
        w->state = 0;
        if (w->kind == RPCSEC_NDR_UNION && w->type->layout)
            ((struct wire *)w->type->layout)->state = 0;
    }
}

/* Calls `visit` for the type of each parameter that is sent. */
static void for_params(struct layout *l, void (*visit)(void *arg, struct wire *w), void *arg)
{
    for (struct wire_interface *i = l->interfaces; i; i = i->next)
        for (struct wire_operation *op = i->operations; op; op = op->next)
            for (struct wire_param *p = op->params; op->is_served && p; p = p->next)
                visit(arg, p->wire);
}

static void visit_forward(void *arg, struct wire *w)
{
    (void)arg;
    find_forward(w);
}

static void visit_type(void *arg, struct wire *w)
{
    put_type(arg, w);
}

static void put_forward(struct text *out, const struct layout *l)
{
    bool any = false;

    for (const struct wire *w = l->wires; w; w = w->next)
        if (w->forward) {
            text_printf(out, "static const struct rpcsec_ndr_type ndr_%s;\n", w->symbol);
            any = true;
        }
    if (any)
        text_put(out, "\n");
}

/* ---- Argument records ---- */

bool emit_is_array(const struct wire_param *p)
{
    return type_strip(p->type)->kind == TYPE_ARRAY;
}

bool emit_is_pointer(const struct wire_param *p)
{
    enum rpcsec_ndr_kind kind = p->wire->kind;

    return !p->vanished && (kind == RPCSEC_NDR_REF || kind == RPCSEC_NDR_UNIQUE ||
                            kind == RPCSEC_NDR_FULL || kind == RPCSEC_NDR_IGNORED);
}

static void put_record(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_printf(out, "struct %s {\n", op->record);
    for (const struct wire_param *p = op->params; p; p = p->next) {
        const char *declared = name_declare(l->c, p->type, p->member);
        if (emit_is_pointer(p) && !p->out)
            declared = name_const_pointer(l->c, p->type, p->member);
        text_printf(out, "    %s;\n", declared);
    }
    if (!op->params)
        text_put(out, "    char none;\n");
    text_put(out, "};\n\n");
}

static void put_arg(struct text *out, const struct wire_operation *op,
                    const struct wire_param *p)
{
    text_printf(out, "    {\"%s\", offsetof(struct %s, %s), %s%s%s%s, ", p->name, op->record,
                p->member, p->in ? "RPCSEC_NDR_IN" : "", p->in && p->out ? " | " : "",
                p->out ? "RPCSEC_NDR_OUT" : "", p->is_result ? " | RPCSEC_NDR_RETURN" : "");
    emit_address(out, p->wire);
    text_put(out, "},\n");
}

static void put_args(struct text *out, const struct wire_operation *op)
{
    if (op->num_params) {
        text_printf(out, "static const struct rpcsec_ndr_arg ndr_%s_list[] = {\n", op->record);
        for (const struct wire_param *p = op->params; p; p = p->next)
            put_arg(out, op, p);
        text_put(out, "};\n");
        for (const struct wire_param *p = op->params; p; p = p->next)
            put_assert(out, compiler_printf(out->c, "struct %s", op->record), p->member,
                       p->wire);
    }
    text_printf(out,
                "static const struct rpcsec_ndr_record ndr_%s = {\n"
                "    .version = RPCSEC_NDR_TABLE_VERSION,\n"
                "    .name = \"%s\",\n"
                "    .mem_size = sizeof(struct %s),\n",
                op->record, op->op->name, op->record);
    if (op->num_params)
        text_printf(out, "    .num_args = %zu,\n    .args = ndr_%s_list,\n", op->num_params,
                    op->record);
    text_put(out, "};\n\n");
}

void emit_tables(struct text *out, struct layout *l)
{
    for (struct wire_interface *i = l->interfaces; i; i = i->next)
        for (struct wire_operation *op = i->operations; op; op = op->next)
            if (op->is_served)
                put_record(out, l, op);
    put_calls(out, l);
    clear_states(l);
    for_params(l, visit_forward, NULL);
    put_forward(out, l);
    clear_states(l);
    for_params(l, visit_type, out);
    for (struct wire_interface *i = l->interfaces; i; i = i->next)
        for (struct wire_operation *op = i->operations; op; op = op->next)
            if (op->is_served)
                put_args(out, op);
}

/* ---- Interfaces ---- */

static void put_uuid(struct text *out, const struct rpcsec_uuid *u)
{
    text_printf(out, "{0x%08x, 0x%04x, 0x%04x, {0x%02x, 0x%02x}, {", u->time_low, u->time_mid,
                u->time_hi_and_version, u->clock_seq[0], u->clock_seq[1]);
    for (size_t i = 0; i < sizeof(u->node); i++)
        text_printf(out, "%s0x%02x", i ? ", " : "", u->node[i]);
    text_put(out, "}}");
}

static const char *operation_flags(const struct wire_operation *op)
{
    bool idempotent = attr_find(op->op->attrs, ATTR_idempotent);
    bool maybe = attr_find(op->op->attrs, ATTR_maybe);

    if (!op->is_served)
        return "RPCSEC_OPERATION_UNUSED";
    if (idempotent && maybe)
        return "RPCSEC_OPERATION_IDEMPOTENT | RPCSEC_OPERATION_MAYBE";
    return maybe ? "RPCSEC_OPERATION_MAYBE" : idempotent ? "RPCSEC_OPERATION_IDEMPOTENT" : "0";
}

static void put_operations(struct text *out, const struct wire_interface *i, bool server)
{
    text_printf(out, "static const struct rpcsec_operation %s_operations[] = {\n", i->c_name);
    for (const struct wire_operation *op = i->operations; op; op = op->next) {
        text_printf(out, "    {\"%s\", %s, ", op->op->name, operation_flags(op));
        if (!op->is_served)
            text_put(out, "NULL, NULL},\n");
        else if (server)
            text_printf(out, "&ndr_%s, dispatch_%s},\n", op->record, op->c_name);
        else
            text_printf(out, "&ndr_%s, NULL},\n", op->record);
    }
    text_put(out, "};\n\n");
}

static void put_handles(struct text *out, const struct wire_interface *i)
{
    text_printf(out, "static const struct rpcsec_handle_type %s_handles[] = {\n", i->c_name);
    for (const struct wire_handle *handle = i->handles; handle; handle = handle->next)
        text_printf(out, "    {\"%s\", offsetof(struct %s_ops, %s_rundown)},\n", handle->name,
                    i->c_name, handle->name);
    text_put(out, "};\n\n");
}

static unsigned num_handles(const struct wire_interface *i)
{
    unsigned num = 0;

    for (const struct wire_handle *handle = i->handles; handle; handle = handle->next)
        num++;
    return num;
}

void emit_interface(struct text *out, const struct wire_interface *i, const char *declaration,
                    bool server)
{
    const struct interface *interface = i->interface;

    if (i->operations)
        put_operations(out, i, server);
    if (i->handles && server)
        put_handles(out, i);
    text_printf(out,
                "%s = {\n"
                "    .table_version = RPCSEC_INTERFACE_VERSION,\n"
                "    .name = \"%s\",\n"
                "    .id = {",
                declaration, interface->name);
    put_uuid(out, &interface->uuid);
    text_printf(out, ", %u, %u},\n", interface->major, interface->minor);
    if (i->operations)
        text_printf(out, "    .operations = %s_operations,\n    .num_operations = %u,\n",
                    i->c_name, interface->num_operations);
    if (i->handles && server)
        text_printf(out, "    .handles = %s_handles,\n    .num_handles = %u,\n", i->c_name,
                    num_handles(i));
    text_put(out, "};\n");
}
