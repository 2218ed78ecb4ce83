/* SPDX-License-Identifier: MIT
 *
 * tools/onc_echo.c: the echo program of `rpcsec serve --onc`. Layer: tools.
 *
 * Written as rpcgen would write it, so that the command builds without rpcgen.
 */
#include <rpc/rpc.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "onc_echo.h"

enum { ECHO = 1, WHOAMI = 2, SINK = 3, SOURCE = 4 };

struct blob {
    char *bytes;
    u_int len;
};

struct onc_echo {
    struct rpcsec_onc_server *server;
    pthread_t thread;
    bool started;
};

/* ---- the program ---- */

static bool_t put_blob(XDR *xdr, struct blob *blob)
{
    return xdr_bytes(xdr, &blob->bytes, &blob->len, UINT32_MAX);
}

static bool_t put_text(XDR *xdr, char **text)
{
    return xdr_string(xdr, text, UINT32_MAX);
}

static bool_t nothing(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return TRUE;
}

static void send_reply(SVCXPRT *xprt, xdrproc_t filter, void *result)
{
    if (!svc_sendreply(xprt, filter, result))
        svcerr_systemerr(xprt);
}

static void take_blob(struct svc_req *request, SVCXPRT *xprt)
{
    struct blob blob = {NULL, 0};

    if (!svc_getargs(xprt, (xdrproc_t)put_blob, &blob))
        svcerr_decode(xprt);
    else if (request->rq_proc == ECHO)
        send_reply(xprt, (xdrproc_t)put_blob, &blob);
    else
        send_reply(xprt, (xdrproc_t)xdr_u_int, &blob.len);
    svc_freeargs(xprt, (xdrproc_t)put_blob, &blob);
}

static void give_blob(SVCXPRT *xprt)
{
    struct blob blob = {NULL, 0};

    if (!svc_getargs(xprt, (xdrproc_t)xdr_u_int, &blob.len)) {
        svcerr_decode(xprt);
        return;
    }
    blob.bytes = blob.len <= INT32_MAX ? calloc(1, blob.len + 1) : NULL;
    if (!blob.bytes) {
        svcerr_systemerr(xprt);
        return;
    }
    send_reply(xprt, (xdrproc_t)put_blob, &blob);
    free(blob.bytes);
}

static void tell_peer(struct svc_req *request, SVCXPRT *xprt)
{
    const struct rpcsec_peer *peer = rpcsec_onc_peer(request);
    char text[1024];
    char *result = text;

    snprintf(text, sizeof(text), "%s %s %s", peer->principal,
             rpcsec_mechanism_name(peer->mechanism), rpcsec_level_name(peer->level));
    send_reply(xprt, (xdrproc_t)put_text, &result);
}

static void dispatch(struct svc_req *request, SVCXPRT *xprt)
{
    switch (request->rq_proc) {
    case NULLPROC:
        send_reply(xprt, (xdrproc_t)nothing, NULL);
        break;
    case ECHO:
    case SINK:
        take_blob(request, xprt);
        break;
    case WHOAMI:
        tell_peer(request, xprt);
        break;
    case SOURCE:
        give_blob(xprt);
        break;
    default:
        svcerr_noproc(xprt);
    }
}

/* ---- the server ---- */

bool onc_is_built(void)
{
    return true;
}

static rpcsec_status open_server(const char *where, struct rpcsec_policy *policy,
                                 struct rpcsec_onc_server **server, struct rpcsec_error *err)
{
    const struct rpcsec_onc_service service = {.size = sizeof(service), .non_blocking = true};
    char binding[512];
    rpcsec_status status = rpcsec_onc_server_new(policy, server, err);

    snprintf(binding, sizeof(binding), strchr(where, '[') ? "onc_tcp:%s" : "onc_tcp:[%s]",
             where);
    if (!status)
        status = rpcsec_onc_server_add_with(*server, ONC_ECHO_PROG, ONC_ECHO_VERS, dispatch,
                                            &service, err);
    if (!status)
        status = rpcsec_onc_server_listen(*server, binding, 0, err);
    return status;
}

static void print_binding(const struct tool *tool, const char *binding)
{
    json_t *object = tool->json ? json_pack("{s:s}", "listening", binding) : NULL;

    if (object)
        json_dumpf(object, stdout, JSON_COMPACT);
    else
        printf("listening %s", binding);
    putchar('\n');
    json_decref(object);
}

int onc_echo_open(const struct tool *tool, const char *where, struct rpcsec_policy *policy,
                  struct onc_echo **ret_echo)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct onc_echo *echo = calloc(1, sizeof(*echo));
    const char *binding;
    const char *last = "";

    if (!echo)
        return tool_fail(tool, TOOL_FAILED, "out of memory");
    if (open_server(where, policy, &echo->server, &err)) {
        onc_echo_close(echo);
        return tool_fail_rpc(tool, &err);
    }
    for (size_t n = 0; (binding = rpcsec_onc_server_binding(echo->server, n)); n++) {
        if (strcmp(binding, last) != 0) /* not another address of the same name */
            print_binding(tool, binding);
        last = binding;
    }
    *ret_echo = echo;
    return TOOL_OK;
}

int onc_echo_run(const struct tool *tool, struct onc_echo *echo)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    return rpcsec_onc_server_run(echo->server, 0, &err) ? tool_fail_rpc(tool, &err) : TOOL_OK;
}

static void *run_thread(void *arg)
{
    const struct tool quiet = {.json = false};

    onc_echo_run(&quiet, arg);
    return NULL;
}

int onc_echo_start(const struct tool *tool, struct onc_echo *echo)
{
    echo->started = pthread_create(&echo->thread, NULL, run_thread, echo) == 0;
    return echo->started ? TOOL_OK : tool_fail(tool, TOOL_FAILED, "no thread can be started");
}

void onc_echo_stop(struct onc_echo *echo)
{
    if (echo)
        rpcsec_onc_server_stop(echo->server);
}

void onc_echo_close(struct onc_echo *echo)
{
    if (!echo)
        return;
    if (echo->started)
        pthread_join(echo->thread, NULL);
    rpcsec_onc_server_free(echo->server);
    free(echo);
}
