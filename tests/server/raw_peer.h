/* SPDX-License-Identifier: MIT
 *
 * server/raw_peer.h: a client made of PDUs, without authentication, for what the library's own
 * does not do. Each function asserts that it works.
 */
#ifndef SERVER_RAW_PEER_H
#define SERVER_RAW_PEER_H

#include "base/buffer.h"
#include "pdu/pdu.h"
#include "unit/runtime_service.h"

/* Binds with context 0 to an interface in NDR, joins the group (0: none), gives the group. */
uint32_t raw_bind(int fd, const struct rpcsec_interface *interface, uint32_t group);
/* Sends a request of one fragment. */
void raw_request(int fd, uint32_t call_id, uint16_t opnum, const void *stub, size_t len);
/* Receives one PDU into 65535 bytes; false when the server closed. */
bool raw_receive(int fd, uint8_t *pdu, struct pdu_header *ret_header);
/* Makes a call: the length of the response's stub, or the fault, negated. */
int64_t raw_call(int fd, uint32_t call_id, uint16_t opnum, const void *stub, size_t len,
                 uint8_t *ret_stub, size_t max);

#endif
