/* SPDX-License-Identifier: MIT
 *
 * pdu/bind_ack.c: bind_ack and alter_context_resp, which have the same body. Layer: pdu.
 * Documents: C706 12.6.4.4 and 12.6.4.2, MS-RPCE 2.2.2.4 and 3.3.1.5.3.
 */
#include "pdu/body.h"

#include <string.h>

#include "base/text.h"

#define RESULT_LEN (4 + PDU_SYNTAX_LEN)

/* C706 12.6.3.1 port_any_t: the length counts the NUL at the text's end; 0 means no address. */
static void get_secondary_address(struct cur *c, struct pdu_bind_ack *ack)
{
    uint16_t len = cur_u16(c);
    const uint8_t *text = cur_bytes(c, len);

    if (text)
        text_clean(ack->secondary_address, sizeof(ack->secondary_address), text,
                   strnlen((const char *)text, len));
    cur_align(c, 4);
}

static void get_result(struct cur *c, struct pdu_context_result *result)
{
    result->result = cur_u16(c);
    result->reason = cur_u16(c);
    pdu_syntax_get(c, &result->transfer);
}

static void get_results(struct cur *c, struct pdu_bind_ack *ack, size_t max)
{
    uint8_t num = cur_u8(c);

    cur_skip(c, 3); /* reserved */
    ack->num_results = (uint16_t)cur_count(c, num, RESULT_LEN);
    if (ack->num_results > max) {
        cur_fail(c, RPCSEC_LIMIT);
        return;
    }
    for (uint16_t i = 0; i < ack->num_results; i++)
        get_result(c, &ack->results[i]);
}

/* Between the results and an auth trailer, padding may stand (MS-RPCE 2.2.2.11). Without one
 * nothing follows, but: servers that have no token left to send (MS-RPCE 3.3.1.5.2.1) may send
 * the trailer's 8 bytes with auth_length 0. They say nothing. */
static void check_rest(struct cur *c, const struct pdu_header *header)
{
    if (header->auth_len != 0)
        return;
    if (cur_left(c) != 0 && cur_left(c) != PDU_TRAILER_LEN)
        cur_fail(c, RPCSEC_TRAILING_DATA);
}

rpcsec_status pdu_bind_ack_decode(const uint8_t *pdu, const struct pdu_header *header,
                                  struct pdu_context_result *results, size_t max,
                                  struct pdu_bind_ack *ret_ack)
{
    struct cur c = pdu_body(pdu, header);
    struct pdu_bind_ack ack = {.results = results};

    ack.max_xmit = cur_u16(&c);
    ack.max_recv = cur_u16(&c);
    ack.group_id = cur_u32(&c);
    get_secondary_address(&c, &ack);
    get_results(&c, &ack, max);
    check_rest(&c, header);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_ack = ack;
    return cur_status(&c);
}

/* The body begins at offset 16 of the PDU: alignment in it is alignment in the PDU. */
static void put_secondary_address(struct buf *out, size_t body_start,
                                  const struct pdu_bind_ack *ack)
{
    size_t len = strnlen(ack->secondary_address, sizeof(ack->secondary_address) - 1);

    buf_u16(out, (uint16_t)(len == 0 ? 0 : len + 1));
    if (len != 0) {
        buf_bytes(out, ack->secondary_address, len);
        buf_zeros(out, 1);
    }
    buf_zeros(out, -(out->len - body_start) & 3);
}

static void put_result(struct buf *out, const struct pdu_context_result *result)
{
    buf_u16(out, result->result);
    buf_u16(out, result->reason);
    pdu_syntax_put(out, &result->transfer);
}

void pdu_bind_ack_encode(struct buf *out, const struct pdu_bind_ack *ack)
{
    size_t body_start = out->len;

    if (ack->num_results > UINT8_MAX) {
        buf_fail(out, RPCSEC_INVALID_ARGUMENT);
        return;
    }
    buf_u16(out, ack->max_xmit);
    buf_u16(out, ack->max_recv);
    buf_u32(out, ack->group_id);
    put_secondary_address(out, body_start, ack);
    buf_u8(out, (uint8_t)ack->num_results);
    buf_zeros(out, 3);
    for (uint16_t i = 0; i < ack->num_results; i++)
        put_result(out, &ack->results[i]);
}
