/* SPDX-License-Identifier: MIT
 *
 * tools/onc_none.c: in place of onc_echo.c in a build without ONC RPC. Layer: tools.
 */
#include "onc_echo.h"

bool onc_is_built(void)
{
    return false;
}

int onc_echo_open(const struct tool *tool, const char *where, struct rpcsec_policy *policy,
                  struct onc_echo **ret_echo)
{
    (void)where;
    (void)policy;
    (void)ret_echo;
    return tool_fail(tool, TOOL_FAILED, "--onc: this build has no ONC RPC (--without-onc)");
}

int onc_echo_run(const struct tool *tool, struct onc_echo *echo)
{
    (void)echo;
    return tool_fail(tool, TOOL_FAILED, "this build has no ONC RPC");
}

int onc_echo_start(const struct tool *tool, struct onc_echo *echo)
{
    return onc_echo_run(tool, echo);
}

void onc_echo_stop(struct onc_echo *echo)
{
    (void)echo;
}

void onc_echo_close(struct onc_echo *echo)
{
    (void)echo;
}
