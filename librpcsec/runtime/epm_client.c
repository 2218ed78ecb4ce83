/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_client.c: finds the port of an interface by ept_map. Layer: runtime. Documents:
 * C706 appendix O, MS-RPCE 2.2.1.2.5 and 3.1.3.5.3. Must take nothing but the port from the
 * answer: a mapper may be anybody.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/uuid.h"
#include "gen/epm.h"
#include "loop/loop.h"
#include "pdu/tower.h"
#include "runtime/client.h"
#include "runtime/epm.h"

#define EPM_PORT       135        /* MS-RPCE 2.1.1.1 */
#define MAX_TOWERS     8          /* the first that fits is taken */
#define STATUS_OK      0          /* error_status_ok */
#define NOT_REGISTERED 0x16c9a0d6 /* C706 appendix E: ept_s_not_registered */

/* ---- the client of the mapper ---- */

/* The level in the binding decides whether the mapper is asked without authentication, as
 * Windows does (MS-RPCE 3.1.3.5.3), or proves to be host/HOST. */
static rpcsec_status open_mapper(const struct binding *binding, struct rpcsec_policy *policy,
                                 uint64_t deadline_ms, struct rpcsec_client **ret_client,
                                 struct rpcsec_error *err)
{
    struct rpcsec_client_options options = {
        .size = sizeof(options),
        .policy = policy,
        .level = binding->epm_level ? binding->epm_level : RPCSEC_LEVEL_NONE,
    };
    struct binding mapper = *binding;
    char text[LIMIT_BINDING_LEN];

    mapper.has_object = false;
    mapper.has_port = true;
    mapper.port = binding->epm_port ? binding->epm_port : EPM_PORT;
    binding_print(&mapper, text);
    return client_open_until(text, NULL, &options, deadline_ms, ret_client, err);
}

/* A view of the client that ends with the call for which the port is wanted. */
static rpcsec_status limit_time(struct rpcsec_client *client, uint64_t deadline_ms,
                                struct rpcsec_client **ret_view, struct rpcsec_error *err)
{
    uint64_t now_ms = loop_now_ms();
    struct rpcsec_call_options options = {.size = sizeof(options)};

    if (deadline_ms <= now_ms)
        return error_set(err, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT, "the deadline passed");
    if (deadline_ms - now_ms < UINT32_MAX)
        options.deadline_ms = (uint32_t)(deadline_ms - now_ms);
    return rpcsec_client_with(client, &options, ret_view, err);
}

/* ---- the question and the answer ---- */

/* Port and address of the question have no meaning. */
static rpcsec_status make_question(const struct rpcsec_interface *interface,
                                   struct rpcsec_arena *arena, epm_twr **ret_question)
{
    const struct tower tower = {
        .interface = interface->id,
        .transfer = syntax_ndr,
        .rpc = TOWER_NCACN,
        .transport = TOWER_TCP,
    };
    rpcsec_status status;
    epm_twr *question = NULL;
    struct buf octets;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, &tower);
    status = buf_status(&octets);
    if (status == RPCSEC_OK)
        question = rpcsec_arena_alloc(arena, sizeof(*question) + octets.len);
    if (question) {
        question->tower_length = (uint32_t)octets.len;
        memcpy(question->tower_octet_string, octets.data, octets.len);
        *ret_question = question;
    } else if (status == RPCSEC_OK) {
        status = RPCSEC_NO_MEMORY;
    }
    buf_done(&octets);
    return status;
}

/* The minor version of the server may be greater: C706 2.1 (interface versions). */
static bool serves(const struct tower *tower, const struct rpcsec_interface *interface)
{
    return uuid_equal(&tower->interface.uuid, &interface->id.uuid) &&
           tower->interface.major == interface->id.major &&
           tower->interface.minor >= interface->id.minor &&
           uuid_equal(&tower->transfer.uuid, &syntax_ndr.uuid) && tower->rpc == TOWER_NCACN &&
           tower->transport == TOWER_TCP && tower->port;
}

static rpcsec_status choose_port(const epm_twr_p *towers, uint32_t num,
                                 const struct rpcsec_interface *interface, uint16_t *ret_port)
{
    for (uint32_t n = 0; n < num; n++) {
        struct tower tower;

        if (!towers[n] ||
            tower_decode(towers[n]->tower_octet_string, towers[n]->tower_length, &tower))
            continue; /* it helps nobody, and another may */
        if (!serves(&tower, interface))
            continue;
        *ret_port = tower.port;
        return RPCSEC_OK;
    }
    return RPCSEC_NOT_FOUND;
}

static rpcsec_status ask(struct rpcsec_client *view, struct rpcsec_arena *arena,
                         const struct binding *binding,
                         const struct rpcsec_interface *interface, uint16_t *ret_port,
                         struct rpcsec_error *err)
{
    const struct rpcsec_uuid *object = &binding->object;
    epm_uuid wanted = {object->time_low,
                       object->time_mid,
                       object->time_hi_and_version,
                       {object->clock_seq[0], object->clock_seq[1]},
                       {0}};
    epm_lookup_handle handle = {{0}};
    epm_twr *question = NULL;
    epm_twr_p *towers = NULL;
    uint32_t num = 0;
    uint32_t answer = 0;
    rpcsec_status status = make_question(interface, arena, &question);

    memcpy(wanted.node, object->node, sizeof(wanted.node));
    if (status)
        return error_no_memory(err);
    status = epm_ept_map(view, arena, binding->has_object ? &wanted : NULL, question, &handle,
                         MAX_TOWERS, &num, &towers, &answer, err);
    if (status)
        return status;
    if (answer != STATUS_OK && answer != NOT_REGISTERED)
        return error_set(err, RPCSEC_REMOTE_FAULT, RPCSEC_LAYER_REMOTE,
                         "it answers with error %#x", (unsigned)answer);
    status =
        answer == STATUS_OK ? choose_port(towers, num, interface, ret_port) : RPCSEC_NOT_FOUND;
    if (status)
        error_set(err, status, RPCSEC_LAYER_REMOTE, "it knows no server of it on TCP");
    return status;
}

static rpcsec_status ask_until(struct rpcsec_client *client, const struct binding *binding,
                               const struct rpcsec_interface *interface, uint64_t deadline_ms,
                               uint16_t *ret_port, struct rpcsec_error *err)
{
    struct rpcsec_client *view = NULL;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    rpcsec_status status =
        arena ? limit_time(client, deadline_ms, &view, err) : error_no_memory(err);

    if (status == RPCSEC_OK)
        status = ask(view, arena, binding, interface, ret_port, err);
    rpcsec_client_close(view);
    rpcsec_arena_free(arena);
    return status;
}

/* The nested error keeps all that it knows; its sentence begins with what was wanted. */
static rpcsec_status explain(const struct binding *binding,
                             const struct rpcsec_interface *interface,
                             const struct rpcsec_error *why, struct rpcsec_error *err)
{
    struct rpcsec_error whole = *why;

    whole.outcome = RPCSEC_OUTCOME_NOT_RUN; /* of the call that the port was wanted for */
    text_print(whole.text, sizeof(whole.text),
               "the endpoint mapper at %s port %u does not tell where '%s' version %u.%u is "
               "served: %s; a port in the binding needs no mapper: ncacn_ip_tcp:%s[port]",
               binding->host, (unsigned)(binding->epm_port ? binding->epm_port : EPM_PORT),
               interface->name, (unsigned)interface->id.major, (unsigned)interface->id.minor,
               rpcsec_error_text(why), binding->host);
    error_copy(err, &whole);
    return why->status;
}

rpcsec_status epm_find_port(const struct binding *binding, struct rpcsec_policy *policy,
                            const struct rpcsec_interface *interface, uint64_t deadline_ms,
                            uint16_t *ret_port, struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    struct rpcsec_client *mapper = NULL;
    rpcsec_status status = open_mapper(binding, policy, deadline_ms, &mapper, &why);

    if (status == RPCSEC_OK)
        status = ask_until(mapper, binding, interface, deadline_ms, ret_port, &why);
    rpcsec_client_close(mapper);
    if (status && !why.status)
        why.status = status;
    return status ? explain(binding, interface, &why, err) : RPCSEC_OK;
}
