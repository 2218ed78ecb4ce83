/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_texts.c: tokens, directives and texts that break off, each accepted or refused
 * as it must be; printing.
 */
#include "harness/test.h"
#include "idl_case.h"

#define HEAD \
    "[uuid(00000000-0000-0000-0000-000000000001), pointer_default(unique)] interface x {"
static void words_of_types_combine_only_as_c_has_them(void **state)
{
    static const char *const fine[] = {
        "unsigned",
        "signed",
        "long int",
        "short int",
        "unsigned short int",
        "long long",
        "unsigned long long",
        "long long int",
        "int unsigned",
        "signed long",
        "unsigned hyper",
        "hyper int",
        "long unsigned",
        "signed char",
        "unsigned small",
        "const long",
        "long const",
        "volatile long",
        "unsigned __int64",
        "__int8",
        "__int16",
        "__int32",
    };
    static const char *const bad[] = {
        "unsigned float", "signed unsigned long",
        "long short",     "short short",
        "long long long", "float int",
        "unsigned void",  "int int",
        "float double",   "char char",
        "long float",     "boolean int",
        "hyper long",     "wchar_t short",
        "int float",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(fine) + NUM_OF(bad); i++) {
        struct idl_case idl;
        char text[100];
        bool good = i < NUM_OF(fine);
        (void)snprintf(text, sizeof(text), "typedef %s t;",
                       good ? fine[i] : bad[i - NUM_OF(fine)]);
        idl_compile(&idl, text);
        if (idl.fine != good)
            fail_msg("%s %s", text, idl.messages);
        idl_free(&idl);
    }
}

static void blanks_and_lines_of_all_kinds_part_tokens(void **state)
{
    static const struct {
        const char *text;
        size_t num;
    } cases[] = {
        {"a\tb\vc\fd\re", 5},
        {"a\xc2\xa0"
         "b\xa0"
         "c",
         3},
        {"a\\\nb", 2},
        {"a\\\r\nb", 2},
        {"a\\\rb", 2},
        {"a // to the end", 1},
        {"a // to the line\nb", 2},
        {"a /* * / */ b", 2},
        {"1.5e-3 2.5E+4 3.5e2 1.5f", 4},
        {"1..2", 3},
        {"'\\'' \"\\\"\" L'x' L\"y\" L", 5},
        {"a->b a--b", 7},
        {"\xef\xbb\xbf"
         "a",
         1},
        {"", 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        idl_tokens(&idl, cases[i].text);
        if (!idl.fine || idl.num_tokens != cases[i].num)
            fail_msg("%zu: %zu tokens, %s", i, idl.num_tokens, idl.messages);
        idl_free(&idl);
    }
}

static void bad_characters_are_named(void **state)
{
    static const char *const cases[][2] = {
        {"a \xc2 b", "stray character 0xc2"},  {"a \\ b", "stray character 0x5c"},
        {"a \x01 b", "stray character 0x01"},  {"\"open", "missing closing"},
        {"'open\n'", "missing closing"},       {"\"ends\\", "missing closing"},
        {"\"line\\\nnext", "missing closing"}, {"a /* open", "comment"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        idl_tokens(&idl, cases[i][0]);
        if (idl.fine || !strstr(idl.messages, cases[i][1]))
            fail_msg("%zu: %s", i, idl.messages);
        idl_free(&idl);
    }
}

static void directives_of_all_forms_are_followed_or_refused(void **state)
{
    static const char *const cases[][2] = {
        {"#define A() long\ntypedef A() t;", ""},
        {"#define A( ) long\ntypedef A( ) t;", ""},
        {"#define A() long\ntypedef A(3) t;", "error"},
        {"#define A(x, y) x y\ntypedef A(long, t);", ""},
        {"#define A(x, y) x y\ntypedef A(long) t;", "error"},
        {"#define A(x, y) x y\ntypedef A(long, t, 3);", "error"},
        {"#define A(x, y\ntypedef long t;", "error"},
        {"#define A(x y) x\ntypedef long t;", "error"},
        {"#define A(x,) x\ntypedef long t;", "error"},
        {"#define A(1) x\ntypedef long t;", "error"},
        {"#define A(..) x\ntypedef long t;", "error"},
        {"#define A(x, ...) x __VA_ARGS__\ntypedef A(long) t;", ""},
        {"#define A(...) __VA_ARGS__\ntypedef A(long t, u);", ""},
        {"#define A(..., x) x\ntypedef long t;", "error"},
        {"#define A(x) #x\nconst char *k = A(\"q\\\\\" L\"w\" 'c'  b);", ""},
        {"#define A(x) x ## _t\ntypedef long A(one);", ""},
        {"#define A(x) # x\nconst char *k = A(1);", ""},
        {"#define A long\n#undef A\ntypedef A t;", "error"},
        {"#undef NONE\ntypedef long t;", ""},
        {"#undef\ntypedef long t;", "error"},
        {"#undef 3\ntypedef long t;", "error"},
        {"#undef A B\ntypedef long t;", "error"},
        {"#define\ntypedef long t;", "error"},
        {"#define 3\ntypedef long t;", "error"},
        {"#define F(x) x\ntypedef long F;", ""},
        {"#define F(x) x\ntypedef long F", "error"},
        {"#define F(x) x\ntypedef long F(t", "error"},
        {"#if 1\ntypedef long t;\n#endif", ""},
        {"#if 0\n#if 1\n#endif\n#elif 1\n#else\n#endif\ntypedef long t;", ""},
        {"#if 0\n#elif 0\n#else\ntypedef long t;\n#endif\ntypedef t u;", ""},
        {"#if 1\n#elif 1 / 0\n#endif\ntypedef long t;", ""},
        {"#ifdef A\n#else\n#endif\n#ifndef A\n#endif\ntypedef long t;", ""},
        {"#if 0\n#ifdef A\n#endif\n#ifndef A\n#endif\n#endif\ntypedef long t;", ""},
        {"#ifdef\n#endif", "error"},
        {"#ifdef 3\n#endif", "error"},
        {"#ifndef A B\n#endif", "error"},
        {"#else\n", "error"},
        {"#elif 1\n", "error"},
        {"#endif\n", "error"},
        {"#if 1\n#else\n#else\n#endif", "error"},
        {"#if 1\n#else\n#elif 1\n#endif", "error"},
        {"#if 1\n", "error"},
        {"#if\n#endif", "error"},
        {"#if 1 +\n#endif", "error"},
        {"#if (1\n#endif", "error"},
        {"#if 1 2\n#endif", "error"},
        {"#if \"a\"\n#endif", "error"},
        {"#if 1.5\n#endif", "error"},
        {"#if 99999999999999999999\n#endif", "error"},
        {"#if 1 / 0\n#endif", "error"},
        {"#if 1 ? 2\n#endif", "error"},
        {"#if defined\n#endif", "error"},
        {"#if defined(A\n#endif", "error"},
        {"#if defined(3)\n#endif", "error"},
        {"#if defined()\n#endif", "error"},
        {"#if defined A || defined(A) || NONE || !-~+0\n#endif\ntypedef long t;", ""},
        {"#if (1 ? 2 : 3) == 2 && 5 % 3 == 2 && 1 << 2 == 4\ntypedef long t;\n#endif", ""},
        {"#pragma once\ntypedef long t;", ""},
        {"#pragma once more\ntypedef long t;", ""},
        {"#pragma\ntypedef long t;", ""},
        {"#\ntypedef long t;", ""},
        {"#line 3\ntypedef long t;", ""},
        {"#nonsense\n", "error"},
        {"#error\n", "error"},
        {"#error with words\n", "with words"},
        {"#include\n", "error"},
        {"#include 3\n", "error"},
        {"#include <\n", "error"},
        {"#include <a b\n", "error"},
        {"#include \"none.h\" 3\n", "error"},
        {"#include <none.h>\n", "error"},
        {"#include \"none.h\"\n", "error"},
    };

    (void)state;
    idl_check_texts(cases, NUM_OF(cases));
}

static void texts_that_break_off_are_refused(void **state)
{
    static const char *const cases[][2] = {
        {"const long = 3;", "expected"},
        {"const long k 3;", "expected"},
        {"const long k = '';", "error"},
        {"const long k = '\\q';", ""},
        {"const long k = 'ab';", "error"},
        {"const long k = '\\xzz';", "error"},
        {"const long k = '\\x123456789012345678901234567890';", "error"},
        {"const long k = 09x;", "error"},
        {"const long k = (3;", "expected"},
        {"const long k = 3 ? 4;", "expected"},
        {"const long k = sizeof 3;", "expected"},
        {"const long k = a.;", "error"},
        {"const float k = 1.5;", ""},
        {"typedef struct { long a } t;", "expected"},
        {"typedef struct { long a; ", "expected"},
        {"typedef enum { A B } t;", "expected"},
        {"typedef enum { A = } t;", "error"},
        {"typedef enum { A = 0x100000000 } t;", "error"},
        {"typedef enum { A = -3000000000 } t;", "error"},
        {"typedef enum { A = 0xffffffff, B } t;", ""},
        {"typedef union switch (long) { case 1: long a; } u;", "error"},
        {"typedef union switch long t) { case 1: long a; } u;", "expected"},
        {"typedef union switch (long t) { case 1 long a; } u;", "expected"},
        {"typedef union switch (long t) { default long a; } u;", "expected"},
        {"typedef union switch (long t) { case 1: case 2: default: long a; } u;", ""},
        {"typedef union switch (long t) name { case 3: ; default: ; } u;", ""},
        {"typedef [switch_type(long)] union { [case(1..)] long a; } u;", "error"},
        {"typedef [switch_type(long)] union { [case(3..1)] long a; } u;", "error"},
        {"typedef [switch_type(long)] union { [case(1..x)] long a; } u;", "error"},
        {"typedef [switch_type(long)] union { [case(1..99999999)] long a; } u;", "error"},
        {"typedef long t[1..3];", "error"},
        {"typedef long t[0..3];", ""},
        {"typedef long t[x..3];", "error"},
        {"typedef long t[0..;", "error"},
        {"typedef long t[*;", "error"},
        {"typedef long t[3;", "expected"},
        {"interface", "expected"},
        {"interface 3 {}", "expected"},
        {"interface x;", ""},
        {"interface x, ;", "expected"},
        {"interface x : ;", "expected"},
        {"interface x { void f(long a", "error"},
        {HEAD "void f([in] long a long b); }", "expected"},
        {HEAD "void f([in] void); }", "warning: operation 'f' is left out"},
        {HEAD "void f(void, [in] long a); }", "warning: operation 'f' is left out"},
        {HEAD "void OpnumNotUsed(void); void Opnum1(void); void Opnum99Used(void); }", ""},
        {HEAD "void Opnum7NotUsedOnWire(void); }",
         "warning: 'Opnum7NotUsedOnWire' has the number 0"},
        {HEAD "void Opnum999999NotUsedOnWire(void); }",
         "warning: 'Opnum999999NotUsedOnWire' has the number 0"},
        {"[uuid(1)] interface x {}", "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(1.)] interface x {}", "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(a)] interface x {}", "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(1.2.3)] interface x {}",
         "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(70000)] interface x {}",
         "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(1.70000)] interface x {}",
         "error"},
        {"[uuid(00000000-0000-0000-0000-000000000001), version(7)] interface x {}", ""},
        {"[uuid(00000000-0000-0000-0000-000000000001), pointer_default(ptr)] interface x {}",
         ""},
        {"[uuid(00000000-0000-0000-0000-000000000001), pointer_default(ref)] interface x {}",
         ""},
        {"[uuid(00000000-0000-0000-0000-000000000001), pointer_default(none)] interface x {}",
         "error"},
        {"import ;", "expected"},
        {"import \"a\" \"b\";", "error"},
        {"import 3;", "expected"},
        {"cpp_quote(3)", "expected"},
        {"cpp_quote(\"a\" 3)", "expected"},
        {"cpp_quote(\"#define A \\\"b\\\\c\\\"\")", ""},
        {"cpp_quote(\"a\");", ""},
        {"library", "unknown type"},
        {"library L {", "error"},
        {"library L { typedef long t; };", ""},
        {"library 3 { };", "unknown type"},
        {"coclass", "error"},
        {"coclass C { [default] interface I; }; typedef long t;", ""},
        {"dispinterface D { properties: methods: }; typedef long t;", ""},
        {"module M { const long k = 3; };", ""},
        {"midl_pragma warning(disable: 3) typedef long t;", ""},
        {"importlib(\"a.tlb\"); typedef long t;", ""},
    };

    (void)state;
    idl_check_texts(cases, NUM_OF(cases));
}

/* The text as --print lays it out. */
static char *print_of(const char *text)
{
    struct compiler c = {.messages = stderr};
    struct compile_job job = {
        .mode = COMPILE_PRINT, .path = "test.idl", .text = text, .text_len = strlen(text)};

    assert_int_equal(compiler_run(&c, compile_work, &job), true);
    char *copy = strdup(job.print.data ? job.print.data : "");
    assert_non_null(copy);
    compiler_done(&c);
    return copy;
}

static void printing_keeps_comments_and_lines(void **state)
{
    static const char *const texts[] = {
        "typedef long t; /* one\n two */ typedef long u; // end",
        "typedef long t; // end\r\n\r\n\r\ntypedef long u;\r\n",
        "#define A \\\n  long /* in */ \\\r\n  int  \t\ntypedef A t;\n",
        "#if 1 // yes\ntypedef long t;\n#endif   \n",
        "/* only */",
        "// only",
        "typedef long /* a */ t /* b */ [ /* c */ 3 /* d */ ] /* e */ ;",
        "typedef enum { /* first */ A, // one\n B /* two */, C } e;\n\n\ntypedef e f;",
        "typedef struct { long a; /* a */ struct { long b; } c; } s;",
        "cpp_quote(\"a\")\ntypedef struct\n{\n\tlong a;\n\n\tlong b;\n}\ns;",
        "typedef union switch (long t) { case 1: case 2: long a; default: ; } u;",
        "const long k = (1 + 2) * -3 + ~4 & !5;\nconst char *q = \"/* no */ // no\";",
        "typedef long t;\\\n\ftypedef long u;\v\xc2\xa0",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(texts); i++) {
        char *once = print_of(texts[i]);
        char *twice = print_of(once);
        assert_string_equal(once, twice);
        for (const char *at = texts[i]; (at = strstr(at, "/*")); at += 2)
            if (!strstr(once, "/*"))
                fail_msg("%s loses its comment: %s", texts[i], once);
        assert_int_equal(strstr(texts[i], "//") != NULL, strstr(once, "//") != NULL);
        free(once);
        free(twice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_types_combine_only_as_c_has_them),
        cmocka_unit_test(blanks_and_lines_of_all_kinds_part_tokens),
        cmocka_unit_test(bad_characters_are_named),
        cmocka_unit_test(directives_of_all_forms_are_followed_or_refused),
        cmocka_unit_test(texts_that_break_off_are_refused),
        cmocka_unit_test(printing_keeps_comments_and_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
