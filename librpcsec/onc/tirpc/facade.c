/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/facade.c: the SVCXPRT that a dispatch function sees: one for each request. Layer:
 * onc/tirpc. Documents: RFC 2203 5.3.2, 5.3.3.2.
 *
 * An rpcgen dispatcher calls svc_getargs, svc_sendreply, svc_freeargs and svcerr_*, which all
 * come here. So several calls of a connection can run at once and be answered in any order.
 */
#include "onc/tirpc/server.h"

#include <string.h>

#include "base/trace.h"
#include "onc/tirpc/xdr_buf.h"

static struct onc_request *request_of(SVCXPRT *xprt)
{
    return (struct onc_request *)(void *)xprt; /* its first member */
}

/* ---- operations ---- */

static bool_t receive(SVCXPRT *xprt, struct rpc_msg *message)
{
    (void)xprt;
    (void)message;
    return FALSE;
}

static enum xprt_stat status(SVCXPRT *xprt)
{
    (void)xprt;
    return XPRT_IDLE;
}

static bool_t get_args(SVCXPRT *xprt, xdrproc_t filter, void *args)
{
    struct onc_request *request = request_of(xprt);
    XDR xdr;
    bool_t good;

    xdrmem_create(&xdr, (char *)request->args, (u_int)request->args_len, XDR_DECODE);
    good = (*filter)(&xdr, args);
    XDR_DESTROY(&xdr);
    return good;
}

/* Always true: rpcgen's dispatchers end the process otherwise. */
static bool_t free_args(SVCXPRT *xprt, xdrproc_t filter, void *args)
{
    (void)xprt;
    xdr_free(filter, args);
    return TRUE;
}

static bool encode_results(struct onc_request *request, const struct rpc_msg *message)
{
    XDR xdr;

    if (!message->acpted_rply.ar_results.proc)
        return true;
    xdr_buf_create(&xdr, &request->reply);
    return (*message->acpted_rply.ar_results.proc)(&xdr, message->acpted_rply.ar_results.where);
}

/* RFC 2203 5.3.3.2. False: the results could not be encoded; nothing was sent. */
static bool put_results(struct onc_request *request, const struct rpc_msg *message)
{
    struct onc_body body = {.service = ONC_SERVICE_NONE};
    rpcsec_status result;

    if (!request->is_gss)
        return encode_results(request, message);
    onc_body_begin(&body, &request->reply, request->cred.service, request->context->ctx,
                   request->cred.seq);
    if (!encode_results(request, message))
        return false;
    if (body.service == ONC_SERVICE_NONE)
        return true;
    pthread_mutex_lock(&request->context->lock);
    result = onc_body_end(&body, &request->reply, request->context->ctx);
    pthread_mutex_unlock(&request->context->lock);
    return result == RPCSEC_OK;
}

static bool put_accepted(struct onc_request *request, const struct rpc_msg *message)
{
    const enum onc_accept_stat stat = (enum onc_accept_stat)(int)message->acpted_rply.ar_stat;

    /* RFC 2203 5.3.3.4.1: a reply that cannot be signed. */
    if (onc_reply_begin(request, stat) != RPCSEC_OK) {
        onc_request_deny(request, ONC_GSS_CTXPROBLEM);
        return true;
    }
    if (stat == ONC_PROG_MISMATCH) {
        buf_u32(&request->reply, (uint32_t)message->acpted_rply.ar_vers.low);
        buf_u32(&request->reply, (uint32_t)message->acpted_rply.ar_vers.high);
    }
    if (stat == ONC_SUCCESS && !put_results(request, message))
        return false;
    return onc_reply_end(request) == RPCSEC_OK;
}

/* A second reply is refused. After results that could not be encoded an error may be sent. */
static bool_t reply(SVCXPRT *xprt, struct rpc_msg *message)
{
    struct onc_request *request = request_of(xprt);
    const bool deferred = atomic_load(&request->deferred);

    if (atomic_exchange(&request->replied, true))
        return FALSE;
    if (message->rm_reply.rp_stat == MSG_DENIED) {
        onc_request_deny(request, (enum onc_auth_stat)(int)message->rjcted_rply.rj_why);
    } else if (!put_accepted(request, message)) {
        buf_reset(&request->reply);
        atomic_store(&request->replied, false);
        return FALSE;
    }
    if (deferred)
        onc_request_release(request);
    return TRUE;
}

/* A deferred call that is given up. */
static void destroy(SVCXPRT *xprt)
{
    struct onc_request *request = request_of(xprt);

    if (atomic_load(&request->deferred) && !atomic_exchange(&request->replied, true))
        onc_request_release(request);
}

static bool_t control(SVCXPRT *xprt, const u_int what, void *info)
{
    (void)xprt;
    (void)what;
    (void)info;
    return FALSE;
}

static const struct xp_ops facade_ops = {
    .xp_recv = receive,
    .xp_stat = status,
    .xp_getargs = get_args,
    .xp_reply = reply,
    .xp_freeargs = free_args,
    .xp_destroy = destroy,
};

static const struct xp_ops2 facade_ops2 = {.xp_control = control};

/* ---- filling ---- */

/* What libtirpc's svcauth_gss_get_principal reads as its context: nothing. */
static const uint8_t no_context[4096];

static struct netbuf netbuf_of(struct sockaddr_storage *address, socklen_t len)
{
    return (struct netbuf){.maxlen = len, .len = len, .buf = address};
}

static void fill_transport(struct onc_request *request)
{
    struct onc_connection *c = request->connection;
    SVCXPRT *xprt = &request->xprt;

    xprt->xp_fd = c->transport->ops->descriptor(c->transport);
    xprt->xp_port = 0;
    xprt->xp_ops = &facade_ops;
    xprt->xp_ops2 = &facade_ops2;
    xprt->xp_netid = (char *)(uintptr_t)(c->remote.ss_family == AF_INET6 ? "tcp6" : "tcp");
    xprt->xp_rtaddr = netbuf_of(&c->remote, c->remote_len);
    xprt->xp_ltaddr = netbuf_of(&c->local, c->local_len);
    if (c->remote_len <= sizeof(xprt->xp_raddr)) {
        memcpy(&xprt->xp_raddr, &c->remote, c->remote_len);
        xprt->xp_addrlen = (int)c->remote_len;
    }
    request->ext.auth.private = (void *)(uintptr_t)no_context;
    xprt->xp_p3 = &request->ext;
}

static void fill_call(struct onc_request *request)
{
    struct svc_req *svc = &request->svc;

    svc->rq_prog = request->call.prog;
    svc->rq_vers = request->call.vers;
    svc->rq_proc = request->call.proc;
    svc->rq_cred.oa_flavor = (enum_t)request->call.cred.flavor;
    svc->rq_cred.oa_base = (char *)(uintptr_t)request->call.cred.body;
    svc->rq_cred.oa_length = (u_int)request->call.cred.len;
    svc->rq_xprt = &request->xprt;
    if (request->is_gss)
        svc->rq_clntname = (char *)(uintptr_t)request->peer.principal;
    else
        svc->rq_clntcred = request->unix_parms;
}

void onc_facade_fill(struct onc_request *request)
{
    fill_transport(request);
    fill_call(request);
}

/* ---- dispatching ---- */

/* RFC 2203 5.3.3.4.2: a body that cannot be verified is answered with GARBAGE_ARGS. */
static rpcsec_status open_args(struct onc_request *request)
{
    rpcsec_status result;

    request->args = request->record.data + request->call.body_offset;
    request->args_len = request->record.len - request->call.body_offset;
    if (!request->is_gss || request->cred.service == ONC_SERVICE_NONE)
        return RPCSEC_OK;
    pthread_mutex_lock(&request->context->lock);
    result = onc_body_open(request->args, request->args_len, request->cred.service,
                           request->context->ctx, request->cred.seq, &request->args,
                           &request->args_len);
    pthread_mutex_unlock(&request->context->lock);
    return result;
}

void onc_dispatch(struct onc_request *request)
{
    rpcsec_status result = open_args(request);

    if (result != RPCSEC_OK) {
        TRACE("onc", "body_refused", "peer=%s prog=%u proc=%u status=%s", request->peer.address,
              request->call.prog, request->call.proc, rpcsec_status_name(result));
        svcerr_decode(&request->xprt);
        return;
    }
    request->program->dispatch(&request->svc, &request->xprt);
}

/* ---- for procedures ---- */

static struct onc_request *ours(const struct svc_req *svc)
{
    if (!svc || !svc->rq_xprt || svc->rq_xprt->xp_ops != &facade_ops)
        return NULL;
    return request_of(svc->rq_xprt);
}

const struct rpcsec_peer *rpcsec_onc_peer(const struct svc_req *svc)
{
    struct onc_request *request = ours(svc);

    return request ? &request->peer : NULL;
}

rpcsec_status rpcsec_onc_defer(struct svc_req *svc)
{
    struct onc_request *request = ours(svc);

    if (!request || atomic_load(&request->replied) || atomic_exchange(&request->deferred, true))
        return RPCSEC_INVALID_ARGUMENT;
    atomic_fetch_add(&request->holds, 1);
    return RPCSEC_OK;
}
