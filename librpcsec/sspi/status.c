/* SPDX-License-Identifier: MIT
 *
 * sspi/status.c: rpcsec_status -> SECURITY_STATUS, the one table, and the thread's last error.
 * Layer: sspi. Document: MS-ERREF 2.1.1.
 *
 * The last error is kept per thread because no handle exists after a failed Acquire.
 */
#include "sspi/status.h"

#include "base/error.h"

static _Thread_local struct rpcsec_error last_error;

SECURITY_STATUS sspi_status(rpcsec_status status)
{
    switch (status) {
    case RPCSEC_OK:
        return SEC_E_OK;
    case RPCSEC_NO_MEMORY:
        return SEC_E_INSUFFICIENT_MEMORY;
    case RPCSEC_INVALID_ARGUMENT:
    case RPCSEC_OUT_OF_RANGE:
    case RPCSEC_LIMIT:
        return SEC_E_INVALID_PARAMETER;
    case RPCSEC_INVALID_STATE: /* called before the handshake was done, or after it failed */
    case RPCSEC_OUT_OF_SEQUENCE:
        return SEC_E_OUT_OF_SEQUENCE;
    case RPCSEC_UNSUPPORTED:
        return SEC_E_UNSUPPORTED_FUNCTION;
    case RPCSEC_NO_CREDENTIALS:
    case RPCSEC_CREDENTIALS_EXPIRED: /* to SSPI a client without a valid logon has none */
        return SEC_E_NO_CREDENTIALS;
    case RPCSEC_TARGET_UNKNOWN:
        return SEC_E_TARGET_UNKNOWN;
    case RPCSEC_NO_KDC:
        return SEC_E_NO_AUTHENTICATING_AUTHORITY;
    case RPCSEC_TIME_SKEW:
        return SEC_E_TIME_SKEW;
    case RPCSEC_WRONG_PRINCIPAL:
        return SEC_E_WRONG_PRINCIPAL;
    case RPCSEC_LOGON_DENIED:
        return SEC_E_LOGON_DENIED;
    case RPCSEC_BAD_TOKEN:
    case RPCSEC_BAD_FORMAT:
    case RPCSEC_TRUNCATED:
    case RPCSEC_PROTOCOL_ERROR:
        return SEC_E_INVALID_TOKEN;
    case RPCSEC_NO_KEY:
        return SEC_E_NO_KERB_KEY;
    case RPCSEC_BAD_SIGNATURE:
        return SEC_E_MESSAGE_ALTERED;
    case RPCSEC_CONTEXT_EXPIRED:
        return SEC_E_CONTEXT_EXPIRED;
    case RPCSEC_POLICY_REFUSED:
        return SEC_E_SECURITY_QOS_FAILED;
    case RPCSEC_MUTUAL_AUTH_FAILED:
        return SEC_E_MUTUAL_AUTH_FAILED;
    case RPCSEC_BAD_ENCTYPE:
        return SEC_E_ALGORITHM_MISMATCH;
    case RPCSEC_BAD_BINDINGS:
        return SEC_E_BAD_BINDINGS;
    case RPCSEC_BUFFER_TOO_SMALL:
        return SEC_E_BUFFER_TOO_SMALL;
    default:
        return SEC_E_INTERNAL_ERROR;
    }
}

SECURITY_STATUS sspi_report(rpcsec_status status, const struct rpcsec_error *err)
{
    if (status == RPCSEC_OK)
        return SEC_E_OK;
    rpcsec_error_init(&last_error, sizeof(last_error));
    if (err && err->status != RPCSEC_OK)
        error_copy(&last_error, err);
    else
        last_error.status = status;
    return sspi_status(status);
}

SECURITY_STATUS sspi_report_code(SECURITY_STATUS code, rpcsec_status status, const char *text)
{
    rpcsec_error_init(&last_error, sizeof(last_error));
    error_set(&last_error, status, RPCSEC_LAYER_ARGUMENT, "%s", text);
    return code;
}

const struct rpcsec_error *rpcsec_sspi_last_error(void)
{
    if (last_error.size == 0)
        rpcsec_error_init(&last_error, sizeof(last_error));
    return &last_error;
}
