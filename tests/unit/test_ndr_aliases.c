/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_aliases.c: full pointers that lead to one object (C706 14.3.10).
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "harness/alloc_check.h"
#include "harness/vector.h"
#include "ndr/aliases.h"
#include "ndr/codec.h"

/* ---- Tables ---- */

struct ring {
    uint32_t value;
    struct ring *next;
    struct ring *other;
};
static const struct rpcsec_ndr_type ring_type;
POINTER(ring_full, FULL, ring_type);
static const struct rpcsec_ndr_field ring_fields[] = {FIELD(ring, value, rpcsec_ndr_u32),
                                                      FIELD(ring, next, ring_full),
                                                      FIELD(ring, other, ring_full)};
STRUCT(ring, 0, 4, 8, 12, 20);

struct Ring_args {
    struct ring *first;
    struct ring *second;
};
static const struct rpcsec_ndr_arg Ring_list[] = {ARG(Ring, first, IN, ring_full),
                                                  ARG(Ring, second, IN, ring_full)};
static const struct rpcsec_ndr_record ring_record = RECORD(Ring);

/* One id, two types. */
struct Mixed_args {
    uint32_t *a;
    int32_t *b;
};
POINTER(u32_full, FULL, rpcsec_ndr_u32);
POINTER(i32_full, FULL, rpcsec_ndr_i32);
static const struct rpcsec_ndr_arg Mixed_list[] = {ARG(Mixed, a, IN, u32_full),
                                                   ARG(Mixed, b, IN, i32_full)};
static const struct rpcsec_ndr_record mixed_record = RECORD(Mixed);

/* Elements that each count for themselves: the second would claim more than the first has. */
struct counted {
    uint32_t num;
    uint16_t *list;
};
CONFORMANT(counted_array, rpcsec_ndr_u16, 2, 2, .size = VAR(U32, counted, num));
POINTER(counted_full, FULL, counted_array);
static const struct rpcsec_ndr_field counted_fields[] = {FIELD(counted, num, rpcsec_ndr_u32),
                                                         FIELD(counted, list, counted_full)};
STRUCT(counted, 0, 4, 8, 8, 12);
struct Counted_args {
    struct counted a;
    struct counted b;
};
static const struct rpcsec_ndr_arg Counted_list[] = {ARG(Counted, a, IN, counted_type),
                                                     ARG(Counted, b, IN, counted_type)};
static const struct rpcsec_ndr_record counted_record = RECORD(Counted);

/* ---- Tests ---- */

static struct value there_and_back(const struct rpcsec_ndr_record *record,
                                   enum encoding encoding, const void *args, size_t *ret_len)
{
    const struct codec codec = {.record = record, .direction = NDR_IN};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct value value;
    struct buf out;

    buf_init(&out, 1u << 20);
    assert_ok(codec_encode(&codec, encoding, args, &out, &err));
    if (codec_decode(&codec, encoding, out.data, out.len, &value, &err))
        fail_msg("%s: %s", encoding_names[encoding], rpcsec_error_text(&err));
    *ret_len = out.len;
    buf_done(&out);
    return value;
}

static void two_full_pointers_to_one_object_arrive_so(void **state)
{
    struct ring one = {7, NULL, NULL};
    const struct Ring_args args = {&one, &one};

    (void)state;
    for (enum encoding e = ENCODING_LE; e < NUM_ENCODINGS; e++) {
        size_t len;
        struct value value = there_and_back(&ring_record, e, &args, &len);
        const struct Ring_args *back = value.args;

        assert_int_equal(len, e == ENCODING_NDR64 ? 40 : 20);
        assert_non_null(back->first);
        assert_ptr_equal(back->first, back->second);
        assert_int_equal(back->first->value, 7);
        value_free(&value);
    }
}

static void circles_of_full_pointers_come_back_as_circles(void **state)
{
    struct ring nodes[3] = {
        {0, &nodes[1], &nodes[2]}, {1, &nodes[2], &nodes[0]}, {2, &nodes[0], &nodes[2]}};
    const struct Ring_args args = {&nodes[0], &nodes[1]};

    (void)state;
    for (enum encoding e = ENCODING_LE; e < NUM_ENCODINGS; e++) {
        size_t len;
        struct value value = there_and_back(&ring_record, e, &args, &len);
        const struct Ring_args *back = value.args;
        const struct ring *first = back->first;

        assert_ptr_equal(first->next->next->next, first);
        assert_ptr_equal(first->next->other, first);
        assert_ptr_equal(first->next->next->other, first->other);
        assert_ptr_equal(back->second, first->next);
        assert_int_equal(first->other->value, 2);
        value_free(&value);
    }
}

static void check_refused(const struct rpcsec_ndr_record *record, const char *hex,
                          const char *expected)
{
    const struct codec codec = {.record = record, .direction = NDR_IN};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct vector bytes = vector_parse(hex);
    struct value value;

    assert_int_equal(codec_decode(&codec, ENCODING_LE, bytes.data, bytes.len, &value, &err),
                     RPCSEC_BAD_STUB);
    assert_non_null(strstr(rpcsec_error_text(&err), expected));
    vector_free(&bytes);
}

static void an_alias_of_another_type_or_size_is_refused(void **state)
{
    (void)state;
    check_refused(&mixed_record, "010000000500000001000000",
                  "Mixed: b: a full pointer to a referent that is of another type or size");
    check_refused(&counted_record,
                  "0100000001000000010000000700000002000000"
                  "01000000",
                  "Counted: b.list: a full pointer to a referent that is of another type or");
}

static void pointers_to_one_sized_array_send_it_twice(void **state)
{
    uint16_t list[2] = {1, 2};
    const struct Counted_args args = {{2, list}, {1, list}};
    size_t len;
    struct value value = there_and_back(&counted_record, ENCODING_LE, &args, &len);
    const struct Counted_args *back = value.args;

    (void)state;
    assert_int_equal(back->a.list[1], 2);
    assert_ptr_not_equal(back->a.list, back->b.list);
    value_free(&value);
}

static void an_id_that_comes_back_takes_no_referent(void **state)
{
    const struct codec codec = {.record = &ring_record, .direction = NDR_IN};
    /* The second argument's id is new: its referent is missing. */
    struct vector bytes = vector_parse("0100000007000000010000000100000002000000");
    struct value value;

    (void)state;
    assert_int_equal(codec_decode(&codec, ENCODING_LE, bytes.data, bytes.len, &value, NULL),
                     RPCSEC_TRUNCATED);
    bytes.data[16] = 1;
    assert_ok(codec_decode(&codec, ENCODING_LE, bytes.data, bytes.len, &value, NULL));
    value_free(&value);
    vector_free(&bytes);
}

/* The most places in a row that are taken: what a search may have to look at. */
static size_t longest_run(const struct ndr_aliases *aliases)
{
    size_t longest = 0;
    size_t run = 0;

    for (size_t i = 0; i < aliases->room; i++) {
        run = aliases->table[i].key ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void ids_that_a_peer_chose_to_collide_are_spread(void **state)
{
    enum { NUM = 8192, LONG = 512 };
    static const unsigned shifts[] = {0, 16, 32, 48, 51};

    (void)state;
    for (size_t s = 0; s < sizeof(shifts) / sizeof(shifts[0]); s++) {
        struct ndr_aliases aliases = {NULL, 0, 0};

        for (uint64_t i = 0; i < NUM; i++)
            assert_true(aliases_add(
                &aliases, &(struct ndr_alias){.key = (i << shifts[s]) + (s ? 1 : NUM)}));
        assert_true(longest_run(&aliases) < LONG);
        aliases_done(&aliases);
    }
}

static rpcsec_status run_once(void *arg)
{
    const struct codec codec = {.record = &ring_record, .direction = NDR_IN};
    struct value value = {NULL, NULL};
    struct buf out;
    rpcsec_status status;

    buf_init(&out, 1u << 20);
    status = codec_encode(&codec, ENCODING_LE, arg, &out, NULL);
    if (status == RPCSEC_OK)
        status = codec_decode(&codec, ENCODING_LE, out.data, out.len, &value, NULL);
    value_free(&value);
    buf_done(&out);
    return status;
}

static void each_failing_request_for_memory_is_reported(void **state)
{
    struct ring nodes[40];
    struct Ring_args args = {&nodes[0], &nodes[0]};

    (void)state;
    for (uint32_t i = 0; i < NUM_OF(nodes); i++)
        nodes[i] = (struct ring){i, &nodes[(i + 1) % NUM_OF(nodes)], &nodes[0]};
    assert_int_not_equal(alloc_check(run_once, &args), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_full_pointers_to_one_object_arrive_so),
        cmocka_unit_test(circles_of_full_pointers_come_back_as_circles),
        cmocka_unit_test(an_alias_of_another_type_or_size_is_refused),
        cmocka_unit_test(pointers_to_one_sized_array_send_it_twice),
        cmocka_unit_test(an_id_that_comes_back_takes_no_referent),
        cmocka_unit_test(ids_that_a_peer_chose_to_collide_are_spread),
        cmocka_unit_test(each_failing_request_for_memory_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
