/* SPDX-License-Identifier: MIT
 *
 * unit/test_runtime_epm.c: a client whose binding has no port, and a mapper that says what each
 * test wants it to say.
 */
#include "harness/test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/uuid.h"
#include "gen/epm.h"
#include "pdu/tower.h"
#include "unit/runtime_service.h"

#define MAX_ANSWERS    4
#define NOT_REGISTERED 0x16c9a0d6

/* What the mapper answers, and what it was asked. */
struct mapper {
    struct rpcsec_server *server;
    pthread_t thread;
    unsigned port;
    epm_twr *answers[MAX_ANSWERS]; /* NULL: a null pointer on the wire */
    uint32_t num_answers;
    uint32_t status;
    uint32_t delay_ms;
    atomic_uint num_asked;
    struct tower question;
    bool had_object;
};

static struct mapper mapper;

static void wait_ms(uint32_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static rpcsec_status serve_map(struct rpcsec_call *call, const epm_uuid *object,
                               const epm_twr *map_tower, epm_lookup_handle *entry_handle,
                               uint32_t max_towers, uint32_t *ret_num_towers,
                               epm_twr_p **ret_towers, uint32_t *ret_status)
{
    (void)call;
    (void)entry_handle;
    (void)max_towers;
    atomic_fetch_add(&mapper.num_asked, 1);
    mapper.had_object = object;
    assert_ok(
        tower_decode(map_tower->tower_octet_string, map_tower->tower_length, &mapper.question));
    for (uint32_t ms = 0; ms < mapper.delay_ms && !rpcsec_call_cancelled(call); ms += 10)
        wait_ms(10);
    memcpy(*ret_towers, mapper.answers, mapper.num_answers * sizeof(mapper.answers[0]));
    *ret_num_towers = mapper.num_answers;
    *ret_status = mapper.status;
    return RPCSEC_OK;
}

static void *run_mapper(void *arg)
{
    (void)arg;
    assert_ok(rpcsec_server_run(mapper.server, NULL));
    return NULL;
}

static void start_mapper(struct rpcsec_policy *policy)
{
    static const struct epm_ops ops = {.ept_map = serve_map};
    const char *binding;

    memset(&mapper, 0, sizeof(mapper));
    assert_ok(rpcsec_server_new(policy, &mapper.server, NULL));
    assert_ok(rpcsec_server_add(mapper.server, epm_interface(&ops), NULL));
    assert_ok(rpcsec_server_listen(mapper.server, "ncacn_ip_tcp:127.0.0.1[0]", NULL));
    binding = rpcsec_server_binding(mapper.server, 0);
    assert_int_equal(sscanf(binding, "ncacn_ip_tcp:127.0.0.1[%u]", &mapper.port), 1);
    assert_int_equal(pthread_create(&mapper.thread, NULL, run_mapper, NULL), 0);
}

static void stop_mapper(void)
{
    rpcsec_server_stop(mapper.server);
    pthread_join(mapper.thread, NULL);
    rpcsec_server_free(mapper.server);
    for (size_t n = 0; n < MAX_ANSWERS; n++)
        mem_free(mapper.answers[n]);
}

/* ---- answers ---- */

static void answer_octets(const uint8_t *octets, size_t len, uint32_t told_len)
{
    epm_twr *twr = mem_zalloc(sizeof(*twr) + len + 4);

    assert_non_null(twr);
    twr->tower_length = told_len;
    if (len)
        memcpy(twr->tower_octet_string, octets, len);
    mapper.answers[mapper.num_answers++] = twr;
}

static void answer(const struct tower *tower)
{
    struct buf octets;

    buf_init(&octets, LIMIT_TOWER_LEN);
    tower_encode(&octets, tower);
    assert_ok(buf_status(&octets));
    answer_octets(octets.data, octets.len, (uint32_t)octets.len);
    buf_done(&octets);
}

static struct tower tower_to(uint16_t port)
{
    return (struct tower){
        .interface = service_interface.id,
        .transfer = syntax_ndr,
        .rpc = TOWER_NCACN,
        .transport = TOWER_TCP,
        .port = port,
        .address = {192, 0, 2, 1}, /* nobody is there: only the port may be taken */
    };
}

static void answer_port(uint16_t port)
{
    struct tower tower = tower_to(port);

    answer(&tower);
}

/* ---- the fixture ---- */

struct fixture {
    struct rpcsec_policy *policy;
    struct test_server server;
    struct rpcsec_client *client;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));
    char binding[80];

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    f->policy = anonymous_policy();
    test_server_start(&f->server, f->policy, "ncacn_ip_tcp:127.0.0.1[0]", NULL);
    start_mapper(f->policy);
    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[,epm_port=%u]", mapper.port);
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &f->client, &f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    test_server_stop(&f->server);
    stop_mapper();
    rpcsec_policy_free(f->policy);
    mem_free(f);
    return 0;
}

static void assert_works(struct fixture *f)
{
    uint32_t sum = 0;
    rpcsec_status status = do_add(f->client, 41, &sum, &f->err);

    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    assert_int_equal(sum, 42);
}

static void assert_fails(struct fixture *f, rpcsec_status expected)
{
    uint32_t sum;

    assert_status(do_add(f->client, 41, &sum, &f->err), expected);
    print_message("%s\n", rpcsec_error_text(&f->err));
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    assert_int_equal(atomic_load(&f->server.counts.runs), 0);
}

/* ---- tests ---- */

static void a_binding_without_port_finds_the_interface(void **state)
{
    struct fixture *f = *state;

    answer_port(f->server.port);
    assert_works(f);
    assert_works(f);
    assert_int_equal(atomic_load(&mapper.num_asked), 1);
    assert_true(syntax_equal(&mapper.question.interface, &service_interface.id));
    assert_string_equal(tower_sequence(&mapper.question), "ncacn_ip_tcp");
    assert_false(mapper.had_object);
}

static void the_object_of_the_binding_is_asked_for(void **state)
{
    struct fixture *f = *state;
    char binding[128];

    rpcsec_client_close(f->client);
    snprintf(binding, sizeof(binding),
             "60a15ec5-4de8-11d7-a637-005056a20182@ncacn_ip_tcp:127.0.0.1[,epm_port=%u]",
             mapper.port);
    assert_ok(rpcsec_client_open(binding, NULL, f->policy, &f->client, &f->err));
    answer_port(f->server.port);
    assert_works(f);
    assert_true(mapper.had_object);
}

static void towers_that_do_not_fit_are_passed_over(void **state)
{
    static const uint8_t junk[3] = {0xff, 0xff, 0xff};
    struct fixture *f = *state;
    struct tower other = tower_to(1);

    other.interface.major = 7;
    mapper.num_answers++; /* a null pointer */
    answer_octets(junk, sizeof(junk), sizeof(junk));
    answer(&other);
    answer_port(f->server.port);
    assert_works(f);
}

static void a_lesser_minor_version_does_not_fit(void **state)
{
    static const struct rpcsec_operation none = {"none", 0, NULL, NULL};
    struct fixture *f = *state;
    struct rpcsec_interface newer = service_interface;
    struct tower greater = tower_to(f->server.port);

    newer.id.minor = 2;
    newer.operations = &none;
    newer.num_operations = 1;
    answer_port(f->server.port); /* minor version 0 */
    assert_status(rpcsec_client_bind(f->client, &newer, &f->err), RPCSEC_NOT_FOUND);
    greater.interface.minor = 3;
    answer(&greater);
    /* found; that the server there does not serve it is another matter */
    assert_status(rpcsec_client_bind(f->client, &newer, &f->err), RPCSEC_BIND_REJECTED);
}

static void an_interface_that_is_not_registered_is_not_found(void **state)
{
    struct fixture *f = *state;

    mapper.status = NOT_REGISTERED;
    assert_fails(f, RPCSEC_NOT_FOUND);
    assert_non_null(strstr(f->err.text, "'service' version 1.0"));
    assert_non_null(strstr(f->err.text, "ncacn_ip_tcp:127.0.0.1[port]"));
}

static void no_tower_at_all_is_not_found(void **state)
{
    assert_fails(*state, RPCSEC_NOT_FOUND);
}

static void port_0_is_not_found(void **state)
{
    answer_port(0);
    assert_fails(*state, RPCSEC_NOT_FOUND);
}

static void another_status_of_the_mapper_is_told(void **state)
{
    struct fixture *f = *state;

    mapper.status = 0x6d3;
    assert_fails(f, RPCSEC_REMOTE_FAULT);
    assert_non_null(strstr(f->err.text, "0x6d3"));
}

/* The tower's own length is 2001: its range is 0..2000. */
static void a_mapper_whose_answer_is_malformed_is_refused(void **state)
{
    static const uint8_t octets[2001];
    struct fixture *f = *state;

    answer_octets(octets, sizeof(octets), sizeof(octets));
    assert_fails(f, RPCSEC_REMOTE_FAULT); /* our own mapper's stub refuses to send it */
}

static void a_mapper_that_is_slow_ends_with_the_call(void **state)
{
    const struct rpcsec_call_options options = {.size = sizeof(options), .deadline_ms = 100};
    struct fixture *f = *state;
    struct rpcsec_client *view;
    uint32_t sum;

    mapper.delay_ms = 600000;
    assert_ok(rpcsec_client_with(f->client, &options, &view, &f->err));
    assert_status(do_add(view, 1, &sum, &f->err), RPCSEC_TIMED_OUT);
    assert_int_equal(f->err.outcome, RPCSEC_OUTCOME_NOT_RUN);
    rpcsec_client_close(view);
}

static void without_a_mapper_the_message_names_it(void **state)
{
    struct fixture *f = *state;

    rpcsec_client_close(f->client);
    f->client = NULL;
    assert_ok(rpcsec_client_open("ncacn_ip_tcp:127.0.0.1[,epm_port=1]", NULL, f->policy,
                                 &f->client, &f->err));
    assert_fails(f, RPCSEC_CONNECTION_REFUSED);
    assert_non_null(strstr(f->err.text, "the endpoint mapper at 127.0.0.1 port 1 "));
}

/* Each connection asks anew: the server was started again elsewhere. */
static void a_server_that_moved_is_found_again(void **state)
{
    struct fixture *f = *state;

    answer_port(f->server.port);
    assert_works(f);
    test_server_stop(&f->server);
    test_server_start(&f->server, f->policy, "ncacn_ip_tcp:127.0.0.1[0]", NULL);
    mem_free(mapper.answers[0]);
    mapper.num_answers = 0;
    answer_port(f->server.port);
    assert_works(f);
    assert_int_equal(atomic_load(&mapper.num_asked), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_binding_without_port_finds_the_interface),
        TEST(the_object_of_the_binding_is_asked_for),
        TEST(towers_that_do_not_fit_are_passed_over),
        TEST(a_lesser_minor_version_does_not_fit),
        TEST(an_interface_that_is_not_registered_is_not_found),
        TEST(no_tower_at_all_is_not_found),
        TEST(port_0_is_not_found),
        TEST(another_status_of_the_mapper_is_told),
        TEST(a_mapper_whose_answer_is_malformed_is_refused),
        TEST(a_mapper_that_is_slow_ends_with_the_call),
        TEST(without_a_mapper_the_message_names_it),
        TEST(a_server_that_moved_is_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
