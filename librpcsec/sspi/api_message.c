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

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "packages/record.h"

enum operation { SIGN, VERIFY, ENCRYPT, DECRYPT };

struct message {
    bool clear;         /* signed, not encrypted: asked, or what came */
    bool clear_refused; /* the caller does not look whether what came was encrypted */
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
    case SECBUFFER_STREAM_TRAILER: /* the token has it all */
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

static rpcsec_status token_len(struct sspi_ctx *ctx, const struct message *message, bool seal,
                               size_t *ret_len)
{
    const struct pkg_sizes *sizes = sspi_ctx_sizes(ctx);

    if (seal && message->clear)
        return sspi_ctx_clear_len(ctx, ret_len);
    *ret_len = seal ? sizes->wrap_len : sizes->mic_len;
    return RPCSEC_OK;
}

/* The caller's token buffer may be larger than the token; its cbBuffer becomes exact. */
static rpcsec_status make_token(struct sspi_ctx *ctx, struct message *message, bool seal)
{
    uint8_t *token = message->token->pvBuffer;
    size_t len = 0;
    rpcsec_status status = token_len(ctx, message, seal, &len);

    if (status == RPCSEC_OK && sspi_ctx_is_done(ctx) && message->token->cbBuffer < len)
        status = RPCSEC_BUFFER_TOO_SMALL;
    if (status != RPCSEC_OK)
        return status;
    if (seal && message->clear)
        status = sspi_ctx_wrap_clear(ctx, message->buffers, message->num, token, len);
    else if (seal)
        status = sspi_ctx_wrap(ctx, message->buffers, message->num, token, len);
    else
        status = sspi_ctx_mic(ctx, message->buffers, message->num, token, len);
    if (status != RPCSEC_OK)
        return status;
    message->token->cbBuffer = (ULONG)len;
    if (message->padding)
        message->padding->cbBuffer = 0; /* RFC 4121 4.2.4: these enctypes do not pad */
    return RPCSEC_OK;
}

/* Nothing unverified stays readable. */
static void wipe(struct message *message)
{
    for (size_t i = 0; i < message->num; i++) {
        if (message->buffers[i].kind == PKG_DATA && message->buffers[i].len > 0)
            secret_wipe(message->buffers[i].data, message->buffers[i].len);
    }
}

/* Who does not ask for the quality of protection believes that sealed messages were sealed. */
static rpcsec_status check_clear(const struct sspi_ctx *ctx, const struct message *message)
{
    bool seals = sspi_ctx_info(ctx)->flags & ISC_RET_CONFIDENTIALITY;

    return message->clear && message->clear_refused && seals ? RPCSEC_BAD_SIGNATURE : RPCSEC_OK;
}

/* A stream is a token and the data behind it, in any rotation (RFC 4121 4.2.5). */
static rpcsec_status open_stream(struct sspi_ctx *ctx, struct message *message, uint8_t *stream,
                                 size_t len, struct pkg_buffer *ret_data)
{
    rpcsec_status status;

    message->clear = sspi_ctx_is_clear(ctx, stream, len);
    status = check_clear(ctx, message);
    if (status != RPCSEC_OK)
        return status;
    if (message->clear)
        status = sspi_ctx_open_clear(ctx, stream, len, &ret_data->data, &ret_data->len);
    else if (len < sspi_ctx_sizes(ctx)->wrap_len)
        status = RPCSEC_TRUNCATED;
    else
        status = sspi_ctx_open(ctx, stream, len, &ret_data->data, &ret_data->len);
    return status;
}

static rpcsec_status decrypt_stream(struct sspi_ctx *ctx, struct message *message)
{
    uint8_t *stream = message->stream->pvBuffer;
    struct pkg_buffer data = {.kind = PKG_DATA};
    rpcsec_status status;

    if (!sspi_ctx_is_done(ctx))
        return RPCSEC_INVALID_STATE;
    if (!stream)
        return RPCSEC_TRUNCATED;
    status = open_stream(ctx, message, stream, message->stream->cbBuffer, &data);
    if (status != RPCSEC_OK)
        return status;
    message->data->pvBuffer = data.data;
    message->data->cbBuffer = (ULONG)data.len;
    return RPCSEC_OK;
}

/* One piece of data right behind its token: then any rotation can be read. */
static bool is_in_one_piece(const struct message *message)
{
    const uint8_t *token = message->token->pvBuffer;

    return message->num == 1 && message->buffers[0].kind == PKG_DATA &&
           message->buffers[0].data == token + message->token->cbBuffer;
}

static rpcsec_status decrypt_one_piece(struct sspi_ctx *ctx, struct message *message)
{
    const struct pkg_buffer *place = &message->buffers[0];
    struct pkg_buffer data = {.kind = PKG_DATA};
    rpcsec_status status = open_stream(ctx, message, message->token->pvBuffer,
                                       message->token->cbBuffer + place->len, &data);

    if (status != RPCSEC_OK)
        return status;
    if (data.len > place->len)
        return RPCSEC_BAD_TOKEN;
    if (data.data != place->data)
        memmove(place->data, data.data, data.len);
    message->data->cbBuffer = (ULONG)data.len;
    return RPCSEC_OK;
}

static rpcsec_status decrypt(struct sspi_ctx *ctx, struct message *message)
{
    uint8_t *token = message->stream ? NULL : message->token->pvBuffer;
    rpcsec_status status;

    if (message->stream)
        return decrypt_stream(ctx, message);
    if (!sspi_ctx_is_done(ctx))
        return RPCSEC_INVALID_STATE;
    message->clear = sspi_ctx_is_clear(ctx, token, message->token->cbBuffer);
    status = check_clear(ctx, message);
    if (status != RPCSEC_OK)
        return status;
    if (is_in_one_piece(message))
        status = decrypt_one_piece(ctx, message);
    else if (message->clear)
        status = sspi_ctx_unwrap_clear(ctx, message->buffers, message->num, token,
                                       message->token->cbBuffer);
    else
        status = sspi_ctx_unwrap(ctx, message->buffers, message->num, token,
                                 message->token->cbBuffer);
    if (status != RPCSEC_OK)
        wipe(message);
    return status;
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
        return decrypt(ctx, message);
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

/* *qop: of ENCRYPT what was asked, of the others what came. */
static SECURITY_STATUS process(const CtxtHandle *handle, const SecBufferDesc *desc,
                               enum operation op, bool asks_qop, ULONG *qop)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct message message = {
        .clear = op == ENCRYPT && *qop == SECQOP_WRAP_NO_ENCRYPT,
        .clear_refused = !asks_qop,
    };
    struct api_ctx *api = api_ctx_lock(handle);
    rpcsec_status status;

    if (!api)
        return api_bad_handle("the context handle is not valid");
    status = sort_message(&message, op, desc, &err);
    if (status == RPCSEC_OK)
        status = run(api->ctx, &message, op);
    api_ctx_unlock(api, handle);
    if (status == RPCSEC_OK)
        *qop = message.clear ? SECQOP_WRAP_NO_ENCRYPT : 0;
    return report(status, &err);
}

static SECURITY_STATUS bad_qop(void)
{
    return sspi_report_code(SEC_E_QOP_NOT_SUPPORTED, RPCSEC_UNSUPPORTED,
                            "the quality of protection is 0, or SECQOP_WRAP_NO_ENCRYPT of "
                            "EncryptMessage");
}

SECURITY_STATUS MakeSignature(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage,
                              ULONG MessageSeqNo)
{
    (void)MessageSeqNo;
    return fQOP == 0 ? process(phContext, pMessage, SIGN, true, &fQOP) : bad_qop();
}

SECURITY_STATUS EncryptMessage(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage,
                               ULONG MessageSeqNo)
{
    (void)MessageSeqNo;
    if (fQOP != 0 && fQOP != SECQOP_WRAP_NO_ENCRYPT)
        return bad_qop();
    return process(phContext, pMessage, ENCRYPT, true, &fQOP);
}

SECURITY_STATUS VerifySignature(PCtxtHandle phContext, PSecBufferDesc pMessage,
                                ULONG MessageSeqNo, ULONG *pfQOP)
{
    ULONG qop = 0;
    SECURITY_STATUS code = process(phContext, pMessage, VERIFY, true, &qop);

    (void)MessageSeqNo;
    if (code == SEC_E_OK && pfQOP)
        *pfQOP = qop;
    return code;
}

SECURITY_STATUS DecryptMessage(PCtxtHandle phContext, PSecBufferDesc pMessage,
                               ULONG MessageSeqNo, ULONG *pfQOP)
{
    ULONG qop = 0;
    SECURITY_STATUS code = process(phContext, pMessage, DECRYPT, pfQOP != NULL, &qop);

    (void)MessageSeqNo;
    if (code == SEC_E_OK && pfQOP)
        *pfQOP = qop;
    return code;
}
