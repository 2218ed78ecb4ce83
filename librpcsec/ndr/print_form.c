/* SPDX-License-Identifier: MIT
 *
 * ndr/print_form.c: arguments as indented text and as JSON (RFC 8259). Layer: ndr.
 */
#include "ndr/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ndr/types.h"

void print_raw(struct printer *p, const char *text)
{
    size_t len = strlen(text);

    p->write(p->context, text, len);
    p->used += len;
}

/* ---- Quoted text ---- */

/* The code point at `i`, moved on; a surrogate without its other half is U+FFFD. */
static uint32_t take_point(const void *text, size_t num, size_t unit, size_t *i)
{
    const uint8_t *at = (const uint8_t *)text + *i * unit;
    uint32_t first = (uint32_t)ndr_load_bits(at, unit);
    uint32_t second;

    (*i)++;
    if (first < 0xd800 || first > 0xdfff)
        return first;
    second = first < 0xdc00 && *i < num ? (uint32_t)ndr_load_bits(at + unit, unit) : 0;
    if (second < 0xdc00 || second > 0xdfff)
        return 0xfffd;
    (*i)++;
    return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

static void put_point(struct printer *p, uint32_t point)
{
    char out[8] = "";

    if (point == '"' || point == '\\')
        (void)snprintf(out, sizeof(out), "\\%c", (char)point);
    else if (point < 0x20 || (point >= 0x7f && point < 0xa0))
        (void)snprintf(out, sizeof(out), "\\u%04x", point);
    else if (point < 0x80)
        out[0] = (char)point;
    else if (point < 0x800)
        (void)snprintf(out, sizeof(out), "%c%c", (char)(0xc0 | point >> 6),
                       (char)(0x80 | (point & 0x3f)));
    else if (point < 0x10000)
        (void)snprintf(out, sizeof(out), "%c%c%c", (char)(0xe0 | point >> 12),
                       (char)(0x80 | (point >> 6 & 0x3f)), (char)(0x80 | (point & 0x3f)));
    else
        (void)snprintf(out, sizeof(out), "%c%c%c%c", (char)(0xf0 | point >> 18),
                       (char)(0x80 | (point >> 12 & 0x3f)), (char)(0x80 | (point >> 6 & 0x3f)),
                       (char)(0x80 | (point & 0x3f)));
    print_raw(p, out);
}

void print_quoted(struct printer *p, const void *text, size_t num, size_t unit)
{
    print_raw(p, "\"");
    for (size_t i = 0; i < num;)
        put_point(p, take_point(text, num, unit, &i));
    print_raw(p, "\"");
}

static void put_name(struct printer *p, const char *name)
{
    print_quoted(p, name, strlen(name), 1);
}

/* ---- Text: a line for each member ---- */

static void begin_line(struct printer *p)
{
    if (p->used)
        print_raw(p, "\n");
    for (unsigned i = 0; i < p->depth; i++)
        print_raw(p, "  ");
}

static void text_name(struct printer *p, const char *name)
{
    begin_line(p);
    print_raw(p, name);
    print_raw(p, ":");
}

static void text_index(struct printer *p, uint64_t index)
{
    char text[32];

    begin_line(p);
    (void)snprintf(text, sizeof(text), "[%" PRIu64 "]:", index);
    print_raw(p, text);
}

static void text_word(struct printer *p, const char *text)
{
    print_raw(p, " ");
    print_raw(p, text);
}

static void text_open_object(struct printer *p, const char *what)
{
    if (what)
        text_word(p, what);
    p->depth++;
}

static void text_open_array(struct printer *p, uint64_t num)
{
    char text[40];

    (void)snprintf(text, sizeof(text), "%" PRIu64 " element%s", num, num == 1 ? "" : "s");
    text_word(p, text);
    p->depth++;
}

static void text_close(struct printer *p)
{
    p->depth--;
}

static void text_number(struct printer *p, const char *text, bool is_wide)
{
    (void)is_wide;
    text_word(p, text);
}

static void text_null(struct printer *p)
{
    text_word(p, "NULL");
}

const struct print_form print_form_text = {
    .name = text_name,
    .index = text_index,
    .open_object = text_open_object,
    .close_object = text_close,
    .open_array = text_open_array,
    .close_array = text_close,
    .number = text_number,
    .word = text_word,
    .null = text_null,
};

/* ---- JSON: on one line ---- */

static void json_separate(struct printer *p)
{
    if (p->has_members)
        print_raw(p, ",");
    p->has_members = true;
}

static void json_name(struct printer *p, const char *name)
{
    json_separate(p);
    put_name(p, name);
    print_raw(p, ":");
}

static void json_index(struct printer *p, uint64_t index)
{
    (void)index;
    json_separate(p);
}

static void json_open(struct printer *p, const char *bracket)
{
    print_raw(p, bracket);
    p->depth++;
    p->has_members = false;
}

static void json_close(struct printer *p, const char *bracket)
{
    print_raw(p, bracket);
    p->depth--;
    p->has_members = true; /* it is one of what is around it */
}

static void json_open_object(struct printer *p, const char *what)
{
    (void)what;
    json_open(p, "{");
}

static void json_close_object(struct printer *p)
{
    json_close(p, "}");
}

static void json_open_array(struct printer *p, uint64_t num)
{
    (void)num;
    json_open(p, "[");
}

static void json_close_array(struct printer *p)
{
    json_close(p, "]");
}

/* Readers of JSON keep 53 bits of a number. */
static void json_number(struct printer *p, const char *text, bool is_wide)
{
    if (is_wide)
        put_name(p, text);
    else
        print_raw(p, text);
}

static void json_null(struct printer *p)
{
    print_raw(p, "null");
}

const struct print_form print_form_json = {
    .name = json_name,
    .index = json_index,
    .open_object = json_open_object,
    .close_object = json_close_object,
    .open_array = json_open_array,
    .close_array = json_close_array,
    .number = json_number,
    .word = put_name,
    .null = json_null,
};
