/* SPDX-License-Identifier: MIT
 *
 * sim/client.c: plays seeds of client_world.h, each twice, and holds the client to what is
 * promised of calls: each ends once; a result is its own; what is told as not run has not run
 * and never does; nothing runs twice but what may be sent again; once the network is good again
 * the next call works, and no call is left without an end.
 *
 *   client [--seeds N] [--first SEED]
 */
#include "sim/client_world.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#include "base/error.h"
#include "harness/fake_package.h"
#include "sspi/context.h"

enum { MAX_STEPS = 3000, SETTLE_STEPS = 40000, CALL_MS = 3000, EPOCH_S = 1000000000 };

struct client_world client_world;

void world_breaks(const char *format, ...)
{
    va_list args;

    if (client_world.broken[0])
        return;
    va_start(args, format);
    (void)vsnprintf(client_world.broken, sizeof(client_world.broken), format, args);
    va_end(args);
}

void world_adds(uint64_t what)
{
    client_world.hash = (client_world.hash ^ what ^ client_world.now_ms << 20) * 0x100000001B3u;
}

/* ---- what the runtime asks of the world ---- */

uint64_t __wrap_loop_now_ms(void);
time_t __wrap_time(time_t *ret_time);
const struct pkg_ops *__wrap_sspi_package(enum rpcsec_mechanism mechanism);
rpcsec_status __real_sspi_cred_acquire(const struct pkg_ops *ops,
                                       const struct pkg_cred_params *params,
                                       struct sspi_cred **ret_cred, struct rpcsec_error *err);
rpcsec_status __wrap_sspi_cred_acquire(const struct pkg_ops *ops,
                                       const struct pkg_cred_params *params,
                                       struct sspi_cred **ret_cred, struct rpcsec_error *err);
void __wrap_transport_tcp_keep_alive(struct transport *t, uint64_t idle_ms);
rpcsec_status __wrap_transport_tcp_connect(const char *host, const char *port,
                                           uint64_t timeout_ms,
                                           struct transport **ret_transport,
                                           struct rpcsec_error *err);

uint64_t __wrap_loop_now_ms(void)
{
    return client_world.now_ms;
}

time_t __wrap_time(time_t *ret_time)
{
    const time_t now = (time_t)(EPOCH_S + client_world.now_ms / 1000);

    if (ret_time)
        *ret_time = now;
    return now;
}

const struct pkg_ops *__wrap_sspi_package(enum rpcsec_mechanism mechanism)
{
    (void)mechanism;
    return &fake_package;
}

/* A client's credential is as good as its ticket. */
rpcsec_status __wrap_sspi_cred_acquire(const struct pkg_ops *ops,
                                       const struct pkg_cred_params *params,
                                       struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    struct pkg_cred_params ours = *params;
    char options[48];

    if (params->outbound && client_world.lifetime_s) {
        (void)snprintf(options, sizeof(options), "expires=%u",
                       (unsigned)(time(NULL) + client_world.lifetime_s));
        ours.principal = options;
    }
    return __real_sspi_cred_acquire(ops, &ours, ret_cred, err);
}

void __wrap_transport_tcp_keep_alive(struct transport *t, uint64_t idle_ms)
{
    (void)t;
    (void)idle_ms;
}

rpcsec_status __wrap_transport_tcp_connect(const char *host, const char *port,
                                           uint64_t timeout_ms,
                                           struct transport **ret_transport,
                                           struct rpcsec_error *err)
{
    struct rnd *r = &client_world.rnd;
    struct transport *theirs;
    rpcsec_status status;

    (void)timeout_ms;
    if (!client_world.settles && rnd_percent(r, client_world.refuse_percent))
        return error_set(err, RPCSEC_CONNECTION_REFUSED, RPCSEC_LAYER_TRANSPORT,
                         "nobody listens at %s[%s]", host, port);
    status = transport_memory_pair(400 + rnd_size(r, 65536), 100 + rnd_size(r, 4096),
                                   ret_transport, &theirs);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_TRANSPORT, "no pipe");
    client_world.num_connections++;
    world_adds(0x200);
    return servers_accept(theirs);
}

/* ---- the interface ---- */

struct args {
    uint32_t number;
    uint32_t result;
};

static const struct rpcsec_ndr_arg args_list[] = {
    {"number", offsetof(struct args, number), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
    {"result", offsetof(struct args, result), RPCSEC_NDR_OUT, &rpcsec_ndr_u32},
};
static const struct rpcsec_ndr_record record = {RPCSEC_NDR_TABLE_VERSION, "Number",
                                                sizeof(struct args), 2, args_list};
static const struct rpcsec_ndr_record record_in = {RPCSEC_NDR_TABLE_VERSION, "Maybe",
                                                   sizeof(struct args), 1, args_list};
static const struct rpcsec_operation operations[NUM_OPS] = {
    [OP_ONCE] = {"Once", 0, &record, NULL},
    [OP_AGAIN] = {"Again", RPCSEC_OPERATION_IDEMPOTENT, &record, NULL},
    [OP_MAYBE] = {"Maybe", RPCSEC_OPERATION_MAYBE, &record_in, NULL},
    [OP_FAULTS] = {"Faults", 0, &record, NULL},
};
static struct rpcsec_interface interface = {.table_version = RPCSEC_INTERFACE_VERSION,
                                            .name = "simulated",
                                            .operations = operations,
                                            .num_operations = NUM_OPS};

/* ---- calls ---- */

static uint32_t number_of(const struct async_call *call)
{
    return (uint32_t)(call - client_world.calls);
}

/* A result proves that the call ran, and is its own. */
static void check_result(const struct async_call *call, const struct args *args)
{
    const uint32_t number = number_of(call);

    if (call->opnum == OP_MAYBE)
        return;
    if (call->opnum == OP_FAULTS || !call->runs)
        world_breaks("call %u has a result and ran %u times", number, call->runs);
    if (args->result != number * 7 + 1)
        world_breaks("call %u has another's result", number);
}

static void check_failure(struct async_call *call, const struct rpcsec_error *err)
{
    call->told_not_run = err->outcome == RPCSEC_OUTCOME_NOT_RUN;
    if (call->told_not_run && call->runs)
        world_breaks("call %u is told as not run and ran", number_of(call));
    if (!err->text[0])
        world_breaks("call %u failed without a word", number_of(call));
    if (client_world.settles && number_of(call) == CLIENT_WORLD_CALLS)
        world_breaks("the call after all that fails: %s", err->text);
}

static void receive(struct async_call *call)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct args args = {.number = number_of(call)};
    struct rpcsec_pending *pending = call->pending;
    rpcsec_status status;

    call->pending = NULL;
    call->received = true;
    status =
        rpcsec_pending_recv(pending, client_world.arena, &interface, call->opnum, &args, &err);
    world_adds(0x300 + (uint64_t)status);
    if (status == RPCSEC_OK)
        check_result(call, &args);
    else
        check_failure(call, &err);
}

static void on_done(struct rpcsec_pending *pending, void *arg)
{
    struct async_call *call = arg;

    world_adds(0x400);
    if (++call->num_done != 1 || call->given_up || call->pending != pending)
        world_breaks("call %u was told %u times", number_of(call), call->num_done);
    else if (rnd_percent(&client_world.rnd, 50))
        receive(call); /* else later: receive_one */
}

static void start(struct async_call *call, uint32_t opnum)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const struct args args = {.number = number_of(call)};
    rpcsec_status status;

    call->opnum = opnum;
    call->has_done = rnd_percent(&client_world.rnd, 60);
    status = rpcsec_client_send(client_world.client, &interface, opnum, &args,
                                call->has_done ? on_done : NULL, call, &call->pending, &err);
    world_adds(0x500);
    if (status != RPCSEC_OK)
        world_breaks("call %u cannot be started: %s", number_of(call), err.text);
}

static struct async_call *some_call(void)
{
    struct async_call *call =
        &client_world.calls[rnd_below(&client_world.rnd, client_world.num_calls)];

    return client_world.num_calls && call->pending ? call : NULL;
}

static void receive_one(struct async_call *call)
{
    if (!call || !rpcsec_pending_has_ended(call->pending))
        return;
    if (call->has_done && !call->num_done)
        return; /* its function is about to be called */
    receive(call);
}

static void disturb(struct async_call *call)
{
    if (!call)
        return;
    world_adds(0x600);
    if (rnd_percent(&client_world.rnd, 60)) {
        rpcsec_pending_cancel(call->pending);
        return;
    }
    call->given_up = true;
    rpcsec_pending_free(call->pending);
    call->pending = NULL;
}

/* ---- the world ---- */

static rpcsec_status make_policy(struct rpcsec_policy **ret_policy)
{
    rpcsec_status status = rpcsec_policy_new(ret_policy, NULL);

    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_limit(*ret_policy, RPCSEC_LIMIT_CALL_MS, CALL_MS);
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_limit(*ret_policy, RPCSEC_LIMIT_HANDSHAKE_MS, CALL_MS);
    return status;
}

static void plan(uint64_t seed)
{
    struct client_world *w = &client_world;

    memset(w, 0, sizeof(*w));
    w->rnd.state = seed;
    w->now_ms = 1000;
    w->settles = true; /* until the client is open */
    w->cut_percent = (unsigned)rnd_below(&w->rnd, 3) * 2;
    w->refuse_percent = w->cut_percent * 5;
    w->cancel_percent = (unsigned)rnd_below(&w->rnd, 3) * 4;
    w->lifetime_s = (unsigned)rnd_below(&w->rnd, 3) * 2;
    w->big_endian = rnd_percent(&w->rnd, 30);
}

static rpcsec_status open_world(void)
{
    struct client_world *w = &client_world;
    struct rpcsec_client_options options = {.size = sizeof(options),
                                            .mechanism = RPCSEC_MECH_KERBEROS,
                                            .big_endian = w->big_endian};
    rpcsec_status status = make_policy(&w->policy);

    interface.id = served_id;
    w->arena = rpcsec_arena_new(0);
    options.policy = w->policy;
    if (status == RPCSEC_OK)
        status = rpcsec_client_open_with("ncacn_ip_tcp:server.example[7001]",
                                         "test/server.example", &options, &w->client, NULL);
    w->settles = false;
    return status;
}

static void close_world(void)
{
    struct client_world *w = &client_world;

    rpcsec_client_close(w->client);
    for (size_t i = 0; i <= CLIENT_WORLD_CALLS; i++)
        rpcsec_pending_free(w->calls[i].pending);
    servers_done();
    rpcsec_arena_free(w->arena);
    rpcsec_policy_free(w->policy);
}

static void turn(void)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    if (rpcsec_client_process(client_world.client, &err) != RPCSEC_OK)
        world_breaks("the client cannot be moved: %s", err.text);
}

static void step(void)
{
    struct client_world *w = &client_world;
    const unsigned what = (unsigned)rnd_below(&w->rnd, 100);

    if (what < 35)
        turn();
    else if (what < 75)
        servers_move();
    else if (what < 80)
        w->now_ms += rnd_below(&w->rnd, w->settles ? 8 : 40);
    else if (what < 85)
        receive_one(some_call());
    else if (w->settles)
        return;
    else if (what < 88 && w->num_calls < CLIENT_WORLD_CALLS)
        start(&w->calls[w->num_calls++], (uint32_t)rnd_below(&w->rnd, NUM_OPS));
    else if (what - 88 < w->cut_percent)
        servers_lose();
    else if (what - 92 < w->cancel_percent)
        disturb(some_call());
}

/* Until each call that somebody waits for has been received. */
static bool is_settled(size_t num)
{
    for (size_t i = 0; i < num; i++)
        if (client_world.calls[i].pending)
            return false;
    return true;
}

static void settle(size_t num)
{
    client_world.num_calls = num;
    for (size_t i = 0; i < SETTLE_STEPS && !client_world.broken[0] && !is_settled(num); i++)
        step();
    for (size_t i = 0; i < num; i++)
        if (client_world.calls[i].pending)
            world_breaks("call %zu never ended", i);
}

/* Where nothing was lost or called off, each call has what it asked for. */
static void check_good_network(void)
{
    const struct client_world *w = &client_world;

    if (w->num_lost || w->cancel_percent || w->lifetime_s)
        return;
    for (size_t i = 0; i < CLIENT_WORLD_CALLS; i++)
        if (w->calls[i].runs != 1 && w->calls[i].received && w->calls[i].opnum != OP_MAYBE &&
            w->now_ms < CALL_MS)
            world_breaks("call %zu ran %u times in a good network", i, w->calls[i].runs);
}

static uint64_t play(uint64_t seed)
{
    struct client_world *w = &client_world;

    plan(seed);
    if (open_world() != RPCSEC_OK)
        world_breaks("the client cannot be opened");
    for (size_t i = 0; i < MAX_STEPS && !w->broken[0]; i++)
        step();
    w->settles = true;
    if (!w->broken[0])
        settle(w->num_calls);
    check_good_network();
    if (!w->broken[0])
        start(&w->calls[CLIENT_WORLD_CALLS], OP_ONCE);
    if (!w->broken[0])
        settle(CLIENT_WORLD_CALLS + 1);
    close_world();
    return w->hash;
}

struct totals {
    uint64_t calls;
    uint64_t connections;
    uint64_t lost;
    uint64_t twice;
    uint64_t not_run;
};

static void add(struct totals *t)
{
    t->connections += client_world.num_connections;
    t->lost += client_world.num_lost;
    for (size_t i = 0; i <= CLIENT_WORLD_CALLS; i++) {
        t->calls += client_world.calls[i].received;
        t->twice += client_world.calls[i].runs == 2;
        t->not_run += client_world.calls[i].told_not_run;
    }
}

static bool play_seed(uint64_t seed, struct totals *totals)
{
    uint64_t hash = play(seed);
    char broken[sizeof(client_world.broken)];

    memcpy(broken, client_world.broken, sizeof(broken));
    add(totals);
    if (!broken[0] && play(seed) != hash)
        (void)snprintf(broken, sizeof(broken), "a second run went another way");
    if (broken[0]) {
        printf("not ok - seed %" PRIu64 ": %s\n", seed, broken);
        printf("# again: tests/sim/client --first %" PRIu64 " --seeds 1\n", seed);
    }
    return !broken[0];
}

static bool read_options(int argc, char **argv, uint64_t *first, uint64_t *num)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--first") == 0)
            *first = strtoull(argv[i + 1], NULL, 0);
        else if (strcmp(argv[i], "--seeds") == 0)
            *num = strtoull(argv[i + 1], NULL, 0);
        else
            return false;
    }
    return argc % 2 == 1;
}

int main(int argc, char **argv)
{
    struct totals totals = {.calls = 0};
    struct timespec begin;
    struct timespec now;
    uint64_t first = 1;
    uint64_t num = 20000;
    uint64_t failures = 0;
    uint64_t i;

    if (!read_options(argc, argv, &first, &num)) {
        fprintf(stderr, "usage: client [--seeds N] [--first SEED]\n");
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (i = 0; i < num; i++) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (argc == 1 && now.tv_sec - begin.tv_sec >= 60)
            break; /* in make check: as many as a minute holds, where a sanitizer is slow */
        failures += !play_seed(first + i, &totals);
    }
    printf("# %" PRIu64 " calls, %" PRIu64 " connections, %" PRIu64 " lost, %" PRIu64
           " calls ran twice as they may, %" PRIu64 " told as not run\n",
           totals.calls, totals.connections, totals.lost, totals.twice, totals.not_run);
    if (!failures)
        printf("ok - seeds %" PRIu64 "..%" PRIu64 "\n", first, first + i - 1);
    return failures != 0;
}
