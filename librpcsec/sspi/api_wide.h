/* SPDX-License-Identifier: MIT
 *
 * sspi/api_wide.h: the W forms of the public calls, for the width that SEC_WCHAR has here.
 * Layer: sspi. Compiled twice, by api_wide16.c and api_wide32.c: <rpcsec/sspi_names.h> gives
 * each its symbols.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

/* A text argument as UTF-8. */
struct text {
    char utf8[LIMIT_IDENTITY_LEN + 1];
    bool bad;
};

/* NULL stays NULL; text that is none gives "" and is noted. */
static const char *take(struct text *text, const SEC_WCHAR *wide)
{
    size_t num;

    text->bad = false;
    if (!wide)
        return NULL;
    num = form_len(WIDE_FORM, wide, sizeof(text->utf8));
    if (form_to_utf8(WIDE_FORM, wide, num, text->utf8, sizeof(text->utf8)) != RPCSEC_OK) {
        text->bad = true;
        text->utf8[0] = '\0';
    }
    return text->utf8;
}

static SECURITY_STATUS no_text(void)
{
    return sspi_report_code(SEC_E_INVALID_PARAMETER, RPCSEC_INVALID_ARGUMENT,
                            "a text is too long, or is no text of SEC_WCHAR");
}

/* ---- Packages ---- */

SECURITY_STATUS EnumerateSecurityPackagesW(ULONG *pcPackages, PSecPkgInfoW *ppPackageInfo)
{
    return api_enumerate(WIDE_FORM, pcPackages, (void **)ppPackageInfo);
}

SECURITY_STATUS QuerySecurityPackageInfoW(const SEC_WCHAR *pszPackageName,
                                          PSecPkgInfoW *ppPackageInfo)
{
    struct text name;

    return api_query_package(WIDE_FORM, take(&name, pszPackageName), (void **)ppPackageInfo);
}

SECURITY_STATUS AddSecurityPackageW(const SEC_WCHAR *pszPackageName,
                                    PSECURITY_PACKAGE_OPTIONS pOptions)
{
    (void)pszPackageName;
    return AddSecurityPackageA(NULL, pOptions);
}

SECURITY_STATUS DeleteSecurityPackageW(const SEC_WCHAR *pszPackageName)
{
    (void)pszPackageName;
    return DeleteSecurityPackageA(NULL);
}

/* ---- Credentials ---- */

SECURITY_STATUS AcquireCredentialsHandleW(const SEC_WCHAR *pszPrincipal,
                                          const SEC_WCHAR *pszPackage, ULONG fCredentialUse,
                                          void *pvLogonId, void *pAuthData,
                                          SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
                                          PCredHandle phCredential, PTimeStamp ptsExpiry)
{
    struct text principal;
    struct text package;
    const struct api_acquire call = {.principal = take(&principal, pszPrincipal),
                                     .package = take(&package, pszPackage),
                                     .use = fCredentialUse,
                                     .logon_id = pvLogonId,
                                     .auth_data = pAuthData,
                                     .wide = WIDE_FORM};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    if (principal.bad)
        return no_text();
    return api_acquire(&call, phCredential, ptsExpiry);
}

SECURITY_STATUS AddCredentialsW(PCredHandle hCredentials, const SEC_WCHAR *pszPrincipal,
                                const SEC_WCHAR *pszPackage, ULONG fCredentialUse,
                                void *pAuthData, SEC_GET_KEY_FN pGetKeyFn,
                                void *pvGetKeyArgument, PTimeStamp ptsExpiry)
{
    struct text principal;
    struct text package;
    const struct api_acquire call = {.principal = take(&principal, pszPrincipal),
                                     .package = take(&package, pszPackage),
                                     .use = fCredentialUse,
                                     .auth_data = pAuthData,
                                     .wide = WIDE_FORM};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    if (principal.bad)
        return no_text();
    return api_add_credentials(hCredentials, &call, ptsExpiry);
}

SECURITY_STATUS QueryCredentialsAttributesW(PCredHandle phCredential, ULONG ulAttribute,
                                            void *pBuffer)
{
    return api_query_credentials(phCredential, ulAttribute, pBuffer, SIZE_MAX, WIDE_FORM);
}

SECURITY_STATUS QueryCredentialsAttributesExW(PCredHandle phCredential, ULONG ulAttribute,
                                              void *pBuffer, ULONG cbBuffer)
{
    return api_query_credentials(phCredential, ulAttribute, pBuffer, cbBuffer, WIDE_FORM);
}

SECURITY_STATUS SetCredentialsAttributesW(PCredHandle phCredential, ULONG ulAttribute,
                                          void *pBuffer, ULONG cbBuffer)
{
    return SetCredentialsAttributesA(phCredential, ulAttribute, pBuffer, cbBuffer);
}

SECURITY_STATUS ChangeAccountPasswordW(const SEC_WCHAR *pszPackageName,
                                       const SEC_WCHAR *pszDomainName,
                                       const SEC_WCHAR *pszAccountName,
                                       const SEC_WCHAR *pszOldPassword,
                                       const SEC_WCHAR *pszNewPassword, BOOLEAN bImpersonating,
                                       ULONG dwReserved, PSecBufferDesc pOutput)
{
    struct text texts[5];
    const char *package = take(&texts[0], pszPackageName);
    const char *domain = take(&texts[1], pszDomainName);
    const char *account = take(&texts[2], pszAccountName);
    const char *from = take(&texts[3], pszOldPassword);
    const char *to = take(&texts[4], pszNewPassword);
    SECURITY_STATUS code;

    (void)pOutput;
    if (texts[1].bad || texts[2].bad || texts[3].bad || texts[4].bad)
        code = no_text();
    else
        code =
            api_change_password(package, domain, account, from, to, bImpersonating, dwReserved);
    secret_wipe(texts, sizeof(texts));
    return code;
}

/* ---- Contexts ---- */

SECURITY_STATUS InitializeSecurityContextW(PCredHandle phCredential, PCtxtHandle phContext,
                                           const SEC_WCHAR *pszTargetName, ULONG fContextReq,
                                           ULONG Reserved1, ULONG TargetDataRep,
                                           PSecBufferDesc pInput, ULONG Reserved2,
                                           PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                           ULONG *pfContextAttr, PTimeStamp ptsExpiry)
{
    struct text target;
    const char *name = take(&target, pszTargetName);

    if (target.bad)
        return no_text();
    return InitializeSecurityContextA(phCredential, phContext, name, fContextReq, Reserved1,
                                      TargetDataRep, pInput, Reserved2, phNewContext, pOutput,
                                      pfContextAttr, ptsExpiry);
}

SECURITY_STATUS QueryContextAttributesW(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, SIZE_MAX, WIDE_FORM, WIDE_FORM);
}

SECURITY_STATUS QueryContextAttributesExW(PCtxtHandle phContext, ULONG ulAttribute,
                                          void *pBuffer, ULONG cbBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, cbBuffer, WIDE_FORM, WIDE_FORM);
}

SECURITY_STATUS SetContextAttributesW(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer,
                                      ULONG cbBuffer)
{
    return SetContextAttributesA(phContext, ulAttribute, pBuffer, cbBuffer);
}

SECURITY_STATUS ImportSecurityContextW(const SEC_WCHAR *pszPackage, PSecBuffer pPackedContext,
                                       void *Token, PCtxtHandle phContext)
{
    struct text package;

    (void)Token;
    return api_import(take(&package, pszPackage), pPackedContext, phContext);
}

BOOLEAN GetUserNameExW(int NameFormat, SEC_WCHAR *lpNameBuffer, PULONG nSize)
{
    return api_user_name(NameFormat, WIDE_FORM, lpNameBuffer, nSize);
}

/* ---- Identities ---- */

SECURITY_STATUS SspiEncodeStringsAsAuthIdentity(const SEC_WCHAR *pszUserName,
                                                const SEC_WCHAR *pszDomainName,
                                                const SEC_WCHAR *pszPackedCredentialsString,
                                                PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppAuthIdentity)
{
    struct text texts[3];
    const char *user = take(&texts[0], pszUserName);
    const char *domain = take(&texts[1], pszDomainName);
    const char *password = take(&texts[2], pszPackedCredentialsString);
    bool bad = texts[0].bad || texts[1].bad || texts[2].bad;
    void *identity = NULL;

    if (!bad && ppAuthIdentity)
        identity = api_identity_new(user, domain, password, NULL);
    secret_wipe(texts, sizeof(texts));
    if (bad || !ppAuthIdentity)
        return no_text();
    if (!identity)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    *ppAuthIdentity = identity;
    return SEC_E_OK;
}

/* NULL where there is none; false when memory ends. */
static bool give(const char *text, bool there, const SEC_WCHAR **ret_text)
{
    if (!ret_text)
        return true;
    *ret_text = there ? form_new(WIDE_FORM, text) : NULL;
    return !there || *ret_text;
}

static void take_back(const SEC_WCHAR **text)
{
    if (!text || !*text)
        return;
    sspi_mem_free((void *)(uintptr_t)*text);
    *text = NULL;
}

static SECURITY_STATUS report_identity(rpcsec_status status, const struct rpcsec_error *err)
{
    if (status == RPCSEC_INVALID_ARGUMENT)
        return sspi_report_code(SEC_E_UNKNOWN_CREDENTIALS, status, rpcsec_error_text(err));
    return sspi_report(status, err);
}

SECURITY_STATUS SspiEncodeAuthIdentityAsStrings(PSEC_WINNT_AUTH_IDENTITY_OPAQUE pAuthIdentity,
                                                const SEC_WCHAR **ppszUserName,
                                                const SEC_WCHAR **ppszDomainName,
                                                const SEC_WCHAR **ppszPackedCredentialsString)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    const SEC_WCHAR *user = NULL;
    const SEC_WCHAR *domain = NULL;
    const SEC_WCHAR *password = NULL;
    struct identity *id = NULL;
    rpcsec_status status;

    if (!pAuthIdentity)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    status = api_read_identity(pAuthIdentity, WIDE_FORM, &id, &err);
    if (status != RPCSEC_OK)
        return report_identity(status, &err);
    if (!give(id->user, id->user[0], ppszUserName ? &user : NULL) ||
        !give(id->domain, id->domain[0], ppszDomainName ? &domain : NULL) ||
        !give(id->password, id->has_password, ppszPackedCredentialsString ? &password : NULL))
        status = RPCSEC_NO_MEMORY;
    identity_free(id);
    if (status != RPCSEC_OK) {
        take_back(&user);
        take_back(&domain);
        take_back(&password);
        return sspi_report(status, NULL);
    }
    if (ppszUserName)
        *ppszUserName = user;
    if (ppszDomainName)
        *ppszDomainName = domain;
    if (ppszPackedCredentialsString)
        *ppszPackedCredentialsString = password;
    return SEC_E_OK;
}

/* The list with one more "!name" in it. */
static bool exclude(const struct identity *id, const char *package, char *out, size_t max)
{
    size_t len = strlen(id->packages);
    size_t more = strlen(package);

    if (len + more + 2 >= max)
        return false;
    memcpy(out, id->packages, len);
    if (len > 0)
        out[len++] = ',';
    out[len++] = '!';
    memcpy(out + len, package, more + 1);
    return true;
}

SECURITY_STATUS SspiExcludePackage(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity,
                                   const SEC_WCHAR *pszPackageName,
                                   PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppNewAuthIdentity)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    char packages[LIMIT_IDENTITY_LEN + 1];
    struct identity *id = NULL;
    struct text text;
    const char *package = take(&text, pszPackageName);
    void *made = NULL;
    rpcsec_status status;

    if (!AuthIdentity || !package || !*package || !ppNewAuthIdentity)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    status = api_read_identity(AuthIdentity, WIDE_FORM, &id, &err);
    if (status != RPCSEC_OK)
        return report_identity(status, &err);
    if (!exclude(id, package, packages, sizeof(packages)))
        status = RPCSEC_LIMIT;
    else if (id->keytab)
        status = RPCSEC_UNSUPPORTED;
    else if (!(made = api_identity_new(id->user, id->domain,
                                       id->has_password ? id->password : NULL, packages)))
        status = RPCSEC_NO_MEMORY;
    identity_free(id);
    if (status == RPCSEC_OK)
        *ppNewAuthIdentity = made;
    return sspi_report(status, NULL);
}

/* "host" of "service/host:port/more", or of "service/host@REALM". */
SECURITY_STATUS SspiGetTargetHostName(const SEC_WCHAR *pszTargetName, SEC_WCHAR **pszHostName)
{
    struct text text;
    char *name = (char *)(uintptr_t)take(&text, pszTargetName);
    char *slash = name ? strchr(name, '/') : NULL;
    SEC_WCHAR *host;

    if (!name || text.bad || !pszHostName)
        return no_text();
    name = slash ? slash + 1 : name;
    name[strcspn(name, ":/@")] = '\0';
    host = form_new(WIDE_FORM, name);
    if (!host)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    *pszHostName = host;
    return SEC_E_OK;
}

#define NO_CREDMAN "there is no credential manager"

SECURITY_STATUS SspiPrepareForCredRead(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity,
                                       const SEC_WCHAR *pszTargetName,
                                       PULONG pCredmanCredentialType,
                                       const SEC_WCHAR **ppszCredmanTargetName)
{
    (void)AuthIdentity;
    (void)pszTargetName;
    (void)pCredmanCredentialType;
    (void)ppszCredmanTargetName;
    return api_unsupported(NO_CREDMAN);
}

SECURITY_STATUS SspiPrepareForCredWrite(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity,
                                        const SEC_WCHAR *pszTargetName,
                                        PULONG pCredmanCredentialType,
                                        const SEC_WCHAR **ppszCredmanTargetName,
                                        const SEC_WCHAR **ppszCredmanUserName,
                                        PUCHAR *ppCredentialBlob, PULONG pCredentialBlobSize)
{
    (void)AuthIdentity;
    (void)pszTargetName;
    (void)pCredmanCredentialType;
    (void)ppszCredmanTargetName;
    (void)ppszCredmanUserName;
    (void)ppCredentialBlob;
    (void)pCredentialBlobSize;
    return api_unsupported(NO_CREDMAN);
}

/* ---- The table ---- */

PSecurityFunctionTableW InitSecurityInterfaceW(void)
{
    static SecurityFunctionTableW table = {
        .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_3,
#define SLOT(name) .name = name
        SLOT(EnumerateSecurityPackagesW),
        SLOT(QueryCredentialsAttributesW),
        SLOT(AcquireCredentialsHandleW),
        SLOT(FreeCredentialsHandle),
        SLOT(InitializeSecurityContextW),
        SLOT(AcceptSecurityContext),
        SLOT(CompleteAuthToken),
        SLOT(DeleteSecurityContext),
        SLOT(ApplyControlToken),
        SLOT(QueryContextAttributesW),
        SLOT(ImpersonateSecurityContext),
        SLOT(RevertSecurityContext),
        SLOT(MakeSignature),
        SLOT(VerifySignature),
        SLOT(FreeContextBuffer),
        SLOT(QuerySecurityPackageInfoW),
        .Reserved3 = EncryptMessage,
        .Reserved4 = DecryptMessage,
        SLOT(ExportSecurityContext),
        SLOT(ImportSecurityContextW),
        SLOT(AddCredentialsW),
        SLOT(QuerySecurityContextToken),
        SLOT(EncryptMessage),
        SLOT(DecryptMessage),
        SLOT(SetContextAttributesW),
        SLOT(SetCredentialsAttributesW),
        SLOT(ChangeAccountPasswordW),
        SLOT(QueryContextAttributesExW),
        SLOT(QueryCredentialsAttributesExW),
#undef SLOT
    };

    return &table;
}
