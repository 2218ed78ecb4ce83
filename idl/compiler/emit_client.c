/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_client.c: foo_c.c: typed functions over rpcsec_client_call. Layer: compiler.
 * Document: rpcsec/dcerpc.h.
 */
#include "emit.h"

#include <string.h>

/* The C parameter of a function: see the head of rpcsec/ndr.h for what the record holds. */
static const char *declare_param(struct layout *l, const struct wire_param *p)
{
    struct compiler *c = l->c;

    if (emit_is_array(p))
        return compiler_printf(c, "%s%s", p->out ? "" : "const ",
                               name_declare(c, p->type, p->c_param));
    if (p->out)
        return name_declare(c, p->type, compiler_printf(c, "*%s", p->c_param));
    if (p->vanished)
        return name_const(c, p->type, compiler_printf(c, "*%s", p->c_param));
    if (emit_is_pointer(p))
        return name_const_pointer(c, p->type, p->c_param);
    return name_declare(c, p->type, p->c_param);
}

void emit_params(struct text *out, struct layout *l, const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next)
        text_printf(out, ",\n    %s", declare_param(l, p));
}

/* Pointers that may not be NULL: everything passed by address, and ref pointers. */
static bool must_point(const struct wire_param *p)
{
    return p->out || p->vanished || p->wire->kind == RPCSEC_NDR_REF;
}

static void put_checks(struct text *out, const struct wire_interface *i,
                       const struct wire_operation *op)
{
    const char *before = "    if (";

    for (const struct wire_param *p = op->params; p; p = p->next)
        if (must_point(p)) {
            text_printf(out, "%s!%s", before, p->c_param);
            before = " || ";
        }
    if (*before == ' ' && before[1] == '|')
        text_printf(
            out,
            ")\n"
            "        return rpcsec_client_call(client, arena, &%s_client_interface, %u, "
            "NULL, err);\n",
            i->c_name, op->op->number);
}

static void put_inputs(struct text *out, const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next) {
        if (!p->in)
            continue;
        if (emit_is_array(p))
            text_printf(out, "    memcpy(args.%s, %s, sizeof(args.%s));\n", p->member,
                        p->c_param, p->member);
        else
            text_printf(out, "    args.%s = %s%s;\n", p->member,
                        p->vanished || p->out ? "*" : "", p->c_param);
    }
}

static void put_outputs(struct text *out, const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next) {
        if (!p->out)
            continue;
        if (emit_is_array(p))
            text_printf(out, "    memcpy(%s, args.%s, sizeof(args.%s));\n", p->c_param,
                        p->member, p->member);
        else
            text_printf(out, "    *%s = args.%s;\n", p->c_param, p->member);
    }
}

static bool has_outputs(const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next)
        if (p->out)
            return true;
    return false;
}

static void put_function(struct text *out, struct layout *l, const struct wire_interface *i,
                         const struct wire_operation *op)
{
    bool outputs = has_outputs(op);

    text_printf(out,
                "\nrpcsec_status %s(\n    struct rpcsec_client *client,\n"
                "    struct rpcsec_arena *arena",
                op->c_name);
    emit_params(out, l, op);
    text_printf(out,
                ",\n    struct rpcsec_error *err)\n"
                "{\n"
                "    struct %s args;\n%s"
                "\n",
                op->record, outputs ? "    rpcsec_status status;\n" : "");
    put_checks(out, i, op);
    text_put(out, "    memset(&args, 0, sizeof(args));\n");
    put_inputs(out, op);
    text_printf(out,
                "    %s rpcsec_client_call(client, arena, &%s_client_interface, %u, &args, "
                "err);\n",
                outputs ? "status =" : "return", i->c_name, op->op->number);
    if (outputs) {
        text_put(out, "    if (status != RPCSEC_OK)\n        return status;\n");
        put_outputs(out, op);
        text_put(out, "    return RPCSEC_OK;\n");
    }
    text_put(out, "}\n");
}

void emit_client(struct text *out, struct layout *l, const char *stem)
{
    text_printf(out,
                "/* %s_c.c: client stubs, made by rpcsec-idl from %s.idl. Do not edit. */\n"
                "#include \"%s.h\"\n"
                "\n"
                "#include <stddef.h>\n"
                "#include <string.h>\n"
                "\n"
                "#include <rpcsec/ndr.h>\n"
                "\n",
                stem, stem, stem);
    emit_tables(out, l);
    for (struct wire_interface *i = l->interfaces; i; i = i->next) {
        emit_interface(out, i,
                       compiler_printf(l->c,
                                       "const struct rpcsec_interface %s_client_interface",
                                       i->c_name),
                       false);
        for (struct wire_operation *op = i->operations; op; op = op->next)
            if (op->is_served)
                put_function(out, l, i, op);
    }
}
