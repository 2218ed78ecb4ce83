/* SPDX-License-Identifier: MIT
 *
 * packages/der.c: the little of DER that tokens need. Layer: packages. Documents: X.690 8.1,
 * RFC 2743 3.1.
 */
#include "packages/der.h"

#include <string.h>

/* X.690 8.1.3: definite lengths of at most four bytes. */
static size_t der_len(struct cur *c)
{
    uint8_t first = cur_u8(c);
    size_t len = 0;

    if (first < 0x80)
        return first;
    if (first == 0x80 || first > 0x84) {
        cur_fail(c, RPCSEC_BAD_FORMAT);
        return 0;
    }
    for (unsigned i = 0; i < (first & 0x7fU); i++)
        len = len << 8 | cur_u8(c);
    return len;
}

struct cur der_open(struct cur *c, uint8_t tag)
{
    if (cur_u8(c) != tag)
        cur_fail(c, RPCSEC_BAD_FORMAT);
    return cur_child(c, der_len(c));
}

bool der_next_is(const struct cur *c, uint8_t tag)
{
    struct cur look = *c;

    return cur_u8(&look) == tag && cur_status(&look) == RPCSEC_OK;
}

struct cur der_open_frame(struct cur *c, const void *oid, size_t oid_len)
{
    struct cur frame = der_open(c, DER_FRAME);
    struct cur name = der_open(&frame, DER_OID);
    const uint8_t *bytes = cur_bytes(&name, oid_len);

    if (!bytes || cur_left(&name) != 0 || memcmp(bytes, oid, oid_len) != 0)
        cur_fail(&frame, RPCSEC_BAD_FORMAT);
    return frame;
}

struct cur der_element(struct cur *c)
{
    struct cur look = *c;
    size_t start = cur_offset(c);

    (void)cur_u8(&look);
    (void)cur_child(&look, der_len(&look));
    if (cur_status(&look) != RPCSEC_OK)
        cur_fail(c, cur_status(&look));
    return cur_child(c, cur_offset(&look) - start);
}

/* X.690 8.1.3: short form, or as many bytes as the length needs. */
size_t der_head_len(size_t len)
{
    size_t num = 2;

    for (size_t left = len; len >= 0x80 && left != 0; left >>= 8)
        num++;
    return num;
}

void der_put_head(struct buf *out, uint8_t tag, size_t len)
{
    size_t num = der_head_len(len) - 2;

    buf_u8(out, tag);
    if (num == 0) {
        buf_u8(out, (uint8_t)len);
        return;
    }
    buf_u8(out, (uint8_t)(0x80 | num));
    while (num-- > 0)
        buf_u8(out, (uint8_t)(len >> (8 * num)));
}
