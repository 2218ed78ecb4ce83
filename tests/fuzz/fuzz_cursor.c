/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_cursor.c: the input is a program for a cursor over itself: each step reads an
 * operation and does it on the same bytes.
 */
#include "fuzz.h"

#include <string.h>

#include "base/cursor.h"

static void touch(const uint8_t *bytes, size_t len)
{
    static volatile uint8_t sink;

    for (size_t i = 0; bytes && i < len; i++)
        sink = bytes[i];
    (void)sink;
}

static void step(struct cur *c, uint8_t operation, uint16_t operand)
{
    uint8_t copy[64];
    struct cur child;

    switch (operation % 8) {
    case 0:
        c->big_endian = cur_u8(c) & 1;
        break;
    case 1:
        (void)cur_u16(c);
        break;
    case 2:
        touch(cur_bytes(c, cur_u64(c)), 0);
        break;
    case 3:
        touch(cur_bytes(c, operand), operand);
        break;
    case 4:
        cur_align(c, (size_t)1 << operand % 5);
        break;
    case 5:
        cur_copy(c, copy, operand % sizeof(copy));
        break;
    case 6:
        child = cur_child(c, operand);
        FUZZ_CHECK(cur_left(&child) == (child.status == RPCSEC_OK ? operand : 0));
        touch(cur_bytes(&child, cur_left(&child)), cur_left(&child));
        break;
    default:
        touch(cur_bytes(c, cur_count(c, cur_u32(c), operand)), 0);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct cur c;

    cur_init(&c, data, len, false);
    for (size_t i = 0; i + 3 <= len; i += 3) {
        step(&c, data[i], get_u16(data + i + 1, false));
        FUZZ_CHECK(c.at <= c.len && c.len == len);
        FUZZ_CHECK(cur_left(&c) <= len);
    }
    return cur_end(&c) == RPCSEC_OK && cur_left(&c) != 0;
}
