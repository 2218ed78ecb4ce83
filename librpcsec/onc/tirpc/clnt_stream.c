/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/clnt_stream.c: records of many calls on one connection. Layer: onc/tirpc. Document:
 * RFC 5531 11.
 */
#include "onc/tirpc/clnt.h"

#include <sched.h>
#include <time.h>

#include "base/error.h"
#include "base/limits.h"

#define SENDS_AT_ONCE 16

/* ---- calls under way ---- */

/* Locked, as all of these. */
static struct own_pending *find_pending(const struct own_client *c, uint32_t xid)
{
    struct own_pending *p = c->pending;

    while (p && p->xid != xid)
        p = p->next;
    return p;
}

static void add_pending(struct own_client *c, struct own_pending *p)
{
    p->next = c->pending;
    c->pending = p;
    c->num_pending++;
}

static void remove_out(struct own_client *c, const struct own_pending *p)
{
    struct own_pending **at = &c->first_out;
    struct own_pending *before = NULL;

    while (*at && *at != p) {
        before = *at;
        at = &(*at)->next_out;
    }
    if (!*at)
        return;
    *at = p->next_out;
    if (c->last_out == p)
        c->last_out = before;
}

static void remove_pending(struct own_client *c, const struct own_pending *p)
{
    struct own_pending **at = &c->pending;

    while (*at && *at != p)
        at = &(*at)->next;
    if (!*at)
        return;
    *at = p->next;
    c->num_pending--;
    pthread_cond_signal(&c->room);
}

static void wake_one(struct own_client *c)
{
    if (c->pending)
        pthread_cond_signal(&c->pending->woken);
}

/* Nothing can be sent or received any more. */
static void break_off(struct own_client *c)
{
    c->broken = true;
    c->first_out = c->last_out = NULL;
    for (struct own_pending *p = c->pending; p; p = p->next)
        pthread_cond_signal(&p->woken);
    pthread_cond_broadcast(&c->room);
    wake_ring(&c->wake);
}

/* ---- writing ---- */

static size_t gather(const struct own_client *c, struct iovec *iov)
{
    size_t num = 0;

    for (struct own_pending *p = c->first_out; p && num < SENDS_AT_ONCE; p = p->next_out) {
        iov[num].iov_base = p->out.data + p->sent;
        iov[num].iov_len = p->out.len - p->sent;
        num++;
    }
    return num;
}

static void written(struct own_client *c, size_t len)
{
    while (len > 0 && c->first_out) {
        struct own_pending *p = c->first_out;
        size_t left = p->out.len - p->sent;
        size_t now = len < left ? len : left;

        p->sent += now;
        p->started = true;
        len -= now;
        if (p->sent < p->out.len)
            return;
        c->first_out = p->next_out;
        if (!c->first_out)
            c->last_out = NULL;
        p->queued = false;
    }
}

/* Locked before and after. What others queue meanwhile is written as well. */
static void write_all(struct own_client *c)
{
    if (c->writing)
        return;
    c->writing = true;
    while (c->first_out && !c->broken) {
        struct iovec iov[SENDS_AT_ONCE];
        size_t num = gather(c, iov);
        size_t len = 0;
        enum transport_io io;

        pthread_mutex_unlock(&c->lock);
        io = c->transport->ops->send(c->transport, iov, num, &len);
        pthread_mutex_lock(&c->lock);
        if (io == TRANSPORT_DONE)
            written(c, len);
        else if (io != TRANSPORT_WAIT)
            break_off(c);
        c->wants_write = io == TRANSPORT_WAIT;
        if (io != TRANSPORT_DONE)
            break;
    }
    c->writing = false;
    if (c->wants_write && c->reading)
        wake_ring(&c->wake);
}

/* ---- reading ---- */

/* Locked. An answer that nobody waits for is dropped. */
static void deliver(struct own_client *c)
{
    struct own_pending *p = NULL;
    struct buf record;

    onc_reader_take(&c->reader, &record);
    if (record.len >= 4)
        p = find_pending(c, get_u32(record.data, true));
    if (!p || p->done) {
        buf_done(&record);
        return;
    }
    p->in = record;
    p->done = true;
    pthread_cond_signal(&p->woken);
}

/* Locked. */
static void feed(struct own_client *c, size_t len)
{
    size_t at = 0;

    while (at < len && !c->broken) {
        size_t used = 0;

        if (onc_reader_feed(&c->reader, c->scratch + at, len - at, &used) != RPCSEC_OK)
            break_off(c);
        else if (c->reader.complete)
            deliver(c);
        at += used;
    }
}

/* Locked before and after; the reader's role is taken. Reads what is there. */
static void read_once(struct own_client *c)
{
    const bool direct = c->reader.fragment_left >= OWN_SCRATCH_LEN;
    size_t room = OWN_SCRATCH_LEN;
    size_t len = 0;
    uint8_t *into = c->scratch;
    enum transport_io io = TRANSPORT_FAILED;

    if (direct)
        into = onc_reader_room(&c->reader, &room);
    pthread_mutex_unlock(&c->lock);
    if (into)
        io = c->transport->ops->recv(c->transport, into, room, &len);
    pthread_mutex_lock(&c->lock);
    if (io == TRANSPORT_WAIT)
        return;
    if (io != TRANSPORT_DONE || (direct && onc_reader_took(&c->reader, len) != RPCSEC_OK))
        break_off(c);
    else if (!direct)
        feed(c, len);
    else if (c->reader.complete)
        deliver(c);
}

/* Locked before and after. Reads for all until `p` is answered or its time is over. */
static void read_for_all(struct own_client *c, const struct own_pending *p,
                         uint64_t deadline_ms)
{
    c->reading = true;
    while (!p->done && !c->broken && loop_now_ms() < deadline_ms) {
        unsigned events = LOOP_READ | (c->wants_write ? LOOP_WRITE : 0u);
        unsigned ready = 0;
        rpcsec_status status;

        pthread_mutex_unlock(&c->lock);
        status = wait_ready(c->transport->ops->descriptor(c->transport), events, &c->wake,
                            deadline_ms, &ready);
        if (ready == 0)
            wake_clear(&c->wake);
        pthread_mutex_lock(&c->lock);
        if (status != RPCSEC_OK)
            break_off(c);
        else if (ready & LOOP_READ)
            read_once(c);
        if ((ready & LOOP_WRITE) && !c->broken) {
            c->wants_write = false;
            write_all(c);
        }
    }
    c->reading = false;
}

static void wait_woken(struct own_client *c, struct own_pending *p, uint64_t deadline_ms)
{
    struct timespec when = {(time_t)(deadline_ms / 1000), (long)(deadline_ms % 1000 * 1000000)};

    (void)pthread_cond_timedwait(&p->woken, &c->lock, &when);
}

/* Locked before and after. */
static void wait_answer(struct own_client *c, struct own_pending *p, uint64_t deadline_ms)
{
    while (!p->done && !c->broken && loop_now_ms() < deadline_ms) {
        if (c->reading)
            wait_woken(c, p, deadline_ms);
        else
            read_for_all(c, p, deadline_ms);
    }
}

/* ---- one exchange of records ---- */

static rpcsec_status lost(const struct own_pending *p, struct rpcsec_error *err)
{
    if (error_wants(err))
        err->outcome = p->started ? RPCSEC_OUTCOME_UNKNOWN : RPCSEC_OUTCOME_NOT_RUN;
    return error_set(err, RPCSEC_CONNECTION_LOST, RPCSEC_LAYER_TRANSPORT,
                     "the connection to the server was lost%s",
                     p->started ? ": the call may have run" : "");
}

static rpcsec_status too_late(const struct own_pending *p, struct rpcsec_error *err)
{
    if (error_wants(err))
        err->outcome = p->started ? RPCSEC_OUTCOME_UNKNOWN : RPCSEC_OUTCOME_NOT_RUN;
    return error_set(err, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                     "the server did not answer in time%s",
                     p->started ? ": the call may have run" : "");
}

/* A record that was begun must be sent to its end, or the stream is spoilt; so a call that
 * gives up in the middle ends the connection. A writer may be looking at it: it is waited for.
 * Locked before and after. */
static void take_back(struct own_client *c, struct own_pending *p)
{
    while (c->writing && p->queued) {
        pthread_mutex_unlock(&c->lock);
        sched_yield();
        pthread_mutex_lock(&c->lock);
    }
    if (p->queued && p->started)
        break_off(c);
    remove_out(c, p);
    remove_pending(c, p);
    if (!c->reading)
        wake_one(c);
}

rpcsec_status own_finish(struct own_client *c, struct own_pending *p, uint64_t deadline_ms,
                         struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    pthread_mutex_lock(&c->lock);
    write_all(c);
    wait_answer(c, p, deadline_ms);
    take_back(c, p);
    if (!p->done)
        status = c->broken ? lost(p, err) : too_late(p, err);
    pthread_mutex_unlock(&c->lock);
    return status;
}

void own_queue(struct own_client *c, struct own_pending *p)
{
    pthread_mutex_lock(&c->lock);
    p->next_out = NULL;
    *(c->last_out ? &c->last_out->next_out : &c->first_out) = p;
    c->last_out = p;
    p->queued = true;
    add_pending(c, p);
    pthread_mutex_unlock(&c->lock);
}

void own_pending_init(struct own_client *c, struct own_pending *p)
{
    pthread_condattr_t attr;
    const struct rpcsec_policy *policy = c->base.config.policy;

    *p = (struct own_pending){0};
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&p->woken, &attr);
    pthread_condattr_destroy(&attr);
    buf_init(&p->out, policy_limit(policy, RPCSEC_LIMIT_REQUEST_BYTES) + OWN_RECORD_SLACK);
    buf_init(&p->in, 0);
    p->out.big_endian = true;
}

void own_pending_done(struct own_pending *p)
{
    buf_done(&p->out);
    buf_done(&p->in);
    pthread_cond_destroy(&p->woken);
}

rpcsec_status own_end_record(struct buf *out)
{
    if (out->len - ONC_MARK_LEN >= ONC_MARK_LAST)
        buf_fail(out, RPCSEC_LIMIT);
    buf_patch_u32(out, 0, ONC_MARK_LAST | (uint32_t)(out->len - ONC_MARK_LEN));
    return buf_status(out);
}

/* ---- the connection ---- */

uint32_t own_new_xid(struct own_client *c)
{
    uint32_t xid;

    pthread_mutex_lock(&c->lock);
    xid = c->next_xid++;
    pthread_mutex_unlock(&c->lock);
    return xid;
}

void own_wait_for_room(struct own_client *c, const struct onc_security *security)
{
    size_t limit = policy_limit(c->base.config.policy, RPCSEC_LIMIT_CALLS_IN_FLIGHT);

    if (limit > security->window)
        limit = security->window;
    pthread_mutex_lock(&c->lock);
    while (c->num_pending >= limit && !c->broken)
        pthread_cond_wait(&c->room, &c->lock);
    pthread_mutex_unlock(&c->lock);
}

rpcsec_status own_reconnect(struct own_client *c, struct rpcsec_error *err)
{
    const struct rpcsec_policy *policy = c->base.config.policy;
    struct transport *transport = NULL;
    rpcsec_status status = transport_tcp_connect(
        c->address.host[0] ? c->address.host : "localhost", c->address.port,
        policy_limit(policy, RPCSEC_LIMIT_CONNECT_MS), &transport, err);

    if (status != RPCSEC_OK)
        return status;
    pthread_mutex_lock(&c->lock);
    if (c->transport)
        c->transport->ops->close(c->transport);
    c->transport = transport;
    c->broken = false;
    c->wants_write = false;
    onc_reader_done(&c->reader);
    onc_reader_init(&c->reader,
                    policy_limit(policy, RPCSEC_LIMIT_RESPONSE_BYTES) + OWN_RECORD_SLACK);
    pthread_mutex_unlock(&c->lock);
    return RPCSEC_OK;
}

/* Locked before and after. Who queues a call meanwhile waits as for any reader. */
static void look(struct own_client *c)
{
    unsigned ready = 0;
    int fd = c->transport->ops->descriptor(c->transport);

    c->reading = true;
    if (wait_ready(fd, LOOP_READ, NULL, loop_now_ms(), &ready) == RPCSEC_OK && ready)
        read_once(c);
    c->reading = false;
    wake_one(c);
}

bool own_is_connected(struct own_client *c)
{
    bool connected;

    pthread_mutex_lock(&c->lock);
    if (c->transport && !c->broken && !c->pending && !c->reading)
        look(c);
    connected = c->transport && !c->broken;
    pthread_mutex_unlock(&c->lock);
    return connected;
}

bool own_may_reconnect(struct own_client *c)
{
    bool may;

    pthread_mutex_lock(&c->lock);
    may = !c->transport || (c->broken && !c->pending && !c->reading && !c->writing);
    pthread_mutex_unlock(&c->lock);
    return may;
}
