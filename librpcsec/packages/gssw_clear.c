/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_clear.c: messages in the form of gss_wrap that are signed and not encrypted.
 * Layer: packages. Documents: RFC 4121 4.2.4, 4.2.5; win32 "EncryptMessage (Kerberos)",
 * SECQOP_WRAP_NO_ENCRYPT.
 */
#include "packages/gssw.h"

#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cursor.h"

#define HEAD_LEN    16   /* RFC 4121 4.2.6.2 */
#define FLAG_SEALED 0x02 /* RFC 4121 4.2.2 */

enum { MAX_CHECKSUM_LEN = 64 };

static rpcsec_status check_usable(const struct pkg_ctx *ctx)
{
    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (!ctx->record_ops->wrap_clear)
        return RPCSEC_UNSUPPORTED;
    return (int64_t)time(NULL) >= ctx->info.expires ? RPCSEC_CONTEXT_EXPIRED : RPCSEC_OK;
}

bool gssw_is_clear(const uint8_t *token, size_t len)
{
    return len >= HEAD_LEN && token[0] == 0x05 && token[1] == 0x04 && !(token[2] & FLAG_SEALED);
}

rpcsec_status gssw_clear_len(struct pkg_ctx *ctx, size_t *ret_len)
{
    struct pkg_sizes sizes;

    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (!ctx->record_ops->wrap_clear)
        return RPCSEC_UNSUPPORTED;
    ctx->record_ops->sizes(ctx->record, &sizes);
    *ret_len = sizes.mic_len;
    return RPCSEC_OK;
}

rpcsec_status gssw_wrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                              uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->wrap_clear(ctx->record, buffers, num, token, token_len);
}

rpcsec_status gssw_unwrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->unwrap_clear(ctx->record, buffers, num, token, token_len);
}

/* RFC 4121 4.2.5: peers put the checksum behind the data (rotation count 0) or before it (the
 * checksum's length). Afterwards it stands before it, and the head says so. */
static rpcsec_status put_checksum_first(uint8_t *token, size_t len, size_t checksum_len)
{
    uint8_t checksum[MAX_CHECKSUM_LEN];
    size_t rotation = get_u16(token + 6, true);
    size_t data_len;

    if (len < HEAD_LEN + checksum_len || checksum_len > sizeof(checksum))
        return RPCSEC_TRUNCATED;
    if (get_u16(token + 4, true) != checksum_len)
        return RPCSEC_BAD_TOKEN;
    if (rotation == checksum_len)
        return RPCSEC_OK;
    if (rotation != 0)
        return RPCSEC_BAD_TOKEN;
    data_len = len - HEAD_LEN - checksum_len;
    memcpy(checksum, token + len - checksum_len, checksum_len);
    memmove(token + HEAD_LEN + checksum_len, token + HEAD_LEN, data_len);
    memcpy(token + HEAD_LEN, checksum, checksum_len);
    put_u16(token + 6, (uint16_t)checksum_len, true);
    return RPCSEC_OK;
}

rpcsec_status gssw_open_clear(struct pkg_ctx *ctx, uint8_t *stream, size_t len,
                              uint8_t **ret_data, size_t *ret_len)
{
    struct pkg_buffer data = {.kind = PKG_DATA};
    size_t token_len = 0;
    rpcsec_status status = gssw_clear_len(ctx, &token_len);

    if (status == RPCSEC_OK && len < HEAD_LEN)
        status = RPCSEC_TRUNCATED;
    if (status == RPCSEC_OK)
        status = put_checksum_first(stream, len, token_len - HEAD_LEN);
    if (status != RPCSEC_OK)
        return status;
    data.data = stream + token_len;
    data.len = len - token_len;
    status = gssw_unwrap_clear(ctx, &data, 1, stream, token_len);
    if (status != RPCSEC_OK)
        return status;
    *ret_data = data.data;
    *ret_len = data.len;
    return RPCSEC_OK;
}
