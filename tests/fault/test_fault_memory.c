/* SPDX-License-Identifier: MIT
 *
 * fault/test_fault_memory.c: each request for memory fails in turn, once and for good, in some
 * forty flows: handshakes and calls in memory, clients and servers over TCP, set-up, the IDL
 * compiler. The flow ends with an error and leaks nothing (ASan sees leaks), and the same flow
 * works right after.
 *
 * "test_fault_memory kerberos" does the flows that have a handshake over Kerberos, in a realm
 * that the environment names (tests/fault/kerberos.sh makes one).
 */
#include "harness/test.h"

#include <stdio.h>

#include "base/alloc.h"
#include "compile.h"
#include "flow/pair.h"
#include "packages/package.h"
#include "unit/runtime_service.h"

#define MAX_REQUESTS 20000
#define LONG_LEN     20000 /* several fragments */

static const struct pair_package kerberos = {"kerberos", &pkg_kerberos, "host/localhost"};

/* A flow gives RPCSEC_OK when all went well; with memory that ends, `may` tells what else it
 * may give. */
struct flow {
    const char *name;
    rpcsec_status (*run)(const struct flow *flow);
    struct pair_options options;
    size_t len;
    bool any; /* any error will do: it is another end's memory that ended */
    const char *file;
};

/* ---- one flow, every request ---- */

static bool is_allowed(const struct flow *flow, rpcsec_status status)
{
    if (status == RPCSEC_OK || status == RPCSEC_NO_MEMORY)
        return true;
    /* Nobody may be left waiting, whoever's memory ended. */
    return flow->any && status != RPCSEC_TIMED_OUT && status != RPCSEC_INTERNAL;
}

/* Gives the number of requests that were made. */
static uint64_t run_failing(const struct flow *flow, uint64_t nth, bool from_then_on)
{
    const uint64_t secrets = secret_test_live();
    rpcsec_status status;
    uint64_t num;

    mem_test_fail_at(nth, from_then_on);
    status = flow->run(flow);
    num = mem_test_requests();
    mem_test_fail_at(0, false);
    if (!is_allowed(flow, status))
        fail_msg("%s: request %u failed%s: %s", flow->name, (unsigned)nth,
                 from_then_on ? ", and all after it" : "", rpcsec_status_name(status));
    if (!flow->any && secret_test_live() != secrets)
        fail_msg("%s: request %u failed, and a secret is left", flow->name, (unsigned)nth);
    return num;
}

static void check_works(const struct flow *flow, uint64_t nth)
{
    const rpcsec_status status = flow->run(flow);

    if (status != RPCSEC_OK)
        fail_msg("%s: after request %u had failed it does not work: %s", flow->name,
                 (unsigned)nth, rpcsec_status_name(status));
}

static void check_flow(const struct flow *flow)
{
    uint64_t nth = 1;
    uint64_t num;

    check_works(flow, 0);
    do {
        num = run_failing(flow, nth, false);
        (void)run_failing(flow, nth, true);
        check_works(flow, nth);
    } while (num >= nth++ && nth < MAX_REQUESTS);
    assert_true(nth > 2);
    print_message("%s: %u requests\n", flow->name, (unsigned)(nth - 2));
}

static void check_flows(const struct flow *flows, size_t num)
{
    for (size_t i = 0; i < num; i++)
        check_flow(&flows[i]);
}

/* ---- both engines in memory ---- */

static bool has_echo(const struct pair *p, size_t len)
{
    const struct pair_event *reply = pair_find(p, false, ASSOC_REPLY, 0);

    if (!reply || reply->len != len || pair_count(p, true, ASSOC_CALL) != 1)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (reply->data[i] != (i & 255))
            return false;
    }
    return true;
}

/* Whatever an end makes of it, the call is answered in full or was not. */
static rpcsec_status converse(struct pair *p, size_t len)
{
    uint16_t context = 0;
    uint32_t id = 0;
    rpcsec_status status = pair_bind(p, &pair_echo, &context);

    if (status == RPCSEC_OK)
        status = pair_call(p, context, 1, NULL, len, &id);
    if (status == RPCSEC_OK)
        pair_run(p);
    if (status != RPCSEC_OK || p->status != RPCSEC_OK)
        return RPCSEC_NO_MEMORY;
    if (has_echo(p, len))
        return RPCSEC_OK;
    return pair_count(p, false, ASSOC_REPLY) ? RPCSEC_INTERNAL : RPCSEC_NO_MEMORY;
}

static rpcsec_status in_memory(const struct flow *flow)
{
    struct pair *p = NULL;
    rpcsec_status status = pair_new(&flow->options, &p);

    if (status != RPCSEC_OK)
        return status;
    status = converse(p, flow->len);
    pair_free(p);
    return status;
}

#define AT(its_level) .level = (its_level), .least = (its_level)
#define WITH_AUTH3    .third_leg = RPCSEC_THIRD_LEG_AUTH3
#define ENGINE(name, len, ...)                           \
    {                                                    \
        name, in_memory, {__VA_ARGS__}, len, false, NULL \
    }

static const struct flow secured[] = {
    ENGINE("connect", 100, AT(RPCSEC_LEVEL_CONNECT)),
    ENGINE("connect, fragments", LONG_LEN, AT(RPCSEC_LEVEL_CONNECT), WITH_AUTH3),
    ENGINE("packet", 100, AT(RPCSEC_LEVEL_PACKET)),
    ENGINE("packet, auth3", 100, AT(RPCSEC_LEVEL_PACKET), WITH_AUTH3),
    ENGINE("integrity", 100, AT(RPCSEC_LEVEL_INTEGRITY)),
    ENGINE("integrity, nothing to say", 0, AT(RPCSEC_LEVEL_INTEGRITY)),
    ENGINE("integrity, auth3", 100, AT(RPCSEC_LEVEL_INTEGRITY), WITH_AUTH3),
    ENGINE("integrity, fragments", LONG_LEN, AT(RPCSEC_LEVEL_INTEGRITY)),
    ENGINE("privacy", 100, AT(RPCSEC_LEVEL_PRIVACY)),
    ENGINE("privacy, nothing to say", 0, AT(RPCSEC_LEVEL_PRIVACY)),
    ENGINE("privacy, auth3", 100, AT(RPCSEC_LEVEL_PRIVACY), WITH_AUTH3),
    ENGINE("privacy, fragments", LONG_LEN, AT(RPCSEC_LEVEL_PRIVACY)),
    ENGINE("privacy, fragments, auth3", LONG_LEN, AT(RPCSEC_LEVEL_PRIVACY), WITH_AUTH3),
    ENGINE("privacy, small fragments", LONG_LEN, AT(RPCSEC_LEVEL_PRIVACY),
           .fragment_bytes = 1432),
    ENGINE("privacy, headers not signed", 100, AT(RPCSEC_LEVEL_PRIVACY),
           .header_signing = RPCSEC_ACCEPTED, .verification = RPCSEC_ACCEPTED),
};

static const struct flow plain[] = {
    ENGINE("no security", 100, AT(RPCSEC_LEVEL_NONE), .anonymous = true),
    ENGINE("no security, fragments", LONG_LEN, AT(RPCSEC_LEVEL_NONE), .anonymous = true),
    ENGINE("an open operation", 100, .level = RPCSEC_LEVEL_NONE, .open_binds = true,
           .open_operations = 2),
    ENGINE("six legs", 100, AT(RPCSEC_LEVEL_PRIVACY), .client_principal = "legs=6",
           .server_principal = "legs=6"),
    ENGINE("long tokens", 100, AT(RPCSEC_LEVEL_PRIVACY), .client_principal = "token=9000",
           .server_principal = "token=9000"),
};

static void engines_survive(void **state)
{
    (void)state;
    check_flows(secured, NUM_OF(secured));
    if (pair_package == &pair_fake)
        check_flows(plain, NUM_OF(plain));
}

/* ---- client and server over TCP ---- */

static struct test_server server;
static struct rpcsec_policy *server_policy;
static const char *spn; /* NULL: anonymous */

static int start_server(void **state)
{
    (void)state;
    if (pair_package == &pair_fake) {
        server_policy = anonymous_policy();
    } else {
        spn = kerberos.target;
        assert_ok(rpcsec_policy_new(&server_policy, NULL));
    }
    assert_ok(rpcsec_policy_set_limit(server_policy, RPCSEC_LIMIT_CALL_MS, 8000));
    test_server_start(&server, server_policy, "ncacn_ip_tcp:127.0.0.1[0]", NULL);
    return 0;
}

static int stop_server(void **state)
{
    (void)state;
    test_server_stop(&server);
    rpcsec_policy_free(server_policy);
    return 0;
}

static rpcsec_status open_client(struct rpcsec_client **ret_client)
{
    return rpcsec_client_open(server.binding, spn, server_policy, ret_client, NULL);
}

static rpcsec_status bind_only(struct rpcsec_client *client, const struct flow *flow)
{
    (void)flow;
    return rpcsec_client_bind(client, &service_interface, NULL);
}

static rpcsec_status one_call(struct rpcsec_client *client, const struct flow *flow)
{
    uint32_t sum = 0;
    rpcsec_status status;

    if (flow->len)
        return do_echo(client, (uint32_t)flow->len, NULL);
    status = do_add(client, 41, &sum, NULL);
    return status == RPCSEC_OK && sum != 42 ? RPCSEC_INTERNAL : status;
}

static rpcsec_status three_calls(struct rpcsec_client *client, const struct flow *flow)
{
    rpcsec_status status = RPCSEC_OK;

    for (int i = 0; i < 3 && status == RPCSEC_OK; i++)
        status = one_call(client, flow);
    return status;
}

static rpcsec_status ask_who(struct rpcsec_client *client, const struct flow *flow)
{
    char who[256];

    (void)flow;
    return do_who(client, who, sizeof(who), NULL);
}

static rpcsec_status maybe_call(struct rpcsec_client *client, const struct flow *flow)
{
    rpcsec_status status = do_number(client, SERVICE_NOTE, 1, NULL);

    return status == RPCSEC_OK ? one_call(client, flow) : status;
}

static rpcsec_status again_call(struct rpcsec_client *client, const struct flow *flow)
{
    (void)flow;
    return do_number(client, SERVICE_AGAIN, 1, NULL);
}

/* A fault is what this asks for. */
static rpcsec_status faulty_call(struct rpcsec_client *client, const struct flow *flow)
{
    rpcsec_status status = do_number(client, SERVICE_FAIL, 5000, NULL);

    (void)flow;
    return status == RPCSEC_REMOTE_FAULT ? RPCSEC_OK : status;
}

static rpcsec_status unknown_interface(struct rpcsec_client *client, const struct flow *flow)
{
    rpcsec_status status = rpcsec_client_bind(client, &other_interface, NULL);

    if (status == RPCSEC_BIND_REJECTED)
        return one_call(client, flow);
    return status == RPCSEC_OK ? RPCSEC_INTERNAL : status;
}

static rpcsec_status through_a_view(struct rpcsec_client *client, const struct flow *flow)
{
    const struct rpcsec_uuid object = {.time_low = 7};
    const struct rpcsec_call_options options = {
        .size = sizeof(options), .deadline_ms = 7000, .object = &object};
    struct rpcsec_client *view = NULL;
    rpcsec_status status = rpcsec_client_with(client, &options, &view, NULL);

    if (status == RPCSEC_OK)
        status = one_call(view, flow);
    rpcsec_client_close(view);
    return status;
}

/* By the flow's name: a table of its own would say the same twice. */
static const struct {
    const char *name;
    rpcsec_status (*talk)(struct rpcsec_client *client, const struct flow *flow);
} talks[] = {
    {"tcp: bind", bind_only},
    {"tcp: call", one_call},
    {"tcp: long call", one_call},
    {"tcp: three calls", three_calls},
    {"tcp: a text comes back", ask_who},
    {"tcp: maybe, then a call", maybe_call},
    {"tcp: idempotent", again_call},
    {"tcp: fault", faulty_call},
    {"tcp: unknown interface", unknown_interface},
    {"tcp: a view with an object", through_a_view},
};

static rpcsec_status over_tcp(const struct flow *flow)
{
    struct rpcsec_client *client = NULL;
    rpcsec_status status = open_client(&client);

    for (size_t i = 0; i < NUM_OF(talks) && status == RPCSEC_OK; i++) {
        if (strcmp(talks[i].name, flow->name) == 0)
            status = talks[i].talk(client, flow);
    }
    rpcsec_client_close(client);
    return status;
}

static void clients_and_servers_survive(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(talks); i++) {
        const struct flow flow = {.name = talks[i].name,
                                  .run = over_tcp,
                                  .len = strstr(talks[i].name, "long") ? 70000 : 0,
                                  .any = true};

        check_flow(&flow);
    }
}

/* ---- set-up ---- */

static rpcsec_status make_policy(const struct flow *flow)
{
    struct rpcsec_policy *policy = NULL;
    rpcsec_status status = rpcsec_policy_new(&policy, NULL);

    (void)flow;
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_keytab(policy, "FILE:/nowhere");
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_keytab(policy, "FILE:/nowhere/else");
    if (status == RPCSEC_OK)
        status = rpcsec_policy_accept_spn(policy, "host/a.example");
    if (status == RPCSEC_OK)
        status = rpcsec_policy_accept_spn(policy, "host/b.example");
    rpcsec_policy_free(policy);
    return status;
}

static rpcsec_status set_up_server(struct rpcsec_server *s)
{
    const struct rpcsec_service service = {&service_interface, &server.counts};
    const struct rpcsec_service other = {&other_interface, &server.counts};
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .non_blocking = true};
    rpcsec_status status = rpcsec_server_add(s, service, NULL);

    if (status == RPCSEC_OK)
        status = rpcsec_server_add_with(s, other, &options, NULL);
    if (status == RPCSEC_OK)
        status = rpcsec_server_add_mgmt(s, NULL);
    if (status == RPCSEC_OK)
        status = rpcsec_server_listen(s, "ncacn_ip_tcp:127.0.0.1[0]", NULL);
    return status;
}

static rpcsec_status make_server(const struct flow *flow)
{
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_server *s = NULL;
    rpcsec_status status = rpcsec_policy_new(&policy, NULL);

    (void)flow;
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_anonymous(policy, true);
    if (status == RPCSEC_OK)
        status = rpcsec_server_new(policy, &s, NULL);
    if (status == RPCSEC_OK)
        status = set_up_server(s);
    rpcsec_server_free(s);
    rpcsec_policy_free(policy);
    return status;
}

/* The caller's view of what nobody answers: no memory is needed to say so. */
static rpcsec_status call_nobody(const struct flow *flow)
{
    struct rpcsec_client *client = NULL;
    rpcsec_status status =
        rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[1]", "host/nobody", NULL, &client, NULL);

    (void)flow;
    rpcsec_client_close(client);
    return status == RPCSEC_CONNECTION_REFUSED ? RPCSEC_OK : status;
}

static void set_up_survives(void **state)
{
    const struct flow flows[] = {
        {.name = "policy", .run = make_policy},
        {.name = "server", .run = make_server},
    };
    const struct flow nobody = {.name = "nobody listens", .run = call_nobody, .any = true};

    (void)state;
    check_flows(flows, NUM_OF(flows));
    check_flow(&nobody);
}

/* ---- the IDL compiler ---- */

static rpcsec_status compile(const struct flow *flow)
{
    char path[512];
    const char *srcdir = getenv("srcdir");
    struct compile_job job = {.path = path};
    struct compiler c = {0};
    bool fine;

    (void)snprintf(path, sizeof(path), "%s/%s", srcdir ? srcdir : ".", flow->file);
    fine = compiler_run(&c, compile_work, &job);
    compiler_done(&c);
    return fine ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static void the_compiler_survives(void **state)
{
    const struct flow flows[] = {
        {.name = "echo.idl", .run = compile, .file = "idl/interfaces/echo.idl"},
        {.name = "mgmt.idl", .run = compile, .file = "idl/interfaces/mgmt.idl"},
        {.name = "greeter.idl", .run = compile, .file = "examples/greeter.idl"},
        {.name = "made_up.idl", .run = compile, .file = "tests/idl/made_up.idl"},
    };

    (void)state;
    check_flows(flows, NUM_OF(flows));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engines_survive),
        cmocka_unit_test_setup_teardown(clients_and_servers_survive, start_server, stop_server),
    };
    const struct CMUnitTest without_realm[] = {
        cmocka_unit_test(set_up_survives),
        cmocka_unit_test(the_compiler_survives),
    };

    if (argc > 1 && strcmp(argv[1], "kerberos") == 0) {
        pair_package = &kerberos;
        return cmocka_run_group_tests_name("over Kerberos", tests, NULL, NULL);
    }
    return cmocka_run_group_tests(tests, NULL, NULL) +
           cmocka_run_group_tests(without_realm, NULL, NULL);
}
