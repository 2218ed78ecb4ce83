/* SPDX-License-Identifier: MIT
 *
 * packages/gssw_ntlm.c: what is different about NTLM behind GSS-API. Layer: packages.
 * Documents: MS-NLMP 3.1, 3.4; gss-ntlmssp(8).
 *
 * The handshake is the mechanism's (gss-ntlmssp, where it is installed), the protection of
 * messages ours. Users and passwords of an acceptor are the mechanism's business: winbind, or
 * the file that NTLM_USER_FILE names.
 */
#include "packages/gssw.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "packages/record_ntlm.h"

#define USER_LEN (2 * LIMIT_IDENTITY_LEN + 2)

bool gssw_has_ntlm(void)
{
    gss_OID_set mechs = GSS_C_NO_OID_SET;
    OM_uint32 minor = 0;
    int there = 0;

    if (gss_indicate_mechs(&minor, &mechs) != GSS_S_COMPLETE)
        return false;
    gss_test_oid_set_member(&minor, (gss_OID)(uintptr_t)&gssw_ntlm, mechs, &there);
    gss_release_oid_set(&minor, &mechs);
    return there && ntlm_crypto_works();
}

/* ---- Credentials ---- */

/* "DOMAIN\\user", the form that the mechanism takes; user@domain stays as it is. */
static rpcsec_status import_user(const struct identity *identity, gss_name_t *ret_name,
                                 struct rpcsec_error *err)
{
    char text[USER_LEN];
    gss_buffer_desc user = {.value = text};
    OM_uint32 minor = 0;

    text_print(text, sizeof(text), "%s%s%s", identity->domain, identity->domain[0] ? "\\" : "",
               identity->user);
    user.length = strlen(text);
    if (user.length > 0 &&
        gss_import_name(&minor, &user, GSS_C_NT_USER_NAME, ret_name) == GSS_S_COMPLETE)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                     "the identity is no user that NTLM knows how to name");
}

static OM_uint32 acquire_password(const struct identity *identity, gss_name_t name,
                                  gss_OID_set mechs, gss_cred_id_t *ret_cred, OM_uint32 *minor)
{
    gss_buffer_desc password = {strlen(identity->password),
                                (void *)(uintptr_t)identity->password};

    return gss_acquire_cred_with_password(minor, name, &password, GSS_C_INDEFINITE, mechs,
                                          GSS_C_INITIATE, ret_cred, NULL, NULL);
}

/* SPNEGO's credential is for NTLM alone then. */
static OM_uint32 limit_to_ntlm(gss_OID mech, gss_cred_id_t cred, OM_uint32 *minor)
{
    gss_OID_set_desc ntlm = {1, (gss_OID)(uintptr_t)&gssw_ntlm};

    return gssw_is_spnego(mech) ? gss_set_neg_mechs(minor, cred, &ntlm) : GSS_S_COMPLETE;
}

rpcsec_status gssw_acquire_ntlm(gss_OID mech, gss_cred_usage_t usage,
                                const struct identity *identity, gss_cred_id_t *ret_cred,
                                struct rpcsec_error *err)
{
    struct gssw_act act = {
        .doing = "use NTLM", .initiator = usage == GSS_C_INITIATE, .mech = mech};
    gss_OID_set_desc mechs = {1, mech};
    gss_cred_id_t cred = GSS_C_NO_CREDENTIAL;
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor = 0;
    OM_uint32 major;
    rpcsec_status status = identity ? import_user(identity, &name, err) : RPCSEC_OK;

    if (status != RPCSEC_OK)
        return status;
    if (identity && identity->has_password)
        major = acquire_password(identity, name, &mechs, &cred, &minor);
    else
        major =
            gss_acquire_cred(&minor, name, GSS_C_INDEFINITE, &mechs, usage, &cred, NULL, NULL);
    if (major == GSS_S_COMPLETE)
        major = limit_to_ntlm(mech, cred, &minor);
    if (major != GSS_S_COMPLETE) {
        status = gssw_fail(&act, major, minor, err);
        if (cred != GSS_C_NO_CREDENTIAL)
            gss_release_cred(&minor, &cred);
    } else {
        *ret_cred = cred;
    }
    gssw_release_name(&name);
    return status;
}

/* ---- Finished contexts ---- */

/* The target is not asked for: gss-ntlmssp 1.2 reads a name that an acceptor does not have. */
static rpcsec_status find_names(struct pkg_ctx *ctx)
{
    gss_name_t source = GSS_C_NO_NAME;
    OM_uint32 minor = 0;
    OM_uint32 major = gss_inquire_context(&minor, ctx->gss, &source, NULL, NULL, NULL,
                                          &ctx->gss_flags, NULL, NULL);

    if (major != GSS_S_COMPLETE)
        return RPCSEC_SECURITY_FAILURE;
    ctx->info.source = gssw_name_text(source);
    ctx->info.target = ctx->target ? gssw_name_text(ctx->target) : mem_strdup("");
    ctx->info.expires = INT64_MAX; /* NTLM has no tickets; gss-ntlmssp says 0 seconds */
    gssw_release_name(&source);
    return ctx->info.source && ctx->info.target ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static rpcsec_status make_record(struct pkg_ctx *ctx)
{
    struct ntlm_keys keys = {
        .flags = ctx->ntlm_flags,
        .initiator = ctx->initiator,
        .send_sequence = ctx->mic_sent,
        .receive_sequence = ctx->verified,
    };
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    OM_uint32 minor = 0;
    rpcsec_status status = RPCSEC_SECURITY_FAILURE;

    if (gss_inquire_sec_context_by_oid(&minor, ctx->gss, GSS_C_INQ_SSPI_SESSION_KEY, &set) !=
            GSS_S_COMPLETE ||
        !set || set->count == 0)
        return RPCSEC_SECURITY_FAILURE;
    if (set->elements[0].length == NTLM_KEY_LEN) {
        keys.session_key = set->elements[0].value;
        status = record_ntlm_make(&keys, &ctx->record);
    }
    secret_wipe(set->elements[0].value, set->elements[0].length);
    gss_release_buffer_set(&minor, &set);
    return status;
}

/* Signatures carry numbers, so whoever signs detects replays and order. */
static uint32_t flags_of(const struct pkg_ctx *ctx)
{
    uint32_t flags =
        gssw_flags_from_gss(ctx->gss_flags) &
        ~(uint32_t)(ISC_RET_MUTUAL_AUTH | ISC_RET_USED_DCE_STYLE | ISC_RET_CONFIDENTIALITY |
                    ISC_RET_INTEGRITY | ISC_RET_REPLAY_DETECT | ISC_RET_SEQUENCE_DETECT);

    if (ctx->ntlm_flags & (NTLM_SIGN | NTLM_SEAL))
        flags |= ISC_RET_INTEGRITY | ISC_RET_REPLAY_DETECT | ISC_RET_SEQUENCE_DETECT;
    if (ctx->ntlm_flags & NTLM_SEAL)
        flags |= ISC_RET_CONFIDENTIALITY;
    return flags;
}

rpcsec_status gssw_establish_ntlm(struct pkg_ctx *ctx, struct rpcsec_error *err)
{
    rpcsec_status status = find_names(ctx);

    ctx->record_ops = &record_ntlm;
    if (status == RPCSEC_OK)
        status = make_record(ctx);
    if (status == RPCSEC_BAD_ENCTYPE)
        return error_set(err, status, RPCSEC_LAYER_POLICY,
                         "the peer's NTLM is refused: its keys have less than 128 bits, or no "
                         "extended session security (flags 0x%08x)",
                         (unsigned)ctx->ntlm_flags);
    if (status == RPCSEC_NO_MEMORY)
        return error_no_memory(err);
    if (status != RPCSEC_OK)
        return error_set(err, status, RPCSEC_LAYER_SECURITY,
                         "the finished NTLM context cannot be examined");
    ctx->info.enctype = "rc4-ntlm-128";
    ctx->info.enctype_number = 0;
    ctx->info.is_ntlm = true;
    ctx->info.flags = flags_of(ctx);
    return RPCSEC_OK;
}
