/* SPDX-License-Identifier: MIT
 *
 * tools/probe.c: `rpcsec probe`: what a server offers and accepts, as a matrix, compared with
 * what it should. Layer: tools. Documents: MS-RPCE 3.3.1.5.2, 2.2.2.13.
 */
#include <stdio.h>
#include <string.h>

#include "base/uuid.h"
#include "gen/mgmt.h"
#include "probe.h"

struct settings {
    const char *interface;
    const char *spn;
    const char *least_level;
    const char *header_signing;
    const char *trailer;
    uint64_t timeout_s;
    bool ntlm;
};

#define FIELD(name) offsetof(struct settings, name)

static const struct tool_option options[] = {
    {.name = "spn",
     .arg = "SPN",
     .kind = TOOL_TEXT,
     .offset = FIELD(spn),
     .text = "service principal of the server (default: host/HOST)"},
    {.name = "interface",
     .arg = "UUID",
     .letter = 'i',
     .kind = TOOL_TEXT,
     .offset = FIELD(interface),
     .text = "interface to probe (default: the first but mgmt)"},
    {.name = "least-level",
     .arg = "LEVEL",
     .kind = TOOL_CHOICE,
     .offset = FIELD(least_level),
     .choices = "none|connect|packet|integrity|privacy",
     .text = "what is below is a finding (default: privacy)"},
    {.name = "header-signing",
     .arg = "DEMAND",
     .kind = TOOL_CHOICE,
     .offset = FIELD(header_signing),
     .choices = "required|accepted",
     .text = "required: calls without are a finding (default)"},
    {.name = "verification-trailer",
     .arg = "DEMAND",
     .kind = TOOL_CHOICE,
     .offset = FIELD(trailer),
     .choices = "required|accepted",
     .text = "required: calls without are a finding (default)"},
    {.name = "ntlm",
     .kind = TOOL_FLAG,
     .offset = FIELD(ntlm),
     .text = "that NTLM is offered is no finding"},
    {.name = "timeout",
     .arg = "SECONDS",
     .kind = TOOL_NUMBER,
     .offset = FIELD(timeout_s),
     .least = 1,
     .greatest = 3600,
     .text = "for each connection, handshake and call (default: 10)"},
};

/* ---- What is probed ---- */

static struct rpcsec_syntax syntax_of(const mgmt_if_id *id)
{
    struct rpcsec_syntax syntax = {
        .uuid = {.time_low = id->uuid.time_low,
                 .time_mid = id->uuid.time_mid,
                 .time_hi_and_version = id->uuid.time_hi_and_version},
        .major = id->vers_major,
        .minor = id->vers_minor,
    };

    memcpy(syntax.uuid.clock_seq, id->uuid.clock_seq, sizeof(syntax.uuid.clock_seq));
    memcpy(syntax.uuid.node, id->uuid.node, sizeof(syntax.uuid.node));
    return syntax;
}

/* Takes the one that was asked for, else the first but mgmt. */
static bool choose_interface(struct probe *probe, const struct rpcsec_uuid *wanted,
                             const mgmt_if_id_vector *ids)
{
    for (uint32_t n = 0; ids && n < ids->count; n++) {
        struct rpcsec_syntax syntax;

        if (!ids->if_id[n])
            continue;
        syntax = syntax_of(ids->if_id[n]);
        if (wanted ? !uuid_equal(&syntax.uuid, wanted)
                   : syntax_equal(&syntax, &mgmt_client_interface.id))
            continue;
        probe->interface = syntax;
        return true;
    }
    if (wanted)
        return false;
    probe->interface = mgmt_client_interface.id;
    probe->only_mgmt = true;
    return true;
}

static void note_peer(struct probe *probe, struct rpcsec_client *client)
{
    const struct rpcsec_peer *peer = rpcsec_client_peer(client);

    snprintf(probe->address, sizeof(probe->address), "%s", peer->address);
    snprintf(probe->principal, sizeof(probe->principal), "%s", peer->principal);
}

static int read_interfaces(struct probe *probe, struct rpcsec_client *client,
                           const struct rpcsec_uuid *wanted)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    mgmt_if_id_vector_p ids = NULL;
    uint32_t answer = 0;
    int code = TOOL_OK;

    if (!arena)
        return tool_fail(probe->tool, TOOL_FAILED, "out of memory");
    if (mgmt_inq_if_ids(client, arena, &ids, &answer, &err))
        code = tool_fail_rpc(probe->tool, &err);
    else if (!choose_interface(probe, wanted, ids))
        code = tool_fail(probe->tool, TOOL_FAILED,
                         "the server does not say that it has the interface of --interface");
    if (code == TOOL_OK)
        note_peer(probe, client);
    rpcsec_arena_free(arena);
    return code;
}

/* One way must work, the strongest first, or the matrix would tell of our side and not of the
 * server. */
static int look_around(struct probe *probe, const struct rpcsec_uuid *wanted)
{
    struct rpcsec_error first = RPCSEC_ERROR_INIT;

    for (size_t n = 0; n < probe->num_cells; n++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct rpcsec_client *client = NULL;
        int code;

        if (probe_open(probe, &probe->cells[n].setup, &client, n ? &err : &first))
            continue;
        code = read_interfaces(probe, client, wanted);
        rpcsec_client_close(client);
        return code;
    }
    return tool_fail_rpc(probe->tool, &first);
}

/* ---- The run ---- */

static int run_cells(struct probe *probe)
{
    for (size_t n = 0; n < probe->num_cells; n++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        probe_show_progress(probe, n);
        if (probe_run_cell(probe, &probe->cells[n], &err))
            return tool_fail_rpc(probe->tool, &err);
    }
    probe_show_progress(probe, probe->num_cells);
    return TOOL_OK;
}

static int probe_server(struct probe *probe, const struct rpcsec_uuid *wanted)
{
    int code;

    probe_plan(probe);
    code = look_around(probe, wanted);
    if (code == TOOL_OK)
        code = probe_offers(probe);
    if (code == TOOL_OK)
        code = run_cells(probe);
    if (code == TOOL_OK && probe_show(probe))
        code = TOOL_FAILED;
    return tool_finish(probe->tool, code);
}

static int probe_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {.least_level = "privacy",
                                .header_signing = "required",
                                .trailer = "required",
                                .timeout_s = 10};
    static struct probe probe; /* large */
    struct rpcsec_uuid wanted;
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc != 1)
        return tool_usage(tool, "one binding is needed, for example "
                                "'ncacn_ip_tcp:files.example.com[7001]'");
    if (settings.interface && uuid_parse(settings.interface, &wanted))
        return tool_usage(tool, "--interface takes a UUID, not '%s'", settings.interface);
    probe = (struct probe){.tool = tool,
                           .binding = argv[0],
                           .client = {.spn = settings.spn, .timeout_s = settings.timeout_s},
                           .header_signing = tool_demand(settings.header_signing),
                           .trailer = tool_demand(settings.trailer),
                           .ntlm_allowed = settings.ntlm};
    if (rpcsec_level_parse(settings.least_level, &probe.least_level))
        return tool_usage(tool, "--least-level: '%s' is no level", settings.least_level);
    return probe_server(&probe, settings.interface ? &wanted : NULL);
}

const struct tool_command probe_command = {
    .name = "probe",
    .operands = "BINDING",
    .summary = "try what protection a server offers and accepts",
    .notes =
        "Binds, reads mgmt, and calls operation 65535, which no interface has: nothing on the\n"
        "server changes. Exit status 1: it serves something weaker than was asked.\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = probe_run,
};
