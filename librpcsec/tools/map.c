/* SPDX-License-Identifier: MIT
 *
 * tools/map.c: `rpcsec map`: what the endpoint mapper of a host knows. Layer: tools. Documents:
 * C706 appendix O (ept_lookup), MS-RPCE 2.2.1.2.4.
 *
 * Reads only. What a mapper says is a hint: nothing here was proved by the servers it names.
 */
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/text.h"
#include "base/uuid.h"
#include "client.h"
#include "gen/epm.h"
#include "pdu/tower.h"
#include "tool.h"

#define ALL_ELEMENTS   0          /* inquiry_type: MS-RPCE 2.2.1.2.4 */
#define ALL_VERSIONS   1          /* vers_option; without meaning for all elements */
#define NOT_REGISTERED 0x16c9a0d6 /* C706 appendix E: there are no more */
#define MAX_PAGES      10000      /* a mapper that never ends is left */

struct settings {
    struct tool_client client;
    uint64_t port;
    uint64_t page;
};

#define FIELD(name) offsetof(struct settings, name)

static const struct tool_option options[] = {
    {.name = "port",
     .arg = "PORT",
     .letter = 'p',
     .kind = TOOL_NUMBER,
     .offset = FIELD(port),
     .least = 1,
     .greatest = 65535,
     .text = "TCP port of the endpoint mapper (default: 135)"},
    {.name = "page",
     .arg = "N",
     .kind = TOOL_NUMBER,
     .offset = FIELD(page),
     .least = 1,
     .greatest = 500,
     .text = "entries asked for at a time (default: 100)"},
    TOOL_CLIENT_OPTIONS(FIELD(client), "none", "none; with a mechanism: privacy"),
};

struct map {
    const struct tool *tool;
    char host[260]; /* in brackets where bindings need them */
    struct rpcsec_client *client;
    size_t num_entries;
    json_t *entries; /* with --json */
};

/* ---- One entry ---- */

/* What is shown of an entry, as text. */
struct shown {
    char interface[UUID_TEXT_LEN];
    char version[16];
    char object[UUID_TEXT_LEN]; /* "" when nil */
    char address[260];
    char endpoint[136];
    char binding[480];
    char annotation[EPT_MAX_ANNOTATION_SIZE];
    const char *sequence;
};

static struct rpcsec_uuid object_of(const epm_entry *entry)
{
    struct rpcsec_uuid uuid = {
        .time_low = entry->object.time_low,
        .time_mid = entry->object.time_mid,
        .time_hi_and_version = entry->object.time_hi_and_version,
    };

    memcpy(uuid.clock_seq, entry->object.clock_seq, sizeof(uuid.clock_seq));
    memcpy(uuid.node, entry->object.node, sizeof(uuid.node));
    return uuid;
}

/* A mapper that listens everywhere tells no address: then it is the one that was asked. */
static void show_place(const struct tower *tower, const char *host, struct shown *shown)
{
    static const uint8_t any[4];

    if (tower->has_address && memcmp(tower->address, any, sizeof(any)) == 0)
        snprintf(shown->address, sizeof(shown->address), "%s", host);
    else if (tower->has_address)
        snprintf(shown->address, sizeof(shown->address), "%u.%u.%u.%u", tower->address[0],
                 tower->address[1], tower->address[2], tower->address[3]);
    else
        snprintf(shown->address, sizeof(shown->address), "%s", tower->host);
    if (tower->name[0])
        snprintf(shown->endpoint, sizeof(shown->endpoint), "%s", tower->name);
    else if (tower->port)
        snprintf(shown->endpoint, sizeof(shown->endpoint), "%u", (unsigned)tower->port);
}

static void show_entry(const epm_entry *entry, const struct tower *tower, const char *host,
                       struct shown *shown)
{
    struct rpcsec_uuid object = object_of(entry);

    memset(shown, 0, sizeof(*shown));
    uuid_text(&tower->interface.uuid, shown->interface);
    snprintf(shown->version, sizeof(shown->version), "%u.%u", (unsigned)tower->interface.major,
             (unsigned)tower->interface.minor);
    if (!uuid_is_nil(&object))
        uuid_text(&object, shown->object);
    shown->sequence = tower_sequence(tower) ? tower_sequence(tower) : "unknown";
    show_place(tower, host, shown);
    snprintf(shown->binding, sizeof(shown->binding), "%s%s%s:%s[%s]", shown->object,
             shown->object[0] ? "@" : "", shown->sequence, shown->address, shown->endpoint);
    text_clean(shown->annotation, sizeof(shown->annotation), entry->annotation,
               strnlen(entry->annotation, sizeof(entry->annotation)));
}

static void print_entry(struct map *map, const struct shown *shown)
{
    if (map->tool->json)
        json_array_append_new(map->entries,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "interface",
                                        shown->interface, "version", shown->version, "object",
                                        shown->object, "protocol", shown->sequence, "address",
                                        shown->address, "endpoint", shown->endpoint, "binding",
                                        shown->binding, "annotation", shown->annotation));
    else
        printf("%-36s  %-7s  %-44s  %s\n", shown->interface, shown->version, shown->binding,
               shown->annotation);
}

/* A tower that cannot be read is no reason to show nothing of the others. */
static void take_entry(struct map *map, const epm_entry *entry)
{
    struct tower tower;
    struct shown shown;

    if (!entry->tower ||
        tower_decode(entry->tower->tower_octet_string, entry->tower->tower_length, &tower)) {
        fprintf(stderr, "rpcsec map: entry %zu has no tower that can be read\n",
                map->num_entries + 1);
        return;
    }
    show_entry(entry, &tower, map->host, &shown);
    if (!map->tool->json && !map->num_entries)
        printf("%-36s  %-7s  %-44s  %s\n", "INTERFACE", "VERSION", "BINDING", "ANNOTATION");
    print_entry(map, &shown);
    map->num_entries++;
}

/* ---- The lookup ---- */

static bool has_ended(const epm_lookup_handle *handle)
{
    static const epm_lookup_handle null;

    return memcmp(handle, &null, sizeof(null)) == 0;
}

static rpcsec_status take_page(struct map *map, struct rpcsec_arena *arena,
                               epm_lookup_handle *handle, uint32_t page, uint32_t *ret_answer,
                               struct rpcsec_error *err)
{
    epm_entry *entries = NULL;
    uint32_t num = 0;
    rpcsec_status status =
        epm_ept_lookup(map->client, arena, ALL_ELEMENTS, NULL, NULL, ALL_VERSIONS, handle, page,
                       &num, &entries, ret_answer, err);

    for (uint32_t n = 0; n < num && !status && *ret_answer == 0; n++)
        take_entry(map, &entries[n]);
    return status;
}

static int take_pages(struct map *map, struct rpcsec_arena *arena, uint32_t page)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    epm_lookup_handle handle = {{0}};
    uint32_t answer = 0;

    for (unsigned n = 0; n < MAX_PAGES; n++) {
        rpcsec_arena_reset(arena);
        if (take_page(map, arena, &handle, page, &answer, &err))
            return tool_fail_rpc(map->tool, &err);
        if (answer == NOT_REGISTERED)
            return TOOL_OK;
        if (answer)
            return tool_fail(map->tool, TOOL_FAILED,
                             "the endpoint mapper answers with error %#x", (unsigned)answer);
        if (has_ended(&handle))
            return TOOL_OK;
    }
    return tool_fail(map->tool, TOOL_FAILED, "the endpoint mapper does not come to an end");
}

static void print_end(struct map *map)
{
    if (!map->tool->json) {
        printf("%zu entr%s\n", map->num_entries, map->num_entries == 1 ? "y" : "ies");
        return;
    }
    map->entries = json_pack("{s:s, s:o}", "host", map->host, "entries", map->entries);
    json_dumpf(map->entries, stdout, JSON_INDENT(2));
    putchar('\n');
}

static int map_host(struct map *map, const struct settings *settings)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    char binding[300];
    int code = TOOL_OK;

    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%s[%u]", map->host,
             (unsigned)settings->port);
    if (!arena)
        code = tool_fail(map->tool, TOOL_FAILED, "out of memory");
    else if (tool_client_open(&settings->client, binding, &map->client, &err))
        code = tool_fail_rpc(map->tool, &err);
    if (code == TOOL_OK)
        code = take_pages(map, arena, (uint32_t)settings->page);
    if (code == TOOL_OK)
        print_end(map);
    rpcsec_arena_free(arena);
    rpcsec_client_close(map->client);
    return tool_finish(map->tool, code);
}

static int map_run(struct tool *tool, int argc, char **argv)
{
    struct settings settings = {.port = 135, .page = 100};
    struct map map = {.tool = tool};
    bool brackets;
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc != 1)
        return tool_usage(tool, "one host is needed, for example files.example.com");
    code = tool_client_check(tool, &settings.client);
    if (code)
        return code;
    brackets = strchr(argv[0], ':') && argv[0][0] != '[';
    if (snprintf(map.host, sizeof(map.host), brackets ? "[%s]" : "%s", argv[0]) >=
        (int)sizeof(map.host))
        return tool_usage(tool, "the host name is too long");
    map.entries = tool->json ? json_array() : NULL;
    code = map_host(&map, &settings);
    json_decref(map.entries);
    return code;
}

const struct tool_command map_command = {
    .name = "map",
    .operands = "HOST",
    .summary = "list what the endpoint mapper of a host knows",
    .notes = "What it says is a hint: nobody has proved to serve an interface there.\n",
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .run = map_run,
};
