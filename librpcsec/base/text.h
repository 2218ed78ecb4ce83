/* SPDX-License-Identifier: MIT
 *
 * base/text.h: UTF-8 and UTF-16, and small text helpers. Layer: base. Document: RFC 3629, RFC
 * 2781.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/status.h>

/* Strict: overlong forms, surrogates in UTF-8 and lone surrogates in UTF-16 are BAD_FORMAT.
 * `out` may be NULL to ask for the length alone; text longer than max is BUFFER_TOO_SMALL, then
 * `out` holds the beginning. Lengths in units of each side; no NUL is written. */
RPCSEC_MUST_USE rpcsec_status text_to_utf16(const char *text, size_t len, uint16_t *out,
                                            size_t max, size_t *ret_len);
RPCSEC_MUST_USE rpcsec_status text_from_utf16(const uint16_t *text, size_t len, char *out,
                                              size_t max, size_t *ret_len);
bool text_is_utf8(const char *text, size_t len);

/* snprintf that always terminates and never fails: too long is cut at a character. */
void text_print(char *out, size_t max, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void text_vprint(char *out, size_t max, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
/* Copies printable ASCII and puts '?' for anything else: for peer text in messages. */
void text_clean(char *out, size_t max, const void *data, size_t len);
/* Parses a decimal number of at most `max`. No sign, no blank, no empty text. */
RPCSEC_MUST_USE rpcsec_status text_number(const char *text, size_t len, uint64_t max,
                                          uint64_t *ret_value);

#endif
