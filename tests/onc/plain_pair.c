/* SPDX-License-Identifier: MIT
 *
 * onc/plain_pair.c: two ends of a plain security context in one process.
 */
#include "plain_pair.h"

#include "base/limits.h"

static struct sspi_ctx *open_end(const struct pkg_ops *package, const char *behaviour,
                                 bool initiator)
{
    const struct pkg_cred_params cred_params = {
        .inbound = !initiator, .outbound = initiator, .principal = behaviour};
    const struct sspi_ctx_params params = {
        .target = initiator ? PLAIN_SERVICE : NULL,
        .level = RPCSEC_LEVEL_PRIVACY,
        .initiator = initiator,
        .plain = true,
    };
    struct sspi_cred *cred = NULL;
    struct sspi_ctx *ctx = NULL;

    assert_ok(sspi_cred_acquire(package, &cred_params, &cred, NULL));
    assert_ok(sspi_ctx_new(cred, &params, &ctx, NULL));
    sspi_cred_unref(cred);
    return ctx;
}

void plain_pair_make(struct plain_pair *pair, const struct pkg_ops *package,
                     const char *behaviour)
{
    struct buf there;
    struct buf back;
    bool client_done = false;
    bool server_done = false;

    pair->client = open_end(package, NULL, true);
    pair->server = open_end(package, behaviour, false);
    buf_init(&there, LIMIT_TOKEN_LEN);
    buf_init(&back, LIMIT_TOKEN_LEN);
    while (!client_done || !server_done) {
        buf_reset(&there);
        assert_ok(sspi_ctx_step(pair->client, back.data, back.len, &there, &client_done, NULL));
        buf_reset(&back);
        if (there.len > 0)
            assert_ok(
                sspi_ctx_step(pair->server, there.data, there.len, &back, &server_done, NULL));
    }
    buf_done(&there);
    buf_done(&back);
}

void plain_pair_free(struct plain_pair *pair)
{
    sspi_ctx_free(pair->client);
    sspi_ctx_free(pair->server);
    memset(pair, 0, sizeof(*pair));
}
