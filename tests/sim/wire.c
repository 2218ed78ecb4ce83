/* SPDX-License-Identifier: MIT
 *
 * sim/wire.c: see wire.h.
 */
#include "sim/wire.h"

#include <string.h>

#include "base/alloc.h"
#include "pdu/pdu.h"

void wire_init(struct wire *w, struct rnd *rnd)
{
    memset(w, 0, sizeof(*w));
    w->rnd = rnd;
}

void wire_done(struct wire *w)
{
    for (size_t i = 0; i < w->num_pdus; i++)
        mem_free(w->pdus[i].data);
    for (size_t i = 0; i < WIRE_NUM_COPIES; i++)
        mem_free(w->copies[i].data);
    mem_free(w->pdus);
    mem_free(w->partial);
}

/* As the PDU's own data representation says. */
static size_t wire_pdu_len(const uint8_t *pdu)
{
    return pdu[4] & 0x10 ? pdu[8] | (size_t)pdu[9] << 8 : pdu[9] | (size_t)pdu[8] << 8;
}

static uint8_t *copy_of(struct wire *w, const uint8_t *data, size_t len)
{
    uint8_t *copy = mem_alloc(len);

    if (copy)
        memcpy(copy, data, len);
    else
        w->failed = true;
    return copy;
}

/* ---- the queue ---- */

static bool grow(struct wire *w)
{
    const size_t cap = w->cap ? w->cap * 2 : 16;
    struct wire_pdu *pdus;

    if (w->num_pdus < w->cap)
        return true;
    pdus = w->num_pdus < WIRE_MAX_PDUS ? mem_resize(w->pdus, cap * sizeof(*pdus)) : NULL;
    if (!pdus) {
        w->failed = true;
        return false;
    }
    w->pdus = pdus;
    w->cap = cap;
    return true;
}

static void put(struct wire *w, const uint8_t *data, size_t len, uint64_t due_ms)
{
    uint64_t last_ms = w->num_pdus ? w->pdus[w->num_pdus - 1].due_ms : 0;
    uint8_t *copy;

    if (len == 0 || !grow(w))
        return;
    copy = copy_of(w, data, len);
    if (!copy)
        return;
    w->pdus[w->num_pdus++] = (struct wire_pdu){copy, len, due_ms > last_ms ? due_ms : last_ms};
}

static void take_first(struct wire *w)
{
    mem_free(w->pdus[0].data);
    w->num_pdus--;
    memmove(w->pdus, w->pdus + 1, w->num_pdus * sizeof(*w->pdus));
    w->delivered = 0;
}

/* ---- somebody in the middle ---- */

static void remember(struct wire *w, const uint8_t *data, size_t len)
{
    struct wire_pdu *copy = &w->copies[w->num_copies++ % WIRE_NUM_COPIES];

    mem_free(copy->data);
    *copy = (struct wire_pdu){copy_of(w, data, len), len, 0};
}

static const struct wire_pdu *some_copy(struct wire *w, const struct wire *from)
{
    const size_t num = from->num_copies < WIRE_NUM_COPIES ? from->num_copies : WIRE_NUM_COPIES;
    const struct wire_pdu *copy = &from->copies[rnd_below(w->rnd, num)];

    return num && copy->data ? copy : NULL;
}

static void flip_bits(struct wire *w, uint8_t *data, size_t len)
{
    for (uint64_t n = 1 + rnd_below(w->rnd, 3); n != 0; n--) {
        /* Half of them in the header, where they mean something. */
        size_t at = (size_t)rnd_below(w->rnd, rnd_percent(w->rnd, 50) && len > 32 ? 32 : len);

        data[at] ^= (uint8_t)(1u << rnd_below(w->rnd, 8));
    }
}

static void set_len(uint8_t *data, size_t len)
{
    data[data[4] & 0x10 ? 8 : 9] = (uint8_t)len;
    data[data[4] & 0x10 ? 9 : 8] = (uint8_t)(len >> 8);
}

/* A header of any type over bytes that mean nothing. */
static void invent(struct wire *w, uint64_t now_ms)
{
    uint8_t pdu[64] = {5, 0};
    const size_t len = (size_t)(16 + rnd_below(w->rnd, 49));

    pdu[2] = (uint8_t)rnd_below(w->rnd, 21);
    pdu[3] = (uint8_t)(rnd_percent(w->rnd, 70) ? 3 : rnd_below(w->rnd, 256));
    pdu[4] = 0x10;
    set_len(pdu, len);
    pdu[12] = (uint8_t)rnd_below(w->rnd, 12);
    for (size_t i = 16; i < len; i++)
        pdu[i] = rnd_percent(w->rnd, 50) ? 0 : (uint8_t)rnd_next(w->rnd);
    put(w, pdu, len, now_ms);
}

static void replay(struct wire *w, const struct wire *from, uint64_t now_ms)
{
    const struct wire_pdu *copy = some_copy(w, from);

    if (copy)
        put(w, copy->data, copy->len, now_ms);
}

/* The PDU before goes behind this one. */
static void reorder(struct wire *w, uint64_t due_ms, const uint8_t *data, size_t len)
{
    const size_t n = w->num_pdus;
    struct wire_pdu last;

    put(w, data, len, due_ms);
    if (n == 0 || w->num_pdus == n || (n == 1 && w->delivered != 0))
        return;
    last = w->pdus[n];
    w->pdus[n] = w->pdus[n - 1];
    w->pdus[n - 1] = last;
}

static void attack(struct wire *w, const struct wire *other, uint8_t *data, size_t len,
                   uint64_t due_ms)
{
    w->num_attacks++;
    switch (rnd_below(w->rnd, 10)) {
    case 0: /* dropped */
        return;
    case 1: /* repeated */
        put(w, data, len, due_ms);
        break;
    case 2:
        reorder(w, due_ms, data, len);
        return;
    case 3:
    case 4:
        flip_bits(w, data, len);
        break;
    case 5: /* cut short, and says so */
        len = (size_t)(16 + rnd_below(w->rnd, len - 15));
        set_len(data, len);
        break;
    case 6:
        replay(w, w, due_ms);
        break;
    case 7:
        replay(w, other, due_ms);
        break;
    case 8:
        invent(w, due_ms);
        break;
    default: /* held up */
        due_ms += rnd_below(w->rnd, w->stall_ms * 2);
        break;
    }
    put(w, data, len, due_ms);
}

/* ---- sending ---- */

static void whole_pdu(struct wire *w, const struct wire *other, uint64_t now_ms)
{
    const uint64_t due_ms = now_ms + rnd_below(w->rnd, w->delay_ms + 1);

    remember(w, w->partial, w->partial_len);
    if (++w->num_sent > w->attack_from && rnd_percent(w->rnd, w->attack_percent))
        attack(w, other, w->partial, w->partial_len, due_ms);
    else
        put(w, w->partial, w->partial_len, due_ms);
    w->partial_len = 0;
}

static bool partial_room(struct wire *w)
{
    if (!w->partial)
        w->partial = mem_alloc(65536);
    if (!w->partial)
        w->failed = true;
    return w->partial != NULL;
}

/* Bytes that the PDU that is being written still wants. */
static size_t missing(const struct wire *w)
{
    if (w->partial_len < PDU_HEADER_LEN)
        return PDU_HEADER_LEN - w->partial_len;
    return wire_pdu_len(w->partial) - w->partial_len;
}

void wire_send(struct wire *w, const struct wire *other, const uint8_t *data, size_t len,
               uint64_t now_ms)
{
    size_t part;

    w->bytes_in += len;
    while (len != 0 && partial_room(w)) {
        part = missing(w) < len ? missing(w) : len;
        memcpy(w->partial + w->partial_len, data, part);
        w->partial_len += part;
        data += part;
        len -= part;
        if (missing(w) == 0)
            whole_pdu(w, other, now_ms);
    }
}

/* ---- receiving ---- */

size_t wire_under_way(const struct wire *w)
{
    return wire_ready(w, UINT64_MAX);
}

size_t wire_ready(const struct wire *w, uint64_t now_ms)
{
    size_t ready = 0;

    for (size_t i = 0; i < w->num_pdus && w->pdus[i].due_ms <= now_ms; i++)
        ready += w->pdus[i].len;
    return ready - (ready ? w->delivered : 0);
}

uint64_t wire_due(const struct wire *w)
{
    if (w->num_pdus)
        return w->pdus[0].due_ms;
    return w->fin && !w->ended ? 0 : UINT64_MAX;
}

void wire_receive(struct wire *w, uint8_t *into, size_t len)
{
    size_t part;

    while (len != 0) {
        part = w->pdus[0].len - w->delivered;
        if (part > len)
            part = len;
        memcpy(into, w->pdus[0].data + w->delivered, part);
        into += part;
        len -= part;
        w->delivered += part;
        if (w->delivered == w->pdus[0].len)
            take_first(w);
    }
}

/* The last PDU that arrives, arrives in part. */
static void shorten_last(struct wire *w)
{
    struct wire_pdu *last = &w->pdus[w->num_pdus - 1];
    const size_t had = w->num_pdus == 1 ? w->delivered : 0;

    last->len = had + (size_t)rnd_below(w->rnd, last->len - had + 1);
    if (last->len != had)
        return;
    mem_free(last->data);
    if (--w->num_pdus == 0)
        w->delivered = 0;
}

void wire_cut(struct wire *w)
{
    size_t keep;

    /* What the sender wrote of an unfinished PDU is under way as well. */
    put(w, w->partial, w->partial_len, 0);
    w->partial_len = 0;
    keep = (size_t)rnd_below(w->rnd, w->num_pdus + 1);
    while (w->num_pdus > keep + 1)
        mem_free(w->pdus[--w->num_pdus].data);
    if (w->num_pdus != 0)
        shorten_last(w);
    w->fin = true;
}
