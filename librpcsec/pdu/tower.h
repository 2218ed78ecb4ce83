/* SPDX-License-Identifier: MIT
 *
 * pdu/tower.h: the codec of protocol towers, in which endpoint mappers tell where an interface
 * is served. Layer: pdu. Documents: C706 appendix L, MS-RPCE 2.2.1.2.2 and 3.1.3.5.3. Pure.
 */
#ifndef PDU_TOWER_H
#define PDU_TOWER_H

#include <rpcsec/dcerpc.h>

#include "base/buffer.h"
#include "base/limits.h"

/* Protocol identifiers of floors. C706 appendix I, MS-RPCE 2.1.1 */
enum tower_protocol {
    TOWER_NONE = 0,
    TOWER_TCP = 0x07,
    TOWER_UDP = 0x08,
    TOWER_IP = 0x09,
    TOWER_NCADG = 0x0A,
    TOWER_NCACN = 0x0B,
    TOWER_NCALRPC = 0x0C,
    TOWER_UUID = 0x0D,
    TOWER_SMB = 0x0F,
    TOWER_PIPE = 0x10,
    TOWER_NETBIOS = 0x11,
    TOWER_HTTP = 0x1F,
};

struct tower {
    struct rpcsec_syntax interface;
    struct rpcsec_syntax transfer;
    uint8_t rpc;       /* TOWER_NCACN, TOWER_NCADG, TOWER_NCALRPC or one that we do not know */
    uint8_t transport; /* of the fourth floor; TOWER_NONE: there is no such floor */
    uint16_t port;     /* TCP, UDP, HTTP */
    uint8_t address[4];
    bool has_address; /* there is an IP floor */
    char name[128];   /* cleaned endpoint of a pipe or of ncalrpc; "" when none */
    char host[64];    /* cleaned NetBIOS name; "" when none */
};

/* Decodes the octets of a tower. BAD_FORMAT: more than 6 floors or fewer than 3, an interface
 * or syntax floor that is none, a port or address of another length. LIMIT: more than 2000
 * bytes. Floors beyond the third whose protocol we do not know are passed over. */
RPCSEC_MUST_USE rpcsec_status tower_decode(const uint8_t *data, size_t len,
                                           struct tower *ret_tower);
/* Appends a tower of TCP (five floors) or of ncalrpc (four); another is UNSUPPORTED. */
void tower_encode(struct buf *out, const struct tower *tower);
/* "ncacn_ip_tcp" and so on; NULL for a combination that has no name. */
const char *tower_sequence(const struct tower *tower);

#endif
