/* SPDX-License-Identifier: MIT
 *
 * sim/driver.c: what the users of both engines do: handshake steps, calls, cancels, answers.
 * It does what runtime/ does, without threads and sockets.
 */
#include "sim/world.h"

#include <stdio.h>

#include "flow/pair.h"
#include "harness/fake_package.h"

/* What the engine thinks of an intent shows in its events. */
static void ignore(rpcsec_status status)
{
    (void)status;
}

/* ---- beginning ---- */

static const struct assoc_interface *find_interface(void *arg, const struct rpcsec_syntax *id)
{
    struct world *w = arg;

    for (size_t i = 0; i < 2; i++) {
        if (syntax_equal(w->interfaces[i].id, id))
            return &w->interfaces[i];
    }
    return NULL;
}

static rpcsec_status make_cred(struct world *w, bool server)
{
    char principal[64];
    const struct pkg_cred_params params = {
        .inbound = server, .outbound = !server, .principal = principal};

    (void)snprintf(principal, sizeof(principal), "legs=%u,fail=%u", w->plan.legs,
                   server ? w->plan.server_fails : w->plan.client_fails);
    return sspi_cred_acquire(&fake_package, &params, &world_end(w, server)->cred, NULL);
}

static void make_end(struct world *w, bool server)
{
    struct end *end = world_end(w, server);
    struct assoc_params params = {
        .server = server,
        .find_interface = find_interface,
        .find_interface_arg = w,
        .auth_types = {16},
        .group_id = server ? 0x01000007 : 0,
        .ndr64 = w->plan.server_ndr64,
        .features = w->plan.features,
        .big_endian = !server && w->plan.big_endian,
        .secondary_address = "7001",
        .level = w->plan.level,
        .auth_type = 16,
        .now_ms = w->now_ms,
    };

    wire_init(&end->wire, &w->rnd);
    end->wire.delay_ms = w->plan.delay_ms;
    end->wire.attack_percent = w->plan.attack_percent;
    end->wire.attack_from = w->plan.attack_from;
    end->wire.stall_ms = w->plan.stall_ms;
    end->policy = plan_policy(&w->plan, server);
    params.policy = end->policy;
    if (!end->policy || make_cred(w, server) != RPCSEC_OK ||
        assoc_new(&params, &end->a) != RPCSEC_OK)
        check_broken(w, "an end cannot be made");
}

void driver_start(struct world *w)
{
    w->interfaces[0] = (struct assoc_interface){
        .id = &pair_echo, .num_operations = 4, .least_level = w->plan.level};
    w->interfaces[1] = w->interfaces[0];
    w->interfaces[1].id = &pair_other;
    make_end(w, false);
    make_end(w, true);
    if (!w->broken[0])
        driver_bind(w, 0);
}

void driver_bind(struct world *w, size_t which)
{
    const struct rpcsec_syntax transfers[2] = {syntax_ndr, syntax_ndr64};
    uint16_t id = 0;
    rpcsec_status status = assoc_bind(w->client.a, which ? &pair_other : &pair_echo, transfers,
                                      w->plan.num_transfers, &id, w->now_ms);

    world_note(w, "client binds interface %zu: %s", which, rpcsec_status_name(status));
    if (status != RPCSEC_OK)
        return;
    w->binding = true;
    w->context[which] = id;
    if (which == 0)
        w->context[1] = id;
    else
        w->second_asked = true;
    driver_take_events(w, false);
}

/* One more security context, that suffices for every interface. */
void driver_secure(struct world *w)
{
    uint32_t sec_id = 0;
    rpcsec_status status =
        assoc_secure(w->client.a, 16, RPCSEC_LEVEL_PRIVACY, &sec_id, w->now_ms);

    world_note(w, "client makes security context %u: %s", sec_id, rpcsec_status_name(status));
    if (status != RPCSEC_OK)
        check_broken(w, "a security context cannot be begun");
    w->securing = true;
    driver_take_events(w, false);
}

static void on_secured(struct world *w, const struct assoc_event *event)
{
    if (!w->securing)
        check_broken(w, "a security context came from nowhere");
    w->securing = false;
    if (event->secured.status == RPCSEC_OK)
        w->num_secured++;
    else
        w->plan.num_secured = w->num_secured; /* it would fail again */
}

/* Any of those that are complete; the first at level none is none. */
static uint32_t some_security(struct world *w)
{
    const uint32_t n = (uint32_t)rnd_below(&w->rnd, w->num_secured + 1);

    if (w->plan.level != RPCSEC_LEVEL_NONE)
        return n;
    return n == 0 ? ASSOC_NO_SECURITY : n - 1;
}

/* ---- handshake ---- */

void driver_take_step(struct world *w, bool server)
{
    struct end *end = world_end(w, server);
    const struct assoc_event *event = &end->step.event;
    const struct sspi_ctx_params params = {
        .policy = end->policy,
        .target = server ? NULL : "test/server.example",
        .level = event->need_token.level,
        .initiator = !server,
    };
    struct assoc_token result = {.sec_id = event->need_token.sec_id,
                                 .ctx = event->need_token.ctx};
    struct buf token;

    end->step.pending = false;
    buf_init(&token, LIMIT_TOKEN_LEN);
    if (!result.ctx)
        result.status = sspi_ctx_new(end->cred, &params, &result.ctx, NULL);
    if (result.status == RPCSEC_OK)
        result.status = sspi_ctx_step(result.ctx, event->need_token.token,
                                      event->need_token.token_len, &token, &result.done, NULL);
    result.token = token.data;
    result.token_len = token.len;
    world_note(w, "%s takes a step: %s", server ? "server" : "client",
               rpcsec_status_name(result.status));
    ignore(assoc_token(end->a, &result, w->now_ms));
    buf_done(&token);
    driver_take_events(w, server);
}

/* ---- calls ---- */

static void plan_call(struct world *w, struct ledger *call)
{
    struct rnd *r = &w->rnd;
    const size_t which = w->bound[1] && rnd_percent(r, 50);

    *call = (struct ledger){
        .context_id = w->context[which],
        .opnum = (uint16_t)rnd_below(r, 4),
        .ndr64 = w->ndr64[which],
        .sec_id = some_security(w),
        .len = rnd_size(r, w->plan.max_len),
        .reply_len = rnd_size(r, w->plan.max_len),
        .maybe = rnd_percent(r, w->plan.maybe_percent),
        .to_fault = rnd_percent(r, w->plan.fault_percent),
        .cancel_ms = UINT64_MAX,
        .orphan_ms = UINT64_MAX,
        .deadline_ms = w->now_ms + w->plan.call_ms,
    };
    if (rnd_percent(r, w->plan.cancel_percent))
        call->cancel_ms = w->now_ms + rnd_below(r, 100);
    if (rnd_percent(r, w->plan.orphan_percent))
        call->orphan_ms = w->now_ms + rnd_below(r, 100);
}

static void fill_writer(struct writer *writer, uint32_t number, bool reply, size_t len)
{
    uint8_t *stub = mem_alloc(len);

    if (stub) {
        check_fill(number, reply, stub, len);
        writer_bytes(writer, stub, len);
    } else {
        writer_fail(writer, RPCSEC_NO_MEMORY);
    }
    mem_free(stub);
}

static rpcsec_status send_call(struct world *w, uint32_t number, struct ledger *call)
{
    const struct assoc_request request = {.context_id = call->context_id,
                                          .opnum = call->opnum,
                                          .maybe = call->maybe,
                                          .sec_id = call->sec_id};
    struct writer_shape shape;
    struct writer writer;
    rpcsec_status status = assoc_request_shape(w->client.a, call->sec_id, false, &shape);

    if (status != RPCSEC_OK)
        return status;
    writer_init(&writer, &shape, false);
    fill_writer(&writer, number, false, call->len);
    status = assoc_call(w->client.a, &request, &writer, &call->call_id, w->now_ms);
    writer_done(&writer);
    return status;
}

void driver_call(struct world *w)
{
    const uint32_t number = (uint32_t)w->num_calls;
    struct ledger *call = &w->calls[number];
    rpcsec_status status;

    plan_call(w, call);
    w->next_call_ms = w->now_ms + rnd_below(&w->rnd, 30);
    status = send_call(w, number, call);
    world_note(w, "client calls %u: %zu bytes for %zu: %s", call->call_id, call->len,
               call->reply_len, rpcsec_status_name(status));
    if (status == RPCSEC_LIMIT)
        return; /* later, when some output has gone */
    w->num_calls++;
    if (status != RPCSEC_OK)
        check_ends(w, call, END_NOT_RUN);
    else if (call->maybe)
        check_ends(w, call, END_UNKNOWN);
    driver_take_events(w, false);
}

void driver_cancel(struct world *w, struct ledger *call, bool orphan)
{
    rpcsec_status status = assoc_cancel(w->client.a, call->call_id, orphan);

    world_note(w, "client %s %u: %s", orphan ? "orphans" : "cancels", call->call_id,
               rpcsec_status_name(status));
    call->cancel_ms = UINT64_MAX;
    if (orphan) {
        call->given_up = true;
        check_ends(w, call, END_UNKNOWN);
    }
    driver_take_events(w, false);
}

static void begin_running(struct world *w, const struct assoc_event *event)
{
    uint32_t number = UINT32_MAX;

    check_runs(w, event, &number);
    if (w->num_running == WORLD_MAX_OPEN) {
        check_broken(w, "more than %d calls are open", WORLD_MAX_OPEN);
        return;
    }
    w->running[w->num_running++] = (struct running){
        event->call.call_id, number, w->now_ms + rnd_below(&w->rnd, w->plan.think_ms + 1)};
}

static rpcsec_status send_reply(struct world *w, const struct running *running)
{
    const struct ledger *call =
        running->number == UINT32_MAX ? NULL : &w->calls[running->number];
    struct writer_shape shape;
    struct writer writer;
    rpcsec_status status;

    if (call && call->to_fault)
        return assoc_fault(w->server.a, running->call_id, 0x1C000009, false, w->now_ms);
    status = assoc_reply_shape(w->server.a, running->call_id, &shape);
    if (status != RPCSEC_OK)
        return status;
    writer_init(&writer, &shape, false);
    fill_writer(&writer, running->number, true, call ? call->reply_len : 8);
    status = assoc_reply(w->server.a, running->call_id, &writer, w->now_ms);
    writer_done(&writer);
    return status;
}

void driver_answer(struct world *w, size_t index)
{
    const struct running running = w->running[index];
    rpcsec_status status;

    w->running[index] = w->running[--w->num_running];
    status = send_reply(w, &running);
    world_note(w, "server answers %u: %s", running.call_id, rpcsec_status_name(status));
    driver_take_events(w, true);
}

/* ---- events ---- */

static void end_open_calls(struct world *w)
{
    for (size_t i = 0; i < w->num_calls; i++) {
        struct ledger *call = &w->calls[i];

        if (call->ends == 0)
            check_ends(w, call,
                       assoc_call_outcome(w->client.a, call->call_id) == RPCSEC_OUTCOME_NOT_RUN
                           ? END_NOT_RUN
                           : END_UNKNOWN);
    }
}

static void on_closed(struct world *w, bool server, const struct assoc_event *event)
{
    struct end *end = world_end(w, server);

    world_note(w, "%s closed: %s", server ? "server" : "client",
               rpcsec_status_name(event->closed.status));
    if (end->closed)
        check_broken(w, "a connection closed twice");
    end->closed = true;
    end->status = event->closed.status;
    end->wire.fin = true;
    if (!server)
        end_open_calls(w);
}

static void on_fault(struct world *w, const struct assoc_event *event)
{
    for (size_t i = 0; i < w->num_calls; i++) {
        if (w->calls[i].call_id != event->fault.call_id)
            continue;
        if (event->fault.authenticated)
            check_broken(w, "a fault of call %u counts as signed", event->fault.call_id);
        check_ends(w, &w->calls[i], END_FAULT);
        return;
    }
    check_broken(w, "a fault for call %u that was never made", event->fault.call_id);
}

static void on_bound(struct world *w, const struct assoc_event *event)
{
    const size_t which = w->second_asked;

    w->binding = false;
    if (event->bound.context_id < w->context[which] ||
        event->bound.context_id >= w->context[which] + w->plan.num_transfers)
        check_broken(w, "another context was bound");
    w->context[which] = event->bound.context_id;
    w->ndr64[which] = event->bound.ndr64;
    if (which == 0)
        w->context[1] = w->context[0];
    w->bound[which] = event->bound.accepted;
    if (!event->bound.accepted && which == 0)
        assoc_close(w->client.a);
}

static void on_event(struct world *w, bool server, const struct assoc_event *event)
{
    struct end *end = world_end(w, server);

    world_note(w, "%s event %d", server ? "server" : "client", event->type);
    if (end->closed)
        check_broken(w, "event %d after the connection closed", event->type);
    switch (event->type) {
    case ASSOC_NEED_TOKEN:
        if (end->step.pending)
            check_broken(w, "two handshake steps at once");
        end->step = (struct step){true, *event, w->now_ms + rnd_below(&w->rnd, 30)};
        break;
    case ASSOC_BOUND:
        on_bound(w, event);
        break;
    case ASSOC_CALL:
        begin_running(w, event);
        break;
    case ASSOC_REPLY:
        check_reply(w, event);
        break;
    case ASSOC_FAULT:
        on_fault(w, event);
        break;
    case ASSOC_CLOSED:
        on_closed(w, server, event);
        break;
    case ASSOC_SECURED:
        on_secured(w, event);
        break;
    case ASSOC_CANCELLED:
    case ASSOC_LEG:
    case ASSOC_REFUSED:
        break;
    }
}

void driver_take_events(struct world *w, bool server)
{
    struct end *end = world_end(w, server);
    struct assoc_event event;

    while (!end->gone && assoc_next(end->a, &event))
        on_event(w, server, &event);
}

void driver_lost(struct world *w, bool server)
{
    struct end *end = world_end(w, server);

    if (end->gone || end->closed)
        return;
    world_note(w, "%s lost the connection", server ? "server" : "client");
    end->gone = true;
    end->status = RPCSEC_CONNECTION_LOST;
    if (!server)
        end_open_calls(w);
}
