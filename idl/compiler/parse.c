/* SPDX-License-Identifier: MIT
 *
 * compiler/parse.c: files, declarations, interfaces, operations. Layer: compiler. Documents:
 * C706 4.2.1 to 4.2.6; imports as MIDL: each file once, with macros of its own.
 */
#include "parse.h"

#include <stdarg.h>
#include <string.h>

#include "base/uuid.h"

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

static struct decl *add_decl(struct parser *p, enum decl_kind kind, struct loc at)
{
    struct decl *d = compiler_alloc(p->c, sizeof(*d));

    d->kind = kind;
    d->at = at;
    d->sequence = p->tree->sequence;
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

/* A typedef that was used before it is declared could stand for itself. */
static bool reaches(struct type *type, const struct type *alias)
{
    for (; type; type = type->target)
        if (type == alias)
            return true;
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
    bool was_used = old && old->kind == SYMBOL_TYPE && !old->type->complete &&
                    old->type->kind == TYPE_ALIAS;
    struct type *alias = was_used ? old->type : type_new(p->c, TYPE_ALIAS, at);
    if (reaches(type, alias)) {
        diag_error(p->c, at, "'%s' stands for itself", name);
        type = type_base(p->c, BASE_UNKNOWN, at);
    }
    alias->at = at;
    alias->name = name;
    alias->target = type;
    alias->attrs = attrs;
    alias->complete = true;
    alias->imported = p->imported;
    add_decl(p, DECL_TYPEDEF, at)->type = alias;
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
        struct type *type = parse_declarator(p, head, &name, &at);
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
    add_decl(p, DECL_CONST, k->at)->constant = k;
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
        add_decl(p, DECL_QUOTE, at)->text = text.data;
}

/* ---- Imports ---- */

static void parse_source(struct parser *p);

static void import_file(struct parser *p, const char *name, struct loc at)
{
    bool again;
    struct source *s = source_open(p->c, name, at, &again);

    if (!s)
        return;
    add_decl(p, DECL_IMPORT, at)->text = name;
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

/* ---- Operations ---- */

/* OpnumNNotUsedOnWire and the like: Microsoft's way to leave a number out. */
static bool is_unused_name(struct parser *p, const struct operation *op)
{
    unsigned long number = 0;
    const char *name = op->name;

    if (strncmp(name, "Opnum", 5) != 0 || name[5] < '0' || name[5] > '9')
        return false;
    for (name += 5; *name >= '0' && *name <= '9' && number < 100000; name++)
        number = number * 10 + (unsigned long)(*name - '0');
    if (strncmp(name, "NotUsed", 7) != 0)
        return false;
    if (number != op->number)
        diag_warning(p->c, op->at, "'%s' has the number %u", op->name, op->number);
    return true;
}

static void check_twice(struct parser *p, const struct operation *op)
{
    for (const struct operation *o = p->interface->operations; o; o = o->next)
        if (o->name == op->name) {
            diag_error(p->c, op->at, "operation '%s' is declared twice", op->name);
            diag_note(p->c, o->at, "it was declared here");
            return;
        }
}

static void take_operation(struct parser *p, struct attr *attrs, struct type *result,
                           const char *name, struct loc at)
{
    struct operation *op = compiler_alloc(p->c, sizeof(*op));

    op->name = name;
    op->at = at;
    op->attrs = attrs;
    op->result = result;
    op->params = parse_params(p);
    if (parse_at_word(p, "const"))
        parse_take(p);
    parse_expect(p, ';', "';'");
    if (p->failed)
        return;
    if (!p->interface) {
        diag_error(p->c, at, "operation '%s' stands outside an interface", name);
        return;
    }
    check_twice(p, op);
    if (p->interface->num_operations > UINT16_MAX) {
        diag_error(p->c, at, "more than 65536 operations");
        compiler_stop(p->c);
    }
    op->number = p->interface->num_operations++;
    op->unused = is_unused_name(p, op) || attr_find(attrs, ATTR_local);
    struct operation **end = &p->interface->operations;
    while (*end)
        end = &(*end)->next;
    *end = op;
}

/* ---- Interfaces ---- */

static void set_uuid(struct parser *p, struct interface *i, const struct attr *a)
{
    if (!a)
        return;
    i->has_uuid = uuid_parse(a->text, &i->uuid) == RPCSEC_OK;
    if (!i->has_uuid)
        diag_error(p->c, a->at, "'%s' is not a UUID", a->text);
}

/* Decimal digits up to `stop`; false when there are none or the number is too large. */
static bool version_part(const char **text, uint16_t *ret_value)
{
    unsigned value = 0;
    const char *start = *text;

    for (; **text >= '0' && **text <= '9' && value <= UINT16_MAX; (*text)++)
        value = value * 10 + (unsigned)(**text - '0');
    *ret_value = (uint16_t)value;
    return *text > start && value <= UINT16_MAX;
}

static void set_version(struct parser *p, struct interface *i, const struct attr *a)
{
    const char *text = a ? a->text : "0.0";
    bool fine = version_part(&text, &i->major);

    if (fine && *text == '.') {
        text++;
        fine = version_part(&text, &i->minor);
    }
    if (a && (!fine || *text))
        diag_error(p->c, a->at, "'%s' is not a version: major.minor, each at most 65535",
                   a->text);
}

static enum attr_id pointer_default(struct parser *p, const struct attr *a)
{
    if (!a || !a->text || strcmp(a->text, "unique") == 0)
        return ATTR_unique;
    if (strcmp(a->text, "ptr") == 0)
        return ATTR_ptr;
    if (strcmp(a->text, "ref") != 0)
        diag_error(p->c, a->at, "pointer_default is ref, unique or ptr");
    return ATTR_ref;
}

static void take_declaration(struct parser *p);

static void take_interface_body(struct parser *p, struct interface *i)
{
    enum attr_id outer = p->pointer_default;

    if (p->interface) {
        parse_error(p, i->at, "an interface cannot stand in an interface");
        return;
    }
    p->interface = i;
    p->pointer_default = pointer_default(p, attr_find(i->attrs, ATTR_pointer_default));
    parse_take(p);
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        take_declaration(p);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
    parse_accept(p, ';');
    p->pointer_default = outer;
    p->interface = NULL;
}

static struct interface *new_interface(struct parser *p, struct attr *attrs, const char *name,
                                       struct loc at)
{
    struct interface *i = compiler_alloc(p->c, sizeof(*i));

    i->name = name;
    i->at = at;
    i->attrs = attrs;
    i->imported = p->imported;
    i->local = attr_find(attrs, ATTR_local) != NULL;
    i->object = attr_find(attrs, ATTR_object) != NULL;
    set_uuid(p, i, attr_find(attrs, ATTR_uuid));
    set_version(p, i, attr_find(attrs, ATTR_version));
    return i;
}

static void declare_interface(struct parser *p, struct interface *i)
{
    struct symbol *s = names_find(p->tree->names, i->name);

    if (s && s->kind == SYMBOL_INTERFACE && s->interface && !s->interface->imported &&
        !i->imported) {
        diag_error(p->c, i->at, "interface '%s' is defined twice", i->name);
        diag_note(p->c, s->at, "it was defined here");
    }
    if (!s)
        s = names_add(p->c, p->tree->names, i->name, SYMBOL_INTERFACE, i->at);
    if (s->kind == SYMBOL_INTERFACE && !i->imported)
        s->interface = i;
}

/* `interface name [: base] { .. }` or `interface name;` */
static void take_interface(struct parser *p, struct attr *attrs)
{
    struct loc at;

    parse_take(p);
    const char *name = parse_name(p, "a name", &at);
    if (!name)
        return;
    if (parse_accept(p, ';')) {
        if (!names_find(p->tree->names, name))
            names_add(p->c, p->tree->names, name, SYMBOL_INTERFACE, at);
        return;
    }
    struct interface *i = new_interface(p, attrs, name, at);
    if (parse_accept(p, ':')) {
        parse_name(p, "an interface", NULL);
        i->object = true;
    }
    declare_interface(p, i);
    add_decl(p, DECL_INTERFACE, at)->interface = i;
    if (!p->imported) {
        *p->tree->last_interface = i;
        p->tree->last_interface = &i->next;
    }
    if (parse_at(p, '{'))
        take_interface_body(p, i);
    else
        parse_expect(p, '{', "'{'");
}

/* library, coclass, dispinterface, module: COM's; skipped as a whole. */
static void skip_block(struct parser *p)
{
    struct token t = parse_take(p);
    unsigned outside = p->nesting;

    diag_warning(p->c, t.at, "'%s' is left out", t.word);
    while (!parse_at(p, '{') && !parse_at(p, ';') && !parse_at(p, TOKEN_END))
        parse_take(p);
    while (!parse_at(p, TOKEN_END)) {
        struct token last = parse_take(p);
        if (p->nesting == outside && (last.kind == '}' || last.kind == ';'))
            break;
    }
    parse_accept(p, ';');
}

/* A type, constant or operation: what begins with a type. */
static void take_typed(struct parser *p, struct attr *attrs)
{
    bool is_const = parse_at_word(p, "const");
    struct loc at = parse_peek(p, 0)->at;
    struct type *head = parse_type_head(p, attrs);
    const char *name;

    if (parse_accept(p, ';')) {
        type_name_all(p->c, p->tree, head, "anonymous");
        add_decl(p, DECL_TYPE, at)->type = type_open(head);
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
        take_operation(p, attrs, type, name, at);
    else
        parse_expect(p, '(', "'('");
}

static bool at_block(struct parser *p)
{
    return parse_at_word(p, "library") || parse_at_word(p, "coclass") ||
           parse_at_word(p, "dispinterface") || parse_at_word(p, "module");
}

static void take_declaration(struct parser *p)
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
    else if (parse_at_word(p, "importlib") || at_block(p))
        skip_block(p);
    else if (parse_at_word(p, "cpp_quote") || parse_at_word(p, "midl_pragma"))
        take_quote(p);
    else if (parse_at_word(p, "interface") && parse_peek(p, 1)->kind == TOKEN_WORD &&
             parse_peek(p, 2)->kind != '*')
        take_interface(p, attrs);
    else
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
            take_declaration(p);
        if (p->failed) {
            if (real_peek(p, 0)->kind == '}')
                real_take(p);
            else
                parse_recover(p, 0, ';');
            p->failed = false;
        }
    }
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
    for (; oldest; oldest = oldest->next_later)
        if (!oldest->complete)
            diag_error(c, oldest->at, "unknown type '%s'", oldest->name);
}

struct tree *parse_file(struct compiler *c, const struct source *source)
{
    struct parser *p = compiler_alloc(c, sizeof(*p));

    p->c = c;
    p->source = source;
    p->tree = tree_new(c, source);
    parse_source(p);
    report_later(c, p->tree->later);
    return p->tree;
}
