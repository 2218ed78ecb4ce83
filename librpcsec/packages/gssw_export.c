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

rpcsec_status gssw_export(struct pkg_ctx *ctx, struct buf *out)
{
    rpcsec_status status;

    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    out->secret = true;
    ctx->record_ops->free(ctx->record);
    ctx->record = NULL;
    buf_u32(out, MAGIC);
    buf_u8(out, ctx->initiator);
    buf_u32(out, ctx->gss_flags);
    buf_u32(out, ctx->info.key_version);
    put_text(out, ctx->apreq.service);
    put_pac(out, ctx->info.pac);
    status = put_gss(ctx, out);
    if (status == RPCSEC_OK)
        status = ctx->record_ops->make(ctx->gss, &ctx->record);
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

static rpcsec_status import_into(struct pkg_ctx *ctx, struct cur *c, struct rpcsec_error *err)
{
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
    return status;
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
    ctx->record_ops = &record_gss;
    cur_init(&c, bytes, len, false);
    status = import_into(ctx, &c, err);
    if (status != RPCSEC_OK) {
        gssw_free_ctx(ctx);
        return status;
    }
    *ret_ctx = ctx;
    return RPCSEC_OK;
}
