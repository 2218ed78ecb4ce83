/* SPDX-License-Identifier: MIT
 *
 * tools/ping.c: `rpcsec ping`: is there a server, who is it, how fast does it answer. Layer:
 * tools.
 *
 * Binds to mgmt, which every DCE/RPC server has, and calls inq_if_ids (C706 appendix Q).
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "client.h"
#include "gen/mgmt.h"
#include "ping.h"

struct settings {
    const char *spn;
    const char *mech;
    const char *level;
    const char *third_leg;
    const char *directory;
    const char *owner;
    uint64_t count;
    uint64_t timeout_s;
    bool verbose;
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
     .choices = "kerberos|negotiate|ntlm|local|none",
     .text = "how to authenticate (default: kerberos; with ncalrpc: local)"},
    TOOL_LOCAL_OPTIONS(FIELD(directory), FIELD(owner)),
    {.name = "level",
     .arg = "LEVEL",
     .kind = TOOL_CHOICE,
     .offset = FIELD(level),
     .choices = "none|connect|packet|integrity|privacy",
     .text = "how to protect calls (default: privacy; with --mech none: none)"},
    {.name = "count",
     .arg = "N",
     .letter = 'c',
     .kind = TOOL_NUMBER,
     .offset = FIELD(count),
     .least = 1,
     .greatest = 1000000,
     .text = "number of calls (default: 3)"},
    {.name = "third-leg",
     .arg = "FORM",
     .kind = TOOL_CHOICE,
     .offset = FIELD(third_leg),
     .choices = "alter|auth3",
     .text = "PDU that carries the third token (default: alter)"},
    {.name = "timeout",
     .arg = "SECONDS",
     .kind = TOOL_NUMBER,
     .offset = FIELD(timeout_s),
     .least = 1,
     .greatest = 3600,
     .text = "for the connection, the handshake and each call (default: 10)"},
    {.name = "verbose",
     .letter = 'v',
     .kind = TOOL_FLAG,
     .offset = FIELD(verbose),
     .text = "show the handshake leg by leg"},
};

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- Set-up ---- */

static rpcsec_status set_limits(struct rpcsec_policy *policy, const struct settings *settings)
{
    rpcsec_status status = tool_set_timeout(policy, settings->timeout_s);

    if (!status && strcmp(settings->third_leg, "auth3") == 0)
        status = rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3);
    return status;
}

static rpcsec_status open_client(struct ping *ping, const struct settings *settings,
                                 struct rpcsec_policy *policy, struct rpcsec_error *err)
{
    struct rpcsec_client_options client_options = {
        .size = sizeof(client_options),
        .policy = policy,
        .mechanism = tool_mechanism(settings->mech),
        .on_leg = ping_take_leg,
        .on_leg_arg = ping,
    };

    if (rpcsec_level_parse(settings->level, &client_options.level))
        return RPCSEC_INVALID_ARGUMENT;
    return rpcsec_client_open_with(ping->binding, settings->spn, &client_options, &ping->client,
                                   err);
}

static rpcsec_status connect_and_bind(struct ping *ping, const struct settings *settings,
                                      struct rpcsec_error *err)
{
    struct rpcsec_policy *policy = NULL;
    double start = now_ms();
    rpcsec_status status = rpcsec_policy_new(&policy, err);

    if (!status)
        status = set_limits(policy, settings);
    if (!status && strcmp(settings->mech, "ntlm") == 0)
        status = rpcsec_policy_set_mechanisms(policy, RPCSEC_MECH_NTLM);
    if (!status)
        status = tool_set_local(policy, settings->mech, settings->directory, settings->owner);
    if (!status)
        status = open_client(ping, settings, policy, err);
    rpcsec_policy_free(policy);
    ping->connect_ms = now_ms() - start;
    start = now_ms();
    if (!status)
        status = rpcsec_client_bind(ping->client, &mgmt_client_interface, err);
    ping->bind_ms = now_ms() - start;
    return status;
}

/* ---- Calls ---- */

static rpcsec_status call_once(struct ping *ping, struct rpcsec_arena *arena,
                               struct rpcsec_error *err)
{
    mgmt_if_id_vector_p ids = NULL;
    uint32_t answer = 0;
    double start = now_ms();
    rpcsec_status status = mgmt_inq_if_ids(ping->client, arena, &ids, &answer, err);
    double took = now_ms() - start;

    if (status)
        return status;
    ping_take_call(ping, took, ids ? ids->count : 0, answer);
    return RPCSEC_OK;
}

static rpcsec_status call_all(struct ping *ping, uint64_t count, struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    rpcsec_status status = arena ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    for (uint64_t n = 0; n < count && !status; n++) {
        rpcsec_arena_reset(arena);
        status = call_once(ping, arena, err);
    }
    rpcsec_arena_free(arena);
    if (status && !err->status)
        err->status = status;
    return status;
}

/* The server took the bind but not the interface: then it is known who it is. */
static bool lacks_mgmt(const struct ping *ping, const struct rpcsec_error *err)
{
    return err->status == RPCSEC_BIND_REJECTED && ping->client &&
           rpcsec_client_peer(ping->client)->address[0];
}

static int fail(struct ping *ping, struct rpcsec_error *err)
{
    const struct rpcsec_peer *peer;

    if (!lacks_mgmt(ping, err))
        return tool_fail_rpc(ping->tool, err);
    peer = rpcsec_client_peer(ping->client);
    snprintf(err->text, sizeof(err->text),
             "%s at %s answered, but has no mgmt interface to call: a server of this library "
             "adds it with rpcsec_server_add_mgmt",
             ping->is_anonymous ? "a server" : peer->principal, peer->address);
    return tool_fail_rpc(ping->tool, err);
}

static int ping_server(struct ping *ping, const struct settings *settings)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status = connect_and_bind(ping, settings, &err);

    if (!status) {
        ping_print_peer(ping, rpcsec_client_peer(ping->client));
        status = call_all(ping, settings->count, &err);
    }
    if (ping->client)
        ping_print_end(ping);
    if (!status)
        return tool_finish(ping->tool, TOOL_OK);
    if (!err.status)
        err.status = status;
    fflush(stdout);
    if (err.status == RPCSEC_INVALID_ARGUMENT && !settings->spn && !ping->is_anonymous)
        return tool_usage(ping->tool, "%s (--spn)", rpcsec_error_text(&err));
    return fail(ping, &err);
}

static int check(const struct tool *tool, const struct ping *ping, struct settings *settings)
{
    bool is_none;

    if (!settings->mech)
        settings->mech = tool_default_mechanism(ping->binding);
    is_none = strcmp(settings->mech, "none") == 0;
    if (!settings->level)
        settings->level = is_none ? "none" : "privacy";
    if (is_none && strcmp(settings->level, "none") != 0)
        return tool_usage(tool, "--mech none protects nothing: it needs --level none");
    if (!is_none && strcmp(settings->level, "none") == 0)
        return tool_usage(tool, "--level none does not authenticate: it needs --mech none");
    return TOOL_OK;
}

static int ping_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {.third_leg = "alter", .count = 3, .timeout_s = 10};
    struct ping ping = {.tool = tool};
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc != 1)
        return tool_usage(tool, "one operand is needed: a binding as "
                                "'ncacn_ip_tcp:HOST[PORT]'");
    ping.binding = argv[0];
    code = check(tool, &ping, &settings);
    if (code)
        return code;
    ping.verbose = settings.verbose;
    ping.is_anonymous = strcmp(settings.mech, "none") == 0;
    code = ping_server(&ping, &settings);
    rpcsec_client_close(ping.client);
    return code;
}

const struct tool_command ping_command = {
    .name = "ping",
    .operands = "BINDING",
    .summary = "bind to a server's mgmt interface and time calls",
    .notes =
        "The service principal is what is typed here, never what DNS or the server says. An\n"
        "address literal names no service: it needs --spn.\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = ping_run,
};
