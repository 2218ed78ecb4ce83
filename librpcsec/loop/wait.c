/* SPDX-License-Identifier: MIT
 *
 * loop/wait.c: poll(2) for the blocking client, eventfd for wake-ups, epoll(7) for a
 * program's own loop. Layer: loop.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <sys/epoll.h>
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

/* ---- for a program's own loop ---- */

static uint32_t to_epoll(unsigned events)
{
    return (events & LOOP_READ ? (uint32_t)EPOLLIN : 0) |
           (events & LOOP_WRITE ? (uint32_t)EPOLLOUT : 0);
}

rpcsec_status watch_init(struct watch *watch, const struct wake *wake)
{
    struct epoll_event event = {.events = EPOLLIN};
    int fd = epoll_create1(EPOLL_CLOEXEC);

    if (fd < 0)
        return RPCSEC_SYSTEM;
    if (epoll_ctl(fd, EPOLL_CTL_ADD, wake->fd, &event)) {
        close(fd);
        return RPCSEC_SYSTEM;
    }
    *watch = (struct watch){.fd = fd, .watched = -1};
    return RPCSEC_OK;
}

void watch_done(struct watch *watch)
{
    if (watch->fd >= 0)
        close(watch->fd);
    *watch = (struct watch){.fd = -1, .watched = -1};
}

void watch_set(struct watch *watch, int fd, unsigned events)
{
    struct epoll_event event = {.events = to_epoll(events)};

    if (watch->fd < 0 || (fd == watch->watched && events == watch->events))
        return;
    if (fd != watch->watched)
        watch_forget(watch);
    if (fd >= 0 &&
        epoll_ctl(watch->fd, watch->watched == fd ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event))
        return;
    watch->watched = fd;
    watch->events = events;
}

void watch_forget(struct watch *watch)
{
    if (watch->fd >= 0 && watch->watched >= 0)
        (void)epoll_ctl(watch->fd, EPOLL_CTL_DEL, watch->watched, NULL);
    watch->watched = -1;
}
