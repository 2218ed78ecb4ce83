/* SPDX-License-Identifier: MIT
 *
 * sspi/form.c: text in the forms of the public calls. Layer: sspi.
 *
 * Callers' wide text need not be aligned, so units are copied out.
 */
#include "sspi/form.h"

#include <string.h>

#include "base/text.h"
#include "sspi/memory.h"

#define LAST_CODE_POINT 0x10ffffu
#define FIRST_BEYOND_16 0x10000u

static uint32_t unit_at(enum form form, const void *text, size_t at)
{
    const char *from = (const char *)text + at * (size_t)form;
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;

    switch (form) {
    case FORM_A:
        memcpy(&u8, from, sizeof(u8));
        return u8;
    case FORM_W16:
        memcpy(&u16, from, sizeof(u16));
        return u16;
    default:
        memcpy(&u32, from, sizeof(u32));
        return u32;
    }
}

size_t form_len(enum form form, const void *text, size_t max)
{
    size_t num = 0;

    while (num < max && unit_at(form, text, num) != 0)
        num++;
    return num;
}

/* One character of wide text as UTF-16: its units there, 0 when it is none. */
static size_t next_utf16(enum form form, const void *text, size_t num, size_t *at,
                         uint16_t units[2])
{
    uint32_t code = unit_at(form, text, (*at)++);

    if (form == FORM_W32 && code >= FIRST_BEYOND_16) {
        if (code > LAST_CODE_POINT)
            return 0;
        units[0] = (uint16_t)(0xd800 + ((code - FIRST_BEYOND_16) >> 10));
        units[1] = (uint16_t)(0xdc00 + ((code - FIRST_BEYOND_16) & 0x3ff));
        return 2;
    }
    units[0] = (uint16_t)code;
    if (form == FORM_W16 && code >= 0xd800 && code <= 0xdbff && *at < num) {
        units[1] = (uint16_t)unit_at(form, text, (*at)++);
        return 2;
    }
    return 1;
}

static rpcsec_status wide_to_utf8(enum form form, const void *text, size_t num, char *out,
                                  size_t max, size_t *ret_len)
{
    size_t len = 0;

    for (size_t at = 0; at < num;) {
        uint16_t units[2];
        size_t got = next_utf16(form, text, num, &at, units);
        size_t more = 0;
        rpcsec_status status;

        if (got == 0)
            return RPCSEC_BAD_FORMAT;
        status = text_from_utf16(units, got, out + len, max - len, &more);
        if (status != RPCSEC_OK)
            return status;
        len += more;
    }
    *ret_len = len;
    return RPCSEC_OK;
}

rpcsec_status form_to_utf8(enum form form, const void *text, size_t num, char *out, size_t max)
{
    size_t len = num;
    rpcsec_status status;

    if (max == 0)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (form == FORM_A) {
        if (num >= max)
            return RPCSEC_BUFFER_TOO_SMALL;
        if (num > 0 && !text_is_utf8(text, num))
            return RPCSEC_BAD_FORMAT;
        if (num > 0)
            memcpy(out, text, num);
    } else {
        status = wide_to_utf8(form, text, num, out, max - 1, &len);
        if (status != RPCSEC_OK)
            return status;
    }
    out[len] = '\0';
    return memchr(out, 0, len) ? RPCSEC_BAD_FORMAT : RPCSEC_OK;
}

/* ---- Out ---- */

static void put_unit(enum form form, void *out, size_t at, uint32_t unit)
{
    uint8_t u8 = (uint8_t)unit;
    uint16_t u16 = (uint16_t)unit;
    char *to = (char *)out + at * (size_t)form;

    if (form == FORM_A)
        memcpy(to, &u8, sizeof(u8));
    else if (form == FORM_W16)
        memcpy(to, &u16, sizeof(u16));
    else
        memcpy(to, &unit, sizeof(unit));
}

/* The bytes of a UTF-8 character by its first byte, of text that is known to be UTF-8. */
static size_t char_len(uint8_t first)
{
    if (first < 0x80)
        return 1;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* One character -> units of the form. */
static size_t next_units(enum form form, const char *text, size_t len, uint32_t units[4])
{
    uint16_t wide[2];
    size_t num = 0;

    if (form == FORM_A) {
        for (size_t i = 0; i < len; i++)
            units[i] = (uint8_t)text[i];
        return len;
    }
    if (text_to_utf16(text, len, wide, 2, &num) != RPCSEC_OK)
        return 0;
    units[0] = wide[0];
    units[1] = num == 2 ? wide[1] : 0;
    if (form == FORM_W32 && num == 2) {
        units[0] = FIRST_BEYOND_16 + ((units[0] - 0xd800) << 10) + (units[1] - 0xdc00);
        return 1;
    }
    return num;
}

rpcsec_status form_from_utf8(enum form form, const char *text, void *out, size_t max,
                             size_t *ret_num)
{
    size_t left = strlen(text);
    size_t num = 0;

    if (!text_is_utf8(text, left))
        return RPCSEC_BAD_FORMAT;
    while (left > 0) {
        size_t len = char_len((uint8_t)*text);
        uint32_t units[4] = {0};
        size_t more = next_units(form, text, len, units);

        if (out && more >= max - num)
            return RPCSEC_BUFFER_TOO_SMALL;
        for (size_t i = 0; out && i < more; i++)
            put_unit(form, out, num + i, units[i]);
        num += more;
        text += len;
        left -= len;
    }
    if (out && max == 0)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (out)
        put_unit(form, out, num, 0);
    *ret_num = num;
    return RPCSEC_OK;
}

void *form_new(enum form form, const char *text)
{
    size_t num = 0;
    size_t max;
    void *copy;

    if (form_from_utf8(form, text, NULL, 0, &num) != RPCSEC_OK)
        return NULL;
    max = num + 1;
    copy = sspi_mem_alloc(max * (size_t)form, false);
    if (copy && form_from_utf8(form, text, copy, max, &num) != RPCSEC_OK) {
        sspi_mem_free(copy);
        return NULL;
    }
    return copy;
}
