/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/tirpc.h: libtirpc's headers, without the macros that have the names of ours. Layer:
 * onc/tirpc.
 */
#ifndef ONC_TIRPC_TIRPC_H
#define ONC_TIRPC_TIRPC_H

#include <netconfig.h>
#include <rpc/rpc.h>
#include <rpc/rpcb_clnt.h>

#undef mem_alloc
#undef mem_free

#endif
