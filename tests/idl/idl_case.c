/* SPDX-License-Identifier: MIT
 *
 * idl/idl_case.c: runs the compiler, or its first passes, on a text in memory. For tests.
 */
#include "harness/test.h"
#include "idl_case.h"

#include "check.h"

#define MAX_TOKENS 4096

static void token_work(struct compiler *c, void *arg)
{
    struct idl_case *idl = (struct idl_case *)arg;
    struct preprocessor *pp = compiler_alloc(c, sizeof(*pp));
    struct source *s = source_from_text(c, "test.idl", idl->text, strlen(idl->text));

    idl->tokens = compiler_alloc(c, MAX_TOKENS * sizeof(*idl->tokens));
    preprocess_init(pp, c, s);
    while (idl->num_tokens + 1 < MAX_TOKENS) {
        idl->tokens[idl->num_tokens] = preprocess_next(pp);
        if (idl->tokens[idl->num_tokens].kind == TOKEN_END)
            return;
        idl->num_tokens++;
    }
}

static void tree_work(struct compiler *c, void *arg)
{
    struct idl_case *idl = (struct idl_case *)arg;
    struct source *s = source_from_text(c, "test.idl", idl->text, strlen(idl->text));

    idl->tree = c->tree = parse_file(c, s);
    check_tree(c, idl->tree);
}

static void layout_work(struct compiler *c, void *arg)
{
    struct idl_case *idl = (struct idl_case *)arg;

    tree_work(c, arg);
    if (!c->num_errors)
        idl->layout = layout_make(c, idl->tree);
}

static void job_work(struct compiler *c, void *arg)
{
    struct idl_case *idl = (struct idl_case *)arg;

    idl->job = (struct compile_job){
        .path = "test.idl", .text = idl->text, .text_len = strlen(idl->text)};
    compile_work(c, &idl->job);
}

static void run(struct idl_case *idl, const char *text,
                void (*work)(struct compiler *c, void *arg))
{
    memset(idl, 0, sizeof(*idl));
    idl->text = text;
    FILE *messages = open_memstream(&idl->messages, &idl->messages_len);
    assert_non_null(messages);
    idl->compiler.messages = messages;
    idl->fine = compiler_run(&idl->compiler, work, idl);
    fclose(messages);
}

void idl_tokens(struct idl_case *idl, const char *text)
{
    run(idl, text, token_work);
}

void idl_tree(struct idl_case *idl, const char *text)
{
    run(idl, text, tree_work);
}

void idl_layout(struct idl_case *idl, const char *text)
{
    run(idl, text, layout_work);
}

void idl_compile(struct idl_case *idl, const char *text)
{
    run(idl, text, job_work);
}

void idl_check_texts(const char *const (*cases)[2], size_t num)
{
    size_t num_wrong = 0;

    for (size_t i = 0; i < num; i++) {
        struct idl_case idl;
        idl_compile(&idl, cases[i][0]);
        bool fine = !*cases[i][1] || strstr(cases[i][1], "warning");
        if (idl.fine != fine || !strstr(idl.messages, cases[i][1])) {
            print_error("%s: %s\n", cases[i][0], idl.messages);
            num_wrong++;
        }
        idl_free(&idl);
    }
    assert_int_equal(num_wrong, 0);
}

void idl_free(struct idl_case *idl)
{
    compiler_done(&idl->compiler);
    free(idl->messages);
    memset(idl, 0, sizeof(*idl));
}

struct type *idl_type(struct idl_case *idl, const char *name)
{
    const char *word = compiler_word(&idl->compiler, name, strlen(name));
    struct symbol *s = names_find(idl->tree->names, word);

    assert_non_null(s);
    assert_int_equal(s->kind, SYMBOL_TYPE);
    return s->type->target;
}

struct wire_param *idl_param(struct idl_case *idl, unsigned operation, unsigned param)
{
    if (!idl->layout)
        fail_msg("%s", idl->messages);
    struct wire_operation *op = idl->layout->interfaces->operations;
    for (; operation; operation--)
        op = op->next;
    struct wire_param *p = op->params;
    for (; param; param--)
        p = p->next;
    return p;
}
