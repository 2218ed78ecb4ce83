/* SPDX-License-Identifier: MIT
 *
 * flow/raw.h: PDUs as no client of ours would send them, put on a pair's wire, and what came
 * back. Little-endian unless `big_endian` is set.
 */
#ifndef FLOW_RAW_H
#define FLOW_RAW_H

#include "flow/pair.h"

#define RAW_WHOLE (PDU_FIRST_FRAG | PDU_LAST_FRAG)

/* An auth trailer with token_len bytes of token: 0xA5, or what `token` points to. */
struct raw_auth {
    uint8_t type;
    uint8_t level;
    uint8_t pad_len; /* as declared; the padding is there too */
    uint32_t context_id;
    size_t token_len;
    const uint8_t *token;
};

struct raw_bind {
    uint8_t type; /* 0: bind */
    uint8_t flags;
    uint32_t call_id;
    uint16_t max_xmit;
    uint16_t max_recv;
    uint32_t group_id;
    size_t num_elems;
    size_t claimed_elems; /* 0: the truth */
    struct pdu_context_elem elems[4];
    size_t gap; /* bytes between the list and the trailer */
    const struct raw_auth *auth;
};

struct raw_call {
    uint8_t type; /* 0: request */
    uint8_t flags;
    uint32_t call_id;
    uint16_t context_id;
    uint16_t opnum;
    uint32_t alloc_hint;
    uint32_t fault_status; /* for faults */
    size_t stub_len;
    const uint8_t *stub; /* NULL: zeros */
    bool has_object;
    bool big_endian;
    const struct raw_auth *auth;
};

/* One element: an interface with NDR. */
struct pdu_context_elem raw_elem(uint16_t id, const struct rpcsec_syntax *abstract);
/* A bind with that one element, call id 1, sizes 5840, whole. */
struct raw_bind raw_simple_bind(const struct raw_auth *auth);

void raw_send_bind(struct pair *p, const struct raw_bind *bind);
/* bind_ack or alter_context_resp, as a server would send it. */
void raw_send_ack(struct pair *p, uint8_t type, uint8_t flags, uint32_t call_id,
                  const struct pdu_bind_ack *ack, const struct raw_auth *auth);
void raw_send_auth3(struct pair *p, uint8_t flags, uint32_t call_id,
                    const struct raw_auth *auth);
/* A request, or (from the server) a response or fault. */
void raw_send_call(struct pair *p, bool from_server, const struct raw_call *call);
/* A header of `type` over body_len zeros. */
void raw_send_header(struct pair *p, bool from_server, uint8_t type, uint8_t flags,
                     uint32_t call_id, size_t body_len);

/* A server that is bound by hand: contexts 0 (echo) and 1 (other), then an auth3 where there is
 * authentication. The server's package must trust (fake_package.h). */
rpcsec_status raw_open(const struct pair_options *options, const struct raw_auth *auth,
                       uint8_t bind_flags, struct pair **ret_pair);

/* Delivers what was put on the wire, and collects the answer. */
void raw_exchange(struct pair *p, bool from_server);
/* Takes the next PDU that an end answered with off its wire. */
struct raw_answer {
    uint8_t type; /* 0xFF: there was none */
    uint8_t flags;
    uint32_t call_id;
    uint16_t context_id; /* of faults */
    uint32_t code;       /* nak reason, fault status */
    size_t len;
    size_t auth_len;
};
struct raw_answer raw_take_answer(struct pair *p, bool from_server);

#endif
