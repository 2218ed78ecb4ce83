/* SPDX-License-Identifier: MIT
 *
 * tools/tool.h: the frame of the rpcsec command. Layer: tools, over include/rpcsec only.
 *
 * Each subcommand has one option table. It drives getopt_long, --help, the completion and the
 * check of its manual page. Subcommands print results on stdout and say failures through
 * tool_fail, which knows about --json.
 */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

/* Exit codes of every subcommand; `rpcsec realm` returns its command's own. */
enum tool_exit {
    TOOL_OK = 0,
    TOOL_FAILED = 1,      /* a remote fault, or a check that failed */
    TOOL_USAGE = 2,       /* the command line is wrong */
    TOOL_UNREACHABLE = 3, /* cannot connect, or timed out */
    TOOL_DENIED = 4,      /* authentication or policy */
};

enum tool_option_kind {
    TOOL_FLAG,   /* bool: set to true */
    TOOL_TEXT,   /* const char *: the argument as it is */
    TOOL_CHOICE, /* const char *: one word of `choices` */
    TOOL_NUMBER, /* uint64_t: decimal, least..greatest */
    TOOL_LIST,   /* struct tool_list: each use adds one */
};

#define TOOL_LIST_MAX 64
struct tool_list {
    const char *items[TOOL_LIST_MAX];
    size_t num;
};

struct tool_option {
    const char *name;    /* long name without dashes */
    const char *arg;     /* what the help calls the argument; NULL for a flag */
    const char *text;    /* one line for --help; also says the default */
    char letter;         /* short form, or 0 */
    const char *choices; /* "a|b|c" for TOOL_CHOICE */
    enum tool_option_kind kind;
    size_t offset; /* of the field in the subcommand's settings */
    uint64_t least, greatest;
};

struct tool {
    const struct tool_command *command; /* NULL before the subcommand is known */
    bool json;
};

struct tool_command {
    const char *name;
    const char *operands; /* as the usage line shows them, or NULL */
    const char *summary;  /* one line for the list of subcommands */
    const char *notes;    /* more for --help, or NULL */
    const struct tool_option *options;
    size_t num_options;
    bool runs_command; /* options end at the first operand: it is a command to run */
    int (*run)(struct tool *tool, int argc, char **argv);
};

extern const struct tool_command realm_command;
extern const struct tool_command serve_command;
extern const struct tool_command ping_command;
extern const struct tool_command map_command;
extern const struct tool_command epmd_command;
extern const struct tool_command probe_command;
extern const struct tool_command onc_ping_command;
extern const struct tool_command completion_command;

/* All subcommands; NULL ends the list. */
extern const struct tool_command *const tool_commands[];

/* ---- options.c ---- */

/* Reads the subcommand's options into `settings` and moves the operands to the front of argv.
 * Returns false when the subcommand is to end with *ret_exit (--help, or a wrong option). */
bool tool_parse(struct tool *tool, int *argc, char ***argv, void *settings, int *ret_exit);
void tool_help(const struct tool_command *command);
/* True while *words has a word left, separated by '|'; copies it. */
bool tool_next_choice(const char **words, char *word, size_t word_len);

/* ---- flags.c ---- */

/* Flags of a security context (ISC_REQ_, or ISC_RET_ when granted) by name, comma separated;
 * "-" for none. Gives `text` back. */
#define TOOL_FLAGS_LEN 200
const char *tool_flag_names(uint32_t value, bool granted, char *text, size_t text_len);

/* ---- keytab.c ---- */

/* Fails when a keytab (NULL: the default) that can be read lacks the key of one of the names.
 */
int tool_check_keytab(const struct tool *tool, const char *name, const struct tool_list *spns);

/* ---- limits.c ---- */

/* Sets limits given as NAME=N. */
int tool_set_limits(const struct tool *tool, const struct tool_list *words,
                    struct rpcsec_policy *policy);

/* ---- report.c ---- */

/* Says on stderr what failed, as a line or with --json as an object; gives `code` back. */
int tool_fail(const struct tool *tool, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int tool_usage(const struct tool *tool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Says what a library call told in `err`, gives the exit code of its status. */
int tool_fail_rpc(const struct tool *tool, const struct rpcsec_error *err);
/* Flushes stdout; a failed write is a failure of the command. */
int tool_finish(const struct tool *tool, int code);

#endif
