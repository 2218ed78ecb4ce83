/* SPDX-License-Identifier: MIT
 *
 * Tests of what a server knows of clients that authenticate. Run by kerberos.sh in a realm with
 * service/localhost in the keytab and a ticket for ada.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "server/reports.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"
#define SPN      "service/localhost"

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct reports reports;
    struct rpcsec_error err;
    bool refuses;
    char who[128];
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    assert_ok(rpcsec_policy_new(&f->policy, NULL));
    /* Fewer than any limit of descriptors, which would be reported. */
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CONNECTIONS, 50));
    reports_init(&f->reports);
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

/* ---- the service of runtime_service.h, whose Add gives a byte of the session key ---- */

static rpcsec_status serve_key(struct rpcsec_call *call, const void *ops, void *args)
{
    struct add_args *a = args;
    const uint8_t *key = NULL;
    size_t len = 0;
    rpcsec_status status = rpcsec_call_session_key(call, &key, &len);

    (void)ops;
    if (status)
        return rpcsec_call_fault(call, (uint32_t)status + 2000);
    a->sum = 0;
    for (size_t i = 0; i < len; i++)
        a->sum |= key[i];
    a->sum = a->sum ? (uint32_t)len : 0;
    return RPCSEC_OK;
}

static bool authorise(void *arg, const struct rpcsec_request *request)
{
    struct fixture *f = arg;

    strncpy(f->who, request->peer->principal, sizeof(f->who) - 1);
    return !f->refuses;
}

static void start(struct fixture *f, bool session_key)
{
    static struct rpcsec_operation operations[SERVICE_AGAIN + 1];
    static struct rpcsec_interface interface;
    const struct rpcsec_service service = {&interface, &f->server.counts};
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .authorise = authorise,
                                                   .authorise_arg = f,
                                                   .session_key = session_key};

    memcpy(operations, service_interface.operations, sizeof(operations));
    operations[SERVICE_ADD].dispatch = serve_key;
    interface = service_interface;
    interface.operations = operations;
    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add_with(f->server.server, service, &options, NULL));
    reports_from(&f->reports, f->server.server);
    test_server_run(&f->server, ANY_PORT);
}

static struct rpcsec_client *open_client(struct fixture *f, enum rpcsec_mechanism mechanism)
{
    const struct rpcsec_client_options options = {.size = sizeof(options),
                                                  .mechanism = mechanism};
    struct rpcsec_client *client = NULL;

    assert_ok(rpcsec_client_open_with(f->server.binding, SPN, &options, &client, &f->err));
    return client;
}

/* ---- tests ---- */

static void a_function_may_ask_for_the_session_key(void **state)
{
    struct fixture *f = *state;

    for (int asks = 0; asks < 2; asks++) {
        struct rpcsec_client *client;
        uint32_t len = 0;

        start(f, asks == 1);
        client = open_client(f, RPCSEC_MECH_KERBEROS);
        if (asks) {
            assert_ok(do_add(client, 1, &len, &f->err));
            assert_int_equal(len, 32); /* AES-256 */
        } else {
            assert_status(do_add(client, 1, &len, &f->err), RPCSEC_REMOTE_FAULT);
            assert_int_equal(f->err.wire_status, 2000 + RPCSEC_NOT_FOUND);
        }
        rpcsec_client_close(client);
        test_server_stop(&f->server);
    }
    assert_int_equal(secret_test_live(), 0); /* all keys are wiped and gone */
}

static void authorisation_and_audit_know_the_principal(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t len = 0;

    start(f, true);
    client = open_client(f, RPCSEC_MECH_KERBEROS);
    assert_ok(do_add(client, 1, &len, &f->err));
    assert_string_equal(f->who, "ada@RPCSEC.TEST");
    assert_true(reports_become(&f->reports, 0, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"principal\":\"ada@RPCSEC.TEST\""));
    assert_true(reports_line_has(&f->reports, 0,
                                 "\"mechanism\":\"kerberos\",\"level\":\"privacy\","
                                 "\"enctype\":\"aes256-cts-hmac-sha1-96\","
                                 "\"interface\":\"service\",\"verdict\":\"accepted\","
                                 "\"reason\":null}"));
    f->refuses = true;
    assert_status(do_add(client, 1, &len, &f->err), RPCSEC_REMOTE_FAULT);
    assert_true(reports_become(&f->reports, 1, 1));
    assert_string_equal(f->reports.principals[0], "ada@RPCSEC.TEST");
    rpcsec_client_close(client);
}

static void a_refused_handshake_is_one_line_with_its_reason(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client;
    uint32_t len = 0;

    assert_ok(rpcsec_policy_accept_spn(f->policy, "someone/else"));
    start(f, true);
    client = open_client(f, RPCSEC_MECH_KERBEROS);
    assert_status(do_add(client, 1, &len, &f->err), RPCSEC_BIND_REJECTED);
    assert_true(reports_become(&f->reports, 1, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"verdict\":\"refused\",\"reason\":\""));
    assert_true(reports_line_has(&f->reports, 0, "service/localhost"));
    assert_non_null(strstr(f->reports.errors[0].text, "service/localhost"));
    rpcsec_client_close(client);
}

static void a_bind_that_policy_refuses_is_one_line(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *client = NULL;
    struct rpcsec_policy *none = anonymous_policy();
    uint32_t len = 0;

    start(f, true);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, none, &client, &f->err));
    assert_status(do_add(client, 1, &len, &f->err), RPCSEC_BIND_REJECTED);
    assert_true(reports_become(&f->reports, 1, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"interface\":\"service\""));
    assert_true(reports_line_has(&f->reports, 0, "\"verdict\":\"refused\",\"reason\":\""));
    rpcsec_client_close(client);
    rpcsec_policy_free(none);
}

static void a_name_has_so_many_connections(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *clients[3];
    uint32_t len = 0;

    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_NAME_CONNECTIONS, 2));
    start(f, true);
    for (int i = 0; i < 3; i++) {
        clients[i] = open_client(f, i ? RPCSEC_MECH_KERBEROS : RPCSEC_MECH_NEGOTIATE);
        if (i < 2)
            assert_ok(do_add(clients[i], 1, &len, &f->err));
    }
    assert_int_not_equal(do_add(clients[2], 1, &len, &f->err), RPCSEC_OK);
    assert_true(reports_become(&f->reports, 1, 3));
    assert_true(reports_line_has(&f->reports, 2, "as many connections as policy allows (2)"));
    for (int i = 0; i < 3; i++)
        rpcsec_client_close(clients[i]);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_function_may_ask_for_the_session_key),
        T(authorisation_and_audit_know_the_principal),
        T(a_refused_handshake_is_one_line_with_its_reason),
        T(a_bind_that_policy_refuses_is_one_line),
        T(a_name_has_so_many_connections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
