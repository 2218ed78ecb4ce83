/* SPDX-License-Identifier: MIT
 *
 * test_sec_pad: the lengths of a protected fragment, at their edges.
 */
#include "harness/test.h"

#include "sec/pad.h"

static void sealed_lengths_are_those_of_the_document(void **state)
{
    (void)state;
    for (size_t body = 0; body <= 40; body++) {
        const size_t pad = (16 - body % 16) % 16;
        const size_t len = 24 + body + pad + 8 + 76;
        struct sec_lengths lengths = {77, 77, 77};

        assert_false(sec_sealed_lengths(24, body, 76, len - 1, &lengths));
        assert_int_equal(lengths.pad_len, 77);
        assert_int_equal(lengths.trailer_at, 77);
        assert_int_equal(lengths.len, 77);
        assert_true(sec_sealed_lengths(24, body, 76, len, &lengths));
        assert_int_equal(lengths.pad_len, pad);
        assert_int_equal(lengths.trailer_at, 24 + body + pad);
        assert_int_equal(lengths.len, len);
    }
}

static void sealed_lengths_do_not_wrap(void **state)
{
    static const struct {
        size_t head_len, body_len, token_len;
    } rows[] = {{SIZE_MAX, 1, 0},    {1, SIZE_MAX, 0},      {1, SIZE_MAX - 1, 0},
                {0, SIZE_MAX, 0},    {SIZE_MAX - 16, 1, 0}, {24, 16, SIZE_MAX - 47},
                {SIZE_MAX - 7, 0, 0}};
    struct sec_lengths lengths;

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_false(sec_sealed_lengths(rows[i].head_len, rows[i].body_len, rows[i].token_len,
                                        SIZE_MAX, &lengths));
    assert_true(sec_sealed_lengths(24, 16, SIZE_MAX - 48, SIZE_MAX, &lengths));
    assert_true(lengths.len == SIZE_MAX);
}

static void a_full_body_is_the_most_that_can_be_sealed(void **state)
{
    (void)state;
    for (size_t frag = 0; frag < 300; frag++) {
        const size_t most = sec_body_max(frag, 24, 8 + 76);
        struct sec_lengths lengths;

        assert_int_equal(most % 16, 0);
        assert_int_equal(most, frag < 24 + 84 ? 0 : (frag - 24 - 84) / 16 * 16);
        for (size_t body = 0; body <= most && most != 0; body++)
            assert_true(sec_sealed_lengths(24, body, 76, frag, &lengths));
        assert_false(sec_sealed_lengths(24, most + 1, 76, frag, &lengths) && most != 0);
    }
    assert_int_equal(sec_body_max(64, 24, 0), 32);
    assert_int_equal(sec_body_max(24, 24, 0), 0);
    assert_int_equal(sec_body_max(23, 24, 0), 0);
    assert_int_equal(sec_body_max(100, 24, SIZE_MAX), 0);
}

static void places_fit_when_they_fill_the_fragment(void **state)
{
    static const struct {
        size_t frag_len, body_offset, offset, pad_len, token_len;
        bool fit;
    } rows[] = {{100, 24, 64, 0, 28, true},   {100, 24, 64, 40, 28, true},
                {100, 24, 64, 41, 28, false}, {100, 24, 64, 0, 27, false},
                {100, 24, 64, 0, 29, false},  {100, 24, 24, 0, 68, true},
                {100, 24, 23, 0, 69, false},  {100, 24, 92, 0, 0, true},
                {100, 24, 93, 0, 0, false},   {100, 24, 93, 0, SIZE_MAX, false},
                {100, 24, 101, 0, 0, false},  {100, 24, 108, 0, SIZE_MAX - 15, false},
                {100, 24, 24, 1, 68, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(sec_places_fit(rows[i].frag_len, rows[i].body_offset, rows[i].offset,
                                        rows[i].pad_len, rows[i].token_len),
                         rows[i].fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_lengths_are_those_of_the_document),
        cmocka_unit_test(sealed_lengths_do_not_wrap),
        cmocka_unit_test(a_full_body_is_the_most_that_can_be_sealed),
        cmocka_unit_test(places_fit_when_they_fill_the_fragment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
