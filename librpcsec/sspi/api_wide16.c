/* SPDX-License-Identifier: MIT
 *
 * sspi/api_wide16.c: the W forms of the public calls for UTF-16. Layer: sspi.
 */
#define RPCSEC_UTF16
#define WIDE_FORM FORM_W16
#include "sspi/api_wide.h"

/* ---- A calls whose structures hold wide text ---- */

SECURITY_STATUS AcquireCredentialsHandleA(const SEC_CHAR *pszPrincipal,
                                          const SEC_CHAR *pszPackage, ULONG fCredentialUse,
                                          void *pvLogonId, void *pAuthData,
                                          SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
                                          PCredHandle phCredential, PTimeStamp ptsExpiry)
{
    const struct api_acquire call = {.principal = pszPrincipal,
                                     .package = pszPackage,
                                     .use = fCredentialUse,
                                     .logon_id = pvLogonId,
                                     .auth_data = pAuthData,
                                     .wide = WIDE_FORM};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    return api_acquire(&call, phCredential, ptsExpiry);
}

SECURITY_STATUS AddCredentialsA(PCredHandle hCredentials, const SEC_CHAR *pszPrincipal,
                                const SEC_CHAR *pszPackage, ULONG fCredentialUse,
                                void *pAuthData, SEC_GET_KEY_FN pGetKeyFn,
                                void *pvGetKeyArgument, PTimeStamp ptsExpiry)
{
    const struct api_acquire call = {.principal = pszPrincipal,
                                     .package = pszPackage,
                                     .use = fCredentialUse,
                                     .auth_data = pAuthData,
                                     .wide = WIDE_FORM};

    (void)pGetKeyFn;
    (void)pvGetKeyArgument;
    return api_add_credentials(hCredentials, &call, ptsExpiry);
}

SECURITY_STATUS QueryContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void *pBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, SIZE_MAX, FORM_A, WIDE_FORM);
}

SECURITY_STATUS QueryContextAttributesExA(PCtxtHandle phContext, ULONG ulAttribute,
                                          void *pBuffer, ULONG cbBuffer)
{
    return api_query_context(phContext, ulAttribute, pBuffer, cbBuffer, FORM_A, WIDE_FORM);
}

PSecurityFunctionTableA InitSecurityInterfaceA(void)
{
    static SecurityFunctionTableA table = {
        .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_3,
#define SLOT(name) .name = name
        SLOT(EnumerateSecurityPackagesA),
        SLOT(QueryCredentialsAttributesA),
        SLOT(AcquireCredentialsHandleA),
        SLOT(FreeCredentialsHandle),
        SLOT(InitializeSecurityContextA),
        SLOT(AcceptSecurityContext),
        SLOT(CompleteAuthToken),
        SLOT(DeleteSecurityContext),
        SLOT(ApplyControlToken),
        SLOT(QueryContextAttributesA),
        SLOT(ImpersonateSecurityContext),
        SLOT(RevertSecurityContext),
        SLOT(MakeSignature),
        SLOT(VerifySignature),
        SLOT(FreeContextBuffer),
        SLOT(QuerySecurityPackageInfoA),
        .Reserved3 = EncryptMessage,
        .Reserved4 = DecryptMessage,
        SLOT(ExportSecurityContext),
        SLOT(ImportSecurityContextA),
        SLOT(AddCredentialsA),
        SLOT(QuerySecurityContextToken),
        SLOT(EncryptMessage),
        SLOT(DecryptMessage),
        SLOT(SetContextAttributesA),
        SLOT(SetCredentialsAttributesA),
        SLOT(ChangeAccountPasswordA),
        SLOT(QueryContextAttributesExA),
        SLOT(QueryCredentialsAttributesExA),
#undef SLOT
    };

    return &table;
}
