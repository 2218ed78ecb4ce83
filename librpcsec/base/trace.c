/* SPDX-License-Identifier: MIT
 *
 * base/trace.c: one line per event on the file that RPCSEC_TRACE names. Layer: base.
 *
 * The descriptor is the one piece of state that a process shares: opened at most once, then
 * only read. A line that cannot be written is lost: tracing never makes a call fail.
 */
#include "base/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"

#define NOT_OPENED (-2)
#define OFF        (-1)

static atomic_int trace_fd = NOT_OPENED;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

/* A number means a descriptor that is open already; a copy stays ours when that is closed. */
static int open_target(const char *target)
{
    uint64_t number;

    if (text_number(target, strlen(target), INT32_MAX, &number) == RPCSEC_OK)
        return fcntl((int)number, F_DUPFD_CLOEXEC, 3);
    return open(target, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
}

static void open_trace(void)
{
    const char *target = secure_getenv("RPCSEC_TRACE");
    int saved_errno = errno;
    int fd = target && target[0] ? open_target(target) : OFF;

    atomic_store(&trace_fd, fd < 0 ? OFF : fd);
    errno = saved_errno;
}

static int get_fd(void)
{
    int fd = atomic_load_explicit(&trace_fd, memory_order_acquire);

    if (fd != NOT_OPENED)
        return fd;
    (void)pthread_once(&opened, open_trace);
    return atomic_load_explicit(&trace_fd, memory_order_acquire);
}

bool trace_on(void)
{
    return get_fd() >= 0;
}

/* UTC with microseconds: "2026-11-03T10:11:12.123456Z". */
static void print_time(char *out, size_t max)
{
    struct timespec now;
    struct tm tm;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || !gmtime_r(&now.tv_sec, &tm)) {
        text_print(out, max, "-");
        return;
    }
    text_print(out, max, "%04d-%02d-%02dT%02d:%02d:%02d.%06ldZ", tm.tm_year + 1900,
               tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, now.tv_nsec / 1000);
}

/* A peer's text must not begin a line of its own or drive a terminal. */
static void replace_controls(char *line)
{
    for (; *line; line++) {
        if ((unsigned char)*line < 0x20 || *line == 0x7f)
            *line = '?';
    }
}

void trace_event(const char *layer, const char *event, const char *format, ...)
{
    int fd = get_fd();
    int saved_errno = errno;
    char details[LIMIT_TRACE_LEN];
    char line[LIMIT_TRACE_LEN];
    char when[64];
    size_t len;
    va_list args;

    if (fd < 0)
        return;
    va_start(args, format);
    text_vprint(details, sizeof(details), format, args);
    va_end(args);
    print_time(when, sizeof(when));
    text_print(line, sizeof(line) - 1, "%s %s %s%s%s", when, layer, event,
               details[0] ? " " : "", details);
    replace_controls(line);
    len = strlen(line);
    line[len++] = '\n';
    /* One write: lines of several threads and processes never mix (O_APPEND). */
    if (write(fd, line, len) < 0)
        errno = saved_errno;
    errno = saved_errno;
}
