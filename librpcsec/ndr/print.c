/* SPDX-License-Identifier: MIT
 *
 * ndr/print.c: the values of any argument record, for people and for scripts. Layer: ndr.
 *
 * Only reads. Stays within the limits of its output and of nesting whatever the values are:
 * cycles and long lists end in "...". Counts are taken as the record has them, so they must be
 * true: of what was decoded whole, or is fit to be encoded.
 */
#include "ndr/print.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/uuid.h"
#include "ndr/types.h"

enum {
    DEFAULT_MAX_LEN = 65536, /* bytes */
    MAX_TEXT = 1024,         /* units of one string, bytes of one array of them */
};

static void print_value(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem,
                        const void *record);

/* True, once a level, when there is no more room. */
static bool is_full(const struct printer *p)
{
    return p->used >= p->max_len;
}

/* ---- Scalars ---- */

static void print_float(struct printer *p, double value)
{
    char text[32];

    (void)snprintf(text, sizeof(text), "%.17g", value);
    if (isfinite(value))
        p->form->number(p, text, false);
    else
        p->form->word(p, text);
}

static void print_scalar(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem)
{
    uint64_t value = ndr_load(type, mem);
    char text[32];
    float single;
    double twice;

    if (type->kind == RPCSEC_NDR_FLOAT) {
        memcpy(&single, mem, sizeof(single));
        print_float(p, (double)single);
        return;
    }
    if (type->kind == RPCSEC_NDR_DOUBLE) {
        memcpy(&twice, mem, sizeof(twice));
        print_float(p, twice);
        return;
    }
    if (ndr_scalars[type->kind].is_signed)
        (void)snprintf(text, sizeof(text), "%" PRId64, (int64_t)value);
    else
        (void)snprintf(text, sizeof(text), "%" PRIu64, value);
    p->form->number(p, text, type->mem_size == sizeof(uint64_t));
}

static void print_context_handle(struct printer *p, const void *mem)
{
    struct rpcsec_context_handle handle;
    char text[UUID_TEXT_LEN];

    memcpy(&handle, mem, sizeof(handle));
    uuid_text(&handle.uuid, text);
    p->form->word(p, text);
}

/* ---- Arrays ---- */

/* Octets as hexadecimal digits. */
static void print_octets(struct printer *p, const uint8_t *mem, uint64_t num)
{
    char text[2 * MAX_TEXT + 4];
    size_t shown = num < MAX_TEXT ? (size_t)num : MAX_TEXT;

    for (size_t i = 0; i < shown; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", mem[i]);
    (void)snprintf(text + 2 * shown, 4, "%s", shown < num ? "..." : "");
    p->form->word(p, text);
}

static void print_string(struct printer *p, const void *mem, size_t unit, uint64_t max)
{
    size_t num = ndr_string_len(mem, unit, max < MAX_TEXT ? (size_t)max : MAX_TEXT);

    if (p->form == &print_form_text)
        print_raw(p, " ");
    print_quoted(p, mem, num, unit);
}

static void print_elements(struct printer *p, const struct rpcsec_ndr_type *of, const void *mem,
                           uint64_t num, const void *record)
{
    const uint8_t *at = mem;

    p->form->open_array(p, num);
    for (uint64_t i = 0; i < num; i++, at += of->mem_size) {
        p->form->index(p, i);
        if (is_full(p)) {
            p->form->word(p, "...");
            break;
        }
        print_value(p, of, at, record);
    }
    p->form->close_array(p);
}

/* `max`: elements in memory. */
static void print_array(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem,
                        const void *record, uint64_t max)
{
    const struct rpcsec_ndr_bounds *bounds = type->bounds;
    uint64_t first = 0;
    uint64_t num = max;

    if (type->flags & RPCSEC_NDR_FLAG_STRING) {
        print_string(p, mem, type->of->mem_size, max);
        return;
    }
    if (type->kind != RPCSEC_NDR_FIXED && bounds &&
        ((ndr_has(&bounds->first) && !ndr_count(&bounds->first, record, &first)) ||
         (ndr_has(&bounds->length) && !ndr_count(&bounds->length, record, &num)) ||
         first > max || num > max)) {
        p->form->word(p, "(its length is not valid)");
        return;
    }
    if (num > max - first)
        num = max - first;
    mem = (const uint8_t *)mem + first * type->of->mem_size;
    if (type->of->mem_size == 1 && ndr_width(type->of, false))
        print_octets(p, mem, num);
    else
        print_elements(p, type->of, mem, num, record);
}

static void print_conformant(struct printer *p, const struct rpcsec_ndr_type *type,
                             const void *mem, const void *record)
{
    const struct rpcsec_ndr_expr *size = ndr_size_expr(type);
    uint64_t max = SIZE_MAX;

    if (size && !ndr_count(size, record, &max))
        p->form->word(p, "(its size is not valid)");
    else
        print_array(p, type, mem, record, max);
}

/* ---- Constructed types ---- */

static void print_struct(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem)
{
    p->form->open_object(p, type->name);
    for (uint32_t i = 0; i < type->num; i++) {
        const struct rpcsec_ndr_field *field = &type->fields[i];

        if (is_full(p)) {
            p->form->name(p, "...");
            p->form->word(p, "...");
            break;
        }
        p->form->name(p, field->name);
        print_value(p, field->type, (const uint8_t *)mem + field->offset, mem);
    }
    p->form->close_object(p);
}

static void print_union(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem,
                        const void *record)
{
    const uint8_t *at = mem;
    const struct rpcsec_ndr_arm *arm;
    char text[32];
    int64_t tag;

    if (type->kind == RPCSEC_NDR_ENCAPSULATED)
        tag = (int64_t)ndr_load(type->of, at + type->tag_offset);
    else if (!ndr_value(type->switch_is, record, &tag))
        tag = -1;
    arm = ndr_tag(type->of, tag, false, &tag) ? ndr_find_arm(type, tag) : NULL;
    (void)snprintf(text, sizeof(text), "%" PRId64, tag);
    p->form->open_object(p, type->name);
    p->form->name(p, "tag");
    p->form->number(p, text, type->of->mem_size == sizeof(uint64_t));
    if (!arm) {
        p->form->name(p, "arm");
        p->form->word(p, "(none)");
    } else if (arm->type) {
        p->form->name(p, arm->name ? arm->name : "arm");
        print_value(p, arm->type, at + type->body_offset, record);
    }
    p->form->close_object(p);
}

static void print_pointer(struct printer *p, const struct rpcsec_ndr_type *type,
                          const void *slot, const void *record)
{
    const void *pointer;

    memcpy(&pointer, slot, sizeof(pointer));
    if (type->kind == RPCSEC_NDR_IGNORED)
        p->form->word(p, "(ignored)");
    else if (!pointer)
        p->form->null(p);
    else
        print_value(p, type->of, pointer, record);
}

static void print_deeper(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem,
                         const void *record)
{
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        print_struct(p, type, mem);
        break;
    case RPCSEC_NDR_UNION:
    case RPCSEC_NDR_ENCAPSULATED:
        print_union(p, type, mem, record);
        break;
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
        print_array(p, type, mem, record, type->num);
        break;
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        print_conformant(p, type, mem, record);
        break;
    case RPCSEC_NDR_CONTEXT_HANDLE:
        print_context_handle(p, mem);
        break;
    case RPCSEC_NDR_REF:
    case RPCSEC_NDR_UNIQUE:
    case RPCSEC_NDR_FULL:
    case RPCSEC_NDR_IGNORED:
        print_pointer(p, type, mem, record);
        break;
    default:
        p->form->word(p, "(of an unknown kind)");
        break;
    }
}

static void print_value(struct printer *p, const struct rpcsec_ndr_type *type, const void *mem,
                        const void *record)
{
    if (ndr_width(type, false))
        print_scalar(p, type, mem);
    else if (p->depth > LIMIT_NDR_NESTING)
        p->form->word(p, "...");
    else
        print_deeper(p, type, mem, record);
}

/* ---- The record ---- */

static void print_arguments(struct printer *p, const struct rpcsec_ndr_record *record,
                            uint32_t direction, const void *args)
{
    for (uint32_t i = 0; i < record->num_args; i++) {
        const struct rpcsec_ndr_arg *arg = &record->args[i];

        if (!(arg->flags & direction))
            continue;
        p->form->name(p, arg->name);
        if (is_full(p))
            p->form->word(p, "...");
        else
            print_value(p, arg->type, (const uint8_t *)args + arg->offset, args);
    }
}

static bool is_known(const struct rpcsec_ndr_record *record)
{
    return record && record->version && record->version <= RPCSEC_NDR_TABLE_VERSION;
}

static rpcsec_status print(const struct print_form *form,
                           const struct rpcsec_ndr_record *record,
                           enum rpcsec_ndr_arg_flags direction, const void *args,
                           size_t max_len, rpcsec_ndr_sink *write, void *context)
{
    struct printer p = {.form = form,
                        .write = write,
                        .context = context,
                        .max_len = max_len ? max_len : DEFAULT_MAX_LEN};

    if (!is_known(record) || !write || (!args && record->num_args))
        return RPCSEC_INVALID_ARGUMENT;
    if (form == &print_form_json)
        form->open_object(&p, NULL);
    form->name(&p, record->name);
    form->open_object(&p, direction & RPCSEC_NDR_IN ? "request" : "response");
    print_arguments(&p, record, direction, args);
    form->close_object(&p);
    if (form == &print_form_json)
        form->close_object(&p);
    print_raw(&p, "\n");
    return RPCSEC_OK;
}

rpcsec_status rpcsec_ndr_print(const struct rpcsec_ndr_record *record,
                               enum rpcsec_ndr_arg_flags direction, const void *args,
                               size_t max_len, rpcsec_ndr_sink *write, void *context)
{
    return print(&print_form_text, record, direction, args, max_len, write, context);
}

rpcsec_status rpcsec_ndr_print_json(const struct rpcsec_ndr_record *record,
                                    enum rpcsec_ndr_arg_flags direction, const void *args,
                                    size_t max_len, rpcsec_ndr_sink *write, void *context)
{
    return print(&print_form_json, record, direction, args, max_len, write, context);
}
