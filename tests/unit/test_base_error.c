/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_error.c: filling struct rpcsec_error.
 */
#include "harness/test.h"

#include <errno.h>

#include "base/error.h"
#include "base/text.h"

/* What the struct was when its first version was released. */
#define FIRST_LEN (offsetof(struct rpcsec_error, text) + 512)

static void set_fills_status_layer_and_sentence(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    assert_true(error_wants(&err));
    assert_status(error_set(&err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY, "leg %d", 2),
                  RPCSEC_BAD_TOKEN);
    assert_status(err.status, RPCSEC_BAD_TOKEN);
    assert_int_equal(err.layer, RPCSEC_LAYER_SECURITY);
    assert_string_equal(rpcsec_error_text(&err), "leg 2");
    assert_true(err.pdu_type == UINT32_MAX);
    assert_false(error_wants(&err));
}

static void first_error_wins(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    error_set(&err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY, "first");
    assert_status(error_set(&err, RPCSEC_CLOSED, RPCSEC_LAYER_TRANSPORT, "second"),
                  RPCSEC_CLOSED);
    assert_status(error_no_memory(&err), RPCSEC_NO_MEMORY);
    assert_status(err.status, RPCSEC_BAD_TOKEN);
    assert_int_equal(err.layer, RPCSEC_LAYER_SECURITY);
    assert_string_equal(err.text, "first");
}

static void success_is_no_error_to_set(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    assert_ok(error_set(&err, RPCSEC_OK, RPCSEC_LAYER_STUB, "nothing"));
    assert_true(error_wants(&err));
    assert_int_equal(err.layer, RPCSEC_LAYER_NONE);
    assert_string_equal(rpcsec_error_text(&err), "success");
}

static void clear_empties_everything_but_the_size(void **state)
{
    struct rpcsec_error err;

    (void)state;
    memset(&err, 0x7f, sizeof(err));
    err.size = sizeof(err);
    error_clear(&err);
    assert_int_equal(err.size, sizeof(err));
    assert_true(error_wants(&err));
    assert_int_equal(err.wire_status, 0);
    assert_true(err.pdu_type == UINT32_MAX);
    assert_string_equal(err.spn, "");
    assert_string_equal(err.text, "");
    error_clear(NULL);
}

static void null_and_uninitialised_errors_are_left_alone(void **state)
{
    struct rpcsec_error zero, copy;

    (void)state;
    memset(&zero, 0, sizeof(zero));
    copy = zero;
    assert_status(error_set(NULL, RPCSEC_LIMIT, RPCSEC_LAYER_STUB, "x"), RPCSEC_LIMIT);
    assert_status(error_set(&zero, RPCSEC_LIMIT, RPCSEC_LAYER_STUB, "x"), RPCSEC_LIMIT);
    error_clear(&zero);
    error_copy(&zero, NULL);
    error_copy(NULL, &zero);
    assert_memory_equal(&zero, &copy, sizeof(zero));
    assert_false(error_wants(NULL));
    assert_false(error_wants(&zero));
    assert_non_null(rpcsec_error_text(NULL));
    assert_non_null(rpcsec_error_text(&zero));
}

static void text_without_a_sentence_is_the_statuses(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    err.status = RPCSEC_NO_KDC;
    assert_string_equal(rpcsec_error_text(&err), "no KDC can be reached");
}

static void long_sentences_are_cut_at_a_character(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    char text[600];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[sizeof(text) - 1] = '\0';
    error_set(&err, RPCSEC_BAD_FORMAT, RPCSEC_LAYER_STUB, "%s", text);
    assert_int_equal(strlen(err.text), 510);
    assert_true(text_is_utf8(err.text, strlen(err.text)));
}

static void errno_text_follows_the_sentence(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    assert_status(error_set_errno(&err, RPCSEC_CONNECTION_REFUSED, RPCSEC_LAYER_TRANSPORT,
                                  ECONNREFUSED, "cannot connect to %s", "here"),
                  RPCSEC_CONNECTION_REFUSED);
    assert_string_equal(err.text, "cannot connect to here: Connection refused");
    error_clear(&err);
    error_set_errno(&err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT, 99999, "odd");
    assert_string_equal(err.text, "odd: unknown error");
}

static void copy_replaces_the_whole_error(void **state)
{
    struct rpcsec_error from = RPCSEC_ERROR_INIT, to = RPCSEC_ERROR_INIT;

    (void)state;
    error_set(&from, RPCSEC_NO_KEY, RPCSEC_LAYER_SECURITY, "from");
    from.leg = 2;
    error_set(&to, RPCSEC_LIMIT, RPCSEC_LAYER_STUB, "to");
    strcpy(to.spn, "host/old");
    error_copy(&to, &from);
    assert_memory_equal(&to, &from, sizeof(to));
    error_copy(&to, &to);
    error_copy(&to, NULL);
    assert_string_equal(to.text, "from");
}

/* A caller that was compiled against a later header, with fields behind ours. */
struct later_error {
    struct rpcsec_error ours;
    char field[64];
};

static void callers_with_a_longer_struct_keep_the_fields_we_do_not_know(void **state)
{
    struct rpcsec_error from = RPCSEC_ERROR_INIT;
    struct later_error later;

    (void)state;
    rpcsec_error_init(&later.ours, sizeof(later));
    assert_int_equal(later.field[63], 0);
    memset(later.field, 'x', sizeof(later.field));
    error_set(&from, RPCSEC_NO_KEY, RPCSEC_LAYER_SECURITY, "from");
    error_copy(&later.ours, &from);
    error_copy(&from, &later.ours);
    assert_int_equal(from.size, sizeof(from));
    assert_string_equal(from.text, "from");
    error_clear(&later.ours);
    error_set(&later.ours, RPCSEC_LIMIT, RPCSEC_LAYER_STUB, "x");
    assert_int_equal(later.ours.size, sizeof(later));
    assert_status(later.ours.status, RPCSEC_LIMIT);
    for (size_t i = 0; i < sizeof(later.field); i++)
        assert_int_equal(later.field[i], 'x');
}

static void callers_with_the_first_struct_get_no_byte_beyond_it(void **state)
{
    struct rpcsec_error *err = malloc(FIRST_LEN); /* ASan watches its end */

    (void)state;
    rpcsec_error_init(err, FIRST_LEN);
    assert_true(error_wants(err));
    error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_STUB, "%600s", "x");
    assert_int_equal(strlen(err->text), 511);
    error_clear(err);
    free(err);
}

static void copy_between_sizes_takes_what_both_know(void **state)
{
    struct rpcsec_error whole = RPCSEC_ERROR_INIT;
    struct rpcsec_error *first = malloc(FIRST_LEN);

    (void)state;
    rpcsec_error_init(first, FIRST_LEN);
    error_set(&whole, RPCSEC_NO_KEY, RPCSEC_LAYER_SECURITY, "whole");
    error_copy(first, &whole);
    assert_int_equal(first->size, FIRST_LEN);
    assert_string_equal(first->text, "whole");
    error_clear(&whole);
    error_copy(&whole, first);
    assert_int_equal(whole.size, sizeof(whole));
    assert_status(whole.status, RPCSEC_NO_KEY);
    free(first);
}

static void init_with_a_nonsense_size_touches_at_most_that(void **state)
{
    struct rpcsec_error err;

    (void)state;
    memset(&err, 'x', sizeof(err));
    rpcsec_error_init(NULL, sizeof(err));
    rpcsec_error_init(&err, 4);
    assert_int_equal(*(char *)&err, 'x');
    rpcsec_error_init(&err, 16);
    assert_int_equal(err.size, 16);
    assert_int_equal(((char *)&err)[16], 'x');
    assert_false(error_wants(&err));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_status_layer_and_sentence),
        cmocka_unit_test(first_error_wins),
        cmocka_unit_test(success_is_no_error_to_set),
        cmocka_unit_test(clear_empties_everything_but_the_size),
        cmocka_unit_test(null_and_uninitialised_errors_are_left_alone),
        cmocka_unit_test(text_without_a_sentence_is_the_statuses),
        cmocka_unit_test(long_sentences_are_cut_at_a_character),
        cmocka_unit_test(errno_text_follows_the_sentence),
        cmocka_unit_test(copy_replaces_the_whole_error),
        cmocka_unit_test(callers_with_a_longer_struct_keep_the_fields_we_do_not_know),
        cmocka_unit_test(callers_with_the_first_struct_get_no_byte_beyond_it),
        cmocka_unit_test(copy_between_sizes_takes_what_both_know),
        cmocka_unit_test(init_with_a_nonsense_size_touches_at_most_that),
    };

    return cmocka_run_group_tests_name("base/error", tests, NULL, NULL);
}
