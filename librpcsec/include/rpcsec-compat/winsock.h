/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/winsock.h: another spelling of winsock2.h.
 */
#include <winsock2.h>
