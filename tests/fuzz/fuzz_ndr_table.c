/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_ndr_table.c: any type tables x any bytes. The first byte chooses direction and
 * encoding, the second how many bytes describe the tables, the rest is a message. What is read
 * must be writable and stable, the short way through structures reads and writes as the long
 * one, and a random value of the tables goes through all encodings and back.
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "../ndr/codec.h"
#include "../ndr/random_table.h"
#include "../ndr/round_trip.h"

/* Reads and writes again; empty when the message is refused. */
static struct buf rewrite(const struct codec *codec, enum encoding encoding,
                          const uint8_t *data, size_t len)
{
    struct value value;
    struct buf out;

    buf_init(&out, 1u << 26);
    if (codec_decode(codec, encoding, data, len, &value, NULL))
        return out;
    FUZZ_CHECK(codec_encode(codec, encoding, value.args, &out, NULL) == RPCSEC_OK);
    value_free(&value);
    return out;
}

static void check_same(const struct buf *a, const struct buf *b)
{
    FUZZ_CHECK(a->len == b->len);
    FUZZ_CHECK(a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static void check_message(struct codec codec, enum encoding encoding, const uint8_t *data,
                          size_t len)
{
    struct buf first = rewrite(&codec, encoding, data, len);
    struct buf second = rewrite(&codec, encoding, first.data, first.len);
    struct buf long_way;

    codec.by_fields = true;
    long_way = rewrite(&codec, encoding, data, len);
    check_same(&first, &second);
    check_same(&first, &long_way);
    buf_done(&first);
    buf_done(&second);
    buf_done(&long_way);
}

/* Random tables may name an arm outside of the range of the field that chooses it: such a value
 * is rightly refused. */
static void check_value(const struct rpcsec_ndr_record *record, uint64_t seed)
{
    char text[512];

    if (round_trip(record, seed, 400, text, sizeof(text)) == ROUND_TRIP_BAD &&
        !strstr(text, " is not in ")) {
        fprintf(stderr, "%s\n", text);
        FUZZ_CHECK(false);
    }
}

/* One input in 32 is followed by a random value: it costs fifty times the rest. A sum chooses,
 * which the fuzzer cannot aim at. */
static bool is_chosen(const uint8_t *data, size_t len)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum = sum * 31 + data[i];
    return sum % 32 == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct codec codec = {.direction = NDR_IN};
    struct rpcsec_arena *arena;
    size_t table_len;

    if (len < 3 || !(arena = rpcsec_arena_new(1u << 20)))
        return 0;
    table_len = data[1] < len - 2 ? data[1] : len - 2;
    codec.direction = data[0] & 0x80 ? NDR_OUT : NDR_IN;
    codec.record = random_table(data + 2, table_len, arena);
    if (codec.record) {
        check_message(codec, (enum encoding)(data[0] % NUM_ENCODINGS), data + 2 + table_len,
                      len - 2 - table_len);
        if (is_chosen(data, len))
            check_value(codec.record, len);
    }
    rpcsec_arena_free(arena);
    return 0;
}
