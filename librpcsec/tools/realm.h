/* SPDX-License-Identifier: MIT
 *
 * tools/realm.h: the parts of `rpcsec realm`. Layer: tools.
 *
 * Three processes: the front is what the user started and only forwards signals; the keeper, in
 * a session of its own, is the parent of the KDC and of the command and cleans up after both,
 * also when the front was killed; the command runs in the front's session and process group.
 */
#ifndef TOOLS_REALM_H
#define TOOLS_REALM_H

#include <limits.h>
#include <sys/types.h>

#include "tool.h"

struct realm_settings {
    const char *dir;
    const char *name;
    const char *enctypes;
    const char *user;
    struct tool_list principals;
    uint64_t lifetime_s;
    uint64_t clockskew_s;
};

struct realm {
    const struct tool *tool;
    const struct realm_settings *settings;
    char path[PATH_MAX / 2]; /* of the directory, absolute */
    int dir_fd;
    bool keep; /* the user named the directory: it stays */
    bool is_new;
    int port;
    pid_t kdc;
};

/* ---- realm_dir.c: the directory and its files ---- */

/* Makes a directory, or opens and locks the user's. Returns an exit code. */
int realm_dir_open(struct realm *realm);
/* Removes the directory unless the user named it. */
void realm_dir_close(struct realm *realm);
/* Says that the realm in the directory is complete and may be used again. */
int realm_dir_complete(struct realm *realm);
/* Opens a file for writing, mode 0600, never through a symbolic link; -1 with errno. */
int realm_open_file(const struct realm *realm, const char *name, int flags);
int realm_write_file(const struct realm *realm, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool realm_has_file(const struct realm *realm, const char *name);
/* Sets the variables by which Kerberos programs find the realm. */
int realm_set_environment(const struct realm *realm);

/* ---- realm_kdc.c: database, principals, KDC, tickets ---- */

/* Everything up to a running KDC, keytabs and tickets. Returns an exit code. */
int realm_start(struct realm *realm);
/* A name that is safe in files and in kadmin's language. */
bool realm_is_principal(const char *name);
bool realm_is_service(const char *principal);

/* ---- realm_run.c: the processes ---- */

int realm_run_command(struct realm *realm, char **command);

#endif
