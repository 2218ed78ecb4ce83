/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_record_ntlm.c: tests of packages/record_ntlm.c. The vectors are those of
 * MS-NLMP 4.2.4 (NTLM version 2, a session key of 0x55 in every byte).
 */
#include "harness/test.h"

#include <stdio.h>

#include "harness/vector.h"
#include "packages/record_ntlm.h"

#define FLAGS \
    (NTLM_SIGN | NTLM_SEAL | NTLM_EXTENDED_SESSION_SECURITY | NTLM_128 | NTLM_KEY_EXCHANGE)

static const uint8_t session_key[NTLM_KEY_LEN] = {0x55, 0x55, 0x55, 0x55, 0x55, 0x55,
                                                  0x55, 0x55, 0x55, 0x55, 0x55, 0x55,
                                                  0x55, 0x55, 0x55, 0x55};

struct pair {
    struct record *client;
    struct record *server;
};

static void pair_make(struct pair *pair, uint32_t flags)
{
    struct ntlm_keys keys = {.session_key = session_key, .flags = flags, .initiator = true};

    assert_ok(record_ntlm_make(&keys, &pair->client));
    keys.initiator = false;
    assert_ok(record_ntlm_make(&keys, &pair->server));
}

static void pair_free(struct pair *pair)
{
    record_ntlm.free(pair->client);
    record_ntlm.free(pair->server);
}

/* MS-NLMP 4.2.4.4: "Plaintext" in UTF-16. */
static void sealing_gives_the_documents_bytes(void **state)
{
    struct vector data = vector_parse("50006c00610069006e007400650078007400");
    struct vector sealed = vector_parse("54e50165bf1936dc996020c1811b0f06fb5f");
    struct vector token = vector_parse("010000007fb38ec5c55d497600000000");
    struct pkg_buffer buffer = {PKG_DATA, data.data, data.len};
    uint8_t made[16];
    struct pair pair;

    (void)state;
    pair_make(&pair, FLAGS);
    assert_ok(record_ntlm.wrap(pair.client, &buffer, 1, made, sizeof(made)));
    assert_memory_equal(data.data, sealed.data, sealed.len);
    assert_memory_equal(made, token.data, token.len);
    assert_ok(record_ntlm.unwrap(pair.server, &buffer, 1, made, sizeof(made)));
    assert_memory_equal(data.data, "P\0l\0a\0", 6);
    pair_free(&pair);
    vector_free(&data);
    vector_free(&sealed);
    vector_free(&token);
}

static void messages_go_both_ways_and_headers_are_signed(void **state)
{
    static const uint32_t flags[] = {FLAGS, FLAGS & ~(uint32_t)NTLM_KEY_EXCHANGE};

    (void)state;
    for (size_t f = 0; f < NUM_OF(flags); f++) {
        struct pair pair;

        pair_make(&pair, flags[f]);
        for (int i = 0; i < 4; i++) {
            uint8_t head[4] = "head";
            uint8_t body[5] = "body!";
            uint8_t token[16];
            struct pkg_buffer buffers[2] = {{PKG_SIGN_ONLY, head, 4}, {PKG_DATA, body, 5}};
            struct record *from = i % 2 ? pair.server : pair.client;
            struct record *to = i % 2 ? pair.client : pair.server;

            if (i < 2) {
                assert_ok(record_ntlm.wrap(from, buffers, 2, token, 16));
                assert_memory_equal(head, "head", 4);
                assert_memory_not_equal(body, "body!", 5);
                assert_ok(record_ntlm.unwrap(to, buffers, 2, token, 16));
            } else {
                assert_ok(record_ntlm.mic(from, buffers, 2, token, 16));
                assert_ok(record_ntlm.verify(to, buffers, 2, token, 16));
            }
            assert_memory_equal(body, "body!", 5);
        }
        pair_free(&pair);
    }
}

static void an_altered_message_is_refused_and_wiped_and_ends_it(void **state)
{
    for (size_t bit = 0; bit < (4 + 5 + 8) * 8; bit++) {
        uint8_t all[4 + 5 + 16] = "headbody!";
        struct pkg_buffer buffers[2] = {{PKG_SIGN_ONLY, all, 4}, {PKG_DATA, all + 4, 5}};
        uint8_t again[5] = {0};
        struct pair pair;

        pair_make(&pair, FLAGS);
        assert_ok(record_ntlm.wrap(pair.client, buffers, 2, all + 9, 16));
        all[bit / 8 + (bit / 8 >= 9 ? 4 : 0)] ^= (uint8_t)(1U << bit % 8);
        assert_status(record_ntlm.unwrap(pair.server, buffers, 2, all + 9, 16),
                      RPCSEC_BAD_SIGNATURE);
        assert_memory_equal(all + 4, "\0\0\0\0\0", 5);
        buffers[1].data = again;
        assert_ok(record_ntlm.mic(pair.client, buffers, 2, all + 9, 16));
        assert_status(record_ntlm.verify(pair.server, buffers, 2, all + 9, 16),
                      RPCSEC_BAD_SIGNATURE);
        pair_free(&pair);
    }
    (void)state;
}

static void replayed_messages_are_out_of_sequence(void **state)
{
    uint8_t body[5] = "body!";
    uint8_t token[16];
    struct pkg_buffer buffer = {PKG_DATA, body, 5};
    struct pair pair;

    (void)state;
    pair_make(&pair, FLAGS);
    assert_ok(record_ntlm.mic(pair.client, &buffer, 1, token, 16));
    assert_ok(record_ntlm.verify(pair.server, &buffer, 1, token, 16));
    assert_status(record_ntlm.verify(pair.server, &buffer, 1, token, 16),
                  RPCSEC_OUT_OF_SEQUENCE);
    assert_ok(record_ntlm.mic(pair.client, &buffer, 1, token, 16));
    assert_ok(record_ntlm.verify(pair.server, &buffer, 1, token, 16));
    pair_free(&pair);
}

static void weak_keys_make_no_context(void **state)
{
    static const uint32_t flags[] = {FLAGS & ~(uint32_t)NTLM_128,
                                     FLAGS & ~(uint32_t)NTLM_EXTENDED_SESSION_SECURITY, 0};

    (void)state;
    for (size_t i = 0; i < NUM_OF(flags); i++) {
        struct ntlm_keys keys = {.session_key = session_key, .flags = flags[i]};
        struct record *record = NULL;

        assert_status(record_ntlm_make(&keys, &record), RPCSEC_BAD_ENCTYPE);
        assert_null(record);
    }
}

static void lengths_must_be_exact(void **state)
{
    uint8_t token[16] = {0};
    struct pkg_sizes sizes;
    struct pair pair;

    (void)state;
    pair_make(&pair, FLAGS);
    record_ntlm.sizes(pair.client, &sizes);
    assert_int_equal(sizes.wrap_len, 16);
    assert_int_equal(sizes.mic_len, 16);
    assert_status(record_ntlm.mic(pair.client, NULL, 0, token, 15), RPCSEC_BUFFER_TOO_SMALL);
    assert_status(record_ntlm.verify(pair.server, NULL, 0, token, 15), RPCSEC_BAD_TOKEN);
    pair_free(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealing_gives_the_documents_bytes),
        cmocka_unit_test(messages_go_both_ways_and_headers_are_signed),
        cmocka_unit_test(an_altered_message_is_refused_and_wiped_and_ends_it),
        cmocka_unit_test(replayed_messages_are_out_of_sequence),
        cmocka_unit_test(weak_keys_make_no_context),
        cmocka_unit_test(lengths_must_be_exact),
    };

    if (!ntlm_crypto_works()) {
        printf("SKIP: OpenSSL's legacy provider is not installed\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
