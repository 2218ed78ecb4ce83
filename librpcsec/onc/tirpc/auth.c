/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/auth.c: an AUTH for the CLIENTs of libtirpc. Layer: onc/tirpc. Document: RFC 2203.
 *
 * libtirpc calls the AUTH's operations while it holds the connection: there no other call can
 * be made. So the CLIENT's own operations are wrapped, and a context is made or renewed before
 * a call is handed on. One call is under way at a time, as libtirpc has it.
 */
#include "onc/tirpc/auth.h"

#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "onc/tirpc/xdr_buf.h"

#define DESTROY_S  2 /* a server that does not answer must not hold up the end */
#define READ_CHUNK 65536

enum auth_mode {
    MODE_DATA,
    MODE_CONTROL, /* a handshake's call: no verifier, nothing is protected */
    MODE_DESTROY,
};

/* One AUTH. All but `base` is used under `call_lock` only. */
struct wrapped {
    struct onc_auth_base base;
    AUTH auth;
    struct clnt_ops ops; /* the CLIENT's, wrapped; found through its address */
    struct clnt_ops *inner;
    CLIENT *clnt; /* NULL: it was destroyed */
    pthread_mutex_t call_lock;
    enum auth_mode mode;
    struct onc_gss_cred control; /* of a handshake's call */
    enum onc_service service;    /* of the call under way */
    uint32_t seq;
    uint8_t verf_body[ONC_MAX_AUTH_LEN];
    struct onc_auth verf; /* of the answer to a handshake's call */
    struct buf answer;    /* and its result */
    bool call_failed;     /* geterr tells clnt_error instead of libtirpc's */
    struct rpc_err clnt_error;
    struct rpcsec_error *err; /* of the call under way */
};

static struct wrapped *wrapped_of(AUTH *auth)
{
    return auth->ah_private;
}

static struct wrapped *wrapped_of_client(CLIENT *clnt)
{
    return (struct wrapped *)(void *)((char *)clnt->cl_ops - offsetof(struct wrapped, ops));
}

static struct onc_security *security_of(const struct wrapped *w)
{
    return w->base.security;
}

/* ---- the operations of the AUTH: calls ---- */

static bool_t put_all(XDR *xdr, const struct buf *bytes)
{
    return buf_status(bytes) == RPCSEC_OK &&
           XDR_PUTBYTES(xdr, (char *)bytes->data, (u_int)bytes->len);
}

/* The header as it stands in the stream, which nothing has left yet. */
static const uint8_t *header_in(XDR *xdr, u_int *ret_len)
{
    const u_int len = XDR_GETPOS(xdr);
    const uint8_t *header;

    if (!XDR_SETPOS(xdr, 0))
        return NULL;
    header = (const uint8_t *)XDR_INLINE(xdr, len);
    *ret_len = len;
    return header;
}

static void put_cred(struct wrapped *w, struct buf *out)
{
    struct onc_gss_cred cred = w->control;

    if (w->mode != MODE_CONTROL) {
        const struct onc_security *security = security_of(w);

        cred = (struct onc_gss_cred){
            .proc = w->mode == MODE_DESTROY ? ONC_GSS_DESTROY : ONC_GSS_DATA,
            .seq = w->seq,
            .service = w->service,
            .handle = security->handle,
            .handle_len = security->handle_len,
        };
    }
    onc_gss_cred_put(out, &cred);
}

/* RFC 2203 5.3.1: the verifier is the MIC of all that stands before it. */
static bool_t marshal_into(struct wrapped *w, XDR *xdr, struct buf *out)
{
    static const struct onc_auth none = {.flavor = ONC_AUTH_NONE, .body = (const uint8_t *)""};
    const uint8_t *header;
    u_int header_len = 0;

    put_cred(w, out);
    if (!put_all(xdr, out))
        return FALSE;
    buf_reset(out);
    out->big_endian = true;
    if (w->mode == MODE_CONTROL) {
        onc_auth_put(out, &none);
        return put_all(xdr, out);
    }
    header = header_in(xdr, &header_len);
    if (!header || onc_verf_put(out, security_of(w)->ctx, header, header_len) != RPCSEC_OK)
        return FALSE;
    return put_all(xdr, out);
}

static int marshal(AUTH *auth, XDR *xdr)
{
    struct wrapped *w = wrapped_of(auth);
    struct buf out;
    bool_t good;

    buf_init(&out, 2 * ONC_MAX_AUTH_LEN + 64);
    out.big_endian = true;
    if (w->mode != MODE_CONTROL) {
        if (security_of(w)->seq + 1 >= ONC_MAXSEQ)
            return FALSE;
        w->seq = ++security_of(w)->seq;
    }
    good = marshal_into(w, xdr, &out);
    buf_done(&out);
    return good;
}

static bool is_bare(const struct wrapped *w)
{
    return w->mode == MODE_CONTROL || w->service == ONC_SERVICE_NONE;
}

/* Encodes and protects in memory: what goes into the stream is sealed already. */
static int wrap(AUTH *auth, XDR *xdr, xdrproc_t filter, caddr_t args)
{
    struct wrapped *w = wrapped_of(auth);
    struct onc_body body;
    struct buf out;
    XDR encoder;
    bool_t good;

    if (is_bare(w))
        return (*filter)(xdr, args);
    buf_init(&out, policy_limit(w->base.config.policy, RPCSEC_LIMIT_REQUEST_BYTES) + 256);
    xdr_buf_create(&encoder, &out);
    onc_body_begin(&body, &out, w->service, security_of(w)->ctx, w->seq);
    good = (*filter)(&encoder, args);
    if (!good && buf_status(&out) != RPCSEC_OK)
        error_set(w->err, buf_status(&out), RPCSEC_LAYER_STUB,
                  "the arguments have more bytes than the policy's limit of a request");
    good = good && onc_body_end(&body, &out, security_of(w)->ctx) == RPCSEC_OK;
    good = good && put_all(xdr, &out);
    buf_done(&out);
    return good;
}

/* ---- the operations of the AUTH: answers ---- */

static int validate(AUTH *auth, struct opaque_auth *verf)
{
    struct wrapped *w = wrapped_of(auth);
    const struct onc_auth got = {(uint32_t)verf->oa_flavor, (const uint8_t *)verf->oa_base,
                                 verf->oa_length};

    if (w->mode != MODE_CONTROL)
        return onc_verf_check_number(security_of(w)->ctx, &got, w->seq) == RPCSEC_OK;
    if (got.len > sizeof(w->verf_body))
        return FALSE;
    if (got.len > 0)
        memcpy(w->verf_body, got.body, got.len);
    w->verf = (struct onc_auth){got.flavor, w->verf_body, got.len};
    return TRUE;
}

/* Moves len bytes of the stream into a buffer; memory grows with what has come. */
static bool read_bytes(XDR *xdr, struct buf *into, size_t len)
{
    while (len > 0) {
        size_t now = len < READ_CHUNK ? len : READ_CHUNK;
        uint8_t *room = buf_reserve(into, now);

        if (!room || !XDR_GETBYTES(xdr, (char *)room, (u_int)now))
            return false;
        len -= now;
    }
    return true;
}

/* An opaque, its length and padding included. */
static bool read_opaque(XDR *xdr, struct buf *into)
{
    uint32_t len = 0;

    if (!xdr_u_int32_t(xdr, &len))
        return false;
    buf_u32(into, len);
    return len <= into->max && read_bytes(xdr, into, ((size_t)len + 3) / 4 * 4);
}

static bool_t decode(const uint8_t *data, size_t len, xdrproc_t filter, caddr_t results)
{
    XDR decoder;
    bool_t good;

    xdrmem_create(&decoder, (char *)(uintptr_t)data, (u_int)len, XDR_DECODE);
    good = (*filter)(&decoder, results);
    XDR_DESTROY(&decoder);
    return good;
}

static bool_t unwrap_from(struct wrapped *w, XDR *xdr, struct buf *in, xdrproc_t filter,
                          caddr_t results)
{
    uint8_t *data = NULL;
    size_t len = 0;
    rpcsec_status status;

    if (!read_opaque(xdr, in) || (w->service == ONC_SERVICE_INTEGRITY && !read_opaque(xdr, in)))
        return FALSE;
    status =
        onc_body_open(in->data, in->len, w->service, security_of(w)->ctx, w->seq, &data, &len);
    if (status == RPCSEC_OK)
        return decode(data, len, filter, results);
    if (error_wants(w->err))
        w->err->outcome = RPCSEC_OUTCOME_UNKNOWN;
    error_set(w->err, status, RPCSEC_LAYER_SECURITY,
              "the server's results cannot be verified: %s", rpcsec_status_text(status));
    return FALSE;
}

/* Also where the filter is that of nothing: what must be there is verified. */
static int unwrap(AUTH *auth, XDR *xdr, xdrproc_t filter, caddr_t results)
{
    struct wrapped *w = wrapped_of(auth);
    struct buf in;
    bool_t good;

    if (is_bare(w))
        return (*filter)(xdr, results);
    buf_init(&in, policy_limit(w->base.config.policy, RPCSEC_LIMIT_RESPONSE_BYTES) + 256);
    in.big_endian = true;
    good = unwrap_from(w, xdr, &in, filter, results);
    buf_done(&in);
    return good;
}

static void next_verf(AUTH *auth)
{
    (void)auth;
}

/* Never: the connection is held, see the head of this file. */
static int refresh(AUTH *auth, void *message)
{
    (void)auth;
    (void)message;
    return FALSE;
}

/* ---- handshakes ---- */

static bool_t put_token(XDR *xdr, struct buf *token)
{
    char *bytes = (char *)token->data;
    u_int len = (u_int)token->len;

    return xdr_bytes(xdr, &bytes, &len, LIMIT_TOKEN_LEN);
}

/* The result of a handshake's call, in its wire form. */
static bool_t get_answer(XDR *xdr, struct buf *answer)
{
    if (xdr->x_op != XDR_DECODE)
        return TRUE;
    return read_opaque(xdr, answer) && read_bytes(xdr, answer, 12) && read_opaque(xdr, answer);
}

static rpcsec_status status_of(enum clnt_stat stat)
{
    switch (stat) {
    case RPC_SUCCESS:
        return RPCSEC_OK;
    case RPC_TIMEDOUT:
        return RPCSEC_TIMED_OUT;
    case RPC_CANTSEND:
    case RPC_CANTRECV:
        return RPCSEC_CONNECTION_LOST;
    case RPC_CANTENCODEARGS:
    case RPC_CANTDECODEARGS:
        return RPCSEC_BAD_STUB;
    case RPC_CANTDECODERES:
        return RPCSEC_PROTOCOL_ERROR;
    default:
        return RPCSEC_REMOTE_FAULT;
    }
}

/* What libtirpc knows of a call that failed. */
static rpcsec_status note_failure(struct wrapped *w, enum clnt_stat stat,
                                  struct rpcsec_error *err)
{
    struct rpc_err why = {.re_status = stat};

    w->inner->cl_geterr(w->clnt, &why);
    if (stat == RPC_AUTHERROR && why.re_why != AUTH_INVALIDRESP)
        return onc_denied_status((uint32_t)why.re_why, err);
    if (error_wants(err))
        err->outcome =
            stat == RPC_CANTENCODEARGS ? RPCSEC_OUTCOME_NOT_RUN : RPCSEC_OUTCOME_UNKNOWN;
    if (stat == RPC_AUTHERROR)
        return error_set(err, RPCSEC_BAD_SIGNATURE, RPCSEC_LAYER_SECURITY,
                         "the server's answer is not signed with its key");
    return error_set(err, status_of(stat), RPCSEC_LAYER_REMOTE, "the call failed: %s",
                     clnt_sperrno(stat));
}

static rpcsec_status exchange(void *arg, const struct onc_gss_cred *cred,
                              const struct buf *token, struct onc_init_result *ret_result,
                              struct onc_auth *ret_verf, struct rpcsec_error *err)
{
    struct wrapped *w = arg;
    const uint64_t ms = policy_limit(w->base.config.policy, RPCSEC_LIMIT_HANDSHAKE_MS);
    const struct timeval timeout = {(time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000)};
    enum clnt_stat stat;

    w->mode = MODE_CONTROL;
    w->control = *cred;
    buf_reset(&w->answer);
    w->answer.big_endian = true;
    stat = w->inner->cl_call(w->clnt, NULLPROC, (xdrproc_t)put_token, (void *)(uintptr_t)token,
                             (xdrproc_t)get_answer, &w->answer, timeout);
    if (stat != RPC_SUCCESS)
        return note_failure(w, stat, err);
    *ret_verf = w->verf;
    if (onc_init_result_decode(w->answer.data, w->answer.len, ret_result) == RPCSEC_OK)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_PROTOCOL,
                     "the server's answer to the security context is malformed");
}

static void set_security(struct wrapped *w, struct onc_security *security)
{
    struct onc_security *old;

    pthread_mutex_lock(&w->base.lock);
    old = w->base.security;
    w->base.security = security;
    pthread_mutex_unlock(&w->base.lock);
    onc_security_unref(old);
}

static bool_t no_value(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return TRUE;
}

/* RFC 2203 5.4. The server's answer does not matter. */
static void send_destroy(struct wrapped *w)
{
    const struct timeval timeout = {DESTROY_S, 0};

    w->mode = MODE_DESTROY;
    w->service = atomic_load(&w->base.service);
    w->clnt->cl_auth = &w->auth;
    (void)w->inner->cl_call(w->clnt, NULLPROC, (xdrproc_t)no_value, NULL, (xdrproc_t)no_value,
                            NULL, timeout);
}

/* The CLIENT's cl_auth is this AUTH for the time of the handshake. A server may take no second
 * context on a connection before the first is destroyed. */
static rpcsec_status renew(struct wrapped *w, struct rpcsec_error *err)
{
    const struct onc_exchange by_call = {exchange, w};
    struct onc_security *security = NULL;
    AUTH *before = w->clnt->cl_auth;
    rpcsec_status status;

    w->clnt->cl_auth = &w->auth;
    status = onc_security_make(&w->base.config, &by_call, &security, err);
    if (status != RPCSEC_OK && err->wire_status == ONC_GSS_CTXPROBLEM &&
        onc_security_is_usable(security_of(w))) {
        error_clear(err);
        send_destroy(w);
        status = onc_security_make(&w->base.config, &by_call, &security, err);
    }
    w->clnt->cl_auth = before;
    if (status == RPCSEC_OK)
        set_security(w, security);
    return status;
}

/* ---- the operations of the CLIENT ---- */

struct call {
    rpcproc_t proc;
    xdrproc_t put;
    void *args;
    xdrproc_t get;
    void *results;
    struct timeval timeout;
};

static enum clnt_stat call_once(struct wrapped *w, const struct call *call)
{
    w->mode = MODE_DATA;
    w->service = atomic_load(&w->base.service);
    return w->inner->cl_call(w->clnt, call->proc, call->put, call->args, call->get,
                             call->results, call->timeout);
}

/* A refusal that says that the context is gone. */
static bool is_refused(struct wrapped *w, enum clnt_stat stat)
{
    struct rpc_err why = {0};

    if (stat != RPC_AUTHERROR)
        return false;
    w->inner->cl_geterr(w->clnt, &why);
    return why.re_why == RPCSEC_GSS_CREDPROBLEM || why.re_why == RPCSEC_GSS_CTXPROBLEM;
}

/* A context that can still be used is used where a new one cannot be had. */
static rpcsec_status make_ready(struct wrapped *w, struct rpcsec_error *err)
{
    rpcsec_status status;

    if (!onc_security_is_stale(security_of(w)))
        return RPCSEC_OK;
    status = renew(w, err);
    if (status == RPCSEC_OK || !onc_security_is_usable(security_of(w)))
        return status;
    error_clear(err);
    return RPCSEC_OK;
}

static enum clnt_stat not_ready(struct wrapped *w)
{
    w->call_failed = true;
    w->clnt_error = (struct rpc_err){.re_status = RPC_AUTHERROR, .re_why = AUTH_FAILED};
    return RPC_AUTHERROR;
}

static enum clnt_stat call_locked(struct wrapped *w, const struct call *call,
                                  struct rpcsec_error *err)
{
    enum clnt_stat stat;

    w->call_failed = false;
    if (make_ready(w, err) != RPCSEC_OK)
        return not_ready(w);
    stat = call_once(w, call);
    if (is_refused(w, stat)) {
        atomic_store(&security_of(w)->refused, true);
        if (!w->base.config.resend)
            return stat;
        if (renew(w, err) != RPCSEC_OK)
            return not_ready(w);
        stat = call_once(w, call);
    }
    if (stat == RPC_SUCCESS)
        atomic_store(&security_of(w)->used, (int64_t)time(NULL));
    return stat;
}

static enum clnt_stat wrapped_call(CLIENT *clnt, rpcproc_t proc, xdrproc_t put, void *args,
                                   xdrproc_t get, void *results, struct timeval timeout)
{
    struct wrapped *w = wrapped_of_client(clnt);
    const struct call call = {proc, put, args, get, results, timeout};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    enum clnt_stat stat;

    if (clnt->cl_auth != &w->auth)
        return w->inner->cl_call(clnt, proc, put, args, get, results, timeout);
    pthread_mutex_lock(&w->call_lock);
    w->err = &err;
    stat = call_locked(w, &call, &err);
    w->err = NULL;
    if (stat != RPC_SUCCESS && !w->call_failed)
        (void)note_failure(w, stat, &err);
    pthread_mutex_unlock(&w->call_lock);
    if (stat != RPC_SUCCESS)
        onc_base_fail(&w->base, &err);
    return stat;
}

static void wrapped_abort(CLIENT *clnt)
{
    wrapped_of_client(clnt)->inner->cl_abort(clnt);
}

static void wrapped_geterr(CLIENT *clnt, struct rpc_err *ret_error)
{
    struct wrapped *w = wrapped_of_client(clnt);

    pthread_mutex_lock(&w->call_lock);
    if (w->call_failed)
        *ret_error = w->clnt_error;
    else
        w->inner->cl_geterr(clnt, ret_error);
    pthread_mutex_unlock(&w->call_lock);
}

static bool_t wrapped_freeres(CLIENT *clnt, xdrproc_t filter, void *results)
{
    return wrapped_of_client(clnt)->inner->cl_freeres(clnt, filter, results);
}

static bool_t wrapped_control(CLIENT *clnt, u_int what, void *info)
{
    return wrapped_of_client(clnt)->inner->cl_control(clnt, what, info);
}

static void unwrap_client(struct wrapped *w)
{
    w->clnt->cl_ops = w->inner;
    w->clnt = NULL;
}

/* The CLIENT goes before its AUTH. */
static void wrapped_destroy(CLIENT *clnt)
{
    struct wrapped *w = wrapped_of_client(clnt);

    unwrap_client(w);
    clnt->cl_ops->cl_destroy(clnt);
}

static const struct clnt_ops wrapping_ops = {
    .cl_call = wrapped_call,
    .cl_abort = wrapped_abort,
    .cl_geterr = wrapped_geterr,
    .cl_freeres = wrapped_freeres,
    .cl_destroy = wrapped_destroy,
    .cl_control = wrapped_control,
};

/* ---- life ---- */

static void free_wrapped(struct wrapped *w)
{
    onc_base_done(&w->base);
    buf_done(&w->answer);
    pthread_mutex_destroy(&w->call_lock);
    mem_free(w);
}

static void destroy(AUTH *auth)
{
    struct wrapped *w = wrapped_of(auth);

    if (w->clnt) {
        CLIENT *clnt = w->clnt;

        if (onc_security_is_usable(security_of(w)))
            send_destroy(w);
        unwrap_client(w);
        if (clnt->cl_auth == auth)
            clnt->cl_auth = authnone_create();
    }
    free_wrapped(w);
}

static struct auth_ops wrapped_auth_ops = {
    .ah_nextverf = next_verf,
    .ah_marshal = marshal,
    .ah_validate = validate,
    .ah_refresh = refresh,
    .ah_destroy = destroy,
    .ah_wrap = wrap,
    .ah_unwrap = unwrap,
};

struct auth_ops *const onc_wrapped_ops = &wrapped_auth_ops;

/* libtirpc sends a datagram again as it was; RFC 2203 5.3.3.1 wants another number. */
static rpcsec_status check_client(CLIENT *clnt, struct rpcsec_error *err)
{
    int fd = -1;
    int type = 0;
    socklen_t len = sizeof(type);

    if (!clnt)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no CLIENT: %s", clnt_spcreateerror("clnt_create"));
    if (clnt_control(clnt, CLGET_FD, (char *)&fd) &&
        getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_STREAM)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_ARGUMENT,
                     "RPCSEC_GSS needs a stream: create the CLIENT for \"tcp\"");
}

static void wrap_client(struct wrapped *w, CLIENT *clnt)
{
    w->clnt = clnt;
    w->inner = clnt->cl_ops;
    w->ops = wrapping_ops;
    clnt->cl_ops = &w->ops;
}

static struct wrapped *new_wrapped(void)
{
    struct wrapped *w = mem_zalloc(sizeof(*w));

    if (!w)
        return NULL;
    pthread_mutex_init(&w->call_lock, NULL);
    buf_init(&w->answer, LIMIT_TOKEN_LEN + 1024);
    w->auth.ah_ops = &wrapped_auth_ops;
    w->auth.ah_cred.oa_flavor = ONC_RPCSEC_GSS;
    w->auth.ah_private = w;
    return w;
}

AUTH *rpcsec_onc_auth_create_with(CLIENT *clnt, const char *target,
                                  struct rpcsec_policy *policy,
                                  const struct rpcsec_onc_options *options,
                                  struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    struct wrapped *w = NULL;
    rpcsec_status status = check_client(clnt, &why);

    error_clear(err);
    if (status == RPCSEC_OK && !(w = new_wrapped()))
        status = error_no_memory(&why);
    if (status == RPCSEC_OK) {
        status = onc_base_init(&w->base, target, policy, options, &why);
        if (status != RPCSEC_OK) {
            buf_done(&w->answer);
            mem_free(w);
        }
    }
    if (status == RPCSEC_OK) {
        wrap_client(w, clnt);
        status = renew(w, &why);
        if (status != RPCSEC_OK) {
            unwrap_client(w);
            free_wrapped(w);
        }
    }
    if (status == RPCSEC_OK)
        return &w->auth;
    error_copy(err, &why);
    return NULL;
}

AUTH *rpcsec_onc_auth_create(CLIENT *clnt, const char *target, struct rpcsec_policy *policy,
                             struct rpcsec_error *err)
{
    return rpcsec_onc_auth_create_with(clnt, target, policy, NULL, err);
}
