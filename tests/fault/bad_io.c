/* SPDX-License-Identifier: MIT
 *
 * fault/bad_io.c: see bad_io.h.
 */
#include "fault/bad_io.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_uint_fast64_t num_operations;
static atomic_uint_fast64_t bad_at;
static atomic_bool bad_every;
static atomic_int bad_kind;

const char *bad_io_name(enum bad_io kind)
{
    static const char *const names[BAD_IO_NUM] = {"none",  "short", "EINTR",  "EAGAIN",
                                                  "reset", "end",   "ENOBUFS"};

    return names[kind];
}

void bad_io_at(uint64_t nth, bool every, enum bad_io kind)
{
    atomic_store(&bad_at, 0);
    atomic_store(&num_operations, 0);
    atomic_store(&bad_every, every);
    atomic_store(&bad_kind, kind);
    atomic_store(&bad_at, nth);
}

uint64_t bad_io_count(void)
{
    return atomic_load(&num_operations);
}

/* Not in step with a driver that reads and writes in turn. */
static bool is_one_of(uint64_t count, uint64_t nth)
{
    return (count * 0x9E3779B97F4A7C15u >> 40) % nth == 0;
}

static enum bad_io next_kind(void)
{
    const uint64_t count = atomic_fetch_add(&num_operations, 1) + 1;
    const uint64_t at = atomic_load(&bad_at);

    if (at == 0 || (atomic_load(&bad_every) ? !is_one_of(count, at) : count != at))
        return BAD_IO_NONE;
    return (enum bad_io)atomic_load(&bad_kind);
}

static int error_of(enum bad_io kind)
{
    switch (kind) {
    case BAD_IO_EINTR:
        return EINTR;
    case BAD_IO_AGAIN:
        return EAGAIN;
    case BAD_IO_RESET:
        return ECONNRESET;
    case BAD_IO_END:
        return EPIPE;
    case BAD_IO_NO_BUFFERS:
        return ENOBUFS;
    default:
        return 0;
    }
}

static ssize_t fail(int error)
{
    errno = error;
    return -1;
}

/* In place of the C library's: called by transport/tcp.c. */
ssize_t recv(int fd, void *data, size_t len, int flags)
{
    const enum bad_io kind = next_kind();

    if (kind == BAD_IO_END)
        return 0;
    if (error_of(kind))
        return fail(error_of(kind));
    return syscall(SYS_recvfrom, fd, data, kind == BAD_IO_SHORT && len ? 1 : len, flags, NULL,
                   NULL);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    const enum bad_io kind = next_kind();
    struct msghdr part = *message;
    struct iovec one;

    if (error_of(kind))
        return fail(error_of(kind));
    if (kind == BAD_IO_SHORT && message->msg_iovlen && message->msg_iov[0].iov_len) {
        one = (struct iovec){message->msg_iov[0].iov_base, 1};
        part.msg_iov = &one;
        part.msg_iovlen = 1;
    }
    return syscall(SYS_sendmsg, fd, &part, flags);
}
