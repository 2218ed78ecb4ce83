/* SPDX-License-Identifier: MIT
 *
 * runtime/client_driver.c: the driver of a client: one thread that moves the connection on
 * for all that wait, and for asynchronous calls. Layer: runtime. No lock is held where it
 * reads, writes, encodes, decodes or calls the security package.
 */
#include "base/error.h"
#include "runtime/client.h"

/* A lost connection is made again once for a call that can still be sent. */
#define MAX_ATTEMPTS 1

/* ---- losing the connection ---- */

static void lose_taken(struct client_link *link, struct client_call *call,
                       const struct rpcsec_error *why)
{
    enum rpcsec_outcome outcome = assoc_call_outcome(link->assoc, call->call_id);

    call->may_have_run |= outcome != RPCSEC_OUTCOME_NOT_RUN;
    if (call->may_resend && !call->cancel && call->num_attempts < MAX_ATTEMPTS) {
        call->num_attempts++;
        call->cancel_sent = false;
        client_call_requeue(link, call);
        return;
    }
    client_call_fail(link, call, why->status, outcome, why);
}

/* Calls that were not sent move to a new connection, unless this one never worked: a ticket
 * that could not be had is not asked for twice. */
static void lose_queued(struct client_link *link, struct client_call *call,
                        const struct rpcsec_error *why)
{
    bool worked = link->ready || (!link->written && why->layer != RPCSEC_LAYER_SECURITY);

    if (worked && call->num_attempts < MAX_ATTEMPTS)
        call->num_attempts++;
    else
        client_call_fail(link, call, why->status, RPCSEC_OUTCOME_NOT_RUN, why);
}

static void lose_connection(struct client_link *link, const struct rpcsec_error *why)
{
    struct client_call *next;

    pthread_mutex_lock(&link->lock);
    for (struct client_call *call = link->calls; call; call = next) {
        next = call->next;
        if (call->state == CALL_TAKEN)
            lose_taken(link, call, why);
        else
            lose_queued(link, call, why);
    }
    pthread_mutex_unlock(&link->lock);
    client_disconnect(link);
}

/* A failure of the transport, where the engine knows no better. */
static void lose_transport(struct client_link *link)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;

    error_set_errno(&why, RPCSEC_CONNECTION_LOST, RPCSEC_LAYER_TRANSPORT,
                    link->transport->error,
                    "the connection to %s was lost; its log may tell why",
                    link->transport->ops->peer_address(link->transport));
    lose_connection(link, &why);
}

static void fail_queued(struct client_link *link, const struct rpcsec_error *why)
{
    struct client_call *next;

    pthread_mutex_lock(&link->lock);
    for (struct client_call *call = link->calls; call; call = next) {
        next = call->next;
        client_call_fail(link, call, why->status, RPCSEC_OUTCOME_NOT_RUN, why);
    }
    pthread_mutex_unlock(&link->lock);
}

/* ---- deadlines and cancels ---- */

/* A call that was sent is orphaned: its late reply is still consumed, in sequence. What was
 * sealed is never taken back, so it may run even if it has not left yet. */
static void end_late(struct client_link *link, struct client_call *call)
{
    rpcsec_status ignored = assoc_cancel(link->assoc, call->call_id, true);

    (void)ignored; /* the call ends either way */
    pthread_mutex_lock(&link->lock);
    client_call_fail(link, call, call->cancel_sent ? RPCSEC_CANCELLED : RPCSEC_TIMED_OUT,
                     RPCSEC_OUTCOME_UNKNOWN, NULL);
    pthread_mutex_unlock(&link->lock);
}

/* Nobody will receive it: no answer is waited for either. */
static bool is_abandoned(const struct client_call *call)
{
    return call->pending && call->pending->abandoned;
}

/* Ends queued calls that were cancelled; gives a taken one of which the server does not know.
 */
static struct client_call *find_cancelled(struct client_link *link, bool *ret_abandoned)
{
    struct client_call *found = NULL;
    struct client_call *next;

    pthread_mutex_lock(&link->lock);
    for (struct client_call *call = link->calls; call; call = next) {
        next = call->next;
        if (call->state == CALL_QUEUED && call->cancel)
            client_call_fail(link, call, RPCSEC_CANCELLED, RPCSEC_OUTCOME_NOT_RUN, NULL);
        else if (call->cancel && (!call->cancel_sent || is_abandoned(call)))
            found = call;
    }
    *ret_abandoned = found && is_abandoned(found);
    pthread_mutex_unlock(&link->lock);
    return found;
}

/* C706 9.3: the server is asked to stop; what it answers in time still counts. */
static void send_cancel(struct client_link *link, struct client_call *call)
{
    const uint64_t until_ms =
        loop_now_ms() + policy_limit(link->policy, RPCSEC_LIMIT_CANCEL_MS);
    rpcsec_status ignored = assoc_cancel(link->assoc, call->call_id, false);

    (void)ignored; /* then it ends when the grace does */
    call->cancel_sent = true;
    pthread_mutex_lock(&link->lock);
    if (until_ms < call->deadline_ms)
        call->deadline_ms = until_ms;
    pthread_mutex_unlock(&link->lock);
}

static void cancel_calls(struct client_link *link)
{
    struct client_call *call;
    bool abandoned = false;

    if (!atomic_exchange(&link->cancels, false))
        return;
    while ((call = find_cancelled(link, &abandoned)) != NULL) {
        if (abandoned)
            end_late(link, call);
        else
            send_cancel(link, call);
    }
}

/* Ends queued calls whose time is over; gives a taken one. */
static struct client_call *find_expired(struct client_link *link, uint64_t now_ms)
{
    struct client_call *found = NULL;
    struct client_call *next;

    pthread_mutex_lock(&link->lock);
    for (struct client_call *call = link->calls; call; call = next) {
        next = call->next;
        if (call->deadline_ms > now_ms)
            continue;
        if (call->state == CALL_TAKEN)
            found = call;
        else
            client_call_fail(link, call, RPCSEC_TIMED_OUT, RPCSEC_OUTCOME_NOT_RUN, NULL);
    }
    pthread_mutex_unlock(&link->lock);
    return found;
}

/* Calls that were queued since the deadline was looked for are watched by their threads. */
static void end_expired(struct client_link *link)
{
    struct client_call *call;

    while (link->now_ms >= link->due_ms && (call = find_expired(link, link->now_ms)) != NULL)
        end_late(link, call);
}

uint64_t client_next_deadline(const struct client_link *link)
{
    uint64_t deadline_ms = link->assoc ? assoc_deadline(link->assoc) : LOOP_NEVER;

    for (const struct client_call *call = link->calls; call; call = call->next) {
        if (call->deadline_ms < deadline_ms)
            deadline_ms = call->deadline_ms;
    }
    return deadline_ms;
}

/* Until when to wait: not at all when a call was queued since this turn looked for calls. */
static uint64_t begin_wait(struct client_link *link)
{
    bool news;

    pthread_mutex_lock(&link->lock);
    link->due_ms = client_next_deadline(link);
    news = link->news;
    link->news = false;
    link->waiting = !news;
    pthread_mutex_unlock(&link->lock);
    return news ? 0 : link->due_ms;
}

/* ---- events ---- */

static struct client_call *find_call(struct client_link *link, uint32_t call_id)
{
    struct client_call *call;

    pthread_mutex_lock(&link->lock);
    call = link->calls;
    while (call && (call->state != CALL_TAKEN || call->call_id != call_id))
        call = call->next;
    pthread_mutex_unlock(&link->lock);
    return call;
}

static void on_closed(struct client_link *link, const struct assoc_event *event)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;

    if (event->closed.error && event->closed.error->status)
        error_copy(&why, event->closed.error);
    else
        error_set(&why, event->closed.status ? event->closed.status : RPCSEC_CONNECTION_LOST,
                  RPCSEC_LAYER_TRANSPORT, "the server at %s closed the connection",
                  link->transport->ops->peer_address(link->transport));
    lose_connection(link, &why);
}

static void on_need_token(struct client_link *link, const struct assoc_event *event)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status;

    status = client_take_step(link, event, &why);
    link->now_ms = loop_now_ms();
    if (status)
        lose_connection(link, &why);
}

static void on_event(struct client_link *link, const struct assoc_event *event)
{
    struct client_call *call;

    switch (event->type) {
    case ASSOC_NEED_TOKEN:
        on_need_token(link, event);
        break;
    case ASSOC_BOUND:
        client_note_bound(link, event);
        break;
    case ASSOC_REPLY:
        call = find_call(link, event->reply.call_id);
        if (call)
            client_call_reply(link, call, event);
        break;
    case ASSOC_FAULT:
        call = find_call(link, event->fault.call_id);
        if (call)
            client_call_fault(link, call, event);
        break;
    case ASSOC_LEG:
        if (link->options.on_leg)
            link->options.on_leg(link->options.on_leg_arg, &event->leg);
        break;
    case ASSOC_CLOSED:
        on_closed(link, event);
        break;
    case ASSOC_SECURED:
        client_note_secured(link, event);
        break;
    case ASSOC_CALL:
    case ASSOC_CANCELLED:
    case ASSOC_REFUSED:
        break; /* a server's */
    }
}

static void handle_events(struct client_link *link)
{
    struct assoc_event event;

    while (link->assoc && assoc_next(link->assoc, &event))
        on_event(link, &event);
}

/* ---- bytes ---- */

/* Nobody's own call: one turn of a program's own loop. */
static bool is_done(const struct client_call *own)
{
    return own && own->state == CALL_DONE;
}

/* Reads what is there. A server that closed an idle connection is noticed here, before anything
 * is written. */
static void read_input(struct client_link *link, const struct client_call *own)
{
    while (link->assoc && !is_done(own)) {
        size_t room = 0;
        size_t got = 0;
        uint8_t *into = assoc_input(link->assoc, &room);
        enum transport_io io;

        if (!into) {
            handle_events(link); /* memory may have ended */
            return;
        }
        io = link->transport->ops->recv(link->transport, into, room, &got);
        if (io == TRANSPORT_WAIT)
            return;
        if (io == TRANSPORT_FAILED) {
            lose_transport(link);
            return;
        }
        assoc_received(link->assoc, io == TRANSPORT_EOF ? 0 : got, link->now_ms);
        handle_events(link);
        if (io == TRANSPORT_EOF)
            return;
    }
}

/* A write that failed may have an answer waiting (a rejection, then a close): read first. */
static void lose_after_reading(struct client_link *link, const struct client_call *own)
{
    read_input(link, own);
    if (link->assoc)
        lose_transport(link);
}

static void write_output(struct client_link *link, const struct client_call *own)
{
    while (link->assoc && assoc_queued(link->assoc)) {
        struct iovec iov[64];
        size_t num = assoc_output(link->assoc, iov, 64);
        size_t sent = 0;
        enum transport_io io;

        io = link->transport->ops->send(link->transport, iov, num, &sent);
        if (io == TRANSPORT_WAIT)
            return;
        if (io != TRANSPORT_DONE) {
            lose_after_reading(link, own);
            return;
        }
        link->written = true;
        assoc_consumed(link->assoc, sent, link->now_ms);
        handle_events(link);
    }
}

/* ---- starting calls ---- */

enum move {
    MOVE_NONE = 0,
    MOVE_BIND,
    MOVE_SECURE,
    MOVE_REJECT,
    MOVE_REFUSE, /* there is no security context for it */
    MOVE_FINISH, /* binding was all that was asked */
    MOVE_SEND,
};

static enum move next_move(struct client_link *link, const struct client_call *call)
{
    const struct client_context *context = client_find_context(link, &call->interface->id);

    if (!context)
        return client_is_binding(link) ? MOVE_NONE : MOVE_BIND;
    if (context->state == CONTEXT_PENDING)
        return MOVE_NONE;
    if (context->state == CONTEXT_REJECTED)
        return MOVE_REJECT;
    if (call->identity->state == IDENTITY_FAILED)
        return MOVE_REFUSE;
    if (call->identity->state != IDENTITY_READY)
        return client_is_binding(link) ? MOVE_NONE : MOVE_SECURE;
    if (!call->operation)
        return MOVE_FINISH;
    return assoc_can_call(link->assoc) ? MOVE_SEND : MOVE_NONE;
}

/* Takes the oldest call that can be moved on. */
static struct client_call *take_call(struct client_link *link, enum move *ret_move)
{
    struct client_call *call;

    pthread_mutex_lock(&link->lock);
    for (call = link->unsent; call; call = call->next) {
        if (call->state != CALL_QUEUED)
            continue;
        *ret_move = next_move(link, call);
        if (*ret_move != MOVE_NONE)
            break;
    }
    if (call)
        call->state = CALL_TAKEN;
    if (call && call == link->unsent)
        link->unsent = call->next;
    link->news &= call != NULL;
    link->waiting = false;
    pthread_mutex_unlock(&link->lock);
    return call;
}

static void put_back(struct client_link *link, struct client_call *call)
{
    pthread_mutex_lock(&link->lock);
    client_call_requeue(link, call);
    pthread_mutex_unlock(&link->lock);
}

static void end_locked(struct client_link *link, struct client_call *call, rpcsec_status status)
{
    pthread_mutex_lock(&link->lock);
    client_call_end(link, call, status);
    pthread_mutex_unlock(&link->lock);
}

static void start_bind(struct client_link *link, struct client_call *call)
{
    rpcsec_status status = client_start_bind(link, &call->interface->id, call->err);

    if (status)
        end_locked(link, call, status);
    else
        put_back(link, call);
}

static void start_securing(struct client_link *link, struct client_call *call)
{
    rpcsec_status status = client_start_securing(link, call->identity, call->err);

    if (status)
        end_locked(link, call, status);
    else
        put_back(link, call);
}

static void refuse(struct client_link *link, struct client_call *call)
{
    pthread_mutex_lock(&link->lock);
    client_call_fail(link, call, call->identity->why.status, RPCSEC_OUTCOME_NOT_RUN,
                     &call->identity->why);
    pthread_mutex_unlock(&link->lock);
}

/* C706 12.6.3.1: the interface is there, none of the syntaxes that we offered is. */
static void reject_transfer(const struct client_call *call)
{
    error_set(call->err, RPCSEC_BIND_REJECTED, RPCSEC_LAYER_REMOTE,
              "the server takes none of the transfer syntaxes that were offered for '%s': see "
              "`transfers` in struct rpcsec_client_options",
              call->interface->name);
}

static void reject_interface(const struct client_call *call,
                             const struct client_context *context)
{
    error_set(call->err, RPCSEC_BIND_REJECTED, RPCSEC_LAYER_REMOTE,
              "the server does not serve the interface '%s' version %u.%u (result %u, reason "
              "%u): is it the right server and port?",
              call->interface->name, (unsigned)call->interface->id.major,
              (unsigned)call->interface->id.minor, (unsigned)context->result,
              (unsigned)context->reason);
}

static void reject(struct client_link *link, struct client_call *call)
{
    const struct client_context *context = client_find_context(link, &call->interface->id);

    if (context->reason == PDU_REASON_TRANSFER_SYNTAX)
        reject_transfer(call);
    else
        reject_interface(call, context);
    end_locked(link, call, RPCSEC_BIND_REJECTED);
}

static void send_call(struct client_link *link, struct client_call *call)
{
    rpcsec_status status =
        client_call_send(link, call, client_find_context(link, &call->interface->id));

    if (status)
        end_locked(link, call, status);
}

static void move_call(struct client_link *link, struct client_call *call, enum move move)
{
    if (move == MOVE_BIND)
        start_bind(link, call);
    else if (move == MOVE_SECURE)
        start_securing(link, call);
    else if (move == MOVE_REJECT)
        reject(link, call);
    else if (move == MOVE_REFUSE)
        refuse(link, call);
    else if (move == MOVE_FINISH)
        end_locked(link, call, RPCSEC_OK);
    else
        send_call(link, call);
}

static void start_calls(struct client_link *link)
{
    struct client_call *call;
    enum move move = MOVE_NONE;

    if (link->assoc && client_has_expired(link))
        link->retiring = true;
    while (link->assoc && !link->retiring && (call = take_call(link, &move)) != NULL) {
        move_call(link, call, move);
        handle_events(link);
    }
}

/* ---- the turn ---- */

static bool has_taken(struct client_link *link)
{
    struct client_call *call;

    pthread_mutex_lock(&link->lock);
    call = link->calls;
    while (call && call->state != CALL_TAKEN)
        call = call->next;
    pthread_mutex_unlock(&link->lock);
    return call != NULL;
}

/* A connection whose security context has expired serves its open calls, then a new one is
 * made. */
static void retire(struct client_link *link)
{
    if (link->assoc && link->retiring && !has_taken(link))
        client_disconnect(link);
}

/* Calls that want no answer end when everything has left. */
static void end_maybe_calls(struct client_link *link)
{
    struct client_call *next;

    if (!link->has_maybe || !link->assoc || assoc_queued(link->assoc))
        return;
    link->has_maybe = false;
    pthread_mutex_lock(&link->lock);
    for (struct client_call *call = link->calls; call; call = next) {
        next = call->next;
        if (call->state == CALL_TAKEN && call->operation->flags & RPCSEC_OPERATION_MAYBE)
            client_call_end(link, call, RPCSEC_OK);
    }
    pthread_mutex_unlock(&link->lock);
}

unsigned client_wanted_events(struct client_link *link)
{
    return (assoc_reads(link->assoc) ? (unsigned)LOOP_READ : 0) |
           (assoc_queued(link->assoc) ? (unsigned)LOOP_WRITE : 0);
}

/* A transport without descriptor (memory) is never waited for. */
static rpcsec_status wait_for_transport(struct client_link *link)
{
    int fd = link->transport->ops->descriptor(link->transport);
    uint64_t until_ms = begin_wait(link);
    unsigned ready;

    return fd < 0 ? RPCSEC_OK
                  : wait_ready(fd, client_wanted_events(link), &link->wake, until_ms, &ready);
}

static void tick(struct client_link *link)
{
    link->now_ms = loop_now_ms();
    if (link->assoc && link->now_ms >= assoc_deadline(link->assoc)) {
        assoc_tick(link->assoc, link->now_ms);
        handle_events(link);
    }
}

/* The oldest call's; NULL when there is none. */
static const struct rpcsec_interface *wanted_interface(struct client_link *link)
{
    const struct rpcsec_interface *interface;

    pthread_mutex_lock(&link->lock);
    interface = link->calls ? link->calls->interface : NULL;
    pthread_mutex_unlock(&link->lock);
    return interface;
}

/* Connects where there is something to do. */
static bool connect_now(struct client_link *link, const struct client_call *own)
{
    const struct rpcsec_interface *interface = own ? own->interface : wanted_interface(link);
    const uint64_t deadline_ms = own ? own->deadline_ms : LOOP_NEVER;
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status;

    if (!interface)
        return false;
    status = client_connect(link, interface, deadline_ms, &why);
    link->now_ms = loop_now_ms();
    if (status == RPCSEC_OK)
        return true;
    /* When it was our own time that ran out, others may still have some. */
    if (status != RPCSEC_TIMED_OUT || link->now_ms < deadline_ms)
        fail_queued(link, &why);
    return false;
}

/* All that can be done without waiting. What is left when our own call has ended is for the
 * next driver. */
static void take_turn(struct client_link *link, struct client_call *own)
{
    cancel_calls(link);
    if (!link->assoc && !connect_now(link, own))
        return;
    read_input(link, own);
    if (is_done(own))
        return;
    start_calls(link);
    write_output(link, own);
    end_maybe_calls(link);
    retire(link);
}

void client_drive_once(struct client_link *link)
{
    link->now_ms = loop_now_ms();
    link->due_ms = 0; /* it was not we who waited */
    take_turn(link, NULL);
    tick(link);
    end_expired(link);
    write_output(link, NULL); /* word of calls that ended */
    client_tell_owners(link);
}

void client_drive(struct client_link *link, struct client_call *own)
{
    link->now_ms = loop_now_ms();
    link->due_ms = 0; /* nobody has looked yet */
    while (own->state != CALL_DONE) {
        take_turn(link, own);
        if (own->state == CALL_DONE)
            break;
        if (link->assoc && wait_for_transport(link))
            lose_transport(link);
        tick(link);
        end_expired(link);
        client_tell_owners(link);
    }
    write_output(link, own); /* word of a cancelled call; nobody may come after us */
    client_tell_owners(link);
}

void client_end_all(struct client_link *link)
{
    struct client_call *call;

    pthread_mutex_lock(&link->lock);
    while ((call = link->calls) != NULL)
        client_call_fail(link, call, RPCSEC_CLOSED,
                         call->state == CALL_TAKEN
                             ? assoc_call_outcome(link->assoc, call->call_id)
                             : RPCSEC_OUTCOME_NOT_RUN,
                         NULL);
    pthread_mutex_unlock(&link->lock);
    client_tell_owners(link);
}
