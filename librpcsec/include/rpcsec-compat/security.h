/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/security.h: SSPI and the names of users.
 */
#ifndef RPCSEC_COMPAT_SECURITY_H
#define RPCSEC_COMPAT_SECURITY_H

#include <windows.h>
#include <rpcsec/sspi.h>
#include <secext.h>

#endif
