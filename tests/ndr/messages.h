/* SPDX-License-Identifier: MIT
 *
 * ndr/messages.h: reads the vector files of tests/vectors/ndr and runs the engine on them.
 */
#ifndef TESTS_NDR_MESSAGES_H
#define TESTS_NDR_MESSAGES_H

#include "base/buffer.h"
#include "harness/vector.h"
#include "ndr/ndr.h"
#include "ndr/tables.h"

enum encoding {
    ENCODING_LE = 0,
    ENCODING_BE = 1,
    ENCODING_NDR64 = 2,
    NUM_ENCODINGS = 3,
};
extern const char *const encoding_names[NUM_ENCODINGS];

/* One line of a vector file. */
struct message {
    char name[128];
    const struct rpcsec_ndr_record *record;
    enum ndr_direction direction;
    const struct rpcsec_ndr_arg *given; /* that a reader must know; NULL: none */
    uint64_t given_value;
    struct vector bytes[NUM_ENCODINGS]; /* len 0: there is none */
};

struct messages {
    struct message *list;
    size_t num;
};

struct messages messages_load(const char *path);
void messages_free(struct messages *messages);

/* An argument record and the memory behind it. */
struct value {
    void *args;
    struct rpcsec_arena *arena;
};
void value_free(struct value *value);

/* Decodes all of `data`; the value is made only when that worked. */
rpcsec_status message_decode(const struct message *message, enum encoding encoding,
                             const uint8_t *data, size_t len, struct value *ret_value,
                             struct rpcsec_error *err);
rpcsec_status message_encode(const struct message *message, enum encoding encoding,
                             const void *args, struct buf *out, struct rpcsec_error *err);

#endif
