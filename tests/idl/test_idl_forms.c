/* SPDX-License-Identifier: MIT
 *
 * idl/test_idl_forms.c: every form that an expression, a type or a directive may have, each
 * with what the compiler makes of it or says against it.
 */
#include "harness/test.h"
#include "harness/alloc_check.h"
#include "harness/vector.h"
#include "idl_case.h"

#define HEAD \
    "[uuid(00000000-0000-0000-0000-000000000001), pointer_default(unique)] interface x {"
#define RECORD                                                                            \
    "typedef struct { long a; long b; float f; } pair_t; typedef enum { FEW = 3 } few_t;" \
    "void f([in, size_is(%s)] byte *p, [in] unsigned long n, [in] long *ref,"             \
    "[in, unique] long *maybe, [in, unique] long **both, [in] pair_t *pair,"              \
    "[in, unique] pair_t *remote, [in] float real, [in] few_t few); }"

static void expressions_of_other_forms_become_functions(void **state)
{
    static const struct {
        const char *size, *body;
        bool follows; /* a pointer in memory */
    } cases[] = {
        {"n % 3", "rpcsec_ndr_modulo((int64_t)r->n, (int64_t)3)", false},
        {"n >> 1", "rpcsec_ndr_shift_right((int64_t)r->n, (int64_t)1)", false},
        {"n << 20", "rpcsec_ndr_shift_left((int64_t)r->n, (int64_t)20)", false},
        {"n << -1", "rpcsec_ndr_shift_left((int64_t)r->n, (int64_t)-1)", false},
        {"n - *ref", "rpcsec_ndr_subtract((int64_t)r->n, (int64_t)r->ref)", false},
        {"5 - n", "rpcsec_ndr_subtract((int64_t)5, (int64_t)r->n)", false},
        {"n + *ref", "rpcsec_ndr_add((int64_t)r->n, (int64_t)r->ref)", false},
        {"n * 0", "rpcsec_ndr_multiply((int64_t)r->n, (int64_t)0)", false},
        {"n * -1", "rpcsec_ndr_multiply((int64_t)r->n, (int64_t)-1)", false},
        {"n / 0", "rpcsec_ndr_divide((int64_t)r->n, (int64_t)0)", false},
        {"n / 65536", "rpcsec_ndr_divide((int64_t)r->n, (int64_t)65536)", false},
        {"n * 2 * 3",
         "rpcsec_ndr_multiply(rpcsec_ndr_multiply((int64_t)r->n, (int64_t)2), (int64_t)3)",
         false},
        {"2 * (n + 1)",
         "rpcsec_ndr_multiply((int64_t)2, rpcsec_ndr_add((int64_t)r->n, (int64_t)1))", false},
        {"(n * n) + 1",
         "rpcsec_ndr_add(rpcsec_ndr_multiply((int64_t)r->n, (int64_t)r->n), (int64_t)1)",
         false},
        {"1 + n * n",
         "rpcsec_ndr_add((int64_t)1, rpcsec_ndr_multiply((int64_t)r->n, (int64_t)r->n))",
         false},
        {"n - (-9223372036854775807 - 1)", "rpcsec_ndr_subtract((int64_t)r->n, INT64_MIN)",
         false},
        {"n + 9223372036854775807 + 1",
         "rpcsec_ndr_add(rpcsec_ndr_add((int64_t)r->n, (int64_t)9223372036854775807), "
         "(int64_t)1)",
         false},
        {"n == 1", "((int64_t)r->n == (int64_t)1)", false},
        {"n != 1", "((int64_t)r->n != (int64_t)1)", false},
        {"n <= 1", "((int64_t)r->n <= (int64_t)1)", false},
        {"n >= 1", "((int64_t)r->n >= (int64_t)1)", false},
        {"n < FEW", "((int64_t)r->n < (int64_t)3)", false},
        {"n > few", "((int64_t)r->n > (int64_t)r->few)", false},
        {"n && 1", "((int64_t)r->n && (int64_t)1)", false},
        {"n || 1", "((int64_t)r->n || (int64_t)1)", false},
        {"n & 1", "((int64_t)r->n & (int64_t)1)", false},
        {"n | 1", "((int64_t)r->n | (int64_t)1)", false},
        {"n ^ 1", "((int64_t)r->n ^ (int64_t)1)", false},
        {"-n", "rpcsec_ndr_subtract(0, (int64_t)r->n)", false},
        {"!n", "!((int64_t)r->n)", false},
        {"~n", "~((int64_t)r->n)", false},
        {"+n", "((int64_t)r->n)", false},
        {"(long)(n * n)", "rpcsec_ndr_multiply((int64_t)r->n, (int64_t)r->n)", false},
        {"(long)-n", "rpcsec_ndr_subtract(0, (int64_t)r->n)", false},
        {"n ? pair->a : (*pair).b", "((int64_t)r->n ? (int64_t)r->pair.a : (int64_t)r->pair.b)",
         false},
        {"n ? 4 : 0", "((int64_t)r->n ? (int64_t)4 : (int64_t)0)", false},
        {"-n ? n : 0", "(rpcsec_ndr_subtract(0, (int64_t)r->n) ? (int64_t)r->n : (int64_t)0)",
         false},
        {"n ? n : 0", "((int64_t)r->n ? (int64_t)r->n : (int64_t)0)", false},
        {"maybe ? 3 : 4", "((r->maybe ? 1 : 0) ? (int64_t)3 : (int64_t)4)", false},
        {"n ? *maybe : 0", "((int64_t)r->n ? (r->maybe ? (int64_t)*r->maybe : 0) : (int64_t)0)",
         true},
        {"*maybe ? *maybe : 0",
         "((r->maybe ? (int64_t)*r->maybe : 0) ? (r->maybe ? (int64_t)*r->maybe : 0) : "
         "(int64_t)0)",
         true},
        {"*maybe + n", "rpcsec_ndr_add((r->maybe ? (int64_t)*r->maybe : 0), (int64_t)r->n)",
         true},
        {"**both", "(r->both && *r->both ? (int64_t)**r->both : 0)", true},
        {"*both ? 1 : 2", "((r->both && *r->both ? 1 : 0) ? (int64_t)1 : (int64_t)2)", true},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[1000];
        (void)snprintf(text, sizeof(text), HEAD RECORD, cases[i].size);
        idl_layout(&idl, text);
        struct wire_expr *e = idl_param(&idl, 0, 0)->wire->of->bounds.size;
        if (!e->body || strcmp(e->body, cases[i].body) != 0)
            fail_msg("%s is %s", cases[i].size, e->body ? e->body : "of the table");
        assert_int_equal(e->kind,
                         cases[i].follows ? RPCSEC_NDR_EXPR_CALL_DEREF : RPCSEC_NDR_EXPR_CALL);
        idl_free(&idl);
    }
}

static void expressions_that_are_no_integers_of_the_record_are_refused(void **state)
{
    static const struct {
        const char *size, *message;
    } cases[] = {
        {"*n", "not an expression of integers"},
        {"&n", "not an expression of integers"},
        {"*(n + 1)", "not an expression of integers"},
        {"n + real", "not an expression of integers"},
        {"n + *pair", "not an expression of integers"},
        {"n->a", "not an expression of integers"},
        {"pair.a", "not an expression of integers"},
        {"pair->c", "not an expression of integers"},
        {"remote->a", "not an expression of integers"},
        {"(n + 1)->a", "not an expression of integers"},
        {"n + pair->f", "not an expression of integers"},
        {"n + sizeof(long *)", "not an expression of integers"},
        {"none", "unknown name 'none'"},
        {"n + none", "unknown name 'none'"},
        {"n ? n : none", "unknown name 'none'"},
        {"n + \"text\"", "not an expression of integers"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[1000];
        (void)snprintf(text, sizeof(text), HEAD RECORD, cases[i].size);
        idl_layout(&idl, text);
        if (idl.fine || !strstr(idl.messages, cases[i].message))
            fail_msg("%s: %s", cases[i].size, idl.messages);
        idl_free(&idl);
    }
}

static void equal_functions_of_a_record_are_one(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_layout(&idl, HEAD "void f([in, size_is(n * m)] byte *p, [in, size_is(n * m)] long *q,"
                          "[in, size_is(m * n)] short *r, [in] long n, [in] long m);"
                          "void g([in, size_is(n * m)] byte *p, [in] long n, [in] long m); }");
    struct wire_expr *p = idl_param(&idl, 0, 0)->wire->of->bounds.size;
    assert_ptr_equal(p, idl_param(&idl, 0, 1)->wire->of->bounds.size);
    assert_ptr_not_equal(p, idl_param(&idl, 0, 2)->wire->of->bounds.size);
    assert_ptr_not_equal(p, idl_param(&idl, 1, 0)->wire->of->bounds.size);
    idl_free(&idl);
}

/* C706 14.3.12.3: a table that asked for more bytes would refuse good messages. */
static void references_in_arrays_take_no_place_in_ndr20(void **state)
{
    struct idl_case idl;

    (void)state;
    idl_layout(&idl, HEAD "typedef struct { [ref] short *p[4]; [unique] short *q[2]; } s;"
                          "void f([in] s *a); }");
    struct wire *s = idl_param(&idl, 0, 0)->wire;
    assert_int_equal(s->fields[0].type->min, 4);
    assert_int_equal(s->fields[0].type->min64, 32);
    assert_int_equal(s->min, 4 + 8);
    assert_int_equal(s->min64, 32 + 16);
    idl_free(&idl);
}

static void each_integer_may_be_a_size(void **state)
{
    static const char *const types[][2] = {
        {"boolean", "U8"},         {"byte", "U8"},           {"char", "U8"},
        {"unsigned char", "U8"},   {"signed char", "I8"},    {"small", "I8"},
        {"wchar_t", "U16"},        {"short", "I16"},         {"unsigned short", "U16"},
        {"long", "I32"},           {"unsigned long", "U32"}, {"hyper", "I64"},
        {"unsigned hyper", "U64"}, {"__int3264", "I64"},     {"unsigned __int3264", "U64"},
        {"error_status_t", "U32"}, {"few_t", "U32"},         {"minus_t", "I32"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(types); i++) {
        struct idl_case idl;
        char text[500];
        (void)snprintf(text, sizeof(text),
                       HEAD "typedef enum { FEW = 3 } few_t; typedef enum { M = -1 } minus_t;"
                            "typedef struct { %s n; [size_is(n)] byte *p; } s;"
                            "void f([in] s *a, [in] %s n, [in, size_is(n)] byte *p); }",
                       types[i][0], types[i][0]);
        idl_layout(&idl, text);
        assert_string_equal(idl_param(&idl, 0, 2)->wire->of->bounds.size->var, types[i][1]);
        struct wire *s = idl_param(&idl, 0, 0)->wire;
        assert_string_equal(s->fields[1].type->of->bounds.size->var, types[i][1]);
        idl_free(&idl);
    }
}

static void a_typedef_may_be_repeated_only_as_what_it_is(void **state)
{
    static const char *const cases[][2] = {
        {"typedef long t[3]; typedef long t[3];", ""},
        {"typedef long t[3]; typedef long t[4];", "declared"},
        {"typedef long t[3]; typedef short t[3];", "declared"},
        {"typedef long t[3]; typedef long *t;", "declared"},
        {"const long N = 3; typedef long t[N]; typedef long t[N];", ""},
        {"const long N = 3; const long M = 3; typedef long t[N]; typedef long t[M];",
         "declared"},
        {"const long N = 3; typedef long t[N]; typedef long t[3];", "declared"},
        {"typedef long t[2][3]; typedef long t[2][3];", ""},
        {"typedef long t[2][3]; typedef long t[2][4];", "declared"},
        {"typedef long t[]; typedef long t[];", ""},
        {"typedef long t[]; typedef long t[3];", "declared"},
        {"typedef long t[3]; typedef long t[];", "declared"},
        {"typedef long **t; typedef long **t;", ""},
        {"typedef long **t; typedef long *t;", "declared"},
        {"typedef byte t; typedef boolean t; typedef unsigned char t;", ""},
        {"typedef wchar_t t; typedef unsigned short t;", ""},
        {"typedef error_status_t t; typedef unsigned long t;", ""},
        {"typedef long t; typedef unsigned long t;", "declared"},
        {"typedef struct { long a; } t; typedef struct { long a; } t;", "declared"},
        {"typedef struct s { long a; } t; typedef struct s t;", ""},
        {"const long K = 3; const long K = 3;", ""},
        {"const long K = 3; const long K = 4;", "declared"},
        {"const long K = 3; const char *K = \"3\";", "declared"},
        {"const char *K = \"3\"; const long K = 3;", "declared"},
        {"typedef long K; const long K = 4;", "declared"},
    };

    (void)state;
    idl_check_texts(cases, NUM_OF(cases));
}

static void sizeof_counts_padding_as_c_does(void **state)
{
    static const struct {
        const char *type;
        int64_t size; /* 0: it is not the same on every machine */
    } cases[] = {
        {"few_t", 4},  {"arr_t", 12},     {"padded_t", 24}, {"arrays_t", 20},
        {"byte", 1},   {"boolean", 1},    {"wchar_t", 2},   {"small", 1},
        {"hyper", 8},  {"float", 4},      {"double", 8},    {"error_status_t", 4},
        {"long *", 0}, {"pointer_t", 0},  {"holds_t", 0},   {"__int3264", 0},
        {"huge_t", 0}, {"negative_t", 0}, {"open_t", 0},    {"far_t", 0},
        {"many_t", 0},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[1000];
        (void)snprintf(
            text, sizeof(text),
            "typedef enum { FEW } few_t; typedef long arr_t[3];\n"
            "typedef struct { byte a; hyper b; short c; } padded_t;\n"
            "typedef struct { byte a[5]; few_t e[2]; short c; } arrays_t;\n"
            "typedef long *pointer_t; typedef struct { long a; pointer_t p; } holds_t;\n"
            "typedef byte huge_t[2][0x7fffffff][4]; typedef byte open_t[];\n"
            "typedef byte negative_t[-1]; typedef byte far_t[0x80000000];\n"
            "typedef struct { byte a[0x7fffffff]; byte b[2]; byte c; } many_t;\n"
            "const hyper k = sizeof(%s);",
            cases[i].type);
        idl_tree(&idl, text);
        struct symbol *s = names_find(idl.tree->names, compiler_word(&idl.compiler, "k", 1));
        if (!s || s->constant->number != cases[i].size ||
            s->constant->has_number != (cases[i].size != 0))
            fail_msg("%s: %lld, %s", cases[i].type, s ? (long long)s->constant->number : -1LL,
                     idl.messages);
        idl_free(&idl);
    }
}

static void constants_that_c_cannot_hold_are_refused(void **state)
{
    static const char *const bad = "does not fit into 64 bits, or divides by zero";
    const char *const cases[][2] = {
        {"const hyper k = 1 / 0;", bad},
        {"const hyper k = 1 % 0;", bad},
        {"const hyper k = (-9223372036854775807 - 1) / -1;", bad},
        {"const hyper k = (-9223372036854775807 - 1) % -1;", bad},
        {"const hyper k = -(-9223372036854775807 - 1);", bad},
        {"const hyper k = 9223372036854775807 + 1;", bad},
        {"const hyper k = -9223372036854775807 - 2;", bad},
        {"const hyper k = 9223372036854775807 * 2;", bad},
        {"const hyper k = 1 << 63;", bad},
        {"const hyper k = 1 << -1;", bad},
        {"const hyper k = 2 << 62;", bad},
        {"const hyper k = -1 << 1;", bad},
        {"const hyper k = -1 >> 1;", bad},
        {"const hyper k = 8 >> 70;", bad},
        {"const hyper k = 1 ? 1 / 0 : 2;", bad},
        {"const hyper k = (1 / 0) ? 1 : 2;", bad},
        {"const hyper k = 1 + 1 / 0;", bad},
        {"const hyper k = 1 ? 2 : 1 / 0;", ""},
        {"const hyper k = 0 && 1;", ""},
        {"const hyper k = 1 && 0;", ""},
        {"const hyper k = 0 || 0;", ""},
        {"const hyper k = 8 >> 2;", ""},
        {"const hyper k = +3;", ""},
        {"const hyper k = 0 - 9223372036854775807;", ""},
    };

    (void)state;
    idl_check_texts(cases, NUM_OF(cases));
}

/* What --dump-types prints of a text. */
static char *dump_of(const char *text)
{
    struct compiler c = {.messages = stderr};
    struct compile_job job = {
        .mode = COMPILE_DUMP, .path = "test.idl", .text = text, .text_len = strlen(text)};

    assert_int_equal(compiler_run(&c, compile_work, &job), true);
    char *copy = strdup(job.print.data ? job.print.data : "");
    assert_non_null(copy);
    compiler_done(&c);
    return copy;
}

static void a_dump_names_every_detail(void **state)
{
    static const char *const expected[] = {
        "interface x, version 0.0\n",
        "0 sizes\n",
        "in n: u32\n",
        "in, out both: ",
        "    out made: ",
        ", size n * 3 / 2 + 1",
        ", size *maybe",
        ", size (rpcsec_ndr_multiply(",
        ", size 7",
        ", first n, length n",
        ", range 1..9",
        ", relaxed",
        ", ms_union",
        ": left out\n",
        ": not sent\n",
        "    case 1: a: ",
        "    case 2: nothing",
        "    default: nothing",
        "fixed array of ",
        "varying array of ",
        "conformant varying array of ",
        "ignored pointer",
        "unique of ",
        "ptr of ",
        "union switch on ",
        ": scalar",
    };

    (void)state;
    char *got = dump_of(
        HEAD
        "typedef [switch_type(short), ms_union] union { [case(1)] long a; [case(2)]; } u;"
        "typedef union switch (short t) { case 1: long a; default: ; } sw;"
        "typedef struct { [ignore] void *none; [range(1, 9)] long few; short fixed[4];"
        " [string] char name[8]; } s; typedef pipe long pip;"
        "void sizes([in] unsigned long n, [in, unique] long *maybe,"
        " [in, size_is(n * 3 / 2 + 1)] byte *a, [in, size_is(*maybe)] byte *b,"
        " [in, size_is(n * n)] byte *c, [in, size_is(7)] byte *d,"
        " [in, size_is(8), first_is(n), length_is(n)] short *e,"
        " [in, disable_consistency_check, size_is(n)] long *g);"
        "void more([in, out] s *both, [out] sw *made, [in] short t, [in, switch_is(t)] u *v,"
        " [in, ptr] long *full);"
        "void piped([in] pip p); void Opnum3NotUsedOnWire(void); [local] void beside(void); }");
    for (size_t i = 0; i < NUM_OF(expected); i++)
        if (!strstr(got, expected[i]))
            fail_msg("no '%s' in:\n%s", expected[i], got);
    free(got);
}

static void a_header_declares_each_form_in_c(void **state)
{
    static const char *const cases[][2] = {
        {"typedef struct { [size_is(2)] long a[]; } s;", "int32_t a[1];"},
        {"typedef union { [case(1)] long a; } u;", "int32_t a;"},
        {"typedef struct { long n; [size_is(n)] long a[]; } s;", "int32_t a[];"},
        {"typedef [switch_type(short)] union { [case(1)]; } u;", "char none;"},
        {"const hyper k = 5000000000;", "k INT64_C(5000000000)"},
        {"const long k = 4000000000;", "k "},
        {"const hyper k = -5000000000;", "k "},
        {"const char *k = \"a\\\"b\\\\c\" \"d\";", "\"a\\\"b\\\\c"},
        {"const wchar_t *k = L\"wide\";", "wide"},
        {"const wchar_t k = L'x';", "k "},
        {"const char k = '\\x7f';", "k "},
        {"const char k = '\\101';", "k "},
        {"const void *k = NULL;", "k "},
        {"typedef struct { long a : 3; long : 4; } s;", "int32_t a : 3;"},
        {"typedef long (*f)(long a, short *b);", "(*f)(int32_t a, int16_t *b)"},
        {"typedef long (*f)(void);", "(*f)(void)"},
        {"typedef long (*t)[3][4];", "int32_t (*t)[3][4]"},
        {"typedef enum tag { A, B } *p;", "enum tag"},
        {"struct later; typedef struct later *p; struct later { long a; };", "struct later"},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        idl_compile(&idl, cases[i][0]);
        if (!idl.fine || !strstr(idl.job.header.data, cases[i][1]))
            fail_msg("%s: %s%s", cases[i][0], idl.messages,
                     idl.job.header.data ? idl.job.header.data : "");
        idl_free(&idl);
    }
}

static void labels_are_as_wide_as_the_tag(void **state)
{
    static const struct {
        const char *tag;
        int64_t value; /* of the case -2 */
    } cases[] = {
        {"byte", 254},
        {"unsigned char", 254},
        {"char", 254},
        {"small", -2},
        {"signed char", -2},
        {"short", -2},
        {"unsigned short", 65534},
        {"wchar_t", 65534},
        {"long", -2},
        {"unsigned long", 4294967294},
        {"error_status_t", 4294967294},
        {"hyper", -2},
        {"boolean", 254},
        {"few_t", 65534},
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct idl_case idl;
        char text[500];
        (void)snprintf(text, sizeof(text),
                       HEAD "typedef enum { FEW } few_t;"
                            "typedef union switch (%s t) { case -2: long a; } u;"
                            "void f([in] u *p); }",
                       cases[i].tag);
        idl_layout(&idl, text);
        assert_int_equal(idl_param(&idl, 0, 0)->wire->arms[0].value, cases[i].value);
        idl_free(&idl);
    }
}

static void unions_and_arrays_of_odd_forms_are_refused_or_sent(void **state)
{
    static const char *const cases[][2] = {
        {HEAD "typedef union switch (float t) { case 1: long a; } u; void f([in] u *p); }",
         "switch on"},
        {HEAD "typedef [switch_type(short)] union { [case(1)] long a; } u;"
              "void f([in] short *t, [in, switch_is(*t)] u *p); }",
         ""},
        {HEAD "typedef union { [case(1)] long a; } u;"
              "void f([in] short *t, [in, switch_is(*t)] u *p); }",
         ""},
        {HEAD "typedef union { [case(1)] long a; } u;"
              "void f([in] short t, [in, switch_is(*t)] u *p); }",
         "error"},
        {HEAD "typedef union { [case(1)] long a; } u;"
              "void f([in] short t, [in, switch_is(t + 1)] u *p); }",
         "error"},
        {HEAD "typedef union { [case(1)] long a; } u; void f([in, switch_is(t)] u *p); }",
         "error"},
        {HEAD "typedef [switch_type(short)] union { [case(x)] long a; } u;"
              "void f([in] short t, [in, switch_is(t)] u *p); }",
         "error"},
        {HEAD "void f([in] long n, [in, size_is(n), range(1, 3)] long *p); }", ""},
        {HEAD "void f([in] long n, [in, max_is(n)] long *p); }", ""},
        {HEAD "void f([in] long n, [in, size_is(9), first_is(n), last_is(8)] long *p); }", ""},
        {HEAD "void f([in] long n, [in, size_is(9), last_is(n)] long *p); }", ""},
        {HEAD "void f([in] long n, [in, size_is(none)] long *p); }", "unknown name"},
        {HEAD "void f([in] long n, [in, size_is(9), first_is(none)] long *p); }",
         "unknown name"},
        {HEAD "void f([in] long n, [in, size_is(9), length_is(none)] long *p); }",
         "unknown name"},
        {HEAD "void f([in] long n, [in, length_is(none)] long p[4]); }", "unknown name"},
        {HEAD "void f([in] long n, [in] long p[n]); }", "not constant"},
        {HEAD "void f([in, string] signed char *a, [in, string] unsigned char *b,"
              "[in, string] byte *c, [in, string] unsigned short *d); }",
         ""},
        {HEAD "void f([in, string] long *a); }", "error"},
        {HEAD "void f([in, string] float *a); }", "error"},
        {HEAD "void f([in, string] unsigned char a[9], [in, string] wchar_t b[]); }", ""},
    };

    (void)state;
    idl_check_texts(cases, NUM_OF(cases));
}

struct run {
    struct vector file;
    enum compile_mode mode;
    FILE *messages;
};

static rpcsec_status compile_once(void *arg)
{
    const struct run *run = (const struct run *)arg;
    struct compile_job job = {.mode = run->mode,
                              .path = "made_up.idl",
                              .text = (const char *)run->file.data,
                              .text_len = run->file.len};
    struct compiler c = {.messages = run->messages};
    bool fine = compiler_run(&c, compile_work, &job);

    compiler_done(&c);
    return fine ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static void memory_that_ends_is_reported_in_each_mode(void **state)
{
    (void)state;
    for (int mode = COMPILE_STUBS; mode <= COMPILE_DUMP; mode++) {
        char *messages = NULL;
        size_t len;
        struct run run = {.file = file_load("tests/idl/made_up.idl"),
                          .mode = (enum compile_mode)mode,
                          .messages = open_memstream(&messages, &len)};
        assert_non_null(run.messages);
        assert_true(alloc_check(compile_once, &run) > 1);
        fclose(run.messages);
        assert_non_null(strstr(messages, "out of memory"));
        free(messages);
        vector_free(&run.file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_of_other_forms_become_functions),
        cmocka_unit_test(expressions_that_are_no_integers_of_the_record_are_refused),
        cmocka_unit_test(equal_functions_of_a_record_are_one),
        cmocka_unit_test(references_in_arrays_take_no_place_in_ndr20),
        cmocka_unit_test(each_integer_may_be_a_size),
        cmocka_unit_test(a_typedef_may_be_repeated_only_as_what_it_is),
        cmocka_unit_test(sizeof_counts_padding_as_c_does),
        cmocka_unit_test(constants_that_c_cannot_hold_are_refused),
        cmocka_unit_test(a_dump_names_every_detail),
        cmocka_unit_test(a_header_declares_each_form_in_c),
        cmocka_unit_test(labels_are_as_wide_as_the_tag),
        cmocka_unit_test(unions_and_arrays_of_odd_forms_are_refused_or_sent),
        cmocka_unit_test(memory_that_ends_is_reported_in_each_mode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
