/* SPDX-License-Identifier: MIT
 *
 * onc/test_onc_plain.c: contexts without DCE style, as RPCSEC_GSS has them, over a real KDC.
 * Run by test_onc_plain.sh.
 */
#include "plain_pair.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/cursor.h"

static const struct pkg_ops *package = &pkg_kerberos;

enum { MOST = 70000 };

/* Room for a token's head, then `len` bytes of data. */
static size_t fill(const struct sspi_ctx *ctx, uint8_t *token, size_t len)
{
    size_t head_len = sspi_ctx_sizes(ctx)->wrap_len;

    memset(token, 0, head_len);
    for (size_t i = 0; i < len; i++)
        token[head_len + i] = (uint8_t)(i * 7);
    return head_len + len;
}

static void check_data(const uint8_t *data, size_t data_len, size_t len)
{
    assert_int_equal(data_len, len);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(data[i], (uint8_t)(i * 7));
}

static void tokens_of_all_sizes_go_both_ways(void **state)
{
    static const size_t lens[] = {0, 1, 15, 16, 17, 32, 60000, MOST};
    uint8_t *token = mem_alloc(MOST + 256);
    struct plain_pair pair;

    (void)state;
    plain_pair_make(&pair, package, NULL);
    for (size_t i = 0; i < NUM_OF(lens); i++) {
        struct sspi_ctx *from = i % 2 ? pair.server : pair.client;
        struct sspi_ctx *to = i % 2 ? pair.client : pair.server;
        size_t len = fill(from, token, lens[i]);
        uint8_t *data = NULL;
        size_t data_len = 0;

        assert_ok(sspi_ctx_seal(from, token, len));
        assert_ok(sspi_ctx_open(to, token, len, &data, &data_len));
        check_data(data, data_len, lens[i]);
    }
    plain_pair_free(&pair);
    mem_free(token);
}

/* RFC 4121 4.2.5: receivers must take every rotation. */
static void tokens_are_opened_however_they_are_rotated(void **state)
{
    enum { LEN = 33 };
    struct plain_pair pair;

    (void)state;
    plain_pair_make(&pair, package, NULL);
    for (uint16_t rotation = 0; rotation < 200; rotation++) {
        uint8_t token[256], other[256];
        size_t len = fill(pair.client, token, LEN);
        size_t turning = len - 16;
        uint8_t *data = NULL;
        size_t data_len = 0;

        assert_ok(sspi_ctx_seal(pair.client, token, len));
        memcpy(other, token, 16);
        for (size_t i = 0; i < turning; i++) {
            size_t to = (i + turning * 2 + rotation - get_u16(token + 6, true)) % turning;

            other[16 + to] = token[16 + i];
        }
        put_u16(other + 6, rotation, true);
        assert_ok(sspi_ctx_open(pair.server, other, len, &data, &data_len));
        check_data(data, data_len, LEN);
    }
    plain_pair_free(&pair);
}

static void messages_are_taken_in_any_order(void **state)
{
    uint8_t tokens[3][128];
    size_t len = 0;
    struct plain_pair pair;

    (void)state;
    plain_pair_make(&pair, package, NULL);
    for (size_t i = 0; i < 3; i++) {
        len = fill(pair.client, tokens[i], 20);
        assert_ok(sspi_ctx_seal(pair.client, tokens[i], len));
    }
    for (size_t i = 3; i-- > 0;) {
        uint8_t *data = NULL;
        size_t data_len = 0;

        assert_ok(sspi_ctx_open(pair.server, tokens[i], len, &data, &data_len));
        check_data(data, data_len, 20);
    }
    plain_pair_free(&pair);
}

static void every_changed_byte_is_refused(void **state)
{
    uint8_t good[128], token[128];
    struct plain_pair pair;
    size_t len;

    (void)state;
    plain_pair_make(&pair, package, NULL);
    len = fill(pair.client, good, 20);
    assert_ok(sspi_ctx_seal(pair.client, good, len));
    for (size_t i = 0; i < len; i++) {
        uint8_t *data = NULL;
        size_t data_len = 0;

        if (i == 6)
            continue; /* the rotation, by a whole number of turns: RFC 4121 4.2.5 */
        memcpy(token, good, len);
        token[i] ^= 0x10;
        assert_int_not_equal(sspi_ctx_open(pair.server, token, len, &data, &data_len),
                             RPCSEC_OK);
        assert_null(data);
        assert_int_not_equal(sspi_ctx_open(pair.server, good, i, &data, &data_len), RPCSEC_OK);
        memcpy(token, good, len);
    }
    plain_pair_free(&pair);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_of_all_sizes_go_both_ways),
        cmocka_unit_test(tokens_are_opened_however_they_are_rotated),
        cmocka_unit_test(messages_are_taken_in_any_order),
        cmocka_unit_test(every_changed_byte_is_refused),
    };

    if (!getenv("RPCSEC_REALM_DIR")) {
        printf("SKIP: needs a realm, run it as: rpcsec realm -- PROGRAM\n");
        return 77;
    }
    if (argc > 1 && strcmp(argv[1], "negotiate") == 0)
        package = &pkg_negotiate;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
