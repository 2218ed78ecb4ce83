/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/sspi.h: SSPI under the name that programs for Windows include.
 */
#ifndef RPCSEC_COMPAT_SSPI_H
#define RPCSEC_COMPAT_SSPI_H

#include <windows.h>
#include <rpcsec/sspi.h>

#endif
