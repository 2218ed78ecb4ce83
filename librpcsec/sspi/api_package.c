/* SPDX-License-Identifier: MIT
 *
 * sspi/api_package.c: the public calls about packages and memory. Layer: sspi. Document:
 * MicrosoftDocs/sdk-api sspi.h.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

SECURITY_STATUS api_bad_handle(const char *what)
{
    return sspi_report_code(SEC_E_INVALID_HANDLE, RPCSEC_INVALID_ARGUMENT, what);
}

SECURITY_STATUS api_unsupported(const char *why)
{
    return sspi_report_code(SEC_E_UNSUPPORTED_FUNCTION, RPCSEC_UNSUPPORTED, why);
}

/* Bytes of a text in this form; what packages say of themselves is ASCII. */
static size_t text_size(const char *text, enum form form)
{
    return (strlen(text) + 1) * (size_t)form;
}

static size_t texts_size(const struct pkg_ops *ops, enum form form)
{
    return text_size(ops->name, form) + text_size(ops->comment, form);
}

static char *put_text(char *at, const char *text, enum form form, SEC_CHAR **ret_text)
{
    size_t num = 0;

    *ret_text = at;
    if (form_from_utf8(form, text, at, strlen(text) + 1, &num) != RPCSEC_OK)
        *at = '\0';
    return at + text_size(text, form);
}

/* Fills one description and puts its texts at `at`; gives the place behind them. */
static char *fill_info(SecPkgInfoA *info, const struct pkg_ops *ops, enum form form, char *at)
{
    info->fCapabilities = ops->capabilities;
    info->wVersion = 1;
    info->wRPCID = ops->auth_type;
    info->cbMaxToken = ops->max_token_len;
    at = put_text(at, ops->name, form, &info->Name);
    return put_text(at, ops->comment, form, &info->Comment);
}

void *api_package_info(const struct pkg_ops *ops, enum form form)
{
    SecPkgInfoA *info = sspi_mem_alloc(sizeof(*info) + texts_size(ops, form), false);

    if (info)
        fill_info(info, ops, form, (char *)(info + 1));
    return info;
}

SECURITY_STATUS api_enumerate(enum form form, ULONG *ret_num, void **ret_infos)
{
    size_t num = 0;
    size_t texts = 0;
    SecPkgInfoA *infos;
    char *at;

    if (!ret_num || !ret_infos)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    for (; sspi_package_at(num); num++)
        texts += texts_size(sspi_package_at(num), form);
    infos = sspi_mem_alloc(num * sizeof(*infos) + texts, false);
    if (!infos)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    at = (char *)(infos + num);
    for (size_t i = 0; i < num; i++)
        at = fill_info(&infos[i], sspi_package_at(i), form, at);
    *ret_num = (ULONG)num;
    *ret_infos = infos;
    return SEC_E_OK;
}

SECURITY_STATUS api_query_package(enum form form, const char *name, void **ret_info)
{
    const struct pkg_ops *ops = sspi_package_by_name(name);
    void *info;

    if (!name || !ret_info)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (!ops)
        return sspi_report_code(SEC_E_SECPKG_NOT_FOUND, RPCSEC_NOT_FOUND,
                                "there is no such security package");
    info = api_package_info(ops, form);
    if (!info)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    *ret_info = info;
    return SEC_E_OK;
}

SECURITY_STATUS EnumerateSecurityPackagesA(ULONG *pcPackages, PSecPkgInfoA *ppPackageInfo)
{
    return api_enumerate(FORM_A, pcPackages, (void **)ppPackageInfo);
}

SECURITY_STATUS QuerySecurityPackageInfoA(const SEC_CHAR *pszPackageName,
                                          PSecPkgInfoA *ppPackageInfo)
{
    return api_query_package(FORM_A, pszPackageName, (void **)ppPackageInfo);
}

#define NO_LSA "there is no LSA to load packages into; link them to the program"

SECURITY_STATUS AddSecurityPackageA(const SEC_CHAR *pszPackageName,
                                    PSECURITY_PACKAGE_OPTIONS pOptions)
{
    (void)pszPackageName;
    (void)pOptions;
    return api_unsupported(NO_LSA);
}

SECURITY_STATUS DeleteSecurityPackageA(const SEC_CHAR *pszPackageName)
{
    (void)pszPackageName;
    return api_unsupported(NO_LSA);
}

SECURITY_STATUS FreeContextBuffer(void *pvContextBuffer)
{
    if (sspi_mem_free(pvContextBuffer))
        return SEC_E_OK;
    return api_bad_handle("the pointer is not memory that SSPI gave");
}
