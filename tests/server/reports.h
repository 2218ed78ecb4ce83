/* SPDX-License-Identifier: MIT
 *
 * server/reports.h: what a server tells its program, kept for a test to look at.
 */
#ifndef SERVER_REPORTS_H
#define SERVER_REPORTS_H

#include "unit/runtime_service.h"

#define MAX_REPORTS 32

struct reports {
    pthread_mutex_t lock;
    atomic_int num_errors; /* each is there before it is counted */
    struct rpcsec_error errors[MAX_REPORTS];
    char principals[MAX_REPORTS][64];
    atomic_int num_lines;
    char lines[MAX_REPORTS][1024];
};

void reports_init(struct reports *r);
/* Has the server, which does not run yet, report here. */
void reports_from(struct reports *r, struct rpcsec_server *server);
/* The number of errors or audit lines becomes this in some seconds. */
bool reports_become(struct reports *r, int num_errors, int num_lines);
/* The n-th line holds this text. */
bool reports_line_has(struct reports *r, int index, const char *text);

#endif
