/* SPDX-License-Identifier: MIT
 *
 * sspi/context.h: credentials and contexts as the layers above use them. Layer: sspi.
 *
 * The public SSPI calls resolve a handle to one of these objects; sec/ and onc/ keep the object
 * and skip the table. This is also where policy's demands on a context are checked, and where
 * struct rpcsec_peer is built.
 */
#ifndef SSPI_CONTEXT_H
#define SSPI_CONTEXT_H

#include "base/policy.h"
#include "packages/package.h"

/* A credential. **Threads**: may be shared once acquired. */
struct sspi_cred;

/* A context. **Threads**: one user at a time, also for messages: MIT's keys remember what they
 * derive without a lock, so one thread may not seal while another opens. */
struct sspi_ctx;

/* The package behind a mechanism or an auth type; NULL when there is none. */
const struct pkg_ops *sspi_package(enum rpcsec_mechanism mechanism);
const struct pkg_ops *sspi_package_by_auth_type(uint8_t auth_type);
/* By SSPI name, compared without case; and by index, for enumerating. NULL: none. */
const struct pkg_ops *sspi_package_by_name(const char *name);
const struct pkg_ops *sspi_package_at(size_t index);
/* The package that a client's first token is for. */
const struct pkg_ops *sspi_package_of_token(const uint8_t *token, size_t token_len);

RPCSEC_MUST_USE rpcsec_status sspi_cred_acquire(const struct pkg_ops *ops,
                                                const struct pkg_cred_params *params,
                                                struct sspi_cred **ret_cred,
                                                struct rpcsec_error *err);
const struct pkg_ops *sspi_cred_package(const struct sspi_cred *cred);
struct sspi_cred *sspi_cred_ref(struct sspi_cred *cred);
void sspi_cred_unref(struct sspi_cred *cred);

/* The default name, from base/alloc.h. NOT_FOUND: it has none. */
RPCSEC_MUST_USE rpcsec_status sspi_cred_name(struct sspi_cred *cred, bool outbound,
                                             char **ret_name, struct rpcsec_error *err);

struct sspi_ctx_params {
    const struct rpcsec_policy *policy; /* frozen; NULL: any service principal is accepted */
    const char *target;                 /* initiator */
    enum rpcsec_level level;            /* decides the flags that are asked and required */
    bool initiator;
    /* Neither DCE style nor replay and sequence detection are asked for: RPCSEC_GSS counts its
     * messages itself and takes them in any order (RFC 2203 5.3.3.1). An acceptor then requires
     * no more than integrity: the level is a matter of each message. */
    bool plain;
    /* For the public calls, with level DEFAULT: the flags to ask (ISC_REQ_...). Nothing but an
     * AES enctype is required then; their caller looks at the flags. */
    uint32_t flags;
    const struct pkg_bindings *bindings; /* copied; NULL: none */
    bool bindings_required;              /* acceptor: clients must have sent them */
};

/* Makes a context that has taken no step. It holds a reference on the credential. */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_new(struct sspi_cred *cred,
                                           const struct sspi_ctx_params *params,
                                           struct sspi_ctx **ret_ctx, struct rpcsec_error *err);
void sspi_ctx_free(struct sspi_ctx *ctx);
/* Done: gives back what only its export needs, which is UNSUPPORTED then. */
void sspi_ctx_lighten(struct sspi_ctx *ctx);

/* Takes one step. May block on a KDC or a file. But for plain contexts, DCE style, mutual
 * authentication, replay and sequence detection are always asked for and required; integrity
 * from level packet, confidentiality at privacy only. When the context is done the flags, the
 * enctype (AES only) and the target (accepted SPNs) are checked: POLICY_REFUSED, BAD_ENCTYPE,
 * MUTUAL_AUTH_FAILED. More than LIMIT_HANDSHAKE_LEGS steps is PROTOCOL_ERROR. After a failure
 * the context is dead.
 */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_step(struct sspi_ctx *ctx, const uint8_t *token,
                                            size_t token_len, struct buf *ret_token,
                                            bool *ret_done, struct rpcsec_error *err);

/* Acceptor: true when the next step cannot block. */
bool sspi_ctx_is_quick(const struct sspi_ctx *ctx);
/* Initiator, done: true when the acceptor's token is a last word that changes nothing, as
 * SPNEGO's accept-completed is after both sides have verified the mechListMIC. */
bool sspi_ctx_is_last_word(const struct sspi_ctx *ctx, const uint8_t *token, size_t token_len);

bool sspi_ctx_is_initiator(const struct sspi_ctx *ctx);
bool sspi_ctx_is_done(const struct sspi_ctx *ctx);
const struct pkg_ops *sspi_ctx_package(const struct sspi_ctx *ctx);
uint32_t sspi_ctx_flags_asked(const struct sspi_ctx *ctx);
/* Valid once done. Strings live as long as the context. `address` is left empty. */
const struct rpcsec_peer *sspi_ctx_peer(const struct sspi_ctx *ctx);
/* Keeps the SIDs that a peer points to, for who needs them longer than the context lives. NULL:
 * there are none, which may be given back as well. */
struct pac *sspi_ctx_pac_ref(const struct sspi_ctx *ctx);
void sspi_pac_unref(struct pac *pac);
const struct pkg_info *sspi_ctx_info(const struct sspi_ctx *ctx);
const struct pkg_sizes *sspi_ctx_sizes(const struct sspi_ctx *ctx);

/* The session key, for the caller to wipe. INVALID_STATE before the context is done. */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_session_key(struct sspi_ctx *ctx, struct buf *ret_key);

/* Acceptor, done: the credential that the client delegated, handed over; NOT_FOUND: none. */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_take_delegated(struct sspi_ctx *ctx,
                                                      struct sspi_cred **ret_cred);
/* A finished context as bytes that hold keys, and back. UNSUPPORTED, INVALID_STATE, BAD_TOKEN.
 */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_export(struct sspi_ctx *ctx, struct buf *out);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_import(const struct pkg_ops *ops, const uint8_t *bytes,
                                              size_t len, struct sspi_ctx **ret_ctx,
                                              struct rpcsec_error *err);

/* Record protection, as in struct pkg_ops. INVALID_STATE before the context is done,
 * UNSUPPORTED when the flags of the context do not grant it; CONTEXT_EXPIRED after its time is
 * the package's verdict. */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_wrap(struct sspi_ctx *ctx, struct pkg_buffer *buffers,
                                            size_t num, uint8_t *token, size_t token_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_unwrap(struct sspi_ctx *ctx, struct pkg_buffer *buffers,
                                              size_t num, uint8_t *token, size_t token_len);
/* How many of the len bytes at `token` are a peer's token of wrap. Once done. */
size_t sspi_ctx_wrap_token_len(const struct sspi_ctx *ctx, const uint8_t *token, size_t len);
/* A whole token of gss_wrap in one place: the data stands behind wrap_len bytes of room (see
 * sspi_ctx_sizes), and is encrypted there. */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_seal(struct sspi_ctx *ctx, uint8_t *token, size_t len);
/* And back, in place, whichever way the peer has rotated it (RFC 4121 4.2.5). */
RPCSEC_MUST_USE rpcsec_status sspi_ctx_open(struct sspi_ctx *ctx, uint8_t *token, size_t len,
                                            uint8_t **ret_data, size_t *ret_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_mic(struct sspi_ctx *ctx,
                                           const struct pkg_buffer *buffers, size_t num,
                                           uint8_t *token, size_t token_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_verify(struct sspi_ctx *ctx,
                                              const struct pkg_buffer *buffers, size_t num,
                                              const uint8_t *token, size_t token_len);

/* Messages that are signed and not encrypted, in the form of wrap: UNSUPPORTED where the
 * package has none, or the context grants no integrity. */
bool sspi_ctx_is_clear(const struct sspi_ctx *ctx, const uint8_t *token, size_t len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_clear_len(struct sspi_ctx *ctx, size_t *ret_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_wrap_clear(struct sspi_ctx *ctx,
                                                  struct pkg_buffer *buffers, size_t num,
                                                  uint8_t *token, size_t token_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_unwrap_clear(struct sspi_ctx *ctx,
                                                    struct pkg_buffer *buffers, size_t num,
                                                    uint8_t *token, size_t token_len);
RPCSEC_MUST_USE rpcsec_status sspi_ctx_open_clear(struct sspi_ctx *ctx, uint8_t *stream,
                                                  size_t len, uint8_t **ret_data,
                                                  size_t *ret_len);

#endif
