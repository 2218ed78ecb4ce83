/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/ntsecapi.h: another spelling of windows.h.
 */
#include <windows.h>
