/* SPDX-License-Identifier: MIT
 *
 * packages/package.h: what a security package is to the layers above. Layer: packages.
 *
 * Kerberos, Negotiate, NTLM and the tests' fake package stand behind this one table. Flag words
 * are those of SSPI (ISC_REQ_..., <rpcsec/sspi.h>); the acceptor's are translated to them.
 */
#ifndef PACKAGES_PACKAGE_H
#define PACKAGES_PACKAGE_H

#include <rpcsec/rpcsec.h>
#include <rpcsec/sspi.h>

#include "base/buffer.h"
#include "packages/identity.h"
#include "packages/pac.h"

struct pkg_cred; /* a package's own */
struct pkg_ctx;

struct pkg_cred_params {
    bool inbound;
    bool outbound;
    const char *principal;     /* NULL: the default */
    const char *keytab;        /* inbound; NULL: the default */
    const char *ccache;        /* outbound; NULL: the default */
    const char *client_keytab; /* outbound: tickets are asked with it; NULL: none */
    const char *rcache;        /* inbound: replay cache; NULL: the default */
    const char *impersonate;   /* outbound: a user to get tickets for by S4U; NULL: none */
    bool constrained;          /* both: clients' credentials by S4U2proxy */
    bool ntlm;                 /* Negotiate: NTLM may be used too */
    /* outbound, inbound with a keytab: instead of what is default; NULL: none. Copied. */
    const struct identity *identity;
};

/* RFC 2743 1.1.6. Addresses and data are the caller's. */
struct pkg_bindings {
    uint32_t initiator_type;
    uint32_t acceptor_type;
    const uint8_t *initiator;
    size_t initiator_len;
    const uint8_t *acceptor;
    size_t acceptor_len;
    const uint8_t *data;
    size_t data_len;
};

/* What a finished context is. Strings are the context's and live as long as it does. */
struct pkg_info {
    const char *source; /* the client's principal */
    const char *target; /* the service principal, from the ticket */
    const char *enctype;
    int32_t enctype_number;
    uint32_t key_version; /* kvno of the ticket's key, 0 when not known */
    uint32_t flags;       /* ISC_RET_..., both roles */
    int64_t expires;      /* Unix seconds; INT64_MAX: never */
    /* Acceptor: the verified PAC of the client's ticket; NULL: it had none. */
    struct pac *pac;
    /* NTLM, by itself or inside of Negotiate: it proves no server and has no DCE style, and its
     * "enctype" is RC4 with 128 bits. */
    bool is_ntlm;
};

/* Bytes that each form of protection adds, asked after the handshake only. */
struct pkg_sizes {
    size_t wrap_len; /* token of wrap with confidentiality */
    size_t mic_len;
    size_t block_len;
};

enum pkg_buffer_kind {
    PKG_SIGN_ONLY = 1, /* checksummed, not encrypted, not changed */
    PKG_DATA = 2,      /* encrypted in place */
};

struct pkg_buffer {
    enum pkg_buffer_kind kind;
    uint8_t *data;
    size_t len;
};

struct pkg_step {
    const char *target;   /* initiator: service principal; NULL for acceptors */
    uint32_t flags;       /* initiator: ISC_REQ_...; acceptor: ISC_REQ_... that must be met */
    const uint8_t *token; /* the peer's, NULL on an initiator's first step */
    size_t token_len;
    const struct pkg_bindings *bindings; /* NULL: none */
    bool bindings_required;              /* acceptor: the client must have sent them too */
};

struct pkg_ops {
    const char *name; /* "Kerberos" */
    const char *comment;
    enum rpcsec_mechanism mechanism;
    uint8_t auth_type;     /* MS-RPCE 2.2.1.1.7: 16 Kerberos, 9 SPNEGO, 10 NTLM */
    uint32_t capabilities; /* SECPKG_FLAG_... */
    uint32_t max_token_len;

    /* Whether this system has what the package needs; NULL: always. */
    bool (*is_there)(void);
    rpcsec_status (*acquire)(const struct pkg_cred_params *params, struct pkg_cred **ret_cred,
                             struct rpcsec_error *err);
    void (*free_cred)(struct pkg_cred *cred);

    /* One step of a handshake. *ctx is NULL before the first and is made by it; it is freed
     * with free_ctx whatever the step gave. ret_token gets the bytes to send, perhaps none,
     * perhaps also with a failure (an error token for the peer). *ret_done: the context is
     * established; a token may still have to be sent. */
    rpcsec_status (*init)(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err);
    rpcsec_status (*accept)(struct pkg_cred *cred, struct pkg_ctx **ctx,
                            const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                            struct rpcsec_error *err);
    void (*free_ctx)(struct pkg_ctx *ctx);
    /* A finished context will be asked for messages, what it is, and its session key, never to
     * be exported: gives back what serves nothing else. NULL: there is nothing. */
    void (*lighten)(struct pkg_ctx *ctx);
    /* True when the next step of an acceptor reads no file and asks nobody: it needs no thread
     * of its own. NULL: never. */
    bool (*is_quick)(const struct pkg_ctx *ctx);
    /* True when an acceptor may send this token to an initiator that is done already: a last
     * word that changes nothing. NULL: there is no such token. */
    bool (*is_last_word)(const uint8_t *token, size_t token_len);

    rpcsec_status (*info)(struct pkg_ctx *ctx, struct pkg_info *ret_info);
    rpcsec_status (*sizes)(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes);
    /* The session key of the context (MS-KILE 3.1.1.2). The caller wipes it. */
    rpcsec_status (*session_key)(struct pkg_ctx *ctx, struct buf *ret_key);

    /* The default name of a credential, from base/alloc.h. NOT_FOUND: it has none. */
    rpcsec_status (*cred_name)(struct pkg_cred *cred, bool outbound, char **ret_name,
                               struct rpcsec_error *err);
    /* Acceptor, done: the client's delegated credential, handed over. NOT_FOUND: there is none.
     * NULL: the package has no delegation. */
    rpcsec_status (*take_delegated)(struct pkg_ctx *ctx, struct pkg_cred **ret_cred);
    /* Appends a finished context as bytes, which hold keys; the context lives on. And back.
     * NULL: the package cannot. */
    rpcsec_status (*export_ctx)(struct pkg_ctx *ctx, struct buf *out);
    rpcsec_status (*import_ctx)(const uint8_t *bytes, size_t len, struct pkg_ctx **ret_ctx,
                                struct rpcsec_error *err);

    /* Record protection. Anything but exact success of the mechanism is a failure:
     * BAD_SIGNATURE, OUT_OF_SEQUENCE, CONTEXT_EXPIRED, BAD_TOKEN. Buffers are in wire order;
     * the token's place is the caller's. token_len is exactly that of sizes; for unwrap that of
     * wrap_token_len, where the package has it. */
    rpcsec_status (*wrap)(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len);
    rpcsec_status (*unwrap)(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len);
    /* How many of the len bytes at `token` are a peer's token; NULL: always sizes.wrap_len. */
    size_t (*wrap_token_len)(struct pkg_ctx *ctx, const uint8_t *token, size_t len);
    /* Turns a token of gss_wrap, which holds the data, into what unwrap takes: the token's
     * bytes, then the data, in the same memory. NULL: that is its form already. */
    rpcsec_status (*unrotate)(struct pkg_ctx *ctx, uint8_t *token, size_t len);
    rpcsec_status (*mic)(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len);
    rpcsec_status (*verify)(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len);
    /* Messages that are signed in the form of wrap and not encrypted. NULL, all of them: the
     * package has none. is_clear: whether a token is of that form; open_clear takes a token and
     * its data in one piece. */
    bool (*is_clear)(const uint8_t *token, size_t len);
    rpcsec_status (*clear_len)(struct pkg_ctx *ctx, size_t *ret_len);
    rpcsec_status (*wrap_clear)(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len);
    rpcsec_status (*unwrap_clear)(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len);
    rpcsec_status (*open_clear)(struct pkg_ctx *ctx, uint8_t *stream, size_t len,
                                uint8_t **ret_data, size_t *ret_len);
};

extern const struct pkg_ops pkg_kerberos;
extern const struct pkg_ops pkg_negotiate;
extern const struct pkg_ops pkg_ntlm;

#endif
