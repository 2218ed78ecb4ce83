/* SPDX-License-Identifier: MIT
 *
 * sspi/context.c: credentials, contexts and what policy asks of them. Layer: sspi. Documents:
 * MS-RPCE 3.3.1.5.2 (flags by level), MS-KILE 3.2.1.
 *
 * The package does the mechanism's work; here it is decided whether the finished context is
 * good enough. Until that check has passed no message is protected and no token is handed on.
 */
#include "sspi/context.h"

#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/trace.h"
#include "packages/enctype.h"

struct sspi_cred {
    atomic_uint refs;
    const struct pkg_ops *ops;
    struct pkg_cred *cred;
};

enum ctx_state {
    CTX_OPEN,
    CTX_DONE,
    CTX_FAILED,
};

struct sspi_ctx {
    struct sspi_cred *cred;
    struct rpcsec_policy *policy; /* NULL: none */
    struct pkg_ctx *pkg;
    enum ctx_state state;
    enum rpcsec_level level; /* DEFAULT: as the flags say */
    bool initiator;
    char *target;                  /* initiator */
    struct pkg_bindings *bindings; /* one block with its bytes; NULL: none */
    bool bindings_required;
    uint32_t asked;
    uint32_t required;
    uint32_t legs;
    struct pkg_info info; /* from here on valid once done */
    struct pkg_sizes sizes;
    struct rpcsec_peer peer;
};

/* ---- Credentials ---- */

rpcsec_status sspi_cred_acquire(const struct pkg_ops *ops, const struct pkg_cred_params *params,
                                struct sspi_cred **ret_cred, struct rpcsec_error *err)
{
    struct sspi_cred *cred = mem_zalloc(sizeof(*cred));
    rpcsec_status status;

    if (!cred)
        return error_no_memory(err);
    atomic_init(&cred->refs, 1);
    cred->ops = ops;
    status = ops->acquire(params, &cred->cred, err);
    if (status != RPCSEC_OK) {
        mem_free(cred);
        return status;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

struct sspi_cred *sspi_cred_ref(struct sspi_cred *cred)
{
    if (cred)
        atomic_fetch_add_explicit(&cred->refs, 1, memory_order_relaxed);
    return cred;
}

void sspi_cred_unref(struct sspi_cred *cred)
{
    if (!cred || atomic_fetch_sub_explicit(&cred->refs, 1, memory_order_acq_rel) != 1)
        return;
    if (cred->cred)
        cred->ops->free_cred(cred->cred);
    mem_free(cred);
}

const struct pkg_ops *sspi_cred_package(const struct sspi_cred *cred)
{
    return cred->ops;
}

rpcsec_status sspi_cred_name(struct sspi_cred *cred, bool outbound, char **ret_name,
                             struct rpcsec_error *err)
{
    if (!cred->ops->cred_name)
        return RPCSEC_UNSUPPORTED;
    return cred->ops->cred_name(cred->cred, outbound, ret_name, err);
}

/* Owns what a package made; cred NULL: for a context that was imported. */
static struct sspi_cred *wrap_cred(const struct pkg_ops *ops, struct pkg_cred *cred)
{
    struct sspi_cred *wrapped = mem_zalloc(sizeof(*wrapped));

    if (!wrapped)
        return NULL;
    atomic_init(&wrapped->refs, 1);
    wrapped->ops = ops;
    wrapped->cred = cred;
    return wrapped;
}

/* ---- Making and freeing ---- */

/* Asked of every context of ours, and required of it. Without the replay and sequence flags MIT
 * takes duplicates and any order in silence. */
#define ALWAYS                                                                          \
    ((uint32_t)(ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | \
                ISC_REQ_USE_DCE_STYLE))

/* MS-RPCE 3.3.1.5.2.2: confidentiality at privacy only; peers size signatures by the flags. */
static uint32_t flags_of(enum rpcsec_level level)
{
    switch (level) {
    case RPCSEC_LEVEL_CONNECT:
        return ALWAYS;
    case RPCSEC_LEVEL_CALL:
    case RPCSEC_LEVEL_PACKET:
    case RPCSEC_LEVEL_INTEGRITY:
        return ALWAYS | ISC_REQ_INTEGRITY;
    case RPCSEC_LEVEL_PRIVACY:
        return ALWAYS | ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY;
    default:
        return 0;
    }
}

static uint32_t flags_for(const struct sspi_ctx_params *params)
{
    uint32_t flags = flags_of(params->level);

    if (!params->plain)
        return flags;
    if (!params->initiator)
        return ISC_REQ_INTEGRITY;
    return flags &
           ~(uint32_t)(ISC_REQ_USE_DCE_STYLE | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT);
}

static const uint8_t *put_bytes(uint8_t **at, const uint8_t *bytes, size_t len)
{
    uint8_t *start = *at;

    if (len > 0)
        memcpy(start, bytes, len);
    *at += len;
    return start;
}

/* Every step gives GSS the bindings, and callers keep theirs for one step only. */
static struct pkg_bindings *copy_bindings(const struct pkg_bindings *from)
{
    struct pkg_bindings *to =
        mem_alloc(sizeof(*to) + from->initiator_len + from->acceptor_len + from->data_len);
    uint8_t *at = (uint8_t *)(to + 1);

    if (!to)
        return NULL;
    *to = *from;
    to->initiator = put_bytes(&at, from->initiator, from->initiator_len);
    to->acceptor = put_bytes(&at, from->acceptor, from->acceptor_len);
    to->data = put_bytes(&at, from->data, from->data_len);
    return to;
}

static rpcsec_status fill_ctx(struct sspi_ctx *ctx, struct sspi_cred *cred,
                              const struct sspi_ctx_params *params)
{
    bool by_level = params->level != RPCSEC_LEVEL_DEFAULT;

    ctx->cred = sspi_cred_ref(cred);
    ctx->policy = rpcsec_policy_ref((struct rpcsec_policy *)(uintptr_t)params->policy);
    ctx->level = params->level;
    ctx->initiator = params->initiator;
    ctx->asked = by_level ? flags_for(params) : params->flags;
    ctx->required = by_level ? ctx->asked : 0;
    ctx->bindings_required = params->bindings_required;
    if (params->bindings) {
        ctx->bindings = copy_bindings(params->bindings);
        if (!ctx->bindings)
            return RPCSEC_NO_MEMORY;
    }
    if (!params->target)
        return RPCSEC_OK;
    ctx->target = mem_strdup(params->target);
    return ctx->target ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

rpcsec_status sspi_ctx_new(struct sspi_cred *cred, const struct sspi_ctx_params *params,
                           struct sspi_ctx **ret_ctx, struct rpcsec_error *err)
{
    struct sspi_ctx *ctx;

    if (params->level != RPCSEC_LEVEL_DEFAULT && flags_of(params->level) == 0)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no security context at level %s",
                         rpcsec_level_name(params->level));
    ctx = mem_zalloc(sizeof(*ctx));
    if (!ctx)
        return error_no_memory(err);
    if (fill_ctx(ctx, cred, params) != RPCSEC_OK) {
        sspi_ctx_free(ctx);
        return error_no_memory(err);
    }
    *ret_ctx = ctx;
    return RPCSEC_OK;
}

void sspi_ctx_free(struct sspi_ctx *ctx)
{
    if (!ctx)
        return;
    if (ctx->pkg)
        ctx->cred->ops->free_ctx(ctx->pkg);
    sspi_cred_unref(ctx->cred);
    rpcsec_policy_free(ctx->policy);
    mem_free(ctx->target);
    mem_free(ctx->bindings);
    mem_free(ctx);
}

void sspi_ctx_lighten(struct sspi_ctx *ctx)
{
    if (ctx->state == CTX_DONE && ctx->cred->ops->lighten)
        ctx->cred->ops->lighten(ctx->pkg);
}

/* ---- What a finished context must be ---- */

static rpcsec_status refuse(rpcsec_status status, struct rpcsec_error *err, const char *what)
{
    return error_set(err, status, RPCSEC_LAYER_POLICY,
                     "the peer's security context is refused: %s", what);
}

static rpcsec_status check_flags(const struct sspi_ctx *ctx, struct rpcsec_error *err)
{
    uint32_t missing = ctx->required & ~ctx->info.flags;

    /* Who allows NTLM knows that it proves no server; DCE style is Kerberos'. */
    if (ctx->info.is_ntlm)
        missing &= ~(uint32_t)(ISC_RET_MUTUAL_AUTH | ISC_RET_USED_DCE_STYLE |
                               ISC_RET_REPLAY_DETECT | ISC_RET_SEQUENCE_DETECT);
    if (missing == 0)
        return RPCSEC_OK;
    if (error_wants(err))
        err->flags_granted = ctx->info.flags;
    if (missing & ISC_REQ_MUTUAL_AUTH)
        return refuse(RPCSEC_MUTUAL_AUTH_FAILED, err, "it lacks mutual authentication");
    if (missing & (ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT))
        return refuse(RPCSEC_POLICY_REFUSED, err, "it lacks replay or sequence detection");
    if (missing & ISC_REQ_USE_DCE_STYLE)
        return refuse(RPCSEC_POLICY_REFUSED, err, "it is not in DCE style");
    return refuse(RPCSEC_POLICY_REFUSED, err,
                  "it lacks the integrity or confidentiality of its level");
}

/* Negotiate may have become NTLM: only where that is allowed by itself. */
static rpcsec_status check_mechanism(const struct sspi_ctx *ctx, struct rpcsec_error *err)
{
    if (!ctx->info.is_ntlm || !ctx->policy || (ctx->policy->mechanisms & RPCSEC_MECH_NTLM))
        return RPCSEC_OK;
    return refuse(RPCSEC_POLICY_REFUSED, err, "it is NTLM, which policy does not allow");
}

static rpcsec_status check_enctype(const struct sspi_ctx *ctx, struct rpcsec_error *err)
{
    if (ctx->info.is_ntlm)
        return RPCSEC_OK; /* keys of less than 128 bits make no context */
    if (enctype_is_strong(ctx->info.enctype_number))
        return RPCSEC_OK;
    if (error_wants(err))
        text_print(err->enctypes, sizeof(err->enctypes), "%s", ctx->info.enctype);
    return error_set(
        err, RPCSEC_BAD_ENCTYPE, RPCSEC_LAYER_POLICY,
        "the peer's security context is refused: its keys are %s (%d), only AES is "
        "taken; give the service AES keys",
        ctx->info.enctype, (int)ctx->info.enctype_number);
}

/* An initiator's target is the one it asked for: mutual authentication proved it. */
static rpcsec_status check_target(const struct sspi_ctx *ctx, struct rpcsec_error *err)
{
    char clean[LIMIT_SPN_LEN + 1];

    if (ctx->initiator || ctx->info.is_ntlm || !ctx->policy ||
        policy_accepts_spn(ctx->policy, ctx->info.target))
        return RPCSEC_OK;
    text_clean(clean, sizeof(clean), ctx->info.target,
               strnlen(ctx->info.target, LIMIT_SPN_LEN));
    if (error_wants(err))
        text_print(err->spn, sizeof(err->spn), "%s", clean);
    return error_set(err, RPCSEC_POLICY_REFUSED, RPCSEC_LAYER_POLICY,
                     "the client's ticket is for %s, which this server does not accept", clean);
}

static enum rpcsec_level level_of(const struct sspi_ctx *ctx)
{
    if (ctx->level != RPCSEC_LEVEL_DEFAULT)
        return ctx->level;
    if (ctx->info.flags & ISC_RET_CONFIDENTIALITY)
        return RPCSEC_LEVEL_PRIVACY;
    return ctx->info.flags & ISC_RET_INTEGRITY ? RPCSEC_LEVEL_INTEGRITY : RPCSEC_LEVEL_CONNECT;
}

/* NTLM proves no server: whom the client asked for is only its wish. */
static const char *proved_principal(const struct sspi_ctx *ctx)
{
    if (!ctx->initiator)
        return ctx->info.source;
    return ctx->info.is_ntlm ? "" : ctx->info.target;
}

static void fill_peer(struct sspi_ctx *ctx)
{
    ctx->peer = (struct rpcsec_peer){
        .principal = proved_principal(ctx),
        .target = ctx->info.target,
        .address = "",
        .enctype = ctx->info.enctype,
        .mechanism = ctx->info.is_ntlm ? RPCSEC_MECH_NTLM : ctx->cred->ops->mechanism,
        .level = level_of(ctx),
        .enctype_number = ctx->info.enctype_number,
        .expires = ctx->info.expires,
    };
    if (!ctx->info.pac)
        return;
    ctx->peer.sid = ctx->info.pac->user;
    ctx->peer.group_sids = ctx->info.pac->groups;
    ctx->peer.num_group_sids = ctx->info.pac->num_groups;
}

static rpcsec_status examine(struct sspi_ctx *ctx, struct rpcsec_error *err)
{
    rpcsec_status status = ctx->cred->ops->info(ctx->pkg, &ctx->info);

    if (status == RPCSEC_OK)
        status = ctx->cred->ops->sizes(ctx->pkg, &ctx->sizes);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_SECURITY,
                         "the finished security context cannot be examined");
    status = check_mechanism(ctx, err);
    if (status == RPCSEC_OK)
        status = check_flags(ctx, err);
    if (status == RPCSEC_OK)
        status = check_enctype(ctx, err);
    if (status == RPCSEC_OK)
        status = check_target(ctx, err);
    return status;
}

/* ---- Steps ---- */

static rpcsec_status check_step(struct sspi_ctx *ctx, size_t token_len,
                                struct rpcsec_error *err)
{
    if (ctx->state != CTX_OPEN)
        return error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_SECURITY,
                         "the security context is finished and takes no more tokens");
    if (ctx->legs >= LIMIT_HANDSHAKE_LEGS)
        return error_set(err, RPCSEC_PROTOCOL_ERROR, RPCSEC_LAYER_SECURITY,
                         "the handshake takes more than %d steps", LIMIT_HANDSHAKE_LEGS);
    if (token_len > LIMIT_TOKEN_LEN)
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the peer's token has more than %d bytes", LIMIT_TOKEN_LEN);
    if (token_len == 0 && (!ctx->initiator || ctx->legs > 0))
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the peer sent no token where one is needed");
    return RPCSEC_OK;
}

/* Where the handshake is, for an error that may come. */
static void note_step(struct rpcsec_error *err, uint32_t leg, uint32_t flags_asked)
{
    if (!error_wants(err))
        return;
    err->leg = leg;
    err->flags_asked = flags_asked;
}

static rpcsec_status run_step(struct sspi_ctx *ctx, const uint8_t *token, size_t token_len,
                              struct buf *ret_token, bool *done, struct rpcsec_error *err)
{
    const struct pkg_ops *ops = ctx->cred->ops;
    const struct pkg_step step = {
        .target = ctx->target,
        .flags = ctx->asked,
        .token = token,
        .token_len = token_len,
        .bindings = ctx->bindings,
        .bindings_required = ctx->bindings_required,
    };
    rpcsec_status status = check_step(ctx, token_len, err);

    if (status != RPCSEC_OK)
        return status;
    ctx->legs++;
    if (ctx->initiator)
        status = ops->init(ctx->cred->cred, &ctx->pkg, &step, ret_token, done, err);
    else
        status = ops->accept(ctx->cred->cred, &ctx->pkg, &step, ret_token, done, err);
    if (status == RPCSEC_OK && *done)
        status = examine(ctx, err);
    return status;
}

/* After a failure no token goes out but an error token that was asked for. */
static void drop_token(const struct sspi_ctx *ctx, bool done, struct buf *token, size_t start)
{
    bool keep = !done && (ctx->asked & ISC_REQ_EXTENDED_ERROR) && !ctx->initiator;

    if (!keep && token->len > start)
        token->len = start;
}

rpcsec_status sspi_ctx_step(struct sspi_ctx *ctx, const uint8_t *token, size_t token_len,
                            struct buf *ret_token, bool *ret_done, struct rpcsec_error *err)
{
    size_t start = ret_token->len;
    bool done = false;
    rpcsec_status status;

    note_step(err, ctx->legs + 1, ctx->asked);
    status = run_step(ctx, token, token_len, ret_token, &done, err);
    TRACE("sspi", "step", "role=%s leg=%u in=%zu out=%zu done=%d status=%s",
          ctx->initiator ? "initiator" : "acceptor", ctx->legs, token_len,
          ret_token->len - start, done, rpcsec_status_name(status));
    if (status != RPCSEC_OK) {
        if (ctx->state == CTX_OPEN)
            ctx->state = CTX_FAILED;
        drop_token(ctx, done, ret_token, start);
        return status;
    }
    note_step(err, 0, 0);
    if (done) {
        fill_peer(ctx);
        ctx->state = CTX_DONE;
    }
    *ret_done = done;
    return RPCSEC_OK;
}

/* ---- Questions ---- */

bool sspi_ctx_is_done(const struct sspi_ctx *ctx)
{
    return ctx->state == CTX_DONE;
}

bool sspi_ctx_is_quick(const struct sspi_ctx *ctx)
{
    return ctx->pkg && ctx->cred->ops->is_quick && ctx->cred->ops->is_quick(ctx->pkg);
}

bool sspi_ctx_is_last_word(const struct sspi_ctx *ctx, const uint8_t *token, size_t token_len)
{
    const struct pkg_ops *ops = ctx->cred->ops;

    return ctx->initiator && ctx->state == CTX_DONE && ops->is_last_word &&
           ops->is_last_word(token, token_len);
}

bool sspi_ctx_is_initiator(const struct sspi_ctx *ctx)
{
    return ctx->initiator;
}

const struct pkg_ops *sspi_ctx_package(const struct sspi_ctx *ctx)
{
    return ctx->cred->ops;
}

uint32_t sspi_ctx_flags_asked(const struct sspi_ctx *ctx)
{
    return ctx->asked;
}

const struct rpcsec_peer *sspi_ctx_peer(const struct sspi_ctx *ctx)
{
    return &ctx->peer;
}

struct pac *sspi_ctx_pac_ref(const struct sspi_ctx *ctx)
{
    return pac_ref(ctx->info.pac);
}

void sspi_pac_unref(struct pac *pac)
{
    pac_unref(pac);
}

const struct pkg_info *sspi_ctx_info(const struct sspi_ctx *ctx)
{
    return &ctx->info;
}

const struct pkg_sizes *sspi_ctx_sizes(const struct sspi_ctx *ctx)
{
    return &ctx->sizes;
}

rpcsec_status sspi_ctx_session_key(struct sspi_ctx *ctx, struct buf *ret_key)
{
    if (ctx->state != CTX_DONE)
        return RPCSEC_INVALID_STATE;
    return ctx->cred->ops->session_key(ctx->pkg, ret_key);
}

rpcsec_status sspi_ctx_take_delegated(struct sspi_ctx *ctx, struct sspi_cred **ret_cred)
{
    const struct pkg_ops *ops = ctx->cred->ops;
    struct pkg_cred *delegated = NULL;
    struct sspi_cred *cred;
    rpcsec_status status;

    if (ctx->state != CTX_DONE)
        return RPCSEC_INVALID_STATE;
    if (!ops->take_delegated)
        return RPCSEC_NOT_FOUND;
    status = ops->take_delegated(ctx->pkg, &delegated);
    if (status != RPCSEC_OK)
        return status;
    cred = wrap_cred(&pkg_kerberos, delegated);
    if (!cred) {
        ops->free_cred(delegated);
        return RPCSEC_NO_MEMORY;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

/* ---- Export and import ---- */

rpcsec_status sspi_ctx_export(struct sspi_ctx *ctx, struct buf *out)
{
    if (ctx->state != CTX_DONE)
        return RPCSEC_INVALID_STATE;
    if (!ctx->cred->ops->export_ctx)
        return RPCSEC_UNSUPPORTED;
    buf_u8(out, ctx->initiator);
    buf_u32(out, ctx->asked);
    return ctx->cred->ops->export_ctx(ctx->pkg, out);
}

static rpcsec_status import_into(struct sspi_ctx *ctx, const struct pkg_ops *ops,
                                 const uint8_t *bytes, size_t len, struct rpcsec_error *err)
{
    struct cur c;
    const uint8_t *rest;
    rpcsec_status status;

    cur_init(&c, bytes, len, false);
    ctx->initiator = cur_u8(&c) != 0;
    ctx->asked = cur_u32(&c);
    len = cur_left(&c);
    rest = cur_bytes(&c, len);
    status = cur_status(&c);
    if (status == RPCSEC_OK)
        status = ops->import_ctx(rest, len, &ctx->pkg, err);
    if (status == RPCSEC_OK)
        status = examine(ctx, err);
    if (status != RPCSEC_OK)
        return status;
    fill_peer(ctx);
    ctx->state = CTX_DONE;
    return RPCSEC_OK;
}

rpcsec_status sspi_ctx_import(const struct pkg_ops *ops, const uint8_t *bytes, size_t len,
                              struct sspi_ctx **ret_ctx, struct rpcsec_error *err)
{
    struct sspi_ctx *ctx;
    rpcsec_status status;

    if (!ops->import_ctx)
        return RPCSEC_UNSUPPORTED;
    ctx = mem_zalloc(sizeof(*ctx));
    if (!ctx)
        return error_no_memory(err);
    ctx->cred = wrap_cred(ops, NULL);
    status = ctx->cred ? import_into(ctx, ops, bytes, len, err) : error_no_memory(err);
    if (status != RPCSEC_OK) {
        sspi_ctx_free(ctx);
        return status;
    }
    *ret_ctx = ctx;
    return RPCSEC_OK;
}

/* ---- Messages ---- */

/* The gate that MIT lacks: its contexts seal whatever was negotiated. */
static rpcsec_status check_grants(const struct sspi_ctx *ctx, uint32_t flag)
{
    if (ctx->state != CTX_DONE)
        return RPCSEC_INVALID_STATE;
    return ctx->info.flags & flag ? RPCSEC_OK : RPCSEC_UNSUPPORTED;
}

rpcsec_status sspi_ctx_wrap(struct sspi_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_grants(ctx, ISC_RET_CONFIDENTIALITY);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->wrap(ctx->pkg, buffers, num, token, token_len);
}

rpcsec_status sspi_ctx_unwrap(struct sspi_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                              uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_grants(ctx, ISC_RET_CONFIDENTIALITY);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->unwrap(ctx->pkg, buffers, num, token, token_len);
}

size_t sspi_ctx_wrap_token_len(const struct sspi_ctx *ctx, const uint8_t *token, size_t len)
{
    const struct pkg_ops *ops = ctx->cred->ops;

    return ops->wrap_token_len ? ops->wrap_token_len(ctx->pkg, token, len)
                               : ctx->sizes.wrap_len;
}

rpcsec_status sspi_ctx_seal(struct sspi_ctx *ctx, uint8_t *token, size_t len)
{
    const size_t head_len = ctx->sizes.wrap_len;
    struct pkg_buffer data;

    if (len < head_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    data = (struct pkg_buffer){PKG_DATA, token + head_len, len - head_len};
    return sspi_ctx_wrap(ctx, &data, 1, token, head_len);
}

rpcsec_status sspi_ctx_open(struct sspi_ctx *ctx, uint8_t *token, size_t len,
                            uint8_t **ret_data, size_t *ret_len)
{
    const struct pkg_ops *ops = ctx->cred->ops;
    struct pkg_buffer data;
    size_t head_len;
    rpcsec_status status = check_grants(ctx, ISC_RET_CONFIDENTIALITY);

    if (status == RPCSEC_OK && ops->unrotate)
        status = ops->unrotate(ctx->pkg, token, len);
    if (status != RPCSEC_OK)
        return status;
    head_len = sspi_ctx_wrap_token_len(ctx, token, len);
    if (len < head_len)
        return RPCSEC_BAD_TOKEN;
    data = (struct pkg_buffer){PKG_DATA, token + head_len, len - head_len};
    status = ops->unwrap(ctx->pkg, &data, 1, token, head_len);
    if (status != RPCSEC_OK)
        return status;
    *ret_data = data.data;
    *ret_len = data.len;
    return RPCSEC_OK;
}

rpcsec_status sspi_ctx_mic(struct sspi_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                           uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_grants(ctx, ISC_RET_INTEGRITY);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->mic(ctx->pkg, buffers, num, token, token_len);
}

rpcsec_status sspi_ctx_verify(struct sspi_ctx *ctx, const struct pkg_buffer *buffers,
                              size_t num, const uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_grants(ctx, ISC_RET_INTEGRITY);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->verify(ctx->pkg, buffers, num, token, token_len);
}

/* ---- Signed and not encrypted ---- */

bool sspi_ctx_is_clear(const struct sspi_ctx *ctx, const uint8_t *token, size_t len)
{
    const struct pkg_ops *ops = ctx->cred->ops;

    return ops->is_clear && ops->is_clear(token, len);
}

static rpcsec_status check_clear(const struct sspi_ctx *ctx)
{
    return ctx->cred->ops->wrap_clear ? check_grants(ctx, ISC_RET_INTEGRITY)
                                      : RPCSEC_UNSUPPORTED;
}

rpcsec_status sspi_ctx_clear_len(struct sspi_ctx *ctx, size_t *ret_len)
{
    rpcsec_status status = check_clear(ctx);

    return status == RPCSEC_OK ? ctx->cred->ops->clear_len(ctx->pkg, ret_len) : status;
}

rpcsec_status sspi_ctx_wrap_clear(struct sspi_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_clear(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->wrap_clear(ctx->pkg, buffers, num, token, token_len);
}

rpcsec_status sspi_ctx_unwrap_clear(struct sspi_ctx *ctx, struct pkg_buffer *buffers,
                                    size_t num, uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_clear(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->unwrap_clear(ctx->pkg, buffers, num, token, token_len);
}

rpcsec_status sspi_ctx_open_clear(struct sspi_ctx *ctx, uint8_t *stream, size_t len,
                                  uint8_t **ret_data, size_t *ret_len)
{
    rpcsec_status status = check_clear(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->cred->ops->open_clear(ctx->pkg, stream, len, ret_data, ret_len);
}
