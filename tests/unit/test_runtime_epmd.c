/* SPDX-License-Identifier: MIT
 *
 * unit/test_runtime_epmd.c: the endpoint mapper of a host: who may register with it, what it
 * forgets, its limits, and servers that register.
 */
#include "harness/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "base/uuid.h"
#include "gen/epm.h"
#include "pdu/tower.h"
#include "runtime/epm_registry.h"
#include "unit/runtime_service.h"

#define CANT_PERFORM_OP 0x16c9a0cd
#define INVALID_ENTRY   0x16c9a0d3
#define UPDATE_FAILED   0x16c9a0d4
#define NOT_REGISTERED  0x16c9a0d6
#define MAX_HANDLES     2

struct fixture {
    char directory[32];
    struct test_server mapper;
    struct rpcsec_policy *policy;
    struct rpcsec_client *local;
    struct rpcsec_client *remote;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static void start_mapper(struct fixture *f)
{
    test_server_make(&f->mapper, f->policy);
    assert_ok(rpcsec_server_add_host_epm(f->mapper.server, NULL));
    assert_ok(rpcsec_server_listen(f->mapper.server, "ncalrpc:[epmapper]", NULL));
    test_server_run(&f->mapper, "ncacn_ip_tcp:127.0.0.1[0]");
}

static void open_clients(struct fixture *f)
{
    const struct rpcsec_client_options anonymous = {
        .size = sizeof(anonymous), .policy = f->policy, .level = RPCSEC_LEVEL_NONE};
    const char *tcp = rpcsec_server_binding(f->mapper.server, 1);

    assert_ok(rpcsec_client_open("ncalrpc:[epmapper]", NULL, f->policy, &f->local, &f->err));
    assert_ok(rpcsec_client_open_with(tcp, NULL, &anonymous, &f->remote, &f->err));
}

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    snprintf(f->directory, sizeof(f->directory), "/tmp/rpcsec-epmd-XXXXXX");
    assert_non_null(mkdtemp(f->directory));
    f->arena = rpcsec_arena_new(0);
    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    assert_ok(rpcsec_policy_set_local_directory(f->policy, f->directory));
    assert_ok(rpcsec_policy_set_mechanisms(f->policy, RPCSEC_MECH_LOCAL));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_HANDLES, MAX_HANDLES));
    start_mapper(f);
    open_clients(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[64];

    rpcsec_client_close(f->local);
    rpcsec_client_close(f->remote);
    test_server_stop(&f->mapper);
    rpcsec_policy_free(f->policy);
    rpcsec_arena_free(f->arena);
    snprintf(command, sizeof(command), "rm -rf '%s'", f->directory);
    assert_int_equal(system(command), 0);
    mem_free(f);
    return 0;
}

/* ---- entries ---- */

static struct tower tower_of(uint16_t port)
{
    return (struct tower){
        .interface = service_interface.id,
        .transfer = syntax_ndr,
        .rpc = TOWER_NCACN,
        .transport = TOWER_TCP,
        .port = port,
        .address = {192, 0, 2, 1},
    };
}

static epm_entry entry_of(struct fixture *f, const struct tower *tower)
{
    epm_entry entry = {.annotation = "mine"};
    struct buf octets;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, tower);
    assert_ok(buf_status(&octets));
    entry.tower = rpcsec_arena_alloc(f->arena, sizeof(*entry.tower) + octets.len);
    assert_non_null(entry.tower);
    entry.tower->tower_length = (uint32_t)octets.len;
    memcpy(entry.tower->tower_octet_string, octets.data, octets.len);
    buf_done(&octets);
    return entry;
}

static uint32_t insert_tower(struct fixture *f, struct rpcsec_client *client,
                             const struct tower *tower)
{
    const epm_entry entry = entry_of(f, tower);
    uint32_t answer = 1;

    assert_ok(epm_ept_insert(client, f->arena, 1, &entry, 0, &answer, &f->err));
    return answer;
}

static uint32_t insert(struct fixture *f, struct rpcsec_client *client, uint16_t port)
{
    const struct tower tower = tower_of(port);

    return insert_tower(f, client, &tower);
}

static uint32_t delete_port(struct fixture *f, struct rpcsec_client *client, uint16_t port)
{
    const struct tower tower = tower_of(port);
    const epm_entry entry = entry_of(f, &tower);
    uint32_t answer = 1;

    assert_ok(epm_ept_delete(client, f->arena, 1, &entry, &answer, &f->err));
    return answer;
}

/* How many towers of the service over TCP are told; the first one's. */
static uint32_t num_mapped(struct fixture *f, struct rpcsec_client *client,
                           const epm_uuid *object, struct tower *ret_first)
{
    struct tower question = tower_of(0);
    const epm_entry entry = entry_of(f, &question);
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    uint32_t num = 0;
    uint32_t answer = 1;

    assert_ok(epm_ept_map(client, f->arena, object, entry.tower, &handle, 100, &num, &towers,
                          &answer, &f->err));
    assert_int_equal(answer, num ? 0 : NOT_REGISTERED);
    if (num && ret_first)
        assert_ok(
            tower_decode(towers[0]->tower_octet_string, towers[0]->tower_length, ret_first));
    return num;
}

static void pause_ms(long ms)
{
    const struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

    nanosleep(&wait, NULL);
}

static bool eventually_mapped(struct fixture *f, uint32_t num)
{
    for (int n = 0; n < 500; n++) {
        if (num_mapped(f, f->remote, NULL, NULL) == num)
            return true;
        pause_ms(20);
    }
    return false;
}

/* ---- registering ---- */

static void a_local_process_registers_and_others_are_told(void **state)
{
    struct fixture *f = *state;
    static const uint8_t none[4];
    struct tower first;

    assert_int_equal(insert(f, f->local, 4711), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, &first), 1);
    assert_int_equal(first.port, 4711);
    /* An address would lead clients away from the host that they asked. */
    assert_memory_equal(first.address, none, sizeof(none));
    assert_int_equal(num_mapped(f, f->local, NULL, NULL), 1);
}

static void the_same_again_changes_nothing(void **state)
{
    struct fixture *f = *state;

    for (int n = 0; n < 3; n++)
        assert_int_equal(insert(f, f->local, 4711), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 1);
    assert_int_equal(insert(f, f->local, 4712), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 2);
}

static void nobody_registers_from_afar(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(insert(f, f->remote, 4711), CANT_PERFORM_OP);
    assert_int_equal(insert(f, f->local, 4711), 0);
    assert_int_equal(delete_port(f, f->remote, 4711), CANT_PERFORM_OP);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 1);
}

static void an_entry_is_deleted_by_who_registered_it(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *second;

    assert_ok(rpcsec_client_open("ncalrpc:[epmapper]", NULL, f->policy, &second, &f->err));
    assert_int_equal(insert(f, f->local, 4711), 0);
    assert_int_equal(delete_port(f, second, 4711), NOT_REGISTERED);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 1);
    assert_int_equal(delete_port(f, f->local, 4711), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 0);
    assert_int_equal(delete_port(f, f->local, 4711), NOT_REGISTERED);
    rpcsec_client_close(second);
}

static void entries_go_with_their_connection(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(insert(f, f->local, 4711), 0);
    assert_int_equal(insert(f, f->local, 4712), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 2);
    rpcsec_client_close(f->local);
    f->local = NULL;
    assert_true(eventually_mapped(f, 0));
}

static void what_is_no_entry_is_refused(void **state)
{
    struct fixture *f = *state;
    struct tower no_port = tower_of(0);
    struct tower mapper = tower_of(4711);
    const struct tower good = tower_of(4711);
    epm_entry cut = entry_of(f, &good);
    epm_entry none = cut;
    uint32_t answer = 0;

    mapper.interface = epm_client_interface.id;
    cut.tower->tower_length--;
    none.tower = NULL;
    assert_int_equal(insert_tower(f, f->local, &no_port), INVALID_ENTRY);
    assert_int_equal(insert_tower(f, f->local, &mapper), CANT_PERFORM_OP);
    assert_ok(epm_ept_insert(f->local, f->arena, 1, &cut, 0, &answer, &f->err));
    assert_int_equal(answer, INVALID_ENTRY);
    assert_ok(epm_ept_insert(f->local, f->arena, 1, &none, 0, &answer, &f->err));
    assert_int_equal(answer, INVALID_ENTRY);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 0);
}

static void a_local_endpoint_is_told_to_who_asks_for_one(void **state)
{
    struct fixture *f = *state;
    struct tower local = tower_of(0);
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    epm_entry question;
    struct tower got;
    uint32_t num = 0;
    uint32_t answer = 1;

    local.rpc = TOWER_NCALRPC;
    local.transport = TOWER_PIPE;
    snprintf(local.name, sizeof(local.name), "service");
    question = entry_of(f, &local);
    assert_int_equal(insert_tower(f, f->local, &local), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 0); /* over TCP there is none */
    assert_ok(epm_ept_map(f->local, f->arena, NULL, question.tower, &handle, 10, &num, &towers,
                          &answer, &f->err));
    assert_int_equal(num, 1);
    assert_ok(tower_decode(towers[0]->tower_octet_string, towers[0]->tower_length, &got));
    assert_string_equal(got.name, "service");
}

static void an_entry_of_an_object_is_for_who_asks_for_it(void **state)
{
    struct fixture *f = *state;
    const struct tower tower = tower_of(4711);
    epm_entry entry = entry_of(f, &tower);
    const epm_uuid wanted = {.time_low = 7};
    const epm_uuid other = {.time_low = 8};
    uint32_t answer = 1;

    entry.object = wanted;
    assert_ok(epm_ept_insert(f->local, f->arena, 1, &entry, 0, &answer, &f->err));
    assert_int_equal(answer, 0);
    assert_int_equal(num_mapped(f, f->remote, &wanted, NULL), 1);
    assert_int_equal(num_mapped(f, f->remote, &other, NULL), 0);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 0);
    for (uint32_t type = 2; type <= 3; type++) {
        const epm_if_id id = {.vers_major = 1}; /* another interface */
        epm_lookup_handle handle = {{0}};
        epm_entry *entries = NULL;
        uint32_t num = 0;

        assert_ok(epm_ept_lookup(f->remote, f->arena, type, &wanted, &id, 1, &handle, 10, &num,
                                 &entries, &answer, &f->err));
        assert_int_equal(num, type == 2 ? 1 : 0);
    }
}

/* ---- lookups ---- */

static uint32_t look_up(struct fixture *f, epm_lookup_handle *handle, uint32_t max,
                        epm_entry **ret_entries, rpcsec_status wanted)
{
    uint32_t num = 0;
    uint32_t answer = 1;

    assert_status(epm_ept_lookup(f->remote, f->arena, 0, NULL, NULL, 1, handle, max, &num,
                                 ret_entries, &answer, &f->err),
                  wanted);
    return num;
}

static void a_lookup_goes_on_where_it_was_though_entries_go(void **state)
{
    struct fixture *f = *state;
    epm_lookup_handle handle = {{0}};
    epm_entry *entries = NULL;

    for (uint16_t port = 1; port <= 4; port++)
        assert_int_equal(insert(f, f->local, port), 0);
    /* Two of the mapper's own, then the first of ours. */
    assert_int_equal(look_up(f, &handle, 3, &entries, RPCSEC_OK), 3);
    assert_string_equal(entries[2].annotation, "mine");
    assert_int_equal(delete_port(f, f->local, 1), 0);
    assert_int_equal(delete_port(f, f->local, 2), 0);
    assert_int_equal(look_up(f, &handle, 10, &entries, RPCSEC_OK), 2);
}

static void a_client_has_so_many_lookups_open(void **state)
{
    struct fixture *f = *state;
    epm_entry *entries = NULL;
    epm_lookup_handle handles[MAX_HANDLES + 1] = {{{0}}};

    for (uint16_t port = 1; port <= 4; port++)
        assert_int_equal(insert(f, f->local, port), 0);
    for (int n = 0; n < MAX_HANDLES; n++)
        assert_int_equal(look_up(f, &handles[n], 1, &entries, RPCSEC_OK), 1);
    (void)look_up(f, &handles[MAX_HANDLES], 1, &entries, RPCSEC_REMOTE_FAULT);
    assert_int_equal(look_up(f, &handles[0], 500, &entries, RPCSEC_OK), 5);
    assert_int_equal(look_up(f, &handles[MAX_HANDLES], 1, &entries, RPCSEC_OK), 1);
}

/* ---- limits of the list ---- */

static struct epm_registration registration(uint32_t uid, uint16_t port, uint32_t interface)
{
    struct epm_registration entry = {.owner = "someone", .uid = uid, .tower = tower_of(port)};

    entry.tower.interface.uuid.time_low = interface;
    return entry;
}

static void a_user_has_so_many_entries_and_all_have_so_many(void **state)
{
    struct epm_registry registry;
    struct epm_registration entry;

    (void)state;
    epm_registry_init(&registry);
    for (uint32_t uid = 0; uid < LIMIT_EPM_ENTRIES / LIMIT_EPM_USER_ENTRIES; uid++) {
        for (unsigned n = 0; n < LIMIT_EPM_USER_ENTRIES; n++) {
            entry = registration(uid, (uint16_t)(n + 1), uid);
            assert_ok(epm_register(&registry, &entry));
        }
        entry = registration(uid, 65535, uid);
        assert_status(epm_register(&registry, &entry), RPCSEC_LIMIT);
    }
    entry = registration(4711, 1, 4711);
    assert_status(epm_register(&registry, &entry), RPCSEC_LIMIT);
    epm_forget(&registry, "nobody");
    assert_int_equal(registry.num, LIMIT_EPM_ENTRIES);
    epm_registry_done(&registry);
}

static void an_interface_that_one_user_serves_is_not_anothers(void **state)
{
    const struct epm_registration first = registration(1, 1, 7);
    const struct epm_registration same_user = registration(1, 2, 7);
    struct epm_registration other_user = registration(2, 3, 7);
    const struct epm_registration his_own = registration(2, 3, 8);
    struct epm_registry registry;

    (void)state;
    epm_registry_init(&registry);
    assert_ok(epm_register(&registry, &first));
    assert_ok(epm_register(&registry, &same_user));
    assert_status(epm_register(&registry, &other_user), RPCSEC_ACCESS_DENIED);
    other_user.tower.interface.major++;
    assert_status(epm_register(&registry, &other_user), RPCSEC_ACCESS_DENIED);
    assert_ok(epm_register(&registry, &his_own));
    assert_ok(epm_unregister(&registry, &first));
    assert_ok(epm_unregister(&registry, &same_user));
    assert_ok(epm_register(&registry, &other_user)); /* now he may */
    epm_registry_done(&registry);
}

static void roots_service_gets_its_interface_back(void **state)
{
    const struct epm_registration squatter = registration(4711, 1, 7);
    const struct epm_registration his_own = registration(4711, 1, 8);
    const struct epm_registration root = registration(0, 2, 7);
    struct epm_registry registry;

    (void)state;
    epm_registry_init(&registry);
    assert_ok(epm_register(&registry, &squatter));
    assert_ok(epm_register(&registry, &his_own));
    assert_ok(epm_register(&registry, &root));
    assert_int_equal(registry.num, 2);
    assert_status(epm_register(&registry, &squatter), RPCSEC_ACCESS_DENIED);
    epm_registry_done(&registry);
}

static void memory_that_ends_adds_nothing(void **state)
{
    const struct epm_registration entry = registration(1, 1, 7);
    struct epm_registry registry;

    (void)state;
    epm_registry_init(&registry);
    mem_test_fail_at(1, false);
    assert_status(epm_register(&registry, &entry), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    assert_int_equal(registry.num, 0);
    epm_registry_done(&registry);
}

/* ---- servers that register ---- */

static void start_service(struct fixture *f, struct test_server *s)
{
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .level = RPCSEC_LEVEL_NONE};
    struct rpcsec_policy *policy = anonymous_policy();

    assert_ok(rpcsec_policy_set_local_directory(policy, f->directory));
    assert_ok(rpcsec_policy_set_mechanisms(policy, 0));
    test_server_make(s, policy);
    assert_ok(rpcsec_server_add_with(
        s->server, (struct rpcsec_service){&service_interface, &s->counts}, &options, NULL));
    assert_ok(rpcsec_server_add_mgmt(s->server, NULL));
    assert_status(rpcsec_server_register(s->server, NULL, &f->err), RPCSEC_INVALID_STATE);
    assert_ok(rpcsec_server_listen(s->server, "ncacn_ip_tcp:127.0.0.1[0]", NULL));
    assert_ok(rpcsec_server_register(s->server, NULL, &f->err));
    assert_status(rpcsec_server_register(s->server, NULL, &f->err), RPCSEC_INVALID_STATE);
    test_server_run(s, "ncacn_ip_tcp:127.0.0.1[0]");
    rpcsec_policy_free(policy);
}

static void call_through_the_mapper(struct fixture *f)
{
    struct rpcsec_policy *policy = anonymous_policy();
    struct rpcsec_client *client;
    char binding[80];
    unsigned port = 0;
    uint32_t sum = 0;

    assert_int_equal(
        sscanf(rpcsec_server_binding(f->mapper.server, 1), "ncacn_ip_tcp:127.0.0.1[%u]", &port),
        1);
    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[,epm_port=%u]", port);
    assert_ok(rpcsec_client_open(binding, NULL, policy, &client, &f->err));
    assert_ok(do_add(client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
}

static void a_server_registers_and_is_forgotten_when_it_stops(void **state)
{
    struct fixture *f = *state;
    struct test_server service = {0};

    start_service(f, &service);
    assert_int_equal(num_mapped(f, f->remote, NULL, NULL), 1);
    call_through_the_mapper(f);
    test_server_stop(&service);
    assert_true(eventually_mapped(f, 0));
}

static void a_mapper_that_was_started_again_knows_the_server(void **state)
{
    struct fixture *f = *state;
    struct test_server service = {0};

    start_service(f, &service);
    rpcsec_client_close(f->local);
    rpcsec_client_close(f->remote);
    test_server_stop(&f->mapper);
    pause_ms(2500); /* the server finds nobody meanwhile */
    start_mapper(f);
    open_clients(f);
    assert_true(eventually_mapped(f, 1));
    call_through_the_mapper(f);
    test_server_stop(&service);
}

static void a_server_without_a_mapper_says_so(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_server *server = NULL;

    assert_status(rpcsec_server_register(NULL, NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    assert_ok(rpcsec_server_listen(server, "ncalrpc:[lonely]", &f->err));
    assert_status(rpcsec_server_register(server, "ncalrpc:[no-mapper]", &f->err),
                  RPCSEC_CONNECTION_REFUSED);
    assert_non_null(strstr(f->err.text, "nobody serves ncalrpc:[no-mapper]"));
    rpcsec_server_free(server);
}

static void a_mapper_of_a_host_needs_the_kernels_word(void **state)
{
    struct rpcsec_policy *policy = anonymous_policy();
    struct fixture *f = *state;
    struct rpcsec_server *server = NULL;

    assert_status(rpcsec_server_add_host_epm(NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_server_new(policy, &server, &f->err));
    assert_status(rpcsec_server_add_host_epm(server, &f->err), RPCSEC_INVALID_STATE);
    rpcsec_server_free(server);
    rpcsec_policy_free(policy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_local_process_registers_and_others_are_told),
        TEST(the_same_again_changes_nothing),
        TEST(nobody_registers_from_afar),
        TEST(an_entry_is_deleted_by_who_registered_it),
        TEST(entries_go_with_their_connection),
        TEST(what_is_no_entry_is_refused),
        TEST(a_local_endpoint_is_told_to_who_asks_for_one),
        TEST(an_entry_of_an_object_is_for_who_asks_for_it),
        TEST(a_lookup_goes_on_where_it_was_though_entries_go),
        TEST(a_client_has_so_many_lookups_open),
        cmocka_unit_test(a_user_has_so_many_entries_and_all_have_so_many),
        cmocka_unit_test(an_interface_that_one_user_serves_is_not_anothers),
        cmocka_unit_test(roots_service_gets_its_interface_back),
        cmocka_unit_test(memory_that_ends_adds_nothing),
        TEST(a_server_registers_and_is_forgotten_when_it_stops),
        TEST(a_mapper_that_was_started_again_knows_the_server),
        TEST(a_server_without_a_mapper_says_so),
        TEST(a_mapper_of_a_host_needs_the_kernels_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
