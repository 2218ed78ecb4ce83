/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_network.c: blocks of IP addresses.
 */
#include "harness/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/network.h"

static struct sockaddr_storage socket_address(const char *text)
{
    struct sockaddr_storage storage = {.ss_family = AF_INET};
    struct sockaddr_in *in = (struct sockaddr_in *)&storage;
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&storage;

    if (inet_pton(AF_INET, text, &in->sin_addr) == 1)
        return storage;
    storage.ss_family = AF_INET6;
    assert_int_equal(inet_pton(AF_INET6, text, &in6->sin6_addr), 1);
    return storage;
}

static void networks_hold_their_addresses_and_no_others(void **state)
{
    static const struct {
        const char *network, *address;
        bool held;
    } cases[] = {
        {"192.0.2.0/24", "192.0.2.0", true},
        {"192.0.2.0/24", "192.0.2.255", true},
        {"192.0.2.0/24", "192.0.3.0", false},
        {"192.0.2.0/24", "::ffff:192.0.2.9", true},
        {"192.0.2.0/24", "2001:db8::1", false},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.6", false},
        {"192.0.2.6/31", "192.0.2.7", true},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "203.0.113.9", true},
        {"::/0", "2001:db8::1", true},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"2001:db8::1", "2001:db8::1", true},
        {"2001:db8::1", "2001:db8::2", false},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        const struct sockaddr_storage address = socket_address(cases[i].address);
        struct network network;

        assert_ok(network_parse(cases[i].network, &network));
        assert_int_equal(network_holds(&network, &address), cases[i].held);
    }
}

static void addresses_of_unix_sockets_are_in_no_network(void **state)
{
    const struct sockaddr_storage address = {.ss_family = AF_UNIX};
    struct network network;

    (void)state;
    assert_ok(network_parse("::/0", &network));
    assert_false(network_holds(&network, &address));
}

static void what_is_no_network_is_refused(void **state)
{
    static const char *const wrong[] = {
        NULL,
        "",
        "/8",
        "host.example",
        "192.0.2.0/33",
        "192.0.2.0/",
        "192.0.2/24",
        "192.0.2.1/24",
        "192.0.2.0/-1",
        "192.0.2.0/2x",
        "2001:db8::/129",
        "2001:db8::1/64",
        "192.0.2.0/24/24",
        " 192.0.2.0/24",
        "::ffff:1.2.3.4/95",
        "1111111111111111111111111111111111111111111111111111/8",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        struct network network = {.prefix_len = 77};

        assert_status(network_parse(wrong[i], &network), RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(network.prefix_len, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_hold_their_addresses_and_no_others),
        cmocka_unit_test(addresses_of_unix_sockets_are_in_no_network),
        cmocka_unit_test(what_is_no_network_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
