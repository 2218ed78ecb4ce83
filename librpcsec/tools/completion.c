/* SPDX-License-Identifier: MIT
 *
 * tools/completion.c: `rpcsec completion bash`, from the same tables as the parser. Layer:
 * tools.
 */
#include <stdio.h>
#include <string.h>

#include "tool.h"

static void print_commands(void)
{
    for (size_t n = 0; tool_commands[n]; n++)
        printf("%s%s", n ? " " : "", tool_commands[n]->name);
}

static void print_words(const char *choices)
{
    char word[32];

    while (tool_next_choice(&choices, word, sizeof(word)))
        printf("%s%s", word, *choices ? " " : "");
}

/* The arm of the case statement that completes the argument of one option. */
static void print_argument(const struct tool_command *command, const struct tool_option *option)
{
    if (!option->arg)
        return;
    printf("    %s:--%s) ", command->name, option->name);
    if (option->choices) {
        printf("COMPREPLY=($(compgen -W '");
        print_words(option->choices);
        printf("' -- \"$word\")); return;;\n");
    } else {
        printf("COMPREPLY=($(compgen -f -- \"$word\")); return;;\n");
    }
}

static void print_options(const struct tool_command *command)
{
    printf("    %s) words='", command->name);
    for (size_t n = 0; n < command->num_options; n++)
        printf("--%s ", command->options[n].name);
    printf("--json --help'%s;;\n", command->runs_command ? " operands='-c -f'" : "");
}

static void print_bash(void)
{
    printf("# bash completion of rpcsec; written by: rpcsec completion bash\n"
           "_rpcsec()\n{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} words= operands=-f\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        COMPREPLY=($(compgen -W '");
    print_commands();
    printf("' -- \"$word\"))\n        return\n    fi\n"
           "    case ${COMP_WORDS[1]}:${COMP_WORDS[COMP_CWORD-1]} in\n");
    for (size_t c = 0; tool_commands[c]; c++)
        for (size_t n = 0; n < tool_commands[c]->num_options; n++)
            print_argument(tool_commands[c], &tool_commands[c]->options[n]);
    printf("    esac\n    case ${COMP_WORDS[1]} in\n");
    for (size_t c = 0; tool_commands[c]; c++)
        print_options(tool_commands[c]);
    printf("    esac\n"
           "    case $word in\n"
           "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\"));;\n"
           "    *) COMPREPLY=($(compgen $operands -- \"$word\"));;\n"
           "    esac\n}\n"
           "complete -F _rpcsec rpcsec\n");
}

static int completion_run(struct tool *tool, int argc, char **argv)
{
    int exit_code = TOOL_OK;

    if (!tool_parse(tool, &argc, &argv, NULL, &exit_code))
        return exit_code;
    if (argc != 1)
        return tool_usage(tool, "one operand is needed: the name of a shell");
    if (strcmp(argv[0], "bash") != 0)
        return tool_usage(tool, "there is a completion for bash only, not for '%s'", argv[0]);
    print_bash();
    return tool_finish(tool, TOOL_OK);
}

const struct tool_command completion_command = {
    .name = "completion",
    .operands = "bash",
    .summary = "print a shell's completion script",
    .notes = "Load it with: source <(rpcsec completion bash)\n",
    .run = completion_run,
};
