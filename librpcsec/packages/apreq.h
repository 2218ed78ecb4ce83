/* SPDX-License-Identifier: MIT
 *
 * packages/apreq.h: reads the clear part of a Kerberos AP-REQ. Layer: packages. Documents: RFC
 * 4120 5.5.1 (AP-REQ), 5.3 (Ticket), 5.2.9 (EncryptedData); RFC 4121 4.1 (framing).
 *
 * For diagnostics: which key a ticket asks for. Nothing here is verified; what a context proved
 * comes from GSS-API.
 */
#ifndef PACKAGES_APREQ_H
#define PACKAGES_APREQ_H

#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

struct apreq {
    char service[256]; /* "host/server@REALM", printable ASCII */
    int32_t enctype;   /* of the ticket's own encryption */
    uint32_t kvno;     /* 0: not given */
};

/* RFC 4121 4.1: 1.2.840.113554.1.2.2, without tag and length. */
extern const uint8_t apreq_krb5_oid[9];

/* Takes a raw AP-REQ (DCE style) or one in the framing of the Kerberos mechanism. */
RPCSEC_MUST_USE rpcsec_status apreq_decode(const uint8_t *token, size_t token_len,
                                           struct apreq *ret_apreq);

#endif
