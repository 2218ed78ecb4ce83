/* SPDX-License-Identifier: MIT
 *
 * unit/runtime_service.h: a small service with tables written by hand, and a server in a thread
 * of its own, for the tests of runtime/.
 */
#ifndef UNIT_RUNTIME_SERVICE_H
#define UNIT_RUNTIME_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include <rpcsec/dcerpc.h>
#include <rpcsec/ndr.h>

enum service_opnum {
    SERVICE_ADD = 0,
    SERVICE_ECHO = 1,
    SERVICE_SLEEP = 2,
    SERVICE_WHO = 3,
    SERVICE_FAIL = 4,
    SERVICE_UNUSED = 5,
    SERVICE_NOTE = 6,  /* maybe */
    SERVICE_AGAIN = 7, /* idempotent */
};

struct add_args {
    uint32_t number;
    uint32_t sum;
};
struct echo_args {
    uint32_t len;
    uint8_t *data;
    uint8_t *copy;
};
struct sleep_args {
    uint32_t ms;
    uint32_t slept_ms;
};
struct who_args {
    char *text;
};

extern const struct rpcsec_interface service_interface;
/* The same operations under another UUID; no server of these tests serves it. */
extern const struct rpcsec_interface other_interface;

/* What the service counted; also the `ops` of the service. */
struct service_counts {
    atomic_uint runs;
    atomic_uint cancelled;
};

/* Typed calls, as a compiler would make them. */
rpcsec_status do_add(struct rpcsec_client *client, uint32_t number, uint32_t *ret_sum,
                     struct rpcsec_error *err);
/* Sends len bytes and checks that they come back. */
rpcsec_status do_echo(struct rpcsec_client *client, uint32_t len, struct rpcsec_error *err);
rpcsec_status do_sleep(struct rpcsec_client *client, uint32_t ms, struct rpcsec_error *err);
rpcsec_status do_who(struct rpcsec_client *client, char *out, size_t max,
                     struct rpcsec_error *err);
rpcsec_status do_number(struct rpcsec_client *client, uint32_t opnum, uint32_t number,
                        struct rpcsec_error *err);

/* A server that runs. */
struct test_server {
    struct rpcsec_server *server;
    struct service_counts counts;
    pthread_t thread;
    bool running;
    rpcsec_status status; /* of rpcsec_server_run */
    struct rpcsec_error err;
    char binding[128];
    uint16_t port;
};

/* A server that serves nothing yet; then, with what the test has added, lets it run. */
void test_server_make(struct test_server *s, struct rpcsec_policy *policy);
void test_server_run(struct test_server *s, const char *binding);
/* Serves service_interface on `binding`; asserts that it works. */
void test_server_start(struct test_server *s, struct rpcsec_policy *policy, const char *binding,
                       const struct rpcsec_service_options *options);
/* Stops it and asserts that it ended well. */
void test_server_stop(struct test_server *s);
/* A policy without authentication on either side. */
struct rpcsec_policy *anonymous_policy(void);
/* A connected socket to it, for peers that misbehave. */
int test_server_connect(const struct test_server *s);

#endif
