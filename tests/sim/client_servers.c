/* SPDX-License-Identifier: MIT
 *
 * sim/client_servers.c: the servers of the simulated client: an engine for each connection,
 * which notes what ran in the ledger.
 */
#include "sim/client_world.h"

#include <string.h>

#include "base/uuid.h"
#include "harness/fake_package.h"
#include "sspi/context.h"

const struct rpcsec_syntax served_id = {
    {0x51515151, 0x2222, 0x3333, {0x44, 0x55}, {1, 2, 3, 4, 5, 6}}, 1, 0};

static const struct assoc_interface served_interface = {
    .id = &served_id, .num_operations = NUM_OPS, .least_level = RPCSEC_LEVEL_PRIVACY};

static const struct assoc_interface *find_interface(void *arg, const struct rpcsec_syntax *id)
{
    (void)arg;
    return syntax_equal(id, &served_id) ? &served_interface : NULL;
}

/* What the engine thinks of an intent shows in its events. */
static void ignore(rpcsec_status status)
{
    (void)status;
}

/* ---- connections ---- */

static struct served *free_place(void)
{
    for (size_t i = 0; i < CLIENT_WORLD_SERVERS; i++)
        if (!client_world.servers[i].transport)
            return &client_world.servers[i];
    return NULL;
}

static void end(struct served *s)
{
    if (!s->transport)
        return;
    assoc_free(s->a);
    s->transport->ops->close(s->transport);
    *s = (struct served){.transport = NULL};
}

rpcsec_status servers_accept(struct transport *transport)
{
    const struct assoc_params params = {
        .server = true,
        .policy = client_world.policy,
        .find_interface = find_interface,
        .auth_types = {16},
        .group_id = 0x01000007,
        .secondary_address = "7001",
        .now_ms = client_world.now_ms,
    };
    struct served *s = free_place();

    if (!s) { /* the oldest makes room */
        s = &client_world.servers[0];
        end(s);
    }
    s->transport = transport;
    return assoc_new(&params, &s->a);
}

/* ---- events ---- */

static void take_step(struct served *s, const struct assoc_event *event)
{
    const struct pkg_cred_params cred_params = {.inbound = true};
    const struct sspi_ctx_params params = {.policy = client_world.policy,
                                           .level = event->need_token.level};
    struct assoc_token result = {.sec_id = event->need_token.sec_id,
                                 .ctx = event->need_token.ctx};
    struct sspi_cred *cred = NULL;
    struct buf token;

    buf_init(&token, LIMIT_TOKEN_LEN);
    if (!result.ctx)
        result.status = sspi_cred_acquire(&fake_package, &cred_params, &cred, NULL);
    if (cred)
        result.status = sspi_ctx_new(cred, &params, &result.ctx, NULL);
    sspi_cred_unref(cred);
    if (result.status == RPCSEC_OK)
        result.status = sspi_ctx_step(result.ctx, event->need_token.token,
                                      event->need_token.token_len, &token, &result.done, NULL);
    result.token = token.data;
    result.token_len = token.len;
    ignore(assoc_token(s->a, &result, client_world.now_ms));
    buf_done(&token);
}

/* The argument: the number of the call, in the client's byte order. */
static uint32_t number_of(const struct assoc_event *event)
{
    const uint8_t *stub = event->call.stub;

    if (event->call.stub_len < 4)
        return UINT32_MAX;
    if (event->call.big_endian)
        return (uint32_t)stub[0] << 24 | (uint32_t)stub[1] << 16 | (uint32_t)stub[2] << 8 |
               stub[3];
    return stub[0] | (uint32_t)stub[1] << 8 | (uint32_t)stub[2] << 16 | (uint32_t)stub[3] << 24;
}

static void note_run(uint32_t number, const struct assoc_event *event)
{
    struct async_call *call = &client_world.calls[number];
    const unsigned most = call->opnum == OP_AGAIN ? 2 : 1;

    world_adds(0x100 + number);
    if (event->call.opnum != call->opnum)
        world_breaks("call %u runs as another operation", number);
    if (++call->runs > most)
        world_breaks("call %u of operation %u ran %u times", number, call->opnum, call->runs);
    if (call->told_not_run)
        world_breaks("call %u ran after it was told as not run", number);
}

static void begin(struct served *s, const struct assoc_event *event)
{
    const uint32_t number = number_of(event);

    if (number > CLIENT_WORLD_CALLS || s->num_running == CLIENT_WORLD_RUNNING) {
        world_breaks("call %u was never made", number);
        return;
    }
    note_run(number, event);
    s->running[s->num_running].call_id = event->call.call_id;
    s->running[s->num_running].number = number;
    s->running[s->num_running++].opnum = event->call.opnum;
}

static void take_events(struct served *s)
{
    struct assoc_event event;

    while (assoc_next(s->a, &event)) {
        if (event.type == ASSOC_NEED_TOKEN)
            take_step(s, &event);
        else if (event.type == ASSOC_CALL)
            begin(s, &event);
    }
}

/* ---- bytes ---- */

/* False when the connection has ended. */
static bool read_some(struct served *s)
{
    size_t room = 0;
    size_t got = 0;
    uint8_t *into = assoc_input(s->a, &room);
    enum transport_io io;

    if (!into)
        return true;
    io = s->transport->ops->recv(s->transport, into, room, &got);
    if (io == TRANSPORT_FAILED || io == TRANSPORT_EOF)
        return false;
    if (io == TRANSPORT_DONE)
        assoc_received(s->a, got, client_world.now_ms);
    take_events(s);
    return true;
}

static bool write_some(struct served *s)
{
    struct iovec iov[8];
    size_t num = assoc_output(s->a, iov, 8);
    size_t sent = 0;
    enum transport_io io;

    if (!num)
        return true;
    io = s->transport->ops->send(s->transport, iov, num, &sent);
    if (io == TRANSPORT_DONE)
        assoc_consumed(s->a, sent, client_world.now_ms);
    take_events(s);
    return io != TRANSPORT_FAILED;
}

static void answer(struct served *s)
{
    const size_t which = (size_t)rnd_below(&client_world.rnd, s->num_running);
    const uint32_t call_id = s->running[which].call_id;
    const uint32_t result = s->running[which].number * 7 + 1;
    const uint8_t stub[4] = {(uint8_t)result, (uint8_t)(result >> 8), (uint8_t)(result >> 16),
                             (uint8_t)(result >> 24)};
    const bool faults = s->running[which].opnum == OP_FAULTS;
    struct writer_shape shape;
    struct writer writer;

    s->running[which] = s->running[--s->num_running];
    if (faults) {
        ignore(assoc_fault(s->a, call_id, 0x1C000009, false, client_world.now_ms));
    } else if (assoc_reply_shape(s->a, call_id, &shape) == RPCSEC_OK) {
        writer_init(&writer, &shape, false);
        writer_bytes(&writer, stub, sizeof(stub));
        ignore(assoc_reply(s->a, call_id, &writer, client_world.now_ms));
        writer_done(&writer);
    }
    take_events(s);
}

void servers_move(void)
{
    struct served *s =
        &client_world.servers[rnd_below(&client_world.rnd, CLIENT_WORLD_SERVERS)];

    if (!s->transport)
        return;
    if (client_world.now_ms >= assoc_deadline(s->a))
        assoc_tick(s->a, client_world.now_ms);
    if (s->num_running && rnd_percent(&client_world.rnd, 40))
        answer(s);
    if (!read_some(s) || !write_some(s))
        end(s);
}

void servers_lose(void)
{
    struct served *s =
        &client_world.servers[rnd_below(&client_world.rnd, CLIENT_WORLD_SERVERS)];

    if (s->transport)
        client_world.num_lost++;
    end(s);
}

void servers_done(void)
{
    for (size_t i = 0; i < CLIENT_WORLD_SERVERS; i++)
        end(&client_world.servers[i]);
}
