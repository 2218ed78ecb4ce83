/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_pac.c: tests of packages/pac.c.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "harness/decoder_check.h"
#include "harness/vector.h"
#include "packages/pac.h"

#define DOMAIN "S-1-5-21-4293337340-3359557965-4003645083"

static const struct {
    const char *file;
    const char *user;
    const char *name;
    const char *domain;
    const char *groups[12];
} cases[] = {
    {"tests/unit/test_packages_pac_user.hex",
     DOMAIN "-1102",
     "alice",
     "LAB",
     {DOMAIN "-513", "S-1-18-1"}},
    {"tests/unit/test_packages_pac_admin.hex",
     DOMAIN "-500",
     "Administrator",
     "LAB",
     {DOMAIN "-513", DOMAIN "-512", DOMAIN "-572", DOMAIN "-518", DOMAIN "-519", DOMAIN "-520",
      "S-1-18-1"}},
    {"tests/unit/test_packages_pac_foreign.hex",
     "S-1-5-21-9-8-7-4000000000",
     "b\303\274cher\360\237\230\200",
     "OTHER",
     {"S-1-5-21-1-2-3-513", "S-1-5-21-9-8-7-555", "S-1-0x123456789ABC-1",
      "S-1-5-21-4-5-6-1200"}},
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return pac_decode(data, len, ret_value);
}

static void release(void *arg, void *value)
{
    (void)arg;
    pac_unref(*(struct pac **)value);
}

static void decoder_stands_any_change_of_a_real_pac(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct vector vector = vector_load(cases[i].file);

        decoder_check(&(struct decoder_case){
            .name = cases[i].file,
            .vector = vector.data,
            .len = vector.len,
            .decode = decode,
            .release = release,
            .value_len = sizeof(struct pac *),
        });
        vector_free(&vector);
    }
}

static bool has_group(const struct pac *pac, const char *sid)
{
    for (size_t i = 0; i < pac->num_groups; i++) {
        if (strcmp(pac->groups[i], sid) == 0)
            return true;
    }
    return false;
}

static void account_and_enabled_groups_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct vector vector = vector_load(cases[i].file);
        struct pac *pac = NULL;
        size_t num = 0;

        assert_ok(pac_decode(vector.data, vector.len, &pac));
        assert_string_equal(pac->user, cases[i].user);
        assert_string_equal(pac->name, cases[i].name);
        assert_string_equal(pac->domain, cases[i].domain);
        for (; cases[i].groups[num]; num++)
            assert_true(has_group(pac, cases[i].groups[num]));
        assert_int_equal(pac->num_groups, num);
        pac_unref(pac);
        vector_free(&vector);
    }
}

static void groups_beyond_the_limit_are_refused_before_memory_is_taken(void **state)
{
    struct vector vector = vector_load(cases[0].file);
    struct pac *pac = NULL;
    const size_t group_count_at = 16 + 4 + 48 + 48 + 4 + 8;

    (void)state;
    memcpy(vector.data + group_count_at, "\xff\xff\xff\x7f", 4);
    assert_status(pac_decode(vector.data, vector.len, &pac), RPCSEC_LIMIT);
    assert_null(pac);
    vector_free(&vector);
}

static void memory_that_ends_is_a_clean_failure(void **state)
{
    struct vector vector = vector_load(cases[1].file);
    struct pac *pac = NULL;

    (void)state;
    for (uint64_t nth = 1; pac == NULL; nth++) {
        rpcsec_status status;

        mem_test_fail_at(nth, false);
        status = pac_decode(vector.data, vector.len, &pac);
        mem_test_fail_at(0, false);
        assert_true(status == RPCSEC_NO_MEMORY || pac);
    }
    pac_unref(pac);
    vector_free(&vector);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoder_stands_any_change_of_a_real_pac),
        cmocka_unit_test(account_and_enabled_groups_are_read),
        cmocka_unit_test(groups_beyond_the_limit_are_refused_before_memory_is_taken),
        cmocka_unit_test(memory_that_ends_is_a_clean_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
