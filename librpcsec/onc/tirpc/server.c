/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/server.c: making a server of rpcgen programs, running and stopping it. Layer:
 * onc/tirpc.
 */
#include "onc/tirpc/server.h"

#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/trace.h"

#define SWEEP_MS 1000

/* ---- making ---- */

static size_t choose_num_homes(void)
{
    size_t num = loop_num_processors();

    return num > ONC_MAX_LOOPS ? ONC_MAX_LOOPS : num;
}

static void drain_home(void *arg)
{
    onc_connections_drain(arg);
}

static rpcsec_status make_homes(struct rpcsec_onc_server *server)
{
    size_t num = choose_num_homes();

    server->homes = mem_array(num, sizeof(*server->homes));
    if (!server->homes)
        return RPCSEC_NO_MEMORY;
    for (size_t i = 0; i < num; i++) {
        struct onc_home *home = &server->homes[i];
        rpcsec_status status = loop_new(&home->loop);

        if (status)
            return status;
        home->server = server;
        home->drain = (struct loop_task){.run = drain_home, .arg = home};
        server->num_homes++;
    }
    return RPCSEC_OK;
}

static rpcsec_status set_up(struct rpcsec_onc_server *server, struct rpcsec_policy *policy,
                            struct rpcsec_error *err)
{
    rpcsec_status status = policy_freeze(policy, &server->policy, err);

    if (status)
        return status;
    contexts_init(&server->contexts, server->policy);
    status = make_homes(server);
    return status
               ? error_set(err, status, RPCSEC_LAYER_TRANSPORT,
                           "the server's loops cannot be made: %s", rpcsec_status_text(status))
               : RPCSEC_OK;
}

rpcsec_status rpcsec_onc_server_new(struct rpcsec_policy *policy,
                                    struct rpcsec_onc_server **ret_server,
                                    struct rpcsec_error *err)
{
    struct rpcsec_onc_server *server;
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
    status = set_up(server, policy, err);
    if (status) {
        rpcsec_onc_server_free(server);
        return status;
    }
    *ret_server = server;
    return RPCSEC_OK;
}

static void free_programs(struct rpcsec_onc_server *server)
{
    while (server->programs) {
        struct onc_program *next = server->programs->next;

        mem_free(server->programs);
        server->programs = next;
    }
}

void rpcsec_onc_server_free(struct rpcsec_onc_server *server)
{
    if (!server)
        return;
    onc_listeners_free(server);
    loop_watch_free(server->stop_watch);
    loop_timer_free(server->sweep);
    for (size_t i = 0; i < server->num_homes; i++)
        loop_free(server->homes[i].loop);
    mem_free(server->homes);
    if (server->policy)
        contexts_done(&server->contexts);
    for (size_t i = 0; i < server->num_acceptors; i++)
        sspi_cred_unref(server->acceptors[i].cred);
    free_programs(server);
    wake_done(&server->stop);
    rpcsec_policy_free(server->policy);
    mem_free(server);
}

/* ---- programs ---- */

static bool is_level(enum rpcsec_level level)
{
    return level >= RPCSEC_LEVEL_NONE && level <= RPCSEC_LEVEL_PRIVACY;
}

static rpcsec_status check_service(const struct rpcsec_onc_server *server,
                                   const struct rpcsec_onc_service *service,
                                   rpcsec_onc_dispatch *dispatch, struct rpcsec_error *err)
{
    bool valid =
        server && dispatch && service->size == sizeof(*service) &&
        (service->least_level == RPCSEC_LEVEL_DEFAULT || is_level(service->least_level)) &&
        (service->num_procedures == 0 || service->procedures);

    for (size_t i = 0; valid && i < service->num_procedures; i++)
        valid = is_level(service->procedures[i].least_level);
    if (!valid)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "adding a program needs a server, a dispatch function and valid "
                         "options (size is sizeof the structure)");
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server runs already: add programs before");
    return RPCSEC_OK;
}

static bool has_program(const struct rpcsec_onc_server *server, uint32_t prog, uint32_t vers)
{
    for (const struct onc_program *p = server->programs; p; p = p->next) {
        if (p->prog == prog && p->vers == vers)
            return true;
    }
    return false;
}

static struct onc_program *new_program(const struct rpcsec_onc_service *service)
{
    const size_t len = service->num_procedures * sizeof(service->procedures[0]);
    struct onc_program *program = mem_zalloc(sizeof(*program) + len);

    if (!program)
        return NULL;
    program->least_level = service->least_level;
    program->non_blocking = service->non_blocking;
    program->num_procedures = service->num_procedures;
    if (len > 0)
        memcpy(program->procedures, service->procedures, len);
    return program;
}

rpcsec_status rpcsec_onc_server_add_with(struct rpcsec_onc_server *server, uint32_t prog,
                                         uint32_t vers, rpcsec_onc_dispatch *dispatch,
                                         const struct rpcsec_onc_service *service,
                                         struct rpcsec_error *err)
{
    static const struct rpcsec_onc_service none = {.size = sizeof(none)};
    const struct rpcsec_onc_service *given = service ? service : &none;
    struct onc_program *program;
    rpcsec_status status;

    error_clear(err);
    status = check_service(server, given, dispatch, err);
    if (status)
        return status;
    if (has_program(server, prog, vers))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "program %u version %u is served already", prog, vers);
    program = new_program(given);
    if (!program)
        return error_no_memory(err);
    program->prog = prog;
    program->vers = vers;
    program->dispatch = dispatch;
    if (program->least_level == RPCSEC_LEVEL_DEFAULT)
        program->least_level = server->policy->level;
    program->next = server->programs;
    server->programs = program;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_onc_server_add(struct rpcsec_onc_server *server, uint32_t prog,
                                    uint32_t vers, rpcsec_onc_dispatch *dispatch,
                                    struct rpcsec_error *err)
{
    return rpcsec_onc_server_add_with(server, prog, vers, dispatch, NULL, err);
}

/* ---- credentials ---- */

static rpcsec_status acquire_one(struct rpcsec_onc_server *server,
                                 const struct pkg_ops *package, struct rpcsec_error *err)
{
    const struct pkg_cred_params params = {.inbound = true, .keytab = server->policy->keytab};
    struct sspi_cred *cred = NULL;
    rpcsec_status status = sspi_cred_acquire(package, &params, &cred, err);

    if (status)
        return status;
    server->acceptors[server->num_acceptors++] = (struct onc_acceptor){package, cred};
    return RPCSEC_OK;
}

/* Not NTLM: our clients refuse it in RPCSEC_GSS, and policy speaks of it for DCE/RPC. */
static rpcsec_status acquire_all(struct rpcsec_onc_server *server, struct rpcsec_error *err)
{
    for (unsigned bit = 1; bit < RPCSEC_MECH_NTLM; bit <<= 1) {
        const struct pkg_ops *package = sspi_package((enum rpcsec_mechanism)bit);
        rpcsec_status status;

        if (!package || !(server->policy->mechanisms & bit))
            continue;
        status = acquire_one(server, package, err);
        if (status)
            return status;
    }
    return RPCSEC_OK;
}

/* A server that takes anonymous clients may do without a keytab. */
rpcsec_status onc_server_acquire(struct rpcsec_onc_server *server, struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    rpcsec_status status;

    if (server->num_acceptors > 0)
        return RPCSEC_OK;
    status = acquire_all(server, &why);
    if (status == RPCSEC_OK || server->policy->anonymous)
        return RPCSEC_OK;
    error_copy(err, &why);
    return status;
}

/* ---- running ---- */

/* On the first loop's thread. */
static void on_stop(void *arg, unsigned events)
{
    struct rpcsec_onc_server *server = arg;

    (void)events;
    wake_clear(&server->stop);
    if (atomic_exchange(&server->stopping, true))
        return;
    TRACE("onc", "draining", "connections=%zu", atomic_load(&server->num_connections));
    onc_listeners_stop(server);
    for (size_t i = 0; i < server->num_homes; i++)
        loop_post(server->homes[i].loop, &server->homes[i].drain);
}

static void on_sweep(void *arg)
{
    struct rpcsec_onc_server *server = arg;

    contexts_sweep(&server->contexts);
    loop_timer_set(server->sweep, loop_now_ms() + SWEEP_MS);
}

static rpcsec_status start_watches(struct rpcsec_onc_server *server)
{
    struct loop *loop = server->homes[0].loop;
    rpcsec_status status =
        loop_watch_new(loop, server->stop.fd, on_stop, server, &server->stop_watch);

    if (status == RPCSEC_OK)
        status = loop_timer_new(loop, on_sweep, server, &server->sweep);
    if (status)
        return status;
    loop_watch_set(server->stop_watch, LOOP_READ);
    loop_timer_set(server->sweep, loop_now_ms() + SWEEP_MS);
    return RPCSEC_OK;
}

static rpcsec_status start(struct rpcsec_onc_server *server, size_t num_threads,
                           struct rpcsec_error *err)
{
    rpcsec_status status =
        pool_new(num_threads ? num_threads : ONC_CALL_THREADS, &server->call_pool);

    if (status == RPCSEC_OK)
        status = pool_new(ONC_HANDSHAKE_THREADS, &server->handshake_pool);
    if (status == RPCSEC_OK)
        status = start_watches(server);
    if (status == RPCSEC_OK)
        status = onc_listeners_start(server);
    if (status)
        return error_set(err, status, RPCSEC_LAYER_TRANSPORT, "the server cannot start: %s",
                         rpcsec_status_text(status));
    for (struct onc_listener *l = server->listeners; l && status == RPCSEC_OK; l = l->next)
        status = onc_register(server, l, err);
    return status;
}

static void *run_home(void *arg)
{
    struct onc_home *home = arg;

    loop_run(home->loop);
    return NULL;
}

/* The first loop runs on the caller's thread; one that gets no thread is left out. */
static void run_homes(struct rpcsec_onc_server *server)
{
    size_t num = 1;

    while (num < server->num_homes &&
           thread_start(&server->homes[num].thread, run_home, &server->homes[num]))
        num++;
    while (server->num_homes > num)
        loop_free(server->homes[--server->num_homes].loop);
    loop_run(server->homes[0].loop);
    for (size_t i = 1; i < server->num_homes; i++)
        pthread_join(server->homes[i].thread, NULL);
}

static rpcsec_status check_can_run(const struct rpcsec_onc_server *server,
                                   struct rpcsec_error *err)
{
    if (!server)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no server to run");
    if (server->ran)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server ran already: make a new one");
    if (!server->listeners)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "the server listens nowhere: call rpcsec_onc_server_listen before");
    return RPCSEC_OK;
}

rpcsec_status rpcsec_onc_server_run(struct rpcsec_onc_server *server, size_t num_threads,
                                    struct rpcsec_error *err)
{
    rpcsec_status status;

    error_clear(err);
    status = check_can_run(server, err);
    if (status)
        return status;
    server->ran = true;
    status = start(server, num_threads, err);
    if (status == RPCSEC_OK)
        run_homes(server);
    onc_unregister(server);
    pool_free(server->call_pool);
    pool_free(server->handshake_pool);
    server->call_pool = server->handshake_pool = NULL;
    return status;
}

void rpcsec_onc_server_stop(struct rpcsec_onc_server *server)
{
    wake_ring(&server->stop);
}
