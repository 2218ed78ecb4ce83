/* SPDX-License-Identifier: MIT
 *
 * rpcsec/sspi_names.h: which symbol of the library each name of SSPI is. Included by
 * <rpcsec/sspi.h>.
 *
 * Object-like macros, because programs reach members of a function table under the same names,
 * and other libraries export the plain names. A is UTF-8. W is UTF-16 where SEC_WCHAR has 16
 * bits (-fshort-wchar, or RPCSEC_UTF16 defined), else UTF-32: a program's wchar_t. UNICODE
 * chooses W for the names without a letter.
 */
#ifndef RPCSEC_SSPI_NAMES_H
#define RPCSEC_SSPI_NAMES_H

#if defined(RPCSEC_UTF16) || __SIZEOF_WCHAR_T__ == 2
#define RPCSEC_WCHAR_BITS 16
#else
#define RPCSEC_WCHAR_BITS 32
#endif

typedef char SEC_CHAR;

/* ---- One form ---- */

#define FreeContextBuffer           rpcsec_sspi_FreeContextBuffer
#define FreeCredentialsHandle       rpcsec_sspi_FreeCredentialsHandle
#define AcceptSecurityContext       rpcsec_sspi_AcceptSecurityContext
#define CompleteAuthToken           rpcsec_sspi_CompleteAuthToken
#define DeleteSecurityContext       rpcsec_sspi_DeleteSecurityContext
#define ApplyControlToken           rpcsec_sspi_ApplyControlToken
#define MakeSignature               rpcsec_sspi_MakeSignature
#define VerifySignature             rpcsec_sspi_VerifySignature
#define EncryptMessage              rpcsec_sspi_EncryptMessage
#define DecryptMessage              rpcsec_sspi_DecryptMessage
#define ExportSecurityContext       rpcsec_sspi_ExportSecurityContext
#define ImpersonateSecurityContext  rpcsec_sspi_ImpersonateSecurityContext
#define RevertSecurityContext       rpcsec_sspi_RevertSecurityContext
#define QuerySecurityContextToken   rpcsec_sspi_QuerySecurityContextToken
#define SspiValidateAuthIdentity    rpcsec_sspi_SspiValidateAuthIdentity
#define SspiCopyAuthIdentity        rpcsec_sspi_SspiCopyAuthIdentity
#define SspiFreeAuthIdentity        rpcsec_sspi_SspiFreeAuthIdentity
#define SspiZeroAuthIdentity        rpcsec_sspi_SspiZeroAuthIdentity
#define SspiLocalFree               rpcsec_sspi_SspiLocalFree
#define SspiMarshalAuthIdentity     rpcsec_sspi_SspiMarshalAuthIdentity
#define SspiUnmarshalAuthIdentity   rpcsec_sspi_SspiUnmarshalAuthIdentity
#define SspiCompareAuthIdentities   rpcsec_sspi_SspiCompareAuthIdentities
#define SspiEncryptAuthIdentity     rpcsec_sspi_SspiEncryptAuthIdentity
#define SspiEncryptAuthIdentityEx   rpcsec_sspi_SspiEncryptAuthIdentityEx
#define SspiDecryptAuthIdentity     rpcsec_sspi_SspiDecryptAuthIdentity
#define SspiDecryptAuthIdentityEx   rpcsec_sspi_SspiDecryptAuthIdentityEx
#define SspiIsAuthIdentityEncrypted rpcsec_sspi_SspiIsAuthIdentityEncrypted
#define SspiIsPromptingNeeded       rpcsec_sspi_SspiIsPromptingNeeded
/* Both spellings are in use. */
#define FreeCredentialHandle FreeCredentialsHandle

/* ---- A ---- */

#define EnumerateSecurityPackagesA    rpcsec_sspi_EnumerateSecurityPackagesA
#define QuerySecurityPackageInfoA     rpcsec_sspi_QuerySecurityPackageInfoA
#define QueryCredentialsAttributesA   rpcsec_sspi_QueryCredentialsAttributesA
#define QueryCredentialsAttributesExA rpcsec_sspi_QueryCredentialsAttributesExA
#define SetCredentialsAttributesA     rpcsec_sspi_SetCredentialsAttributesA
#define InitializeSecurityContextA    rpcsec_sspi_InitializeSecurityContextA
#define SetContextAttributesA         rpcsec_sspi_SetContextAttributesA
#define ImportSecurityContextA        rpcsec_sspi_ImportSecurityContextA
#define ChangeAccountPasswordA        rpcsec_sspi_ChangeAccountPasswordA
#define AddSecurityPackageA           rpcsec_sspi_AddSecurityPackageA
#define DeleteSecurityPackageA        rpcsec_sspi_DeleteSecurityPackageA
#define GetUserNameExA                rpcsec_sspi_GetUserNameExA

/* ---- W ---- */

#if RPCSEC_WCHAR_BITS == 16
/* Identities and some attributes hold wide text also where the call is A. */
#define AcquireCredentialsHandleA       rpcsec_sspi_AcquireCredentialsHandleA16
#define AddCredentialsA                 rpcsec_sspi_AddCredentialsA16
#define InitSecurityInterfaceA          rpcsec_sspi_InitSecurityInterfaceA16
#define QueryContextAttributesExA       rpcsec_sspi_QueryContextAttributesExA16
#define QueryContextAttributesA         rpcsec_sspi_QueryContextAttributesA16
#define EnumerateSecurityPackagesW      rpcsec_sspi_EnumerateSecurityPackagesW
#define QuerySecurityPackageInfoW       rpcsec_sspi_QuerySecurityPackageInfoW
#define AcquireCredentialsHandleW       rpcsec_sspi_AcquireCredentialsHandleW
#define AddCredentialsW                 rpcsec_sspi_AddCredentialsW
#define QueryCredentialsAttributesW     rpcsec_sspi_QueryCredentialsAttributesW
#define QueryCredentialsAttributesExW   rpcsec_sspi_QueryCredentialsAttributesExW
#define SetCredentialsAttributesW       rpcsec_sspi_SetCredentialsAttributesW
#define InitializeSecurityContextW      rpcsec_sspi_InitializeSecurityContextW
#define QueryContextAttributesW         rpcsec_sspi_QueryContextAttributesW
#define QueryContextAttributesExW       rpcsec_sspi_QueryContextAttributesExW
#define SetContextAttributesW           rpcsec_sspi_SetContextAttributesW
#define ImportSecurityContextW          rpcsec_sspi_ImportSecurityContextW
#define ChangeAccountPasswordW          rpcsec_sspi_ChangeAccountPasswordW
#define InitSecurityInterfaceW          rpcsec_sspi_InitSecurityInterfaceW
#define AddSecurityPackageW             rpcsec_sspi_AddSecurityPackageW
#define DeleteSecurityPackageW          rpcsec_sspi_DeleteSecurityPackageW
#define GetUserNameExW                  rpcsec_sspi_GetUserNameExW
#define SspiEncodeStringsAsAuthIdentity rpcsec_sspi_SspiEncodeStringsAsAuthIdentity
#define SspiEncodeAuthIdentityAsStrings rpcsec_sspi_SspiEncodeAuthIdentityAsStrings
#define SspiExcludePackage              rpcsec_sspi_SspiExcludePackage
#define SspiGetTargetHostName           rpcsec_sspi_SspiGetTargetHostName
#define SspiPrepareForCredRead          rpcsec_sspi_SspiPrepareForCredRead
#define SspiPrepareForCredWrite         rpcsec_sspi_SspiPrepareForCredWrite
#else
#define AcquireCredentialsHandleA       rpcsec_sspi_AcquireCredentialsHandleA
#define AddCredentialsA                 rpcsec_sspi_AddCredentialsA
#define InitSecurityInterfaceA          rpcsec_sspi_InitSecurityInterfaceA
#define QueryContextAttributesExA       rpcsec_sspi_QueryContextAttributesExA
#define QueryContextAttributesA         rpcsec_sspi_QueryContextAttributesA
#define EnumerateSecurityPackagesW      rpcsec_sspi_EnumerateSecurityPackagesW32
#define QuerySecurityPackageInfoW       rpcsec_sspi_QuerySecurityPackageInfoW32
#define AcquireCredentialsHandleW       rpcsec_sspi_AcquireCredentialsHandleW32
#define AddCredentialsW                 rpcsec_sspi_AddCredentialsW32
#define QueryCredentialsAttributesW     rpcsec_sspi_QueryCredentialsAttributesW32
#define QueryCredentialsAttributesExW   rpcsec_sspi_QueryCredentialsAttributesExW32
#define SetCredentialsAttributesW       rpcsec_sspi_SetCredentialsAttributesW32
#define InitializeSecurityContextW      rpcsec_sspi_InitializeSecurityContextW32
#define QueryContextAttributesW         rpcsec_sspi_QueryContextAttributesW32
#define QueryContextAttributesExW       rpcsec_sspi_QueryContextAttributesExW32
#define SetContextAttributesW           rpcsec_sspi_SetContextAttributesW32
#define ImportSecurityContextW          rpcsec_sspi_ImportSecurityContextW32
#define ChangeAccountPasswordW          rpcsec_sspi_ChangeAccountPasswordW32
#define InitSecurityInterfaceW          rpcsec_sspi_InitSecurityInterfaceW32
#define AddSecurityPackageW             rpcsec_sspi_AddSecurityPackageW32
#define DeleteSecurityPackageW          rpcsec_sspi_DeleteSecurityPackageW32
#define GetUserNameExW                  rpcsec_sspi_GetUserNameExW32
#define SspiEncodeStringsAsAuthIdentity rpcsec_sspi_SspiEncodeStringsAsAuthIdentity32
#define SspiEncodeAuthIdentityAsStrings rpcsec_sspi_SspiEncodeAuthIdentityAsStrings32
#define SspiExcludePackage              rpcsec_sspi_SspiExcludePackage32
#define SspiGetTargetHostName           rpcsec_sspi_SspiGetTargetHostName32
#define SspiPrepareForCredRead          rpcsec_sspi_SspiPrepareForCredRead32
#define SspiPrepareForCredWrite         rpcsec_sspi_SspiPrepareForCredWrite32
#endif

/* ---- A or W ---- */

#ifdef UNICODE
#define EnumerateSecurityPackages          EnumerateSecurityPackagesW
#define QuerySecurityPackageInfo           QuerySecurityPackageInfoW
#define AcquireCredentialsHandle           AcquireCredentialsHandleW
#define AddCredentials                     AddCredentialsW
#define QueryCredentialsAttributes         QueryCredentialsAttributesW
#define QueryCredentialsAttributesEx       QueryCredentialsAttributesExW
#define SetCredentialsAttributes           SetCredentialsAttributesW
#define InitializeSecurityContext          InitializeSecurityContextW
#define QueryContextAttributes             QueryContextAttributesW
#define QueryContextAttributesEx           QueryContextAttributesExW
#define SetContextAttributes               SetContextAttributesW
#define ImportSecurityContext              ImportSecurityContextW
#define ChangeAccountPassword              ChangeAccountPasswordW
#define InitSecurityInterface              InitSecurityInterfaceW
#define AddSecurityPackage                 AddSecurityPackageW
#define DeleteSecurityPackage              DeleteSecurityPackageW
#define GetUserNameEx                      GetUserNameExW
#define SecPkgInfo                         SecPkgInfoW
#define PSecPkgInfo                        PSecPkgInfoW
#define SecPkgCredentials_Names            SecPkgCredentials_NamesW
#define PSecPkgCredentials_Names           PSecPkgCredentials_NamesW
#define SecPkgCredentials_SSIProvider      SecPkgCredentials_SSIProviderW
#define PSecPkgCredentials_SSIProvider     PSecPkgCredentials_SSIProviderW
#define SecPkgContext_Names                SecPkgContext_NamesW
#define PSecPkgContext_Names               PSecPkgContext_NamesW
#define SecPkgContext_KeyInfo              SecPkgContext_KeyInfoW
#define PSecPkgContext_KeyInfo             PSecPkgContext_KeyInfoW
#define SecPkgContext_Authority            SecPkgContext_AuthorityW
#define PSecPkgContext_Authority           PSecPkgContext_AuthorityW
#define SecPkgContext_ProtoInfo            SecPkgContext_ProtoInfoW
#define PSecPkgContext_ProtoInfo           PSecPkgContext_ProtoInfoW
#define SecPkgContext_PackageInfo          SecPkgContext_PackageInfoW
#define PSecPkgContext_PackageInfo         PSecPkgContext_PackageInfoW
#define SecPkgContext_NegotiationInfo      SecPkgContext_NegotiationInfoW
#define PSecPkgContext_NegotiationInfo     PSecPkgContext_NegotiationInfoW
#define SecPkgContext_NativeNames          SecPkgContext_NativeNamesW
#define PSecPkgContext_NativeNames         PSecPkgContext_NativeNamesW
#define SecPkgContext_CredentialName       SecPkgContext_CredentialNameW
#define PSecPkgContext_CredentialName      PSecPkgContext_CredentialNameW
#define SecurityFunctionTable              SecurityFunctionTableW
#define PSecurityFunctionTable             PSecurityFunctionTableW
#define SEC_WINNT_AUTH_IDENTITY            SEC_WINNT_AUTH_IDENTITY_W
#define PSEC_WINNT_AUTH_IDENTITY           PSEC_WINNT_AUTH_IDENTITY_W
#define ENUMERATE_SECURITY_PACKAGES_FN     ENUMERATE_SECURITY_PACKAGES_FN_W
#define QUERY_CREDENTIALS_ATTRIBUTES_FN    QUERY_CREDENTIALS_ATTRIBUTES_FN_W
#define ACQUIRE_CREDENTIALS_HANDLE_FN      ACQUIRE_CREDENTIALS_HANDLE_FN_W
#define INITIALIZE_SECURITY_CONTEXT_FN     INITIALIZE_SECURITY_CONTEXT_FN_W
#define QUERY_CONTEXT_ATTRIBUTES_FN        QUERY_CONTEXT_ATTRIBUTES_FN_W
#define QUERY_SECURITY_PACKAGE_INFO_FN     QUERY_SECURITY_PACKAGE_INFO_FN_W
#define IMPORT_SECURITY_CONTEXT_FN         IMPORT_SECURITY_CONTEXT_FN_W
#define ADD_CREDENTIALS_FN                 ADD_CREDENTIALS_FN_W
#define SET_CONTEXT_ATTRIBUTES_FN          SET_CONTEXT_ATTRIBUTES_FN_W
#define SET_CREDENTIALS_ATTRIBUTES_FN      SET_CREDENTIALS_ATTRIBUTES_FN_W
#define CHANGE_PASSWORD_FN                 CHANGE_PASSWORD_FN_W
#define QUERY_CONTEXT_ATTRIBUTES_EX_FN     QUERY_CONTEXT_ATTRIBUTES_EX_FN_W
#define QUERY_CREDENTIALS_ATTRIBUTES_EX_FN QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_W
#define INIT_SECURITY_INTERFACE            INIT_SECURITY_INTERFACE_W
#define SEC_WINNT_AUTH_IDENTITY_EX         SEC_WINNT_AUTH_IDENTITY_EXW
#define PSEC_WINNT_AUTH_IDENTITY_EX        PSEC_WINNT_AUTH_IDENTITY_EXW
#else
#define EnumerateSecurityPackages          EnumerateSecurityPackagesA
#define QuerySecurityPackageInfo           QuerySecurityPackageInfoA
#define AcquireCredentialsHandle           AcquireCredentialsHandleA
#define AddCredentials                     AddCredentialsA
#define QueryCredentialsAttributes         QueryCredentialsAttributesA
#define QueryCredentialsAttributesEx       QueryCredentialsAttributesExA
#define SetCredentialsAttributes           SetCredentialsAttributesA
#define InitializeSecurityContext          InitializeSecurityContextA
#define QueryContextAttributes             QueryContextAttributesA
#define QueryContextAttributesEx           QueryContextAttributesExA
#define SetContextAttributes               SetContextAttributesA
#define ImportSecurityContext              ImportSecurityContextA
#define ChangeAccountPassword              ChangeAccountPasswordA
#define InitSecurityInterface              InitSecurityInterfaceA
#define AddSecurityPackage                 AddSecurityPackageA
#define DeleteSecurityPackage              DeleteSecurityPackageA
#define GetUserNameEx                      GetUserNameExA
#define SecPkgInfo                         SecPkgInfoA
#define PSecPkgInfo                        PSecPkgInfoA
#define SecPkgCredentials_Names            SecPkgCredentials_NamesA
#define PSecPkgCredentials_Names           PSecPkgCredentials_NamesA
#define SecPkgCredentials_SSIProvider      SecPkgCredentials_SSIProviderA
#define PSecPkgCredentials_SSIProvider     PSecPkgCredentials_SSIProviderA
#define SecPkgContext_Names                SecPkgContext_NamesA
#define PSecPkgContext_Names               PSecPkgContext_NamesA
#define SecPkgContext_KeyInfo              SecPkgContext_KeyInfoA
#define PSecPkgContext_KeyInfo             PSecPkgContext_KeyInfoA
#define SecPkgContext_Authority            SecPkgContext_AuthorityA
#define PSecPkgContext_Authority           PSecPkgContext_AuthorityA
#define SecPkgContext_ProtoInfo            SecPkgContext_ProtoInfoA
#define PSecPkgContext_ProtoInfo           PSecPkgContext_ProtoInfoA
#define SecPkgContext_PackageInfo          SecPkgContext_PackageInfoA
#define PSecPkgContext_PackageInfo         PSecPkgContext_PackageInfoA
#define SecPkgContext_NegotiationInfo      SecPkgContext_NegotiationInfoA
#define PSecPkgContext_NegotiationInfo     PSecPkgContext_NegotiationInfoA
#define SecPkgContext_NativeNames          SecPkgContext_NativeNamesA
#define PSecPkgContext_NativeNames         PSecPkgContext_NativeNamesA
#define SecPkgContext_CredentialName       SecPkgContext_CredentialNameA
#define PSecPkgContext_CredentialName      PSecPkgContext_CredentialNameA
#define SecurityFunctionTable              SecurityFunctionTableA
#define PSecurityFunctionTable             PSecurityFunctionTableA
#define SEC_WINNT_AUTH_IDENTITY            SEC_WINNT_AUTH_IDENTITY_A
#define PSEC_WINNT_AUTH_IDENTITY           PSEC_WINNT_AUTH_IDENTITY_A
#define ENUMERATE_SECURITY_PACKAGES_FN     ENUMERATE_SECURITY_PACKAGES_FN_A
#define QUERY_CREDENTIALS_ATTRIBUTES_FN    QUERY_CREDENTIALS_ATTRIBUTES_FN_A
#define ACQUIRE_CREDENTIALS_HANDLE_FN      ACQUIRE_CREDENTIALS_HANDLE_FN_A
#define INITIALIZE_SECURITY_CONTEXT_FN     INITIALIZE_SECURITY_CONTEXT_FN_A
#define QUERY_CONTEXT_ATTRIBUTES_FN        QUERY_CONTEXT_ATTRIBUTES_FN_A
#define QUERY_SECURITY_PACKAGE_INFO_FN     QUERY_SECURITY_PACKAGE_INFO_FN_A
#define IMPORT_SECURITY_CONTEXT_FN         IMPORT_SECURITY_CONTEXT_FN_A
#define ADD_CREDENTIALS_FN                 ADD_CREDENTIALS_FN_A
#define SET_CONTEXT_ATTRIBUTES_FN          SET_CONTEXT_ATTRIBUTES_FN_A
#define SET_CREDENTIALS_ATTRIBUTES_FN      SET_CREDENTIALS_ATTRIBUTES_FN_A
#define CHANGE_PASSWORD_FN                 CHANGE_PASSWORD_FN_A
#define QUERY_CONTEXT_ATTRIBUTES_EX_FN     QUERY_CONTEXT_ATTRIBUTES_EX_FN_A
#define QUERY_CREDENTIALS_ATTRIBUTES_EX_FN QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_A
#define INIT_SECURITY_INTERFACE            INIT_SECURITY_INTERFACE_A
#define SEC_WINNT_AUTH_IDENTITY_EX         SEC_WINNT_AUTH_IDENTITY_EXA
#define PSEC_WINNT_AUTH_IDENTITY_EX        PSEC_WINNT_AUTH_IDENTITY_EXA
#endif

#define SECURITY_ENTRYPOINT_ANSIA "InitSecurityInterfaceA"
#define SECURITY_ENTRYPOINT_ANSIW "InitSecurityInterfaceW"
#ifdef UNICODE
#define SECURITY_ENTRYPOINT_ANSI SECURITY_ENTRYPOINT_ANSIW
#else
#define SECURITY_ENTRYPOINT_ANSI SECURITY_ENTRYPOINT_ANSIA
#endif

#endif
