/* SPDX-License-Identifier: MIT
 *
 * test_assoc_sequence: call ids, the window of late fragments, the room of a message.
 */
#include "harness/test.h"

#include "assoc/sequence.h"

static void ids_rise_until_they_are_used_up(void **state)
{
    uint32_t next = 1;
    uint32_t id = 0;

    (void)state;
    assert_true(sequence_next(&next, &id));
    assert_int_equal(id, 1);
    assert_int_equal(next, 2);
    next = MAX_CALL_ID;
    assert_true(sequence_next(&next, &id));
    assert_int_equal(id, 0x7FFFFFFF);
    assert_false(sequence_next(&next, &id));
    assert_int_equal(id, 0x7FFFFFFF);
    assert_true(next == 0x80000000u);
}

static void late_fragments_are_known_for_150_calls(void **state)
{
    static const struct {
        uint32_t last, id;
        bool recent;
    } rows[] = {{0, 0, true},
                {1, 1, true},
                {1, 0, true},
                {1, 2, false},
                {200, 51, true},
                {200, 50, false},
                {200, 0, false},
                {149, 0, true},
                {150, 0, false},
                {0, UINT32_MAX, false},
                {UINT32_MAX, UINT32_MAX - 149, true},
                {UINT32_MAX, UINT32_MAX - 150, false},
                {UINT32_MAX, 0, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(sequence_is_recent(rows[i].last, rows[i].id), rows[i].recent);
}

static void neither_hint_nor_bytes_lead_beyond_the_limit(void **state)
{
    static const struct {
        size_t max, done;
        uint32_t hint;
        size_t len;
        bool fits;
    } rows[] = {
        {100, 0, 100, 100, true},        {100, 0, 101, 0, false},      {100, 0, 0, 101, false},
        {100, 60, 40, 40, true},         {100, 60, 41, 40, false},     {100, 60, 40, 41, false},
        {100, 100, 0, 0, true},          {100, 100, 1, 0, false},      {100, 100, 0, 1, false},
        {100, 60, UINT32_MAX, 0, false}, {100, 60, 0, SIZE_MAX, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(sequence_fits(rows[i].max, rows[i].done, rows[i].hint, rows[i].len),
                         rows[i].fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_rise_until_they_are_used_up),
        cmocka_unit_test(late_fragments_are_known_for_150_calls),
        cmocka_unit_test(neither_hint_nor_bytes_lead_beyond_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
