/* SPDX-License-Identifier: MIT
 *
 * tools/onc_ping.c: `rpcsec onc-ping`: does a program of ONC RPC answer, who serves it, how
 * fast. Layer: tools.
 *
 * Calls the NULL procedure, which every program has (RFC 5531 12.1).
 */
#include <rpc/rpc.h>

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include <rpcsec/onc.h>

#include "tool.h"

struct settings {
    const char *spn;
    const char *mech;
    const char *level;
    uint64_t count;
    uint64_t timeout_s;
};

#define FIELD(name) offsetof(struct settings, name)

static const struct tool_option options[] = {
    {.name = "spn",
     .arg = "SPN",
     .kind = TOOL_TEXT,
     .offset = FIELD(spn),
     .text = "service principal of the server (default: host/HOST)"},
    {.name = "mech",
     .arg = "MECH",
     .kind = TOOL_CHOICE,
     .offset = FIELD(mech),
     .choices = "kerberos|negotiate",
     .text = "how to authenticate (default: kerberos)"},
    {.name = "level",
     .arg = "LEVEL",
     .kind = TOOL_CHOICE,
     .offset = FIELD(level),
     .choices = "none|connect|integrity|privacy",
     .text = "how to protect calls (default: privacy)"},
    {.name = "count",
     .arg = "N",
     .letter = 'c',
     .kind = TOOL_NUMBER,
     .offset = FIELD(count),
     .least = 1,
     .greatest = 1000000,
     .text = "number of calls (default: 3)"},
    {.name = "timeout",
     .arg = "SECONDS",
     .kind = TOOL_NUMBER,
     .offset = FIELD(timeout_s),
     .least = 1,
     .greatest = 3600,
     .text = "for the connection, the handshake and each call (default: 10)"},
};

struct onc_ping {
    const struct tool *tool;
    const struct settings *settings;
    char host[256];
    char port[6]; /* empty: ask rpcbind */
    uint32_t prog;
    uint32_t vers;
    CLIENT *clnt;
    AUTH *auth; /* NULL at level none */
    double connect_ms, context_ms;
    double least_ms, greatest_ms, sum_ms;
    json_t *result;
};

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct timeval timeout_of(const struct settings *settings)
{
    return (struct timeval){(time_t)settings->timeout_s, 0};
}

/* ---- connecting ---- */

static int connect_one(const struct addrinfo *at, time_t timeout_s)
{
    const struct timeval timeout = {timeout_s, 0};
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
        return fd;
    close(fd);
    return -1;
}

static CLIENT *connect_to_port(const struct onc_ping *ping)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    /* RFC 6761 6.3: localhost is the loopback address, with or without /etc/hosts. */
    const char *host = strcasecmp(ping->host, "localhost") == 0 ? NULL : ping->host;
    struct addrinfo *list = NULL;
    CLIENT *clnt = NULL;

    if (getaddrinfo(host, ping->port, &hints, &list))
        return NULL;
    for (const struct addrinfo *at = list; at && !clnt; at = at->ai_next) {
        struct netbuf address = {at->ai_addrlen, at->ai_addrlen, at->ai_addr};
        int fd = connect_one(at, (time_t)ping->settings->timeout_s);

        if (fd < 0)
            continue;
        clnt = clnt_vc_create(fd, &address, ping->prog, ping->vers, 0, 0);
        if (clnt)
            clnt_control(clnt, CLSET_FD_CLOSE, NULL);
        else
            close(fd);
    }
    freeaddrinfo(list);
    return clnt;
}

static int open_client(struct onc_ping *ping)
{
    const struct timeval timeout = timeout_of(ping->settings);
    double start = now_ms();

    if (ping->port[0])
        ping->clnt = connect_to_port(ping);
    else
        ping->clnt = clnt_create_timed(ping->host, ping->prog, ping->vers, "tcp", &timeout);
    ping->connect_ms = now_ms() - start;
    if (ping->clnt)
        return TOOL_OK;
    if (ping->port[0])
        return tool_fail(ping->tool, TOOL_UNREACHABLE, "cannot connect to %s port %s",
                         ping->host, ping->port);
    return tool_fail(ping->tool, TOOL_UNREACHABLE, "%s; HOST[PORT] goes without rpcbind",
                     clnt_spcreateerror(ping->host));
}

/* ---- authenticating ---- */

static rpcsec_status make_policy(const struct settings *settings, struct rpcsec_policy **policy,
                                 struct rpcsec_error *err)
{
    rpcsec_status status = rpcsec_policy_new(policy, err);

    if (!status)
        status = rpcsec_policy_set_limit(*policy, RPCSEC_LIMIT_HANDSHAKE_MS,
                                         settings->timeout_s * 1000);
    return status;
}

static int authenticate(struct onc_ping *ping)
{
    const struct settings *settings = ping->settings;
    struct rpcsec_onc_options onc_options = {
        .size = sizeof(onc_options),
        .mechanism = strcmp(settings->mech, "negotiate") == 0 ? RPCSEC_MECH_NEGOTIATE
                                                              : RPCSEC_MECH_KERBEROS,
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;
    char spn[300];
    double start = now_ms();

    if (strcmp(settings->level, "none") == 0)
        return TOOL_OK;
    snprintf(spn, sizeof(spn), "host/%s", ping->host);
    if (rpcsec_level_parse(settings->level, &onc_options.level) ||
        make_policy(settings, &policy, &err)) {
        rpcsec_policy_free(policy);
        return tool_fail_rpc(ping->tool, &err);
    }
    ping->auth = rpcsec_onc_auth_create_with(ping->clnt, settings->spn ? settings->spn : spn,
                                             policy, &onc_options, &err);
    rpcsec_policy_free(policy);
    ping->context_ms = now_ms() - start;
    if (!ping->auth)
        return tool_fail_rpc(ping->tool, &err);
    ping->clnt->cl_auth = ping->auth;
    return TOOL_OK;
}

/* ---- calls ---- */

static bool_t nothing(XDR *xdr, void *value)
{
    (void)xdr;
    (void)value;
    return TRUE;
}

static int call_failed(const struct onc_ping *ping, enum clnt_stat stat)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    rpcsec_onc_error(ping->auth, &err);
    if (err.status)
        return tool_fail_rpc(ping->tool, &err);
    return tool_fail(ping->tool, stat == RPC_AUTHERROR ? TOOL_DENIED : TOOL_FAILED, "%s",
                     clnt_sperror(ping->clnt, "the call failed"));
}

static int call_once(struct onc_ping *ping, uint64_t number)
{
    double start = now_ms();
    enum clnt_stat stat = clnt_call(ping->clnt, NULLPROC, (xdrproc_t)nothing, NULL,
                                    (xdrproc_t)nothing, NULL, timeout_of(ping->settings));
    double took = now_ms() - start;

    if (stat != RPC_SUCCESS)
        return call_failed(ping, stat);
    if (number == 1 || took < ping->least_ms)
        ping->least_ms = took;
    if (took > ping->greatest_ms)
        ping->greatest_ms = took;
    ping->sum_ms += took;
    if (!ping->tool->json)
        printf("call %llu: %.3f ms\n", (unsigned long long)number, took);
    return TOOL_OK;
}

/* ---- showing ---- */

static void show_peer(struct onc_ping *ping)
{
    const struct rpcsec_peer *peer = ping->auth ? rpcsec_onc_auth_peer(ping->auth) : NULL;

    if (ping->tool->json)
        ping->result =
            json_pack("{s:s, s:I, s:I, s:s, s:s, s:s, s:s}", "host", ping->host, "program",
                      (json_int_t)ping->prog, "version", (json_int_t)ping->vers, "peer",
                      peer ? peer->principal : "", "mechanism",
                      rpcsec_mechanism_name(peer ? peer->mechanism : RPCSEC_MECH_NONE), "level",
                      ping->settings->level, "enctype", peer ? peer->enctype : "");
    else if (peer)
        printf("server %s, %s, %s, %s\n", peer->principal,
               rpcsec_mechanism_name(peer->mechanism), ping->settings->level, peer->enctype);
    else
        printf("server not authenticated\n");
}

static void show_end(struct onc_ping *ping)
{
    double average = ping->sum_ms / (double)ping->settings->count;

    if (!ping->tool->json) {
        printf("connect %.3f ms, context %.3f ms, %llu calls: %.3f/%.3f/%.3f ms "
               "(least/average/greatest)\n",
               ping->connect_ms, ping->context_ms, (unsigned long long)ping->settings->count,
               ping->least_ms, average, ping->greatest_ms);
        return;
    }
    json_object_set_new(ping->result, "round_trip",
                        json_pack("{s:f, s:f, s:f, s:f, s:f}", "connect_ms", ping->connect_ms,
                                  "context_ms", ping->context_ms, "least_ms", ping->least_ms,
                                  "average_ms", average, "greatest_ms", ping->greatest_ms));
    json_dumpf(ping->result, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    putchar('\n');
}

/* ---- the command ---- */

static bool read_u32(const char *text, uint32_t *ret)
{
    char *end = NULL;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, 0);
    if (errno || text[0] < '0' || text[0] > '9' || *end || value > UINT32_MAX)
        return false;
    *ret = (uint32_t)value;
    return true;
}

/* HOST or HOST[PORT]. */
static bool read_host(struct onc_ping *ping, const char *text)
{
    size_t len = strcspn(text, "[");
    size_t port_len = strlen(text + len);
    uint32_t port = 0;

    if (len == 0 || len >= sizeof(ping->host))
        return false;
    snprintf(ping->host, sizeof(ping->host), "%.*s", (int)len, text);
    if (port_len == 0)
        return true;
    if (port_len < 3 || port_len > sizeof(ping->port) + 1 || text[len + port_len - 1] != ']')
        return false;
    snprintf(ping->port, sizeof(ping->port), "%.*s", (int)port_len - 2, text + len + 1);
    return read_u32(ping->port, &port) && port > 0 && port <= UINT16_MAX;
}

static int ping_all(struct onc_ping *ping)
{
    int code = open_client(ping);

    if (code == TOOL_OK)
        code = authenticate(ping);
    if (code == TOOL_OK)
        show_peer(ping);
    for (uint64_t n = 1; n <= ping->settings->count && code == TOOL_OK; n++)
        code = call_once(ping, n);
    if (code == TOOL_OK)
        show_end(ping);
    if (ping->auth)
        auth_destroy(ping->auth);
    if (ping->clnt)
        clnt_destroy(ping->clnt);
    json_decref(ping->result);
    return code == TOOL_OK ? tool_finish(ping->tool, TOOL_OK) : code;
}

static int onc_ping_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {
        .mech = "kerberos", .level = "privacy", .count = 3, .timeout_s = 10};
    struct onc_ping ping = {.tool = tool, .settings = &settings};
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc != 3)
        return tool_usage(tool, "three operands are needed: HOST or HOST[PORT], the number of "
                                "a program, and its version");
    if (!read_host(&ping, argv[0]))
        return tool_usage(tool, "'%s' is not HOST or HOST[PORT]", argv[0]);
    if (!read_u32(argv[1], &ping.prog) || !read_u32(argv[2], &ping.vers))
        return tool_usage(tool, "program and version are numbers, decimal or with 0x");
    return ping_all(&ping);
}

const struct tool_command onc_ping_command = {
    .name = "onc-ping",
    .operands = "HOST PROG VERS",
    .summary = "call the NULL procedure of an ONC RPC program and time it",
    .notes = "HOST is a name, whose rpcbind is asked for the port, or HOST[PORT].\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = onc_ping_run,
};
