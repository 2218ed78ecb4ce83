/* SPDX-License-Identifier: MIT
 *
 * onc/test_onc_engine.c: tests of onc/engine: messages, RPCSEC_GSS, records, the window and the
 * table, all in memory and over the fake package.
 */
#include "plain_pair.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "harness/decoder_check.h"
#include "harness/fake_package.h"
#include "harness/vector.h"
#include "onc/engine/gss.h"
#include "onc/engine/record.h"
#include "onc/engine/table.h"
#include "onc/engine/window.h"

/* ---- messages ---- */

/* RFC 5531 9, written by hand: a call of program 0x2fffff01 version 1 procedure 3, RPCSEC_GSS
 * DATA with sequence number 5, service 3, a handle of 3 bytes, a verifier of 4 bytes. */
static const char call_text[] = "01020304 00000000 00000002 2fffff01 00000001 00000003"
                                "00000006 00000018 00000001 00000000 00000005 00000003"
                                "00000003 61626300 00000006 00000004 deadbeef";

static rpcsec_status decode_call(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return onc_call_decode(data, len, ret_value);
}

static rpcsec_status encode_call(void *arg, const void *value, struct buf *out)
{
    const struct onc_call *call = value;

    (void)arg;
    onc_call_put(out, call->xid, call->prog, call->vers, call->proc);
    onc_auth_put(out, &call->cred);
    onc_auth_put(out, &call->verf);
    return buf_status(out);
}

static void calls_survive_decoding_and_encoding(void **state)
{
    struct vector vector = vector_parse(call_text);
    const struct decoder_case test = {
        .name = "call",
        .vector = vector.data,
        .len = vector.len,
        .decode = decode_call,
        .value_len = sizeof(struct onc_call),
        .encode = encode_call,
        .touches_output = true, /* the xid of a call of another version */
    };

    (void)state;
    decoder_check(&test);
    vector_free(&vector);
}

static void a_call_is_decoded_to_its_fields(void **state)
{
    struct vector vector = vector_parse(call_text);
    struct onc_call call;
    struct onc_gss_cred cred;

    (void)state;
    assert_ok(onc_call_decode(vector.data, vector.len, &call));
    assert_int_equal(call.xid, 0x01020304);
    assert_int_equal(call.prog, 0x2fffff01);
    assert_int_equal(call.proc, 3);
    assert_int_equal(call.header_len, 56);
    assert_int_equal(call.body_offset, vector.len);
    assert_ok(onc_gss_cred_decode(&call.cred, &cred));
    assert_int_equal(cred.proc, ONC_GSS_DATA);
    assert_int_equal(cred.seq, 5);
    assert_int_equal(cred.service, ONC_SERVICE_PRIVACY);
    assert_int_equal(cred.handle_len, 3);
    assert_memory_equal(cred.handle, "abc", 3);
    vector_free(&vector);
}

static rpcsec_status decode_cred(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    const struct onc_auth auth = {ONC_RPCSEC_GSS, data, len};

    (void)arg;
    return onc_gss_cred_decode(&auth, ret_value);
}

static void credentials_stand_the_decoders_tests(void **state)
{
    struct vector vector =
        vector_parse("00000001 00000000 00000005 00000003 00000003 61626300");
    const struct decoder_case test = {.name = "credential",
                                      .vector = vector.data,
                                      .len = vector.len,
                                      .decode = decode_cred,
                                      .value_len = sizeof(struct onc_gss_cred)};

    (void)state;
    decoder_check(&test);
    vector_free(&vector);
}

static const struct {
    const char *text;
    rpcsec_status status;
} bad_creds[] = {
    {"00000002 00000000 00000005 00000003 00000000", RPCSEC_UNSUPPORTED}, /* version */
    {"00000001 00000004 00000005 00000003 00000000", RPCSEC_BAD_FORMAT},  /* procedure */
    {"00000001 00000000 00000005 00000000 00000000", RPCSEC_BAD_FORMAT},  /* service */
    {"00000001 00000000 00000005 00000004 00000000", RPCSEC_BAD_FORMAT},
    {"00000001 00000000 00000005 00000001 ffffffff", RPCSEC_TRUNCATED},           /* handle */
    {"00000001 00000000 00000005 00000001 00000001 61000001", RPCSEC_BAD_FORMAT}, /* padding */
    {"00000001 00000000 00000005 00000001 00000000 00", RPCSEC_TRAILING_DATA},
};

static void malformed_credentials_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(bad_creds); i++) {
        struct vector vector = vector_parse(bad_creds[i].text);
        struct onc_gss_cred cred;

        assert_status(decode_cred(NULL, vector.data, vector.len, &cred), bad_creds[i].status);
        vector_free(&vector);
    }
}

static rpcsec_status decode_reply(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return onc_reply_decode(data, len, ret_value);
}

static const char *const replies[] = {
    "01020304 00000001 00000000 00000006 00000004 deadbeef 00000000", /* success */
    "01020304 00000001 00000000 00000000 00000000 00000002 00000001 00000003",
    "01020304 00000001 00000001 00000001 0000000d", /* CREDPROBLEM */
    "01020304 00000001 00000001 00000000 00000002 00000002",
};

static void replies_stand_the_decoders_tests(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(replies); i++) {
        struct vector vector = vector_parse(replies[i]);
        const struct decoder_case test = {.name = "reply",
                                          .vector = vector.data,
                                          .len = vector.len,
                                          .decode = decode_reply,
                                          .value_len = sizeof(struct onc_reply)};

        decoder_check(&test);
        vector_free(&vector);
    }
}

static void a_token_longer_than_the_limit_is_refused(void **state)
{
    static uint8_t body[4 + LIMIT_TOKEN_LEN + 4];
    const uint8_t *token = NULL;
    size_t len = 0;

    (void)state;
    put_u32(body, LIMIT_TOKEN_LEN, true);
    assert_ok(onc_init_args_decode(body, 4 + LIMIT_TOKEN_LEN, &token, &len));
    assert_int_equal(len, LIMIT_TOKEN_LEN);
    put_u32(body, LIMIT_TOKEN_LEN + 1, true);
    assert_status(onc_init_args_decode(body, sizeof(body), &token, &len), RPCSEC_BAD_FORMAT);
}

static void init_results_survive_encoding_and_decoding(void **state)
{
    const struct onc_init_result result = {(const uint8_t *)"handle", 6, 0xd0000, 7, 256,
                                           (const uint8_t *)"tok",    3};
    struct onc_init_result again;
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    out.big_endian = true;
    onc_init_result_put(&out, &result);
    assert_ok(onc_init_result_decode(out.data, out.len, &again));
    assert_int_equal(again.major, 0xd0000);
    assert_int_equal(again.minor, 7);
    assert_int_equal(again.window, 256);
    assert_memory_equal(again.handle, "handle", 6);
    assert_memory_equal(again.token, "tok", 3);
    for (size_t len = 0; len < out.len; len++)
        assert_int_not_equal(onc_init_result_decode(out.data, len, &again), RPCSEC_OK);
    buf_done(&out);
}

/* ---- bodies ---- */

static const enum onc_service services[] = {ONC_SERVICE_NONE, ONC_SERVICE_INTEGRITY,
                                            ONC_SERVICE_PRIVACY};

static void make_body(struct buf *out, struct sspi_ctx *ctx, enum onc_service service,
                      const char *args, uint32_t seq)
{
    struct onc_body body;

    buf_init(out, 100000);
    out->big_endian = true;
    onc_body_begin(&body, out, service, ctx, 0);
    buf_bytes(out, args, strlen(args));
    onc_body_set_seq(&body, out, seq);
    assert_ok(onc_body_end(&body, out, ctx));
}

static void bodies_are_opened_as_they_were_made(void **state)
{
    static const char *const args[] = {"", "abcd", "a longer argument of 28 byte"};

    (void)state;
    for (size_t i = 0; i < NUM_OF(services) * NUM_OF(args); i++) {
        const char *text = args[i / NUM_OF(services)];
        struct plain_pair pair;
        struct buf out;
        uint8_t *data = NULL;
        size_t len = 1;

        plain_pair_make(&pair, &fake_package, NULL);
        make_body(&out, pair.client, services[i % NUM_OF(services)], text, 9);
        assert_int_equal(out.len % 4, 0);
        assert_ok(onc_body_open(out.data, out.len, services[i % NUM_OF(services)], pair.server,
                                9, &data, &len));
        assert_int_equal(len, strlen(text));
        assert_memory_equal(data, text, len);
        buf_done(&out);
        plain_pair_free(&pair);
    }
}

/* RFC 2203 5.3.2.2: also where the arguments are void. */
static void a_body_of_another_number_is_refused(void **state)
{
    (void)state;
    for (size_t i = 1; i < NUM_OF(services); i++) {
        struct plain_pair pair;
        struct buf out;
        uint8_t *data = NULL;
        size_t len = 0;

        plain_pair_make(&pair, &fake_package, NULL);
        make_body(&out, pair.client, services[i], "", 9);
        assert_status(
            onc_body_open(out.data, out.len, services[i], pair.server, 10, &data, &len),
            RPCSEC_OUT_OF_SEQUENCE);
        assert_null(data);
        buf_done(&out);
        plain_pair_free(&pair);
    }
}

static void every_changed_byte_of_a_body_is_refused(void **state)
{
    (void)state;
    for (size_t i = 1; i < NUM_OF(services); i++) {
        struct plain_pair pair;
        struct buf out;

        plain_pair_make(&pair, &fake_package, NULL);
        make_body(&out, pair.client, services[i], "", 9); /* void */
        for (size_t at = 0; at < out.len; at++) {
            uint8_t *copy = mem_alloc(out.len);
            uint8_t *data = NULL;
            size_t len = 0;

            memcpy(copy, out.data, out.len);
            copy[at] ^= 0x40;
            assert_int_not_equal(
                onc_body_open(copy, out.len, services[i], pair.server, 9, &data, &len),
                RPCSEC_OK);
            memcpy(copy, out.data, out.len);
            assert_int_not_equal(
                onc_body_open(copy, at, services[i], pair.server, 9, &data, &len), RPCSEC_OK);
            mem_free(copy);
        }
        buf_done(&out);
        plain_pair_free(&pair);
    }
}

static void a_body_that_cannot_be_sealed_leaves_no_plaintext(void **state)
{
    struct plain_pair pair;
    struct onc_body body;
    struct buf out;

    (void)state;
    plain_pair_make(&pair, &fake_package, "drop=16"); /* ISC_RET_CONFIDENTIALITY */
    buf_init(&out, 1000);
    out.big_endian = true;
    buf_u32(&out, 7);
    onc_body_begin(&body, &out, ONC_SERVICE_PRIVACY, pair.server, 1);
    buf_bytes(&out, "plaintext", 9);
    assert_status(onc_body_end(&body, &out, pair.server), RPCSEC_UNSUPPORTED);
    assert_int_equal(out.len, 4);
    assert_null(memmem(out.data, out.cap, "plaintext", 9));
    buf_done(&out);
    plain_pair_free(&pair);
}

static void a_verifier_covers_all_before_it(void **state)
{
    struct plain_pair pair;
    struct onc_auth verf;
    struct buf out;

    (void)state;
    plain_pair_make(&pair, &fake_package, NULL);
    buf_init(&out, 1000);
    out.big_endian = true;
    buf_bytes(&out, "header..", 8);
    assert_ok(onc_verf_put(&out, pair.client, out.data, out.len));
    verf = (struct onc_auth){get_u32(out.data + 8, true), out.data + 16,
                             get_u32(out.data + 12, true)};
    assert_status(onc_verf_check(pair.server, &verf, (const uint8_t *)"header.,", 8),
                  RPCSEC_BAD_SIGNATURE);
    verf.flavor = ONC_AUTH_NONE;
    assert_status(onc_verf_check(pair.server, &verf, out.data, 8), RPCSEC_BAD_TOKEN);
    verf.flavor = ONC_RPCSEC_GSS;
    assert_ok(onc_verf_check(pair.server, &verf, out.data, 8));
    buf_done(&out);
    plain_pair_free(&pair);
}

/* ---- the window ---- */

static void numbers_are_taken_once_in_any_order(void **state)
{
    struct onc_window window = {0};

    (void)state;
    assert_true(onc_window_take(&window, 10));
    assert_false(onc_window_take(&window, 10));
    assert_true(onc_window_take(&window, 8));
    assert_true(onc_window_take(&window, 300));
    assert_false(onc_window_take(&window, 8));
    assert_true(onc_window_take(&window, 299));
    assert_true(onc_window_take(&window, 300 - ONC_WINDOW + 1));
    assert_false(onc_window_take(&window, 300 - ONC_WINDOW));
    assert_true(onc_window_take(&window, ONC_MAXSEQ - 1));
    assert_false(onc_window_take(&window, 300));
}

/* Against a list of all numbers that were taken. */
static void the_window_agrees_with_a_list(void **state)
{
    static bool taken[5000];
    struct onc_window window = {0};
    uint32_t highest = 0;
    uint32_t random = 1;

    (void)state;
    memset(taken, 0, sizeof(taken));
    for (size_t i = 0; i < 20000; i++) {
        uint32_t seq;
        bool expected;

        random = random * 1664525 + 1013904223;
        seq = (uint32_t)(i / 5 + (random >> 8) % 600);
        seq = seq > 4999 ? 4999 : seq;
        expected = seq > highest || (highest - seq < ONC_WINDOW && !taken[seq]);
        if (i == 0)
            expected = true;
        assert_int_equal(onc_window_take(&window, seq), expected);
        taken[seq] = true;
        highest = seq > highest ? seq : highest;
    }
}

static void the_window_is_wide_enough(void **state)
{
    (void)state;
    assert_true(ONC_WINDOW >= 128);
}

/* ---- records ---- */

static void records_are_put_together_however_they_are_split(void **state)
{
    /* "ab" + "" + "cdef" (last), then "g" (last) */
    struct vector vector = vector_parse("00000002 6162 00000000 80000004 63646566 80000001 67");

    (void)state;
    for (size_t step = 1; step <= vector.len; step++) {
        struct onc_reader reader;
        size_t records = 0;

        onc_reader_init(&reader, 100);
        for (size_t at = 0; at < vector.len;) {
            size_t left = vector.len - at < step ? vector.len - at : step;
            size_t used = 0;

            assert_ok(onc_reader_feed(&reader, vector.data + at, left, &used));
            at += used;
            if (reader.complete) {
                struct buf record;

                onc_reader_take(&reader, &record);
                assert_int_equal(record.len, records == 0 ? 6 : 1);
                assert_memory_equal(record.data, records == 0 ? "abcdef" : "g", record.len);
                buf_done(&record);
                records++;
            }
        }
        assert_int_equal(records, 2);
        assert_false(onc_reader_is_inside(&reader));
        onc_reader_done(&reader);
    }
    vector_free(&vector);
}

static rpcsec_status feed_text(const char *text, size_t max)
{
    struct vector vector = vector_parse(text);
    struct onc_reader reader;
    size_t used = 0;
    rpcsec_status status;

    onc_reader_init(&reader, max);
    status = onc_reader_feed(&reader, vector.data, vector.len, &used);
    onc_reader_done(&reader);
    vector_free(&vector);
    return status;
}

static void a_record_beyond_the_limit_is_refused_by_its_mark(void **state)
{
    (void)state;
    assert_ok(feed_text("80000064", 100));
    assert_status(feed_text("80000065", 100), RPCSEC_LIMIT);
    assert_status(feed_text("7fffffff", 100), RPCSEC_LIMIT);
    assert_status(feed_text("00000002 6162 80000063", 100), RPCSEC_LIMIT);
}

static void empty_fragments_have_an_end(void **state)
{
    static const uint8_t empty[4];
    struct onc_reader reader;
    rpcsec_status status = RPCSEC_OK;
    size_t num = 0;

    (void)state;
    onc_reader_init(&reader, 100);
    while (status == RPCSEC_OK && num <= ONC_MAX_FRAGMENTS) {
        size_t used = 0;

        status = onc_reader_feed(&reader, empty, sizeof(empty), &used);
        num++;
    }
    assert_status(status, RPCSEC_BAD_FORMAT);
    assert_int_equal(num, ONC_MAX_FRAGMENTS + 1);
    onc_reader_done(&reader);
}

static void announced_bytes_take_no_memory(void **state)
{
    struct vector vector = vector_parse("80800000 61"); /* 8 MiB and one byte of it */
    struct onc_reader reader;
    size_t used = 0;

    (void)state;
    onc_reader_init(&reader, 1U << 24);
    assert_ok(onc_reader_feed(&reader, vector.data, vector.len, &used));
    assert_in_range(reader.record.cap, 0, 65536);
    onc_reader_done(&reader);
    vector_free(&vector);
}

/* ---- the table ---- */

static void entries_are_found_until_they_are_idle_or_over(void **state)
{
    struct onc_table table = {0};
    struct onc_entry entries[3] = {0};

    (void)state;
    for (uint8_t i = 0; i < 3; i++) {
        entries[i].handle[0] = i;
        entries[i].expires = i == 2 ? 50 : 1000;
        assert_ok(onc_table_add(&table, &entries[i], 100));
    }
    assert_ptr_equal(onc_table_find(&table, entries[1].handle, ONC_HANDLE_LEN, 500),
                     &entries[1]);
    assert_null(onc_table_find(&table, entries[1].handle, ONC_HANDLE_LEN - 1, 500));
    assert_ptr_equal(onc_table_sweep(&table, 500, 1000, 50), &entries[2]); /* over */
    assert_null(onc_table_sweep(&table, 1099, 1000, 50));
    assert_ptr_equal(onc_table_sweep(&table, 1100, 1000, 50), &entries[0]); /* idle */
    assert_null(onc_table_find(&table, entries[0].handle, ONC_HANDLE_LEN, 1100));
    assert_int_equal(table.num, 1);
    onc_table_remove(&table, &entries[1]);
    assert_null(table.oldest);
}

static void names_have_no_more_than_their_cap(void **state)
{
    struct onc_counts counts = {0};

    (void)state;
    assert_ok(onc_counts_add(&counts, "ada", 2));
    assert_ok(onc_counts_add(&counts, "ada", 2));
    assert_status(onc_counts_add(&counts, "ada", 2), RPCSEC_LIMIT);
    assert_ok(onc_counts_add(&counts, "bob", 2));
    onc_counts_remove(&counts, "ada");
    assert_ok(onc_counts_add(&counts, "ada", 2));
    onc_counts_remove(&counts, "ada");
    onc_counts_remove(&counts, "ada");
    onc_counts_remove(&counts, "bob");
    assert_null(counts.by_name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_survive_decoding_and_encoding),
        cmocka_unit_test(a_call_is_decoded_to_its_fields),
        cmocka_unit_test(credentials_stand_the_decoders_tests),
        cmocka_unit_test(malformed_credentials_are_refused),
        cmocka_unit_test(replies_stand_the_decoders_tests),
        cmocka_unit_test(a_token_longer_than_the_limit_is_refused),
        cmocka_unit_test(init_results_survive_encoding_and_decoding),
        cmocka_unit_test(bodies_are_opened_as_they_were_made),
        cmocka_unit_test(a_body_of_another_number_is_refused),
        cmocka_unit_test(every_changed_byte_of_a_body_is_refused),
        cmocka_unit_test(a_body_that_cannot_be_sealed_leaves_no_plaintext),
        cmocka_unit_test(a_verifier_covers_all_before_it),
        cmocka_unit_test(numbers_are_taken_once_in_any_order),
        cmocka_unit_test(the_window_agrees_with_a_list),
        cmocka_unit_test(the_window_is_wide_enough),
        cmocka_unit_test(records_are_put_together_however_they_are_split),
        cmocka_unit_test(a_record_beyond_the_limit_is_refused_by_its_mark),
        cmocka_unit_test(empty_fragments_have_an_end),
        cmocka_unit_test(announced_bytes_take_no_memory),
        cmocka_unit_test(entries_are_found_until_they_are_idle_or_over),
        cmocka_unit_test(names_have_no_more_than_their_cap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
