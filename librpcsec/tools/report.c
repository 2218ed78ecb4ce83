/* SPDX-License-Identifier: MIT
 *
 * tools/report.c: how a subcommand says that it failed. Layer: tools.
 *
 * A line on stderr, or with --json one object. Keys: docs are in rpcsec(1).
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "tool.h"

static const char *command_name(const struct tool *tool)
{
    return tool->command ? tool->command->name : "";
}

static void print_object(json_t *object)
{
    if (!object || json_dumpf(object, stderr, JSON_COMPACT | JSON_ENSURE_ASCII) != 0)
        fputs("{\"text\":\"out of memory\"}", stderr);
    fputc('\n', stderr);
    json_decref(object);
}

static void say(const struct tool *tool, int code, const char *status, const char *text)
{
    if (tool->json)
        print_object(json_pack("{s:s, s:i, s:s, s:s}", "command", command_name(tool), "exit",
                               code, "status", status, "text", text));
    else
        fprintf(stderr, "rpcsec%s%s: %s\n", tool->command ? " " : "", command_name(tool), text);
}

static const char *code_name(int code)
{
    switch (code) {
    case TOOL_USAGE:
        return "USAGE";
    case TOOL_UNREACHABLE:
        return "UNREACHABLE";
    case TOOL_DENIED:
        return "DENIED";
    default:
        return "FAILED";
    }
}

int tool_fail(const struct tool *tool, int code, const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    say(tool, code, code_name(code), text);
    return code;
}

int tool_usage(const struct tool *tool, const char *format, ...)
{
    char text[1024];
    va_list args;
    size_t len;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    len = strlen(text);
    snprintf(text + len, sizeof(text) - len, " (see: rpcsec%s%s --help)",
             tool->command ? " " : "", command_name(tool));
    say(tool, TOOL_USAGE, code_name(TOOL_USAGE), text);
    return TOOL_USAGE;
}

int tool_finish(const struct tool *tool, int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    return tool_fail(tool, code ? code : TOOL_FAILED, "cannot write to stdout: %s",
                     strerror(errno));
}
