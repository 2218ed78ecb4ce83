/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_trailer.c: the auth trailer (MS-RPCE 2.2.2.11).
 */
#include "unit/pdu_case.h"

static const struct {
    const char *path;
    size_t body_offset;
    struct pdu_trailer trailer;
} vectors[] = {
#define V(name) "tests/vectors/pdu/" name ".hex"
    {V("bind_krb5"), PDU_HEADER_LEN, {16, 6, 0, 1, 116, NULL, 2824}},
    {V("bind_krb5_big_endian"), PDU_HEADER_LEN, {16, 5, 0, 1, 116, NULL, 2824}},
    {V("bind_gap"), PDU_HEADER_LEN, {16, 6, 0, 1, 160, NULL, 8}},
    {V("bind_ack_krb5"), PDU_HEADER_LEN, {16, 6, 0, 1, 84, NULL, 140}},
    {V("alter_context"), PDU_HEADER_LEN, {9, 6, 0, 1, 72, NULL, 135}},
    {V("alter_context_resp"), PDU_HEADER_LEN, {9, 6, 0, 1, 56, NULL, 41}},
    {V("auth3"), PDU_AUTH3_LEN, {16, 6, 0, 1, 20, NULL, 93}},
    {V("auth3_big_endian"), PDU_AUTH3_LEN, {16, 5, 0, 1, 20, NULL, 93}},
    {V("request_signed"), PDU_REQUEST_LEN, {16, 4, 4, 1, 88, NULL, 28}},
    {V("request_signed_big_endian"), PDU_REQUEST_LEN, {16, 5, 4, 1, 88, NULL, 28}},
    {V("request_sealed"), PDU_REQUEST_LEN, {16, 6, 15, 1, 56, NULL, 76}},
    {V("request_empty"), PDU_REQUEST_LEN, {16, 4, 0, 1, 24, NULL, 28}},
    {V("response_sealed"), PDU_RESPONSE_LEN, {16, 6, 8, 1, 264, NULL, 76}},
};

static void trailer_is_found_from_the_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(vectors); i++) {
        struct vector vector = vector_load(vectors[i].path);
        struct pdu_header header = vector_header(&vector);
        const struct pdu_trailer *expected = &vectors[i].trailer;
        struct pdu_trailer trailer;

        assert_ok(pdu_trailer_decode(vector.data, &header, vectors[i].body_offset, &trailer));
        assert_int_equal(trailer.type, expected->type);
        assert_int_equal(trailer.level, expected->level);
        assert_int_equal(trailer.pad_len, expected->pad_len);
        assert_int_equal(trailer.context_id, expected->context_id);
        assert_int_equal(trailer.offset, expected->offset);
        assert_int_equal(trailer.token_len, expected->token_len);
        assert_ptr_equal(trailer.token, vector.data + vector.len - expected->token_len);
        vector_free(&vector);
    }
}

static void trailer_is_absent_without_a_token(void **state)
{
    struct vector vector = PDU_VECTOR("alter_context_resp_empty");
    struct pdu_header header = vector_header(&vector);
    struct pdu_trailer trailer;

    (void)state;
    assert_status(pdu_trailer_decode(vector.data, &header, PDU_HEADER_LEN, &trailer),
                  RPCSEC_NOT_FOUND);
    vector_free(&vector);
}

/* A request with `stub_len` bytes of stub and padding, a trailer and 4 bytes of token. */
static rpcsec_status decode_made(size_t body_offset, size_t stub_len, uint8_t pad_len,
                                 struct pdu_trailer *ret_trailer)
{
    uint8_t pdu[256] = {0};
    size_t offset = PDU_REQUEST_LEN + stub_len;
    struct pdu_trailer trailer = {.type = 16, .level = 6, .pad_len = pad_len};
    struct pdu_header header = {
        .frag_len = (uint16_t)(offset + PDU_TRAILER_LEN + 4),
        .auth_len = 4,
    };

    pdu_trailer_store(pdu + offset, &trailer, false);
    return pdu_trailer_decode(pdu, &header, body_offset, ret_trailer);
}

static const struct {
    size_t body_offset;
    size_t stub_len;
    uint8_t pad_len;
    rpcsec_status status;
} places[] = {
    {24, 0, 0, RPCSEC_OK},
    {24, 16, 0, RPCSEC_OK},
    {24, 16, 15, RPCSEC_OK},
    {24, 16, 16, RPCSEC_OK},
    {24, 16, 17, RPCSEC_BAD_FORMAT}, /* CVE-2015-5370: more padding than body */
    {24, 0, 1, RPCSEC_BAD_FORMAT},
    {24, 16, 255, RPCSEC_BAD_FORMAT},
    {24, 4, 0, RPCSEC_OK}, /* not 16-aligned, as senders other than Windows do it */
    {24, 12, 3, RPCSEC_OK},
    {24, 1, 0, RPCSEC_BAD_FORMAT},
    {24, 2, 0, RPCSEC_BAD_FORMAT},
    {24, 3, 0, RPCSEC_BAD_FORMAT},
    {40, 16, 0, RPCSEC_OK},
    {40, 16, 1, RPCSEC_BAD_FORMAT}, /* the object UUID is no padding */
    {40, 12, 0, RPCSEC_BAD_FORMAT}, /* the trailer would begin inside the header */
};

static void trailer_is_refused_where_its_place_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(places); i++) {
        struct pdu_trailer trailer = {.offset = 12345};
        rpcsec_status status =
            decode_made(places[i].body_offset, places[i].stub_len, places[i].pad_len, &trailer);

        if (status != places[i].status)
            fail_msg("case %zu: %s", i, rpcsec_status_name(status));
        if (status != RPCSEC_OK && trailer.offset != 12345)
            fail_msg("case %zu: the output is touched", i);
    }
}

/* Nobody passes such headers, but no arithmetic may go wrong when somebody does. */
static void trailer_stands_headers_that_contradict_themselves(void **state)
{
    uint8_t pdu[64] = {0};
    struct pdu_trailer trailer;

    (void)state;
    for (uint16_t frag_len = 0; frag_len <= sizeof(pdu); frag_len++) {
        struct pdu_header header = {.frag_len = frag_len, .auth_len = 0xffff};

        assert_int_not_equal(pdu_trailer_decode(pdu, &header, PDU_HEADER_LEN, &trailer),
                             RPCSEC_OK);
    }
}

static void trailer_store_leaves_the_reserved_byte_zero(void **state)
{
    static const uint8_t expected[PDU_TRAILER_LEN] = {9, 5, 12, 0, 4, 3, 2, 1};
    struct pdu_trailer trailer = {
        .type = 9,
        .level = 5,
        .pad_len = 12,
        .context_id = 0x01020304,
    };
    uint8_t at[PDU_TRAILER_LEN];

    (void)state;
    memset(at, 0xff, sizeof(at));
    pdu_trailer_store(at, &trailer, false);
    assert_memory_equal(at, expected, sizeof(expected));
}

/* The whole of the value, without the pointer. */
struct value {
    struct pdu_header header;
    struct pdu_trailer trailer;
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct value value;
    rpcsec_status status = case_header(data, len, &value.header);

    (void)arg;
    if (status == RPCSEC_OK)
        status = pdu_trailer_decode(data, &value.header, PDU_AUTH3_LEN, &value.trailer);
    if (status == RPCSEC_OK)
        memcpy(ret_value, &value, sizeof(value));
    return status;
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct value *pdu = value;
    uint8_t *at;

    (void)arg;
    buf_zeros(out, pdu->trailer.offset);
    at = buf_reserve(out, PDU_TRAILER_LEN);
    if (at)
        pdu_trailer_store(at, &pdu->trailer, false);
    buf_bytes(out, pdu->trailer.token, pdu->trailer.token_len);
    if (buf_status(out) == RPCSEC_OK)
        pdu_header_store(out->data, &pdu->header);
    return buf_status(out);
}

static void trailer_stands_any_change_and_truncation(void **state)
{
    struct vector vector = PDU_VECTOR("auth3");
    struct decoder_case test = {
        .name = "auth3",
        .vector = vector.data,
        .len = vector.len,
        .decode = decode,
        .value_len = sizeof(struct value),
        .encode = encode,
    };

    (void)state;
    decoder_check(&test);
    vector_free(&vector);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(trailer_is_found_from_the_end),
        cmocka_unit_test(trailer_is_absent_without_a_token),
        cmocka_unit_test(trailer_is_refused_where_its_place_is_wrong),
        cmocka_unit_test(trailer_stands_headers_that_contradict_themselves),
        cmocka_unit_test(trailer_store_leaves_the_reserved_byte_zero),
        cmocka_unit_test(trailer_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
