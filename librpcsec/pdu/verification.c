/* SPDX-License-Identifier: MIT
 *
 * pdu/verification.c: the verification trailer at the end of a request's stub. Layer: pdu.
 * Document: MS-RPCE 2.2.2.13. Little-endian whatever the PDU's order. Only finds and parses;
 * whether the contents match the connection is the association's to check.
 */
#include "pdu/body.h"

#include <string.h>

#define ALIGNMENT       4
#define COMMAND_LEN     4 /* each command begins with its number and the length of the rest */
#define COMMAND_MASK    0x3fff
#define COMMAND_END     0x4000
#define COMMAND_MUST    0x8000
#define BITMASK_LEN     4
#define PCONTEXT_LEN    (2 * PDU_SYNTAX_LEN)
#define HEADER2_LEN     16
#define LITTLE_ENDIAN_1 0x10 /* of drep[0] */

enum command {
    COMMAND_BITMASK1 = 1,
    COMMAND_PCONTEXT = 2,
    COMMAND_HEADER2 = 3,
};

static const uint8_t signature[8] = {0x8a, 0xe3, 0x13, 0x71, 0x02, 0xf4, 0x36, 0x71};

/* MS-RPCE 2.2.2.13: at most one of each command. */
static void take_once(struct cur *c, bool *has)
{
    if (*has)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    *has = true;
}

static void get_bitmask(struct cur *c, struct pdu_verification *trailer)
{
    take_once(c, &trailer->has_bitmask);
    trailer->bitmask = cur_u32(c);
}

static void get_pcontext(struct cur *c, struct pdu_verification *trailer)
{
    take_once(c, &trailer->has_pcontext);
    pdu_syntax_get(c, &trailer->interface);
    pdu_syntax_get(c, &trailer->transfer);
}

/* drep must be the request's (MS-RPCE 2.2.2.13.3), and pdu_header_decode lets only two pass. */
static void get_header2(struct cur *c, struct pdu_verification *trailer)
{
    uint32_t drep;

    take_once(c, &trailer->has_header2);
    trailer->header2_type = cur_u8(c);
    cur_skip(c, 3); /* reserved */
    drep = cur_u32(c);
    if ((drep & ~(uint32_t)LITTLE_ENDIAN_1) != 0)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    trailer->header2_big_endian = drep == 0;
    trailer->header2_call_id = cur_u32(c);
    trailer->header2_context_id = cur_u16(c);
    trailer->header2_opnum = cur_u16(c);
}

/* `body` is exactly the command's own bytes; the right length is checked by its end. */
static rpcsec_status get_body(struct cur *body, uint16_t command,
                              struct pdu_verification *trailer)
{
    switch (command & COMMAND_MASK) {
    case COMMAND_BITMASK1:
        get_bitmask(body, trailer);
        return cur_end(body);
    case COMMAND_PCONTEXT:
        get_pcontext(body, trailer);
        return cur_end(body);
    case COMMAND_HEADER2:
        get_header2(body, trailer);
        return cur_end(body);
    default:
        /* Unknown ones are skipped, but for those that must be processed. */
        return command & COMMAND_MUST ? RPCSEC_BAD_FORMAT : RPCSEC_OK;
    }
}

/* Gives true while there is one more command. */
static bool get_command(struct cur *c, struct pdu_verification *trailer)
{
    uint16_t command = cur_u16(c);
    uint16_t len = cur_u16(c);
    struct cur body = cur_child(c, len);

    if (len % ALIGNMENT != 0 || get_body(&body, command, trailer) != RPCSEC_OK)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    return cur_status(c) == RPCSEC_OK && !(command & COMMAND_END);
}

/* The commands behind a signature. A list that runs out before the flag END is malformed. */
static rpcsec_status get_commands(struct cur *c, struct pdu_verification *ret_trailer)
{
    struct pdu_verification trailer = {0};

    while (get_command(c, &trailer))
        ;
    if (cur_status(c) != RPCSEC_OK)
        return RPCSEC_BAD_FORMAT;
    *ret_trailer = trailer;
    return RPCSEC_OK;
}

/* The last aligned signature that begins before `before`, within what is searched. */
static bool find_signature(const uint8_t *stub, size_t len, size_t before, size_t *ret_at)
{
    size_t first = len > LIMIT_TRAILER_SEARCH ? len - LIMIT_TRAILER_SEARCH : 0;

    for (size_t at = before & ~(size_t)(ALIGNMENT - 1); at >= first + ALIGNMENT;) {
        at -= ALIGNMENT;
        if (len - at >= sizeof(signature) &&
            memcmp(stub + at, signature, sizeof(signature)) == 0) {
            *ret_at = at;
            return true;
        }
    }
    return false;
}

/* Signatures are looked for from the end. A list of commands that ends before the stub does is
 * not this request's trailer but data that looks like one (a captured PDU sent as an argument):
 * behind a trailer only the auth padding may stand, which is gone by now. */
rpcsec_status pdu_verification_find(const uint8_t *stub, size_t len,
                                    struct pdu_verification *ret_trailer, size_t *ret_stub_len)
{
    struct pdu_verification trailer;
    size_t at = len;
    struct cur c;

    while (find_signature(stub, len, at, &at)) {
        cur_init(&c, stub, len, false);
        cur_seek(&c, at + sizeof(signature));
        if (get_commands(&c, &trailer) != RPCSEC_OK)
            return RPCSEC_BAD_FORMAT;
        if (cur_left(&c) != 0)
            continue;
        *ret_trailer = trailer;
        *ret_stub_len = at;
        return RPCSEC_OK;
    }
    return RPCSEC_NOT_FOUND;
}

static void put_command(struct buf *out, uint16_t command, uint16_t len, bool last)
{
    buf_u16(out, (uint16_t)(last ? command | COMMAND_END : command));
    buf_u16(out, len);
}

static void put_header2(struct buf *out, const struct pdu_verification *trailer)
{
    buf_u8(out, trailer->header2_type);
    buf_zeros(out, 3);
    buf_u32(out, trailer->header2_big_endian ? 0 : LITTLE_ENDIAN_1);
    buf_u32(out, trailer->header2_call_id);
    buf_u16(out, trailer->header2_context_id);
    buf_u16(out, trailer->header2_opnum);
}

void pdu_verification_encode(struct buf *out, const struct pdu_verification *trailer)
{
    bool big_endian = out->big_endian;

    if (!trailer->has_bitmask && !trailer->has_pcontext && !trailer->has_header2) {
        buf_fail(out, RPCSEC_INVALID_ARGUMENT);
        return;
    }
    out->big_endian = false;
    buf_bytes(out, signature, sizeof(signature));
    if (trailer->has_bitmask) {
        put_command(out, COMMAND_BITMASK1, BITMASK_LEN,
                    !trailer->has_pcontext && !trailer->has_header2);
        buf_u32(out, trailer->bitmask);
    }
    if (trailer->has_pcontext) {
        put_command(out, COMMAND_PCONTEXT, PCONTEXT_LEN, !trailer->has_header2);
        pdu_syntax_put(out, &trailer->interface);
        pdu_syntax_put(out, &trailer->transfer);
    }
    if (trailer->has_header2) {
        put_command(out, COMMAND_HEADER2, HEADER2_LEN, true);
        put_header2(out, trailer);
    }
    out->big_endian = big_endian;
}
