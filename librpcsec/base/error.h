/* SPDX-License-Identifier: MIT
 *
 * base/error.h: filling struct rpcsec_error. Layer: base.
 *
 * Every function takes err == NULL. The first error wins: setting a second one changes nothing.
 * The caller's struct may be older and shorter than ours; only its `size` bytes are touched.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <rpcsec/rpcsec.h>

/* At the head of each public entry. */
void error_clear(struct rpcsec_error *err);
/* Sets status, layer and sentence, and gives the status back: `return error_set(...)`. */
rpcsec_status error_set(struct rpcsec_error *err, rpcsec_status status, enum rpcsec_layer layer,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
/* As error_set with the text of errno behind the sentence. */
rpcsec_status error_set_errno(struct rpcsec_error *err, rpcsec_status status,
                              enum rpcsec_layer layer, int errnum, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The usual words for memory that ended. */
rpcsec_status error_no_memory(struct rpcsec_error *err);
/* Copies a whole error over another, as far as both sizes go. */
void error_copy(struct rpcsec_error *to, const struct rpcsec_error *from);
/* True when err is a usable error object that holds no error yet. */
bool error_wants(const struct rpcsec_error *err);

#endif
