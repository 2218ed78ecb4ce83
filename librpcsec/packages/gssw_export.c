/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_export.c: finished contexts as bytes, and back. Layer: packages. Document: RFC
 * 2743 2.2.8, 2.2.9.
 *
 * The bytes hold keys and are of this library and machine only: a magic number, then what GSS
 * does not carry (the target as the ticket names it, the SIDs), then GSS's own token.
 */
#include "packages/gssw.h"

#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "base/error.h"
#include "base/limits.h"

#define MAGIC 0x52504331u /* "RPC1" */

static void put_text(struct buf *out, const char *text)
{
    size_t len = text ? strlen(text) : 0;

    buf_u32(out, (uint32_t)len);
    buf_bytes(out, text, len);
}

static void put_pac(struct buf *out, const struct pac *pac)
{
    buf_u8(out, pac != NULL);
    if (!pac)
        return;
    buf_u32(out, (uint32_t)pac->raw_len);
    buf_bytes(out, pac->raw, pac->raw_len);
}

/* GSS's export ends the context, so it is taken in again at once. */
static rpcsec_status put_gss(struct pkg_ctx *ctx, struct buf *out)
{
    gss_buffer_desc token = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor = 0;
    OM_uint32 major = gss_export_sec_context(&minor, &ctx->gss, &token);

    if (major != GSS_S_COMPLETE)
        return RPCSEC_SECURITY_FAILURE;
    buf_u32(out, (uint32_t)token.length);
    buf_bytes(out, token.value, token.length);
    major = gss_import_sec_context(&minor, &token, &ctx->gss);
    secret_wipe(token.value, token.length);
    gss_release_buffer(&minor, &token);
    return major == GSS_S_COMPLETE ? RPCSEC_OK : RPCSEC_SECURITY_FAILURE;
}

/* Where the record protector counts messages by itself. */
static void put_sequence(const struct pkg_ctx *ctx, struct buf *out)
{
    bool own = ctx->record_ops->get_sequence != NULL;
    uint64_t send = 0;
    uint64_t receive = 0;

    if (own)
        ctx->record_ops->get_sequence(ctx->record, &send, &receive);
    buf_u8(out, own);
    buf_u64(out, send);
    buf_u64(out, receive);
}

/* A protector that lies on the GSS context goes and comes back with it. */
static rpcsec_status put_context(struct pkg_ctx *ctx, struct buf *out)
{
    const bool own = ctx->record_ops->get_sequence != NULL;
    struct record_source source = {ctx->gss, ctx->gss_flags, ctx->verified};
    rpcsec_status status;

    if (own)
        return put_gss(ctx, out);
    ctx->record_ops->free(ctx->record);
    ctx->record = NULL;
    status = put_gss(ctx, out);
    source.gss = ctx->gss;
    return status == RPCSEC_OK ? ctx->record_ops->make(&source, &ctx->record) : status;
}

rpcsec_status gssw_export(struct pkg_ctx *ctx, struct buf *out)
{
    rpcsec_status status;

    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (ctx->info.is_ntlm || ctx->gss == GSS_C_NO_CONTEXT)
        return RPCSEC_UNSUPPORTED; /* NTLM's key streams cannot be carried */
    out->secret = true;
    buf_u32(out, MAGIC);
    buf_u8(out, ctx->initiator);
    buf_u32(out, ctx->gss_flags);
    buf_u32(out, ctx->info.key_version);
    put_text(out, ctx->apreq.service);
    put_pac(out, ctx->info.pac);
    put_sequence(ctx, out);
    status = put_context(ctx, out);
    return status == RPCSEC_OK ? buf_status(out) : status;
}

/* ---- Back ---- */

static void get_service(struct cur *c, struct apreq *apreq)
{
    size_t len = cur_count(c, cur_u32(c), 1);

    if (len >= sizeof(apreq->service)) {
        cur_fail(c, RPCSEC_BAD_FORMAT);
        return;
    }
    cur_copy(c, apreq->service, len);
    apreq->service[len] = '\0';
}

static void get_pac(struct cur *c, struct pkg_ctx *ctx)
{
    const uint8_t *bytes;
    size_t len;
    rpcsec_status status;

    if (cur_u8(c) == 0)
        return;
    len = cur_count(c, cur_u32(c), 1);
    bytes = cur_bytes(c, len);
    if (!bytes)
        return;
    status = pac_decode(bytes, len, &ctx->info.pac);
    if (status != RPCSEC_OK)
        cur_fail(c, status);
}

static rpcsec_status get_gss(struct cur *c, struct pkg_ctx *ctx)
{
    gss_buffer_desc token = {.length = cur_count(c, cur_u32(c), 1)};
    OM_uint32 minor = 0;

    token.value = (void *)(uintptr_t)cur_bytes(c, token.length);
    if (cur_end(c) != RPCSEC_OK)
        return cur_end(c);
    return gss_import_sec_context(&minor, &token, &ctx->gss) == GSS_S_COMPLETE
               ? RPCSEC_OK
               : RPCSEC_BAD_TOKEN;
}

struct sequence {
    bool own; /* the record protector's, not GSS's */
    uint64_t send;
    uint64_t receive;
};

/* Both processes must have the same record protector: the other one counts elsewhere. */
static rpcsec_status use_sequence(struct pkg_ctx *ctx, const struct sequence *sequence,
                                  struct rpcsec_error *err)
{
    if (sequence->own != (ctx->record_ops->set_sequence != NULL))
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_SECURITY,
                         "the context was exported with another record protector "
                         "(RPCSEC_RECORD)");
    if (sequence->own)
        ctx->record_ops->set_sequence(ctx->record, sequence->send, sequence->receive);
    return RPCSEC_OK;
}

static rpcsec_status import_into(struct pkg_ctx *ctx, struct cur *c, struct rpcsec_error *err)
{
    struct sequence sequence;
    uint32_t key_version;
    struct pac *pac;
    rpcsec_status status;

    if (cur_u32(c) != MAGIC)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    ctx->initiator = cur_u8(c) != 0;
    ctx->gss_flags = cur_u32(c);
    key_version = cur_u32(c);
    get_service(c, &ctx->apreq);
    get_pac(c, ctx);
    sequence.own = cur_u8(c) != 0;
    sequence.send = cur_u64(c);
    sequence.receive = cur_u64(c);
    status = get_gss(c, ctx);
    if (status != RPCSEC_OK)
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_ARGUMENT,
                         "the bytes are no exported context of this library");
    ctx->apreq.kvno = key_version;
    pac = ctx->info.pac;
    ctx->info.pac = NULL;
    status = gssw_establish(ctx, err);
    pac_unref(ctx->info.pac);
    ctx->info.pac = pac;
    return status == RPCSEC_OK ? use_sequence(ctx, &sequence, err) : status;
}

rpcsec_status gssw_import(gss_OID mech, const uint8_t *bytes, size_t len,
                          struct pkg_ctx **ret_ctx, struct rpcsec_error *err)
{
    struct pkg_ctx *ctx = mem_zalloc(sizeof(*ctx));
    struct cur c;
    rpcsec_status status;

    if (!ctx)
        return error_no_memory(err);
    ctx->mech = mech;
    cur_init(&c, bytes, len, false);
    status = import_into(ctx, &c, err);
    if (status != RPCSEC_OK) {
        gssw_free_ctx(ctx);
        return status;
    }
    *ret_ctx = ctx;
    return RPCSEC_OK;
}
