/* SPDX-License-Identifier: MIT
 *
 * compiler/layout.h: what crosses the wire: the nodes of rpcsec/ndr.h before they are C text.
 * Sixth pass. Layer: compiler. Documents: rpcsec/ndr.h, C706 chapter 14.
 */
#ifndef COMPILER_LAYOUT_H
#define COMPILER_LAYOUT_H

#include <rpcsec/ndr.h>

#include "tree.h"

/* A correlated value, as struct rpcsec_ndr_expr. */
struct wire_expr {
    enum rpcsec_ndr_expr_kind kind;
    const char *var; /* "U32" */
    uint16_t multiply;
    uint16_t divide;
    int64_t add;
    const char *record; /* C type that `member` is in */
    const char *member; /* C designator */
    const char *body;   /* CALL: the C expression, over `r` */
    const char *symbol; /* CALL: the function's name */
    struct wire_expr *next;
};

struct wire_bounds {
    struct wire_expr *size; /* NULL: none */
    struct wire_expr *first;
    struct wire_expr *length;
};

struct wire_field {
    const char *name;   /* for people */
    const char *member; /* in C */
    struct wire *type;
};

struct wire_arm {
    const char *name;
    int64_t value;
    bool is_default;
    struct wire *type; /* NULL: empty */
};

struct wire {
    enum rpcsec_ndr_kind kind;
    unsigned flags;
    unsigned align, align64;
    uint64_t min, min64;
    const char *builtin; /* rpcsec_ndr_<builtin>: no table of our own */
    const char *symbol;  /* ndr_<symbol> */
    const char *c_type;  /* for sizeof; NULL: mem_size 0 */
    const char *name;    /* for people; NULL: none */
    uint64_t num;
    struct wire *of;
    struct wire_field *fields;
    struct wire_arm *arms;
    const char *arms_symbol;
    struct wire_bounds bounds;
    struct wire_expr *switch_is;
    bool has_range;
    int64_t least, most;
    const char *tag_member;  /* ENCAPSULATED */
    const char *body_member; /* ENCAPSULATED */
    struct type *type;       /* STRUCT, ENCAPSULATED: where it was declared */
    struct loc at;
    enum {
        SIZE_UNKNOWN = 0,
        SIZE_BUSY,
        SIZE_KNOWN,
        SIZE_FAILED, /* and reported */
    } sized;
    uint8_t state;     /* of emit_tables: 0 not seen, 1 being written, 2 written */
    bool forward;      /* declared before it is written */
    struct wire *next; /* all that are not built in, in order of making */
};

/* A parameter, or the result. */
struct wire_param {
    const char *name;    /* for people */
    const char *member;  /* in the record */
    const char *c_param; /* in the C functions */
    struct loc at;
    bool in, out;
    bool is_result;
    bool vanished;     /* a top-level ref: the record holds the pointee */
    struct type *type; /* in the record */
    struct wire *wire;
    struct wire_param *next;
};

struct wire_operation {
    struct operation *op;
    const char *c_name; /* interface_operation, with the prefix */
    const char *member; /* in the ops structure */
    const char *record; /* struct <record> */
    bool is_served;     /* false: only its number is taken */
    bool no_client;     /* [nocode]: no function for clients is made */
    struct wire_param *params;
    size_t num_params;
    struct wire_operation *next;
};

/* A type of context handle that an interface uses. */
struct wire_handle {
    const char *name;
    struct wire_handle *next;
};

struct wire_interface {
    struct interface *interface;
    const char *c_name;
    struct wire_operation *operations;
    struct wire_handle *handles; /* in order of first use */
    struct wire_interface *next;
};

struct layout {
    struct compiler *c;
    struct tree *tree;
    struct wire_interface *interfaces;
    struct wire_interface *serials; /* types to be serialised, as operations; NULL: none */
    struct wire *wires;             /* in order of making */
    struct wire **last_wire;
    struct wire_expr *calls; /* expressions that are functions */
    struct wire_expr **last_call;
    struct words *symbols; /* C names in use */
    bool ms_union;         /* the interface being laid out says so for all its unions */
};

/* NULL after errors. */
struct layout *layout_make(struct compiler *c, struct tree *tree);

/* ---- Between the pass' files ---- */

/* What names in a correlation mean: the members of one record. */
struct record {
    const char *c_type;            /* "struct foo" */
    const char *symbol;            /* stem for names */
    struct members *members;       /* NULL: constants only */
    struct wire_operation *params; /* the record is an argument record */
};

/* Where a use of a type stands, and the attributes that have not been used up. */
struct use {
    struct layout *layout;
    struct record *record;
    const char *path; /* stem for names of what is made for this use */
    struct loc at;
    enum attr_id pointer_class;   /* an attribute says so; ATTR_UNKNOWN: none */
    enum attr_id fallback;        /* else: REF at the top level */
    struct attr *dims[NUM_ATTRS]; /* size_is, max_is, length_is, first_is, last_is */
    size_t level;                 /* of the dimension attributes: the next argument */
    bool string, ignore, context, relaxed, ms_union;
    struct type *handle; /* context: the typedef that says so; NULL: the parameter does */
    bool is_shared;      /* context: noserialize */
    bool has_range;
    int64_t least, most;
    struct attr *switch_is;
    struct type *switch_type;
    const char *left_out; /* set when the type cannot be sent: why */
    unsigned depth;
};

/* layout_use.c: the node of a type with the attributes of its use. NULL: it cannot be sent;
 * use->left_out says why, or an error was reported. */
struct wire *layout_use(struct use *use, struct type *type);
void layout_attributes(struct use *use, struct attr *attrs);

/* layout_type.c: nodes of structures, unions, base types. */
struct wire *layout_struct(struct use *use, struct type *type);
struct wire *layout_union(struct use *use, struct type *type);
struct wire *layout_base(struct use *use, struct type *type);

/* layout_serial.c: sets l->serials. */
void layout_serials(struct layout *l);

/* layout_expr.c; NULL after an error. */
struct wire_expr *layout_expr(struct use *use, struct expr *e);

/* layout.c */
/* The parameters of an operation. False: it is left out, or has errors. */
bool layout_params(struct layout *l, struct wire_operation *op);
/* A tag for the record that is none of the IDL's. */
const char *layout_record_tag(struct layout *l, const char *tag);
struct wire *layout_builtin(struct layout *l, const char *builtin, enum rpcsec_ndr_kind kind,
                            unsigned size, unsigned size64);
/* The node itself, or the same one made before. */
struct wire *layout_intern(struct layout *l, struct wire w, const char *symbol);
/* A node with a name of its own. */
void layout_add(struct layout *l, struct wire *w);
/* A C name that is not taken yet. */
const char *layout_symbol(struct layout *l, const char *stem);
/* Alignment and least size, once the node is complete. False after an error. */
bool layout_size(struct layout *l, struct wire *w);

/* ---- C names (names.c) ---- */

/* The word, or with '_' behind it where C or C++ keep it for themselves. */
const char *name_c(struct compiler *c, const char *word);
/* True when a typedef says that it is a context handle. */
bool type_says_context(const struct type *alias);
/* `void *` becomes a context handle, behind however many pointers. */
struct type *name_context(struct compiler *c, struct type *type);
/* "struct foo", "uint32_t": a type without declarators. */
const char *name_head(struct compiler *c, struct type *type);
/* A C declaration of `name` with this type. */
const char *name_declare(struct compiler *c, struct type *type, const char *name);
/* The same with `const` before the type; for pointers behind the '*'. */
const char *name_const(struct compiler *c, struct type *type, const char *name);
/* For a pointer: what it points to is const. */
const char *name_const_pointer(struct compiler *c, struct type *type, const char *name);

#endif
