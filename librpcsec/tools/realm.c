/* SPDX-License-Identifier: MIT
 *
 * tools/realm.c: `rpcsec realm`: a command inside a throw-away Kerberos realm. Layer: tools.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "realm.h"

#define FIELD(name) offsetof(struct realm_settings, name)

static const struct tool_option options[] = {
    {.name = "dir",
     .arg = "DIR",
     .kind = TOOL_TEXT,
     .offset = FIELD(dir),
     .text = "keep the realm in DIR and use it again (default: a new one, removed)"},
    {.name = "principal",
     .arg = "NAME",
     .kind = TOOL_LIST,
     .offset = FIELD(principals),
     .text = "add a principal: with '/' a service, else a user"},
    {.name = "realm",
     .arg = "REALM",
     .kind = TOOL_TEXT,
     .offset = FIELD(name),
     .text = "name of the realm (default: RPCSEC.TEST)"},
    {.name = "enctypes",
     .arg = "LIST",
     .kind = TOOL_TEXT,
     .offset = FIELD(enctypes),
     .text = "AES encryption types (default: the two of RFC 3962)"},
    {.name = "lifetime",
     .arg = "SECONDS",
     .kind = TOOL_NUMBER,
     .offset = FIELD(lifetime_s),
     .least = 1,
     .greatest = 30 * 86400,
     .text = "lifetime of tickets (default: 86400)"},
    {.name = "clockskew",
     .arg = "SECONDS",
     .kind = TOOL_NUMBER,
     .offset = FIELD(clockskew_s),
     .least = 0,
     .greatest = 86400,
     .text = "tolerated clock difference (default: 300)"},
};

static const char notes[] =
    "The realm has the user ada and the service host/localhost; --principal adds to them.\n"
    "A service gets a random key in KRB5_KTNAME. A user gets a ticket; KRB5CCNAME holds the\n"
    "ticket of the first user named with --principal, else ada's, and those of the others lie\n"
    "in $RPCSEC_REALM_DIR/USER.ccache. Also set: KRB5_CONFIG, KRB5_KDC_PROFILE,\n"
    "KRB5RCACHENAME. The exit status is COMMAND's.\n";

/* RFC 3962 and RFC 8009, each under its names: anything else is no test of this library. */
static bool is_aes(const char *word, size_t len)
{
    static const char *const names[] = {"aes256-cts-hmac-sha1-96",
                                        "aes128-cts-hmac-sha1-96",
                                        "aes256-cts-hmac-sha384-192",
                                        "aes128-cts-hmac-sha256-128",
                                        "aes256-cts",
                                        "aes128-cts",
                                        "aes256-sha1",
                                        "aes128-sha1",
                                        "aes256-sha2",
                                        "aes128-sha2"};

    for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
        if (strlen(names[n]) == len && strncmp(names[n], word, len) == 0)
            return true;
    return false;
}

static bool are_aes(const char *enctypes)
{
    size_t num = 0;
    size_t len;

    if (strlen(enctypes) > 200)
        return false;
    for (; *enctypes; enctypes += len) {
        enctypes += strspn(enctypes, ", ");
        len = strcspn(enctypes, ", ");
        if (len && !is_aes(enctypes, len))
            return false;
        num += len > 0;
    }
    return num > 0;
}

static bool is_realm_name(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len < 100 &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-") ==
               len;
}

static bool has_principal(const struct tool_list *list, const char *name)
{
    for (size_t n = 0; n < list->num; n++)
        if (strcmp(list->items[n], name) == 0)
            return true;
    return false;
}

static int add_defaults(const struct tool *tool, struct realm_settings *settings)
{
    static const char *const defaults[] = {"ada", "host/localhost"};
    struct tool_list *list = &settings->principals;

    for (size_t n = 0; n < 2; n++) {
        if (has_principal(list, defaults[n]))
            continue;
        if (list->num == TOOL_LIST_MAX)
            return tool_usage(tool, "too many principals");
        list->items[list->num++] = defaults[n];
    }
    for (size_t n = list->num; n > 0; n--)
        if (!realm_is_service(list->items[n - 1]))
            settings->user = list->items[n - 1];
    return TOOL_OK;
}

static int check(const struct tool *tool, struct realm_settings *settings)
{
    if (!is_realm_name(settings->name))
        return tool_usage(tool, "'%s' is no name of a realm", settings->name);
    if (!are_aes(settings->enctypes))
        return tool_usage(tool,
                          "--enctypes takes AES encryption types, for example "
                          "aes256-cts-hmac-sha384-192, not '%s'",
                          settings->enctypes);
    for (size_t n = 0; n < settings->principals.num; n++)
        if (!realm_is_principal(settings->principals.items[n]))
            return tool_usage(tool,
                              "'%s' is no principal here: NAME or SERVICE/HOST without a realm",
                              settings->principals.items[n]);
    return add_defaults(tool, settings);
}

static int run_in_realm(struct tool *tool, const struct realm_settings *settings,
                        char **command)
{
    struct realm realm = {.tool = tool, .settings = settings};
    int code = realm_dir_open(&realm);

    if (code == TOOL_OK)
        code = realm_set_environment(&realm);
    if (code == TOOL_OK)
        return realm_run_command(&realm, command);
    realm_dir_close(&realm);
    return code;
}

static int realm_command_run(struct tool *tool, int argc, char **argv)
{
    struct realm_settings settings = {
        .name = "RPCSEC.TEST",
        .enctypes = "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96",
        .lifetime_s = 86400,
        .clockskew_s = 300,
    };
    int code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, &settings, &code))
        return code;
    if (argc == 0)
        return tool_usage(tool, "a command to run in the realm is needed behind --");
    code = check(tool, &settings);
    return code ? code : run_in_realm(tool, &settings, argv);
}

const struct tool_command realm_command = {
    .name = "realm",
    .operands = "-- COMMAND [ARGUMENT]...",
    .summary = "run a command inside a throw-away Kerberos realm",
    .notes = notes,
    .options = options,
    .num_options = sizeof(options) / sizeof(options[0]),
    .runs_command = true,
    .run = realm_command_run,
};
