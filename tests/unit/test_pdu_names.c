/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_names.c: names of wire values.
 */
#include "unit/pdu_case.h"

static void known_values_have_their_names(void **state)
{
    (void)state;
    assert_string_equal(pdu_type_name(PDU_REQUEST), "request");
    assert_string_equal(pdu_type_name(PDU_ALTER_CONTEXT_RESP), "alter_context_resp");
    assert_string_equal(pdu_type_name(PDU_AUTH3), "auth3");
    assert_string_equal(pdu_fault_name(0x1C010002), "OP_RNG_ERROR");
    assert_string_equal(pdu_fault_name(5), "ACCESS_DENIED");
    assert_string_equal(pdu_nak_reason_name(8), "authentication type not recognized");
}

static void unknown_values_are_told_as_such(void **state)
{
    (void)state;
    assert_string_equal(pdu_type_name(1), "unknown");
    assert_string_equal(pdu_type_name(UINT32_MAX), "unknown");
    assert_string_equal(pdu_fault_name(0), "unknown");
    assert_string_equal(pdu_nak_reason_name(3), "unknown");
}

static void each_value_has_a_name_of_its_own(void **state)
{
    static const uint32_t types[] = {
        PDU_REQUEST,   PDU_RESPONSE,      PDU_FAULT,
        PDU_BIND,      PDU_BIND_ACK,      PDU_BIND_NAK,
        PDU_SHUTDOWN,  PDU_ALTER_CONTEXT, PDU_ALTER_CONTEXT_RESP,
        PDU_CO_CANCEL, PDU_ORPHANED,      PDU_AUTH3,
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(types); i++) {
        assert_string_not_equal(pdu_type_name(types[i]), "unknown");
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(pdu_type_name(types[i]), pdu_type_name(types[j]));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_have_their_names),
        cmocka_unit_test(unknown_values_are_told_as_such),
        cmocka_unit_test(each_value_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
