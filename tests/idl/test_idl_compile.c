/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_compile.c: all passes together: layout decisions, output, broken input, no
 * memory.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"
#include "harness/vector.h"
#include "idl_case.h"

#define HEAD \
    "[uuid(00000000-0000-0000-0000-000000000001), pointer_default(unique)] interface x {"

static void top_level_pointers_are_ref_and_vanish(void **state)
{
    static const struct {
        const char *param;
        enum rpcsec_ndr_kind kind;
        bool vanished;
    } cases[] = {
        {"[in] long *p", RPCSEC_NDR_I32, true},
        {"[in, unique] long *p", RPCSEC_NDR_UNIQUE, false},
        {"[in, ptr] long *p", RPCSEC_NDR_FULL, false},
        {"[in, out] long **p", RPCSEC_NDR_UNIQUE, true},
        {"[in] UNIQUE_LONG p", RPCSEC_NDR_UNIQUE, false},
        {"[in, string] char *p", RPCSEC_NDR_REF, false},
        {"[in, string, unique] char *p", RPCSEC_NDR_UNIQUE, false},
        {"[out, string] char **p", RPCSEC_NDR_UNIQUE, true},
        {"[in] long p", RPCSEC_NDR_I32, false},
        {"[in] long p[4]", RPCSEC_NDR_FIXED, true},
        {"[in, length_is(2)] long p[4]", RPCSEC_NDR_VARYING, true},
        {"[in, size_is(3)] long p[]", RPCSEC_NDR_REF, false},
        {"[in] TAIL *p", RPCSEC_NDR_REF, false},
        {"[in] HANDLE p", RPCSEC_NDR_CONTEXT_HANDLE, false},
        {"[in, out] HANDLE *p", RPCSEC_NDR_CONTEXT_HANDLE, true},
        {"[in, context_handle] void *p", RPCSEC_NDR_CONTEXT_HANDLE, false},
        {"[in] handle_t h, [in] short p", RPCSEC_NDR_I16, false},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[500];
        (void)snprintf(text, sizeof(text),
                       HEAD "typedef [unique] long *UNIQUE_LONG;"
                            "typedef struct { long n; [size_is(n)] long a[]; } TAIL;"
                            "typedef [context_handle] void *HANDLE; void f(%s); }",
                       cases[i].param);
        idl_layout(&idl, text);
        struct wire_param *p = idl_param(&idl, 0, 0);
        assert_int_equal(p->wire->kind, cases[i].kind);
        assert_int_equal(p->vanished, cases[i].vanished);
        idl_free(&idl);
    }
}

static void correlations_take_the_simplest_form(void **state)
{
    static const struct {
        const char *size;
        enum rpcsec_ndr_expr_kind kind;
        unsigned multiply, divide;
        int64_t add;
    } cases[] = {
        {"n", RPCSEC_NDR_EXPR_VAR, 1, 1, 0},
        {"n + 1", RPCSEC_NDR_EXPR_VAR, 1, 1, 1},
        {"2 + n", RPCSEC_NDR_EXPR_VAR, 1, 1, 2},
        {"n * 3 - 4", RPCSEC_NDR_EXPR_VAR, 3, 1, -4},
        {"n / 2", RPCSEC_NDR_EXPR_VAR, 1, 2, 0},
        {"n * 3 / 2 + 1", RPCSEC_NDR_EXPR_VAR, 3, 2, 1},
        {"n << 2", RPCSEC_NDR_EXPR_VAR, 4, 1, 0},
        {"(unsigned long)n", RPCSEC_NDR_EXPR_VAR, 1, 1, 0},
        {"*ref", RPCSEC_NDR_EXPR_VAR, 1, 1, 0},
        {"*maybe", RPCSEC_NDR_EXPR_DEREF, 1, 1, 0},
        {"*maybe / 2", RPCSEC_NDR_EXPR_DEREF, 1, 2, 0},
        {"maybe ? *maybe : 0", RPCSEC_NDR_EXPR_DEREF, 1, 1, 0},
        {"7", RPCSEC_NDR_EXPR_CONST, 0, 0, 7},
        {"3 * 4", RPCSEC_NDR_EXPR_CONST, 0, 0, 12},
        {"(n + 1) / 2", RPCSEC_NDR_EXPR_CALL, 0, 0, 0},
        {"n / 2 * 2", RPCSEC_NDR_EXPR_CALL, 0, 0, 0},
        {"n * n", RPCSEC_NDR_EXPR_CALL, 0, 0, 0},
        {"n * 100000", RPCSEC_NDR_EXPR_CALL, 0, 0, 0},
        {"n ? 4 : 8", RPCSEC_NDR_EXPR_CALL, 0, 0, 0},
        {"maybe ? *maybe : 1", RPCSEC_NDR_EXPR_CALL_DEREF, 0, 0, 0},
        {"**two", RPCSEC_NDR_EXPR_DEREF, 1, 1, 0},
        {"pair->b", RPCSEC_NDR_EXPR_VAR, 1, 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[500];
        (void)snprintf(text, sizeof(text),
                       HEAD
                       "typedef struct { long a; long b; } pair_t;"
                       "void f([in, size_is(%s)] byte *p, [in] unsigned long n, [in] long *ref,"
                       "[in, unique] long *maybe, [in] long **two, [in] pair_t *pair); }",
                       cases[i].size);
        idl_layout(&idl, text);
        struct wire_expr *e = idl_param(&idl, 0, 0)->wire->of->bounds.size;
        if (e->kind != cases[i].kind)
            fail_msg("%s is %d", cases[i].size, e->kind);
        assert_int_equal(e->multiply, cases[i].multiply);
        assert_int_equal(e->divide, cases[i].divide);
        assert_int_equal(e->add, cases[i].add);
        idl_free(&idl);
    }
}

static void ms_union_of_an_interface_holds_for_all_its_unions(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_layout(&idl, "[uuid(00000000-0000-0000-0000-000000000001), ms_union] interface x {"
                     "typedef [switch_type(short)] union { [case(1)] long a; } u;"
                     "void f([in] short t, [in, switch_is(t)] u *p); }");
    assert_int_equal(idl_param(&idl, 0, 1)->wire->flags, RPCSEC_NDR_FLAG_MS_UNION);
    idl_free(&idl);
}

static void operations_that_cannot_be_sent_keep_their_number(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_layout(&idl, HEAD "typedef pipe char p; void a([in] p x); void b([in] long x); }");
    struct wire_operation *op = idl.layout->interfaces->operations;
    assert_false(op->is_served);
    assert_true(op->next->is_served);
    assert_int_equal(op->next->op->number, 1);
    assert_non_null(strstr(idl.messages, "operation 'a' is left out: pipes are not supported"));
    idl_free(&idl);
}

static void a_local_operation_and_its_remote_form_share_a_number(void **state)
{
    static const struct {
        const char *text;
        const char *names[3]; /* by number */
    } cases[] = {
        {"[local] void a(void); void b(void); [call_as(a)] void ra(void);", {"ra", "b"}},
        {"[call_as(a)] void ra(void); [local] void a(void); void b(void);", {"ra", "b"}},
        {"[local] void a(void); void b(void);", {"a", "b"}},
        {"void a(void); [callback] void c(void); void b(void);", {"a", "b"}},
        {"void a(void); void Opnum1NotUsedOnWire(void); void b(void);",
         {"a", "Opnum1NotUsedOnWire", "b"}},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[300];
        (void)snprintf(text, sizeof(text), HEAD "%s }", cases[i].text);
        idl_layout(&idl, text);
        struct wire_operation *op = idl.layout->interfaces->operations;
        for (unsigned n = 0; n < 3 && cases[i].names[n]; n++, op = op->next) {
            assert_non_null(op);
            assert_string_equal(op->op->name, cases[i].names[n]);
            assert_int_equal(op->op->number, n);
        }
        assert_null(op);
        idl_free(&idl);
    }
}

static void names_that_c_keeps_for_itself_get_a_tail(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_compile(&idl, HEAD "typedef struct { long class; } new;"
                           "void delete([in] new *this, [in] long client, [out] long *err); }");
    if (!idl.fine)
        fail_msg("%s", idl.messages);
    assert_non_null(strstr(idl.job.header.data, "int32_t class_;"));
    assert_non_null(strstr(idl.job.header.data, "const new_ *this_"));
    assert_non_null(strstr(idl.job.header.data, "int32_t client_,"));
    assert_non_null(strstr(idl.job.header.data, "int32_t *ret_err,"));
    assert_non_null(strstr(idl.job.header.data, "(*delete_)(struct rpcsec_call *call"));
    idl_free(&idl);
}

static void a_forward_typedef_does_not_take_the_body(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_compile(&idl, "typedef struct s s, *ps; struct s { ps next; s *more; };");
    assert_true(idl.fine);
    const char *alias = strstr(idl.job.header.data, "typedef struct s *ps;");
    const char *body = strstr(idl.job.header.data, "struct s {\n    ps next;");
    assert_non_null(alias);
    assert_non_null(body);
    assert_true(alias < body);
    idl_free(&idl);
}

static void every_beginning_of_a_file_is_compiled_or_refused(void **state)
{
    struct vector file = file_load("idl/interfaces/echo.idl");

    (void)state;
    for (size_t len = 0; len < file.len; len += 3) {
        struct idl_case idl;
        char *text = strndup((const char *)file.data, len);
        assert_non_null(text);
        idl_compile(&idl, text);
        assert_int_equal(idl.fine, idl.compiler.num_errors == 0);
        idl_free(&idl);
        free(text);
    }
    vector_free(&file);
}

static void every_changed_byte_is_compiled_or_refused(void **state)
{
    static const char changes[] = "({[;,*\"'/#9x\xff ";
    struct vector file = file_load("tests/idl/made_up.idl");

    (void)state;
    for (size_t at = 0; at < file.len; at += 5) {
        struct idl_case idl;
        uint8_t kept = file.data[at];
        file.data[at] = (uint8_t)changes[at / 5 % (sizeof(changes) - 1)];
        idl_compile(&idl, (const char *)file.data);
        assert_int_equal(idl.fine, idl.compiler.num_errors == 0);
        idl_free(&idl);
        file.data[at] = kept;
    }
    vector_free(&file);
}

static rpcsec_status compile_once(void *arg)
{
    const struct vector *file = (const struct vector *)arg;
    struct compile_job job = {
        .path = "echo.idl", .text = (const char *)file->data, .text_len = file->len};
    struct compiler c = {0};
    bool fine = compiler_run(&c, compile_work, &job);

    compiler_done(&c);
    return fine ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static void memory_that_ends_is_an_error_and_no_crash(void **state)
{
    struct vector file = file_load("idl/interfaces/echo.idl");

    (void)state;
    assert_true(alloc_check(compile_once, &file) > 1);
    vector_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(top_level_pointers_are_ref_and_vanish),
        cmocka_unit_test(correlations_take_the_simplest_form),
        cmocka_unit_test(ms_union_of_an_interface_holds_for_all_its_unions),
        cmocka_unit_test(operations_that_cannot_be_sent_keep_their_number),
        cmocka_unit_test(a_local_operation_and_its_remote_form_share_a_number),
        cmocka_unit_test(names_that_c_keeps_for_itself_get_a_tail),
        cmocka_unit_test(a_forward_typedef_does_not_take_the_body),
        cmocka_unit_test(every_beginning_of_a_file_is_compiled_or_refused),
        cmocka_unit_test(every_changed_byte_is_compiled_or_refused),
        cmocka_unit_test(memory_that_ends_is_an_error_and_no_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
