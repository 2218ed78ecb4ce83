/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_request.c: requests, responses and faults (C706 12.6.4.9, 12.6.4.10, 12.6.4.7).
 */
#include "unit/pdu_case.h"

#include "base/uuid.h"

static const struct {
    const char *path;
    struct pdu_request request;
} requests[] = {
#define V(name) "tests/vectors/pdu/" name ".hex"
#define OBJECT                                    \
    {                                             \
        0x60a15ec5, 0x4de8, 0x11d7, {0xa6, 0x37}, \
        {                                         \
            0x00, 0x50, 0x56, 0xa2, 0x01, 0x82    \
        }                                         \
    }
    {V("request"), {17, 0, 200, false, {0}, 24}},
    {V("request_big_endian"), {17, 0, 200, false, {0}, 24}},
    {V("request_object"), {0, 0, 0, true, OBJECT, 40}},
    {V("request_object_big_endian"), {0, 0, 0, true, OBJECT, 40}},
    {V("request_signed"), {60, 0, 0, false, {0}, 24}},
    {V("request_signed_big_endian"), {60, 0, 0, false, {0}, 24}},
    {V("request_sealed"), {17, 0, 200, false, {0}, 24}},
    {V("request_empty"), {0, 0, 0, false, {0}, 24}},
};

static void request_gives_what_stands_before_the_stub(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(requests); i++) {
        struct vector vector = vector_load(requests[i].path);
        struct pdu_header header = vector_header(&vector);
        const struct pdu_request *expected = &requests[i].request;
        struct pdu_request request;

        assert_int_equal(header.type, PDU_REQUEST);
        assert_ok(pdu_request_decode(vector.data, &header, &request));
        assert_int_equal(request.alloc_hint, expected->alloc_hint);
        assert_int_equal(request.context_id, expected->context_id);
        assert_int_equal(request.opnum, expected->opnum);
        assert_int_equal(request.has_object, expected->has_object);
        assert_true(uuid_equal(&request.object, &expected->object));
        assert_int_equal(request.body_offset, expected->body_offset);
        vector_free(&vector);
    }
}

/* The object UUID must stand before the trailer, not in it or in the token. */
static void request_does_not_take_its_object_from_the_trailer(void **state)
{
    struct vector vector = PDU_VECTOR("request_empty"); /* trailer at 24 */
    struct pdu_header header = vector_header(&vector);
    struct pdu_request request;

    (void)state;
    header.flags |= PDU_OBJECT_UUID;
    assert_status(pdu_request_decode(vector.data, &header, &request), RPCSEC_TRUNCATED);
    vector_free(&vector);
}

static void request_flag_follows_the_object(void **state)
{
    struct pdu_header header = {
        .type = PDU_REQUEST,
        .flags = PDU_FIRST_FRAG | PDU_OBJECT_UUID,
        .frag_len = PDU_REQUEST_LEN,
    };
    struct pdu_request request = {.opnum = 1};
    uint8_t pdu[PDU_REQUEST_OBJECT_LEN];

    (void)state;
    pdu_request_store(pdu, &header, &request);
    assert_int_equal(pdu[3], PDU_FIRST_FRAG);
    request.has_object = true;
    header.flags = PDU_FIRST_FRAG;
    pdu_request_store(pdu, &header, &request);
    assert_int_equal(pdu[3], PDU_FIRST_FRAG | PDU_OBJECT_UUID);
    assert_int_equal(header.flags, PDU_FIRST_FRAG);
}

/* What a store must write, in both orders, over bytes that were something else. */
static void check_bytes(const uint8_t *pdu, size_t len, const uint8_t *little,
                        const uint8_t *big, bool big_endian)
{
    assert_memory_equal(pdu + PDU_HEADER_LEN, big_endian ? big : little, len - PDU_HEADER_LEN);
    assert_int_equal(pdu[len], 0xAA); /* and nothing behind it */
}

static void bodies_are_stored_to_the_last_byte(void **state)
{
    static const uint8_t request_little[] = {4, 3, 2, 1, 6, 5, 8, 7};
    static const uint8_t request_big[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const uint8_t response_little[] = {4, 3, 2, 1, 6, 5, 9, 0};
    static const uint8_t response_big[] = {1, 2, 3, 4, 5, 6, 9, 0};
    static const uint8_t fault_little[] = {4, 3, 2, 1, 6, 5, 9, 7, 13, 12, 11, 10, 0, 0, 0, 0};
    static const uint8_t fault_big[] = {1, 2, 3, 4, 5, 6, 9, 7, 10, 11, 12, 13, 0, 0, 0, 0};
    const struct pdu_request request = {
        .alloc_hint = 0x01020304, .context_id = 0x0506, .opnum = 0x0708};
    const struct pdu_response response = {
        .alloc_hint = 0x01020304, .context_id = 0x0506, .cancel_count = 9};
    const struct pdu_fault fault = {.alloc_hint = 0x01020304,
                                    .context_id = 0x0506,
                                    .cancel_count = 9,
                                    .flags = 7,
                                    .status = 0x0A0B0C0D};

    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct pdu_header header = {.big_endian = i, .frag_len = 64};
        uint8_t pdu[64];

        memset(pdu, 0xAA, sizeof(pdu));
        pdu_request_store(pdu, &header, &request);
        check_bytes(pdu, PDU_REQUEST_LEN, request_little, request_big, i);
        memset(pdu, 0xAA, sizeof(pdu));
        pdu_response_store(pdu, &header, &response);
        check_bytes(pdu, PDU_RESPONSE_LEN, response_little, response_big, i);
        memset(pdu, 0xAA, sizeof(pdu));
        pdu_fault_store(pdu, &header, &fault);
        check_bytes(pdu, PDU_FAULT_LEN, fault_little, fault_big, i);
    }
}

static void a_response_may_end_behind_its_fields(void **state)
{
    struct pdu_header header = {.type = PDU_RESPONSE, .frag_len = PDU_RESPONSE_LEN};
    uint8_t pdu[PDU_RESPONSE_LEN] = {0};
    struct pdu_response response;

    (void)state;
    assert_ok(pdu_response_decode(pdu, &header, &response));
    header.frag_len--;
    assert_status(pdu_response_decode(pdu, &header, &response), RPCSEC_TRUNCATED);
}

static void response_gives_what_stands_before_the_stub(void **state)
{
    struct vector vector = PDU_VECTOR("response_big_endian");
    struct vector sealed = PDU_VECTOR("response_sealed");
    struct pdu_header header = vector_header(&vector);
    struct pdu_response response;

    (void)state;
    assert_ok(pdu_response_decode(vector.data, &header, &response));
    assert_int_equal(response.alloc_hint, 0x01020304);
    assert_int_equal(response.context_id, 5);
    assert_int_equal(response.cancel_count, 6);
    header = vector_header(&sealed);
    assert_ok(pdu_response_decode(sealed.data, &header, &response));
    assert_int_equal(response.alloc_hint, 232);
    assert_int_equal(response.context_id, 0);
    vector_free(&vector);
    vector_free(&sealed);
}

static void check_fault(const char *path, const struct pdu_fault *expected)
{
    struct vector vector = vector_load(path);
    struct pdu_header header = vector_header(&vector);
    struct pdu_fault fault;

    assert_int_equal(header.type, PDU_FAULT);
    assert_ok(pdu_fault_decode(vector.data, &header, &fault));
    assert_int_equal(fault.alloc_hint, expected->alloc_hint);
    assert_int_equal(fault.context_id, expected->context_id);
    assert_int_equal(fault.cancel_count, expected->cancel_count);
    assert_int_equal(fault.flags, expected->flags);
    assert_int_equal(fault.status, expected->status);
    vector_free(&vector);
}

static void fault_gives_its_status_whatever_follows(void **state)
{
    static const struct pdu_fault range = {.alloc_hint = 24, .status = PDU_FAULT_OP_RNG_ERROR};
    static const struct pdu_fault denied = {
        .alloc_hint = 0x24,
        .context_id = 1,
        .flags = 1,
        .status = PDU_FAULT_ACCESS_DENIED,
    };

    (void)state;
    check_fault(V("fault"), &range);
    check_fault(V("fault_big_endian"), &range);
    check_fault(V("fault_eerr"), &denied);
}

static void fault_may_end_behind_its_status(void **state)
{
    struct vector vector = PDU_VECTOR("fault");
    struct pdu_header header = vector_header(&vector);
    struct pdu_fault fault = {0};

    (void)state;
    header.frag_len = 27;
    assert_status(pdu_fault_decode(vector.data, &header, &fault), RPCSEC_TRUNCATED);
    header.frag_len = 28;
    assert_ok(pdu_fault_decode(vector.data, &header, &fault));
    assert_int_equal(fault.status, PDU_FAULT_OP_RNG_ERROR);
    vector_free(&vector);
}

/* One PDU of any of the three types, with its stub. */
struct value {
    struct pdu_header header;
    union {
        struct pdu_request request;
        struct pdu_response response;
        struct pdu_fault fault;
    };
    const uint8_t *pdu;
};

static rpcsec_status decode_by_type(const uint8_t *data, struct value *value)
{
    switch (value->header.type) {
    case PDU_REQUEST:
        return pdu_request_decode(data, &value->header, &value->request);
    case PDU_RESPONSE:
        return pdu_response_decode(data, &value->header, &value->response);
    case PDU_FAULT:
        return pdu_fault_decode(data, &value->header, &value->fault);
    default:
        return RPCSEC_BAD_FORMAT;
    }
}

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct value value = {.pdu = data};
    struct value before;
    rpcsec_status status = case_header(data, len, &value.header);

    (void)arg;
    if (status != RPCSEC_OK)
        return status;
    memcpy(&before, &value, sizeof(value));
    status = decode_by_type(data, &value);
    if (status == RPCSEC_OK)
        memcpy(ret_value, &value, sizeof(value));
    else
        assert_memory_equal(&value, &before, sizeof(value));
    return status;
}

static size_t store_by_type(uint8_t *at, const struct value *value)
{
    switch (value->header.type) {
    case PDU_REQUEST:
        pdu_request_store(at, &value->header, &value->request);
        return value->request.body_offset;
    case PDU_RESPONSE:
        pdu_response_store(at, &value->header, &value->response);
        return PDU_RESPONSE_LEN;
    default:
        pdu_fault_store(at, &value->header, &value->fault);
        return PDU_FAULT_LEN;
    }
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct value *pdu = value;
    uint8_t head[PDU_REQUEST_OBJECT_LEN];
    size_t len = store_by_type(head, pdu);

    (void)arg;
    buf_bytes(out, head, len);
    if (pdu->header.frag_len > len)
        buf_bytes(out, pdu->pdu + len, pdu->header.frag_len - len);
    return buf_status(out);
}

static const struct {
    const char *path;
    size_t accepts_from; /* stub bytes may be absent where no trailer is */
    bool encodes;
} vectors[] = {
    {V("request"), 24, true},
    {V("request_object"), 40, true},
    {V("request_signed"), 0, true},
    {V("request_sealed"), 0, true},
    {V("request_big_endian"), 24, false},
    {V("request_object_big_endian"), 40, false},
    {V("request_signed_big_endian"), 0, false},
    {V("response"), 24, true},
    {V("response_sealed"), 0, true},
    {V("response_big_endian"), 24, false},
    {V("fault"), 28, true},
    {V("fault_eerr"), 28, true},
    {V("fault_big_endian"), 28, false},
};

static void request_stands_any_change_and_truncation(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(vectors); i++) {
        struct vector vector = vector_load(vectors[i].path);
        struct decoder_case test = {
            .name = vectors[i].path,
            .vector = vector.data,
            .len = vector.len,
            .decode = decode,
            .value_len = sizeof(struct value),
            .encode = vectors[i].encodes ? encode : NULL,
            .accepts_from = vectors[i].accepts_from,
        };

        decoder_check(&test);
        vector_free(&vector);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(request_gives_what_stands_before_the_stub),
        cmocka_unit_test(request_does_not_take_its_object_from_the_trailer),
        cmocka_unit_test(request_flag_follows_the_object),
        cmocka_unit_test(bodies_are_stored_to_the_last_byte),
        cmocka_unit_test(a_response_may_end_behind_its_fields),
        cmocka_unit_test(response_gives_what_stands_before_the_stub),
        cmocka_unit_test(fault_gives_its_status_whatever_follows),
        cmocka_unit_test(fault_may_end_behind_its_status),
        cmocka_unit_test(request_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
