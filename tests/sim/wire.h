/* SPDX-License-Identifier: MIT
 *
 * sim/wire.h: one direction of a connection: bytes go in as a sender's kernel takes them, whole
 * PDUs travel, bytes come out in pieces. Somebody in the middle may sit on it.
 */
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

#include "sim/random.h"

#define WIRE_MAX_PDUS   4096
#define WIRE_NUM_COPIES 8

struct wire_pdu {
    uint8_t *data;
    size_t len;
    uint64_t due_ms;
};

struct wire {
    struct rnd *rnd;
    uint64_t delay_ms;
    unsigned attack_percent;
    uint64_t attack_from;
    uint64_t stall_ms; /* how long an attack may hold a PDU */
    struct wire_pdu *pdus;
    size_t num_pdus;
    size_t cap;
    size_t delivered; /* bytes of the first PDU */
    uint8_t *partial; /* of the PDU that the sender is writing */
    size_t partial_len;
    size_t partial_cap;
    struct wire_pdu copies[WIRE_NUM_COPIES]; /* what went by, for replays */
    size_t num_copies;
    uint64_t num_sent;
    uint64_t num_attacks;
    uint64_t bytes_in;
    bool fin;    /* the sender closed: end of file after what is under way */
    bool ended;  /* the receiver was told so */
    bool failed; /* memory ended */
};

void wire_init(struct wire *w, struct rnd *rnd);
void wire_done(struct wire *w);
/* The sender's bytes. `other` is the way back, for reflections. */
void wire_send(struct wire *w, const struct wire *other, const uint8_t *data, size_t len,
               uint64_t now_ms);
/* Bytes on their way; those that can be received now. */
size_t wire_under_way(const struct wire *w);
size_t wire_ready(const struct wire *w, uint64_t now_ms);
/* When the next ones come; UINT64_MAX: none are under way. */
uint64_t wire_due(const struct wire *w);
void wire_receive(struct wire *w, uint8_t *into, size_t len);
/* The connection is lost: of what is under way, a part that chance decides still arrives. */
void wire_cut(struct wire *w);

#endif
