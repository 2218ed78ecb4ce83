/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_uuid.c: UUIDs and syntax identifiers.
 */
#include "harness/test.h"
#include "harness/decoder_check.h"

#include <errno.h>
#include <sys/types.h>

#include "base/uuid.h"

static const struct rpcsec_uuid sample = {
    0x00112233, 0x4455, 0x6677, {0x88, 0x99}, {0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}};
#define SAMPLE_TEXT "00112233-4455-6677-8899-aabbccddeeff"

/* C706 appendix A: fields in the message's byte order, then 8 bytes as they are. */
static const uint8_t little[] = {0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66,
                                 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
static const uint8_t big[] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                              0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};

static void text_is_lower_case_with_hyphens(void **state)
{
    char text[UUID_TEXT_LEN];

    (void)state;
    uuid_text(&sample, text);
    assert_string_equal(text, SAMPLE_TEXT);
}

static void parse_takes_both_cases(void **state)
{
    struct rpcsec_uuid uuid = {0};

    (void)state;
    assert_ok(uuid_parse(SAMPLE_TEXT, &uuid));
    assert_true(uuid_equal(&uuid, &sample));
    assert_ok(uuid_parse("00112233-4455-6677-8899-AABBCCDDEEFF", &uuid));
    assert_true(uuid_equal(&uuid, &sample));
}

static void parse_refuses_everything_else(void **state)
{
    static const char *const wrong[] = {
        "",
        "00112233",
        "00112233-4455-6677-8899-aabbccddeeff0",
        "00112233-4455-6677-8899-aabbccddeeff-",
        " 00112233-4455-6677-8899-aabbccddeeff",
        "{00112233-4455-6677-8899-aabbccddeeff}",
        "00112233445566778899aabbccddeeff",
        "0011223-34455-6677-8899-aabbccddeeff",
        "00112233-4455-6677-8899-aabbccddeefg",
        "00112233-4455-6677-8899-aabbccddeef",
        "00112233-4455-6677-8899+aabbccddeeff",
        "+0112233-4455-6677-8899-aabbccddeeff",
        "0x112233-4455-6677-8899-aabbccddeeff",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(wrong); i++) {
        struct rpcsec_uuid uuid = sample;

        assert_status(uuid_parse(wrong[i], &uuid), RPCSEC_BAD_FORMAT);
        assert_true(uuid_equal(&uuid, &sample));
    }
}

static void parse_refuses_every_truncation(void **state)
{
    (void)state;
    for (size_t len = 0; len < UUID_TEXT_LEN - 1; len++) {
        struct rpcsec_uuid uuid;
        char *text = strndup(SAMPLE_TEXT, len);

        assert_status(uuid_parse(text, &uuid), RPCSEC_BAD_FORMAT);
        free(text);
    }
}

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct rpcsec_uuid uuid;
    struct cur c;

    cur_init(&c, data, len, *(bool *)arg);
    uuid_get(&c, &uuid);
    if (cur_end(&c) == RPCSEC_OK)
        memcpy(ret_value, &uuid, sizeof(uuid));
    return cur_end(&c);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    out->big_endian = *(bool *)arg;
    uuid_put(out, value);
    return buf_status(out);
}

static void wire_form_stands_the_decoder_check_in_both_orders(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        bool big_endian = order;
        const struct decoder_case test = {
            .name = big_endian ? "big-endian uuid" : "little-endian uuid",
            .vector = big_endian ? big : little,
            .len = 16,
            .decode = decode,
            .value_len = sizeof(struct rpcsec_uuid),
            .encode = encode,
            .arg = &big_endian,
        };
        struct rpcsec_uuid uuid;

        decoder_check(&test);
        assert_ok(decode(&big_endian, test.vector, 16, &uuid));
        assert_true(uuid_equal(&uuid, &sample));
    }
}

static void store_writes_both_orders(void **state)
{
    uint8_t at[16];

    (void)state;
    uuid_store(at, &sample, false);
    assert_memory_equal(at, little, 16);
    uuid_store(at, &sample, true);
    assert_memory_equal(at, big, 16);
}

static void equal_sees_a_difference_in_every_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < 16; i++) {
        struct rpcsec_uuid other = sample;

        assert_true(uuid_equal(&sample, &other));
        ((uint8_t *)&other)[i] ^= 1;
        assert_false(uuid_equal(&sample, &other));
    }
}

static void nil_is_all_zeros_only(void **state)
{
    struct rpcsec_uuid nil = {0};

    (void)state;
    assert_true(uuid_is_nil(&nil));
    nil.node[5] = 1;
    assert_false(uuid_is_nil(&nil));
    assert_false(uuid_is_nil(&sample));
}

/* The system's source of randomness, as a test wants it. */
static int fail_with; /* errno, 0: none */
static unsigned num_failures;

ssize_t __wrap_getrandom(void *out, size_t len, unsigned flags);
ssize_t __real_getrandom(void *out, size_t len, unsigned flags);
ssize_t __wrap_getrandom(void *out, size_t len, unsigned flags)
{
    if (num_failures == 0)
        return __real_getrandom(out, len, flags);
    num_failures--;
    errno = fail_with;
    return fail_with ? -1 : (ssize_t)len - 1;
}

static void random_one_waits_out_signals(void **state)
{
    struct rpcsec_uuid uuid = {0};

    (void)state;
    fail_with = EINTR;
    num_failures = 3;
    assert_ok(uuid_random(&uuid));
    assert_int_equal(num_failures, 0);
    assert_false(uuid_is_nil(&uuid));
}

static void without_randomness_there_is_no_uuid(void **state)
{
    static const int failures[] = {ENOSYS, 0 /* too few bytes */};
    struct rpcsec_uuid uuid = sample;

    (void)state;
    for (size_t i = 0; i < NUM_OF(failures); i++) {
        fail_with = failures[i];
        num_failures = 1;
        assert_status(uuid_random(&uuid), RPCSEC_SYSTEM);
        assert_true(uuid_equal(&uuid, &sample));
    }
}

static void put_into_a_failed_buffer_does_nothing(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 15);
    uuid_put(&b, &sample);
    assert_status(buf_status(&b), RPCSEC_LIMIT);
    assert_int_equal(b.len, 0);
    buf_done(&b);
}

/* RFC 4122 4.4 */
static void random_ones_are_version_four_and_differ(void **state)
{
    struct rpcsec_uuid first, next;

    (void)state;
    assert_ok(uuid_random(&first));
    for (unsigned i = 0; i < 100; i++) {
        assert_ok(uuid_random(&next));
        assert_int_equal(next.time_hi_and_version >> 12, 4);
        assert_int_equal(next.clock_seq[0] >> 6, 2);
        assert_false(uuid_equal(&first, &next));
    }
}

static void syntaxes_differ_in_uuid_and_version(void **state)
{
    struct rpcsec_syntax other = syntax_ndr;

    (void)state;
    assert_true(syntax_equal(&syntax_ndr, &other));
    assert_false(syntax_equal(&syntax_ndr, &syntax_ndr64));
    other.minor = 1;
    assert_false(syntax_equal(&syntax_ndr, &other));
    other = syntax_ndr;
    other.major = 3;
    assert_false(syntax_equal(&syntax_ndr, &other));
}

static void transfer_syntaxes_are_the_documents(void **state)
{
    char text[UUID_TEXT_LEN];

    (void)state;
    uuid_text(&syntax_ndr.uuid, text); /* C706 14 */
    assert_string_equal(text, "8a885d04-1ceb-11c9-9fe8-08002b104860");
    assert_int_equal(syntax_ndr.major, 2);
    assert_int_equal(syntax_ndr.minor, 0);
    uuid_text(&syntax_ndr64.uuid, text); /* MS-RPCE 2.2.5 */
    assert_string_equal(text, "71710533-beba-4937-8319-b5dbef9ccc36");
    assert_int_equal(syntax_ndr64.major, 1);
    assert_int_equal(syntax_ndr64.minor, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_lower_case_with_hyphens),
        cmocka_unit_test(parse_takes_both_cases),
        cmocka_unit_test(parse_refuses_everything_else),
        cmocka_unit_test(parse_refuses_every_truncation),
        cmocka_unit_test(wire_form_stands_the_decoder_check_in_both_orders),
        cmocka_unit_test(store_writes_both_orders),
        cmocka_unit_test(equal_sees_a_difference_in_every_byte),
        cmocka_unit_test(nil_is_all_zeros_only),
        cmocka_unit_test(random_ones_are_version_four_and_differ),
        cmocka_unit_test(random_one_waits_out_signals),
        cmocka_unit_test(without_randomness_there_is_no_uuid),
        cmocka_unit_test(put_into_a_failed_buffer_does_nothing),
        cmocka_unit_test(syntaxes_differ_in_uuid_and_version),
        cmocka_unit_test(transfer_syntaxes_are_the_documents),
    };

    return cmocka_run_group_tests_name("base/uuid", tests, NULL, NULL);
}
