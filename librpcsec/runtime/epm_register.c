/* SPDX-License-Identifier: MIT
 *
 * runtime/epm_register.c: a server tells the endpoint mapper of its host where it serves, and
 * goes on telling it. Layer: runtime. Document: C706 appendix O (ept_insert).
 *
 * The mapper forgets what came over a connection that has ended. So the connection is kept, and
 * the same is said again from time to time: a mapper that was started anew hears it too.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"
#include "gen/epm.h"
#include "gen/mgmt.h"
#include "runtime/epm.h"
#include "runtime/server.h"

#define DEFAULT_MAPPER "ncalrpc:[epmapper]" /* MS-RPCE 2.1.1.1: as on TCP, a known endpoint */
#define RENEW_MS       2000

struct registrar {
    struct rpcsec_server *server;
    struct rpcsec_policy *policy;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena; /* of the entries */
    epm_entry *entries;
    uint32_t num;
    bool failed; /* the last time, and somebody was told */
    struct wake wake;
    bool has_thread;
    pthread_t thread;
};

/* ---- what there is to tell ---- */

/* Every server has mgmt, and the mapper has itself. */
static bool is_everywhere(const struct rpcsec_syntax *interface)
{
    return uuid_equal(&interface->uuid, &epm_client_interface.id.uuid) ||
           uuid_equal(&interface->uuid, &mgmt_client_interface.id.uuid);
}

static rpcsec_status fill_entry(struct rpcsec_arena *arena, const struct tower *tower,
                                const char *name, epm_entry *entry)
{
    text_clean(entry->annotation, sizeof(entry->annotation), name, strlen(name));
    return epm_make_twr(arena, tower, &entry->tower);
}

static rpcsec_status collect(struct registrar *registrar)
{
    const size_t num = epm_num_towers(registrar->server);
    struct tower tower;
    const char *name;

    registrar->entries =
        rpcsec_arena_alloc(registrar->arena, (num + 1) * sizeof(*registrar->entries));
    if (!registrar->entries)
        return RPCSEC_NO_MEMORY;
    for (size_t n = 0; n < num; n++) {
        if (!epm_nth_tower(registrar->server, n, &tower, &name) ||
            is_everywhere(&tower.interface))
            continue;
        if (fill_entry(registrar->arena, &tower, name, &registrar->entries[registrar->num]))
            return RPCSEC_NO_MEMORY;
        registrar->num++;
    }
    return RPCSEC_OK;
}

/* ---- telling it ---- */

static rpcsec_status tell(struct registrar *registrar, struct rpcsec_error *err)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint32_t answer = 0;
    rpcsec_status status;

    if (!arena)
        return error_no_memory(err);
    status = epm_ept_insert(registrar->client, arena, registrar->num, registrar->entries, 0,
                            &answer, err);
    rpcsec_arena_free(arena);
    if (status == RPCSEC_OK && answer)
        status = error_set(err, RPCSEC_ACCESS_DENIED, RPCSEC_LAYER_REMOTE,
                           "the endpoint mapper does not take the registration: error %#x (%s)",
                           (unsigned)answer, epm_status_text(answer));
    return status;
}

static rpcsec_status make_policy(struct registrar *registrar, struct rpcsec_error *err)
{
    const struct rpcsec_policy *from = registrar->server->policy;
    rpcsec_status status = rpcsec_policy_new(&registrar->policy, err);

    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_mechanisms(registrar->policy, RPCSEC_MECH_LOCAL);
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_local_directory(registrar->policy, from->local_directory);
    if (status == RPCSEC_OK && from->has_local_owner)
        status = rpcsec_policy_set_local_owner(registrar->policy, from->local_owner);
    return status;
}

static rpcsec_status open_registrar(struct registrar *registrar, const char *mapper,
                                    struct rpcsec_error *err)
{
    rpcsec_status status = make_policy(registrar, err);

    registrar->arena = rpcsec_arena_new(0);
    if (status == RPCSEC_OK && registrar->arena)
        status = collect(registrar);
    if (status || !registrar->arena)
        return error_no_memory(err);
    status = rpcsec_client_open(mapper ? mapper : DEFAULT_MAPPER, NULL, registrar->policy,
                                &registrar->client, err);
    return status ? status : tell(registrar, err);
}

static void registrar_free(struct registrar *registrar)
{
    if (!registrar)
        return;
    rpcsec_client_close(registrar->client);
    rpcsec_policy_free(registrar->policy);
    rpcsec_arena_free(registrar->arena);
    wake_done(&registrar->wake);
    mem_free(registrar);
}

static rpcsec_status check(const struct rpcsec_server *server, struct rpcsec_error *err)
{
    if (!server)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no server to register");
    if (server->ran || server->registrar || !server->listeners)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                         "a server is registered once, after it listens and before it runs");
    return RPCSEC_OK;
}

rpcsec_status rpcsec_server_register(struct rpcsec_server *server, const char *mapper,
                                     struct rpcsec_error *err)
{
    struct registrar *registrar;
    rpcsec_status status;

    error_clear(err);
    status = check(server, err);
    if (status)
        return status;
    registrar = mem_zalloc(sizeof(*registrar));
    if (!registrar)
        return error_no_memory(err);
    registrar->server = server;
    registrar->wake.fd = -1;
    status = wake_init(&registrar->wake);
    if (status)
        error_set(err, status, RPCSEC_LAYER_TRANSPORT,
                  "no descriptor is left to register with");
    else
        status = open_registrar(registrar, mapper, err);
    if (status)
        registrar_free(registrar);
    else
        server->registrar = registrar;
    return status;
}

/* ---- and again ---- */

static void tell_again(struct registrar *registrar)
{
    const struct rpcsec_server *server = registrar->server;
    const struct rpcsec_peer nobody = {
        .principal = "", .target = "", .address = "", .enctype = ""};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status = tell(registrar, &err);

    if (status)
        TRACE("runtime", "not_registered", "text=\"%s\"", rpcsec_error_text(&err));
    if (status && !registrar->failed && server->on_error)
        server->on_error(server->on_error_arg, &err, &nobody);
    registrar->failed = status != RPCSEC_OK;
}

static void *run(void *arg)
{
    struct registrar *registrar = arg;
    unsigned ready;

    while (!atomic_load(&registrar->server->stopping)) {
        if (wait_ready(-1, 0, &registrar->wake, loop_now_ms() + RENEW_MS, &ready))
            break;
        if (!atomic_load(&registrar->server->stopping))
            tell_again(registrar);
    }
    rpcsec_client_close(registrar->client); /* nobody is sent here any more */
    registrar->client = NULL;
    return NULL;
}

/* Without a thread it stays registered as long as this mapper runs. */
void registrar_start(struct registrar *registrar)
{
    if (registrar)
        registrar->has_thread = thread_start(&registrar->thread, run, registrar);
}

void registrar_stop(struct registrar *registrar)
{
    if (registrar)
        wake_ring(&registrar->wake);
}

void registrar_end(struct rpcsec_server *server)
{
    struct registrar *registrar = server->registrar;

    if (!registrar)
        return;
    if (registrar->has_thread) {
        wake_ring(&registrar->wake);
        pthread_join(registrar->thread, NULL);
    }
    registrar_free(registrar);
    server->registrar = NULL;
}
