/* SPDX-License-Identifier: MIT
 *
 * onc/served.c: see served.h.
 */
#include "served.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <unistd.h>

/* ---- procedures ---- */

static bool_t encode_nothing(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return FALSE;
}

struct later {
    SVCXPRT *transport;
    uint32_t number;
};

static void *answer_later(void *arg)
{
    struct later *later = arg;

    (void)svc_sendreply(later->transport, (xdrproc_t)xdr_u_int32_t, (char *)&later->number);
    free(later);
    return NULL;
}

static void defer(struct svc_req *request, SVCXPRT *transport, uint32_t number)
{
    struct later *later = malloc(sizeof(*later));
    pthread_t thread;

    *later = (struct later){transport, number};
    if (rpcsec_onc_defer(request) == RPCSEC_OK &&
        pthread_create(&thread, NULL, answer_later, later) == 0)
        pthread_detach(thread);
    else
        free(later);
}

/* 0: all is refused as it must be. */
static uint32_t ask(struct svc_req *request, SVCXPRT *transport)
{
    struct svc_req other = {0};
    struct rpc_msg message;
    int info = 0;

    return (uint32_t)(SVC_RECV(transport, &message) || SVC_STAT(transport) != XPRT_IDLE ||
                      SVC_CONTROL(transport, 0, &info) || rpcsec_onc_peer(&other) ||
                      rpcsec_onc_defer(&other) != RPCSEC_INVALID_ARGUMENT ||
                      !rpcsec_onc_peer(request));
}

static void send_number(SVCXPRT *transport, uint32_t number)
{
    (void)svc_sendreply(transport, (xdrproc_t)xdr_u_int32_t, (char *)&number);
}

static void special(struct svc_req *request, SVCXPRT *transport, uint32_t number)
{
    switch (request->rq_proc) {
    case PROC_DEFER:
        defer(request, transport, number);
        return;
    case PROC_GIVE_UP:
        if (rpcsec_onc_defer(request) == RPCSEC_OK)
            SVC_DESTROY(transport);
        return;
    case PROC_TWICE:
        send_number(transport, number);
        send_number(transport, number + 1);
        if (rpcsec_onc_defer(request) == RPCSEC_OK)
            abort();
        return;
    case PROC_UNENCODABLE:
        if (!svc_sendreply(transport, (xdrproc_t)encode_nothing, NULL))
            svcerr_systemerr(transport);
        return;
    case PROC_SYSTEM_ERR:
        svcerr_systemerr(transport);
        return;
    case PROC_WEAK_AUTH:
        svcerr_weakauth(transport);
        return;
    case PROC_NO_PROG:
        svcerr_noprog(transport);
        return;
    case PROC_MISMATCH:
        svcerr_progvers(transport, 3, 5);
        return;
    case PROC_ASKS:
        send_number(transport, number + ask(request, transport));
        return;
    case PROC_WAITS:
        usleep(50000);
        send_number(transport, number);
        return;
    default: /* PROC_SILENT */
        return;
    }
}

static void dispatch(struct svc_req *request, SVCXPRT *transport)
{
    uint32_t number = 0;

    if (request->rq_proc < PROC_DEFER || request->rq_proc > PROC_WAITS) {
        echo_prog_1(request, transport);
        return;
    }
    if (svc_getargs(transport, (xdrproc_t)xdr_u_int32_t, (char *)&number))
        special(request, transport, number);
    else
        svcerr_decode(transport);
    (void)svc_freeargs(transport, (xdrproc_t)xdr_u_int32_t, (char *)&number);
}

/* ---- the server ---- */

struct rpcsec_policy *served_policy(enum rpcsec_level level, const struct served_limit *limits)
{
    struct rpcsec_policy *policy = NULL;

    if (rpcsec_policy_new(&policy, NULL) != RPCSEC_OK)
        return NULL;
    assert_ok(rpcsec_policy_set_level(policy, level));
    assert_ok(rpcsec_policy_set_anonymous(policy, level == RPCSEC_LEVEL_NONE));
    for (; limits && limits->value; limits++)
        assert_ok(rpcsec_policy_set_limit(policy, limits->limit, limits->value));
    return policy;
}

static void *run(void *arg)
{
    struct served *served = arg;

    served->status = rpcsec_onc_server_run(served->server, 0, NULL);
    return NULL;
}

static rpcsec_status make(struct served *served, struct rpcsec_policy *policy,
                          const struct rpcsec_onc_service *service)
{
    static const struct rpcsec_onc_service quick = {
        .size = sizeof(quick), .least_level = RPCSEC_LEVEL_NONE, .non_blocking = true};
    rpcsec_status status = rpcsec_onc_server_new(policy, &served->server, NULL);

    if (status == RPCSEC_OK)
        status = rpcsec_onc_server_add_with(served->server, ECHO_PROG, ECHO_V1, dispatch,
                                            service, NULL);
    if (status == RPCSEC_OK)
        status =
            rpcsec_onc_server_add_with(served->server, ECHO_PROG, 2, dispatch, &quick, NULL);
    if (status == RPCSEC_OK)
        status = rpcsec_onc_server_listen(served->server, "onc_tcp:127.0.0.1[0]", 0, NULL);
    return status;
}

rpcsec_status served_start(struct served *served, struct rpcsec_policy *policy,
                           const struct rpcsec_onc_service *service)
{
    rpcsec_status status = policy ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    *served = (struct served){0};
    if (status == RPCSEC_OK)
        status = make(served, policy, service);
    rpcsec_policy_free(policy);
    if (status == RPCSEC_OK)
        served->runs = pthread_create(&served->thread, NULL, run, served) == 0;
    return status;
}

void served_stop(struct served *served)
{
    if (served->runs) {
        rpcsec_onc_server_stop(served->server);
        pthread_join(served->thread, NULL);
    }
    rpcsec_onc_server_free(served->server);
}

unsigned served_port(const struct served *served)
{
    const char *binding = rpcsec_onc_server_binding(served->server, 0);

    return (unsigned)strtoul(strchr(binding, '[') + 1, NULL, 10);
}

/* ---- clients ---- */

CLIENT *served_connect(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct netbuf netbuf = {sizeof(address), sizeof(address), &address};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CLIENT *clnt = NULL;

    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        clnt = clnt_vc_create(fd, &netbuf, ECHO_PROG, ECHO_V1, 0, 0);
    if (clnt)
        (void)clnt_control(clnt, CLSET_FD_CLOSE, NULL);
    else if (fd >= 0)
        close(fd);
    return clnt;
}

CLIENT *served_own(unsigned port, struct rpcsec_policy *policy,
                   const struct rpcsec_onc_options *options, struct rpcsec_error *err)
{
    char binding[64];
    CLIENT *clnt;

    snprintf(binding, sizeof(binding), "onc_tcp:127.0.0.1[%u]", port);
    clnt = rpcsec_onc_clnt_create_with(binding, ECHO_PROG, ECHO_V1, SERVED_SPN, policy, options,
                                       err);
    rpcsec_policy_free(policy);
    return clnt;
}

CLIENT *served_ours(unsigned port, struct rpcsec_policy *policy,
                    const struct rpcsec_onc_options *options, struct rpcsec_error *err)
{
    CLIENT *clnt = served_connect(port);
    AUTH *auth =
        clnt ? rpcsec_onc_auth_create_with(clnt, SERVED_SPN, policy, options, err) : NULL;

    rpcsec_policy_free(policy);
    if (auth) {
        clnt->cl_auth = auth;
        return clnt;
    }
    if (clnt)
        clnt_destroy(clnt);
    return NULL;
}

/* The AUTH of our own CLIENT is not to be destroyed by itself, but does not mind. */
void served_end(CLIENT *clnt)
{
    auth_destroy(clnt->cl_auth);
    clnt_destroy(clnt);
}

static struct timeval time_of(uint32_t ms)
{
    return (struct timeval){ms / 1000, (suseconds_t)(ms % 1000) * 1000};
}

enum clnt_stat served_number(CLIENT *clnt, uint32_t proc, uint32_t ms)
{
    uint32_t number = 77;
    uint32_t got = 0;
    enum clnt_stat stat = clnt_call(clnt, proc, (xdrproc_t)xdr_u_int32_t, (char *)&number,
                                    (xdrproc_t)xdr_u_int32_t, (char *)&got, time_of(ms));

    if (stat == RPC_SUCCESS)
        assert_int_equal(got, number);
    return stat;
}

enum clnt_stat served_echo(CLIENT *clnt, size_t len, uint32_t ms)
{
    blob argument = {(u_int)len, calloc(1, len + 1)};
    blob result = {0, NULL};
    enum clnt_stat stat;

    memset(argument.blob_val, 'e', len);
    stat = clnt_call(clnt, ECHO, (xdrproc_t)xdr_blob, (char *)&argument, (xdrproc_t)xdr_blob,
                     (char *)&result, time_of(ms));
    if (stat == RPC_SUCCESS) {
        assert_int_equal(result.blob_len, len);
        assert_memory_equal(result.blob_val, argument.blob_val, len);
    }
    free(argument.blob_val);
    xdr_free((xdrproc_t)xdr_blob, (char *)&result);
    return stat;
}
