/* SPDX-License-Identifier: MIT
 *
 * pdu/header.c: the 16 bytes at the head of every PDU. Layer: pdu.
 * Documents: C706 12.6.3.1, MS-RPCE 2.2.2. Whether a type or a flag is allowed now is the
 * association's to say.
 */
#include "pdu/body.h"

#define RPC_VERSION       5
#define RPC_VERSION_MINOR 0

/* Places in the header, C706 12.6.3.1. */
enum {
    AT_VERSION = 0,
    AT_VERSION_MINOR = 1,
    AT_TYPE = 2,
    AT_FLAGS = 3,
    AT_DREP = 4,
    AT_FRAG_LEN = 8,
    AT_AUTH_LEN = 10,
    AT_CALL_ID = 12,
};

/* C706 14.1: drep[0] has the integers' order in its high half and the characters in its low
 * half (0: ASCII), drep[1] the floating point (0: IEEE); the others are reserved. */
#define DREP_LITTLE_ENDIAN 0x10

static bool drep_is_known(const uint8_t drep[4])
{
    return (drep[0] & ~DREP_LITTLE_ENDIAN) == 0 && drep[1] == 0 && drep[2] == 0 && drep[3] == 0;
}

rpcsec_status pdu_header_decode(const uint8_t data[PDU_HEADER_LEN],
                                struct pdu_header *ret_header)
{
    bool big_endian = !(data[AT_DREP] & DREP_LITTLE_ENDIAN);
    struct pdu_header header = {
        .type = data[AT_TYPE],
        .flags = data[AT_FLAGS],
        .big_endian = big_endian,
        .frag_len = get_u16(data + AT_FRAG_LEN, big_endian),
        .auth_len = get_u16(data + AT_AUTH_LEN, big_endian),
        .call_id = get_u32(data + AT_CALL_ID, big_endian),
    };

    if (data[AT_VERSION] != RPC_VERSION || data[AT_VERSION_MINOR] != RPC_VERSION_MINOR)
        return RPCSEC_BAD_FORMAT;
    if (!pdu_lengths_fit(header.frag_len, header.auth_len))
        return RPCSEC_BAD_FORMAT;
    if (!drep_is_known(data + AT_DREP))
        return RPCSEC_BAD_FORMAT;
    *ret_header = header;
    return RPCSEC_OK;
}

void pdu_header_store(uint8_t at[PDU_HEADER_LEN], const struct pdu_header *header)
{
    at[AT_VERSION] = RPC_VERSION;
    at[AT_VERSION_MINOR] = RPC_VERSION_MINOR;
    at[AT_TYPE] = header->type;
    at[AT_FLAGS] = header->flags;
    put_u32(at + AT_DREP, header->big_endian ? 0 : DREP_LITTLE_ENDIAN, false);
    put_u16(at + AT_FRAG_LEN, header->frag_len, header->big_endian);
    put_u16(at + AT_AUTH_LEN, header->auth_len, header->big_endian);
    put_u32(at + AT_CALL_ID, header->call_id, header->big_endian);
}

size_t pdu_body_end(const struct pdu_header *header)
{
    return pdu_lengths_body_end(header->frag_len, header->auth_len);
}

struct cur pdu_body(const uint8_t *pdu, const struct pdu_header *header)
{
    struct cur c;

    cur_init(&c, pdu, pdu_body_end(header), header->big_endian);
    cur_seek(&c, PDU_HEADER_LEN);
    return c;
}
