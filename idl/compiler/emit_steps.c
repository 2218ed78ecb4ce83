/* SPDX-License-Identifier: MIT
 *
 * compiler/emit_steps.c: the short way through a structure (struct rpcsec_ndr_step). Layer:
 * compiler. Document: rpcsec/ndr.h.
 *
 * Scalars that lie side by side on the wire become one run. Whether they do in memory too only
 * the C compiler knows, so the output asks it, and has no steps where it says no.
 */
#include "emit.h"

#include <string.h>

struct step {
    const char *first;  /* C designators in the outermost structure */
    const char *last;   /* of a run */
    const char *record; /* of the inner structure; NULL: the outermost */
    uint64_t len;       /* of a run; 0: not a run */
    unsigned align;
    const struct wire *type;
};

struct steps {
    struct compiler *c;
    const struct wire *outer;
    struct step *list;
    size_t num;
    bool is_impossible;
};

/* ---- What a type is ---- */

static bool is_plain(const struct wire *w)
{
    switch (w->kind) {
    case RPCSEC_NDR_U8:
    case RPCSEC_NDR_I8:
    case RPCSEC_NDR_U16:
    case RPCSEC_NDR_I16:
    case RPCSEC_NDR_U32:
    case RPCSEC_NDR_I32:
    case RPCSEC_NDR_U64:
    case RPCSEC_NDR_I64:
    case RPCSEC_NDR_CHAR:
    case RPCSEC_NDR_BYTE:
    case RPCSEC_NDR_WCHAR:
    case RPCSEC_NDR_FLOAT:
    case RPCSEC_NDR_DOUBLE:
    case RPCSEC_NDR_ENUM32:
    case RPCSEC_NDR_ERROR_STATUS:
        return !w->has_range;
    default:
        return false;
    }
}

static bool is_scalar(const struct wire *w)
{
    return w->kind < RPCSEC_NDR_STRUCT;
}

/* Bytes of a scalar or of a fixed array of scalars that is all value; 0: it is neither. */
static uint64_t plain_len(const struct wire *w)
{
    uint64_t num = 1;

    for (; w->kind == RPCSEC_NDR_FIXED; w = w->of)
        num *= w->num;
    return is_plain(w) ? num * w->min : 0;
}

static bool has_pointers(const struct wire *w);

static bool fields_have_pointers(const struct wire *w)
{
    for (uint64_t i = 0; i < w->num; i++)
        if (has_pointers(w->fields[i].type))
            return true;
    return false;
}

/* Unions count as if they had some. */
static bool has_pointers(const struct wire *w)
{
    if (is_scalar(w))
        return false;
    switch (w->kind) {
    case RPCSEC_NDR_STRUCT:
        return fields_have_pointers(w);
    case RPCSEC_NDR_FIXED:
    case RPCSEC_NDR_VARYING:
    case RPCSEC_NDR_CONFORMANT:
    case RPCSEC_NDR_CONFORMANT_VARYING:
        return has_pointers(w->of);
    default:
        return true;
    }
}

static bool follows(const struct wire_expr *e)
{
    return e && (e->kind == RPCSEC_NDR_EXPR_DEREF || e->kind == RPCSEC_NDR_EXPR_CALL_DEREF);
}

/* A pointer to something that asks for no other pointer, neither in it nor for its size. */
static bool is_leaf_pointer(const struct wire *w)
{
    if (w->kind != RPCSEC_NDR_REF && w->kind != RPCSEC_NDR_UNIQUE)
        return false;
    return !has_pointers(w->of) && !follows(w->of->bounds.size) &&
           !follows(w->of->bounds.first) && !follows(w->of->bounds.length);
}

/* ---- Collecting ---- */

static struct step *add(struct steps *s, const struct step *step)
{
    struct step *list = compiler_alloc(s->c, (s->num + 1) * sizeof(*list));

    if (s->num)
        memcpy(list, s->list, s->num * sizeof(*list));
    list[s->num] = *step;
    s->list = list;
    return &s->list[s->num++];
}

/* A run takes what begins without a gap behind it, and aligned if the run is. */
static void add_plain(struct steps *s, const char *member, uint64_t len, unsigned align)
{
    struct step *before = s->num ? &s->list[s->num - 1] : NULL;

    if (before && before->len && before->align >= align && before->len % align == 0) {
        before->last = member;
        before->len += len;
        return;
    }
    add(s, &(struct step){.first = member, .last = member, .len = len, .align = align});
}

static void collect(struct steps *s, const struct wire *w, const char *path, unsigned align);

/* `align`: of the structure that begins here, else 1. */
static void collect_field(struct steps *s, const struct wire_field *field, const char *path,
                          unsigned align)
{
    const struct wire *w = field->type;
    const char *member =
        path ? compiler_printf(s->c, "%s.%s", path, field->member) : field->member;
    uint64_t len = plain_len(w);

    if (align < w->align)
        align = w->align;
    if (len)
        add_plain(s, member, len, align);
    else if (w->kind == RPCSEC_NDR_STRUCT)
        collect(s, w, member, align);
    else if (is_scalar(w) || is_leaf_pointer(w))
        add(s, &(struct step){.first = member, .record = path, .align = align, .type = w});
    else
        s->is_impossible = true;
}

static void collect(struct steps *s, const struct wire *w, const char *path, unsigned align)
{
    bool is_conformant = w->flags & RPCSEC_NDR_FLAG_CONFORMANT;
    uint64_t num = is_conformant ? w->num - 1 : w->num;

    if (!w->fields || !num || (is_conformant && (path || has_pointers(w)))) {
        s->is_impossible = true;
        return;
    }
    if (align < w->align)
        align = w->align;
    for (uint64_t i = 0; i < num && !s->is_impossible; i++)
        collect_field(s, &w->fields[i], path, i ? 1 : align);
}

/* ---- Output ---- */

static void put_step(struct text *out, const struct steps *s, const struct step *step)
{
    const char *c_type = s->outer->c_type;
    const char *kind = step->len ? "RUN" : is_scalar(step->type) ? "SCALAR" : "LEAF";

    text_printf(out, "    {RPCSEC_NDR_STEP_%s, %u, %llu, offsetof(%s, %s), ", kind, step->align,
                (unsigned long long)step->len, c_type, step->first);
    if (step->record)
        text_printf(out, "offsetof(%s, %s), ", c_type, step->record);
    else
        text_put(out, "0, ");
    if (step->type)
        emit_address(out, step->type);
    else
        text_put(out, "NULL");
    text_put(out, "},\n");
}

static struct steps find(struct text *out, const struct wire *w)
{
    struct steps s = {.c = out->c, .outer = w};

    if (w->kind == RPCSEC_NDR_STRUCT)
        collect(&s, w, NULL, 1);
    if (s.is_impossible)
        s.num = 0;
    return s;
}

void emit_steps(struct text *out, const struct wire *w)
{
    struct steps s = find(out, w);

    if (!s.num)
        return;
    text_printf(out, "static const struct rpcsec_ndr_step ndr_%s_steps[] = {\n", w->symbol);
    for (size_t i = 0; i < s.num; i++)
        put_step(out, &s, &s.list[i]);
    text_put(out, "};\n");
}

/* Bytes of all steps and the gaps between them; 0: one is a scalar, whose place is not all. */
static uint64_t place_len(const struct steps *s)
{
    uint64_t len = 0;

    for (size_t i = 0; i < s->num; i++) {
        const struct step *step = &s->list[i];

        if (!step->len && is_scalar(step->type))
            return 0;
        len += -len & (step->align - 1u);
        len += step->len ? step->len : 4; /* a pointer's id */
    }
    return len <= UINT32_MAX ? len : 0;
}

void emit_use_of_steps(struct text *out, const struct wire *w)
{
    struct steps s = find(out, w);
    bool is_conditional = false;

    if (!s.num)
        return;
    text_printf(out, "    .steps = ndr_%s_steps,\n    .num_steps = ", w->symbol);
    for (size_t i = 0; i < s.num; i++) {
        if (!s.list[i].len || s.list[i].first == s.list[i].last)
            continue;
        text_printf(out, "%sRPCSEC_NDR_FILLS(%s, %s, %s, %llu)",
                    is_conditional ? " &&\n        " : "", w->c_type, s.list[i].first,
                    s.list[i].last, (unsigned long long)s.list[i].len);
        is_conditional = true;
    }
    text_printf(out, is_conditional ? " ? %zu : 0,\n" : "%zu,\n", s.num);
    if (place_len(&s))
        text_printf(out, "    .steps_len = %lluU,\n", (unsigned long long)place_len(&s));
}
