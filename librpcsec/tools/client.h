/* SPDX-License-Identifier: MIT
 *
 * tools/client.h: the options by which a subcommand opens a client, opening it, and words of
 * options. Layer: tools.
 */
#ifndef TOOLS_CLIENT_H
#define TOOLS_CLIENT_H

#include <rpcsec/dcerpc.h>

#include "tool.h"

struct tool_client {
    const char *spn;
    const char *mech;  /* NULL: none */
    const char *level; /* NULL: none without a mechanism, else privacy */
    uint64_t timeout_s;
};

/* Rows of an option table for a struct tool_client at `at` in the settings. */
#define TOOL_CLIENT_OPTIONS(at, mech_default, level_default)                    \
    {.name = "spn",                                                             \
     .arg = "SPN",                                                              \
     .kind = TOOL_TEXT,                                                         \
     .offset = (at) + offsetof(struct tool_client, spn),                        \
     .text = "service principal of the server (default: host/HOST)"},           \
        {.name = "mech",                                                        \
         .arg = "MECH",                                                         \
         .kind = TOOL_CHOICE,                                                   \
         .offset = (at) + offsetof(struct tool_client, mech),                   \
         .choices = "kerberos|negotiate|none",                                  \
         .text = "how to authenticate (default: " mech_default ")"},            \
        {.name = "level",                                                       \
         .arg = "LEVEL",                                                        \
         .kind = TOOL_CHOICE,                                                   \
         .offset = (at) + offsetof(struct tool_client, level),                  \
         .choices = "none|connect|packet|integrity|privacy",                    \
         .text = "how to protect calls (default: " level_default ")"},          \
    {                                                                           \
        .name = "timeout", .arg = "SECONDS", .kind = TOOL_NUMBER,               \
        .offset = (at) + offsetof(struct tool_client, timeout_s), .least = 1,   \
        .greatest = 3600,                                                       \
        .text = "for the connection, the handshake and each call (default: 10)" \
    }

/* Rows for where the sockets of ncalrpc are and whose they may be. */
#define TOOL_LOCAL_OPTIONS(directory_at, owner_at)                                    \
    {.name = "local-directory",                                                       \
     .arg = "DIR",                                                                    \
     .kind = TOOL_TEXT,                                                               \
     .offset = (directory_at),                                                        \
     .text = "where the sockets of ncalrpc are (default: /run/rpcsec)"},              \
    {                                                                                 \
        .name = "local-owner", .arg = "UID", .kind = TOOL_TEXT, .offset = (owner_at), \
        .text = "whose they may be beside root (default: the caller)"                 \
    }

/* Fills in defaults; an exit code when the options contradict each other. */
int tool_client_check(const struct tool *tool, struct tool_client *client);
rpcsec_status tool_client_open(const struct tool_client *client, const char *binding,
                               struct rpcsec_client **ret_client, struct rpcsec_error *err);

/* Limits of a policy: each wait is this long at most. */
rpcsec_status tool_set_timeout(struct rpcsec_policy *policy, uint64_t seconds);
/* With the mechanism local, or for ncalrpc with another: NULL leaves the defaults. */
rpcsec_status tool_set_local(struct rpcsec_policy *policy, const char *mech,
                             const char *directory, const char *owner);
/* local for ncalrpc, else kerberos. */
const char *tool_default_mechanism(const char *binding);
enum rpcsec_mechanism tool_mechanism(const char *word);
enum rpcsec_demand tool_demand(const char *word);

#endif
