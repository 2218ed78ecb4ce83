/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/clnt.c: a CLIENT of our own, whose calls share one connection: what its program
 * sees. Layer: onc/tirpc.
 */
#include "onc/tirpc/clnt.h"

#include <openssl/rand.h>

#include "base/alloc.h"
#include "base/error.h"

static struct own_client *client_of(CLIENT *clnt)
{
    return clnt->cl_private;
}

/* ---- the operations of the CLIENT ---- */

static bool is_context_refused(const struct own_call *call)
{
    return call->stat == RPC_AUTHERROR && (call->why.re_why == RPCSEC_GSS_CREDPROBLEM ||
                                           call->why.re_why == RPCSEC_GSS_CTXPROBLEM);
}

static uint64_t deadline_of(const struct own_client *c, struct timeval timeout)
{
    const struct timeval chosen = c->has_timeout ? c->timeout : timeout;

    return loop_now_ms() + (uint64_t)chosen.tv_sec * 1000 + (uint64_t)chosen.tv_usec / 1000;
}

static enum clnt_stat own_call(CLIENT *clnt, rpcproc_t proc, xdrproc_t put, void *args,
                               xdrproc_t get, void *results, struct timeval timeout)
{
    struct own_client *c = client_of(clnt);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct own_call call = {.proc = proc,
                            .put = put,
                            .args = args,
                            .get = get,
                            .results = results,
                            .deadline_ms = deadline_of(c, timeout),
                            .gss_proc = ONC_GSS_DATA,
                            .service = atomic_load(&c->base.service)};
    rpcsec_status status = own_call_once(c, &call, &err);

    if (status != RPCSEC_OK && is_context_refused(&call) && c->base.config.resend) {
        error_clear(&err);
        status = own_call_once(c, &call, &err);
    }
    if (status == RPCSEC_OK)
        return RPC_SUCCESS;
    call.why.re_status = call.stat;
    pthread_mutex_lock(&c->lock);
    c->error = call.why;
    pthread_mutex_unlock(&c->lock);
    onc_base_fail(&c->base, &err);
    return call.stat;
}

static void own_abort(CLIENT *clnt)
{
    (void)clnt;
}

static void own_geterr(CLIENT *clnt, struct rpc_err *ret_error)
{
    struct own_client *c = client_of(clnt);

    pthread_mutex_lock(&c->lock);
    *ret_error = c->error;
    pthread_mutex_unlock(&c->lock);
}

static bool_t own_freeres(CLIENT *clnt, xdrproc_t filter, void *results)
{
    (void)clnt;
    xdr_free(filter, results);
    return TRUE;
}

static bool_t own_control(CLIENT *clnt, u_int what, void *info)
{
    struct own_client *c = client_of(clnt);

    switch (what) {
    case CLSET_TIMEOUT:
        c->timeout = *(const struct timeval *)info;
        c->has_timeout = true;
        return TRUE;
    case CLGET_TIMEOUT:
        *(struct timeval *)info = c->timeout;
        return TRUE;
    case CLGET_FD:
        *(int *)info = c->transport ? c->transport->ops->descriptor(c->transport) : -1;
        return c->transport != NULL;
    case CLGET_PROG:
        *(uint32_t *)info = c->prog;
        return TRUE;
    case CLGET_VERS:
        *(uint32_t *)info = c->vers;
        return TRUE;
    default:
        return FALSE;
    }
}

static void free_client(struct own_client *c)
{
    if (c->transport)
        c->transport->ops->close(c->transport);
    onc_reader_done(&c->reader);
    onc_base_done(&c->base);
    wake_done(&c->wake);
    pthread_cond_destroy(&c->room);
    pthread_mutex_destroy(&c->lock);
    pthread_mutex_destroy(&c->renew_lock);
    mem_free(c);
}

static void own_destroy(CLIENT *clnt)
{
    struct own_client *c = client_of(clnt);

    own_send_destroy(c);
    free_client(c);
}

static struct clnt_ops own_ops = {
    .cl_call = own_call,
    .cl_abort = own_abort,
    .cl_geterr = own_geterr,
    .cl_freeres = own_freeres,
    .cl_destroy = own_destroy,
    .cl_control = own_control,
};

/* ---- the operations of its AUTH, which nobody but this CLIENT uses ---- */

static void auth_nothing(AUTH *auth)
{
    (void)auth;
}

static int auth_marshal_refused(AUTH *auth, XDR *xdr)
{
    (void)auth;
    (void)xdr;
    return FALSE;
}

static int auth_validate_refused(AUTH *auth, struct opaque_auth *verf)
{
    (void)auth;
    (void)verf;
    return FALSE;
}

static int auth_refresh_refused(AUTH *auth, void *message)
{
    (void)auth;
    (void)message;
    return FALSE;
}

static int auth_wrap_refused(AUTH *auth, XDR *xdr, xdrproc_t filter, caddr_t where)
{
    (void)auth;
    (void)xdr;
    (void)filter;
    (void)where;
    return FALSE;
}

static struct auth_ops own_auth_ops = {
    .ah_nextverf = auth_nothing,
    .ah_marshal = auth_marshal_refused,
    .ah_validate = auth_validate_refused,
    .ah_refresh = auth_refresh_refused,
    .ah_destroy = auth_nothing,
    .ah_wrap = auth_wrap_refused,
    .ah_unwrap = auth_wrap_refused,
};

struct auth_ops *const onc_own_ops = &own_auth_ops;

/* ---- making ---- */

static struct own_client *new_client(uint32_t prog, uint32_t vers)
{
    struct own_client *c = mem_zalloc(sizeof(*c));

    if (!c)
        return NULL;
    if (wake_init(&c->wake) || RAND_bytes((uint8_t *)&c->next_xid, sizeof(c->next_xid)) != 1) {
        mem_free(c);
        return NULL;
    }
    pthread_mutex_init(&c->lock, NULL);
    pthread_mutex_init(&c->renew_lock, NULL);
    pthread_cond_init(&c->room, NULL);
    buf_init(&c->reader.record, 0);
    c->prog = prog;
    c->vers = vers;
    c->auth.ah_ops = &own_auth_ops;
    c->auth.ah_private = &c->base;
    c->clnt.cl_ops = &own_ops;
    c->clnt.cl_auth = &c->auth;
    c->clnt.cl_private = c;
    return c;
}

CLIENT *rpcsec_onc_clnt_create_with(const char *binding, uint32_t prog, uint32_t vers,
                                    const char *target, struct rpcsec_policy *policy,
                                    const struct rpcsec_onc_options *options,
                                    struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    struct onc_address address;
    struct own_client *c = NULL;
    rpcsec_status status;

    error_clear(err);
    status = onc_address_parse(binding ? binding : "", &address, &why);
    if (status == RPCSEC_OK && !(c = new_client(prog, vers)))
        status = error_no_memory(&why);
    if (status == RPCSEC_OK) {
        c->address = address;
        status = onc_base_init(&c->base, target, policy, options, &why);
    }
    if (status == RPCSEC_OK)
        status = own_work(c, &why);
    if (status == RPCSEC_OK)
        return &c->clnt;
    if (c)
        free_client(c);
    error_copy(err, &why);
    return NULL;
}

CLIENT *rpcsec_onc_clnt_create(const char *binding, uint32_t prog, uint32_t vers,
                               const char *target, struct rpcsec_policy *policy,
                               struct rpcsec_error *err)
{
    return rpcsec_onc_clnt_create_with(binding, prog, vers, target, policy, NULL, err);
}
