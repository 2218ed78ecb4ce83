/* SPDX-License-Identifier: MIT
 *
 * onc/onc_service.h: the echo program's dispatch function, over procedures of the tests.
 */
#ifndef ONC_ONC_SERVICE_H
#define ONC_ONC_SERVICE_H

#include <rpc/rpc.h>

#include "onc_echo.h"

/* As rpcgen wrote it. */
void echo_prog_1(struct svc_req *request, SVCXPRT *transport);

#endif
