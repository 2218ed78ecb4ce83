/* SPDX-License-Identifier: MIT
 *
 * onc/engine/message.h: the headers of ONC RPC calls and replies. Layer: onc/engine. Document:
 * RFC 5531 9.
 *
 * Pure: bytes in, values out, and back. Opaque fields point into what was decoded.
 */
#ifndef ONC_ENGINE_MESSAGE_H
#define ONC_ENGINE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#include "base/buffer.h"
#include "base/cursor.h"

#define ONC_RPC_VERSION 2

/* Bytes of a credential's or verifier's body (RFC 5531 8.2). */
#define ONC_MAX_AUTH_LEN 400

enum onc_flavor {
    ONC_AUTH_NONE = 0,
    ONC_AUTH_SYS = 1,
    ONC_RPCSEC_GSS = 6,
};

/* RFC 5531 9, RFC 2203 4. */
enum onc_auth_stat {
    ONC_AUTH_OK = 0,
    ONC_AUTH_BADCRED = 1,
    ONC_AUTH_REJECTEDCRED = 2,
    ONC_AUTH_BADVERF = 3,
    ONC_AUTH_REJECTEDVERF = 4,
    ONC_AUTH_TOOWEAK = 5,
    ONC_AUTH_INVALIDRESP = 6,
    ONC_AUTH_FAILED = 7,
    ONC_GSS_CREDPROBLEM = 13,
    ONC_GSS_CTXPROBLEM = 14,
};

enum onc_accept_stat {
    ONC_SUCCESS = 0,
    ONC_PROG_UNAVAIL = 1,
    ONC_PROG_MISMATCH = 2,
    ONC_PROC_UNAVAIL = 3,
    ONC_GARBAGE_ARGS = 4,
    ONC_SYSTEM_ERR = 5,
};

/* RFC 5531 8.2: struct opaque_auth. */
struct onc_auth {
    uint32_t flavor;
    const uint8_t *body;
    size_t len;
};

struct onc_call {
    uint32_t xid;
    uint32_t prog;
    uint32_t vers;
    uint32_t proc;
    struct onc_auth cred;
    struct onc_auth verf;
    size_t header_len;  /* up to the credential's end: what the verifier covers */
    size_t body_offset; /* of the arguments */
};

struct onc_reply {
    uint32_t xid;
    bool denied;
    uint32_t stat; /* onc_accept_stat; when denied 0 RPC_MISMATCH, 1 AUTH_ERROR */
    uint32_t auth_stat;
    uint32_t low; /* PROG_MISMATCH and RPC_MISMATCH */
    uint32_t high;
    struct onc_auth verf; /* accepted ones only */
    size_t body_offset;   /* of the results */
};

/* An XDR opaque of at most max bytes, in place (RFC 4506 4.10); NULL after an error. Padding
 * must be zero. */
const uint8_t *onc_opaque(struct cur *c, size_t max, size_t *ret_len);
void onc_put_opaque(struct buf *out, const void *data, size_t len);

/* UNSUPPORTED: another version of RPC; ret_call then has the xid alone. */
RPCSEC_MUST_USE rpcsec_status onc_call_decode(const uint8_t *record, size_t len,
                                              struct onc_call *ret_call);
/* The header up to the procedure; credential and verifier follow. */
void onc_call_put(struct buf *out, uint32_t xid, uint32_t prog, uint32_t vers, uint32_t proc);
void onc_auth_put(struct buf *out, const struct onc_auth *auth);

RPCSEC_MUST_USE rpcsec_status onc_reply_decode(const uint8_t *record, size_t len,
                                               struct onc_reply *ret_reply);
/* The header of an accepted reply; results follow, or for PROG_MISMATCH low and high. */
void onc_accepted_put(struct buf *out, uint32_t xid, const struct onc_auth *verf,
                      enum onc_accept_stat stat);
/* Whole replies. */
void onc_denied_put(struct buf *out, uint32_t xid, enum onc_auth_stat why);
void onc_mismatch_put(struct buf *out, uint32_t xid);

/* "RPCSEC_GSS_CREDPROBLEM", or "unknown". */
const char *onc_auth_stat_name(uint32_t stat);
/* "PROC_UNAVAIL", or "unknown". */
const char *onc_accept_stat_name(uint32_t stat);

#endif
