/* SPDX-License-Identifier: MIT
 *
 * packages/token.h: what kind of token a peer's first one is. Layer: packages. Documents: RFC
 * 4178 4.2 (SPNEGO), RFC 4121 4.1 (Kerberos), MS-NLMP 2.2 (NTLM), MS-SPNG 3.2.5.2.
 *
 * For choosing and for diagnostics. Nothing here is verified.
 */
#ifndef PACKAGES_TOKEN_H
#define PACKAGES_TOKEN_H

#include "base/buffer.h"

enum token_kind {
    TOKEN_UNKNOWN,
    TOKEN_KERBEROS, /* raw as in DCE style, or in its mechanism's framing */
    TOKEN_SPNEGO,   /* NegTokenInit */
    TOKEN_NTLM,
};

enum token_kind token_kind(const uint8_t *token, size_t token_len);

/* RFC 4178 4.2.2: a NegTokenResp that says accept-completed and nothing else. */
bool token_is_accept_completed(const uint8_t *token, size_t token_len);

/* RFC 4178 4.2.2: a NegTokenResp with a mechListMIC, which is a message of the context. */
bool token_has_mic(const uint8_t *token, size_t token_len);

/* A first token without the framing around Kerberos' AP-REQ, also inside of SPNEGO: what DCE
 * style demands and not every client does. NOT_FOUND: there is no such framing. */
RPCSEC_MUST_USE rpcsec_status token_unframe(const uint8_t *token, size_t token_len,
                                            struct buf *out);

/* The flags of a CHALLENGE or AUTHENTICATE message of NTLM (MS-NLMP 2.2.1.2, 2.2.1.3), raw or
 * inside of SPNEGO. NOT_FOUND: it is none. */
RPCSEC_MUST_USE rpcsec_status token_ntlm_flags(const uint8_t *token, size_t token_len,
                                               uint32_t *ret_flags);

/* The optimistic token inside of a NegTokenInit, or a token that is no NegTokenInit itself. */
void token_inner(const uint8_t *token, size_t token_len, const uint8_t **ret_inner,
                 size_t *ret_len);

#endif
