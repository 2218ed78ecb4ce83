/* SPDX-License-Identifier: MIT
 *
 * tools/options.c: an option table to getopt_long, and to --help. Layer: tools.
 */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

#define MAX_OPTIONS 32
#define HELP_VALUE  1000 /* getopt values: table index + 1, then these */
#define HELP_WIDTH  36   /* columns of the help before the texts */
#define JSON_VALUE  1001

struct spec {
    struct option longs[MAX_OPTIONS + 3];
    char shorts[2 * MAX_OPTIONS + 8];
};

static void add_short(struct spec *spec, char letter, bool with_arg)
{
    size_t at = strlen(spec->shorts);

    spec->shorts[at++] = letter;
    if (with_arg)
        spec->shorts[at] = ':';
}

static void make_spec(const struct tool_command *command, struct spec *spec)
{
    size_t n = 0;

    memset(spec, 0, sizeof(*spec));
    strcpy(spec->shorts, command->runs_command ? "+:h" : ":h");
    for (; n < command->num_options && n < MAX_OPTIONS; n++) {
        const struct tool_option *option = &command->options[n];

        spec->longs[n] = (struct option){
            option->name, option->arg ? required_argument : no_argument, NULL, (int)n + 1};
        if (option->letter)
            add_short(spec, option->letter, option->arg);
    }
    spec->longs[n++] = (struct option){"json", no_argument, NULL, JSON_VALUE};
    spec->longs[n] = (struct option){"help", no_argument, NULL, HELP_VALUE};
}

bool tool_next_choice(const char **words, char *word, size_t word_len)
{
    size_t len = strcspn(*words, "|");

    if (len == 0 || len >= word_len)
        return false;
    memcpy(word, *words, len);
    word[len] = '\0';
    *words += len + ((*words)[len] == '|');
    return true;
}

static bool is_choice(const char *choices, const char *value)
{
    char word[32];

    while (tool_next_choice(&choices, word, sizeof(word)))
        if (strcmp(word, value) == 0)
            return true;
    return false;
}

static bool read_number(const struct tool_option *option, const char *value, uint64_t *ret)
{
    char *end = NULL;
    uint64_t number;

    errno = 0;
    number = strtoull(value, &end, 10);
    if (errno || value[0] < '0' || value[0] > '9' || *end)
        return false;
    if (number < option->least || number > option->greatest)
        return false;
    *ret = number;
    return true;
}

static int add_item(const struct tool *tool, const struct tool_option *option,
                    struct tool_list *list, const char *value)
{
    if (list->num == TOOL_LIST_MAX)
        return tool_usage(tool, "--%s may be given %d times at most", option->name,
                          TOOL_LIST_MAX);
    list->items[list->num++] = value;
    return TOOL_OK;
}

static int set_option(const struct tool *tool, const struct tool_option *option,
                      const char *value, void *settings)
{
    void *field = (char *)settings + option->offset;

    switch (option->kind) {
    case TOOL_FLAG:
        *(bool *)field = true;
        return TOOL_OK;
    case TOOL_CHOICE:
        if (!is_choice(option->choices, value))
            return tool_usage(tool, "--%s takes %s, not '%s'", option->name, option->choices,
                              value);
        /* fall through */
    case TOOL_TEXT:
        *(const char **)field = value;
        return TOOL_OK;
    case TOOL_NUMBER:
        if (!read_number(option, value, field))
            return tool_usage(tool, "--%s takes a number from %llu to %llu, not '%s'",
                              option->name, (unsigned long long)option->least,
                              (unsigned long long)option->greatest, value);
        return TOOL_OK;
    case TOOL_LIST:
        return add_item(tool, option, field, value);
    }
    return TOOL_OK;
}

static const struct tool_option *find_letter(const struct tool_command *command, int letter)
{
    for (size_t n = 0; n < command->num_options; n++)
        if (command->options[n].letter == letter)
            return &command->options[n];
    return NULL;
}

/* One result of getopt_long. */
static int take_option(struct tool *tool, int value, char **argv, void *settings)
{
    const struct tool_option *option = NULL;

    if (value == JSON_VALUE) {
        tool->json = true;
        return TOOL_OK;
    }
    if (value == ':')
        return tool_usage(tool, "option '%s' needs an argument", argv[optind - 1]);
    if (value == '?') {
        char letter[3] = {'-', (char)optopt, '\0'};
        bool is_short = optopt && optopt < 256;

        return tool_usage(tool, "there is no option '%s'",
                          is_short ? letter : argv[optind - 1]);
    }
    if (value >= 1 && (size_t)value <= tool->command->num_options)
        option = &tool->command->options[value - 1];
    else
        option = find_letter(tool->command, value);
    return option ? set_option(tool, option, optarg, settings) : TOOL_USAGE;
}

bool tool_parse(struct tool *tool, int *argc, char ***argv, void *settings, int *ret_exit)
{
    struct spec spec;
    int value;

    make_spec(tool->command, &spec);
    opterr = 0;
    optind = 0; /* GNU: start afresh, ordering too */
    while ((value = getopt_long(*argc, *argv, spec.shorts, spec.longs, NULL)) != -1) {
        if (value == HELP_VALUE || value == 'h') {
            tool_help(tool->command);
            *ret_exit = tool_finish(tool, TOOL_OK);
            return false;
        }
        *ret_exit = take_option(tool, value, *argv, settings);
        if (*ret_exit != TOOL_OK)
            return false;
    }
    *argc -= optind;
    *argv += optind;
    return true;
}

static void help_line(char letter, const char *name, const char *arg, const char *text)
{
    char left[80];

    snprintf(left, sizeof(left), "%c%c%s--%s%s%s", letter ? '-' : ' ', letter ? letter : ' ',
             letter ? ", " : "  ", name, arg ? " " : "", arg ? arg : "");
    printf("  %-*s %s\n", HELP_WIDTH, left, text);
}

void tool_help(const struct tool_command *command)
{
    printf("usage: rpcsec %s [OPTION]...%s%s\n\n%c%s.\n\n", command->name,
           command->operands ? " " : "", command->operands ? command->operands : "",
           toupper((unsigned char)command->summary[0]), command->summary + 1);
    for (size_t n = 0; n < command->num_options; n++) {
        const struct tool_option *option = &command->options[n];

        help_line(option->letter, option->name, option->arg, option->text);
        if (option->choices)
            printf("  %-*s %s is %s\n", HELP_WIDTH, "", option->arg, option->choices);
    }
    help_line(0, "json", NULL, "print results and errors as JSON");
    help_line('h', "help", NULL, "print this help");
    if (command->notes)
        printf("\n%s", command->notes);
}
