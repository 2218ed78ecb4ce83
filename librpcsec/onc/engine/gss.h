/* SPDX-License-Identifier: MIT
 *
 * onc/engine/gss.h: what RPCSEC_GSS version 1 puts into calls and replies. Layer: onc/engine.
 * Document: RFC 2203 5.
 *
 * Pure, but for the security context that signs and seals. A context has one user at a time
 * (sspi/context.h): who shares one among threads locks around these calls.
 */
#ifndef ONC_ENGINE_GSS_H
#define ONC_ENGINE_GSS_H

#include "onc/engine/message.h"
#include "sspi/context.h"

#define ONC_GSS_VERSION 1
/* Sequence numbers are below it (RFC 2203 5.3.3.1). */
#define ONC_MAXSEQ 0x80000000u

/* RFC 2203 5: rpc_gss_proc_t. */
enum onc_gss_proc {
    ONC_GSS_DATA = 0,
    ONC_GSS_INIT = 1,
    ONC_GSS_CONTINUE_INIT = 2,
    ONC_GSS_DESTROY = 3,
};

/* RFC 2203 5: rpc_gss_service_t. */
enum onc_service {
    ONC_SERVICE_NONE = 1,
    ONC_SERVICE_INTEGRITY = 2,
    ONC_SERVICE_PRIVACY = 3,
};

struct onc_gss_cred {
    enum onc_gss_proc proc;
    uint32_t seq;
    enum onc_service service;
    const uint8_t *handle;
    size_t handle_len;
};

/* RFC 2203 5.2.3.1: rpc_gss_init_res. */
struct onc_init_result {
    const uint8_t *handle;
    size_t handle_len;
    uint32_t major;
    uint32_t minor;
    uint32_t window;
    const uint8_t *token;
    size_t token_len;
};

/* ---- gss.c ---- */

/* A service as a level and back: connect, integrity, privacy. 0: no service has that level. */
enum rpcsec_level onc_level_of(enum onc_service service);
enum onc_service onc_service_of(enum rpcsec_level level);

/* The body of a credential. UNSUPPORTED: another version of RPCSEC_GSS. */
RPCSEC_MUST_USE rpcsec_status onc_gss_cred_decode(const struct onc_auth *cred,
                                                  struct onc_gss_cred *ret_cred);
/* Flavour, length and body. */
void onc_gss_cred_put(struct buf *out, const struct onc_gss_cred *cred);

/* The arguments of INIT and CONTINUE_INIT: one token (RFC 2203 5.2.2). */
RPCSEC_MUST_USE rpcsec_status onc_init_args_decode(const uint8_t *body, size_t len,
                                                   const uint8_t **ret_token,
                                                   size_t *ret_token_len);
RPCSEC_MUST_USE rpcsec_status onc_init_result_decode(const uint8_t *body, size_t len,
                                                     struct onc_init_result *ret_result);
void onc_init_result_put(struct buf *out, const struct onc_init_result *result);

/* ---- protect.c ---- */

/* Appends a verifier: flavour, length and MIC of `data` (RFC 2203 5.3.1). */
RPCSEC_MUST_USE rpcsec_status onc_verf_put(struct buf *out, struct sspi_ctx *ctx,
                                           const uint8_t *data, size_t len);
/* The same over one number in network order: a reply's sequence number or window. */
RPCSEC_MUST_USE rpcsec_status onc_verf_put_number(struct buf *out, struct sspi_ctx *ctx,
                                                  uint32_t number);
/* BAD_SIGNATURE, CONTEXT_EXPIRED; BAD_TOKEN: it is no verifier of RPCSEC_GSS. */
RPCSEC_MUST_USE rpcsec_status onc_verf_check(struct sspi_ctx *ctx, const struct onc_auth *verf,
                                             const uint8_t *data, size_t len);
RPCSEC_MUST_USE rpcsec_status onc_verf_check_number(struct sspi_ctx *ctx,
                                                    const struct onc_auth *verf,
                                                    uint32_t number);

/* A body in the making: what was appended between begin and end is protected where it stands
 * (RFC 2203 5.3.2). */
struct onc_body {
    enum onc_service service;
    size_t start; /* in the buffer */
    size_t seq_at;
};

void onc_body_begin(struct onc_body *body, struct buf *out, enum onc_service service,
                    const struct sspi_ctx *ctx, uint32_t seq);
/* Another sequence number than was known at the beginning. */
void onc_body_set_seq(const struct onc_body *body, struct buf *out, uint32_t seq);
/* On failure no plaintext is left behind the body's start. */
RPCSEC_MUST_USE rpcsec_status onc_body_end(const struct onc_body *body, struct buf *out,
                                           struct sspi_ctx *ctx);

/* Verifies or unseals a body in place; what is left are the arguments or results. The inner
 * sequence number must be `seq`, also where there is nothing behind it. BAD_SIGNATURE,
 * OUT_OF_SEQUENCE, TRUNCATED, TRAILING_DATA, BAD_FORMAT. */
RPCSEC_MUST_USE rpcsec_status onc_body_open(uint8_t *body, size_t len, enum onc_service service,
                                            struct sspi_ctx *ctx, uint32_t seq,
                                            uint8_t **ret_data, size_t *ret_len);

#endif
