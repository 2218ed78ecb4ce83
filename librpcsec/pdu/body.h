/* SPDX-License-Identifier: MIT
 *
 * pdu/body.h: what the decoders of this folder share; nobody else includes it. Layer: pdu.
 */
#ifndef PDU_BODY_H
#define PDU_BODY_H

#include "pdu/lengths.h"
#include "pdu/pdu.h"

/* Where the body ends: at the auth trailer, else at the end of the PDU. 0 when the header's
 * lengths contradict each other (pdu_header_decode lets no such header pass). */
size_t pdu_body_end(const struct pdu_header *header);

/* A cursor behind the common header that ends where the body ends. Its offsets, and so its
 * alignment, count from the start of the PDU. */
struct cur pdu_body(const uint8_t *pdu, const struct pdu_header *header);

/* C706 12.6.3.1 p_syntax_id_t: UUID, then one 32-bit number with the major version in its low
 * half. */
#define PDU_SYNTAX_LEN 20
void pdu_syntax_get(struct cur *c, struct rpcsec_syntax *ret_syntax);
void pdu_syntax_put(struct buf *out, const struct rpcsec_syntax *syntax);

#endif
