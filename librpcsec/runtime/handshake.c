/* SPDX-License-Identifier: MIT
 *
 * runtime/handshake.c: a server's handshake steps, on threads of their own where they may
 * block on a file. Layer: runtime. Document: MS-RPCE 3.3.1.5.2.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "runtime/connection.h"
#include "runtime/report.h"

/* One step. Between the two ends it is the pool thread's alone. */
struct step {
    struct connection *connection;
    struct pool_job job;
    struct loop_task back;
    uint8_t auth_type;
    enum rpcsec_level level;
    struct buf in;
    struct buf out;
    struct rpcsec_error err;
    struct assoc_token result;
};

static void step_free(struct step *step)
{
    buf_done(&step->in);
    buf_done(&step->out);
    mem_free(step);
}

/* On the pool. */
static rpcsec_status take(struct step *step)
{
    struct acceptor *acceptor = &step->connection->home->server->acceptor;
    rpcsec_status status = RPCSEC_OK;

    if (!step->result.ctx)
        status = acceptor_context(acceptor, step->auth_type, step->level, &step->result.ctx,
                                  &step->err);
    if (status)
        return status;
    return sspi_ctx_step(step->result.ctx, step->in.data, step->in.len, &step->out,
                         &step->result.done, &step->err);
}

static void run_here(struct step *step)
{
    step->result.status = take(step);
    step->result.token = step->out.data;
    step->result.token_len = step->out.len;
}

static void run_step(void *arg)
{
    struct step *step = arg;

    run_here(step);
    loop_post(step->connection->home->loop, &step->back);
}

/* The verdict on a security context, once there is one. */
static void audit(const struct step *step)
{
    struct connection *c = step->connection;
    const struct rpcsec_peer asked = {
        .principal = "", .target = "", .enctype = "", .level = step->level};

    if (connection_is_closed(c))
        return;
    if (step->result.status) {
        c->was_refused = true;
        report_audit(c, &asked, rpcsec_error_text(&step->err));
    } else if (step->result.done) {
        report_audit(c, sspi_ctx_peer(step->result.ctx), NULL);
    }
}

/* The engine gets the context also when it is closed: it frees it.
 */
static void take_result(struct step *step)
{
    struct connection *c = step->connection;
    rpcsec_status status;

    if (step->result.done && step->result.status == RPCSEC_OK)
        step->result.status =
            connection_join_name(c, sspi_ctx_peer(step->result.ctx), &step->err);
    audit(step);
    status = assoc_token(c->assoc, &step->result, loop_now_ms());
    step_free(step);
    if (status && status != RPCSEC_CLOSED)
        c->ended = true;
    if (assoc_security(c->assoc))
        connection_authenticated(c);
}

/* Back on the home's thread. */
static void step_back(void *arg)
{
    struct step *step = arg;
    struct connection *c = step->connection;

    take_result(step);
    connection_job_done(c);
}

/* No memory for a step: the engine is told that it failed. */
static void refuse_step(struct connection *c, const struct assoc_event *event)
{
    const struct assoc_token result = {
        .sec_id = event->need_token.sec_id,
        .ctx = event->need_token.ctx,
        .status = RPCSEC_NO_MEMORY,
    };

    if (assoc_token(c->assoc, &result, loop_now_ms()))
        c->ended = true;
}

void connection_step(struct connection *c, const struct assoc_event *event)
{
    struct step *step = mem_zalloc(sizeof(*step));

    if (!step) {
        refuse_step(c, event);
        return;
    }
    rpcsec_error_init(&step->err, sizeof(step->err));
    buf_init(&step->in, LIMIT_TOKEN_LEN);
    buf_init(&step->out, LIMIT_TOKEN_LEN);
    buf_bytes(&step->in, event->need_token.token, event->need_token.token_len);
    if (buf_status(&step->in)) {
        step_free(step);
        refuse_step(c, event);
        return;
    }
    step->connection = c;
    step->auth_type = event->need_token.auth_type;
    step->level = event->need_token.level;
    step->result.sec_id = event->need_token.sec_id;
    step->result.ctx = event->need_token.ctx;
    step->result.error = &step->err;
    if (step->result.ctx && sspi_ctx_is_quick(step->result.ctx)) {
        run_here(step);
        take_result(step);
        return;
    }
    step->job = (struct pool_job){.run = run_step, .arg = step};
    step->back = (struct loop_task){.run = step_back, .arg = step};
    c->num_jobs++;
    pool_submit(c->home->server->handshake_pool, &step->job);
}
