/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_header.c: the common header (C706 12.6.3.1).
 */
#include "unit/pdu_case.h"

static const uint8_t good[PDU_HEADER_LEN] = {
    5, 0, PDU_REQUEST, 0x03, 0x10, 0, 0, 0, 0x30, 0x00, 0x10, 0x00, 0x04, 0x03, 0x02, 0x01,
};

static void header_is_decoded_and_stored_again(void **state)
{
    struct pdu_header header;
    uint8_t again[PDU_HEADER_LEN];

    (void)state;
    assert_ok(pdu_header_decode(good, &header));
    assert_int_equal(header.type, PDU_REQUEST);
    assert_int_equal(header.flags, PDU_FIRST_FRAG | PDU_LAST_FRAG);
    assert_false(header.big_endian);
    assert_int_equal(header.frag_len, 0x30);
    assert_int_equal(header.auth_len, 0x10);
    assert_int_equal(header.call_id, 0x01020304);
    pdu_header_store(again, &header);
    assert_memory_equal(again, good, sizeof(good));
}

static void header_is_read_in_its_own_order(void **state)
{
    static const uint8_t data[PDU_HEADER_LEN] = {
        5, 0, PDU_BIND, 0x03, 0, 0, 0, 0, 0x01, 0x02, 0x00, 0x10, 0x01, 0x02, 0x03, 0x04,
    };
    struct pdu_header header;

    (void)state;
    assert_ok(pdu_header_decode(data, &header));
    assert_true(header.big_endian);
    assert_int_equal(header.frag_len, 0x0102);
    assert_int_equal(header.auth_len, 0x0010);
    assert_int_equal(header.call_id, 0x01020304);
}

/* One byte of the good header changed. */
static const struct {
    const char *what;
    size_t at;
    uint8_t value;
    rpcsec_status status;
} changes[] = {
    {"version 4", 0, 4, RPCSEC_BAD_FORMAT},
    {"version 6", 0, 6, RPCSEC_BAD_FORMAT},
    {"minor version 1", 1, 1, RPCSEC_BAD_FORMAT},
    {"EBCDIC", 4, 0x11, RPCSEC_BAD_FORMAT},
    {"an unknown order", 4, 0x30, RPCSEC_BAD_FORMAT},
    {"VAX floating point", 5, 1, RPCSEC_BAD_FORMAT},
    {"reserved drep 2", 6, 1, RPCSEC_BAD_FORMAT},
    {"reserved drep 3", 7, 1, RPCSEC_BAD_FORMAT},
    {"a token with just its trailer and the header", 8, 16 + 8 + 16, RPCSEC_OK},
    {"one byte less than these", 8, 16 + 8 + 15, RPCSEC_BAD_FORMAT},
    {"a fragment shorter than its header", 8, 15, RPCSEC_BAD_FORMAT},
    {"a fragment of no length", 8, 0, RPCSEC_BAD_FORMAT},
    {"a token longer than the fragment", 10, 0x31, RPCSEC_BAD_FORMAT},
    {"a token of 64 KiB", 11, 0xff, RPCSEC_BAD_FORMAT},
    {"the reserved flag", 3, PDU_RESERVED, RPCSEC_OK},
    {"all flags", 3, 0xff, RPCSEC_OK},
    {"an unknown type", 2, 0xff, RPCSEC_OK},
};

/* Facts of CVE-2015-5370: lengths and header unchecked. */
static void header_is_checked_before_anything_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(changes); i++) {
        struct pdu_header header;
        uint8_t data[PDU_HEADER_LEN];
        rpcsec_status status;

        memcpy(data, good, sizeof(data));
        data[changes[i].at] = changes[i].value;
        memset(&header, 0xa5, sizeof(header));
        status = pdu_header_decode(data, &header);
        if (status != changes[i].status)
            fail_msg("%s: %s", changes[i].what, rpcsec_status_name(status));
        if (status != RPCSEC_OK && header.type != 0xa5)
            fail_msg("%s: the output is touched", changes[i].what);
    }
}

static void header_alone_is_a_whole_pdu(void **state)
{
    struct vector cancel = PDU_VECTOR("co_cancel");
    struct vector orphaned = PDU_VECTOR("orphaned");

    (void)state;
    assert_int_equal(vector_header(&cancel).type, PDU_CO_CANCEL);
    assert_int_equal(vector_header(&orphaned).type, PDU_ORPHANED);
    vector_free(&cancel);
    vector_free(&orphaned);
}

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return len < PDU_HEADER_LEN ? RPCSEC_TRUNCATED : pdu_header_decode(data, ret_value);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    uint8_t *at = buf_reserve(out, PDU_HEADER_LEN);

    (void)arg;
    if (at)
        pdu_header_store(at, value);
    return buf_status(out);
}

static void header_stands_any_change(void **state)
{
    struct decoder_case test = {
        .name = "header",
        .vector = good,
        .len = sizeof(good),
        .decode = decode,
        .value_len = sizeof(struct pdu_header),
        .encode = encode,
    };

    (void)state;
    decoder_check(&test);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_is_decoded_and_stored_again),
        cmocka_unit_test(header_is_read_in_its_own_order),
        cmocka_unit_test(header_is_checked_before_anything_else),
        cmocka_unit_test(header_alone_is_a_whole_pdu),
        cmocka_unit_test(header_stands_any_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
