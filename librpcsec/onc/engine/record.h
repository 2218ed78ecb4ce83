/* SPDX-License-Identifier: MIT
 *
 * onc/engine/record.h: record marking. Layer: onc/engine. Document: RFC 5531 11.
 */
#ifndef ONC_ENGINE_RECORD_H
#define ONC_ENGINE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

#include "base/buffer.h"

#define ONC_MARK_LEN  4
#define ONC_MARK_LAST 0x80000000u

/* Fragments of one record, so that empty ones cannot be sent for ever. */
#define ONC_MAX_FRAGMENTS 65536

/* Puts the fragments of a stream together to records. */
struct onc_reader {
    struct buf record; /* what there is of the record under way, or a whole one */
    uint8_t mark[ONC_MARK_LEN];
    size_t mark_len;
    size_t fragment_left;
    uint32_t num_fragments;
    bool last;
    bool complete;
};

/* max_len: bytes of a record. */
void onc_reader_init(struct onc_reader *reader, size_t max_len);
void onc_reader_done(struct onc_reader *reader);
/* Room for bytes of the stream, at most; NULL only when memory ended. Nothing is asked for
 * beyond the record under way, and memory grows with what has come, not with what is announced.
 * The room that is given counts as used once onc_reader_took says how much of it is. */
uint8_t *onc_reader_room(struct onc_reader *reader, size_t *ret_room);
/* LIMIT: the record is longer than it may be. TRUNCATED is never given: bytes may still come.
 * BAD_FORMAT: too many fragments. */
RPCSEC_MUST_USE rpcsec_status onc_reader_took(struct onc_reader *reader, size_t len);
/* Takes bytes that were read elsewhere, up to the end of a record; *ret_used of them. */
RPCSEC_MUST_USE rpcsec_status onc_reader_feed(struct onc_reader *reader, const uint8_t *data,
                                              size_t len, size_t *ret_used);
/* True inside of a record. */
bool onc_reader_is_inside(const struct onc_reader *reader);
/* Moves a whole record out, when complete: *out must be empty. */
void onc_reader_take(struct onc_reader *reader, struct buf *out);

#endif
