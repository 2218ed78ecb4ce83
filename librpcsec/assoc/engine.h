/* SPDX-License-Identifier: MIT
 *
 * assoc/engine.h: the engine from inside: its parts and what its files offer each other.
 * Layer: assoc. Documents: C706 12.6, MS-RPCE 3.3. For the files of this folder only.
 *
 * One file per story: input.c frames and dispatches, table.c says which PDU is allowed when,
 * server_*.c and client_*.c obey, message.c seals, output.c queues, contexts.c and slots.c keep
 * presentation and security contexts, verify.c the verification trailers, deadlines.c the
 * clock.
 */
#ifndef ASSOC_ENGINE_H
#define ASSOC_ENGINE_H

#include <string.h>

#include "assoc/assoc.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/trace.h"
#include "base/uuid.h"

/* ---- states ---- */

/* X(name, text). Both roles share the list; table.c says what each role takes in each. */
#define ASSOC_STATE_LIST(X)                                            \
    X(START, "start")       /* nothing was sent or received yet */     \
    X(STEP, "step")         /* the driver takes a handshake step */    \
    X(BINDING, "binding")   /* client: the bind was sent */            \
    X(LEG, "leg")           /* the peer's next handshake leg is due */ \
    X(OPEN, "open")         /* calls may be made */                    \
    X(ALTERING, "altering") /* client: open, and an alter was sent */  \
    X(POISONED, "poisoned") /* server: an auth3 failed */              \
    X(CLOSED, "closed")
enum assoc_state {
#define X(name, text) ASSOC_STATE_##name,
    ASSOC_STATE_LIST(X)
#undef X
        ASSOC_NUM_STATES
};
const char *assoc_state_name(enum assoc_state state);

/* A whole PDU that was received; decoders and sec_open work in place. */
struct pdu_in {
    uint8_t *bytes;
    struct pdu_header header;
};

typedef void (*assoc_handler)(struct assoc *a, const struct pdu_in *pdu);
/* The handler of a PDU in a state; NULL: a protocol error. The name is for those who print the
 * table. */
assoc_handler table_handler(bool server, enum assoc_state state, uint8_t type,
                            const char **ret_name);

/* ---- parts ---- */

/* A security context of the connection. */
struct assoc_slot {
    struct sec_context sec; /* sec.ctx is NULL while a step is with the driver */
    bool done;
    bool begun; /* client: its first token was sent */
};

/* A presentation context. Server: accepted ones only. */
struct assoc_context {
    uint16_t id;
    bool accepted;
    bool ndr64;
    bool pcontext_known; /* its verification command was sent (client) or seen (server) */
    uint16_t result;     /* client: what the server answered */
    uint16_t reason;
    const struct assoc_interface *interface; /* server */
    struct rpcsec_syntax abstract;
    struct rpcsec_syntax transfer;
};

/* An open call. Server: dispatched, not answered. Client: sent, not answered. */
struct assoc_open_call {
    uint32_t id;
    uint16_t context_id;
    bool maybe;
    bool orphaned;
    bool sent;       /* client: a byte of the last fragment was consumed */
    bool started;    /* client: the first fragment of the response came */
    bool big_endian; /* client: of the response */
    uint8_t cancel_count;
    const struct assoc_slot *slot; /* NULL without authentication */
    struct buf body;               /* client: fragments of the response */
};

/* A request of which the last fragment has not come. */
struct assoc_partial {
    bool active;
    bool discard; /* it was answered with a fault already: the rest is only consumed */
    struct pdu_header header;
    struct pdu_request request;
    const struct assoc_slot *slot;
    size_t max; /* bytes that may be gathered */
    struct buf body;
};

/* One PDU in the output queue. */
struct assoc_out {
    uint8_t *bytes;
    size_t len;
    struct segment *segment; /* owns the bytes; NULL: the bytes are memory of their own */
    uint32_t call_id;
    bool ends_request; /* client: the last fragment of a request */
};

struct assoc_queue {
    struct assoc_out *ring;
    size_t cap; /* a power of two, or 0 */
    size_t head;
    size_t num;
    size_t sent; /* of the PDU at the head */
    size_t bytes;
    size_t held; /* memory of all PDUs: a short one may fill a whole segment */
    uint64_t progress_ms;
};

struct assoc_input_buffer {
    uint8_t *data; /* NULL while there is nothing to keep */
    size_t cap;
    size_t start;   /* of the PDU that is handled now, or next */
    size_t end;     /* bytes received */
    size_t pdu_len; /* of the PDU that is handled now; 0: none */
    bool held;      /* a PDU waits until an open call ends or answers were read */
    bool eof;
    uint64_t progress_ms;
};

#define ASSOC_MAX_EVENTS  16
#define ASSOC_SPARE_BYTES 393216 /* of segments that a pool keeps: 64 of the usual size */
#define ASSOC_IDLE_SPARE  2      /* segments, of one whose client makes no calls */

/* The answer to a bind or alter_context that waits for a token. */
struct assoc_answer {
    uint8_t type;  /* of the PDU that is answered: BIND, ALTER_CONTEXT, AUTH3 */
    uint8_t flags; /* of it */
    uint32_t call_id;
    uint16_t num_results;
    struct pdu_context_result *results; /* server, until it is answered */
};

struct assoc {
    struct assoc_params params;
    const struct rpcsec_policy *policy;
    struct assoc_pool *pool;
    struct assoc_pool own_pool; /* where params give none */
    enum assoc_state state;
    uint64_t now_ms;
    rpcsec_status status;       /* that it failed with */
    struct rpcsec_error *error; /* tells why; NULL: nothing to tell yet, or no memory for it */
    bool closed_given;

    struct assoc_input_buffer in;
    struct assoc_queue out;
    struct assoc_event events[ASSOC_MAX_EVENTS];
    size_t first_event;
    size_t num_events;
    uint32_t num_legs;

    /* What bind and bind_ack settled. */
    uint16_t frag_len; /* the longest request or response that we send */
    uint32_t group_id;
    bool header_signing;
    bool multiplexing;          /* several calls at once */
    bool security_multiplexing; /* several security contexts */
    bool bound_openly;          /* server: the bind itself came without authentication */
    uint64_t handshake_deadline_ms;

    struct assoc_slot **slots;
    size_t num_slots;
    size_t stepping; /* index of the slot whose step is with the driver */
    struct assoc_context *contexts;
    size_t num_contexts;
    struct assoc_open_call *calls;
    size_t num_calls;
    size_t calls_cap;
    bool bitmask_known; /* verification: sent (client) or seen (server) */

    /* Server. */
    struct assoc_answer answer;
    struct assoc_partial partial;
    uint32_t last_call_id;
    bool has_last_call_id;
    bool was_disagreed; /* a verification trailer did not agree: from now on they must be there
                         */
    struct rpcsec_syntax asked; /* by the last bind or alter_context, first of all */
    bool has_asked;

    /* Client. */
    uint32_t next_call_id;
    uint32_t bind_call_id; /* of the bind or alter that is under way */
    size_t bind_context;   /* index of the first context that it is for */
    size_t num_bound;      /* contexts that it is for */
    size_t bind_slot;      /* index of the security context that it makes, else num_slots */
    bool bind_sent;        /* the first bind left: what follows are alters */
    bool securing;         /* it is assoc_secure's */
    bool asks_signing;     /* its first leg asks for header signing */
    bool opened;           /* the first bind is complete */
    struct buf delivered;  /* the reply that the last event pointed to */
};

/* ---- engine.c ---- */

/* Closes the engine after an error and gives the status back. The first error stays. Queued
 * output still goes out on a server. */
rpcsec_status assoc_fail(struct assoc *a, rpcsec_status status, enum rpcsec_layer layer,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
rpcsec_status assoc_fail_no_memory(struct assoc *a);
/* Where details of the failure are noted before assoc_fail; NULL when memory ended. */
struct rpcsec_error *assoc_error(struct assoc *a);
void assoc_note_wire(struct assoc *a, uint32_t wire_status);
/* A handshake step failed so; error may be NULL. */
void assoc_note_step(struct assoc *a, const struct rpcsec_error *error, uint32_t leg);
void assoc_set_state(struct assoc *a, enum assoc_state state);

/* ---- events.c ---- */

void event_push(struct assoc *a, const struct assoc_event *event);
/* Frees what events hold that nobody took. */
void events_done(struct assoc *a);
/* A handshake PDU, for those who show it. slot may be NULL. `result` is static text. */
void event_leg(struct assoc *a, uint8_t pdu_type, bool sent, size_t pdu_len, size_t token_len,
               const struct assoc_slot *slot, const char *result);
void event_need_token(struct assoc *a, size_t slot_index, const uint8_t *token,
                      size_t token_len);

/* ---- input.c ---- */

/* Gives the buffer of received bytes to the pool. */
void in_done(struct assoc *a);
/* Handles the next PDU; true when something was done. */
bool in_step(struct assoc *a);
/* True when the peer owes the rest of a PDU or message. */
bool in_is_partial(const struct assoc *a);

/* ---- pool.c ---- */

/* A buffer of `least` bytes or more; NULL when memory ended. */
uint8_t *pool_take_input(struct assoc_pool *pool, size_t least, size_t *ret_len);
void pool_give_input(struct assoc_pool *pool, uint8_t *data, size_t len);
void pool_give_segment(struct assoc_pool *pool, struct segment *segment);

/* ---- output.c ---- */

/* Makes room for num more PDUs, so that out_push cannot fail. */
rpcsec_status out_reserve(struct assoc *a, size_t num);
void out_push(struct assoc *a, const struct assoc_out *pdu);
void out_drop(struct assoc *a);
void out_done(struct assoc *a);
bool out_has_room(const struct assoc *a, size_t len);
/* Starts a control PDU: room for the header. */
void out_begin(struct buf *pdu);
/* Completes the header, appends an auth trailer when slot is not NULL, and queues the PDU; the
 * buffer is empty after it. A failure closes the engine. */
struct out_control {
    uint8_t type;
    uint8_t flags;
    uint32_t call_id;
    const struct assoc_slot *slot;
    const uint8_t *token;
    size_t token_len;
};
rpcsec_status out_control(struct assoc *a, struct buf *pdu, const struct out_control *control,
                          size_t *ret_len);
rpcsec_status out_fault(struct assoc *a, uint32_t call_id, uint16_t context_id, uint32_t status,
                        bool did_not_execute);

/* ---- message.c: requests and responses ---- */

struct message {
    uint8_t type; /* PDU_REQUEST or PDU_RESPONSE */
    uint8_t flags;
    uint32_t call_id;
    struct pdu_request request; /* also the response's context_id */
    uint8_t cancel_count;
};
struct writer_shape message_shape(const struct assoc *a, const struct assoc_slot *slot,
                                  size_t head_len, size_t max);
/* True when the queue takes the writer's content. */
bool message_has_room(const struct assoc *a, const struct writer *w);
/* Takes the writer's content, seals and queues it. A failure after the first fragment was
 * sealed closes the engine. */
rpcsec_status message_send(struct assoc *a, const struct assoc_slot *slot,
                           const struct message *message, struct writer *w);
/* Reads the auth trailer of a PDU; *ret is NULL when there is none. */
rpcsec_status message_trailer(const struct pdu_in *pdu, size_t body_offset,
                              struct pdu_trailer *trailer, const struct pdu_trailer **ret);

/* ---- slots.c: security contexts ---- */

rpcsec_status slot_add(struct assoc *a, uint8_t auth_type, enum rpcsec_level level,
                       uint32_t context_id, size_t *ret_index);
struct assoc_slot *slot_find(const struct assoc *a, uint32_t context_id, size_t *ret_index);
/* True when the trailer names the slot's type and level. */
bool slot_matches(const struct assoc_slot *slot, const struct pdu_trailer *trailer);
bool slot_any_protects(const struct assoc *a);
bool slot_any_done(const struct assoc *a);
/* A step was taken; a finished context keeps what messages need. */
void slot_step_done(struct assoc_slot *slot, bool done);
/* The one whose handshake is under way; NULL when there is none. */
struct assoc_slot *slot_unfinished(const struct assoc *a, size_t *ret_index);
bool slot_all_done(const struct assoc *a);
/* Takes the last one back. */
void slot_drop_last(struct assoc *a);
void slot_set_header_signing(struct assoc *a, bool on);
void slots_done(struct assoc *a);

/* ---- contexts.c: presentation contexts ---- */

struct assoc_context *context_find(const struct assoc *a, uint16_t id);
rpcsec_status context_add(struct assoc *a, const struct assoc_context *context);
/* Server: answers the elements of a bind or alter_context in a->answer. PROTOCOL_ERROR: the
 * whole PDU is to be refused. */
rpcsec_status contexts_negotiate(struct assoc *a, const struct pdu_bind *bind, bool is_bind);

/* ---- calls.c ---- */

struct assoc_open_call *call_find(const struct assoc *a, uint32_t id);
rpcsec_status call_add(struct assoc *a, uint32_t id, struct assoc_open_call **ret_call);
void call_remove(struct assoc *a, struct assoc_open_call *call);
void calls_done(struct assoc *a);
/* Open calls that were not orphaned (client), all (server). */
bool calls_full(const struct assoc *a);

/* ---- verify.c ---- */

/* Client: appends what is due. */
void verify_append(struct assoc *a, const struct message *message, struct writer *w);
/* Client: what verify_append appended is on its way. */
void verify_sent(struct assoc *a, const struct message *message);
/* Server: checks and strips. POLICY_REFUSED, BAD_FORMAT. */
rpcsec_status verify_request(struct assoc *a, const struct pdu_header *header,
                             const struct pdu_request *request, struct assoc_context *context,
                             const uint8_t *stub, size_t *stub_len);

/* ---- stranger.c: a client whose bind had no answer in DCE/RPC ---- */

/* True while nothing at all was heard of the server. */
bool stranger_is_silent(const struct assoc *a);
/* Fails with what the peer seems to be, by the first bytes it sent; len 0: it closed. */
void stranger_fail(struct assoc *a, const uint8_t *at, size_t len);

/* ---- roles ---- */

void server_bind(struct assoc *a, const struct pdu_in *pdu);
void server_alter(struct assoc *a, const struct pdu_in *pdu);
void server_auth3(struct assoc *a, const struct pdu_in *pdu);
void server_request(struct assoc *a, const struct pdu_in *pdu);
void server_poisoned(struct assoc *a, const struct pdu_in *pdu);
void server_cancel(struct assoc *a, const struct pdu_in *pdu);
void server_orphaned(struct assoc *a, const struct pdu_in *pdu);
/* Answers a PDU that the table does not allow, and closes. */
void server_refuse(struct assoc *a, uint8_t type, uint32_t call_id, const char *why);
rpcsec_status server_token(struct assoc *a, struct assoc_slot *slot,
                           const struct assoc_token *result);

void client_bind_ack(struct assoc *a, const struct pdu_in *pdu);
void client_bind_nak(struct assoc *a, const struct pdu_in *pdu);
void client_alter_resp(struct assoc *a, const struct pdu_in *pdu);
void client_response(struct assoc *a, const struct pdu_in *pdu);
void client_fault(struct assoc *a, const struct pdu_in *pdu);
void client_shutdown(struct assoc *a, const struct pdu_in *pdu);
rpcsec_status client_token(struct assoc *a, struct assoc_slot *slot,
                           const struct assoc_token *result);
/* A fault that answers the bind or alter under way. */
void client_bind_fault(struct assoc *a, const struct pdu_fault *fault);

/* What a connection of a server is worth without any security context. */
static inline enum rpcsec_level assoc_bare_level(const struct assoc *a)
{
    return a->params.bare_level ? a->params.bare_level : RPCSEC_LEVEL_NONE;
}

#endif
