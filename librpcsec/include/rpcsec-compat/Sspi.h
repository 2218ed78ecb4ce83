/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/Sspi.h: another spelling of sspi.h.
 */
#include <sspi.h>
