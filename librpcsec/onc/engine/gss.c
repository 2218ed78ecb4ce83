/* SPDX-License-Identifier: MIT
 *
 * onc/engine/gss.c: credentials and control messages of RPCSEC_GSS. Layer: onc/engine.
 * Document: RFC 2203 5.
 */
#include "onc/engine/gss.h"

#include "base/limits.h"

/* ---- Levels ---- */

enum rpcsec_level onc_level_of(enum onc_service service)
{
    switch (service) {
    case ONC_SERVICE_NONE:
        return RPCSEC_LEVEL_CONNECT;
    case ONC_SERVICE_INTEGRITY:
        return RPCSEC_LEVEL_INTEGRITY;
    case ONC_SERVICE_PRIVACY:
        return RPCSEC_LEVEL_PRIVACY;
    }
    return RPCSEC_LEVEL_DEFAULT;
}

/* What lies between two services gets the stronger one. */
enum onc_service onc_service_of(enum rpcsec_level level)
{
    switch (level) {
    case RPCSEC_LEVEL_CONNECT:
        return ONC_SERVICE_NONE;
    case RPCSEC_LEVEL_CALL:
    case RPCSEC_LEVEL_PACKET:
    case RPCSEC_LEVEL_INTEGRITY:
        return ONC_SERVICE_INTEGRITY;
    case RPCSEC_LEVEL_PRIVACY:
        return ONC_SERVICE_PRIVACY;
    case RPCSEC_LEVEL_DEFAULT:
    case RPCSEC_LEVEL_NONE:
        break;
    }
    return 0;
}

/* ---- Credentials ---- */

rpcsec_status onc_gss_cred_decode(const struct onc_auth *auth, struct onc_gss_cred *ret_cred)
{
    struct onc_gss_cred cred;
    struct cur c;
    uint32_t proc;
    uint32_t service;

    cur_init(&c, auth->body, auth->len, true);
    if (cur_u32(&c) != ONC_GSS_VERSION)
        cur_fail(&c, RPCSEC_UNSUPPORTED);
    proc = cur_u32(&c);
    cred.seq = cur_u32(&c);
    service = cur_u32(&c);
    cred.handle = onc_opaque(&c, ONC_MAX_AUTH_LEN, &cred.handle_len);
    if (proc > ONC_GSS_DESTROY || service < ONC_SERVICE_NONE || service > ONC_SERVICE_PRIVACY)
        cur_fail(&c, RPCSEC_BAD_FORMAT);
    if (cur_end(&c) != RPCSEC_OK)
        return cur_end(&c);
    cred.proc = (enum onc_gss_proc)proc;
    cred.service = (enum onc_service)service;
    *ret_cred = cred;
    return RPCSEC_OK;
}

void onc_gss_cred_put(struct buf *out, const struct onc_gss_cred *cred)
{
    const size_t handle_len = (cred->handle_len + 3) / 4 * 4;

    if (handle_len > ONC_MAX_AUTH_LEN - 20)
        buf_fail(out, RPCSEC_LIMIT);
    buf_u32(out, ONC_RPCSEC_GSS);
    buf_u32(out, (uint32_t)(20 + handle_len));
    buf_u32(out, ONC_GSS_VERSION);
    buf_u32(out, cred->proc);
    buf_u32(out, cred->seq);
    buf_u32(out, cred->service);
    onc_put_opaque(out, cred->handle, cred->handle_len);
}

/* ---- Control messages ---- */

rpcsec_status onc_init_args_decode(const uint8_t *body, size_t len, const uint8_t **ret_token,
                                   size_t *ret_token_len)
{
    struct cur c;
    const uint8_t *token;
    size_t token_len = 0;

    cur_init(&c, body, len, true);
    token = onc_opaque(&c, LIMIT_TOKEN_LEN, &token_len);
    if (cur_end(&c) != RPCSEC_OK)
        return cur_end(&c);
    *ret_token = token;
    *ret_token_len = token_len;
    return RPCSEC_OK;
}

rpcsec_status onc_init_result_decode(const uint8_t *body, size_t len,
                                     struct onc_init_result *ret_result)
{
    struct onc_init_result result = {0};
    struct cur c;

    cur_init(&c, body, len, true);
    result.handle = onc_opaque(&c, ONC_MAX_AUTH_LEN - 20, &result.handle_len);
    result.major = cur_u32(&c);
    result.minor = cur_u32(&c);
    result.window = cur_u32(&c);
    result.token = onc_opaque(&c, LIMIT_TOKEN_LEN, &result.token_len);
    if (cur_end(&c) == RPCSEC_OK)
        *ret_result = result;
    return cur_end(&c);
}

void onc_init_result_put(struct buf *out, const struct onc_init_result *result)
{
    onc_put_opaque(out, result->handle, result->handle_len);
    buf_u32(out, result->major);
    buf_u32(out, result->minor);
    buf_u32(out, result->window);
    onc_put_opaque(out, result->token, result->token_len);
}
