/* SPDX-License-Identifier: MIT
 *
 * base/uuid.c: UUIDs and syntax identifiers. Layer: base. Documents: C706 appendix A, RFC 4122
 * 4.4.
 */
#include "base/uuid.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/* C706 14: NDR, version 2.0. */
const struct rpcsec_syntax syntax_ndr = {
    .uuid = {0x8a885d04, 0x1ceb, 0x11c9, {0x9f, 0xe8}, {0x08, 0x00, 0x2b, 0x10, 0x48, 0x60}},
    .major = 2,
};

/* MS-RPCE 2.2.5: NDR64, version 1.0. */
const struct rpcsec_syntax syntax_ndr64 = {
    .uuid = {0x71710533, 0xbeba, 0x4937, {0x83, 0x19}, {0xb5, 0xdb, 0xef, 0x9c, 0xcc, 0x36}},
    .major = 1,
};

bool uuid_equal(const struct rpcsec_uuid *a, const struct rpcsec_uuid *b)
{
    return a->time_low == b->time_low && a->time_mid == b->time_mid &&
           a->time_hi_and_version == b->time_hi_and_version &&
           memcmp(a->clock_seq, b->clock_seq, sizeof(a->clock_seq)) == 0 &&
           memcmp(a->node, b->node, sizeof(a->node)) == 0;
}

bool uuid_is_nil(const struct rpcsec_uuid *uuid)
{
    static const struct rpcsec_uuid nil;

    return uuid_equal(uuid, &nil);
}

bool syntax_equal(const struct rpcsec_syntax *a, const struct rpcsec_syntax *b)
{
    return uuid_equal(&a->uuid, &b->uuid) && a->major == b->major && a->minor == b->minor;
}

/* C706 A.3: the string form. */
void uuid_text(const struct rpcsec_uuid *uuid, char out[UUID_TEXT_LEN])
{
    (void)snprintf(out, UUID_TEXT_LEN, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                   uuid->time_low, uuid->time_mid, uuid->time_hi_and_version,
                   uuid->clock_seq[0], uuid->clock_seq[1], uuid->node[0], uuid->node[1],
                   uuid->node[2], uuid->node[3], uuid->node[4], uuid->node[5]);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Reads the 16 bytes of a text in their order; a hyphen is before bytes 4, 6, 8 and 10. */
static bool read_bytes(const char *text, uint8_t bytes[16])
{
    for (size_t i = 0; i < 16; i++) {
        int high, low;

        if ((i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-')
            return false;
        /* A NUL is no hex digit, so no read goes beyond the text's end. */
        high = hex_value(text[0]);
        low = high < 0 ? -1 : hex_value(text[1]);
        if (low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    return *text == '\0';
}

rpcsec_status uuid_parse(const char *text, struct rpcsec_uuid *ret_uuid)
{
    uint8_t bytes[16];
    struct cur c;

    if (!read_bytes(text, bytes))
        return RPCSEC_BAD_FORMAT;
    /* The text shows each field with its high byte first. */
    cur_init(&c, bytes, sizeof(bytes), true);
    uuid_get(&c, ret_uuid);
    return cur_end(&c);
}

void uuid_get(struct cur *c, struct rpcsec_uuid *ret_uuid)
{
    ret_uuid->time_low = cur_u32(c);
    ret_uuid->time_mid = cur_u16(c);
    ret_uuid->time_hi_and_version = cur_u16(c);
    cur_copy(c, ret_uuid->clock_seq, sizeof(ret_uuid->clock_seq));
    cur_copy(c, ret_uuid->node, sizeof(ret_uuid->node));
}

void uuid_put(struct buf *b, const struct rpcsec_uuid *uuid)
{
    uint8_t *at = buf_reserve(b, 16);

    if (at)
        uuid_store(at, uuid, b->big_endian);
}

void uuid_store(uint8_t at[16], const struct rpcsec_uuid *uuid, bool big_endian)
{
    put_u32(at, uuid->time_low, big_endian);
    put_u16(at + 4, uuid->time_mid, big_endian);
    put_u16(at + 6, uuid->time_hi_and_version, big_endian);
    memcpy(at + 8, uuid->clock_seq, sizeof(uuid->clock_seq));
    memcpy(at + 10, uuid->node, sizeof(uuid->node));
}

static bool random_bytes(void *out, size_t len)
{
    ssize_t got;

    /* Up to 256 bytes come whole once the system's pool is ready; before, a signal may
     * interrupt the wait (getrandom(2)). */
    do {
        got = getrandom(out, len, 0);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)len;
}

/* RFC 4122 4.4: version 4, variant 10. */
rpcsec_status uuid_random(struct rpcsec_uuid *ret_uuid)
{
    struct rpcsec_uuid uuid;

    if (!random_bytes(&uuid, sizeof(uuid)))
        return RPCSEC_SYSTEM;
    uuid.time_hi_and_version = (uint16_t)((uuid.time_hi_and_version & 0x0fff) | 0x4000);
    uuid.clock_seq[0] = (uint8_t)((uuid.clock_seq[0] & 0x3f) | 0x80);
    *ret_uuid = uuid;
    return RPCSEC_OK;
}
