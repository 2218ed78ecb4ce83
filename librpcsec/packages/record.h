/* SPDX-License-Identifier: MIT
 *
 * packages/record.h: how the messages of an established context are protected. Layer: packages.
 * Documents: RFC 4121 4.2, MS-KILE 3.4.5.
 *
 * One interface, so that another protector can take the place of GSS-API's own. A protector
 * without session_key borrows the GSS context, which outlives it. One user at a time.
 */
#ifndef PACKAGES_RECORD_H
#define PACKAGES_RECORD_H

#include <gssapi/gssapi.h>

#include "packages/package.h"

/* Buffers of one message. */
#define RECORD_MAX_BUFFERS 16

struct record;

/* A finished context. */
struct record_source {
    gss_ctx_id_t gss;
    OM_uint32 flags; /* GSS_C_..., as they were granted */
    bool verified;   /* GSS-API verified a mechListMIC: a message of the peer has its number */
};

struct record_ops {
    const char *name;
    RPCSEC_MUST_USE rpcsec_status (*make)(const struct record_source *source,
                                          struct record **ret_record);
    void (*free)(struct record *record);
    void (*sizes)(const struct record *record, struct pkg_sizes *ret_sizes);
    /* How many of the len bytes are a peer's token of wrap, by what it says itself. */
    size_t (*wrap_token_len)(const struct record *record, const uint8_t *token, size_t len);
    /* As in struct pkg_ops. A failed unwrap leaves no plaintext: data buffers are wiped. */
    rpcsec_status (*wrap)(struct record *record, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len);
    rpcsec_status (*unwrap)(struct record *record, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len);
    rpcsec_status (*mic)(struct record *record, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len);
    rpcsec_status (*verify)(struct record *record, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len);
    /* Messages in the form of wrap that are signed and not encrypted: what SSPI offers beside
     * (SECQOP_WRAP_NO_ENCRYPT). The token has mic_len bytes, a head and a checksum. */
    rpcsec_status (*wrap_clear)(struct record *record, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len);
    rpcsec_status (*unwrap_clear)(struct record *record, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len);
    /* The key that protects messages and its enctype, for who asks for the session key: such a
     * protector needs the GSS context no more. NULL: it lies on the GSS context. */
    const uint8_t *(*session_key)(const struct record *record, size_t *ret_len,
                                  int32_t *ret_enctype);
    /* The numbers of the next message each way, for contexts that go to another process. NULL:
     * the GSS context counts. */
    void (*get_sequence)(const struct record *record, uint64_t *ret_send,
                         uint64_t *ret_receive);
    void (*set_sequence)(struct record *record, uint64_t send, uint64_t receive);
};

/* The reference: gss_wrap_iov and gss_get_mic_iov. */
extern const struct record_ops record_gss;
/* On libcrypto, with the keys of the GSS context; AES only. */
extern const struct record_ops record_krb5fast;

/* Makes the record protector of a finished context: krb5fast, where it passes its self-test and
 * can serve the context, else gss. RPCSEC_RECORD=gss or =fast in the environment allows the one
 * only. */
RPCSEC_MUST_USE rpcsec_status record_choose(const struct record_source *source,
                                            const struct record_ops **ret_ops,
                                            struct record **ret_record);

#endif
