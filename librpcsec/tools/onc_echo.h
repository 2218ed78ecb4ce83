/* SPDX-License-Identifier: MIT
 *
 * tools/onc_echo.h: the echo program of `rpcsec serve --onc`, as examples/onc/onc_echo.x
 * describes it. Layer: tools.
 */
#ifndef TOOLS_ONC_ECHO_H
#define TOOLS_ONC_ECHO_H

#include <rpcsec/onc.h>

#include "tool.h"

#define ONC_ECHO_PROG 0x2fffff01u
#define ONC_ECHO_VERS 1u

/* Whether this build has ONC RPC. */
bool onc_is_built(void);

struct onc_echo;

/* Listens on a port, or on "HOST[PORT]", and says so; gives an exit code. */
int onc_echo_open(const struct tool *tool, const char *where, struct rpcsec_policy *policy,
                  struct onc_echo **ret_echo);
/* Serves on a thread of its own until it is stopped. */
int onc_echo_start(const struct tool *tool, struct onc_echo *echo);
/* Serves on this thread until it is stopped. */
int onc_echo_run(const struct tool *tool, struct onc_echo *echo);
/* **Threads**: any; also from a signal handler. NULL is allowed. */
void onc_echo_stop(struct onc_echo *echo);
/* Waits for its thread, frees. */
void onc_echo_close(struct onc_echo *echo);

#endif
