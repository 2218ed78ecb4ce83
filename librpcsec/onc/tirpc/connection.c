/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/connection.c: one connection of an ONC RPC server: bytes to records, replies to
 * bytes. Layer: onc/tirpc. Document: RFC 5531 11. Runs on the home's thread only.
 */
#include "onc/tirpc/server.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/trace.h"

#define READS_PER_TURN 16 /* then others on the loop have their turn */
#define SENDS_AT_ONCE  64
#define LOOK_AGAIN_MS  100 /* whether all clients together hold less */

/* ---- strangers ---- */

static void stranger_add(struct onc_connection *c)
{
    struct onc_home *home = c->home;

    c->is_stranger = true;
    c->older = home->last_stranger;
    c->newer = NULL;
    *(c->older ? &c->older->newer : &home->strangers) = c;
    home->last_stranger = c;
    home->num_strangers++;
}

void onc_connection_known(struct onc_connection *c)
{
    struct onc_home *home = c->home;

    if (!c->is_stranger)
        return;
    c->is_stranger = false;
    *(c->older ? &c->older->newer : &home->strangers) = c->newer;
    *(c->newer ? &c->newer->older : &home->last_stranger) = c->older;
    home->num_strangers--;
}

/* ---- the end ---- */

static void connection_free(struct onc_connection *c)
{
    struct onc_home *home = c->home;

    *(c->prev ? &c->prev->next : &home->connections) = c->next;
    if (c->next)
        c->next->prev = c->prev;
    onc_reader_done(&c->reader);
    mem_free(c);
    if (home->draining && !home->connections)
        loop_stop(home->loop);
}

static void drop_output(struct onc_connection *c)
{
    while (c->first_out) {
        struct onc_request *request = c->first_out;

        c->first_out = request->next;
        onc_request_free(request);
    }
    c->last_out = NULL;
}

/* Requests that still run keep the memory until they come back. */
static void connection_close(struct onc_connection *c)
{
    onc_connection_known(c);
    if (c->transport) {
        TRACE("onc", "closed", "peer=%s", c->address);
        loop_watch_free(c->watch);
        loop_timer_free(c->timer);
        c->transport->ops->close(c->transport);
        c->transport = NULL;
        atomic_fetch_sub(&c->home->server->num_connections, 1);
        drop_output(c);
    }
    if (c->num_requests == 0)
        connection_free(c);
}

/* ---- replies ---- */

void onc_connection_reply(struct onc_request *request)
{
    struct onc_connection *c = request->connection;

    if (!c->transport || request->reply.len == 0) {
        onc_request_free(request);
        return;
    }
    onc_request_drop_record(request);
    if (!c->first_out)
        c->sent_ms = loop_now_ms();
    request->next = NULL;
    *(c->last_out ? &c->last_out->next : &c->first_out) = request;
    c->last_out = request;
}

static void sent(struct onc_connection *c, size_t len)
{
    c->sent_ms = loop_now_ms();
    len += c->first_sent;
    while (c->first_out && len >= c->first_out->reply.len) {
        struct onc_request *request = c->first_out;

        len -= request->reply.len;
        c->first_out = request->next;
        if (!c->first_out)
            c->last_out = NULL;
        onc_request_free(request);
    }
    c->first_sent = len;
}

static size_t gather(const struct onc_connection *c, struct iovec *iov)
{
    size_t skip = c->first_sent;
    size_t num = 0;

    for (struct onc_request *r = c->first_out; r && num < SENDS_AT_ONCE; r = r->next) {
        iov[num].iov_base = r->reply.data + skip;
        iov[num].iov_len = r->reply.len - skip;
        skip = 0;
        num++;
    }
    return num;
}

static void write_output(struct onc_connection *c)
{
    while (c->first_out && !c->ended) {
        struct iovec iov[SENDS_AT_ONCE];
        size_t num = gather(c, iov);
        size_t len = 0;
        enum transport_io io = c->transport->ops->send(c->transport, iov, num, &len);

        if (io == TRANSPORT_WAIT)
            return;
        if (io == TRANSPORT_DONE)
            sent(c, len);
        else
            c->ended = true;
    }
}

/* ---- requests ---- */

/* Limits that a client meets by waiting: what it has under way, and all memory. */
static bool has_room(const struct onc_connection *c)
{
    return !c->home->draining && c->num_requests < policy_limit(c->home->server->policy,
                                                                RPCSEC_LIMIT_CALLS_IN_FLIGHT);
}

static bool may_read(const struct onc_connection *c)
{
    const struct rpcsec_onc_server *server = c->home->server;

    return has_room(c) && atomic_load_explicit(&server->bytes, memory_order_relaxed) <
                              policy_limit(server->policy, RPCSEC_LIMIT_SERVER_BYTES);
}

static void end_for(struct onc_connection *c, rpcsec_status status)
{
    TRACE("onc", "stream_refused", "peer=%s status=%s", c->address, rpcsec_status_name(status));
    c->ended = true;
}

static void take_record(struct onc_connection *c)
{
    struct buf record;
    rpcsec_status status;

    onc_reader_take(&c->reader, &record);
    status = onc_request_begin(c, &record);
    if (status)
        end_for(c, status);
}

/* What one read of several records gave. A client that has too much under way is cut short only
 * at the next read: the scratch is bounded. */
static void feed(struct onc_connection *c, const uint8_t *data, size_t len)
{
    while (len > 0 && !c->ended) {
        size_t used = 0;
        rpcsec_status status = onc_reader_feed(&c->reader, data, len, &used);

        if (status)
            end_for(c, status);
        else if (c->reader.complete)
            take_record(c);
        data += used;
        len -= used;
    }
}

/* Reads into the record itself where much of it is to come, else into the home's scratch. */
static enum transport_io read_once(struct onc_connection *c, size_t *ret_room, size_t *ret_got)
{
    const bool direct = c->reader.fragment_left >= ONC_SCRATCH_LEN;
    size_t room = ONC_SCRATCH_LEN;
    uint8_t *into = direct ? onc_reader_room(&c->reader, &room) : c->home->scratch;
    enum transport_io io = TRANSPORT_FAILED;
    rpcsec_status status = RPCSEC_OK;

    *ret_room = room;
    if (into)
        io = c->transport->ops->recv(c->transport, into, room, ret_got);
    if (io != TRANSPORT_DONE)
        return io;
    c->received_ms = loop_now_ms();
    if (!direct) {
        feed(c, into, *ret_got);
        return io;
    }
    status = onc_reader_took(&c->reader, *ret_got);
    if (status)
        end_for(c, status);
    else if (c->reader.complete)
        take_record(c);
    return io;
}

static void read_input(struct onc_connection *c)
{
    for (int i = 0; i < READS_PER_TURN && !c->ended && may_read(c); i++) {
        size_t room = 0;
        size_t got = 0;
        enum transport_io io = read_once(c, &room, &got);

        if (io == TRANSPORT_WAIT)
            return;
        if (io != TRANSPORT_DONE) {
            c->ended = true;
            return;
        }
        if (got < room)
            return;
    }
}

/* ---- turns ---- */

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Who sends and does not read what it was answered makes no progress. */
static uint64_t deadline_of(const struct onc_connection *c)
{
    const struct rpcsec_policy *policy = c->home->server->policy;
    const uint64_t stall_ms = policy_limit(policy, RPCSEC_LIMIT_STALL_MS);
    uint64_t when = LOOP_NEVER;

    if (c->is_stranger)
        when = c->opened_ms + policy_limit(policy, RPCSEC_LIMIT_HANDSHAKE_MS);
    if (c->first_out)
        when = earlier(when, c->sent_ms + stall_ms);
    if (onc_reader_is_inside(&c->reader) && c->reads)
        when = earlier(when, c->received_ms + stall_ms);
    if (has_room(c) && !c->reads) /* nobody tells when others hold less */
        when = earlier(when, loop_now_ms() + LOOK_AGAIN_MS);
    return when;
}

static void set_timer(struct onc_connection *c)
{
    uint64_t when = deadline_of(c);

    if (when == c->timer_ms)
        return;
    c->timer_ms = when;
    loop_timer_set(c->timer, when);
}

static bool has_drained(const struct onc_connection *c)
{
    return c->home->draining && c->num_requests == 0;
}

/* What was not read is no fault of the client's. */
static void note_reading(struct onc_connection *c)
{
    const bool reads = may_read(c);

    if (reads && !c->reads)
        c->received_ms = loop_now_ms();
    c->reads = reads;
}

void onc_connection_turn(struct onc_connection *c)
{
    if (c->transport)
        write_output(c);
    if (!c->transport || c->ended || has_drained(c)) {
        connection_close(c);
        return;
    }
    note_reading(c);
    loop_watch_set(c->watch, (c->reads ? LOOP_READ : 0u) | (c->first_out ? LOOP_WRITE : 0u));
    set_timer(c);
}

static void on_ready(void *arg, unsigned events)
{
    struct onc_connection *c = arg;

    if (events & LOOP_READ)
        read_input(c);
    onc_connection_turn(c);
}

static void on_timer(void *arg)
{
    struct onc_connection *c = arg;

    c->timer_ms = LOOP_NEVER;
    if (loop_now_ms() >= deadline_of(c)) {
        TRACE("onc", "too_slow", "peer=%s", c->address);
        c->ended = true;
    }
    onc_connection_turn(c);
}

/* ---- the beginning ---- */

static void name_peer(struct onc_connection *c, int fd)
{
    c->remote_len = sizeof(c->remote);
    c->local_len = sizeof(c->local);
    if (getpeername(fd, (struct sockaddr *)&c->remote, &c->remote_len))
        c->remote_len = 0;
    if (getsockname(fd, (struct sockaddr *)&c->local, &c->local_len))
        c->local_len = 0;
    text_print(c->address, sizeof(c->address), "%s",
               c->transport->ops->peer_address(c->transport));
    if (c->remote_len == 0 || getnameinfo((struct sockaddr *)&c->remote, c->remote_len, c->host,
                                          sizeof(c->host), NULL, 0, NI_NUMERICHOST))
        c->host[0] = '\0';
}

static rpcsec_status set_up(struct onc_connection *c)
{
    const struct rpcsec_policy *policy = c->home->server->policy;
    int fd = c->transport->ops->descriptor(c->transport);
    rpcsec_status status = loop_timer_new(c->home->loop, on_timer, c, &c->timer);

    name_peer(c, fd);
    onc_reader_init(&c->reader,
                    policy_limit(policy, RPCSEC_LIMIT_REQUEST_BYTES) + ONC_RECORD_OVERHEAD);
    if (status == RPCSEC_OK)
        status = loop_watch_new(c->home->loop, fd, on_ready, c, &c->watch);
    return status;
}

/* Too many strangers: the oldest of which nothing is under way gives way. */
static void make_way(struct onc_home *home)
{
    const struct rpcsec_onc_server *server = home->server;
    size_t limit = policy_limit(server->policy, RPCSEC_LIMIT_HANDSHAKES) / server->num_homes;
    struct onc_connection *c = home->strangers;

    if (home->num_strangers <= (limit ? limit : 1))
        return;
    while (c && c->num_requests)
        c = c->newer;
    if (c && c != home->last_stranger)
        connection_close(c);
}

static void start(void *arg)
{
    struct onc_connection *c = arg;
    struct onc_home *home = c->home;

    c->next = home->connections;
    if (c->next)
        c->next->prev = c;
    home->connections = c;
    c->opened_ms = loop_now_ms();
    c->timer_ms = LOOP_NEVER;
    stranger_add(c);
    if (set_up(c)) {
        connection_close(c);
        return;
    }
    TRACE("onc", "accepted", "peer=%s", c->address);
    make_way(home);
    onc_connection_turn(c);
}

/* Counts a connection; connection_close counts it out. */
static bool take_place(struct rpcsec_onc_server *server)
{
    if (atomic_fetch_add(&server->num_connections, 1) <
        policy_limit(server->policy, RPCSEC_LIMIT_CONNECTIONS))
        return true;
    atomic_fetch_sub(&server->num_connections, 1);
    return false;
}

void onc_connection_accept(struct rpcsec_onc_server *server, int fd)
{
    struct transport *transport = NULL;
    struct onc_connection *c;

    if (transport_tcp_adopt(fd, &transport)) {
        close(fd);
        return;
    }
    c = take_place(server) ? mem_zalloc(sizeof(*c)) : NULL;
    if (!c) {
        transport->ops->close(transport);
        return;
    }
    c->transport = transport;
    c->home = &server->homes[server->next_home++ % server->num_homes];
    c->start = (struct loop_task){.run = start, .arg = c};
    loop_post(c->home->loop, &c->start);
}

void onc_connections_drain(struct onc_home *home)
{
    struct onc_connection *next;

    home->draining = true;
    if (!home->connections)
        loop_stop(home->loop);
    for (struct onc_connection *c = home->connections; c; c = next) {
        next = c->next;
        if (c->transport)
            onc_connection_turn(c);
    }
}
