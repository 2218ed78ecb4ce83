/* SPDX-License-Identifier: MIT
 *
 * tools/realm_dir.c: the directory of a throw-away realm. Layer: tools.
 *
 * It holds keys: mode 0700, files 0600, nothing opened through a symbolic link, a directory of
 * somebody else is refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "realm.h"

/* Holds the realm's name once everything in the directory is made. */
#define STATE_FILE "realm"

/* The path goes into krb5.conf and through kadmin's quoting. */
static bool is_plain_path(const char *path)
{
    for (; *path; path++)
        if (*path < ' ' || strchr("\"\\{}", *path))
            return false;
    return true;
}

static int make_temporary(struct realm *realm)
{
    const char *parent = secure_getenv("TMPDIR");
    int len;

    if (!parent || parent[0] != '/')
        parent = "/tmp";
    len = snprintf(realm->path, sizeof(realm->path), "%s/rpcsec-realm-XXXXXX", parent);
    if (len < 0 || (size_t)len >= sizeof(realm->path) || !is_plain_path(realm->path))
        return tool_fail(realm->tool, TOOL_FAILED, "TMPDIR is not usable: '%s'", parent);
    if (!mkdtemp(realm->path))
        return tool_fail(realm->tool, TOOL_FAILED, "cannot make a directory in %s: %s", parent,
                         strerror(errno));
    realm->is_new = true;
    return TOOL_OK;
}

static int make_named(struct realm *realm)
{
    const char *dir = realm->settings->dir;
    char resolved[PATH_MAX];

    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return tool_fail(realm->tool, TOOL_FAILED, "cannot make %s: %s", dir, strerror(errno));
    if (!realpath(dir, resolved))
        return tool_fail(realm->tool, TOOL_FAILED, "cannot use %s: %s", dir, strerror(errno));
    if (strlen(resolved) >= sizeof(realm->path) || !is_plain_path(resolved))
        return tool_fail(realm->tool, TOOL_FAILED,
                         "the path %s is too long or has quotes, braces or backslashes",
                         resolved);
    strcpy(realm->path, resolved);
    return TOOL_OK;
}

static int open_private(struct realm *realm, const char *path)
{
    struct stat info;

    realm->dir_fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (realm->dir_fd < 0 || fstat(realm->dir_fd, &info) != 0)
        return tool_fail(realm->tool, TOOL_FAILED, "cannot open %s: %s", path, strerror(errno));
    if (info.st_uid != geteuid())
        return tool_fail(realm->tool, TOOL_FAILED, "%s belongs to another user: choose another",
                         path);
    if (info.st_mode & 077)
        return tool_fail(realm->tool, TOOL_FAILED,
                         "%s is open to other users, and keys go there: chmod 700 %s", path,
                         path);
    if (flock(realm->dir_fd, LOCK_EX | LOCK_NB) != 0)
        return tool_fail(realm->tool, TOOL_FAILED, "%s is in use by another rpcsec realm",
                         path);
    return TOOL_OK;
}

static int visit_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)path;
    (void)info;
    (void)type;
    return ftw->level > 0; /* anything in it ends the walk with 1 */
}

static int check_reuse(struct realm *realm)
{
    const char *name = realm->settings->name;
    char held[256] = "";
    ssize_t len;
    int fd = openat(realm->dir_fd, STATE_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0) {
        realm->is_new = true;
        if (nftw(realm->path, visit_entry, 8, FTW_PHYS) == 0)
            return TOOL_OK;
        return tool_fail(realm->tool, TOOL_FAILED,
                         "%s is not empty and holds no finished realm: empty it or choose "
                         "another directory",
                         realm->path);
    }
    len = read(fd, held, sizeof(held) - 1);
    close(fd);
    if (len > 0 && strcspn(held, "\n") == strlen(name) && !strncmp(held, name, strlen(name)))
        return TOOL_OK;
    return tool_fail(realm->tool, TOOL_FAILED, "%s holds the realm %.*s: use --realm %.*s",
                     realm->path, (int)strcspn(held, "\n"), held, (int)strcspn(held, "\n"),
                     held);
}

int realm_dir_open(struct realm *realm)
{
    int code;

    realm->dir_fd = -1;
    realm->keep = realm->settings->dir;
    code = realm->keep ? make_named(realm) : make_temporary(realm);
    if (code == TOOL_OK)
        code = open_private(realm, realm->keep ? realm->settings->dir : realm->path);
    if (code == TOOL_OK && realm->keep)
        code = check_reuse(realm);
    return code;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    remove(path);
    return 0;
}

void realm_dir_close(struct realm *realm)
{
    if (!realm->keep && realm->is_new)
        nftw(realm->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    if (realm->dir_fd >= 0)
        close(realm->dir_fd);
    realm->dir_fd = -1;
}

int realm_open_file(const struct realm *realm, const char *name, int flags)
{
    return openat(realm->dir_fd, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags,
                  0600);
}

int realm_write_file(const struct realm *realm, const char *name, const char *format, ...)
{
    int fd = realm_open_file(realm, name, O_TRUNC);
    int len = -1;
    va_list args;

    if (fd >= 0) {
        va_start(args, format);
        len = vdprintf(fd, format, args);
        va_end(args);
    }
    if (len < 0 || close(fd) != 0)
        return tool_fail(realm->tool, TOOL_FAILED, "cannot write %s/%s: %s", realm->path, name,
                         strerror(errno));
    return TOOL_OK;
}

bool realm_has_file(const struct realm *realm, const char *name)
{
    return faccessat(realm->dir_fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

int realm_dir_complete(struct realm *realm)
{
    return realm_write_file(realm, STATE_FILE, "%s\n", realm->settings->name);
}

static bool set_path(const struct realm *realm, const char *variable, const char *before,
                     const char *after)
{
    char value[PATH_MAX];

    snprintf(value, sizeof(value), "%s%s%s", before, realm->path, after);
    return setenv(variable, value, 1) == 0;
}

int realm_set_environment(const struct realm *realm)
{
    char ccache[300];

    snprintf(ccache, sizeof(ccache), "/%s.ccache", realm->settings->user);
    /* A client keytab of the outside would stand in for a ticket that a test took away. */
    if (set_path(realm, "KRB5_CONFIG", "", "/krb5.conf") &&
        set_path(realm, "KRB5_KDC_PROFILE", "", "/kdc.conf") &&
        set_path(realm, "KRB5_KTNAME", "FILE:", "/keytab") &&
        set_path(realm, "KRB5CCNAME", "FILE:", ccache) &&
        set_path(realm, "KRB5RCACHENAME", "file2:", "/rcache") &&
        set_path(realm, "KRB5_CLIENT_KTNAME", "FILE:", "/no-client-keytab") &&
        set_path(realm, "RPCSEC_REALM_DIR", "", ""))
        return TOOL_OK;
    return tool_fail(realm->tool, TOOL_FAILED, "out of memory");
}
