/* SPDX-License-Identifier: MIT
 *
 * server/reports.c: see reports.h.
 */
#include "harness/test.h"

#include <stdio.h>
#include <unistd.h>

#include "server/reports.h"

void reports_init(struct reports *r)
{
    memset(r, 0, sizeof(*r));
    pthread_mutex_init(&r->lock, NULL);
}

static void on_error(void *arg, const struct rpcsec_error *error,
                     const struct rpcsec_peer *peer)
{
    struct reports *r = arg;

    pthread_mutex_lock(&r->lock);
    if (r->num_errors < MAX_REPORTS) {
        r->errors[r->num_errors] = *error;
        snprintf(r->principals[r->num_errors], 64, "%s", peer->principal);
        r->num_errors++;
    }
    pthread_mutex_unlock(&r->lock);
}

static void on_audit(void *arg, const char *line)
{
    struct reports *r = arg;

    pthread_mutex_lock(&r->lock);
    if (r->num_lines < MAX_REPORTS) {
        snprintf(r->lines[r->num_lines], 1024, "%s", line);
        r->num_lines++;
    }
    pthread_mutex_unlock(&r->lock);
}

void reports_from(struct reports *r, struct rpcsec_server *server)
{
    assert_ok(rpcsec_server_on_error(server, on_error, r));
    assert_ok(rpcsec_server_on_audit(server, on_audit, r));
}

bool reports_become(struct reports *r, int num_errors, int num_lines)
{
    bool same = false;

    for (int i = 0; i < 2000 && !same; i++) {
        pthread_mutex_lock(&r->lock);
        same = r->num_errors == num_errors && r->num_lines == num_lines;
        pthread_mutex_unlock(&r->lock);
        if (!same)
            usleep(5000);
    }
    if (!same)
        print_message("%d errors, %d lines\n", r->num_errors, r->num_lines);
    return same;
}

bool reports_line_has(struct reports *r, int index, const char *text)
{
    bool has = index < r->num_lines && strstr(r->lines[index], text);

    if (!has)
        print_message("%s\nhas no %s\n", index < r->num_lines ? r->lines[index] : "", text);
    return has;
}
