/* SPDX-License-Identifier: MIT
 *
 * rpcsec/dcerpc.h: DCE/RPC clients and servers (C706, MS-RPCE), connection oriented.
 *
 * Generated stubs stand on this header; a program calls it to open a client or to run a server.
 */
#ifndef RPCSEC_DCERPC_H
#define RPCSEC_DCERPC_H

#include <rpcsec/rpcsec.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Source: C706 appendix A. Fields in the machine's order. */
struct rpcsec_uuid {
    uint32_t time_low;
    uint16_t time_mid;
    uint16_t time_hi_and_version;
    uint8_t clock_seq[2];
    uint8_t node[6];
};

/* An interface or transfer syntax: UUID and version. Source: C706 12.6.3.1 (p_syntax_id_t). */
struct rpcsec_syntax {
    struct rpcsec_uuid uuid;
    uint16_t major;
    uint16_t minor;
};

/* ---- Interfaces (made by rpcsec-idl) ---- */

struct rpcsec_call;
struct rpcsec_ndr_record;     /* rpcsec/ndr.h: the arguments of one operation */
struct rpcsec_context_handle; /* rpcsec/ndr.h: what a client holds of a server's object */

enum rpcsec_operation_flags {
    RPCSEC_OPERATION_IDEMPOTENT = 1, /* may be re-sent; C706 4.2 */
    RPCSEC_OPERATION_MAYBE = 2,      /* no answer wanted */
    RPCSEC_OPERATION_UNUSED = 4,     /* the number is taken, nothing is served */
};

/* One operation of an interface; the index in its table is the operation number. */
struct rpcsec_operation {
    const char *name;
    uint32_t flags;
    const struct rpcsec_ndr_record *args;
    /* Calls the user's function with the decoded argument record; NULL in client tables.
     * `ops` is what the user registered. */
    rpcsec_status (*dispatch)(struct rpcsec_call *call, const void *ops, void *args);
};

/* A type of context handle that an interface's operations take or give. */
struct rpcsec_handle_type {
    const char *name;
    /* Of `void (*rundown)(void *object)` in what the user registered; NULL there: none. */
    size_t rundown_offset;
};

/* The constant description of an interface. table_version is RPCSEC_INTERFACE_VERSION of the
 * compiler that made it; the library refuses newer ones. */
#define RPCSEC_INTERFACE_VERSION 1
struct rpcsec_interface {
    uint32_t table_version;
    const char *name;
    struct rpcsec_syntax id;
    const struct rpcsec_operation *operations;
    uint32_t num_operations;
    const struct rpcsec_handle_type *handles; /* NULL in client tables */
    uint32_t num_handles;
};

/* What a generated `foo_interface(&ops)` gives: an interface with the user's functions. */
struct rpcsec_service {
    const struct rpcsec_interface *interface;
    const void *ops;
};

/* ---- Clients ---- */

/* struct rpcsec_client is one association with a server, ready for calls.
 * **Threads**: calls may be made from any number of threads at once; closing may not. */
struct rpcsec_client;

struct rpcsec_leg;

/* Options of rpcsec_client_open_with, all zero for the defaults. */
struct rpcsec_client_options {
    size_t size;                     /* sizeof(struct rpcsec_client_options) */
    struct rpcsec_policy *policy;    /* NULL: the default policy */
    enum rpcsec_level level;         /* DEFAULT: the policy's */
    enum rpcsec_mechanism mechanism; /* NONE with level none only; else the policy's */
    /* Called for each handshake leg and PDU, for tools that show them. NULL: none. Both
     * callbacks run on whichever thread's call moves the connection at the time, one at a time;
     * they must not call the client. */
    void (*on_leg)(void *arg, const struct rpcsec_leg *leg);
    void *on_leg_arg;
    /* Called with each protected request as plaintext and as sent, for demos. NULL: none. */
    void (*on_request)(void *arg, const uint8_t *plain, size_t plain_len, const uint8_t *wire,
                       size_t wire_len);
    void *on_request_arg;
    unsigned transfers; /* OR of enum rpcsec_transfer; 0: NDR */
    bool big_endian;    /* send in this byte order, as some machines do; not with NDR64 */
    /* Another client of the same server, whose association group this one joins, so that
     * context handles of the one are valid in the other; NULL: none. It must be bound and may
     * be closed first. Source: MS-RPCE 3.3.1.5.7. */
    struct rpcsec_client *join;
};

/* Transfer syntaxes that a client offers, one bit each. The server chooses among them, for each
 * interface. Source: C706 chapter 14, MS-RPCE 2.2.5. */
enum rpcsec_transfer {
    RPCSEC_TRANSFER_NDR = 1,
    RPCSEC_TRANSFER_NDR64 = 2,
};

/* One handshake leg as it was seen. */
struct rpcsec_leg {
    uint32_t number; /* from 1 */
    const char *pdu; /* "bind", "bind_ack", "alter_context", ... */
    bool sent;       /* by us, else received */
    size_t pdu_len;
    size_t token_len;
    uint32_t flags_asked;   /* ISC_REQ_ */
    uint32_t flags_granted; /* ISC_RET_; 0 until the handshake is done */
    const char *result;     /* "continue", "done", "rejected: ..." */
};

/* rpcsec_client_open connects to `binding` ("ncacn_ip_tcp:host[port]", "ncalrpc:[name]") and
 * binds to the interface of the first call lazily. Without a port ("ncacn_ip_tcp:host") the
 * host's endpoint mapper is asked for it when the interface is known, again for each
 * connection; its answer is a hint, and only the port is taken. `spn` is the server's service
 * principal
 * ("greeter/files.example.com"), never looked up in DNS; NULL: "host/" and the binding's host
 * name, refused for an address literal. `policy` NULL: the default policy.
 * **Ownership**: free with rpcsec_client_close.
 * **Errors**: BAD_BINDING, HOST_NOT_FOUND, CONNECTION_REFUSED, CONNECT_FAILED, TIMED_OUT,
 * NO_MEMORY, INVALID_ARGUMENT.
 * **Source**: C706 3.1 (string bindings), MS-RPCE 2.1.1.1. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_client_open(const char *binding,
                                                            const char *spn,
                                                            struct rpcsec_policy *policy,
                                                            struct rpcsec_client **ret_client,
                                                            struct rpcsec_error *err);

/* rpcsec_client_open_with is rpcsec_client_open with options. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_client_open_with(
    const char *binding, const char *spn, const struct rpcsec_client_options *options,
    struct rpcsec_client **ret_client, struct rpcsec_error *err);

/* rpcsec_client_bind binds to an interface now instead of at its first call.
 * **Errors**: those of a call. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_client_bind(struct rpcsec_client *client, const struct rpcsec_interface *interface,
                   struct rpcsec_error *err);

/* rpcsec_client_call makes one call: what generated stubs stand on. `args` is the operation's
 * argument record; out values are put into it, their memory into `arena`. A connection that the
 * server closed while it was idle is made again. Nothing is sent twice after a byte of it may
 * have left, unless the operation is [idempotent] or the view says may_resend.
 * **Errors**: REMOTE_FAULT (err->wire_status), BIND_REJECTED, any security status, TIMED_OUT,
 * CONNECTION_LOST, BAD_STUB; err->outcome tells whether the call ran. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_client_call(struct rpcsec_client *client, struct rpcsec_arena *arena,
                   const struct rpcsec_interface *interface, uint32_t opnum, void *args,
                   struct rpcsec_error *err);

/* Per-call options, all zero for the defaults. */
struct rpcsec_call_options {
    size_t size;                      /* sizeof(struct rpcsec_call_options) */
    uint32_t deadline_ms;             /* 0: the policy's */
    const struct rpcsec_uuid *object; /* NULL: none */
    bool may_resend;                  /* the caller allows a second execution */
    /* Who calls, and how protected: where one of these is given, the connection gets one more
     * security context at the first such call (limit SECURITY_CONTEXTS). */
    enum rpcsec_level level;         /* DEFAULT: the client's */
    enum rpcsec_mechanism mechanism; /* NONE: the client's */
    const char *ccache;              /* NULL: the policy's credential cache */
};

/* rpcsec_client_with gives a light view of the client: calls through it use these options.
 * **Ownership**: free with rpcsec_client_close before the client itself. **Errors**:
 * INVALID_ARGUMENT, NO_MEMORY, LIMIT, POLICY_REFUSED and UNSUPPORTED as for opening a client. A
 * call through a view with a security context of its own ends with UNSUPPORTED when the server
 * takes one only: open another client then. **Source**: MS-RPCE 3.3.1.5.4. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_client_with(struct rpcsec_client *client, const struct rpcsec_call_options *options,
                   struct rpcsec_client **ret_view, struct rpcsec_error *err);

/* rpcsec_client_peer tells who the server proved to be; valid until the client is closed. */
RPCSEC_API const struct rpcsec_peer *rpcsec_client_peer(struct rpcsec_client *client);

/* rpcsec_client_close ends the client. Asynchronous calls that have not ended do so with
 * CLOSED; their `done` functions run before it returns. */
RPCSEC_API void rpcsec_client_close(struct rpcsec_client *client);

/* ---- Asynchronous calls ---- */

/* struct rpcsec_pending is a call that was started and not yet received. It is moved on by
 * whoever moves the client: rpcsec_pending_recv and every blocking call of any thread until it
 * ends, or rpcsec_client_process from an event loop of the program's own. Any number may be
 * under way at once (limit STARTED_CALLS); the connection carries as many of them as the server
 * and the limit CALLS_IN_FLIGHT allow, the others wait their turn.
 * **Threads**: one owner; the calls of one client may belong to different threads. */
struct rpcsec_pending;

/* Called once, when the call has ended: receive it then, or later. Runs on the thread that
 * moves the client, with no lock held. It may start, cancel, receive and free calls, but no
 * call that would wait: that is INVALID_STATE. */
typedef void rpcsec_pending_done(struct rpcsec_pending *call, void *arg);

/* rpcsec_client_send starts a call and does not wait: what generated foo_send functions stand
 * on. The arguments are encoded before it returns and may go. `done` may be NULL. The deadline
 * is that of the client or view, from now; the view may be closed before the call ends.
 * **Ownership**: end it with rpcsec_pending_recv or rpcsec_pending_free, also after the client
 * was closed. **Errors**: INVALID_ARGUMENT, LIMIT, NO_MEMORY, CLOSED; nothing was started
 * then. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_client_send(struct rpcsec_client *client, const struct rpcsec_interface *interface,
                   uint32_t opnum, const void *args, rpcsec_pending_done *done, void *done_arg,
                   struct rpcsec_pending **ret_call, struct rpcsec_error *err);

/* rpcsec_pending_recv gives the call's result and frees the call: what generated foo_recv
 * functions stand on. `args` is the operation's argument record, filled in whole; its memory
 * comes from `arena`. It waits for the end of a call that has no `done` function, moving the
 * client itself where nobody does.
 * **Errors**: those of rpcsec_client_call; CANCELLED; CLOSED when the client was closed first;
 * INVALID_STATE, and the call lives on, when a call with a `done` function has not ended or
 * when a `done` function would have to wait. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_pending_recv(struct rpcsec_pending *call, struct rpcsec_arena *arena,
                    const struct rpcsec_interface *interface, uint32_t opnum, void *args,
                    struct rpcsec_error *err);

/* rpcsec_pending_has_ended tells whether rpcsec_pending_recv would not wait. */
RPCSEC_API bool rpcsec_pending_has_ended(struct rpcsec_pending *call);

/* rpcsec_pending_cancel asks for the end of a call. One that was not sent did not run. One that
 * was sent is cancelled at the server; an answer that comes within the limit CANCEL_MS still
 * counts, then the call ends with CANCELLED and the outcome unknown.
 * **Source**: C706 12.6.4.1 (co_cancel), 12.6.4.8 (orphaned). */
RPCSEC_API void rpcsec_pending_cancel(struct rpcsec_pending *call);

/* rpcsec_pending_free gives a call up, whatever its state: its `done` function is not called
 * any more (but for one that has begun on another thread). One that was sent may run. */
RPCSEC_API void rpcsec_pending_free(struct rpcsec_pending *call);

/* rpcsec_client_fd gives a descriptor for an event loop of the program's own: wait until it is
 * readable or rpcsec_client_timeout_ms has passed, then call rpcsec_client_process. It is the
 * same one until the client is closed; do nothing else with it. -1 when none is left.
 * **Source**: Linux epoll(7). */
RPCSEC_API int rpcsec_client_fd(struct rpcsec_client *client);

/* rpcsec_client_timeout_ms gives how long to wait at most, as poll(2) takes it: -1 is for
 * ever. */
RPCSEC_API int rpcsec_client_timeout_ms(struct rpcsec_client *client);

/* rpcsec_client_process does all that can be done now: reads, writes, starts calls, ends those
 * whose time is over, calls `done` functions. It waits for no peer, but connecting again and
 * the steps of a handshake (which may ask a KDC) take their time: call rpcsec_client_bind first
 * where that matters. While another thread moves the client it does nothing.
 * **Errors**: INVALID_STATE in a `done` function. Each call tells its own errors. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_client_process(struct rpcsec_client *client,
                                                               struct rpcsec_error *err);

/* ---- Servers ---- */

struct rpcsec_server;

/* rpcsec_server_new makes a server that obeys `policy` (NULL: the default policy).
 * **Ownership**: free with rpcsec_server_free. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_new(struct rpcsec_policy *policy,
                                                           struct rpcsec_server **ret_server,
                                                           struct rpcsec_error *err);

/* rpcsec_server_add registers an interface at the policy's least level. `service.ops` must live
 * as long as the server.
 * **Threads**: the service's functions run on threads of the server, many at once, also for one
 * connection; what they share they must lock. **Errors**: INVALID_STATE once the server runs;
 * INVALID_ARGUMENT when the interface is registered already or its tables are newer than the
 * library. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_add(struct rpcsec_server *server,
                                                           struct rpcsec_service service,
                                                           struct rpcsec_error *err);

/* A call that a client wants to make. */
struct rpcsec_request {
    const struct rpcsec_peer *peer;
    const struct rpcsec_interface *interface;
    uint32_t opnum;
    const struct rpcsec_uuid *object; /* NULL: none */
};

/* Options of rpcsec_server_add_with, all zero for the defaults. */
struct rpcsec_service_options {
    size_t size;             /* sizeof(struct rpcsec_service_options) */
    enum rpcsec_level level; /* DEFAULT: the policy's least level */
    bool non_blocking;       /* its functions never block: they run on the connection's loop */
    /* Level of single operations: bit n of open_operations makes operation n callable at level
     * none, also without authentication (mgmt's reads). */
    uint64_t open_operations;
    /* Decides on each call before anything of it is decoded; false: the client hears fault 5
     * (access denied). Runs on a thread of the server, which it must not block, many at once.
     * NULL: who has the level may call. */
    bool (*authorise)(void *arg, const struct rpcsec_request *request);
    void *authorise_arg;
    bool session_key; /* its functions may ask rpcsec_call_session_key */
};

RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_server_add_with(struct rpcsec_server *server, struct rpcsec_service service,
                       const struct rpcsec_service_options *options, struct rpcsec_error *err);

/* rpcsec_server_add_mgmt registers the management interface (C706 appendix Q) with its read
 * operations open, answered from this server's registry. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_add_mgmt(struct rpcsec_server *server,
                                                                struct rpcsec_error *err);

/* rpcsec_server_add_epm makes the server its own endpoint mapper (C706 appendix O), for
 * everybody: it tells its interfaces at the addresses where it listens. Clients look for one on
 * port 135. Nothing can be registered with it. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_add_epm(struct rpcsec_server *server,
                                                               struct rpcsec_error *err);

/* rpcsec_server_add_host_epm makes the server the endpoint mapper of its host: beside its own
 * interfaces it tells what other processes have registered with it, over ncalrpc only, as the
 * user that the kernel says. An entry goes with the connection that registered it; an interface
 * that one user serves is not taken by another. `rpcsec epmd` is such a server. **Errors**:
 * those of rpcsec_server_add; INVALID_STATE when the policy lacks the mechanism LOCAL.
 * **Source**: C706 appendix O, MS-RPCE 3.1.1.5.3. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_server_add_host_epm(struct rpcsec_server *server, struct rpcsec_error *err);

/* rpcsec_server_register tells the endpoint mapper of this host, at `mapper` ("ncalrpc:[name]";
 * NULL: "ncalrpc:[epmapper]"), the server's interfaces at the addresses where it listens, but
 * for mgmt; and goes on telling it while the server runs, so that a mapper that was started
 * again knows them within seconds. They are gone when the server stops, or its process dies.
 * **Errors**: INVALID_STATE unless it listens and does not run yet; those of a client and a
 * call; ACCESS_DENIED when the mapper refuses. **Threads**: blocks for the first registration.
 */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_register(struct rpcsec_server *server,
                                                                const char *mapper,
                                                                struct rpcsec_error *err);

/* rpcsec_server_on_error has `on_error` called for each bind, handshake and call that failed,
 * with all that is known: the error's text names the cause. The peer's strings are empty where
 * it has not authenticated. NULL: nobody.
 * **Threads**: it runs on threads of the server, several at once, and must not block.
 * **Ownership**: what it is given lives as long as it runs. **Errors**: INVALID_STATE once the
 * server runs. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_server_on_error(struct rpcsec_server *server,
                       void (*on_error)(void *arg, const struct rpcsec_error *error,
                                        const struct rpcsec_peer *peer),
                       void *arg);

/* rpcsec_server_on_audit has `on_audit` called for each security context, and each bind without
 * one, that was accepted or refused, with one line of JSON (no line break, ASCII only): time,
 * address, principal, sid, mechanism, level, enctype, interface, verdict ("accepted",
 * "refused"), reason. A client counts as accepted when it has proved its key. As
 * rpcsec_server_on_error in all else. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_on_audit(
    struct rpcsec_server *server, void (*on_audit)(void *arg, const char *line), void *arg);

/* rpcsec_server_listen opens a listening socket: "ncacn_ip_tcp:host[port]"; port 0 or none: any
 * free port; or "ncalrpc:[name]", a unix socket of this name in the policy's directory, removed
 * when it ends. May be called several times. **Errors**: BAD_BINDING, POLICY_REFUSED when the
 * directory may be changed by others, HOST_NOT_FOUND, SYSTEM,
 * NO_CREDENTIALS when policy asks for authentication and there is no usable keytab. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_listen(struct rpcsec_server *server,
                                                              const char *binding,
                                                              struct rpcsec_error *err);

/* rpcsec_server_listen_fd listens on a TCP socket that listens already, as a service manager
 * passes them. **Ownership**: the server's from now on, where it succeeds. **Errors**:
 * INVALID_ARGUMENT: it is no such socket; those of rpcsec_server_listen. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_listen_fd(struct rpcsec_server *server,
                                                                 int fd,
                                                                 struct rpcsec_error *err);

/* rpcsec_server_set_node gives this server process its number among those that share a service
 * (0 by default): the top byte of each association group's id, by which a balancer can send a
 * connection that joins an association to the server that has it. **Errors**: INVALID_STATE
 * once the server runs. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_set_node(struct rpcsec_server *server,
                                                                uint8_t node);

/* What a server does and has done. */
struct rpcsec_server_stats {
    size_t size;              /* sizeof(struct rpcsec_server_stats) of the caller */
    uint64_t connections;     /* now */
    uint64_t max_connections; /* the policy's limit, or what descriptors allow */
    uint64_t calls;           /* since it began */
    uint64_t reads;           /* from its connections */
    uint64_t writes;
    uint64_t call_bytes;   /* decoded data of open calls, now */
    uint64_t output_bytes; /* answers that clients have not read, now */
    uint64_t handles;      /* context handles, now */
};

/* rpcsec_server_stats fills as much of *ret_stats as its size says. **Threads**: any. */
RPCSEC_API void rpcsec_server_stats(struct rpcsec_server *server,
                                    struct rpcsec_server_stats *ret_stats);

/* rpcsec_server_binding gives the n-th listening address with its real port, NULL after the
 * last.
 * **Ownership**: the server's. */
RPCSEC_API const char *rpcsec_server_binding(const struct rpcsec_server *server, size_t index);

/* rpcsec_server_run serves until rpcsec_server_stop, then finishes open calls and returns.
 * **Errors**: INVALID_STATE when it listens nowhere, SYSTEM, NO_MEMORY. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_server_run(struct rpcsec_server *server,
                                                           struct rpcsec_error *err);

/* rpcsec_server_stop makes rpcsec_server_run finish open calls and return. Calls that the
 * policy's DRAIN_MS is not enough for lose their connections.
 * **Threads**: any; also from a signal handler. */
RPCSEC_API void rpcsec_server_stop(struct rpcsec_server *server);

RPCSEC_API void rpcsec_server_free(struct rpcsec_server *server);

/* ---- Inside a manager function ---- */

/* rpcsec_call_peer tells who calls. Never NULL. **Ownership**: lives as long as the call. */
RPCSEC_API const struct rpcsec_peer *rpcsec_call_peer(const struct rpcsec_call *call);

/* rpcsec_call_arena gives the call's arena: out values are allocated from it. */
RPCSEC_API struct rpcsec_arena *rpcsec_call_arena(struct rpcsec_call *call);

/* rpcsec_call_alloc is rpcsec_arena_alloc on the call's arena. */
RPCSEC_API void *rpcsec_call_alloc(struct rpcsec_call *call, size_t len);

/* rpcsec_call_printf formats a string into the call's arena; NULL when memory ends. */
RPCSEC_API char *rpcsec_call_printf(struct rpcsec_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* rpcsec_call_object gives the request's object UUID, NULL when there was none. */
RPCSEC_API const struct rpcsec_uuid *rpcsec_call_object(const struct rpcsec_call *call);

/* rpcsec_call_session_key gives the session key of the security context that protects the call,
 * for protocols that wrap secrets with it, where the service was added with the option
 * session_key.
 * **Ownership**: the call's; it is wiped with it. **Errors**: NOT_FOUND without authentication
 * or that option, or when the mechanism does not tell. **Source**: MS-RPCE 3.3.1.4.3. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_call_session_key(const struct rpcsec_call *call,
                                                                 const uint8_t **ret_key,
                                                                 size_t *ret_len);

/* rpcsec_call_cancelled tells whether the client gave up; a long function should look at it. */
RPCSEC_API bool rpcsec_call_cancelled(const struct rpcsec_call *call);

/* rpcsec_call_fault sets the fault code that the client gets when the manager function returns
 * anything but RPCSEC_OK, and returns REMOTE_FAULT: `return rpcsec_call_fault(call, 5)`. */
RPCSEC_API rpcsec_status rpcsec_call_fault(struct rpcsec_call *call, uint32_t code);

/* ---- Calls that end later ----
 *
 * A manager function that has to wait for something may return before the call is done:
 *
 *     static rpcsec_status slow(struct rpcsec_call *call, uint32_t n, uint32_t *ret_sum)
 *     {
 *         start_work(call, n, ret_sum);
 *         return rpcsec_call_defer(call, NULL, NULL);
 *     }
 *
 * and later, on any thread:
 *
 *         *ret_sum = 42;
 *         (void)rpcsec_call_finish(call, RPCSEC_OK);
 *         rpcsec_call_unref(call);
 *
 * The work must not end the call before it was deferred: defer first where it could. Until it
 * is finished the call keeps its arguments, its arena and its context handles, and no thread.
 */

/* rpcsec_call_defer makes the call end by rpcsec_call_finish; what the manager function returns
 * counts no more. It gives OK, so that a function can end with it. `on_cancel` (NULL: none) is
 * called once when the client cancels the call, orphans it, or is gone, also when that was
 * before: on a thread of the server, which it must not block. It may finish the call, and may
 * run while another thread does: what `arg` points to must live as long as the call, so take it
 * from rpcsec_call_alloc.
 * **Ownership**: the caller holds a reference to the call, and gives it back with
 * rpcsec_call_unref. **Errors**: INVALID_STATE when it was deferred already. */
RPCSEC_API rpcsec_status rpcsec_call_defer(struct rpcsec_call *call,
                                           void (*on_cancel)(struct rpcsec_call *call,
                                                             void *arg),
                                           void *arg);

/* rpcsec_call_finish ends a deferred call, with a result when the status is OK, else with its
 * fault; nothing of the call's but its memory is the caller's after it. A client that is gone
 * makes no difference.
 * **Errors**: INVALID_STATE when the call was finished before, was not deferred, or its server
 * was freed. **Threads**: any. */
RPCSEC_API rpcsec_status rpcsec_call_finish(struct rpcsec_call *call, rpcsec_status status);

/* rpcsec_call_unref gives the reference of rpcsec_call_defer back; a call that was not finished
 * ends with the fault "cancelled". A server that stops waits for its deferred calls, at most as
 * long as the policy's DRAIN_MS; the clients of the others lose their connections. Those may
 * still be finished until rpcsec_server_free, and their references given back after it.
 * **Threads**: any. */
RPCSEC_API void rpcsec_call_unref(struct rpcsec_call *call);

/* ---- Context handles ----
 *
 * A context handle stands for an object of the server that a client may name in later calls.
 * For each handle type `foo` of the IDL, rpcsec-idl makes a C type of its own and foo_new,
 * foo_get and foo_take over the functions below; a program calls those. An IDL parameter that
 * is a context handle without a typedef is of type struct rpcsec_context_handle, and its type
 * is named "context_handle" here.
 *
 * A handle is good for the association, the client (by the SID of its ticket, else by its
 * principal) and mechanism, the interface and the type that it was made with, at its level or a
 * better one. A call that names another is refused
 * with fault 0x1C00001A (context mismatch) before the manager function runs: inside of it, an
 * [in] handle always has its object. Calls with the same handle run one after the other; for a
 * type that the IDL calls context_handle_noserialize, those that take it [in] only run at the
 * same time. When the last connection of the client's association is gone, and no call of it
 * runs any more, foo_rundown of the ops is called with the object of each handle that is left,
 * on a thread of the server. Source: C706 5.1.6, MS-RPCE 3.3.1.4.1. */

/* rpcsec_call_handle_new makes a handle for `object`, which must not be NULL. If the call fails
 * after all, or nobody waits for its answer, the object is run down.
 * **Ownership**: the object is the handle's until rpcsec_call_handle_take or its rundown.
 * **Errors**: LIMIT (the policy's HANDLES and SERVER_HANDLES), NO_MEMORY, INVALID_ARGUMENT. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_call_handle_new(struct rpcsec_call *call, const char *type, void *object,
                       struct rpcsec_context_handle *ret_handle);

/* rpcsec_call_handle_get gives the object of a handle that came with this call, or was made in
 * it; NULL for one that the client left empty ([in, out] ones may be). */
RPCSEC_API void *rpcsec_call_handle_get(struct rpcsec_call *call, const char *type,
                                        const struct rpcsec_context_handle *handle);

/* rpcsec_call_handle_take ends a handle: clears it, and gives its object back to the caller.
 * NULL where rpcsec_call_handle_get gives NULL, and for an [in] handle that other calls may
 * have at the same time. */
RPCSEC_API void *rpcsec_call_handle_take(struct rpcsec_call *call, const char *type,
                                         struct rpcsec_context_handle *handle);

#ifdef __cplusplus
}
#endif
#endif
