/* SPDX-License-Identifier: MIT
 *
 * unit/record_pair.h: the two ends of a context, each with both record protectors, and a
 * message as a PDU has it, for tests and benchmarks that need a real KDC.
 */
#ifndef UNIT_RECORD_PAIR_H
#define UNIT_RECORD_PAIR_H

#include "harness/test.h"

#include "packages/gssw.h"
#include "packages/krb5_context.h"

/* The realm's service (see test_packages_record_krb5fast.sh). */
#define RECORD_SERVICE "greeter/server.test"

enum { RECORD_MAX_DATA = 300000, RECORD_HEAD = 24, RECORD_TAIL = 8, RECORD_MAX_TOKEN = 128 };

struct record_end {
    struct pkg_cred *cred;
    struct pkg_ctx *ctx;
    struct record *gss;
    struct record *fast; /* NULL where krb5fast cannot serve */
};

struct record_pair {
    struct record_end client;
    struct record_end server;
};

/* Handshakes with ISC_REQ_... flags. Both protectors of an end start at the same numbers. */
void record_pair_make(struct record_pair *pair, const struct pkg_ops *ops, uint32_t flags);
/* What the end's protectors are made from. */
struct record_source record_source_of(const struct record_end *end);
void record_pair_free(struct record_pair *pair);

/* Head, data in two pieces so that a block lies in both, tail. */
struct record_message {
    uint8_t head[RECORD_HEAD];
    uint8_t tail[RECORD_TAIL];
    uint8_t token[RECORD_MAX_TOKEN];
    size_t token_len;
    size_t data_len;
    uint8_t *data; /* the same for all messages */
    struct pkg_buffer buffers[4];
};

void record_message_fill(struct record_message *m, size_t data_len);
/* True while the data is as it was filled. */
bool record_message_is_filled(const struct record_message *m);

#endif
