/* SPDX-License-Identifier: MIT
 *
 * Tests of base/json.c.
 */
#include "harness/test.h"

#include "base/json.h"

static void writes(const char *text, const char *expected)
{
    struct buf out;

    buf_init(&out, 4096);
    json_text(&out, "t", text);
    buf_u8(&out, 0);
    assert_ok(buf_status(&out));
    assert_string_equal((char *)out.data, expected);
    buf_done(&out);
}

static void an_object_is_one_line(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    json_begin(&out);
    json_text(&out, "a", "x");
    json_number(&out, "b", UINT64_MAX);
    json_text(&out, "c", NULL);
    json_end(&out);
    assert_ok(buf_status(&out));
    assert_string_equal((char *)out.data,
                        "{\"a\":\"x\",\"b\":18446744073709551615,\"c\":null}");
    buf_done(&out);
}

static void what_could_end_a_string_or_a_line_is_escaped(void **state)
{
    (void)state;
    writes("\"},{\"x", "\"t\":\"\\\"},{\\\"x\"");
    writes("a\\b", "\"t\":\"a\\\\b\"");
    writes("a\r\nb\t\x1b[31m\x7f", "\"t\":\"a\\u000d\\u000ab\\u0009\\u001b[31m\\u007f\"");
    writes("", "\"t\":\"\"");
}

static void utf8_is_escaped_and_what_is_none_is_replaced(void **state)
{
    (void)state;
    writes("\xc3\xa4", "\"t\":\"\\u00e4\"");
    writes("\xe2\x80\xa8", "\"t\":\"\\u2028\"");
    writes("\xf0\x9f\x94\x92", "\"t\":\"\\ud83d\\udd12\"");
    writes("a\xff\xfe"
           "b",
           "\"t\":\"a\\ufffd\\ufffdb\"");
    writes("\xc3", "\"t\":\"\\ufffd\"");                       /* cut short */
    writes("\xc0\xaf", "\"t\":\"\\ufffd\\ufffd\"");            /* overlong */
    writes("\xed\xa0\x80", "\"t\":\"\\ufffd\\ufffd\\ufffd\""); /* a surrogate */
}

static void a_full_buffer_is_an_error(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 8);
    json_begin(&out);
    json_text(&out, "name", "value");
    json_end(&out);
    assert_int_not_equal(buf_status(&out), RPCSEC_OK);
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_one_line),
        cmocka_unit_test(what_could_end_a_string_or_a_line_is_escaped),
        cmocka_unit_test(utf8_is_escaped_and_what_is_none_is_replaced),
        cmocka_unit_test(a_full_buffer_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
