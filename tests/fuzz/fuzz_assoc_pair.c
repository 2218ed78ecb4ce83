/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_assoc_pair.c: two sound ends and a hostile network. The input is a script of
 * intents, deliveries and corruptions, three bytes each. What runs was called, once; what is
 * answered was answered so; without corruption nothing closes.
 */
#include "fuzz.h"

#include <string.h>

#include "../flow/pair.h"

struct run {
    struct pair *p;
    bool hostile; /* the wire was meddled with */
    uint32_t calls;
};

/* Small fragments and stubs of up to three of them: more bytes cost time and find nothing. */
enum { FRAGMENT_LEN = 1432, STUB_LEN = 4096 };

/* The stub of a call is its number, over and over. */
static void call(struct run *r, size_t len)
{
    uint8_t stub[STUB_LEN];
    uint32_t id;

    memset(stub, (int)((r->calls + 2) & 0xFF), sizeof(stub));
    if (assoc_can_call(r->p->client.a) && assoc_queued(r->p->client.a) == 0 &&
        pair_call(r->p, 0, 1, stub, len % sizeof(stub), &id) == RPCSEC_OK)
        r->calls = id - 1;
}

static void corrupt(struct run *r, bool server, size_t at, uint8_t value)
{
    struct pair_wire *wire = server ? &r->p->server.wire : &r->p->client.wire;

    if (wire->len == 0 || value == 0)
        return;
    wire->data[at % wire->len] ^= value;
    r->hostile = true;
}

static void drop(struct run *r, bool server, size_t len)
{
    struct pair_wire *wire = server ? &r->p->server.wire : &r->p->client.wire;

    if (wire->len == 0 || len == 0)
        return;
    len = len < wire->len ? len : wire->len;
    memmove(wire->data, wire->data + len, wire->len - len);
    wire->len -= len;
    r->hostile = true;
}

static void repeat(struct run *r, bool server)
{
    size_t len = 0;
    uint8_t copy[8192];
    const uint8_t *pdu = pair_pdu(r->p, server, 0, &len);
    const struct pair_wire *wire = server ? &r->p->server.wire : &r->p->client.wire;

    if (!pdu || len > wire->len || len > sizeof(copy))
        return;
    memcpy(copy, pdu, len);
    pair_inject(r->p, server, copy, len);
    r->hostile = true;
}

static void answer(struct run *r, size_t nth)
{
    const struct pair_event *asked = pair_find(r->p, true, ASSOC_CALL, nth % 8);

    if (asked &&
        pair_reply(r->p, asked->event.call.call_id, asked->data, asked->len) == RPCSEC_OK)
        pair_events(r->p, true);
}

static void give_up(struct run *r, uint32_t id, bool orphan)
{
    if (assoc_cancel(r->p->client.a, id % 16, orphan) == RPCSEC_OK)
        pair_collect(r->p, false);
}

static void step(struct run *r, const uint8_t op[3])
{
    const bool server = op[0] & 0x80;
    const size_t value = op[1] | (size_t)op[2] << 8;

    switch (op[0] & 7) {
    case 0:
        call(r, value);
        break;
    case 1:
        pair_collect(r->p, server);
        pair_deliver(r->p, server, value, value % 37 + 1);
        break;
    case 2:
        pair_collect(r->p, false);
        pair_collect(r->p, true);
        pair_deliver(r->p, server, SIZE_MAX, SIZE_MAX);
        break;
    case 3:
        corrupt(r, server, value, op[2]);
        break;
    case 4:
        drop(r, server, value);
        break;
    case 5:
        repeat(r, server);
        break;
    case 6:
        answer(r, value);
        break;
    default:
        give_up(r, op[1], op[2] & 1);
        break;
    }
}

static void check_stub(const struct pair_event *event, uint32_t call_id)
{
    for (size_t i = 0; i + 3 < event->len; i++)
        FUZZ_CHECK(event->data[i] == (call_id & 0xFF));
}

static void check(const struct run *r)
{
    uint8_t runs[256] = {0};
    uint8_t ends[256] = {0};

    for (size_t i = 0; i < r->p->num_events; i++) {
        const struct pair_event *event = &r->p->events[i];

        switch (event->event.type) {
        case ASSOC_CALL:
            FUZZ_CHECK(++runs[event->event.call.call_id & 0xFF] == 1);
            FUZZ_CHECK(event->event.call.sec && event->event.call.opnum == 1);
            check_stub(event, event->event.call.call_id);
            break;
        case ASSOC_REPLY:
            FUZZ_CHECK(++ends[event->event.reply.call_id & 0xFF] == 1);
            FUZZ_CHECK(runs[event->event.reply.call_id & 0xFF] == 1);
            check_stub(event, event->event.reply.call_id);
            break;
        case ASSOC_CLOSED:
            FUZZ_CHECK(r->hostile);
            break;
        default:
            break;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct run r = {.calls = 0};
    struct pair_options options = {.hold_calls = true, .fragment_bytes = FRAGMENT_LEN};
    uint16_t context;

    if (len < 1 || len > 1500)
        return 0;
    options.level = data[0] & 1 ? RPCSEC_LEVEL_INTEGRITY : RPCSEC_LEVEL_PRIVACY;
    options.least = options.level;
    options.third_leg = data[0] & 2 ? RPCSEC_THIRD_LEG_AUTH3 : RPCSEC_THIRD_LEG_ALTER;
    if (pair_new(&options, &r.p) != RPCSEC_OK)
        return 0;
    if (assoc_bind(r.p->client.a, &pair_echo, &syntax_ndr, 1, &context, 1000) == RPCSEC_OK) {
        pair_events(r.p, false);
        for (size_t i = 1; i + 3 <= len; i += 3)
            step(&r, data + i);
        pair_run(r.p);
    }
    check(&r);
    pair_free(r.p);
    return 0;
}
