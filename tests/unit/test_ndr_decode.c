/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_decode.c: what the decoder refuses, with which fault and which words; what it
 * makes ready for a manager; its limits.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/limits.h"
#include "ndr/by_hand.h"
#include "ndr/echo.h"
#include "harness/vector.h"
#include "ndr/ndr.h"
#include "ndr/walk.h"

struct refusal {
    const char *record;
    enum ndr_syntax syntax;
    const char *hex;
    rpcsec_status status;
    uint32_t fault;
    const char *text;
};

#define NDR   NDR_SYNTAX_NDR
#define NDR64 NDR_SYNTAX_NDR64
#define BAD   RPCSEC_BAD_STUB
#define BOUND NDR_FAULT_INVALID_BOUND
#define TAG   NDR_FAULT_INVALID_TAG
#define STUB  NDR_FAULT_BAD_STUB

/* Requests, each with one thing wrong. MS-RPCE 3.1.1.5.3 asks for most of the refusals. */
static const struct refusal refusals[] = {
    {"EchoData", NDR, "05000000 04000000 01020304", BAD, BOUND,
     "EchoData: in_data: max_count 4, must be 5"},
    {"EchoData", NDR, "05000000 05000000 01020304", RPCSEC_TRUNCATED, STUB,
     "EchoData: in_data: max_count 5, but only 4 bytes are left"},
    {"EchoData", NDR, "ffffffff ffffffff 01020304", RPCSEC_TRUNCATED, STUB,
     "EchoData: in_data: max_count 4294967295, but only 4 bytes are left"},
    {"EchoData", NDR64, "05000000 00000000 ffffffffffffffff 01", BAD, BOUND,
     "EchoData: in_data: max_count 18446744073709551615 is out of range"},
    {"AddOne", NDR, "010000", RPCSEC_TRUNCATED, STUB,
     "AddOne: in_data: the data ends too early"},
    {"TestCall", NDR, "02000000 01000000 01000000 0000", BAD, BOUND,
     "TestCall: s1: a string with offset 1"},
    {"TestCall", NDR, "02000000 00000000 02000000 61006200", BAD, BOUND,
     "TestCall: s1: the string does not end at its actual_count 2"},
    {"TestCall", NDR, "03000000 00000000 03000000 610000000000", BAD, BOUND,
     "TestCall: s1: the string does not end at its actual_count 3"},
    {"TestCall", NDR, "01000000 00000000 00000000", BAD, BOUND,
     "TestCall: s1: the string does not end at its actual_count 0"},
    {"TestCall", NDR, "01000000 00000000 02000000 61000000", BAD, BOUND,
     "TestCall: s1: actual_count 2 from offset 0, but the size is 1"},
    {"TestCall", NDR, "ffffff7f 00000000 01000000 0000", RPCSEC_LIMIT, BOUND,
     "TestCall: s1: max_count 2147483647 is too far above what is sent"},
    {"TestEnum", NDR, "0100 0000 0200 0000 02000000 0200 0000 0100 0000 01000000", BAD, TAG,
     "TestEnum: foo3: the tag 2, must be 1"},
    {"TestEnum", NDR, "0100 0000 0200 0000 02000000 0300 0100", BAD, TAG,
     "TestEnum: foo3: no arm for the tag 3"},
    {"TestEnum", NDR64, "00000100 02000000 02000000 01000000 01000000", BAD, BOUND,
     "TestEnum: foo1: 65536 does not fit"},
    {"TestSurrounding", NDR, "02000000 03000000 0100 0200 0300", BAD, BOUND,
     "TestSurrounding: data.surrounding: max_count 2, must be 3"},
    {"Refs", NDR, "00000000 0700 0000 00000000 00000000", BAD, STUB,
     "Refs: s.a: a NULL ref pointer"},
    {"Refs", NDR64,
     "0000020000000000 0700 000000000000 2a000000 02000000 0200000000000000 "
     "0400020000000000 0000000000000000 05000000 06000000",
     BAD, STUB, "Refs: p[1]: a NULL ref pointer"},
    {"Choice", NDR, "01 00 0400", BAD, TAG, "Choice: c: no arm for the tag 4"},
    {"Varying", NDR, "02 000000 01000000 02000000 0100 0200", BAD, BOUND,
     "Varying: s.v: offset 1"},
    {"Varying", NDR, "02 000000 00000000 05000000 0100 0200", BAD, BOUND,
     "Varying: s.v: actual_count 5 from offset 0, but the size is 4"},
    {"Varying", NDR, "01 000000 00000000 02000000 0100 0200 00000000 03000000 686900", BAD,
     BOUND, "Varying: s.v: actual_count 2, must be 1"},
    {"SizedString", NDR, "08000000 07000000 00000000 03000000 686900", BAD, BOUND,
     "SizedString: s: max_count 7, must be 8"},
    {"Called", NDR, "02000000 03000000 05000000 0102030405", BAD, BOUND,
     "Called: d: max_count 5, must be 6"},
    {"Called", NDR, "ffffffff 03000000 01000000 01", BAD, BOUND,
     "Called: d: max_count 1, must be -3"},
    {"First", NDR, "02000000 01000000 08000000 01000000 01000000 0900", BAD, BOUND,
     "First: v: offset 1, must be 2"},
    {"First", NDR, "07000000 02000000 08000000 07000000 02000000 0900 0900", BAD, BOUND,
     "First: v: actual_count 2 from offset 7, but the size is 8"},
    {"Levels", NDR,
     "02000000 03000000 02000000 00000200 04000200 03000000 010203 00 02000000 0405", BAD,
     BOUND, "Levels: v: max_count 2, must be 3"},
    {"Levels", NDR, "01000000 03000000 01000000 00000000", BAD, BOUND,
     "Levels: v: a NULL pointer has size 0, must be 3"},
    {"samr_LookupNames", NDR,
     "0000000000000000000000000000000000000000 01000000 e7030000 00000000 01000000 "
     "0000 0000 00000000",
     BAD, BOUND, "samr_LookupNames: names: max_count 999, must be 1000"},
    {"samr_LookupNames", NDR,
     "0000000000000000000000000000000000000000 01000000 e8030000 00000000 01000000 "
     "0200 0400 00000200 02000000 00000000 02000000 61006200",
     BAD, BOUND, "samr_LookupNames: names[0].string: actual_count 2, must be 1"},
    {"lsa_LookupSids", NDR,
     "0000000000000000000000000000000000000000 01000000 00000200 01000000 04000200 "
     "01000000 01 02 000000000001 00000000",
     BAD, BOUND, "lsa_LookupSids: sids.sids[0].sid.sub_auths: max_count 1, must be 2"},
    {"lsa_LookupSids", NDR,
     "0000000000000000000000000000000000000000 01000000 00000200 01000000 04000200 "
     "10000000 01 10 000000000001 00000000000000000000000000000000 "
     "00000000000000000000000000000000 00000000000000000000000000000000 "
     "00000000000000000000000000000000",
     BAD, BOUND, "lsa_LookupSids: sids.sids[0].sid.num_auths: 16 is not in 0..15"},
    /* A count that a pointer leads to. */
    {"winreg_QueryValue", NDR,
     "0000000000000000000000000000000000000000 0000 0000 00000000 00000000 "
     "08000200 05000000 00000000 04000000 41004200 0c000200 06000000 10000200 04000000",
     BAD, BOUND, "winreg_QueryValue: data: max_count 5, must be 6"},
    {"winreg_QueryValue", NDR,
     "0000000000000000000000000000000000000000 0000 0000 00000000 00000000 "
     "00000000 0c000200 06000000 10000200 00000000",
     BAD, BOUND, "winreg_QueryValue: data: a NULL pointer has size 0, must be 6"},
};

static void check_refusal(const struct refusal *test)
{
    const struct rpcsec_ndr_record *record = find_record(test->record);
    const struct ndr_options options = {.syntax = test->syntax, .direction = NDR_IN};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct vector bytes = vector_parse(test->hex);
    void *args = malloc(record->mem_size);
    struct cur cur;

    cur_init(&cur, bytes.data, bytes.len, false);
    if (ndr_decode(&cur, record, args, &options, arena, &err) == RPCSEC_OK)
        fail_msg("%s with %s was accepted", test->record, test->hex);
    assert_string_equal(rpcsec_error_text(&err), test->text);
    assert_status(err.status, test->status);
    assert_int_equal(err.wire_status, test->fault);
    assert_int_equal(err.layer, RPCSEC_LAYER_STUB);
    assert_status(cur_status(&cur), test->status);
    free(args);
    vector_free(&bytes);
    rpcsec_arena_free(arena);
}

static void messages_that_contradict_the_interface_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(refusals); i++)
        check_refusal(&refusals[i]);
}

/* What a test decodes into. */
struct fixture {
    struct rpcsec_arena *arena;
    struct rpcsec_error err;
    struct vector bytes;
};

static struct fixture fixture_new(const char *hex)
{
    struct fixture f = {rpcsec_arena_new(0), RPCSEC_ERROR_INIT, vector_parse(hex)};

    return f;
}

static void fixture_done(struct fixture *f)
{
    vector_free(&f->bytes);
    rpcsec_arena_free(f->arena);
}

static rpcsec_status fixture_decode(struct fixture *f, const struct rpcsec_ndr_record *record,
                                    void *args, const struct ndr_options *options)
{
    struct cur cur;

    cur_init(&cur, f->bytes.data, f->bytes.len, false);
    return ndr_decode(&cur, record, args, options, f->arena, &f->err);
}

static const struct ndr_options request = {.direction = NDR_IN};
static const struct ndr_options response = {.direction = NDR_OUT};

static void request_clears_the_record_and_makes_out_arrays_ready(void **state)
{
    struct fixture f = fixture_new("07000000");
    struct SourceData_args args;

    (void)state;
    memset(&args, 0xff, sizeof(args));
    assert_ok(fixture_decode(&f, &echo_records[ECHO_SOURCE_DATA], &args, &request));
    assert_int_equal(args.len, 7);
    assert_non_null(args.data);
    assert_memory_equal(args.data, "\0\0\0\0\0\0\0", 7);
    fixture_done(&f);
}

static void empty_out_array_is_not_null(void **state)
{
    struct fixture f = fixture_new("00000000");
    struct SourceData_args args;

    (void)state;
    assert_ok(fixture_decode(&f, &echo_records[ECHO_SOURCE_DATA], &args, &request));
    assert_non_null(args.data);
    fixture_done(&f);
}

static void out_array_larger_than_a_response_is_refused_without_memory(void **state)
{
    struct fixture f = fixture_new("ffffffff");
    struct SourceData_args args;
    const struct ndr_options options = {.direction = NDR_IN, .max_out_len = 1000};

    (void)state;
    assert_status(fixture_decode(&f, &echo_records[ECHO_SOURCE_DATA], &args, &request),
                  RPCSEC_LIMIT);
    assert_int_equal(arena_used(f.arena), 0);
    fixture_done(&f);

    f = fixture_new("e9030000");
    assert_status(fixture_decode(&f, &echo_records[ECHO_SOURCE_DATA], &args, &options),
                  RPCSEC_LIMIT);
    fixture_done(&f);
}

static void hostile_counts_take_no_memory(void **state)
{
    struct fixture f = fixture_new("ffffff7f ffffff7f 0102030405");
    struct EchoData_args args;
    uint64_t requests;

    (void)state;
    mem_test_fail_at(0, false);
    assert_status(fixture_decode(&f, &echo_records[ECHO_ECHO_DATA], &args, &request),
                  RPCSEC_TRUNCATED);
    requests = mem_test_requests();
    assert_true(requests <= 1); /* the queue's first chunk */
    assert_int_equal(arena_used(f.arena), 0);
    fixture_done(&f);
}

static void bytes_after_the_stub_are_left_to_the_caller(void **state)
{
    struct vector bytes = vector_parse("29000000 aabbccddee");
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct AddOne_args args;
    struct cur cur;

    (void)state;
    cur_init(&cur, bytes.data, bytes.len, false);
    assert_ok(ndr_decode(&cur, &echo_records[ECHO_ADD_ONE], &args, &request, arena, NULL));
    assert_int_equal(args.in_data, 41);
    assert_int_equal(cur_offset(&cur), 4);
    assert_int_equal(cur_left(&cur), 5);
    vector_free(&bytes);
    rpcsec_arena_free(arena);
}

static void response_leaves_in_arguments_and_the_callers_memory_alone(void **state)
{
    struct fixture f = fixture_new("03000000 090807");
    uint8_t in_data[3] = {1, 2, 3};
    uint8_t own[3] = {7, 7, 7};
    struct EchoData_args args = {3, in_data, own};

    (void)state;
    assert_ok(fixture_decode(&f, &echo_records[ECHO_ECHO_DATA], &args, &response));
    assert_ptr_equal(args.in_data, in_data);
    assert_ptr_not_equal(args.out_data, own);
    assert_memory_equal(args.out_data, "\x09\x08\x07", 3);
    assert_memory_equal(own, "\x07\x07\x07", 3);
    fixture_done(&f);
}

static void response_that_grows_a_structure_gets_memory_of_its_own(void **state)
{
    struct fixture f = fixture_new("06000000 06000000 000000000000000000000000");
    struct TestSurrounding_args args = {NULL};

    (void)state;
    assert_ok(fixture_decode(&f, &echo_records[ECHO_TEST_SURROUNDING], &args, &response));
    assert_int_equal(args.data->x, 6);
    assert_int_equal(args.data->surrounding[5], 0);
    fixture_done(&f);
}

/* MS-RPCE 3.1.1.5.3.3.1.2 is asked of requests only: this is how a registry server answers a
 * question for the size of a value. */
static void response_may_hold_a_null_array_with_a_size(void **state)
{
    struct fixture f = fixture_new("00000000 00000000 0c000200 06000000 00000000 ea000000");
    uint8_t args[256] = {0};

    (void)state;
    assert_ok(fixture_decode(&f, find_record("winreg_QueryValue"), args, &response));
    fixture_done(&f);
}

static void values_arrive_as_sent(void **state)
{
    struct fixture f = fixture_new("feffffff 05000000 02 000000 0000803f 00000000000004c0");
    struct Scalars_args args;

    (void)state;
    assert_ok(fixture_decode(&f, find_record("Scalars"), &args, &request));
    assert_int_equal(args.i3264, -2);
    assert_int_equal(args.u3264, 5);
    assert_int_equal(args.flag, 1); /* any value but 0 is true: C706 14.2.3 */
    assert_true(args.f > 0.99f && args.f < 1.01f);
    assert_true(args.d < -2.49 && args.d > -2.51);
    fixture_done(&f);
}

static void varying_part_lies_where_first_is_says(void **state)
{
    struct fixture f = fixture_new("02000000 01000000 08000000 02000000 01000000 0900");
    static const uint16_t expected[8] = {0, 0, 9, 0, 0, 0, 0, 0};
    struct First_args args;

    (void)state;
    assert_ok(fixture_decode(&f, find_record("First"), &args, &request));
    assert_memory_equal(args.v, expected, sizeof(expected));
    fixture_done(&f);
}

static void trailing_padding_of_ndr64_may_be_absent_at_the_end_only(void **state)
{
    const struct ndr_options options = {.syntax = NDR_SYNTAX_NDR64, .direction = NDR_IN};
    struct fixture f = fixture_new("0300000000000000 03000000 0100 0200 0300");
    struct TestSurrounding_args args;
    uint8_t other[64];

    (void)state;
    assert_ok(fixture_decode(&f, &echo_records[ECHO_TEST_SURROUNDING], &args, &options));
    assert_int_equal(args.data->surrounding[2], 3);
    fixture_done(&f);

    /* Refs: the structure's 6 bytes of padding, in its midst, are missing. */
    f = fixture_new("0000020000000000 0700 2a000000 00000000 0000000000000000");
    assert_int_not_equal(fixture_decode(&f, find_record("Refs"), other, &options), RPCSEC_OK);
    fixture_done(&f);
}

static void newer_tables_are_refused(void **state)
{
    struct rpcsec_ndr_record record = echo_records[ECHO_ADD_ONE];
    struct fixture f = fixture_new("29000000");
    struct AddOne_args args;

    (void)state;
    record.version = RPCSEC_NDR_TABLE_VERSION + 1;
    assert_status(fixture_decode(&f, &record, &args, &request), RPCSEC_UNSUPPORTED);
    fixture_done(&f);
}

static void unknown_kinds_are_refused(void **state)
{
    static const struct rpcsec_ndr_type odd = {.kind = 200, .mem_size = 4};
    static const struct rpcsec_ndr_arg list[] = {{"odd", 0, RPCSEC_NDR_IN, &odd}};
    const struct rpcsec_ndr_record record = {RPCSEC_NDR_TABLE_VERSION, "Odd", 8, 1, list};
    struct fixture f = fixture_new("29000000");
    uint64_t args;

    (void)state;
    assert_status(fixture_decode(&f, &record, &args, &request), RPCSEC_UNSUPPORTED);
    fixture_done(&f);
}

/* 2^31 - 1 elements announced, none sent: a varying array may be larger than what is sent of
 * it, so its count cannot be compared with the bytes that are left. */
static void announced_elements_are_limited(void **state)
{
    struct fixture f = fixture_new("ffffff3f 00000000 00000000 ffffff3f 00000000 00000000");
    uint8_t args[256];

    (void)state;
    assert_status(fixture_decode(&f, find_record("F3"), args, &request), RPCSEC_LIMIT);
    assert_int_equal(arena_used(f.arena), 0);
    fixture_done(&f);

    f = fixture_new("00000100 00000000 00000000 00000100 00000000 00000000");
    assert_ok(fixture_decode(&f, find_record("F3"), args, &request));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_that_contradict_the_interface_are_refused),
        cmocka_unit_test(request_clears_the_record_and_makes_out_arrays_ready),
        cmocka_unit_test(empty_out_array_is_not_null),
        cmocka_unit_test(out_array_larger_than_a_response_is_refused_without_memory),
        cmocka_unit_test(hostile_counts_take_no_memory),
        cmocka_unit_test(bytes_after_the_stub_are_left_to_the_caller),
        cmocka_unit_test(response_leaves_in_arguments_and_the_callers_memory_alone),
        cmocka_unit_test(response_that_grows_a_structure_gets_memory_of_its_own),
        cmocka_unit_test(response_may_hold_a_null_array_with_a_size),
        cmocka_unit_test(values_arrive_as_sent),
        cmocka_unit_test(varying_part_lies_where_first_is_says),
        cmocka_unit_test(trailing_padding_of_ndr64_may_be_absent_at_the_end_only),
        cmocka_unit_test(newer_tables_are_refused),
        cmocka_unit_test(unknown_kinds_are_refused),
        cmocka_unit_test(announced_elements_are_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
