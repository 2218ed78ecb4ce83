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

bool token_has_mic(const uint8_t *token, size_t token_len)
{
    struct cur c;
    struct cur choice;
    struct cur sequence;

    cur_init(&c, token, token_len, true);
    choice = der_open(&c, DER_FIELD(1));
    sequence = der_open(&choice, DER_SEQUENCE);
    while (cur_left(&sequence) && !der_next_is(&sequence, DER_FIELD(3)))
        (void)der_element(&sequence);
    return cur_left(&sequence) > 0;
}

/* The parts of a NegTokenInit (RFC 4178 4.2.1). */
struct neg_init {
    struct cur before; /* mechTypes and reqFlags */
    struct cur token;
    struct cur behind; /* mechListMIC */
};

static rpcsec_status open_neg_init(const uint8_t *bytes, size_t len, struct neg_init *ret_init)
{
    struct cur c;
    struct cur frame;
    struct cur choice;
    struct cur all;
    struct cur field;

    cur_init(&c, bytes, len, true);
    frame = der_open_frame(&c, spnego_oid, sizeof(spnego_oid));
    choice = der_open(&frame, DER_FIELD(0));
    all = der_open(&choice, DER_SEQUENCE);
    ret_init->behind = all;
    (void)der_element(&ret_init->behind);
    if (der_next_is(&ret_init->behind, DER_FIELD(1)))
        (void)der_element(&ret_init->behind);
    ret_init->before = cur_child(&all, cur_offset(&ret_init->behind) - cur_offset(&all));
    field = der_open(&ret_init->behind, DER_FIELD(2));
    ret_init->token = der_open(&field, DER_OCTET_STRING);
    return cur_status(&ret_init->token);
}

void token_inner(const uint8_t *token, size_t token_len, const uint8_t **ret_inner,
                 size_t *ret_len)
{
    struct neg_init init;
    size_t len;

    *ret_inner = token;
    *ret_len = token_len;
    if (open_neg_init(token, token_len, &init) != RPCSEC_OK)
        return;
    len = cur_left(&init.token);
    if (len == 0)
        return;
    *ret_inner = cur_bytes(&init.token, len);
    *ret_len = len;
}

/* RFC 4121 4.1: [APPLICATION 0] { OID, token id 01 00, AP-REQ } -> AP-REQ. */
static rpcsec_status ap_req_in_frame(const uint8_t *bytes, size_t len, struct cur *ret_inner)
{
    struct cur c;
    struct cur frame;

    if (!has_frame(bytes, len, apreq_krb5_oid, sizeof(apreq_krb5_oid)))
        return RPCSEC_NOT_FOUND;
    cur_init(&c, bytes, len, true);
    frame = der_open_frame(&c, apreq_krb5_oid, sizeof(apreq_krb5_oid));
    if (cur_u8(&frame) != 0x01 || cur_u8(&frame) != 0x00)
        return RPCSEC_NOT_FOUND;
    *ret_inner = frame;
    return cur_status(&frame);
}

static void put_rest(struct buf *out, struct cur c)
{
    const size_t len = cur_left(&c);

    buf_bytes(out, cur_bytes(&c, len), len);
}

/* The same NegTokenInit around another token. */
static void put_neg_init(const struct neg_init *init, struct cur inner, struct buf *out)
{
    const size_t token_len = cur_left(&inner);
    const size_t field_len = der_head_len(token_len) + token_len;
    const size_t sequence_len =
        cur_left(&init->before) + der_head_len(field_len) + field_len + cur_left(&init->behind);
    const size_t choice_len = der_head_len(sequence_len) + sequence_len;

    der_put_head(out, DER_FRAME,
                 2 + sizeof(spnego_oid) + der_head_len(choice_len) + choice_len);
    der_put_head(out, DER_OID, sizeof(spnego_oid));
    buf_bytes(out, spnego_oid, sizeof(spnego_oid));
    der_put_head(out, DER_FIELD(0), choice_len);
    der_put_head(out, DER_SEQUENCE, sequence_len);
    put_rest(out, init->before);
    der_put_head(out, DER_FIELD(2), field_len);
    der_put_head(out, DER_OCTET_STRING, token_len);
    put_rest(out, inner);
    put_rest(out, init->behind);
}

rpcsec_status token_unframe(const uint8_t *token, size_t token_len, struct buf *out)
{
    struct neg_init init;
    struct cur inner;
    const uint8_t *bytes = NULL;
    size_t len = 0;

    if (ap_req_in_frame(token, token_len, &inner) == RPCSEC_OK) {
        put_rest(out, inner);
        return buf_status(out);
    }
    token_inner(token, token_len, &bytes, &len);
    if (bytes == token || ap_req_in_frame(bytes, len, &inner) != RPCSEC_OK ||
        open_neg_init(token, token_len, &init) != RPCSEC_OK)
        return RPCSEC_NOT_FOUND;
    put_neg_init(&init, inner, out);
    return buf_status(out);
}

/* ---- NTLM ---- */

/* The fields of a NegTokenResp (RFC 4178 4.2.2). */
static struct cur open_neg_resp(const uint8_t *token, size_t token_len)
{
    struct cur c;
    struct cur choice;

    cur_init(&c, token, token_len, true);
    choice = der_open(&c, DER_FIELD(1));
    return der_open(&choice, DER_SEQUENCE);
}

/* A field of a NegTokenResp; a cursor with an error when it is not there. */
static struct cur find_field(const uint8_t *token, size_t token_len, uint8_t tag)
{
    struct cur fields = open_neg_resp(token, token_len);

    while (cur_status(&fields) == RPCSEC_OK && cur_left(&fields) > 0 &&
           !der_next_is(&fields, tag))
        (void)der_element(&fields);
    return der_open(&fields, tag);
}

enum {
    NTLM_CHALLENGE = 2,
    NTLM_AUTHENTICATE = 3,
    CHALLENGE_FLAGS_AT = 20,
    AUTHENTICATE_FLAGS_AT = 60,
};

rpcsec_status token_ntlm_flags(const uint8_t *token, size_t token_len, uint32_t *ret_flags)
{
    struct cur field = find_field(token, token_len, DER_FIELD(2));
    struct cur inner = der_open(&field, DER_OCTET_STRING);
    size_t len = cur_left(&inner);
    struct cur c;
    uint32_t type;

    cur_init(&c, token, token_len, false);
    if (cur_status(&inner) == RPCSEC_OK)
        cur_init(&c, cur_bytes(&inner, len), len, false);
    if (token_kind(c.start, c.len) != TOKEN_NTLM)
        return RPCSEC_NOT_FOUND;
    cur_skip(&c, 8);
    type = cur_u32(&c);
    if (type != NTLM_CHALLENGE && type != NTLM_AUTHENTICATE)
        return RPCSEC_NOT_FOUND;
    cur_seek(&c, type == NTLM_CHALLENGE ? CHALLENGE_FLAGS_AT : AUTHENTICATE_FLAGS_AT);
    *ret_flags = cur_u32(&c);
    return cur_status(&c);
}
