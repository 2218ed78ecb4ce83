/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_parse.c: declarations, types and expressions become the tree that they mean.
 */
#include "harness/test.h"
#include "idl_case.h"

static void assert_fine(struct idl_case *idl, const char *text)
{
    idl_tree(idl, text);
    if (idl->messages_len)
        fail_msg("%s", idl->messages);
    assert_true(idl->fine);
}

static void base_types_have_the_size_that_idl_says(void **state)
{
    static const struct {
        const char *spelling;
        enum base_type base;
    } cases[] = {
        {"long", BASE_INT32},
        {"unsigned long", BASE_UINT32},
        {"long int", BASE_INT32},
        {"long unsigned int", BASE_UINT32},
        {"int", BASE_INT32},
        {"unsigned", BASE_UINT32},
        {"signed", BASE_INT32},
        {"short", BASE_INT16},
        {"unsigned short int", BASE_UINT16},
        {"hyper", BASE_INT64},
        {"unsigned hyper", BASE_UINT64},
        {"long long", BASE_INT64},
        {"unsigned __int64", BASE_UINT64},
        {"signed __int64", BASE_INT64},
        {"__int8", BASE_SCHAR},
        {"unsigned __int8", BASE_UCHAR},
        {"small", BASE_SCHAR},
        {"unsigned small", BASE_UCHAR},
        {"char", BASE_CHAR},
        {"unsigned char", BASE_UCHAR},
        {"signed char", BASE_SCHAR},
        {"__int3264", BASE_INT3264},
        {"unsigned __int3264", BASE_UINT3264},
        {"byte", BASE_BYTE},
        {"boolean", BASE_BOOLEAN},
        {"wchar_t", BASE_WCHAR},
        {"float", BASE_FLOAT},
        {"double", BASE_DOUBLE},
        {"error_status_t", BASE_ERROR_STATUS},
        {"const long", BASE_INT32},
        {"long const", BASE_INT32},
        {"volatile short", BASE_INT16},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[128];
        (void)snprintf(text, sizeof(text), "typedef %s t;", cases[i].spelling);
        assert_fine(&idl, text);
        struct type *type = type_strip(idl_type(&idl, "t"));
        assert_int_equal(type->kind, TYPE_BASE);
        assert_int_equal(type->base, cases[i].base);
        idl_free(&idl);
    }
}

static void built_in_names_may_be_declared_as_what_they_are(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef unsigned short wchar_t;\n"
                      "typedef unsigned long error_status_t;\n"
                      "typedef unsigned char byte;\n"
                      "typedef wchar_t t;");
    assert_int_equal(idl_type(&idl, "t")->base, BASE_WCHAR);
    idl_free(&idl);
}

static void identical_typedefs_may_be_repeated(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef byte BYTE; typedef unsigned char BYTE, *PBYTE;"
                      "typedef BYTE *PBYTE;");
    idl_free(&idl);
}

static void declarators_nest_as_in_c(void **state)
{
    static const struct {
        const char *text;
        enum type_kind kinds[5];
    } cases[] = {
        {"typedef long *t;", {TYPE_POINTER, TYPE_BASE}},
        {"typedef long t[3];", {TYPE_ARRAY, TYPE_BASE}},
        {"typedef long *t[3];", {TYPE_ARRAY, TYPE_POINTER, TYPE_BASE}},
        {"typedef long (*t)[3];", {TYPE_POINTER, TYPE_ARRAY, TYPE_BASE}},
        {"typedef long (*t)(long a);", {TYPE_POINTER, TYPE_FUNCTION, TYPE_BASE}},
        {"typedef long (*(*t)[2])[3];",
         {TYPE_POINTER, TYPE_ARRAY, TYPE_POINTER, TYPE_ARRAY, TYPE_BASE}},
        {"typedef long t[2][3];", {TYPE_ARRAY, TYPE_ARRAY, TYPE_BASE}},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        assert_fine(&idl, cases[i].text);
        struct type *type = idl_type(&idl, "t");
        for (size_t k = 0; k < 5 && cases[i].kinds[k]; k++) {
            type = type_open(type);
            assert_int_equal(type->kind, cases[i].kinds[k]);
            type = type->target;
        }
        idl_free(&idl);
    }
}

static void the_first_bound_is_the_outermost(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef long t[2][3];");
    assert_int_equal(idl_type(&idl, "t")->bound->value, 2);
    assert_int_equal(idl_type(&idl, "t")->target->bound->value, 3);
    idl_free(&idl);
}

static void constant_expressions_have_the_value_that_c_gives(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"10 - 2 - 3", 5},
        {"1 << 4 | 1", 17},
        {"7 & 3 ^ 1", 2},
        {"~0", -1},
        {"-5 / 2", -2},
        {"17 % 5", 2},
        {"1 ? 2 : 3", 2},
        {"0 ? 2 : 1 ? 4 : 5", 4},
        {"3 > 2 && 2 >= 2 || 0", 1},
        {"!3", 0},
        {"'A'", 65},
        {"'\\n'", 10},
        {"sizeof(long)", 4},
        {"sizeof(three)", 12},
        {"(long)3", 3},
        {"(three_size) * 2", 24},
        {"0x7fffffffffffffff", INT64_MAX},
        {"TRUE + FALSE", 1},
        {"second", 6},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[300];
        (void)snprintf(text, sizeof(text),
                       "typedef struct { long a; short b; byte c; long d; } three;\n"
                       "const long three_size = sizeof(three);\n"
                       "typedef enum { first = 5, second } e;\n"
                       "const hyper k = %s;",
                       cases[i].text);
        assert_fine(&idl, text);
        struct symbol *s = names_find(idl.tree->names, compiler_word(&idl.compiler, "k", 1));
        assert_int_equal(s->constant->number, cases[i].value);
        idl_free(&idl);
    }
}

static void several_attribute_lists_are_one(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "[uuid(12345778-1234-abcd-ef00-0123456789ac)] [version(2.3)]\n"
                      "[pointer_default(ref)] interface x {\n"
                      "void f([in] [string] wchar_t *s); }");
    struct interface *i = idl.tree->interfaces;
    assert_int_equal(i->uuid.time_low, 0x12345778);
    assert_int_equal(i->uuid.node[5], 0xac);
    assert_int_equal(i->major, 2);
    assert_int_equal(i->minor, 3);
    struct member *m = i->operations->params.first;
    assert_non_null(attr_find(m->attrs, ATTR_in));
    assert_non_null(attr_find(m->attrs, ATTR_string));
    assert_int_equal(m->type->pointer_class, ATTR_ref);
    idl_free(&idl);
}

static void attribute_words_are_ordinary_names(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl,
                "typedef struct { long version; long string; long in; long size_is; } s;\n"
                "typedef struct { long interface; long import; long range; } out;");
    assert_int_equal(type_strip(idl_type(&idl, "s"))->members.num, 4);
    idl_free(&idl);
}

static void numbers_that_are_not_used_on_the_wire_are_kept(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "[uuid(12345778-1234-abcd-ef00-0123456789ac)] interface x {\n"
                      "void a(void); void Opnum1NotUsedOnWire(void); [local] void c(long x);\n"
                      "void d(void); }");
    struct operation *op = idl.tree->interfaces->operations;
    assert_false(op->unused);
    assert_true(op->next->unused);
    assert_true(op->next->next->unused);
    assert_int_equal(op->next->next->next->number, 3);
    idl_free(&idl);
}

static void unions_without_a_name_get_one(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef struct { short t;\n"
                      "[switch_type(short), switch_is(t)] union { [case(1)] long a; };\n"
                      "[switch_type(short), switch_is(t)] union { [case(1)] long a; };\n"
                      "} s;");
    struct member *m = type_strip(idl_type(&idl, "s"))->members.first->next;
    assert_string_equal(m->name, "u");
    assert_string_equal(m->next->name, "u2");
    idl_free(&idl);
}

static void types_may_be_used_before_their_typedef(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef struct { PLATER p; } s; typedef long LATER, *PLATER;");
    struct type *type = type_strip(type_strip(idl_type(&idl, "s"))->members.first->type);
    assert_int_equal(type->kind, TYPE_POINTER);
    idl_free(&idl);
}

static void enums_count_on_from_the_last_value(void **state)
{
    struct idl_case idl;

    (void)state;
    assert_fine(&idl, "typedef enum { a, b = 7, c, d = 0xffffffff, } e;");
    struct enumerator *e = type_strip(idl_type(&idl, "e"))->enumerators;
    assert_int_equal(e->number, 0);
    assert_int_equal(e->next->next->number, 8);
    assert_int_equal(e->next->next->next->number, -1);
    idl_free(&idl);
}

static void several_errors_are_reported_in_one_run(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_tree(&idl, "typedef struct { long 1; short ok; wrong 2; } s;\n"
                   "typedef long;\nconst long k = ;\ntypedef short fine;");
    assert_int_equal(idl.compiler.num_errors, 4);
    assert_int_equal(type_strip(idl_type(&idl, "fine"))->base, BASE_INT16);
    idl_free(&idl);
}

static void a_run_ends_at_the_twentieth_error(void **state)
{
    struct idl_case idl;
    char text[2000] = "";

    (void)state;
    for (unsigned i = 0; i < 30; i++)
        strcat(text, "typedef long;\n");
    idl_tree(&idl, text);
    assert_int_equal(idl.compiler.num_errors, 20);
    assert_true(idl.compiler.stopped);
    assert_non_null(strstr(idl.messages, "20 errors, giving up"));
    idl_free(&idl);
}

/* `num` times `open`, then `close`: far deeper than any limit. */
static char *deep_text(const char *before, const char *open, size_t num, const char *after)
{
    size_t len = strlen(open);
    char *text = malloc(strlen(before) + num * len + strlen(after) + 1);

    assert_non_null(text);
    strcpy(text, before);
    char *at = text + strlen(before);
    for (size_t i = 0; i < num; i++, at += len)
        memcpy(at, open, len);
    strcpy(at, after);
    return text;
}

static void deep_nesting_is_an_error_and_no_crash(void **state)
{
    static const char *const cases[][3] = {
        {"const long k = ", "(", "1;"},
        {"const long k = ", "-", "1;"},
        {"const long k = ", "1 ? ", "1;"},
        {"const long k = ", "(long)", "1;"},
        {"typedef ", "struct { ", "long a;"},
        {"typedef ", "union { ", "long a;"},
        {"typedef long ", "*", "t;"},
        {"typedef long ", "(", "t;"},
        {"typedef long t", "[1]", ";"},
        {"typedef ", "pipe ", "long t;"},
        {"", "{", ""},
        {"", "[", ""},
        {"typedef long (*f)(", "long (*g)(", "int);"},
        {"", "interface x { ", ""},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char *text = deep_text(cases[i][0], cases[i][1], 100000, cases[i][2]);
        idl_compile(&idl, text);
        assert_false(idl.fine);
        idl_free(&idl);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_types_have_the_size_that_idl_says),
        cmocka_unit_test(built_in_names_may_be_declared_as_what_they_are),
        cmocka_unit_test(identical_typedefs_may_be_repeated),
        cmocka_unit_test(declarators_nest_as_in_c),
        cmocka_unit_test(the_first_bound_is_the_outermost),
        cmocka_unit_test(constant_expressions_have_the_value_that_c_gives),
        cmocka_unit_test(several_attribute_lists_are_one),
        cmocka_unit_test(attribute_words_are_ordinary_names),
        cmocka_unit_test(numbers_that_are_not_used_on_the_wire_are_kept),
        cmocka_unit_test(unions_without_a_name_get_one),
        cmocka_unit_test(types_may_be_used_before_their_typedef),
        cmocka_unit_test(enums_count_on_from_the_last_value),
        cmocka_unit_test(several_errors_are_reported_in_one_run),
        cmocka_unit_test(a_run_ends_at_the_twentieth_error),
        cmocka_unit_test(deep_nesting_is_an_error_and_no_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
