/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_buffer.c: the growing byte buffer.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include "base/alloc.h"
#include "base/buffer.h"

static void check_bytes(struct buf *b, const char *expected, size_t len)
{
    assert_ok(buf_status(b));
    assert_int_equal(b->len, len);
    assert_memory_equal(b->data, expected, len);
    buf_done(b);
}

static void put_values(struct buf *b)
{
    buf_u8(b, 0x01);
    buf_u16(b, 0x0203);
    buf_u32(b, 0x04050607);
    buf_u64(b, 0x08090a0b0c0d0e0f);
}

static void put_writes_little_endian_values(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    put_values(&b);
    check_bytes(&b, "\1\3\2\7\6\5\4\17\16\15\14\13\12\11\10", 15);
}

static void put_writes_big_endian_values(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    b.big_endian = true;
    put_values(&b);
    check_bytes(&b, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 15);
}

static void bytes_and_zeros_are_appended(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_bytes(&b, "ab", 2);
    buf_zeros(&b, 2);
    buf_bytes(&b, NULL, 0);
    buf_zeros(&b, 0);
    buf_bytes(&b, "c", 1);
    check_bytes(&b, "ab\0\0c", 5);
}

static void it_holds_up_to_its_maximum_and_no_byte_more(void **state)
{
    static const size_t maxima[] = {0, 1, 255, 256, 257, 511, 513, 70000};

    (void)state;
    for (size_t i = 0; i < NUM_OF(maxima); i++) {
        struct buf b;

        buf_init(&b, maxima[i]);
        for (size_t n = 0; n < maxima[i]; n++)
            buf_u8(&b, (uint8_t)n);
        assert_ok(buf_status(&b));
        assert_true(b.cap <= maxima[i]);
        buf_u8(&b, 0);
        assert_status(buf_status(&b), RPCSEC_LIMIT);
        assert_int_equal(b.len, maxima[i]);
        for (size_t n = 0; n < maxima[i]; n++)
            assert_int_equal(b.data[n], (uint8_t)n);
        buf_done(&b);
    }
}

static void lengths_that_would_wrap_are_over_the_limit(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, SIZE_MAX);
    buf_u32(&b, 0);
    assert_null(buf_reserve(&b, SIZE_MAX - 2));
    assert_status(buf_status(&b), RPCSEC_LIMIT);
    buf_done(&b);
}

static void first_error_sticks_and_later_puts_do_nothing(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_u8(&b, 7);
    buf_fail(&b, RPCSEC_OUT_OF_RANGE);
    buf_fail(&b, RPCSEC_LIMIT);
    put_values(&b);
    buf_bytes(&b, "ab", 2);
    buf_zeros(&b, 2);
    buf_align(&b, 8);
    buf_patch_u16(&b, 0, 1);
    assert_null(buf_reserve(&b, 0));
    assert_status(buf_status(&b), RPCSEC_OUT_OF_RANGE);
    assert_int_equal(b.len, 1);
    assert_int_equal(b.data[0], 7);
    buf_done(&b);
    assert_ok(buf_status(&b));
}

static void reset_empties_and_clears_the_error_but_keeps_the_memory(void **state)
{
    struct buf b;
    uint64_t requests;

    (void)state;
    buf_init(&b, 1000);
    buf_zeros(&b, 1000);
    buf_fail(&b, RPCSEC_LIMIT);
    buf_reset(&b);
    mem_test_fail_at(0, false);
    buf_zeros(&b, 1000);
    requests = mem_test_requests();
    assert_ok(buf_status(&b));
    assert_int_equal(requests, 0);
    buf_done(&b);
}

static void align_fills_with_zeros_from_the_start(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_align(&b, 8);
    buf_u8(&b, 1);
    buf_align(&b, 4);
    buf_u8(&b, 2);
    buf_align(&b, 1);
    buf_align(&b, 8);
    buf_align(&b, 8);
    check_bytes(&b, "\1\0\0\0\2\0\0\0", 8);
}

static void align_to_no_power_of_two_is_our_own_fault(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_align(&b, 3);
    assert_status(buf_status(&b), RPCSEC_INTERNAL);
    buf_done(&b);
    buf_align(&b, 0);
    assert_status(buf_status(&b), RPCSEC_INTERNAL);
    buf_done(&b);
}

static void reserve_gives_room_also_for_nothing(void **state)
{
    struct buf b;
    uint8_t *at;

    (void)state;
    buf_init(&b, 4);
    assert_non_null(buf_reserve(&b, 0));
    at = buf_reserve(&b, 4);
    assert_non_null(at);
    memcpy(at, "abcd", 4);
    assert_non_null(buf_reserve(&b, 0));
    check_bytes(&b, "abcd", 4);
}

static void consume_removes_from_the_front(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_consume(&b, 0);
    buf_bytes(&b, "abcdef", 6);
    buf_consume(&b, 2);
    assert_int_equal(b.len, 4);
    assert_memory_equal(b.data, "cdef", 4);
    buf_consume(&b, 4);
    assert_int_equal(b.len, 0);
    buf_consume(&b, 1);
    assert_status(buf_status(&b), RPCSEC_INTERNAL);
    buf_done(&b);
}

static void patch_overwrites_only_what_was_written(void **state)
{
    static const struct {
        size_t offset;
        bool wide;
        rpcsec_status status;
    } cases[] = {
        {0, false, RPCSEC_OK},       {6, false, RPCSEC_OK},
        {7, false, RPCSEC_INTERNAL}, {0, true, RPCSEC_OK},
        {4, true, RPCSEC_OK},        {5, true, RPCSEC_INTERNAL},
        {9, false, RPCSEC_INTERNAL}, {SIZE_MAX, true, RPCSEC_INTERNAL},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        uint8_t expected[8] = {0};
        struct buf b;

        buf_init(&b, 8);
        buf_zeros(&b, 8);
        if (cases[i].wide)
            buf_patch_u32(&b, cases[i].offset, 0x01020304);
        else
            buf_patch_u16(&b, cases[i].offset, 0x0102);
        if (cases[i].status == RPCSEC_OK)
            memcpy(expected + cases[i].offset, cases[i].wide ? "\4\3\2\1" : "\2\1",
                   cases[i].wide ? 4 : 2);
        assert_status(buf_status(&b), cases[i].status);
        assert_memory_equal(b.data, expected, 8);
        buf_done(&b);
    }
}

static void secret_buffer_leaves_no_byte_behind_when_it_is_emptied(void **state)
{
    static const uint8_t zeros[32];
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    b.secret = true;
    buf_reset(&b);
    buf_bytes(&b, "the key is under the mat", 24);
    buf_consume(&b, 8);
    assert_memory_equal(b.data + 16, zeros, 8);
    buf_reset(&b);
    assert_memory_equal(b.data, zeros, 32);
    buf_done(&b);
    assert_true(b.secret);
}

/* What mem_free gets: freed bytes cannot be looked at later. */
static const char *look_for;
static bool found;

void __wrap_free(void *mem);
void __real_free(void *mem);
void __wrap_free(void *mem)
{
    if (mem && look_for && memcmp(mem, look_for, strlen(look_for)) == 0)
        found = true;
    __real_free(mem);
}

static void secret_buffer_is_zeroed_before_its_memory_is_given_back(void **state)
{
    (void)state;
    for (int secret = 0; secret < 2; secret++) {
        struct buf b;

        buf_init(&b, 5000);
        b.secret = secret;
        buf_bytes(&b, "0123456789abcdef", 16);
        found = false;
        look_for = "0123456789abcdef";
        buf_zeros(&b, 4000); /* moves to a larger block */
        assert_int_equal(found, !secret);
        found = false;
        buf_done(&b);
        look_for = NULL;
        assert_int_equal(found, !secret);
    }
}

static rpcsec_status fill(void *arg)
{
    struct buf b;
    rpcsec_status status;

    (void)arg;
    buf_init(&b, 10000);
    for (unsigned i = 0; i < 2000; i++)
        buf_u32(&b, i);
    status = buf_status(&b);
    buf_done(&b);
    return status;
}

static void each_failing_request_gives_no_memory(void **state)
{
    (void)state;
    assert_true(alloc_check(fill, NULL) >= 2);
}

static void fixed_place_stores_write_both_orders(void **state)
{
    uint8_t at[8];

    (void)state;
    put_u16(at, 0x0102, true);
    assert_memory_equal(at, "\1\2", 2);
    put_u16(at, 0x0102, false);
    assert_memory_equal(at, "\2\1", 2);
    put_u32(at, 0x01020304, true);
    assert_memory_equal(at, "\1\2\3\4", 4);
    put_u32(at, 0x01020304, false);
    assert_memory_equal(at, "\4\3\2\1", 4);
    put_u64(at, 0x0102030405060708, true);
    assert_memory_equal(at, "\1\2\3\4\5\6\7\10", 8);
    put_u64(at, 0x0102030405060708, false);
    assert_memory_equal(at, "\10\7\6\5\4\3\2\1", 8);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(put_writes_little_endian_values),
        cmocka_unit_test(put_writes_big_endian_values),
        cmocka_unit_test(bytes_and_zeros_are_appended),
        cmocka_unit_test(it_holds_up_to_its_maximum_and_no_byte_more),
        cmocka_unit_test(lengths_that_would_wrap_are_over_the_limit),
        cmocka_unit_test(first_error_sticks_and_later_puts_do_nothing),
        cmocka_unit_test(reset_empties_and_clears_the_error_but_keeps_the_memory),
        cmocka_unit_test(align_fills_with_zeros_from_the_start),
        cmocka_unit_test(align_to_no_power_of_two_is_our_own_fault),
        cmocka_unit_test(reserve_gives_room_also_for_nothing),
        cmocka_unit_test(consume_removes_from_the_front),
        cmocka_unit_test(patch_overwrites_only_what_was_written),
        cmocka_unit_test(secret_buffer_leaves_no_byte_behind_when_it_is_emptied),
        cmocka_unit_test(secret_buffer_is_zeroed_before_its_memory_is_given_back),
        cmocka_unit_test(each_failing_request_gives_no_memory),
        cmocka_unit_test(fixed_place_stores_write_both_orders),
    };

    return cmocka_run_group_tests_name("base/buffer", tests, NULL, NULL);
}
