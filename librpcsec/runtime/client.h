/* SPDX-License-Identifier: MIT
 *
 * runtime/client.h: the client from inside. Layer: runtime.
 *
 * Threads share a client without a thread of its own: whoever makes a call and finds no driver
 * becomes it. The driver connects, takes handshake steps, encodes, seals, writes, reads,
 * decodes and delivers for all who wait, until its own call has ended; then it hands the role
 * on. No lock is held across any of that: `lock` guards the fields under "shared" only, and the
 * fields under "driver's" belong to the driver alone. The role passes under the lock, so each
 * driver sees what the one before it left.
 *
 * An asynchronous call is the same struct client_call in memory of its own. It is moved on by
 * whoever drives; a program's own loop drives for one turn at a time (client_process.c).
 */
#ifndef RUNTIME_CLIENT_H
#define RUNTIME_CLIENT_H

#include <pthread.h>
#include <stdatomic.h>

#include "assoc/assoc.h"
#include "base/buffer.h"
#include "loop/wait.h"
#include "ndr/ndr.h"
#include "runtime/binding.h"
#include "sspi/context.h"
#include "transport/transport.h"

enum client_call_state {
    CALL_QUEUED = 0, /* the caller may take it back */
    CALL_TAKEN = 1,  /* in the driver's hands: only the driver ends it */
    CALL_ENDED = 2,  /* asynchronous: the driver is about to tell its owner */
    CALL_DONE = 3,
};

/* One call. Lives on the stack of the thread that waits for it, or in a struct rpcsec_pending.
 */
struct client_call {
    struct client_call *next;
    struct client_call *prev;
    enum client_call_state state;   /* shared; only a driver changes it but for taking back */
    pthread_cond_t changed;         /* the state changed, or a driver is wanted */
    bool waited;                    /* shared: a thread waits for it */
    bool cancel;                    /* shared: its owner wants it to end */
    struct rpcsec_pending *pending; /* NULL: a blocking call */
    /* What is asked. */
    const struct rpcsec_interface *interface;
    const struct rpcsec_operation *operation; /* NULL: bind only */
    uint32_t opnum;
    void *args;                 /* NULL in an asynchronous call */
    struct rpcsec_arena *arena; /* as above */
    struct client_identity *identity;
    const struct rpcsec_uuid *object; /* NULL: none */
    uint64_t deadline_ms;
    bool may_resend;
    /* The driver's. */
    uint32_t call_id;
    enum ndr_syntax syntax;
    unsigned num_attempts; /* connections that were lost before or while it was sent */
    bool may_have_run;     /* an earlier attempt may have: so it never ends as not run */
    bool cancel_sent;
    rpcsec_status status;
    struct rpcsec_error *err;
};

/* Who calls, and how protected; each has a security context of its own on the connection. */
enum identity_state {
    IDENTITY_NEW = 0,
    IDENTITY_PENDING = 1,
    IDENTITY_READY = 2,
    IDENTITY_FAILED = 3,
};
struct client_identity {
    struct client_identity *next; /* shared; otherwise constant but for the driver's part */
    enum rpcsec_level level;
    const struct pkg_ops *package; /* NULL at level none */
    char *ccache;                  /* NULL: the policy's */
    /* The driver's, of the present connection. */
    enum identity_state state;
    uint32_t sec_id;
    struct rpcsec_error why; /* it failed */
};

/* The association group that the connections of some clients are in. */
struct client_group {
    atomic_uint refs;
    pthread_mutex_t lock;
    uint32_t id; /* 0: none, there is no connection in it */
    unsigned num_connections;
};

/* An asynchronous call: what must outlive the function that started it. */
struct rpcsec_pending {
    struct client_call call;
    struct client_link *link;    /* one reference */
    struct rpcsec_pending *next; /* of the ended ones */
    rpcsec_pending_done *done;   /* NULL: none */
    void *done_arg;
    bool abandoned; /* shared: nobody will receive it */
    struct rpcsec_uuid object;
    /* The arguments, encoded in each syntax that the server may choose: what is sent, and sent
     * again. */
    struct buf stubs[2];
    bool has_stub[2];
    struct buf reply; /* the answer's stub */
    bool reply_big_endian;
    struct rpcsec_error error;
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
    bool ndr64;
    uint16_t id;
    uint16_t result;
    uint16_t reason;
};

/* Who a server proved to be; kept until the client is closed, as its document promises. */
struct client_peer {
    struct client_peer *older;
    struct rpcsec_peer peer;
    struct rpcsec_local_peer local;
};

/* What a client, its views and its asynchronous calls share. */
struct client_link {
    atomic_uint refs; /* the client, and each asynchronous call */
    /* Constant after opening. */
    struct rpcsec_policy *policy;
    struct rpcsec_client_options options;
    struct binding binding;
    char *spn;                  /* NULL at level none */
    bool by_kernel;             /* mechanism LOCAL: own.level is none on the wire */
    struct client_identity own; /* the client's, of the bind; heads the list of all */
    struct client_group *group;
    struct wake wake; /* ends the driver's wait */

    /* Shared. */
    pthread_mutex_t lock;
    bool driving;
    pthread_t driver; /* while driving */
    bool closed;
    struct client_call *calls; /* that have not ended, oldest first */
    struct client_call *last_call;
    struct client_call *unsent;     /* none that is older waits to be sent */
    bool news;                      /* a call was queued since a driver looked */
    bool waiting;                   /* the driver waits, and nobody has rung yet */
    struct rpcsec_pending *ended;   /* whose owners are to be told; the driver adds to it */
    struct rpcsec_pending *telling; /* whose `done` function runs, unless it freed the call */
    size_t num_pending;             /* not received yet */
    size_t num_identities;
    struct client_peer *peer; /* newest first */

    atomic_bool cancels; /* some call's `cancel` or `abandoned` was set */

    /* The driver's. */
    uint64_t now_ms;                  /* when it last began or waited */
    uint64_t due_ms;                  /* what it waited for at the longest */
    bool has_maybe;                   /* calls without answer were sent */
    struct transport *transport;      /* NULL: not connected */
    struct assoc *assoc;              /* NULL: none on this connection yet */
    bool written;                     /* bytes left on this connection */
    bool ready;                       /* a bind was answered on this connection */
    bool in_group;                    /* this connection is counted there */
    struct client_identity *securing; /* whose handshake is under way; NULL: none's */
    bool retiring;                    /* no new calls: its security context has expired */
    int64_t expires;                  /* Unix seconds */
    size_t num_contexts;
    size_t max_contexts;
    struct client_context *contexts;
    struct writer writer;
    struct watch watch; /* for a program's own loop */
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

/* What the caller holds: the client itself or a view of it. */
struct rpcsec_client {
    struct client_link *link;
    bool is_view;
    uint32_t deadline_ms; /* 0: the policy's */
    bool has_object;
    struct rpcsec_uuid object;
    bool may_resend;
    struct client_identity *identity;
};

/* Checks what is called and fills in what the client and the operation say of the call. */
RPCSEC_MUST_USE rpcsec_status client_describe_call(const struct rpcsec_client *client,
                                                   const struct rpcsec_interface *interface,
                                                   uint32_t opnum, struct client_call *call,
                                                   struct rpcsec_error *err);
void client_link_unref(struct client_link *link);

/* ---- client_identity.c ---- */

/* The level and mechanism that are asked for, as policy allows. */
RPCSEC_MUST_USE rpcsec_status identity_choose(struct client_identity *identity,
                                              const struct rpcsec_policy *policy,
                                              enum rpcsec_level level,
                                              enum rpcsec_mechanism mechanism,
                                              struct rpcsec_error *err);
/* The identity that a view's options ask for; the client's own where they ask for nothing. */
RPCSEC_MUST_USE rpcsec_status identity_of_view(struct client_link *link,
                                               const struct rpcsec_call_options *options,
                                               struct client_identity **ret_identity,
                                               struct rpcsec_error *err);
void identities_free(struct client_link *link);
/* The driver's: a connection was lost. */
void identities_reset(struct client_link *link);

/* ---- client_group.c ---- */

RPCSEC_MUST_USE rpcsec_status client_group_find(struct client_link *link,
                                                struct rpcsec_error *err);
void client_group_unref(struct client_group *group);
/* The driver's: the group that a new connection joins; 0: none. */
uint32_t client_group_to_join(struct client_link *link);
void client_group_enter(struct client_link *link, uint32_t id);
void client_group_leave(struct client_link *link);

/* ---- client_call.c ---- */

RPCSEC_MUST_USE rpcsec_status client_call_init(struct client_call *call,
                                               struct rpcsec_error *err);
void client_call_done(struct client_call *call);
/* Queues a call. The link is locked. */
void client_call_queue(struct client_link *link, struct client_call *call);
/* A call waits to be sent again. The link is locked. */
void client_call_requeue(struct client_link *link, struct client_call *call);
/* Waits for the end of a queued call, driving where nobody does. The link is locked.
 * INVALID_STATE: we are the driver ourselves, in a `done` function. */
RPCSEC_MUST_USE rpcsec_status client_call_wait(struct client_link *link,
                                               struct client_call *call);
/* Runs one call to its end. */
RPCSEC_MUST_USE rpcsec_status client_call_run(struct client_link *link,
                                              struct client_call *call);

/* Ends the role of driver; false when no waiting thread takes it. The link is locked. */
bool client_leave_role(struct client_link *link);

/* Ends a call. The link is locked; only for a call that is taken, or by its own thread, or by
 * the driver. */
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

/* ---- client_pending.c ---- */

/* The driver's: tells the owners of asynchronous calls that have ended. */
void client_tell_owners(struct client_link *link);

/* ---- client_driver.c ---- */

/* Drives until `own` has ended. The caller has the role. */
void client_drive(struct client_link *link, struct client_call *own);
/* Does what can be done without waiting. The caller has the role. */
void client_drive_once(struct client_link *link);
/* Ends all calls with CLOSED and tells their owners. The caller has the role. */
void client_end_all(struct client_link *link);
/* When the driver is wanted at the latest. The link is locked and nobody drives, or the driver
 * asks. */
uint64_t client_next_deadline(const struct client_link *link);
/* What the driver waits for at the connection: LOOP_READ, LOOP_WRITE. */
unsigned client_wanted_events(struct client_link *link);

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
/* Starts to make the security context of an identity. */
RPCSEC_MUST_USE rpcsec_status client_start_securing(struct client_link *link,
                                                    struct client_identity *identity,
                                                    struct rpcsec_error *err);
void client_note_secured(struct client_link *link, const struct assoc_event *event);
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
