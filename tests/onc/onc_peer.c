/* SPDX-License-Identifier: MIT
 *
 * onc/onc_peer.c: one end of an ONC RPC connection, of libtirpc alone or of ours, for scripts.
 *
 *   onc_peer server SERVICE                 libtirpc's server; prints its port
 *   onc_peer call KIND PORT TARGET LEVEL SIZE...
 *       KIND stock: authgss_create; ours: rpcsec_onc_auth_create; own: rpcsec_onc_clnt_create
 *       LEVEL none (no authentication), connect, integrity, privacy
 *       echoes SIZE bytes, and asks whoami
 *   onc_peer bench KIND PORT TARGET LEVEL SIZE SECONDS THREADS shared|each
 *       THREADS threads, on one CLIENT or on one each, call; prints calls per second. SIZE
 * below 1000: echo, else sink; SIZE 0: contexts made per second
 */
#include "onc_service.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <gssapi/gssapi_krb5.h>
#include <rpc/auth_gss.h>
#include <rpc/rpcsec_gss.h>
#include <rpcsec/onc.h>

static int fail(const char *what)
{
    fprintf(stderr, "onc_peer: %s\n", what);
    return 1;
}

/* ---- server ---- */

static int serve(const char *service)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    SVCXPRT *transport;

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) || listen(fd, 128) ||
        getsockname(fd, (struct sockaddr *)&address, &len))
        return fail("cannot listen");
    if (!rpc_gss_set_svc_name((char *)(uintptr_t)service, (char *)(uintptr_t) "kerberos_v5", 0,
                              ECHO_PROG, ECHO_V1))
        return fail("rpc_gss_set_svc_name");
    transport = svc_vc_create(fd, 0, 0);
    if (!transport || !svc_reg(transport, ECHO_PROG, ECHO_V1, echo_prog_1, NULL))
        return fail("svc_vc_create");
    printf("%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    svc_run();
    return 1;
}

/* ---- client ---- */

static CLIENT *connect_to(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(port)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct netbuf netbuf = {sizeof(address), sizeof(address), &address};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
        return NULL;
    return clnt_vc_create(fd, &netbuf, ECHO_PROG, ECHO_V1, 0, 0);
}

static AUTH *stock_auth(CLIENT *clnt, const char *target, enum rpcsec_level level)
{
    struct rpc_gss_sec sec = {
        .mech = (gss_OID)gss_mech_krb5,
        .qop = GSS_C_QOP_DEFAULT,
        .svc = level == RPCSEC_LEVEL_PRIVACY     ? RPCSEC_GSS_SVC_PRIVACY
               : level == RPCSEC_LEVEL_INTEGRITY ? RPCSEC_GSS_SVC_INTEGRITY
                                                 : RPCSEC_GSS_SVC_NONE,
        .req_flags = GSS_C_MUTUAL_FLAG,
    };

    return authgss_create_default(clnt, (char *)(uintptr_t)target, &sec);
}

static struct rpcsec_policy *policy_of(enum rpcsec_level level)
{
    struct rpcsec_policy *policy = NULL;

    if (rpcsec_policy_new(&policy, NULL) || rpcsec_policy_set_level(policy, level) ||
        rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_REQUEST_BYTES, 100 << 20) ||
        rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_RESPONSE_BYTES, 100 << 20))
        exit(fail("policy"));
    return policy;
}

static CLIENT *make_client(const char *kind, const char *port, const char *target,
                           enum rpcsec_level level)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = policy_of(level);
    CLIENT *clnt;

    if (strcmp(kind, "own") == 0) {
        char binding[64];

        snprintf(binding, sizeof(binding), "onc_tcp:localhost[%s]", port);
        clnt = rpcsec_onc_clnt_create(binding, ECHO_PROG, ECHO_V1, target, policy, &err);
        rpcsec_policy_free(policy);
        if (!clnt)
            fprintf(stderr, "%s\n", rpcsec_error_text(&err));
        return clnt;
    }
    clnt = connect_to(port);
    if (!clnt || level == RPCSEC_LEVEL_NONE) {
        rpcsec_policy_free(policy);
        return clnt;
    }
    clnt->cl_auth = strcmp(kind, "stock") == 0
                        ? stock_auth(clnt, target, level)
                        : rpcsec_onc_auth_create(clnt, target, policy, &err);
    rpcsec_policy_free(policy);
    if (clnt->cl_auth)
        return clnt;
    fprintf(stderr, "%s\n",
            err.status ? rpcsec_error_text(&err) : clnt_spcreateerror("authgss_create"));
    clnt_destroy(clnt);
    return NULL;
}

static int echo(CLIENT *clnt, size_t len)
{
    blob argument = {(u_int)len, malloc(len + 1)};
    blob result = {0, NULL};
    enum clnt_stat stat;
    int code = 0;

    for (size_t i = 0; i < len; i++)
        argument.blob_val[i] = (char)(i * 31 + len);
    stat = echo_1(&argument, &result, clnt);
    if (stat != RPC_SUCCESS) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        rpcsec_onc_error(clnt->cl_auth, &err);
        fprintf(stderr, "echo of %zu: %s: %s\n", len, clnt_sperrno(stat),
                rpcsec_error_text(&err));
        code = 1;
    } else if (result.blob_len != len ||
               (len > 0 && memcmp(result.blob_val, argument.blob_val, len) != 0)) {
        code = fail("the echo differs");
    }
    free(argument.blob_val);
    xdr_free((xdrproc_t)xdr_blob, (char *)&result);
    return code;
}

static int call(int argc, char **argv)
{
    enum rpcsec_level level;
    CLIENT *clnt;
    text who = NULL;
    int code = 0;

    if (argc < 4 || rpcsec_level_parse(argv[3], &level))
        return fail("usage: onc_peer call KIND PORT TARGET LEVEL SIZE...");
    clnt = make_client(argv[0], argv[1], argv[2], level);
    if (!clnt)
        return fail("no client");
    for (int i = 4; i < argc && !code; i++)
        code = echo(clnt, (size_t)atol(argv[i]));
    if (!code && whoami_1(NULL, &who, clnt) == RPC_SUCCESS)
        printf("%s\n", who);
    else
        code = 1;
    xdr_free((xdrproc_t)xdr_text, (char *)&who);
    if (strcmp(argv[0], "own") != 0)
        auth_destroy(clnt->cl_auth);
    clnt_destroy(clnt);
    return code;
}

/* ---- bench ---- */

struct bench {
    char **args; /* KIND PORT TARGET LEVEL SIZE SECONDS */
    enum rpcsec_level level;
    CLIENT *shared; /* NULL: one each */
    pthread_t thread;
    unsigned long calls;
};

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static CLIENT *bench_client(const struct bench *bench)
{
    return make_client(bench->args[0], bench->args[1], bench->args[2], bench->level);
}

static void end_client(const struct bench *bench, CLIENT *clnt)
{
    if (strcmp(bench->args[0], "own") != 0)
        auth_destroy(clnt->cl_auth);
    clnt_destroy(clnt);
}

static bool bench_call(CLIENT *clnt, blob *argument)
{
    blob result = {0, NULL};
    u_int len = 0;
    bool good;

    if (argument->blob_len >= 1000)
        return sink_1(argument, &len, clnt) == RPC_SUCCESS && len == argument->blob_len;
    good =
        echo_1(argument, &result, clnt) == RPC_SUCCESS && result.blob_len == argument->blob_len;
    xdr_free((xdrproc_t)xdr_blob, (char *)&result);
    return good;
}

static void *bench_run(void *arg)
{
    struct bench *bench = arg;
    const size_t len = (size_t)atol(bench->args[4]);
    blob argument = {(u_int)len, calloc(1, len + 1)};
    double end = now_s() + atof(bench->args[5]);
    CLIENT *clnt = len == 0 ? NULL : bench->shared ? bench->shared : bench_client(bench);

    while (now_s() < end) {
        if (len == 0) {
            clnt = bench_client(bench);
            if (!clnt)
                break;
            end_client(bench, clnt);
        } else if (!clnt || !bench_call(clnt, &argument)) {
            break;
        }
        bench->calls++;
    }
    if (now_s() < end) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        rpcsec_onc_error(clnt ? clnt->cl_auth : NULL, &err);
        fprintf(stderr, "onc_peer: a call failed: %s\n", rpcsec_error_text(&err));
    }
    if (len > 0 && clnt && !bench->shared)
        end_client(bench, clnt);
    free(argument.blob_val);
    return NULL;
}

static int run_bench(int argc, char **argv)
{
    struct bench benches[64];
    unsigned long calls = 0;
    double start = now_s();
    int num = argc == 8 ? atoi(argv[6]) : 0;
    enum rpcsec_level level;
    CLIENT *shared = NULL;

    if (num < 1 || num > 64 || rpcsec_level_parse(argv[3], &level))
        return fail("usage: onc_peer bench KIND PORT TARGET LEVEL SIZE SECONDS THREADS "
                    "shared|each");
    if (strcmp(argv[7], "shared") == 0)
        shared = make_client(argv[0], argv[1], argv[2], level);
    for (int i = 0; i < num; i++) {
        benches[i] = (struct bench){.args = argv, .level = level, .shared = shared};
        if (pthread_create(&benches[i].thread, NULL, bench_run, &benches[i]))
            return fail("no thread");
    }
    for (int i = 0; i < num; i++) {
        pthread_join(benches[i].thread, NULL);
        calls += benches[i].calls;
    }
    if (shared)
        end_client(&benches[0], shared);
    printf("%.0f\n", (double)calls / (now_s() - start));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "bench") == 0)
        return run_bench(argc - 2, argv + 2);
    if (argc == 3 && strcmp(argv[1], "server") == 0)
        return serve(argv[2]);
    if (argc > 3 && strcmp(argv[1], "call") == 0)
        return call(argc - 2, argv + 2);
    return fail("usage: onc_peer server SERVICE | call KIND PORT TARGET LEVEL SIZE...");
}
