/* SPDX-License-Identifier: MIT
 *
 * runtime/server.c: making a server, running it on its loops and pools, stopping it. Layer:
 * runtime.
 */
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/trace.h"
#include "runtime/server.h"

/* ---- making ---- */

static size_t choose_num_homes(void)
{
    size_t num = loop_num_processors();

    return num > SERVER_MAX_LOOPS ? SERVER_MAX_LOOPS : num;
}

static void drain_home(void *arg)
{
    struct home *home = arg;
    uint64_t limit = policy_limit(home->server->policy, RPCSEC_LIMIT_DRAIN_MS);

    loop_timer_set(home->drain_timer, loop_now_ms() + limit);
    connections_drain(home);
}

static void give_up_draining(void *arg)
{
    connections_give_up(arg);
}

static rpcsec_status make_homes(struct rpcsec_server *server)
{
    const struct writer_shape no_shape = {.body_max = 16}; /* until the first answer */
    size_t num = choose_num_homes();

    for (size_t i = 0; i < num; i++) {
        struct home *home = &server->homes[i];
        rpcsec_status status = loop_new(&home->loop);

        if (status)
            return status;
        home->server = server;
        rpcsec_error_init(&home->error, sizeof(home->error));
        writer_init(&home->writer, &no_shape, false);
        home->drain = (struct loop_task){.run = drain_home, .arg = home};
        server->num_homes++;
        status = loop_timer_new(home->loop, give_up_draining, home, &home->drain_timer);
        if (status)
            return status;
    }
    return RPCSEC_OK;
}

static rpcsec_status make_pools(struct rpcsec_server *server)
{
    size_t num = (size_t)policy_limit(server->policy, RPCSEC_LIMIT_THREADS);
    rpcsec_status status = pool_new(num, &server->call_pool);

    return status ? status : pool_new(SERVER_HANDSHAKE_THREADS, &server->handshake_pool);
}

static rpcsec_status set_up(struct rpcsec_server *server, struct rpcsec_policy *policy,
                            struct rpcsec_error *err)
{
    rpcsec_status status = policy_freeze(policy, &server->policy, err);

    if (status)
        return status;
    server->max_connections = policy_limit(server->policy, RPCSEC_LIMIT_CONNECTIONS);
    acceptor_init(&server->acceptor, server->policy);
    handles_init(&server->handles,
                 (size_t)policy_limit(server->policy, RPCSEC_LIMIT_SERVER_HANDLES),
                 (size_t)policy_limit(server->policy, RPCSEC_LIMIT_HANDLES));
    status = make_homes(server);
    return status
               ? error_set(err, status, RPCSEC_LAYER_TRANSPORT,
                           "the server's loops cannot be made: %s", rpcsec_status_text(status))
               : RPCSEC_OK;
}

rpcsec_status rpcsec_server_new(struct rpcsec_policy *policy, struct rpcsec_server **ret_server,
                                struct rpcsec_error *err)
{
    struct rpcsec_server *server;
    rpcsec_status status;

    error_clear(err);
    if (!ret_server)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no place for the server");
    server = mem_zalloc(sizeof(*server));
    if (!server)
        return error_no_memory(err);
    if (wake_init(&server->stop)) {
        mem_free(server);
        return error_set(err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT,
                         "no descriptor is left for a server");
    }
    epm_registry_init(&server->epm);
    groups_init(&server->groups, 0);
    shares_init(&server->shares);
    status = set_up(server, policy, err);
    if (status) {
        rpcsec_server_free(server);
        return status;
    }
    *ret_server = server;
    return RPCSEC_OK;
}

static void home_free(struct home *home)
{
    loop_timer_free(home->drain_timer);
    loop_free(home->loop);
    writer_done(&home->writer);
    server_calls_done(home);
    assoc_pool_done(&home->pool);
}

/* What draining did not wait for. Each call that ends here may make others ready that waited
 * for its handles, on any loop. */
static void abandon_connections(struct rpcsec_server *server)
{
    bool again;

    for (size_t i = 0; i < server->num_homes; i++)
        connections_abandon(&server->homes[i]);
    do {
        again = false;
        for (size_t i = 0; i < server->num_homes; i++)
            again |= loop_run_posted(server->homes[i].loop);
    } while (again);
}

void rpcsec_server_free(struct rpcsec_server *server)
{
    if (!server)
        return;
    registrar_end(server);
    listeners_free(server);
    loop_watch_free(server->stop_watch);
    abandon_connections(server);
    for (size_t i = 0; i < server->num_homes; i++)
        home_free(&server->homes[i]);
    registry_done(&server->registry);
    if (server->policy) {
        acceptor_done(&server->acceptor);
        handles_done(&server->handles);
    }
    epm_registry_done(&server->epm);
    groups_done(&server->groups);
    shares_done(&server->shares);
    wake_done(&server->stop);
    rpcsec_policy_free(server->policy);
    mem_free(server);
}

rpcsec_status rpcsec_server_add_with(struct rpcsec_server *server,
                                     struct rpcsec_service service,
                                     const struct rpcsec_service_options *options,
                                     struct rpcsec_error *err)
{
    error_clear(err);
    if (!server)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no server to add the interface to");
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server runs already: add interfaces before");
    return registry_add(&server->registry, service, options, server->policy->level, err);
}

rpcsec_status rpcsec_server_add(struct rpcsec_server *server, struct rpcsec_service service,
                                struct rpcsec_error *err)
{
    return rpcsec_server_add_with(server, service, NULL, err);
}

static rpcsec_status check_may_set(const struct rpcsec_server *server)
{
    if (!server)
        return RPCSEC_INVALID_ARGUMENT;
    return server->ran ? RPCSEC_INVALID_STATE : RPCSEC_OK;
}

rpcsec_status rpcsec_server_on_error(struct rpcsec_server *server,
                                     void (*on_error)(void *arg,
                                                      const struct rpcsec_error *error,
                                                      const struct rpcsec_peer *peer),
                                     void *arg)
{
    rpcsec_status status = check_may_set(server);

    if (status)
        return status;
    server->on_error = on_error;
    server->on_error_arg = arg;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_on_audit(struct rpcsec_server *server,
                                     void (*on_audit)(void *arg, const char *line), void *arg)
{
    rpcsec_status status = check_may_set(server);

    if (status)
        return status;
    server->on_audit = on_audit;
    server->on_audit_arg = arg;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_set_node(struct rpcsec_server *server, uint8_t node)
{
    rpcsec_status status = check_may_set(server);

    if (status == RPCSEC_OK)
        server->groups.node = node;
    return status;
}

void rpcsec_server_stats(struct rpcsec_server *server, struct rpcsec_server_stats *ret_stats)
{
    struct rpcsec_server_stats stats = {
        .size = ret_stats->size,
        .connections = atomic_load(&server->num_connections),
        .max_connections = server->max_connections,
        .calls = atomic_load(&server->stats.calls_in),
        .reads = atomic_load(&server->stats.packets_in),
        .writes = atomic_load(&server->stats.packets_out),
        .call_bytes = atomic_load(&server->call_bytes),
        .output_bytes = atomic_load(&server->output_bytes),
        .handles = handles_num(&server->handles),
    };

    memcpy(ret_stats, &stats, stats.size < sizeof(stats) ? stats.size : sizeof(stats));
}

/* ---- running ---- */

/* On the first loop's thread. */
static void on_stop(void *arg, unsigned events)
{
    struct rpcsec_server *server = arg;

    (void)events;
    wake_clear(&server->stop);
    if (atomic_exchange(&server->stopping, true))
        return;
    TRACE("runtime", "draining", "connections=%zu", atomic_load(&server->num_connections));
    registrar_stop(server->registrar);
    listeners_stop(server);
    for (size_t i = 0; i < server->num_homes; i++)
        loop_post(server->homes[i].loop, &server->homes[i].drain);
}

static void *run_home(void *arg)
{
    struct home *home = arg;

    loop_run(home->loop);
    return NULL;
}

/* A server that takes anonymous clients may begin without a keytab. */
rpcsec_status server_acquire(struct rpcsec_server *server, struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status = acceptor_acquire(&server->acceptor, &why);

    if (status == RPCSEC_OK || server->policy->anonymous)
        return RPCSEC_OK;
    error_copy(err, &why);
    return status;
}

static rpcsec_status start_stop_watch(struct rpcsec_server *server)
{
    rpcsec_status status = loop_watch_new(server->homes[0].loop, server->stop.fd, on_stop,
                                          server, &server->stop_watch);

    if (status == RPCSEC_OK)
        loop_watch_set(server->stop_watch, LOOP_READ);
    return status;
}

/* The first loop runs on the caller's thread; one that gets no thread is left out. */
static void start_homes(struct rpcsec_server *server)
{
    size_t num = 1;

    while (num < server->num_homes) {
        struct home *home = &server->homes[num];

        home->started = thread_start(&home->thread, run_home, home);
        if (!home->started)
            break;
        num++;
    }
    while (server->num_homes > num)
        home_free(&server->homes[--server->num_homes]);
}

static void join_homes(struct rpcsec_server *server)
{
    for (size_t i = 1; i < server->num_homes; i++)
        pthread_join(server->homes[i].thread, NULL);
}

static rpcsec_status start(struct rpcsec_server *server, struct rpcsec_error *err)
{
    rpcsec_status status = make_pools(server);

    if (status == RPCSEC_OK)
        status = start_stop_watch(server);
    if (status == RPCSEC_OK)
        status = listeners_start(server);
    if (status)
        return error_set(err, status, RPCSEC_LAYER_TRANSPORT, "the server cannot start: %s",
                         rpcsec_status_text(status));
    return RPCSEC_OK;
}

/* Those that are open, and those that handshakes and the Kerberos library take. */
#define SPARE_DESCRIPTORS 64

/* More connections than descriptors would only stop it from accepting any. */
static void limit_connections(struct rpcsec_server *server)
{
    struct rlimit files = {.rlim_cur = RLIM_INFINITY};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const struct rpcsec_peer nobody = {
        .principal = "", .target = "", .address = "", .enctype = ""};
    uint64_t most;

    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur == RLIM_INFINITY)
        return;
    most = files.rlim_cur > 2 * SPARE_DESCRIPTORS ? files.rlim_cur - SPARE_DESCRIPTORS
                                                  : files.rlim_cur / 2;
    if (server->max_connections <= most)
        return;
    (void)error_set(&err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
                    "at most %llu connections, not %llu: this process may open %llu files; "
                    "raise that (ulimit -n, LimitNOFILE=) or lower the limit CONNECTIONS",
                    (unsigned long long)most, (unsigned long long)server->max_connections,
                    (unsigned long long)files.rlim_cur);
    server->max_connections = most;
    TRACE("runtime", "limited", "text=\"%s\"", err.text);
    if (server->on_error)
        server->on_error(server->on_error_arg, &err, &nobody);
}

static rpcsec_status check_can_run(const struct rpcsec_server *server, struct rpcsec_error *err)
{
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server ran already: make a new one");
    if (!server->listeners)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server listens nowhere: call rpcsec_server_listen before");
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_run(struct rpcsec_server *server, struct rpcsec_error *err)
{
    rpcsec_status status;

    error_clear(err);
    if (!server)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no server to run");
    status = check_can_run(server, err);
    if (status)
        return status;
    server->ran = true;
    limit_connections(server);
    status = start(server, err);
    if (status == RPCSEC_OK) {
        registrar_start(server->registrar);
        start_homes(server);
        loop_run(server->homes[0].loop);
        join_homes(server);
    }
    registrar_end(server);
    pool_free(server->call_pool);
    pool_free(server->handshake_pool);
    server->call_pool = server->handshake_pool = NULL;
    return status;
}

void rpcsec_server_stop(struct rpcsec_server *server)
{
    wake_ring(&server->stop);
}
