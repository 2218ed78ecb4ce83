/* SPDX-License-Identifier: MIT
 *
 * compiler/number.c: integers as C writes them. Layer: compiler. Documents: ISO C11 6.4.4.1,
 * 6.5.
 */
#include "number.h"
#include "lex.h"

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

/* ---- Operators ---- */

static const struct {
    int kind;
    unsigned level;
} operators[] = {
    {TOKEN_OR, 1},
    {TOKEN_AND, 2},
    {'|', 3},
    {'^', 4},
    {'&', 5},
    {TOKEN_EQUAL, 6},
    {TOKEN_NOT_EQUAL, 6},
    {'<', 7},
    {'>', 7},
    {TOKEN_LESS_EQUAL, 7},
    {TOKEN_GREATER_EQUAL, 7},
    {TOKEN_SHIFT_LEFT, 8},
    {TOKEN_SHIFT_RIGHT, 8},
    {'+', 9},
    {'-', 9},
    {'*', 10},
    {'/', 10},
    {'%', 10},
};

unsigned number_level(int op)
{
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
        if (operators[i].kind == op)
            return operators[i].level;
    return 0;
}

bool number_unary(int op, int64_t a, int64_t *ret_value)
{
    switch (op) {
    case '-':
        return !__builtin_sub_overflow((int64_t)0, a, ret_value);
    case '+':
        *ret_value = a;
        return true;
    case '~':
        *ret_value = ~a;
        return true;
    case '!':
        *ret_value = !a;
        return true;
    default:
        return false;
    }
}

static bool divide(int op, int64_t a, int64_t b, int64_t *ret_value)
{
    if (b == 0 || (a == INT64_MIN && b == -1))
        return false;
    *ret_value = op == '/' ? a / b : a % b;
    return true;
}

static bool shift(int op, int64_t a, int64_t b, int64_t *ret_value)
{
    if (b < 0 || b > 62 || a < 0 || (op == TOKEN_SHIFT_LEFT && a > (INT64_MAX >> b)))
        return false;
    *ret_value = op == TOKEN_SHIFT_LEFT ? a << b : a >> b;
    return true;
}

static int64_t compare(int op, int64_t a, int64_t b)
{
    switch (op) {
    case TOKEN_EQUAL:
        return a == b;
    case TOKEN_NOT_EQUAL:
        return a != b;
    case TOKEN_LESS_EQUAL:
        return a <= b;
    case TOKEN_GREATER_EQUAL:
        return a >= b;
    case '<':
        return a < b;
    case '>':
        return a > b;
    case TOKEN_AND:
        return a && b;
    default:
        return a || b;
    }
}

bool number_binary(int op, int64_t a, int64_t b, int64_t *ret_value)
{
    switch (op) {
    case '+':
        return !__builtin_add_overflow(a, b, ret_value);
    case '-':
        return !__builtin_sub_overflow(a, b, ret_value);
    case '*':
        return !__builtin_mul_overflow(a, b, ret_value);
    case '/':
    case '%':
        return divide(op, a, b, ret_value);
    case TOKEN_SHIFT_LEFT:
    case TOKEN_SHIFT_RIGHT:
        return shift(op, a, b, ret_value);
    case '&':
        *ret_value = a & b;
        return true;
    case '|':
        *ret_value = a | b;
        return true;
    case '^':
        *ret_value = a ^ b;
        return true;
    default:
        *ret_value = compare(op, a, b);
        return true;
    }
}
