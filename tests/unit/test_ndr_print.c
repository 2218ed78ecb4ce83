/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_print.c: arguments as text and as JSON.
 */
#include "harness/test.h"

#include <jansson.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "made_up.h"
#include "ndr/codec.h"
#include "ndr/random_value.h"

static void collect(void *context, const char *text, size_t len)
{
    buf_bytes(context, text, len);
}

typedef rpcsec_status print_function(const struct rpcsec_ndr_record *record,
                                     enum rpcsec_ndr_arg_flags direction, const void *args,
                                     size_t max_len, rpcsec_ndr_sink *write, void *context);

/* The output, with NUL; free it with buf_done. */
static struct buf printed(print_function *print, const struct rpcsec_ndr_record *record,
                          enum rpcsec_ndr_arg_flags direction, const void *args, size_t max_len)
{
    struct buf out;

    buf_init(&out, 1u << 24);
    assert_ok(print(record, direction, args, max_len, collect, &out));
    buf_u8(&out, 0);
    assert_ok(buf_status(&out));
    return out;
}

static void check_printed(print_function *print, const struct rpcsec_ndr_record *record,
                          enum rpcsec_ndr_arg_flags direction, const void *args,
                          const char *expected)
{
    struct buf out = printed(print, record, direction, args, 0);

    assert_string_equal((const char *)out.data, expected);
    buf_done(&out);
}

/* ---- One of each ---- */

struct part {
    uint8_t key[3];
    int64_t wide;
    struct part *next;
};
static const struct rpcsec_ndr_type key_type = {.kind = RPCSEC_NDR_FIXED,
                                                .align = 1,
                                                .align64 = 1,
                                                .wire_min = 3,
                                                .wire_min64 = 3,
                                                .mem_size = 3,
                                                .num = 3,
                                                .of = &rpcsec_ndr_byte};
static const struct rpcsec_ndr_type part_type;
POINTER(next_type, UNIQUE, part_type);
static const struct rpcsec_ndr_field part_fields[] = {FIELD(part, key, key_type),
                                                      FIELD(part, wide, rpcsec_ndr_i64),
                                                      FIELD(part, next, next_type)};
static const struct rpcsec_ndr_type part_type = {.kind = RPCSEC_NDR_STRUCT,
                                                 .align = 8,
                                                 .align64 = 8,
                                                 .wire_min = 15,
                                                 .wire_min64 = 19,
                                                 .mem_size = sizeof(struct part),
                                                 .num = NUM(part_fields),
                                                 .name = "part",
                                                 .fields = part_fields};

struct Show_args {
    uint16_t *name;
    struct part part;
    uint32_t num;
    int16_t *list;
    struct rpcsec_context_handle handle;
    uint32_t result;
};
CONFORMANT_VARYING(wide_string, rpcsec_ndr_wchar, RPCSEC_NDR_FLAG_STRING, NULL,
                   .size = {.kind = RPCSEC_NDR_EXPR_NONE});
POINTER(name_type, REF, wide_string);
CONFORMANT(list_array, rpcsec_ndr_i16, 2, 2, .size = VAR(U32, Show_args, num));
POINTER(list_type, UNIQUE, list_array);
static const struct rpcsec_ndr_arg Show_list[] = {
    ARG(Show, name, IN, name_type),
    ARG(Show, part, INOUT, part_type),
    ARG(Show, num, IN, rpcsec_ndr_u32),
    ARG(Show, list, IN, list_type),
    ARG(Show, handle, IN, rpcsec_ndr_context_handle),
    ARG(Show, result, RESULT, rpcsec_ndr_u32),
};
static const struct rpcsec_ndr_record show = RECORD(Show);

static uint16_t name[] = {'a', '"', 0xe9, 0xd83d, 0xde00, 0xd800, '\n', 0};
static int16_t list[] = {-1, 7};
static struct part inner = {{1, 2, 3}, INT64_MAX, NULL};
static struct Show_args args = {name, {{0, 16, 255}, -1, &inner}, 2,
                                list, {.attributes = 0},          5};

static void text_has_a_line_for_each_member(void **state)
{
    (void)state;
    check_printed(rpcsec_ndr_print, &show, RPCSEC_NDR_IN, &args,
                  "Show: request\n"
                  "  name: \"a\\\"\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbd\\u000a\"\n"
                  "  part: part\n"
                  "    key: 0010ff\n"
                  "    wide: -1\n"
                  "    next: part\n"
                  "      key: 010203\n"
                  "      wide: 9223372036854775807\n"
                  "      next: NULL\n"
                  "  num: 2\n"
                  "  list: 2 elements\n"
                  "    [0]: -1\n"
                  "    [1]: 7\n"
                  "  handle: 00000000-0000-0000-0000-000000000000\n");
}

static void json_keeps_all_bits_of_wide_integers(void **state)
{
    (void)state;
    check_printed(rpcsec_ndr_print_json, &show, RPCSEC_NDR_OUT, &args,
                  "{\"Show\":{\"part\":{\"key\":\"0010ff\",\"wide\":\"-1\",\"next\":{"
                  "\"key\":\"010203\",\"wide\":\"9223372036854775807\",\"next\":null}},"
                  "\"result\":5}}\n");
}

/* ---- Bounds ---- */

static void check_json(const struct buf *out)
{
    json_error_t error;
    json_t *json = json_loads((const char *)out->data, 0, &error);

    if (!json)
        fail_msg("%s: %s", error.text, (const char *)out->data);
    json_decref(json);
}

static void a_circle_of_pointers_ends(void **state)
{
    struct part a = {{0}, 0, NULL};
    struct part b = {{0}, 0, &a};
    struct Show_args circle = {.name = name, .part = {{0}, 0, &b}};
    struct buf text;
    struct buf json;

    (void)state;
    a.next = &b;
    text = printed(rpcsec_ndr_print, &show, RPCSEC_NDR_IN, &circle, 0);
    json = printed(rpcsec_ndr_print_json, &show, RPCSEC_NDR_IN, &circle, 0);
    assert_in_range(text.len, 1000, 65536);
    assert_in_range(json.len, 1000, 65536);
    check_json(&json);
    buf_done(&text);
    buf_done(&json);
}

static void output_ends_soon_behind_its_limit_and_json_stays_whole(void **state)
{
    enum { NUM_LONG = 100000, MAX_LEN = 500 };
    int16_t *many = mem_zalloc(NUM_LONG * sizeof(*many));
    struct Show_args longer = {.name = name, .num = NUM_LONG, .list = many};
    struct buf text;
    struct buf json;

    (void)state;
    assert_non_null(many);
    text = printed(rpcsec_ndr_print, &show, RPCSEC_NDR_IN, &longer, MAX_LEN);
    json = printed(rpcsec_ndr_print_json, &show, RPCSEC_NDR_IN, &longer, MAX_LEN);
    assert_in_range(text.len, MAX_LEN, 2 * MAX_LEN);
    assert_in_range(json.len, MAX_LEN, 2 * MAX_LEN);
    assert_non_null(strstr((const char *)text.data, "..."));
    check_json(&json);
    mem_free(many);
    buf_done(&text);
    buf_done(&json);
}

static void check_random(const struct rpcsec_ndr_record *record, uint64_t seed)
{
    struct value value = {mem_zalloc(record->mem_size + 1), rpcsec_arena_new(0)};
    struct rnd rnd = {seed};
    struct buf json;

    assert_non_null(value.args);
    if (random_value(&rnd, record, 20000, false, value.args, value.arena))
        for (size_t max = 50; max < 100000; max *= 30) {
            json = printed(rpcsec_ndr_print_json, record, RPCSEC_NDR_IN, value.args, max);
            check_json(&json);
            buf_done(&json);
        }
    value_free(&value);
}

static void any_value_is_json(void **state)
{
    const struct rpcsec_interface *interface = &made_up_client_interface;

    (void)state;
    for (uint32_t i = 0; i < interface->num_operations; i++)
        for (uint64_t seed = 1; interface->operations[i].args && seed < 20; seed++)
            check_random(interface->operations[i].args, seed);
}

static void half_surrogates_and_controls_are_replaced(void **state)
{
    static uint16_t texts[][4] = {
        {0xdc00, 'a'},    {0xd800, 'a'},      {0xd800, 0xd800, 'a'}, {0xd800, 0xe000},
        {0xdbff, 0xdfff}, {0x7f, 0x80, '\\'}, {0x9f, 0xa0, 0x7ff},   {0x800, 0xffff, 0x1f},
    };
    static const char *const expected[] = {
        "\"\xef\xbf\xbd"
        "a\"",
        "\"\xef\xbf\xbd"
        "a\"",
        "\"\xef\xbf\xbd\xef\xbf\xbd"
        "a\"",
        "\"\xef\xbf\xbd\xee\x80\x80\"",
        "\"\xf4\x8f\xbf\xbf\"",
        "\"\\u007f\\u0080\\\\\"",
        "\"\\u009f\xc2\xa0\xdf\xbf\"",
        "\"\xe0\xa0\x80\xef\xbf\xbf\\u001f\"",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(texts); i++) {
        struct Show_args named = {.name = texts[i]};
        struct buf out = printed(rpcsec_ndr_print, &show, RPCSEC_NDR_IN, &named, 0);
        if (!strstr((const char *)out.data, expected[i]))
            fail_msg("no %s in: %s", expected[i], (const char *)out.data);
        buf_done(&out);
    }
}

static void newer_tables_and_missing_sinks_are_refused(void **state)
{
    struct rpcsec_ndr_record newer = show;

    (void)state;
    newer.version = RPCSEC_NDR_TABLE_VERSION + 1;
    assert_int_equal(rpcsec_ndr_print(NULL, RPCSEC_NDR_IN, &args, 0, collect, NULL),
                     RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(rpcsec_ndr_print(&show, RPCSEC_NDR_IN, NULL, 0, collect, NULL),
                     RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(rpcsec_ndr_print(&newer, RPCSEC_NDR_IN, &args, 0, collect, NULL),
                     RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(rpcsec_ndr_print_json(&show, RPCSEC_NDR_IN, &args, 0, NULL, NULL),
                     RPCSEC_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_has_a_line_for_each_member),
        cmocka_unit_test(json_keeps_all_bits_of_wide_integers),
        cmocka_unit_test(a_circle_of_pointers_ends),
        cmocka_unit_test(output_ends_soon_behind_its_limit_and_json_stays_whole),
        cmocka_unit_test(any_value_is_json),
        cmocka_unit_test(half_surrogates_and_controls_are_replaced),
        cmocka_unit_test(newer_tables_and_missing_sinks_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
