/* SPDX-License-Identifier: MIT
 *
 * rpcsec/sspi_types.h: the types and structures of SSPI. Included by <rpcsec/sspi.h>.
 *
 * Layouts are those of x86-64 Windows on 64-bit machines. Of a pair of structures A holds UTF-8
 * and W SEC_WCHAR text. **Source**: MicrosoftDocs/sdk-api sspi.h.
 */
#ifndef RPCSEC_SSPI_TYPES_H
#define RPCSEC_SSPI_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include <rpcsec/sspi_codes.h>
#include <rpcsec/sspi_names.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Scalar types ---- */

/* Who has a windows.h of another origin defines RPCSEC_NO_WINTYPES; its ULONG must have 32
 * bits. C11 allows the same typedef twice. */
#if !defined(RPCSEC_NO_WINTYPES) && !defined(_WINDEF_)
typedef uint8_t UCHAR, *PUCHAR;
typedef uint8_t BOOLEAN, *PBOOLEAN;
typedef uint16_t USHORT, *PUSHORT;
typedef int32_t LONG, *PLONG;
typedef uint32_t ULONG, *PULONG;
typedef int64_t LONGLONG;
typedef uint64_t ULONGLONG;
typedef uintptr_t ULONG_PTR, *PULONG_PTR;
typedef void *PVOID;
typedef void *HANDLE;
typedef struct _GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID;
#endif

#if RPCSEC_WCHAR_BITS == 16 && defined(RPCSEC_UTF16)
#ifdef __cplusplus
typedef char16_t SEC_WCHAR;
#else
typedef uint_least16_t SEC_WCHAR; /* char16_t of <uchar.h>, for u"" */
#endif
#else
typedef wchar_t SEC_WCHAR;
#endif

#ifndef SEC_ENTRY
#define SEC_ENTRY
#endif
#ifndef SEC_FAR
#define SEC_FAR
#endif

/* ---- Layouts (those of x86-64 Windows, on 64-bit machines) ---- */

typedef struct _SecHandle {
    ULONG_PTR dwLower;
    ULONG_PTR dwUpper;
} SecHandle, *PSecHandle;

typedef SecHandle CredHandle;
typedef PSecHandle PCredHandle;
typedef SecHandle CtxtHandle;
typedef PSecHandle PCtxtHandle;

/* SecInvalidateHandle makes a handle that no call ever gives; {0, 0} is never given either. */
#define SecInvalidateHandle(handle) \
    ((void)((handle)->dwLower = (handle)->dwUpper = (ULONG_PTR)(intptr_t)-1))
#define SecIsValidHandle(handle)                     \
    ((handle)->dwLower != (ULONG_PTR)(intptr_t)-1 && \
     (handle)->dwUpper != (ULONG_PTR)(intptr_t)-1)

/* TimeStamp is a time in units of 100 ns since 1601, in local time; never is
 * 0x7fffffffffffffff. */
typedef union _SECURITY_INTEGER {
    __extension__ struct {
        ULONG LowPart;
        LONG HighPart;
    };
    LONGLONG QuadPart;
} SECURITY_INTEGER, *PSECURITY_INTEGER;
typedef SECURITY_INTEGER TimeStamp, *PTimeStamp;

typedef struct _SecBuffer {
    ULONG cbBuffer;
    ULONG BufferType;
    void *pvBuffer;
} SecBuffer, *PSecBuffer;

typedef struct _SecBufferDesc {
    ULONG ulVersion;
    ULONG cBuffers;
    PSecBuffer pBuffers;
} SecBufferDesc, *PSecBufferDesc;

typedef struct _SecPkgInfoA {
    ULONG fCapabilities;
    USHORT wVersion;
    USHORT wRPCID;
    ULONG cbMaxToken;
    SEC_CHAR *Name;
    SEC_CHAR *Comment;
} SecPkgInfoA, *PSecPkgInfoA;

typedef struct _SecPkgInfoW {
    ULONG fCapabilities;
    USHORT wVersion;
    USHORT wRPCID;
    ULONG cbMaxToken;
    SEC_WCHAR *Name;
    SEC_WCHAR *Comment;
} SecPkgInfoW, *PSecPkgInfoW;

/* Channel bindings: offsets are bytes from the structure's start. */
typedef struct _SEC_CHANNEL_BINDINGS {
    ULONG dwInitiatorAddrType;
    ULONG cbInitiatorLength;
    ULONG dwInitiatorOffset;
    ULONG dwAcceptorAddrType;
    ULONG cbAcceptorLength;
    ULONG dwAcceptorOffset;
    ULONG cbApplicationDataLength;
    ULONG dwApplicationDataOffset;
} SEC_CHANNEL_BINDINGS, *PSEC_CHANNEL_BINDINGS;

typedef struct _SEC_NEGOTIATION_INFO {
    ULONG Size;
    ULONG NameLength;
    SEC_WCHAR *Name;
    void *Reserved;
} SEC_NEGOTIATION_INFO, *PSEC_NEGOTIATION_INFO;

/* Of credentials. */
typedef struct _SecPkgCredentials_NamesA {
    SEC_CHAR *sUserName;
} SecPkgCredentials_NamesA, *PSecPkgCredentials_NamesA;

typedef struct _SecPkgCredentials_NamesW {
    SEC_WCHAR *sUserName;
} SecPkgCredentials_NamesW, *PSecPkgCredentials_NamesW;

typedef struct _SecPkgCredentials_SSIProviderA {
    SEC_CHAR *sProviderName;
    ULONG ProviderInfoLength;
    char *ProviderInfo;
} SecPkgCredentials_SSIProviderA, *PSecPkgCredentials_SSIProviderA;

typedef struct _SecPkgCredentials_SSIProviderW {
    SEC_WCHAR *sProviderName;
    ULONG ProviderInfoLength;
    char *ProviderInfo;
} SecPkgCredentials_SSIProviderW, *PSecPkgCredentials_SSIProviderW;

typedef struct _SecPkgCredentials_KdcProxySettingsW {
    ULONG Version;
    ULONG Flags;
    USHORT ProxyServerOffset;
    USHORT ProxyServerLength;
    USHORT ClientTlsCredOffset;
    USHORT ClientTlsCredLength;
} SecPkgCredentials_KdcProxySettingsW, *PSecPkgCredentials_KdcProxySettingsW;

typedef struct _SecPkgCredentials_Cert {
    ULONG EncodedCertSize;
    UCHAR *EncodedCert;
} SecPkgCredentials_Cert, *PSecPkgCredentials_Cert;

/* Of contexts. */
typedef struct _SecPkgContext_Sizes {
    ULONG cbMaxToken;
    ULONG cbMaxSignature;
    ULONG cbBlockSize;
    ULONG cbSecurityTrailer;
} SecPkgContext_Sizes, *PSecPkgContext_Sizes;

typedef struct _SecPkgContext_StreamSizes {
    ULONG cbHeader;
    ULONG cbTrailer;
    ULONG cbMaximumMessage;
    ULONG cBuffers;
    ULONG cbBlockSize;
} SecPkgContext_StreamSizes, *PSecPkgContext_StreamSizes;

typedef struct _SecPkgContext_NamesA {
    SEC_CHAR *sUserName;
} SecPkgContext_NamesA, *PSecPkgContext_NamesA;

typedef struct _SecPkgContext_NamesW {
    SEC_WCHAR *sUserName;
} SecPkgContext_NamesW, *PSecPkgContext_NamesW;

typedef struct _SecPkgContext_NativeNamesA {
    SEC_CHAR *sClientName;
    SEC_CHAR *sServerName;
} SecPkgContext_NativeNamesA, *PSecPkgContext_NativeNamesA;

typedef struct _SecPkgContext_NativeNamesW {
    SEC_WCHAR *sClientName;
    SEC_WCHAR *sServerName;
} SecPkgContext_NativeNamesW, *PSecPkgContext_NativeNamesW;

typedef struct _SecPkgContext_Lifespan {
    TimeStamp tsStart;
    TimeStamp tsExpiry;
} SecPkgContext_Lifespan, *PSecPkgContext_Lifespan;

typedef struct _SecPkgContext_DceInfo {
    ULONG AuthzSvc;
    void *pPac; /* the client's name, SEC_WCHAR text */
} SecPkgContext_DceInfo, *PSecPkgContext_DceInfo;

/* SignatureAlgorithm and EncryptAlgorithm are numbers of RFC 3961: the checksum type and the
 * encryption type. */
typedef struct _SecPkgContext_KeyInfoA {
    SEC_CHAR *sSignatureAlgorithmName;
    SEC_CHAR *sEncryptAlgorithmName;
    ULONG KeySize;
    ULONG SignatureAlgorithm;
    ULONG EncryptAlgorithm;
} SecPkgContext_KeyInfoA, *PSecPkgContext_KeyInfoA;

typedef struct _SecPkgContext_KeyInfoW {
    SEC_WCHAR *sSignatureAlgorithmName;
    SEC_WCHAR *sEncryptAlgorithmName;
    ULONG KeySize;
    ULONG SignatureAlgorithm;
    ULONG EncryptAlgorithm;
} SecPkgContext_KeyInfoW, *PSecPkgContext_KeyInfoW;

typedef struct _SecPkgContext_AuthorityA {
    SEC_CHAR *sAuthorityName;
} SecPkgContext_AuthorityA, *PSecPkgContext_AuthorityA;

typedef struct _SecPkgContext_AuthorityW {
    SEC_WCHAR *sAuthorityName;
} SecPkgContext_AuthorityW, *PSecPkgContext_AuthorityW;

typedef struct _SecPkgContext_ProtoInfoA {
    SEC_CHAR *sProtocolName;
    ULONG majorVersion;
    ULONG minorVersion;
} SecPkgContext_ProtoInfoA, *PSecPkgContext_ProtoInfoA;

typedef struct _SecPkgContext_ProtoInfoW {
    SEC_WCHAR *sProtocolName;
    ULONG majorVersion;
    ULONG minorVersion;
} SecPkgContext_ProtoInfoW, *PSecPkgContext_ProtoInfoW;

typedef struct _SecPkgContext_PasswordExpiry {
    TimeStamp tsPasswordExpires;
} SecPkgContext_PasswordExpiry, *PSecPkgContext_PasswordExpiry;

typedef struct _SecPkgContext_LogoffTime {
    TimeStamp tsLogoffTime;
} SecPkgContext_LogoffTime, *PSecPkgContext_LogoffTime;

typedef struct _SecPkgContext_SessionKey {
    ULONG SessionKeyLength;
    PUCHAR SessionKey;
} SecPkgContext_SessionKey, *PSecPkgContext_SessionKey;

typedef struct _SecPkgContext_NegoKeys {
    ULONG KeyType;
    USHORT KeyLength;
    PUCHAR KeyValue;
    ULONG VerifyKeyType;
    USHORT VerifyKeyLength;
    PUCHAR VerifyKeyValue;
} SecPkgContext_NegoKeys, *PSecPkgContext_NegoKeys;

typedef struct _SecPkgContext_PackageInfoA {
    PSecPkgInfoA PackageInfo;
} SecPkgContext_PackageInfoA, *PSecPkgContext_PackageInfoA;

typedef struct _SecPkgContext_PackageInfoW {
    PSecPkgInfoW PackageInfo;
} SecPkgContext_PackageInfoW, *PSecPkgContext_PackageInfoW;

typedef struct _SecPkgContext_NegotiationInfoA {
    PSecPkgInfoA PackageInfo;
    ULONG NegotiationState;
} SecPkgContext_NegotiationInfoA, *PSecPkgContext_NegotiationInfoA;

typedef struct _SecPkgContext_NegotiationInfoW {
    PSecPkgInfoW PackageInfo;
    ULONG NegotiationState;
} SecPkgContext_NegotiationInfoW, *PSecPkgContext_NegotiationInfoW;

typedef struct _SecPkgContext_UserFlags {
    ULONG UserFlags;
} SecPkgContext_UserFlags, *PSecPkgContext_UserFlags;

typedef struct _SecPkgContext_Flags {
    ULONG Flags;
} SecPkgContext_Flags, *PSecPkgContext_Flags;

typedef struct _SecPkgContext_CredentialNameA {
    ULONG CredentialType;
    SEC_CHAR *sCredentialName;
} SecPkgContext_CredentialNameA, *PSecPkgContext_CredentialNameA;

typedef struct _SecPkgContext_CredentialNameW {
    ULONG CredentialType;
    SEC_WCHAR *sCredentialName;
} SecPkgContext_CredentialNameW, *PSecPkgContext_CredentialNameW;

/* AccessToken is a token of QuerySecurityContextToken. */
typedef struct _SecPkgContext_AccessToken {
    void *AccessToken;
} SecPkgContext_AccessToken, *PSecPkgContext_AccessToken;

typedef struct _SecPkgContext_SubjectAttributes {
    void *AttributeInfo;
} SecPkgContext_SubjectAttributes, *PSecPkgContext_SubjectAttributes;

typedef struct _SecPkgContext_TargetInformation {
    ULONG MarshalledTargetInfoLength;
    PUCHAR MarshalledTargetInfo;
} SecPkgContext_TargetInformation, *PSecPkgContext_TargetInformation;

typedef struct _SecPkgContext_AuthzID {
    ULONG AuthzIDLength;
    char *AuthzID;
} SecPkgContext_AuthzID, *PSecPkgContext_AuthzID;

typedef struct _SecPkgContext_Target {
    ULONG TargetLength;
    char *Target;
} SecPkgContext_Target, *PSecPkgContext_Target;

typedef struct _SecPkgContext_ClientSpecifiedTarget {
    SEC_WCHAR *sTargetName;
} SecPkgContext_ClientSpecifiedTarget, *PSecPkgContext_ClientSpecifiedTarget;

typedef struct _SecPkgContext_Bindings {
    ULONG BindingsLength;
    SEC_CHANNEL_BINDINGS *Bindings;
} SecPkgContext_Bindings, *PSecPkgContext_Bindings;

typedef struct _SecPkgContext_NegoPackageInfo {
    ULONG PackageMask;
} SecPkgContext_NegoPackageInfo, *PSecPkgContext_NegoPackageInfo;

typedef struct _SecPkgContext_NegoStatus {
    ULONG LastStatus;
} SecPkgContext_NegoStatus, *PSecPkgContext_NegoStatus;

typedef enum _SECPKG_ATTR_LCT_STATUS {
    SecPkgAttrLastClientTokenYes = 0,
    SecPkgAttrLastClientTokenNo = 1,
    SecPkgAttrLastClientTokenMaybe = 2,
} SECPKG_ATTR_LCT_STATUS,
    *PSECPKG_ATTR_LCT_STATUS;

typedef struct _SecPkgContext_LastClientTokenStatus {
    SECPKG_ATTR_LCT_STATUS LastClientTokenStatus;
} SecPkgContext_LastClientTokenStatus, *PSecPkgContext_LastClientTokenStatus;

/* ---- Identities ---- */

/* Lengths of A and W structures count characters, without a NUL; those of EX2, which holds
 * offsets from its start, count bytes. */
typedef struct _SEC_WINNT_AUTH_IDENTITY_A {
    UCHAR *User;
    ULONG UserLength;
    UCHAR *Domain;
    ULONG DomainLength;
    UCHAR *Password;
    ULONG PasswordLength;
    ULONG Flags;
} SEC_WINNT_AUTH_IDENTITY_A, *PSEC_WINNT_AUTH_IDENTITY_A;

typedef struct _SEC_WINNT_AUTH_IDENTITY_W {
    SEC_WCHAR *User;
    ULONG UserLength;
    SEC_WCHAR *Domain;
    ULONG DomainLength;
    SEC_WCHAR *Password;
    ULONG PasswordLength;
    ULONG Flags;
} SEC_WINNT_AUTH_IDENTITY_W, *PSEC_WINNT_AUTH_IDENTITY_W;

typedef struct _SEC_WINNT_AUTH_IDENTITY_EXA {
    ULONG Version; /* SEC_WINNT_AUTH_IDENTITY_VERSION */
    ULONG Length;
    UCHAR *User;
    ULONG UserLength;
    UCHAR *Domain;
    ULONG DomainLength;
    UCHAR *Password;
    ULONG PasswordLength;
    ULONG Flags;
    UCHAR *PackageList;
    ULONG PackageListLength;
} SEC_WINNT_AUTH_IDENTITY_EXA, *PSEC_WINNT_AUTH_IDENTITY_EXA;

typedef struct _SEC_WINNT_AUTH_IDENTITY_EXW {
    ULONG Version; /* SEC_WINNT_AUTH_IDENTITY_VERSION */
    ULONG Length;
    SEC_WCHAR *User;
    ULONG UserLength;
    SEC_WCHAR *Domain;
    ULONG DomainLength;
    SEC_WCHAR *Password;
    ULONG PasswordLength;
    ULONG Flags;
    SEC_WCHAR *PackageList;
    ULONG PackageListLength;
} SEC_WINNT_AUTH_IDENTITY_EXW, *PSEC_WINNT_AUTH_IDENTITY_EXW;

typedef struct _SEC_WINNT_AUTH_IDENTITY_EX2 {
    ULONG Version; /* SEC_WINNT_AUTH_IDENTITY_VERSION_2 */
    USHORT cbHeaderLength;
    ULONG cbStructureLength;
    ULONG UserOffset;
    USHORT UserLength;
    ULONG DomainOffset;
    USHORT DomainLength;
    ULONG PackedCredentialsOffset;
    USHORT PackedCredentialsLength;
    ULONG Flags;
    ULONG PackageListOffset;
    USHORT PackageListLength;
} SEC_WINNT_AUTH_IDENTITY_EX2, *PSEC_WINNT_AUTH_IDENTITY_EX2;

typedef void *PSEC_WINNT_AUTH_IDENTITY_OPAQUE;

/* Packed credentials of EX2. */
typedef struct _SEC_WINNT_AUTH_BYTE_VECTOR {
    ULONG ByteArrayOffset; /* from the packed credentials' start */
    USHORT ByteArrayLength;
} SEC_WINNT_AUTH_BYTE_VECTOR, *PSEC_WINNT_AUTH_BYTE_VECTOR;

typedef struct _SEC_WINNT_AUTH_DATA {
    GUID CredType;
    SEC_WINNT_AUTH_BYTE_VECTOR CredData;
} SEC_WINNT_AUTH_DATA, *PSEC_WINNT_AUTH_DATA;

typedef struct _SEC_WINNT_AUTH_PACKED_CREDENTIALS {
    USHORT cbHeaderLength;
    USHORT cbStructureLength;
    SEC_WINNT_AUTH_DATA AuthData;
} SEC_WINNT_AUTH_PACKED_CREDENTIALS, *PSEC_WINNT_AUTH_PACKED_CREDENTIALS;

/* CredType of packed credentials, as initialisers: a password in text, and the contents of an
 * MIT keytab file. */
#define RPCSEC_AUTH_DATA_TYPE_PASSWORD                     \
    {                                                      \
        0x28bfc32f, 0x10f6, 0x4738,                        \
        {                                                  \
            0x98, 0xd1, 0x1a, 0xc0, 0x61, 0xdf, 0x71, 0x6a \
        }                                                  \
    }
#define RPCSEC_AUTH_DATA_TYPE_KEYTAB                       \
    {                                                      \
        0xd587aae8, 0xf78f, 0x4455,                        \
        {                                                  \
            0xa1, 0x12, 0xc9, 0x34, 0xbe, 0xee, 0x7c, 0xe1 \
        }                                                  \
    }

typedef struct _SECURITY_PACKAGE_OPTIONS {
    ULONG Size;
    ULONG Type;
    ULONG Flags;
    ULONG SignatureSize;
    void *Signature;
} SECURITY_PACKAGE_OPTIONS, *PSECURITY_PACKAGE_OPTIONS;

#if UINTPTR_MAX == UINT64_MAX
#ifdef __cplusplus
#define RPCSEC_LAYOUT(condition) static_assert(condition, "layout of SSPI")
#else
#define RPCSEC_LAYOUT(condition) _Static_assert(condition, "layout of SSPI")
#endif
RPCSEC_LAYOUT(sizeof(ULONG) == 4 && sizeof(SECURITY_STATUS) == 4);
RPCSEC_LAYOUT(sizeof(SecHandle) == 16 && offsetof(SecHandle, dwUpper) == 8);
RPCSEC_LAYOUT(sizeof(TimeStamp) == 8 && offsetof(TimeStamp, HighPart) == 4);
RPCSEC_LAYOUT(sizeof(SecBuffer) == 16 && offsetof(SecBuffer, pvBuffer) == 8);
RPCSEC_LAYOUT(sizeof(SecBufferDesc) == 16 && offsetof(SecBufferDesc, pBuffers) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgInfoA) == 32 && offsetof(SecPkgInfoA, Name) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_Sizes) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_NamesA) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_NativeNamesA) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_Lifespan) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_Flags) == 4);
RPCSEC_LAYOUT(sizeof(SecPkgContext_SessionKey) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_KeyInfoA) == 32 &&
              offsetof(SecPkgContext_KeyInfoA, KeySize) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_PackageInfoA) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_NegotiationInfoA) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_StreamSizes) == 20);
RPCSEC_LAYOUT(sizeof(SecPkgContext_DceInfo) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_AuthorityA) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_PasswordExpiry) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_UserFlags) == 4);
RPCSEC_LAYOUT(sizeof(SecPkgContext_AccessToken) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_TargetInformation) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_ClientSpecifiedTarget) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_Bindings) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_LastClientTokenStatus) == 4);
RPCSEC_LAYOUT(sizeof(SecPkgContext_SubjectAttributes) == 8);
RPCSEC_LAYOUT(sizeof(SecPkgContext_CredentialNameA) == 16);
RPCSEC_LAYOUT(sizeof(SecPkgContext_NegoKeys) == 32);
RPCSEC_LAYOUT(sizeof(SEC_CHANNEL_BINDINGS) == 32);
RPCSEC_LAYOUT(sizeof(SEC_WINNT_AUTH_IDENTITY_EX2) == 48);
RPCSEC_LAYOUT(sizeof(SEC_WINNT_AUTH_IDENTITY_W) == 48 &&
              offsetof(SEC_WINNT_AUTH_IDENTITY_W, Flags) == 44);
RPCSEC_LAYOUT(sizeof(SEC_WINNT_AUTH_IDENTITY_EXW) == 72 &&
              offsetof(SEC_WINNT_AUTH_IDENTITY_EXW, PackageList) == 56);
#undef RPCSEC_LAYOUT
#endif

#ifdef __cplusplus
}
#endif
#endif
