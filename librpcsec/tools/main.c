/* SPDX-License-Identifier: MIT
 *
 * tools/main.c: the rpcsec command: finds the subcommand. Layer: tools.
 */
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "tool.h"

const struct tool_command *const tool_commands[] = {
    &realm_command,      &serve_command, &ping_command,
    &map_command,        &probe_command, &epmd_command,
#ifdef RPCSEC_WITH_ONC
    &onc_ping_command,
#endif
    &completion_command, NULL,
};

static void print_usage(void)
{
    printf("usage: rpcsec COMMAND [OPTION]...\n\ncommands:\n");
    for (size_t n = 0; tool_commands[n]; n++)
        printf("  %-12s %s\n", tool_commands[n]->name, tool_commands[n]->summary);
    printf("\nrpcsec COMMAND --help tells more; rpcsec --version tells the version.\n");
}

/* --json may stand behind the option that is wrong: look for it first. */
static bool wants_json(int argc, char **argv)
{
    for (int n = 1; n < argc && strcmp(argv[n], "--") != 0; n++)
        if (strcmp(argv[n], "--json") == 0)
            return true;
    return false;
}

static const struct tool_command *find_command(const char *name)
{
    for (size_t n = 0; tool_commands[n]; n++)
        if (strcmp(tool_commands[n]->name, name) == 0)
            return tool_commands[n];
    return NULL;
}

int main(int argc, char **argv)
{
    struct tool tool = {.json = wants_json(argc, argv)};

    if (argc < 2)
        return tool_usage(&tool, "a command is needed");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_usage();
        return tool_finish(&tool, TOOL_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("rpcsec %s\n", PACKAGE_VERSION);
        return tool_finish(&tool, TOOL_OK);
    }
    tool.command = find_command(argv[1]);
    if (!tool.command)
        return tool_usage(&tool, "there is no command '%s'", argv[1]);
    return tool.command->run(&tool, argc - 1, argv + 1);
}
