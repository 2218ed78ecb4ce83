/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/handshake.c: INIT and CONTINUE_INIT, on threads of their own because a step may
 * block on a file. Layer: onc/tirpc. Document: RFC 2203 5.2.
 */
#include "onc/tirpc/server.h"

#include "base/alloc.h"
#include "base/trace.h"

/* RFC 2203 appendix A, RFC 2744 3.9.1. */
#define GSS_CONTINUE_NEEDED 1u
#define GSS_FAILURE         0xd0000u

/* One step. Between the two ends it is the pool thread's alone. */
struct step {
    const uint8_t *token;
    size_t token_len;
    struct buf out;
    bool done;
    struct rpcsec_error err;
};

/* ---- contexts ---- */

static rpcsec_status make_ctx(struct rpcsec_onc_server *server, const struct step *step,
                              struct sspi_ctx **ret_ctx)
{
    const struct pkg_ops *package = sspi_package_of_token(step->token, step->token_len);
    const struct sspi_ctx_params params = {
        .policy = server->policy, .level = RPCSEC_LEVEL_PRIVACY, .plain = true};

    for (size_t i = 0; package && i < server->num_acceptors; i++) {
        if (server->acceptors[i].package == package)
            return sspi_ctx_new(server->acceptors[i].cred, &params, ret_ctx, NULL);
    }
    return RPCSEC_UNSUPPORTED;
}

static rpcsec_status take_step(struct sspi_ctx *ctx, struct step *step)
{
    return sspi_ctx_step(ctx, step->token, step->token_len, &step->out, &step->done,
                         &step->err);
}

/* A context is found by others only once its first step went well. */
static rpcsec_status first_step(struct onc_request *request, struct step *step)
{
    struct rpcsec_onc_server *server = request->connection->home->server;
    struct sspi_ctx *ctx = NULL;
    rpcsec_status status = make_ctx(server, step, &ctx);

    if (status != RPCSEC_OK)
        return status;
    status = take_step(ctx, step);
    if (status == RPCSEC_OK)
        status =
            contexts_add(&server->contexts, ctx, request->connection->host, &request->context);
    if (status != RPCSEC_OK) {
        sspi_ctx_free(ctx);
        return status;
    }
    if (step->done) {
        pthread_mutex_lock(&request->context->lock);
        request->context->established = true;
        pthread_mutex_unlock(&request->context->lock);
    }
    return RPCSEC_OK;
}

/* A handle is seen on the wire by others: what they send ends no context that is made. */
static rpcsec_status later_step(struct onc_request *request, struct step *step)
{
    struct onc_context *context = request->context;
    rpcsec_status status = RPCSEC_INVALID_STATE;
    bool established;

    pthread_mutex_lock(&context->lock);
    established = context->established;
    if (!established)
        status = take_step(context->ctx, step);
    if (status == RPCSEC_OK && step->done)
        context->established = true;
    pthread_mutex_unlock(&context->lock);
    if (status != RPCSEC_OK && !established)
        contexts_drop(&request->connection->home->server->contexts, context);
    return status;
}

/* ---- answers ---- */

/* RFC 2203 5.2.3.1: the MIC of the window once the context is there, else none. */
static rpcsec_status put_header(struct onc_request *request, bool done)
{
    static const struct onc_auth none = {.flavor = ONC_AUTH_NONE, .body = (const uint8_t *)""};
    struct buf *reply = &request->reply;
    rpcsec_status status = RPCSEC_OK;

    buf_u32(reply, 0); /* the mark */
    buf_u32(reply, request->call.xid);
    buf_u32(reply, 1); /* REPLY */
    buf_u32(reply, 0); /* MSG_ACCEPTED */
    if (done) {
        pthread_mutex_lock(&request->context->lock);
        status = onc_verf_put_number(reply, request->context->ctx, ONC_WINDOW);
        pthread_mutex_unlock(&request->context->lock);
    } else {
        onc_auth_put(reply, &none);
    }
    buf_u32(reply, ONC_SUCCESS);
    return status;
}

/* RFC 2203 5.2.3.2: the mechanism's statuses, where policy lets them be told. */
static void note_failure(const struct onc_request *request, const struct step *step,
                         rpcsec_status status, struct onc_init_result *result)
{
    const bool told = request->connection->home->server->policy->tell_errors;

    TRACE("onc", "context_failed", "peer=%s status=%s text=%s", request->connection->address,
          rpcsec_status_name(status), rpcsec_error_text(&step->err));
    result->major = told && step->err.gss_major ? step->err.gss_major : GSS_FAILURE;
    result->minor = told ? step->err.gss_minor : 0;
}

static void answer(struct onc_request *request, const struct step *step, rpcsec_status status)
{
    struct onc_init_result result = {.window = ONC_WINDOW};

    if (status != RPCSEC_OK) {
        note_failure(request, step, status, &result);
    } else {
        result.handle = request->context->entry.handle;
        result.handle_len = ONC_HANDLE_LEN;
        result.major = step->done ? 0 : GSS_CONTINUE_NEEDED;
        result.token = step->out.data;
        result.token_len = step->out.len;
    }
    status = put_header(request, status == RPCSEC_OK && step->done);
    onc_init_result_put(&request->reply, &result);
    if (status != RPCSEC_OK || onc_reply_end(request) != RPCSEC_OK)
        onc_request_deny(request, ONC_GSS_CTXPROBLEM);
}

/* ---- the way there and back ---- */

static void run_step(void *arg)
{
    struct onc_request *request = arg;
    struct step step = {.err = RPCSEC_ERROR_INIT};
    rpcsec_status status;

    buf_init(&step.out, LIMIT_TOKEN_LEN);
    status =
        onc_init_args_decode(request->args, request->args_len, &step.token, &step.token_len);
    if (status == RPCSEC_OK && request->context)
        status = later_step(request, &step);
    else if (status == RPCSEC_OK)
        status = first_step(request, &step);
    answer(request, &step, status);
    buf_done(&step.out);
    onc_request_release(request);
}

/* RFC 2203 5.2.2: INIT has no handle and no verifier. */
static enum onc_auth_stat check(struct onc_request *request)
{
    struct onc_contexts *contexts = &request->connection->home->server->contexts;

    if (request->cred.proc == ONC_GSS_INIT)
        return request->cred.handle_len == 0 ? ONC_AUTH_OK : ONC_AUTH_BADCRED;
    request->context = contexts_find(contexts, request->cred.handle, request->cred.handle_len);
    return request->context ? ONC_AUTH_OK : ONC_GSS_CREDPROBLEM;
}

void onc_handshake_begin(struct onc_request *request)
{
    enum onc_auth_stat why = check(request);

    if (why != ONC_AUTH_OK) {
        onc_request_deny(request, why);
        onc_connection_reply(request);
        return;
    }
    request->args = request->record.data + request->call.body_offset;
    request->args_len = request->record.len - request->call.body_offset;
    request->job = (struct pool_job){.run = run_step, .arg = request};
    pool_submit(request->connection->home->server->handshake_pool, &request->job);
}
