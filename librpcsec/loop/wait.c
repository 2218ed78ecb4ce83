/* SPDX-License-Identifier: MIT
 *
 * loop/wait.c: poll(2) for the blocking client, eventfd for wake-ups. Layer: loop.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "loop/wait.h"

rpcsec_status wake_init(struct wake *wake)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    if (fd < 0)
        return RPCSEC_SYSTEM;
    wake->fd = fd;
    return RPCSEC_OK;
}

void wake_done(struct wake *wake)
{
    if (wake->fd >= 0)
        close(wake->fd);
    wake->fd = -1;
}

void wake_ring(const struct wake *wake)
{
    int saved = errno; /* may run in a signal handler */
    const uint64_t one = 1;
    ssize_t written = write(wake->fd, &one, sizeof(one));

    (void)written; /* fails only when the counter is full: then it has rung already */
    errno = saved;
}

void wake_clear(const struct wake *wake)
{
    uint64_t rings;
    ssize_t got = read(wake->fd, &rings, sizeof(rings));

    (void)got; /* EAGAIN: nobody rang */
}

static int timeout_until(uint64_t deadline_ms)
{
    uint64_t now_ms = loop_now_ms();

    if (deadline_ms == LOOP_NEVER)
        return -1;
    if (deadline_ms <= now_ms)
        return 0;
    return deadline_ms - now_ms > INT_MAX ? INT_MAX : (int)(deadline_ms - now_ms);
}

static short to_poll(unsigned events)
{
    return (short)((events & LOOP_READ ? POLLIN : 0) | (events & LOOP_WRITE ? POLLOUT : 0));
}

static unsigned from_poll(short revents, unsigned asked)
{
    unsigned events = 0;

    if (revents & POLLIN)
        events |= LOOP_READ;
    if (revents & POLLOUT)
        events |= LOOP_WRITE;
    /* The next read or write tells what is wrong. */
    if (revents & (POLLERR | POLLHUP | POLLNVAL))
        events |= asked ? asked : LOOP_READ;
    return events;
}

rpcsec_status wait_ready(int fd, unsigned events, const struct wake *wake, uint64_t deadline_ms,
                         unsigned *ret_events)
{
    struct pollfd fds[2] = {
        {.fd = fd, .events = to_poll(events)},
        {.fd = wake ? wake->fd : -1, .events = POLLIN},
    };
    int got;

    do {
        got = poll(fds, 2, timeout_until(deadline_ms));
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return RPCSEC_SYSTEM;
    if (fds[1].revents)
        wake_clear(wake);
    *ret_events = from_poll(fds[0].revents, events);
    return RPCSEC_OK;
}
