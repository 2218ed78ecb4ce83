/* SPDX-License-Identifier: MIT
 *
 * tools/ping.h: what `rpcsec ping` has seen, and how it is shown. Layer: tools.
 */
#ifndef TOOLS_PING_H
#define TOOLS_PING_H

#include <jansson.h>

#include <rpcsec/dcerpc.h>

#include "tool.h"

struct ping {
    const struct tool *tool;
    const char *binding;
    struct rpcsec_client *client;
    bool verbose;
    bool is_anonymous;
    bool has_shown_granted;
    double connect_ms, bind_ms;
    double least_ms, greatest_ms, sum_ms;
    uint64_t num_calls;
    json_t *result; /* with --json */
};

/* rpcsec_client_options.on_leg. */
void ping_take_leg(void *arg, const struct rpcsec_leg *leg);
void ping_take_call(struct ping *ping, double ms, uint32_t num_interfaces, uint32_t status);
void ping_print_peer(struct ping *ping, const struct rpcsec_peer *peer);
void ping_print_end(struct ping *ping);

#endif
