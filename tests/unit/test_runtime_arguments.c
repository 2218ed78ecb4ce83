/* SPDX-License-Identifier: MIT
 *
 * unit/test_runtime_arguments.c: what each public function of rpcsec/dcerpc.h says to arguments
 * that are not there, out of range, too old or too new; errors of every age of caller; every
 * status and fault code.
 */
#include "harness/test.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "pdu/pdu.h"
#include "unit/runtime_service.h"

#define ANY_PORT "ncacn_ip_tcp:127.0.0.1[0]"

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    f->arena = rpcsec_arena_new(0);
    assert_non_null(f->arena);
    test_server_start(&f->server, f->policy, ANY_PORT, NULL);
    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, &f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    uint32_t sum = 0;

    assert_ok(do_add(f->client, 1, &sum, &f->err)); /* nothing of it did harm */
    assert_int_equal(sum, 2);
    rpcsec_client_close(f->client);
    test_server_stop(&f->server);
    rpcsec_arena_free(f->arena);
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

/* ---- clients ---- */

static void clients_are_not_opened_with_unfit_arguments(void **state)
{
    char long_spn[2000];
    struct fixture *f = *state;
    const struct {
        const char *binding;
        const char *spn;
        struct rpcsec_client_options options;
        rpcsec_status expected;
    } rows[] = {
        {NULL, NULL, {0}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding, "", {0}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding, long_spn, {0}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding, NULL, {.level = 7}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding, NULL, {.level = (enum rpcsec_level)99}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding, NULL, {.transfers = 4}, RPCSEC_INVALID_ARGUMENT},
        {f->server.binding,
         NULL,
         {.transfers = RPCSEC_TRANSFER_NDR64, .big_endian = true},
         RPCSEC_INVALID_ARGUMENT},
        {f->server.binding,
         "a/b",
         {.level = RPCSEC_LEVEL_PRIVACY, .mechanism = (enum rpcsec_mechanism)8},
         RPCSEC_POLICY_REFUSED},
        {f->server.binding,
         NULL,
         {.level = RPCSEC_LEVEL_PRIVACY},
         RPCSEC_INVALID_ARGUMENT}, /* an address has no principal */
    };
    struct rpcsec_client *client = NULL;

    memset(long_spn, 'a', sizeof(long_spn) - 1);
    long_spn[sizeof(long_spn) - 1] = 0;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct rpcsec_client_options options = rows[i].options;

        options.size = sizeof(options);
        options.policy = f->policy;
        assert_status(rpcsec_client_open_with(rows[i].binding, rows[i].spn, &options, &client,
                                              i % 2 ? &f->err : NULL),
                      rows[i].expected);
        assert_null(client);
    }
    assert_status(rpcsec_client_open(f->server.binding, NULL, f->policy, NULL, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_open_with(f->server.binding, NULL, NULL, &client, &f->err),
                  RPCSEC_INVALID_ARGUMENT); /* the default policy authenticates */
    assert_string_equal(rpcsec_client_peer(f->client)->principal, "");
    rpcsec_client_close(NULL);
}

static void views_are_not_made_of_unfit_options(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_call_options rows[] = {
        {.size = 1},
        {.size = sizeof(rows[0]), .level = (enum rpcsec_level)99},
        {.size = sizeof(rows[0]), .level = RPCSEC_LEVEL_PRIVACY}, /* without a principal */
        {.size = sizeof(rows[0]),
         .level = RPCSEC_LEVEL_CALL,
         .mechanism = RPCSEC_MECH_KERBEROS},
    };
    struct rpcsec_client *view = NULL;
    const struct rpcsec_call_options fit = {.size = sizeof(fit)};

    for (size_t i = 0; i < NUM_OF(rows); i++) {
        assert_status(rpcsec_client_with(f->client, &rows[i], &view, &f->err),
                      RPCSEC_INVALID_ARGUMENT);
        assert_null(view);
    }
    assert_status(rpcsec_client_with(NULL, &fit, &view, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_with(f->client, NULL, &view, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_with(f->client, &fit, NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
}

static void views_have_identities_of_their_own_up_to_a_limit(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_client_options options = {.size = sizeof(options), .policy = f->policy};
    struct rpcsec_client *client = NULL;
    struct rpcsec_client *view = NULL;
    rpcsec_status status = RPCSEC_OK;
    int made = 0;

    assert_ok(rpcsec_client_open_with(f->server.binding, "a/b", &options, &client, &f->err));
    while (status == RPCSEC_OK && made < 100) {
        char ccache[32];
        const struct rpcsec_call_options own = {.size = sizeof(own),
                                                .level = RPCSEC_LEVEL_CALL,
                                                .mechanism = RPCSEC_MECH_KERBEROS,
                                                .ccache = ccache};

        snprintf(ccache, sizeof(ccache), "MEMORY:%d", made);
        for (int twice = 0; twice < 2 && status == RPCSEC_OK; twice++) {
            status = rpcsec_client_with(client, &own, &view, &f->err);
            if (status == RPCSEC_OK)
                rpcsec_client_close(view);
        }
        made += status == RPCSEC_OK;
    }
    assert_status(status, RPCSEC_LIMIT);
    assert_in_range(made, 2, 10);
    rpcsec_client_close(client);
}

/* ---- calls ---- */

static struct rpcsec_ndr_record newer_record;
static struct rpcsec_operation odd_operations[3];

/* Operation 0 has no arguments, 1 has newer ones, 2 is fine. */
static struct rpcsec_interface odd_interface(void)
{
    struct rpcsec_interface odd = service_interface;

    odd_operations[2] = service_interface.operations[SERVICE_ADD];
    newer_record = *odd_operations[2].args;
    newer_record.version = RPCSEC_NDR_TABLE_VERSION + 1;
    odd_operations[0] = odd_operations[1] = odd_operations[2];
    odd_operations[0].args = NULL;
    odd_operations[1].args = &newer_record;
    odd.operations = odd_operations;
    odd.num_operations = 3;
    return odd;
}

static void calls_are_not_made_of_unfit_arguments(void **state)
{
    struct fixture *f = *state;
    struct add_args args = {.number = 1};
    const struct rpcsec_interface odd = odd_interface();
    struct rpcsec_interface newer = service_interface;
    const struct {
        struct rpcsec_client *client;
        struct rpcsec_arena *arena;
        const struct rpcsec_interface *interface;
        uint32_t opnum;
        void *args;
        rpcsec_status expected;
    } rows[] = {
        {NULL, f->arena, &service_interface, 0, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, NULL, &service_interface, 0, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, NULL, 0, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, &service_interface, 0, NULL, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, &newer, 0, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, &odd, 0, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, &odd, 1, &args, RPCSEC_INVALID_ARGUMENT},
        {f->client, f->arena, &odd, 3, &args, RPCSEC_UNKNOWN_OPERATION},
        {f->client, f->arena, &odd, UINT32_MAX, &args, RPCSEC_UNKNOWN_OPERATION},
    };
    struct rpcsec_pending *call = NULL;

    newer.table_version++;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        assert_status(rpcsec_client_call(rows[i].client, rows[i].arena, rows[i].interface,
                                         rows[i].opnum, rows[i].args, &f->err),
                      rows[i].expected);
        if (rows[i].arena)
            assert_status(rpcsec_client_send(rows[i].client, rows[i].interface, rows[i].opnum,
                                             rows[i].args, NULL, NULL, &call, &f->err),
                          rows[i].expected);
        assert_null(call);
    }
    assert_status(
        rpcsec_client_send(f->client, &service_interface, 0, &args, NULL, NULL, NULL, &f->err),
        RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_bind(NULL, &service_interface, &f->err),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_bind(f->client, NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_client_process(NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    rpcsec_pending_free(NULL);
}

static void results_are_not_received_into_nothing(void **state)
{
    struct fixture *f = *state;
    struct add_args args = {.number = 1};
    const struct {
        struct rpcsec_arena *arena;
        const struct rpcsec_interface *interface;
        uint32_t opnum;
        void *args;
    } rows[] = {
        {NULL, &service_interface, SERVICE_ADD, &args},
        {f->arena, &other_interface, SERVICE_ADD, &args},
        {f->arena, &service_interface, SERVICE_FAIL, &args},
        {f->arena, &service_interface, SERVICE_ADD, NULL},
    };

    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct rpcsec_pending *call = NULL;

        assert_ok(rpcsec_client_send(f->client, &service_interface, SERVICE_ADD, &args, NULL,
                                     NULL, &call, &f->err));
        assert_status(rpcsec_pending_recv(call, rows[i].arena, rows[i].interface, rows[i].opnum,
                                          rows[i].args, &f->err),
                      RPCSEC_INVALID_ARGUMENT);
    }
}

/* Times of poll(2) are ints. */
static void timeouts_fit_into_what_poll_takes(void **state)
{
    struct fixture *f = *state;
    const uint32_t rows[][2] = {{UINT32_MAX, INT_MAX}, {60000, 60000}, {1, 1}};

    for (size_t i = 0; i < NUM_OF(rows); i++) {
        const struct rpcsec_call_options options = {.size = sizeof(options),
                                                    .deadline_ms = rows[i][0]};
        const struct add_args args = {.number = 1};
        struct rpcsec_client *view = NULL;
        struct rpcsec_pending *call = NULL;

        assert_ok(rpcsec_client_with(f->client, &options, &view, &f->err));
        assert_ok(rpcsec_client_send(view, &service_interface, SERVICE_ADD, &args, NULL, NULL,
                                     &call, &f->err));
        assert_in_range(rpcsec_client_timeout_ms(view), 0, rows[i][1]);
        if (rows[i][0] == 1) {
            usleep(3000);
            assert_int_equal(rpcsec_client_timeout_ms(view), 0);
        }
        rpcsec_client_close(view);
        rpcsec_pending_free(call);
        assert_ok(rpcsec_client_process(f->client, &f->err));
    }
}

/* ---- the two ends disagree ---- */

static struct rpcsec_ndr_arg long_args[3];
static struct rpcsec_ndr_record long_record, short_record;

/* ADD gives more than the server does, ECHO gives nothing back. */
static struct rpcsec_interface disagreeing_interface(void)
{
    struct rpcsec_interface odd = service_interface;

    memcpy(long_args, service_interface.operations[SERVICE_ADD].args->args,
           2 * sizeof(long_args[0]));
    long_args[2] = long_args[1];
    long_record = *service_interface.operations[SERVICE_ADD].args;
    long_record.args = long_args;
    long_record.num_args = 3;
    short_record = *service_interface.operations[SERVICE_ECHO].args;
    short_record.num_args = 2;
    odd_operations[SERVICE_ADD] = service_interface.operations[SERVICE_ADD];
    odd_operations[SERVICE_ADD].args = &long_record;
    odd_operations[SERVICE_ECHO] = service_interface.operations[SERVICE_ECHO];
    odd_operations[SERVICE_ECHO].args = &short_record;
    odd.operations = odd_operations;
    odd.num_operations = 2;
    return odd;
}

static rpcsec_status call_later(struct fixture *f, const struct rpcsec_interface *odd,
                                uint32_t opnum, void *args, struct rpcsec_error *err)
{
    struct rpcsec_pending *call = NULL;

    assert_ok(rpcsec_client_send(f->client, odd, opnum, args, NULL, NULL, &call, &f->err));
    return rpcsec_pending_recv(call, f->arena, odd, opnum, args, err);
}

static bool is_about_stubs(rpcsec_status status)
{
    return status == RPCSEC_BAD_STUB || status == RPCSEC_TRUNCATED ||
           status == RPCSEC_TRAILING_DATA;
}

static void answers_that_contradict_the_tables_are_errors_of_calls_that_ran(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_interface odd = disagreeing_interface();
    uint8_t data[100] = {1};

    for (uint32_t opnum = 0; opnum < 2; opnum++) {
        struct echo_args args = {.len = sizeof(data), .data = data};

        assert_true(is_about_stubs(
            rpcsec_client_call(f->client, f->arena, &odd, opnum, &args, &f->err)));
        assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_RAN);
        assert_true(
            is_about_stubs(rpcsec_client_call(f->client, f->arena, &odd, opnum, &args, NULL)));
        args = (struct echo_args){.len = sizeof(data), .data = data};
        assert_true(is_about_stubs(call_later(f, &odd, opnum, &args, &f->err)));
        assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_RAN);
        args = (struct echo_args){.len = sizeof(data), .data = data};
        assert_true(is_about_stubs(call_later(f, &odd, opnum, &args, NULL)));
    }
}

/* ---- done functions ---- */

struct told {
    struct fixture *f;
    struct rpcsec_pending *other;
    rpcsec_status status;
    bool is_told;
};

static rpcsec_status send_add(struct fixture *f, rpcsec_pending_done *done, void *arg,
                              struct rpcsec_pending **ret_call)
{
    const struct add_args args = {.number = 1};

    return rpcsec_client_send(f->client, &service_interface, SERVICE_ADD, &args, done, arg,
                              ret_call, &f->err);
}

static void wait_in_done(struct rpcsec_pending *call, void *arg)
{
    struct told *told = arg;
    struct add_args args;
    struct rpcsec_pending *other = NULL;

    told->is_told = true;
    rpcsec_pending_free(call);
    assert_ok(send_add(told->f, NULL, NULL, &other));
    told->status = rpcsec_pending_recv(other, told->f->arena, &service_interface, SERVICE_ADD,
                                       &args, &told->f->err);
    told->other = other;
}

static void a_done_function_does_not_wait_for_another_call(void **state)
{
    struct fixture *f = *state;
    struct told told = {.f = f};
    struct rpcsec_pending *call = NULL;
    struct add_args args;
    uint32_t sum = 0;

    assert_ok(send_add(f, wait_in_done, &told, &call));
    for (int i = 0; i < 1000 && !told.is_told; i++)
        assert_ok(do_add(f->client, 1, &sum, &f->err));
    assert_true(told.is_told);
    assert_status(told.status, RPCSEC_INVALID_STATE);
    assert_ok(rpcsec_pending_recv(told.other, f->arena, &service_interface, SERVICE_ADD, &args,
                                  &f->err)); /* it lived on */
}

static void send_in_done(struct rpcsec_pending *call, void *arg)
{
    struct told *told = arg;

    told->is_told = true;
    rpcsec_pending_free(call);
    told->status = send_add(told->f, NULL, NULL, &told->other);
}

static void a_client_that_is_being_closed_starts_nothing(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_client *first = f->client;
    struct told told = {.f = f};
    struct rpcsec_pending *call = NULL;

    assert_ok(rpcsec_client_open(f->server.binding, NULL, f->policy, &f->client, &f->err));
    assert_ok(send_add(f, send_in_done, &told, &call));
    rpcsec_client_close(f->client);
    f->client = first;
    assert_true(told.is_told);
    assert_status(told.status, RPCSEC_CLOSED);
    assert_null(told.other);
}

/* ---- errors ---- */

static void every_fault_has_its_code_and_a_sentence(void **state)
{
    static const uint32_t codes[] = {
#define X(name, value) value,
        PDU_FAULT_LIST(X)
#undef X
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(codes); i++) {
        if (codes[i] < 1000) /* the service takes those for statuses */
            continue;
        assert_status(do_number(f->client, SERVICE_FAIL, codes[i], &f->err),
                      RPCSEC_REMOTE_FAULT);
        assert_int_equal(f->err.wire_status, codes[i]);
        assert_non_null(strstr(f->err.text, "answered Fail with fault"));
        assert_status(do_number(f->client, SERVICE_FAIL, codes[i], NULL), RPCSEC_REMOTE_FAULT);
    }
}

static void every_status_of_a_manager_is_a_fault(void **state)
{
    struct fixture *f = *state;
    int num_denied = 0;

    for (uint32_t status = 1; status < 100; status++) {
        if (status == RPCSEC_NOT_FOUND || status == RPCSEC_CLOSED)
            continue; /* the server's own word for: nobody waits */
        assert_status(do_number(f->client, SERVICE_FAIL, status, &f->err), RPCSEC_REMOTE_FAULT);
        assert_int_not_equal(f->err.wire_status, 0);
        num_denied += f->err.wire_status == PDU_FAULT_ACCESS_DENIED;
    }
    assert_true(num_denied >= 1);
}

/* A program that was built when there was less to tell. */
static void errors_of_older_callers_are_not_written_beyond(void **state)
{
    static const size_t sizes[] = {
        0,
        offsetof(struct rpcsec_error, outcome),
        offsetof(struct rpcsec_error, wire_status),
        offsetof(struct rpcsec_error, gss_major),
        offsetof(struct rpcsec_error, text),
        sizeof(struct rpcsec_error),
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < NUM_OF(sizes); i++) {
        struct rpcsec_error err;
        const uint8_t *bytes = (const uint8_t *)&err;
        struct rpcsec_client *nobody = NULL;
        uint32_t sum = 0;

        memset(&err, 0x5A, sizeof(err));
        err.size = sizes[i];
        assert_status(do_number(f->client, SERVICE_FAIL, 4711, &err), RPCSEC_REMOTE_FAULT);
        assert_status(rpcsec_client_bind(f->client, &other_interface, &err),
                      RPCSEC_BIND_REJECTED);
        assert_status(
            rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[1]", NULL, f->policy, &nobody, &err),
            RPCSEC_CONNECTION_REFUSED);
        for (size_t at = sizes[i] < sizeof(size_t) ? sizeof(size_t) : sizes[i];
             at < sizeof(err); at++)
            assert_int_equal(bytes[at], 0x5A);
        assert_ok(do_add(f->client, 1, &sum, &err));
    }
}

/* ---- servers ---- */

static void on_error(void *arg, const struct rpcsec_error *error,
                     const struct rpcsec_peer *peer)
{
    (void)arg;
    (void)error;
    (void)peer;
}

static void on_audit(void *arg, const char *line)
{
    (void)arg;
    (void)line;
}

static void servers_refuse_what_is_not_there(void **state)
{
    struct fixture *f = *state;
    const struct rpcsec_service service = {&service_interface, NULL};

    assert_status(rpcsec_server_new(f->policy, NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_add(NULL, service, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_add_mgmt(NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_add_epm(NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_on_error(NULL, on_error, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_on_audit(NULL, on_audit, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_set_node(NULL, 1), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_listen(NULL, ANY_PORT, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_listen_fd(NULL, 0, &f->err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_server_run(NULL, &f->err), RPCSEC_INVALID_ARGUMENT);
    rpcsec_server_free(NULL);
    rpcsec_call_unref(NULL);
}

static void a_server_that_runs_is_not_changed(void **state)
{
    struct fixture *f = *state;
    struct rpcsec_server *server = f->server.server;
    const struct rpcsec_service other = {&other_interface, NULL};
    struct rpcsec_server_stats stats = {.size = offsetof(struct rpcsec_server_stats, reads),
                                        .reads = 99};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    uint32_t sum;

    assert_ok(do_add(f->client, 1, &sum, &f->err)); /* it runs */
    assert_status(rpcsec_server_add(server, other, &f->err), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_on_error(server, on_error, NULL), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_on_audit(server, on_audit, NULL), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_server_set_node(server, 1), RPCSEC_INVALID_STATE);
    assert_int_equal(listen(fd, 1), 0);
    assert_status(rpcsec_server_listen_fd(server, fd, &f->err), RPCSEC_INVALID_STATE);
    close(fd);
    assert_non_null(rpcsec_server_binding(server, 0));
    assert_null(rpcsec_server_binding(server, 1));
    rpcsec_server_stats(server, &stats);
    assert_int_equal(stats.connections, 1);
    assert_int_equal(stats.reads, 99); /* beyond its size */
}

static void only_tcp_sockets_that_listen_are_taken(void **state)
{
    struct fixture *f = *state;
    const struct sockaddr_un unnamed = {.sun_family = AF_UNIX};
    const int fds[] = {
        -1,
        socket(AF_INET, SOCK_DGRAM, 0),
        socket(AF_INET, SOCK_STREAM, 0),
        socket(AF_UNIX, SOCK_STREAM, 0),
    };
    struct rpcsec_server *server = NULL;

    assert_int_equal(bind(fds[3], (const struct sockaddr *)&unnamed, sizeof(sa_family_t)), 0);
    assert_int_equal(listen(fds[3], 1), 0);
    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    for (size_t i = 0; i < NUM_OF(fds); i++)
        assert_status(rpcsec_server_listen_fd(server, fds[i], &f->err),
                      RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(listen(fds[2], 1), 0);
    assert_ok(rpcsec_server_listen_fd(server, fds[2], &f->err)); /* the server's now */
    rpcsec_server_free(server);
    close(fds[1]);
    close(fds[3]);
}

static void listeners_are_opened_where_the_binding_says(void **state)
{
    struct fixture *f = *state;
    const struct {
        const char *binding;
        rpcsec_status expected;
    } rows[] = {
        {"ncacn_ip_tcp:[0]", RPCSEC_OK}, /* any address */
        {"ncacn_ip_tcp:localhost", RPCSEC_OK},
        {"ncacn_ip_tcp:"
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa[0]",
         RPCSEC_HOST_NOT_FOUND}, /* no name: a label has 63 characters at most */
        {"nonsense", RPCSEC_BAD_BINDING},
        {NULL, RPCSEC_INVALID_ARGUMENT},
    };
    struct rpcsec_server *server = NULL;

    assert_ok(rpcsec_server_new(f->policy, &server, &f->err));
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_status(rpcsec_server_listen(server, rows[i].binding, &f->err), rows[i].expected);
    assert_non_null(strstr(rpcsec_server_binding(server, 0), "ncacn_ip_tcp:"));
    rpcsec_server_free(server);
}

static void a_socket_is_not_served_without_credentials(void **state)
{
    struct fixture *f = *state;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct rpcsec_policy *policy = NULL;
    struct rpcsec_server *server = NULL;

    assert_int_equal(listen(fd, 1), 0);
    assert_ok(rpcsec_policy_new(&policy, &f->err));
    assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/nonexistent/keytab"));
    assert_ok(rpcsec_server_new(policy, &server, &f->err));
    assert_int_not_equal(rpcsec_server_listen_fd(server, fd, &f->err), RPCSEC_OK);
    assert_int_not_equal(rpcsec_server_listen(server, ANY_PORT, &f->err), RPCSEC_OK);
    assert_null(rpcsec_server_binding(server, 0));
    close(fd); /* still ours */
    rpcsec_server_free(server);
    rpcsec_policy_free(policy);
}

static void a_second_stop_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct test_server other;
    struct rpcsec_client *client = NULL;
    struct rpcsec_pending *call = NULL;
    struct add_args args = {.number = 200};

    test_server_start(&other, f->policy, ANY_PORT, NULL);
    assert_ok(rpcsec_client_open(other.binding, NULL, f->policy, &client, &f->err));
    assert_ok(rpcsec_client_send(client, &service_interface, SERVICE_SLEEP, &args, NULL, NULL,
                                 &call, &f->err));
    for (int i = 0; i < 2000 && !atomic_load(&other.counts.runs); i++) {
        assert_ok(rpcsec_client_process(client, &f->err));
        usleep(1000);
    }
    rpcsec_server_stop(other.server);
    usleep(20000);
    rpcsec_server_stop(other.server);
    assert_ok(
        rpcsec_pending_recv(call, f->arena, &service_interface, SERVICE_SLEEP, &args, &f->err));
    test_server_stop(&other);
    rpcsec_client_close(client);
}

#define ARGUMENT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARGUMENT_TEST(clients_are_not_opened_with_unfit_arguments),
        ARGUMENT_TEST(views_are_not_made_of_unfit_options),
        ARGUMENT_TEST(views_have_identities_of_their_own_up_to_a_limit),
        ARGUMENT_TEST(calls_are_not_made_of_unfit_arguments),
        ARGUMENT_TEST(results_are_not_received_into_nothing),
        ARGUMENT_TEST(timeouts_fit_into_what_poll_takes),
        ARGUMENT_TEST(answers_that_contradict_the_tables_are_errors_of_calls_that_ran),
        ARGUMENT_TEST(a_done_function_does_not_wait_for_another_call),
        ARGUMENT_TEST(a_client_that_is_being_closed_starts_nothing),
        ARGUMENT_TEST(every_fault_has_its_code_and_a_sentence),
        ARGUMENT_TEST(every_status_of_a_manager_is_a_fault),
        ARGUMENT_TEST(errors_of_older_callers_are_not_written_beyond),
        ARGUMENT_TEST(servers_refuse_what_is_not_there),
        ARGUMENT_TEST(a_server_that_runs_is_not_changed),
        ARGUMENT_TEST(only_tcp_sockets_that_listen_are_taken),
        ARGUMENT_TEST(listeners_are_opened_where_the_binding_says),
        ARGUMENT_TEST(a_socket_is_not_served_without_credentials),
        ARGUMENT_TEST(a_second_stop_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
