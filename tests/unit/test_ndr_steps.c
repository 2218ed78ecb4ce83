/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_steps.c: the short way through structures and the long one agree, also on bytes
 * and values that are not valid: on what is refused and on what is read.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "harness/alloc_check.h"
#include "ndr/codec.h"
#include "ndr/random_value.h"
#include "ndr/round_trip.h"
#include "steps.h"

enum { EFFORT = 20000, NUM_SEEDS = 4, MAX_BYTES = 400 };

/* Valid arguments; false: none were found. */
static bool make_value(const struct rpcsec_ndr_record *record, uint64_t seed,
                       struct value *ret_value)
{
    struct rnd rnd = {seed};

    *ret_value = (struct value){mem_zalloc(record->mem_size), rpcsec_arena_new(1u << 24)};
    assert_non_null(ret_value->args);
    assert_non_null(ret_value->arena);
    if (random_value(&rnd, record, EFFORT, seed % 2 == 0, ret_value->args, ret_value->arena))
        return true;
    value_free(ret_value);
    return false;
}

static void decode_both(const struct rpcsec_ndr_record *record, const uint8_t *data, size_t len,
                        enum encoding encoding)
{
    struct value values[2] = {{NULL, NULL}, {NULL, NULL}};
    struct rpcsec_error errors[2] = {RPCSEC_ERROR_INIT, RPCSEC_ERROR_INIT};
    rpcsec_status statuses[2];

    for (unsigned i = 0; i < 2; i++) {
        struct codec codec = {.record = record, .direction = NDR_IN, .by_fields = i == 1};
        statuses[i] = codec_decode(&codec, encoding, data, len, &values[i], &errors[i]);
    }
    /* Of several errors the ways may meet another one first. */
    if ((statuses[0] == RPCSEC_OK) != (statuses[1] == RPCSEC_OK))
        fail_msg("%s: by steps '%s', by fields '%s'", record->name,
                 rpcsec_error_text(&errors[0]), rpcsec_error_text(&errors[1]));
    if (statuses[0] != RPCSEC_OK)
        assert_true(*rpcsec_error_text(&errors[0]) && *rpcsec_error_text(&errors[1]));
    if (statuses[0] == RPCSEC_OK)
        assert_true(same_value(record, RPCSEC_NDR_IN, values[0].args, values[1].args));
    value_free(&values[0]);
    value_free(&values[1]);
}

/* Calls `check` with valid messages of each operation. */
static void for_each(void (*check)(const struct rpcsec_ndr_record *record,
                                   enum encoding encoding, struct buf *message))
{
    unsigned num = 0;

    for (uint32_t i = 0; i < steps_client_interface.num_operations; i++)
        for (unsigned seed = 0; seed < NUM_SEEDS * NUM_ENCODINGS; seed++) {
            struct codec codec = {.record = steps_client_interface.operations[i].args,
                                  .direction = NDR_IN};
            enum encoding encoding = (enum encoding)(seed % NUM_ENCODINGS);
            struct value value;
            struct buf out;
            if (!make_value(codec.record, seed, &value))
                continue;
            buf_init(&out, 1u << 20);
            assert_int_equal(codec_encode(&codec, encoding, value.args, &out, NULL), RPCSEC_OK);
            check(codec.record, encoding, &out);
            buf_done(&out);
            value_free(&value);
            num++;
        }
    assert_true(num >= steps_client_interface.num_operations);
}

static void check_changed(const struct rpcsec_ndr_record *record, enum encoding encoding,
                          struct buf *message)
{
    static const uint8_t changes[] = {0x01, 0x80, 0xff};

    for (size_t at = 0; at < message->len && at < MAX_BYTES; at++)
        for (size_t i = 0; i < NUM_OF(changes); i++) {
            message->data[at] ^= changes[i];
            decode_both(record, message->data, message->len, encoding);
            message->data[at] ^= changes[i];
        }
}

static void changed_messages_are_read_alike_both_ways(void **state)
{
    (void)state;
    for_each(check_changed);
}

static void check_zeros(const struct rpcsec_ndr_record *record, enum encoding encoding,
                        struct buf *message)
{
    uint8_t kept[4];

    for (size_t at = 0; at + 4 <= message->len && at < MAX_BYTES; at += 4) {
        memcpy(kept, message->data + at, 4);
        memset(message->data + at, 0, 4);
        decode_both(record, message->data, message->len, encoding);
        memset(message->data + at, 0xff, 4);
        decode_both(record, message->data, message->len, encoding);
        memcpy(message->data + at, kept, 4);
    }
}

static void words_of_zeros_and_ones_are_read_alike_both_ways(void **state)
{
    (void)state;
    for_each(check_zeros);
}

static void check_shorter(const struct rpcsec_ndr_record *record, enum encoding encoding,
                          struct buf *message)
{
    for (size_t len = 0; len < message->len && len < MAX_BYTES; len++) {
        uint8_t *exact = malloc(len + !len);
        assert_non_null(exact);
        memcpy(exact, message->data, len);
        decode_both(record, exact, len, encoding);
        free(exact);
    }
}

static void messages_cut_short_are_refused_alike_both_ways(void **state)
{
    (void)state;
    for_each(check_shorter);
}

struct memory_run {
    struct codec codec;
    enum encoding encoding;
    const struct buf *message;
};

static rpcsec_status there_and_back(void *arg)
{
    const struct memory_run *run = arg;
    struct value value = {NULL, NULL};
    struct buf out;

    buf_init(&out, 1u << 20);
    rpcsec_status status = codec_decode(&run->codec, run->encoding, run->message->data,
                                        run->message->len, &value, NULL);
    if (status == RPCSEC_OK)
        status = codec_encode(&run->codec, run->encoding, value.args, &out, NULL);
    value_free(&value);
    buf_done(&out);
    return status;
}

static void check_memory(const struct rpcsec_ndr_record *record, enum encoding encoding,
                         struct buf *message)
{
    struct memory_run run = {{.record = record, .direction = NDR_IN}, encoding, message};

    for (unsigned i = 0; i < 2; i++) {
        run.codec.by_fields = i == 1;
        assert_true(alloc_check_tolerant(there_and_back, &run) > 0);
    }
}

static void each_failing_request_for_memory_is_reported(void **state)
{
    (void)state;
    for_each(check_memory);
}

static void random_arguments_come_back_in_all_encodings(void **state)
{
    (void)state;
    assert_int_equal(round_trip_interface(&steps_client_interface, 1, 20), 0);
}

/* Encodes both ways: the same bytes, or the same error. */
static void encode_both(const struct rpcsec_ndr_record *record, const void *args, bool is_good)
{
    struct rpcsec_error errors[2] = {RPCSEC_ERROR_INIT, RPCSEC_ERROR_INIT};
    struct buf outs[2];
    rpcsec_status statuses[2];

    for (unsigned i = 0; i < 2; i++) {
        struct codec codec = {.record = record, .direction = NDR_IN, .by_fields = i == 1};
        buf_init(&outs[i], 1u << 20);
        statuses[i] = codec_encode(&codec, ENCODING_LE, args, &outs[i], &errors[i]);
    }
    if ((statuses[0] == RPCSEC_OK) != is_good)
        fail_msg("%s: %s", record->name, rpcsec_error_text(&errors[0]));
    assert_int_equal(statuses[0], statuses[1]);
    assert_string_equal(rpcsec_error_text(&errors[0]), rpcsec_error_text(&errors[1]));
    if (is_good) {
        assert_int_equal(outs[0].len, outs[1].len);
        assert_memory_equal(outs[0].data, outs[1].data, outs[0].len);
    }
    buf_done(&outs[0]);
    buf_done(&outs[1]);
}

static void values_that_cannot_be_sent_are_refused_alike_both_ways(void **state)
{
    int32_t longs[2] = {1, 2}, one = 3;
    int16_t shorts[2] = {4, 5};
    uint8_t bytes[2] = {0, 0}, full[4] = {65, 65, 65, 0};
    int64_t wide[2] = {6, 7};
    steps_flat flats[2] = {{1, 2}, {3, 4}};
    const steps_leaves good = {.n = 2,
                               .longs = longs,
                               .flats = flats,
                               .wide = wide,
                               .part = shorts,
                               .ranged = bytes,
                               .room = (char *)bytes,
                               .halves = shorts,
                               .one = &one};
    struct {
        steps_leaves leaves;
        bool is_good;
    } cases[32];
    size_t num = 0;

    (void)state;
#define CASE(good_, ...)                      \
    do {                                      \
        steps_leaves *l = &cases[num].leaves; \
        *l = good;                            \
        cases[num++].is_good = good_;         \
        __VA_ARGS__;                          \
    } while (0)
    CASE(true, (void)l);
    CASE(true, l->n = 1);
    CASE(false, l->n = 0); /* a string needs room for its NUL */
    CASE(true, l->n = 0; l->room = NULL);
    CASE(true, l->n = 0; l->room = NULL; l->longs = NULL; l->wide = NULL);
    CASE(true, l->k = 1);
    CASE(true, l->k = 2);
    CASE(false, l->k = 3);
    CASE(false, l->k = UINT32_MAX);
    CASE(false, l->longs = NULL);
    CASE(false, l->flats = NULL);
    CASE(false, l->part = NULL);
    CASE(false, l->room = NULL);
    CASE(false, l->one = NULL);
    CASE(false, l->few = 10);
    CASE(false, l->few = -1);
    CASE(false, l->e = (steps_enum)70000);
    CASE(true, l->text = (char *)bytes);
    CASE(false, l->room = (char *)full); /* no NUL within its room */
#undef CASE
    /* The record of One is its only argument. */
    for (size_t i = 0; i < num; i++)
        encode_both(steps_client_interface.operations[0].args, &cases[i].leaves,
                    cases[i].is_good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_messages_are_read_alike_both_ways),
        cmocka_unit_test(words_of_zeros_and_ones_are_read_alike_both_ways),
        cmocka_unit_test(messages_cut_short_are_refused_alike_both_ways),
        cmocka_unit_test(each_failing_request_for_memory_is_reported),
        cmocka_unit_test(random_arguments_come_back_in_all_encodings),
        cmocka_unit_test(values_that_cannot_be_sent_are_refused_alike_both_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
