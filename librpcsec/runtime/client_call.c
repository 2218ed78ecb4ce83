/* SPDX-License-Identifier: MIT
 *
 * runtime/client_call.c: one call of a client, from the caller's thread to its end.
 * Layer: runtime. Documents: C706 12.6.4.9 and .10 (request, response), C706 appendix E
 * (faults).
 */
#include <string.h>
#include <time.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "base/error.h"
#include "ndr/ndr.h"
#include "runtime/client.h"
#include "runtime/stub.h"

/* ---- waiting ---- */

rpcsec_status client_call_init(struct client_call *call, struct rpcsec_error *err)
{
    pthread_condattr_t attributes;
    int failed;

    if (pthread_condattr_init(&attributes))
        return error_no_memory(err);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC); /* the clock of loop_now_ms */
    failed = pthread_cond_init(&call->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return failed ? error_no_memory(err) : RPCSEC_OK;
}

void client_call_done(struct client_call *call)
{
    pthread_cond_destroy(&call->changed);
}

/* The driver watches over the deadlines of calls that it has taken. */
static void wait_for_change(struct client_link *link, struct client_call *call)
{
    struct timespec until = {
        .tv_sec = (time_t)(call->deadline_ms / 1000),
        .tv_nsec = (long)(call->deadline_ms % 1000) * 1000000,
    };

    if (call->state == CALL_QUEUED)
        pthread_cond_timedwait(&call->changed, &link->lock, &until);
    else
        pthread_cond_wait(&call->changed, &link->lock);
}

/* A driver that does not wait looks once more before it does, or leaves its role. Without one
 * news that were not looked at yet have rung already. */
void client_call_queue(struct client_link *link, struct client_call *call)
{
    const bool was_rung = link->news;

    call->next = NULL;
    call->prev = link->last_call;
    *(call->prev ? &call->prev->next : &link->calls) = call;
    link->last_call = call;
    if (!link->unsent)
        link->unsent = call;
    link->news = true;
    if (call->cancel)
        atomic_store(&link->cancels, true);
    if (link->waiting || (!link->driving && call->pending && !was_rung))
        wake_ring(&link->wake); /* the driver, or a program's own loop */
    link->waiting = false;
}

void client_call_requeue(struct client_link *link, struct client_call *call)
{
    call->state = CALL_QUEUED;
    link->unsent = link->calls;
    pthread_cond_signal(&call->changed); /* it watches over its own deadline again */
}

static void unlink_call(struct client_link *link, struct client_call *call)
{
    if (link->unsent == call)
        link->unsent = call->next;
    *(call->prev ? &call->prev->next : &link->calls) = call->next;
    *(call->next ? &call->next->prev : &link->last_call) = call->prev;
}

/* What a program's own loop is to wait for from now on. */
static void watch_connection(struct client_link *link)
{
    if (link->transport && link->assoc)
        watch_set(&link->watch, link->transport->ops->descriptor(link->transport),
                  client_wanted_events(link));
}

/* The role goes to the oldest call that a thread waits for; false: there is none. */
static bool hand_role_on(struct client_link *link)
{
    struct client_call *next = link->calls;

    while (next && !next->waited)
        next = next->next;
    if (next)
        pthread_cond_signal(&next->changed);
    return next != NULL;
}

bool client_leave_role(struct client_link *link)
{
    bool taken;

    link->driving = false;
    link->waiting = false;
    if (!link->calls && link->assoc)
        assoc_pool_trim(assoc_pool_of(link->assoc));
    watch_connection(link);
    taken = hand_role_on(link);
    if (!taken && link->news)
        wake_ring(&link->wake); /* queued while we left: a program's own loop may wait */
    return taken;
}

static void drive_or_wait(struct client_link *link, struct client_call *call)
{
    if (link->driving) {
        wait_for_change(link, call);
        if (call->state == CALL_QUEUED && loop_now_ms() >= call->deadline_ms)
            client_call_fail(link, call, RPCSEC_TIMED_OUT, RPCSEC_OUTCOME_NOT_RUN, NULL);
        return;
    }
    link->driving = true;
    link->driver = pthread_self();
    pthread_mutex_unlock(&link->lock);
    client_drive(link, call);
    pthread_mutex_lock(&link->lock);
    if (!client_leave_role(link) && link->calls)
        wake_ring(&link->wake); /* a program's own loop may have to go on */
}

rpcsec_status client_call_wait(struct client_link *link, struct client_call *call)
{
    if (call->state != CALL_DONE && link->driving &&
        pthread_equal(link->driver, pthread_self()))
        return RPCSEC_INVALID_STATE;
    call->waited = true;
    while (call->state != CALL_DONE)
        drive_or_wait(link, call);
    if (!link->driving)
        (void)hand_role_on(link); /* we may have been given it when our own time was over */
    return RPCSEC_OK;
}

rpcsec_status client_call_run(struct client_link *link, struct client_call *call)
{
    rpcsec_status status = client_call_init(call, call->err);

    if (status)
        return status;
    pthread_mutex_lock(&link->lock);
    client_call_queue(link, call);
    status = client_call_wait(link, call);
    if (status)
        client_call_fail(link, call, status, RPCSEC_OUTCOME_NOT_RUN, NULL);
    pthread_mutex_unlock(&link->lock);
    client_call_done(call);
    return call->status;
}

/* ---- ending ---- */

static void set_outcome(struct rpcsec_error *err, enum rpcsec_outcome outcome)
{
    if (err && err->size >= offsetof(struct rpcsec_error, wire_status))
        err->outcome = outcome;
}

static bool did_not_run(const struct rpcsec_error *err)
{
    return err && err->size >= offsetof(struct rpcsec_error, wire_status) &&
           err->outcome == RPCSEC_OUTCOME_NOT_RUN;
}

/* Its owner is told by the driver, without the lock. */
static void append_ended(struct client_link *link, struct rpcsec_pending *pending)
{
    struct rpcsec_pending **last = &link->ended;

    while (*last)
        last = &(*last)->next;
    *last = pending;
}

void client_call_end(struct client_link *link, struct client_call *call, rpcsec_status status)
{
    unlink_call(link, call);
    call->status = status;
    if (status != RPCSEC_OK && call->may_have_run && did_not_run(call->err))
        set_outcome(call->err, RPCSEC_OUTCOME_UNKNOWN);
    if (call->pending && (call->pending->done || call->pending->abandoned)) {
        call->state = CALL_ENDED;
        append_ended(link, call->pending);
        return;
    }
    call->state = CALL_DONE;
    pthread_cond_signal(&call->changed);
}

static const char *outcome_text(enum rpcsec_outcome outcome)
{
    return outcome == RPCSEC_OUTCOME_NOT_RUN ? "it did not run" : "it may have run";
}

void client_call_fail(struct client_link *link, struct client_call *call, rpcsec_status status,
                      enum rpcsec_outcome outcome, const struct rpcsec_error *why)
{
    if (why && why->status != RPCSEC_OK)
        error_copy(call->err, why);
    else
        error_set(call->err, status, RPCSEC_LAYER_TRANSPORT, "the call of %s ended: %s; %s",
                  call->operation ? call->operation->name : call->interface->name,
                  rpcsec_status_text(status), outcome_text(outcome));
    set_outcome(call->err, outcome);
    client_call_end(link, call, status);
}

/* ---- sending ---- */

/* Shows a request to the program's on_request: the stub as it was and the PDUs as they leave.
 */
static void show_request(struct client_link *link, const uint8_t *plain, size_t plain_len,
                         size_t queued_before)
{
    size_t wire_len = assoc_queued(link->assoc) - queued_before;
    uint8_t *wire = mem_alloc(wire_len);
    struct iovec iov[64];
    size_t num = assoc_output(link->assoc, iov, 64);
    size_t skip = queued_before;
    size_t at = 0;

    for (size_t i = 0; wire && i < num; i++) {
        size_t cut = skip < iov[i].iov_len ? skip : iov[i].iov_len;

        memcpy(wire + at, (uint8_t *)iov[i].iov_base + cut, iov[i].iov_len - cut);
        at += iov[i].iov_len - cut;
        skip -= cut;
    }
    if (wire)
        link->options.on_request(link->options.on_request_arg, plain, plain_len, wire, at);
    mem_free(wire);
}

/* What on_request is to see must be copied before sealing destroys it. */
static uint8_t *copy_plain(struct client_link *link, size_t *ret_len)
{
    uint8_t *plain = link->options.on_request ? mem_alloc(link->writer.len) : NULL;

    *ret_len = link->writer.len;
    if (plain)
        writer_copy(&link->writer, plain);
    return plain;
}

/* The arguments of an asynchronous call are gone but for what was kept of them. */
static rpcsec_status copy_stub(struct client_link *link, const struct client_call *call)
{
    const struct buf *stub = &call->pending->stubs[call->syntax];
    rpcsec_status status = RPCSEC_UNSUPPORTED; /* a server that was started again chose anew */

    if (call->pending->has_stub[call->syntax]) {
        writer_bytes(&link->writer, stub->data, stub->len);
        status = writer_status(&link->writer);
    }
    return status ? error_set(call->err, status, RPCSEC_LAYER_STUB,
                              "the arguments cannot be sent: %s", rpcsec_status_text(status))
                  : RPCSEC_OK;
}

static rpcsec_status encode(struct client_link *link, const struct client_call *call)
{
    const struct ndr_options options = {.direction = NDR_IN, .syntax = call->syntax};
    struct writer_shape shape;
    rpcsec_status status =
        assoc_request_shape(link->assoc, call->identity->sec_id, call->object != NULL, &shape);

    if (status)
        return error_set(call->err, status, RPCSEC_LAYER_PROTOCOL, "no request can be made: %s",
                         rpcsec_status_text(status));
    writer_reset(&link->writer, &shape, link->options.big_endian);
    assoc_lend_segments(link->assoc, &link->writer);
    if (call->pending)
        return copy_stub(link, call);
    return ndr_encode(&link->writer, call->operation->args, call->args, &options, call->err);
}

rpcsec_status client_call_send(struct client_link *link, struct client_call *call,
                               const struct client_context *context)
{
    const struct assoc_request request = {
        .context_id = context->id,
        .opnum = (uint16_t)call->opnum,
        .object = call->object,
        .maybe = call->operation->flags & RPCSEC_OPERATION_MAYBE,
        .sec_id = call->identity->sec_id,
    };
    size_t queued_before = assoc_queued(link->assoc);
    rpcsec_status status;
    uint8_t *plain;
    size_t plain_len;

    call->syntax = context->ndr64 ? NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR;
    status = encode(link, call);
    if (status)
        return status;
    plain = copy_plain(link, &plain_len);
    status = assoc_call(link->assoc, &request, &link->writer, &call->call_id, link->now_ms);
    link->has_maybe |= request.maybe;
    if (status == RPCSEC_OK && plain)
        show_request(link, plain, plain_len, queued_before);
    mem_free(plain);
    if (status)
        error_set(call->err, status, RPCSEC_LAYER_SECURITY,
                  "the request of %s cannot be protected and sent: %s", call->operation->name,
                  rpcsec_status_text(status));
    return status;
}

/* ---- receiving ---- */

/* Kept for rpcsec_pending_recv, which decodes it on its own thread. */
static rpcsec_status keep_reply(struct rpcsec_pending *pending, const struct assoc_event *event)
{
    rpcsec_status status;

    pending->reply_big_endian = event->reply.big_endian;
    buf_bytes(&pending->reply, event->reply.stub, event->reply.stub_len);
    status = buf_status(&pending->reply);
    return status ? error_set(&pending->error, status, RPCSEC_LAYER_STUB,
                              "the answer cannot be kept: %s", rpcsec_status_text(status))
                  : RPCSEC_OK;
}

static rpcsec_status decode(struct client_call *call, const struct assoc_event *event)
{
    const struct ndr_options options = {.direction = NDR_OUT, .syntax = call->syntax};
    struct cur cur;
    rpcsec_status status;

    cur_init(&cur, event->reply.stub, event->reply.stub_len, event->reply.big_endian);
    status =
        ndr_decode(&cur, call->operation->args, call->args, &options, call->arena, call->err);
    return status ? status : stub_check_end(&cur, call->err);
}

void client_call_reply(struct client_link *link, struct client_call *call,
                       const struct assoc_event *event)
{
    rpcsec_status status =
        call->pending ? keep_reply(call->pending, event) : decode(call, event);

    if (status)
        set_outcome(call->err, RPCSEC_OUTCOME_RAN);
    pthread_mutex_lock(&link->lock);
    client_call_end(link, call, status);
    pthread_mutex_unlock(&link->lock);
}

/* A fault that is not signed proves nothing: anyone on the way may have made it. */
static enum rpcsec_outcome outcome_of_fault(const struct assoc_event *event)
{
    if (!event->fault.authenticated)
        return RPCSEC_OUTCOME_UNKNOWN;
    return event->fault.did_not_execute ? RPCSEC_OUTCOME_NOT_RUN : RPCSEC_OUTCOME_RAN;
}

/* The likely cause, for people; MS-RPCE 3.3.3.5. */
static const char *fault_advice(uint32_t status)
{
    switch (status) {
    case PDU_FAULT_ACCESS_DENIED:
        return ": this principal, or this level, may not call it";
    case PDU_FAULT_OP_RNG_ERROR:
    case PDU_FAULT_UNK_IF:
        return ": the server has another version of the interface";
    case PDU_FAULT_BAD_STUB_DATA:
        return ": client and server do not agree about the interface's IDL";
    case PDU_FAULT_CONTEXT_MISMATCH:
        return ": the context handle was closed, or is another association's, caller's or "
               "interface's";
    case PDU_FAULT_SEC_PKG_ERROR:
        return ": the call was altered on the way, or the security context has ended";
    case PDU_FAULT_SERVER_TOO_BUSY:
        return ": try again later";
    default:
        return "";
    }
}

void client_call_fault(struct client_link *link, struct client_call *call,
                       const struct assoc_event *event)
{
    const rpcsec_status status = call->cancel_sent && event->fault.status == PDU_FAULT_CANCEL
                                     ? RPCSEC_CANCELLED
                                     : RPCSEC_REMOTE_FAULT;

    error_set(call->err, status, RPCSEC_LAYER_REMOTE,
              "the server answered %s with fault 0x%08x (%s)%s", call->operation->name,
              (unsigned)event->fault.status, pdu_fault_name(event->fault.status),
              fault_advice(event->fault.status));
    set_outcome(call->err, outcome_of_fault(event));
    if (call->err && call->err->size >= offsetof(struct rpcsec_error, gss_major))
        call->err->wire_status = event->fault.status;
    pthread_mutex_lock(&link->lock);
    client_call_end(link, call, status);
    pthread_mutex_unlock(&link->lock);
}
