/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/Security.h: another spelling of security.h.
 */
#include <security.h>
