/* SPDX-License-Identifier: MIT
 *
 * transport/memory.c: a connection inside one process, for tests and benchmarks. Layer:
 * transport. Both ends belong to one thread: nothing is locked and nobody is woken.
 */
#include "transport/transport.h"

#include <errno.h>
#include <string.h>

#include "base/alloc.h"

/* One direction: a ring of bytes. Invariant: at < capacity, len <= capacity. */
struct pipe {
    uint8_t *data;
    size_t at; /* the oldest byte */
    size_t len;
    bool writer_gone;
    bool reader_gone;
};

struct memory;

struct end {
    struct transport transport; /* first: the two share their address */
    struct memory *memory;
    struct pipe *in;
    struct pipe *out;
};

struct memory {
    struct end ends[2];
    struct pipe pipes[2];
    size_t capacity;
    size_t chunk;
    unsigned num_open;
};

static struct end *end_of(struct transport *t)
{
    return (struct end *)t;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static enum transport_io failed(struct transport *t, int error)
{
    t->error = error;
    return TRANSPORT_FAILED;
}

/* Bytes that one call may move. */
static size_t at_once(const struct memory *memory, size_t len)
{
    return memory->chunk > 0 ? least(len, memory->chunk) : len;
}

/* Takes len <= pipe->len bytes, in one or two pieces around the ring's end. */
static void take(struct pipe *pipe, size_t capacity, uint8_t *out, size_t len)
{
    size_t first = least(len, capacity - pipe->at);

    memcpy(out, pipe->data + pipe->at, first);
    memcpy(out + first, pipe->data, len - first);
    pipe->at = (pipe->at + len) % capacity;
    pipe->len -= len;
}

/* Puts what fits of `data` into the ring; gives the number of bytes. */
static size_t put(struct pipe *pipe, size_t capacity, const uint8_t *data, size_t len)
{
    size_t fits = least(len, capacity - pipe->len);
    size_t at = (pipe->at + pipe->len) % capacity;
    size_t first = least(fits, capacity - at);

    if (fits == 0)
        return 0;
    memcpy(pipe->data + at, data, first);
    memcpy(pipe->data, data + first, fits - first);
    pipe->len += fits;
    return fits;
}

static enum transport_io memory_recv(struct transport *t, void *data, size_t len,
                                     size_t *ret_len)
{
    struct end *end = end_of(t);
    size_t num = at_once(end->memory, least(len, end->in->len));

    if (len == 0)
        return failed(t, EINVAL);
    if (num == 0)
        return end->in->writer_gone ? TRANSPORT_EOF : TRANSPORT_WAIT;
    take(end->in, end->memory->capacity, data, num);
    *ret_len = num;
    return TRANSPORT_DONE;
}

static enum transport_io memory_send(struct transport *t, const struct iovec *iov, size_t num,
                                     size_t *ret_len)
{
    struct end *end = end_of(t);
    size_t room = at_once(end->memory, end->memory->capacity - end->out->len);
    size_t asked = 0;
    size_t sent = 0;

    for (size_t i = 0; i < num; i++) {
        size_t len = least(iov[i].iov_len, room - sent);

        asked |= iov[i].iov_len;
        if (!end->out->reader_gone)
            sent += put(end->out, end->memory->capacity, iov[i].iov_base, len);
    }
    if (asked == 0 || end->out->reader_gone)
        return failed(t, asked == 0 ? EINVAL : EPIPE);
    if (sent == 0)
        return TRANSPORT_WAIT;
    *ret_len = sent;
    return TRANSPORT_DONE;
}

static int memory_descriptor(struct transport *t)
{
    (void)t;
    return -1;
}

static const char *memory_peer_address(struct transport *t)
{
    (void)t;
    return "memory";
}

static void memory_free(struct memory *memory)
{
    mem_free(memory->pipes[0].data);
    mem_free(memory->pipes[1].data);
    mem_free(memory);
}

/* What was sent before can still be read at the other end. */
static void memory_close(struct transport *t)
{
    struct end *end = end_of(t);

    end->out->writer_gone = true;
    end->in->reader_gone = true;
    if (--end->memory->num_open == 0)
        memory_free(end->memory);
}

static const struct transport_ops memory_ops = {
    .name = "memory",
    .recv = memory_recv,
    .send = memory_send,
    .descriptor = memory_descriptor,
    .peer_address = memory_peer_address,
    .close = memory_close,
};

static void join_ends(struct memory *memory)
{
    for (size_t i = 0; i < 2; i++)
        memory->ends[i] = (struct end){
            .transport = {.ops = &memory_ops},
            .memory = memory,
            .in = &memory->pipes[i],
            .out = &memory->pipes[1 - i],
        };
    memory->num_open = 2;
}

static struct memory *memory_new(size_t capacity, size_t chunk)
{
    struct memory *memory = mem_zalloc(sizeof(*memory));

    if (!memory)
        return NULL;
    memory->capacity = capacity;
    memory->chunk = chunk;
    memory->pipes[0].data = mem_alloc(capacity);
    memory->pipes[1].data = mem_alloc(capacity);
    if (!memory->pipes[0].data || !memory->pipes[1].data) {
        memory_free(memory);
        return NULL;
    }
    join_ends(memory);
    return memory;
}

rpcsec_status transport_memory_pair(size_t capacity, size_t chunk, struct transport **ret_a,
                                    struct transport **ret_b)
{
    struct memory *memory;

    if (capacity == 0)
        return RPCSEC_INVALID_ARGUMENT;
    memory = memory_new(capacity, chunk);
    if (!memory)
        return RPCSEC_NO_MEMORY;
    *ret_a = &memory->ends[0].transport;
    *ret_b = &memory->ends[1].transport;
    return RPCSEC_OK;
}
