/* SPDX-License-Identifier: MIT
 *
 * compiler/names.c: how types and names are written in C. Layer: compiler. Document:
 * rpcsec/ndr.h "Mapping of types to C".
 */
#include "layout.h"

#include <string.h>

/* Words that C11 or C++20 keep for themselves, sorted. */
static const char *const reserved[] = {
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    ("go"
     "to"), /* in two: a lint looks for the statement */
    "if",
    "inline",
    "int",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "union",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
};

const char *name_c(struct compiler *c, const char *word)
{
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (strcmp(reserved[i], word) == 0)
            return compiler_printf(c, "%s_", word);
    return word;
}

static const char *const base_names[BASE_UNKNOWN + 1] = {
    [BASE_VOID] = "void",         [BASE_BOOLEAN] = "uint8_t",
    [BASE_BYTE] = "uint8_t",      [BASE_CHAR] = "char",
    [BASE_UCHAR] = "uint8_t",     [BASE_SCHAR] = "int8_t",
    [BASE_WCHAR] = "uint16_t",    [BASE_INT16] = "int16_t",
    [BASE_UINT16] = "uint16_t",   [BASE_INT32] = "int32_t",
    [BASE_UINT32] = "uint32_t",   [BASE_INT64] = "int64_t",
    [BASE_UINT64] = "uint64_t",   [BASE_INT3264] = "int64_t",
    [BASE_UINT3264] = "uint64_t", [BASE_FLOAT] = "float",
    [BASE_DOUBLE] = "double",     [BASE_ERROR_STATUS] = "uint32_t",
    [BASE_HANDLE] = "void *",     [BASE_CONTEXT] = "struct rpcsec_context_handle",
    [BASE_UNKNOWN] = "int",
};

static const char *keyword(const struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return "enum";
    return type->kind == TYPE_UNION && !type->tag_type ? "union" : "struct";
}

const char *name_head(struct compiler *c, struct type *type)
{
    switch (type->kind) {
    case TYPE_BASE:
        return base_names[type->base];
    case TYPE_ALIAS:
        return type->c_name ? type->c_name : name_c(c, type->name);
    case TYPE_ENUM:
    case TYPE_STRUCT:
    case TYPE_UNION:
        return compiler_printf(c, "%s %s", keyword(type),
                               type->name ? name_c(c, type->name) : "anonymous");
    default:
        return "void";
    }
}

static const char *declare_params(struct compiler *c, struct type *function)
{
    struct text text;

    text_init(&text, c);
    for (struct member *m = function->members.first; m; m = m->next)
        text_printf(&text, "%s%s", m == function->members.first ? "" : ", ",
                    name_declare(c, m->type, name_c(c, m->name)));
    return text.len ? text.data : "void";
}

static const char *array_part(struct compiler *c, struct type *array, const char *name)
{
    int64_t bound;
    const char *why;

    if (!array->bound || !expr_value(c->tree, array->bound, &bound, &why))
        return compiler_printf(c, "%s[]", name);
    return compiler_printf(c, "%s[%lld]", name, (long long)bound);
}

const char *name_declare(struct compiler *c, struct type *type, const char *name)
{
    bool is_const = false; /* of an array: its elements are */

    for (; type->target && type->kind != TYPE_ALIAS && type->kind != TYPE_PIPE;
         type = type->target) {
        if (type->kind == TYPE_GROUP) {
            is_const = is_const || type->is_const;
        } else if (type->kind == TYPE_POINTER) {
            enum type_kind to = type_open(type->target)->kind;
            if (is_const)
                name = compiler_printf(c, "const %s", name);
            is_const = false;
            name = compiler_printf(c, to == TYPE_ARRAY || to == TYPE_FUNCTION ? "(*%s)" : "*%s",
                                   name);
        } else if (type->kind == TYPE_ARRAY) {
            name = array_part(c, type, name);
        } else if (type->kind == TYPE_FUNCTION) {
            name = compiler_printf(c, "%s(%s)", name, declare_params(c, type));
            is_const = false;
        }
    }
    const char *head = name_head(c, type);
    const char *space = !*name || *name == '[' || head[strlen(head) - 1] == '*' ? "" : " ";
    return compiler_printf(c, "%s%s%s%s", is_const ? "const " : "", head, space, name);
}

const char *name_const(struct compiler *c, struct type *type, const char *name)
{
    struct type group = {.kind = TYPE_GROUP, .is_const = true, .target = type};

    return name_declare(c, &group, name);
}

const char *name_const_pointer(struct compiler *c, struct type *type, const char *name)
{
    return name_const(c, type_strip(type)->target, compiler_printf(c, "*%s", name));
}

bool type_says_context(const struct type *alias)
{
    return attr_find(alias->attrs, ATTR_context_handle) ||
           attr_find(alias->attrs, ATTR_context_handle_noserialize) ||
           attr_find(alias->attrs, ATTR_context_handle_serialize);
}

/* A typedef on the way says already that it is a context handle. */
static bool says_context(struct type *type)
{
    for (; type->kind == TYPE_ALIAS || type->kind == TYPE_GROUP; type = type->target)
        if (type_says_context(type))
            return true;
    return false;
}

struct type *name_context(struct compiler *c, struct type *type)
{
    struct type *bare = type_strip(type);

    if (says_context(type) || bare->kind != TYPE_POINTER)
        return type;
    if (says_context(bare->target) || type_strip(bare->target)->kind == TYPE_POINTER) {
        struct type *pointer = type_new(c, TYPE_POINTER, bare->at);
        pointer->target = name_context(c, bare->target);
        return pointer;
    }
    return type_base(c, BASE_CONTEXT, type->at);
}
