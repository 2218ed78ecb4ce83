/* SPDX-License-Identifier: MIT
 *
 * runtime/group.h: association groups: the connections of one client. Layer: runtime.
 * Documents: C706 12.6.3.1 (assoc_group_id), MS-RPCE 3.3.1.5.7 (same client address).
 */
#ifndef RUNTIME_GROUP_H
#define RUNTIME_GROUP_H

#include <pthread.h>

#include <rpcsec/rpcsec.h>

#include "runtime/handle.h"

#define GROUP_ADDRESS_LEN 64

struct group;

/* **Threads**: any. */
struct groups {
    pthread_mutex_t lock;
    struct group *by_id;
    uint8_t node; /* top byte of each id, so that a balancer can find its owner */
    uint32_t last_number;
};

void groups_init(struct groups *groups, uint8_t node);
void groups_done(struct groups *groups);
/* The address without its port. */
void group_host(char host[GROUP_ADDRESS_LEN], const char *address);
/* A new group for a client at `address` ("192.0.2.1:50123"). **Errors**: NO_MEMORY, LIMIT. */
RPCSEC_MUST_USE rpcsec_status group_new(struct groups *groups, const char *address,
                                        struct group **ret_group);
uint32_t group_id(const struct group *group);
/* Leaves *group for the one named, which must have been made for the same host; false when it
 * is not so, and *group stays. */
bool group_join(struct groups *groups, struct group **group, uint32_t id);
/* True for the last to leave: nobody finds the group any more, and it is the caller's to free.
 */
bool group_leave(struct groups *groups, struct group *group);
void group_free(struct group *group);
/* Its context handles. */
struct handle_owner *group_handles(struct group *group);

#endif
