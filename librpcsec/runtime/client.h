/* SPDX-License-Identifier: MIT
 *
 * runtime/client.h: the blocking client from inside. Layer: runtime.
 *
 * Threads share a client without a thread of its own: whoever makes a call and finds no driver
 * becomes it. The driver connects, takes handshake steps, encodes, seals, writes, reads,
 * decodes and delivers for all who wait, until its own call has ended; then it hands the role
 * on. No lock is held across any of that: `lock` guards the fields under "shared" only, and the
 * fields under "driver's" belong to the driver alone. The role passes under the lock, so each
 * driver sees what the one before it left.
 */
#ifndef RUNTIME_CLIENT_H
#define RUNTIME_CLIENT_H

#include <pthread.h>

#include "assoc/assoc.h"
#include "loop/wait.h"
#include "runtime/binding.h"
#include "sspi/context.h"
#include "transport/transport.h"

enum client_call_state {
    CALL_QUEUED = 0, /* the caller may take it back */
    CALL_TAKEN = 1,  /* in the driver's hands: only the driver ends it */
    CALL_DONE = 2,
};

/* One call. Lives on the stack of the thread that waits for it. */
struct client_call {
    struct client_call *next;
    enum client_call_state state; /* shared; only a driver changes it but for taking back */
    pthread_cond_t changed;       /* the state changed, or a driver is wanted */
    /* What is asked. */
    const struct rpcsec_interface *interface;
    const struct rpcsec_operation *operation; /* NULL: bind only */
    uint32_t opnum;
    void *args;
    struct rpcsec_arena *arena;
    const struct rpcsec_uuid *object; /* NULL: none */
    uint64_t deadline_ms;
    bool may_resend;
    /* The driver's. */
    uint32_t call_id;
    unsigned num_attempts; /* connections that were lost before or while it was sent */
    rpcsec_status status;
    struct rpcsec_error *err;
};

/* A presentation context of the present connection. */
enum client_context_state {
    CONTEXT_PENDING = 0,
    CONTEXT_ACCEPTED = 1,
    CONTEXT_REJECTED = 2,
};
struct client_context {
    struct rpcsec_syntax interface;
    enum client_context_state state;
    uint16_t id;
    uint16_t result;
    uint16_t reason;
};

/* Who a server proved to be; kept until the client is closed, as its document promises. */
struct client_peer {
    struct client_peer *older;
    struct rpcsec_peer peer;
};

/* What a client and its views share. */
struct client_link {
    /* Constant after opening. */
    struct rpcsec_policy *policy;
    struct rpcsec_client_options options;
    struct binding binding;
    char *spn; /* NULL at level none */
    enum rpcsec_level level;
    const struct pkg_ops *package; /* NULL at level none */
    struct wake wake;              /* ends the driver's wait */

    /* Shared. */
    pthread_mutex_t lock;
    bool driving;
    struct client_call *calls; /* that have not ended, oldest first */
    struct client_peer *peer;  /* newest first */

    /* The driver's. */
    struct transport *transport; /* NULL: not connected */
    struct assoc *assoc;         /* NULL: none on this connection yet */
    bool written;                /* bytes left on this connection */
    bool ready;                  /* a bind was answered on this connection */
    bool retiring;               /* no new calls: its security context has expired */
    int64_t expires;             /* Unix seconds */
    size_t num_contexts;
    size_t max_contexts;
    struct client_context *contexts;
    struct writer writer;
    struct rpcsec_error why; /* why the connection ended */
};

/* ---- client.c ---- */

/* rpcsec_client_open_with whose connection must be there at `deadline_ms`. */
RPCSEC_MUST_USE rpcsec_status client_open_until(const char *binding, const char *spn,
                                                const struct rpcsec_client_options *options,
                                                uint64_t deadline_ms,
                                                struct rpcsec_client **ret_client,
                                                struct rpcsec_error *err);
/* A client over a transport that is connected, which it takes over also on failure. `package`
 * is NULL at level none. For the tests that run both ends in memory. */
RPCSEC_MUST_USE rpcsec_status client_open_over(struct transport *transport,
                                               const struct pkg_ops *package, const char *spn,
                                               const struct rpcsec_client_options *options,
                                               struct rpcsec_client **ret_client,
                                               struct rpcsec_error *err);

/* ---- client_call.c ---- */

/* Runs one call to its end, driving where nobody does. */
RPCSEC_MUST_USE rpcsec_status client_call_run(struct client_link *link,
                                              struct client_call *call);

/* Ends a call. The link is locked; only for a call that is taken, or by its own thread. */
void client_call_end(struct client_link *link, struct client_call *call, rpcsec_status status);
/* Ends a call with an error; the link is locked. `why` may be NULL. */
void client_call_fail(struct client_link *link, struct client_call *call, rpcsec_status status,
                      enum rpcsec_outcome outcome, const struct rpcsec_error *why);

/* The driver's: encodes a taken call and gives it to the engine. */
RPCSEC_MUST_USE rpcsec_status client_call_send(struct client_link *link,
                                               struct client_call *call,
                                               const struct client_context *context);
/* The driver's: decodes the answer of a call and ends it. */
void client_call_reply(struct client_link *link, struct client_call *call,
                       const struct assoc_event *event);
void client_call_fault(struct client_link *link, struct client_call *call,
                       const struct assoc_event *event);

/* ---- client_driver.c ---- */

/* Drives until `own` has ended. The caller has the role. */
void client_drive(struct client_link *link, struct client_call *own);

/* ---- client_connection.c: the driver's ---- */

/* Opens the connection where there is none, not longer than until `deadline_ms`. When the
 * binding has no port it is the one of `interface`. */
RPCSEC_MUST_USE rpcsec_status client_connect(struct client_link *link,
                                             const struct rpcsec_interface *interface,
                                             uint64_t deadline_ms, struct rpcsec_error *err);
void client_disconnect(struct client_link *link);
/* The context of an interface on this connection, NULL when none was asked for. */
struct client_context *client_find_context(struct client_link *link,
                                           const struct rpcsec_syntax *interface);
/* Starts to bind to an interface. */
RPCSEC_MUST_USE rpcsec_status client_start_bind(struct client_link *link,
                                                const struct rpcsec_syntax *interface,
                                                struct rpcsec_error *err);
bool client_is_binding(const struct client_link *link);
/* Takes the handshake step that the engine asks for. May block on a KDC. */
RPCSEC_MUST_USE rpcsec_status client_take_step(struct client_link *link,
                                               const struct assoc_event *event,
                                               struct rpcsec_error *err);
void client_note_bound(struct client_link *link, const struct assoc_event *event);
/* The security context's time is over. */
bool client_has_expired(const struct client_link *link);

#endif
