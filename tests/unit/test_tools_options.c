/* SPDX-License-Identifier: MIT
 *
 * Tests of tools/options.c and tools/report.c: option tables, and which exit code a failure
 * has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tools/tool.h"

struct settings {
    bool loud;
    const char *name;
    const char *color;
    uint64_t number;
    struct tool_list items;
};

#define FIELD(field) offsetof(struct settings, field)
static const struct tool_option options[] = {
    {.name = "loud", .letter = 'l', .kind = TOOL_FLAG, .offset = FIELD(loud), .text = "t"},
    {.name = "name", .arg = "N", .kind = TOOL_TEXT, .offset = FIELD(name), .text = "t"},
    {.name = "color",
     .arg = "C",
     .kind = TOOL_CHOICE,
     .offset = FIELD(color),
     .choices = "red|green",
     .text = "t"},
    {.name = "number",
     .letter = 'n',
     .arg = "N",
     .kind = TOOL_NUMBER,
     .least = 2,
     .greatest = 9,
     .offset = FIELD(number),
     .text = "t"},
    {.name = "item", .arg = "I", .kind = TOOL_LIST, .offset = FIELD(items), .text = "t"},
};

static struct tool_command command = {
    .name = "test", .summary = "s", .options = options, .num_options = 5};

static char words[100][64];
static char *argv_of[101];

/* Splits "a b c" behind argv[0]; messages go to stderr, the log of the test. */
static bool parse(const char *line, struct settings *settings, int *argc, char ***argv,
                  int *code)
{
    struct tool tool = {.command = &command};
    const char *at = line;

    strcpy(words[0], "test");
    argv_of[0] = words[0];
    for (*argc = 1; *at; (*argc)++) {
        size_t len = strcspn(at, " ");

        memset(words[*argc], 0, sizeof(words[0]));
        memcpy(words[*argc], at, len);
        argv_of[*argc] = words[*argc];
        at += len + (at[len] == ' ');
    }
    argv_of[*argc] = NULL;
    *argv = argv_of;
    return tool_parse(&tool, argc, argv, settings, code);
}

static void options_of_each_kind_fill_their_fields(void **state)
{
    struct settings settings = {0};
    char **argv;
    int argc, code;

    (void)state;
    command.runs_command = false;
    assert_true(parse("one --loud --name=x --color green -n 9 --item a two --item b", &settings,
                      &argc, &argv, &code));
    assert_true(settings.loud);
    assert_string_equal(settings.name, "x");
    assert_string_equal(settings.color, "green");
    assert_int_equal(settings.number, 9);
    assert_int_equal(settings.items.num, 2);
    assert_string_equal(settings.items.items[1], "b");
    assert_int_equal(argc, 2);
    assert_string_equal(argv[0], "one");
    assert_string_equal(argv[1], "two");
}

static void wrong_command_lines_are_usage_errors(void **state)
{
    static const char *const lines[] = {
        "--nosuch",     "-x",          "--name",
        "--color blue", "--color re",  "--color ",
        "--number 1",   "--number 10", "--number -3",
        "--number 3x",  "--number +3", "--number ",
        "-n",           "--loud=1",    "--number 99999999999999999999",
    };
    struct settings settings = {0};
    char **argv;
    int argc;

    (void)state;
    command.runs_command = false;
    for (size_t n = 0; n < sizeof(lines) / sizeof(lines[0]); n++) {
        int code = -1;

        if (parse(lines[n], &settings, &argc, &argv, &code))
            fail_msg("taken: %s", lines[n]);
        assert_int_equal(code, TOOL_USAGE);
    }
}

static void a_command_to_run_keeps_its_own_options(void **state)
{
    struct settings settings = {0};
    char **argv;
    int argc, code;

    (void)state;
    command.runs_command = true;
    assert_true(parse("--loud sh --name x", &settings, &argc, &argv, &code));
    assert_int_equal(argc, 3);
    assert_string_equal(argv[0], "sh");
    assert_null(settings.name);
    assert_true(parse("--name y -- --loud", &settings, &argc, &argv, &code));
    assert_int_equal(argc, 1);
    assert_string_equal(argv[0], "--loud");
}

static void a_list_ends_at_its_limit(void **state)
{
    struct settings settings = {0};
    char **argv;
    int argc, code;

    (void)state;
    settings.items.num = TOOL_LIST_MAX;
    command.runs_command = false;
    assert_false(parse("--item a", &settings, &argc, &argv, &code));
    assert_int_equal(code, TOOL_USAGE);
    assert_int_equal(settings.items.num, TOOL_LIST_MAX);
}

static void choices_are_split_at_bars(void **state)
{
    const char *rest = "a|bc|d";
    char word[3];

    (void)state;
    assert_true(tool_next_choice(&rest, word, sizeof(word)));
    assert_string_equal(word, "a");
    assert_true(tool_next_choice(&rest, word, sizeof(word)));
    assert_string_equal(word, "bc");
    assert_true(tool_next_choice(&rest, word, sizeof(word)));
    assert_string_equal(word, "d");
    assert_false(tool_next_choice(&rest, word, sizeof(word)));
}

static void each_status_has_its_exit_code(void **state)
{
    static const struct {
        rpcsec_status status;
        uint32_t wire_status;
        int code;
    } cases[] = {
        {RPCSEC_BAD_BINDING, 0, TOOL_USAGE},
        {RPCSEC_INVALID_ARGUMENT, 0, TOOL_USAGE},
        {RPCSEC_HOST_NOT_FOUND, 0, TOOL_UNREACHABLE},
        {RPCSEC_CONNECTION_REFUSED, 0, TOOL_UNREACHABLE},
        {RPCSEC_TIMED_OUT, 0, TOOL_UNREACHABLE},
        {RPCSEC_CONNECTION_LOST, 0, TOOL_UNREACHABLE},
        {RPCSEC_NO_CREDENTIALS, 0, TOOL_DENIED},
        {RPCSEC_TARGET_UNKNOWN, 0, TOOL_DENIED},
        {RPCSEC_SECURITY_FAILURE, 0, TOOL_DENIED},
        {RPCSEC_POLICY_REFUSED, 0, TOOL_DENIED},
        {RPCSEC_BAD_ENCTYPE, 0, TOOL_DENIED},
        {RPCSEC_REMOTE_FAULT, 5, TOOL_DENIED},
        {RPCSEC_REMOTE_FAULT, 1825, TOOL_DENIED},
        {RPCSEC_REMOTE_FAULT, 0x1c010002, TOOL_FAILED},
        {RPCSEC_BIND_REJECTED, 8, TOOL_DENIED},
        {RPCSEC_BIND_REJECTED, 9, TOOL_DENIED},
        {RPCSEC_OUT_OF_RANGE, 0, TOOL_USAGE},
        {RPCSEC_CONNECT_FAILED, 0, TOOL_UNREACHABLE},
        {RPCSEC_ACCESS_DENIED, 0, TOOL_DENIED},
        {RPCSEC_BIND_REJECTED, 4, TOOL_FAILED},
        {RPCSEC_PROTOCOL_ERROR, 0, TOOL_FAILED},
        {RPCSEC_NO_MEMORY, 0, TOOL_FAILED},
    };
    struct tool tool = {.command = &command};

    (void)state;
    for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        err.status = cases[n].status;
        err.wire_status = cases[n].wire_status;
        tool.json = n % 2;
        assert_int_equal(tool_fail_rpc(&tool, &err), cases[n].code);
    }
}

/* A fault in a later leg of the handshake; codes that no list here has. */
static void legs_layers_and_outcomes_are_told(void **state)
{
    struct tool tool = {.command = &command, .json = true};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    err.status = RPCSEC_BIND_REJECTED;
    err.wire_status = 5;
    err.leg = 1;
    assert_int_equal(tool_fail_rpc(&tool, &err), TOOL_FAILED);
    err.leg = 3;
    assert_int_equal(tool_fail_rpc(&tool, &err), TOOL_DENIED);
    err.wire_status = 6;
    assert_int_equal(tool_fail_rpc(&tool, &err), TOOL_FAILED);
    err.layer = (enum rpcsec_layer)99;
    err.outcome = (enum rpcsec_outcome)99;
    assert_int_equal(tool_fail_rpc(&tool, &err), TOOL_FAILED);
}

static void failures_before_a_command_is_known_keep_their_code(void **state)
{
    struct tool tool = {.json = false};

    (void)state;
    for (int json = 0; json < 2; json++) {
        tool.json = json;
        assert_int_equal(tool_fail(&tool, TOOL_UNREACHABLE, "x"), TOOL_UNREACHABLE);
        assert_int_equal(tool_fail(&tool, TOOL_DENIED, "x"), TOOL_DENIED);
        assert_int_equal(tool_usage(&tool, "x"), TOOL_USAGE);
    }
}

static void help_ends_well_for_each_form_of_a_command(void **state)
{
    static const char *const lines[] = {"--help", "-h"};
    struct settings settings = {0};
    struct tool_command bare = command;
    char **argv;
    int argc, code = -1;

    (void)state;
    command.runs_command = false;
    for (size_t n = 0; n < sizeof(lines) / sizeof(lines[0]); n++) {
        code = -1;
        assert_false(parse(lines[n], &settings, &argc, &argv, &code));
        assert_int_equal(code, TOOL_OK);
        command.operands = "X";
        command.notes = "n\n";
    }
    command = bare;
    assert_true(parse("-l -n 3", &settings, &argc, &argv, &code));
    assert_true(settings.loud);
    assert_int_equal(settings.number, 3);
    assert_true(parse("", &settings, &argc, &argv, &code));
    assert_int_equal(argc, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_of_each_kind_fill_their_fields),
        cmocka_unit_test(wrong_command_lines_are_usage_errors),
        cmocka_unit_test(a_command_to_run_keeps_its_own_options),
        cmocka_unit_test(a_list_ends_at_its_limit),
        cmocka_unit_test(choices_are_split_at_bars),
        cmocka_unit_test(each_status_has_its_exit_code),
        cmocka_unit_test(legs_layers_and_outcomes_are_told),
        cmocka_unit_test(failures_before_a_command_is_known_keep_their_code),
        cmocka_unit_test(help_ends_well_for_each_form_of_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
