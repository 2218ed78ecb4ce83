/* SPDX-License-Identifier: MIT
 *
 * onc/engine/message.c: the headers of ONC RPC calls and replies. Layer: onc/engine. Documents:
 * RFC 5531 9 (messages), RFC 4506 (XDR).
 */
#include "onc/engine/message.h"

enum { CALL = 0, REPLY = 1 };
enum { MSG_ACCEPTED = 0, MSG_DENIED = 1 };
enum { RPC_MISMATCH = 0, AUTH_ERROR = 1 };

/* ---- XDR ---- */

static size_t pad_of(size_t len)
{
    return (4 - len % 4) % 4;
}

/* RFC 4506 3: residual bytes are zero. */
static void skip_padding(struct cur *c, size_t len)
{
    for (size_t i = pad_of(len); i > 0; i--) {
        if (cur_u8(c) != 0)
            cur_fail(c, RPCSEC_BAD_FORMAT);
    }
}

const uint8_t *onc_opaque(struct cur *c, size_t max, size_t *ret_len)
{
    size_t len = cur_count(c, cur_u32(c), 1);
    const uint8_t *bytes;

    if (len > max)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    bytes = cur_bytes(c, len);
    skip_padding(c, len);
    if (cur_status(c) != RPCSEC_OK)
        return NULL;
    *ret_len = len;
    return bytes;
}

void onc_put_opaque(struct buf *out, const void *data, size_t len)
{
    if (len > UINT32_MAX)
        buf_fail(out, RPCSEC_LIMIT);
    buf_u32(out, (uint32_t)len);
    buf_bytes(out, data, len);
    buf_zeros(out, pad_of(len));
}

/* ---- Authentication fields ---- */

static void decode_auth(struct cur *c, struct onc_auth *auth)
{
    auth->flavor = cur_u32(c);
    auth->body = onc_opaque(c, ONC_MAX_AUTH_LEN, &auth->len);
}

void onc_auth_put(struct buf *out, const struct onc_auth *auth)
{
    buf_u32(out, auth->flavor);
    onc_put_opaque(out, auth->body, auth->len);
}

/* ---- Calls ---- */

rpcsec_status onc_call_decode(const uint8_t *record, size_t len, struct onc_call *ret_call)
{
    struct onc_call call = {0};
    struct cur c;
    uint32_t version;

    cur_init(&c, record, len, true);
    call.xid = cur_u32(&c);
    if (cur_u32(&c) != CALL)
        cur_fail(&c, RPCSEC_BAD_FORMAT);
    version = cur_u32(&c);
    if (cur_status(&c) == RPCSEC_OK && version != ONC_RPC_VERSION) {
        *ret_call = call;
        return RPCSEC_UNSUPPORTED;
    }
    call.prog = cur_u32(&c);
    call.vers = cur_u32(&c);
    call.proc = cur_u32(&c);
    decode_auth(&c, &call.cred);
    call.header_len = cur_offset(&c);
    decode_auth(&c, &call.verf);
    call.body_offset = cur_offset(&c);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_call = call;
    return cur_status(&c);
}

void onc_call_put(struct buf *out, uint32_t xid, uint32_t prog, uint32_t vers, uint32_t proc)
{
    out->big_endian = true;
    buf_u32(out, xid);
    buf_u32(out, CALL);
    buf_u32(out, ONC_RPC_VERSION);
    buf_u32(out, prog);
    buf_u32(out, vers);
    buf_u32(out, proc);
}

/* ---- Replies ---- */

static void decode_denied(struct cur *c, struct onc_reply *reply)
{
    reply->denied = true;
    reply->stat = cur_u32(c);
    if (reply->stat == RPC_MISMATCH) {
        reply->low = cur_u32(c);
        reply->high = cur_u32(c);
    } else if (reply->stat == AUTH_ERROR) {
        reply->auth_stat = cur_u32(c);
    } else {
        cur_fail(c, RPCSEC_BAD_FORMAT);
    }
}

static void decode_accepted(struct cur *c, struct onc_reply *reply)
{
    decode_auth(c, &reply->verf);
    reply->stat = cur_u32(c);
    if (reply->stat == ONC_PROG_MISMATCH) {
        reply->low = cur_u32(c);
        reply->high = cur_u32(c);
    } else if (reply->stat > ONC_SYSTEM_ERR) {
        cur_fail(c, RPCSEC_BAD_FORMAT);
    }
}

rpcsec_status onc_reply_decode(const uint8_t *record, size_t len, struct onc_reply *ret_reply)
{
    struct onc_reply reply = {0};
    struct cur c;
    uint32_t kind;

    cur_init(&c, record, len, true);
    reply.xid = cur_u32(&c);
    if (cur_u32(&c) != REPLY)
        cur_fail(&c, RPCSEC_BAD_FORMAT);
    kind = cur_u32(&c);
    if (kind == MSG_ACCEPTED)
        decode_accepted(&c, &reply);
    else if (kind == MSG_DENIED)
        decode_denied(&c, &reply);
    else
        cur_fail(&c, RPCSEC_BAD_FORMAT);
    reply.body_offset = cur_offset(&c);
    if (cur_status(&c) == RPCSEC_OK)
        *ret_reply = reply;
    return cur_status(&c);
}

static void put_reply(struct buf *out, uint32_t xid, uint32_t kind)
{
    out->big_endian = true;
    buf_u32(out, xid);
    buf_u32(out, REPLY);
    buf_u32(out, kind);
}

void onc_accepted_put(struct buf *out, uint32_t xid, const struct onc_auth *verf,
                      enum onc_accept_stat stat)
{
    put_reply(out, xid, MSG_ACCEPTED);
    onc_auth_put(out, verf);
    buf_u32(out, stat);
}

void onc_denied_put(struct buf *out, uint32_t xid, enum onc_auth_stat why)
{
    put_reply(out, xid, MSG_DENIED);
    buf_u32(out, AUTH_ERROR);
    buf_u32(out, why);
}

void onc_mismatch_put(struct buf *out, uint32_t xid)
{
    put_reply(out, xid, MSG_DENIED);
    buf_u32(out, RPC_MISMATCH);
    buf_u32(out, ONC_RPC_VERSION);
    buf_u32(out, ONC_RPC_VERSION);
}

/* ---- Names ---- */

const char *onc_auth_stat_name(uint32_t stat)
{
    static const char *const names[] = {
        "AUTH_OK",           "AUTH_BADCRED", "AUTH_REJECTEDCRED", "AUTH_BADVERF",
        "AUTH_REJECTEDVERF", "AUTH_TOOWEAK", "AUTH_INVALIDRESP",  "AUTH_FAILED"};

    if (stat == ONC_GSS_CREDPROBLEM)
        return "RPCSEC_GSS_CREDPROBLEM";
    if (stat == ONC_GSS_CTXPROBLEM)
        return "RPCSEC_GSS_CTXPROBLEM";
    return stat < sizeof(names) / sizeof(names[0]) ? names[stat] : "unknown";
}

const char *onc_accept_stat_name(uint32_t stat)
{
    static const char *const names[] = {"SUCCESS",      "PROG_UNAVAIL", "PROG_MISMATCH",
                                        "PROC_UNAVAIL", "GARBAGE_ARGS", "SYSTEM_ERR"};

    return stat < sizeof(names) / sizeof(names[0]) ? names[stat] : "unknown";
}
