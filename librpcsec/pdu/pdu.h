/* SPDX-License-Identifier: MIT
 *
 * pdu/pdu.h: the codec of the connection-oriented PDUs. Layer: pdu.
 * Documents: C706 12.6, MS-RPCE 2.2.2. Pure: no state, no I/O, no security calls.
 *
 * Decoders take a whole PDU, whose header was decoded and whose length is frag_len; what they
 * give points into it. Encoders write in the order that the header or the buffer names.
 */
#ifndef PDU_PDU_H
#define PDU_PDU_H

#include <rpcsec/dcerpc.h>

#include "base/buffer.h"
#include "base/cursor.h"
#include "base/limits.h"

/* C706 12.6.4, MS-RPCE 2.2.2.5..2.2.2.8 */
enum pdu_type {
    PDU_REQUEST = 0,
    PDU_RESPONSE = 2,
    PDU_FAULT = 3,
    PDU_BIND = 11,
    PDU_BIND_ACK = 12,
    PDU_BIND_NAK = 13,
    PDU_ALTER_CONTEXT = 14,
    PDU_ALTER_CONTEXT_RESP = 15,
    PDU_AUTH3 = 16,
    PDU_SHUTDOWN = 17,
    PDU_CO_CANCEL = 18,
    PDU_ORPHANED = 19,
};

/* C706 12.6.3.1 (PFC_...), MS-RPCE 2.2.2.3 */
enum pdu_flags {
    PDU_FIRST_FRAG = 0x01,
    PDU_LAST_FRAG = 0x02,
    PDU_HEADER_SIGN = 0x04,    /* in bind, alter_context and their answers */
    PDU_PENDING_CANCEL = 0x04, /* in request, response, fault */
    PDU_RESERVED = 0x08,       /* ignored on receipt */
    PDU_CONC_MPX = 0x10,
    PDU_DID_NOT_EXECUTE = 0x20,
    PDU_MAYBE = 0x40,
    PDU_OBJECT_UUID = 0x80,
};

#define PDU_HEADER_LEN         16
#define PDU_TRAILER_LEN        8
#define PDU_REQUEST_LEN        24 /* header and fixed body; + 16 with an object UUID */
#define PDU_REQUEST_OBJECT_LEN 40
#define PDU_RESPONSE_LEN       24
#define PDU_FAULT_LEN          32
#define PDU_AUTH3_LEN          20 /* four ignored bytes stand before the trailer */

struct pdu_header {
    uint8_t type;
    uint8_t flags;
    bool big_endian; /* drep[0] bit 4 clear */
    uint16_t frag_len;
    uint16_t auth_len;
    uint32_t call_id;
};

/* The first 16 bytes of a PDU. Refuses: version, drep other than ASCII / IEEE, auth_len or
 * frag_len that cannot be (facts: C706 12.6.3.1, MS-RPCE 2.2.2.11). BAD_FORMAT then. */
RPCSEC_MUST_USE rpcsec_status pdu_header_decode(const uint8_t data[PDU_HEADER_LEN],
                                                struct pdu_header *ret_header);
/* Stores a header in the order that it names. */
void pdu_header_store(uint8_t at[PDU_HEADER_LEN], const struct pdu_header *header);

/* MS-RPCE 2.2.2.11: the auth trailer, found only from the PDU's end. */
struct pdu_trailer {
    uint8_t type; /* 9 SPNEGO, 10 NTLM, 16 Kerberos */
    uint8_t level;
    uint8_t pad_len;
    uint32_t context_id;
    size_t offset; /* of the trailer in the PDU */
    const uint8_t *token;
    size_t token_len;
};

/* header->auth_len == 0 gives NOT_FOUND (an alter_context_resp may still carry 8 stray bytes,
 * which are no trailer). A trailer whose offset is no multiple of 4, or whose padding is longer
 * than the body before it (which begins at body_offset), is BAD_FORMAT. */
RPCSEC_MUST_USE rpcsec_status pdu_trailer_decode(const uint8_t *pdu,
                                                 const struct pdu_header *header,
                                                 size_t body_offset,
                                                 struct pdu_trailer *ret_trailer);
void pdu_trailer_store(uint8_t at[PDU_TRAILER_LEN], const struct pdu_trailer *trailer,
                       bool big_endian);

/* ---- bind, alter_context ---- */

struct pdu_context_elem {
    uint16_t context_id;
    struct rpcsec_syntax abstract;
    uint16_t num_transfers;
    struct rpcsec_syntax transfers[LIMIT_TRANSFER_SYNTAXES];
};

struct pdu_bind {
    uint16_t max_xmit;
    uint16_t max_recv;
    uint32_t group_id;
    uint16_t num_contexts;
    struct pdu_context_elem *contexts; /* in memory of the caller */
};

/* Decodes bind and alter_context. `contexts` has room for `max` elements; more offered is
 * LIMIT, as are more transfer syntaxes than an element holds; no context at all is BAD_FORMAT.
 * An element without a transfer syntax is given as it is. On failure what `contexts` holds has
 * no meaning. Bytes between the list and the auth trailer are let be: Windows leaves a gap
 * there. */
RPCSEC_MUST_USE rpcsec_status pdu_bind_decode(const uint8_t *pdu,
                                              const struct pdu_header *header,
                                              struct pdu_context_elem *contexts, size_t max,
                                              struct pdu_bind *ret_bind);
/* Encodes the body behind a header that the caller completes: appends body only. More contexts
 * or transfer syntaxes than fit are INVALID_ARGUMENT of the buffer. */
void pdu_bind_encode(struct buf *out, const struct pdu_bind *bind);

/* C706 12.6.3.1 p_cont_def_result_t, MS-RPCE 2.2.2.4 */
enum pdu_result {
    PDU_RESULT_ACCEPTANCE = 0,
    PDU_RESULT_USER_REJECTION = 1,
    PDU_RESULT_PROVIDER_REJECTION = 2,
    PDU_RESULT_NEGOTIATE_ACK = 3,
};
enum pdu_reason {
    PDU_REASON_NOT_SPECIFIED = 0,
    PDU_REASON_ABSTRACT_SYNTAX = 1,
    PDU_REASON_TRANSFER_SYNTAX = 2,
    PDU_REASON_LOCAL_LIMIT = 3,
};

struct pdu_context_result {
    uint16_t result;
    uint16_t reason; /* or the feature mask when result is NEGOTIATE_ACK */
    struct rpcsec_syntax transfer;
};

struct pdu_bind_ack {
    uint16_t max_xmit;
    uint16_t max_recv;
    uint32_t group_id;
    char secondary_address[64]; /* cleaned text; "" when none */
    uint16_t num_results;
    struct pdu_context_result *results;
};

/* bind_ack and alter_context_resp; limits as for a bind. Eight bytes behind the results, with
 * auth_len 0, are the trailer of an empty token: accepted, and without meaning. */
RPCSEC_MUST_USE rpcsec_status pdu_bind_ack_decode(const uint8_t *pdu,
                                                  const struct pdu_header *header,
                                                  struct pdu_context_result *results,
                                                  size_t max, struct pdu_bind_ack *ret_ack);
void pdu_bind_ack_encode(struct buf *out, const struct pdu_bind_ack *ack);

/* C706 12.6.3.1 p_reject_reason_t, MS-RPCE 2.2.2.5 */
enum pdu_nak_reason {
    PDU_NAK_NOT_SPECIFIED = 0,
    PDU_NAK_CONGESTION = 1,
    PDU_NAK_LOCAL_LIMIT = 2,
    PDU_NAK_VERSION = 4,
    PDU_NAK_AUTH_TYPE = 8,
    PDU_NAK_INVALID_CHECKSUM = 9,
};
RPCSEC_MUST_USE rpcsec_status pdu_bind_nak_decode(const uint8_t *pdu,
                                                  const struct pdu_header *header,
                                                  uint16_t *ret_reason);
void pdu_bind_nak_encode(struct buf *out, uint16_t reason);

/* MS-RPCE 2.2.2.14: bind-time features travel as a transfer syntax. Gives true and the mask
 * when the syntax is one. */
bool pdu_is_feature_syntax(const struct rpcsec_syntax *syntax, uint16_t *ret_mask);
struct rpcsec_syntax pdu_feature_syntax(uint16_t mask);
#define PDU_FEATURE_SECURITY_CONTEXTS 0x0001
#define PDU_FEATURE_KEEP_ON_ORPHAN    0x0002

/* ---- request, response, fault ---- */

struct pdu_request {
    uint32_t alloc_hint;
    uint16_t context_id;
    uint16_t opnum;
    bool has_object;
    struct rpcsec_uuid object;
    size_t body_offset; /* 24 or 40 */
};
RPCSEC_MUST_USE rpcsec_status pdu_request_decode(const uint8_t *pdu,
                                                 const struct pdu_header *header,
                                                 struct pdu_request *ret_request);
/* Stores the 24 or 40 bytes before the stub; frag_len and auth_len are the header's, the flag
 * OBJECT_UUID is has_object's. */
void pdu_request_store(uint8_t *at, const struct pdu_header *header,
                       const struct pdu_request *request);

struct pdu_response {
    uint32_t alloc_hint;
    uint16_t context_id;
    uint8_t cancel_count;
};
RPCSEC_MUST_USE rpcsec_status pdu_response_decode(const uint8_t *pdu,
                                                  const struct pdu_header *header,
                                                  struct pdu_response *ret_response);
void pdu_response_store(uint8_t at[PDU_RESPONSE_LEN], const struct pdu_header *header,
                        const struct pdu_response *response);

struct pdu_fault {
    uint32_t alloc_hint;
    uint16_t context_id;
    uint8_t cancel_count;
    uint8_t flags; /* bit 0: extended error information follows */
    uint32_t status;
};
RPCSEC_MUST_USE rpcsec_status pdu_fault_decode(const uint8_t *pdu,
                                               const struct pdu_header *header,
                                               struct pdu_fault *ret_fault);
void pdu_fault_store(uint8_t at[PDU_FAULT_LEN], const struct pdu_header *header,
                     const struct pdu_fault *fault);

/* X(name, value): C706 appendix E, MS-RPCE 2.2.2.5, MS-ERREF 2.2 */
#define PDU_FAULT_LIST(X)           \
    X(OTHER, 0x00000001)            \
    X(ACCESS_DENIED, 0x00000005)    \
    X(NO_CALL_ACTIVE, 0x000006BD)   \
    X(CANT_PERFORM_OP, 0x000006D8)  \
    X(BAD_STUB_DATA, 0x000006F7)    \
    X(SEC_PKG_ERROR, 0x00000721)    \
    X(COMM_FAILURE, 0x1C010001)     \
    X(OP_RNG_ERROR, 0x1C010002)     \
    X(UNK_IF, 0x1C010003)           \
    X(PROTO_ERROR, 0x1C01000B)      \
    X(OUT_ARGS_TOO_BIG, 0x1C010013) \
    X(SERVER_TOO_BUSY, 0x1C010014)  \
    X(CONTEXT_MISMATCH, 0x1C00001A) \
    X(REMOTE_NO_MEMORY, 0x1C00001B) \
    X(INVALID_TAG, 0x1C000006)      \
    X(INVALID_BOUND, 0x1C000007)    \
    X(CANCEL, 0x1C00000D)           \
    X(UNSPEC, 0x1C000012)
enum pdu_fault_status {
#define X(name, value) PDU_FAULT_##name = value,
    PDU_FAULT_LIST(X)
#undef X
};

/* ---- verification trailer, MS-RPCE 2.2.2.13; always little-endian ---- */

struct pdu_verification {
    bool has_bitmask;
    uint32_t bitmask; /* bit 0: the client can sign headers */
    bool has_pcontext;
    struct rpcsec_syntax interface;
    struct rpcsec_syntax transfer;
    bool has_header2;
    uint8_t header2_type;
    bool header2_big_endian;
    uint32_t header2_call_id;
    uint16_t header2_context_id;
    uint16_t header2_opnum;
};

/* Looks for a trailer in the last LIMIT_TRAILER_SEARCH bytes of a request's stub, from its end,
 * at multiples of 4. NOT_FOUND when there is none, also when one is well formed but does not
 * reach to the end: that is data. BAD_FORMAT when one is malformed, has commands that must be
 * processed and are unknown, or has one command twice. *ret_stub_len: the stub without it. */
RPCSEC_MUST_USE rpcsec_status pdu_verification_find(const uint8_t *stub, size_t len,
                                                    struct pdu_verification *ret_trailer,
                                                    size_t *ret_stub_len);
/* The trailer's bytes, to be placed 4-aligned behind the stub. One without a command is
 * INVALID_ARGUMENT of the buffer. */
void pdu_verification_encode(struct buf *out, const struct pdu_verification *trailer);

/* ---- names, for traces and messages ---- */
const char *pdu_type_name(uint32_t type);
const char *pdu_fault_name(uint32_t status);
const char *pdu_nak_reason_name(uint32_t reason);

#endif
