/* SPDX-License-Identifier: MIT
 *
 * ndr/by_hand.h: argument records for kinds of types that no foreign vector covers.
 */
#ifndef TESTS_NDR_BY_HAND_H
#define TESTS_NDR_BY_HAND_H

#include "tables.h"

/* [in, unique] node_t *head: a list as long as one likes. */
struct node {
    uint32_t value;
    struct node *next;
};
struct List_args {
    struct node *head;
};

/* { [ref] long *a; short b; }, and an array of [ref] pointers. */
struct with_ref {
    uint32_t *a;
    uint16_t b;
};
struct Refs_args {
    struct with_ref s;
    uint32_t n;
    uint32_t **p;
};

/* union switch (short tag) { case 1: byte a; case 2: hyper b; case 3: ; } */
struct choice {
    uint16_t tag;
    union {
        uint8_t a;
        uint64_t b;
    } u;
};
struct Choice_args {
    uint8_t x;
    struct choice c;
};

/* [ms_union] and the same without, each in an array of two. */
union small {
    uint8_t a;
    uint32_t b;
};
struct MsUnion_args {
    uint16_t tag;
    union small one;
    union small array[2];
};

struct Scalars_args {
    int64_t i3264;
    uint64_t u3264;
    uint8_t flag;
    float f;
    double d;
};

/* { byte n; [length_is(n)] short v[4]; [string] char s[6]; } */
struct varying {
    uint8_t n;
    uint16_t v[4];
    char s[6];
};
struct Varying_args {
    struct varying s;
};

/* [in, string, size_is(size)] char *s */
struct SizedString_args {
    uint32_t size;
    char *s;
};

/* [in, size_is(a * b)] byte *d */
struct Called_args {
    uint32_t a;
    uint32_t b;
    uint8_t *d;
};

/* [in, size_is(8), first_is(f), length_is(l)] short *v */
struct First_args {
    uint32_t f;
    uint32_t l;
    uint16_t *v;
};

/* { long a; [ignore] void *p; long b; } */
struct ignoring {
    uint32_t a;
    void *p;
    uint32_t b;
};
struct Ignored_args {
    struct ignoring s;
};

struct Full_args {
    uint32_t *a;
    uint32_t *b;
};

struct matrix {
    uint16_t m[2][3];
    uint32_t e[2];
};
struct Matrix_args {
    struct matrix s;
};

/* [in, size_is(m, n)] byte **v: a ref to m unique pointers to n bytes each */
struct Levels_args {
    uint32_t m;
    uint32_t n;
    uint8_t **v;
};

/* { short n; [string] char text[]; }: a string at a structure's end */
struct label {
    uint16_t n;
    char text[];
};
struct Label_args {
    struct label *l;
};

extern const struct rpcsec_ndr_record by_hand_records[];

#endif
