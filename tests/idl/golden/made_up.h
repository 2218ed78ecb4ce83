/* made_up.h: made by rpcsec-idl from made_up.idl. Do not edit. */
#ifndef RPCSEC_IDL_MADE_UP_H
#define RPCSEC_IDL_MADE_UP_H

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pad {
    uint8_t a;
    int64_t b;
    uint16_t c;
} pad;
typedef struct holder {
    uint32_t n;
    pad *p;
    uint16_t tail;
} holder;
typedef struct trail {
    uint16_t n;
    uint32_t data[];
} trail;
typedef union u {
    uint8_t b;
    int64_t h;
    holder *p;
} u;
typedef struct tu {
    uint16_t tag;
    u u;
    uint8_t after;
} tu;
typedef enum wide_enum {
    WIDE_A = 0,
    WIDE_B = 305419896,
} wide_enum;
typedef enum small_enum {
    SMALL_A = 0,
    SMALL_B = 4660,
} small_enum;
typedef struct misc {
    wide_enum e1;
    small_enum e2;
    uint8_t fixed[3];
    int64_t *nul;
} misc;
typedef struct htrail {
    uint32_t n;
    int64_t d[];
} htrail;
typedef struct hptr {
    uint8_t k;
    int64_t *q;
    uint16_t z;
} hptr;
typedef struct node {
    uint32_t value;
    struct node *next;
} node;
typedef struct with_ref {
    uint32_t *a;
    uint16_t b;
} with_ref;
typedef uint32_t *ref_number;
typedef struct choice {
    uint16_t tag;
    union {
        uint8_t a;
        uint64_t b;
    } u;
} choice;
typedef union small_union {
    uint8_t a;
    uint32_t b;
} small_union;
typedef struct varying {
    uint8_t n;
    uint16_t v[4];
    char s[6];
} varying;
typedef struct ignoring {
    uint32_t a;
    void *p;
    uint32_t b;
} ignoring;
typedef struct matrix {
    uint16_t m[2][3];
    small_enum e[2];
} matrix;
typedef struct label {
    uint16_t n;
    char text[];
} label;

/* ---- Interface made_up, version 1.0 ---- */

extern const struct rpcsec_interface made_up_client_interface;

RPCSEC_MUST_USE rpcsec_status made_up_F1(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const holder *h,
    const trail *t,
    uint32_t *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F1_send(
    struct rpcsec_client *client,
    uint8_t x,
    const holder *h,
    const trail *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F1_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    uint32_t *ret_result,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F2(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const tu *t,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F2_send(
    struct rpcsec_client *client,
    const tu *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F2_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F3(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t max,
    uint32_t off,
    uint32_t len,
    const uint16_t *v,
    misc *ret_m,
    uint32_t *ret_result,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F3_send(
    struct rpcsec_client *client,
    uint32_t max,
    uint32_t off,
    uint32_t len,
    const uint16_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F3_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    misc *ret_m,
    uint32_t *ret_result,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F4(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint16_t *s,
    const char *c,
    uint32_t n,
    const misc *a,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F4_send(
    struct rpcsec_client *client,
    const uint16_t *s,
    const char *c,
    uint32_t n,
    const misc *a,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F4_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F5(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t n,
    const int64_t *v,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F5_send(
    struct rpcsec_client *client,
    uint32_t n,
    const int64_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F5_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F6(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const htrail *t,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F6_send(
    struct rpcsec_client *client,
    uint32_t x,
    const htrail *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F6_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F7(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const hptr *t,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F7_send(
    struct rpcsec_client *client,
    uint32_t x,
    const hptr *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F7_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F8(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const pad *p,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F8_send(
    struct rpcsec_client *client,
    uint8_t x,
    const pad *p,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F8_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_F9(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t x,
    const tu *t,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F9_send(
    struct rpcsec_client *client,
    uint32_t x,
    const tu *t,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_F9_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_List(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const node *head,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_List_send(
    struct rpcsec_client *client,
    const node *head,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_List_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Refs(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const with_ref *s,
    uint32_t n,
    const ref_number *p,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Refs_send(
    struct rpcsec_client *client,
    const with_ref *s,
    uint32_t n,
    const ref_number *p,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Refs_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Choice(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint8_t x,
    const choice *c,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Choice_send(
    struct rpcsec_client *client,
    uint8_t x,
    const choice *c,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Choice_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_MsUnion(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint16_t tag,
    const small_union *one,
    const small_union array[2],
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_MsUnion_send(
    struct rpcsec_client *client,
    uint16_t tag,
    const small_union *one,
    const small_union array[2],
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_MsUnion_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Scalars(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    int64_t i3264,
    uint64_t u3264,
    uint8_t flag,
    float f,
    double d,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Scalars_send(
    struct rpcsec_client *client,
    int64_t i3264,
    uint64_t u3264,
    uint8_t flag,
    float f,
    double d,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Scalars_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Varying(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const varying *s,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Varying_send(
    struct rpcsec_client *client,
    const varying *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Varying_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_SizedString(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t size,
    const char *s,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_SizedString_send(
    struct rpcsec_client *client,
    uint32_t size,
    const char *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_SizedString_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Called(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t a,
    uint32_t b,
    const uint8_t *d,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Called_send(
    struct rpcsec_client *client,
    uint32_t a,
    uint32_t b,
    const uint8_t *d,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Called_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_First(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t f,
    uint32_t l,
    const uint16_t *v,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_First_send(
    struct rpcsec_client *client,
    uint32_t f,
    uint32_t l,
    const uint16_t *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_First_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Ignored(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const ignoring *s,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Ignored_send(
    struct rpcsec_client *client,
    const ignoring *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Ignored_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Full(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const uint32_t *a,
    const uint32_t *b,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Full_send(
    struct rpcsec_client *client,
    const uint32_t *a,
    const uint32_t *b,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Full_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Matrix(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const matrix *s,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Matrix_send(
    struct rpcsec_client *client,
    const matrix *s,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Matrix_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Levels(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    uint32_t m,
    uint32_t n,
    uint8_t *const *v,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Levels_send(
    struct rpcsec_client *client,
    uint32_t m,
    uint32_t n,
    uint8_t *const *v,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Levels_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

RPCSEC_MUST_USE rpcsec_status made_up_Label(
    struct rpcsec_client *client,
    struct rpcsec_arena *arena,
    const label *l,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Label_send(
    struct rpcsec_client *client,
    const label *l,
    rpcsec_pending_done *done,
    void *done_arg,
    struct rpcsec_pending **ret_call,
    struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status made_up_Label_recv(
    struct rpcsec_pending *call,
    struct rpcsec_arena *arena,
    struct rpcsec_error *err);

/* The functions of a server; one that is NULL answers a fault (operation out of
 * range). What comes in lives as long as the call, and so must what goes out: take
 * it from rpcsec_call_alloc. [in, out] parameters hold what the client sent and may
 * be changed in place or replaced; [out] arrays of a size that the client gave are
 * there already, zeroed, to be filled or replaced; all other [out] ones are zero. */
struct made_up_ops {
    rpcsec_status (*F1)(struct rpcsec_call *call,
        uint8_t x,
        const holder *h,
        const trail *t,
        uint32_t *ret_result);
    rpcsec_status (*F2)(struct rpcsec_call *call,
        const tu *t);
    rpcsec_status (*F3)(struct rpcsec_call *call,
        uint32_t max,
        uint32_t off,
        uint32_t len,
        const uint16_t *v,
        misc *ret_m,
        uint32_t *ret_result);
    rpcsec_status (*F4)(struct rpcsec_call *call,
        const uint16_t *s,
        const char *c,
        uint32_t n,
        const misc *a);
    rpcsec_status (*F5)(struct rpcsec_call *call,
        uint32_t n,
        const int64_t *v);
    rpcsec_status (*F6)(struct rpcsec_call *call,
        uint32_t x,
        const htrail *t);
    rpcsec_status (*F7)(struct rpcsec_call *call,
        uint32_t x,
        const hptr *t);
    rpcsec_status (*F8)(struct rpcsec_call *call,
        uint8_t x,
        const pad *p);
    rpcsec_status (*F9)(struct rpcsec_call *call,
        uint32_t x,
        const tu *t);
    rpcsec_status (*List)(struct rpcsec_call *call,
        const node *head);
    rpcsec_status (*Refs)(struct rpcsec_call *call,
        const with_ref *s,
        uint32_t n,
        const ref_number *p);
    rpcsec_status (*Choice)(struct rpcsec_call *call,
        uint8_t x,
        const choice *c);
    rpcsec_status (*MsUnion)(struct rpcsec_call *call,
        uint16_t tag,
        const small_union *one,
        const small_union array[2]);
    rpcsec_status (*Scalars)(struct rpcsec_call *call,
        int64_t i3264,
        uint64_t u3264,
        uint8_t flag,
        float f,
        double d);
    rpcsec_status (*Varying)(struct rpcsec_call *call,
        const varying *s);
    rpcsec_status (*SizedString)(struct rpcsec_call *call,
        uint32_t size,
        const char *s);
    rpcsec_status (*Called)(struct rpcsec_call *call,
        uint32_t a,
        uint32_t b,
        const uint8_t *d);
    rpcsec_status (*First)(struct rpcsec_call *call,
        uint32_t f,
        uint32_t l,
        const uint16_t *v);
    rpcsec_status (*Ignored)(struct rpcsec_call *call,
        const ignoring *s);
    rpcsec_status (*Full)(struct rpcsec_call *call,
        const uint32_t *a,
        const uint32_t *b);
    rpcsec_status (*Matrix)(struct rpcsec_call *call,
        const matrix *s);
    rpcsec_status (*Levels)(struct rpcsec_call *call,
        uint32_t m,
        uint32_t n,
        uint8_t *const *v);
    rpcsec_status (*Label)(struct rpcsec_call *call,
        const label *l);
};

struct rpcsec_service made_up_interface(const struct made_up_ops *ops);

#ifdef __cplusplus
}
#endif
#endif
