/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_ctx.c: the handshake and what a finished context tells. Layer: packages.
 * Documents: RFC 2743 2.2, RFC 4121 4.1, MS-KILE 3.2.1 and 3.4.
 *
 * Never counts legs: a step is done when GSS says exactly COMPLETE, and a token that came with
 * it is handed on. What a context must be is checked above, in sspi/.
 */
#include "packages/gssw.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/trace.h"
#include "packages/enctype.h"
#include "packages/rotate.h"
#include "packages/token.h"

/* MIT's name attribute that holds a PAC's KERB_VALIDATION_INFO. */
#define LOGON_INFO "urn:mspac:logon-info"

/* ISC_REQ_ and ISC_RET_ agree on these bits. */
static const struct {
    uint32_t isc;
    OM_uint32 gss;
} flag_pairs[] = {
    {ISC_REQ_DELEGATE, GSS_C_DELEG_POLICY_FLAG}, /* MS-KILE 3.2.1: only if ok-as-delegate */
    {ISC_REQ_MUTUAL_AUTH, GSS_C_MUTUAL_FLAG},
    {ISC_REQ_REPLAY_DETECT, GSS_C_REPLAY_FLAG},
    {ISC_REQ_SEQUENCE_DETECT, GSS_C_SEQUENCE_FLAG},
    {ISC_REQ_CONFIDENTIALITY, GSS_C_CONF_FLAG},
    {ISC_REQ_USE_DCE_STYLE, GSS_C_DCE_STYLE},
    {ISC_REQ_INTEGRITY, GSS_C_INTEG_FLAG},
    {ISC_REQ_IDENTIFY, GSS_C_IDENTIFY_FLAG},
    {ISC_REQ_EXTENDED_ERROR, GSS_C_EXTENDED_ERROR_FLAG},
};

/* MS-SSPI: these protections cannot be had without integrity. */
#define IMPLY_INTEGRITY \
    (ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONFIDENTIALITY)

OM_uint32 gssw_flags_to_gss(uint32_t isc_flags)
{
    OM_uint32 flags = 0;

    for (size_t i = 0; i < sizeof(flag_pairs) / sizeof(flag_pairs[0]); i++) {
        if (isc_flags & flag_pairs[i].isc)
            flags |= flag_pairs[i].gss;
    }
    return flags;
}

uint32_t gssw_flags_from_gss(OM_uint32 gss_flags)
{
    uint32_t flags = 0;

    for (size_t i = 0; i < sizeof(flag_pairs) / sizeof(flag_pairs[0]); i++) {
        if (gss_flags & flag_pairs[i].gss)
            flags |= flag_pairs[i].isc;
    }
    if (gss_flags & GSS_C_DELEG_FLAG)
        flags |= ISC_RET_DELEGATE;
    if (flags & IMPLY_INTEGRITY)
        flags |= ISC_RET_INTEGRITY;
    return flags;
}

/* ---- The handshake ---- */

static rpcsec_status new_ctx(gss_OID mech, bool initiator, struct pkg_ctx **ret_ctx,
                             struct rpcsec_error *err)
{
    struct pkg_ctx *ctx = mem_zalloc(sizeof(*ctx));

    if (!ctx)
        return error_no_memory(err);
    ctx->mech = mech;
    ctx->initiator = initiator;
    *ret_ctx = ctx;
    return RPCSEC_OK;
}

/* Hands GSS's token on and gives its memory back. */
static rpcsec_status take_token(gss_buffer_desc *token, struct buf *ret_token)
{
    OM_uint32 minor = 0;

    if (token->length > 0)
        buf_bytes(ret_token, token->value, token->length);
    gss_release_buffer(&minor, token);
    return buf_status(ret_token);
}

/* NTLM's own message protection needs to know what the handshake agreed on. */
static void look_at_ntlm(struct pkg_ctx *ctx, const void *token, size_t token_len)
{
    uint32_t flags = 0;

    if (token_len > 0 && token_ntlm_flags(token, token_len, &flags) == RPCSEC_OK)
        ctx->ntlm_flags = flags;
}

/* Keeps what the first token says of the ticket; a token of another kind says nothing. */
static void look_at_token(struct pkg_ctx *ctx, const void *token, size_t token_len)
{
    const uint8_t *inner = NULL;
    size_t inner_len = 0;
    struct apreq apreq;

    look_at_ntlm(ctx, token, token_len);
    if (token_len == 0 || ctx->apreq.service[0] != '\0')
        return;
    token_inner(token, token_len, &inner, &inner_len);
    if (apreq_decode(inner, inner_len, &apreq) == RPCSEC_OK)
        ctx->apreq = apreq;
}

/* GSS-API would choose the mechanism by a first token's looks; here the package was chosen.
 * MS-SPNG 3.2.5.2: a bare Kerberos token is taken where SPNEGO is. */
static rpcsec_status check_first_token(gss_OID mech, const struct pkg_step *step,
                                       struct rpcsec_error *err)
{
    switch (token_kind(step->token, step->token_len)) {
    case TOKEN_KERBEROS:
        if (!gssw_is_ntlm(mech))
            return RPCSEC_OK;
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the client's token is Kerberos', and NTLM was agreed");
    case TOKEN_SPNEGO:
        if (gssw_is_spnego(mech))
            return RPCSEC_OK;
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the client's token is SPNEGO's, and another mechanism was agreed");
    case TOKEN_NTLM:
        if (gssw_is_ntlm(mech))
            return RPCSEC_OK;
        return error_set(err, RPCSEC_UNSUPPORTED, RPCSEC_LAYER_SECURITY,
                         "the client's token is NTLM's, which is not served: the client "
                         "probably has no Kerberos ticket");
    default:
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the client's token is of no known kind");
    }
}

/* What both roles do with the result of a step. */
static rpcsec_status finish_step(struct pkg_ctx *ctx, const struct gssw_act *act,
                                 OM_uint32 major, OM_uint32 minor, gss_buffer_desc *token,
                                 struct buf *ret_token, bool *ret_done,
                                 struct rpcsec_error *err)
{
    rpcsec_status failed = RPCSEC_OK;
    rpcsec_status status;

    /* The texts of a minor status are kept per thread until its next GSS call. */
    if (major != GSS_S_COMPLETE && major != GSS_S_CONTINUE_NEEDED)
        failed = gssw_fail(act, major, minor, err);
    TRACE("packages", ctx->initiator ? "init" : "accept",
          "major=%#x minor=%d token=%zu flags=%#x", major, (int)minor, token->length,
          ctx->gss_flags);
    status = take_token(token, ret_token);
    if (failed != RPCSEC_OK)
        return failed;
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_SECURITY,
                         "the security token does not fit its buffer");
    if (major == GSS_S_COMPLETE) {
        status = gssw_establish(ctx, err);
        if (status != RPCSEC_OK)
            return status;
    }
    *ret_done = major == GSS_S_COMPLETE;
    return RPCSEC_OK;
}

/* MIT hashes address types as they are: 0 and GSS_C_AF_NULLADDR are different bindings. */
static gss_channel_bindings_t fill_bindings(const struct pkg_bindings *from,
                                            struct gss_channel_bindings_struct *to)
{
    if (!from)
        return GSS_C_NO_CHANNEL_BINDINGS;
    *to = (struct gss_channel_bindings_struct){
        .initiator_addrtype = from->initiator_type,
        .initiator_address = {from->initiator_len, (void *)(uintptr_t)from->initiator},
        .acceptor_addrtype = from->acceptor_type,
        .acceptor_address = {from->acceptor_len, (void *)(uintptr_t)from->acceptor},
        .application_data = {from->data_len, (void *)(uintptr_t)from->data},
    };
    return to;
}

static OM_uint32 flags_of_step(const struct pkg_step *step, bool ntlm)
{
    OM_uint32 flags = gssw_flags_to_gss(step->flags);

    if (step->bindings)
        flags |= GSS_C_CHANNEL_BOUND_FLAG;
    return ntlm ? flags & ~(OM_uint32)(GSS_C_DCE_STYLE | GSS_C_MUTUAL_FLAG) : flags;
}

rpcsec_status gssw_init(struct pkg_cred *cred, struct pkg_ctx **ctx,
                        const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                        struct rpcsec_error *err)
{
    struct gssw_act act = {.doing = "start a security context with",
                           .name = step->target,
                           .initiator = true,
                           .mech = cred->mech,
                           .answered = *ctx && (*ctx)->gss != GSS_C_NO_CONTEXT};
    gss_buffer_desc in = {step->token_len, (void *)(uintptr_t)step->token};
    gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
    OM_uint32 major;
    OM_uint32 minor = 0;
    gss_cred_id_t gss = GSS_C_NO_CREDENTIAL;
    bool ntlm = false;
    struct gss_channel_bindings_struct bindings;
    rpcsec_status status;

    status = gssw_initiator(cred, &gss, &ntlm, err);
    if (status == RPCSEC_OK && !*ctx)
        status = new_ctx(cred->mech, true, ctx, err);
    if (status == RPCSEC_OK && !(*ctx)->target)
        status = ntlm ? gssw_import_ntlm_target(step->target, &(*ctx)->target, err)
                      : gssw_import_target(step->target, &(*ctx)->target, err);
    if (status != RPCSEC_OK)
        return status;
    major = gss_init_sec_context(&minor, gss, &(*ctx)->gss, (*ctx)->target, cred->mech,
                                 flags_of_step(step, ntlm), GSS_C_INDEFINITE,
                                 fill_bindings(step->bindings, &bindings), &in, NULL, &out,
                                 &(*ctx)->gss_flags, NULL);
    (*ctx)->mic_sent |= token_has_mic(out.value, out.length);
    look_at_ntlm(*ctx, in.value, in.length);
    look_at_token(*ctx, out.value, out.length);
    (*ctx)->verified |= token_has_mic(step->token, step->token_len);
    return finish_step(*ctx, &act, major, minor, &out, ret_token, ret_done, err);
}

/* MS-KILE 3.4.5.1, MS-RPCE 2.2.1.1.7: in DCE style an AP-REQ has no framing, and MIT holds
 * clients to it. Windows and Samba take either, and some clients send the framing. */
static rpcsec_status first_token(const struct pkg_step *step, gss_buffer_desc *in,
                                 struct buf *unframed)
{
    rpcsec_status status;

    if (!(step->flags & ISC_REQ_USE_DCE_STYLE))
        return RPCSEC_OK;
    status = token_unframe(step->token, step->token_len, unframed);
    if (status == RPCSEC_OK) {
        in->value = unframed->data;
        in->length = unframed->len;
    }
    return status == RPCSEC_NOT_FOUND ? RPCSEC_OK : status;
}

static rpcsec_status begin_accept(struct pkg_cred *cred, struct pkg_ctx **ctx,
                                  const struct pkg_step *step, gss_buffer_desc *in,
                                  struct buf *unframed, struct rpcsec_error *err)
{
    rpcsec_status status = check_first_token(cred->mech, step, err);

    if (status != RPCSEC_OK)
        return status;
    if (first_token(step, in, unframed) != RPCSEC_OK)
        return error_no_memory(err);
    return new_ctx(cred->mech, false, ctx, err);
}

/* MIT lets a client pass that sent no bindings; that it sent them is a flag. */
static rpcsec_status check_bound(const struct pkg_ctx *ctx, const struct pkg_step *step,
                                 struct rpcsec_error *err)
{
    if (!step->bindings || !step->bindings_required ||
        (ctx->gss_flags & GSS_C_CHANNEL_BOUND_FLAG))
        return RPCSEC_OK;
    return error_set(err, RPCSEC_BAD_BINDINGS, RPCSEC_LAYER_POLICY,
                     "the client sent no channel bindings, and they are required");
}

static rpcsec_status accept_token(struct pkg_cred *cred, struct pkg_ctx *ctx,
                                  const struct pkg_step *step, gss_buffer_desc *in,
                                  struct buf *ret_token, bool *ret_done,
                                  struct rpcsec_error *err)
{
    struct gssw_act act = {.doing = "accept the client's token", .mech = cred->mech};
    struct gss_channel_bindings_struct bindings;
    gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
    OM_uint32 major;
    OM_uint32 minor = 0;
    rpcsec_status status;

    look_at_token(ctx, in->value, in->length);
    ctx->verified |= token_has_mic(in->value, in->length);
    major = gss_accept_sec_context(&minor, &ctx->gss, cred->acceptor, in,
                                   fill_bindings(step->bindings, &bindings), NULL, NULL, &out,
                                   &ctx->gss_flags, NULL, &ctx->delegated);
    ctx->mic_sent |= token_has_mic(out.value, out.length);
    look_at_ntlm(ctx, out.value, out.length);
    status = finish_step(ctx, &act, major, minor, &out, ret_token, ret_done, err);
    if (status == RPCSEC_OK && *ret_done)
        status = check_bound(ctx, step, err);
    return status;
}

rpcsec_status gssw_accept(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *step, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err)
{
    gss_buffer_desc in = {step->token_len, (void *)(uintptr_t)step->token};
    __attribute__((cleanup(buf_done))) struct buf unframed;
    rpcsec_status status = RPCSEC_OK;

    buf_init(&unframed, LIMIT_TOKEN_LEN);
    if (!cred->acceptor)
        return error_set(err, RPCSEC_NO_CREDENTIALS, RPCSEC_LAYER_SECURITY,
                         "the credential is not for inbound use");
    if (step->token_len == 0)
        return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                         "the client's token is empty");
    if (!*ctx)
        status = begin_accept(cred, ctx, step, &in, &unframed, err);
    if (status != RPCSEC_OK)
        return status;
    return accept_token(cred, *ctx, step, &in, ret_token, ret_done, err);
}

void gssw_free_ctx(struct pkg_ctx *ctx)
{
    OM_uint32 minor = 0;

    if (!ctx)
        return;
    if (ctx->record)
        ctx->record_ops->free(ctx->record);
    if (ctx->gss != GSS_C_NO_CONTEXT)
        gss_delete_sec_context(&minor, &ctx->gss, GSS_C_NO_BUFFER);
    if (ctx->delegated != GSS_C_NO_CREDENTIAL)
        gss_release_cred(&minor, &ctx->delegated);
    gssw_release_name(&ctx->target);
    mem_free((char *)(uintptr_t)ctx->info.source);
    mem_free((char *)(uintptr_t)ctx->info.target);
    pac_unref(ctx->info.pac);
    mem_free(ctx);
}

bool gssw_is_quick(const struct pkg_ctx *ctx)
{
    return ctx && !ctx->initiator && ctx->gss != GSS_C_NO_CONTEXT;
}

void gssw_lighten(struct pkg_ctx *ctx)
{
    OM_uint32 minor = 0;

    if (!ctx->record || !ctx->record_ops->session_key)
        return;
    gssw_release_name(&ctx->target);
    if (ctx->gss != GSS_C_NO_CONTEXT)
        gss_delete_sec_context(&minor, &ctx->gss, GSS_C_NO_BUFFER);
}

/* ---- What a finished context is ---- */

/* Element 0 of GSS_C_INQ_SSPI_SESSION_KEY is the key; element 1 is an OID, DER contents, whose
 * last arc is the enctype of the key that protects messages (the acceptor's subkey). */
static rpcsec_status inquire_key(struct pkg_ctx *ctx, gss_buffer_set_t *ret_set)
{
    OM_uint32 minor = 0;
    OM_uint32 major =
        gss_inquire_sec_context_by_oid(&minor, ctx->gss, GSS_C_INQ_SSPI_SESSION_KEY, ret_set);

    return major == GSS_S_COMPLETE && *ret_set && (*ret_set)->count > 0
               ? RPCSEC_OK
               : RPCSEC_SECURITY_FAILURE;
}

static void release_key(gss_buffer_set_t *set)
{
    OM_uint32 minor = 0;

    for (size_t i = 0; *set && i < (*set)->count; i++)
        secret_wipe((*set)->elements[i].value, (*set)->elements[i].length);
    gss_release_buffer_set(&minor, set);
}

/* X.690 8.19: base 128, the top bit set on all bytes of an arc but its last. */
static int32_t last_arc(const gss_buffer_desc *oid)
{
    const uint8_t *bytes = oid->value;
    uint32_t value = 0;

    for (size_t i = 0; i < oid->length; i++) {
        value = value << 7 | (bytes[i] & 0x7fU);
        if (!(bytes[i] & 0x80) && i + 1 < oid->length)
            value = 0;
    }
    return value <= INT16_MAX ? (int32_t)value : 0;
}

static rpcsec_status inquire_enctype(struct pkg_ctx *ctx)
{
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    rpcsec_status status = inquire_key(ctx, &set);

    if (status == RPCSEC_OK && set->count > 1)
        ctx->info.enctype_number = last_arc(&set->elements[1]);
    release_key(&set);
    return status;
}

/* A protector that has the keys knows without asking GSS once more. */
static rpcsec_status find_enctype(struct pkg_ctx *ctx)
{
    rpcsec_status status = RPCSEC_OK;
    size_t len;

    if (ctx->record_ops->session_key)
        (void)ctx->record_ops->session_key(ctx->record, &len, &ctx->info.enctype_number);
    else
        status = inquire_enctype(ctx);
    ctx->info.enctype = enctype_name(ctx->info.enctype_number);
    return status;
}

static int64_t expiry_of(OM_uint32 lifetime)
{
    return lifetime == GSS_C_INDEFINITE ? INT64_MAX : (int64_t)time(NULL) + lifetime;
}

/* An initiator's name of its target may lack the realm; the ticket has it. */
static char *target_text(const struct pkg_ctx *ctx, gss_name_t name)
{
    if (ctx->initiator && ctx->apreq.service[0])
        return mem_strdup(ctx->apreq.service);
    return gssw_name_text(name);
}

/* The PAC, on an acceptor. MIT verifies the checksum of the service's key over it and says so;
 * a PAC that is not verified counts as none. */
static rpcsec_status find_pac(struct pkg_ctx *ctx, gss_name_t source, struct rpcsec_error *err)
{
    gss_buffer_desc name = {sizeof(LOGON_INFO) - 1, (void *)(uintptr_t)LOGON_INFO};
    gss_buffer_desc value = GSS_C_EMPTY_BUFFER;
    gss_buffer_desc display = GSS_C_EMPTY_BUFFER;
    int authenticated = 0;
    int complete = 0;
    int more = -1;
    OM_uint32 minor = 0;
    rpcsec_status status = RPCSEC_OK;

    if (ctx->initiator ||
        gss_get_name_attribute(&minor, source, &name, &authenticated, &complete, &value,
                               &display, &more) != GSS_S_COMPLETE)
        return RPCSEC_OK;
    if (authenticated)
        status = pac_decode(value.value, value.length, &ctx->info.pac);
    gss_release_buffer(&minor, &value);
    gss_release_buffer(&minor, &display);
    if (status == RPCSEC_OK || status == RPCSEC_NO_MEMORY)
        return status;
    return error_set(err, RPCSEC_BAD_TOKEN, RPCSEC_LAYER_SECURITY,
                     "the PAC of the client's ticket cannot be read (%s): the KDC writes it "
                     "in an unknown form",
                     rpcsec_status_text(status));
}

static rpcsec_status find_names(struct pkg_ctx *ctx, struct rpcsec_error *err)
{
    gss_name_t source = GSS_C_NO_NAME;
    gss_name_t target = GSS_C_NO_NAME;
    gss_OID mech = GSS_C_NO_OID;
    OM_uint32 lifetime = 0;
    OM_uint32 minor = 0;
    OM_uint32 major = gss_inquire_context(&minor, ctx->gss, &source, &target, &lifetime, &mech,
                                          &ctx->gss_flags, NULL, NULL);
    bool named = source != GSS_C_NO_NAME && target != GSS_C_NO_NAME && gssw_is_kerberos(mech);
    rpcsec_status status = named ? find_pac(ctx, source, err) : RPCSEC_SECURITY_FAILURE;

    ctx->info.source = gssw_name_text(source);
    ctx->info.target = target_text(ctx, target);
    ctx->info.expires = expiry_of(lifetime);
    gssw_release_name(&source);
    gssw_release_name(&target);
    if (major != GSS_S_COMPLETE || status != RPCSEC_OK)
        return major != GSS_S_COMPLETE ? RPCSEC_SECURITY_FAILURE : status;
    return ctx->info.source && ctx->info.target ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static rpcsec_status make_record(struct pkg_ctx *ctx)
{
    const struct record_source source = {ctx->gss, ctx->gss_flags, ctx->verified};

    return record_choose(&source, &ctx->record_ops, &ctx->record);
}

/* Which mechanism it became: SPNEGO's is the one inside. */
static rpcsec_status find_mech(const struct pkg_ctx *ctx, gss_OID *ret_mech)
{
    OM_uint32 minor = 0;
    OM_uint32 major =
        gss_inquire_context(&minor, ctx->gss, NULL, NULL, NULL, ret_mech, NULL, NULL, NULL);

    return major == GSS_S_COMPLETE ? RPCSEC_OK : RPCSEC_SECURITY_FAILURE;
}

rpcsec_status gssw_establish(struct pkg_ctx *ctx, struct rpcsec_error *err)
{
    gss_OID mech = GSS_C_NO_OID;
    rpcsec_status status = find_mech(ctx, &mech);

    if (status == RPCSEC_OK && gssw_is_ntlm(mech))
        return gssw_establish_ntlm(ctx, err);
    if (status == RPCSEC_OK)
        status = find_names(ctx, err);
    if (status == RPCSEC_OK)
        status = make_record(ctx);
    if (status == RPCSEC_OK)
        status = find_enctype(ctx);
    if (status == RPCSEC_NO_MEMORY)
        return error_no_memory(err);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_SECURITY,
                         "the finished security context cannot be examined");
    ctx->info.flags = gssw_flags_from_gss(ctx->gss_flags);
    ctx->info.key_version = ctx->apreq.kvno;
    return RPCSEC_OK;
}

rpcsec_status gssw_info(struct pkg_ctx *ctx, struct pkg_info *ret_info)
{
    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    *ret_info = ctx->info;
    return RPCSEC_OK;
}

rpcsec_status gssw_sizes(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes)
{
    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    ctx->record_ops->sizes(ctx->record, ret_sizes);
    return RPCSEC_OK;
}

rpcsec_status gssw_session_key(struct pkg_ctx *ctx, struct buf *ret_key)
{
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    const uint8_t *key;
    int32_t enctype;
    size_t len;
    rpcsec_status status;

    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (ctx->record_ops->session_key) {
        key = ctx->record_ops->session_key(ctx->record, &len, &enctype);
        buf_bytes(ret_key, key, len);
        return buf_status(ret_key);
    }
    status = inquire_key(ctx, &set);
    if (status == RPCSEC_OK) {
        buf_bytes(ret_key, set->elements[0].value, set->elements[0].length);
        status = buf_status(ret_key);
    }
    release_key(&set);
    return status;
}

rpcsec_status gssw_take_delegated(struct pkg_ctx *ctx, struct pkg_cred **ret_cred)
{
    rpcsec_status status;

    if (!ctx || ctx->delegated == GSS_C_NO_CREDENTIAL)
        return RPCSEC_NOT_FOUND;
    status = gssw_cred_of(gss_mech_krb5, ctx->delegated, ret_cred);
    if (status == RPCSEC_OK)
        ctx->delegated = GSS_C_NO_CREDENTIAL;
    return status;
}

/* ---- Messages ---- */

/* MIT's per-message calls do not look at the clock. */
static rpcsec_status check_usable(const struct pkg_ctx *ctx)
{
    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    return (int64_t)time(NULL) >= ctx->info.expires ? RPCSEC_CONTEXT_EXPIRED : RPCSEC_OK;
}

rpcsec_status gssw_wrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                        uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->wrap(ctx->record, buffers, num, token, token_len);
}

rpcsec_status gssw_unwrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->unwrap(ctx->record, buffers, num, token, token_len);
}

size_t gssw_wrap_token_len(struct pkg_ctx *ctx, const uint8_t *token, size_t len)
{
    return ctx->record_ops->wrap_token_len(ctx->record, token, len);
}

/* In DCE style the token's own length says where the data begins. */
rpcsec_status gssw_unrotate(struct pkg_ctx *ctx, uint8_t *token, size_t len)
{
    struct pkg_sizes sizes;

    if (!ctx || !ctx->record)
        return RPCSEC_INVALID_STATE;
    if (ctx->gss_flags & GSS_C_DCE_STYLE || ctx->info.is_ntlm)
        return RPCSEC_OK;
    ctx->record_ops->sizes(ctx->record, &sizes);
    return rotate_token(token, len, sizes.wrap_len);
}

rpcsec_status gssw_mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                       uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->mic(ctx->record, buffers, num, token, token_len);
}

rpcsec_status gssw_verify(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                          const uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_usable(ctx);

    if (status != RPCSEC_OK)
        return status;
    return ctx->record_ops->verify(ctx->record, buffers, num, token, token_len);
}
