/* SPDX-License-Identifier: MIT
 *
 * base/json.c: writing a JSON object. Layer: base. Documents: RFC 8259 7 (strings), RFC 3629
 * (UTF-8).
 */
#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define REPLACEMENT 0xFFFD

static void put(struct buf *out, const char *text)
{
    buf_bytes(out, text, strlen(text));
}

static void put_unit(struct buf *out, uint16_t unit)
{
    char text[8];

    text_print(text, sizeof(text), "\\u%04x", unit);
    put(out, text);
}

static void put_ascii(struct buf *out, char c)
{
    if (c == '"' || c == '\\') {
        buf_u8(out, '\\');
        buf_u8(out, (uint8_t)c);
    } else if (c < ' ' || c == 0x7F) {
        put_unit(out, (uint16_t)c);
    } else {
        buf_u8(out, (uint8_t)c);
    }
}

/* The length of the character at the start; 0: it is none. */
static size_t char_len(const char *text, size_t left)
{
    for (size_t len = 1; len <= 4 && len <= left; len++) {
        if (text_is_utf8(text, len))
            return len;
    }
    return 0;
}

static void put_char(struct buf *out, const char *text, size_t len)
{
    uint16_t units[2] = {REPLACEMENT};
    size_t num = 1;

    if (len == 1) {
        put_ascii(out, *text);
        return;
    }
    if (len && text_to_utf16(text, len, units, 2, &num) != RPCSEC_OK)
        num = 1;
    for (size_t i = 0; i < num; i++)
        put_unit(out, units[i]);
}

static void put_string(struct buf *out, const char *text)
{
    size_t left = strlen(text);

    buf_u8(out, '"');
    while (left) {
        size_t len = char_len(text, left);

        put_char(out, text, len);
        len = len ? len : 1;
        text += len;
        left -= len;
    }
    buf_u8(out, '"');
}

static void put_name(struct buf *out, const char *name)
{
    if (out->len && out->data[out->len - 1] != '{')
        buf_u8(out, ',');
    buf_u8(out, '"');
    put(out, name);
    put(out, "\":");
}

void json_begin(struct buf *out)
{
    buf_u8(out, '{');
}

void json_text(struct buf *out, const char *name, const char *text)
{
    put_name(out, name);
    if (text)
        put_string(out, text);
    else
        put(out, "null");
}

void json_number(struct buf *out, const char *name, uint64_t number)
{
    char text[24];

    put_name(out, name);
    text_print(text, sizeof(text), "%llu", (unsigned long long)number);
    put(out, text);
}

void json_end(struct buf *out)
{
    buf_u8(out, '}');
    buf_u8(out, '\0');
}
