/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_server.c: foo_s.c: from an argument record to the user's function. Layer:
 * compiler. Document: rpcsec/dcerpc.h.
 */
#include "emit.h"

/* nca_s_op_rng_error: C706 appendix E. */
#define FAULT_OPERATION "0x1c010002"

static void put_dispatch(struct text *out, const struct wire_interface *i,
                         const struct wire_operation *op)
{
    text_printf(out,
                "\n"
                "static rpcsec_status dispatch_%s(struct rpcsec_call *call, const void *ops_,\n"
                "                                 void *args_)\n"
                "{\n"
                "    const struct %s_ops *ops = (const struct %s_ops *)ops_;\n",
                op->c_name, i->c_name, i->c_name);
    if (op->params)
        text_printf(out, "    struct %s *args = (struct %s *)args_;\n", op->record, op->record);
    else
        text_put(out, "    (void)args_;\n");
    text_printf(out,
                "\n"
                "    if (!ops->%s)\n"
                "        return rpcsec_call_fault(call, " FAULT_OPERATION ");\n"
                "    return ops->%s(call",
                op->member, op->member);
    for (const struct wire_param *p = op->params; p; p = p->next)
        text_printf(out, ", %sargs->%s",
                    !emit_is_array(p) && (p->out || p->vanished) ? "&" : "", p->member);
    text_put(out, ");\n}\n");
}

static void put_service(struct text *out, const struct wire_interface *i)
{
    text_printf(out,
                "\n"
                "struct rpcsec_service %s_interface(const struct %s_ops *ops)\n"
                "{\n"
                "    struct rpcsec_service service = {&%s_server_interface, ops};\n"
                "\n"
                "    return service;\n"
                "}\n",
                i->c_name, i->c_name, i->c_name);
}

void emit_server(struct text *out, struct layout *l, const char *stem)
{
    text_printf(out,
                "/* %s_s.c: server stubs, made by rpcsec-idl from %s.idl. Do not edit. */\n"
                "#include \"%s.h\"\n"
                "\n"
                "#include <stddef.h>\n"
                "\n"
                "#include <rpcsec/ndr.h>\n"
                "\n",
                stem, stem, stem);
    emit_tables(out, l);
    for (struct wire_interface *i = l->interfaces; i; i = i->next) {
        for (struct wire_operation *op = i->operations; op; op = op->next)
            if (op->is_served)
                put_dispatch(out, i, op);
        text_put(out, "\n");
        emit_interface(
            out, i,
            compiler_printf(l->c, "static const struct rpcsec_interface %s_server_interface",
                            i->c_name),
            true);
        put_service(out, i);
    }
}
