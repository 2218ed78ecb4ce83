/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_vectors.c: the whole engine on stub bytes that another implementation made:
 * each message is read in each encoding and written again in all three.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "harness/alloc_check.h"
#include "harness/decoder_check.h"
#include "ndr/messages.h"

static const char *const files[] = {"tests/vectors/ndr/echo.tsv", "tests/vectors/ndr/real.tsv",
                                    "tests/vectors/ndr/made-up.tsv",
                                    "tests/vectors/ndr/by-hand.tsv"};

/* Calls `check` for each encoding of each message. */
static void for_each(void (*check)(const struct message *message, enum encoding encoding))
{
    for (size_t i = 0; i < NUM_OF(files); i++) {
        struct messages messages = messages_load(files[i]);

        for (size_t k = 0; k < messages.num; k++)
            for (size_t e = 0; e < NUM_ENCODINGS; e++)
                if (messages.list[k].bytes[e].len)
                    check(&messages.list[k], (enum encoding)e);
        messages_free(&messages);
    }
}

static void check_written(const struct message *message, enum encoding from, const void *args,
                          enum encoding to)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct buf out;

    buf_init(&out, 1u << 24);
    if (codec_encode(&message->codec, to, args, &out, &err))
        fail_msg("%s, %s: %s", message->name, encoding_names[to], rpcsec_error_text(&err));
    if (out.len != message->bytes[to].len ||
        memcmp(out.data, message->bytes[to].data, out.len) != 0) {
        print_error("%s: read from %s, written as %s\n", message->name, encoding_names[from],
                    encoding_names[to]);
        assert_int_equal(out.len, message->bytes[to].len);
        assert_memory_equal(out.data, message->bytes[to].data, out.len);
    }
    buf_done(&out);
}

static void check_translation(const struct message *message, enum encoding from)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct value value;

    if (codec_decode(&message->codec, from, message->bytes[from].data, message->bytes[from].len,
                     &value, &err))
        fail_msg("%s, %s: %s", message->name, encoding_names[from], rpcsec_error_text(&err));
    for (size_t to = 0; to < NUM_ENCODINGS; to++)
        if (message->bytes[to].len)
            check_written(message, from, value.args, (enum encoding)to);
    value_free(&value);
}

static void each_vector_is_read_and_written_in_all_encodings(void **state)
{
    (void)state;
    for_each(check_translation);
}

struct subject {
    const struct message *message;
    enum encoding encoding;
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    const struct subject *subject = arg;

    return codec_decode(&subject->message->codec, subject->encoding, data, len, ret_value,
                        NULL);
}

static void release(void *arg, void *value)
{
    (void)arg;
    value_free(value);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct subject *subject = arg;

    return codec_encode(&subject->message->codec, subject->encoding,
                        ((const struct value *)value)->args, out, NULL);
}

/* The last structure of an NDR64 message may come without its padding. */
static size_t trailing_padding(const struct subject *subject)
{
    const struct vector *bytes = &subject->message->bytes[subject->encoding];
    size_t num = 0;

    while (subject->encoding == ENCODING_NDR64 && num < 7 && num < bytes->len &&
           bytes->data[bytes->len - 1 - num] == 0)
        num++;
    return num;
}

static void check_hostile(const struct message *message, enum encoding encoding)
{
    struct subject subject = {message, encoding};
    struct decoder_case test = {
        .name = message->name,
        .vector = message->bytes[encoding].data,
        .len = message->bytes[encoding].len,
        .decode = decode,
        .value_len = sizeof(struct value),
        .release = release,
        .encode = encode,
        .arg = &subject,
    };

    test.accepts_from = trailing_padding(&subject) ? test.len - trailing_padding(&subject) : 0;
    decoder_check(&test);
}

static void truncated_and_changed_messages_are_refused_or_read_safely(void **state)
{
    (void)state;
    for_each(check_hostile);
}

static rpcsec_status run_once(void *arg)
{
    const struct subject *subject = arg;
    const struct vector *bytes = &subject->message->bytes[subject->encoding];
    struct value value = {NULL, NULL};
    struct buf out;
    rpcsec_status status;

    buf_init(&out, 1u << 24);
    status = codec_decode(&subject->message->codec, subject->encoding, bytes->data, bytes->len,
                          &value, NULL);
    if (status == RPCSEC_OK)
        status =
            codec_encode(&subject->message->codec, subject->encoding, value.args, &out, NULL);
    value_free(&value);
    buf_done(&out);
    return status;
}

static void check_memory(const struct message *message, enum encoding encoding)
{
    struct subject subject = {message, encoding};

    assert_int_not_equal(alloc_check(run_once, &subject), 0);
}

static void each_failing_request_for_memory_is_reported(void **state)
{
    (void)state;
    for_each(check_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_vector_is_read_and_written_in_all_encodings),
        cmocka_unit_test(truncated_and_changed_messages_are_refused_or_read_safely),
        cmocka_unit_test(each_failing_request_for_memory_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
