/* SPDX-License-Identifier: MIT
 *
 * sec/layout.h: what sealing and opening share: the places in a PDU and the role of each.
 * Layer: sec. Document: MS-RPCE 2.2.2.11. For the files of this folder only.
 */
#ifndef SEC_LAYOUT_H
#define SEC_LAYOUT_H

#include <string.h>

#include "sec/pad.h"
#include "sec/sec.h"

#define SEC_NUM_BUFFERS        3
#define SEC_DREP_AT            4    /* C706 12.6.3.1: offsets in the common header */
#define SEC_DREP_LITTLE_ENDIAN 0x10 /* C706 14.2.5 */
#define SEC_FRAG_LEN_AT        8
#define SEC_AUTH_LEN_AT        10

struct sec_layout {
    uint8_t *pdu;
    size_t body_offset;    /* end of H, start of B */
    size_t trailer_offset; /* end of B with its padding, start of T */
};

/* The buffers that a package protects, in wire order; gives their number. */
size_t sec_buffers(const struct sec_context *sec, const struct sec_layout *at,
                   struct pkg_buffer ret_buffers[SEC_NUM_BUFFERS]);

#endif
