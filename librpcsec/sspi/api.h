/* SPDX-License-Identifier: MIT
 *
 * sspi/api.h: what stands behind the public calls. Layer: sspi.
 *
 * The A and W form of a call are thin: text is made UTF-8 on the way in, and a function here
 * does the work and is told the form that texts have on the way out.
 */
#ifndef SSPI_API_H
#define SSPI_API_H

#include <pthread.h>

#include "sspi/context.h"
#include "sspi/form.h"
#include "sspi/handle.h"
#include "sspi/memory.h"
#include "sspi/status.h"

/* ---- Objects ---- */

struct api_cred {
    struct sspi_cred *outbound; /* NULL: not for this use; one object may serve both */
    struct sspi_cred *inbound;
};

struct api_ctx {
    pthread_mutex_t lock; /* struct sspi_ctx takes one user at a time */
    struct sspi_ctx *ctx;
    struct sspi_cred *delegated; /* of the client, once asked for; NULL: none */
    ULONG echoed;                /* flags that are only said back */
    int64_t started;             /* Unix seconds at which the handshake was done */
    /* A token that did not fit the caller's buffer, until the call is made again. */
    struct buf pending;
    bool is_pending;
};

extern struct handle_table api_handles;

/* The context of a handle, locked; NULL when the handle is not valid. */
struct api_ctx *api_ctx_lock(const CtxtHandle *handle);
void api_ctx_unlock(struct api_ctx *api, const CtxtHandle *handle);
/* Around a context, which it owns then; NULL when memory ends. */
struct api_ctx *api_ctx_new(struct sspi_ctx *ctx, ULONG echoed);
void api_ctx_free(struct api_ctx *api);
void api_cred_free(struct api_cred *api);

/* The flag word of a context as its role numbers it. */
ULONG api_ctx_flags(const struct api_ctx *api);
/* An acceptor's client's credential; NULL: it delegated none. Not a reference. */
struct sspi_cred *api_ctx_delegated(struct api_ctx *api);
/* Unix seconds -> local time in 100 ns since 1601; INT64_MAX: never. */
TimeStamp api_timestamp(int64_t unix_seconds);

/* ---- What both forms of a call share ---- */

SECURITY_STATUS api_bad_handle(const char *what);
SECURITY_STATUS api_unsupported(const char *why);

/* SecPkgInfo of either form, its texts in the same block; NULL when memory ends. */
void *api_package_info(const struct pkg_ops *ops, enum form form);
SECURITY_STATUS api_enumerate(enum form form, ULONG *ret_num, void **ret_infos);
SECURITY_STATUS api_query_package(enum form form, const char *name, void **ret_info);

/* The arguments of AcquireCredentialsHandle; wide: the form of an identity's W texts. */
struct api_acquire {
    const char *principal;
    const char *package;
    ULONG use;
    const void *logon_id;
    const void *auth_data;
    enum form wide;
    const struct rpcsec_sspi_store *store;
};
SECURITY_STATUS api_acquire(const struct api_acquire *call, PCredHandle ret_handle,
                            PTimeStamp ret_expiry);
SECURITY_STATUS api_add_credentials(PCredHandle handle, const struct api_acquire *call,
                                    PTimeStamp ret_expiry);
SECURITY_STATUS api_query_credentials(PCredHandle handle, ULONG attribute, void *out,
                                      size_t out_len, enum form form);
SECURITY_STATUS api_set_attributes(enum handle_kind kind, const SecHandle *handle);

/* wide: the form of what is W in both structures. out_len SIZE_MAX: not told. */
SECURITY_STATUS api_query_context(PCtxtHandle handle, ULONG attribute, void *out,
                                  size_t out_len, enum form form, enum form wide);
SECURITY_STATUS api_import(const char *package, const SecBuffer *packed,
                           PCtxtHandle ret_handle);
SECURITY_STATUS api_change_password(const char *package, const char *domain,
                                    const char *account, const char *old_password,
                                    const char *new_password, bool impersonating,
                                    ULONG reserved);

/* ---- Who a client is ---- */

/* A token around what a context of an acceptor proved; NULL when memory ends. */
void *api_token_new(const struct sspi_ctx *ctx);
/* The credential of whom this thread impersonates. False: it does not. *ret_cred NULL: the
 * client delegated none. */
bool api_impersonated(struct sspi_cred **ret_cred);
BOOLEAN api_user_name(int format, enum form form, void *out, ULONG *len);

/* ---- Identities ---- */

/* Any of the identity structures. NULL stays NULL. UNKNOWN_CREDENTIALS is INVALID_ARGUMENT. */
RPCSEC_MUST_USE rpcsec_status api_read_identity(const void *auth_data, enum form wide,
                                                struct identity **ret_identity,
                                                struct rpcsec_error *err);
/* One block of SSPI_MEM_IDENTITY: an EX2 structure. NULL texts are not given, others have at
 * most LIMIT_IDENTITY_LEN bytes. NULL when memory ends. */
void *api_identity_new(const char *user, const char *domain, const char *password,
                       const char *packages);

#endif
