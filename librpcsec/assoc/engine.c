/* SPDX-License-Identifier: MIT
 *
 * assoc/engine.c: making and freeing an engine, its state, and how it ends.
 * Layer: assoc. Documents: C706 12.6, MS-RPCE 3.3.
 *
 * No I/O and no clock of its own. What a peer did never aborts; it closes the engine.
 */
#include <stdarg.h>
#include <stdio.h>

#include "assoc/engine.h"
#include "base/arith.h"

const char *assoc_state_name(enum assoc_state state)
{
    static const char *const names[ASSOC_NUM_STATES] = {
#define X(name, text) text,
        ASSOC_STATE_LIST(X)
#undef X
    };

    return (unsigned)state < ASSOC_NUM_STATES ? names[state] : "unknown";
}

void assoc_set_state(struct assoc *a, enum assoc_state state)
{
    if (a->state == state || a->state == ASSOC_STATE_CLOSED)
        return;
    TRACE("assoc", "state", "role=%s from=%s to=%s", a->params.server ? "server" : "client",
          assoc_state_name(a->state), assoc_state_name(state));
    a->state = state;
    if (state == ASSOC_STATE_OPEN)
        a->handshake_deadline_ms = UINT64_MAX;
}

static void close_engine(struct assoc *a)
{
    assoc_set_state(a, ASSOC_STATE_CLOSED);
    a->handshake_deadline_ms = UINT64_MAX;
    a->out.progress_ms = a->now_ms;
    /* A server's last nak or fault still goes out; a client has nothing to tell a peer that it
     * no longer trusts. */
    if (!a->params.server && a->status != RPCSEC_OK)
        out_drop(a);
}

/* Made when something is to be told: most connections end without. */
struct rpcsec_error *assoc_error(struct assoc *a)
{
    if (a->error)
        return a->error;
    a->error = mem_alloc(sizeof(*a->error));
    if (a->error)
        rpcsec_error_init(a->error, sizeof(*a->error));
    return a->error;
}

void assoc_note_wire(struct assoc *a, uint32_t wire_status)
{
    if (assoc_error(a))
        a->error->wire_status = wire_status;
}

void assoc_note_step(struct assoc *a, const struct rpcsec_error *error, uint32_t leg)
{
    if (error && a->status == RPCSEC_OK)
        a->status = error->status;
    if (error)
        error_copy(assoc_error(a), error);
    if (assoc_error(a))
        a->error->leg = leg;
}

rpcsec_status assoc_fail(struct assoc *a, rpcsec_status status, enum rpcsec_layer layer,
                         const char *format, ...)
{
    char text[sizeof(a->error->text)];
    va_list args;

    if (a->state == ASSOC_STATE_CLOSED)
        return status;
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (a->status == RPCSEC_OK)
        a->status = status;
    (void)error_set(assoc_error(a), status, layer, "%s", text);
    TRACE("assoc", "closed", "role=%s status=%s text=\"%s\"",
          a->params.server ? "server" : "client", rpcsec_status_name(status), text);
    close_engine(a);
    return status;
}

rpcsec_status assoc_fail_no_memory(struct assoc *a)
{
    return assoc_fail(a, RPCSEC_NO_MEMORY, RPCSEC_LAYER_PROTOCOL,
                      "memory ended while a connection was served; it is closed");
}

static bool params_are_valid(const struct assoc_params *params)
{
    if (!params || !params->policy)
        return false;
    if (params->server)
        return params->find_interface && params->group_id != 0;
    if (params->level == RPCSEC_LEVEL_NONE)
        return true;
    return params->level >= RPCSEC_LEVEL_CONNECT && params->level <= RPCSEC_LEVEL_PRIVACY &&
           params->auth_type != 0;
}

/* C706 12.6.3.1: lengths are multiples of 8. */
static uint16_t offered_frag_len(const struct rpcsec_policy *policy)
{
    return (uint16_t)(policy_limit(policy, RPCSEC_LIMIT_FRAGMENT_BYTES) & 0xFFF8);
}

static void init_fields(struct assoc *a, const struct assoc_params *params)
{
    a->params = *params;
    a->policy = params->policy;
    a->pool = params->pool ? params->pool : &a->own_pool;
    a->now_ms = params->now_ms;
    a->frag_len = offered_frag_len(params->policy);
    a->handshake_deadline_ms = UINT64_MAX;
    a->next_call_id = 1;
    if (!params->server)
        a->group_id = params->group_id;
    buf_init(&a->delivered, 0);
    buf_init(&a->partial.body, 0);
    /* MS-RPCE 2.2.1.1.8: a client that asks for call gets packet. */
    if (a->params.level == RPCSEC_LEVEL_CALL)
        a->params.level = RPCSEC_LEVEL_PACKET;
    if (params->server)
        a->handshake_deadline_ms = arith_later(
            params->now_ms, policy_limit(params->policy, RPCSEC_LIMIT_HANDSHAKE_MS));
}

rpcsec_status assoc_new(const struct assoc_params *params, struct assoc **ret_assoc)
{
    struct assoc *a;

    if (!params_are_valid(params) || !ret_assoc)
        return RPCSEC_INVALID_ARGUMENT;
    a = mem_zalloc(sizeof(*a));
    if (!a)
        return RPCSEC_NO_MEMORY;
    init_fields(a, params);
    *ret_assoc = a;
    return RPCSEC_OK;
}

void assoc_free(struct assoc *a)
{
    if (!a)
        return;
    events_done(a);
    slots_done(a);
    calls_done(a);
    out_done(a);
    in_done(a);
    assoc_pool_done(&a->own_pool);
    buf_done(&a->delivered);
    buf_done(&a->partial.body);
    mem_free(a->contexts);
    mem_free(a->answer.results);
    mem_free(a->error);
    mem_free(a);
}

void assoc_close(struct assoc *a)
{
    close_engine(a);
}

uint32_t assoc_group(const struct assoc *a)
{
    return a->group_id;
}

const struct sec_context *assoc_security(const struct assoc *a)
{
    const struct assoc_slot *slot = a->num_slots ? a->slots[a->num_slots - 1] : NULL;

    return slot && slot->done ? &slot->sec : NULL;
}

static struct assoc_slot *stepping_slot(struct assoc *a, const struct assoc_token *result)
{
    if (a->state != ASSOC_STATE_STEP || result->sec_id != a->stepping ||
        a->stepping >= a->num_slots)
        return NULL;
    return a->slots[a->stepping];
}

rpcsec_status assoc_token(struct assoc *a, const struct assoc_token *result, uint64_t now_ms)
{
    struct assoc_slot *slot = stepping_slot(a, result);

    a->now_ms = now_ms;
    if (!slot) {
        sspi_ctx_free(result->ctx); /* the engine closed meanwhile, or nobody asked */
        return a->state == ASSOC_STATE_CLOSED ? RPCSEC_CLOSED : RPCSEC_INVALID_STATE;
    }
    slot->sec.ctx = result->ctx;
    a->in.progress_ms = now_ms; /* the peer waited for the step */
    if (a->params.server)
        return server_token(a, slot, result);
    return client_token(a, slot, result);
}
