/* SPDX-License-Identifier: MIT
 *
 * ndr/checks.h: correlations that can be checked only later. Layer: ndr.
 *
 * A maximum count stands before the structure that holds its size_is variable, an array may
 * come before the argument that counts it, and a pointed-to count is known when the pointer has
 * been followed. Such comparisons wait here.
 */
#ifndef NDR_CHECKS_H
#define NDR_CHECKS_H

#include "ndr/walk.h"

/* "The wire said `value`; the expression must give the same." */
struct ndr_check {
    const struct rpcsec_ndr_expr *expr;
    const void *record;
    int64_t value;
    const struct rpcsec_ndr_type *type; /* the array, union or pointer, and its place */
    const void *mem;
    const char *what; /* "max_count": in errors */
    uint32_t fault;
    const struct rpcsec_ndr_type *tag; /* unions: compare as this type */
    const struct rpcsec_ndr_arg *arg;  /* set when added */
};

#define NDR_FIRST_CHECKS 4 /* more than most messages need at once */

struct ndr_checks {
    struct ndr_check *list; /* NULL until the first; `first` while that has room */
    size_t num;
    size_t room;
    struct ndr_check first[NDR_FIRST_CHECKS];
};

void checks_done(struct ndr_checks *checks);
/* Compares now. */
void checks_run_one(struct ndr_walk *walk, const struct ndr_check *check);
void checks_add(struct ndr_walk *walk, struct ndr_checks *checks,
                const struct ndr_check *check);
/* Runs those from `mark` on that read only their record, and drops them: at the end of a
 * structure. */
void checks_run_from(struct ndr_walk *walk, struct ndr_checks *checks, size_t mark);
/* Runs all: at the end of the message. */
void checks_run_all(struct ndr_walk *walk, struct ndr_checks *checks);

#endif
