/* SPDX-License-Identifier: MIT
 *
 * ndr/random_table.c: type tables from bytes.
 *
 * Each choice takes one byte; when they end all choices are 0, which ends every recursion. The
 * same rules of layout as in rpcsec/ndr.h ("Sizes"), and of steps as in compiler/emit_steps.c.
 */
#include "random_table.h"

#include <stdalign.h>
#include <string.h>

#include "base/alloc.h"
#include "ndr/types.h"

enum { MAX_FIELDS = 6, MAX_ARMS = 3, MAX_DEPTH = 5, MAX_STEPS = 64, MAX_NODES = 400 };

/* A node, with what only the generator needs. */
struct node {
    struct rpcsec_ndr_type type; /* first: tables point here */
    size_t mem_align;
    bool has_pointers; /* true until the node is complete */
};

/* The integers of one record that correlations may use. */
struct variables {
    struct {
        uint32_t offset;
        uint8_t kind;
        bool is_pointer; /* to the integer */
    } list[MAX_FIELDS + 2];
    size_t num;
};

struct generator {
    const uint8_t *data;
    size_t len;
    struct rpcsec_arena *arena;
    unsigned depth;
    size_t num_nodes;
    struct node *outer; /* the structure that is being made, for pointers to itself */
    bool is_out_of_memory;
};

static unsigned choose(struct generator *g, unsigned num)
{
    unsigned byte = 0;

    if (g->len) {
        byte = *g->data++;
        g->len--;
    }
    return byte % num;
}

static const struct node *node_of(const struct rpcsec_ndr_type *type)
{
    return (const struct node *)(const void *)type;
}

static void *get_memory(struct generator *g, size_t len)
{
    static alignas(16) uint8_t nothing[4096]; /* what is built there is never used */
    void *mem = rpcsec_arena_alloc(g->arena, len);

    if (mem)
        return mem;
    g->is_out_of_memory = true;
    memset(nothing, 0, sizeof(nothing));
    return nothing;
}

static struct node *add_node(struct generator *g, enum rpcsec_ndr_kind kind)
{
    struct node *node = get_memory(g, sizeof(*node));

    g->num_nodes++;
    node->type.kind = (uint8_t)kind;
    node->mem_align = 1;
    return node;
}

static void set_wire(struct node *node, size_t align, size_t align64, size_t min, size_t min64)
{
    node->type.align = (uint8_t)align;
    node->type.align64 = (uint8_t)align64;
    node->type.wire_min = (uint32_t)min;
    node->type.wire_min64 = (uint32_t)min64;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- Scalars ---- */

static const struct rpcsec_ndr_range *make_range(struct generator *g)
{
    struct rpcsec_ndr_range *range = get_memory(g, sizeof(*range));

    range->least = choose(g, 3);
    range->most = range->least + choose(g, 20);
    return range;
}

static struct node *make_scalar(struct generator *g, unsigned kind)
{
    struct node *node = add_node(g, kind);
    const struct ndr_scalar *scalar = &ndr_scalars[kind];
    size_t mem = larger(scalar->width, scalar->width64);

    set_wire(node, scalar->width, scalar->width64, scalar->width, scalar->width64);
    node->type.mem_size = (uint32_t)mem;
    node->mem_align = mem;
    if (kind != RPCSEC_NDR_FLOAT && kind != RPCSEC_NDR_DOUBLE && kind != RPCSEC_NDR_BOOLEAN &&
        choose(g, 6) == 5)
        node->type.range = make_range(g);
    return node;
}

static bool is_variable(const struct rpcsec_ndr_type *type)
{
    return type->kind >= RPCSEC_NDR_U8 && type->kind <= RPCSEC_NDR_I64;
}

/* ---- Correlations ---- */

static struct rpcsec_ndr_expr make_expr(struct generator *g, const struct variables *variables)
{
    struct rpcsec_ndr_expr expr = {.kind = RPCSEC_NDR_EXPR_CONST, .add = choose(g, 5)};
    size_t i = choose(g, 8);

    if (i >= variables->num)
        return expr;
    expr.kind = variables->list[i].is_pointer ? RPCSEC_NDR_EXPR_DEREF : RPCSEC_NDR_EXPR_VAR;
    expr.var = variables->list[i].kind;
    expr.offset = variables->list[i].offset;
    expr.multiply = (uint16_t)choose(g, 3);
    expr.divide = (uint16_t)choose(g, 3);
    expr.add = (int64_t)choose(g, 3) - 1;
    return expr;
}

static struct node *make_type(struct generator *g, const struct variables *variables);

/* ---- Arrays ---- */

static void set_array(struct generator *g, struct node *node, const struct node *of)
{
    bool is_varying = node->type.kind == RPCSEC_NDR_VARYING ||
                      node->type.kind == RPCSEC_NDR_CONFORMANT_VARYING;
    bool is_conformant = node->type.kind >= RPCSEC_NDR_CONFORMANT;
    size_t counts = (is_varying ? 2u : 0u) + is_conformant;

    node->type.of = &of->type;
    node->mem_align = of->mem_align;
    node->has_pointers = of->has_pointers;
    set_wire(node, is_varying ? larger(4, of->type.align) : of->type.align,
             is_varying ? larger(8, of->type.align64) : of->type.align64, 4 * counts,
             8 * counts);
    if (choose(g, 8) == 7)
        node->type.range = make_range(g);
}

static struct node *make_fixed(struct generator *g, const struct variables *variables)
{
    struct node *of = make_type(g, variables);
    bool is_varying = choose(g, 3) == 2;
    struct node *node = add_node(g, is_varying ? RPCSEC_NDR_VARYING : RPCSEC_NDR_FIXED);
    struct rpcsec_ndr_bounds *bounds = get_memory(g, sizeof(*bounds));

    node->type.num = 1 + choose(g, 4);
    set_array(g, node, of);
    node->type.mem_size = node->type.num * of->type.mem_size;
    if (!is_varying) {
        node->type.range = NULL;
        node->type.wire_min =
            node->type.num * (of->type.kind == RPCSEC_NDR_REF ? 1 : of->type.wire_min);
        node->type.wire_min64 = node->type.num * of->type.wire_min64;
        return node;
    }
    if (choose(g, 2))
        bounds->first = make_expr(g, variables);
    bounds->length = make_expr(g, variables);
    node->type.bounds = bounds;
    return node;
}

static struct node *make_string(struct generator *g, const struct variables *variables)
{
    struct node *of = make_scalar(g, choose(g, 2) ? RPCSEC_NDR_WCHAR : RPCSEC_NDR_CHAR);
    struct node *node = add_node(g, RPCSEC_NDR_CONFORMANT_VARYING);
    struct rpcsec_ndr_bounds *bounds = get_memory(g, sizeof(*bounds));

    of->type.range = NULL;
    set_array(g, node, of);
    node->type.flags = RPCSEC_NDR_FLAG_STRING;
    if (choose(g, 3) == 2) {
        bounds->size = make_expr(g, variables);
        node->type.bounds = bounds;
    }
    return node;
}

static struct node *make_conformant(struct generator *g, const struct variables *variables)
{
    struct node *of = make_type(g, variables);
    bool is_varying = choose(g, 3) == 2;
    struct node *node =
        add_node(g, is_varying ? RPCSEC_NDR_CONFORMANT_VARYING : RPCSEC_NDR_CONFORMANT);
    struct rpcsec_ndr_bounds *bounds = get_memory(g, sizeof(*bounds));

    set_array(g, node, of);
    bounds->size = make_expr(g, variables);
    if (is_varying) {
        if (choose(g, 3) == 2)
            bounds->first = make_expr(g, variables);
        bounds->length = make_expr(g, variables);
    }
    node->type.bounds = bounds;
    if (choose(g, 5) == 4)
        node->type.flags |= RPCSEC_NDR_FLAG_RELAXED;
    return node;
}

/* ---- Pointers ---- */

static struct node *make_struct(struct generator *g, bool may_be_conformant);

static struct node *make_pointee(struct generator *g, const struct variables *variables)
{
    switch (choose(g, 6)) {
    case 1:
        return make_conformant(g, variables);
    case 2:
        return make_string(g, variables);
    case 3:
        return make_struct(g, true);
    case 4:
        if (g->outer)
            return g->outer;
        break;
    default:
        break;
    }
    return make_type(g, variables);
}

static struct node *make_pointer(struct generator *g, const struct variables *variables)
{
    static const uint8_t kinds[] = {RPCSEC_NDR_UNIQUE, RPCSEC_NDR_UNIQUE, RPCSEC_NDR_UNIQUE,
                                    RPCSEC_NDR_REF,    RPCSEC_NDR_FULL,   RPCSEC_NDR_IGNORED};
    struct node *of = make_pointee(g, variables);
    struct node *node = add_node(g, kinds[choose(g, sizeof(kinds))]);

    if (node->type.kind == RPCSEC_NDR_REF && of == g->outer)
        node->type.kind = RPCSEC_NDR_UNIQUE; /* else no value would be finite */
    node->type.of = &of->type;
    node->type.mem_size = sizeof(void *);
    node->mem_align = alignof(void *);
    node->has_pointers = true;
    set_wire(node, 4, 8, 4, 8);
    return node;
}

/* ---- Unions ---- */

static void make_arms(struct generator *g, struct node *node, const struct variables *variables)
{
    struct rpcsec_ndr_arm *arms = get_memory(g, MAX_ARMS * sizeof(*arms));
    struct rpcsec_ndr_type *type = &node->type;
    size_t least = SIZE_MAX;
    size_t least64 = SIZE_MAX;

    type->num = 1 + choose(g, MAX_ARMS);
    type->arms = arms;
    type->align = type->of->align;
    type->align64 = type->of->align64;
    for (uint32_t i = 0; i < type->num; i++) {
        struct node *arm = choose(g, 4) ? make_type(g, variables) : NULL;

        arms[i] = (struct rpcsec_ndr_arm){"arm", i + 1, 0, arm ? &arm->type : NULL};
        if (i == 2)
            arms[i].flags = RPCSEC_NDR_ARM_DEFAULT;
        least = arm ? (least < arm->type.wire_min ? least : arm->type.wire_min) : 0;
        least64 = arm ? (least64 < arm->type.wire_min64 ? least64 : arm->type.wire_min64) : 0;
        if (!arm)
            continue;
        type->align = (uint8_t)larger(type->align, arm->type.align);
        type->align64 = (uint8_t)larger(type->align64, arm->type.align64);
        type->mem_size = (uint32_t)larger(type->mem_size, arm->type.mem_size);
        node->mem_align = larger(node->mem_align, arm->mem_align);
    }
    type->wire_min = type->of->wire_min + (uint32_t)least;
    type->wire_min64 = type->of->wire_min64 + (uint32_t)least64;
    type->mem_size = type->mem_size ? type->mem_size : 1;
}

static uint32_t round_up(size_t size, size_t align)
{
    return (uint32_t)((size + align - 1) / align * align);
}

static struct node *make_union(struct generator *g, const struct variables *variables)
{
    static const uint8_t tags[] = {RPCSEC_NDR_U16, RPCSEC_NDR_U32, RPCSEC_NDR_U8,
                                   RPCSEC_NDR_ENUM16};
    bool is_encapsulated = choose(g, 3) == 2;
    struct node *node =
        add_node(g, is_encapsulated ? RPCSEC_NDR_ENCAPSULATED : RPCSEC_NDR_UNION);
    struct node *tag = make_scalar(g, tags[choose(g, sizeof(tags))]);
    struct rpcsec_ndr_expr *expr = get_memory(g, sizeof(*expr));

    tag->type.range = NULL;
    node->type.of = &tag->type;
    node->has_pointers = true;
    if (choose(g, 4) == 3)
        node->type.flags = RPCSEC_NDR_FLAG_MS_UNION;
    make_arms(g, node, variables);
    if (is_encapsulated) {
        node->type.body_offset = round_up(tag->type.mem_size, node->mem_align);
        node->type.mem_size += node->type.body_offset;
        node->mem_align = larger(node->mem_align, tag->mem_align);
    } else {
        *expr = make_expr(g, variables);
        node->type.switch_is = expr;
    }
    node->type.mem_size = round_up(node->type.mem_size, node->mem_align);
    return node;
}

/* ---- Steps: see compiler/emit_steps.c ---- */

struct steps {
    struct rpcsec_ndr_step list[MAX_STEPS];
    uint32_t num;
    bool is_impossible;
};

static void add_step(struct steps *s, const struct rpcsec_ndr_step *step)
{
    if (s->num == MAX_STEPS)
        s->is_impossible = true;
    else
        s->list[s->num++] = *step;
}

static void add_run(struct steps *s, uint32_t offset, uint32_t len, size_t align)
{
    struct rpcsec_ndr_step *before = s->num ? &s->list[s->num - 1] : NULL;

    if (before && before->kind == RPCSEC_NDR_STEP_RUN && before->align >= align &&
        before->len % align == 0 && before->offset + before->len == offset)
        before->len += len;
    else if (before && before->kind == RPCSEC_NDR_STEP_RUN && before->align >= align &&
             before->len % align == 0)
        s->is_impossible = true; /* where memory is not as the wire: rpcsec-idl gives up */
    else
        add_step(s, &(struct rpcsec_ndr_step){.kind = RPCSEC_NDR_STEP_RUN,
                                              .align = (uint16_t)align,
                                              .len = len,
                                              .offset = offset});
}

static uint32_t plain_len(const struct rpcsec_ndr_type *type)
{
    uint32_t num = 1;

    for (; type->kind == RPCSEC_NDR_FIXED; type = type->of)
        num *= type->num;
    return ndr_is_plain(type) ? num * type->mem_size : 0;
}

static bool is_leaf_pointer(const struct rpcsec_ndr_type *type)
{
    const struct rpcsec_ndr_bounds *bounds = type->of ? type->of->bounds : NULL;

    if (type->kind != RPCSEC_NDR_REF && type->kind != RPCSEC_NDR_UNIQUE)
        return false;
    return !node_of(type->of)->has_pointers &&
           !(bounds &&
             (ndr_follows_pointers(&bounds->size) || ndr_follows_pointers(&bounds->first) ||
              ndr_follows_pointers(&bounds->length)));
}

static void collect(struct steps *s, const struct rpcsec_ndr_type *type, uint32_t start,
                    size_t align, bool is_inner)
{
    bool is_conformant = type->flags & RPCSEC_NDR_FLAG_CONFORMANT;
    uint32_t num = is_conformant ? type->num - 1 : type->num;

    if (!num || (is_conformant && (is_inner || node_of(type)->has_pointers)))
        s->is_impossible = true;
    for (uint32_t i = 0; i < num && !s->is_impossible; i++) {
        const struct rpcsec_ndr_type *of = type->fields[i].type;
        uint32_t offset = start + type->fields[i].offset;
        size_t least = larger(of->align, i ? 1 : larger(align, type->align));

        if (plain_len(of))
            add_run(s, offset, plain_len(of), least);
        else if (of->kind == RPCSEC_NDR_STRUCT)
            collect(s, of, offset, least, true);
        else if (ndr_width(of, false))
            add_step(s, &(struct rpcsec_ndr_step){.kind = RPCSEC_NDR_STEP_SCALAR,
                                                  .align = (uint16_t)least,
                                                  .offset = offset,
                                                  .type = of});
        else if (is_leaf_pointer(of))
            add_step(s, &(struct rpcsec_ndr_step){.kind = RPCSEC_NDR_STEP_LEAF,
                                                  .align = (uint16_t)least,
                                                  .offset = offset,
                                                  .record = start,
                                                  .type = of});
        else
            s->is_impossible = true;
    }
}

/* See place_len there. */
static uint32_t place_len(const struct steps *s)
{
    uint32_t len = 0;

    for (uint32_t i = 0; i < s->num; i++) {
        const struct rpcsec_ndr_step *step = &s->list[i];

        if (step->kind == RPCSEC_NDR_STEP_SCALAR)
            return 0;
        len += -len & (step->align - 1u);
        len += step->kind == RPCSEC_NDR_STEP_RUN ? step->len : 4;
    }
    return len;
}

static void make_steps(struct generator *g, struct rpcsec_ndr_type *type)
{
    struct steps s = {.num = 0};
    struct rpcsec_ndr_step *list;

    collect(&s, type, 0, 1, false);
    if (s.is_impossible)
        return;
    list = get_memory(g, s.num * sizeof(*list));
    memcpy(list, s.list, s.num * sizeof(*list));
    type->steps = list;
    type->num_steps = s.num;
    type->steps_len = place_len(&s);
}

/* ---- Structures ---- */

/* Puts a member of this type behind `size` bytes. */
static uint32_t place(struct variables *variables, const struct node *node, size_t *size)
{
    uint32_t offset = round_up(*size, node->mem_align);
    bool is_pointer =
        node->type.kind == RPCSEC_NDR_UNIQUE || node->type.kind == RPCSEC_NDR_FULL;
    const struct rpcsec_ndr_type *type = is_pointer ? node->type.of : &node->type;

    *size = offset + node->type.mem_size;
    if (is_variable(type) && variables->num < MAX_FIELDS) {
        variables->list[variables->num].offset = offset;
        variables->list[variables->num].kind = type->kind;
        variables->list[variables->num++].is_pointer = is_pointer;
    }
    return offset;
}

static void add_field(struct node *node, struct rpcsec_ndr_field *field, struct node *of,
                      uint32_t offset)
{
    struct rpcsec_ndr_type *type = &node->type;

    *field = (struct rpcsec_ndr_field){"field", offset, &of->type};
    type->num++;
    type->align = (uint8_t)larger(type->align, of->type.align);
    type->align64 = (uint8_t)larger(type->align64, of->type.align64);
    type->wire_min += of->type.wire_min;
    type->wire_min64 += of->type.wire_min64;
    node->mem_align = larger(node->mem_align, of->mem_align);
}

static struct node *make_struct(struct generator *g, bool may_be_conformant)
{
    struct node *node = add_node(g, RPCSEC_NDR_STRUCT);
    struct rpcsec_ndr_field *fields = get_memory(g, (MAX_FIELDS + 1) * sizeof(*fields));
    struct node *outer = g->outer;
    struct variables variables = {.num = 0};
    bool has_pointers = false;
    size_t size = 0;
    unsigned num = 1 + choose(g, MAX_FIELDS);
    struct node *tail;

    set_wire(node, 1, 1, 0, 0);
    node->type.name = "structure";
    node->type.fields = fields;
    node->has_pointers = true;
    g->outer = node;
    for (unsigned i = 0; i < num; i++) {
        struct node *of = make_type(g, &variables);
        uint32_t offset = place(&variables, of, &size);

        has_pointers |= of->has_pointers;
        add_field(node, &fields[i], of, offset);
    }
    if (may_be_conformant && choose(g, 2)) {
        tail = make_conformant(g, &variables);
        has_pointers |= tail->has_pointers;
        add_field(node, &fields[num], tail, round_up(size, tail->mem_align));
        node->type.flags = RPCSEC_NDR_FLAG_CONFORMANT;
        size = fields[num].offset;
    }
    node->type.mem_size = round_up(size, node->mem_align);
    node->has_pointers = has_pointers;
    g->outer = outer;
    make_steps(g, &node->type);
    return node;
}

static struct node *make_context_handle(struct generator *g)
{
    struct node *node = add_node(g, RPCSEC_NDR_CONTEXT_HANDLE);

    node->type = rpcsec_ndr_context_handle;
    node->mem_align = 4;
    node->has_pointers = true; /* as for rpcsec-idl, which gives it no steps */
    return node;
}

/* Something of a size in memory. */
static struct node *make_type(struct generator *g, const struct variables *variables)
{
    struct node *node = NULL;
    unsigned what = choose(g, 32);

    if (g->depth >= MAX_DEPTH || g->num_nodes > MAX_NODES)
        what = 0;
    g->depth++;
    if (what < 16)
        node = make_scalar(g, 1 + choose(g, RPCSEC_NDR_ERROR_STATUS));
    else if (what < 19)
        node = make_struct(g, false);
    else if (what < 21)
        node = make_union(g, variables);
    else if (what < 23)
        node = make_fixed(g, variables);
    else if (what < 24)
        node = make_context_handle(g);
    else
        node = make_pointer(g, variables);
    g->depth--;
    return node;
}

/* ---- The record ---- */

const struct rpcsec_ndr_record *random_table(const uint8_t *data, size_t len,
                                             struct rpcsec_arena *arena)
{
    struct generator g = {.data = data, .len = len, .arena = arena};
    struct rpcsec_ndr_record *record = get_memory(&g, sizeof(*record));
    struct rpcsec_ndr_arg *args = get_memory(&g, MAX_FIELDS * sizeof(*args));
    struct variables variables = {.num = 0};
    size_t size = 0;
    unsigned num = 1 + choose(&g, MAX_FIELDS);

    for (unsigned i = 0; i < num; i++) {
        struct node *of = make_type(&g, &variables);
        uint32_t offset = place(&variables, of, &size);

        args[i] =
            (struct rpcsec_ndr_arg){"arg", offset, RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &of->type};
    }
    *record = (struct rpcsec_ndr_record){.version = RPCSEC_NDR_TABLE_VERSION,
                                         .name = "Random",
                                         .mem_size = round_up(size + 1, 16),
                                         .num_args = num,
                                         .args = args};
    return g.is_out_of_memory ? NULL : record;
}
