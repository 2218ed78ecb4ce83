/* SPDX-License-Identifier: MIT
 *
 * tools/echo_service.h: the functions behind rpcecho in `rpcsec serve`. Layer: tools.
 */
#ifndef TOOLS_ECHO_SERVICE_H
#define TOOLS_ECHO_SERVICE_H

#include <rpcsec/dcerpc.h>

struct rpcsec_service echo_service(void);

#endif
