/* SPDX-License-Identifier: MIT
 *
 * base/json.h: one flat JSON object on one line, of text that a peer may have chosen. Layer:
 * base. Document: RFC 8259.
 *
 * What comes out is ASCII: control characters, quotes, and all beyond ASCII are escaped, and
 * bytes that are no UTF-8 become U+FFFD. So no line break, terminal sequence or invalid byte of
 * a peer's reaches a log.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

/* Errors stick in the buffer. */
void json_begin(struct buf *out);
/* `name` is ours: not escaped. A NULL text is null. */
void json_text(struct buf *out, const char *name, const char *text);
void json_number(struct buf *out, const char *name, uint64_t number);
/* Ends the object, and with a NUL the line. */
void json_end(struct buf *out);

#endif
