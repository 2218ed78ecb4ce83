/* SPDX-License-Identifier: MIT
 *
 * ndr/ndr.h: argument records to stub bytes and back. Layer: ndr.
 * Documents: C706 chapter 14, MS-RPCE 2.2.5 (NDR64), MS-RPCE 3.1.1.5.3 (strict checks).
 *
 * The tables (rpcsec/ndr.h) are trusted, the values and bytes are not. Checks are strict
 * (target level 6.0 of MS-RPCE 3.1.1.5.3). Knows nothing of PDUs, padding after the stub or
 * verification trailers: the caller gives exactly what may be read, and looks at the cursor to
 * see how much was.
 */
#ifndef NDR_NDR_H
#define NDR_NDR_H

#include <rpcsec/ndr.h>

#include "base/cursor.h"
#include "base/writer.h"

enum ndr_syntax {
    NDR_SYNTAX_NDR = 0,   /* NDR 2.0, in the byte order of the writer or cursor */
    NDR_SYNTAX_NDR64 = 1, /* little-endian always (MS-RPCE 2.2.5) */
};

/* Which arguments travel: those of a request or those of a response. */
enum ndr_direction {
    NDR_IN = RPCSEC_NDR_IN,
    NDR_OUT = RPCSEC_NDR_OUT,
};

/* How a message is to be read or written. Zero in a limit: the default of base/limits.h. */
struct ndr_options {
    enum ndr_syntax syntax;
    enum ndr_direction direction;
    size_t max_referents; /* pointers that are not NULL, in one message */
    size_t max_out_len;   /* bytes: what [out] arrays prepared for a manager may take at least
                           * on the wire; give the limit of a response */
    bool by_fields; /* never by struct rpcsec_ndr_step: for tests that hold the two together */
};

/* Writes the arguments of one direction from the record `args`.
 * **Errors**: INVALID_ARGUMENT when the values contradict the interface (a NULL ref pointer, a
 * string longer than its size, a union tag without arm; the text names the field), LIMIT,
 * NO_MEMORY, the writer's status. After an error the writer is failed as well. */
RPCSEC_MUST_USE rpcsec_status ndr_encode(struct writer *writer,
                                         const struct rpcsec_ndr_record *record,
                                         const void *args, const struct ndr_options *options,
                                         struct rpcsec_error *err);

/* Reads the arguments of one direction into the record `args`. Memory comes from `arena` only.
 * NDR_IN (server): clears the record first and, when all is read, makes the [out] arrays ready
 * as rpcsec/ndr.h says. NDR_OUT (client): `args` holds what was sent; [out] members are
 * replaced. Bytes after the last argument are left to the caller (cur_left).
 * **Errors**: BAD_STUB, TRUNCATED, LIMIT, NO_MEMORY; err->wire_status is the fault to answer
 * (C706 appendix E) and the text names the field. After an error the record holds no dangling
 * pointer, but nothing else may be assumed of it; the cursor is failed as well. */
RPCSEC_MUST_USE rpcsec_status ndr_decode(struct cur *cur,
                                         const struct rpcsec_ndr_record *record, void *args,
                                         const struct ndr_options *options,
                                         struct rpcsec_arena *arena, struct rpcsec_error *err);

#endif
