/* SPDX-License-Identifier: MIT
 *
 * sspi/api_query.c: QueryContextAttributes. Layer: sspi. Document: MicrosoftDocs/sdk-api
 * sspi.h.
 *
 * One function per attribute; each fills its structure only when all of it could be had.
 */
#include "sspi/api.h"

#include <string.h>
#include <time.h>

#include "packages/enctype.h"

/* STREAM_SIZES: the documents of Windows give none for Kerberos. */
#define MAX_STREAM_MESSAGE 0x7fffffff
#define STREAM_BUFFERS     4

/* One question. Structures are filled as their A form: W has the same layout. */
struct question {
    struct api_ctx *api;
    enum form form; /* of texts */
    enum form wide; /* of what is W in both */
};

typedef rpcsec_status query_fn(const struct question *q, void *out);

static rpcsec_status query_sizes(const struct question *q, void *out)
{
    SecPkgContext_Sizes *sizes = out;
    const struct pkg_sizes *ours = sspi_ctx_sizes(q->api->ctx);

    *sizes = (SecPkgContext_Sizes){.cbMaxToken = sspi_ctx_package(q->api->ctx)->max_token_len};
    if (!sspi_ctx_is_done(q->api->ctx))
        return RPCSEC_OK;
    sizes->cbMaxSignature = (ULONG)ours->mic_len;
    sizes->cbSecurityTrailer = (ULONG)ours->wrap_len;
    sizes->cbBlockSize = (ULONG)ours->block_len;
    return RPCSEC_OK;
}

static rpcsec_status query_names(const struct question *q, void *out)
{
    SecPkgContext_NamesA *names = out;
    char *user = form_new(q->form, sspi_ctx_info(q->api->ctx)->source);

    if (!user)
        return RPCSEC_NO_MEMORY;
    names->sUserName = user;
    return RPCSEC_OK;
}

/* Two texts, each freed by itself. */
static rpcsec_status two_texts(enum form form, const char *first, const char *second,
                               SEC_CHAR **ret_first, SEC_CHAR **ret_second)
{
    char *a = form_new(form, first);
    char *b = form_new(form, second);

    if (!a || !b) {
        sspi_mem_free(a);
        sspi_mem_free(b);
        return RPCSEC_NO_MEMORY;
    }
    *ret_first = a;
    *ret_second = b;
    return RPCSEC_OK;
}

static rpcsec_status query_native_names(const struct question *q, void *out)
{
    SecPkgContext_NativeNamesA *names = out;
    const struct pkg_info *info = sspi_ctx_info(q->api->ctx);

    return two_texts(q->form, info->source, info->target, &names->sClientName,
                     &names->sServerName);
}

static rpcsec_status query_lifespan(const struct question *q, void *out)
{
    SecPkgContext_Lifespan *lifespan = out;

    lifespan->tsStart = api_timestamp(q->api->started);
    lifespan->tsExpiry = api_timestamp(sspi_ctx_info(q->api->ctx)->expires);
    return RPCSEC_OK;
}

static rpcsec_status query_flags(const struct question *q, void *out)
{
    ((SecPkgContext_Flags *)out)->Flags = api_ctx_flags(q->api);
    return RPCSEC_OK;
}

enum { MAX_SESSION_KEY_LEN = 64 }; /* bytes; AES-256 has 32 */

static rpcsec_status query_session_key(const struct question *q, void *out)
{
    SecPkgContext_SessionKey *key = out;
    struct buf bytes;
    rpcsec_status status;
    uint8_t *copy = NULL;

    buf_init(&bytes, MAX_SESSION_KEY_LEN);
    bytes.secret = true;
    status = sspi_ctx_session_key(q->api->ctx, &bytes);
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

static rpcsec_status query_key_info(const struct question *q, void *out)
{
    SecPkgContext_KeyInfoA *key = out;
    const struct enctype *type = enctype_find(sspi_ctx_info(q->api->ctx)->enctype_number);
    rpcsec_status status;

    if (!type)
        return RPCSEC_UNSUPPORTED;
    status = two_texts(q->form, type->checksum_name, type->name, &key->sSignatureAlgorithmName,
                       &key->sEncryptAlgorithmName);
    if (status != RPCSEC_OK)
        return status;
    key->KeySize = type->key_bits;
    key->SignatureAlgorithm = (ULONG)type->checksum_number;
    key->EncryptAlgorithm = (ULONG)type->number;
    return RPCSEC_OK;
}

static rpcsec_status query_package_info(const struct question *q, void *out)
{
    PSecPkgInfoA info = api_package_info(sspi_ctx_package(q->api->ctx), q->form);

    if (!info)
        return RPCSEC_NO_MEMORY;
    ((SecPkgContext_PackageInfoA *)out)->PackageInfo = info;
    return RPCSEC_OK;
}

static rpcsec_status query_negotiation_info(const struct question *q, void *out)
{
    SecPkgContext_NegotiationInfoA *negotiation = out;
    PSecPkgInfoA info = api_package_info(sspi_ctx_package(q->api->ctx), q->form);

    if (!info)
        return RPCSEC_NO_MEMORY;
    negotiation->PackageInfo = info;
    negotiation->NegotiationState = sspi_ctx_is_done(q->api->ctx)
                                        ? SECPKG_NEGOTIATION_COMPLETE
                                        : SECPKG_NEGOTIATION_IN_PROGRESS;
    return RPCSEC_OK;
}

static rpcsec_status query_stream_sizes(const struct question *q, void *out)
{
    const struct pkg_sizes *ours = sspi_ctx_sizes(q->api->ctx);

    *(SecPkgContext_StreamSizes *)out = (SecPkgContext_StreamSizes){
        .cbHeader = (ULONG)ours->wrap_len,
        .cbMaximumMessage = MAX_STREAM_MESSAGE,
        .cBuffers = STREAM_BUFFERS,
        .cbBlockSize = (ULONG)ours->block_len,
    };
    return RPCSEC_OK;
}

static rpcsec_status query_dce_info(const struct question *q, void *out)
{
    SecPkgContext_DceInfo *info = out;
    void *name = form_new(q->wide, sspi_ctx_info(q->api->ctx)->source);

    if (!name)
        return RPCSEC_NO_MEMORY;
    info->AuthzSvc = RPCSEC_AUTHZ_NAME;
    info->pPac = name;
    return RPCSEC_OK;
}

/* The realm of the client. */
static rpcsec_status query_authority(const struct question *q, void *out)
{
    const char *at = strrchr(sspi_ctx_info(q->api->ctx)->source, '@');
    char *realm = form_new(q->form, at ? at + 1 : "");

    if (!realm)
        return RPCSEC_NO_MEMORY;
    ((SecPkgContext_AuthorityA *)out)->sAuthorityName = realm;
    return RPCSEC_OK;
}

static rpcsec_status query_target(const struct question *q, void *out)
{
    void *target = form_new(q->wide, sspi_ctx_info(q->api->ctx)->target);

    if (!target)
        return RPCSEC_NO_MEMORY;
    ((SecPkgContext_ClientSpecifiedTarget *)out)->sTargetName = target;
    return RPCSEC_OK;
}

/* ACCESS_TOKEN, SUBJECT_SECURITY_ATTRIBUTES: of the client, on a server. */
static rpcsec_status query_token(const struct question *q, void *out)
{
    void *token;

    if (sspi_ctx_is_initiator(q->api->ctx))
        return RPCSEC_UNSUPPORTED;
    token = api_token_new(q->api->ctx);
    if (!token)
        return RPCSEC_NO_MEMORY;
    ((SecPkgContext_AccessToken *)out)->AccessToken = token;
    return RPCSEC_OK;
}

/* Whether the client has said its last word. */
static rpcsec_status query_last_token(const struct question *q, void *out)
{
    ((SecPkgContext_LastClientTokenStatus *)out)->LastClientTokenStatus =
        sspi_ctx_is_done(q->api->ctx) ? SecPkgAttrLastClientTokenYes
                                      : SecPkgAttrLastClientTokenMaybe;
    return RPCSEC_OK;
}

static rpcsec_status query_nego_status(const struct question *q, void *out)
{
    (void)q;
    ((SecPkgContext_NegoStatus *)out)->LastStatus = (ULONG)SEC_E_OK;
    return RPCSEC_OK;
}

static const struct {
    ULONG attribute;
    size_t len; /* of the structure */
    bool early; /* has an answer before the handshake is done */
    query_fn *query;
} queries[] = {
    {SECPKG_ATTR_SIZES, sizeof(SecPkgContext_Sizes), true, query_sizes},
    {SECPKG_ATTR_NAMES, sizeof(SecPkgContext_NamesA), false, query_names},
    {SECPKG_ATTR_LIFESPAN, sizeof(SecPkgContext_Lifespan), false, query_lifespan},
    {SECPKG_ATTR_DCE_INFO, sizeof(SecPkgContext_DceInfo), false, query_dce_info},
    {SECPKG_ATTR_STREAM_SIZES, sizeof(SecPkgContext_StreamSizes), false, query_stream_sizes},
    {SECPKG_ATTR_KEY_INFO, sizeof(SecPkgContext_KeyInfoA), false, query_key_info},
    {SECPKG_ATTR_AUTHORITY, sizeof(SecPkgContext_AuthorityA), false, query_authority},
    {SECPKG_ATTR_SESSION_KEY, sizeof(SecPkgContext_SessionKey), false, query_session_key},
    {SECPKG_ATTR_PACKAGE_INFO, sizeof(SecPkgContext_PackageInfoA), true, query_package_info},
    {SECPKG_ATTR_NEGOTIATION_INFO, sizeof(SecPkgContext_NegotiationInfoA), true,
     query_negotiation_info},
    {SECPKG_ATTR_NATIVE_NAMES, sizeof(SecPkgContext_NativeNamesA), false, query_native_names},
    {SECPKG_ATTR_FLAGS, sizeof(SecPkgContext_Flags), true, query_flags},
    {SECPKG_ATTR_ACCESS_TOKEN, sizeof(SecPkgContext_AccessToken), false, query_token},
    {SECPKG_ATTR_CLIENT_SPECIFIED_TARGET, sizeof(SecPkgContext_ClientSpecifiedTarget), false,
     query_target},
    {SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS, sizeof(SecPkgContext_LastClientTokenStatus), true,
     query_last_token},
    {SECPKG_ATTR_NEGO_STATUS, sizeof(SecPkgContext_NegoStatus), true, query_nego_status},
    {SECPKG_ATTR_SUBJECT_SECURITY_ATTRIBUTES, sizeof(SecPkgContext_SubjectAttributes), false,
     query_token},
};

static rpcsec_status query(const struct question *q, ULONG attribute, void *out, size_t out_len)
{
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        if (queries[i].attribute != attribute)
            continue;
        if (out_len < queries[i].len)
            return RPCSEC_BUFFER_TOO_SMALL;
        if (!queries[i].early && !sspi_ctx_is_done(q->api->ctx))
            return RPCSEC_INVALID_STATE;
        return queries[i].query(q, out);
    }
    return RPCSEC_UNSUPPORTED;
}

SECURITY_STATUS api_query_context(PCtxtHandle handle, ULONG attribute, void *out,
                                  size_t out_len, enum form form, enum form wide)
{
    struct question q = {.form = form, .wide = wide};
    rpcsec_status status;

    if (!out)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    q.api = api_ctx_lock(handle);
    if (!q.api)
        return api_bad_handle("the context handle is not valid");
    status = query(&q, attribute, out, out_len);
    api_ctx_unlock(q.api, handle);
    return sspi_report(status, NULL);
}

/* ---- The A forms ---- */

SECURITY_STATUS QueryContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, SIZE_MAX, FORM_A, FORM_W32);
}

SECURITY_STATUS QueryContextAttributesExA(PCtxtHandle phContext, ULONG ulAttribute,
                                          void *pBuffer, ULONG cbBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, cbBuffer, FORM_A, FORM_W32);
}

SECURITY_STATUS SetContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer,
                                      ULONG cbBuffer)
{
    (void)ulAttribute;
    (void)pBuffer;
    (void)cbBuffer;
    return api_set_attributes(HANDLE_CONTEXT, phContext);
}

/* ---- Times ---- */

#define UNIX_IN_1601    INT64_C(11644473600)  /* seconds from 1601 to 1970 */
#define TICKS_PER_SEC   INT64_C(10000000)     /* of 100 ns */
#define LAST_UNIX_YEARS INT64_C(253402300799) /* the end of year 9999 */

TimeStamp api_timestamp(int64_t unix_seconds)
{
    TimeStamp stamp = {.QuadPart = INT64_MAX};
    time_t when = (time_t)unix_seconds;
    struct tm local;

    if (unix_seconds < 0 || unix_seconds > LAST_UNIX_YEARS || !localtime_r(&when, &local))
        return stamp;
    stamp.QuadPart = (unix_seconds + UNIX_IN_1601 + local.tm_gmtoff) * TICKS_PER_SEC;
    return stamp;
}
