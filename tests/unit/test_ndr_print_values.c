/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_print_values.c: values that contradict themselves, and numbers that are none,
 * as text.
 */
#include "harness/test.h"

#include <math.h>

#include "base/buffer.h"
#include "ndr/by_hand.h"
#include "ndr/ndr.h"

static void collect(void *context, const char *text, size_t len)
{
    buf_bytes(context, text, len);
}

/* The text of a by_hand record with these arguments holds `expected`. */
static void check_holds(const char *record, const void *values, const char *expected)
{
    struct buf out;

    buf_init(&out, 1u << 20);
    assert_ok(rpcsec_ndr_print(find_record(record), RPCSEC_NDR_IN, values, 0, collect, &out));
    buf_u8(&out, 0);
    assert_ok(buf_status(&out));
    if (!strstr((const char *)out.data, expected))
        fail_msg("no '%s' in: %s", expected, (const char *)out.data);
    buf_done(&out);
}

static void values_that_contradict_themselves_are_named(void **state)
{
    uint16_t shorts[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    static uint8_t octets[2000];

    (void)state;
    check_holds("First", &(struct First_args){9, 0, shorts}, "v: (its length is not valid)");
    check_holds("First", &(struct First_args){0, 9, shorts}, "v: (its length is not valid)");
    check_holds("First", &(struct First_args){7, 8, shorts}, "v: 1 element\n    [0]: 8\n");
    check_holds("First", &(struct First_args){6, 2, shorts}, "v: 2 elements\n    [0]: 7\n");
    check_holds("Called", &(struct Called_args){UINT32_MAX, 1, octets},
                "d: (its size is not valid)");
    check_holds("Called", &(struct Called_args){1000, 2, octets}, "0000...\n");
    check_holds("MsUnion", &(struct MsUnion_args){.tag = 9}, "arm: (none)");
    check_holds("Choice", &(struct Choice_args){.c = {.tag = 9}}, "arm: (none)");
    check_holds("Choice", &(struct Choice_args){.c = {.tag = 3}}, "tag: 3\n");
}

static void numbers_that_are_none_are_words(void **state)
{
    (void)state;
    check_holds("Scalars", &(struct Scalars_args){.f = NAN, .d = -INFINITY},
                "f: nan\n  d: -inf");
    check_holds("Scalars", &(struct Scalars_args){.i3264 = -1, .f = 1.5F, .d = -2.25},
                "f: 1.5\n  d: -2.25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_that_contradict_themselves_are_named),
        cmocka_unit_test(numbers_that_are_none_are_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
