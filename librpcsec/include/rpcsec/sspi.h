/* SPDX-License-Identifier: MIT
 *
 * rpcsec/sspi.h: the Security Support Provider Interface over MIT Kerberos.
 *
 * Names, numbers and layouts are Microsoft's, so that programs written for SSPI compile; each
 * call is an object-like macro for an rpcsec_sspi_... symbol, because other libraries export
 * the plain names. ULONG is 32 bits wide everywhere. Text is UTF-8 (the "A" forms). The plain
 * names stand for the A forms.
 *
 * Said once for all calls: **Threads**: handles may be used from any thread. One context takes
 * one handshake step at a time; its messages may be protected and unprotected by several
 * threads, the library puts them in a row. **Errors**: a stale, copied-and-deleted, foreign or
 * wrong kind of handle is SEC_E_INVALID_HANDLE, a NULL where a pointer is needed
 * SEC_E_INVALID_PARAMETER, memory that ends SEC_E_INSUFFICIENT_MEMORY. After any failure
 * rpcsec_sspi_last_error says what happened. **Source**: MicrosoftDocs/sdk-api sspi.h.
 */
#ifndef RPCSEC_SSPI_H
#define RPCSEC_SSPI_H

#include <stddef.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Scalar types ---- */

/* Who has a windows.h of another origin defines RPCSEC_NO_WINTYPES; its ULONG must have 32
 * bits. C11 allows the same typedef twice. */
#if !defined(RPCSEC_NO_WINTYPES) && !defined(_WINDEF_)
typedef uint8_t UCHAR, *PUCHAR;
typedef uint16_t USHORT, *PUSHORT;
typedef int32_t LONG, *PLONG;
typedef uint32_t ULONG, *PULONG;
typedef int64_t LONGLONG;
typedef uint64_t ULONGLONG;
typedef uintptr_t ULONG_PTR, *PULONG_PTR;
typedef void *PVOID;
#endif

typedef int32_t SECURITY_STATUS;
typedef char SEC_CHAR;

#ifndef SEC_ENTRY
#define SEC_ENTRY
#endif
#ifndef SEC_FAR
#define SEC_FAR
#endif

/* InitializeSecurityContext, asked */
#define ISC_REQ_DELEGATE               0x00000001U
#define ISC_REQ_MUTUAL_AUTH            0x00000002U
#define ISC_REQ_REPLAY_DETECT          0x00000004U
#define ISC_REQ_SEQUENCE_DETECT        0x00000008U
#define ISC_REQ_CONFIDENTIALITY        0x00000010U
#define ISC_REQ_USE_SESSION_KEY        0x00000020U
#define ISC_REQ_PROMPT_FOR_CREDS       0x00000040U
#define ISC_REQ_USE_SUPPLIED_CREDS     0x00000080U
#define ISC_REQ_ALLOCATE_MEMORY        0x00000100U
#define ISC_REQ_USE_DCE_STYLE          0x00000200U
#define ISC_REQ_DATAGRAM               0x00000400U
#define ISC_REQ_CONNECTION             0x00000800U
#define ISC_REQ_CALL_LEVEL             0x00001000U
#define ISC_REQ_FRAGMENT_SUPPLIED      0x00002000U
#define ISC_REQ_EXTENDED_ERROR         0x00004000U
#define ISC_REQ_STREAM                 0x00008000U
#define ISC_REQ_INTEGRITY              0x00010000U
#define ISC_REQ_IDENTIFY               0x00020000U
#define ISC_REQ_NULL_SESSION           0x00040000U
#define ISC_REQ_MANUAL_CRED_VALIDATION 0x00080000U
#define ISC_REQ_RESERVED1              0x00100000U
#define ISC_REQ_FRAGMENT_TO_FIT        0x00200000U
#define ISC_REQ_FORWARD_CREDENTIALS    0x00400000U
#define ISC_REQ_NO_INTEGRITY           0x00800000U
#define ISC_REQ_USE_HTTP_STYLE         0x01000000U
#define ISC_REQ_UNVERIFIED_TARGET_NAME 0x20000000U
#define ISC_REQ_CONFIDENTIALITY_ONLY   0x40000000U

/* InitializeSecurityContext, granted */
#define ISC_RET_DELEGATE               0x00000001U
#define ISC_RET_MUTUAL_AUTH            0x00000002U
#define ISC_RET_REPLAY_DETECT          0x00000004U
#define ISC_RET_SEQUENCE_DETECT        0x00000008U
#define ISC_RET_CONFIDENTIALITY        0x00000010U
#define ISC_RET_USE_SESSION_KEY        0x00000020U
#define ISC_RET_USED_COLLECTED_CREDS   0x00000040U
#define ISC_RET_USED_SUPPLIED_CREDS    0x00000080U
#define ISC_RET_ALLOCATED_MEMORY       0x00000100U
#define ISC_RET_USED_DCE_STYLE         0x00000200U
#define ISC_RET_DATAGRAM               0x00000400U
#define ISC_RET_CONNECTION             0x00000800U
#define ISC_RET_INTERMEDIATE_RETURN    0x00001000U
#define ISC_RET_CALL_LEVEL             0x00002000U
#define ISC_RET_EXTENDED_ERROR         0x00004000U
#define ISC_RET_STREAM                 0x00008000U
#define ISC_RET_INTEGRITY              0x00010000U
#define ISC_RET_IDENTIFY               0x00020000U
#define ISC_RET_NULL_SESSION           0x00040000U
#define ISC_RET_MANUAL_CRED_VALIDATION 0x00080000U
#define ISC_RET_RESERVED1              0x00100000U
#define ISC_RET_FRAGMENT_ONLY          0x00200000U
#define ISC_RET_FORWARD_CREDENTIALS    0x00400000U
#define ISC_RET_USED_HTTP_STYLE        0x01000000U
#define ISC_RET_NO_ADDITIONAL_TOKEN    0x02000000U
#define ISC_RET_REAUTHENTICATION       0x08000000U
#define ISC_RET_CONFIDENTIALITY_ONLY   0x40000000U

/* AcceptSecurityContext, asked */
#define ASC_REQ_DELEGATE               0x00000001U
#define ASC_REQ_MUTUAL_AUTH            0x00000002U
#define ASC_REQ_REPLAY_DETECT          0x00000004U
#define ASC_REQ_SEQUENCE_DETECT        0x00000008U
#define ASC_REQ_CONFIDENTIALITY        0x00000010U
#define ASC_REQ_USE_SESSION_KEY        0x00000020U
#define ASC_REQ_SESSION_TICKET         0x00000040U
#define ASC_REQ_ALLOCATE_MEMORY        0x00000100U
#define ASC_REQ_USE_DCE_STYLE          0x00000200U
#define ASC_REQ_DATAGRAM               0x00000400U
#define ASC_REQ_CONNECTION             0x00000800U
#define ASC_REQ_CALL_LEVEL             0x00001000U
#define ASC_REQ_FRAGMENT_SUPPLIED      0x00002000U
#define ASC_REQ_EXTENDED_ERROR         0x00008000U
#define ASC_REQ_STREAM                 0x00010000U
#define ASC_REQ_INTEGRITY              0x00020000U
#define ASC_REQ_LICENSING              0x00040000U
#define ASC_REQ_IDENTIFY               0x00080000U
#define ASC_REQ_ALLOW_NULL_SESSION     0x00100000U
#define ASC_REQ_ALLOW_NON_USER_LOGONS  0x00200000U
#define ASC_REQ_ALLOW_CONTEXT_REPLAY   0x00400000U
#define ASC_REQ_FRAGMENT_TO_FIT        0x00800000U
#define ASC_REQ_NO_TOKEN               0x01000000U
#define ASC_REQ_PROXY_BINDINGS         0x04000000U
#define ASC_REQ_ALLOW_MISSING_BINDINGS 0x10000000U

/* AcceptSecurityContext, granted */
#define ASC_RET_DELEGATE              0x00000001U
#define ASC_RET_MUTUAL_AUTH           0x00000002U
#define ASC_RET_REPLAY_DETECT         0x00000004U
#define ASC_RET_SEQUENCE_DETECT       0x00000008U
#define ASC_RET_CONFIDENTIALITY       0x00000010U
#define ASC_RET_USE_SESSION_KEY       0x00000020U
#define ASC_RET_SESSION_TICKET        0x00000040U
#define ASC_RET_ALLOCATED_MEMORY      0x00000100U
#define ASC_RET_USED_DCE_STYLE        0x00000200U
#define ASC_RET_DATAGRAM              0x00000400U
#define ASC_RET_CONNECTION            0x00000800U
#define ASC_RET_CALL_LEVEL            0x00002000U
#define ASC_RET_THIRD_LEG_FAILED      0x00004000U
#define ASC_RET_EXTENDED_ERROR        0x00008000U
#define ASC_RET_STREAM                0x00010000U
#define ASC_RET_INTEGRITY             0x00020000U
#define ASC_RET_LICENSING             0x00040000U
#define ASC_RET_IDENTIFY              0x00080000U
#define ASC_RET_NULL_SESSION          0x00100000U
#define ASC_RET_ALLOW_NON_USER_LOGONS 0x00200000U
#define ASC_RET_ALLOW_CONTEXT_REPLAY  0x00400000U
#define ASC_RET_FRAGMENT_ONLY         0x00800000U
#define ASC_RET_NO_TOKEN              0x01000000U
#define ASC_RET_NO_ADDITIONAL_TOKEN   0x02000000U

/* SecBuffer types */
#define SECBUFFER_EMPTY                           0U
#define SECBUFFER_DATA                            1U
#define SECBUFFER_TOKEN                           2U
#define SECBUFFER_PKG_PARAMS                      3U
#define SECBUFFER_MISSING                         4U
#define SECBUFFER_EXTRA                           5U
#define SECBUFFER_STREAM_TRAILER                  6U
#define SECBUFFER_STREAM_HEADER                   7U
#define SECBUFFER_NEGOTIATION_INFO                8U
#define SECBUFFER_PADDING                         9U
#define SECBUFFER_STREAM                          10U
#define SECBUFFER_MECHLIST                        11U
#define SECBUFFER_MECHLIST_SIGNATURE              12U
#define SECBUFFER_TARGET                          13U
#define SECBUFFER_CHANNEL_BINDINGS                14U
#define SECBUFFER_CHANGE_PASS_RESPONSE            15U
#define SECBUFFER_TARGET_HOST                     16U
#define SECBUFFER_ALERT                           17U
#define SECBUFFER_APPLICATION_PROTOCOLS           18U
#define SECBUFFER_SRTP_PROTECTION_PROFILES        19U
#define SECBUFFER_SRTP_MASTER_KEY_IDENTIFIER      20U
#define SECBUFFER_TOKEN_BINDING                   21U
#define SECBUFFER_PRESHARED_KEY                   22U
#define SECBUFFER_PRESHARED_KEY_IDENTITY          23U
#define SECBUFFER_DTLS_MTU                        24U
#define SECBUFFER_SEND_GENERIC_TLS_EXTENSION      25U
#define SECBUFFER_SUBSCRIBE_GENERIC_TLS_EXTENSION 26U
#define SECBUFFER_FLAGS                           27U
#define SECBUFFER_TRAFFIC_SECRETS                 28U

/* Package capabilities */
#define SECPKG_FLAG_INTEGRITY                    0x00000001U
#define SECPKG_FLAG_PRIVACY                      0x00000002U
#define SECPKG_FLAG_TOKEN_ONLY                   0x00000004U
#define SECPKG_FLAG_DATAGRAM                     0x00000008U
#define SECPKG_FLAG_CONNECTION                   0x00000010U
#define SECPKG_FLAG_MULTI_REQUIRED               0x00000020U
#define SECPKG_FLAG_CLIENT_ONLY                  0x00000040U
#define SECPKG_FLAG_EXTENDED_ERROR               0x00000080U
#define SECPKG_FLAG_IMPERSONATION                0x00000100U
#define SECPKG_FLAG_ACCEPT_WIN32_NAME            0x00000200U
#define SECPKG_FLAG_STREAM                       0x00000400U
#define SECPKG_FLAG_NEGOTIABLE                   0x00000800U
#define SECPKG_FLAG_GSS_COMPATIBLE               0x00001000U
#define SECPKG_FLAG_LOGON                        0x00002000U
#define SECPKG_FLAG_ASCII_BUFFERS                0x00004000U
#define SECPKG_FLAG_FRAGMENT                     0x00008000U
#define SECPKG_FLAG_MUTUAL_AUTH                  0x00010000U
#define SECPKG_FLAG_DELEGATION                   0x00020000U
#define SECPKG_FLAG_READONLY_WITH_CHECKSUM       0x00040000U
#define SECPKG_FLAG_RESTRICTED_TOKENS            0x00080000U
#define SECPKG_FLAG_NEGO_EXTENDER                0x00100000U
#define SECPKG_FLAG_NEGOTIABLE2                  0x00200000U
#define SECPKG_FLAG_APPCONTAINER_PASSTHROUGH     0x00400000U
#define SECPKG_FLAG_APPCONTAINER_CHECKS          0x00800000U
#define SECPKG_FLAG_CREDENTIAL_ISOLATION_ENABLED 0x01000000U
#define SECPKG_FLAG_APPLY_LOOPBACK               0x02000000U

/* Context attributes */
#define SECPKG_ATTR_SIZES                       0U
#define SECPKG_ATTR_NAMES                       1U
#define SECPKG_ATTR_LIFESPAN                    2U
#define SECPKG_ATTR_DCE_INFO                    3U
#define SECPKG_ATTR_STREAM_SIZES                4U
#define SECPKG_ATTR_KEY_INFO                    5U
#define SECPKG_ATTR_AUTHORITY                   6U
#define SECPKG_ATTR_PROTO_INFO                  7U
#define SECPKG_ATTR_PASSWORD_EXPIRY             8U
#define SECPKG_ATTR_SESSION_KEY                 9U
#define SECPKG_ATTR_PACKAGE_INFO                10U
#define SECPKG_ATTR_USER_FLAGS                  11U
#define SECPKG_ATTR_NEGOTIATION_INFO            12U
#define SECPKG_ATTR_NATIVE_NAMES                13U
#define SECPKG_ATTR_FLAGS                       14U
#define SECPKG_ATTR_USE_VALIDATED               15U
#define SECPKG_ATTR_CREDENTIAL_NAME             16U
#define SECPKG_ATTR_TARGET_INFORMATION          17U
#define SECPKG_ATTR_ACCESS_TOKEN                18U
#define SECPKG_ATTR_TARGET                      19U
#define SECPKG_ATTR_AUTHENTICATION_ID           20U
#define SECPKG_ATTR_LOGOFF_TIME                 21U
#define SECPKG_ATTR_NEGO_KEYS                   22U
#define SECPKG_ATTR_PROMPTING_NEEDED            24U
#define SECPKG_ATTR_UNIQUE_BINDINGS             25U
#define SECPKG_ATTR_ENDPOINT_BINDINGS           26U
#define SECPKG_ATTR_CLIENT_SPECIFIED_TARGET     27U
#define SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS    30U
#define SECPKG_ATTR_NEGO_PKG_INFO               31U
#define SECPKG_ATTR_NEGO_STATUS                 32U
#define SECPKG_ATTR_CONTEXT_DELETED             33U
#define SECPKG_ATTR_DTLS_MTU                    34U
#define SECPKG_ATTR_APPLICATION_PROTOCOL        35U
#define SECPKG_ATTR_NEGOTIATED_TLS_EXTENSIONS   36U
#define SECPKG_ATTR_IS_LOOPBACK                 37U
#define SECPKG_ATTR_SUBJECT_SECURITY_ATTRIBUTES 128U

/* SEC_I_ codes */
#define SEC_I_CONTINUE_NEEDED            ((SECURITY_STATUS)0x00090312)
#define SEC_I_COMPLETE_NEEDED            ((SECURITY_STATUS)0x00090313)
#define SEC_I_COMPLETE_AND_CONTINUE      ((SECURITY_STATUS)0x00090314)
#define SEC_I_LOCAL_LOGON                ((SECURITY_STATUS)0x00090315)
#define SEC_I_GENERIC_EXTENSION_RECEIVED ((SECURITY_STATUS)0x00090316)
#define SEC_I_CONTEXT_EXPIRED            ((SECURITY_STATUS)0x00090317)
#define SEC_I_INCOMPLETE_CREDENTIALS     ((SECURITY_STATUS)0x00090320)
#define SEC_I_RENEGOTIATE                ((SECURITY_STATUS)0x00090321)
#define SEC_I_NO_LSA_CONTEXT             ((SECURITY_STATUS)0x00090323)
#define SEC_I_SIGNATURE_NEEDED           ((SECURITY_STATUS)0x0009035c)
#define SEC_I_NO_RENEGOTIATION           ((SECURITY_STATUS)0x00090360)
#define SEC_I_MESSAGE_FRAGMENT           ((SECURITY_STATUS)0x00090364)
#define SEC_I_CONTINUE_NEEDED_MESSAGE_OK ((SECURITY_STATUS)0x00090366)
#define SEC_I_ASYNC_CALL_PENDING         ((SECURITY_STATUS)0x00090368)

/* SEC_E_ codes */
#define SEC_E_INSUFFICIENT_MEMORY           ((SECURITY_STATUS)0x80090300)
#define SEC_E_INVALID_HANDLE                ((SECURITY_STATUS)0x80090301)
#define SEC_E_UNSUPPORTED_FUNCTION          ((SECURITY_STATUS)0x80090302)
#define SEC_E_TARGET_UNKNOWN                ((SECURITY_STATUS)0x80090303)
#define SEC_E_INTERNAL_ERROR                ((SECURITY_STATUS)0x80090304)
#define SEC_E_SECPKG_NOT_FOUND              ((SECURITY_STATUS)0x80090305)
#define SEC_E_NOT_OWNER                     ((SECURITY_STATUS)0x80090306)
#define SEC_E_CANNOT_INSTALL                ((SECURITY_STATUS)0x80090307)
#define SEC_E_INVALID_TOKEN                 ((SECURITY_STATUS)0x80090308)
#define SEC_E_CANNOT_PACK                   ((SECURITY_STATUS)0x80090309)
#define SEC_E_QOP_NOT_SUPPORTED             ((SECURITY_STATUS)0x8009030a)
#define SEC_E_NO_IMPERSONATION              ((SECURITY_STATUS)0x8009030b)
#define SEC_E_LOGON_DENIED                  ((SECURITY_STATUS)0x8009030c)
#define SEC_E_UNKNOWN_CREDENTIALS           ((SECURITY_STATUS)0x8009030d)
#define SEC_E_NO_CREDENTIALS                ((SECURITY_STATUS)0x8009030e)
#define SEC_E_MESSAGE_ALTERED               ((SECURITY_STATUS)0x8009030f)
#define SEC_E_OUT_OF_SEQUENCE               ((SECURITY_STATUS)0x80090310)
#define SEC_E_NO_AUTHENTICATING_AUTHORITY   ((SECURITY_STATUS)0x80090311)
#define SEC_E_BAD_PKGID                     ((SECURITY_STATUS)0x80090316)
#define SEC_E_CONTEXT_EXPIRED               ((SECURITY_STATUS)0x80090317)
#define SEC_E_INCOMPLETE_MESSAGE            ((SECURITY_STATUS)0x80090318)
#define SEC_E_INCOMPLETE_CREDENTIALS        ((SECURITY_STATUS)0x80090320)
#define SEC_E_BUFFER_TOO_SMALL              ((SECURITY_STATUS)0x80090321)
#define SEC_E_WRONG_PRINCIPAL               ((SECURITY_STATUS)0x80090322)
#define SEC_E_TIME_SKEW                     ((SECURITY_STATUS)0x80090324)
#define SEC_E_UNTRUSTED_ROOT                ((SECURITY_STATUS)0x80090325)
#define SEC_E_ILLEGAL_MESSAGE               ((SECURITY_STATUS)0x80090326)
#define SEC_E_CERT_UNKNOWN                  ((SECURITY_STATUS)0x80090327)
#define SEC_E_CERT_EXPIRED                  ((SECURITY_STATUS)0x80090328)
#define SEC_E_ENCRYPT_FAILURE               ((SECURITY_STATUS)0x80090329)
#define SEC_E_DECRYPT_FAILURE               ((SECURITY_STATUS)0x80090330)
#define SEC_E_ALGORITHM_MISMATCH            ((SECURITY_STATUS)0x80090331)
#define SEC_E_SECURITY_QOS_FAILED           ((SECURITY_STATUS)0x80090332)
#define SEC_E_UNFINISHED_CONTEXT_DELETED    ((SECURITY_STATUS)0x80090333)
#define SEC_E_NO_TGT_REPLY                  ((SECURITY_STATUS)0x80090334)
#define SEC_E_NO_IP_ADDRESSES               ((SECURITY_STATUS)0x80090335)
#define SEC_E_WRONG_CREDENTIAL_HANDLE       ((SECURITY_STATUS)0x80090336)
#define SEC_E_CRYPTO_SYSTEM_INVALID         ((SECURITY_STATUS)0x80090337)
#define SEC_E_MAX_REFERRALS_EXCEEDED        ((SECURITY_STATUS)0x80090338)
#define SEC_E_MUST_BE_KDC                   ((SECURITY_STATUS)0x80090339)
#define SEC_E_STRONG_CRYPTO_NOT_SUPPORTED   ((SECURITY_STATUS)0x8009033a)
#define SEC_E_TOO_MANY_PRINCIPALS           ((SECURITY_STATUS)0x8009033b)
#define SEC_E_NO_PA_DATA                    ((SECURITY_STATUS)0x8009033c)
#define SEC_E_PKINIT_NAME_MISMATCH          ((SECURITY_STATUS)0x8009033d)
#define SEC_E_SMARTCARD_LOGON_REQUIRED      ((SECURITY_STATUS)0x8009033e)
#define SEC_E_SHUTDOWN_IN_PROGRESS          ((SECURITY_STATUS)0x8009033f)
#define SEC_E_KDC_INVALID_REQUEST           ((SECURITY_STATUS)0x80090340)
#define SEC_E_KDC_UNABLE_TO_REFER           ((SECURITY_STATUS)0x80090341)
#define SEC_E_KDC_UNKNOWN_ETYPE             ((SECURITY_STATUS)0x80090342)
#define SEC_E_UNSUPPORTED_PREAUTH           ((SECURITY_STATUS)0x80090343)
#define SEC_E_DELEGATION_REQUIRED           ((SECURITY_STATUS)0x80090345)
#define SEC_E_BAD_BINDINGS                  ((SECURITY_STATUS)0x80090346)
#define SEC_E_MULTIPLE_ACCOUNTS             ((SECURITY_STATUS)0x80090347)
#define SEC_E_NO_KERB_KEY                   ((SECURITY_STATUS)0x80090348)
#define SEC_E_CERT_WRONG_USAGE              ((SECURITY_STATUS)0x80090349)
#define SEC_E_DOWNGRADE_DETECTED            ((SECURITY_STATUS)0x80090350)
#define SEC_E_SMARTCARD_CERT_REVOKED        ((SECURITY_STATUS)0x80090351)
#define SEC_E_ISSUING_CA_UNTRUSTED          ((SECURITY_STATUS)0x80090352)
#define SEC_E_REVOCATION_OFFLINE_C          ((SECURITY_STATUS)0x80090353)
#define SEC_E_PKINIT_CLIENT_FAILURE         ((SECURITY_STATUS)0x80090354)
#define SEC_E_SMARTCARD_CERT_EXPIRED        ((SECURITY_STATUS)0x80090355)
#define SEC_E_NO_S4U_PROT_SUPPORT           ((SECURITY_STATUS)0x80090356)
#define SEC_E_CROSSREALM_DELEGATION_FAILURE ((SECURITY_STATUS)0x80090357)
#define SEC_E_REVOCATION_OFFLINE_KDC        ((SECURITY_STATUS)0x80090358)
#define SEC_E_ISSUING_CA_UNTRUSTED_KDC      ((SECURITY_STATUS)0x80090359)
#define SEC_E_KDC_CERT_EXPIRED              ((SECURITY_STATUS)0x8009035a)
#define SEC_E_KDC_CERT_REVOKED              ((SECURITY_STATUS)0x8009035b)
#define SEC_E_INVALID_PARAMETER             ((SECURITY_STATUS)0x8009035d)
#define SEC_E_DELEGATION_POLICY             ((SECURITY_STATUS)0x8009035e)
#define SEC_E_POLICY_NLTM_ONLY              ((SECURITY_STATUS)0x8009035f)
#define SEC_E_NO_CONTEXT                    ((SECURITY_STATUS)0x80090361)
#define SEC_E_PKU2U_CERT_FAILURE            ((SECURITY_STATUS)0x80090362)
#define SEC_E_MUTUAL_AUTH_FAILED            ((SECURITY_STATUS)0x80090363)
#define SEC_E_ONLY_HTTPS_ALLOWED            ((SECURITY_STATUS)0x80090365)
#define SEC_E_APPLICATION_PROTOCOL_MISMATCH ((SECURITY_STATUS)0x80090367)
#define SEC_E_INVALID_UPN_NAME              ((SECURITY_STATUS)0x80090369)
#define SEC_E_EXT_BUFFER_TOO_SMALL          ((SECURITY_STATUS)0x8009036a)
#define SEC_E_INSUFFICIENT_BUFFERS          ((SECURITY_STATUS)0x8009036b)

#define SEC_E_OK                            ((SECURITY_STATUS)0x00000000)
#define SEC_E_NOT_SUPPORTED                 SEC_E_UNSUPPORTED_FUNCTION
#define SEC_E_NO_SPM                        SEC_E_INTERNAL_ERROR

/* Bits of SecBuffer.BufferType beside the type. */
#define SECBUFFER_VERSION                0U
#define SECBUFFER_ATTRMASK               0xf0000000U
#define SECBUFFER_READONLY               0x80000000U
#define SECBUFFER_READONLY_WITH_CHECKSUM 0x10000000U
#define SECBUFFER_RESERVED               0x60000000U

/* Credential use. */
#define SECPKG_CRED_INBOUND              0x00000001U
#define SECPKG_CRED_OUTBOUND             0x00000002U
#define SECPKG_CRED_BOTH                 0x00000003U
#define SECPKG_CRED_DEFAULT              0x00000004U
#define SECPKG_CRED_AUTOLOGON_RESTRICTED 0x00000010U
#define SECPKG_CRED_PROCESS_POLICY_ONLY  0x00000020U
#define SECPKG_CRED_RESERVED             0xf0000000U

/* Attributes of credentials. */
#define SECPKG_CRED_ATTR_NAMES              1U
#define SECPKG_CRED_ATTR_SSI_PROVIDER       2U
#define SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS 3U
#define SECPKG_CRED_ATTR_CERT               4U
#define SECPKG_CRED_ATTR_PAC_BYPASS         5U

/* Data representation: both are taken, neither changes a token. */
#define SECURITY_NATIVE_DREP  0x00000010U
#define SECURITY_NETWORK_DREP 0x00000000U

/* Quality of protection. */
#define SECQOP_WRAP_NO_ENCRYPT 0x80000001U
#define SECQOP_WRAP_OOB_DATA   0x40000000U

/* Exported contexts. */
#define SECPKG_CONTEXT_EXPORT_RESET_NEW  0x00000001U
#define SECPKG_CONTEXT_EXPORT_DELETE_OLD 0x00000002U
#define SECPKG_CONTEXT_EXPORT_TO_KERNEL  0x00000004U

/* SecPkgContext_NegotiationInfo.NegotiationState. */
#define SECPKG_NEGOTIATION_COMPLETE      0U
#define SECPKG_NEGOTIATION_OPTIMISTIC    1U
#define SECPKG_NEGOTIATION_IN_PROGRESS   2U
#define SECPKG_NEGOTIATION_DIRECT        3U
#define SECPKG_NEGOTIATION_TRY_MULTICRED 4U

#define SECPKG_ID_NONE                   0xffffU
#define RPCSEC_SECPKG_ID_NEGOTIATE       9U
#define RPCSEC_SECPKG_ID_NTLM            10U
#define RPCSEC_SECPKG_ID_KERBEROS        16U

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

typedef struct _SecPkgContext_Sizes {
    ULONG cbMaxToken;
    ULONG cbMaxSignature;
    ULONG cbBlockSize;
    ULONG cbSecurityTrailer;
} SecPkgContext_Sizes, *PSecPkgContext_Sizes;

typedef struct _SecPkgContext_NamesA {
    SEC_CHAR *sUserName;
} SecPkgContext_NamesA, *PSecPkgContext_NamesA;

typedef struct _SecPkgContext_NativeNamesA {
    SEC_CHAR *sClientName;
    SEC_CHAR *sServerName;
} SecPkgContext_NativeNamesA, *PSecPkgContext_NativeNamesA;

typedef struct _SecPkgContext_Lifespan {
    TimeStamp tsStart;
    TimeStamp tsExpiry;
} SecPkgContext_Lifespan, *PSecPkgContext_Lifespan;

typedef struct _SecPkgContext_Flags {
    ULONG Flags;
} SecPkgContext_Flags, *PSecPkgContext_Flags;

typedef struct _SecPkgContext_SessionKey {
    ULONG SessionKeyLength;
    PUCHAR SessionKey;
} SecPkgContext_SessionKey, *PSecPkgContext_SessionKey;

/* SignatureAlgorithm and EncryptAlgorithm are numbers of RFC 3961: the checksum type and the
 * encryption type. */
typedef struct _SecPkgContext_KeyInfoA {
    SEC_CHAR *sSignatureAlgorithmName;
    SEC_CHAR *sEncryptAlgorithmName;
    ULONG KeySize;
    ULONG SignatureAlgorithm;
    ULONG EncryptAlgorithm;
} SecPkgContext_KeyInfoA, *PSecPkgContext_KeyInfoA;

typedef struct _SecPkgContext_PackageInfoA {
    PSecPkgInfoA PackageInfo;
} SecPkgContext_PackageInfoA, *PSecPkgContext_PackageInfoA;

typedef struct _SecPkgContext_NegotiationInfoA {
    PSecPkgInfoA PackageInfo;
    ULONG NegotiationState;
} SecPkgContext_NegotiationInfoA, *PSecPkgContext_NegotiationInfoA;

#define SecPkgInfo                     SecPkgInfoA
#define PSecPkgInfo                    PSecPkgInfoA
#define SecPkgContext_Names            SecPkgContext_NamesA
#define PSecPkgContext_Names           PSecPkgContext_NamesA
#define SecPkgContext_NativeNames      SecPkgContext_NativeNamesA
#define PSecPkgContext_NativeNames     PSecPkgContext_NativeNamesA
#define SecPkgContext_KeyInfo          SecPkgContext_KeyInfoA
#define PSecPkgContext_KeyInfo         PSecPkgContext_KeyInfoA
#define SecPkgContext_PackageInfo      SecPkgContext_PackageInfoA
#define PSecPkgContext_PackageInfo     PSecPkgContext_PackageInfoA
#define SecPkgContext_NegotiationInfo  SecPkgContext_NegotiationInfoA
#define PSecPkgContext_NegotiationInfo PSecPkgContext_NegotiationInfoA

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
#undef RPCSEC_LAYOUT
#endif

/* ---- Packages ---- */

#define EnumerateSecurityPackagesA rpcsec_sspi_EnumerateSecurityPackagesA
#define EnumerateSecurityPackages  EnumerateSecurityPackagesA
#define QuerySecurityPackageInfoA  rpcsec_sspi_QuerySecurityPackageInfoA
#define QuerySecurityPackageInfo   QuerySecurityPackageInfoA

/* EnumerateSecurityPackages gives an array of the packages that work on this machine.
 * **Ownership**: free the array with FreeContextBuffer. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY EnumerateSecurityPackagesA(ULONG *pcPackages,
                                                                PSecPkgInfoA *ppPackageInfo);

/* QuerySecurityPackageInfo describes one package; the name is compared without case.
 * **Ownership**: free with FreeContextBuffer.
 * **Errors**: SEC_E_SECPKG_NOT_FOUND. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QuerySecurityPackageInfoA(const SEC_CHAR *pszPackageName,
                                                               PSecPkgInfoA *ppPackageInfo);

/* FreeContextBuffer frees memory that any of these calls gave; secrets are zeroed first.
 * **Errors**: SEC_E_INVALID_HANDLE for NULL and for every pointer that is not such memory. */
#define FreeContextBuffer rpcsec_sspi_FreeContextBuffer
RPCSEC_API SECURITY_STATUS SEC_ENTRY FreeContextBuffer(void *pvContextBuffer);

/* ---- Credentials ---- */

typedef void(SEC_ENTRY *SEC_GET_KEY_FN)(void *Arg, void *Principal, ULONG KeyVer, void **Key,
                                        SECURITY_STATUS *Status);

#define AcquireCredentialsHandleA rpcsec_sspi_AcquireCredentialsHandleA
#define AcquireCredentialsHandle  AcquireCredentialsHandleA
#define FreeCredentialsHandle     rpcsec_sspi_FreeCredentialsHandle
#define FreeCredentialHandle      FreeCredentialsHandle

/* AcquireCredentialsHandle opens the default credentials: for SECPKG_CRED_OUTBOUND the
 * credential cache, for SECPKG_CRED_INBOUND the keytab. A client's credential is OUTBOUND, a
 * server's INBOUND. `pszPrincipal` selects a principal of the cache or keytab; NULL: any.
 * pvLogonId and pAuthData must be NULL, the key function is not used. *ptsExpiry is never.
 * **Ownership**: free with FreeCredentialsHandle; contexts made from it may live longer.
 * **Errors**: SEC_E_SECPKG_NOT_FOUND, SEC_E_NO_CREDENTIALS, SEC_E_UNSUPPORTED_FUNCTION. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY AcquireCredentialsHandleA(
    const SEC_CHAR *pszPrincipal, const SEC_CHAR *pszPackage, ULONG fCredentialUse,
    void *pvLogonId, void *pAuthData, SEC_GET_KEY_FN pGetKeyFn, void *pvGetKeyArgument,
    PCredHandle phCredential, PTimeStamp ptsExpiry);

RPCSEC_API SECURITY_STATUS SEC_ENTRY FreeCredentialsHandle(PCredHandle phCredential);

/* ---- Contexts ---- */

#define InitializeSecurityContextA rpcsec_sspi_InitializeSecurityContextA
#define InitializeSecurityContext  InitializeSecurityContextA
#define AcceptSecurityContext      rpcsec_sspi_AcceptSecurityContext
#define DeleteSecurityContext      rpcsec_sspi_DeleteSecurityContext

/* InitializeSecurityContext takes one step of a client's handshake. phContext is NULL at the
 * first; the target is the service principal ("host/server.example.com"), never looked up in
 * DNS. Every token that comes back is to be sent, one that comes with SEC_E_OK too. The flag
 * word tells of security only once SEC_E_OK was given. Contexts are made with AES keys only.
 * **Ownership**: the context is freed with DeleteSecurityContext, also after a later step
 * failed; the first step gives none when it fails. A token in memory of ours
 * (ISC_REQ_ALLOCATE_MEMORY) is freed with FreeContextBuffer.
 * **Errors**: SEC_I_CONTINUE_NEEDED is success. SEC_E_TARGET_UNKNOWN, SEC_E_NO_CREDENTIALS,
 * SEC_E_NO_AUTHENTICATING_AUTHORITY, SEC_E_TIME_SKEW, SEC_E_WRONG_PRINCIPAL,
 * SEC_E_LOGON_DENIED, SEC_E_INVALID_TOKEN, SEC_E_ALGORITHM_MISMATCH. SEC_E_BUFFER_TOO_SMALL:
 * cbBuffer tells the size; at a later step the token waits for the call to be made again.
 * SEC_E_UNSUPPORTED_FUNCTION: datagram, session key, null session and supplied credentials
 * flags, channel bindings, and a step on a finished context. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY InitializeSecurityContextA(
    PCredHandle phCredential, PCtxtHandle phContext, const SEC_CHAR *pszTargetName,
    ULONG fContextReq, ULONG Reserved1, ULONG TargetDataRep, PSecBufferDesc pInput,
    ULONG Reserved2, PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG *pfContextAttr,
    PTimeStamp ptsExpiry);

/* AcceptSecurityContext takes one step of a server's handshake. What the client granted is in
 * the flag word; the caller looks at it. With ASC_REQ_EXTENDED_ERROR a failed step may give an
 * error token for the client.
 * **Ownership** and **Errors**: as InitializeSecurityContext; SEC_E_NO_KERB_KEY: the keytab
 * lacks the ticket's key; SEC_E_CONTEXT_EXPIRED: the ticket has expired. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY
AcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext, PSecBufferDesc pInput,
                      ULONG fContextReq, ULONG TargetDataRep, PCtxtHandle phNewContext,
                      PSecBufferDesc pOutput, ULONG *pfContextAttr, PTimeStamp ptsExpiry);

RPCSEC_API SECURITY_STATUS SEC_ENTRY DeleteSecurityContext(PCtxtHandle phContext);

#define QueryContextAttributesA rpcsec_sspi_QueryContextAttributesA
#define QueryContextAttributes  QueryContextAttributesA

/* QueryContextAttributes answers SIZES, NAMES, NATIVE_NAMES, LIFESPAN, FLAGS, SESSION_KEY,
 * KEY_INFO, PACKAGE_INFO and NEGOTIATION_INFO. SIZES gives the greatest token and zeros before
 * the handshake is done.
 * **Ownership**: each pointer in the answer is freed with FreeContextBuffer.
 * **Errors**: SEC_E_UNSUPPORTED_FUNCTION for other attributes, SEC_E_OUT_OF_SEQUENCE before the
 * handshake is done. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY QueryContextAttributesA(PCtxtHandle phContext,
                                                             ULONG ulAttribute, void *pBuffer);

/* ---- Messages ---- */

#define MakeSignature   rpcsec_sspi_MakeSignature
#define VerifySignature rpcsec_sspi_VerifySignature
#define EncryptMessage  rpcsec_sspi_EncryptMessage
#define DecryptMessage  rpcsec_sspi_DecryptMessage

/* Said once for the four: a message has one TOKEN and one or more DATA buffers, at most 16 in
 * all, in any order but that of the data. DATA with READONLY_WITH_CHECKSUM is signed and not
 * encrypted (the header and trailer of an RPC PDU). The sequence number is the context's own
 * and MessageSeqNo is not used; fQOP is 0 (SEC_E_QOP_NOT_SUPPORTED).
 * **Errors**: SEC_E_MESSAGE_ALTERED; SEC_E_OUT_OF_SEQUENCE: replayed, reordered, or called
 * before the handshake was done; SEC_E_INVALID_TOKEN: no TOKEN, two, no DATA, or a malformed
 * one; SEC_E_BUFFER_TOO_SMALL: nothing was changed; SEC_E_QOP_NOT_SUPPORTED: the context does
 * not grant it; SEC_E_CONTEXT_EXPIRED. */

/* MakeSignature puts the signature of all DATA into TOKEN; READONLY data is signed too. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY MakeSignature(PCtxtHandle phContext, ULONG fQOP,
                                                   PSecBufferDesc pMessage, ULONG MessageSeqNo);

RPCSEC_API SECURITY_STATUS SEC_ENTRY VerifySignature(PCtxtHandle phContext,
                                                     PSecBufferDesc pMessage,
                                                     ULONG MessageSeqNo, ULONG *pfQOP);

/* EncryptMessage encrypts DATA in place; READONLY data is left out. TOKEN's and PADDING's
 * cbBuffer become what was used. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY EncryptMessage(PCtxtHandle phContext, ULONG fQOP,
                                                    PSecBufferDesc pMessage,
                                                    ULONG MessageSeqNo);

/* DecryptMessage decrypts DATA in place, or {STREAM, DATA}: STREAM is a token and the data
 * behind it, and DATA is made to point into it. After a failure DATA holds zeros.
 * **Errors**: also SEC_E_INCOMPLETE_MESSAGE: STREAM ends inside the token. */
RPCSEC_API SECURITY_STATUS SEC_ENTRY DecryptMessage(PCtxtHandle phContext,
                                                    PSecBufferDesc pMessage, ULONG MessageSeqNo,
                                                    ULONG *pfQOP);

/* ---- Beyond SSPI ---- */

/* rpcsec_sspi_last_error gives the details of the last SSPI call of this thread that failed:
 * the Kerberos library's text, the likely cause. Never NULL; its status is OK when none failed.
 * **Ownership**: the thread's, until its next failure. */
RPCSEC_API const struct rpcsec_error *rpcsec_sspi_last_error(void);

#ifdef __cplusplus
}
#endif
#endif
