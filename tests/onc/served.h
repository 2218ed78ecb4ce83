/* SPDX-License-Identifier: MIT
 *
 * onc/served.h: a server of ours on a thread of the test, and clients of it, in a realm with
 * the principal host/localhost.
 */
#ifndef ONC_SERVED_H
#define ONC_SERVED_H

#include "harness/test.h"

#include <pthread.h>

#include "onc_service.h"

#include <rpcsec/onc.h>

#define SERVED_SPN "host@localhost"

/* Procedures beside those of the echo program. */
enum served_proc {
    PROC_DEFER = 20,  /* echoes a number from another thread */
    PROC_GIVE_UP,     /* a deferred call without an answer */
    PROC_SILENT,      /* returns without an answer */
    PROC_TWICE,       /* a second answer is refused */
    PROC_UNENCODABLE, /* results that cannot be encoded, then an error */
    PROC_SYSTEM_ERR,
    PROC_WEAK_AUTH,
    PROC_NO_PROG,
    PROC_MISMATCH, /* versions 3 to 5 */
    PROC_ASKS,     /* what the transport is asked is refused; deferring twice too */
    PROC_WAITS,    /* 50 ms */
};

struct served {
    struct rpcsec_onc_server *server;
    pthread_t thread;
    bool runs;
    rpcsec_status status; /* of the run */
};

/* A limit of a policy: name and value; the last has the value 0. */
struct served_limit {
    enum rpcsec_limit limit;
    uint64_t value;
};

/* A policy with these limits (NULL: none), which allows anonymous clients at level none; NULL:
 * no memory. */
struct rpcsec_policy *served_policy(enum rpcsec_level level, const struct served_limit *limits);

/* Takes the policy. The services: version 1 as given (NULL: without options), version 2 runs
 * without a change of thread. */
rpcsec_status served_start(struct served *served, struct rpcsec_policy *policy,
                           const struct rpcsec_onc_service *service);
void served_stop(struct served *served);
unsigned served_port(const struct served *served);

/* Connects libtirpc's CLIENT, which closes its descriptor; NULL: it cannot. */
CLIENT *served_connect(unsigned port);
/* Our own CLIENT. Takes the policy. */
CLIENT *served_own(unsigned port, struct rpcsec_policy *policy,
                   const struct rpcsec_onc_options *options, struct rpcsec_error *err);
/* libtirpc's CLIENT with an AUTH of ours. Takes the policy. */
CLIENT *served_ours(unsigned port, struct rpcsec_policy *policy,
                    const struct rpcsec_onc_options *options, struct rpcsec_error *err);
void served_end(CLIENT *clnt);

/* Calls with a number and awaits a number; asserts an answer that is good to be the same. */
enum clnt_stat served_number(CLIENT *clnt, uint32_t proc, uint32_t ms);
/* Echoes bytes, and asserts that the same come back if any do. */
enum clnt_stat served_echo(CLIENT *clnt, size_t len, uint32_t ms);

#endif
