/* SPDX-License-Identifier: MIT
 *
 * ndr/path.c: names a place in decoded or to be encoded data, for errors only. Layer: ndr.
 *
 * Nothing is recorded while walking: the way from a referent's start to a pointer or field in
 * it is found again from its address, by descending the tables.
 */
#include "ndr/walk.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "ndr/types.h"

#define PATH_REFERENTS 8 /* that are named; those above them are left out */

struct path {
    char *text;
    size_t max;
    size_t len;
    const struct rpcsec_ndr_type *type; /* looked for */
    const uint8_t *mem;
};

static void append(struct path *path, const char *format, const char *name, size_t index)
{
    int len = name ? snprintf(path->text + path->len, path->max - path->len, format, name)
                   : snprintf(path->text + path->len, path->max - path->len, "[%zu]", index);

    if (len > 0)
        path->len +=
            (size_t)len < path->max - path->len ? (size_t)len : path->max - path->len - 1;
}

static bool descend(struct path *path, const struct rpcsec_ndr_type *type, const uint8_t *mem,
                    unsigned depth);

/* Goes on in one part of a type; takes the text back when the place is not there. */
static bool try_part(struct path *path, const struct rpcsec_ndr_type *type, const uint8_t *mem,
                     const char *format, const char *name, size_t index, unsigned depth)
{
    size_t len = path->len;

    append(path, format, name, index);
    if (descend(path, type, mem, depth + 1))
        return true;
    path->len = len;
    path->text[len] = '\0';
    return false;
}

static bool descend_struct(struct path *path, const struct rpcsec_ndr_type *type,
                           const uint8_t *mem, unsigned depth)
{
    for (uint32_t i = 0; i < type->num; i++) {
        const struct rpcsec_ndr_field *field = &type->fields[i];

        if (try_part(path, field->type, mem + field->offset, ".%s", field->name, 0, depth))
            return true;
    }
    return false;
}

static bool descend_union(struct path *path, const struct rpcsec_ndr_type *type,
                          const uint8_t *mem, unsigned depth)
{
    for (uint32_t i = 0; i < type->num; i++) {
        const struct rpcsec_ndr_arm *arm = &type->arms[i];

        if (arm->type && try_part(path, arm->type, mem, ".%s", arm->name, 0, depth))
            return true;
    }
    return false;
}

static bool descend_array(struct path *path, const struct rpcsec_ndr_type *type,
                          const uint8_t *mem, unsigned depth)
{
    size_t size = type->of->mem_size;
    size_t index;

    if (!size || path->mem < mem)
        return false;
    index = (size_t)(path->mem - mem) / size;
    return try_part(path, type->of, mem + index * size, NULL, NULL, index, depth);
}

static bool descend(struct path *path, const struct rpcsec_ndr_type *type, const uint8_t *mem,
                    unsigned depth)
{
    bool sized = type->mem_size && !(type->flags & RPCSEC_NDR_FLAG_CONFORMANT);

    if (type == path->type && mem == path->mem)
        return true;
    if (path->mem < mem || depth > LIMIT_NDR_NESTING)
        return false;
    if (sized && (size_t)(path->mem - mem) >= type->mem_size)
        return false;
    switch (type->kind) {
    case RPCSEC_NDR_STRUCT:
        return descend_struct(path, type, mem, depth);
    case RPCSEC_NDR_UNION:
        return descend_union(path, type, mem, depth);
    case RPCSEC_NDR_ENCAPSULATED:
        return descend_union(path, type, mem + type->body_offset, depth);
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        return descend_array(path, type, mem, depth);
    default:
        return false;
    }
}

/* One referent: from its start to the pointer or field in it. */
static void add_step(struct path *path, const struct rpcsec_ndr_type *type, const void *mem,
                     const struct rpcsec_ndr_type *target, const void *target_mem)
{
    path->type = target;
    path->mem = target_mem;
    if (mem && target_mem)
        (void)descend(path, type, mem, 0);
}

void walk_path(const struct ndr_walk *walk, const struct rpcsec_ndr_type *type, const void *mem,
               char *out, size_t max)
{
    const struct ndr_deferred *chain[PATH_REFERENTS];
    const struct ndr_deferred *at = walk->current;
    const struct rpcsec_ndr_type *from = walk->arg ? walk->arg->type : NULL;
    struct path path = {.text = out, .max = max};
    size_t num = 0;

    append(&path, "%s", walk->arg ? walk->arg->name : "arguments", 0);
    for (; at && num < PATH_REFERENTS; at = at->parent)
        chain[num++] = at;
    if (at)
        append(&path, "%s", "...", 0);
    for (size_t i = num; i > 0; i--) {
        const struct ndr_deferred *step = chain[i - 1];

        if (step->parent)
            add_step(&path, step->parent->type->of, step->parent->mem, step->type, step->slot);
        else if (from)
            add_step(&path, from, (const uint8_t *)walk->args + walk->arg->offset, step->type,
                     step->slot);
    }
    if (walk->current)
        add_step(&path, walk->current->type->of, walk->current->mem, type, mem);
    else if (from)
        add_step(&path, from, (const uint8_t *)walk->args + walk->arg->offset, type, mem);
}
