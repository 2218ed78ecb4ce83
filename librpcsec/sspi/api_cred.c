/* SPDX-License-Identifier: MIT
 *
 * sspi/api_cred.c: the public calls about packages, credentials and memory. Layer: sspi.
 * Document: MicrosoftDocs/sdk-api sspi.h.
 */
#include "sspi/api.h"

#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/error.h"

static void free_object(enum handle_kind kind, void *object)
{
    if (kind == HANDLE_CONTEXT) {
        api_ctx_free(object);
        return;
    }
    sspi_cred_unref(((struct api_cred *)object)->cred);
    mem_free(object);
}

struct handle_table api_handles = {.free_object = free_object};

/* ---- Packages ---- */

static char *put_text(char *at, const char *text, SEC_CHAR **ret_text)
{
    size_t len = strlen(text) + 1;

    memcpy(at, text, len);
    *ret_text = at;
    return at + len;
}

static size_t texts_len(const struct pkg_ops *ops)
{
    return strlen(ops->name) + 1 + strlen(ops->comment) + 1;
}

/* Fills one description and puts its texts at `at`; gives the place behind them. */
static char *fill_info(SecPkgInfoA *info, const struct pkg_ops *ops, char *at)
{
    info->fCapabilities = ops->capabilities;
    info->wVersion = 1;
    info->wRPCID = ops->auth_type;
    info->cbMaxToken = ops->max_token_len;
    at = put_text(at, ops->name, &info->Name);
    return put_text(at, ops->comment, &info->Comment);
}

PSecPkgInfoA api_package_info(const struct pkg_ops *ops)
{
    SecPkgInfoA *info = sspi_mem_alloc(sizeof(*info) + texts_len(ops), false);

    if (info)
        fill_info(info, ops, (char *)(info + 1));
    return info;
}

SECURITY_STATUS EnumerateSecurityPackagesA(ULONG *pcPackages, PSecPkgInfoA *ppPackageInfo)
{
    size_t num = 0;
    size_t texts = 0;
    SecPkgInfoA *infos;
    char *at;

    if (!pcPackages || !ppPackageInfo)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    for (; sspi_package_at(num); num++)
        texts += texts_len(sspi_package_at(num));
    infos = sspi_mem_alloc(num * sizeof(*infos) + texts, false);
    if (!infos)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    at = (char *)(infos + num);
    for (size_t i = 0; i < num; i++)
        at = fill_info(&infos[i], sspi_package_at(i), at);
    *pcPackages = (ULONG)num;
    *ppPackageInfo = infos;
    return SEC_E_OK;
}

static SECURITY_STATUS unknown_package(void)
{
    return sspi_report_code(SEC_E_SECPKG_NOT_FOUND, RPCSEC_NOT_FOUND,
                            "there is no such security package");
}

SECURITY_STATUS QuerySecurityPackageInfoA(const SEC_CHAR *pszPackageName,
                                          PSecPkgInfoA *ppPackageInfo)
{
    const struct pkg_ops *ops = sspi_package_by_name(pszPackageName);
    PSecPkgInfoA info;

    if (!pszPackageName || !ppPackageInfo)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (!ops)
        return unknown_package();
    info = api_package_info(ops);
    if (!info)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    *ppPackageInfo = info;
    return SEC_E_OK;
}

SECURITY_STATUS FreeContextBuffer(void *pvContextBuffer)
{
    if (sspi_mem_free(pvContextBuffer))
        return SEC_E_OK;
    return sspi_report_code(SEC_E_INVALID_HANDLE, RPCSEC_INVALID_ARGUMENT,
                            "the pointer is not memory that SSPI gave");
}

/* ---- Credentials ---- */

static rpcsec_status acquire(const struct pkg_ops *ops, const SEC_CHAR *principal, ULONG use,
                             struct api_cred **ret_api, struct rpcsec_error *err)
{
    const struct pkg_cred_params params = {
        .inbound = use & SECPKG_CRED_INBOUND,
        .outbound = use & SECPKG_CRED_OUTBOUND,
        .principal = principal && principal[0] ? principal : NULL,
    };
    struct api_cred *api = mem_zalloc(sizeof(*api));
    rpcsec_status status;

    if (!api)
        return error_no_memory(err);
    api->use = use;
    status = sspi_cred_acquire(ops, &params, &api->cred, err);
    if (status != RPCSEC_OK) {
        mem_free(api);
        return status;
    }
    *ret_api = api;
    return RPCSEC_OK;
}

static rpcsec_status acquire_handle(const struct pkg_ops *ops, const SEC_CHAR *principal,
                                    ULONG use, CredHandle *ret_handle, struct rpcsec_error *err)
{
    struct api_cred *api;
    rpcsec_status status = acquire(ops, principal, use, &api, err);

    if (status != RPCSEC_OK)
        return status;
    status = handle_open(&api_handles, HANDLE_CREDENTIAL, api, ret_handle);
    if (status != RPCSEC_OK)
        free_object(HANDLE_CREDENTIAL, api);
    return status;
}

SECURITY_STATUS AcquireCredentialsHandleA(const SEC_CHAR *pszPrincipal,
                                          const SEC_CHAR *pszPackage, ULONG fCredentialUse,
                                          void *pvLogonId, void *pAuthData,
                                          SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
                                          PCredHandle phCredential, PTimeStamp ptsExpiry)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    ULONG use = fCredentialUse & SECPKG_CRED_BOTH;
    const struct pkg_ops *ops = sspi_package_by_name(pszPackage);
    rpcsec_status status;

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    if (!pszPackage || !phCredential || use == 0)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (!ops)
        return unknown_package();
    if (pvLogonId || pAuthData)
        return sspi_report_code(SEC_E_UNSUPPORTED_FUNCTION, RPCSEC_UNSUPPORTED,
                                "only the default credentials can be acquired, not a logon "
                                "session's or given ones");
    status = acquire_handle(ops, pszPrincipal, use, phCredential, &err);
    if (status != RPCSEC_OK)
        return sspi_report(status, &err);
    if (ptsExpiry)
        *ptsExpiry = api_timestamp(INT64_MAX);
    return SEC_E_OK;
}

SECURITY_STATUS FreeCredentialsHandle(PCredHandle phCredential)
{
    if (handle_close(&api_handles, HANDLE_CREDENTIAL, phCredential))
        return SEC_E_OK;
    return sspi_report_code(SEC_E_INVALID_HANDLE, RPCSEC_INVALID_ARGUMENT,
                            "the credential handle is not valid");
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
