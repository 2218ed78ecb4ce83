/* SPDX-License-Identifier: MIT
 *
 * flow/pair.h: a client's and a server's engine in one process, and the driver of both: it
 * takes handshake steps, keeps the bytes on the way where a test can change them, and notes
 * every event. No sockets, no clock but `now_ms`.
 */
#ifndef FLOW_PAIR_H
#define FLOW_PAIR_H

#include <stddef.h>
#include <stdint.h>

#include "assoc/assoc.h"
#include "base/uuid.h"

/* Which package a suite runs over; tests swap this one pointer. */
struct pair_package {
    const char *name;
    const struct pkg_ops *ops;
    const char *target; /* the service principal that the client asks for */
};
extern const struct pair_package pair_fake;
extern const struct pair_package *pair_package; /* fake unless a test's main chose another */
/* Chooses "kerberos" or "negotiate" when the program's argument names it; they need a realm, as
 * tests/flow/kerberos.sh makes it. False: the fake one stays. */
bool pair_choose_package(int argc, char **argv);

/* Two interfaces that every server of a pair has: operations 0..4 echo; 3 and 4 are not there
 * in the second. */
extern const struct rpcsec_syntax pair_echo;
extern const struct rpcsec_syntax pair_other;
extern const struct rpcsec_syntax pair_unknown;

struct pair_options {
    enum rpcsec_level level; /* of the client; DEFAULT: privacy */
    enum rpcsec_level least; /* of the echo interface; DEFAULT: privacy */
    uint64_t open_operations;
    bool anonymous;
    bool open_binds;
    bool ndr64;
    struct assoc_pool *pool;      /* the server's; NULL: one of its own */
    const char *client_principal; /* options of the fake package */
    const char *server_principal;
    enum rpcsec_third_leg third_leg;
    enum rpcsec_demand header_signing; /* of both ends, unless: */
    bool server_header_signing_accepted;
    enum rpcsec_demand verification;
    uint64_t fragment_bytes; /* of both; 0: the default */
    uint64_t server_fragment_bytes;
    uint64_t request_bytes;
    uint64_t response_bytes;
    uint64_t calls_in_flight;
    uint64_t output_bytes;
    uint64_t security_contexts;
    uint64_t presentation_contexts;
    uint16_t client_features;
    bool client_big_endian;
    uint32_t client_group;
    uint32_t sec_id;       /* of the calls that pair_call makes; may be changed */
    bool hold_calls;       /* the driver answers no call by itself */
    bool no_server_steps;  /* the server's driver takes no handshake step */
    uint8_t auth_types[4]; /* of the server; none: the package's */
};

struct pair_event {
    bool server; /* whose it is */
    struct assoc_event event;
    uint8_t *data; /* a copy of the token or stub */
    size_t len;
    const struct sec_context *sec;
};

/* Bytes on their way. */
struct pair_wire {
    uint8_t *data;
    size_t len;
    size_t cap;
};

struct pair_end {
    struct assoc *a;
    struct sspi_cred *cred;
    struct rpcsec_policy *policy;
    struct pair_wire wire; /* what it sent */
    bool eof;              /* tell the other end that this one is gone */
};

struct pair {
    struct pair_options options;
    uint64_t now_ms;
    struct pair_end client;
    struct pair_end server;
    struct pair_event *events;
    size_t num_events;
    size_t events_cap;
    struct assoc_interface interfaces[2];
    rpcsec_status status; /* the driver's own trouble, such as memory that ended */
};

rpcsec_status pair_new(const struct pair_options *options, struct pair **ret_pair);
void pair_free(struct pair *p);

/* Takes the events of an end, and acts on them. */
void pair_events(struct pair *p, bool server);
/* Moves an end's output to its wire. */
void pair_collect(struct pair *p, bool from_server);
/* Gives the first len bytes of a wire (all: SIZE_MAX) to the other end, at most `piece` at a
 * time. */
void pair_deliver(struct pair *p, bool from_server, size_t len, size_t piece);
/* All of it, until nothing moves any more. */
void pair_run(struct pair *p);
void pair_run_pieces(struct pair *p, size_t piece);

/* Binds the client to an interface with NDR and runs. */
rpcsec_status pair_bind(struct pair *p, const struct rpcsec_syntax *interface,
                        uint16_t *ret_context_id);
/* Queues a request of the client; stub NULL: byte i is i & 255. */
rpcsec_status pair_call(struct pair *p, uint16_t context_id, uint16_t opnum,
                        const uint8_t *stub, size_t len, uint32_t *ret_call_id);
/* Queues the server's answer. */
rpcsec_status pair_reply(struct pair *p, uint32_t call_id, const uint8_t *stub, size_t len);

/* The n-th event (from 0) of a type at an end, NULL when there is none. */
const struct pair_event *pair_find(const struct pair *p, bool server,
                                   enum assoc_event_type type, size_t nth);
size_t pair_count(const struct pair *p, bool server, enum assoc_event_type type);
void pair_forget_events(struct pair *p);

/* Appends raw bytes to a wire: what a hostile end would send. */
void pair_inject(struct pair *p, bool from_server, const void *data, size_t len);
/* The n-th PDU on a wire; NULL when it is not there. */
uint8_t *pair_pdu(struct pair *p, bool from_server, size_t nth, size_t *ret_len);

#endif
