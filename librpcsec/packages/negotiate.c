/* SPDX-License-Identifier: MIT
 *
 * packages/negotiate.c: the Negotiate package. Layer: packages. Documents: RFC 4178, MS-SPNG,
 * MS-RPCE 2.2.1.1.7 (auth type 9).
 *
 * The SPNEGO mechanism of GSS-API behind the package table, limited to Kerberos: GSS-API
 * carries the negotiation and its mechListMIC, and the context that comes out is Kerberos'.
 * All work is done in gssw_*.c.
 */
#include "packages/gssw.h"
#include "packages/token.h"

/* A Kerberos token and what SPNEGO puts around it. */
#define NEGOTIATE_MAX_TOKEN_LEN 48256

static rpcsec_status negotiate_acquire(const struct pkg_cred_params *params,
                                       struct pkg_cred **ret_cred, struct rpcsec_error *err)
{
    return gssw_acquire((gss_OID)(uintptr_t)&gssw_spnego, params, ret_cred, err);
}

static rpcsec_status negotiate_import(const uint8_t *bytes, size_t len,
                                      struct pkg_ctx **ret_ctx, struct rpcsec_error *err)
{
    return gssw_import((gss_OID)(uintptr_t)&gssw_spnego, bytes, len, ret_ctx, err);
}

const struct pkg_ops pkg_negotiate = {
    .name = "Negotiate",
    .comment = "SPNEGO over MIT's GSS-API, limited to Kerberos",
    .mechanism = RPCSEC_MECH_NEGOTIATE,
    .auth_type = 9,
    .capabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION |
                    SECPKG_FLAG_MULTI_REQUIRED | SECPKG_FLAG_GSS_COMPATIBLE |
                    SECPKG_FLAG_MUTUAL_AUTH | SECPKG_FLAG_READONLY_WITH_CHECKSUM,
    .max_token_len = NEGOTIATE_MAX_TOKEN_LEN,
    .acquire = negotiate_acquire,
    .free_cred = gssw_free_cred,
    .init = gssw_init,
    .accept = gssw_accept,
    .free_ctx = gssw_free_ctx,
    .lighten = gssw_lighten,
    .is_last_word = token_is_accept_completed,
    .info = gssw_info,
    .sizes = gssw_sizes,
    .session_key = gssw_session_key,
    .cred_name = gssw_cred_name,
    .take_delegated = gssw_take_delegated,
    .export_ctx = gssw_export,
    .import_ctx = negotiate_import,
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
