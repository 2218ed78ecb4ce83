/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_checks.c: correlations are compared as soon as their variables are known, and
 * each of them is.
 */
#include "harness/test.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "ndr/by_hand.h"
#include "ndr/checks.h"

struct counts {
    uint32_t n;
    const uint32_t *pointer;
};

static const uint32_t pointed_to = 7;
static const struct counts record = {5, &pointed_to};
static const struct rpcsec_ndr_expr plain = VAR(U32, counts, n);
static const struct rpcsec_ndr_expr pointing = DEREF(U32, counts, pointer);

static void start(struct ndr_walk *walk)
{
    static const struct ndr_options options = {.direction = NDR_IN};

    assert_ok(walk_init(walk, &by_hand_records[0], &record, &options, false, NULL));
}

static void add(struct ndr_walk *walk, struct ndr_checks *checks,
                const struct rpcsec_ndr_expr *expr, int64_t value)
{
    const struct ndr_check check = {.expr = expr, .record = &record, .value = value};

    checks_add(walk, checks, &check);
}

static void pointed_to_counts_wait_for_the_end(void **state)
{
    struct ndr_checks checks = {0};
    struct ndr_walk walk;

    (void)state;
    start(&walk);
    add(&walk, &checks, &plain, 4); /* wrong, but below the mark */
    add(&walk, &checks, &pointing, 7);
    add(&walk, &checks, &plain, 5);
    add(&walk, &checks, &pointing, 6); /* wrong, but not to be known yet */
    checks_run_from(&walk, &checks, 1);
    assert_ok(walk.status);
    assert_int_equal(checks.num, 3);
    checks_run_all(&walk, &checks);
    assert_status(walk.status, RPCSEC_BAD_STUB);
    checks_done(&checks);
    walk_done(&walk);
}

static void end_of_a_structure_finds_its_wrong_counts(void **state)
{
    struct ndr_checks checks = {0};
    struct ndr_walk walk;

    (void)state;
    start(&walk);
    add(&walk, &checks, &plain, 5);
    checks_run_from(&walk, &checks, 0);
    assert_ok(walk.status);
    assert_int_equal(checks.num, 0);
    add(&walk, &checks, &plain, 6);
    checks_run_from(&walk, &checks, 0);
    assert_status(walk.status, RPCSEC_BAD_STUB);
    checks_done(&checks);
    walk_done(&walk);
}

/* Levels with `num` NULL pointers whose size is an argument: each has to wait. */
static rpcsec_status decode_nulls(uint32_t num, uint32_t size)
{
    const struct ndr_options options = {.direction = NDR_IN};
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct Levels_args args;
    struct buf bytes;
    struct cur cur;
    rpcsec_status status;

    buf_init(&bytes, 1u << 24);
    buf_u32(&bytes, num);
    buf_u32(&bytes, size);
    buf_u32(&bytes, num);
    buf_zeros(&bytes, num * 4);
    cur_init(&cur, bytes.data, bytes.len, false);
    status = ndr_decode(&cur, &by_hand_records[12], &args, &options, arena, NULL);
    buf_done(&bytes);
    rpcsec_arena_free(arena);
    return status;
}

static void waiting_checks_are_limited(void **state)
{
    (void)state;
    assert_string_equal(by_hand_records[12].name, "Levels");
    assert_ok(decode_nulls(LIMIT_NDR_CHECKS - 1, 0)); /* and one for the outer array */
    assert_status(decode_nulls(LIMIT_NDR_CHECKS, 0), RPCSEC_LIMIT);
    assert_status(decode_nulls(3, 1), RPCSEC_BAD_STUB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointed_to_counts_wait_for_the_end),
        cmocka_unit_test(end_of_a_structure_finds_its_wrong_counts),
        cmocka_unit_test(waiting_checks_are_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
