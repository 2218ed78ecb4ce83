/* SPDX-License-Identifier: MIT
 *
 * ndr/print.h: what the walker of print.c says of a value, and the two forms of it. Layer: ndr.
 */
#ifndef NDR_PRINT_H
#define NDR_PRINT_H

#include <rpcsec/ndr.h>

struct printer {
    const struct print_form *form;
    void (*write)(void *context, const char *text, size_t len);
    void *context;
    size_t used;
    size_t max_len;
    unsigned depth;   /* of objects and arrays that are open */
    bool has_members; /* the innermost one has some */
};

/* How the parts of a value are written. `what`: the name of a type or arm, NULL: none. */
struct print_form {
    void (*name)(struct printer *p, const char *name); /* of the member that follows */
    void (*index)(struct printer *p, uint64_t index);  /* or which element it is */
    void (*open_object)(struct printer *p, const char *what);
    void (*close_object)(struct printer *p);
    void (*open_array)(struct printer *p, uint64_t num);
    void (*close_array)(struct printer *p);
    void (*number)(struct printer *p, const char *text, bool is_wide); /* wide: 64 bits */
    void (*word)(struct printer *p, const char *text); /* what is no value: a reason, "cut" */
    void (*null)(struct printer *p);
};
extern const struct print_form print_form_text;
extern const struct print_form print_form_json;

void print_raw(struct printer *p, const char *text);
/* In quotes, with what JSON must escape escaped; units of 1 (Latin-1) or 2 bytes. */
void print_quoted(struct printer *p, const void *text, size_t num, size_t unit);

#endif
