/* SPDX-License-Identifier: MIT
 *
 * base/cursor.c: the checked reader of peer bytes. Layer: base.
 *
 * Invariant of every function: at <= len, and `start` has len readable bytes. The getters for
 * single values are in the header.
 */
#include "base/cursor.h"

#include <string.h>

/* What a cursor without bytes points at, so that no start is NULL. */
static const uint8_t nothing[1];

/*@ assigns \nothing;
    ensures \result.start == bytes && \result.len == len && \result.at == 0;
    ensures \result.big_endian == big_endian && \result.status == status;
 */
static struct cur view(const uint8_t *bytes, size_t len, bool big_endian, rpcsec_status status)
{
    return (struct cur){bytes, len, 0, big_endian, status};
}

void cur_init(struct cur *c, const void *data, size_t len, bool big_endian)
{
    if (data)
        *c = view(data, len, big_endian, RPCSEC_OK);
    else
        *c = view(nothing, 0, big_endian, len == 0 ? RPCSEC_OK : RPCSEC_INVALID_ARGUMENT);
}

void cur_copy(struct cur *c, void *out, size_t len)
{
    const uint8_t *bytes = cur_bytes(c, len);

    if (len == 0)
        return;
    if (bytes)
        memcpy(out, bytes, len);
    else
        memset(out, 0, len);
}

void cur_skip(struct cur *c, size_t len)
{
    (void)cur_bytes(c, len);
}

void cur_align(struct cur *c, size_t alignment)
{
    if (!arith_is_alignment(alignment)) {
        cur_fail(c, RPCSEC_INTERNAL);
        return;
    }
    cur_skip(c, arith_pad(c->at, alignment));
}

void cur_seek(struct cur *c, size_t offset)
{
    if (c->status != RPCSEC_OK)
        return;
    if (offset > c->len) {
        cur_fail(c, RPCSEC_TRUNCATED);
        return;
    }
    c->at = offset;
}

struct cur cur_child(struct cur *c, size_t len)
{
    const uint8_t *bytes = cur_bytes(c, len);

    return view(bytes ? bytes : nothing, bytes ? len : 0, c->big_endian, c->status);
}

size_t cur_count(struct cur *c, uint64_t count, size_t element_len)
{
    if (c->status != RPCSEC_OK || count == 0)
        return 0;
    if (!arith_fits(count, element_len, cur_left(c))) {
        cur_fail(c, RPCSEC_TRUNCATED);
        return 0;
    }
    return (size_t)count;
}

size_t cur_left(const struct cur *c)
{
    return c->status == RPCSEC_OK ? c->len - c->at : 0;
}

size_t cur_offset(const struct cur *c)
{
    return c->at;
}

void cur_fail(struct cur *c, rpcsec_status status)
{
    if (c->status == RPCSEC_OK)
        c->status = status;
}

rpcsec_status cur_status(const struct cur *c)
{
    return c->status;
}

rpcsec_status cur_end(const struct cur *c)
{
    if (c->status != RPCSEC_OK)
        return c->status;
    return c->at == c->len ? RPCSEC_OK : RPCSEC_TRAILING_DATA;
}
