/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_enctype.c: tests of packages/enctype.c.
 */
#include "harness/test.h"

#include "packages/enctype.h"

static void only_aes_is_strong(void **state)
{
    (void)state;
    for (int32_t number = -200; number < 300; number++)
        assert_int_equal(enctype_is_strong(number), number >= 17 && number <= 20);
}

static void names_are_those_of_iana(void **state)
{
    static const struct {
        int32_t number;
        const char *name;
        uint32_t key_bits;
    } cases[] = {
        {17, "aes128-cts-hmac-sha1-96", 128},
        {18, "aes256-cts-hmac-sha1-96", 256},
        {19, "aes128-cts-hmac-sha256-128", 128},
        {20, "aes256-cts-hmac-sha384-192", 256},
        {23, "arcfour-hmac", 128},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        assert_string_equal(enctype_name(cases[i].number), cases[i].name);
        assert_int_equal(enctype_find(cases[i].number)->key_bits, cases[i].key_bits);
    }
}

static void unknown_numbers_have_a_name_too(void **state)
{
    (void)state;
    assert_string_equal(enctype_name(0), "unknown");
    assert_string_equal(enctype_name(INT32_MIN), "unknown");
    assert_null(enctype_find(99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_aes_is_strong),
        cmocka_unit_test(names_are_those_of_iana),
        cmocka_unit_test(unknown_numbers_have_a_name_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
