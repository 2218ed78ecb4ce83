/* SPDX-License-Identifier: MIT
 *
 * unit/test_sspi_expiry.c: what happens when a ticket's time is over. Run by
 * test_sspi_expiry.sh in a realm whose tickets live for seconds.
 */
#include "sspi_pair.h"

#include <time.h>
#include <unistd.h>

/* Sleeps until this time is over. */
static void sleep_past(int64_t unix_seconds)
{
    while ((int64_t)time(NULL) <= unix_seconds)
        usleep(100000);
}

static int64_t later_of(const struct pair *pair)
{
    int64_t client = sspi_ctx_info(pair->client)->expires;
    int64_t server = sspi_ctx_info(pair->server)->expires;

    return client > server ? client : server;
}

static rpcsec_status sign(struct sspi_ctx *ctx, uint8_t token[64])
{
    uint8_t data[4] = "data";
    const struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};

    return sspi_ctx_mic(ctx, &buffer, 1, token, sspi_ctx_sizes(ctx)->mic_len);
}

static rpcsec_status verify(struct sspi_ctx *ctx, const uint8_t token[64])
{
    uint8_t data[4] = "data";
    const struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};

    return sspi_ctx_verify(ctx, &buffer, 1, token, sspi_ctx_sizes(ctx)->mic_len);
}

static void messages_end_with_the_ticket(void **state)
{
    struct pair pair = {0};
    struct pair late = {0};
    uint8_t token[64];

    (void)state;
    pair_make(&pair, RPCSEC_LEVEL_INTEGRITY);
    assert_ok(pair_open(&late, RPCSEC_LEVEL_INTEGRITY, PAIR_SERVICE, NULL));
    assert_ok(sign(pair.client, token));
    assert_ok(verify(pair.server, token));
    assert_ok(sign(pair.server, token));
    sleep_past(later_of(&pair));
    assert_status(sign(pair.client, token), RPCSEC_CONTEXT_EXPIRED);
    assert_status(verify(pair.client, token), RPCSEC_CONTEXT_EXPIRED);
    assert_status(sign(pair.server, token), RPCSEC_CONTEXT_EXPIRED);
    assert_status(pair_shake(&late, NULL), RPCSEC_CREDENTIALS_EXPIRED);
    pair_free(&late);
    pair_free(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_end_with_the_ticket),
    };

    if (!pair_in_realm())
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
