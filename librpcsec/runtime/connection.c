/* SPDX-License-Identifier: MIT
 *
 * runtime/connection.c: one connection of a server: bytes to its engine and back. Layer:
 * runtime. Documents: C706 12.6, MS-RPCE 3.3.3. Runs on the home's thread only.
 */
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/arith.h"
#include "base/error.h"
#include "base/trace.h"
#include "runtime/connection.h"
#include "runtime/local.h"
#include "runtime/report.h"

#define READS_PER_TURN  16 /* then others on the loop have their turn */
#define GREATEST_AGE_MS UINT64_C(31536000000)

/* ---- half-open connections ---- */

static void half_open_remove(struct connection *c)
{
    struct home *home = c->home;

    if (!c->is_half_open)
        return;
    c->is_half_open = false;
    *(c->older ? &c->older->newer : &home->half_open) = c->newer;
    *(c->newer ? &c->newer->older : &home->half_open_last) = c->older;
    home->num_half_open--;
}

static void half_open_add(struct connection *c)
{
    struct home *home = c->home;

    c->is_half_open = true;
    c->older = home->half_open_last;
    c->newer = NULL;
    *(c->older ? &c->older->newer : &home->half_open) = c;
    home->half_open_last = c;
    home->num_half_open++;
}

void connection_authenticated(struct connection *c)
{
    half_open_remove(c);
}

/* Brings the server's sum of unread answers up to date. */
static void count_output(struct connection *c, size_t queued)
{
    atomic_size_t *sum = &c->home->server->output_bytes;

    if (queued > c->output_bytes)
        atomic_fetch_add(sum, queued - c->output_bytes);
    else
        atomic_fetch_sub(sum, c->output_bytes - queued);
    c->output_bytes = queued;
}

/* ---- the end ---- */

/* With the last connection go the client's context handles. */
static void leave_group(struct rpcsec_server *server, struct group *group)
{
    if (!group || !group_leave(&server->groups, group))
        return;
    handles_run_down(&server->handles, group_handles(group), server->call_pool);
    group_free(group);
}

static void connection_free(struct connection *c)
{
    struct home *home = c->home;

    *(c->prev ? &c->prev->next : &home->connections) = c->next;
    if (c->next)
        c->next->prev = c->prev;
    leave_group(home->server, c->group);
    share_leave(&home->server->shares, c->by_address);
    share_leave(&home->server->shares, c->by_name);
    assoc_free(c->assoc);
    local_peer_free(c->local);
    mem_free(c);
    if (home->draining && !home->connections)
        loop_stop(home->loop);
}

/* Jobs that still run keep the memory until they come back. */
static void connection_close(struct connection *c)
{
    half_open_remove(c);
    count_output(c, 0);
    if (c->has_registered)
        epm_forget(&c->home->server->epm, c);
    c->has_registered = false;
    if (c->transport) {
        TRACE("runtime", "closed", "peer=%s", c->transport->ops->peer_address(c->transport));
        loop_watch_free(c->watch);
        loop_timer_free(c->timer);
        c->transport->ops->close(c->transport);
        c->transport = NULL;
        atomic_fetch_sub(&c->home->server->num_connections, 1);
        server_calls_cancel(c);
    }
    if (!c->num_jobs)
        connection_free(c);
}

bool connection_is_closed(const struct connection *c)
{
    return c->transport == NULL;
}

/* ---- events ---- */

const struct rpcsec_peer *connection_peer(const struct connection *c)
{
    const struct sec_context *sec = assoc_security(c->assoc);

    if (!sec)
        return local_peer(c->local);
    return sspi_ctx_peer(sec->ctx);
}

static void on_closed(struct connection *c, const struct assoc_event *event)
{
    const struct rpcsec_error *error = event->closed.error;
    struct rpcsec_error short_error = RPCSEC_ERROR_INIT;

    TRACE("runtime", "association_closed", "peer=%s status=%s",
          c->transport->ops->peer_address(c->transport),
          rpcsec_status_name(event->closed.status));
    c->ended = true;
    if (event->closed.status == RPCSEC_OK)
        return;
    if (!error) {
        (void)error_set(&short_error, event->closed.status, RPCSEC_LAYER_PROTOCOL, "%s",
                        rpcsec_status_text(event->closed.status));
        error = &short_error;
    }
    if (event->closed.status == RPCSEC_BIND_REJECTED && !c->was_refused)
        report_audit(c, local_peer(c->local), rpcsec_error_text(error));
    report_error(c, connection_peer(c), error);
}

/* A bind without authentication is accepted with its answer. */
static void on_leg(struct connection *c, const struct rpcsec_leg *leg)
{
    if (leg->sent && strcmp(leg->pdu, pdu_type_name(PDU_BIND_ACK)) == 0 && !leg->token_len &&
        strcmp(leg->result, "done") == 0 && !assoc_security(c->assoc))
        report_audit(c, local_peer(c->local), NULL);
}

static void on_refused(struct connection *c, const struct assoc_event *event)
{
    const struct assoc_interface *found = event->refused.interface;
    const struct registry_entry *entry = found ? found->arg : NULL;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)error_set(&err, RPCSEC_POLICY_REFUSED, RPCSEC_LAYER_PROTOCOL,
                    "a call of operation %u of %s was refused with fault 0x%08x (%s): %s",
                    event->refused.opnum, entry ? entry->interface->name : "?",
                    (unsigned)event->refused.fault, pdu_fault_name(event->refused.fault),
                    event->refused.why);
    err.wire_status = event->refused.fault;
    err.pdu_type = PDU_REQUEST;
    report_error(c, event->refused.sec ? sspi_ctx_peer(event->refused.sec->ctx) : NULL, &err);
}

static void on_event(struct connection *c, const struct assoc_event *event)
{
    switch (event->type) {
    case ASSOC_NEED_TOKEN:
        connection_step(c, event);
        break;
    case ASSOC_CALL:
        server_call_begin(c, event);
        break;
    case ASSOC_SECURED: /* a client's */
        break;
    case ASSOC_CANCELLED:
        server_call_cancel(c, event->cancelled.call_id, event->cancelled.orphaned);
        break;
    case ASSOC_CLOSED:
        on_closed(c, event);
        break;
    case ASSOC_LEG:
        on_leg(c, &event->leg);
        break;
    case ASSOC_REFUSED:
        on_refused(c, event);
        break;
    case ASSOC_BOUND:
    case ASSOC_REPLY:
    case ASSOC_FAULT:
        break; /* a client's */
    }
}

static void handle_events(struct connection *c)
{
    struct assoc_event event;

    while (!c->ended && assoc_next(c->assoc, &event))
        on_event(c, &event);
}

/* ---- bytes ---- */

static void write_output(struct connection *c)
{
    while (!c->ended && assoc_queued(c->assoc)) {
        struct iovec iov[64];
        size_t num = assoc_output(c->assoc, iov, 64);
        size_t sent = 0;
        enum transport_io io;

        io = c->transport->ops->send(c->transport, iov, num, &sent);
        if (io == TRANSPORT_WAIT)
            return;
        if (io != TRANSPORT_DONE) {
            c->ended = true;
            return;
        }
        atomic_fetch_add_explicit(&c->home->server->stats.packets_out, 1, memory_order_relaxed);
        assoc_consumed(c->assoc, sent, loop_time_ms(c->home->loop));
        handle_events(c);
    }
}

static void read_input(struct connection *c)
{
    for (int i = 0; i < READS_PER_TURN && !c->ended; i++) {
        size_t room = 0;
        size_t got = 0;
        uint8_t *into = assoc_input(c->assoc, &room);
        enum transport_io io;

        if (!into)
            return;
        io = c->transport->ops->recv(c->transport, into, room, &got);
        if (io == TRANSPORT_WAIT)
            return;
        if (io == TRANSPORT_FAILED) {
            c->ended = true;
            return;
        }
        atomic_fetch_add_explicit(&c->home->server->stats.packets_in, 1, memory_order_relaxed);
        assoc_received(c->assoc, io == TRANSPORT_EOF ? 0 : got, loop_time_ms(c->home->loop));
        handle_events(c);
        if (io == TRANSPORT_EOF || got < room)
            return;
    }
}

static unsigned wanted_events(struct connection *c)
{
    unsigned events = 0;

    if (!c->home->draining && assoc_reads(c->assoc))
        events |= LOOP_READ;
    if (assoc_queued(c->assoc))
        events |= LOOP_WRITE;
    return events;
}

bool connection_may_answer(const struct connection *c)
{
    const struct rpcsec_server *server = c->home->server;

    return !assoc_queued(c->assoc) ||
           atomic_load(&server->output_bytes) <
               policy_limit(server->policy, RPCSEC_LIMIT_SERVER_OUTPUT_BYTES);
}

static bool has_drained(const struct connection *c)
{
    return c->home->draining && !c->num_jobs && !assoc_queued(c->assoc);
}

/* Old connections end between calls, so that a balancer can spread clients anew. */
static bool is_too_old(const struct connection *c)
{
    return loop_time_ms(c->home->loop) >= c->ends_ms && !c->num_jobs &&
           !assoc_is_busy(c->assoc);
}

static uint64_t next_deadline(const struct connection *c)
{
    uint64_t engine = assoc_deadline(c->assoc);
    uint64_t now = loop_time_ms(c->home->loop);

    /* One that was too busy to end at its time does so after its next turn. */
    return c->ends_ms > now && c->ends_ms < engine ? c->ends_ms : engine;
}

void connection_turn(struct connection *c)
{
    handle_events(c);
    write_output(c);
    count_output(c, assoc_queued(c->assoc));
    c->ended |= is_too_old(c);
    if (c->ended || has_drained(c)) {
        connection_close(c);
        return;
    }
    if (c->watch)
        loop_watch_set(c->watch, wanted_events(c) | (c->is_watched ? LOOP_READ : 0));
    c->is_watched |= (wanted_events(c) & LOOP_READ) != 0;
    loop_timer_set(c->timer, next_deadline(c));
}

void connection_job_done(struct connection *c)
{
    c->num_jobs--;
    if (connection_is_closed(c))
        connection_close(c);
    else
        connection_turn(c);
}

void connection_ready(void *arg, unsigned events)
{
    struct connection *c = arg;

    /* Reading goes on being watched while nothing is wanted, as peers mostly wait as well: one
     * who does not is noticed here. */
    c->is_watched = wanted_events(c) & LOOP_READ;
    if (events & LOOP_READ)
        read_input(c);
    connection_turn(c);
}

static void on_timer(void *arg)
{
    struct connection *c = arg;

    assoc_tick(c->assoc, loop_now_ms());
    if (loop_now_ms() >= c->ends_ms)
        read_input(c); /* a request that came before its end is answered */
    connection_turn(c);
}

/* ---- the beginning ---- */

static bool join_group(void *arg, uint32_t id)
{
    struct connection *c = arg;

    return group_join(&c->home->server->groups, &c->group, id);
}

static bool serves_open_operations(const struct registry *registry)
{
    for (size_t i = 0; i < registry->num_entries; i++) {
        const struct assoc_interface *interface = &registry->entries[i]->assoc;

        if (interface->open_operations || interface->least_level == RPCSEC_LEVEL_NONE)
            return true;
    }
    return false;
}

/* A tenth more or less, by its number: those that came together do not all go together. A year,
 * the greatest age, stands for none: to wait without any timer costs a third of a microsecond
 * less. */
static uint64_t end_of_life(const struct rpcsec_server *server, uint32_t number)
{
    uint64_t age = policy_limit(server->policy, RPCSEC_LIMIT_CONNECTION_AGE_MS);
    uint64_t tenth = age / 10;

    if (age >= GREATEST_AGE_MS)
        return LOOP_NEVER;
    return arith_later(loop_now_ms(), age - tenth + (tenth ? number % (2 * tenth) : 0));
}

static rpcsec_status make_engine(struct connection *c)
{
    struct rpcsec_server *server = c->home->server;
    struct assoc_params params = {
        .server = true,
        .pool = &c->home->pool,
        .policy = server->policy,
        .find_interface = registry_find,
        .find_interface_arg = &server->registry,
        .join_group = join_group,
        .join_group_arg = c,
        .ndr64 = true,
        .open_binds = serves_open_operations(&server->registry),
        .bare_level = c->local ? RPCSEC_LEVEL_PRIVACY : RPCSEC_LEVEL_NONE,
        .group_id = group_id(c->group),
        .secondary_address = c->port,
        .now_ms = loop_now_ms(),
    };

    acceptor_auth_types(&server->acceptor, params.auth_types);
    return assoc_new(&params, &c->assoc);
}

static rpcsec_status set_up(struct connection *c)
{
    struct loop *loop = c->home->loop;
    const char *address = c->transport->ops->peer_address(c->transport);
    int fd = c->transport->ops->descriptor(c->transport);
    rpcsec_status status = group_new(&c->home->server->groups, address, &c->group);

    c->ends_ms = end_of_life(c->home->server, c->group ? group_id(c->group) * 7919u : 0);
    if (status == RPCSEC_OK)
        status = make_engine(c);
    if (status == RPCSEC_OK)
        status = loop_timer_new(loop, on_timer, c, &c->timer);
    if (status == RPCSEC_OK && fd >= 0)
        status = loop_watch_new(loop, fd, connection_ready, c, &c->watch);
    return status;
}

/* Too many strangers: the oldest that waits gives way, so that one who comes now is served. A
 * client of open operations that never authenticates stays a stranger; it keeps its place while
 * a call of its runs. */
static void make_way(struct home *home)
{
    const struct rpcsec_server *server = home->server;
    size_t limit = policy_limit(server->policy, RPCSEC_LIMIT_HANDSHAKES) / server->num_homes;
    struct connection *c = home->half_open;

    if (home->num_half_open <= (limit ? limit : 1))
        return;
    while (c && c->num_jobs)
        c = c->newer;
    if (c && c != home->half_open_last) {
        TRACE("runtime", "half_open_dropped", "peer=%s",
              c->transport->ops->peer_address(c->transport));
        connection_close(c);
    }
}

void connection_start(struct connection *c)
{
    struct home *home = c->home;

    c->next = home->connections;
    if (c->next)
        c->next->prev = c;
    home->connections = c;
    if (!c->local)
        half_open_add(c);
    if (set_up(c)) {
        connection_close(c);
        return;
    }
    TRACE("runtime", "accepted", "peer=%s", c->transport->ops->peer_address(c->transport));
    make_way(home);
    connection_turn(c);
}

/* Counts a connection; connection_close counts it out. */
static bool take_place(struct rpcsec_server *server)
{
    const uint64_t limit = server->max_connections;

    if (atomic_fetch_add(&server->num_connections, 1) < limit)
        return true;
    atomic_fetch_sub(&server->num_connections, 1);
    TRACE("runtime", "connection_refused", "limit=%llu", (unsigned long long)limit);
    return false;
}

static rpcsec_status join_address(struct rpcsec_server *server, struct connection *c,
                                  struct transport *transport)
{
    const size_t max = (size_t)policy_limit(server->policy, RPCSEC_LIMIT_ADDRESS_CONNECTIONS);
    char host[GROUP_ADDRESS_LEN];
    rpcsec_status status;

    group_host(host, transport->ops->peer_address(transport));
    status = share_join(&server->shares, SHARE_ADDRESS, host, max, &c->by_address);
    if (status)
        TRACE("runtime", "connection_refused", "peer=%s limit=%zu", host, max);
    return status;
}

rpcsec_status connection_join_name(struct connection *c, const struct rpcsec_peer *peer,
                                   struct rpcsec_error *err)
{
    struct rpcsec_server *server = c->home->server;
    const size_t max = (size_t)policy_limit(server->policy, RPCSEC_LIMIT_NAME_CONNECTIONS);
    const char *name = peer->sid ? peer->sid : peer->principal;
    rpcsec_status status;

    if (c->by_name || !name[0])
        return RPCSEC_OK; /* several security contexts: the first one counts */
    status = share_join(&server->shares, SHARE_NAME, name, max, &c->by_name);
    if (status == RPCSEC_OK)
        return RPCSEC_OK;
    return error_set(err, status, RPCSEC_LAYER_POLICY,
                     "%s has as many connections as policy allows (%zu)", name, max);
}

static rpcsec_status join_shares(struct rpcsec_server *server, struct connection *c,
                                 struct transport *transport)
{
    rpcsec_status status = join_address(server, c, transport);

    if (status == RPCSEC_OK)
        status = local_peer_new(server->policy, transport, &c->local);
    if (status == RPCSEC_OK && c->local)
        status = connection_join_name(c, local_peer(c->local), NULL);
    return status;
}

/* Of one that never began. */
static void connection_unmake(struct rpcsec_server *server, struct connection *c)
{
    if (!c)
        return;
    share_leave(&server->shares, c->by_address);
    share_leave(&server->shares, c->by_name);
    local_peer_free(c->local);
    mem_free(c);
}

struct connection *connection_new(struct rpcsec_server *server, struct transport *transport,
                                  const char *port)
{
    struct connection *c;

    if (!take_place(server))
        return NULL;
    c = mem_zalloc(sizeof(*c));
    if (c)
        c->home = &server->homes[server->next_home++ % server->num_homes];
    if (!c || join_shares(server, c, transport)) {
        connection_unmake(server, c);
        atomic_fetch_sub(&server->num_connections, 1);
        return NULL;
    }
    c->transport = transport;
    c->port = port;
    return c;
}

static void start(void *arg)
{
    connection_start(arg);
}

void connection_accept(struct rpcsec_server *server, int fd, const char *port)
{
    struct transport *transport = NULL;

    if (transport_tcp_adopt(fd, &transport)) {
        close(fd);
        return;
    }
    connection_accept_over(server, transport, port);
}

void connection_accept_over(struct rpcsec_server *server, struct transport *transport,
                            const char *port)
{
    struct connection *c = connection_new(server, transport, port);

    if (!c) {
        report_no_room(server, transport->ops->peer_address(transport));
        transport->ops->close(transport);
        return;
    }
    if (c->home == &server->homes[0]) {
        connection_start(c); /* that is where we are */
        return;
    }
    c->start = (struct loop_task){.run = start, .arg = c};
    loop_post(c->home->loop, &c->start);
}

void connections_drain(struct home *home)
{
    struct connection *next;

    home->draining = true;
    if (!home->connections)
        loop_stop(home->loop);
    for (struct connection *c = home->connections; c; c = next) {
        next = c->next;
        if (!connection_is_closed(c)) {
            read_input(c); /* requests that came before we stopped */
            connection_turn(c);
        }
    }
}

void connections_give_up(struct home *home)
{
    struct connection *next;

    for (struct connection *c = home->connections; c; c = next) {
        next = c->next;
        if (!connection_is_closed(c))
            connection_close(c);
    }
    TRACE("runtime", "drain_given_up", "left=%d", home->connections != NULL);
    loop_stop(home->loop);
}

void connections_abandon(struct home *home)
{
    struct connection *next;

    home->draining = false; /* there is no loop to stop any more */
    for (struct connection *c = home->connections; c; c = next) {
        next = c->next;
        server_calls_abandon(c);
        if (!connection_is_closed(c) || !c->num_jobs)
            connection_close(c);
    }
}
