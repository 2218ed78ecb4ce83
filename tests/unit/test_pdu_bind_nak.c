/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_bind_nak.c: the refusal of a bind (C706 12.6.4.5, MS-RPCE 2.2.2.9).
 */
#include "unit/pdu_case.h"

static void check_reason(const char *path, uint16_t expected)
{
    struct vector vector = vector_load(path);
    struct pdu_header header = vector_header(&vector);
    uint16_t reason;

    assert_int_equal(header.type, PDU_BIND_NAK);
    assert_ok(pdu_bind_nak_decode(vector.data, &header, &reason));
    assert_int_equal(reason, expected);
    vector_free(&vector);
}

static void bind_nak_gives_the_reason(void **state)
{
    (void)state;
    check_reason("tests/vectors/pdu/bind_nak.hex", PDU_NAK_AUTH_TYPE);
    check_reason("tests/vectors/pdu/bind_nak_big_endian.hex", PDU_NAK_VERSION);
    check_reason("tests/vectors/pdu/bind_nak_eerr.hex", PDU_NAK_LOCAL_LIMIT);
}

struct value {
    struct pdu_header header;
    uint16_t reason;
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct value value = {.reason = 0xa5a5};
    rpcsec_status status = case_header(data, len, &value.header);

    (void)arg;
    if (status == RPCSEC_OK)
        status = pdu_bind_nak_decode(data, &value.header, &value.reason);
    if (status == RPCSEC_OK)
        memcpy(ret_value, &value, sizeof(value));
    else
        assert_int_equal(value.reason, 0xa5a5);
    return status;
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct value *nak = value;

    (void)arg;
    buf_zeros(out, PDU_HEADER_LEN);
    pdu_bind_nak_encode(out, nak->reason);
    if (buf_status(out) == RPCSEC_OK)
        pdu_header_store(out->data, &nak->header);
    return buf_status(out);
}

/* What follows the versions may be absent: they end at `accepts_from`. */
static void check_vector(const char *path, size_t accepts_from, bool encodes)
{
    struct vector vector = vector_load(path);
    struct decoder_case test = {
        .name = path,
        .vector = vector.data,
        .len = vector.len,
        .decode = decode,
        .value_len = sizeof(struct value),
        .encode = encodes ? encode : NULL,
        .accepts_from = accepts_from,
    };

    decoder_check(&test);
    vector_free(&vector);
}

static void bind_nak_stands_any_change_and_truncation(void **state)
{
    (void)state;
    check_vector("tests/vectors/pdu/bind_nak.hex", 21, true);
    check_vector("tests/vectors/pdu/bind_nak_big_endian.hex", 23, false);
    check_vector("tests/vectors/pdu/bind_nak_eerr.hex", 21, false);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bind_nak_gives_the_reason),
        cmocka_unit_test(bind_nak_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
