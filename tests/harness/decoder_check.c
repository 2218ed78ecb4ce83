/* SPDX-License-Identifier: MIT
 *
 * harness/decoder_check.c: what every decoder of peer bytes must stand.
 */
#include "harness/test.h"
#include "harness/decoder_check.h"

#define UNTOUCHED   0xa5
#define ENCODED_MAX (1u << 20) /* bytes: an encoder that makes more is wrong */

static uint8_t *need(size_t len)
{
    uint8_t *mem = malloc(len ? len : 1);

    if (!mem)
        fail_msg("out of memory in the test harness");
    return mem;
}

static bool is_untouched(const uint8_t *value, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (value[i] != UNTOUCHED)
            return false;
    }
    return true;
}

/* Statuses that blame the caller, the machine or us are no answer to a peer's bytes. */
static bool blames_peer(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_OK:
    case RPCSEC_NO_MEMORY:
    case RPCSEC_INVALID_ARGUMENT:
    case RPCSEC_INVALID_STATE:
    case RPCSEC_INTERNAL:
    case RPCSEC_SYSTEM:
    case RPCSEC_BUFFER_TOO_SMALL:
        return false;
    default:
        return true;
    }
}

static void check_refusal(const struct decoder_case *test, const uint8_t *value,
                          rpcsec_status status)
{
    if (!blames_peer(status))
        fail_msg("%s: refuses bytes with %s", test->name, rpcsec_status_name(status));
    if (!test->touches_output && !is_untouched(value, test->value_len))
        fail_msg("%s: fails with %s but touches its output", test->name,
                 rpcsec_status_name(status));
}

/* `same_as` is what the encoding must be, NULL where any is well. */
static void check_encoding(const struct decoder_case *test, const uint8_t *value,
                           const uint8_t *same_as, size_t len)
{
    struct buf out;
    rpcsec_status status;

    if (!test->encode)
        return;
    buf_init(&out, ENCODED_MAX);
    status = test->encode(test->arg, value, &out);
    if (same_as && status != RPCSEC_OK)
        fail_msg("%s: encoding what was decoded gives %s", test->name,
                 rpcsec_status_name(status));
    if (same_as && (out.len != len || memcmp(out.data, same_as, len) != 0))
        fail_msg("%s: encodes to other bytes than it was decoded from", test->name);
    buf_done(&out);
}

/* Decodes a copy of the bytes, encodes and releases the value, and gives decode's status. */
static rpcsec_status try_decode(const struct decoder_case *test, const uint8_t *data,
                                size_t len, bool same_again)
{
    uint8_t *value = need(test->value_len);
    uint8_t *copy = need(len);
    rpcsec_status status;

    memcpy(copy, data, len);
    memset(value, UNTOUCHED, test->value_len);
    status = test->decode(test->arg, copy, len, value);
    if (status == RPCSEC_OK)
        check_encoding(test, value, same_again ? data : NULL, len);
    else
        check_refusal(test, value, status);
    if (status == RPCSEC_OK && test->release)
        test->release(test->arg, value);
    free(copy);
    free(value);
    return status;
}

void decoder_check_round_trip(const struct decoder_case *test)
{
    rpcsec_status status = try_decode(test, test->vector, test->len, true);

    if (status != RPCSEC_OK)
        fail_msg("%s: refuses its vector with %s", test->name, rpcsec_status_name(status));
}

void decoder_check_truncations(const struct decoder_case *test)
{
    size_t accepts_from = test->accepts_from ? test->accepts_from : test->len;

    for (size_t len = 0; len < test->len; len++) {
        rpcsec_status status = try_decode(test, test->vector, len, false);

        if (status == RPCSEC_OK && len < accepts_from)
            fail_msg("%s: accepts the first %zu of %zu bytes", test->name, len, test->len);
    }
}

static void try_change(const struct decoder_case *test, uint8_t *data, size_t at, uint8_t value)
{
    uint8_t original = data[at];

    if (value == original)
        return;
    data[at] = value;
    if (try_decode(test, data, test->len, false) == RPCSEC_OK && test->refuses_changes)
        fail_msg("%s: accepts byte %zu changed from %02x to %02x", test->name, at, original,
                 value);
    data[at] = original;
}

void decoder_check_changes(const struct decoder_case *test)
{
    static const uint8_t edges[] = {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
    uint8_t *data = need(test->len);

    memcpy(data, test->vector, test->len);
    for (size_t at = 0; at < test->len; at++) {
        for (unsigned bit = 0; bit < 8; bit++)
            try_change(test, data, at, (uint8_t)(data[at] ^ 1u << bit));
        for (size_t i = 0; i < NUM_OF(edges); i++)
            try_change(test, data, at, edges[i]);
        try_change(test, data, at, (uint8_t)(data[at] + 1));
        try_change(test, data, at, (uint8_t)(data[at] - 1));
    }
    free(data);
}

void decoder_check(const struct decoder_case *test)
{
    decoder_check_round_trip(test);
    decoder_check_truncations(test);
    decoder_check_changes(test);
}
