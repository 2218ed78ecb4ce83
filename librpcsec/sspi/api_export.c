/* SPDX-License-Identifier: MIT
 *
 * sspi/api_export.c: ExportSecurityContext and ImportSecurityContext. Layer: sspi. Document:
 * MicrosoftDocs/sdk-api sspi.h.
 *
 * Around what the package packs: which package it is, and what this layer keeps itself.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/cursor.h"
#include "base/error.h"

enum {
    EXPORT_VERSION = 1,
    MAX_EXPORT_LEN = 1 << 20, /* bytes; a Kerberos context has about 1,300 and its PAC */
};

static rpcsec_status pack(struct api_ctx *api, struct buf *out)
{
    buf_u8(out, EXPORT_VERSION);
    buf_u8(out, sspi_ctx_package(api->ctx)->auth_type);
    buf_u32(out, api->echoed);
    buf_u64(out, (uint64_t)api->started);
    return sspi_ctx_export(api->ctx, out);
}

static rpcsec_status give(const struct buf *packed, PSecBuffer out)
{
    void *copy = sspi_mem_alloc(packed->len, true);

    if (!copy)
        return RPCSEC_NO_MEMORY;
    memcpy(copy, packed->data, packed->len);
    out->pvBuffer = copy;
    out->cbBuffer = (ULONG)packed->len;
    out->BufferType = SECBUFFER_EMPTY;
    return RPCSEC_OK;
}

static SECURITY_STATUS export_locked(struct api_ctx *api, PSecBuffer out)
{
    struct buf packed;
    rpcsec_status status;

    buf_init(&packed, MAX_EXPORT_LEN);
    packed.secret = true;
    status = api->is_pending ? RPCSEC_INVALID_STATE : pack(api, &packed);
    if (status == RPCSEC_OK)
        status = give(&packed, out);
    buf_done(&packed);
    if (status == RPCSEC_UNSUPPORTED)
        return api_unsupported("contexts of this package cannot be exported");
    return sspi_report(status, NULL);
}

SECURITY_STATUS ExportSecurityContext(PCtxtHandle phContext, ULONG fFlags,
                                      PSecBuffer pPackedContext, void **pToken)
{
    struct api_ctx *api;
    SECURITY_STATUS code;

    if (!pPackedContext)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (fFlags & SECPKG_CONTEXT_EXPORT_TO_KERNEL)
        return api_unsupported("no kernel takes contexts");
    api = api_ctx_lock(phContext);
    if (!api)
        return api_bad_handle("the context handle is not valid");
    code = export_locked(api, pPackedContext);
    api_ctx_unlock(api, phContext);
    if (code != SEC_E_OK)
        return code;
    if (pToken)
        *pToken = NULL;
    if (fFlags & SECPKG_CONTEXT_EXPORT_DELETE_OLD)
        handle_close(&api_handles, HANDLE_CONTEXT, phContext);
    return SEC_E_OK;
}

/* ---- Import ---- */

static rpcsec_status unpack(const struct pkg_ops *ops, const SecBuffer *packed,
                            struct api_ctx **ret_api, struct rpcsec_error *err)
{
    struct sspi_ctx *ctx = NULL;
    struct api_ctx *api;
    struct cur c;
    uint32_t echoed;
    int64_t started;
    size_t len;
    rpcsec_status status;

    cur_init(&c, packed->pvBuffer, packed->cbBuffer, false);
    if (cur_u8(&c) != EXPORT_VERSION || cur_u8(&c) != ops->auth_type)
        cur_fail(&c, RPCSEC_BAD_TOKEN);
    echoed = cur_u32(&c);
    started = (int64_t)cur_u64(&c);
    len = cur_left(&c);
    if (cur_status(&c) != RPCSEC_OK)
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_ARGUMENT,
                         "the bytes are no exported context of this package");
    status = sspi_ctx_import(ops, cur_bytes(&c, len), len, &ctx, err);
    if (status != RPCSEC_OK)
        return status;
    api = api_ctx_new(ctx, echoed);
    if (!api) {
        sspi_ctx_free(ctx);
        return error_no_memory(err);
    }
    api->started = started;
    *ret_api = api;
    return RPCSEC_OK;
}

SECURITY_STATUS api_import(const char *package, const SecBuffer *packed, PCtxtHandle ret_handle)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const struct pkg_ops *ops = sspi_package_by_name(package);
    struct api_ctx *api = NULL;
    rpcsec_status status;

    if (!package || !packed || !packed->pvBuffer || !ret_handle)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (!ops)
        return sspi_report_code(SEC_E_SECPKG_NOT_FOUND, RPCSEC_NOT_FOUND,
                                "there is no such security package");
    status = unpack(ops, packed, &api, &err);
    if (status != RPCSEC_OK)
        return sspi_report(status, &err);
    status = handle_open(&api_handles, HANDLE_CONTEXT, api, ret_handle);
    if (status != RPCSEC_OK)
        api_ctx_free(api);
    return sspi_report(status, NULL);
}

SECURITY_STATUS ImportSecurityContextA(const SEC_CHAR *pszPackage, PSecBuffer pPackedContext,
                                       void *Token, PCtxtHandle phContext)
{
    (void)Token;
    return api_import(pszPackage, pPackedContext, phContext);
}
