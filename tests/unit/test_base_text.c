/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_text.c: UTF-8 and UTF-16, and small text helpers. iconv is the oracle.
 */
#include "harness/test.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <wchar.h>

#include "base/text.h"

#define MAX_LEN 64
/* UTF-16 in the machine's order, without a byte order mark. */
#define UTF16 (*(const uint8_t *)&(uint16_t){1} ? "UTF-16LE" : "UTF-16BE")

/* What iconv makes of some bytes: false when it refuses them. */
static bool oracle(const char *to, const char *from, const void *in, size_t in_len, void *out,
                   size_t out_max, size_t *ret_len)
{
    iconv_t converter = iconv_open(to, from);
    char *in_at = (char *)(uintptr_t)in;
    char *out_at = out;
    size_t left = out_max;
    size_t result;

    assert_true(converter != (iconv_t)-1);
    result = iconv(converter, &in_at, &in_len, &out_at, &left);
    iconv_close(converter);
    *ret_len = out_max - left;
    return result == 0 && in_len == 0;
}

static void compare_to_utf16(const char *text, size_t len)
{
    uint16_t expected[MAX_LEN * 2] = {0}, out[MAX_LEN * 2] = {0};
    size_t expected_len = 0, out_len = 0, asked_len = 0;
    bool good = oracle(UTF16, "UTF-8", text, len, expected, sizeof(expected), &expected_len);
    rpcsec_status status = text_to_utf16(text, len, out, NUM_OF(out), &out_len);

    assert_status(status, good ? RPCSEC_OK : RPCSEC_BAD_FORMAT);
    assert_int_equal(text_is_utf8(text, len), good);
    if (!good)
        return;
    assert_int_equal(out_len * 2, expected_len);
    assert_memory_equal(out, expected, expected_len);
    assert_ok(text_to_utf16(text, len, NULL, 0, &asked_len));
    assert_int_equal(asked_len, out_len);
}

static void compare_from_utf16(const uint16_t *text, size_t len)
{
    char expected[MAX_LEN * 4] = {0}, out[MAX_LEN * 4] = {0};
    size_t expected_len = 0, out_len = 0, asked_len = 0;
    bool good =
        oracle("UTF-8", UTF16, text, len * 2, expected, sizeof(expected), &expected_len);
    rpcsec_status status = text_from_utf16(text, len, out, NUM_OF(out), &out_len);

    assert_status(status, good ? RPCSEC_OK : RPCSEC_BAD_FORMAT);
    if (!good)
        return;
    assert_int_equal(out_len, expected_len);
    assert_memory_equal(out, expected, expected_len);
    assert_ok(text_from_utf16(text, len, NULL, 0, &asked_len));
    assert_int_equal(asked_len, out_len);
}

/* A fixed sequence: a failure repeats. */
static uint32_t next_random(void)
{
    static uint64_t seed = 20261103;

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33);
}

/* Bytes that are near the edges of the UTF-8 tables. */
static char random_byte(void)
{
    static const uint8_t edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                    0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};

    return (char)(next_random() % 4 ? edges[next_random() % NUM_OF(edges)] : next_random());
}

static void utf8_is_judged_and_converted_as_iconv_does(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        char text[MAX_LEN];
        size_t len = next_random() % 6;

        for (size_t at = 0; at < len; at++)
            text[at] = random_byte();
        compare_to_utf16(text, len);
    }
}

static void utf16_is_judged_and_converted_as_iconv_does(void **state)
{
    static const uint16_t edges[] = {0,      0x7f,   0x80,   0x7ff,  0x800,  0xd7ff, 0xd800,
                                     0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffe, 0xffff};

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        uint16_t text[MAX_LEN];
        size_t len = next_random() % 6;

        for (size_t at = 0; at < len; at++)
            text[at] = edges[next_random() % NUM_OF(edges)];
        compare_from_utf16(text, len);
    }
}

static void every_single_character_is_as_iconv_has_it(void **state)
{
    (void)state;
    for (uint32_t unit = 0; unit < 0x10000; unit += 37)
        compare_from_utf16(&(uint16_t){(uint16_t)unit}, 1);
    for (uint32_t code = 0x10000; code < 0x110000; code += 1021) {
        uint16_t pair[2] = {(uint16_t)(0xd800 + ((code - 0x10000) >> 10)),
                            (uint16_t)(0xdc00 + (code & 0x3ff))};

        compare_from_utf16(pair, 2);
    }
}

static void malformed_text_is_refused_by_kind(void **state)
{
    static const char *const wrong[] = {
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\xaf",
        "\xe0\x9f\xbf",
        "\xf0\x80\x80\xaf",
        "\xf0\x8f\xbf\xbf", /* overlong */
        "\xed\xa0\x80",
        "\xed\xbf\xbf", /* surrogates */
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", /* beyond U+10FFFF */
        "\x80",
        "\xbf",
        "\xff", /* begin nothing */
        "\xc3",
        "\xe2\x82",
        "\xf0\x9f\x98", /* cut */
        "\xc3\x41",
        "\xe2\x82\x41",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        size_t len = 99;

        assert_status(text_to_utf16(wrong[i], strlen(wrong[i]), NULL, 0, &len),
                      RPCSEC_BAD_FORMAT);
        assert_int_equal(len, 99);
        assert_false(text_is_utf8(wrong[i], strlen(wrong[i])));
    }
}

static void conversion_into_too_little_room_fails_at_every_size(void **state)
{
    static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"; /* 1 to 4 bytes */
    uint16_t wide[5];
    char narrow[10];
    size_t len = 99;

    (void)state;
    for (size_t max = 0; max < 5; max++)
        assert_status(text_to_utf16(text, 10, wide, max, &len), RPCSEC_BUFFER_TOO_SMALL);
    assert_int_equal(len, 99);
    assert_ok(text_to_utf16(text, 10, wide, 5, &len));
    assert_int_equal(len, 5);
    for (size_t max = 0; max < 10; max++)
        assert_status(text_from_utf16(wide, 5, narrow, max, &len), RPCSEC_BUFFER_TOO_SMALL);
    assert_int_equal(len, 5);
    assert_ok(text_from_utf16(wide, 5, narrow, 10, &len));
    assert_int_equal(len, 10);
    assert_memory_equal(narrow, text, 10);
}

static void print_cuts_at_a_character(void **state)
{
    static const struct {
        const char *text;
        size_t max;
        const char *expected;
    } cases[] = {
        {"abc", 4, "abc"},
        {"abc", 3, "ab"},
        {"abc", 1, ""},
        {"a\xc3\xa9", 4, "a\xc3\xa9"},
        {"a\xc3\xa9", 3, "a"},
        {"a\xe2\x82\xac", 4, "a"},
        {"a\xe2\x82\xac", 3, "a"},
        {"a\xe2\x82\xac"
         "b",
         5, "a\xe2\x82\xac"},
        {"\xf0\x9f\x98\x80", 4, ""},
        {"\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 8, "\xf0\x9f\x98\x80"},
        {"\x80\x80\x80\x80\x80\x80", 6, "\x80\x80\x80\x80\x80"}, /* no UTF-8: cut anywhere */
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        char out[16];

        memset(out, 'x', sizeof(out));
        text_print(out, cases[i].max, "%s", cases[i].text);
        assert_string_equal(out, cases[i].expected);
        assert_int_equal(out[cases[i].max], 'x');
    }
    text_print(NULL, 0, "nothing is written");
}

static void print_that_the_system_refuses_gives_empty_text(void **state)
{
    char out[8] = "before";

    (void)state;
    text_print(out, sizeof(out), "%lc", (wint_t)0xd800); /* EILSEQ in every locale */
    assert_string_equal(out, "");
}

static void clean_leaves_printable_ascii_alone(void **state)
{
    char out[9];

    (void)state;
    text_clean(out, sizeof(out), "a ~\x1b[\x7f\xc3\n", 8);
    assert_string_equal(out, "a ~?[???");
    text_clean(out, sizeof(out), "abcdefghijk", 11);
    assert_string_equal(out, "abcdefgh");
    text_clean(out, sizeof(out), "a\0b", 3);
    assert_string_equal(out, "a?b");
    text_clean(out, sizeof(out), NULL, 0);
    assert_string_equal(out, "");
    out[0] = 'x';
    text_clean(out, 0, "a", 1);
    assert_int_equal(out[0], 'x');
}

static void number_is_plain_decimal_up_to_its_maximum(void **state)
{
    static const struct {
        const char *text;
        uint64_t max;
        rpcsec_status status;
        uint64_t value;
    } cases[] = {
        {"0", 0, RPCSEC_OK, 0},
        {"65535", 65535, RPCSEC_OK, 65535},
        {"00080", 65535, RPCSEC_OK, 80},
        {"65536", 65535, RPCSEC_OUT_OF_RANGE, 0},
        {"1", 0, RPCSEC_OUT_OF_RANGE, 0},
        {"9", 8, RPCSEC_OUT_OF_RANGE, 0},
        {"18446744073709551615", UINT64_MAX, RPCSEC_OK, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, RPCSEC_OUT_OF_RANGE, 0},
        {"99999999999999999999999", UINT64_MAX, RPCSEC_OUT_OF_RANGE, 0},
        {"", 9, RPCSEC_BAD_FORMAT, 0},
        {"-1", 9, RPCSEC_BAD_FORMAT, 0},
        {"+1", 9, RPCSEC_BAD_FORMAT, 0},
        {" 1", 9, RPCSEC_BAD_FORMAT, 0},
        {"1 ", 9, RPCSEC_BAD_FORMAT, 0},
        {"0x1", 9, RPCSEC_BAD_FORMAT, 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        uint64_t value = 0;

        assert_status(text_number(cases[i].text, strlen(cases[i].text), cases[i].max, &value),
                      cases[i].status);
        assert_true(value == cases[i].value);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_judged_and_converted_as_iconv_does),
        cmocka_unit_test(utf16_is_judged_and_converted_as_iconv_does),
        cmocka_unit_test(every_single_character_is_as_iconv_has_it),
        cmocka_unit_test(malformed_text_is_refused_by_kind),
        cmocka_unit_test(conversion_into_too_little_room_fails_at_every_size),
        cmocka_unit_test(print_cuts_at_a_character),
        cmocka_unit_test(print_that_the_system_refuses_gives_empty_text),
        cmocka_unit_test(clean_leaves_printable_ascii_alone),
        cmocka_unit_test(number_is_plain_decimal_up_to_its_maximum),
    };

    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
