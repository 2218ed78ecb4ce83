/* SPDX-License-Identifier: MIT
 *
 * sim/world.c: one seed played from beginning to end: of all that could happen now, chance
 * takes one thing; when nothing can, the clock moves on to the next thing that is due.
 */
#include "sim/world.h"

#include <stdarg.h>
#include <stdio.h>

#define MAX_STEPS   200000
#define NUM_IOVECS  8
#define PATIENCE_MS 3000000 /* by then every deadline is over */

enum action {
    DELIVER_TO_SERVER,
    DELIVER_TO_CLIENT,
    FLUSH_CLIENT,
    FLUSH_SERVER,
    STEP_CLIENT,
    STEP_SERVER,
    TICK_CLIENT,
    TICK_SERVER,
    CALL,
    CANCEL,
    ORPHAN,
    ANSWER,
    BIND_SECOND,
    SECURE,
    CLOSE_CLIENT,
    NUM_ACTIONS
};

static const char *const action_names[NUM_ACTIONS] = {
    "to server",   "to client",   "flush client", "flush server", "step client",
    "step server", "tick client", "tick server",  "call",         "cancel",
    "orphan",      "answer",      "bind second",  "secure",       "close client",
};

void world_note(struct world *w, const char *format, ...)
{
    char text[256];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (int i = 0; i < len && text[i]; i++)
        w->hash = (w->hash ^ (uint8_t)text[i]) * 0x100000001B3u;
    if (w->trace)
        printf("%6zu %7llu ms  %s\n", w->num_steps, (unsigned long long)w->now_ms, text);
}

static void hash_bytes(struct world *w, const uint8_t *data, size_t len)
{
    uint64_t word;

    for (; len >= 8; data += 8, len -= 8) {
        memcpy(&word, data, 8);
        w->hash = (w->hash ^ word) * 0x100000001B3u;
        w->hash ^= w->hash >> 31;
    }
    while (len-- != 0)
        w->hash = (w->hash ^ *data++) * 0x100000001B3u;
}

/* ---- the wires ---- */

/* A piece of what is there, as a kernel would hand it over. */
static size_t some_piece(struct world *w, size_t len)
{
    switch (rnd_below(&w->rnd, 4)) {
    case 0:
        return 1 + (size_t)rnd_below(&w->rnd, len < 32 ? len : 32);
    case 1:
        return 1 + (size_t)rnd_below(&w->rnd, len);
    default:
        return len;
    }
}

static void cut(struct world *w)
{
    world_note(w, "the connection is cut");
    w->cut = true;
    wire_cut(&w->client.wire);
    wire_cut(&w->server.wire);
}

/* The sender's kernel takes some output, or tells that nobody is there. */
static void flush(struct world *w, bool server)
{
    struct end *end = world_end(w, server);
    struct iovec iov[NUM_IOVECS];
    const size_t num = assoc_output(end->a, iov, NUM_IOVECS);
    size_t len = 0;

    if (w->cut && rnd_percent(&w->rnd, 50)) {
        driver_lost(w, server);
        return;
    }
    for (size_t i = 0; i < num; i++) {
        const size_t part = some_piece(w, iov[i].iov_len);

        if (!w->cut)
            wire_send(&end->wire, &world_end(w, !server)->wire, iov[i].iov_base, part,
                      w->now_ms);
        hash_bytes(w, iov[i].iov_base, part);
        len += part;
        if (part < iov[i].iov_len)
            break;
    }
    assoc_consumed(end->a, len, w->now_ms);
    driver_take_events(w, server);
    if (!w->cut && w->client.wire.bytes_in + w->server.wire.bytes_in >= w->plan.cut_at)
        cut(w);
}

static void deliver(struct world *w, bool to_server)
{
    struct end *end = world_end(w, to_server);
    struct wire *wire = &world_end(w, !to_server)->wire;
    size_t len = wire_ready(wire, w->now_ms);
    size_t room = 0;
    uint8_t *into = assoc_input(end->a, &room);

    if (!into) {
        driver_take_events(w, to_server); /* memory may have ended */
        return;
    }
    if (len == 0)
        wire->ended = true;
    else
        len = some_piece(w, len < room ? len : room);
    wire_receive(wire, into, len);
    hash_bytes(w, into, len);
    assoc_received(end->a, len, w->now_ms);
    driver_take_events(w, to_server);
}

/* ---- what can happen now ---- */

static bool works(const struct end *end)
{
    return !end->gone && !end->closed;
}

static bool can_deliver(struct world *w, bool to_server)
{
    struct end *end = world_end(w, to_server);
    const struct wire *wire = &world_end(w, !to_server)->wire;

    return works(end) && wire_due(wire) <= w->now_ms && assoc_reads(end->a);
}

static struct ledger *due_call(struct world *w, bool orphan)
{
    for (size_t i = 0; i < w->num_calls && works(&w->client); i++) {
        struct ledger *call = &w->calls[i];
        const uint64_t orphan_ms =
            call->orphan_ms < call->deadline_ms ? call->orphan_ms : call->deadline_ms;

        if (call->ends == 0 && (orphan ? orphan_ms : call->cancel_ms) <= w->now_ms)
            return call;
    }
    return NULL;
}

static size_t due_answer(const struct world *w)
{
    for (size_t i = 0; i < w->num_running; i++) {
        if (w->running[i].due_ms <= w->now_ms)
            return i;
    }
    return SIZE_MAX;
}

static bool is_bound(const struct world *w)
{
    return w->bound[0] && works(&w->client);
}

static bool has_finished(const struct world *w)
{
    if (!is_bound(w) || w->num_calls < w->plan.num_calls || w->binding || w->securing)
        return false;
    for (size_t i = 0; i < w->num_calls; i++) {
        if (w->calls[i].ends == 0)
            return false;
    }
    return w->client.a->state == ASSOC_STATE_OPEN;
}

static bool is_possible(struct world *w, enum action action)
{
    const struct end *end =
        world_end(w, action == FLUSH_SERVER || action == STEP_SERVER || action == TICK_SERVER);

    switch (action) {
    case DELIVER_TO_SERVER:
    case DELIVER_TO_CLIENT:
        return can_deliver(w, action == DELIVER_TO_SERVER);
    case FLUSH_CLIENT:
    case FLUSH_SERVER:
        return works(end) && assoc_queued(end->a) != 0 &&
               (w->cut || wire_under_way(&end->wire) < w->plan.window);
    case STEP_CLIENT:
    case STEP_SERVER:
        return end->step.pending && end->step.due_ms <= w->now_ms;
    case TICK_CLIENT:
    case TICK_SERVER:
        return works(end) && assoc_deadline(end->a) <= w->now_ms;
    case CALL:
        return is_bound(w) && w->num_calls < w->plan.num_calls &&
               w->next_call_ms <= w->now_ms && assoc_can_call(w->client.a);
    case CANCEL:
    case ORPHAN:
        return due_call(w, action == ORPHAN) != NULL;
    case ANSWER:
        return due_answer(w) != SIZE_MAX;
    case BIND_SECOND:
        return is_bound(w) && w->plan.second_interface && !w->second_asked && !w->binding &&
               w->client.a->state == ASSOC_STATE_OPEN;
    case SECURE:
        return is_bound(w) && w->num_secured < w->plan.num_secured && !w->binding &&
               !w->securing && w->client.a->state == ASSOC_STATE_OPEN &&
               assoc_can_secure(w->client.a);
    case CLOSE_CLIENT:
        return has_finished(w);
    case NUM_ACTIONS:
        break;
    }
    return false;
}

static void act(struct world *w, enum action action)
{
    switch (action) {
    case DELIVER_TO_SERVER:
    case DELIVER_TO_CLIENT:
        deliver(w, action == DELIVER_TO_SERVER);
        break;
    case FLUSH_CLIENT:
    case FLUSH_SERVER:
        flush(w, action == FLUSH_SERVER);
        break;
    case STEP_CLIENT:
    case STEP_SERVER:
        driver_take_step(w, action == STEP_SERVER);
        break;
    case TICK_CLIENT:
    case TICK_SERVER:
        assoc_tick(world_end(w, action == TICK_SERVER)->a, w->now_ms);
        driver_take_events(w, action == TICK_SERVER);
        break;
    case CALL:
        driver_call(w);
        break;
    case CANCEL:
    case ORPHAN:
        driver_cancel(w, due_call(w, action == ORPHAN), action == ORPHAN);
        break;
    case ANSWER:
        driver_answer(w, due_answer(w));
        break;
    case BIND_SECOND:
        driver_bind(w, 1);
        break;
    case SECURE:
        driver_secure(w);
        break;
    case CLOSE_CLIENT:
        assoc_close(w->client.a);
        driver_take_events(w, false);
        break;
    case NUM_ACTIONS:
        break;
    }
}

/* ---- the clock ---- */

static void sooner(uint64_t *due_ms, uint64_t when_ms)
{
    if (when_ms < *due_ms)
        *due_ms = when_ms;
}

static void end_due(const struct end *end, const struct wire *incoming, uint64_t *due_ms)
{
    if (end->step.pending)
        sooner(due_ms, end->step.due_ms);
    if (!works(end))
        return;
    sooner(due_ms, assoc_deadline(end->a));
    if (assoc_reads(end->a))
        sooner(due_ms, wire_due(incoming));
}

static uint64_t next_due(const struct world *w)
{
    uint64_t due_ms = UINT64_MAX;

    end_due(&w->client, &w->server.wire, &due_ms);
    end_due(&w->server, &w->client.wire, &due_ms);
    if (is_bound(w) && w->num_calls < w->plan.num_calls && assoc_can_call(w->client.a))
        sooner(&due_ms, w->next_call_ms);
    for (size_t i = 0; i < w->num_running; i++)
        sooner(&due_ms, w->running[i].due_ms);
    for (size_t i = 0; i < w->num_calls; i++) {
        if (w->calls[i].ends != 0)
            continue;
        sooner(&due_ms, w->calls[i].cancel_ms);
        sooner(&due_ms, w->calls[i].orphan_ms);
        sooner(&due_ms, w->calls[i].deadline_ms);
    }
    return due_ms;
}

static bool move_clock(struct world *w)
{
    const uint64_t due_ms = next_due(w);

    if (due_ms == UINT64_MAX || due_ms > PATIENCE_MS)
        return false;
    w->now_ms = due_ms > w->now_ms ? due_ms : w->now_ms + 1;
    return true;
}

/* ---- the run ---- */

static bool is_over(const struct world *w)
{
    return !works(&w->client) && !works(&w->server) && !w->client.step.pending &&
           !w->server.step.pending && w->num_running == 0;
}

static void one_step(struct world *w)
{
    enum action possible[NUM_ACTIONS];
    size_t num = 0;

    for (int i = 0; i < NUM_ACTIONS; i++) {
        if (is_possible(w, (enum action)i))
            possible[num++] = (enum action)i;
    }
    if (num == 0) {
        if (!move_clock(w))
            check_broken(w, "nothing moves any more");
        return;
    }
    num = (size_t)rnd_below(&w->rnd, num);
    world_note(w, "%s", action_names[possible[num]]);
    act(w, possible[num]);
}

void world_run(struct world *w)
{
    while (!is_over(w) && !w->broken[0]) {
        one_step(w);
        check_step(w);
        if (++w->num_steps == MAX_STEPS)
            check_broken(w, "no end after %d steps", MAX_STEPS);
    }
    if (!w->broken[0])
        check_end(w);
    world_note(w, "the end");
}

void world_init(struct world *w, uint64_t seed, bool trace)
{
    memset(w, 0, sizeof(*w));
    w->seed = seed;
    w->trace = trace;
    w->hash = 0xCBF29CE484222325u;
    w->now_ms = 1000;
    w->rnd.state = seed * 0xD1342543DE82EF95u + 1;
    plan_make(&w->rnd, &w->plan);
    driver_start(w);
}

static void end_done(struct end *end)
{
    if (end->step.pending)
        sspi_ctx_free(end->step.event.need_token.ctx);
    assoc_free(end->a);
    sspi_cred_unref(end->cred);
    rpcsec_policy_free(end->policy);
    wire_done(&end->wire);
}

void world_done(struct world *w)
{
    end_done(&w->client);
    end_done(&w->server);
}
