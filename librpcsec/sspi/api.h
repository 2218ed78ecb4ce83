/* SPDX-License-Identifier: MIT
 *
 * sspi/api.h: what stands behind the handles of the public calls. Layer: sspi.
 */
#ifndef SSPI_API_H
#define SSPI_API_H

#include <pthread.h>

#include "sspi/context.h"
#include "sspi/handle.h"
#include "sspi/memory.h"
#include "sspi/status.h"

struct api_cred {
    struct sspi_cred *cred;
    ULONG use; /* SECPKG_CRED_... */
};

struct api_ctx {
    pthread_mutex_t lock; /* struct sspi_ctx takes one user at a time */
    struct sspi_ctx *ctx;
    ULONG echoed;    /* flags that are only said back */
    int64_t started; /* Unix seconds at which the handshake was done */
    /* A token that did not fit the caller's buffer, until the call is made again. */
    struct buf pending;
    bool is_pending;
};

extern struct handle_table api_handles;

/* The context of a handle, locked; NULL when the handle is not valid. */
struct api_ctx *api_ctx_lock(const CtxtHandle *handle);
void api_ctx_unlock(struct api_ctx *api, const CtxtHandle *handle);
void api_ctx_free(struct api_ctx *api);

/* The flag word of a context as its role numbers it. */
ULONG api_ctx_flags(const struct api_ctx *api);
/* One allocation; NULL when memory ends. */
PSecPkgInfoA api_package_info(const struct pkg_ops *ops);
/* Unix seconds -> local time in 100 ns since 1601; INT64_MAX: never. */
TimeStamp api_timestamp(int64_t unix_seconds);

#endif
