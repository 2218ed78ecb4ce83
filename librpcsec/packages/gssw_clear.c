/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_clear.c: messages that gss_wrap signs and does not encrypt. Layer: packages.
 * Documents: RFC 4121 4.2.4, MS-KILE 3.4.5.4; win32 "EncryptMessage (Kerberos)",
 * SECQOP_WRAP_NO_ENCRYPT.
 *
 * Not part of the record protectors: they are for RPC, which signs with a MIC. GSS-API counts
 * these messages together with its others, so this works beside record_gss only.
 */
#include "packages/gssw.h"

#include <string.h>
#include <time.h>

#define HEAD_LEN    16   /* RFC 4121 4.2.6.2 */
#define FLAG_SEALED 0x02 /* RFC 4121 4.2.2 */

enum { MAX_IOV = RECORD_MAX_BUFFERS + 1 };

static rpcsec_status check_usable(const struct pkg_ctx *ctx)
{
    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (ctx->record_ops != &record_gss)
        return RPCSEC_UNSUPPORTED;
    return (int64_t)time(NULL) >= ctx->info.expires ? RPCSEC_CONTEXT_EXPIRED : RPCSEC_OK;
}

static void iov_set(gss_iov_buffer_desc *iov, OM_uint32 type, uint8_t *data, size_t len)
{
    static uint8_t no_bytes[1];

    iov->type = type;
    iov->buffer.length = len;
    iov->buffer.value = len > 0 ? data : no_bytes;
}

static bool iov_make(gss_iov_buffer_desc list[MAX_IOV], struct pkg_buffer *buffers, size_t num,
                     uint8_t *token, size_t token_len)
{
    if (num > RECORD_MAX_BUFFERS)
        return false;
    iov_set(&list[0], GSS_IOV_BUFFER_TYPE_HEADER, token, token_len);
    for (size_t i = 0; i < num; i++)
        iov_set(&list[i + 1],
                buffers[i].kind == PKG_DATA ? GSS_IOV_BUFFER_TYPE_DATA
                                            : GSS_IOV_BUFFER_TYPE_SIGN_ONLY,
                buffers[i].data, buffers[i].len);
    return true;
}

bool gssw_is_clear(const uint8_t *token, size_t len)
{
    return len >= HEAD_LEN && token[0] == 0x05 && token[1] == 0x04 && !(token[2] & FLAG_SEALED);
}

rpcsec_status gssw_clear_len(struct pkg_ctx *ctx, size_t *ret_len)
{
    uint8_t data[HEAD_LEN] = {0};
    struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};
    gss_iov_buffer_desc list[MAX_IOV];
    OM_uint32 minor = 0;
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    iov_make(list, &buffer, 1, NULL, 0);
    if (gss_wrap_iov_length(&minor, ctx->gss, 0, GSS_C_QOP_DEFAULT, NULL, list, 2) !=
        GSS_S_COMPLETE)
        return RPCSEC_SECURITY_FAILURE;
    *ret_len = list[0].buffer.length;
    return RPCSEC_OK;
}

rpcsec_status gssw_wrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                              uint8_t *token, size_t token_len)
{
    gss_iov_buffer_desc list[MAX_IOV];
    OM_uint32 minor = 0;
    OM_uint32 major;
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    if (!iov_make(list, buffers, num, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    major = gss_wrap_iov(&minor, ctx->gss, 0, GSS_C_QOP_DEFAULT, NULL, list, (int)num + 1);
    if (major == GSS_S_COMPLETE && list[0].buffer.length != token_len)
        return RPCSEC_SECURITY_FAILURE;
    return gssw_message_status(major);
}

rpcsec_status gssw_unwrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len)
{
    gss_iov_buffer_desc list[MAX_IOV];
    OM_uint32 minor = 0;
    int sealed = 0;
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    if (!iov_make(list, buffers, num, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    return gssw_message_status(
        gss_unwrap_iov(&minor, ctx->gss, &sealed, NULL, list, (int)num + 1));
}

rpcsec_status gssw_open_clear(struct pkg_ctx *ctx, uint8_t *stream, size_t len,
                              uint8_t **ret_data, size_t *ret_len)
{
    gss_iov_buffer_desc list[2];
    OM_uint32 minor = 0;
    int sealed = 0;
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    iov_set(&list[0], GSS_IOV_BUFFER_TYPE_STREAM, stream, len);
    iov_set(&list[1], GSS_IOV_BUFFER_TYPE_DATA, NULL, 0);
    status = gssw_message_status(gss_unwrap_iov(&minor, ctx->gss, &sealed, NULL, list, 2));
    if (status != RPCSEC_OK)
        return status;
    *ret_data = list[1].buffer.value;
    *ret_len = list[1].buffer.length;
    return RPCSEC_OK;
}
