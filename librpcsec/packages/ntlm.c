/* SPDX-License-Identifier: MIT
 *
 * packages/ntlm.c: the NTLM package. Layer: packages. Documents: MS-NLMP, MS-RPCE 2.2.1.1.7
 * (auth type 10).
 *
 * There only where a GSS mechanism for it and RC4 are installed; off in every default policy.
 * NTLM proves no server, and its keys rest on a password's hash.
 */
#include "packages/gssw.h"

#include "base/alloc.h"
#include "base/error.h"

#define NTLM_MAX_TOKEN_LEN 2888

static rpcsec_status acquire_uses(struct pkg_cred *cred, const struct pkg_cred_params *params,
                                  struct rpcsec_error *err)
{
    rpcsec_status status = RPCSEC_OK;

    if (params->outbound)
        status = gssw_acquire_ntlm(cred->mech, GSS_C_INITIATE, params->identity,
                                   &cred->initiator, err);
    if (status == RPCSEC_OK && params->inbound)
        status = gssw_acquire_ntlm(cred->mech, GSS_C_ACCEPT, NULL, &cred->acceptor, err);
    return status;
}

static rpcsec_status ntlm_acquire(const struct pkg_cred_params *params,
                                  struct pkg_cred **ret_cred, struct rpcsec_error *err)
{
    struct pkg_cred *cred;
    rpcsec_status status =
        gssw_cred_of((gss_OID)(uintptr_t)&gssw_ntlm, GSS_C_NO_CREDENTIAL, &cred);

    if (status != RPCSEC_OK)
        return error_no_memory(err);
    cred->ntlm = true;
    status = acquire_uses(cred, params, err);
    if (status != RPCSEC_OK) {
        gssw_free_cred(cred);
        return status;
    }
    *ret_cred = cred;
    return RPCSEC_OK;
}

const struct pkg_ops pkg_ntlm = {
    .name = "NTLM",
    .comment = "NTLM version 2 over gss-ntlmssp, with 128-bit keys",
    .mechanism = RPCSEC_MECH_NTLM,
    .auth_type = 10,
    .capabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION |
                    SECPKG_FLAG_MULTI_REQUIRED | SECPKG_FLAG_ACCEPT_WIN32_NAME |
                    SECPKG_FLAG_NEGOTIABLE | SECPKG_FLAG_READONLY_WITH_CHECKSUM |
                    SECPKG_FLAG_IMPERSONATION,
    .max_token_len = NTLM_MAX_TOKEN_LEN,
    .is_there = gssw_has_ntlm,
    .acquire = ntlm_acquire,
    .free_cred = gssw_free_cred,
    .init = gssw_init,
    .accept = gssw_accept,
    .free_ctx = gssw_free_ctx,
    .info = gssw_info,
    .sizes = gssw_sizes,
    .session_key = gssw_session_key,
    .cred_name = gssw_cred_name,
    .wrap = gssw_wrap,
    .unwrap = gssw_unwrap,
    .mic = gssw_mic,
    .verify = gssw_verify,
};
