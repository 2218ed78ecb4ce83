/* SPDX-License-Identifier: MIT
 *
 * sspi/status.h: rpcsec_status -> SECURITY_STATUS, and the thread's last error. Layer: sspi.
 */
#ifndef SSPI_STATUS_H
#define SSPI_STATUS_H

#include <rpcsec/sspi.h>

SECURITY_STATUS sspi_status(rpcsec_status status);

/* Ends a public call: keeps the error of one that failed for rpcsec_sspi_last_error. `err` may
 * hold no error yet; then the status alone is kept. */
SECURITY_STATUS sspi_report(rpcsec_status status, const struct rpcsec_error *err);
/* The same for codes that no rpcsec_status stands for. */
SECURITY_STATUS sspi_report_code(SECURITY_STATUS code, rpcsec_status status, const char *text);

#endif
