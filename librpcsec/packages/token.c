/* SPDX-License-Identifier: MIT
 *
 * packages/token.c: what kind of token a peer's first one is. Layer: packages. Documents: RFC
 * 4178 4.2, RFC 4121 4.1, MS-NLMP 2.2.1.
 */
#include "packages/token.h"

#include <string.h>

#include "packages/apreq.h"
#include "packages/der.h"

/* RFC 4178 3: 1.3.6.1.5.5.2. */
static const uint8_t spnego_oid[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};

static bool has_frame(const uint8_t *bytes, size_t len, const void *oid, size_t oid_len)
{
    struct cur c;
    struct cur frame;

    cur_init(&c, bytes, len, true);
    frame = der_open_frame(&c, oid, oid_len);
    return cur_status(&frame) == RPCSEC_OK;
}

enum token_kind token_kind(const uint8_t *bytes, size_t len)
{
    static const char ntlm[8] = "NTLMSSP"; /* the signature ends in NUL */

    if (len >= sizeof(ntlm) && memcmp(bytes, ntlm, sizeof(ntlm)) == 0)
        return TOKEN_NTLM;
    if (len > 0 && bytes[0] == DER_AP_REQ)
        return TOKEN_KERBEROS;
    if (has_frame(bytes, len, apreq_krb5_oid, sizeof(apreq_krb5_oid)))
        return TOKEN_KERBEROS;
    if (has_frame(bytes, len, spnego_oid, sizeof(spnego_oid)))
        return TOKEN_SPNEGO;
    return TOKEN_UNKNOWN;
}

bool token_is_accept_completed(const uint8_t *token, size_t token_len)
{
    struct cur c;
    struct cur choice;
    struct cur sequence;
    struct cur field;
    struct cur state;

    cur_init(&c, token, token_len, true);
    choice = der_open(&c, DER_FIELD(1));
    sequence = der_open(&choice, DER_SEQUENCE);
    field = der_open(&sequence, DER_FIELD(0));
    state = der_open(&field, DER_ENUMERATED);
    return cur_u8(&state) == 0 && cur_end(&state) == RPCSEC_OK &&
           cur_end(&field) == RPCSEC_OK && cur_end(&sequence) == RPCSEC_OK &&
           cur_end(&choice) == RPCSEC_OK && cur_end(&c) == RPCSEC_OK;
}

/* RFC 4178 4.2.1: NegTokenInit is { [0] mechTypes, [1] reqFlags, [2] mechToken, ... }. */
static struct cur open_mech_token(struct cur *c)
{
    struct cur frame = der_open_frame(c, spnego_oid, sizeof(spnego_oid));
    struct cur choice = der_open(&frame, DER_FIELD(0));
    struct cur sequence = der_open(&choice, DER_SEQUENCE);
    struct cur field = der_open(&sequence, DER_FIELD(0));

    if (der_next_is(&sequence, DER_FIELD(1)))
        field = der_open(&sequence, DER_FIELD(1));
    field = der_open(&sequence, DER_FIELD(2));
    return der_open(&field, DER_OCTET_STRING);
}

void token_inner(const uint8_t *token, size_t token_len, const uint8_t **ret_inner,
                 size_t *ret_len)
{
    struct cur c;
    struct cur inner;
    size_t len;

    *ret_inner = token;
    *ret_len = token_len;
    cur_init(&c, token, token_len, true);
    inner = open_mech_token(&c);
    len = cur_left(&inner);
    if (cur_status(&inner) != RPCSEC_OK || len == 0)
        return;
    *ret_inner = cur_bytes(&inner, len);
    *ret_len = len;
}
