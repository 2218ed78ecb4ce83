/* SPDX-License-Identifier: MIT
 *
 * compiler/source.c: reads files, finds imports, turns offsets into lines. Layer: compiler.
 *
 * The only pass that opens input files. Every file is read once per run.
 */
#include "source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static void close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

static struct source *new_source(struct compiler *c, const char *path, const char *name,
                                 struct loc from)
{
    struct source *s = compiler_alloc(c, sizeof(*s));

    s->path = compiler_strndup(c, path, strlen(path));
    s->name = compiler_strndup(c, name, strlen(name));
    s->from = from;
    s->depth = from.source ? from.source->depth + 1 : 0;
    return s;
}

struct source *source_from_text(struct compiler *c, const char *name, const char *text,
                                size_t len)
{
    struct source *s = new_source(c, name, name, (struct loc){0});

    s->text = compiler_strndup(c, text, len);
    s->len = len;
    return s;
}

static struct source *find_open(struct compiler *c, const char *path)
{
    for (struct source *s = c->sources; s; s = s->next)
        if (strcmp(s->path, path) == 0)
            return s;
    return NULL;
}

/* Imports are regular files; what the command line names may be a pipe as well. */
static bool can_read(const char *path, bool imported)
{
    struct stat st;

    return stat(path, &st) == 0 && (imported ? S_ISREG(st.st_mode) : !S_ISDIR(st.st_mode));
}

/* The path of `name` beside the file that asks for it; `name` itself for the command line. */
static const char *sibling_path(struct compiler *c, const char *name, struct loc from)
{
    const char *slash = from.source ? strrchr(from.source->path, '/') : NULL;

    if (!slash || name[0] == '/')
        return name;
    int dir_len = (int)(slash - from.source->path);
    return compiler_printf(c, "%.*s/%s", dir_len, from.source->path, name);
}

/* The name as one --import-map has it; NULL when its pattern does not fit. */
static const char *map_name(struct compiler *c, const struct import_map *map, const char *name)
{
    const char *in = strchr(map->pattern, '%'), *out = strchr(map->replacement, '%');
    size_t before = in ? (size_t)(in - map->pattern) : 0;
    size_t behind = in ? strlen(in + 1) : 0, len = strlen(name);

    if (!in || !out)
        return strcmp(map->pattern, name) == 0 ? map->replacement : NULL;
    if (len < before + behind || strncmp(name, map->pattern, before) != 0 ||
        strcmp(name + len - behind, in + 1) != 0)
        return NULL;
    return compiler_printf(c, "%.*s%.*s%s", (int)(out - map->replacement), map->replacement,
                           (int)(len - before - behind), name + before, out + 1);
}

/* Beside the file that asks, then in the include directories. NULL when there is none. */
static const char *find_named(struct compiler *c, const char *name, struct loc from)
{
    const char *path = sibling_path(c, name, from);

    if (can_read(path, from.source != NULL))
        return path;
    for (size_t i = 0; from.source && i < c->options.num_include_dirs; i++) {
        path = compiler_printf(c, "%s/%s", c->options.include_dirs[i], name);
        if (can_read(path, true))
            return path;
    }
    return NULL;
}

/* NULL when there is no such file. */
static const char *find_path(struct compiler *c, const char *name, struct loc from)
{
    if (c->options.no_files)
        return NULL;
    const char *path = find_named(c, name, from);
    for (const struct import_map *m = from.source ? c->options.import_maps : NULL; m && !path;
         m = m->next) {
        const char *mapped = map_name(c, m, name);
        path = mapped ? find_named(c, mapped, from) : NULL;
    }
    return path;
}

bool source_exists(struct compiler *c, const char *name, struct loc from)
{
    return find_path(c, name, from) != NULL;
}

static bool read_text(struct compiler *c, struct source *s)
{
    __attribute__((cleanup(close_file))) FILE *file = fopen(s->path, "rb");

    if (!file) {
        diag_error(c, s->from, "cannot open '%s': %s", s->name, strerror(errno));
        return false;
    }
    struct text t;
    text_init(&t, c);
    char chunk[16384];
    size_t len;
    while (t.len <= LIMIT_IDL_FILE && (len = fread(chunk, 1, sizeof(chunk), file)) > 0)
        text_add(&t, chunk, len);
    if (ferror(file)) {
        diag_error(c, s->from, "cannot read '%s': %s", s->name, strerror(errno));
        return false;
    }
    if (t.len > LIMIT_IDL_FILE) {
        diag_error(c, s->from, "'%s' is larger than %zu bytes", s->name, LIMIT_IDL_FILE);
        return false;
    }
    s->text = t.data;
    s->len = t.len;
    return true;
}

struct source *source_open(struct compiler *c, const char *name, struct loc from,
                           bool *ret_again)
{
    const char *path = find_path(c, name, from);

    *ret_again = false;
    if (!path) {
        diag_error(c, from, "cannot find '%s'", name);
        return NULL;
    }
    struct source *s = find_open(c, path);
    if (s) {
        *ret_again = true;
        return s;
    }
    if (c->num_sources >= LIMIT_IDL_FILES ||
        (from.source && from.source->depth >= LIMIT_IDL_DEPTH)) {
        diag_error(c, from, "too many files, or files that ask for each other too deeply");
        return NULL;
    }
    s = new_source(c, path, name, from);
    s->next = c->sources;
    c->sources = s;
    c->num_sources++;
    return read_text(c, s) ? s : NULL;
}

struct position source_position(struct loc at)
{
    const struct source *s = at.source;
    struct position p = {.line = 1};
    size_t start = 0;
    size_t place = at.at < s->len ? at.at : s->len;

    for (size_t i = 0; i < place; i++)
        if (s->text[i] == '\n') {
            p.line++;
            start = i + 1;
        }
    p.column = (unsigned)(place - start) + 1;
    p.line_text = s->text + start;
    while (start + p.line_len < s->len && p.line_text[p.line_len] != '\n' &&
           p.line_text[p.line_len] != '\r')
        p.line_len++;
    return p;
}
