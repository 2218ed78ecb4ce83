/* SPDX-License-Identifier: MIT
 *
 * packages/krb5_context.c: the keys and numbers of a finished GSS context. Layer: packages.
 * Documents: RFC 4121 2 and 4.2, RFC 6680 (gss_inquire_sec_context_by_oid).
 */
#include "packages/krb5_context.h"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <string.h>

#include "base/alloc.h"

/* 1.2.840.113554.1.2.2.5.6, version 1: what gss_krb5_export_lucid_sec_context asks for. Asked
 * directly it leaves the context as it is, for its names, its PAC and its attributes. */
static const gss_OID_desc export_oid = {
    12, (void *)(uintptr_t) "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02\x05\x06\x01"};

enum { CFX = 1, DETECTS = GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG };

static rpcsec_status read_flags(OM_uint32 flags, struct krb5_context *context)
{
    context->dce_style = (flags & GSS_C_DCE_STYLE) != 0;
    context->in_order = (flags & DETECTS) == DETECTS;
    return (flags & DETECTS) == 0 || context->in_order ? RPCSEC_OK : RPCSEC_UNSUPPORTED;
}

static rpcsec_status read_lucid(const gss_krb5_lucid_context_v1_t *lucid,
                                struct krb5_context *context)
{
    const gss_krb5_lucid_key_t *key = &lucid->cfx_kd.ctx_key;

    if (lucid->protocol != CFX)
        return RPCSEC_UNSUPPORTED;
    context->acceptor_subkey = lucid->cfx_kd.have_acceptor_subkey != 0;
    if (context->acceptor_subkey)
        key = &lucid->cfx_kd.acceptor_subkey;
    context->profile = krb5_profile_find((int32_t)key->type);
    if (!context->profile || key->length != context->profile->key_len)
        return RPCSEC_UNSUPPORTED;
    memcpy(context->key, key->data, key->length);
    context->initiator = lucid->initiate != 0;
    context->send_sequence = lucid->send_seq;
    context->receive_sequence = lucid->recv_seq;
    return RPCSEC_OK;
}

/* The element holds a pointer to the structure, which gss_krb5_free_lucid_sec_context wipes and
 * frees. */
static rpcsec_status read_export(gss_buffer_set_t set, struct krb5_context *context)
{
    gss_krb5_lucid_context_v1_t *lucid = NULL;
    rpcsec_status status;
    OM_uint32 minor = 0;

    if (set->count != 1 || set->elements[0].length != sizeof(lucid))
        return RPCSEC_UNSUPPORTED;
    memcpy(&lucid, set->elements[0].value, sizeof(lucid));
    status = lucid->version == 1 ? read_lucid(lucid, context) : RPCSEC_UNSUPPORTED;
    gss_krb5_free_lucid_sec_context(&minor, lucid);
    return status;
}

rpcsec_status krb5_context_export(const struct record_source *source,
                                  struct krb5_context *ret_context)
{
    struct krb5_context context = {0};
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    rpcsec_status status = read_flags(source->flags, &context);
    OM_uint32 minor = 0;

    if (status != RPCSEC_OK)
        return status;
    if (gss_inquire_sec_context_by_oid(&minor, source->gss, (gss_OID)(uintptr_t)&export_oid,
                                       &set) != GSS_S_COMPLETE ||
        !set)
        status = RPCSEC_UNSUPPORTED;
    else
        status = read_export(set, &context);
    /* What is exported is the first number, whatever was verified since. */
    context.receive_sequence += source->verified;
    gss_release_buffer_set(&minor, &set);
    if (status == RPCSEC_OK)
        *ret_context = context;
    secret_wipe(&context, sizeof(context));
    return status;
}
