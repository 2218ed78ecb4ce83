/* SPDX-License-Identifier: MIT
 *
 * Tests of tools/systemd.c: what a service manager says in the environment, well and badly.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/systemd.h"

static void set_number(const char *name, long value)
{
    char text[32];

    snprintf(text, sizeof(text), "%ld", value);
    assert_int_equal(setenv(name, text, 1), 0);
}

static int clear(void **state)
{
    static const char *const names[] = {"LISTEN_PID",    "LISTEN_FDS",    "LISTEN_FDNAMES",
                                        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"};

    (void)state;
    for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
        unsetenv(names[n]);
    return 0;
}

static void descriptors_are_found_by_name(void **state)
{
    (void)state;
    set_number("LISTEN_PID", getpid());
    set_number("LISTEN_FDS", 4);
    setenv("LISTEN_FDNAMES", "front:back:front", 1);
    assert_int_equal(systemd_listen_fd("front", 0), 3);
    assert_int_equal(systemd_listen_fd("front", 1), 5);
    assert_int_equal(systemd_listen_fd("front", 2), -1);
    assert_int_equal(systemd_listen_fd("back", 0), 4);
    assert_int_equal(systemd_listen_fd("fron", 0), -1);
    assert_int_equal(systemd_listen_fd("frond", 0), -1);
    assert_int_equal(systemd_listen_fd(NULL, 3), 6);
    assert_int_equal(systemd_listen_fd(NULL, 4), -1);
    unsetenv("LISTEN_FDNAMES");
    assert_int_equal(systemd_listen_fd("front", 0), -1);
}

static void descriptors_for_others_and_wrong_numbers_are_left(void **state)
{
    static const char *const wrong[] = {"", "x", "2x", "-1", "0", "257"};

    (void)state;
    assert_int_equal(systemd_listen_fd(NULL, 0), -1);
    set_number("LISTEN_PID", getpid() + 1L);
    set_number("LISTEN_FDS", 1);
    assert_int_equal(systemd_listen_fd(NULL, 0), -1);
    set_number("LISTEN_PID", getpid());
    assert_int_equal(systemd_listen_fd(NULL, 0), 3);
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        setenv("LISTEN_FDS", wrong[n], 1);
        assert_int_equal(systemd_listen_fd(NULL, 0), -1);
    }
}

/* No socket that could be meant: a state goes nowhere, and no watchdog runs. */
static void addresses_that_are_none_are_left(void **state)
{
    static const char *const wrong[] = {"", "/", "notify", "/no/such/socket"};
    struct itimerval timer;
    char longest[200];

    (void)state;
    set_number("WATCHDOG_USEC", 60000000);
    systemd_start();
    systemd_notify("READY=1");
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        setenv("NOTIFY_SOCKET", wrong[n], 1);
        systemd_start();
    }
    memset(longest, '/', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    setenv("NOTIFY_SOCKET", longest, 1);
    systemd_start();
    assert_int_equal(getitimer(ITIMER_REAL, &timer), 0);
    assert_int_equal(timer.it_value.tv_sec, 0);
}

/* A manager's socket in the abstract space; the name is this process's own. */
static int open_manager(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char name[64];
    int len = snprintf(name, sizeof(name), "@rpcsec-test-systemd-%ld", (long)getpid());
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    memcpy(address.sun_path, name, (size_t)len);
    address.sun_path[0] = '\0';
    assert_int_equal(bind(fd, (struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)len)),
                     0);
    setenv("NOTIFY_SOCKET", name, 1);
    return fd;
}

static long watchdog_s(void)
{
    struct itimerval timer;

    assert_int_equal(getitimer(ITIMER_REAL, &timer), 0);
    return (long)timer.it_interval.tv_sec;
}

static void a_manager_hears_states_and_its_watchdog_runs(void **state)
{
    int manager = open_manager();
    char text[32] = "";

    (void)state;
    systemd_start();
    systemd_notify("READY=1");
    assert_int_equal(recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT), 7);
    assert_string_equal(text, "READY=1");
    assert_int_equal(watchdog_s(), 0);
    set_number("WATCHDOG_USEC", 600000000);
    set_number("WATCHDOG_PID", getpid() + 1L);
    systemd_start();
    assert_int_equal(watchdog_s(), 0);
    set_number("WATCHDOG_PID", getpid());
    systemd_start();
    assert_int_equal(watchdog_s(), 300);
    assert_int_equal(setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0}}, NULL), 0);
    close(manager);
    systemd_notify("STOPPING=1"); /* nobody hears it: nothing happens */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(descriptors_are_found_by_name, clear),
        cmocka_unit_test_setup(descriptors_for_others_and_wrong_numbers_are_left, clear),
        cmocka_unit_test_setup(addresses_that_are_none_are_left, clear),
        cmocka_unit_test_setup(a_manager_hears_states_and_its_watchdog_runs, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
