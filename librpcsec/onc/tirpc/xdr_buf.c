/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/xdr_buf.c: an XDR stream that encodes into a growing buffer. Layer: onc/tirpc.
 * Document: RFC 4506.
 */
#include "onc/tirpc/xdr_buf.h"

static struct buf *buf_of(XDR *xdr)
{
    return xdr->x_private;
}

static bool_t get_long(XDR *xdr, long *value)
{
    (void)xdr;
    (void)value;
    return FALSE;
}

static bool_t put_long(XDR *xdr, const long *value)
{
    buf_u32(buf_of(xdr), (uint32_t)*value);
    return buf_status(buf_of(xdr)) == RPCSEC_OK;
}

static bool_t get_bytes(XDR *xdr, char *bytes, u_int len)
{
    (void)xdr;
    (void)bytes;
    (void)len;
    return FALSE;
}

static bool_t put_bytes(XDR *xdr, const char *bytes, u_int len)
{
    buf_bytes(buf_of(xdr), bytes, len);
    return buf_status(buf_of(xdr)) == RPCSEC_OK;
}

static u_int get_position(XDR *xdr)
{
    return (u_int)buf_of(xdr)->len;
}

/* Backwards only: what lies behind is written again. */
static bool_t set_position(XDR *xdr, u_int position)
{
    if (position > buf_of(xdr)->len)
        return FALSE;
    buf_of(xdr)->len = position;
    return TRUE;
}

static int32_t *give_inline(XDR *xdr, u_int len)
{
    return (int32_t *)(void *)buf_reserve(buf_of(xdr), len);
}

static void destroy(XDR *xdr)
{
    (void)xdr;
}

static bool_t control(XDR *xdr, int request, void *info)
{
    (void)xdr;
    (void)request;
    (void)info;
    return FALSE;
}

static const struct xdr_ops encode_ops = {
    .x_getlong = get_long,
    .x_putlong = put_long,
    .x_getbytes = get_bytes,
    .x_putbytes = put_bytes,
    .x_getpostn = get_position,
    .x_setpostn = set_position,
    .x_inline = give_inline,
    .x_destroy = destroy,
    .x_control = control,
};

void xdr_buf_create(XDR *xdr, struct buf *out)
{
    out->big_endian = true;
    *xdr = (XDR){.x_op = XDR_ENCODE, .x_ops = &encode_ops, .x_private = out};
}
