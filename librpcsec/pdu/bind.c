/* SPDX-License-Identifier: MIT
 *
 * pdu/bind.c: bind and alter_context, which have the same body. Layer: pdu.
 * Documents: C706 12.6.4.3 and 12.6.4.1, MS-RPCE 3.3.1.5.2.1. What the offered contexts mean
 * (twice the same id, features, too many transfer syntaxes to serve) is the association's.
 */
#include "pdu/body.h"

#define CONTEXT_ELEM_LEN (4 + PDU_SYNTAX_LEN) /* without its transfer syntaxes */

static void get_context(struct cur *c, struct pdu_context_elem *elem)
{
    uint8_t num;

    elem->context_id = cur_u16(c);
    num = cur_u8(c);
    cur_skip(c, 1); /* reserved */
    pdu_syntax_get(c, &elem->abstract);
    elem->num_transfers = (uint16_t)cur_count(c, num, PDU_SYNTAX_LEN);
    if (elem->num_transfers > LIMIT_TRANSFER_SYNTAXES) {
        cur_fail(c, RPCSEC_LIMIT);
        return;
    }
    for (uint16_t i = 0; i < elem->num_transfers; i++)
        pdu_syntax_get(c, &elem->transfers[i]);
}

static void get_contexts(struct cur *c, struct pdu_bind *bind, size_t max)
{
    uint8_t num = cur_u8(c);

    cur_skip(c, 3); /* reserved */
    /* C706 12.6.3.1: p_cont_list_t has at least one element. */
    if (num == 0)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    bind->num_contexts = (uint16_t)cur_count(c, num, CONTEXT_ELEM_LEN);
    if (bind->num_contexts > max) {
        cur_fail(c, RPCSEC_LIMIT);
        return;
    }
    for (uint16_t i = 0; i < bind->num_contexts; i++)
        get_context(c, &bind->contexts[i]);
}

/* Bytes behind the list are let be: MS-RPCE 2.2.2.11 finds the trailer from the PDU's end, and
 * Windows leaves a gap where it uses the buffer of a longer bind again. */
rpcsec_status pdu_bind_decode(const uint8_t *pdu, const struct pdu_header *header,
                              struct pdu_context_elem *contexts, size_t max,
                              struct pdu_bind *ret_bind)
{
    struct cur c = pdu_body(pdu, header);
    struct pdu_bind bind = {.contexts = contexts};

    bind.max_xmit = cur_u16(&c);
    bind.max_recv = cur_u16(&c);
    bind.group_id = cur_u32(&c);
    get_contexts(&c, &bind, max);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_bind = bind;
    return cur_status(&c);
}

static void put_context(struct buf *out, const struct pdu_context_elem *elem)
{
    if (elem->num_transfers > LIMIT_TRANSFER_SYNTAXES) {
        buf_fail(out, RPCSEC_INVALID_ARGUMENT);
        return;
    }
    buf_u16(out, elem->context_id);
    buf_u8(out, (uint8_t)elem->num_transfers);
    buf_zeros(out, 1);
    pdu_syntax_put(out, &elem->abstract);
    for (uint16_t i = 0; i < elem->num_transfers; i++)
        pdu_syntax_put(out, &elem->transfers[i]);
}

void pdu_bind_encode(struct buf *out, const struct pdu_bind *bind)
{
    if (bind->num_contexts == 0 || bind->num_contexts > UINT8_MAX) {
        buf_fail(out, RPCSEC_INVALID_ARGUMENT);
        return;
    }
    buf_u16(out, bind->max_xmit);
    buf_u16(out, bind->max_recv);
    buf_u32(out, bind->group_id);
    buf_u8(out, (uint8_t)bind->num_contexts);
    buf_zeros(out, 3);
    for (uint16_t i = 0; i < bind->num_contexts; i++)
        put_context(out, &bind->contexts[i]);
}
