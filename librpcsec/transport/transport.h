/* SPDX-License-Identifier: MIT
 *
 * transport/transport.h: every byte in or out goes through this table. Layer: transport.
 *
 * No operation raises SIGPIPE (MSG_NOSIGNAL). None blocks but connect helpers with a deadline.
 */
#ifndef TRANSPORT_TRANSPORT_H
#define TRANSPORT_TRANSPORT_H

#include <sys/uio.h>

#include <rpcsec/rpcsec.h>

struct transport;

enum transport_io {
    TRANSPORT_DONE = 0,  /* *ret_len bytes moved, at least one */
    TRANSPORT_WAIT = 1,  /* nothing now: wait for readiness */
    TRANSPORT_EOF = 2,   /* the peer closed its side (recv only) */
    TRANSPORT_FAILED = 3 /* broken for good; transport_errno tells */
};

struct transport_ops {
    const char *name;
    enum transport_io (*recv)(struct transport *t, void *data, size_t len, size_t *ret_len);
    enum transport_io (*send)(struct transport *t, const struct iovec *iov, size_t num,
                              size_t *ret_len);
    /* The descriptor to wait on, -1 when there is none (memory). */
    int (*descriptor)(struct transport *t);
    const char *(*peer_address)(struct transport *t);
    void (*close)(struct transport *t);
};

struct transport {
    const struct transport_ops *ops;
    int error; /* errno of the failure */
};

/* Connects within the deadline (milliseconds from now), trying each address of the host in
 * turn; TCP_NODELAY is set. HOST_NOT_FOUND, CONNECTION_REFUSED, CONNECT_FAILED, TIMED_OUT. */
RPCSEC_MUST_USE rpcsec_status transport_tcp_connect(const char *host, const char *port,
                                                    uint64_t timeout_ms,
                                                    struct transport **ret_transport,
                                                    struct rpcsec_error *err);
/* Takes over a connected, non-blocking stream socket. */
RPCSEC_MUST_USE rpcsec_status transport_tcp_adopt(int fd, struct transport **ret_transport);

/* Two ends of a pipe in memory, each holding at most `capacity` bytes; `chunk` > 0 moves at
 * most that many bytes at once. */
RPCSEC_MUST_USE rpcsec_status transport_memory_pair(size_t capacity, size_t chunk,
                                                    struct transport **ret_a,
                                                    struct transport **ret_b);

#endif
