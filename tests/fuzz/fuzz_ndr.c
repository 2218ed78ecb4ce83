/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_ndr.c: the first byte chooses direction, byte order and syntax, the second the
 * operation, the rest is its stub. What is read must be writable, and what was written must be
 * read and written as the same bytes again.
 */
#include "fuzz.h"

#include <string.h>

#include "../ndr/by_hand.h"
#include "../ndr/codec.h"

static const struct rpcsec_ndr_record *choose(uint8_t byte)
{
    static const struct rpcsec_ndr_record *const sets[] = {echo_records, real_records,
                                                           made_up_records, by_hand_records};
    const struct rpcsec_ndr_record *set = sets[byte / 64];
    size_t num = 0;

    while (set[num].name)
        num++;
    return &set[byte % 64 % num];
}

static struct buf rewrite(const struct codec *codec, enum encoding encoding,
                          const uint8_t *data, size_t len)
{
    struct value value;
    struct buf out;

    buf_init(&out, 1u << 24);
    if (codec_decode(codec, encoding, data, len, &value, NULL))
        return out;
    FUZZ_CHECK(codec_encode(codec, encoding, value.args, &out, NULL) == RPCSEC_OK);
    value_free(&value);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct codec codec = {.direction = NDR_IN};
    enum encoding encoding;
    struct buf first;
    struct buf second;

    if (len < 2)
        return 0;
    encoding = (enum encoding)(data[0] % NUM_ENCODINGS);
    codec.direction = data[0] & 0x80 ? NDR_OUT : NDR_IN;
    codec.record = choose(data[1]);
    first = rewrite(&codec, encoding, data + 2, len - 2);
    second = rewrite(&codec, encoding, first.data, first.len);
    FUZZ_CHECK(first.len == second.len);
    FUZZ_CHECK(first.len == 0 || memcmp(first.data, second.data, first.len) == 0);
    buf_done(&first);
    buf_done(&second);
    return 0;
}
