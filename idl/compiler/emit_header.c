/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_header.c: foo.h: types, constants, prototypes. Layer: compiler. Document:
 * rpcsec/ndr.h "Mapping of types to C".
 */
#include "emit.h"

#include <string.h>

/* What is being written. */
struct header {
    struct text *out;
    struct compiler *c;
    struct decl *by; /* the declaration that is being written */
};

static void put_body(struct header *h, struct type *type, unsigned level);

static void indent(struct text *out, unsigned level)
{
    for (unsigned i = 0; i < level; i++)
        text_put(out, "    ");
}

static bool has_body(const struct type *type)
{
    return type->kind == TYPE_STRUCT || type->kind == TYPE_UNION || type->kind == TYPE_ENUM;
}

/* The type at the root of a declarator. */
static struct type *root(struct type *type)
{
    while (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_GROUP)
        type = type->target;
    return type;
}

/* A declaration whose type may be defined right here: `struct foo { .. } *name`. The body is
 * written once, at its first use. */
static void put_declaration(struct header *h, struct type *type, const char *name,
                            unsigned level)
{
    struct type *head = root(type);
    const char *text = name_declare(h->c, type, name);

    if (!has_body(head) || head->written || !head->decl || head->decl != h->by) {
        text_put(h->out, text);
        return;
    }
    const char *word = name_head(h->c, head);
    const char *at = strstr(text, word);
    text_add(h->out, text, (size_t)(at - text));
    text_put(h->out, word);
    put_body(h, head, level);
    text_put(h->out, at + strlen(word));
}

/* C takes an array without bound only as the last of several members. */
static bool can_be_open(const struct type *type, const struct member *m)
{
    return type->kind == TYPE_STRUCT && m != type->members.first && !m->next;
}

/* The name with `[1]` where the array's own `[]` cannot stand. */
static struct type *closed(struct compiler *c, struct type *type)
{
    struct type *array = type_open(type);

    if (array->kind != TYPE_ARRAY || array->bound)
        return type;
    struct type *one = compiler_alloc(c, sizeof(*one));
    *one = *array;
    one->bound = compiler_alloc(c, sizeof(*one->bound));
    *one->bound = (struct expr){.kind = EXPR_NUMBER, .at = array->at, .value = 1};
    return one;
}

static void put_bits(struct header *h, const struct member *m)
{
    int64_t bits;
    const char *why;

    if (m->bits && expr_value(h->c->tree, m->bits, &bits, &why))
        text_printf(h->out, " : %lld", (long long)bits);
}

static void put_members(struct header *h, struct type *type, unsigned level)
{
    bool any = false;

    for (struct member *m = type->members.first; m; m = m->next) {
        if (!m->type)
            continue;
        indent(h->out, level);
        put_declaration(h, can_be_open(type, m) ? m->type : closed(h->c, m->type),
                        name_c(h->c, m->name), level);
        put_bits(h, m);
        text_put(h->out, ";\n");
        any = true;
    }
    if (!any) {
        indent(h->out, level);
        text_put(h->out, "char none;\n"); /* C has no empty structures */
    }
}

static void put_encapsulated(struct header *h, struct type *type, unsigned level)
{
    indent(h->out, level);
    text_printf(h->out, "%s;\n",
                name_declare(h->c, type->tag_type, name_c(h->c, type->tag_name)));
    indent(h->out, level);
    text_put(h->out, "union {\n");
    put_members(h, type, level + 1);
    indent(h->out, level);
    text_printf(h->out, "} %s;\n", name_c(h->c, type->union_name));
}

static void put_enumerators(struct header *h, struct type *type, unsigned level)
{
    for (struct enumerator *e = type->enumerators; e; e = e->next) {
        indent(h->out, level);
        text_printf(h->out, "%s = %lld,\n", name_c(h->c, e->name), (long long)e->number);
    }
}

/* ` { .. }` */
static void put_body(struct header *h, struct type *type, unsigned level)
{
    type->written = true;
    text_put(h->out, " {\n");
    if (type->kind == TYPE_ENUM)
        put_enumerators(h, type, level + 1);
    else if (type->tag_type)
        put_encapsulated(h, type, level + 1);
    else
        put_members(h, type, level + 1);
    indent(h->out, level);
    text_put(h->out, "}");
}

/* What a server's functions do with a context handle; see rpcsec/dcerpc.h. Parameters end in _
 * as the file's own types may have any name. */
static void put_handle_functions(struct text *out, const char *name)
{
    text_printf(
        out,
        "RPCSEC_MUST_USE static inline rpcsec_status %s_new(struct rpcsec_call *call_,\n"
        "    void *object_, %s *ret_handle_)\n"
        "{\n"
        "    return rpcsec_call_handle_new(call_, \"%s\", object_, &ret_handle_->handle);\n"
        "}\n"
        "static inline void *%s_get(struct rpcsec_call *call_, %s handle_)\n"
        "{\n"
        "    return rpcsec_call_handle_get(call_, \"%s\", &handle_.handle);\n"
        "}\n"
        "static inline void *%s_take(struct rpcsec_call *call_, %s *handle_)\n"
        "{\n"
        "    return rpcsec_call_handle_take(call_, \"%s\", &handle_->handle);\n"
        "}\n",
        name, name, name, name, name, name, name, name, name);
}

static void put_typedef(struct header *h, struct type *alias)
{
    const char *name = name_head(h->c, alias);
    struct type *target = type_open(alias->target);

    if (type_says_context(alias)) {
        text_printf(h->out,
                    "typedef struct %s {\n"
                    "    struct rpcsec_context_handle handle;\n"
                    "} %s;\n",
                    name, name);
        put_handle_functions(h->out, name);
    } else if (target->kind == TYPE_PIPE) {
        text_printf(h->out, "typedef struct %s %s; /* a pipe */\n", name, name);
    } else {
        text_put(h->out, "typedef ");
        put_declaration(h, alias->target, name, 0);
        text_put(h->out, ";\n");
    }
}

static void put_constant(struct header *h, const struct constant *k)
{
    const char *name = name_c(h->c, k->name);

    if (k->value->kind == EXPR_STRING)
        text_printf(h->out, "#define %s \"%s\"\n", name, k->value->word);
    else if (k->value->kind == EXPR_WIDE_STRING)
        text_printf(h->out, "#define %s u\"%s\"\n", name, k->value->word);
    else if (k->value->kind == EXPR_REAL)
        text_printf(h->out, "#define %s %s\n", name, k->value->word);
    else if (k->number >= INT32_MIN && k->number <= INT32_MAX)
        text_printf(h->out, k->number < 0 ? "#define %s (%lld)\n" : "#define %s %lld\n", name,
                    (long long)k->number);
    else if (k->number >= 0 && k->number <= UINT32_MAX)
        text_printf(h->out, "#define %s %lluU\n", name, (unsigned long long)k->number);
    else
        text_printf(h->out, "#define %s INT64_C(%lld)\n", name, (long long)k->number);
}

/* "dir/base.idl" is "base.h". */
static void put_import(struct header *h, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : strlen(name);

    text_printf(h->out, "#include \"%s.h\"\n", compiler_strndup(h->c, name, len));
}

static void put_tag(struct header *h, struct type *type)
{
    if (!has_body(type))
        return;
    text_put(h->out, name_head(h->c, type));
    if (!type->written && type->decl && type->decl == h->by)
        put_body(h, type, 0);
    text_put(h->out, ";\n");
}

/* ---- Order ----
 *
 * C wants names before their use, IDL files do not always keep to that: what a declaration
 * needs is written before it. */

static void put_decl(struct header *h, struct decl *d);

/* Notes for a body that it stands in this declaration; the first one counts. */
static void claim(struct type *type, struct decl *d)
{
    type = root(type);
    if (!has_body(type) || !type->complete || type->imported || type->decl ||
        type->sequence != d->sequence)
        return;
    type->decl = d;
    for (struct member *m = type->members.first; m; m = m->next)
        if (m->type)
            claim(m->type, d);
}

static void claim_all(struct tree *tree)
{
    for (struct decl *d = tree->decls; d; d = d->next) {
        if (d->kind == DECL_TYPEDEF && !d->type->decl)
            d->type->decl = d;
        if (d->kind == DECL_TYPEDEF)
            claim(d->type->target, d);
        else if (d->kind == DECL_TYPE)
            claim(d->type, d);
    }
}

static void need(struct header *h, struct type *type, struct decl *by, bool whole);

static void need_members(struct header *h, struct type *type, struct decl *by)
{
    if (type->tag_type)
        need(h, type->tag_type, by, true);
    for (struct member *m = type->members.first; m; m = m->next)
        if (m->type)
            need(h, m->type, by, true);
}

/* Writes what a use of this type needs: its typedef name; what that stands for too where the
 * `whole` of it is used and not only a pointer to it. */
static void need(struct header *h, struct type *type, struct decl *by, bool whole)
{
    while (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_GROUP) {
        whole = whole && type->kind != TYPE_POINTER;
        type = type->target;
    }
    if (type->kind == TYPE_FUNCTION) {
        need(h, type->target, by, false);
        for (struct member *m = type->members.first; m; m = m->next)
            need(h, m->type, by, false);
    } else if (type->kind == TYPE_ALIAS) {
        if (type->decl && type->decl != by)
            put_decl(h, type->decl);
        if (whole && !type->imported)
            need(h, type->target, by, true);
    } else if (type->decl && type->decl == by) {
        bool again = type->needed;
        type->needed = true;
        if (!again)
            need_members(h, type, by);
    } else if (type->decl && (whole || type->kind == TYPE_ENUM)) {
        put_decl(h, type->decl);
    }
}

static void need_decl(struct header *h, struct decl *d)
{
    if (d->kind == DECL_TYPEDEF && !type_says_context(d->type))
        need(h, d->type->target, d, false);
    else if (d->kind == DECL_TYPE)
        need(h, d->type, d, false);
}

static void put_decl(struct header *h, struct decl *d)
{
    if (d->state)
        return;
    d->state = 1;
    need_decl(h, d);
    h->by = d;
    if (d->kind == DECL_TYPEDEF)
        put_typedef(h, d->type);
    else if (d->kind == DECL_TYPE)
        put_tag(h, d->type);
    else if (d->kind == DECL_CONST)
        put_constant(h, d->constant);
    else if (d->kind == DECL_QUOTE)
        text_printf(h->out, "%s\n", d->text);
    d->state = 2;
}

/* ---- Interfaces ---- */

/* The asynchronous functions of an operation. */
static void put_pair(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_put(out, "RPCSEC_MUST_USE ");
    emit_send_head(out, l, op);
    text_put(out, ";\nRPCSEC_MUST_USE ");
    emit_recv_head(out, l, op);
    text_put(out, ";\n");
}

static void put_client(struct text *out, struct layout *l, const struct wire_interface *i)
{
    text_printf(out, "extern const struct rpcsec_interface %s_client_interface;\n", i->c_name);
    for (const struct wire_operation *op = i->operations; op; op = op->next) {
        if (!op->is_served || op->no_client)
            continue;
        text_put(out, "\nRPCSEC_MUST_USE ");
        emit_call_head(out, l, op);
        text_put(out, ";\n");
        if (emit_has_pair(i, op))
            put_pair(out, l, op);
    }
}

static void put_server(struct text *out, struct layout *l, const struct wire_interface *i)
{
    text_printf(
        out,
        "\n"
        "/* The functions of a server; one that is NULL answers a fault (operation out of\n"
        " * range). What comes in lives as long as the call, and so must what goes out: take\n"
        " * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may\n"
        " * be changed in place or replaced; [out] arrays of a size that the client gave are\n"
        " * there already, zeroed, to be filled or replaced; all other [out] ones are zero. "
        "*/\n"
        "struct %s_ops {\n",
        i->c_name);
    bool any = false;
    for (const struct wire_operation *op = i->operations; op; op = op->next) {
        if (!op->is_served)
            continue;
        struct text params;
        text_init(&params, l->c);
        emit_params(&params, l, op);
        text_printf(out, "    rpcsec_status (*%s)(struct rpcsec_call *call", op->member);
        for (const char *at = params.data; *at; at++)
            text_add(out, *at == '\n' ? "\n    " : at, *at == '\n' ? 5 : 1);
        text_put(out, ");\n");
        any = true;
    }
    for (const struct wire_handle *handle = i->handles; handle; handle = handle->next)
        text_printf(out,
                    "    /* The client is gone, and left this object; NULL: nothing to do. */\n"
                    "    void (*%s_rundown)(void *object);\n",
                    handle->name);
    if (!any && !i->handles)
        text_put(out, "    char none;\n");
    text_printf(out,
                "};\n"
                "\n"
                "struct rpcsec_service %s_interface(const struct %s_ops *ops);\n",
                i->c_name, i->c_name);
}

static void put_interface(struct text *out, struct layout *l, const struct wire_interface *i)
{
    text_printf(out, "\n/* ---- Interface %s, version %u.%u ---- */\n\n", i->interface->name,
                i->interface->major, i->interface->minor);
    put_client(out, l, i);
    put_server(out, l, i);
}

/* RPCSEC_IDL_FOO_H */
static const char *guard(struct compiler *c, const char *stem)
{
    char *text = compiler_printf(c, "RPCSEC_IDL_%s_H", stem);

    for (char *at = text; *at; at++) {
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
        else if (!(*at >= 'A' && *at <= 'Z') && !(*at >= '0' && *at <= '9'))
            *at = '_';
    }
    return text;
}

static void put_imports(struct header *h, struct layout *l)
{
    for (struct decl *d = l->tree->decls; d; d = d->next)
        if (d->kind == DECL_IMPORT)
            put_import(h, d->text);
}

void emit_header(struct text *out, struct layout *l, const char *stem)
{
    const char *word = guard(l->c, stem);
    struct header h = {.out = out, .c = l->c};

    text_printf(out,
                "/* %s.h: made by rpcsec-idl from %s.idl. Do not edit. */\n"
                "#ifndef %s\n"
                "#define %s\n"
                "\n"
                "#include <rpcsec/dcerpc.h>\n"
                "#include <rpcsec/ndr.h>\n",
                stem, stem, word, word);
    put_imports(&h, l);
    text_put(out, "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    claim_all(l->tree);
    for (struct decl *d = l->tree->decls; d; d = d->next)
        put_decl(&h, d);
    for (const struct wire_interface *i = l->interfaces; i; i = i->next)
        put_interface(out, l, i);
    emit_serial_heads(out, l);
    text_put(out, "\n#ifdef __cplusplus\n}\n#endif\n#endif\n");
}
