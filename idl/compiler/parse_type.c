/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_type.c: types and declarators. Layer: compiler. Documents: C706 4.2.7 to
 * 4.2.9; the MIDL names __int64, __int3264, wchar_t and their kin.
 */
#include "parse.h"

#include <string.h>

/* Words that stand between types and names and mean nothing here. */
static bool is_decoration(const struct token *t)
{
    static const char *const words[] = {
        "volatile",  "__RPC_FAR", "far",        "__far",       "near",       "__near",
        "__stdcall", "_stdcall",  "stdcall",    "__cdecl",     "_cdecl",     "cdecl",
        "pascal",    "__pascal",  "__fastcall", "__unaligned", "__restrict", "__ptr64",
        "__ptr32",   "register",  "extern",     "static",      "inline",     "__w64",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (token_is(t, words[i]))
            return true;
    return false;
}

/* Skips such words and `const`; tells whether there was a `const`. */
static bool take_qualifiers(struct parser *p)
{
    bool is_const = false;

    for (;;) {
        const struct token *t = parse_peek(p, 0);
        if (token_is(t, "const"))
            is_const = true;
        else if (!is_decoration(t))
            return is_const;
        parse_take(p);
    }
}

/* ---- Base types ---- */

enum word_class {
    WORD_OTHER = 0,
    WORD_SIGN,
    WORD_SIZE,  /* takes a sign */
    WORD_INT,   /* may follow a size */
    WORD_WHOLE, /* a type by itself */
};

static const struct base_word {
    const char *word;
    enum word_class class;
    enum base_type base; /* signed, where both exist */
    enum base_type unsigned_base;
} base_words[] = {
    {"unsigned", WORD_SIGN, BASE_UINT32, BASE_UINT32},
    {"signed", WORD_SIGN, BASE_INT32, BASE_INT32},
    {"char", WORD_SIZE, BASE_SCHAR, BASE_UCHAR},
    {"small", WORD_SIZE, BASE_SCHAR, BASE_UCHAR},
    {"short", WORD_SIZE, BASE_INT16, BASE_UINT16},
    {"long", WORD_SIZE, BASE_INT32, BASE_UINT32},
    {"hyper", WORD_SIZE, BASE_INT64, BASE_UINT64},
    {"int", WORD_INT, BASE_INT32, BASE_UINT32},
    {"__int8", WORD_SIZE, BASE_SCHAR, BASE_UCHAR},
    {"__int16", WORD_SIZE, BASE_INT16, BASE_UINT16},
    {"__int32", WORD_SIZE, BASE_INT32, BASE_UINT32},
    {"__int64", WORD_SIZE, BASE_INT64, BASE_UINT64},
    {"__int3264", WORD_SIZE, BASE_INT3264, BASE_UINT3264},
    {"void", WORD_WHOLE, BASE_VOID, BASE_VOID},
    {"boolean", WORD_WHOLE, BASE_BOOLEAN, BASE_BOOLEAN},
    {"byte", WORD_WHOLE, BASE_BYTE, BASE_BYTE},
    {"wchar_t", WORD_WHOLE, BASE_WCHAR, BASE_WCHAR},
    {"float", WORD_WHOLE, BASE_FLOAT, BASE_FLOAT},
    {"double", WORD_WHOLE, BASE_DOUBLE, BASE_DOUBLE},
    {"handle_t", WORD_WHOLE, BASE_HANDLE, BASE_HANDLE},
    {"error_status_t", WORD_WHOLE, BASE_ERROR_STATUS, BASE_ERROR_STATUS},
};

static const struct base_word *find_base_word(const struct token *t)
{
    for (size_t i = 0; i < sizeof(base_words) / sizeof(base_words[0]); i++)
        if (token_is(t, base_words[i].word))
            return &base_words[i];
    return NULL;
}

bool parse_is_builtin(const char *word, enum base_type *ret_base)
{
    struct token t = {.kind = TOKEN_WORD, .word = word};
    const struct base_word *b = find_base_word(&t);

    if (b)
        *ret_base = b->base;
    return b != NULL;
}

/* What the words seen so far say. */
struct base_spec {
    const struct base_word *sign;
    const struct base_word *size;
    bool has_int;
    bool two_longs;
};

/* Takes one more word of a base type; false when it does not belong to it any more. */
static bool add_base_word(struct base_spec *s, const struct base_word *b)
{
    if (b->class == WORD_SIGN && !s->sign && !(s->size && s->size->class == WORD_WHOLE)) {
        s->sign = b;
    } else if (b->class == WORD_INT && !s->has_int &&
               !(s->size && s->size->class != WORD_SIZE)) {
        s->has_int = true;
    } else if (b->class == WORD_SIZE && !s->size && !s->has_int) {
        s->size = b;
    } else if (b->class == WORD_SIZE && s->size && s->size->base == BASE_INT32 &&
               b == s->size && !s->two_longs) {
        s->two_longs = true;
    } else if (b->class == WORD_WHOLE && !s->size && !s->sign && !s->has_int) {
        s->size = b;
    } else {
        return false;
    }
    return true;
}

static enum base_type spec_base(const struct base_spec *s)
{
    bool is_unsigned = s->sign && s->sign->base == BASE_UINT32;

    if (s->two_longs)
        return is_unsigned ? BASE_UINT64 : BASE_INT64;
    if (!s->size)
        return is_unsigned ? BASE_UINT32 : BASE_INT32;
    if (!s->sign && strcmp(s->size->word, "char") == 0)
        return BASE_CHAR;
    return is_unsigned ? s->size->unsigned_base : s->size->base;
}

static struct type *take_base(struct parser *p)
{
    struct loc at = parse_peek(p, 0)->at;
    struct base_spec spec = {0};

    for (;;) {
        const struct base_word *b = find_base_word(parse_peek(p, 0));
        if (!b || !add_base_word(&spec, b))
            return type_base(p->c, spec_base(&spec), at);
        parse_take(p);
    }
}

/* ---- Tagged types ---- */

/* The type that `kind tag` names, made when it is new. */
static struct type *find_tag(struct parser *p, enum type_kind kind, const char *tag,
                             struct loc at)
{
    struct symbol *s = names_find(p->tree->tags, tag);

    if (s && s->type->kind != kind) {
        parse_error(p, at, "'%s' is another kind of type", tag);
        diag_note(p->c, s->at, "it is declared here");
        return type_base(p->c, BASE_UNKNOWN, at);
    }
    if (!s) {
        s = names_add(p->c, p->tree->tags, tag, SYMBOL_TYPE, at);
        s->type = type_new(p->c, kind, at);
        s->type->name = tag;
        s->type->imported = p->imported;
    }
    return s->type;
}

static void take_body(struct parser *p, struct type *type, struct attr *attrs)
{
    if (type->complete) {
        diag_error(p->c, parse_peek(p, 0)->at, "'%s' is defined twice", type->name);
        diag_note(p->c, type->at, "it was defined here");
        type->members = (struct members){0};
        type->enumerators = NULL;
    }
    type->complete = true;
    type->imported = p->imported;
    type->sequence = p->tree->sequence;
    type->attrs = attrs;
    if (type->kind == TYPE_STRUCT)
        parse_struct_body(p, type);
    else if (type->kind == TYPE_UNION)
        parse_union_body(p, type);
    else
        parse_enum_body(p, type);
}

/* `switch (type name) [name]` of an encapsulated union. */
static void take_switch(struct parser *p, struct type *type)
{
    parse_take(p);
    parse_expect(p, '(', "'('");
    struct type *head = parse_type_head(p, NULL);
    type->tag_type = parse_declarator(p, head, &type->tag_name, NULL);
    if (!type->tag_name)
        parse_error(p, parse_peek(p, 0)->at, "the discriminant needs a name");
    parse_expect(p, ')', "')'");
    type->union_name =
        parse_at(p, TOKEN_WORD) ? parse_take(p).word : compiler_word(p->c, "tagged_union", 12);
}

static struct type *take_tagged(struct parser *p, enum type_kind kind, struct attr *attrs)
{
    struct loc at = parse_take(p).at;
    struct type *type = NULL;

    if (parse_at(p, '['))
        attrs = parse_attributes(p, ON_TYPE);
    if (parse_at(p, TOKEN_WORD) && !(kind == TYPE_UNION && parse_at_word(p, "switch"))) {
        struct loc tag_at = parse_peek(p, 0)->at;
        type = find_tag(p, kind, parse_take(p).word, tag_at);
    } else {
        type = type_new(p->c, kind, at);
        if (!parse_at(p, '{') && !parse_at_word(p, "switch"))
            parse_error(p, parse_peek(p, 0)->at, "expected a tag or '{' before %s",
                        token_show(p->c, parse_peek(p, 0)));
    }
    if (type->kind == TYPE_UNION && parse_at_word(p, "switch"))
        take_switch(p, type);
    if (type->kind == kind && parse_at(p, '{') && parse_enter(p)) {
        take_body(p, type, attrs);
        parse_leave(p);
    }
    return type;
}

/* ---- Type heads ---- */

static struct type *take_pipe(struct parser *p)
{
    struct type *type = type_new(p->c, TYPE_PIPE, parse_take(p).at);

    type->target = parse_type_head(p, NULL);
    type->complete = true;
    return type;
}

static struct type *take_interface(struct parser *p, struct loc at, const char *name)
{
    struct type *type = type_new(p->c, TYPE_INTERFACE, at);

    type->name = name;
    return type;
}

/* Of an interface that is left out: a type that nobody knows does no harm there. */
static bool in_com(const struct parser *p)
{
    return p->interface && p->interface->object;
}

/* A name that published files use before its typedef. parse_file reports those without one. */
static struct type *declare_later(struct parser *p, const struct token *t)
{
    struct type *alias = type_new(p->c, TYPE_ALIAS, t->at);

    alias->name = t->word;
    alias->target = type_base(p->c, BASE_UNKNOWN, t->at);
    alias->com_only = in_com(p);
    alias->next_later = p->tree->later;
    p->tree->later = alias;
    names_add(p->c, p->tree->names, t->word, SYMBOL_TYPE, t->at)->type = alias;
    return alias;
}

static struct type *take_named(struct parser *p)
{
    struct token t = *parse_peek(p, 0);

    if (t.kind != TOKEN_WORD) {
        parse_error(p, t.at, "expected a type before %s", token_show(p->c, &t));
        return type_base(p->c, BASE_UNKNOWN, t.at);
    }
    struct symbol *s = names_find(p->tree->names, t.word);
    parse_take(p);
    if (s && s->kind == SYMBOL_TYPE) {
        s->type->com_only = s->type->com_only && in_com(p);
        return s->type;
    }
    if (s && s->kind == SYMBOL_INTERFACE)
        return take_interface(p, t.at, t.word);
    if (!s && (parse_at(p, TOKEN_WORD) || parse_at(p, '*')))
        return declare_later(p, &t);
    parse_error(p, t.at, "unknown type '%s'", t.word);
    return type_base(p->c, BASE_UNKNOWN, t.at);
}

static struct type *take_head(struct parser *p, struct attr *attrs)
{
    const struct token *t = parse_peek(p, 0);

    if (find_base_word(t))
        return take_base(p);
    if (token_is(t, "struct"))
        return take_tagged(p, TYPE_STRUCT, attrs);
    if (token_is(t, "union"))
        return take_tagged(p, TYPE_UNION, attrs);
    if (token_is(t, "enum"))
        return take_tagged(p, TYPE_ENUM, attrs);
    if (token_is(t, "pipe"))
        return take_pipe(p);
    if (token_is(t, "interface")) {
        struct loc at = parse_take(p).at;
        return take_interface(p, at, parse_name(p, "an interface", NULL));
    }
    if (token_is(t, "SAFEARRAY") && parse_peek(p, 1)->kind == '(')
        return parse_safearray(p);
    return take_named(p);
}

/* A copy that says `const`: the type itself is shared by its users. */
static struct type *const_type(struct parser *p, struct type *type)
{
    struct type *group = type_new(p->c, TYPE_GROUP, type->at);

    group->target = type;
    group->is_const = true;
    return group;
}

struct type *parse_type_head(struct parser *p, struct attr *attrs)
{
    if (!parse_enter(p))
        return type_base(p->c, BASE_UNKNOWN, parse_peek(p, 0)->at);
    bool is_const = take_qualifiers(p);
    struct type *type = take_head(p, attrs);

    parse_leave(p);
    is_const = take_qualifiers(p) || is_const;
    return is_const ? const_type(p, type) : type;
}

bool parse_begins_type(struct parser *p, const struct token *t)
{
    struct symbol *s = t->kind == TOKEN_WORD ? names_find(p->tree->names, t->word) : NULL;

    return find_base_word(t) || token_is(t, "const") || token_is(t, "struct") ||
           token_is(t, "union") || token_is(t, "enum") || is_decoration(t) ||
           (s && (s->kind == SYMBOL_TYPE || s->kind == SYMBOL_INTERFACE));
}

/* ---- Declarators ---- */

static struct type *take_pointers(struct parser *p, struct type *type)
{
    unsigned levels = 0;

    take_qualifiers(p);
    while (parse_at(p, '*')) {
        if (levels++ >= LIMIT_IDL_DEPTH) {
            parse_error(p, parse_peek(p, 0)->at, "more than %d levels of pointers",
                        LIMIT_IDL_DEPTH);
            return type;
        }
        struct type *pointer = type_new(p->c, TYPE_POINTER, parse_take(p).at);
        pointer->target = type;
        pointer->pointer_class = p->pointer_default;
        pointer->complete = true;
        type = pointer;
        if (take_qualifiers(p))
            type = const_type(p, type);
    }
    return type;
}

/* `0..n` is n + 1 elements, `0..*` is as `*`: C arrays begin at 0 (C706 4.2.18). */
static struct expr *take_upper(struct parser *p, struct expr *least)
{
    int64_t value;
    const char *why = NULL;
    struct loc at = parse_take(p).at;

    if (!expr_value(p->tree, least, &value, &why) || value != 0)
        parse_error(p, least->at, "the least index of an array is 0");
    if (parse_at(p, '*') && parse_peek(p, 1)->kind == ']') {
        parse_take(p);
        return NULL;
    }
    struct expr *all = compiler_alloc(p->c, sizeof(*all));
    struct expr *one = compiler_alloc(p->c, sizeof(*one));
    *one = (struct expr){.kind = EXPR_NUMBER, .at = at, .value = 1};
    *all = (struct expr){.kind = EXPR_BINARY, .op = '+', .at = at, .b = one};
    all->a = parse_expression(p);
    return all->a ? all : NULL;
}

/* One `[..]`; its element is set by the caller. */
static struct type *take_dimension(struct parser *p)
{
    struct type *array = type_new(p->c, TYPE_ARRAY, parse_take(p).at);

    array->complete = true;
    if (parse_at(p, '*') && parse_peek(p, 1)->kind == ']') {
        parse_take(p);
    } else if (!parse_at(p, ']')) {
        array->bound = parse_expression(p);
        if (array->bound && parse_at(p, TOKEN_RANGE))
            array->bound = take_upper(p, array->bound);
    }
    parse_expect(p, ']', "']'");
    return array;
}

/* Array bounds behind a name: the first one is the outermost. */
static struct type *take_dimensions(struct parser *p, struct type *element)
{
    struct type *outer = NULL, *inner = NULL;
    unsigned num = 0;

    while (parse_at(p, '[')) {
        struct loc at = parse_peek(p, 0)->at;
        struct type *array = take_dimension(p);
        if (num++ >= 16) {
            parse_error(p, at, "more than 16 dimensions");
            break;
        }
        if (inner)
            inner->target = array;
        else
            outer = array;
        inner = array;
    }
    if (!outer)
        return element;
    inner->target = element;
    return outer;
}

static struct type *take_function(struct parser *p, struct type *result)
{
    struct type *function = type_new(p->c, TYPE_FUNCTION, parse_peek(p, 0)->at);

    function->target = result;
    function->members = parse_params(p);
    function->complete = true;
    return function;
}

/* `( declarator )` with what follows it. */
static struct type *take_group(struct parser *p, struct type *type, const char **ret_name,
                               struct loc *ret_at)
{
    struct type *group = type_new(p->c, TYPE_GROUP, parse_take(p).at);
    struct type *all = parse_declarator(p, group, ret_name, ret_at);

    parse_expect(p, ')', "')'");
    if (parse_at(p, '('))
        type = take_function(p, type);
    group->target = take_dimensions(p, type);
    return all;
}

struct type *parse_declarator(struct parser *p, struct type *head, const char **ret_name,
                              struct loc *ret_at)
{
    struct loc nowhere;

    *ret_name = NULL;
    if (!ret_at)
        ret_at = &nowhere;
    if (!parse_enter(p))
        return head;
    struct type *type = take_pointers(p, head);
    *ret_at = parse_peek(p, 0)->at;
    if (parse_at(p, '(')) {
        type = take_group(p, type, ret_name, ret_at);
    } else {
        if (parse_at(p, TOKEN_WORD))
            *ret_name = parse_take(p).word;
        type = take_dimensions(p, type);
    }
    parse_leave(p);
    return type;
}

struct type *parse_type_name(struct parser *p)
{
    const char *name;
    struct loc at;
    struct type *type = parse_declarator(p, parse_type_head(p, NULL), &name, &at);

    if (name)
        parse_error(p, at, "a name cannot stand here");
    return type;
}
