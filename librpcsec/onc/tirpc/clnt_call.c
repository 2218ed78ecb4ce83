/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/clnt_call.c: one call of our CLIENT. Layer: onc/tirpc. Documents: RFC 5531 9, RFC
 * 2203 5.3.
 */
#include "onc/tirpc/clnt.h"

#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/trace.h"
#include "onc/tirpc/xdr_buf.h"

#define DESTROY_MS 2000

/* Bytes of mark, header, credential and verifier. */
static size_t head_len(const struct onc_security *security)
{
    const size_t mic_len = (sspi_ctx_sizes(security->ctx)->mic_len + 3) / 4 * 4;
    const size_t handle_len = (security->handle_len + 3) / 4 * 4;

    return ONC_MARK_LEN + 24 + 8 + 20 + handle_len + 8 + mic_len;
}

/* The context is locked. RFC 2203 5.3.1: the verifier covers what stands before it. */
static rpcsec_status put_head(const struct own_client *c, const struct own_call *call,
                              struct onc_security *security, struct own_pending *p)
{
    const struct onc_gss_cred cred = {call->gss_proc, call->seq, call->service,
                                      security->handle, security->handle_len};
    const size_t len = head_len(security);
    struct buf head;
    rpcsec_status status;

    buf_init(&head, len);
    onc_call_put(&head, p->xid, c->prog, c->vers, (uint32_t)call->proc);
    onc_gss_cred_put(&head, &cred);
    status = onc_verf_put(&head, security->ctx, head.data, head.len);
    if (status == RPCSEC_OK && head.len != len - ONC_MARK_LEN)
        status = RPCSEC_INTERNAL;
    if (status == RPCSEC_OK)
        memcpy(p->out.data + ONC_MARK_LEN, head.data, head.len);
    buf_done(&head);
    return status;
}

/* The context is locked: calls are queued in the order of their numbers. */
static rpcsec_status seal_and_queue(struct own_client *c, struct own_call *call,
                                    struct onc_security *security, const struct onc_body *body,
                                    struct own_pending *p)
{
    rpcsec_status status;

    if (security->seq + 1 >= ONC_MAXSEQ)
        return RPCSEC_CONTEXT_EXPIRED;
    call->seq = ++security->seq;
    onc_body_set_seq(body, &p->out, call->seq);
    status = put_head(c, call, security, p);
    if (status == RPCSEC_OK)
        status = onc_body_end(body, &p->out, security->ctx);
    if (status == RPCSEC_OK)
        status = own_end_record(&p->out);
    if (status != RPCSEC_OK)
        return status;
    own_queue(c, p);
    return RPCSEC_OK;
}

static rpcsec_status cannot_encode(struct own_call *call, const struct buf *out,
                                   struct rpcsec_error *err)
{
    call->stat = RPC_CANTENCODEARGS;
    if (buf_status(out) == RPCSEC_LIMIT)
        return error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_STUB,
                         "the arguments have more bytes than the policy's limit of a request");
    return error_set(err, RPCSEC_BAD_STUB, RPCSEC_LAYER_STUB,
                     "the arguments cannot be encoded");
}

static rpcsec_status send_call(struct own_client *c, struct own_call *call,
                               struct onc_security *security, struct own_pending *p,
                               struct rpcsec_error *err)
{
    struct onc_body body;
    rpcsec_status status;
    XDR xdr;

    buf_zeros(&p->out, head_len(security));
    onc_body_begin(&body, &p->out, call->service, security->ctx, 0);
    xdr_buf_create(&xdr, &p->out);
    if (!(*call->put)(&xdr, call->args) || buf_status(&p->out) != RPCSEC_OK)
        return cannot_encode(call, &p->out, err);
    pthread_mutex_lock(&security->lock);
    status = seal_and_queue(c, call, security, &body, p);
    pthread_mutex_unlock(&security->lock);
    if (status == RPCSEC_OK)
        return RPCSEC_OK;
    call->stat = RPC_AUTHERROR;
    return error_set(err, status, RPCSEC_LAYER_SECURITY, "the call cannot be sealed: %s",
                     rpcsec_status_text(status));
}

/* RFC 2203 5.3.3.2: every accepted answer is signed, those of errors too. */
static rpcsec_status open_answer(struct own_call *call, struct onc_security *security,
                                 struct own_pending *p, const struct onc_reply *reply,
                                 uint8_t **ret_data, size_t *ret_len)
{
    rpcsec_status status;

    pthread_mutex_lock(&security->lock);
    status = onc_verf_check_number(security->ctx, &reply->verf, call->seq);
    if (status == RPCSEC_OK && reply->stat == ONC_SUCCESS)
        status = onc_body_open(p->in.data + reply->body_offset, p->in.len - reply->body_offset,
                               call->service, security->ctx, call->seq, ret_data, ret_len);
    pthread_mutex_unlock(&security->lock);
    return status;
}

static rpcsec_status cannot_verify(struct own_call *call, rpcsec_status status,
                                   struct rpcsec_error *err)
{
    call->stat = RPC_AUTHERROR;
    call->why.re_why = AUTH_INVALIDRESP;
    if (error_wants(err))
        err->outcome = RPCSEC_OUTCOME_UNKNOWN;
    return error_set(err, status, RPCSEC_LAYER_SECURITY,
                     "the server's answer cannot be verified: %s", rpcsec_status_text(status));
}

static rpcsec_status decode(struct own_call *call, uint8_t *data, size_t len,
                            struct rpcsec_error *err)
{
    XDR xdr;
    bool_t good;

    xdrmem_create(&xdr, (char *)data, (u_int)len, XDR_DECODE);
    good = (*call->get)(&xdr, call->results);
    XDR_DESTROY(&xdr);
    if (good)
        return RPCSEC_OK;
    call->stat = RPC_CANTDECODERES;
    if (error_wants(err))
        err->outcome = RPCSEC_OUTCOME_RAN;
    return error_set(err, RPCSEC_BAD_STUB, RPCSEC_LAYER_STUB, "the results cannot be decoded");
}

static enum clnt_stat stat_of(const struct onc_reply *reply)
{
    static const enum clnt_stat stats[] = {RPC_SUCCESS,          RPC_PROGUNAVAIL,
                                           RPC_PROGVERSMISMATCH, RPC_PROCUNAVAIL,
                                           RPC_CANTDECODEARGS,   RPC_SYSTEMERROR};

    if (reply->denied)
        return reply->stat == 1 ? RPC_AUTHERROR : RPC_VERSMISMATCH;
    return stats[reply->stat];
}

/* An error of the server's; a denial is signed by nobody. */
static rpcsec_status take_error(struct own_call *call, const struct onc_reply *reply,
                                struct rpcsec_error *err)
{
    call->stat = stat_of(reply);
    if (reply->denied && reply->stat == 1)
        call->why.re_why = (enum auth_stat)reply->auth_stat;
    if (reply->denied || reply->stat == ONC_PROG_MISMATCH) {
        if (!reply->denied || reply->stat == 0) {
            call->why.re_vers.low = reply->low;
            call->why.re_vers.high = reply->high;
        }
    }
    if (error_wants(err) && !reply->denied && reply->stat == ONC_SYSTEM_ERR)
        err->outcome = RPCSEC_OUTCOME_RAN;
    return own_no_success(reply, err);
}

static rpcsec_status take_answer(struct own_call *call, struct onc_security *security,
                                 struct own_pending *p, struct rpcsec_error *err)
{
    struct onc_reply reply;
    uint8_t *data = NULL;
    size_t len = 0;
    rpcsec_status status;

    call->stat = RPC_CANTDECODERES;
    if (onc_reply_decode(p->in.data, p->in.len, &reply) != RPCSEC_OK)
        return own_malformed(err);
    if (reply.denied) {
        if (reply.auth_stat == ONC_GSS_CREDPROBLEM || reply.auth_stat == ONC_GSS_CTXPROBLEM)
            atomic_store(&security->refused, true);
        return take_error(call, &reply, err);
    }
    status = open_answer(call, security, p, &reply, &data, &len);
    if (status != RPCSEC_OK)
        return cannot_verify(call, status, err);
    atomic_store(&security->used, (int64_t)time(NULL));
    if (reply.stat != ONC_SUCCESS)
        return take_error(call, &reply, err);
    call->stat = RPC_SUCCESS;
    return decode(call, data, len, err);
}

rpcsec_status own_call_with(struct own_client *c, struct own_call *call,
                            struct onc_security *security, struct rpcsec_error *err)
{
    struct own_pending p;
    rpcsec_status status;

    own_wait_for_room(c, security);
    own_pending_init(c, &p);
    p.xid = own_new_xid(c);
    status = send_call(c, call, security, &p, err);
    if (status == RPCSEC_OK) {
        status = own_finish(c, &p, call->deadline_ms, err);
        call->stat = status == RPCSEC_TIMED_OUT ? RPC_TIMEDOUT : RPC_CANTRECV;
        if (status == RPCSEC_OK)
            status = take_answer(call, security, &p, err);
    }
    own_pending_done(&p);
    return status;
}

rpcsec_status own_call_once(struct own_client *c, struct own_call *call,
                            struct rpcsec_error *err)
{
    struct onc_security *security = NULL;
    rpcsec_status status = own_make_ready(c, &security, err);

    if (status != RPCSEC_OK) {
        call->stat = err->layer == RPCSEC_LAYER_TRANSPORT ? RPC_CANTSEND : RPC_AUTHERROR;
        call->why.re_why = AUTH_FAILED;
        return status;
    }
    status = own_call_with(c, call, security, err);
    onc_security_unref(security);
    return status;
}

/* ---- the end of a context ---- */

static bool_t no_value(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return TRUE;
}

/* RFC 2203 5.4. The server's answer does not matter. */
void own_send_destroy(struct own_client *c)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct own_call call = {.proc = NULLPROC,
                            .put = (xdrproc_t)no_value,
                            .get = (xdrproc_t)no_value,
                            .deadline_ms = loop_now_ms() + DESTROY_MS,
                            .gss_proc = ONC_GSS_DESTROY,
                            .service = atomic_load(&c->base.service)};

    if (!c->broken && onc_security_is_usable(c->base.security) &&
        own_call_with(c, &call, c->base.security, &err) != RPCSEC_OK)
        TRACE("onc", "destroy_failed", "text=%s", rpcsec_error_text(&err));
}
