/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_token.c: tests of packages/token.c and der.c.
 */
#include "harness/test.h"

#include "harness/decoder_check.h"
#include "harness/vector.h"
#include "packages/apreq.h"
#include "packages/der.h"
#include "packages/token.h"

static const struct {
    const char *file;
    enum token_kind kind;
} files[] = {
    {"tests/unit/test_packages_apreq_dce.hex", TOKEN_KERBEROS},
    {"tests/unit/test_packages_apreq_framed.hex", TOKEN_KERBEROS},
    {"tests/unit/test_packages_token_spnego.hex", TOKEN_SPNEGO},
};

static void kinds_are_told_by_the_first_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(files); i++) {
        struct vector vector = vector_load(files[i].file);

        assert_int_equal(token_kind(vector.data, vector.len), files[i].kind);
        vector_free(&vector);
    }
    assert_int_equal(token_kind((const uint8_t *)"NTLMSSP\0\1", 9), TOKEN_NTLM);
}

static void other_bytes_are_of_no_kind(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
    } cases[] = {
        {"", 0},
        {"NTLMSSP", 7},
        {"\x60\x02\x06\x00", 4},
        {"\x60\x08\x06\x06\x2b\x06\x01\x05\x02\x05", 10}, /* IAKERB's OID */
        {"\x60\x09\x06\x07\x2b\x06\x01\x05\x05\x02\x01", 11},
        {"\x30\x00", 2},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++)
        assert_int_equal(token_kind((const uint8_t *)cases[i].bytes, cases[i].len),
                         TOKEN_UNKNOWN);
}

static void the_ticket_inside_of_spnego_is_read(void **state)
{
    struct vector vector = vector_load(files[2].file);
    const uint8_t *inner = NULL;
    size_t len = 0;
    struct apreq apreq;

    (void)state;
    token_inner(vector.data, vector.len, &inner, &len);
    assert_true(inner > vector.data && inner + len == vector.data + vector.len);
    assert_ok(apreq_decode(inner, len, &apreq));
    assert_string_equal(apreq.service, "greeter/server.test@RPCSEC.TEST");
    vector_free(&vector);
}

static void a_token_without_another_inside_is_itself(void **state)
{
    static const uint8_t no_token[] = {
        0x60, 0x1c, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02,
        0xa0, 0x12, 0x30, 0x10, 0xa0, 0x0e, 0x30, 0x0c, 0x06, 0x0a,
        0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a,
    };
    struct vector vector = vector_load(files[0].file);
    const uint8_t *inner = NULL;
    size_t len = 0;

    (void)state;
    token_inner(vector.data, vector.len, &inner, &len);
    assert_ptr_equal(inner, vector.data);
    assert_int_equal(len, vector.len);
    token_inner(no_token, sizeof(no_token), &inner, &len);
    assert_ptr_equal(inner, no_token);
    assert_int_equal(len, sizeof(no_token));
    vector_free(&vector);
}

/* What token_inner finds must lie inside of the token, whatever the bytes are. */
static rpcsec_status find_inner(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    const uint8_t *inner = NULL;
    size_t inner_len = 0;

    (void)arg;
    token_inner(data, len, &inner, &inner_len);
    assert_true(inner >= data && inner_len <= len && inner + inner_len <= data + len);
    if (inner == data)
        return RPCSEC_BAD_FORMAT;
    memcpy(ret_value, &inner_len, sizeof(inner_len));
    return RPCSEC_OK;
}

static void inner_tokens_lie_inside_whatever_the_bytes_are(void **state)
{
    struct vector vector = vector_load(files[2].file);

    (void)state;
    decoder_check(&(struct decoder_case){
        .name = files[2].file,
        .vector = vector.data,
        .len = vector.len,
        .decode = find_inner,
        .value_len = sizeof(size_t),
    });
    vector_free(&vector);
}

static void a_mic_of_the_mechanism_list_is_found(void **state)
{
    static const uint8_t with[] = {0xa1, 0x0d, 0x30, 0x0b, 0xa0, 0x03, 0x0a, 0x01,
                                   0x00, 0xa3, 0x04, 0x04, 0x02, 0xaa, 0xbb};
    static const uint8_t without[] = {0xa1, 0x0d, 0x30, 0x0b, 0xa0, 0x03, 0x0a, 0x01,
                                      0x00, 0xa2, 0x04, 0x04, 0x02, 0xaa, 0xbb};

    (void)state;
    assert_true(token_has_mic(with, sizeof(with)));
    assert_false(token_has_mic(without, sizeof(without)));
    for (size_t len = 0; len < sizeof(with); len++)
        assert_false(token_has_mic(with, len));
}

static void accept_completed_says_nothing_else(void **state)
{
    static const uint8_t good[] = {0xa1, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x0a, 0x01, 0x00};
    uint8_t bytes[12];

    (void)state;
    assert_true(token_is_accept_completed(good, sizeof(good)));
    for (size_t len = 0; len < sizeof(good); len++)
        assert_false(token_is_accept_completed(good, len));
    for (size_t at = 0; at < sizeof(good); at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            memcpy(bytes, good, sizeof(good));
            bytes[at] ^= (uint8_t)(1u << bit);
            assert_false(token_is_accept_completed(bytes, sizeof(good)));
        }
    }
    memcpy(bytes, good, sizeof(good));
    bytes[sizeof(good)] = 0;
    assert_false(token_is_accept_completed(bytes, sizeof(good) + 1));
}

/* A NegTokenInit { mechTypes { Kerberos }, mechToken } around `inner`. */
static void put_spnego(struct buf *out, const struct vector *inner)
{
    static const uint8_t mechs[] = {0xa0, 0x0d, 0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86,
                                    0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02};
    static const uint8_t oid[] = {0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};
    const size_t field = der_head_len(inner->len) + inner->len;
    const size_t sequence = sizeof(mechs) + der_head_len(field) + field;
    const size_t choice = der_head_len(sequence) + sequence;

    der_put_head(out, DER_FRAME, sizeof(oid) + der_head_len(choice) + choice);
    buf_bytes(out, oid, sizeof(oid));
    der_put_head(out, DER_FIELD(0), choice);
    der_put_head(out, DER_SEQUENCE, sequence);
    buf_bytes(out, mechs, sizeof(mechs));
    der_put_head(out, DER_FIELD(2), field);
    der_put_head(out, DER_OCTET_STRING, inner->len);
    buf_bytes(out, inner->data, inner->len);
}

static void the_framing_of_an_ap_req_is_taken_off(void **state)
{
    struct vector framed = vector_load(files[1].file);
    struct apreq apreq;
    struct buf around;
    struct buf bare;
    const uint8_t *inner = NULL;
    size_t len = 0;

    (void)state;
    buf_init(&around, 4096);
    buf_init(&bare, 4096);
    assert_ok(token_unframe(framed.data, framed.len, &bare));
    assert_int_equal(bare.data[0], DER_AP_REQ);
    assert_ok(apreq_decode(bare.data, bare.len, &apreq));
    put_spnego(&around, &framed);
    buf_reset(&bare);
    assert_ok(token_unframe(around.data, around.len, &bare));
    assert_int_equal(token_kind(bare.data, bare.len), TOKEN_SPNEGO);
    token_inner(bare.data, bare.len, &inner, &len);
    assert_int_equal(inner[0], DER_AP_REQ);
    assert_ok(apreq_decode(inner, len, &apreq));
    assert_string_equal(apreq.service, "greeter/server.test@RPCSEC.TEST");
    assert_ptr_equal(inner + len, bare.data + bare.len);
    buf_done(&around);
    buf_done(&bare);
    vector_free(&framed);
}

static void a_token_without_that_framing_stays(void **state)
{
    struct buf bare;

    (void)state;
    buf_init(&bare, 4096);
    for (size_t i = 0; i < NUM_OF(files); i += 2) {
        struct vector vector = vector_load(files[i].file);

        assert_status(token_unframe(vector.data, vector.len, &bare), RPCSEC_NOT_FOUND);
        assert_int_equal(bare.len, 0);
        vector_free(&vector);
    }
    buf_done(&bare);
}

/* Truncated and altered: never a crash, and what comes out has a sound length. */
static rpcsec_status unframe(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    __attribute__((cleanup(buf_done))) struct buf out;
    rpcsec_status status;

    (void)arg;
    buf_init(&out, 4096);
    status = token_unframe(data, len, &out);
    if (status == RPCSEC_OK)
        memcpy(ret_value, &out.len, sizeof(out.len));
    return status == RPCSEC_NOT_FOUND ? RPCSEC_BAD_FORMAT : status;
}

static void unframing_stands_any_bytes(void **state)
{
    struct vector framed = vector_load(files[1].file);
    struct buf around;

    (void)state;
    buf_init(&around, 4096);
    put_spnego(&around, &framed);
    decoder_check(&(struct decoder_case){
        .name = "spnego around a frame",
        .vector = around.data,
        .len = around.len,
        .decode = unframe,
        .value_len = sizeof(size_t),
    });
    buf_done(&around);
    vector_free(&framed);
}

static void lengths_of_der_are_definite_and_short(void **state)
{
    static const struct {
        uint8_t bytes[8];
        size_t len;
        rpcsec_status status;
    } cases[] = {
        {{0x30, 0x00}, 2, RPCSEC_OK},
        {{0x30, 0x81, 0x01, 0x00}, 4, RPCSEC_OK},
        {{0x30, 0x84, 0x00, 0x00, 0x00, 0x01, 0x00}, 7, RPCSEC_OK},
        {{0x30, 0x80, 0x00, 0x00}, 4, RPCSEC_BAD_FORMAT},
        {{0x30, 0x85, 0, 0, 0, 0, 1, 0}, 8, RPCSEC_BAD_FORMAT},
        {{0x30, 0x01}, 2, RPCSEC_TRUNCATED},
        {{0x30, 0x84, 0xff, 0xff, 0xff, 0xff}, 6, RPCSEC_TRUNCATED},
        {{0x31, 0x00}, 2, RPCSEC_BAD_FORMAT},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct cur c;
        struct cur content;

        cur_init(&c, cases[i].bytes, cases[i].len, true);
        content = der_open(&c, DER_SEQUENCE);
        assert_status(cur_status(&content), cases[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_the_first_bytes),
        cmocka_unit_test(other_bytes_are_of_no_kind),
        cmocka_unit_test(the_ticket_inside_of_spnego_is_read),
        cmocka_unit_test(a_token_without_another_inside_is_itself),
        cmocka_unit_test(inner_tokens_lie_inside_whatever_the_bytes_are),
        cmocka_unit_test(a_mic_of_the_mechanism_list_is_found),
        cmocka_unit_test(accept_completed_says_nothing_else),
        cmocka_unit_test(the_framing_of_an_ap_req_is_taken_off),
        cmocka_unit_test(a_token_without_that_framing_stays),
        cmocka_unit_test(unframing_stands_any_bytes),
        cmocka_unit_test(lengths_of_der_are_definite_and_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
