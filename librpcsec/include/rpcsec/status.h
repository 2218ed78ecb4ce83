/* SPDX-License-Identifier: MIT
 *
 * rpcsec/status.h: every status that a function of this library returns.
 *
 * One list makes the enum, the texts and the manual page. Values never change and are never
 * used again; new ones are added at the end.
 */
#ifndef RPCSEC_STATUS_H
#define RPCSEC_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#define RPCSEC_API      __attribute__((visibility("default")))
#define RPCSEC_MUST_USE __attribute__((warn_unused_result))

/* X(name, value, text) */
#define RPCSEC_STATUS_LIST(X)                                          \
    X(OK, 0, "success")                                                \
    X(NO_MEMORY, 1, "out of memory")                                   \
    X(INVALID_ARGUMENT, 2, "an argument is not valid")                 \
    X(INVALID_STATE, 3, "the call is not allowed in this state")       \
    X(UNSUPPORTED, 4, "not supported")                                 \
    X(LIMIT, 5, "a limit was reached")                                 \
    X(TRUNCATED, 6, "the data ends too early")                         \
    X(BAD_FORMAT, 7, "the data is malformed")                          \
    X(TRAILING_DATA, 8, "there is data after the end")                 \
    X(BAD_STUB, 9, "the stub data does not fit the operation")         \
    X(OUT_OF_RANGE, 10, "a value is out of its range")                 \
    X(BAD_BINDING, 11, "the string binding is not valid")              \
    X(HOST_NOT_FOUND, 12, "no such host")                              \
    X(CONNECTION_REFUSED, 13, "nobody listens at the address")         \
    X(CONNECT_FAILED, 14, "cannot connect")                            \
    X(TIMED_OUT, 15, "the deadline passed")                            \
    X(CONNECTION_LOST, 16, "the connection was lost")                  \
    X(PROTOCOL_ERROR, 17, "the peer broke the protocol")               \
    X(BIND_REJECTED, 18, "the server rejected the bind")               \
    X(NO_CREDENTIALS, 19, "there are no credentials")                  \
    X(CREDENTIALS_EXPIRED, 20, "the credentials have expired")         \
    X(TARGET_UNKNOWN, 21, "the service principal is unknown")          \
    X(NO_KDC, 22, "no KDC can be reached")                             \
    X(TIME_SKEW, 23, "the clocks differ too much")                     \
    X(WRONG_PRINCIPAL, 24, "the server is not the expected principal") \
    X(LOGON_DENIED, 25, "the logon was denied")                        \
    X(BAD_TOKEN, 26, "the security token is not valid")                \
    X(NO_KEY, 27, "there is no key for the ticket")                    \
    X(BAD_SIGNATURE, 28, "a message was altered")                      \
    X(OUT_OF_SEQUENCE, 29, "a message is out of sequence")             \
    X(CONTEXT_EXPIRED, 30, "the security context has expired")         \
    X(POLICY_REFUSED, 31, "policy refuses it")                         \
    X(MUTUAL_AUTH_FAILED, 32, "mutual authentication failed")          \
    X(SECURITY_FAILURE, 33, "the security package failed")             \
    X(REMOTE_FAULT, 34, "the server answered with a fault")            \
    X(ACCESS_DENIED, 35, "access denied")                              \
    X(UNKNOWN_INTERFACE, 36, "the interface is unknown")               \
    X(UNKNOWN_OPERATION, 37, "the operation number is out of range")   \
    X(CANCELLED, 38, "the call was cancelled")                         \
    X(CLOSED, 39, "it is closed")                                      \
    X(INTERNAL, 40, "internal error")                                  \
    X(SYSTEM, 41, "the operating system refused")                      \
    X(NOT_FOUND, 42, "not found")                                      \
    X(BUFFER_TOO_SMALL, 43, "the buffer is too small")                 \
    X(BAD_ENCTYPE, 44, "no common encryption type")                    \
    X(CONTEXT_MISMATCH, 45, "the context handle is not valid here")    \
    X(BAD_BINDINGS, 46, "the channel bindings differ")

typedef enum rpcsec_status {
#define X(name, value, text) RPCSEC_##name = value,
    RPCSEC_STATUS_LIST(X)
#undef X
} rpcsec_status;

/* rpcsec_status_text gives the sentence of a status, in English, in static storage. An unknown
 * value gives "unknown status". */
RPCSEC_API const char *rpcsec_status_text(rpcsec_status status);

/* rpcsec_status_name gives the name of a status without its prefix, for example "NO_MEMORY". */
RPCSEC_API const char *rpcsec_status_name(rpcsec_status status);

#ifdef __cplusplus
}
#endif
#endif
