/* SPDX-License-Identifier: MIT
 *
 * sspi/form.h: text in the forms of the public calls: A is UTF-8, W UTF-16 or UTF-32. Layer:
 * sspi.
 *
 * Inside, all text is UTF-8. The A and W form of a structure have one layout, so one function
 * fills both and only its texts differ.
 */
#ifndef SSPI_FORM_H
#define SSPI_FORM_H

#include <stddef.h>

#include <rpcsec/status.h>

/* The value is the bytes of a unit. */
enum form {
    FORM_A = 1,
    FORM_W16 = 2,
    FORM_W32 = 4,
};

/* Units before the NUL; `max` when there is none among so many. */
size_t form_len(enum form form, const void *text, size_t max);

/* num units -> UTF-8 and a NUL, at most max bytes in all. BAD_FORMAT: it is no text, or holds a
 * NUL; BUFFER_TOO_SMALL. */
RPCSEC_MUST_USE rpcsec_status form_to_utf8(enum form form, const void *text, size_t num,
                                           char *out, size_t max);

/* UTF-8 -> units and a NUL, at most max units in all; out NULL: the length alone.
 * *ret_num does not count the NUL. */
RPCSEC_MUST_USE rpcsec_status form_from_utf8(enum form form, const char *text, void *out,
                                             size_t max, size_t *ret_num);

/* The text in memory of FreeContextBuffer; NULL when memory ends. */
void *form_new(enum form form, const char *text);

#endif
