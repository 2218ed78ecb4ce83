/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_cursor.c: the checked reader of peer bytes.
 */
#include "harness/test.h"
#include "harness/decoder_check.h"

#include "base/cursor.h"

static const uint8_t eight[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

static void get_reads_little_endian_values_in_turn(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 7, false);
    assert_int_equal(cur_u8(&c), 0x01);
    assert_int_equal(cur_u16(&c), 0x0302);
    assert_int_equal(cur_u32(&c), 0x07060504);
    assert_ok(cur_end(&c));
    cur_init(&c, eight, 8, false);
    assert_true(cur_u64(&c) == 0x0807060504030201);
}

static void get_reads_big_endian_values_in_turn(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 7, true);
    assert_int_equal(cur_u8(&c), 0x01);
    assert_int_equal(cur_u16(&c), 0x0203);
    assert_int_equal(cur_u32(&c), 0x04050607);
    assert_ok(cur_end(&c));
    cur_init(&c, eight, 8, true);
    assert_true(cur_u64(&c) == 0x0102030405060708);
}

static void get_at_every_length_too_short_fails_and_moves_nothing(void **state)
{
    (void)state;
    for (size_t len = 0; len < 8; len++) {
        struct cur c;

        cur_init(&c, eight, len, false);
        assert_true(cur_u64(&c) == 0);
        assert_status(cur_status(&c), RPCSEC_TRUNCATED);
        assert_int_equal(cur_offset(&c), 0);
        assert_int_equal(cur_left(&c), 0);
    }
}

static void first_error_sticks_and_every_get_gives_nothing(void **state)
{
    uint8_t copy[2] = {0xff, 0xff};
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_fail(&c, RPCSEC_BAD_FORMAT);
    cur_fail(&c, RPCSEC_LIMIT);
    assert_int_equal(cur_u8(&c), 0);
    assert_int_equal(cur_u16(&c), 0);
    assert_int_equal(cur_u32(&c), 0);
    assert_true(cur_u64(&c) == 0);
    assert_null(cur_bytes(&c, 0));
    cur_copy(&c, copy, 2);
    assert_int_equal(copy[0] | copy[1], 0);
    cur_skip(&c, 1);
    cur_seek(&c, 4);
    cur_align(&c, 4);
    assert_int_equal(cur_count(&c, 1, 1), 0);
    assert_int_equal(cur_offset(&c), 0);
    assert_status(cur_end(&c), RPCSEC_BAD_FORMAT);
}

static void failing_with_ok_changes_nothing(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_fail(&c, RPCSEC_OK);
    assert_ok(cur_status(&c));
    cur_fail(&c, RPCSEC_LIMIT);
    cur_fail(&c, RPCSEC_OK);
    assert_status(cur_status(&c), RPCSEC_LIMIT);
}

static void init_without_bytes_gives_an_empty_cursor(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, NULL, 0, false);
    assert_non_null(cur_bytes(&c, 0));
    assert_ok(cur_end(&c));
    cur_init(&c, NULL, 1, false);
    assert_status(cur_end(&c), RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(cur_u8(&c), 0);
}

static void bytes_are_given_in_place_up_to_the_last(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    assert_ptr_equal(cur_bytes(&c, 3), eight);
    assert_ptr_equal(cur_bytes(&c, 5), eight + 3);
    assert_non_null(cur_bytes(&c, 0));
    assert_null(cur_bytes(&c, 1));
    assert_status(cur_status(&c), RPCSEC_TRUNCATED);
}

static void copy_takes_the_next_bytes(void **state)
{
    uint8_t out[4] = {9, 9, 9, 9};
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_skip(&c, 2);
    cur_copy(&c, out, 3);
    cur_copy(&c, NULL, 0);
    assert_memory_equal(out, "\3\4\5\11", 4);
    assert_int_equal(cur_offset(&c), 5);
    cur_copy(&c, out, 4);
    assert_status(cur_status(&c), RPCSEC_TRUNCATED);
    assert_memory_equal(out, "\0\0\0\0", 4);
}

static void bytes_of_a_length_that_would_wrap_fail(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_skip(&c, 4);
    assert_null(cur_bytes(&c, SIZE_MAX - 2));
    assert_int_equal(cur_offset(&c), 4);
}

static void align_skips_to_a_multiple_from_the_start(void **state)
{
    static const struct {
        size_t at, alignment, expected;
    } cases[] = {{0, 8, 0}, {1, 2, 2}, {1, 4, 4}, {1, 8, 8}, {4, 4, 4}, {5, 8, 8}, {3, 1, 3}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct cur c;

        cur_init(&c, eight, 8, false);
        cur_skip(&c, cases[i].at);
        cur_align(&c, cases[i].alignment);
        assert_ok(cur_status(&c));
        assert_int_equal(cur_offset(&c), cases[i].expected);
    }
}

static void align_beyond_the_end_fails(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 7, false);
    cur_skip(&c, 7);
    cur_align(&c, 8);
    assert_status(cur_status(&c), RPCSEC_TRUNCATED);
}

static void align_to_no_power_of_two_is_our_own_fault(void **state)
{
    static const size_t wrong[] = {0, 3, 6, SIZE_MAX};

    (void)state;
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        struct cur c;

        cur_init(&c, eight, 8, false);
        cur_align(&c, wrong[i]);
        assert_status(cur_status(&c), RPCSEC_INTERNAL);
    }
}

static void seek_goes_both_ways_within_the_bytes(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_seek(&c, 8);
    assert_ok(cur_end(&c));
    cur_seek(&c, 2);
    assert_int_equal(cur_u8(&c), 3);
    cur_seek(&c, 9);
    assert_status(cur_status(&c), RPCSEC_TRUNCATED);
    assert_int_equal(cur_offset(&c), 3);
}

static void child_sees_its_bytes_only_and_the_parent_goes_on(void **state)
{
    struct cur c, child;

    (void)state;
    cur_init(&c, eight, 8, true);
    cur_skip(&c, 2);
    child = cur_child(&c, 3);
    assert_int_equal(cur_offset(&child), 0);
    assert_int_equal(cur_u16(&child), 0x0304);
    assert_int_equal(cur_u16(&child), 0);
    assert_status(cur_status(&child), RPCSEC_TRUNCATED);
    assert_int_equal(cur_u8(&c), 6);
    assert_ok(cur_status(&c));
}

static void child_longer_than_what_is_left_is_empty_and_fails_both(void **state)
{
    struct cur c, child;

    (void)state;
    cur_init(&c, eight, 8, false);
    child = cur_child(&c, 9);
    assert_status(cur_status(&child), RPCSEC_TRUNCATED);
    assert_status(cur_status(&c), RPCSEC_TRUNCATED);
    assert_int_equal(child.len, 0);
}

static void child_of_no_bytes_is_valid(void **state)
{
    struct cur c, child;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_skip(&c, 8);
    child = cur_child(&c, 0);
    assert_ok(cur_end(&child));
}

static void count_is_checked_against_what_is_left(void **state)
{
    static const struct {
        uint64_t count;
        size_t element_len;
        rpcsec_status status;
    } cases[] = {
        {0, 0, RPCSEC_OK},
        {0, SIZE_MAX, RPCSEC_OK},
        {8, 1, RPCSEC_OK},
        {9, 1, RPCSEC_TRUNCATED},
        {2, 4, RPCSEC_OK},
        {2, 5, RPCSEC_TRUNCATED},
        {3, 4, RPCSEC_TRUNCATED},
        {1, 0, RPCSEC_TRUNCATED},
        {UINT64_MAX, 1, RPCSEC_TRUNCATED},
        {UINT64_MAX / 8 + 2, 8, RPCSEC_TRUNCATED}, /* the product wraps to 8 */
        {1, SIZE_MAX, RPCSEC_TRUNCATED},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        bool ok = cases[i].status == RPCSEC_OK;
        struct cur c;

        cur_init(&c, eight, 8, false);
        assert_int_equal(cur_count(&c, cases[i].count, cases[i].element_len),
                         ok ? cases[i].count : 0);
        assert_status(cur_status(&c), cases[i].status);
    }
}

static void end_refuses_bytes_that_are_left(void **state)
{
    struct cur c;

    (void)state;
    cur_init(&c, eight, 8, false);
    cur_skip(&c, 7);
    assert_ok(cur_status(&c));
    assert_status(cur_end(&c), RPCSEC_TRAILING_DATA);
    cur_skip(&c, 1);
    assert_ok(cur_end(&c));
}

/* A decoder as they are to be written, under the helper that all of them meet. */
struct sample {
    uint16_t num_values;
    uint32_t values[4];
};

static rpcsec_status decode_sample(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct sample sample = {0};
    struct cur c;

    (void)arg;
    cur_init(&c, data, len, true);
    sample.num_values = cur_u16(&c);
    cur_align(&c, 4);
    if (cur_count(&c, sample.num_values, 4) > NUM_OF(sample.values))
        cur_fail(&c, RPCSEC_LIMIT);
    for (size_t i = 0; i < sample.num_values && cur_status(&c) == RPCSEC_OK; i++)
        sample.values[i] = cur_u32(&c);
    if (cur_end(&c) == RPCSEC_OK)
        memcpy(ret_value, &sample, sizeof(sample));
    return cur_end(&c);
}

static rpcsec_status encode_sample(void *arg, const void *value, struct buf *out)
{
    const struct sample *sample = value;

    (void)arg;
    out->big_endian = true;
    buf_u16(out, sample->num_values);
    buf_align(out, 4);
    for (size_t i = 0; i < sample->num_values; i++)
        buf_u32(out, sample->values[i]);
    return buf_status(out);
}

static void decoder_written_with_it_stands_the_decoder_check(void **state)
{
    static const uint8_t vector[] = {0, 2, 0, 0, 0, 0, 0, 7, 0x80, 0, 0, 9};
    const struct decoder_case test = {
        .name = "sample",
        .vector = vector,
        .len = sizeof(vector),
        .decode = decode_sample,
        .value_len = sizeof(struct sample),
        .encode = encode_sample,
    };

    (void)state;
    decoder_check(&test);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_reads_little_endian_values_in_turn),
        cmocka_unit_test(get_reads_big_endian_values_in_turn),
        cmocka_unit_test(get_at_every_length_too_short_fails_and_moves_nothing),
        cmocka_unit_test(first_error_sticks_and_every_get_gives_nothing),
        cmocka_unit_test(failing_with_ok_changes_nothing),
        cmocka_unit_test(init_without_bytes_gives_an_empty_cursor),
        cmocka_unit_test(bytes_are_given_in_place_up_to_the_last),
        cmocka_unit_test(copy_takes_the_next_bytes),
        cmocka_unit_test(bytes_of_a_length_that_would_wrap_fail),
        cmocka_unit_test(align_skips_to_a_multiple_from_the_start),
        cmocka_unit_test(align_beyond_the_end_fails),
        cmocka_unit_test(align_to_no_power_of_two_is_our_own_fault),
        cmocka_unit_test(seek_goes_both_ways_within_the_bytes),
        cmocka_unit_test(child_sees_its_bytes_only_and_the_parent_goes_on),
        cmocka_unit_test(child_longer_than_what_is_left_is_empty_and_fails_both),
        cmocka_unit_test(child_of_no_bytes_is_valid),
        cmocka_unit_test(count_is_checked_against_what_is_left),
        cmocka_unit_test(end_refuses_bytes_that_are_left),
        cmocka_unit_test(decoder_written_with_it_stands_the_decoder_check),
    };

    return cmocka_run_group_tests_name("base/cursor", tests, NULL, NULL);
}
