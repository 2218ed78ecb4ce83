/* SPDX-License-Identifier: MIT
 *
 * ndr/codec.c: runs the engine on whole messages.
 */
#include "codec.h"

#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "by_hand.h"
#include "ndr/types.h"

const char *const encoding_names[NUM_ENCODINGS] = {"NDR little-endian", "NDR big-endian",
                                                   "NDR64"};

static const struct rpcsec_ndr_record *find_in(const struct rpcsec_ndr_record *records,
                                               const char *name)
{
    for (; records->name; records++)
        if (strcmp(records->name, name) == 0)
            return records;
    return NULL;
}

const struct rpcsec_ndr_record *find_record(const char *name)
{
    const struct rpcsec_ndr_record *found = find_in(echo_records, name);

    if (!found)
        found = find_in(real_records, name);
    if (!found)
        found = find_in(made_up_records, name);
    return found ? found : find_in(by_hand_records, name);
}

void value_free(struct value *value)
{
    mem_free(value->args);
    rpcsec_arena_free(value->arena);
    *value = (struct value){NULL, NULL};
}

static struct ndr_options options_of(const struct codec *codec, enum encoding encoding)
{
    return (struct ndr_options){.syntax = encoding == ENCODING_NDR64 ? NDR_SYNTAX_NDR64
                                                                     : NDR_SYNTAX_NDR,
                                .direction = codec->direction,
                                .by_fields = codec->by_fields};
}

rpcsec_status codec_decode(const struct codec *codec, enum encoding encoding,
                           const uint8_t *data, size_t len, struct value *ret_value,
                           struct rpcsec_error *err)
{
    const struct ndr_options options = options_of(codec, encoding);
    struct value value = {mem_zalloc(codec->record->mem_size), rpcsec_arena_new(0)};
    rpcsec_status status = RPCSEC_NO_MEMORY;
    struct cur cur;

    if (value.args && value.arena) {
        if (codec->given)
            ndr_store(codec->given->type, (uint8_t *)value.args + codec->given->offset,
                      codec->given_value);
        cur_init(&cur, data, len, encoding == ENCODING_BE);
        status = ndr_decode(&cur, codec->record, value.args, &options, value.arena, err);
        if (status == RPCSEC_OK)
            status = cur_end(&cur);
    }
    if (status == RPCSEC_OK)
        *ret_value = value;
    else
        value_free(&value);
    return status;
}

rpcsec_status codec_encode(const struct codec *codec, enum encoding encoding, const void *args,
                           struct buf *out, struct rpcsec_error *err)
{
    /* Small segments, so that messages cross them. */
    const struct writer_shape shape = {.head_len = 24, .body_max = 32, .max = 1u << 24};
    const struct ndr_options options = options_of(codec, encoding);
    struct writer writer;
    rpcsec_status status;
    uint8_t *room;

    writer_init(&writer, &shape, encoding == ENCODING_BE);
    status = ndr_encode(&writer, codec->record, args, &options, err);
    room = status == RPCSEC_OK && writer.len ? buf_reserve(out, writer.len) : NULL;
    if (room)
        writer_copy(&writer, room);
    writer_done(&writer);
    return status ? status : buf_status(out);
}
