/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/Windows.h: another spelling of windows.h.
 */
#include <windows.h>
