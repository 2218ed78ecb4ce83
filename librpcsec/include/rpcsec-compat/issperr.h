/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/issperr.h: the status codes of SSPI.
 */
#ifndef RPCSEC_COMPAT_ISSPERR_H
#define RPCSEC_COMPAT_ISSPERR_H

#include <rpcsec/sspi_codes.h>

#endif
