/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_memory.c: tests of sspi/memory.c.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "sspi/memory.h"

static void given_memory_is_zeroed_and_taken_back_once(void **state)
{
    static const size_t lens[] = {0, 1, 16, 5000};

    (void)state;
    for (size_t i = 0; i < NUM_OF(lens); i++) {
        uint8_t *mem = sspi_mem_alloc(lens[i], i % 2);

        assert_non_null(mem);
        assert_int_equal((uintptr_t)mem % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < lens[i]; k++)
            assert_int_equal(mem[k], 0);
        assert_true(sspi_mem_free(mem));
        assert_false(sspi_mem_free(mem));
    }
}

static void foreign_pointers_are_refused_unread(void **state)
{
    uint8_t *mem = sspi_mem_alloc(64, false);
    int on_the_stack = 0;

    (void)state;
    assert_false(sspi_mem_free(NULL));
    assert_false(sspi_mem_free(&on_the_stack));
    assert_false(sspi_mem_free(mem + 16));
    assert_false(sspi_mem_free((void *)(uintptr_t)4096));
    assert_false(sspi_mem_free((void *)UINTPTR_MAX));
    assert_true(sspi_mem_free(mem));
}

static void many_blocks_are_told_apart(void **state)
{
    void *blocks[1000];

    (void)state;
    for (size_t i = 0; i < NUM_OF(blocks); i++)
        blocks[i] = sspi_mem_alloc(8, false);
    for (size_t i = 0; i < NUM_OF(blocks); i++)
        assert_true(sspi_mem_free(blocks[(i * 7) % NUM_OF(blocks)]));
}

static void memory_that_ends_is_said(void **state)
{
    void *plain;
    void *secret;
    char *text;

    (void)state;
    mem_test_fail_at(1, true);
    plain = sspi_mem_alloc(8, false);
    secret = sspi_mem_alloc(8, true);
    text = sspi_mem_strdup("text");
    mem_test_fail_at(0, false);
    assert_null(plain);
    assert_null(secret);
    assert_null(text);
    assert_null(sspi_mem_alloc(SIZE_MAX, false));
}

static void an_empty_text_is_a_text(void **state)
{
    char *text = sspi_mem_strdup("");

    (void)state;
    assert_string_equal(text, "");
    assert_true(sspi_mem_free(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_memory_is_zeroed_and_taken_back_once),
        cmocka_unit_test(foreign_pointers_are_refused_unread),
        cmocka_unit_test(many_blocks_are_told_apart),
        cmocka_unit_test(memory_that_ends_is_said),
        cmocka_unit_test(an_empty_text_is_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
