/* SPDX-License-Identifier: MIT
 *
 * test_transport_lookup: transport/lookup.c: what localhost is, whatever the system says.
 */
#include "harness/test.h"

#include <netdb.h>
#include <netinet/in.h>

#include "transport/transport.h"

static bool is_loopback(const struct addrinfo *address)
{
    const struct sockaddr_in *v4 = (const void *)address->ai_addr;
    const struct sockaddr_in6 *v6 = (const void *)address->ai_addr;

    if (address->ai_family == AF_INET)
        return v4->sin_addr.s_addr == htonl(INADDR_LOOPBACK) && v4->sin_port == htons(7001);
    return address->ai_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr) &&
           v6->sin6_port == htons(7001);
}

static void localhost_is_loopback_for_both_ends(void **state)
{
    (void)state;
    for (int passive = 0; passive < 2; passive++) {
        const char *const names[] = {"localhost", "LocalHost"};

        for (size_t i = 0; i < 2; i++) {
            struct addrinfo *list = NULL;

            assert_int_equal(transport_look_up(names[i], "7001", passive, &list), 0);
            assert_non_null(list);
            for (struct addrinfo *at = list; at; at = at->ai_next)
                assert_true(is_loopback(at));
            freeaddrinfo(list);
        }
    }
}

static void no_host_is_any_address_to_listen_on(void **state)
{
    struct addrinfo *list = NULL;

    (void)state;
    assert_int_equal(transport_look_up(NULL, "7001", true, &list), 0);
    assert_non_null(list);
    assert_false(is_loopback(list));
    freeaddrinfo(list);
}

static void a_port_by_name_is_refused(void **state)
{
    struct addrinfo *list = NULL;

    (void)state;
    assert_int_not_equal(transport_look_up("localhost", "http", false, &list), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(localhost_is_loopback_for_both_ends),
        cmocka_unit_test(no_host_is_any_address_to_listen_on),
        cmocka_unit_test(a_port_by_name_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
