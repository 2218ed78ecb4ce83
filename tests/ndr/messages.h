/* SPDX-License-Identifier: MIT
 *
 * ndr/messages.h: reads the vector files of tests/vectors/ndr.
 */
#ifndef TESTS_NDR_MESSAGES_H
#define TESTS_NDR_MESSAGES_H

#include "harness/vector.h"
#include "codec.h"

/* One line of a vector file. */
struct message {
    char name[128];
    struct codec codec;
    struct vector bytes[NUM_ENCODINGS]; /* len 0: there is none */
};

struct messages {
    struct message *list;
    size_t num;
};

struct messages messages_load(const char *path);
void messages_free(struct messages *messages);

#endif
