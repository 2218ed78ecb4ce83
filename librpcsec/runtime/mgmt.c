/* SPDX-License-Identifier: MIT
 *
 * runtime/mgmt.c: the management interface that every server can have, answered from its own
 * registry and counters. Layer: runtime. Document: C706 appendix Q. Its functions do not block.
 */
#include <string.h>

#include "base/error.h"
#include "gen/mgmt.h"
#include "runtime/server.h"

#define MGMT_READS 0x17u /* operations 0, 1, 2 and 4 */

/* Values of error_status_t: MS-ERREF 2.2. */
enum {
    STATUS_OK = 0,
    STATUS_ACCESS_DENIED = 5,
    STATUS_BUFFER_TOO_SMALL = 122,
    STATUS_UNKNOWN_AUTHN_SERVICE = 1747,
};

static void fill_if_id(mgmt_if_id *if_id, const struct rpcsec_syntax *id)
{
    if_id->uuid.time_low = id->uuid.time_low;
    if_id->uuid.time_mid = id->uuid.time_mid;
    if_id->uuid.time_hi_and_version = id->uuid.time_hi_and_version;
    memcpy(if_id->uuid.clock_seq, id->uuid.clock_seq, sizeof(if_id->uuid.clock_seq));
    memcpy(if_id->uuid.node, id->uuid.node, sizeof(if_id->uuid.node));
    if_id->vers_major = id->major;
    if_id->vers_minor = id->minor;
}

static rpcsec_status inq_if_ids(struct rpcsec_call *call, mgmt_if_id_vector_p *ret_if_id_vector,
                                uint32_t *ret_status)
{
    const struct registry *registry = &server_of_call(call)->registry;
    size_t num = registry->num_entries;
    mgmt_if_id_vector *vector =
        rpcsec_call_alloc(call, sizeof(*vector) + num * sizeof(vector->if_id[0]));
    mgmt_if_id *if_ids = rpcsec_call_alloc(call, num * sizeof(*if_ids));

    if (!vector || !if_ids)
        return RPCSEC_NO_MEMORY;
    for (size_t i = 0; i < num; i++) {
        fill_if_id(&if_ids[i], registry->entries[i]->assoc.id);
        vector->if_id[i] = &if_ids[i];
    }
    vector->count = (uint32_t)num;
    *ret_if_id_vector = vector;
    *ret_status = STATUS_OK;
    return RPCSEC_OK;
}

/* As many as were asked for and are known: calls in, calls out, packets in, packets out. The
 * array has room for as many as were asked for. */
static rpcsec_status inq_stats(struct rpcsec_call *call, uint32_t *count,
                               uint32_t **ret_statistics, uint32_t *ret_status)
{
    struct server_stats *stats = &server_of_call(call)->stats;
    const uint32_t known[4] = {
        atomic_load(&stats->calls_in),
        0, /* this server calls nobody */
        atomic_load(&stats->packets_in),
        atomic_load(&stats->packets_out),
    };

    if (*count > 4)
        *count = 4;
    for (uint32_t i = 0; i < *count; i++)
        (*ret_statistics)[i] = known[i];
    *ret_status = STATUS_OK;
    return RPCSEC_OK;
}

static rpcsec_status is_server_listening(struct rpcsec_call *call, uint32_t *ret_status,
                                         uint32_t *ret_result)
{
    *ret_result = !atomic_load(&server_of_call(call)->stopping);
    *ret_status = STATUS_OK;
    return RPCSEC_OK;
}

/* Nobody stops this server from afar. */
static rpcsec_status stop_server_listening(struct rpcsec_call *call, uint32_t *ret_status)
{
    (void)call;
    *ret_status = STATUS_ACCESS_DENIED;
    return RPCSEC_OK;
}

static bool serves_auth_type(struct rpcsec_server *server, uint32_t auth_type)
{
    uint8_t types[4];

    acceptor_auth_types(&server->acceptor, types);
    for (size_t i = 0; types[i]; i++) {
        if (types[i] == auth_type)
            return true;
    }
    return false;
}

/* The first principal that policy accepts; "" when it accepts any of the keytab. A hint for
 * people: a client must not take the name of its peer from the peer. */
static rpcsec_status inq_princ_name(struct rpcsec_call *call, uint32_t authn_proto,
                                    uint32_t princ_name_size, char **ret_princ_name,
                                    uint32_t *ret_status)
{
    struct rpcsec_server *server = server_of_call(call);
    const struct rpcsec_policy *policy = server->policy;
    const char *name = policy->num_accept_spns ? policy->accept_spns[0] : "";
    size_t len = strlen(name);

    if (!princ_name_size)
        return RPCSEC_BAD_STUB; /* not even an empty string fits */
    if (!serves_auth_type(server, authn_proto))
        *ret_status = STATUS_UNKNOWN_AUTHN_SERVICE;
    else if (len >= princ_name_size)
        *ret_status = STATUS_BUFFER_TOO_SMALL;
    else {
        memcpy(*ret_princ_name, name, len + 1);
        *ret_status = STATUS_OK;
    }
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_add_mgmt(struct rpcsec_server *server, struct rpcsec_error *err)
{
    static const struct mgmt_ops ops = {
        .inq_if_ids = inq_if_ids,
        .inq_stats = inq_stats,
        .is_server_listening = is_server_listening,
        .stop_server_listening = stop_server_listening,
        .inq_princ_name = inq_princ_name,
    };
    const struct rpcsec_service_options options = {
        .size = sizeof(options),
        .non_blocking = true,
        .open_operations = MGMT_READS,
    };

    return rpcsec_server_add_with(server, mgmt_interface(&ops), &options, err);
}
