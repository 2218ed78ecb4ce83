/* SPDX-License-Identifier: MIT
 *
 * rpcsec/ndr.h: the type tables that rpcsec-idl writes and the NDR engine walks. Layer: public.
 *
 * Constant data only, made by generated code; a program does not need this header. One table
 * serves NDR 2.0 in both byte orders and NDR64, and printing, and making values.
 * Documents: C706 chapter 14 (NDR), MS-RPCE 2.2.5 (NDR64), MS-RPCE 3.1.1.5.3 (strict checks).
 *
 * How IDL becomes tables
 * ----------------------
 *
 * 1. The argument record. Each operation has a C struct, the argument record, with one member
 *    per [in] or [out] parameter and one for the return value (not for handle_t). A top-level
 *    ref pointer has no bytes on the wire, so:
 *    - to something of fixed memory size (integer, structure, union, enum, fixed array, another
 *      pointer, context handle): it vanishes. The member is the *pointee by value* and the type
 *      is the pointee's. `[out] long *x` is a member `int32_t x` of type rpcsec_ndr_i32;
 *      `[out] T **x` (ref to unique) a member `T *x` of type UNIQUE.
 *      Stubs copy (client) or pass the member's address (server).
 *    - to a conformant array, a string or a conformant structure: the member is a pointer
 *      (`T *`, `char *`, `uint16_t *`) and the type is REF to that array, string or structure.
 *    A unique or full top-level pointer is a member of pointer type, of type UNIQUE or FULL.
 *    So size_is(*n) with a top-level ref n is VAR, and with a unique n it is DEREF.
 *    The record of the server begins all zero.
 *
 * 2. Who gives memory. Decoding takes all memory from the arena and stores pointers to it in
 *    the record: a pointer member never tells the engine where to write, whatever it held
 *    before is replaced. So a client parameter for an out array, string or conformant structure
 *    is `T **`. On a server, before the manager runs, [out]-only members are zero, except REF
 *    to an array with a size: they point to that many zeroed elements, for the manager to
 *    fill. The manager may also replace a pointer (an [in,out] conformant structure that grows
 *    must be replaced: its parameter is `T **`).
 *
 * 3. Mapping of types to C:
 *    small/short/long/hyper    int8_t int16_t int32_t int64_t, unsigned: uint8_t ...
 *    char, byte, boolean       char, uint8_t, uint8_t (decoded to 0 or 1)
 *    wchar_t                   uint16_t (UTF-16 unit); [string] wchar_t *: uint16_t *, with NUL
 *    __int3264                 int64_t or uint64_t
 *    float, double             the same
 *    enum                      the C enum (sizeof must be 4): ENUM16, or ENUM32 for v1_enum;
 *                              mem_size may also be 2 for ENUM16 kept in a uint16_t
 *    error_status_t            uint32_t
 *    T a[10]; T a[2][3]        the same (FIXED of FIXED)
 *    conformant structure      flexible array member, last
 *    T x[] as a parameter      T *
 *    union                     C union; the discriminant stands elsewhere
 *    union switch (encapsul.)  struct { tag; C union }
 *    ref, unique, ptr          T *
 *    [string] char *           char *: REF, UNIQUE or FULL to CONFORMANT_VARYING with flag
 *                              STRING
 *    [string] char s[20]       char s[20]: VARYING with flag STRING
 *    context handle            struct { struct rpcsec_context_handle handle; }, one C type for
 *                              each typedef, whose name is the table's; without a typedef
 *                              struct rpcsec_context_handle, named "context_handle"
 *
 * 4. Correlations. size_is, length_is, first_is and switch_is stand in the node of the array or
 *    union that they describe (an own node for each use), however many pointers lie between:
 *    `[size_is(,n)] T **x` is UNIQUE to UNIQUE to CONFORMANT with bounds.size = n. They are
 *    evaluated against the *record*: the innermost structure whose field the whole chain is, or
 *    else the argument record; offsets count from its start. (Entering a structure changes the
 *    record; entering arrays, pointers and union arms does not.)
 *    max_is(e) is size e + 1; last_is(e) without first_is is length e + 1.
 *
 * 5. Sizes. align is the alignment on the wire, wire_min the fewest bytes that a value can take
 *    (padding left out; any lower bound is right, but 0 only for empty things). Each for NDR
 *    2.0 and for NDR64 (..64):
 *                        align        align64      wire_min          wire_min64
 *    1..8 byte scalars   size         size         size              size
 *    ENUM16              2            4            2                 4
 *    [U]INT3264          4            8            4                 8
 *    pointers, IGNORED   4            8            4                 8
 *    CONTEXT_HANDLE      4            4            20                20
 *    STRUCT              the largest of its fields  the sum of its fields
 *    UNION, ENCAPSULATED the largest of tag, arms   tag + the smallest arm (empty: 0)
 *    FIXED               element      element      num * element     num * element
 *    CONFORMANT          element      element      4                 8
 *    VARYING             max(4, el.)  max(8, el.)  8                 16
 *    CONFORMANT_VARYING  max(4, el.)  max(8, el.)  12                24
 *    (Of a conformant array in a structure only the elements count for its alignment.)
 *    mem_size is sizeof the C object; of CONFORMANT and CONFORMANT_VARYING it is 0.
 *
 * Example
 * -------
 *
 *     typedef struct { unsigned long n; [size_is(n)] hyper *p; } list_t;
 *     typedef struct { unsigned short num; [size_is(num / 2)] short data[]; } tail_t;
 *     typedef [switch_type(short)] union {
 *         [case(1, 2)] long a;
 *         [case(3)] [string] char *text;
 *         [default] ;
 *     } value_t;
 *     long Op([in, string] wchar_t *name, [in, unique] tail_t *tail, [in, out] list_t *list,
 *             [in] short level, [out, switch_is(level)] value_t *value,
 *             [in] unsigned long len, [out, size_is(len)] byte *data);
 *
 * becomes, with pointer_default(unique):
 *
 *     struct list { uint32_t n; int64_t *p; };
 *     struct tail { uint16_t num; int16_t data[]; };
 *     union value { int32_t a; char *text; };
 *     struct Op_args {
 *         uint16_t *name;
 *         struct tail *tail;
 *         struct list list;
 *         int16_t level;
 *         union value value;
 *         uint32_t len;
 *         uint8_t *data;
 *         int32_t result;
 *     };
 *
 *     static const struct rpcsec_ndr_bounds list_p_bounds = {
 *         .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U32,
 *                  .offset = offsetof(struct list, n)}};
 *     static const struct rpcsec_ndr_type list_p_array = {
 *         .kind = RPCSEC_NDR_CONFORMANT, .align = 8, .align64 = 8,
 *         .wire_min = 4, .wire_min64 = 8, .of = &rpcsec_ndr_i64, .bounds = &list_p_bounds};
 *     static const struct rpcsec_ndr_type list_p = {
 *         .kind = RPCSEC_NDR_UNIQUE, .align = 4, .align64 = 8,
 *         .wire_min = 4, .wire_min64 = 8, .mem_size = sizeof(void *), .of = &list_p_array};
 *     static const struct rpcsec_ndr_field list_fields[] = {
 *         {"n", offsetof(struct list, n), &rpcsec_ndr_u32},
 *         {"p", offsetof(struct list, p), &list_p}};
 *     static const struct rpcsec_ndr_type list = {
 *         .kind = RPCSEC_NDR_STRUCT, .align = 4, .align64 = 8,
 *         .wire_min = 8, .wire_min64 = 12, .mem_size = sizeof(struct list),
 *         .num = 2, .name = "list_t", .fields = list_fields};
 *
 *     static const struct rpcsec_ndr_bounds tail_data_bounds = {
 *         .size = {.kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_U16, .divide = 2,
 *                  .offset = offsetof(struct tail, num)}};
 *     static const struct rpcsec_ndr_type tail_data = {
 *         .kind = RPCSEC_NDR_CONFORMANT, .align = 2, .align64 = 2,
 *         .wire_min = 4, .wire_min64 = 8, .of = &rpcsec_ndr_i16, .bounds = &tail_data_bounds};
 *     static const struct rpcsec_ndr_field tail_fields[] = {
 *         {"num", offsetof(struct tail, num), &rpcsec_ndr_u16},
 *         {"data", offsetof(struct tail, data), &tail_data}};
 *     static const struct rpcsec_ndr_type tail = {
 *         .kind = RPCSEC_NDR_STRUCT, .flags = RPCSEC_NDR_FLAG_CONFORMANT,
 *         .align = 2, .align64 = 2, .wire_min = 6, .wire_min64 = 10,
 *         .mem_size = sizeof(struct tail), .num = 2, .name = "tail_t", .fields = tail_fields};
 *
 *     static const struct rpcsec_ndr_type char_string = {
 *         .kind = RPCSEC_NDR_CONFORMANT_VARYING, .flags = RPCSEC_NDR_FLAG_STRING,
 *         .align = 4, .align64 = 8, .wire_min = 12, .wire_min64 = 24, .of = &rpcsec_ndr_char};
 *     (text_pointer: UNIQUE to char_string; likewise wide_string of rpcsec_ndr_wchar; name_ref:
 *     REF to wide_string; tail_pointer: UNIQUE to tail; data_ref: REF to data_array, whose
 *     bounds.size is VAR U32 at offsetof(struct Op_args, len))
 *
 *     static const struct rpcsec_ndr_arm value_arms[] = {
 *         {"a", 1, 0, &rpcsec_ndr_i32},
 *         {"a", 2, 0, &rpcsec_ndr_i32},
 *         {"text", 3, 0, &text_pointer},
 *         {NULL, 0, RPCSEC_NDR_ARM_DEFAULT, NULL}};
 *     static const struct rpcsec_ndr_expr Op_value_switch = {
 *         .kind = RPCSEC_NDR_EXPR_VAR, .var = RPCSEC_NDR_I16,
 *         .offset = offsetof(struct Op_args, level)};
 *     static const struct rpcsec_ndr_type Op_value = {
 *         .kind = RPCSEC_NDR_UNION, .align = 4, .align64 = 8, .wire_min = 2, .wire_min64 = 2,
 *         .mem_size = sizeof(union value), .num = 4, .name = "value_t",
 *         .of = &rpcsec_ndr_i16, .arms = value_arms, .switch_is = &Op_value_switch};
 *
 *     static const struct rpcsec_ndr_arg Op_arg_list[] = {
 *         {"name", offsetof(struct Op_args, name), RPCSEC_NDR_IN, &name_ref},
 *         {"tail", offsetof(struct Op_args, tail), RPCSEC_NDR_IN, &tail_pointer},
 *         {"list", offsetof(struct Op_args, list), RPCSEC_NDR_IN | RPCSEC_NDR_OUT, &list},
 *         {"level", offsetof(struct Op_args, level), RPCSEC_NDR_IN, &rpcsec_ndr_i16},
 *         {"value", offsetof(struct Op_args, value), RPCSEC_NDR_OUT, &Op_value},
 *         {"len", offsetof(struct Op_args, len), RPCSEC_NDR_IN, &rpcsec_ndr_u32},
 *         {"data", offsetof(struct Op_args, data), RPCSEC_NDR_OUT, &data_ref},
 *         {"result", offsetof(struct Op_args, result),
 *          RPCSEC_NDR_OUT | RPCSEC_NDR_RETURN, &rpcsec_ndr_i32}};
 *     static const struct rpcsec_ndr_record Op_record = {
 *         .version = RPCSEC_NDR_TABLE_VERSION, .name = "Op",
 *         .mem_size = sizeof(struct Op_args), .num_args = 8, .args = Op_arg_list};
 */
#ifndef RPCSEC_NDR_H
#define RPCSEC_NDR_H

#include <rpcsec/dcerpc.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the format of these tables. The library refuses newer ones. */
#define RPCSEC_NDR_TABLE_VERSION 1

/* What a type is. Values never change; new ones are added. */
enum rpcsec_ndr_kind {
    RPCSEC_NDR_U8 = 1,
    RPCSEC_NDR_I8 = 2,
    RPCSEC_NDR_U16 = 3,
    RPCSEC_NDR_I16 = 4,
    RPCSEC_NDR_U32 = 5,
    RPCSEC_NDR_I32 = 6,
    RPCSEC_NDR_U64 = 7,
    RPCSEC_NDR_I64 = 8,
    RPCSEC_NDR_UINT3264 = 9, /* 4 bytes in NDR 2.0, 8 in NDR64 */
    RPCSEC_NDR_INT3264 = 10,
    RPCSEC_NDR_CHAR = 11,
    RPCSEC_NDR_BYTE = 12,
    RPCSEC_NDR_BOOLEAN = 13,
    RPCSEC_NDR_WCHAR = 14,
    RPCSEC_NDR_FLOAT = 15,
    RPCSEC_NDR_DOUBLE = 16,
    RPCSEC_NDR_ENUM16 = 17, /* 2 bytes in NDR 2.0, 4 in NDR64 */
    RPCSEC_NDR_ENUM32 = 18, /* v1_enum */
    RPCSEC_NDR_ERROR_STATUS = 19,

    RPCSEC_NDR_STRUCT = 32,
    RPCSEC_NDR_UNION = 33,        /* non-encapsulated: needs switch_is */
    RPCSEC_NDR_ENCAPSULATED = 34, /* union switch: the tag is part of the C struct */

    RPCSEC_NDR_FIXED = 48,      /* T x[num] */
    RPCSEC_NDR_VARYING = 49,    /* T x[num], of which a part is sent */
    RPCSEC_NDR_CONFORMANT = 50, /* T x[size_is], as a pointee or last in a structure */
    RPCSEC_NDR_CONFORMANT_VARYING = 51,

    RPCSEC_NDR_REF = 64,
    RPCSEC_NDR_UNIQUE = 65,
    RPCSEC_NDR_FULL = 66,
    RPCSEC_NDR_IGNORED = 67, /* [ignore]: a pointer sent as 0 and never followed */

    RPCSEC_NDR_CONTEXT_HANDLE = 80,
    /* Reserved: 81 pipes, 82.. represent_as and the like. */
};

enum rpcsec_ndr_type_flags {
    /* STRUCT: its last field is a conformant array or such a structure; its maximum count
     * stands before the structure. Source: C706 14.3.7.1. */
    RPCSEC_NDR_FLAG_CONFORMANT = 1,
    /* VARYING, CONFORMANT_VARYING of CHAR, BYTE, U8, U16 or WCHAR: ends in NUL, which is sent
     * and counted. bounds NULL, or bounds.size for [string, size_is]. Source: C706 14.3.4. */
    RPCSEC_NDR_FLAG_STRING = 2,
    /* Arrays: disable_consistency_check: a NULL unique or full pointer to the array is taken
     * although its size is not 0. Source: MS-RPCE 3.1.1.5.3.3.1.2. */
    RPCSEC_NDR_FLAG_RELAXED = 4,
    /* UNION, ENCAPSULATED: [ms_union]: in NDR 2.0 too, arms take the largest arm's alignment.
     */
    RPCSEC_NDR_FLAG_MS_UNION = 8,
    /* CONTEXT_HANDLE: [context_handle_noserialize]: calls that take it [in] may run at once. */
    RPCSEC_NDR_FLAG_SHARED = 16,
};

/* What an expression is. */
enum rpcsec_ndr_expr_kind {
    RPCSEC_NDR_EXPR_NONE = 0,  /* there is none */
    RPCSEC_NDR_EXPR_CONST = 1, /* the value is `add` */
    RPCSEC_NDR_EXPR_VAR = 2,   /* the integer at `offset` in the record, times .. plus .. */
    RPCSEC_NDR_EXPR_DEREF = 3, /* the integer that the pointer at `offset` points to; a NULL
                                * pointer makes the whole expression 0 */
    RPCSEC_NDR_EXPR_CALL = 4,  /* call(record): anything else that reads only the record */
    RPCSEC_NDR_EXPR_CALL_DEREF = 5, /* as CALL, and follows pointers; must take NULL for each */
};

/* struct rpcsec_ndr_expr is a correlated value: variable * multiply / divide + add. */
struct rpcsec_ndr_expr {
    uint8_t kind;      /* enum rpcsec_ndr_expr_kind */
    uint8_t var;       /* VAR, DEREF: RPCSEC_NDR_U8 .. RPCSEC_NDR_I64, as it is in memory */
    uint16_t multiply; /* 0 and 1: none */
    uint16_t divide;   /* 0 and 1: none; rounds down */
    uint32_t offset;   /* VAR, DEREF: of the variable or pointer in the record */
    int64_t add;
    /* CALL, CALL_DEREF: result < 0 is an error of a count. The record may hold any values that
     * a peer chose: use the functions below, which are defined for all of them. */
    int64_t (*call)(const void *record);
};

/* struct rpcsec_ndr_bounds holds the correlations of an array. */
struct rpcsec_ndr_bounds {
    struct rpcsec_ndr_expr size;   /* CONFORMANT..: the maximum count, in elements */
    struct rpcsec_ndr_expr first;  /* ..VARYING: NONE is 0 */
    struct rpcsec_ndr_expr length; /* ..VARYING: elements sent; not for strings */
};

/* struct rpcsec_ndr_range is [range(least, most)]. For an integer or enum: its value; for a
 * conformant array: its maximum count; for a varying one or a string: its actual count. A range
 * on a pointer goes to what it points to. */
struct rpcsec_ndr_range {
    int64_t least;
    int64_t most;
};

/* struct rpcsec_ndr_type describes one type, or one use of it with its correlations. */
struct rpcsec_ndr_type {
    uint8_t kind;  /* enum rpcsec_ndr_kind */
    uint8_t flags; /* enum rpcsec_ndr_type_flags */
    uint8_t align; /* see "Sizes" */
    uint8_t align64;
    uint32_t wire_min;
    uint32_t wire_min64;
    uint32_t mem_size;
    uint32_t num;         /* FIXED, VARYING: elements; STRUCT: fields; unions: arms */
    uint32_t tag_offset;  /* ENCAPSULATED: of the tag in the C struct */
    uint32_t body_offset; /* ENCAPSULATED: of the C union in the C struct */
    const char *name;     /* for people; NULL: none */
    const struct rpcsec_ndr_type *of;      /* arrays: element; pointers: pointee; unions: tag */
    const struct rpcsec_ndr_field *fields; /* STRUCT */
    const struct rpcsec_ndr_arm *arms;     /* unions */
    const struct rpcsec_ndr_bounds *bounds;  /* arrays but FIXED */
    const struct rpcsec_ndr_expr *switch_is; /* UNION */
    const struct rpcsec_ndr_range *range;    /* NULL: none */
    const struct rpcsec_ndr_step *steps;     /* STRUCT; see below */
    uint32_t num_steps;                      /* 0: none */
    uint32_t steps_len;                      /* see below; 0: they are taken one by one */
};

enum rpcsec_ndr_step_kind {
    RPCSEC_NDR_STEP_RUN = 1,    /* bytes that lie in memory as on the wire */
    RPCSEC_NDR_STEP_SCALAR = 2, /* one whose value must be looked at */
    RPCSEC_NDR_STEP_LEAF = 3,   /* a unique or ref pointer to something without pointers */
};

/* struct rpcsec_ndr_step is one step of the short way through a structure and the structures in
 * it, for NDR 2.0 in the machine's byte order. A structure that holds anything else has no
 * steps; one without steps is walked by its fields, with the same result. The steps of a
 * conformant structure end before its array. As the first of them has the structure's
 * alignment, they take the same place wherever it stands: steps_len bytes with the gaps between
 * them, said where none is a SCALAR. */
struct rpcsec_ndr_step {
    uint16_t kind;   /* enum rpcsec_ndr_step_kind */
    uint16_t align;  /* where it begins, perhaps with the structure that it begins */
    uint32_t len;    /* RUN: bytes */
    uint32_t offset; /* in the structure */
    uint32_t record; /* LEAF: of the inner structure that it is a field of */
    const struct rpcsec_ndr_type *type; /* SCALAR, LEAF */
};

struct rpcsec_ndr_field {
    const char *name;
    uint32_t offset;
    const struct rpcsec_ndr_type *type;
};

enum rpcsec_ndr_arm_flags {
    RPCSEC_NDR_ARM_DEFAULT = 1, /* for every tag that no other arm names */
};

/* One case label; an arm with several labels is several entries. */
struct rpcsec_ndr_arm {
    const char *name;
    int64_t
        value; /* as the tag's type extends it: unsigned kinds with zeros, signed with sign */
    uint32_t flags;
    const struct rpcsec_ndr_type *type; /* NULL: the arm is empty */
};

enum rpcsec_ndr_arg_flags {
    RPCSEC_NDR_IN = 1,
    RPCSEC_NDR_OUT = 2,
    RPCSEC_NDR_RETURN = 4, /* the operation's result; with OUT, last */
};

struct rpcsec_ndr_arg {
    const char *name;
    uint32_t offset; /* in the argument record */
    uint32_t flags;  /* enum rpcsec_ndr_arg_flags */
    const struct rpcsec_ndr_type *type;
};

/* struct rpcsec_ndr_record describes the argument record of one operation, in the order of the
 * parameters. */
struct rpcsec_ndr_record {
    uint32_t version; /* RPCSEC_NDR_TABLE_VERSION */
    const char *name; /* of the operation */
    uint32_t mem_size;
    uint32_t num_args;
    const struct rpcsec_ndr_arg *args;
};

/* ---- Type serialisation ----
 *
 * Behind the functions foo_encode and foo_decode that rpcsec-idl makes of types with [encode]
 * and [decode] (in an ACF file, or beside them): a value in a buffer of its own, as Windows
 * keeps it in tickets and files. Version 1 of MS-RPCE 2.2.6. */

/* rpcsec_ndr_serialize makes such a buffer, little-endian, of the [in] argument of a record.
 * **Ownership**: *ret_data lives in `arena`. **Errors**: INVALID_ARGUMENT when the value
 * contradicts its type, LIMIT, NO_MEMORY. **Source**: MS-RPCE 2.2.6.1, 2.2.6.2 */
RPCSEC_MUST_USE rpcsec_status rpcsec_ndr_serialize(const struct rpcsec_ndr_record *record,
                                                   const void *args, struct rpcsec_arena *arena,
                                                   void **ret_data, size_t *ret_len,
                                                   struct rpcsec_error *err);

/* rpcsec_ndr_deserialize reads one such buffer, of either byte order, into the [out] argument
 * of a record that the caller has zeroed. Padding may follow, nothing else may.
 * **Ownership**: what the record points to lives in `arena`. **Errors**: BAD_STUB, TRUNCATED,
 * LIMIT, NO_MEMORY. **Source**: MS-RPCE 2.2.6.1, 2.2.6.2 */
RPCSEC_MUST_USE rpcsec_status rpcsec_ndr_deserialize(const struct rpcsec_ndr_record *record,
                                                     const void *data, size_t len, void *args,
                                                     struct rpcsec_arena *arena,
                                                     struct rpcsec_error *err);

/* The C object of a context handle. All zero: none. Source: C706 appendix N */
struct rpcsec_context_handle {
    uint32_t attributes;
    struct rpcsec_uuid uuid;
};

/* Takes a piece of output; not NUL-terminated. */
typedef void rpcsec_ndr_sink(void *context, const char *text, size_t len);

/* rpcsec_ndr_print writes the arguments of a request (RPCSEC_NDR_IN) or a response
 * (RPCSEC_NDR_OUT) to `write`, a line each, what they hold indented below. Strings are UTF-8 in
 * quotes, with escapes as in JSON; arrays of octets are hexadecimal digits. Whatever the values
 * are, also pointers in a circle, output ends a little beyond `max_len`; what is left out is
 * "...". Counts and sizes must be true: the record of a call that the library decoded or could
 * encode.
 * **Errors**: INVALID_ARGUMENT for tables of a newer version, without a record or a sink.
 * **Threads**: any; reads only.
 * **Units**: max_len in bytes, 0 for 65536. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status
rpcsec_ndr_print(const struct rpcsec_ndr_record *record, enum rpcsec_ndr_arg_flags direction,
                 const void *args, size_t max_len, rpcsec_ndr_sink *write, void *context);

/* rpcsec_ndr_print_json writes the same as one JSON object in one line:
 * {"Operation":{"argument":value,...}}. Structures are objects, unions objects of "tag" and the
 * arm, NULL pointers null. 64-bit integers are strings of decimal digits, as readers of JSON
 * keep only 53 bits of a number; octets are strings of hexadecimal digits. It is whole JSON
 * also when output is cut.
 * **Errors**, **Threads**, **Units**: as rpcsec_ndr_print. **Source**: RFC 8259. */
RPCSEC_API RPCSEC_MUST_USE rpcsec_status rpcsec_ndr_print_json(
    const struct rpcsec_ndr_record *record, enum rpcsec_ndr_arg_flags direction,
    const void *args, size_t max_len, rpcsec_ndr_sink *write, void *context);

/* Arithmetic for the functions of expressions. What has no result, as by overflow or division
 * by zero, gives INT64_MIN, which no count can be. */
static inline int64_t rpcsec_ndr_add(int64_t a, int64_t b)
{
    int64_t result;

    return __builtin_add_overflow(a, b, &result) ? INT64_MIN : result;
}

static inline int64_t rpcsec_ndr_subtract(int64_t a, int64_t b)
{
    int64_t result;

    return __builtin_sub_overflow(a, b, &result) ? INT64_MIN : result;
}

static inline int64_t rpcsec_ndr_multiply(int64_t a, int64_t b)
{
    int64_t result;

    return __builtin_mul_overflow(a, b, &result) ? INT64_MIN : result;
}

static inline int64_t rpcsec_ndr_divide(int64_t a, int64_t b)
{
    return b == 0 || (a == INT64_MIN && b == -1) ? INT64_MIN : a / b;
}

static inline int64_t rpcsec_ndr_modulo(int64_t a, int64_t b)
{
    return b == 0 || (a == INT64_MIN && b == -1) ? INT64_MIN : a % b;
}

static inline int64_t rpcsec_ndr_shift_left(int64_t a, int64_t b)
{
    return b < 0 || b > 62 ? INT64_MIN : rpcsec_ndr_multiply(a, INT64_C(1) << b);
}

static inline int64_t rpcsec_ndr_shift_right(int64_t a, int64_t b)
{
    return b < 0 || b > 63 ? INT64_MIN : a >> b;
}

#ifndef __cplusplus
/* For generated code: a member has the size that its table says. */
#define RPCSEC_NDR_ASSERT(record_, member_, type_)                   \
    _Static_assert(sizeof(((record_ *)0)->member_) == sizeof(type_), \
                   #record_ "." #member_ " is not as its table says")

/* For generated code: the members from first_ to last_ fill len_ bytes. */
#define RPCSEC_NDR_FILLS(record_, first_, last_, len_)                                       \
    (offsetof(record_, last_) + sizeof(((record_ *)0)->last_) - offsetof(record_, first_) == \
     (len_))

/* The types that need no table of their own: rpcsec_ndr_u8 and so on. In the header, so that
 * tables hold no reference to data of the shared library. */
#define RPCSEC_NDR_SCALAR(name_, kind_, size_, size64_, mem_)                          \
    static const struct rpcsec_ndr_type rpcsec_ndr_##name_ __attribute__((unused)) = { \
        .kind = RPCSEC_NDR_##kind_,                                                    \
        .align = size_,                                                                \
        .align64 = size64_,                                                            \
        .wire_min = size_,                                                             \
        .wire_min64 = size64_,                                                         \
        .mem_size = sizeof(mem_),                                                      \
    }
RPCSEC_NDR_SCALAR(u8, U8, 1, 1, uint8_t);
RPCSEC_NDR_SCALAR(i8, I8, 1, 1, int8_t);
RPCSEC_NDR_SCALAR(u16, U16, 2, 2, uint16_t);
RPCSEC_NDR_SCALAR(i16, I16, 2, 2, int16_t);
RPCSEC_NDR_SCALAR(u32, U32, 4, 4, uint32_t);
RPCSEC_NDR_SCALAR(i32, I32, 4, 4, int32_t);
RPCSEC_NDR_SCALAR(u64, U64, 8, 8, uint64_t);
RPCSEC_NDR_SCALAR(i64, I64, 8, 8, int64_t);
RPCSEC_NDR_SCALAR(uint3264, UINT3264, 4, 8, uint64_t);
RPCSEC_NDR_SCALAR(int3264, INT3264, 4, 8, int64_t);
RPCSEC_NDR_SCALAR(char, CHAR, 1, 1, char);
RPCSEC_NDR_SCALAR(byte, BYTE, 1, 1, uint8_t);
RPCSEC_NDR_SCALAR(boolean, BOOLEAN, 1, 1, uint8_t);
RPCSEC_NDR_SCALAR(wchar, WCHAR, 2, 2, uint16_t);
RPCSEC_NDR_SCALAR(float, FLOAT, 4, 4, float);
RPCSEC_NDR_SCALAR(double, DOUBLE, 8, 8, double);
RPCSEC_NDR_SCALAR(error_status, ERROR_STATUS, 4, 4, uint32_t);
/* Enums whose enumerators nobody prints. The C enum must have 4 bytes. */
RPCSEC_NDR_SCALAR(enum16, ENUM16, 2, 4, uint32_t);
RPCSEC_NDR_SCALAR(enum32, ENUM32, 4, 4, uint32_t);

static const struct rpcsec_ndr_type rpcsec_ndr_context_handle __attribute__((unused)) = {
    .kind = RPCSEC_NDR_CONTEXT_HANDLE,
    .align = 4,
    .align64 = 4,
    .wire_min = 20,
    .wire_min64 = 20,
    .mem_size = sizeof(struct rpcsec_context_handle),
    .name = "context_handle",
};
#endif

#ifdef __cplusplus
}
#endif
#endif
