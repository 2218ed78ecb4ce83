/* SPDX-License-Identifier: MIT
 *
 * tools/client.c: a client as the options of a subcommand ask for it. Layer: tools.
 */
#include <stdlib.h>
#include <string.h>

#include "client.h"

enum rpcsec_mechanism tool_mechanism(const char *word)
{
    if (strcmp(word, "none") == 0)
        return RPCSEC_MECH_NONE;
    if (strcmp(word, "local") == 0)
        return RPCSEC_MECH_LOCAL;
    if (strcmp(word, "ntlm") == 0)
        return RPCSEC_MECH_NTLM;
    return strcmp(word, "negotiate") == 0 ? RPCSEC_MECH_NEGOTIATE : RPCSEC_MECH_KERBEROS;
}

enum rpcsec_demand tool_demand(const char *word)
{
    if (strcmp(word, "off") == 0)
        return RPCSEC_OFF;
    return strcmp(word, "accepted") == 0 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED;
}

rpcsec_status tool_set_timeout(struct rpcsec_policy *policy, uint64_t seconds)
{
    static const enum rpcsec_limit limits[] = {RPCSEC_LIMIT_CONNECT_MS,
                                               RPCSEC_LIMIT_HANDSHAKE_MS, RPCSEC_LIMIT_CALL_MS};
    rpcsec_status status = RPCSEC_OK;

    for (size_t n = 0; n < sizeof(limits) / sizeof(limits[0]) && !status; n++)
        status = rpcsec_policy_set_limit(policy, limits[n], seconds * 1000);
    return status;
}

const char *tool_default_mechanism(const char *binding)
{
    const char *sequence = strchr(binding, '@');

    sequence = sequence ? sequence + 1 : binding;
    return strncmp(sequence, "ncalrpc:", 8) == 0 ? "local" : "kerberos";
}

rpcsec_status tool_set_local(struct rpcsec_policy *policy, const char *mech,
                             const char *directory, const char *owner)
{
    rpcsec_status status = RPCSEC_OK;
    unsigned long uid;
    char *end = NULL;

    if (strcmp(mech, "local") == 0)
        status = rpcsec_policy_set_mechanisms(policy, RPCSEC_MECH_LOCAL);
    if (!status && directory)
        status = rpcsec_policy_set_local_directory(policy, directory);
    if (status || !owner)
        return status;
    uid = strtoul(owner, &end, 10);
    if (owner[0] < '0' || owner[0] > '9' || *end || uid >= UINT32_MAX)
        return RPCSEC_INVALID_ARGUMENT;
    return rpcsec_policy_set_local_owner(policy, (uint32_t)uid);
}

int tool_client_check(const struct tool *tool, struct tool_client *client)
{
    bool is_none;

    if (!client->mech)
        client->mech = "none";
    is_none = strcmp(client->mech, "none") == 0;
    if (!client->level)
        client->level = is_none ? "none" : "privacy";
    if (!client->timeout_s)
        client->timeout_s = 10;
    if (is_none && strcmp(client->level, "none") != 0)
        return tool_usage(tool, "--level %s needs a mechanism: --mech kerberos", client->level);
    if (!is_none && strcmp(client->level, "none") == 0)
        return tool_usage(tool, "--level none does not authenticate: it needs --mech none");
    return TOOL_OK;
}

static rpcsec_status open_with(const struct tool_client *client, const char *binding,
                               struct rpcsec_policy *policy, struct rpcsec_client **ret_client,
                               struct rpcsec_error *err)
{
    struct rpcsec_client_options options = {
        .size = sizeof(options),
        .policy = policy,
        .mechanism = tool_mechanism(client->mech),
    };
    rpcsec_status status = rpcsec_level_parse(client->level, &options.level);

    if (!status)
        status = tool_set_timeout(policy, client->timeout_s);
    if (status) {
        err->status = status;
        return status;
    }
    return rpcsec_client_open_with(binding, client->spn, &options, ret_client, err);
}

rpcsec_status tool_client_open(const struct tool_client *client, const char *binding,
                               struct rpcsec_client **ret_client, struct rpcsec_error *err)
{
    struct rpcsec_policy *policy = NULL;
    rpcsec_status status = rpcsec_policy_new(&policy, err);

    if (!status)
        status = open_with(client, binding, policy, ret_client, err);
    rpcsec_policy_free(policy);
    return status;
}
