/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_form.c: tests of sspi/form.h: text between UTF-8 and what callers have.
 */
#include "harness/test.h"

#include "sspi/form.h"
#include "sspi/memory.h"

/* One text in all three forms: 1 to 4 bytes of UTF-8 a character. */
#define UTF8 "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"
static const uint16_t utf16[] = {'a', 0xe9, 0x20ac, 0xd83d, 0xde00, 0};
static const uint32_t utf32[] = {'a', 0xe9, 0x20ac, 0x1f600, 0};

static const struct {
    enum form form;
    const void *text;
    size_t num;
} forms[] = {
    {FORM_A, UTF8, sizeof(UTF8) - 1},
    {FORM_W16, utf16, NUM_OF(utf16) - 1},
    {FORM_W32, utf32, NUM_OF(utf32) - 1},
};

static void each_form_goes_to_utf8_and_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        char utf8[32];
        uint8_t back[64];
        size_t num = 0;

        assert_ok(form_to_utf8(forms[i].form, forms[i].text, forms[i].num, utf8, sizeof(utf8)));
        assert_string_equal(utf8, UTF8);
        assert_ok(form_from_utf8(forms[i].form, UTF8, back, 16, &num));
        assert_int_equal(num, forms[i].num);
        assert_memory_equal(back, forms[i].text, (num + 1) * (size_t)forms[i].form);
    }
}

static void lengths_end_at_the_nul_or_the_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        assert_int_equal(form_len(forms[i].form, forms[i].text, 100), forms[i].num);
        assert_int_equal(form_len(forms[i].form, forms[i].text, 2), 2);
    }
}

static void every_too_small_output_is_refused(void **state)
{
    char utf8[32];
    uint8_t back[64];
    size_t num;

    (void)state;
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        for (size_t max = 0; max < sizeof(UTF8); max++)
            assert_status(form_to_utf8(forms[i].form, forms[i].text, forms[i].num, utf8, max),
                          RPCSEC_BUFFER_TOO_SMALL);
        for (size_t max = 0; max <= forms[i].num; max++)
            assert_status(form_from_utf8(forms[i].form, UTF8, back, max, &num),
                          RPCSEC_BUFFER_TOO_SMALL);
        assert_status(form_from_utf8(forms[i].form, "", back, 0, &num),
                      RPCSEC_BUFFER_TOO_SMALL);
        assert_ok(form_from_utf8(forms[i].form, UTF8, NULL, 0, &num));
        assert_int_equal(num, forms[i].num);
    }
}

static void empty_text_is_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        char utf8[2] = "x";
        uint32_t back = 1;
        size_t num = 1;

        assert_ok(form_to_utf8(forms[i].form, NULL, 0, utf8, sizeof(utf8)));
        assert_string_equal(utf8, "");
        assert_ok(form_from_utf8(forms[i].form, "", &back, 1, &num));
        assert_int_equal(num, 0);
    }
}

static void what_is_no_text_is_refused(void **state)
{
    static const uint16_t high_at_end[] = {'a', 0xd83d}, high_alone[] = {0xd83d, 'a'};
    static const uint16_t low_alone[] = {0xde00, 'a'}, nul16[] = {'a', 0};
    static const uint32_t beyond[] = {'a', 0x110000}, surrogate[] = {0xd83d, 0xde00};
    static const uint32_t nul32[] = {0, 'a'};
    static const struct {
        enum form form;
        const void *text;
    } bad[] = {
        {FORM_A, "\xc3("},      {FORM_A, "a\0"},       {FORM_W16, high_at_end},
        {FORM_W16, high_alone}, {FORM_W16, low_alone}, {FORM_W16, nul16},
        {FORM_W32, beyond},     {FORM_W32, surrogate}, {FORM_W32, nul32},
    };
    char utf8[32];
    size_t num;

    (void)state;
    for (size_t i = 0; i < NUM_OF(bad); i++)
        assert_status(form_to_utf8(bad[i].form, bad[i].text, 2, utf8, sizeof(utf8)),
                      RPCSEC_BAD_FORMAT);
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        assert_status(form_from_utf8(forms[i].form, "\xff", NULL, 0, &num), RPCSEC_BAD_FORMAT);
        assert_null(form_new(forms[i].form, "\xff"));
    }
}

static void copies_are_memory_that_sspi_frees(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(forms); i++) {
        void *copy = form_new(forms[i].form, UTF8);

        assert_non_null(copy);
        assert_memory_equal(copy, forms[i].text, (forms[i].num + 1) * (size_t)forms[i].form);
        assert_true(sspi_mem_free(copy));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_goes_to_utf8_and_back),
        cmocka_unit_test(lengths_end_at_the_nul_or_the_limit),
        cmocka_unit_test(every_too_small_output_is_refused),
        cmocka_unit_test(empty_text_is_text),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(copies_are_memory_that_sspi_frees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
