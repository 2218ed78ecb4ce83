/* SPDX-License-Identifier: MIT
 *
 * unit/test_runtime_epm_server.c: a server that is its own endpoint mapper.
 */
#include "harness/test.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/uuid.h"
#include "gen/epm.h"
#include "pdu/tower.h"
#include "unit/runtime_service.h"

#define NUM_ENTRIES      4 /* two interfaces at two addresses */
#define CANT_PERFORM_OP  0x16c9a0cd
#define INVALID_ENTRY    0x16c9a0d3
#define NOT_REGISTERED   0x16c9a0d6
#define CONTEXT_MISMATCH 0x1C00001A

struct fixture {
    struct rpcsec_policy *policy;
    struct rpcsec_server *server;
    struct service_counts counts;
    pthread_t thread;
    unsigned ports[2];
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static void *run(void *arg)
{
    struct fixture *f = arg;

    assert_ok(rpcsec_server_run(f->server, NULL));
    return NULL;
}

static void listen_at(struct fixture *f, size_t n)
{
    assert_ok(rpcsec_server_listen(f->server, "ncacn_ip_tcp:127.0.0.1[0]", NULL));
    assert_int_equal(
        sscanf(rpcsec_server_binding(f->server, n), "ncacn_ip_tcp:127.0.0.1[%u]", &f->ports[n]),
        1);
}

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    f->arena = rpcsec_arena_new(0);
    assert_ok(rpcsec_server_new(f->policy, &f->server, NULL));
    assert_ok(rpcsec_server_add(f->server,
                                (struct rpcsec_service){&service_interface, &f->counts}, NULL));
    assert_ok(rpcsec_server_add_epm(f->server, NULL));
    listen_at(f, 0);
    listen_at(f, 1);
    assert_int_equal(pthread_create(&f->thread, NULL, run, f), 0);
    assert_ok(rpcsec_client_open(rpcsec_server_binding(f->server, 1), NULL, f->policy,
                                 &f->client, &f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    rpcsec_server_stop(f->server);
    pthread_join(f->thread, NULL);
    rpcsec_server_free(f->server);
    rpcsec_arena_free(f->arena);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static bool is_null(const epm_lookup_handle *handle)
{
    static const epm_lookup_handle null;

    return memcmp(handle, &null, sizeof(null)) == 0;
}

/* ---- lookup ---- */

static uint32_t look_up(struct fixture *f, epm_lookup_handle *handle, uint32_t max,
                        uint32_t *ret_num, epm_entry **ret_entries)
{
    uint32_t answer = 0;
    rpcsec_status status = epm_ept_lookup(f->client, f->arena, 0, NULL, NULL, 1, handle, max,
                                          ret_num, ret_entries, &answer, &f->err);

    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    return answer;
}

/* Entry n is interface n / 2 at address n % 2. */
static void check_entry(const struct fixture *f, const epm_entry *entry, unsigned n)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    struct tower tower;

    assert_non_null(entry->tower);
    assert_ok(
        tower_decode(entry->tower->tower_octet_string, entry->tower->tower_length, &tower));
    assert_string_equal(entry->annotation, n < 2 ? "service" : "epm");
    assert_true(syntax_equal(&tower.interface,
                             n < 2 ? &service_interface.id : &epm_client_interface.id));
    assert_true(syntax_equal(&tower.transfer, &syntax_ndr));
    assert_string_equal(tower_sequence(&tower), "ncacn_ip_tcp");
    assert_int_equal(tower.port, f->ports[n % 2]);
    assert_memory_equal(tower.address, loopback, sizeof(loopback));
}

static void every_interface_is_listed_at_every_address(void **state)
{
    struct fixture *f = *state;
    epm_lookup_handle handle = {{0}};
    epm_entry *entries = NULL;
    uint32_t num = 0;

    assert_int_equal(look_up(f, &handle, 500, &num, &entries), 0);
    assert_int_equal(num, NUM_ENTRIES);
    assert_true(is_null(&handle));
    for (unsigned n = 0; n < num; n++)
        check_entry(f, &entries[n], n);
}

static void pages_of_any_size_give_the_same_entries(void **state)
{
    struct fixture *f = *state;

    for (uint32_t size = 1; size <= NUM_ENTRIES + 1; size++) {
        epm_lookup_handle handle = {{0}};
        unsigned seen = 0;

        do {
            epm_entry *entries = NULL;
            uint32_t num = 0;

            assert_int_equal(look_up(f, &handle, size, &num, &entries), 0);
            assert_in_range(num, 1, size);
            for (uint32_t n = 0; n < num; n++)
                check_entry(f, &entries[n], seen++);
            assert_int_equal(is_null(&handle), seen == NUM_ENTRIES);
        } while (!is_null(&handle));
        assert_int_equal(seen, NUM_ENTRIES);
    }
}

static void a_lookup_may_be_ended_early_and_not_gone_on_with(void **state)
{
    struct fixture *f = *state;
    epm_lookup_handle handle = {{0}};
    epm_lookup_handle kept;
    epm_entry *entries = NULL;
    uint32_t num = 0;
    uint32_t answer = 1;

    assert_int_equal(look_up(f, &handle, 1, &num, &entries), 0);
    kept = handle;
    assert_ok(epm_ept_lookup_handle_free(f->client, f->arena, &handle, &answer, &f->err));
    assert_int_equal(answer, 0);
    assert_true(is_null(&handle));
    assert_status(epm_ept_lookup(f->client, f->arena, 0, NULL, NULL, 1, &kept, 1, &num,
                                 &entries, &answer, &f->err),
                  RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, CONTEXT_MISMATCH);
}

static void a_lookup_that_is_left_ends_with_its_client(void **state)
{
    struct fixture *f = *state;
    epm_lookup_handle handle = {{0}};
    epm_entry *entries = NULL;
    uint32_t num = 0;

    assert_int_equal(look_up(f, &handle, 1, &num, &entries), 0);
    assert_false(is_null(&handle)); /* its object is run down, or a sanitizer tells */
}

struct inquiry {
    uint32_t type;
    uint16_t major, minor;
    uint32_t vers_option;
    uint32_t num;
};

/* The service is version 1.0. */
static const struct inquiry inquiries[] = {
    {1, 1, 0, 1, 2}, {1, 9, 9, 1, 2}, {1, 1, 0, 2, 2}, {1, 1, 1, 2, 0}, {1, 1, 0, 3, 2},
    {1, 1, 1, 3, 0}, {1, 1, 7, 4, 2}, {1, 2, 0, 4, 0}, {1, 1, 0, 5, 2}, {1, 2, 0, 5, 2},
    {1, 0, 9, 5, 0}, {1, 1, 0, 6, 0}, {2, 1, 0, 1, 0}, {3, 1, 0, 1, 0}, {4, 1, 0, 1, 0},
};

static epm_uuid wire_uuid(const struct rpcsec_uuid *uuid)
{
    epm_uuid wire = {.time_low = uuid->time_low,
                     .time_mid = uuid->time_mid,
                     .time_hi_and_version = uuid->time_hi_and_version};

    memcpy(wire.clock_seq, uuid->clock_seq, sizeof(wire.clock_seq));
    memcpy(wire.node, uuid->node, sizeof(wire.node));
    return wire;
}

static void entries_are_found_by_interface_and_version(void **state)
{
    struct fixture *f = *state;

    for (size_t n = 0; n < NUM_OF(inquiries); n++) {
        const struct inquiry *q = &inquiries[n];
        const epm_if_id id = {wire_uuid(&service_interface.id.uuid), q->major, q->minor};
        epm_lookup_handle handle = {{0}};
        epm_entry *entries = NULL;
        uint32_t num = 0;
        uint32_t answer = 1;

        print_message("%u %u.%u %u\n", (unsigned)q->type, (unsigned)q->major,
                      (unsigned)q->minor, (unsigned)q->vers_option);
        assert_ok(epm_ept_lookup(f->client, f->arena, q->type, NULL, &id, q->vers_option,
                                 &handle, 500, &num, &entries, &answer, &f->err));
        assert_int_equal(num, q->num);
        assert_int_equal(answer, q->num ? 0 : NOT_REGISTERED);
    }
}

/* ---- map ---- */

static struct tower service_tower(void)
{
    return (struct tower){
        .interface = service_interface.id,
        .transfer = syntax_ndr,
        .rpc = TOWER_NCACN,
        .transport = TOWER_TCP,
    };
}

static epm_twr *twr_of(struct fixture *f, const struct tower *tower)
{
    epm_twr *twr = NULL;
    struct buf octets;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, tower);
    assert_ok(buf_status(&octets));
    twr = rpcsec_arena_alloc(f->arena, sizeof(*twr) + octets.len);
    assert_non_null(twr);
    twr->tower_length = (uint32_t)octets.len;
    memcpy(twr->tower_octet_string, octets.data, octets.len);
    buf_done(&octets);
    return twr;
}

static uint32_t map(struct fixture *f, const epm_twr *twr, epm_lookup_handle *handle,
                    uint32_t max, uint32_t *ret_num, epm_twr_p **ret_towers)
{
    uint32_t answer = 1;
    rpcsec_status status = epm_ept_map(f->client, f->arena, NULL, twr, handle, max, ret_num,
                                       ret_towers, &answer, &f->err);

    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    return answer;
}

static void check_map(struct fixture *f, const struct tower *wanted, uint32_t num_wanted)
{
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    struct tower got;
    uint32_t num = 0;
    uint32_t answer = map(f, twr_of(f, wanted), &handle, 10, &num, &towers);

    assert_int_equal(answer, num_wanted ? 0 : NOT_REGISTERED);
    assert_int_equal(num, num_wanted);
    assert_true(is_null(&handle));
    for (uint32_t n = 0; n < num; n++) {
        assert_ok(tower_decode(towers[n]->tower_octet_string, towers[n]->tower_length, &got));
        assert_int_equal(got.port, f->ports[n]);
        assert_true(syntax_equal(&got.transfer, &wanted->transfer));
    }
}

static void a_tower_is_mapped_to_the_ports_of_its_interface(void **state)
{
    struct fixture *f = *state;
    struct tower tower = service_tower();

    check_map(f, &tower, 2);
    tower.port = 4711; /* without meaning in a question */
    check_map(f, &tower, 2);
    tower.transfer = syntax_ndr64;
    check_map(f, &tower, 2);
}

static void what_is_not_served_is_not_registered(void **state)
{
    struct fixture *f = *state;
    struct tower minor = service_tower();
    struct tower major = service_tower();
    struct tower other = service_tower();
    struct tower syntax = service_tower();
    struct tower local = service_tower();

    minor.interface.minor = 1;
    major.interface.major = 2;
    other.interface = other_interface.id;
    syntax.transfer.major = 3;
    local.rpc = TOWER_NCALRPC;
    local.transport = TOWER_PIPE;
    check_map(f, &minor, 0);
    check_map(f, &major, 0);
    check_map(f, &other, 0);
    check_map(f, &syntax, 0);
    check_map(f, &local, 0);
}

static void a_map_goes_on_by_its_handle(void **state)
{
    struct fixture *f = *state;
    const struct tower tower = service_tower();
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    uint32_t num = 0;

    assert_int_equal(map(f, twr_of(f, &tower), &handle, 1, &num, &towers), 0);
    assert_int_equal(num, 1);
    assert_false(is_null(&handle));
    assert_int_equal(map(f, twr_of(f, &tower), &handle, 1, &num, &towers), 0);
    assert_int_equal(num, 1);
    assert_true(is_null(&handle));
}

static void a_tower_that_is_none_is_an_invalid_entry(void **state)
{
    struct fixture *f = *state;
    const struct tower tower = service_tower();
    epm_twr *seven = twr_of(f, &tower);
    epm_lookup_handle handle = {{0}};
    epm_twr_p *towers = NULL;
    uint32_t num = 0;

    seven->tower_octet_string[0] = 7; /* floors */
    assert_int_equal(map(f, seven, &handle, 1, &num, &towers), INVALID_ENTRY);
    assert_int_equal(map(f, NULL, &handle, 1, &num, &towers), INVALID_ENTRY);
    assert_int_equal(num, 0);
}

/* ---- the rest ---- */

static void nothing_can_be_registered_or_removed_from_afar(void **state)
{
    struct fixture *f = *state;
    const struct tower tower = service_tower();
    const epm_entry entry = {.tower = twr_of(f, &tower), .annotation = "mine"};
    uint32_t answer = 0;

    assert_ok(epm_ept_insert(f->client, f->arena, 1, &entry, 1, &answer, &f->err));
    assert_int_equal(answer, CANT_PERFORM_OP);
    answer = 0;
    assert_ok(epm_ept_delete(f->client, f->arena, 1, &entry, &answer, &f->err));
    assert_int_equal(answer, CANT_PERFORM_OP);
    answer = 0;
    assert_ok(epm_ept_mgmt_delete(f->client, f->arena, 0, NULL, entry.tower, &answer, &f->err));
    assert_int_equal(answer, CANT_PERFORM_OP);
    every_interface_is_listed_at_every_address(state);
}

static void our_client_finds_its_interface_there(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    char binding[80];
    uint32_t sum = 0;

    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[,epm_port=%u]", f->ports[1]);
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &client, &f->err));
    assert_ok(do_add(client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
    rpcsec_client_close(client);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_interface_is_listed_at_every_address),
        TEST(pages_of_any_size_give_the_same_entries),
        TEST(a_lookup_may_be_ended_early_and_not_gone_on_with),
        TEST(a_lookup_that_is_left_ends_with_its_client),
        TEST(entries_are_found_by_interface_and_version),
        TEST(a_tower_is_mapped_to_the_ports_of_its_interface),
        TEST(what_is_not_served_is_not_registered),
        TEST(a_map_goes_on_by_its_handle),
        TEST(a_tower_that_is_none_is_an_invalid_entry),
        TEST(nothing_can_be_registered_or_removed_from_afar),
        TEST(our_client_finds_its_interface_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
