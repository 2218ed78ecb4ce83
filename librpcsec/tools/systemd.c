/* SPDX-License-Identifier: MIT
 *
 * tools/systemd.c: see systemd.h. Layer: tools.
 */
#include "systemd.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_FD 3 /* SD_LISTEN_FDS_START */
#define MAX_FDS  256

/* A number of the environment; 0: there is none. */
static long number_of(const char *name)
{
    const char *text = secure_getenv(name);
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : 0;

    return text && *text && !*end && value > 0 ? value : 0;
}

/* True when the n-th of the colon-separated names is this one. */
static bool has_name(const char *names, int nth, const char *name)
{
    size_t len;

    while (names && nth--) {
        names = strchr(names, ':');
        names = names ? names + 1 : NULL;
    }
    len = names ? strcspn(names, ":") : 0;
    return names && len == strlen(name) && strncmp(names, name, len) == 0;
}

int systemd_listen_fd(const char *name, int index)
{
    const char *names = secure_getenv("LISTEN_FDNAMES");
    long num = number_of("LISTEN_FDS");

    if (number_of("LISTEN_PID") != getpid() || num > MAX_FDS)
        return -1;
    for (int i = 0; i < num; i++) {
        if ((!name || has_name(names, i, name)) && index-- == 0)
            return FIRST_FD + i;
    }
    return -1;
}

static int notify_fd = -1;

static void ping(int number)
{
    (void)number;
    systemd_notify("WATCHDOG=1");
}

/* Twice in the time that the manager waits. */
static void start_watchdog(void)
{
    long usec = number_of("WATCHDOG_USEC");
    struct sigaction action = {.sa_handler = ping, .sa_flags = SA_RESTART};
    struct itimerval every;

    if (!usec || (secure_getenv("WATCHDOG_PID") && number_of("WATCHDOG_PID") != getpid()))
        return;
    every.it_interval =
        (struct timeval){.tv_sec = usec / 2000000, .tv_usec = usec / 2 % 1000000};
    every.it_value = every.it_interval;
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    (void)setitimer(ITIMER_REAL, &every, NULL);
}

void systemd_start(void)
{
    const char *path = secure_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t len = path ? strlen(path) : 0;
    socklen_t address_len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);

    if (len < 2 || len >= sizeof(address.sun_path) || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(address.sun_path, path, len);
    if (path[0] == '@')
        address.sun_path[0] = '\0'; /* abstract */
    notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify_fd >= 0 &&
        connect(notify_fd, (const struct sockaddr *)&address, address_len) != 0) {
        close(notify_fd);
        notify_fd = -1;
    }
    if (notify_fd >= 0)
        start_watchdog();
}

void systemd_notify(const char *state)
{
    if (notify_fd >= 0)
        (void)send(notify_fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT);
}
