/* SPDX-License-Identifier: MIT
 *
 * onc/engine/record.c: record marking. Layer: onc/engine. Document: RFC 5531 11.
 */
#include "onc/engine/record.h"

#include <string.h>

#include "base/cursor.h"

#define FIRST_STEP 4096       /* bytes of room that the first fragment gets */
#define MAX_STEP   (1U << 20) /* and later ones at most */

void onc_reader_init(struct onc_reader *reader, size_t max_len)
{
    *reader = (struct onc_reader){0};
    buf_init(&reader->record, max_len);
}

void onc_reader_done(struct onc_reader *reader)
{
    buf_done(&reader->record);
}

/* As much again as there is, so that memory stays in proportion to what was sent. */
static size_t step_of(const struct onc_reader *reader)
{
    size_t step = reader->record.len < FIRST_STEP ? FIRST_STEP : reader->record.len;

    if (step > MAX_STEP)
        step = MAX_STEP;
    return step < reader->fragment_left ? step : reader->fragment_left;
}

uint8_t *onc_reader_room(struct onc_reader *reader, size_t *ret_room)
{
    uint8_t *room;

    if (reader->mark_len < ONC_MARK_LEN) {
        *ret_room = ONC_MARK_LEN - reader->mark_len;
        return reader->mark + reader->mark_len;
    }
    *ret_room = step_of(reader);
    room = buf_reserve(&reader->record, *ret_room);
    if (room)
        reader->record.len -= *ret_room;
    return room;
}

static rpcsec_status take_mark(struct onc_reader *reader)
{
    const uint32_t mark = get_u32(reader->mark, true);

    reader->last = (mark & ONC_MARK_LAST) != 0;
    reader->fragment_left = mark & ~ONC_MARK_LAST;
    if (++reader->num_fragments > ONC_MAX_FRAGMENTS)
        return RPCSEC_BAD_FORMAT;
    if (reader->fragment_left > reader->record.max - reader->record.len)
        return RPCSEC_LIMIT;
    return RPCSEC_OK;
}

static void end_fragment(struct onc_reader *reader)
{
    if (reader->fragment_left > 0)
        return;
    reader->complete = reader->last;
    reader->mark_len = 0;
}

rpcsec_status onc_reader_took(struct onc_reader *reader, size_t len)
{
    rpcsec_status status = RPCSEC_OK;

    if (reader->mark_len < ONC_MARK_LEN) {
        reader->mark_len += len;
        if (reader->mark_len < ONC_MARK_LEN)
            return RPCSEC_OK;
        status = take_mark(reader);
    } else {
        reader->record.len += len;
        reader->fragment_left -= len;
    }
    if (status == RPCSEC_OK)
        end_fragment(reader);
    return status;
}

rpcsec_status onc_reader_feed(struct onc_reader *reader, const uint8_t *data, size_t len,
                              size_t *ret_used)
{
    size_t used = 0;
    rpcsec_status status = RPCSEC_OK;

    while (used < len && !reader->complete && status == RPCSEC_OK) {
        size_t room = 0;
        uint8_t *into = onc_reader_room(reader, &room);

        if (!into)
            return RPCSEC_NO_MEMORY;
        if (room > len - used)
            room = len - used;
        memcpy(into, data + used, room);
        used += room;
        status = onc_reader_took(reader, room);
    }
    *ret_used = used;
    return status;
}

bool onc_reader_is_inside(const struct onc_reader *reader)
{
    return reader->mark_len > 0 || reader->record.len > 0 || reader->num_fragments > 0;
}

void onc_reader_take(struct onc_reader *reader, struct buf *out)
{
    const size_t max_len = reader->record.max;

    *out = reader->record;
    onc_reader_init(reader, max_len);
}
