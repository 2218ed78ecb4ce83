/* SPDX-License-Identifier: MIT
 *
 * ndr/round_trip.h: random arguments of an operation through all encodings and back.
 */
#ifndef TESTS_NDR_ROUND_TRIP_H
#define TESTS_NDR_ROUND_TRIP_H

#include "codec.h"
#include "../sim/random.h"

enum round_trip {
    ROUND_TRIP_GOOD = 0,
    ROUND_TRIP_NO_VALUE, /* no valid arguments were found */
    ROUND_TRIP_BAD,      /* `text` says what went wrong */
};

/* Makes arguments from a seed; both directions, each encoding: what was written is read as an
 * equal value, which is written as the same bytes; and the short way through structures and
 * the long one agree on the bytes and on the value, and that
 * wherever the bytes are cut short they are refused. `effort`: see random_value. */
enum round_trip round_trip(const struct rpcsec_ndr_record *record, uint64_t seed, size_t effort,
                           char *text, size_t max);

/* The same for each operation of an interface, `num` times. Prints what goes wrong and a line
 * of figures; returns how many operations went wrong. */
unsigned round_trip_interface(const struct rpcsec_interface *interface, uint64_t seed,
                              unsigned num);

#endif
