/* SPDX-License-Identifier: MIT
 *
 * compiler/compile.c: one file through all passes. Layer: compiler.
 */
#include "compile.h"

#include <string.h>

#include "check.h"
#include "emit.h"
#include "parse.h"
#include "print.h"

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

/* The ACF file; NULL when there is none, or after an error. */
static struct source *job_acf(struct compiler *c, const struct compile_job *job)
{
    struct loc nowhere = {0};
    bool again;

    if (job->acf_text)
        return source_from_text(c, "acf", job->acf_text, job->acf_len);
    if (job->acf_path)
        return source_open(c, job->acf_path, nowhere, &again);
    const char *dot = strrchr(job->path, '.');
    if (job->text || !dot || strchr(dot, '/'))
        return NULL;
    const char *beside = compiler_printf(c, "%.*s.acf", (int)(dot - job->path), job->path);
    return source_exists(c, beside, nowhere) ? source_open(c, beside, nowhere, &again) : NULL;
}

static void emit_all(struct compiler *c, struct compile_job *job, struct layout *layout)
{
    const char *stem = job->stem ? job->stem : compile_stem(c, job->path);

    text_init(&job->header, c);
    text_init(&job->client, c);
    text_init(&job->server, c);
    emit_header(&job->header, layout, stem);
    emit_client(&job->client, layout, stem);
    emit_server(&job->server, layout, stem);
}

void compile_work(struct compiler *c, void *arg)
{
    struct compile_job *job = (struct compile_job *)arg;
    struct source *source = job_source(c, job);

    if (!source)
        return;
    c->tree = parse_file(c, source);
    struct source *acf = job_acf(c, job);
    if (acf)
        parse_acf(c, c->tree, acf);
    check_tree(c, c->tree);
    if (c->num_errors)
        return;
    text_init(&job->print, c);
    if (job->mode == COMPILE_PRINT) {
        print_source(&job->print, c, source);
        return;
    }
    struct layout *layout = layout_make(c, c->tree);
    if (layout && job->mode == COMPILE_DUMP)
        dump_types(&job->print, layout);
    else if (layout)
        emit_all(c, job, layout);
}
