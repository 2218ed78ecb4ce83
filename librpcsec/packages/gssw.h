/* SPDX-License-Identifier: MIT
 *
 * packages/gssw.h: what the packages over GSS-API share. Layer: packages. Documents: RFC 2743,
 * RFC 2744, RFC 4121.
 *
 * Kerberos (and whatever else stands on a GSS mechanism) is a table of these functions. The
 * only folder that knows GSS-API.
 */
#ifndef PACKAGES_GSSW_H
#define PACKAGES_GSSW_H

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <krb5/krb5.h>

#include "packages/apreq.h"
#include "packages/package.h"
#include "packages/record.h"

/* RFC 4178 3: 1.3.6.1.5.5.2. MIT's headers have no name for it. */
extern const gss_OID_desc gssw_spnego;
/* MS-NLMP 1.9: 1.3.6.1.4.1.311.2.2.10. */
extern const gss_OID_desc gssw_ntlm;
/* True when a mechanism, by value, is SPNEGO; or Kerberos, under the two OIDs that Windows uses
 * for it (MS-SPNG 3.1.5.2). */
bool gssw_is_spnego(gss_const_OID mech);
bool gssw_is_kerberos(gss_const_OID mech);
bool gssw_is_ntlm(gss_const_OID mech);
/* Whether a GSS mechanism for NTLM is installed, and a libcrypto that can serve it. */
bool gssw_has_ntlm(void);

/* What a password, or a keytab's name for a user, becomes at the first use. */
struct gssw_ticket {
    bool ntlm; /* the credential is NTLM's */
    gss_cred_id_t cred;
    char *ccache; /* in memory, for login_done; NULL: none */
};

struct pkg_cred {
    gss_OID mech;
    gss_cred_id_t initiator; /* NULL: not for this use, or it could not be had */
    gss_cred_id_t acceptor;
    char *keytab;      /* in memory, for login_keytab_done; NULL: none */
    bool ntlm;         /* the credentials are NTLM's, also inside of Negotiate */
    bool ntlm_allowed; /* Negotiate: may turn to it */
    struct identity *identity;
    _Atomic(struct gssw_ticket *) ticket; /* of the identity, once asked for */
};

/* The credential that an initiator uses; asks the KDC where it is an identity's and not there
 * yet. May block. */
RPCSEC_MUST_USE rpcsec_status gssw_initiator(struct pkg_cred *cred, gss_cred_id_t *ret_gss,
                                             bool *ret_ntlm, struct rpcsec_error *err);
/* A credential of our own around one that a client delegated, which it owns then. */
RPCSEC_MUST_USE rpcsec_status gssw_cred_of(gss_OID mech, gss_cred_id_t gss,
                                           struct pkg_cred **ret_cred);

struct pkg_ctx {
    gss_OID mech;
    bool initiator;
    gss_ctx_id_t gss;
    gss_name_t target;       /* initiator */
    gss_cred_id_t delegated; /* acceptor: the client's, until taken */
    OM_uint32 gss_flags;
    bool verified;       /* GSS-API verified a mechListMIC of the peer */
    bool mic_sent;       /* and made one of ours */
    uint32_t ntlm_flags; /* of the last message that had some */
    struct apreq apreq;  /* zeros when the first token was no AP-REQ */
    const struct record_ops *record_ops;
    struct record *record; /* NULL until established */
    struct pkg_info info;  /* source and target owned */
};

/* What was being done when a GSS call failed, for the error's sentence. */
struct gssw_act {
    const char *doing; /* "get a ticket for" */
    const char *name;  /* a principal, a file, or NULL */
    bool initiator;
    gss_OID mech;
    bool answered; /* initiator: it fails over what the server sent */
};

/* The status of a failed GSS call: the minor first, then the major. Fills err, texts included;
 * to be called right after the call, by the same thread. */
RPCSEC_MUST_USE rpcsec_status gssw_fail(const struct gssw_act *act, OM_uint32 major,
                                        OM_uint32 minor, struct rpcsec_error *err);
/* The same for a call of libkrb5. */
RPCSEC_MUST_USE rpcsec_status gssw_fail_krb5(const struct gssw_act *act, krb5_context context,
                                             krb5_error_code code, struct rpcsec_error *err);
/* The status of a per-message call: OK for exactly GSS_S_COMPLETE. */
RPCSEC_MUST_USE rpcsec_status gssw_message_status(OM_uint32 major);

/* NO_CREDENTIALS, with the file's name, when a cache of the default collection cannot be read,
 * or krb5.conf cannot; a cache that is not there is no fault yet. */
RPCSEC_MUST_USE rpcsec_status gssw_check_caches(struct rpcsec_error *err);
/* After a credential could not be had and err was filled: says it better when krb5.conf or the
 * acceptor's keytab is at fault. Gives the status that err has then. */
rpcsec_status gssw_blame_file(const struct gssw_act *act, struct rpcsec_error *err);

/* A target as a Kerberos principal name. Nothing is looked up in DNS. Forms: service/host with
 * or without @REALM, service@host.name (taken as service/host.name), principal@REALM, host. */
RPCSEC_MUST_USE rpcsec_status gssw_import_target(const char *target, gss_name_t *ret_name,
                                                 struct rpcsec_error *err);
/* The same for NTLM, which takes it as a hint: service@host. NULL gives no name. */
RPCSEC_MUST_USE rpcsec_status gssw_import_ntlm_target(const char *target, gss_name_t *ret_name,
                                                      struct rpcsec_error *err);
/* A credential of NTLM, or of SPNEGO for NTLM alone: an identity's, else the mechanism's own.
 */
RPCSEC_MUST_USE rpcsec_status gssw_acquire_ntlm(gss_OID mech, gss_cred_usage_t usage,
                                                const struct identity *identity,
                                                gss_cred_id_t *ret_cred,
                                                struct rpcsec_error *err);
/* What a finished NTLM context needs of establish: names, keys, the record protector. */
RPCSEC_MUST_USE rpcsec_status gssw_establish_ntlm(struct pkg_ctx *ctx,
                                                  struct rpcsec_error *err);
/* Our copy of a name's text, from base/alloc.h; NULL when there is none or memory ends. */
char *gssw_name_text(gss_name_t name);
void gssw_release_name(gss_name_t *name);

/* ISC_REQ_ bits -> GSS_C_ flags, and GSS_C_ flags -> ISC_RET_ bits. */
OM_uint32 gssw_flags_to_gss(uint32_t isc_flags);
uint32_t gssw_flags_from_gss(OM_uint32 gss_flags);

RPCSEC_MUST_USE rpcsec_status gssw_acquire(gss_OID mech, const struct pkg_cred_params *params,
                                           struct pkg_cred **ret_cred,
                                           struct rpcsec_error *err);
void gssw_free_cred(struct pkg_cred *cred);
rpcsec_status gssw_cred_name(struct pkg_cred *cred, bool outbound, char **ret_name,
                             struct rpcsec_error *err);

/* The functions of struct pkg_ops. */
rpcsec_status gssw_init(struct pkg_cred *cred, struct pkg_ctx **ctx,
                        const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                        struct rpcsec_error *err);
rpcsec_status gssw_accept(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err);
void gssw_free_ctx(struct pkg_ctx *ctx);
/* In DCE style what follows Kerberos' first token proves a key that is there already. */
bool gssw_is_quick(const struct pkg_ctx *ctx);
/* Gives GSS-API's context back where the record protector needs it no more. */
void gssw_lighten(struct pkg_ctx *ctx);

/* Once established: fills ctx->info and makes the record protector. */
RPCSEC_MUST_USE rpcsec_status gssw_establish(struct pkg_ctx *ctx, struct rpcsec_error *err);
rpcsec_status gssw_info(struct pkg_ctx *ctx, struct pkg_info *ret_info);
rpcsec_status gssw_sizes(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes);
rpcsec_status gssw_take_delegated(struct pkg_ctx *ctx, struct pkg_cred **ret_cred);
rpcsec_status gssw_export(struct pkg_ctx *ctx, struct buf *out);
/* import_ctx of a package; `mech` is the package's. */
rpcsec_status gssw_import(gss_OID mech, const uint8_t *bytes, size_t len,
                          struct pkg_ctx **ret_ctx, struct rpcsec_error *err);
rpcsec_status gssw_session_key(struct pkg_ctx *ctx, struct buf *ret_key);

rpcsec_status gssw_wrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                        uint8_t *token, size_t token_len);
rpcsec_status gssw_unwrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len);
size_t gssw_wrap_token_len(struct pkg_ctx *ctx, const uint8_t *token, size_t len);
rpcsec_status gssw_unrotate(struct pkg_ctx *ctx, uint8_t *token, size_t len);
/* Signed and not encrypted, in a token of gss_wrap. The length of a token: UNSUPPORTED where
 * there are none. */
bool gssw_is_clear(const uint8_t *token, size_t len);
rpcsec_status gssw_clear_len(struct pkg_ctx *ctx, size_t *ret_len);
rpcsec_status gssw_wrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                              uint8_t *token, size_t token_len);
rpcsec_status gssw_unwrap_clear(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len);
rpcsec_status gssw_open_clear(struct pkg_ctx *ctx, uint8_t *stream, size_t len,
                              uint8_t **ret_data, size_t *ret_len);
rpcsec_status gssw_mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                       uint8_t *token, size_t token_len);
rpcsec_status gssw_verify(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                          const uint8_t *token, size_t token_len);

#endif
