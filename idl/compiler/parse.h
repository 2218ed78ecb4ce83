/* SPDX-License-Identifier: MIT
 *
 * compiler/parse.h: tokens to tree: recursive descent. Fourth pass. Layer: compiler.
 *
 * An error sticks: from it on every look at the next token gives TOKEN_END and nothing more is
 * reported, so that parsing functions are straight lines. The loops over declarations, members
 * and parameters clear it (parse_recover) and go on behind the part that was wrong.
 */
#ifndef COMPILER_PARSE_H
#define COMPILER_PARSE_H

#include "preprocess.h"
#include "tree.h"

#define MAX_PENDING 4 /* tokens looked ahead */

struct parser {
    struct compiler *c;
    struct preprocessor pp;
    struct tree *tree;
    struct source *source;
    struct token ahead[MAX_PENDING];
    unsigned num_ahead;
    struct loc last_end; /* of the token taken last: where a ';' is missing */
    bool failed;         /* an error was reported and not recovered from */
    unsigned nesting;    /* ( [ { that are open in the tokens read so far */
    unsigned depth;      /* of our own recursion */
    bool imported;       /* this file was imported */
    bool acf;            /* an ACF file: fewer attributes are known */
    enum attr_id pointer_default;
    struct interface *interface; /* being parsed; NULL: outside */
};

/* Parses a file and all that it imports. NULL after errors that leave no tree. */
struct tree *parse_file(struct compiler *c, struct source *source);

/* parse_acf.c: adds what an ACF file says to the declarations of the IDL file. */
void parse_acf(struct compiler *c, struct tree *tree, struct source *source);

/* ---- Between the parser's files ---- */

/* The n-th next token, from 0. */
const struct token *parse_peek(struct parser *p, unsigned n);
struct token parse_take(struct parser *p);
bool parse_at(struct parser *p, int kind);
bool parse_at_word(struct parser *p, const char *word);
bool parse_accept(struct parser *p, int kind);
bool parse_accept_word(struct parser *p, const char *word);
/* "expected X before Y" unless it is there. */
bool parse_expect(struct parser *p, int kind, const char *what);
/* The word, or NULL after an error. */
const char *parse_name(struct parser *p, const char *what, struct loc *ret_at);
void parse_error(struct parser *p, struct loc at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* After an error: skips to `stop` at the nesting level of `nesting` and takes it; or to the end
 * of what is open there. */
void parse_recover(struct parser *p, unsigned nesting, int stop);
/* False (with an error) when we are too deep. Pairs with parse_leave. */
bool parse_enter(struct parser *p);
void parse_leave(struct parser *p);

/* parse.c: one declaration, operation or interface; empty ones are taken. */
void parse_declaration(struct parser *p);
struct decl *parse_add_decl(struct parser *p, enum decl_kind kind, struct loc at);

/* parse_interface.c: the head is read. */
void parse_operation(struct parser *p, struct attr *attrs, struct type *result,
                     const char *name, struct loc at);
/* False: no interface begins here. */
bool parse_interface(struct parser *p, struct attr *attrs);

/* parse_com.c. False: it is nothing of COM's. */
bool parse_com(struct parser *p);
struct type *parse_safearray(struct parser *p);

/* parse_attr.c: any number of [..] lists, in order. */
struct attr *parse_attributes(struct parser *p, enum attr_place place);
/* Behind a list; what is there already is left. */
void parse_append(struct attr **list, struct attr *more);

/* parse_expr.c; NULL after an error. */
struct expr *parse_expression(struct parser *p);
/* An expression that must be constant; 0 after an error. */
int64_t parse_constant(struct parser *p, struct expr **ret_expr);

/* parse_type.c */
/* True for names of types that every file knows. */
bool parse_is_builtin(const char *word, enum base_type *ret_base);
bool parse_begins_type(struct parser *p, const struct token *t);
/* A type without its declarators; never NULL. `attrs` are those of a typedef. */
struct type *parse_type_head(struct parser *p, struct attr *attrs);
/* A declarator on it; *ret_name is NULL when there is no name. */
struct type *parse_declarator(struct parser *p, struct type *head, const char **ret_name,
                              struct loc *ret_at);
/* A type with an abstract declarator: casts, sizeof, switch_type. */
struct type *parse_type_name(struct parser *p);
/* `(` is the next token. */
struct members parse_params(struct parser *p);

/* parse_body.c: what stands in the braces. */
void parse_struct_body(struct parser *p, struct type *type);
void parse_union_body(struct parser *p, struct type *type);
void parse_enum_body(struct parser *p, struct type *type);

#endif
