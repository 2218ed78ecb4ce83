/* SPDX-License-Identifier: MIT
 *
 * sim/plan.h: what a seed decides before the first step: policies of both ends, the network,
 * how many calls of which size.
 */
#ifndef SIM_PLAN_H
#define SIM_PLAN_H

#include "base/policy.h"
#include "sim/random.h"

#define SIM_MAX_SECURED 3

enum sim_network {
    SIM_LOSSLESS, /* delays and splits only: every call must end as planned */
    SIM_CUT,      /* until somewhere the connection is lost */
    SIM_HOSTILE,  /* somebody in the middle drops, changes, repeats, reorders, invents */
};

struct plan {
    enum sim_network network;
    enum rpcsec_level level;
    enum rpcsec_demand client_header_signing;
    enum rpcsec_demand server_header_signing;
    enum rpcsec_demand verification;
    enum rpcsec_third_leg third_leg;
    unsigned legs;
    unsigned client_fails; /* the handshake step that fails; 0: none */
    unsigned server_fails;
    bool strong; /* nobody in the middle can change what runs, or which answer is whose */
    uint64_t client_fragment;
    uint64_t server_fragment;
    uint64_t client_calls; /* in flight, as each end allows */
    uint64_t server_calls;
    uint64_t client_output;
    uint64_t server_output;
    uint64_t request_bytes;
    uint64_t response_bytes;
    uint64_t handshake_ms;
    uint64_t stall_ms;
    uint64_t call_ms;
    size_t num_calls;
    size_t max_len; /* of a stub */
    unsigned cancel_percent;
    unsigned orphan_percent;
    unsigned fault_percent;
    unsigned maybe_percent;
    unsigned attack_percent; /* of the PDUs on the way */
    uint64_t attack_from;    /* so many PDUs pass before the first attack */
    uint64_t delay_ms;       /* of a PDU, at most */
    uint64_t think_ms;       /* of the server, at most */
    size_t window;           /* bytes under way before a sender must wait */
    uint64_t cut_at;         /* bytes both ways before the connection is lost */
    bool big_endian;         /* the client */
    bool server_ndr64;       /* the server takes it */
    size_t num_transfers;    /* that the client offers; the second is NDR64 */
    uint16_t features;       /* that the client asks for */
    size_t num_secured;      /* further security contexts that the client makes */
    bool second_interface;   /* the client alters its context while calls are open */
};

void plan_make(struct rnd *r, struct plan *ret_plan);
const char *plan_network_name(enum sim_network network);
/* A frozen policy of one end; NULL when memory ends. */
struct rpcsec_policy *plan_policy(const struct plan *plan, bool server);

#endif
