/* SPDX-License-Identifier: MIT
 *
 * Tests of runtime/binding.c. Document: C706 3.1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "runtime/binding.h"

#define ECHO_UUID "60a15ec5-4de8-11d7-a637-005056a20182"

struct good {
    const char *text;
    const char *host;
    bool is_address;
    int port; /* -1: none */
    const char *printed;
};

static const struct good good_bindings[] = {
    {"ncacn_ip_tcp:files.example.com[7001]", "files.example.com", false, 7001,
     "ncacn_ip_tcp:files.example.com[7001]"},
    {"ncacn_ip_tcp:files.example.com", "files.example.com", false, -1,
     "ncacn_ip_tcp:files.example.com"},
    {"ncacn_ip_tcp:127.0.0.1[0]", "127.0.0.1", true, 0, "ncacn_ip_tcp:127.0.0.1[0]"},
    {"ncacn_ip_tcp:127.0.0.1[65535]", "127.0.0.1", true, 65535,
     "ncacn_ip_tcp:127.0.0.1[65535]"},
    {"ncacn_ip_tcp:::1[7001]", "::1", true, 7001, "ncacn_ip_tcp:[::1][7001]"},
    {"ncacn_ip_tcp:[::1][7001]", "::1", true, 7001, "ncacn_ip_tcp:[::1][7001]"},
    {"ncacn_ip_tcp:[::1]", "::1", true, -1, "ncacn_ip_tcp:[::1]"},
    {"ncacn_ip_tcp:fe80::1%eth0[1]", "fe80::1%eth0", true, 1, "ncacn_ip_tcp:[fe80::1%eth0][1]"},
    {"ncacn_ip_tcp:a[endpoint=7]", "a", false, 7, "ncacn_ip_tcp:a[7]"},
    {"ncacn_ip_tcp:a[,endpoint=7]", "a", false, 7, "ncacn_ip_tcp:a[7]"},
    {"ncacn_ip_tcp:a[]", "a", false, -1, "ncacn_ip_tcp:a"},
    {"ncalrpc:[a-b.c_d]", "", false, -1, "ncalrpc:[a-b.c_d]"},
    {"ncalrpc:[endpoint=a]", "", false, -1, "ncalrpc:[a]"},
    {ECHO_UUID "@ncalrpc:[a]", "", false, -1, ECHO_UUID "@ncalrpc:[a]"},
    {"ncacn_ip_tcp:a[,epm_port=1135]", "a", false, -1, "ncacn_ip_tcp:a[,epm_port=1135]"},
    {"ncacn_ip_tcp:a[epm_level=privacy,epm_port=65535]", "a", false, -1,
     "ncacn_ip_tcp:a[,epm_port=65535,epm_level=privacy]"},
    {"ncacn_ip_tcp:a[7,epm_port=1]", "a", false, 7, "ncacn_ip_tcp:a[7,epm_port=1]"},
    {"ncacn_ip_tcp:[7001]", "", false, 7001, "ncacn_ip_tcp:[7001]"},
    {"ncacn_ip_tcp:", "", false, -1, "ncacn_ip_tcp:"},
    {ECHO_UUID "@ncacn_ip_tcp:a[7]", "a", false, 7, ECHO_UUID "@ncacn_ip_tcp:a[7]"},
};

static void good_bindings_parse_and_print_canonically(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good_bindings) / sizeof(good_bindings[0]); i++) {
        const struct good *g = &good_bindings[i];
        struct binding b;
        char printed[LIMIT_BINDING_LEN];

        print_message("%s\n", g->text);
        assert_int_equal(binding_parse(g->text, &b, NULL), RPCSEC_OK);
        assert_string_equal(b.host, g->host);
        assert_int_equal(b.is_address, g->is_address);
        assert_int_equal(b.has_port ? (int)b.port : -1, g->port);
        binding_print(&b, printed);
        assert_string_equal(printed, g->printed);
    }
}

struct bad {
    const char *text;
    const char *message; /* a part of it */
};

static const struct bad bad_bindings[] = {
    {"", "should look like"},
    {"files.example.com", "should look like"},
    {"ncacn_np:a[\\pipe\\x]", "only ncacn_ip_tcp and ncalrpc are served"},
    {"NCACN_IP_TCP:a[1]", "only ncacn_ip_tcp and ncalrpc are served"},
    {"ncalrpc:", "ncalrpc has no host"},
    {"ncalrpc:a", "ncalrpc has no host"},
    {"ncalrpc:a[b]", "ncalrpc has no host"},
    {"ncalrpc:[]", "1 to 64 letters"},
    {"ncalrpc:[a", "not closed"},
    {"ncalrpc:[a]b", "behind the closing bracket"},
    {"ncalrpc:[a/b]", "made of letters"},
    {"ncalrpc:[..]", "made of letters"},
    {"ncalrpc:[.a]", "made of letters"},
    {"ncalrpc:[a b]", "made of letters"},
    {"ncalrpc:[epm_port=1]", "unknown"},
    {"ncalrpc:[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]", "1 to 64"},
    {"a:7001", "write ncacn_ip_tcp:a[7001]"},
    {"ncacn_ip_tcp:a:7001", "write ncacn_ip_tcp:a[7001]"},
    {"192.0.2.1:7001", "write ncacn_ip_tcp:192.0.2.1[7001]"},
    {"a:70010", "should look like"},
    {":7001", "should look like"},
    {"ncacn_ip_tcp:a:", "no host name"},
    {"ncacn_ip_tcp:a[65536]", "no port number from 0 to 65535"},
    {"ncacn_ip_tcp:a[-1]", "no port number"},
    {"ncacn_ip_tcp:a[ 1]", "no port number"},
    {"ncacn_ip_tcp:a[0x10]", "no port number"},
    {"ncacn_ip_tcp:a[1", "not closed"},
    {"ncacn_ip_tcp:a[1]x", "behind the closing bracket"},
    {"ncacn_ip_tcp:a[1][2]", "behind the closing bracket"},
    {"ncacn_ip_tcp:a[1,endpoint=2]", "more than one endpoint"},
    {"ncacn_ip_tcp:a[1,seal]", "name=value"},
    {"ncacn_ip_tcp:a[1,sign=yes]", "unknown"},
    {"ncacn_ip_tcp:a[1,]", "name=value"},
    {"ncacn_ip_tcp:a[,epm_port=0]", "epm_port is no port number"},
    {"ncacn_ip_tcp:a[,epm_port=65536]", "epm_port is no port number"},
    {"ncacn_ip_tcp:a[,epm_port=1,epm_port=2]", "more than one epm_port"},
    {"ncacn_ip_tcp:a[,epm_level=default]", "epm_level is none"},
    {"ncacn_ip_tcp:a[,epm_level=]", "epm_level is none"},
    {"ncacn_ip_tcp:a[,epm_level=privacyprivacyprivacy]", "epm_level is none"},
    {"ncacn_ip_tcp:a[,epm_level=none,epm_level=none]", "more than one epm_level"},
    {"ncacn_ip_tcp:a b[1]", "no host name"},
    {"ncacn_ip_tcp:-a[1]", "no host name"},
    {"ncacn_ip_tcp:a..b[1]", "no host name"},
    {"ncacn_ip_tcp:a\\b[1]", "no host name"},
    {"ncacn_ip_tcp::::1[1]", "no host name"},
    {"ncacn_ip_tcp:[::1]7001", "should follow"},
    {"ncacn_ip_tcp:[::g][1]", "no host name"},
    {"ncacn_ip_tcp:fe80::1%[1]", "no host name"},
    {"x@ncacn_ip_tcp:a[1]", "no UUID"},
    {"60a15ec5-4de8-11d7-a637-005056a2018g@ncacn_ip_tcp:a[1]", "no UUID"},
};

static void bad_bindings_are_refused_with_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad_bindings) / sizeof(bad_bindings[0]); i++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        struct binding b = {.port = 4711};

        print_message("%s\n", bad_bindings[i].text);
        assert_int_equal(binding_parse(bad_bindings[i].text, &b, &err), RPCSEC_BAD_BINDING);
        assert_int_equal(err.status, RPCSEC_BAD_BINDING);
        assert_int_equal(err.layer, RPCSEC_LAYER_ARGUMENT);
        assert_non_null(strstr(err.text, bad_bindings[i].message));
        assert_int_equal(b.port, 4711);
    }
}

static void a_binding_beyond_the_limit_is_refused(void **state)
{
    char text[LIMIT_BINDING_LEN + 1];
    struct binding b;

    (void)state;
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    memcpy(text, "ncacn_ip_tcp:", 13);
    assert_int_equal(binding_parse(text, &b, NULL), RPCSEC_BAD_BINDING);
    text[13 + BINDING_HOST_LEN] = '\0'; /* one byte too many for a host */
    assert_int_equal(binding_parse(text, &b, NULL), RPCSEC_BAD_BINDING);
    text[13 + BINDING_HOST_LEN - 1] = '\0';
    assert_int_equal(binding_parse(text, &b, NULL), RPCSEC_OK);
}

static void the_object_is_kept(void **state)
{
    struct binding b;
    char text[UUID_TEXT_LEN];

    (void)state;
    assert_int_equal(binding_parse(ECHO_UUID "@ncacn_ip_tcp:a[1]", &b, NULL), RPCSEC_OK);
    assert_true(b.has_object);
    uuid_text(&b.object, text);
    assert_string_equal(text, ECHO_UUID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_bindings_parse_and_print_canonically),
        cmocka_unit_test(bad_bindings_are_refused_with_the_reason),
        cmocka_unit_test(a_binding_beyond_the_limit_is_refused),
        cmocka_unit_test(the_object_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
