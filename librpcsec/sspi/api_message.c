/* SPDX-License-Identifier: MIT
 *
 * sspi/api_message.c: MakeSignature, VerifySignature, EncryptMessage, DecryptMessage. Layer:
 * sspi. Document: MicrosoftDocs/sdk-api sspi.h; MicrosoftDocs/win32 "EncryptMessage
 * (Kerberos)".
 *
 * Sorts the caller's SecBuffers into the package's: token, data in order, padding. Lengths are
 * checked before anything is changed and before a sequence number is used up.
 */
#include "sspi/api.h"

#include "base/error.h"
#include "packages/record.h"

enum operation { SIGN, VERIFY, ENCRYPT, DECRYPT };

struct message {
    struct pkg_buffer buffers[RECORD_MAX_BUFFERS];
    size_t num;
    bool has_data;
    SecBuffer *token;
    SecBuffer *padding;
    SecBuffer *stream; /* decrypting: token and data in one */
    SecBuffer *data;   /* the last DATA buffer */
};

static rpcsec_status bad_message(struct rpcsec_error *err, const char *why)
{
    return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_ARGUMENT,
                     "the message's buffers are not valid: %s", why);
}

static bool is_sealing(enum operation op)
{
    return op == ENCRYPT || op == DECRYPT;
}

static rpcsec_status add_data(struct message *message, enum operation op, SecBuffer *buffer,
                              struct rpcsec_error *err)
{
    bool checksum_only = buffer->BufferType & SECBUFFER_READONLY_WITH_CHECKSUM;
    bool read_only = buffer->BufferType & SECBUFFER_READONLY;

    if (is_sealing(op) && read_only && !checksum_only)
        return RPCSEC_OK; /* not processed */
    if (buffer->cbBuffer > 0 && !buffer->pvBuffer)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a buffer has a length and no bytes");
    if (message->num == RECORD_MAX_BUFFERS)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a message has at most %d buffers", RECORD_MAX_BUFFERS);
    message->buffers[message->num++] = (struct pkg_buffer){
        .kind = checksum_only ? PKG_SIGN_ONLY : PKG_DATA,
        .data = buffer->pvBuffer,
        .len = buffer->cbBuffer,
    };
    if (!checksum_only) {
        message->has_data = true;
        message->data = buffer;
    }
    return RPCSEC_OK;
}

static rpcsec_status set_once(SecBuffer **place, SecBuffer *buffer, struct rpcsec_error *err)
{
    if (*place)
        return bad_message(err, "one of its kinds is there twice");
    *place = buffer;
    return RPCSEC_OK;
}

static rpcsec_status sort_buffer(struct message *message, enum operation op, SecBuffer *buffer,
                                 struct rpcsec_error *err)
{
    switch (buffer->BufferType & ~SECBUFFER_ATTRMASK) {
    case SECBUFFER_EMPTY:
        return RPCSEC_OK;
    case SECBUFFER_DATA:
        return add_data(message, op, buffer, err);
    case SECBUFFER_TOKEN:
    case SECBUFFER_STREAM_HEADER:
        return set_once(&message->token, buffer, err);
    case SECBUFFER_PADDING:
        return set_once(&message->padding, buffer, err);
    case SECBUFFER_STREAM:
        if (op == DECRYPT)
            return set_once(&message->stream, buffer, err);
        return bad_message(err, "STREAM is for decrypting");
    default:
        return bad_message(err, "there is one of an unknown type");
    }
}

static rpcsec_status sort_message(struct message *message, enum operation op,
                                  const SecBufferDesc *desc, struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    if (!desc || desc->ulVersion != SECBUFFER_VERSION ||
        (desc->cBuffers > 0 && !desc->pBuffers))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the message descriptor is not valid");
    for (ULONG i = 0; status == RPCSEC_OK && i < desc->cBuffers; i++)
        status = sort_buffer(message, op, &desc->pBuffers[i], err);
    if (status != RPCSEC_OK)
        return status;
    if (!message->token == !message->stream)
        return bad_message(err, "it needs one token");
    if (message->stream ? !message->data
                        : message->num == 0 || !(message->has_data || !is_sealing(op)))
        return bad_message(err, "it needs data");
    if (message->token && message->token->cbBuffer > 0 && !message->token->pvBuffer)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the token buffer has a length and no bytes");
    return RPCSEC_OK;
}

/* ---- The four operations on a locked context ---- */

/* The caller's token buffer may be larger than the token; its cbBuffer becomes exact. */
static rpcsec_status make_token(struct sspi_ctx *ctx, struct message *message, bool seal)
{
    const struct pkg_sizes *sizes = sspi_ctx_sizes(ctx);
    size_t len = seal ? sizes->wrap_len : sizes->mic_len;
    rpcsec_status status;

    if (sspi_ctx_is_done(ctx) && message->token->cbBuffer < len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (seal)
        status =
            sspi_ctx_wrap(ctx, message->buffers, message->num, message->token->pvBuffer, len);
    else
        status =
            sspi_ctx_mic(ctx, message->buffers, message->num, message->token->pvBuffer, len);
    if (status != RPCSEC_OK)
        return status;
    message->token->cbBuffer = (ULONG)len;
    if (message->padding)
        message->padding->cbBuffer = 0; /* RFC 4121 4.2.4: these enctypes do not pad */
    return RPCSEC_OK;
}

/* The stream is a token and the data behind it (RFC 4121 4.2.4, rotated). */
static rpcsec_status decrypt_stream(struct sspi_ctx *ctx, struct message *message)
{
    size_t token_len = sspi_ctx_sizes(ctx)->wrap_len;
    uint8_t *stream = message->stream->pvBuffer;
    struct pkg_buffer data = {.kind = PKG_DATA};
    rpcsec_status status;

    if (!sspi_ctx_is_done(ctx))
        return RPCSEC_INVALID_STATE;
    if (!stream || message->stream->cbBuffer < token_len)
        return RPCSEC_TRUNCATED;
    data.data = stream + token_len;
    data.len = message->stream->cbBuffer - token_len;
    status = sspi_ctx_unwrap(ctx, &data, 1, stream, token_len);
    if (status != RPCSEC_OK)
        return status;
    message->data->pvBuffer = data.data;
    message->data->cbBuffer = (ULONG)data.len;
    return RPCSEC_OK;
}

static rpcsec_status run(struct sspi_ctx *ctx, struct message *message, enum operation op)
{
    switch (op) {
    case SIGN:
        return make_token(ctx, message, false);
    case ENCRYPT:
        return make_token(ctx, message, true);
    case VERIFY:
        return sspi_ctx_verify(ctx, message->buffers, message->num, message->token->pvBuffer,
                               message->token->cbBuffer);
    default:
        if (message->stream)
            return decrypt_stream(ctx, message);
        return sspi_ctx_unwrap(ctx, message->buffers, message->num, message->token->pvBuffer,
                               message->token->cbBuffer);
    }
}

/* ---- The calls ---- */

/* Statuses that these calls name otherwise. */
static SECURITY_STATUS report(rpcsec_status status, const struct rpcsec_error *err)
{
    if (status == RPCSEC_UNSUPPORTED)
        return sspi_report_code(SEC_E_QOP_NOT_SUPPORTED, status,
                                "the security context does not grant this protection");
    if (status == RPCSEC_TRUNCATED)
        return sspi_report_code(SEC_E_INCOMPLETE_MESSAGE, status,
                                "the stream ends inside the token");
    return sspi_report(status, err);
}

static SECURITY_STATUS process(const CtxtHandle *handle, const SecBufferDesc *desc,
                               enum operation op)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct message message = {.num = 0};
    struct api_ctx *api = api_ctx_lock(handle);
    rpcsec_status status;

    if (!api)
        return sspi_report_code(SEC_E_INVALID_HANDLE, RPCSEC_INVALID_ARGUMENT,
                                "the context handle is not valid");
    status = sort_message(&message, op, desc, &err);
    if (status == RPCSEC_OK)
        status = run(api->ctx, &message, op);
    api_ctx_unlock(api, handle);
    return report(status, &err);
}

static SECURITY_STATUS check_qop(ULONG qop)
{
    if (qop == 0)
        return SEC_E_OK;
    return sspi_report_code(SEC_E_QOP_NOT_SUPPORTED, RPCSEC_UNSUPPORTED,
                            "the only quality of protection is 0");
}

SECURITY_STATUS MakeSignature(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage,
                              ULONG MessageSeqNo)
{
    SECURITY_STATUS code = check_qop(fQOP);

    (void)MessageSeqNo;
    return code == SEC_E_OK ? process(phContext, pMessage, SIGN) : code;
}

SECURITY_STATUS EncryptMessage(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage,
                               ULONG MessageSeqNo)
{
    SECURITY_STATUS code = check_qop(fQOP);

    (void)MessageSeqNo;
    return code == SEC_E_OK ? process(phContext, pMessage, ENCRYPT) : code;
}

SECURITY_STATUS VerifySignature(PCtxtHandle phContext, PSecBufferDesc pMessage,
                                ULONG MessageSeqNo, ULONG *pfQOP)
{
    SECURITY_STATUS code = process(phContext, pMessage, VERIFY);

    (void)MessageSeqNo;
    if (code == SEC_E_OK && pfQOP)
        *pfQOP = 0;
    return code;
}

SECURITY_STATUS DecryptMessage(PCtxtHandle phContext, PSecBufferDesc pMessage,
                               ULONG MessageSeqNo, ULONG *pfQOP)
{
    SECURITY_STATUS code = process(phContext, pMessage, DECRYPT);

    (void)MessageSeqNo;
    if (code == SEC_E_OK && pfQOP)
        *pfQOP = 0;
    return code;
}
