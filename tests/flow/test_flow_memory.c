/* SPDX-License-Identifier: MIT
 *
 * flow/test_flow_memory.c: memory ends at every place of a flow, once and for good. The flow
 * fails in order: no crash, no leak (ASan sees those), nothing runs that was not called.
 */
#include "harness/test.h"

#include "flow/pair.h"
#include "harness/alloc_check.h"

/* A whole connection: bind, a second context, a long call, a cancel. */
static rpcsec_status converse(struct pair *p)
{
    uint16_t context = 0;
    uint16_t other = 0;
    uint32_t id = 0;
    rpcsec_status status = pair_bind(p, &pair_echo, &context);

    if (status == RPCSEC_OK)
        status = pair_bind(p, &pair_other, &other);
    if (status == RPCSEC_OK)
        status = pair_call(p, context, 1, NULL, 14000, &id);
    if (status == RPCSEC_OK)
        pair_run(p);
    if (status == RPCSEC_OK)
        status = pair_call(p, other, 2, NULL, 100, &id);
    if (status == RPCSEC_OK)
        status = assoc_cancel(p->client.a, id, true);
    if (status == RPCSEC_OK)
        pair_run(p);
    return status;
}

/* Nothing but what was called ran, and what is answered is right. */
static bool is_sound(const struct pair *p)
{
    const struct pair_event *reply = pair_find(p, false, ASSOC_REPLY, 0);

    if (pair_count(p, true, ASSOC_CALL) > 2)
        return false;
    if (!reply || !reply->data)
        return true;
    for (size_t i = 0; i < reply->len; i++) {
        if (reply->data[i] != (i & 255))
            return false;
    }
    return reply->len == 14000;
}

static rpcsec_status run(void *arg)
{
    struct pair *p = NULL;
    rpcsec_status status = pair_new(arg, &p);

    if (status != RPCSEC_OK)
        return status;
    status = converse(p);
    if (!is_sound(p))
        status = RPCSEC_INTERNAL;
    else if (status != RPCSEC_OK || p->status != RPCSEC_OK ||
             pair_count(p, false, ASSOC_REPLY) != 1)
        status = RPCSEC_NO_MEMORY; /* whatever it became at the other end */
    pair_free(p);
    return status;
}

static void memory_may_end_anywhere(void **state)
{
    static struct pair_options options[] = {
        {.level = RPCSEC_LEVEL_PRIVACY},
        {.level = RPCSEC_LEVEL_INTEGRITY,
         .least = RPCSEC_LEVEL_INTEGRITY,
         .third_leg = RPCSEC_THIRD_LEG_AUTH3,
         .header_signing = RPCSEC_ACCEPTED},
        {.level = RPCSEC_LEVEL_NONE, .least = RPCSEC_LEVEL_NONE, .anonymous = true},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(options); i++)
        assert_true(alloc_check_tolerant(run, &options[i]) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_may_end_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
