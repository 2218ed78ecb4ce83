/* SPDX-License-Identifier: MIT
 *
 * test_sec_faults: sealing and opening with a package that fails or is not ready, and at the
 * very end of a PDU.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "flow/pair.h"
#include "harness/fake_package.h"

#define HEAD      24
#define BODY      20
#define PADDING   12
#define TOKEN     28
#define EXTRA     6 /* zeros behind the token */
#define PDU_LEN   (HEAD + BODY + PADDING + PDU_TRAILER_LEN + TOKEN + EXTRA)
#define BEHIND    64 /* bytes after the PDU, which nobody may look at */
#define TOKEN_END (PDU_LEN - EXTRA)

struct fixture {
    struct pair *p;
    struct sec_context client;
    struct sec_context server;
    uint8_t bytes[PDU_LEN + BEHIND];
    struct pdu_header header;
    struct pdu_trailer trailer;
};

static void set_up(struct fixture *f)
{
    const struct pair_options options = {.level = RPCSEC_LEVEL_INTEGRITY,
                                         .least = RPCSEC_LEVEL_INTEGRITY};
    uint16_t context;

    assert_ok(pair_new(&options, &f->p));
    assert_ok(pair_bind(f->p, &pair_echo, &context));
    f->client = *assoc_security(f->p->client.a);
    f->server = *assoc_security(f->p->server.a);
    f->client.header_signing = true;
    f->server.header_signing = true;
}

/* A sound PDU whose sender kept EXTRA bytes of room more than the token needed. */
static void make_pdu(struct fixture *f)
{
    const struct pdu_trailer trailer = {.type = f->client.auth_type,
                                        .level = RPCSEC_LEVEL_INTEGRITY,
                                        .pad_len = PADDING,
                                        .context_id = f->client.context_id};
    const size_t at = HEAD + BODY + PADDING;
    struct pkg_buffer buffers[] = {{PKG_SIGN_ONLY, f->bytes, HEAD},
                                   {PKG_DATA, f->bytes + HEAD, BODY + PADDING},
                                   {PKG_SIGN_ONLY, f->bytes + at, PDU_TRAILER_LEN}};

    memset(f->bytes, 0, PDU_LEN);
    memset(f->bytes + PDU_LEN, 0xEE, BEHIND);
    memset(f->bytes + HEAD, 'b', BODY);
    f->header = (struct pdu_header){.type = PDU_REQUEST,
                                    .flags = PDU_FIRST_FRAG | PDU_LAST_FRAG,
                                    .frag_len = PDU_LEN,
                                    .auth_len = TOKEN + EXTRA,
                                    .call_id = 2};
    pdu_header_store(f->bytes, &f->header);
    pdu_trailer_store(f->bytes + at, &trailer, false);
    assert_ok(sspi_ctx_mic(f->client.ctx, buffers, NUM_OF(buffers),
                           f->bytes + at + PDU_TRAILER_LEN, TOKEN));
    assert_ok(pdu_trailer_decode(f->bytes, &f->header, HEAD, &f->trailer));
}

static rpcsec_status open_it(struct fixture *f, const struct sec_context *sec, size_t *ret_len)
{
    uint8_t *stub = NULL;
    rpcsec_status status =
        sec_open(sec, f->bytes, &f->header, &f->trailer, HEAD, &stub, ret_len);

    if (status == RPCSEC_OK)
        assert_ptr_equal(stub, f->bytes + HEAD);
    return status;
}

static void every_byte_behind_the_token_must_be_zero_and_none_behind_the_pdu(void **state)
{
    struct fixture f;
    size_t len = 0;

    (void)state;
    set_up(&f);
    for (size_t i = TOKEN_END; i < PDU_LEN; i++) {
        make_pdu(&f);
        f.bytes[i] = 1;
        assert_status(open_it(&f, &f.server, &len), RPCSEC_BAD_TOKEN);
        f.bytes[i] = 0; /* so that the next is in sequence */
        assert_ok(open_it(&f, &f.server, &len));
        assert_int_equal(len, BODY);
    }
    pair_free(f.p);
}

static struct sspi_ctx *fresh_context(struct pair *p)
{
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_INTEGRITY, .initiator = true};
    struct sspi_ctx *ctx = NULL;

    assert_ok(sspi_ctx_new(p->client.cred, &params, &ctx, NULL));
    return ctx;
}

static void a_context_that_is_not_done_opens_nothing(void **state)
{
    struct fixture f;
    struct sec_context sec;
    size_t len = 77;

    (void)state;
    set_up(&f);
    make_pdu(&f);
    sec = f.server;
    sec.ctx = fresh_context(f.p);
    assert_status(open_it(&f, &sec, &len), RPCSEC_INVALID_STATE);
    assert_int_equal(len, 77);
    sspi_ctx_free(sec.ctx);
    pair_free(f.p);
}

static struct segment *segment_of(size_t body_len)
{
    struct segment *s = mem_zalloc(sizeof(*s) + HEAD + body_len + BEHIND);

    assert_non_null(s);
    s->head_len = HEAD;
    s->body_len = body_len;
    s->body_max = body_len;
    s->tail_len = BEHIND;
    memset(s->mem, 0xAA, HEAD + body_len + BEHIND);
    return s;
}

static void a_context_that_is_not_done_leaves_a_segment_as_it_was(void **state)
{
    struct fixture f;
    struct sec_context sec;
    struct segment *s = segment_of(BODY);
    size_t len = 77;

    (void)state;
    set_up(&f);
    sec = f.client;
    sec.ctx = fresh_context(f.p);
    assert_status(sec_seal(&sec, s, &len), RPCSEC_INVALID_STATE);
    assert_int_equal(len, 77);
    for (size_t i = 0; i < HEAD + BODY + BEHIND; i++)
        assert_int_equal(s->mem[i], 0xAA);
    sspi_ctx_free(sec.ctx);
    mem_free(s);
    pair_free(f.p);
}

static void an_empty_body_without_protection_opens(void **state)
{
    uint8_t bytes[HEAD] = {0};
    const struct pdu_header header = {.frag_len = HEAD};
    uint8_t *stub = NULL;
    size_t len = 77;

    (void)state;
    assert_ok(sec_open(NULL, bytes, &header, NULL, HEAD, &stub, &len));
    assert_ptr_equal(stub, bytes + HEAD);
    assert_int_equal(len, 0);
}

static rpcsec_status expired_mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers,
                                 size_t num, uint8_t *token, size_t token_len)
{
    (void)ctx;
    (void)buffers;
    (void)num;
    (void)token;
    (void)token_len;
    return RPCSEC_CONTEXT_EXPIRED;
}

static void what_the_package_refuses_to_protect_is_not_sent(void **state)
{
    struct pkg_ops ops = fake_package;
    const struct pair_package expired = {"expired", &ops, pair_fake.target};
    struct segment *s = segment_of(BODY);
    struct fixture f;
    size_t len = 77;

    (void)state;
    ops.mic = expired_mic;
    pair_package = &expired;
    set_up(&f);
    assert_status(sec_seal(&f.client, s, &len), RPCSEC_CONTEXT_EXPIRED);
    assert_int_equal(len, 77);
    pair_package = &pair_fake;
    mem_free(s);
    pair_free(f.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_behind_the_token_must_be_zero_and_none_behind_the_pdu),
        cmocka_unit_test(a_context_that_is_not_done_opens_nothing),
        cmocka_unit_test(a_context_that_is_not_done_leaves_a_segment_as_it_was),
        cmocka_unit_test(an_empty_body_without_protection_opens),
        cmocka_unit_test(what_the_package_refuses_to_protect_is_not_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
