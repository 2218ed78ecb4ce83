/* SPDX-License-Identifier: MIT
 *
 * compiler/number.c: integers as C writes them. Layer: compiler. Document: ISO C11 6.4.4.1.
 */
#include "number.h"

#include <string.h>
#include <strings.h>

static int digit_value(char ch)
{
    if (ch >= '0' && ch <= '9')
        return ch - '0';
    if (ch >= 'a' && ch <= 'f')
        return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F')
        return ch - 'A' + 10;
    return 16;
}

static bool is_suffix(const char *text, size_t len)
{
    static const char *const suffixes[] = {"",   "u",   "l",   "ul",  "lu",
                                           "ll", "ull", "llu", "i64", "ui64"};

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
        if (strlen(suffixes[i]) == len && strncasecmp(suffixes[i], text, len) == 0)
            return true;
    return false;
}

bool number_parse(const char *text, size_t len, uint64_t *ret_value)
{
    unsigned base = 10;
    size_t at = 0;
    uint64_t value = 0;

    if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        at = 2;
    } else if (len > 1 && text[0] == '0') {
        base = 8;
    }
    size_t start = at;
    for (; at < len && digit_value(text[at]) < (int)base; at++) {
        if (value > (UINT64_MAX - (uint64_t)digit_value(text[at])) / base)
            return false;
        value = value * base + (uint64_t)digit_value(text[at]);
    }
    if (at == start || !is_suffix(text + at, len - at))
        return false;
    *ret_value = value;
    return true;
}
