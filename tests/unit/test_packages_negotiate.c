/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_negotiate.c: what is SPNEGO's own, over a real KDC. Run by
 * test_packages_negotiate.sh, which also runs test_packages_kerberos over Negotiate.
 */
#include "sspi_pair.h"

/* A NegTokenInit whose only mechanism is NTLM (1.3.6.1.4.1.311.2.2.10), without a token. */
static const uint8_t spnego_with_ntlm[] = {
    0x60, 0x1c, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02, 0xa0, 0x12, 0x30, 0x10, 0xa0,
    0x0e, 0x30, 0x0c, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a,
};
/* MS-NLMP 2.2.1.1: NEGOTIATE_MESSAGE */
static const uint8_t bare_ntlm[] = "NTLMSSP\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/* A pair whose two ends use different packages. */
static void open_mixed(struct pair *pair, const struct pkg_ops *client,
                       const struct pkg_ops *server)
{
    struct pair other = {0};

    pair_ops = client;
    assert_ok(pair_open(pair, RPCSEC_LEVEL_PRIVACY, PAIR_SERVICE, NULL));
    pair_ops = server;
    assert_ok(pair_open(&other, RPCSEC_LEVEL_PRIVACY, PAIR_SERVICE, NULL));
    pair_ops = &pkg_negotiate;
    sspi_ctx_free(pair->server);
    sspi_cred_unref(pair->server_cred);
    pair->server = other.server;
    pair->server_cred = other.server_cred;
    other.server = NULL;
    other.server_cred = NULL;
    pair_free(&other);
}

static void message_goes_over(struct pair *pair)
{
    uint8_t stub[] = "sealed text";
    uint8_t token[128];
    struct pkg_buffer buffer = {PKG_DATA, stub, sizeof(stub)};
    size_t len = sspi_ctx_sizes(pair->client)->wrap_len;

    assert_ok(sspi_ctx_wrap(pair->client, &buffer, 1, token, len));
    assert_memory_not_equal(stub, "sealed text", sizeof(stub));
    assert_ok(sspi_ctx_unwrap(pair->server, &buffer, 1, token, len));
    assert_string_equal((char *)stub, "sealed text");
}

static void handshake_ends_with_the_acceptors_word(void **state)
{
    struct pair pair = {0};
    struct buf token[2];
    bool client_done = false;
    bool server_done = false;

    (void)state;
    assert_ok(pair_open(&pair, RPCSEC_LEVEL_PRIVACY, PAIR_SERVICE, NULL));
    buf_init(&token[0], 65536);
    buf_init(&token[1], 65536);
    for (unsigned leg = 1; leg <= 2; leg++) {
        buf_reset(&token[0]);
        assert_ok(sspi_ctx_step(pair.client, token[1].data, token[1].len, &token[0],
                                &client_done, NULL));
        assert_false(client_done);
        buf_reset(&token[1]);
        assert_ok(sspi_ctx_step(pair.server, token[0].data, token[0].len, &token[1],
                                &server_done, NULL));
        assert_true(token[1].len > 0);
    }
    assert_true(server_done);
    buf_reset(&token[0]);
    assert_ok(
        sspi_ctx_step(pair.client, token[1].data, token[1].len, &token[0], &client_done, NULL));
    assert_true(client_done && token[0].len == 0);
    assert_int_equal(sspi_ctx_peer(pair.server)->mechanism, RPCSEC_MECH_NEGOTIATE);
    message_goes_over(&pair);
    buf_done(&token[0]);
    buf_done(&token[1]);
    pair_free(&pair);
}

static void bare_kerberos_tokens_are_accepted(void **state)
{
    struct pair pair = {0};

    (void)state;
    open_mixed(&pair, &pkg_kerberos, &pkg_negotiate);
    assert_ok(pair_shake(&pair, NULL));
    assert_string_equal(sspi_ctx_peer(pair.server)->principal, "ada@" PAIR_REALM);
    assert_int_equal(sspi_ctx_info(pair.server)->key_version,
                     sspi_ctx_info(pair.client)->key_version);
    message_goes_over(&pair);
    pair_free(&pair);
}

/* RFC 4121 4.1: [APPLICATION 0] { Kerberos' OID, 01 00, AP-REQ }, for AP-REQs of 256 bytes to
 * 64 K. */
static void frame(const struct buf *bare, struct buf *out)
{
    static const uint8_t inside[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
                                     0x12, 0x01, 0x02, 0x02, 0x01, 0x00};
    const size_t len = sizeof(inside) + bare->len;
    const uint8_t head[] = {0x60, 0x82, (uint8_t)(len >> 8), (uint8_t)len};

    buf_bytes(out, head, sizeof(head));
    buf_bytes(out, inside, sizeof(inside));
    buf_bytes(out, bare->data, bare->len);
}

/* DCE style has no framing; clients that send it all the same are served, as by Windows. */
static void framed_kerberos_tokens_are_accepted(void **state)
{
    static const struct pkg_ops *const servers[] = {&pkg_kerberos, &pkg_negotiate};

    (void)state;
    for (size_t i = 0; i < NUM_OF(servers); i++) {
        struct pair pair = {0};
        struct buf bare;
        struct buf there;
        struct buf back;
        bool done = false;

        open_mixed(&pair, &pkg_kerberos, servers[i]);
        buf_init(&bare, 65536);
        buf_init(&there, 65536);
        buf_init(&back, 65536);
        assert_ok(sspi_ctx_step(pair.client, NULL, 0, &bare, &done, NULL));
        frame(&bare, &there);
        assert_ok(sspi_ctx_step(pair.server, there.data, there.len, &back, &done, NULL));
        buf_reset(&there);
        assert_ok(sspi_ctx_step(pair.client, back.data, back.len, &there, &done, NULL));
        buf_reset(&back);
        assert_ok(sspi_ctx_step(pair.server, there.data, there.len, &back, &done, NULL));
        message_goes_over(&pair);
        buf_done(&bare);
        buf_done(&there);
        buf_done(&back);
        pair_free(&pair);
    }
}

static void kerberos_refuses_spnego_tokens(void **state)
{
    struct pair pair = {0};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    open_mixed(&pair, &pkg_negotiate, &pkg_kerberos);
    assert_status(pair_shake(&pair, &err), RPCSEC_BAD_TOKEN);
    assert_non_null(strstr(err.text, "SPNEGO"));
    pair_free(&pair);
}

static rpcsec_status first_step(const uint8_t *bytes, size_t len, struct rpcsec_error *err)
{
    struct pair pair = {0};
    struct buf token;
    bool done = false;
    rpcsec_status status;

    buf_init(&token, 65536);
    assert_ok(pair_open(&pair, RPCSEC_LEVEL_PRIVACY, PAIR_SERVICE, NULL));
    status = sspi_ctx_step(pair.server, bytes, len, &token, &done, err);
    assert_int_equal(token.len, 0);
    buf_done(&token);
    pair_free(&pair);
    return status;
}

static void clients_of_ntlm_are_refused_as_such(void **state)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    (void)state;
    assert_status(first_step(bare_ntlm, sizeof(bare_ntlm), &err), RPCSEC_UNSUPPORTED);
    assert_non_null(strstr(err.text, "NTLM"));
    assert_status(first_step(spnego_with_ntlm, sizeof(spnego_with_ntlm), NULL),
                  RPCSEC_UNSUPPORTED);
}

static void tokens_of_no_kind_are_refused(void **state)
{
    static const uint8_t rubbish[40] = {0x60, 0x26};

    (void)state;
    assert_status(first_step(rubbish, sizeof(rubbish), NULL), RPCSEC_BAD_TOKEN);
    for (size_t len = 1; len < sizeof(spnego_with_ntlm); len++)
        assert_int_not_equal(first_step(spnego_with_ntlm, len, NULL), RPCSEC_OK);
}

/* MS-SPNG 3.1.5.2, CVE-2016-2110: what was offered is not to be changed on the way. Here the
 * acceptor's last word is. */
static void an_altered_last_word_is_refused(void **state)
{
    struct pair pair = {0};
    struct buf there;
    struct buf back;
    bool done = false;

    (void)state;
    buf_init(&there, 65536);
    buf_init(&back, 65536);
    assert_ok(pair_open(&pair, RPCSEC_LEVEL_PRIVACY, PAIR_SERVICE, NULL));
    for (unsigned leg = 1; leg <= 2; leg++) {
        buf_reset(&there);
        assert_ok(sspi_ctx_step(pair.client, back.data, back.len, &there, &done, NULL));
        buf_reset(&back);
        assert_ok(sspi_ctx_step(pair.server, there.data, there.len, &back, &done, NULL));
    }
    back.data[back.len - 1] = 2; /* RFC 4178 4.2.2: reject, where accept-completed stood */
    buf_reset(&there);
    done = false;
    assert_int_not_equal(sspi_ctx_step(pair.client, back.data, back.len, &there, &done, NULL),
                         RPCSEC_OK);
    assert_false(done);
    buf_done(&there);
    buf_done(&back);
    pair_free(&pair);
}

static void one_name_more_leads_to_the_package(void **state)
{
    (void)state;
    assert_ptr_equal(sspi_package(RPCSEC_MECH_NEGOTIATE), &pkg_negotiate);
    assert_ptr_equal(sspi_package_by_auth_type(9), &pkg_negotiate);
    assert_ptr_equal(sspi_package_by_name("negotiate"), &pkg_negotiate);
    assert_ptr_equal(sspi_package_by_auth_type(10), pkg_ntlm.is_there() ? &pkg_ntlm : NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handshake_ends_with_the_acceptors_word),
        cmocka_unit_test(bare_kerberos_tokens_are_accepted),
        cmocka_unit_test(framed_kerberos_tokens_are_accepted),
        cmocka_unit_test(kerberos_refuses_spnego_tokens),
        cmocka_unit_test(clients_of_ntlm_are_refused_as_such),
        cmocka_unit_test(tokens_of_no_kind_are_refused),
        cmocka_unit_test(an_altered_last_word_is_refused),
        cmocka_unit_test(one_name_more_leads_to_the_package),
    };

    if (!pair_in_realm())
        return 77;
    pair_ops = &pkg_negotiate;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
