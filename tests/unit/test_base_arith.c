/* SPDX-License-Identifier: MIT
 *
 * test_base_arith: sums, products and paddings at their edges.
 */
#include "harness/test.h"

#include "base/arith.h"

static void sum_is_exact_or_refused(void **state)
{
    static const struct {
        size_t a, b;
        bool fits;
    } rows[] = {{0, 0, true},
                {1, 2, true},
                {SIZE_MAX, 0, true},
                {SIZE_MAX - 1, 1, true},
                {1, SIZE_MAX - 1, true},
                {SIZE_MAX, 1, false},
                {1, SIZE_MAX, false},
                {SIZE_MAX, SIZE_MAX, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        size_t sum = 77;

        assert_int_equal(arith_add(rows[i].a, rows[i].b, &sum), rows[i].fits);
        assert_true(sum == (rows[i].fits ? rows[i].a + rows[i].b : 77));
    }
}

static void product_is_exact_or_refused(void **state)
{
    static const struct {
        size_t num, len;
        bool fits;
    } rows[] = {{0, 0, true},
                {SIZE_MAX, 0, true},
                {0, SIZE_MAX, true},
                {SIZE_MAX, 1, true},
                {SIZE_MAX / 3, 3, true},
                {SIZE_MAX / 3 + 1, 3, false},
                {3, SIZE_MAX / 3, true},
                {SIZE_MAX, 2, false},
                {(SIZE_MAX >> 32) + 1, (SIZE_MAX >> 32) + 1, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        size_t product = 77;

        assert_int_equal(arith_mul(rows[i].num, rows[i].len, &product), rows[i].fits);
        assert_true(product == (rows[i].fits ? rows[i].num * rows[i].len : 77));
    }
}

static void elements_fit_when_their_bytes_are_there(void **state)
{
    static const struct {
        uint64_t num;
        size_t len, left;
        bool fits;
    } rows[] = {{0, 0, 0, true},
                {0, 4, 0, true},
                {1, 0, 9, false},
                {1, 4, 4, true},
                {1, 4, 3, false},
                {2, 4, 8, true},
                {2, 4, 7, false},
                {3, 4, 11, false},
                {UINT64_MAX, 1, SIZE_MAX, true},
                {UINT64_MAX, 2, SIZE_MAX, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(arith_fits(rows[i].num, rows[i].len, rows[i].left), rows[i].fits);
}

static void time_ends_instead_of_wrapping(void **state)
{
    (void)state;
    assert_true(arith_later(5, 7) == 12);
    assert_true(arith_later(UINT64_MAX - 1, 1) == UINT64_MAX);
    assert_true(arith_later(UINT64_MAX - 1, 2) == UINT64_MAX);
    assert_true(arith_later(3, UINT64_MAX) == UINT64_MAX);
    assert_true(arith_later(0, UINT64_MAX - 1) == UINT64_MAX - 1);
}

static void only_five_alignments_are_known(void **state)
{
    (void)state;
    for (size_t alignment = 0; alignment < 100; alignment++)
        assert_int_equal(arith_is_alignment(alignment), alignment == 1 || alignment == 2 ||
                                                            alignment == 4 || alignment == 8 ||
                                                            alignment == 16);
    assert_false(arith_is_alignment(SIZE_MAX));
}

static void padding_leads_to_the_next_multiple(void **state)
{
    (void)state;
    for (size_t alignment = 1; alignment <= 16; alignment *= 2) {
        for (size_t len = 0; len < 70; len++) {
            size_t pad = arith_pad(len, alignment);

            assert_in_range(pad, 0, alignment - 1);
            assert_int_equal((len + pad) % alignment, 0);
        }
        assert_int_equal(arith_pad(SIZE_MAX, alignment), alignment > 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sum_is_exact_or_refused),
        cmocka_unit_test(product_is_exact_or_refused),
        cmocka_unit_test(elements_fit_when_their_bytes_are_there),
        cmocka_unit_test(time_ends_instead_of_wrapping),
        cmocka_unit_test(only_five_alignments_are_known),
        cmocka_unit_test(padding_leads_to_the_next_multiple),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
