/* SPDX-License-Identifier: MIT
 *
 * tools/systemd.h: a service manager that starts us with sockets and wants to hear of us.
 * Layer: tools. Documents: sd_listen_fds(3), sd_notify(3) (their protocols; no library is
 * needed).
 */
#ifndef TOOLS_SYSTEMD_H
#define TOOLS_SYSTEMD_H

#include <stdbool.h>

/* The n-th descriptor that was passed with this name (NULL: any name); -1 after the last. */
int systemd_listen_fd(const char *name, int index);
/* Opens the way to the manager, and pings its watchdog from now on where it asks for that. */
void systemd_start(void);
/* Tells a state, such as "READY=1". Also from a signal handler. */
void systemd_notify(const char *state);

#endif
