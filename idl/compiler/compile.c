/* SPDX-License-Identifier: MIT
 *
 * compiler/compile.c: one file through all passes. Layer: compiler.
 */
#include "compile.h"

#include <string.h>

#include "check.h"
#include "emit.h"
#include "parse.h"

char *compile_stem(struct compiler *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return compiler_strndup(c, name, dot ? (size_t)(dot - name) : strlen(name));
}

static struct source *job_source(struct compiler *c, const struct compile_job *job)
{
    bool again;

    if (job->text)
        return source_from_text(c, job->path, job->text, job->text_len);
    return source_open(c, job->path, (struct loc){0}, &again);
}

void compile_work(struct compiler *c, void *arg)
{
    struct compile_job *job = (struct compile_job *)arg;
    struct source *source = job_source(c, job);

    if (!source)
        return;
    c->tree = parse_file(c, source);
    check_tree(c, c->tree);
    if (c->num_errors)
        return;
    struct layout *layout = layout_make(c, c->tree);
    if (!layout)
        return;
    const char *stem = job->stem ? job->stem : compile_stem(c, job->path);
    text_init(&job->header, c);
    text_init(&job->client, c);
    text_init(&job->server, c);
    emit_header(&job->header, layout, stem);
    emit_client(&job->client, layout, stem);
    emit_server(&job->server, layout, stem);
}
