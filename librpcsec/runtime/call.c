/* SPDX-License-Identifier: MIT
 *
 * runtime/call.c: one call on a server: decoding, the manager function, the answer. Layer:
 * runtime. Documents: C706 12.6.4.9 and .10, C706 appendix E (fault codes), MS-RPCE 3.3.3.5.
 *
 * Decoding and encoding happen on the home's thread, the manager function on a pool unless the
 * interface was registered as one that does not block.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/trace.h"
#include "ndr/ndr.h"
#include "runtime/call.h"
#include "runtime/local.h"
#include "runtime/report.h"
#include "runtime/stub.h"

#define MAX_SESSION_KEY_LEN 64   /* bytes; AES-256 has 32 */
#define LEAST_ARENA_BYTES   4096 /* less left than this: the server is too busy for a call */
#define MAX_SPARE_CALLS     64   /* kept by each loop, with 4 KiB of memory each */

/* ---- fault codes ---- */

/* C706 appendix E; UNSPEC stands for everything that a client can do nothing about. */
static uint32_t fault_of(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_NO_MEMORY:
        return PDU_FAULT_REMOTE_NO_MEMORY;
    case RPCSEC_ACCESS_DENIED:
    case RPCSEC_POLICY_REFUSED:
        return PDU_FAULT_ACCESS_DENIED;
    case RPCSEC_BAD_STUB:
    case RPCSEC_TRUNCATED:
    case RPCSEC_TRAILING_DATA:
    case RPCSEC_BAD_FORMAT:
        return PDU_FAULT_BAD_STUB_DATA;
    case RPCSEC_LIMIT:
        return PDU_FAULT_OUT_ARGS_TOO_BIG;
    case RPCSEC_UNKNOWN_OPERATION:
        return PDU_FAULT_OP_RNG_ERROR;
    case RPCSEC_CONTEXT_MISMATCH:
        return PDU_FAULT_CONTEXT_MISMATCH;
    case RPCSEC_CANCELLED:
        return PDU_FAULT_CANCEL;
    default:
        return PDU_FAULT_UNSPEC;
    }
}

/* ---- beginning and end of the object ---- */

/* What is left of a budget; another thread may have gone over it a little. */
static size_t left_of(uint64_t budget, size_t used)
{
    uint64_t left = used < budget ? budget - used : 0;

    return left < SIZE_MAX ? (size_t)left : SIZE_MAX;
}

/* A call may be small and ask for much: many at once share the memory of one. */
static size_t arena_room(const struct connection *c)
{
    struct rpcsec_server *server = c->home->server;
    size_t own = left_of(policy_limit(server->policy, RPCSEC_LIMIT_ARENA_BYTES), c->call_bytes);
    size_t all = left_of(policy_limit(server->policy, RPCSEC_LIMIT_SERVER_BYTES),
                         atomic_load(&server->call_bytes));

    return own < all ? own : all;
}

static void charge(struct rpcsec_call *call)
{
    call->charged = arena_used(call->arena);
    call->connection->call_bytes += call->charged;
    atomic_fetch_add(&call->connection->home->server->call_bytes, call->charged);
}

/* Keeps a call that nobody else holds, if it is of the usual size. */
static bool keep_call(struct home *home, struct rpcsec_call *call)
{
    if (home->num_spare_calls == MAX_SPARE_CALLS || atomic_load(&call->num_refs) != 1 ||
        !arena_rewind(call->arena))
        return false;
    call_let_go(call);
    call->next = home->spare_calls;
    home->spare_calls = call;
    home->num_spare_calls++;
    return true;
}

/* A call of zeros but for its arena; NULL when memory ends. */
static struct rpcsec_call *take_call(struct home *home, size_t arena_max)
{
    struct rpcsec_call *call = home->spare_calls;
    struct rpcsec_arena *arena = call ? call->arena : NULL;

    if (call) {
        home->spare_calls = call->next;
        home->num_spare_calls--;
        memset(call, 0, sizeof(*call));
        arena_set_max(arena, arena_max);
    } else {
        call = mem_zalloc(sizeof(*call));
        arena = call ? rpcsec_arena_new(arena_max) : NULL;
    }
    if (!call)
        return NULL;
    atomic_store(&call->num_refs, 1);
    call->arena = arena;
    return call;
}

void server_calls_done(struct home *home)
{
    struct rpcsec_call *next;

    for (struct rpcsec_call *call = home->spare_calls; call; call = next) {
        next = call->next;
        call_unref(call);
    }
    home->spare_calls = NULL;
    home->num_spare_calls = 0;
}

/* The server is done with it; who deferred it may hold it still. */
static void call_free(struct rpcsec_call *call)
{
    struct home *home = call->connection->home;

    call->connection->call_bytes -= call->charged;
    atomic_fetch_sub(&home->server->call_bytes, call->charged);
    if (!keep_call(home, call))
        call_unref(call);
}

static void forget(struct rpcsec_call *call)
{
    struct rpcsec_call **at = &call->connection->calls;

    while (*at && *at != call)
        at = &(*at)->next;
    if (*at)
        *at = call->next;
}

static const char *copy_text(struct rpcsec_call *call, const char *text)
{
    return arena_strndup(call->arena, text, strlen(text));
}

/* The peer's strings are copied, its SIDs held: the connection may end while the call still
 * runs. */
static rpcsec_status copy_peer(struct rpcsec_call *call, const struct sec_context *sec)
{
    static const struct rpcsec_peer nobody = {
        .principal = "",
        .target = "",
        .enctype = "",
        .level = RPCSEC_LEVEL_NONE,
        .expires = INT64_MAX,
    };
    const struct rpcsec_peer *local = local_peer(call->connection->local);
    const struct rpcsec_peer *peer = sec ? sspi_ctx_peer(sec->ctx) : local ? local : &nobody;
    struct transport *transport = call->connection->transport;

    call->peer = *peer;
    if (peer->local) {
        call->local = *peer->local;
        call->peer.local = &call->local;
    }
    call->pac = sec ? sspi_ctx_pac_ref(sec->ctx) : NULL;
    call->peer.principal = copy_text(call, peer->principal);
    call->peer.target = copy_text(call, peer->target);
    call->peer.enctype = copy_text(call, peer->enctype);
    call->peer.address = copy_text(call, transport->ops->peer_address(transport));
    return call->peer.principal && call->peer.target && call->peer.enctype && call->peer.address
               ? RPCSEC_OK
               : RPCSEC_NO_MEMORY;
}

static rpcsec_status call_new(struct connection *c, const struct assoc_event *event,
                              struct rpcsec_call **ret_call)
{
    const struct registry_entry *entry = event->call.interface->arg;
    size_t room = arena_room(c);
    struct rpcsec_call *call;

    if (room < LEAST_ARENA_BYTES)
        return RPCSEC_LIMIT;
    call = take_call(c->home, room);
    if (!call)
        return RPCSEC_NO_MEMORY;
    call->connection = c;
    call->share = c->by_name ? c->by_name : c->by_address;
    call->entry = entry;
    call->operation = &entry->interface->operations[event->call.opnum];
    call->call_id = event->call.call_id;
    call->ndr64 = event->call.ndr64;
    call->has_object = event->call.has_object;
    call->object = event->call.object;
    if (!call->arena || copy_peer(call, event->call.sec)) {
        call_free(call);
        return RPCSEC_NO_MEMORY;
    }
    *ret_call = call;
    return RPCSEC_OK;
}

/* ---- decoding ---- */

/* Room for [out] arrays is made, and zeroed, on the home's thread at a request's word: little
 * for strangers, and where functions that strangers may call run on that thread too. */
static size_t max_out_len(const struct rpcsec_call *call)
{
    const struct rpcsec_policy *policy = call->connection->home->server->policy;
    const struct assoc_interface *interface = &call->entry->assoc;
    size_t max = (size_t)policy_limit(policy, RPCSEC_LIMIT_RESPONSE_BYTES);
    bool is_stranger =
        call->peer.mechanism == RPCSEC_MECH_NONE && interface->least_level > RPCSEC_LEVEL_NONE;
    bool is_open = call->entry->non_blocking && interface->open_operations;

    return (is_stranger || is_open) && max > LIMIT_OPEN_REPLY_LEN ? LIMIT_OPEN_REPLY_LEN : max;
}

static struct ndr_options options_for(const struct rpcsec_call *call,
                                      enum ndr_direction direction)
{
    return (struct ndr_options){
        .syntax = call->ndr64 ? NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR,
        .direction = direction,
        .max_out_len = max_out_len(call),
    };
}

static rpcsec_status decode(struct rpcsec_call *call, const struct assoc_event *event,
                            struct rpcsec_error *err)
{
    const struct rpcsec_ndr_record *record = call->operation->args;
    const struct ndr_options options = options_for(call, NDR_IN);
    struct cur cur;
    rpcsec_status status;

    call->args = rpcsec_arena_alloc(call->arena, record->mem_size);
    if (!call->args)
        return error_no_memory(err);
    cur_init(&cur, event->call.stub, event->call.stub_len, event->call.big_endian);
    status = ndr_decode(&cur, record, call->args, &options, call->arena, err);
    /* Bytes after the last argument are let be, as Windows and Samba do: they are protected
     * like the others, and a newer client may have put them there. */
    return status;
}

/* ---- answering ---- */

/* A call that can be ended neither by a reply nor by a fault ends with its connection: the
 * client must not wait for ever. */
static void send_fault(struct connection *c, uint32_t call_id, uint32_t code)
{
    rpcsec_status status =
        assoc_fault(c->assoc, call_id, code, false, loop_time_ms(c->home->loop));

    if (status && status != RPCSEC_NOT_FOUND && status != RPCSEC_CLOSED)
        c->ended = true;
}

static rpcsec_status encode(struct rpcsec_call *call, struct rpcsec_error *err)
{
    const struct ndr_options options = options_for(call, NDR_OUT);
    struct connection *c = call->connection;
    struct writer *writer = &c->home->writer;
    struct writer_shape shape;
    rpcsec_status status = assoc_reply_shape(c->assoc, call->call_id, &shape);

    if (!connection_may_answer(c)) {
        c->ended = true;
        return error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
                         "the server's clients do not read their answers, this one neither: "
                         "its connection is closed");
    }
    if (status)
        return status;
    writer_reset(writer, &shape, false);
    assoc_lend_segments(c->assoc, writer);
    status = ndr_encode(writer, call->operation->args, call->args, &options, err);
    if (status)
        return status;
    return assoc_reply(c->assoc, call->call_id, writer, loop_time_ms(c->home->loop));
}

/* What the server's program hears of a call that failed. */
static void report_call(struct rpcsec_call *call, struct rpcsec_error *err,
                        rpcsec_status status, uint32_t code)
{
    if (!err->status)
        (void)error_set(err, status, RPCSEC_LAYER_STUB,
                        "a call of %s.%s ended with fault 0x%08x (%s): %s",
                        call->entry->interface->name, call->operation->name, (unsigned)code,
                        pdu_fault_name(code), rpcsec_status_text(status));
    err->wire_status = code;
    err->pdu_type = PDU_REQUEST;
    TRACE("runtime", "call_failed", "operation=%s status=%s fault=0x%08x text=\"%s\"",
          call->operation->name, rpcsec_status_name(status), (unsigned)code,
          rpcsec_error_text(err));
    report_error(call->connection, &call->peer, err);
}

/* Where a failure is told. It is large, and most calls do not fail: only what was used is
 * cleared. */
static struct rpcsec_error *clean_error(struct home *home)
{
    if (home->error.status)
        rpcsec_error_init(&home->error, sizeof(home->error));
    return &home->error;
}

/* True when the result is on its way. */
static bool answer(struct rpcsec_call *call)
{
    struct rpcsec_error *err = clean_error(call->connection->home);
    rpcsec_status status = call->status ? call->status : encode(call, err);
    uint32_t code = call->status && call->fault_code ? call->fault_code : fault_of(status);

    if (status == RPCSEC_OK)
        return !call->orphaned;
    /* Said by the association, not by the manager function: nobody waits any more. */
    if (!call->status && (status == RPCSEC_NOT_FOUND || status == RPCSEC_CLOSED))
        return false;
    report_call(call, err, status, code);
    send_fault(call->connection, call->call_id, code);
    return false;
}

/* ---- running ---- */

/* On the home's thread: the manager function is done. */
static void finish(struct rpcsec_call *call)
{
    bool delivered = !connection_is_closed(call->connection) && answer(call);

    call_handles_end(call, delivered);
    call_free(call);
}

/* Who gave up while the call waited for a thread does not get one: a client could fill the
 * queue and be gone. */
static void run_manager(void *arg)
{
    struct rpcsec_call *call = arg;
    struct rpcsec_server *server = server_of_call(call);
    struct loop *loop = call->connection->home->loop;
    rpcsec_status status = RPCSEC_CANCELLED;

    if (!rpcsec_call_cancelled(call))
        status = call->operation->dispatch(call, call->entry->ops, call->args);
    share_ran(&server->shares, &call->job);
    if (call_returned(call, status))
        loop_post(loop, &call->back);
}

static void manager_back(void *arg)
{
    struct rpcsec_call *call = arg;
    struct connection *c = call->connection;

    forget(call);
    finish(call);
    connection_job_done(c);
}

/* On any thread. */
static void submit(struct rpcsec_call *call)
{
    struct connection *c = call->connection;
    struct rpcsec_server *server = c->home->server;
    const size_t max = (size_t)policy_limit(server->policy, RPCSEC_LIMIT_CLIENT_THREADS);

    if (call->handles.status || !server->call_pool) {
        call->status = call->handles.status ? call->handles.status : RPCSEC_CANCELLED;
        loop_post(c->home->loop, &call->back);
        return;
    }
    call->job.job = (struct pool_job){.run = run_manager, .arg = call};
    share_submit(&server->shares, call->share, server->call_pool, &call->job, max);
}

/* The handles that it waited for are its own, on any thread. */
static void handles_ready(void *arg)
{
    submit(arg);
}

static void run_here(struct rpcsec_call *call)
{
    struct connection *c = call->connection;

    if (!call_returned(call, call->operation->dispatch(call, call->entry->ops, call->args)))
        return;
    forget(call);
    finish(call);
    c->num_jobs--;
}

/* A function that never blocks runs here at once, but for one whose handles another call has:
 * that one comes by way of the pool. */
static void start(struct rpcsec_call *call)
{
    struct connection *c = call->connection;

    call->next = c->calls;
    c->calls = call;
    c->num_jobs++;
    call->back = (struct loop_task){.run = manager_back, .arg = call};
    call->handles.ready = handles_ready;
    call->handles.arg = call;
    if (!handles_acquire(&c->home->server->handles, &call->handles))
        return;
    if (call->entry->non_blocking)
        run_here(call);
    else
        submit(call);
}

/* The server has ended, and whoever deferred the call never finished it. */
static void abandon(struct rpcsec_call *call)
{
    struct connection *c = call->connection;

    if (!call_claim(call))
        return; /* it was finished, and is posted */
    call->status = RPCSEC_CANCELLED;
    forget(call);
    finish(call);
    c->num_jobs--;
}

void server_calls_abandon(struct connection *c)
{
    struct rpcsec_call *next;

    for (struct rpcsec_call *call = c->calls; call; call = next) {
        next = call->next;
        abandon(call);
    }
}

static bool can_run(const struct rpcsec_operation *operation)
{
    return operation->dispatch && operation->args &&
           !(operation->flags & RPCSEC_OPERATION_UNUSED);
}

/* ---- beginning ---- */

static rpcsec_status authorise(const struct rpcsec_call *call, const struct assoc_event *event,
                               struct rpcsec_error *err)
{
    const struct registry_entry *entry = call->entry;
    const struct rpcsec_request request = {
        .peer = &call->peer,
        .interface = entry->interface,
        .opnum = event->call.opnum,
        .object = rpcsec_call_object(call),
    };

    if (!entry->authorise || entry->authorise(entry->authorise_arg, &request))
        return RPCSEC_OK;
    return error_set(err, RPCSEC_ACCESS_DENIED, RPCSEC_LAYER_POLICY,
                     "'%s' may not call %s.%s: the server's authorisation said no",
                     call->peer.principal, entry->interface->name, call->operation->name);
}

static rpcsec_status keep_session_key(struct rpcsec_call *call, const struct sec_context *sec)
{
    struct buf key;
    rpcsec_status status;

    if (!call->entry->session_key || !sec)
        return RPCSEC_OK;
    buf_init(&key, MAX_SESSION_KEY_LEN);
    key.secret = true;
    status = sspi_ctx_session_key(sec->ctx, &key);
    if (status == RPCSEC_OK && key.len) {
        call->session_key = secret_alloc(key.len);
        status = call->session_key ? RPCSEC_OK : RPCSEC_NO_MEMORY;
    }
    if (call->session_key) {
        call->session_key_len = key.len;
        memcpy(call->session_key, key.data, key.len);
    }
    buf_done(&key);
    return status == RPCSEC_NO_MEMORY ? status : RPCSEC_OK; /* not every mechanism tells */
}

/* All that can be refused before the manager function runs. */
static rpcsec_status prepare(struct rpcsec_call *call, const struct assoc_event *event,
                             struct rpcsec_error *err)
{
    rpcsec_status status = can_run(call->operation) ? RPCSEC_OK : RPCSEC_UNKNOWN_OPERATION;

    if (status == RPCSEC_OK)
        status = authorise(call, event, err);
    if (status == RPCSEC_OK)
        status = keep_session_key(call, event->call.sec);
    if (status == RPCSEC_OK)
        status = decode(call, event, err);
    if (status == RPCSEC_OK)
        status = call_handles_find(call);
    return status;
}

/* There is not even room for the call's object. */
static void refuse_unmade(struct connection *c, const struct assoc_event *event,
                          rpcsec_status status)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint32_t code =
        status == RPCSEC_LIMIT ? PDU_FAULT_SERVER_TOO_BUSY : PDU_FAULT_REMOTE_NO_MEMORY;

    (void)error_set(&err, status, RPCSEC_LAYER_POLICY,
                    "there is no memory for a call: the open calls have what policy allows");
    err.wire_status = code;
    report_error(c, connection_peer(c), &err);
    send_fault(c, event->call.call_id, code);
}

void server_call_begin(struct connection *c, const struct assoc_event *event)
{
    struct rpcsec_error *err = clean_error(c->home);
    struct rpcsec_call *call = NULL;
    rpcsec_status status = call_new(c, event, &call);
    uint32_t code;

    atomic_fetch_add_explicit(&c->home->server->stats.calls_in, 1, memory_order_relaxed);
    if (status) {
        refuse_unmade(c, event, status);
        return;
    }
    status = prepare(call, event, err);
    if (status == RPCSEC_OK) {
        charge(call);
        start(call);
        return;
    }
    code = err->wire_status ? err->wire_status : fault_of(status);
    report_call(call, err, status, code);
    send_fault(c, event->call.call_id, code);
    call_free(call);
}

void server_call_cancel(struct connection *c, uint32_t call_id, bool orphaned)
{
    for (struct rpcsec_call *call = c->calls; call; call = call->next) {
        if (call->call_id != call_id)
            continue;
        call->orphaned |= orphaned;
        call_cancel(call);
    }
}

void server_calls_cancel(struct connection *c)
{
    for (struct rpcsec_call *call = c->calls; call; call = call->next)
        call_cancel(call);
}

/* ---- what a manager function asks ---- */

struct rpcsec_server *server_of_call(const struct rpcsec_call *call)
{
    return call->connection->home->server;
}

const struct rpcsec_peer *rpcsec_call_peer(const struct rpcsec_call *call)
{
    return &call->peer;
}

struct rpcsec_arena *rpcsec_call_arena(struct rpcsec_call *call)
{
    return call->arena;
}

void *rpcsec_call_alloc(struct rpcsec_call *call, size_t len)
{
    return rpcsec_arena_alloc(call->arena, len);
}

char *rpcsec_call_printf(struct rpcsec_call *call, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0)
        text = rpcsec_arena_alloc(call->arena, (size_t)len + 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

const struct rpcsec_uuid *rpcsec_call_object(const struct rpcsec_call *call)
{
    return call->has_object ? &call->object : NULL;
}

rpcsec_status rpcsec_call_session_key(const struct rpcsec_call *call, const uint8_t **ret_key,
                                      size_t *ret_len)
{
    if (!call->session_key)
        return RPCSEC_NOT_FOUND;
    *ret_key = call->session_key;
    *ret_len = call->session_key_len;
    return RPCSEC_OK;
}

bool rpcsec_call_cancelled(const struct rpcsec_call *call)
{
    return atomic_load(&call->cancelled);
}

rpcsec_status rpcsec_call_fault(struct rpcsec_call *call, uint32_t code)
{
    call->fault_code = code;
    return RPCSEC_REMOTE_FAULT;
}
