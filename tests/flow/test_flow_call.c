/* SPDX-License-Identifier: MIT
 *
 * flow/test_flow_call.c: calls from end to end, in memory: every level, every split of the
 * stream, fragments, several calls at once.
 */
#include "harness/test.h"

#include "flow/pair.h"

static struct pair *bound_pair(const struct pair_options *options, uint16_t *ret_context)
{
    struct pair *p = NULL;

    assert_ok(pair_new(options, &p));
    assert_ok(pair_bind(p, &pair_echo, ret_context));
    return p;
}

static void a_sealed_call_is_answered(void **state)
{
    uint16_t context = 99;
    struct pair *p = bound_pair(NULL, &context);
    uint32_t call = 0;
    const struct pair_event *reply;

    (void)state;
    assert_int_equal(pair_count(p, false, ASSOC_CLOSED), 0);
    assert_int_equal(pair_count(p, false, ASSOC_BOUND), 1);
    assert_ok(pair_call(p, context, 1, NULL, 12, &call));
    pair_run(p);
    assert_int_equal(pair_count(p, true, ASSOC_CALL), 1);
    reply = pair_find(p, false, ASSOC_REPLY, 0);
    assert_non_null(reply);
    assert_int_equal(reply->len, 12);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_call_is_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
