/* SPDX-License-Identifier: MIT
 *
 * Tests of runtime/group.c.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "runtime/group.h"

static void leave(struct groups *groups, struct group *group)
{
    if (group_leave(groups, group))
        group_free(group);
}

static void ids_carry_the_node_and_differ(void **state)
{
    struct groups groups;
    struct group *a = NULL;
    struct group *b = NULL;

    (void)state;
    groups_init(&groups, 0x7f);
    assert_ok(group_new(&groups, "192.0.2.1:1", &a));
    assert_ok(group_new(&groups, "192.0.2.1:2", &b));
    assert_int_equal(group_id(a) >> 24, 0x7f);
    assert_int_not_equal(group_id(a), group_id(b));
    leave(&groups, a);
    leave(&groups, b);
    groups_done(&groups);
}

static void a_group_is_joined_from_the_same_host_only(void **state)
{
    struct groups groups;
    struct group *first = NULL;
    struct group *same = NULL;
    struct group *other = NULL;
    uint32_t id;

    (void)state;
    groups_init(&groups, 0);
    assert_ok(group_new(&groups, "192.0.2.1:1", &first));
    assert_ok(group_new(&groups, "192.0.2.1:2", &same));
    assert_ok(group_new(&groups, "192.0.2.2:1", &other));
    id = group_id(first);
    assert_true(group_join(&groups, &same, id));
    assert_int_equal(group_id(same), id);
    assert_true(group_join(&groups, &same, id)); /* again */
    assert_false(group_join(&groups, &other, id));
    assert_int_not_equal(group_id(other), id);
    assert_false(group_join(&groups, &other, 0xffffffff));
    leave(&groups, first);
    assert_ok(group_new(&groups, "192.0.2.1:3", &first));
    assert_true(group_join(&groups, &first, id)); /* `same` keeps it alive */
    leave(&groups, first);
    leave(&groups, same);
    leave(&groups, other);
    groups_done(&groups);
}

static void a_group_ends_with_its_last_connection(void **state)
{
    struct groups groups;
    struct group *first = NULL;
    struct group *second = NULL;
    uint32_t id;

    (void)state;
    groups_init(&groups, 0);
    assert_ok(group_new(&groups, "[2001:db8::1]:1", &first));
    id = group_id(first);
    leave(&groups, first);
    assert_ok(group_new(&groups, "[2001:db8::1]:2", &second));
    assert_false(group_join(&groups, &second, id));
    leave(&groups, second);
    groups_done(&groups);
}

static void ids_in_use_are_not_given_again(void **state)
{
    struct groups groups;
    struct group *first = NULL;
    struct group *second = NULL;

    (void)state;
    groups_init(&groups, 0);
    assert_ok(group_new(&groups, "192.0.2.1:1", &first));
    assert_int_equal(group_id(first), 1);
    groups.last_number = 0xFFFFFF; /* the counter comes round: 0 is no id, 1 is in use */
    assert_ok(group_new(&groups, "192.0.2.1:1", &second));
    assert_int_equal(group_id(second), 2);
    leave(&groups, first);
    leave(&groups, second);
    groups_done(&groups);
}

static void memory_that_ends_makes_no_group(void **state)
{
    struct groups groups;
    struct group *group = NULL;

    (void)state;
    groups_init(&groups, 0);
    for (uint64_t nth = 1; nth <= 3; nth++) { /* the group, and the table's two parts */
        mem_test_fail_at(nth, false);
        assert_status(group_new(&groups, "192.0.2.1:1", &group), RPCSEC_NO_MEMORY);
        mem_test_fail_at(0, false);
        assert_null(group);
    }
    assert_ok(group_new(&groups, "192.0.2.1:1", &group));
    leave(&groups, group);
    groups_done(&groups);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_carry_the_node_and_differ),
        cmocka_unit_test(a_group_is_joined_from_the_same_host_only),
        cmocka_unit_test(a_group_ends_with_its_last_connection),
        cmocka_unit_test(ids_in_use_are_not_given_again),
        cmocka_unit_test(memory_that_ends_makes_no_group),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
