/* SPDX-License-Identifier: MIT
 *
 * packages/rotate.c: the rotation of a token of gss_wrap. Layer: packages. Documents: RFC 4121
 * 4.2.4 (extra count), 4.2.5 (rotation), 4.2.6.2 (the header).
 *
 * The rotation count is covered by no checksum, as the RFC has it: whoever changes it changes
 * what is decrypted, and that is then refused.
 */
#include "packages/rotate.h"

#include <string.h>

#include "base/buffer.h"
#include "base/cursor.h"

#define HEAD_LEN       16
#define CONFOUNDER_LEN 16 /* one block of AES (RFC 3962 6, RFC 8009 5) */
#define FLAG_SEALED    0x02
#define SMALL          64 /* bytes: a rotation by less goes through the stack */

static void reverse(uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len / 2; i++) {
        uint8_t byte = bytes[i];

        bytes[i] = bytes[len - 1 - i];
        bytes[len - 1 - i] = byte;
    }
}

static void rotate_right(uint8_t *bytes, size_t len, size_t count)
{
    uint8_t end[SMALL];

    if (count == 0)
        return;
    if (count <= SMALL) {
        memcpy(end, bytes + len - count, count);
        memmove(bytes + count, bytes, len - count);
        memcpy(bytes, end, count);
        return;
    }
    reverse(bytes, len);
    reverse(bytes, count);
    reverse(bytes + count, len - count);
}

rpcsec_status rotate_token(uint8_t *token, size_t len, size_t head_len)
{
    struct cur c;
    uint16_t id;
    uint8_t flags;
    size_t wanted;
    size_t turning;
    size_t is;

    cur_init(&c, token, len, true);
    id = cur_u16(&c);
    flags = cur_u8(&c);
    cur_skip(&c, 1);
    if (id != 0x0504 || !(flags & FLAG_SEALED) || cur_u16(&c) != 0)
        return RPCSEC_BAD_TOKEN;
    is = cur_u16(&c);
    if (len < head_len || head_len < HEAD_LEN + CONFOUNDER_LEN)
        return RPCSEC_BAD_TOKEN;
    turning = len - HEAD_LEN;
    wanted = head_len - HEAD_LEN - CONFOUNDER_LEN;
    rotate_right(token + HEAD_LEN, turning, (wanted + turning - is % turning) % turning);
    put_u16(token + 6, (uint16_t)wanted, true);
    return RPCSEC_OK;
}
