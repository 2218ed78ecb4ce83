/* SPDX-License-Identifier: MIT
 *
 * runtime/client_pending.c: asynchronous calls as their owners see them. Layer: runtime.
 * Documents: C706 9.3 (cancels), 12.6.4.1, 12.6.4.8.
 *
 * The arguments are encoded when the call is started and the answer is decoded when it is
 * received, both on the owner's thread: the driver, who may be another one, touches neither the
 * owner's arguments nor its arena.
 */
#include <string.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "base/error.h"
#include "ndr/ndr.h"
#include "runtime/client.h"
#include "runtime/stub.h"

#define STUB_SEGMENT_LEN 4096 /* bytes: of the writer that a stub is encoded with */

/* ---- starting ---- */

static void pending_delete(struct rpcsec_pending *pending)
{
    struct client_link *link = pending->link;

    pthread_mutex_lock(&link->lock);
    link->num_pending--;
    if (link->telling == pending)
        link->telling = NULL;
    pthread_mutex_unlock(&link->lock);
    client_call_done(&pending->call);
    buf_done(&pending->stubs[0]);
    buf_done(&pending->stubs[1]);
    buf_done(&pending->reply);
    mem_free(pending);
    client_link_unref(link);
}

/* A place among those that one client may have. */
static rpcsec_status take_place(struct client_link *link, struct rpcsec_error *err)
{
    const uint64_t max = policy_limit(link->policy, RPCSEC_LIMIT_STARTED_CALLS);
    bool has_room;

    pthread_mutex_lock(&link->lock);
    has_room = link->num_pending < max;
    link->num_pending += has_room;
    pthread_mutex_unlock(&link->lock);
    if (has_room)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
                     "%llu calls were started and not received yet: receive some, or raise the "
                     "limit STARTED_CALLS",
                     (unsigned long long)max);
}

static void give_place_back(struct client_link *link)
{
    pthread_mutex_lock(&link->lock);
    link->num_pending--;
    pthread_mutex_unlock(&link->lock);
}

static struct rpcsec_pending *pending_new(struct client_link *link)
{
    struct rpcsec_pending *pending = mem_zalloc(sizeof(*pending));

    if (!pending)
        return NULL;
    rpcsec_error_init(&pending->error, sizeof(pending->error));
    pending->call.pending = pending;
    pending->call.err = &pending->error;
    for (int i = 0; i < 2; i++)
        buf_init(&pending->stubs[i],
                 (size_t)policy_limit(link->policy, RPCSEC_LIMIT_REQUEST_BYTES));
    buf_init(&pending->reply, (size_t)policy_limit(link->policy, RPCSEC_LIMIT_RESPONSE_BYTES));
    if (client_call_init(&pending->call, NULL)) {
        mem_free(pending);
        return NULL;
    }
    atomic_fetch_add(&link->refs, 1);
    pending->link = link;
    return pending;
}

static rpcsec_status encode(struct rpcsec_pending *pending, enum ndr_syntax syntax,
                            const void *args, struct rpcsec_error *err)
{
    const struct ndr_options options = {.direction = NDR_IN, .syntax = syntax};
    struct buf *stub = &pending->stubs[syntax];
    const struct writer_shape shape = {.body_max = STUB_SEGMENT_LEN, .max = stub->max};
    struct writer writer;
    rpcsec_status status;

    writer_init(&writer, &shape, pending->link->options.big_endian);
    status = ndr_encode(&writer, pending->call.operation->args, args, &options, err);
    for (struct segment *s = writer.first; s && status == RPCSEC_OK; s = s->next) {
        buf_bytes(stub, segment_body(s), s->body_len);
        status = buf_status(stub);
    }
    writer_done(&writer);
    pending->has_stub[syntax] = true;
    if (status)
        error_set(err, status, RPCSEC_LAYER_STUB, "the arguments of %s cannot be kept: %s",
                  pending->call.operation->name, rpcsec_status_text(status));
    return status;
}

static rpcsec_status encode_all(struct rpcsec_pending *pending, const void *args,
                                struct rpcsec_error *err)
{
    const unsigned transfers = pending->link->options.transfers;
    rpcsec_status status = RPCSEC_OK;

    if (transfers & RPCSEC_TRANSFER_NDR)
        status = encode(pending, NDR_SYNTAX_NDR, args, err);
    if (status == RPCSEC_OK && transfers & RPCSEC_TRANSFER_NDR64)
        status = encode(pending, NDR_SYNTAX_NDR64, args, err);
    return status;
}

/* The object lives in the view, which may be closed before the call ends. */
static void keep_object(struct rpcsec_pending *pending)
{
    if (!pending->call.object)
        return;
    pending->object = *pending->call.object;
    pending->call.object = &pending->object;
}

static rpcsec_status queue(struct client_link *link, struct rpcsec_pending *pending,
                           struct rpcsec_error *err)
{
    bool closed;

    pthread_mutex_lock(&link->lock);
    closed = link->closed;
    if (!closed)
        client_call_queue(link, &pending->call);
    pthread_mutex_unlock(&link->lock);
    return closed ? error_set(err, RPCSEC_CLOSED, RPCSEC_LAYER_ARGUMENT,
                              "the client is being closed")
                  : RPCSEC_OK;
}

static rpcsec_status start(struct rpcsec_client *client, struct rpcsec_pending *pending,
                           const struct rpcsec_interface *interface, uint32_t opnum,
                           const void *args, struct rpcsec_error *err)
{
    rpcsec_status status = client_describe_call(client, interface, opnum, &pending->call, err);

    if (status == RPCSEC_OK)
        status = encode_all(pending, args, err);
    keep_object(pending);
    return status ? status : queue(client->link, pending, err);
}

rpcsec_status rpcsec_client_send(struct rpcsec_client *client,
                                 const struct rpcsec_interface *interface, uint32_t opnum,
                                 const void *args, rpcsec_pending_done *done, void *done_arg,
                                 struct rpcsec_pending **ret_call, struct rpcsec_error *err)
{
    struct rpcsec_pending *pending;
    rpcsec_status status;

    error_clear(err);
    if (!client || !interface || !args || !ret_call)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a call needs a client, an interface and arguments");
    status = take_place(client->link, err);
    if (status)
        return status;
    pending = pending_new(client->link);
    if (!pending) {
        give_place_back(client->link);
        return error_no_memory(err);
    }
    pending->done = done;
    pending->done_arg = done_arg;
    *ret_call = pending; /* before a driver can end it */
    status = start(client, pending, interface, opnum, args, err);
    if (status) {
        *ret_call = NULL;
        pending_delete(pending);
    }
    return status;
}

/* ---- ending ---- */

static struct rpcsec_pending *take_ended(struct client_link *link, bool *ret_abandoned)
{
    struct rpcsec_pending *pending;

    pthread_mutex_lock(&link->lock);
    pending = link->ended;
    if (pending) {
        link->ended = pending->next;
        link->telling = pending;
        pending->call.state = CALL_DONE;
        *ret_abandoned = pending->abandoned;
    }
    pthread_mutex_unlock(&link->lock);
    return pending;
}

/* True when the call is still there and was given up in the meantime. */
static bool was_told(struct client_link *link, const struct rpcsec_pending *pending)
{
    bool abandoned;

    pthread_mutex_lock(&link->lock);
    abandoned = link->telling == pending && pending->abandoned;
    link->telling = NULL;
    pthread_mutex_unlock(&link->lock);
    return abandoned;
}

void client_tell_owners(struct client_link *link)
{
    struct rpcsec_pending *pending;
    bool abandoned = false;

    while (link->ended && (pending = take_ended(link, &abandoned)) != NULL) {
        if (!abandoned)
            pending->done(pending, pending->done_arg); /* may free it */
        if (was_told(link, pending) || abandoned)
            pending_delete(pending);
    }
}

bool rpcsec_pending_has_ended(struct rpcsec_pending *call)
{
    bool ended;

    pthread_mutex_lock(&call->link->lock);
    ended = call->call.state == CALL_DONE;
    pthread_mutex_unlock(&call->link->lock);
    return ended;
}

void rpcsec_pending_cancel(struct rpcsec_pending *call)
{
    pthread_mutex_lock(&call->link->lock);
    call->call.cancel = true;
    atomic_store(&call->link->cancels, true);
    wake_ring(&call->link->wake);
    pthread_mutex_unlock(&call->link->lock);
}

/* Another thread that is telling the owner frees it itself. */
static bool is_told_elsewhere(const struct rpcsec_pending *call)
{
    return call->link->telling == call && !pthread_equal(call->link->driver, pthread_self());
}

void rpcsec_pending_free(struct rpcsec_pending *call)
{
    struct client_link *link;
    bool ended;

    if (!call)
        return;
    link = call->link;
    pthread_mutex_lock(&link->lock);
    ended = call->call.state == CALL_DONE && !is_told_elsewhere(call);
    call->abandoned = true;
    call->call.cancel = true;
    atomic_store(&link->cancels, true);
    wake_ring(&link->wake);
    pthread_mutex_unlock(&link->lock);
    if (ended)
        pending_delete(call);
}

/* ---- receiving ---- */

static rpcsec_status wait_for_end(struct rpcsec_pending *call, struct rpcsec_error *err)
{
    struct client_link *link = call->link;
    rpcsec_status status = RPCSEC_INVALID_STATE;

    pthread_mutex_lock(&link->lock);
    if (call->call.state == CALL_DONE || !call->done)
        status = client_call_wait(link, &call->call);
    pthread_mutex_unlock(&link->lock);
    if (status == RPCSEC_OK)
        return RPCSEC_OK;
    return error_set(err, status, RPCSEC_LAYER_ARGUMENT, "%s",
                     call->done ? "the call has not ended: receive it in its done function"
                                : "a done function may not wait for a call");
}

static rpcsec_status check_receiver(const struct rpcsec_pending *call,
                                    const struct rpcsec_arena *arena,
                                    const struct rpcsec_interface *interface, uint32_t opnum,
                                    const void *args, struct rpcsec_error *err)
{
    if (arena && args && interface == call->call.interface && opnum == call->call.opnum)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "a call of %s is received with an arena, its own receiving function and "
                     "places for its results",
                     call->call.operation->name);
}

/* What was sent comes first: sizes of what came back may refer to it. */
static rpcsec_status decode(const struct rpcsec_pending *call, struct rpcsec_arena *arena,
                            void *args, struct rpcsec_error *err)
{
    const struct rpcsec_ndr_record *record = call->call.operation->args;
    struct ndr_options options = {.direction = NDR_IN, .syntax = call->call.syntax};
    const struct buf *stub = &call->stubs[options.syntax];
    struct cur cur;
    rpcsec_status status;

    cur_init(&cur, stub->data, stub->len, call->link->options.big_endian);
    status = ndr_decode(&cur, record, args, &options, arena, err);
    if (status || call->call.operation->flags & RPCSEC_OPERATION_MAYBE)
        return status;
    options.direction = NDR_OUT;
    cur_init(&cur, call->reply.data, call->reply.len, call->reply_big_endian);
    status = ndr_decode(&cur, record, args, &options, arena, err);
    return status ? status : stub_check_end(&cur, err);
}

static rpcsec_status result(const struct rpcsec_pending *call, struct rpcsec_arena *arena,
                            void *args, struct rpcsec_error *err)
{
    rpcsec_status status = call->call.status;

    if (status) {
        error_copy(err, &call->error);
        return status;
    }
    status = decode(call, arena, args, err);
    if (status && err && err->size >= offsetof(struct rpcsec_error, wire_status))
        err->outcome = RPCSEC_OUTCOME_RAN;
    return status;
}

rpcsec_status rpcsec_pending_recv(struct rpcsec_pending *call, struct rpcsec_arena *arena,
                                  const struct rpcsec_interface *interface, uint32_t opnum,
                                  void *args, struct rpcsec_error *err)
{
    rpcsec_status status;

    error_clear(err);
    if (!call)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no call to receive");
    status = wait_for_end(call, err);
    if (status)
        return status;
    status = check_receiver(call, arena, interface, opnum, args, err);
    if (status == RPCSEC_OK)
        status = result(call, arena, args, err);
    pending_delete(call);
    return status;
}
