/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_writer.c: the fragment writer.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/writer.h"

static const struct writer_shape small = {
    .head_len = 24, .body_max = 32, .tail_len = 60, .max = 1000};

static size_t chain_count(const struct segment *s)
{
    size_t num = 0;

    for (; s; s = s->next)
        num++;
    return num;
}

/* The invariants that the layers above lean on. */
static void check_chain(const struct writer *w)
{
    size_t offset = 0;

    for (struct segment *s = w->first; s; s = s->next) {
        assert_int_equal(s->offset, offset);
        assert_true(s->body_len <= s->body_max);
        assert_int_equal(s->head_len, w->shape.head_len);
        assert_int_equal(s->tail_len, w->shape.tail_len);
        assert_ptr_equal(segment_body(s), s->mem + s->head_len);
        assert_true(s->next || s == w->last);
        offset += s->body_len;
    }
    assert_int_equal(offset, w->len);
}

static void check_message(const struct writer *w, const void *expected, size_t len)
{
    uint8_t *message = malloc(len + 1);

    assert_ok(writer_status(w));
    assert_int_equal(w->len, len);
    check_chain(w);
    writer_copy(w, message);
    assert_memory_equal(message, expected, len);
    free(message);
}

static void put_values(struct writer *w)
{
    writer_u64(w, 0x0102030405060708);
    writer_u32(w, 0x090a0b0c);
    writer_u16(w, 0x0d0e);
    writer_u8(w, 0x0f);
}

static void values_are_written_in_both_byte_orders(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    put_values(&w);
    check_message(&w, "\10\7\6\5\4\3\2\1\14\13\12\11\16\15\17", 15);
    writer_reset(&w, &small, true);
    put_values(&w);
    check_message(&w, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 15);
    writer_done(&w);
}

static void bytes_fill_one_segment_after_the_other(void **state)
{
    uint8_t bytes[100];
    struct writer w;

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)i;
    writer_init(&w, &small, false);
    writer_bytes(&w, bytes, sizeof(bytes));
    check_message(&w, bytes, sizeof(bytes));
    assert_int_equal(chain_count(w.first), 4);
    assert_int_equal(w.first->body_len, 32);
    assert_int_equal(w.last->body_len, 4);
    assert_int_equal(w.last->offset, 96);
    writer_done(&w);
}

static void full_segment_is_followed_only_when_a_byte_comes(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_zeros(&w, 32);
    writer_bytes(&w, NULL, 0);
    writer_zeros(&w, 0);
    writer_align(&w, 16);
    assert_int_equal(chain_count(w.first), 1);
    writer_u8(&w, 1);
    assert_int_equal(chain_count(w.first), 2);
    writer_done(&w);
}

/* Every sequence of values, wherever it begins, gives the same bytes in small segments as in a
 * large one. */
static void segment_size_does_not_change_the_message(void **state)
{
    static const struct writer_shape large = {.body_max = 4096, .max = 4096};

    (void)state;
    for (size_t start = 0; start < 33; start++) {
        struct writer w, reference;
        uint8_t expected[256];

        writer_init(&w, &small, true);
        writer_init(&reference, &large, true);
        for (struct writer *each = &w; each; each = each == &w ? &reference : NULL) {
            writer_zeros(each, start);
            for (unsigned i = 0; i < 6; i++)
                put_values(each);
            writer_bytes(each, "abcdefghijklmnopqrstuvwxyz0123456789", 36);
            writer_align(each, 8);
            writer_patch_u64(each, start + 20, 0x1112131415161718);
        }
        assert_int_equal(chain_count(reference.first), 1);
        writer_copy(&reference, expected);
        check_message(&w, expected, reference.len);
        writer_done(&w);
        writer_done(&reference);
    }
}

static void body_max_is_rounded_down_to_sixteen(void **state)
{
    struct writer_shape shape = {.head_len = 1, .body_max = 47, .tail_len = 1, .max = 100};
    struct writer w;

    (void)state;
    writer_init(&w, &shape, false);
    writer_zeros(&w, 33);
    assert_int_equal(w.first->body_len, 32);
    check_chain(&w);
    writer_done(&w);
}

static void shape_without_room_for_a_body_is_refused(void **state)
{
    struct writer_shape shape = {.body_max = 15, .max = 100};
    struct segment *chain;
    struct writer w;

    (void)state;
    writer_init(&w, &shape, false);
    writer_u8(&w, 1);
    assert_status(writer_take(&w, &chain), RPCSEC_INVALID_ARGUMENT);
    writer_done(&w);
}

static void shape_whose_size_wraps_counts_as_no_memory(void **state)
{
    static const struct writer_shape shapes[] = {
        {.head_len = SIZE_MAX, .body_max = 16, .max = 100},
        {.head_len = 16, .body_max = SIZE_MAX, .max = 100},
        {.body_max = 16, .tail_len = SIZE_MAX, .max = 100},
        {.head_len = SIZE_MAX / 2, .body_max = SIZE_MAX / 2, .tail_len = 16, .max = 100},
        {.head_len = 64, .body_max = 16, .tail_len = SIZE_MAX - 80, .max = 100},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(shapes); i++) {
        struct writer w;

        writer_init(&w, &shapes[i], false);
        writer_u8(&w, 1);
        assert_status(writer_status(&w), RPCSEC_NO_MEMORY);
        writer_done(&w);
    }
}

static void message_holds_its_maximum_and_no_byte_more(void **state)
{
    struct writer_shape shape = small;

    (void)state;
    for (shape.max = 0; shape.max < 100; shape.max += 9) {
        struct writer w;

        writer_init(&w, &shape, false);
        for (size_t i = 0; i < shape.max; i++)
            writer_u8(&w, 1);
        assert_ok(writer_status(&w));
        writer_u8(&w, 1);
        assert_status(writer_status(&w), RPCSEC_LIMIT);
        assert_int_equal(w.len, shape.max);
        check_chain(&w);
        writer_done(&w);
    }
}

static void value_that_passes_the_maximum_is_refused_whole(void **state)
{
    struct writer_shape shape = small;
    struct writer w;

    (void)state;
    shape.max = 15;
    writer_init(&w, &shape, false);
    writer_u64(&w, 1);
    writer_u64(&w, 1);
    assert_status(writer_status(&w), RPCSEC_LIMIT);
    assert_int_equal(w.len, 8);
    writer_done(&w);
}

static void align_counts_from_the_start_of_the_message(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_align(&w, 16);
    writer_u8(&w, 1);
    writer_align(&w, 2);
    writer_u8(&w, 2);
    writer_align(&w, 8);
    check_message(&w, "\1\0\2\0\0\0\0\0", 8);
    writer_zeros(&w, 23);
    writer_align(&w, 16);
    assert_int_equal(w.len, 32);
    writer_align(&w, 12);
    assert_status(writer_status(&w), RPCSEC_INTERNAL);
    writer_reset(&w, &small, false);
    writer_align(&w, 0);
    assert_status(writer_status(&w), RPCSEC_INTERNAL);
    writer_done(&w);
}

static void reserve_gives_what_the_segment_has(void **state)
{
    struct writer w;
    size_t len = 0;
    uint8_t *at;

    (void)state;
    writer_init(&w, &small, false);
    assert_non_null(writer_reserve(&w, 0, &len));
    assert_int_equal(len, 0);
    at = writer_reserve(&w, 40, &len);
    assert_non_null(at);
    assert_int_equal(len, 32);
    assert_ptr_equal(at, segment_body(w.first));
    at = writer_reserve(&w, 8, &len);
    assert_int_equal(len, 8);
    assert_ptr_equal(at, segment_body(w.last));
    assert_int_equal(w.len, 40);
    assert_null(writer_reserve(&w, 961, &len));
    assert_status(writer_status(&w), RPCSEC_LIMIT);
    assert_null(writer_reserve(&w, 0, &len));
    assert_int_equal(len, 8);
    writer_done(&w);
}

static void keep_together_closes_a_segment_only_when_needed(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_keep_together(&w, 8);
    writer_zeros(&w, 20);
    writer_keep_together(&w, 12);
    assert_int_equal(chain_count(w.first), 1);
    writer_keep_together(&w, 13);
    assert_int_equal(chain_count(w.first), 2);
    writer_bytes(&w, "thirteen byte", 13);
    assert_int_equal(w.first->body_len, 20);
    assert_int_equal(w.last->body_len, 13);
    assert_int_equal(w.last->offset, 20);
    check_chain(&w);
    writer_patch_u32(&w, 18, 0xffffffff); /* across the early end */
    assert_memory_equal(segment_body(w.first) + 18, "\xff\xff", 2);
    assert_memory_equal(segment_body(w.last), "\xff\xffirteen byte", 13);
    writer_keep_together(&w, 33);
    assert_status(writer_status(&w), RPCSEC_INVALID_ARGUMENT);
    writer_done(&w);
}

static void patch_reaches_every_written_byte_and_no_other(void **state)
{
    struct writer w;

    (void)state;
    for (size_t offset = 0; offset < 80; offset++) {
        uint8_t expected[70] = {0};

        writer_init(&w, &small, true);
        writer_zeros(&w, sizeof(expected));
        writer_patch_u32(&w, offset, 0x01020304);
        if (offset + 4 <= sizeof(expected)) {
            memcpy(expected + offset, "\1\2\3\4", 4);
            check_message(&w, expected, sizeof(expected));
        } else {
            assert_status(writer_status(&w), RPCSEC_INTERNAL);
        }
        writer_done(&w);
    }
    writer_init(&w, &small, true);
    writer_patch_u64(&w, SIZE_MAX, 1);
    assert_status(writer_status(&w), RPCSEC_INTERNAL);
    writer_done(&w);
}

static void first_error_sticks_and_nothing_is_written_after_it(void **state)
{
    struct writer w;
    size_t len;

    (void)state;
    writer_init(&w, &small, false);
    writer_u32(&w, 0);
    writer_fail(&w, RPCSEC_OUT_OF_RANGE);
    writer_fail(&w, RPCSEC_LIMIT);
    put_values(&w);
    writer_bytes(&w, "a", 1);
    writer_zeros(&w, 50);
    writer_align(&w, 16);
    writer_keep_together(&w, 32);
    writer_patch_u32(&w, 0, 1);
    assert_null(writer_reserve(&w, 1, &len));
    assert_status(writer_status(&w), RPCSEC_OUT_OF_RANGE);
    assert_int_equal(w.len, 4);
    assert_int_equal(segment_body(w.first)[0], 0);
    writer_done(&w);
}

static void take_hands_the_chain_over_and_empties_the_writer(void **state)
{
    struct segment *chain = NULL;
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_zeros(&w, 33);
    assert_ok(writer_take(&w, &chain));
    assert_int_equal(chain_count(chain), 2);
    assert_null(w.first);
    assert_int_equal(w.len, 0);
    writer_u8(&w, 1);
    check_message(&w, "\1", 1);
    writer_done(&w);
    segment_free_chain(chain);
}

static void take_of_an_empty_message_gives_one_empty_segment(void **state)
{
    struct segment *chain = NULL;
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    assert_ok(writer_take(&w, &chain));
    assert_int_equal(chain_count(chain), 1);
    assert_int_equal(chain->body_len, 0);
    segment_free_chain(chain);
    writer_done(&w);
}

static void take_after_an_error_leaves_the_chain_with_the_writer(void **state)
{
    struct segment *chain = NULL;
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_u8(&w, 1);
    writer_fail(&w, RPCSEC_BAD_STUB);
    assert_status(writer_take(&w, &chain), RPCSEC_BAD_STUB);
    assert_null(chain);
    assert_non_null(w.first);
    writer_done(&w);
}

static uint64_t requests_of_a_message(struct writer *w, size_t len)
{
    mem_test_fail_at(0, false);
    writer_zeros(w, len);
    assert_ok(writer_status(w));
    return mem_test_requests();
}

static void reset_writer_allocates_nothing_in_the_steady_state(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    assert_int_equal(requests_of_a_message(&w, 64), 2);
    for (unsigned i = 0; i < 3; i++) {
        writer_reset(&w, &small, i & 1);
        assert_int_equal(requests_of_a_message(&w, 64), 0);
        check_chain(&w);
    }
    writer_done(&w);
}

static void recycled_segments_are_used_again(void **state)
{
    struct segment *chain = NULL;
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_zeros(&w, 64);
    assert_ok(writer_take(&w, &chain));
    writer_recycle(&w, chain);
    writer_recycle(&w, NULL);
    assert_int_equal(requests_of_a_message(&w, 64), 0);
    check_chain(&w);
    writer_done(&w);
}

static void only_a_few_segments_are_kept(void **state)
{
    struct writer w;

    (void)state;
    writer_init(&w, &small, false);
    writer_zeros(&w, 1000);
    writer_reset(&w, &small, false);
    assert_int_equal(chain_count(w.spare), LIMIT_SPARE_SEGMENTS);
    assert_int_equal(w.num_spare, LIMIT_SPARE_SEGMENTS);
    writer_done(&w);
}

static void segments_of_another_shape_are_not_kept(void **state)
{
    static const struct writer_shape others[] = {
        {.head_len = 25, .body_max = 32, .tail_len = 60, .max = 1000},
        {.head_len = 24, .body_max = 48, .tail_len = 60, .max = 1000},
        {.head_len = 24, .body_max = 32, .tail_len = 61, .max = 1000},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(others); i++) {
        struct writer w;

        writer_init(&w, &small, false);
        writer_zeros(&w, 40);
        writer_reset(&w, &others[i], false);
        assert_null(w.spare);
        writer_zeros(&w, 40);
        check_chain(&w);
        writer_done(&w);
    }
}

static rpcsec_status write_message(void *arg)
{
    struct segment *chain;
    struct writer w;
    rpcsec_status status;

    (void)arg;
    writer_init(&w, &small, false);
    for (unsigned i = 0; i < 12; i++)
        writer_u64(&w, i);
    writer_keep_together(&w, 32);
    writer_zeros(&w, 8);
    status = writer_take(&w, &chain);
    if (status == RPCSEC_OK)
        segment_free_chain(chain);
    writer_done(&w);
    return status;
}

static void each_failing_request_gives_no_memory(void **state)
{
    (void)state;
    assert_int_equal(alloc_check(write_message, NULL), 4);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_in_both_byte_orders),
        cmocka_unit_test(bytes_fill_one_segment_after_the_other),
        cmocka_unit_test(full_segment_is_followed_only_when_a_byte_comes),
        cmocka_unit_test(segment_size_does_not_change_the_message),
        cmocka_unit_test(body_max_is_rounded_down_to_sixteen),
        cmocka_unit_test(shape_without_room_for_a_body_is_refused),
        cmocka_unit_test(shape_whose_size_wraps_counts_as_no_memory),
        cmocka_unit_test(message_holds_its_maximum_and_no_byte_more),
        cmocka_unit_test(value_that_passes_the_maximum_is_refused_whole),
        cmocka_unit_test(align_counts_from_the_start_of_the_message),
        cmocka_unit_test(reserve_gives_what_the_segment_has),
        cmocka_unit_test(keep_together_closes_a_segment_only_when_needed),
        cmocka_unit_test(patch_reaches_every_written_byte_and_no_other),
        cmocka_unit_test(first_error_sticks_and_nothing_is_written_after_it),
        cmocka_unit_test(take_hands_the_chain_over_and_empties_the_writer),
        cmocka_unit_test(take_of_an_empty_message_gives_one_empty_segment),
        cmocka_unit_test(take_after_an_error_leaves_the_chain_with_the_writer),
        cmocka_unit_test(reset_writer_allocates_nothing_in_the_steady_state),
        cmocka_unit_test(recycled_segments_are_used_again),
        cmocka_unit_test(only_a_few_segments_are_kept),
        cmocka_unit_test(segments_of_another_shape_are_not_kept),
        cmocka_unit_test(each_failing_request_gives_no_memory),
    };

    return cmocka_run_group_tests_name("base/writer", tests, NULL, NULL);
}
