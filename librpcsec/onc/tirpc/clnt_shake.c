/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/clnt_shake.c: contexts of our CLIENT. Layer: onc/tirpc. Document: RFC 2203 5.2.
 */
#include "onc/tirpc/clnt.h"

#include <sched.h>

#include "base/error.h"

/* ---- handshakes ---- */

/* What an exchange for a handshake leaves behind, until the next. */
struct shaking {
    struct own_client *client;
    struct buf answer;
};

rpcsec_status own_no_success(const struct onc_reply *reply, struct rpcsec_error *err)
{
    if (reply->denied && reply->stat == 1)
        return onc_denied_status(reply->auth_stat, err);
    if (error_wants(err))
        err->wire_status = reply->stat;
    return error_set(err, RPCSEC_REMOTE_FAULT, RPCSEC_LAYER_REMOTE,
                     "the server answered with %s",
                     reply->denied ? "RPC_MISMATCH" : onc_accept_stat_name(reply->stat));
}

rpcsec_status own_malformed(struct rpcsec_error *err)
{
    if (error_wants(err))
        err->outcome = RPCSEC_OUTCOME_UNKNOWN;
    return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                     "the server's answer is malformed");
}

static rpcsec_status read_init_answer(const struct buf *answer,
                                      struct onc_init_result *ret_result,
                                      struct onc_auth *ret_verf, struct rpcsec_error *err)
{
    struct onc_reply reply;

    if (onc_reply_decode(answer->data, answer->len, &reply) != RPCSEC_OK)
        return own_malformed(err);
    if (reply.denied || reply.stat != ONC_SUCCESS)
        return own_no_success(&reply, err);
    if (onc_init_result_decode(answer->data + reply.body_offset,
                               answer->len - reply.body_offset, ret_result) != RPCSEC_OK)
        return own_malformed(err);
    *ret_verf = reply.verf;
    return RPCSEC_OK;
}

static rpcsec_status exchange(void *arg, const struct onc_gss_cred *cred,
                              const struct buf *token, struct onc_init_result *ret_result,
                              struct onc_auth *ret_verf, struct rpcsec_error *err)
{
    static const struct onc_auth none = {.flavor = ONC_AUTH_NONE, .body = (const uint8_t *)""};
    struct shaking *shaking = arg;
    struct own_client *c = shaking->client;
    struct own_pending p;
    uint64_t deadline =
        loop_now_ms() + policy_limit(c->base.config.policy, RPCSEC_LIMIT_HANDSHAKE_MS);
    rpcsec_status status;

    own_pending_init(c, &p);
    p.xid = own_new_xid(c);
    buf_u32(&p.out, 0);
    onc_call_put(&p.out, p.xid, c->prog, c->vers, NULLPROC);
    onc_gss_cred_put(&p.out, cred);
    onc_auth_put(&p.out, &none);
    onc_put_opaque(&p.out, token->data, token->len);
    status = own_end_record(&p.out);
    if (status == RPCSEC_OK) {
        own_queue(c, &p);
        status = own_finish(c, &p, deadline, err);
    }
    buf_done(&shaking->answer);
    shaking->answer = p.in;
    buf_init(&p.in, 0);
    own_pending_done(&p);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_PROTOCOL, "no handshake with the server");
    return read_init_answer(&shaking->answer, ret_result, ret_verf, err);
}

static rpcsec_status make_context(struct own_client *c, struct rpcsec_error *err)
{
    struct shaking shaking = {.client = c};
    const struct onc_exchange by_record = {exchange, &shaking};
    struct onc_security *security = NULL;
    struct onc_security *old;
    rpcsec_status status;

    buf_init(&shaking.answer, 0);
    status = onc_security_make(&c->base.config, &by_record, &security, err);
    /* A server may take no second context on a connection before the first is destroyed. */
    if (status != RPCSEC_OK && err->wire_status == ONC_GSS_CTXPROBLEM &&
        onc_security_is_usable(c->base.security)) {
        error_clear(err);
        own_send_destroy(c);
        status = onc_security_make(&c->base.config, &by_record, &security, err);
    }
    buf_done(&shaking.answer);
    if (status != RPCSEC_OK)
        return status;
    pthread_mutex_lock(&c->base.lock);
    old = c->base.security;
    c->base.security = security;
    pthread_mutex_unlock(&c->base.lock);
    onc_security_unref(old);
    return RPCSEC_OK;
}

/* ---- when one is due ---- */

static bool needs_work(struct own_client *c)
{
    const bool connected = own_is_connected(c);
    bool stale;

    pthread_mutex_lock(&c->base.lock);
    stale = onc_security_is_stale(c->base.security);
    pthread_mutex_unlock(&c->base.lock);
    return !connected || stale;
}

rpcsec_status own_work(struct own_client *c, struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;
    const bool connected = own_is_connected(c);

    while (!connected && !own_may_reconnect(c))
        sched_yield();
    if (!connected)
        status = own_reconnect(c, err);
    if (status == RPCSEC_OK && onc_security_is_stale(c->base.security)) {
        status = make_context(c, err);
        if (status != RPCSEC_OK && onc_security_is_usable(c->base.security)) {
            error_clear(err);
            status = RPCSEC_OK;
        }
    }
    return status;
}

/* A connection and a context; the caller gets a reference on the context. */
rpcsec_status own_make_ready(struct own_client *c, struct onc_security **ret_security,
                             struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    if (needs_work(c)) {
        pthread_mutex_lock(&c->renew_lock);
        status = own_work(c, err);
        pthread_mutex_unlock(&c->renew_lock);
    }
    if (status != RPCSEC_OK)
        return status;
    pthread_mutex_lock(&c->base.lock);
    *ret_security = onc_security_ref(c->base.security);
    pthread_mutex_unlock(&c->base.lock);
    return RPCSEC_OK;
}
