/* SPDX-License-Identifier: MIT
 *
 * tools/probe_matrix.c: the cells of `rpcsec probe`, each over a client of its own. Layer:
 * tools.
 */
#include <stdlib.h>
#include <string.h>

#include <rpcsec/ndr.h>

#include "gen/mgmt.h"
#include "probe.h"

/* No interface has so many operations: C706 2.3 numbers them from 0, and tables are dense. */
#define NO_OPNUM     65535
#define FAULT_OPNUM  0x1C010002 /* nca_s_op_rng_error: C706 appendix E */
#define FAULT_DENIED 5          /* ERROR_ACCESS_DENIED: MS-ERREF 2.2 */

/* ---- The plan ---- */

static void add_cell(struct probe *probe, struct probe_setup setup)
{
    if (probe->num_cells < PROBE_MAX_CELLS)
        probe->cells[probe->num_cells++] =
            (struct probe_cell){.setup = setup, .err = RPCSEC_ERROR_INIT};
}

/* SPNEGO has no form with auth3. */
static void add_legs(struct probe *probe, struct probe_setup setup)
{
    add_cell(probe, setup);
    setup.auth3 = true;
    if (setup.mechanism == RPCSEC_MECH_KERBEROS)
        add_cell(probe, setup);
}

/* At level connect nothing of a request is protected, so there is neither signing nor trailer.
 */
static void add_level(struct probe *probe, enum rpcsec_mechanism mechanism,
                      enum rpcsec_level level)
{
    struct probe_setup setup = {.mechanism = mechanism, .level = level};

    if (level == RPCSEC_LEVEL_CONNECT) {
        add_legs(probe, setup);
        return;
    }
    for (int signing = 1; signing >= 0; signing--) {
        for (int trailer = 1; trailer >= 0; trailer--) {
            setup.header_signing = signing;
            setup.trailer = trailer;
            add_legs(probe, setup);
        }
    }
}

void probe_plan(struct probe *probe)
{
    static const enum rpcsec_mechanism mechanisms[] = {RPCSEC_MECH_KERBEROS,
                                                       RPCSEC_MECH_NEGOTIATE};
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_PRIVACY, RPCSEC_LEVEL_INTEGRITY,
                                               RPCSEC_LEVEL_PACKET, RPCSEC_LEVEL_CONNECT};

    for (size_t m = 0; m < sizeof(mechanisms) / sizeof(mechanisms[0]); m++)
        for (size_t l = 0; l < sizeof(levels) / sizeof(levels[0]); l++)
            add_level(probe, mechanisms[m], levels[l]);
    add_cell(probe, (struct probe_setup){.level = RPCSEC_LEVEL_NONE});
}

/* ---- Opening ---- */

static rpcsec_status set_policy(struct rpcsec_policy *policy, const struct probe *probe,
                                const struct probe_setup *setup)
{
    rpcsec_status status = tool_set_timeout(policy, probe->client.timeout_s);

    if (!status)
        status = rpcsec_policy_set_header_signing(
            policy, setup->header_signing ? RPCSEC_REQUIRED : RPCSEC_OFF);
    if (!status)
        status = rpcsec_policy_set_verification_trailer(policy, setup->trailer ? RPCSEC_REQUIRED
                                                                               : RPCSEC_OFF);
    if (!status && setup->auth3)
        status = rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3);
    return status;
}

rpcsec_status probe_open(const struct probe *probe, const struct probe_setup *setup,
                         struct rpcsec_client **ret_client, struct rpcsec_error *err)
{
    struct rpcsec_client_options options = {
        .size = sizeof(options),
        .level = setup->level,
        .mechanism = setup->mechanism,
    };
    struct rpcsec_client *client = NULL;
    rpcsec_status status = rpcsec_policy_new(&options.policy, err);

    if (!status)
        status = set_policy(options.policy, probe, setup);
    if (!status)
        status =
            rpcsec_client_open_with(probe->binding, probe->client.spn, &options, &client, err);
    rpcsec_policy_free(options.policy);
    if (!status)
        status = rpcsec_client_bind(client, &mgmt_client_interface, err);
    if (status) {
        rpcsec_client_close(client);
        err->status = err->status ? err->status : status;
        return status;
    }
    *ret_client = client;
    return RPCSEC_OK;
}

/* ---- Calls ---- */

/* Its answer must be a fault: an interface that has only the operation which nobody has. */
static rpcsec_status call_nothing(const struct probe *probe, struct rpcsec_client *client,
                                  struct rpcsec_arena *arena, struct rpcsec_error *err)
{
    static const struct rpcsec_ndr_record no_args = {.version = RPCSEC_NDR_TABLE_VERSION,
                                                     .name = "operations"};
    struct rpcsec_operation *operations = calloc(NO_OPNUM + 1, sizeof(*operations));
    const struct rpcsec_interface interface = {
        .table_version = RPCSEC_INTERFACE_VERSION,
        .name = "probed",
        .id = probe->interface,
        .operations = operations,
        .num_operations = NO_OPNUM + 1,
    };
    rpcsec_status status = RPCSEC_NO_MEMORY;
    char args = 0;

    if (!operations)
        return status;
    operations[NO_OPNUM] =
        (struct rpcsec_operation){.name = "operation 65535", .args = &no_args};
    status = rpcsec_client_call(client, arena, &interface, NO_OPNUM, &args, err);
    free(operations);
    if (status == RPCSEC_REMOTE_FAULT && err->wire_status == FAULT_OPNUM) {
        *err = (struct rpcsec_error)RPCSEC_ERROR_INIT;
        return RPCSEC_OK;
    }
    return status;
}

static rpcsec_status try_calls(const struct probe *probe, struct rpcsec_client *client,
                               struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    mgmt_if_id_vector_p ids = NULL;
    uint32_t answer = 0;
    rpcsec_status status = RPCSEC_NO_MEMORY;

    if (!arena)
        return status;
    status = mgmt_inq_if_ids(client, arena, &ids, &answer, err);
    if (!status && !probe->only_mgmt)
        status = call_nothing(probe, client, arena, err);
    rpcsec_arena_free(arena);
    return status;
}

/* ---- Judging ---- */

/* The server, or our own demand on what it offers, said no. Else the cell tells nothing. */
static bool is_refusal(const struct rpcsec_error *err)
{
    switch (err->status) {
    case RPCSEC_BIND_REJECTED:
    case RPCSEC_REMOTE_FAULT:
    case RPCSEC_ACCESS_DENIED:
    case RPCSEC_POLICY_REFUSED:
    case RPCSEC_CONNECTION_LOST:
    case RPCSEC_PROTOCOL_ERROR:
    case RPCSEC_BAD_TOKEN:
    case RPCSEC_SECURITY_FAILURE:
        return true;
    default:
        return false;
    }
}

rpcsec_status probe_run_cell(struct probe *probe, struct probe_cell *cell,
                             struct rpcsec_error *err)
{
    struct rpcsec_client *client = NULL;
    rpcsec_status status = probe_open(probe, &cell->setup, &client, &cell->err);

    if (!status)
        status = try_calls(probe, client, &cell->err);
    rpcsec_client_close(client);
    if (status && !cell->err.status)
        cell->err.status = status;
    cell->accepted = status == RPCSEC_OK;
    if (cell->accepted || is_refusal(&cell->err))
        return RPCSEC_OK;
    *err = cell->err;
    return status;
}
