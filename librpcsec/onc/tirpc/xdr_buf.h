/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/xdr_buf.h: an XDR stream that encodes into a growing buffer. Layer: onc/tirpc.
 *
 * So a filter runs once, whatever the size of what it writes, and the buffer's maximum holds.
 */
#ifndef ONC_TIRPC_XDR_BUF_H
#define ONC_TIRPC_XDR_BUF_H

#include "base/buffer.h"
#include "onc/tirpc/tirpc.h"

/* The stream appends to `out`, which must live as long. Positions count from the buffer's start
 * and must be multiples of 4 there. */
void xdr_buf_create(XDR *xdr, struct buf *out);

#endif
