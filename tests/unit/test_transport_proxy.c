/* SPDX-License-Identifier: MIT
 *
 * unit/test_transport_proxy.c: headers of the PROXY protocol, version 2. The bytes are written
 * after section 2.2 of its document.
 */
#include "harness/test.h"

#include "transport/proxy.h"

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define ADDRESSES_4    \
    "\xC0\x00\x02\x01" \
    "\xC0\x00\x02\x63" \
    "\xC3\x51"         \
    "\x1B\x59"
#define ADDRESSES_6                              \
    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01" \
    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x02" \
    "\xC3\x51\x1B\x59"

struct sample {
    const char *bytes;
    size_t len;
    const char *peer; /* NULL: none */
};

#define SAMPLE(text, who)           \
    {                               \
        text, sizeof(text) - 1, who \
    }

static const struct sample good[] = {
    SAMPLE(SIGNATURE "\x21\x11\x00\x0C" ADDRESSES_4, "192.0.2.1:50001"),
    SAMPLE(SIGNATURE "\x21\x21\x00\x24" ADDRESSES_6, "[2001:db8::1]:50001"),
    SAMPLE(SIGNATURE "\x21\x11\x00\x14" ADDRESSES_4 "\x04\x00\x00"
                     "\x05\x00\x02"
                     "id",
           "192.0.2.1:50001"),
    SAMPLE(SIGNATURE "\x20\x00\x00\x00", NULL),             /* LOCAL: a health check */
    SAMPLE(SIGNATURE "\x20\x11\x00\x0C" ADDRESSES_4, NULL), /* LOCAL: addresses say nothing */
    SAMPLE(SIGNATURE "\x20\x77\x00\x02"
                     "??",
           NULL), /* LOCAL: nor does the family */
    SAMPLE(SIGNATURE "\x21\x00\x00\x03"
                     "???",
           NULL), /* UNSPEC */
};

static const uint8_t *bytes_of(const struct sample *sample)
{
    return (const uint8_t *)sample->bytes;
}

static void headers_tell_the_peer(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(good); i++) {
        struct proxy_header header;
        size_t total = 0;

        assert_ok(proxy_len(bytes_of(&good[i]), PROXY_PREFIX_LEN, &total));
        assert_int_equal(total, good[i].len);
        assert_ok(proxy_decode(bytes_of(&good[i]), good[i].len, &header));
        assert_int_equal(header.has_peer, good[i].peer != NULL);
        assert_string_equal(header.peer, good[i].peer ? good[i].peer : "");
    }
}

/* Each length alone, in memory of just that size, so that a sanitizer sees a byte too much. */
static void headers_cut_short_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(good); i++)
        for (size_t len = 0; len < good[i].len; len++) {
            uint8_t *part = test_malloc(len ? len : 1);
            struct proxy_header header = {.peer = "untouched"};
            size_t total = 0;

            memcpy(part, good[i].bytes, len);
            assert_ok(proxy_len(part, len, &total));
            assert_true(total > len);
            assert_status(proxy_decode(part, len, &header), RPCSEC_TRUNCATED);
            assert_string_equal(header.peer, "untouched");
            test_free(part);
        }
}

static void bytes_after_a_header_are_not_of_it(void **state)
{
    uint8_t twice[128];
    struct proxy_header header;
    size_t total = 0;

    (void)state;
    memcpy(twice, good[0].bytes, good[0].len);
    memcpy(twice + good[0].len, good[0].bytes, good[0].len);
    assert_ok(proxy_len(twice, 2 * good[0].len, &total));
    assert_int_equal(total, good[0].len);
    assert_status(proxy_decode(twice, 2 * good[0].len, &header), RPCSEC_TRAILING_DATA);
}

static void other_bytes_are_no_header(void **state)
{
    static const struct {
        struct sample sample;
        rpcsec_status status;
    } cases[] = {
        {SAMPLE("\x05\x00\x0b\x03\x10\x00\x00\x00\x48\x00\x00\x00\x01\x00\x00\x00", NULL),
         RPCSEC_PROTOCOL_ERROR},
        {SAMPLE("PROXY TCP4 192.0.2.1 192.0.2.99 50001 7001\r\n", NULL),
         RPCSEC_PROTOCOL_ERROR}, /* version 1 */
        {SAMPLE(SIGNATURE "\x11\x11\x00\x0C" ADDRESSES_4, NULL), RPCSEC_PROTOCOL_ERROR},
        {SAMPLE(SIGNATURE "\x31\x11\x00\x0C" ADDRESSES_4, NULL), RPCSEC_PROTOCOL_ERROR},
        {SAMPLE(SIGNATURE "\x22\x11\x00\x0C" ADDRESSES_4, NULL), RPCSEC_PROTOCOL_ERROR},
        {SAMPLE(SIGNATURE "\x21\x12\x00\x0C" ADDRESSES_4, NULL), RPCSEC_UNSUPPORTED}, /* UDP */
        {SAMPLE(SIGNATURE "\x21\x31\x00\x00", NULL), RPCSEC_UNSUPPORTED},             /* unix */
        {SAMPLE(SIGNATURE "\x21\x11\x00\x0B"
                          "\xC0\x00\x02\x01\xC0\x00\x02\x63\xC3\x51\x1B",
                NULL),
         RPCSEC_TRUNCATED}, /* its own length is short of the addresses */
        {SAMPLE(SIGNATURE "\x21\x11\x00\x0E" ADDRESSES_4 "\x04\x00", NULL), RPCSEC_TRUNCATED},
        {SAMPLE(SIGNATURE "\x21\x11\x00\x10" ADDRESSES_4 "\x04\x00\x02"
                          "i",
                NULL),
         RPCSEC_TRUNCATED}, /* a TLV longer than the header */
        {SAMPLE(SIGNATURE "\x21\x11\x08\x01", NULL), RPCSEC_LIMIT},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct proxy_header header;

        assert_status(proxy_decode(bytes_of(&cases[i].sample), cases[i].sample.len, &header),
                      cases[i].status);
    }
}

static void the_longest_header_is_taken(void **state)
{
    static uint8_t data[PROXY_PREFIX_LEN + PROXY_MAX_LEN];
    struct proxy_header header;

    (void)state;
    memcpy(data, SIGNATURE "\x20\x00\x08\x00", PROXY_PREFIX_LEN);
    assert_ok(proxy_decode(data, sizeof(data), &header));
    data[15] = 1;
    assert_status(proxy_decode(data, sizeof(data), &header), RPCSEC_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_tell_the_peer),
        cmocka_unit_test(headers_cut_short_are_refused),
        cmocka_unit_test(bytes_after_a_header_are_not_of_it),
        cmocka_unit_test(other_bytes_are_no_header),
        cmocka_unit_test(the_longest_header_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
