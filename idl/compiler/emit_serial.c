/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_serial.c: foo_encode and foo_decode of types with those attributes. Layer:
 * compiler. Document: rpcsec/ndr.h "Type serialisation".
 */
#include "emit.h"

static bool encodes(const struct wire_operation *op)
{
    return op->params->in;
}

static void put_head(struct text *out, struct layout *l, const struct wire_operation *op)
{
    text_printf(out, "rpcsec_status %s(\n    struct rpcsec_arena *arena", op->c_name);
    if (!encodes(op))
        text_put(out, ",\n    const void *data,\n    size_t len");
    emit_params(out, l, op);
    if (encodes(op))
        text_put(out, ",\n    void **ret_data,\n    size_t *ret_len");
    text_put(out, ",\n    struct rpcsec_error *err)");
}

void emit_serial_heads(struct text *out, struct layout *l)
{
    if (!l->serials)
        return;
    text_put(out, "\n/* ---- Type serialisation: MS-RPCE 2.2.6 ---- */\n");
    for (const struct wire_operation *op = l->serials->operations; op; op = op->next) {
        if (!op->is_served)
            continue;
        text_put(out, "\nRPCSEC_MUST_USE ");
        put_head(out, l, op);
        text_put(out, ";\n");
    }
}

/* `args` is NULL for the error that a NULL value is. */
static void put_call(struct text *out, const struct wire_operation *op, const char *args)
{
    if (encodes(op))
        text_printf(out,
                    "rpcsec_ndr_serialize(&ndr_%s, %s, arena, ret_data,\n"
                    "                                ret_len, err);\n",
                    op->record, args);
    else
        text_printf(out,
                    "rpcsec_ndr_deserialize(&ndr_%s, data, len, %s,\n"
                    "                                  arena, err);\n",
                    op->record, args);
}

static void put_encode(struct text *out, const struct wire_operation *op)
{
    const struct wire_param *p = op->params;

    if (emit_is_array(p))
        text_printf(out, "    memcpy(args.%s, %s, sizeof(args.%s));\n", p->member, p->c_param,
                    p->member);
    else
        text_printf(out, "    args.%s = %s%s;\n", p->member, p->vanished ? "*" : "",
                    p->c_param);
    text_put(out, "    return ");
    put_call(out, op, "&args");
}

static void put_decode(struct text *out, const struct wire_operation *op)
{
    const struct wire_param *p = op->params;

    text_put(out, "    rpcsec_status status = ");
    put_call(out, op, "&args");
    text_put(out, "    if (status != RPCSEC_OK)\n        return status;\n");
    if (emit_is_array(p))
        text_printf(out, "    memcpy(%s, args.%s, sizeof(args.%s));\n", p->c_param, p->member,
                    p->member);
    else
        text_printf(out, "    *%s = args.%s;\n", p->c_param, p->member);
    text_put(out, "    return RPCSEC_OK;\n");
}

void emit_serials(struct text *out, struct layout *l)
{
    const struct wire_operation *op = l->serials ? l->serials->operations : NULL;

    for (; op; op = op->next) {
        if (!op->is_served)
            continue;
        text_put(out, "\n");
        put_head(out, l, op);
        text_printf(out, "\n{\n    struct %s args;\n\n", op->record);
        text_printf(out, "    if (!%s)\n        return ", op->params->c_param);
        put_call(out, op, "NULL");
        text_put(out, "    memset(&args, 0, sizeof(args));\n");
        if (encodes(op))
            put_encode(out, op);
        else
            put_decode(out, op);
        text_put(out, "}\n");
    }
}
