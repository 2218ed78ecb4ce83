/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_types.c: expressions, values in memory, arms, strings.
 */
#include "harness/test.h"

#include "ndr/tables.h"
#include "ndr/types.h"

struct variables {
    uint8_t u8;
    int8_t i8;
    uint16_t u16;
    int16_t i16;
    uint32_t u32;
    int32_t i32;
    uint64_t u64;
    int64_t i64;
    uint16_t *pointer;
    uint16_t *null;
};

static uint16_t pointed_to = 500;
static const struct variables variables = {200,    -3, 60000, -300,        4000000000u,
                                           -70000, 5,  -5,    &pointed_to, NULL};

static int64_t call(const void *record)
{
    return ((const struct variables *)record)->u8 + 1;
}

static void expressions_give_their_values(void **state)
{
    static const struct {
        struct rpcsec_ndr_expr expr;
        int64_t value;
    } cases[] = {
        {CONST_VALUE(1000), 1000},
        {VAR(U8, variables, u8), 200},
        {VAR(I8, variables, i8), -3},
        {VAR(U16, variables, u16), 60000},
        {VAR(I16, variables, i16), -300},
        {VAR(U32, variables, u32), 4000000000},
        {VAR(I32, variables, i32), -70000},
        {VAR(U64, variables, u64), 5},
        {VAR(I64, variables, i64), -5},
        {HALF(U8, variables, u8), 100},
        {DEREF(U16, variables, pointer), 500},
        {DEREF(U16, variables, null), 0},
        {{.kind = RPCSEC_NDR_EXPR_DEREF,
          .var = RPCSEC_NDR_U16,
          .offset = offsetof(struct variables, null),
          .add = 7},
         0},
        {{.kind = RPCSEC_NDR_EXPR_VAR,
          .var = RPCSEC_NDR_U8,
          .multiply = 3,
          .divide = 7,
          .add = -5},
         80},
        {{.kind = RPCSEC_NDR_EXPR_CALL, .call = call}, 201},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        int64_t value = 0;

        assert_true(ndr_value(&cases[i].expr, &variables, &value));
        assert_int_equal(value, cases[i].value);
    }
}

static void expressions_that_overflow_are_errors(void **state)
{
    const struct variables big = {.u64 = UINT64_MAX, .i64 = INT64_MAX};
    const struct rpcsec_ndr_expr unsigned_too_big = VAR(U64, variables, u64);
    struct rpcsec_ndr_expr expr = VAR(I64, variables, i64);
    int64_t value;
    uint64_t count;

    (void)state;
    assert_false(ndr_value(&unsigned_too_big, &big, &value));
    expr.add = 1;
    assert_false(ndr_value(&expr, &big, &value));
    expr.add = 0;
    assert_true(ndr_value(&expr, &big, &value));
    expr.multiply = 2;
    assert_false(ndr_value(&expr, &big, &value));
    expr.multiply = 0;
    assert_false(ndr_count(&expr, &variables, &count)); /* -5 */
    expr.kind = RPCSEC_NDR_EXPR_NONE;
    assert_false(ndr_value(&expr, &big, &value));
}

static void arithmetic_of_expressions_is_defined_for_all_values(void **state)
{
    static const int64_t least = INT64_MIN;
    static const int64_t most = INT64_MAX;

    (void)state;
    assert_int_equal(rpcsec_ndr_add(2, -3), -1);
    assert_int_equal(rpcsec_ndr_add(most, 1), least);
    assert_int_equal(rpcsec_ndr_subtract(least, 1), least);
    assert_int_equal(rpcsec_ndr_multiply(-4, 5), -20);
    assert_int_equal(rpcsec_ndr_multiply(UINT32_MAX, most), least);
    assert_int_equal(rpcsec_ndr_divide(-7, 2), -3);
    assert_int_equal(rpcsec_ndr_divide(7, 0), least);
    assert_int_equal(rpcsec_ndr_divide(least, -1), least);
    assert_int_equal(rpcsec_ndr_modulo(7, 4), 3);
    assert_int_equal(rpcsec_ndr_modulo(7, 0), least);
    assert_int_equal(rpcsec_ndr_modulo(least, -1), least);
    assert_int_equal(rpcsec_ndr_shift_left(3, 4), 48);
    assert_int_equal(rpcsec_ndr_shift_left(1, 63), least);
    assert_int_equal(rpcsec_ndr_shift_left(1, -1), least);
    assert_int_equal(rpcsec_ndr_shift_right(48, 4), 3);
    assert_int_equal(rpcsec_ndr_shift_right(48, 64), least);
}

static void values_are_cut_to_their_type(void **state)
{
    (void)state;
    assert_int_equal(ndr_as_type(&rpcsec_ndr_i8, 0xff, false), -1);
    assert_int_equal(ndr_as_type(&rpcsec_ndr_u8, -1, false), 0xff);
    assert_int_equal(ndr_as_type(&rpcsec_ndr_int3264, 0xffffffff, false), -1);
    assert_int_equal(ndr_as_type(&rpcsec_ndr_int3264, 0xffffffff, true), 0xffffffff);
    assert_true(ndr_fits(&rpcsec_ndr_enum16, 0xffff, true));
    assert_false(ndr_fits(&rpcsec_ndr_enum16, 0x10000, true));
    assert_false(ndr_fits(&rpcsec_ndr_i16, 0x8000, false));
}

static void a_tag_is_of_either_sign_and_never_cut(void **state)
{
    int64_t tag = 0;

    (void)state;
    assert_true(ndr_tag(&rpcsec_ndr_u16, -1, false, &tag));
    assert_int_equal(tag, 0xffff);
    assert_true(ndr_tag(&rpcsec_ndr_i32, 0xffffffff, false, &tag));
    assert_int_equal(tag, -1);
    assert_false(ndr_tag(&rpcsec_ndr_u16, 0x10001, false, &tag));
    assert_false(ndr_tag(&rpcsec_ndr_u16, -0x8001, false, &tag));
    assert_false(ndr_tag(&rpcsec_ndr_enum16, 0x10000, true, &tag));
    assert_int_equal(tag, -1);
}

static void values_in_memory_are_read_as_they_were_stored(void **state)
{
    static const struct rpcsec_ndr_type *const types[] = {
        &rpcsec_ndr_u8,   &rpcsec_ndr_i8,     &rpcsec_ndr_u16,    &rpcsec_ndr_i16,
        &rpcsec_ndr_u32,  &rpcsec_ndr_i32,    &rpcsec_ndr_u64,    &rpcsec_ndr_i64,
        &rpcsec_ndr_char, &rpcsec_ndr_enum16, &rpcsec_ndr_enum32, &rpcsec_ndr_wchar};

    (void)state;
    for (size_t i = 0; i < NUM_OF(types); i++) {
        uint8_t mem[16];

        memset(mem, 0xaa, sizeof(mem));
        ndr_store(types[i], mem, 0x0101010101010142ull);
        assert_int_equal(ndr_load(types[i], mem) & 0xff, 0x42);
        for (size_t k = types[i]->mem_size; k < sizeof(mem); k++)
            assert_int_equal(mem[k], 0xaa);
    }
}

static void default_arm_takes_what_no_other_names(void **state)
{
    static const struct rpcsec_ndr_arm arms[] = {{NULL, 0, RPCSEC_NDR_ARM_DEFAULT, NULL},
                                                 {"minus", -1, 0, &rpcsec_ndr_u8},
                                                 {"zero", 0, 0, &rpcsec_ndr_u8}};
    struct rpcsec_ndr_type type = {.kind = RPCSEC_NDR_UNION, .num = NUM(arms), .arms = arms};

    (void)state;
    assert_ptr_equal(ndr_find_arm(&type, -1), &arms[1]);
    assert_ptr_equal(ndr_find_arm(&type, 0), &arms[2]);
    assert_ptr_equal(ndr_find_arm(&type, 1), &arms[0]);
    type.arms = &arms[1];
    type.num = 2;
    assert_null(ndr_find_arm(&type, 1));
}

static void strings_are_measured_up_to_their_room(void **state)
{
    static const uint16_t wide[] = {'a', 'b', 0, 'c'};

    (void)state;
    assert_int_equal(ndr_string_len("abc", 1, 10), 3);
    assert_int_equal(ndr_string_len("abc", 1, 2), 2);
    assert_int_equal(ndr_string_len(wide, 2, 4), 2);
    assert_int_equal(ndr_string_len(wide, 2, 1), 1);
}

static void blocks_are_swapped_by_unit(void **state)
{
    static const uint8_t in[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint8_t out[8];

    (void)state;
    ndr_copy_swapped(out, in, 4, 2);
    assert_memory_equal(out, "\2\1\4\3\6\5\10\7", 8);
    ndr_copy_swapped(out, in, 2, 4);
    assert_memory_equal(out, "\4\3\2\1\10\7\6\5", 8);
    ndr_copy_swapped(out, in, 1, 8);
    assert_memory_equal(out, "\10\7\6\5\4\3\2\1", 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_give_their_values),
        cmocka_unit_test(expressions_that_overflow_are_errors),
        cmocka_unit_test(arithmetic_of_expressions_is_defined_for_all_values),
        cmocka_unit_test(values_are_cut_to_their_type),
        cmocka_unit_test(a_tag_is_of_either_sign_and_never_cut),
        cmocka_unit_test(values_in_memory_are_read_as_they_were_stored),
        cmocka_unit_test(default_arm_takes_what_no_other_names),
        cmocka_unit_test(strings_are_measured_up_to_their_room),
        cmocka_unit_test(blocks_are_swapped_by_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
