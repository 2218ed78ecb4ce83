/* SPDX-License-Identifier: MIT
 *
 * sec/sec.h: where the verifier goes in a PDU. Layer: sec. Documents:
 * MS-RPCE 2.2.2.11, 3.3.1.5.2.
 *
 * The one place that knows padding, the auth trailer, header signing and which buffer plays
 * which role: H (header with object UUID) sign only, B (stub, verification trailer, padding)
 * data, T (8-byte trailer) sign only, then the token.
 */
#ifndef SEC_SEC_H
#define SEC_SEC_H

#include "base/writer.h"
#include "pdu/pdu.h"
#include "sspi/context.h"

/* One security context of a connection, as a PDU names it. */
struct sec_context {
    uint8_t auth_type;
    enum rpcsec_level level;
    uint32_t context_id;
    struct sspi_ctx *ctx; /* done; not owned */
    bool header_signing;  /* as negotiated for the connection */
};

/* True when PDUs of calls carry a verifier: level packet and above. */
bool sec_protects(const struct sec_context *sec);

/* Whether they cover the header and trailer of the PDU, too. */
bool sec_signs_header(const struct sec_context *sec);

/* Bytes of the token on each fragment, and the room needed behind a body. 0 without protection.
 */
size_t sec_token_len(const struct sec_context *sec);
size_t sec_tail_len(const struct sec_context *sec);

/* Completes one fragment in place. The segment's head room holds head_len bytes (24 or 40)
 * whose frag_len and auth_len are filled in here, before anything is signed. `sec` may be NULL:
 * no authentication. *ret_len: bytes of the whole PDU, from segment->mem on. */
RPCSEC_MUST_USE rpcsec_status sec_seal(const struct sec_context *sec, struct segment *segment,
                                       size_t *ret_len);

/* Verifies one request or response fragment and decrypts it in place. `trailer` is NULL where
 * the PDU has none; it must be there when the level asks for it (BAD_FORMAT). Its type, level
 * and context id are the caller's to check. `sec` may be NULL: no authentication. *ret_stub
 * points into pdu, behind body_offset; padding is stripped. BAD_SIGNATURE, OUT_OF_SEQUENCE,
 * CONTEXT_EXPIRED, BAD_TOKEN, BAD_FORMAT. */
RPCSEC_MUST_USE rpcsec_status sec_open(const struct sec_context *sec, uint8_t *pdu,
                                       const struct pdu_header *header,
                                       const struct pdu_trailer *trailer, size_t body_offset,
                                       uint8_t **ret_stub, size_t *ret_stub_len);

#endif
