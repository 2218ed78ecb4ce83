/* SPDX-License-Identifier: MIT
 *
 * Tests of client and server over TCP and Kerberos. Run by runtime_kerberos.sh in a realm with
 * the services service/localhost and other/localhost in the keytab and a ticket for ada.
 */
#include "harness/test.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "loop/loop.h"
#include "unit/runtime_service.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"
#define SPN      "service/localhost"

struct fixture {
    struct test_server server;
    struct rpcsec_policy *policy; /* the server's */
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    if (f->server.server)
        test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void serve(struct fixture *f, enum rpcsec_level level)
{
    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    assert_ok(rpcsec_policy_set_level(f->policy, level));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
}

static struct rpcsec_client *open_with(struct fixture *f, const char *spn,
                                       const struct rpcsec_client_options *options)
{
    struct rpcsec_client *client = NULL;
    rpcsec_status status =
        rpcsec_client_open_with(f->server.binding, spn, options, &client, &f->err);

    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    return client;
}

static struct rpcsec_client *open_at(struct fixture *f, enum rpcsec_level level)
{
    const struct rpcsec_client_options options = {.size = sizeof(options), .level = level};

    return open_with(f, SPN, &options);
}

static void assert_call(struct fixture *f, rpcsec_status status)
{
    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
}

/* ---- levels ---- */

static void every_level_protects_a_call(void **state)
{
    static const struct {
        enum rpcsec_level level;
        const char *who;
    } levels[] = {
        {RPCSEC_LEVEL_CONNECT,
         "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST kerberos connect"},
        {RPCSEC_LEVEL_CALL, "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST kerberos packet"},
        {RPCSEC_LEVEL_PACKET, "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST kerberos packet"},
        {RPCSEC_LEVEL_INTEGRITY,
         "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST kerberos integrity"},
        {RPCSEC_LEVEL_PRIVACY,
         "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST kerberos privacy"},
    };
    struct fixture *f = *state;

    serve(f, RPCSEC_LEVEL_CONNECT);
    for (size_t i = 0; i < NUM_OF(levels); i++) {
        struct rpcsec_client *client = open_at(f, levels[i].level);
        char who[256];

        assert_call(f, do_who(client, who, sizeof(who), &f->err));
        assert_string_equal(who, levels[i].who);
        assert_call(f, do_echo(client, 200000, &f->err));
        assert_string_equal(rpcsec_client_peer(client)->principal,
                            "service/localhost@RPCSEC.TEST");
        assert_int_equal(rpcsec_client_peer(client)->mechanism, RPCSEC_MECH_KERBEROS);
        rpcsec_client_close(client);
    }
}

static void echo_with(struct fixture *f, struct rpcsec_client *client,
                      struct rpcsec_arena *arena)
{
    uint8_t data[56] = {1, 2, 3};
    struct echo_args args = {.len = sizeof(data), .data = data};

    rpcsec_arena_reset(arena);
    assert_call(
        f, rpcsec_client_call(client, arena, &service_interface, SERVICE_ECHO, &args, &f->err));
    assert_memory_equal(args.copy, data, sizeof(data));
}

/* Of the requests for memory that both ends make: everything that a call needs is there from
 * the one before. */
static void check_requests(struct fixture *f, enum rpcsec_level level)
{
    struct rpcsec_client *client = open_at(f, level);
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    assert_non_null(arena);
    for (int i = 0; i < 4; i++)
        echo_with(f, client, arena);
    mem_test_fail_at(0, false);
    for (int i = 0; i < 100; i++)
        echo_with(f, client, arena);
    assert_int_equal(mem_test_requests(), 0);
    rpcsec_arena_free(arena);
    rpcsec_client_close(client);
}

static void a_call_allocates_nothing_once_calls_go(void **state)
{
    struct fixture *f = *state;

    serve(f, RPCSEC_LEVEL_INTEGRITY);
    check_requests(f, RPCSEC_LEVEL_PRIVACY);
    check_requests(f, RPCSEC_LEVEL_INTEGRITY);
}

/* A view of a client with something of its own. */
static struct rpcsec_client *view_of(struct fixture *f, struct rpcsec_client *client,
                                     struct rpcsec_call_options options)
{
    struct rpcsec_client *view = NULL;

    options.size = sizeof(options);
    assert_call(f, rpcsec_client_with(client, &options, &view, &f->err));
    return view;
}

static void views_call_at_levels_of_their_own_on_one_connection(void **state)
{
    static const char ada[] = "ada@RPCSEC.TEST service/localhost@RPCSEC.TEST";
    static const struct rpcsec_call_options options[] = {
        {.level = RPCSEC_LEVEL_PRIVACY},
        {.level = RPCSEC_LEVEL_PACKET},
        {.level = RPCSEC_LEVEL_PRIVACY, .mechanism = RPCSEC_MECH_NEGOTIATE},
        {.level = RPCSEC_LEVEL_CONNECT},
    };
    struct fixture *f = *state;
    struct rpcsec_client *client;
    struct rpcsec_client *views[NUM_OF(options)];

    serve(f, RPCSEC_LEVEL_CONNECT);
    client = open_at(f, RPCSEC_LEVEL_CONNECT);
    for (size_t i = 0; i < NUM_OF(options); i++)
        views[i] = view_of(f, client, options[i]);
    for (size_t i = 0; i < 3 * NUM_OF(options); i++) {
        const struct rpcsec_call_options *o = &options[i % NUM_OF(options)];
        char expected[256];
        char who[256];

        assert_call(f, do_who(views[i % NUM_OF(options)], who, sizeof(who), &f->err));
        snprintf(expected, sizeof(expected), "%s %s %s", ada,
                 o->mechanism == RPCSEC_MECH_NEGOTIATE ? "negotiate" : "kerberos",
                 rpcsec_level_name(o->level));
        assert_string_equal(who, expected);
        assert_call(f, do_echo(views[i % NUM_OF(options)], 20000, &f->err));
    }
    assert_int_equal(rpcsec_client_peer(client)->level, RPCSEC_LEVEL_CONNECT);
    for (size_t i = 0; i < NUM_OF(options); i++)
        rpcsec_client_close(views[i]);
    rpcsec_client_close(client);
}

static void a_view_without_credentials_fails_alone(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    struct rpcsec_client *view;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    view = view_of(f, client, (struct rpcsec_call_options){.ccache = "FILE:/nonexistent/cc"});
    for (int i = 0; i < 2; i++) {
        assert_status(do_add(view, 1, &sum, &f->err), RPCSEC_NO_CREDENTIALS);
        assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
        assert_call(f, do_add(client, 1, &sum, &f->err));
    }
    assert_int_equal(atomic_load(&f->server.counts.runs), 2);
    rpcsec_client_close(view);
    rpcsec_client_close(client);
}

static void a_server_that_takes_one_security_context_says_so(void **state)
{
    const struct rpcsec_call_options packet = {.size = sizeof(packet),
                                               .level = RPCSEC_LEVEL_PACKET};
    struct fixture *f = *state;
    struct rpcsec_client *client;
    struct rpcsec_client *view;
    uint32_t sum;

    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    assert_ok(rpcsec_policy_set_level(f->policy, RPCSEC_LEVEL_PACKET));
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_SECURITY_CONTEXTS, 1));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    view = view_of(f, client, packet);
    assert_status(do_add(view, 1, &sum, &f->err), RPCSEC_UNSUPPORTED);
    assert_non_null(strstr(f->err.text, "open another client"));
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(view);
    rpcsec_client_close(client);
}

static void sealed_calls_travel_in_each_transfer_syntax_and_byte_order(void **state)
{
    static const struct rpcsec_client_options rows[] = {
        {.transfers = RPCSEC_TRANSFER_NDR64, .level = RPCSEC_LEVEL_PRIVACY},
        {.transfers = RPCSEC_TRANSFER_NDR64, .level = RPCSEC_LEVEL_INTEGRITY},
        {.transfers = RPCSEC_TRANSFER_NDR | RPCSEC_TRANSFER_NDR64},
        {.big_endian = true, .level = RPCSEC_LEVEL_PRIVACY},
        {.big_endian = true, .level = RPCSEC_LEVEL_INTEGRITY},
        {.big_endian = true, .mechanism = RPCSEC_MECH_NEGOTIATE},
    };
    struct fixture *f = *state;

    serve(f, RPCSEC_LEVEL_INTEGRITY);
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct rpcsec_client_options options = rows[i];
        struct rpcsec_client *client;

        options.size = sizeof(options);
        client = open_with(f, SPN, &options);
        assert_call(f, do_echo(client, 30001, &f->err));
        assert_call(f, do_echo(client, 1, &f->err));
        rpcsec_client_close(client);
    }
}

static void a_level_below_the_least_is_refused(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    for (int level = RPCSEC_LEVEL_CONNECT; level < RPCSEC_LEVEL_PRIVACY; level++) {
        client = open_at(f, (enum rpcsec_level)level);
        assert_status(do_add(client, 1, &sum, &f->err), RPCSEC_REMOTE_FAULT);
        assert_int_equal(f->err.wire_status, 5);
        rpcsec_client_close(client);
    }
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(client);
}

static void a_bind_without_authentication_is_refused(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_at(f, RPCSEC_LEVEL_NONE);
    assert_int_not_equal(do_add(client, 1, &sum, &f->err), RPCSEC_OK);
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
    rpcsec_client_close(client);
}

static void the_third_leg_may_travel_in_auth3(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_client *client = NULL;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3));
    assert_ok(rpcsec_client_open(f->server.binding, SPN, policy, &client, &f->err));
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
}

/* ---- identity ---- */

static void an_unknown_principal_did_not_run(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_with(f, "nobody/localhost", NULL);
    assert_status(do_add(client, 1, &sum, &f->err), RPCSEC_TARGET_UNKNOWN);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_int_equal(f->err.layer, RPCSEC_LAYER_SECURITY);
    assert_non_null(strstr(f->err.spn, "nobody/localhost"));
    rpcsec_client_close(client);
}

static void only_accepted_principals_are_served(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t sum;

    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    assert_ok(rpcsec_policy_accept_spn(f->policy, SPN));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    client = open_with(f, "other/localhost", NULL);
    assert_int_not_equal(do_add(client, 1, &sum, &f->err), RPCSEC_OK);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    rpcsec_client_close(client);
    client = open_with(f, SPN, NULL);
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(client);
}

/* ---- threads ---- */

enum { NUM_THREADS = 6, NUM_CALLS = 60 };

struct caller {
    pthread_t thread;
    struct rpcsec_client *client;
    unsigned number;
    rpcsec_status status;
};

static void *make_calls(void *arg)
{
    struct caller *c = arg;

    for (uint32_t i = 0; i < NUM_CALLS && c->status == RPCSEC_OK; i++) {
        uint32_t sum = 0;

        c->status = do_add(c->client, i, &sum, NULL);
        if (c->status == RPCSEC_OK && sum != i + 1)
            c->status = RPCSEC_INTERNAL;
        if (c->status == RPCSEC_OK && i % 10 == c->number)
            c->status = do_echo(c->client, i * 1000, NULL);
    }
    return NULL;
}

static void threads_share_a_sealed_connection(void **state)
{
    struct fixture *f = *state;
    struct caller callers[NUM_THREADS];
    struct rpcsec_client *client;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    for (unsigned i = 0; i < NUM_THREADS; i++) {
        callers[i] = (struct caller){.client = client, .number = i};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, make_calls, &callers[i]), 0);
    }
    for (unsigned i = 0; i < NUM_THREADS; i++)
        pthread_join(callers[i].thread, NULL);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        assert_ok(callers[i].status);
    rpcsec_client_close(client);
}

static void *open_and_call(void *arg)
{
    struct caller *c = arg;
    struct fixture *f = (void *)c->client;
    struct rpcsec_client *client = NULL;
    uint32_t sum;

    for (int i = 0; i < 10 && c->status == RPCSEC_OK; i++) {
        c->status = rpcsec_client_open(f->server.binding, SPN, NULL, &client, NULL);
        if (c->status == RPCSEC_OK)
            c->status = do_add(client, 1, &sum, NULL);
        rpcsec_client_close(client);
        client = NULL;
    }
    return NULL;
}

static void handshakes_of_many_clients_run_at_once(void **state)
{
    struct fixture *f = *state;
    struct caller callers[NUM_THREADS];

    serve(f, RPCSEC_LEVEL_PRIVACY);
    for (unsigned i = 0; i < NUM_THREADS; i++) {
        callers[i] = (struct caller){.client = (void *)f, .number = i};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, open_and_call, &callers[i]),
                         0);
    }
    for (unsigned i = 0; i < NUM_THREADS; i++)
        pthread_join(callers[i].thread, NULL);
    for (unsigned i = 0; i < NUM_THREADS; i++)
        assert_ok(callers[i].status);
}

static void deadlines_do_not_harm_the_sequence(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_call_options options = {.size = sizeof(options), .deadline_ms = 30};
    struct rpcsec_client *client;
    struct rpcsec_client *view = NULL;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    assert_call(f, do_add(client, 1, &sum, &f->err));
    assert_ok(rpcsec_client_with(client, &options, &view, &f->err));
    for (int i = 0; i < 3; i++)
        assert_status(do_sleep(view, 150, &f->err), RPCSEC_TIMED_OUT);
    usleep(200000); /* the late answers are there now */
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(view);
    rpcsec_client_close(client);
}

static void a_restarted_server_gets_a_new_handshake(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    char binding[128];
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_at(f, RPCSEC_LEVEL_PRIVACY);
    assert_call(f, do_add(client, 1, &sum, &f->err));
    memcpy(binding, f->server.binding, sizeof(binding));
    test_server_stop(&f->server);
    test_server_start(&f->server, f->policy, binding, NULL);
    assert_call(f, do_add(client, 1, &sum, &f->err));
    rpcsec_client_close(client);
}

/* ---- what tools see ---- */

struct seen {
    unsigned num_legs;
    char pdus[256];
    size_t tokens[8];
    const char *last_result;
    uint8_t plain[64];
    size_t plain_len;
    uint8_t wire[256];
    size_t wire_len;
};

static void see_leg(void *arg, const struct rpcsec_leg *leg)
{
    struct seen *seen = arg;
    size_t len = strlen(seen->pdus);

    snprintf(seen->pdus + len, sizeof(seen->pdus) - len, "%s%s ", leg->sent ? ">" : "<",
             leg->pdu);
    if (seen->num_legs < NUM_OF(seen->tokens))
        seen->tokens[seen->num_legs] = leg->token_len;
    seen->num_legs++;
}

static void see_request(void *arg, const uint8_t *plain, size_t plain_len, const uint8_t *wire,
                        size_t wire_len)
{
    struct seen *seen = arg;

    assert_in_range(plain_len, 0, sizeof(seen->plain));
    assert_in_range(wire_len, 0, sizeof(seen->wire));
    memcpy(seen->plain, plain, plain_len);
    memcpy(seen->wire, wire, wire_len);
    seen->plain_len = plain_len;
    seen->wire_len = wire_len;
}

static void tools_see_the_legs_and_a_request(void **state)
{
    struct fixture *f = *state;
    struct seen seen = {.num_legs = 0};
    const struct rpcsec_client_options options = {
        .size = sizeof(options),
        .on_leg = see_leg,
        .on_leg_arg = &seen,
        .on_request = see_request,
        .on_request_arg = &seen,
    };
    struct rpcsec_client *client;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    client = open_with(f, SPN, &options);
    assert_call(f, do_add(client, 0x11223344, &sum, &f->err));
    assert_string_equal(seen.pdus, ">bind <bind_ack >alter_context <alter_context_resp ");
    assert_true(seen.tokens[0] > 200 && seen.tokens[1] > 50 && seen.tokens[2] > 50);
    assert_int_equal(seen.tokens[3], 0);
    assert_int_equal(seen.plain_len, 4);
    assert_memory_equal(seen.plain, "\x44\x33\x22\x11", 4);
    assert_true(seen.wire_len > 24 + 16 + 8);
    assert_int_equal(seen.wire[2], 0); /* a request */
    assert_null(memmem(seen.wire, seen.wire_len, "\x44\x33\x22\x11", 4));
    rpcsec_client_close(client);
}

/* ---- credentials ---- */

/* Runs a shell command in the realm's directory, where $file is the test's own keytab. */
static void run_in_realm(const char *command)
{
    char line[512];

    snprintf(line, sizeof(line),
             "PATH=$PATH:/usr/sbin:/sbin; cd \"$RPCSEC_REALM_DIR\" && file=test.keytab && %s",
             command);
    assert_int_equal(system(line), 0);
}

static void a_keytab_that_changes_is_picked_up(void **state)
{
    struct fixture *f = *state;
    char keytab[256];
    struct rpcsec_client *client;
    uint32_t sum;

    snprintf(keytab, sizeof(keytab), "FILE:%s/test.keytab", getenv("RPCSEC_REALM_DIR"));
    run_in_realm("kadmin.local -q \"ktadd -norandkey -k $file host/localhost\" >/dev/null");
    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    assert_ok(rpcsec_policy_set_keytab(f->policy, keytab));
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    client = open_with(f, SPN, NULL);
    assert_int_not_equal(do_add(client, 1, &sum, &f->err), RPCSEC_OK);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    run_in_realm("kadmin.local -q \"ktadd -norandkey -k $file service/localhost\" >/dev/null");
    assert_call(f, do_add(client, 1, &sum, &f->err)); /* appended to */
    rpcsec_client_close(client);
    run_in_realm("rm $file && cp \"${KRB5_KTNAME#FILE:}\" new && mv new $file");
    client = open_with(f, "other/localhost", NULL);
    assert_call(f, do_add(client, 1, &sum, &f->err)); /* replaced */
    rpcsec_client_close(client);
}

static void a_server_without_keytab_does_not_listen(void **state)
{
    struct rpcsec_server *server = NULL;
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;

    (void)state;
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/nonexistent/keytab"));
    assert_ok(rpcsec_server_new(policy, &server, &err));
    assert_status(rpcsec_server_listen(server, ANY_PORT, &err), RPCSEC_NO_CREDENTIALS);
    rpcsec_server_free(server);
    rpcsec_policy_free(policy);
}

static void a_client_without_ticket_did_not_run(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_client *client = NULL;
    uint32_t sum;

    serve(f, RPCSEC_LEVEL_PRIVACY);
    assert_ok(rpcsec_policy_new(&policy, NULL));
    assert_ok(rpcsec_policy_set_ccache(policy, "FILE:/nonexistent/ccache"));
    assert_ok(rpcsec_client_open(f->server.binding, SPN, policy, &client, &f->err));
    assert_status(do_add(client, 1, &sum, &f->err), RPCSEC_NO_CREDENTIALS);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    rpcsec_client_close(client);
    rpcsec_policy_free(policy);
}

#define KERBEROS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KERBEROS_TEST(every_level_protects_a_call),
        KERBEROS_TEST(a_call_allocates_nothing_once_calls_go),
        KERBEROS_TEST(views_call_at_levels_of_their_own_on_one_connection),
        KERBEROS_TEST(a_view_without_credentials_fails_alone),
        KERBEROS_TEST(a_server_that_takes_one_security_context_says_so),
        KERBEROS_TEST(sealed_calls_travel_in_each_transfer_syntax_and_byte_order),
        KERBEROS_TEST(a_level_below_the_least_is_refused),
        KERBEROS_TEST(a_bind_without_authentication_is_refused),
        KERBEROS_TEST(the_third_leg_may_travel_in_auth3),
        KERBEROS_TEST(an_unknown_principal_did_not_run),
        KERBEROS_TEST(only_accepted_principals_are_served),
        KERBEROS_TEST(threads_share_a_sealed_connection),
        KERBEROS_TEST(handshakes_of_many_clients_run_at_once),
        KERBEROS_TEST(deadlines_do_not_harm_the_sequence),
        KERBEROS_TEST(a_restarted_server_gets_a_new_handshake),
        KERBEROS_TEST(tools_see_the_legs_and_a_request),
        KERBEROS_TEST(a_keytab_that_changes_is_picked_up),
        KERBEROS_TEST(a_server_without_keytab_does_not_listen),
        KERBEROS_TEST(a_client_without_ticket_did_not_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
