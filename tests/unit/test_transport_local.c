/* SPDX-License-Identifier: MIT
 *
 * unit/test_transport_local.c: sockets of ncalrpc, and all that a client or server refuses
 * there. What takes a second user is in tests/realm/local.sh.
 */
#include "harness/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "transport/transport.h"

struct fixture {
    char base[32];
    char directory[48];
    char path[64];
    struct transport_place place;
    struct rpcsec_error err;
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(sizeof(*f));

    assert_non_null(f);
    rpcsec_error_init(&f->err, sizeof(f->err));
    snprintf(f->base, sizeof(f->base), "/tmp/rpcsec-local-XXXXXX");
    assert_non_null(mkdtemp(f->base));
    snprintf(f->directory, sizeof(f->directory), "%s/run", f->base);
    snprintf(f->path, sizeof(f->path), "%s/service", f->directory);
    f->place = (struct transport_place){f->directory, "service", geteuid()};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[80];

    snprintf(command, sizeof(command), "rm -rf '%s'", f->base);
    assert_int_equal(system(command), 0);
    mem_free(f);
    return 0;
}

static struct transport_local *serve(struct fixture *f)
{
    struct transport_local *local = NULL;
    rpcsec_status status = transport_local_listen(&f->place, &local, &f->err);

    if (status)
        print_message("%s\n", rpcsec_error_text(&f->err));
    assert_ok(status);
    return local;
}

static void end(struct transport_local *local)
{
    close(transport_local_fd(local));
    transport_local_free(local);
}

static rpcsec_status connect_there(struct fixture *f)
{
    struct transport *transport = NULL;
    rpcsec_status status = transport_local_connect(&f->place, 1000, &transport, &f->err);

    if (transport)
        transport->ops->close(transport);
    return status;
}

static void assert_refused(struct fixture *f, const char *why)
{
    assert_status(connect_there(f), RPCSEC_POLICY_REFUSED);
    if (!strstr(f->err.text, why))
        print_message("%s\n", f->err.text);
    assert_non_null(strstr(f->err.text, why));
}

/* A socket as somebody else might have put it there. */
static int listen_raw(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(fd, 1), 0);
    return fd;
}

static void both_ends_learn_who_the_other_is(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = serve(f);
    struct transport *client = NULL;
    struct transport *server = NULL;
    struct rpcsec_local_peer peer = {0};
    int fd;

    assert_ok(transport_local_connect(&f->place, 1000, &client, &f->err));
    fd = accept(transport_local_fd(local), NULL, NULL);
    assert_true(fd >= 0);
    assert_ok(transport_tcp_adopt(fd, &server));
    assert_true(client->ops->credentials(client, &peer));
    assert_int_equal(peer.uid, geteuid());
    assert_true(server->ops->credentials(server, &peer));
    assert_int_equal(peer.uid, geteuid());
    assert_int_equal(peer.gid, getegid());
    assert_int_equal(peer.pid, getpid());
    client->ops->close(client);
    server->ops->close(server);
    end(local);
}

static void a_server_that_ends_takes_its_socket_along(void **state)
{
    struct fixture *f = *state;

    end(serve(f));
    assert_int_equal(access(f->path, F_OK), -1);
    assert_status(connect_there(f), RPCSEC_CONNECTION_REFUSED);
}

static void what_a_dead_server_left_is_replaced(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local;

    assert_int_equal(mkdir(f->directory, 0755), 0);
    close(listen_raw(f->path));
    assert_status(connect_there(f), RPCSEC_CONNECTION_REFUSED);
    local = serve(f);
    assert_ok(connect_there(f));
    end(local);
}

static void a_socket_that_is_served_is_not_replaced(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = serve(f);
    struct transport_local *second = NULL;

    assert_status(transport_local_listen(&f->place, &second, &f->err), RPCSEC_SYSTEM);
    assert_null(second);
    assert_ok(connect_there(f));
    end(local);
}

static void the_socket_of_another_server_is_left_to_it(void **state)
{
    struct fixture *f = *state;
    struct transport_local *first = serve(f);
    struct transport_local *second;

    close(transport_local_fd(first));
    second = serve(f);
    transport_local_free(first); /* its name is the second's now */
    assert_ok(connect_there(f));
    end(second);
}

static void what_is_no_socket_is_not_replaced(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = NULL;

    assert_int_equal(mkdir(f->directory, 0755), 0);
    assert_int_equal(symlink("/dev/null", f->path), 0);
    assert_status(transport_local_listen(&f->place, &local, &f->err), RPCSEC_POLICY_REFUSED);
    assert_int_equal(access(f->path, F_OK), 0);
}

static void a_link_in_place_of_the_socket_is_refused(void **state)
{
    struct fixture *f = *state;
    char real[64];
    int fd;

    snprintf(real, sizeof(real), "%s/real", f->base);
    assert_int_equal(mkdir(f->directory, 0755), 0);
    fd = listen_raw(real);
    assert_int_equal(symlink(real, f->path), 0);
    assert_refused(f, "it is a link");
    close(fd);
}

static void a_link_in_place_of_the_directory_is_refused(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = serve(f);
    struct transport_local *second = NULL;
    char link[48];

    snprintf(link, sizeof(link), "%s/link", f->base);
    assert_int_equal(symlink(f->directory, link), 0);
    f->place.directory = link;
    assert_refused(f, "its directory is a link");
    assert_status(transport_local_listen(&f->place, &second, &f->err), RPCSEC_POLICY_REFUSED);
    end(local);
}

static void a_directory_that_others_may_write_to_is_refused(void **state)
{
    static const mode_t modes[] = {0775, 0757, 01777, 0722};
    struct fixture *f = *state;
    struct transport_local *local = serve(f);
    struct transport_local *second = NULL;

    for (size_t n = 0; n < NUM_OF(modes); n++) {
        assert_int_equal(chmod(f->directory, modes[n]), 0);
        assert_refused(f, "others may write");
        assert_status(transport_local_listen(&f->place, &second, &f->err),
                      RPCSEC_POLICY_REFUSED);
    }
    assert_int_equal(chmod(f->directory, 0755), 0);
    assert_ok(connect_there(f));
    end(local);
}

static void where_nothing_is_nobody_serves(void **state)
{
    struct fixture *f = *state;

    assert_status(connect_there(f), RPCSEC_CONNECTION_REFUSED);
    assert_non_null(strstr(f->err.text, "nobody serves ncalrpc:[service]"));
    f->place.directory = "/proc/self/no/such";
    assert_status(connect_there(f), RPCSEC_CONNECTION_REFUSED);
}

static void a_directory_that_cannot_be_made_is_told(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = NULL;

    f->place.directory = "/proc/self/no/such";
    assert_status(transport_local_listen(&f->place, &local, &f->err), RPCSEC_SYSTEM);
}

static void a_server_that_accepts_nothing_costs_the_deadline_only(void **state)
{
    struct fixture *f = *state;
    struct transport *held[8] = {0};
    struct transport *one = NULL;
    rpcsec_status status = RPCSEC_OK;
    size_t num = 0;
    int fd;

    assert_int_equal(mkdir(f->directory, 0755), 0);
    fd = listen_raw(f->path); /* a backlog of one */
    while (num < NUM_OF(held) && status == RPCSEC_OK) {
        status = transport_local_connect(&f->place, 50, &one, &f->err);
        if (status == RPCSEC_OK)
            held[num++] = one;
    }
    assert_status(status, RPCSEC_TIMED_OUT);
    for (; num; num--)
        held[num - 1]->ops->close(held[num - 1]);
    close(fd);
}

static void memory_that_ends_is_told(void **state)
{
    struct fixture *f = *state;
    struct transport_local *local = NULL;

    mem_test_fail_at(1, false);
    assert_status(transport_local_listen(&f->place, &local, &f->err), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    local = serve(f);
    mem_test_fail_at(1, false);
    assert_status(connect_there(f), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    end(local);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_ends_learn_who_the_other_is),
        TEST(a_server_that_ends_takes_its_socket_along),
        TEST(what_a_dead_server_left_is_replaced),
        TEST(a_socket_that_is_served_is_not_replaced),
        TEST(the_socket_of_another_server_is_left_to_it),
        TEST(what_is_no_socket_is_not_replaced),
        TEST(a_link_in_place_of_the_socket_is_refused),
        TEST(a_link_in_place_of_the_directory_is_refused),
        TEST(a_directory_that_others_may_write_to_is_refused),
        TEST(where_nothing_is_nobody_serves),
        TEST(a_directory_that_cannot_be_made_is_told),
        TEST(a_server_that_accepts_nothing_costs_the_deadline_only),
        TEST(memory_that_ends_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
