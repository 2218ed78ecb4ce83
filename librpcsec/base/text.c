/* SPDX-License-Identifier: MIT
 *
 * base/text.c: UTF-8 and UTF-16, and small text helpers. Layer: base.
 *
 * Documents: RFC 3629 (UTF-8), RFC 2781 (UTF-16). Peer text is decoded here: strict, and
 * without any locale.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define LAST_CODE_POINT 0x10ffff

static bool is_surrogate(uint32_t code)
{
    return code >= 0xd800 && code <= 0xdfff;
}

/* RFC 3629 3: the bytes of a sequence by its first one; 0 for a byte that begins none. */
static size_t utf8_len(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    if (first >= 0xf0 && first <= 0xf4)
        return 4;
    return 0;
}

/* Reads one character at text[0], len > 0. Gives its bytes, 0 when it is malformed. */
static size_t utf8_get(const char *text, size_t len, uint32_t *ret_code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t *bytes = (const uint8_t *)text;
    size_t num = utf8_len(bytes[0]);
    uint32_t code;

    if (num == 0 || num > len)
        return 0;
    code = num == 1 ? bytes[0] : bytes[0] & (0x7fu >> num);
    for (size_t i = 1; i < num; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (bytes[i] & 0x3fu);
    }
    /* RFC 3629 3 and 10: overlong forms and surrogates are invalid. */
    if (code < least[num] || is_surrogate(code) || code > LAST_CODE_POINT)
        return 0;
    *ret_code = code;
    return num;
}

/* Writes one character, gives its bytes. code is valid. */
static size_t utf8_put(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

/* RFC 2781 2.2: reads one character at text[0], len > 0. Gives its units, 0 for a lone
 * surrogate. */
static size_t utf16_get(const uint16_t *text, size_t len, uint32_t *ret_code)
{
    if (!is_surrogate(text[0])) {
        *ret_code = text[0];
        return 1;
    }
    if (text[0] >= 0xdc00 || len < 2 || text[1] < 0xdc00 || text[1] > 0xdfff)
        return 0;
    *ret_code = 0x10000 + ((uint32_t)(text[0] - 0xd800) << 10) + (uint32_t)(text[1] - 0xdc00);
    return 2;
}

/* RFC 2781 2.1: writes one character, gives its units. code is valid. */
static size_t utf16_put(uint32_t code, uint16_t out[2])
{
    if (code < 0x10000) {
        out[0] = (uint16_t)code;
        return 1;
    }
    out[0] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
    out[1] = (uint16_t)(0xdc00 + ((code - 0x10000) & 0x3ff));
    return 2;
}

rpcsec_status text_to_utf16(const char *text, size_t len, uint16_t *out, size_t max,
                            size_t *ret_len)
{
    size_t out_len = 0;

    while (len != 0) {
        uint16_t units[2];
        uint32_t code = 0;
        size_t used = utf8_get(text, len, &code);
        size_t num;

        if (used == 0)
            return RPCSEC_BAD_FORMAT;
        num = utf16_put(code, units);
        if (out && num > max - out_len)
            return RPCSEC_BUFFER_TOO_SMALL;
        if (out)
            memcpy(out + out_len, units, num * sizeof(units[0]));
        out_len += num;
        text += used;
        len -= used;
    }
    *ret_len = out_len;
    return RPCSEC_OK;
}

rpcsec_status text_from_utf16(const uint16_t *text, size_t len, char *out, size_t max,
                              size_t *ret_len)
{
    size_t out_len = 0;

    while (len != 0) {
        char bytes[4];
        uint32_t code = 0;
        size_t used = utf16_get(text, len, &code);
        size_t num;

        if (used == 0)
            return RPCSEC_BAD_FORMAT;
        num = utf8_put(code, bytes);
        if (out && num > max - out_len)
            return RPCSEC_BUFFER_TOO_SMALL;
        if (out)
            memcpy(out + out_len, bytes, num);
        out_len += num;
        text += used;
        len -= used;
    }
    *ret_len = out_len;
    return RPCSEC_OK;
}

bool text_is_utf8(const char *text, size_t len)
{
    size_t ignored;

    return text_to_utf16(text, len, NULL, 0, &ignored) == RPCSEC_OK;
}

/* Takes the beginning of a character off the end of a text that was cut. */
static void drop_partial_character(char *text, size_t len)
{
    size_t start = len;

    while (start > 0 && len - start < 4) {
        start--;
        if (((uint8_t)text[start] & 0xc0) == 0x80)
            continue;
        if (utf8_len((uint8_t)text[start]) > len - start)
            text[start] = '\0';
        return;
    }
}

void text_vprint(char *out, size_t max, const char *format, va_list args)
{
    int len;

    if (max == 0)
        return;
    len = vsnprintf(out, max, format, args);
    if (len < 0)
        out[0] = '\0';
    else if ((size_t)len >= max)
        drop_partial_character(out, max - 1);
}

void text_print(char *out, size_t max, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    text_vprint(out, max, format, args);
    va_end(args);
}

void text_clean(char *out, size_t max, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    size_t num = 0;

    if (max == 0)
        return;
    for (; num < len && num < max - 1; num++)
        out[num] = bytes[num] >= 0x20 && bytes[num] < 0x7f ? (char)bytes[num] : '?';
    out[num] = '\0';
}

rpcsec_status text_number(const char *text, size_t len, uint64_t max, uint64_t *ret_value)
{
    uint64_t value = 0;

    if (len == 0)
        return RPCSEC_BAD_FORMAT;
    for (size_t i = 0; i < len; i++) {
        uint64_t digit;

        if (text[i] < '0' || text[i] > '9')
            return RPCSEC_BAD_FORMAT;
        digit = (uint64_t)(text[i] - '0');
        if (digit > max || value > (max - digit) / 10)
            return RPCSEC_OUT_OF_RANGE;
        value = value * 10 + digit;
    }
    *ret_value = value;
    return RPCSEC_OK;
}
