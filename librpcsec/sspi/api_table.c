/* SPDX-License-Identifier: MIT
 *
 * sspi/api_table.c: InitSecurityInterfaceA. Layer: sspi. Document: MicrosoftDocs/sdk-api
 * sspi.h.
 *
 * The table may be written to by its user, as on Windows; calls inside the library do not go
 * through it.
 */
#include "sspi/api.h"

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
