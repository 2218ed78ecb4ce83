/* SPDX-License-Identifier: MIT
 *
 * tools/serve.c: `rpcsec serve`: a server of rpcecho and mgmt. Layer: tools.
 *
 * Safe as it is started without options: rpcecho at privacy only, header signing and
 * verification trailers required, nothing without authentication but the reads of mgmt.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <jansson.h>

#include <rpcsec/dcerpc.h>

#include "client.h"
#include "echo_service.h"
#include "onc_echo.h"
#include "systemd.h"
#include "tool.h"

struct settings {
    struct tool_list listen;
    struct tool_list accept_spns;
    struct tool_list mechs;
    struct tool_list limits;
    struct tool_list proxies;
    const char *keytab;
    const char *least_level;
    const char *header_signing;
    const char *verification_trailer;
    const char *onc;
    const char *audit;
    const char *node;
    const char *local_directory;
    bool anonymous;
    bool epm;
    bool registers;
};

#define FIELD(name) offsetof(struct settings, name)
#define DEMANDS     "required|accepted"

static const struct tool_option options[] = {
    {.name = "listen",
     .arg = "BINDING",
     .kind = TOOL_LIST,
     .offset = FIELD(listen),
     .text = "address as 'ncacn_ip_tcp:HOST[PORT]', port 0: any, 'ncalrpc:[NAME]', or fd:NAME; "
             "may be repeated"},
    {.name = "local-directory",
     .arg = "DIR",
     .kind = TOOL_TEXT,
     .offset = FIELD(local_directory),
     .text = "where the sockets of ncalrpc are (default: /run/rpcsec)"},
    {.name = "onc",
     .arg = "PORT",
     .kind = TOOL_TEXT,
     .offset = FIELD(onc),
     .text = "also serve an echo program of ONC RPC, on PORT or HOST[PORT]"},
    {.name = "node",
     .arg = "N",
     .kind = TOOL_TEXT,
     .offset = FIELD(node),
     .text = "number of this process among those of a service, 0 to 255 (default: 0)"},
    {.name = "proxy",
     .arg = "NETWORK",
     .kind = TOOL_LIST,
     .offset = FIELD(proxies),
     .text = "demand a PROXY header from there, as 192.0.2.0/24; may be repeated"},
    {.name = "keytab",
     .arg = "FILE",
     .kind = TOOL_TEXT,
     .offset = FIELD(keytab),
     .text = "keys of the service (default: KRB5_KTNAME, else the system's)"},
    {.name = "accept-spn",
     .arg = "SPN",
     .kind = TOOL_LIST,
     .offset = FIELD(accept_spns),
     .text = "serve this principal (default: all of the keytab); may be repeated"},
    {.name = "mech",
     .arg = "MECH",
     .kind = TOOL_LIST,
     .offset = FIELD(mechs),
     .text =
         "take kerberos, negotiate, ntlm or local (default: the first two); may be repeated"},
    {.name = "least-level",
     .arg = "LEVEL",
     .kind = TOOL_CHOICE,
     .offset = FIELD(least_level),
     .choices = "none|connect|packet|integrity|privacy",
     .text = "refuse calls of rpcecho below it (default: privacy)"},
    {.name = "anonymous",
     .kind = TOOL_FLAG,
     .offset = FIELD(anonymous),
     .text = "take binds without authentication (calls need --least-level none)"},
    {.name = "epm",
     .kind = TOOL_FLAG,
     .offset = FIELD(epm),
     .text = "be the endpoint mapper too; clients ask on port 135"},
    {.name = "register",
     .kind = TOOL_FLAG,
     .offset = FIELD(registers),
     .text = "register with this host's endpoint mapper (rpcsec epmd)"},
    {.name = "header-signing",
     .arg = "DEMAND",
     .kind = TOOL_CHOICE,
     .offset = FIELD(header_signing),
     .choices = DEMANDS "|off",
     .text = "whether PDU headers must be signed (default: required)"},
    {.name = "verification-trailer",
     .arg = "DEMAND",
     .kind = TOOL_CHOICE,
     .offset = FIELD(verification_trailer),
     .choices = DEMANDS,
     .text = "whether requests must carry a trailer (default: required)"},
    {.name = "limit",
     .arg = "NAME=N",
     .kind = TOOL_LIST,
     .offset = FIELD(limits),
     .text = "set a limit, for example handshake-ms=5000; may be repeated"},
    {.name = "audit",
     .arg = "FILE",
     .kind = TOOL_TEXT,
     .offset = FIELD(audit),
     .text = "append a line of JSON for each context accepted or refused; -: stdout"},
};

/* For the signal handler alone. */
static struct rpcsec_server *volatile running;
static struct onc_echo *volatile running_onc;

static void stop(int number)
{
    (void)number;
    systemd_notify("STOPPING=1");
    if (running)
        rpcsec_server_stop(running);
    onc_echo_stop(running_onc);
}

/* The audit file, for SIGHUP: another that took its name is opened, so that it can be rotated.
 */
static const char *audit_path;
static int audit_fd = -1;

static void reopen(int number)
{
    int saved = errno;
    int fd;

    (void)number;
    systemd_notify("RELOADING=1");
    fd = audit_path ? open(audit_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) {
        (void)dup3(fd, audit_fd, O_CLOEXEC);
        close(fd);
    }
    systemd_notify("READY=1");
    errno = saved;
}

static void stop_on_signals(struct rpcsec_server *server, struct onc_echo *onc)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};

    running = server;
    running_onc = onc;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = reopen;
    sigaction(SIGHUP, &action, NULL);
}

static rpcsec_status set_demands(struct rpcsec_policy *policy, const struct settings *settings)
{
    enum rpcsec_level level = RPCSEC_LEVEL_PRIVACY;
    rpcsec_status status = rpcsec_level_parse(settings->least_level, &level);

    if (!status)
        status = rpcsec_policy_set_level(policy, level);
    if (!status)
        status = rpcsec_policy_set_anonymous(policy, settings->anonymous);
    if (!status)
        status =
            rpcsec_policy_set_header_signing(policy, tool_demand(settings->header_signing));
    if (!status)
        status = rpcsec_policy_set_verification_trailer(
            policy, tool_demand(settings->verification_trailer));
    return status;
}

static rpcsec_status set_names(struct rpcsec_policy *policy, const struct settings *settings)
{
    rpcsec_status status = RPCSEC_OK;

    if (settings->keytab)
        status = rpcsec_policy_set_keytab(policy, settings->keytab);
    if (!status && settings->local_directory)
        status = rpcsec_policy_set_local_directory(policy, settings->local_directory);
    for (size_t n = 0; n < settings->accept_spns.num && !status; n++)
        status = rpcsec_policy_accept_spn(policy, settings->accept_spns.items[n]);
    return status;
}

/* Names of mechanisms, as rpcsec_mechanism_name gives them. */
static int set_mechanisms(const struct tool *tool, const struct tool_list *names,
                          struct rpcsec_policy *policy)
{
    static const enum rpcsec_mechanism known[] = {RPCSEC_MECH_KERBEROS, RPCSEC_MECH_NEGOTIATE,
                                                  RPCSEC_MECH_NTLM, RPCSEC_MECH_LOCAL};
    unsigned mechanisms = 0;

    for (size_t n = 0; n < names->num; n++) {
        unsigned before = mechanisms;

        for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
            if (strcmp(names->items[n], rpcsec_mechanism_name(known[k])) == 0)
                mechanisms |= known[k];
        if (mechanisms == before)
            return tool_usage(tool,
                              "--mech %s: it is kerberos, negotiate, ntlm or local, each once",
                              names->items[n]);
    }
    if (mechanisms && rpcsec_policy_set_mechanisms(policy, mechanisms))
        return tool_usage(tool, "the mechanisms cannot be set");
    return TOOL_OK;
}

static int set_proxies(const struct tool *tool, const struct settings *settings,
                       struct rpcsec_policy *policy)
{
    if (settings->proxies.num && settings->onc)
        return tool_usage(tool, "--proxy and --onc: ONC RPC is served without PROXY headers");
    for (size_t n = 0; n < settings->proxies.num; n++)
        if (rpcsec_policy_add_proxy(policy, settings->proxies.items[n]))
            return tool_usage(tool,
                              "--proxy %s: it is an address or a network as 192.0.2.0/24 "
                              "or 2001:db8::/32 without bits of a host, 32 at most",
                              settings->proxies.items[n]);
    return TOOL_OK;
}

static int make_policy(const struct tool *tool, const struct settings *settings,
                       struct rpcsec_policy **ret_policy)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status;

    if (rpcsec_policy_new(ret_policy, &err))
        return tool_fail_rpc(tool, &err);
    status = set_demands(*ret_policy, settings);
    if (!status)
        status = set_names(*ret_policy, settings);
    if (status)
        return tool_usage(tool, "policy: %s", rpcsec_status_text(status));
    if (tool_set_limits(tool, &settings->limits, *ret_policy))
        return TOOL_USAGE;
    if (set_proxies(tool, settings, *ret_policy))
        return TOOL_USAGE;
    return set_mechanisms(tool, &settings->mechs, *ret_policy);
}

/* ---- audit ---- */

/* One write for each line: several threads, and processes, append without mixing. */
static void write_audit(void *arg, const char *line)
{
    const int *fd = arg;
    char bytes[65536];
    int len = snprintf(bytes, sizeof(bytes), "%s\n", line);

    if (len > 0 && (size_t)len < sizeof(bytes) && write(*fd, bytes, (size_t)len) != len)
        fprintf(stderr, "rpcsec serve: the audit file cannot be written: %s\n",
                strerror(errno));
}

static int start_audit(const struct tool *tool, const struct settings *settings,
                       struct rpcsec_server *server)
{
    if (!settings->audit)
        return TOOL_OK;
    audit_path = strcmp(settings->audit, "-") == 0 ? NULL : settings->audit;
    audit_fd = audit_path ? open(audit_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)
                          : STDOUT_FILENO;
    if (audit_fd < 0)
        return tool_fail(tool, TOOL_FAILED, "cannot open the audit file '%s': %s",
                         settings->audit, strerror(errno));
    return rpcsec_server_on_audit(server, write_audit, &audit_fd)
               ? tool_fail(tool, TOOL_FAILED, "the audit cannot be set up")
               : TOOL_OK;
}

/* What an administrator has to know at once goes to stderr. */
static void tell_limits(void *arg, const struct rpcsec_error *error,
                        const struct rpcsec_peer *peer)
{
    (void)arg;
    if (error->status == RPCSEC_LIMIT && !peer->address[0])
        fprintf(stderr, "rpcsec serve: %s\n", rpcsec_error_text(error));
}

/* As many descriptors as this process may have. */
static void raise_descriptors(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* A binding, or "fd:NAME": sockets that a service manager passed under this name. */
static rpcsec_status listen_at(struct rpcsec_server *server, const char *where,
                               struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;
    int fd;

    if (strncmp(where, "fd:", 3) != 0 || systemd_listen_fd(where + 3, 0) < 0)
        return rpcsec_server_listen(server, where, err);
    for (int i = 0; !status && (fd = systemd_listen_fd(where + 3, i)) >= 0; i++)
        status = rpcsec_server_listen_fd(server, fd, err);
    return status;
}

static rpcsec_status set_node(struct rpcsec_server *server, const char *text,
                              struct rpcsec_error *err)
{
    char *end = NULL;
    long node = text ? strtol(text, &end, 10) : 0;

    if (!text)
        return RPCSEC_OK;
    if (!*text || *end || node < 0 || node > 255) {
        snprintf(err->text, sizeof(err->text), "--node %s: it is a number from 0 to 255", text);
        err->status = RPCSEC_OUT_OF_RANGE;
        return RPCSEC_OUT_OF_RANGE;
    }
    return rpcsec_server_set_node(server, (uint8_t)node);
}

static rpcsec_status set_up(struct rpcsec_server *server, const struct settings *settings,
                            struct rpcsec_error *err)
{
    rpcsec_status status = rpcsec_server_add(server, echo_service(), err);

    if (!status)
        status = set_node(server, settings->node, err);
    if (!status)
        status = rpcsec_server_add_mgmt(server, err);
    if (!status && settings->epm)
        status = rpcsec_server_add_epm(server, err);
    for (size_t n = 0; n < settings->listen.num && !status; n++)
        status = listen_at(server, settings->listen.items[n], err);
    if (!status && settings->registers)
        status = rpcsec_server_register(server, NULL, err);
    return status;
}

static void print_bindings(const struct tool *tool, const struct rpcsec_server *server)
{
    const char *binding;
    const char *last = "";

    for (size_t n = 0; (binding = rpcsec_server_binding(server, n)); last = binding, n++) {
        json_t *object;

        if (strcmp(binding, last) == 0)
            continue; /* another address of the same name */
        object = tool->json ? json_pack("{s:s}", "listening", binding) : NULL;

        if (object)
            json_dumpf(object, stdout, JSON_COMPACT);
        else
            printf("listening %s", binding);
        putchar('\n');
        json_decref(object);
    }
}

/* The two servers, either of which may be absent. */
struct servers {
    struct rpcsec_policy *policy;
    struct rpcsec_server *dce;
    struct onc_echo *onc;
};

static int open_dce(const struct tool *tool, struct servers *servers,
                    const struct settings *settings)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    int code = TOOL_OK;

    if (settings->listen.num == 0)
        return TOOL_OK;
    raise_descriptors();
    if (rpcsec_server_new(servers->policy, &servers->dce, &err))
        return tool_fail_rpc(tool, &err);
    code = start_audit(tool, settings, servers->dce);
    if (code)
        return code;
    if (rpcsec_server_on_error(servers->dce, tell_limits, NULL) ||
        set_up(servers->dce, settings, &err))
        return tool_fail_rpc(tool, &err);
    print_bindings(tool, servers->dce);
    return TOOL_OK;
}

static int run(const struct tool *tool, struct servers *servers)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    int code = tool_finish(tool, TOOL_OK);

    systemd_start();
    systemd_notify("READY=1");
    if (code == TOOL_OK && !servers->dce)
        return onc_echo_run(tool, servers->onc);
    if (code == TOOL_OK && servers->onc)
        code = onc_echo_start(tool, servers->onc);
    if (code == TOOL_OK && rpcsec_server_run(servers->dce, &err))
        code = tool_fail_rpc(tool, &err);
    onc_echo_stop(servers->onc);
    return code;
}

static int serve(const struct tool *tool, struct servers *servers,
                 const struct settings *settings)
{
    int code = open_dce(tool, servers, settings);

    if (code == TOOL_OK && settings->onc)
        code = onc_echo_open(tool, settings->onc, servers->policy, &servers->onc);
    if (code != TOOL_OK)
        return code;
    stop_on_signals(servers->dce, servers->onc);
    return run(tool, servers);
}

static int serve_with(const struct tool *tool, const struct settings *settings)
{
    struct servers servers = {.policy = NULL};
    int code = make_policy(tool, settings, &servers.policy);

    if (code == TOOL_OK)
        code = tool_check_keytab(tool, settings->keytab, &settings->accept_spns);
    if (code == TOOL_OK)
        code = serve(tool, &servers, settings);
    /* From here on a late signal ends the process as it would have without us. */
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    onc_echo_close(servers.onc);
    rpcsec_server_free(servers.dce);
    rpcsec_policy_free(servers.policy);
    return code;
}

static int serve_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {.least_level = "privacy",
                                .header_signing = "required",
                                .verification_trailer = "required"};
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc > 0)
        return tool_usage(tool, "'%s': no operand is needed", argv[0]);
    if (settings.listen.num == 0 && !settings.onc)
        return tool_usage(tool, "--listen or --onc is needed, for example "
                                "--listen 'ncacn_ip_tcp:127.0.0.1[0]'");
    return serve_with(tool, &settings);
}

const struct tool_command serve_command = {
    .name = "serve",
    .summary = "serve the rpcecho and mgmt interfaces, and echo over ONC RPC",
    .notes = "Prints 'listening ncacn_ip_tcp:HOST[PORT]', 'listening onc_tcp:HOST[PORT]' once "
             "ready.\n"
             "SIGTERM and SIGINT let open calls finish; then the exit status is 0.\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = serve_run,
};
