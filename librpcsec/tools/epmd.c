/* SPDX-License-Identifier: MIT
 *
 * tools/epmd.c: `rpcsec epmd`: the endpoint mapper of a host. Layer: tools. Documents: C706
 * appendix O, MS-RPCE 2.2.1.2.
 *
 * Anybody may ask, over TCP and the local socket; only processes of this host may register,
 * over the local socket, as the user that the kernel says.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include <rpcsec/dcerpc.h>

#include "systemd.h"
#include "tool.h"

struct settings {
    struct tool_list listen;
    struct tool_list limits;
    const char *local_directory;
    const char *local_name;
    const char *keytab;
    uint64_t port;
};

#define FIELD(name) offsetof(struct settings, name)

static const struct tool_option options[] = {
    {.name = "port",
     .arg = "PORT",
     .letter = 'p',
     .kind = TOOL_NUMBER,
     .offset = FIELD(port),
     .least = 0,
     .greatest = 65535,
     .text = "TCP port on all addresses (default: 135); 0: any free one"},
    {.name = "listen",
     .arg = "BINDING",
     .kind = TOOL_LIST,
     .offset = FIELD(listen),
     .text = "instead of that, 'ncacn_ip_tcp:HOST[PORT]'; may be repeated"},
    {.name = "local-name",
     .arg = "NAME",
     .kind = TOOL_TEXT,
     .offset = FIELD(local_name),
     .text = "its socket for registrations, ncalrpc:[NAME] (default: epmapper)"},
    {.name = "local-directory",
     .arg = "DIR",
     .kind = TOOL_TEXT,
     .offset = FIELD(local_directory),
     .text = "where the sockets of ncalrpc are (default: /run/rpcsec)"},
    {.name = "keytab",
     .arg = "FILE",
     .kind = TOOL_TEXT,
     .offset = FIELD(keytab),
     .text = "take clients that authenticate by Kerberos as well, with these keys"},
    {.name = "limit",
     .arg = "NAME=N",
     .kind = TOOL_LIST,
     .offset = FIELD(limits),
     .text = "set a limit, for example handles=64; may be repeated"},
};

/* For the signal handler alone. */
static struct rpcsec_server *volatile running;

static void stop(int number)
{
    (void)number;
    systemd_notify("STOPPING=1");
    if (running)
        rpcsec_server_stop(running);
}

static void stop_on_signals(struct rpcsec_server *server)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};

    running = server;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

/* Strangers ask it: a lookup that they leave costs a handle, so each has a few only. */
#define HANDLES_EACH 16

static int make_policy(const struct tool *tool, const struct settings *settings,
                       struct rpcsec_policy **ret_policy)
{
    const unsigned kerberos = RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NEGOTIATE;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status;

    if (rpcsec_policy_new(ret_policy, &err))
        return tool_fail_rpc(tool, &err);
    status = rpcsec_policy_set_mechanisms(*ret_policy, RPCSEC_MECH_LOCAL |
                                                           (settings->keytab ? kerberos : 0));
    if (!status && settings->keytab)
        status = rpcsec_policy_set_keytab(*ret_policy, settings->keytab);
    if (!status && settings->local_directory)
        status = rpcsec_policy_set_local_directory(*ret_policy, settings->local_directory);
    if (!status)
        status = rpcsec_policy_set_limit(*ret_policy, RPCSEC_LIMIT_HANDLES, HANDLES_EACH);
    if (status)
        return tool_usage(tool, "policy: %s", rpcsec_status_text(status));
    return tool_set_limits(tool, &settings->limits, *ret_policy);
}

static rpcsec_status set_up(struct rpcsec_server *server, const struct settings *settings,
                            struct rpcsec_error *err)
{
    char binding[128];
    rpcsec_status status = rpcsec_server_add_host_epm(server, err);

    if (!status)
        status = rpcsec_server_add_mgmt(server, err);
    snprintf(binding, sizeof(binding), "ncalrpc:[%s]", settings->local_name);
    if (!status)
        status = rpcsec_server_listen(server, binding, err);
    for (size_t n = 0; n < settings->listen.num && !status; n++)
        status = rpcsec_server_listen(server, settings->listen.items[n], err);
    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:[%u]", (unsigned)settings->port);
    if (!status && !settings->listen.num)
        status = rpcsec_server_listen(server, binding, err);
    return status;
}

static void print_bindings(const struct tool *tool, const struct rpcsec_server *server)
{
    const char *binding;

    for (size_t n = 0; (binding = rpcsec_server_binding(server, n)); n++) {
        json_t *object = tool->json ? json_pack("{s:s}", "listening", binding) : NULL;

        if (object)
            json_dumpf(object, stdout, JSON_COMPACT);
        else
            printf("listening %s", binding);
        putchar('\n');
        json_decref(object);
    }
}

static int run(const struct tool *tool, struct rpcsec_server *server,
               const struct settings *settings)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    int code;

    if (set_up(server, settings, &err))
        return tool_fail_rpc(tool, &err);
    stop_on_signals(server);
    print_bindings(tool, server);
    code = tool_finish(tool, TOOL_OK);
    systemd_start();
    systemd_notify("READY=1");
    if (code == TOOL_OK && rpcsec_server_run(server, &err))
        code = tool_fail_rpc(tool, &err);
    /* From here on a late signal ends the process as it would have without us. */
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    return code;
}

static int epmd_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {.port = 135, .local_name = "epmapper"};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_server *server = NULL;
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc > 0)
        return tool_usage(tool, "'%s': no operand is needed", argv[0]);
    code = make_policy(tool, &settings, &policy);
    if (code == TOOL_OK && rpcsec_server_new(policy, &server, &err))
        code = tool_fail_rpc(tool, &err);
    if (code == TOOL_OK)
        code = run(tool, server, &settings);
    rpcsec_server_free(server);
    rpcsec_policy_free(policy);
    return code;
}

const struct tool_command epmd_command = {
    .name = "epmd",
    .summary = "be the endpoint mapper of this host",
    .notes =
        "Servers register with it by 'rpcsec serve --register' or rpcsec_server_register.\n"
        "What it tells is a hint: a server proves who it is itself.\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = epmd_run,
};
