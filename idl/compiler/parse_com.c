/* SPDX-License-Identifier: MIT
 *
 * compiler/parse_com.c: what IDL files hold for COM and its type libraries. Layer: compiler.
 * Document: the MIDL language reference.
 *
 * None of it has a meaning here. It is read so that the types and interfaces beside it can be
 * used, and left out with a warning.
 */
#include "parse.h"

/* `name .. { .. } [;]` or `name ..;` */
static void skip_block(struct parser *p)
{
    struct token t = parse_take(p);
    unsigned outside = p->nesting;

    if (parse_peek(p, 1)->kind != ';')
        diag_warning(p->c, t.at, "'%s' is left out: COM is not supported", t.word);
    else if (parse_at(p, TOKEN_WORD) && !names_find(p->tree->names, parse_peek(p, 0)->word))
        names_add(p->c, p->tree->names, parse_peek(p, 0)->word, SYMBOL_INTERFACE, t.at);
    while (!parse_at(p, '{') && !parse_at(p, ';') && !parse_at(p, TOKEN_END))
        parse_take(p);
    while (!parse_at(p, TOKEN_END)) {
        struct token last = parse_take(p);
        if (p->nesting == outside && (last.kind == '}' || last.kind == ';'))
            break;
    }
    parse_accept(p, ';');
}

/* `importlib("stdole32.tlb");` and `midl_pragma warning(disable: 2362)`. */
static void skip_call(struct parser *p)
{
    while (!parse_at(p, '(') && !parse_at(p, ';') && !parse_at(p, TOKEN_END))
        parse_take(p);
    unsigned outside = p->nesting;
    while (!parse_at(p, ';') && !parse_at(p, TOKEN_END))
        if (parse_take(p).kind == ')' && p->nesting == outside)
            break;
    parse_accept(p, ';');
}

/* `library name { .. }`: its declarations are as any others. */
static void take_library(struct parser *p)
{
    struct loc at;

    parse_take(p);
    const char *name = parse_name(p, "a name", &at);
    if (!name || !parse_expect(p, '{', "'{'"))
        return;
    diag_warning(p->c, at, "no type library is made of '%s'", name);
    unsigned inside = p->nesting;
    while (!parse_at(p, '}') && !parse_at(p, TOKEN_END)) {
        parse_declaration(p);
        if (p->failed)
            parse_recover(p, inside, ';');
    }
    parse_expect(p, '}', "'}'");
    parse_accept(p, ';');
}

bool parse_com(struct parser *p)
{
    /* Type libraries have `module`, `coclass` ..: words that may as well be a type's name. */
    bool named = parse_peek(p, 1)->kind == TOKEN_WORD && parse_peek(p, 2)->kind != '(';

    if (named && parse_at_word(p, "library"))
        take_library(p);
    else if (named && (parse_at_word(p, "coclass") || parse_at_word(p, "dispinterface") ||
                       parse_at_word(p, "module")))
        skip_block(p);
    else if (parse_at_word(p, "importlib") || parse_at_word(p, "midl_pragma"))
        skip_call(p);
    else
        return false;
    return true;
}

/* `SAFEARRAY(type)`: C knows it as a pointer. */
struct type *parse_safearray(struct parser *p)
{
    struct type *pointer = type_new(p->c, TYPE_POINTER, parse_peek(p, 0)->at);

    pointer->target = type_new(p->c, TYPE_INTERFACE, pointer->at);
    pointer->target->name = parse_take(p).word;
    pointer->complete = true;
    parse_take(p);
    (void)parse_type_name(p);
    parse_expect(p, ')', "')'");
    return pointer;
}
