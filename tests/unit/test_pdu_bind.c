/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_bind.c: bind and alter_context (C706 12.6.4.3 and 12.6.4.1).
 */
#include "unit/pdu_case.h"

#include "base/uuid.h"

#define CHECK_SYNTAX(syntax, expected) assert_true(syntax_equal(&(syntax), &(expected)))

static void check_two_contexts(const struct pdu_bind *bind)
{
    const struct pdu_context_elem *elem = bind->contexts;
    uint16_t mask = 0;

    assert_int_equal(bind->max_xmit, 5840);
    assert_int_equal(bind->max_recv, 5840);
    assert_int_equal(bind->group_id, 0);
    assert_int_equal(bind->num_contexts, 2);
    assert_int_equal(elem[0].context_id, 0);
    CHECK_SYNTAX(elem[0].abstract, mgmt);
    assert_int_equal(elem[0].num_transfers, 1);
    CHECK_SYNTAX(elem[0].transfers[0], syntax_ndr);
    assert_int_equal(elem[1].context_id, 1);
    CHECK_SYNTAX(elem[1].abstract, mgmt);
    assert_int_equal(elem[1].num_transfers, 1);
    assert_true(pdu_is_feature_syntax(&elem[1].transfers[0], &mask));
    assert_int_equal(mask, PDU_FEATURE_SECURITY_CONTEXTS | PDU_FEATURE_KEEP_ON_ORPHAN);
}

/* The same bind in both orders, with a token, and with a gap before the trailer. */
static void bind_gives_the_contexts_that_were_offered(void **state)
{
    static const char *const paths[] = {
        "tests/vectors/pdu/bind.hex",      "tests/vectors/pdu/bind_big_endian.hex",
        "tests/vectors/pdu/bind_krb5.hex", "tests/vectors/pdu/bind_krb5_big_endian.hex",
        "tests/vectors/pdu/bind_gap.hex",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(paths); i++) {
        struct vector vector = vector_load(paths[i]);
        struct pdu_header header = vector_header(&vector);
        struct pdu_context_elem contexts[2];
        struct pdu_bind bind;

        assert_int_equal(header.type, PDU_BIND);
        assert_ok(pdu_bind_decode(vector.data, &header, contexts, 2, &bind));
        check_two_contexts(&bind);
        vector_free(&vector);
    }
}

static void alter_context_gives_every_transfer_syntax(void **state)
{
    struct vector vector = PDU_VECTOR("alter_context_transfers");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_elem contexts[1];
    struct rpcsec_syntax nil = {0};
    struct pdu_bind bind;

    (void)state;
    assert_int_equal(header.type, PDU_ALTER_CONTEXT);
    assert_ok(pdu_bind_decode(vector.data, &header, contexts, 1, &bind));
    assert_int_equal(bind.num_contexts, 1);
    assert_int_equal(contexts[0].context_id, 1);
    assert_int_equal(contexts[0].num_transfers, 2);
    CHECK_SYNTAX(contexts[0].transfers[0], nil);
    CHECK_SYNTAX(contexts[0].transfers[1], syntax_ndr);
    vector_free(&vector);
}

/* A bind with `num` equal contexts of `num_transfers` each, whole; gives its length. */
static size_t make(struct buf *out, uint8_t num, uint8_t num_transfers)
{
    struct pdu_header header = {.type = PDU_BIND};

    buf_init(out, LIMIT_PDU_LEN);
    buf_zeros(out, PDU_HEADER_LEN + 8);
    buf_u8(out, num);
    buf_zeros(out, 3);
    for (uint8_t i = 0; i < num; i++) {
        buf_u16(out, i);
        buf_u8(out, num_transfers);
        buf_zeros(out, 1 + 20 + 20 * (size_t)num_transfers);
    }
    assert_ok(buf_status(out));
    header.frag_len = (uint16_t)out->len;
    pdu_header_store(out->data, &header);
    return out->len;
}

static rpcsec_status decode_made(uint8_t num, uint8_t num_transfers, size_t room,
                                 struct pdu_context_elem *contexts, struct pdu_bind *ret_bind)
{
    struct pdu_header header;
    rpcsec_status status;
    struct buf out;

    (void)make(&out, num, num_transfers);
    assert_ok(pdu_header_decode(out.data, &header));
    status = pdu_bind_decode(out.data, &header, contexts, room, ret_bind);
    buf_done(&out);
    return status;
}

/* CVE-2015-5370: empty and oversized arrays of presentation contexts. */
static void bind_takes_no_more_contexts_than_there_is_room(void **state)
{
    struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
    struct pdu_bind bind;

    (void)state;
    assert_status(decode_made(0, 1, NUM_OF(contexts), contexts, &bind), RPCSEC_BAD_FORMAT);
    assert_ok(decode_made(LIMIT_CONTEXT_ELEMS, 1, NUM_OF(contexts), contexts, &bind));
    assert_int_equal(bind.num_contexts, LIMIT_CONTEXT_ELEMS);
    assert_int_equal(contexts[LIMIT_CONTEXT_ELEMS - 1].context_id, LIMIT_CONTEXT_ELEMS - 1);
    assert_status(decode_made(LIMIT_CONTEXT_ELEMS + 1, 1, NUM_OF(contexts), contexts, &bind),
                  RPCSEC_LIMIT);
    assert_status(decode_made(255, 1, NUM_OF(contexts), contexts, &bind), RPCSEC_LIMIT);
    assert_status(decode_made(1, 1, 0, contexts, &bind), RPCSEC_LIMIT);
}

static void bind_takes_no_more_transfer_syntaxes_than_there_is_room(void **state)
{
    struct pdu_context_elem contexts[2];
    struct pdu_bind bind;

    (void)state;
    assert_ok(decode_made(2, 0, 2, contexts, &bind));
    assert_int_equal(contexts[1].num_transfers, 0);
    assert_ok(decode_made(2, LIMIT_TRANSFER_SYNTAXES, 2, contexts, &bind));
    assert_int_equal(contexts[1].num_transfers, LIMIT_TRANSFER_SYNTAXES);
    assert_status(decode_made(2, LIMIT_TRANSFER_SYNTAXES + 1, 2, contexts, &bind),
                  RPCSEC_LIMIT);
    assert_status(decode_made(2, 255, 2, contexts, &bind), RPCSEC_LIMIT);
}

/* A count that is larger than the bytes that came is found before the list is walked. */
static void bind_refuses_counts_that_its_bytes_cannot_hold(void **state)
{
    struct vector vector = PDU_VECTOR("bind");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
    struct pdu_bind bind;

    (void)state;
    vector.data[24] = 3;
    assert_status(pdu_bind_decode(vector.data, &header, contexts, NUM_OF(contexts), &bind),
                  RPCSEC_TRUNCATED);
    vector.data[24] = 2;
    vector.data[30] = 4;
    assert_status(pdu_bind_decode(vector.data, &header, contexts, NUM_OF(contexts), &bind),
                  RPCSEC_TRUNCATED);
    vector_free(&vector);
}

/* The list must end before the trailer: a token is no context. */
static void bind_does_not_read_contexts_out_of_the_token(void **state)
{
    struct vector vector = PDU_VECTOR("bind_krb5");
    struct pdu_header header = vector_header(&vector);
    struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
    struct pdu_bind bind;

    (void)state;
    vector.data[24] = 3;
    assert_status(pdu_bind_decode(vector.data, &header, contexts, NUM_OF(contexts), &bind),
                  RPCSEC_TRUNCATED);
    vector_free(&vector);
}

static void bind_encoder_refuses_what_the_format_cannot_hold(void **state)
{
    static struct pdu_context_elem contexts[256];
    struct pdu_bind bind = {.contexts = contexts};
    struct buf out;

    (void)state;
    buf_init(&out, LIMIT_PDU_LEN);
    pdu_bind_encode(&out, &bind);
    assert_status(buf_status(&out), RPCSEC_INVALID_ARGUMENT);
    buf_reset(&out);
    bind.num_contexts = 256;
    pdu_bind_encode(&out, &bind);
    assert_status(buf_status(&out), RPCSEC_INVALID_ARGUMENT);
    buf_reset(&out);
    bind.num_contexts = 1;
    contexts[0].num_transfers = LIMIT_TRANSFER_SYNTAXES + 1;
    pdu_bind_encode(&out, &bind);
    assert_status(buf_status(&out), RPCSEC_INVALID_ARGUMENT);
    buf_reset(&out);
    contexts[0].num_transfers = LIMIT_TRANSFER_SYNTAXES;
    pdu_bind_encode(&out, &bind);
    assert_ok(buf_status(&out));
    assert_int_equal(out.len, 12 + 24 + 20 * LIMIT_TRANSFER_SYNTAXES);
    buf_reset(&out);
    contexts[0].num_transfers = 0;
    bind.num_contexts = 255;
    pdu_bind_encode(&out, &bind);
    assert_ok(buf_status(&out));
    assert_int_equal(out.len, 12 + 24 * 255);
    buf_done(&out);
}

/* What the value does not hold: header, token, room for the contexts. */
struct rest {
    struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
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
    return pdu_bind_decode(data, &rest->header, rest->contexts, NUM_OF(rest->contexts),
                           ret_value);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    const struct rest *rest = arg;

    buf_zeros(out, PDU_HEADER_LEN);
    pdu_bind_encode(out, value);
    return case_finish(out, rest->pdu, &rest->header);
}

static void check_vector(const char *path, bool encodes)
{
    struct vector vector = vector_load(path);
    struct rest rest;
    struct decoder_case test = {
        .name = path,
        .vector = vector.data,
        .len = vector.len,
        .decode = decode,
        .value_len = sizeof(struct pdu_bind),
        .encode = encodes ? encode : NULL,
        .arg = &rest,
    };

    decoder_check(&test);
    vector_free(&vector);
}

static void bind_stands_any_change_and_truncation(void **state)
{
    (void)state;
    check_vector("tests/vectors/pdu/bind.hex", true);
    check_vector("tests/vectors/pdu/bind_krb5.hex", true);
    check_vector("tests/vectors/pdu/alter_context.hex", true);
    check_vector("tests/vectors/pdu/alter_context_transfers.hex", true);
    check_vector("tests/vectors/pdu/bind_big_endian.hex", false);
    check_vector("tests/vectors/pdu/bind_gap.hex", false);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bind_gives_the_contexts_that_were_offered),
        cmocka_unit_test(alter_context_gives_every_transfer_syntax),
        cmocka_unit_test(bind_takes_no_more_contexts_than_there_is_room),
        cmocka_unit_test(bind_takes_no_more_transfer_syntaxes_than_there_is_room),
        cmocka_unit_test(bind_refuses_counts_that_its_bytes_cannot_hold),
        cmocka_unit_test(bind_does_not_read_contexts_out_of_the_token),
        cmocka_unit_test(bind_encoder_refuses_what_the_format_cannot_hold),
        cmocka_unit_test(bind_stands_any_change_and_truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
