/* SPDX-License-Identifier: MIT
 *
 * sspi/api_query.c: QueryContextAttributes. Layer: sspi. Document: MicrosoftDocs/sdk-api
 * sspi.h.
 *
 * One function per attribute; each fills its structure only when all of it could be had.
 */
#include "sspi/api.h"

#include <string.h>

#include "packages/enctype.h"

typedef rpcsec_status query_fn(struct api_ctx *api, void *out);

static rpcsec_status query_sizes(struct api_ctx *api, void *out)
{
    SecPkgContext_Sizes *sizes = out;
    const struct pkg_sizes *ours = sspi_ctx_sizes(api->ctx);

    *sizes = (SecPkgContext_Sizes){.cbMaxToken = sspi_ctx_package(api->ctx)->max_token_len};
    if (!sspi_ctx_is_done(api->ctx))
        return RPCSEC_OK;
    sizes->cbMaxSignature = (ULONG)ours->mic_len;
    sizes->cbSecurityTrailer = (ULONG)ours->wrap_len;
    sizes->cbBlockSize = (ULONG)ours->block_len;
    return RPCSEC_OK;
}

static rpcsec_status query_names(struct api_ctx *api, void *out)
{
    SecPkgContext_NamesA *names = out;
    char *user = sspi_mem_strdup(sspi_ctx_info(api->ctx)->source);

    if (!user)
        return RPCSEC_NO_MEMORY;
    names->sUserName = user;
    return RPCSEC_OK;
}

/* Two texts, each freed by itself. */
static rpcsec_status two_texts(const char *first, const char *second, SEC_CHAR **ret_first,
                               SEC_CHAR **ret_second)
{
    char *a = sspi_mem_strdup(first);
    char *b = sspi_mem_strdup(second);

    if (!a || !b) {
        sspi_mem_free(a);
        sspi_mem_free(b);
        return RPCSEC_NO_MEMORY;
    }
    *ret_first = a;
    *ret_second = b;
    return RPCSEC_OK;
}

static rpcsec_status query_native_names(struct api_ctx *api, void *out)
{
    SecPkgContext_NativeNamesA *names = out;
    const struct pkg_info *info = sspi_ctx_info(api->ctx);

    return two_texts(info->source, info->target, &names->sClientName, &names->sServerName);
}

static rpcsec_status query_lifespan(struct api_ctx *api, void *out)
{
    SecPkgContext_Lifespan *lifespan = out;

    lifespan->tsStart = api_timestamp(api->started);
    lifespan->tsExpiry = api_timestamp(sspi_ctx_info(api->ctx)->expires);
    return RPCSEC_OK;
}

static rpcsec_status query_flags(struct api_ctx *api, void *out)
{
    ((SecPkgContext_Flags *)out)->Flags = api_ctx_flags(api);
    return RPCSEC_OK;
}

enum { MAX_SESSION_KEY_LEN = 64 }; /* bytes; AES-256 has 32 */

static rpcsec_status query_session_key(struct api_ctx *api, void *out)
{
    SecPkgContext_SessionKey *key = out;
    struct buf bytes;
    rpcsec_status status;
    uint8_t *copy = NULL;

    buf_init(&bytes, MAX_SESSION_KEY_LEN);
    bytes.secret = true;
    status = sspi_ctx_session_key(api->ctx, &bytes);
    if (status == RPCSEC_OK && !(copy = sspi_mem_alloc(bytes.len, true)))
        status = RPCSEC_NO_MEMORY;
    if (status == RPCSEC_OK) {
        memcpy(copy, bytes.data, bytes.len);
        key->SessionKey = copy;
        key->SessionKeyLength = (ULONG)bytes.len;
    }
    buf_done(&bytes);
    return status;
}

static rpcsec_status query_key_info(struct api_ctx *api, void *out)
{
    SecPkgContext_KeyInfoA *key = out;
    const struct enctype *type = enctype_find(sspi_ctx_info(api->ctx)->enctype_number);
    rpcsec_status status;

    if (!type)
        return RPCSEC_UNSUPPORTED;
    status = two_texts(type->checksum_name, type->name, &key->sSignatureAlgorithmName,
                       &key->sEncryptAlgorithmName);
    if (status != RPCSEC_OK)
        return status;
    key->KeySize = type->key_bits;
    key->SignatureAlgorithm = (ULONG)type->checksum_number;
    key->EncryptAlgorithm = (ULONG)type->number;
    return RPCSEC_OK;
}

static rpcsec_status query_package_info(struct api_ctx *api, void *out)
{
    PSecPkgInfoA info = api_package_info(sspi_ctx_package(api->ctx));

    if (!info)
        return RPCSEC_NO_MEMORY;
    ((SecPkgContext_PackageInfoA *)out)->PackageInfo = info;
    return RPCSEC_OK;
}

static rpcsec_status query_negotiation_info(struct api_ctx *api, void *out)
{
    SecPkgContext_NegotiationInfoA *negotiation = out;
    PSecPkgInfoA info = api_package_info(sspi_ctx_package(api->ctx));

    if (!info)
        return RPCSEC_NO_MEMORY;
    negotiation->PackageInfo = info;
    negotiation->NegotiationState = sspi_ctx_is_done(api->ctx) ? SECPKG_NEGOTIATION_COMPLETE
                                                               : SECPKG_NEGOTIATION_IN_PROGRESS;
    return RPCSEC_OK;
}

static const struct {
    ULONG attribute;
    bool early; /* has an answer before the handshake is done */
    query_fn *query;
} queries[] = {
    {SECPKG_ATTR_SIZES, true, query_sizes},
    {SECPKG_ATTR_NAMES, false, query_names},
    {SECPKG_ATTR_NATIVE_NAMES, false, query_native_names},
    {SECPKG_ATTR_LIFESPAN, false, query_lifespan},
    {SECPKG_ATTR_FLAGS, true, query_flags},
    {SECPKG_ATTR_SESSION_KEY, false, query_session_key},
    {SECPKG_ATTR_KEY_INFO, false, query_key_info},
    {SECPKG_ATTR_PACKAGE_INFO, true, query_package_info},
    {SECPKG_ATTR_NEGOTIATION_INFO, true, query_negotiation_info},
};

static rpcsec_status query(struct api_ctx *api, ULONG attribute, void *out)
{
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        if (queries[i].attribute != attribute)
            continue;
        if (!queries[i].early && !sspi_ctx_is_done(api->ctx))
            return RPCSEC_INVALID_STATE;
        return queries[i].query(api, out);
    }
    return RPCSEC_UNSUPPORTED;
}

SECURITY_STATUS QueryContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer)
{
    struct api_ctx *api;
    rpcsec_status status;

    if (!pBuffer)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    api = api_ctx_lock(phContext);
    if (!api)
        return sspi_report_code(SEC_E_INVALID_HANDLE, RPCSEC_INVALID_ARGUMENT,
                                "the context handle is not valid");
    status = query(api, ulAttribute, pBuffer);
    api_ctx_unlock(api, phContext);
    return sspi_report(status, NULL);
}
