/* SPDX-License-Identifier: MIT
 *
 * test_pdu_lengths: body, trailer and token fill a PDU exactly, or the lengths are refused.
 */
#include "harness/test.h"

#include "pdu/lengths.h"

static void lengths_fit_when_trailer_and_token_do(void **state)
{
    static const struct {
        uint16_t frag_len, auth_len;
        size_t body_end; /* 0: they do not fit */
    } rows[] = {{0, 0, 0},
                {15, 0, 0},
                {16, 0, 16},
                {17, 0, 17},
                {65535, 0, 65535},
                {16, 1, 0},
                {24, 1, 0},
                {25, 1, 16},
                {26, 1, 17},
                {100, 28, 64},
                {65535, 65535, 0},
                {65535, 65535 - 24, 16},
                {65535, 65535 - 23, 0}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        assert_int_equal(pdu_lengths_fit(rows[i].frag_len, rows[i].auth_len),
                         rows[i].body_end != 0);
        assert_int_equal(pdu_lengths_body_end(rows[i].frag_len, rows[i].auth_len),
                         rows[i].body_end);
    }
}

static void trailer_is_aligned_and_behind_its_padding(void **state)
{
    static const struct {
        size_t offset, pad_len, body_offset;
        bool right;
    } rows[] = {{24, 0, 24, true},        {28, 0, 24, true},
                {26, 0, 24, false},       {25, 0, 24, false},
                {20, 0, 24, false},       {40, 16, 24, true},
                {40, 17, 24, false},      {24, 1, 24, false},
                {0, 0, 0, true},          {SIZE_MAX - 3, 255, 24, true},
                {24, SIZE_MAX, 24, false}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++)
        assert_int_equal(
            pdu_trailer_place_is_right(rows[i].offset, rows[i].pad_len, rows[i].body_offset),
            rows[i].right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_fit_when_trailer_and_token_do),
        cmocka_unit_test(trailer_is_aligned_and_behind_its_padding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
