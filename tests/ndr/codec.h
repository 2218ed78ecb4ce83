/* SPDX-License-Identifier: MIT
 *
 * ndr/codec.h: runs the engine on whole messages, for tests and the fuzz target. Needs no test
 * library.
 */
#ifndef TESTS_NDR_CODEC_H
#define TESTS_NDR_CODEC_H

#include "base/buffer.h"
#include "ndr/ndr.h"
#include "tables.h"

enum encoding {
    ENCODING_LE = 0,
    ENCODING_BE = 1,
    ENCODING_NDR64 = 2,
    NUM_ENCODINGS = 3,
};
extern const char *const encoding_names[NUM_ENCODINGS];

/* The messages of one operation in one direction. */
struct codec {
    const struct rpcsec_ndr_record *record;
    enum ndr_direction direction;
    const struct rpcsec_ndr_arg *given; /* that a reader must know; NULL: none */
    uint64_t given_value;
    bool by_fields; /* see struct ndr_options */
};

/* An argument record and the memory behind it. */
struct value {
    void *args;
    struct rpcsec_arena *arena;
};
void value_free(struct value *value);

/* Decodes all of `data`; the value is made only when that worked. */
rpcsec_status codec_decode(const struct codec *codec, enum encoding encoding,
                           const uint8_t *data, size_t len, struct value *ret_value,
                           struct rpcsec_error *err);
rpcsec_status codec_encode(const struct codec *codec, enum encoding encoding, const void *args,
                           struct buf *out, struct rpcsec_error *err);

#endif
