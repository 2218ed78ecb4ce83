/* SPDX-License-Identifier: MIT
 *
 * compiler/diag.c: errors, warnings and notes. Layer: compiler.
 *
 * The form is what editors and CI systems parse: `file:line:col: error: text`, then the source
 * line, then a caret. Bytes of the source that are not printable ASCII are shown as '?', tabs
 * stay so that the caret stands under its column.
 */
#include "source.h"

#include <stdarg.h>

#define MAX_SHOWN_LINE 160 /* columns; longer lines are shown without text */

static void print_source_line(FILE *out, const struct position *p)
{
    for (size_t i = 0; i < p->line_len; i++) {
        char ch = p->line_text[i];
        fputc(ch == '\t' || (ch >= ' ' && ch <= '~') ? ch : '?', out);
    }
    fputc('\n', out);
    for (size_t i = 0; i + 1 < p->column; i++)
        fputc(i < p->line_len && p->line_text[i] == '\t' ? '\t' : ' ', out);
    fputs("^\n", out);
}

static void print_message(struct compiler *c, struct loc at, const char *kind,
                          const char *format, va_list args)
{
    if (!c->messages)
        return;
    if (!at.source) {
        fprintf(c->messages, "rpcsec-idl: %s: ", kind);
        vfprintf(c->messages, format, args);
        fputc('\n', c->messages);
        return;
    }
    struct position p = source_position(at);
    fprintf(c->messages, "%s:%u:%u: %s: ", at.source->path, p.line, p.column, kind);
    vfprintf(c->messages, format, args);
    fputc('\n', c->messages);
    if (p.column <= MAX_SHOWN_LINE && p.line_len <= MAX_SHOWN_LINE)
        print_source_line(c->messages, &p);
}

static void print_import_chain(struct compiler *c, struct loc at)
{
    if (!c->messages || !at.source)
        return;
    for (const struct source *s = at.source; s->from.source; s = s->from.source) {
        struct position p = source_position(s->from);
        fprintf(c->messages, "%s:%u:%u: note: %s from here\n", s->from.source->path, p.line,
                p.column, s->included ? "included" : "imported");
    }
}

void diag_error(struct compiler *c, struct loc at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_message(c, at, "error", format, args);
    va_end(args);
    print_import_chain(c, at);
    c->num_errors++;
    if (c->num_errors < LIMIT_IDL_ERRORS)
        return;
    if (c->messages)
        fprintf(c->messages, "rpcsec-idl: error: %d errors, giving up\n", LIMIT_IDL_ERRORS);
    compiler_stop(c);
}

void diag_warning(struct compiler *c, struct loc at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_message(c, at, "warning", format, args);
    va_end(args);
    print_import_chain(c, at);
    c->num_warnings++;
}

void diag_note(struct compiler *c, struct loc at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_message(c, at, "note", format, args);
    va_end(args);
}
