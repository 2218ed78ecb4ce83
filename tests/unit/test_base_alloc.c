/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_alloc.c: memory, and memory for secrets.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"

static void every_way_to_get_memory_gives_writable_bytes(void **state)
{
    char *plain = mem_alloc(100);
    char *zeroed = mem_zalloc(100);
    uint32_t *array = mem_array(25, 4);
    char *text = mem_strdup("abc");

    (void)state;
    assert_non_null(plain);
    memset(plain, 1, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(zeroed[i], 0);
    for (size_t i = 0; i < 25; i++)
        assert_int_equal(array[i], 0);
    assert_string_equal(text, "abc");
    mem_free(plain);
    mem_free(zeroed);
    mem_free(array);
    mem_free(text);
    mem_free(NULL);
}

static void length_zero_gives_memory_not_null(void **state)
{
    void *blocks[] = {mem_alloc(0), mem_zalloc(0), mem_array(0, 8), mem_array(8, 0),
                      mem_resize(NULL, 0)};

    (void)state;
    for (size_t i = 0; i < NUM_OF(blocks); i++) {
        assert_non_null(blocks[i]);
        mem_free(blocks[i]);
    }
}

static void array_whose_size_wraps_counts_as_no_memory(void **state)
{
    (void)state;
    assert_null(mem_array(SIZE_MAX / 8 + 2, 8)); /* wraps to 8 */
    assert_null(mem_array(SIZE_MAX, 2));
    assert_null(mem_array(2, SIZE_MAX));
}

static void resize_keeps_the_bytes(void **state)
{
    char *mem = mem_strdup("abc");

    (void)state;
    mem = mem_resize(mem, 100000);
    assert_non_null(mem);
    assert_string_equal(mem, "abc");
    mem_free(mem);
}

static void resize_that_fails_leaves_the_block_alone(void **state)
{
    char *mem = mem_strdup("abc");
    void *resized;

    (void)state;
    mem_test_fail_at(1, false);
    resized = mem_resize(mem, 1000);
    mem_test_fail_at(0, false);
    assert_null(resized);
    assert_string_equal(mem, "abc");
    mem_free(mem);
}

static void cleanup_frees_and_clears_any_pointer_variable(void **state)
{
    int *number = mem_alloc(sizeof(*number));

    (void)state;
    mem_cleanup(&number);
    assert_null(number);
    mem_cleanup(&number);
    {
        __attribute__((cleanup(mem_cleanup), unused)) char *text = mem_strdup("freed");
    }
}

/* One request of each kind; the bits tell which were served. */
static unsigned request_each_kind(void)
{
    void *mem[] = {mem_alloc(1),        mem_zalloc(1),   mem_array(1, 1),
                   mem_resize(NULL, 1), mem_strdup("a"), secret_alloc(1)};
    unsigned served = 0;

    for (size_t i = 0; i < NUM_OF(mem); i++) {
        served |= mem[i] ? 1u << i : 0;
        if (i < NUM_OF(mem) - 1)
            mem_free(mem[i]);
    }
    secret_free(mem[NUM_OF(mem) - 1], 1);
    return served;
}

static void nth_request_fails_alone(void **state)
{
    (void)state;
    for (unsigned nth = 1; nth <= 6; nth++) {
        unsigned served;

        mem_test_fail_at(nth, false);
        served = request_each_kind();
        assert_int_equal(mem_test_requests(), 6);
        mem_test_fail_at(0, false);
        assert_int_equal(served, 0x3f & ~(1u << (nth - 1)));
    }
    assert_int_equal(request_each_kind(), 0x3f);
}

static void nth_request_fails_and_all_after_it(void **state)
{
    (void)state;
    for (unsigned nth = 1; nth <= 6; nth++) {
        unsigned served;

        mem_test_fail_at(nth, true);
        served = request_each_kind();
        mem_test_fail_at(0, false);
        assert_int_equal(served, (1u << (nth - 1)) - 1);
    }
}

static rpcsec_status two_requests(void *arg)
{
    void *first = mem_alloc(1);
    void *second = secret_alloc(1);
    rpcsec_status status = first && second ? RPCSEC_OK : RPCSEC_NO_MEMORY;

    (void)arg;
    mem_free(first);
    secret_free(second, 1);
    return status;
}

static void allocation_check_counts_the_requests_of_a_good_run(void **state)
{
    (void)state;
    assert_int_equal(alloc_check(two_requests, NULL), 2);
    assert_int_equal(alloc_check_tolerant(two_requests, NULL), 2);
}

static void secret_memory_begins_zeroed_and_is_counted(void **state)
{
    uint64_t live = secret_test_live();
    uint8_t *secret = secret_alloc(5000);

    (void)state;
    assert_non_null(secret);
    assert_int_equal(secret_test_live(), live + 1);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(secret[i], 0);
    secret_free(secret, 5000);
    assert_int_equal(secret_test_live(), live);
    secret_free(NULL, 5000);
    assert_int_equal(secret_test_live(), live);
}

static void secret_memory_of_any_length_is_served_or_refused(void **state)
{
    void *empty = secret_alloc(0);

    (void)state;
    assert_non_null(empty);
    secret_free(empty, 0);
    assert_null(secret_alloc(SIZE_MAX));
    assert_null(secret_alloc(SIZE_MAX - 10000));
}

/* The VmFlags line of the mapping that holds an address (proc(5)). */
static void mapping_flags(const void *address, char *out, size_t max)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[512];
    bool ours = false;

    assert_non_null(maps);
    out[0] = '\0';
    while (fgets(line, sizeof(line), maps)) {
        unsigned long long start, end;

        if (sscanf(line, "%llx-%llx ", &start, &end) == 2)
            ours = (uintptr_t)address >= start && (uintptr_t)address < end;
        if (ours && strncmp(line, "VmFlags:", 8) == 0)
            snprintf(out, max, "%s", line);
    }
    fclose(maps);
}

static void secret_memory_is_left_out_of_core_dumps(void **state)
{
    char *plain = mem_alloc(16);
    char *secret = secret_alloc(16);
    char flags[512];

    (void)state;
    mapping_flags(plain, flags, sizeof(flags));
    if (flags[0] == '\0') {
        mem_free(plain);
        secret_free(secret, 16);
        print_message("skipped: this system shows no VmFlags\n");
        skip();
    }
    mapping_flags(secret, flags, sizeof(flags));
    secret_free(secret, 16);
    mem_free(plain);
    assert_non_null(strstr(flags, " dd"));
}

/* More than one region's, in an order that fills holes. */
static void secrets_do_not_overlap(void **state)
{
    enum { NUM = 200 };
    uint8_t *secrets[NUM];

    (void)state;
    for (size_t i = 0; i < NUM; i++) {
        secrets[i] = secret_alloc(1024);
        memset(secrets[i], (int)i, 1024);
    }
    for (size_t i = 0; i < NUM; i += 3)
        secret_free(secrets[i], 1024);
    for (size_t i = 0; i < NUM; i += 3) {
        secrets[i] = secret_alloc(1024);
        assert_int_equal(secrets[i][0], 0); /* the one before left nothing */
        assert_memory_equal(secrets[i], secrets[i] + 1, 1023);
        memset(secrets[i], (int)i, 1024);
    }
    for (size_t i = 0; i < NUM; i++) {
        assert_int_equal(secrets[i][0], (uint8_t)i);
        assert_memory_equal(secrets[i], secrets[i] + 1, 1023);
        secret_free(secrets[i], 1024);
    }
}

/* Freed pages are gone, so their bytes are seen where secret_free hands them to munmap. */
static uint8_t at_unmapping[64];
static bool unmapped;

int __wrap_munmap(void *mem, size_t len);
int __real_munmap(void *mem, size_t len);
int __wrap_munmap(void *mem, size_t len)
{
    memcpy(at_unmapping, mem, sizeof(at_unmapping));
    unmapped = true;
    return __real_munmap(mem, len);
}

/* A small one's page stays for the next. */
static void secret_memory_is_zeroed_before_it_is_given_back(void **state)
{
    static const uint8_t zeros[sizeof(at_unmapping)];
    uint8_t *secret = secret_alloc(sizeof(zeros));

    (void)state;
    memset(secret, 0x5a, sizeof(zeros));
    unmapped = false;
    secret_free(secret, sizeof(zeros));
    assert_false(unmapped);
    assert_memory_equal(secret, zeros, sizeof(zeros));
}

/* What a crowd needed goes back to the system, but for one region. */
static void regions_of_secrets_are_given_back(void **state)
{
    enum { NUM = 200 };
    uint8_t *secrets[NUM];

    (void)state;
    for (size_t i = 0; i < NUM; i++)
        secrets[i] = secret_alloc(64);
    unmapped = false;
    for (size_t i = 0; i < NUM; i++)
        secret_free(secrets[i], 64);
    assert_true(unmapped);
}

static void large_secret_memory_is_zeroed_before_it_is_given_back(void **state)
{
    uint8_t *secret = secret_alloc(5000);
    static const uint8_t zeros[sizeof(at_unmapping)];

    (void)state;
    memset(secret, 0x5a, 5000);
    memset(at_unmapping, 0xff, sizeof(at_unmapping));
    unmapped = false;
    secret_free(secret, 5000);
    assert_true(unmapped);
    assert_memory_equal(at_unmapping, zeros, sizeof(zeros));
}

static bool madvise_fails;

int __wrap_madvise(void *mem, size_t len, int advice);
int __real_madvise(void *mem, size_t len, int advice);
int __wrap_madvise(void *mem, size_t len, int advice)
{
    return madvise_fails ? -1 : __real_madvise(mem, len, advice);
}

static void secret_that_would_be_dumped_is_refused(void **state)
{
    uint64_t live = secret_test_live();
    void *kept[64]; /* what the region that is there still holds */
    size_t num = 0;

    (void)state;
    madvise_fails = true;
    unmapped = false;
    assert_null(secret_alloc(5000));
    assert_true(unmapped);
    unmapped = false;
    while (num < 64 && (kept[num] = secret_alloc(sizeof(at_unmapping))) != NULL)
        num++;
    madvise_fails = false;
    assert_true(num < 64 && unmapped);
    while (num > 0)
        secret_free(kept[--num], sizeof(at_unmapping));
    assert_int_equal(secret_test_live(), live);
}

static void wipe_zeroes_exactly_the_bytes_given(void **state)
{
    uint8_t bytes[4] = {1, 2, 3, 4};

    (void)state;
    secret_wipe(bytes + 1, 2);
    assert_memory_equal(bytes, "\1\0\0\4", 4);
    secret_wipe(NULL, 0);
}

static void equal_sees_a_difference_in_any_bit(void **state)
{
    uint8_t a[16], b[16];

    (void)state;
    for (size_t i = 0; i < sizeof(a); i++)
        a[i] = b[i] = (uint8_t)(i * 17);
    assert_true(secret_equal(a, b, sizeof(a)));
    assert_true(secret_equal(a, b, 0));
    for (size_t bit = 0; bit < sizeof(a) * 8; bit++) {
        b[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(secret_equal(a, b, sizeof(a)));
        assert_true(secret_equal(a, b, bit / 8));
        b[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_get_memory_gives_writable_bytes),
        cmocka_unit_test(length_zero_gives_memory_not_null),
        cmocka_unit_test(array_whose_size_wraps_counts_as_no_memory),
        cmocka_unit_test(resize_keeps_the_bytes),
        cmocka_unit_test(resize_that_fails_leaves_the_block_alone),
        cmocka_unit_test(cleanup_frees_and_clears_any_pointer_variable),
        cmocka_unit_test(nth_request_fails_alone),
        cmocka_unit_test(nth_request_fails_and_all_after_it),
        cmocka_unit_test(allocation_check_counts_the_requests_of_a_good_run),
        cmocka_unit_test(secret_memory_begins_zeroed_and_is_counted),
        cmocka_unit_test(secret_memory_of_any_length_is_served_or_refused),
        cmocka_unit_test(secret_memory_is_left_out_of_core_dumps),
        cmocka_unit_test(secrets_do_not_overlap),
        cmocka_unit_test(secret_memory_is_zeroed_before_it_is_given_back),
        cmocka_unit_test(regions_of_secrets_are_given_back),
        cmocka_unit_test(large_secret_memory_is_zeroed_before_it_is_given_back),
        cmocka_unit_test(secret_that_would_be_dumped_is_refused),
        cmocka_unit_test(wipe_zeroes_exactly_the_bytes_given),
        cmocka_unit_test(equal_sees_a_difference_in_any_bit),
    };

    return cmocka_run_group_tests_name("base/alloc", tests, NULL, NULL);
}
