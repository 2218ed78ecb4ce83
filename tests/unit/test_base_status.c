/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_status.c: the list of statuses, and names of levels and mechanisms.
 */
#include "harness/test.h"

#include <rpcsec/rpcsec.h>

static const struct {
    const char *name;
    int value;
    const char *text;
} list[] = {
#define X(name, value, text) {#name, value, text},
    RPCSEC_STATUS_LIST(X)
#undef X
};

/* The header promises that values are never reused and new ones come last. */
static void values_are_unique_and_ascend_without_a_gap(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(list); i++)
        assert_int_equal(list[i].value, i);
}

static void names_and_texts_are_unique_and_found_by_value(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(list); i++) {
        rpcsec_status status = (rpcsec_status)list[i].value;

        assert_string_equal(rpcsec_status_name(status), list[i].name);
        assert_string_equal(rpcsec_status_text(status), list[i].text);
        for (size_t other = 0; other < i; other++) {
            assert_string_not_equal(list[i].name, list[other].name);
            assert_string_not_equal(list[i].text, list[other].text);
        }
    }
}

static void texts_fit_into_a_sentence(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(list); i++) {
        size_t len = strlen(list[i].text);

        assert_in_range(len, 2, 60);
        assert_int_not_equal(list[i].text[len - 1], '.');
    }
}

static void values_outside_the_list_have_a_name_too(void **state)
{
    static const int unknown[] = {-1, NUM_OF(list), INT32_MAX, INT32_MIN};

    (void)state;
    for (size_t i = 0; i < NUM_OF(unknown); i++) {
        /* From a volatile, as a caller of another version would hand it in. */
        volatile int value = unknown[i];
        rpcsec_status status;

        memcpy(&status, (const void *)(uintptr_t)&value, sizeof(status));
        assert_string_equal(rpcsec_status_text(status), "unknown status");
        assert_string_equal(rpcsec_status_name(status), "unknown");
    }
}

/* A program that was compiled against an older header must go on to mean the same. */
static void values_of_the_first_version_never_change(void **state)
{
    (void)state;
    assert_int_equal(RPCSEC_OK, 0);
    assert_int_equal(RPCSEC_NO_MEMORY, 1);
    assert_int_equal(RPCSEC_TRUNCATED, 6);
    assert_int_equal(RPCSEC_TIMED_OUT, 15);
    assert_int_equal(RPCSEC_BAD_SIGNATURE, 28);
    assert_int_equal(RPCSEC_REMOTE_FAULT, 34);
    assert_int_equal(RPCSEC_CONTEXT_MISMATCH, 45);
}

static void levels_are_parsed_from_their_names(void **state)
{
    static const struct {
        enum rpcsec_level level;
        const char *name;
    } levels[] = {
        {RPCSEC_LEVEL_NONE, "none"},           {RPCSEC_LEVEL_CONNECT, "connect"},
        {RPCSEC_LEVEL_CALL, "call"},           {RPCSEC_LEVEL_PACKET, "packet"},
        {RPCSEC_LEVEL_INTEGRITY, "integrity"}, {RPCSEC_LEVEL_PRIVACY, "privacy"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(levels); i++) {
        enum rpcsec_level level = RPCSEC_LEVEL_DEFAULT;

        assert_string_equal(rpcsec_level_name(levels[i].level), levels[i].name);
        assert_ok(rpcsec_level_parse(levels[i].name, &level));
        assert_int_equal(level, levels[i].level);
    }
}

static void other_names_are_no_level(void **state)
{
    static const char *const wrong[] = {NULL,       "",     "default", "Privacy",
                                        "privacy ", "seal", "6"};

    (void)state;
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        enum rpcsec_level level = RPCSEC_LEVEL_CALL;

        assert_status(rpcsec_level_parse(wrong[i], &level), RPCSEC_INVALID_ARGUMENT);
        assert_int_equal(level, RPCSEC_LEVEL_CALL);
    }
    assert_string_equal(rpcsec_level_name((enum rpcsec_level)7), "unknown");
}

static void mechanisms_have_names(void **state)
{
    (void)state;
    assert_string_equal(rpcsec_mechanism_name(RPCSEC_MECH_NONE), "none");
    assert_string_equal(rpcsec_mechanism_name(RPCSEC_MECH_KERBEROS), "kerberos");
    assert_string_equal(rpcsec_mechanism_name(RPCSEC_MECH_NEGOTIATE), "negotiate");
    assert_string_equal(rpcsec_mechanism_name(RPCSEC_MECH_NTLM), "ntlm");
    assert_string_equal(rpcsec_mechanism_name((enum rpcsec_mechanism)3), "unknown");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_unique_and_ascend_without_a_gap),
        cmocka_unit_test(names_and_texts_are_unique_and_found_by_value),
        cmocka_unit_test(texts_fit_into_a_sentence),
        cmocka_unit_test(values_outside_the_list_have_a_name_too),
        cmocka_unit_test(values_of_the_first_version_never_change),
        cmocka_unit_test(levels_are_parsed_from_their_names),
        cmocka_unit_test(other_names_are_no_level),
        cmocka_unit_test(mechanisms_have_names),
    };

    return cmocka_run_group_tests_name("base/status", tests, NULL, NULL);
}
