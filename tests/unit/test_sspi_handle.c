/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_handle.c: tests of sspi/handle.c.
 */
#include "harness/test.h"

#include <pthread.h>

#include "base/alloc.h"
#include "sspi/handle.h"

static atomic_int num_freed;

static void count_freed(enum handle_kind kind, void *object)
{
    (void)kind;
    (void)object;
    atomic_fetch_add(&num_freed, 1);
}

/* Chunks stay mapped as long as a table lives: the tests take them down. */
static struct handle_table *new_table(void)
{
    struct handle_table *table = mem_zalloc(sizeof(*table));

    assert_non_null(table);
    table->free_object = count_freed;
    atomic_store(&num_freed, 0);
    return table;
}

static void free_table(struct handle_table *table)
{
    for (size_t i = 0; i < HANDLE_MAX_CHUNKS; i++)
        mem_free(atomic_load(&table->chunks[i]));
    mem_free(table);
}

static void a_handle_leads_to_its_object(void **state)
{
    struct handle_table *table = new_table();
    SecHandle handle;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &handle));
    assert_ptr_equal(handle_get(table, HANDLE_CONTEXT, &handle), &object);
    handle_put(table, &handle);
    assert_int_equal(num_freed, 0);
    assert_true(handle_close(table, HANDLE_CONTEXT, &handle));
    assert_int_equal(num_freed, 1);
    free_table(table);
}

static void a_closed_handle_is_refused_and_so_are_its_copies(void **state)
{
    struct handle_table *table = new_table();
    SecHandle handle;
    SecHandle copy;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &handle));
    copy = handle;
    assert_true(handle_close(table, HANDLE_CONTEXT, &handle));
    assert_false(handle_close(table, HANDLE_CONTEXT, &handle));
    assert_false(handle_close(table, HANDLE_CONTEXT, &copy));
    assert_null(handle_get(table, HANDLE_CONTEXT, &copy));
    assert_int_equal(num_freed, 1);
    free_table(table);
}

static void a_stale_handle_does_not_reach_the_next_object_of_its_slot(void **state)
{
    struct handle_table *table = new_table();
    SecHandle old;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &old));
    assert_true(handle_close(table, HANDLE_CONTEXT, &old));
    for (int i = 0; i < 2 * HANDLE_CHUNK_SLOTS; i++) {
        SecHandle next;

        assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &next));
        assert_memory_not_equal(&next, &old, sizeof(old));
        assert_null(handle_get(table, HANDLE_CONTEXT, &old));
        assert_true(handle_close(table, HANDLE_CONTEXT, &next));
    }
    free_table(table);
}

static void the_wrong_kind_is_refused(void **state)
{
    struct handle_table *table = new_table();
    SecHandle handle;
    SecHandle forged;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CREDENTIAL, &object, &handle));
    assert_null(handle_get(table, HANDLE_CONTEXT, &handle));
    assert_false(handle_close(table, HANDLE_CONTEXT, &handle));
    forged = handle;
    forged.dwLower ^= HANDLE_CREDENTIAL ^ HANDLE_CONTEXT;
    assert_null(handle_get(table, HANDLE_CONTEXT, &forged));
    assert_true(handle_close(table, HANDLE_CREDENTIAL, &handle));
    free_table(table);
}

static void handles_that_were_never_given_are_refused(void **state)
{
    static const SecHandle cases[] = {
        {0, 0},
        {(ULONG_PTR)-1, (ULONG_PTR)-1},
        {HANDLE_CONTEXT, 0},
        {HANDLE_CONTEXT, 2},
        {(ULONG_PTR)-4 | HANDLE_CONTEXT, 1},
        {(HANDLE_CHUNK_SLOTS << 2) | HANDLE_CONTEXT, 0},
    };
    struct handle_table *table = new_table();
    SecHandle handle;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &handle));
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        assert_null(handle_get(table, HANDLE_CONTEXT, &cases[i]));
        assert_false(handle_close(table, HANDLE_CONTEXT, &cases[i]));
    }
    assert_null(handle_get(table, HANDLE_CONTEXT, NULL));
    assert_true(handle_close(table, HANDLE_CONTEXT, &handle));
    free_table(table);
}

static void an_object_in_use_outlives_its_handle(void **state)
{
    struct handle_table *table = new_table();
    SecHandle handle;
    int object;

    (void)state;
    assert_ok(handle_open(table, HANDLE_CONTEXT, &object, &handle));
    assert_non_null(handle_get(table, HANDLE_CONTEXT, &handle));
    assert_true(handle_close(table, HANDLE_CONTEXT, &handle));
    assert_int_equal(num_freed, 0);
    assert_null(handle_get(table, HANDLE_CONTEXT, &handle));
    handle_put(table, &handle);
    assert_int_equal(num_freed, 1);
    free_table(table);
}

enum { NUM_MANY = 3 * HANDLE_CHUNK_SLOTS + 5 };

static void the_table_grows(void **state)
{
    struct handle_table *table = new_table();
    static SecHandle handles[NUM_MANY];
    static int objects[NUM_MANY];

    (void)state;
    for (size_t i = 0; i < NUM_MANY; i++)
        assert_ok(handle_open(table, HANDLE_CREDENTIAL, &objects[i], &handles[i]));
    for (size_t i = 0; i < NUM_MANY; i++) {
        assert_ptr_equal(handle_get(table, HANDLE_CREDENTIAL, &handles[i]), &objects[i]);
        handle_put(table, &handles[i]);
    }
    for (size_t i = 0; i < NUM_MANY; i++)
        assert_true(handle_close(table, HANDLE_CREDENTIAL, &handles[i]));
    assert_int_equal(num_freed, NUM_MANY);
    free_table(table);
}

static void a_table_that_cannot_grow_says_so(void **state)
{
    struct handle_table *table = new_table();
    SecHandle handle = {7, 7};
    rpcsec_status status;
    int object;

    (void)state;
    mem_test_fail_at(1, false);
    status = handle_open(table, HANDLE_CONTEXT, &object, &handle);
    mem_test_fail_at(0, false);
    assert_status(status, RPCSEC_NO_MEMORY);
    assert_int_equal(handle.dwLower, 7);
    free_table(table);
}

/* ---- Threads ---- */

struct churn {
    struct handle_table *table;
    SecHandle shared;
    atomic_int closed;
};

static void *open_use_close(void *arg)
{
    struct churn *churn = arg;
    intptr_t wrong = 0;

    for (int i = 0; i < 3000; i++) {
        SecHandle handle;
        int object = i;
        int *got;

        if (handle_open(churn->table, HANDLE_CONTEXT, &object, &handle) != RPCSEC_OK)
            return (void *)(intptr_t)-1;
        got = handle_get(churn->table, HANDLE_CONTEXT, &handle);
        wrong += got != &object || *got != i;
        handle_put(churn->table, &handle);
        if (handle_get(churn->table, HANDLE_CREDENTIAL, &churn->shared))
            handle_put(churn->table, &churn->shared);
        if (i == 1500 && handle_close(churn->table, HANDLE_CREDENTIAL, &churn->shared))
            atomic_fetch_add(&churn->closed, 1);
        wrong += !handle_close(churn->table, HANDLE_CONTEXT, &handle);
    }
    return (void *)wrong;
}

static void threads_share_a_table(void **state)
{
    struct churn churn = {.table = new_table()};
    pthread_t threads[4];
    int object;

    (void)state;
    assert_ok(handle_open(churn.table, HANDLE_CREDENTIAL, &object, &churn.shared));
    for (size_t i = 0; i < NUM_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, open_use_close, &churn), 0);
    for (size_t i = 0; i < NUM_OF(threads); i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    assert_int_equal(churn.closed, 1);
    assert_int_equal(num_freed, 4 * 3000 + 1);
    free_table(churn.table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handle_leads_to_its_object),
        cmocka_unit_test(a_closed_handle_is_refused_and_so_are_its_copies),
        cmocka_unit_test(a_stale_handle_does_not_reach_the_next_object_of_its_slot),
        cmocka_unit_test(the_wrong_kind_is_refused),
        cmocka_unit_test(handles_that_were_never_given_are_refused),
        cmocka_unit_test(an_object_in_use_outlives_its_handle),
        cmocka_unit_test(the_table_grows),
        cmocka_unit_test(a_table_that_cannot_grow_says_so),
        cmocka_unit_test(threads_share_a_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
