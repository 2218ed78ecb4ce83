/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_encode.c: values that contradict the interface are not sent; the words say
 * which.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include "ndr/by_hand.h"
#include "ndr/echo.h"
#include "ndr/ndr.h"

static const struct writer_shape shape = {.body_max = 64, .max = 4096};
static uint16_t wide_text[] = {'h', 'i', 0};
static uint8_t bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
static uint16_t shorts[8] = {1, 2, 3, 4, 5, 6, 7, 8};
static char text[] = "hello";

static rpcsec_status encode(const struct rpcsec_ndr_record *record, const void *args,
                            enum ndr_syntax syntax, enum ndr_direction direction,
                            struct rpcsec_error *err, size_t *ret_len)
{
    const struct ndr_options options = {.syntax = syntax, .direction = direction};
    struct writer writer;
    rpcsec_status status;

    writer_init(&writer, &shape, false);
    status = ndr_encode(&writer, record, args, &options, err);
    assert_status(writer_status(&writer), status);
    *ret_len = writer.len;
    writer_done(&writer);
    return status;
}

static void refuse(const char *record, const void *args, enum ndr_syntax syntax,
                   enum ndr_direction direction, rpcsec_status expected, const char *words)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    size_t len;

    if (encode(find_record(record), args, syntax, direction, &err, &len) == RPCSEC_OK)
        fail_msg("accepted: %s", words);
    assert_string_equal(rpcsec_error_text(&err), words);
    assert_status(err.status, expected);
    assert_int_equal(err.layer, RPCSEC_LAYER_STUB);
}

#define REFUSE(record_, words_, ...)                                              \
    do {                                                                          \
        const struct record_##_args args_ = {__VA_ARGS__};                        \
        refuse(#record_, &args_, NDR_SYNTAX_NDR, NDR_IN, RPCSEC_INVALID_ARGUMENT, \
               #record_ ": " words_);                                             \
    } while (0)

static void pointers_that_must_not_be_null_are_checked(void **state)
{
    const struct TestCall_args no_string = {NULL, NULL};
    uint32_t number = 1;
    uint32_t *numbers[2] = {&number, NULL};

    (void)state;
    refuse("TestCall", &no_string, NDR_SYNTAX_NDR, NDR_IN, RPCSEC_INVALID_ARGUMENT,
           "TestCall: s1: a NULL ref pointer");
    REFUSE(Refs, "s.a: a NULL ref pointer", .n = 0);
    REFUSE(Refs, "p[1]: a NULL ref pointer", .s.a = &number, .n = 2, .p = numbers);
    REFUSE(EchoData, "in_data: a NULL ref pointer", .len = 0);
    REFUSE(Levels, "v[0]: a NULL pointer, but its size is not 0", .m = 1, .n = 2,
           .v = (uint8_t *[]){NULL});
}

static void response_may_hold_a_null_array_with_a_size(void **state)
{
    struct {
        uint8_t in[256];
    } args = {{0}};
    size_t len;

    (void)state;
    assert_ok(
        encode(find_record("winreg_QueryValue"), &args, NDR_SYNTAX_NDR, NDR_OUT, NULL, &len));
    assert_int_equal(len, 20);
}

static void tags_without_an_arm_are_refused(void **state)
{
    const struct TestCall2_args args = {.level = 8};

    (void)state;
    refuse("TestCall2", &args, NDR_SYNTAX_NDR, NDR_OUT, RPCSEC_INVALID_ARGUMENT,
           "TestCall2: info: no arm for the tag 8");
    REFUSE(Choice, "c: no arm for the tag 9", .c.tag = 9);
    REFUSE(TestEnum, "foo3: no arm for the tag 65535", .foo1 = 65535);
}

static void values_too_wide_for_the_wire_are_refused(void **state)
{
    const struct Scalars_args wide = {.u3264 = 1ull << 32};
    size_t len;

    (void)state;
    REFUSE(TestEnum, "foo1: 65536 does not fit", .foo1 = 65536);
    REFUSE(Scalars, "i3264: -2147483649 does not fit", .i3264 = -2147483649ll);
    REFUSE(Scalars, "u3264: 4294967296 does not fit", .u3264 = 1ull << 32);
    assert_ok(encode(find_record("Scalars"), &wide, NDR_SYNTAX_NDR64, NDR_IN, NULL, &len));
    assert_int_equal(len, 32);
}

static void lengths_beyond_their_sizes_are_refused(void **state)
{
    (void)state;
    REFUSE(SizedString, "s: 6 elements from 0, but the size is 5", .size = 5, .s = text);
    REFUSE(First, "v: 2 elements from 7, but the size is 8", .f = 7, .l = 2, .v = shorts);
    REFUSE(Varying, "s.v: 5 elements from 0, but the size is 4", .s.n = 5);
    REFUSE(Varying, "s.s: 7 elements from 0, but the size is 6",
           .s.s = {'a', 'b', 'c', 'd', 'e', 'f'});
    REFUSE(Called, "d: size_is is not valid", .a = UINT32_MAX, .b = 1, .d = bytes);
}

static void message_beyond_the_writers_limit_is_refused(void **state)
{
    const struct EchoData_args args = {5000, calloc(1, 5000), NULL};

    (void)state;
    refuse("EchoData", &args, NDR_SYNTAX_NDR, NDR_IN, RPCSEC_LIMIT,
           "EchoData: in_data: the message cannot be written");
    free(args.in_data);
}

static void only_arguments_of_the_direction_are_written(void **state)
{
    const struct TestCall_args args = {NULL, wide_text};
    size_t len;

    (void)state;
    assert_ok(
        encode(&echo_records[ECHO_TEST_CALL], &args, NDR_SYNTAX_NDR, NDR_OUT, NULL, &len));
    assert_int_equal(len, 4 + 12 + 6);
}

static void unused_gaps_are_zeros(void **state)
{
    const struct ndr_options options = {.direction = NDR_OUT};
    struct TestCall2_args args = {.level = 5, .info.info5 = {0xff, -1}, .result = UINT32_MAX};
    static const uint8_t expected[28] = {
        5, 0, 0,    0,    0,    0,    0,    0,    0xff, 0,    0,    0,    0,    0,
        0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    struct writer writer;
    uint8_t out[28];

    (void)state;
    writer_init(&writer, &shape, false);
    assert_ok(ndr_encode(&writer, &echo_records[ECHO_TEST_CALL2], &args, &options, NULL));
    assert_int_equal(writer.len, sizeof(out));
    writer_copy(&writer, out);
    assert_memory_equal(out, expected, sizeof(out));
    writer_done(&writer);
}

static rpcsec_status serialise_once(void *arg)
{
    const struct Scalars_args in = {.i3264 = -5};
    const struct rpcsec_ndr_record *record = arg;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    rpcsec_status status = RPCSEC_NO_MEMORY;
    void *data = NULL;
    size_t len = 0;

    if (arena)
        status = rpcsec_ndr_serialize(record, &in, arena, &data, &len, NULL);
    rpcsec_arena_free(arena);
    return status;
}

static void serialising_needs_its_memory_and_all_its_arguments(void **state)
{
    const struct rpcsec_ndr_record *record = find_record("Scalars");
    struct Scalars_args in = {.i3264 = -5};
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const rpcsec_status bad = RPCSEC_INVALID_ARGUMENT;
    void *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(rpcsec_ndr_serialize(NULL, &in, arena, &data, &len, NULL), bad);
    assert_int_equal(rpcsec_ndr_serialize(record, NULL, arena, &data, &len, NULL), bad);
    assert_int_equal(rpcsec_ndr_serialize(record, &in, NULL, &data, &len, NULL), bad);
    assert_int_equal(rpcsec_ndr_serialize(record, &in, arena, NULL, &len, NULL), bad);
    assert_int_equal(rpcsec_ndr_serialize(record, &in, arena, &data, NULL, NULL), bad);
    assert_int_equal(rpcsec_ndr_deserialize(NULL, "", 0, &in, arena, NULL), bad);
    assert_int_equal(rpcsec_ndr_deserialize(record, "", 0, NULL, arena, NULL), bad);
    assert_int_equal(rpcsec_ndr_deserialize(record, "", 0, &in, NULL, NULL), bad);
    assert_int_equal(rpcsec_ndr_deserialize(record, NULL, 1, &in, arena, NULL), bad);
    assert_int_not_equal(rpcsec_ndr_deserialize(record, NULL, 0, &in, arena, NULL), RPCSEC_OK);
    rpcsec_arena_free(arena);
    assert_true(alloc_check(serialise_once, (void *)record) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointers_that_must_not_be_null_are_checked),
        cmocka_unit_test(response_may_hold_a_null_array_with_a_size),
        cmocka_unit_test(tags_without_an_arm_are_refused),
        cmocka_unit_test(values_too_wide_for_the_wire_are_refused),
        cmocka_unit_test(lengths_beyond_their_sizes_are_refused),
        cmocka_unit_test(message_beyond_the_writers_limit_is_refused),
        cmocka_unit_test(only_arguments_of_the_direction_are_written),
        cmocka_unit_test(unused_gaps_are_zeros),
        cmocka_unit_test(serialising_needs_its_memory_and_all_its_arguments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
