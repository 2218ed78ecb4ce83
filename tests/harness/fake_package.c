/* SPDX-License-Identifier: MIT
 *
 * harness/fake_package.c: see fake_package.h. What Kerberos does with keys, this does with a
 * running FNV-1a hash: enough to see any change, nothing to keep anybody out.
 */
#include "harness/fake_package.h"

#include <stdio.h>
#include <string.h>

#include <rpcsec/sspi.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "base/error.h"

#define TOKEN_HEAD_LEN 20 /* magic, leg, legs, 2 zeros, flags; the hash is at the end */
#define TOKEN_MAGIC    0x454B4146u
#define RECORD_LEN     28 /* magic, direction, 2 zeros, sequence number, hash, fill */
#define RECORD_WRAP    0x57u
#define RECORD_MIC     0x4Du

struct options {
    unsigned legs;
    unsigned token;
    unsigned wrap;
    unsigned mic;
    unsigned fail;
    unsigned status;
    unsigned enctype;
    unsigned drop;
    unsigned quiet;
    unsigned trust;
    unsigned expires;
};

struct pkg_cred {
    struct options options;
};

struct pkg_ctx {
    struct options options;
    bool initiator;
    bool done;
    unsigned next_leg; /* number of the token that is sent or received next */
    unsigned steps;
    uint32_t flags;
    uint64_t key; /* hash over all tokens */
    uint64_t send_seq;
    uint64_t recv_seq;
};

static uint64_t hash(uint64_t h, const void *data, size_t len)
{
    const uint8_t *bytes = data;

    for (size_t i = 0; i < len; i++)
        h = (h ^ bytes[i]) * 0x100000001B3u;
    return h ^ (h >> 29);
}

/* ---- credentials ---- */

static void read_option(struct options *options, const char *text)
{
    const struct {
        const char *format;
        unsigned *value;
    } keys[] = {
        {"legs=%u", &options->legs},       {"token=%u", &options->token},
        {"wrap=%u", &options->wrap},       {"mic=%u", &options->mic},
        {"fail=%u", &options->fail},       {"status=%u", &options->status},
        {"enctype=%u", &options->enctype}, {"drop=%u", &options->drop},
        {"quiet=%u", &options->quiet},     {"trust=%u", &options->trust},
        {"expires=%u", &options->expires},
    };

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        (void)sscanf(text, keys[i].format, keys[i].value);
}

static rpcsec_status acquire(const struct pkg_cred_params *params, struct pkg_cred **ret_cred,
                             struct rpcsec_error *err)
{
    struct pkg_cred *cred = mem_zalloc(sizeof(*cred));

    if (!cred)
        return error_no_memory(err);
    cred->options = (struct options){.legs = 3,
                                     .token = 100,
                                     .wrap = 76,
                                     .mic = 28,
                                     .status = RPCSEC_BAD_TOKEN,
                                     .enctype = 18};
    for (const char *at = params->principal; at; at = strchr(at, ',')) {
        at += *at == ',';
        read_option(&cred->options, at);
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

static void free_cred(struct pkg_cred *cred)
{
    mem_free(cred);
}

/* ---- handshake ---- */

static rpcsec_status make_token(struct pkg_ctx *ctx, struct buf *out)
{
    const size_t len = ctx->options.token;
    const size_t start = out->len;
    uint64_t h;

    out->big_endian = false;
    buf_u32(out, TOKEN_MAGIC);
    buf_u8(out, (uint8_t)ctx->next_leg);
    buf_u8(out, (uint8_t)ctx->options.legs);
    buf_u16(out, 0);
    buf_u32(out, ctx->flags);
    for (size_t i = TOKEN_HEAD_LEN; i < len; i++)
        buf_u8(out, (uint8_t)(i * 7 + ctx->next_leg));
    if (buf_status(out) != RPCSEC_OK)
        return buf_status(out);
    h = hash(ctx->key + 1, out->data + start, out->len - start);
    buf_u64(out, h);
    ctx->key = h;
    ctx->next_leg++;
    return buf_status(out);
}

static rpcsec_status read_token(struct pkg_ctx *ctx, const uint8_t *token, size_t len)
{
    struct cur c;
    uint32_t flags;
    uint64_t h;

    if (ctx->options.trust) {
        ctx->next_leg++;
        return RPCSEC_OK;
    }
    cur_init(&c, token, len, false);
    if (cur_u32(&c) != TOKEN_MAGIC || cur_u8(&c) != ctx->next_leg)
        return RPCSEC_BAD_TOKEN;
    ctx->options.legs = cur_u8(&c);
    cur_skip(&c, 2);
    flags = cur_u32(&c);
    if (len < TOKEN_HEAD_LEN)
        return RPCSEC_BAD_TOKEN;
    cur_seek(&c, len - 8);
    h = cur_u64(&c);
    if (cur_end(&c) != RPCSEC_OK || h != hash(ctx->key + 1, token, len - 8))
        return RPCSEC_BAD_SIGNATURE;
    if (!ctx->initiator)
        ctx->flags = flags & ~ctx->options.drop;
    ctx->key = h;
    ctx->next_leg++;
    return RPCSEC_OK;
}

/* After the last token was sent or received. */
static bool finish(struct pkg_ctx *ctx)
{
    ctx->done = ctx->next_leg > ctx->options.legs;
    ctx->send_seq = ctx->initiator ? ctx->key >> 33 : ctx->key & 0xFFFF;
    ctx->recv_seq = ctx->initiator ? ctx->key & 0xFFFF : ctx->key >> 33;
    return ctx->done;
}

static rpcsec_status take_step(struct pkg_ctx *ctx, const struct pkg_step *step,
                               struct buf *ret_token, bool *ret_done, struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    if (++ctx->steps == ctx->options.fail)
        return error_set(err, (rpcsec_status)ctx->options.status, RPCSEC_LAYER_SECURITY,
                         "the fake package was told to fail at step %u", ctx->steps);
    if (step->token_len != 0)
        status = read_token(ctx, step->token, step->token_len);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_SECURITY, "the fake token is not valid");
    if (ctx->options.quiet != 0 && ctx->steps >= ctx->options.quiet) {
        *ret_done = false;
        return RPCSEC_OK;
    }
    if (ctx->next_leg <= ctx->options.legs)
        status = make_token(ctx, ret_token);
    if (status != RPCSEC_OK)
        return error_no_memory(err);
    *ret_done = finish(ctx);
    return RPCSEC_OK;
}

static rpcsec_status run_step(struct pkg_cred *cred, struct pkg_ctx **ctx, bool initiator,
                              const struct pkg_step *step, struct buf *ret_token,
                              bool *ret_done, struct rpcsec_error *err)
{
    if (!*ctx) {
        *ctx = mem_zalloc(sizeof(**ctx));
        if (!*ctx)
            return error_no_memory(err);
        (*ctx)->options = cred->options;
        (*ctx)->initiator = initiator;
        (*ctx)->next_leg = 1;
        (*ctx)->flags = step->flags & ~cred->options.drop;
    }
    return take_step(*ctx, step, ret_token, ret_done, err);
}

static rpcsec_status init(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err)
{
    return run_step(cred, ctx, true, step, ret_token, ret_done, err);
}

static rpcsec_status accept_step(struct pkg_cred *cred, struct pkg_ctx **ctx,
                                 const struct pkg_step *step, struct buf *ret_token,
                                 bool *ret_done, struct rpcsec_error *err)
{
    return run_step(cred, ctx, false, step, ret_token, ret_done, err);
}

static void free_ctx(struct pkg_ctx *ctx)
{
    mem_free(ctx);
}

/* ---- questions ---- */

static rpcsec_status info(struct pkg_ctx *ctx, struct pkg_info *ret_info)
{
    *ret_info = (struct pkg_info){
        .source = FAKE_CLIENT,
        .target = FAKE_SERVICE,
        .enctype = "fake",
        .enctype_number = (int32_t)ctx->options.enctype,
        .key_version = 1,
        .flags = ctx->flags,
        .expires = ctx->options.expires ? ctx->options.expires : INT64_MAX,
    };
    return RPCSEC_OK;
}

static rpcsec_status sizes(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes)
{
    *ret_sizes = (struct pkg_sizes){
        .wrap_len = ctx->options.wrap,
        .mic_len = ctx->options.mic,
        .block_len = 1,
    };
    return RPCSEC_OK;
}

static rpcsec_status session_key(struct pkg_ctx *ctx, struct buf *ret_key)
{
    buf_u64(ret_key, ctx->key);
    return buf_status(ret_key);
}

/* ---- records ---- */

/* What a token must be, for these buffers in clear. */
static void make_record(const struct pkg_ctx *ctx, uint8_t magic, bool by_initiator,
                        uint64_t seq, const struct pkg_buffer *buffers, size_t num,
                        uint8_t *token, size_t token_len)
{
    uint64_t h = hash(ctx->key ^ magic ^ (by_initiator ? 0x100u : 0), &seq, sizeof(seq));

    for (size_t i = 0; i < num; i++) {
        h = hash(h, &buffers[i].len, sizeof(buffers[i].len));
        h = hash(h, buffers[i].data, buffers[i].len);
    }
    memset(token, 0xA5, token_len);
    token[0] = magic;
    token[1] = by_initiator;
    put_u64(token + 4, seq, false);
    put_u64(token + 12, h, false);
}

static void apply_keystream(const struct pkg_ctx *ctx, uint64_t seq, struct pkg_buffer *buffers,
                            size_t num)
{
    uint64_t stream = hash(ctx->key, &seq, sizeof(seq));

    if (ctx->options.trust)
        return;
    for (size_t i = 0; i < num; i++) {
        if (buffers[i].kind != PKG_DATA)
            continue;
        for (size_t j = 0; j < buffers[i].len; j++) {
            stream = stream * 6364136223846793005u + 1442695040888963407u;
            buffers[i].data[j] ^= (uint8_t)(stream >> 56);
        }
    }
}

static uint64_t seq_of(const uint8_t *token)
{
    struct cur c;

    cur_init(&c, token, RECORD_LEN, false);
    cur_seek(&c, 4);
    return cur_u64(&c);
}

static rpcsec_status check_record(struct pkg_ctx *ctx, uint8_t magic,
                                  const struct pkg_buffer *buffers, size_t num,
                                  const uint8_t *token, size_t token_len)
{
    const uint64_t seq = seq_of(token);
    uint8_t *expected = mem_alloc(token_len);
    bool same;

    if (ctx->options.trust) {
        mem_free(expected);
        return RPCSEC_OK;
    }
    if (!expected)
        return RPCSEC_NO_MEMORY;
    make_record(ctx, magic, !ctx->initiator, seq, buffers, num, expected, token_len);
    same = memcmp(expected, token, token_len) == 0;
    mem_free(expected);
    if (!same)
        return RPCSEC_BAD_SIGNATURE;
    if (seq != ctx->recv_seq)
        return RPCSEC_OUT_OF_SEQUENCE;
    ctx->recv_seq++;
    return RPCSEC_OK;
}

static rpcsec_status wrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    if (token_len != ctx->options.wrap || token_len < RECORD_LEN)
        return RPCSEC_INVALID_ARGUMENT;
    make_record(ctx, RECORD_WRAP, ctx->initiator, ctx->send_seq, buffers, num, token,
                token_len);
    apply_keystream(ctx, ctx->send_seq++, buffers, num);
    return RPCSEC_OK;
}

static rpcsec_status unwrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len)
{
    if (token_len != ctx->options.wrap || token_len < RECORD_LEN)
        return RPCSEC_BAD_TOKEN;
    apply_keystream(ctx, seq_of(token), buffers, num);
    return check_record(ctx, RECORD_WRAP, buffers, num, token, token_len);
}

static rpcsec_status mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    if (token_len != ctx->options.mic || token_len < RECORD_LEN)
        return RPCSEC_INVALID_ARGUMENT;
    make_record(ctx, RECORD_MIC, ctx->initiator, ctx->send_seq++, buffers, num, token,
                token_len);
    return RPCSEC_OK;
}

static rpcsec_status verify(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    if (token_len != ctx->options.mic || token_len < RECORD_LEN)
        return RPCSEC_BAD_TOKEN;
    return check_record(ctx, RECORD_MIC, buffers, num, token, token_len);
}

static bool is_last_word(const uint8_t *token, size_t token_len)
{
    return token_len == strlen(FAKE_LAST_WORD) && memcmp(token, FAKE_LAST_WORD, token_len) == 0;
}

const struct pkg_ops fake_package = {
    .name = "Fake",
    .comment = "for tests",
    .mechanism = RPCSEC_MECH_KERBEROS,
    .auth_type = 16,
    .max_token_len = 65536,
    .acquire = acquire,
    .free_cred = free_cred,
    .init = init,
    .accept = accept_step,
    .free_ctx = free_ctx,
    .is_last_word = is_last_word,
    .info = info,
    .sizes = sizes,
    .session_key = session_key,
    .wrap = wrap,
    .unwrap = unwrap,
    .mic = mic,
    .verify = verify,
};
