/* SPDX-License-Identifier: MIT
 *
 * unit/test_runtime_local.c: clients and servers over ncalrpc, where the kernel's word on the
 * other side counts and where it does not.
 */
#include "harness/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "runtime/client.h"
#include "unit/runtime_service.h"

#define WHERE "ncalrpc:[test.service]"

struct fixture {
    char directory[32];
    char principal[24];
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_error err;
    struct rpcsec_local_peer seen; /* by the service's authorisation */
    bool allowed;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    snprintf(f->directory, sizeof(f->directory), "/tmp/rpcsec-local-XXXXXX");
    snprintf(f->principal, sizeof(f->principal), "uid:%u", (unsigned)geteuid());
    assert_non_null(mkdtemp(f->directory));
    f->allowed = true;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[64];

    rpcsec_client_close(f->client);
    if (f->server.running)
        test_server_stop(&f->server);
    snprintf(command, sizeof(command), "rm -rf '%s'", f->directory);
    assert_int_equal(system(command), 0);
    mem_free(f);
    return 0;
}

static struct rpcsec_policy *policy_with(struct fixture *f, unsigned mechanisms, bool anonymous)
{
    struct rpcsec_policy *policy = NULL;

    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_local_directory(policy, f->directory));
    assert_ok(rpcsec_policy_set_mechanisms(policy, mechanisms));
    assert_ok(rpcsec_policy_set_anonymous(policy, anonymous));
    return policy;
}

static bool look(void *arg, const struct rpcsec_request *request)
{
    struct fixture *f = arg;

    if (!request->peer->local || request->peer->mechanism != RPCSEC_MECH_LOCAL)
        return false;
    f->seen = *request->peer->local;
    return f->allowed;
}

static void start_at(struct fixture *f, unsigned mechanisms, bool anonymous,
                     enum rpcsec_level level)
{
    const struct rpcsec_service_options options = {
        .size = sizeof(options), .level = level, .authorise = look, .authorise_arg = f};
    struct rpcsec_policy *policy = policy_with(f, mechanisms, anonymous);

    test_server_start(&f->server, policy, WHERE, &options);
    rpcsec_policy_free(policy);
}

static void start(struct fixture *f, unsigned mechanisms, bool anonymous)
{
    start_at(f, mechanisms, anonymous, RPCSEC_LEVEL_PRIVACY);
}

static rpcsec_status open_client(struct fixture *f, unsigned mechanisms,
                                 enum rpcsec_level level)
{
    struct rpcsec_policy *policy = policy_with(f, mechanisms, false);
    const struct rpcsec_client_options options = {
        .size = sizeof(options), .policy = policy, .level = level};
    rpcsec_status status = rpcsec_client_open_with(WHERE, NULL, &options, &f->client, &f->err);

    rpcsec_policy_free(policy);
    return status;
}

static void the_kernel_tells_each_side_who_the_other_is(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_peer *peer;
    char who[128] = "";
    uint32_t sum = 0;

    start(f, RPCSEC_MECH_LOCAL, false);
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_ok(do_add(f->client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
    assert_ok(do_who(f->client, who, sizeof(who), &f->err));
    assert_non_null(strstr(who, f->principal));
    assert_int_equal(f->seen.uid, geteuid());
    assert_int_equal(f->seen.pid, getpid());
    peer = rpcsec_client_peer(f->client);
    assert_int_equal(peer->mechanism, RPCSEC_MECH_LOCAL);
    assert_int_equal(peer->level, RPCSEC_LEVEL_PRIVACY);
    assert_string_equal(peer->principal, f->principal);
    assert_int_equal(peer->local->uid, geteuid());
}

static void authorisation_goes_by_the_user(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    start(f, RPCSEC_MECH_LOCAL, false);
    f->allowed = false;
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_status(do_add(f->client, 41, &sum, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 5);
}

/* A server whose policy does not have the mechanism takes no bind of its clients. */
static void without_the_policy_the_kernels_word_does_not_count(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    start(f, 0, true);
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_status(do_add(f->client, 41, &sum, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 5);
    assert_int_equal(f->server.counts.runs, 0);
}

static void a_client_that_must_know_its_server_needs_a_principal_or_the_policy(void **state)
{
    struct fixture *f = *state;

    start(f, RPCSEC_MECH_LOCAL, false);
    assert_status(open_client(f, RPCSEC_MECH_KERBEROS, RPCSEC_LEVEL_DEFAULT),
                  RPCSEC_INVALID_ARGUMENT);
    assert_non_null(strstr(f->err.text, "ncalrpc names no service"));
}

static void the_mechanism_is_for_ncalrpc_and_policies_that_have_it(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *with = policy_with(f, RPCSEC_MECH_LOCAL, false);
    struct rpcsec_policy *without = policy_with(f, RPCSEC_MECH_KERBEROS, false);
    struct rpcsec_client_options options = {
        .size = sizeof(options), .policy = with, .mechanism = RPCSEC_MECH_LOCAL};

    assert_status(rpcsec_client_open_with("ncacn_ip_tcp:127.0.0.1[1]", NULL, &options,
                                          &f->client, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
    options.policy = without;
    assert_status(rpcsec_client_open_with(WHERE, NULL, &options, &f->client, &f->err),
                  RPCSEC_POLICY_REFUSED);
    rpcsec_policy_free(with);
    rpcsec_policy_free(without);
}

static void tcp_is_not_local(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *policy = policy_with(f, RPCSEC_MECH_LOCAL, true);
    const struct rpcsec_client_options options = {
        .size = sizeof(options), .policy = policy, .level = RPCSEC_LEVEL_NONE};
    const struct rpcsec_service_options service = {.size = sizeof(service),
                                                   .level = RPCSEC_LEVEL_CONNECT};
    uint32_t sum = 0;

    test_server_start(&f->server, policy, "ncacn_ip_tcp:127.0.0.1[0]", &service);
    assert_ok(rpcsec_client_open_with(f->server.binding, NULL, &options, &f->client, &f->err));
    assert_status(do_add(f->client, 41, &sum, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, 5);
    rpcsec_policy_free(policy);
}

static void a_server_that_comes_back_is_found_again(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    start(f, RPCSEC_MECH_LOCAL, false);
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    test_server_stop(&f->server);
    f->server.running = false;
    assert_status(do_add(f->client, 1, &sum, &f->err), RPCSEC_CONNECTION_REFUSED);
    start(f, RPCSEC_MECH_LOCAL, false);
    assert_ok(do_add(f->client, 41, &sum, &f->err));
    assert_int_equal(sum, 42);
}

static void two_servers_do_not_share_a_name(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *policy = policy_with(f, RPCSEC_MECH_LOCAL, false);
    struct rpcsec_server *second = NULL;

    start(f, RPCSEC_MECH_LOCAL, false);
    assert_ok(rpcsec_server_new(policy, &second, &f->err));
    assert_status(rpcsec_server_listen(second, WHERE, &f->err), RPCSEC_SYSTEM);
    rpcsec_server_free(second);
    rpcsec_policy_free(policy);
}

/* One user's connections are limited as those of an address are. */
static void a_user_has_so_many_connections(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *policy = policy_with(f, RPCSEC_MECH_LOCAL, false);
    const struct rpcsec_client_options options = {.size = sizeof(options), .policy = policy};
    struct rpcsec_client *second = NULL;
    uint32_t sum = 0;

    assert_ok(rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_NAME_CONNECTIONS, 1));
    test_server_start(&f->server, policy, WHERE, NULL);
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_ok(do_add(f->client, 41, &sum, &f->err));
    assert_ok(rpcsec_client_open_with(WHERE, NULL, &options, &second, &f->err));
    assert_true(do_add(second, 41, &sum, &f->err) != RPCSEC_OK);
    rpcsec_client_close(second);
    rpcsec_policy_free(policy);
}

/* Bytes that are no DCE/RPC end their connection and nothing else. */
static void a_peer_that_speaks_something_else_is_left(void **state)
{
    struct fixture *f = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char byte;
    uint32_t sum = 0;

    start(f, RPCSEC_MECH_LOCAL, false);
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/test.service", f->directory);
    for (unsigned n = 0; n < 256; n++) {
        unsigned char bytes[64];
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

        memset(bytes, (int)n, sizeof(bytes));
        assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        assert_int_equal(send(fd, bytes, sizeof(bytes), MSG_NOSIGNAL), sizeof(bytes));
        shutdown(fd, SHUT_WR);
        while (recv(fd, &byte, 1, 0) == 1)
            continue;
        close(fd);
    }
    assert_ok(open_client(f, RPCSEC_MECH_LOCAL, RPCSEC_LEVEL_DEFAULT));
    assert_ok(do_add(f->client, 41, &sum, &f->err));
}

static void every_memory_failure_of_a_client_is_told(void **state)
{
    struct fixture *f = *state;
    rpcsec_status status = RPCSEC_NO_MEMORY;
    uint32_t sum = 0;

    start(f, RPCSEC_MECH_LOCAL, false);
    for (uint64_t n = 1; n < 100 && status; n++) {
        struct rpcsec_policy *policy = policy_with(f, RPCSEC_MECH_LOCAL, false);
        const struct rpcsec_client_options options = {.size = sizeof(options),
                                                      .policy = policy};

        mem_test_fail_at(n, false);
        status = rpcsec_client_open_with(WHERE, NULL, &options, &f->client, &f->err);
        mem_test_fail_at(0, false);
        rpcsec_policy_free(policy);
    }
    assert_ok(status);
    assert_ok(do_add(f->client, 41, &sum, &f->err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_kernel_tells_each_side_who_the_other_is),
        TEST(authorisation_goes_by_the_user),
        TEST(without_the_policy_the_kernels_word_does_not_count),
        TEST(a_client_that_must_know_its_server_needs_a_principal_or_the_policy),
        TEST(the_mechanism_is_for_ncalrpc_and_policies_that_have_it),
        TEST(tcp_is_not_local),
        TEST(a_server_that_comes_back_is_found_again),
        TEST(two_servers_do_not_share_a_name),
        TEST(a_user_has_so_many_connections),
        TEST(a_peer_that_speaks_something_else_is_left),
        TEST(every_memory_failure_of_a_client_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
