/* SPDX-License-Identifier: MIT
 *
 * Types with [encode] and [decode]: the bytes of MS-RPCE 2.2.6 and nothing else.
 */
#include "harness/test.h"

#include "serial.h"

#define COMMON_LE 0x01, 0x10, 0x08, 0x00, 0xcc, 0xcc, 0xcc, 0xcc
#define COMMON_BE 0x01, 0x00, 0x00, 0x08, 0xcc, 0xcc, 0xcc, 0xcc

/* MS-RPCE 2.2.6.1, 2.2.6.2, C706 14.2: an unsigned long, padded to 8. */
static const uint8_t number_le[] = {COMMON_LE, 8, 0, 0, 0, 0, 0, 0, 0, 4, 3, 2, 1, 0, 0, 0, 0};
static const uint8_t number_be[] = {COMMON_BE, 0, 0, 0, 8, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0};

/* C706 14.3.7.1, 14.3.10: the count of a conformant structure first, the structure and each
 * element aligned to 8, what the pointers point to behind all. */
/* clang-format off */
static const uint8_t list_le[] = {
    COMMON_LE,
    80, 0, 0, 0, 0, 0, 0, 0,
    2, 0, 0, 0, 0, 0, 0, 0,                                 /* max_count, gap */
    2, 0, 0, 0, 0, 0, 0, 0,                                 /* num, gap */
    1, 0, 0, 0, 0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1,         /* kind, gap, stamp */
    0, 0, 2, 0, 0, 0, 0, 0,                                 /* name, gap */
    2, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0,         /* kind, gap, stamp */
    0, 0, 0, 0,                                             /* no name */
    2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 'A', 0, 0, 0,       /* "A" */
    0, 0, 0, 0,
};
/* clang-format on */

static struct rpcsec_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = rpcsec_arena_new(0);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rpcsec_arena_free(arena);
    return 0;
}

static void a_number_is_its_headers_and_itself(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint32_t value = 0x01020304, again = 0;
    void *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(serial_number_encode(arena, &value, &data, &len, &err), RPCSEC_OK);
    assert_int_equal(len, sizeof(number_le));
    assert_memory_equal(data, number_le, sizeof(number_le));
    assert_int_equal(serial_number_decode(arena, data, len, &again, &err), RPCSEC_OK);
    assert_int_equal(again, value);
}

static void both_byte_orders_are_read(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint32_t value = 0;

    (void)state;
    assert_int_equal(serial_number_decode(arena, number_be, sizeof(number_be), &value, &err),
                     RPCSEC_OK);
    assert_int_equal(value, 0x01020304);
}

static void lengths_need_not_be_padded(void **state)
{
    static const uint8_t data[] = {COMMON_LE, 4, 0, 0, 0, 0, 0, 0, 0, 4, 3, 2, 1};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint32_t value = 0;

    (void)state;
    assert_int_equal(serial_number_decode(arena, data, sizeof(data), &value, &err), RPCSEC_OK);
    assert_int_equal(value, 0x01020304);
}

static void a_conformant_structure_comes_with_all_it_points_to(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    uint16_t name[] = {'A', 0};
    serial_list *list = rpcsec_arena_alloc(arena, sizeof(*list) + 2 * sizeof(serial_entry));
    serial_list *again = NULL;
    void *data = NULL;
    size_t len = 0;

    (void)state;
    assert_non_null(list);
    list->num = 2;
    list->entries[0] = (serial_entry){.kind = 1, .stamp = 0x0102030405060708, .name = name};
    list->entries[1] = (serial_entry){.kind = 2, .stamp = 9};
    assert_int_equal(serial_list_encode(arena, list, &data, &len, &err), RPCSEC_OK);
    assert_int_equal(len, sizeof(list_le));
    assert_memory_equal(data, list_le, sizeof(list_le));
    assert_int_equal(serial_list_decode(arena, data, len, &again, &err), RPCSEC_OK);
    assert_int_equal(again->num, 2);
    assert_int_equal(again->entries[0].name[0], 'A');
    assert_null(again->entries[1].name);
}

static void a_pointer_and_an_array_are_values_too(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    serial_entry entry = {.kind = 3, .stamp = -1};
    serial_pointer value = &entry, again = NULL;
    serial_key key = {1, 2, 3, 4, 5}, key_again = {0};
    void *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(serial_pointer_encode(arena, &value, &data, &len, &err), RPCSEC_OK);
    assert_int_equal(serial_pointer_decode(arena, data, len, &again, &err), RPCSEC_OK);
    assert_int_equal(again->kind, 3);
    assert_int_equal(again->stamp, -1);
    assert_int_equal(serial_key_encode(arena, key, &data, &len, &err), RPCSEC_OK);
    assert_int_equal(serial_key_decode(arena, data, len, key_again, &err), RPCSEC_OK);
    assert_memory_equal(key, key_again, sizeof(key));
}

static void every_truncation_is_refused(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    /* The last 4 bytes are padding. */
    for (size_t len = 0; len + 1 < sizeof(list_le); len++) {
        serial_list *list = NULL;
        assert_int_not_equal(serial_list_decode(arena, list_le, len, &list, &err), RPCSEC_OK);
        assert_null(list);
    }
}

static void wrong_headers_and_lengths_are_refused(void **state)
{
    static const struct {
        size_t at;
        uint8_t byte;
        const char *text;
    } cases[] = {
        {0, 2, "serialised data: the header is not of version 1"},
        {1, 0x20, "serialised data: the header is not of version 1"},
        {2, 9, "serialised data: the common header's length is not 8"},
        {8, 9, "serialised data: it ends too early"},
        {8, 0, "serialised data: something follows it"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        uint8_t data[sizeof(number_le)];
        uint32_t value = 77;
        memcpy(data, number_le, sizeof(data));
        data[cases[i].at] = cases[i].byte;
        assert_int_not_equal(serial_number_decode(arena, data, sizeof(data), &value, &err),
                             RPCSEC_OK);
        assert_string_equal(rpcsec_error_text(&err), cases[i].text);
        assert_int_equal(value, 77);
    }
}

static void null_values_are_refused(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    void *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(serial_entry_encode(arena, NULL, &data, &len, &err),
                     RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(serial_entry_decode(arena, number_le, sizeof(number_le), NULL, &err),
                     RPCSEC_INVALID_ARGUMENT);
    assert_string_equal(rpcsec_error_text(&err), "serialised data: a NULL argument");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_is_its_headers_and_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_byte_orders_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lengths_need_not_be_padded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_conformant_structure_comes_with_all_it_points_to,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pointer_and_an_array_are_values_too, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_truncation_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_headers_and_lengths_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(null_values_are_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
