/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_client.c: foo_c.c: typed functions over rpcsec_client_call, rpcsec_client_send
 * and rpcsec_pending_recv. Layer: compiler. Document: rpcsec/dcerpc.h.
 */
#include "emit.h"

#include <string.h>

/* The C parameter of a function: see the head of rpcsec/ndr.h for what the record holds. */
static const char *declare_param(struct layout *l, const struct wire_param *p)
{
    struct compiler *c = l->c;

    if (emit_is_array(p))
        return p->out ? name_declare(c, p->type, p->c_param)
                      : name_const(c, p->type, p->c_param);
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

static void put_in_params(struct text *out, struct layout *l, const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next)
        if (p->in)
            text_printf(out, ",\n    %s", declare_param(l, p));
}

static void put_out_params(struct text *out, struct layout *l, const struct wire_operation *op)
{
    for (const struct wire_param *p = op->params; p; p = p->next)
        if (p->out)
            text_printf(out, ",\n    %s", declare_param(l, p));
}

void emit_call_head(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_printf(out,
                "rpcsec_status %s(\n    struct rpcsec_client *client,\n"
                "    struct rpcsec_arena *arena",
                op->c_name);
    emit_params(out, l, op);
    text_put(out, ",\n    struct rpcsec_error *err)");
}

void emit_send_head(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_printf(out, "rpcsec_status %s_send(\n    struct rpcsec_client *client", op->c_name);
    put_in_params(out, l, op);
    text_put(out, ",\n    rpcsec_pending_done *done,\n    void *done_arg,\n"
                  "    struct rpcsec_pending **ret_call,\n    struct rpcsec_error *err)");
}

void emit_recv_head(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_printf(out,
                "rpcsec_status %s_recv(\n    struct rpcsec_pending *call,\n"
                "    struct rpcsec_arena *arena",
                op->c_name);
    put_out_params(out, l, op);
    text_put(out, ",\n    struct rpcsec_error *err)");
}

static bool is_followed_by(const char *name, const char *start, const char *end)
{
    size_t len = strlen(start);

    return strncmp(name, start, len) == 0 && strcmp(name + len, end) == 0;
}

bool emit_has_pair(const struct wire_interface *i, const struct wire_operation *op)
{
    for (const struct wire_operation *o = i->operations; o; o = o->next)
        if (is_followed_by(o->c_name, op->c_name, "_send") ||
            is_followed_by(o->c_name, op->c_name, "_recv"))
            return false;
    return true;
}

/* Pointers that may not be NULL: everything passed by address, and ref pointers. */
static bool must_point(const struct wire_param *p)
{
    return p->out || p->vanished || p->wire->kind == RPCSEC_NDR_REF;
}

/* Which parameters a function has. */
enum side { SIDE_IN = 1, SIDE_OUT = 2 };

/* What each of the three functions hands to the library; the %s and %u are for the interface's
 * name, the operation's number and the record. */
static const char *const call_of[] = {
    [SIDE_IN | SIDE_OUT] =
        "rpcsec_client_call(client, arena, &%s_client_interface, %u, %s, err);\n",
    [SIDE_IN] = "rpcsec_client_send(client, &%s_client_interface, %u, %s, done, done_arg,\n"
                "                              ret_call, err);\n",
    [SIDE_OUT] = "rpcsec_pending_recv(call, arena, &%s_client_interface, %u, %s, err);\n",
};

/* Without a record the library frees what is to be freed and says what is wrong. */
static void put_checks(struct text *out, const struct wire_interface *i,
                       const struct wire_operation *op, unsigned sides)
{
    const char *before = "    if (";

    for (const struct wire_param *p = op->params; p; p = p->next)
        if (must_point(p) && ((p->in && sides & SIDE_IN) || (p->out && sides & SIDE_OUT))) {
            text_printf(out, "%s!%s", before, p->c_param);
            before = " || ";
        }
    if (*before != ' ' || before[1] != '|')
        return;
    text_put(out, ")\n        return ");
    text_printf(out, call_of[sides], i->c_name, op->op->number, "NULL");
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

static void put_body(struct text *out, const struct wire_interface *i,
                     const struct wire_operation *op, unsigned sides)
{
    bool outputs = sides & SIDE_OUT && has_outputs(op);

    text_printf(out,
                "\n{\n"
                "    struct %s args;\n%s"
                "\n",
                op->record, outputs ? "    rpcsec_status status;\n" : "");
    put_checks(out, i, op, sides);
    if (sides & SIDE_IN) {
        text_put(out, "    memset(&args, 0, sizeof(args));\n");
        put_inputs(out, op);
    }
    text_put(out, outputs ? "    status = " : "    return ");
    text_printf(out, call_of[sides], i->c_name, op->op->number, "&args");
    if (outputs) {
        text_put(out, "    if (status != RPCSEC_OK)\n        return status;\n");
        put_outputs(out, op);
        text_put(out, "    return RPCSEC_OK;\n");
    }
    text_put(out, "}\n");
}

static void put_functions(struct text *out, struct layout *l, const struct wire_interface *i,
                          const struct wire_operation *op)
{
    text_put(out, "\n");
    emit_call_head(out, l, op);
    put_body(out, i, op, SIDE_IN | SIDE_OUT);
    if (!emit_has_pair(i, op))
        return;
    text_put(out, "\n");
    emit_send_head(out, l, op);
    put_body(out, i, op, SIDE_IN);
    text_put(out, "\n");
    emit_recv_head(out, l, op);
    put_body(out, i, op, SIDE_OUT);
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
    struct wire_interface **end = &l->interfaces;
    while (*end)
        end = &(*end)->next;
    *end = l->serials; /* their tables are of no use to servers */
    emit_tables(out, l);
    *end = NULL;
    emit_serials(out, l);
    for (struct wire_interface *i = l->interfaces; i; i = i->next) {
        emit_interface(out, i,
                       compiler_printf(l->c,
                                       "const struct rpcsec_interface %s_client_interface",
                                       i->c_name),
                       false);
        for (struct wire_operation *op = i->operations; op; op = op->next)
            if (op->is_served && !op->no_client)
                put_functions(out, l, i, op);
    }
}
