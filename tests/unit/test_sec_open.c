/* SPDX-License-Identifier: MIT
 *
 * test_sec_open: opening fragments: what verifies, and that nothing else does.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "flow/pair.h"
#include "harness/fake_package.h"

#define HEAD 24

/* A request sealed by the client's context, opened with the server's. */
struct fixture {
    struct pair *p;
    struct sec_context client;
    struct sec_context server;
    uint8_t pdu[512];
    struct pdu_header header;
    struct pdu_trailer trailer;
};

static void set_up(struct fixture *f, enum rpcsec_level level, bool header_signing)
{
    const struct pair_options options = {.level = level, .least = level};
    uint16_t context;

    assert_ok(pair_new(&options, &f->p));
    assert_ok(pair_bind(f->p, &pair_echo, &context));
    f->client = *assoc_security(f->p->client.a);
    f->server = *assoc_security(f->p->server.a);
    f->client.header_signing = header_signing;
    f->server.header_signing = header_signing;
}

/* A PDU by hand: body, pad_len bytes of padding wherever that puts the trailer, token. */
static void seal_by_hand(struct fixture *f, size_t body_len, size_t pad_len, size_t extra)
{
    const size_t at = HEAD + body_len + pad_len;
    const size_t token_len = sec_token_len(&f->client);
    const size_t len = at + PDU_TRAILER_LEN + token_len + extra;
    const struct pdu_trailer trailer = {f->client.auth_type,
                                        (uint8_t)f->client.level,
                                        (uint8_t)pad_len,
                                        f->client.context_id,
                                        0,
                                        NULL,
                                        0};
    struct pkg_buffer buffers[3] = {{PKG_SIGN_ONLY, f->pdu, HEAD},
                                    {PKG_DATA, f->pdu + HEAD, body_len + pad_len},
                                    {PKG_SIGN_ONLY, f->pdu + at, PDU_TRAILER_LEN}};
    const bool all = f->client.header_signing;
    uint8_t *token = f->pdu + at + PDU_TRAILER_LEN;

    memset(f->pdu, 0, sizeof(f->pdu));
    memset(f->pdu + HEAD, 'b', body_len);
    f->header = (struct pdu_header){.type = PDU_REQUEST,
                                    .flags = 3,
                                    .frag_len = (uint16_t)len,
                                    .auth_len = (uint16_t)(token_len + extra),
                                    .call_id = 2};
    pdu_header_store(f->pdu, &f->header);
    pdu_trailer_store(f->pdu + at, &trailer, false);
    if (f->client.level == RPCSEC_LEVEL_PRIVACY)
        assert_ok(sspi_ctx_wrap(f->client.ctx, all ? buffers : buffers + 1, all ? 3 : 1, token,
                                token_len));
    else
        assert_ok(sspi_ctx_mic(f->client.ctx, all ? buffers : buffers + 1, all ? 3 : 1, token,
                               token_len));
    assert_ok(pdu_trailer_decode(f->pdu, &f->header, HEAD, &f->trailer));
}

static rpcsec_status open_it(struct fixture *f, uint8_t **ret_stub, size_t *ret_len)
{
    return sec_open(&f->server, f->pdu, &f->header, &f->trailer, HEAD, ret_stub, ret_len);
}

static void what_was_sealed_opens_at_every_alignment(void **state)
{
    static const enum rpcsec_level levels[] = {RPCSEC_LEVEL_PACKET, RPCSEC_LEVEL_INTEGRITY,
                                               RPCSEC_LEVEL_PRIVACY};

    (void)state;
    for (size_t i = 0; i < NUM_OF(levels) * 2; i++) {
        struct fixture f;

        set_up(&f, levels[i / 2], i % 2 == 0);
        for (size_t body = 0; body < 40; body++) {
            uint8_t *stub = NULL;
            size_t len = 99;

            seal_by_hand(&f, body, (4 - body % 4) % 4, 0); /* 4-aligned is enough */
            assert_ok(open_it(&f, &stub, &len));
            assert_ptr_equal(stub, f.pdu + HEAD);
            assert_int_equal(len, body);
            for (size_t j = 0; j < body; j++)
                assert_int_equal(stub[j], 'b');
        }
        pair_free(f.p);
    }
}

static void any_flipped_bit_of_what_is_covered_is_seen(void **state)
{
    (void)state;
    for (int signing = 0; signing < 2; signing++) {
        for (size_t at = signing ? 0 : HEAD; at < HEAD + 16; at++) {
            struct fixture f;
            uint8_t *stub = NULL;
            size_t len;

            set_up(&f, RPCSEC_LEVEL_PRIVACY, signing != 0);
            seal_by_hand(&f, 16, 0, 0);
            f.pdu[at] ^= 0x10;
            assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_SIGNATURE);
            assert_null(stub);
            pair_free(f.p);
        }
    }
}

static void a_replay_is_out_of_sequence(void **state)
{
    struct fixture f;
    uint8_t copy[sizeof(f.pdu)];
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, true);
    seal_by_hand(&f, 16, 0, 0);
    memcpy(copy, f.pdu, sizeof(copy));
    assert_ok(open_it(&f, &stub, &len));
    memcpy(f.pdu, copy, sizeof(copy));
    assert_status(open_it(&f, &stub, &len), RPCSEC_OUT_OF_SEQUENCE);
    pair_free(f.p);
}

static void a_missing_trailer_is_refused_where_the_level_protects(void **state)
{
    struct fixture f;
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_INTEGRITY, true);
    seal_by_hand(&f, 16, 0, 0);
    assert_status(sec_open(&f.server, f.pdu, &f.header, NULL, HEAD, &stub, &len),
                  RPCSEC_BAD_FORMAT);
    pair_free(f.p);
}

/* MS-RPCE 2.2.2.11 note 37. */
static void zeros_behind_the_token_are_accepted_and_nothing_else(void **state)
{
    struct fixture f;
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, false);
    seal_by_hand(&f, 16, 0, 12);
    assert_ok(open_it(&f, &stub, &len));
    seal_by_hand(&f, 16, 0, 12);
    f.pdu[f.header.frag_len - 1] = 1;
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_TOKEN);
    pair_free(f.p);
}

/* A package whose peers' sealed tokens are shorter than its own. */
enum { SHORTER_LEN = 5 };
static size_t seen_len;

static size_t shorter(struct pkg_ctx *ctx, const uint8_t *token, size_t len)
{
    (void)ctx;
    (void)token;
    return len < SHORTER_LEN ? len : SHORTER_LEN;
}

static rpcsec_status note_len(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                              uint8_t *token, size_t token_len)
{
    (void)ctx;
    (void)buffers;
    (void)num;
    (void)token;
    seen_len = token_len;
    return RPCSEC_OK;
}

static void a_sealed_token_may_be_shorter_than_ours(void **state)
{
    struct pkg_ops ops = fake_package;
    const struct pair_package package = {"shorter", &ops, "test/server.example"};
    struct fixture f;
    uint8_t *stub;
    size_t len;

    (void)state;
    ops.wrap_token_len = shorter;
    ops.unwrap = note_len;
    pair_package = &package;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, true);
    seal_by_hand(&f, 32, 0, 0);
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_TOKEN); /* no zeros behind it */
    memset(f.pdu + f.header.frag_len - f.header.auth_len + SHORTER_LEN, 0,
           f.header.auth_len - SHORTER_LEN);
    assert_ok(open_it(&f, &stub, &len));
    assert_int_equal(seen_len, SHORTER_LEN);
    pair_free(f.p);
    /* Signatures are always as long as ours. */
    set_up(&f, RPCSEC_LEVEL_INTEGRITY, true);
    seal_by_hand(&f, 32, 0, 0);
    assert_ok(open_it(&f, &stub, &len));
    pair_free(f.p);
    pair_package = &pair_fake;
}

static void a_short_token_is_refused(void **state)
{
    struct fixture f;
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, true);
    seal_by_hand(&f, 16, 0, 0);
    f.header.frag_len -= 4;
    f.trailer.token_len -= 4;
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_TOKEN);
    pair_free(f.p);
}

static void places_that_cannot_be_are_refused(void **state)
{
    struct fixture f;
    struct pdu_trailer good;
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, true);
    seal_by_hand(&f, 16, 0, 0);
    good = f.trailer;
    f.trailer.pad_len = 17;
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_FORMAT);
    f.trailer = good;
    f.trailer.offset = HEAD - 4;
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_FORMAT);
    f.trailer = good;
    f.trailer.token_len++;
    assert_status(open_it(&f, &stub, &len), RPCSEC_BAD_FORMAT);
    assert_status(sec_open(NULL, f.pdu, &f.header, NULL, sizeof(f.pdu), &stub, &len),
                  RPCSEC_BAD_FORMAT);
    pair_free(f.p);
}

static void without_protection_only_the_padding_is_stripped(void **state)
{
    struct fixture f;
    struct sec_context connect_level = {.auth_type = 16, .level = RPCSEC_LEVEL_CONNECT};
    uint8_t *stub;
    size_t len;

    (void)state;
    set_up(&f, RPCSEC_LEVEL_PRIVACY, true);
    seal_by_hand(&f, 10, 6, 0);
    assert_ok(sec_open(&connect_level, f.pdu, &f.header, &f.trailer, HEAD, &stub, &len));
    assert_int_equal(len, 10);
    assert_ok(sec_open(NULL, f.pdu, &f.header, NULL, HEAD, &stub, &len));
    assert_int_equal(len, f.header.frag_len - HEAD);
    pair_free(f.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_opens_at_every_alignment),
        cmocka_unit_test(any_flipped_bit_of_what_is_covered_is_seen),
        cmocka_unit_test(a_replay_is_out_of_sequence),
        cmocka_unit_test(a_missing_trailer_is_refused_where_the_level_protects),
        cmocka_unit_test(zeros_behind_the_token_are_accepted_and_nothing_else),
        cmocka_unit_test(a_sealed_token_may_be_shorter_than_ours),
        cmocka_unit_test(a_short_token_is_refused),
        cmocka_unit_test(places_that_cannot_be_are_refused),
        cmocka_unit_test(without_protection_only_the_padding_is_stripped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
