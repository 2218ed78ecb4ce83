/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_verification.c: the verification trailer (MS-RPCE 2.2.2.13).
 */
#include "unit/pdu_case.h"

#include "base/uuid.h"

#define SIGNATURE "8ae31371 02f43671 "
#define BITMASK   "0100 0400 01000000 "
#define END_MASK  "0140 0400 01000000 "

static void check_bitmask_and_pcontext(const struct pdu_verification *trailer)
{
    assert_true(trailer->has_bitmask);
    assert_int_equal(trailer->bitmask, 1);
    assert_true(trailer->has_pcontext);
    assert_true(syntax_equal(&trailer->interface, &mgmt));
    assert_true(syntax_equal(&trailer->transfer, &syntax_ndr));
}

static void trailer_gives_its_commands(void **state)
{
    struct vector vector = PDU_VECTOR("verification");
    struct pdu_verification trailer;
    size_t stub_len;

    (void)state;
    assert_ok(pdu_verification_find(vector.data, vector.len, &trailer, &stub_len));
    assert_int_equal(stub_len, 0);
    check_bitmask_and_pcontext(&trailer);
    assert_false(trailer.has_header2);
    vector_free(&vector);
}

static void trailer_gives_header2(void **state)
{
    struct vector vector = PDU_VECTOR("verification_header2");
    struct pdu_verification trailer;
    size_t stub_len;

    (void)state;
    assert_ok(pdu_verification_find(vector.data, vector.len, &trailer, &stub_len));
    check_bitmask_and_pcontext(&trailer);
    assert_true(trailer.has_header2);
    assert_int_equal(trailer.header2_type, PDU_REQUEST);
    assert_false(trailer.header2_big_endian);
    assert_int_equal(trailer.header2_call_id, 0x11223344);
    assert_int_equal(trailer.header2_context_id, 7);
    assert_int_equal(trailer.header2_opnum, 9);
    vector_free(&vector);
}

static void trailer_takes_commands_in_any_order_and_skips_unknown_ones(void **state)
{
    struct vector vector = PDU_VECTOR("verification_any_order");
    struct pdu_verification trailer;
    size_t stub_len;

    (void)state;
    assert_ok(pdu_verification_find(vector.data, vector.len, &trailer, &stub_len));
    assert_int_equal(stub_len, 8);
    check_bitmask_and_pcontext(&trailer);
    vector_free(&vector);
}

/* In the captured requests the trailer stands before the auth padding, in both orders. */
static void trailer_is_little_endian_in_any_request(void **state)
{
    static const char *const paths[] = {
        "tests/vectors/pdu/request_signed.hex",
        "tests/vectors/pdu/request_signed_big_endian.hex",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(paths); i++) {
        struct vector vector = vector_load(paths[i]);
        struct pdu_header header = vector_header(&vector);
        struct pdu_verification found;
        struct pdu_trailer trailer;
        size_t stub_len;

        assert_ok(pdu_trailer_decode(vector.data, &header, PDU_REQUEST_LEN, &trailer));
        stub_len = trailer.offset - PDU_REQUEST_LEN - trailer.pad_len;
        assert_ok(
            pdu_verification_find(vector.data + PDU_REQUEST_LEN, stub_len, &found, &stub_len));
        assert_int_equal(stub_len, 0);
        check_bitmask_and_pcontext(&found);
        vector_free(&vector);
    }
}

static const struct {
    const char *what;
    const char *hex;
    rpcsec_status status;
    size_t stub_len;
} stubs[] = {
    {"an empty stub", "", RPCSEC_NOT_FOUND, 0},
    {"a stub without one", "00112233 44556677 8899aabb", RPCSEC_NOT_FOUND, 0},
    {"bitmask1 alone", SIGNATURE END_MASK, RPCSEC_OK, 0},
    {"behind a stub", "00112233" SIGNATURE END_MASK, RPCSEC_OK, 4},
    {"not aligned", "001122" SIGNATURE END_MASK, RPCSEC_NOT_FOUND, 0},
    {"not aligned by one", "00" SIGNATURE END_MASK, RPCSEC_NOT_FOUND, 0},
    {"not aligned by two", "0011" SIGNATURE END_MASK, RPCSEC_NOT_FOUND, 0},
    {"a bitmask with more bits", SIGNATURE "0140 0400 ffffffff", RPCSEC_OK, 0},
    {"must be processed, known", SIGNATURE "01c0 0400 01000000", RPCSEC_OK, 0},
    {"must be processed, unknown", SIGNATURE BITMASK "04c0 0400 01000000", RPCSEC_BAD_FORMAT,
     0},
    {"the same, not the last", SIGNATURE "0480 0000" END_MASK, RPCSEC_BAD_FORMAT, 0},
    {"unknown, as the last", SIGNATURE BITMASK "0440 0400 01000000", RPCSEC_OK, 0},
    {"unknown, empty", SIGNATURE "ff3f 0000" END_MASK, RPCSEC_OK, 0},
    {"command 0 is unknown too", SIGNATURE "0000 0000" END_MASK, RPCSEC_OK, 0},
    {"bitmask1 twice", SIGNATURE BITMASK END_MASK, RPCSEC_BAD_FORMAT, 0},
    {"no command", SIGNATURE, RPCSEC_BAD_FORMAT, 0},
    {"no end", SIGNATURE BITMASK, RPCSEC_BAD_FORMAT, 0},
    {"a command beyond the stub", SIGNATURE "0140 0800 01000000", RPCSEC_BAD_FORMAT, 0},
    {"the longest length", SIGNATURE "0a40 fcff 01000000", RPCSEC_BAD_FORMAT, 0},
    {"a cut command header", SIGNATURE "0140", RPCSEC_BAD_FORMAT, 0},
    {"bitmask1 too short", SIGNATURE "0140 0000", RPCSEC_BAD_FORMAT, 0},
    {"bitmask1 too long", SIGNATURE "0140 0800 01000000 00000000", RPCSEC_BAD_FORMAT, 0},
    {"pcontext too short", SIGNATURE "0240 0400 01000000", RPCSEC_BAD_FORMAT, 0},
    {"header2 too short", SIGNATURE "0340 0c00 00000000 10000000 01000000", RPCSEC_BAD_FORMAT,
     0},
    {"header2 with EBCDIC", SIGNATURE "0340 1000 00000000 11000000 01000000 00000000",
     RPCSEC_BAD_FORMAT, 0},
    {"header2 big-endian", SIGNATURE "0340 1000 00000000 00000000 01000000 00000000", RPCSEC_OK,
     0},
    {"a length that is no multiple of 4", SIGNATURE "0a00 0200 0000" END_MASK,
     RPCSEC_BAD_FORMAT, 0},
    {"one that does not reach to the end is data", SIGNATURE END_MASK "00000000",
     RPCSEC_NOT_FOUND, 0},
    {"the last of two", SIGNATURE END_MASK SIGNATURE END_MASK, RPCSEC_OK, 16},
    {"one inside another's unknown command", SIGNATURE BITMASK "0a40 1000" SIGNATURE END_MASK,
     RPCSEC_OK, 20},
    {"data that looks like one, before the real one", SIGNATURE "ffff ffff" SIGNATURE END_MASK,
     RPCSEC_OK, 12},
    {"half a signature at the end", "8ae31371", RPCSEC_NOT_FOUND, 0},
};

static void trailer_is_found_and_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(stubs); i++) {
        struct vector stub = vector_parse(stubs[i].hex);
        struct pdu_verification trailer;
        size_t stub_len = 12345;
        rpcsec_status status = pdu_verification_find(stub.data, stub.len, &trailer, &stub_len);

        if (status != stubs[i].status)
            fail_msg("%s: %s", stubs[i].what, rpcsec_status_name(status));
        if (stub_len != (status == RPCSEC_OK ? stubs[i].stub_len : 12345))
            fail_msg("%s: stub of %zu bytes", stubs[i].what, stub_len);
        vector_free(&stub);
    }
}

/* A trailer that begins `from_end` bytes before the stub's end, filled with an unknown command.
 */
static rpcsec_status find_at(size_t stub_len, size_t from_end)
{
    struct vector head = vector_parse(SIGNATURE BITMASK);
    struct pdu_verification trailer;
    rpcsec_status status;
    struct buf stub;

    buf_init(&stub, 4096);
    buf_zeros(&stub, stub_len);
    buf_bytes(&stub, head.data, head.len);
    buf_u16(&stub, 0x4abc);
    buf_u16(&stub, (uint16_t)(from_end - head.len - 4));
    buf_zeros(&stub, from_end - head.len - 4);
    assert_ok(buf_status(&stub));
    status = pdu_verification_find(stub.data, stub.len, &trailer, &stub_len);
    vector_free(&head);
    buf_done(&stub);
    return status;
}

static void trailer_is_searched_only_near_the_end(void **state)
{
    (void)state;
    assert_ok(find_at(0, LIMIT_TRAILER_SEARCH));
    assert_ok(find_at(1000, LIMIT_TRAILER_SEARCH));
    assert_status(find_at(1000, LIMIT_TRAILER_SEARCH + 4), RPCSEC_NOT_FOUND);
    assert_status(find_at(4, LIMIT_TRAILER_SEARCH + 4), RPCSEC_NOT_FOUND);
}

/* Signatures all over the place cost no more than a look at each. */
static void many_signatures_are_looked_at_in_turn(void **state)
{
    struct vector head = vector_parse(SIGNATURE END_MASK);
    struct pdu_verification trailer;
    size_t stub_len;
    struct buf stub;

    (void)state;
    buf_init(&stub, 1 << 16);
    for (size_t i = 0; i < 1000; i++)
        buf_bytes(&stub, head.data, head.len);
    buf_zeros(&stub, 4);
    assert_status(pdu_verification_find(stub.data, stub.len, &trailer, &stub_len),
                  RPCSEC_NOT_FOUND);
    vector_free(&head);
    buf_done(&stub);
}

static void trailer_without_a_command_is_not_encoded(void **state)
{
    struct pdu_verification none = {0};
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    pdu_verification_encode(&out, &none);
    assert_status(buf_status(&out), RPCSEC_INVALID_ARGUMENT);
    assert_int_equal(out.len, 0);
    buf_done(&out);
}

/* Every mix of commands; also into a buffer that is big-endian otherwise. */
static void what_is_encoded_is_found_again(void **state)
{
    (void)state;
    for (unsigned mix = 1; mix < 8; mix++) {
        struct pdu_verification trailer = {
            .has_bitmask = mix & 1,
            .bitmask = mix & 1,
            .has_pcontext = mix & 2,
            .has_header2 = mix & 4,
            .header2_big_endian = mix & 4,
        };
        struct pdu_verification found;
        size_t stub_len = 0;
        struct buf out;

        buf_init(&out, 200);
        out.big_endian = mix & 1;
        pdu_verification_encode(&out, &trailer);
        assert_int_equal(out.big_endian, (mix & 1) != 0);
        assert_ok(buf_status(&out));
        assert_ok(pdu_verification_find(out.data, out.len, &found, &stub_len));
        assert_int_equal(found.has_bitmask, trailer.has_bitmask);
        assert_int_equal(found.bitmask, trailer.bitmask);
        assert_int_equal(found.has_pcontext, trailer.has_pcontext);
        assert_int_equal(found.has_header2, trailer.has_header2);
        assert_int_equal(found.header2_big_endian, trailer.header2_big_endian);
        buf_done(&out);
    }
}

struct value {
    struct pdu_verification trailer;
    size_t stub_len;
    const uint8_t *stub;
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    struct value value = {.stub = data};
    rpcsec_status status;

    (void)arg;
    status = pdu_verification_find(data, len, &value.trailer, &value.stub_len);
    if (status == RPCSEC_OK)
        memcpy(ret_value, &value, sizeof(value));
    return status;
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct value *found = value;

    (void)arg;
    buf_bytes(out, found->stub, found->stub_len);
    pdu_verification_encode(out, &found->trailer);
    return buf_status(out) == RPCSEC_INVALID_ARGUMENT ? RPCSEC_OK : buf_status(out);
}

static void check_vector(const char *path, bool encodes)
{
    struct vector vector = vector_load(path);
    struct decoder_case test = {
        .name = path,
        .vector = vector.data,
        .len = vector.len,
        .decode = decode,
        .value_len = sizeof(struct value),
        .encode = encodes ? encode : NULL,
    };

    decoder_check(&test);
    vector_free(&vector);
}

static void trailer_stands_any_change_and_truncation(void **state)
{
    (void)state;
    check_vector("tests/vectors/pdu/verification.hex", true);
    check_vector("tests/vectors/pdu/verification_header2.hex", true);
    check_vector("tests/vectors/pdu/verification_any_order.hex", false);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(trailer_gives_its_commands),
        cmocka_unit_test(trailer_gives_header2),
        cmocka_unit_test(trailer_takes_commands_in_any_order_and_skips_unknown_ones),
        cmocka_unit_test(trailer_is_little_endian_in_any_request),
        cmocka_unit_test(trailer_is_found_and_checked),
        cmocka_unit_test(trailer_is_searched_only_near_the_end),
        cmocka_unit_test(many_signatures_are_looked_at_in_turn),
        cmocka_unit_test(trailer_without_a_command_is_not_encoded),
        cmocka_unit_test(what_is_encoded_is_found_again),
        cmocka_unit_test(trailer_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
