/* SPDX-License-Identifier: MIT
 *
 * harness/vector.h: test data from files below the source tree.
 *
 * A vector file is hex digits in any grouping; `#` begins a comment to the line's end. Its
 * first comment names the source (document and section, or how it was captured). A file that is
 * missing or malformed fails the test that asks for it.
 */
#ifndef HARNESS_VECTOR_H
#define HARNESS_VECTOR_H

#include <stddef.h>
#include <stdint.h>

struct vector {
    uint8_t *data; /* len bytes and a NUL */
    size_t len;
};

/* `path` counts from the top of the source tree: "tests/vectors/pdu/bind.hex". */
struct vector vector_load(const char *path);
/* The bytes of a file as they are. */
struct vector file_load(const char *path);
/* Hex text in the same form. */
struct vector vector_parse(const char *text);
void vector_free(struct vector *vector);

/* The top of the source tree: $srcdir as make check sets it, else "..". */
const char *source_dir(void);

#endif
