/* SPDX-License-Identifier: MIT
 *
 * base/limits.h: limits that are not a matter of policy, each with unit and reason. Layer:
 * base.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_PDU_LEN 65535 /* bytes: frag_length is 16 bits wide (C706 12.6.3.1) */
#define LIMIT_MUST_RECV_LEN \
    1432 /* bytes: every implementation takes such fragments (C706 12.6.3.1) */
#define LIMIT_MIN_FRAG_LEN 2048 /* bytes: the least that is negotiated, as Windows does */
#define LIMIT_TCP_FRAG_LEN                                                                   \
    5840 /* bytes: fragments up to here are taken on TCP whatever was negotiated, as Windows \
            does */
#define LIMIT_OPEN_REQUEST_LEN \
    16384 /* bytes: request of an unauthenticated client for an open operation */
#define LIMIT_OPEN_REPLY_LEN \
    65536 /* bytes of [out] arrays that an unauthenticated client may have made ready */
#define LIMIT_ORPHANS         64 /* orphaned calls of a client whose late replies are still known */
#define LIMIT_AUTH3_TOKEN_LEN 4096  /* bytes: what Windows and Samba take in an auth3 */
#define LIMIT_TOKEN_LEN       65536 /* bytes of one security token; a PAC is at most 64 KiB */
#define LIMIT_CONTEXT_ELEMS \
    64 /* presentation contexts offered in one PDU: bounds work before authentication */
#define LIMIT_TRANSFER_SYNTAXES \
    16 /* per offered context: as above; only the first is examined for features */
#define LIMIT_STRANGER_OUTPUT \
    16384 /* bytes of answers that an unauthenticated client has not read: then it waits */
#define LIMIT_OUTPUT_PDU_COST \
    96 /* bytes that a queued PDU takes beside its own: its place in the queue, its block */
#define LIMIT_TRAILER_SEARCH \
    1024 /* bytes at a request's end searched for a verification trailer */
#define LIMIT_CALL_ID_GAP \
    150 /* a stray fragment this little behind is ignored (MS-RPCE 3.3.3.5.6) */
#define LIMIT_TOWER_LEN    2000 /* bytes of a protocol tower (MS-RPCE 2.2.1.2.2) */
#define LIMIT_TOWER_FLOORS 6    /* floors of a protocol tower (MS-RPCE 3.1.3.5.3) */
#define LIMIT_EPM_ENTRIES  4096 /* registrations with one endpoint mapper */
#define LIMIT_EPM_USER_ENTRIES \
    1024 /* of them, those of one user: the other users' are not pushed out */
#define LIMIT_BINDING_LEN 1024 /* bytes of a string binding */
#define LIMIT_SPN_LEN     255  /* bytes of a service principal name */
#define LIMIT_IDENTITY_LEN \
    1024 /* bytes of UTF-8: a user, domain or password; Windows takes 256 characters */
#define LIMIT_PAC_SIDS 4096 /* groups of one client; Windows takes 1,024 */
#define LIMIT_HANDSHAKE_LEGS \
    16 /* token steps of one security context: Kerberos needs 3, SPNEGO up to 6 */
#define LIMIT_SPARE_SEGMENTS \
    2 /* segments that an empty writer keeps: bounds the memory of an idle connection */
#define LIMIT_TRACE_LEN     1024  /* bytes of one trace line */
#define LIMIT_NDR_NESTING   64    /* embedded types inside each other */
#define LIMIT_NDR_REFERENTS 65536 /* pointers of one message */
#define LIMIT_NDR_CHECKS    65536 /* correlations of one message that wait to be checked */
#define LIMIT_SERIAL_LEN    ((size_t)64 << 20) /* bytes of one serialised type */
#define LIMIT_NDR_SLACK \
    1048576 /* bytes for array elements that a size announces and the message does not hold */
#define LIMIT_NDR_OUT_LEN \
    16777216 /* bytes of [out] arrays made ready for one call: a response holds no more */

#endif
