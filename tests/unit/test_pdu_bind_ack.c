/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_bind_ack.c: bind_ack and alter_context_resp (C706 12.6.4.4 and 12.6.4.2).
 */
#include "unit/pdu_case.h"

#include "base/uuid.h"

static void check_ack(const char *path, uint32_t group_id)
{
    struct vector vector = vector_load(path);
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    assert_int_equal(header.type, PDU_BIND_ACK);
    assert_ok(pdu_bind_ack_decode(vector.data, &header, results, 2, &ack));
    assert_int_equal(ack.max_xmit, 5840);
    assert_int_equal(ack.max_recv, 5840);
    assert_int_equal(ack.group_id, group_id);
    assert_string_equal(ack.secondary_address, "49153");
    assert_int_equal(ack.num_results, 2);
    assert_int_equal(results[0].result, PDU_RESULT_ACCEPTANCE);
    assert_int_equal(results[0].reason, 0);
    assert_true(syntax_equal(&results[0].transfer, &syntax_ndr));
    assert_int_equal(results[1].result, PDU_RESULT_NEGOTIATE_ACK);
    assert_int_equal(results[1].reason, 3);
    assert_true(uuid_is_nil(&results[1].transfer.uuid));
    vector_free(&vector);
}

static void bind_ack_gives_the_results(void **state)
{
    (void)state;
    check_ack("tests/vectors/pdu/bind_ack.hex", 0xe508);
    check_ack("tests/vectors/pdu/bind_ack_big_endian.hex", 0xe508);
    check_ack("tests/vectors/pdu/bind_ack_krb5.hex", 0x50ea);
}

static void alter_context_resp_has_no_secondary_address(void **state)
{
    struct vector vector = PDU_VECTOR("alter_context_resp_two");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    (void)state;
    assert_int_equal(header.type, PDU_ALTER_CONTEXT_RESP);
    assert_ok(pdu_bind_ack_decode(vector.data, &header, results, 2, &ack));
    assert_string_equal(ack.secondary_address, "");
    assert_int_equal(ack.num_results, 2);
    assert_int_equal(results[0].result, PDU_RESULT_ACCEPTANCE);
    assert_int_equal(results[1].result, PDU_RESULT_PROVIDER_REJECTION);
    assert_int_equal(results[1].reason, PDU_REASON_TRANSFER_SYNTAX);
    vector_free(&vector);
}

/* A bind_ack without a token whose PDU has `more` bytes behind the results. */
static rpcsec_status decode_with_rest(size_t more)
{
    struct vector vector = PDU_VECTOR("bind_ack");
    struct pdu_header header = vector_header(&vector);
    uint8_t pdu[256] = {0};
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    memcpy(pdu, vector.data, vector.len);
    header.frag_len = (uint16_t)(vector.len + more);
    vector_free(&vector);
    return pdu_bind_ack_decode(pdu, &header, results, 2, &ack);
}

static void bind_ack_lets_only_an_empty_trailer_follow(void **state)
{
    struct vector vector = PDU_VECTOR("alter_context_resp_empty");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_result results[1];
    struct pdu_bind_ack ack;

    (void)state;
    assert_ok(pdu_bind_ack_decode(vector.data, &header, results, 1, &ack));
    assert_int_equal(ack.num_results, 1);
    vector_free(&vector);
    assert_ok(decode_with_rest(0));
    assert_status(decode_with_rest(4), RPCSEC_TRAILING_DATA);
    assert_status(decode_with_rest(7), RPCSEC_TRAILING_DATA);
    assert_ok(decode_with_rest(8));
    assert_status(decode_with_rest(9), RPCSEC_TRAILING_DATA);
    assert_status(decode_with_rest(24), RPCSEC_TRAILING_DATA);
}

/* MS-RPCE 2.2.2.11: padding may stand before a trailer that has a token. */
static void bind_ack_takes_padding_before_its_token(void **state)
{
    struct vector vector = PDU_VECTOR("bind_ack");
    struct pdu_header header = vector_header(&vector);
    uint8_t pdu[256] = {0};
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    (void)state;
    memcpy(pdu, vector.data, vector.len);
    for (size_t gap = 0; gap < 8; gap++) {
        header.auth_len = 16;
        header.frag_len = (uint16_t)(vector.len + gap + PDU_TRAILER_LEN + header.auth_len);
        assert_ok(pdu_bind_ack_decode(pdu, &header, results, 2, &ack));
    }
    vector_free(&vector);
}

/* Encodes an answer with this address and decodes it again. */
static void send_address(const uint8_t *address, uint16_t len, struct pdu_bind_ack *ret_ack)
{
    struct pdu_header header = {.type = PDU_BIND_ACK};
    struct pdu_context_result results[1];
    struct buf out;

    buf_init(&out, LIMIT_PDU_LEN);
    buf_zeros(&out, PDU_HEADER_LEN + 8);
    buf_u16(&out, len);
    buf_bytes(&out, address, len);
    buf_align(&out, 4);
    buf_zeros(&out, 4);
    assert_ok(buf_status(&out));
    header.frag_len = (uint16_t)out.len;
    assert_ok(pdu_bind_ack_decode(out.data, &header, results, 1, ret_ack));
    buf_done(&out);
}

static void secondary_address_is_cleaned_and_cut(void **state)
{
    uint8_t large[2000];
    struct pdu_bind_ack ack;

    (void)state;
    send_address((const uint8_t *)"\\PIPE\\x\0", 8, &ack);
    assert_string_equal(ack.secondary_address, "\\PIPE\\x");
    send_address((const uint8_t *)"135", 3, &ack); /* without its NUL */
    assert_string_equal(ack.secondary_address, "135");
    send_address((const uint8_t *)"1\x1b[2J\n\xff", 7, &ack);
    assert_string_equal(ack.secondary_address, "1?[2J??");
    memset(large, 'x', sizeof(large));
    send_address(large, sizeof(large), &ack);
    assert_int_equal(strlen(ack.secondary_address), sizeof(ack.secondary_address) - 1);
}

static void bind_ack_refuses_more_results_than_there_is_room(void **state)
{
    struct vector vector = PDU_VECTOR("bind_ack");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    (void)state;
    assert_status(pdu_bind_ack_decode(vector.data, &header, results, 1, &ack), RPCSEC_LIMIT);
    vector.data[32] = 3; /* results announced, not there */
    assert_status(pdu_bind_ack_decode(vector.data, &header, results, 2, &ack),
                  RPCSEC_TRUNCATED);
    vector_free(&vector);
}

#define ALIGN4(len) (((len) + 3) / 4 * 4)

/* Wherever in a buffer it begins, the body's alignment counts from the body. */
static void bind_ack_is_encoded_alike_at_any_place_of_a_buffer(void **state)
{
    static const size_t places[] = {0, 1, 2, 3, 16, 17};
    struct pdu_context_result results[1] = {{.transfer = {.major = 2}}};
    struct pdu_bind_ack ack = {.num_results = 1, .results = results};

    (void)state;
    for (size_t len = 0; len <= 5; len++) {
        memset(ack.secondary_address, 0, sizeof(ack.secondary_address));
        memset(ack.secondary_address, '1', len);
        for (size_t i = 0; i < NUM_OF(places); i++) {
            struct buf out;

            buf_init(&out, 1000);
            buf_zeros(&out, places[i]);
            pdu_bind_ack_encode(&out, &ack);
            assert_ok(buf_status(&out));
            assert_int_equal(out.len - places[i], ALIGN4(10 + (len ? len + 1 : 0)) + 4 + 24);
            assert_int_equal(out.data[places[i] + 8], len == 0 ? 0 : len + 1);
            assert_memory_equal(out.data + places[i] + 10, ack.secondary_address, len);
            buf_done(&out);
        }
    }
}

static void bind_ack_encoder_refuses_what_the_format_cannot_hold(void **state)
{
    static struct pdu_context_result results[256];
    struct pdu_bind_ack ack = {.num_results = 256, .results = results};
    struct buf out;

    (void)state;
    buf_init(&out, LIMIT_PDU_LEN);
    pdu_bind_ack_encode(&out, &ack);
    assert_status(buf_status(&out), RPCSEC_INVALID_ARGUMENT);
    buf_reset(&out);
    ack.num_results = 255;
    memset(ack.secondary_address, 'x', sizeof(ack.secondary_address)); /* without its NUL */
    pdu_bind_ack_encode(&out, &ack);
    assert_ok(buf_status(&out));
    assert_int_equal(out.data[8] | out.data[9] << 8, sizeof(ack.secondary_address));
    assert_int_equal(out.len, ALIGN4(10 + sizeof(ack.secondary_address)) + 4 + 24 * 255);
    buf_done(&out);
}

/* What the value does not hold: header, token, room for the results. */
struct rest {
    struct pdu_context_result results[LIMIT_CONTEXT_ELEMS];
    struct pdu_header header;
    const uint8_t *pdu;
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct rest *rest = arg;
    rpcsec_status status = case_header(data, len, &rest->header);

    rest->pdu = data;
    if (status != RPCSEC_OK)
        return status;
    return pdu_bind_ack_decode(data, &rest->header, rest->results, NUM_OF(rest->results),
                               ret_value);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct rest *rest = arg;

    buf_zeros(out, PDU_HEADER_LEN);
    pdu_bind_ack_encode(out, value);
    return case_finish(out, rest->pdu, &rest->header);
}

static void check_vector(const char *path, size_t accepts_from, bool encodes)
{
    struct vector vector = vector_load(path);
    struct rest rest;
    struct decoder_case test = {
        .name = path,
        .vector = vector.data,
        .len = vector.len,
        .decode = decode,
        .value_len = sizeof(struct pdu_bind_ack),
        .encode = encodes ? encode : NULL,
        .arg = &rest,
        .accepts_from = accepts_from,
    };

    decoder_check(&test);
    vector_free(&vector);
}

static void bind_ack_stands_any_change_and_truncation(void **state)
{
    (void)state;
    check_vector("tests/vectors/pdu/bind_ack.hex", 0, true);
    check_vector("tests/vectors/pdu/bind_ack_krb5.hex", 0, true);
    check_vector("tests/vectors/pdu/alter_context_resp.hex", 0, true);
    check_vector("tests/vectors/pdu/alter_context_resp_two.hex", 0, true);
    check_vector("tests/vectors/pdu/alter_context_resp_empty.hex", 56, false);
    check_vector("tests/vectors/pdu/bind_ack_big_endian.hex", 0, false);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bind_ack_gives_the_results),
        cmocka_unit_test(alter_context_resp_has_no_secondary_address),
        cmocka_unit_test(bind_ack_lets_only_an_empty_trailer_follow),
        cmocka_unit_test(bind_ack_takes_padding_before_its_token),
        cmocka_unit_test(secondary_address_is_cleaned_and_cut),
        cmocka_unit_test(bind_ack_refuses_more_results_than_there_is_room),
        cmocka_unit_test(bind_ack_is_encoded_alike_at_any_place_of_a_buffer),
        cmocka_unit_test(bind_ack_encoder_refuses_what_the_format_cannot_hold),
        cmocka_unit_test(bind_ack_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
