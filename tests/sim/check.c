/* SPDX-License-Identifier: MIT
 *
 * sim/check.c: what is promised of calls, memory and order; see world.h. The first promise that
 * does not hold is kept, with its seed it can be had again.
 */
#include <stdarg.h>
#include <stdio.h>

#include "sim/world.h"

#define STRANGER_BYTES 71680 /* before authentication: 70 KiB a connection */

void check_broken(struct world *w, const char *format, ...)
{
    va_list args;

    if (w->broken[0])
        return;
    va_start(args, format);
    (void)vsnprintf(w->broken, sizeof(w->broken), format, args);
    va_end(args);
    world_note(w, "broken: %s", w->broken);
}

/* ---- contents ---- */

void check_fill(uint32_t number, bool reply, uint8_t *into, size_t len)
{
    uint32_t x = (number + 1) * 2654435761u ^ (reply ? 0x5bd1e995u : 0);

    for (size_t i = 0; i < len; i++)
        into[i] = (uint8_t)(x >> (i % 4 * 8)) ^ (uint8_t)(i >> 2);
    if (len >= 4 && !reply)
        memcpy(into, &number, 4);
}

static bool is_filled(uint32_t number, bool reply, const uint8_t *data, size_t len)
{
    uint8_t *expected = mem_alloc(len);
    bool same = false;

    if (expected) {
        check_fill(number, reply, expected, len);
        same = len == 0 || memcmp(expected, data, len) == 0;
    }
    mem_free(expected);
    return same;
}

/* Whether what runs is what was called, and an answer its own. */
static bool is_trusted(const struct world *w)
{
    return w->plan.strong || w->plan.network != SIM_HOSTILE;
}

/* ---- calls ---- */

static struct ledger *by_id(struct world *w, uint32_t call_id, uint32_t *ret_number)
{
    for (size_t i = 0; i < w->num_calls; i++) {
        *ret_number = (uint32_t)i;
        if (w->calls[i].call_id == call_id)
            return &w->calls[i];
    }
    *ret_number = UINT32_MAX;
    return NULL;
}

void check_ends(struct world *w, struct ledger *call, enum call_end end)
{
    call->end = end;
    if (++call->ends != 1)
        check_broken(w, "call %u ended %u times", call->call_id, call->ends);
    if (!is_trusted(w))
        return;
    if (end == END_RESULT && call->runs != 1)
        check_broken(w, "call %u has a result and ran %u times", call->call_id, call->runs);
    if (end == END_NOT_RUN && call->runs != 0)
        check_broken(w, "call %u is told as not run and ran", call->call_id);
}

/* Nothing is dispatched before authentication is complete. */
static void check_authentication(struct world *w, const struct assoc_event *event)
{
    const struct sec_context *sec = event->call.sec;

    if (w->plan.level == RPCSEC_LEVEL_NONE)
        return;
    if (!sec || !sec->ctx || !sspi_ctx_is_done(sec->ctx))
        check_broken(w, "call %u was dispatched before authentication", event->call.call_id);
    else if (sec->level < event->call.interface->least_level)
        check_broken(w, "call %u was dispatched below the least level", event->call.call_id);
}

/* A call runs under the security context that its caller chose. */
static void check_security(struct world *w, const struct ledger *call,
                           const struct assoc_event *event)
{
    const struct sec_context *sec = event->call.sec;

    if (call->sec_id == ASSOC_NO_SECURITY ? sec != NULL
                                          : !sec || sec->context_id != call->sec_id + 1)
        check_broken(w, "call %u runs under another security context", call->call_id);
}

void check_runs(struct world *w, const struct assoc_event *event, uint32_t *ret_number)
{
    struct ledger *call = by_id(w, event->call.call_id, ret_number);

    check_authentication(w, event);
    if (!is_trusted(w))
        return;
    if (!call) {
        check_broken(w, "call %u ran and was never made", event->call.call_id);
        return;
    }
    if (++call->runs != 1)
        check_broken(w, "call %u ran %u times", call->call_id, call->runs);
    if (call->end == END_NOT_RUN)
        check_broken(w, "call %u ran after it was told as not run", call->call_id);
    if (event->call.opnum != call->opnum || event->call.context_id != call->context_id ||
        event->call.interface !=
            &w->interfaces[call->context_id == w->context[1] && w->context[1] != w->context[0]])
        check_broken(w, "call %u runs as another operation", call->call_id);
    if (event->call.ndr64 != call->ndr64 || event->call.big_endian != w->plan.big_endian)
        check_broken(w, "call %u runs in another syntax", call->call_id);
    check_security(w, call, event);
    if (event->call.stub_len < call->len || event->call.stub_len >= call->len + 4 ||
        !is_filled(*ret_number, false, event->call.stub, call->len))
        check_broken(w, "call %u runs with other arguments", call->call_id);
}

void check_reply(struct world *w, const struct assoc_event *event)
{
    uint32_t number = 0;
    struct ledger *call = by_id(w, event->reply.call_id, &number);

    if (!call) {
        check_broken(w, "call %u has a result and was never made", event->reply.call_id);
        return;
    }
    check_ends(w, call, END_RESULT);
    if (is_trusted(w) && (event->reply.stub_len != call->reply_len ||
                          !is_filled(number, true, event->reply.stub, event->reply.stub_len)))
        check_broken(w, "call %u has another's result", call->call_id);
}

/* ---- memory ---- */

static size_t chain_bytes(const struct segment *s)
{
    size_t len = 0;

    for (; s; s = s->next)
        len += s->head_len + s->body_max + s->tail_len;
    return len;
}

static size_t queue_bytes(const struct assoc_queue *out)
{
    size_t len = 0;

    for (size_t i = 0; i < out->num; i++) {
        const struct assoc_out *pdu = &out->ring[(out->head + i) & (out->cap - 1)];
        const struct segment *s = pdu->segment;

        len += s ? s->head_len + s->body_max + s->tail_len : pdu->len;
    }
    return len;
}

static size_t pool_bytes(const struct assoc_pool *pool)
{
    size_t len = chain_bytes(pool->segments);

    for (size_t i = 0; i < pool->num_inputs; i++)
        len += pool->inputs[i].len;
    return len;
}

static size_t held_bytes(const struct assoc *a)
{
    size_t len = a->in.cap + queue_bytes(&a->out) + pool_bytes(a->pool) + a->partial.body.cap +
                 a->delivered.cap;

    for (size_t i = 0; i < a->num_calls; i++)
        len += a->calls[i].body.cap;
    return len;
}

static size_t most_bytes(const struct world *w, bool server)
{
    const struct plan *p = &w->plan;
    const struct assoc *a = world_end((struct world *)w, server)->a;
    const size_t frames = 2 * 65536 + ASSOC_SPARE_BYTES; /* input, a PDU of output, spares */

    if (server && !slot_all_done(a) && a->num_slots <= 1 && !a->bound_openly)
        return STRANGER_BYTES;
    if (server)
        return (size_t)(p->server_output + p->request_bytes + p->response_bytes) + frames;
    return (size_t)(p->client_output + p->request_bytes +
                    p->response_bytes * (p->client_calls + LIMIT_ORPHANS)) +
           frames;
}

static void check_memory(struct world *w, bool server)
{
    const struct end *end = world_end(w, server);
    size_t held;

    if (!end->a)
        return;
    held = held_bytes(end->a);
    if (held > most_bytes(w, server))
        check_broken(w, "the %s holds %zu bytes in state %s", server ? "server" : "client",
                     held, assoc_state_name(end->a->state));
}

/* ---- at every step, and at the end ---- */

void check_step(struct world *w)
{
    struct assoc_event event;

    for (int server = 0; server < 2; server++) {
        const struct end *end = world_end(w, server != 0);

        check_memory(w, server != 0);
        if (end->closed && end->a && assoc_next(end->a, &event))
            check_broken(w, "event %d after the connection closed", event.type);
    }
    if (w->server.a && w->server.a->num_calls > w->plan.server_calls)
        check_broken(w, "the server carries out %zu calls at once", w->server.a->num_calls);
    if (w->client.wire.failed || w->server.wire.failed)
        check_broken(w, "the simulation ran out of memory");
}

/* A server that takes no more calls for longer than a stall looks dead to a client that has
 * more to say; a client that gave calls up and closes does not wait for what it has queued. */
static bool gave_up(const struct world *w)
{
    bool any = w->client.status == RPCSEC_TIMED_OUT;

    for (size_t i = 0; i < w->num_calls; i++)
        any |= w->calls[i].given_up;
    return any && w->plan.think_ms * w->plan.num_calls >= w->plan.stall_ms;
}

/* Nothing was lost, so nothing may be missing. */
static void check_lossless(struct world *w)
{
    const bool fails = (w->plan.client_fails || w->plan.server_fails) &&
                       (w->plan.level != RPCSEC_LEVEL_NONE || w->plan.num_secured != 0);

    if (fails)
        return;
    if (gave_up(w))
        return;
    if (w->client.status != RPCSEC_OK || w->server.status != RPCSEC_OK)
        check_broken(w, "without loss the ends closed with %s and %s",
                     rpcsec_status_name(w->client.status),
                     rpcsec_status_name(w->server.status));
    if (w->num_calls != w->plan.num_calls)
        check_broken(w, "%zu of %zu calls were made", w->num_calls, w->plan.num_calls);
    for (size_t i = 0; i < w->num_calls; i++) {
        const struct ledger *call = &w->calls[i];
        const enum call_end planned = call->to_fault ? END_FAULT : END_RESULT;

        if (call->runs != 1)
            check_broken(w, "call %u never ran", call->call_id);
        if (!call->maybe && !call->given_up && call->end != planned)
            check_broken(w, "call %u ended as %d", call->call_id, call->end);
    }
}

void check_end(struct world *w)
{
    for (size_t i = 0; i < w->num_calls; i++) {
        if (w->calls[i].ends != 1)
            check_broken(w, "call %u ended %u times", w->calls[i].call_id, w->calls[i].ends);
        if (w->calls[i].end == END_RESULT && is_trusted(w) && w->calls[i].runs != 1)
            check_broken(w, "call %u has a result without a run", w->calls[i].call_id);
    }
    if (w->plan.network == SIM_LOSSLESS)
        check_lossless(w);
}
