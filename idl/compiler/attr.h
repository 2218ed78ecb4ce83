/* SPDX-License-Identifier: MIT
 *
 * compiler/attr.h: the attributes of IDL: one table for parser, checks and layout. Layer:
 * compiler.
 *
 * To add one: a line in ATTR_LIST, its meaning in check.c or layout_use.c, a test.
 */
#ifndef COMPILER_ATTR_H
#define COMPILER_ATTR_H

#include "source.h"

/* Where an attribute may stand. */
enum attr_place {
    ON_INTERFACE = 1,
    ON_TYPE = 2,  /* typedef, and the definition of a struct, union or enum */
    ON_FIELD = 4, /* structure members and union arms */
    ON_PARAM = 8,
    ON_OPERATION = 16,
    ON_OTHER = 32, /* library, coclass, dispinterface, module */
    ON_DATA = ON_TYPE | ON_FIELD | ON_PARAM,
    IN_ACF = 64, /* in an ACF file too */
    ON_ANY = 63,
};

/* What stands in the parentheses. */
enum attr_form {
    FORM_NONE = 1,
    FORM_EXPRS, /* expressions, each may be left out: size_is(,n) */
    FORM_TYPE,  /* a type */
    FORM_UUID,
    FORM_VERSION, /* major or major.minor */
    FORM_WORD,    /* one word */
    FORM_TEXT,    /* anything or nothing, not looked at */
};

/* What the compiler does with it. */
enum attr_effect {
    EFFECT_USED = 1,
    EFFECT_NONE,      /* no effect on the wire or on our C; taken silently */
    EFFECT_NOTE,      /* the same, with a warning that says so */
    EFFECT_LEAVE_OUT, /* operations that use it are left out */
    EFFECT_ERROR,     /* it changes the wire and is not supported */
};

/* X(word, places, form, effect) */
#define ATTR_LIST(X)                                                                           \
    X(in, ON_PARAM, FORM_NONE, EFFECT_USED)                                                    \
    X(out, ON_PARAM, FORM_NONE, EFFECT_USED)                                                   \
    X(retval, ON_PARAM, FORM_NONE, EFFECT_NONE)                                                \
    X(ref, ON_DATA, FORM_NONE, EFFECT_USED)                                                    \
    X(unique, ON_DATA | ON_OPERATION, FORM_NONE, EFFECT_USED)                                  \
    X(ptr, ON_DATA | ON_OPERATION, FORM_NONE, EFFECT_USED)                                     \
    X(string, ON_DATA | ON_OPERATION, FORM_NONE, EFFECT_USED)                                  \
    X(size_is, ON_DATA, FORM_EXPRS, EFFECT_USED)                                               \
    X(max_is, ON_DATA, FORM_EXPRS, EFFECT_USED)                                                \
    X(length_is, ON_DATA, FORM_EXPRS, EFFECT_USED)                                             \
    X(first_is, ON_DATA, FORM_EXPRS, EFFECT_USED)                                              \
    X(last_is, ON_DATA, FORM_EXPRS, EFFECT_USED)                                               \
    X(min_is, ON_DATA, FORM_EXPRS, EFFECT_ERROR)                                               \
    X(range, ON_DATA, FORM_EXPRS, EFFECT_USED)                                                 \
    X(switch_is, ON_FIELD | ON_PARAM, FORM_EXPRS, EFFECT_USED)                                 \
    X(switch_type, ON_DATA, FORM_TYPE, EFFECT_USED)                                            \
    X(case, ON_FIELD, FORM_EXPRS, EFFECT_USED)                                                 \
    X(default, ON_FIELD | ON_OTHER, FORM_NONE, EFFECT_USED)                                    \
    X(ignore, ON_FIELD | ON_PARAM, FORM_NONE, EFFECT_USED)                                     \
    X(v1_enum, ON_TYPE, FORM_NONE, EFFECT_USED)                                                \
    X(ms_union, ON_ANY | IN_ACF, FORM_NONE, EFFECT_USED)                                       \
    X(context_handle, ON_DATA | ON_OPERATION, FORM_NONE, EFFECT_USED)                          \
    X(context_handle_noserialize, ON_DATA | ON_INTERFACE | IN_ACF, FORM_NONE, EFFECT_USED)     \
    X(context_handle_serialize, ON_DATA | ON_INTERFACE | IN_ACF, FORM_NONE, EFFECT_USED)       \
    X(strict_context_handle, ON_INTERFACE | ON_DATA | IN_ACF, FORM_NONE, EFFECT_NONE)          \
    X(type_strict_context_handle, ON_INTERFACE | ON_DATA | IN_ACF, FORM_NONE, EFFECT_NONE)     \
    X(disable_consistency_check, ON_DATA | IN_ACF, FORM_NONE, EFFECT_USED)                     \
    X(uuid, ON_INTERFACE | ON_OTHER | ON_TYPE, FORM_UUID, EFFECT_USED)                         \
    X(version, ON_INTERFACE | ON_OTHER | ON_TYPE, FORM_VERSION, EFFECT_USED)                   \
    X(pointer_default, ON_INTERFACE, FORM_WORD, EFFECT_USED)                                   \
    X(local, ON_INTERFACE | ON_OPERATION, FORM_NONE, EFFECT_USED)                              \
    X(object, ON_INTERFACE | ON_OTHER, FORM_NONE, EFFECT_USED)                                 \
    X(idempotent, ON_OPERATION, FORM_NONE, EFFECT_USED)                                        \
    X(maybe, ON_OPERATION, FORM_NONE, EFFECT_USED)                                             \
    X(handle, ON_TYPE | ON_PARAM, FORM_NONE, EFFECT_NONE)                                      \
    X(endpoint, ON_INTERFACE, FORM_TEXT, EFFECT_NONE)                                          \
    X(auto_handle, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NOTE)               \
    X(implicit_handle, ON_INTERFACE | IN_ACF, FORM_TEXT, EFFECT_NOTE)                          \
    X(explicit_handle, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_TEXT, EFFECT_NONE)           \
    X(comm_status, ON_PARAM | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NONE)                   \
    X(fault_status, ON_PARAM | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NONE)                  \
    X(enable_allocate, ON_INTERFACE | ON_OPERATION | ON_TYPE | IN_ACF, FORM_NONE, EFFECT_NONE) \
    X(allocate, ON_TYPE | ON_PARAM | IN_ACF, FORM_TEXT, EFFECT_NONE)                           \
    X(byte_count, ON_PARAM | IN_ACF, FORM_EXPRS, EFFECT_NONE)                                  \
    X(code, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NONE)                      \
    X(nocode, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NONE)                    \
    X(optimize, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_TEXT, EFFECT_NONE)                  \
    X(async, ON_INTERFACE | ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NONE)                     \
    X(broadcast, ON_OPERATION, FORM_NONE, EFFECT_NOTE)                                         \
    X(message, ON_OPERATION, FORM_NONE, EFFECT_LEAVE_OUT)                                      \
    X(callback, ON_OPERATION, FORM_NONE, EFFECT_USED)                                          \
    X(call_as, ON_OPERATION | IN_ACF, FORM_WORD, EFFECT_USED)                                  \
    X(encode, ON_INTERFACE | ON_OPERATION | ON_TYPE | IN_ACF, FORM_NONE, EFFECT_USED)          \
    X(decode, ON_INTERFACE | ON_OPERATION | ON_TYPE | IN_ACF, FORM_NONE, EFFECT_USED)          \
    X(transmit_as, ON_TYPE | ON_PARAM | ON_FIELD, FORM_TEXT, EFFECT_LEAVE_OUT)                 \
    X(represent_as, ON_DATA | IN_ACF, FORM_TEXT, EFFECT_LEAVE_OUT)                             \
    X(wire_marshal, ON_TYPE, FORM_TEXT, EFFECT_LEAVE_OUT)                                      \
    X(user_marshal, ON_TYPE | IN_ACF, FORM_TEXT, EFFECT_LEAVE_OUT)                             \
    X(cs_char, ON_TYPE | IN_ACF, FORM_TEXT, EFFECT_LEAVE_OUT)                                  \
    X(iid_is, ON_FIELD | ON_PARAM, FORM_TEXT, EFFECT_LEAVE_OUT)                                \
    X(unaligned, ON_DATA | IN_ACF, FORM_NONE, EFFECT_NONE)                                     \
    X(partial_ignore, ON_PARAM, FORM_NONE, EFFECT_LEAVE_OUT)                                   \
    X(proxy, ON_ANY, FORM_NONE, EFFECT_NONE)                                                   \
    X(public, ON_ANY, FORM_NONE, EFFECT_NONE)                                                  \
    X(hidden, ON_ANY, FORM_NONE, EFFECT_NONE)                                                  \
    X(helpstring, ON_ANY, FORM_TEXT, EFFECT_NONE)                                              \
    X(helpcontext, ON_ANY, FORM_TEXT, EFFECT_NONE)                                             \
    X(helpfile, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                \
    X(annotation, ON_ANY, FORM_TEXT, EFFECT_NONE)                                              \
    X(id, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                      \
    X(lcid, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                    \
    X(dual, ON_INTERFACE | ON_OTHER, FORM_NONE, EFFECT_NONE)                                   \
    X(oleautomation, ON_INTERFACE | ON_OTHER, FORM_NONE, EFFECT_NONE)                          \
    X(nonextensible, ON_INTERFACE | ON_OTHER, FORM_NONE, EFFECT_NONE)                          \
    X(async_uuid, ON_INTERFACE, FORM_TEXT, EFFECT_NONE)                                        \
    X(propget, ON_OPERATION, FORM_NONE, EFFECT_NONE)                                           \
    X(propput, ON_OPERATION, FORM_NONE, EFFECT_NONE)                                           \
    X(propputref, ON_OPERATION, FORM_NONE, EFFECT_NONE)                                        \
    X(optional, ON_PARAM, FORM_NONE, EFFECT_NONE)                                              \
    X(defaultvalue, ON_PARAM, FORM_TEXT, EFFECT_NONE)                                          \
    X(annotate, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                \
    X(ms_conf_struct, ON_ANY, FORM_NONE, EFFECT_NONE)                                          \
    X(notify, ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NOTE)                                   \
    X(notify_flag, ON_OPERATION | IN_ACF, FORM_NONE, EFFECT_NOTE)                              \
    X(force_allocate, ON_PARAM | IN_ACF, FORM_NONE, EFFECT_NONE)                               \
    X(heap, ON_DATA | IN_ACF, FORM_NONE, EFFECT_NONE)                                          \
    X(in_line, ON_ANY | IN_ACF, FORM_NONE, EFFECT_NONE)                                        \
    X(out_of_line, ON_ANY | IN_ACF, FORM_NONE, EFFECT_NONE)                                    \
    X(cs_stag, ON_PARAM | IN_ACF, FORM_NONE, EFFECT_LEAVE_OUT)                                 \
    X(cs_drtag, ON_PARAM | IN_ACF, FORM_NONE, EFFECT_LEAVE_OUT)                                \
    X(cs_rtag, ON_PARAM | IN_ACF, FORM_NONE, EFFECT_LEAVE_OUT)                                 \
    X(cs_tag_rtn, ON_OPERATION | IN_ACF, FORM_TEXT, EFFECT_NONE)                               \
    X(input_sync, ON_OPERATION, FORM_NONE, EFFECT_NONE)                                        \
    X(aggregatable, ON_ANY, FORM_NONE, EFFECT_NONE)                                            \
    X(appobject, ON_ANY, FORM_NONE, EFFECT_NONE)                                               \
    X(bindable, ON_ANY, FORM_NONE, EFFECT_NONE)                                                \
    X(control, ON_ANY, FORM_NONE, EFFECT_NONE)                                                 \
    X(custom, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                  \
    X(defaultbind, ON_ANY, FORM_NONE, EFFECT_NONE)                                             \
    X(defaultcollelem, ON_ANY, FORM_NONE, EFFECT_NONE)                                         \
    X(defaultvtable, ON_ANY, FORM_NONE, EFFECT_NONE)                                           \
    X(displaybind, ON_ANY, FORM_NONE, EFFECT_NONE)                                             \
    X(dllname, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                 \
    X(entry, ON_ANY, FORM_TEXT, EFFECT_NONE)                                                   \
    X(helpstringcontext, ON_ANY, FORM_TEXT, EFFECT_NONE)                                       \
    X(helpstringdll, ON_ANY, FORM_TEXT, EFFECT_NONE)                                           \
    X(immediatebind, ON_ANY, FORM_NONE, EFFECT_NONE)                                           \
    X(licensed, ON_ANY, FORM_NONE, EFFECT_NONE)                                                \
    X(noncreatable, ON_ANY, FORM_NONE, EFFECT_NONE)                                            \
    X(nonbrowsable, ON_ANY, FORM_NONE, EFFECT_NONE)                                            \
    X(odl, ON_ANY, FORM_NONE, EFFECT_NONE)                                                     \
    X(readonly, ON_ANY, FORM_NONE, EFFECT_NONE)                                                \
    X(replaceable, ON_ANY, FORM_NONE, EFFECT_NONE)                                             \
    X(requestedit, ON_ANY, FORM_NONE, EFFECT_NONE)                                             \
    X(restricted, ON_ANY, FORM_NONE, EFFECT_NONE)                                              \
    X(source, ON_ANY, FORM_NONE, EFFECT_NONE)                                                  \
    X(uidefault, ON_ANY, FORM_NONE, EFFECT_NONE)                                               \
    X(usesgetlasterror, ON_ANY, FORM_NONE, EFFECT_NONE)                                        \
    X(vararg, ON_ANY, FORM_NONE, EFFECT_NONE)

enum attr_id {
    ATTR_UNKNOWN = 0,
#define X(word, places, form, effect) ATTR_##word,
    ATTR_LIST(X)
#undef X
        NUM_ATTRS
};

struct attr_info {
    const char *word;
    enum attr_id id;
    unsigned places;
    enum attr_form form;
    enum attr_effect effect;
};

struct attr {
    const struct attr_info *info;
    struct loc at;
    struct expr **args; /* EXPRS; an entry may be NULL */
    size_t num_args;
    struct type *type; /* TYPE */
    const char *text;  /* UUID, VERSION, WORD */
    struct attr *next;
};

/* NULL: unknown. */
const struct attr_info *attr_lookup(const char *word);
/* The known word nearest to a misspelt one; NULL: none is near. */
const struct attr_info *attr_suggest(const char *word);
/* NULL: not in the list. */
struct attr *attr_find(struct attr *list, enum attr_id id);

#endif
