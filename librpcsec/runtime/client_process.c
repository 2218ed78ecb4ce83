/* SPDX-License-Identifier: MIT
 *
 * runtime/client_process.c: a client in an event loop of the program's own. Layer: runtime.
 *
 * Each rpcsec_client_process is a driver for one turn that waits for nothing.
 */
#include <limits.h>

#include "base/error.h"
#include "runtime/client.h"

int rpcsec_client_fd(struct rpcsec_client *client)
{
    struct client_link *link = client->link;
    int fd;

    pthread_mutex_lock(&link->lock);
    if (link->watch.fd < 0 && watch_init(&link->watch, &link->wake) == RPCSEC_OK)
        wake_ring(&link->wake); /* the first rpcsec_client_process adds the connection */
    fd = link->watch.fd;
    pthread_mutex_unlock(&link->lock);
    return fd;
}

int rpcsec_client_timeout_ms(struct rpcsec_client *client)
{
    struct client_link *link = client->link;
    uint64_t deadline_ms = LOOP_NEVER;
    uint64_t now_ms = loop_now_ms();

    pthread_mutex_lock(&link->lock);
    if (!link->driving) /* else its thread watches the clock, and rings when it stops */
        deadline_ms = client_next_deadline(link);
    pthread_mutex_unlock(&link->lock);
    if (deadline_ms == LOOP_NEVER)
        return -1;
    if (deadline_ms <= now_ms)
        return 0;
    return deadline_ms - now_ms > INT_MAX ? INT_MAX : (int)(deadline_ms - now_ms);
}

/* Gives true when the role was free. */
static bool take_role(struct client_link *link, bool *ret_ours)
{
    bool free;

    pthread_mutex_lock(&link->lock);
    free = !link->driving;
    *ret_ours = !free && pthread_equal(link->driver, pthread_self());
    if (free) {
        link->driving = true;
        link->driver = pthread_self();
        link->news = false; /* all that is queued is looked at now */
    }
    pthread_mutex_unlock(&link->lock);
    return free;
}

rpcsec_status rpcsec_client_process(struct rpcsec_client *client, struct rpcsec_error *err)
{
    struct client_link *link;
    bool ours = false;

    error_clear(err);
    if (!client)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no client");
    link = client->link;
    if (take_role(link, &ours)) {
        wake_clear(&link->wake);
        client_drive_once(link);
        pthread_mutex_lock(&link->lock);
        client_leave_role(link);
        pthread_mutex_unlock(&link->lock);
    }
    return ours ? error_set(err, RPCSEC_INVALID_STATE, RPCSEC_LAYER_ARGUMENT,
                            "a done function may not move the client")
                : RPCSEC_OK;
}
