/* SPDX-License-Identifier: MIT
 *
 * compiler/parse.c: files, declarations, imports. Layer: compiler. Documents: C706 4.2.1 to
 * 4.2.6; imports as MIDL: each file once, with macros of its own.
 */
#include "parse.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

/* ---- Tokens ---- */

static const struct token nothing = {.kind = TOKEN_END};

static struct token *real_peek(struct parser *p, unsigned n)
{
    while (p->num_ahead <= n)
        p->ahead[p->num_ahead++] = preprocess_next(&p->pp);
    return &p->ahead[n];
}

const struct token *parse_peek(struct parser *p, unsigned n)
{
    return p->failed ? &nothing : real_peek(p, n);
}

#define BRACE 1024 /* nesting counts braces in these and the rest in ones */

/* What is open behind this token. A ';' or a brace ends every parenthesis. */
static unsigned nesting_after(unsigned nesting, int kind)
{
    unsigned braces = nesting / BRACE;

    switch (kind) {
    case '(':
    case '[':
        return nesting % BRACE < BRACE - 1 ? nesting + 1 : nesting;
    case ')':
    case ']':
        return nesting % BRACE ? nesting - 1 : nesting;
    case '{':
        return (braces + 1) * BRACE;
    case '}':
        return braces ? (braces - 1) * BRACE : 0;
    case ';':
        return braces * BRACE;
    default:
        return nesting;
    }
}

static struct token real_take(struct parser *p)
{
    struct token t = *real_peek(p, 0);

    if (t.kind != TOKEN_END) {
        p->last_end = t.at;
        p->last_end.at += (uint32_t)t.len;
    }
    p->num_ahead--;
    memmove(p->ahead, p->ahead + 1, p->num_ahead * sizeof(p->ahead[0]));
    p->nesting = nesting_after(p->nesting, t.kind);
    return t;
}

struct token parse_take(struct parser *p)
{
    return p->failed ? nothing : real_take(p);
}

bool parse_at(struct parser *p, int kind)
{
    return parse_peek(p, 0)->kind == kind;
}

bool parse_at_word(struct parser *p, const char *word)
{
    return token_is(parse_peek(p, 0), word);
}

bool parse_accept(struct parser *p, int kind)
{
    if (p->failed || !parse_at(p, kind))
        return false;
    parse_take(p);
    return true;
}

bool parse_accept_word(struct parser *p, const char *word)
{
    if (!parse_at_word(p, word))
        return false;
    parse_take(p);
    return true;
}

void parse_error(struct parser *p, struct loc at, const char *format, ...)
{
    va_list args;
    char text[512];

    if (p->failed)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    diag_error(p->c, at, "%s", text);
    p->failed = true;
}

bool parse_expect(struct parser *p, int kind, const char *what)
{
    if (p->failed)
        return false;
    if (parse_accept(p, kind))
        return true;
    const struct token *t = parse_peek(p, 0);
    bool new_line = (t->first || t->kind == TOKEN_END) && p->last_end.source == t->at.source;
    parse_error(p, new_line ? p->last_end : t->at, "expected %s before %s", what,
                token_show(p->c, t));
    return false;
}

const char *parse_name(struct parser *p, const char *what, struct loc *ret_at)
{
    const struct token *t = parse_peek(p, 0);

    if (t->kind != TOKEN_WORD) {
        parse_error(p, t->at, "expected %s before %s", what, token_show(p->c, t));
        return NULL;
    }
    if (ret_at)
        *ret_at = t->at;
    return parse_take(p).word;
}

void parse_recover(struct parser *p, unsigned nesting, int stop)
{
    for (;;) {
        int kind = real_peek(p, 0)->kind;
        bool closes = kind == '}' && p->nesting / BRACE <= nesting / BRACE;
        if (kind == TOKEN_END || closes || (kind == ';' && stop != ';')) {
            p->failed = stop != ';';
            return;
        }
        real_take(p);
        if (kind == stop && p->nesting <= nesting) {
            p->failed = false;
            return;
        }
    }
}

bool parse_enter(struct parser *p)
{
    if (p->failed)
        return false;
    if (p->depth >= LIMIT_IDL_DEPTH) {
        parse_error(p, parse_peek(p, 0)->at, "nested too deeply");
        return false;
    }
    p->depth++;
    return true;
}

void parse_leave(struct parser *p)
{
    p->depth--;
}

/* ---- Declarations ---- */

struct decl *parse_add_decl(struct parser *p, enum decl_kind kind, struct loc at)
{
    struct decl *d = compiler_alloc(p->c, sizeof(*d));

    d->kind = kind;
    d->at = at;
    d->sequence = p->tree->sequence;
    d->inside = p->interface;
    if (!p->imported) {
        *p->tree->last_decl = d;
        p->tree->last_decl = &d->next;
    }
    return d;
}

/* A typedef of a built-in name, as published files have them, must say what we know. */
static void check_builtin(struct parser *p, const char *name, struct type *type, struct loc at,
                          enum base_type base)
{
    if (!type_same(type, type_base(p->c, base, at)))
        diag_error(p->c, at, "'%s' is a built-in type and something else", name);
}

static void check_same(struct parser *p, const struct symbol *old, struct type *type,
                       struct loc at)
{
    if (old->kind == SYMBOL_TYPE && type_same(old->type, type))
        return;
    diag_error(p->c, at, "'%s' is declared twice, differently", old->word);
    diag_note(p->c, old->at, "it was declared here");
}

/* MS-LSAT declares STRING, which the MS-DTYP that it imports has as something else: from here
 * on the name means the new type, which C knows by another name. */
static bool shadows_import(struct parser *p, const struct symbol *old, struct type *alias)
{
    if (!old || old->kind != SYMBOL_TYPE || !old->type->imported || !old->type->complete ||
        old->at.source == alias->at.source || type_same(old->type, alias))
        return false;
    const char *stem = p->source->path;
    for (const char *at = stem; *at; at++)
        if ((*at == '/' || *at == '-' || *at == ' ') && at[1])
            stem = at + 1; /* "lsat" of dir/ms-lsat.idl */
    const char *dot = strchr(stem, '.');
    alias->c_name =
        compiler_printf(p->c, "%.*s_%s", dot ? (int)(dot - stem) : 64, stem, alias->name);
    return true;
}

#define MAX_CHAIN 256 /* types that stand for each other: far more than can be laid out */

/* A typedef that was used before it is declared could stand for itself. */
static bool check_chain(struct parser *p, struct type *type, const struct type *alias,
                        struct loc at)
{
    unsigned num = 0;

    for (; type && type != alias && num < MAX_CHAIN; type = type->target)
        num++;
    if (!type)
        return true;
    if (type == alias)
        diag_error(p->c, at, "'%s' stands for itself", alias->name);
    else
        diag_error(p->c, at, "more than %d types stand for each other", MAX_CHAIN);
    return false;
}

static void declare_type(struct parser *p, const char *name, struct type *type,
                         struct attr *attrs, struct loc at)
{
    enum base_type base;
    struct symbol *old = names_find(p->tree->names, name);

    if (parse_is_builtin(name, &base)) {
        check_builtin(p, name, type, at, base);
        return;
    }
    if (old && old->kind == SYMBOL_INTERFACE && type_strip(type)->kind == TYPE_INTERFACE)
        return; /* typedef interface IFoo IFoo; */
    bool was_used = old && old->kind == SYMBOL_TYPE && !old->type->complete &&
                    old->type->kind == TYPE_ALIAS;
    struct type *alias = was_used ? old->type : type_new(p->c, TYPE_ALIAS, at);
    alias->at = at;
    alias->name = name;
    if (!check_chain(p, type, alias, at))
        type = type_base(p->c, BASE_UNKNOWN, at);
    alias->target = type;
    alias->attrs = attrs;
    alias->complete = true;
    alias->imported = p->imported;
    parse_add_decl(p, DECL_TYPEDEF, at)->type = alias;
    if (shadows_import(p, old, alias)) {
        diag_warning(p->c, at, "'%s' is another type in an imported file; in C it is '%s'",
                     name, alias->c_name);
        old->type = alias;
        old->at = at;
        return;
    }
    if (old && !was_used) {
        check_same(p, old, alias, at);
        return;
    }
    struct type *open = type_open(type);
    if (!open->self_alias)
        open->self_alias = alias;
    if (!was_used)
        names_add(p->c, p->tree->names, name, SYMBOL_TYPE, at)->type = alias;
}

static void take_typedef(struct parser *p)
{
    parse_take(p);
    struct attr *attrs = parse_attributes(p, ON_TYPE);
    struct type *head = parse_type_head(p, attrs);
    do {
        const char *name;
        struct loc at;
        struct type *type = type_unconst(parse_declarator(p, head, &name, &at));
        if (!name)
            parse_error(p, at, "expected a name before %s", token_show(p->c, parse_peek(p, 0)));
        if (!p->failed) {
            type_name_all(p->c, p->tree, type, name);
            declare_type(p, name, type, attrs, at);
        }
    } while (parse_accept(p, ','));
    parse_expect(p, ';', "';'");
}

static void declare_constant(struct parser *p, struct constant *k)
{
    struct symbol *old = names_find(p->tree->names, k->name);
    const char *why = NULL;

    if (k->value->kind == EXPR_NAME) {
        struct symbol *other = names_find(p->tree->names, k->value->word);
        if (other && other->kind == SYMBOL_CONSTANT)
            k->value = other->constant->value;
    }
    k->has_number = expr_value(p->tree, k->value, &k->number, &why);
    if (!k->has_number && k->value->kind != EXPR_STRING && k->value->kind != EXPR_WIDE_STRING &&
        k->value->kind != EXPR_REAL)
        diag_error(p->c, k->value->at, "%s", why ? why : "the expression is not constant");
    if (old && !(old->kind == SYMBOL_CONSTANT && old->constant->has_number && k->has_number &&
                 old->constant->number == k->number)) {
        diag_error(p->c, k->at, "'%s' is declared twice", k->name);
        diag_note(p->c, old->at, "it was declared here");
    }
    if (old)
        return;
    names_add(p->c, p->tree->names, k->name, SYMBOL_CONSTANT, k->at)->constant = k;
    parse_add_decl(p, DECL_CONST, k->at)->constant = k;
}

/* `type name = value, ...;` behind `const`; the head and first declarator are read. */
static void take_constants(struct parser *p, struct type *head, struct type *type,
                           const char *name, struct loc at)
{
    for (;;) {
        struct constant *k = compiler_alloc(p->c, sizeof(*k));
        *k = (struct constant){.name = name, .at = at, .type = type};
        parse_expect(p, '=', "'='");
        k->value = parse_expression(p);
        if (p->failed)
            return;
        declare_constant(p, k);
        if (!parse_accept(p, ','))
            break;
        type = parse_declarator(p, head, &name, &at);
        if (!name)
            parse_error(p, at, "expected a name before %s", token_show(p->c, parse_peek(p, 0)));
    }
    parse_expect(p, ';', "';'");
}

static void take_quote(struct parser *p)
{
    struct loc at = parse_take(p).at;

    parse_expect(p, '(', "'('");
    struct token t = parse_take(p);
    if (t.kind != TOKEN_STRING)
        parse_error(p, t.at, "expected a string before %s", token_show(p->c, &t));
    struct text text;
    text_init(&text, p->c);
    for (size_t i = 0; i < t.len && t.kind == TOKEN_STRING; i++) {
        if (t.text[i] == '\\' && i + 1 < t.len &&
            (t.text[i + 1] == '"' || t.text[i + 1] == '\\'))
            i++;
        text_add(&text, t.text + i, 1);
    }
    parse_expect(p, ')', "')'");
    parse_accept(p, ';');
    if (!p->failed)
        parse_add_decl(p, DECL_QUOTE, at)->text = text.data;
}

/* ---- Imports ---- */

static void parse_source(struct parser *p);

/* Files of the Windows SDK that define COM; published files import them for interfaces that are
 * left out here. */
static bool is_of_com(const char *name)
{
    static const char *const names[] = {"unknwn.idl",  "wtypes.idl",  "objidl.idl",
                                        "oaidl.idl",   "ocidl.idl",   "oleidl.idl",
                                        "propidl.idl", "servprov.idl"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static void import_file(struct parser *p, const char *name, struct loc at)
{
    bool again;

    if (is_of_com(name) && !source_exists(p->c, name, at)) {
        diag_warning(p->c, at, "'%s' is left out: COM is not supported", name);
        return;
    }
    struct source *s = source_open(p->c, name, at, &again);

    if (!s)
        return;
    parse_add_decl(p, DECL_IMPORT, at)->text = s->path;
    if (again)
        return;
    struct parser *inner = compiler_alloc(p->c, sizeof(*inner));
    inner->c = p->c;
    inner->tree = p->tree;
    inner->source = s;
    inner->imported = true;
    parse_source(inner);
}

static void take_import(struct parser *p)
{
    parse_take(p);
    do {
        struct token t = parse_take(p);
        if (t.kind != TOKEN_STRING) {
            parse_error(p, t.at, "expected a file name before %s", token_show(p->c, &t));
            return;
        }
        import_file(p, compiler_strndup(p->c, t.text, t.len), t.at);
    } while (parse_accept(p, ','));
    parse_expect(p, ';', "';'");
}

/* ---- */

/* A type, constant or operation: what begins with a type. */
static void take_typed(struct parser *p, struct attr *attrs)
{
    bool is_const = parse_at_word(p, "const");
    struct loc at = parse_peek(p, 0)->at;
    struct type *head = parse_type_head(p, attrs);
    const char *name;

    if (parse_accept(p, ';')) {
        type_name_all(p->c, p->tree, head, "anonymous");
        parse_add_decl(p, DECL_TYPE, at)->type = type_open(head);
        return;
    }
    struct type *type = parse_declarator(p, head, &name, &at);
    if (!p->failed && !name)
        parse_error(p, at, "expected a name before %s", token_show(p->c, parse_peek(p, 0)));
    if (p->failed)
        return;
    if (is_const && parse_at(p, '='))
        take_constants(p, head, type, name, at);
    else if (parse_at(p, '('))
        parse_operation(p, attrs, type, name, at);
    else
        parse_expect(p, '(', "'('");
}

void parse_declaration(struct parser *p)
{
    if (parse_accept(p, ';'))
        return;
    p->tree->sequence++;
    struct attr *attrs =
        parse_attributes(p, p->interface ? ON_OPERATION | ON_TYPE
                                         : ON_INTERFACE | ON_OTHER | ON_OPERATION | ON_TYPE);
    if (parse_at_word(p, "typedef"))
        take_typedef(p);
    else if (parse_at_word(p, "import"))
        take_import(p);
    else if (parse_at_word(p, "cpp_quote"))
        take_quote(p);
    else if (!parse_com(p) && !parse_interface(p, attrs))
        take_typed(p, attrs);
}

static void parse_source(struct parser *p)
{
    preprocess_init(&p->pp, p->c, p->source);
    p->pointer_default = ATTR_unique;
    while (!parse_at(p, TOKEN_END)) {
        if (parse_at(p, '}'))
            parse_error(p, parse_peek(p, 0)->at, "'}' closes nothing");
        else
            parse_declaration(p);
        if (p->failed) {
            if (real_peek(p, 0)->kind == '}')
                real_take(p);
            else
                parse_recover(p, 0, ';');
            p->failed = false;
        }
    }
}

/* A chain that was too short to be noticed when its parts were declared, last one first. */
static void cut_chain(struct compiler *c, struct type *alias)
{
    const struct type *type = alias;

    for (unsigned num = 0; type && num < MAX_CHAIN; num++)
        type = type->target;
    if (!type)
        return;
    diag_error(c, alias->at, "more than %d types stand for each other", MAX_CHAIN);
    alias->target = type_base(c, BASE_UNKNOWN, alias->at);
}

/* Oldest first. */
static void report_later(struct compiler *c, struct type *newest)
{
    struct type *oldest = NULL;

    while (newest) {
        struct type *next = newest->next_later;
        newest->next_later = oldest;
        oldest = newest;
        newest = next;
    }
    for (struct type *t = oldest; t; t = t->next_later)
        cut_chain(c, t);
    for (; oldest; oldest = oldest->next_later)
        if (!oldest->complete && oldest->com_only)
            diag_warning(c, oldest->at, "unknown type '%s', which only COM interfaces use",
                         oldest->name);
        else if (!oldest->complete)
            diag_error(c, oldest->at, "unknown type '%s'", oldest->name);
}

struct tree *parse_file(struct compiler *c, struct source *source)
{
    struct parser *p = compiler_alloc(c, sizeof(*p));

    p->c = c;
    p->source = source;
    p->tree = tree_new(c, source);
    parse_source(p);
    report_later(c, p->tree->later);
    return p->tree;
}
