/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_arena.c: memory that is freed together.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include "base/alloc.h"
#include "base/arena.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint8_t *pieces[200];

    (void)state;
    for (size_t i = 0; i < NUM_OF(pieces); i++) {
        pieces[i] = rpcsec_arena_alloc(arena, i);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        for (size_t at = 0; at < i; at++)
            assert_int_equal(pieces[i][at], 0);
        memset(pieces[i], (int)i, i);
    }
    for (size_t i = 0; i < NUM_OF(pieces); i++) {
        for (size_t at = 0; at < i; at++)
            assert_int_equal(pieces[i][at], i);
    }
    rpcsec_arena_free(arena);
}

static void pieces_are_zeroed_again_after_a_reset(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint8_t *piece = rpcsec_arena_alloc(arena, 100);

    (void)state;
    memset(piece, 0xff, 100);
    rpcsec_arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    piece = rpcsec_arena_alloc(arena, 100);
    for (size_t at = 0; at < 100; at++)
        assert_int_equal(piece[at], 0);
    rpcsec_arena_free(arena);
}

static void length_zero_gives_pointers_that_differ(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    void *first = rpcsec_arena_alloc(arena, 0);
    void *second = arena_array(arena, 0, 8, 8);

    (void)state;
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    rpcsec_arena_free(arena);
}

static void array_obeys_every_alignment(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    (void)state;
    for (size_t alignment = 1; alignment <= 16; alignment *= 2) {
        assert_non_null(arena_array(arena, 1, 1, 1));
        assert_int_equal((uintptr_t)arena_array(arena, 3, 5, alignment) % alignment, 0);
    }
    rpcsec_arena_free(arena);
}

static void array_with_a_wrong_alignment_or_size_gives_null(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    (void)state;
    assert_null(arena_array(arena, 1, 1, 0));
    assert_null(arena_array(arena, 1, 1, 3));
    assert_null(arena_array(arena, 1, 1, 32));
    assert_null(arena_array(arena, SIZE_MAX / 8 + 2, 8, 8)); /* wraps to 8 */
    assert_null(arena_array(arena, SIZE_MAX, 1, 1));
    assert_null(rpcsec_arena_alloc(arena, SIZE_MAX));
    assert_null(rpcsec_arena_alloc(arena, SIZE_MAX - 15));
    assert_null(rpcsec_arena_alloc(NULL, 1));
    assert_int_equal(arena_used(arena), 0);
    rpcsec_arena_free(arena);
}

static void text_is_copied_with_its_end(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    (void)state;
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    assert_null(arena_strndup(arena, "", SIZE_MAX));
    rpcsec_arena_free(arena);
}

static size_t take_all(struct rpcsec_arena *arena, size_t piece_len)
{
    size_t taken = 0;

    while (arena_array(arena, 1, piece_len, 1))
        taken += piece_len;
    return taken;
}

static void arena_grows_to_its_limit_and_not_beyond(void **state)
{
    static const size_t limits[] = {1, 100, 4096, 4097, 100000, 5000000};

    (void)state;
    for (size_t i = 0; i < NUM_OF(limits); i++) {
        struct rpcsec_arena *arena = rpcsec_arena_new(limits[i]);
        size_t taken = take_all(arena, 1);

        assert_int_equal(taken, limits[i]);
        assert_int_equal(arena_used(arena), limits[i]);
        assert_null(rpcsec_arena_alloc(arena, 0));
        rpcsec_arena_reset(arena);
        assert_int_equal(take_all(arena, 1), limits[i]);
        rpcsec_arena_free(arena);
    }
}

static void one_piece_may_be_as_large_as_the_limit(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(3000000);

    (void)state;
    assert_null(rpcsec_arena_alloc(arena, 3000001));
    assert_non_null(rpcsec_arena_alloc(arena, 3000000));
    assert_null(rpcsec_arena_alloc(arena, 1));
    rpcsec_arena_free(arena);
}

static void default_limit_is_64_mib(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);

    (void)state;
    assert_null(rpcsec_arena_alloc(arena, (64u << 20) + 1));
    assert_non_null(arena_array(arena, 64u << 20, 1, 1));
    rpcsec_arena_free(arena);
}

static void small_results_allocate_nothing_in_the_steady_state(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint64_t requests;

    (void)state;
    assert_non_null(rpcsec_arena_alloc(arena, 3000));
    assert_non_null(rpcsec_arena_alloc(arena, 100000));
    rpcsec_arena_reset(arena);
    mem_test_fail_at(0, false);
    assert_non_null(rpcsec_arena_alloc(arena, 3000));
    requests = mem_test_requests();
    assert_int_equal(requests, 0);
    rpcsec_arena_free(arena);
}

static void chunks_grow_so_that_requests_stay_few(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint64_t requests;

    (void)state;
    mem_test_fail_at(0, false);
    for (unsigned i = 0; i < 10000; i++)
        assert_non_null(rpcsec_arena_alloc(arena, 64));
    requests = mem_test_requests();
    assert_in_range(requests, 1, 10);
    rpcsec_arena_free(arena);
}

static void largest_limit_does_not_make_sizes_wrap(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(SIZE_MAX);

    (void)state;
    assert_null(rpcsec_arena_alloc(arena, SIZE_MAX));
    assert_null(rpcsec_arena_alloc(arena, SIZE_MAX - 8));
    assert_non_null(arena_array(arena, 5, 0, 1));
    rpcsec_arena_free(arena);
}

static void null_and_unused_arenas_are_left_alone(void **state)
{
    struct rpcsec_arena *unused = rpcsec_arena_new(0);

    (void)state;
    rpcsec_arena_reset(NULL);
    rpcsec_arena_free(NULL);
    rpcsec_arena_reset(unused);
    assert_int_equal(arena_used(unused), 0);
    rpcsec_arena_free(unused);
}

static rpcsec_status take_some(void *arg)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    bool served = arena && rpcsec_arena_alloc(arena, 100) && arena_strndup(arena, "abc", 3) &&
                  rpcsec_arena_alloc(arena, 5000) && arena_array(arena, 100, 1000, 8);

    (void)arg;
    rpcsec_arena_free(arena);
    return served ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static void each_failing_request_gives_no_memory(void **state)
{
    (void)state;
    assert_int_equal(alloc_check(take_some, NULL), 4);
}

static void arena_goes_on_after_a_failed_request(void **state)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    void *failed;

    (void)state;
    mem_test_fail_at(1, false);
    failed = rpcsec_arena_alloc(arena, 10);
    mem_test_fail_at(0, false);
    assert_null(failed);
    assert_int_equal(arena_used(arena), 0);
    assert_non_null(rpcsec_arena_alloc(arena, 10));
    rpcsec_arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(pieces_are_zeroed_again_after_a_reset),
        cmocka_unit_test(length_zero_gives_pointers_that_differ),
        cmocka_unit_test(array_obeys_every_alignment),
        cmocka_unit_test(array_with_a_wrong_alignment_or_size_gives_null),
        cmocka_unit_test(text_is_copied_with_its_end),
        cmocka_unit_test(arena_grows_to_its_limit_and_not_beyond),
        cmocka_unit_test(one_piece_may_be_as_large_as_the_limit),
        cmocka_unit_test(default_limit_is_64_mib),
        cmocka_unit_test(small_results_allocate_nothing_in_the_steady_state),
        cmocka_unit_test(chunks_grow_so_that_requests_stay_few),
        cmocka_unit_test(largest_limit_does_not_make_sizes_wrap),
        cmocka_unit_test(null_and_unused_arenas_are_left_alone),
        cmocka_unit_test(each_failing_request_gives_no_memory),
        cmocka_unit_test(arena_goes_on_after_a_failed_request),
    };

    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
