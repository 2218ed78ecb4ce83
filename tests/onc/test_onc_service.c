/* SPDX-License-Identifier: MIT
 *
 * onc/test_onc_service.c: the public functions for ONC RPC with a server and its clients in one
 * program: arguments, answers of every kind, limits, memory that fails at every place. Run by
 * test_onc_service.sh in a realm.
 */
#include "served.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* libtirpc has these as well. */
#undef mem_alloc
#undef mem_free
#include "base/alloc.h"

enum { LONG_MS = 60000 };

typedef CLIENT *connecting(unsigned port, struct rpcsec_policy *policy,
                           const struct rpcsec_onc_options *options, struct rpcsec_error *err);

static connecting *const kinds[] = {served_own, served_ours};

static void nothing(struct svc_req *request, SVCXPRT *transport)
{
    (void)request;
    (void)transport;
}

static void start(struct served *served, const struct served_limit *limits)
{
    assert_ok(served_start(served, served_policy(RPCSEC_LEVEL_NONE, limits), NULL));
}

static CLIENT *client(connecting *kind, const struct served *served, enum rpcsec_level level)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    CLIENT *clnt = kind(served_port(served), served_policy(level, NULL), NULL, &err);

    if (!clnt)
        fail_msg("no client: %s", rpcsec_error_text(&err));
    return clnt;
}

/* ---- arguments ---- */

static void a_server_takes_no_bad_programs(void **state)
{
    static const struct rpcsec_onc_procedure bad_level = {1, (enum rpcsec_level)99};
    static const struct rpcsec_onc_procedure no_level = {1, RPCSEC_LEVEL_DEFAULT};
    const struct rpcsec_onc_service bad[] = {
        {.size = 1},
        {.size = sizeof(bad[0]), .least_level = (enum rpcsec_level)99},
        {.size = sizeof(bad[0]), .least_level = (enum rpcsec_level) - 1},
        {.size = sizeof(bad[0]), .num_procedures = 1},
        {.size = sizeof(bad[0]), .procedures = &bad_level, .num_procedures = 1},
        {.size = sizeof(bad[0]), .procedures = &no_level, .num_procedures = 1},
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_onc_server *server = NULL;

    (void)state;
    assert_status(rpcsec_onc_server_new(NULL, NULL, &err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_onc_server_new(NULL, &server, NULL));
    for (size_t i = 0; i < NUM_OF(bad); i++)
        assert_status(rpcsec_onc_server_add_with(server, 7, 1, nothing, &bad[i], &err),
                      RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_onc_server_add(NULL, 7, 1, nothing, &err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_onc_server_add(server, 7, 1, NULL, &err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_onc_server_add(server, 7, 1, nothing, NULL));
    assert_status(rpcsec_onc_server_add(server, 7, 1, nothing, &err), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_onc_server_add(server, 7, 2, nothing, NULL));
    assert_ok(rpcsec_onc_server_add(server, 8, 1, nothing, NULL));
    rpcsec_onc_server_free(server);
    rpcsec_onc_server_free(NULL);
}

static void a_server_listens_on_good_addresses_only(void **state)
{
    static const struct {
        const char *binding;
        unsigned flags;
        rpcsec_status status;
    } cases[] = {
        {NULL, 0, RPCSEC_INVALID_ARGUMENT},
        {"onc_tcp:127.0.0.1[0]", 2, RPCSEC_INVALID_ARGUMENT},
        {"", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.1", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.1[0", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.1[]", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.1[65536]", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.1[123456789012345]", 0, RPCSEC_BAD_BINDING},
        {"onc_udp:127.0.0.1[0]", 0, RPCSEC_BAD_BINDING},
        {"onc_tcp:127.0.0.256.1[0]", 0, RPCSEC_HOST_NOT_FOUND},
        {"onc_tcp:192.0.2.1[0]", 0, RPCSEC_SYSTEM},
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_onc_server *server = NULL;

    (void)state;
    assert_ok(rpcsec_onc_server_new(NULL, &server, NULL));
    assert_status(rpcsec_onc_server_run(NULL, 0, &err), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_onc_server_run(server, 0, &err), RPCSEC_INVALID_STATE);
    assert_status(rpcsec_onc_server_listen(NULL, "onc_tcp:127.0.0.1[0]", 0, &err),
                  RPCSEC_INVALID_ARGUMENT);
    for (size_t i = 0; i < NUM_OF(cases); i++)
        assert_status(rpcsec_onc_server_listen(server, cases[i].binding, cases[i].flags, &err),
                      cases[i].status);
    assert_null(rpcsec_onc_server_binding(server, 0));
    assert_ok(rpcsec_onc_server_listen(server, "onc_tcp:[0]", 0, NULL));
    assert_ok(rpcsec_onc_server_listen(server, "onc_tcp:127.0.0.1[0]", 0, NULL));
    assert_non_null(rpcsec_onc_server_binding(server, 1));
    assert_null(rpcsec_onc_server_binding(server, 9));
    rpcsec_onc_server_free(server);
}

static void a_server_runs_once(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct served served;

    (void)state;
    start(&served, NULL);
    served_end(client(served_own, &served, RPCSEC_LEVEL_PRIVACY));
    assert_status(rpcsec_onc_server_add(served.server, 9, 9, nothing, &err),
                  RPCSEC_INVALID_STATE);
    assert_status(rpcsec_onc_server_listen(served.server, "onc_tcp:127.0.0.1[0]", 0, &err),
                  RPCSEC_INVALID_STATE);
    assert_status(rpcsec_onc_server_run(served.server, 1, &err), RPCSEC_INVALID_STATE);
    served_stop(&served);
    assert_ok(served.status);
}

static void a_server_without_a_keytab_is_for_the_anonymous(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    for (int anonymous = 0; anonymous < 2; anonymous++) {
        struct rpcsec_policy *policy =
            served_policy(anonymous ? RPCSEC_LEVEL_NONE : RPCSEC_LEVEL_PRIVACY, NULL);
        struct rpcsec_onc_server *server = NULL;
        rpcsec_status status;

        assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/nowhere/at/all"));
        assert_ok(rpcsec_onc_server_new(policy, &server, NULL));
        rpcsec_policy_free(policy);
        status = rpcsec_onc_server_listen(server, "onc_tcp:127.0.0.1[0]", 0, &err);
        if (anonymous)
            assert_ok(status);
        else
            assert_int_not_equal(status, RPCSEC_OK);
        rpcsec_onc_server_free(server);
    }
}

static CLIENT *datagrams(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct netbuf netbuf = {sizeof(address), sizeof(address), &address};
    CLIENT *clnt = clnt_dg_create(socket(AF_INET, SOCK_DGRAM, 0), &netbuf, ECHO_PROG, 1, 0, 0);

    assert_non_null(clnt);
    (void)clnt_control(clnt, CLSET_FD_CLOSE, NULL);
    return clnt;
}

static void a_client_takes_streams_and_good_options_only(void **state)
{
    const struct {
        struct rpcsec_onc_options options;
        rpcsec_status status;
    } cases[] = {
        {{.size = 3}, RPCSEC_INVALID_ARGUMENT},
        {{.size = sizeof(cases[0].options), .level = (enum rpcsec_level)99},
         RPCSEC_INVALID_ARGUMENT},
        {{.size = sizeof(cases[0].options), .level = RPCSEC_LEVEL_NONE},
         RPCSEC_INVALID_ARGUMENT},
        {{.size = sizeof(cases[0].options), .mechanism = RPCSEC_MECH_NTLM}, RPCSEC_UNSUPPORTED},
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct served served;
    CLIENT *clnt;

    (void)state;
    start(&served, NULL);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        for (size_t i = 0; i < NUM_OF(cases); i++) {
            assert_null(kinds[kind](served_port(&served),
                                    served_policy(RPCSEC_LEVEL_PRIVACY, NULL),
                                    &cases[i].options, &err));
            assert_status(err.status, cases[i].status);
        }
    }
    assert_null(rpcsec_onc_auth_create(NULL, SERVED_SPN, NULL, &err));
    assert_status(err.status, RPCSEC_INVALID_ARGUMENT);
    clnt = datagrams();
    assert_null(rpcsec_onc_auth_create(clnt, SERVED_SPN, NULL, &err));
    assert_status(err.status, RPCSEC_UNSUPPORTED);
    clnt_destroy(clnt);
    clnt = served_connect(served_port(&served));
    assert_null(rpcsec_onc_auth_create(clnt, NULL, NULL, NULL));
    assert_null(rpcsec_onc_auth_create(clnt, "", NULL, &err));
    assert_status(err.status, RPCSEC_INVALID_ARGUMENT);
    assert_null(rpcsec_onc_auth_create(clnt, "nobody@localhost", NULL, &err));
    clnt_destroy(clnt);
    assert_null(rpcsec_onc_clnt_create(NULL, 1, 1, SERVED_SPN, NULL, &err));
    assert_status(err.status, RPCSEC_BAD_BINDING);
    assert_null(rpcsec_onc_clnt_create("onc_tcp:[1]", 1, 1, SERVED_SPN, NULL, &err));
    assert_int_equal(err.layer, RPCSEC_LAYER_TRANSPORT);
    served_stop(&served);
}

static void what_is_not_of_ours_is_refused(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    AUTH *none = authnone_create();

    (void)state;
    assert_status(rpcsec_onc_auth_set_level(NULL, RPCSEC_LEVEL_PRIVACY),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_onc_auth_set_level(none, RPCSEC_LEVEL_PRIVACY),
                  RPCSEC_INVALID_ARGUMENT);
    rpcsec_onc_error(NULL, &err);
    rpcsec_onc_error(none, &err);
    assert_ok(err.status);
    assert_null(rpcsec_onc_auth_peer(NULL));
    assert_null(rpcsec_onc_auth_peer(none));
    assert_null(rpcsec_onc_peer(NULL));
    assert_status(rpcsec_onc_defer(NULL), RPCSEC_INVALID_ARGUMENT);
}

/* ---- calls ---- */

static void check_answers(CLIENT *clnt)
{
    static const struct {
        uint32_t proc;
        enum clnt_stat stat;
    } cases[] = {
        {PROC_DEFER, RPC_SUCCESS},
        {PROC_TWICE, RPC_SUCCESS},
        {PROC_UNENCODABLE, RPC_SYSTEMERROR},
        {PROC_SYSTEM_ERR, RPC_SYSTEMERROR},
        {PROC_WEAK_AUTH, RPC_AUTHERROR},
        {PROC_NO_PROG, RPC_PROGUNAVAIL},
        {PROC_MISMATCH, RPC_PROGVERSMISMATCH},
        {PROC_ASKS, RPC_SUCCESS},
        {PROC_WAITS, RPC_SUCCESS},
        {99, RPC_PROCUNAVAIL},
    };
    struct rpc_err why;

    for (size_t i = 0; i < NUM_OF(cases); i++) {
        assert_int_equal(served_number(clnt, cases[i].proc, LONG_MS), cases[i].stat);
        if (cases[i].stat == RPC_SUCCESS)
            continue;
        clnt_geterr(clnt, &why);
        assert_int_equal(why.re_status, cases[i].stat);
        if (cases[i].stat == RPC_PROGVERSMISMATCH)
            assert_int_equal(why.re_vers.low * 10 + why.re_vers.high, 35);
        if (cases[i].stat == RPC_AUTHERROR)
            assert_int_equal(why.re_why, AUTH_TOOWEAK);
    }
    assert_int_equal(served_echo(clnt, 200000, LONG_MS), RPC_SUCCESS);
    assert_int_equal(served_echo(clnt, 0, LONG_MS), RPC_SUCCESS);
}

static void every_answer_comes_through_at_every_level(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_CONNECT, RPCSEC_LEVEL_INTEGRITY,
                                               RPCSEC_LEVEL_PRIVACY};
    struct served served;

    (void)state;
    start(&served, NULL);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        CLIENT *clnt = client(kinds[kind], &served, RPCSEC_LEVEL_CONNECT);

        for (size_t i = 0; i < NUM_OF(levels); i++) {
            assert_ok(rpcsec_onc_auth_set_level(clnt->cl_auth, levels[i]));
            check_answers(clnt);
        }
        assert_string_equal(rpcsec_onc_auth_peer(clnt->cl_auth)->principal,
                            "host/localhost@RPCSEC.TEST");
        assert_status(rpcsec_onc_auth_set_level(clnt->cl_auth, RPCSEC_LEVEL_NONE),
                      RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(served_number(clnt, PROC_SILENT, 30), RPC_TIMEDOUT);
        assert_int_equal(served_number(clnt, PROC_GIVE_UP, 30), RPC_TIMEDOUT);
        served_end(clnt);
    }
    served_stop(&served);
    assert_ok(served.status);
}

static void other_versions_programs_and_nobody_are_answered(void **state)
{
    AUTH *(*const auths[])(void) = {authnone_create, authunix_create_default};
    struct served served;
    uint32_t vers = 2;

    (void)state;
    start(&served, NULL);
    for (size_t i = 0; i < NUM_OF(auths); i++) {
        CLIENT *clnt = served_connect(served_port(&served));

        clnt->cl_auth = auths[i]();
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        assert_int_equal(served_number(clnt, PROC_UNENCODABLE, LONG_MS), RPC_SYSTEMERROR);
        assert_true(clnt_control(clnt, CLSET_VERS, (char *)&vers));
        assert_int_equal(served_number(clnt, PROC_DEFER, LONG_MS), RPC_SUCCESS);
        vers = 9;
        assert_true(clnt_control(clnt, CLSET_VERS, (char *)&vers));
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_PROGVERSMISMATCH);
        vers = 2;
        assert_true(clnt_control(clnt, CLSET_PROG, (char *)&vers));
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_PROGUNAVAIL);
        served_end(clnt);
    }
    served_stop(&served);
}

static void a_procedure_may_ask_for_more_than_its_program(void **state)
{
    static const struct rpcsec_onc_procedure procedures[] = {
        {PROC_ASKS, RPCSEC_LEVEL_PRIVACY}, {PROC_DEFER, RPCSEC_LEVEL_CONNECT}};
    const struct rpcsec_onc_service service = {.size = sizeof(service),
                                               .least_level = RPCSEC_LEVEL_INTEGRITY,
                                               .procedures = procedures,
                                               .num_procedures = NUM_OF(procedures)};
    struct served served;
    CLIENT *clnt;

    (void)state;
    assert_ok(served_start(&served, served_policy(RPCSEC_LEVEL_CONNECT, NULL), &service));
    clnt = client(served_own, &served, RPCSEC_LEVEL_CONNECT);
    assert_int_equal(served_number(clnt, PROC_DEFER, LONG_MS), RPC_SUCCESS);
    assert_int_equal(served_number(clnt, PROC_WAITS, LONG_MS), RPC_AUTHERROR);
    assert_ok(rpcsec_onc_auth_set_level(clnt->cl_auth, RPCSEC_LEVEL_INTEGRITY));
    assert_int_equal(served_number(clnt, PROC_WAITS, LONG_MS), RPC_SUCCESS);
    assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_AUTHERROR);
    assert_ok(rpcsec_onc_auth_set_level(clnt->cl_auth, RPCSEC_LEVEL_PRIVACY));
    assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
    served_end(clnt);
    clnt = served_connect(served_port(&served));
    assert_int_equal(served_number(clnt, PROC_DEFER, LONG_MS), RPC_AUTHERROR);
    clnt_destroy(clnt);
    served_stop(&served);
}

static void a_client_of_ours_is_controlled(void **state)
{
    struct timeval timeout = {0, 20000};
    struct timeval got = {0};
    struct served served;
    uint32_t number = 0;
    CLIENT *clnt;
    int fd = -1;

    (void)state;
    start(&served, NULL);
    clnt = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
    assert_true(clnt_control(clnt, CLGET_PROG, (char *)&number));
    assert_int_equal(number, ECHO_PROG);
    assert_true(clnt_control(clnt, CLGET_VERS, (char *)&number));
    assert_int_equal(number, ECHO_V1);
    assert_true(clnt_control(clnt, CLGET_FD, (char *)&fd));
    assert_true(fd >= 0);
    assert_false(clnt_control(clnt, CLSET_FD_CLOSE, NULL));
    assert_true(clnt_control(clnt, CLSET_TIMEOUT, (char *)&timeout));
    assert_true(clnt_control(clnt, CLGET_TIMEOUT, (char *)&got));
    assert_int_equal(got.tv_usec, timeout.tv_usec);
    assert_int_equal(served_number(clnt, PROC_SILENT, LONG_MS), RPC_TIMEDOUT);
    clnt_abort(clnt);
    assert_false(AUTH_MARSHALL(clnt->cl_auth, NULL));
    assert_false(AUTH_VALIDATE(clnt->cl_auth, NULL));
    assert_false(AUTH_REFRESH(clnt->cl_auth, NULL));
    assert_false(AUTH_WRAP(clnt->cl_auth, NULL, NULL, NULL));
    AUTH_NEXTVERF(clnt->cl_auth);
    served_end(clnt);
    clnt = client(served_ours, &served, RPCSEC_LEVEL_PRIVACY);
    assert_true(clnt_control(clnt, CLGET_FD, (char *)&fd));
    assert_false(AUTH_REFRESH(clnt->cl_auth, NULL));
    AUTH_NEXTVERF(clnt->cl_auth);
    clnt_abort(clnt);
    served_end(clnt);
    served_stop(&served);
}

static void a_client_may_go_before_its_auth(void **state)
{
    struct served served;
    CLIENT *clnt;
    AUTH *auth;

    (void)state;
    start(&served, NULL);
    clnt = client(served_ours, &served, RPCSEC_LEVEL_PRIVACY);
    auth = clnt->cl_auth;
    clnt->cl_auth = authnone_create();
    assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
    clnt_destroy(clnt);
    auth_destroy(auth);
    served_stop(&served);
}

static void a_handshake_in_dce_style_works_with_ours(void **state)
{
    const struct rpcsec_onc_options options = {.size = sizeof(options),
                                               .level = RPCSEC_LEVEL_INTEGRITY,
                                               .mechanism = RPCSEC_MECH_KERBEROS,
                                               .dce_style = true};
    struct served served;

    (void)state;
    start(&served, NULL);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        CLIENT *clnt = kinds[kind](served_port(&served),
                                   served_policy(RPCSEC_LEVEL_CONNECT, NULL), &options, NULL);

        assert_non_null(clnt);
        assert_status(rpcsec_onc_auth_set_level(clnt->cl_auth, RPCSEC_LEVEL_CONNECT),
                      RPCSEC_POLICY_REFUSED);
        assert_int_equal(served_echo(clnt, 1000, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
    }
    served_stop(&served);
}

/* ---- contexts that are gone ---- */

/* The server forgets what is idle; a client that may sends its call again. */
static void a_call_is_sent_again_only_by_who_asked_for_it(void **state)
{
    static const struct served_limit forgets[] = {{RPCSEC_LIMIT_ONC_IDLE_MS, 100},
                                                  {RPCSEC_LIMIT_ONC_IDLE_MS, 0}};
    struct served served;

    (void)state;
    start(&served, forgets);
    for (size_t i = 0; i < 2 * NUM_OF(kinds); i++) {
        const struct rpcsec_onc_options options = {.size = sizeof(options), .resend = i % 2};
        CLIENT *clnt = kinds[i / 2](served_port(&served),
                                    served_policy(RPCSEC_LEVEL_PRIVACY, NULL), &options, NULL);
        struct rpcsec_error err = RPCSEC_ERROR_INIT;

        assert_non_null(clnt);
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        usleep(1500000); /* the server looks once a second */
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS),
                         options.resend ? RPC_SUCCESS : RPC_AUTHERROR);
        rpcsec_onc_error(clnt->cl_auth, &err);
        assert_status(err.status, options.resend ? RPCSEC_OK : RPCSEC_ACCESS_DENIED);
        assert_int_equal(served_number(clnt, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
    }
    served_stop(&served);
}

static void a_client_outlives_its_server(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct served served;
    CLIENT *clnts[NUM_OF(kinds)];

    (void)state;
    start(&served, NULL);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++)
        clnts[kind] = client(kinds[kind], &served, RPCSEC_LEVEL_PRIVACY);
    served_stop(&served);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        assert_int_not_equal(served_number(clnts[kind], PROC_ASKS, LONG_MS), RPC_SUCCESS);
        rpcsec_onc_error(clnts[kind]->cl_auth, &err);
        assert_int_not_equal(err.status, RPCSEC_OK);
        served_end(clnts[kind]);
    }
}

/* ---- limits ---- */

static void the_contexts_of_one_are_limited(void **state)
{
    static const enum rpcsec_limit limits[] = {RPCSEC_LIMIT_ONC_CONTEXTS_EACH,
                                               RPCSEC_LIMIT_ONC_CONTEXTS};

    (void)state;
    for (size_t i = 0; i < NUM_OF(limits); i++) {
        const struct served_limit one[] = {{limits[i], 1}, {limits[i], 0}};
        struct served served;
        CLIENT *first, *second;

        start(&served, one);
        first = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
        second = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
        assert_int_equal(served_number(first, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        assert_int_equal(served_number(second, PROC_ASKS, LONG_MS), RPC_AUTHERROR);
        assert_int_equal(served_number(first, PROC_ASKS, LONG_MS), RPC_SUCCESS);
        served_end(first);
        served_end(second);
        served_stop(&served);
    }
}

static void the_oldest_unproved_context_gives_way(void **state)
{
    static const struct served_limit one[] = {{RPCSEC_LIMIT_ONC_UNPROVED, 1},
                                              {RPCSEC_LIMIT_ONC_UNPROVED, 0}};
    struct served served;
    CLIENT *first, *second;

    (void)state;
    start(&served, one);
    first = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
    second = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
    assert_int_equal(served_number(first, PROC_ASKS, LONG_MS), RPC_AUTHERROR);
    assert_int_equal(served_number(second, PROC_ASKS, LONG_MS), RPC_SUCCESS);
    served_end(first);
    served_end(second);
    served_stop(&served);
}

static void connections_are_limited(void **state)
{
    static const struct served_limit one[] = {{RPCSEC_LIMIT_CONNECTIONS, 1},
                                              {RPCSEC_LIMIT_CONNECTIONS, 0}};
    struct served served;
    CLIENT *first;

    (void)state;
    start(&served, one);
    first = client(served_own, &served, RPCSEC_LEVEL_PRIVACY);
    assert_null(served_own(served_port(&served), served_policy(RPCSEC_LEVEL_PRIVACY, NULL),
                           NULL, NULL));
    assert_int_equal(served_number(first, PROC_ASKS, LONG_MS), RPC_SUCCESS);
    served_end(first);
    served_stop(&served);
}

static void messages_beyond_the_limits_end_with_their_cause(void **state)
{
    static const struct served_limit small[] = {{RPCSEC_LIMIT_REQUEST_BYTES, 2000},
                                                {RPCSEC_LIMIT_REQUEST_BYTES, 0}};
    static const struct served_limit answers[] = {{RPCSEC_LIMIT_RESPONSE_BYTES, 2000},
                                                  {RPCSEC_LIMIT_RESPONSE_BYTES, 0}};
    struct served open, tight;

    (void)state;
    start(&open, NULL);
    start(&tight, answers);
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        CLIENT *clnt = kinds[kind](served_port(&open),
                                   served_policy(RPCSEC_LEVEL_PRIVACY, small), NULL, NULL);

        assert_int_equal(served_echo(clnt, 5000, LONG_MS), RPC_CANTENCODEARGS);
        assert_int_equal(served_echo(clnt, 500, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
        clnt = kinds[kind](served_port(&open), served_policy(RPCSEC_LEVEL_PRIVACY, answers),
                           NULL, NULL);
        assert_int_not_equal(served_echo(clnt, 300000, LONG_MS), RPC_SUCCESS);
        served_end(clnt);
        clnt = client(kinds[kind], &tight, RPCSEC_LEVEL_PRIVACY);
        assert_int_equal(served_echo(clnt, 50000, LONG_MS), RPC_SYSTEMERROR);
        served_end(clnt);
    }
    served_stop(&open);
    served_stop(&tight);
}

static void slow_and_silent_connections_end(void **state)
{
    static const struct served_limit hasty[] = {{RPCSEC_LIMIT_STALL_MS, 50},
                                                {RPCSEC_LIMIT_HANDSHAKE_MS, 200},
                                                {RPCSEC_LIMIT_HANDSHAKES, 1},
                                                {RPCSEC_LIMIT_HANDSHAKES, 0}};
    static const char half[] = "\x80\x00\x01\x00half a record";
    struct served served;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char byte;

    (void)state;
    start(&served, hasty);
    address.sin_port = htons((uint16_t)served_port(&served));
    for (size_t i = 0; i < 12; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        assert_return_code(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        if (i % 2)
            assert_int_equal(send(fd, half, sizeof(half), MSG_NOSIGNAL), sizeof(half));
        assert_true(recv(fd, &byte, 1, 0) <= 0);
        close(fd);
    }
    served_stop(&served);
}

/* ---- many calls ---- */

static void *call_often(void *arg)
{
    size_t *good = malloc(sizeof(*good));

    *good = 0;
    for (int i = 0; i < 20; i++)
        *good += served_echo(arg, (size_t)i * 9000, LONG_MS) == RPC_SUCCESS &&
                 served_number(arg, PROC_DEFER, LONG_MS) == RPC_SUCCESS;
    return good;
}

static void threads_wait_for_room_on_one_client(void **state)
{
    static const struct served_limit few[] = {{RPCSEC_LIMIT_CALLS_IN_FLIGHT, 2},
                                              {RPCSEC_LIMIT_CALLS_IN_FLIGHT, 0}};
    struct served served;

    (void)state;
    start(&served, few);
    for (size_t kind = 0; kind < 2 * NUM_OF(kinds); kind++) {
        CLIENT *clnt = kinds[kind / 2](
            served_port(&served), served_policy(RPCSEC_LEVEL_PRIVACY, kind % 2 ? few : NULL),
            NULL, NULL);
        pthread_t threads[6];

        for (size_t i = 0; i < NUM_OF(threads); i++)
            assert_int_equal(pthread_create(&threads[i], NULL, call_often, clnt), 0);
        for (size_t i = 0; i < NUM_OF(threads); i++) {
            void *good = NULL;

            pthread_join(threads[i], &good);
            assert_int_equal(*(size_t *)good, 20);
            free(good);
        }
        served_end(clnt);
    }
    served_stop(&served);
}

/* ---- memory ---- */

struct flow {
    connecting *kind;
    const struct served_limit *limits;
    uint32_t ms;
    bool done; /* all went well */
};

static void run_calls(struct flow *flow, const struct served *served)
{
    const struct rpcsec_onc_options options = {.size = sizeof(options), .resend = true};
    struct rpcsec_policy *policy = served_policy(RPCSEC_LEVEL_CONNECT, flow->limits);
    CLIENT *clnt = policy ? flow->kind(served_port(served), policy, &options, NULL) : NULL;

    if (!clnt)
        return;
    flow->done = served_number(clnt, PROC_DEFER, flow->ms) == RPC_SUCCESS;
    flow->done &= served_number(clnt, PROC_SYSTEM_ERR, flow->ms) == RPC_SYSTEMERROR;
    assert_ok(rpcsec_onc_auth_set_level(clnt->cl_auth, RPCSEC_LEVEL_PRIVACY));
    flow->done &= served_echo(clnt, 100000, flow->ms) == RPC_SUCCESS;
    served_end(clnt);
}

static void run_flow(struct flow *flow)
{
    struct served served;

    flow->done = false;
    if (served_start(&served, served_policy(RPCSEC_LEVEL_NONE, flow->limits), NULL) ==
            RPCSEC_OK &&
        served.runs)
        run_calls(flow, &served);
    served_stop(&served);
}

/* The server's and the client's requests come in no fixed order: who loses gives up in time,
 * and nothing wrong is taken for an answer. */
static void memory_that_fails_is_survived(void **state)
{
    static const struct served_limit hasty[] = {{RPCSEC_LIMIT_HANDSHAKE_MS, 200},
                                                {RPCSEC_LIMIT_HANDSHAKE_MS, 0}};
    const uint64_t live = secret_test_live();

    (void)state;
    for (size_t kind = 0; kind < NUM_OF(kinds); kind++) {
        struct flow flow = {kinds[kind], hasty, 200, false};
        uint64_t nth = 0;
        uint64_t made;

        do {
            nth++;
            mem_test_fail_at(nth, nth % 8 == 0);
            run_flow(&flow);
            made = mem_test_requests();
            mem_test_fail_at(0, false);
            assert_int_equal(secret_test_live(), live);
        } while (made >= nth && nth < 2000);
        assert_in_range(nth, 50, 1999);
        flow = (struct flow){kinds[kind], NULL, LONG_MS, false};
        run_flow(&flow);
        assert_true(flow.done);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_takes_no_bad_programs),
        cmocka_unit_test(a_server_listens_on_good_addresses_only),
        cmocka_unit_test(a_server_runs_once),
        cmocka_unit_test(a_server_without_a_keytab_is_for_the_anonymous),
        cmocka_unit_test(a_client_takes_streams_and_good_options_only),
        cmocka_unit_test(what_is_not_of_ours_is_refused),
        cmocka_unit_test(every_answer_comes_through_at_every_level),
        cmocka_unit_test(other_versions_programs_and_nobody_are_answered),
        cmocka_unit_test(a_procedure_may_ask_for_more_than_its_program),
        cmocka_unit_test(a_client_of_ours_is_controlled),
        cmocka_unit_test(a_client_may_go_before_its_auth),
        cmocka_unit_test(a_handshake_in_dce_style_works_with_ours),
        cmocka_unit_test(a_call_is_sent_again_only_by_who_asked_for_it),
        cmocka_unit_test(a_client_outlives_its_server),
        cmocka_unit_test(the_contexts_of_one_are_limited),
        cmocka_unit_test(the_oldest_unproved_context_gives_way),
        cmocka_unit_test(connections_are_limited),
        cmocka_unit_test(messages_beyond_the_limits_end_with_their_cause),
        cmocka_unit_test(slow_and_silent_connections_end),
        cmocka_unit_test(threads_wait_for_room_on_one_client),
        cmocka_unit_test(memory_that_fails_is_survived),
    };

    if (!getenv("RPCSEC_REALM_DIR")) {
        printf("SKIP: needs a realm, run it as: rpcsec realm -- PROGRAM\n");
        return 77;
    }
    signal(SIGPIPE, SIG_IGN); /* libtirpc writes to connections that are gone */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
