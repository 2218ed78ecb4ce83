/* SPDX-License-Identifier: MIT
 *
 * Tests of tools/probe_show.c: what of a matrix is a finding.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pdu/pdu.h"
#include "tools/probe.h"

static const struct tool text_tool = {.json = false};
static const struct tool json_tool = {.json = true};

/* What is asked by default, of a server that took one cell. */
static struct probe probe_with(struct probe_setup setup)
{
    struct probe probe = {.tool = &text_tool,
                          .binding = "ncacn_ip_tcp:localhost[1]",
                          .least_level = RPCSEC_LEVEL_PRIVACY,
                          .header_signing = RPCSEC_REQUIRED,
                          .trailer = RPCSEC_REQUIRED,
                          .num_cells = 1};

    probe.cells[0] =
        (struct probe_cell){.setup = setup, .accepted = true, .err = RPCSEC_ERROR_INIT};
    return probe;
}

static const struct probe_setup best = {.mechanism = RPCSEC_MECH_KERBEROS,
                                        .level = RPCSEC_LEVEL_PRIVACY,
                                        .header_signing = true,
                                        .trailer = true};

static void ntlm_is_a_finding_unless_it_is_allowed(void **state)
{
    struct probe probe = probe_with(best);

    (void)state;
    assert_int_equal(probe_show(&probe), 0);
    probe.ntlm_offered = true;
    assert_int_equal(probe_show(&probe), 1);
    probe.ntlm_allowed = true;
    assert_int_equal(probe_show(&probe), 0);
}

static void levels_tell_nothing_where_only_mgmt_is_there(void **state)
{
    struct probe probe = probe_with((struct probe_setup){.level = RPCSEC_LEVEL_NONE});

    (void)state;
    assert_int_equal(probe_show(&probe), 1);
    probe.only_mgmt = true;
    assert_int_equal(probe_show(&probe), 0);
}

static void each_weakness_is_one_finding_however_often_it_is_seen(void **state)
{
    struct probe_setup weak = best;
    struct probe probe;

    (void)state;
    weak.header_signing = false;
    weak.trailer = false;
    probe = probe_with(weak);
    probe.cells[1] = probe.cells[0];
    probe.cells[2] = probe.cells[0];
    probe.cells[2].accepted = false;
    probe.num_cells = 3;
    assert_int_equal(probe_show(&probe), 2);
    probe.header_signing = RPCSEC_ACCEPTED;
    assert_int_equal(probe_show(&probe), 1);
    probe.trailer = RPCSEC_ACCEPTED;
    assert_int_equal(probe_show(&probe), 0);
    probe.tool = &json_tool;
    assert_int_equal(probe_show(&probe), 0);
}

/* Offers are shown; none of them is a finding. */
static void offers_are_no_findings(void **state)
{
    static const struct probe_offer offers[] = {
        {.answered = false},
        {.answered = true, .ndr = true},
        {.answered = true, .ndr64 = true, .multiplexing = true},
        {.answered = true,
         .ndr = true,
         .ndr64 = true,
         .features = PDU_FEATURE_SECURITY_CONTEXTS | PDU_FEATURE_KEEP_ON_ORPHAN},
    };

    (void)state;
    for (size_t n = 0; n < sizeof(offers) / sizeof(offers[0]); n++) {
        struct probe probe = probe_with(best);

        probe.offer = offers[n];
        assert_int_equal(probe_show(&probe), 0);
        probe.tool = &json_tool;
        assert_int_equal(probe_show(&probe), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ntlm_is_a_finding_unless_it_is_allowed),
        cmocka_unit_test(levels_tell_nothing_where_only_mgmt_is_there),
        cmocka_unit_test(each_weakness_is_one_finding_however_often_it_is_seen),
        cmocka_unit_test(offers_are_no_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
