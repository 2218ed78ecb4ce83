/* SPDX-License-Identifier: MIT
 *
 * ndr/round_trip.c: random arguments through all encodings and back.
 */
#include "round_trip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/rpcsec.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "random_value.h"

enum { EFFORT = 400000, NUM_CUTS = 24 };

/* One value on its way. */
struct trip {
    const struct rpcsec_ndr_record *record;
    struct ndr_options options;
    bool big_endian;
    const void *args;
    char *text;
    size_t max;
};

static bool fail(struct trip *trip, const char *what, const char *why)
{
    (void)snprintf(trip->text, trip->max, "%s, %s, %s%s: %s: %s", trip->record->name,
                   trip->options.direction == NDR_IN ? "in" : "out",
                   trip->options.syntax == NDR_SYNTAX_NDR64 ? "NDR64"
                   : trip->big_endian                       ? "big-endian"
                                                            : "little-endian",
                   trip->options.by_fields ? ", by fields" : "", what, why);
    return false;
}

static bool write_value(struct trip *trip, const void *args, struct buf *out)
{
    /* Fragments of an odd number of words, so that values cross them. */
    const struct writer_shape shape = {.head_len = 24, .body_max = 176, .max = 1u << 26};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct writer writer;
    rpcsec_status status;
    uint8_t *room;

    writer_init(&writer, &shape, trip->big_endian);
    status = ndr_encode(&writer, trip->record, args, &trip->options, &err);
    room = status == RPCSEC_OK && writer.len ? buf_reserve(out, writer.len) : NULL;
    if (room)
        writer_copy(&writer, room);
    writer_done(&writer);
    return status == RPCSEC_OK || fail(trip, "not written", rpcsec_error_text(&err));
}

static bool read_value(struct trip *trip, const struct buf *bytes, struct value *value)
{
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    rpcsec_status status;
    struct cur cur;

    /* A client has what it sent when it reads the response. */
    if (trip->options.direction == NDR_OUT)
        memcpy(value->args, trip->args, trip->record->mem_size);
    cur_init(&cur, bytes->data, bytes->len, trip->big_endian);
    status = ndr_decode(&cur, trip->record, value->args, &trip->options, value->arena, &err);
    if (status == RPCSEC_OK)
        status = cur_end(&cur);
    return status == RPCSEC_OK || fail(trip, "not read", rpcsec_error_text(&err));
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static bool there_and_back(struct trip *trip, struct buf *first, struct buf *second,
                           struct value *value)
{
    if (!write_value(trip, trip->args, first) || !read_value(trip, first, value))
        return false;
    if (!same_value(trip->record, trip->options.direction, trip->args, value->args))
        return fail(trip, "read", "another value");
    if (!write_value(trip, value->args, second))
        return false;
    return same_bytes(first, second) || fail(trip, "written again", "other bytes");
}

/* Leaves the bytes in `first`. */
static bool try_once(struct trip *trip, struct buf *first)
{
    struct value value = {mem_zalloc(trip->record->mem_size + 1), rpcsec_arena_new(1u << 26)};
    struct buf second;
    bool good = false;

    buf_init(&second, 1u << 26);
    if (value.args && value.arena)
        good = there_and_back(trip, first, &second, &value);
    buf_done(&second);
    value_free(&value);
    return good;
}

/* A message that ends too early is refused, wherever it ends; padding at the end of an NDR64
 * message may be absent. */
static bool try_shorter(struct trip *trip, const struct buf *bytes)
{
    size_t padding = trip->options.syntax == NDR_SYNTAX_NDR64 ? 7 : 0;
    size_t step = bytes->len / NUM_CUTS + 1;

    for (size_t len = 0; len + padding < bytes->len; len += step) {
        struct value value = {mem_zalloc(trip->record->mem_size + 1),
                              rpcsec_arena_new(1u << 26)};
        struct cur cur;
        rpcsec_status status = RPCSEC_NO_MEMORY;

        cur_init(&cur, bytes->data, len, trip->big_endian);
        if (value.args && value.arena) {
            memcpy(value.args, trip->args, trip->record->mem_size);
            status =
                ndr_decode(&cur, trip->record, value.args, &trip->options, value.arena, NULL);
        }
        value_free(&value);
        if (status == RPCSEC_OK)
            return fail(trip, "cut short", "is taken all the same");
    }
    return true;
}

static bool try_encoding(struct trip *trip)
{
    struct buf first;
    struct buf again;
    bool good;

    buf_init(&first, 1u << 26);
    buf_init(&again, 1u << 26);
    trip->options.by_fields = false;
    good = try_once(trip, &first);
    trip->options.by_fields = true;
    good = good && try_once(trip, &again) && try_shorter(trip, &first);
    trip->options.by_fields = false;
    good = good && try_shorter(trip, &first);
    if (good && !same_bytes(&first, &again))
        good = fail(trip, "written", "other bytes by fields than by steps");
    buf_done(&first);
    buf_done(&again);
    return good;
}

static bool try_all(const struct rpcsec_ndr_record *record, const void *args, char *text,
                    size_t max)
{
    for (unsigned i = 0; i < 2 * NUM_ENCODINGS; i++) {
        enum encoding encoding = (enum encoding)(i / 2);
        struct trip trip = {.record = record,
                            .options = {.syntax = encoding == ENCODING_NDR64 ? NDR_SYNTAX_NDR64
                                                                             : NDR_SYNTAX_NDR,
                                        .direction = i % 2 ? NDR_OUT : NDR_IN},
                            .big_endian = encoding == ENCODING_BE,
                            .args = args,
                            .text = text,
                            .max = max};

        if (!try_encoding(&trip))
            return false;
    }
    return true;
}

enum round_trip round_trip(const struct rpcsec_ndr_record *record, uint64_t seed, size_t effort,
                           char *text, size_t max)
{
    struct value value = {mem_zalloc(record->mem_size + 1), rpcsec_arena_new(1u << 26)};
    struct rnd rnd = {seed};
    enum round_trip result = ROUND_TRIP_NO_VALUE;

    if (value.args && value.arena &&
        random_value(&rnd, record, effort, seed % 3 == 0, value.args, value.arena))
        result = try_all(record, value.args, text, max) ? ROUND_TRIP_GOOD : ROUND_TRIP_BAD;
    value_free(&value);
    return result;
}

/* True when the operation went well at least once and never wrong. */
static bool try_operation(const struct rpcsec_interface *interface,
                          const struct rpcsec_operation *operation, uint64_t seed, unsigned num)
{
    char text[512];
    unsigned num_good = 0;

    for (unsigned i = 0; i < num; i++) {
        enum round_trip result =
            round_trip(operation->args, seed + i, EFFORT, text, sizeof(text));

        num_good += result == ROUND_TRIP_GOOD;
        if (result == ROUND_TRIP_BAD) {
            printf("%s: seed %llu: %s\n", interface->name, (unsigned long long)seed + i, text);
            return false;
        }
    }
    if (!num_good)
        printf("%s: no valid arguments found for %s\n", interface->name, operation->name);
    return num_good != 0;
}

unsigned round_trip_interface(const struct rpcsec_interface *interface, uint64_t seed,
                              unsigned num)
{
    unsigned num_tried = 0;
    unsigned num_bad = 0;

    for (uint32_t i = 0; i < interface->num_operations; i++) {
        const struct rpcsec_operation *operation = &interface->operations[i];

        if (!operation->args)
            continue;
        num_tried++;
        num_bad += !try_operation(interface, operation, seed + 1000000 * i, num);
    }
    printf("%s: %u operations of %u, %u values each: %u went wrong\n", interface->name,
           num_tried, interface->num_operations, num, num_bad);
    return num_bad;
}
