/* SPDX-License-Identifier: MIT
 *
 * packages/der.h: the little of DER that tokens need, on top of struct cur. Layer: packages.
 * Document: X.690 8.1.
 *
 * A tag that is not the expected one sets the cursor's error.
 */
#ifndef PACKAGES_DER_H
#define PACKAGES_DER_H

#include "base/buffer.h"
#include "base/cursor.h"

enum der_tag {
    DER_INTEGER = 0x02,
    DER_OCTET_STRING = 0x04,
    DER_OID = 0x06,
    DER_ENUMERATED = 0x0a,
    DER_GENERAL_STRING = 0x1b,
    DER_SEQUENCE = 0x30,
    DER_FRAME = 0x60,  /* RFC 2743 3.1: [APPLICATION 0] */
    DER_TICKET = 0x61, /* [APPLICATION 1] */
    DER_AP_REQ = 0x6e, /* [APPLICATION 14] */
};

#define DER_FIELD(n) ((uint8_t)(0xa0 + (n))) /* context-specific, constructed */

/* The contents of the next element, which must have this tag. */
struct cur der_open(struct cur *c, uint8_t tag);
bool der_next_is(const struct cur *c, uint8_t tag);
/* All bytes of the next element, its tag and length too. */
struct cur der_element(struct cur *c);
/* Appends a tag and the length of what follows; and the bytes that takes. */
void der_put_head(struct buf *out, uint8_t tag, size_t len);
size_t der_head_len(size_t len);
/* RFC 2743 3.1: opens a mechanism's framing, which must name this mechanism. */
struct cur der_open_frame(struct cur *c, const void *oid, size_t oid_len);

#endif
