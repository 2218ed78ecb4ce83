/* SPDX-License-Identifier: MIT
 *
 * packages/record_ntlm.h: protection of the messages of NTLM contexts. Layer: packages.
 * Document: MS-NLMP 3.4.
 *
 * Ours, because the GSS mechanism encrypts or signs all of a message, and RPC needs both in
 * one.
 */
#ifndef PACKAGES_RECORD_NTLM_H
#define PACKAGES_RECORD_NTLM_H

#include "packages/ntlm_crypto.h"
#include "packages/record.h"

/* MS-NLMP 2.2.2.5 */
enum {
    NTLM_SIGN = 0x00000010,
    NTLM_SEAL = 0x00000020,
    NTLM_EXTENDED_SESSION_SECURITY = 0x00080000,
    NTLM_128 = 0x20000000,
    NTLM_KEY_EXCHANGE = 0x40000000,
};

struct ntlm_keys {
    const uint8_t *session_key; /* NTLM_KEY_LEN */
    uint32_t flags;             /* of the AUTHENTICATE message */
    bool initiator;
    /* Messages that the handshake has counted: SPNEGO's mechListMIC is one. */
    uint32_t send_sequence;
    uint32_t receive_sequence;
};

/* BAD_ENCTYPE: keys of less than 128 bits, or without extended session security. */
RPCSEC_MUST_USE rpcsec_status record_ntlm_make(const struct ntlm_keys *keys,
                                               struct record **ret_record);

/* Its `make` is NULL: what it is made of does not come from the GSS context alone. */
extern const struct record_ops record_ntlm;

#endif
