/* SPDX-License-Identifier: MIT
 *
 * transport/local.c: ncalrpc over unix sockets: connecting to one that nobody else can have
 * made, and making one. Layer: transport. Documents: unix(7), open(2) (O_PATH), proc(5).
 *
 * What is checked is what is used: the directory and the socket are opened first, and the
 * connection is made through /proc/self/fd, so that nothing can be put in their place between.
 * Must not follow a link, and must not remove what another user made.
 */
#include "transport/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#define PATH_OF_FD "/proc/self/fd/%d"
#define LOCK_NAME  ".lock"
#define OTHERS     (S_IWGRP | S_IWOTH)

struct transport_local {
    int fd;
    int directory;
    dev_t device;
    ino_t inode;
    char name[TRANSPORT_LOCAL_NAME_LEN];
};

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

#define CLOSED_AT_END __attribute__((cleanup(close_fd)))

/* ---- whose it is ---- */

static bool may_own(const struct transport_place *place, uid_t uid)
{
    return uid == 0 || uid == place->owner;
}

static rpcsec_status refuse(const struct transport_place *place, struct rpcsec_error *err,
                            const char *what)
{
    return error_set(err, RPCSEC_POLICY_REFUSED, RPCSEC_LAYER_POLICY,
                     "ncalrpc:[%s] may be somebody else's: %s; it and its directory %s should "
                     "belong to root or uid %u, and no other user may write there",
                     place->name, what, place->directory, (unsigned)place->owner);
}

static rpcsec_status cannot_open(const struct transport_place *place, int errnum,
                                 struct rpcsec_error *err)
{
    if (errnum == ENOENT)
        return error_set(err, RPCSEC_CONNECTION_REFUSED, RPCSEC_LAYER_TRANSPORT,
                         "nobody serves ncalrpc:[%s]: there is no %s/%s; start the server or "
                         "check the directory",
                         place->name, place->directory, place->name);
    return error_set_errno(err, RPCSEC_CONNECT_FAILED, RPCSEC_LAYER_TRANSPORT, errnum,
                           "cannot open %s/%s", place->directory, place->name);
}

/* The directory itself; no link to it, nor a directory that others may change. */
static rpcsec_status open_directory(const struct transport_place *place, int *ret_fd,
                                    struct rpcsec_error *err)
{
    struct stat info;
    int fd = open(place->directory, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP))
        return refuse(place, err, "its directory is a link, or no directory");
    if (fd < 0)
        return cannot_open(place, errno, err);
    *ret_fd = fd; /* the caller closes it in any case */
    if (fstat(fd, &info))
        return cannot_open(place, errno, err);
    if (!may_own(place, info.st_uid))
        return refuse(place, err, "its directory belongs to another user");
    if (info.st_mode & OTHERS)
        return refuse(place, err, "others may write to its directory");
    return RPCSEC_OK;
}

static rpcsec_status open_socket(const struct transport_place *place, int directory,
                                 int *ret_fd, struct rpcsec_error *err)
{
    struct stat info;
    int fd = openat(directory, place->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return cannot_open(place, errno, err);
    *ret_fd = fd;
    if (fstat(fd, &info))
        return cannot_open(place, errno, err);
    if (!S_ISSOCK(info.st_mode))
        return refuse(place, err, "it is a link, or no socket");
    if (!may_own(place, info.st_uid))
        return refuse(place, err, "the socket belongs to another user");
    return RPCSEC_OK;
}

/* ---- connecting ---- */

static struct sockaddr_un address_of_fd(int fd)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    text_print(address.sun_path, sizeof(address.sun_path), PATH_OF_FD, fd);
    return address;
}

/* unix(7): SO_SNDTIMEO bounds the wait for a place in the backlog. 0 or an errno value. */
static int connect_to(int fd, int target, uint64_t timeout_ms)
{
    const struct sockaddr_un address = address_of_fd(target);
    const uint64_t wait_ms = timeout_ms ? timeout_ms : 1; /* 0 would wait for ever */
    const struct timeval wait = {.tv_sec = (time_t)(wait_ms / 1000),
                                 .tv_usec = (suseconds_t)(wait_ms % 1000 * 1000)};
    int failed;

    if (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)))
        return errno;
    do {
        failed = connect(fd, (const struct sockaddr *)&address, sizeof(address));
    } while (failed && errno == EINTR);
    return failed ? errno : 0;
}

static rpcsec_status tell_failure(const struct transport_place *place, int errnum,
                                  struct rpcsec_error *err)
{
    switch (errnum) {
    case ECONNREFUSED:
        return error_set(err, RPCSEC_CONNECTION_REFUSED, RPCSEC_LAYER_TRANSPORT,
                         "nobody listens on ncalrpc:[%s] any more: start the server",
                         place->name);
    case EAGAIN:
        return error_set(err, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                         "ncalrpc:[%s] took no connection in time: its server is too busy",
                         place->name);
    default:
        return error_set_errno(err, RPCSEC_CONNECT_FAILED, RPCSEC_LAYER_TRANSPORT, errnum,
                               "cannot connect to ncalrpc:[%s]", place->name);
    }
}

/* Also the process that listens must be the owner's: a socket's file says who made the file. */
static rpcsec_status adopt(const struct transport_place *place, int fd,
                           struct transport **ret_transport, struct rpcsec_error *err)
{
    struct rpcsec_local_peer peer;
    struct transport *transport = NULL;
    rpcsec_status status = transport_tcp_adopt(fd, &transport);

    if (status) {
        close(fd);
        return error_set(err, status, RPCSEC_LAYER_TRANSPORT,
                         "cannot use the socket to ncalrpc:[%s]", place->name);
    }
    if (!transport->ops->credentials(transport, &peer) || !may_own(place, peer.uid)) {
        transport->ops->close(transport);
        return refuse(place, err, "the process that listens there is another user's");
    }
    *ret_transport = transport;
    return RPCSEC_OK;
}

rpcsec_status transport_local_connect(const struct transport_place *place, uint64_t timeout_ms,
                                      struct transport **ret_transport,
                                      struct rpcsec_error *err)
{
    CLOSED_AT_END int directory = -1;
    CLOSED_AT_END int target = -1;
    rpcsec_status status = open_directory(place, &directory, err);
    int errnum;
    int fd;

    if (status == RPCSEC_OK)
        status = open_socket(place, directory, &target, err);
    if (status)
        return status;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return tell_failure(place, errno, err);
    errnum = connect_to(fd, target, timeout_ms);
    if (!errnum)
        return adopt(place, fd, ret_transport, err);
    close(fd);
    return tell_failure(place, errnum, err);
}

/* ---- listening ---- */

static rpcsec_status cannot_listen(const struct transport_place *place, int errnum,
                                   struct rpcsec_error *err)
{
    return error_set_errno(err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT, errnum,
                           "cannot listen on ncalrpc:[%s] in %s", place->name,
                           place->directory);
}

/* Servers of this user that begin at the same time do so one after the other. */
static int lock_directory(int directory)
{
    int fd = openat(directory, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

    while (fd >= 0 && flock(fd, LOCK_EX)) {
        if (errno == EINTR)
            continue;
        close(fd);
        return -1;
    }
    return fd;
}

static bool is_served(int target)
{
    CLOSED_AT_END int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    return fd < 0 || connect_to(fd, target, 1000) != ECONNREFUSED;
}

/* What has the name already must be what a server of ours left behind. */
static rpcsec_status check_stale(const struct transport_place *place, int directory,
                                 struct rpcsec_error *err)
{
    struct stat info;
    CLOSED_AT_END int fd = openat(directory, place->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? RPCSEC_OK : cannot_listen(place, errno, err);
    if (fstat(fd, &info))
        return cannot_listen(place, errno, err);
    if (!S_ISSOCK(info.st_mode) || info.st_uid != geteuid())
        return error_set(err, RPCSEC_POLICY_REFUSED, RPCSEC_LAYER_POLICY,
                         "%s/%s is there already, and is no socket of this user: it is not "
                         "replaced",
                         place->directory, place->name);
    return is_served(fd) ? cannot_listen(place, EADDRINUSE, err) : RPCSEC_OK;
}

/* 0 or an errno value. Everybody may connect: who comes is told by the kernel. */
static int bind_and_name(struct transport_local *local)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char hidden[24];
    struct stat info;

    text_print(hidden, sizeof(hidden), ".%d", (int)getpid());
    text_print(address.sun_path, sizeof(address.sun_path), PATH_OF_FD "/%s", local->directory,
               hidden);
    (void)unlinkat(local->directory, hidden, 0); /* left by one that had our number */
    if (bind(local->fd, (const struct sockaddr *)&address, sizeof(address)) ||
        fchmodat(local->directory, hidden, 0666, 0) || listen(local->fd, SOMAXCONN) ||
        fstatat(local->directory, hidden, &info, AT_SYMLINK_NOFOLLOW) ||
        renameat(local->directory, hidden, local->directory, local->name)) {
        int errnum = errno;

        (void)unlinkat(local->directory, hidden, 0);
        return errnum;
    }
    local->device = info.st_dev;
    local->inode = info.st_ino;
    return 0;
}

static rpcsec_status listen_in(const struct transport_place *place,
                               struct transport_local *local, struct rpcsec_error *err)
{
    CLOSED_AT_END int lock = -1;
    rpcsec_status status;
    int errnum;

    if (mkdir(place->directory, 0755) && errno != EEXIST)
        return cannot_listen(place, errno, err);
    status = open_directory(place, &local->directory, err);
    if (status)
        return status;
    lock = lock_directory(local->directory);
    if (lock < 0)
        return cannot_listen(place, errno, err);
    status = check_stale(place, local->directory, err);
    if (status)
        return status;
    local->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    errnum = local->fd < 0 ? errno : bind_and_name(local);
    return errnum ? cannot_listen(place, errnum, err) : RPCSEC_OK;
}

rpcsec_status transport_local_listen(const struct transport_place *place,
                                     struct transport_local **ret_local,
                                     struct rpcsec_error *err)
{
    struct transport_local *local = mem_zalloc(sizeof(*local));
    struct transport_place ours = *place;
    rpcsec_status status;

    if (!local)
        return error_no_memory(err);
    local->fd = local->directory = -1;
    text_print(local->name, sizeof(local->name), "%s", place->name);
    /* Whoever owns the directory could change what is done there by name. */
    ours.owner = geteuid();
    status = listen_in(&ours, local, err);
    if (status) {
        close_fd(&local->fd);
        transport_local_free(local);
        return status;
    }
    *ret_local = local;
    return RPCSEC_OK;
}

int transport_local_fd(const struct transport_local *local)
{
    return local->fd;
}

void transport_local_free(struct transport_local *local)
{
    struct stat info;

    if (!local)
        return;
    if (local->inode && !fstatat(local->directory, local->name, &info, AT_SYMLINK_NOFOLLOW) &&
        info.st_dev == local->device && info.st_ino == local->inode)
        (void)unlinkat(local->directory, local->name, 0);
    close_fd(&local->directory);
    mem_free(local);
}
