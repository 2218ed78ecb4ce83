/* SPDX-License-Identifier: MIT
 *
 * compiler/tree.c: makes and compares what the tree holds. Layer: compiler.
 */
#include "tree.h"
#include "number.h"

#include <string.h>

#define NAME_BUCKETS 2048

struct names {
    struct symbol *buckets[NAME_BUCKETS];
};

static size_t bucket_of(const char *word)
{
    return ((uintptr_t)word >> 4) % NAME_BUCKETS;
}

struct symbol *names_find(const struct names *names, const char *word)
{
    for (struct symbol *s = names->buckets[bucket_of(word)]; s; s = s->next)
        if (s->word == word)
            return s;
    return NULL;
}

struct symbol *names_add(struct compiler *c, struct names *names, const char *word,
                         enum symbol_kind kind, struct loc at)
{
    struct symbol *s = compiler_alloc(c, sizeof(*s));
    struct symbol **bucket = &names->buckets[bucket_of(word)];

    *s = (struct symbol){.word = word, .kind = kind, .at = at, .next = *bucket};
    *bucket = s;
    return s;
}

struct tree *tree_new(struct compiler *c, const struct source *source)
{
    struct tree *tree = compiler_alloc(c, sizeof(*tree));

    tree->source = source;
    tree->last_decl = &tree->decls;
    tree->last_interface = &tree->interfaces;
    tree->names = compiler_alloc(c, sizeof(*tree->names));
    tree->tags = compiler_alloc(c, sizeof(*tree->tags));
    tree->operations = compiler_alloc(c, sizeof(*tree->operations));
    return tree;
}

struct type *type_new(struct compiler *c, enum type_kind kind, struct loc at)
{
    struct type *t = compiler_alloc(c, sizeof(*t));

    t->kind = kind;
    t->at = at;
    return t;
}

struct type *type_base(struct compiler *c, enum base_type base, struct loc at)
{
    struct type *t = type_new(c, TYPE_BASE, at);

    t->base = base;
    t->complete = true;
    return t;
}

void members_add(struct members *list, struct member *m)
{
    if (list->last)
        list->last->next = m;
    else
        list->first = m;
    list->last = m;
    list->num++;
}

struct member *members_find(const struct members *list, const char *word)
{
    for (struct member *m = list->first; m; m = m->next)
        if (m->name == word)
            return m;
    return NULL;
}

struct type *type_open(struct type *type)
{
    while (type && type->kind == TYPE_GROUP)
        type = type->target;
    return type;
}

struct type *type_strip(struct type *type)
{
    while (type && (type->kind == TYPE_GROUP || type->kind == TYPE_ALIAS))
        type = type->target;
    return type;
}

struct type *type_unconst(struct type *type)
{
    while (type->kind == TYPE_GROUP && type->is_const)
        type = type->target;
    struct type *array = type_open(type);
    if (array->kind == TYPE_ARRAY)
        array->target = type_unconst(array->target);
    return type;
}

bool type_is_base(struct type *type, enum base_type base)
{
    type = type_strip(type);
    return type && type->kind == TYPE_BASE && type->base == base;
}

bool type_is_integer(struct type *type)
{
    type = type_strip(type);
    if (type->kind == TYPE_ENUM)
        return true;
    return type->kind == TYPE_BASE && type->base != BASE_VOID && type->base != BASE_FLOAT &&
           type->base != BASE_DOUBLE && type->base != BASE_HANDLE;
}

static const char *free_tag(struct compiler *c, struct tree *tree, const char *stem)
{
    const char *word = compiler_word(c, stem, strlen(stem));

    for (unsigned i = 2; names_find(tree->tags, word); i++) {
        const char *text = compiler_printf(c, "%s_%u", stem, i);
        word = compiler_word(c, text, strlen(text));
    }
    return word;
}

static void name_members(struct compiler *c, struct tree *tree, struct type *type)
{
    for (struct member *m = type->members.first; m; m = m->next)
        if (m->type && m->name)
            type_name_all(c, tree, m->type, compiler_printf(c, "%s_%s", type->name, m->name));
}

void type_name_all(struct compiler *c, struct tree *tree, struct type *type, const char *stem)
{
    while (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_GROUP)
        type = type->target;
    if ((type->kind != TYPE_STRUCT && type->kind != TYPE_UNION && type->kind != TYPE_ENUM) ||
        !type->complete || type->mark)
        return;
    type->mark = 1;
    if (!type->name) {
        type->name = free_tag(c, tree, stem);
        names_add(c, tree->tags, type->name, SYMBOL_TYPE, type->at)->type = type;
    }
    name_members(c, tree, type);
}

/* byte, unsigned char and boolean are one C type. */
static enum base_type c_class(enum base_type base)
{
    switch (base) {
    case BASE_BYTE:
    case BASE_BOOLEAN:
        return BASE_UCHAR;
    case BASE_WCHAR:
        return BASE_UINT16;
    case BASE_ERROR_STATUS:
        return BASE_UINT32;
    default:
        return base;
    }
}

static bool same_bound(const struct expr *a, const struct expr *b)
{
    if (!a || !b)
        return a == b;
    return a->kind == b->kind && a->value == b->value && a->word == b->word;
}

bool type_same(struct type *a, struct type *b)
{
    a = type_strip(a);
    b = type_strip(b);
    for (;;) {
        if (a == b)
            return true;
        if (a->kind != b->kind)
            return false;
        if (a->kind == TYPE_BASE)
            return c_class(a->base) == c_class(b->base);
        if (a->kind == TYPE_ARRAY && !same_bound(a->bound, b->bound))
            return false;
        if (a->kind != TYPE_ARRAY && a->kind != TYPE_POINTER)
            return false;
        a = type_strip(a->target);
        b = type_strip(b->target);
    }
}

/* ---- Constant expressions ---- */

static bool name_value(const struct tree *tree, const struct expr *e, int64_t *ret_value)
{
    const struct symbol *s = names_find(tree->names, e->word);

    if (s && s->kind == SYMBOL_ENUMERATOR) {
        *ret_value = s->enumerator->number;
        return true;
    }
    if (!s || s->kind != SYMBOL_CONSTANT || !s->constant->has_number)
        return false;
    *ret_value = s->constant->number;
    return true;
}

/* Size and alignment in C of a type that has the same on every machine; size 0: it has not. */
struct extent {
    int64_t size;
    int64_t align;
};

static struct extent extent_of(const struct tree *tree, struct type *type, unsigned depth);

static struct extent array_extent(const struct tree *tree, struct type *type, unsigned depth)
{
    struct extent e = extent_of(tree, type->target, depth + 1);
    int64_t bound;
    const char *why;

    if (!type->bound || !expr_value(tree, type->bound, &bound, &why) || bound < 0 ||
        bound > INT32_MAX || e.size > INT32_MAX)
        return (struct extent){0, 1};
    e.size *= bound;
    return e;
}

static struct extent struct_extent(const struct tree *tree, struct type *type, unsigned depth)
{
    struct extent all = {0, 1};

    for (struct member *m = type->members.first; m; m = m->next) {
        struct extent e = m->type ? extent_of(tree, m->type, depth + 1) : (struct extent){0};
        if (!e.size || e.size > INT32_MAX || all.size > INT32_MAX)
            return (struct extent){0, 1};
        all.align = all.align > e.align ? all.align : e.align;
        all.size = (all.size + e.align - 1) / e.align * e.align + e.size;
    }
    all.size = (all.size + all.align - 1) / all.align * all.align;
    return all;
}

static struct extent extent_of(const struct tree *tree, struct type *type, unsigned depth)
{
    static const uint8_t sizes[BASE_UNKNOWN + 1] = {
        [BASE_BOOLEAN] = 1, [BASE_BYTE] = 1,   [BASE_CHAR] = 1,         [BASE_UCHAR] = 1,
        [BASE_SCHAR] = 1,   [BASE_WCHAR] = 2,  [BASE_INT16] = 2,        [BASE_UINT16] = 2,
        [BASE_INT32] = 4,   [BASE_UINT32] = 4, [BASE_INT64] = 8,        [BASE_UINT64] = 8,
        [BASE_FLOAT] = 4,   [BASE_DOUBLE] = 8, [BASE_ERROR_STATUS] = 4,
    };

    type = type_strip(type);
    if (depth > LIMIT_IDL_DEPTH)
        return (struct extent){0, 1};
    if (type->kind == TYPE_ENUM)
        return (struct extent){4, 4};
    if (type->kind == TYPE_ARRAY)
        return array_extent(tree, type, depth);
    if (type->kind == TYPE_STRUCT)
        return struct_extent(tree, type, depth);
    int64_t size = type->kind == TYPE_BASE ? sizes[type->base] : 0;
    return (struct extent){size, size ? size : 1};
}

static bool out_of_range(bool fine, const char **ret_why)
{
    if (!fine)
        *ret_why = "the value does not fit into 64 bits, or divides by zero";
    return fine;
}

static bool operator_value(const struct tree *tree, const struct expr *e, int64_t *ret_value,
                           const char **ret_why)
{
    int64_t a, b;

    if (!expr_value(tree, e->a, &a, ret_why))
        return false;
    if (e->kind == EXPR_UNARY)
        return e->op != '*' && e->op != '&' &&
               out_of_range(number_unary(e->op, a, ret_value), ret_why);
    return expr_value(tree, e->b, &b, ret_why) &&
           out_of_range(number_binary(e->op, a, b, ret_value), ret_why);
}

bool expr_value(const struct tree *tree, const struct expr *e, int64_t *ret_value,
                const char **ret_why)
{
    int64_t condition;

    *ret_why = NULL;
    switch (e->kind) {
    case EXPR_NUMBER:
        *ret_value = e->value;
        return true;
    case EXPR_NAME:
        return name_value(tree, e, ret_value);
    case EXPR_UNARY:
    case EXPR_BINARY:
        return operator_value(tree, e, ret_value, ret_why);
    case EXPR_CONDITION:
        return expr_value(tree, e->a, &condition, ret_why) &&
               expr_value(tree, condition ? e->b : e->c, ret_value, ret_why);
    case EXPR_CAST:
        return expr_value(tree, e->a, ret_value, ret_why);
    case EXPR_SIZEOF:
        *ret_value = extent_of(tree, e->type, 0).size;
        return *ret_value != 0;
    default:
        return false;
    }
}
