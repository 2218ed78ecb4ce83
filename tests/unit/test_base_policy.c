/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_policy.c: defaults, setters and freezing of a policy.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/alloc.h"
#include "base/policy.h"

static struct rpcsec_policy *new_policy(void)
{
    struct rpcsec_policy *policy = NULL;

    assert_ok(rpcsec_policy_new(&policy, NULL));
    return policy;
}

static void defaults_ask_for_everything(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    assert_int_equal(policy->level, RPCSEC_LEVEL_PRIVACY);
    assert_false(policy->anonymous);
    assert_int_equal(policy->mechanisms, RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NEGOTIATE);
    assert_int_equal(policy->header_signing, RPCSEC_REQUIRED);
    assert_int_equal(policy->verification_trailer, RPCSEC_REQUIRED);
    assert_int_equal(policy->third_leg, RPCSEC_THIRD_LEG_ALTER);
    assert_null(policy->keytab);
    assert_null(policy->ccache);
    assert_int_equal(policy->num_accept_spns, 0);
    rpcsec_policy_free(policy);
}

static void new_without_a_place_is_refused(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    assert_status(rpcsec_policy_new(NULL, &err), RPCSEC_INVALID_ARGUMENT);
    assert_status(err.status, RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(err.layer, RPCSEC_LAYER_ARGUMENT);
}

static void new_clears_an_old_error(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;

    (void)state;
    err.status = RPCSEC_NO_KDC;
    assert_ok(rpcsec_policy_new(&policy, &err));
    assert_ok(err.status);
    rpcsec_policy_free(policy);
}

static const struct {
    enum rpcsec_limit limit;
    uint64_t value, least, greatest;
    const char *text;
} limits[] = {
#define X(name, value, least, greatest, text) \
    {RPCSEC_LIMIT_##name, value, least, greatest, text},
    RPCSEC_LIMIT_LIST(X)
#undef X
};

static void limits_begin_inside_their_ranges(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    assert_int_equal(NUM_OF(limits), RPCSEC_NUM_LIMITS);
    for (size_t i = 0; i < NUM_OF(limits); i++) {
        assert_int_equal(policy_limit(policy, limits[i].limit), limits[i].value);
        assert_true(limits[i].least <= limits[i].value);
        assert_true(limits[i].value <= limits[i].greatest);
        assert_true(limits[i].least > 0);
    }
    rpcsec_policy_free(policy);
}

static void limits_are_settable_to_both_ends_and_not_beyond(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    for (size_t i = 0; i < NUM_OF(limits); i++) {
        enum rpcsec_limit limit = limits[i].limit;

        assert_ok(rpcsec_policy_set_limit(policy, limit, limits[i].least));
        assert_int_equal(policy_limit(policy, limit), limits[i].least);
        assert_status(rpcsec_policy_set_limit(policy, limit, limits[i].least - 1),
                      RPCSEC_OUT_OF_RANGE);
        assert_int_equal(policy_limit(policy, limit), limits[i].least);
        assert_ok(rpcsec_policy_set_limit(policy, limit, limits[i].greatest));
        assert_status(rpcsec_policy_set_limit(policy, limit, limits[i].greatest + 1),
                      RPCSEC_OUT_OF_RANGE);
        assert_status(rpcsec_policy_set_limit(policy, limit, UINT64_MAX), RPCSEC_OUT_OF_RANGE);
        assert_int_equal(policy_limit(policy, limit), limits[i].greatest);
    }
    rpcsec_policy_free(policy);
}

static void unknown_limit_is_refused_and_reads_as_zero(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    assert_status(rpcsec_policy_set_limit(policy, RPCSEC_NUM_LIMITS, 1),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_limit(policy, (enum rpcsec_limit) - 1, 1),
                  RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(policy_limit(policy, RPCSEC_NUM_LIMITS), 0);
    rpcsec_policy_free(policy);
}

static void setters_set(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    assert_ok(rpcsec_policy_set_level(policy, RPCSEC_LEVEL_NONE));
    assert_ok(rpcsec_policy_set_anonymous(policy, true));
    assert_ok(rpcsec_policy_set_mechanisms(policy, RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NTLM));
    assert_ok(rpcsec_policy_set_header_signing(policy, RPCSEC_ACCEPTED));
    assert_ok(rpcsec_policy_set_verification_trailer(policy, RPCSEC_ACCEPTED));
    assert_ok(rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3));
    assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/a"));
    assert_ok(rpcsec_policy_set_ccache(policy, "FILE:/b"));
    assert_int_equal(policy->level, RPCSEC_LEVEL_NONE);
    assert_true(policy->anonymous);
    assert_int_equal(policy->mechanisms, 5);
    assert_int_equal(policy->header_signing, RPCSEC_ACCEPTED);
    assert_int_equal(policy->verification_trailer, RPCSEC_ACCEPTED);
    assert_int_equal(policy->third_leg, RPCSEC_THIRD_LEG_AUTH3);
    assert_string_equal(policy->keytab, "FILE:/a");
    assert_string_equal(policy->ccache, "FILE:/b");
    assert_ok(rpcsec_policy_set_header_signing(policy, RPCSEC_REQUIRED));
    assert_ok(rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_ALTER));
    assert_int_equal(policy->header_signing, RPCSEC_REQUIRED);
    assert_int_equal(policy->third_leg, RPCSEC_THIRD_LEG_ALTER);
    assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/c"));
    assert_string_equal(policy->keytab, "FILE:/c");
    assert_ok(rpcsec_policy_set_keytab(policy, NULL));
    assert_null(policy->keytab);
    rpcsec_policy_free(policy);
}

static void setters_refuse_values_that_mean_nothing(void **state)
{
    struct rpcsec_policy *policy = new_policy();
    char long_spn[LIMIT_SPN_LEN + 2];

    (void)state;
    memset(long_spn, 'a', sizeof(long_spn));
    long_spn[sizeof(long_spn) - 1] = '\0';
    assert_status(rpcsec_policy_set_level(policy, RPCSEC_LEVEL_DEFAULT),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_level(policy, (enum rpcsec_level)7),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_mechanisms(policy, 16), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_header_signing(policy, (enum rpcsec_demand)3),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_verification_trailer(policy, (enum rpcsec_demand)3),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_third_leg(policy, (enum rpcsec_third_leg)2),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_keytab(policy, ""), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_local_directory(policy, "run"), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_local_directory(NULL, "/run"), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_set_local_owner(NULL, 1), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_accept_spn(policy, NULL), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_accept_spn(policy, ""), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_accept_spn(policy, long_spn), RPCSEC_INVALID_ARGUMENT);
    assert_status(rpcsec_policy_add_proxy(policy, "192.0.2.1/24"), RPCSEC_INVALID_ARGUMENT);
    assert_ok(rpcsec_policy_accept_spn(policy, long_spn + 1));
    assert_int_equal(policy->level, RPCSEC_LEVEL_PRIVACY);
    assert_int_equal(policy->mechanisms, RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NEGOTIATE);
    rpcsec_policy_free(policy);
}

/* Every setter's result on one policy must be the same. */
static void check_all_setters(struct rpcsec_policy *policy, rpcsec_status expected)
{
    const rpcsec_status results[] = {
        rpcsec_policy_set_level(policy, RPCSEC_LEVEL_NONE),
        rpcsec_policy_set_anonymous(policy, true),
        rpcsec_policy_set_mechanisms(policy, RPCSEC_MECH_NTLM),
        rpcsec_policy_set_header_signing(policy, RPCSEC_ACCEPTED),
        rpcsec_policy_set_verification_trailer(policy, RPCSEC_ACCEPTED),
        rpcsec_policy_set_third_leg(policy, RPCSEC_THIRD_LEG_AUTH3),
        rpcsec_policy_set_keytab(policy, "FILE:/a"),
        rpcsec_policy_set_ccache(policy, "FILE:/a"),
        rpcsec_policy_accept_spn(policy, "host/a"),
        rpcsec_policy_add_proxy(policy, "192.0.2.0/24"),
        rpcsec_policy_set_limit(policy, RPCSEC_LIMIT_CALL_MS, 1000),
    };

    for (size_t i = 0; i < NUM_OF(results); i++)
        assert_status(results[i], expected);
}

static void frozen_policy_refuses_every_setter(void **state)
{
    struct rpcsec_policy *policy = new_policy(), *frozen = NULL;

    (void)state;
    assert_ok(policy_freeze(policy, &frozen, NULL));
    assert_ptr_equal(frozen, policy);
    check_all_setters(policy, RPCSEC_INVALID_STATE);
    assert_int_equal(policy->level, RPCSEC_LEVEL_PRIVACY);
    assert_null(policy->keytab);
    assert_int_equal(policy->num_accept_spns, 0);
    rpcsec_policy_free(policy);
    assert_int_equal(policy_limit(frozen, RPCSEC_LIMIT_CALL_MS), 60000);
    rpcsec_policy_free(frozen);
}

static void setters_refuse_null(void **state)
{
    (void)state;
    check_all_setters(NULL, RPCSEC_INVALID_ARGUMENT);
    assert_null(rpcsec_policy_ref(NULL));
    rpcsec_policy_free(NULL);
}

static void freezing_nothing_makes_the_default_policy(void **state)
{
    struct rpcsec_policy *policy = NULL;

    (void)state;
    assert_ok(policy_freeze(NULL, &policy, NULL));
    assert_int_equal(policy->level, RPCSEC_LEVEL_PRIVACY);
    check_all_setters(policy, RPCSEC_INVALID_STATE);
    rpcsec_policy_free(policy);
}

static void policy_lives_until_its_last_reference(void **state)
{
    struct rpcsec_policy *policy = new_policy();
    struct rpcsec_policy *again = rpcsec_policy_ref(policy);

    (void)state;
    assert_ptr_equal(again, policy);
    assert_ok(rpcsec_policy_set_keytab(policy, "FILE:/a"));
    rpcsec_policy_free(policy);
    assert_string_equal(again->keytab, "FILE:/a");
    rpcsec_policy_free(again);
}

static void accepted_names_are_limited_in_number(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    for (unsigned i = 0; i < POLICY_MAX_SPNS; i++) {
        char spn[32];

        snprintf(spn, sizeof(spn), "host/%u.example.com", i);
        assert_ok(rpcsec_policy_accept_spn(policy, spn));
    }
    assert_status(rpcsec_policy_accept_spn(policy, "host/more"), RPCSEC_LIMIT);
    assert_true(policy_accepts_spn(policy, "host/31.example.com@R"));
    assert_false(policy_accepts_spn(policy, "host/more@R"));
    rpcsec_policy_free(policy);
}

static void listed_proxies_are_limited_in_number(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    for (unsigned i = 0; i < POLICY_MAX_PROXIES; i++)
        assert_ok(rpcsec_policy_add_proxy(policy, "192.0.2.0/24"));
    assert_status(rpcsec_policy_add_proxy(policy, "2001:db8::/32"), RPCSEC_LIMIT);
    rpcsec_policy_free(policy);
}

static void without_a_list_every_name_is_served(void **state)
{
    struct rpcsec_policy *policy = new_policy();

    (void)state;
    assert_true(policy_accepts_spn(policy, "anything/at.all@R"));
    rpcsec_policy_free(policy);
}

static void names_match_as_the_header_says(void **state)
{
    static const struct {
        const char *accepted, *spn;
        bool match;
    } cases[] = {
        {"host/files.example.com", "host/files.example.com@EXAMPLE.COM", true},
        {"host/files.example.com", "host/files.example.com", true},
        {"host/files.example.com", "host/FILES.Example.com@EXAMPLE.COM", true},
        {"host/files.example.com", "HOST/files.example.com@EXAMPLE.COM", false},
        {"host/files.example.com", "host/files.example.co@EXAMPLE.COM", false},
        {"host/files.example.com", "host/files.example.com.@EXAMPLE.COM", false},
        {"host/files.example.com", "host@EXAMPLE.COM", false},
        {"host/files.example.com", "", false},
        {"host/files.example.com@A", "host/files.example.com@A", true},
        {"host/files.example.com@A", "host/files.example.com@B", false},
        {"host/files.example.com@A", "host/files.example.com@AA", false},
        {"host/files.example.com@A", "host/files.example.com", false},
        {"host/files.example.com@A", "host/files.example.com@a", false},
        {"svc/a/b.com", "svc/A/B.com@R", true},
        {"svc/a/b.com", "svc/a@R", false},
        {"svc/a", "svc/a/b.com@R", false},
        {"FILES$", "FILES$@R", true},
        {"FILES$@A/B", "FILES$@A/B", true}, /* a realm may hold a slash */
        {"FILES$@A/B", "files$@A/B", false},
        {"FILES$", "files$@R", false},
        {"host/a", "host/a\\@R@R", false}, /* a quoted @ is part of the name */
        {"host/a\\@R", "host/a\\@r@R", true},
        {"host/a", "host\\/a@R", false},
        {"host/a\\", "host/a\\@R", false}, /* a last backslash quotes nothing */
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct rpcsec_policy *policy = new_policy();

        assert_ok(rpcsec_policy_accept_spn(policy, cases[i].accepted));
        if (policy_accepts_spn(policy, cases[i].spn) != cases[i].match)
            fail_msg("%s against %s", cases[i].accepted, cases[i].spn);
        rpcsec_policy_free(policy);
    }
}

static rpcsec_status build(void *arg)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_policy *policy = NULL;
    rpcsec_status status = rpcsec_policy_new(&policy, &err);

    (void)arg;
    if (status != err.status)
        return RPCSEC_INTERNAL;
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_keytab(policy, "FILE:/a");
    if (status == RPCSEC_OK)
        status = rpcsec_policy_set_ccache(policy, "FILE:/b");
    if (status == RPCSEC_OK)
        status = rpcsec_policy_accept_spn(policy, "host/a");
    rpcsec_policy_free(policy);
    return status;
}

static rpcsec_status freeze_default(void *arg)
{
    struct rpcsec_policy *policy = NULL;
    rpcsec_status status = policy_freeze(NULL, &policy, NULL);

    (void)arg;
    rpcsec_policy_free(policy);
    return status;
}

static void each_failing_request_gives_no_memory(void **state)
{
    (void)state;
    assert_int_equal(alloc_check(build, NULL), 4);
    assert_int_equal(alloc_check(freeze_default, NULL), 1);
}

static void a_principal_for_which_memory_ends_is_not_added(void **state)
{
    struct rpcsec_policy *policy = NULL;

    (void)state;
    assert_int_equal(rpcsec_policy_new(&policy, NULL), RPCSEC_OK);
    assert_int_equal(rpcsec_policy_accept_spn(policy, "host/a"), RPCSEC_OK);
    mem_test_fail_at(1, false);
    assert_int_equal(rpcsec_policy_accept_spn(policy, "host/b"), RPCSEC_NO_MEMORY);
    mem_test_fail_at(0, false);
    assert_int_equal(policy->num_accept_spns, 1);
    assert_false(policy_accepts_spn(policy, "host/b"));
    rpcsec_policy_free(policy);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_principal_for_which_memory_ends_is_not_added),
        cmocka_unit_test(defaults_ask_for_everything),
        cmocka_unit_test(new_without_a_place_is_refused),
        cmocka_unit_test(new_clears_an_old_error),
        cmocka_unit_test(limits_begin_inside_their_ranges),
        cmocka_unit_test(limits_are_settable_to_both_ends_and_not_beyond),
        cmocka_unit_test(unknown_limit_is_refused_and_reads_as_zero),
        cmocka_unit_test(setters_set),
        cmocka_unit_test(setters_refuse_values_that_mean_nothing),
        cmocka_unit_test(frozen_policy_refuses_every_setter),
        cmocka_unit_test(setters_refuse_null),
        cmocka_unit_test(freezing_nothing_makes_the_default_policy),
        cmocka_unit_test(policy_lives_until_its_last_reference),
        cmocka_unit_test(accepted_names_are_limited_in_number),
        cmocka_unit_test(listed_proxies_are_limited_in_number),
        cmocka_unit_test(without_a_list_every_name_is_served),
        cmocka_unit_test(names_match_as_the_header_says),
        cmocka_unit_test(each_failing_request_gives_no_memory),
    };

    return cmocka_run_group_tests_name("base/policy", tests, NULL, NULL);
}
