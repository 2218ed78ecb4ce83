/* SPDX-License-Identifier: MIT
 *
 * harness/decoder_check.h: what every decoder of peer bytes must stand.
 */
#ifndef HARNESS_DECODER_CHECK_H
#define HARNESS_DECODER_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>
#include "base/buffer.h"

/* One decoder and one vector that it accepts. */
struct decoder_case {
    const char *name; /* for messages */
    const uint8_t *vector;
    size_t len;

    /* Decodes `len` bytes at `data` into `ret_value`. The bytes are an exact block of the heap
     * of their own, so that ASan sees a read beyond them. */
    rpcsec_status (*decode)(void *arg, const uint8_t *data, size_t len, void *ret_value);
    size_t value_len; /* sizeof what decode fills */
    /* Frees what a value owns, not the value. NULL: it owns nothing. */
    void (*release)(void *arg, void *value);
    /* Encodes a value again. NULL: there is no encoder. */
    rpcsec_status (*encode)(void *arg, const void *value, struct buf *out);
    void *arg;

    /* Beginnings of the vector this long or longer may be accepted, as the document lets the
     * rest be absent. 0: only the whole vector is accepted. */
    size_t accepts_from;
    /* The vector carries a checksum or signature: any change of it must be refused. */
    bool refuses_changes;
    /* The decoder fills its output also when it fails; otherwise that is checked. */
    bool touches_output;
};

/* Checks, each by its own function below:
 * 1. the vector is accepted, and encodes to the same bytes where there is an encoder;
 * 2. every truncation is refused with a status that says the peer is at fault, and the output
 *    stays untouched;
 * 3. every flipped bit and a set of values for every byte are decoded without a crash, and
 *    refused when refuses_changes asks for it. */
void decoder_check(const struct decoder_case *test);

void decoder_check_round_trip(const struct decoder_case *test);
void decoder_check_truncations(const struct decoder_case *test);
void decoder_check_changes(const struct decoder_case *test);

#endif
