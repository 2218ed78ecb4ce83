/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_lex.c: tokens, numbers, directives and macros.
 */
#include "harness/test.h"
#include "idl_case.h"
#include "number.h"

/* The tokens' texts with a blank between. */
static const char *spell(struct idl_case *idl, const char *text)
{
    struct text out;

    idl_tokens(idl, text);
    text_init(&out, &idl->compiler);
    for (size_t i = 0; i < idl->num_tokens; i++)
        text_printf(&out, "%s%.*s", i ? " " : "", (int)idl->tokens[i].len, idl->tokens[i].text);
    return out.data;
}

static void assert_tokens(const char *text, const char *expected)
{
    struct idl_case idl;

    assert_string_equal(spell(&idl, text), expected);
    assert_string_equal(idl.messages, "");
    idl_free(&idl);
}

static void assert_report(const char *text, const char *report)
{
    struct idl_case idl;

    idl_tokens(&idl, text);
    if (!strstr(idl.messages, report))
        fail_msg("%s: reported '%s'", text, idl.messages);
    assert_false(idl.fine);
    idl_free(&idl);
}

static void comments_and_joined_lines_are_blanks(void **state)
{
    (void)state;
    assert_tokens("a/* b */c // d\ne \\\n f", "a c e f");
    assert_tokens("a /* ** / */ b /**/ c", "a b c");
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    assert_tokens("\xef\xbb\xbfinterface x", "interface x");
}

static void bytes_that_are_not_ascii_may_stand_in_comments(void **state)
{
    (void)state;
    assert_tokens("a // \x93quoted\x94 as Windows-1252\nb", "a b");
}

static void operators_of_two_characters_are_one_token(void **state)
{
    (void)state;
    assert_tokens("a<<b>>c&&d||e==f!=g<=h>=i->j..k",
                  "a << b >> c && d || e == f != g <= h >= i -> j .. k");
}

static void parts_of_uuids_and_versions_are_tokens(void **state)
{
    (void)state;
    assert_tokens("12345778-1234-abcd-ef00", "12345778 - 1234 - abcd - ef00");
    assert_tokens("1.0 2..3 1e5 4e-2 1.5e-3", "1.0 2 .. 3 1e5 4e - 2 1.5e-3");
}

static void strings_keep_their_escapes(void **state)
{
    (void)state;
    assert_tokens("\"a\\\"b\" 'c' L\"d\"", "a\\\"b c d");
}

static void tokens_know_their_place(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_tokens(&idl, "one\n  two\r\n\tthree");
    struct position p = source_position(idl.tokens[2].at);
    assert_int_equal(p.line, 3);
    assert_int_equal(p.column, 2);
    p = source_position(idl.tokens[1].at);
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, 3);
    assert_int_equal(p.line_len, 5);
    idl_free(&idl);
}

static void broken_tokens_are_reported(void **state)
{
    (void)state;
    assert_report("a /* b", "comment has no end");
    assert_report("\"abc\nd", "missing closing \"");
    assert_report("a @ b", "stray character 0x40");
    assert_report("a \x80 b", "stray character 0x80");
}

static void macros_expand_to_their_tokens(void **state)
{
    (void)state;
    assert_tokens("#define A 1 + B\n#define B 2\nA B", "1 + 2 2");
    assert_tokens("#define A\nA x", "x");
    assert_tokens("#define A 1\n#undef A\nA", "A");
    assert_tokens("#define A 1\n#define A 2\nA", "2");
}

static void a_macro_does_not_expand_in_itself(void **state)
{
    (void)state;
    assert_tokens("#define A A + 1\nA", "A + 1");
    assert_tokens("#define A B\n#define B A\nA B", "A B");
}

static void macros_with_parameters_take_arguments(void **state)
{
    (void)state;
    assert_tokens("#define F(x) x * x\nF(3)", "3 * 3");
    assert_tokens("#define F(x) [x]\nF(F(1))", "[ [ 1 ] ]");
    assert_tokens("#define MAX(a, b) a > b\nMAX((1, 2), 3)", "( 1 , 2 ) > 3");
    assert_tokens("#define F() x\nF() F ( )", "x x");
    assert_tokens("#define F(x) x\nF F;", "F F ;");
    assert_tokens("#define F(x) x\n#define G F\nG (7)", "7");
    assert_tokens("#define F (x)\nF", "( x )");
    assert_tokens("#define F(x) a x b\nF()", "a b");
    assert_tokens("#define F(a, ...) a: __VA_ARGS__\nF(1, 2, 3) F(4)", "1 : 2 , 3 4 :");
    assert_tokens("#define F(x) x F(x)\nF(1)(2)", "1 F ( 1 ) ( 2 )");
    assert_tokens("#define F(a,\\\n b) b a\nF(1,\n2)", "2 1");
}

static void macros_paste_and_quote_tokens(void **state)
{
    (void)state;
    assert_tokens("#define CAT(a, b) a##b\nCAT(x, 7) CAT(0x, 1F) CAT(, y) CAT(z, )",
                  "x7 0x1F y z");
    assert_tokens("#define NAME(n) get_##n##_value\nNAME(size)", "get_size_value");
    assert_tokens("#define V 3\n#define S(x) #x\n#define T(x) S(x)\nS(V) T(V)", "V 3");
    assert_tokens("#define S(x) #x\nS(a  + \"b\\n\" 'c')", "a + \\\"b\\\\n\\\" 'c'");
    assert_tokens("#define A 1\n#define CAT(a, b) a##b\nCAT(A, A) CAT(A, )", "AA 1");
}

static void conditions_choose_lines(void **state)
{
    static const struct {
        const char *condition;
        bool holds;
    } cases[] = {
        {"1", true},
        {"0", false},
        {"defined(A)", true},
        {"defined B", false},
        {"!defined(B) && A == 3", true},
        {"A > 2 || undefined", true},
        {"(A + 1) * 2 == 8 && 7 / 2 == 3 && 7 % 2", true},
        {"(1 << A) == 8 && 16 >> 1 == 8 && (5 & 4) && (1 | 2) == 3 && (3 ^ 1) == 2", true},
        {"A == 3 ? 0 : 1", false},
        {"~0 == -1 && +1", true},
        {"TWICE(A) == 6 && CALL == 0", true},
        {"A >= 0x10", false},
        {"A - 3", false},
        {"A < 4 && A <= 3 && A != 2", true},
        {"-1 < 0", true},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[200];
        (void)snprintf(text, sizeof(text),
                       "#define A 3\n#define TWICE(x) ((x) * 2)\n#define CALL() 1\n"
                       "#if %s\nyes\n#else\nno\n#endif\n",
                       cases[i].condition);
        assert_string_equal(spell(&idl, text), cases[i].holds ? "yes" : "no");
        idl_free(&idl);
    }
}

static void branches_nest(void **state)
{
    (void)state;
    assert_tokens("#ifdef A\n#if 1\na\n#else\nb\n#endif\n#elif 0\nc\n#else\nd\n#endif\ne",
                  "d e");
    assert_tokens("#ifndef A\na\n#elif 1\nb\n#endif", "a");
    assert_tokens("#if 0\n#error no\n#garbage\n#endif\nx", "x");
    assert_tokens("#if 0\ndon't @ \"\n#endif\nx", "x");
}

static void directives_without_effect_are_skipped(void **state)
{
    (void)state;
    assert_tokens("#pragma once\n#line 3 \"x\"\n# 5 \"y\"\n#\na", "a");
}

static void broken_directives_are_reported(void **state)
{
    static const char *const cases[][2] = {
        {"#endif\n", "#endif without #if"},
        {"#else\n", "#else without #if"},
        {"#if 1\n", "#if without #endif"},
        {"#if 1\n#else\n#else\n#endif\n", "#else without #if"},
        {"#error stop here\n", "#error stop here"},
        {"#define 3\n", "#define needs a name"},
        {"#undef\n", "#undef needs one name"},
        {"#include foo\n", "#include needs \"file\" or <file>"},
        {"#include \"none.idl\"\n", "cannot find 'none.idl'"},
        {"#nonsense\n", "unknown directive 'nonsense'"},
        {"#if\n#endif\n", "#if: a value is missing"},
        {"#if (1\n#endif\n", "#if: missing ')'"},
        {"#if 1 1\n#endif\n", "something follows the condition"},
        {"#if defined\n#endif\n", "#if: defined needs a name"},
        {"#if defined(A\n#endif\n", "#if: missing ')'"},
        {"#if 1 ? 2\n#endif\n", "#if: missing ':'"},
        {"#if 1 / 0\n#endif\n", "#if: the value does not fit into 64 bits, or divides by zero"},
        {"#if -(-9223372036854775807 - 1)\n#endif\n",
         "#if: the value does not fit into 64 bits"},
        {"#ifdef 3\n#endif\n", "#ifdef and #ifndef need one name"},
        {"#define F(x) x\nF(1, 2)\n", "macro 'F' takes 1 argument, not 2"},
        {"#define F(x, y) x\nF(1)\n", "macro 'F' takes 2 arguments, not 1"},
        {"#define F(x) x\nF(1\n", "the arguments of macro 'F' have no end"},
        {"#define F(3) x\n", "the parameters of macro 'F' are not a list of names"},
        {"#define F(a, b\n", "the parameters of macro 'F' are not a list of names"},
        {"#define F(a, b) a##b\nF(+, /)\n", "'+/' is not one token"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++)
        assert_report(cases[i][0], cases[i][1]);
}

static void numbers_are_read_as_c_writes_them(void **state)
{
    static const struct {
        const char *text;
        bool fine;
        uint64_t value;
    } cases[] = {
        {"0", true, 0},
        {"42", true, 42},
        {"0x1F", true, 31},
        {"017", true, 15},
        {"0xFFFFFFFFFFFFFFFF", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"10UL", true, 10},
        {"7i64", true, 7},
        {"08", false, 0},
        {"0x", false, 0},
        {"1.5", false, 0},
        {"12ab", false, 0},
        {"", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        uint64_t value = 99;
        assert_int_equal(number_parse(cases[i].text, strlen(cases[i].text), &value),
                         cases[i].fine);
        assert_int_equal(value, cases[i].fine ? cases[i].value : 99);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_joined_lines_are_blanks),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(bytes_that_are_not_ascii_may_stand_in_comments),
        cmocka_unit_test(operators_of_two_characters_are_one_token),
        cmocka_unit_test(parts_of_uuids_and_versions_are_tokens),
        cmocka_unit_test(strings_keep_their_escapes),
        cmocka_unit_test(tokens_know_their_place),
        cmocka_unit_test(broken_tokens_are_reported),
        cmocka_unit_test(macros_expand_to_their_tokens),
        cmocka_unit_test(a_macro_does_not_expand_in_itself),
        cmocka_unit_test(macros_with_parameters_take_arguments),
        cmocka_unit_test(macros_paste_and_quote_tokens),
        cmocka_unit_test(conditions_choose_lines),
        cmocka_unit_test(branches_nest),
        cmocka_unit_test(directives_without_effect_are_skipped),
        cmocka_unit_test(broken_directives_are_reported),
        cmocka_unit_test(numbers_are_read_as_c_writes_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
