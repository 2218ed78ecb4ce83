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

/* Authentication and policy on the other side come as faults: C706 appendix E has no status of
 * its own for them. */
static bool is_denied_on_wire(uint32_t wire_status)
{
    return wire_status == 5 /* ERROR_ACCESS_DENIED, MS-ERREF 2.2 */ ||
           wire_status == 1825 /* RPC_S_SEC_PKG_ERROR */;
}

static int exit_of(const struct rpcsec_error *err)
{
    switch (err->status) {
    case RPCSEC_INVALID_ARGUMENT:
    case RPCSEC_BAD_BINDING:
    case RPCSEC_OUT_OF_RANGE:
        return TOOL_USAGE;
    case RPCSEC_HOST_NOT_FOUND:
    case RPCSEC_CONNECTION_REFUSED:
    case RPCSEC_CONNECT_FAILED:
    case RPCSEC_TIMED_OUT:
    case RPCSEC_CONNECTION_LOST:
        return TOOL_UNREACHABLE;
    case RPCSEC_REMOTE_FAULT:
        return is_denied_on_wire(err->wire_status) ? TOOL_DENIED : TOOL_FAILED;
    case RPCSEC_BIND_REJECTED:
        /* A bind_nak: 8 authentication type not recognized, 9 invalid checksum, which covers
         * refused credentials (MS-RPCE 2.2.2.5); or a fault in a later leg. */
        return err->wire_status == 8 || err->wire_status == 9 ||
                       (err->leg > 1 && is_denied_on_wire(err->wire_status))
                   ? TOOL_DENIED
                   : TOOL_FAILED;
    case RPCSEC_ACCESS_DENIED:
    case RPCSEC_BAD_ENCTYPE:
        return TOOL_DENIED;
    default:
        return err->status >= RPCSEC_NO_CREDENTIALS && err->status <= RPCSEC_SECURITY_FAILURE
                   ? TOOL_DENIED
                   : TOOL_FAILED;
    }
}

static const char *layer_name(enum rpcsec_layer layer)
{
    static const char *const names[] = {"none",     "argument", "transport", "protocol",
                                        "security", "policy",   "stub",      "remote"};

    return (size_t)layer < sizeof(names) / sizeof(names[0]) ? names[layer] : "unknown";
}

static const char *outcome_name(enum rpcsec_outcome outcome)
{
    static const char *const names[] = {"not-run", "unknown", "ran"};

    return (size_t)outcome < sizeof(names) / sizeof(names[0]) ? names[outcome] : "unknown";
}

static json_t *error_object(const struct tool *tool, const struct rpcsec_error *err)
{
    char asked[TOOL_FLAGS_LEN], granted[TOOL_FLAGS_LEN];

    return json_pack(
        "{s:s, s:i, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:I, s:s, s:s, s:s, s:s}",
        "command", command_name(tool), "exit", exit_of(err), "status",
        rpcsec_status_name(err->status), "text", rpcsec_error_text(err), "layer",
        layer_name(err->layer), "outcome", outcome_name(err->outcome), "wire_status",
        (json_int_t)err->wire_status, "gss_major", (json_int_t)err->gss_major, "gss_minor",
        (json_int_t)err->gss_minor, "gss_text", err->gss_text, "leg", (json_int_t)err->leg,
        "flags_asked", tool_flag_names(err->flags_asked, false, asked, sizeof(asked)),
        "flags_granted", tool_flag_names(err->flags_granted, true, granted, sizeof(granted)),
        "spn", err->spn, "enctypes", err->enctypes);
}

int tool_fail_rpc(const struct tool *tool, const struct rpcsec_error *err)
{
    if (tool->json)
        print_object(error_object(tool, err));
    else
        say(tool, exit_of(err), NULL, rpcsec_error_text(err));
    return exit_of(err);
}

int tool_finish(const struct tool *tool, int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    return tool_fail(tool, code ? code : TOOL_FAILED, "cannot write to stdout: %s",
                     strerror(errno));
}
