/* SPDX-License-Identifier: MIT
 *
 * unit/record_pair.c: see record_pair.h.
 */
#include "record_pair.h"

/* ---- Two contexts, each with both protectors ---- */

static void step(const struct pkg_ops *ops, struct record_end *end, bool initiator,
                 uint32_t flags, struct buf *in, struct buf *out, bool *done)
{
    const struct pkg_step step = {.target = initiator ? RECORD_SERVICE : NULL,
                                  .flags = flags,
                                  .token = in->data,
                                  .token_len = in->len};

    if (!*done)
        assert_ok((initiator ? ops->init : ops->accept)(end->cred, &end->ctx, &step, out, done,
                                                        NULL));
    buf_reset(in);
}

struct record_source record_source_of(const struct record_end *end)
{
    return (struct record_source){end->ctx->gss, end->ctx->gss_flags, end->ctx->verified};
}

void record_pair_make(struct record_pair *pair, const struct pkg_ops *ops, uint32_t flags)
{
    const struct pkg_cred_params out = {.outbound = true};
    const struct pkg_cred_params in = {.inbound = true};
    bool client_done = false;
    bool server_done = false;
    struct buf there, back;

    *pair = (struct record_pair){0};
    buf_init(&there, 65536);
    buf_init(&back, 65536);
    assert_ok(ops->acquire(&out, &pair->client.cred, NULL));
    assert_ok(ops->acquire(&in, &pair->server.cred, NULL));
    while (!client_done || !server_done) {
        step(ops, &pair->client, true, flags, &back, &there, &client_done);
        step(ops, &pair->server, false, flags, &there, &back, &server_done);
    }
    for (int i = 0; i < 2; i++) {
        struct record_end *end = i ? &pair->server : &pair->client;

        const struct record_source source = record_source_of(end);

        assert_ok(record_gss.make(&source, &end->gss));
        if (record_krb5fast.make(&source, &end->fast) != RPCSEC_OK)
            end->fast = NULL;
    }
    buf_done(&there);
    buf_done(&back);
}

void record_pair_free(struct record_pair *pair)
{
    for (int i = 0; i < 2; i++) {
        struct record_end *end = i ? &pair->server : &pair->client;

        record_gss.free(end->gss);
        record_krb5fast.free(end->fast);
        gssw_free_ctx(end->ctx);
        pkg_kerberos.free_cred(end->cred);
    }
}

/* ---- A message ---- */

static uint8_t memory[RECORD_MAX_DATA];

static uint8_t data_byte(size_t at)
{
    return (uint8_t)(at * 7 + at / 251);
}

void record_message_fill(struct record_message *m, size_t data_len)
{
    size_t first = data_len / 3;

    memset(m->head, 'h', RECORD_HEAD);
    memset(m->tail, 't', RECORD_TAIL);
    m->data = memory;
    m->data_len = data_len;
    for (size_t i = 0; i < data_len; i++)
        m->data[i] = data_byte(i);
    m->buffers[0] = (struct pkg_buffer){PKG_SIGN_ONLY, m->head, RECORD_HEAD};
    m->buffers[1] = (struct pkg_buffer){PKG_DATA, m->data, first};
    m->buffers[2] = (struct pkg_buffer){PKG_DATA, m->data + first, data_len - first};
    m->buffers[3] = (struct pkg_buffer){PKG_SIGN_ONLY, m->tail, RECORD_TAIL};
}

bool record_message_is_filled(const struct record_message *m)
{
    for (size_t i = 0; i < m->data_len; i++) {
        if (m->data[i] != data_byte(i))
            return false;
    }
    return true;
}
