/* SPDX-License-Identifier: MIT
 *
 * compiler/tree.h: what the parser makes: files, declarations, types, operations. Layer:
 * compiler.
 *
 * Types are as the IDL spells them: typedef names stay (TYPE_ALIAS) with their attributes. What
 * a use of a type means on the wire is the layout pass' business.
 */
#ifndef COMPILER_TREE_H
#define COMPILER_TREE_H

#include <rpcsec/dcerpc.h>

#include "attr.h"
#include "source.h"

/* ---- Expressions ---- */

enum expr_kind {
    EXPR_NUMBER = 1,
    EXPR_NAME,   /* a parameter, member, constant or enumerator */
    EXPR_STRING, /* text as written */
    EXPR_WIDE_STRING,
    EXPR_REAL, /* a number that is no integer, as written */
    EXPR_UNARY,
    EXPR_BINARY,
    EXPR_CONDITION, /* a ? b : c */
    EXPR_CAST,
    EXPR_SIZEOF,
    EXPR_MEMBER, /* a.word, or a->word with op TOKEN_ARROW */
    EXPR_OPEN,   /* size_is(*): no size that could be sent */
    EXPR_RANGE,  /* case(a..b) */
};

struct expr {
    enum expr_kind kind;
    int op; /* UNARY, BINARY: the token; '*' as UNARY is a dereference */
    struct loc at;
    int64_t value;    /* NUMBER */
    const char *word; /* NAME, MEMBER, STRING, REAL */
    struct expr *a, *b, *c;
    struct type *type; /* CAST, SIZEOF */
};

/* ---- Types ---- */

enum base_type {
    BASE_VOID = 1,
    BASE_BOOLEAN,
    BASE_BYTE,
    BASE_CHAR,
    BASE_UCHAR,
    BASE_SCHAR,
    BASE_WCHAR,
    BASE_INT16,
    BASE_UINT16,
    BASE_INT32,
    BASE_UINT32,
    BASE_INT64,
    BASE_UINT64,
    BASE_INT3264,
    BASE_UINT3264,
    BASE_FLOAT,
    BASE_DOUBLE,
    BASE_ERROR_STATUS,
    BASE_HANDLE,  /* handle_t */
    BASE_CONTEXT, /* a context handle where the IDL says `void *`: made by the layout pass */
    BASE_UNKNOWN, /* after an error */
};

enum type_kind {
    TYPE_BASE = 1,
    TYPE_ENUM,
    TYPE_STRUCT,
    TYPE_UNION,
    TYPE_POINTER,
    TYPE_ARRAY,
    TYPE_ALIAS, /* a typedef name */
    TYPE_GROUP, /* a declarator in parentheses: stands for `target` */
    TYPE_PIPE,
    TYPE_FUNCTION,  /* only behind a pointer; never sent */
    TYPE_INTERFACE, /* only behind a pointer; COM */
};

struct enumerator {
    const char *name;
    struct loc at;
    struct expr *value; /* NULL: one more than the last */
    int64_t number;     /* set when parsed */
    struct enumerator *next;
};

/* A member of a structure, an arm of a union, or a parameter. */
struct member {
    const char *name; /* never NULL when parsed: an unnamed union is `u` */
    bool unnamed;     /* the IDL gave no name */
    struct loc at;
    struct attr *attrs;
    struct type *type;   /* NULL: an empty arm */
    struct expr *bits;   /* of a bit field; NULL: it is none */
    struct expr **cases; /* an arm's labels */
    size_t num_cases;
    bool is_default;
    struct member *next;
};

struct members {
    struct member *first;
    struct member *last;
    size_t num;
};

struct type {
    enum type_kind kind;
    struct loc at;
    const char *name;   /* tag, or typedef name; NULL: none */
    struct attr *attrs; /* of a typedef; of the definition of a struct, union or enum */
    bool complete;      /* a body was seen */
    bool imported;      /* declared in a file that another header stands for */
    bool is_const;      /* `const` before the type */
    enum base_type base;
    struct enumerator *enumerators;
    struct members members;
    struct type *target; /* POINTER, ALIAS, GROUP, PIPE; ARRAY: element; FUNCTION: result */
    enum attr_id pointer_class; /* POINTER: what it is where no attribute says so */
    struct expr *bound;         /* ARRAY: NULL for [] and [*] */
    struct type *tag_type;      /* UNION: encapsulated: the type of the discriminant */
    const char *tag_name;       /* UNION: encapsulated */
    const char *union_name;     /* UNION: encapsulated: of the union in the C structure */
    const char *c_name;         /* ALIAS: its name in C when that is another */
    struct type *self_alias;    /* the first typedef of this struct, union or enum */
    struct type *next_later;    /* ALIAS: see tree.later */
    bool com_only;              /* ALIAS: so far only interfaces that are left out use it */
    struct decl *decl;          /* emit: where it is declared */
    unsigned sequence;          /* of the declaration that its body stands in */
    void *layout;               /* the layout pass' node for it */
    const char *left_out;       /* layout: why it cannot be sent */
    bool was_array;             /* layout: POINTER: a parameter `T x[]` */
    uint8_t holding;            /* check: 1 being walked by value, 2 done */
    uint8_t holds;              /* check: levels of types inside it by value */
    bool mark;                  /* type_name_all was here */
    bool checked;               /* check: done with */
    bool needed;                /* emit: what it needs is written */
    bool written;               /* emit: its body stands in the header */
};

/* ---- Declarations ---- */

struct operation {
    const char *name;
    struct loc at;
    struct attr *attrs;
    struct type *result;
    struct members params;
    uint32_t number;
    bool unused; /* the number is taken, nothing is sent: OpnumNNotUsedOnWire, [local] */
    const char *left_out; /* why no code is made for it; NULL: it is made */
    struct operation *next;
};

struct interface {
    const char *name;
    struct loc at;
    struct attr *attrs;
    struct rpcsec_uuid uuid;
    uint16_t major;
    uint16_t minor;
    bool has_uuid;
    bool local;
    bool object; /* COM: no code is made */
    bool imported;
    struct operation *operations;
    struct operation *last_operation;
    uint32_t num_operations;
    struct interface *next; /* of the same file */
};

struct constant {
    const char *name;
    struct loc at;
    struct type *type;
    struct expr *value;
    bool has_number;
    int64_t number;
};

enum decl_kind {
    DECL_TYPEDEF = 1, /* type: the ALIAS */
    DECL_TYPE,        /* type: a struct, union or enum without typedef */
    DECL_CONST,
    DECL_QUOTE,  /* cpp_quote: text */
    DECL_IMPORT, /* text: the file's name */
    DECL_INTERFACE,
};

/* One declaration, in the order of the file. */
struct decl {
    enum decl_kind kind;
    struct loc at;
    struct type *type;
    struct constant *constant;
    struct interface *interface;
    struct interface *inside; /* whose body it stands in; NULL: none */
    const char *text;
    unsigned sequence; /* those of one `typedef .. a, *b;` have the same */
    uint8_t state;     /* emit_header: 1 being written, 2 written */
    struct decl *next;
};

/* One file given on the command line, with all that it imports. */
struct tree {
    const struct source *source;
    struct decl *decls; /* of this file alone */
    struct decl **last_decl;
    struct interface *interfaces;
    struct interface **last_interface;
    struct names *names; /* typedef names, constants, enumerators, interfaces */
    struct names *tags;
    struct names *operations; /* an interface's address and a name: to find them twice */
    unsigned sequence;        /* of the declaration being parsed */
    struct type *later;       /* names used before their typedef, newest first */
};

/* ---- Names ---- */

enum symbol_kind {
    SYMBOL_TYPE = 1,
    SYMBOL_CONSTANT,
    SYMBOL_ENUMERATOR,
    SYMBOL_INTERFACE,
    SYMBOL_OPERATION,
};

struct symbol {
    const char *word;
    enum symbol_kind kind;
    struct loc at;
    struct type *type;
    struct constant *constant;
    struct enumerator *enumerator;
    struct interface *interface;
    struct symbol *next;
};

struct tree *tree_new(struct compiler *c, const struct source *source);
/* NULL: no such name. Words come from compiler_word. */
struct symbol *names_find(const struct names *names, const char *word);
/* The caller has looked that there is none. */
struct symbol *names_add(struct compiler *c, struct names *names, const char *word,
                         enum symbol_kind kind, struct loc at);

struct type *type_new(struct compiler *c, enum type_kind kind, struct loc at);
struct type *type_base(struct compiler *c, enum base_type base, struct loc at);
void members_add(struct members *list, struct member *m);
struct member *members_find(const struct members *list, const char *word);

/* Gives each structure, union and enum in `type` that has no tag a name out of `stem`. */
void type_name_all(struct compiler *c, struct tree *tree, struct type *type, const char *stem);
/* Without groups. */
struct type *type_open(struct type *type);
/* Without groups and typedef names. */
struct type *type_strip(struct type *type);
/* Without `const` of the thing itself or its elements; what pointers point to keeps its own. */
struct type *type_unconst(struct type *type);
bool type_is_base(struct type *type, enum base_type base);
/* Any integer, character or enum: what can count, and switch. */
bool type_is_integer(struct type *type);
/* The same type in C and on the wire, however it is spelled. */
bool type_same(struct type *a, struct type *b);

/* The value of a constant expression. False: it is none (or overflows); *ret_why says why and
 * is NULL when a name is no constant. */
bool expr_value(const struct tree *tree, const struct expr *e, int64_t *ret_value,
                const char **ret_why);

#endif
