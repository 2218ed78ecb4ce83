/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/request.c: one call from its record to its dispatch function, and its reply back.
 * Layer: onc/tirpc. Documents: RFC 5531 9, RFC 2203 5.3.3.
 *
 * What can be decided by the header is decided on the connection's thread, in the order of the
 * stream; bodies are opened and procedures run elsewhere.
 */
#include "onc/tirpc/server.h"

#include "base/alloc.h"
#include "base/trace.h"

/* ---- life ---- */

static void run_on_pool(void *arg)
{
    struct onc_request *request = arg;

    onc_dispatch(request);
    onc_request_release(request);
}

static void come_home(void *arg)
{
    struct onc_request *request = arg;
    struct onc_connection *c = request->connection;

    onc_connection_reply(request);
    onc_connection_turn(c);
}

static struct onc_request *new_request(struct onc_connection *c, struct buf *record)
{
    const struct rpcsec_onc_server *server = c->home->server;
    struct onc_request *request = mem_zalloc(sizeof(*request));

    if (!request)
        return NULL;
    request->connection = c;
    request->record = *record;
    buf_init(record, 0);
    buf_init(&request->reply,
             policy_limit(server->policy, RPCSEC_LIMIT_RESPONSE_BYTES) + ONC_RECORD_OVERHEAD);
    request->reply.big_endian = true;
    atomic_init(&request->replied, false);
    atomic_init(&request->deferred, false);
    atomic_init(&request->holds, 1);
    request->job = (struct pool_job){.run = run_on_pool, .arg = request};
    request->home = (struct loop_task){.run = come_home, .arg = request};
    atomic_fetch_add_explicit(&c->home->server->bytes, request->record.len,
                              memory_order_relaxed);
    c->num_requests++;
    return request;
}

void onc_request_drop_record(struct onc_request *request)
{
    atomic_fetch_sub_explicit(&request->connection->home->server->bytes, request->record.len,
                              memory_order_relaxed);
    buf_done(&request->record);
}

void onc_request_free(struct onc_request *request)
{
    onc_request_drop_record(request);
    request->connection->num_requests--;
    if (request->unix_parms) {
        xdr_free((xdrproc_t)xdr_authunix_parms, request->unix_parms);
        mem_free(request->unix_parms);
    }
    context_unref(request->context);
    buf_done(&request->reply);
    mem_free(request);
}

static bool drop_hold(struct onc_request *request)
{
    return atomic_fetch_sub_explicit(&request->holds, 1, memory_order_acq_rel) == 1;
}

void onc_request_release(struct onc_request *request)
{
    if (drop_hold(request))
        loop_post(request->connection->home->loop, &request->home);
}

/* ---- replies ---- */

rpcsec_status onc_reply_end(struct onc_request *request)
{
    struct buf *reply = &request->reply;

    if (reply->len - ONC_MARK_LEN >= ONC_MARK_LAST)
        buf_fail(reply, RPCSEC_LIMIT);
    buf_patch_u32(reply, 0, ONC_MARK_LAST | (uint32_t)(reply->len - ONC_MARK_LEN));
    return buf_status(reply);
}

static void begin_anew(struct buf *reply)
{
    buf_reset(reply);
    reply->big_endian = true;
    buf_u32(reply, 0); /* the mark */
}

void onc_request_deny(struct onc_request *request, enum onc_auth_stat why)
{
    TRACE("onc", "denied", "peer=%s prog=%u proc=%u why=%s", request->connection->address,
          request->call.prog, request->call.proc, onc_auth_stat_name(why));
    begin_anew(&request->reply);
    onc_denied_put(&request->reply, request->call.xid, why);
    if (onc_reply_end(request) != RPCSEC_OK)
        buf_reset(&request->reply);
}

/* RFC 2203 5.3.3.2: the verifier of a reply is the MIC of the call's sequence number. */
static rpcsec_status put_signed_header(struct onc_request *request)
{
    struct buf *reply = &request->reply;
    rpcsec_status status;

    buf_u32(reply, request->call.xid);
    buf_u32(reply, 1); /* REPLY */
    buf_u32(reply, 0); /* MSG_ACCEPTED */
    pthread_mutex_lock(&request->context->lock);
    status = onc_verf_put_number(reply, request->context->ctx, request->cred.seq);
    pthread_mutex_unlock(&request->context->lock);
    return status;
}

rpcsec_status onc_reply_begin(struct onc_request *request, enum onc_accept_stat stat)
{
    static const struct onc_auth none = {.flavor = ONC_AUTH_NONE, .body = (const uint8_t *)""};
    rpcsec_status status;

    begin_anew(&request->reply);
    if (!request->is_gss) {
        onc_accepted_put(&request->reply, request->call.xid, &none, stat);
        return buf_status(&request->reply);
    }
    status = put_signed_header(request);
    buf_u32(&request->reply, stat);
    return status != RPCSEC_OK ? status : buf_status(&request->reply);
}

/* A whole accepted reply without results. RFC 2203 5.3.3.4.1: one that cannot be signed is
 * denied. */
static void answer(struct onc_request *request, enum onc_accept_stat stat, uint32_t low,
                   uint32_t high)
{
    rpcsec_status status = onc_reply_begin(request, stat);

    if (stat == ONC_PROG_MISMATCH) {
        buf_u32(&request->reply, low);
        buf_u32(&request->reply, high);
    }
    if (status != RPCSEC_OK || onc_reply_end(request) != RPCSEC_OK)
        onc_request_deny(request, ONC_GSS_CTXPROBLEM);
}

/* ---- programs ---- */

static enum rpcsec_level least_level(const struct onc_program *program, uint32_t proc)
{
    for (size_t i = 0; i < program->num_procedures; i++) {
        if (program->procedures[i].proc == proc)
            return program->procedures[i].least_level;
    }
    return program->least_level;
}

static const struct onc_program *find_program(const struct onc_request *request,
                                              uint32_t *ret_low, uint32_t *ret_high)
{
    const struct rpcsec_onc_server *server = request->connection->home->server;

    *ret_low = UINT32_MAX;
    *ret_high = 0;
    for (const struct onc_program *p = server->programs; p; p = p->next) {
        if (p->prog != request->call.prog)
            continue;
        if (p->vers == request->call.vers)
            return p;
        *ret_low = p->vers < *ret_low ? p->vers : *ret_low;
        *ret_high = p->vers > *ret_high ? p->vers : *ret_high;
    }
    return NULL;
}

static void run(struct onc_request *request)
{
    struct onc_connection *c = request->connection;

    onc_connection_known(c);
    onc_facade_fill(request);
    if (!request->program->non_blocking) {
        pool_submit(c->home->server->call_pool, &request->job);
        return;
    }
    onc_dispatch(request);
    if (drop_hold(request))
        onc_connection_reply(request);
}

static void dispatch_or_answer(struct onc_request *request)
{
    enum rpcsec_level level = request->peer.level;
    uint32_t low;
    uint32_t high;

    request->program = find_program(request, &low, &high);
    if (request->program && level < least_level(request->program, request->call.proc)) {
        onc_request_deny(request, ONC_AUTH_TOOWEAK);
    } else if (request->program) {
        run(request);
        return;
    } else if (high == 0) {
        answer(request, ONC_PROG_UNAVAIL, 0, 0);
    } else {
        answer(request, ONC_PROG_MISMATCH, low, high);
    }
    onc_connection_reply(request);
}

/* ---- without authentication ---- */

static bool decode_unix_parms(struct onc_request *request)
{
    XDR xdr;
    bool good;

    request->unix_parms = mem_zalloc(sizeof(*request->unix_parms));
    if (!request->unix_parms)
        return false;
    xdrmem_create(&xdr, (char *)(uintptr_t)request->call.cred.body,
                  (u_int)request->call.cred.len, XDR_DECODE);
    good = xdr_authunix_parms(&xdr, request->unix_parms);
    XDR_DESTROY(&xdr);
    return good;
}

/* AUTH_SYS is what a client says of itself: to policy it is nobody. */
static void begin_open(struct onc_request *request)
{
    request->peer = (struct rpcsec_peer){
        .principal = "",
        .target = "",
        .address = request->connection->address,
        .enctype = "",
        .level = RPCSEC_LEVEL_NONE,
        .expires = INT64_MAX,
    };
    if (!request->connection->home->server->policy->anonymous) {
        onc_request_deny(request, ONC_AUTH_TOOWEAK);
        onc_connection_reply(request);
        return;
    }
    if (request->call.cred.flavor == ONC_AUTH_SYS && !decode_unix_parms(request)) {
        onc_request_deny(request, ONC_AUTH_BADCRED);
        onc_connection_reply(request);
        return;
    }
    dispatch_or_answer(request);
}

/* ---- RPCSEC_GSS ---- */

/* RFC 2203 5.3.3.1, 5.3.3.3. *ret_drop: neither answered nor run. The window moves only for a
 * header that was verified. */
static enum onc_auth_stat check_header(struct onc_request *request, bool *ret_drop)
{
    struct onc_context *context = request->context;
    rpcsec_status status;

    if (!context->established)
        return ONC_GSS_CREDPROBLEM;
    status = onc_verf_check(context->ctx, &request->call.verf, request->record.data,
                            request->call.header_len);
    if (status == RPCSEC_CONTEXT_EXPIRED)
        return ONC_GSS_CTXPROBLEM;
    if (status != RPCSEC_OK)
        return ONC_GSS_CREDPROBLEM;
    if (request->cred.seq >= ONC_MAXSEQ)
        return ONC_GSS_CTXPROBLEM;
    *ret_drop = !onc_window_take(&context->window, request->cred.seq);
    return ONC_AUTH_OK;
}

static enum onc_auth_stat check_call(struct onc_request *request, bool *ret_drop)
{
    struct onc_contexts *contexts = &request->connection->home->server->contexts;
    enum onc_auth_stat why;
    rpcsec_status status;

    request->context = contexts_find(contexts, request->cred.handle, request->cred.handle_len);
    if (!request->context)
        return ONC_GSS_CREDPROBLEM;
    pthread_mutex_lock(&request->context->lock);
    why = check_header(request, ret_drop);
    pthread_mutex_unlock(&request->context->lock);
    if (why == ONC_GSS_CTXPROBLEM)
        contexts_drop(contexts, request->context);
    if (why != ONC_AUTH_OK || *ret_drop)
        return why;
    status = contexts_prove(contexts, request->context);
    if (status == RPCSEC_NOT_FOUND)
        return ONC_GSS_CREDPROBLEM;
    return status == RPCSEC_OK ? ONC_AUTH_OK : ONC_AUTH_REJECTEDCRED;
}

/* RFC 2203 5.4: answered, protected as a call of the same service, and forgotten. */
static void destroy_context(struct onc_request *request)
{
    struct onc_context *context = request->context;
    struct onc_body body;
    uint8_t *args = NULL;
    size_t args_len = 0;
    rpcsec_status status;

    pthread_mutex_lock(&context->lock);
    status =
        onc_body_open(request->record.data + request->call.body_offset,
                      request->record.len - request->call.body_offset, request->cred.service,
                      context->ctx, request->cred.seq, &args, &args_len);
    pthread_mutex_unlock(&context->lock);
    if (status != RPCSEC_OK || args_len != 0) {
        answer(request, ONC_GARBAGE_ARGS, 0, 0);
        return;
    }
    status = onc_reply_begin(request, ONC_SUCCESS);
    pthread_mutex_lock(&context->lock);
    onc_body_begin(&body, &request->reply, request->cred.service, context->ctx,
                   request->cred.seq);
    if (status == RPCSEC_OK)
        status = onc_body_end(&body, &request->reply, context->ctx);
    pthread_mutex_unlock(&context->lock);
    contexts_drop(&request->connection->home->server->contexts, context);
    if (status != RPCSEC_OK || onc_reply_end(request) != RPCSEC_OK)
        onc_request_deny(request, ONC_GSS_CTXPROBLEM);
}

static void begin_data(struct onc_request *request)
{
    bool drop = false;
    enum onc_auth_stat why = check_call(request, &drop);

    if (drop) {
        TRACE("onc", "dropped", "peer=%s seq=%u", request->connection->address,
              request->cred.seq);
        onc_request_free(request);
        return;
    }
    if (why != ONC_AUTH_OK) {
        onc_request_deny(request, why);
        onc_connection_reply(request);
        return;
    }
    request->peer = *sspi_ctx_peer(request->context->ctx);
    request->peer.level = onc_level_of(request->cred.service);
    request->peer.address = request->connection->address;
    if (request->cred.proc == ONC_GSS_DESTROY) {
        onc_connection_known(request->connection);
        destroy_context(request);
        onc_connection_reply(request);
        return;
    }
    dispatch_or_answer(request);
}

static void begin_gss(struct onc_request *request)
{
    rpcsec_status status = onc_gss_cred_decode(&request->call.cred, &request->cred);
    const bool control = status == RPCSEC_OK && request->cred.proc != ONC_GSS_DATA;

    request->is_gss = true;
    /* RFC 2203 5.2.2, 5.4: control messages are calls of the NULL procedure. */
    if (status != RPCSEC_OK || (control && request->call.proc != NULLPROC)) {
        onc_request_deny(request, ONC_AUTH_BADCRED);
        onc_connection_reply(request);
        return;
    }
    if (request->cred.proc == ONC_GSS_INIT || request->cred.proc == ONC_GSS_CONTINUE_INIT)
        onc_handshake_begin(request);
    else
        begin_data(request);
}

/* ---- records ---- */

static void begin(struct onc_request *request)
{
    switch (request->call.cred.flavor) {
    case ONC_AUTH_NONE:
    case ONC_AUTH_SYS:
        begin_open(request);
        return;
    case ONC_RPCSEC_GSS:
        begin_gss(request);
        return;
    default:
        onc_request_deny(request, ONC_AUTH_REJECTEDCRED);
        onc_connection_reply(request);
    }
}

rpcsec_status onc_request_begin(struct onc_connection *c, struct buf *record)
{
    struct onc_request *request = new_request(c, record);
    rpcsec_status status;

    buf_done(record);
    if (!request)
        return RPCSEC_NO_MEMORY;
    status = onc_call_decode(request->record.data, request->record.len, &request->call);
    if (status == RPCSEC_OK) {
        begin(request);
        return RPCSEC_OK;
    }
    if (status != RPCSEC_UNSUPPORTED) {
        onc_request_free(request);
        return RPCSEC_PROTOCOL_ERROR;
    }
    begin_anew(&request->reply);
    onc_mismatch_put(&request->reply, request->call.xid);
    if (onc_reply_end(request) != RPCSEC_OK)
        buf_reset(&request->reply);
    onc_connection_reply(request);
    return RPCSEC_OK;
}
