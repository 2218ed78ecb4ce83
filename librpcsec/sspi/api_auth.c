/* SPDX-License-Identifier: MIT
 *
 * sspi/api_auth.c: the Sspi...AuthIdentity calls that know no text. Layer: sspi. Document:
 * MicrosoftDocs/sdk-api sspi.h.
 *
 * An opaque identity is one block of EX2 form without pointers, so a copy of its bytes is a
 * copy of it. Others (structures of the caller's) are read as AcquireCredentialsHandle reads
 * them.
 */
#include "sspi/api.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

static SECURITY_STATUS unknown(const struct rpcsec_error *err)
{
    return sspi_report_code(SEC_E_UNKNOWN_CREDENTIALS, RPCSEC_INVALID_ARGUMENT,
                            err ? rpcsec_error_text(err)
                                : "it is no identity that these calls gave");
}

SECURITY_STATUS SspiValidateAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct identity *identity = NULL;
    rpcsec_status status;

    if (!AuthData)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    status = api_read_identity(AuthData, FORM_W16, &identity, &err);
    identity_free(identity);
    if (status == RPCSEC_INVALID_ARGUMENT)
        return unknown(&err);
    return sspi_report(status, &err);
}

static SECURITY_STATUS copy_block(const void *from, size_t len, void **ret_copy)
{
    void *copy = sspi_mem_new(SSPI_MEM_IDENTITY, len, true);

    if (!copy)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    memcpy(copy, from, len);
    *ret_copy = copy;
    return SEC_E_OK;
}

SECURITY_STATUS SspiCopyAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData,
                                     PSEC_WINNT_AUTH_IDENTITY_OPAQUE *AuthDataCopy)
{
    size_t len = sspi_mem_len(SSPI_MEM_IDENTITY, AuthData);

    if (!AuthDataCopy)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    return len > 0 ? copy_block(AuthData, len, AuthDataCopy) : unknown(NULL);
}

void SspiFreeAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    if (sspi_mem_len(SSPI_MEM_IDENTITY, AuthData) > 0)
        sspi_mem_free(AuthData);
}

void SspiZeroAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    SEC_WINNT_AUTH_IDENTITY_EX2 *id = AuthData;

    if (sspi_mem_len(SSPI_MEM_IDENTITY, AuthData) == 0)
        return;
    if (id->PackedCredentialsLength > 0)
        secret_wipe((uint8_t *)AuthData + id->PackedCredentialsOffset,
                    id->PackedCredentialsLength);
    id->PackedCredentialsOffset = 0;
    id->PackedCredentialsLength = 0;
}

void SspiLocalFree(void *DataBuffer)
{
    sspi_mem_free(DataBuffer);
}

SECURITY_STATUS SspiMarshalAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity,
                                        ULONG *AuthIdentityLength, char **AuthIdentityByteArray)
{
    size_t len = sspi_mem_len(SSPI_MEM_IDENTITY, AuthIdentity);
    void *copy;

    if (!AuthIdentityLength || !AuthIdentityByteArray)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (len == 0)
        return unknown(NULL);
    copy = sspi_mem_alloc(len, true);
    if (!copy)
        return sspi_report(RPCSEC_NO_MEMORY, NULL);
    memcpy(copy, AuthIdentity, len);
    *AuthIdentityLength = (ULONG)len;
    *AuthIdentityByteArray = copy;
    return SEC_E_OK;
}

SECURITY_STATUS SspiUnmarshalAuthIdentity(ULONG AuthIdentityLength, char *AuthIdentityByteArray,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppAuthIdentity)
{
    SEC_WINNT_AUTH_IDENTITY_EX2 head;
    SECURITY_STATUS code;
    void *copy = NULL;

    if (!AuthIdentityByteArray || !ppAuthIdentity)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    if (AuthIdentityLength < sizeof(head))
        return unknown(NULL);
    memcpy(&head, AuthIdentityByteArray, sizeof(head));
    if (head.Version != SEC_WINNT_AUTH_IDENTITY_VERSION_2 ||
        head.cbHeaderLength != sizeof(head) || head.cbStructureLength != AuthIdentityLength)
        return unknown(NULL);
    code = copy_block(AuthIdentityByteArray, AuthIdentityLength, &copy);
    if (code == SEC_E_OK)
        code = SspiValidateAuthIdentity(copy);
    if (code != SEC_E_OK) {
        sspi_mem_free(copy);
        return code;
    }
    *ppAuthIdentity = copy;
    return SEC_E_OK;
}

/* ---- Comparing ---- */

static bool same_secret(const struct identity *a, const struct identity *b)
{
    return a->has_password == b->has_password &&
           secret_equal(a->password, b->password, sizeof(a->password)) &&
           a->keytab_len == b->keytab_len &&
           (a->keytab_len == 0 || secret_equal(a->keytab, b->keytab, a->keytab_len));
}

SECURITY_STATUS SspiCompareAuthIdentities(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity1,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity2,
                                          PBOOLEAN SameSuppliedUser,
                                          PBOOLEAN SameSuppliedIdentity)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct identity *a = NULL;
    struct identity *b = NULL;
    bool same_user;
    rpcsec_status status;

    if (!AuthIdentity1 || !AuthIdentity2)
        return sspi_report(RPCSEC_INVALID_ARGUMENT, NULL);
    status = api_read_identity(AuthIdentity1, FORM_W16, &a, &err);
    if (status == RPCSEC_OK)
        status = api_read_identity(AuthIdentity2, FORM_W16, &b, &err);
    if (status == RPCSEC_OK) {
        same_user = strcmp(a->user, b->user) == 0 && strcmp(a->domain, b->domain) == 0;
        if (SameSuppliedUser)
            *SameSuppliedUser = same_user;
        if (SameSuppliedIdentity)
            *SameSuppliedIdentity =
                same_user && strcmp(a->packages, b->packages) == 0 && same_secret(a, b);
    }
    identity_free(a);
    identity_free(b);
    return status == RPCSEC_INVALID_ARGUMENT ? unknown(&err) : sspi_report(status, &err);
}

/* ---- What there is nothing for ---- */

#define NO_LOGON "there is no logon session whose key could encrypt an identity"

SECURITY_STATUS SspiEncryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    (void)AuthData;
    return api_unsupported(NO_LOGON);
}

SECURITY_STATUS SspiEncryptAuthIdentityEx(ULONG Options,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    (void)Options;
    (void)AuthData;
    return api_unsupported(NO_LOGON);
}

SECURITY_STATUS SspiDecryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    (void)AuthData;
    return api_unsupported(NO_LOGON);
}

SECURITY_STATUS SspiDecryptAuthIdentityEx(ULONG Options,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    (void)Options;
    (void)AuthData;
    return api_unsupported(NO_LOGON);
}

BOOLEAN SspiIsAuthIdentityEncrypted(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData)
{
    (void)AuthData;
    return 0;
}

BOOLEAN SspiIsPromptingNeeded(ULONG ErrorOrNtStatus)
{
    (void)ErrorOrNtStatus;
    return 0;
}
