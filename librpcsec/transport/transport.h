/* SPDX-License-Identifier: MIT
 *
 * transport/transport.h: every byte in or out goes through this table. Layer: transport.
 *
 * No operation raises SIGPIPE (MSG_NOSIGNAL). None blocks but connect helpers with a deadline.
 */
#ifndef TRANSPORT_TRANSPORT_H
#define TRANSPORT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include <rpcsec/rpcsec.h>

struct transport;

enum transport_io {
    TRANSPORT_DONE = 0,  /* *ret_len bytes moved, at least one */
    TRANSPORT_WAIT = 1,  /* nothing now: wait for readiness */
    TRANSPORT_EOF = 2,   /* the peer closed its side (recv only) */
    TRANSPORT_FAILED = 3 /* broken for good; transport->error tells */
};

/* recv and send are asked for at least one byte. send may take fewer than it is given. */
struct transport_ops {
    const char *name;
    enum transport_io (*recv)(struct transport *t, void *data, size_t len, size_t *ret_len);
    enum transport_io (*send)(struct transport *t, const struct iovec *iov, size_t num,
                              size_t *ret_len);
    /* The descriptor to wait on, -1 when there is none (memory). */
    int (*descriptor)(struct transport *t);
    /* "192.0.2.1:50123", "uid-1000:4242", for logs and for shares by what stands before the
     * last colon; lives as long as the transport. Never NULL. */
    const char *(*peer_address)(struct transport *t);
    /* Who is at the other end, by the kernel's word and nobody else's; false, or a NULL entry:
     * it says nothing. A transport whose bytes others can see or change must not have this. */
    bool (*credentials)(struct transport *t, struct rpcsec_local_peer *ret_peer);
    void (*close)(struct transport *t);
};

struct transport {
    const struct transport_ops *ops;
    int error; /* errno of the failure */
};

/* Connects within the deadline (milliseconds from now), trying each address of the host in
 * turn; TCP_NODELAY is set. `port` is a decimal number. Blocks. HOST_NOT_FOUND,
 * CONNECTION_REFUSED, CONNECT_FAILED, TIMED_OUT, NO_MEMORY, INVALID_ARGUMENT. */
RPCSEC_MUST_USE rpcsec_status transport_tcp_connect(const char *host, const char *port,
                                                    uint64_t timeout_ms,
                                                    struct transport **ret_transport,
                                                    struct rpcsec_error *err);
/* The addresses of a host (NULL: any of ours), to be freed with freeaddrinfo; passive ones are
 * to listen on. Gives getaddrinfo's code. "localhost" is always the loopback address. */
struct addrinfo;
RPCSEC_MUST_USE int transport_look_up(const char *host, const char *port, bool passive,
                                      struct addrinfo **ret_list);

/* A socket that listens on one of these addresses, non-blocking; -1 and errno on failure. An
 * IPv6 one does not take IPv4 as well: each address has a socket of its own. */
RPCSEC_MUST_USE int transport_listen(const struct addrinfo *address);
/* What to do about a failure of it, to stand behind the port; "" when that is not known. */
const char *transport_listen_advice(int errnum);
/* The port that a socket is bound to, 0 when there is none. */
uint16_t transport_port(int fd);
void transport_set_port(struct addrinfo *address, uint16_t port);

/* Takes over a connected stream socket, makes it non-blocking and sets TCP_NODELAY. On failure
 * (NO_MEMORY, SYSTEM: fd is no open descriptor) it stays the caller's. */
RPCSEC_MUST_USE rpcsec_status transport_tcp_adopt(int fd, struct transport **ret_transport);

/* Who the peer is by a proxy's word, instead of the proxy itself; of an adopted socket. */
void transport_tcp_set_peer(struct transport *t, const char *address);

/* Has the kernel ask a peer that was silent for idle_ms whether it is still there, and give the
 * connection up after about as long again. Does nothing to other transports, nor where the
 * kernel refuses: then a call's deadline tells. */
void transport_tcp_keep_alive(struct transport *t, uint64_t idle_ms);

/* ---- unix sockets ---- */

#define TRANSPORT_LOCAL_DIRECTORY "/run/rpcsec"
#define TRANSPORT_LOCAL_NAME_LEN  65 /* with the NUL: fits sun_path behind a /proc path */

/* A socket in a directory, and the user that may own both beside root. */
struct transport_place {
    const char *directory;
    const char *name; /* letters, digits and "-._", not first a dot */
    uint32_t owner;
};

/* Connects to a place, which nobody but root and its owner can have made: the directory, the
 * socket and the process that listens are theirs, and no link leads there. Nothing is checked
 * by a path that could lead elsewhere the next moment. Blocks until the deadline (milliseconds
 * from now). POLICY_REFUSED: it may be somebody else's; CONNECTION_REFUSED: nobody listens;
 * CONNECT_FAILED, TIMED_OUT, NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status transport_local_connect(const struct transport_place *place,
                                                      uint64_t timeout_ms,
                                                      struct transport **ret_transport,
                                                      struct rpcsec_error *err);

/* A socket that listens in a place. */
struct transport_local;
/* Listens there, with a directory made where there is none; the socket appears when it can be
 * connected to. Only a socket of our own user that nobody listens on is replaced.
 * POLICY_REFUSED as above; SYSTEM, NO_MEMORY. */
RPCSEC_MUST_USE rpcsec_status transport_local_listen(const struct transport_place *place,
                                                     struct transport_local **ret_local,
                                                     struct rpcsec_error *err);
/* The descriptor that listens: the caller's to close. */
int transport_local_fd(const struct transport_local *local);
/* Removes the socket's name, unless another has taken it. NULL is allowed. */
void transport_local_free(struct transport_local *local);

/* Two ends of a pipe in memory, each direction holding at most `capacity` bytes; `chunk` > 0
 * moves at most that many bytes at once. Both ends belong to one thread; each is closed for
 * itself. */
RPCSEC_MUST_USE rpcsec_status transport_memory_pair(size_t capacity, size_t chunk,
                                                    struct transport **ret_a,
                                                    struct transport **ret_b);

#endif
