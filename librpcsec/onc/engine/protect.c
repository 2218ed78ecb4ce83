/* SPDX-License-Identifier: MIT
 *
 * onc/engine/protect.c: verifiers and protected bodies. Layer: onc/engine. Documents: RFC 2203
 * 5.3.1 (header), 5.3.2 (bodies), 5.3.3.2 (replies).
 *
 * Plaintext to be sealed is only ever in the buffer that becomes the message, behind the room
 * for its token: nothing can go out before it is sealed, whatever its size.
 */
#include "onc/engine/gss.h"

#include <string.h>

#include "base/alloc.h"

#define NUMBER_LEN 4

/* ---- Verifiers ---- */

/* An opaque that holds the MIC of `data`, which may lie in `out`. */
static rpcsec_status put_mic(struct buf *out, struct sspi_ctx *ctx, size_t from, size_t len,
                             const uint8_t *other)
{
    const size_t mic_len = sspi_ctx_sizes(ctx)->mic_len;
    struct pkg_buffer signed_part = {.kind = PKG_SIGN_ONLY, .len = len};
    rpcsec_status status;
    uint8_t *mic;

    buf_u32(out, (uint32_t)mic_len);
    mic = buf_reserve(out, mic_len);
    if (!mic)
        return buf_status(out);
    signed_part.data = other ? (uint8_t *)(uintptr_t)other : out->data + from;
    status = sspi_ctx_mic(ctx, &signed_part, 1, mic, mic_len);
    buf_zeros(out, (4 - mic_len % 4) % 4);
    return status != RPCSEC_OK ? status : buf_status(out);
}

rpcsec_status onc_verf_put(struct buf *out, struct sspi_ctx *ctx, const uint8_t *data,
                           size_t len)
{
    const bool inside = out->data && data >= out->data && data < out->data + out->len;
    const size_t from = inside ? (size_t)(data - out->data) : 0;

    buf_u32(out, ONC_RPCSEC_GSS);
    return put_mic(out, ctx, from, len, inside ? NULL : data);
}

rpcsec_status onc_verf_put_number(struct buf *out, struct sspi_ctx *ctx, uint32_t number)
{
    uint8_t bytes[NUMBER_LEN];

    put_u32(bytes, number, true);
    return onc_verf_put(out, ctx, bytes, sizeof(bytes));
}

rpcsec_status onc_verf_check(struct sspi_ctx *ctx, const struct onc_auth *verf,
                             const uint8_t *data, size_t len)
{
    const struct pkg_buffer signed_part = {PKG_SIGN_ONLY, (uint8_t *)(uintptr_t)data, len};

    if (verf->flavor != ONC_RPCSEC_GSS)
        return RPCSEC_BAD_TOKEN;
    return sspi_ctx_verify(ctx, &signed_part, 1, verf->body, verf->len);
}

rpcsec_status onc_verf_check_number(struct sspi_ctx *ctx, const struct onc_auth *verf,
                                    uint32_t number)
{
    uint8_t bytes[NUMBER_LEN];

    put_u32(bytes, number, true);
    return onc_verf_check(ctx, verf, bytes, sizeof(bytes));
}

/* ---- Making bodies ---- */

void onc_body_begin(struct onc_body *body, struct buf *out, enum onc_service service,
                    const struct sspi_ctx *ctx, uint32_t seq)
{
    body->service = service;
    body->start = out->len;
    if (service == ONC_SERVICE_NONE)
        return;
    buf_u32(out, 0); /* the length, once it is known */
    if (service == ONC_SERVICE_PRIVACY)
        buf_zeros(out, sspi_ctx_sizes(ctx)->wrap_len);
    body->seq_at = out->len;
    buf_u32(out, seq);
}

void onc_body_set_seq(const struct onc_body *body, struct buf *out, uint32_t seq)
{
    if (body->service != ONC_SERVICE_NONE)
        buf_patch_u32(out, body->seq_at, seq);
}

static rpcsec_status end_body(const struct onc_body *body, struct buf *out,
                              struct sspi_ctx *ctx)
{
    const size_t from = body->start + NUMBER_LEN;
    size_t len;
    rpcsec_status status;

    if (buf_status(out) != RPCSEC_OK)
        return buf_status(out);
    len = out->len - from;
    if (len > UINT32_MAX)
        return RPCSEC_LIMIT;
    buf_patch_u32(out, body->start, (uint32_t)len);
    if (body->service == ONC_SERVICE_INTEGRITY)
        return put_mic(out, ctx, from, len, NULL);
    status = sspi_ctx_seal(ctx, out->data + from, len);
    buf_zeros(out, (4 - len % 4) % 4);
    return status != RPCSEC_OK ? status : buf_status(out);
}

rpcsec_status onc_body_end(const struct onc_body *body, struct buf *out, struct sspi_ctx *ctx)
{
    rpcsec_status status;

    if (body->service == ONC_SERVICE_NONE)
        return buf_status(out);
    status = end_body(body, out, ctx);
    if (status != RPCSEC_OK && out->data && out->len > body->start) {
        secret_wipe(out->data + body->start, out->len - body->start);
        out->len = body->start;
    }
    return status;
}

/* ---- Opening bodies ---- */

/* RFC 2203 5.3.2.2, 5.3.2.3: the number inside must be that of the header. */
static rpcsec_status check_seq(uint8_t *data, size_t len, uint32_t seq, uint8_t **ret_data,
                               size_t *ret_len)
{
    struct cur c;
    uint32_t inner;

    cur_init(&c, data, len, true);
    inner = cur_u32(&c);
    if (cur_status(&c) != RPCSEC_OK)
        return cur_status(&c);
    if (inner != seq)
        return RPCSEC_OUT_OF_SEQUENCE;
    *ret_data = data + cur_offset(&c);
    *ret_len = cur_left(&c);
    return RPCSEC_OK;
}

static rpcsec_status open_integrity(uint8_t *body, size_t len, struct sspi_ctx *ctx,
                                    uint32_t seq, uint8_t **ret_data, size_t *ret_len)
{
    struct pkg_buffer signed_part = {.kind = PKG_SIGN_ONLY};
    const uint8_t *mic;
    size_t mic_len = 0;
    struct cur c;
    rpcsec_status status;

    cur_init(&c, body, len, true);
    signed_part.data = (uint8_t *)(uintptr_t)onc_opaque(&c, len, &signed_part.len);
    mic = onc_opaque(&c, len, &mic_len);
    if (cur_end(&c) != RPCSEC_OK)
        return cur_end(&c);
    status = sspi_ctx_verify(ctx, &signed_part, 1, mic, mic_len);
    if (status != RPCSEC_OK)
        return status;
    return check_seq(signed_part.data, signed_part.len, seq, ret_data, ret_len);
}

static rpcsec_status open_privacy(uint8_t *body, size_t len, struct sspi_ctx *ctx, uint32_t seq,
                                  uint8_t **ret_data, size_t *ret_len)
{
    const uint8_t *token;
    size_t token_len = 0;
    uint8_t *data = NULL;
    size_t data_len = 0;
    struct cur c;
    rpcsec_status status;

    cur_init(&c, body, len, true);
    token = onc_opaque(&c, len, &token_len);
    if (cur_end(&c) != RPCSEC_OK)
        return cur_end(&c);
    status = sspi_ctx_open(ctx, (uint8_t *)(uintptr_t)token, token_len, &data, &data_len);
    if (status != RPCSEC_OK)
        return status;
    return check_seq(data, data_len, seq, ret_data, ret_len);
}

rpcsec_status onc_body_open(uint8_t *body, size_t len, enum onc_service service,
                            struct sspi_ctx *ctx, uint32_t seq, uint8_t **ret_data,
                            size_t *ret_len)
{
    switch (service) {
    case ONC_SERVICE_NONE:
        *ret_data = body;
        *ret_len = len;
        return RPCSEC_OK;
    case ONC_SERVICE_INTEGRITY:
        return open_integrity(body, len, ctx, seq, ret_data, ret_len);
    case ONC_SERVICE_PRIVACY:
        return open_privacy(body, len, ctx, seq, ret_data, ret_len);
    }
    return RPCSEC_INTERNAL;
}
