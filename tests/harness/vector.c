/* SPDX-License-Identifier: MIT
 *
 * harness/vector.c: test data from files below the source tree.
 *
 * Uses malloc, not base/alloc.h: what a test prepares is no request of the code under test.
 */
#include "harness/test.h"
#include "harness/vector.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>

const char *source_dir(void)
{
    const char *dir = getenv("srcdir");

    return dir ? dir : "..";
}

static uint8_t *need(void *mem)
{
    if (!mem)
        fail_msg("out of memory in the test harness");
    return mem;
}

static FILE *open_source(const char *path)
{
    char name[1024];
    FILE *file;

    (void)snprintf(name, sizeof(name), "%s/%s", source_dir(), path);
    file = fopen(name, "rb");
    if (!file)
        fail_msg("%s: %s", name, strerror(errno));
    return file;
}

struct vector file_load(const char *path)
{
    FILE *file = open_source(path);
    struct vector vector = {0};
    size_t cap = 0;
    size_t got;

    do {
        cap += 65536;
        vector.data = need(realloc(vector.data, cap + 1));
        got = fread(vector.data + vector.len, 1, cap - vector.len, file);
        vector.len += got;
    } while (got != 0);
    vector.data[vector.len] = 0;
    if (ferror(file))
        fail_msg("%s: cannot read it", path);
    (void)fclose(file);
    return vector;
}

static unsigned digit_value(char c)
{
    return (unsigned)(isdigit((unsigned char)c) ? c - '0'
                                                : tolower((unsigned char)c) - 'a' + 10);
}

struct vector vector_parse(const char *text)
{
    struct vector vector = {.data = need(calloc(1, strlen(text) / 2 + 1))};

    while (*text) {
        if (*text == '#') {
            text += strcspn(text, "\n");
        } else if (isspace((unsigned char)*text)) {
            text++;
        } else if (isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1])) {
            vector.data[vector.len++] =
                (uint8_t)(digit_value(text[0]) << 4 | digit_value(text[1]));
            text += 2;
        } else {
            fail_msg("hex text is malformed at \"%.20s\"", text);
        }
    }
    return vector;
}

struct vector vector_load(const char *path)
{
    struct vector file = file_load(path);
    struct vector vector = vector_parse((const char *)file.data);

    vector_free(&file);
    if (vector.len == 0)
        fail_msg("%s: there is no byte in it", path);
    return vector;
}

void vector_free(struct vector *vector)
{
    free(vector->data);
    *vector = (struct vector){0};
}
