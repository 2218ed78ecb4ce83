/* SPDX-License-Identifier: MIT
 *
 * packages/kerberos.c: the Kerberos package. Layer: packages. Documents: RFC 4121, MS-KILE,
 * MS-RPCE 2.2.1.1.7 (auth type 16).
 *
 * The krb5 mechanism of GSS-API behind the package table; all work is done in gssw_*.c.
 */
#include "packages/gssw.h"

/* Tokens carry the authorization data of Active Directory (MS-KILE 3.1.1.2: MaxTokenSize). */
#define KERBEROS_MAX_TOKEN_LEN 48000

static rpcsec_status kerberos_acquire(const struct pkg_cred_params *params,
                                      struct pkg_cred **ret_cred, struct rpcsec_error *err)
{
    return gssw_acquire((gss_OID)gss_mech_krb5, params, ret_cred, err);
}

static rpcsec_status kerberos_import(const uint8_t *bytes, size_t len, struct pkg_ctx **ret_ctx,
                                     struct rpcsec_error *err)
{
    return gssw_import(gss_mech_krb5, bytes, len, ret_ctx, err);
}

const struct pkg_ops pkg_kerberos = {
    .name = "Kerberos",
    .comment = "Kerberos V5 over MIT's GSS-API",
    .mechanism = RPCSEC_MECH_KERBEROS,
    .auth_type = 16,
    .capabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION |
                    SECPKG_FLAG_MULTI_REQUIRED | SECPKG_FLAG_GSS_COMPATIBLE |
                    SECPKG_FLAG_MUTUAL_AUTH | SECPKG_FLAG_READONLY_WITH_CHECKSUM,
    .max_token_len = KERBEROS_MAX_TOKEN_LEN,
    .acquire = kerberos_acquire,
    .free_cred = gssw_free_cred,
    .init = gssw_init,
    .accept = gssw_accept,
    .free_ctx = gssw_free_ctx,
    .lighten = gssw_lighten,
    .is_quick = gssw_is_quick,
    .info = gssw_info,
    .sizes = gssw_sizes,
    .session_key = gssw_session_key,
    .cred_name = gssw_cred_name,
    .take_delegated = gssw_take_delegated,
    .export_ctx = gssw_export,
    .import_ctx = kerberos_import,
    .wrap = gssw_wrap,
    .unwrap = gssw_unwrap,
    .wrap_token_len = gssw_wrap_token_len,
    .unrotate = gssw_unrotate,
    .mic = gssw_mic,
    .verify = gssw_verify,
    .is_clear = gssw_is_clear,
    .clear_len = gssw_clear_len,
    .wrap_clear = gssw_wrap_clear,
    .unwrap_clear = gssw_unwrap_clear,
    .open_clear = gssw_open_clear,
};
