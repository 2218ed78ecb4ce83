/* SPDX-License-Identifier: MIT
 *
 * rpcsec/sspi.h: the Security Support Provider Interface over MIT Kerberos.
 *
 * Names, numbers and layouts are Microsoft's, so that programs written for SSPI compile; each
 * call is an object-like macro for an rpcsec_sspi_... symbol (<rpcsec/sspi_names.h>). The A
 * forms take and give UTF-8, the W forms SEC_WCHAR; the plain names stand for A unless UNICODE
 * is defined. <rpcsec/sspi_types.h> has the structures, <rpcsec/sspi_codes.h> the numbers.
 *
 * Said once for all calls: **Threads**: handles may be used from any thread. One context takes
 * one handshake step at a time; its messages may be protected and unprotected by several
 * threads, the library puts them in a row. **Errors**: a stale, copied-and-deleted, foreign or
 * wrong kind of handle is SEC_E_INVALID_HANDLE, a NULL where a pointer is needed or text that
 * is no text SEC_E_INVALID_PARAMETER, memory that ends SEC_E_INSUFFICIENT_MEMORY. After any
 * failure rpcsec_sspi_last_error says what happened. What cannot work here is
 * SEC_E_UNSUPPORTED_FUNCTION; rpcsec_sspi(3) lists it with the reason. **Source**:
 * MicrosoftDocs/sdk-api sspi.h.
 */
#ifndef RPCSEC_SSPI_H
#define RPCSEC_SSPI_H

#include <rpcsec/rpcsec.h>
#include <rpcsec/sspi_types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void(SEC_ENTRY *SEC_GET_KEY_FN)(void *Arg, void *Principal, ULONG KeyVer, void **Key,
                                        SECURITY_STATUS *Status);

/* ---- Packages ---- */

/* EnumerateSecurityPackages gives an array of the packages that work on this machine.
 * **Ownership**: free the array with FreeContextBuffer.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY EnumerateSecurityPackagesA(ULONG *pcPackages,
                                                                PSecPkgInfoA *ppPackageInfo);
RPCSEC_API SECURITY_STATUS SEC_ENTRY EnumerateSecurityPackagesW(ULONG *pcPackages,
                                                                PSecPkgInfoW *ppPackageInfo);

/* QuerySecurityPackageInfo describes one package; the name is compared without case.
 * **Ownership**: free with FreeContextBuffer.
 * **Errors**: SEC_E_SECPKG_NOT_FOUND: it does not exist, or its library is not installed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QuerySecurityPackageInfoA(const SEC_CHAR *pszPackageName,
                                                               PSecPkgInfoA *ppPackageInfo);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QuerySecurityPackageInfoW(const SEC_WCHAR *pszPackageName,
                                                               PSecPkgInfoW *ppPackageInfo);

/* AddSecurityPackage and DeleteSecurityPackage load packages into an LSA, which there is none
 * of. **Errors**: SEC_E_UNSUPPORTED_FUNCTION always. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY AddSecurityPackageA(const SEC_CHAR *pszPackageName,
                                                         PSECURITY_PACKAGE_OPTIONS pOptions);
RPCSEC_API SECURITY_STATUS SEC_ENTRY AddSecurityPackageW(const SEC_WCHAR *pszPackageName,
                                                         PSECURITY_PACKAGE_OPTIONS pOptions);
RPCSEC_API SECURITY_STATUS SEC_ENTRY DeleteSecurityPackageA(const SEC_CHAR *pszPackageName);
RPCSEC_API SECURITY_STATUS SEC_ENTRY DeleteSecurityPackageW(const SEC_WCHAR *pszPackageName);

/* FreeContextBuffer frees memory that any of these calls gave; secrets are zeroed first.
 * **Errors**: SEC_E_INVALID_HANDLE for NULL and for every pointer that is not such memory. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY FreeContextBuffer(void *pvContextBuffer);

/* ---- Credentials ---- */

/* AcquireCredentialsHandle opens credentials: for SECPKG_CRED_OUTBOUND, which a client needs, a
 * credential cache; for SECPKG_CRED_INBOUND, which a server needs, a keytab. pszPrincipal
 * selects a principal of the cache or keytab; NULL: any. pAuthData NULL: the default ones, or
 * those that a client delegated while this thread impersonates it. Else an identity
 * (SEC_WINNT_AUTH_IDENTITY, _EX, _EX2): a name as user, user@REALM or DOMAIN\user, and a
 * password, or a keytab in packed credentials. A password is asked of the KDC at the first
 * InitializeSecurityContext and kept zeroised; no cache of the user is written. pvLogonId must
 * be NULL, the key function is not used.
 * **Ownership**: free with FreeCredentialsHandle; contexts made from it may live longer.
 * **Errors**: SEC_E_SECPKG_NOT_FOUND: there is no such package here; SEC_E_NO_CREDENTIALS: no
 * cache, no keytab, or none of pszPrincipal; SEC_E_UNKNOWN_CREDENTIALS: the identity is
 * malformed; SEC_E_UNSUPPORTED_FUNCTION: a pvLogonId, or what the package lacks. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY AcquireCredentialsHandleA(
    const SEC_CHAR *pszPrincipal, const SEC_CHAR *pszPackage, ULONG fCredentialUse,
    void *pvLogonId, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PCredHandle phCredential, PTimeStamp ptsExpiry);
RPCSEC_API SECURITY_STATUS SEC_ENTRY AcquireCredentialsHandleW(
    const SEC_WCHAR *pszPrincipal, const SEC_WCHAR *pszPackage, ULONG fCredentialUse,
    void *pvLogonId, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PCredHandle phCredential, PTimeStamp ptsExpiry);

/* AddCredentials gives a credential the use that it lacks: OUTBOUND to an INBOUND one, or the
 * other way round.
 * **Ownership**: what is added goes with the credential.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION where it has that use already, as it holds one
 * identity for each; SEC_E_SECPKG_NOT_FOUND, SEC_E_NO_CREDENTIALS and SEC_E_UNKNOWN_CREDENTIALS
 * as AcquireCredentialsHandle. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
AddCredentialsA(PCredHandle hCredentials, const SEC_CHAR *pszPrincipal,
                const SEC_CHAR *pszPackage, ULONG fCredentialUse, void *pAuthData,
                SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument, PTimeStamp ptsExpiry);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
AddCredentialsW(PCredHandle hCredentials, const SEC_WCHAR *pszPrincipal,
                const SEC_WCHAR *pszPackage, ULONG fCredentialUse, void *pAuthData,
                SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument, PTimeStamp ptsExpiry);

/* QueryCredentialsAttributes answers SECPKG_CRED_ATTR_NAMES.
 * **Ownership**: sUserName is freed with FreeContextBuffer.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION for other attributes; SEC_E_BUFFER_TOO_SMALL (Ex);
 * SEC_E_NO_CREDENTIALS: a server's credential that takes any principal of its keytab. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryCredentialsAttributesA(PCredHandle phCredential,
                                                                 ULONG ulAttribute,
                                                                 void *pBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryCredentialsAttributesW(PCredHandle phCredential,
                                                                 ULONG ulAttribute,
                                                                 void *pBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryCredentialsAttributesExA(PCredHandle phCredential,
                                                                   ULONG ulAttribute,
                                                                   void *pBuffer,
                                                                   ULONG cbBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryCredentialsAttributesExW(PCredHandle phCredential,
                                                                   ULONG ulAttribute,
                                                                   void *pBuffer,
                                                                   ULONG cbBuffer);

/* SetCredentialsAttributes changes nothing: krb5.conf says which KDC and proxy are used.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION for all attributes. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SetCredentialsAttributesA(PCredHandle phCredential,
                                                               ULONG ulAttribute, void *pBuffer,
                                                               ULONG cbBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY SetCredentialsAttributesW(PCredHandle phCredential,
                                                               ULONG ulAttribute, void *pBuffer,
                                                               ULONG cbBuffer);

/* FreeCredentialsHandle gives a credential back, at most once; contexts made from it live on.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY FreeCredentialsHandle(PCredHandle phCredential);

/* ChangeAccountPassword changes a password at the KDC (kpasswd, RFC 3244). The domain is the
 * realm; NULL: the default one. pOutput may be NULL; a TOKEN buffer in it gets nothing.
 * **Errors**: SEC_E_LOGON_DENIED: the old password is wrong, or the new one against the KDC's
 * rules; SEC_E_NO_AUTHENTICATING_AUTHORITY: no KDC or password server answers;
 * SEC_E_SECPKG_NOT_FOUND; SEC_E_UNSUPPORTED_FUNCTION: bImpersonating, or a package without
 * Kerberos. **Source**: sspi.h ChangeAccountPasswordA; RFC 3244. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
ChangeAccountPasswordA(const SEC_CHAR *pszPackageName, const SEC_CHAR *pszDomainName,
                       const SEC_CHAR *pszAccountName, const SEC_CHAR *pszOldPassword,
                       const SEC_CHAR *pszNewPassword, BOOLEAN bImpersonating, ULONG dwReserved,
                       PSecBufferDesc pOutput);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
ChangeAccountPasswordW(const SEC_WCHAR *pszPackageName, const SEC_WCHAR *pszDomainName,
                       const SEC_WCHAR *pszAccountName, const SEC_WCHAR *pszOldPassword,
                       const SEC_WCHAR *pszNewPassword, BOOLEAN bImpersonating,
                       ULONG dwReserved, PSecBufferDesc pOutput);

/* ---- Contexts ---- */

/* InitializeSecurityContext takes one step of a client's handshake. phContext is NULL at the
 * first; the target is the service principal ("host/server.example.com"), never looked up in
 * DNS. Every token that comes back is to be sent, one that comes with SEC_E_OK too. The flag
 * word tells of security only once SEC_E_OK was given. Kerberos contexts are made with AES keys
 * only. A CHANNEL_BINDINGS buffer at the first step binds all of them.
 * **Ownership**: the context is freed with DeleteSecurityContext, also after a later step
 * failed; the first step gives none when it fails. A token in memory of ours
 * (ISC_REQ_ALLOCATE_MEMORY) is freed with FreeContextBuffer.
 * **Errors**: SEC_I_CONTINUE_NEEDED is success. SEC_E_TARGET_UNKNOWN: the KDC does not know the
 * target, or there is none; SEC_E_NO_CREDENTIALS: no cache, an expired ticket, or an INBOUND
 * credential; SEC_E_NO_AUTHENTICATING_AUTHORITY: no KDC answers; SEC_E_TIME_SKEW: the clocks
 * differ; SEC_E_WRONG_PRINCIPAL: the server lacks the target's key; SEC_E_LOGON_DENIED: wrong
 * password, unknown or locked user, or the server refused; SEC_E_INVALID_TOKEN: the answer, or
 * the set of buffers, is malformed; SEC_E_ALGORITHM_MISMATCH: no common encryption type, or
 * none that is AES; SEC_E_OUT_OF_SEQUENCE: the context has failed. SEC_E_BUFFER_TOO_SMALL:
 * cbBuffer tells the size; at a later step the token waits for the call to be made again.
 * SEC_E_UNSUPPORTED_FUNCTION: datagram, session key and null session flags, and a step on a
 * finished context. SEC_E_INTERNAL_ERROR: a failure of the Kerberos library without a status.
 * **Source**: sspi.h InitializeSecurityContextA; RFC 4121, RFC 4178, MS-NLMP. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY InitializeSecurityContextA(
    PCredHandle phCredential, PCtxtHandle phContext, const SEC_CHAR *pszTargetName,
    ULONG fContextReq, ULONG Reserved1, ULONG TargetDataRep, PSecBufferDesc pInput,
    ULONG Reserved2, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);
RPCSEC_API SECURITY_STATUS SEC_ENTRY InitializeSecurityContextW(
    PCredHandle phCredential, PCtxtHandle phContext, const SEC_WCHAR *pszTargetName,
    ULONG fContextReq, ULONG Reserved1, ULONG TargetDataRep, PSecBufferDesc pInput,
    ULONG Reserved2, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);

/* AcceptSecurityContext takes one step of a server's handshake. What the client granted is in
 * the flag word; the caller looks at it. With ASC_REQ_EXTENDED_ERROR a failed step may give an
 * error token for the client. Where a CHANNEL_BINDINGS buffer is given, a client must have sent
 * the same ones; with ASC_REQ_ALLOW_MISSING_BINDINGS it may also have sent none.
 * **Ownership**: as InitializeSecurityContext.
 * **Errors**: SEC_I_CONTINUE_NEEDED is success. SEC_E_NO_KERB_KEY: the keytab lacks the
 * ticket's key; SEC_E_CONTEXT_EXPIRED: the ticket has expired; SEC_E_BAD_BINDINGS: other
 * bindings, or none where they are required; SEC_E_LOGON_DENIED: a replay, or a ticket of
 * another key; SEC_E_TIME_SKEW: the clocks differ; SEC_E_NO_CREDENTIALS: an OUTBOUND
 * credential, or no keytab; SEC_E_ALGORITHM_MISMATCH: an encryption type that is not AES;
 * SEC_E_INVALID_TOKEN: the token, or the set of buffers, is malformed; SEC_E_OUT_OF_SEQUENCE:
 * the context has failed; SEC_E_BUFFER_TOO_SMALL: as InitializeSecurityContext;
 * SEC_E_UNSUPPORTED_FUNCTION: ASC_REQ_PROXY_BINDINGS and datagrams, and a step on a finished
 * context; SEC_E_INTERNAL_ERROR: a failure of the Kerberos library without a status.
 * **Source**: sspi.h AcceptSecurityContext; RFC 4121, RFC 4178, MS-NLMP. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
AcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext, PSecBufferDesc pInput,
                      ULONG fContextReq, ULONG TargetDataRep, PCtxtHandle phNewContext,
                      PSecBufferDesc pOutput, ULONG *pfContextAttr, PTimeStamp ptsExpiry);

/* CompleteAuthToken has nothing to do: no package here asks for it. It is SEC_E_OK.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY CompleteAuthToken(PCtxtHandle phContext,
                                                       PSecBufferDesc pToken);

/* ApplyControlToken does nothing: no package has control tokens.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION always. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY ApplyControlToken(PCtxtHandle phContext,
                                                       PSecBufferDesc pInput);

/* DeleteSecurityContext ends a context, at most once, also one whose handshake failed.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY DeleteSecurityContext(PCtxtHandle phContext);

/* QueryContextAttributes answers the attributes that rpcsec_sspi(3) lists. SIZES gives the
 * greatest token and zeros before the handshake is done.
 * **Ownership**: each pointer in the answer is freed with FreeContextBuffer.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION for other attributes, SEC_E_OUT_OF_SEQUENCE before the
 * handshake is done, SEC_E_BUFFER_TOO_SMALL (Ex). */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryContextAttributesA(PCtxtHandle phContext,
                                                             ULONG ulAttribute, void *pBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryContextAttributesW(PCtxtHandle phContext,
                                                             ULONG ulAttribute, void *pBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryContextAttributesExA(PCtxtHandle phContext,
                                                               ULONG ulAttribute, void *pBuffer,
                                                               ULONG cbBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryContextAttributesExW(PCtxtHandle phContext,
                                                               ULONG ulAttribute, void *pBuffer,
                                                               ULONG cbBuffer);

/* SetContextAttributes changes nothing: no package has attributes to set.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION for all attributes. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SetContextAttributesA(PCtxtHandle phContext,
                                                           ULONG ulAttribute, void *pBuffer,
                                                           ULONG cbBuffer);
RPCSEC_API SECURITY_STATUS SEC_ENTRY SetContextAttributesW(PCtxtHandle phContext,
                                                           ULONG ulAttribute, void *pBuffer,
                                                           ULONG cbBuffer);

/* ExportSecurityContext packs a finished context for ImportSecurityContext, here or in another
 * process. With SECPKG_CONTEXT_EXPORT_DELETE_OLD the context is gone then; else both copies
 * live and count messages on their own, so only one of them may go on. *pToken is set to NULL.
 * **Ownership**: pvBuffer is freed with FreeContextBuffer; it holds keys.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION: NTLM, and SECPKG_CONTEXT_EXPORT_TO_KERNEL;
 * SEC_E_OUT_OF_SEQUENCE before the handshake is done. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY ExportSecurityContext(PCtxtHandle phContext, ULONG fFlags,
                                                           PSecBuffer pPackedContext,
                                                           void **pToken);

/* ImportSecurityContext makes a context of what ExportSecurityContext packed. The bytes are
 * trusted: they must come from a program of the same trust, over a private way.
 * **Ownership**: the bytes stay the caller's; the context is freed with DeleteSecurityContext.
 * **Errors**: SEC_E_INVALID_TOKEN: not such bytes, or of another package;
 * SEC_E_SECPKG_NOT_FOUND: there is no such package here. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY ImportSecurityContextA(const SEC_CHAR *pszPackage,
                                                            PSecBuffer pPackedContext,
                                                            void *Token, PCtxtHandle phContext);
RPCSEC_API SECURITY_STATUS SEC_ENTRY ImportSecurityContextW(const SEC_WCHAR *pszPackage,
                                                            PSecBuffer pPackedContext,
                                                            void *Token, PCtxtHandle phContext);

/* ---- Messages ---- */

/* Said once for the four: a message has one TOKEN and one or more DATA buffers, at most 16 in
 * all, in any order but that of the data. DATA with READONLY_WITH_CHECKSUM is signed and not
 * encrypted (the header and trailer of an RPC PDU). The sequence number is the context's own
 * and MessageSeqNo is not used. A call that fails uses up no number.
 * **Errors**: SEC_E_OUT_OF_SEQUENCE: called before the handshake was done; SEC_E_INVALID_TOKEN:
 * no TOKEN, two, no DATA, or a malformed one; SEC_E_QOP_NOT_SUPPORTED: the context does not
 * grant the protection; SEC_E_CONTEXT_EXPIRED: its time is over. */

/* MakeSignature puts the signature of all DATA into TOKEN; READONLY data is signed too.
 * **Errors**: also SEC_E_BUFFER_TOO_SMALL: TOKEN does not hold it; nothing was changed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY MakeSignature(PCtxtHandle phContext, ULONG fQOP,
                                                   PSecBufferDesc pMessage, ULONG MessageSeqNo);

/* VerifySignature verifies what MakeSignature made; the same DATA in the same order.
 * **Errors**: also SEC_E_MESSAGE_ALTERED: not what was signed; SEC_E_OUT_OF_SEQUENCE: replayed
 * or reordered, where the context detects it. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY VerifySignature(PCtxtHandle phContext,
                                                     PSecBufferDesc pMessage,
                                                     ULONG MessageSeqNo, ULONG *pfQOP);

/* EncryptMessage encrypts DATA in place; READONLY data is left out. TOKEN's and PADDING's
 * cbBuffer become what was used. fQOP SECQOP_WRAP_NO_ENCRYPT signs and does not encrypt.
 * **Errors**: also SEC_E_BUFFER_TOO_SMALL: TOKEN does not hold it; nothing was changed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY EncryptMessage(PCtxtHandle phContext, ULONG fQOP,
                                                    PSecBufferDesc pMessage,
                                                    ULONG MessageSeqNo);

/* DecryptMessage decrypts DATA in place, or {STREAM, DATA}: STREAM is a token and the data
 * behind it, and DATA is made to point into it. *pfQOP is SECQOP_WRAP_NO_ENCRYPT for a message
 * that was signed only; with pfQOP NULL such a one is SEC_E_MESSAGE_ALTERED where the context
 * encrypts. After a failure DATA holds zeros.
 * **Errors**: also SEC_E_MESSAGE_ALTERED: not what was sent; SEC_E_OUT_OF_SEQUENCE: replayed or
 * reordered, where the context detects it; SEC_E_INCOMPLETE_MESSAGE: STREAM ends inside the
 * token. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY DecryptMessage(PCtxtHandle phContext,
                                                    PSecBufferDesc pMessage, ULONG MessageSeqNo,
                                                    ULONG *pfQOP);

/* ---- Identity ---- */

/* ImpersonateSecurityContext makes the calling thread act for the client of a server's context:
 * until RevertSecurityContext, GetUserNameEx names it and AcquireCredentialsHandle of OUTBOUND
 * default credentials gives those that it delegated, or SEC_E_NO_CREDENTIALS: never the
 * process's own. Nothing else changes: no uid, no access to files.
 * **Errors**: SEC_E_NO_IMPERSONATION: a client's context. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY ImpersonateSecurityContext(PCtxtHandle phContext);

/* RevertSecurityContext ends impersonation by the calling thread. The context may be gone
 * already.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY RevertSecurityContext(PCtxtHandle phContext);

/* QuerySecurityContextToken describes the client of a server's context: see rpcsec_token_peer.
 * **Ownership**: free with rpcsec_token_close (CloseHandle of the compatibility headers).
 * **Errors**: SEC_E_NO_IMPERSONATION: a client's context. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QuerySecurityContextToken(PCtxtHandle phContext,
                                                               HANDLE *phToken);

/* rpcsec_token_peer tells what is known of a token's client. NULL: it is no token.
 * **Ownership**: the token's. **Errors**: NULL only. */
RPCSEC_API const struct rpcsec_peer *rpcsec_token_peer(HANDLE token);

/* rpcsec_token_close frees a token. **Errors**: INVALID_ARGUMENT: it is none. */
RPCSEC_API rpcsec_status rpcsec_token_close(HANDLE token);

/* GetUserNameEx names the client that the thread impersonates, else the principal of the
 * default credential cache, for the formats NameSamCompatible (2) and NameUserPrincipal (8).
 * *nSize is in characters, the NUL counted, on the way in; without it on the way out.
 * **Errors**: 0 (false); then *nSize is what is needed, if it was too small. */
RPCSEC_API BOOLEAN SEC_ENTRY GetUserNameExA(int NameFormat, SEC_CHAR *lpNameBuffer,
                                            PULONG nSize);
RPCSEC_API BOOLEAN SEC_ENTRY GetUserNameExW(int NameFormat, SEC_WCHAR *lpNameBuffer,
                                            PULONG nSize);

/* ---- Identities as one piece ---- */

/* SspiEncodeStringsAsAuthIdentity makes an identity of a name, a domain and a password; each
 * may be NULL. **Ownership**: free with SspiFreeAuthIdentity, which zeroes it.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiEncodeStringsAsAuthIdentity(const SEC_WCHAR *pszUserName, const SEC_WCHAR *pszDomainName,
                                const SEC_WCHAR *pszPackedCredentialsString,
                                PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppAuthIdentity);

/* SspiEncodeAuthIdentityAsStrings gives an identity's parts; any of the three may be NULL.
 * **Ownership**: free each with SspiLocalFree.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: the identity is malformed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiEncodeAuthIdentityAsStrings(
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE pAuthIdentity, const SEC_WCHAR **ppszUserName,
    const SEC_WCHAR **ppszDomainName, const SEC_WCHAR **ppszPackedCredentialsString);

/* SspiValidateAuthIdentity tells whether an identity is well-formed.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: it is not. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiValidateAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);

/* SspiCopyAuthIdentity copies an identity. **Ownership**: free it with SspiFreeAuthIdentity.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: it is malformed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiCopyAuthIdentity(
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData, PSEC_WINNT_AUTH_IDENTITY_OPAQUE *AuthDataCopy);

/* SspiFreeAuthIdentity zeroes and frees an identity; SspiZeroAuthIdentity zeroes its password;
 * SspiLocalFree frees text and bytes that the Sspi calls gave. All leave alone what is none of
 * theirs. **Errors**: they give nothing back. */
RPCSEC_API void SEC_ENTRY SspiFreeAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API void SEC_ENTRY SspiZeroAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API void SEC_ENTRY SspiLocalFree(void *DataBuffer);

/* SspiMarshalAuthIdentity and SspiUnmarshalAuthIdentity turn an identity into bytes without
 * pointers and back. **Ownership**: free with SspiLocalFree and SspiFreeAuthIdentity.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: the identity or its bytes are malformed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiMarshalAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, ULONG *AuthIdentityLength,
                        char **AuthIdentityByteArray);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiUnmarshalAuthIdentity(ULONG AuthIdentityLength, char *AuthIdentityByteArray,
                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppAuthIdentity);

/* SspiCompareAuthIdentities tells whether user and domain are the same, and all of it.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: one is malformed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiCompareAuthIdentities(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity1,
                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity2,
                          PBOOLEAN SameSuppliedUser, PBOOLEAN SameSuppliedIdentity);

/* SspiExcludePackage gives a copy whose package list refuses one more package ("!NTLM").
 * **Ownership**: free the copy with SspiFreeAuthIdentity.
 * **Errors**: SEC_E_UNKNOWN_CREDENTIALS: the identity is malformed. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiExcludePackage(
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, const SEC_WCHAR *pszPackageName,
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE *ppNewAuthIdentity);

/* SspiGetTargetHostName gives the host of a service principal.
 * **Ownership**: free with SspiLocalFree.
 * **Errors**: none but those of all calls. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiGetTargetHostName(const SEC_WCHAR *pszTargetName,
                                                           SEC_WCHAR **pszHostName);

/* SspiEncryptAuthIdentity and what follows do nothing: there is no logon session to encrypt
 * for, no credential manager and no prompt.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION always, and 0 (no) from the two questions
 * SspiIsAuthIdentityEncrypted and SspiIsPromptingNeeded. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiEncryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiEncryptAuthIdentityEx(ULONG Options, PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiDecryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API SECURITY_STATUS SEC_ENTRY
SspiDecryptAuthIdentityEx(ULONG Options, PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiPrepareForCredRead(
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, const SEC_WCHAR *pszTargetName,
    PULONG pCredmanCredentialType, const SEC_WCHAR **ppszCredmanTargetName);
RPCSEC_API SECURITY_STATUS SEC_ENTRY SspiPrepareForCredWrite(
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, const SEC_WCHAR *pszTargetName,
    PULONG pCredmanCredentialType, const SEC_WCHAR **ppszCredmanTargetName,
    const SEC_WCHAR **ppszCredmanUserName, PUCHAR *ppCredentialBlob,
    PULONG pCredentialBlobSize);
RPCSEC_API BOOLEAN SEC_ENTRY
SspiIsAuthIdentityEncrypted(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData);
RPCSEC_API BOOLEAN SEC_ENTRY SspiIsPromptingNeeded(ULONG ErrorOrNtStatus);

/* ---- The function table ---- */

typedef SECURITY_STATUS(SEC_ENTRY *ENUMERATE_SECURITY_PACKAGES_FN_A)(
    ULONG *pcPackages, PSecPkgInfoA *ppPackageInfo);
typedef SECURITY_STATUS(SEC_ENTRY *ENUMERATE_SECURITY_PACKAGES_FN_W)(
    ULONG *pcPackages, PSecPkgInfoW *ppPackageInfo);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CREDENTIALS_ATTRIBUTES_FN_A)(PCredHandle phCredential,
                                                                      ULONG ulAttribute,
                                                                      void *pBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CREDENTIALS_ATTRIBUTES_FN_W)(PCredHandle phCredential,
                                                                      ULONG ulAttribute,
                                                                      void *pBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *ACQUIRE_CREDENTIALS_HANDLE_FN_A)(
    const SEC_CHAR *pszPrincipal, const SEC_CHAR *pszPackage, ULONG fCredentialUse,
    void *pvLogonId, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PCredHandle phCredential, PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *ACQUIRE_CREDENTIALS_HANDLE_FN_W)(
    const SEC_WCHAR *pszPrincipal, const SEC_WCHAR *pszPackage, ULONG fCredentialUse,
    void *pvLogonId, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PCredHandle phCredential, PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *FREE_CREDENTIALS_HANDLE_FN)(PCredHandle phCredential);
typedef SECURITY_STATUS(SEC_ENTRY *INITIALIZE_SECURITY_CONTEXT_FN_A)(
    PCredHandle phCredential, PCtxtHandle phContext, const SEC_CHAR *pszTargetName,
    ULONG fContextReq, ULONG Reserved1, ULONG TargetDataRep, PSecBufferDesc pInput,
    ULONG Reserved2, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *INITIALIZE_SECURITY_CONTEXT_FN_W)(
    PCredHandle phCredential, PCtxtHandle phContext, const SEC_WCHAR *pszTargetName,
    ULONG fContextReq, ULONG Reserved1, ULONG TargetDataRep, PSecBufferDesc pInput,
    ULONG Reserved2, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *ACCEPT_SECURITY_CONTEXT_FN)(
    PCredHandle phCredential, PCtxtHandle phContext, PSecBufferDesc pInput, ULONG fContextReq,
    ULONG TargetDataRep, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *COMPLETE_AUTH_TOKEN_FN)(PCtxtHandle phContext,
                                                           PSecBufferDesc pToken);
typedef SECURITY_STATUS(SEC_ENTRY *DELETE_SECURITY_CONTEXT_FN)(PCtxtHandle phContext);
typedef SECURITY_STATUS(SEC_ENTRY *APPLY_CONTROL_TOKEN_FN)(PCtxtHandle phContext,
                                                           PSecBufferDesc pInput);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CONTEXT_ATTRIBUTES_FN_A)(PCtxtHandle phContext,
                                                                  ULONG ulAttribute,
                                                                  void *pBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CONTEXT_ATTRIBUTES_FN_W)(PCtxtHandle phContext,
                                                                  ULONG ulAttribute,
                                                                  void *pBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *IMPERSONATE_SECURITY_CONTEXT_FN)(PCtxtHandle phContext);
typedef SECURITY_STATUS(SEC_ENTRY *REVERT_SECURITY_CONTEXT_FN)(PCtxtHandle phContext);
typedef SECURITY_STATUS(SEC_ENTRY *MAKE_SIGNATURE_FN)(PCtxtHandle phContext, ULONG fQOP,
                                                      PSecBufferDesc pMessage,
                                                      ULONG MessageSeqNo);
typedef SECURITY_STATUS(SEC_ENTRY *VERIFY_SIGNATURE_FN)(PCtxtHandle phContext,
                                                        PSecBufferDesc pMessage,
                                                        ULONG MessageSeqNo, ULONG *pfQOP);
typedef SECURITY_STATUS(SEC_ENTRY *FREE_CONTEXT_BUFFER_FN)(void *pvContextBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_SECURITY_PACKAGE_INFO_FN_A)(
    const SEC_CHAR *pszPackageName, PSecPkgInfoA *ppPackageInfo);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_SECURITY_PACKAGE_INFO_FN_W)(
    const SEC_WCHAR *pszPackageName, PSecPkgInfoW *ppPackageInfo);
typedef SECURITY_STATUS(SEC_ENTRY *EXPORT_SECURITY_CONTEXT_FN)(PCtxtHandle phContext,
                                                               ULONG fFlags,
                                                               PSecBuffer pPackedContext,
                                                               void **pToken);
typedef SECURITY_STATUS(SEC_ENTRY *IMPORT_SECURITY_CONTEXT_FN_A)(const SEC_CHAR *pszPackage,
                                                                 PSecBuffer pPackedContext,
                                                                 void *Token,
                                                                 PCtxtHandle phContext);
typedef SECURITY_STATUS(SEC_ENTRY *IMPORT_SECURITY_CONTEXT_FN_W)(const SEC_WCHAR *pszPackage,
                                                                 PSecBuffer pPackedContext,
                                                                 void *Token,
                                                                 PCtxtHandle phContext);
typedef SECURITY_STATUS(SEC_ENTRY *ADD_CREDENTIALS_FN_A)(
    PCredHandle hCredentials, const SEC_CHAR *pszPrincipal, const SEC_CHAR *pszPackage,
    ULONG fCredentialUse, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *ADD_CREDENTIALS_FN_W)(
    PCredHandle hCredentials, const SEC_WCHAR *pszPrincipal, const SEC_WCHAR *pszPackage,
    ULONG fCredentialUse, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PTimeStamp ptsExpiry);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_SECURITY_CONTEXT_TOKEN_FN)(PCtxtHandle phContext,
                                                                    HANDLE *phToken);
typedef SECURITY_STATUS(SEC_ENTRY *ENCRYPT_MESSAGE_FN)(PCtxtHandle phContext, ULONG fQOP,
                                                       PSecBufferDesc pMessage,
                                                       ULONG MessageSeqNo);
typedef SECURITY_STATUS(SEC_ENTRY *DECRYPT_MESSAGE_FN)(PCtxtHandle phContext,
                                                       PSecBufferDesc pMessage,
                                                       ULONG MessageSeqNo, ULONG *pfQOP);
typedef SECURITY_STATUS(SEC_ENTRY *SET_CONTEXT_ATTRIBUTES_FN_A)(PCtxtHandle phContext,
                                                                ULONG ulAttribute,
                                                                void *pBuffer, ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *SET_CONTEXT_ATTRIBUTES_FN_W)(PCtxtHandle phContext,
                                                                ULONG ulAttribute,
                                                                void *pBuffer, ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *SET_CREDENTIALS_ATTRIBUTES_FN_A)(PCredHandle phCredential,
                                                                    ULONG ulAttribute,
                                                                    void *pBuffer,
                                                                    ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *SET_CREDENTIALS_ATTRIBUTES_FN_W)(PCredHandle phCredential,
                                                                    ULONG ulAttribute,
                                                                    void *pBuffer,
                                                                    ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *CHANGE_PASSWORD_FN_A)(
    const SEC_CHAR *pszPackageName, const SEC_CHAR *pszDomainName,
    const SEC_CHAR *pszAccountName, const SEC_CHAR *pszOldPassword,
    const SEC_CHAR *pszNewPassword, BOOLEAN bImpersonating, ULONG dwReserved,
    PSecBufferDesc pOutput);
typedef SECURITY_STATUS(SEC_ENTRY *CHANGE_PASSWORD_FN_W)(
    const SEC_WCHAR *pszPackageName, const SEC_WCHAR *pszDomainName,
    const SEC_WCHAR *pszAccountName, const SEC_WCHAR *pszOldPassword,
    const SEC_WCHAR *pszNewPassword, BOOLEAN bImpersonating, ULONG dwReserved,
    PSecBufferDesc pOutput);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CONTEXT_ATTRIBUTES_EX_FN_A)(PCtxtHandle phContext,
                                                                     ULONG ulAttribute,
                                                                     void *pBuffer,
                                                                     ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CONTEXT_ATTRIBUTES_EX_FN_W)(PCtxtHandle phContext,
                                                                     ULONG ulAttribute,
                                                                     void *pBuffer,
                                                                     ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_A)(
    PCredHandle phCredential, ULONG ulAttribute, void *pBuffer, ULONG cbBuffer);
typedef SECURITY_STATUS(SEC_ENTRY *QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_W)(
    PCredHandle phCredential, ULONG ulAttribute, void *pBuffer, ULONG cbBuffer);

/* The order is fixed. Reserved3 and Reserved4 were SealMessage and UnsealMessage. */
typedef struct _SECURITY_FUNCTION_TABLE_A {
    ULONG dwVersion;
    ENUMERATE_SECURITY_PACKAGES_FN_A EnumerateSecurityPackagesA;
    QUERY_CREDENTIALS_ATTRIBUTES_FN_A QueryCredentialsAttributesA;
    ACQUIRE_CREDENTIALS_HANDLE_FN_A AcquireCredentialsHandleA;
    FREE_CREDENTIALS_HANDLE_FN FreeCredentialsHandle;
    void *Reserved2;
    INITIALIZE_SECURITY_CONTEXT_FN_A InitializeSecurityContextA;
    ACCEPT_SECURITY_CONTEXT_FN AcceptSecurityContext;
    COMPLETE_AUTH_TOKEN_FN CompleteAuthToken;
    DELETE_SECURITY_CONTEXT_FN DeleteSecurityContext;
    APPLY_CONTROL_TOKEN_FN ApplyControlToken;
    QUERY_CONTEXT_ATTRIBUTES_FN_A QueryContextAttributesA;
    IMPERSONATE_SECURITY_CONTEXT_FN ImpersonateSecurityContext;
    REVERT_SECURITY_CONTEXT_FN RevertSecurityContext;
    MAKE_SIGNATURE_FN MakeSignature;
    VERIFY_SIGNATURE_FN VerifySignature;
    FREE_CONTEXT_BUFFER_FN FreeContextBuffer;
    QUERY_SECURITY_PACKAGE_INFO_FN_A QuerySecurityPackageInfoA;
    void *Reserved3;
    void *Reserved4;
    EXPORT_SECURITY_CONTEXT_FN ExportSecurityContext;
    IMPORT_SECURITY_CONTEXT_FN_A ImportSecurityContextA;
    ADD_CREDENTIALS_FN_A AddCredentialsA;
    void *Reserved8;
    QUERY_SECURITY_CONTEXT_TOKEN_FN QuerySecurityContextToken;
    ENCRYPT_MESSAGE_FN EncryptMessage;
    DECRYPT_MESSAGE_FN DecryptMessage;
    SET_CONTEXT_ATTRIBUTES_FN_A SetContextAttributesA;
    SET_CREDENTIALS_ATTRIBUTES_FN_A SetCredentialsAttributesA;
    CHANGE_PASSWORD_FN_A ChangeAccountPasswordA;
    QUERY_CONTEXT_ATTRIBUTES_EX_FN_A QueryContextAttributesExA;
    QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_A QueryCredentialsAttributesExA;
} SecurityFunctionTableA, *PSecurityFunctionTableA;

typedef struct _SECURITY_FUNCTION_TABLE_W {
    ULONG dwVersion;
    ENUMERATE_SECURITY_PACKAGES_FN_W EnumerateSecurityPackagesW;
    QUERY_CREDENTIALS_ATTRIBUTES_FN_W QueryCredentialsAttributesW;
    ACQUIRE_CREDENTIALS_HANDLE_FN_W AcquireCredentialsHandleW;
    FREE_CREDENTIALS_HANDLE_FN FreeCredentialsHandle;
    void *Reserved2;
    INITIALIZE_SECURITY_CONTEXT_FN_W InitializeSecurityContextW;
    ACCEPT_SECURITY_CONTEXT_FN AcceptSecurityContext;
    COMPLETE_AUTH_TOKEN_FN CompleteAuthToken;
    DELETE_SECURITY_CONTEXT_FN DeleteSecurityContext;
    APPLY_CONTROL_TOKEN_FN ApplyControlToken;
    QUERY_CONTEXT_ATTRIBUTES_FN_W QueryContextAttributesW;
    IMPERSONATE_SECURITY_CONTEXT_FN ImpersonateSecurityContext;
    REVERT_SECURITY_CONTEXT_FN RevertSecurityContext;
    MAKE_SIGNATURE_FN MakeSignature;
    VERIFY_SIGNATURE_FN VerifySignature;
    FREE_CONTEXT_BUFFER_FN FreeContextBuffer;
    QUERY_SECURITY_PACKAGE_INFO_FN_W QuerySecurityPackageInfoW;
    void *Reserved3;
    void *Reserved4;
    EXPORT_SECURITY_CONTEXT_FN ExportSecurityContext;
    IMPORT_SECURITY_CONTEXT_FN_W ImportSecurityContextW;
    ADD_CREDENTIALS_FN_W AddCredentialsW;
    void *Reserved8;
    QUERY_SECURITY_CONTEXT_TOKEN_FN QuerySecurityContextToken;
    ENCRYPT_MESSAGE_FN EncryptMessage;
    DECRYPT_MESSAGE_FN DecryptMessage;
    SET_CONTEXT_ATTRIBUTES_FN_W SetContextAttributesW;
    SET_CREDENTIALS_ATTRIBUTES_FN_W SetCredentialsAttributesW;
    CHANGE_PASSWORD_FN_W ChangeAccountPasswordW;
    QUERY_CONTEXT_ATTRIBUTES_EX_FN_W QueryContextAttributesExW;
    QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_W QueryCredentialsAttributesExW;
} SecurityFunctionTableW, *PSecurityFunctionTableW;

/* InitSecurityInterface gives the table of all calls. **Ownership**: the library's.
 * **Errors**: none; it is never NULL. */
RPCSEC_API PSecurityFunctionTableA SEC_ENTRY InitSecurityInterfaceA(void);
RPCSEC_API PSecurityFunctionTableW SEC_ENTRY InitSecurityInterfaceW(void);
typedef PSecurityFunctionTableA(SEC_ENTRY *INIT_SECURITY_INTERFACE_A)(void);
typedef PSecurityFunctionTableW(SEC_ENTRY *INIT_SECURITY_INTERFACE_W)(void);

/* ---- Beyond SSPI ---- */

/* rpcsec_sspi_last_error gives the details of the last SSPI call of this thread that failed:
 * the Kerberos library's text, the likely cause. Never NULL; its status is OK when none failed.
 * **Ownership**: the thread's, until its next failure. **Errors**: none. */
RPCSEC_API const struct rpcsec_error *rpcsec_sspi_last_error(void);

/* Credentials that SSPI has no words for. Begins with its size, for RPCSEC_SSPI_STORE_INIT. All
 * names are UTF-8; NULL: not given. */
struct rpcsec_sspi_store {
    size_t size;
    const char *ccache;        /* OUTBOUND: "FILE:/tmp/krb5cc_service" */
    const char *keytab;        /* INBOUND: "FILE:/etc/service.keytab" */
    const char *client_keytab; /* OUTBOUND: a keytab that tickets are asked with */
    const char *rcache;        /* INBOUND: a replay cache, "none:" */
    /* OUTBOUND: a user in whose name tickets are asked, without a password (S4U2self and
     * S4U2proxy; MS-SFU). The KDC must allow it to the principal of the cache or client keytab.
     */
    const char *impersonate;
    /* BOTH: a server's contexts get credentials of their clients by S4U2proxy, as if delegated.
     */
    bool constrained_delegation;
};
#define RPCSEC_SSPI_STORE_INIT                   \
    {                                            \
        .size = sizeof(struct rpcsec_sspi_store) \
    }

/* rpcsec_sspi_acquire is AcquireCredentialsHandle with credentials by path.
 * **Ownership**: free with FreeCredentialsHandle.
 * **Errors**: SEC_E_SECPKG_NOT_FOUND, SEC_E_NO_CREDENTIALS and SEC_E_UNSUPPORTED_FUNCTION as
 * AcquireCredentialsHandle. */
RPCSEC_API SECURITY_STATUS rpcsec_sspi_acquire(const char *principal, const char *package,
                                               ULONG use, const struct rpcsec_sspi_store *store,
                                               PCredHandle ret_credential);

#ifdef __cplusplus
}
#endif
#endif
