/* SPDX-License-Identifier: MIT
 *
 * sspi/api_context.c: InitializeSecurityContext, AcceptSecurityContext, DeleteSecurityContext.
 * Layer: sspi. Document: MicrosoftDocs/sdk-api sspi.h.
 *
 * Both roles are one sequence: check the arguments, find or make the context, take a step (or
 * fetch the token that did not fit last time), give the token to the caller, tell the flags.
 */
#include "sspi/api.h"

#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "base/error.h"
#include "base/limits.h"

/* ---- Flags ---- */

/* Where the acceptor's words differ from the initiator's. */
static const struct {
    ULONG isc;
    ULONG asc;
} moved_flags[] = {
    {ISC_REQ_EXTENDED_ERROR, ASC_REQ_EXTENDED_ERROR},
    {ISC_REQ_INTEGRITY, ASC_REQ_INTEGRITY},
    {ISC_REQ_IDENTIFY, ASC_REQ_IDENTIFY},
};

/* The same in both words. */
#define COMMON_FLAGS                                                  \
    (ISC_REQ_DELEGATE | ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT | \
     ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONFIDENTIALITY | ISC_REQ_USE_DCE_STYLE)

/* Taken from ISC_REQ; a wider word would ask a package for what it cannot do. */
#define ASKABLE_FLAGS \
    (COMMON_FLAGS | ISC_REQ_INTEGRITY | ISC_REQ_IDENTIFY | ISC_REQ_EXTENDED_ERROR)

/* ISC_REQ_CONNECTION and ISC_RET_CONNECTION, in both roles. */
#define ECHOED_FLAGS (ISC_REQ_CONNECTION)

static ULONG to_isc(ULONG asc_flags)
{
    ULONG flags = asc_flags & COMMON_FLAGS;

    for (size_t i = 0; i < sizeof(moved_flags) / sizeof(moved_flags[0]); i++) {
        if (asc_flags & moved_flags[i].asc)
            flags |= moved_flags[i].isc;
    }
    return flags;
}

static ULONG to_asc(ULONG isc_flags)
{
    ULONG flags = isc_flags & COMMON_FLAGS;

    for (size_t i = 0; i < sizeof(moved_flags) / sizeof(moved_flags[0]); i++) {
        if (isc_flags & moved_flags[i].isc)
            flags |= moved_flags[i].asc;
    }
    return flags;
}

/* Bits of security are told only of a finished context. */
ULONG api_ctx_flags(const struct api_ctx *api)
{
    ULONG flags = 0;

    if (sspi_ctx_is_done(api->ctx) && !api->is_pending)
        flags = sspi_ctx_info(api->ctx)->flags;
    if (!sspi_ctx_is_initiator(api->ctx))
        flags = to_asc(flags);
    return flags | api->echoed;
}

/* ---- One call ---- */

/* The arguments of either call. */
struct step_call {
    bool initiator;
    const CredHandle *cred;
    const CtxtHandle *ctx;
    const char *target;
    ULONG flags; /* ISC_REQ_... */
    bool allocate;
    bool allow_missing; /* channel bindings of the client */
    ULONG echoed;
    const SecBufferDesc *input;
    const SecBufferDesc *output;
    CtxtHandle *ret_ctx;
    ULONG *ret_flags;
    TimeStamp *ret_expiry;
};

static ULONG type_of(const SecBuffer *buffer)
{
    return buffer->BufferType & ~SECBUFFER_ATTRMASK;
}

/* The first buffer of a type, or NULL. */
static SecBuffer *find_buffer(const SecBufferDesc *desc, ULONG type)
{
    for (ULONG i = 0; desc && i < desc->cBuffers; i++) {
        if (type_of(&desc->pBuffers[i]) == type)
            return &desc->pBuffers[i];
    }
    return NULL;
}

static bool is_desc(const SecBufferDesc *desc)
{
    if (!desc)
        return true;
    if (desc->ulVersion != SECBUFFER_VERSION || (desc->cBuffers > 0 && !desc->pBuffers))
        return false;
    for (ULONG i = 0; i < desc->cBuffers; i++) {
        if (desc->pBuffers[i].cbBuffer > 0 && !desc->pBuffers[i].pvBuffer &&
            type_of(&desc->pBuffers[i]) != SECBUFFER_TOKEN)
            return false;
    }
    return true;
}

static rpcsec_status unsupported(struct rpcsec_error *err, const char *what)
{
    return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_ARGUMENT, "%s", what);
}

/* What would change security must not be ignored in silence. */
static rpcsec_status check_demands(ULONG isc_flags, struct rpcsec_error *err)
{
    if (isc_flags & ISC_REQ_DATAGRAM)
        return unsupported(err, "Kerberos contexts over datagrams are not supported");
    if (isc_flags & ISC_REQ_USE_SESSION_KEY)
        return unsupported(err, "user-to-user contexts (USE_SESSION_KEY) are not supported");
    if (isc_flags & ISC_REQ_USE_SUPPLIED_CREDS)
        return unsupported(err, "credentials come with AcquireCredentialsHandle, not in the "
                                "input buffers");
    if (isc_flags & ISC_REQ_NULL_SESSION)
        return unsupported(err, "contexts without a client identity are not supported");
    return RPCSEC_OK;
}

static rpcsec_status check_call(const struct step_call *call, struct rpcsec_error *err)
{
    const SecBuffer *token = NULL;
    bool good = is_desc(call->input) && is_desc(call->output) && (call->ctx || call->ret_ctx);

    if (good)
        token = find_buffer(call->input, SECBUFFER_TOKEN);
    if (!good || (token && token->cbBuffer > 0 && !token->pvBuffer))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the buffers or handles of the call are not valid");
    return RPCSEC_OK;
}

/* ---- Channel bindings ---- */

/* A part of a SEC_CHANNEL_BINDINGS; a cursor with an error where it lies outside. */
static const uint8_t *bindings_part(const SecBuffer *buffer, ULONG offset, ULONG len,
                                    bool *good)
{
    struct cur c;
    const uint8_t *bytes;

    cur_init(&c, buffer->pvBuffer, buffer->cbBuffer, false);
    if (len > 0)
        cur_seek(&c, offset);
    bytes = cur_bytes(&c, len);
    *good = *good && bytes;
    return bytes;
}

/* True when there are some; an all-zero structure means none. */
static rpcsec_status read_bindings(const struct step_call *call, struct pkg_bindings *to,
                                   bool *ret_some, struct rpcsec_error *err)
{
    const SecBuffer *buffer = find_buffer(call->input, SECBUFFER_CHANNEL_BINDINGS);
    SEC_CHANNEL_BINDINGS head;
    bool good = true;

    *ret_some = false;
    if (!buffer || buffer->cbBuffer == 0)
        return RPCSEC_OK;
    if (buffer->cbBuffer < sizeof(head))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the channel bindings are shorter than their head");
    memcpy(&head, buffer->pvBuffer, sizeof(head));
    *to = (struct pkg_bindings){
        .initiator_type = head.dwInitiatorAddrType,
        .initiator =
            bindings_part(buffer, head.dwInitiatorOffset, head.cbInitiatorLength, &good),
        .initiator_len = head.cbInitiatorLength,
        .acceptor_type = head.dwAcceptorAddrType,
        .acceptor = bindings_part(buffer, head.dwAcceptorOffset, head.cbAcceptorLength, &good),
        .acceptor_len = head.cbAcceptorLength,
        .data = bindings_part(buffer, head.dwApplicationDataOffset,
                              head.cbApplicationDataLength, &good),
        .data_len = head.cbApplicationDataLength,
    };
    if (!good)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the channel bindings point outside of their buffer");
    *ret_some = to->initiator_len || to->acceptor_len || to->data_len;
    return RPCSEC_OK;
}

/* ---- Contexts ---- */

struct api_ctx *api_ctx_new(struct sspi_ctx *ctx, ULONG echoed)
{
    struct api_ctx *api = mem_zalloc(sizeof(*api));

    if (!api)
        return NULL;
    pthread_mutex_init(&api->lock, NULL);
    buf_init(&api->pending, LIMIT_TOKEN_LEN);
    api->ctx = ctx;
    api->echoed = echoed;
    return api;
}

static rpcsec_status make_ctx(const struct step_call *call, struct sspi_cred *cred,
                              struct api_ctx **ret_api, struct rpcsec_error *err)
{
    struct sspi_ctx_params params = {
        .target = call->target,
        .level = RPCSEC_LEVEL_DEFAULT,
        .initiator = call->initiator,
        .flags = call->flags,
        .bindings_required = !call->allow_missing,
    };
    struct pkg_bindings bindings;
    struct sspi_ctx *ctx = NULL;
    bool has_bindings = false;
    rpcsec_status status = read_bindings(call, &bindings, &has_bindings, err);

    if (status != RPCSEC_OK)
        return status;
    if (has_bindings)
        params.bindings = &bindings;
    status = sspi_ctx_new(cred, &params, &ctx, err);
    if (status != RPCSEC_OK)
        return status;
    *ret_api = api_ctx_new(ctx, call->echoed);
    if (*ret_api)
        return RPCSEC_OK;
    sspi_ctx_free(ctx);
    return error_no_memory(err);
}

struct sspi_cred *api_ctx_delegated(struct api_ctx *api)
{
    if (!api->delegated && sspi_ctx_take_delegated(api->ctx, &api->delegated) != RPCSEC_OK)
        return NULL;
    return api->delegated;
}

void api_ctx_free(struct api_ctx *api)
{
    sspi_ctx_free(api->ctx);
    sspi_cred_unref(api->delegated);
    buf_done(&api->pending);
    pthread_mutex_destroy(&api->lock);
    mem_free(api);
}

struct api_ctx *api_ctx_lock(const CtxtHandle *handle)
{
    struct api_ctx *api = handle_get(&api_handles, HANDLE_CONTEXT, handle);

    if (api)
        pthread_mutex_lock(&api->lock);
    return api;
}

void api_ctx_unlock(struct api_ctx *api, const CtxtHandle *handle)
{
    pthread_mutex_unlock(&api->lock);
    handle_put(&api_handles, handle);
}

/* ---- Tokens ---- */

/* Takes a step, whose token goes to `pending` until the caller has it. */
static rpcsec_status take_step(struct api_ctx *api, const struct step_call *call,
                               struct rpcsec_error *err)
{
    const SecBuffer *in = find_buffer(call->input, SECBUFFER_TOKEN);
    rpcsec_status status;
    bool done = false;

    if (api->is_pending)
        return RPCSEC_OK;
    if (sspi_ctx_is_done(api->ctx))
        return unsupported(err, "the security context is established; it cannot authenticate "
                                "again");
    buf_reset(&api->pending);
    status = sspi_ctx_step(api->ctx, in ? in->pvBuffer : NULL, in ? in->cbBuffer : 0,
                           &api->pending, &done, err);
    api->is_pending = api->pending.len > 0;
    if (status == RPCSEC_OK && done)
        api->started = time(NULL);
    return status;
}

/* Gives the waiting token to the caller. */
static rpcsec_status give_token(struct api_ctx *api, const struct step_call *call)
{
    SecBuffer *out = find_buffer(call->output, SECBUFFER_TOKEN);
    ULONG len = (ULONG)api->pending.len;

    if (!out)
        return api->is_pending ? RPCSEC_BUFFER_TOO_SMALL : RPCSEC_OK;
    if (!call->allocate && (out->cbBuffer < len || (len > 0 && !out->pvBuffer))) {
        out->cbBuffer = len;
        return RPCSEC_BUFFER_TOO_SMALL;
    }
    if (call->allocate) {
        out->pvBuffer = len > 0 ? sspi_mem_alloc(len, false) : NULL;
        if (len > 0 && !out->pvBuffer)
            return RPCSEC_NO_MEMORY;
    }
    if (len > 0)
        memcpy(out->pvBuffer, api->pending.data, len);
    out->cbBuffer = len;
    buf_reset(&api->pending);
    api->is_pending = false;
    return RPCSEC_OK;
}

static rpcsec_status step_and_give(struct api_ctx *api, const struct step_call *call,
                                   struct rpcsec_error *err)
{
    rpcsec_status status = take_step(api, call, err);

    if (status != RPCSEC_OK) {
        /* An error token for the peer, where one was asked for. The failure stays. */
        if (api->is_pending)
            (void)give_token(api, call);
        api->is_pending = false;
        return status;
    }
    status = give_token(api, call);
    if (status == RPCSEC_BUFFER_TOO_SMALL)
        return error_set(err, status, RPCSEC_LAYER_ARGUMENT,
                         "the output buffer is too small for the token of %zu bytes",
                         api->pending.len);
    return status;
}

static SECURITY_STATUS tell(const struct api_ctx *api, const struct step_call *call)
{
    bool done = sspi_ctx_is_done(api->ctx);

    if (call->ret_flags)
        *call->ret_flags = api_ctx_flags(api) | (call->allocate ? ISC_RET_ALLOCATED_MEMORY : 0);
    if (call->ret_expiry)
        *call->ret_expiry = api_timestamp(done ? sspi_ctx_info(api->ctx)->expires : INT64_MAX);
    return done ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
}

/* ---- The first step, and the later ones ---- */

/* The credential of a handle when it is for this role. */
static rpcsec_status get_cred(const struct step_call *call, struct sspi_cred **ret_cred,
                              struct rpcsec_error *err)
{
    struct api_cred *api = handle_get(&api_handles, HANDLE_CREDENTIAL, call->cred);
    struct sspi_cred *cred;

    if (!api)
        return RPCSEC_NOT_FOUND;
    cred = __atomic_load_n(call->initiator ? &api->outbound : &api->inbound, __ATOMIC_ACQUIRE);
    *ret_cred = sspi_cred_ref(cred);
    handle_put(&api_handles, call->cred);
    return cred ? RPCSEC_OK
                : error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_ARGUMENT,
                            "the credential is for the other role: a client acquires "
                            "SECPKG_CRED_OUTBOUND, a server SECPKG_CRED_INBOUND");
}

/* The context behind a handle that the caller does not know yet: what can fail without a token
 * comes before the step. */
static rpcsec_status open_context(const struct step_call *call, struct api_ctx **ret_api,
                                  CtxtHandle *ret_handle, struct rpcsec_error *err)
{
    struct sspi_cred *cred = NULL;
    struct api_ctx *api = NULL;
    rpcsec_status status = get_cred(call, &cred, err);

    if (status != RPCSEC_OK)
        return status;
    status = make_ctx(call, cred, &api, err);
    sspi_cred_unref(cred);
    if (status != RPCSEC_OK)
        return status;
    status = handle_open(&api_handles, HANDLE_CONTEXT, api, ret_handle);
    if (status != RPCSEC_OK) {
        api_ctx_free(api);
        return status;
    }
    *ret_api = api;
    return RPCSEC_OK;
}

/* A failed first step leaves no context: the caller got no handle. */
static SECURITY_STATUS first_step(const struct step_call *call, struct rpcsec_error *err)
{
    struct api_ctx *api = NULL;
    CtxtHandle handle;
    SECURITY_STATUS code;
    rpcsec_status status = open_context(call, &api, &handle, err);

    if (status == RPCSEC_NOT_FOUND)
        return api_bad_handle("the credential handle is not valid");
    if (status != RPCSEC_OK)
        return sspi_report(status, err);
    status = step_and_give(api, call, err);
    if (status != RPCSEC_OK) {
        handle_close(&api_handles, HANDLE_CONTEXT, &handle);
        return sspi_report(status, err);
    }
    code = tell(api, call);
    *call->ret_ctx = handle;
    return code;
}

static SECURITY_STATUS later_step(const struct step_call *call, struct rpcsec_error *err)
{
    CtxtHandle handle = *call->ctx;
    struct api_ctx *api = api_ctx_lock(&handle);
    SECURITY_STATUS code;
    rpcsec_status status;

    if (!api)
        return api_bad_handle("the context handle is not valid");
    if (sspi_ctx_is_initiator(api->ctx) != call->initiator)
        status = error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                           "the context was made in the other role");
    else
        status = step_and_give(api, call, err);
    code = status == RPCSEC_OK ? tell(api, call) : sspi_report(status, err);
    api_ctx_unlock(api, &handle);
    if (status == RPCSEC_OK && call->ret_ctx)
        *call->ret_ctx = handle;
    return code;
}

static SECURITY_STATUS run_call(const struct step_call *call, ULONG isc_flags)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status = check_call(call, &err);

    if (status == RPCSEC_OK)
        status = check_demands(isc_flags, &err);
    if (status != RPCSEC_OK)
        return sspi_report(status, &err);
    return call->ctx ? later_step(call, &err) : first_step(call, &err);
}

/* NO_INTEGRITY wins over INTEGRITY. */
static ULONG asked_flags(ULONG isc_flags)
{
    if (isc_flags & ISC_REQ_NO_INTEGRITY)
        isc_flags &= ~ISC_REQ_INTEGRITY;
    return isc_flags & ASKABLE_FLAGS;
}

SECURITY_STATUS InitializeSecurityContextA(PCredHandle phCredential, PCtxtHandle phContext,
                                           const SEC_CHAR *pszTargetName, ULONG fContextReq,
                                           ULONG Reserved1, ULONG TargetDataRep,
                                           PSecBufferDesc pInput, ULONG Reserved2,
                                           PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                           ULONG *pfContextAttr, PTimeStamp ptsExpiry)
{
    const struct step_call call = {
        .initiator = true,
        .cred = phCredential,
        .ctx = phContext,
        .target = pszTargetName,
        .flags = asked_flags(fContextReq),
        .allocate = fContextReq & ISC_REQ_ALLOCATE_MEMORY,
        .echoed = fContextReq & ECHOED_FLAGS,
        .input = pInput,
        .output = pOutput,
        .ret_ctx = phNewContext,
        .ret_flags = pfContextAttr,
        .ret_expiry = ptsExpiry,
    };

    (void)Reserved1;
    (void)TargetDataRep;
    (void)Reserved2;
    return run_call(&call, fContextReq);
}

/* ASC_REQ_ words have other meanings at the places of NULL_SESSION and USE_SUPPLIED_CREDS. */
#define ASC_DEMANDS (ISC_REQ_DATAGRAM | ISC_REQ_USE_SESSION_KEY)

SECURITY_STATUS AcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext,
                                      PSecBufferDesc pInput, ULONG fContextReq,
                                      ULONG TargetDataRep, PCtxtHandle phNewContext,
                                      PSecBufferDesc pOutput, ULONG *pfContextAttr,
                                      PTimeStamp ptsExpiry)
{
    const struct step_call call = {
        .cred = phCredential,
        .ctx = phContext,
        .flags = to_isc(fContextReq),
        .allocate = fContextReq & ASC_REQ_ALLOCATE_MEMORY,
        .allow_missing = fContextReq & ASC_REQ_ALLOW_MISSING_BINDINGS,
        .echoed = fContextReq & ECHOED_FLAGS,
        .input = pInput,
        .output = pOutput,
        .ret_ctx = phNewContext,
        .ret_flags = pfContextAttr,
        .ret_expiry = ptsExpiry,
    };

    (void)TargetDataRep;
    if (fContextReq & ASC_REQ_PROXY_BINDINGS)
        return api_unsupported(
            "the Kerberos library does not tell which bindings a client sent "
            "(PROXY_BINDINGS)");
    return run_call(&call, fContextReq & ASC_DEMANDS);
}

/* Both answer for the handle first. */
static bool is_context(PCtxtHandle handle)
{
    if (!handle_get(&api_handles, HANDLE_CONTEXT, handle))
        return false;
    handle_put(&api_handles, handle);
    return true;
}

SECURITY_STATUS CompleteAuthToken(PCtxtHandle phContext, PSecBufferDesc pToken)
{
    (void)pToken;
    return is_context(phContext) ? SEC_E_OK : api_bad_handle("the context handle is not valid");
}

SECURITY_STATUS ApplyControlToken(PCtxtHandle phContext, PSecBufferDesc pInput)
{
    (void)pInput;
    if (!is_context(phContext))
        return api_bad_handle("the context handle is not valid");
    return api_unsupported("the package has no control tokens");
}

SECURITY_STATUS DeleteSecurityContext(PCtxtHandle phContext)
{
    if (handle_close(&api_handles, HANDLE_CONTEXT, phContext))
        return SEC_E_OK;
    return api_bad_handle("the context handle is not valid");
}
