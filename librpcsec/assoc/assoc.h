/* SPDX-License-Identifier: MIT
 *
 * assoc/assoc.h: one connection of a DCE/RPC association, both roles. Layer: assoc.
 * Documents: C706 12.6, MS-RPCE 3.3. No I/O: bytes in -> events out, intents in -> bytes out;
 * the clock is a parameter (milliseconds of any monotonic clock).
 *
 * An engine has one user at a time. Everything that an event points to is valid until the next
 * assoc_next (a token: until assoc_token). After bytes came in, after bytes were consumed,
 * after an intent and after assoc_tick: call assoc_next until it gives false.
 *
 * After any protocol error the engine is closed: it gives what is still to be sent, then the
 * event CLOSED (not before the output was consumed or given up), and refuses every intent with
 * CLOSED. When CLOSED came, the socket may be closed.
 */
#ifndef ASSOC_ASSOC_H
#define ASSOC_ASSOC_H

#include <sys/uio.h>

#include "base/policy.h"
#include "base/writer.h"
#include "pdu/pdu.h"
#include "sec/sec.h"

struct assoc;

/* What the server's registry says of an interface (abstract syntax). */
struct assoc_interface {
    const struct rpcsec_syntax *id;
    uint32_t num_operations;
    enum rpcsec_level least_level;
    uint64_t open_operations; /* bit n: operation n is callable at any level */
    void *arg;                /* the registry's own */
};

/* Memory that the engines of one thread use in turn, so that one at rest holds none. Begins as
 * zeros. */
#define ASSOC_POOL_INPUTS 4
struct assoc_pool {
    struct {
        uint8_t *data;
        size_t len;
    } inputs[ASSOC_POOL_INPUTS];
    size_t num_inputs;
    struct segment *segments; /* that were sent */
    size_t num_segments;
    size_t segment_bytes; /* of them all */
};
/* Frees all segments but the last few: nobody sends for now. */
void assoc_pool_trim(struct assoc_pool *pool);
void assoc_pool_done(struct assoc_pool *pool);

struct assoc_params {
    bool server;
    struct assoc_pool *pool; /* of the engine's thread, outlives it; NULL: one of its own */
    const struct rpcsec_policy *policy; /* frozen; outlives the engine */
    /* Server: finds an interface, NULL when unknown. Equal UUID and major, minor not less. */
    const struct assoc_interface *(*find_interface)(void *arg, const struct rpcsec_syntax *id);
    void *find_interface_arg;
    /* Server: true when a connection may join this association group; NULL: none may. */
    bool (*join_group)(void *arg, uint32_t group_id);
    void *join_group_arg;
    /* Server: takes binds without authentication, because some interface has open operations;
     * a policy that allows anonymous clients does so too. */
    bool open_binds;
    /* Server: what a connection without security contexts is worth, as its transport knows the
     * peer by itself. 0 and NONE: nothing. */
    enum rpcsec_level bare_level;
    bool ndr64;            /* server: NDR64 can be served */
    uint8_t auth_types[4]; /* server: the types that it takes (16 Kerberos, ...); 0 ends */
    /* Server: given to a client that joins none; not 0. Client: to join; 0: none. */
    uint32_t group_id;
    const char *secondary_address; /* server: the port as text */
    /* Client: what to bind with. level NONE: no authentication. */
    enum rpcsec_level level;
    uint8_t auth_type;
    uint16_t features; /* client: PDU_FEATURE_... to ask for in the bind; 0: none are named */
    bool big_endian;   /* client: headers and what surrounds the stub are written so */
    uint64_t now_ms;
};

RPCSEC_MUST_USE rpcsec_status assoc_new(const struct assoc_params *params,
                                        struct assoc **ret_assoc);
void assoc_free(struct assoc *a);

/* ---- bytes ---- */

/* False when the engine wants no bytes now: a handshake step is being taken, too many calls,
 * closed. */
bool assoc_reads(const struct assoc *a);
/* Room for received bytes; NULL when the engine wants none now, or memory ended: then it is
 * closed. */
uint8_t *assoc_input(struct assoc *a, size_t *ret_room);
/* len bytes were put there. 0 tells that the peer closed its side. */
void assoc_received(struct assoc *a, size_t len, uint64_t now_ms);
/* Queued output as iovecs; gives their number. Bytes stay where they are until consumed. */
size_t assoc_output(struct assoc *a, struct iovec *iov, size_t max);
void assoc_consumed(struct assoc *a, size_t len, uint64_t now_ms);
size_t assoc_queued(const struct assoc *a);
/* True while a message is on its way in or out, a handshake under way, or a call open. */
bool assoc_is_busy(const struct assoc *a);

/* When assoc_tick is due, UINT64_MAX: never. Covers the handshake, stalls inside a PDU and slow
 * readers. */
uint64_t assoc_deadline(const struct assoc *a);
void assoc_tick(struct assoc *a, uint64_t now_ms);

/* ---- events ---- */

enum assoc_event_type {
    ASSOC_NEED_TOKEN = 1, /* take a handshake step, then assoc_token */
    ASSOC_BOUND = 2,      /* client: ready for calls in the contexts that were accepted */
    ASSOC_CALL = 3,       /* server: a whole, verified request */
    ASSOC_REPLY = 4,      /* client: a whole, verified response */
    ASSOC_FAULT = 5,      /* client: the call ended with a fault */
    ASSOC_CANCELLED = 6,  /* server: the client cancelled or orphaned the call */
    ASSOC_CLOSED = 7,     /* once, last */
    ASSOC_LEG = 8,        /* a handshake PDU was sent or received, for those who show it */
    ASSOC_SECURED = 9,    /* client: the end of assoc_secure */
    ASSOC_REFUSED =
        10, /* server: a request was answered with a fault; the connection goes on */
};

struct assoc_event {
    enum assoc_event_type type;
    union {
        struct {
            uint32_t sec_id; /* names the security context in assoc_token */
            struct sspi_ctx
                *ctx; /* NULL: make it (first step). The driver's until assoc_token */
            uint8_t auth_type;
            enum rpcsec_level level;
            const uint8_t *token; /* the peer's; NULL on a client's first step */
            size_t token_len;
        } need_token;
        struct {
            uint32_t sec_id;
            rpcsec_status status; /* of the first step, where nothing was sent; else OK */
        } secured;
        struct {
            uint16_t
                context_id; /* that was accepted of the last bind or alter, else its first */
            bool accepted;
            uint16_t result;
            uint16_t reason;
            bool ndr64;
        } bound;
        struct {
            uint32_t call_id;
            uint16_t context_id;
            uint16_t opnum;
            const struct assoc_interface *interface;
            bool has_object;
            struct rpcsec_uuid object;
            bool big_endian;
            bool ndr64;
            bool maybe; /* no answer is wanted */
            /* Contiguous; verification trailer and auth padding stripped. Up to 3 bytes that
             * aligned a verification trailer may stay behind the data (MS-RPCE 2.2.2.13). */
            const uint8_t *stub;
            size_t stub_len;
            const struct sec_context *sec; /* NULL: unauthenticated */
        } call;
        struct {
            uint32_t call_id;
            bool big_endian;
            const uint8_t *stub;
            size_t stub_len;
        } reply;
        struct {
            uint32_t call_id;
            uint32_t status;
            bool did_not_execute; /* as the peer claims */
            bool authenticated;   /* false: the fault was not signed; anyone may have sent it */
        } fault;
        struct {
            uint32_t call_id;
            bool orphaned;
        } cancelled;
        struct {
            rpcsec_status status; /* OK: the peer closed in order */
            const struct rpcsec_error *error;
        } closed;
        struct rpcsec_leg leg;
        struct {
            uint32_t call_id;
            uint16_t opnum;
            uint32_t fault;
            const char *why;                         /* static text */
            const struct assoc_interface *interface; /* NULL: not known */
            const struct sec_context *sec;           /* NULL: unauthenticated */
        } refused;
    };
};

/* Gives the next event; false when there is none until more bytes or an intent arrive. */
bool assoc_next(struct assoc *a, struct assoc_event *ret_event);

/* ---- intents ---- */

#define ASSOC_MAX_TRANSFERS 2 /* that one bind may offer */
/* Client: bind (the first time) or alter_context to an interface, a presentation context for
 * each transfer syntax; the server takes at most one (MS-RPCE 3.3.3.5.5). *ret_context_id is
 * the first context's. Answered by NEED_TOKEN where a security context must be made first, then
 * BOUND or CLOSED. One at a time: INVALID_STATE while another bind or assoc_secure is under
 * way. */
RPCSEC_MUST_USE rpcsec_status assoc_bind(struct assoc *a, const struct rpcsec_syntax *interface,
                                         const struct rpcsec_syntax *transfers,
                                         size_t num_transfers, uint16_t *ret_context_id,
                                         uint64_t now_ms);

/* Client: makes one more security context on a connection that is bound, by alter_context.
 * Answered by NEED_TOKEN, then SECURED or CLOSED. UNSUPPORTED when the server did not agree to
 * several, LIMIT when policy allows no more, INVALID_STATE as for assoc_bind.
 * MS-RPCE 3.3.1.5.4. */
RPCSEC_MUST_USE rpcsec_status assoc_secure(struct assoc *a, uint8_t auth_type,
                                           enum rpcsec_level level, uint32_t *ret_sec_id,
                                           uint64_t now_ms);
/* Client: true when the server agreed to several security contexts. */
bool assoc_can_secure(const struct assoc *a);

/* The result of a handshake step. `ctx` is the engine's from now on, also after a failure. */
struct assoc_token {
    uint32_t sec_id;
    struct sspi_ctx *ctx;
    rpcsec_status status;
    const uint8_t *token; /* copied */
    size_t token_len;
    bool done;
    const struct rpcsec_error *error;
};
RPCSEC_MUST_USE rpcsec_status assoc_token(struct assoc *a, const struct assoc_token *result,
                                          uint64_t now_ms);

/* Client: true when a call may be made now: bound, and not as many open calls as the server
 * (one without concurrent multiplexing) or policy allow. */
bool assoc_can_call(const struct assoc *a);
/* Client: what is known of a call that has no answer yet, also after CLOSED: NOT_RUN until a
 * byte of its last fragment was consumed. */
enum rpcsec_outcome assoc_call_outcome(const struct assoc *a, uint32_t call_id);

/* The shape that a writer for a request or a response must have. sec_id: as in a request. */
RPCSEC_MUST_USE rpcsec_status assoc_request_shape(const struct assoc *a, uint32_t sec_id,
                                                  bool has_object,
                                                  struct writer_shape *ret_shape);
RPCSEC_MUST_USE rpcsec_status assoc_reply_shape(const struct assoc *a, uint32_t call_id,
                                                struct writer_shape *ret_shape);

#define ASSOC_NO_SECURITY UINT32_MAX

struct assoc_request {
    uint16_t context_id;
    uint16_t opnum;
    const struct rpcsec_uuid *object; /* NULL: none */
    bool maybe;
    /* The security context: 0 is that of the bind, where there is one; NO_SECURITY: none. */
    uint32_t sec_id;
};
/* Client: sends a call. The writer's content is taken (a verification trailer is appended first
 * where one is due), sealed and queued. INVALID_STATE unless assoc_can_call, NOT_FOUND for a
 * context that was not accepted, LIMIT when too much output waits: then the writer is
 * untouched. After another failure it must be reset. */
RPCSEC_MUST_USE rpcsec_status assoc_call(struct assoc *a, const struct assoc_request *request,
                                         struct writer *stub, uint32_t *ret_call_id,
                                         uint64_t now_ms);
/* Server: answers a call. Answers to calls that were orphaned are dropped: OK. */
RPCSEC_MUST_USE rpcsec_status assoc_reply(struct assoc *a, uint32_t call_id,
                                          struct writer *stub, uint64_t now_ms);
/* Server: ends a call with a fault. */
RPCSEC_MUST_USE rpcsec_status assoc_fault(struct assoc *a, uint32_t call_id, uint32_t status,
                                          bool did_not_execute, uint64_t now_ms);
/* Client: sends co_cancel, or orphaned; after orphaned the late reply is consumed silently. */
RPCSEC_MUST_USE rpcsec_status assoc_cancel(struct assoc *a, uint32_t call_id, bool orphan);
/* Closes in order: what is queued may still be sent. */
void assoc_close(struct assoc *a);

/* The association group: the server's id, or what the client was told. 0 before the bind. */
uint32_t assoc_group(const struct assoc *a);
/* Server: the interface that the last bind or alter_context asked for first, served or not;
 * NULL before a bind. */
const struct rpcsec_syntax *assoc_asked_interface(const struct assoc *a);
/* The memory that the engine uses in turn with others, or by itself. */
struct assoc_pool *assoc_pool_of(struct assoc *a);
/* Lends sent segments to a writer for use again, as many as it keeps. */
void assoc_lend_segments(struct assoc *a, struct writer *w);

/* The connection's security context that calls use (client) or that was made last (server);
 * NULL when there is none. */
const struct sec_context *assoc_security(const struct assoc *a);

#endif
