/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/clnt.h: the CLIENT of our own from inside. Layer: onc/tirpc.
 *
 * Each thread encodes its own arguments and verifies its own answer. In between a call is
 * sealed and queued in the order of its sequence number; whoever finds no writer writes what is
 * queued, whoever finds no reader reads for all who wait and hands that on when its own answer
 * is there. No lock is held while it writes, reads or waits.
 */
#ifndef ONC_TIRPC_CLNT_H
#define ONC_TIRPC_CLNT_H

#include "loop/loop.h"
#include "loop/wait.h"
#include "onc/engine/record.h"
#include "onc/tirpc/address.h"
#include "onc/tirpc/auth.h"
#include "transport/transport.h"

#define OWN_SCRATCH_LEN  65536
#define OWN_RECORD_SLACK 2048 /* bytes of a record beside arguments or results */

/* One call under way. Its memory is its thread's. */
struct own_pending {
    struct own_pending *next;
    struct own_pending *next_out;
    uint32_t xid;
    struct buf out; /* the record with its mark */
    size_t sent;
    struct buf in; /* the answer's record */
    bool queued;
    bool started; /* bytes of it left */
    bool done;
    pthread_cond_t woken;
};

struct own_client {
    CLIENT clnt;
    AUTH auth;
    struct onc_auth_base base;
    struct onc_address address;
    uint32_t prog;
    uint32_t vers;
    struct timeval timeout; /* of CLSET_TIMEOUT, where it was set */
    bool has_timeout;

    pthread_mutex_t renew_lock; /* one makes a context or connects, the others wait */
    pthread_mutex_t lock;       /* around what follows */
    pthread_cond_t room;        /* fewer are under way */
    struct transport *transport;
    bool broken;
    struct own_pending *pending;
    size_t num_pending;
    struct own_pending *first_out;
    struct own_pending *last_out;
    bool writing;
    bool wants_write; /* the socket is full: the reader waits for it too */
    bool reading;
    uint32_t next_xid;
    struct rpc_err error; /* of the last call that failed, for geterr */
    struct wake wake;     /* ends the reader's wait */
    struct onc_reader reader;
    uint8_t scratch[OWN_SCRATCH_LEN]; /* the reader's */
};

/* ---- clnt_stream.c ---- */

void own_pending_init(struct own_client *c, struct own_pending *p);
void own_pending_done(struct own_pending *p);
/* Puts the record's length into its mark. */
RPCSEC_MUST_USE rpcsec_status own_end_record(struct buf *out);
uint32_t own_new_xid(struct own_client *c);
/* Locks. The record is sent after those queued before. */
void own_queue(struct own_client *c, struct own_pending *p);
/* Locks. Sends what is queued and waits for the answer to `p`, which was queued. */
RPCSEC_MUST_USE rpcsec_status own_finish(struct own_client *c, struct own_pending *p,
                                         uint64_t deadline_ms, struct rpcsec_error *err);
/* No more are under way than the server's window tells apart. */
void own_wait_for_room(struct own_client *c, const struct onc_security *security);
/* Locks. A server may have closed an idle connection: that is seen before anything is sent. */
bool own_is_connected(struct own_client *c);
/* Locks. Calls of a broken connection have ended. */
bool own_may_reconnect(struct own_client *c);
RPCSEC_MUST_USE rpcsec_status own_reconnect(struct own_client *c, struct rpcsec_error *err);

/* ---- clnt_shake.c ---- */

/* A connection and a context, made where there are none. */
RPCSEC_MUST_USE rpcsec_status own_work(struct own_client *c, struct rpcsec_error *err);
/* The same where it is needed; the caller gets a reference on the context. */
RPCSEC_MUST_USE rpcsec_status own_make_ready(struct own_client *c,
                                             struct onc_security **ret_security,
                                             struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status own_malformed(struct rpcsec_error *err);
/* A reply that is no success. */
RPCSEC_MUST_USE rpcsec_status own_no_success(const struct onc_reply *reply,
                                             struct rpcsec_error *err);

/* ---- clnt_call.c ---- */

/* One call of the program. */
struct own_call {
    rpcproc_t proc;
    xdrproc_t put;
    void *args;
    xdrproc_t get;
    void *results;
    uint64_t deadline_ms;
    enum onc_gss_proc gss_proc;
    enum onc_service service;
    /* From sending on. */
    uint32_t seq;
    enum clnt_stat stat;
    struct rpc_err why;
};

RPCSEC_MUST_USE rpcsec_status own_call_with(struct own_client *c, struct own_call *call,
                                            struct onc_security *security,
                                            struct rpcsec_error *err);
RPCSEC_MUST_USE rpcsec_status own_call_once(struct own_client *c, struct own_call *call,
                                            struct rpcsec_error *err);

/* Tells the server that the context is not used any more, where there is one. */
void own_send_destroy(struct own_client *c);

#endif
