/* SPDX-License-Identifier: MIT
 *
 * Tests of authorisation, of the callback for failures, and of audit lines, without Kerberos.
 */
#include "harness/test.h"

#include <unistd.h>

#include "base/alloc.h"
#include "pdu/pdu.h"
#include "server/raw_peer.h"
#include "server/reports.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct reports reports;
    struct rpcsec_client *client;
    struct rpcsec_error err;
    /* What authorise was asked, and says. */
    atomic_uint num_asked;
    uint32_t refused_opnum;
    uint32_t asked_opnum;
    bool had_object;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    /* Fewer than any limit of descriptors, which would be reported. */
    assert_ok(rpcsec_policy_set_limit(f->policy, RPCSEC_LIMIT_CONNECTIONS, 50));
    f->refused_opnum = UINT32_MAX;
    reports_init(&f->reports);
    *state = f;
    return 0;
}

static bool authorise(void *arg, const struct rpcsec_request *request)
{
    struct fixture *f = arg;

    assert_ptr_equal(request->interface, &service_interface);
    assert_string_equal(request->peer->principal, "");
    assert_non_null(strstr(request->peer->address, "127.0.0.1:"));
    atomic_fetch_add(&f->num_asked, 1);
    f->asked_opnum = request->opnum;
    f->had_object = request->object != NULL;
    return request->opnum != f->refused_opnum;
}

static void start(struct fixture *f)
{
    const struct rpcsec_service service = {&service_interface, &f->server.counts};
    const struct rpcsec_service_options options = {
        .size = sizeof(options), .authorise = authorise, .authorise_arg = f};

    test_server_make(&f->server, f->policy);
    assert_ok(rpcsec_server_add_with(f->server.server, service, &options, NULL));
    reports_from(&f->reports, f->server.server);
    test_server_run(&f->server, ANY_PORT);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, NULL));
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    if (f->server.server)
        test_server_stop(&f->server);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

/* ---- authorisation ---- */

static void authorisation_decides_on_each_operation(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    f->refused_opnum = SERVICE_ECHO;
    start(f);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_int_equal(f->asked_opnum, SERVICE_ADD);
    assert_false(f->had_object);
    assert_status(do_echo(f->client, 10, &f->err), RPCSEC_REMOTE_FAULT);
    assert_int_equal(f->err.wire_status, PDU_FAULT_ACCESS_DENIED);
    assert_int_equal(atomic_load(&f->num_asked), 2);
    assert_int_equal(atomic_load(&f->server.counts.runs), 1);
    assert_ok(do_add(f->client, 1, &sum, &f->err)); /* the connection goes on */
    assert_true(reports_become(&f->reports, 1, 1));
    assert_status(f->reports.errors[0].status, RPCSEC_ACCESS_DENIED);
    assert_int_equal(f->reports.errors[0].layer, RPCSEC_LAYER_POLICY);
    assert_int_equal(f->reports.errors[0].wire_status, PDU_FAULT_ACCESS_DENIED);
    assert_non_null(strstr(f->reports.errors[0].text, "service.Echo"));
}

/* A stub that cannot be decoded is not looked at for one who may not call. */
static void authorisation_comes_before_decoding(void **state)
{
    struct fixture *f = *state;
    uint8_t answer[16];
    int fd;

    start(f);
    f->refused_opnum = SERVICE_ADD;
    fd = test_server_connect(&f->server);
    raw_bind(fd, &service_interface, 0);
    assert_int_equal(raw_call(fd, 2, SERVICE_ADD, "", 1, answer, sizeof(answer)),
                     -PDU_FAULT_ACCESS_DENIED);
    f->refused_opnum = UINT32_MAX;
    assert_int_equal(raw_call(fd, 3, SERVICE_ADD, "", 1, answer, sizeof(answer)),
                     -PDU_FAULT_BAD_STUB_DATA);
    close(fd);
}

static void authorisation_sees_the_object(void **state)
{
    const struct rpcsec_uuid object = {.time_low = 7};
    const struct rpcsec_call_options options = {.size = sizeof(options), .object = &object};
    struct fixture *f = *state;
    struct rpcsec_client *view = NULL;
    uint32_t sum = 0;

    start(f);
    assert_ok(rpcsec_client_with(f->client, &options, &view, &f->err));
    assert_ok(do_add(view, 1, &sum, &f->err));
    assert_true(f->had_object);
    rpcsec_client_close(view);
}

static void options_of_an_older_program_are_taken(void **state)
{
    const struct rpcsec_service service = {&service_interface, NULL};
    struct rpcsec_service_options options = {
        .size = offsetof(struct rpcsec_service_options, authorise)};
    struct fixture *f = *state;

    test_server_make(&f->server, f->policy);
    options.authorise = authorise; /* beyond its size: not read */
    assert_ok(rpcsec_server_add_with(f->server.server, service, &options, NULL));
    options.size--;
    assert_status(rpcsec_server_add_with(f->server.server, service, &options, NULL),
                  RPCSEC_INVALID_ARGUMENT);
}

/* ---- failures ---- */

static void calls_that_fail_are_reported(void **state)
{
    struct fixture *f = *state;
    uint8_t answer[16];
    int fd;

    start(f);
    assert_status(do_number(f->client, SERVICE_FAIL, 1234, &f->err), RPCSEC_REMOTE_FAULT);
    assert_true(reports_become(&f->reports, 1, 1));
    assert_int_equal(f->reports.errors[0].wire_status, 1234);
    assert_non_null(strstr(f->reports.errors[0].text, "service.Fail"));
    fd = test_server_connect(&f->server);
    raw_bind(fd, &service_interface, 0);
    assert_int_equal(raw_call(fd, 2, 99, "", 0, answer, sizeof(answer)),
                     -(int64_t)PDU_FAULT_OP_RNG_ERROR);
    assert_true(reports_become(&f->reports, 2, 2));
    assert_int_equal(f->reports.errors[1].wire_status, PDU_FAULT_OP_RNG_ERROR);
    assert_non_null(strstr(f->reports.errors[1].text, "no such operation"));
    assert_int_equal(raw_call(fd, 3, SERVICE_ADD, "", 0, answer, sizeof(answer)),
                     -PDU_FAULT_BAD_STUB_DATA);
    assert_true(reports_become(&f->reports, 3, 2));
    assert_int_equal(f->reports.errors[2].layer, RPCSEC_LAYER_STUB);
    close(fd);
}

static void a_stranger_that_sends_garbage_is_reported(void **state)
{
    struct fixture *f = *state;
    char byte;
    int fd;

    start(f);
    fd = test_server_connect(&f->server);
    assert_int_equal(write(fd, "GET / HTTP/1.1\r\n\r\n", 18), 18);
    while (read(fd, &byte, 1) > 0)
        ;
    close(fd);
    assert_true(reports_become(&f->reports, 1, f->reports.num_lines));
    assert_int_equal(f->reports.errors[0].layer, RPCSEC_LAYER_PROTOCOL);
    assert_string_equal(f->reports.principals[0], "");
}

/* ---- audit ---- */

static void each_bind_is_one_line(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;
    int fd;

    start(f);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_true(reports_become(&f->reports, 0, 1));
    assert_true(reports_line_has(&f->reports, 0, "\"address\":\"127.0.0.1:"));
    assert_true(
        reports_line_has(&f->reports, 0,
                         "\"principal\":\"\",\"sid\":null,\"mechanism\":\"none\","
                         "\"level\":\"none\",\"enctype\":\"\",\"interface\":\"service\","
                         "\"verdict\":\"accepted\",\"reason\":null}"));
    fd = test_server_connect(&f->server);
    raw_bind(fd, &other_interface, 0); /* which nobody serves: a context is refused */
    assert_true(reports_become(&f->reports, 0, 2));
    assert_true(reports_line_has(&f->reports, 1, "\"interface\":\"07e40a1c-0000-0000-"));
    close(fd);
}

static void callbacks_are_set_before_the_server_runs(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    start(f);
    assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_status(rpcsec_server_on_error(f->server.server, NULL, NULL), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_on_audit(f->server.server, NULL, NULL), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_on_audit(NULL, NULL, NULL), RPCSEC_INVALID_ARGUMENT);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(authorisation_decides_on_each_operation),
        T(authorisation_comes_before_decoding),
        T(authorisation_sees_the_object),
        T(options_of_an_older_program_are_taken),
        T(calls_that_fail_are_reported),
        T(a_stranger_that_sends_garbage_is_reported),
        T(each_bind_is_one_line),
        T(callbacks_are_set_before_the_server_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
