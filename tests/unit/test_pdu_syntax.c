/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_syntax.c: bind-time features as a transfer syntax (MS-RPCE 3.3.1.5.3).
 */
#include "unit/pdu_case.h"

#include "base/uuid.h"
#include "pdu/body.h"

static void a_version_is_the_minor_above_the_major(void **state)
{
    const struct rpcsec_syntax syntax = {.major = 0x0102, .minor = 0x8305};
    static const uint8_t version[4] = {0x02, 0x01, 0x05, 0x83};
    struct rpcsec_syntax read = {.major = 0};
    struct cur c;
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    pdu_syntax_put(&out, &syntax);
    assert_int_equal(out.len, 20);
    assert_memory_equal(out.data + 16, version, 4);
    cur_init(&c, out.data, out.len, false);
    pdu_syntax_get(&c, &read);
    assert_ok(cur_status(&c));
    assert_int_equal(read.major, 0x0102);
    assert_int_equal(read.minor, 0x8305);
    buf_done(&out);
}

static void feature_syntax_carries_its_mask(void **state)
{
    static const uint16_t masks[] = {0, 1, 2, 3, 0x0100, 0xffff};

    (void)state;
    for (size_t i = 0; i < NUM_OF(masks); i++) {
        struct rpcsec_syntax syntax = pdu_feature_syntax(masks[i]);
        uint16_t mask = 0x5a5a;

        assert_true(pdu_is_feature_syntax(&syntax, &mask));
        assert_int_equal(mask, masks[i]);
    }
}

static void feature_syntax_has_the_wire_form_of_the_document(void **state)
{
    struct rpcsec_syntax syntax = pdu_feature_syntax(3);
    char text[UUID_TEXT_LEN];

    (void)state;
    uuid_text(&syntax.uuid, text);
    assert_string_equal(text, "6cb71c2c-9812-4540-0300-000000000000");
    assert_int_equal(syntax.major, 1);
    assert_int_equal(syntax.minor, 0);
}

static void feature_syntax_ignores_octets_that_mean_nothing_yet(void **state)
{
    struct rpcsec_syntax syntax = pdu_feature_syntax(1);
    uint16_t mask = 0;

    (void)state;
    memset(syntax.uuid.node, 0xff, sizeof(syntax.uuid.node));
    assert_true(pdu_is_feature_syntax(&syntax, &mask));
    assert_int_equal(mask, 1);
}

static void other_syntaxes_are_no_features(void **state)
{
    struct rpcsec_syntax changed[5];
    uint16_t mask = 0x5a5a;

    (void)state;
    for (size_t i = 0; i < NUM_OF(changed); i++)
        changed[i] = pdu_feature_syntax(3);
    changed[0].uuid.time_low ^= 1;
    changed[1].uuid.time_mid ^= 1;
    changed[2].uuid.time_hi_and_version ^= 1;
    changed[3].major = 2;
    changed[4].minor = 1;
    for (size_t i = 0; i < NUM_OF(changed); i++)
        assert_false(pdu_is_feature_syntax(&changed[i], &mask));
    assert_false(pdu_is_feature_syntax(&syntax_ndr, &mask));
    assert_false(pdu_is_feature_syntax(&syntax_ndr64, &mask));
    assert_int_equal(mask, 0x5a5a);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_is_the_minor_above_the_major),
        cmocka_unit_test(feature_syntax_carries_its_mask),
        cmocka_unit_test(feature_syntax_has_the_wire_form_of_the_document),
        cmocka_unit_test(feature_syntax_ignores_octets_that_mean_nothing_yet),
        cmocka_unit_test(other_syntaxes_are_no_features),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
